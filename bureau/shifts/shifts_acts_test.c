/* shifts_acts_test.c -- plans become shifts, and people say yes, no, and stand in.  Cites
 * shifts_make.c, shifts_shift.c and shifts_watch.c. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/shifts/shifts_test.h"

TestSuite(shifts_acts, .init = city_open, .fini = city_close);

static id shift_on(const char *day, id member_id, int64_t part)
{
    return city_number("select coalesce((select shift_id from shift where day = '%s' and "
                       "member_id = %lld and part = %lld), 0)",
                       day, (long long)member_id, (long long)part);
}

Test(shifts_acts, a_plan_makes_one_shift_a_member_and_working_day)
{
    id plan = city_plan(540, 1020, 0x1f, 2);

    city_member(plan, city.ann, 0xff, true);
    city_member(plan, city.ben, 0xff, false);
    city_watch();
    /* Six weeks from Sunday, 22 November 2026 to 3 January: 29 known working days, and 1 January,
     * which nobody has said anything about. */
    cr_assert_eq(city_number("select count(*) from shift"), 60);
    cr_assert_eq(city_number("select count(*) from shift where state = 'confirmed'"), 30);
    cr_assert_eq(city_number("select count(*) from shift where is_provisional = 1"), 2);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift"), 60);
}

Test(shifts_acts, a_place_without_a_member_is_open)
{
    id plan = city_plan(540, 1020, 0x1f, 3);

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where state = 'open'"), 60);
    cr_assert_eq(city_number("select count(*) from shift where day = '2026-11-23'"), 3);
}

Test(shifts_acts, who_is_rostered_is_whoever_holds_a_shift_then)
{
    id plan = city_plan(1320, 1800, 0x1f, 1); /* Monday 22 to Tuesday 6 */
    int64_t cover[SHIFTS_HALF_HOURS], count;
    moment night = calendar_moment_of(2026, 11, 24, 120);
    bool rostered;

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    cr_assert(test_done(shifts_is_rostered(city.scene, city.ann, night, &rostered)));
    cr_assert(rostered);
    cr_assert(test_done(shifts_is_rostered(city.scene, city.ann,
                                           calendar_moment_of(2026, 11, 24, 360), &rostered)));
    cr_assert_not(rostered);
    cr_assert(test_done(shifts_count_rostered(city.scene, S("lawyer"), S("31"), night, &count)));
    cr_assert_eq(count, 1);
    cr_assert(
        test_done(shifts_count_rostered(city.scene, S("lawyer"), S("310104"), night, &count)));
    cr_assert_eq(count, 0);
    cr_assert(test_done(shifts_count_rostered(city.scene, S("notary"), S(""), night, &count)));
    cr_assert_eq(count, 0);
    cr_assert(test_done(
        shifts_cover(city.scene, S(""), S("31"), calendar_day_from(2026, 11, 24), cover)));
    for (int i = 0; i < SHIFTS_HALF_HOURS; i++) cr_assert_eq(cover[i], i < 12 || i >= 44, "%d", i);
    /* Suspended: not counted any more. */
    city_script("update consultant set standing = 'suspended'");
    cr_assert(test_done(shifts_count_rostered(city.scene, S(""), S(""), night, &count)));
    cr_assert_eq(count, 0);
}

Test(shifts_acts, a_plan_that_changes_takes_back_and_gives_again)
{
    id plan = city_plan(540, 1020, 0x1f, 1);
    int64_t before;

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    before = city_number("select count(*) from shift");
    city_script("update shift_plan set weekday_bits = 30, made_to = ''"); /* no Mondays */
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where state = 'cancelled' and "
                             "cause = 'plan'"),
                 6);
    cr_assert_eq(city_number("select count(*) from shift_past"), 6);
    city_script("update shift_plan set weekday_bits = 31, made_to = ''");
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift"), before);
    cr_assert_eq(city_number("select count(*) from shift where state = 'confirmed'"), before);
    cr_assert_eq(city_number("select count(*) from shift_past"), 0);
}

Test(shifts_acts, what_a_leader_cancelled_stays_cancelled)
{
    id plan = city_plan(540, 1020, 0x1f, 1), shift;

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    shift = shift_on("2026-11-24", city.ann, 0);
    city_be(city.leader);
    cr_assert(test_done(city_shift(&shifts_act_cancel, shift)));
    city_script("update shift_plan set made_to = ''");
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where state = 'cancelled'"), 1);
    city_be(city.leader);
    cr_assert(test_done(city_shift(&shifts_act_restore, shift)));
    cr_assert_eq(city_number("select count(*) from shift where state = 'open'"), 1);
}

Test(shifts_acts, a_member_who_serves_elsewhere_at_that_time_leaves_it_open)
{
    id one = city_plan(540, 1020, 0x1f, 1), two = city_plan(900, 1200, 1, 1);

    city_member(one, city.ann, 0xff, true);
    city_member(two, city.ann, 0xff, true);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where cause = 'clash'"), 6);
}

Test(shifts_acts, whoever_is_named_says_yes_or_no_and_nobody_else_does)
{
    id plan = city_plan(540, 1020, 0x1f, 1), shift;

    city_member(plan, city.ann, 0xff, false);
    city_watch();
    shift = shift_on("2026-11-24", city.ann, 0);
    city_be(city.ben);
    cr_assert_eq(city_shift(&shifts_act_confirm, shift).refusal, &act_not_yours);
    city_be(city.far);
    cr_assert_eq(city_shift(&shifts_act_confirm, shift).refusal, &act_unknown);
    city_be(city.ann);
    cr_assert(test_done(city_shift(&shifts_act_confirm, shift)));
    cr_assert_eq(city_shift(&shifts_act_confirm, shift).refusal, &shifts_not_now);
    cr_assert_eq(city_shift(&shifts_act_decline, shift).refusal, &shifts_not_now);
    shift = shift_on("2026-11-25", city.ann, 0);
    cr_assert(test_done(city_shift(&shifts_act_decline, shift)));
    cr_assert_eq(city_number("select count(*) from shift where cause = 'declined'"), 1);
    /* Yes to all: the rest is confirmed, and what is made later as well. */
    shift = shift_on("2026-11-26", city.ann, 0);
    cr_assert(test_done(test_act(city.scene, &shifts_act_confirm,
                                 &(struct shifts_confirm_form){shift, true}, NULL)));
    cr_assert_eq(city_number("select count(*) from shift where state = 'planned' and starts_at > "
                             "%lld",
                             (long long)city.scene->now),
                 0);
    cr_assert_neq(city_number("select agreed_at from shift_member"), 0);
}

Test(shifts_acts, an_open_shift_goes_to_the_first_who_takes_it)
{
    id plan = city_plan(540, 1020, 0x1f, 1), shift;

    city_watch();
    shift = shift_on("2026-11-24", -1, 0);
    city_be(city.far);
    cr_assert_eq(city_shift(&shifts_act_take, shift).refusal, &act_unknown);
    city_be(city.nell); /* of the team, a notary */
    cr_assert_eq(city_shift(&shifts_act_take, shift).refusal, &shifts_elsewhere);
    city_be(city.ann);
    cr_assert(test_done(city_shift(&shifts_act_take, shift)));
    city_be(city.ben);
    cr_assert_neq(city_shift(&shifts_act_take, shift).refusal, NULL);
    cr_assert_eq(city_number("select person_id from shift where shift_id = %lld", (long long)shift),
                 city.ann);
    (void)plan;
}

Test(shifts_acts, a_leader_names_whom_the_rules_allow_and_is_told_which_shift_stands_against_it)
{
    id plan = city_plan(540, 1020, 0x1f, 1), late = city_plan(1140, 1320, 0x1f, 1), shift;
    struct outcome outcome;

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    (void)late;
    shift = city_number("select shift_id from shift where day = '2026-11-24' and starts_at = %lld",
                        (long long)calendar_moment_of(2026, 11, 24, 1140));
    city_be(city.other_leader);
    cr_assert_eq(city_name(shift, city.ben).refusal, &act_unknown);
    city_be(city.ann);
    cr_assert_eq(city_name(shift, city.ben).refusal, &act_not_yours);
    city_be(city.leader);
    cr_assert_eq(city_name(shift, city.far).refusal, &shifts_elsewhere);
    cr_assert(test_done(city_name(shift, city.ann))); /* two hours' pause, 11 hours: allowed */
    cr_assert_eq(city_number("select count(*) from shift where state = 'planned'"), 1);
    /* Eleven hours of rest until Wednesday at nine; but a second evening is more than a week
     * holds, and the refusal names the nearest shift. */
    shift = city_number("select shift_id from shift where day = '2026-11-25' and state = 'open'");
    outcome = city_name(shift, city.ann);
    cr_assert_eq(outcome.refusal, &shifts_week_full);
    cr_assert(str_find(outcome.detail, S("09:00–17:00")) >= 0, "%.*s", STR_ARGS(outcome.detail));
    outcome = city_name(shift_on("2026-11-24", city.ann, 0), city.ben);
    cr_assert_neq(outcome.refusal, NULL); /* confirmed by somebody who can come */
}

Test(shifts_acts, a_gap_is_alarmed_the_working_day_before_once_and_settled_when_covered)
{
    id plan = city_plan(540, 1020, 0x1f, 1), shift;

    city.scene->now = calendar_moment_of(2026, 11, 23, 600);
    city_watch();
    (void)plan;
    /* Monday at ten: today's gap is alarmed, tomorrow's at three. */
    cr_assert_eq(city_number("select count(*) from shift_alarm"), 1);
    city.scene->now = calendar_moment_of(2026, 11, 23, 900);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where settled_at = 0"), 2);
    /* One message a team and day. */
    cr_assert_eq(city_number("select count(*) from notice where template = 'uncovered'"), 2);
    city_watch();
    cr_assert_eq(city_number("select count(*) from notice where template = 'uncovered'"), 2);
    shift = shift_on("2026-11-24", -1, 0);
    city_be(city.ann);
    cr_assert(test_done(city_shift(&shifts_act_take, shift)));
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where settled_at = 0"), 1);
    /* Suspended after all: it is a gap again, and said so again. */
    city_script("update consultant set standing = 'suspended'");
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where settled_at = 0 and "
                             "cause = 'suspended'"),
                 1);
}

Test(shifts_acts, a_licence_that_ends_before_the_shift_is_a_gap_and_an_unanswered_one_too)
{
    id plan = city_plan(540, 1020, 0x1f, 2);

    city_member(plan, city.ann, 0xff, true);
    city_member(plan, city.ben, 0xff, false);
    city.scene->now = calendar_moment_of(2026, 11, 23, 960);
    city_script("update consultant set licence_until = 1795485600"); /* 24 November, noon */
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where cause = 'unqualified'"), 2);
    city_script("update consultant set licence_until = 0; delete from shift_alarm");
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where cause = 'unconfirmed'"), 2);
}

Test(shifts_acts, the_year_s_calendar_makes_certain_what_was_provisional)
{
    static struct calendar calendar;
    static struct calendar_year years[CALENDAR_YEARS_MAX];
    static const struct calendar_special special[] = {
        {.kind = CALENDAR_HOLIDAY, .name = {"元旦", 6}}};
    static struct calendar_special dated[1];
    id plan = city_plan(540, 1020, 0x1f, 1);

    city_member(plan, city.ann, 0xff, true);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where is_provisional = 1"), 1);
    dated[0] = special[0];
    dated[0].day = calendar_day_from(2027, 1, 1);
    calendar = calendar_built_in;
    for (size_t i = 0; i < calendar_built_in.year_count; i++) years[i] = calendar_built_in.years[i];
    years[calendar.year_count++] =
        (struct calendar_year){.year = 2027, .special = dated, .special_count = 1};
    calendar.years = years;
    people_use_calendar(&calendar);
    city_watch();
    people_use_calendar(&calendar_built_in);
    cr_assert_eq(city_number("select count(*) from shift where day = '2027-01-01' and "
                             "state = 'cancelled' and cause = 'plan'"),
                 1);
}

/* ---- backup lists ---- */

static struct outcome list_on(const char *division, const char *login)
{
    struct shifts_backup_add_form form = {.division = str_of(division), .login = str_of(login)};
    struct shifts_backup_told_view told;

    return test_act(city.scene, &shifts_act_backup_add, &form, &told);
}

Test(shifts_acts, a_leader_keeps_the_list_of_the_district_the_team_serves_and_no_other)
{
    city_be(city.leader);
    cr_assert(test_done(list_on("310101", "ann")));
    cr_assert_not(test_done(list_on("310104", "far")));
    cr_assert_not(test_done(list_on("31", "ben")));
    /* A team of the whole city, as an association's, is no key to the lists of all districts. */
    city_script("update team set division = '31' where team_id = %lld", (long long)city.team);
    cr_assert_not(test_done(list_on("310101", "ben")));
    cr_assert_not(test_done(list_on("310104", "far")));
    cr_assert_eq(city_number("select count(*) from shift_backup"), 1);
}
