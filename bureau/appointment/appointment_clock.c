/* appointment_clock.c -- what happens by itself: a time that was kept lapses, people are reminded,
 * and those whose day the hall closes are told.  Cites appointment.h.
 *
 *  (d) Every few minutes each hall's appointments to come are held against its hours: whatever the
 *      reason, a holiday that moved, a special day, new hours, a hall out of use, who has a time at
 *      which nobody is there is told and chooses another. */
#include "bureau/appointment/appointment_parts.h"
#include "bureau/people/people_acts.h"

enum { SETTLE_SECONDS = 300, CALLED_OFF_AT_ONCE = SCENE_LINES_MAX };

/* (2) */
static struct outcome lapse(struct scene *scene, const void *form, void *result)
{
    struct appointment a;
    struct outcome outcome =
        appointment_open_id(scene, ((const struct clock_form *)form)->case_id, &a);

    (void)result;
    if (outcome.fault) return outcome;
    if (outcome.refusal || a.state != APPOINTMENT_HELD) return DONE;
    scene_about(scene, a.row.appointment_id, 0);
    return appointment_lapse(scene->store, a.row.appointment_id);
}

struct outcome appointment_set_clock(struct scene *scene, const struct appointment *a)
{
    struct calendar_desk desk;
    moment at;

    TRY(people_desk(scene, hall_desk(scene->arena, a->row.hall_id), &desk));
    at = appointment_remind_at(desk.calendar, a->row.starts_at, scene->now);
    return at ? clock_set(scene, "appointment.remind", a->row.appointment_id, at)
              : clock_drop(scene, "appointment.remind", a->row.appointment_id);
}

static struct outcome remind(struct scene *scene, const void *form, void *result)
{
    struct appointment a;
    struct outcome outcome =
        appointment_open_id(scene, ((const struct clock_form *)form)->case_id, &a);

    (void)result;
    if (outcome.fault) return outcome;
    /* The clock may come late, after a night without power. */
    if (outcome.refusal || a.state != APPOINTMENT_BOOKED || a.row.starts_at <= scene->now)
        return DONE;
    scene_about(scene, a.row.appointment_id, 0);
    return appointment_tell(scene, &a, NOTICE_APPOINTMENT_SOON);
}

/* ---- (d) ---- */

static struct outcome call_off(struct scene *scene, id appointment_id)
{
    struct appointment a;

    TRY(appointment_open_id(scene, appointment_id, &a));
    TRY(appointment_step_to(scene, &a, APPOINTMENT_CALL_OFF, 0));
    TRY(clock_drop(scene, "appointment.remind", appointment_id));
    scene_tell(scene, "appointment.off", appointment_id, 0);
    return appointment_tell(scene, &a, NOTICE_APPOINTMENT_OFF);
}

/* Of a day nobody can say anything about, what was published stays. */
static struct outcome is_open_then(const struct calendar_desk *desk,
                                   const struct appointment_list_to_come_row *row,
                                   calendar_day *seen, struct calendar_opening *opening, bool *open)
{
    calendar_day day = calendar_day_of(row->starts_at);
    struct outcome outcome = DONE;

    if (day != *seen) outcome = people_open_on(desk, day, opening);
    if (outcome.fault) return outcome;
    *seen = outcome.refusal ? 0 : day;
    *open = outcome.refusal || appointment_fits(day, opening, row->starts_at, row->ends_at);
    return DONE;
}

static struct outcome settle(struct scene *scene, const void *form, void *result)
{
    id hall_id = ((const struct clock_form *)form)->case_id;
    const struct appointment_list_to_come_row *rows;
    struct calendar_opening opening = {0};
    struct hall_find_hall_row hall;
    struct calendar_desk desk;
    calendar_day seen = 0;
    size_t count, off = 0;
    bool found;

    (void)result;
    TRY(hall_find_hall(scene->arena, scene->store, hall_id, &hall, &found));
    if (!found) return DONE;
    TRY(people_desk(scene, hall_desk(scene->arena, hall_id), &desk));
    TRY(appointment_list_to_come(scene->arena, scene->store, hall_id, scene->now, &rows, &count));
    for (size_t i = 0; i < count && off < CALLED_OFF_AT_ONCE; i++) {
        bool open;

        TRY(is_open_then(&desk, &rows[i], &seen, &opening, &open));
        if (open && hall.is_active) continue;
        TRY(call_off(scene, rows[i].appointment_id));
        off++;
    }
    scene->quiet = !off;
    return clock_set(scene, "appointment.settle", hall_id,
                     scene->now + (off == CALLED_OFF_AT_ONCE ? 1 : SETTLE_SECONDS));
}

const struct act appointment_act_lapse = {
    .name = "appointment.lapse", .who = WHO_SYSTEM, .run = lapse};
const struct act appointment_act_remind = {
    .name = "appointment.remind", .who = WHO_SYSTEM, .run = remind};
const struct act appointment_act_settle = {
    .name = "appointment.settle", .who = WHO_SYSTEM, .run = settle};
