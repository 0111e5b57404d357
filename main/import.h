/* import.h -- gongdao import: tables handed in on the command line. */
#ifndef MAIN_IMPORT_H
#define MAIN_IMPORT_H

#include "main/settings.h"

int import_people(struct arena *arena, const struct settings *settings);

#endif
