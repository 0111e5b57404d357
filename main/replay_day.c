/* replay_day.c -- a past day once more, by another policy; see replay_day.h.
 *
 *  (1) Virtual time: the same day and policy give the same result, to the second.
 *  (2) Whoever had an offer that day does with it what they did then; whoever had not accepts it
 *      after as long as usual.  A talk takes as long as it took.  Whoever gave up after some time
 *      gives up after the same time; whoever did not is taken to wait on.
 *  (3) Nothing is given to somebody who was not on line then, or beyond their places.
 *  (4) The ladder steps by the load of the day as it is played, not as it was, and opens
 *      neighbours by it.  Backups are there when they were then, and whoever left a message does.
 */
#include "main/replay_day.h"

enum kind { TALK_OVER, STAY_OVER, STAY_BEGUN, OFFER_OVER, GIVEN_UP, ARRIVED, LOOK };
enum { LOOK_SECONDS = 5 /* as ladder_acts.c */ };

struct event {
    moment at;
    enum kind kind;
    size_t which; /* arrival or stay */
};

/* What a case is in. */
struct state {
    struct assignment_request request;
    size_t waiting, candidate; /* offered to, talking with */
    size_t queue_place, desk;
    bool in_queue, is_offered, is_over;
    moment offered_at;
    bool will_accept;
    id *had_it;
};

/* Of a profession and a district; the last of each profession is of those who said no district. */
struct desk {
    struct ladder_state state;
    struct ladder_load load;
    moment oldest_at;
    int64_t places; /* of its own district now */
};

struct run {
    struct arena *arena;
    const struct replay_ladder *ladder;
    struct replay_steps steps;
    struct desk *desks;
    size_t desks_count, *queue, queue_count, young; /* arrivals before it have waited for long */
    int64_t *places_city, *places_all;              /* of each profession */
    bool is_looking;
    const struct assignment_day *day;
    const struct assignment_policy *policy;
    struct replay_result *results;
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

/* ---- the ladder ---- */

static size_t side_of(const struct run *run, int32_t profession)
{
    size_t i = 0;

    while (i < run->sides && run->professions[i] != profession) i++;
    return i;
}

static size_t district_of(const struct run *run, int32_t district)
{
    size_t i = 0;

    while (i < run->ladder->districts_count && run->ladder->districts[i] != district) i++;
    return i;
}

static size_t desk_of(const struct run *run, int32_t profession, int32_t district)
{
    return side_of(run, profession) * (run->ladder->districts_count + 1) +
           district_of(run, district);
}

static const struct ladder_policy *policy_of(const struct run *run, size_t desk)
{
    size_t district = desk % (run->ladder->districts_count + 1);

    return run->ladder->own && district < run->ladder->districts_count ? &run->ladder->own[district]
                                                                       : &run->ladder->policy;
}

/* So many more places of somebody who came, or fewer of somebody who went. */
static void count_places(struct run *run, const struct assignment_candidate *c, int64_t by)
{
    size_t side;

    if (!run->ladder || !c->verified) return;
    side = side_of(run, c->profession);
    run->places_all[side] += by;
    if (c->district)
        run->desks[desk_of(run, c->profession, c->district)].places += by;
    else
        run->places_city[side] += by;
}

static int64_t places_of(const struct run *run, size_t desk)
{
    size_t across = run->ladder->districts_count + 1, side = desk / across;

    return desk % across == across - 1 ? run->places_all[side]
                                       : run->places_city[side] + run->desks[desk].places;
}

static void put_in_queue(struct run *run, size_t which)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];

    if (!run->ladder) return;
    run->states[which].queue_place = run->queue_count;
    run->queue[run->queue_count++] = which;
    if (run->is_looking || arrival->at >= run->day->until_at) return;
    run->is_looking = true;
    happens(run, arrival->at, LOOK, 0);
}

static void take_from_queue(struct run *run, size_t which)
{
    size_t place = run->states[which].queue_place;

    if (!run->ladder) return;
    run->queue[place] = run->queue[--run->queue_count];
    run->states[run->queue[place]].queue_place = place;
}

static void measure(struct run *run, moment now)
{
    size_t across = run->ladder->districts_count + 1;

    for (size_t i = 0; i < run->desks_count; i++) {
        run->desks[i].load = (struct ladder_load){.places = places_of(run, i)};
        run->desks[i].oldest_at = now;
    }
    for (size_t i = 0; i < run->queue_count; i++) {
        moment at = run->day->arrivals[run->queue[i]].at;
        size_t desk = run->states[run->queue[i]].desk;

        if (desk >= across * run->sides) continue; /* nobody of the profession came that day */
        run->desks[desk].load.waiting++;
        if (at < run->desks[desk].oldest_at) run->desks[desk].oldest_at = at;
    }
}

/* Every desk once; again in a few seconds while anybody waits or a desk is up. */
static void look(struct run *run, moment now)
{
    bool is_up = false;

    measure(run, now);
    for (size_t i = 0; i < run->desks_count; i++) {
        struct desk *desk = &run->desks[i];
        const struct ladder_policy *policy = policy_of(run, i);
        enum ladder_why why;

        desk->load.longest_seconds = desk->load.waiting ? now - desk->oldest_at : 0;
        why = ladder_look(policy, &desk->load, now, &desk->state);
        run->steps.up += why && why != LADDER_CALM;
        run->steps.down += why == LADDER_CALM;
        if (ladder_rung(policy, desk->state.level) > run->steps.rung) {
            run->steps.rung = ladder_rung(policy, desk->state.level);
            run->steps.top = desk->state.level;
        }
        is_up |= desk->state.level != LADDER_DUTY;
    }
    run->is_looking = (is_up || run->queue_count) && now + LOOK_SECONDS < run->day->until_at;
    if (run->is_looking) happens(run, now + LOOK_SECONDS, LOOK, 0);
}

/* Waiting opens the city, so that only those who came lately can be kept for their district. */
static void open_neighbours(struct run *run, moment now)
{
    int64_t longest = 0;

    for (size_t i = 0; i <= run->ladder->districts_count; i++) {
        const struct ladder_policy *policy = policy_of(run, i);
        int64_t opens = (policy->depth + 1) * policy->ring_seconds;

        if (opens > longest) longest = opens;
    }
    for (size_t i = run->young; i < run->day->arrivals_count; i++) {
        const struct assignment_arrival *arrival = &run->day->arrivals[i];
        struct state *state = &run->states[i];
        const struct desk *desk = &run->desks[state->desk];
        struct ladder_wish wish = {
            .waiting_at = arrival->at, .priority = arrival->priority, .places = 0};

        if (arrival->at > now) break;
        if (state->desk < run->desks_count) {
            wish.level = desk->state.level;
            wish.level_at = desk->state.since;
            wish.places = places_of(run, state->desk);
        }
        state->request.reach = (int32_t)ladder_reach(policy_of(run, state->desk), &wish, now);
        if (i == run->young && now - arrival->at >= longest) run->young++;
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
    put_in_queue(run, which);
}

static void offer(struct run *run, size_t which, size_t candidate, moment now)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];
    const struct assignment_reaction *reaction =
        reaction_of(run->day, arrival->case_id, run->candidates[candidate].person_id);
    struct state *state = &run->states[which];
    int64_t seconds = reaction ? reaction->seconds : run->day->usual_accept_seconds;
    bool is_late = seconds > run->policy->offer_seconds;

    take_from_queue(run, which);
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
    if (state->in_queue) {
        assignment_hall_leave(run->hall, state->waiting);
        take_from_queue(run, which);
    }
    if (state->is_offered) free_place(run, state->candidate);
    state->in_queue = state->is_offered = false;
}

static void stay(struct run *run, const struct assignment_stay *stay, bool begins, moment now)
{
    struct assignment_candidate *c = &run->candidates[stay->candidate];
    int32_t *open = &run->stays_open[stay->candidate];

    *open += begins ? 1 : -1;
    if (c->present) {
        run->seconds[stay->candidate] += now - run->since[stay->candidate];
        count_places(run, c, -c->capacity);
    }
    c->present = *open > 0;
    run->since[stay->candidate] = now;
    if (begins) c->capacity = stay->capacity;
    if (c->present) count_places(run, c, c->capacity);
    assignment_hall_changed(run->hall, stay->candidate);
}

static void arrive(struct run *run, size_t which, moment now)
{
    const struct assignment_arrival *arrival = &run->day->arrivals[which];

    run->states[which].request = arrival->request;
    run->states[which].request.reach = INT32_MAX;
    if (run->ladder)
        run->states[which].desk =
            desk_of(run, arrival->request.profession, arrival->request.district);
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
    case LOOK: look(run, event->at); return;
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
    if (run->ladder) {
        run->desks_count = run->sides * (run->ladder->districts_count + 1);
        run->desks = NEW_MANY(run->arena, struct desk, run->desks_count + 1);
        run->queue = NEW_MANY(run->arena, size_t, day->arrivals_count + 1);
        run->places_city = NEW_MANY(run->arena, int64_t, run->sides + 1);
        run->places_all = NEW_MANY(run->arena, int64_t, run->sides + 1);
    }
    run->hall = assignment_hall_open(run->arena, run->policy, run->candidates,
                                     day->candidates_count, joins_max);
    if (run->ladder)
        assignment_hall_rings(run->hall, run->ladder->districts, run->ladder->districts_count,
                              run->ladder->rings);
    run->arrival_of = NEW_MANY(run->arena, size_t, joins_max);
    for (size_t i = 0; i < day->arrivals_count; i++) {
        run->results[i] = (struct replay_result){.waited = -1};
        happens(run, day->arrivals[i].at, ARRIVED, i);
    }
    for (size_t i = 0; i < day->stays_count; i++) {
        happens(run, day->stays[i].from_at, STAY_BEGUN, i);
        happens(run, day->stays[i].until_at, STAY_OVER, i);
    }
}

struct replay_steps replay_day(struct arena *arena, const struct assignment_day *day,
                               const struct assignment_policy *policy,
                               const struct replay_ladder *ladder, struct replay_result *results)
{
    size_t people = day->candidates_count + 1;
    struct run run = {.arena = arena,
                      .ladder = ladder,
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
        if (ladder) open_neighbours(&run, event.at);
        for (int32_t side = 0; side < (int32_t)run.sides; side++)
            count_shares(&run, run.professions[side], event.at);
        while (assignment_hall_next(run.hall, event.at, &given, NULL))
            offer(&run, run.arrival_of[given.waiting], given.candidate, event.at);
    }
    for (size_t i = 0; i < day->arrivals_count; i++)
        results[i].is_waiting_on = !run.states[i].is_over;
    return run.steps;
}
