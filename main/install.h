/* install.h -- the folder with all state: making it, copying it, checking it. */
#ifndef MAIN_INSTALL_H
#define MAIN_INSTALL_H

#include "main/settings.h"
#include "platform/act.h"

#define INSTALL_MOVED "gongdao.db.moved" /* what gongdao move leaves of the file */

struct module;

/* Paths below the data folder; made in the arena and NUL-terminated. */
struct str install_path(struct arena *arena, struct str data, const char *name);

/* Made, for this user only, if it is not there. */
struct outcome install_folder(struct arena *arena, struct str data, const char *name);

/* Where the database is: an address, or a file in the data folder. */
struct str install_database(struct arena *arena, const struct settings *settings);
/* Opens it; faults in words that say what to do when there is no installation in it. */
struct outcome install_store(struct arena *arena, const struct settings *settings,
                             enum store_use use, struct store **store);
/* Opens keys, files and the calendar of an installation. */
struct outcome install_open(struct arena *arena, const struct settings *settings, bool make);
/* Faults when the keys are not those this database was served with first: what one node seals the
 * others must open.  `new_keys`: they were lost, and it goes on with these. */
struct outcome install_keys(struct arena *arena, struct store *store, bool new_keys);
/* Keeps a second server from the same folder; held until the process ends.  `shared`: the rows are
 * in a database, and nodes that serve it may have one folder together. */
struct outcome install_lock(struct arena *arena, struct str data, bool shared);

/* In which the operator's commands act: as the system, from nowhere.  `store` may be NULL, and come
 * later. */
struct scene install_scene(struct arena *arena, struct store *store);

/* Gives an installation that is older than the service list the one a new installation begins with;
 * nothing if it has one.  After items_learn(). */
struct outcome install_list(struct arena *arena, struct store *store);

/* Each prints what it did, and what is wrong, in words; the value is the exit status. */
int install_init(struct arena *arena, const struct settings *settings,
                 const struct module *const *modules);
/* Carries attached files from the data folder into the store on the network. */
int install_files(struct arena *arena, const struct settings *settings);
int install_check(struct arena *arena, const struct settings *settings);

#endif
