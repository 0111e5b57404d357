/* shifts_acts.h -- what other rooms may ask of the roster.
 *
 * A division bounds what is counted: "31" the city, "310104" one district, "" everything. */
#ifndef SHIFTS_ACTS_H
#define SHIFTS_ACTS_H

#include "bureau/shifts/shifts.h"
#include "gen/shifts_sql.h"
#include "platform/act.h"

/* Is this person meant to be there at that moment? */
struct outcome shifts_is_rostered(struct scene *scene, id person_id, moment at, bool *is_rostered);

/* How many are meant to be there: named, not suspended, qualified.  Profession "": all. */
struct outcome shifts_count_rostered(struct scene *scene, struct str profession,
                                     struct str scope_division, moment at, int64_t *count);

/* Who is meant to be there now for a division, the nearest first; each once, `max` at most. */
struct outcome shifts_on_duty(struct scene *scene, struct str division, id *people, size_t max,
                              size_t *count);

/* How many for each half hour of a day; whoever comes in the middle of one does not count. */
struct outcome shifts_cover(struct scene *scene, struct str profession, struct str scope_division,
                            calendar_day day, int64_t cover[static SHIFTS_HALF_HOURS]);

/* Who may be called in, in order of contact: the list of the division first, then the city's.
 * Those suspended or without a good licence are left out.  A number to send to comes from
 * identity_phone(). */
struct outcome shifts_backups(struct scene *scene, struct str profession, struct str division,
                              const struct shifts_list_callable_row **rows, size_t *count);

/* Shifts that nobody covers, from the day before on, until somebody does: of one team, or of a
 * division ("-" for none of it); at most 60, by time. */
struct outcome shifts_alarms(struct scene *scene, id team_id, struct str scope_division,
                             const struct shifts_list_alarms_row **rows, size_t *count);

/* What a room further on knows of one half hour; main ties it.  `*knows` false: nothing. */
struct shifts_need {
    int64_t needed, cover; /* people; needed -1: more than can be */
    bool is_shown;         /* somebody is needed or there */
    struct str state, state_name, state_css;
};
struct shifts_needs {
    struct str division, division_name;
    struct shifts_need half_hours[SHIFTS_HALF_HOURS];
};
void shifts_need_hook(struct outcome (*ask)(struct scene *scene, struct str profession,
                                            calendar_day day, struct shifts_needs *needs,
                                            bool *knows));

/* A roster for the demo city: 116 on each working day, some gaps and leaves.  The clock makes the
 * shifts; init runs its act until `more` (a bool, its result) is false. */
struct outcome shifts_demo(struct scene *scene);
extern const struct act shifts_watch;

struct module;
extern const struct module shifts_module;

#endif
