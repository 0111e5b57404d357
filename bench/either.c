/* either.c -- see either.h. */
#include "bench/either.h"

#include "bench/sql.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct either {
    sqlite3 *file;
    PGconn *server; /* one of the two */
};

static _Noreturn void stop(struct either *either, const char *sql)
{
    fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(either->server));
    exit(2);
}

struct either *either_open(const char *database)
{
    struct either *made = calloc(1, sizeof *made);
    if (!made) abort();
    if (strncmp(database, "postgresql:", 11) != 0) {
        if (sqlite3_open_v2(database, &made->file, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
            sql_stop(made->file, database);
        return made;
    }
    made->server = PQconnectdb(database);
    if (PQstatus(made->server) != CONNECTION_OK) stop(made, "connect");
    return made;
}

void either_close(struct either *either)
{
    if (either->server) PQfinish(either->server);
    sqlite3_close(either->file);
    free(either);
}

bool either_is_postgres(const struct either *either)
{
    return either->server != NULL;
}

static PGresult *ask(struct either *either, const char *sql)
{
    PGresult *result = PQexec(either->server, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) stop(either, sql);
    return result;
}

void either_run(struct either *either, const char *sql)
{
    if (either->server)
        PQclear(ask(either, sql));
    else
        sql_run(either->file, sql);
}

long long either_number(struct either *either, const char *sql)
{
    if (!either->server) return sql_number(either->file, sql);
    PGresult *result = ask(either, sql);
    long long number = PQntuples(result) ? atoll(PQgetvalue(result, 0, 0)) : 0;
    PQclear(result);
    return number;
}

void either_columns(struct either *either, const char *table,
                    void (*each)(void *mine, const char *name), void *mine)
{
    char sql[256];
    if (either->server) {
        snprintf(sql, sizeof sql,
                 "select attname from pg_attribute where attrelid = '%s'::regclass and attnum > 0 "
                 "and not attisdropped order by attnum",
                 table);
        PGresult *result = ask(either, sql);
        for (int i = 0; i < PQntuples(result); i++) each(mine, PQgetvalue(result, i, 0));
        PQclear(result);
        return;
    }
    snprintf(sql, sizeof sql, "select name from pragma_table_info('%s')", table);
    sqlite3_stmt *columns = NULL;
    if (sqlite3_prepare_v2(either->file, sql, -1, &columns, NULL) != SQLITE_OK)
        sql_stop(either->file, table);
    while (sqlite3_step(columns) == SQLITE_ROW)
        each(mine, (const char *)sqlite3_column_text(columns, 0));
    sqlite3_finalize(columns);
}
