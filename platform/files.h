/* files.h -- what people attach: kept outside the web root under random names.
 *
 *  (1) A file is on disk, synced, before its name is given to anyone.
 *  (2) Its type is found from its content; only the types listed in files.c are taken.
 *  (3) The name it was sent with is for showing and never part of a path.
 */
#ifndef PLATFORM_FILES_H
#define PLATFORM_FILES_H

#include "platform/base.h"

/* The folder is made if it is missing.  One at a time: what was open before is closed. */
struct outcome files_open(const char *folder);
void files_close(void);

/* Text of a fixed list ("image/jpeg"), or empty when this kind of content is not taken. */
struct str files_type(struct str bytes);
/* What a file is shown and handed out as: without its folders, and no longer than a header can
 * carry. */
struct str files_plain_name(struct arena *arena, struct str name);
bool files_is_image(struct str type); /* safe to be shown inside a page */

/* From an act's prepare(): writes and syncs.  `name` and `hash` are made in the arena. */
struct outcome files_put(struct arena *arena, struct str bytes, struct str *name, struct str *hash);
struct outcome files_get(struct arena *arena, struct str name, int64_t bytes_count,
                         struct str *bytes);
bool files_has(struct str name);                              /* is it in the folder? */
struct str files_hash(struct arena *arena, struct str bytes); /* BLAKE2b-256, in hex */
/* Is it what it was when it was put there?  Nothing of it stays in memory. */
struct outcome files_check(struct str name, int64_t bytes_count, struct str hash, bool *is_same);
void files_drop(struct str name); /* an act that did not happen */

#endif
