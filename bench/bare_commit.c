/* bare_commit.c -- the yardstick of durable messages: the same rows, committed by nothing else.
 *
 * Two copies of the server's database, one from before a load and one from after, hold between
 * them the rows that the server wrote for each message (the message, its journal line, whatever
 * else it adds).  They are read into memory and inserted again into a copy of the first, with
 * prepared statements, WAL and synchronous=FULL, a group of messages to a commit: what a loop in C
 * reaches that does nothing for anyone.  Rows that the server changes are not replayed, nor are
 * its triggers run, which can only flatter the yardstick.
 *
 * 1. A table's new rows are spread evenly over the messages, in the order they were written: by
 *    their number where they have one, for messages lie in the order of their conversations, and
 *    64 of one conversation would share a page.
 * 2. Every row is inserted once: no key is invented.
 */
#include "bench/histogram.h"
#include "bench/sql.h"

#include <dirent.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char help[] =
    "Usage: bare_commit --before DATABASE --after DATABASE --work FILE [options]\n"
    "Commits the rows that lie between two copies of a database again, and prints how many\n"
    "messages a second that is.\n"
    "       bare_commit --copy DATABASE --to FILE     copies a database that is in use\n"
    "       bare_commit --find FOLDER                 prints the database file in a folder\n\n"
    "  --group N      messages to a commit (64)\n"
    "  --seconds N    stop after (4), or when all rows are in\n"
    "  --work FILE    the copy that is written to; made anew, removed at the end\n"
    "  --table NAME   the table that has one new row a message (the one called …message…)\n";

enum { TABLES_MAX = 64, COLUMNS_MAX = 64, ROWS_MAX = 400000 };

struct table {
    char name[64];
    char columns[2048]; /* "a,b,c" */
    char places[256];   /* "?,?,?" */
    char same[512];     /* the key of a row in both copies */
    int columns_count;
    int64_t rows_count;
    sqlite3_value **values;
    sqlite3_stmt *insert;
};

static struct table tables[TABLES_MAX];
static int tables_count;

static sqlite3 *open_database(const char *path, int flags)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) sql_stop(db, path);
    sqlite3_busy_timeout(db, 5000);
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) sql_stop(db, sql);
    return statement;
}

static int copy_database(const char *from, const char *to)
{
    unlink(to);
    sqlite3 *source = open_database(from, SQLITE_OPEN_READONLY);
    sqlite3 *target = open_database(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup) sql_stop(target, to);
    int result = SQLITE_OK;
    /* All pages in one step: a database in use must not be seen in two states. */
    for (int go = 0; go < 100 && result != SQLITE_DONE; go++) {
        result = sqlite3_backup_step(backup, -1);
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED) sqlite3_sleep(20);
    }
    sqlite3_backup_finish(backup);
    if (result != SQLITE_DONE) sql_stop(target, "copying");
    sqlite3_close(source);
    sqlite3_close(target);
    return 0;
}

static int find_database(const char *where)
{
    DIR *folder = opendir(where);
    char path[4096], begin[16];
    off_t largest = -1;
    static char found[4096];
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        snprintf(path, sizeof path, "%s/%s", where, entry->d_name);
        FILE *file = fopen(path, "rb");
        if (!file) continue;
        bool right = fread(begin, 1, 16, file) == 16 && memcmp(begin, "SQLite format 3", 16) == 0;
        fseeko(file, 0, SEEK_END);
        if (right && ftello(file) > largest) {
            largest = ftello(file);
            memcpy(found, path, sizeof found);
        }
        fclose(file);
    }
    if (folder) closedir(folder);
    if (largest < 0) return fprintf(stderr, "%s: no database\n", where), 2;
    puts(found);
    return 0;
}

/* Columns, placeholders and key of one table; false for a table that cannot be replayed. */
static bool describe(sqlite3 *db, struct table *table)
{
    char sql[256];
    snprintf(sql, sizeof sql, "select name, pk from pragma_table_info('%s')", table->name);
    sqlite3_stmt *columns = prepare(db, sql);
    char keys[512] = "";
    while (sqlite3_step(columns) == SQLITE_ROW && table->columns_count < COLUMNS_MAX) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        size_t have = strlen(table->columns), marks = strlen(table->places), key = strlen(keys);
        const char *comma = table->columns_count ? "," : "";
        snprintf(table->columns + have, sizeof table->columns - have, "%s\"%s\"", comma, name);
        snprintf(table->places + marks, sizeof table->places - marks, "%s?", comma);
        if (sqlite3_column_int(columns, 1))
            snprintf(keys + key, sizeof keys - key, "%sb.\"%s\"=a.\"%s\"", key ? " and " : "", name,
                     name);
        table->columns_count++;
    }
    sqlite3_finalize(columns);
    snprintf(sql, sizeof sql, "select rowid from \"%s\" limit 1", table->name);
    sqlite3_stmt *probe = NULL;
    bool has_rowid = sqlite3_prepare_v2(db, sql, -1, &probe, NULL) == SQLITE_OK;
    sqlite3_finalize(probe);
    snprintf(table->same, sizeof table->same, "%s", has_rowid ? "b.rowid=a.rowid" : keys);
    return table->same[0] && table->columns_count;
}

static void read_new_rows(sqlite3 *db, struct table *table)
{
    char *sql = sqlite3_mprintf("select %s from main.\"%w\" a where not exists "
                                "(select 1 from before.\"%w\" b where %s) %s limit %d",
                                table->columns, table->name, table->name, table->same,
                                strstr(table->columns, "\"seq\"") ? "order by a.seq" : "",
                                ROWS_MAX);
    sqlite3_stmt *rows = prepare(db, sql);
    sqlite3_free(sql);
    size_t width = (size_t)table->columns_count, max = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        if ((size_t)table->rows_count == max) {
            max = max ? max * 2 : 1024;
            table->values = realloc(table->values, max * width * sizeof *table->values);
            if (!table->values) sql_stop(NULL, "rows");
        }
        for (size_t i = 0; i < width; i++)
            table->values[(size_t)table->rows_count * width + i] =
                sqlite3_value_dup(sqlite3_column_value(rows, (int)i));
        table->rows_count++;
    }
    sqlite3_finalize(rows);
}

static void read_between(const char *before, const char *after)
{
    sqlite3 *db = open_database(after, SQLITE_OPEN_READONLY);
    sqlite3_stmt *attach = prepare(db, "attach ? as before");
    sqlite3_bind_text(attach, 1, before, -1, SQLITE_STATIC);
    if (sqlite3_step(attach) != SQLITE_DONE) sql_stop(db, before);
    sqlite3_finalize(attach);
    /* Virtual tables are fed through their shadow tables, which are seen here as they are. */
    sqlite3_stmt *names =
        prepare(db, "select name from main.sqlite_master where type = 'table' and "
                    "name not like 'sqlite_%' and sql not like 'create virtual%'"
                    " and name in (select name from before.sqlite_master)");
    while (sqlite3_step(names) == SQLITE_ROW && tables_count < TABLES_MAX) {
        struct table *table = &tables[tables_count];
        *table = (struct table){0};
        snprintf(table->name, sizeof table->name, "%s", sqlite3_column_text(names, 0));
        if (!describe(db, table)) continue;
        read_new_rows(db, table);
        if (table->rows_count) tables_count++;
    }
    sqlite3_finalize(names);
    sqlite3_close(db);
}

static const struct table *message_table(const char *name)
{
    const struct table *best = NULL;
    for (int i = 0; i < tables_count; i++) {
        const struct table *table = &tables[i];
        bool fits =
            name ? strcmp(table->name, name) == 0 : strcasestr(table->name, "message") != NULL;
        if (fits && (!best || table->rows_count > best->rows_count)) best = table;
    }
    return best;
}

static void drop_triggers(sqlite3 *db)
{
    char names[32][96];
    int count = 0;
    sqlite3_stmt *list = prepare(db, "select name from sqlite_master where type = 'trigger'");
    while (sqlite3_step(list) == SQLITE_ROW && count < 32)
        snprintf(names[count++], sizeof names[0], "drop trigger \"%s\"",
                 sqlite3_column_text(list, 0));
    sqlite3_finalize(list);
    for (int i = 0; i < count; i++) sql_run(db, names[i]);
}

static void insert_row(sqlite3 *db, struct table *table, int64_t row)
{
    for (int i = 0; i < table->columns_count; i++)
        sqlite3_bind_value(table->insert, i + 1, table->values[row * table->columns_count + i]);
    if (sqlite3_step(table->insert) != SQLITE_DONE) sql_stop(db, table->name);
    sqlite3_reset(table->insert);
}

/* The measured loop.  Returns the seconds; `messages` becomes how many were committed. */
static double commit_all(sqlite3 *db, int64_t *messages, int group, double seconds_max)
{
    sqlite3_stmt *begin = prepare(db, "begin immediate"), *commit = prepare(db, "commit");
    int64_t total = *messages, done = 0, start = now_ns();
    int64_t end = start + (int64_t)(seconds_max * 1e9);
    while (done < total && now_ns() < end) {
        sqlite3_step(begin);
        sqlite3_reset(begin);
        for (int n = 0; n < group && done < total; n++, done++)
            for (int t = 0; t < tables_count; t++)
                for (int64_t row = done * tables[t].rows_count / total;
                     row < (done + 1) * tables[t].rows_count / total; row++)
                    insert_row(db, &tables[t], row);
        if (sqlite3_step(commit) != SQLITE_DONE) sql_stop(db, "commit");
        sqlite3_reset(commit);
    }
    *messages = done;
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    return (double)(now_ns() - start) / 1e9;
}

static int measure(const char *before, const char *after, const char *work, const char *name,
                   int group, double seconds)
{
    read_between(before, after);
    const struct table *message = message_table(name);
    if (!message) return fprintf(stderr, "no new messages lie between the two copies\n"), 2;
    int64_t messages = message->rows_count, rows = 0;
    copy_database(before, work);
    sqlite3 *db = open_database(work, SQLITE_OPEN_READWRITE);
    /* Pages as SQLite makes them, whatever the server chose: they suit this loop better. */
    sql_run(db, "pragma journal_mode = delete; pragma page_size = 4096; vacuum");
    sql_run(db, "pragma journal_mode = wal; pragma synchronous = full");
    drop_triggers(db);
    for (int t = 0; t < tables_count; t++) {
        struct table *table = &tables[t];
        char *sql = sqlite3_mprintf("insert into \"%w\" (%s) values (%s)", table->name,
                                    table->columns, table->places);
        table->insert = prepare(db, sql);
        sqlite3_free(sql);
        rows += table->rows_count;
        fprintf(stderr, "  %s %lld\n", table->name, (long long)table->rows_count);
    }
    int64_t done = messages;
    double took = commit_all(db, &done, group, seconds);
    printf("bare messages %lld of %lld rows-per-message %.2f group %d seconds %.2f rate %.1f\n",
           (long long)done, (long long)messages, (double)rows / (double)messages, group, took,
           (double)done / took);
    for (int t = 0; t < tables_count; t++) sqlite3_finalize(tables[t].insert);
    sqlite3_close(db);
    unlink(work);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"before", 1, 0, 'b'},
                                            {"after", 1, 0, 'a'},
                                            {"work", 1, 0, 'w'},
                                            {"group", 1, 0, 'g'},
                                            {"seconds", 1, 0, 's'},
                                            {"table", 1, 0, 't'},
                                            {"copy", 1, 0, 'c'},
                                            {"to", 1, 0, 'o'},
                                            {"find", 1, 0, 'f'},
                                            {"help", 0, 0, 'h'},
                                            {0}};
    const char *before = NULL, *after = NULL, *work = NULL, *table = NULL, *copy = NULL, *to = NULL,
               *find = NULL;
    int group = 64, option;
    double seconds = 4;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'b': before = optarg; break;
        case 'a': after = optarg; break;
        case 'w': work = optarg; break;
        case 'g': group = atoi(optarg); break;
        case 's': seconds = atof(optarg); break;
        case 't': table = optarg; break;
        case 'c': copy = optarg; break;
        case 'o': to = optarg; break;
        case 'f': find = optarg; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (find) return find_database(find);
    if (copy && to) return copy_database(copy, to);
    if (before && after && work && group > 0)
        return measure(before, after, work, table, group, seconds);
    fputs(help, stderr);
    return 2;
}
