/* people_hours_test.c -- opening hours: as typed, as refused, and what the calendar makes of them.
 */
#include <criterion/criterion.h>

#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division city = {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, &city, 1));
    return people_first_hours(scene, false);
}
static const struct act seed = {.name = "test.seed", .who = WHO_ADMIN, .run = run_seed};

static void set_up(void)
{
    scene =
        test_scene(WHO_ADMIN, (const struct module *[]){&identity_module, &people_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    scene->actor.scopes = scopes_of(S("31"));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(people_hours, .init = set_up, .fini = tear_down);

static struct calendar_opening read(const char *typed)
{
    struct calendar_opening opening;

    cr_assert(test_done(people_read_opening(str_of(typed), &opening)), "%s", typed);
    return opening;
}

Test(people_hours, times_are_read_as_people_type_them)
{
    static const char *const same[] = {"09:00-12:00, 13:30-17:00", "9:00-12:00,13:30-17:00",
                                       "9：00—12：00，13：30～17：00", "09:00至12:00、13:30到17:00",
                                       " 09:00 - 12:00 ; 13:30 - 17:00 ,"};

    for (size_t i = 0; i < COUNT(same); i++) {
        struct calendar_opening opening = read(same[i]);

        cr_expect(str_same(people_write_opening(scene, &opening), str_of(same[0])), "%s", same[i]);
    }
    cr_expect_eq(read("").count, 0);
    cr_expect_eq(read("00:00-24:00").interval[0].to, 1440);
}

Test(people_hours, times_that_overlap_or_make_no_sense_are_refused)
{
    static const struct {
        const char *typed;
        const struct reason *why;
    } wrong[] = {{"09:00-12:00, 11:00-17:00", &calendar_hours_overlap},
                 {"13:00-17:00, 09:00-12:00", &calendar_hours_overlap},
                 {"12:00-09:00", &calendar_hours_wrong},
                 {"09:00-09:00", &calendar_hours_wrong},
                 {"nine to five", &people_hours_text},
                 {"09:00", &people_hours_text},
                 {"25:00-26:00", &people_hours_text}};
    struct calendar_opening opening;

    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(people_read_opening(str_of(wrong[i].typed), &opening).refusal, wrong[i].why,
                     "%s", wrong[i].typed);
}

Test(people_hours, hours_that_are_refused_change_nothing)
{
    const struct module hours = {.name = "hours", .pages = people_module.more_pages[0]};
    struct people_hours_view view;

    cr_assert(test_done(test_post(scene, &people_act_hours,
                                  "monday=09:00-12:00,13:00-18:00&holiday=10:00-11:00", NULL)));
    cr_expect_eq(test_post(scene, &people_act_hours,
                           "monday=08:00-09:00&tuesday=09:00-12:00,11:00-13:00", NULL)
                     .refusal,
                 &calendar_hours_overlap);
    cr_assert(test_done(test_show(scene, &hours, "/admin/hours", "", &view, NULL)));
    cr_expect(str_same(view.monday, S("09:00-12:00, 13:00-18:00")));
    cr_expect(str_same(view.holiday, S("10:00-11:00")));
    cr_expect_eq(view.tuesday.len, 0);
}

Test(people_hours, two_weeks_show_what_the_official_calendar_makes_of_the_hours)
{
    const struct module hours = {.name = "hours", .pages = people_module.more_pages[0]};
    struct people_hours_view view;

    /* The week of the National Day of 2026: closed from the 1st to the 7th, worked on the 10th. */
    scene->now = calendar_moment_of(2026, 9, 30, 600);
    cr_assert(test_done(test_post(scene, &people_act_hours,
                                  "monday=08:00-12:00&wednesday=09:00-17:00&thursday=09:00-17:00",
                                  NULL)));
    cr_assert(test_done(test_post(scene, &people_act_exception,
                                  "day=2026-10-08&hours=10:00-11:00&why=搬家", NULL)));
    cr_assert(test_done(test_show(scene, &hours, "/admin/hours", "", &view, NULL)));
    cr_assert_eq(view.days_count, 14);
    cr_expect(str_same(view.days[0].hours, S("09:00-17:00")));
    cr_expect(str_same(view.days[1].kind, S("holiday")) && view.days[1].hours.len == 0);
    cr_expect(str_same(view.days[8].hours, S("10:00-11:00")));
    cr_expect(str_same(view.days[8].why, S("搬家")));
    cr_expect(str_same(view.days[10].kind, S("makeup")));
    cr_expect(str_same(view.days[10].hours, S("08:00-12:00")), "a make-up Saturday is a Monday");
    cr_expect_eq(view.year_missing.len, 0);
}

Test(people_hours, a_year_without_a_calendar_is_said_plainly)
{
    const struct module hours = {.name = "hours", .pages = people_module.more_pages[0]};
    struct people_hours_view view;

    scene->now = calendar_moment_of(2026, 12, 25, 600);
    cr_assert(test_done(test_show(scene, &hours, "/admin/hours", "", &view, NULL)));
    cr_expect(str_same(view.year_missing, S("2027")));
    cr_expect(view.days[13].is_unknown);
    cr_expect_not(view.days[0].is_unknown);
}

Test(people_hours, a_special_day_is_entered_once_and_taken_away)
{
    cr_assert(
        test_done(test_post(scene, &people_act_exception, "day=2026-11-25&why=holiday", NULL)));
    cr_expect_eq(
        test_post(scene, &people_act_exception, "day=2026-11-25&hours=09:00-10:00&why=again", NULL)
            .refusal,
        &calendar_exception_twice);
    cr_assert(test_done(test_post(scene, &people_act_exception_drop, "day=2026-11-25", NULL)));
    cr_expect_eq(test_post(scene, &people_act_exception_drop, "day=2026-11-25", NULL).refusal,
                 &act_unknown);
}
