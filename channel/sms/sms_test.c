/* sms_test.c -- the drivers against a small gateway, and the carrier from outbox to gateway. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/sms/sms.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/folder_test.h"
#include "platform/log.h"
#include "platform/secret.h"

enum { PORT_FIRST = 18150, PORT_LAST = 18159, REQUESTS_MAX = 8, REQUEST_BYTES_MAX = 8192 };

static bool done(struct outcome outcome)
{
    return IS_DONE(outcome); /* a macro that names its argument twice */
}

/* ---- a gateway: takes one request a connection and answers as it was told ---- */

static struct gateway {
    int socket, port, count;
    const char *answers[REQUESTS_MAX];
    char requests[REQUESTS_MAX][REQUEST_BYTES_MAX];
    pthread_t thread;
} gateway;

static bool is_whole(const char *request)
{
    const char *end = strstr(request, "\r\n\r\n"), *len = strcasestr(request, "content-length:");

    return end && len && strlen(end + 4) >= strtoul(len + 15, NULL, 10);
}

static void *gateway_main(void *unused)
{
    (void)unused;
    for (int i = 0; i < gateway.count; i++) {
        int peer = accept(gateway.socket, NULL, NULL);
        char *request = gateway.requests[i];
        size_t len = 0;

        if (peer < 0) break;
        while (!is_whole(request) && len < REQUEST_BYTES_MAX - 1) {
            ssize_t got = recv(peer, request + len, REQUEST_BYTES_MAX - 1 - len, 0);

            if (got <= 0) break;
            len += (size_t)got;
            request[len] = '\0';
        }
        send(peer, gateway.answers[i], strlen(gateway.answers[i]), MSG_NOSIGNAL);
        close(peer);
    }
    return NULL;
}

/* Tests run side by side: each takes the first port that is free. */
static void gateway_bind(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;

    gateway.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(gateway.socket >= 0);
    setsockopt(gateway.socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    for (gateway.port = PORT_FIRST; gateway.port <= PORT_LAST; gateway.port++) {
        at.sin_port = htons((uint16_t)gateway.port);
        if (bind(gateway.socket, (struct sockaddr *)&at, sizeof at) == 0 &&
            listen(gateway.socket, 8) == 0)
            return;
        cr_assert_eq(errno, EADDRINUSE);
    }
    cr_assert_fail("no port is free");
}

static void gateway_open(const char *const *answers, int count)
{
    gateway_bind();
    gateway.count = count;
    for (int i = 0; i < count; i++) gateway.answers[i] = answers[i];
    cr_assert_eq(pthread_create(&gateway.thread, NULL, gateway_main, NULL), 0);
}

static void gateway_close(void)
{
    pthread_join(gateway.thread, NULL);
    close(gateway.socket);
}

#define ANSWER(status) "HTTP/1.1 " status "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

/* ---- drivers ---- */

static struct arena *arena;
static const struct letter letter = {
    .letter_id = 4711,
    .kind = {"login-code", 10},
    .to = {"13812345678", 11},
    .text = {"code \"428571\"\nnew", 17},
};

static void set_up(void)
{
    static const char *const proxies[] = {"http_proxy", "all_proxy", "ALL_PROXY"};

    for (size_t i = 0; i < COUNT(proxies); i++) unsetenv(proxies[i]);
    log_quiet(true);
    secret_open_for_tests();
    arena = arena_open(4 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
    secret_close();
}

TestSuite(sms, .init = set_up, .fini = tear_down, .timeout = 60);

static struct sms_driver *open_driver(struct sms_driver_settings settings)
{
    struct sms_driver *driver = NULL;

    cr_assert(done(sms_driver_open(&settings, &driver)));
    return driver;
}

static struct sms_driver_settings to_gateway(void)
{
    return (struct sms_driver_settings){
        .kind = S("http"),
        .url = arena_print(arena, "http://127.0.0.1:%d/sms?from=gongdao", gateway.port),
        .token = S("gateway-token"),
    };
}

/* (4) */
Test(sms, log_writes_one_line_with_the_number_masked)
{
    int ends[2];
    char line[200] = "";
    struct sms_driver *driver;
    struct str problem = S("before");

    cr_assert_eq(pipe(ends), 0);
    driver = open_driver((struct sms_driver_settings){.kind = S("log"), .console = ends[1]});
    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_DELIVERED);
    cr_expect_eq(problem.len, 0u);
    cr_assert_gt(read(ends[0], line, sizeof line - 1), 0);
    cr_expect_str_eq(line, "notice to 138****5678: code \"428571\" new\n");
    sms_driver_close(&driver);
    cr_expect_null(driver);
    close(ends[0]);
    close(ends[1]);
}

Test(sms, none_sends_nothing_and_says_so)
{
    struct sms_driver *driver = open_driver((struct sms_driver_settings){.kind = S("none")});
    struct str problem = S("");

    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_IMPOSSIBLE);
    cr_expect(str_same(problem, S("no SMS gateway is set up")));
    sms_driver_close(&driver);
}

Test(sms, a_setting_that_is_wrong_is_refused_in_words)
{
    static const struct sms_driver_settings wrong[] = {
        {.kind = {"", 0}},
        {.kind = {"smtp", 4}},
        {.kind = {"http", 4}},
        {.kind = {"http", 4}, .url = {"file:///etc/passwd", 18}},
        {.kind = {"http", 4}, .url = {"http://a b", 10}},
        {.kind = {"http", 4}, .url = {"http://a", 8}, .token = {"one\r\nX-Two: 2", 13}},
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct sms_driver *driver = NULL;
        struct outcome outcome = sms_driver_open(&wrong[i], &driver);

        cr_expect(outcome.fault && strstr(outcome.fault, "SMS"), "setting %zu", i);
        cr_expect_null(driver);
    }
}

Test(sms, http_posts_the_letter_with_its_id_and_the_token)
{
    static const char *const answers[] = {ANSWER("202 Accepted")};
    struct str problem = S("before");
    struct sms_driver *driver;
    const char *body;

    gateway_open(answers, 1);
    driver = open_driver(to_gateway());
    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_DELIVERED);
    cr_expect_eq(problem.len, 0u);
    gateway_close();
    cr_expect_eq(strncmp(gateway.requests[0], "POST /sms?from=gongdao HTTP/1.1\r\n", 33), 0);
    cr_expect(strstr(gateway.requests[0], "\r\nAuthorization: Bearer gateway-token\r\n"));
    cr_expect(strstr(gateway.requests[0], "\r\nContent-Type: application/json\r\n"));
    body = strstr(gateway.requests[0], "\r\n\r\n");
    cr_assert(body);
    cr_expect_str_eq(body + 4,
                     "{\"id\":\"4711\",\"to\":\"13812345678\",\"template\":\"login-code\","
                     "\"text\":\"code \\\"428571\\\"\\nnew\"}");
    sms_driver_close(&driver);
}

/* (2) */
Test(sms, each_try_carries_the_same_id)
{
    static const char *const answers[] = {ANSWER("503 Busy"), ANSWER("200 OK")};
    struct str problem = S("");
    struct sms_driver *driver;

    gateway_open(answers, 2);
    driver = open_driver(to_gateway());
    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_LATER);
    cr_expect(str_same(problem, S("the gateway answered 503")));
    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_DELIVERED);
    gateway_close();
    cr_expect(strstr(gateway.requests[0], "\"id\":\"4711\""));
    cr_expect_str_eq(gateway.requests[0], gateway.requests[1]);
    sms_driver_close(&driver);
}

/* (1) */
Test(sms, only_what_concerns_this_message_is_given_up)
{
    static const struct {
        long status;
        enum letter_fate fate;
    } map[] = {
        {200, LETTER_DELIVERED},  {201, LETTER_DELIVERED},  {204, LETTER_DELIVERED},
        {299, LETTER_DELIVERED},  {0, LETTER_LATER},        {100, LETTER_LATER},
        {302, LETTER_LATER},      {400, LETTER_IMPOSSIBLE}, {401, LETTER_LATER},
        {403, LETTER_LATER},      {404, LETTER_LATER},      {407, LETTER_LATER},
        {408, LETTER_LATER},      {410, LETTER_IMPOSSIBLE}, {413, LETTER_IMPOSSIBLE},
        {422, LETTER_IMPOSSIBLE}, {429, LETTER_LATER},      {499, LETTER_IMPOSSIBLE},
        {500, LETTER_LATER},      {503, LETTER_LATER},      {599, LETTER_LATER},
    };

    for (size_t i = 0; i < COUNT(map); i++)
        cr_expect_eq(sms_driver_fate(map[i].status), map[i].fate, "%ld", map[i].status);
}

Test(sms, a_gateway_that_is_away_or_talks_nonsense_is_tried_again)
{
    static const char *const answers[] = {"", "no HTTP at all\r\n\r\n",
                                          ANSWER("307 Elsewhere\r\nLocation: http://127.0.0.1:1/")};
    struct sms_driver *driver;
    struct str problem;

    gateway_open(answers, 3);
    driver = open_driver(to_gateway());
    for (int i = 0; i < 3; i++) {
        problem = S("");
        cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_LATER, "%d", i);
        cr_expect(str_begins(problem, S("the gateway")));
        cr_expect_eq(str_find(problem, letter.to), -1, "(3) the log learns no number");
    }
    gateway_close();
    problem = S("");
    cr_expect_eq(sms_driver_send(driver, arena, &letter, &problem), LETTER_LATER, "it is gone");
    cr_expect_neq(problem.len, 0u);
    sms_driver_close(&driver);
}

/* ---- the carrier ----
 * The outbox here is a list in memory, since channels do not see desk/notice. */

static struct shelf {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    id waiting[8];
    size_t waiting_count;
    bool taken[8];
    int fates[8]; /* 0: none, else the fate + 1 */
    size_t settled_count;
} shelf = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static struct outcome shelf_list(struct scene *scene, const id **letters, size_t *count)
{
    id *ids = NEW_MANY(scene->arena, id, COUNT(shelf.waiting));

    cr_assert(scene->store);
    pthread_mutex_lock(&shelf.lock);
    for (size_t i = 0; i < shelf.waiting_count; i++) ids[i] = shelf.waiting[i];
    *count = shelf.waiting_count;
    pthread_mutex_unlock(&shelf.lock);
    *letters = ids;
    return DONE;
}

static struct outcome shelf_take(struct scene *scene, const void *form, void *result)
{
    id one = ((const struct outbox_take_form *)form)->letter_id;
    struct letter *taken = result;
    size_t left = 0;

    pthread_mutex_lock(&shelf.lock);
    for (size_t i = 0; i < shelf.waiting_count; i++) {
        if (shelf.waiting[i] != one) shelf.waiting[left++] = shelf.waiting[i];
    }
    shelf.waiting_count = left;
    shelf.taken[one] = true;
    pthread_mutex_unlock(&shelf.lock);
    if (one == 3) return REFUSE(act_not_yours); /* another sender was faster */
    if (one == 5) return FAULT("this letter cannot be read");
    *taken = letter;
    taken->letter_id = one;
    taken->text = arena_print(scene->arena, "letter %lld", (long long)one);
    return DONE;
}

static struct outcome shelf_settle(struct scene *scene, const void *form, void *result)
{
    const struct outbox_settle_form *settled = form;

    (void)scene, (void)result;
    pthread_mutex_lock(&shelf.lock);
    shelf.fates[settled->letter_id] = (int)settled->fate + 1;
    shelf.settled_count++;
    pthread_cond_signal(&shelf.changed);
    pthread_mutex_unlock(&shelf.lock);
    return DONE;
}

static const struct act take_act = {.name = "shelf.take", .who = WHO_SYSTEM, .run = shelf_take};
static const struct act settle_act = {
    .name = "shelf.settle", .who = WHO_SYSTEM, .run = shelf_settle};
static const struct outbox shelf_outbox = {shelf_list, &take_act, &settle_act};

static struct writer *open_writer(const char *database)
{
    struct writer_settings settings = {.database = str_of(database)};
    struct store *store;
    struct writer *writer;

    cr_assert(done(store_open(settings.database, STORE_WRITE, &store)));
    database_make_tables(store, (const struct module *[]){NULL});
    store_close(&store);
    cr_assert(done(writer_open(&settings, &writer)));
    return writer;
}

/* (3) The first faults, the next is put off, another is refused, and the last is sent all the
 * same. */
Test(sms, carries_what_is_due_one_after_another)
{
    static const char *const answers[] = {ANSWER("200 OK"), ANSWER("503 Busy"), ANSWER("200 OK")};
    char folder[FOLDER_LEN];
    struct sms_settings settings = {.outbox = &shelf_outbox};
    const char *database;
    struct sms *sms;

    folder_make(folder);
    database = arena_c(arena, arena_print(arena, "%s/test.db", folder));
    settings.database = str_of(database);
    settings.writer = open_writer(database);
    gateway_open(answers, 3);
    settings.driver = to_gateway();
    cr_assert(done(sms_open(&settings, &sms)));

    pthread_mutex_lock(&shelf.lock);
    shelf.waiting_count = 0;
    for (id one = 5; one >= 1; one--) shelf.waiting[shelf.waiting_count++] = one == 5 ? 5 : 5 - one;
    pthread_mutex_unlock(&shelf.lock);
    sms_wake(sms);
    pthread_mutex_lock(&shelf.lock);
    while (shelf.settled_count < 3) pthread_cond_wait(&shelf.changed, &shelf.lock);
    pthread_mutex_unlock(&shelf.lock);
    gateway_close();
    sms_close(&sms);
    cr_expect_null(sms);
    writer_close(&settings.writer);

    cr_expect_eq(shelf.fates[1], LETTER_DELIVERED + 1);
    cr_expect_eq(shelf.fates[2], LETTER_LATER + 1);
    cr_expect_eq(shelf.fates[3], 0, "what another sender took is not sent");
    cr_expect(shelf.taken[3]);
    cr_expect_eq(shelf.fates[5], 0);
    cr_expect(shelf.taken[5]);
    cr_expect_eq(shelf.fates[4], LETTER_DELIVERED + 1);
    cr_expect(strstr(gateway.requests[0], "letter 1"));
    cr_expect(strstr(gateway.requests[1], "letter 2"));
    cr_expect(strstr(gateway.requests[2], "letter 4"));
    folder_drop(folder);
}

Test(sms, does_not_start_with_a_wrong_setting)
{
    struct sms_settings settings = {.outbox = &shelf_outbox, .driver = {.kind = S("pigeon")}};
    struct sms *sms = NULL;

    cr_expect(sms_open(&settings, &sms).fault);
    cr_expect_null(sms);
}
