/* items_parts.h -- what the files of this room share. */
#ifndef ITEMS_PARTS_H
#define ITEMS_PARTS_H

#include "desk/calendar/calendar.h"
#include "desk/items/items_acts.h"
#include "gen/items_sql.h"

enum { ITEMS_DAY_LEN = 11 };

/* Where a process begins; "": nowhere on this site. */
struct str items_process_path(struct str word);
calendar_day items_today(const struct scene *scene);
/* The release that holds today, or none (`found`). */
struct outcome items_find_now(struct scene *scene, struct items_find_release_on_row *release,
                              bool *found);
/* Writes a new version; its number. */
struct outcome items_keep(struct scene *scene, const struct items_item *item, id *version_id);

/* What the next release would list: code and version. */
struct items_line {
    struct str item;
    id version_id;
};
struct items_roll {
    struct items_line *lines; /* by item */
    size_t count;
};
struct outcome items_roll_of(struct scene *scene, id release_id, struct items_roll *roll);
/* Adds or replaces; version 0 takes the item out.  False: no room for more. */
bool items_roll_set(struct items_roll *roll, struct str item, id version_id);
id items_roll_get(const struct items_roll *roll, struct str item);
/* Checks the day against today and the last release; "" is today. */
struct outcome items_day_check(struct scene *scene, struct str text, calendar_day *day);
struct outcome items_release_add(struct scene *scene, const struct items_roll *roll,
                                 calendar_day holds_day, struct str note, int64_t *number);

#endif
