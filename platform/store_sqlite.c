/* store_sqlite.c -- the SQLite face of store.h: one file, many readers, one writer.
 *
 *  1. A commit that returned done is on disk (WAL, synchronous=FULL; both are verified, since
 *     SQLite falls back in silence on a file system that cannot).
 *  2. Once a write or sync has failed nothing more is promised: the fault begins with "fatal:",
 *     for what the kernel holds may differ from what the disk holds, and a second sync may
 *     succeed falsely.  Only a new process, reading the disk, knows.  So it is when a file can
 *     only be read: SQLite opens it so in silence when it could not be opened for writing at once,
 *     and stays with that.
 *  3. Some errors make SQLite undo the whole transaction, not one mark.  From then until the
 *     transaction is given up every call faults: no statement slips out and commits by itself.
 *  4. A reader can change nothing: the file is opened for reading, and queries are held to it.
 *  5. A statement is prepared once for each connection and kept by the address of its text.
 */
#include "platform/store_sqlite_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void sqlite_close(struct store **store);
static struct outcome sqlite_statement_open(struct store *store, const char *sql,
                                            struct statement **statement);
static struct outcome sqlite_step(struct statement *statement, bool *row);
static void sqlite_statement_close(struct statement **statement);

/* ---- faults ------------------------------------------------------------------------------ */

static bool is_fatal(const struct store *store, int rc)
{
    int kind = rc & 0xFF;

    return store->use == STORE_WRITE &&
           (kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_READONLY);
}

struct outcome sqlite_fault_of(struct store *store, const char *sql, int rc)
{
    char text[FAULT_LEN_MAX];
    struct str name = store_sql_name(sql);
    struct outcome outcome;

    snprintf(text, sizeof text, "%s%.*s: %s (%d)", is_fatal(store, rc) ? "fatal: " : "",
             STR_ARGS(name), sqlite3_errmsg(store->db), rc);
    outcome = store_fault_kept(text);
    if (is_fatal(store, rc) && !store->fatal) store->fatal = outcome.fault;
    return outcome;
}

/* ---- opening ----------------------------------------------------------------------------- */

struct outcome sqlite_fault_open(const char *path, const char *why, const char *more)
{
    char text[FAULT_LEN_MAX];

    snprintf(text, sizeof text, "store: %.256s: %.64s%s%.64s", path, why, *more ? ": " : "", more);
    return store_fault_kept(text);
}

void sqlite_folder_of(const char *path, char *folder)
{
    char *slash;

    snprintf(folder, PATH_LEN_MAX, "%s", path);
    slash = strrchr(folder, '/');
    if (slash == folder)
        slash[1] = '\0';
    else if (slash)
        *slash = '\0';
}

/* SQLite says "unable to open database file" to all of these; an operator needs to know which. */
static struct outcome check_place(const char *path, enum store_use use)
{
    char folder[PATH_LEN_MAX];
    struct stat is;
    int fd;

    sqlite_folder_of(path, folder);
    if (stat(folder, &is) != 0) return sqlite_fault_open(folder, "no such folder", strerror(errno));
    if (!S_ISDIR(is.st_mode)) return sqlite_fault_open(folder, "is not a folder", "");
    if (stat(path, &is) == 0) {
        if (!S_ISREG(is.st_mode)) return sqlite_fault_open(path, "is not a file", "");
    } else if (errno != ENOENT) {
        return sqlite_fault_open(path, "cannot be reached", strerror(errno));
    } else if (use == STORE_READ) {
        return sqlite_fault_open(path, "there is no database", "");
    }
    if (use == STORE_READ) return DONE;
    if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
        return sqlite_fault_open(folder, "the folder cannot be written", strerror(errno));
    /* Made here, since SQLite would let everyone on the machine read it.  Only when it is new:
     * closing a file gives up all locks this process has on it. */
    fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
    if (fd < 0 && errno != EEXIST)
        return sqlite_fault_open(path, "cannot be made", strerror(errno));
    if (faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0)
        return sqlite_fault_open(path, "the file cannot be written", strerror(errno));
    return DONE;
}

struct outcome sqlite_ask_text(struct store *store, const char *sql, char *answer, size_t size)
{
    sqlite3_stmt *stmt;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);

    answer[0] = '\0';
    if (rc == SQLITE_OK) rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW && sqlite3_column_text(stmt, 0))
        snprintf(answer, size, "%s", (const char *)sqlite3_column_text(stmt, 0));
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        struct outcome outcome = sqlite_fault_of(store, NULL, rc);

        sqlite3_finalize(stmt);
        return outcome;
    }
    sqlite3_finalize(stmt);
    return DONE;
}

/* SQLite's own hook does the same and forgets what went wrong. */
static int after_commit(void *context, sqlite3 *db, const char *name, int pages)
{
    struct store *store = context;

    (void)db, (void)name;
    store->log_pages = pages;
    if (pages >= (store->leaves_log ? LOG_PAGES_MAX : LOG_PAGES)) (void)sqlite_tidy(store);
    return SQLITE_OK;
}

static struct outcome set_up(struct store *store, const char *path)
{
    static const char both[] = "pragma foreign_keys = on;"
                               "pragma temp_store = memory;"
                               "pragma mmap_size = 0;" /* a read error must not be a signal */
                               "pragma cell_size_check = on;"
                               "pragma case_sensitive_like = on;"; /* as PostgreSQL has it */
    /* Short pages: each message changes another one, and all of it goes to the log. */
    static const char writer[] = "pragma synchronous = full;"
                                 "pragma cache_size = -8192;"
                                 "pragma journal_size_limit = 67108864;";
    static const char reader[] = "pragma cache_size = -4096; pragma query_only = on;";
    char answer[32], sized[40];

    snprintf(sized, sizeof sized, "pragma page_size = %d", PAGE_BYTES);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    TRY(sqlite_script(store, both));
    TRY(sqlite_script(store, store->use == STORE_READ ? reader : writer));
    if (store->in_memory) return DONE;
    if (store->use == STORE_WRITE) TRY(sqlite_script(store, sized));
    if (store->use == STORE_READ)
        return sqlite_ask_text(store, "pragma schema_version", answer, sizeof answer);
    if (sqlite3_db_readonly(store->db, "main"))
        return sqlite_fault_open(path, "the file cannot be written", "");
    TRY(sqlite_ask_text(store, "pragma journal_mode = wal", answer, sizeof answer));
    if (strcmp(answer, "wal") != 0)
        return sqlite_fault_open(path, "the file system cannot keep a write-ahead log", answer);
    TRY(sqlite_ask_text(store, "pragma synchronous", answer, sizeof answer));
    if (strcmp(answer, "2") != 0) return sqlite_fault_open(path, "cannot be made to sync", answer);
    /* Now, not at the first act: the files beside it may be such that they can only be read. */
    TRY(sqlite_script(store, "begin immediate; rollback"));
    sqlite3_wal_hook(store->db, after_commit, store);
    return DONE;
}

static void once_per_process(void)
{
    assert(sqlite3_threadsafe()); /* else two connections in two threads are not safe */
    /* Counting memory takes a lock on every allocation of every thread. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    store_pages_set();
}

static struct outcome sqlite_open(struct str where, enum store_use use, struct store **store)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    int flags = use == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    struct store *opened;
    struct outcome outcome = DONE;
    char path[PATH_LEN_MAX];

    *store = NULL;
    pthread_once(&once, once_per_process);
    if (where.len + 3 > sizeof path || memchr(where.len ? where.at : "", '\0', where.len))
        return FAULT("store: the name of the database is too long, or not a name");
    /* "./" so that no name is one SQLite has a use of its own for (":memory:", "file:…"). */
    snprintf(path, sizeof path, "%s%.*s", str_begins(where, S("/")) ? "" : "./", STR_ARGS(where));
    if (where.len) TRY(check_place(path, use));
    opened = calloc(1, sizeof *opened);
    if (!opened) return FAULT("store: no memory");
    opened->head.engine = &engine_sqlite;
    opened->use = use;
    opened->in_memory = where.len == 0;
    if (opened->in_memory) flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    if (sqlite3_open_v2(opened->in_memory ? ":memory:" : path, &opened->db,
                        flags | SQLITE_OPEN_NOMUTEX,
                        use == STORE_WRITE ? store_log_system() : NULL) != SQLITE_OK)
        outcome = sqlite_fault_open(path, sqlite3_errmsg(opened->db), "");
    if (IS_DONE(outcome)) outcome = set_up(opened, path);
    if (!IS_DONE(outcome)) {
        if (sqlite3_errcode(opened->db) == SQLITE_NOTADB)
            outcome = sqlite_fault_open(path, "is not a database", "");
        sqlite_close(&opened);
        return outcome;
    }
    *store = opened;
    return DONE;
}

static void sqlite_close(struct store **store)
{
    struct store *closing = *store;
    int rc;

    if (!closing) return;
    for (int i = 0; i < PLACES; i++) {
        if (!closing->kept[i]) continue;
        assert(!closing->kept[i]->open);
        sqlite3_finalize(closing->kept[i]->stmt);
        free(closing->kept[i]);
    }
    rc = sqlite3_close(closing->db);
    assert(rc == SQLITE_OK && "a statement was left open");
    free(closing);
    *store = NULL;
}

/* ---- the log ------------------------------------------------------------------------------ */

static void sqlite_leave_log(struct store *store)
{
    store->leaves_log = true;
}

static int64_t sqlite_log_pages(const struct store *store)
{
    return store->log_pages;
}

/* Does what can be done without waiting for anybody; two at once are one too many, not a fault. */
struct outcome sqlite_tidy(struct store *store)
{
    int rc = sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    return is_fatal(store, rc) ? sqlite_fault_of(store, "/* store.checkpoint */", rc) : DONE;
}

/* ---- transactions ------------------------------------------------------------------------ */

static const char sql_begin[] = "/* store.begin */ begin immediate";
static const char sql_commit[] = "/* store.commit */ commit";
static const char sql_rollback[] = "/* store.rollback */ rollback";
static const char sql_mark[] = "/* store.mark */ savepoint mark";
static const char sql_keep[] = "/* store.mark_keep */ release mark";
static const char sql_undo[] = "/* store.mark_undo */ rollback to mark";
static const char sql_read[] = "/* store.read_begin */ begin";

static bool is_lost(const struct store *store)
{
    return store->began && sqlite3_get_autocommit(store->db);
}

static struct outcome fault_lost(const struct store *store)
{
    return FAULT(store->fatal ? store->fatal
                              : "store: an earlier fault has undone the whole transaction");
}

static struct outcome run(struct store *store, const char *sql)
{
    struct statement *statement;
    struct outcome outcome;
    bool row;

    TRY(sqlite_statement_open(store, sql, &statement));
    outcome = sqlite_step(statement, &row);
    sqlite_statement_close(&statement);
    return outcome;
}

static void give_up(struct store *store)
{
    store->began = false;
    if (!sqlite3_get_autocommit(store->db)) (void)run(store, sql_rollback);
    assert(sqlite3_get_autocommit(store->db));
}

static struct outcome sqlite_begin(struct store *store)
{
    assert(store->use == STORE_WRITE && !store->began);
    if (store->fatal) return FAULT(store->fatal);
    TRY(run(store, sql_begin));
    store->began = true;
    return DONE;
}

/* Acts wait for it: briefly, and once more after the next commit. */
static void wipe(struct store *store)
{
    int rc;

    sqlite3_busy_timeout(store->db, WIPE_MILLISECONDS);
    rc = sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    if (rc != SQLITE_OK) return;
    store->wipe_wanted = false;
    store->wiped = true;
}

static bool sqlite_wipe(struct store *store)
{
    bool wiped = store->wiped || store->in_memory;

    store->wiped = false;
    store->wipe_wanted = !wiped;
    return wiped;
}

static struct outcome sqlite_commit(struct store *store)
{
    struct outcome outcome;

    assert(store->began);
    if (is_lost(store) || store->fatal)
        outcome = fault_lost(store);
    else
        outcome = run(store, sql_commit);
    if (!IS_DONE(outcome)) give_up(store);
    store->began = false;
    if (store->wipe_wanted && IS_DONE(outcome)) wipe(store);
    return outcome;
}

static void sqlite_rollback(struct store *store)
{
    give_up(store);
}

static struct outcome sqlite_mark(struct store *store)
{
    assert(store->began);
    return run(store, sql_mark);
}

static struct outcome sqlite_mark_keep(struct store *store)
{
    return run(store, sql_keep);
}

static void sqlite_mark_undo(struct store *store)
{
    struct outcome outcome;

    if (is_lost(store)) return;
    outcome = run(store, sql_undo);
    if (IS_DONE(outcome)) outcome = run(store, sql_keep);
    /* What cannot be undone alone is undone with all the rest (3). */
    if (!IS_DONE(outcome) && !sqlite3_get_autocommit(store->db)) (void)run(store, sql_rollback);
}

static struct outcome sqlite_read_begin(struct store *store)
{
    assert(!store->began);
    TRY(run(store, sql_read));
    store->began = true;
    return DONE;
}

static void sqlite_commit_within(struct store *store, int milliseconds)
{
    (void)store, (void)milliseconds; /* it is the disk that is waited for, and never given up */
}

static bool sqlite_is_copy(const struct store *store)
{
    (void)store;
    return false;
}

static int64_t sqlite_copy_seconds(const struct store *store)
{
    (void)store;
    return 0;
}

static void sqlite_read_end(struct store *store)
{
    give_up(store);
}

static int64_t sqlite_changes(const struct store *store)
{
    return sqlite3_changes64(store->db);
}

static int64_t sqlite_rows_changed(const struct store *store)
{
    return is_lost(store) ? -1 : sqlite3_total_changes64(store->db);
}

/* ---- statements -------------------------------------------------------------------------- */

static struct outcome prepare(struct store *store, const char *sql, bool keep,
                              struct statement **statement)
{
    struct statement *made = calloc(1, sizeof *made);
    int rc;

    if (!made) return FAULT("store: no memory");
    *made = (struct statement){.engine = &engine_sqlite, .sql = sql, .store = store, .kept = keep};
    rc = sqlite3_prepare_v3(store->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &made->stmt,
                            NULL);
    if (rc != SQLITE_OK) {
        free(made);
        return sqlite_fault_of(store, sql, rc);
    }
    *statement = made;
    return DONE;
}

static struct statement **place_of(struct store *store, const char *sql)
{
    uint64_t mixed = (uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u; /* Fibonacci hashing */
    size_t place = (size_t)(mixed >> 32) % PLACES;

    while (store->kept[place] && store->kept[place]->sql != sql) place = (place + 1) % PLACES;
    return &store->kept[place];
}

static struct outcome sqlite_statement_open(struct store *store, const char *sql,
                                            struct statement **statement)
{
    struct statement **place = place_of(store, sql);

    *statement = NULL;
    if (is_lost(store)) return fault_lost(store);
    if (!*place) {
        assert(store->kept_count < STATEMENTS_MAX);
        TRY(prepare(store, sql, true, place));
        store->kept_count++;
    }
    if ((*place)->open)
        TRY(prepare(store, sql, false, statement)); /* its caller is inside the same query */
    else
        *statement = *place;
    (*statement)->open = true;
    (*statement)->bind_error = SQLITE_OK;
    return DONE;
}

static void bound(struct statement *statement, int rc)
{
    assert(statement->open && rc != SQLITE_RANGE && rc != SQLITE_MISUSE);
    if (rc != SQLITE_OK) statement->bind_error = rc;
}

static void sqlite_take_int(struct statement *statement, int place, int64_t value)
{
    bound(statement, sqlite3_bind_int64(statement->stmt, place, value));
}

static void sqlite_take_text(struct statement *statement, int place, struct str value)
{
    const char *at = value.at ? value.at : ""; /* the empty text is no null */

    bound(statement,
          sqlite3_bind_text64(statement->stmt, place, at, value.len, SQLITE_STATIC, SQLITE_UTF8));
}

static struct outcome sqlite_step(struct statement *statement, bool *row)
{
    int rc = statement->bind_error;

    assert(statement->open);
    if (rc == SQLITE_OK) rc = sqlite3_step(statement->stmt);
    *row = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE
               ? DONE
               : sqlite_fault_of(statement->store, statement->sql, rc);
}

static int64_t sqlite_get_int(struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

static struct str sqlite_get_text(struct arena *arena, struct statement *statement, int column)
{
    /* As bytes: asked for as text, it would be copied to have a NUL behind it. */
    const char *at = sqlite3_column_blob(statement->stmt, column);
    size_t len = (size_t)sqlite3_column_bytes(statement->stmt, column);

    /* No memory at all, as in base.c: better none than an empty answer. */
    if (!at && len) abort();
    return at ? arena_copy(arena, (struct str){at, len}) : S("");
}

static void sqlite_statement_close(struct statement **statement)
{
    struct statement *closing = *statement;

    *statement = NULL;
    if (!closing) return;
    assert(closing->open);
    closing->open = false;
    if (!closing->kept) {
        sqlite3_finalize(closing->stmt);
        free(closing);
        return;
    }
    sqlite3_reset(closing->stmt); /* its error was told by the step */
    sqlite3_clear_bindings(closing->stmt);
}

static bool sqlite_may_retry(const struct store *store)
{
    (void)store; /* there is one writer: nobody is in its way */
    return false;
}

static struct outcome sqlite_call(struct store *store, struct str text)
{
    (void)store, (void)text; /* one server a file: nobody else is there */
    return DONE;
}

static struct outcome sqlite_hear(struct arena *arena, struct store *store, int wake,
                                  int milliseconds, struct str *text, bool *hears)
{
    (void)arena, (void)store, (void)wake, (void)milliseconds, (void)text, (void)hears;
    return FAULT("store: nobody calls on an SQLite file");
}

static struct outcome sqlite_try(struct store *store, const struct query_text *query)
{
    struct statement *statement;

    TRY(sqlite_statement_open(store, query->sql, &statement));
    sqlite_statement_close(&statement);
    return DONE;
}

const struct engine engine_sqlite = {
    .open = sqlite_open,
    .close = sqlite_close,
    .script = sqlite_script,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .mark = sqlite_mark,
    .mark_keep = sqlite_mark_keep,
    .mark_undo = sqlite_mark_undo,
    .may_retry = sqlite_may_retry,
    .call = sqlite_call,
    .hear = sqlite_hear,
    .leave_log = sqlite_leave_log,
    .log_pages = sqlite_log_pages,
    .tidy = sqlite_tidy,
    .wipe = sqlite_wipe,
    .read_begin = sqlite_read_begin,
    .commit_within = sqlite_commit_within,
    .read_end = sqlite_read_end,
    .is_copy = sqlite_is_copy,
    .copy_seconds = sqlite_copy_seconds,
    .backup = sqlite_backup,
    .check = sqlite_check,
    .try_query = sqlite_try,
    .tables = sqlite_tables,
    .rows = sqlite_rows,
    .put_begin = sqlite_put_begin,
    .put = sqlite_put,
    .put_end = sqlite_put_end,
    .changes = sqlite_changes,
    .rows_changed = sqlite_rows_changed,
    .statement_open = sqlite_statement_open,
    .take_int = sqlite_take_int,
    .take_text = sqlite_take_text,
    .step = sqlite_step,
    .get_int = sqlite_get_int,
    .get_text = sqlite_get_text,
    .statement_close = sqlite_statement_close,
};
