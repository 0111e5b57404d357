/* office.c -- an office with years of cases behind it, and its acts: fills a database that no
 * server has open, and posts steps to a server that has.
 *
 * One case somebody applied for and an officer opened is copied by SQL; the steps are notes of the
 * officer, each by the page before, one case a connection, each durable before it is answered.
 *
 * 1. Columns that are not named here are copied as they are, so a new one needs nothing here.
 * 2. A step that is not answered with 200 ends it: what is counted was done.
 */
#include "bench/either.h"
#include "bench/histogram.h"
#include "bench/wire.h"

#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] =
    "Usage: office --data DATABASE --cases N --busy N      (fills; no server has it open)\n"
    "       office --connect A:P --token T --list FILE     (posts)\n"
    "Copies the only case until an office has N, of which so many are under way, and prints the\n"
    "references of those; or posts notes to cases named in FILE for a while.\n\n"
    "  --data DATABASE   a file of SQLite, or postgresql://…\n"
    "  --cases N         how many cases there shall be (10000)\n"
    "  --busy N          how many of them are under way (2000)\n"
    "  --connect A:P     the server\n"
    "  --token T         of the officer who opened the case\n"
    "  --list FILE       references, one a line\n"
    "  --connections N   each with a case of its own (64)\n"
    "  --seconds N       how long (5)\n";

enum { SQL_MAX = 16384, BATCH = 100000, CONNECTIONS_MAX = 256, STEPS_EACH = 190 };

struct change {
    const char *column, *is;
};
#define BUSY "c.n <= the.busy"
#define ENDED "(the.now - 63072000 + cast(c.n * (63000000.0 / the.wanted) as bigint))"
#define MOVED "cast(100000000 + c.n as text)"
static const struct change case_changes[] = {
    {"case_id", "the.top + c.n"},
    {"reference", "substr(" MOVED ", 2)"},
    {"owner_id", "1000000000 + c.n"},
    {"under_way", "case when " BUSY " then 1 else 0 end"},
    {"turn", "case when " BUSY " then l.turn else '' end"},
    {"state", "case when " BUSY " then l.state else 'finished' end"},
    {"outcome", "case when " BUSY " then l.outcome else 'settled' end"},
    {"due_at", "case when " BUSY " then the.now + 60 * c.n else 0 end"},
    {"by_at", "case when " BUSY " then the.now + 60 * c.n else 0 - " ENDED " end"},
    {"closed_at", "case when " BUSY " then 0 else " ENDED " end"},
    {NULL, NULL}};
static const struct change part_changes[] = {{"case_id", "the.top + c.n"}, {NULL, NULL}};

static struct either *db;

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

static void copy(const char *table, const struct change *changes, long long first, long long last)
{
    struct copied copied = {.changes = changes};
    char sql[SQL_MAX];
    if (first > last) return;
    either_columns(db, table, copy_column, &copied);
    snprintf(sql, sizeof sql,
             "insert into %s (%s) with recursive c(n) as (select %lld union all select n + 1 from "
             "c where n < %lld) select %s from c cross join the cross join one_%s l",
             table, copied.into, first, last, copied.what, table);
    either_run(db, sql);
}

static void fill(const char *data, long long wanted, long long busy)
{
    static const char *const tables[] = {"case_now", "case_step", "case_answer", "case_look"};
    char sql[1024];
    db = either_open(data);
    either_run(db, either_is_postgres(db)
                       ? "set synchronous_commit = off"
                       : "pragma synchronous = off; pragma cache_size = -200000");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql,
                 "create temporary table one_%s as select * from %s where case_id = "
                 "(select min(case_id) from case_now)",
                 tables[i], tables[i]);
        either_run(db, sql);
    }
    snprintf(sql, sizeof sql,
             "create temporary table the as select %lld as wanted, %lld as busy, %lld as now, "
             "(select max(case_id) from case_now) as top",
             wanted, busy, (long long)time(NULL));
    either_run(db, sql);
    for (long long first = 1; first < wanted; first += BATCH) {
        long long last = first + BATCH - 1 < wanted - 1 ? first + BATCH - 1 : wanted - 1;
        either_run(db, "begin");
        copy("case_now", case_changes, first, last);
        copy("case_step", part_changes, first, last);
        copy("case_answer", part_changes, first, last < busy ? last : busy);
        copy("case_look", part_changes, first, last < busy ? last : busy);
        either_run(db, "commit");
    }
    either_run(db, either_is_postgres(db) ? "vacuum analyze" : "pragma wal_checkpoint(truncate)");
    for (long long n = 1; n <= busy; n++) printf("%08lld\n", n);
    either_close(db);
}

/* ---- posting ---- */

static struct poster {
    struct wire_link link;
    pthread_t thread;
    char path[96];
    const char *headers;
    double until;
    long long done;
    bool right;
    struct histogram times;
} posters[CONNECTIONS_MAX];

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void *post(void *mine)
{
    struct poster *p = mine;
    char body[160];
    for (int seen = 1; seen <= STEPS_EACH && now() < p->until; seen++) {
        double begun = now();
        snprintf(body, sizeof body,
                 "{\"action\":\"note\",\"words\":\"电话里说过了。\",\"seen\":%d}", seen);
        int status = wire_ask(&p->link, "POST", p->path, p->headers, body);
        p->right = status == 200;
        if (!p->right) {
            fprintf(stderr, "POST %s: %d %.200s\n", p->path, status,
                    status > 0 ? p->link.body : "");
            return NULL;
        }
        histogram_add(&p->times, (int64_t)((now() - begun) * 1e9));
        p->done++;
    }
    return NULL;
}

static void merge(struct histogram *all, const struct histogram *one)
{
    all->count += one->count;
    if (one->max > all->max) all->max = one->max;
    for (int i = 0; i < HISTOGRAM_BUCKETS; i++) all->buckets[i] += one->buckets[i];
}

/* The next connections take the next cases: a case has no more than two hundred steps. */
static bool round_of(const struct wire_place *place, FILE *list, const char *headers, int count,
                     double until, long long *done, struct histogram *times)
{
    char reference[16];
    int made = 0;
    bool right = true;
    for (; made < count && fscanf(list, "%15s", reference) == 1; made++) {
        struct poster *p = &posters[made];
        memset(p, 0, sizeof *p);
        wire_link_open(&p->link, place, 20);
        snprintf(p->path, sizeof p->path, "/api/v1/office/cases/%s/steps", reference);
        p->headers = headers;
        p->until = until;
        if (pthread_create(&p->thread, NULL, post, p)) exit(2);
    }
    for (int i = 0; i < made; i++) {
        pthread_join(posters[i].thread, NULL);
        wire_link_close(&posters[i].link);
        right = right && posters[i].right;
        *done += posters[i].done;
        merge(times, &posters[i].times);
    }
    return right && made == count;
}

static int load(const char *connect, const char *token, const char *file, int count, double seconds)
{
    static struct histogram times;
    struct wire_place place;
    char headers[600];
    long long done = 0;
    bool right = true;
    FILE *list = fopen(file, "r");
    if (!list || !wire_place_of(connect, &place) || count < 1 || count > CONNECTIONS_MAX) return 2;
    snprintf(headers, sizeof headers, "Authorization: Bearer %s\r\n", token);
    double begun = now();
    while (right && now() < begun + seconds)
        right = round_of(&place, list, headers, count, begun + seconds, &done, &times);
    double took = now() - begun;
    fclose(list);
    printf("steps %lld seconds %.2f rate %.0f p50 %.2f p99 %.2f\n", done, took, (double)done / took,
           histogram_ms(&times, 0.5), histogram_ms(&times, 0.99));
    return right ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"data", 1, 0, 'd'},        {"cases", 1, 0, 'c'},
                                            {"busy", 1, 0, 'b'},        {"connect", 1, 0, 'a'},
                                            {"token", 1, 0, 't'},       {"list", 1, 0, 'l'},
                                            {"connections", 1, 0, 'n'}, {"seconds", 1, 0, 's'},
                                            {"help", 0, 0, 'h'},        {0}};
    const char *data = NULL, *connect = NULL, *token = "", *list = "";
    long long cases = 10000, busy = 2000;
    int connections = 64, option;
    double seconds = 5;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'd': data = optarg; break;
        case 'c': cases = atoll(optarg); break;
        case 'b': busy = atoll(optarg); break;
        case 'a': connect = optarg; break;
        case 't': token = optarg; break;
        case 'l': list = optarg; break;
        case 'n': connections = atoi(optarg); break;
        case 's': seconds = atof(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (data && cases > busy) {
        fill(data, cases, busy);
        return 0;
    }
    if (connect) return load(connect, token, list, connections, seconds);
    fputs(help, stderr);
    return 2;
}
