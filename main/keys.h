/* keys.h -- gongdao keys: which keys there are, a new one, an old one put away. */
#ifndef MAIN_KEYS_H
#define MAIN_KEYS_H

#include "main/settings.h"
#include "platform/act.h"

/* list, make, rotate, files, retire, backup; the value is the exit status. */
int keys_command(struct arena *arena, const struct settings *settings);
/* Prints how many values are sealed with each key; a fault when one cannot be opened. */
struct outcome keys_tell(struct scene *scene);

/* keys backup: a pair of its own, for which no installation is needed. */
bool keys_is_alone(const char *command, const struct settings *settings);

#endif
