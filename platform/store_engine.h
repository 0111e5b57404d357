/* store_engine.h -- what one kind of database does for store.h; only store*.c includes it.
 *
 * Each engine has a `struct store` and a `struct statement` of its own, known in its files alone;
 * both begin with a pointer to its engine.  store.c finds the engine there and hands over.  What a
 * store has besides, whatever its engine, is in its head and store.c's own.
 */
#ifndef PLATFORM_STORE_ENGINE_H
#define PLATFORM_STORE_ENGINE_H

#include "platform/store_rows.h"

enum {
    STATEMENTS_MAX = 2048, /* there are fewer queries in the whole program, with column.c's */
    FAULT_LEN_MAX = 400
};

struct engine {
    struct outcome (*open)(struct str where, enum store_use use, struct store **store);
    void (*close)(struct store **store);
    struct outcome (*script)(struct store *store, const char *sql);
    struct outcome (*begin)(struct store *store);
    struct outcome (*commit)(struct store *store);
    void (*commit_within)(struct store *store, int milliseconds);
    void (*rollback)(struct store *store);
    struct outcome (*mark)(struct store *store);
    struct outcome (*mark_keep)(struct store *store);
    void (*mark_undo)(struct store *store);
    bool (*may_retry)(const struct store *store);
    struct outcome (*call)(struct store *store, struct str text);
    struct outcome (*hear)(struct arena *arena, struct store *store, int wake, int milliseconds,
                           struct str *text, bool *hears);
    void (*leave_log)(struct store *store);
    int64_t (*log_pages)(const struct store *store);
    struct outcome (*tidy)(struct store *store);
    struct outcome (*count)(struct store *store); /* NULL: it reads by its indexes alone */
    bool (*wipe)(struct store *store);
    struct outcome (*read_begin)(struct store *store);
    void (*read_end)(struct store *store);
    bool (*is_copy)(const struct store *store);
    int64_t (*copy_seconds)(const struct store *store);
    struct outcome (*backup)(struct store *store, const char *to_path);
    struct outcome (*check)(struct store *store);
    struct outcome (*try_query)(struct store *store, const struct query_text *query);
    struct outcome (*tables)(struct arena *arena, struct store *store, struct store_table **tables,
                             size_t *count);
    struct outcome (*rows)(struct store *store, const struct store_table *table,
                           struct outcome (*take)(void *mine, struct str row), void *mine);
    struct outcome (*put_begin)(struct store *store, const struct store_table *table);
    struct outcome (*put)(struct store *store, const struct store_table *table, struct str row);
    struct outcome (*put_end)(struct store *store, const struct store_table *table);
    int64_t (*changes)(const struct store *store);
    int64_t (*rows_changed)(const struct store *store);
    struct outcome (*statement_open)(struct store *store, const char *sql,
                                     struct statement **statement);
    void (*take_int)(struct statement *statement, int place, int64_t value);
    void (*take_text)(struct statement *statement, int place, struct str value);
    struct outcome (*step)(struct statement *statement, bool *row);
    int64_t (*get_int)(struct statement *statement, int column);
    struct str (*get_text)(struct arena *arena, struct statement *statement, int column);
    void (*statement_close)(struct statement **statement);
};

struct store_head {
    const struct engine *engine; /* first */
    struct memo *memo;           /* NULL until somebody asks for it */
};

extern const struct engine engine_sqlite, engine_postgres;

/* store.c: the same text always at the same address, for good: a fault is handed from the writer
 * to a worker, and neither knows when the other has read it. */
struct outcome store_fault_kept(const char *text);
struct str store_sql_name(const char *sql); /* generated text begins with it, in a comment */

#endif
