/* server_test.c -- a real server: bodies, bounds, addresses, headers, many at once, the end. */
#include "platform/http/rig_test.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define H "Host: gongdao.example\r\n"

enum { TEXT_BYTES = 8192 };

static struct str body_of(struct str answer)
{
    int64_t at = str_find(answer, S("\r\n\r\n"));

    cr_assert(at >= 0);
    return (struct str){answer.at + at + 4, answer.len - (size_t)at - 4};
}

static bool has(struct str text, struct str part)
{
    return str_find(text, part) >= 0;
}

Test(http_server, keeps_a_connection_and_gives_each_request_its_own_body)
{
    static char text[TEXT_BYTES];
    struct rig rig;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_echo;
    rig_open(&rig);
    client = rig_connect(&rig);
    for (int i = 0; i < 20; i++) {
        char request[200], body[40];
        struct str answer;

        snprintf(body, sizeof body, "body %d", i);
        snprintf(request, sizeof request, "POST /a HTTP/1.1\r\n" H "Content-Length: %zu\r\n\r\n%s",
                 strlen(body), body);
        client_send(client, str_of(request));
        answer = client_read_answer(client, text, sizeof text);
        cr_expect(str_same(body_of(answer), str_of(body)));
        cr_expect(!has(answer, S("Connection: close")));
    }
    cr_expect_eq(http_connections(rig.server), 1);
    close(client);
    rig_close(&rig);
}

Test(http_server, joins_chunks_and_large_bodies)
{
    enum { BODY = 300000 };
    static char body[BODY], head[100], got[BODY + TEXT_BYTES];
    struct rig rig;
    int client;

    for (size_t i = 0; i < BODY; i++) body[i] = (char)('a' + i * 7 % 26);
    rig_prepare(&rig);
    rig.serve = rig_serve_echo;
    rig_open(&rig);
    client = rig_connect(&rig);
    snprintf(head, sizeof head, "POST /big HTTP/1.1\r\n" H "Content-Length: %d\r\n\r\n", BODY);
    client_send(client, str_of(head));
    client_send(client, (struct str){body, BODY});
    cr_expect(
        str_same(body_of(client_read_answer(client, got, sizeof got)), (struct str){body, BODY}));
    client_send(client, S("POST /a HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
                          "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n"));
    cr_expect(str_same(body_of(client_read_answer(client, got, sizeof got)), S("hello world")));
    close(client);
    rig_close(&rig);
}

Test(http_server, answers_head_like_get_without_a_body)
{
    struct arena *arena = arena_open(1 << 20);
    struct rig rig;
    struct str got;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_echo;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S("HEAD /a HTTP/1.1\r\n" H "Connection: close\r\n\r\n"));
    got = client_read_all(client, arena);
    cr_expect(str_begins(got, S("HTTP/1.1 200 ")));
    cr_expect(has(got, S("Content-Length: 7\r\n")));
    cr_expect(str_ends(got, S("\r\n\r\n")));
    close(client);
    rig_close(&rig);
    arena_close(&arena);
}

static void serve_own_headers(struct rig *rig, struct http_request *request)
{
    static const struct http_header headers[] = {{"cache-control", {"max-age=60", 10}},
                                                 {"Location", {"/a", 2}}};

    (void)rig;
    http_answer(request, &(struct http_answer){.status = 303,
                                               .headers = headers,
                                               .headers_count = COUNT(headers),
                                               .body = S("")});
}

Test(http_server, gives_safe_headers_and_lets_the_caller_choose)
{
    static const char *const expected[] = {
        "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: same-origin\r\n",
        "X-Frame-Options: DENY\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n",
        "Permissions-Policy: camera=()",
        "Content-Security-Policy: default-src 'none'; script-src 'self';",
        "cache-control: max-age=60\r\n",
        "Location: /a\r\n",
        "Content-Length: 0\r\n"};
    static char text[TEXT_BYTES];
    struct rig rig;
    struct str got;
    int client;

    rig_prepare(&rig);
    rig.serve = serve_own_headers;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S("GET /a HTTP/1.1\r\n" H "\r\n"));
    got = client_read_answer(client, text, sizeof text);
    for (size_t i = 0; i < COUNT(expected); i++)
        cr_expect(has(got, str_of(expected[i])), "%s", expected[i]);
    cr_expect(!has(got, S("no-store")));
    cr_expect(!has(got, S("Server:")));
    client_send(client, S("BREW /a HTTP/1.1\r\n" H "\r\n"));
    got = client_read_answer(client, text, sizeof text);
    cr_expect(has(got, S("Cache-Control: no-store\r\n")));
    cr_expect(has(got, S("nosniff")) && has(got, S("Connection: close\r\n")));
    close(client);
    rig_close(&rig);
}

static void serve_split_header(struct rig *rig, struct http_request *request)
{
    struct http_header header = {"Location", S("/a\r\nSet-Cookie: b=c")};

    (void)rig;
    http_answer(request, &(struct http_answer){
                             .status = 303, .headers = &header, .headers_count = 1, .body = S("")});
}

Test(http_server, never_sends_a_line_end_inside_a_header)
{
    static char text[TEXT_BYTES];
    struct rig rig;
    struct str got;
    int client;

    rig_prepare(&rig);
    rig.serve = serve_split_header;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S("GET /a HTTP/1.1\r\n" H "\r\n"));
    got = client_read_answer(client, text, sizeof text);
    cr_expect(str_begins(got, S("HTTP/1.1 500 ")));
    cr_expect(!has(got, S("Set-Cookie")));
    close(client);
    rig_close(&rig);
}

/* What the request says of itself, as a body. */
static void serve_self(struct rig *rig, struct http_request *request)
{
    struct str body = arena_print(
        http_request_arena(request), "%d|%.*s|%.*s|%.*s|%.*s|%.*s",
        (int)http_request_method(request), STR_ARGS(http_request_path(request)),
        STR_ARGS(http_request_query(request)), STR_ARGS(http_request_header(request, "x-one")),
        STR_ARGS(http_request_cookie(request, "b")), STR_ARGS(http_request_address(request)));

    (void)rig;
    cr_assert_null(*http_request_mine(request));
    *http_request_mine(request) = rig;
    http_answer(request, &(struct http_answer){.status = 200, .body = body});
}

Test(http_server, tells_path_query_headers_cookies_and_address)
{
    static const struct {
        const char *request, *body;
    } cases[] = {
        {"GET /%E4%B8%AD/a%20b?c=%20&d HTTP/1.1\r\n" H "X-One:  two \t\r\n\r\n",
         "1|/\xE4\xB8\xAD/a b|c=%20&d|two||unix"},
        {"DELETE / HTTP/1.1\r\n" H "Cookie: a=1; b=2; c=3\r\n\r\n", "3|/|||2|unix"},
        {"GET / HTTP/1.1\r\n" H "Cookie: a=1\r\nCookie: b=\"4\"\r\n\r\n", "1|/|||4|unix"},
        {"GET / HTTP/1.1\r\n" H "X-Forwarded-For: 203.0.113.9\r\n\r\n", "1|/||||203.0.113.9"},
        {"GET / HTTP/1.1\r\n" H "X-Forwarded-For: 1.2.3.4, 2001:db8::1\r\n\r\n",
         "1|/||||2001:db8::1"},
        {"GET / HTTP/1.1\r\n" H "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n\r\n",
         "1|/||||5.6.7.8"},
        {"GET / HTTP/1.1\r\n" H "X-Forwarded-For: 1.2.3.4, evil\r\n\r\n", "1|/||||unix"},
        {"GET / HTTP/1.1\r\n" H "X-Forwarded-For: 1.2.3.4,\r\n\r\n", "1|/||||unix"},
    };
    static char text[TEXT_BYTES];
    struct rig rig;
    int client;

    rig_prepare(&rig);
    rig.serve = serve_self;
    rig_open(&rig);
    client = rig_connect(&rig);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str got;

        client_send(client, str_of(cases[i].request));
        got = body_of(client_read_answer(client, text, sizeof text));
        cr_expect(str_same(got, str_of(cases[i].body)), "%s: '%.*s'", cases[i].request,
                  STR_ARGS(got));
    }
    close(client);
    rig_close(&rig);
}

Test(http_server, refuses_bodies_over_the_bound_of_the_route)
{
    static char text[TEXT_BYTES], body[2000];
    struct rig rig;
    struct str answer;
    int client;

    memset(body, 'x', sizeof body);
    rig_prepare(&rig);
    rig_open(&rig);
    client = rig_connect(&rig); /* refused at its end, so that the answer arrives */
    client_send(client, S("POST /a HTTP/1.1\r\n" H "Content-Length: 801\r\n\r\n"));
    client_send(client, (struct str){body, 801});
    answer = client_read_answer(client, text, sizeof text);
    cr_expect(has(answer, S(" 413 ")));
    cr_expect(has(answer, S("\"code\":\"request.too-large\",\"errors\":[]}")));
    cr_expect_eq(read(client, text, 1), 0);
    close(client);
    client = rig_connect(&rig); /* would be thrown away by the megabyte: refused at once */
    client_send(client, S("POST /a HTTP/1.1\r\n" H "Content-Length: 9000000\r\n\r\n"));
    cr_expect(has(client_read_answer(client, text, sizeof text), S(" 413 ")));
    close(client);
    client = rig_connect(&rig); /* waits for our word before it sends */
    client_send(client, S("POST /a HTTP/1.1\r\n" H "Content-Length: 801\r\n"
                          "Expect: 100-continue\r\n\r\n"));
    cr_expect(has(client_read_answer(client, text, sizeof text), S(" 413 ")));
    close(client);
    client = rig_connect(&rig); /* no length promised */
    client_send(client, S("POST /a HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n321\r\n"));
    client_send(client, (struct str){body, 0x321});
    client_send(client, S("\r\n0\r\n\r\n"));
    cr_expect(has(client_read_answer(client, text, sizeof text), S(" 413 ")));
    close(client);
    rig_close(&rig);
}

/* What a body that is too large is answered with, asked for with these header fields. */
static struct str too_large(struct rig *rig, const char *path, const char *fields, char *text,
                            size_t size)
{
    char head[400];
    int client = rig_connect(rig);
    int len =
        snprintf(head, sizeof head,
                 "POST %s HTTP/1.1\r\n" H "Content-Length: 99999999999\r\n%s\r\n", path, fields);
    struct str got;

    client_send(client, (struct str){head, (size_t)len});
    got = client_read_answer(client, text, size);
    close(client);
    cr_expect(has(got, S(" 413 ")));
    return got;
}

Test(http_server, early_refusals_speak_the_language_of_whoever_asked)
{
    static char text[TEXT_BYTES];
    struct rig rig;
    struct str got;

    rig_prepare(&rig);
    rig_open(&rig);
    got = too_large(&rig, "/api/v1/a", "Accept-Language: en\r\n", text, sizeof text);
    cr_expect(has(got, S("application/problem+json")) && has(got, S("\"title\":\"Too large\"")));
    got = too_large(&rig, "/api/v1/a", "", text, sizeof text);
    cr_expect(has(got, S("\"title\":\"内容太大\"")) && !has(got, S("Too large")));
    got = too_large(&rig, "/api/v1/a", "Accept: text/html\r\n", text, sizeof text);
    cr_expect(has(got, S("application/problem+json")), "the paths of programs");
    got = too_large(&rig, "/a", "Accept: text/html,*/*\r\nAccept-Language: en\r\n", text,
                    sizeof text);
    cr_expect(has(got, S("text/html")) && has(got, S("内容太大")) && has(got, S("Too large")),
              "a browser's page is in both");
    rig_close(&rig);
}

/* The library would refuse these by itself, in English, and say its own head twice. */
Test(http_server, a_head_without_a_host_or_with_a_blank_in_its_address_is_refused_in_words)
{
    static const char *const heads[] = {"GET /a HTTP/1.1\r\n", "GET /a b HTTP/1.1\r\n" H};
    static char text[TEXT_BYTES];
    struct rig rig;

    rig_prepare(&rig);
    rig_open(&rig);
    for (size_t i = 0; i < COUNT(heads); i++) {
        int client = rig_connect(&rig);
        struct str got;

        client_send(client, str_of(heads[i]));
        client_send(client, S("Accept: text/html\r\n\r\n"));
        got = client_read_answer(client, text, sizeof text);
        cr_expect(has(got, S(" 400 ")) && has(got, S("Content-Security-Policy")), "%zu", i);
        cr_expect(has(got, S("请求有误")) && has(got, S("Bad request")), "%zu", i);
        close(client);
    }
    rig_close(&rig);
}

Test(http_server, refuses_bodies_over_the_memory_of_all_and_recovers)
{
    static const char whole[] = "POST /a HTTP/1.1\r\n" H "Content-Length: 8\r\n\r\n12345678";
    static char text[TEXT_BYTES];
    struct rig rig;
    int first, second;

    rig_prepare(&rig);
    rig.settings.bodies_bytes_max = 12;
    rig.serve = rig_serve_hold;
    rig_open(&rig);
    first = rig_connect(&rig);
    client_send(first, str_of(whole));
    rig_wait_held(&rig); /* its body is in memory now */
    second = rig_connect(&rig);
    client_send(second, str_of(whole));
    struct str got = client_read_answer(second, text, sizeof text);
    cr_expect(has(got, S(" 503 ")) && has(got, S("Retry-After: 1\r\n")));
    close(second);
    second = rig_connect(&rig);
    client_send(second, S("POST /a HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
                          "8\r\n12345678\r\n0\r\n\r\n"));
    cr_expect(has(client_read_answer(second, text, sizeof text), S(" 503 ")));
    close(second);
    rig_serve_plain(&rig, rig.held);
    cr_expect(has(client_read_answer(first, text, sizeof text), S(" 200 ")));
    client_send(first, str_of(whole)); /* after the answer its memory is free again */
    cr_expect(has(client_read_answer(first, text, sizeof text), S(" 200 ")));
    close(first);
    rig_close(&rig);
}

Test(http_server, drops_a_slow_head_and_a_truncated_body)
{
    struct arena *arena = arena_open(1 << 20);
    struct rig rig;
    int head, body;

    rig_prepare(&rig);
    rig.settings.header_seconds_max = 1;
    rig_open(&rig);
    head = rig_connect(&rig);
    body = rig_connect(&rig);
    client_send(head, S("GET /a HTTP/1.1\r\nHos"));
    client_send(body, S("POST /a HTTP/1.1\r\n" H "Content-Length: 8\r\n\r\n1234"));
    cr_expect(!has(client_read_all(head, arena), S(" 200 ")));
    cr_expect(!has(client_read_all(body, arena), S(" 200 ")));
    cr_expect_eq(rig.put, 0, "nothing reached handle");
    close(head);
    close(body);
    rig_close(&rig);
    arena_close(&arena);
}

Test(http_server, serves_two_hundred_connections_at_once)
{
    enum { CLIENTS = 200 };
    static char text[TEXT_BYTES];
    struct rig rig;
    int clients[CLIENTS];

    rig_prepare(&rig);
    rig.serve = rig_serve_echo;
    rig_open(&rig);
    for (int i = 0; i < CLIENTS; i++) clients[i] = rig_connect(&rig);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < CLIENTS; i++) {
            char request[200];

            snprintf(request, sizeof request,
                     "POST /a HTTP/1.1\r\n" H "Content-Length: 6\r\n\r\n%03d %02d", i, round);
            client_send(clients[i], str_of(request));
        }
        for (int i = 0; i < CLIENTS; i++) {
            char body[40];

            snprintf(body, sizeof body, "%03d %02d", i, round);
            cr_assert(
                str_same(body_of(client_read_answer(clients[i], text, sizeof text)), str_of(body)));
        }
    }
    cr_expect_eq(http_connections(rig.server), CLIENTS);
    for (int i = 0; i < CLIENTS; i++) close(clients[i]);
    rig_close(&rig);
}

static int tcp_connect(const struct rig *rig)
{
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    int client;

    cr_assert_eq(getsockname(rig->server->listening, (struct sockaddr *)&bound, &len), 0);
    client = socket(bound.ss_family, SOCK_STREAM, 0);
    cr_assert_eq(connect(client, (struct sockaddr *)&bound, len), 0);
    return client;
}

Test(http_server, listens_on_tcp_and_knows_the_peer)
{
    static const char *const where[] = {"127.0.0.1:0", "[::1]:0"};
    static const char *const peer[] = {"1|/||||127.0.0.1", "1|/||||::1"};
    static char text[TEXT_BYTES];

    for (size_t i = 0; i < COUNT(where); i++) {
        struct rig rig;
        int client;

        rig_prepare(&rig);
        rig.settings.listen = str_of(where[i]);
        rig.settings.loops = 1;
        rig.serve = serve_self;
        rig_open(&rig);
        client = tcp_connect(&rig);
        client_send(client, S("GET / HTTP/1.1\r\n" H "\r\n"));
        cr_expect(
            str_same(body_of(client_read_answer(client, text, sizeof text)), str_of(peer[i])));
        close(client);
        rig_close(&rig);
    }
}

Test(http_server, trusts_only_a_peer_of_this_machine)
{
    struct sockaddr_in far = {.sin_family = AF_INET};
    struct sockaddr_in6 near = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    char text[INET6_ADDRSTRLEN];
    bool is_near;

    far.sin_addr.s_addr = htonl(0xC0000201);
    cr_expect(http_address_text((struct sockaddr *)&far, text, sizeof text, &is_near));
    cr_expect_str_eq(text, "192.0.2.1");
    cr_expect(!is_near);
    cr_expect(http_address_text((struct sockaddr *)&near, text, sizeof text, &is_near));
    cr_expect(is_near);
}

Test(http_server, only_fronts_that_were_named_may_say_for_whom_they_ask)
{
    struct str fronts = S("10.0.0.5  2001:db8::5");

    cr_expect(http_address_is_front(fronts, S("10.0.0.5")));
    cr_expect(http_address_is_front(fronts, S("::ffff:10.0.0.5")));
    cr_expect(http_address_is_front(fronts, S("2001:db8::5")));
    cr_expect_not(http_address_is_front(fronts, S("10.0.0.50")));
    cr_expect_not(http_address_is_front(fronts, S("10.0.0.")));
    cr_expect_not(http_address_is_front(fronts, S("")));
    cr_expect_not(http_address_is_front(S(""), S("10.0.0.5")));
    cr_expect(http_fronts_are_good(fronts));
    cr_expect(http_fronts_are_good(S("")));
    cr_expect_not(http_fronts_are_good(S("10.0.0.5,10.0.0.6")));
    cr_expect_not(http_fronts_are_good(S("front.example.com")));
    cr_expect(http_fronts_are_good(S("2001:db8::5")));
    cr_expect_not(http_fronts_are_good(S("2001:DB8::5")), "as no peer is ever written");
    cr_expect_not(http_fronts_are_good(S("2001:db8:0:0:0:0:0:5")));
    cr_expect_not(http_fronts_are_good(S("::ffff:10.0.0.5")));
}

Test(http_server, refuses_listen_addresses_it_cannot_have)
{
    static const char *const wrong[] = {"",           "127.0.0.1",       "localhost:80",
                                        "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                                        "[::1]",      "unix:",           "unix:/nowhere/at/all"};
    struct rig rig, other;
    struct outcome outcome;

    rig_prepare(&rig);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        rig.settings.listen = str_of(wrong[i]);
        outcome = http_open(&rig.settings, &rig.server);
        cr_expect(outcome.fault != NULL, "%s", wrong[i]);
        cr_expect_null(rig.server);
    }
    rig_prepare(&rig);
    rig_open(&rig);
    other = rig;
    outcome = http_open(&other.settings, &other.server);
    cr_expect(outcome.fault != NULL, "a living server's socket is not taken from it");
    rig_close(&rig);
}

Test(http_server, takes_over_the_socket_of_a_killed_server)
{
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct stat file;
    struct rig rig;
    int left = socket(AF_UNIX, SOCK_STREAM, 0);

    rig_prepare(&rig);
    snprintf(local.sun_path, sizeof local.sun_path, "%s", rig.where + strlen("unix:"));
    cr_assert_eq(bind(left, (struct sockaddr *)&local, sizeof local), 0);
    close(left); /* the file stays, as after kill -9 */
    rig_open(&rig);
    cr_expect_eq(stat(local.sun_path, &file), 0);
    cr_expect_eq(file.st_mode & 0777, 0660);
    rig_close(&rig);
    cr_expect_neq(stat(local.sun_path, &file), 0, "the file goes with the server");
}

struct closing {
    struct rig *rig;
    atomic_bool is_done;
};

static void *close_it(void *site)
{
    struct closing *closing = site;

    http_close(&closing->rig->server);
    atomic_store(&closing->is_done, true);
    return NULL;
}

Test(http_server, close_waits_for_the_answer_and_sends_it)
{
    static char text[TEXT_BYTES];
    struct rig rig;
    struct closing closing = {.rig = &rig};
    struct http_server *server;
    pthread_t thread;
    struct str got;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_hold;
    rig_open(&rig);
    server = rig.server;
    client = rig_connect(&rig);
    client_send(client, S("GET /a HTTP/1.1\r\n" H "\r\n"));
    rig_wait_held(&rig);
    pthread_create(&thread, NULL, close_it, &closing);
    while (!atomic_load(&server->closing)) sched_yield();
    cr_expect(!atomic_load(&closing.is_done));
    rig_serve_plain(&rig, rig.held);
    got = client_read_answer(client, text, sizeof text);
    cr_expect(has(got, S(" 200 ")) && has(got, S("Connection: close\r\n")));
    pthread_join(thread, NULL);
    cr_expect(atomic_load(&closing.is_done));
    close(client);
    rig_close(&rig);
}

Test(http_server, refuses_new_connections_while_it_finishes_the_old)
{
    static const char *const where[] = {NULL, "127.0.0.1:0"};
    static char text[TEXT_BYTES];

    for (size_t i = 0; i < COUNT(where); i++) {
        struct sockaddr_storage bound;
        socklen_t len = sizeof bound;
        struct rig rig;
        int client, late;

        rig_prepare(&rig);
        if (where[i]) rig.settings.listen = str_of(where[i]);
        rig_open(&rig);
        cr_assert_eq(getsockname(rig.server->listening, (struct sockaddr *)&bound, &len), 0);
        client = where[i] ? tcp_connect(&rig) : rig_connect(&rig);
        client_send(client, S("GET /a HTTP/1.1\r\n" H "\r\n"));
        cr_expect(has(client_read_answer(client, text, sizeof text), S(" 200 ")));
        http_stop_accepting(rig.server);
        http_stop_accepting(rig.server);
        late = socket(bound.ss_family, SOCK_STREAM, 0);
        cr_expect_eq(connect(late, (struct sockaddr *)&bound, len), -1);
        close(late);
        client_send(client, S("GET /a HTTP/1.1\r\n" H "\r\n"));
        cr_expect(has(client_read_answer(client, text, sizeof text), S(" 200 ")));
        close(client);
        rig_close(&rig);
    }
}
