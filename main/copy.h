/* copy.h -- copies of an installation: files, and a list of their hashes that proves the copy. */
#ifndef MAIN_COPY_H
#define MAIN_COPY_H

#include "platform/base.h"

/* One file, synced.  Faults name the file. */
struct outcome copy_file(struct arena *arena, struct str from, struct str to, const char *name);
/* The files directly in a folder; a folder that does not exist is none. */
struct outcome copy_folder(struct arena *arena, struct str from, struct str to, const char *name);
/* TO/MANIFEST: one line a file, BLAKE2b-256 and path. */
struct outcome copy_write_list(struct arena *arena, struct str folder);
/* Every file of the list is there and unchanged. */
struct outcome copy_check_list(struct arena *arena, struct str folder);

#endif
