/* wipe.h -- what was erased leaves the bytes of the database, and not its rows alone.
 *
 * SQLite overwrites what it frees (secure_delete), but in its write-ahead log first: the file and
 * the log have what was there until the log is put back and begins anew.
 */
#ifndef PLATFORM_WIPE_H
#define PLATFORM_WIPE_H

#include "platform/act.h"

/* Inside an act that erased something: soon after it the log is put back and cut to nothing, again
 * and again until no reader is in the way, also by a process that is begun anew.  (PostgreSQL: its
 * own vacuum does that; see docs/decisions/0038.) */
struct outcome wipe_soon(struct scene *scene);
extern const struct act wipe_log; /* by the clock */

/* Asks the store to put back and cut its log after the commit of this transaction.  True: this was
 * asked of it before and is done since; nothing is asked then. */
bool store_wipe(struct store *store);

#endif
