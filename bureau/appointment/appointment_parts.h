/* appointment_parts.h -- what the files of this room share. */
#ifndef APPOINTMENT_PARTS_H
#define APPOINTMENT_PARTS_H

#include "bureau/appointment/appointment_acts.h"
#include "bureau/hall/hall_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/appointment_sql.h"
#include "platform/page.h"

#define APPOINTMENT_USE_NAME "appointment.name"
#define APPOINTMENT_USE_PHONE "appointment.phone"
#define APPOINTMENT_USE_WORDS "appointment.words"

/* One, loaded for an act or a page. */
struct appointment {
    struct appointment_find_row row;
    enum appointment_state state;
};

/* The actor's own; act_unknown to everybody else. */
struct outcome appointment_open_own(struct scene *scene, struct str reference,
                                    struct appointment *a);
struct outcome appointment_open_id(struct scene *scene, id appointment_id, struct appointment *a);
/* One step, as the rules have it. */
struct outcome appointment_step_to(struct scene *scene, struct appointment *a,
                                   enum appointment_step step, id by_id);
struct outcome appointment_tell(struct scene *scene, const struct appointment *a,
                                enum notice_template which);
/* Message and reminder of a time that was just booked or changed. */
struct outcome appointment_set_clock(struct scene *scene, const struct appointment *a);
struct outcome appointment_unseal(struct scene *scene, const char *use, struct str sealed,
                                  struct str *plain);

struct outcome appointment_new_reference(struct scene *scene, struct str *reference);
/* Published for that item, and the item is in today's list. */
struct outcome appointment_check_item(struct scene *scene, struct str item, id line_id);
/* (3); and (4) where `is_online`. */
struct outcome appointment_check_person(struct scene *scene, struct str phone_index, bool is_proved,
                                        bool is_online, const struct appointment *a);
/* Of the acting person's hall, and not merely kept. */
struct outcome appointment_open_here(struct scene *scene, id appointment_id, struct appointment *a);
struct str appointment_upper(struct arena *arena, struct str reference);

/* ---- times (appointment_times.c) ---- */

/* A line in use that publishes times; act_unknown else. */
struct outcome appointment_plan_of(struct scene *scene, id line_id,
                                   struct appointment_find_plan_row *plan);
struct appointment_time {
    moment at;
    int64_t free;
};
struct appointment_days {
    calendar_day first;
    size_t count;
    int64_t free[APPOINTMENT_AHEAD_MAX + 1]; /* of each day */
    moment first_at;                         /* the first free time; 0: none */
};
struct outcome appointment_days_of(struct scene *scene, id line_id, id hall_id, int64_t minutes,
                                   int64_t places, int64_t ahead, struct appointment_days *days);
struct outcome appointment_times_of(struct scene *scene,
                                    const struct appointment_find_plan_row *plan, calendar_day day,
                                    struct appointment_time times[static APPOINTMENT_SLOTS_MAX],
                                    size_t *count);
/* A free place of that time, inside an act that takes it; refuses when there is none. */
struct outcome appointment_free_place(struct scene *scene,
                                      const struct appointment_find_plan_row *plan,
                                      moment starts_at, id but_id, int64_t *place);

#endif
