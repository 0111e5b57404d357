/* work.c -- see work.h.
 *
 *  (1) With four hands or more one is kept for what is living: it is never behind a page that
 *      takes long.
 *  (2) The others give way to it, to the loops and to the writer when the cores are busy: a page
 *      holds up neither a message nor a refusal.
 *  (3) Who would wait is told so by how many wait, not only by how long the oldest has: thousands
 *      come in the time it takes the first of them to grow old.
 */
#include "platform/work.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "platform/limits.h"
#include "platform/metrics.h"

enum {
    THREADS_MAX = 32,
    KEPT_FROM = 4, /* with fewer, one that waits for the living is missed by all others */
    WORKER_NICE = 5,
    PACE_PART = 16,           /* of the pace is the newest: it follows within a few dozen */
    PACE_LONGEST = 100 * 1000 /* one page that takes seconds is not what the next will take */
};

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
    size_t count;
    struct admission seen;
};

struct work {
    pthread_mutex_t lock;
    struct queue queues[ADMIT_CLASSES];
    struct admission_patience patience;
    void (*turned)(struct job *job); /* NULL: nobody is turned away for waiting long */
    size_t waiting, waiting_max;
    int64_t pace;        /* microseconds between two that were taken while others waited */
    int64_t taken_at;    /* the last one */
    struct hand *asleep; /* last one to fall asleep first: its memory is still in the core */
    bool calling;        /* one was called and has not come yet; it calls the next */
    struct hand *kept;   /* (1); or NULL */
    bool kept_sleeps;
    int threads_count;
    bool stop;
    struct hand hands[THREADS_MAX];
};

/* The lock is held: whom to wake() once it is let go, so that the woken one does not run into it.
 * One at a time: those at work may be done before a second one is awake. */
static struct hand *call_one(struct work *work)
{
    struct hand *hand = work->asleep;

    if (work->calling || !work->waiting) return NULL;
    if (work->kept_sleeps && work->queues[ADMIT_LIVING].first) {
        hand = work->kept;
        work->kept_sleeps = false;
    } else if (hand) {
        work->asleep = hand->next;
    } else {
        return NULL;
    }
    work->calling = hand->called = true;
    return hand;
}

static void wake(struct hand *hand)
{
    if (hand) sem_post(&hand->wake);
}

/* The lock is held before and after, not while asleep.  One that was called and finds nothing for
 * itself, as somebody else was quicker, calls for what came meanwhile and called nobody. */
static void sleep_until_called(struct hand *hand)
{
    struct work *work = hand->work;
    struct hand *next = call_one(work);

    if (hand == work->kept) {
        work->kept_sleeps = true;
    } else {
        hand->next = work->asleep;
        work->asleep = hand;
    }
    pthread_mutex_unlock(&work->lock);
    wake(next);
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

/* (3): as many as it comes behind take, or as long as the oldest of them has waited already. */
static int64_t wait_ahead(const struct work *work, enum admission_class class, int64_t now)
{
    int64_t aged = wait_before(work, class, now), count = 0;

    for (int i = 0; i <= (int)class; i++) count += (int64_t)work->queues[i].count;
    return count * work->pace > aged ? count * work->pace : aged;
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
    queue->count--;
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

static struct job *pop_next(struct work *work, int classes)
{
    for (int i = 0; i < classes; i++) {
        if (work->queues[i].first) return pop(work, &work->queues[i]);
    }
    return NULL;
}

/* Only of one that waited already when the last was taken: else the pause was nobody's work. */
static void note_pace(struct work *work, const struct job *job, int64_t now)
{
    int64_t took = now - work->taken_at;

    if (took > PACE_LONGEST) took = PACE_LONGEST;
    if (job->at <= work->taken_at) work->pace += (took - work->pace) / PACE_PART;
    work->taken_at = now;
}

static bool has_work(const struct hand *hand)
{
    const struct work *work = hand->work;

    return hand == work->kept ? work->queues[ADMIT_LIVING].count > 0 : work->waiting > 0;
}

static struct job *take(struct hand *hand, bool *is_late)
{
    struct work *work = hand->work;
    struct hand *called = NULL;
    struct job *job = NULL;

    pthread_mutex_lock(&work->lock);
    while (!has_work(hand) && !work->stop) sleep_until_called(hand);
    if (has_work(hand)) {
        int64_t now = metrics_microseconds();

        note_all(work, now);
        if (hand != work->kept) job = pop_late(work, now);
        *is_late = job != NULL;
        if (!job) {
            job = pop_next(work, hand == work->kept ? ADMIT_LIVING + 1 : ADMIT_CLASSES);
            note_pace(work, job, now);
        }
        called = call_one(work);
    }
    pthread_mutex_unlock(&work->lock);
    wake(called);
    return job;
}

/* (2) A thread's own on Linux.  Where it may not be done, all are alike. */
static void give_way(void)
{
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + WORKER_NICE);
}

static void *hand_main(void *mine)
{
    struct hand *hand = mine;
    struct job *job;
    bool is_late;

    prctl(PR_SET_NAME, "worker");
    if (hand->work->kept && hand != hand->work->kept) give_way();
    while ((job = take(hand, &is_late))) {
        if (is_late)
            hand->work->turned(job);
        else
            job->run(job, hand->store);
    }
    return NULL;
}

struct outcome work_open(int threads, size_t waiting_max, struct str database, bool keeps_one,
                         struct work **opened)
{
    struct work *work = calloc(1, sizeof *work);
    struct outcome outcome = DONE;

    if (!work) abort();
    assert(threads > 0 && threads <= THREADS_MAX);
    for (int i = 0; i < ADMIT_CLASSES; i++) work->queues[i].last = &work->queues[i].first;
    work->waiting_max = waiting_max;
    pthread_mutex_init(&work->lock, NULL);
    for (int i = 0; i < THREADS_MAX; i++) sem_init(&work->hands[i].wake, 0, 0);
    if (keeps_one && threads >= KEPT_FROM) work->kept = &work->hands[0];
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
    struct admission *seen = &work->queues[class].seen;
    int64_t longest = work->patience.longest[class];

    if (work->stop) return false;
    if (work->waiting >=
        (class == ADMIT_LIVING ? work->waiting_max : work->waiting_max - work->waiting_max / 4))
        return false;
    if (!work->turned) return true;
    note_all(work, now);
    if (!admission_refuses(seen, longest, wait_ahead(work, class, now), now)) return true;
    /* Short waits are no calm while some are sent away. */
    seen->strict_until = now + ADMISSION_CALM;
    return false;
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
        queue->count++;
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
