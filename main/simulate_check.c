/* simulate_check.c -- what must hold after every step, whoever decided it and however.
 *
 *  (1) lost        Every question that was asked is somewhere: in the queue, offered, talking, in
 *                  writing, answered or closed; at the end of the day none still waits for a
 *                  consultant who has gone home.
 *  (2) two         Nobody is with two consultants, nobody is offered to two.
 *  (3) absent      Nobody is offered to somebody who is not on line, or gave no sign of life.
 *  (4) overfull    Nobody has more than their capacity.
 *  (5) overtaken   Nobody is offered to a consultant while somebody waits whom that consultant
 *                  fits and who came earlier than the other's head start.
 *  (6) undated     Every written question has the due date of the official calendar.
 *  (7) standing    An offer does not outlive its time, nor a talk its consultant's presence.
 *  (8) unserved    Nobody waits beside a consultant who is free and fits.
 *  (9) blamed      Nobody loses a talk because the server was not there to hear them.
 *
 * The checks read what was done and work it out again from the moments alone; of the rules they
 * ask only whether a consultant fits. */
#include <string.h>

#include "main/simulate_inside.h"

enum {
    GRACE_SECONDS = 3 * SIMULATE_SWEEP_SECONDS, /* the clock looks every few seconds */
    WATCH_EVERY_SWEEPS = 60,
    CLOSING_SECONDS = 30 * SECONDS_PER_MINUTE /* after the last consultant has gone */
};

static const struct consultation_policy *const policy = &consultation_policy_default;

static bool is_here_for(const struct simulation *s, const struct simulate_person *p)
{
    return p->on_line && simulate_seen(s, p) >= s->now - s->policy.absent_seconds;
}

/* Could this consultant have this case now, by what is known of both? */
bool simulate_would_fit(const struct simulation *s, const struct simulate_case *c, int64_t person,
                        int64_t held)
{
    const struct simulate_person *p = &s->people[person];
    bool wanted = c->wants != SIMULATE_NOBODY && is_here_for(s, &s->people[c->wants]);
    id had_it = 0;
    struct assignment_request request = {.language = (uint64_t)1 << c->language,
                                         .wants_id = wanted ? s->people[c->wants].person_id : 0,
                                         .had_it = &had_it,
                                         .had_it_count = 1,
                                         .now = s->now};
    struct assignment_candidate candidate = {
        .person_id = p->person_id,
        .fields = p->fields,
        .languages = p->languages,
        .verified = true,
        .present = is_here_for(s, p),
        .load = (int32_t)held,
        .capacity = (int32_t)p->capacity,
        .outside = simulate_is_bounded(c) && !simulate_is_of_body(s, c, person),
    };

    for (int64_t i = c->missed; i != SIMULATE_NOBODY; i = s->missed[i].next) {
        if (s->missed[i].person == person && simulate_counts(s, &s->missed[i]))
            had_it = p->person_id;
    }
    return p->profession == c->profession &&
           assignment_unfit(&request, &candidate) == ASSIGNMENT_FITS;
}

static int64_t reach_seconds(const struct simulation *s)
{
    return (s->plan->ladder.depth + 1) * s->plan->ladder.ring_seconds;
}

/* ---- who waits, by moments alone: a queue of the checks' own ---- */

static moment right_of(const struct simulation *s, const struct simulate_case *c)
{
    return c->waiting_at - c->priority * s->policy.head_start_seconds;
}

/* Of a case that is in it, its place; of another, where it belongs. */
static int64_t place_in_line(const struct simulation *s, const struct simulate_queue *line,
                             moment right, int64_t number)
{
    int64_t low = 0, high = line->count;

    while (low < high) {
        int64_t middle = (low + high) / 2, other = line->cases[middle];
        moment its = s->cases[other].right;

        if (its != right ? its < right : other < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Only what a step touched can have come, gone or changed its right. */
static void keep_in_line(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_queue *line = &s->lines[c->line];
    int64_t place;

    if (c->in_line) {
        place = place_in_line(s, line, c->right, number);
        assert(place < line->count && line->cases[place] == number);
        memmove(&line->cases[place], &line->cases[place + 1],
                (size_t)(--line->count - place) * sizeof *line->cases);
    }
    c->in_line = c->exists && c->state == CONSULTATION_WAITING;
    if (!c->in_line) return;
    c->line = c->profession;
    c->right = right_of(s, c);
    line = &s->lines[c->line];
    place = place_in_line(s, line, c->right, number);
    memmove(&line->cases[place + 1], &line->cases[place],
            (size_t)(line->count++ - place) * sizeof *line->cases);
    line->cases[place] = number;
}

/* (5), without asking assignment_rank(): from moments, priorities and the head start.  All who
 * wait with an older right are looked at, however many stand before them. */
static void check_not_overtaking(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    const struct simulate_queue *line = &s->lines[c->profession];
    moment own = right_of(s, c);

    if (c->handed_on || c->again || c->wants != SIMULATE_NOBODY) return;
    for (int64_t i = 0; i < line->count; i++) {
        const struct simulate_case *other = &s->cases[line->cases[i]];

        if (other->right >= own) return;
        if (other->handed_on || !(s->people[c->consultant].languages >> other->language & 1))
            continue;
        /* The ladder keeps neighbours for their own for so long at most. */
        if (s->plan->real ? s->now - other->waiting_at <= reach_seconds(s)
                          : !simulate_is_open_to(s, other, c->consultant))
            continue;
        if (!simulate_would_fit(s, other, c->consultant, s->people[c->consultant].held - 1))
            continue;
        simulate_broke(s, "overtaken",
                       "case %lld, waiting for %lld s, is overtaken by case %lld, waiting for %lld "
                       "s, more than its head start",
                       (long long)line->cases[i], (long long)(s->now - other->waiting_at),
                       (long long)number, (long long)(s->now - c->waiting_at));
        return;
    }
}

static void check_offer(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    const struct simulate_person *p = &s->people[c->consultant];

    if (!is_here_for(s, p))
        simulate_broke(s, "absent", "case %lld is offered to %lld, who is not there",
                       (long long)number, (long long)c->consultant);
    check_not_overtaking(s, number);
    if (!s->ended) simulate_check_ladder_offer(s, number);
}

/* (6) */
static void check_promise(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    moment due = 0;
    struct outcome outcome = DONE;

    /* What the calendar says of a moment stays what it said. */
    if (c->dated_from != c->waiting_at) {
        outcome = calendar_due(s->desk.calendar, c->waiting_at, (int)policy->working_days, &due);
        if (!IS_DONE(outcome))
            outcome = calendar_due_by_weekday(c->waiting_at, (int)policy->working_days, &due);
        c->dated = IS_DONE(outcome) ? due : 0;
        c->dated_from = c->waiting_at;
    }
    if (!c->dated || c->due_at != c->dated)
        simulate_broke(s, "undated", "case %lld is in writing and due at %lld, not at %lld",
                       (long long)number, (long long)c->due_at, (long long)c->dated);
}

/* (7) */
static void check_not_standing(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    const struct simulate_person *p = &s->people[c->consultant];
    moment up = s->down_until; /* the clock begins again when the server does */
    moment since = c->state == CONSULTATION_OFFERED
                       ? c->offer_until
                       : simulate_seen(s, p) + s->policy.deserted_seconds;

    if (simulate_is_down(s)) return;
    if (since < up)
        since = up + (c->state == CONSULTATION_OFFERED ? 0 : s->policy.deserted_seconds);
    /* One act hands on a few at a time. */
    if (s->now > since + GRACE_SECONDS + s->people_count)
        simulate_broke(s, "standing", "case %lld is %.*s %lld, who has been silent too long",
                       (long long)number, STR_ARGS(consultation_state_word(c->state)),
                       (long long)c->consultant);
}

/* Most cases lie still, in writing or over, and there is nothing about them that time alone could
 * make wrong: what check_case() would look at, in one line of the cache and without calls. */
static inline bool lies_right(const struct simulate_case *c)
{
    if (!c->exists) return true;
    if (c->state == CONSULTATION_MESSAGE)
        return c->holders <= 1 && c->dated && c->dated_from == c->waiting_at &&
               c->due_at == c->dated && !c->handed;
    return (c->state == CONSULTATION_ANSWERED || c->state == CONSULTATION_CLOSED) &&
           c->holders == 0;
}

static void check_case(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    bool held = c->state == CONSULTATION_OFFERED || c->state == CONSULTATION_TALKING;

    if (!c->exists) return;
    if (c->holders > 1 || (!held && c->state != CONSULTATION_MESSAGE && c->holders > 0))
        simulate_broke(s, "two", "case %lld, %.*s, is held by %lld at once", (long long)number,
                       STR_ARGS(consultation_state_word(c->state)), (long long)c->holders);
    if (held && (c->holders != 1 || c->consultant == SIMULATE_NOBODY))
        simulate_broke(s, "lost", "case %lld is %.*s by nobody", (long long)number,
                       STR_ARGS(consultation_state_word(c->state)));
    if (s->ended) return;
    if (c->state == CONSULTATION_WAITING && !c->queued)
        simulate_broke(s, "lost", "case %lld waits and is in no queue", (long long)number);
    if (c->state == CONSULTATION_MESSAGE) check_promise(s, number);
    if (!s->ended) simulate_check_handed(s, number);
    if (held && s->people[c->consultant].held > s->people[c->consultant].capacity)
        simulate_broke(s, "overfull", "%lld has %lld at once and can lead %lld",
                       (long long)c->consultant, (long long)s->people[c->consultant].held,
                       (long long)s->people[c->consultant].capacity);
    if (c->state == CONSULTATION_OFFERED && !s->people[c->consultant].on_line)
        simulate_broke(s, "absent", "case %lld stays offered to %lld, who is away",
                       (long long)number, (long long)c->consultant);
    if (held && !s->ended) check_not_standing(s, number);
}

/* Of a profession, with a place: usually nobody, when many wait. */
static int64_t list_free(struct simulation *s, int profession)
{
    int64_t count = 0;

    for (int64_t i = 0; i < s->people_count; i++) {
        const struct simulate_person *p = &s->people[i];

        if (p->profession == profession && p->on_line && p->held < p->capacity)
            s->free[count++] = i;
    }
    return count;
}

/* Fits, and is not kept for others. */
static bool could_serve(const struct simulation *s, const struct simulate_case *c, int64_t person)
{
    const struct simulate_person *p = &s->people[person];

    return p->languages >> c->language & 1 && simulate_would_fit(s, c, person, p->held) &&
           (s->plan->real || simulate_is_open_to(s, c, person));
}

/* (8) */
static void check_served(struct simulation *s, int64_t number, int64_t free_count)
{
    struct simulate_case *c = &s->cases[number];
    int64_t i = 0, grace = GRACE_SECONDS + (s->plan->real ? reach_seconds(s) : 0);

    while (i < free_count && !could_serve(s, c, s->free[i])) i++;
    if (i == free_count) {
        c->fit_since = 0;
        return;
    }
    if (c->fit_since <= s->nobody_free_at[c->profession]) c->fit_since = s->now;
    if (s->now - c->fit_since > grace + s->people_count)
        simulate_broke(s, "unserved", "case %lld waits though %lld is free and fits, for %lld s",
                       (long long)number, (long long)s->free[i],
                       (long long)(s->now - c->fit_since));
}

/* Of a city of thousands not after every sweep: those free times those who wait are many. */
static int64_t sweeps_between(const struct simulation *s)
{
    return s->people_count <= 300 ? 1 : s->people_count <= 3000 ? 6 : WATCH_EVERY_SWEEPS;
}

/* All who wait, wherever they stand. */
static void check_all_served(struct simulation *s)
{
    for (int i = 0; i < CONSULTATION_PROFESSIONS && !s->ended; i++) {
        const struct simulate_queue *queue = &s->queues[i];
        int64_t count = queue->count && !simulate_is_down(s) ? list_free(s, i) : 0;

        if (!count) s->nobody_free_at[i] = s->now;
        for (int64_t k = 0; k < queue->count && count && !s->ended; k++)
            check_served(s, queue->cases[k], count);
    }
}

/* Books kept twice agree. */
static void check_books(struct simulation *s, int64_t cases)
{
    int64_t held = 0;

    for (int64_t i = 0; i < s->people_count; i++) held += s->people[i].held;
    if (held != cases && !s->ended)
        simulate_broke(s, "two", "consultants hold %lld cases, of which %lld know it",
                       (long long)held, (long long)cases);
}

static int64_t holders_of(const struct simulate_case *c)
{
    return c->state != CONSULTATION_MESSAGE ? c->holders : 0;
}

static bool is_open(const struct simulate_case *c)
{
    return c->exists && c->state != CONSULTATION_ANSWERED && c->state != CONSULTATION_CLOSED;
}

static void list_open(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];

    if (c->listed || !is_open(c)) return;
    c->listed = true;
    s->open[s->open_count++] = number;
}

/* Whatever is open, at every step; a closed case that somebody holds shows in the books. */
static void check_open(struct simulation *s)
{
    int64_t left = 0, holders = 0;

    for (int64_t i = 0; i < s->open_count; i++) {
        struct simulate_case *c = &s->cases[s->open[i]];

        if (!lies_right(c) && !s->ended) check_case(s, s->open[i]);
        holders += holders_of(c);
        c->listed = is_open(c);
        if (c->listed) s->open[left++] = s->open[i];
    }
    s->open_count = left;
    check_books(s, holders);
}

/* Every case there is, also those that nothing touched. */
static void check_every(struct simulation *s)
{
    int64_t holders = 0, waiting = 0;

    for (int64_t i = 0; i < s->cases_count && !s->ended; i++) {
        const struct simulate_case *c = &s->cases[i];

        if (!lies_right(c)) check_case(s, i);
        holders += holders_of(c);
        waiting += c->in_line;
        assert(c->in_line == (c->exists && c->state == CONSULTATION_WAITING));
        assert(!c->in_line || (c->line == c->profession && c->right == right_of(s, c)));
    }
    check_books(s, holders);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) waiting -= s->lines[i].count;
    assert(s->ended || waiting == 0);
}

void simulate_check_all(struct simulation *s, bool every)
{
    if (every)
        check_every(s);
    else
        check_open(s);
    check_all_served(s);
}

/* (9) */
static void check_not_blamed(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];

    if (s->happening != HAPPENS_SWEEP || c->seen_state != CONSULTATION_TALKING) return;
    if (c->state == CONSULTATION_TALKING || !s->people[c->seen_consultant].here) return;
    simulate_broke(s, "blamed", "case %lld is taken from %lld, who is there", (long long)number,
                   (long long)c->seen_consultant);
}

void simulate_check_step(struct simulation *s)
{
    for (int64_t i = 0; i < s->touched_count; i++) keep_in_line(s, s->touched[i]);
    for (int64_t i = 0; i < s->touched_count && !s->ended; i++) {
        struct simulate_case *c = &s->cases[s->touched[i]];

        list_open(s, s->touched[i]);
        if (c->state != CONSULTATION_WAITING) c->fit_since = 0;
        check_case(s, s->touched[i]);
        if (!s->ended) check_not_blamed(s, s->touched[i]);
        if (!s->ended && c->state == CONSULTATION_OFFERED && c->seen_offers != c->offers)
            check_offer(s, s->touched[i]);
    }
    if (!s->ended) simulate_check_ladder(s);
    if (s->ended) return;
    if (s->plan->watch_all || (s->sweeps && s->sweeps % WATCH_EVERY_SWEEPS == 0)) {
        simulate_check_all(s, s->plan->real || s->happening == HAPPENS_SWEEP);
        if (!s->plan->watch_all) s->sweeps++; /* once */
    } else if (s->happening == HAPPENS_SWEEP && s->sweeps % sweeps_between(s) == 0) {
        check_all_served(s);
    }
}

void simulate_check_end(struct simulation *s)
{
    int64_t counted[CONSULTATION_STATES] = {0}, asked = 0;

    simulate_check_all(s, true);
    for (int64_t i = 0; i < s->cases_count && !s->ended; i++) {
        const struct simulate_case *c = &s->cases[i];

        if (!c->exists) continue;
        asked++;
        counted[c->state]++;
        if (c->state != CONSULTATION_WAITING && c->state != CONSULTATION_OFFERED) continue;
        if (s->plan->steady || s->now < s->plan->closes_at + CLOSING_SECONDS) continue;
        simulate_broke(s, "lost", "the desk has long closed and case %lld still waits",
                       (long long)i);
    }
    if (!s->ended && asked != s->result->asked)
        simulate_broke(s, "lost", "%lld were asked and %lld are there", (long long)s->result->asked,
                       (long long)asked);
}
