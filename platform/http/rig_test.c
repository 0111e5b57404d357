/* rig_test.c -- see rig_test.h. */
#include "platform/http/rig_test.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

enum { SILENCE_MS_MAX = 20000 };

static void rig_handle(struct http_request *request, void *site)
{
    struct rig *rig = site;

    pthread_mutex_lock(&rig->lock);
    rig->waiting[rig->put++ % RIG_WAITING_MAX] = request;
    pthread_cond_broadcast(&rig->changed);
    pthread_mutex_unlock(&rig->lock);
}

static void *rig_work(void *site)
{
    struct rig *rig = site;

    for (;;) {
        struct http_request *request = NULL;

        pthread_mutex_lock(&rig->lock);
        while (rig->put == rig->taken && !rig->is_over)
            pthread_cond_wait(&rig->changed, &rig->lock);
        if (rig->put != rig->taken) request = rig->waiting[rig->taken++ % RIG_WAITING_MAX];
        pthread_mutex_unlock(&rig->lock);
        if (!request) return NULL;
        rig->serve(rig, request);
    }
}

static int64_t rig_body_bytes_max(enum http_method method, struct str path, void *site)
{
    (void)site;
    if (method == HTTP_GET || method == HTTP_DELETE) return 0;
    return str_begins(path, S("/big")) ? 1024 * 1024 : 800;
}

void rig_prepare(struct rig *rig)
{
    static int count;

    memset(rig, 0, sizeof *rig);
    snprintf(rig->where, sizeof rig->where, "unix:/tmp/http-test-%d-%d", (int)getpid(), count++);
    rig->settings = (struct http_settings){.listen = str_of(rig->where),
                                           .loops = 2,
                                           .connections_max = 1000,
                                           .header_seconds_max = 30,
                                           .bodies_bytes_max = 4 * 1024 * 1024,
                                           .body_bytes_max = rig_body_bytes_max,
                                           .handle = rig_handle,
                                           .site = rig};
    rig->serve = rig_serve_plain;
}

void rig_open(struct rig *rig)
{
    struct outcome outcome;

    pthread_mutex_init(&rig->lock, NULL);
    pthread_cond_init(&rig->changed, NULL);
    cr_assert_eq(pthread_create(&rig->worker, NULL, rig_work, rig), 0);
    outcome = http_open(&rig->settings, &rig->server);
    cr_assert(IS_DONE(outcome));
}

void rig_close(struct rig *rig)
{
    http_close(&rig->server);
    pthread_mutex_lock(&rig->lock);
    rig->is_over = true;
    pthread_cond_broadcast(&rig->changed);
    pthread_mutex_unlock(&rig->lock);
    pthread_join(rig->worker, NULL);
    pthread_cond_destroy(&rig->changed);
    pthread_mutex_destroy(&rig->lock);
}

int rig_connect(const struct rig *rig)
{
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    int client = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(local.sun_path, sizeof local.sun_path, "%s", rig->where + strlen("unix:"));
    cr_assert_eq(connect(client, (struct sockaddr *)&local, sizeof local), 0);
    return client;
}

void rig_serve_plain(struct rig *rig, struct http_request *request)
{
    (void)rig;
    http_answer(request, &(struct http_answer){.status = 200, .body = S("")});
}

void rig_serve_echo(struct rig *rig, struct http_request *request)
{
    struct str body = http_request_body(request);

    (void)rig;
    http_answer(request, &(struct http_answer){.status = 200,
                                               .type = S("text/plain"),
                                               .body = body.len ? body : S("nothing")});
}

void rig_serve_hold(struct rig *rig, struct http_request *request)
{
    pthread_mutex_lock(&rig->lock);
    if (!rig->held) {
        rig->held = request;
        request = NULL;
    }
    pthread_cond_broadcast(&rig->changed);
    pthread_mutex_unlock(&rig->lock);
    if (request) rig_serve_plain(rig, request);
}

static void rig_stream_closed(void *mine)
{
    struct rig *rig = mine;

    pthread_mutex_lock(&rig->lock);
    rig->closed++;
    rig->stream = NULL;
    pthread_cond_broadcast(&rig->changed);
    pthread_mutex_unlock(&rig->lock);
}

void rig_serve_stream(struct rig *rig, struct http_request *request)
{
    /* `closed` may come before http_stream_open returns, so both happen under our lock. */
    pthread_mutex_lock(&rig->lock);
    rig->stream = http_stream_open(request, NULL, 0, rig_stream_closed, rig);
    rig->opened++;
    pthread_cond_broadcast(&rig->changed);
    pthread_mutex_unlock(&rig->lock);
}

void rig_wait_held(struct rig *rig)
{
    pthread_mutex_lock(&rig->lock);
    while (!rig->held) pthread_cond_wait(&rig->changed, &rig->lock);
    pthread_mutex_unlock(&rig->lock);
}

void rig_wait_opened(struct rig *rig, int count)
{
    pthread_mutex_lock(&rig->lock);
    while (rig->opened < count) pthread_cond_wait(&rig->changed, &rig->lock);
    pthread_mutex_unlock(&rig->lock);
}

void rig_wait_closed(struct rig *rig, int count)
{
    pthread_mutex_lock(&rig->lock);
    while (rig->closed < count) pthread_cond_wait(&rig->changed, &rig->lock);
    pthread_mutex_unlock(&rig->lock);
}

void client_send(int client, struct str bytes)
{
    while (bytes.len) {
        ssize_t sent = send(client, bytes.at, bytes.len, MSG_NOSIGNAL);

        if (sent <= 0) return; /* the server has closed: reading will tell */
        bytes = (struct str){bytes.at + sent, bytes.len - (size_t)sent};
    }
}

static ssize_t client_read(int client, char *to, size_t max)
{
    struct pollfd one = {client, POLLIN, 0};

    if (poll(&one, 1, SILENCE_MS_MAX) != 1) {
        cr_expect(false, "the server neither answers nor closes");
        return 0;
    }
    return recv(client, to, max, 0);
}

struct str client_read_all(int client, struct arena *arena)
{
    size_t size = 4096, len = 0;
    char *text = malloc(size);
    struct str copy;
    ssize_t got;

    while ((got = client_read(client, text + len, size - len)) > 0) {
        len += (size_t)got;
        if (len == size) text = realloc(text, size *= 2);
        cr_assert(text);
    }
    copy = arena_copy(arena, (struct str){text, len});
    free(text);
    return copy;
}

/* The length of the head with its empty line, or 0. */
static size_t head_len(struct str text)
{
    int64_t end = str_find(text, S("\r\n\r\n"));

    return end < 0 ? 0 : (size_t)end + 4;
}

static size_t answer_len(struct str text)
{
    static const char name[] = "Content-Length: ";
    size_t head = head_len(text);
    int64_t at = str_find((struct str){text.at, head}, str_of(name)), length = 0;

    if (head == 0) return 0;
    if (at >= 0) {
        const char *digits = text.at + at + strlen(name);

        cr_assert(str_to_int(
            str_cut((struct str){digits, (size_t)(text.at + head - digits)}, '\r', NULL), &length));
    }
    return head + (size_t)length;
}

struct str client_read_answer(int client, char *text, size_t size)
{
    size_t len = 0, need = 0;

    while (!need || len < need) {
        ssize_t got = client_read(client, text + len, 1);

        cr_assert(got == 1 && len + 1 < size, "an answer ends early");
        len++;
        if (!need) need = answer_len((struct str){text, len});
    }
    return (struct str){text, len};
}

struct str client_statuses(struct arena *arena, struct str bytes)
{
    struct str statuses = S("");

    while (bytes.len > 12 && str_begins(bytes, S("HTTP/1.1 "))) {
        size_t len = answer_len(bytes);

        statuses = arena_print(arena, "%.*s%s%.3s", STR_ARGS(statuses), statuses.len ? " " : "",
                               bytes.at + 9);
        if (len == 0 || len > bytes.len) break;
        bytes = (struct str){bytes.at + len, bytes.len - len};
    }
    return bytes.len && statuses.len == 0 ? S("garbage") : statuses;
}

struct str client_unchunk(struct arena *arena, struct str bytes, bool *whole)
{
    char *text = arena_take(arena, 1, bytes.len + 1);
    struct str rest = {bytes.at + head_len(bytes), bytes.len - head_len(bytes)};
    size_t len = 0;

    *whole = false;
    while (rest.len) {
        struct str line = str_cut(rest, '\n', &rest);
        size_t size = (size_t)strtoul(arena_c(arena, line), NULL, 16);

        if (size == 0) *whole = line.len > 0 && line.at[0] == '0';
        if (size == 0 || rest.len < size + 2) break;
        memcpy(text + len, rest.at, size);
        len += size;
        rest = (struct str){rest.at + size + 2, rest.len - size - 2};
    }
    return (struct str){text, len};
}
