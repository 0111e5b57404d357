/* shifts_ask.c -- see shifts_acts.h. */
#include "bureau/shifts/shifts_acts.h"

#include <string.h>

enum { LOOK_BACK_SECONDS = (SHIFTS_MINUTES_MAX + 1) * SECONDS_PER_MINUTE };

struct outcome shifts_is_rostered(struct scene *scene, id person_id, moment at, bool *is_rostered)
{
    struct shifts_count_held_row row;
    bool found;

    TRY(shifts_count_held(scene->store, person_id, at, at, &row, &found));
    *is_rostered = row.shifts_count > 0;
    return DONE;
}

struct outcome shifts_count_rostered(struct scene *scene, struct str profession,
                                     struct str scope_division, moment at, int64_t *count)
{
    struct shifts_count_on_duty_row row;
    bool found;

    TRY(shifts_count_on_duty(scene->store, at - LOOK_BACK_SECONDS, at, at, profession,
                             scope_division, at, &row, &found));
    *count = row.people_count;
    return DONE;
}

struct outcome shifts_on_duty(struct scene *scene, struct str division, id *people, size_t max,
                              size_t *count)
{
    const struct shifts_list_there_row *rows;
    moment at = scene->now;
    size_t rows_count;

    *count = 0;
    TRY(shifts_list_there(scene->arena, scene->store, at - LOOK_BACK_SECONDS, at, at, division,
                            at, &rows, &rows_count));
    for (size_t i = 0; i < rows_count && *count < max; i++) {
        bool is_new = true;

        for (size_t k = 0; k < *count; k++) is_new = is_new && people[k] != rows[i].person_id;
        if (is_new) people[(*count)++] = rows[i].person_id;
    }
    return DONE;
}

struct outcome shifts_cover(struct scene *scene, struct str profession, struct str scope_division,
                            calendar_day day, int64_t cover[static SHIFTS_HALF_HOURS])
{
    moment begins = calendar_day_begins(day);
    const struct shifts_list_cover_row *rows;
    size_t count;

    memset(cover, 0, SHIFTS_HALF_HOURS * sizeof *cover);
    TRY(shifts_list_cover(scene->arena, scene->store, begins - LOOK_BACK_SECONDS,
                          begins + SECONDS_PER_DAY, begins, profession, scope_division, &rows,
                          &count));
    for (size_t i = 0; i < count; i++)
        shifts_cover_add(cover, day, (struct shifts_span){rows[i].starts_at, rows[i].ends_at},
                         rows[i].people_count);
    return DONE;
}

struct outcome shifts_backups(struct scene *scene, struct str profession, struct str division,
                              const struct shifts_list_callable_row **rows, size_t *count)
{
    return shifts_list_callable(scene->arena, scene->store, profession, division, scene->now, rows,
                                count);
}

struct outcome shifts_alarms(struct scene *scene, id team_id, struct str scope_division,
                             const struct shifts_list_alarms_row **rows, size_t *count)
{
    return shifts_list_alarms(scene->arena, scene->store, scene->now, team_id, scope_division, rows,
                              count);
}
