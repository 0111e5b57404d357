/* cases_fill.c -- makes the years a city has behind it: a database with so many ended cases.
 *
 * One case that people had through the API, with its messages and its lines of the journal, is
 * copied by SQL while no server runs, under other numbers, owners and moments; what is measured
 * afterwards are acts of people, not years of work.
 *
 * 1. Case, record of the case, messages and journal grow together; indexes are the server's own.
 * 2. Columns that are not named here are copied as they are, so a new one needs nothing here.
 * 3. The lines of the journal count as sealed: sealing years at once is not what is measured.
 */
#include "bench/sql.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] = "Usage: cases_fill --data DATABASE [--cases N]\n"
                           "Adds copies of the first case with six messages to a database that no "
                           "server has open, all of\n"
                           "them ended, spread over two years, until there are N.\n\n"
                           "  --data FILE     the database\n"
                           "  --cases N       how many cases there shall be (10000)\n";

enum { SQL_MAX = 16384 };

static sqlite3 *db;

/* What a column of a copy holds; the others are copied. */
struct change {
    const char *column, *is;
};

#define SPREAD "(the.now - 63072000 + c.n * (63000000.0 / the.wanted))"
static const struct change case_changes[] = {
    {"consultation_id", "the.top_case + c.n"},
    {"case_id", "the.top_case + c.n"},
    {"reference", "printf('%08d', the.top_case + c.n)"},
    {"owner_id", "1000000000 + the.top_case + c.n"},
    {"phone_index", "''"},
    {"state", "'closed'"},
    {"phase", "'ended'"},
    {"consultant_id", "(select consultant_id from who where place = c.n % the.people)"},
    {"offer_until", "0"},
    {"due_at", "0"},
    {"asked_at", "cast(" SPREAD " as integer)"},
    {"waiting_at", "cast(" SPREAD " as integer)"},
    {"rank_at", "cast(" SPREAD " as integer)"},
    {"opened_at", "cast(" SPREAD " as integer)"},
    {"phase_at", "cast(" SPREAD " as integer) + 900"},
    {"served_at", "cast(" SPREAD " as integer) + 60"},
    {"talk_at", "cast(" SPREAD " as integer) + 60"},
    {"closed_at", "cast(" SPREAD " as integer) + 900"},
    {"ended_at", "cast(" SPREAD " as integer) + 900"},
    {NULL, NULL}};
static const struct change line_changes[] = {
    {"seq", "the.top_seq + (c.n - 1) * the.lines + t.place"},
    {"consultation_id", "the.top_case + c.n"},
    {"case_id", "the.top_case + c.n"},
    {NULL, NULL}};

/* insert into TABLE (columns) select changed columns from FROM, where l is the row copied. */
static void copy(const char *table, const struct change *changes, const char *from)
{
    char into[SQL_MAX / 4] = "", what[SQL_MAX / 2] = "", sql[SQL_MAX];
    snprintf(sql, sizeof sql, "select name from pragma_table_info('%s')", table);
    sqlite3_stmt *columns = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &columns, NULL) != SQLITE_OK) sql_stop(db, table);
    while (sqlite3_step(columns) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0), *is = NULL;
        for (const struct change *c = changes; c->column && !is; c++)
            if (strcmp(c->column, name) == 0) is = c->is;
        const char *comma = into[0] ? ", " : "";
        size_t used = strlen(into), have = strlen(what);
        snprintf(into + used, sizeof into - used, "%s%s", comma, name);
        snprintf(what + have, sizeof what - have, "%s%s%s", comma, is ? is : "l.", is ? "" : name);
    }
    sqlite3_finalize(columns);
    snprintf(sql, sizeof sql,
             "insert into %s (%s) with recursive c(n) as (select 1 union all select n + 1 from c "
             "where n < (select missing from the)) select %s from c cross join the cross join %s",
             table, into, what, from);
    sql_run(db, sql);
}

static void fill(long long wanted)
{
    char sql[SQL_MAX];
    long long have = sql_number(db, "select count(*) from consultation");
    if (have >= wanted) return;
    sql_run(db, "pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -400000");
    sql_run(db, "begin immediate");
    sql_run(db,
            "create temp table model as select consultation_id as model_id from message group by 1 "
            "having count(*) >= 6 order by 1 limit 1");
    if (sql_number(db, "select count(*) from model") == 0) {
        fputs("no case has six messages: there is nothing to copy\n", stderr);
        exit(2);
    }
    sql_run(db, "create temp table line as select row_number() over (order by seq) as place, "
                "seq as line_seq from journal where case_id = (select model_id from model)");
    sql_run(db,
            "create temp table who as select row_number() over (order by person_id) - 1 as place, "
            "person_id as consultant_id from role where role = 'consultant'");
    sql_run(db, "create unique index temp.who_place on who (place)");
    snprintf(sql, sizeof sql,
             "create temp table the as select %lld as missing, %lld as wanted, "
             "(select max(consultation_id) from consultation) as top_case, "
             "(select max(seq) from journal) as top_seq, (select count(*) from line) as lines, "
             "(select count(*) from who) as people, cast(strftime('%%s', 'now') as integer) as now",
             wanted - have, wanted);
    sql_run(db, sql);
    copy("consultation", case_changes,
         "(select * from consultation where consultation_id = (select model_id from model)) l");
    copy("exchange", case_changes,
         "(select * from exchange where consultation_id = (select model_id from model)) l");
    copy("service_record", case_changes,
         "(select * from service_record where case_id = (select model_id from model)) l");
    copy("journal", line_changes, "line t cross join journal l on l.seq = t.line_seq");
    copy("message", line_changes,
         "line t cross join message l on l.seq = t.line_seq "
         "and l.consultation_id = (select model_id from model)");
    sql_run(db, "insert into seal (last_seq, first_seq, lines, made_at, root, leaves, head, mark) "
                "select max(seq), 1, 0, (select now from the), '', '', 'filled', '' from journal");
    sql_run(db, "commit");
    sql_run(db, "pragma wal_checkpoint(truncate)");
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"data", 1, 0, 'd'}, {"cases", 1, 0, 'c'}, {"help", 0, 0, 'h'}, {0}};
    const char *data = NULL;
    long long cases = 10000;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd': data = optarg; break;
        case 'c': cases = atoll(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!data || cases < 1) {
        fputs(help, stderr);
        return 2;
    }
    if (sqlite3_open_v2(data, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) sql_stop(db, data);
    fill(cases);
    printf("cases %lld ", sql_number(db, "select count(*) from consultation"));
    printf("messages %lld ", sql_number(db, "select count(*) from message"));
    printf("lines %lld\n", sql_number(db, "select count(*) from journal"));
    sqlite3_close(db);
    return 0;
}
