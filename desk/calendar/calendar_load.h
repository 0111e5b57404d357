/* calendar_load.h -- the calendar the server works with. */
#ifndef DESK_CALENDAR_LOAD_H
#define DESK_CALENDAR_LOAD_H

#include "desk/calendar/calendar.h"

/* The years of data/calendar as they were when the program was built (tools/mkcalendar.c). */
extern const struct calendar calendar_built_in;

/* The built-in years; those found in `folder` as cn-YYYY.yaml replace or join them.  NULL, or a
 * folder that does not exist, leaves the built-in ones.  What is loaded lives in the arena. */
struct outcome calendar_load(struct arena *arena, const char *folder, struct calendar *calendar);

#endif
