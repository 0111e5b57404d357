/* store_rows.h -- whole tables, row by row: for carrying a database from one engine to another.
 *
 * A row is bytes that are the same whichever engine it came from: how many columns in two bytes,
 * then for each its length in four (minus one for null) and its value, a number in eight bytes, all
 * big-endian.  That is also how PostgreSQL sends and takes rows by itself (COPY, binary).
 */
#ifndef PLATFORM_STORE_ROWS_H
#define PLATFORM_STORE_ROWS_H

#include "platform/store.h"

enum {
    STORE_TABLES_MAX = 512,    /* there are fewer tables in the whole program */
    STORE_COLUMNS_MAX = 64,    /* of one table */
    STORE_NAME_LEN = 64,       /* mksql lets no name be longer */
    STORE_WORDS_MAX = 8 * 1024 /* a statement that names each column of a table */
};

struct store_table {
    char name[STORE_NAME_LEN];
    int columns_count;
    struct {
        char name[STORE_NAME_LEN];
        bool is_text;
    } columns[STORE_COLUMNS_MAX];
};

/* What a row refers to lies in a table before it, or in the same. */
struct outcome store_tables(struct arena *arena, struct store *store, struct store_table **tables,
                            size_t *count);
/* Each row of a table, in no promised order.  Within store_read_begin() or a transaction. */
struct outcome store_rows(struct store *store, const struct store_table *table,
                          struct outcome (*take)(void *mine, struct str row), void *mine);
/* Rows into a table, between a begin and an end; nothing else is asked of the store meanwhile. */
struct outcome store_put_begin(struct store *store, const struct store_table *table);
struct outcome store_put(struct store *store, const struct store_table *table, struct str row);
struct outcome store_put_end(struct store *store, const struct store_table *table);

/* ---- for the engines ---- */

/* One more column of a list of tables; a table begins with its first. */
void store_table_column(struct store_table *tables, size_t *count, const char *table,
                        const char *column, bool is_text);
/* "select a, b from t", "insert into t (a, b", "copy t (a, b": with `begin` and `between` around
 * the list of columns; how long it is. */
size_t store_table_words(const struct store_table *table, const char *begin, const char *between,
                         char words[static STORE_WORDS_MAX]);

/* A row while it is put together.  (Memory: store_row_free().) */
struct store_row {
    char *at;
    size_t len, room;
};
void store_row_begin(struct store_row *row, const struct store_table *table);
void store_row_null(struct store_row *row);
void store_row_int(struct store_row *row, int64_t value);
void store_row_text(struct store_row *row, const char *at, size_t len);
struct str store_row_bytes(const struct store_row *row);
void store_row_free(struct store_row *row);

struct store_value {
    bool is_null;
    int64_t number;
    struct str text;
};
/* Takes the next value off a row (`first`: after its head); false: the bytes are no such row. */
bool store_row_next(struct str *row, bool first, bool is_text, struct store_value *value);

#endif
