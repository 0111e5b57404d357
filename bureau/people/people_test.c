/* people_test.c -- what administrators may do to people, teams, fields and hours, and what not.
 * Cites people_admin_acts.c and people_place_acts.c. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"

static struct scene *scene;
static id admin_id, team_id, other_team_id;

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_add_first_field(scene->store, S("labour"), S("劳动"), S("Labour"), S(""), S(""),
                               S("lawyer"), S(""), 1));
    TRY(people_first_hours(scene, false));
    team_id = scene_new_id(scene);
    other_team_id = scene_new_id(scene);
    TRY(people_add_team(scene->store, team_id, S("t1"), S("一队"), S("Team one"), S("district"),
                        S("310101")));
    TRY(people_add_team(scene->store, other_team_id, S("t2"), S("二队"), S("Team two"),
                        S("district"), S("31")));
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = S("admin"), .name = S("Admin")}, &admin_id));
    return identity_role_add(scene, admin_id, S("admin"), S("31"));
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be(unsigned who)
{
    scene->actor = (struct actor){.is = who | WHO_ANYONE,
                                  .person_id = admin_id,
                                  .scopes = scopes_of(S("31")),
                                  .name = S("Admin")};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module,
                                                             &people_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    be(WHO_ADMIN);
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(people, .init = set_up, .fini = tear_down);

static const char *print(const char *format, long long one)
{
    char text[400];

    snprintf(text, sizeof text, format, one);
    return arena_c(scene->arena, arena_copy(scene->arena, str_of(text)));
}

static id add_consultant(const char *login)
{
    struct people_added_view told;
    const char *typed = arena_c(
        scene->arena,
        arena_print(
            scene->arena,
            "login=%s&name=赵新人&role=consultant&profession=lawyer&division=310101&team=%lld",
            login, (long long)team_id));

    cr_assert(test_done(test_post(scene, &people_act_add, typed, &told)));
    return told.person;
}

static struct people_find_service_row service_of(id person_id)
{
    struct people_find_service_row row;
    bool found;

    cr_assert(test_done(people_find_service(scene->arena, scene->store, person_id, &row, &found)));
    cr_assert(found);
    return row;
}

static bool has_role(id person_id, const char *role)
{
    const struct people_list_staff_roles_row *rows;
    size_t count;

    cr_assert(
        test_done(people_list_staff_roles(scene->arena, scene->store, person_id, &rows, &count)));
    for (size_t i = 0; i < count; i++) {
        if (str_same(rows[i].role, str_of(role))) return true;
    }
    return false;
}

static const char *service_form(id person_id, const char *licence, const char *until)
{
    return arena_c(scene->arena,
                   arena_print(scene->arena,
                               "person=%lld&profession=lawyer&team=%lld&division=310101"
                               "&fields=labour&languages=zh en&capacity=4&written_capacity=9"
                               "&licence=%s&licence_until=%s",
                               (long long)person_id, (long long)team_id, licence, until));
}

static id verified_consultant(void)
{
    id person_id = add_consultant("newcomer01");

    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2027-06-30"), NULL)));
    cr_assert(
        test_done(test_post(scene, &people_act_verify, print("person=%lld", person_id), NULL)));
    return person_id;
}

static id signing_in;
static struct outcome run_sign_in(struct scene *unused, const void *form, void *result)
{
    struct str token;
    moment expires_at;

    (void)unused, (void)form, (void)result;
    return identity_session_open(scene, "staff", signing_in, 0, SECONDS_PER_HOUR, &token,
                                 &expires_at);
}
static const struct act act_sign_in_now = {
    .name = "test.sign_in", .who = WHO_ADMIN, .run = run_sign_in};

static void sign_in(id person_id)
{
    signing_in = person_id;
    cr_assert(test_done(test_act(scene, &act_sign_in_now, NULL, NULL)));
}

static int64_t sessions_of(id person_id)
{
    struct people_count_staff_sessions_row row;
    bool found;

    cr_assert(
        test_done(people_count_staff_sessions(scene->store, person_id, scene->now, &row, &found)));
    return row.sessions_count;
}

/* ---- who may ---- */

Test(people, nobody_but_administrators_comes_in)
{
    const struct page *const tables[] = {people_module.pages, people_module.more_pages[0]};
    size_t pages = 0;

    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct page *page = tables[t]; page->path; page++, pages++) {
            cr_expect_eq(page->who, WHO_ADMIN, "%s", page->path);
            if (page->act) cr_expect_eq(page->act->who, WHO_ADMIN, "%s", page->act->name);
        }
    }
    cr_expect_gt(pages, 20);
    be(WHO_CONSULTANT | WHO_LEADER | WHO_SUPERVISOR);
    cr_expect_eq(
        test_post(scene, &people_act_add, "login=ab&name=x&role=admin&division=31", NULL).refusal,
        &act_not_yours);
    cr_expect_eq(test_journal(scene, "people.add"), 0);
}

Test(people, no_page_of_administration_shows_a_consultation)
{
    const struct page *const tables[] = {people_module.pages, people_module.more_pages[0]};

    for (size_t t = 0; t < COUNT(tables); t++) {
        for (const struct page *page = tables[t]; page->path; page++)
            cr_expect(str_begins(str_of(page->path), S("/admin")), "%s", page->path);
    }
}

/* ---- adding ---- */

Test(people, a_password_is_made_told_once_and_good)
{
    struct people_added_view told;
    struct people_person_view view;
    struct str cookie;
    const char *typed;

    scene->channel = S("web");
    cr_assert(test_done(test_post(
        scene, &people_act_add, "login=Boss01&name=老王&role=supervisor&division=310101", &told)));
    cr_expect_eq(told.password.len, 17);
    cr_expect(str_same(told.login, S("boss01")));
    cookie = test_cookie(scene, "given");
    cr_assert(cookie.len > 0);
    cr_expect(str_find(cookie, told.password) < 0);
    typed = print("person=%lld", told.person);
    test_bring(scene, "given", cookie);
    cr_assert(
        test_done(test_show(scene, &people_module, "/admin/people/{person}", typed, &view, NULL)));
    cr_expect(str_same(view.given, told.password));
    cr_expect_eq(scene->cookies[0].seconds, -1);
    test_bring(scene, "given", S(""));
    cr_assert(
        test_done(test_show(scene, &people_module, "/admin/people/{person}", typed, &view, NULL)));
    cr_expect_eq(view.given.len, 0);
}

static size_t given_to(id reader_id, id person_id)
{
    scene->cookies_count = 0;
    scene->actor.person_id = reader_id;
    return people_given_take(scene, person_id).len;
}

Test(people, a_made_password_is_shown_only_with_its_person_and_to_its_maker)
{
    struct people_added_view told;
    struct str cookie;

    cr_assert(test_done(test_post(
        scene, &people_act_add, "login=boss01&name=老王&role=supervisor&division=310101", &told)));
    cookie = test_cookie(scene, "given");
    test_bring(scene, "given", cookie);
    cr_expect_eq(given_to(admin_id, told.person), 17);
    cr_expect_eq(given_to(admin_id, admin_id), 0);
    cr_expect_eq(given_to(4711, told.person), 0);
    scene->now += SECONDS_PER_HOUR;
    cr_expect_eq(given_to(admin_id, told.person), 0);
}

Test(people, a_typed_password_is_taken_and_not_told)
{
    struct people_added_view told;

    cr_assert(test_done(test_post(
        scene, &people_act_add,
        "login=boss01&name=老王&role=admin&division=31&password=Quite-long-9-words", &told)));
    cr_expect_eq(told.password.len, 0);
    cr_expect(has_role(told.person, "admin"));
    cr_expect_eq(test_post(scene, &people_act_add,
                           "login=boss02&name=老王&role=admin&division=31&password=short", NULL)
                     .refusal,
                 &identity_password_short);
}

Test(people, a_consultant_needs_profession_team_and_district)
{
    cr_expect_eq(test_post(scene, &people_act_add, "login=c1&name=x&role=consultant", NULL).refusal,
                 &people_unknown_profession);
    cr_expect_eq(
        test_post(scene, &people_act_add, "login=c1&name=x&role=consultant&profession=lawyer", NULL)
            .refusal,
        &people_unknown_team);
    cr_expect_eq(
        test_post(scene, &people_act_add,
                  print("login=c1&name=x&role=consultant&profession=lawyer&team=%lld", team_id),
                  NULL)
            .refusal,
        &people_unknown_division);
    cr_expect_eq(test_post(scene, &people_act_add, "login=c1&name=x&role=resident", NULL).refusal,
                 &identity_role_unknown);
    cr_expect_eq(test_post(scene, &people_act_add, "login=c1&name=x&role=supervisor", NULL).refusal,
                 &people_needs_scope);
    add_consultant("c1");
    cr_expect_eq(
        test_post(scene, &people_act_add, "login=c1&name=x&role=admin&division=31", NULL).refusal,
        &identity_login_taken);
}

/* ---- qualification ---- */

Test(people, who_verified_and_when_is_on_record)
{
    id person_id = verified_consultant();
    const struct people_list_person_notes_row *notes;
    size_t count;

    cr_expect_eq(service_of(person_id).verified_at, scene->now);
    cr_assert(
        test_done(people_list_person_notes(scene->arena, scene->store, person_id, &notes, &count)));
    cr_expect(str_same(notes[0].deed, S("verified")));
    cr_expect(str_same(notes[0].person_name, S("Admin")));
    cr_expect(str_same(notes[0].reason, S("L-1")));
    cr_expect_eq(test_journal(scene, "people.verify"), 1);
}

Test(people, a_changed_licence_must_be_verified_anew_and_the_rest_not)
{
    id person_id = verified_consultant();

    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2027-06-30"), NULL)));
    cr_expect_gt(service_of(person_id).verified_at, 0);
    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2028-06-30"), NULL)));
    cr_expect_eq(service_of(person_id).verified_at, 0);
}

Test(people, without_a_licence_that_holds_nothing_is_verified)
{
    id person_id = add_consultant("newcomer01");
    const char *whom = print("person=%lld", person_id);

    cr_expect_eq(test_post(scene, &people_act_verify, whom, NULL).refusal, &people_needs_licence);
    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2026-11-21"), NULL)));
    cr_expect_eq(test_post(scene, &people_act_verify, whom, NULL).refusal, &people_needs_licence);
    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2026-11-22"), NULL)));
    cr_expect(test_done(test_post(scene, &people_act_verify, whom, NULL)), "its last day counts");
}

Test(people, a_licence_that_runs_out_within_thirty_days_stands_out)
{
    struct people_people_view view;
    id person_id = verified_consultant();

    cr_assert(
        test_done(test_show(scene, &people_module, "/admin/people", "heed=licence", &view, NULL)));
    cr_expect_eq(view.people_count, 0);
    cr_assert(test_done(
        test_post(scene, &people_act_service, service_form(person_id, "L-1", "2026-12-10"), NULL)));
    cr_assert(
        test_done(test_show(scene, &people_module, "/admin/people", "heed=licence", &view, NULL)));
    cr_assert_eq(view.people_count, 1);
    cr_expect(view.people[0].licence_soon && !view.people[0].licence_over);
    scene->now += 40 * SECONDS_PER_DAY;
    cr_assert(test_done(test_show(scene, &people_module, "/admin/people", "q=新人", &view, NULL)));
    cr_assert_eq(view.people_count, 1);
    cr_expect(view.people[0].licence_over && !view.people[0].licence_soon);
}

/* ---- standing and roles ---- */

Test(people, a_suspended_consultant_is_offered_nothing_and_comes_back)
{
    id person_id = verified_consultant();
    const char *why = print("person=%lld&reason=complaint", person_id);

    sign_in(person_id);
    cr_expect_eq(sessions_of(person_id), 1);
    cr_assert(test_done(
        people_set_presence_row(scene->store, person_id, S("online"), 3, scene->now, scene->now)));
    cr_assert(test_done(test_post(scene, &people_act_suspend, why, NULL)));
    cr_expect(str_same(service_of(person_id).standing, S("suspended")));
    cr_expect_eq(test_journal(scene, "people.suspend"), 1);
    cr_expect_eq(sessions_of(person_id), 0);
    cr_assert(test_done(test_post(scene, &people_act_reinstate, why, NULL)));
    cr_expect(str_same(service_of(person_id).standing, S("active")));
}

Test(people, nobody_changes_their_own_standing_roles_or_password)
{
    const char *mine = print("person=%lld&reason=because", admin_id);
    cr_expect_eq(test_post(scene, &people_act_suspend, mine, NULL).refusal, &people_oneself);
    mine = print("person=%lld", admin_id);
    cr_expect_eq(test_post(scene, &people_act_roles, mine, NULL).refusal, &people_oneself);
    cr_expect_eq(test_post(scene, &people_act_password, mine, NULL).refusal, &people_oneself);
    cr_expect_eq(test_post(scene, &people_act_sessions, mine, NULL).refusal, &people_oneself);
    cr_expect(has_role(admin_id, "admin"));
}

Test(people, a_new_password_ends_every_session)
{
    id person_id = add_consultant("newcomer01");
    struct people_added_view told;

    sign_in(person_id);
    cr_assert(
        test_done(test_post(scene, &people_act_password, print("person=%lld", person_id), &told)));
    cr_expect_eq(told.password.len, 17);
    cr_expect_eq(sessions_of(person_id), 0);
    cr_expect_eq(test_journal(scene, "person.password"), 1);
    sign_in(person_id);
    cr_assert(
        test_done(test_post(scene, &people_act_sessions, print("person=%lld", person_id), NULL)));
    cr_expect_eq(sessions_of(person_id), 0);
}

Test(people, roles_follow_what_was_ticked)
{
    id person_id = add_consultant("newcomer01");

    cr_expect_eq(
        test_post(scene, &people_act_roles, print("person=%lld&roles=supervisor", person_id), NULL)
            .refusal,
        &people_needs_scope);
    cr_assert(
        test_done(test_post(scene, &people_act_roles,
                            print("person=%lld&roles=supervisor&scope=310101", person_id), NULL)));
    cr_expect(has_role(person_id, "supervisor") && !has_role(person_id, "consultant"));
    cr_expect(str_same(service_of(person_id).standing, S("suspended")));
    cr_expect_eq(
        test_post(scene, &people_act_roles, print("person=%lld&roles=leader", person_id), NULL)
            .refusal,
        &identity_role_unknown);
}

/* ---- teams ---- */

static const char *team_form(id which, id leader, const char *rest)
{
    return arena_c(scene->arena,
                   arena_print(scene->arena,
                               "team=%lld&name=新队&name_en=New team&kind=district&division=310101"
                               "&leader=%lld%s",
                               (long long)which, (long long)leader, rest));
}

Test(people, a_team_is_called_in_the_readers_language)
{
    struct str name;

    cr_assert(test_done(people_team_name(scene, team_id, &name)));
    cr_expect(str_same(name, scene->language == LANGUAGE_EN ? S("Team one") : S("一队")));
    scene->language = LANGUAGE_EN;
    cr_assert(test_done(people_team_name(scene, team_id, &name)));
    cr_expect(str_same(name, S("Team one")));
    cr_assert(test_done(people_team_name(scene, 999, &name)));
    cr_expect_eq(name.len, 0U);
}

Test(people, whoever_leads_a_team_has_the_role_and_loses_it_with_the_team)
{
    id one = add_consultant("one"), two = add_consultant("two"), led;

    cr_assert(test_done(
        test_post(scene, &people_act_team_save, team_form(team_id, one, "&is_active=1"), NULL)));
    cr_expect(has_role(one, "leader"));
    cr_assert(test_done(people_find_team_of(scene, one, &led)));
    cr_expect_eq(led, team_id);
    cr_assert(test_done(
        test_post(scene, &people_act_team_save, team_form(team_id, two, "&is_active=1"), NULL)));
    cr_expect(has_role(two, "leader") && !has_role(one, "leader"));
    cr_expect_eq(
        test_post(scene, &people_act_team_save, team_form(team_id, admin_id, "&is_active=1"), NULL)
            .refusal,
        &people_leader_elsewhere);
}

Test(people, a_team_with_consultants_stays_in_use)
{
    add_consultant("one");
    cr_expect_eq(test_post(scene, &people_act_team_save, team_form(team_id, 0, ""), NULL).refusal,
                 &people_team_not_empty);
    cr_expect(
        test_done(test_post(scene, &people_act_team_save, team_form(other_team_id, 0, ""), NULL)));
}

Test(people, who_leads_is_of_that_team_before_the_one_they_serve_in)
{
    id one = add_consultant("one"), led;

    cr_assert(test_done(people_save_team(scene->store, S("二队"), S("Team two"), S("district"),
                                         S("31"), one, 1, other_team_id)));
    cr_assert(test_done(people_find_team_of(scene, one, &led)));
    cr_expect_eq(led, other_team_id);
    cr_assert(test_done(people_find_team_of(scene, admin_id, &led)));
    cr_expect_eq(led, 0);
}

/* ---- fields of law ---- */

Test(people, a_field_is_added_last_changed_and_put_out_of_use)
{
    struct people_find_field_row row;
    struct str name;
    bool found;

    cr_assert(test_done(test_post(
        scene, &people_act_field_add,
        "field=neighbours&name=邻里纠纷&name_en=Neighbours&profession=mediator&words=噪音", NULL)));
    cr_assert(test_done(people_field(scene, S("neighbours"), &row, &found)));
    cr_expect(found && str_same(row.profession, S("mediator")));
    cr_expect_eq(test_post(scene, &people_act_field_add,
                           "field=neighbours&name=邻里&name_en=Neighbours&profession=mediator",
                           NULL)
                     .refusal,
                 &people_field_taken);
    cr_expect_eq(test_post(scene, &people_act_field_add,
                           "field=Upper-Case&name=邻里&name_en=Neighbours&profession=mediator",
                           NULL)
                     .refusal,
                 &people_field_code);
    cr_assert(test_done(test_post(
        scene, &people_act_field_save,
        "field=neighbours&name=邻里&name_en=Neighbours&profession=mediator&position=5", NULL)));
    cr_assert(test_done(people_field(scene, S("neighbours"), &row, &found)));
    cr_expect_not(found);
    /* What was asked under it keeps its name. */
    cr_assert(test_done(people_field_name(scene, S("neighbours"), &name)));
    cr_expect(str_same(name, S("邻里")));
    cr_assert(test_done(people_field_name(scene, S("never"), &name)));
    cr_expect(str_same(name, S("never")));
}

Test(people, an_administrator_says_where_text_messages_go_and_sees_it_masked)
{
    id consultant_id = add_consultant("texted");
    struct people_person_view shown;
    char typed[96];
    struct str digits;

    snprintf(typed, sizeof typed, "person=%lld&phone=138 0013-8000", (long long)consultant_id);
    cr_assert(test_done(test_post(scene, &people_act_phone, typed, NULL)));
    cr_assert(test_done(identity_phone(scene, consultant_id, &digits)));
    cr_expect(str_same(digits, S("13800138000")));
    snprintf(typed, sizeof typed, "person=%lld", (long long)consultant_id);
    cr_assert(
        test_done(test_show(scene, &people_module, "/admin/people/{person}", typed, &shown, NULL)));
    cr_expect(str_ends(shown.phone_masked, S("8000")));
    cr_expect(str_find(shown.phone_masked, S("0013")) < 0);
    snprintf(typed, sizeof typed, "person=%lld&phone=", (long long)consultant_id);
    cr_expect_not(test_done(test_post(scene, &people_act_phone, typed, NULL)));
    snprintf(typed, sizeof typed, "person=%lld&phone=13800138001&remove=1",
             (long long)consultant_id);
    cr_expect_not(test_done(test_post(scene, &people_act_phone, typed, NULL)));
    cr_assert(test_done(identity_phone(scene, consultant_id, &digits)));
    cr_expect(str_same(digits, S("13800138000")), "an empty field takes nothing off");
    snprintf(typed, sizeof typed, "person=%lld&phone=&remove=1", (long long)consultant_id);
    cr_assert(test_done(test_post(scene, &people_act_phone, typed, NULL)));
    cr_assert(test_done(identity_phone(scene, consultant_id, &digits)));
    cr_expect_eq(digits.len, 0);
}

/* ---- what operators are told ---- */

static struct str health(void)
{
    struct out *out = out_open(scene->arena, 4000);

    cr_assert(test_done(people_health(scene, out)));
    return out_text(out);
}

Test(people, health_names_what_is_missing)
{
    id person_id = verified_consultant();

    scene->now = calendar_moment_of(2026, 11, 30, 600); /* a Monday, ten o'clock */
    cr_expect(str_find(health(), S("nobody is on line")) >= 0);
    cr_expect(str_find(health(), S("2027")) < 0);
    cr_assert(test_done(
        people_set_presence_row(scene->store, person_id, S("online"), 3, scene->now, scene->now)));
    cr_expect_eq(health().len, 0);
    scene->now = calendar_moment_of(2026, 12, 1, 60);
    cr_expect(str_find(health(), S("calendar of 2027")) >= 0);
    cr_expect(str_find(health(), S("nobody is on line")) < 0, "at night nobody need be");
    scene->now = calendar_moment_of(2027, 7, 1, 0);
    cr_expect(str_find(health(), S("1 consultants are active although")) >= 0);
}
