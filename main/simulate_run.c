/* simulate_run.c -- virtual time: what happens next, one thing after another. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "main/simulate_inside.h"

/* ---- what is to happen, by moment and then by the order it was planned ---- */

static bool is_sooner(const struct simulate_event *a, const struct simulate_event *b)
{
    return a->at != b->at ? a->at < b->at : a->order < b->order;
}

void simulate_at(struct simulation *s, moment at, enum simulate_happening what, int64_t which,
                 int64_t turn)
{
    struct simulate_event event = {at, s->orders++, what, which, turn};
    int64_t place = s->heap_count++;

    if (place == s->heap_max) {
        size_t size = (size_t)s->heap_max * sizeof event;

        s->heap = s->heap_max ? arena_grow(s->arena, s->heap, size, size * 2)
                              : arena_bytes(s->arena, 1024 * sizeof event);
        s->heap_max = s->heap_max ? s->heap_max * 2 : 1024;
    }
    while (place > 0 && is_sooner(&event, &s->heap[(place - 1) / 2])) {
        s->heap[place] = s->heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    s->heap[place] = event;
}

static struct simulate_event take_next(struct simulation *s)
{
    struct simulate_event first = s->heap[0], last = s->heap[--s->heap_count];
    int64_t place = 0, child;

    while ((child = 2 * place + 1) < s->heap_count) {
        if (child + 1 < s->heap_count && is_sooner(&s->heap[child + 1], &s->heap[child])) child++;
        if (!is_sooner(&s->heap[child], &last)) break;
        s->heap[place] = s->heap[child];
        place = child;
    }
    s->heap[place] = last;
    return first;
}

/* ---- what is told of it ---- */

void simulate_note(struct simulation *s, const char *format, ...)
{
    int minute, len;
    char *words;
    va_list values;

    if (!s->telling) return;
    words = s->kept[s->kept_count++ % SIMULATE_EVENTS_KEPT];
    minute = calendar_minute_of(s->now);
    len = snprintf(words, SIMULATE_WORDS_MAX, "%02d:%02d:%02d ", minute / 60, minute % 60,
                   (int)(s->now % SECONDS_PER_MINUTE));
    va_start(values, format);
    vsnprintf(words + len, SIMULATE_WORDS_MAX - (size_t)len, format, values);
    va_end(values);
    if (s->events) fprintf(s->events, "%s\n", words);
}

void simulate_broke(struct simulation *s, const char *invariant, const char *format, ...)
{
    char words[SIMULATE_WORDS_MAX * 2];
    int64_t first = s->kept_count > SIMULATE_EVENTS_KEPT ? s->kept_count - SIMULATE_EVENTS_KEPT : 0;
    struct str story;
    va_list values;

    if (s->ended) return;
    va_start(values, format);
    vsnprintf(words, sizeof words, format, values);
    va_end(values);
    simulate_note(s, "BROKEN %s: %s", invariant, words);
    story = arena_print(s->arena, "%s", words);
    for (int64_t i = first; i < s->kept_count; i++)
        story = arena_print(s->arena, "%.*s\n    %s", STR_ARGS(story),
                            s->kept[i % SIMULATE_EVENTS_KEPT]);
    s->result->broken = invariant;
    s->result->story = story;
    s->ended = true;
}

void simulate_touch(struct simulation *s, int64_t number)
{
    if (s->cases[number].touched) return;
    s->cases[number].touched = true;
    s->touched[s->touched_count++] = number;
}

/* ---- the state of the world ---- */

bool simulate_is_down(const struct simulation *s)
{
    return s->is_down;
}

bool simulate_is_open(const struct simulation *s)
{
    bool is_open = false;

    return IS_DONE(calendar_is_open(&s->desk, s->now, &is_open)) && is_open;
}

/* The last sign of life that reached the server: every 30 s while here, none while it was down. */
moment simulate_seen(const struct simulation *s, const struct simulate_person *p)
{
    moment seen = s->now - (s->now - p->here_since) % SIMULATE_BEAT_SECONDS;

    if (!p->here || s->plan->real) return p->seen_at;
    if (seen >= s->down_from && seen < s->down_until)
        seen -= (seen - s->down_from + SIMULATE_BEAT_SECONDS) / SIMULATE_BEAT_SECONDS *
                SIMULATE_BEAT_SECONDS;
    if (seen < p->here_since) seen = p->here_since;
    return seen > p->seen_at ? seen : p->seen_at;
}

/* ---- waits told, against what came of them ---- */

static void count_told(struct simulate_told *told, int64_t low, int64_t high, int64_t waited,
                       bool met)
{
    told->told++;
    if (waited > high)
        told->above++;
    else if (!met)
        told->unknown++; /* left before it could turn out */
    else if (waited < low)
        told->below++;
    else
        told->inside++;
}

void simulate_estimate(struct simulation *s, struct simulate_case *c, int64_t low, int64_t high,
                       bool told, bool joining)
{
    struct simulate_result *r = s->result;

    if (!told) {
        r->at_looking.silent++;
        r->at_joining.silent += joining;
        return;
    }
    if (s->plan->broken == SIMULATE_WRONG_WAIT) low /= 2, high /= 2;
    struct simulate_estimate *estimate = NEW(s->arena, struct simulate_estimate);

    *estimate = (struct simulate_estimate){c->estimates, s->now, low, high, joining};
    c->estimates = estimate;
}

void simulate_settle(struct simulation *s, struct simulate_case *c, bool met)
{
    for (const struct simulate_estimate *e = c->estimates; e; e = e->next) {
        count_told(&s->result->at_looking, e->low, e->high, s->now - e->at, met);
        if (e->joining) count_told(&s->result->at_joining, e->low, e->high, s->now - e->at, met);
    }
    c->estimates = NULL;
    if (!met || c->met_at) return;
    c->met_at = s->now;
    /* Whoever left a message and talks after all has not waited all the time between. */
    if (!c->again) s->waits[s->waits_count++] = s->now - c->asked_at;
}

static void sort_pace(struct simulate_pace *pace)
{
    int64_t *sorted = pace->sorted;

    if (pace->is_sorted) return;
    memcpy(sorted, pace->seconds, sizeof pace->sorted);
    for (int64_t i = 1; i < pace->count; i++) {
        for (int64_t k = i; k > 0 && sorted[k] < sorted[k - 1]; k--) {
            int64_t swap = sorted[k];

            sorted[k] = sorted[k - 1], sorted[k - 1] = swap;
        }
    }
    pace->is_sorted = true;
}

bool simulate_do_tell(struct simulation *s, int64_t number, int64_t *low, int64_t *high)
{
    const struct simulate_case *c = &s->cases[number];
    struct simulate_pace *measured = &s->pace[c->profession];
    struct consultation_pace pace;

    if (s->plan->real) return false; /* measured in memory, with many more */
    if (!consultation_tells_wait(str_of(simulate_languages[c->language]),
                                 c->wants != SIMULATE_NOBODY, c->offers))
        return false;
    sort_pace(measured);
    pace = consultation_pace_of(measured->sorted, (size_t)measured->count);
    return consultation_wait(&consultation_policy_default, &pace, s->places[c->profession],
                             simulate_queue_place(s, &s->queues[c->profession], number), low, high);
}

/* ---- a run ---- */

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void sum_up(struct simulation *s)
{
    struct simulate_result *r = s->result;

    qsort(s->waits, (size_t)s->waits_count, sizeof *s->waits, by_size);
    r->waited_count = s->waits_count;
    for (int64_t i = 0; i < s->waits_count; i++) {
        r->waited_sum += s->waits[i];
        r->waited_late += s->waits[i] > SIMULATE_LATE_SECONDS;
    }
    if (!s->waits_count) return;
    r->waited_max = s->waits[s->waits_count - 1];
    r->waited_half = s->waits[s->waits_count / 2];
    r->waited_tenth = s->waits[s->waits_count * 9 / 10];
}

static void make_floor(struct simulation *s, struct simulate_floor *floor)
{
    size_t count = (size_t)s->people_count + 1;

    floor->candidates = NEW_MANY(s->arena, struct assignment_candidate, count);
    floor->people = NEW_MANY(s->arena, int64_t, count);
    floor->talks = NEW_MANY(s->arena, int64_t, count);
    floor->seconds = NEW_MANY(s->arena, int64_t, count);
}

static void begin(struct simulation *s, const struct simulate_plan *plan)
{
    s->arrivals = simulate_random_of(plan->seed, 1);
    s->residents = simulate_random_of(plan->seed, 2);
    s->consultants = simulate_random_of(plan->seed, 3);
    s->faults = simulate_random_of(plan->seed, 4);
    s->handing = simulate_random_of(plan->seed, 5);
    s->now = plan->begins_at;
    s->policy = assignment_policy_default;
    simulate_make_city(s);
    s->touched = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    s->open = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    s->waits = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    s->closed_cases = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    s->last_talk_of = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    s->wishes = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        s->queues[i].cases = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
        s->lines[i].cases = NEW_MANY(s->arena, int64_t, (size_t)s->cases_count + 1);
        make_floor(s, &s->floors[i]);
    }
    make_floor(s, &s->knowing);
    s->free = NEW_MANY(s->arena, int64_t, (size_t)s->people_count + 1);
    for (int64_t i = 0; i < s->cases_count; i++) s->last_talk_of[i] = SIMULATE_NOBODY;
    simulate_at(s, plan->begins_at, HAPPENS_SWEEP, 0, 0);
}

static struct simulate_result run_once(struct arena *arena, const struct simulate_plan *plan,
                                       FILE *events, bool telling)
{
    struct simulate_result result = {.seed = plan->seed};
    struct simulation *s = NEW(arena, struct simulation);
    struct outcome opened = DONE;

    *s = (struct simulation){
        .arena = arena, .plan = plan, .result = &result, .events = events, .telling = telling};
    begin(s, plan);
    if (plan->real) opened = simulate_real_open(s);
    if (!IS_DONE(opened)) result.fault = opened.fault ? opened.fault : opened.refusal->text;
    while (s->heap_count && !s->ended && !result.fault) {
        struct simulate_event event = take_next(s);

        if (event.at > plan->ends_at) break;
        s->now = event.at;
        s->happening = event.what;
        result.steps++;
        simulate_happen(s, &event);
        simulate_check_step(s);
        simulate_react(s);
    }
    if (plan->real) simulate_real_check(s);
    if (!s->ended && !result.fault) simulate_check_end(s);
    if (plan->real) simulate_real_close(s);
    sum_up(s);
    return result;
}

/* Nobody reads most days: only when one fails is it run once more, and put into words. */
struct simulate_result simulate_run(struct arena *arena, const struct simulate_plan *plan,
                                    FILE *events)
{
    struct simulate_result result = run_once(arena, plan, events, events != NULL);

    return result.broken && !events ? run_once(arena, plan, NULL, true) : result;
}
