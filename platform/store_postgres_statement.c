/* store_postgres_statement.c -- one query on PostgreSQL: prepared once, run, its rows read.
 *
 *  1. A statement is prepared on a connection when it is first run there, with the types of the
 *     values it was given: numbers are bigint, text is text.  Nothing is guessed by the server.
 *  2. Behind a pool it is parsed each time instead: the server of the next transaction may never
 *     have heard of it.
 *  3. What comes back is bigint or text, or a smaller number; anything else is a fault, for then
 *     the same query has another type on the other engine.
 *  4. All rows are here before the first is read: the same query may be asked meanwhile.
 */
#include "platform/store_postgres_inside.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct outcome make(struct store *store, const char *sql, bool keep,
                           struct statement **statement)
{
    struct statement *made = calloc(1, sizeof *made);

    if (!made) return FAULT("store: no memory");
    *made =
        (struct statement){.engine = &engine_postgres, .store = store, .sql = sql, .kept = keep};
    made->text = postgres_query_words(sql, &made->count);
    if (!made->text) abort();
    if (keep) snprintf(made->name, sizeof made->name, "q%d", store->kept_count);
    *statement = made;
    return DONE;
}

static void drop(struct statement *statement)
{
    PQclear(statement->result);
    free(statement->text);
    free(statement);
}

void postgres_statements_free(struct store *store)
{
    for (int i = 0; i < PLACES; i++) {
        if (!store->kept[i]) continue;
        assert(!store->kept[i]->open && "a statement was left open");
        drop(store->kept[i]);
    }
}

static struct statement **place_of(struct store *store, const char *sql)
{
    uint64_t mixed = (uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15u; /* Fibonacci hashing */
    size_t place = (size_t)(mixed >> 32) % PLACES;

    while (store->kept[place] && store->kept[place]->sql != sql) place = (place + 1) % PLACES;
    return &store->kept[place];
}

struct outcome postgres_statement_open(struct store *store, const char *sql,
                                       struct statement **statement)
{
    struct statement **place = place_of(store, sql);

    *statement = NULL;
    if (postgres_is_lost(store))
        return postgres_away("store: the connection to the database was lost inside a transaction");
    if (!*place) {
        assert(store->kept_count < STATEMENTS_MAX);
        TRY(make(store, sql, true, place));
        store->kept_count++;
    }
    if ((*place)->open)
        TRY(make(store, sql, false, statement)); /* its caller is inside the same query */
    else
        *statement = *place;
    (*statement)->open = true;
    (*statement)->brought = false;
    for (int i = 0; i < (*statement)->count; i++) (*statement)->values[i] = NULL;
    return DONE;
}

static void take(struct statement *statement, int place, Oid type, const void *value, size_t len)
{
    assert(statement->open && place >= 1 && place <= statement->count);
    statement->values[place - 1] = value;
    statement->lengths[place - 1] = (int)len;
    assert(!statement->made_on || statement->types[place - 1] == type);
    statement->types[place - 1] = type;
}

void postgres_take_int(struct statement *statement, int place, int64_t value)
{
    statement->numbers[place - 1] = htobe64((uint64_t)value);
    take(statement, place, OID_INT8, &statement->numbers[place - 1], sizeof value);
}

void postgres_take_text(struct statement *statement, int place, struct str value)
{
    take(statement, place, OID_TEXT, value.at ? value.at : "", value.len);
}

static struct outcome prepare(struct statement *statement)
{
    struct store *store = statement->store;
    PGresult *result = PQprepare(store->conn, statement->name, statement->text, statement->count,
                                 statement->types);
    struct outcome outcome = DONE;

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        outcome = postgres_fault_of(store, statement->sql, result);
    else
        statement->made_on = store->connection;
    PQclear(result);
    return outcome;
}

/* One name is one type on both engines; see the head of the file. */
static struct outcome check_types(struct statement *statement)
{
    char text[FAULT_LEN_MAX];
    struct str name = store_sql_name(statement->sql);

    for (int i = 0; i < PQnfields(statement->result); i++) {
        Oid type = PQftype(statement->result, i);

        if (type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_TEXT) continue;
        snprintf(text, sizeof text, "%.*s: %s is neither a bigint nor a text (%u)", STR_ARGS(name),
                 PQfname(statement->result, i), type);
        return store_fault_kept(text);
    }
    statement->checked = true;
    return DONE;
}

static struct outcome run_once(struct statement *statement)
{
    static const int binary[PARAMETERS_MAX] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                               1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                               1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                               1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    struct store *store = statement->store;
    bool named = !store->pooled && statement->kept;
    ExecStatusType status;
    int64_t changes;

    if (named && statement->made_on != store->connection) TRY(prepare(statement));
    statement->result =
        named ? PQexecPrepared(store->conn, statement->name, statement->count, statement->values,
                               statement->lengths, binary, 1)
              : PQexecParams(store->conn, statement->text, statement->count, statement->types,
                             statement->values, statement->lengths, binary, 1);
    status = PQresultStatus(statement->result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return postgres_fault_of(store, statement->sql, statement->result);
    statement->row = 0;
    statement->rows = PQntuples(statement->result);
    if (status == PGRES_COMMAND_OK &&
        str_to_int(str_of(PQcmdTuples(statement->result)), &changes)) {
        store->changes = changes, store->rows_changed += changes;
        postgres_hosts_grew(store->hosts, changes);
    }
    return statement->checked ? DONE : check_types(statement);
}

/* Outside a transaction a reader's question is asked once more when the connection was lost. */
static struct outcome run(struct statement *statement)
{
    struct store *store = statement->store;
    struct outcome outcome;

    if (!store->began) TRY(postgres_ready(store));
    outcome = run_once(statement);
    if (!store->began && store->use == STORE_READ && !IS_DONE(outcome) &&
        PQstatus(store->conn) == CONNECTION_BAD) {
        PQclear(statement->result);
        statement->result = NULL;
        TRY(postgres_ready(store));
        outcome = run_once(statement);
    }
    return outcome;
}

struct outcome postgres_step(struct statement *statement, bool *row)
{
    struct outcome outcome = DONE;

    assert(statement->open);
    *row = false;
    if (!statement->brought) {
        statement->brought = true;
        outcome = run(statement);
        if (!IS_DONE(outcome)) statement->rows = 0;
    } else {
        statement->row++;
    }
    *row = statement->row < statement->rows;
    return outcome;
}

int64_t postgres_get_int(struct statement *statement, int column)
{
    const char *at = PQgetvalue(statement->result, statement->row, column);
    uint64_t eight;
    uint32_t four;
    uint16_t two;

    if (PQgetisnull(statement->result, statement->row, column)) return 0;
    switch (PQgetlength(statement->result, statement->row, column)) {
    case 8: memcpy(&eight, at, sizeof eight); return (int64_t)be64toh(eight);
    case 4: memcpy(&four, at, sizeof four); return (int32_t)be32toh(four);
    case 2: memcpy(&two, at, sizeof two); return (int16_t)be16toh(two);
    default: assert(false && "a text was read as a number"); return 0;
    }
}

struct str postgres_get_text(struct arena *arena, struct statement *statement, int column)
{
    if (PQgetisnull(statement->result, statement->row, column)) return S("");
    return arena_copy(arena,
                      (struct str){PQgetvalue(statement->result, statement->row, column),
                                   (size_t)PQgetlength(statement->result, statement->row, column)});
}

void postgres_statement_close(struct statement **statement)
{
    struct statement *closing = *statement;

    *statement = NULL;
    assert(closing->open);
    closing->open = false;
    PQclear(closing->result);
    closing->result = NULL;
    if (!closing->kept) drop(closing);
}
