/* tail_rare_test.c -- a tail that is ended in the middle, and one that is woken too often.
 *
 * Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh).
 */
#include "platform/tail.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/log.h"
#include "platform/secret.h"

enum { PART = 500 /* read in one go */, WAIT_MS = 20000 };

static struct arena *arena;
static struct str where;
static struct store *store;
static atomic_size_t heard;
static atomic_bool waits, is_ending;

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

/* Whoever is told waits until the tail is being ended. */
static void hear(const struct line *lines, size_t count, void *mine)
{
    (void)lines, (void)mine;
    atomic_fetch_add(&heard, count);
    if (!atomic_load(&waits)) return;
    for (int ms = 0; !atomic_load(&is_ending) && ms < WAIT_MS; ms++) usleep(1000);
    usleep(300000);
}

static void set_up(void)
{
    bool made;

    log_quiet(true);
    secret_open_for_tests();
    arena = arena_open((size_t)64 << 20);
    where = database_for_test(platform_schema, &made);
    if (!where.len) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    done(store_open(where, STORE_WRITE, &store));
    if (!made) database_make_tables(store, (const struct module *[]){NULL});
}

static void tear_down(void)
{
    store_close(&store);
    database_give_back();
    arena_close(&arena);
    secret_close();
}

TestSuite(tail_rare, .init = set_up, .fini = tear_down, .timeout = 60);

static struct tail *begin(void)
{
    struct tail_settings settings = {.database = where, .publish = hear};
    struct tail *tail;

    done(tail_open(&settings, &tail));
    return tail;
}

static void wait_until_heard(size_t count)
{
    for (int ms = 0; atomic_load(&heard) < count && ms < WAIT_MS; ms++) usleep(1000);
}

static void add_lines(int count)
{
    struct str sql = arena_print(arena,
                                 "insert into journal (seq, at, act, actor_id, case_id, for_id,"
                                 " channel, address, detail) select n + (select"
                                 " coalesce(max(seq), 0) from journal), 1, 'note.add', 3, 7, 8,"
                                 " '', '', '' from generate_series(1, %d) n",
                                 count);

    done(store_script(store, arena_c(arena, sql)));
}

/* A node that is being ended tells what it has begun to tell, and does not go on for as long as
 * there is something to tell. */
Test(tail_rare, one_that_ends_in_the_middle_of_much_tells_no_further_part)
{
    struct tail *tail = begin();

    waits = true;
    add_lines(3 * PART + 7);
    wait_until_heard(1);
    cr_assert_eq(heard, (size_t)PART);
    is_ending = true;
    tail_close(&tail);
    cr_expect_eq(heard, (size_t)PART);
    waits = false;
    tail = begin();
    add_lines(3);
    wait_until_heard(PART + 3);
    tail_close(&tail);
    cr_expect_eq(heard, (size_t)PART + 3, "one that begins tells what comes from then on");
}

/* ---- a counter that is full ---- */

/* What the kernel says of an open file of ours: -1 when it is no counter. */
static long long counter(int file)
{
    char path[64], line[128];
    long long count = -1;
    FILE *info;

    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", file);
    info = fopen(path, "r");
    if (!info) return -1;
    while (fgets(line, sizeof line, info))
        if (!strncmp(line, "eventfd-count:", 14)) count = (long long)strtoull(line + 14, NULL, 16);
    fclose(info);
    return count;
}

/* Woken when it has been woken more often than can be counted, nobody waits and nothing fails. */
Test(tail_rare, one_that_is_woken_more_often_than_can_be_counted_is_awake)
{
    enum { FILES = 256 };
    const uint64_t most = UINT64_MAX - 1;
    bool was[FILES];
    struct tail *tail;
    int wake = -1;
    uint64_t taken;

    for (int i = 0; i < FILES; i++) was[i] = counter(i) >= 0;
    tail = begin();
    for (int i = 0; i < FILES; i++)
        if (!was[i] && counter(i) >= 0) wake = i;
    cr_assert_geq(wake, 0);
    tail_end(tail); /* nobody counts down any more */
    if (read(wake, &taken, sizeof taken) < 0) cr_log_info("nothing was left to count");
    tail_wake(tail);
    cr_expect_eq(counter(wake), 1);
    cr_assert_eq(read(wake, &taken, sizeof taken), (ssize_t)sizeof taken);
    cr_assert_eq(write(wake, &most, sizeof most), (ssize_t)sizeof most);
    tail_wake(tail);
    cr_expect_eq(counter(wake), (long long)most, "as full as before");
    tail_close(&tail);
}
