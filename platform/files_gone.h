/* files_gone.h -- what is to go from the store of files: noted on disk first, removed afterwards.
 *
 * A note is an empty file with the name of what is to go, in a folder of its own.  Whoever notes
 * waits for the disk and for nobody else; a thread removes as soon as the store answers, and begins
 * with what a stopped server left.
 */
#ifndef PLATFORM_FILES_GONE_H
#define PLATFORM_FILES_GONE_H

#include "platform/base.h"

typedef bool files_gone_remover(const char *name); /* false: not now; true: it is not there */

struct outcome files_gone_open(const char *folder); /* made if it is missing */
void files_gone_close(void);
/* Noted, and on disk.  Of many: each is put, and all are settled at once. */
struct outcome files_gone_note(const char *name);
struct outcome files_gone_put(const char *name);
struct outcome files_gone_settle(void);
bool files_gone_has(const char *name); /* is it noted? */
/* One round: stops at the first that cannot be removed.  Those that are left are counted. */
struct outcome files_gone_go(files_gone_remover *remove, int64_t *left);
/* Rounds from now on, on a thread of its own until files_gone_close(). */
struct outcome files_gone_begin(files_gone_remover *remove);

#endif
