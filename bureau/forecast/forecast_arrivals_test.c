/* forecast_arrivals_test.c -- what is forecast from a past that is made up and known. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "bureau/forecast/forecast.h"

enum { DAYS = FORECAST_DAYS_MAX };
static struct forecast_day days[DAYS];
static size_t count;
static uint64_t chance_state;
static const calendar_day FIRST = 20003; /* a Monday */

static double chance(void)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(chance_state >> 11) + 0.5) / 9007199254740992.0;
}

static int64_t poisson(double mean)
{
    double left = mean;
    int64_t count_ = 0;

    while ((left += log(chance())) > 0) count_++;
    return count_;
}

static enum forecast_kind plain_kind(calendar_day day)
{
    return calendar_weekday_of(day) >= CALENDAR_SATURDAY ? FORECAST_WEEKEND : FORECAST_WORKING;
}

/* 16 half hours from nine, the first twice as busy; Mondays half as much again, weekends a fifth.
 */
static double true_mean(calendar_day day, int h, double a_day)
{
    double weekday = calendar_weekday_of(day) == CALENDAR_MONDAY ? 1.5 : 1;

    if (plain_kind(day) == FORECAST_WEEKEND) weekday = 0.2;
    return h < 18 || h >= 34 ? 0 : a_day * weekday * (h == 18 ? 2 : 1) / 17;
}

static void add_days(size_t more, double a_day, double growth_a_week)
{
    for (size_t i = 0; i < more; i++) {
        struct forecast_day *day = &days[count];

        *day = (struct forecast_day){.day = FIRST + (calendar_day)count};
        day->kind = plain_kind(day->day);
        for (int h = 0; h < FORECAST_HALF_HOURS; h++)
            day->arrivals[h] =
                poisson(true_mean(day->day, h, a_day * pow(1 + growth_a_week, (double)count / 7)));
        count++;
    }
}

static void set_up(void)
{
    count = 0;
    chance_state = 12348;
}
TestSuite(forecast_arrivals, .init = set_up);

static double sum(const double *values)
{
    double total = 0;

    for (int h = 0; h < FORECAST_HALF_HOURS; h++) total += values[h];
    return total;
}

static struct forecast_curve look(calendar_day day, enum forecast_kind kind)
{
    struct forecast_curve curve;

    forecast_arrivals(days, count, day, kind, &curve);
    return curve;
}

Test(forecast_arrivals, nothing_is_said_from_nothing_and_little_from_little)
{
    struct forecast_curve curve = look(FIRST, FORECAST_WORKING);

    cr_expect_eq(curve.knows, FORECAST_KNOWS_NOTHING);
    cr_expect_eq(sum(curve.expected), 0);
    add_days(6, 100, 0);
    cr_expect_eq(look(FIRST + 6, FORECAST_WEEKEND).knows, FORECAST_KNOWS_NOTHING);
    add_days(1, 100, 0);
    cr_expect_eq(look(FIRST + 7, FORECAST_WORKING).knows, FORECAST_KNOWS_LITTLE);
    add_days(14, 100, 0);
    curve = look(FIRST + 21, FORECAST_WORKING);
    cr_expect_eq(curve.knows, FORECAST_KNOWS_ENOUGH);
    cr_expect_eq(curve.days_alike, 15);
}

Test(forecast_arrivals, a_day_like_those_before_is_forecast_as_they_were)
{
    struct forecast_curve monday, sunday;

    add_days(84, 400, 0);
    monday = look(FIRST + 84, FORECAST_WORKING);
    sunday = look(FIRST + 90, FORECAST_WEEKEND);
    cr_expect(fabs(sum(monday.expected) / 600 - 1) < 0.08, "%g", sum(monday.expected));
    cr_expect(fabs(sum(sunday.expected) / 80 - 1) < 0.1, "%g", sum(sunday.expected));
    for (int h = 0; h < FORECAST_HALF_HOURS; h++) {
        double mean = true_mean(FIRST + 84, h, 400);

        cr_expect(fabs(monday.expected[h] - mean) <= 0.15 * mean, "%d: %g, not %g", h,
                  monday.expected[h], mean);
        cr_expect(monday.low[h] <= monday.expected[h] && monday.expected[h] <= monday.high[h]);
        cr_expect(monday.low[h] >= 0);
    }
}

Test(forecast_arrivals, four_of_five_lie_within_the_range)
{
    int within = 0, all = 0;

    add_days(200, 300, 0);
    for (size_t i = 60; i < 200; i++) {
        struct forecast_curve curve;

        forecast_arrivals(days, i, days[i].day, days[i].kind, &curve);
        for (int h = 18; h < 34; h++) {
            double came = (double)days[i].arrivals[h];

            all++;
            within += came >= floor(curve.low[h]) && came <= ceil(curve.high[h]);
        }
    }
    cr_expect(within >= all * 78 / 100, "%d of %d", within, all);
    cr_expect(within <= all * 97 / 100, "so wide that it says nothing: %d of %d", within, all);
}

Test(forecast_arrivals, growth_that_is_no_chance_goes_on_and_chance_does_not)
{
    struct forecast_curve curve;
    double truth;

    add_days(84, 400, 0.03);
    curve = look(FIRST + 92, FORECAST_WORKING); /* a Tuesday */
    truth = 400 * pow(1.03, 92.0 / 7);
    cr_expect(curve.trend > 0.005, "%g a week", curve.trend);
    cr_expect(fabs(sum(curve.expected) / truth - 1) < 0.12, "%g, not %g", sum(curve.expected),
              truth);
    count = 0;
    add_days(84, 400, 0);
    cr_expect(fabs(look(FIRST + 92, FORECAST_WORKING).trend) < 0.01);
}

Test(forecast_arrivals, one_mad_day_moves_little)
{
    double before, after;

    add_days(80, 400, 0); /* up to a Wednesday */
    before = sum(look(FIRST + 80, FORECAST_WORKING).expected);
    for (int h = 0; h < FORECAST_HALF_HOURS; h++) days[78].arrivals[h] *= 20;
    after = sum(look(FIRST + 80, FORECAST_WORKING).expected);
    cr_expect(after < before * 1.15, "%g, then %g", before, after);
}

Test(forecast_arrivals, a_day_worked_in_place_of_a_holiday_is_a_working_day)
{
    struct forecast_curve curve;

    add_days(83, 400, 0); /* up to a Saturday */
    curve = look(FIRST + 83, FORECAST_MAKEUP);
    cr_expect(sum(curve.expected) > 350, "not as on a Sunday: %g", sum(curve.expected));
}

Test(forecast_arrivals, a_first_holiday_is_like_a_weekend_until_holidays_are_known)
{
    struct forecast_curve curve;

    add_days(84, 400, 0);
    curve = look(FIRST + 86, FORECAST_HOLIDAY);
    cr_expect(sum(curve.expected) > 40 && sum(curve.expected) < 130, "%g", sum(curve.expected));
    for (int i = 0; i < 4; i++) {
        days[20 + i].kind = FORECAST_HOLIDAY;
        memset(days[20 + i].arrivals, 0, sizeof days[20 + i].arrivals);
        days[20 + i].arrivals[20] = 9;
    }
    curve = look(FIRST + 86, FORECAST_HOLIDAY);
    cr_expect_eq(curve.knows, FORECAST_KNOWS_LITTLE);
    cr_expect(fabs(sum(curve.expected) - 9) < 2, "%g", sum(curve.expected));
}

Test(forecast_arrivals, what_followed_a_year_ago_follows_again)
{
    add_days(364, 400, 0);
    /* A year ago, in the four weeks from now on, twice as many came. */
    for (size_t i = 1; i < 30; i++) {
        for (int h = 0; h < FORECAST_HALF_HOURS; h++) days[i].arrivals[h] *= 2;
    }
    for (size_t i = count; i < 370; i = count) add_days(1, 400, 0);
    cr_expect(!look(FIRST + 370, FORECAST_WORKING).has_season, "too little known before it");
    count = 0;
    add_days(364 + 60, 400, 0);
    for (size_t i = 60; i < 90; i++) {
        for (int h = 0; h < FORECAST_HALF_HOURS; h++) days[i].arrivals[h] *= 2;
    }
    {
        struct forecast_curve curve = look(FIRST + 364 + 74, FORECAST_WORKING);

        cr_expect(curve.has_season);
        cr_expect(sum(curve.expected) > 600, "%g", sum(curve.expected));
    }
}

Test(forecast_arrivals, no_days_and_days_without_anybody_break_nothing)
{
    struct forecast_curve curve;

    for (; count < 30; count++)
        days[count] = (struct forecast_day){.day = FIRST + (calendar_day)count,
                                            .kind = plain_kind(FIRST + (calendar_day)count)};
    curve = look(FIRST + 30, FORECAST_WORKING);
    for (int h = 0; h < FORECAST_HALF_HOURS; h++)
        cr_expect(curve.expected[h] == 0 && isfinite(curve.high[h]));
}

/* ---- kinds ---- */

Test(forecast_arrivals, the_calendar_says_what_kind_a_day_is)
{
    const struct calendar_special special[] = {{20000, CALENDAR_HOLIDAY, S("国庆节")},
                                               {20002, CALENDAR_MAKEUP, S("国庆节")}};
    const struct calendar_year year = {2024, S(""), special, COUNT(special)};
    const struct calendar calendar = {&year, 1, false};
    enum forecast_kind kind;

    cr_assert(outcome_is_done(forecast_kind_of(&calendar, 20000, &kind)));
    cr_expect_eq(kind, FORECAST_HOLIDAY);
    cr_assert(outcome_is_done(forecast_kind_of(&calendar, 20002, &kind)));
    cr_expect_eq(kind, FORECAST_MAKEUP);
    cr_assert(outcome_is_done(forecast_kind_of(&calendar, 20003, &kind)));
    cr_expect_eq(kind, FORECAST_WORKING);
    cr_assert(outcome_is_done(forecast_kind_of(&calendar, 20001, &kind)));
    cr_expect_eq(kind, FORECAST_WEEKEND);
    cr_assert(outcome_is_done(forecast_kind_of(&calendar, 30000, &kind)), "a year nobody knows");
}
