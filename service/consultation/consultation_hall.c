/* consultation_hall.c -- a hall: a clerk takes a question down and gives a number; windows call.
 *
 *  (1) Number and case are made by one act: there is no number without a question, and what was
 *      said at the door is the first word of the one record that goes on everywhere.
 *  (2) Who works in a hall sees its numbers, not what was asked: the words are shown to whoever
 *      serves the number, and to nobody before.
 *  (3) A window has one number at a time.
 *  (4) Why somebody goes first is not kept: being old, ill or pregnant is nobody's business later.
 */
#include "service/consultation/consultation_hall.h"

#include <stdlib.h>

#include "bureau/people/people_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_pages.h"

const struct reason consultation_needs_phone = {
    "consultation.needs-phone",
    T("An answer in writing has to reach somebody: please take down a telephone number."),
    .field = "phone"};
const struct reason consultation_proved = {
    "consultation.proved",
    T("Somebody has proved with a telephone number that this question is theirs, so no slip opens "
      "it. They find it under “My questions” with that number."),
    409};
const struct reason consultation_unknown_priority = {
    "consultation.unknown-priority", T("Please choose from the list who is served first."),
    .field = "priority"};

void hall_case_tell(const struct hall_ticket *ticket, const struct consultation_case *c,
                    struct consultation_numbered_view *told)
{
    *told = (struct consultation_numbered_view){
        .number = ticket->row.ticket_id,
        .ticket = ticket->row.ticket,
        .ticket_state = ticket->row.state,
        .window = ticket->row.window_id ? ticket->row.window_number : 0,
        .reference = c->row.reference,
        .state = c->row.state};
}

struct outcome hall_case_open(struct scene *scene, id ticket_id, struct hall_ticket *ticket,
                              struct consultation_case *c)
{
    TRY(hall_ticket_here(scene, ticket_id, ticket));
    TRY(case_of_id(scene, ticket->row.case_id, c));
    scene_about(scene, c->row.consultation_id, 0);
    return DONE;
}

struct outcome hall_case_at_window(struct scene *scene, id ticket_id, struct hall_ticket *ticket,
                                   struct consultation_case *c)
{
    struct hall_find_place_row place;

    TRY(hall_case_open(scene, ticket_id, ticket, c));
    TRY(hall_place_at_window(scene, &place));
    return ticket->row.window_id == place.window_id ? DONE : REFUSE(hall_not_now);
}

/* ---- registering ---- */

/* The hall's day is over some time after closing: what is left then is not forgotten. */
static struct outcome set_over(struct scene *scene, id hall_id)
{
    moment over;

    TRY(hall_day_over(scene, hall_id, &over));
    return clock_set(scene, "consultation.hall_over", hall_id, over);
}

bool hall_case_is_priority(struct str word)
{
    static const char *const words[] = {"", "elderly", "disabled", "pregnant", "soldier"};

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_same(word, str_of(words[i]))) return true;
    return false;
}

struct outcome hall_case_line(struct scene *scene, id hall_id, struct str letter,
                              struct str profession, id *line_id)
{
    const struct hall_list_lines_row *rows;
    size_t count;

    if (!letter.len) return hall_line_for(scene, hall_id, profession, line_id);
    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].is_active || !str_same(rows[i].letter, letter)) continue;
        *line_id = rows[i].line_id;
        return DONE;
    }
    return REFUSE(hall_unknown_line);
}

struct outcome hall_case_take(struct scene *scene, const struct hall_find_place_row *place,
                              const struct consultation_case *c, struct str letter,
                              struct hall_ticket *ticket)
{
    struct hall_wish wish = {.hall_id = place->hall_id,
                             .case_id = c->row.consultation_id,
                             .priority = c->row.priority,
                             .rank_at = c->row.rank_at};

    TRY(hall_case_line(scene, place->hall_id, letter, c->row.profession, &wish.line_id));
    return hall_case_take_as(scene, &wish, ticket);
}

struct outcome hall_case_take_as(struct scene *scene, const struct hall_wish *wish,
                                 struct hall_ticket *ticket)
{
    TRY(hall_take(scene, wish, ticket));
    return set_over(scene, wish->hall_id);
}

static struct outcome take(struct scene *scene, const struct consultation_register_form *f,
                           const struct hall_find_place_row *place,
                           const struct consultation_case *c,
                           struct consultation_registered_view *told)
{
    struct hall_ticket ticket;

    TRY(hall_case_take(scene, place, c, f->line, &ticket));
    if (f->name.len)
        TRY(hall_set_name(scene->store, secret_seal(scene->arena, "hall.name", f->name),
                          ticket.row.ticket_id));
    TRY(hall_new_code(scene, &ticket, &told->code));
    told->number = ticket.row.ticket_id;
    told->ticket = ticket.row.ticket;
    return DONE;
}

struct outcome hall_case_tell_wait(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_registered_view *told)
{
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct hall_case_wait wait;

    TRY(hall_case_wait(scene, c, &wait));
    told->ahead = wait.ahead;
    if (wait.low_seconds < 0) return DONE;
    range->low = wait.low_seconds;
    range->high = wait.high_seconds;
    told->wait_seconds = range;
    return DONE;
}

static struct outcome register_walk_in(struct scene *scene, const void *form, void *result)
{
    const struct consultation_register_form *f = form;
    struct consultation_registered_view *told = result;
    struct hall_find_place_row place;
    struct consultation_case c;
    bool is_written = str_same(f->mode, S("message"));
    struct consultation_ask_form ask = {.field = f->field,
                                        .text = f->text,
                                        .district = f->district,
                                        .language = f->language,
                                        .channel = S("window"),
                                        .phone = f->phone,
                                        .cared_for = f->priority.len > 0};

    TRY(hall_place(scene, &place));
    if (!hall_case_is_priority(f->priority)) return REFUSE(consultation_unknown_priority);
    if (is_written && !f->phone.len) return REFUSE(consultation_needs_phone);
    if (!ask.district.len) ask.district = place.division;
    TRY(consultation_open_at_hall(scene, &ask, is_written, 0, &c));
    *told = (struct consultation_registered_view){.reference = c.row.reference, .ahead = -1};
    if (!is_written) TRY(take(scene, f, &place, &c, told));
    TRY(hall_case_tell_wait(scene, &c, told));
    told->state = c.row.state;
    told->due_at = c.row.due_at;
    slip_send(scene, told->reference, told->code);
    return DONE;
}

const struct act consultation_register = {.name = "consultation.register",
                                          .who = WHO_AT_HALL,
                                          .form = &consultation_register_form,
                                          .result = &consultation_registered_view,
                                          .run = register_walk_in};

/* ---- windows ---- */

/* Whoever sits at a window talks with who stands there: no online question is offered to them. */
static struct outcome go_away_online(struct scene *scene)
{
    struct people_find_consultant_row me;
    bool found, changed;

    if (!scene_is(scene, WHO_CONSULTANT)) return DONE;
    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    if (!found || !str_same(me.presence, S("online"))) return DONE;
    TRY(people_set_presence(scene, S("away"), 0, &changed));
    if (!changed) return DONE;
    TRY(assignment_noticed(scene, scene->actor.person_id));
    TRY(dispatch_withdraw(scene, scene->actor.person_id));
    return dispatch_drain(scene, me.profession);
}

static struct outcome sit(struct scene *scene, const void *form, void *result)
{
    const struct consultation_sit_form *f = form;
    struct hall_find_place_row place;

    (void)result;
    TRY(hall_sit(scene, f->window));
    TRY(hall_place(scene, &place));
    TRY(set_over(scene, place.hall_id));
    return go_away_online(scene);
}

const struct act consultation_sit = {
    .name = "consultation.sit", .who = WHO_AT_HALL, .form = &consultation_sit_form, .run = sit};

static struct outcome stand_up(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    return hall_stand_up(scene);
}

const struct act consultation_stand_up = {
    .name = "consultation.stand_up", .who = WHO_AT_HALL, .run = stand_up};

/* ---- calling ---- */

static struct outcome call(struct scene *scene, const void *form, void *result)
{
    struct hall_ticket ticket;
    struct consultation_case c;

    (void)form;
    TRY(hall_call(scene, &ticket));
    TRY(case_of_id(scene, ticket.row.case_id, &c));
    scene_about(scene, c.row.consultation_id, 0);
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

const struct act consultation_call = {.name = "consultation.call",
                                      .who = WHO_AT_HALL,
                                      .result = &consultation_numbered_view,
                                      .run = call};

static struct outcome step(struct scene *scene, id number, enum hall_step step, bool at_window,
                           void *result)
{
    struct hall_ticket ticket;
    struct consultation_case c;

    if (at_window)
        TRY(hall_case_at_window(scene, number, &ticket, &c));
    else
        TRY(hall_case_open(scene, number, &ticket, &c));
    TRY(hall_step(scene, &ticket, step, 0));
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

#define STEP(act_variable, word, hall_step_of, at_window)                                          \
    static struct outcome run_##act_variable(struct scene *scene, const void *form, void *result)  \
    {                                                                                              \
        const struct consultation_number_form *f = form;                                           \
                                                                                                   \
        return step(scene, f->number, hall_step_of, at_window, result);                            \
    }                                                                                              \
    const struct act consultation_##act_variable = {.name = word,                                  \
                                                    .who = WHO_AT_HALL,                            \
                                                    .form = &consultation_number_form,             \
                                                    .result = &consultation_numbered_view,         \
                                                    .run = run_##act_variable};
STEP(call_again, "consultation.call_again", HALL_CALL_AGAIN, true)
STEP(put_back, "consultation.put_back", HALL_PUT_BACK, true)
STEP(miss, "consultation.miss", HALL_MISS, true)
STEP(come_back, "consultation.come_back", HALL_RETURN, false)

/* From a window the question goes back to the hall with it; whoever only waits goes on waiting. */
static struct outcome pass(struct scene *scene, const void *form, void *result)
{
    const struct consultation_pass_form *f = form;
    struct hall_ticket ticket;
    struct consultation_case c;
    id line_id;

    TRY(hall_case_open(scene, f->number, &ticket, &c));
    if (ticket.row.window_id) TRY(hall_case_at_window(scene, f->number, &ticket, &c));
    TRY(hall_case_line(scene, ticket.row.hall_id, f->line, S(""), &line_id));
    TRY(hall_step(scene, &ticket, HALL_PASS, line_id));
    if (c.state == CONSULTATION_TALKING) {
        TRY(assignment_end(scene, c.row.consultation_id, "transferred", S("")));
        TRY(case_step(&c, CONSULTATION_TO_LINE));
        c.row.consultant_id = c.row.team_id = 0;
        TRY(case_save(scene, &c));
    }
    hall_case_tell(&ticket, &c, result);
    return DONE;
}

const struct act consultation_pass = {.name = "consultation.pass",
                                      .who = WHO_AT_HALL,
                                      .form = &consultation_pass_form,
                                      .result = &consultation_numbered_view,
                                      .run = pass};

/* ---- how it stands ---- */

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

struct outcome hall_case_wait(struct scene *scene, const struct consultation_case *c,
                              struct hall_case_wait *wait)
{
    struct hall_standing standing;
    struct consultation_pace pace;

    *wait = (struct hall_case_wait){.ahead = -1, .low_seconds = -1, .high_seconds = -1};
    TRY(hall_ticket_of_case(scene, c->row.consultation_id, &wait->ticket, &wait->found));
    if (!wait->found || wait->ticket.state != HALL_WAITING) return DONE;
    TRY(hall_standing(scene, &wait->ticket, &standing));
    wait->ahead = standing.ahead;
    qsort(standing.handling, standing.handling_count, sizeof *standing.handling, by_size);
    pace = consultation_pace_of(standing.handling, standing.handling_count);
    if (!consultation_wait(&consultation_policy_default, &pace, standing.windows_open, wait->ahead,
                           &wait->low_seconds, &wait->high_seconds))
        wait->low_seconds = wait->high_seconds = -1;
    return DONE;
}

struct outcome hall_case_show(struct scene *scene, const struct hall_case_wait *wait,
                              const struct consultation_at_hall_view **shown)
{
    const struct hall_find_ticket_row *row = &wait->ticket.row;
    struct consultation_at_hall_view *v = NEW(scene->arena, struct consultation_at_hall_view);
    struct hall_find_hall_row hall;
    bool found;

    *shown = NULL;
    if (!wait->found) return DONE;
    TRY(hall_find_hall(scene->arena, scene->store, row->hall_id, &hall, &found));
    if (!found) return FAULT("a number without its hall");
    *v = (struct consultation_at_hall_view){.hall = hall.hall_id,
                                            .name = hall_name(scene, hall.hall_zh, hall.hall_en),
                                            .address =
                                                hall_name(scene, hall.address_zh, hall.address_en),
                                            .ticket = row->ticket,
                                            .ticket_state = row->state,
                                            .line = hall_name(scene, row->line_zh, row->line_en),
                                            .ahead = wait->ahead,
                                            .window = row->window_id ? row->window_number : 0,
                                            .taken_at = row->taken_at,
                                            .is_waiting = wait->ticket.state == HALL_WAITING,
                                            .is_called = wait->ticket.state == HALL_CALLED,
                                            .is_missed = wait->ticket.state == HALL_MISSED,
                                            .is_open = hall_is_open_state(wait->ticket.state)};
    *shown = v;
    return DONE;
}
