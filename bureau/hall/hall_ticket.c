/* hall_ticket.c -- numbers: taken, called, moved along the rules of hall.h.
 *
 *  (1) A number is counted up in the act that takes it: it is on disk before anybody reads it, and
 *      no second act gets the same.
 *  (2) A step names the state it starts from in its `where`: of two windows that call at once, one
 *      finds nothing changed and looks for the next.
 *  (3) The code of a slip is kept as a hash only. */
#include "bureau/hall/hall_acts.h"
#include "bureau/people/people_acts.h"
#include "platform/secret.h"

enum { CALL_TRIES = 8 };

struct outcome hall_ticket_by_id(struct scene *scene, id ticket_id, struct hall_ticket *ticket)
{
    bool found;

    TRY(hall_find_ticket(scene->arena, scene->store, ticket_id, &ticket->row, &found));
    if (!found) return REFUSE(act_unknown);
    ticket->state = hall_state_of(ticket->row.state);
    return DONE;
}

struct outcome hall_ticket_here(struct scene *scene, id ticket_id, struct hall_ticket *ticket)
{
    struct hall_find_place_row place;

    TRY(hall_place(scene, &place));
    TRY(hall_ticket_by_id(scene, ticket_id, ticket));
    return ticket->row.hall_id == place.hall_id ? DONE : REFUSE(act_unknown);
}

struct outcome hall_ticket_of_case(struct scene *scene, id case_id, struct hall_ticket *ticket,
                                   bool *found)
{
    struct hall_find_ticket_of_case_row row;

    TRY(hall_find_ticket_of_case(scene->store, case_id, &row, found));
    return *found ? hall_ticket_by_id(scene, row.ticket_id, ticket) : DONE;
}

/* ---- taking ---- */

static struct outcome need_line(struct scene *scene, id hall_id, id line_id,
                                struct hall_find_line_row *line)
{
    bool found;

    TRY(hall_find_line(scene->arena, scene->store, line_id, line, &found));
    if (!found || line->hall_id != hall_id || !line->is_active) return REFUSE(hall_unknown_line);
    return DONE;
}

static struct outcome count_up(struct scene *scene, id line_id, struct str day, int64_t *number)
{
    struct hall_find_number_row row;
    bool found;

    TRY(hall_next_number(scene->store, line_id, day));
    TRY(hall_find_number(scene->store, line_id, day, &row, &found));
    if (!found) return FAULT("a number was counted up and is not there");
    *number = row.last_number;
    return *number > HALL_TAKEN_MAX ? REFUSE(hall_line_full) : DONE;
}

struct outcome hall_take(struct scene *scene, const struct hall_wish *wish,
                         struct hall_ticket *ticket)
{
    struct str day = hall_today(scene);
    struct hall_find_line_row line;
    int64_t number;
    moment ends;
    id ticket_id;
    bool open;

    TRY(need_line(scene, wish->hall_id, wish->line_id, &line));
    TRY(hall_open_now(scene, wish->hall_id, &open, &ends));
    if (!open) return REFUSE(hall_closed);
    TRY(count_up(scene, wish->line_id, day, &number));
    ticket_id = scene_new_id(scene);
    TRY(hall_add_ticket(scene->store,
                        &(struct hall_add_ticket_values){
                            .ticket_id = ticket_id,
                            .hall_id = wish->hall_id,
                            .line_id = wish->line_id,
                            .day = day,
                            .ticket = hall_ticket_text(scene->arena, line.letter, number),
                            .case_id = wish->case_id,
                            .priority = wish->priority,
                            .rank_at = wish->rank_at,
                            .taken_at = scene->now,
                            .taken_by = scene->actor.person_id,
                        }));
    return hall_ticket_by_id(scene, ticket_id, ticket);
}

struct outcome hall_new_code(struct scene *scene, const struct hall_ticket *ticket,
                             struct str *code)
{
    *code = secret_reference(scene->arena);
    return hall_set_code(scene->store, secret_token_hash(scene->arena, *code),
                         scene->now + HALL_CODE_SECONDS, ticket->row.ticket_id);
}

bool hall_code_is_right(const struct scene *scene, const struct hall_ticket *ticket,
                        struct str code)
{
    return ticket->row.code_hash.len && ticket->row.code_until > scene->now &&
           secret_same(ticket->row.code_hash, secret_token_hash(scene->arena, code));
}

struct outcome hall_line_for(struct scene *scene, id hall_id, struct str profession, id *line_id)
{
    const struct hall_list_lines_row *rows;
    id any = 0;
    size_t count;

    *line_id = 0;
    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &count));
    for (size_t i = 0; i < count && !*line_id; i++) {
        if (!rows[i].is_active) continue;
        if (str_same(rows[i].profession, profession)) *line_id = rows[i].line_id;
        if (!rows[i].profession.len && !any) any = rows[i].line_id;
    }
    if (!*line_id) *line_id = any;
    return *line_id ? DONE : REFUSE(hall_unknown_line);
}

/* ---- steps ---- */

static struct outcome save(struct scene *scene, struct hall_ticket *ticket, struct str before)
{
    const struct hall_find_ticket_row *row = &ticket->row;

    return hall_save_ticket(scene->store, &(struct hall_save_ticket_values){
                                              .line_id = row->line_id,
                                              .state = row->state,
                                              .rank_at = row->rank_at,
                                              .called_at = row->called_at,
                                              .first_called_at = row->first_called_at,
                                              .calls_count = row->calls_count,
                                              .served_at = row->served_at,
                                              .ended_at = row->ended_at,
                                              .window_id = row->window_id,
                                              .served_by = row->served_by,
                                              .ticket_id = row->ticket_id,
                                              .state__before = before,
                                          });
}

static void note_call(const struct scene *scene, struct hall_find_ticket_row *row)
{
    row->calls_count++;
    row->called_at = scene->now;
    if (!row->first_called_at) row->first_called_at = scene->now;
}

static struct outcome come_back(struct scene *scene, struct hall_find_ticket_row *row)
{
    const struct hall_list_ranks_row *rows;
    moment ranks[HALL_RETURN_PLACES];
    size_t count;

    TRY(hall_list_ranks(scene->arena, scene->store, row->line_id, &rows, &count));
    for (size_t i = 0; i < count; i++) ranks[i] = rows[i].rank_at;
    row->rank_at = hall_return_rank(ranks, count, scene->now);
    row->calls_count = 0;
    row->window_id = 0;
    return DONE;
}

/* What a step does to a number beside its state. */
static struct outcome do_step(struct scene *scene, struct hall_ticket *ticket, enum hall_step step,
                              id line_id)
{
    struct hall_find_ticket_row *row = &ticket->row;
    struct hall_find_line_row line;

    switch (step) {
    case HALL_CALL:
    case HALL_CALL_AGAIN: note_call(scene, row); return DONE;
    case HALL_MISS: return hall_may_miss(row->calls_count);
    case HALL_RETURN: return come_back(scene, row);
    case HALL_SERVE:
        if (!row->served_at) row->served_at = scene->now;
        row->served_by = scene->actor.person_id;
        return DONE;
    case HALL_PASS:
        TRY(need_line(scene, row->hall_id, line_id, &line));
        row->line_id = line_id;
        row->letter = line.letter;
        row->line_zh = line.line_zh;
        row->line_en = line.line_en; /* and it waits again, as if never called */
        __attribute__((fallthrough));
    case HALL_PUT_BACK:
        row->window_id = 0;
        row->calls_count = 0;
        return DONE;
    default: row->ended_at = scene->now; return DONE;
    }
}

struct outcome hall_step(struct scene *scene, struct hall_ticket *ticket, enum hall_step step,
                         id line_id)
{
    struct str before = ticket->row.state;

    TRY(hall_next(ticket->state, step, &ticket->state));
    ticket->row.state = hall_state_word(ticket->state);
    TRY(do_step(scene, ticket, step, line_id));
    TRY(save(scene, ticket, before));
    return store_changes(scene->store) == 1 ? DONE : REFUSE(hall_not_now);
}

struct outcome hall_call(struct scene *scene, struct hall_ticket *ticket)
{
    struct hall_find_place_row place;
    struct hall_find_at_window_row busy;
    struct hall_find_next_row next;
    bool found;

    TRY(hall_place_at_window(scene, &place));
    TRY(hall_find_at_window(scene->arena, scene->store, place.window_id, &busy, &found));
    if (found) return REFUSE_WITH(hall_window_busy, busy.ticket);
    for (int i = 0; i < CALL_TRIES; i++) {
        struct outcome outcome;

        TRY(hall_find_next(scene->store, place.window_id, &next, &found));
        if (!found) return REFUSE(hall_nobody_waits);
        TRY(hall_ticket_by_id(scene, next.ticket_id, ticket));
        ticket->row.window_id = place.window_id;
        ticket->row.window_number = place.window_number;
        outcome = hall_step(scene, ticket, HALL_CALL, 0);
        if (outcome.refusal != &hall_not_now) return outcome;
    }
    return REFUSE(hall_nobody_waits);
}

struct outcome hall_case_moved(struct scene *scene, id case_id, bool is_over)
{
    struct hall_ticket ticket;
    bool found;

    TRY(hall_ticket_of_case(scene, case_id, &ticket, &found));
    if (!found || !hall_is_open_state(ticket.state)) return DONE;
    return hall_step(scene, &ticket,
                     is_over && ticket.state == HALL_SERVING ? HALL_FINISH : HALL_LEAVE, 0);
}

/* ---- how it stands ---- */

struct outcome hall_standing(struct scene *scene, const struct hall_ticket *ticket,
                             struct hall_standing *standing)
{
    const struct hall_find_ticket_row *row = &ticket->row;
    const struct hall_list_handling_row *rows;
    struct hall_count_windows_open_row windows;
    struct hall_count_ahead_row shared;
    struct hall_count_ahead_in_line_row own;
    size_t count;
    bool found;

    *standing = (struct hall_standing){.ahead = -1};
    if (ticket->state != HALL_WAITING) return DONE;
    TRY(hall_count_windows_open(scene->store, row->line_id, &windows, &found));
    standing->windows_open = windows.windows_count;
    if (windows.windows_count) {
        TRY(hall_count_ahead(scene->store, row->hall_id, row->rank_at, row->ticket_id, row->line_id,
                             &shared, &found));
        standing->ahead = shared.ahead_count;
    } else {
        TRY(hall_count_ahead_in_line(scene->store, row->line_id, row->rank_at, row->ticket_id, &own,
                                     &found));
        standing->ahead = own.ahead_count;
    }
    TRY(hall_list_handling(scene->arena, scene->store, row->line_id, &rows, &count));
    for (size_t i = 0; i < count; i++) standing->handling[i] = rows[i].seconds;
    standing->handling_count = count;
    return DONE;
}
