/* mediation_session.c -- the sides sit down, together or apart; and what they agree on.
 *
 *  (1) Rule 3 of mediation.h: what one side says apart carries that side's name, and nothing a
 *      query can reach for the other brings it.  The engine's log, messages and events hold no
 *      words of any session.
 *  (2) An agreement is signed as the version that was read. */
#include "platform/secret.h"
#include "service/mediation/mediation_views.h"

static const struct reason side_unknown = {
    "mediation.side", T("Please choose who takes part in it."), .field = "paper_side"};
static const struct reason result_unknown = {
    "mediation.result", T("Please choose what came of it."), .field = "session_result"};
static const struct reason form_unknown = {
    "mediation.form", T("Please choose whether it is written or spoken."), .field = "form"};
static const struct reason too_many_sessions = {
    "mediation.too-many-sessions", T("So many sessions were held that no more fit."), 409};
static const struct reason too_many_versions = {
    "mediation.too-many-versions", T("It was rewritten so often that no more versions fit."), 409};
static const struct reason not_yet = {"mediation.session-to-come",
                                      T("This session has not begun yet."), 409};
static const struct reason signed_already = {"mediation.signed-already",
                                             T("This side has signed already."), 409};
static const struct reason other_version = {
    "mediation.other-version",
    T("The agreement was changed meanwhile. Please read it below, then decide again."), 409};
static const struct reason day_past = {
    "mediation.day-past", T("Please choose a day from today on."), .field = "perform_day"};

/* "both" is written as ''. */
static struct outcome side_of(struct str word, unsigned *side)
{
    *side = mediation_side_of(word);
    return *side || str_same(word, S("both")) ? DONE : REFUSE(side_unknown);
}

/* Who was there is told by message; of what one side does apart the other is not told at all. */
static struct outcome keep(struct scene *scene, struct mediation_case *m, const char *event,
                           unsigned side)
{
    TRY(mediation_keep(scene, m, event, side, side == MEDIATION_RESPONDENT ? "" : "meet"));
    return side == MEDIATION_APPLICANT ? DONE : mediation_notify_respondent(scene, m);
}

static struct outcome open_deed(struct scene *scene, struct str reference, enum mediation_deed deed,
                                struct mediation_case *m)
{
    TRY(mediation_open_desk(scene, reference, m));
    return mediation_may(m->at.state, m->is, deed);
}

/* For one more; what was planned before can be written down however many there are. */
static struct outcome need_room(struct scene *scene, const struct mediation_case *m)
{
    struct mediation_count_sessions_row row;
    bool found;

    TRY(mediation_count_sessions(scene->store, m->at.case_id, &row, &found));
    return row.sessions_count < MEDIATION_SESSIONS_MAX ? DONE : REFUSE(too_many_sessions);
}

static struct outcome plan(struct scene *scene, const void *form, void *result)
{
    const struct mediation_plan_form *f = form;
    struct mediation_add_session_values session = {.by_id = scene->actor.person_id,
                                                   .at = scene->now};
    struct mediation_case m;
    unsigned side;

    (void)result;
    TRY(open_deed(scene, f->reference, MEDIATION_PLAN, &m));
    TRY(need_room(scene, &m));
    TRY(side_of(f->plan_side, &side));
    TRY(cases_visit_time(f->plan_day, f->plan_from, f->plan_minutes, scene->now, &session.starts_at,
                         &session.ends_at));
    session.session_id = scene_new_id(scene);
    session.case_id = m.at.case_id;
    session.side = mediation_side_word(side);
    session.place_sealed = secret_seal(scene->arena, MEDIATION_USE_RECORD, f->plan_place);
    session.words_sealed = secret_seal(scene->arena, MEDIATION_USE_RECORD, f->plan_words);
    TRY(mediation_add_session(scene->store, &session));
    return keep(scene, &m, "planned", side);
}

/* ---- what came of it ---- */

static struct outcome settle_planned(struct scene *scene, const struct mediation_record_form *f,
                                     struct mediation_case *m, const char **event, unsigned *side)
{
    bool is_held = str_same(f->session_result, S("held"));
    struct mediation_find_session_row row;
    bool found;

    if (!is_held && !str_same(f->session_result, S("off"))) return REFUSE(result_unknown);
    TRY(mediation_find_session(scene->arena, scene->store, f->session, &row, &found));
    if (!found || row.case_id != m->at.case_id) return REFUSE(act_unknown);
    if (!str_same(row.state, S("planned"))) return REFUSE(mediation_not_now);
    if (is_held && row.starts_at > scene->now) return REFUSE(not_yet);
    *side = mediation_side_of(row.side);
    *event = is_held ? "held" : "off";
    return mediation_end_session(scene->store, str_of(*event),
                                 secret_seal(scene->arena, MEDIATION_USE_RECORD, f->record),
                                 scene->now, row.session_id);
}

static struct outcome add_held(struct scene *scene, const struct mediation_record_form *f,
                               struct mediation_case *m, unsigned *side)
{
    TRY(need_room(scene, m));
    TRY(side_of(f->record_side, side));
    return mediation_add_held(scene->store, scene_new_id(scene), m->at.case_id,
                              mediation_side_word(*side), scene->now,
                              secret_seal(scene->arena, MEDIATION_USE_RECORD, f->record),
                              scene->actor.person_id, scene->now, scene->now);
}

/* Of a planned session, or of one nobody had planned: people come by, and call. */
static struct outcome record(struct scene *scene, const void *form, void *result)
{
    const struct mediation_record_form *f = form;
    const char *event = "held";
    struct mediation_case m;
    unsigned side = 0;

    (void)result;
    TRY(open_deed(scene, f->reference, MEDIATION_RECORD, &m));
    if (f->session)
        TRY(settle_planned(scene, f, &m, &event, &side));
    else
        TRY(add_held(scene, f, &m, &side));
    return keep(scene, &m, event, side);
}

/* ---- the agreement ---- */

static struct outcome stand(struct scene *scene, struct mediation_case *m, const char *step,
                            struct str perform_day)
{
    m->now.effective_at = scene->now;
    m->now.ask_at = mediation_first_ask(scene->now, perform_day);
    TRY(mediation_drop_planned(scene->store, scene->now, m->at.case_id));
    TRY(mediation_confirm_until(cases_calendar(), scene->now, &m->now.confirm_until));
    TRY(mediation_keep(scene, m, "effective", 0, step));
    TRY(mediation_set_clocks(scene, m, perform_day));
    return mediation_notify_respondent(scene, m);
}

static struct outcome check_draw(struct scene *scene, const struct mediation_draw_form *f)
{
    calendar_day day;

    if (!str_same(f->form, S("written")) && !str_same(f->form, S("oral")))
        return REFUSE(form_unknown);
    if (f->perform_day.len &&
        (!calendar_day_parse(f->perform_day, &day) || day < calendar_day_of(scene->now)))
        return REFUSE(day_past);
    return DONE;
}

static struct outcome draw(struct scene *scene, const void *form, void *result)
{
    const struct mediation_draw_form *f = form;
    struct mediation_find_agreement_row last = {0};
    struct mediation_case m;
    bool found, is_oral = str_same(f->form, S("oral")), is_first;

    (void)result;
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_DRAW));
    TRY(check_draw(scene, f));
    TRY(mediation_find_agreement(scene->arena, scene->store, m.at.case_id, &last, &found));
    if (found && last.version >= MEDIATION_VERSIONS_MAX) return REFUSE(too_many_versions);
    TRY(mediation_add_agreement(
        scene->store, &(struct mediation_add_agreement_values){
                          .case_id = m.at.case_id,
                          .version = last.version + 1,
                          .form = f->form,
                          .facts_sealed = secret_seal(scene->arena, MEDIATION_USE_TERMS, f->facts),
                          .terms_sealed = secret_seal(scene->arena, MEDIATION_USE_TERMS, f->terms),
                          .perform_day = f->perform_day,
                          .is_status = f->is_status,
                          .by_id = scene->actor.person_id,
                          .at = scene->now}));
    is_first = str_same(m.at.state, S("mediating"));
    TRY(mediation_keep(scene, &m, "drawn", 0, is_first && !is_oral ? "draw" : ""));
    if (!is_oral) return mediation_notify_respondent(scene, &m);
    TRY(mediation_sign_agreement(scene->store, scene->now, scene->now, S("oral"), S("oral"),
                                 m.at.case_id, last.version + 1));
    return stand(scene, &m, "reach", f->perform_day); /* rule 4 */
}

static struct outcome keep_signature(struct scene *scene, struct mediation_case *m, int64_t version,
                                     unsigned side, struct str how)
{
    struct mediation_find_agreement_row row;
    bool found;

    TRY(mediation_find_agreement(scene->arena, scene->store, m->at.case_id, &row, &found));
    if (!found || row.version != version) return REFUSE(other_version); /* (2) */
    if (side == MEDIATION_APPLICANT ? row.applicant_at : row.respondent_at)
        return REFUSE(signed_already);
    if (side == MEDIATION_APPLICANT)
        row.applicant_at = scene->now, row.applicant_how = how;
    else
        row.respondent_at = scene->now, row.respondent_how = how;
    TRY(mediation_sign_agreement(scene->store, row.applicant_at, row.respondent_at,
                                 row.applicant_how, row.respondent_how, m->at.case_id, version));
    if (row.applicant_at && row.respondent_at) return stand(scene, m, "sign", row.perform_day);
    TRY(mediation_keep(scene, m, "signed", 0, ""));
    return mediation_notify_respondent(scene, m);
}

static struct outcome sign(struct scene *scene, const void *form, void *result)
{
    const struct mediation_sign_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_side(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_SIGN));
    return keep_signature(scene, &m, f->version, m.is, S("web"));
}

/* Somebody of ninety-two signs with a pen: the mediator has the paper. */
static struct outcome sign_paper(struct scene *scene, const void *form, void *result)
{
    const struct mediation_paper_form *f = form;
    struct mediation_case m;
    unsigned side = mediation_side_of(f->paper_side);

    (void)result;
    if (!side) return REFUSE(side_unknown);
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is & MEDIATION_MEDIATOR, MEDIATION_SIGN));
    return keep_signature(scene, &m, f->version, side, S("paper"));
}

const struct act mediation_plan = {
    .name = "mediation.plan", .who = MEDIATION_WHO_DESK, .form = &mediation_plan_form, .run = plan};
const struct act mediation_record = {.name = "mediation.record",
                                     .who = MEDIATION_WHO_DESK,
                                     .form = &mediation_record_form,
                                     .run = record};
const struct act mediation_draw = {
    .name = "mediation.draw", .who = MEDIATION_WHO_DESK, .form = &mediation_draw_form, .run = draw};
const struct act mediation_sign = {
    .name = "mediation.sign", .who = WHO_ASKER, .form = &mediation_sign_form, .run = sign};
const struct act mediation_sign_paper = {.name = "mediation.sign_paper",
                                         .who = MEDIATION_WHO_DESK,
                                         .form = &mediation_paper_form,
                                         .run = sign_paper};

#define FORM_THIS mediation_plan_form
FORM_TABLE(mediation_plan, MEDIATION_PLAN_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_record_form
FORM_TABLE(mediation_record, MEDIATION_RECORD_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_draw_form
FORM_TABLE(mediation_draw, MEDIATION_DRAW_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_sign_form
FORM_TABLE(mediation_sign, MEDIATION_SIGN_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_paper_form
FORM_TABLE(mediation_paper, MEDIATION_PAPER_FORM)
#undef FORM_THIS
