/* simulate_ladder.c -- the overflow ladder in memory: bureau/ladder's rules, looked at with the
 * load that consultation_overflow.c would measure, for every profession and district.
 *
 * Whose neighbours may help when (ladder_reach) is simulated with the acts only, see
 * simulate_real.c; here the whole city serves a desk. */
#include "main/simulate_inside.h"

enum {
    ANSWER_SECONDS_MIN = 20, /* until a backup answers the message */
    ANSWER_SECONDS_MAX = 170,
    WAY_SECONDS_MIN = 5 * SECONDS_PER_MINUTE,
    WAY_SECONDS_MAX = 20 * SECONDS_PER_MINUTE
};

static void measure_queue(struct simulation *s, int profession)
{
    const struct simulate_queue *queue = &s->queues[profession];

    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        struct simulate_desk *desk = &s->desks[profession][i];

        desk->load = (struct ladder_load){0};
        desk->oldest_at = 0;
    }
    for (int64_t i = 0; i < queue->count; i++) {
        const struct simulate_case *c = &s->cases[queue->cases[i]];
        struct simulate_desk *desk = &s->desks[profession][c->division];

        desk->load.waiting++;
        if (!desk->oldest_at || c->waiting_at < desk->oldest_at) desk->oldest_at = c->waiting_at;
    }
}

static void measure_floor(struct simulation *s, int profession)
{
    const struct simulate_floor *floor = &s->floors[profession];

    for (int64_t i = 0; i < floor->count; i++) {
        const struct simulate_person *p = &s->people[floor->people[i]];
        struct ladder_load *load = &s->desks[profession][p->division].load;

        load->places += p->capacity;
        load->free += p->capacity > p->held ? p->capacity - p->held : 0;
    }
}

/* The next who is not on the roster and was not called today. */
static int64_t next_backup(const struct simulation *s, int profession)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        const struct simulate_person *p = &s->people[i];

        if (p->backup && !p->called && p->profession == profession) return i;
    }
    return SIMULATE_NOBODY;
}

static void call_one(struct simulation *s, struct simulate_desk *desk, int64_t person)
{
    int64_t answer = simulate_between(&s->consultants, ANSWER_SECONDS_MIN, ANSWER_SECONDS_MAX);

    s->people[person].called = true;
    s->result->called++;
    desk->callout.unanswered++;
    desk->callout.last_call_at = s->now;
    simulate_note(s, "backup %lld is called", (long long)person);
    if (!simulate_happens(&s->consultants, 0.6)) return;
    desk->callout.unanswered--;
    desk->callout.coming++;
    simulate_at(
        s, s->now + answer + simulate_between(&s->consultants, WAY_SECONDS_MIN, WAY_SECONDS_MAX),
        HAPPENS_COME, person, 0);
    simulate_at(s, s->people[person].goes_at, HAPPENS_GO, person, 0);
}

static void call_backups(struct simulation *s, int profession, struct simulate_desk *desk)
{
    const struct ladder_policy *policy = &ladder_policy_default;
    int64_t wanted = ladder_wanted(policy, desk->state.level, &desk->load);
    int64_t count = ladder_call_count(policy, &desk->callout, wanted, s->now), person;

    if (s->now >= s->plan->closes_at) return;
    while (count-- > 0 && (person = next_backup(s, profession)) != SIMULATE_NOBODY)
        call_one(s, desk, person);
}

static void look_at(struct simulation *s, int profession, int district)
{
    const struct ladder_policy *policy = &ladder_policy_default;
    struct simulate_desk *desk = &s->desks[profession][district];
    struct ladder_state before = desk->state;
    enum ladder_why why;

    if (!desk->load.waiting && desk->state.level == LADDER_DUTY) return;
    if (desk->load.waiting) {
        desk->load.longest_seconds = s->now - desk->oldest_at;
        desk->empty_since = 0;
    } else if (!desk->empty_since) {
        desk->empty_since = s->now;
    }
    why = ladder_look(policy, &desk->load, s->now, &desk->state);
    if (why == LADDER_CALM && s->plan->broken == SIMULATE_LADDER_STUCK) {
        desk->state = before;
        why = LADDER_STAYS;
    }
    if (desk->state.level == LADDER_DUTY) desk->callout = (struct ladder_callout){0};
    call_backups(s, profession, desk);
    if (why == LADDER_STAYS) return;
    if (desk->state.level > before.level)
        s->result->ladder_up++;
    else
        s->result->ladder_down++;
    simulate_note(s, "ladder of profession %d, district %d: %.*s", profession, district,
                  STR_ARGS(ladder_level_word(desk->state.level)));
}

/* After a desk has been empty for as long as all its steps down take, it is back at the bottom. */
static void check_down(struct simulation *s, int profession, int district)
{
    const struct simulate_desk *desk = &s->desks[profession][district];
    int64_t longest = LADDER_LEVELS * (ladder_policy_default.calm_seconds + SECONDS_PER_MINUTE);

    if (desk->state.level == LADDER_DUTY || !desk->empty_since) return;
    if (s->now - desk->empty_since <= longest + (s->down_until ? SECONDS_PER_HOUR / 4 : 0)) return;
    simulate_broke(s, "ladder", "nobody waits for %lld s and the ladder is still at %.*s",
                   (long long)(s->now - desk->empty_since),
                   STR_ARGS(ladder_level_word(desk->state.level)));
}

void simulate_do_ladder(struct simulation *s)
{
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        measure_queue(s, i);
        measure_floor(s, i);
        for (int k = 0; k < SIMULATE_DISTRICTS; k++) {
            look_at(s, i, k);
            check_down(s, i, k);
        }
    }
}
