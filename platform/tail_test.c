/* tail_test.c -- every node hears of every line, once, in order, and of none too early.
 *
 * Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh).
 */
#include "platform/tail.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"
#include "platform/writer.h"

enum { HEARD_MAX = 4096, WAIT_MS = 20000 };

/* What one node heard. */
struct node {
    struct tail *tail;
    struct writer *writer;
    pthread_mutex_t lock;
    struct line heard[HEARD_MAX];
    size_t count;
    char whispered[128];
    id speaker_id;
};

static struct arena *arena;
static struct str where;
static struct node nodes[2];

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void hear(const struct line *lines, size_t count, void *mine)
{
    struct node *node = mine;

    pthread_mutex_lock(&node->lock);
    for (size_t i = 0; i < count && node->count < HEARD_MAX; i++)
        node->heard[node->count++] = lines[i];
    pthread_mutex_unlock(&node->lock);
}

static void hear_whisper(const struct whisper *whisper, id speaker_id, void *mine)
{
    struct node *node = mine;

    pthread_mutex_lock(&node->lock);
    node->speaker_id = speaker_id;
    snprintf(node->whispered, sizeof node->whispered, "%lld %lld %s %.*s",
             (long long)whisper->case_id, (long long)whisper->for_id, whisper->event,
             STR_ARGS(whisper->data));
    pthread_mutex_unlock(&node->lock);
}

static size_t heard_by(struct node *node)
{
    size_t count;

    pthread_mutex_lock(&node->lock);
    count = node->count;
    pthread_mutex_unlock(&node->lock);
    return count;
}

static void wait_until_heard(struct node *node, size_t count)
{
    for (int ms = 0; heard_by(node) < count && ms < WAIT_MS; ms += 5) usleep(5000);
    cr_assert_eq(heard_by(node), count);
}

static void open_node(struct node *node)
{
    struct writer_settings writing = {.database = where};
    struct tail_settings settings = {
        .database = where, .publish = hear, .whisper = hear_whisper, .site = node};

    pthread_mutex_init(&node->lock, NULL);
    done(writer_open(&writing, &node->writer));
    done(tail_open(&settings, &node->tail));
}

static void set_up(void)
{
    struct store *store;
    bool made;

    log_quiet(true);
    secret_open_for_tests();
    arena = arena_open((size_t)64 << 20);
    where = database_for_test(platform_schema, &made);
    if (!where.len) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    if (!made) {
        done(store_open(where, STORE_WRITE, &store));
        database_make_tables(store, (const struct module *[]){NULL});
        store_close(&store);
    }
    for (size_t i = 0; i < COUNT(nodes); i++) open_node(&nodes[i]);
}

static void tear_down(void)
{
    for (size_t i = 0; i < COUNT(nodes); i++) {
        tail_close(&nodes[i].tail);
        writer_close(&nodes[i].writer);
    }
    database_give_back();
    arena_close(&arena);
    secret_close();
}

TestSuite(tail, .init = set_up, .fini = tear_down, .timeout = 120);

static struct outcome nothing(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene_about(scene, 7, 8);
    scene_tell(scene, "note.told", 9, 10);
    return DONE;
}

static const struct act note = {.name = "note.add", .run = nothing};

static void act_at(struct node *node)
{
    struct call call = {
        .act = &note, .scene = {.arena = arena, .channel = S(""), .address = S("")}, .then = ""};

    writer_wait(node->writer, &call);
    done(call.outcome);
}

static void expect_in_order(struct node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        cr_assert_eq(node->heard[i].seq, (id)i + 1, "each once, in order, and none left out");
        cr_expect_str_eq(node->heard[i].act, i % 2 ? "note.told" : "note.add");
        cr_expect_eq(node->heard[i].case_id, i % 2 ? 9 : 7);
        cr_expect_eq(node->heard[i].for_id, i % 2 ? 10 : 8);
    }
}

static void *act_often(void *mine)
{
    for (int i = 0; i < 100; i++) act_at(mine);
    return NULL;
}

Test(tail, each_node_hears_of_all_that_two_write_at_once)
{
    pthread_t other;

    cr_assert_eq(pthread_create(&other, NULL, act_often, &nodes[1]), 0);
    act_often(&nodes[0]);
    pthread_join(other, NULL);
    for (size_t i = 0; i < COUNT(nodes); i++) {
        wait_until_heard(&nodes[i], 400);
        expect_in_order(&nodes[i]);
    }
}

static void add_line(struct store *store, id seq)
{
    struct platform_add_line_values line = {.seq = seq,
                                            .at = 1,
                                            .act = S("note.add"),
                                            .case_id = 7,
                                            .for_id = 8,
                                            .channel = S(""),
                                            .address = S(""),
                                            .detail = S("")};

    done(platform_add_line(store, &line));
    line.seq++, line.act = S("note.told"), line.case_id = 9, line.for_id = 10;
    done(platform_add_line(store, &line));
}

static void *act_once(void *mine)
{
    act_at(mine);
    return NULL;
}

/* A writer that stops between its line and its commit: whoever comes after gets no number. */
Test(tail, a_line_whose_transaction_is_held_open_is_not_stepped_over)
{
    struct store *slow;
    pthread_t other;

    act_at(&nodes[0]);
    wait_until_heard(&nodes[1], 2);
    done(store_open(where, STORE_WRITE, &slow));
    done(store_begin(slow));
    add_line(slow, 3);
    cr_assert_eq(pthread_create(&other, NULL, act_once, &nodes[0]), 0);
    usleep(700000);
    for (size_t i = 0; i < COUNT(nodes); i++)
        cr_expect_eq(heard_by(&nodes[i]), 2, "nothing of it, and nothing after it");
    done(store_commit(slow));
    pthread_join(other, NULL);
    for (size_t i = 0; i < COUNT(nodes); i++) {
        wait_until_heard(&nodes[i], 6);
        expect_in_order(&nodes[i]);
    }
    store_close(&slow);
}

/* Everybody but who asks: also those who listen. */
Test(tail, what_was_written_while_it_was_cut_off_is_heard_afterwards)
{
    static const char cut[] =
        "/* test.cut */ select pg_terminate_backend(pid) from pg_stat_activity"
        " where query like '/* store.listen */%' and datname = current_database()"
        " and pid <> pg_backend_pid()";
    struct store *store;

    act_at(&nodes[0]);
    for (size_t i = 0; i < COUNT(nodes); i++) wait_until_heard(&nodes[i], 2);
    done(store_open(where, STORE_WRITE, &store));
    for (int round = 0; round < 3; round++) {
        done(store_script(store, cut));
        act_at(&nodes[round % 2]);
    }
    store_close(&store);
    for (size_t i = 0; i < COUNT(nodes); i++) {
        wait_until_heard(&nodes[i], 8);
        expect_in_order(&nodes[i]);
    }
}

/* Whoever begins later tells what happens from then on: what was before its pages show. */
Test(tail, a_node_that_joins_hears_of_what_comes)
{
    struct node late = {.count = 0};

    act_at(&nodes[0]);
    act_at(&nodes[0]);
    wait_until_heard(&nodes[1], 4);
    open_node(&late);
    act_at(&nodes[0]);
    wait_until_heard(&late, 2);
    cr_expect_eq(late.heard[0].seq, 5);
    tail_end(late.tail);
    tail_end(late.tail); /* before what it tells is taken away, and again when it is closed */
    tail_close(&late.tail);
    cr_expect_null(late.tail);
    tail_close(&late.tail);
    writer_close(&late.writer);
}

static size_t count_open(void)
{
    DIR *folder = opendir("/proc/self/fd");
    size_t count = 0;

    cr_assert_not_null(folder);
    while (readdir(folder)) count++;
    closedir(folder);
    return count;
}

Test(tail, what_was_opened_is_closed_again)
{
    enum { TIMES = 8, LEFT_MAX = 64 << 10 };
    struct tail_settings settings = {.database = where, .publish = hear, .site = &nodes[0]};
    struct tail *tail;
    size_t files = 0, bytes = 0;

    for (int i = 0; i < TIMES; i++) {
        done(tail_open(&settings, &tail));
        tail_close(&tail);
        if (i) continue; /* what the libraries keep for themselves they have by now */
        files = count_open();
        bytes = mallinfo2().uordblks + mallinfo2().hblkhd;
    }
    cr_expect_leq(count_open(), files);
    cr_expect_leq(mallinfo2().uordblks + mallinfo2().hblkhd, bytes + LEFT_MAX);
    settings.database = S("postgresql:///nowhere?host=/nonexistent");
    for (int i = 0; i < TIMES; i++) cr_expect_not_null(tail_open(&settings, &tail).fault);
    cr_expect_leq(count_open(), files, "nor is anything left of one that cannot be opened");
}

Test(tail, a_whisper_that_is_too_long_for_a_call_is_not_said)
{
    static char data[CALL_BYTES_MAX];
    struct whisper whisper = {.case_id = 7, .for_id = 8, .event = "typing", .data = {data, 1}};
    struct scene scene = {.arena = arena};
    size_t around = 8 + strlen(" 7 8 5 typing ");

    for (size_t i = 0; i < COUNT(nodes); i++) {
        act_at(&nodes[0]);
        wait_until_heard(&nodes[1], 2 * (i + 1));
    }
    memset(data, 'x', sizeof data);
    done(store_open(where, STORE_READ, &scene.store));
    whisper.data.len = CALL_BYTES_MAX - around + 1;
    done(tail_whisper(nodes[0].tail, &scene, &whisper, 6));
    whisper.data.len--;
    for (int ms = 0; !nodes[1].speaker_id && ms < WAIT_MS; ms += 100) {
        done(tail_whisper(nodes[0].tail, &scene, &whisper, 5));
        usleep(100000);
    }
    cr_expect_eq(nodes[1].speaker_id, 5, "the longest is heard");
    store_close(&scene.store);
}

Test(tail, a_whisper_is_heard_by_the_others_and_not_by_who_said_it)
{
    struct whisper whisper = {
        .case_id = 7, .for_id = 8, .event = "typing", .data = S("{\"who\": \"a b\"}")};
    struct scene scene = {.arena = arena};

    for (size_t i = 0; i < COUNT(nodes); i++) { /* both listen by then */
        act_at(&nodes[0]);
        wait_until_heard(&nodes[1], 2 * (i + 1));
    }
    done(store_open(where, STORE_READ, &scene.store));
    for (int ms = 0; !nodes[1].speaker_id && ms < WAIT_MS; ms += 100) {
        done(tail_whisper(nodes[0].tail, &scene, &whisper, 5));
        usleep(100000);
    }
    cr_expect_eq(nodes[1].speaker_id, 5);
    cr_expect_str_eq(nodes[1].whispered, "7 8 typing {\"who\": \"a b\"}");
    cr_expect_eq(nodes[0].speaker_id, 0);
    store_close(&scene.store);
}
