/* clock.c -- see clock.h. */
#include "platform/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "gen/platform_sql.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"

enum {
    LOOK_MILLISECONDS = 250,
    TIDY_SECONDS = 3600,
    PUT_OFF_SECONDS_MAX = 3600,
    AHEAD_SECONDS = 60 /* by so much may clocks of two nodes differ (writer.c) */
};

struct clock {
    struct site *site;
    struct store *store;
    struct arena *arena;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
    moment tidied_at, noted_at, drawn_at;
};

static struct outcome put_off(struct scene *scene, const void *form, void *result)
{
    const struct platform_list_due_row *row = form;
    int64_t wait = SECONDS_PER_MINUTE;

    (void)result;
    scene->quiet = true;
    for (int64_t i = 0; i < row->tries && wait < PUT_OFF_SECONDS_MAX; i++) wait *= 2;
    return platform_put_off_deadline(scene->store, scene->now + wait, scene->now, row->act,
                                     row->case_id, row->due_at);
}

static struct outcome tidy(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return platform_drop_once_before(scene->store, scene->now - ONCE_SECONDS_MIN);
}

static struct outcome draw_in(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return platform_draw_in_ahead(scene->store, scene->now, scene->now + AHEAD_SECONDS);
}

static const struct act act_draw_in = {
    .name = "clock.draw_in", .who = WHO_SYSTEM, .run = draw_in};
static const struct act act_put_off = {.name = "clock.put_off", .who = WHO_SYSTEM, .run = put_off};
static const struct act act_tidy = {.name = "clock.tidy", .who = WHO_SYSTEM, .run = tidy};

static const struct act *find_act(const struct site *site, struct str name)
{
    for (size_t i = 0; site->settings.modules[i]; i++) {
        const struct act *const *acts = site->settings.modules[i]->clock_acts;

        for (; acts && *acts; acts++) {
            if (str_same(str_of((*acts)->name), name)) return *acts;
        }
    }
    return NULL;
}

static struct scene system_scene(struct arena *arena)
{
    return (struct scene){.arena = arena,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .channel = S("system"),
                          .address = S("")};
}

static void perform(struct clock *clock, const struct platform_list_due_row *row)
{
    const struct act *act = find_act(clock->site, row->act);
    struct clock_form form = {.case_id = row->case_id, .due_at = row->due_at};
    struct arena *arena = arena_open(ARENA_BYTES_MAX);
    struct call call = {.act = act,
                        .scene = system_scene(arena),
                        .form = &form,
                        .then = "",
                        .clock_due = row->due_at};

    if (act) {
        writer_wait(clock->site->writer, &call);
        if (call.outcome.refusal != &writer_not_due)
            metrics_act(act->name, call.outcome.fault     ? "fault"
                                   : call.outcome.refusal ? "refused"
                                                          : "done");
    }
    /* What passes by itself is tried again when it is looked for next. */
    if (!act || (call.outcome.fault && !call.outcome.again_seconds)) {
        struct call later = {
            .act = &act_put_off, .scene = system_scene(arena), .form = (void *)row, .then = ""};

        log_warning("clock", "%.*s of %lld is put off", STR_ARGS(row->act),
                    (long long)row->case_id);
        writer_wait(clock->site->writer, &later);
    }
    arena_close(&arena);
}

/* A deadline is performed by one node, which knows nothing of what another has noted. */
static void note_down(struct clock *clock, moment now)
{
    clock->noted_at = now;
    for (size_t i = 0; clock->site->settings.modules[i]; i++) {
        const struct act *const *acts = clock->site->settings.modules[i]->noting_acts;

        for (; acts && *acts; acts++) {
            struct call call = {.act = *acts, .scene = system_scene(clock->arena), .then = ""};

            writer_wait(clock->site->writer, &call);
        }
    }
}

/* A clock that was ahead and is right again: what it has set for the house (seals, offers, reports)
 * would wait for a day that is far away. */
static void look_ahead(struct clock *clock, moment now)
{
    struct platform_count_ahead_row ahead = {0};
    struct outcome outcome;
    bool found;

    clock->drawn_at = now;
    outcome = platform_count_ahead(clock->store, now + AHEAD_SECONDS, &ahead, &found);
    if (outcome.fault) log_fault("clock", outcome.fault);
    if (ahead.ahead_count) {
        struct call call = {.act = &act_draw_in, .scene = system_scene(clock->arena), .then = ""};

        log_warning("clock", "%lld deadlines were set by a clock that was ahead; they are drawn in",
                    (long long)ahead.ahead_count);
        writer_wait(clock->site->writer, &call);
    }
}

/* Since then so much has gone by, or the clock was set back. */
static bool is_over(moment since, moment now, int64_t seconds)
{
    return now < since || now - since >= seconds;
}

static void look(struct clock *clock)
{
    const struct platform_list_due_row *rows;
    size_t count = 0;
    moment now = time(NULL);
    struct outcome outcome;

    if (is_over(clock->drawn_at, now, SECONDS_PER_MINUTE)) look_ahead(clock, now);
    outcome = platform_list_due(clock->arena, clock->store, now, &rows, &count);
    if (outcome.fault) log_fault("clock", outcome.fault);
    for (size_t i = 0; IS_DONE(outcome) && i < count; i++) perform(clock, &rows[i]);
    if (is_over(clock->tidied_at, now, TIDY_SECONDS)) {
        struct call call = {.act = &act_tidy, .scene = system_scene(clock->arena), .then = ""};

        clock->tidied_at = now;
        writer_wait(clock->site->writer, &call);
    }
    if (clock->site->tail && is_over(clock->noted_at, now, SECONDS_PER_MINUTE))
        note_down(clock, now);
    arena_reset(clock->arena);
}

static void *clock_main(void *mine)
{
    struct clock *clock = mine;

    prctl(PR_SET_NAME, "clock");
    pthread_mutex_lock(&clock->lock);
    while (!clock->stop) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_MILLISECONDS * 1000000L;
        if (until.tv_nsec >= 1000000000L) until.tv_sec++, until.tv_nsec -= 1000000000L;
        pthread_cond_timedwait(&clock->wake, &clock->lock, &until);
        if (clock->stop) break;
        pthread_mutex_unlock(&clock->lock);
        look(clock);
        admission_look(metrics_microseconds());
        pthread_mutex_lock(&clock->lock);
    }
    pthread_mutex_unlock(&clock->lock);
    return NULL;
}

struct outcome clock_open(struct site *site, struct clock **opened)
{
    struct clock *clock = calloc(1, sizeof *clock);
    pthread_condattr_t rising;
    struct outcome outcome;

    if (!clock) abort();
    clock->site = site;
    clock->arena = arena_open(ARENA_BYTES_MAX);
    pthread_mutex_init(&clock->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&clock->wake, &rising);
    pthread_condattr_destroy(&rising);
    outcome = store_open(site->settings.database, STORE_READ, &clock->store);
    if (IS_DONE(outcome) && pthread_create(&clock->thread, NULL, clock_main, clock)) {
        store_close(&clock->store);
        outcome = FAULT("cannot start the clock's thread");
    }
    if (!IS_DONE(outcome)) {
        arena_close(&clock->arena);
        free(clock);
        return outcome;
    }
    *opened = clock;
    return DONE;
}

void clock_close(struct clock **closing)
{
    struct clock *clock = *closing;

    if (!clock) return;
    pthread_mutex_lock(&clock->lock);
    clock->stop = true;
    pthread_cond_signal(&clock->wake);
    pthread_mutex_unlock(&clock->lock);
    pthread_join(clock->thread, NULL);
    store_close(&clock->store);
    arena_close(&clock->arena);
    pthread_mutex_destroy(&clock->lock);
    pthread_cond_destroy(&clock->wake);
    free(clock);
    *closing = NULL;
}
