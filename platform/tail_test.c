/* tail_test.c -- every node hears of every line, once, in order, and of none too early.
 *
 * Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh).
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* pthread_setattr_default_np */
#endif
#include "platform/tail.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/folder_test.h"
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
    bool is_strange; /* somebody who says nothing in these tests was heard */
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
    if (speaker_id != 5 && speaker_id != 6) node->is_strange = true;
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

/* Ends the connections of those who listen, `count` of them: their last question is for the call or
 * for lines.  Who is about to connect again is waited for. */
static void cut_off(struct store *store, int64_t count)
{
    static const char cut[] =
        "/* test.cut */ select coalesce(sum(case when pg_terminate_backend(pid) then 1 else 0 end),"
        " 0) from pg_stat_activity where (query like '/* store.listen */%' or"
        " query like '/* platform.list_lines */%') and state = 'idle'"
        " and datname = current_database() and pid <> pg_backend_pid()";

    for (int ms = 0; count > 0 && ms < WAIT_MS; ms += 5) {
        struct statement *statement;
        bool row;

        done(statement_open(store, cut, &statement));
        done(statement_step(statement, &row));
        count -= statement_get_int(statement, 0);
        statement_close(&statement);
        usleep(5000);
    }
    cr_assert_leq(count, 0);
}

/* Everybody but who asks: also those who listen. */
Test(tail, what_was_written_while_it_was_cut_off_is_heard_afterwards)
{
    struct store *store;

    act_at(&nodes[0]);
    for (size_t i = 0; i < COUNT(nodes); i++) wait_until_heard(&nodes[i], 2);
    done(store_open(where, STORE_WRITE, &store));
    for (int round = 0; round < 3; round++) {
        cut_off(store, COUNT(nodes));
        act_at(&nodes[round % 2]);
    }
    store_close(&store);
    for (size_t i = 0; i < COUNT(nodes); i++) {
        wait_until_heard(&nodes[i], 8);
        expect_in_order(&nodes[i]);
    }
}

/* ---- a database that is away ---- */

/* The way there, which can be taken away: the socket's name in a folder of the test's own. */
static char aside[FOLDER_LEN], way[FOLDER_LEN + 32], there[256], log_path[FOLDER_LEN + 32];

static struct str find_way(void)
{
    int64_t at = str_find(where, S("host=/"));
    struct str before, rest, host;

    if (at < 0) return S(""); /* it is not reached over a socket with a name */
    before = (struct str){where.at, (size_t)at + 5};
    rest = (struct str){where.at + at + 5, where.len - (size_t)at - 5};
    host = str_cut(rest, '&', &rest);
    folder_make(aside);
    snprintf(there, sizeof there, "%.*s/.s.PGSQL.5432", STR_ARGS(host));
    snprintf(way, sizeof way, "%s/.s.PGSQL.5432", aside);
    snprintf(log_path, sizeof log_path, "%s/log", aside);
    return arena_print(arena, "%.*s%s&%.*s", STR_ARGS(before), aside, STR_ARGS(rest));
}

/* How often the tail has said in the log that it cannot read on. */
static int said_so(void)
{
    char line[4096];
    FILE *log = fopen(log_path, "r");
    int count = 0;

    cr_assert_not_null(log);
    while (fgets(line, sizeof line, log)) count += strstr(line, "\"what\":\"tail\"") != NULL;
    fclose(log);
    return count;
}

static void wait_until_said(int count)
{
    for (int ms = 0; said_so() < count && ms < WAIT_MS; ms += 5) usleep(5000);
    cr_assert_eq(said_so(), count);
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Where the database was stands one that hangs up, so that each try is seen: it pauses between. */
static void hang_up(int times)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int64_t begun = 0;

    snprintf(address.sun_path, sizeof address.sun_path, "%s", way);
    cr_assert_eq(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(chmod(way, 0777), 0);
    cr_assert_eq(listen(listening, 8), 0);
    for (int i = 0; i < times; i++) {
        struct pollfd on = {.fd = listening, .events = POLLIN};
        int other;

        cr_assert_eq(poll(&on, 1, WAIT_MS), 1, "it tries no more");
        if (i == 0) begun = now_ms();
        other = accept(listening, NULL, NULL);
        if (other >= 0) close(other);
    }
    cr_expect_geq(now_ms() - begun, 90 * (times - 1), "a pause of 100 ms between two tries");
    close(listening);
    unlink(way);
}

Test(tail, a_database_that_is_away_is_said_once_and_tried_again_with_pauses)
{
    struct str by_way = find_way();
    struct node late = {.count = 0};
    struct store *store;
    int log, kept;

    if (!by_way.len) cr_skip_test("the database has no socket with a name");
    for (size_t i = 0; i < COUNT(nodes); i++) tail_end(nodes[i].tail);
    cr_assert_eq(symlink(there, way), 0);
    log = open(log_path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    kept = dup(STDERR_FILENO);
    cr_assert(log >= 0 && kept >= 0 && dup2(log, STDERR_FILENO) >= 0);
    close(log);
    done(store_open(where, STORE_WRITE, &store));
    where = by_way;
    open_node(&late);
    act_at(&nodes[0]);
    wait_until_heard(&late, 2);
    cr_expect_eq(said_so(), 0, "there is nothing to say of one that is there");
    for (int round = 1; round <= 2; round++) {
        cr_assert_eq(unlink(way), 0);
        cut_off(store, 1);
        wait_until_said(round);
        hang_up(3);
        cr_expect_eq(said_so(), round, "not at every try");
        act_at(&nodes[0]);
        cr_assert_eq(symlink(there, way), 0);
        wait_until_heard(&late, 2 * (size_t)round + 2);
    }
    expect_in_order(&late);
    dup2(kept, STDERR_FILENO);
    close(kept);
    store_close(&store);
    tail_close(&late.tail);
    writer_close(&late.writer);
    folder_drop(aside);
}

/* ---- more than fits ---- */

static void add_lines(struct store *store, int count, const char *name)
{
    done(store_script(
        store, arena_c(arena, arena_print(arena,
                                          "insert into journal (seq, at, act, actor_id, case_id,"
                                          " for_id, channel, address, detail) select n +"
                                          " (select coalesce(max(seq), 0) from journal), 1, %s, 3,"
                                          " 7, 8, '', '', '' from generate_series(1, %d) n",
                                          name, count))));
}

/* An act that is called otherwise than any other keeps a place; when none is left it has no name,
 * which nobody waits for.  What was read is let go, however much it is. */
Test(tail, more_names_and_longer_lines_than_fit_are_read_all_the_same)
{
    enum { NAMES = 2048, MORE = 52, LONG = 1800 };
    struct node *node = &nodes[0];
    struct store *store;
    char name[32];

    tail_end(nodes[1].tail);
    done(store_open(where, STORE_WRITE, &store));
    add_lines(store, NAMES + MORE, "'act.' || n");
    wait_until_heard(node, NAMES + MORE);
    for (size_t i = 0; i < NAMES + MORE; i++) {
        snprintf(name, sizeof name, "act.%zu", i + 1);
        cr_assert_eq(node->heard[i].seq, (id)i + 1);
        cr_expect_str_eq(node->heard[i].act, i < NAMES ? name : "");
        cr_expect_eq(node->heard[i].actor_id, 3);
    }
    add_lines(store, LONG, "repeat('x', 30000)");
    add_lines(store, 1, "'act.7'");
    wait_until_heard(node, NAMES + MORE + LONG + 1);
    cr_expect_eq(node->heard[node->count - 1].act, node->heard[6].act, "one name, one address");
    store_close(&store);
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
    enum { TIMES = 8, LEFT_MAX = 16 << 10 };
    struct node heard = {.count = 0};
    struct tail_settings settings = {.database = where, .publish = hear, .site = &heard};
    struct store *store;
    struct tail *tail;
    pthread_attr_t large;
    struct rlimit before, none;
    size_t files = 0, bytes = 0;

    for (size_t i = 0; i < COUNT(nodes); i++) tail_end(nodes[i].tail);
    pthread_mutex_init(&heard.lock, NULL);
    done(store_open(where, STORE_WRITE, &store));
    for (int i = 0; i < TIMES; i++) {
        done(tail_open(&settings, &tail));
        add_lines(store, 1, "repeat('y', 20000)");
        wait_until_heard(&heard, (size_t)i + 1);
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
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = (struct rlimit){0, before.rlim_max};
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    cr_expect_str_eq(tail_open(&settings, &tail).fault,
                     "cannot make a descriptor to wake the tail with");
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    /* No machine has room for such a stack: a thread cannot be had. */
    settings.database = where;
    cr_assert_eq(pthread_attr_init(&large), 0);
    cr_assert_eq(pthread_attr_setstacksize(&large, (size_t)1 << 50), 0);
    cr_assert_eq(pthread_setattr_default_np(&large), 0);
    cr_expect_str_eq(tail_open(&settings, &tail).fault,
                     "cannot start the thread that reads the journal");
    cr_expect_leq(count_open(), files);
    store_close(&store);
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
    static const char *const strange[] = {"",          "other",         "other a 8 9 typing x",
                                          "other 7 ",  "other 7 a 9 typing x", "other 7 8",
                                          "other 7 8 a typing x"};
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
    /* Who may call may say anything: what is no whisper is passed over, and the next one heard. */
    for (size_t i = 0; i < COUNT(strange); i++) done(store_call(scene.store, str_of(strange[i])));
    done(tail_whisper(nodes[0].tail, &scene, &whisper, 6));
    for (int ms = 0; nodes[1].speaker_id != 6 && ms < WAIT_MS; ms += 5) usleep(5000);
    cr_expect_eq(nodes[1].speaker_id, 6);
    cr_expect(!nodes[0].is_strange && !nodes[1].is_strange);
    store_close(&scene.store);
}
