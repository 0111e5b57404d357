/* assignment_replay.c -- a past day once more, by another policy; see assignment.h.
 *
 *  (1) Virtual time: the same day and policy give the same result, to the second.
 *  (2) Whoever had an offer that day does with it what they did then; whoever had not accepts it
 *      after as long as usual.  A talk takes as long as it took.  Whoever gave up after some time
 *      gives up after the same time; whoever did not is taken to wait on.
 *  (3) Nothing is given to somebody who was not on line then, or beyond their places. */
#include "bureau/assignment/assignment.h"

enum kind { TALK_OVER, STAY_OVER, STAY_BEGUN, OFFER_OVER, GIVEN_UP, ARRIVED };

struct event {
    moment at;
    enum kind kind;
    size_t which; /* arrival or stay */
};

/* What a case is in. */
struct state {
    struct assignment_request request;
    size_t waiting, candidate; /* offered to, talking with */
    bool in_queue, is_offered, is_over;
    moment offered_at;
    bool will_accept;
    id *had_it;
};

struct run {
    struct arena *arena;
    const struct assignment_day *day;
    const struct assignment_policy *policy;
    struct assignment_replayed *results;
    struct assignment_candidate *candidates;
    struct assignment_hall *hall;
    struct state *states;
    struct event *heap;
    size_t heap_count, heap_room;
    size_t *arrival_of; /* of what waits in the hall */
    int32_t *stays_open, *professions;
    size_t sides;
    moment *since; /* on line, or 0 */
    int64_t *talks, *seconds, *some_talks, *some_seconds;
    struct assignment_candidate *some; /* of one profession, on line: among them shares are told */
};

static bool is_sooner(const struct event *a, const struct event *b)
{
    if (a->at != b->at) return a->at < b->at;
    return a->kind != b->kind ? a->kind < b->kind : a->which < b->which;
}

static void swap(struct event *a, struct event *b)
{
    struct event c = *a;

    *a = *b;
    *b = c;
}

static void happens(struct run *run, moment moment_at, enum kind kind, size_t which)
{
    size_t at = run->heap_count++;

    if (at == run->heap_room) {
        size_t size = run->heap_room * sizeof *run->heap;

        run->heap_room = run->heap_room ? run->heap_room * 2 : 1024;
        run->heap = size ? arena_grow(run->arena, run->heap, size, size * 2)
                         : arena_bytes(run->arena, run->heap_room * sizeof *run->heap);
    }
    run->heap[at] = (struct event){moment_at, kind, which};
    for (; at && is_sooner(&run->heap[at], &run->heap[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&run->heap[at], &run->heap[(at - 1) / 2]);
}

static struct event next_event(struct run *run)
{
    struct event first = run->heap[0];
    size_t at = 0;

    run->heap[0] = run->heap[--run->heap_count];
    while (true) {
        size_t child = at * 2 + 1;

        if (child >= run->heap_count) return first;
        if (child + 1 < run->heap_count && is_sooner(&run->heap[child + 1], &run->heap[child]))
            child++;
        if (!is_sooner(&run->heap[child], &run->heap[at])) return first;
        swap(&run->heap[child], &run->heap[at]);
        at = child;
    }
}

/* ---- what people do ---- */

static const struct assignment_reaction *reaction_of(const struct assignment_day *day, id case_id,
                                                     id person_id)
{
    size_t low = 0, high = day->reactions_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct assignment_reaction *r = &day->reactions[middle];

        if (r->case_id == case_id && r->person_id == person_id) return r;
        if (r->case_id < case_id || (r->case_id == case_id && r->person_id < person_id))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void join(struct run *run, size_t which)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];
    struct state *state = &run->states[which];

    state->waiting = assignment_hall_join(
        run->hall, arrival->case_id, assignment_rank(run->policy, arrival->at, arrival->priority),
        &state->request);
    run->arrival_of[state->waiting] = which;
    state->in_queue = true;
}

static void offer(struct run *run, size_t which, size_t candidate, moment now)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];
    const struct assignment_reaction *reaction =
        reaction_of(run->day, arrival->case_id, run->candidates[candidate].person_id);
    struct state *state = &run->states[which];
    int64_t seconds = reaction ? reaction->seconds : run->day->usual_accept_seconds;
    bool is_late = seconds > run->policy->offer_seconds;

    state->in_queue = false;
    state->is_offered = true;
    state->candidate = candidate;
    state->offered_at = now;
    /* Of whom nothing is known it is not known either that they would be too late. */
    state->will_accept = !reaction || (reaction->is_accepted && !is_late);
    if (is_late) seconds = run->policy->offer_seconds;
    run->results[which].offers++;
    happens(run, now + seconds, OFFER_OVER, which);
}

static void free_place(struct run *run, size_t candidate)
{
    run->candidates[candidate].load--;
    assignment_hall_changed(run->hall, candidate);
}

static void add_had_it(struct run *run, struct state *state, id person_id)
{
    size_t count = state->request.had_it_count;

    if (count % 8 == 0) {
        id *more = NEW_MANY(run->arena, id, count + 8);

        for (size_t i = 0; i < count; i++) more[i] = state->had_it[i];
        state->had_it = more;
    }
    state->had_it[count] = person_id;
    state->request.had_it = state->had_it;
    state->request.had_it_count = count + 1;
}

/* As a decision would count them: talks and time on line of those of the profession who are here.
 */
static void count_shares(struct run *run, int32_t profession, moment now)
{
    size_t count = 0, k = 0;

    for (size_t i = 0; i < run->day->candidates_count; i++) {
        if (run->candidates[i].profession != profession || !run->candidates[i].present) continue;
        run->some[count] = run->candidates[i];
        run->some_talks[count] = run->talks[i];
        run->some_seconds[count++] = run->seconds[i] + now - run->since[i];
    }
    assignment_shares(run->some, run->some_talks, run->some_seconds, count);
    for (size_t i = 0; k < count; i++) {
        if (run->candidates[i].profession == profession && run->candidates[i].present)
            run->candidates[i].share = run->some[k++].share;
    }
}

static void end_offer(struct run *run, size_t which, moment now)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];
    struct state *state = &run->states[which];
    int64_t talk = arrival->talk_seconds ? arrival->talk_seconds : run->day->usual_talk_seconds;

    if (!state->is_offered) return; /* given up meanwhile */
    state->is_offered = false;
    if (state->will_accept) {
        run->results[which].waited = now - arrival->at;
        run->results[which].served_by = run->candidates[state->candidate].person_id;
        state->is_over = true;
        run->talks[state->candidate]++;
        happens(run, now + talk, TALK_OVER, which);
        return;
    }
    add_had_it(run, state, run->candidates[state->candidate].person_id);
    free_place(run, state->candidate);
    join(run, which);
}

static void give_up(struct run *run, size_t which)
{
    struct state *state = &run->states[which];

    if (state->is_over) return;
    state->is_over = true;
    if (state->in_queue) assignment_hall_leave(run->hall, state->waiting);
    if (state->is_offered) free_place(run, state->candidate);
    state->in_queue = state->is_offered = false;
}

static void stay(struct run *run, const struct assignment_stay *stay, bool begins, moment now)
{
    struct assignment_candidate *c = &run->candidates[stay->candidate];
    int32_t *open = &run->stays_open[stay->candidate];

    *open += begins ? 1 : -1;
    if (c->present) run->seconds[stay->candidate] += now - run->since[stay->candidate];
    c->present = *open > 0;
    run->since[stay->candidate] = now;
    if (begins) c->capacity = stay->capacity;
    assignment_hall_changed(run->hall, stay->candidate);
}

static void arrive(struct run *run, size_t which, moment now)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];

    run->states[which].request = arrival->request;
    join(run, which);
    if (arrival->patience) happens(run, now + arrival->patience, GIVEN_UP, which);
}

static void perform(struct run *run, const struct event *event)
{
    switch (event->kind) {
    case TALK_OVER: free_place(run, run->states[event->which].candidate); return;
    case STAY_OVER: stay(run, &run->day->stays[event->which], false, event->at); return;
    case STAY_BEGUN: stay(run, &run->day->stays[event->which], true, event->at); return;
    case OFFER_OVER: end_offer(run, event->which, event->at); return;
    case GIVEN_UP: give_up(run, event->which); return;
    case ARRIVED: arrive(run, event->which, event->at); return;
    }
}

static void begin(struct run *run)
{
    const struct assignment_day *day = run->day;
    size_t joins_max = day->arrivals_count + day->reactions_count + 1;

    for (size_t i = 0; i < day->candidates_count; i++) {
        run->candidates[i] = day->candidates[i];
        run->talks[i] = day->talks[i];
        run->seconds[i] = day->seconds[i];
        if (i == 0 || day->candidates[i].profession != day->candidates[i - 1].profession)
            run->professions[run->sides++] = day->candidates[i].profession;
    }
    run->hall = assignment_hall_open(run->arena, run->policy, run->candidates,
                                     day->candidates_count, joins_max);
    run->arrival_of = NEW_MANY(run->arena, size_t, joins_max);
    for (size_t i = 0; i < day->arrivals_count; i++) {
        run->results[i] = (struct assignment_replayed){.waited = -1};
        happens(run, day->arrivals[i].at, ARRIVED, i);
    }
    for (size_t i = 0; i < day->stays_count; i++) {
        happens(run, day->stays[i].from_at, STAY_BEGUN, i);
        happens(run, day->stays[i].until_at, STAY_OVER, i);
    }
}

void assignment_replay(struct arena *arena, const struct assignment_day *day,
                       const struct assignment_policy *policy, struct assignment_replayed *results)
{
    size_t people = day->candidates_count + 1;
    struct run run = {.arena = arena,
                      .day = day,
                      .policy = policy,
                      .results = results,
                      .candidates = NEW_MANY(arena, struct assignment_candidate, people),
                      .states = NEW_MANY(arena, struct state, day->arrivals_count + 1),
                      .stays_open = NEW_MANY(arena, int32_t, people),
                      .professions = NEW_MANY(arena, int32_t, people),
                      .since = NEW_MANY(arena, moment, people),
                      .talks = NEW_MANY(arena, int64_t, people),
                      .seconds = NEW_MANY(arena, int64_t, people),
                      .some_talks = NEW_MANY(arena, int64_t, people),
                      .some_seconds = NEW_MANY(arena, int64_t, people),
                      .some = NEW_MANY(arena, struct assignment_candidate, people)};

    begin(&run);
    while (run.heap_count) {
        struct event event = next_event(&run);
        struct assignment_given given;

        perform(&run, &event);
        if (run.heap_count && run.heap[0].at == event.at) continue; /* all of a moment first */
        if (!assignment_hall_waiting(run.hall)) continue;
        for (int32_t side = 0; side < (int32_t)run.sides; side++)
            count_shares(&run, run.professions[side], event.at);
        while (assignment_hall_next(run.hall, event.at, &given, NULL))
            offer(&run, run.arrival_of[given.waiting], given.candidate, event.at);
    }
    for (size_t i = 0; i < day->arrivals_count; i++)
        results[i].is_waiting_on = !run.states[i].is_over;
}
