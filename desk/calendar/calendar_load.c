/* calendar_load.c -- built-in years and an installation's own, put together. */
#include "desk/calendar/calendar_load.h"
#include "desk/calendar/calendar_file.h"

#include <string.h>

/* Replaces the year or puts it in its place. */
static bool put_year(struct calendar_year *years, size_t *count, const struct calendar_year *year)
{
    size_t at = 0;

    while (at < *count && years[at].year < year->year) at++;
    if (at == *count || years[at].year != year->year) {
        if (*count == CALENDAR_YEARS_MAX) return false;
        memmove(&years[at + 1], &years[at], (*count - at) * sizeof *years);
        ++*count;
    }
    years[at] = *year;
    return true;
}

struct outcome calendar_load(struct arena *arena, const char *folder, struct calendar *calendar)
{
    struct calendar_year *years = NEW_MANY(arena, struct calendar_year, CALENDAR_YEARS_MAX);
    struct calendar_year *own = NEW_MANY(arena, struct calendar_year, CALENDAR_YEARS_MAX);
    size_t count = calendar_built_in.year_count, own_count = 0;

    assert(count <= CALENDAR_YEARS_MAX);
    if (count > 0) memcpy(years, calendar_built_in.years, count * sizeof *years);
    if (folder) TRY(calendar_folder_read(arena, folder, own, &own_count));
    for (size_t i = 0; i < own_count; i++) {
        if (!put_year(years, &count, &own[i])) return FAULT("too many calendar years");
    }
    *calendar = (struct calendar){.years = years, .year_count = count};
    return DONE;
}
