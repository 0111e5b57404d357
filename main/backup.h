/* backup.h -- gongdao backup and restore: a copy of an installation, in clear or sealed. */
#ifndef MAIN_BACKUP_H
#define MAIN_BACKUP_H

#include "main/settings.h"
#include "platform/act.h"

struct module;

/* Each prints what it did, and what is wrong, in words; the value is the exit status.  A backup is
 * sealed (sealed.h) for the keys of --recipient, else of [backup] recipients, else of those the
 * server was last started with; without any, and with --unsealed, it is a folder in clear. */
int backup_command(struct arena *arena, const struct settings *settings,
                   const struct module *const *modules);
int restore_command(struct arena *arena, const struct settings *settings);

/* When a server starts: for whom backups are sealed is kept beside the rows, so that a command
 * nobody gave the configuration to seals as well.  Says so at /readyz when they are not.  What a
 * backup or restore that was killed left in clear is removed. */
struct outcome backup_remember(struct arena *arena, struct store *store,
                               const struct settings *settings);

#endif
