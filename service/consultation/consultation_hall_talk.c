/* consultation_hall_talk.c -- served at a window: the talk, how it ends, how it goes on without the
 * hall.
 *
 *  (1) A talk at a window is a talk like any other: whoever serves is the consultant of the case,
 * its end is the room's own end, and rating, record and reports know it by its channel. (2) A clerk
 * may serve too; what only a qualified consultant gets (a row of assignment, fair shares) a clerk
 * does not get. */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_acts.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

static const struct reason conflicted = {
    "hall.conflict",
    T("You have a conflict of interest in this case: it cannot be yours. Please pass the number on "
      "to another line, or ask a colleague at another window to take it."),
    409};

/* Who serves, beside all offers of the case; `me` unless it is a clerk. */
static struct outcome note_served(struct scene *scene, const struct consultation_case *c)
{
    TRY(assignment_end(scene, c->row.consultation_id, "transferred", S("")));
    TRY(assignment_add_assignment(scene->store, &(struct assignment_add_assignment_values){
                                                    .assignment_id = scene_new_id(scene),
                                                    .service = S("consultation"),
                                                    .case_id = c->row.consultation_id,
                                                    .profession = c->row.profession,
                                                    .field = c->row.field,
                                                    .person_id = c->row.consultant_id,
                                                    .candidates = S(""),
                                                    .offered_at = scene->now}));
    return assignment_accept(scene, c->row.consultation_id);
}

static struct outcome serve(struct scene *scene, const void *form, void *result)
{
    const struct consultation_number_form *f = form;
    struct people_find_consultant_row me;
    struct hall_ticket ticket;
    struct consultation_case c;
    bool found = false, barred;

    TRY(hall_case_at_window(scene, f->number, &ticket, &c));
    TRY(assignment_is_barred(scene, c.row.consultation_id, scene->actor.person_id, &barred));
    if (barred) return REFUSE(conflicted);
    TRY(hall_step(scene, &ticket, HALL_SERVE, 0));
    TRY(case_step(&c, CONSULTATION_SERVE));
    if (scene_is(scene, WHO_CONSULTANT))
        TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    c.row.consultant_id = scene->actor.person_id;
    c.row.team_id = found ? me.team_id : 0;
    if (!c.row.talk_at) c.row.talk_at = scene->now;
    if (found) TRY(note_served(scene, &c));
    TRY(case_save(scene, &c));
    TRY(case_tell(scene, &c, T("%1 talks with you at the window."), scene->actor.name));
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

const struct act consultation_serve = {.name = "consultation.serve",
                                       .who = WHO_AT_HALL,
                                       .form = &consultation_number_form,
                                       .result = &consultation_numbered_view,
                                       .run = serve};

/* What is typed for the resident is looked at like any word of a consultant. */
static struct outcome check_words(struct scene *scene, void *form)
{
    struct consultation_finish_form *f = form;

    if (!scene_is(scene, WHO_CONSULTANT) || !f->answer.len) return DONE;
    return review_check_text(scene, f->answer, &f->flagged);
}

static struct outcome window_close(struct scene *scene, const void *form, void *result)
{
    const struct consultation_finish_form *f = form;
    struct hall_ticket ticket;
    struct consultation_case c;

    TRY(hall_case_at_window(scene, f->number, &ticket, &c));
    if (c.side != CONSULTATION_CONSULTANT || ticket.state != HALL_SERVING)
        return REFUSE(hall_not_now);
    if (!consultation_is_outcome(f->outcome)) return REFUSE(consultation_unknown_outcome);
    if (f->answer.len) {
        TRY(case_say(scene, &c, f->answer, 0, false));
        TRY(case_flag(scene, &c, scene->seq, f->flagged));
    }
    c.row.outcome = f->outcome;
    c.row.summary = f->summary;
    TRY(case_finish(scene, &c));
    TRY(case_tell(scene, &c, T("The consultation is closed."), S("")));
    TRY(hall_ticket_by_id(scene, ticket.row.ticket_id, &ticket));
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

const struct act consultation_window_close = {.name = "consultation.window_close",
                                              .who = WHO_AT_HALL,
                                              .form = &consultation_finish_form,
                                              .result = &consultation_numbered_view,
                                              .prepare = check_words,
                                              .run = window_close};

/* ---- going on without the hall ---- */

static struct outcome tell_online(struct scene *scene, struct consultation_case *c)
{
    if (c->state == CONSULTATION_MESSAGE) {
        struct out *day = out_open(scene->arena, 64);

        out_date(day, case_language(c), c->row.due_at - 1);
        return case_tell(scene, c,
                         T("Your question goes on in writing: it is answered by %1. You need not "
                           "wait in the hall."),
                         out_text(day));
    }
    return case_tell(scene, c,
                     T("Your question goes on online, with everything that was said. Please keep "
                       "this page open."),
                     S(""));
}

static struct outcome window_online(struct scene *scene, const void *form, void *result)
{
    const struct consultation_online_form *f = form;
    struct hall_ticket ticket;
    struct consultation_case c;
    bool is_written = str_same(f->mode, S("message"));

    TRY(hall_case_open(scene, f->number, &ticket, &c));
    if (ticket.row.window_id && ticket.state != HALL_MISSED)
        TRY(hall_case_at_window(scene, f->number, &ticket, &c));
    if (!is_written && !str_same(f->mode, S("live"))) return REFUSE(hall_not_now);
    if (!hall_is_open_state(ticket.state)) return REFUSE(hall_not_now);
    TRY(consultation_go_online(scene, &c, is_written));
    TRY(case_of_id(scene, c.row.consultation_id, &c));
    TRY(tell_online(scene, &c));
    TRY(hall_ticket_by_id(scene, ticket.row.ticket_id, &ticket));
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

const struct act consultation_window_online = {.name = "consultation.window_online",
                                               .who = WHO_AT_HALL,
                                               .form = &consultation_online_form,
                                               .result = &consultation_numbered_view,
                                               .run = window_online};

/* The resident, on the phone: rather online than in the hall.  Leaving it in writing is the act
 * every waiting question has. */
static struct outcome wait_online(struct scene *scene, const void *form, void *result)
{
    const struct consultation_reference_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;

    TRY(case_open_own(scene, f->reference, &c));
    if (c.state != CONSULTATION_HALL) return REFUSE(consultation_not_now);
    TRY(consultation_go_online(scene, &c, false));
    TRY(case_of_id(scene, c.row.consultation_id, &c));
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return DONE;
}

const struct act consultation_wait_online = {.name = "consultation.wait_online",
                                             .who = WHO_ASKER,
                                             .form = &consultation_reference_form,
                                             .result = &consultation_state_view,
                                             .run = wait_online};
