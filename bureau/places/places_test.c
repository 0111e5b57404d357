/* places_test.c -- a page for whoever lives in a district, and who may write on it. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/hall/hall_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/places/places.h"
#include "bureau/places/places_views.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

extern const struct module hall_module;

static struct scene *scene;

static struct outcome make(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310104003"), S("310104"), S("street"), S("天平路街道"), S("Tianping")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    return people_first_hours(own, true);
}

static void set_up(void)
{
    static const struct module *const modules[] = {&notice_module,
                                                   &identity_module,
                                                   &people_module,
                                                   &record_module,
                                                   &hall_module,
                                                   &places_module,
                                                   NULL};
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};

    scene = test_scene(WHO_SYSTEM, modules);
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(places, .init = set_up, .fini = tear_down);

static void be_admin(struct str scope)
{
    scene->actor =
        (struct actor){.person_id = 7, .is = WHO_ADMIN | WHO_ANYONE, .scopes = scopes_of(scope)};
}

static struct outcome write_notice(struct str division, const char *from, const char *until,
                                   id *notice_id)
{
    struct places_notice_form form = {.division = division,
                                      .text_zh = S("周三停电"),
                                      .text_en = S("No power on Wednesday"),
                                      .from = str_of(from),
                                      .until = str_of(until)};
    struct places_made_view told = {0};
    struct outcome outcome = test_act(scene, &places_act_add, &form, &told);

    *notice_id = told.notice;
    return outcome;
}

static struct outcome do_to(const struct act *act, id notice_id)
{
    struct places_publish_form form = {.notice = notice_id, .version = 1};

    struct places_one_notice_form plain = {notice_id};

    return test_act(scene, act, act == &places_act_show ? (void *)&form : &plain, NULL);
}

static size_t told_in(const char *division)
{
    struct places_one_view view = {0};
    const char *typed = arena_print(scene->arena, "division=%s", division).at;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(
        test_done(test_show(scene, &places_module, "/places/{division}", typed, &view, NULL)));
    return view.told_count;
}

Test(places, a_street_lies_in_its_district)
{
    cr_expect(str_same(places_district(S("310104003")), S("310104")));
    cr_expect(str_same(places_district(S("31")), S("31")));
}

Test(places, a_notice_is_seen_once_published_and_no_more_once_withdrawn)
{
    id notice_id;

    be_admin(S("310104"));
    cr_assert(test_done(write_notice(S("310104"), "2026-11-20", "2026-11-25", &notice_id)));
    cr_expect(told_in("310104") == 0, "nobody has looked at it yet");
    be_admin(S("310104"));
    cr_assert(test_done(do_to(&places_act_show, notice_id)));
    cr_expect(told_in("310104") == 1);
    cr_expect(told_in("310104003") == 1, "in its streets as well");
    cr_expect(told_in("310101") == 0);
    be_admin(S("310104"));
    cr_assert(test_done(do_to(&places_act_withdraw, notice_id)));
    cr_expect(told_in("310104") == 0);
}

Test(places, a_notice_stands_from_its_first_day_to_its_last)
{
    id notice_id;

    be_admin(S("31"));
    cr_assert(test_done(write_notice(S("310104"), "2026-11-23", "2026-11-24", &notice_id)));
    cr_assert(test_done(do_to(&places_act_show, notice_id)));
    cr_expect(told_in("310104") == 0);
    scene->now = TEST_NOW + SECONDS_PER_DAY;
    cr_expect(told_in("310104") == 1);
    scene->now = TEST_NOW + 3 * SECONDS_PER_DAY;
    cr_expect(told_in("310104") == 0);
}

Test(places, an_administrator_of_another_district_neither_writes_nor_withdraws)
{
    id notice_id, other_id;

    be_admin(S("310101"));
    cr_expect(!test_done(write_notice(S("310104"), "2026-11-20", "2026-11-25", &other_id)));
    cr_expect(!test_done(write_notice(S("31"), "2026-11-20", "2026-11-25", &other_id)));
    be_admin(S("310104"));
    cr_assert(test_done(write_notice(S("310104"), "2026-11-20", "2026-11-25", &notice_id)));
    be_admin(S("310101"));
    cr_expect(do_to(&places_act_show, notice_id).refusal == &act_unknown);
    cr_expect(do_to(&places_act_withdraw, notice_id).refusal == &act_unknown);
}

Test(places, days_the_wrong_way_round_are_refused)
{
    id notice_id;

    be_admin(S("31"));
    cr_expect(!test_done(write_notice(S("310104"), "2026-11-25", "2026-11-24", &notice_id)));
    cr_expect(!test_done(write_notice(S("310104"), "2026-11-01", "2026-11-02", &notice_id)));
    cr_expect(!test_done(write_notice(S("310104"), "2026-11-25", "2029-11-24", &notice_id)));
}

Test(places, what_is_no_place_has_no_page)
{
    struct places_one_view view = {0};

    cr_expect(test_show(scene, &places_module, "/places/{division}", "division=319999", &view, NULL)
                  .refusal == &places_unknown);
    cr_expect(test_show(scene, &places_module, "/places/{division}", "division=31", &view, NULL)
                  .refusal == &places_unknown);
}

static void publish_five(const char *division)
{
    id notice_id;

    be_admin(S("31"));
    for (int i = 0; i < 5; i++) {
        cr_assert(
            test_done(write_notice(str_of(division), "2026-11-20", "2026-11-25", &notice_id)));
        cr_assert(test_done(do_to(&places_act_show, notice_id)));
    }
}

Test(places, all_that_may_stand_for_a_place_and_those_above_it_is_told)
{
    publish_five("31");
    publish_five("310104");
    publish_five("310104003");
    cr_expect_eq(told_in("310104003"), 15);
    cr_expect_eq(told_in("310104"), 10);
}

Test(places, five_are_published_however_many_are_drafts)
{
    id notice_id[6];

    be_admin(S("31"));
    for (int i = 0; i < 6; i++)
        cr_assert(test_done(write_notice(S("310104"), "2026-11-20", "2026-11-25", &notice_id[i])));
    for (int i = 0; i < 5; i++) cr_assert(test_done(do_to(&places_act_show, notice_id[i])));
    cr_expect(!test_done(do_to(&places_act_show, notice_id[5])));
    cr_assert(test_done(do_to(&places_act_withdraw, notice_id[0])));
    cr_expect(test_done(do_to(&places_act_show, notice_id[5])));
}

static bool has_page(const char *division)
{
    struct places_keep_view view = {0};
    id notice_id;

    be_admin(S("31"));
    cr_assert(test_done(write_notice(str_of(division), "2026-11-20", "2026-11-25", &notice_id)));
    cr_assert(test_done(test_show(scene, &places_module, "/admin/places/{notice}",
                                  arena_print(scene->arena, "notice=%lld", (long long)notice_id).at,
                                  &view, NULL)));
    return view.has_page;
}

Test(places, a_notice_of_the_whole_city_leads_to_no_page_that_is_not_there)
{
    cr_expect(has_page("310104"));
    cr_expect(!has_page("31"));
}

static struct outcome change(id notice_id, int64_t version, const char *words)
{
    struct places_change_form form = {.notice = notice_id,
                                      .version = version,
                                      .division = S("310104"),
                                      .text_zh = str_of(words),
                                      .text_en = S("No water on Friday"),
                                      .from = S("2026-11-21"),
                                      .until = S("2026-11-26")};

    return test_act(scene, &places_act_change, &form, NULL);
}

static struct places_keep_view kept(id notice_id)
{
    struct places_keep_view view = {0};

    cr_assert(test_done(test_show(scene, &places_module, "/admin/places/{notice}",
                                  arena_print(scene->arena, "notice=%lld", (long long)notice_id).at,
                                  &view, NULL)));
    return view;
}

static id a_draft(void)
{
    id notice_id;

    be_admin(S("310104"));
    cr_assert(test_done(write_notice(S("310104"), "2026-11-20", "2026-11-25", &notice_id)));
    return notice_id;
}

Test(places, a_draft_is_written_anew_and_what_it_said_before_stays)
{
    id notice_id = a_draft();
    struct places_keep_view view;

    cr_assert(test_done(change(notice_id, 1, "周五停水")));
    view = kept(notice_id);
    cr_expect(str_same(view.notice->text_zh, S("周五停水")) && view.version == 2);
    cr_assert_eq(view.before_count, 1u);
    cr_expect(str_same(view.before[0].text_zh, S("周三停电")) && view.before[0].version == 1);
    cr_expect_eq(test_journal(scene, "places.notice_change"), 1);
}

Test(places, two_who_write_at_once_do_not_write_over_each_other)
{
    id notice_id = a_draft();

    cr_assert(test_done(change(notice_id, 1, "周五停水")));
    cr_expect_str_eq(change(notice_id, 1, "周六停气").refusal->key, "places.changed");
    cr_expect(str_same(kept(notice_id).notice->text_zh, S("周五停水")));
}

Test(places, what_is_published_is_the_version_that_was_seen)
{
    struct places_publish_form form = {.version = 1};

    form.notice = a_draft();
    cr_assert(test_done(change(form.notice, 1, "周五停水")));
    cr_expect_str_eq(test_act(scene, &places_act_show, &form, NULL).refusal->key, "places.changed");
    cr_expect_eq(told_in("310104"), 0);
    be_admin(S("310104"));
    form.version = 2;
    cr_assert(test_done(test_act(scene, &places_act_show, &form, NULL)));
    cr_expect_eq(told_in("310104"), 1);
}

Test(places, what_is_published_or_thrown_away_is_not_written_anew)
{
    id shown_id = a_draft(), gone_id = a_draft();

    cr_assert(test_done(do_to(&places_act_show, shown_id)));
    cr_assert(test_done(do_to(&places_act_withdraw, gone_id)));
    cr_expect_str_eq(change(shown_id, 1, "周五停水").refusal->key, "places.not-now");
    cr_expect_str_eq(change(gone_id, 1, "周五停水").refusal->key, "places.not-now");
}

Test(places, a_draft_of_another_district_is_none)
{
    id notice_id = a_draft();

    be_admin(S("310101"));
    cr_expect_eq(change(notice_id, 1, "周五停水").refusal, &act_unknown);
}

Test(places, a_draft_for_a_street_is_written_anew_for_that_street)
{
    struct places_keep_view view;
    id notice_id;

    be_admin(S("31"));
    cr_assert(test_done(write_notice(S("310104003"), "2026-11-20", "2026-11-25", &notice_id)));
    view = kept(notice_id);
    cr_assert_gt(view.divisions_count, 0u);
    for (size_t i = 0; i < view.divisions_count; i++)
        cr_expect_eq(view.divisions[i].chosen, str_same(view.divisions[i].value, S("310104003")),
                     "%zu", i);
    cr_expect(str_same(view.divisions[view.divisions_count - 1].value, S("310104003")));
}
