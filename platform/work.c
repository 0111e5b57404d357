/* work.c -- see work.h. */
#include "platform/work.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "platform/limits.h"

enum { THREADS_MAX = 32 };

struct hand {
    struct work *work;
    struct store *store;
    pthread_t thread;
    sem_t wake;
    bool called;
    struct hand *next; /* of those that sleep */
};

struct work {
    pthread_mutex_t lock;
    struct job *first, **last;
    size_t waiting, waiting_max;
    struct hand *asleep; /* last one to fall asleep first: its memory is still in the core */
    bool calling;        /* one was called and has not come yet; it calls the next */
    int threads_count;
    bool stop;
    struct hand hands[THREADS_MAX];
};

/* The lock is held: whom to wake() once it is let go, so that the woken one does not run into it.
 * One at a time: those at work may be done before a second one is awake. */
static struct hand *call_one(struct work *work)
{
    struct hand *hand = work->asleep;

    if (!hand || work->calling || !work->first) return NULL;
    work->asleep = hand->next;
    work->calling = hand->called = true;
    return hand;
}

static void wake(struct hand *hand)
{
    if (hand) sem_post(&hand->wake);
}

/* The lock is held before and after, not while asleep. */
static void sleep_until_called(struct hand *hand)
{
    struct work *work = hand->work;

    hand->next = work->asleep;
    work->asleep = hand;
    pthread_mutex_unlock(&work->lock);
    while (sem_wait(&hand->wake) && errno == EINTR) {}
    pthread_mutex_lock(&work->lock);
    if (hand->called) work->calling = false;
    hand->called = false;
}

static struct job *take(struct hand *hand)
{
    struct work *work = hand->work;
    struct hand *called = NULL;
    struct job *job;

    pthread_mutex_lock(&work->lock);
    while (!work->first && !work->stop) sleep_until_called(hand);
    job = work->first;
    if (job) {
        work->first = job->next;
        if (!work->first) work->last = &work->first;
        work->waiting--;
        called = call_one(work);
    }
    pthread_mutex_unlock(&work->lock);
    wake(called);
    return job;
}

static void *hand_main(void *mine)
{
    struct hand *hand = mine;
    struct job *job;

    prctl(PR_SET_NAME, "worker");
    while ((job = take(hand))) job->run(job, hand->store);
    return NULL;
}

struct outcome work_open(int threads, size_t waiting_max, struct str database,
                         struct work **opened)
{
    struct work *work = calloc(1, sizeof *work);
    struct outcome outcome = DONE;

    if (!work) abort();
    assert(threads > 0 && threads <= THREADS_MAX);
    work->last = &work->first;
    work->waiting_max = waiting_max;
    pthread_mutex_init(&work->lock, NULL);
    for (int i = 0; i < THREADS_MAX; i++) sem_init(&work->hands[i].wake, 0, 0);
    *opened = work;
    for (int i = 0; i < threads && IS_DONE(outcome); i++) {
        struct hand *hand = &work->hands[i];

        hand->work = work;
        outcome = store_open(database, STORE_READ, &hand->store);
        if (!IS_DONE(outcome)) break;
        if (pthread_create(&hand->thread, NULL, hand_main, hand)) {
            store_close(&hand->store);
            outcome = FAULT("cannot start a worker's thread");
            break;
        }
        work->threads_count++;
    }
    if (!IS_DONE(outcome)) work_close(opened);
    return outcome;
}

void work_end(struct work *work)
{
    pthread_mutex_lock(&work->lock);
    work->stop = true;
    pthread_mutex_unlock(&work->lock);
    for (int i = 0; i < work->threads_count; i++) wake(&work->hands[i]);
    for (int i = 0; i < work->threads_count; i++) {
        pthread_join(work->hands[i].thread, NULL);
        store_close(&work->hands[i].store);
    }
    work->threads_count = 0;
}

void work_close(struct work **closing)
{
    struct work *work = *closing;

    if (!work) return;
    work_end(work);
    for (int i = 0; i < THREADS_MAX; i++) sem_destroy(&work->hands[i].wake);
    pthread_mutex_destroy(&work->lock);
    free(work);
    *closing = NULL;
}

static bool post(struct work *work, struct job *job, bool always)
{
    struct hand *called = NULL;
    bool taken;

    job->next = NULL;
    pthread_mutex_lock(&work->lock);
    taken = always || (work->waiting < work->waiting_max && !work->stop);
    if (taken) {
        *work->last = job;
        work->last = &job->next;
        work->waiting++;
        called = call_one(work);
    }
    pthread_mutex_unlock(&work->lock);
    wake(called);
    return taken;
}

bool work_post(struct work *work, struct job *job)
{
    return post(work, job, false);
}

void work_post_always(struct work *work, struct job *job)
{
    post(work, job, true);
}

size_t work_waiting(struct work *work)
{
    size_t waiting;

    pthread_mutex_lock(&work->lock);
    waiting = work->waiting;
    pthread_mutex_unlock(&work->lock);
    return waiting;
}
