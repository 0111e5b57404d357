/* supervision_figures_test.c -- periods, values and balance.  Cites supervision_figures.h. */
#include <criterion/criterion.h>

#include "bureau/supervision/supervision_figures.h"

/* (1): of three years each day lies in one period of each kind, and they meet without a gap. */
Test(supervision_figures, periods_meet_without_a_gap)
{
    calendar_day from = calendar_day_from(2027, 1, 1), until = calendar_day_from(2030, 1, 1);

    for (int i = 0; i < SUPERVISION_PERIODS; i++) {
        enum supervision_period period = SUPERVISION_PERIODS;

        cr_assert(
            supervision_period_of(supervision_period_word((enum supervision_period)i), &period));
        cr_assert_eq((int)period, i);
        for (calendar_day day = from; day < until; day++) {
            struct supervision_days days = supervision_days_of(period, day), same, before;

            cr_assert(days.first <= day && day < days.end);
            same = supervision_days_of(period, days.end - 1);
            cr_assert_eq(same.first, days.first);
            before = supervision_days_before(period, days);
            cr_assert_eq(before.end, days.first);
            if (period == SUPERVISION_WEEK) {
                cr_assert_eq(days.end - days.first, 7);
                cr_assert_eq(calendar_weekday_of(days.first), CALENDAR_MONDAY);
            }
            if (period == SUPERVISION_MONTH) {
                cr_assert_eq(calendar_date_of(days.first).day, 1);
                cr_assert_eq(calendar_date_of(days.end).day, 1);
                cr_assert_eq(calendar_date_of(days.first).month, calendar_date_of(day).month);
            }
        }
    }
}

Test(supervision_figures, a_value_is_said_only_when_there_is_something_to_say)
{
    struct supervision_sums sums = {0};

    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        bool counts = supervision_columns[i].measure <= SUPERVISION_WITHIN;

        cr_assert_eq(supervision_value(&supervision_columns[i], &sums), counts ? 0 : -1);
    }
    sums.of[RECORD_talk] = (struct supervision_sum){.count = 3, .sum = 40, .max = 30, .within = 2};
    sums.of[RECORD_rated] = (struct supervision_sum){.count = 3, .sum = 14, .max = 5, .within = 3};
    cr_assert_eq(supervision_value(&supervision_columns[4], &sums), 667); /* 66.7 % */
    cr_assert_eq(supervision_value(&supervision_columns[5], &sums), 13);
    cr_assert_eq(supervision_value(&supervision_columns[6], &sums), 30);
    cr_assert_eq(supervision_value(&supervision_columns[15], &sums), 47); /* 4.7 stars */
}

Test(supervision_figures, a_change_is_in_per_cent_of_what_was)
{
    int64_t percent = 0;

    cr_assert(supervision_change(150, 100, &percent) && percent == 50);
    cr_assert(supervision_change(50, 100, &percent) && percent == -50);
    cr_assert(supervision_change(2, 3, &percent) && percent == -33);
    cr_assert_not(supervision_change(5, 0, &percent));
    cr_assert_not(supervision_change(-1, 5, &percent));
}

/* (4) */
Test(supervision_figures, of_a_few_questions_nothing_is_said_that_chance_explains)
{
    struct supervision_load loads[] = {
        {.cases = 1, .minutes = 2100},  {.cases = 2, .minutes = 2100},
        {.cases = 0, .minutes = 2100},  {.cases = 1, .minutes = 2100},
        {.cases = 60, .minutes = 2100}, {.cases = 0, .minutes = 60000},
    };

    supervision_weigh(loads, COUNT(loads), 150, 50);
    cr_assert_eq(loads[1].balance, SUPERVISION_USUAL); /* 200 %, of two */
    cr_assert_eq(loads[2].balance, SUPERVISION_USUAL); /* none, of one */
    cr_assert_eq(loads[4].balance, SUPERVISION_TOO_MUCH);
    cr_assert_eq(loads[5].balance, SUPERVISION_TO_SPARE); /* none, of 29 */
}

/* (4) */
Test(supervision_figures, districts_are_compared_with_the_middle_one)
{
    struct supervision_load loads[] = {
        {.cases = 10, .minutes = 6000}, {.cases = 20, .minutes = 6000},
        {.cases = 31, .minutes = 6000}, {.cases = 9, .minutes = 6000},
        {.cases = 20, .minutes = 6000}, {.cases = 5, .minutes = 0},
        {.cases = 0, .minutes = 0},
    };

    cr_assert_eq(supervision_weigh(loads, COUNT(loads), 150, 50), 20);
    cr_assert_eq(loads[0].balance, SUPERVISION_USUAL);    /* exactly half */
    cr_assert_eq(loads[2].balance, SUPERVISION_TOO_MUCH); /* 155 % */
    cr_assert_eq(loads[3].balance, SUPERVISION_TO_SPARE); /* 45 % */
    cr_assert_eq(loads[5].balance, SUPERVISION_NOBODY);
    cr_assert_eq(loads[6].balance, SUPERVISION_NO_WORD);
    cr_assert_eq(supervision_weigh(loads, 2, 150, 50), -1);
    cr_assert_eq(loads[1].balance, SUPERVISION_NO_WORD);
}
