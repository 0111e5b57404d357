/* work.h -- the workers: a few threads that run pages and prepare acts, in straight lines.
 *
 * Each has a store of its own for reading.  What is of a lower class waits behind all others (see
 * admission.h).  The queue is bounded, in number and, if that was asked for, in time: work_post()
 * says false and the caller answers "too busy" at once.
 */
#ifndef PLATFORM_WORK_H
#define PLATFORM_WORK_H

#include "platform/admission.h"
#include "platform/store.h"

struct work;
struct job {
    void (*run)(struct job *job, struct store *store);
    struct job *next;
    int64_t at; /* when it was posted, in microseconds */
    enum admission_class class;
    bool is_sure; /* was accepted before: is not turned away */
};

/* `keeps_one`: of four threads or more one does only what is ADMIT_LIVING, and the others leave
 * the processor to it and to whatever else is no worker. */
struct outcome work_open(int threads, size_t waiting_max, struct str database, bool keeps_one,
                         struct work **work);
/* Before anything is posted: how long each class may wait, and who is told of one that waited
 * longer and will not be run; from a worker. */
void work_limit(struct work *work, const struct admission_patience *patience,
                void (*turned)(struct job *job));
void work_end(struct work *work);    /* finishes what was accepted, and runs nothing after */
/* The same if it was not ended.  Nobody may be in work_post(): whoever posts lets go of the lock
 * before waking a worker, so the job may be done while its poster is still here. */
void work_close(struct work **work);
/* Would one of that class be let in now?  So that who is not is told without more ado; who is may
 * still be refused by work_post(). */
bool work_may(struct work *work, enum admission_class class, int64_t now);
bool work_post(struct work *work, struct job *job);
void work_post_always(struct work *work, struct job *job); /* what was accepted already */
size_t work_waiting(struct work *work);
int64_t work_age(struct work *work, int64_t now); /* of the oldest that waits; microseconds */

#endif
