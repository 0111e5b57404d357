/* shifts_plan_test.c -- plans, single shifts, backup lists and rules, as they are typed.  Cites
 * shifts_plan.c, shifts_single.c and shifts_backup.c. */
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>

#include "bureau/shifts/shifts_test.h"

TestSuite(shifts_plan, .init = city_open, .fini = city_close);

__attribute__((format(printf, 3, 4))) static struct outcome post(const struct act *act,
                                                                 void *result, const char *format,
                                                                 ...)
{
    static char text[500];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return test_post(city.scene, act, text, result);
}

/* Monday to Friday from `from` to `to`, one at a time; the plan's number, or 0 and the outcome. */
static struct outcome add_plan(id team, const char *from, const char *to, const char *day, id *plan)
{
    struct shifts_plan_told_view told = {0};
    struct outcome outcome =
        post(&shifts_act_plan_add, &told,
             "team=%lld&desk=consultation&profession=lawyer&from_time=%s&to_time=%s&weekdays=mon "
             "tue wed thu fri&places=1&from_day=%s",
             (long long)team, from, to, day);

    *plan = told.plan;
    return outcome;
}

static struct outcome add_member(id plan, id person_id)
{
    struct shifts_plan_told_view told;

    return post(&shifts_act_member, &told, "plan=%lld&person=%lld", (long long)plan,
                (long long)person_id);
}

static struct outcome give(const char *day, const char *from, const char *to, id *shift)
{
    struct shifts_told_view told = {0};
    struct outcome outcome = post(&shifts_act_single, &told,
                                  "team=%lld&desk=window&profession=lawyer&day=%s&from_time=%s"
                                  "&to_time=%s",
                                  (long long)city.team, day, from, to);

    *shift = told.shift;
    return outcome;
}

/* ---- plans ---- */

Test(shifts_plan, whoever_leads_a_team_plans_it_and_nobody_else_s)
{
    id plan;

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &plan)));
    cr_assert_neq(plan, 0);
    cr_assert_eq(city_number("select count(*) from shift where plan_id = %lld and state = 'open'",
                             (long long)plan),
                 30);
    cr_assert_eq(test_journal(city.scene, "shifts.plan_add"), 1);
    cr_assert_neq(add_plan(city.other_team, "09:00", "17:00", "2026-11-23", &plan).refusal, NULL);
    city_be(city.local); /* of the other district */
    cr_assert_neq(add_plan(city.team, "09:00", "17:00", "2026-11-23", &plan).refusal, NULL);
    city_be(city.ann);
    cr_assert_eq(add_plan(city.team, "09:00", "17:00", "2026-11-23", &plan).refusal,
                 &act_not_yours);
    city_be(city.supervisor);
    cr_assert(test_done(add_plan(city.other_team, "09:00", "17:00", "2026-11-23", &plan)));
}

Test(shifts_plan, a_plan_of_yesterday_too_long_or_too_short_is_refused_and_leaves_nothing)
{
    id plan;

    city_be(city.leader);
    cr_assert_neq(add_plan(city.team, "09:00", "17:00", "2026-11-21", &plan).refusal, NULL);
    cr_assert_eq(add_plan(city.team, "09:00", "21:00", "2026-11-23", &plan).refusal,
                 &shifts_plan_long);
    cr_assert_eq(add_plan(city.team, "09:00", "09:10", "2026-11-23", &plan).refusal,
                 &shifts_plan_wrong);
    cr_assert_eq(city_number("select (select count(*) from shift) + count(*) from shift_plan"), 0);
}

Test(shifts_plan, a_member_whom_the_rules_forbid_is_refused_and_the_other_shift_is_named)
{
    id day, late, night;
    struct outcome outcome;

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &day)));
    cr_assert(test_done(add_plan(city.team, "16:00", "18:00", "2026-11-23", &late)));
    cr_assert(test_done(add_plan(city.team, "22:00", "02:00", "2026-11-23", &night)));
    cr_assert(test_done(add_member(day, city.ann)));
    outcome = add_member(late, city.ann);
    cr_assert_eq(outcome.refusal, &shifts_overlaps);
    cr_assert(str_find(outcome.detail, S("09:00–17:00")) >= 0, "%.*s", STR_ARGS(outcome.detail));
    outcome = add_member(night, city.ann);
    cr_assert_eq(outcome.refusal, &shifts_rest);
    cr_assert(str_find(outcome.detail, S("09:00–17:00")) >= 0, "%.*s", STR_ARGS(outcome.detail));
    cr_assert_neq(add_member(day, city.ann).refusal, NULL); /* once is enough */
    cr_assert_eq(add_member(day, city.nell).refusal, &shifts_elsewhere);
    cr_assert_eq(add_member(day, city.far).refusal, &shifts_elsewhere);
    cr_assert_eq(city_number("select count(*) from shift_member"), 1);
}

Test(shifts_plan, a_member_taken_out_leaves_the_places_open)
{
    struct shifts_plan_told_view told;
    id plan;

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &plan)));
    cr_assert(test_done(add_member(plan, city.ann)));
    cr_assert_eq(
        city_number("select count(*) from shift where person_id = %lld", (long long)city.ann), 30);
    cr_assert(test_done(post(&shifts_act_member_end, &told, "plan=%lld&person=%lld",
                             (long long)plan, (long long)city.ann)));
    cr_assert_eq(city_number("select count(*) from shift where person_id <> 0"), 0);
    cr_assert_eq(city_number("select count(*) from shift where state = 'open'"), 30);
    cr_assert_eq(post(&shifts_act_member_end, &told, "plan=%lld&person=%lld", (long long)plan,
                      (long long)city.ann)
                     .refusal,
                 &act_unknown);
}

Test(shifts_plan, a_plan_that_is_ended_takes_back_what_lies_behind_its_last_day)
{
    struct shifts_plan_told_view told;
    id plan;

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &plan)));
    city_be(city.other_leader);
    cr_assert_eq(
        post(&shifts_act_plan_save, &told, "plan=%lld&weekdays=mon&places=1", (long long)plan)
            .refusal,
        &act_unknown);
    city_be(city.leader);
    cr_assert(test_done(post(&shifts_act_plan_save, &told,
                             "plan=%lld&weekdays=mon tue wed thu fri&places=2&to_day=2026-11-27",
                             (long long)plan)));
    cr_assert_eq(city_number("select count(*) from shift where state = 'open'"), 10);
    cr_assert_eq(city_number("select count(*) from shift where state = 'cancelled'"), 25);
}

/* ---- single shifts ---- */

Test(shifts_plan, a_single_shift_is_open_until_somebody_is_named_and_is_a_gap_as_any_other)
{
    struct shifts_singles_view view = {0};
    struct str go;
    id shift;

    city_be(city.leader);
    cr_assert(test_done(give("2026-11-28", "14:00", "17:00", &shift))); /* a Saturday */
    cr_assert_eq(city_number("select count(*) from shift where shift_id = %lld and plan_id = 0 "
                             "and state = 'open' and is_provisional = 0",
                             (long long)shift),
                 1);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift"), 1); /* no plan takes it back */
    city.scene->now = calendar_moment_of(2026, 11, 27, 901);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where settled_at = 0"), 1);
    city_be(city.leader);
    cr_assert(test_done(test_show(city.scene, &shifts_module, "/roster/shifts", "", &view, &go)));
    cr_assert_eq(view.shifts_count, 1);
    cr_assert(test_done(city_name(shift, city.ann)));
    city_be(city.ann);
    cr_assert(test_done(city_shift(&shifts_act_confirm, shift)));
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm where settled_at = 0"), 0);
    view = (struct shifts_singles_view){0};
    city_be(city.other_leader);
    cr_assert(test_done(test_show(city.scene, &shifts_module, "/roster/shifts", "", &view, &go)));
    cr_assert_eq(view.shifts_count, 0);
}

Test(shifts_plan, several_single_shifts_at_one_time_stand_beside_each_other)
{
    id one, two;

    city_be(city.leader);
    cr_assert(test_done(give("2026-11-28", "14:00", "17:00", &one)));
    cr_assert(test_done(give("2026-11-28", "14:00", "17:00", &two)));
    cr_assert_neq(one, two);
    cr_assert(test_done(city_name(one, city.ann)));
    cr_assert_eq(city_name(two, city.ann).refusal, &shifts_overlaps);
    cr_assert(test_done(city_name(two, city.ben)));
}

Test(shifts_plan, a_team_has_so_many_single_shifts_on_a_day_and_no_more) /* single (4) */
{
    struct outcome outcome = DONE;
    int given = 0;
    id shift;

    city_be(city.leader);
    while (given <= SHIFTS_SINGLES_MAX) {
        outcome = give("2026-11-28", "14:00", "17:00", &shift);
        if (outcome.refusal) break;
        given++;
    }
    cr_expect_eq(given, SHIFTS_SINGLES_MAX);
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "shifts.singles-many");
    cr_expect(test_done(give("2026-11-29", "14:00", "17:00", &shift)), "another day has its own");
}

Test(shifts_plan, a_single_shift_is_for_a_time_to_come_and_a_team_one_plans)
{
    id shift;

    city_be(city.leader);
    cr_assert_neq(give("2026-11-21", "09:00", "17:00", &shift).refusal, NULL);
    cr_assert_neq(give("2027-11-22", "09:00", "17:00", &shift).refusal, NULL);
    cr_assert_eq(give("2026-11-28", "09:00", "09:10", &shift).refusal, &shifts_plan_wrong);
    cr_assert(test_done(give("2026-11-22", "07:00", "09:30", &shift))); /* it goes on already */
    city_be(city.other_leader);
    cr_assert_neq(give("2026-11-28", "09:00", "17:00", &shift).refusal, NULL);
    city_be(city.ben);
    cr_assert_eq(give("2026-11-28", "09:00", "17:00", &shift).refusal, &act_not_yours);
    cr_assert_eq(city_number("select count(*) from shift"), 1);
}

Test(shifts_plan, a_single_shift_restored_is_single_again_and_a_year_without_calendar_is_no_bar)
{
    id shift;

    city_be(city.leader);
    cr_assert(test_done(give("2027-02-20", "09:00", "12:00", &shift)));
    cr_assert(test_done(city_shift(&shifts_act_cancel, shift)));
    cr_assert(test_done(city_shift(&shifts_act_restore, shift)));
    cr_assert_eq(city_number("select count(*) from shift where cause = 'single' and "
                             "is_provisional = 0"),
                 1);
}

/* ---- swap choices, as a program reads them ---- */

Test(shifts_plan, the_page_of_a_shift_tells_what_it_can_be_swapped_for)
{
    struct shifts_shift_view view = {0};
    struct out *json = out_open(city.scene->arena, 65536);
    struct str go, text;
    id early, late, mine, theirs;
    char path[64], value[64];

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "08:00", "11:00", "2026-11-23", &early)));
    cr_assert(test_done(add_plan(city.team, "13:00", "16:00", "2026-11-23", &late)));
    cr_assert(test_done(add_member(early, city.ann)));
    cr_assert(test_done(add_member(late, city.ben)));
    mine = city_number("select shift_id from shift where person_id = %lld and day = '2026-11-25'",
                       (long long)city.ann);
    theirs = city_number("select shift_id from shift where person_id = %lld and day = '2026-11-26'",
                         (long long)city.ben);
    city_be(city.ann);
    snprintf(path, sizeof path, "shift=%lld", (long long)mine);
    cr_assert(test_done(
        test_show(city.scene, &shifts_module, "/roster/shifts/{shift}", path, &view, &go)));
    view_json(json, &shifts_shift_view, &view);
    text = out_text(json);
    snprintf(value, sizeof value, "\"%lld\"", (long long)theirs);
    cr_assert(str_find(text, S("\"may_swap\":true")) >= 0, "%.*s", STR_ARGS(text));
    cr_assert(str_find(text, S("\"colleagues\":[")) >= 0);
    cr_assert(str_find(text, str_of(value)) >= 0, "%.*s", STR_ARGS(text));
    snprintf(value, sizeof value, "\"%lld\"", (long long)city.cid); /* for nothing in return */
    cr_assert(str_find(text, str_of(value)) >= 0);
}

/* ---- backup lists ---- */

static id listed(const char *division, const char *login)
{
    struct shifts_backup_told_view told = {0};

    cr_assert(
        test_done(post(&shifts_act_backup_add, &told, "division=%s&login=%s", division, login)));
    return told.backup;
}

static struct outcome backup(const struct act *act, id backup_id)
{
    return post(act, NULL, "backup=%lld", (long long)backup_id);
}

Test(shifts_plan, a_backup_list_is_in_the_order_of_contact_and_is_moved_and_shortened)
{
    const struct shifts_list_callable_row *rows;
    size_t count;
    id ben;

    city_be(city.supervisor);
    listed("310101", "ann");
    ben = listed("310101", "ben");
    listed("31", "cid");
    cr_assert(test_done(shifts_backups(city.scene, S("lawyer"), S("310101"), &rows, &count)));
    cr_assert_eq(count, 3);
    cr_assert_eq(rows[0].person_id, city.ann);
    cr_assert_eq(rows[2].person_id, city.cid, "the city's list comes after the district's");
    cr_assert(test_done(backup(&shifts_act_backup_up, ben)));
    cr_assert(test_done(backup(&shifts_act_backup_up, ben))); /* first already */
    cr_assert(test_done(shifts_backups(city.scene, S("lawyer"), S("310101"), &rows, &count)));
    cr_assert_eq(rows[0].person_id, city.ben);
    cr_assert(test_done(backup(&shifts_act_backup_drop, ben)));
    cr_assert(test_done(shifts_backups(city.scene, S("lawyer"), S("310101"), &rows, &count)));
    cr_assert_eq(count, 2);
    city_script("update consultant set standing = 'suspended' where person_id = %lld",
                (long long)city.ann);
    cr_assert(test_done(shifts_backups(city.scene, S("lawyer"), S("310101"), &rows, &count)));
    cr_assert_eq(count, 1);
}

Test(shifts_plan, nobody_keeps_another_s_backup_list_or_lists_somebody_twice)
{
    struct shifts_backup_told_view told;
    id ann;

    city_be(city.leader);
    ann = listed("310101", "ann");
    cr_assert_neq(post(&shifts_act_backup_add, &told, "division=310101&login=ann").refusal, NULL);
    cr_assert_neq(post(&shifts_act_backup_add, &told, "division=310101&login=leader").refusal,
                  NULL);
    cr_assert_neq(post(&shifts_act_backup_add, &told, "division=31&login=ben").refusal, NULL);
    cr_assert_neq(post(&shifts_act_backup_add, &told, "division=310104&login=ben").refusal, NULL);
    city_be(city.other_leader);
    cr_assert_eq(backup(&shifts_act_backup_drop, ann).refusal, &act_unknown);
    cr_assert_eq(backup(&shifts_act_backup_up, ann).refusal, &act_unknown);
    city_be(city.local);
    cr_assert_eq(backup(&shifts_act_backup_drop, ann).refusal, &act_unknown);
    cr_assert_eq(city_number("select count(*) from shift_backup"), 1);
}

/* ---- rules ---- */

static struct outcome rule(int rest_hours, int day_hours, const char *alarm_time)
{
    struct shifts_rules_told_view told;

    return post(&shifts_act_rules, &told,
                "rest_hours=%d&pause_minutes=180&day_hours=%d&week_hours=44&part_minutes=60"
                "&alarm_time=%s&weeks_ahead=6",
                rest_hours, day_hours, alarm_time);
}

Test(shifts_plan, rules_of_rest_are_the_city_s_and_each_change_is_a_version)
{
    id day, evening;

    city_be(city.leader);
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &day)));
    cr_assert(test_done(add_plan(city.team, "20:00", "22:00", "2026-11-27", &evening)));
    cr_assert(test_done(add_member(day, city.ann)));
    cr_assert_eq(rule(8, 11, "15:00").refusal, &act_not_yours);
    city_be(city.local);
    cr_assert_neq(rule(8, 11, "15:00").refusal, NULL);
    city_be(city.supervisor);
    cr_assert_neq(rule(8, 11, "25:00").refusal, NULL);
    cr_assert(test_done(rule(8, 11, "12:00")));
    cr_assert(test_done(rule(10, 9, "15:00")));
    cr_assert_eq(city_number("select max(rules_version) from shift_rules"), 2);
    /* Nine hours a day from now on: a plan of eight goes, an evening beside it does not. */
    city_be(city.leader);
    cr_assert_eq(add_member(evening, city.ann).refusal, &shifts_day_full);
}

Test(shifts_plan, a_team_cannot_have_plans_without_end) /* (5) */
{
    struct shifts_plan_told_view told;
    struct outcome more;
    id plan = 0, next;

    for (int i = 0; i < SHIFTS_PLANS_MAX; i++) plan = city_plan(540, 570, 1, 1);
    city_be(city.leader);
    more = add_plan(city.team, "09:00", "17:00", "2026-11-23", &next);
    cr_assert(more.refusal);
    cr_expect_str_eq(more.refusal->key, "shifts.plans-many");
    cr_assert(
        test_done(post(&shifts_act_plan_save, &told,
                       "plan=%lld&weekdays=mon&places=1&to_day=2026-11-22", (long long)plan)));
    city.scene->now += SECONDS_PER_DAY;
    cr_assert(test_done(add_plan(city.team, "09:00", "17:00", "2026-11-23", &next)),
              "an ended plan is not counted");
    more = post(&shifts_act_plan_save, &told, "plan=%lld&weekdays=mon&places=1", (long long)plan);
    cr_assert(more.refusal, "and does not go on again beside sixty others");
    cr_expect_str_eq(more.refusal->key, "shifts.plans-many");
}
