/* mediation_join.c -- how the other side takes part: with the reference and the code of an
 * invitation.
 *
 *  (1) A code is made by the committee and works once; another one ends what the first opened.
 *  (2) Whatever is wrong, the answer is one: nobody learns that a case is there.
 *  (3) Nobody is both sides. */
#include "platform/secret.h"
#include "service/mediation/mediation_views.h"

enum { GUEST_SECONDS = 90 * SECONDS_PER_DAY };

static const struct reason code_unknown = {
    "mediation.code-unknown",
    T("No invitation has this reference and this code. Please compare both with the letter, or "
      "call the committee for a new code."),
    422, .field = "code"};
static const struct reason both_sides = {
    "mediation.both-sides",
    T("This browser has the application open. The other side uses a browser of its own."), 409};

static struct outcome invite(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_desk(scene, ((const struct mediation_reference_form *)form)->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_INVITE));
    if (m.now.respondent_id) TRY(identity_end_case_sessions(scene, m.now.part_id));
    m.now.respondent_id = 0; /* (1) */
    m.now.code_sealed = secret_seal(scene->arena, MEDIATION_USE_CODE,
                                    secret_digits(scene->arena, MEDIATION_CODE_DIGITS));
    m.now.invited_at = scene->now;
    return mediation_keep(scene, &m, "invited", 0, "");
}

static struct outcome join(struct scene *scene, const void *form, void *result)
{
    const struct mediation_join_form *f = form;
    struct mediation_joined_view *told = result;
    struct mediation_case m;
    struct outcome outcome;
    struct str code;
    id person_id;

    outcome = mediation_open_any(scene, f->invitation, &m);
    if (outcome.refusal) return REFUSE(code_unknown); /* (2) */
    TRY(outcome);
    TRY(mediation_unseal(scene, MEDIATION_USE_CODE, m.now.code_sealed, &code));
    if (!code.len || !secret_same(f->code, code) || m.at.is_over) return REFUSE(code_unknown);
    if (m.at.is_applicant) return REFUSE(both_sides); /* (3) */
    person_id = identity_asker(scene);
    /* From here on the guest acts: the line of the journal is theirs. */
    if (!scene_is(scene, WHO_ASKER)) scene->actor.person_id = person_id;
    m.now.respondent_id = person_id;
    m.now.name_sealed = secret_seal(scene->arena, MEDIATION_USE_NAME, f->own_name);
    m.now.phone_sealed = secret_seal(scene->arena, MEDIATION_USE_PHONE, f->phone);
    m.now.code_sealed = S(""); /* (1) */
    m.now.joined_at = scene->now;
    TRY(mediation_keep(scene, &m, "joined", 0, ""));
    told->reference = m.at.reference;
    return identity_asker_open(scene, person_id, m.now.part_id, GUEST_SECONDS, &told->token);
}

/* Rule 1 of mediation.h: nobody has to say why. */
static struct outcome stop(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_side(scene, ((const struct mediation_reference_form *)form)->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_STOP));
    TRY(mediation_drop_planned(scene->store, scene->now, m.at.case_id));
    TRY(mediation_keep(scene, &m, "stopped", 0, ""));
    TRY(cases_room_take(
        scene, MEDIATION_PROCESS, m.at.case_id, S("stop"),
        text_in(m.at.language, T("One side does not want to go on. Mediation is voluntary: you can "
                                 "still go to arbitration or to the court. Call 12348 and we say "
                                 "how."))));
    return mediation_notify_respondent(scene, &m);
}

struct outcome mediation_merge(struct scene *scene, id guest_id, id person_id)
{
    return mediation_set_respondent(scene->store, person_id, guest_id);
}

const struct act mediation_invite = {.name = "mediation.invite",
                                     .who = MEDIATION_WHO_DESK,
                                     .form = &mediation_reference_form,
                                     .run = invite};
const struct act mediation_join = {.name = "mediation.join",
                                   .who = WHO_ANYONE,
                                   .form = &mediation_join_form,
                                   .result = &mediation_joined_view,
                                   .run = join};
const struct act mediation_stop = {
    .name = "mediation.stop", .who = WHO_ASKER, .form = &mediation_reference_form, .run = stop};

#define FORM_THIS mediation_reference_form
FORM_TABLE(mediation_reference, MEDIATION_REFERENCE_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_join_form
FORM_TABLE(mediation_join, MEDIATION_JOIN_FORM)
#undef FORM_THIS
#define VIEW_THIS mediation_joined_view
VIEW_TABLE(mediation_joined, MEDIATION_JOINED_VIEW)
#undef VIEW_THIS
