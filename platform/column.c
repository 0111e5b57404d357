/* column.c -- see column.h. */
#include "platform/column.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SQL_LEN = 320,
    READ_BYTES_MAX = 2 * 1024 * 1024, /* of values at a time: a row may be as long as a file */
    GROUP_ROWS_MAX = 1 << 20          /* rows with one and the same key */
};

/* Statements are kept by their address (store.h), so these stay until the process ends. */
static struct column {
    const struct held_sealed *sealed;
    char read[SQL_LEN], first[SQL_LEN], write[SQL_LEN];
} columns[COLUMNS_MAX];
static size_t count_all;

static void add(const struct held_sealed *s)
{
    struct column *column = &columns[count_all++];

    assert(count_all <= COLUMNS_MAX);
    column->sealed = s;
    snprintf(column->first, SQL_LEN, "select %s, %s from %s order by %s limit :rows", s->key,
             s->column, s->table, s->key);
    snprintf(column->read, SQL_LEN,
             "select %s, %s from %s where %s >= :after order by %s limit :rows", s->key, s->column,
             s->table, s->key, s->key);
    snprintf(column->write, SQL_LEN, "update %s set %s = :value where %s = :key and %s = :was",
             s->table, s->column, s->key, s->column);
}

void columns_learn(const struct held *const *rooms)
{
    count_all = 0;
    for (; *rooms; rooms++)
        for (const struct held_sealed *s = (*rooms)->sealed; s && s->table; s++) add(s);
}

size_t columns_count(void)
{
    return count_all;
}

const struct held_sealed *column_at(size_t place)
{
    assert(place < count_all);
    return columns[place].sealed;
}

static bool bind_key(struct statement *statement, int place, const struct held_sealed *sealed,
                     struct str key)
{
    int64_t number = 0;

    if (sealed->key_is_text)
        statement_text(statement, place, key);
    else if (str_to_int(key, &number))
        statement_int(statement, place, number);
    else
        return false;
    return true;
}

struct taken {
    struct column_row *rows;
    size_t count, bytes;
    bool is_cut; /* there may be more */
};

static struct outcome take(struct arena *arena, struct statement *statement,
                           const struct held_sealed *sealed, size_t rows_max, struct taken *taken)
{
    size_t room = 0;
    bool row;

    *taken = (struct taken){0};
    for (;;) {
        struct column_row *next;

        TRY(statement_step(statement, &row));
        if (!row) break;
        if (taken->count == room)
            taken->rows =
                statement_grow(arena, taken->rows, sizeof *taken->rows, &room, GROUP_ROWS_MAX);
        next = &taken->rows[taken->count++];
        next->key = sealed->key_is_text
                        ? statement_get_text(arena, statement, 0)
                        : arena_print(arena, "%lld", (long long)statement_get_int(statement, 0));
        next->value = statement_get_text(arena, statement, 1);
        taken->bytes += next->value.len;
        if (taken->bytes > READ_BYTES_MAX && taken->count > 1 &&
            !str_same(taken->rows[0].key, next->key)) {
            taken->is_cut = true;
            return DONE;
        }
    }
    taken->is_cut = taken->count == rows_max;
    return DONE;
}

static struct outcome read_once(struct arena *arena, struct store *store, size_t place,
                                struct str after, size_t rows_max, struct taken *taken)
{
    const struct column *column = &columns[place];
    struct statement *statement;
    struct outcome outcome;

    TRY(statement_open(store, after.len ? column->read : column->first, &statement));
    if (after.len && !bind_key(statement, 1, column->sealed, after)) {
        statement_close(&statement);
        return FAULT("column: a place that is no key");
    }
    statement_int(statement, after.len ? 2 : 1, (int64_t)rows_max);
    outcome = take(arena, statement, column->sealed, rows_max, taken);
    statement_close(&statement);
    return outcome;
}

/* It goes on with the last key, not behind it: of several rows with that key some may not have been
 * read.  So a batch must have more than one key, or be the end. */
struct outcome column_read(struct arena *arena, struct store *store, size_t place, struct str after,
                           size_t rows_max, const struct column_row **rows, size_t *count,
                           struct str *to)
{
    struct taken taken;

    assert(place < count_all && rows_max > 1);
    TRY(read_once(arena, store, place, after, rows_max, &taken));
    while (taken.is_cut && str_same(taken.rows[0].key, taken.rows[taken.count - 1].key)) {
        if (rows_max > GROUP_ROWS_MAX / 2) return FAULT("column: too many rows have one key");
        rows_max *= 2;
        TRY(read_once(arena, store, place, after, rows_max, &taken));
    }
    *rows = taken.rows;
    *count = taken.count;
    *to = taken.is_cut ? taken.rows[taken.count - 1].key : S("");
    return DONE;
}

struct outcome column_write(struct store *store, size_t place, const struct column_row *row,
                            struct str value, bool *written)
{
    const struct column *column = &columns[place];
    struct statement *statement;
    struct outcome outcome;
    bool more;

    TRY(statement_open(store, column->write, &statement));
    statement_text(statement, 1, value);
    if (!bind_key(statement, 2, column->sealed, row->key)) {
        statement_close(&statement);
        return FAULT("column: a place that is no key");
    }
    statement_text(statement, 3, row->value);
    outcome = statement_step(statement, &more);
    statement_close(&statement);
    *written = IS_DONE(outcome) && store_changes(store) == 1;
    return outcome;
}
