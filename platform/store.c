/* store.c -- hands what store.h promises to the engine a store was opened with. */
#include "platform/store_engine.h"

#include "platform/memo.h"
#include "platform/wipe.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS_MAX = 256 }; /* texts kept; more kinds of fault than that are one kind */

/* ---- faults ------------------------------------------------------------------------------ */

static pthread_mutex_t faults_lock = PTHREAD_MUTEX_INITIALIZER;
static char *faults[FAULTS_MAX];

struct outcome store_fault_kept(const char *text)
{
    bool fatal = strncmp(text, "fatal:", 6) == 0;
    const char *kept =
        fatal ? "fatal: store: too many kinds of fault" : "store: too many kinds of fault";

    pthread_mutex_lock(&faults_lock);
    for (int i = 0; i < FAULTS_MAX; i++) {
        if (!faults[i]) faults[i] = strdup(text);
        if (faults[i] && strcmp(faults[i], text) == 0) {
            kept = faults[i];
            break;
        }
    }
    pthread_mutex_unlock(&faults_lock);
    return FAULT(kept);
}

struct str store_sql_name(const char *sql)
{
    const char *end = sql && strncmp(sql, "/* ", 3) == 0 ? strstr(sql, " */") : NULL;

    return end ? (struct str){sql + 3, (size_t)(end - sql - 3)} : S("store");
}

/* ---- the engine of a store ---------------------------------------------------------------- */

/* Whatever the engine, its pointer is the first thing in a store and in a statement. */
static inline const struct engine *engine_of(const void *it)
{
    return *(const struct engine *const *)it;
}

bool store_is_remote(struct str where)
{
    return str_begins(where, S("postgresql://")) || str_begins(where, S("postgres://"));
}

struct outcome store_open(struct str where, enum store_use use, struct store **store)
{
    return (store_is_remote(where) ? &engine_postgres : &engine_sqlite)->open(where, use, store);
}

void store_close(struct store **store)
{
    if (!*store) return;
    memo_close(&((struct store_head *)*store)->memo);
    engine_of(*store)->close(store);
}

struct memo *store_memo(struct store *store)
{
    struct store_head *head = (struct store_head *)store;

    if (!head->memo) head->memo = memo_open();
    return head->memo;
}

struct outcome store_script(struct store *store, const char *sql)
{
    if (!sql[0]) return DONE; /* PostgreSQL has an answer of its own for nothing */
    return engine_of(store)->script(store, sql);
}

struct outcome store_begin(struct store *store)
{
    return engine_of(store)->begin(store);
}

struct outcome store_commit(struct store *store)
{
    return engine_of(store)->commit(store);
}

void store_commit_within(struct store *store, int milliseconds)
{
    engine_of(store)->commit_within(store, milliseconds);
}

void store_rollback(struct store *store)
{
    engine_of(store)->rollback(store);
}

struct outcome store_mark(struct store *store)
{
    return engine_of(store)->mark(store);
}

struct outcome store_mark_keep(struct store *store)
{
    return engine_of(store)->mark_keep(store);
}

void store_mark_undo(struct store *store)
{
    engine_of(store)->mark_undo(store);
}

bool store_may_retry(const struct store *store)
{
    return engine_of(store)->may_retry(store);
}

struct outcome store_call(struct store *store, struct str text)
{
    assert(text.len <= CALL_BYTES_MAX);
    return engine_of(store)->call(store, text);
}

struct outcome store_hear(struct arena *arena, struct store *store, int wake, int milliseconds,
                          struct str *text, bool *hears)
{
    return engine_of(store)->hear(arena, store, wake, milliseconds, text, hears);
}

bool store_is_copy(const struct store *store)
{
    return engine_of(store)->is_copy(store);
}

int64_t store_copy_seconds(const struct store *store)
{
    return engine_of(store)->copy_seconds(store);
}

void store_leave_log(struct store *store)
{
    engine_of(store)->leave_log(store);
}

int64_t store_log_pages(const struct store *store)
{
    return engine_of(store)->log_pages(store);
}

struct outcome store_tidy(struct store *store)
{
    return engine_of(store)->tidy(store);
}

struct outcome store_count(struct store *store)
{
    const struct engine *engine = engine_of(store);

    return engine->count ? engine->count(store) : DONE;
}

bool store_wipe(struct store *store)
{
    return engine_of(store)->wipe(store);
}

struct outcome store_read_begin(struct store *store)
{
    return engine_of(store)->read_begin(store);
}

void store_read_end(struct store *store)
{
    engine_of(store)->read_end(store);
}

struct outcome store_backup(struct store *store, const char *to_path)
{
    return engine_of(store)->backup(store, to_path);
}

struct outcome store_check(struct store *store)
{
    return engine_of(store)->check(store);
}

struct outcome store_try(struct store *store, const struct query_text *query)
{
    return engine_of(store)->try_query(store, query);
}

struct outcome store_tables(struct arena *arena, struct store *store, struct store_table **tables,
                            size_t *count)
{
    return engine_of(store)->tables(arena, store, tables, count);
}

struct outcome store_rows(struct store *store, const struct store_table *table,
                          struct outcome (*take)(void *mine, struct str row), void *mine)
{
    return engine_of(store)->rows(store, table, take, mine);
}

struct outcome store_put_begin(struct store *store, const struct store_table *table)
{
    return engine_of(store)->put_begin(store, table);
}

struct outcome store_put(struct store *store, const struct store_table *table, struct str row)
{
    return engine_of(store)->put(store, table, row);
}

struct outcome store_put_end(struct store *store, const struct store_table *table)
{
    return engine_of(store)->put_end(store, table);
}

int64_t store_changes(const struct store *store)
{
    return engine_of(store)->changes(store);
}

int64_t store_rows_changed(const struct store *store)
{
    return engine_of(store)->rows_changed(store);
}

/* ---- statements --------------------------------------------------------------------------- */

struct outcome statement_open(struct store *store, const char *sql, struct statement **statement)
{
    return engine_of(store)->statement_open(store, sql, statement);
}

void statement_int(struct statement *statement, int place, int64_t value)
{
    engine_of(statement)->take_int(statement, place, value);
}

void statement_text(struct statement *statement, int place, struct str value)
{
    engine_of(statement)->take_text(statement, place, value);
}

struct outcome statement_step(struct statement *statement, bool *row)
{
    return engine_of(statement)->step(statement, row);
}

int64_t statement_get_int(struct statement *statement, int column)
{
    return engine_of(statement)->get_int(statement, column);
}

struct str statement_get_text(struct arena *arena, struct statement *statement, int column)
{
    return engine_of(statement)->get_text(arena, statement, column);
}

void statement_close(struct statement **statement)
{
    if (*statement) engine_of(*statement)->statement_close(statement);
}

void *statement_grow(struct arena *arena, void *rows, size_t size, size_t *room, size_t rows_max)
{
    size_t more = *room ? *room * 2 : 8;
    void *grown;

    assert(*room < rows_max); /* else the query has lost its limit */
    if (more > rows_max) more = rows_max;
    grown = arena_take(arena, size, more);
    if (*room) memcpy(grown, rows, size * *room);
    *room = more;
    return grown;
}
