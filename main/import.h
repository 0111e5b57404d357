/* import.h -- gongdao import and export: tables and files handed in and out on the command line. */
#ifndef MAIN_IMPORT_H
#define MAIN_IMPORT_H

#include "main/settings.h"

int import_command(struct arena *arena, const struct settings *settings);
int export_command(struct arena *arena, const struct settings *settings);
/* Says why not; what the command ends with. */
int import_failed(struct arena *arena, struct outcome outcome);
int import_items(struct arena *arena, const struct settings *settings);
int import_answers(struct arena *arena, const struct settings *settings);
int import_aid(struct arena *arena, const struct settings *settings);

#endif
