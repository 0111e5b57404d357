/* store_postgres_rows.c -- whole tables out of PostgreSQL and into it, by its own COPY. */
#include "platform/store_postgres_inside.h"

#include <stdio.h>
#include <string.h>

/* What opens and what closes a binary COPY: eleven bytes that are always the same, no flags, no
 * more head; and "minus one column". */
static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
enum { HEAD_LEN = 19 };
static const char copy_tail[] = "\377\377";

/* Tables in the order they were made in, so that what a row refers to comes before it. */
struct outcome postgres_tables(struct arena *arena, struct store *store,
                               struct store_table **tables, size_t *count)
{
    static const char ask[] =
        "/* store.tables */ select c.relname::text, a.attname::text,"
        " case when a.atttypid = 'text'::regtype then '1' else '0' end"
        " from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'"
        " and a.attnum > 0 and not a.attisdropped order by c.oid, a.attnum";
    PGresult *result;
    struct outcome outcome = DONE;

    *tables = NEW_MANY(arena, struct store_table, STORE_TABLES_MAX);
    *count = 0;
    if (!store->began) TRY(postgres_ready(store));
    result = PQexec(store->conn, ask);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) outcome = postgres_fault_of(store, ask, result);
    for (int i = 0; i < PQntuples(result); i++)
        store_table_column(*tables, count, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1),
                           *PQgetvalue(result, i, 2) == '1');
    PQclear(result);
    return outcome;
}

/* Autovacuum looks once a minute; what was filled, moved or restored a moment ago serves before. */
struct outcome postgres_count(struct store *store)
{
    static const char ask[] =
        "/* store.uncounted */ select 'analyze ' || string_agg(quote_ident(relname), ', ')"
        " from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'"
        " and reltuples < 0";
    PGresult *result, *counted = NULL;
    struct outcome outcome = DONE;

    if (!store->began) TRY(postgres_ready(store));
    result = PQexec(store->conn, ask);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        outcome = postgres_fault_of(store, ask, result);
    } else if (!PQgetisnull(result, 0, 0)) {
        counted = PQexec(store->conn, PQgetvalue(result, 0, 0));
        if (PQresultStatus(counted) != PGRES_COMMAND_OK)
            outcome = postgres_fault_of(store, "/* store.count */", counted);
    }
    PQclear(counted);
    PQclear(result);
    return outcome;
}

/* The first line begins with the head, the last is nothing but the tail. */
static struct str row_of(char *bytes, int len, bool first)
{
    struct str row = {bytes, (size_t)len};

    if (first) row.at += HEAD_LEN, row.len -= HEAD_LEN;
    return row.len <= 2 ? S("") : row;
}

static struct outcome take_all(struct store *store, struct outcome (*take)(void *, struct str),
                               void *mine)
{
    struct outcome outcome = DONE;
    bool first = true;
    char *bytes;
    int len;

    /* What is left after a fault is read too, or the connection could not be used again. */
    while ((len = PQgetCopyData(store->conn, &bytes, 0)) > 0) {
        struct str row = row_of(bytes, len, first);

        first = false;
        if (row.len && IS_DONE(outcome)) outcome = take(mine, row);
        PQfreemem(bytes);
    }
    if (len == -2 && IS_DONE(outcome)) outcome = postgres_fault_of(store, "/* store.rows */", NULL);
    return outcome;
}

/* The end of a COPY is a result of its own, then there are none. */
static struct outcome take_end(struct store *store, const char *sql)
{
    struct outcome outcome = DONE;
    PGresult *result;

    while ((result = PQgetResult(store->conn))) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && IS_DONE(outcome))
            outcome = postgres_fault_of(store, sql, result);
        PQclear(result);
    }
    return outcome;
}

static struct outcome begin_copy(struct store *store, const char *sql, ExecStatusType expected)
{
    PGresult *result = PQexec(store->conn, sql);
    struct outcome outcome = PQresultStatus(result) == expected
                                 ? DONE
                                 : postgres_fault_of(store, "/* store.copy */", result);

    PQclear(result);
    return outcome;
}

struct outcome postgres_rows(struct store *store, const struct store_table *table,
                             struct outcome (*take)(void *mine, struct str row), void *mine)
{
    char words[STORE_WORDS_MAX];
    size_t len = store_table_words(table, "copy ", " (", words);
    struct outcome outcome, ended;

    snprintf(words + len, sizeof words - len, ") to stdout (format binary)");
    TRY(begin_copy(store, words, PGRES_COPY_OUT));
    outcome = take_all(store, take, mine);
    ended = take_end(store, "/* store.rows */");
    return IS_DONE(outcome) ? ended : outcome;
}

struct outcome postgres_put_begin(struct store *store, const struct store_table *table)
{
    char words[STORE_WORDS_MAX];
    size_t len = store_table_words(table, "copy ", " (", words);

    snprintf(words + len, sizeof words - len, ") from stdin (format binary)");
    TRY(begin_copy(store, words, PGRES_COPY_IN));
    if (PQputCopyData(store->conn, copy_head, HEAD_LEN) == 1) return DONE;
    return postgres_fault_of(store, "/* store.put */", NULL);
}

struct outcome postgres_put(struct store *store, const struct store_table *table, struct str row)
{
    (void)table;
    if (PQputCopyData(store->conn, row.at, (int)row.len) == 1) return DONE;
    return postgres_fault_of(store, "/* store.put */", NULL);
}

struct outcome postgres_put_end(struct store *store, const struct store_table *table)
{
    (void)table;
    if (PQputCopyData(store->conn, copy_tail, 2) != 1 || PQputCopyEnd(store->conn, NULL) != 1)
        return postgres_fault_of(store, "/* store.put */", NULL);
    return take_end(store, "/* store.put */");
}
