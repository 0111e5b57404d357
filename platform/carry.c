/* carry.c -- see carry.h. */
#include "platform/carry.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct carrying {
    struct store *to; /* NULL: only counted */
    const struct store_table *table;
    struct carry_digest digest;
};

/* Addition modulo 2^128: a row counted twice is not a row less, as it would be with xor. */
static void add(struct carry_digest *digest, uint64_t low, uint64_t high)
{
    digest->low += low;
    digest->high += high + (digest->low < low);
}

static struct outcome take_row(void *mine, struct str row)
{
    struct carrying *carrying = mine;
    uint64_t hash[2];

    crypto_generichash((unsigned char *)hash, sizeof hash, (const unsigned char *)row.at, row.len,
                       NULL, 0);
    carrying->digest.rows++;
    add(&carrying->digest, hash[0], hash[1]);
    return carrying->to ? store_put(carrying->to, carrying->table, row) : DONE;
}

static struct outcome count(struct store *store, const struct store_table *table,
                            struct carry_digest *digest)
{
    struct carrying carrying = {.table = table};

    TRY(store_rows(store, table, take_row, &carrying));
    *digest = carrying.digest;
    return DONE;
}

static struct outcome differs(struct arena *arena, const struct store_table *table,
                              const struct carry_digest *here, const struct carry_digest *there)
{
    return FAULT(arena_print(arena,
                             here->rows == there->rows
                                 ? "the rows of %s are not the same in both: %lld here, %lld there"
                                 : "%s has %lld rows here and %lld there",
                             table->name, (long long)here->rows, (long long)there->rows)
                     .at);
}

static struct outcome compare(struct arena *arena, struct store *to,
                              const struct store_table *table, const struct carry_digest *here,
                              struct carry_told *told)
{
    struct carry_digest there;

    TRY(count(to, table, &there));
    if (memcmp(here, &there, sizeof there) != 0) return differs(arena, table, here, &there);
    told->tables++;
    told->rows += here->rows;
    add(&told->digest, here->low, here->high);
    return DONE;
}

static struct outcome carry_one(struct store *from, struct store *to,
                                const struct store_table *table, struct carry_digest *digest)
{
    struct carrying carrying = {.to = to, .table = table};

    struct outcome outcome, ended;

    TRY(store_put_begin(to, table));
    outcome = store_rows(from, table, take_row, &carrying);
    ended = store_put_end(to, table);
    *digest = carrying.digest;
    return IS_DONE(outcome) ? ended : outcome;
}

struct outcome carry_all(struct arena *arena, struct store *from, struct store *to,
                         struct carry_told *told)
{
    struct store_table *tables;
    struct carry_digest digest;
    size_t tables_count;

    *told = (struct carry_told){0};
    TRY(store_script(to, "delete from migration")); /* of its own making; the rows tell of others */
    TRY(store_tables(arena, from, &tables, &tables_count));
    for (size_t i = 0; i < tables_count; i++) {
        TRY(carry_one(from, to, &tables[i], &digest));
        TRY(compare(arena, to, &tables[i], &digest, told));
    }
    return DONE;
}

struct outcome carry_compare(struct arena *arena, struct store *from, struct store *to,
                             struct carry_told *told)
{
    struct store_table *tables;
    struct carry_digest digest;
    size_t tables_count;

    *told = (struct carry_told){0};
    TRY(store_tables(arena, from, &tables, &tables_count));
    for (size_t i = 0; i < tables_count; i++) {
        TRY(count(from, &tables[i], &digest));
        TRY(compare(arena, to, &tables[i], &digest, told));
    }
    return DONE;
}
