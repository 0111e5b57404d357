/* assignment_test.c -- the rules, by example and with random scenes; numbers are those of
 * assignment.c.  Random scenes come from a seed that a failing test prints. */
#include "bureau/assignment/assignment.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { NOW = 1000000, PEOPLE = 24, SCENES = 3000 };

static const struct assignment_policy *const policy = &assignment_policy_default;

static struct assignment_candidate somebody(id person_id)
{
    return (struct assignment_candidate){.person_id = person_id,
                                         .fields = 1,
                                         .languages = 1,
                                         .district = 310101,
                                         .verified = true,
                                         .present = true,
                                         .load = 1,
                                         .capacity = 3,
                                         .share = 1000,
                                         .last_offer_at = NOW - 600};
}

static const struct assignment_request request = {
    .field = 1, .language = 1, .district = 310101, .now = NOW};

/* (1) Each shortcoming alone is enough. */
Test(assignment, each_shortcoming_alone_is_enough_to_be_passed_over)
{
    const id me = 1;
    struct assignment_request r = request;
    struct assignment_candidate c = somebody(me);

    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FITS);
    c.verified = false;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_UNVERIFIED);
    c = somebody(me), c.present = false;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_ABSENT);
    r.is_written = true;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FITS, "an answer in writing can wait");
    r = request, c = somebody(me), c.languages = 2;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_LANGUAGE);
    c = somebody(me), c.profession = 4;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_OTHER_PROFESSION);
    c = somebody(me), c.load = c.capacity;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FULL);
    c.capacity = 0, c.load = 0;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FULL, "no place at all");
    c = somebody(me), r.wants_id = 9;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_NOT_WANTED);
    r = request, c.ring = 1;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_KEPT);
    r.wants_id = me;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FITS, "asked for by name, from anywhere");
    r = request, r.reach = 1;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_FITS);
    c.ring = 0;
    r = request, r.conflicts = &me, r.conflicts_count = 1;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_CONFLICT);
    r = request, r.had_it = &me, r.had_it_count = 1;
    cr_expect(assignment_unfit(&r, &c) == ASSIGNMENT_HAD_IT);
}

/* (2) */
Test(assignment, knowing_the_field_counts_more_than_everything_but_a_returning_resident)
{
    struct assignment_candidate knows = somebody(1), near = somebody(2);

    knows.district = 0, knows.load = 2, knows.share = 5000, knows.last_offer_at = NOW;
    near.fields = 0, near.load = 0, near.share = 0, near.last_offer_at = 0;
    cr_expect(assignment_weigh(policy, &request, &knows).points >
              assignment_weigh(policy, &request, &near).points);
}

Test(assignment, the_best_is_chosen_the_next_is_named_and_each_part_is_told)
{
    struct assignment_candidate all[] = {somebody(1), somebody(2), somebody(3)};
    struct assignment_verdict verdicts[3];
    struct assignment_choice choice;

    all[0].load = 2, all[1].load = 0, all[2].load = 1;
    choice = assignment_choose(policy, &request, all, COUNT(all), verdicts);
    cr_expect(choice.chosen == 1 && choice.next == 2 && choice.fit_count == 3);
    cr_expect(choice.points == verdicts[1].points && choice.next_points == verdicts[2].points);
    cr_expect(verdicts[1].part[ASSIGNMENT_FIELD] == 400);
    cr_expect(verdicts[1].part[ASSIGNMENT_DISTRICT] == 100);
    cr_expect(verdicts[1].part[ASSIGNMENT_FREE] == 100);
    cr_expect(verdicts[2].part[ASSIGNMENT_FREE] == 66);
    cr_expect(verdicts[1].part[ASSIGNMENT_FAIR] == 50);
    cr_expect(verdicts[1].part[ASSIGNMENT_IDLE] == 10);
    cr_expect(verdicts[1].part[ASSIGNMENT_RETURNING] == 0);
    cr_expect(verdicts[1].points == 660);
}

Test(assignment, ties_go_to_whoever_waited_longest_then_to_the_smaller_number)
{
    struct assignment_candidate all[] = {somebody(5), somebody(4), somebody(3)};
    struct assignment_choice choice;

    /* All have been idle for more than the hour that counts. */
    all[0].last_offer_at = NOW - 9000;
    all[1].last_offer_at = all[2].last_offer_at = NOW - 8000;
    choice = assignment_choose(policy, &request, all, COUNT(all), NULL);
    cr_expect(all[choice.chosen].person_id == 5 && all[choice.next].person_id == 3);
}

Test(assignment, without_anybody_it_is_said_what_was_missing_most)
{
    struct assignment_candidate all[] = {somebody(1), somebody(2), somebody(3)};
    struct assignment_choice choice = assignment_choose(policy, &request, NULL, 0, NULL);

    cr_expect(choice.chosen == SIZE_MAX && choice.why_not == ASSIGNMENT_ABSENT);
    all[0].load = all[1].load = 3, all[2].languages = 0;
    choice = assignment_choose(policy, &request, all, COUNT(all), NULL);
    cr_expect(choice.chosen == SIZE_MAX && choice.why_not == ASSIGNMENT_FULL);
}

Test(assignment, a_wish_is_vain_unless_waiting_can_bring_it)
{
    struct assignment_candidate all[] = {somebody(1), somebody(2)};
    struct assignment_request r = request;

    cr_expect(!assignment_wish_is_vain(&r, all, 2), "there is none");
    r.wants_id = 2;
    cr_expect(!assignment_wish_is_vain(&r, all, 2));
    all[1].load = 3;
    cr_expect(!assignment_wish_is_vain(&r, all, 2), "a place will be free");
    all[1].verified = false;
    cr_expect(assignment_wish_is_vain(&r, all, 2));
    r.wants_id = 7;
    cr_expect(assignment_wish_is_vain(&r, all, 2), "has gone");
}

Test(assignment, a_share_is_what_was_had_against_the_time_on_line)
{
    struct assignment_candidate all[] = {somebody(1), somebody(2), somebody(3)};
    const int64_t hour = SECONDS_PER_HOUR;
    const int64_t talks[] = {19, 39, 0}, seconds[] = {9 * hour, 9 * hour, 0};

    assignment_shares(all, talks, seconds, COUNT(all));
    /* 61 talks in 21 hours, smoothing included: 29 were due to each of the first two. */
    cr_expect(all[0].share == 688, "%d", all[0].share);
    cr_expect(all[1].share == 1377, "%d", all[1].share);
    cr_expect(all[2].share == 344, "a newcomer is no extreme: %d", all[2].share);
}

Test(assignment, in_writing_too_whoever_was_given_less_comes_first)
{
    struct assignment_candidate all[] = {somebody(1), somebody(2), somebody(3)};
    const int64_t hour = SECONDS_PER_HOUR;
    const int64_t given[] = {6, 5, 12}, places[] = {20 * hour, 20 * hour, 40 * hour};
    struct assignment_request r = request;

    r.is_written = true;
    assignment_shares(all, given, places, COUNT(all));
    cr_expect_eq(assignment_choose(policy, &r, all, COUNT(all), NULL).chosen, 1U);
    cr_expect(all[2].share < all[0].share, "twelve of forty are less than six of twenty");
}

/* ---- random scenes ---- */

static uint64_t state;

static int64_t some(int64_t below)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((state >> 33) % (uint64_t)below);
}

struct random_scene {
    struct assignment_policy policy;
    struct assignment_request request;
    struct assignment_candidate people[PEOPLE];
    int64_t talks[PEOPLE], seconds[PEOPLE];
    id conflicts[2], had_it[2];
    size_t count;
};

static void make_scene(uint64_t seed, struct random_scene *s)
{
    state = seed * 2654435761U + 1;
    memset(s, 0, sizeof *s);
    s->policy = assignment_policy_default;
    s->policy.field_points = some(1001);
    s->policy.fair_points = some(1001);
    s->policy.free_points = some(1001);
    s->policy.district_points = some(1001);
    s->policy.idle_points = some(4);
    s->count = (size_t)some(PEOPLE + 1);
    for (size_t i = 0; i < s->count; i++) {
        s->people[i] = (struct assignment_candidate){.person_id = (id)i * 3 + 1,
                                                     .fields = (uint64_t)some(8),
                                                     .languages = (uint64_t)some(4),
                                                     .district = (int32_t)some(3),
                                                     .verified = some(8) > 0,
                                                     .present = some(8) > 0,
                                                     .load = (int32_t)some(4),
                                                     .capacity = (int32_t)some(4),
                                                     .last_offer_at = NOW - some(5) * 1000};
        s->talks[i] = some(40);
        s->seconds[i] = some(400000);
    }
    assignment_shares(s->people, s->talks, s->seconds, s->count);
    for (int i = 0; i < 2; i++) {
        s->conflicts[i] = some(PEOPLE) * 3 + 1;
        s->had_it[i] = some(PEOPLE) * 3 + 1;
    }
    s->request = (struct assignment_request){.field = (uint64_t)1 << some(3),
                                             .language = (uint64_t)1 << some(2),
                                             .district = (int32_t)some(3),
                                             .wants_id = some(9) ? 0 : some(PEOPLE) * 3 + 1,
                                             .returning_id = some(PEOPLE) * 3 + 1,
                                             .conflicts = s->conflicts,
                                             .conflicts_count = (size_t)some(3),
                                             .had_it = s->had_it,
                                             .had_it_count = (size_t)some(3),
                                             .now = NOW};
}

static struct assignment_choice choose(const struct random_scene *s)
{
    return assignment_choose(&s->policy, &s->request, s->people, s->count, NULL);
}

static bool is_in(const id *list, size_t count, id person_id)
{
    while (count--) {
        if (list[count] == person_id) return true;
    }
    return false;
}

/* (1), said again in other words than the rule's own. */
Test(assignment, of_random_scenes_nobody_who_must_not_is_ever_chosen)
{
    int chosen = 0;

    for (uint64_t seed = 1; seed <= SCENES; seed++) {
        struct random_scene s;
        const struct assignment_candidate *c;
        struct assignment_choice choice;

        make_scene(seed, &s);
        choice = choose(&s);
        if (choice.chosen == SIZE_MAX) {
            cr_assert(choice.fit_count == 0 && choice.why_not != ASSIGNMENT_FITS);
            continue;
        }
        chosen++;
        c = &s.people[choice.chosen];
        cr_assert(c->verified && c->present && c->load < c->capacity, "seed %d", (int)seed);
        cr_assert(c->languages & s.request.language, "seed %d", (int)seed);
        cr_assert(!is_in(s.conflicts, s.request.conflicts_count, c->person_id), "seed %d",
                  (int)seed);
        cr_assert(!is_in(s.had_it, s.request.had_it_count, c->person_id), "seed %d", (int)seed);
        cr_assert(!s.request.wants_id || s.request.wants_id == c->person_id);
        cr_assert(choice.next != choice.chosen);
        cr_assert((choice.next == SIZE_MAX) == (choice.fit_count == 1));
    }
    cr_assert(chosen > SCENES / 2, "the scenes are worth looking at: %d", chosen);
}

/* (2) */
Test(assignment, the_order_of_the_list_changes_nothing)
{
    for (uint64_t seed = 1; seed <= SCENES; seed++) {
        struct random_scene s;
        struct assignment_choice before, after;
        id chosen, next;

        make_scene(seed, &s);
        before = choose(&s);
        chosen = before.chosen == SIZE_MAX ? 0 : s.people[before.chosen].person_id;
        next = before.next == SIZE_MAX ? 0 : s.people[before.next].person_id;
        for (size_t i = s.count; i > 1; i--) {
            size_t k = (size_t)some((int64_t)i);
            struct assignment_candidate other = s.people[i - 1];

            s.people[i - 1] = s.people[k];
            s.people[k] = other;
        }
        after = choose(&s);
        cr_assert(chosen == (after.chosen == SIZE_MAX ? 0 : s.people[after.chosen].person_id),
                  "seed %d", (int)seed);
        cr_assert(next == (after.next == SIZE_MAX ? 0 : s.people[after.next].person_id), "seed %d",
                  (int)seed);
        cr_assert(before.points == after.points && before.fit_count == after.fit_count);
    }
}

/* One thing more in favour of somebody; false if there is nothing left to better in that way. */
static bool better(struct random_scene *s, size_t who, int64_t way)
{
    struct assignment_candidate *c = &s->people[who];

    switch (way) {
    case 0: c->fields |= s->request.field; return true;
    case 1: c->district = s->request.district; return true;
    case 2:
        if (c->load == 0) return false;
        c->load--;
        return true;
    case 3: c->capacity++; return true;
    case 4:
        if (s->talks[who] == 0) return false;
        s->talks[who]--;
        break;
    case 5: s->seconds[who] += 7200; break;
    case 6: c->last_offer_at -= 3600; return true;
    default: s->request.returning_id = c->person_id; return true;
    }
    assignment_shares(s->people, s->talks, s->seconds, s->count);
    return true;
}

/* (3) */
Test(assignment, one_thing_more_in_favour_of_the_chosen_never_loses)
{
    int tried = 0;

    for (uint64_t seed = 1; seed <= SCENES; seed++) {
        for (int64_t way = 0; way < 8; way++) {
            struct random_scene s;
            struct assignment_choice before, after;

            make_scene(seed, &s);
            before = choose(&s);
            if (before.chosen == SIZE_MAX || !better(&s, before.chosen, way)) continue;
            after = choose(&s);
            cr_assert(after.chosen == before.chosen, "seed %d, way %d", (int)seed, (int)way);
            tried++;
        }
    }
    cr_assert(tried > SCENES * 4);
}

/* (4) Joining in any order, with any priority: whoever is served first joined at most the greatest
 * head start later. */
Test(assignment, nobody_is_overtaken_by_whoever_joined_more_than_the_bound_later)
{
    for (uint64_t seed = 1; seed <= SCENES; seed++) {
        struct assignment_policy p = assignment_policy_default;
        moment a, b;
        int64_t a_priority, b_priority;

        state = seed;
        p.head_start_seconds = some(3601);
        a = NOW + some(20000), b = NOW + some(20000);
        a_priority = some(5), b_priority = some(5);
        if (assignment_rank(&p, b, b_priority) <= assignment_rank(&p, a, a_priority))
            cr_assert(b - a <= assignment_overtaken_max(&p), "seed %d", (int)seed);
    }
    cr_expect(assignment_rank(policy, 10000, 0) < assignment_rank(policy, 10601, 1));
    cr_expect(assignment_rank(policy, 10000, 0) > assignment_rank(policy, 10599, 1));
}

/* ---- policy ---- */

/* (5) */
Test(assignment, a_policy_is_read_by_name_within_its_bounds)
{
    struct assignment_policy p = assignment_policy_default;
    struct str wrong;

    cr_assert(outcome_is_done(assignment_policy_read(
        S("# quicker\noffer_seconds=20 field_points=300\n\nidle_minutes=30 # less\n"), &p,
        &wrong)));
    cr_expect(p.offer_seconds == 20 && p.field_points == 300 && p.idle_minutes == 30);
    cr_expect(p.absent_seconds == policy->absent_seconds, "what is not named stays");
    cr_expect(assignment_policy_read(S("offer_second=20"), &p, &wrong).refusal ==
              &assignment_policy_unknown);
    cr_expect(str_same(wrong, S("offer_second=20")));
    cr_expect(assignment_policy_read(S("offer_seconds=many"), &p, &wrong).refusal ==
              &assignment_policy_bounds);
    cr_expect(assignment_policy_read(S("offer_seconds=9"), &p, &wrong).refusal ==
              &assignment_policy_bounds);
    cr_expect(str_same(wrong, S("offer_seconds")));
    p = assignment_policy_default;
    cr_expect(assignment_policy_read(S("absent_seconds=900"), &p, &wrong).refusal ==
              &assignment_policy_order);
}

Test(assignment, what_is_delivered_is_within_its_bounds_and_every_bound_holds)
{
    struct str wrong;

    cr_assert(outcome_is_done(assignment_policy_check(policy, &wrong)));
    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++) {
        struct assignment_policy p = assignment_policy_default;
        int64_t *number = (int64_t *)(void *)((char *)&p + assignment_numbers[i].at);

        cr_expect(assignment_number_of(&p, i) == assignment_numbers[i].usual);
        *number = assignment_numbers[i].least - 1;
        cr_expect(assignment_policy_check(&p, &wrong).refusal == &assignment_policy_bounds);
        *number = assignment_numbers[i].most + 1;
        cr_expect(assignment_policy_check(&p, &wrong).refusal == &assignment_policy_bounds);
    }
}

Test(assignment, words_become_bits_and_full_is_full)
{
    struct assignment_words words = {.count = 0};
    char names[ASSIGNMENT_WORDS_MAX + 1][16];

    cr_expect(assignment_bit(&words, S("labour"), false) == 0);
    cr_expect(assignment_bit(&words, S("labour"), true) == 1);
    cr_expect(assignment_bit(&words, S("family"), true) == 2);
    cr_expect(assignment_bit(&words, S("labour"), true) == 1);
    cr_expect(assignment_bit(&words, S(""), true) == 0);
    for (int i = 0; i <= ASSIGNMENT_WORDS_MAX; i++) {
        uint64_t bit;

        snprintf(names[i], sizeof names[i], "w%d", i);
        bit = assignment_bit(&words, str_of(names[i]), true);
        cr_expect((bit != 0) == (i < ASSIGNMENT_WORDS_MAX - 2));
    }
    cr_expect(assignment_district(S("310101007")) == 310101);
    cr_expect(assignment_district(S("31")) == 0);
}

/* ---- what is kept ---- */

Test(assignment, what_is_kept_reads_back_as_it_was)
{
    struct arena *arena = arena_open(1 << 22);

    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct random_scene s;
        struct assignment_verdict verdicts[PEOPLE];
        struct assignment_kept kept = {0};
        struct str text;
        size_t read = 0;

        make_scene(seed, &s);
        assignment_choose(&s.policy, &s.request, s.people, s.count, verdicts);
        text = assignment_keep(arena, s.people, verdicts, s.count);
        cr_assert(text.len <= s.count * 32, "%zu bytes for %zu", text.len, s.count);
        for (; assignment_kept_next(&text, &kept); read++) {
            cr_assert(kept.person_id == s.people[read].person_id);
            cr_assert(memcmp(&kept.verdict, &verdicts[read], sizeof kept.verdict) == 0);
        }
        cr_assert(read == s.count);
        arena_reset(arena);
    }
    arena_close(&arena);
}

Test(assignment, beyond_the_bound_those_who_fit_are_kept)
{
    enum { MANY = ASSIGNMENT_KEPT_MAX + 100 };
    static struct assignment_candidate all[MANY];
    static struct assignment_verdict verdicts[MANY];
    struct arena *arena = arena_open(1 << 20);
    struct assignment_kept kept = {0};
    struct str text;
    size_t fits = 0, unfits = 0;

    for (int i = 0; i < MANY; i++) {
        all[i] = somebody(i + 1);
        if (i < 200) all[i].present = false;
    }
    assignment_choose(policy, &request, all, MANY, verdicts);
    text = assignment_keep(arena, all, verdicts, MANY);
    while (assignment_kept_next(&text, &kept)) *(kept.verdict.unfit ? &unfits : &fits) += 1;
    cr_expect(fits == MANY - 200 && fits + unfits == ASSIGNMENT_KEPT_MAX);
    text = S("12x9");
    kept = (struct assignment_kept){0};
    cr_expect(!assignment_kept_next(&text, &kept), "not of ours");
    arena_close(&arena);
}
