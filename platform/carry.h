/* carry.h -- every row of a database carried into another, and every row read back.
 *
 * A table's digest is the sum of a hash of each of its rows, so that it does not depend on the
 * order they are read in, and no row can be missing, changed, doubled or swapped for another.
 */
#ifndef PLATFORM_CARRY_H
#define PLATFORM_CARRY_H

#include "platform/store_rows.h"

struct carry_digest {
    int64_t rows;
    uint64_t low, high;
};

struct carry_told {
    int64_t tables, rows;
    struct carry_digest digest; /* of all tables together */
};

/* The tables of `to` are there and empty, but for the list of changes to the schema.  Both stores
 * are inside a transaction or snapshot; nothing is committed here. */
struct outcome carry_all(struct arena *arena, struct store *from, struct store *to,
                         struct carry_told *told);
/* Does `to` hold, in each table, exactly the rows that `from` has?  The first table that differs
 * is in the fault, in words. */
struct outcome carry_compare(struct arena *arena, struct store *from, struct store *to,
                             struct carry_told *told);

#endif
