/* shifts_hold.c -- who may see and plan, what a person holds, and the one way a shift changes.
 *
 *  (1) A leader plans the team they lead, a supervisor what lies in their division; whoever serves
 *      in a team reads that team's roster; an administrator reads their division's.
 *  (2) What one may not see is unknown.
 *  (3) Whoever ceases to hold a shift is remembered with the number of that change, so that their
 *      calendar can say it was cancelled.
 *  (4) A shift that changes hands makes every other swap about it void.
 *  (5) Nobody is given a shift in a leave they were granted.
 */
#include "bureau/shifts/shifts_parts.h"

#include <string.h>

const struct reason shifts_unknown_person = {
    "shifts.unknown-person", T("Please choose a person from the list."), .field = "person"};
const struct reason shifts_over = {
    "shifts.over", T("This shift has begun already; it can no longer be changed here."), 409};
const struct reason shifts_elsewhere = {"shifts.elsewhere",
                                        T("This shift is for another team or profession."), 409};
const struct reason shifts_unfit = {
    "shifts.unfit",
    T("This person is suspended, or has no checked licence that lasts until the shift is over."),
    409};

const struct reason shifts_on_leave = {
    "shifts.on-leave", T("Whoever would serve then was granted leave for that time."), 409};

struct outcome shifts_rules_now(struct scene *scene, struct shifts_rules *rules, int64_t *version)
{
    struct shifts_find_rules_row row;
    bool found;

    *rules = shifts_first_rules;
    *version = 0;
    TRY(shifts_find_rules(scene->store, &row, &found));
    if (!found) return DONE;
    *version = row.rules_version;
    *rules = (struct shifts_rules){.rest_minutes = row.rest_minutes,
                                   .pause_minutes_max = row.pause_minutes_max,
                                   .day_minutes_max = row.day_minutes_max,
                                   .week_minutes_max = row.week_minutes_max,
                                   .part_minutes_min = row.part_minutes_min,
                                   .alarm_minute = row.alarm_minute,
                                   .weeks_ahead = row.weeks_ahead};
    return DONE;
}

struct outcome shifts_calendar(struct scene *scene, const struct calendar **calendar)
{
    struct calendar_desk desk;

    TRY(people_desk(scene, S("consultation"), &desk));
    *calendar = desk.calendar;
    return DONE;
}

/* ---- who may ---- */

static const struct str nowhere = {"-", 1}; /* no division begins so */

struct shifts_bounds shifts_bounds_of(const struct scene *scene)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN);

    if (scope.len) return (struct shifts_bounds){0, scope};
    if (scene_is(scene, WHO_CONSULTANT | WHO_LEADER))
        return (struct shifts_bounds){actor->team_id, nowhere};
    return (struct shifts_bounds){0, nowhere};
}

struct shifts_bounds shifts_plan_bounds_of(const struct scene *scene)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);

    if (scope.len) return (struct shifts_bounds){0, scope};
    if (scene_is(scene, WHO_LEADER)) return (struct shifts_bounds){actor->team_id, nowhere};
    return (struct shifts_bounds){0, nowhere};
}

bool shifts_may_plan(const struct scene *scene, id leader_id, struct str division)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);

    if (scene_is(scene, WHO_SYSTEM)) return true;
    if (scene_is(scene, WHO_LEADER) && leader_id && leader_id == actor->person_id) return true;
    return scope.len && str_begins(division, scope);
}

bool shifts_may_read(const struct scene *scene, id team_id, id leader_id, struct str division)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_ADMIN);

    if (shifts_may_plan(scene, leader_id, division)) return true;
    if (scene_is(scene, WHO_CONSULTANT | WHO_LEADER) && team_id && team_id == actor->team_id)
        return true;
    return scope.len && str_begins(division, scope);
}

struct outcome shifts_open(struct scene *scene, id shift_id, struct shifts_find_shift_row *row)
{
    bool found;

    TRY(shifts_find_shift(scene->arena, scene->store, shift_id, row, &found));
    if (!found) return REFUSE(act_unknown);
    /* Whoever holds a shift of a team they have left still sees it. */
    return (row->person_id && row->person_id == scene->actor.person_id) ||
                   shifts_may_read(scene, row->team_id, row->leader_id, row->division)
               ? DONE
               : REFUSE(act_unknown);
}

struct outcome shifts_open_to_plan(struct scene *scene, id shift_id,
                                   struct shifts_find_shift_row *row)
{
    TRY(shifts_open(scene, shift_id, row));
    return shifts_may_plan(scene, row->leader_id, row->division) ? DONE : REFUSE(act_not_yours);
}

/* ---- what a person holds ---- */

void shifts_hold_add(struct scene *scene, struct shifts_hold *hold, id shift_id,
                     struct shifts_span span)
{
    if (hold->count == hold->room) {
        size_t room = hold->room ? hold->room * 2 : 32;
        struct shifts_held *more = NEW_MANY(scene->arena, struct shifts_held, room);

        if (hold->count) memcpy(more, hold->held, hold->count * sizeof *more);
        hold->held = more;
        hold->room = room;
    }
    hold->held[hold->count++] = (struct shifts_held){shift_id, span};
}

struct outcome shifts_hold_of(struct scene *scene, id person_id, moment from, moment to,
                              struct shifts_hold *hold)
{
    const struct shifts_list_held_row *rows;
    moment first = from - SHIFTS_WEEK_SECONDS;
    size_t count;

    *hold = (struct shifts_hold){0};
    TRY(shifts_list_held(scene->arena, scene->store, person_id, to + SHIFTS_WEEK_SECONDS,
                         first - SHIFTS_LOOK_BACK_SECONDS, first, &rows, &count));
    for (size_t i = 0; i < count; i++)
        shifts_hold_add(scene, hold, rows[i].shift_id,
                        (struct shifts_span){rows[i].starts_at, rows[i].ends_at});
    return DONE;
}

struct str shifts_words(struct scene *scene, struct shifts_span span)
{
    struct out *out = out_open(scene->arena, 256);

    out_day(out, scene->language, span.starts_at);
    OUT_LITERAL(out, " ");
    out_clock(out, span.starts_at);
    OUT_LITERAL(out, "–");
    out_clock(out, span.ends_at);
    return out_text(out);
}

struct str shifts_day_text(struct scene *scene, calendar_day day)
{
    char text[11];

    calendar_day_print(day, text);
    return arena_copy(scene->arena, str_of(text));
}

struct outcome shifts_check_leave(struct scene *scene, id person_id, struct shifts_span span)
{
    struct shifts_count_granted_then_row row;
    bool found;

    TRY(shifts_count_granted_then(scene->store, person_id, span.ends_at, span.starts_at, &row,
                                  &found));
    return row.leaves_count ? REFUSE(shifts_on_leave) : DONE;
}

struct outcome shifts_check_hold(struct scene *scene, id person_id, id but, struct shifts_span span)
{
    struct shifts_rules rules;
    struct shifts_hold hold;
    struct shifts_verdict verdict;
    int64_t version;

    TRY(shifts_check_leave(scene, person_id, span));
    TRY(shifts_rules_now(scene, &rules, &version));
    TRY(shifts_hold_of(scene, person_id, span.starts_at, span.ends_at, &hold));
    verdict = shifts_may_hold(&rules, hold.held, hold.count, but, span);
    if (!verdict.refusal) return DONE;
    return (struct outcome){.refusal = verdict.refusal,
                            .detail = shifts_words(scene, verdict.other->span)};
}

struct outcome shifts_check_person(struct scene *scene, id person_id,
                                   const struct shifts_find_shift_row *row)
{
    struct people_find_consultant_row who;
    bool found;

    TRY(people_consultant(scene, person_id, &who, &found));
    if (!found) return REFUSE(shifts_unknown_person);
    if (who.team_id != row->team_id || !str_same(who.profession, row->profession))
        return REFUSE(shifts_elsewhere);
    if (!str_same(who.standing, S("active")) || !who.verified_at ||
        (who.licence_until && who.licence_until < row->ends_at))
        return REFUSE(shifts_unfit);
    return DONE;
}

/* ---- changing one ---- */

struct outcome shifts_wake(struct scene *scene)
{
    return clock_set(scene, "shifts.watch", 0, scene->now);
}

struct outcome shifts_move(struct scene *scene, struct shifts_find_shift_row *row,
                           enum shifts_step step, id person_id, const char *cause)
{
    id before = row->person_id;
    enum shifts_state next;

    TRY(shifts_next(shifts_state_of(row->state), step, &next));
    if (row->ends_at <= scene->now) return REFUSE(shifts_over);
    row->state = shifts_state_word(next);
    row->person_id = next == SHIFTS_OPEN || next == SHIFTS_CANCELLED ? 0 : person_id;
    row->cause = str_of(cause);
    row->change_count++;
    TRY(shifts_set_shift(scene->store, row->starts_at, row->ends_at, row->person_id, row->state,
                         row->cause, scene->now, row->shift_id));
    if (before && before != row->person_id)
        TRY(shifts_set_past(scene->store, row->shift_id, before, row->change_count, scene->now));
    if (row->person_id) TRY(shifts_drop_past(scene->store, row->shift_id, row->person_id));
    if (before != row->person_id)
        TRY(shifts_void_swaps(scene->store, scene->now, 0, row->shift_id));
    return shifts_wake(scene);
}
