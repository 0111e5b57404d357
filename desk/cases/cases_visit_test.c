/* cases_visit_test.c -- somebody of the office goes to an applicant: planned, told, settled, called
 * off.  Cites cases_visit.c. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"

TestSuite(cases_visit, .init = stage_open, .fini = stage_close);

/* The stage begins at eight in the morning. */
static struct outcome plan(int days, const char *from, int minutes)
{
    char day[11];

    calendar_day_print(calendar_day_of(stage->now) + days, day);
    return stage_post(&cases_plan_visit,
                      arena_print(stage->arena,
                                  "visit_day=%s&visit_from=%s&visit_minutes=%d&"
                                  "visit_place=幸福路1号",
                                  day, from, minutes)
                          .at);
}

static struct outcome settle(id visit, const char *how)
{
    return stage_post(&cases_end_visit,
                      arena_print(stage->arena,
                                  "visit=%lld&visit_result=%s&visit_end_words=补齐了材料",
                                  (long long)visit, how)
                          .at);
}

/* Of a case that whoever acts has opened. */
static struct cases_visits_view visits(void)
{
    struct cases_visits_view v = {0};

    cr_assert(test_done(stage_see("/office/cases/{reference}/visits", "", &v)));
    return v;
}

static id planned(int days, const char *from)
{
    struct cases_visits_view v;

    cr_assert(test_done(plan(days, from, 60)));
    v = visits();
    cr_assert_not_null(v.planned);
    return v.planned->visit;
}

/* What the applicant reads of the only visit. */
static struct cases_visit_view shown(void)
{
    struct cases_case_view v = {0};

    be_mary();
    cr_assert(test_done(stage_see("/cases/{reference}", "", &v)));
    cr_assert_eq(v.visits_count, 1, "%zu", v.visits_count);
    return v.visits[0];
}

/* When the applicant is reminded; 0: never. */
static moment reminded_at(id visit)
{
    static const char sql[] =
        "select due_at from deadline where act = 'cases.visit_soon' and case_id = ?";
    struct statement *statement;
    moment at = 0;
    bool row;

    cr_assert(test_done(statement_open(stage->store, sql, &statement)));
    statement_int(statement, 1, visit);
    cr_assert(test_done(statement_step(statement, &row)));
    if (row) at = statement_get_int(statement, 0);
    statement_close(&statement);
    return at;
}

Test(cases_visit, a_time_is_by_day_of_a_day_to_come)
{
    moment now = calendar_moment_of(2026, 11, 23, 9 * 60), starts_at = 0, ends_at = 0;

    cr_expect_eq(cases_visit_time(S("2026-11-22"), 600, 60, now, &starts_at, &ends_at).refusal,
                 &cases_visit_day);
    cr_expect_eq(cases_visit_time(S("2027-01-23"), 600, 60, now, &starts_at, &ends_at).refusal,
                 &cases_visit_day, "sixty-one days away");
    cr_expect_eq(cases_visit_time(S("2026-11-23"), 540, 60, now, &starts_at, &ends_at).refusal,
                 &cases_visit_hour, "it has passed");
    cr_expect_eq(cases_visit_time(S("2026-11-24"), 419, 60, now, &starts_at, &ends_at).refusal,
                 &cases_visit_hour);
    cr_expect_eq(cases_visit_time(S("2026-11-24"), 1201, 60, now, &starts_at, &ends_at).refusal,
                 &cases_visit_hour);
    cr_assert(
        test_done(cases_visit_time(S("2027-01-22"), 1200, 60, now, &starts_at, &ends_at)));
    cr_expect_eq(starts_at, calendar_moment_of(2027, 1, 22, 20 * 60));
    cr_expect_eq(ends_at, calendar_moment_of(2027, 1, 22, 21 * 60));
}

Test(cases_visit, who_goes_is_in_one_place_and_a_case_has_one_visit)
{
    be_officer();
    cr_expect(plan(2, "09:30", 60).refusal, "(4): not before the case was opened");
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(plan(2, "09:30", 60)));
    cr_expect(plan(5, "09:30", 60).refusal, "(1): it has one");
    be_mary();
    stage_reference = stage_apply();
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_expect(plan(2, "10:00", 60).refusal, "(1): with the other applicant till half past ten");
    cr_expect(plan(2, "09:00", 45).refusal, "(1): nor to be there in time");
    cr_assert(test_done(plan(2, "10:30", 60)));
    cr_expect_eq(visits().visits_count, 1);
    be_far();
    cr_expect(plan(3, "10:30", 60).refusal, "(4): another office");
}

Test(cases_visit, the_applicant_is_told_at_once_and_at_noon_of_the_day_before)
{
    int64_t before;
    id visit;

    be_officer();
    cr_assert(test_done(stage_look()));
    before = stage_letters();
    visit = planned(2, "09:30");
    cr_expect_eq(stage_letters(), before + 1, "(2): at once");
    cr_expect_eq(reminded_at(visit), stage->now + SECONDS_PER_DAY + 4 * SECONDS_PER_HOUR, "(2)");
    cr_expect(shown().is_planned);
    cr_expect(str_same(shown().place, S("幸福路1号")), "(2)");
    stage->now = reminded_at(visit);
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_visit_soon, visit)));
    cr_expect_eq(stage_letters(), before + 1, "(2): at noon");
    stage->now += SECONDS_PER_DAY;
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_visit_soon, visit)));
    cr_expect_eq(stage_letters(), before, "a clock that comes late frightens nobody");
}

Test(cases_visit, a_visit_took_place_when_it_has_begun_and_once)
{
    struct cases_visit_view read;
    id visit;

    be_officer();
    cr_assert(test_done(stage_look()));
    visit = planned(1, "09:30");
    cr_expect_eq(settle(visit, "done").refusal, &cases_not_now, "it has not begun");
    cr_expect(settle(visit, "perhaps").refusal);
    be_far();
    cr_expect(settle(visit, "done").refusal, "(4): another office");
    stage->now += SECONDS_PER_DAY + 2 * SECONDS_PER_HOUR;
    be_officer();
    cr_expect(settle(visit, "done").refusal, "(4): opened too long ago");
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(settle(visit, "done")));
    cr_expect_eq(settle(visit, "cancelled").refusal, &cases_not_now);
    cr_expect_eq(reminded_at(visit), 0);
    read = shown();
    cr_expect(read.is_done && str_same(read.end_words, S("补齐了材料")), "(2)");
}

Test(cases_visit, a_visit_called_off_is_told_and_makes_room)
{
    int64_t before;
    id visit;

    be_officer();
    cr_assert(test_done(stage_look()));
    visit = planned(2, "09:30");
    before = stage_letters();
    cr_assert(test_done(settle(visit, "cancelled")));
    cr_expect_eq(stage_letters(), before + 1, "(3): nobody waits at home for nothing");
    cr_expect_eq(reminded_at(visit), 0);
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_visit_soon, visit)));
    cr_expect_eq(stage_letters(), before);
    be_officer();
    cr_assert(test_done(plan(2, "09:30", 60)));
}

Test(cases_visit, what_was_planned_is_called_off_when_the_case_ends)
{
    struct cases_visit_view read;
    int64_t before;
    id visit;

    be_officer();
    cr_assert(test_done(stage_look()));
    visit = planned(2, "09:30");
    before = stage_letters();
    cr_assert(test_done(stage_decide("decline", "words=不属于调解范围")));
    cr_expect_eq(stage_letters(), before + 2, "(3): that it ended, and that nobody comes");
    cr_expect_eq(reminded_at(visit), 0, "(3)");
    read = shown();
    cr_expect(str_same(read.state, S("cancelled")), "(3)");
}

Test(cases_visit, what_was_planned_is_called_off_when_the_case_goes_to_another_office)
{
    struct cases_visits_view v;
    id visit;

    be_officer();
    cr_assert(test_done(stage_look()));
    visit = planned(2, "09:30");
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=住在黄浦")));
    cr_expect_eq(reminded_at(visit), 0, "(3)");
    be_far();
    cr_assert(test_done(stage_look()));
    v = visits();
    cr_assert_eq(v.visits_count, 1);
    cr_expect(str_same(v.visits[0].state, S("cancelled")), "(3)");
    cr_expect_null(v.planned);
    cr_assert(test_done(plan(2, "09:30", 60)), "the other office plans anew");
}
