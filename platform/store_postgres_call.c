/* store_postgres_call.c -- calls between the nodes that share a database: LISTEN and NOTIFY.
 *
 *  1. A call says that there is something new, never what: that is read from the tables.  So one
 *     that is lost with a connection is made good by reading once after listening again.
 *  2. Behind a pool nobody can listen: a server is lent for one transaction.  Nor on a copy.
 */
#include "platform/store_postgres_inside.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct outcome postgres_call(struct store *store, struct str text)
{
    char bytes[CALL_BYTES_MAX + 1];
    const char *values[] = {store->channel, bytes};
    PGresult *result;
    struct outcome outcome = DONE;

    if (!store->began) TRY(postgres_ready(store));
    if (text.len) memcpy(bytes, text.at, text.len);
    bytes[text.len] = '\0';
    result = PQexecParams(store->conn, "/* store.call */ select pg_notify($1, $2)", 2, NULL, values,
                          NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        outcome = postgres_fault_of(store, "/* store.call */", result);
    PQclear(result);
    return outcome;
}

static struct outcome listen_here(struct store *store)
{
    char words[80];

    snprintf(words, sizeof words, "/* store.listen */ listen %s", store->channel);
    TRY(postgres_run(store, words));
    store->listens_on = store->connection;
    return DONE;
}

static bool take_call(struct arena *arena, struct store *store, struct str *text)
{
    PGnotify *call = PQnotifies(store->conn);

    if (!call) return false;
    /* Of another node's commit, which is counted as a full one: it is doubling that counts. */
    postgres_hosts_grew(store->hosts, CALL_ROWS);
    *text = arena_copy(arena, str_of(call->extra));
    PQfreemem(call);
    return true;
}

static void empty(int wake)
{
    char bytes[64];

    while (read(wake, bytes, sizeof bytes) > 0) continue; /* it does not block */
}

/* Nobody can listen on a copy; and somebody must notice when it can be written to again. */
static void look_for_better(struct store *store)
{
    int64_t now = postgres_now_ms();

    if (!postgres_is_copy(store->conn) || now < store->look_at) return;
    postgres_leave_copy(store);
    store->look_at = postgres_now_ms() + LOOK_MS;
}

struct outcome postgres_hear(struct arena *arena, struct store *store, int wake, int milliseconds,
                             struct str *text, bool *hears)
{
    struct pollfd on[2] = {{.fd = -1, .events = POLLIN}, {.fd = wake, .events = POLLIN}};

    assert(!store->began);
    *text = S("");
    *hears = false;
    TRY(postgres_ready(store));
    look_for_better(store);
    *hears = !store->pooled && !postgres_is_copy(store->conn);
    if (*hears && store->listens_on != store->connection) return listen_here(store);
    if (*hears && take_call(arena, store, text)) return DONE;
    if (*hears) on[0].fd = PQsocket(store->conn);
    if (poll(on, 2, milliseconds) < 0 && errno != EINTR) return FAULT("store: poll() failed");
    if (on[1].revents) empty(wake);
    if (on[0].revents && !PQconsumeInput(store->conn))
        return postgres_fault_of(store, "/* store.hear */", NULL);
    if (*hears) (void)take_call(arena, store, text);
    return DONE;
}
