/* copy.h -- copies of an installation: files, and a list of their hashes that proves the copy. */
#ifndef MAIN_COPY_H
#define MAIN_COPY_H

#include "platform/base.h"

/* One file, synced: under its name it is whole or not there.  Faults name the file. */
struct outcome copy_file(struct arena *arena, struct str from, struct str to, const char *name);
/* The files directly in a folder, synced; a folder that does not exist is none. */
struct outcome copy_folder(struct arena *arena, struct str from, struct str to, const char *name);
/* The same by renaming, within one file system.  One that is there already stays: it is the same,
 * or that is a fault. */
struct outcome copy_carry(struct arena *arena, struct str from, struct str to, const char *name);
/* A folder with all that is in it; false: something is left.  One that is not there is removed. */
bool copy_remove(struct str folder);
/* That a file was put there lasts, too. */
struct outcome copy_sync_folder(struct arena *arena, struct str path);
/* TO/MANIFEST: one line a file, BLAKE2b-256 and path.  It is whole or not there. */
struct outcome copy_write_list(struct arena *arena, struct str folder);
/* Every file of the list is there and unchanged. */
struct outcome copy_check_list(struct arena *arena, struct str folder);

#endif
