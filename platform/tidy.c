/* tidy.c -- see tidy.h. */
#include "platform/tidy.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "platform/log.h"
#include "platform/store.h"

struct tidy {
    struct store *store;
    int64_t pages_before; /* length of the log when it was last put back: the writer's own */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool wanted, stop;
};

static bool is_wanted(struct tidy *tidy)
{
    bool stop;

    pthread_mutex_lock(&tidy->lock);
    while (!tidy->wanted && !tidy->stop) pthread_cond_wait(&tidy->wake, &tidy->lock);
    tidy->wanted = false;
    stop = tidy->stop;
    pthread_mutex_unlock(&tidy->lock);
    return !stop;
}

static void *tidy_main(void *mine)
{
    struct tidy *tidy = mine;

    prctl(PR_SET_NAME, "tidy");
    while (is_wanted(tidy)) {
        struct outcome outcome = store_tidy(tidy->store);

        if (IS_DONE(outcome)) continue;
        log_fault("tidy", outcome.fault);
        /* As after a commit that failed: only a new process, reading the disk, knows. */
        if (strncmp(outcome.fault, "fatal:", 6) == 0) abort();
    }
    return NULL;
}

struct outcome tidy_open(struct str database, struct tidy **opened)
{
    struct tidy *tidy = calloc(1, sizeof *tidy);
    struct outcome outcome;

    if (!tidy) abort();
    pthread_mutex_init(&tidy->lock, NULL);
    pthread_cond_init(&tidy->wake, NULL);
    outcome = store_open(database, STORE_WRITE, &tidy->store);
    if (IS_DONE(outcome) && pthread_create(&tidy->thread, NULL, tidy_main, tidy)) {
        store_close(&tidy->store);
        outcome = FAULT("cannot start the thread that tidies the log");
    }
    if (!IS_DONE(outcome)) {
        free(tidy);
        return outcome;
    }
    *opened = tidy;
    return DONE;
}

void tidy_close(struct tidy **closing)
{
    struct tidy *tidy = *closing;

    if (!tidy) return;
    pthread_mutex_lock(&tidy->lock);
    tidy->stop = true;
    pthread_cond_signal(&tidy->wake);
    pthread_mutex_unlock(&tidy->lock);
    pthread_join(tidy->thread, NULL);
    store_close(&tidy->store);
    pthread_mutex_destroy(&tidy->lock);
    pthread_cond_destroy(&tidy->wake);
    free(tidy);
    *closing = NULL;
}

void tidy_log(struct tidy *tidy, int64_t log_pages)
{
    if (log_pages < tidy->pages_before) tidy->pages_before = 0; /* it has begun again */
    if (log_pages - tidy->pages_before < STORE_TIDY_PAGES) return;
    tidy->pages_before = log_pages;
    pthread_mutex_lock(&tidy->lock);
    tidy->wanted = true;
    pthread_cond_signal(&tidy->wake);
    pthread_mutex_unlock(&tidy->lock);
}
