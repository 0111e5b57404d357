/* store_postgres.c -- the PostgreSQL face of store.h: transactions, and the lock of writers.
 *
 *  1. Whoever writes holds one lock of the database from the beginning of the transaction until it
 *     is committed, and sees all that was committed before.  So acts follow one upon the other,
 *     however many processes write, a number taken from the journal is nobody else's, and lines of
 *     the journal become visible in the order of their numbers: no reader steps over one.
 *  2. A commit that returned done is as durable as the server's synchronous_commit says; "off" is
 *     refused when the store is opened.  One the server warns of is none, and one it does not
 *     answer in time is given up: it may have happened.
 *  3. A fault inside a transaction spoils it until the mark is undone, or all of it.
 *  4. A reader can change nothing: the server is told so, and so is each of its transactions.
 */
#include "platform/store_postgres_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void postgres_close(struct store **store)
{
    struct store *closing = *store;

    postgres_statements_free(closing);
    PQfinish(closing->conn);
    free(closing);
    *store = NULL;
}

struct outcome postgres_run(struct store *store, const char *sql)
{
    PGresult *result = PQexec(store->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    struct outcome outcome = DONE;

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        outcome = postgres_fault_of(store, sql, result);
    PQclear(result);
    return outcome;
}

static struct outcome fault_lost(void)
{
    return postgres_away("store: the connection to the database was lost inside a transaction");
}

/* A connection is found to be lost when it is used: begun again on a new one, nothing is lost. */
static struct outcome begin_with(struct store *store, const char *sql)
{
    struct outcome outcome;

    assert(!store->began);
    TRY(postgres_ready(store));
    outcome = postgres_run(store, sql);
    if (!IS_DONE(outcome) && PQstatus(store->conn) == CONNECTION_BAD) {
        TRY(postgres_ready(store));
        outcome = postgres_run(store, sql);
    }
    if (!IS_DONE(outcome) && PQtransactionStatus(store->conn) != PQTRANS_IDLE)
        (void)postgres_run(store, "/* store.rollback */ rollback");
    store->began = IS_DONE(outcome);
    store->rows_before = store->rows_changed;
    return outcome;
}

static struct outcome postgres_begin(struct store *store)
{
    /* One lock for each installation: a database may hold several, in schemas of their own. */
    static const char begin[] =
        "/* store.begin */ begin isolation level read committed read write;"
        " set local lock_timeout = 5000; set local idle_in_transaction_session_timeout = 15000;"
        " select pg_advisory_xact_lock(12348, hashtext(coalesce(current_schema(), ''))); set local "
        "lock_timeout = 0";

    assert(store->use == STORE_WRITE);
    return begin_with(store, begin);
}

static struct outcome postgres_read_begin(struct store *store)
{
    return begin_with(store,
                      "/* store.read_begin */ begin isolation level repeatable read read only");
}

static void postgres_commit_within(struct store *store, int milliseconds)
{
    store->commit_ms = milliseconds;
}

static void postgres_rollback(struct store *store)
{
    store->began = false;
    if (PQstatus(store->conn) == CONNECTION_OK && PQtransactionStatus(store->conn) != PQTRANS_IDLE)
        (void)postgres_run(store, "/* store.rollback */ rollback");
}

/* Until the server has answered or the time is over; false: it is.  0: never. */
static bool wait_for_answer(struct store *store, int64_t until)
{
    struct pollfd on = {.fd = PQsocket(store->conn), .events = POLLIN};

    while (PQisBusy(store->conn)) {
        int64_t left = until ? until - postgres_now_ms() : -1;

        if (until && left <= 0) return false;
        if (PQflush(store->conn) > 0) on.events = POLLIN | POLLOUT;
        if (poll(&on, 1, (int)left) < 0 && errno != EINTR) return false;
        if (!PQconsumeInput(store->conn)) return true; /* lost: the result says so */
    }
    return true;
}

/* As PQexec() does, but not for ever: the last result, or NULL when the time is over.  A server
 * waits with a commit for as long as no second one has it. */
static PGresult *exec_within(struct store *store, const char *words, int milliseconds)
{
    int64_t until = milliseconds ? postgres_now_ms() + milliseconds : 0;
    PGresult *last = NULL, *next;

    if (!PQsendQuery(store->conn, words))
        return PQmakeEmptyPGresult(store->conn, PGRES_FATAL_ERROR);
    for (;;) {
        if (!wait_for_answer(store, until)) {
            PQclear(last);
            return NULL;
        }
        if (!(next = PQgetResult(store->conn))) return last;
        if (last && PQresultStatus(last) == PGRES_FATAL_ERROR) { /* what is wrong comes first */
            PQclear(next);
            continue;
        }
        PQclear(last);
        last = next;
    }
}

static struct outcome outcome_of_commit(struct store *store, PGresult *result)
{
    if (!result) {
        PQfinish(store->conn); /* its server may still do it, and holds the lock meanwhile */
        store->conn = NULL;
        return postgres_away("store: the database has not confirmed a commit in time; is a second"
                             " server there that has to have it too?");
    }
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return postgres_fault_of(store, "/* store.commit */", result);
    if (strcmp(PQcmdStatus(result), "COMMIT") != 0) /* spoilt, and so rolled back */
        return FAULT("store: an earlier fault has undone the whole transaction");
    /* "canceling wait for synchronous replication": it is in this server only, and goes with it. */
    if (store->warned)
        return postgres_away("store: a commit was not confirmed by the server's copies");
    return DONE;
}

static struct outcome postgres_commit(struct store *store)
{
    char words[80] = "/* store.commit */ commit";
    PGresult *result;
    struct outcome outcome;

    assert(store->began);
    if (postgres_is_lost(store)) {
        store->began = false;
        return fault_lost();
    }
    /* Those who listen are called by the server when the commit is visible, not before. */
    if (store->rows_changed != store->rows_before &&
        PQtransactionStatus(store->conn) == PQTRANS_INTRANS)
        snprintf(words, sizeof words, "/* store.commit */ notify %s; commit", store->channel);
    store->warned = false;
    result = exec_within(store, words, store->commit_ms);
    outcome = outcome_of_commit(store, result);
    PQclear(result);
    postgres_rollback(store);
    return outcome;
}

static struct outcome postgres_mark(struct store *store)
{
    assert(store->began);
    if (postgres_is_lost(store)) return fault_lost();
    return postgres_run(store, "/* store.mark */ savepoint mark");
}

static struct outcome postgres_mark_keep(struct store *store)
{
    if (postgres_is_lost(store)) return fault_lost();
    return postgres_run(store, "/* store.mark_keep */ release mark");
}

static void postgres_mark_undo(struct store *store)
{
    if (postgres_is_lost(store)) return;
    (void)postgres_run(store, "/* store.mark_undo */ rollback to mark; release mark");
}

static bool postgres_may_retry(const struct store *store)
{
    return store->may_retry && !postgres_is_lost(store);
}

static struct outcome postgres_script(struct store *store, const char *sql)
{
    char *words = postgres_schema_words(sql);
    struct outcome outcome;

    if (!words) return FAULT("store: no memory");
    outcome = store->began ? DONE : postgres_ready(store);
    if (store->began && postgres_is_lost(store)) outcome = fault_lost();
    if (IS_DONE(outcome)) outcome = postgres_run(store, words);
    free(words);
    if (outcome.fault && strncmp(outcome.fault, "store: ", 7) == 0) return outcome;
    return outcome;
}

static bool postgres_reads_copy(const struct store *store)
{
    return postgres_is_copy(store->conn);
}

static int64_t postgres_copy_seconds(const struct store *store)
{
    return postgres_is_copy(store->conn) ? postgres_hosts_copies_ms(store->hosts) / 1000 : 0;
}

/* The server keeps its log by itself. */
static void postgres_leave_log(struct store *store)
{
    (void)store;
}

static int64_t postgres_log_pages(const struct store *store)
{
    (void)store;
    return 0;
}

static bool postgres_wipe(struct store *store)
{
    (void)store;
    return true; /* vacuum is its own */
}

static struct outcome postgres_tidy(struct store *store)
{
    (void)store;
    return DONE;
}

static struct outcome postgres_backup(struct store *store, const char *to_path)
{
    (void)store, (void)to_path;
    return FAULT("store: a PostgreSQL database is copied with its own pg_basebackup or pg_dump");
}

static int64_t postgres_changes(const struct store *store)
{
    return store->changes;
}

/* One error, and PostgreSQL takes no further statement of the transaction. */
static int64_t postgres_rows_changed(const struct store *store)
{
    return PQtransactionStatus(store->conn) == PQTRANS_INTRANS ? store->rows_changed : -1;
}

const struct engine engine_postgres = {
    .open = postgres_open,
    .close = postgres_close,
    .script = postgres_script,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .commit_within = postgres_commit_within,
    .rollback = postgres_rollback,
    .mark = postgres_mark,
    .mark_keep = postgres_mark_keep,
    .mark_undo = postgres_mark_undo,
    .may_retry = postgres_may_retry,
    .call = postgres_call,
    .hear = postgres_hear,
    .leave_log = postgres_leave_log,
    .log_pages = postgres_log_pages,
    .tidy = postgres_tidy,
    .count = postgres_count,
    .wipe = postgres_wipe,
    .read_begin = postgres_read_begin,
    .read_end = postgres_rollback,
    .is_copy = postgres_reads_copy,
    .copy_seconds = postgres_copy_seconds,
    .backup = postgres_backup,
    .check = postgres_check,
    .try_query = postgres_try,
    .tables = postgres_tables,
    .rows = postgres_rows,
    .put_begin = postgres_put_begin,
    .put = postgres_put,
    .put_end = postgres_put_end,
    .changes = postgres_changes,
    .rows_changed = postgres_rows_changed,
    .statement_open = postgres_statement_open,
    .take_int = postgres_take_int,
    .take_text = postgres_take_text,
    .step = postgres_step,
    .get_int = postgres_get_int,
    .get_text = postgres_get_text,
    .statement_close = postgres_statement_close,
};
