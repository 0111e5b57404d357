/* calendar_hours_test.c -- when a desk is open, and time counted while it is. */
#include "desk/calendar/calendar.h"
#include "desk/calendar/calendar_load.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define HM(hour, minute) ((hour)*60 + (minute))

static const struct calendar *const CALENDAR = &calendar_built_in;
static const struct calendar_opening OFFICE = {{{HM(9, 0), HM(12, 0)}, {HM(13, 30), HM(17, 0)}}, 2};

/* An ordinary bureau: mornings and afternoons of working days. */
static struct calendar_hours office(void)
{
    struct calendar_hours hours;

    calendar_hours_of_workdays(&hours, &OFFICE);
    return hours;
}

/* A community centre: longer days, Friday ends early, mornings on weekends and holidays, and a
 * few dated exceptions, one of them open past midnight. */
static struct calendar_hours centre(void)
{
    static const struct calendar_exception exceptions[] = {
        {18269, {.count = 0}},                  /* 2020-01-08, a Wednesday: closed */
        {20361, {{{HM(22, 0), HM(24, 0)}}, 1}}, /* 2025-09-30: until midnight … */
        {20362, {{{0, HM(1, 30)}, {HM(10, 0), HM(11, 0)}}, 2}}, /* … and on into the holiday */
    };
    struct calendar_hours hours = {.makeup_as = CALENDAR_TUESDAY,
                                   .holiday = {{{HM(8, 30), HM(11, 30)}}, 1},
                                   .exception = exceptions,
                                   .exception_count = COUNT(exceptions)};

    for (int day = CALENDAR_MONDAY; day <= CALENDAR_THURSDAY; day++)
        hours.week[day] = (struct calendar_opening){
            {{HM(8, 30), HM(12, 0)}, {HM(12, 0), HM(16, 30)}, {HM(18, 0), HM(20, 15)}}, 3};
    hours.week[CALENDAR_FRIDAY] = (struct calendar_opening){{{HM(8, 30), HM(15, 0)}}, 1};
    hours.week[CALENDAR_SATURDAY] = hours.week[CALENDAR_SUNDAY] = hours.holiday;
    return hours;
}

/* A night line of volunteers: 20:00 to 02:00, every day of the week. */
static struct calendar_hours night(void)
{
    struct calendar_hours hours = {.holiday = {{{0, HM(2, 0)}, {HM(20, 0), HM(24, 0)}}, 2}};

    for (int day = 0; day < CALENDAR_WEEKDAYS; day++) hours.week[day] = hours.holiday;
    return hours;
}

static moment at(const char *text)
{
    int year, month, day, hour = 0, minute = 0, second = 0;

    cr_assert(sscanf(text, "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute, &second) >= 3);
    return calendar_moment_of(year, month, day, hour * 60 + minute) + second;
}

static struct calendar_desk desk_of(const struct calendar_hours *hours)
{
    return (struct calendar_desk){CALENDAR, hours};
}

static bool is_open(const struct calendar_desk *desk, moment now)
{
    bool open = false;

    cr_assert(IS_DONE(calendar_is_open(desk, now, &open)));
    return open;
}

static void expect(const struct calendar_desk *desk, const char *now, bool open,
                   const char *changes)
{
    bool really = !open;
    moment changes_at = -1;

    cr_assert(IS_DONE(calendar_open(desk, at(now), &really, &changes_at)), "%s", now);
    cr_assert_eq(really, open, "%s", now);
    cr_assert_eq(changes_at, changes ? at(changes) : 0, "%s", now);
}

static bool refused_for(struct outcome outcome, const char *year)
{
    return outcome.refusal == &calendar_year_missing && str_same(outcome.detail, str_of(year));
}

/* The same numbers on every run. */
static uint64_t next_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static moment random_moment(uint64_t *seed)
{
    uint64_t span = (uint64_t)(at("2026-11-30") - at("2018-01-01"));

    return at("2018-01-01") + (moment)(next_number(seed) % span);
}

/* ---- open ---- */

Test(calendar_hours, an_interval_holds_its_first_second_and_not_its_last)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);

    expect(&desk, "2025-03-03 08:59:59", false, "2025-03-03 09:00");
    expect(&desk, "2025-03-03 09:00:00", true, "2025-03-03 12:00");
    expect(&desk, "2025-03-03 11:59:59", true, "2025-03-03 12:00");
    expect(&desk, "2025-03-03 12:00:00", false, "2025-03-03 13:30");
    expect(&desk, "2025-03-03 13:29:59", false, "2025-03-03 13:30");
    expect(&desk, "2025-03-03 13:30:00", true, "2025-03-03 17:00");
    expect(&desk, "2025-03-03 16:59:59", true, "2025-03-03 17:00");
    expect(&desk, "2025-03-03 17:00:00", false, "2025-03-04 09:00");
    expect(&desk, "2025-03-03 23:59:59", false, "2025-03-04 09:00");
    expect(&desk, "2025-03-04 00:00:00", false, "2025-03-04 09:00");
}

Test(calendar_hours, weekends_and_holidays_are_closed_and_make_up_days_open)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);

    expect(&desk, "2025-03-07 17:00", false, "2025-03-10 09:00");
    expect(&desk, "2025-09-30 17:00", false, "2025-10-09 09:00"); /* National Day, 8 days */
    expect(&desk, "2025-10-10 17:00", false, "2025-10-11 09:00"); /* a Saturday that is worked */
    expect(&desk, "2025-10-11 10:00", true, "2025-10-11 12:00");
    expect(&desk, "2026-02-14 17:00", false, "2026-02-24 09:00"); /* Spring Festival, 9 days */
    expect(&desk, "2018-12-31 10:00", false, "2019-01-02 09:00");
}

Test(calendar_hours, a_desk_may_open_on_holidays_and_weekends_with_other_hours)
{
    struct calendar_hours hours = centre();
    struct calendar_desk desk = desk_of(&hours);

    cr_assert(IS_DONE(calendar_hours_check(&hours)));
    expect(&desk, "2025-03-05 08:30", true, "2025-03-05 16:30"); /* intervals that meet are one */
    expect(&desk, "2025-03-05 16:30", false, "2025-03-05 18:00");
    expect(&desk, "2025-03-07 15:00", false, "2025-03-08 08:30");
    expect(&desk, "2025-03-08 09:00", true, "2025-03-08 11:30");
    expect(&desk, "2025-10-06 09:00", true, "2025-10-06 11:30");
    expect(&desk, "2025-10-11 19:00", true, "2025-10-11 20:15"); /* make-up: Tuesday's hours */
}

Test(calendar_hours, a_dated_exception_wins_over_everything)
{
    struct calendar_hours hours = centre();
    struct calendar_desk desk = desk_of(&hours);

    expect(&desk, "2020-01-07 20:15", false, "2020-01-09 08:30");
    expect(&desk, "2020-01-08 10:00", false, "2020-01-09 08:30");
    expect(&desk, "2025-09-30 10:00", false, "2025-09-30 22:00");
    expect(&desk, "2025-09-30 22:00", true, "2025-10-01 01:30");
    expect(&desk, "2025-10-01 01:30", false, "2025-10-01 10:00");
    hours.round_the_clock = true;
    expect(&desk, "2020-01-08 10:00", false, "2020-01-09 00:00");
    expect(&desk, "2020-01-07 10:00", true, "2020-01-08 00:00");
}

Test(calendar_hours, midnight_does_not_interrupt_a_night)
{
    struct calendar_hours hours = night();
    struct calendar_desk desk = desk_of(&hours);

    expect(&desk, "2025-03-03 19:59:59", false, "2025-03-03 20:00");
    expect(&desk, "2025-03-03 23:59:00", true, "2025-03-04 02:00");
    expect(&desk, "2025-03-03 23:59:59", true, "2025-03-04 02:00");
    expect(&desk, "2025-03-04 00:00:00", true, "2025-03-04 02:00");
    expect(&desk, "2025-03-04 02:00:00", false, "2025-03-04 20:00");
    expect(&desk, "2025-12-31 23:59:59", true, "2026-01-01 02:00");
}

Test(calendar_hours, round_the_clock_needs_no_calendar_and_never_changes)
{
    static const struct calendar none = {0};
    struct calendar_hours hours = {.round_the_clock = true};
    struct calendar_desk desk = {&none, &hours};
    moment opens, reached;
    int64_t seconds;

    expect(&desk, "2031-01-01 03:00:07", true, NULL);
    cr_assert(IS_DONE(calendar_next_opening(&desk, at("2031-01-01 03:00:07"), &opens)));
    cr_assert_eq(opens, at("2031-01-01 03:00:07"));
    cr_assert(IS_DONE(calendar_working_seconds(&desk, 1000, 1000 + 777777, &seconds)));
    cr_assert_eq(seconds, 777777);
    cr_assert(IS_DONE(calendar_add_working_seconds(&desk, 1000, 777777, &reached)));
    cr_assert_eq(reached, 1000 + 777777);
}

Test(calendar_hours, a_desk_without_hours_never_opens)
{
    struct calendar_hours hours = {0};
    struct calendar_desk desk = desk_of(&hours);
    moment when;
    int64_t seconds = 5;

    expect(&desk, "2025-03-03 10:00", false, NULL);
    cr_assert_eq(calendar_next_opening(&desk, at("2025-03-03"), &when).refusal,
                 &calendar_never_opens);
    cr_assert_eq(calendar_next_opening(&desk, at("2026-12-31"), &when).refusal,
                 &calendar_never_opens, "not for want of a calendar");
    cr_assert_eq(calendar_add_working_seconds(&desk, at("2025-03-03"), 1, &when).refusal,
                 &calendar_never_opens);
    cr_assert(
        IS_DONE(calendar_working_seconds(&desk, at("2025-03-03"), at("2025-04-03"), &seconds)));
    cr_assert_eq(seconds, 0);
}

Test(calendar_hours, the_next_opening_is_now_when_it_is_open)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);
    moment opens;

    cr_assert(IS_DONE(calendar_next_opening(&desk, at("2025-03-03 10:20:30"), &opens)));
    cr_assert_eq(opens, at("2025-03-03 10:20:30"));
    cr_assert(IS_DONE(calendar_next_opening(&desk, at("2025-03-03 12:00:30"), &opens)));
    cr_assert_eq(opens, at("2025-03-03 13:30"));
    cr_assert(IS_DONE(calendar_next_opening(&desk, at("2025-01-27 17:00"), &opens)));
    cr_assert_eq(opens, at("2025-02-05 09:00"));
}

Test(calendar_hours, open_and_its_next_change_agree_with_looking_at_every_minute)
{
    struct calendar_hours kinds[] = {office(), centre(), night()};
    uint64_t seed = 20260214;

    for (int round = 0; round < 600; round++) {
        struct calendar_desk desk = desk_of(&kinds[round % 3]);
        moment now = random_moment(&seed), changes_at = 0, opens = 0, minute = now - now % 60 + 60;
        bool open;

        cr_assert(IS_DONE(calendar_open(&desk, now, &open, &changes_at)));
        cr_assert_eq(open, is_open(&desk, now));
        cr_assert_gt(changes_at, now);
        cr_assert_eq(changes_at % 60, 0);
        for (; minute < changes_at; minute += 60) cr_assert_eq(is_open(&desk, minute), open);
        cr_assert_eq(is_open(&desk, changes_at - 1), open);
        cr_assert_eq(is_open(&desk, changes_at), !open);
        cr_assert(IS_DONE(calendar_next_opening(&desk, now, &opens)));
        cr_assert_eq(opens, open ? now : changes_at);
    }
}

/* ---- due at close ---- */

static moment due_at_close(const struct calendar_desk *desk, const char *from, int days)
{
    moment due = 0;

    cr_assert(IS_DONE(calendar_due_at_close(desk, at(from), days, &due)), "%s", from);
    return due;
}

Test(calendar_hours, due_at_close_is_the_last_closing_of_that_day)
{
    struct calendar_hours hours = office(), late = centre(), always = {.round_the_clock = true};
    struct calendar_desk desk = desk_of(&hours);

    cr_assert_eq(due_at_close(&desk, "2025-03-03 10:00", 3), at("2025-03-06 17:00"));
    cr_assert_eq(due_at_close(&desk, "2025-09-30 18:00", 3), at("2025-10-11 17:00"));
    cr_assert_eq(due_at_close(&desk, "2025-12-31 23:59:59", 3), at("2026-01-06 17:00"));
    desk.hours = &late;
    cr_assert_eq(due_at_close(&desk, "2025-03-03 10:00", 2), at("2025-03-05 20:15"));
    cr_assert_eq(due_at_close(&desk, "2025-03-03 10:00", 4), at("2025-03-07 15:00"));
    cr_assert_eq(due_at_close(&desk, "2025-09-29 10:00", 1), at("2025-10-01"), "24:00");
    desk.hours = &always;
    cr_assert_eq(due_at_close(&desk, "2025-03-03 10:00", 3), at("2025-03-07"), "24:00");
}

Test(calendar_hours, a_desk_closed_on_the_last_day_keeps_the_promised_day)
{
    struct calendar_hours hours = centre();
    struct calendar_desk desk = desk_of(&hours);

    cr_assert_eq(due_at_close(&desk, "2020-01-07 10:00", 1), at("2020-01-09"), "24:00 of the 8th");
}

Test(calendar_hours, no_days_asked_after_closing_is_due_on_the_next_working_day)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);

    cr_assert_eq(due_at_close(&desk, "2025-03-07 16:59:59", 0), at("2025-03-07 17:00"));
    cr_assert_eq(due_at_close(&desk, "2025-03-07 17:00:00", 0), at("2025-03-10 17:00"));
    cr_assert_eq(due_at_close(&desk, "2025-03-08 17:00:00", 0), at("2025-03-10 17:00"));
}

Test(calendar_hours, due_at_close_is_never_after_due_and_always_after_asking)
{
    struct calendar_hours kinds[] = {office(), centre(), night()};
    uint64_t seed = 7;

    for (int round = 0; round < 3000; round++) {
        struct calendar_desk desk = desk_of(&kinds[round % 3]);
        moment now = random_moment(&seed), due, close;
        int days = (int)(next_number(&seed) % 12) + 1;

        cr_assert(IS_DONE(calendar_due(CALENDAR, now, days, &due)));
        cr_assert(IS_DONE(calendar_due_at_close(&desk, now, days, &close)));
        cr_assert(close <= due && close > now);
        cr_assert_eq(calendar_day_of(close - 1), calendar_day_of(due - 1));
    }
}

/* ---- time while open ---- */

static int64_t working(const struct calendar_desk *desk, moment from, moment to)
{
    int64_t seconds = -1;

    cr_assert(IS_DONE(calendar_working_seconds(desk, from, to, &seconds)));
    return seconds;
}

Test(calendar_hours, only_open_seconds_are_counted)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);
    const int64_t day = (int64_t)HM(6, 30) * 60;

    cr_assert_eq(working(&desk, at("2025-03-03"), at("2025-03-04")), day);
    cr_assert_eq(working(&desk, at("2025-03-03 11:59:59"), at("2025-03-03 13:30:01")), 2);
    cr_assert_eq(working(&desk, at("2025-03-03 09:00"), at("2025-03-03 09:00")), 0);
    cr_assert_eq(working(&desk, at("2025-03-04 09:00"), at("2025-03-03 09:00")), 0);
    cr_assert_eq(working(&desk, at("2025-10-01"), at("2025-10-09")), 0);
    cr_assert_eq(working(&desk, at("2025-09-27"), at("2025-10-12")), 6 * day);
    cr_assert_eq(working(&desk, at("2018-01-01"), at("2027-01-01")), (int64_t)2244 * day);
}

Test(calendar_hours, working_seconds_agree_with_looking_at_every_minute)
{
    struct calendar_hours kinds[] = {office(), centre(), night()};
    uint64_t seed = 99;

    for (int round = 0; round < 300; round++) {
        struct calendar_desk desk = desk_of(&kinds[round % 3]);
        moment from = random_moment(&seed);
        moment to = from + (moment)(next_number(&seed) % (12 * SECONDS_PER_DAY));
        int64_t expected = 0;

        for (moment now = from; now < to;) {
            moment next = now - now % 60 + 60;

            if (next > to) next = to;
            if (is_open(&desk, now)) expected += next - now;
            now = next;
        }
        cr_assert_eq(working(&desk, from, to), expected);
    }
}

Test(calendar_hours, adding_open_seconds_is_the_first_moment_by_which_they_have_passed)
{
    struct calendar_hours kinds[] = {office(), centre(), night()};
    uint64_t seed = 1234;

    for (int round = 0; round < 3000; round++) {
        struct calendar_desk desk = desk_of(&kinds[round % 3]);
        moment from = random_moment(&seed), reached = 0;
        int64_t seconds = (int64_t)(next_number(&seed) % 150000);

        if (from > at("2026-09-01")) from -= at("2026-09-01") - at("2026-01-01");
        cr_assert(IS_DONE(calendar_add_working_seconds(&desk, from, seconds, &reached)));
        cr_assert_eq(working(&desk, from, reached), seconds);
        if (seconds > 0) cr_assert_eq(working(&desk, from, reached - 1), seconds - 1);
        if (seconds == 0) cr_assert_eq(reached, from);
    }
}

Test(calendar_hours, reminders_come_at_half_and_at_four_fifths_of_the_open_time)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);
    moment asked = at("2025-03-03 09:00"), due = due_at_close(&desk, "2025-03-03 09:00", 3), when;

    /* Four days of 6.5 hours: half is Tuesday's close, four fifths 1.3 hours into Thursday. */
    cr_assert(IS_DONE(calendar_part_of_way(&desk, asked, due, 1, 2, &when)));
    cr_assert_eq(when, at("2025-03-04 17:00"));
    cr_assert(IS_DONE(calendar_part_of_way(&desk, asked, due, 4, 5, &when)));
    cr_assert_eq(when, at("2025-03-06 10:18"));
    cr_assert(IS_DONE(calendar_part_of_way(&desk, asked, due, 0, 5, &when)));
    cr_assert_eq(when, asked);
    cr_assert(IS_DONE(calendar_part_of_way(&desk, asked, due, 5, 5, &when)));
    cr_assert_eq(when, due);
}

Test(calendar_hours, reminders_are_in_order_and_within_the_period)
{
    struct calendar_hours kinds[] = {office(), centre(), night()};
    uint64_t seed = 4321;

    for (int round = 0; round < 1500; round++) {
        struct calendar_desk desk = desk_of(&kinds[round % 3]);
        moment now = random_moment(&seed), due, half, most;

        cr_assert(IS_DONE(calendar_due_at_close(&desk, now, 1 + round % 5, &due)));
        cr_assert(IS_DONE(calendar_part_of_way(&desk, now, due, 1, 2, &half)));
        cr_assert(IS_DONE(calendar_part_of_way(&desk, now, due, 4, 5, &most)));
        cr_assert(now < half && half < most && most < due);
        cr_assert(is_open(&desk, half - 1) && is_open(&desk, most - 1));
    }
}

Test(calendar_hours, with_no_open_time_left_a_reminder_is_at_once)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);
    moment now = at("2025-03-03 18:00"), when = 0;

    cr_assert(IS_DONE(calendar_part_of_way(&desk, now, at("2025-03-04"), 1, 2, &when)));
    cr_assert_eq(when, now);
}

Test(calendar_hours, stretches_beyond_reason_are_refused)
{
    struct calendar_hours hours = office(), once = {0};
    struct calendar_exception exception = {calendar_day_from(2025, 3, 4), OFFICE};
    struct calendar guessing = *CALENDAR;
    struct calendar_desk desk = {&guessing, &hours};
    moment when;
    int64_t seconds;

    guessing.guess_missing_years = true;
    cr_assert_eq(calendar_working_seconds(&desk, 0, at("2026-01-01"), &seconds).refusal,
                 &calendar_span_too_long);
    cr_assert_eq(calendar_add_working_seconds(&desk, at("2025-01-01"), INT64_MAX, &when).refusal,
                 &calendar_span_too_long);
    once.exception = &exception;
    once.exception_count = 1;
    desk.hours = &once;
    cr_assert_eq(calendar_next_opening(&desk, at("2025-03-05"), &when).refusal,
                 &calendar_never_opens);
    cr_assert_eq(calendar_add_working_seconds(&desk, at("2025-03-05"), 1, &when).refusal,
                 &calendar_never_opens);
    expect(&desk, "2025-03-03 10:00", false, "2025-03-04 09:00");
    expect(&desk, "2025-03-04 17:00", false, NULL);
}

/* ---- years without data ---- */

Test(calendar_hours, whoever_needs_a_missing_year_is_told_which)
{
    struct calendar_hours hours = office();
    struct calendar_desk desk = desk_of(&hours);
    moment when;
    int64_t seconds;
    bool open = true;

    cr_assert(refused_for(calendar_open(&desk, at("2026-12-31 17:00"), &open, &when), "2027"));
    cr_assert(refused_for(calendar_open(&desk, at("2017-12-31 10:00"), &open, &when), "2017"));
    cr_assert(refused_for(calendar_is_open(&desk, at("2027-01-01"), &open), "2027"));
    cr_assert(refused_for(calendar_next_opening(&desk, at("2026-12-31 17:00"), &when), "2027"));
    cr_assert(refused_for(
        calendar_working_seconds(&desk, at("2026-12-31"), at("2027-01-01 00:00:01"), &seconds),
        "2027"));
    cr_assert(refused_for(calendar_add_working_seconds(&desk, at("2026-12-31 16:59:59"), 2, &when),
                          "2027"));
    cr_assert(refused_for(calendar_due_at_close(&desk, at("2026-12-31"), 1, &when), "2027"));
    cr_assert_not(is_open(&desk, at("2026-12-31 23:59:59")), "today's own state needs no 2027");
    expect(&desk, "2026-12-31 16:59:59", true, "2026-12-31 17:00");
    cr_assert_eq(working(&desk, at("2026-12-31"), at("2027-01-01")), (int64_t)HM(6, 30) * 60);
    cr_assert(IS_DONE(calendar_add_working_seconds(&desk, at("2026-12-31 16:59:59"), 1, &when)));
    cr_assert_eq(when, at("2026-12-31 17:00"));
}

/* ---- hours as typed in ---- */

Test(calendar_hours, hours_out_of_order_are_refused)
{
    static const struct {
        struct calendar_opening opening;
        const struct reason *why;
    } cases[] = {
        {{{{540, 540}}, 1}, &calendar_hours_wrong},
        {{{{600, 540}}, 1}, &calendar_hours_wrong},
        {{{{-1, 540}}, 1}, &calendar_hours_wrong},
        {{{{540, 1441}}, 1}, &calendar_hours_wrong},
        {{{{0, 1}}, -1}, &calendar_hours_wrong},
        {{{{0, 1}}, CALENDAR_INTERVALS_MAX + 1}, &calendar_hours_wrong},
        {{{{540, 720}, {719, 800}}, 2}, &calendar_hours_overlap},
        {{{{800, 900}, {540, 720}}, 2}, &calendar_hours_overlap},
        {{{{540, 720}, {720, 1440}}, 2}, NULL},
        {{{{0, 1440}}, 1}, NULL},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct calendar_exception exception = {20000, cases[i].opening};
        struct calendar_hours week = {0}, holiday = {.holiday = cases[i].opening};
        struct calendar_hours dated = {.exception = &exception, .exception_count = 1};

        week.week[CALENDAR_SUNDAY] = cases[i].opening;
        cr_assert_eq(calendar_hours_check(&week).refusal, cases[i].why, "%zu", i);
        cr_assert_eq(calendar_hours_check(&holiday).refusal, cases[i].why, "%zu", i);
        cr_assert_eq(calendar_hours_check(&dated).refusal, cases[i].why, "%zu", i);
    }
}

Test(calendar_hours, a_date_has_special_hours_once)
{
    struct calendar_exception exceptions[] = {{20000, OFFICE}, {20000, {.count = 0}}};
    struct calendar_hours hours = {.exception = exceptions, .exception_count = 2};

    cr_assert_eq(calendar_hours_check(&hours).refusal, &calendar_exception_twice);
    exceptions[1].day = 19999;
    cr_assert_eq(calendar_hours_check(&hours).refusal, &calendar_exception_twice);
    exceptions[1].day = 20001;
    cr_assert(IS_DONE(calendar_hours_check(&hours)));
    hours.exception_count = CALENDAR_EXCEPTIONS_MAX + 1;
    cr_assert_eq(calendar_hours_check(&hours).refusal, &calendar_hours_wrong);
}
