/* erasures.h -- gongdao erasures: who was erased, told without saying who, and erased again. */
#ifndef MAIN_ERASURES_H
#define MAIN_ERASURES_H

#include "main/settings.h"

/* Prints a line for each erasure that is done; with --from FILE it takes such lines in, and what a
 * backup has brought back is erased when it is next served.  The value is the exit status. */
int erasures_command(struct arena *arena, const struct settings *settings);

#endif
