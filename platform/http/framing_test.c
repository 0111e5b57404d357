/* framing_test.c -- raw bytes in, statuses out: invariants of head.c and request.c.
 *
 * Each refused case is followed on the same connection by a good request: it must not be answered,
 * or somebody else's words would be taken for a request.
 */
#include "platform/http/rig_test.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define H "Host: gongdao.example\r\n"
#define B(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    } /* S() is not for static tables */
#define NEXT "GET /next HTTP/1.1\r\n" H "\r\n"
#define LAST "GET /last HTTP/1.1\r\n" H "Connection: close\r\n\r\n"

struct framing {
    const char *what;
    struct str bytes;
    const char *expected;
};

static const struct framing accepted[] = {
    {"plain", B("GET / HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"no blank after the colon", B("GET / HTTP/1.1\r\nHost:x\r\n\r\n"), "200 200"},
    {"blanks around a value", B("GET / HTTP/1.1\r\nHost: \t x \t\r\n\r\n"), "200 200"},
    {"an empty value", B("GET / HTTP/1.1\r\n" H "Accept:\r\n\r\n"), "200 200"},
    {"empty lines before", B("\r\n\r\nGET / HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"names in any case", B("GET / HTTP/1.1\r\nhOST: x\r\n\r\n"), "200 200"},
    {"host with port", B("GET / HTTP/1.1\r\nHost: x:8080\r\n\r\n"), "200 200"},
    {"host of IPv6", B("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), "200 200"},
    {"query", B("GET /a?b=%20&c=%E4%B8%AD HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"path in Chinese", B("GET /%E4%B8%AD HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"non-ASCII value", B("GET / HTTP/1.1\r\n" H "X: \xE4\xB8\xAD\r\n\r\n"), "200 200"},
    {"empty body", B("POST / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n"), "200 200"},
    {"no body", B("POST / HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"body", B("POST / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nhello"), "200 200"},
    {"put", B("PUT / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nhello"), "200 200"},
    {"delete", B("DELETE / HTTP/1.1\r\n" H "\r\n"), "200 200"},
    {"chunked",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n"),
     "200 200"},
    {"Chunked", B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"),
     "200 200"},
    {"chunk extension",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "5;a=b\r\nhello\r\n0\r\n\r\n"),
     "200 200"},
    {"trailer",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"),
     "200 200"},
    {"upgrade is ignored", B("GET / HTTP/1.1\r\n" H "Upgrade: h2c\r\n\r\n"), "200 200"},
    {"asked to close", B("GET / HTTP/1.1\r\n" H "Connection: close\r\n\r\n"), "200"},
    {"HTTP/1.0", B("GET / HTTP/1.0\r\n" H "\r\n"), "200"},
    {"two pipelined before", B(NEXT NEXT), "200 200 200"},
    /* Not visible to us (head.c says why it does no harm behind nginx). */
    {"bare LF in chunks",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "5\nhello\n0\n\n"),
     "200 200"},
};

static const struct framing refused[] = {
    {"no host", B("GET / HTTP/1.1\r\nAccept: a\r\n\r\n"), "400"},
    {"no header at all", B("GET / HTTP/1.1\r\n\r\n"), "400"},
    {"no host in 1.0", B("GET / HTTP/1.0\r\nAccept: a\r\n\r\n"), "400"},
    {"two hosts", B("GET / HTTP/1.1\r\n" H H "\r\n"), "400"},
    {"empty host", B("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "400"},
    {"host with path", B("GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"), "400"},
    {"host with user", B("GET / HTTP/1.1\r\nHost: a@x\r\n\r\n"), "400"},
    {"host with blank", B("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), "400"},
    {"host list", B("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"), "400"},
    {"host with bad port", B("GET / HTTP/1.1\r\nHost: x:8o\r\n\r\n"), "400"},
    {"host with empty port", B("GET / HTTP/1.1\r\nHost: x:\r\n\r\n"), "400"},
    {"host with huge port", B("GET / HTTP/1.1\r\nHost: x:65536\r\n\r\n"), "400"},
    {"host half IPv6", B("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"), "400"},
    {"blank before colon", B("GET / HTTP/1.1\r\nHost : x\r\n\r\n"), "400"},
    {"tab before colon", B("GET / HTTP/1.1\r\n" H "A\t: x\r\n\r\n"), "400"},
    {"no colon", B("GET / HTTP/1.1\r\n" H "Accept\r\n\r\n"), "400"},
    {"empty name", B("GET / HTTP/1.1\r\n" H ": x\r\n\r\n"), "400"},
    {"name with bracket", B("GET / HTTP/1.1\r\n" H "A(b): x\r\n\r\n"), "400"},
    {"NUL in a name", B("GET / HTTP/1.1\r\n" H "A\0b: x\r\n\r\n"), "400"},
    {"NUL in a value", B("GET / HTTP/1.1\r\n" H "A: b\0c\r\n\r\n"), "400"},
    {"NUL at the end of host", B("GET / HTTP/1.1\r\nHost: x\0\r\n\r\n"), "400"},
    {"control in a value", B("GET / HTTP/1.1\r\n" H "A: b\001c\r\n\r\n"), "400"},
    {"DEL in a value", B("GET / HTTP/1.1\r\n" H "A: b\177c\r\n\r\n"), "400"},
    {"bare CR in a value", B("GET / HTTP/1.1\r\n" H "A: b\rc\r\n\r\n"), "400"},
    {"CR CR LF", B("GET / HTTP/1.1\r\n" H "A: b\r\r\n\r\n"), "400"},
    {"folded line", B("GET / HTTP/1.1\r\n" H "A: b\r\n c\r\n\r\n"), "400"},
    {"folded line with tab", B("GET / HTTP/1.1\r\n" H "A: b\r\n\tc\r\nB: d\r\n\r\n"), "400"},
    {"folded empty line", B("GET / HTTP/1.1\r\n" H "A: b\r\n \r\n\r\n"), "400"},
    {"first line folded", B("GET / HTTP/1.1\r\n " H "\r\n"), "400"},
    {"folded chunked",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding:\r\n chunked\r\n\r\n"
       "0\r\n\r\n"),
     "400"},
    {"bare LF after request line", B("GET / HTTP/1.1\n" H "\r\n"), "400"},
    {"bare LF after a header", B("GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n"), "400"},
    {"bare LF at the end", B("GET / HTTP/1.1\r\n" H "\n"), "400"},
    {"bare LF only", B("GET / HTTP/1.1\nHost: x\n\n"), "400"},
    {"two lengths, same",
     B("POST / HTTP/1.1\r\n" H "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"
       "hello"),
     "400"},
    {"two lengths",
     B("POST / HTTP/1.1\r\n" H "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"
       "hello"),
     "400"},
    {"length list", B("POST / HTTP/1.1\r\n" H "Content-Length: 5, 5\r\n\r\nhello"), "400"},
    {"length +5", B("POST / HTTP/1.1\r\n" H "Content-Length: +5\r\n\r\nhello"), "400"},
    {"length -1", B("POST / HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\nhello"), "400"},
    {"length 5x", B("POST / HTTP/1.1\r\n" H "Content-Length: 5x\r\n\r\nhello"), "400"},
    {"length 0x5", B("POST / HTTP/1.1\r\n" H "Content-Length: 0x5\r\n\r\nhello"), "400"},
    {"length 5 blank", B("POST / HTTP/1.1\r\n" H "Content-Length: 5 \r\n\r\nhello"), "400"},
    {"length empty", B("POST / HTTP/1.1\r\n" H "Content-Length:\r\n\r\nhello"), "400"},
    {"length overflows",
     B("POST / HTTP/1.1\r\n" H "Content-Length: 18446744073709551621\r\n\r\n"
       "hello"),
     "413"},
    {"length and chunked",
     B("POST / HTTP/1.1\r\n" H "Content-Length: 5\r\n"
       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     "400"},
    {"chunked and length",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n"
       "Content-Length: 5\r\n\r\n0\r\n\r\n"),
     "400"},
    {"xchunked", B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), "400"},
    {"identity", B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: identity\r\n\r\n"), "400"},
    {"gzip, chunked",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n"
       "0\r\n\r\n"),
     "400"},
    {"quoted chunked",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: \"chunked\"\r\n\r\n"
       "0\r\n\r\n"),
     "400"},
    {"chunked twice",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n"
       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     "400"},
    {"chunked in 1.0", B("POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
     "400"},
    {"vertical tab chunked",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: \vchunked\r\n\r\n"
       "0\r\n\r\n"),
     "400"},
    {"chunk size 0x5",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "0x5\r\nhello\r\n0\r\n\r\n"),
     "400"},
    {"chunk size +5",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "+5\r\nhello\r\n0\r\n\r\n"),
     "400"},
    {"chunk size -5",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "-5\r\nhello\r\n0\r\n\r\n"),
     "400"},
    {"chunk size overflows",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "10000000000000005\r\nhello\r\n0\r\n\r\n"),
     "413"},
    {"chunk too long",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "5\r\nhello!\r\n0\r\n\r\n"),
     "400"},
    {"chunk size missing",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       ";a\r\nhello\r\n0\r\n\r\n"),
     "400"},
    {"trailer without colon",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "0\r\nX\r\n\r\n"),
     "400"},
    {"trailer with blank",
     B("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
       "0\r\nX : 1\r\n\r\n"),
     "400"},
    {"body far too long", B("POST / HTTP/1.1\r\n" H "Content-Length: 99999999\r\n\r\nhello"),
     "413"},
    {"body on GET", B("GET / HTTP/1.1\r\n" H "Content-Length: 5\r\n\r\nhello"), "413"},
    {"absolute-form", B("GET http://gongdao.example/ HTTP/1.1\r\n" H "\r\n"), "400"},
    {"authority-form", B("GET gongdao.example:80 HTTP/1.1\r\n" H "\r\n"), "400"},
    {"asterisk-form", B("GET * HTTP/1.1\r\n" H "\r\n"), "400"},
    {"two slashes", B("GET //evil.example/ HTTP/1.1\r\n" H "\r\n"), "400"},
    {"fragment", B("GET /a#b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"%00", B("GET /a%00 HTTP/1.1\r\n" H "\r\n"), "400"},
    {"NUL in the path", B("GET /a\0b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"dots", B("GET /a/../b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"dots in percent", B("GET /a/%2e%2E/b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"slash in percent", B("GET /a%2fb HTTP/1.1\r\n" H "\r\n"), "400"},
    {"backslash", B("GET /a\\b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"percent at the end", B("GET /a% HTTP/1.1\r\n" H "\r\n"), "400"},
    {"percent with one digit", B("GET /a%4 HTTP/1.1\r\n" H "\r\n"), "400"},
    {"percent without digits", B("GET /a%zz HTTP/1.1\r\n" H "\r\n"), "400"},
    {"overlong UTF-8", B("GET /a%C0%AF HTTP/1.1\r\n" H "\r\n"), "400"},
    {"raw UTF-8", B("GET /\xE4\xB8\xAD HTTP/1.1\r\n" H "\r\n"), "400"},
    {"tab in the request line", B("GET\t/ HTTP/1.1\r\n" H "\r\n"), "400"},
    {"two blanks", B("GET  / HTTP/1.1\r\n" H "\r\n"), "400"},
    {"blank in the target", B("GET /a b HTTP/1.1\r\n" H "\r\n"), "400"},
    {"blank after the version", B("GET / HTTP/1.1 \r\n" H "\r\n"), "400"},
    {"no version", B("GET /\r\n" H "\r\n"), "400"},
    {"no target", B("GET HTTP/1.1\r\n" H "\r\n"), "400"},
    {"HTTP/1.2", B("GET / HTTP/1.2\r\n" H "\r\n"), "505"},
    {"HTTP/2.0", B("GET / HTTP/2.0\r\n" H "\r\n"), "505"},
    {"http/1.1", B("GET / http/1.1\r\n" H "\r\n"), "400"},
    {"HTTP/1.10", B("GET / HTTP/1.10\r\n" H "\r\n"), "400"},
    {"options", B("OPTIONS / HTTP/1.1\r\n" H "\r\n"), "405"},
    {"trace", B("TRACE / HTTP/1.1\r\n" H "\r\n"), "405"},
    {"connect", B("CONNECT / HTTP/1.1\r\n" H "\r\n"), "405"},
    {"unknown method", B("BREW / HTTP/1.1\r\n" H "\r\n"), "501"},
    {"method in lower case", B("get / HTTP/1.1\r\n" H "\r\n"), "501"},
    {"method with comma", B("GE,T / HTTP/1.1\r\n" H "\r\n"), "400"},
    {"NUL in the method", B("GET\0 / HTTP/1.1\r\n" H "\r\n"), "400"},
    {"other expectation", B("POST / HTTP/1.1\r\n" H "Expect: x\r\n\r\n"), "417"},
    {"two content types",
     B("GET / HTTP/1.1\r\n" H "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n"), "400"},
    {"TLS", B("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n"), ""},
};

static void play(struct rig *rig, struct arena *arena, const struct framing *one)
{
    int client = rig_connect(rig);
    struct str got;

    client_send(client, one->bytes);
    client_send(client, S(LAST));
    got = client_statuses(arena, client_read_all(client, arena));
    cr_expect(str_same(got, str_of(one->expected)), "%s: expected '%s', got '%.*s'", one->what,
              one->expected, STR_ARGS(got));
    close(client);
    arena_reset(arena);
}

Test(http_framing, valid_requests_are_answered_and_the_next_one_too)
{
    struct arena *arena = arena_open(1 << 20);
    struct rig rig;

    rig_prepare(&rig);
    rig_open(&rig);
    for (size_t i = 0; i < COUNT(accepted); i++) play(&rig, arena, accepted + i);
    rig_close(&rig);
    arena_close(&arena);
}

Test(http_framing, ambiguous_requests_are_refused_and_the_connection_is_closed)
{
    struct arena *arena = arena_open(1 << 20);
    struct rig rig;

    rig_prepare(&rig);
    rig_open(&rig);
    for (size_t i = 0; i < COUNT(refused); i++) play(&rig, arena, refused + i);
    rig_close(&rig);
    arena_close(&arena);
}

/* What a head of `size` bytes is made of. */
static void head_make(char *text, size_t size, size_t kind)
{
    static const char end[] = "Connection: close\r\n" H "\r\n";
    static const char *const start[] = {
        "GET / HTTP/1.1\r\nA: ", "GET / HTTP/1.1\r\nCookie: ", "GET / HTTP/1.1\r\n", "GET /?"};
    static const char *const filling[] = {"b", "c=0123456789abcdefghij;", "A: b\r\n", "a=b&"};
    static const char *const stop[] = {"\r\n", "\r\n", "", " HTTP/1.1\r\n"};
    size_t room = size + 512, len = (size_t)snprintf(text, room, "%s", start[kind]);

    while (len + strlen(filling[kind]) < size)
        len += (size_t)snprintf(text + len, room - len, "%s", filling[kind]);
    snprintf(text + len, room - len, "%s%s", stop[kind], end);
}

/* What libmicrohttpd has no memory for it closes, at times without a word; below that everything
 * is answered, and nothing waits for ever. */
Test(http_framing, heads_of_every_size_are_answered_or_cut)
{
    struct arena *arena = arena_open(1 << 20);
    struct rig rig;

    rig_prepare(&rig);
    rig_open(&rig);
    for (size_t size = 100; size < 12000; size += 250) {
        for (size_t kind = 0; kind < 4; kind++) {
            bool is_small = size < (kind == 2 ? 300 : kind == 1 ? 1600 : 1900);
            int client = rig_connect(&rig);
            char head[12600];
            struct str got;

            head_make(head, size, kind);
            client_send(client, str_of(head));
            got = client_statuses(arena, client_read_all(client, arena));
            cr_expect(str_same(got, S("200")) ||
                          (!is_small &&
                           (got.len == 0 || str_same(got, S("431")) || str_same(got, S("414")))),
                      "kind %zu, %zu bytes: '%.*s'", kind, size, STR_ARGS(got));
            close(client);
            arena_reset(arena);
        }
    }
    rig_close(&rig);
    arena_close(&arena);
}
