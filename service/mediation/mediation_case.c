/* mediation_case.c -- opening a mediation for whoever is asking, and keeping what changed in it.
 *
 *  (1) To everybody but its two sides, the committee that has it, its mediator and whoever
 *      supervises them there is none.  The other side is who joined with the code, in that browser
 *      or with that token; it is no applicant to the engine and sees none of the engine's pages.
 *  (2) Whoever is of the committee has opened the case, on record, before anything of it is shown.
 *  (3) A row, its event and the step of the engine are one act. */
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/mediation/mediation_parts.h"

const struct reason mediation_open_first = {
    "mediation.open-it-first", T("Please open the case first; that is on record."), 409};

struct outcome mediation_unseal(struct scene *scene, const char *use, struct str sealed,
                                struct str *plain)
{
    *plain = S("");
    if (!sealed.len || secret_unseal(scene->arena, use, sealed, plain)) return DONE;
    return FAULT("mediation: what was sealed cannot be read: these are not its keys");
}

static bool is_respondent(const struct scene *scene, const struct mediation_find_now_row *now)
{
    const struct actor *actor = &scene->actor;

    if (!now->respondent_id) return false;
    if (actor->case_id) return actor->case_id == now->part_id;
    return scene_is(scene, WHO_ASKER) && actor->person_id == now->respondent_id;
}

struct outcome mediation_open_any(struct scene *scene, struct str reference,
                                  struct mediation_case *m)
{
    *m = (struct mediation_case){0};
    TRY(cases_standing_of(scene, MEDIATION_PROCESS, reference, &m->at));
    TRY(mediation_find_now(scene->arena, scene->store, m->at.case_id, &m->now, &m->has_now));
    m->now.case_id = m->at.case_id;
    if (m->at.is_applicant) m->is |= MEDIATION_APPLICANT;
    if (m->has_now && is_respondent(scene, &m->now)) m->is |= MEDIATION_RESPONDENT;
    if (m->at.is_officer) m->is |= MEDIATION_OFFICER;
    if (m->at.is_officer && m->now.mediator_id && m->now.mediator_id == scene->actor.person_id)
        m->is |= MEDIATION_MEDIATOR;
    scene_about(scene, m->at.case_id, m->now.mediator_id);
    return DONE;
}

struct outcome mediation_open_side(struct scene *scene, struct str reference,
                                   struct mediation_case *m)
{
    TRY(mediation_open_any(scene, reference, m));
    m->is &= MEDIATION_SIDES;
    return m->is ? DONE : REFUSE(act_unknown);
}

struct outcome mediation_open_desk(struct scene *scene, struct str reference,
                                   struct mediation_case *m)
{
    TRY(mediation_open_any(scene, reference, m));
    m->is &= MEDIATION_OFFICER | MEDIATION_MEDIATOR;
    if (!m->is && !m->at.is_lead) return REFUSE(act_unknown);
    return m->at.is_open ? DONE : REFUSE(mediation_open_first); /* (2) */
}

/* For struct cases_all: a row from the application on. */
struct outcome mediation_counted(struct scene *scene, id case_id, moment opened_at,
                                 struct str chosen)
{
    return mediation_set_counted(scene->store, case_id, scene_new_id(scene), opened_at, chosen);
}

static struct outcome save(struct scene *scene, const struct mediation_find_now_row *now)
{
    return mediation_save_now(scene->store, &(struct mediation_save_now_values){
                                                .respondent_id = now->respondent_id,
                                                .name_sealed = now->name_sealed,
                                                .phone_sealed = now->phone_sealed,
                                                .code_sealed = now->code_sealed,
                                                .invited_at = now->invited_at,
                                                .joined_at = now->joined_at,
                                                .mediator_id = now->mediator_id,
                                                .proposed_at = now->proposed_at,
                                                .object_until = now->object_until,
                                                .applicant_at = now->applicant_at,
                                                .respondent_at = now->respondent_at,
                                                .begun_at = now->begun_at,
                                                .effective_at = now->effective_at,
                                                .confirm_until = now->confirm_until,
                                                .ask_applicant_at = now->ask_applicant_at,
                                                .ask_respondent_at = now->ask_respondent_at,
                                                .court = now->court,
                                                .court_at = now->court_at,
                                                .performed = now->performed,
                                                .performed_at = now->performed_at,
                                                .ask_at = now->ask_at,
                                                .case_id = now->case_id});
}

struct outcome mediation_keep(struct scene *scene, struct mediation_case *m, const char *event,
                              unsigned side, const char *step)
{
    TRY(save(scene, &m->now));
    TRY(mediation_add_event(scene->store, m->at.case_id, scene->seq, str_of(event),
                            mediation_side_word(side), scene->now));
    scene_about(scene, m->at.case_id, m->now.mediator_id);
    if (!*step) return DONE;
    return cases_room_take(scene, MEDIATION_PROCESS, m->at.case_id, str_of(step), S(""));
}

struct outcome mediation_notify_respondent(struct scene *scene, const struct mediation_case *m)
{
    struct str phone;

    TRY(mediation_unseal(scene, MEDIATION_USE_PHONE, m->now.phone_sealed, &phone));
    return notice_add(scene, &(struct notice){.which = NOTICE_CASE_NEWS,
                                              .language = m->at.language,
                                              .to = phone,
                                              .words = {m->at.reference},
                                              .case_id = m->now.part_id});
}
