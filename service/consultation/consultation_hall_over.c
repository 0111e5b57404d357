/* consultation_hall_over.c -- a hall's day ends: no number stays open, and nothing is lost.
 *
 *  (1) Some time after closing, and at midnight at the latest, whoever was not served has a written
 *      question with a promised day, and is told.
 *  (2) Whoever was called twice and did not come is a no-show: the case is closed by the clock and
 *      says so; what was written in it stays to be read.  What was asked before they came, and
 * waits for an answer, goes on in writing. (3) A talk somebody forgot to end becomes a written
 * question too, but later: it may go on still. (4) Numbers of an earlier day are settled before any
 * of today: a stop of the server over a night changes nothing. */
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

enum { LOOK_AGAIN_SECONDS = 30 * SECONDS_PER_MINUTE, LINES_EACH = 4 };

/* It was answered before its resident came about it: who answered stays who served it. */
static struct outcome give_back(struct scene *scene, struct consultation_case *c)
{
    struct people_find_consultant_row row;
    bool found;

    TRY(people_consultant(scene, c->row.wants_id, &row, &found));
    c->row.consultant_id = c->row.wants_id;
    c->row.team_id = found ? row.team_id : 0;
    return DONE;
}

static struct outcome close_no_show(struct scene *scene, struct hall_ticket *ticket,
                                    struct consultation_case *c)
{
    TRY(hall_step(scene, ticket, HALL_GIVE_UP, 0));
    if (c->row.answered_at && c->row.wants_id) TRY(give_back(scene, c));
    c->row.outcome = c->row.answered_at ? S("resident") : S("no_show");
    TRY(case_finish(scene, c));
    return case_tell(
        scene, c,
        T("Your number %1 was called twice and nobody came, so it is closed. You can ask "
          "again at any time, online or at a hall."),
        ticket->row.ticket);
}

static struct outcome take_in_writing(struct scene *scene, struct consultation_case *c,
                                      const char *why)
{
    struct out *day = out_open(scene->arena, 64);

    TRY(consultation_go_online(scene, c, true));
    out_date(day, case_language(c), c->row.due_at - 1);
    return case_tell(scene, c, why, out_text(day));
}

/* It was asked before they came, and nobody has answered it: coming here does not lose it. */
static bool is_owed(const struct hall_ticket *ticket, const struct consultation_case *c)
{
    return c->row.asked_at < ticket->row.taken_at && (c->row.due_at || !c->row.answered_at);
}

static struct outcome settle_missed(struct scene *scene, struct hall_ticket *ticket,
                                    struct consultation_case *c)
{
    if (!is_owed(ticket, c)) return close_no_show(scene, ticket, c);
    TRY(hall_step(scene, ticket, HALL_GIVE_UP, 0));
    return take_in_writing(scene, c,
                           T("Your number was called twice and nobody came. Your question is kept "
                             "and will be answered in writing by %1."));
}

/* When this number is settled. */
static moment settled_at(const struct scene *scene, const struct hall_list_left_open_row *row,
                         struct str today, moment over)
{
    if (!str_same(row->day, today)) return scene->now;
    if (str_same(row->state, hall_state_word(HALL_SERVING)))
        return over + HALL_TALK_SECONDS - HALL_GRACE_SECONDS;
    return over;
}

static struct outcome settle(struct scene *scene, id ticket_id)
{
    struct hall_ticket ticket;
    struct consultation_case c;

    TRY(hall_ticket_by_id(scene, ticket_id, &ticket));
    TRY(case_of_id(scene, ticket.row.case_id, &c));
    scene_tell(scene, "consultation.hall_end", c.row.consultation_id, c.row.consultant_id);
    if (ticket.state == HALL_MISSED) return settle_missed(scene, &ticket, &c);
    return take_in_writing(
        scene, &c,
        T("The hall has closed for today before your number could be served. Your "
          "question is kept and will be answered in writing by %1."));
}

static struct outcome hall_over(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    const struct hall_list_left_open_row *rows;
    struct str today = hall_today(scene);
    moment over, next = 0;
    size_t count;

    (void)result;
    scene->quiet = true; /* what is done leaves lines of its own */
    TRY(hall_day_over(scene, f->case_id, &over));
    TRY(hall_list_left_open(scene->arena, scene->store, f->case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        moment at = settled_at(scene, &rows[i], today, over);

        if (at <= scene->now && scene->lines_count + LINES_EACH < SCENE_LINES_MAX) {
            TRY(settle(scene, rows[i].ticket_id));
            continue;
        }
        if (at < scene->now) at = scene->now;
        if (!next || at < next) next = at;
    }
    /* Whoever still sits there forgot to leave; after the last number of today, or in the morning.
     */
    TRY(hall_empty(scene, f->case_id,
                   !next && over <= scene->now ? scene->now + 1
                                               : calendar_day_begins(calendar_day_of(scene->now))));
    if (next > scene->now + LOOK_AGAIN_SECONDS) next = scene->now + LOOK_AGAIN_SECONDS;
    return next ? clock_set(scene, "consultation.hall_over", f->case_id, next) : DONE;
}

const struct act consultation_hall_over = {
    .name = "consultation.hall_over", .who = WHO_SYSTEM, .run = hall_over};
