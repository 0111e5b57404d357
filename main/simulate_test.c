/* simulate_test.c -- the simulation brings days back, and sees what it is there to see. */
#include "main/simulate.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)1 << 30);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(simulate, .init = set_up, .fini = tear_down);

static struct simulate_result run(struct simulate_plan plan)
{
    struct simulate_result result = simulate_run(arena, &plan, NULL);

    cr_assert(!result.fault, "%s", result.fault ? result.fault : "");
    return result;
}

static struct str events_of(struct simulate_plan plan)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct str copy;

    simulate_run(arena, &plan, out);
    fclose(out);
    copy = arena_copy(arena, (struct str){text, len});
    free(text);
    return copy;
}

/* (1) */
Test(simulate, a_seed_brings_the_day_back_byte_for_byte)
{
    struct str first = events_of(simulate_plan_small(11, false));

    cr_expect(first.len > 1000);
    cr_expect(str_same(first, events_of(simulate_plan_small(11, false))));
    cr_expect(!str_same(first, events_of(simulate_plan_small(12, false))));
}

Test(simulate, chance_is_even_and_has_the_means_asked_for)
{
    struct simulate_random random = simulate_random_of(5, 1);
    int64_t counts[10] = {0};
    double exponential = 0, poisson = 0;

    for (int i = 0; i < 100000; i++) {
        counts[simulate_below(&random, 10)]++;
        exponential += simulate_exponential(&random, 7);
        if (i % 10 == 0) poisson += (double)simulate_poisson(&random, 12);
    }
    for (size_t i = 0; i < COUNT(counts); i++) cr_expect(counts[i] > 9700 && counts[i] < 10300);
    cr_expect(exponential > 690000 && exponential < 710000);
    cr_expect(poisson > 119000 && poisson < 121000);
    for (int i = 0; i < 1000; i++) {
        int64_t between = simulate_between(&random, -3, 3);

        cr_expect(between >= -3 && between <= 3);
    }
}

/* The generator against its authors' own numbers: xoshiro256** with state 1, 2, 3, 4. */
Test(simulate, chance_is_xoshiro_starstar)
{
    struct simulate_random random = {{1, 2, 3, 4}};

    cr_expect(simulate_draw(&random) == 11520);
    cr_expect(simulate_draw(&random) == 0);
    cr_expect(simulate_draw(&random) == 1509978240);
    cr_expect(simulate_draw(&random) == 1215971899390074240);
}

Test(simulate, the_invariants_hold_on_small_desks)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct simulate_result result = run(simulate_plan_small(seed, false));

        cr_expect(!result.broken, "seed %llu: %.*s", (unsigned long long)seed,
                  STR_ARGS(result.story));
        cr_expect(result.asked == result.live + result.written);
    }
}

Test(simulate, the_invariants_hold_in_the_documents_city)
{
    struct simulate_result result = run(simulate_plan_city(1, 1, 1));

    cr_expect(!result.broken, "%.*s", STR_ARGS(result.story));
    cr_expect(result.asked > 2100 && result.asked < 2700);
    cr_expect(result.talks > 1000 && result.restarts > 0 && result.expired > 0);
}

/* A check that cannot fail proves nothing: every broken rule is seen within a few seeds. */
Test(simulate, every_broken_rule_is_caught)
{
    enum { SEEDS = 20 };

    for (int broken = SIMULATE_WHOLE + 1; broken < SIMULATE_BREAKS; broken++) {
        const char *seen = NULL;

        if (broken == SIMULATE_WRONG_WAIT) continue; /* below: it shows in the many only */
        for (uint64_t seed = 1; seed <= SEEDS && !seen; seed++) {
            struct simulate_plan plan = simulate_plan_small(seed, false);

            plan.broken = (enum simulate_break)broken;
            seen = run(plan).broken;
        }
        cr_expect(seen, "%s goes by unseen", simulate_break_names[broken]);
    }
}
