/* store_sqlite_inside.h -- what the files of the SQLite store share; nobody else includes it. */
#ifndef PLATFORM_STORE_SQLITE_INSIDE_H
#define PLATFORM_STORE_SQLITE_INSIDE_H

#include "platform/store_engine.h"

#include <sqlite3.h>

enum {
    PLACES = 2 * STATEMENTS_MAX, /* of the hash table: half stays empty; a power of two */
    PATH_LEN_MAX = 1024,         /* faults show the first 256 */
    WIPE_MILLISECONDS = 100,     /* a reader is through with a page long before */
    BUSY_MILLISECONDS = 5000, /* another process (a backup, a command) may hold the file so long */
    PAGE_BYTES = 2048,        /* of a new file; one that was made with others keeps them */
    LOG_PAGES = 2000,         /* a log this long is put back by whoever has committed: 4 MB */
    /* The same when it is left to another: shortly after that one has put back most of it for the
     * third time, so that only what was added meanwhile is left.  25 MB; no new log before. */
    LOG_PAGES_MAX = 3 * STORE_TIDY_PAGES + 600
};

struct statement {
    const struct engine *engine;
    sqlite3_stmt *stmt;
    const char *sql;
    struct store *store;
    int bind_error;
    bool open, kept;
};

struct store {
    struct store_head head; /* first */
    sqlite3 *db;
    enum store_use use;
    bool in_memory;
    bool began; /* a transaction is open as far as the caller knows */
    bool leaves_log;
    int64_t log_pages;
    bool wipe_wanted, wiped; /* see wipe.h */
    const char *fatal;       /* once set, nothing is begun or committed any more */
    struct statement *kept[PLACES];
    int kept_count;
    sqlite3_stmt *putting; /* rows into a table */
};

/* store_sqlite_schema.c, store_sqlite_copy.c, store_sqlite.c, for each other. */
struct outcome sqlite_script(struct store *store, const char *sql);
struct outcome sqlite_backup(struct store *store, const char *to_path);
struct outcome sqlite_check(struct store *store);
struct outcome sqlite_tidy(struct store *store);
/* store_sqlite_rows.c */
struct outcome sqlite_tables(struct arena *arena, struct store *store, struct store_table **tables,
                             size_t *count);
struct outcome sqlite_rows(struct store *store, const struct store_table *table,
                           struct outcome (*take)(void *mine, struct str row), void *mine);
struct outcome sqlite_put_begin(struct store *store, const struct store_table *table);
struct outcome sqlite_put(struct store *store, const struct store_table *table, struct str row);
struct outcome sqlite_put_end(struct store *store, const struct store_table *table);
/* store_sqlite.c: faults live as long as the process. */
struct outcome sqlite_fault_of(struct store *store, const char *sql, int rc);
struct outcome sqlite_fault_open(const char *path, const char *why, const char *more);
void sqlite_folder_of(const char *path, char *folder); /* PATH_LEN_MAX bytes */
struct outcome sqlite_ask_text(struct store *store, const char *sql, char *answer, size_t size);

/* store_sqlite_log.c: the name of the file system for sqlite3_open_v2(). */
const char *store_log_system(void);
/* store_sqlite_pages.c: before the first database is opened. */
void store_pages_set(void);

#endif
