/* install.h -- the folder with all state: making it, copying it, checking it. */
#ifndef MAIN_INSTALL_H
#define MAIN_INSTALL_H

#include "main/settings.h"
#include "platform/act.h"

struct module;

/* Paths below the data folder; made in the arena and NUL-terminated. */
struct str install_path(struct arena *arena, struct str data, const char *name);

/* Opens keys, files and the calendar of an installation. */
struct outcome install_open(struct arena *arena, const struct settings *settings, bool make);
/* Keeps a second server from the same folder; held until the process ends. */
struct outcome install_lock(struct arena *arena, struct str data);

/* Each prints what it did, and what is wrong, in words; the value is the exit status. */
int install_init(struct arena *arena, const struct settings *settings,
                 const struct module *const *modules);
int install_backup(struct arena *arena, const struct settings *settings);
int install_restore(struct arena *arena, const struct settings *settings);
int install_check(struct arena *arena, const struct settings *settings);

#endif
