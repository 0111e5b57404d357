/* supervision_behind_test.c -- the hours of a report and the readers of an announcement are as many
 * as stand behind them.  Cites supervision_behind.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

enum { PEOPLE = 5, REPORT = 70, MORE = 1000 };

static struct scene *scene;
static id people[PEOPLE], team;

static struct outcome run_seed(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)form, (void)result;
    team = scene_new_id(own);
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_add_demo_team(own->store, team, S("t"), S("队"), S("Team"), S("district"),
                             S("310104"), 0));
    for (int i = 0; i < PEOPLE; i++) {
        struct str login = arena_print(own->arena, "reader%d", i);

        TRY(identity_person_add(own, &(struct identity_new_person){.login = login, .name = login},
                                &people[i]));
        TRY(people_add_demo_consultant(own->store, people[i], S("lawyer"), team, S("310104"),
                                       S("1"), 1, 0));
    }
    return DONE;
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void script(struct str text)
{
    cr_assert(test_done(store_script(scene->store, arena_c(scene->arena, text))));
}

/* A week that is over, and minutes of it and of the days beside it. */
static void add_report(void)
{
    static const char *const divisions[] = {"310101", "310104"};
    calendar_day first = calendar_day_of(scene->now) - 20;

    script(arena_print(
        scene->arena,
        "insert into report (report_id, period, from_at, until_at, edition, made_at, "
        "replaced_at, answer_seconds) values (%d, 'week', %lld, %lld, 1, 1, 0, 15)",
        REPORT, (long long)calendar_day_begins(first), (long long)calendar_day_begins(first + 7)));
    for (int i = 0; i < 9 * 4; i++)
        script(arena_print(
            scene->arena,
            "insert into duty (duty_day, division, team_id, profession, on_line_minutes, "
            "rostered_minutes, kept_minutes) values (%lld, '%s', %lld, '%s', %d, %d, %d)",
            (long long)first - 1 + i / 4, divisions[i % 2], (long long)(i % 2 ? team : team + MORE),
            i % 4 < 2 ? "lawyer" : "notary", 100 + 7 * i, 200 + 3 * i, 50 + i));
}

static void be(unsigned who, struct str scope, id team_id)
{
    scene->actor = (struct actor){
        .is = who | WHO_ANYONE, .person_id = 7, .scopes = scopes_of(scope), .team_id = team_id};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &people_module,
                                       &record_module, &shifts_module, &supervision_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    add_report();
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(supervision_behind, .init = set_up, .fini = tear_down);

/* ---- hours ---- */

static const struct module reports = {.name = "reports", .pages = supervision_report_pages};

static struct supervision_hours_view hours(const char *division, struct str day)
{
    struct supervision_hours_view view = {0};
    struct str typed = arena_print(scene->arena, "report=%d&division=%s&day=%.*s", REPORT, division,
                                   STR_ARGS(day));

    cr_assert(test_done(test_show(scene, &reports, "/reports/{report}/hours",
                                  arena_c(scene->arena, typed), &view, NULL)));
    return view;
}

/* Days add up to the whole, teams of a day to the day. */
static int64_t add_up(const char *division)
{
    struct supervision_hours_view view = hours(division, S(""));
    int64_t on_line = 0, rostered = 0, kept = 0;

    for (size_t i = 0; i < view.rows_count; i++) {
        struct supervision_hours_view day = hours(division, view.rows[i].day);

        cr_expect(day.on_line == view.rows[i].on_line && day.rostered == view.rows[i].rostered &&
                  day.kept == view.rows[i].kept);
        on_line += view.rows[i].on_line;
        rostered += view.rows[i].rostered;
        kept += view.rows[i].kept;
    }
    cr_expect(on_line == view.on_line && rostered == view.rostered && kept == view.kept);
    return on_line;
}

Test(supervision_behind, the_hours_of_a_report_are_its_days_and_each_day_its_teams) /* (1) */
{
    struct supervision_report report;
    int64_t all;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(supervision_read(scene, REPORT, &report)));
    all = add_up("");
    cr_expect_eq(all, report.on_line_minutes);
    cr_expect_eq(hours("", S("")).rows_count, 7U, "and no day beside it");
    for (size_t i = 0; i < report.loads_count; i++)
        all -= add_up(arena_c(scene->arena, report.load_keys[i]));
    cr_expect_eq(all, 0, "the districts are all of it");
    cr_expect_eq(report.loads[0].minutes,
                 hours(arena_c(scene->arena, report.load_keys[0]), S("")).on_line);
}

Test(supervision_behind, nobody_sees_hours_beyond_their_scope) /* (2) */
{
    struct supervision_report report;
    struct supervision_hours_view view;

    be(WHO_SUPERVISOR, S("310101"), 0);
    cr_assert(test_done(supervision_read(scene, REPORT, &report)));
    cr_expect_eq(add_up(""), report.on_line_minutes);
    cr_expect_eq(hours("310104", S("")).rows_count, 0U);
    be(WHO_LEADER, S(""), team);
    cr_assert(test_done(supervision_read(scene, REPORT, &report)));
    cr_expect(report.on_line_minutes > 0 && add_up("") == report.on_line_minutes);
    cr_expect_eq(hours("310101", S("")).rows_count, 0U);
    cr_expect_eq(test_show(scene, &reports, "/reports/{report}/hours", "report=70&day=2020-01-01",
                           &view, NULL)
                     .refusal,
                 &act_unknown, "a day of another time");
    be(WHO_SUPERVISOR, S(""), 0);
    cr_expect_eq(
        test_show(scene, &reports, "/reports/{report}/hours", "report=70", &view, NULL).refusal,
        &act_not_yours);
}

/* ---- readers ---- */

static int64_t readers_of(id announcement)
{
    struct supervision_readers_view view = {0};
    int64_t count = 0;

    do {
        struct str typed = arena_print(scene->arena, "announcement=%lld&limit=2&after=%lld",
                                       (long long)announcement, (long long)view.next);

        cr_assert(
            test_done(test_show(scene, &supervision_module, "/announcements/{announcement}/readers",
                                arena_c(scene->arena, typed), &view, NULL)));
        cr_assert(view.readers_count <= 2);
        for (size_t i = 0; i < view.readers_count; i++)
            cr_expect(view.readers[i].name.len && view.readers[i].at);
        count += (int64_t)view.readers_count;
    } while (view.next && count < MORE);
    return count;
}

Test(supervision_behind, as_many_readers_as_an_announcement_says_for_whom_may_see_it)
{
    struct supervision_announcements_view view = {0};
    struct supervision_readers_view none;
    const char *typed;

    be(WHO_SUPERVISOR, S("310104"), 0);
    cr_assert(test_done(test_post(scene, &supervision_act_announce, "text=停电&hours=2", NULL)));
    cr_assert(test_done(test_show(scene, &supervision_module, "/announcements", "", &view, NULL)));
    cr_assert_eq(view.announcements_count, 1U);
    cr_expect_eq(readers_of(view.announcements[0].id), 0);
    for (int i = 0; i < PEOPLE; i++) {
        struct supervision_announcement_form form = {.announcement = view.announcements[0].id};

        be(WHO_CONSULTANT, S(""), team);
        scene->actor.person_id = people[i];
        cr_assert(test_done(test_act(scene, &supervision_act_has_read, &form, NULL)));
    }
    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(test_show(scene, &supervision_module, "/announcements", "", &view, NULL)));
    cr_assert_eq(view.announcements[0].read_count, PEOPLE);
    cr_expect_eq(readers_of(view.announcements[0].id), PEOPLE);
    typed = arena_c(scene->arena, arena_print(scene->arena, "announcement=%lld",
                                              (long long)view.announcements[0].id));
    be(WHO_SUPERVISOR, S("310101"), 0);
    cr_expect_eq(test_show(scene, &supervision_module, "/announcements/{announcement}/readers",
                           typed, &none, NULL)
                     .refusal,
                 &act_unknown);
    be(WHO_LEADER, S(""), team);
    cr_expect_eq(test_show(scene, &supervision_module, "/announcements/{announcement}/readers",
                           typed, &none, NULL)
                     .refusal,
                 &act_unknown, "the district's, not the team's");
}
