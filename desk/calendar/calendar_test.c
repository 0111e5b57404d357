/* calendar_test.c -- days, kinds of day and due dates, over every day there is data for. */
#include "desk/calendar/calendar.h"
#include "desk/calendar/calendar_load.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 2018, LAST_YEAR = 2026, DAYS = 3287 };

/* The worked days of each month, bit 0 the first: taken from a list of the notices' days kept by
 * others, not from data/calendar. */
static const uint32_t WORKED[LAST_YEAR - FIRST_YEAR + 1][12] = {
    {0x73e7cf9e, 0x0ee03df3, 0x3e7cf9f3, 0x0fcf9f8e, 0x79f3e7ce, 0x1f3c7cf9, 0x67cf9f3e, 0x7cf9f3e7,
     0x3f1f3e7c, 0x73e7cf80, 0x3e7cf9f3, 0x1f9f3e7c},
    {0x79f3e7ce, 0x0f3e7c07, 0x1f3e7cf9, 0x3be7cf8f, 0x7cf9f3f0, 0x0f9f3e3c, 0x73e7cf9f, 0x3e7cf9f3,
     0x37cf8f3e, 0x79f3ef80, 0x1f3e7cf9, 0x67cf9f3e},
    {0x007df3e6, 0x0f9f3e7c, 0x67cf9f3e, 0x3ef9f3c7, 0x1f3e7de0, 0x38e7cf9f, 0x7cf9f3e7, 0x4f9f3e7c,
     0x3df3e7cf, 0x3e7cfb00, 0x27cf9f3e, 0x79f3e7cf},
    {0x1f3e7cf8, 0x03ee03df, 0x73e7cf9f, 0x3f7cf9e3, 0x4f9f3ee0, 0x39f3c7cf, 0x3e7cf9f3, 0x67cf9f3e,
     0x3ee3f3e7, 0x1f3e7d80, 0x33e7cf9f, 0x7cf9f3e7},
    {0x3f9f3e78, 0x09f3e7c0, 0x79f3e7cf, 0x1fbe7ce3, 0x67cf9f70, 0x3cf9f3e3, 0x1f3e7cf9, 0x73e7cf9f,
     0x3e7cf1f3, 0x4f9f3f80, 0x39f3e7cf, 0x3e7cf9f3},
    {0x780f9f3c, 0x0cf9f3e7, 0x7cf9f3e7, 0x0fdf3e6c, 0x73e7cfb8, 0x3f1cf9f3, 0x4f9f3e7c, 0x79f3e7cf,
     0x0f3e7cf9, 0x67cf9fc0, 0x3cf9f3e7, 0x1f3e7cf9},
    {0x73e7cf9e, 0x1e7e01fb, 0x1f3e7cf9, 0x3be7cfc7, 0x7cf9f7e0, 0x0f9f3c7c, 0x73e7cf9f, 0x3e7cf9f3,
     0x37ce3f3e, 0x79f3ef80, 0x1f3e7cf9, 0x67cf9f3e},
    {0x06f9f3e6, 0x0f9f3ef0, 0x4f9f3e7c, 0x3df3e7c7, 0x3e7cf9e0, 0x27cf9f3c, 0x79f3e7cf, 0x1f3e7cf9,
     0x3be7cf9f, 0x7cf9f700, 0x0f9f3e7c, 0x73e7cf9f},
    {0x3e7cf9f8, 0x0f803f3e, 0x67cf9f3e, 0x3cf9f3c7, 0x1f3e7de0, 0x33e3cf9f, 0x7cf9f3e7, 0x4f9f3e7c,
     0x38fbe7cf, 0x3e7cfb80, 0x27cf9f3e, 0x79f3e7cf},
};

static const struct calendar *const CALENDAR = &calendar_built_in;

static bool worked(int year, int month, int day)
{
    return WORKED[year - FIRST_YEAR][month - 1] >> (day - 1) & 1;
}

static calendar_day day_at(const char *text)
{
    calendar_day day = 0;

    cr_assert(calendar_day_parse(str_of(text), &day), "%s", text);
    return day;
}

/* "2026-02-13 17:00:30"; the seconds and the time may be left out. */
static moment at(const char *text)
{
    int year, month, day, hour = 0, minute = 0, second = 0;

    cr_assert(sscanf(text, "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute, &second) >= 3);
    return calendar_moment_of(year, month, day, hour * 60 + minute) + second;
}

/* The last day of a period of `n` working days, as people are shown it. */
static const char *last_day(const char *from, int n)
{
    static char text[11];
    moment due;

    cr_assert(IS_DONE(calendar_due(CALENDAR, at(from), n, &due)), "%s + %d", from, n);
    cr_assert_eq(due, calendar_day_begins(calendar_day_of(due)), "a due moment is a midnight");
    calendar_day_print(calendar_day_of(due - 1), text);
    return text;
}
#define ENDS(from, n, expected) cr_assert_str_eq(last_day((from), (n)), (expected))

static bool refused_for(struct outcome outcome, const char *year)
{
    return outcome.refusal == &calendar_year_missing && str_same(outcome.detail, str_of(year));
}

/* ---- days and moments ---- */

Test(calendar, days_begin_at_midnight_in_shanghai)
{
    cr_assert_eq(calendar_moment_of(1970, 1, 1, 480), 0);
    cr_assert_eq(calendar_moment_of(2024, 2, 29, 0), 1709136000);
    cr_assert_eq(calendar_moment_of(2025, 12, 31, CALENDAR_MINUTES),
                 calendar_moment_of(2026, 1, 1, 0));
    cr_assert_eq(calendar_day_of(at("2025-06-01") - 1), day_at("2025-05-31"));
    cr_assert_eq(calendar_day_of(at("2025-06-01")), day_at("2025-06-01"));
    cr_assert_eq(calendar_day_of(at("2025-06-01 23:59:59")), day_at("2025-06-01"));
    cr_assert_eq(calendar_minute_of(at("2025-06-01") - 1), 1439);
    cr_assert_eq(calendar_minute_of(at("2025-06-01 00:00:59")), 0);
    cr_assert_eq(calendar_minute_of(at("2025-06-01 23:59")), 1439);
}

Test(calendar, every_day_of_eight_centuries_counts_on_by_one)
{
    calendar_day day = calendar_day_from(1600, 1, 1);
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    for (int year = 1600; year < 2400; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

        for (int month = 1; month <= 12; month++) {
            int last = days[month - 1] + (month == 2 && leap);

            for (int date = 1; date <= last; date++, day++) {
                struct calendar_date back = calendar_date_of(day);

                cr_assert_eq(calendar_day_from(year, month, date), day);
                cr_assert(back.year == year && back.month == month && back.day == date);
            }
            cr_assert_not(calendar_date_exists(year, month, last + 1));
        }
    }
}

Test(calendar, weekdays_follow_one_another_on_both_sides_of_1970)
{
    cr_assert_eq(calendar_weekday_of(0), CALENDAR_THURSDAY);
    cr_assert_eq(calendar_weekday_of(-1), CALENDAR_WEDNESDAY);
    cr_assert_eq(calendar_weekday_of(day_at("2026-02-28")), CALENDAR_SATURDAY);
    cr_assert_eq(calendar_weekday_of(day_at("2026-03-01")), CALENDAR_SUNDAY);
    for (calendar_day day = -5000; day < 40000; day++) {
        cr_assert_eq((calendar_weekday_of(day) + 1) % CALENDAR_WEEKDAYS,
                     calendar_weekday_of(day + 1));
    }
}

Test(calendar, the_most_distant_moments_have_a_day)
{
    moment due;

    cr_assert_gt(calendar_day_of(INT64_MAX), 0);
    cr_assert_lt(calendar_day_of(INT64_MIN), 0);
    cr_assert_eq(calendar_date_of(INT64_MAX / 2).year, 9999);
    cr_assert_eq(calendar_date_of(INT64_MIN / 2).year, 1);
    cr_assert(refused_for(calendar_due(CALENDAR, INT64_MAX, 3, &due), "> 2199"));
    cr_assert(refused_for(calendar_due(CALENDAR, INT64_MIN, 3, &due), "< 1970"));
}

Test(calendar, only_exact_dates_that_exist_are_read)
{
    static const char *const wrong[] = {"",
                                        "2025-1-01",
                                        "2025-01-1",
                                        "2025-13-01",
                                        "2025-00-01",
                                        "2025-02-29",
                                        "2024-02-30",
                                        "2025-04-31",
                                        "2025-01-00",
                                        "2025/01/01",
                                        "20250101",
                                        " 2025-01-01",
                                        "2025-01-01 ",
                                        "2025-01-0a",
                                        "+025-01-01",
                                        "1969-12-31",
                                        "2200-01-01",
                                        "0000-00-00",
                                        "2025-1--01",
                                        "2025-01-32",
                                        "２０２５-01",
                                        "2025-01-010"};
    calendar_day day = 77;
    char text[11];

    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_assert_not(calendar_day_parse(str_of(wrong[i]), &day), "%s", wrong[i]);
        cr_assert_eq(day, 77);
    }
    for (day = day_at("1970-01-01"); day <= day_at("2199-12-31"); day += 13) {
        calendar_day_print(day, text);
        cr_assert_eq(day_at(text), day);
    }
    cr_assert_eq(day_at("2024-02-29"), calendar_day_from(2024, 2, 29));
}

Test(calendar, only_exact_times_up_to_24_00_are_read)
{
    static const char *const wrong[] = {"",     "9:00",  "09:0",   "09:60", "24:01", "25:00",
                                        "0900", "09-00", "09:00 ", " 9:00", "-1:00", "99:99"};
    int minute = 7;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        cr_assert_not(calendar_minute_parse(str_of(wrong[i]), &minute), "%s", wrong[i]);
        cr_assert_eq(minute, 7);
    }
    cr_assert(calendar_minute_parse(S("00:00"), &minute) && minute == 0);
    cr_assert(calendar_minute_parse(S("08:30"), &minute) && minute == 510);
    cr_assert(calendar_minute_parse(S("23:59"), &minute) && minute == 1439);
    cr_assert(calendar_minute_parse(S("24:00"), &minute) && minute == CALENDAR_MINUTES);
}

/* ---- kinds of day ---- */

Test(calendar, every_day_from_2018_to_2026_is_worked_or_free_as_published)
{
    calendar_day day = calendar_day_from(FIRST_YEAR, 1, 1);
    int days = 0;

    for (; calendar_date_of(day).year <= LAST_YEAR; day++, days++) {
        struct calendar_date date = calendar_date_of(day);
        bool working = false;

        cr_assert(IS_DONE(calendar_is_working_day(CALENDAR, day, &working)));
        cr_assert_eq(working, worked(date.year, date.month, date.day), "%d-%02d-%02d", date.year,
                     date.month, date.day);
    }
    cr_assert_eq(days, DAYS);
}

Test(calendar, each_year_has_as_many_holidays_make_up_and_working_days_as_published)
{
    static const int expected[][4] = {{2018, 25, 7, 250}, {2019, 22, 6, 250}, {2020, 30, 6, 249},
                                      {2021, 31, 7, 250}, {2022, 32, 7, 249}, {2023, 26, 7, 249},
                                      {2024, 28, 8, 251}, {2025, 28, 5, 248}, {2026, 33, 6, 248}};

    for (size_t i = 0; i < COUNT(expected); i++) {
        int kinds[3] = {0}, working_days = 0;
        calendar_day day = calendar_day_from(expected[i][0], 1, 1);

        for (; calendar_date_of(day).year == expected[i][0]; day++) {
            enum calendar_kind kind;
            bool working;

            cr_assert(IS_DONE(calendar_day_kind(CALENDAR, day, &kind)));
            cr_assert(IS_DONE(calendar_is_working_day(CALENDAR, day, &working)));
            kinds[kind]++;
            working_days += working;
        }
        cr_assert_eq(kinds[CALENDAR_HOLIDAY], expected[i][1], "%d", expected[i][0]);
        cr_assert_eq(kinds[CALENDAR_MAKEUP], expected[i][2], "%d", expected[i][0]);
        cr_assert_eq(working_days, expected[i][3], "%d", expected[i][0]);
    }
    cr_assert_eq(CALENDAR->year_count, COUNT(expected));
}

/* Looked up by hand in the notices. */
static const struct {
    const char *day;
    enum calendar_kind kind;
    const char *name;
} known[] = {
    {"2018-01-01", CALENDAR_HOLIDAY, "元旦"},
    {"2018-01-02", CALENDAR_NORMAL, NULL},
    {"2018-02-11", CALENDAR_MAKEUP, "春节"},
    {"2018-02-15", CALENDAR_HOLIDAY, "春节"},
    {"2018-04-08", CALENDAR_MAKEUP, "清明节"},
    {"2018-12-29", CALENDAR_MAKEUP, "元旦"},
    {"2018-12-31", CALENDAR_HOLIDAY, "元旦"},
    {"2019-01-01", CALENDAR_HOLIDAY, "元旦"},
    {"2019-01-02", CALENDAR_NORMAL, NULL},
    {"2019-04-28", CALENDAR_MAKEUP, "劳动节"},
    {"2019-05-02", CALENDAR_HOLIDAY, "劳动节"},
    {"2019-05-05", CALENDAR_MAKEUP, "劳动节"},
    {"2019-10-12", CALENDAR_MAKEUP, "国庆节"},
    {"2020-01-19", CALENDAR_MAKEUP, "春节"},
    {"2020-01-31", CALENDAR_HOLIDAY, "春节"},
    {"2020-02-01", CALENDAR_HOLIDAY, "春节"},
    {"2020-02-02", CALENDAR_HOLIDAY, "春节"},
    {"2020-02-03", CALENDAR_NORMAL, NULL},
    {"2020-06-28", CALENDAR_MAKEUP, "端午节"},
    {"2020-10-08", CALENDAR_HOLIDAY, "国庆节、中秋节"},
    {"2021-02-07", CALENDAR_MAKEUP, "春节"},
    {"2021-09-18", CALENDAR_MAKEUP, "中秋节"},
    {"2021-10-09", CALENDAR_MAKEUP, "国庆节"},
    {"2022-01-29", CALENDAR_MAKEUP, "春节"},
    {"2022-04-02", CALENDAR_MAKEUP, "清明节"},
    {"2022-12-31", CALENDAR_HOLIDAY, "元旦"},
    {"2023-01-02", CALENDAR_HOLIDAY, "元旦"},
    {"2023-01-28", CALENDAR_MAKEUP, "春节"},
    {"2023-06-25", CALENDAR_MAKEUP, "端午节"},
    {"2023-10-07", CALENDAR_MAKEUP, "中秋节、国庆节"},
    {"2024-02-09", CALENDAR_NORMAL, NULL},
    {"2024-02-10", CALENDAR_HOLIDAY, "春节"},
    {"2024-02-18", CALENDAR_MAKEUP, "春节"},
    {"2024-05-11", CALENDAR_MAKEUP, "劳动节"},
    {"2024-12-31", CALENDAR_NORMAL, NULL},
    {"2025-01-26", CALENDAR_MAKEUP, "春节"},
    {"2025-02-04", CALENDAR_HOLIDAY, "春节"},
    {"2025-02-08", CALENDAR_MAKEUP, "春节"},
    {"2025-10-08", CALENDAR_HOLIDAY, "国庆节、中秋节"},
    {"2025-10-11", CALENDAR_MAKEUP, "国庆节、中秋节"},
    {"2026-01-04", CALENDAR_MAKEUP, "元旦"},
    {"2026-02-14", CALENDAR_MAKEUP, "春节"},
    {"2026-02-23", CALENDAR_HOLIDAY, "春节"},
    {"2026-09-20", CALENDAR_MAKEUP, "国庆节"},
    {"2026-10-10", CALENDAR_MAKEUP, "国庆节"},
    {"2026-12-31", CALENDAR_NORMAL, NULL},
};

Test(calendar, days_looked_up_by_hand_are_of_the_kind_the_notices_say)
{
    for (size_t i = 0; i < COUNT(known); i++) {
        calendar_day day = day_at(known[i].day);
        const struct calendar_special *special = calendar_special_on(CALENDAR, day);
        enum calendar_kind kind;

        cr_assert(IS_DONE(calendar_day_kind(CALENDAR, day, &kind)));
        cr_assert_eq(kind, known[i].kind, "%s", known[i].day);
        cr_assert_eq(special != NULL, known[i].name != NULL, "%s", known[i].day);
        if (special) cr_assert(str_same(special->name, str_of(known[i].name)), "%s", known[i].day);
    }
}

/* ---- due ---- */

Test(calendar, the_day_itself_does_not_count)
{
    ENDS("2025-03-03 00:00:00", 1, "2025-03-04"); /* Monday, its first second */
    ENDS("2025-03-03 23:59:59", 1, "2025-03-04"); /* and its last */
    ENDS("2025-03-04 00:00:00", 1, "2025-03-05");
    ENDS("2025-03-03 10:00", 3, "2025-03-06");
    ENDS("2025-03-06 10:00", 3, "2025-03-11"); /* over a weekend */
    ENDS("2025-03-08 10:00", 1, "2025-03-10"); /* from a Saturday: Monday is day 1 */
    ENDS("2025-03-09 23:59", 3, "2025-03-12");
}

Test(calendar, holidays_and_make_up_days_move_the_end)
{
    ENDS("2026-02-13 16:00", 1, "2026-02-14"); /* the Saturday before Spring Festival is worked */
    ENDS("2026-02-13 16:00", 3, "2026-02-25"); /* 14 February, then 24 and 25 */
    ENDS("2026-02-18 09:00", 3, "2026-02-26"); /* asked in the middle of the festival */
    ENDS("2026-02-27 09:00", 2, "2026-03-02"); /* Saturday 28 February, Monday 2 March */
    ENDS("2025-09-30 09:00", 3, "2025-10-11"); /* 8 days of National Day, then a Saturday */
    ENDS("2020-09-30 09:00", 2, "2020-10-10");
    ENDS("2020-01-23 12:00", 3, "2020-02-05"); /* the lengthened Spring Festival */
    ENDS("2023-09-28 18:00", 3, "2023-10-09"); /* two make-up days in a row, a weekend of work */
}

Test(calendar, periods_run_over_the_end_of_a_year)
{
    ENDS("2018-12-28 10:00", 1, "2018-12-29"); /* a Saturday made up under next year's notice */
    ENDS("2018-12-28 10:00", 3, "2019-01-03");
    ENDS("2022-12-30 10:00", 1, "2023-01-03");
    ENDS("2025-12-31 10:00", 3, "2026-01-06"); /* Sunday 4 January is worked */
    ENDS("2026-12-28 10:00", 3, "2026-12-31"); /* the last day there is data for */
}

Test(calendar, a_period_of_no_days_ends_today_or_on_the_next_working_day)
{
    ENDS("2025-03-03 10:00", 0, "2025-03-03");
    ENDS("2025-03-08 10:00", 0, "2025-03-10");
    ENDS("2025-10-01 00:00", 0, "2025-10-09");
    ENDS("2025-10-11 23:59:59", 0, "2025-10-11"); /* a make-up Saturday is a working day */
}

Test(calendar, due_agrees_with_counting_day_by_day_for_every_day_and_up_to_twenty)
{
    static bool working[DAYS];
    calendar_day first = calendar_day_from(FIRST_YEAR, 1, 1);

    for (int i = 0; i < DAYS; i++) {
        struct calendar_date date = calendar_date_of(first + i);

        working[i] = worked(date.year, date.month, date.day);
    }
    for (int i = 0; i < DAYS; i++) {
        for (int n = 0; n <= 20; n++) {
            int seen = 0, last = n == 0 ? i : i + 1;
            moment due = -1, late = -1;
            struct outcome outcome =
                calendar_due(CALENDAR, calendar_day_begins(first + i), n, &due);

            for (; last < DAYS; last++) {
                seen += working[last];
                if (working[last] && seen >= n) break;
            }
            if (last == DAYS) {
                cr_assert(refused_for(outcome, "2027"), "day %d + %d", i, n);
                continue;
            }
            cr_assert(IS_DONE(outcome));
            cr_assert_eq(due, calendar_day_begins(first + last + 1), "day %d + %d", i, n);
            cr_assert(
                IS_DONE(calendar_due(CALENDAR, calendar_day_begins(first + i + 1) - 1, n, &late)));
            cr_assert_eq(late, due, "the hour of the day makes no difference");
        }
    }
}

Test(calendar, a_number_of_days_beyond_reason_is_refused)
{
    moment due;

    cr_assert_eq(calendar_due(CALENDAR, at("2025-03-03"), -1, &due).refusal, &calendar_count_wrong);
    cr_assert_eq(calendar_due(CALENDAR, at("2018-03-03"), 1001, &due).refusal,
                 &calendar_count_wrong);
    cr_assert(IS_DONE(calendar_due(CALENDAR, at("2018-03-03"), 1000, &due)));
}

/* ---- years without data ---- */

Test(calendar, a_year_without_data_is_refused_by_name_at_both_ends)
{
    enum calendar_kind kind;
    moment due;
    bool working;

    cr_assert(refused_for(calendar_day_kind(CALENDAR, day_at("2027-01-01"), &kind), "2027"));
    cr_assert(refused_for(calendar_day_kind(CALENDAR, day_at("2017-12-31"), &kind), "2017"));
    cr_assert(
        refused_for(calendar_is_working_day(CALENDAR, day_at("2030-06-06"), &working), "2030"));
    cr_assert(refused_for(calendar_due(CALENDAR, at("2026-12-29 10:00"), 3, &due), "2027"));
    cr_assert(refused_for(calendar_due(CALENDAR, at("2026-12-31 23:59:59"), 1, &due), "2027"));
    cr_assert(IS_DONE(calendar_due(CALENDAR, at("2026-12-31 23:59:59"), 0, &due)));
    cr_assert(refused_for(calendar_due(CALENDAR, at("2017-12-31 23:59:59"), 0, &due), "2017"));
    cr_assert(IS_DONE(calendar_due(CALENDAR, at("2017-12-31 23:59:59"), 1, &due)),
              "only days that are counted need their year");
    cr_assert(refused_for(calendar_due(CALENDAR, at("2199-12-30"), 1, &due), "2199"));
    cr_assert(calendar_has_year(CALENDAR, 2026) && !calendar_has_year(CALENDAR, 2027));
    cr_assert(strstr(calendar_year_missing.text, "%1") != NULL);
}

Test(calendar, the_fallback_counts_weekdays_alone)
{
    moment due, due_guessed;
    struct calendar guessing = *CALENDAR;

    guessing.guess_missing_years = true;
    cr_assert(IS_DONE(calendar_due_by_weekday(at("2026-12-30 10:00"), 3, &due)));
    cr_assert_eq(due, at("2027-01-05")); /* Thursday, Friday 1 January, Monday 4 */
    cr_assert(IS_DONE(calendar_due(&guessing, at("2026-12-30 10:00"), 3, &due_guessed)));
    cr_assert_eq(due_guessed, due);
    /* Where there is data, guessing does not ignore it; the weekday fallback does. */
    cr_assert(IS_DONE(calendar_due(&guessing, at("2025-09-30 09:00"), 3, &due_guessed)));
    cr_assert_eq(due_guessed, at("2025-10-12"));
    cr_assert(IS_DONE(calendar_due_by_weekday(at("2025-09-30 09:00"), 3, &due)));
    cr_assert_eq(due, at("2025-10-04"));
    cr_assert_eq(calendar_due_by_weekday(at("2025-09-30"), -1, &due).refusal,
                 &calendar_count_wrong);
}
