/* follow.c -- see follow.h. */
#include "platform/follow.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "platform/limits.h"
#include "platform/log.h"

enum { FOLLOW_MILLISECONDS = 250, FOLLOW_FAULT_SECONDS = 10 };

struct follower {
    const struct module *const *modules;
    struct store *store;
    struct arena *arena;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
};

/* A part of each room's reading; true if one has more. */
static bool look(struct follower *follower, bool *is_faulty)
{
    bool any = false;

    *is_faulty = false;
    for (size_t i = 0; follower->modules[i]; i++) {
        struct scene scene = {.arena = follower->arena,
                              .store = follower->store,
                              .now = time(NULL),
                              .actor = {.is = WHO_SYSTEM},
                              .channel = S("system"),
                              .address = S("")};
        struct outcome outcome;
        bool more = false;

        if (!follower->modules[i]->follow) continue;
        outcome = follower->modules[i]->follow(&scene, &more);
        if (outcome.fault) log_fault("follow", outcome.fault);
        *is_faulty = *is_faulty || outcome.fault;
        any = any || (more && !outcome.fault);
        arena_reset(follower->arena);
    }
    return any;
}

static void *follow_main(void *mine)
{
    struct follower *follower = mine;
    bool more = true, is_faulty = false;

    pthread_mutex_lock(&follower->lock);
    while (!follower->stop) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += is_faulty ? FOLLOW_FAULT_SECONDS : 0;
        until.tv_nsec += more ? 0 : FOLLOW_MILLISECONDS * 1000000L;
        if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
        pthread_cond_timedwait(&follower->wake, &follower->lock, &until);
        if (follower->stop) break;
        pthread_mutex_unlock(&follower->lock);
        more = look(follower, &is_faulty);
        pthread_mutex_lock(&follower->lock);
    }
    pthread_mutex_unlock(&follower->lock);
    return NULL;
}

struct outcome follower_open(const struct module *const *modules, struct str database,
                             struct follower **opened)
{
    struct follower *follower = calloc(1, sizeof *follower);
    pthread_condattr_t attributes;
    struct outcome outcome;

    if (!follower) abort();
    follower->modules = modules;
    outcome = store_open(database, STORE_READ, &follower->store);
    if (!IS_DONE(outcome)) {
        free(follower);
        return outcome;
    }
    follower->arena = arena_open(ARENA_BYTES_MAX);
    pthread_mutex_init(&follower->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&follower->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&follower->thread, NULL, follow_main, follower)) abort();
    *opened = follower;
    return DONE;
}

void follower_close(struct follower **closing)
{
    struct follower *follower = *closing;

    if (!follower) return;
    pthread_mutex_lock(&follower->lock);
    follower->stop = true;
    pthread_cond_signal(&follower->wake);
    pthread_mutex_unlock(&follower->lock);
    pthread_join(follower->thread, NULL);
    pthread_cond_destroy(&follower->wake);
    pthread_mutex_destroy(&follower->lock);
    store_close(&follower->store);
    arena_close(&follower->arena);
    free(follower);
    *closing = NULL;
}
