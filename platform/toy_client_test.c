/* toy_client_test.c -- see toy_test.h: the client. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/toy_test.h"

enum { SILENCE_MS_MAX = 10000, ANSWER_BYTES_MAX = 512 * 1024 };

static int connect_to(const struct toy *toy)
{
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bool is_local = strncmp(toy->where, "unix:", 5) == 0;
    int descriptor = socket(is_local ? AF_UNIX : AF_INET, SOCK_STREAM, 0);
    int result;

    if (descriptor < 0) abort();
    if (is_local) {
        snprintf(local.sun_path, sizeof local.sun_path, "%s", toy->where + 5);
        result = connect(descriptor, (struct sockaddr *)&local, sizeof local);
    } else {
        address.sin_port = htons((uint16_t)strtol(strrchr(toy->where, ':') + 1, NULL, 10));
        result = connect(descriptor, (struct sockaddr *)&address, sizeof address);
    }
    if (result == 0) return descriptor;
    close(descriptor);
    return -1;
}

bool toy_can_listen(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    bool can = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
               bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;

    close(descriptor);
    return can;
}

static void send_all(int descriptor, struct str bytes)
{
    while (bytes.len) {
        ssize_t sent = send(descriptor, bytes.at, bytes.len, MSG_NOSIGNAL);

        if (sent <= 0) return;
        bytes.at += sent, bytes.len -= (size_t)sent;
    }
}

/* What came within SILENCE_MS_MAX; 0 at the end, and when nothing came. */
static size_t receive(int descriptor, char *to, size_t max)
{
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
    ssize_t got;

    if (poll(&wanted, 1, SILENCE_MS_MAX) <= 0) return 0;
    got = recv(descriptor, to, max, 0);
    return got > 0 ? (size_t)got : 0;
}

static void send_request(int descriptor, struct arena *arena, const char *method, const char *path,
                         const char *headers, struct str body)
{
    bool has_body = body.len || strcmp(method, "POST") == 0;
    struct str length = has_body ? arena_print(arena, "Content-Length: %zu\r\n", body.len) : S("");

    send_all(descriptor, arena_print(arena, "%s %s HTTP/1.1\r\nHost: toy\r\n%.*s%s\r\n", method,
                                     path, STR_ARGS(length), headers ? headers : ""));
    send_all(descriptor, body);
}

struct toy_answer toy_ask(struct toy *toy, struct arena *arena, const char *method,
                          const char *path, const char *headers, struct str body)
{
    struct toy_answer answer = {0};
    int descriptor = connect_to(toy);
    char *bytes = arena_take(arena, ANSWER_BYTES_MAX, 1);
    size_t len = 0, got;
    struct str text;
    int64_t end;

    if (descriptor < 0) return answer;
    send_request(descriptor, arena, method, path,
                 arena_print(arena, "Connection: close\r\n%s", headers ? headers : "").at, body);
    while (len < ANSWER_BYTES_MAX &&
           (got = receive(descriptor, bytes + len, ANSWER_BYTES_MAX - len)) > 0)
        len += got;
    close(descriptor);
    text = (struct str){bytes, len};
    end = str_find(text, S("\r\n\r\n"));
    if (end < 0 || len < 12) return answer;
    answer.status = (int)strtol(bytes + 9, NULL, 10);
    answer.head = (struct str){bytes, (size_t)end + 2};
    answer.body = (struct str){bytes + end + 4, len - (size_t)end - 4};
    return answer;
}

struct str toy_header(struct toy_answer answer, const char *name)
{
    struct str rest = answer.head;

    while (rest.len) {
        struct str value, line = str_cut(rest, '\n', &rest);

        if (str_same_plain(str_trim(str_cut(line, ':', &value)), str_of(name)))
            return str_trim(value);
    }
    return S("");
}

struct str toy_between(struct str text, const char *before, const char *after)
{
    int64_t at = str_find(text, str_of(before)), end;

    if (at < 0) return S("");
    text.at += (size_t)at + strlen(before), text.len -= (size_t)at + strlen(before);
    end = str_find(text, str_of(after));
    return end < 0 ? S("") : (struct str){text.at, (size_t)end};
}

struct toy_stream *toy_stream_open(struct toy *toy, const char *path, const char *headers)
{
    struct toy_stream *stream = calloc(1, sizeof *stream);
    struct arena *arena = arena_open(1 << 20);

    if (!stream) abort();
    stream->socket = connect_to(toy);
    if (stream->socket < 0) abort();
    send_request(stream->socket, arena, "GET", path, headers, S(""));
    arena_close(&arena);
    return stream;
}

void toy_stream_close(struct toy_stream *stream)
{
    close(stream->socket);
    free(stream);
}

/* Takes the head and the marks of chunks away (RFC 9112, 7.1), as far as they came. */
static void unchunk(struct toy_stream *stream)
{
    const char *at = strstr(stream->raw, "\r\n\r\n"), *end = stream->raw + stream->raw_len;
    size_t len = 0;

    if (!at) return;
    for (at += 4; at < end;) {
        char *digits_end;
        size_t size = strtoul(at, &digits_end, 16);

        if (digits_end + 2 > end) break;
        if (size == 0) stream->is_over = true;
        at = digits_end + 2;
        if (size > (size_t)(end - at)) size = (size_t)(end - at);
        memcpy(stream->text + len, at, size);
        len += size;
        at += size + 2;
    }
    stream->text[len] = '\0';
}

static bool read_on(struct toy_stream *stream)
{
    size_t got = 0;

    if (stream->raw_len < sizeof stream->raw - 1)
        got = receive(stream->socket, stream->raw + stream->raw_len,
                      sizeof stream->raw - 1 - stream->raw_len);
    stream->raw_len += got;
    stream->raw[stream->raw_len] = '\0';
    unchunk(stream);
    return got > 0;
}

bool toy_stream_says(struct toy_stream *stream, const char *text)
{
    while (!strstr(stream->text, text)) {
        if (!read_on(stream)) return false;
    }
    return true;
}

bool toy_stream_ends(struct toy_stream *stream)
{
    while (!stream->is_over) {
        if (!read_on(stream)) break;
    }
    return stream->is_over;
}
