/* wire.h -- an HTTP/1.1 client for measurements: answers, event streams, plain calls.
 *
 * It is our own so that what is measured is known to the byte: no connection is opened that a
 * test did not ask for, nothing is retried behind its back.
 */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_HEAD_MAX = 4096, WIRE_EVENT_MAX = 64 * 1024 };

struct wire_place {
    struct sockaddr_in at;
    char text[32]; /* "127.0.0.1:8080" */
};
bool wire_place_of(const char *text, struct wire_place *place);

/* Opens a connection; `from` is the address to come from (127.x.y.z), 0 for any.  A waiting one is
 * connected when the call returns and gives up on a silence of `seconds`.  -1 with errno. */
int wire_connect(const struct wire_place *place, uint32_t from, bool waits, int seconds);
/* The n-th of `count` loopback addresses, from 127.0.1.1 on: many clients, not one. */
uint32_t wire_address(int n, int count);

/* Takes the bytes of one answer as they come. */
enum wire_state {
    WIRE_HEAD,
    WIRE_SIZED,
    WIRE_CHUNK_SIZE,
    WIRE_CHUNK,
    WIRE_CHUNK_END,
    WIRE_TRAILER,
    WIRE_TO_END,
    WIRE_WHOLE,
    WIRE_BROKEN
};
struct wire_reader {
    enum wire_state state;
    int status;
    int retry_after; /* seconds, 0 when not said */
    bool closes;     /* the server will close, or the answer ends with the connection */
    int64_t left;
    size_t head_len;
    char head[WIRE_HEAD_MAX];
};
void wire_reader_start(struct wire_reader *reader);
/* Returns how many bytes were taken; body bytes go to `sink` (may be NULL) as they come. */
size_t wire_read(struct wire_reader *reader, const char *at, size_t len,
                 void (*sink)(void *mine, const char *at, size_t len), void *mine);

/* One server-sent event. */
struct wire_event {
    int64_t id;
    char name[24];
    const char *data; /* with a NUL behind */
    size_t len;
};
struct wire_events {
    int64_t id; /* of the last event that had one */
    char name[24];
    char *data, *line;
    size_t data_len, data_max, line_len, line_max;
    void (*each)(void *mine, const struct wire_event *event);
    void *mine;
};
void wire_events_feed(void *events, const char *at, size_t len); /* a sink for wire_read */
void wire_events_free(struct wire_events *events);

/* A kept connection for calls one after another, each waited for. */
struct wire_link {
    struct wire_place place;
    uint32_t from;
    int seconds; /* how long to wait for an answer */
    int fd;      /* -1: not open */
    int retry_after;
    char *body;
    size_t len, max;
};
void wire_link_open(struct wire_link *link, const struct wire_place *place, int seconds);
void wire_link_close(struct wire_link *link);
/* Returns the status, or -1 when no whole answer came; the body is in link->body, NUL behind.
 * `headers` are lines that end in \r\n, or "".  A kept connection that turns out closed before a
 * byte of the answer came is opened again once. */
int wire_ask(struct wire_link *link, const char *method, const char *path, const char *headers,
             const char *body);
#endif
