/* shifts_rest_test.c -- overlap, rest, hours, leave.  Cites the invariants of shifts.h. */
#include <criterion/criterion.h>

#include "bureau/shifts/shifts.h"

static const struct shifts_rules rules = {.rest_minutes = 600,
                                          .pause_minutes_max = 180,
                                          .day_minutes_max = 660,
                                          .week_minutes_max = 2640,
                                          .part_minutes_min = 60};

/* A moment by day and minute of the week that begins on Monday, 23 November 2026. */
static moment at(int day, int minute)
{
    return calendar_moment_of(2026, 11, 23, 0) + day * (int64_t)SECONDS_PER_DAY +
           minute * (int64_t)SECONDS_PER_MINUTE;
}
static struct shifts_span span(int day, int from, int to)
{
    return (struct shifts_span){at(day, from), at(day, to)};
}
static struct shifts_verdict may(const struct shifts_held *held, size_t count, id but,
                                 struct shifts_span wanted)
{
    return shifts_may_hold(&rules, held, count, but, wanted);
}

Test(shifts_rest, shifts_overlap_exactly_if_they_share_a_minute)
{
    for (int a = 0; a < 6; a++)
        for (int b = a + 1; b < 7; b++)
            for (int c = 0; c < 6; c++)
                for (int d = c + 1; d < 7; d++) {
                    bool shares = false;

                    for (int minute = 0; minute < 7; minute++)
                        shares |= minute >= a && minute < b && minute >= c && minute < d;
                    cr_assert_eq(shifts_overlap(span(0, a, b), span(0, c, d)), shares);
                }
}

Test(shifts_rest, somebody_who_holds_nothing_may_hold_a_shift)
{
    cr_assert_null(may(NULL, 0, 0, span(0, 540, 1020)).refusal);
}

Test(shifts_rest, an_overlap_names_the_other_shift)
{
    struct shifts_held held[] = {{7, span(0, 540, 720)}, {8, span(0, 840, 1020)}};
    struct shifts_verdict verdict = may(held, 2, 0, span(0, 1000, 1100));

    cr_assert_eq(verdict.refusal, &shifts_overlaps);
    cr_assert_eq(verdict.other->shift_id, 8);
    /* The shift itself, moved, is no hindrance. */
    cr_assert_null(may(held, 2, 8, span(0, 800, 1020)).refusal);
}

/* 5, for every distance to the minute. */
Test(shifts_rest, what_lies_between_is_a_pause_or_a_rest_and_nothing_else)
{
    struct shifts_held held[] = {{7, span(2, 480, 600)}}; /* Wednesday, 8 to 10 */

    for (int gap = 0; gap <= 700; gap++) {
        bool is_allowed = gap <= rules.pause_minutes_max || gap >= rules.rest_minutes;
        struct shifts_verdict after = may(held, 1, 0, span(2, 600 + gap, 660 + gap));
        struct shifts_verdict before = may(held, 1, 0, span(2, 420 - gap, 480 - gap));

        cr_assert_eq(after.refusal == NULL, is_allowed, "%d after", gap);
        cr_assert_eq(before.refusal == NULL, is_allowed, "%d before", gap);
        if (is_allowed) continue;
        cr_assert_eq(after.refusal, &shifts_rest);
        cr_assert_eq(after.other->shift_id, 7);
    }
}

Test(shifts_rest, a_night_shift_needs_its_rest_on_the_next_day)
{
    struct shifts_held night[] = {{7, span(0, 1320, 1800)}}; /* Monday 22 to Tuesday 6 */

    /* After a pause it would be a stretch of too many hours, after more it is no rest. */
    cr_assert_eq(may(night, 1, 0, span(1, 540, 1020)).refusal, &shifts_day_full);
    cr_assert_eq(may(night, 1, 0, span(1, 541, 1020)).refusal, &shifts_rest);
    cr_assert_eq(may(night, 1, 0, span(1, 959, 1020)).refusal, &shifts_rest);
    cr_assert_null(may(night, 1, 0, span(1, 960, 1020)).refusal);
    cr_assert_eq(may(night, 1, 0, span(1, 300, 600)).refusal, &shifts_overlaps);
    cr_assert_eq(may(night, 1, 0, span(0, 540, 1020)).refusal, &shifts_rest); /* 5 h before */
}

/* 6 */
Test(shifts_rest, a_day_holds_its_hours_and_names_the_nearest_shift)
{
    struct shifts_held held[] = {{7, span(0, 420, 720)}, {8, span(0, 780, 1020)}}; /* 9 hours */
    struct shifts_verdict verdict;

    cr_assert_null(may(held, 2, 0, span(0, 1080, 1200)).refusal);
    verdict = may(held, 2, 0, span(0, 1080, 1201));
    cr_assert_eq(verdict.refusal, &shifts_day_full);
    cr_assert_eq(verdict.other->shift_id, 8);
}

Test(shifts_rest, hours_of_a_shift_across_midnight_count_on_either_day)
{
    struct shifts_held held[] = {{7, span(1, 840, 1320)}}; /* Tuesday 14 to 22: 8 h */

    /* Monday 22:00 to Tuesday 3:00 (3 h on Tuesday) makes 11 on Tuesday; a minute more is too
     * much. */
    cr_assert_null(may(held, 1, 0, span(0, 1320, 1440 + 180)).refusal);
    cr_assert_eq(may(held, 1, 0, span(0, 1320, 1440 + 181)).refusal, &shifts_day_full);
}

Test(shifts_rest, a_week_holds_its_hours_from_monday_to_sunday)
{
    struct shifts_held held[6];

    for (int day = 0; day < 5; day++)
        held[day] = (struct shifts_held){10 + day, span(day, 540, 1020)}; /* 40 hours */
    cr_assert_null(may(held, 5, 0, span(5, 540, 780)).refusal);           /* 44 */
    cr_assert_eq(may(held, 5, 0, span(5, 540, 781)).refusal, &shifts_week_full);
    cr_assert_eq(may(held, 5, 0, span(5, 540, 781)).other->shift_id, 14); /* Friday's */
    cr_assert_null(may(held, 5, 14, span(5, 540, 1020)).refusal);
    /* Sunday before and Monday after are other weeks. */
    cr_assert_null(may(held, 5, 0, span(-1, 540, 1020)).refusal);
    cr_assert_null(may(held, 5, 0, span(7, 540, 1020)).refusal);
    /* Sunday night into Monday: only what lies on Sunday counts here. */
    cr_assert_null(may(held, 5, 0, span(6, 1200, 1440 + 240)).refusal);
    cr_assert_eq(may(held, 5, 0, span(6, 1199, 1440 + 240)).refusal, &shifts_week_full);
}

/* ---- 8: leave ---- */

static void check_split(int from, int to, size_t count, const int bounds[][3])
{
    struct shifts_part parts[SHIFTS_PARTS_MAX];
    size_t made = shifts_split(&rules, span(0, 540, 1020), span(0, from, to), parts);

    cr_assert_eq(made, count, "%d to %d", from, to);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(parts[i].span.starts_at, at(0, bounds[i][0]), "%d to %d, %zu", from, to, i);
        cr_assert_eq(parts[i].span.ends_at, at(0, bounds[i][1]), "%d to %d, %zu", from, to, i);
        cr_assert_eq(parts[i].is_kept, bounds[i][2], "%d to %d, %zu", from, to, i);
    }
}

Test(shifts_rest, a_leave_takes_what_it_meets_and_leaves_what_is_worth_coming_for)
{
    check_split(0, 540, 1, (const int[][3]){{540, 1020, true}});
    check_split(1020, 1440, 1, (const int[][3]){{540, 1020, true}});
    check_split(0, 1440, 1, (const int[][3]){{540, 1020, false}});
    check_split(540, 1020, 1, (const int[][3]){{540, 1020, false}});
    check_split(0, 780, 2, (const int[][3]){{540, 780, false}, {780, 1020, true}});
    check_split(780, 1440, 2, (const int[][3]){{540, 780, true}, {780, 1020, false}});
    check_split(660, 780, 3,
                (const int[][3]){{540, 660, true}, {660, 780, false}, {780, 1020, true}});
    check_split(599, 780, 2, (const int[][3]){{540, 780, false}, {780, 1020, true}});
    check_split(600, 961, 2, (const int[][3]){{540, 600, true}, {600, 1020, false}});
    check_split(541, 1019, 1, (const int[][3]){{540, 1020, false}});
}

Test(shifts_rest, parts_of_a_shift_are_the_shift_whatever_the_leave)
{
    struct shifts_span shift = span(0, 1320, 1800); /* across midnight */

    for (int from = 1260; from < 1860; from += 7)
        for (int to = from + 1; to < 1860; to += 11) {
            struct shifts_part parts[SHIFTS_PARTS_MAX];
            size_t count = shifts_split(&rules, shift, span(0, from, to), parts);

            cr_assert_eq(parts[0].span.starts_at, shift.starts_at);
            cr_assert_eq(parts[count - 1].span.ends_at, shift.ends_at);
            for (size_t i = 0; i < count; i++) {
                cr_assert_lt(parts[i].span.starts_at, parts[i].span.ends_at);
                if (i) cr_assert_eq(parts[i].span.starts_at, parts[i - 1].span.ends_at);
                /* Nobody is held to be there while on leave. */
                if (parts[i].is_kept)
                    cr_assert_not(shifts_overlap(parts[i].span, span(0, from, to)));
            }
        }
}

Test(shifts_rest, a_leave_is_from_today_on_and_at_most_half_a_year)
{
    moment now = at(0, 600);

    cr_assert_null(shifts_leave_check(span(0, 0, 1440), now).refusal);
    cr_assert_eq(shifts_leave_check(span(0, -1, 1440), now).refusal, &shifts_leave_wrong);
    cr_assert_eq(shifts_leave_check(span(0, 0, 600), now).refusal, &shifts_leave_wrong);
    cr_assert_eq(shifts_leave_check(span(1, 600, 600), now).refusal, &shifts_leave_wrong);
    cr_assert_null(shifts_leave_check(span(0, 0, 1440 * SHIFTS_LEAVE_DAYS_MAX), now).refusal);
    cr_assert_eq(shifts_leave_check(span(0, 0, 1440 * SHIFTS_LEAVE_DAYS_MAX + 1), now).refusal,
                 &shifts_leave_long);
}

Test(shifts_rest, rules_that_contradict_each_other_are_refused)
{
    struct shifts_rules wrong = shifts_first_rules;

    cr_assert_null(shifts_rules_check(&shifts_first_rules).refusal);
    wrong.week_minutes_max = wrong.day_minutes_max - 1;
    cr_assert_eq(shifts_rules_check(&wrong).refusal, &shifts_rules_wrong);
    wrong = shifts_first_rules;
    wrong.pause_minutes_max = wrong.rest_minutes;
    cr_assert_eq(shifts_rules_check(&wrong).refusal, &shifts_rules_wrong);
}
