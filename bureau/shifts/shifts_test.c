/* shifts_test.c -- the rules of the roster.  Cites the invariants of shifts.h. */
#include <criterion/criterion.h>

#include "bureau/shifts/shifts.h"
#include "desk/calendar/calendar_load.h"

enum { NINE = 540, FIVE = 1020, WORKDAYS = 0x1f };

static moment at(int year, int month, int day, int hour)
{
    return calendar_moment_of(year, month, day, hour * 60);
}
static struct shifts_span span(moment starts_at, int hours)
{
    return (struct shifts_span){starts_at, starts_at + hours * (int64_t)SECONDS_PER_HOUR};
}
static struct shifts_plan office(void)
{
    return (struct shifts_plan){.from_minute = NINE,
                                .to_minute = FIVE,
                                .weekdays = WORKDAYS,
                                .from_day = calendar_day_from(2018, 1, 1)};
}
static int worked_days(const struct shifts_plan *plan, calendar_day from, calendar_day to)
{
    int count = 0;

    for (calendar_day day = from; day <= to; day++)
        count += shifts_on_day(&calendar_built_in, plan, 0xff, day).is_worked;
    return count;
}
static bool works_on(const struct shifts_plan *plan, int year, int month, int day)
{
    return shifts_on_day(&calendar_built_in, plan, 0xff, calendar_day_from(year, month, day))
        .is_worked;
}

/* ---- 2: days ---- */

Test(shifts, a_working_day_plan_is_worked_exactly_on_the_working_days_of_every_year)
{
    struct shifts_plan plan = office();

    for (calendar_day day = calendar_day_from(2018, 1, 1); day <= calendar_day_from(2026, 12, 31);
         day++) {
        bool working, worked;

        cr_assert(IS_DONE((calendar_is_working_day(&calendar_built_in, day, &working))));
        cr_assert(IS_DONE((shifts_works(&calendar_built_in, &plan, 0xff, day, &worked))));
        cr_assert_eq(worked, working, "day %lld", (long long)day);
    }
}

Test(shifts, spring_festival_is_free_and_its_make_up_saturdays_are_worked)
{
    struct shifts_plan plan = office();

    /* 2026: off from 15 to 23 February, worked on the 14th and the 28th. */
    cr_assert(works_on(&plan, 2026, 2, 13));
    cr_assert(works_on(&plan, 2026, 2, 14));
    for (int day = 15; day <= 23; day++) cr_assert_not(works_on(&plan, 2026, 2, day));
    cr_assert(works_on(&plan, 2026, 2, 24));
    cr_assert(works_on(&plan, 2026, 2, 28));
    cr_assert_not(works_on(&plan, 2026, 3, 1));
}

Test(shifts, a_make_up_day_is_like_the_weekday_the_plan_says)
{
    struct shifts_plan plan = office();
    bool worked;
    calendar_day saturday = calendar_day_from(2026, 2, 14);

    plan.weekdays = 1U << CALENDAR_TUESDAY;
    cr_assert_not(works_on(&plan, 2026, 2, 14));
    plan.makeup_as = CALENDAR_TUESDAY;
    cr_assert(works_on(&plan, 2026, 2, 14));
    plan.makeup_as = SHIFTS_MAKEUP_NONE;
    cr_assert_not(works_on(&plan, 2026, 2, 14));
    /* A weekend crew is not worked on a Saturday that is a working day. */
    plan.makeup_as = CALENDAR_MONDAY;
    plan.weekdays = 1U << CALENDAR_SATURDAY | 1U << CALENDAR_SUNDAY | SHIFTS_HOLIDAYS;
    cr_assert_not(works_on(&plan, 2026, 2, 14));
    cr_assert(works_on(&plan, 2026, 2, 7));
    for (int day = 15; day <= 23; day++) cr_assert(works_on(&plan, 2026, 2, day));
    /* A member who comes on Mondays only, of a plan of all days. */
    plan.weekdays = 0xff;
    cr_assert(IS_DONE((shifts_works(&calendar_built_in, &plan, 1U, saturday, &worked))));
    cr_assert(worked);
    cr_assert(IS_DONE((shifts_works(&calendar_built_in, &plan, 2U, saturday, &worked))));
    cr_assert_not(worked);
}

Test(shifts, office_and_weekend_crews_together_cover_each_day_once)
{
    struct shifts_plan week = office(), weekend = office();

    weekend.weekdays = 1U << CALENDAR_SATURDAY | 1U << CALENDAR_SUNDAY | SHIFTS_HOLIDAYS;
    for (calendar_day day = calendar_day_from(2024, 1, 1); day <= calendar_day_from(2026, 12, 31);
         day++)
        cr_assert_eq(shifts_on_day(&calendar_built_in, &week, 0xff, day).is_worked +
                         shifts_on_day(&calendar_built_in, &weekend, 0xff, day).is_worked,
                     1, "day %lld", (long long)day);
}

Test(shifts, a_year_without_a_calendar_is_refused_by_name_and_else_provisional)
{
    struct shifts_plan plan = office();
    bool worked;
    struct outcome outcome =
        shifts_works(&calendar_built_in, &plan, 0xff, calendar_day_from(2031, 1, 1), &worked);
    struct shifts_day day;

    cr_assert_eq(outcome.refusal, &calendar_year_missing);
    cr_assert(str_same(outcome.detail, S("2031")));
    /* Over the year's end: the last day of the known year is certain, the first of the next not. */
    day = shifts_on_day(&calendar_built_in, &plan, 0xff, calendar_day_from(2026, 12, 31));
    cr_assert(day.is_worked && !day.is_provisional);
    day = shifts_on_day(&calendar_built_in, &plan, 0xff, calendar_day_from(2027, 1, 1));
    cr_assert(day.is_worked && day.is_provisional); /* a Friday: who knows that it is a holiday? */
    day = shifts_on_day(&calendar_built_in, &plan, 0xff, calendar_day_from(2027, 1, 2));
    cr_assert(!day.is_worked && day.is_provisional);
}

Test(shifts, new_year_between_two_known_years_is_free)
{
    struct shifts_plan plan = office();

    cr_assert(works_on(&plan, 2025, 12, 31));
    cr_assert_not(works_on(&plan, 2026, 1, 1));
    cr_assert_not(works_on(&plan, 2026, 1, 2));
    cr_assert_not(works_on(&plan, 2026, 1, 3));
    cr_assert(works_on(&plan, 2026, 1, 4)); /* a Sunday, made up for */
    cr_assert(works_on(&plan, 2026, 1, 5));
}

Test(shifts, a_plan_begins_and_ends_on_its_days)
{
    struct shifts_plan plan = office();
    calendar_day monday = calendar_day_from(2026, 11, 23);

    plan.from_day = monday + 1;
    plan.to_day = monday + 3;
    cr_assert_eq(worked_days(&plan, monday - 14, monday + 14), 3);
    plan.to_day = 0;
    cr_assert_eq(worked_days(&plan, monday, monday + 13), 9);
}

Test(shifts, a_plan_that_makes_no_sense_is_refused)
{
    static const struct {
        int from, to;
        unsigned weekdays;
        int makeup_as;
        bool is_right;
    } plans[] = {
        {NINE, FIVE, WORKDAYS, 0, true},
        {NINE, NINE, WORKDAYS, 0, false},
        {FIVE, NINE, WORKDAYS, 0, false},
        {NINE, NINE + 29, WORKDAYS, 0, false},
        {NINE, NINE + 30, 1, 0, true},
        {NINE, FIVE, 0, 0, false},
        {NINE, FIVE, 0x100, 0, false},
        {NINE, FIVE, 0xff, 7, true},
        {NINE, FIVE, 0xff, 8, false},
        {NINE, FIVE, 0xff, -1, false},
        {1439, 1439 + 480, 1, 0, true},
        {1440, 1500, 1, 0, false},
        {1320, 2160, 1, 0, false},
        {1500 - 1, 2160, 1, 0, false},
        {-1, 60, 1, 0, false},
        {1320, 1320 + 660, 1, 0, true},
        {1320, 1320 + 661, 1, 0, false},
    };

    for (size_t i = 0; i < COUNT(plans); i++) {
        struct shifts_plan plan = {.from_minute = plans[i].from,
                                   .to_minute = plans[i].to,
                                   .weekdays = plans[i].weekdays,
                                   .makeup_as = plans[i].makeup_as,
                                   .from_day = 1};

        cr_assert_eq(shifts_plan_check(&shifts_first_rules, &plan).refusal == NULL,
                     plans[i].is_right, "plan %zu", i);
        plan.to_day = 0;
        cr_assert_eq(shifts_plan_check(&shifts_first_rules, &plan).refusal == NULL,
                     plans[i].is_right);
        plan.from_day = 10;
        plan.to_day = 9;
        cr_assert_neq(shifts_plan_check(&shifts_first_rules, &plan).refusal, NULL);
    }
}

/* ---- 4: across midnight ---- */

Test(shifts, a_shift_across_midnight_ends_on_the_next_day)
{
    struct shifts_plan night = office();
    struct shifts_span made;

    night.from_minute = 22 * 60;
    night.to_minute = 30 * 60;
    made = shifts_span_on(&night, calendar_day_from(2026, 12, 31));
    cr_assert_eq(made.starts_at, at(2026, 12, 31, 22));
    cr_assert_eq(made.ends_at, at(2027, 1, 1, 6));
    cr_assert_eq(calendar_day_of(made.starts_at), calendar_day_from(2026, 12, 31));
}

/* ---- states ---- */

Test(shifts, a_shift_moves_only_along_the_lines_of_the_map)
{
    static const int map[SHIFTS_STATES][SHIFTS_STEPS] = {
        /* name take confirm release pass cancel restore; -1 refuses */
        [SHIFTS_PLANNED] = {-1, -1, SHIFTS_CONFIRMED, SHIFTS_OPEN, SHIFTS_CONFIRMED,
                            SHIFTS_CANCELLED, -1},
        [SHIFTS_CONFIRMED] = {-1, -1, -1, SHIFTS_OPEN, SHIFTS_CONFIRMED, SHIFTS_CANCELLED, -1},
        [SHIFTS_OPEN] = {SHIFTS_PLANNED, SHIFTS_CONFIRMED, -1, -1, -1, SHIFTS_CANCELLED, -1},
        [SHIFTS_CANCELLED] = {-1, -1, -1, -1, -1, -1, SHIFTS_OPEN},
    };

    for (int from = 0; from < SHIFTS_STATES; from++) {
        for (int step = 0; step < SHIFTS_STEPS; step++) {
            enum shifts_state to = SHIFTS_STATES;
            struct outcome outcome =
                shifts_next((enum shifts_state)from, (enum shifts_step)step, &to);

            cr_assert_eq(IS_DONE(outcome), map[from][step] >= 0, "%d %d", from, step);
            if (IS_DONE(outcome)) cr_assert_eq((int)to, map[from][step]);
        }
        cr_assert_eq(shifts_state_of(shifts_state_word((enum shifts_state)from)), from);
    }
}

Test(shifts, a_swap_is_settled_once_and_a_leave_may_be_taken_back)
{
    for (int from = 0; from < SHIFTS_SWAPS; from++) {
        for (int to = 0; to < SHIFTS_SWAPS; to++)
            cr_assert_eq(shifts_swap_next((enum shifts_swap)from, (enum shifts_swap)to).refusal ==
                             NULL,
                         from == SHIFTS_SWAP_ASKED && to != SHIFTS_SWAP_ASKED);
        cr_assert_eq(shifts_swap_of(shifts_swap_word((enum shifts_swap)from)), from);
    }
    for (int from = 0; from < SHIFTS_LEAVES; from++) {
        for (int to = 0; to < SHIFTS_LEAVES; to++)
            cr_assert_eq(
                shifts_leave_next((enum shifts_leave)from, (enum shifts_leave)to).refusal == NULL,
                (from == SHIFTS_LEAVE_ASKED && to != SHIFTS_LEAVE_ASKED) ||
                    (from == SHIFTS_LEAVE_GRANTED && to == SHIFTS_LEAVE_WITHDRAWN));
        cr_assert_eq(shifts_leave_of(shifts_leave_word((enum shifts_leave)from)), from);
    }
}

/* ---- 9, gaps ---- */

Test(shifts, a_gap_is_whatever_keeps_somebody_from_being_there)
{
    struct shifts_standing standing = {
        .state = SHIFTS_CONFIRMED, .is_active = true, .verified_at = 1, .ends_at = 1000};

    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_COVERED);
    standing.licence_until = 1000;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_COVERED);
    standing.licence_until = 999; /* runs out during the shift */
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_UNQUALIFIED);
    standing.is_active = false;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_SUSPENDED);
    standing.is_active = true, standing.licence_until = 0, standing.verified_at = 0;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_UNQUALIFIED);
    standing.verified_at = 1, standing.state = SHIFTS_PLANNED;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_UNCONFIRMED);
    standing.state = SHIFTS_OPEN;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_NOBODY);
    standing.state = SHIFTS_CANCELLED;
    cr_assert_eq(shifts_gap_of(&standing), SHIFTS_COVERED);
}

Test(shifts, a_gap_is_alarmed_at_three_on_the_last_working_day_before)
{
    const struct calendar *calendar = &calendar_built_in;
    const struct shifts_rules *rules = &shifts_first_rules;

    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2026, 11, 24, 9)), at(2026, 11, 23, 15));
    /* Monday: on Friday, while somebody is there to see to it. */
    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2026, 11, 23, 9)), at(2026, 11, 20, 15));
    /* After Spring Festival: on the made-up Saturday before it. */
    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2026, 2, 24, 9)), at(2026, 2, 14, 15));
    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2026, 2, 20, 9)), at(2026, 2, 14, 15));
    /* Without a calendar: the day before. */
    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2031, 1, 6, 9)), at(2031, 1, 5, 15));
    /* 1 January of a year not known yet is after a known day. */
    cr_assert_eq(shifts_alarm_at(calendar, rules, at(2027, 1, 1, 0)), at(2026, 12, 31, 15));
}

/* ---- cover ---- */

Test(shifts, cover_counts_whole_half_hours_of_that_day_only)
{
    int64_t cover[SHIFTS_HALF_HOURS] = {0};
    calendar_day day = calendar_day_from(2026, 11, 24);

    shifts_cover_add(cover, day, span(at(2026, 11, 24, 9), 8), 3);
    shifts_cover_add(cover, day, span(at(2026, 11, 23, 22), 8), 1); /* the night before */
    shifts_cover_add(cover, day, span(at(2026, 11, 24, 22), 8), 2);
    shifts_cover_add(cover, day,
                     (struct shifts_span){at(2026, 11, 24, 9) + 60, at(2026, 11, 24, 10) - 60}, 9);
    for (int i = 0; i < SHIFTS_HALF_HOURS; i++) {
        int64_t expected = i < 12 ? 1 : i >= 18 && i < 34 ? 3 : i >= 44 ? 2 : 0;

        cr_assert_eq(cover[i], expected, "half hour %d", i);
    }
}
