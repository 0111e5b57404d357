/* forecast_acts_test.c -- the plan of a day, its page within somebody's scope, the goal, and tables
 * of the past. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/forecast/forecast_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;
static struct actor admin, supervisor;

static struct outcome make(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    id person_id;

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_hours(own, false));
    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = S("admin1"), .name = S("admin1")}, &person_id));
    TRY(identity_role_add(own, person_id, S("admin"), S("31")));
    admin = (struct actor){.person_id = person_id,
                           .is = WHO_ADMIN | WHO_ANYONE,
                           .scopes = scopes_of(S("31")),
                           .name = S("a")};
    supervisor = (struct actor){.person_id = person_id + 1,
                                .is = WHO_SUPERVISOR | WHO_ANYONE,
                                .scopes = scopes_of(S("31"))};
    return DONE;
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};
    static struct calendar calendar;

    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &people_module,
                                       &record_module, &shifts_module, &forecast_module, NULL});
    cr_assert(test_done(calendar_load(scene->arena, "/nowhere", &calendar)));
    people_use_calendar(&calendar);
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    scene->actor = admin;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(forecast_acts, .init = set_up, .fini = tear_down);

static struct outcome import(const char *csv, struct forecast_imported_view *told)
{
    struct forecast_import_form form = {.file = {.name = S("a.csv"), .bytes = str_of(csv)}};

    return test_act(scene, &forecast_act_import, &form, told);
}

/* Ten weeks of working days: in each half hour from 9 to 17 that many. */
static void import_weeks(int arrivals)
{
    struct out *csv = out_open(scene->arena, 1 << 16);
    calendar_day today = calendar_day_of(scene->now);
    struct forecast_imported_view told = {0};

    for (calendar_day day = today - 70; day < today; day++) {
        char text[11];

        if (calendar_weekday_of(day) >= CALENDAR_SATURDAY) continue;
        calendar_day_print(day, text);
        for (int h = 18; h < 34; h++) {
            struct str row = arena_print(scene->arena, "%s,%02d:%02d,lawyer,%d\n", text, h / 2,
                                         h % 2 * 30, arrivals);

            out_str(csv, row);
        }
    }
    cr_assert(test_done(import(arena_c(scene->arena, out_text(csv)), &told)));
    cr_expect_eq(told.rows, 50 * 16);
    cr_expect_eq(told.arrivals, 50 * 16 * arrivals);
}

static struct forecast_look_view look(const char *typed)
{
    struct forecast_look_view view = {0};

    cr_assert(
        test_done(test_show(scene, &forecast_module, "/roster/forecast", typed, &view, NULL)));
    return view;
}

/* ---- the plan ---- */

Test(forecast_acts, without_a_past_nothing_is_said)
{
    struct forecast_look_view view;

    scene->actor = supervisor;
    view = look("day=2026-11-24");
    cr_expect(str_same(view.knows, S("nothing")));
    cr_expect_eq(view.half_hours_count, 48);
    for (size_t h = 0; h < 48; h++) cr_expect_eq(view.half_hours[h].needed, 0);
    cr_expect_eq(view.half_hours_short, 0);
}

Test(forecast_acts, a_past_makes_a_need_for_the_hours_of_the_desk)
{
    struct forecast_look_view view;
    const struct forecast_load load = {40, FORECAST_HANDLE_USUAL, FORECAST_PATIENCE_USUAL};
    int64_t needed = forecast_needed(&load, 95, 15);

    import_weeks(20);
    scene->actor = supervisor;
    view = look("day=2026-11-24&profession=lawyer");
    cr_expect(str_same(view.knows, S("enough")));
    for (size_t h = 18; h < 34; h++) {
        cr_expect(view.half_hours[h].needed >= needed - 1 &&
                      view.half_hours[h].needed <= needed + 1,
                  "%d", (int)view.half_hours[h].needed);
        cr_expect(view.half_hours[h].needed_high > view.half_hours[h].needed);
        cr_expect(str_same(view.half_hours[h].state, S("short")));
        cr_expect_eq(view.half_hours[h].short_by, view.half_hours[h].needed);
    }
    cr_expect(str_same(view.half_hours[17].state, S("closed")));
    cr_expect(str_same(view.half_hours[34].state, S("closed")));
    cr_expect_eq(view.half_hours_short, 16);
    view = look("day=2026-11-29");
    cr_expect(str_same(view.kind, S("weekend")));
    cr_expect_eq(view.half_hours_short, 0, "closed on Sundays");
    view = look("day=2026-11-24&profession=notary");
    cr_expect_eq(view.half_hours[20].needed, 0);
    view = look("day=2026-11-24&division=310104");
    cr_expect_eq(view.half_hours[20].needed, 0, "what is the city's is no district's");
}

Test(forecast_acts, what_was_counted_here_is_added)
{
    struct record_case c = {.case_id = 0,
                            .service = S("consultation"),
                            .profession = S("lawyer"),
                            .division = S("310104"),
                            .phase = RECORD_WAITING};
    struct forecast_plan before, after;

    import_weeks(20);
    cr_assert(test_done(
        forecast_plan_day(scene, S("lawyer"), S("31"), calendar_day_of(scene->now) + 1, &before)));
    for (int day = 1; day <= 35; day++) {
        for (int i = 0; i < 40; i++) {
            c.case_id++;
            c.opened_at =
                calendar_day_begins(calendar_day_of(scene->now) - day) + 10 * SECONDS_PER_HOUR + i;
            cr_assert(test_done(record_keep_at(scene, &c, c.opened_at)));
        }
    }
    cr_assert(test_done(
        forecast_plan_day(scene, S("lawyer"), S("31"), calendar_day_of(scene->now) + 1, &after)));
    cr_expect(after.half_hours[20].expected > before.half_hours[20].expected + 15);
    cr_assert(test_done(forecast_plan_day(scene, S("lawyer"), S("310101"),
                                          calendar_day_of(scene->now) + 1, &after)));
    cr_expect_eq(after.half_hours[20].expected, 0, "not this district's");
}

Test(forecast_acts, a_table_of_one_profession_says_nothing_of_another)
{
    struct record_case c = {.service = S("consultation"),
                            .profession = S("notary"),
                            .division = S("310104"),
                            .phase = RECORD_WAITING};
    struct forecast_plan plan;
    calendar_day today = calendar_day_of(scene->now);

    import_weeks(20);
    for (calendar_day day = today - 21; day < today; day++) {
        for (int i = 0; i < 40; i++) {
            c.case_id++;
            c.opened_at = calendar_day_begins(day) + 10 * SECONDS_PER_HOUR + i;
            cr_assert(test_done(record_keep_at(scene, &c, c.opened_at)));
        }
    }
    cr_assert(test_done(forecast_plan_day(scene, S("notary"), S("31"), today + 1, &plan)));
    cr_expect_eq(plan.curve.days, 21);
    cr_expect(plan.half_hours[20].expected > 36 && plan.half_hours[20].expected < 44, "%f",
              plan.half_hours[20].expected);
}

Test(forecast_acts, a_past_day_shows_what_was_forecast_for_it)
{
    struct forecast_plan plan;

    import_weeks(20);
    cr_assert(test_done(
        forecast_plan_day(scene, S("lawyer"), S("31"), calendar_day_of(scene->now) - 69, &plan)));
    cr_expect_eq(plan.curve.knows, FORECAST_KNOWS_NOTHING);
}

/* ---- who may see what ---- */

Test(forecast_acts, nobody_looks_beyond_their_division)
{
    struct forecast_look_view view = {0};

    scene->actor = supervisor;
    scene->actor.scopes = scopes_of(S("310101"));
    cr_expect(str_same(look("").division, S("310101")));
    cr_expect(test_show(scene, &forecast_module, "/roster/forecast", "division=310104", &view, NULL)
                  .refusal == &act_not_yours);
    cr_expect(test_show(scene, &forecast_module, "/roster/forecast", "division=31", &view, NULL)
                  .refusal == &act_not_yours);
    scene->actor.scopes = (struct scopes){0};
    cr_expect(test_show(scene, &forecast_module, "/roster/forecast", "", &view, NULL).refusal ==
              &act_not_yours);
    scene->actor = admin;
    scene->actor.is = WHO_CONSULTANT | WHO_ANYONE;
    cr_expect(test_act(scene, &forecast_act_policy, &(struct forecast_policy_form){95, 15, 1}, NULL)
                  .refusal == &act_not_yours);
}

Test(forecast_acts, days_far_away_and_words_nobody_knows_are_refused)
{
    static const char *const wrong[] = {"day=2030-01-01", "day=2020-01-01", "profession=baker",
                                        "division=99"};
    struct forecast_look_view view = {0};

    scene->actor = supervisor;
    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect(
            test_show(scene, &forecast_module, "/roster/forecast", wrong[i], &view, NULL).refusal !=
                NULL,
            "%s", wrong[i]);
}

/* ---- the goal ---- */

Test(forecast_acts, the_goal_is_the_citys_to_change_and_counts_at_once)
{
    struct forecast_plan before, after;
    calendar_day day = calendar_day_of(scene->now) + 2;

    import_weeks(20);
    cr_assert(test_done(forecast_plan_day(scene, S("lawyer"), S("31"), day, &before)));
    cr_assert(
        test_done(test_post(scene, &forecast_act_policy,
                            "service_percent=80&service_seconds=60 s&talks_at_once=2", NULL)));
    cr_assert(test_done(forecast_plan_day(scene, S("lawyer"), S("31"), day, &after)));
    cr_expect_eq(after.policy.percent, 80);
    cr_expect(after.half_hours[20].needed < before.half_hours[20].needed);
    cr_expect_eq(test_journal(scene, "forecast.policy"), 1);
    scene->actor.scopes = scopes_of(S("310101"));
    cr_expect(test_post(scene, &forecast_act_policy,
                        "service_percent=80&service_seconds=60 s&talks_at_once=2", NULL)
                  .refusal == &act_not_yours);
}

/* ---- tables ---- */

Test(forecast_acts, a_table_is_read_as_people_write_it)
{
    struct forecast_imported_view told = {0};
    struct forecast_admin_view view = {0};

    cr_assert(test_done(import("\xEF\xBB\xBF日期,时间,职业,人数\r\n2026/3/2,9:05,lawyer,3\r\n"
                               "2026-03-02,09:29:59,lawyer, 4 ,310104\r\n\r\n"
                               "2026-03-02,09:00,lawyer,5\r\n",
                               &told)));
    cr_expect_eq(told.rows, 3);
    cr_expect_eq(told.arrivals, 12);
    cr_assert(test_done(test_show(scene, &forecast_module, "/admin/forecast", "", &view, NULL)));
    cr_expect_eq(view.imports_count, 1);
    cr_expect_eq(view.imports[0].arrivals, 12, "rows of one half hour are added up");
    cr_assert(test_done(import("2026-03-02,09:00,lawyer,7\n", &told)));
    cr_assert(test_done(test_show(scene, &forecast_module, "/admin/forecast", "", &view, NULL)));
    cr_expect_eq(view.imports[0].arrivals, 11, "and replaced by a later table");
    cr_assert(test_done(test_post(scene, &forecast_act_forget, "profession=lawyer", NULL)));
    cr_expect(test_post(scene, &forecast_act_forget, "profession=lawyer", NULL).refusal ==
              &act_unknown);
}

Test(forecast_acts, what_is_wrong_in_a_table_is_told_with_its_row_and_nothing_is_kept)
{
    static const char *const wrong[] = {"2026-02-30,09:00,lawyer,1",
                                        "2026-03-02,24:00,lawyer,1",
                                        "2026-03-02,09:60,lawyer,1",
                                        "2026-03-02,09:00,baker,1",
                                        "2026-03-02,09:00,lawyer,-1",
                                        "2026-03-02,09:00,lawyer,x",
                                        "2026-03-02,09:00,lawyer",
                                        "2026-11-22,09:00,lawyer,1",
                                        "2026-03-02,09:00,lawyer,1,99",
                                        "lawyer",
                                        "2026-03-02,09:00,lawyer,999999999999999999999"};
    struct forecast_imported_view told = {0};
    struct forecast_admin_view view = {0};

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct outcome outcome =
            import(arena_c(scene->arena,
                           arena_print(scene->arena, "2026-03-02,09:00,lawyer,1\n%s\n", wrong[i])),
                   &told);

        cr_expect(outcome.refusal != NULL, "%s", wrong[i]);
        cr_expect(str_same(outcome.detail, S("2")), "%s", wrong[i]);
    }
    cr_expect(import("\n\n", &told).refusal != NULL);
    cr_assert(test_done(test_show(scene, &forecast_module, "/admin/forecast", "", &view, NULL)));
    cr_expect_eq(view.imports_count, 0);
}

/* ---- a large table ---- */

static bool tick(const struct act *act, id case_id)
{
    struct actor before = scene->actor;
    struct clock_form form = {.case_id = case_id};
    struct outcome outcome;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    outcome = test_act(scene, act, &form, NULL);
    scene->actor = before;
    return IS_DONE(outcome);
}

static struct forecast_admin_view admin_page(void)
{
    struct forecast_admin_view view = {0};

    cr_assert(test_done(test_show(scene, &forecast_module, "/admin/forecast", "", &view, NULL)));
    return view;
}

static int64_t brought(void)
{
    struct forecast_admin_view view = admin_page();
    int64_t sum = 0;

    for (size_t i = 0; i < view.imports_count; i++) sum += view.imports[i].arrivals;
    return sum;
}

/* `rows` rows of one each, of two professions; each half hour stands there twice, far apart. */
static const char *large_table(int rows)
{
    struct out *csv = out_open(scene->arena, 1 << 20);

    for (int i = 0; i < rows; i++) {
        int at = i % (rows / 2);
        char day[11];

        calendar_day_print(calendar_day_of(scene->now) - 700 + at / 48, day);
        out_str(csv, arena_print(scene->arena, "%s,%02d:%02d,%s,1,3101%s\n", day, at % 48 / 2,
                                 at % 2 * 30, at % 3 ? "lawyer" : "notary", at % 5 ? "01" : "04"));
    }
    return arena_c(scene->arena, out_text(csv));
}

/* (1) (4) (5) */
Test(forecast_acts, a_large_table_is_brought_in_by_parts_and_each_counts_once)
{
    struct forecast_imported_view told = {0};
    struct forecast_admin_view view;
    const char *table = large_table(6000);
    int parts = 0;
    id import_id;

    cr_assert(test_done(import(table, &told)));
    cr_expect_eq(told.rows, 6000);
    cr_expect_eq(told.arrivals, 6000);
    cr_expect(told.is_going);
    import_id = told.import;
    view = admin_page();
    cr_expect(view.is_going && view.rows_count == 6000);
    cr_expect(view.rows_done > 0 && view.rows_done < 3000, "no act does much: %d",
              (int)view.rows_done);
    cr_expect_eq(brought(), view.rows_done, "what is done is there, and no more");
    cr_expect_str_eq(import("2026-03-02,09:00,lawyer,7\n", &told).refusal->key,
                     "forecast.still-busy");
    cr_expect_str_eq(test_post(scene, &forecast_act_forget, "profession=lawyer", NULL).refusal->key,
                     "forecast.still-busy");
    while (admin_page().is_going) {
        cr_assert(tick(&forecast_act_import_part, import_id));
        cr_assert_lt(++parts, 10);
        cr_expect_eq(test_journal(scene, "forecast.import_part"), parts);
    }
    cr_expect_gt(parts, 1);
    cr_expect_eq(brought(), 6000, "rows of one half hour are added up over all parts");
    cr_expect(!tick(&forecast_act_import_part, import_id), "and nothing is done twice");
    cr_assert(test_done(import(table, &told)));
    while (admin_page().is_going) cr_assert(tick(&forecast_act_import_part, told.import));
    cr_expect_eq(brought(), 6000, "a table brought in again adds nothing");
}

Test(forecast_acts, numbers_are_removed_by_parts_too)
{
    struct forecast_imported_view told = {0};
    int parts = 0;

    cr_assert(test_done(import(large_table(9000), &told)));
    while (admin_page().is_going) cr_assert(tick(&forecast_act_import_part, told.import));
    cr_assert(test_done(test_post(scene, &forecast_act_forget, "profession=lawyer", NULL)));
    cr_expect(admin_page().is_removing);
    cr_expect_str_eq(import("2026-03-02,09:00,lawyer,7\n", &told).refusal->key,
                     "forecast.still-busy");
    while (admin_page().is_removing) {
        cr_assert(tick(&forecast_act_forget_part, 1)); /* lawyers are the first profession */
        cr_assert_lt(++parts, 10);
    }
    cr_expect_eq(admin_page().imports_count, 1U);
    cr_expect_eq(brought(), 3000, "those of the notaries stay");
    cr_assert(test_done(import("2026-03-02,09:00,lawyer,7\n", &told)));
}
