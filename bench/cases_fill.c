/* cases_fill.c -- makes the years a city has behind it: a database with so many ended cases.
 *
 * One case that people had through the API, with its messages and its lines of the journal, is
 * copied by SQL while no server runs, under other numbers, owners and moments; what is measured
 * afterwards are acts of people, not years of work.
 *
 * 1. Case, record of the case, messages and journal grow together; indexes are the server's own.
 * 2. Columns that are not named here are copied as they are, so a new one needs nothing here.
 * 3. The lines of the journal count as sealed: sealing years at once is not what is measured.
 * 4. The same statements on SQLite and PostgreSQL, BATCH cases to a commit.
 * 5. On PostgreSQL the tables' indexes are put aside while they are filled and made anew, word for
 * word, afterwards; keys stay.  A fill that ends half way is thrown away.
 */
#include "bench/either.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] = "Usage: cases_fill --data DATABASE [--cases N] [--lines N]\n"
                           "Adds copies of the first case with six messages to a database that no "
                           "server has open, all of\n"
                           "them ended, spread over two years, until there are N.\n\n"
                           "  --data DATABASE a file of SQLite, or postgresql://…\n"
                           "  --cases N       how many cases there shall be (10000)\n"
                           "  --lines N       at most so many lines of the journal for each, and "
                           "their messages (100)\n";

enum { SQL_MAX = 16384, BATCH = 100000 };

static struct either *db;

/* What a column of a copy holds; the others are copied. */
struct change {
    const char *column, *is;
};

#define SPREAD "(the.now - 63072000 + c.n * (63000000.0 / the.wanted))"
static const struct change case_changes[] = {
    {"consultation_id", "the.top_case + c.n"},
    {"case_id", "the.top_case + c.n"},
    {"reference", "substr(cast(100000000 + the.top_case + c.n as text), 2)"},
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
    {"seq", "the.top_seq + (c.n - 1) * the.lines + l.place"},
    {"consultation_id", "the.top_case + c.n"},
    {"case_id", "the.top_case + c.n"},
    {NULL, NULL}};

struct copied {
    const struct change *changes;
    char into[SQL_MAX / 4], what[SQL_MAX / 2];
};

static void copy_column(void *mine, const char *name)
{
    struct copied *copied = mine;
    const char *is = NULL, *comma = copied->into[0] ? ", " : "";
    for (const struct change *c = copied->changes; c->column && !is; c++)
        if (strcmp(c->column, name) == 0) is = c->is;
    size_t used = strlen(copied->into), have = strlen(copied->what);
    snprintf(copied->into + used, sizeof copied->into - used, "%s%s", comma, name);
    snprintf(copied->what + have, sizeof copied->what - have, "%s%s%s", comma, is ? is : "l.",
             is ? "" : name);
}

/* The rows of the temporary table MODEL once for each case of a batch, changed. */
static void copy(const char *table, const struct change *changes, const char *model,
                 long long first, long long last)
{
    struct copied copied = {.changes = changes};
    char sql[SQL_MAX];
    either_columns(db, table, copy_column, &copied);
    snprintf(
        sql, sizeof sql,
        "insert into %s (%s) with recursive c(n) as (select %lld union all select n + 1 from c "
        "where n < %lld) select %s from c cross join the cross join %s l",
        table, copied.into, first, last, copied.what, model);
    either_run(db, sql);
}

/* What is copied: one case and its lines, and who had such cases. */
static void choose(int lines)
{
    char sql[1024];
    either_run(db,
               "create temporary table model as select consultation_id as model_id from message "
               "group by 1 having count(*) >= 6 order by 1 limit 1");
    if (either_number(db, "select count(*) from model") == 0) {
        fputs("no case has six messages: there is nothing to copy\n", stderr);
        exit(2);
    }
    snprintf(sql, sizeof sql,
             "create temporary table line as select row_number() over (order by seq) as place, j.* "
             "from journal j where case_id = (select model_id from model) order by seq limit %d",
             lines);
    either_run(db, sql);
    either_run(db,
               "create temporary table said as select t.place, m.* from line t join message m on "
               "m.seq = t.seq where m.consultation_id = (select model_id from model)");
    either_run(db,
               "create temporary table one as select * from consultation where consultation_id = "
               "(select model_id from model)");
    either_run(db,
               "create temporary table one_said as select * from exchange where consultation_id "
               "= (select model_id from model)");
    either_run(db,
               "create temporary table one_record as select * from service_record where case_id "
               "= (select model_id from model)");
    either_run(db,
               "create temporary table who as select row_number() over (order by person_id) - 1 "
               "as place, person_id as consultant_id from role where role = 'consultant'");
    either_run(db, "create unique index who_place on who (place)");
}

static const char *const filled[] = {"consultation", "exchange", "service_record", "journal",
                                     "message"};
enum { FILLED = sizeof filled / sizeof *filled };

/* The tables' indexes but those of keys, as the SQL that makes them. */
static void put_indexes_aside(void)
{
    char sql[1024];
    either_run(db, "create temporary table aside (index_name text, make text)");
    for (int i = 0; i < FILLED; i++) {
        snprintf(sql, sizeof sql,
                 "insert into aside select i.indexrelid::regclass::text, "
                 "pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid = '%s'::regclass "
                 "and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)",
                 filled[i]);
        either_run(db, sql);
    }
    either_run(db, "do $$ declare one text; begin for one in select index_name from aside loop "
                   "execute 'drop index ' || one; end loop; end $$");
}

/* False when one that was there is not there now. */
static bool put_indexes_back(void)
{
    either_run(db, "set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2");
    either_run(db, "do $$ declare one text; begin for one in select make from aside loop "
                   "execute one; end loop; end $$");
    return either_number(db,
                         "select count(*) from aside where not exists (select 1 from pg_index i "
                         "where i.indexrelid = to_regclass(aside.index_name) and i.indisvalid "
                         "and pg_get_indexdef(i.indexrelid) = aside.make)") == 0;
}

static void fill(long long wanted, int lines)
{
    char sql[SQL_MAX];
    long long missing = wanted - either_number(db, "select count(*) from consultation");
    bool on_server = either_is_postgres(db);
    if (missing <= 0) return;
    either_run(db, on_server
                       ? "set synchronous_commit = off; set session_replication_role = replica"
                       : "pragma journal_mode = wal; pragma synchronous = off; "
                         "pragma cache_size = -400000");
    choose(lines);
    snprintf(sql, sizeof sql,
             "create temporary table the as select %lld as wanted, "
             "(select max(consultation_id) from consultation) as top_case, "
             "(select max(seq) from journal) as top_seq, (select count(*) from line) as lines, "
             "(select count(*) from who) as people, %lld as now",
             wanted, (long long)time(NULL));
    either_run(db, sql);
    if (on_server) put_indexes_aside();
    for (long long first = 1; first <= missing; first += BATCH) {
        long long last = first + BATCH - 1 < missing ? first + BATCH - 1 : missing;
        either_run(db, "begin");
        copy("consultation", case_changes, "one", first, last);
        copy("exchange", case_changes, "one_said", first, last);
        copy("service_record", case_changes, "one_record", first, last);
        copy("journal", line_changes, "line", first, last);
        copy("message", line_changes, "said", first, last);
        either_run(db, "commit");
    }
    if (on_server && !put_indexes_back()) {
        fputs("not every index came back as it was\n", stderr);
        exit(2);
    }
    either_run(db,
               "insert into seal (last_seq, first_seq, lines, made_at, root, leaves, head, mark) "
               "select max(seq), 1, 0, (select now from the), '', '', 'filled', '' from journal");
    either_run(db, on_server ? "vacuum analyze" : "pragma wal_checkpoint(truncate)");
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"data", 1, 0, 'd'}, {"cases", 1, 0, 'c'}, {"lines", 1, 0, 'l'}, {"help", 0, 0, 'h'}, {0}};
    const char *data = NULL;
    long long cases = 10000;
    int lines = 100;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd': data = optarg; break;
        case 'c': cases = atoll(optarg); break;
        case 'l': lines = atoi(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!data || cases < 1 || lines < 1) {
        fputs(help, stderr);
        return 2;
    }
    db = either_open(data);
    fill(cases, lines);
    printf("cases %lld ", either_number(db, "select count(*) from consultation"));
    printf("messages %lld ", either_number(db, "select count(*) from message"));
    printf("lines %lld\n", either_number(db, "select count(*) from journal"));
    either_close(db);
    return 0;
}
