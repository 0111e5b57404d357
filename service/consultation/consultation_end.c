/* consultation_end.c -- how a consultation ends: answered in writing, closed, rated. */
#include "bureau/record/record_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

static void tell_state(const struct consultation_case *c, struct consultation_state_view *told)
{
    *told = (struct consultation_state_view){c->row.reference, c->row.state, c->row.due_at};
}

static struct outcome drop_warnings(struct scene *scene, const struct consultation_case *c)
{
    TRY(clock_drop(scene, "consultation.warn_half", c->row.consultation_id));
    TRY(clock_drop(scene, "consultation.warn_late", c->row.consultation_id));
    return clock_drop(scene, "consultation.warn_over", c->row.consultation_id);
}

/* Whoever waits takes the freed place. */
struct outcome case_finish(struct scene *scene, struct consultation_case *c)
{
    bool was_live = c->row.talk_at > 0, was_offered = c->state == CONSULTATION_OFFERED;

    /* Left in writing and then answered live: the end of the talk keeps the promise. */
    if (c->state == CONSULTATION_TALKING && c->row.due_at) c->row.answered_at = scene->now;
    TRY(case_step(c, CONSULTATION_CLOSE));
    /* Whoever was only offered it neither served it nor is rated for it. */
    if (was_offered) c->row.consultant_id = c->row.team_id = 0;
    c->row.closed_at = scene->now;
    c->row.offer_until = 0;
    TRY(case_save(scene, c));
    TRY(assignment_end(scene, c->row.consultation_id, was_offered ? "withdrawn" : "accepted",
                       S("")));
    TRY(dispatch_ended(scene, c));
    TRY(drop_warnings(scene, c));
    TRY(consultation_drop_again(scene->store, c->row.consultation_id));
    if (was_live) TRY(wait_measure(scene, c->row.profession));
    return dispatch_drain(scene, c->row.profession);
}

static struct outcome close_own(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_case c;

    TRY(case_open_own(scene, f->reference, &c));
    if (c.state != CONSULTATION_CLOSED && !c.row.outcome.len) c.row.outcome = S("resident");
    TRY(case_finish(scene, &c));
    TRY(case_tell(scene, &c, T("The resident closed the consultation."), S("")));
    tell_state(&c, result);
    return DONE;
}

const struct act consultation_close_own = {.name = "consultation.close_own",
                                           .who = WHO_ASKER,
                                           .form = &consultation_reference_form,
                                           .result = &consultation_state_view,
                                           .run = close_own};

static struct outcome close_case(struct scene *scene, const void *form, void *result)
{
    const struct consultation_close_form *f = form;
    struct consultation_case c;

    TRY(case_open_as(scene, f->reference, CONSULTATION_CONSULTANT, &c));
    if (!consultation_is_outcome(f->outcome)) return REFUSE(consultation_unknown_outcome);
    /* A promise is kept by an answer, not by closing. */
    if (c.state == CONSULTATION_MESSAGE) return REFUSE(consultation_not_now);
    c.row.outcome = f->outcome;
    c.row.summary = f->summary;
    TRY(case_finish(scene, &c));
    TRY(case_tell(scene, &c, T("The consultation is closed."), S("")));
    tell_state(&c, result);
    return DONE;
}

const struct act consultation_close = {.name = "consultation.close",
                                       .who = WHO_CONSULTANT,
                                       .form = &consultation_close_form,
                                       .result = &consultation_state_view,
                                       .run = close_case};

static struct outcome answer(struct scene *scene, const void *form, void *result)
{
    const struct consultation_say_form *f = form;
    struct consultation_said_view *told = result;
    struct consultation_case c;
    struct str phone = S("");

    TRY(case_open_as(scene, f->reference, CONSULTATION_CONSULTANT, &c));
    if (f->internal) return REFUSE(consultation_not_now);
    TRY(case_step(&c, CONSULTATION_ANSWER));
    c.row.answered_at = scene->now;
    TRY(case_say(scene, &c, f->text, 0, false));
    TRY(case_flag(scene, &c, scene->seq, f->flagged));
    TRY(case_save(scene, &c));
    TRY(assignment_end(scene, c.row.consultation_id, "accepted", S("")));
    TRY(drop_warnings(scene, &c));
    if (c.row.phone_sealed.len &&
        !secret_unseal(scene->arena, "consultation.phone", c.row.phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    TRY(notice_add(scene, &(struct notice){.which = NOTICE_ANSWERED,
                                           .language = case_language(&c),
                                           .to = phone,
                                           .words = {c.row.reference},
                                           .case_id = c.row.consultation_id}));
    *told = (struct consultation_said_view){.seq = scene->seq, .at = scene->now};
    return DONE;
}

const struct act consultation_answer = {.name = "consultation.answer",
                                        .who = WHO_CONSULTANT,
                                        .form = &consultation_say_form,
                                        .result = &consultation_said_view,
                                        .prepare = case_check_words,
                                        .run = answer};

static struct outcome rate(struct scene *scene, const void *form, void *result)
{
    const struct consultation_rate_form *f = form;
    struct consultation_case c;
    struct consultation_find_rating_row before;
    bool rated;

    TRY(case_open_own(scene, f->reference, &c));
    TRY(consultation_may_rate(c.state, c.row.closed_at, scene->now));
    TRY(consultation_find_rating(scene->arena, scene->store, c.row.consultation_id, &before,
                                 &rated));
    if (rated) return REFUSE(consultation_rated);
    tell_state(&c, result);
    TRY(record_rate(scene, &(struct record_rating){.case_id = c.row.consultation_id,
                                                   .stars = f->stars,
                                                   .patience = f->marks__patience,
                                                   .courtesy = f->marks__courtesy,
                                                   .efficiency = f->marks__efficiency,
                                                   .correctness = f->marks__correctness,
                                                   .at = scene->now}));
    return consultation_add_rating(scene->store, &(struct consultation_add_rating_values){
                                                     .consultation_id = c.row.consultation_id,
                                                     .consultant_id = c.row.consultant_id,
                                                     .team_id = c.row.team_id,
                                                     .stars = f->stars,
                                                     .patience = f->marks__patience,
                                                     .courtesy = f->marks__courtesy,
                                                     .efficiency = f->marks__efficiency,
                                                     .correctness = f->marks__correctness,
                                                     .text = f->text,
                                                     .at = scene->now,
                                                 });
}

const struct act consultation_rate = {.name = "consultation.rate",
                                      .who = WHO_ASKER,
                                      .form = &consultation_rate_form,
                                      .result = &consultation_state_view,
                                      .run = rate};

#define FORM_THIS consultation_close_form
FORM_TABLE(consultation_close, CONSULTATION_CLOSE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_rate_form
FORM_TABLE(consultation_rate, CONSULTATION_RATE_FORM)
