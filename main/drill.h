/* drill.h -- gongdao drill: is this backup one that could be served from? */
#ifndef MAIN_DRILL_H
#define MAIN_DRILL_H

#include "main/settings.h"

/* Restores the copy `from` into a new folder below `to` (the place for temporary files if it is
 * ""), with the keys of `data` unless they are in the copy, checks it whole and takes the folder
 * away again, whatever was found.  Prints what it did; the value is the exit status. */
int drill_command(struct arena *arena, const struct settings *settings);

#endif
