/* column.h -- one sealed column of a table, walked in the order of its key (decision 0046).
 *
 * Which columns there are is known only when the rooms are put together, so their statements are
 * put together here, from the names the rooms declare (held.h) and nothing else.
 *
 *  (1) A value is written anew only where the one that was read still stands: what an act changed
 *      meanwhile is kept.
 *  (2) A walk from any place on, and again from there, reads every row at least once.
 */
#ifndef PLATFORM_COLUMN_H
#define PLATFORM_COLUMN_H

#include "platform/held.h"

enum { COLUMNS_MAX = 256 /* of all rooms: five times what there is */ };

/* Once, before other threads: the columns of all rooms, in their order. */
void columns_learn(const struct held *const *rooms);
size_t columns_count(void);
const struct held_sealed *column_at(size_t place);

struct column_row {
    struct str key, value; /* the key as text */
};
/* About `rows_max` rows from the key `after` on ("": from the first), fewer when they are long.
 * `to` is from where to go on, "" when that was the end. */
struct outcome column_read(struct arena *arena, struct store *store, size_t place, struct str after,
                           size_t rows_max, const struct column_row **rows, size_t *count,
                           struct str *to);
struct outcome column_write(struct store *store, size_t place, const struct column_row *row,
                            struct str value, bool *written);

#endif
