/* appointment_times.c -- which times there are, and which are free. */
#include "bureau/appointment/appointment_parts.h"
#include "bureau/people/people_acts.h"

/* Nothing lasts longer: so far back lie the beginnings of what may be in the way of a time. */
enum { LONGEST_SECONDS = APPOINTMENT_MINUTES_MAX * SECONDS_PER_MINUTE };

struct outcome appointment_plan_of(struct scene *scene, id line_id,
                                   struct appointment_find_plan_row *plan)
{
    bool found;

    TRY(appointment_find_plan(scene->arena, scene->store, line_id, plan, &found));
    return found && plan->is_published && plan->is_active && plan->is_active__hall
               ? DONE
               : REFUSE(act_unknown);
}

/* A day of which nobody can say whether it is worked has no times. */
static struct outcome opening_on(const struct calendar_desk *desk, calendar_day day,
                                 struct calendar_opening *opening)
{
    struct outcome outcome = people_open_on(desk, day, opening);

    if (!IS_DONE(outcome)) opening->count = 0;
    return outcome.fault ? outcome : DONE;
}

static struct outcome taken_of(struct scene *scene, id line_id, moment from, moment before,
                               const struct appointment_taken **taken, size_t *count)
{
    const struct appointment_list_taken_row *rows;
    struct appointment_taken *made;

    TRY(appointment_list_taken(scene->arena, scene->store, line_id, from - LONGEST_SECONDS, before,
                               scene->now, &rows, count));
    made = NEW_MANY(scene->arena, struct appointment_taken, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] =
            (struct appointment_taken){rows[i].starts_at, rows[i].ends_at, rows[i].taken_count};
    *taken = made;
    return DONE;
}

/* Those that began before this time and lasted at most the longest do not matter any more. */
static void skip(const struct appointment_taken **taken, size_t *count, moment starts_at)
{
    while (*count && (*taken)->starts_at + LONGEST_SECONDS <= starts_at) (*taken)++, (*count)--;
}

struct outcome appointment_days_of(struct scene *scene, id line_id, id hall_id, int64_t minutes,
                                   int64_t places, int64_t ahead, struct appointment_days *days)
{
    moment starts[APPOINTMENT_SLOTS_MAX];
    const struct appointment_taken *taken;
    struct calendar_opening opening;
    struct calendar_desk desk;
    size_t taken_count;

    *days =
        (struct appointment_days){.first = calendar_day_of(scene->now), .count = (size_t)ahead + 1};
    TRY(people_desk(scene, hall_desk(scene->arena, hall_id), &desk));
    TRY(taken_of(scene, line_id, scene->now, calendar_day_begins(days->first + ahead + 1), &taken,
                 &taken_count));
    for (size_t d = 0; d < days->count; d++) {
        size_t count;

        TRY(opening_on(&desk, days->first + (calendar_day)d, &opening));
        count =
            appointment_slots(days->first + (calendar_day)d, &opening, minutes, scene->now, starts);
        for (size_t i = 0; i < count; i++) {
            int64_t left;

            skip(&taken, &taken_count, starts[i]);
            left = appointment_free(taken, taken_count, starts[i],
                                    starts[i] + minutes * SECONDS_PER_MINUTE, places);
            days->free[d] += left;
            if (left && !days->first_at) days->first_at = starts[i];
        }
    }
    return DONE;
}

struct outcome appointment_times_of(struct scene *scene,
                                    const struct appointment_find_plan_row *plan, calendar_day day,
                                    struct appointment_time times[static APPOINTMENT_SLOTS_MAX],
                                    size_t *count)
{
    moment starts[APPOINTMENT_SLOTS_MAX];
    calendar_day today = calendar_day_of(scene->now);
    const struct appointment_taken *taken;
    struct calendar_opening opening;
    struct calendar_desk desk;
    size_t taken_count;

    *count = 0;
    if (day < today || day > today + plan->ahead_days) return DONE;
    TRY(people_desk(scene, hall_desk(scene->arena, plan->hall_id), &desk));
    TRY(opening_on(&desk, day, &opening));
    *count = appointment_slots(day, &opening, plan->slot_minutes, scene->now, starts);
    TRY(taken_of(scene, plan->line_id, calendar_day_begins(day), calendar_day_begins(day + 1),
                 &taken, &taken_count));
    for (size_t i = 0; i < *count; i++)
        times[i] = (struct appointment_time){
            starts[i], appointment_free(taken, taken_count, starts[i],
                                        starts[i] + plan->slot_minutes * SECONDS_PER_MINUTE,
                                        plan->places_count)};
    return DONE;
}

/* (1) of appointment.h: the first number nobody in the way has. */
struct outcome appointment_free_place(struct scene *scene,
                                      const struct appointment_find_plan_row *plan,
                                      moment starts_at, id but_id, int64_t *place)
{
    moment ends_at = starts_at + plan->slot_minutes * (moment)SECONDS_PER_MINUTE;
    struct appointment_time times[APPOINTMENT_SLOTS_MAX];
    const struct appointment_list_in_the_way_row *rows;
    size_t count, i = 0;

    TRY(appointment_times_of(scene, plan, calendar_day_of(starts_at), times, &count));
    while (i < count && times[i].at != starts_at) i++;
    if (i == count) return REFUSE(appointment_no_such_time);
    TRY(appointment_lapse_holds(scene->store, plan->line_id, starts_at - LONGEST_SECONDS, ends_at,
                                scene->now));
    TRY(appointment_list_in_the_way(scene->arena, scene->store, plan->line_id,
                                    starts_at - LONGEST_SECONDS, ends_at, starts_at, but_id, &rows,
                                    &count));
    if ((int64_t)count >= plan->places_count) return REFUSE(appointment_full);
    *place = 0;
    for (i = 0; i < count; i++)
        if (rows[i].place_number == *place) (*place)++;
    return DONE;
}
