/* journal_fill.c -- makes a long history: a data folder whose journal has a million lines.
 *
 * Lines are copies of those already in the journal, newest first in turn, with new numbers, put
 * there by SQL while no server runs: what is measured afterwards is a start, not a year of work.
 *
 * 1. Only the journal grows; its schema, indexes and triggers are the server's own.
 * 2. Key columns are counted on; a unique column that is not a number stops the tool.
 */
#include "bench/sql.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: journal_fill --data DATABASE [--lines N] [--table NAME]\n"
    "Adds copies of journal lines to a database that no server has open, until there are N.\n\n"
    "  --data FILE     the database\n"
    "  --lines N       how many lines there shall be (1000000)\n"
    "  --table NAME    the journal's table (journal)\n";

enum { KEY_MAX = 80 };

static sqlite3 *db;

/* "id, at, who" to insert into and "top + n, l.at, l.who" to insert. */
static void list_columns(const char *table, char *into, char *from, size_t size, char *key_name)
{
    char sql[200];
    snprintf(sql, sizeof sql, "select name, pk from pragma_table_info('%s')", table);
    sqlite3_stmt *columns = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &columns, NULL) != SQLITE_OK) sql_stop(db, table);
    into[0] = from[0] = '\0';
    int keys = 0;
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        bool key = sqlite3_column_int(columns, 1) != 0;
        keys += key;
        size_t have = strlen(into), used = strlen(from);
        snprintf(into + have, size - have, "%s\"%s\"", have ? ", " : "", name);
        if (key) snprintf(key_name, KEY_MAX, "\"%s\"", name);
        if (key)
            snprintf(from + used, size - used, "%stop.n + c.n", used ? ", " : "");
        else
            snprintf(from + used, size - used, "%sl.\"%s\"", used ? ", " : "", name);
    }
    sqlite3_finalize(columns);
    if (keys == 1) return;
    fprintf(stderr, "%s: the journal's key is not one number\n", table);
    exit(2);
}

static void fill(const char *table, long long wanted)
{
    char into[2048], from[2048], key[KEY_MAX], sql[8192];
    list_columns(table, into, from, sizeof into, key);
    snprintf(sql, sizeof sql, "select count(*) from \"%s\"", table);
    long long have = sql_number(db, sql);
    if (!have) {
        fprintf(stderr, "%s is empty: there is nothing to copy\n", table);
        exit(2);
    }
    if (have >= wanted) return;
    sql_run(db, "pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -200000");
    sql_run(db, "begin immediate");
    snprintf(sql, sizeof sql,
             "create temp table line as select row_number() over (order by %s) - 1 as place, %s as "
             "line_key from (select %s from \"%s\" order by %s desc limit 1000)",
             key, key, key, table, key);
    sql_run(db, sql);
    sql_run(db, "create unique index temp.line_place on line (place)");
    long long templates = sql_number(db, "select count(*) from temp.line");
    snprintf(
        sql, sizeof sql,
        "insert into \"%s\" (%s) with recursive c(n) as (select 1 union all select n + 1 from c "
        "where n < %lld), top(n) as (select max(%s) from \"%s\") select %s from c, top "
        "join temp.line t on t.place = c.n %% %lld join \"%s\" l on l.%s = t.line_key",
        table, into, wanted - have, key, table, from, templates, table, key);
    sql_run(db, sql);
    sql_run(db, "commit");
    sql_run(db, "pragma wal_checkpoint(truncate)");
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"data", 1, 0, 'd'}, {"lines", 1, 0, 'l'}, {"table", 1, 0, 't'}, {"help", 0, 0, 'h'}, {0}};
    const char *data = NULL, *table = "journal";
    long long lines = 1000000;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd': data = optarg; break;
        case 'l': lines = atoll(optarg); break;
        case 't': table = optarg; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!data || lines < 1) {
        fputs(help, stderr);
        return 2;
    }
    if (sqlite3_open_v2(data, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) sql_stop(db, data);
    fill(table, lines);
    char sql[128];
    snprintf(sql, sizeof sql, "select count(*) from \"%s\"", table);
    printf("journal %lld lines\n", sql_number(db, sql));
    sqlite3_close(db);
    return 0;
}
