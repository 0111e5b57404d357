/* ladder_calls_test.c -- behind how often somebody was called today stand those calls, of whichever
 * desk, and no others; and nobody is looked up by a desk that may not call them. */
#include <criterion/criterion.h>

#include "bureau/ladder/ladder_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;
static id anna, bert, huangpu, city;

static struct outcome add_consultant(struct scene *own, const char *login, const char *division,
                                     id team_id, id *made)
{
    TRY(identity_person_add(own,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800000001")},
                            made));
    TRY(identity_role_add(own, *made, S("consultant"), str_of(division)));
    return people_add_demo_consultant(own->store, *made, S("lawyer"), team_id, str_of(division),
                                      S("1"), 1, 0);
}

static struct outcome add_desk(struct scene *own, const char *division, id *desk_id)
{
    struct ladder_find_desk_row row;
    bool found;

    TRY(ladder_wake(own, S("lawyer"), str_of(division)));
    TRY(ladder_find_desk(own->arena, own->store, S("lawyer"), str_of(division), &row, &found));
    *desk_id = row.desk_id;
    return DONE;
}

/* Anna yesterday once and today by two desks, Bert of the other district today once. */
static struct outcome run_seed(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    id team_id = scene_new_id(own);

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_add_demo_team(own->store, team_id, S("t"), S("队"), S("Team"), S("district"),
                             S("310101"), 0));
    TRY(add_consultant(own, "anna", "310101", team_id, &anna));
    TRY(add_consultant(own, "bert", "310104", team_id, &bert));
    TRY(add_desk(own, "310101", &huangpu));
    TRY(add_desk(own, "31", &city));
    TRY(ladder_add_call(own->store, scene_new_id(own), huangpu, anna, S(""),
                        own->now - SECONDS_PER_DAY, 0, 1));
    TRY(ladder_add_call(own->store, scene_new_id(own), huangpu, anna, S(""), own->now - 60, 0, 1));
    TRY(ladder_add_call(own->store, scene_new_id(own), city, anna, S(""), own->now - 30, 0, 1));
    return ladder_add_call(own->store, scene_new_id(own), city, bert, S(""), own->now - 30, 0, 1);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be_supervisor(const char *scope)
{
    scene->actor = (struct actor){
        .person_id = 7, .is = WHO_ANYONE | WHO_SUPERVISOR, .scopes = scopes_of(str_of(scope))};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &shifts_module, &ladder_module, NULL});
    scene->now += 4 * SECONDS_PER_HOUR;
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    be_supervisor("310101");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(ladder_calls, .init = set_up, .fini = tear_down);

static struct outcome look(id person_id, int64_t after, struct ladder_calls_view *view)
{
    return test_show(scene, &ladder_module, "/board/ladder/{desk}/calls",
                     arena_c(scene->arena,
                             arena_print(scene->arena,
                                         "desk=%lld&which=today&person=%lld&limit=1&after=%lld",
                                         (long long)huangpu, (long long)person_id,
                                         (long long)after)),
                     view, NULL);
}

Test(ladder_calls, behind_the_calls_of_today_are_those_calls)
{
    const char *typed =
        arena_c(scene->arena, arena_print(scene->arena, "desk=%lld", (long long)huangpu));
    struct ladder_calls_view view = {0};
    struct ladder_one_view desk = {0};
    int64_t count = 0;

    cr_assert(
        test_done(test_show(scene, &ladder_module, "/board/ladder/{desk}", typed, &desk, NULL)));
    cr_assert_eq(desk.people_count, 1U);
    cr_assert_eq(desk.people[0].calls_today, 2);
    do {
        cr_assert(test_done(look(desk.people[0].person, view.next, &view)));
        cr_assert_eq(view.calls_count, 1U);
        cr_expect(str_same(view.person_name, S("anna")));
        cr_expect(view.calls[0].called_at > scene->now - SECONDS_PER_HOUR, "not of yesterday");
        count++;
    } while (view.next);
    cr_expect_eq(count, desk.people[0].calls_today);
    cr_expect(str_begins(view.calls[0].name, S("上海市")) ||
              str_begins(view.calls[0].name, S("Shanghai")));
}

Test(ladder_calls, nobody_is_looked_up_whom_the_desk_may_not_call)
{
    struct ladder_calls_view view = {0};

    cr_expect_eq(look(bert, 0, &view).refusal, &act_unknown, "of another district");
    cr_expect_eq(look(999999, 0, &view).refusal, &act_unknown);
    be_supervisor("310104");
    cr_expect_eq(look(anna, 0, &view).refusal, &act_unknown, "another district's desk");
    be_supervisor("310101001");
    cr_expect_eq(look(anna, 0, &view).refusal, &act_unknown, "a street looks on");
}
