/* sms.c -- see sms.h.  Invariants, by number; the tests are here and, for what an
 * outbox remembers, in desk/notice/notice_test.c:
 *
 *  (1) A letter is marked as taken, on disk, before a byte of it leaves the house.
 *  (2) What cannot be recorded is not forgotten: the letter stays taken and comes round again.
 *  (3) One letter that fails does not keep the next from being sent; and after each failure, which
 *      may have taken seconds, the most urgent is looked for anew.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/sms/sms.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "platform/log.h"

enum {
    LETTER_BYTES_MAX = 256 * 1024,
    FILED_BYTES_MAX = 64 * 1024 * 1024, /* of a letter with files, and what makes them */
    LIST_BYTES_MAX = 256 * 1024
};

struct sms {
    struct sms_settings settings;
    struct sms_driver *driver;
    struct store *store;
    struct arena *list, *letter; /* of one look, of one letter */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool started, stop, woken;
};

static struct outcome perform(struct sms *sms, const struct act *act, moment now, void *form,
                              void *result)
{
    struct call call = {
        .act = act,
        .scene = {.arena = sms->letter,
                  .now = now,
                  .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                  .channel = S("system")},
        .form = form,
        .result = result,
    };

    writer_wait(sms->settings.writer, &call);
    return call.outcome;
}

static enum letter_fate send(struct sms *sms, struct letter *letter, moment now,
                             struct str *problem)
{
    struct scene scene = {.arena = sms->letter,
                          .store = sms->store,
                          .now = now,
                          .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                          .channel = S("system")};
    struct outcome outcome =
        sms->settings.outbox->attach ? sms->settings.outbox->attach(&scene, letter) : DONE;

    if (!IS_DONE(outcome)) {
        *problem = S("the files of the letter cannot be made");
        return LETTER_LATER;
    }
    return sms->settings.send
               ? sms->settings.send(sms->settings.carrier, sms->letter, letter, problem)
               : sms_driver_send(sms->driver, sms->letter, letter, problem);
}

enum carried { CARRIED_NOT, CARRIED_WELL, CARRIED_BADLY };

/* Refusals are not trouble: another sender was faster, or the letter was settled meanwhile. */
static struct outcome carry_one(struct sms *sms, id letter_id, moment now, enum carried *carried)
{
    struct outbox_take_form taking = {letter_id};
    struct outbox_settle_form settling = {.letter_id = letter_id, .problem = S("")};
    struct letter letter = {0};
    struct outcome outcome;

    *carried = CARRIED_NOT;
    arena_reset(sms->letter);
    outcome = perform(sms, sms->settings.outbox->take, now, &taking, &letter);
    if (outcome.fault) return outcome;
    if (outcome.refusal || letter.letter_id == 0) return DONE;
    settling.fate = send(sms, &letter, now, &settling.problem);
    if (settling.fate != LETTER_DELIVERED)
        log_warning("sms.not-sent", "notice %lld: %.*s", (long long)letter_id,
                    STR_ARGS(settling.problem));
    *carried = settling.fate == LETTER_DELIVERED ? CARRIED_WELL : CARRIED_BADLY;
    outcome = perform(sms, sms->settings.outbox->settle, now, &settling, NULL);
    if (outcome.refusal)
        log_warning("sms.not-recorded", "notice %lld: %s", (long long)letter_id,
                    outcome.refusal->key);
    return outcome.fault ? outcome : DONE;
}

static bool is_stopping(struct sms *sms)
{
    bool stop;

    pthread_mutex_lock(&sms->lock);
    stop = sms->stop;
    pthread_mutex_unlock(&sms->lock);
    return stop;
}

static struct outcome carry_due(struct sms *sms, moment now, size_t *carried)
{
    struct scene scene = {.arena = sms->list,
                          .store = sms->store,
                          .now = now,
                          .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                          .channel = S("system")};
    struct outcome trouble = DONE;
    const id *letters;
    size_t count;
    enum carried one = CARRIED_NOT;

    *carried = 0;
    arena_reset(sms->list);
    TRY(sms->settings.outbox->list_due(&scene, &letters, &count));
    for (size_t i = 0; i < count && one != CARRIED_BADLY && !is_stopping(sms); i++) {
        struct outcome outcome = carry_one(sms, letters[i], now, &one);

        if (outcome.fault) trouble = outcome; /* of this letter, perhaps: the next may be well */
        *carried += one != CARRIED_NOT;
    }
    return trouble;
}

static bool wait_a_second(struct sms *sms)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 1;
    pthread_mutex_lock(&sms->lock);
    while (!sms->stop && !sms->woken) {
        if (pthread_cond_timedwait(&sms->wake, &sms->lock, &until) != 0) break;
    }
    sms->woken = false;
    go_on = !sms->stop;
    pthread_mutex_unlock(&sms->lock);
    return go_on;
}

static void *sms_main(void *mine)
{
    struct sms *sms = mine;
    size_t carried;

    do {
        struct outcome outcome;

        do {
            outcome = carry_due(sms, time(NULL), &carried);
            if (outcome.fault) log_fault("sms.carry", outcome.fault);
        } while (IS_DONE(outcome) && carried > 0 && !is_stopping(sms));
    } while (wait_a_second(sms));
    return NULL;
}

struct outcome sms_open(const struct sms_settings *settings, struct sms **opened)
{
    struct sms *sms = calloc(1, sizeof *sms);
    pthread_condattr_t rising; /* a clock that is set back holds up no letter */
    struct outcome outcome;

    if (!sms) return FAULT("no memory to send messages");
    sms->settings = *settings;
    pthread_mutex_init(&sms->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&sms->wake, &rising);
    pthread_condattr_destroy(&rising);
    sms->list = arena_open(LIST_BYTES_MAX);
    sms->letter = arena_open(settings->outbox->attach ? FILED_BYTES_MAX : LETTER_BYTES_MAX);
    *opened = sms;
    outcome = settings->send ? DONE : sms_driver_open(&settings->driver, &sms->driver);
    if (IS_DONE(outcome)) outcome = store_open(settings->database, STORE_READ, &sms->store);
    if (IS_DONE(outcome)) {
        sms->started = pthread_create(&sms->thread, NULL, sms_main, sms) == 0;
        if (!sms->started) outcome = FAULT("cannot start the thread that sends messages");
    }
    if (!IS_DONE(outcome)) sms_close(opened);
    return outcome;
}

void sms_wake(struct sms *sms)
{
    pthread_mutex_lock(&sms->lock);
    sms->woken = true;
    pthread_cond_signal(&sms->wake);
    pthread_mutex_unlock(&sms->lock);
}

void sms_close(struct sms **closing)
{
    struct sms *sms = *closing;

    if (!sms) return;
    pthread_mutex_lock(&sms->lock);
    sms->stop = true;
    pthread_cond_signal(&sms->wake);
    pthread_mutex_unlock(&sms->lock);
    if (sms->started) pthread_join(sms->thread, NULL);
    if (sms->store) store_close(&sms->store);
    sms_driver_close(&sms->driver);
    arena_close(&sms->letter);
    arena_close(&sms->list);
    pthread_mutex_destroy(&sms->lock);
    pthread_cond_destroy(&sms->wake);
    free(sms);
    *closing = NULL;
}
