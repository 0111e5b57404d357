/* stamp_test.c -- time stamps of a small authority made here with `openssl ts`: what is believed,
 * and all that is not. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "channel/stamp/authority_test.h"
#include "channel/stamp/stamp.h"
#include "channel/stamp/stamp_token.h"
#include "platform/database_test.h"
#include "platform/folder_test.h"
#include "platform/log.h"

#define DIGEST "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define OTHER "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"

enum { PORT_FIRST = 18160, PORT_LAST = 18169, BYTES_MAX = 64 * 1024 };

static struct arena *arena;
static char folder[FOLDER_LEN];
static struct stamp_trust *trust;
static struct stamp_request *request;

static bool done(struct outcome outcome)
{
    return IS_DONE(outcome);
}

static void set_up(void)
{
    static const char *const proxies[] = {"http_proxy", "all_proxy", "ALL_PROXY"};

    for (size_t i = 0; i < COUNT(proxies); i++) unsetenv(proxies[i]);
    log_quiet(true);
    arena = arena_open(8 << 20);
    folder_make(folder);
    authority_begin(arena, folder);
    authority_make("good");
    cr_assert(done(stamp_trust_open(authority_path("good-ca.pem"), S(""), &trust)));
    cr_assert(done(stamp_request_open(trust, S(DIGEST), &request)));
}
static void tear_down(void)
{
    stamp_request_close(&request);
    stamp_trust_close(&trust);
    folder_drop(folder);
    arena_close(&arena);
}
TestSuite(stamp, .init = set_up, .fini = tear_down, .timeout = 120);

/* Taken; or "" and why not. */
static struct str take_at(struct str reply, moment now, struct str *problem)
{
    struct stamp stamp;
    bool good = stamp_reply_take(trust, arena, request, reply, now, &stamp, problem);

    cr_expect_eq(good, stamp.token.len > 0 && !problem->len ? true : good);
    return good ? stamp.token : S("");
}
static struct str take(struct str reply, struct str *problem)
{
    return take_at(reply, time(NULL), problem);
}
static bool is_refused(struct str reply, const char *why)
{
    struct str problem;

    if (take(reply, &problem).len) return false;
    cr_expect(str_find(problem, str_of(why)) >= 0, "\"%.*s\" says nothing of \"%s\"",
              STR_ARGS(problem), why);
    return true;
}

Test(stamp, what_fits_is_taken_and_what_does_not_is_not)
{
    struct str good = authority_reply("good", stamp_request_bytes(request)), token, problem, spoilt;
    struct stamp_request *another;
    moment at;

    token = take(good, &problem);
    cr_assert(token.len > 100, "%.*s", STR_ARGS(problem));
    cr_expect(stamp_token_is_good(trust, arena, S(DIGEST), token, &at, &problem), "%.*s",
              STR_ARGS(problem));
    cr_expect(at <= time(NULL) && at > time(NULL) - 600);
    cr_expect(!stamp_token_is_good(trust, arena, S(OTHER), token, &at, &problem),
              "a kept one is for its own digest");
    cr_expect(str_find(problem, S("imprint")) >= 0, "%.*s", STR_ARGS(problem));

    /* The same digest asked for at another time: somebody plays an old answer again. */
    cr_assert(done(stamp_request_open(trust, S(DIGEST), &another)));
    cr_expect(is_refused(authority_reply("good", stamp_request_bytes(another)), "nonce"));
    stamp_request_close(&another);
    cr_assert(done(stamp_request_open(trust, S(OTHER), &another)));
    cr_expect(is_refused(authority_reply("good", stamp_request_bytes(another)), "mismatch"));
    stamp_request_close(&another);

    /* Every byte matters: of the answer, as far as it is read, and of what was kept. */
    for (size_t i = 0, taken = 0; i < good.len; i += 7) {
        char *bytes = (char *)arena_copy(arena, good).at;

        bytes[i] = (char)(bytes[i] ^ 0x20);
        spoilt = take((struct str){bytes, good.len}, &problem);
        /* A certificate's own signature is not read where it ends a chain; the digest still is. */
        taken += spoilt.len > 0;
        cr_expect(taken < good.len / 7 / 20, "%zu answers with a wrong byte were taken", taken);
    }
    cr_expect(is_refused((struct str){good.at, good.len - 1}, "not a time stamp"));
    cr_expect(is_refused(S("<html>sign in</html>"), "not a time stamp"));
    cr_expect(is_refused(S(""), "not a time stamp"));
}

Test(stamp, who_signs_by_which_policy_and_when_is_looked_at)
{
    struct str good, token, problem;
    moment now = time(NULL), at;

    authority_make("other");
    cr_expect(is_refused(authority_reply("other", stamp_request_bytes(request)), "certificate"));
    /* A certificate of the right root that is not for time stamping. */
    authority_write("ext", S("extendedKeyUsage = serverAuth\n"));
    authority_shell(
        "cp good.pem tsa.pem; openssl x509 -req -in good.csr -CA good-ca.pem -CAkey good-ca.key "
        "-set_serial 8 -days 20 -extfile ext -out web.pem");
    authority_write("request", stamp_request_bytes(request));
    authority_shell(
        "! openssl ts -reply -config good.conf -queryfile request -signer web.pem -inkey "
        "good.key -out reply");
    /* Refused by the authority: a digest it does not take. */
    authority_shell("sed -i 's/digests = sha256/digests = sha512/' good.conf");
    cr_expect(is_refused(authority_reply("good", stamp_request_bytes(request)), "status"));
    authority_shell("sed -i 's/digests = sha512/digests = sha256/' good.conf");

    good = authority_reply("good", stamp_request_bytes(request));
    cr_expect(!take_at(good, now + STAMP_SECONDS_OFF + 100, &problem).len);
    cr_expect(str_find(problem, S("s apart")) > 0, "%.*s", STR_ARGS(problem));
    cr_expect(!take_at(good, now - STAMP_SECONDS_OFF - 100, &problem).len);
    token = take(good, &problem);
    cr_expect(token.len > 0, "and at the right time it is");

    stamp_trust_close(&trust);
    cr_assert(done(stamp_trust_open(authority_path("other-ca.pem"), S(""), &trust)));
    cr_expect(!stamp_token_is_good(trust, arena, S(DIGEST), token, &at, &problem));
    stamp_trust_close(&trust);
    cr_assert(done(stamp_trust_open(authority_path("good-ca.pem"), S("1.2.3.4.2"), &trust)));
    stamp_request_close(&request);
    cr_assert(done(stamp_request_open(trust, S(DIGEST), &request)));
    cr_expect(take(authority_reply("good", stamp_request_bytes(request)), &problem).len > 0);
    cr_expect(is_refused(good, "mismatch"), "by another policy");
    stamp_trust_close(&trust);
    cr_expect(!done(stamp_trust_open(authority_path("good-ca.pem"), S("policy"), &trust)));
    cr_expect(!done(stamp_trust_open(authority_path("none.pem"), S(""), &trust)));
    cr_expect(!done(stamp_trust_open(S(""), S(""), &trust)));
    cr_assert(done(stamp_trust_open(authority_path("good-ca.pem"), S(""), &trust)));
}

/* ---- over HTTP, with a room that has one thing to be witnessed ---- */

static struct {
    int socket, port;
    int how; /* of the next answers */
} authority;
enum { ANSWERS, ANSWERS_OLD, IS_BROKEN, IS_HUGE };

static void answer(int peer)
{
    static char bytes[BYTES_MAX];
    struct str head, reply, body;
    size_t len = 0, whole = 0;
    const char *end = NULL;

    while (len < sizeof bytes - 1 && (!end || len < whole)) {
        ssize_t got = recv(peer, bytes + len, sizeof bytes - 1 - len, 0);

        if (got <= 0) return;
        len += (size_t)got;
        bytes[len] = '\0';
        end = strstr(bytes, "\r\n\r\n");
        if (end)
            whole = (size_t)(end + 4 - bytes) +
                    strtoul(strcasestr(bytes, "content-length:") + 15, NULL, 10);
    }
    cr_assert(strcasestr(bytes, "content-type: application/timestamp-query") != NULL);
    body = (struct str){end + 4, len - (size_t)(end + 4 - bytes)};
    reply = authority.how == ANSWERS_OLD ? authority_read("reply") : authority_reply("good", body);
    head = arena_print(arena,
                       "HTTP/1.1 %s\r\nContent-Type: application/timestamp-reply\r\n"
                       "Connection: close\r\nContent-Length: %zu\r\n\r\n",
                       authority.how == IS_BROKEN ? "503 Away" : "200 OK",
                       authority.how == IS_HUGE ? (size_t)BYTES_MAX * 8 : reply.len);
    send(peer, head.at, head.len, MSG_NOSIGNAL);
    for (int i = 0; i < (authority.how == IS_HUGE ? 400 : 1); i++)
        if (send(peer, reply.at, reply.len, MSG_NOSIGNAL) < 0) break;
}

static void *authority_main(void *unused)
{
    int peer;

    (void)unused;
    while ((peer = accept(authority.socket, NULL, NULL)) >= 0) {
        answer(peer);
        close(peer);
    }
    return NULL;
}

static pthread_t authority_thread;
static void authority_open(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;

    authority.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(authority.socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    for (authority.port = PORT_FIRST; authority.port <= PORT_LAST; authority.port++) {
        at.sin_port = htons((uint16_t)authority.port);
        if (bind(authority.socket, (struct sockaddr *)&at, sizeof at) == 0 &&
            listen(authority.socket, 8) == 0)
            break;
        cr_assert_eq(errno, EADDRINUSE);
    }
    cr_assert_leq(authority.port, PORT_LAST, "no port is free");
    cr_assert_eq(pthread_create(&authority_thread, NULL, authority_main, NULL), 0);
}
static void authority_close(void)
{
    shutdown(authority.socket, SHUT_RDWR);
    pthread_join(authority_thread, NULL);
    close(authority.socket);
}

static int kept;
static bool is_due;
static struct outcome find_due(struct scene *scene, struct witness_due *due, bool *found)
{
    (void)scene;
    *due = (struct witness_due){7, S(DIGEST)};
    *found = is_due;
    return DONE;
}
static struct outcome keep(struct scene *scene, const void *form, void *result)
{
    const struct witness_form *f = form;

    (void)result;
    scene->quiet = true;
    kept += f->number == 7 && f->token.len > 100 && f->stamped_at > 0;
    return DONE;
}
static const struct act keep_act = {.name = "test.keep", .who = WHO_SYSTEM, .run = keep};
static const struct witness witness = {find_due, &keep_act};

static bool looks(struct stamps *stamps, const char *why)
{
    struct str problem;
    bool stamped, good = stamps_look(stamps, time(NULL), &stamped, &problem);

    cr_expect(good || str_find(problem, str_of(why)) >= 0, "\"%.*s\" says nothing of \"%s\"",
              STR_ARGS(problem), why);
    return good && stamped;
}

static struct writer *open_writer(struct str database)
{
    struct writer_settings settings = {.database = database};
    struct store *store;
    struct writer *writer;

    cr_assert(done(store_open(database, STORE_WRITE, &store)));
    database_make_tables(store, (const struct module *[]){NULL});
    store_close(&store);
    cr_assert(done(writer_open(&settings, &writer)));
    return writer;
}

Test(stamp, over_http_only_what_was_verified_is_kept)
{
    struct stamps_settings settings = {.database = authority_path("test.db"),
                                       .witness = &witness,
                                       .ca_file = authority_path("good-ca.pem")};
    struct stamps *stamps;

    settings.writer = open_writer(settings.database);
    authority_open();
    settings.url = arena_print(arena, "http://127.0.0.1:%d/tsa", authority.port);
    cr_assert(done(stamps_open(&settings, &stamps)));
    cr_expect(!looks(stamps, "") && !kept, "nothing is due");
    is_due = true;
    cr_expect(looks(stamps, "") && kept == 1);
    authority.how = ANSWERS_OLD; /* the one it just gave */
    cr_expect(!looks(stamps, "nonce"));
    authority.how = IS_BROKEN;
    cr_expect(!looks(stamps, "status 503"));
    authority.how = IS_HUGE;
    cr_expect(!looks(stamps, "cannot be reached"));
    cr_expect_eq(kept, 1);
    authority.how = ANSWERS;
    cr_expect(looks(stamps, "") && kept == 2, "answering again it is asked again");
    authority_close();
    cr_expect(!looks(stamps, "cannot be reached"));
    stamps_close(&stamps);

    settings.url = S("tsa.example.com");
    cr_expect(!done(stamps_open(&settings, &stamps)));
    settings.url = S("https://tsa.example.com");
    settings.ca_file = authority_path("none.pem");
    cr_expect(!done(stamps_open(&settings, &stamps)), "nobody to know it by");
    writer_close(&settings.writer);
}
