/* replay_test.c -- a day once more: by another policy, with the ladder, and always alike. */
#include "main/replay_day.h"

#include <criterion/criterion.h>
#include <string.h>

enum { NOW = 1000000 };

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(64 * 1024 * 1024);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(replay, .init = set_up, .fini = tear_down);

static uint64_t state;

static int64_t some(int64_t below)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((state >> 33) % (uint64_t)below);
}

static struct assignment_day small_day(const struct assignment_arrival *arrivals, size_t count)
{
    static const struct assignment_candidate people[1] = {
        {.person_id = 7, .profession = 1, .languages = 1, .fields = 1, .verified = true}};
    static const int64_t nothing[1] = {0};
    static const struct assignment_stay stays[1] = {{0, NOW, NOW + 3600, 1}};

    return (struct assignment_day){.from_at = NOW,
                                   .until_at = NOW + 86400,
                                   .arrivals = arrivals,
                                   .arrivals_count = count,
                                   .candidates = people,
                                   .candidates_count = 1,
                                   .talks = nothing,
                                   .seconds = nothing,
                                   .stays = stays,
                                   .stays_count = 1,
                                   .usual_accept_seconds = 5,
                                   .usual_talk_seconds = 300};
}

#define REQUEST                                                                                    \
    {                                                                                              \
        .profession = 1, .language = 1, .field = 1                                                 \
    }

Test(replay, a_day_by_another_policy_shows_who_waits_less_and_who_more)
{
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 3, .at = NOW + 30, .talk_seconds = 100, .priority = 1, .request = REQUEST},
        {.case_id = 4, .at = NOW + 40, .patience = 60, .request = REQUEST},
        {.case_id = 5, .at = NOW + 4000, .request = REQUEST}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct assignment_policy before = assignment_policy_default, after = before;
    struct replay_result a[5], b[5];

    after.head_start_seconds = 0;
    replay_day(arena, &day, &before, NULL, a);
    replay_day(arena, &day, &after, NULL, b);
    cr_expect_eq(a[0].waited, 5);
    cr_expect_eq(a[2].waited, 90, "cared for goes first: %d", (int)a[2].waited);
    cr_expect_eq(a[1].waited, 205);
    cr_expect_eq(b[1].waited, 100);
    cr_expect_eq(b[2].waited, 195);
    cr_expect(a[3].waited == -1 && !a[3].is_waiting_on, "had left after a minute");
    cr_expect(a[4].waited == -1 && a[4].is_waiting_on, "nobody was on line any more");
    cr_expect_eq(a[0].served_by, 7);
}

Test(replay, whoever_declined_a_case_does_so_again)
{
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 100, .request = REQUEST}};
    const struct assignment_reaction reactions[] = {
        {.case_id = 1, .person_id = 7, .seconds = 12, .is_accepted = false},
        {.case_id = 2, .person_id = 7, .seconds = 25, .is_accepted = true}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct assignment_policy quick = assignment_policy_default;
    struct replay_result results[2];

    day.reactions = reactions;
    day.reactions_count = COUNT(reactions);
    replay_day(arena, &day, &assignment_policy_default, NULL, results);
    cr_expect(results[0].waited == -1 && results[0].is_waiting_on && results[0].offers == 1);
    cr_expect_eq(results[1].waited, 2 + 25);
    quick.offer_seconds = 20;
    replay_day(arena, &day, &quick, NULL, results);
    cr_expect_eq(results[1].waited, -1, "too late for the shorter offer");
}

/* ---- the ladder ---- */

static const int32_t districts[] = {310101, 310104};
static const int32_t rings[] = {0, 1, 1, 0};

static struct replay_ladder usual_ladder(void)
{
    return (struct replay_ladder){.policy = ladder_policy_default,
                                  .districts = districts,
                                  .rings = rings,
                                  .districts_count = COUNT(districts)};
}

#define FROM(place)                                                                                \
    {                                                                                              \
        .profession = 1, .language = 1, .field = 1, .district = place                              \
    }

/* One consultant in each of two districts; everybody asks from the first. */
Test(replay, neighbours_help_when_the_wait_or_the_ladder_opens_them)
{
    static const struct assignment_candidate people[2] = {
        {.person_id = 7, .profession = 1, .languages = 1, .district = 310101, .verified = true},
        {.person_id = 8, .profession = 1, .languages = 1, .district = 310104, .verified = true}};
    static const int64_t nothing[2] = {0};
    static const struct assignment_stay stays[2] = {{0, NOW, NOW + 7200, 1},
                                                    {1, NOW, NOW + 7200, 1}};
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 900, .request = FROM(310101)},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 900, .request = FROM(310101)}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct replay_ladder ladder = usual_ladder();
    struct replay_result results[2];
    struct replay_steps steps;

    day.candidates = people, day.candidates_count = 2;
    day.talks = day.seconds = nothing;
    day.stays = stays, day.stays_count = 2;
    steps = replay_day(arena, &day, &assignment_policy_default, NULL, results);
    cr_expect_eq(results[1].waited, 5, "nobody is kept where there is no ladder");
    cr_expect_eq(steps.up, 0);
    ladder.policy.ring_seconds = 120;
    ladder.policy.rules[LADDER_NEIGHBOUR] = (struct ladder_rule){1, 500, 60, 10, 10};
    steps = replay_day(arena, &day, &assignment_policy_default, &ladder, results);
    cr_expect_eq(results[0].served_by, 7);
    cr_expect_eq(results[1].served_by, 8);
    cr_expect_eq(results[1].waited, 60 + 5, "the ladder stepped: %d", (int)results[1].waited);
    cr_expect(steps.up == 1 && steps.down == 1 && steps.top == LADDER_NEIGHBOUR);
    ladder.policy.rules[LADDER_NEIGHBOUR].up_seconds = 4000;
    steps = replay_day(arena, &day, &assignment_policy_default, &ladder, results);
    cr_expect_eq(steps.up, 0);
    cr_expect(results[1].waited >= 120 + 5 && results[1].waited < 130, "%d",
              (int)results[1].waited);
}

/* The same two, and a district that goes by steps of its own. */
Test(replay, a_district_is_played_by_its_own_ladder)
{
    static const struct assignment_candidate people[2] = {
        {.person_id = 7, .profession = 1, .languages = 1, .district = 310101, .verified = true},
        {.person_id = 8, .profession = 1, .languages = 1, .district = 310104, .verified = true}};
    static const int64_t nothing[2] = {0};
    static const struct assignment_stay stays[2] = {{0, NOW, NOW + 7200, 1},
                                                    {1, NOW, NOW + 7200, 1}};
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 900, .request = FROM(310101)},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 900, .request = FROM(310101)}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct ladder_policy own[COUNT(districts)] = {ladder_policy_default, ladder_policy_default};
    struct replay_ladder ladder = usual_ladder();
    struct replay_result results[2];
    struct replay_steps steps;

    day.candidates = people, day.candidates_count = 2;
    day.talks = day.seconds = nothing;
    day.stays = stays, day.stays_count = 2;
    ladder.policy.rules[LADDER_NEIGHBOUR] = (struct ladder_rule){1, 500, 60, 10, 10};
    for (size_t i = 0; i < COUNT(own); i++) {
        own[i].ring_seconds = 120;
        own[i].places[LADDER_NEIGHBOUR] = own[i].places[LADDER_BACKUP] = 0; /* no neighbours */
        own[i].rules[LADDER_CHOICE] = (struct ladder_rule){1, 500, 30, 10, 10};
        own[i].rules[LADDER_MESSAGE] = (struct ladder_rule){9, 900, 4000, 10, 10};
    }
    ladder.own = own;
    steps = replay_day(arena, &day, &assignment_policy_default, &ladder, results);
    cr_expect(results[1].waited >= 120 + 5 && results[1].waited < 130, "by the own wait alone: %d",
              (int)results[1].waited);
    cr_expect(steps.up == 1 && steps.rung == 1 && steps.top == LADDER_CHOICE);
}

Test(replay, whoever_is_alone_in_the_city_serves_every_district)
{
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 100, .request = FROM(310104)},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 100, .request = FROM(0)}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct replay_ladder ladder = usual_ladder();
    struct replay_result results[2];

    replay_day(arena, &day, &assignment_policy_default, &ladder, results);
    cr_expect_eq(results[0].waited, 5);
    cr_expect_eq(results[1].waited, 95 + 5);
}

/* ---- random days ---- */

enum { ARRIVALS = 80, STAYS = 8, SERVING = 4, TALK_USUAL = 300 };

static struct assignment_arrival arrivals_of_day[ARRIVALS];
static struct assignment_candidate people_of_day[SERVING];
static struct assignment_stay stays_of_day[STAYS];

static struct assignment_day random_day(uint64_t seed)
{
    static const int64_t nothing[SERVING] = {0};
    struct assignment_day day = small_day(arrivals_of_day, ARRIVALS);
    moment at = NOW;

    state = seed;
    for (int i = 0; i < SERVING; i++)
        people_of_day[i] = (struct assignment_candidate){.person_id = i + 1,
                                                         .profession = 1 + i / 2,
                                                         .languages = (uint64_t)some(3) + 1,
                                                         .fields = (uint64_t)some(4),
                                                         .district = districts[some(2)],
                                                         .verified = true};
    for (int i = 0; i < STAYS; i++)
        stays_of_day[i] = (struct assignment_stay){
            (size_t)i % SERVING, NOW + i / SERVING * 2000 + some(900),
            NOW + i / SERVING * 2000 + 1000 + some(900), (int32_t)some(3) + 1};
    for (int i = 0; i < ARRIVALS; i++) {
        at += some(80);
        arrivals_of_day[i] =
            (struct assignment_arrival){.case_id = i + 1,
                                        .at = at,
                                        .priority = some(3),
                                        .talk_seconds = some(400),
                                        .patience = some(3) ? 0 : some(600) + 1,
                                        .request = {.profession = (int32_t)some(2) + 1,
                                                    .language = (uint64_t)1 << some(2),
                                                    .field = (uint64_t)1 << some(2),
                                                    .district = some(5) ? districts[some(2)] : 0,
                                                    .wants_id = some(6) ? 0 : some(SERVING) + 1}};
    }
    day.candidates = people_of_day, day.candidates_count = SERVING;
    day.talks = day.seconds = nothing;
    day.stays = stays_of_day, day.stays_count = STAYS;
    return day;
}

/* Whoever serves the case was on line when it was offered, and has no more talks than places. */
static void check_served(const struct replay_result *results, int which, uint64_t seed)
{
    const struct assignment_arrival *arrival = &arrivals_of_day[which];
    const struct replay_result *result = &results[which];
    moment begun = arrival->at + result->waited, offered = begun - 5;
    int32_t places = 0;
    int talks = 0;
    bool was_here = false;

    cr_assert(!arrival->patience || result->waited <= arrival->patience);
    for (int k = 0; k < STAYS; k++) {
        const struct assignment_stay *s = &stays_of_day[k];

        if (people_of_day[s->candidate].person_id != result->served_by) continue;
        if (s->capacity > places) places = s->capacity;
        was_here |= s->from_at <= offered && offered < s->until_at;
    }
    cr_assert(was_here, "seed %d, case %d", (int)seed, which + 1);
    for (int k = 0; k < ARRIVALS; k++) {
        const struct assignment_arrival *other = &arrivals_of_day[k];
        moment other_begun = other->at + results[k].waited;
        int64_t talk = other->talk_seconds ? other->talk_seconds : TALK_USUAL;

        talks += results[k].waited >= 0 && results[k].served_by == result->served_by &&
                 other_begun <= begun && begun < other_begun + talk;
    }
    cr_assert(talks <= places, "seed %d, case %d: %d talks", (int)seed, which + 1, talks);
}

Test(replay, of_random_days_each_holds_to_places_and_presence_and_is_played_alike)
{
    int served = 0;

    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct replay_result a[ARRIVALS], b[ARRIVALS];
        struct assignment_day day = random_day(seed);
        struct replay_ladder ladder = usual_ladder();

        memset(a, 0, sizeof a);
        memset(b, 0, sizeof b);
        replay_day(arena, &day, &assignment_policy_default, seed % 2 ? &ladder : NULL, a);
        replay_day(arena, &day, &assignment_policy_default, seed % 2 ? &ladder : NULL, b);
        cr_assert(memcmp(a, b, sizeof a) == 0, "seed %d", (int)seed);
        for (int i = 0; i < ARRIVALS; i++) {
            if (a[i].waited < 0) continue;
            check_served(a, i, seed);
            served++;
        }
        arena_reset(arena);
    }
    cr_assert(served > 2000, "%d", served);
}
