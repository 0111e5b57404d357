/* forecast_erlang_test.c -- Erlang B, C and A against published values, against the chain solved
 * another way, at their limits, and against people who come, wait, talk and leave. */
#include <criterion/criterion.h>
#include <math.h>

#include "bureau/forecast/forecast.h"

static void near(double got, double wanted, double tolerance, const char *what)
{
    cr_expect(fabs(got - wanted) <= tolerance, "%s: %.10g, not %.10g", what, got, wanted);
}

/* ---- published ---- */

/* Traffic that so many lines carry with one call in a hundred lost, as in every Erlang B table. */
Test(forecast_erlang, blocking_is_as_in_the_tables)
{
    static const struct {
        int64_t lines;
        double erlangs;
    } table[] = {{1, 0.0101}, {2, 0.153},  {5, 1.361},  {10, 4.461},
                 {20, 12.03}, {50, 37.90}, {100, 84.06}};

    for (size_t i = 0; i < COUNT(table); i++)
        near(forecast_blocked(table[i].erlangs, table[i].lines), 0.01, 6e-5, "one in a hundred");
    near(forecast_blocked(1, 1), 0.5, 1e-15, "one line, one erlang");
    near(forecast_blocked(10, 10), 0.214582, 1e-6, "ten lines, ten erlangs");
    near(forecast_blocked(0, 3), 0, 0, "nobody comes");
    near(forecast_blocked(2, 0), 1, 0, "no line");
}

/* 100 calls in half an hour of 3 minutes each, 14 agents: the example most courses on call centres
 * use, with 17.4 % waiting, 88.8 % answered in 20 seconds, 7.8 seconds on average. */
Test(forecast_erlang, waiting_is_as_in_the_worked_example)
{
    struct forecast_load load = {.per_hour = 200, .handle_seconds = 180};
    struct forecast_service served = forecast_serve(&load, 14, 20);

    near(served.waits, 0.17413, 1e-5, "waits");
    near(served.within, 0.88835, 1e-5, "within 20 seconds");
    near(served.wait_seconds, 7.836, 1e-3, "mean wait");
    near(served.occupancy, 0.714286, 1e-6, "occupancy");
    cr_expect_eq(forecast_needed(&load, 80, 20), 14);
    near(forecast_serve(&load, 11, 20).waits, 0.68211, 2e-5, "one more than the load");
}

/* Garnett, Mandelbaum and Reiman 2002: 48 calls a minute of a minute each, 50 agents.  Patient for
 * ever, callers wait 20.8 s; with two minutes' patience 3.1 % leave and the others wait 3.7 s. */
Test(forecast_erlang, patience_matters_as_in_garnett_mandelbaum_and_reiman)
{
    struct forecast_load load = {.per_hour = 48 * 60, .handle_seconds = 60};
    struct forecast_service served = forecast_serve(&load, 50, 15);

    near(served.wait_seconds, 20.8, 0.1, "Erlang C: mean wait");
    near(served.occupancy, 0.96, 1e-9, "Erlang C: occupancy");
    load.patience_seconds = 120;
    served = forecast_serve(&load, 50, 15);
    near(served.abandons, 0.031, 5e-4, "Erlang A: give up");
    near(served.wait_seconds, 3.7, 0.05, "Erlang A: mean wait");
    near(served.occupancy, 0.93, 5e-3, "Erlang A: occupancy");
}

/* ---- the chain of states, solved by itself ---- */

enum { STATES = 6000 };

/* Stationary probabilities from balance of flow between neighbours, from the fullest of them down
 * and up; then what becomes of a newcomer who finds that many before them, step by step. */
static void solve_chain(const struct forecast_load *load, int places, double within,
                        struct forecast_service *served)
{
    static long double state[STATES], on[STATES], next[STATES];
    long double come = load->per_hour / 3600.0L, serve = 1.0L / load->handle_seconds;
    long double leave = 1.0L / load->patience_seconds, all = 0, queue = 0, busy = 0, now = 0;
    long double rate, chance, seen = 0, talk = 0;
    int last = 0;

    state[0] = 1;
    for (int k = 1; k < STATES; k++) {
        long double down = k < places ? k * serve : places * serve + (k - places) * leave;

        state[k] = state[k - 1] * come / down;
        if (state[k] > 1e1000L) {
            for (int i = 0; i <= k; i++) state[i] /= 1e1000L;
        }
    }
    for (int k = 0; k < STATES; k++) all += state[k];
    for (int k = 0; k < STATES; k++) {
        state[k] /= all;
        if (state[k] > 1e-22L) last = k;
        queue += k > places ? (k - places) * state[k] : 0;
        busy += (k < places ? k : places) * state[k];
        now += k < places ? state[k] : 0;
    }
    /* on[j]: chance that whoever has j before them in the queue talks by then.  Uniformisation:
     * jumps at a constant rate, a Poisson number of them. */
    rate = places * serve + (long double)(last - places + 2) * leave;
    chance = expl(-rate * within);
    for (int j = 0; j < STATES; j++) on[j] = 0;
    for (int jump = 0; seen < 1 - 1e-15L && jump < 200000; jump++) {
        for (int j = 0; j + places <= last; j++) talk += chance * state[j + places] * on[j];
        for (int j = 0; j + places <= last; j++) {
            long double ahead = places * serve + j * leave, stay = rate - ahead - leave;
            long double after = j ? on[j - 1] : 1;

            next[j] = (ahead * after + stay * on[j]) / rate;
        }
        for (int j = 0; j + places <= last; j++) on[j] = next[j];
        seen += chance;
        chance *= rate * within / (jump + 1);
    }
    *served = (struct forecast_service){.waits = (double)(1 - now),
                                        .within = (double)(now + talk),
                                        .abandons = (double)(queue * leave / come),
                                        .wait_seconds = (double)(queue / come),
                                        .occupancy = (double)(busy / places)};
}

Test(forecast_erlang, a_is_the_chain_solved_step_by_step)
{
    static const struct {
        double per_hour, handle, patience, within;
        int places;
    } cases[] = {{20, 600, 120, 15, 1},    {20, 600, 120, 15, 5},     {60, 600, 60, 15, 8},
                 {60, 600, 60, 15, 12},    {200, 700, 90, 30, 35},    {200, 700, 900, 15, 35},
                 {400, 300, 1000, 20, 20}, {2880, 60, 120, 15, 50},   {3600, 300, 45, 15, 280},
                 {3600, 300, 45, 15, 310}, {12000, 300, 60, 15, 990}, {12000, 300, 60, 15, 1010}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forecast_load load = {cases[i].per_hour, cases[i].handle, cases[i].patience};
        struct forecast_service got = forecast_serve(&load, cases[i].places, cases[i].within);
        struct forecast_service chain;

        solve_chain(&load, cases[i].places, cases[i].within, &chain);
        near(got.waits, chain.waits, 1e-9, "waits");
        near(got.within, chain.within, 1e-9, "within");
        near(got.abandons, chain.abandons, 1e-9, "gives up");
        near(got.wait_seconds, chain.wait_seconds, 1e-6, "mean wait");
        near(got.occupancy, chain.occupancy, 1e-9, "occupancy");
    }
}

/* ---- limits ---- */

Test(forecast_erlang, without_any_patience_it_is_erlang_b)
{
    struct forecast_load load = {.per_hour = 360, .handle_seconds = 300, .patience_seconds = 1e-7};

    for (int64_t n = 1; n <= 1000; n = n * 3 + 1) {
        struct forecast_service served = forecast_serve(&load, n, 15);

        near(served.abandons, forecast_blocked(30, n), 1e-6, "blocked");
        near(served.wait_seconds, 0, 1e-6, "nobody waits");
    }
}

Test(forecast_erlang, with_endless_patience_it_is_erlang_c)
{
    struct forecast_load a = {.per_hour = 360, .handle_seconds = 300, .patience_seconds = 1e10};
    struct forecast_load c = {.per_hour = 360, .handle_seconds = 300};

    for (int64_t n = 31; n <= 60; n++) {
        struct forecast_service with = forecast_serve(&a, n, 15),
                                without = forecast_serve(&c, n, 15);

        near(with.waits, without.waits, 1e-5, "waits");
        near(with.within, without.within, 1e-5, "within");
        near(with.wait_seconds, without.wait_seconds, 1e-3 * without.wait_seconds, "mean wait");
    }
    cr_expect(isinf(forecast_serve(&c, 30, 15).wait_seconds), "a queue without end");
    cr_expect_eq(forecast_serve(&c, 30, 15).within, 0);
}

Test(forecast_erlang, nothing_breaks_at_any_size_or_load)
{
    static const double loads[] = {1e-6, 0.5, 1, 10, 300, 999, 1000, 1001, 5000, 1e6};
    static const double patiences[] = {0.001, 1, 60, 3600, 1e6, 1e9};

    for (size_t i = 0; i < COUNT(loads); i++) {
        for (size_t k = 0; k < COUNT(patiences); k++) {
            double before = 0;

            for (int64_t n = 1; n <= 1000; n += n < 20 ? 1 : 49) {
                struct forecast_load load = {loads[i] * 3600 / 300, 300, patiences[k]};
                struct forecast_service s = forecast_serve(&load, n, 15);

                cr_assert(s.waits >= 0 && s.waits <= 1 + 1e-12);
                cr_assert(s.within >= -1e-12 && s.within <= 1);
                cr_assert(s.abandons >= 0 && s.abandons <= 1 && s.occupancy <= 1);
                cr_assert(isfinite(s.wait_seconds) && s.wait_seconds <= patiences[k] * (1 + 1e-9));
                cr_assert(s.within >= before - 1e-9, "more places serve fewer: %g, %g, %d",
                          loads[i], patiences[k], (int)n);
                before = s.within;
            }
        }
    }
}

Test(forecast_erlang, who_gives_up_is_who_does_not_fit)
{
    struct forecast_load load = {.per_hour = 6000, .handle_seconds = 600, .patience_seconds = 60};

    near(forecast_serve(&load, 500, 15).abandons, 0.5, 1e-6, "half of them at half the places");
}

Test(forecast_erlang, the_least_number_is_enough_and_one_less_is_not)
{
    for (int i = 1; i <= 40; i++) {
        struct forecast_load load = {.per_hour = i * i * 2,
                                     .handle_seconds = 60 + 40 * i,
                                     .patience_seconds = i % 3 ? 30 * i : 0};
        int64_t n = forecast_needed(&load, 95, 15);

        cr_assert(n > 0);
        cr_expect(forecast_serve(&load, n, 15).within >= 0.95);
        cr_expect(forecast_serve(&load, n - 1, 15).within < 0.95);
    }
    cr_expect_eq(forecast_needed(&(struct forecast_load){0, 300, 60}, 95, 15), 0);
    cr_expect_eq(forecast_needed(&(struct forecast_load){1e6, 3600, 60}, 95, 15), -1);
}

/* ---- against people ---- */

static uint64_t chance_state;

static double chance(double mean)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return -mean * log(((double)(chance_state >> 11) + 0.5) / 9007199254740992.0);
}

enum { PEOPLE = 400000, PLACES_MAX = 64 };

/* First come, first served; whoever's patience ends before their turn leaves. */
static void simulate(const struct forecast_load *load, int places, double within,
                     struct forecast_service *served)
{
    double free_at[PLACES_MAX] = {0}, now = 0;
    double waits = 0, soon = 0, left = 0, waited = 0, talked = 0;

    chance_state = 20261122;
    for (int i = 0; i < PEOPLE; i++) {
        double patience = chance(load->patience_seconds), wait;
        int first = 0;

        now += chance(3600 / load->per_hour);
        for (int k = 1; k < places; k++) {
            if (free_at[k] < free_at[first]) first = k;
        }
        wait = fmax(0, free_at[first] - now);
        waits += wait > 0;
        waited += fmin(wait, patience);
        if (wait > patience) {
            left++;
            continue;
        }
        soon += wait <= within;
        free_at[first] = now + wait + chance(load->handle_seconds);
        talked += free_at[first] - now - wait;
    }
    *served = (struct forecast_service){waits / PEOPLE, soon / PEOPLE, left / PEOPLE,
                                        waited / PEOPLE, talked / now / places};
}

Test(forecast_erlang, people_who_come_and_wait_do_as_told)
{
    static const struct {
        struct forecast_load load;
        int places;
    } cases[] = {{{60, 600, 90}, 8},
                 {{60, 600, 90}, 13},
                 {{200, 700, 120}, 40},
                 {{200, 700, 120}, 47},
                 {{12, 900, 600}, 3}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forecast_service told = forecast_serve(&cases[i].load, cases[i].places, 15), seen;

        simulate(&cases[i].load, cases[i].places, 15, &seen);
        near(seen.waits, told.waits, 0.01, "waits");
        near(seen.within, told.within, 0.01, "within");
        near(seen.abandons, told.abandons, 0.006, "gives up");
        near(seen.wait_seconds, told.wait_seconds, 0.03 * told.wait_seconds + 0.1, "mean wait");
        near(seen.occupancy, told.occupancy, 0.01, "occupancy");
    }
}

/* ---- what was measured ---- */

/* Patience is seen only of those who give up; the others' waits count all the same. */
Test(forecast_erlang, patience_is_found_again_although_most_are_served_first)
{
    double patience = 0, waited = 0;
    int left = 0;

    chance_state = 7;
    for (int i = 0; i < 20000; i++) {
        double until = chance(95), turn = chance(20);

        waited += fmin(until, turn);
        left += until < turn;
    }
    patience = forecast_measure(20000, 20000 * 300, left, (int64_t)waited).patience_seconds;
    near(patience, 95, 4, "mean patience");
}

Test(forecast_erlang, what_is_usual_weighs_in_while_little_is_measured)
{
    struct forecast_pace none = forecast_measure(0, 0, 0, 0);
    struct forecast_pace many = forecast_measure(1000, 400000, 100, 9000);

    near(none.handle_seconds, FORECAST_HANDLE_USUAL, 1e-9, "usual talk");
    near(none.patience_seconds, FORECAST_PATIENCE_USUAL, 1e-9, "usual patience");
    cr_expect(!none.handle_is_measured && !none.patience_is_measured);
    near(many.handle_seconds, 400, 3, "measured talk");
    near(many.patience_seconds, 90, 1, "measured patience");
    cr_expect(many.handle_is_measured && many.patience_is_measured);
}
