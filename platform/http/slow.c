/* slow.c -- who sends or reads a few bytes now and then, so that a connection never falls silent.
 *
 *  1. A head must be whole within trickle_seconds_max; a body, and the reading of an answer, have
 *     three times that and a second for every HTTP_BYTES_PER_SECOND_MIN bytes.
 *  2. While we are at work on an answer, and for event streams, there is no such moment.
 *  3. What is late is shut down, and the loop then sees a peer that left: nothing here frees.
 *  4. A descriptor is used under the lock of the row only: the loop takes a link out of it before
 *     the number can be another's.
 */
#include "platform/http/inside.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

struct http_slow {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct http_link *links;
    int seconds;
    bool stop;
};

static int64_t now_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void shut_late(struct http_slow *slow)
{
    int64_t now = now_seconds();

    for (struct http_link *link = slow->links; link; link = link->next) {
        int64_t until = atomic_load(&link->until);

        if (until && now > until) shutdown(link->descriptor, SHUT_RDWR);
    }
}

static void *slow_main(void *mine)
{
    struct http_slow *slow = mine;

    prctl(PR_SET_NAME, "slow");
    pthread_mutex_lock(&slow->lock);
    while (!slow->stop) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&slow->wake, &slow->lock, &until);
        if (!slow->stop) shut_late(slow);
    }
    pthread_mutex_unlock(&slow->lock);
    return NULL;
}

struct http_slow *http_slow_open(int seconds)
{
    struct http_slow *slow = calloc(1, sizeof *slow);
    pthread_condattr_t rising; /* a clock that is set back keeps nobody here */

    if (!slow) return NULL;
    slow->seconds = seconds;
    pthread_mutex_init(&slow->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&slow->wake, &rising);
    pthread_condattr_destroy(&rising);
    if (pthread_create(&slow->thread, NULL, slow_main, slow) == 0) return slow;
    pthread_cond_destroy(&slow->wake);
    pthread_mutex_destroy(&slow->lock);
    free(slow);
    return NULL;
}

void http_slow_close(struct http_slow **closing)
{
    struct http_slow *slow = *closing;

    if (!slow) return;
    *closing = NULL;
    pthread_mutex_lock(&slow->lock);
    slow->stop = true;
    pthread_cond_signal(&slow->wake);
    pthread_mutex_unlock(&slow->lock);
    pthread_join(slow->thread, NULL);
    pthread_cond_destroy(&slow->wake);
    pthread_mutex_destroy(&slow->lock);
    free(slow);
}

void http_slow_head(struct http_slow *slow, struct http_link *link)
{
    atomic_store(&link->until, now_seconds() + slow->seconds);
}

/* Between two requests the library's own bound of silence counts, and the next head's begins. */
void http_slow_rest(struct http_slow *slow, struct http_link *link, int silence_seconds)
{
    atomic_store(&link->until, now_seconds() + silence_seconds + slow->seconds);
}

void http_slow_bytes(struct http_slow *slow, struct http_link *link, int64_t bytes)
{
    atomic_store(&link->until,
                 now_seconds() + slow->seconds * 3 + bytes / HTTP_BYTES_PER_SECOND_MIN);
}

void http_slow_never(struct http_link *link)
{
    atomic_store(&link->until, 0);
}

void http_slow_enter(struct http_slow *slow, struct http_link *link, int descriptor)
{
    link->descriptor = descriptor;
    http_slow_head(slow, link);
    pthread_mutex_lock(&slow->lock);
    link->next = slow->links;
    link->before = &slow->links;
    if (link->next) link->next->before = &link->next;
    slow->links = link;
    pthread_mutex_unlock(&slow->lock);
}

void http_slow_leave(struct http_slow *slow, struct http_link *link)
{
    pthread_mutex_lock(&slow->lock);
    *link->before = link->next;
    if (link->next) link->next->before = link->before;
    pthread_mutex_unlock(&slow->lock);
}
