/* simulate_floor.c -- who waits and who is there: what a server reads before it decides.
 *
 * The queue is an index over cases; the floor is what assignment_floor_live() would read, kept up
 * to date instead of read anew.  Who has a place free stands first in it: nobody else can be given
 * anything, and of a city of thousands a busy hour leaves few. */
#include <string.h>

#include "main/simulate_inside.h"

/* ---- the queue: an index over cases that wait ---- */

static bool is_before(const struct simulation *s, int64_t a, int64_t b)
{
    moment x = s->cases[a].rank_at, y = s->cases[b].rank_at;

    return x != y ? x < y : a < b;
}

int64_t simulate_queue_place(const struct simulation *s, const struct simulate_queue *queue,
                             int64_t number)
{
    int64_t low = 0, high = queue->count;

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (is_before(s, queue->cases[middle], number))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Who waits has the desk looked at, and it is known since when nobody does. */
static void count_waiting(struct simulation *s, const struct simulate_case *c, int64_t by)
{
    struct simulate_desk *desk = &s->desks[c->profession][c->division];

    desk->waiting += by;
    desk->empty_since = desk->waiting ? 0 : s->now;
    if (by > 0) simulate_wake_ladder(s);
}

void simulate_queue_in(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_queue *queue = &s->queues[c->profession];
    int64_t place = simulate_queue_place(s, queue, number);

    assert(!c->queued);
    memmove(&queue->cases[place + 1], &queue->cases[place],
            (size_t)(queue->count - place) * sizeof *queue->cases);
    queue->cases[place] = number;
    queue->count++;
    c->queued = true;
    queue->waiting[c->language]++;
    count_waiting(s, c, 1);
    if (queue->count > s->result->queue_max) s->result->queue_max = queue->count;
}

void simulate_queue_out(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    struct simulate_queue *queue = &s->queues[c->profession];
    int64_t place = simulate_queue_place(s, queue, number);

    if (!c->queued) return;
    assert(place < queue->count && queue->cases[place] == number);
    memmove(&queue->cases[place], &queue->cases[place + 1],
            (size_t)(queue->count - place - 1) * sizeof *queue->cases);
    queue->count--;
    queue->waiting[c->language]--;
    c->queued = false;
    count_waiting(s, c, -1);
}

/* ---- the floor: those on line, as assignment_floor_live() would read them ---- */

struct assignment_candidate simulate_candidate(const struct simulation *s,
                                               const struct simulate_person *p, bool written)
{
    bool ignores = s->plan->broken == SIMULATE_OVERFILL && !written;
    bool believes = s->plan->broken == SIMULATE_OFFER_TO_ABSENT || written;

    return (struct assignment_candidate){
        .person_id = p->person_id,
        .fields = p->fields,
        .languages = p->languages,
        .district = p->district,
        .verified = true,
        .present = believes || simulate_seen(s, p) >= s->now - s->policy.absent_seconds,
        .load = ignores ? 0 : (int32_t)(written ? p->written : p->held),
        .capacity = (int32_t)(written ? p->written_capacity : p->capacity),
        .last_offer_at = p->last_offer_at,
    };
}

/* Free places, and for each language whether somebody who speaks it has one. */
static void count_free(struct simulation *s, const struct simulate_person *p, int64_t by)
{
    if (s->plan->broken != SIMULATE_OVERFILL && p->held >= p->capacity) return;
    for (int i = 0; i < SIMULATE_LANGUAGES; i++) {
        if (p->languages >> i & 1) s->speakers_free[p->profession][i] += by;
    }
}

static void swap(struct simulation *s, struct simulate_floor *floor, int64_t a, int64_t b)
{
    struct assignment_candidate candidate = floor->candidates[a];
    int64_t person = floor->people[a];

    floor->candidates[a] = floor->candidates[b];
    floor->people[a] = floor->people[b];
    floor->candidates[b] = candidate;
    floor->people[b] = person;
    s->people[floor->people[a]].floor_place = a;
    s->people[person].floor_place = b;
}

/* Whoever has a place free stands before all who have none. */
static void put_in_order(struct simulation *s, struct simulate_floor *floor, int64_t place)
{
    bool is_free = floor->candidates[place].load < floor->candidates[place].capacity;

    if (is_free && place >= floor->free_count)
        swap(s, floor, place, floor->free_count++);
    else if (!is_free && place < floor->free_count)
        swap(s, floor, place, --floor->free_count);
}

/* A candidate is kept as it is; simulate_make_floor() adds what only time changes. */
void simulate_refresh(struct simulation *s, const struct simulate_person *p)
{
    struct simulate_floor *floor = &s->floors[p->profession];

    if (!p->on_line) return;
    floor->candidates[p->floor_place] = simulate_candidate(s, p, false);
    put_in_order(s, floor, p->floor_place);
}

static void count_places(struct simulation *s, const struct simulate_person *p, int64_t by)
{
    s->places[p->profession] += by;
    if (p->division == SIMULATE_CITY)
        s->places_city[p->profession] += by;
    else
        s->places_in[p->profession][p->division] += by;
}

void simulate_set_on_line(struct simulation *s, int64_t person, bool on_line)
{
    struct simulate_person *p = &s->people[person];
    struct simulate_floor *floor = &s->floors[p->profession];

    if (p->on_line == on_line) return;
    if (s->plan->broken == SIMULATE_OFFER_TO_ABSENT && !on_line) return;
    p->on_line = on_line;
    count_places(s, p, on_line ? p->capacity : -p->capacity);
    count_free(s, p, on_line ? 1 : -1);
    if (on_line) {
        p->from_at = s->now;
        p->floor_place = floor->count;
        floor->people[floor->count++] = person;
        simulate_refresh(s, p);
        return;
    }
    p->online_seconds += s->now - p->from_at;
    if (p->floor_place < floor->free_count) swap(s, floor, p->floor_place, --floor->free_count);
    floor->people[p->floor_place] = floor->people[--floor->count];
    floor->candidates[p->floor_place] = floor->candidates[floor->count];
    s->people[floor->people[p->floor_place]].floor_place = p->floor_place;
}

void simulate_hold(struct simulation *s, struct simulate_person *p, int64_t number)
{
    if (p->on_line) count_free(s, p, -1);
    if (p->held < SIMULATE_HELD_MAX) p->held_cases[p->held] = number;
    p->held++;
    if (p->on_line) count_free(s, p, 1);
    simulate_refresh(s, p);
}

void simulate_unhold(struct simulation *s, struct simulate_person *p, int64_t number)
{
    int64_t place = 0, last = p->held <= SIMULATE_HELD_MAX ? p->held - 1 : SIMULATE_HELD_MAX - 1;

    if (p->on_line) count_free(s, p, -1);
    while (place < last && p->held_cases[place] != number) place++;
    for (; place < last; place++) p->held_cases[place] = p->held_cases[place + 1];
    p->held--;
    if (p->on_line) count_free(s, p, 1);
    simulate_refresh(s, p);
}

/* Candidates as they are now, with their shares: once for all cases of a drain. */
void simulate_make_floor(struct simulation *s, int profession)
{
    struct simulate_floor *floor = &s->floors[profession];

    for (int64_t i = 0; i < floor->count; i++) {
        const struct simulate_person *p = &s->people[floor->people[i]];

        floor->talks[i] = p->talks_count;
        floor->seconds[i] = p->online_seconds + s->now - p->from_at;
        floor->candidates[i].present = s->plan->broken == SIMULATE_OFFER_TO_ABSENT ||
                                       (p->here && !s->down_until) ||
                                       simulate_seen(s, p) >= s->now - s->policy.absent_seconds;
    }
    assignment_shares(floor->candidates, floor->talks, floor->seconds, (size_t)floor->count);
}

/* Nobody is beyond the reach of the whole city, so that rings matter below it only. */
void simulate_put_rings(const struct simulation *s, const struct simulate_case *c,
                        struct simulate_floor *floor)
{
    for (int64_t i = 0; i < floor->free_count; i++) {
        int division = s->people[floor->people[i]].division;

        floor->candidates[i].ring = division == SIMULATE_CITY ? 0 : s->rings[c->division][division];
    }
}
