/* ladder_test.c -- proof of the invariants of ladder.c, by number, also over random days. */
#include <criterion/criterion.h>

#include "bureau/ladder/ladder.h"

enum { DAYS = 400, LOOKS = 600 };

static const struct ladder_policy *const policy = &ladder_policy_default;

/* A small generator of our own: a failing day is found again by its number. */
static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int64_t random_below(uint64_t *seed, int64_t bound)
{
    return (int64_t)(random_next(seed) % (uint64_t)bound);
}

static struct ladder_load load_of(int64_t waiting, int64_t longest, int64_t places)
{
    return (struct ladder_load){
        .waiting = waiting, .longest_seconds = longest, .places = places, .free = 0};
}

Test(ladder, words_come_back)
{
    for (int level = 0; level < LADDER_LEVELS; level++) {
        cr_assert_eq(ladder_level_of(ladder_level_word((enum ladder_level)level)), level);
        cr_assert_neq(ladder_level_name((enum ladder_level)level)[0], 0);
    }
    for (int why = LADDER_QUEUE; why < LADDER_WHYS; why++) {
        cr_assert_eq(ladder_why_of(ladder_why_word((enum ladder_why)why)), why);
        cr_assert_neq(ladder_why_text((enum ladder_why)why)[0], 0);
    }
    cr_assert_eq(ladder_level_of(S("nonsense")), LADDER_DUTY);
    cr_assert_eq(ladder_why_of(S("nonsense")), LADDER_STAYS);
}

/* ---- policy ---- */

static void refuse(void (*spoil)(struct ladder_policy *p))
{
    struct ladder_policy p = *policy;

    spoil(&p);
    cr_assert_not_null(ladder_check(&p).refusal);
}

static void same_percent(struct ladder_policy *p)
{
    p->rules[LADDER_BACKUP].down_percent = p->rules[LADDER_BACKUP].up_percent;
}
static void same_seconds(struct ladder_policy *p)
{
    p->rules[LADDER_MESSAGE].down_seconds = p->rules[LADDER_MESSAGE].up_seconds;
}
static void nobody_waits(struct ladder_policy *p)
{
    p->rules[LADDER_CHOICE].waiting_min = 0;
}
static void always_up(struct ladder_policy *p)
{
    p->rules[LADDER_NEIGHBOUR].up_percent = 0;
}
static void no_dwell(struct ladder_policy *p)
{
    p->rise_seconds = 0;
}
static void down_faster(struct ladder_policy *p)
{
    p->calm_seconds = p->rise_seconds - 1;
}
static void hours_backwards(struct ladder_policy *p)
{
    p->from_minute = p->to_minute + 1;
}
static void too_deep(struct ladder_policy *p)
{
    p->depth = 11;
}
static void too_many_calls(struct ladder_policy *p)
{
    p->day_max = 11;
}

Test(ladder, policy_that_would_flap_is_refused)
{
    void (*const spoils[])(struct ladder_policy *) = {
        same_percent, same_seconds,    nobody_waits, always_up,     no_dwell,
        down_faster,  hours_backwards, too_deep,     too_many_calls};

    cr_assert(IS_DONE(ladder_check(policy)));
    for (size_t i = 0; i < COUNT(spoils); i++) refuse(spoils[i]);
}

/* ---- steps ---- */

Test(ladder, every_level_up_by_queue_wait_or_nobody)
{
    for (int level = LADDER_DUTY; level < LADDER_MESSAGE; level++) {
        const struct ladder_rule *rule = &policy->rules[level + 1];
        const struct ladder_load loads[] = {
            load_of(100, 0, 10000 / rule->up_percent),
            load_of(rule->waiting_min, rule->up_seconds, 100000),
            load_of(rule->waiting_min, 0, 0),
            load_of(rule->waiting_min - 1, rule->up_seconds, 0),
            load_of(rule->waiting_min, rule->up_seconds - 1, 100000),
        };
        const enum ladder_why whys[] = {LADDER_QUEUE, LADDER_WAIT, LADDER_NOBODY, LADDER_STAYS,
                                        LADDER_STAYS};

        for (size_t i = 0; i < COUNT(loads); i++) {
            struct ladder_state state = {.level = (enum ladder_level)level, .since = 1000};
            moment now = 1000 + policy->rise_seconds;

            cr_assert_eq(ladder_look(policy, &loads[i], now - 1, &state), LADDER_STAYS);
            cr_assert_eq(ladder_look(policy, &loads[i], now, &state), whys[i], "%d %zu", level, i);
            cr_assert_eq((int)state.level, level + (whys[i] != LADDER_STAYS));
        }
    }
}

Test(ladder, comes_down_only_after_calm_without_a_break)
{
    const struct ladder_load calm = load_of(0, 0, 10);
    const struct ladder_load busy = load_of(9, 200, 10);
    struct ladder_state state = {.level = LADDER_BACKUP, .since = 1000};
    moment t = 1000;

    cr_assert_eq(ladder_look(policy, &calm, t, &state), LADDER_STAYS);
    t += policy->calm_seconds - 1;
    cr_assert_eq(ladder_look(policy, &calm, t, &state), LADDER_STAYS);
    cr_assert_eq(ladder_look(policy, &busy, t, &state), LADDER_STAYS, "between the bounds");
    cr_assert_eq(state.calm_at, 0, "the calm is broken");
    t += 10;
    cr_assert_eq(ladder_look(policy, &calm, t, &state), LADDER_STAYS);
    t += policy->calm_seconds;
    cr_assert_eq(ladder_look(policy, &calm, t, &state), LADDER_CALM);
    cr_assert_eq(state.level, LADDER_NEIGHBOUR);
}

Test(ladder, between_the_bounds_it_stays_for_ever)
{
    for (int level = LADDER_NEIGHBOUR; level < LADDER_LEVELS; level++) {
        const struct ladder_rule *rule = &policy->rules[level];
        struct ladder_load load =
            load_of((rule->up_percent + rule->down_percent) / 2, rule->down_seconds + 1, 100);
        struct ladder_state state = {.level = (enum ladder_level)level, .since = 1};

        for (moment t = 1; t < 100000; t += 7)
            cr_assert_eq(ladder_look(policy, &load, t, &state), LADDER_STAYS);
    }
}

Test(ladder, by_hand_at_any_time_one_step_and_not_beyond_the_ends)
{
    struct ladder_state state = {.level = LADDER_DUTY, .since = 5};

    cr_assert_eq(ladder_push(policy, -1, 6, &state).refusal, &ladder_at_end);
    for (int level = 1; level < LADDER_LEVELS; level++) {
        cr_assert(IS_DONE(ladder_push(policy, 1, 6, &state)));
        cr_assert_eq((int)state.level, level);
        cr_assert_eq(state.since, 6);
    }
    cr_assert_eq(ladder_push(policy, 1, 6, &state).refusal, &ladder_at_end);
    cr_assert(IS_DONE(ladder_push(policy, -1, 7, &state)));
    cr_assert_eq(state.level, LADDER_CHOICE);
}

/* ---- random days: invariants (1), (2) and (3) ---- */

static struct ladder_policy random_policy(uint64_t *seed)
{
    struct ladder_policy p = *policy;

    for (int level = LADDER_NEIGHBOUR; level < LADDER_LEVELS; level++) {
        struct ladder_rule *rule = &p.rules[level];

        rule->waiting_min = 1 + random_below(seed, 10);
        rule->up_percent = 1 + random_below(seed, 500);
        rule->up_seconds = 1 + random_below(seed, 900);
        rule->down_percent = random_below(seed, rule->up_percent);
        rule->down_seconds = random_below(seed, rule->up_seconds);
    }
    p.rise_seconds = 1 + random_below(seed, 120);
    p.calm_seconds = p.rise_seconds + random_below(seed, 300);
    for (int level = LADDER_NEIGHBOUR; level < LADDER_MESSAGE; level++) {
        int other = (int)(LADDER_NEIGHBOUR + random_below(seed, 3));
        int64_t place = p.places[level];

        p.places[level] = p.places[other];
        p.places[other] = place;
        if (random_below(seed, 5) == 0) p.places[level] = 0;
    }
    cr_assert(IS_DONE(ladder_check(&p)));
    return p;
}

/* A load that wanders and bursts. */
static void wander(uint64_t *seed, struct ladder_load *load)
{
    load->waiting += random_below(seed, 7) - 3;
    if (random_below(seed, 40) == 0) load->waiting += random_below(seed, 300);
    if (random_below(seed, 25) == 0) load->waiting /= 4;
    if (load->waiting < 0) load->waiting = 0;
    load->longest_seconds = load->waiting ? load->longest_seconds + random_below(seed, 30) : 0;
    if (random_below(seed, 20) == 0) load->places = random_below(seed, 30);
}

static void check_step(const struct ladder_policy *p, const struct ladder_state *before,
                       const struct ladder_state *state, enum ladder_why why, moment now)
{
    int64_t step = ladder_rung(p, state->level) - ladder_rung(p, before->level);

    cr_assert((why == LADDER_STAYS) == (step == 0), "a step has a reason, a reason a step");
    cr_assert(step >= -1 && step <= 1);
    if (step == 0) {
        cr_assert_eq(state->since, before->since);
        return;
    }
    cr_assert_eq(state->since, now);
    cr_assert((step < 0) == (why == LADDER_CALM));
    cr_assert_geq(now - before->since, step < 0 ? p->calm_seconds : p->rise_seconds);
}

Test(ladder, random_days_never_flap_and_come_down)
{
    for (uint64_t day = 1; day <= DAYS; day++) {
        uint64_t seed = day * 0x9E3779B97F4A7C15u;
        struct ladder_policy p = random_policy(&seed);
        struct ladder_load load = load_of(0, 0, 5);
        struct ladder_state state = {0};
        moment now = 1000000;

        for (int look = 0; look < LOOKS; look++) {
            struct ladder_state before = state;
            enum ladder_why why;

            now += 1 + random_below(&seed, 20);
            wander(&seed, &load);
            why = ladder_look(&p, &load, now, &state);
            check_step(&p, &before, &state, why, now);
        }
        load = load_of(0, 0, 0);
        for (moment end = now + LADDER_LEVELS * (p.calm_seconds + 20); now < end; now += 10)
            cr_assert_neq(ladder_look(&p, &load, now, &state), LADDER_QUEUE);
        cr_assert_eq(state.level, LADDER_DUTY, "day %lu", (unsigned long)day);
    }
}

/* ---- whose consultants ---- */

static const struct ladder_border borders[] = {{{"310101", 6}, {"310104", 6}},
                                               {{"310104", 6}, {"310112", 6}},
                                               {{"310112", 6}, {"310117", 6}},
                                               {{"310117", 6}, {"310118", 6}}};

static int64_t ring(const char *resident, const char *consultant)
{
    return ladder_ring(borders, COUNT(borders), str_of(resident), str_of(consultant));
}

Test(ladder, rings_follow_borders_in_either_direction)
{
    static const char *const row[] = {"310101", "310104", "310112", "310117", "310118"};

    for (int64_t i = 0; i < 5; i++) {
        for (int64_t k = 0; k < 5; k++) cr_assert_eq(ring(row[i], row[k]), i > k ? i - k : k - i);
    }
    cr_assert_eq(ring("310101", "31"), 0, "serves the whole city");
    cr_assert_eq(ring("31", "310118"), 0, "did not say where");
    cr_assert_eq(ring("310101002", "310104003"), 1, "streets are of their district");
    cr_assert_eq(ring("310101002", "310101"), 0);
    cr_assert_eq(ring("310101", "310151"), LADDER_CITY, "an island");
    cr_assert_eq(ring("310151", "310101"), LADDER_CITY);
    cr_assert_eq(ladder_ring(NULL, 0, S("310101"), S("310104")), LADDER_CITY);
}

Test(ladder, reach_opens_by_wait_up_to_the_city)
{
    struct ladder_wish wish = {
        .level = LADDER_DUTY, .level_at = 0, .waiting_at = 1000, .places = 3};
    moment city = 1000 + (policy->depth + 1) * policy->ring_seconds;

    cr_assert_eq(ladder_reach(policy, &wish, 1000), 0);
    cr_assert_eq(ladder_reach(policy, &wish, 1000 + policy->ring_seconds - 1), 0);
    cr_assert_eq(ladder_reach(policy, &wish, 1000 + policy->ring_seconds), 1);
    cr_assert_eq(ladder_reach(policy, &wish, city - 1), policy->depth);
    cr_assert_eq(ladder_reach(policy, &wish, city), LADDER_CITY);
    wish.places = 0;
    cr_assert_eq(ladder_reach(policy, &wish, 1000), LADDER_CITY, "nobody to keep one for");
}

Test(ladder, a_level_opens_neighbours_only_to_those_pressing_enough)
{
    struct ladder_policy p = *policy;
    struct ladder_wish wish = {
        .level = LADDER_NEIGHBOUR, .level_at = 1000, .waiting_at = 1000, .places = 3};

    p.priority_min = 1;
    cr_assert_eq(ladder_reach(&p, &wish, 1000), 0);
    wish.priority = 1;
    cr_assert_eq(ladder_reach(&p, &wish, 1000), 1);
    cr_assert_eq(ladder_reach(&p, &wish, 1000 + p.ring_seconds), 2);
    wish.waiting_at = 5000;
    cr_assert_eq(ladder_reach(&p, &wish, 5000), p.depth, "a level alone opens no more");
    wish.level = LADDER_BACKUP;
    cr_assert_eq(ladder_reach(&p, &wish, 1000), LADDER_CITY);
}

/* Invariant (4), and that reach_at() tells the very next moment. */
Test(ladder, random_wishes_reach_the_city_in_time)
{
    for (uint64_t seed = 1; seed < 3000; seed++) {
        uint64_t random = seed * 0x9E3779B97F4A7C15u;
        struct ladder_policy p = random_policy(&random);
        struct ladder_wish wish = {.level = (enum ladder_level)random_below(&random, LADDER_LEVELS),
                                   .level_at = random_below(&random, 300),
                                   .waiting_at = random_below(&random, 300),
                                   .priority = random_below(&random, 3),
                                   .places = random_below(&random, 3)};
        int64_t before = -1;
        moment told = 0;

        p.depth = random_below(&random, 5);
        p.ring_seconds = random_below(&random, 40);
        p.priority_min = random_below(&random, 3);
        for (moment t = 300; t < 600; t++) {
            int64_t reach = ladder_reach(&p, &wish, t);

            cr_assert_geq(reach, before);
            if (before >= 0)
                cr_assert_eq(reach > before, told == t, "seed %lu", (unsigned long)seed);
            before = reach;
            told = ladder_reach_at(&p, &wish, t);
            if (t >= wish.waiting_at + (p.depth + 1) * p.ring_seconds)
                cr_assert_eq(reach, LADDER_CITY);
            cr_assert((told == 0) == (reach == LADDER_CITY));
        }
    }
}

/* ---- backups: invariant (5) ---- */

Test(ladder, whom_not_to_call)
{
    const struct ladder_backup good = {.person_id = 1, .reachable = true};
    struct ladder_backup b;

    cr_assert_null(ladder_uncallable(policy, &good, policy->from_minute));
    cr_assert_null(ladder_uncallable(policy, &good, policy->to_minute - 1));
    cr_assert_not_null(ladder_uncallable(policy, &good, policy->from_minute - 1));
    cr_assert_not_null(ladder_uncallable(policy, &good, policy->to_minute));
    b = good, b.on_line = true;
    cr_assert_not_null(ladder_uncallable(policy, &b, 600));
    b = good, b.opted_out = true;
    cr_assert_not_null(ladder_uncallable(policy, &b, 600));
    b = good, b.called = true;
    cr_assert_not_null(ladder_uncallable(policy, &b, 600));
    b = good, b.reachable = false;
    cr_assert_not_null(ladder_uncallable(policy, &b, 600));
    b = good, b.calls_today = policy->day_max - 1;
    cr_assert_null(ladder_uncallable(policy, &b, 600));
    b.calls_today = policy->day_max;
    cr_assert_not_null(ladder_uncallable(policy, &b, 600));
}

Test(ladder, calls_go_out_in_grades_and_stop_when_enough_come)
{
    struct ladder_load load = load_of(7, 100, 2);
    struct ladder_callout none = {0};
    struct ladder_callout silent = {.unanswered = 3, .last_call_at = 1000};
    struct ladder_callout refused = {.last_call_at = 1000};
    struct ladder_callout some = {.coming = 2, .last_call_at = 1000};
    struct ladder_callout full = {
        .coming = 2, .came = policy->coming_max - 3, .last_call_at = 1000};
    int64_t wanted = ladder_wanted(policy, LADDER_BACKUP, &load);

    cr_assert_eq(wanted, 3);
    cr_assert_eq(ladder_wanted(policy, LADDER_NEIGHBOUR, &load), 0);
    cr_assert_eq(ladder_call_count(policy, &none, wanted, 1000), policy->call_count);
    cr_assert_eq(ladder_call_count(policy, &silent, wanted, 999 + policy->call_seconds), 0);
    cr_assert_eq(ladder_call_count(policy, &silent, wanted, 1000 + policy->call_seconds),
                 policy->call_count);
    cr_assert_eq(ladder_call_count(policy, &refused, wanted, 1001), policy->call_count);
    cr_assert_eq(ladder_call_count(policy, &some, wanted, 1001), policy->call_count);
    cr_assert_eq(ladder_call_count(policy, &some, 2, 1001), 0);
    cr_assert_eq(ladder_call_count(policy, &full, wanted, 5000), 1, "room for one");
    cr_assert(ladder_may_come(policy, &full));
    full.coming++;
    cr_assert_eq(ladder_call_count(policy, &full, 99, 5000), 0);
    cr_assert_not(ladder_may_come(policy, &full));
    load.waiting = 0;
    cr_assert_eq(ladder_wanted(policy, LADDER_MESSAGE, &load), 0);
}

Test(ladder, standing_by_is_worth_what_the_policy_says)
{
    cr_assert_eq(ladder_credit(policy, false, true, 0, 0), 0);
    cr_assert_eq(ladder_credit(policy, true, false, 0, 0), 0, "said yes and never came");
    cr_assert_eq(ladder_credit(policy, true, true, 0, 0), policy->credit_minutes);
    cr_assert_eq(ladder_credit(policy, true, false, 1000, 1060), policy->credit_minutes);
    cr_assert_eq(ladder_credit(policy, true, false, 1000, 1000 + 90 * 60 + 1), 91);
}

Test(ladder, live_again_only_with_what_lies_idle)
{
    struct ladder_load idle = {.places = 3, .free = 1}, queue = {.waiting = 1, .free = 1};
    struct ladder_load full = {.places = 3};

    cr_assert(ladder_has_time(policy, LADDER_DUTY, &idle));
    cr_assert(ladder_has_time(policy, LADDER_NEIGHBOUR, &idle));
    cr_assert_not(ladder_has_time(policy, LADDER_BACKUP, &idle));
    cr_assert_not(ladder_has_time(policy, LADDER_DUTY, &queue));
    cr_assert_not(ladder_has_time(policy, LADDER_DUTY, &full));
    cr_assert(ladder_offers_choice(policy, LADDER_CHOICE) &&
              ladder_offers_choice(policy, LADDER_MESSAGE));
    cr_assert_not(ladder_offers_choice(policy, LADDER_BACKUP));
    cr_assert(ladder_writes_first(policy, LADDER_MESSAGE) &&
              !ladder_writes_first(policy, LADDER_CHOICE));
}
