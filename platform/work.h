/* work.h -- the workers: a few threads that run pages and prepare acts, in straight lines.
 *
 * Each has a store of its own for reading.  The queue is bounded: work_post() says false and the
 * caller answers "too busy" at once.
 */
#ifndef PLATFORM_WORK_H
#define PLATFORM_WORK_H

#include "platform/store.h"

struct work;
struct job {
    void (*run)(struct job *job, struct store *store);
    struct job *next;
};

struct outcome work_open(int threads, size_t waiting_max, struct str database,
                         struct work **work);
void work_end(struct work *work);    /* finishes what was accepted, and runs nothing after */
/* The same if it was not ended.  Nobody may be in work_post(): whoever posts lets go of the lock
 * before waking a worker, so the job may be done while its poster is still here. */
void work_close(struct work **work);
bool work_post(struct work *work, struct job *job);
void work_post_always(struct work *work, struct job *job); /* what was accepted already */
size_t work_waiting(struct work *work);

#endif
