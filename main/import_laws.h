/* import_laws.h -- gongdao import laws: national and local law from files. */
#ifndef MAIN_IMPORT_LAWS_H
#define MAIN_IMPORT_LAWS_H

#include "main/settings.h"

int import_laws(struct arena *arena, const struct settings *settings);

#endif
