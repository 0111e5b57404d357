/* shifts_parts.h -- what the files of this room share: who may, the rules in use, and the one way
 * a shift changes. */
#ifndef SHIFTS_PARTS_H
#define SHIFTS_PARTS_H

#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "platform/page.h"

enum {
    /* No shift is longer: whoever looks for what goes on at a time looks back this far. */
    SHIFTS_LOOK_BACK_SECONDS = (SHIFTS_MINUTES_MAX + 1) * SECONDS_PER_MINUTE,
    SHIFTS_WEEK_SECONDS = 7 * SECONDS_PER_DAY,
    SHIFTS_WATCH_SECONDS = 600
};

extern const struct reason shifts_unknown_person;
extern const struct reason shifts_over;
extern const struct reason shifts_elsewhere; /* not of this team or profession */
extern const struct reason shifts_on_leave;
extern const struct reason shifts_unfit; /* suspended, or without a licence that lasts */

struct outcome shifts_rules_now(struct scene *scene, struct shifts_rules *rules, int64_t *version);
struct outcome shifts_calendar(struct scene *scene, const struct calendar **calendar);

/* ---- who may (shifts_hold.c) ---- */

/* Bounds of every list: rows of one team, or of a division; nothing unless somebody may. */
struct shifts_bounds {
    id team;
    struct str scope;
};
struct shifts_bounds shifts_bounds_of(const struct scene *scene);      /* may read */
struct shifts_bounds shifts_plan_bounds_of(const struct scene *scene); /* may plan */
bool shifts_may_plan(const struct scene *scene, id leader_id, struct str division);
bool shifts_may_read(const struct scene *scene, id team_id, id leader_id, struct str division);
/* Found and readable; else unknown. */
struct outcome shifts_open(struct scene *scene, id shift_id, struct shifts_find_shift_row *row);
/* Also: the actor plans it. */
struct outcome shifts_open_to_plan(struct scene *scene, id shift_id,
                                   struct shifts_find_shift_row *row);

/* ---- what a person holds ---- */

/* A list that grows while shifts are made for the same person. */
struct shifts_hold {
    struct shifts_held *held;
    size_t count, room;
};
struct outcome shifts_hold_of(struct scene *scene, id person_id, moment from, moment to,
                              struct shifts_hold *hold);
void shifts_hold_add(struct scene *scene, struct shifts_hold *hold, id shift_id,
                     struct shifts_span span);
/* shifts_leave.c: what a leave is for is sealed, all kinds equally long. */
struct str shifts_seal_kind(struct scene *scene, struct str kind);
struct outcome shifts_unseal_kind(struct scene *scene, struct str sealed, struct str *kind);
/* Seals some that are in clear from before. */
struct outcome shifts_seal_kinds(struct scene *scene, size_t *count);
/* Refuses when the person was granted leave in the span. */
struct outcome shifts_check_leave(struct scene *scene, id person_id, struct shifts_span span);
/* The same, and when overlap, rest or hours stand against it, in words that name the shift. */
struct outcome shifts_check_hold(struct scene *scene, id person_id, id but,
                                 struct shifts_span span);
/* Serves in the team and profession of the shift, not suspended, with a licence that lasts. */
struct outcome shifts_check_person(struct scene *scene, id person_id,
                                   const struct shifts_find_shift_row *row);
/* "24 November 2026, 09:00–17:00" in the reader's language. */
struct str shifts_words(struct scene *scene, struct shifts_span span);
struct str shifts_day_text(struct scene *scene, calendar_day day); /* YYYY-MM-DD */

/* ---- changing one ---- */

/* One step of the map: saves the row, remembers who held it before, voids swaps that concern it. */
struct outcome shifts_move(struct scene *scene, struct shifts_find_shift_row *row,
                           enum shifts_step step, id person_id, const char *cause);
/* Tells whoever holds it now that they are asked. */
struct outcome shifts_ask_person(struct scene *scene, const struct shifts_find_shift_row *row);
/* Alarms are looked at again at once. */
struct outcome shifts_wake(struct scene *scene);

/* ---- plans (shifts_plan.c) ---- */

/* A team the actor plans, a desk and a profession there are; for the forms that ask for them. */
struct outcome shifts_check_place(struct scene *scene, id team_id, struct str desk,
                                  struct str profession, struct people_find_team_row *team);
/* From "09:00" to "17:00", the latter on the next day if it is not later. */
struct outcome shifts_read_times(struct str from_time, struct str to_time,
                                 struct shifts_plan *plan);
struct outcome shifts_check_plan(struct scene *scene, const struct shifts_plan *plan);

/* ---- making (shifts_make.c) ---- */

/* Makes and unmakes dated shifts of a plan from `from` on, up to the rules' weeks from now. */
struct outcome shifts_make(struct scene *scene, id plan_id, calendar_day from);
/* The same from today, or from its first day if nothing was made of it yet. */
struct outcome shifts_make_on(struct scene *scene, id plan_id);
/* The day up to which shifts are there. */
struct outcome shifts_made_to(struct scene *scene, calendar_day *day);

#endif
