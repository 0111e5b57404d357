/* assignment_hall_test.c -- the queue in memory against the plainest one there is, and replay. */
#include "bureau/assignment/assignment.h"

#include <criterion/criterion.h>
#include <string.h>

enum { PEOPLE = 12, CASES = 60, NOW = 1000000 };

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(64 * 1024 * 1024);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(assignment_hall, .init = set_up, .fini = tear_down);

static uint64_t state;

static int64_t some(int64_t below)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((state >> 33) % (uint64_t)below);
}

struct scene_of_many {
    struct assignment_candidate people[PEOPLE];
    struct assignment_request requests[CASES];
    moment ranks[CASES];
    id had_it[CASES][2];
    bool waits[CASES];
};

static void make_many(uint64_t seed, struct scene_of_many *s)
{
    state = seed;
    memset(s, 0, sizeof *s);
    for (int i = 0; i < PEOPLE; i++)
        s->people[i] = (struct assignment_candidate){.person_id = i + 1,
                                                     .profession = i * 3 / PEOPLE + 1,
                                                     .languages = (uint64_t)some(7) + 1,
                                                     .fields = (uint64_t)some(8),
                                                     .verified = some(6) > 0,
                                                     .present = some(6) > 0,
                                                     .capacity = (int32_t)some(4),
                                                     .last_offer_at = NOW - some(9000)};
    for (int i = 0; i < CASES; i++) {
        s->had_it[i][0] = some(PEOPLE) + 1;
        s->had_it[i][1] = some(PEOPLE) + 1;
        s->requests[i] = (struct assignment_request){.profession = (int32_t)some(4) + 1,
                                                     .language = (uint64_t)1 << some(4),
                                                     .field = (uint64_t)1 << some(3),
                                                     .wants_id = some(8) ? 0 : some(PEOPLE) + 1,
                                                     .had_it = s->had_it[i],
                                                     .had_it_count = (size_t)some(3)};
        s->ranks[i] = NOW - some(50);
        s->waits[i] = true;
    }
}

/* The plainest rule: of all who wait, the foremost whom anybody at all can take. */
static bool plainest(const struct scene_of_many *s, moment now, size_t *which, id *person_id)
{
    bool found = false;

    for (size_t i = 0; i < CASES; i++) {
        struct assignment_request request = s->requests[i];
        struct assignment_choice choice;

        request.now = now;
        if (!s->waits[i] || (found && s->ranks[i] >= s->ranks[*which])) continue;
        choice = assignment_choose(&assignment_policy_default, &request, s->people, PEOPLE, NULL);
        if (choice.chosen == SIZE_MAX) continue;
        found = true;
        *which = i;
        *person_id = s->people[choice.chosen].person_id;
    }
    return found;
}

Test(assignment_hall, it_gives_out_what_the_plainest_queue_would)
{
    int given_count = 0;

    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct scene_of_many s;
        struct assignment_hall *hall;
        struct assignment_given given;
        id expected;
        size_t which;

        make_many(seed, &s);
        hall = assignment_hall_open(arena, &assignment_policy_default, s.people, PEOPLE, CASES);
        for (size_t i = 0; i < CASES; i++)
            assignment_hall_join(hall, (id)i + 1, s.ranks[i], &s.requests[i]);
        for (int step = 0; step < 40; step++) {
            bool is_some = plainest(&s, NOW + step, &which, &expected);
            bool is_given = assignment_hall_next(hall, NOW + step, &given, NULL);

            cr_assert_eq(is_given, is_some, "seed %d, step %d", (int)seed, step);
            if (is_given) {
                cr_assert_eq(given.waiting, which, "seed %d, step %d", (int)seed, step);
                cr_assert_eq(s.people[given.candidate].person_id, expected);
                cr_assert(s.people[given.candidate].load <= s.people[given.candidate].capacity);
                s.waits[which] = false;
                given_count++;
            } else {
                size_t i = (size_t)some(PEOPLE);

                if (s.people[i].load) s.people[i].load--;
                if (some(3) == 0) s.people[i].present = !s.people[i].present;
                assignment_hall_changed(hall, i);
                i = (size_t)some(CASES);
                assignment_hall_leave(hall, i);
                s.waits[i] = false;
            }
        }
        arena_reset(arena);
    }
    cr_assert(given_count > 2000, "%d", given_count);
}

Test(assignment_hall, several_places_that_come_free_at_once_are_all_filled_in_order)
{
    struct assignment_candidate people[2] = {
        {.person_id = 1, .languages = 1, .verified = true, .present = true},
        {.person_id = 2, .languages = 1, .verified = true, .present = true}};
    struct assignment_request request = {.language = 1};
    struct assignment_hall *hall =
        assignment_hall_open(arena, &assignment_policy_default, people, 2, 10);
    struct assignment_given given;

    for (size_t i = 0; i < 10; i++)
        assignment_hall_join(hall, (id)i + 1, NOW + (moment)(i * 7 % 10), &request);
    cr_expect(!assignment_hall_next(hall, NOW, &given, NULL));
    people[0].capacity = 3, people[1].capacity = 4;
    assignment_hall_changed(hall, 0);
    assignment_hall_changed(hall, 1);
    for (moment rank = NOW; rank < NOW + 7; rank++) {
        cr_assert(assignment_hall_next(hall, NOW, &given, NULL));
        cr_expect_eq(given.waiting * 7 % 10, (size_t)(rank - NOW));
    }
    cr_expect(!assignment_hall_next(hall, NOW, &given, NULL));
    cr_expect(people[0].load == 3 && people[1].load == 4);
    cr_expect_eq(assignment_hall_waiting(hall), 3U);
}

Test(assignment_hall, whom_nobody_can_serve_holds_up_nobody)
{
    const id declined = 1;
    struct assignment_candidate one = {
        .person_id = 1, .languages = 1, .verified = true, .present = true, .capacity = 1};
    struct assignment_request foreign = {.language = 2}, plain = {.language = 1};
    struct assignment_request had = {.language = 1, .had_it = &declined, .had_it_count = 1};
    struct assignment_hall *hall =
        assignment_hall_open(arena, &assignment_policy_default, &one, 1, 600);
    struct assignment_given given;
    size_t last;

    for (int i = 0; i < 300; i++) assignment_hall_join(hall, i + 1, NOW - 1000 + i, &foreign);
    for (int i = 300; i < 500; i++) assignment_hall_join(hall, i + 1, NOW - 1000 + i, &had);
    last = assignment_hall_join(hall, 501, NOW, &plain);
    cr_assert(assignment_hall_next(hall, NOW, &given, NULL));
    cr_expect_eq(given.waiting, last);
    cr_expect_eq(assignment_hall_waiting(hall), 500U, "and nobody lost the place");
}

/* ---- replay ---- */

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

Test(assignment_hall, a_day_by_another_policy_shows_who_waits_less_and_who_more)
{
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 3, .at = NOW + 30, .talk_seconds = 100, .priority = 1, .request = REQUEST},
        {.case_id = 4, .at = NOW + 40, .patience = 60, .request = REQUEST},
        {.case_id = 5, .at = NOW + 4000, .request = REQUEST}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct assignment_policy before = assignment_policy_default, after = before;
    struct assignment_replayed a[5], b[5];

    after.head_start_seconds = 0;
    assignment_replay(arena, &day, &before, a);
    assignment_replay(arena, &day, &after, b);
    cr_expect_eq(a[0].waited, 5);
    cr_expect_eq(a[2].waited, 90, "cared for goes first: %d", (int)a[2].waited);
    cr_expect_eq(a[1].waited, 205);
    cr_expect_eq(b[1].waited, 100);
    cr_expect_eq(b[2].waited, 195);
    cr_expect(a[3].waited == -1 && !a[3].is_waiting_on, "had left after a minute");
    cr_expect(a[4].waited == -1 && a[4].is_waiting_on, "nobody was on line any more");
    cr_expect_eq(a[0].served_by, 7);
}

Test(assignment_hall, whoever_declined_a_case_does_so_again)
{
    const struct assignment_arrival arrivals[] = {
        {.case_id = 1, .at = NOW + 10, .talk_seconds = 100, .request = REQUEST},
        {.case_id = 2, .at = NOW + 20, .talk_seconds = 100, .request = REQUEST}};
    const struct assignment_reaction reactions[] = {
        {.case_id = 1, .person_id = 7, .seconds = 12, .is_accepted = false},
        {.case_id = 2, .person_id = 7, .seconds = 25, .is_accepted = true}};
    struct assignment_day day = small_day(arrivals, COUNT(arrivals));
    struct assignment_policy quick = assignment_policy_default;
    struct assignment_replayed results[2];

    day.reactions = reactions;
    day.reactions_count = COUNT(reactions);
    assignment_replay(arena, &day, &assignment_policy_default, results);
    cr_expect(results[0].waited == -1 && results[0].is_waiting_on && results[0].offers == 1);
    cr_expect_eq(results[1].waited, 2 + 25);
    quick.offer_seconds = 20;
    assignment_replay(arena, &day, &quick, results);
    cr_expect_eq(results[1].waited, -1, "too late for the shorter offer");
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
                                                    .field = (uint64_t)1 << some(2)}};
    }
    day.candidates = people_of_day, day.candidates_count = SERVING;
    day.talks = day.seconds = nothing;
    day.stays = stays_of_day, day.stays_count = STAYS;
    return day;
}

/* Whoever serves the case was on line when it was offered, and has no more talks than places. */
static void check_served(const struct assignment_replayed *results, int which, uint64_t seed)
{
    const struct assignment_arrival *arrival = &arrivals_of_day[which];
    const struct assignment_replayed *result = &results[which];
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

Test(assignment_hall, of_random_days_each_holds_to_places_and_presence_and_is_played_alike)
{
    int served = 0;

    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct assignment_replayed a[ARRIVALS], b[ARRIVALS];
        struct assignment_day day = random_day(seed);

        memset(a, 0, sizeof a);
        memset(b, 0, sizeof b);
        assignment_replay(arena, &day, &assignment_policy_default, a);
        assignment_replay(arena, &day, &assignment_policy_default, b);
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
