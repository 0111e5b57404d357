/* rig_test.h -- a real server on a unix socket and a client that sends raw bytes, for tests. */
#ifndef PLATFORM_HTTP_RIG_TEST_H
#define PLATFORM_HTTP_RIG_TEST_H

#include "platform/http/inside.h"

enum { RIG_WAITING_MAX = 512 };

struct rig {
    struct http_server *server;
    struct http_settings settings; /* change before rig_open */
    /* Called on the rig's worker thread. */
    void (*serve)(struct rig *rig, struct http_request *request);
    pthread_t worker;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct http_request *waiting[RIG_WAITING_MAX];
    size_t put, taken;
    bool is_over;
    struct http_request *held;
    struct http_stream *stream;
    int opened, closed;
    char where[64];
};

void rig_prepare(struct rig *rig);
void rig_open(struct rig *rig);
void rig_close(struct rig *rig);
int rig_connect(const struct rig *rig);

/* What `serve` may be. */
void rig_serve_plain(struct rig *rig, struct http_request *request); /* 200, empty */
void rig_serve_echo(struct rig *rig, struct http_request *request);  /* 200, the body */
void rig_serve_hold(struct rig *rig, struct http_request *request);  /* kept in `held` */
void rig_serve_stream(struct rig *rig, struct http_request *request);
void rig_wait_held(struct rig *rig);
void rig_wait_opened(struct rig *rig, int count);
void rig_wait_closed(struct rig *rig, int count);

void client_send(int client, struct str bytes);
/* Reads to the end of the connection; a connection that stays silent fails the test. */
struct str client_read_all(int client, struct arena *arena);
/* Reads one answer with Content-Length; what was read is in `text`. */
struct str client_read_answer(int client, char *text, size_t size);
/* "200 200": the statuses of all answers in `bytes`. */
struct str client_statuses(struct arena *arena, struct str bytes);
/* What chunks hold; `whole` tells whether the last chunk was there. */
struct str client_unchunk(struct arena *arena, struct str bytes, bool *whole);

#endif
