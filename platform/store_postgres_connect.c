/* store_postgres_connect.c -- a connection to PostgreSQL: made, lost and made again; its faults.
 *
 *  1. A connection that was lost is a fault to whoever uses it.  It is made again when it is next
 *     used outside a transaction, with pauses that grow while that fails, and never inside one:
 *     what the lost transaction did is gone.
 *  2. What a session is told on the server is told again after that.
 *  3. A fault that passes by itself (another server takes over, this one comes back) says when to
 *     come again.
 *  4. Behind a pool that lends a server for one transaction (pgbouncer), a session keeps nothing:
 *     then statements are not prepared, and what holds for a transaction is said in it.
 *  5. The server makes a plan of a statement when it was run some times, and keeps it until it has
 *     counted a table anew, a minute later at best.  A plan for some hundred rows reads them all,
 *     and would go on to when they are many thousands: so all plans are let go whenever what was
 *     written since the start has doubled.
 */
#include "platform/store_postgres_inside.h"

#include "platform/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t postgres_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* libpq ends its sentences with a line's end and may say several. */
static struct outcome fault_with(struct store *store, const char *sql, const char *message,
                                 const char *state)
{
    char text[FAULT_LEN_MAX];
    struct str name = store_sql_name(sql), all = str_of(message), line;

    line = str_trim(str_cut(all, '\n', NULL));
    if (str_begins(line, S("ERROR:  "))) line = (struct str){line.at + 8, line.len - 8};
    (void)store;
    snprintf(text, sizeof text, "%.*s: %.*s%s%s%s", STR_ARGS(name),
             (int)(line.len < 300 ? line.len : 300), line.at, *state ? " (" : "", state,
             *state ? ")" : "");
    return store_fault_kept(text);
}

struct outcome postgres_away(const char *why)
{
    return (struct outcome){.fault = why, .again_seconds = AGAIN_SECONDS};
}

/* It passes by itself: the server goes or comes, another one is written to from now on, or other
 * writers have waited too long for it. */
static bool will_pass(const char *state)
{
    return strncmp(state, "57P0", 4) == 0 || strcmp(state, "25006") == 0 ||
           strcmp(state, "55P03") == 0;
}

struct outcome postgres_fault_of(struct store *store, const char *sql, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorMessage(result) : "";
    bool lost = PQstatus(store->conn) == CONNECTION_BAD, refused;
    struct outcome outcome;

    if (!state) state = "";
    /* Serialisation failure, deadlock: the same act may pass when it is run again. */
    store->may_retry = strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0;
    /* A writer's transaction was refused: the server follows another one by now.  That it may not
     * even begin is said by one that a pool has brought us to. */
    refused = store->use == STORE_WRITE &&
              (strcmp(state, "25006") == 0 || (strcmp(state, "0A000") == 0 && !store->began));
    if (refused) store->unfit = true;
    if (lost && !*state)
        outcome = fault_with(store, sql, "the connection to the database was lost", "");
    else
        outcome = fault_with(store, sql, *message ? message : PQerrorMessage(store->conn), state);
    if (lost || refused || will_pass(state)) outcome.again_seconds = AGAIN_SECONDS;
    return outcome;
}

bool postgres_is_lost(const struct store *store)
{
    PGTransactionStatusType is = PQtransactionStatus(store->conn);

    return store->began && (is == PQTRANS_IDLE || is == PQTRANS_UNKNOWN);
}

/* Nothing is printed; but a warning at the end of a transaction is one of ours, see there. */
static void hear_notice(void *mine, const PGresult *notice)
{
    struct store *store = mine;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity && strcmp(severity, "WARNING") == 0) store->warned = true;
}

/* The process that serves us is not the one we were told of: somebody stands between. */
static struct outcome see_pool(struct store *store)
{
    PGresult *result = PQexec(store->conn, "/* store.open */ select pg_backend_pid()::text");
    struct outcome outcome = DONE;
    int64_t serving;

    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        store->pooled = !str_to_int(str_of(PQgetvalue(result, 0, 0)), &serving) ||
                        serving != PQbackendPID(store->conn);
    else
        outcome = postgres_fault_of(store, "/* store.open */", result);
    PQclear(result);
    return outcome;
}

static struct outcome check_settings(struct store *store)
{
    static const char ask[] = "/* store.open */ select current_setting('synchronous_commit'),"
                              " current_setting('server_encoding'),"
                              " to_hex(hashtext(coalesce(current_schema(), '')))";
    PGresult *result = PQexec(store->conn, ask);
    struct outcome outcome = DONE;

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = postgres_fault_of(store, ask, result);
    else if (strcmp(PQgetvalue(result, 0, 0), "off") == 0)
        outcome = FAULT("store: synchronous_commit is off in this database: what was confirmed "
                        "could be lost; set it to on");
    else if (strcmp(PQgetvalue(result, 0, 1), "UTF8") != 0)
        outcome = FAULT("store: the database is not in UTF8; make it with: createdb -E UTF8");
    /* A database may hold several installations, in schemas of their own. */
    if (IS_DONE(outcome))
        snprintf(store->channel, sizeof store->channel, "gongdao_%.8s", PQgetvalue(result, 0, 2));
    PQclear(result);
    return outcome;
}

static struct outcome set_up(struct store *store)
{
    static const char reader[] = "/* store.open */ set default_transaction_read_only = on";
    /* A writer that hangs must not keep the others' lock for ever. */
    static const char writer[] = "/* store.open */ set idle_in_transaction_session_timeout = 15000";

    PQsetNoticeReceiver(store->conn, hear_notice, store);
    if (PQserverVersion(store->conn) < 150000)
        return FAULT("store: PostgreSQL 15 or newer is needed");
    TRY(see_pool(store));
    TRY(check_settings(store));
    return store->pooled ? DONE : postgres_run(store, store->use == STORE_READ ? reader : writer);
}

/* What a session has is told to a new one; if that fails it is tried again, but not at once. */
static struct outcome settle(struct store *store)
{
    struct outcome outcome;

    store->connection++;
    store->unfit = false;
    if (!store->conn)
        outcome = postgres_away("store: no server of the database can be written to now");
    else if (PQstatus(store->conn) != CONNECTION_OK)
        outcome = fault_with(store, NULL, PQerrorMessage(store->conn), "");
    else
        outcome = set_up(store);
    if (IS_DONE(outcome)) {
        store->pause_ms = 0;
        store->planned_at = postgres_hosts_grown(store->hosts);
        return DONE;
    }
    store->pause_ms = store->pause_ms ? store->pause_ms * 2 : RETRY_MS_MIN;
    if (store->pause_ms > RETRY_MS_MAX) store->pause_ms = RETRY_MS_MAX;
    store->next_try_at = postgres_now_ms() + store->pause_ms;
    return outcome;
}

static struct outcome connect_now(struct store *store)
{
    if (store->conn && PQstatus(store->conn) == CONNECTION_BAD)
        postgres_hosts_lost(store->hosts, store->conn);
    PQfinish(store->conn);
    store->found = postgres_hosts_found(store->hosts);
    store->conn = postgres_hosts_connect(store->hosts, store->use);
    return settle(store);
}

void postgres_leave_copy(struct store *store)
{
    int found = postgres_hosts_found(store->hosts);
    PGconn *better = postgres_hosts_connect(store->hosts, store->use);

    store->found = found;
    if (PQstatus(better) != CONNECTION_OK || postgres_is_copy(better)) {
        PQfinish(better); /* what we have goes on */
        return;
    }
    PQfinish(store->conn);
    store->conn = better;
    if (IS_DONE(settle(store))) log_info("store", "reading where it is written to again");
}

static bool is_ready(const struct store *store)
{
    return PQstatus(store->conn) == CONNECTION_OK && !store->pause_ms && !store->unfit;
}

/* Invariant 5.  If it fails, whatever comes next will say why. */
static void plan_anew(struct store *store)
{
    int64_t grown = postgres_hosts_grown(store->hosts);

    if (grown <= 2 * store->planned_at + PLANS_ROWS || store->pooled) return;
    store->planned_at = grown;
    (void)postgres_run(store, "/* store.plans */ discard plans");
}

struct outcome postgres_ready(struct store *store)
{
    struct outcome outcome;

    if (is_ready(store)) plan_anew(store);
    if (is_ready(store)) {
        if (postgres_is_copy(store->conn) && (store->found != postgres_hosts_found(store->hosts) ||
                                              postgres_hosts_look(store->hosts)))
            postgres_leave_copy(store);
        return DONE;
    }
    if (store->pause_ms && postgres_now_ms() < store->next_try_at)
        return postgres_away(
            "store: there is no connection to the database; it is tried again shortly");
    outcome = connect_now(store);
    if (IS_DONE(outcome))
        log_info("store", postgres_is_copy(store->conn)
                              ? "connected to a copy of the database: nothing can be written now"
                              : "connected to the database again");
    else
        outcome.again_seconds = AGAIN_SECONDS;
    return outcome;
}

struct outcome postgres_open(struct str where, enum store_use use, struct store **store)
{
    struct store *opened = calloc(1, sizeof *opened);
    struct outcome outcome;
    char *address;

    *store = NULL;
    if (!opened) return FAULT("store: no memory");
    opened->head.engine = &engine_postgres;
    opened->use = use;
    address = strndup(where.at, where.len);
    if (!address) abort();
    opened->hosts = postgres_hosts(address);
    free(address);
    outcome = connect_now(opened);
    if (!IS_DONE(outcome)) {
        PQfinish(opened->conn);
        free(opened);
        return outcome;
    }
    *store = opened;
    return DONE;
}
