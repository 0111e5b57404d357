/* admission.c -- see admission.h. */
#include "platform/admission.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "platform/log.h"

enum { MICROSECONDS_PER_MS = 1000, MICROSECONDS_PER_SECOND = 1000000 };

static const char *const names[ADMIT_CLASSES] = {"living", "work", "reading", "asking"};

struct admission_patience admission_patience_of(int64_t lower_ms, int64_t living_ms)
{
    int64_t lower = lower_ms * MICROSECONDS_PER_MS;

    return (struct admission_patience){{[ADMIT_LIVING] = living_ms * MICROSECONDS_PER_MS,
                                        [ADMIT_WORK] = lower,
                                        [ADMIT_READING] = lower * 4 / 5,
                                        [ADMIT_ASKING] = lower * 3 / 5}};
}

void admission_note(struct admission *admission, int64_t longest, int64_t wait, int64_t now)
{
    if (now < admission->strict_until && wait >= longest / 2)
        admission->strict_until = now + ADMISSION_CALM;
    if (wait < longest) {
        admission->long_since = 0;
        return;
    }
    if (!admission->long_since) admission->long_since = now;
    if (now - admission->long_since >= ADMISSION_INTERVAL)
        admission->strict_until = now + ADMISSION_CALM;
}

bool admission_refuses(const struct admission *admission, int64_t longest, int64_t wait,
                       int64_t now)
{
    return wait >= longest / 2 && now < admission->strict_until;
}

bool admission_is_late(const struct admission *admission, int64_t longest, int64_t wait,
                       int64_t now)
{
    return wait >= longest && now < admission->strict_until;
}

struct admission_row {
    pthread_mutex_t lock;
    struct admission_patience patience;
    struct admission seen[ADMIT_CLASSES];
    struct admission_place *first, **last;
};

struct admission_row *admission_row_open(const struct admission_patience *patience)
{
    struct admission_row *row = calloc(1, sizeof *row);

    if (!row) abort();
    pthread_mutex_init(&row->lock, NULL);
    row->patience = *patience;
    row->last = &row->first;
    return row;
}

void admission_row_close(struct admission_row **row)
{
    if (!*row) return;
    assert(!(*row)->first);
    pthread_mutex_destroy(&(*row)->lock);
    free(*row);
    *row = NULL;
}

/* The lock is held. */
static int64_t age(const struct admission_row *row, int64_t now)
{
    return row->first && now > row->first->at ? now - row->first->at : 0;
}

static void note(struct admission_row *row, int64_t now)
{
    int64_t wait = age(row, now);

    for (int i = 0; i < ADMIT_CLASSES; i++)
        admission_note(&row->seen[i], row->patience.longest[i], wait, now);
}

void admission_row_enter(struct admission_row *row, struct admission_place *place, int64_t now)
{
    pthread_mutex_lock(&row->lock);
    *place = (struct admission_place){.before = row->last, .at = now};
    *row->last = place;
    row->last = &place->next;
    pthread_mutex_unlock(&row->lock);
}

void admission_row_leave(struct admission_row *row, struct admission_place *place, int64_t now)
{
    pthread_mutex_lock(&row->lock);
    *place->before = place->next;
    if (place->next)
        place->next->before = place->before;
    else
        row->last = place->before;
    note(row, now); /* or a wait long ago would count for one of today */
    pthread_mutex_unlock(&row->lock);
}

bool admission_row_may(struct admission_row *row, enum admission_class class, int64_t now)
{
    bool may;

    pthread_mutex_lock(&row->lock);
    note(row, now);
    may = !admission_refuses(&row->seen[class], row->patience.longest[class], age(row, now), now);
    pthread_mutex_unlock(&row->lock);
    return may;
}

int64_t admission_row_age(struct admission_row *row, int64_t now)
{
    int64_t oldest;

    pthread_mutex_lock(&row->lock);
    oldest = age(row, now);
    pthread_mutex_unlock(&row->lock);
    return oldest;
}

static atomic_llong turned[ADMIT_CLASSES];
static struct {
    pthread_mutex_t lock;
    int64_t began, last, count; /* of the overload that is on; 0: none is */
} alarm_on = {.lock = PTHREAD_MUTEX_INITIALIZER};

void admission_turned(enum admission_class class, int64_t now)
{
    bool is_first;

    atomic_fetch_add(&turned[class], 1);
    pthread_mutex_lock(&alarm_on.lock);
    is_first = alarm_on.count++ == 0;
    if (is_first) alarm_on.began = now;
    alarm_on.last = now;
    pthread_mutex_unlock(&alarm_on.lock);
    if (is_first)
        log_warning("overload",
                    "more is asked than can be served: turning away what can wait (%s first)",
                    names[class]);
}

void admission_look(int64_t now)
{
    int64_t count = 0, seconds = 0;

    pthread_mutex_lock(&alarm_on.lock);
    if (alarm_on.count && now - alarm_on.last >= ADMISSION_OVER) {
        count = alarm_on.count;
        seconds = (alarm_on.last - alarm_on.began) / MICROSECONDS_PER_SECOND + 1;
        alarm_on.count = 0;
    }
    pthread_mutex_unlock(&alarm_on.lock);
    if (count)
        log_warning("overload", "over: %lld requests were turned away in %lld seconds",
                    (long long)count, (long long)seconds);
}

int64_t admission_turned_lately(void)
{
    int64_t count;

    pthread_mutex_lock(&alarm_on.lock);
    count = alarm_on.count;
    pthread_mutex_unlock(&alarm_on.lock);
    return count;
}

void admission_put(struct out *out)
{
    OUT_LITERAL(out, "# HELP gongdao_turned_away_total Requests turned away, by class.\n"
                     "# TYPE gongdao_turned_away_total counter\n");
    for (int i = 0; i < ADMIT_CLASSES; i++) {
        OUT_LITERAL(out, "gongdao_turned_away_total{class=\"");
        out_raw_str(out, str_of(names[i]));
        OUT_LITERAL(out, "\"} ");
        out_int(out, atomic_load(&turned[i]));
        OUT_LITERAL(out, "\n");
    }
}
