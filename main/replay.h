/* replay.h -- gongdao replay: a past day by another policy, and who would have waited less or more.
 */
#ifndef MAIN_REPLAY_H
#define MAIN_REPLAY_H

#include "main/settings.h"

extern const char replay_usage[];
/* Reads the store and changes nothing; the value is the exit status. */
int replay_command(const struct settings *settings);

#endif
