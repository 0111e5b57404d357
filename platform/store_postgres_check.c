/* store_postgres_check.c -- would a query run there, and is the whole database readable? */
#include "platform/store_postgres_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct outcome expect(const struct query_text *query, const PGresult *described)
{
    char text[FAULT_LEN_MAX];

    for (int i = 0; query->gives[i]; i++) {
        Oid type = PQftype(described, i);
        bool is_text = type == OID_TEXT;

        if (is_text == (query->gives[i] == 't') &&
            (is_text || type == OID_INT8 || type == OID_INT4 || type == OID_INT2))
            continue;
        snprintf(text, sizeof text, "%s: %s is not a %s there (type %u); cast(… as %s)",
                 query->name, PQfname(described, i),
                 query->gives[i] == 't' ? "text" : "whole number", type,
                 query->gives[i] == 't' ? "text" : "bigint");
        return store_fault_kept(text);
    }
    return DONE;
}

struct outcome postgres_try(struct store *store, const struct query_text *query)
{
    Oid types[PARAMETERS_MAX];
    int count;
    char *words = postgres_query_words(query->sql, &count);
    PGresult *result;
    struct outcome outcome = DONE;

    if (!words) return FAULT("store: no memory");
    assert(strlen(query->takes) == (size_t)count);
    for (int i = 0; i < count; i++) types[i] = query->takes[i] == 't' ? OID_TEXT : OID_INT8;
    if (!store->began) outcome = postgres_ready(store);
    result = PQprepare(store->conn, "", words, count, types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        outcome = postgres_fault_of(store, query->sql, result);
    } else {
        PQclear(result);
        result = PQdescribePrepared(store->conn, "");
        outcome = PQresultStatus(result) == PGRES_COMMAND_OK
                      ? expect(query, result)
                      : postgres_fault_of(store, query->sql, result);
    }
    PQclear(result);
    free(words);
    return outcome;
}

/* References are the server's to keep; that every row can be read is seen by reading them. */
struct outcome postgres_check(struct store *store)
{
    static const char tables[] =
        "/* store.check */ select quote_ident(tablename)::text from pg_tables"
        " where schemaname = current_schema() order by tablename";
    PGresult *list;
    struct outcome outcome;
    char ask[256];

    TRY(postgres_ready(store));
    list = PQexec(store->conn, tables);
    outcome = PQresultStatus(list) == PGRES_TUPLES_OK
                  ? DONE
                  : postgres_fault_of(store, "/* store.check */", list);
    for (int i = 0; IS_DONE(outcome) && i < PQntuples(list); i++) {
        snprintf(ask, sizeof ask, "/* store.check */ select count(t::text) from %.160s t",
                 PQgetvalue(list, i, 0));
        outcome = postgres_run(store, ask);
    }
    PQclear(list);
    return outcome;
}
