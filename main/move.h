/* move.h -- an installation's rows carried from SQLite to PostgreSQL, and back as a backup. */
#ifndef MAIN_MOVE_H
#define MAIN_MOVE_H

#include "main/settings.h"
#include "platform/store.h"

struct module;

/* gongdao move --data DIR --to postgresql://…: prints what it did; the value is the exit status.
 *
 * All rows are carried in one transaction and read back before it is committed; what was killed on
 * the way left nothing.  Then the file is put aside, so that nobody serves it by mistake.  Run
 * again, it finds that the rows are there already and compares them once more. */
int move_command(struct arena *arena, const struct settings *settings,
                 const struct module *const *modules);

/* All rows of a database as one new SQLite file, each read back. */
struct outcome move_to_file(struct arena *arena, struct store *from, struct str path,
                            const struct module *const *modules);

#endif
