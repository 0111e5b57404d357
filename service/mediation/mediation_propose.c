/* mediation_propose.c -- who mediates: proposed with reasons, agreed or objected to, replaced.
 *
 *  (1) Only mediators of the district whose licence holds; who does not fit (rule 2) cannot be
 *      proposed or chosen, on the page or past it.
 *  (2) A side's reason for objecting is for the committee: the other side reads that somebody did.
 *  (3) When both agree it begins by itself; else when the days to object are over. */
#include "platform/secret.h"
#include "service/mediation/mediation_views.h"

static const struct reason not_a_mediator = {
    "mediation.not-a-mediator",
    T("Please choose a mediator from the list, to whom nobody has objected."), .field = "person"};
static const struct reason too_many = {
    "mediation.too-many-proposals",
    T("So many mediators were proposed in this case that no more fit. Please end it."), 409};
static const struct reason agreed_already = {"mediation.agreed-already",
                                             T("You have agreed already."), 409};

struct outcome mediation_fitting(struct scene *scene, const struct mediation_case *m,
                                 const struct mediation_list_mediators_row *row,
                                 const struct reason **why)
{
    struct str index = cases_party_index(scene->arena, row->person_name), joined;
    const struct mediation_list_parties_row *parties;
    struct mediation_fit fit = {.is_party = row->person_id == m->at.owner_id ||
                                            row->person_id == m->now.respondent_id,
                                .was_before = row->before_count > 0,
                                .has_advised = row->advised_count > 0,
                                .acts_for = row->acts_count > 0};
    size_t count;

    TRY(mediation_unseal(scene, MEDIATION_USE_NAME, m->now.name_sealed, &joined));
    fit.is_namesake = joined.len && str_same(joined, row->person_name);
    TRY(mediation_list_parties(scene->arena, scene->store, m->at.case_id, &parties, &count));
    for (size_t i = 0; i < count; i++) fit.is_namesake |= str_same(parties[i].name_index, index);
    *why = mediation_unfit(&fit, (m->is & MEDIATION_SIDES) != 0);
    return DONE;
}

struct outcome mediation_put_forward(struct scene *scene, struct mediation_case *m, id person_id,
                                     struct str words, const char *event)
{
    const struct mediation_list_mediators_row *rows;
    const struct mediation_list_proposals_row *before;
    const struct reason *unfit;
    size_t count, proposals;

    TRY(mediation_list_mediators(scene->arena, scene->store, m->at.case_id, m->at.field, scene->now,
                                 m->at.division, person_id, &rows, &count));
    if (count != 1) return REFUSE(not_a_mediator); /* (1) */
    TRY(mediation_fitting(scene, m, &rows[0], &unfit));
    if (unfit) return (struct outcome){.refusal = unfit};
    TRY(mediation_list_proposals(scene->arena, scene->store, m->at.case_id, &before, &proposals));
    if (proposals >= MEDIATION_PROPOSALS_MAX) return REFUSE(too_many);
    TRY(mediation_add_proposal(scene->store, m->at.case_id, scene->seq, person_id,
                               scene->actor.person_id, scene->now,
                               secret_seal(scene->arena, MEDIATION_USE_WORDS, words)));
    m->now.mediator_id = person_id;
    m->now.proposed_at = scene->now;
    m->now.applicant_at = m->is & MEDIATION_APPLICANT ? scene->now : 0;
    m->now.respondent_at = m->is & MEDIATION_RESPONDENT ? scene->now : 0;
    TRY(calendar_due(cases_calendar(), scene->now, MEDIATION_OBJECT_DAYS, &m->now.object_until));
    TRY(mediation_keep(scene, m, event, 0, "propose"));
    return mediation_notify_respondent(scene, m);
}

static struct outcome propose(struct scene *scene, const void *form, void *result)
{
    const struct mediation_propose_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_PROPOSE));
    return mediation_put_forward(scene, &m, f->person, f->why, "proposed");
}

/* ---- the sides ---- */

static struct outcome begin_now(struct scene *scene, struct mediation_case *m)
{
    m->now.begun_at = scene->now;
    TRY(mediation_keep(scene, m, "begun", 0, "begin"));
    return mediation_notify_respondent(scene, m);
}

static struct outcome agree(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;
    moment *mine;

    (void)result;
    TRY(mediation_open_side(scene, ((const struct mediation_reference_form *)form)->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_AGREE));
    mine = m.is & MEDIATION_APPLICANT ? &m.now.applicant_at : &m.now.respondent_at;
    if (*mine) return REFUSE(agreed_already);
    *mine = scene->now;
    TRY(mediation_keep(scene, &m, "agreed", 0, ""));
    return m.now.applicant_at && m.now.respondent_at ? begin_now(scene, &m) : DONE; /* (3) */
}

/* Nobody is proposed any more, and what that person had planned does not take place. */
static struct outcome release(struct scene *scene, struct mediation_case *m, struct str by,
                              struct str words)
{
    TRY(mediation_end_proposal(scene->store, scene->now, by,
                               secret_seal(scene->arena, MEDIATION_USE_WORDS, words),
                               m->at.case_id));
    TRY(mediation_drop_planned(scene->store, scene->now, m->at.case_id));
    m->now.mediator_id = 0;
    m->now.proposed_at = m->now.object_until = m->now.begun_at = 0;
    m->now.applicant_at = m->now.respondent_at = 0;
    return DONE;
}

static struct outcome object(struct scene *scene, const void *form, void *result)
{
    const struct mediation_object_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_side(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_OBJECT));
    TRY(release(scene, &m, mediation_side_word(m.is), f->objection));
    TRY(mediation_keep(scene, &m, "objected", 0, "object"));
    return mediation_notify_respondent(scene, &m);
}

static struct outcome recuse(struct scene *scene, const void *form, void *result)
{
    const struct mediation_recuse_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_RECUSE));
    TRY(release(scene, &m, S("mediator"), f->recusal));
    TRY(mediation_keep(scene, &m, "recused", 0, "object"));
    return mediation_notify_respondent(scene, &m);
}

static struct outcome begin(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_desk(scene, ((const struct mediation_reference_form *)form)->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_BEGIN));
    TRY(mediation_may_begin(m.now.applicant_at, m.now.respondent_at, m.now.object_until,
                            scene->now));
    return begin_now(scene, &m);
}

const struct act mediation_propose = {.name = "mediation.propose",
                                      .who = MEDIATION_WHO_DESK,
                                      .form = &mediation_propose_form,
                                      .run = propose};
const struct act mediation_recuse = {.name = "mediation.recuse",
                                     .who = MEDIATION_WHO_DESK,
                                     .form = &mediation_recuse_form,
                                     .run = recuse};
const struct act mediation_begin = {.name = "mediation.begin",
                                    .who = MEDIATION_WHO_DESK,
                                    .form = &mediation_reference_form,
                                    .run = begin};
const struct act mediation_agree = {
    .name = "mediation.agree", .who = WHO_ASKER, .form = &mediation_reference_form, .run = agree};
const struct act mediation_object = {
    .name = "mediation.object", .who = WHO_ASKER, .form = &mediation_object_form, .run = object};

#define FORM_THIS mediation_propose_form
FORM_TABLE(mediation_propose, MEDIATION_PROPOSE_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_recuse_form
FORM_TABLE(mediation_recuse, MEDIATION_RECUSE_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_object_form
FORM_TABLE(mediation_object, MEDIATION_OBJECT_FORM)
#undef FORM_THIS
