/* pool.h -- one epoll loop, and kept connections that requests are handed to.
 *
 * Closed loop: a connection that is free asks for its next request at once.  Open loop: requests
 * have a moment when they are due, whether or not a connection is free then, and the time taken
 * is counted from that moment: a stalled server cannot hide by not being asked.
 */
#ifndef BENCH_POOL_H
#define BENCH_POOL_H

#include "bench/wire.h"

enum { POOL_REQUEST_MAX = 8 * 1024, POOL_READ_MAX = 256 * 1024 };

/* Anything with a descriptor on the loop begins with one of these. */
struct watch {
    void (*ready)(struct watch *watch, unsigned events);
};
int loop_open(void);
void loop_add(int loop, int fd, struct watch *watch, unsigned events);
/* Waits at most `wait_ns`, then tells every watch that is ready. */
void loop_turn(int loop, int64_t wait_ns);
extern char loop_bytes[POOL_READ_MAX]; /* to read into, for the watch being told */

struct pool_settings {
    int loop;
    struct wire_place place;
    int connections;
    int addresses; /* to come from; 0: as the kernel likes */
    /* Writes the next request and says how long it is and when it was due; 0 bytes: none now.
     * `tag` comes back with its answer. */
    size_t (*next)(void *mine, char *request, int64_t now, int64_t *due, uint64_t *tag);
    /* status 0: no whole answer came.  `len` is all that came of the body, of which `body` holds
     * the first body_max with a NUL behind; it may be NULL. */
    void (*done)(void *mine, uint64_t tag, int status, int64_t due, const char *body, size_t len);
    void *mine;
    size_t body_max;
};
struct pool;

struct pool *pool_open(const struct pool_settings *settings);
void pool_close(struct pool *pool);
void pool_pump(struct pool *pool);      /* hands requests to free connections */
int pool_busy(const struct pool *pool); /* answers that are waited for */
int64_t pool_reconnects(const struct pool *pool);

#endif
