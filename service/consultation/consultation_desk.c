/* consultation_desk.c -- what a consultant does with work: be present, accept, decline, hand on. */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_views.h"

static struct outcome set_presence(struct scene *scene, const void *form, void *result)
{
    const struct consultation_presence_form *f = form;
    struct people_find_consultant_row me;
    bool changed, found, is_here = str_same(f->state, S("online"));

    (void)result;
    if (f->state.len && !is_here && !str_same(f->state, S("away")) && !str_same(f->state, S("off")))
        return REFUSE(consultation_presence_word);
    TRY(people_set_presence(scene, f->state, f->capacity, &changed));
    if (changed) TRY(assignment_noticed(scene, scene->actor.person_id));
    scene->quiet = !changed;
    scene_about(scene, 0, scene->actor.person_id);
    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    if (changed && f->state.len && !is_here) TRY(dispatch_withdraw(scene, scene->actor.person_id));
    if (changed) return dispatch_drain(scene, me.profession);
    return DONE;
}

const struct act consultation_presence = {.name = "consultation.presence",
                                          .who = WHO_CONSULTANT,
                                          .form = &consultation_presence_form,
                                          .run = set_presence};

/* The case that is offered to the acting consultant. */
static struct outcome open_offer(struct scene *scene, struct str reference,
                                 struct consultation_case *c)
{
    struct outcome outcome = case_open_as(scene, reference, CONSULTATION_CONSULTANT, c);

    if (outcome.refusal == &act_unknown) return REFUSE(consultation_offer_gone);
    TRY(outcome);
    if (c->state != CONSULTATION_OFFERED) return REFUSE(consultation_offer_gone);
    return DONE;
}

static struct outcome accept(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct people_find_consultant_row me;
    struct consultation_count_talks_of_row talks;
    struct consultation_case c;
    bool found;

    TRY(open_offer(scene, f->reference, &c));
    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    if (!people_is_qualified(me.verified_at, me.licence_until, scene->now))
        return REFUSE(consultation_not_qualified); /* it ended since the offer was made */
    TRY(consultation_count_talks_of(scene->store, scene->actor.person_id, &talks, &found));
    if (talks.talks >= me.capacity__now) return REFUSE(consultation_full);
    TRY(case_step(&c, CONSULTATION_ACCEPT));
    if (!c.row.talk_at) c.row.talk_at = scene->now;
    c.row.offer_until = 0;
    c.row.wants_id = 0;
    TRY(case_save(scene, &c));
    TRY(dispatch_ended(scene, &c));
    TRY(assignment_accept(scene, c.row.consultation_id));
    TRY(case_tell(scene, &c, T("%1 has joined and reads what you wrote."), scene->actor.name));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, 0};
    return DONE;
}

const struct act consultation_accept = {.name = "consultation.accept",
                                        .who = WHO_CONSULTANT,
                                        .form = &consultation_reference_form,
                                        .result = &consultation_state_view,
                                        .run = accept};

static struct outcome decline(struct scene *scene, const void *form, void *result)
{
    const struct consultation_decline_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;

    TRY(open_offer(scene, f->reference, &c));
    if (f->conflict) TRY(assignment_bar_of(scene, c.row.consultation_id, scene->actor.person_id));
    TRY(dispatch_take_back(scene, &c, "declined", f->reason));
    TRY(dispatch_drain(scene, c.row.profession));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, 0};
    return DONE;
}

const struct act consultation_decline = {.name = "consultation.decline",
                                         .who = WHO_CONSULTANT,
                                         .form = &consultation_decline_form,
                                         .result = &consultation_state_view,
                                         .run = decline};

/* To whom: one colleague, who must be able to take it, or anyone of a profession. */
static struct outcome find_receiver(struct scene *scene, const struct consultation_transfer_form *f,
                                    struct consultation_case *c)
{
    struct people_find_consultant_row to;
    id person_id;
    bool found;

    if (!f->consultant.len && !f->profession.len) return REFUSE(consultation_transfer_where);
    if (f->profession.len) {
        if (!consultation_is_profession(f->profession))
            return REFUSE(consultation_unknown_profession);
        c->row.profession = f->profession;
        c->row.wants_id = 0;
    }
    if (!f->consultant.len) return DONE;
    if (!str_to_int(f->consultant, &person_id) || person_id == scene->actor.person_id)
        return REFUSE(consultation_transfer_where);
    TRY(people_consultant(scene, person_id, &to, &found));
    if (!found || !str_same(to.standing, S("active")) ||
        !people_is_qualified(to.verified_at, to.licence_until, scene->now))
        return REFUSE(consultation_unknown_consultant);
    if (c->state == CONSULTATION_TALKING && !str_same(to.presence, S("online")))
        return REFUSE(consultation_transfer_where);
    if (c->state == CONSULTATION_MESSAGE) TRY(handed_may_have(scene, c, person_id));
    c->row.profession = to.profession;
    c->row.wants_id = person_id;
    return DONE;
}

/* A talk goes back to the head of the queue with all that was said; a written question goes to
 * somebody else with the same promise. */
static struct outcome transfer(struct scene *scene, const void *form, void *result)
{
    const struct consultation_transfer_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    id before;

    TRY(case_open_as(scene, f->reference, CONSULTATION_CONSULTANT, &c));
    before = c.row.consultant_id;
    TRY(find_receiver(scene, f, &c));
    TRY(assignment_end(scene, c.row.consultation_id, "transferred", f->reason));
    if (c.state == CONSULTATION_MESSAGE) {
        TRY(dispatch_written(scene, &c));
        TRY(case_save(scene, &c));
    } else {
        TRY(case_step(&c, CONSULTATION_HAND_ON));
        c.row.consultant_id = c.row.team_id = 0;
        /* Whoever has talked already does not queue again behind others. */
        c.row.rank_at = c.row.asked_at - SECONDS_PER_DAY;
        c.row.waiting_at = scene->now;
        TRY(overflow_wake(scene, &c));
        TRY(case_save(scene, &c));
        TRY(case_tell(scene, &c,
                      T("Your consultant hands your case to a colleague, with everything you have "
                        "written. Please stay here."),
                      S("")));
        TRY(dispatch_drain(scene, c.row.profession));
    }
    scene_about(scene, c.row.consultation_id, before);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_transfer = {.name = "consultation.transfer",
                                          .who = WHO_CONSULTANT,
                                          .form = &consultation_transfer_form,
                                          .result = &consultation_state_view,
                                          .run = transfer};

#define FORM_THIS consultation_presence_form
FORM_TABLE(consultation_presence, CONSULTATION_PRESENCE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_decline_form
FORM_TABLE(consultation_decline, CONSULTATION_DECLINE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_transfer_form
FORM_TABLE(consultation_transfer, CONSULTATION_TRANSFER_FORM)
