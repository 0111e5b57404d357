/* assignment_hall.c -- all who serve and all who wait, in memory; see assignment.h.
 *
 *  (1) Of all cases that somebody free fits, the one with the smallest rank is given out; ties go
 *      to the smaller number.
 *  (2) A case nobody free may have (declined by all, in conflict with all) holds up nobody: it is
 *      stepped over, and stays where it is.
 *  (3) A wish that nobody can fulfil is dropped for as long as that is so. */
#include "bureau/assignment/assignment.h"

enum { LANGUAGES = ASSIGNMENT_WORDS_MAX, LOOKS_MAX = 500 };

struct waiting {
    id case_id;
    moment rank_at;
    const struct assignment_request *request;
    bool is_gone;
};

/* A line: those of one profession and language, the foremost on top of a heap. */
struct line {
    uint64_t language;
    size_t *heap;
    size_t count, room;
};

/* Everybody of one profession, next to each other. */
struct side {
    int32_t profession;
    size_t from, count;
    size_t free[LANGUAGES]; /* who speak it and have a place */
    struct line *lines[LANGUAGES];
};

struct assignment_hall {
    struct arena *arena;
    const struct assignment_policy *policy;
    struct assignment_candidate *candidates;
    bool *is_free; /* as counted */
    size_t *side_of;
    struct side *sides;
    size_t sides_count;
    struct waiting *all;
    size_t all_count, all_max, waiting_count;
    size_t aside[LOOKS_MAX];
    const int32_t *rings; /* NULL: nobody is kept for anybody */
    const int32_t *districts;
    size_t districts_count;
    size_t *district_of; /* of each candidate, a place among them; the count: none of them */
};

static int bit_of(uint64_t language)
{
    return language ? __builtin_ctzll(language) : 0;
}

static bool is_free_now(const struct assignment_candidate *c)
{
    return c->present && c->verified && c->load < c->capacity;
}

static void count_free(struct side *side, uint64_t languages, bool more)
{
    for (; languages; languages &= languages - 1) {
        size_t *free = &side->free[bit_of(languages)];

        *free = more ? *free + 1 : *free - 1;
    }
}

void assignment_hall_changed(struct assignment_hall *hall, size_t candidate)
{
    const struct assignment_candidate *c = &hall->candidates[candidate];
    bool free = is_free_now(c);

    if (free == hall->is_free[candidate]) return;
    hall->is_free[candidate] = free;
    count_free(&hall->sides[hall->side_of[candidate]], c->languages, free);
}

struct assignment_hall *assignment_hall_open(struct arena *arena,
                                             const struct assignment_policy *policy,
                                             struct assignment_candidate *candidates, size_t count,
                                             size_t waiting_max)
{
    struct assignment_hall *hall = NEW(arena, struct assignment_hall);

    *hall = (struct assignment_hall){.arena = arena,
                                     .policy = policy,
                                     .candidates = candidates,
                                     .is_free = NEW_MANY(arena, bool, count + 1),
                                     .side_of = NEW_MANY(arena, size_t, count + 1),
                                     .sides = NEW_MANY(arena, struct side, count + 1),
                                     .all = NEW_MANY(arena, struct waiting, waiting_max + 1),
                                     .all_max = waiting_max};
    for (size_t i = 0; i < count; i++) {
        struct side *side = &hall->sides[hall->sides_count];

        if (hall->sides_count && side[-1].profession == candidates[i].profession) {
            side[-1].count++;
        } else {
            *side = (struct side){.profession = candidates[i].profession, .from = i, .count = 1};
            hall->sides_count++;
        }
        hall->side_of[i] = hall->sides_count - 1;
        assignment_hall_changed(hall, i);
    }
    return hall;
}

/* ---- neighbours ---- */

static size_t district_place(const struct assignment_hall *hall, int32_t district)
{
    size_t i = 0;

    while (i < hall->districts_count && hall->districts[i] != district) i++;
    return i;
}

void assignment_hall_rings(struct assignment_hall *hall, const int32_t *districts, size_t count,
                           const int32_t *rings)
{
    const struct side *last = &hall->sides[hall->sides_count ? hall->sides_count - 1 : 0];
    size_t people = hall->sides_count ? last->from + last->count : 0;

    hall->districts = districts;
    hall->districts_count = count;
    hall->rings = rings;
    hall->district_of = NEW_MANY(hall->arena, size_t, people + 1);
    for (size_t i = 0; i < people; i++)
        hall->district_of[i] = district_place(hall, hall->candidates[i].district);
}

/* How far each of a side is from this resident; who serves the whole city is never far. */
static void put_rings(struct assignment_hall *hall, const struct side *side,
                      const struct assignment_request *request)
{
    size_t home = district_place(hall, request->district), count = hall->districts_count;

    for (size_t i = side->from; i < side->from + side->count; i++) {
        size_t place = hall->district_of[i];

        hall->candidates[i].ring =
            home == count || place == count ? 0 : hall->rings[home * count + place];
    }
}

/* ---- lines ---- */

static bool is_before(const struct assignment_hall *hall, size_t a, size_t b)
{
    const struct waiting *x = &hall->all[a], *y = &hall->all[b];

    return x->rank_at != y->rank_at ? x->rank_at < y->rank_at : x->case_id < y->case_id;
}

static void swap(size_t *a, size_t *b)
{
    size_t c = *a;

    *a = *b;
    *b = c;
}

static void push(struct assignment_hall *hall, struct line *line, size_t waiting)
{
    size_t at = line->count;

    if (at == line->room) {
        size_t size = line->room * sizeof *line->heap;

        line->room = line->room ? line->room * 2 : 64;
        line->heap = size ? arena_grow(hall->arena, line->heap, size, size * 2)
                          : arena_bytes(hall->arena, line->room * sizeof *line->heap);
    }
    line->heap[line->count++] = waiting;
    for (; at && is_before(hall, line->heap[at], line->heap[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&line->heap[at], &line->heap[(at - 1) / 2]);
}

static size_t pop(struct assignment_hall *hall, struct line *line)
{
    size_t first = line->heap[0], at = 0;

    line->heap[0] = line->heap[--line->count];
    while (true) {
        size_t child = at * 2 + 1;

        if (child >= line->count) break;
        if (child + 1 < line->count && is_before(hall, line->heap[child + 1], line->heap[child]))
            child++;
        if (!is_before(hall, line->heap[child], line->heap[at])) break;
        swap(&line->heap[child], &line->heap[at]);
        at = child;
    }
    return first;
}

static struct side *find_side(struct assignment_hall *hall, int32_t profession)
{
    for (size_t i = 0; i < hall->sides_count; i++) {
        if (hall->sides[i].profession == profession) return &hall->sides[i];
    }
    return NULL;
}

size_t assignment_hall_join(struct assignment_hall *hall, id case_id, moment rank_at,
                            const struct assignment_request *request)
{
    struct side *side = find_side(hall, request->profession);
    struct line **line;

    assert(hall->all_count < hall->all_max);
    hall->all[hall->all_count] = (struct waiting){case_id, rank_at, request, false};
    hall->waiting_count++;
    if (!side || !request->language) return hall->all_count++; /* nobody will ever serve it */
    line = &side->lines[bit_of(request->language)];
    if (!*line) *line = NEW(hall->arena, struct line);
    (*line)->language = request->language;
    push(hall, *line, hall->all_count);
    return hall->all_count++;
}

void assignment_hall_leave(struct assignment_hall *hall, size_t waiting)
{
    if (hall->all[waiting].is_gone) return;
    hall->all[waiting].is_gone = true; /* taken out of its line when it comes up */
    hall->waiting_count--;
}

size_t assignment_hall_waiting(const struct assignment_hall *hall)
{
    return hall->waiting_count;
}

/* ---- the next one ---- */

/* The line whose foremost is foremost of all, of those that somebody free can serve. */
static struct line *foremost(struct assignment_hall *hall, struct side **of)
{
    struct line *best = NULL;

    for (size_t i = 0; i < hall->sides_count; i++) {
        struct side *side = &hall->sides[i];

        for (int k = 0; k < LANGUAGES; k++) {
            struct line *line = side->lines[k];

            if (!line || !side->free[k]) continue;
            while (line->count && hall->all[line->heap[0]].is_gone) pop(hall, line);
            if (!line->count || (best && !is_before(hall, line->heap[0], best->heap[0]))) continue;
            best = line;
            *of = side;
        }
    }
    return best;
}

static void take(struct assignment_hall *hall, const struct side *side, moment now,
                 struct assignment_given *given)
{
    struct assignment_candidate *chosen;

    given->candidate = side->from + given->choice.chosen;
    chosen = &hall->candidates[given->candidate];
    chosen->load++;
    chosen->last_offer_at = now;
    assignment_hall_changed(hall, given->candidate);
    hall->all[given->waiting].is_gone = true;
    hall->waiting_count--;
}

bool assignment_hall_next(struct assignment_hall *hall, moment now, struct assignment_given *given,
                          struct assignment_verdict *verdicts)
{
    struct line *lines[LOOKS_MAX];
    size_t asides = 0;
    bool is_given = false;

    while (!is_given && asides < LOOKS_MAX) {
        struct side *side = NULL;
        struct line *line = foremost(hall, &side);
        struct assignment_request request;

        if (!line) break;
        given->waiting = pop(hall, line);
        request = *hall->all[given->waiting].request;
        request.now = now;
        if (hall->rings) put_rings(hall, side, &request);
        if (assignment_wish_is_vain(&request, &hall->candidates[side->from], side->count))
            request.wants_id = 0;
        given->choice = assignment_choose(hall->policy, &request, &hall->candidates[side->from],
                                          side->count, verdicts);
        is_given = given->choice.chosen != SIZE_MAX;
        if (is_given) {
            take(hall, side, now, given);
        } else {
            lines[asides] = line;
            hall->aside[asides++] = given->waiting;
        }
    }
    while (asides--) push(hall, lines[asides], hall->aside[asides]);
    return is_given;
}
