/* work.c -- see work.h. */
#include "platform/work.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "platform/limits.h"
#include "platform/metrics.h"

enum { THREADS_MAX = 32 };

struct hand {
    struct work *work;
    struct store *store;
    pthread_t thread;
    sem_t wake;
    bool called;
    struct hand *next; /* of those that sleep */
};

struct queue {
    struct job *first, **last; /* oldest first */
    struct admission seen;
};

struct work {
    pthread_mutex_t lock;
    struct queue queues[ADMIT_CLASSES];
    struct admission_patience patience;
    void (*turned)(struct job *job); /* NULL: nobody is turned away for waiting long */
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

    if (!hand || work->calling || !work->waiting) return NULL;
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
    while (sem_wait(&hand->wake) && errno == EINTR) {
    }
    pthread_mutex_lock(&work->lock);
    if (hand->called) work->calling = false;
    hand->called = false;
}

static int64_t wait_of(const struct queue *queue, int64_t now)
{
    return queue->first && now > queue->first->at ? now - queue->first->at : 0;
}

/* How long somebody of that class would wait: as long as the oldest it comes behind. */
static int64_t wait_before(const struct work *work, enum admission_class class, int64_t now)
{
    int64_t longest = 0;

    for (int i = 0; i <= (int)class; i++) {
        int64_t wait = wait_of(&work->queues[i], now);

        if (wait > longest) longest = wait;
    }
    return longest;
}

static void note_all(struct work *work, int64_t now)
{
    for (int i = 0; work->turned && i < ADMIT_CLASSES; i++)
        admission_note(&work->queues[i].seen, work->patience.longest[i],
                       wait_before(work, (enum admission_class)i, now), now);
}

static struct job *pop(struct work *work, struct queue *queue)
{
    struct job *job = queue->first;

    queue->first = job->next;
    if (!queue->first) queue->last = &queue->first;
    work->waiting--;
    return job;
}

/* One that has waited too long, while all do: of the lowest class first. */
static struct job *pop_late(struct work *work, int64_t now)
{
    for (int i = ADMIT_CLASSES - 1; work->turned && i >= 0; i--) {
        struct queue *queue = &work->queues[i];

        if (!queue->first || queue->first->is_sure) continue;
        if (admission_is_late(&queue->seen, work->patience.longest[i], wait_of(queue, now), now))
            return pop(work, queue);
    }
    return NULL;
}

static struct job *pop_next(struct work *work)
{
    for (int i = 0; i < ADMIT_CLASSES; i++) {
        if (work->queues[i].first) return pop(work, &work->queues[i]);
    }
    return NULL;
}

static struct job *take(struct hand *hand, bool *is_late)
{
    struct work *work = hand->work;
    struct hand *called = NULL;
    struct job *job = NULL;

    pthread_mutex_lock(&work->lock);
    while (!work->waiting && !work->stop) sleep_until_called(hand);
    if (work->waiting) {
        int64_t now = metrics_microseconds();

        note_all(work, now);
        job = pop_late(work, now);
        *is_late = job != NULL;
        if (!job) job = pop_next(work);
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
    bool is_late;

    prctl(PR_SET_NAME, "worker");
    while ((job = take(hand, &is_late))) {
        if (is_late)
            hand->work->turned(job);
        else
            job->run(job, hand->store);
    }
    return NULL;
}

struct outcome work_open(int threads, size_t waiting_max, struct str database, struct work **opened)
{
    struct work *work = calloc(1, sizeof *work);
    struct outcome outcome = DONE;

    if (!work) abort();
    assert(threads > 0 && threads <= THREADS_MAX);
    for (int i = 0; i < ADMIT_CLASSES; i++) work->queues[i].last = &work->queues[i].first;
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

void work_limit(struct work *work, const struct admission_patience *patience,
                void (*turned)(struct job *job))
{
    work->patience = *patience;
    work->turned = turned;
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

/* A part of the places is kept for those who come first. */
static bool may_enter(struct work *work, enum admission_class class, int64_t now)
{
    int64_t longest = work->patience.longest[class];

    if (work->stop) return false;
    if (work->waiting >=
        (class == ADMIT_LIVING ? work->waiting_max : work->waiting_max - work->waiting_max / 4))
        return false;
    if (!work->turned) return true;
    note_all(work, now);
    return !admission_refuses(&work->queues[class].seen, longest, wait_before(work, class, now),
                              now);
}

bool work_may(struct work *work, enum admission_class class, int64_t now)
{
    bool may;

    pthread_mutex_lock(&work->lock);
    may = may_enter(work, class, now);
    pthread_mutex_unlock(&work->lock);
    return may;
}

static bool post(struct work *work, struct job *job, bool always)
{
    struct queue *queue = &work->queues[job->class];
    struct hand *called = NULL;
    bool taken;

    assert(job->class >= 0 && job->class < ADMIT_CLASSES);
    job->next = NULL;
    job->is_sure = always;
    job->at = metrics_microseconds();
    pthread_mutex_lock(&work->lock);
    taken = always || may_enter(work, job->class, job->at);
    if (taken) {
        *queue->last = job;
        queue->last = &job->next;
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

int64_t work_age(struct work *work, int64_t now)
{
    int64_t longest;

    pthread_mutex_lock(&work->lock);
    longest = wait_before(work, ADMIT_CLASSES - 1, now);
    pthread_mutex_unlock(&work->lock);
    return longest;
}
