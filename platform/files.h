/* files.h -- what people attach: in a folder, or in a store on the network (files_store.h), under
 * names made from their content and from chance.
 *
 *  (1) A file is on disk, synced, or in the store, before its name is given to anyone.
 *  (2) Its type is found from its content, and what is kept is made clean, in a process that can do
 *      nothing else (cage.h).
 *  (3) The name it was sent with is for showing and never part of a path.
 *  (4) A name is 128 random bits and what BLAKE2b makes of the content with them as the key: it
 *      never means another content, says nothing of it, and no two files have the same one, so
 *      that removing one file removes nobody else's.  Names from before 0037 are random only.
 *  (5) What lies in the folder is read from there, also when there is a store.
 */
#ifndef PLATFORM_FILES_H
#define PLATFORM_FILES_H

#include "platform/base.h"

/* The folder is made if it is missing.  One at a time: what was open before is closed. */
struct outcome files_open(const char *folder);
void files_close(void);
/* Is there a store on the network, opened before this?  Then who puts or gets waits for it. */
bool files_are_far(void);

/* What a file is shown and handed out as: without its folders, and no longer than a header can
 * carry. */
struct str files_plain_name(struct arena *arena, struct str name);

/* From an act's prepare(): writes and syncs.  `name` and `hash` are made in the arena. */
struct outcome files_put(struct arena *arena, struct str bytes, struct str *name, struct str *hash);
struct outcome files_get(struct arena *arena, struct str name, int64_t bytes_count,
                         struct str *bytes);
/* Is it there?  Of a store that is away: true, since it is not known to be gone. */
bool files_has(struct str name);
struct str files_hash(struct arena *arena, struct str bytes); /* BLAKE2b-256, in hex */
/* Inside an act that takes the row of a file: the clock removes it from the disk afterwards, also
 * when everything ends between the two (files_sweep, platform/going.c). */
struct scene;
struct store;
struct outcome files_going(struct scene *scene, struct str name);
extern const struct act files_sweep;
/* Is it what it was when it was put there?  Nothing of it stays in memory. */
struct outcome files_check(struct str name, int64_t bytes_count, struct str hash, bool *is_same);
/* All files that rows name: `some` checks those behind `*after`, as many as it reads at a time,
 * moves it on, says how many there were, adds what it checked to `files`, which begins at 0. */
typedef struct outcome files_check_some(struct arena *arena, struct store *store, id *after,
                                        size_t *count, int64_t *files);
struct outcome files_check_rows(struct store *store, files_check_some *some, int64_t *files);
/* An act that did not happen, or what was taken back.  Waits for this machine's disk only.  Done:
 * gone and synced, also when it was not there; a fault: it may still be there, try again. */
struct outcome files_drop(struct str name);
/* Waits once for all. */
struct outcome files_drop_many(const struct str *names, size_t count);
/* How many were read from the folder and from the store, of this process. */
void files_count_read(int64_t *from_folder, int64_t *from_store);

/* Carries what lies in the folder into the store: each is read back from there before it goes from
 * here.  Stopped on the way it may be run again, and a server may serve meanwhile. */
struct outcome files_carry(int64_t *carried, int64_t *left);

#endif
