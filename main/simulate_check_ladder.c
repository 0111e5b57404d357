/* simulate_check_ladder.c -- what must hold of the overflow ladder, after every step.
 *
 *  (10) kept       Nobody is offered to another district's consultant sooner than their own wait,
 *                  the step of their desk or an empty desk allows.
 *  (11) ladder     The ladder steps down again when nobody waits, and up when the load asks for it.
 *  (12) flaps      One step at a time, and no two sooner than their times allow.
 *  (13) called     Nobody is called who is on line, against their word, at night, more often than
 *                  the day allows or twice for one desk; and nobody before the ladder says so.
 *  (14) pushed     Nobody is asked to write instead of waiting unless the ladder stands there.
 *  (15) idle       Whoever left a message is taken live only with what would lie idle.
 *
 * The rules of bureau/ladder are not asked: only the numbers of its policy and the moments. */
#include "main/simulate_inside.h"

enum { LATE_SECONDS = 3 * SIMULATE_LADDER_SECONDS };

/* Is what a rung does done at this level?  From the places alone. */
static bool stands_on(const struct simulation *s, enum ladder_level level, enum ladder_level rung)
{
    const int64_t *places = s->plan->ladder.places;

    return places[rung] && places[rung] <= places[level];
}

/* How many rungs lie below this one, itself counted. */
static int64_t height_of(const struct simulation *s, enum ladder_level level)
{
    int64_t height = 0;

    for (int i = LADDER_NEIGHBOUR; i < LADDER_LEVELS; i++)
        height += stands_on(s, level, (enum ladder_level)i);
    return height;
}

/* The rung on top of this one; LADDER_DUTY: there is none. */
static enum ladder_level above(const struct simulation *s, enum ladder_level level)
{
    for (int i = LADDER_NEIGHBOUR; i < LADDER_LEVELS; i++) {
        if (s->plan->ladder.places[i] &&
            height_of(s, (enum ladder_level)i) == height_of(s, level) + 1)
            return (enum ladder_level)i;
    }
    return LADDER_DUTY;
}

/* ---- (10) ---- */

static bool is_anybody_on_duty(const struct simulation *s, const struct simulate_case *c)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        const struct simulate_person *p = &s->people[i];

        if (p->on_line && p->profession == c->profession &&
            (p->division == SIMULATE_CITY || p->division == c->division))
            return true;
    }
    return false;
}

/* Borders that the wait and the desk's step have opened. */
static bool is_opened(const struct simulation *s, const struct simulate_case *c, int64_t borders)
{
    const struct ladder_state *state = &s->desks[c->profession][c->division].state;
    int64_t waited = s->now - c->waiting_at, stood = s->now - state->since;

    if (state->level != LADDER_NEIGHBOUR && stands_on(s, state->level, LADDER_NEIGHBOUR))
        return true;
    if (waited >= (s->plan->ladder.depth + 1) * s->plan->ladder.ring_seconds) return true;
    if (waited >= borders * s->plan->ladder.ring_seconds) return true;
    return state->level == LADDER_NEIGHBOUR && c->priority >= s->plan->ladder.priority_min &&
           borders <= s->plan->ladder.depth &&
           stood >= (borders - 1) * s->plan->ladder.ring_seconds;
}

bool simulate_is_open_to(const struct simulation *s, const struct simulate_case *c, int64_t person)
{
    int division = s->people[person].division;

    if (division == SIMULATE_CITY || division == c->division) return true;
    if (c->again || c->wants == person) return true;
    return is_opened(s, c, s->borders[c->division][division]) || !is_anybody_on_duty(s, c);
}

/* ---- (15) ---- */

static void check_idle(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    const struct simulate_queue *queue = &s->queues[c->profession];
    const struct simulate_desk *desk = &s->desks[c->profession][c->division];

    if (desk->waiting || stands_on(s, desk->state.level, LADDER_BACKUP) ||
        stands_on(s, desk->state.level, LADDER_CHOICE) ||
        stands_on(s, desk->state.level, LADDER_MESSAGE))
        simulate_broke(s, "idle", "case %lld is taken live again while %lld wait at its desk",
                       (long long)number, (long long)desk->waiting);
    for (int64_t i = 0; i < queue->count && !s->ended; i++) {
        const struct simulate_case *other = &s->cases[queue->cases[i]];

        if (simulate_would_fit(s, other, c->consultant, s->people[c->consultant].held - 1) &&
            simulate_is_open_to(s, other, c->consultant))
            simulate_broke(s, "idle", "case %lld is taken live again and case %lld waits on",
                           (long long)number, (long long)queue->cases[i]);
    }
}

void simulate_check_ladder_offer(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];

    if (s->plan->real) return; /* several acts at one moment: what stood between them is not seen */
    if (!simulate_is_open_to(s, c, c->consultant))
        simulate_broke(s, "kept",
                       "case %lld of district %d goes to %lld of district %d after %lld s",
                       (long long)number, c->division, (long long)c->consultant,
                       s->people[c->consultant].division, (long long)(s->now - c->waiting_at));
    else if (c->again)
        check_idle(s, number);
}

/* ---- (11) ---- */

/* After a desk has been empty for as long as all its steps down take, it is back at the bottom. */
static void check_down(struct simulation *s, const struct simulate_desk *desk)
{
    int64_t longest = LADDER_LEVELS * (s->plan->ladder.calm_seconds + SECONDS_PER_MINUTE);

    if (desk->state.level == LADDER_DUTY || !desk->empty_since) return;
    if (s->now - desk->empty_since <= longest + (s->down_until ? SECONDS_PER_HOUR / 4 : 0)) return;
    simulate_broke(s, "ladder", "nobody waits for %lld s and the ladder is still at %.*s",
                   (long long)(s->now - desk->empty_since),
                   STR_ARGS(ladder_level_word(desk->state.level)));
}

/* Only where every step is watched: in between it could have been otherwise.
 * Its oldest has waited for as long as the next step asks for, all the time since due_since. */
static bool is_due_up(struct simulation *s, int profession, int district)
{
    const struct simulate_queue *queue = &s->queues[profession];
    const struct simulate_desk *desk = &s->desks[profession][district];
    const struct ladder_rule *rule = &s->plan->ladder.rules[above(s, desk->state.level)];

    if (desk->waiting < rule->waiting_min ||
        s->now - desk->state.since < s->plan->ladder.rise_seconds)
        return false;
    for (int64_t i = 0; i < queue->count; i++) {
        const struct simulate_case *c = &s->cases[queue->cases[i]];

        if (c->division == district && s->now - c->waiting_at >= rule->up_seconds) return true;
    }
    return false;
}

static void check_up(struct simulation *s, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    bool is_due = s->plan->watch_all && desk->waiting && above(s, desk->state.level) &&
                  !s->is_down && is_due_up(s, profession, district);

    if (!is_due)
        desk->due_since = 0;
    else if (!desk->due_since || desk->due_since < s->down_until)
        desk->due_since = s->now;
    else if (s->now - desk->due_since > LATE_SECONDS)
        simulate_broke(s, "ladder", "%lld wait too long for %lld s, and the ladder stays at %.*s",
                       (long long)desk->waiting, (long long)(s->now - desk->due_since),
                       STR_ARGS(ladder_level_word(desk->state.level)));
}

/* ---- (12) ---- */

static void check_steps(struct simulation *s, int profession, int district)
{
    struct simulate_desk *desk = &s->desks[profession][district];
    const struct ladder_state *now = &desk->state, *before = &desk->seen;
    int64_t stood = s->now - before->since;
    int64_t way = height_of(s, now->level) - height_of(s, before->level);
    int64_t least = way > 0 ? s->plan->ladder.rise_seconds : s->plan->ladder.calm_seconds;

    if (way && ((way != 1 && way != -1) || stood < least || now->since != s->now))
        simulate_broke(s, "flaps", "district %d goes from %.*s to %.*s after %lld s", district,
                       STR_ARGS(ladder_level_word(before->level)),
                       STR_ARGS(ladder_level_word(now->level)), (long long)stood);
    desk->seen = *now;
}

/* ---- (13) ---- */

static void check_call(struct simulation *s, int64_t which)
{
    const struct simulate_call *call = &s->calls[which];
    int64_t today = 0, open = 0, at_once = 0, minute = calendar_minute_of(call->called_at);

    for (int64_t i = 0; i <= which; i++) {
        const struct simulate_call *other = &s->calls[i];
        bool is_same_desk =
            other->profession == call->profession && other->district == call->district;

        today += other->person == call->person;
        open += other->person == call->person && is_same_desk && !other->is_over;
        at_once += is_same_desk && other->called_at == call->called_at;
    }
    if (call->was_on_line || s->people[call->person].opted_out || open > 1 ||
        today > s->plan->ladder.day_max || !stands_on(s, call->level, LADDER_BACKUP) ||
        at_once > s->plan->ladder.call_count || minute < s->plan->ladder.from_minute ||
        minute >= s->plan->ladder.to_minute)
        simulate_broke(s, "called", "%lld is called for the %lldth time, %s, at %.*s",
                       (long long)call->person, (long long)today,
                       call->was_on_line ? "is on line" : "is not on line",
                       STR_ARGS(ladder_level_word(call->level)));
}

/* ---- (14) ---- */

static void check_pushed(struct simulation *s, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    enum ladder_level level = s->desks[c->profession][c->division].state.level;

    if (c->pushed_at != s->now) return;
    if (!stands_on(s, level, LADDER_MESSAGE) &&
        (c->by_choice || !stands_on(s, level, LADDER_CHOICE)))
        simulate_broke(s, "pushed", "case %lld is put in writing at %.*s", (long long)number,
                       STR_ARGS(ladder_level_word(level)));
}

/* At the bottom since the last look, and nobody waits: nothing of (11) and (12) can be wrong. */
static inline bool is_at_rest(const struct simulate_desk *desk)
{
    return desk->state.level == LADDER_DUTY && desk->seen.level == LADDER_DUTY &&
           desk->state.since == desk->seen.since && !desk->waiting && !desk->due_since;
}

void simulate_check_ladder(struct simulation *s)
{
    if (s->plan->real) return;
    for (int64_t i = 0; i < s->touched_count && !s->ended; i++) check_pushed(s, s->touched[i]);
    for (; s->calls_seen < s->calls_count && !s->ended; s->calls_seen++)
        check_call(s, s->calls_seen);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        bool looked = s->happening == HAPPENS_LADDER;

        if (!looked && !s->desks_up && !s->queues[i].count) continue;
        for (int k = 0; k < SIMULATE_DISTRICTS && !s->ended; k++) {
            if (is_at_rest(&s->desks[i][k])) continue;
            if (looked) check_steps(s, i, k);
            check_down(s, &s->desks[i][k]);
            check_up(s, i, k);
        }
    }
}
