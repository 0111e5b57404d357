/* pool.c -- one epoll loop, and kept connections that requests are handed to.
 *
 * 1. A connection carries one request at a time: no pipelining, as browsers do.
 * 2. A connection that broke is opened again before its next request; the broken one's request
 *    is told as status 0, never sent twice.
 */
#include "bench/pool.h"

#include "bench/histogram.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

char loop_bytes[POOL_READ_MAX];

int loop_open(void)
{
    int loop = epoll_create1(EPOLL_CLOEXEC);
    if (loop < 0) {
        perror("epoll");
        exit(2);
    }
    return loop;
}

void loop_add(int loop, int fd, struct watch *watch, unsigned events)
{
    struct epoll_event event = {.events = events, .data = {.ptr = watch}};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) < 0) {
        perror("epoll_ctl");
        exit(2);
    }
}

void loop_turn(int loop, int64_t wait_ns)
{
    struct epoll_event events[256];
    if (wait_ns < 0) wait_ns = 0;
    struct timespec wait = {.tv_sec = wait_ns / 1000000000, .tv_nsec = wait_ns % 1000000000};
    int count = epoll_pwait2(loop, events, 256, &wait, NULL);
    for (int i = 0; i < count; i++) {
        struct watch *watch = events[i].data.ptr;
        watch->ready(watch, events[i].events);
    }
}

struct connection {
    struct watch watch; /* first */
    struct pool *pool;
    struct connection *next_free;
    int number, fd;
    bool busy;
    uint64_t tag;
    int64_t due;
    struct wire_reader reader;
    char *body;
    size_t body_len;
};

struct pool {
    struct pool_settings with;
    struct connection *connections, *free;
    int busy;
    int64_t reconnects;
};

static void keep_body(void *mine, const char *at, size_t len)
{
    struct connection *connection = mine;
    size_t max = connection->pool->with.body_max, have = connection->body_len;
    connection->body_len += len;
    if (have >= max) return;
    if (len > max - have) len = max - have;
    if (!connection->body) connection->body = malloc(max + 1);
    if (!connection->body) abort();
    memcpy(connection->body + have, at, len);
    connection->body[have + len] = '\0';
}

static void drop(struct connection *connection)
{
    if (connection->fd >= 0) close(connection->fd);
    connection->fd = -1;
    connection->pool->reconnects++;
}

static void finish(struct connection *connection, int status)
{
    struct pool *pool = connection->pool;
    connection->busy = false;
    pool->busy--;
    connection->next_free = pool->free;
    pool->free = connection;
    pool->with.done(pool->with.mine, connection->tag, status, connection->due, connection->body,
                    connection->body_len);
}

static void ready(struct watch *watch, unsigned events)
{
    struct connection *connection = (struct connection *)watch;
    if (connection->fd < 0) return;
    (void)events;
    ssize_t got = recv(connection->fd, loop_bytes, sizeof loop_bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    struct wire_reader *reader = &connection->reader;
    if (got <= 0 || !connection->busy) {
        bool whole = got == 0 && connection->busy && reader->state == WIRE_TO_END;
        drop(connection);
        if (connection->busy) finish(connection, whole ? reader->status : 0);
        return;
    }
    wire_read(reader, loop_bytes, (size_t)got, keep_body, connection);
    if (reader->state < WIRE_WHOLE) return;
    if (reader->closes || reader->state == WIRE_BROKEN) drop(connection);
    finish(connection, reader->state == WIRE_WHOLE ? reader->status : 0);
}

struct pool *pool_open(const struct pool_settings *settings)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) abort();
    pool->with = *settings;
    pool->connections = calloc((size_t)settings->connections, sizeof *pool->connections);
    if (!pool->connections) abort();
    for (int i = settings->connections - 1; i >= 0; i--) {
        struct connection *connection = &pool->connections[i];
        *connection = (struct connection){.watch = {ready}, .pool = pool, .number = i, .fd = -1};
        connection->next_free = pool->free;
        pool->free = connection;
    }
    return pool;
}

void pool_close(struct pool *pool)
{
    for (int i = 0; i < pool->with.connections; i++) {
        if (pool->connections[i].fd >= 0) close(pool->connections[i].fd);
        free(pool->connections[i].body);
    }
    free(pool->connections);
    free(pool);
}

static bool send_request(struct connection *connection, const char *at, size_t len)
{
    struct pool *pool = connection->pool;
    if (connection->fd < 0) {
        uint32_t from =
            pool->with.addresses ? wire_address(connection->number, pool->with.addresses) : 0;
        connection->fd = wire_connect(&pool->with.place, from, true, 10);
        if (connection->fd < 0) return false;
        loop_add(pool->with.loop, connection->fd, &connection->watch, EPOLLIN);
    }
    return send(connection->fd, at, len, MSG_NOSIGNAL) == (ssize_t)len;
}

void pool_pump(struct pool *pool)
{
    static char request[POOL_REQUEST_MAX];
    /* The free list is a stack; what fails goes back on it, so only so many are tried a turn. */
    for (int tries = pool->with.connections; pool->free && tries > 0; tries--) {
        struct connection *connection = pool->free;
        size_t len =
            pool->with.next(pool->with.mine, request, now_ns(), &connection->due, &connection->tag);
        if (!len) return;
        pool->free = connection->next_free;
        connection->busy = true;
        pool->busy++;
        connection->body_len = 0;
        wire_reader_start(&connection->reader);
        if (!send_request(connection, request, len)) {
            drop(connection);
            finish(connection, 0);
        }
    }
}

int pool_busy(const struct pool *pool)
{
    return pool->busy;
}

int64_t pool_reconnects(const struct pool *pool)
{
    return pool->reconnects;
}
