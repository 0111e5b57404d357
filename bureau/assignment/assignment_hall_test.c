/* assignment_hall_test.c -- the queue in memory against the plainest one there is. */
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
        size_t first, last;

        request.now = now;
        first = 0, last = PEOPLE; /* those of the profession */
        while (first < PEOPLE && s->people[first].profession != request.profession) first++;
        while (last > first && s->people[last - 1].profession != request.profession) last--;
        if (assignment_wish_is_vain(&request, &s->people[first], last - first))
            request.wants_id = 0;
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
        size_t which = 0;

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

Test(assignment_hall, neighbours_are_kept_until_the_reach_grows)
{
    static const int32_t districts[] = {310101, 310104}, rings[] = {0, 1, 1, 0};
    struct assignment_candidate far = {.person_id = 1,
                                       .languages = 1,
                                       .district = 310104,
                                       .verified = true,
                                       .present = true,
                                       .capacity = 1};
    struct assignment_request request = {.language = 1, .district = 310101};
    struct assignment_hall *hall =
        assignment_hall_open(arena, &assignment_policy_default, &far, 1, 2);
    struct assignment_given given;

    assignment_hall_rings(hall, districts, COUNT(districts), rings);
    assignment_hall_join(hall, 1, NOW, &request);
    cr_expect_not(assignment_hall_next(hall, NOW, &given, NULL));
    request.reach = 1;
    cr_expect(assignment_hall_next(hall, NOW, &given, NULL));
}

Test(assignment_hall, a_wish_for_somebody_who_has_gone_holds_up_nobody)
{
    struct assignment_candidate people[2] = {
        {.person_id = 1, .languages = 1, .verified = true, .present = true, .capacity = 1},
        {.person_id = 2, .languages = 1, .verified = true, .capacity = 1}};
    struct assignment_request request = {.language = 1, .wants_id = 2};
    struct assignment_hall *hall =
        assignment_hall_open(arena, &assignment_policy_default, people, 2, 2);
    struct assignment_given given;

    people[1].present = true;
    people[1].load = 1;
    assignment_hall_changed(hall, 1);
    assignment_hall_join(hall, 1, NOW, &request);
    cr_expect_not(assignment_hall_next(hall, NOW, &given, NULL), "a place will be free");
    people[1].present = false;
    assignment_hall_changed(hall, 1);
    cr_assert(assignment_hall_next(hall, NOW, &given, NULL));
    cr_expect_eq(given.candidate, 0U);
}
