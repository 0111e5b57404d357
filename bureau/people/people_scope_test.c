/* people_scope_test.c -- an administrator of one district and everybody beyond it.  Cites
 * people_scope.c. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;
static id city_id, local_id, chief_id, own_id, far_id, mixed_id, bare_id;
static id city_team, own_team, far_team;

static struct outcome add(const char *login, const char *role, const char *scope, id *person_id)
{
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        person_id));
    return role ? identity_role_add(scene, *person_id, str_of(role), str_of(scope)) : DONE;
}

static struct outcome add_consultant(const char *login, const char *division, id team,
                                     id *person_id)
{
    TRY(add(login, "consultant", division, person_id));
    return people_set_service(scene->store,
                              &(struct people_set_service_values){.person_id = *person_id,
                                                                  .profession = S("lawyer"),
                                                                  .team_id = team,
                                                                  .division = str_of(division),
                                                                  .capacity = 3,
                                                                  .written_capacity = 9,
                                                                  .licence = S("L-1"),
                                                                  .standing = S("active")});
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310101002"), S("310101"), S("street"), S("南京东路街道"), S("")},
        {S("310101013"), S("310101"), S("street"), S("外滩街道"), S("")},
        {S("310101002001"), S("310101002"), S("village"), S("云南中路居委会"), S("")},
        {S("310101002002"), S("310101002"), S("village"), S("新建居委会"), S("")},
        {S("310101013002"), S("310101013"), S("village"), S("新建居委会"), S("")}};
    struct store *store = scene->store;

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_add_first_field(store, S("labour"), S("劳动"), S("Labour"), S(""), S(""),
                               S("lawyer"), S(""), 1));
    TRY(people_first_hours(scene, false));
    city_team = scene_new_id(scene), own_team = scene_new_id(scene);
    far_team = scene_new_id(scene);
    TRY(people_add_team(store, city_team, S("t0"), S("市队"), S("City"), S("district"), S("31")));
    TRY(people_add_team(store, own_team, S("t1"), S("一队"), S("One"), S("district"), S("310101")));
    TRY(people_add_team(store, far_team, S("t2"), S("二队"), S("Two"), S("district"), S("310104")));
    TRY(add("city", "admin", "31", &city_id));
    TRY(add("local", "admin", "310101", &local_id));
    TRY(add("chief", "supervisor", "310101", &chief_id));
    TRY(add("bare", NULL, NULL, &bare_id));
    TRY(add_consultant("own", "310101", own_team, &own_id));
    TRY(add_consultant("far", "310104", far_team, &far_id));
    TRY(add_consultant("mixed", "310101", own_team, &mixed_id));
    return identity_role_add(scene, mixed_id, S("supervisor"), S("31"));
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be(id person_id, struct str scope)
{
    scene->actor = (struct actor){.is = WHO_ADMIN | WHO_ANYONE,
                                  .person_id = person_id,
                                  .scopes = scopes_of(scope),
                                  .name = S("Admin")};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module,
                                                             &people_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    be(local_id, S("310101"));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(people_scope, .init = set_up, .fini = tear_down);

static const struct reason *why_not(const struct act *act, const char *format, id one)
{
    struct people_added_view told;
    char typed[400];
    struct outcome outcome;

    if (one)
        snprintf(typed, sizeof typed, format, (long long)one);
    else
        snprintf(typed, sizeof typed, "%s", format);
    outcome = test_post(scene, act, typed, &told);
    cr_assert_null(outcome.fault, "%s", outcome.fault);
    return outcome.refusal;
}

#define SERVICE                                                                                    \
    "profession=lawyer&languages=zh&capacity=4&written_capacity=9&licence=L-1&person=%lld"

static const struct {
    const struct act *act;
    const char *typed;
} acts[] = {
    {&people_act_name, "person=%lld&name=New name"},
    {&people_act_phone, "person=%lld&phone=13800138000"},
    {&people_act_roles, "person=%lld&roles=supervisor&scope=310101"},
    {&people_act_verify, "person=%lld"},
    {&people_act_suspend, "person=%lld&reason=because"},
    {&people_act_reinstate, "person=%lld&reason=because"},
    {&people_act_password, "person=%lld"},
    {&people_act_sessions, "person=%lld"},
};

Test(people_scope, nothing_is_done_to_anybody_beyond_it)
{
    const id beyond[] = {city_id, far_id, mixed_id, bare_id, 4711};

    for (size_t who = 0; who < COUNT(beyond); who++) {
        for (size_t i = 0; i < COUNT(acts); i++)
            cr_expect_eq(why_not(acts[i].act, acts[i].typed, beyond[who]), &act_unknown,
                         "%s of %zu", acts[i].act->name, who);
        cr_expect_eq(
            why_not(&people_act_service,
                    arena_c(scene->arena,
                            arena_print(scene->arena, SERVICE "&division=310101&team=%%lld",
                                        (long long)beyond[who])),
                    own_team),
            &act_unknown);
    }
    for (size_t i = 0; i < COUNT(acts); i++)
        cr_expect_eq(test_journal(scene, acts[i].act->name), 0, "%s", acts[i].act->name);
}

Test(people_scope, who_watches_the_city_keeps_the_people_of_one_district_only)
{
    struct people_scope scope;

    scene->actor.is |= WHO_SUPERVISOR | WHO_LEADER;
    scene->actor.scopes =
        (struct scopes){.supervisor = S("31"), .admin = S("310101"), .leader = S("31")};
    for (size_t i = 0; i < COUNT(acts); i++) {
        cr_expect_eq(why_not(acts[i].act, acts[i].typed, far_id), &act_unknown, "%s",
                     acts[i].act->name);
        cr_expect_eq(why_not(acts[i].act, acts[i].typed, city_id), &act_unknown, "%s",
                     acts[i].act->name);
    }
    cr_expect_eq(people_need_city(scene).refusal, &act_not_yours);
    scene->actor.scopes.admin = S("");
    cr_expect_eq(people_scope_of(scene, &scope).refusal, &act_not_yours, "reaches nobody");
}

Test(people_scope, who_watches_one_district_may_keep_the_whole_city)
{
    scene->actor.is |= WHO_SUPERVISOR;
    scene->actor.scopes = (struct scopes){.supervisor = S("310104"), .admin = S("31")};
    cr_expect(test_done(people_need_city(scene)));
    cr_expect_null(why_not(&people_act_name, "person=%lld&name=New name", own_id));
}

Test(people_scope, within_it_everything_is_done_as_before)
{
    for (size_t i = 0; i < COUNT(acts); i++)
        cr_expect_null(why_not(acts[i].act, acts[i].typed, own_id), "%s", acts[i].act->name);
    for (size_t i = 0; i < COUNT(acts); i++)
        cr_expect_eq(test_journal(scene, acts[i].act->name), 1, "%s", acts[i].act->name);
    cr_expect_null(why_not(&people_act_password, "person=%lld", chief_id));
}

Test(people_scope, an_administrator_of_the_city_reaches_everybody)
{
    const id all[] = {local_id, far_id, mixed_id, bare_id, own_id};

    be(city_id, S("31"));
    for (size_t i = 0; i < COUNT(all); i++)
        cr_expect_null(why_not(&people_act_name, "person=%lld&name=New name", all[i]));
}

Test(people_scope, without_one_nothing_is_done_or_shown)
{
    struct people_people_view people;
    struct people_teams_view teams;
    struct people_fields_view fields;
    struct people_scope scope;
    const struct module places = {.name = "places", .pages = people_module.more_pages[0]};

    be(4711, S(""));
    for (size_t i = 0; i < COUNT(acts); i++)
        cr_expect_eq(why_not(acts[i].act, acts[i].typed, own_id), &act_not_yours);
    cr_expect_eq(why_not(&people_act_add, "login=ab&name=x&role=admin&division=310101", 0),
                 &act_not_yours);
    cr_expect_eq(test_show(scene, &people_module, "/admin/people", "", &people, NULL).refusal,
                 &act_not_yours);
    cr_expect_eq(test_show(scene, &places, "/admin/teams", "", &teams, NULL).refusal,
                 &act_not_yours);
    cr_expect_eq(test_show(scene, &places, "/admin/fields", "", &fields, NULL).refusal,
                 &act_not_yours);
    /* Whoever runs the machine needs none. */
    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(people_scope_of(scene, &scope)));
    cr_expect(scope.is_city && str_same(scope.code, S("31")));
}

Test(people_scope, nothing_is_given_beyond_it)
{
    static const char *const wide[] = {"31", "310104", "3101", ""};

    for (size_t i = 0; i < COUNT(wide); i++) {
        const char *end = wide[i];

        cr_expect(
            why_not(&people_act_roles,
                    arena_c(scene->arena,
                            arena_print(scene->arena, "person=%%lld&roles=admin&scope=%s", end)),
                    own_id) != NULL,
            "%s", end);
        cr_expect(why_not(&people_act_add,
                          arena_c(scene->arena,
                                  arena_print(scene->arena,
                                              "login=new1&name=x&role=admin&division=%s", end)),
                          0) != NULL,
                  "%s", end);
    }
    cr_expect_eq(why_not(&people_act_add, "login=new1&name=x&role=leader&team=%lld", city_team),
                 &people_unknown_team);
    cr_expect_eq(why_not(&people_act_add,
                         "login=new1&name=x&role=consultant&profession=lawyer&division=310104"
                         "&team=%lld",
                         own_team),
                 &people_unknown_division);
    cr_expect_eq(why_not(&people_act_add,
                         "login=new1&name=x&role=consultant&profession=lawyer&division=310101"
                         "&team=%lld",
                         far_team),
                 &people_unknown_team);
    cr_expect_eq(test_journal(scene, "people.add"), 0);
    cr_expect_null(why_not(&people_act_add, "login=new1&name=x&role=admin&division=310101", 0));
    cr_expect_null(why_not(&people_act_add, "login=new2&name=x&role=leader&team=%lld", own_team));
}

static const struct reason *serve(id person_id, id team, const char *division)
{
    return why_not(
        &people_act_service,
        arena_c(scene->arena, arena_print(scene->arena, "team=%lld&division=%s&" SERVICE,
                                          (long long)team, division, (long long)person_id)),
        0);
}

Test(people_scope, nobody_is_moved_out_of_it_and_whoever_moves_is_known_anew)
{
    struct people_find_staff_row row;
    int64_t told = test_journal(scene, "person.team");

    cr_expect_eq(serve(own_id, far_team, "310101"), &people_unknown_team);
    cr_expect_eq(serve(own_id, own_team, "310104"), &people_unknown_division);
    cr_expect_null(serve(own_id, own_team, "310101"));
    cr_expect_eq(test_journal(scene, "person.team"), told, "the team is what it was");
    be(city_id, S("31"));
    cr_expect_null(serve(own_id, far_team, "310104"));
    cr_expect_eq(test_journal(scene, "person.team"), told + 1);
    cr_expect_null(serve(own_id, city_team, "310104"));
    be(4711, S("310104"));
    cr_expect(test_done(people_need_staff(scene, own_id, &row)), "the role followed");
    cr_expect_null(serve(own_id, city_team, "310104"), "a team of before stays good");
}

Test(people_scope, lists_and_pages_show_who_is_within_it)
{
    const id beyond[] = {city_id, far_id, mixed_id, bare_id};
    struct people_people_view view;
    struct people_person_view one;

    cr_assert(test_done(test_show(scene, &people_module, "/admin/people", "", &view, NULL)));
    cr_assert_eq(view.people_count, 3);
    cr_expect_eq(view.people[0].person, local_id);
    cr_expect_eq(view.people[1].person, chief_id);
    cr_expect_eq(view.people[2].person, own_id);
    cr_expect_eq(view.new_teams_count, 2, "please choose, and the own team");
    cr_expect_eq(view.divisions_count, 2);
    for (size_t i = 0; i < COUNT(beyond); i++)
        cr_expect_eq(test_show(scene, &people_module, "/admin/people/{person}",
                               arena_c(scene->arena, arena_print(scene->arena, "person=%lld",
                                                                 (long long)beyond[i])),
                               &one, NULL)
                         .refusal,
                     &act_unknown);
    be(city_id, S("31"));
    cr_assert(test_done(test_show(scene, &people_module, "/admin/people", "", &view, NULL)));
    cr_expect_eq(view.people_count, 7);
}

/* ---- teams, fields, hours ---- */

static const struct reason *save_team(id team, id leader, const char *division)
{
    return why_not(&people_act_team_save,
                   arena_c(scene->arena,
                           arena_print(scene->arena,
                                       "name=新队&name_en=New&kind=district&is_active=1&leader=%lld"
                                       "&division=%s&team=%%lld",
                                       (long long)leader, division)),
                   team);
}

Test(people_scope, teams_are_kept_by_who_keeps_their_district)
{
    const struct module places = {.name = "places", .pages = people_module.more_pages[0]};
    struct people_teams_view view;
    struct people_team_view one;
    int64_t told = test_journal(scene, "person.team");

    cr_expect_eq(save_team(far_team, 0, "310104"), &act_unknown);
    cr_expect_eq(save_team(city_team, 0, "310101"), &act_unknown);
    cr_expect_eq(save_team(own_team, 0, "31"), &people_unknown_division);
    cr_expect_eq(save_team(own_team, mixed_id, "310101"), &people_leader_elsewhere);
    cr_expect_eq(
        why_not(&people_act_team_add, "name=新队&name_en=New&kind=district&division=310104", 0),
        &people_unknown_division);
    cr_expect_null(save_team(own_team, own_id, "310101"));
    cr_expect_eq(test_journal(scene, "person.team"), told + 1);
    cr_expect_null(why_not(&people_act_password, "person=%lld", own_id));
    cr_assert(test_done(test_show(scene, &places, "/admin/teams", "", &view, NULL)));
    cr_assert_eq(view.teams_count, 1);
    cr_expect_eq(view.teams[0].team, own_team);
    cr_expect_eq(test_show(scene, &places, "/admin/teams/{team}",
                           arena_c(scene->arena,
                                   arena_print(scene->arena, "team=%lld", (long long)far_team)),
                           &one, NULL)
                     .refusal,
                 &act_unknown);
}

Test(people_scope, a_leader_who_also_leads_beyond_it_is_left_alone)
{
    be(city_id, S("31"));
    cr_expect_null(save_team(own_team, own_id, "310101"));
    cr_expect(test_done(people_save_team(scene->store, S("市队"), S("City"), S("district"), S("31"),
                                         own_id, 1, city_team)));
    be(local_id, S("310101"));
    cr_expect_eq(why_not(&people_act_password, "person=%lld", own_id), &act_unknown);
    cr_expect_eq(save_team(own_team, 0, "310101"), &people_leader_beyond);
    cr_expect_eq(why_not(&people_act_add, "login=new1&name=x&role=leader&team=%lld", own_team),
                 &people_leader_beyond);
    cr_expect_null(save_team(own_team, own_id, "310101"), "its name may change");
}

Test(people_scope, fields_and_hours_are_the_citys)
{
    const struct module places = {.name = "places", .pages = people_module.more_pages[0]};
    static const struct {
        const struct act *act;
        const char *typed;
    } shared[] = {
        {&people_act_field_add, "field=noise&name=邻里&name_en=Noise&profession=mediator"},
        {&people_act_field_save,
         "field=noise&name=噪音&name_en=Noise&profession=mediator&position=1"},
        {&people_act_hours, "monday=09:00-12:00"},
        {&people_act_exception, "day=2026-12-25&why=Repairs"},
        {&people_act_exception_drop, "day=2026-12-25"},
    };
    struct people_fields_view fields;
    struct people_field_view field;
    struct people_hours_view hours;

    for (size_t i = 0; i < COUNT(shared); i++)
        cr_expect_eq(why_not(shared[i].act, shared[i].typed, 0), &act_not_yours, "%s",
                     shared[i].act->name);
    cr_assert(test_done(test_show(scene, &places, "/admin/fields", "", &fields, NULL)));
    cr_expect_not(fields.may_change);
    cr_assert(test_done(test_show(scene, &places, "/admin/hours", "", &hours, NULL)));
    cr_expect_not(hours.may_change);
    cr_expect_eq(
        test_show(scene, &places, "/admin/fields/{field}", "field=labour", &field, NULL).refusal,
        &act_not_yours);
    be(city_id, S("31"));
    for (size_t i = 0; i < COUNT(shared); i++)
        cr_expect_null(why_not(shared[i].act, shared[i].typed, 0), "%s", shared[i].act->name);
    cr_assert(test_done(test_show(scene, &places, "/admin/hours", "", &hours, NULL)));
    cr_expect(hours.may_change);
}

/* ---- a street or a village ---- */

static struct outcome watch(const char *scope, const char *place)
{
    struct str typed = arena_print(scene->arena, "person=%lld&roles=supervisor&scope=%s&place=%s",
                                   (long long)own_id, scope, place);

    return test_post(scene, &people_act_roles, arena_c(scene->arena, typed), NULL);
}

static struct str watched(void)
{
    const struct people_list_staff_roles_row *rows;
    size_t count;

    cr_assert(
        test_done(people_list_staff_roles(scene->arena, scene->store, own_id, &rows, &count)));
    cr_assert_eq(count, 1U);
    return rows[0].scope;
}

Test(people_scope, a_village_is_given_by_its_name_or_by_its_code)
{
    cr_assert(test_done(watch("310101", "云南中路居委会")));
    cr_expect(str_same(watched(), S("310101002001")));
    cr_assert(test_done(watch("310101", "310101013002")));
    cr_expect(str_same(watched(), S("310101013002")));
    cr_assert(test_done(watch("310101", " 外滩街道 ")));
    cr_expect(str_same(watched(), S("310101013")));
    cr_assert(test_done(watch("310101", "")));
    cr_expect(str_same(watched(), S("310101")), "nothing typed: the whole district");
}

Test(people_scope, of_two_villages_of_one_name_none_is_guessed)
{
    struct outcome outcome = watch("310101", "新建居委会");

    cr_expect_eq(outcome.refusal, &people_several_places);
    cr_expect(str_find(outcome.detail, S("310101002002 南京东路街道")) >= 0);
    cr_expect(str_find(outcome.detail, S("310101013002 外滩街道")) >= 0);
    cr_expect_eq(watch("310101", "没有居委会").refusal, &people_unknown_place);
    cr_expect_eq(watch("310104", "云南中路居委会").refusal, &people_unknown_place,
                 "it lies in another district");
}

Test(people_scope, a_village_beyond_ones_reach_is_not_given)
{
    be(local_id, S("310104"));
    cr_expect_eq(watch("310101", "云南中路居委会").refusal, &act_unknown, "not even the person");
    be(local_id, S("310101013"));
    cr_expect(watch("", "云南中路居委会").refusal != NULL);
}

Test(people_scope, the_page_of_whoever_watches_a_village_keeps_it_when_it_is_saved_again)
{
    struct people_whom_form query = {.person = own_id};
    struct request request = {.scene = scene};
    struct people_person_view view = {0};

    cr_assert(test_done(watch("310101", "云南中路居委会")));
    cr_assert(test_done(people_show_person(&request, &query, &view)));
    cr_expect(str_same(view.scope_place, S("云南中路居委会")));
    for (size_t i = 0; i < view.scopes_count; i++)
        cr_expect_eq(view.scopes[i].chosen, str_same(view.scopes[i].value, S("310101")));
    cr_assert(test_done(watch("310101", "310101013002")));
    view = (struct people_person_view){0};
    cr_assert(test_done(people_show_person(&request, &query, &view)));
    cr_expect(str_same(view.scope_place, S("310101013002")), "another bears that name");
}
