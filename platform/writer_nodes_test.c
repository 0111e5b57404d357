/* writer_nodes_test.c -- a node's writer beside another one's, which comes in between.
 *
 * Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh): only there do those
 * who wait for the lock stand in a row.
 */
#include "platform/writer.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/log.h"
#include "platform/secret.h"

static struct arena *arena;
static struct writer *writer;
static struct store *other, *reader;
static pthread_t other_thread;
static int runs;

static void begin(void)
{
    struct writer_settings settings = {0};
    bool made;

    log_quiet(true);
    secret_open_for_tests();
    arena = arena_open((size_t)1 << 24);
    settings.database = database_for_test(platform_schema, &made);
    if (!settings.database.len) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    cr_assert(IS_DONE(store_open(settings.database, STORE_WRITE, &other)));
    if (!made) database_make_tables(other, (const struct module *[]){NULL});
    cr_assert(IS_DONE(store_open(settings.database, STORE_READ, &reader)));
    cr_assert(IS_DONE(writer_open(&settings, &writer)));
}

static void end(void)
{
    writer_close(&writer);
    store_close(&reader);
    store_close(&other);
    database_give_back();
    arena_close(&arena);
    secret_close();
}

TestSuite(writer_nodes, .init = begin, .fini = end, .timeout = 60);

static int64_t count_waiting(void)
{
    static const char sql[] = "select count(*) from pg_locks where locktype = 'advisory' and"
                              " classid = 12348 and not granted and"
                              " cast(cast(objid as bigint) as bit(32)) ="
                              " cast(hashtext(current_schema()) as bit(32))";
    struct statement *statement;
    int64_t count = 0;
    bool row;

    cr_assert(IS_DONE(statement_open(reader, sql, &statement)));
    if (IS_DONE(statement_step(statement, &row)) && row) count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

/* Waits for the lock, and has it as soon as the writer gives it back. */
static void *write_ahead(void *mine)
{
    char line[256];

    (void)mine;
    snprintf(line, sizeof line,
             "insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address,"
             " detail) values (1, %lld, 'note.add', 0, 0, 0, '', '', '')",
             (long long)time(NULL) + 30);
    cr_assert(IS_DONE(store_begin(other)));
    cr_assert(IS_DONE(store_script(other, line)));
    cr_assert(IS_DONE(store_commit(other)));
    return NULL;
}

/* Faults the first time, with something written and the other one waiting. */
static struct outcome late_run(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    if (runs++) return DONE;
    TRY(platform_add_once(scene->store, S("key"), scene->now, 200, S(""), S("")));
    cr_assert_eq(pthread_create(&other_thread, NULL, write_ahead, NULL), 0);
    for (int tries = 0; !count_waiting() && tries < 10000; tries++) usleep(1000);
    return FAULT("the disk is wet");
}

Test(writer_nodes, what_is_run_again_behind_anothers_line_is_not_before_it_in_time)
{
    static const struct act late = {.name = "note.late", .who = WHO_ANYONE, .run = late_run};
    struct call call = {.act = &late,
                        .scene = {.arena = arena, .channel = S("web"), .address = S("")},
                        .then = "",
                        .status = 201};

    writer_wait(writer, &call);
    pthread_join(other_thread, NULL);
    cr_expect(IS_DONE(call.outcome));
    cr_expect_eq(runs, 2);
    cr_expect_eq(call.scene.seq, 2, "the other was first");
    cr_expect(IS_DONE(journal_check(other)), "the journal goes back in time");
}
