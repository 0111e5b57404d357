/* consultation_claim.c -- "This was asked with my number": mine, or not.
 *
 * Whoever asks may type any number, so a number that is proved later shows that its holder may
 * read, not that the holder asked: what is written there would be read by whoever did.
 *
 *  (1) Whoever has a case only by its number reads it, and changes nothing before saying whose it
 *      is.
 *  (2) "Mine" makes it the resident's alone: the guest who asked and every token of the case are
 *      shut out, in the same act.
 *  (3) "Not mine" takes the number off; whoever asked keeps the question. */
#include "desk/identity/identity_acts.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

static struct outcome claim(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;

    TRY(case_open_as(scene, f->reference, CONSULTATION_RESIDENT, &c));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    scene->quiet = !c.by_number_only; /* pressed twice */
    if (scene->quiet) return DONE;
    TRY(consultation_drop_slip_codes(scene->store, c.row.owner_id));
    TRY(consultation_set_case_owner(scene->store, scene->actor.person_id, c.row.consultation_id));
    return identity_end_case_sessions(scene, c.row.consultation_id);
}

const struct act consultation_claim = {.name = "consultation.claim",
                                       .who = WHO_RESIDENT,
                                       .form = &consultation_reference_form,
                                       .result = &consultation_state_view,
                                       .run = claim};

static struct outcome disclaim(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_case c;

    (void)result;
    TRY(case_open_as(scene, f->reference, CONSULTATION_RESIDENT, &c));
    if (!c.by_number_only) return REFUSE(consultation_not_now);
    return consultation_drop_number(scene->store, c.row.consultation_id);
}

const struct act consultation_disclaim = {.name = "consultation.disclaim",
                                          .who = WHO_RESIDENT,
                                          .form = &consultation_reference_form,
                                          .run = disclaim};
