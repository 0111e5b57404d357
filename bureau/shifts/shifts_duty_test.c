/* shifts_duty_test.c -- behind the numbers of the roster stand as many people.  Cites
 * shifts_duty.c. */
#include "bureau/shifts/shifts_test.h"

#include <criterion/criterion.h>

TestSuite(shifts_duty, .init = city_open, .fini = city_close);

/* One row a page; how many of them are not named. */
static int64_t rows_of(const char *path, const char *typed, int64_t *withheld)
{
    struct shifts_duties_view view = {0};
    int64_t count = 0;

    *withheld = 0;
    do {
        const char *page =
            arena_c(city.scene->arena, arena_print(city.scene->arena, "%s&limit=1&after=%lld",
                                                   typed, (long long)view.next));

        cr_assert(test_done(test_show(city.scene, &shifts_module, path, page, &view, NULL)), "%s",
                  page);
        cr_assert(view.people_count <= 1);
        count += (int64_t)view.people_count;
        if (view.people_count) *withheld += view.people[0].withheld;
    } while (view.next && count < 100);
    return count;
}

/* Tuesday from 9 to 17, three of them; from 13 on nobody more. */
static void plan_some(void)
{
    id plan = city_plan(540, 1020, 0x1f, 3);

    city_member(plan, city.ann, 0xff, true);
    city_member(plan, city.ben, 0xff, true);
    city_member(plan, city.cid, 0xff, false);
    city_watch();
}

static const struct shifts_desk_view *desk_shown(struct shifts_roster_view *view)
{
    cr_assert(test_done(test_show(city.scene, &shifts_module, "/roster", "", view, NULL)));
    return view->desks_count ? &view->desks[0] : NULL;
}

Test(shifts_duty, who_is_on_now_and_next_are_named_as_many_as_are_counted) /* (1) */
{
    struct shifts_roster_view view;
    const struct shifts_desk_view *desk;
    int64_t withheld;
    const char *typed;

    plan_some();
    city.scene->now = calendar_moment_of(2026, 11, 24, 600);
    city_be(city.supervisor);
    desk = desk_shown(&view);
    cr_assert(desk && desk->people_now == 3 && desk->people_next == 3);
    cr_expect(desk->on_now_count == 3 && desk->on_next_count == 3 && desk->on_now[0].name.len);
    typed = arena_c(city.scene->arena,
                    arena_print(city.scene->arena, "desk=%.*s", STR_ARGS(desk->desk)));
    cr_expect_eq(rows_of("/roster/duty", typed, &withheld), desk->people_now);
    cr_expect_eq(withheld, 0);
    typed =
        arena_c(city.scene->arena, arena_print(city.scene->arena, "desk=%.*s&begins=%lld",
                                               STR_ARGS(desk->desk), (long long)desk->next_number));
    cr_expect_eq(rows_of("/roster/duty", typed, &withheld), desk->people_next);
    /* Whoever is suspended comes neither now nor next. */
    city_script("update consultant set standing = 'suspended' where person_id = %lld",
                (long long)city.ann);
    desk = desk_shown(&view);
    cr_expect(desk->people_now == 2 && desk->people_next == 2);
    cr_expect_eq(rows_of("/roster/duty", typed, &withheld), 2);
}

Test(shifts_duty, another_district_sees_nobody_on_duty) /* (2) */
{
    struct shifts_roster_view view;
    int64_t withheld;

    plan_some();
    city.scene->now = calendar_moment_of(2026, 11, 24, 600);
    city_be(city.local);
    cr_expect_null(desk_shown(&view));
    cr_expect_eq(rows_of("/roster/duty", "desk=consultation", &withheld), 0);
    cr_expect_eq(rows_of("/roster/duty", "desk=hotline", &withheld), 0);
}

Test(shifts_duty, as_many_cover_each_half_hour_as_the_forecast_is_told) /* (1) */
{
    int64_t cover[SHIFTS_HALF_HOURS], withheld, sum = 0;

    plan_some();
    city_be(city.supervisor);
    cr_assert(test_done(shifts_cover(city.scene, S("lawyer"), S("310101"),
                                     calendar_day_from(2026, 11, 24), cover)));
    for (int i = 0; i < SHIFTS_HALF_HOURS; i++) {
        const char *typed = arena_c(
            city.scene->arena,
            arena_print(city.scene->arena,
                        "day=2026-11-24&minute=%d&profession=lawyer&division=310101", i * 30));

        cr_expect_eq(rows_of("/roster/cover", typed, &withheld), cover[i], "%d", i);
        sum += cover[i];
    }
    cr_expect_eq(sum, 48);
    city_be(city.local);
    cr_expect_eq(test_show(city.scene, &shifts_module, "/roster/cover",
                           "day=2026-11-24&minute=600&division=310101",
                           &(struct shifts_duties_view){0}, NULL)
                     .refusal,
                 &act_unknown);
    city_be(city.ann);
    cr_expect_eq(test_show(city.scene, &shifts_module, "/roster/cover", "day=2026-11-24&minute=600",
                           &(struct shifts_duties_view){0}, NULL)
                     .refusal,
                 &act_not_yours);
}

static struct outcome needs_three(struct scene *scene, struct str profession, calendar_day day,
                                  struct shifts_needs *needs, bool *knows)
{
    int64_t cover[SHIFTS_HALF_HOURS];

    *knows = true;
    needs->division = S("31");
    needs->division_name = S("Shanghai");
    TRY(shifts_cover(scene, profession, S("31"), day, cover));
    for (int i = 16; i < 36; i++)
        needs->half_hours[i] =
            (struct shifts_need){.needed = i < 20 ? 5 : 3,
                                 .cover = cover[i],
                                 .is_shown = true,
                                 .state = cover[i] < (i < 20 ? 5 : 3) ? S("short") : S("enough")};
    return DONE;
}

Test(shifts_duty, the_day_says_need_against_cover_to_whoever_plans)
{
    struct shifts_roster_view view;

    plan_some();
    shifts_need_hook(needs_three);
    city_be(city.supervisor);
    cr_assert(
        test_done(test_show(city.scene, &shifts_module, "/roster", "day=2026-11-24", &view, NULL)));
    /* 8 to 9 nobody of five, 9 to 10 three of five, 10 to 17 three of three, 17 to 18 nobody. */
    cr_assert_eq(view.needs_count, 4u);
    cr_expect(view.needs[1].short_by == 2 && view.needs[1].minute == 540);
    cr_expect(view.needs[2].short_by == 0 && view.needs[2].cover == 3);
    cr_expect(view.needs[2].until - view.needs[2].from == 7 * SECONDS_PER_HOUR);
    cr_expect_eq(view.needs_short, 6);
    city_be(city.ann);
    cr_assert(
        test_done(test_show(city.scene, &shifts_module, "/roster", "day=2026-11-24", &view, NULL)));
    cr_expect_eq(view.needs_count, 0u, "a consultant does not plan");
    shifts_need_hook(NULL);
}
