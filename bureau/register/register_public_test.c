/* register_public_test.c -- what everybody reads, who is reminded, and which teams one sees.  Cites
 * register_public.c, register_licence.c and register_teams.c. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bureau/record/record_acts.h"
#include "bureau/register/register_bureau_test.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"
#include "platform/known.h"

static struct scene *scene;
static const struct module public_pages = {.name = "public", .pages = register_public_pages};
static const struct module team_pages = {.name = "teams", .pages = register_team_pages};
static id wang, li, chief;
static const int64_t day = SECONDS_PER_DAY;

static struct outcome add(const char *login, const char *division, id team, int64_t days,
                          id *person_id)
{
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800000009")},
                            person_id));
    return people_enlist(
        scene, &(struct people_enlistment){.person_id = *person_id,
                                           .profession = S("lawyer"),
                                           .division = str_of(division),
                                           .team_id = team,
                                           .fields = S("labour"),
                                           .languages = S("zh"),
                                           .capacity = 3,
                                           .written_capacity = 9,
                                           .licence = arena_print(scene->arena, "L-%s", login),
                                           .licence_until = days ? scene->now + days * day : 0,
                                           .is_checked = true});
}

static struct outcome keep_case(id case_id, id consultant_id, id team_id, int64_t stars)
{
    struct record_case c = {.case_id = case_id,
                            .service = S("consultation"),
                            .reference = arena_print(scene->arena, "REF%05lld", (long long)case_id),
                            .channel = S("web"),
                            .field = S("labour"),
                            .profession = S("lawyer"),
                            .division = S("310101"),
                            .language = S("zh"),
                            .state = S("waiting"),
                            .phase = RECORD_WAITING,
                            .opened_at = scene->now,
                            .outcome = S("")};

    TRY(record_keep(scene, &c));
    c.consultant_id = consultant_id, c.team_id = team_id;
    c.state = S("talking"), c.phase = RECORD_TALKING;
    TRY(record_keep(scene, &c));
    return stars ? record_rate(scene, &(struct record_rating){.case_id = case_id,
                                                              .stars = stars,
                                                              .at = scene->now})
                 : DONE;
}

static struct outcome run_more(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    TRY(add("wang", "310101", bureau.team_id, 400, &wang));
    TRY(add("li", "310104", bureau.far_team_id, 20, &li));
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = S("chief"), .name = S("Chief")}, &chief));
    TRY(identity_role_add(scene, chief, S("leader"), S("310101")));
    TRY(people_save_team(scene->store, S("一队"), S("One"), S("district"), S("310101"), chief, 1,
                         bureau.team_id));
    for (id i = 1; i <= 9; i++) TRY(keep_case(i, wang, bureau.team_id, 5));
    return keep_case(99, li, bureau.far_team_id, 0);
}
static const struct act more = {.name = "test.more", .who = WHO_SYSTEM, .run = run_more};

static void be_system(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
}
static void be_anyone(void)
{
    scene->actor = (struct actor){.is = WHO_ANYONE};
}
static void be_watching(unsigned who, id person_id, const char *scope)
{
    scene->actor = (struct actor){
        .is = who | WHO_ANYONE, .person_id = person_id, .scopes = scopes_of(str_of(scope))};
}

static void set_up(void)
{
    bureau_open();
    scene = bureau.scene;
    be_system();
    cr_assert(test_done(test_act(scene, &more, NULL, NULL)));
    be_anyone();
}
TestSuite(register_public, .init = set_up, .fini = bureau_close);

static struct outcome profile_of(id person_id, struct register_profile_view *view)
{
    char typed[40];

    snprintf(typed, sizeof typed, "person=%lld", (long long)person_id);
    return test_show(scene, &public_pages, "/people/{person}", typed, view, NULL);
}

static size_t found_by(const char *typed)
{
    struct register_directory_view view;

    cr_assert(test_done(test_show(scene, &public_pages, "/people", typed, &view, NULL)));
    return view.people_count;
}

/* Nobody is one thing, a word nobody knows another. */
Test(register_public, a_word_the_directory_does_not_know_is_refused)
{
    static const char *const typed[] = {"profession=zzz", "division=999999", "field=family",
                                        "language=zzz",   "order=paid",      "near=999999"};

    for (size_t i = 0; i < COUNT(typed); i++) {
        struct register_directory_view view;

        cr_expect_eq(test_show(scene, &public_pages, "/people", typed[i], &view, NULL).refusal,
                     &query_unknown, "%s", typed[i]);
    }
}

Test(register_public, the_directory_is_found_by_profession_district_field_language_and_name)
{
    cr_expect_eq(found_by(""), 2);
    cr_expect_eq(found_by("profession=lawyer&field=labour&language=zh"), 2);
    cr_expect_eq(found_by("profession=notary"), 0);
    cr_expect_eq(found_by("division=310101"), 1);
    cr_expect_eq(found_by("language=en"), 0);
    cr_expect_eq(found_by("q=wan"), 1);
    cr_expect_eq(found_by("q=%"), 0, "a sign is no pattern");
}

Test(register_public, the_directory_is_read_in_portions_of_the_size_asked_for)
{
    struct register_directory_view view;
    char typed[60];

    cr_assert(test_done(test_show(scene, &public_pages, "/people", "limit=1", &view, NULL)));
    cr_assert_eq(view.people_count, 1);
    cr_assert_gt(view.next.len, 0);
    snprintf(typed, sizeof typed, "limit=1&after=%.*s", STR_ARGS(view.next));
    cr_assert(test_done(test_show(scene, &public_pages, "/people", typed, &view, NULL)));
    cr_expect_eq(view.people_count, 1);
    cr_expect_eq(view.next.len, 0, "there is no third");
    cr_expect_eq(found_by("limit=100"), 2);
}

static struct outcome run_rated(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    for (id i = 100; i < 140; i++) TRY(keep_case(i, li, bureau.far_team_id, i == 100 ? 5 : 0));
    return DONE;
}
static const struct act rated = {.name = "test.rated", .who = WHO_SYSTEM, .run = run_rated};

static id first_by(const char *typed)
{
    struct register_directory_view view;

    cr_assert(test_done(test_show(scene, &public_pages, "/people", typed, &view, NULL)));
    cr_assert_gt(view.people_count, 0, "%s", typed);
    return view.people[0].person;
}

/* (5), and register_score(): one who was praised by one is not before one praised by many. */
Test(register_public, the_directory_stands_in_the_order_that_was_asked_for)
{
    be_system();
    cr_assert(test_done(test_act(scene, &rated, NULL, NULL)));
    cr_assert(test_done(
        test_act(scene, &register_count, &(struct clock_form){.due_at = scene->now}, NULL)));
    be_anyone();
    cr_expect_eq(first_by("order=rating"), wang);
    cr_expect_eq(first_by("order=experience"), li);
    cr_expect_eq(first_by(""), wang);
    cr_expect_eq(first_by("near=310104"), li);
    cr_expect_eq(first_by("order=near&near=310101"), wang);
    cr_expect_eq(found_by("free=1"), 0);
    cr_assert(test_done(store_script(
        scene->store,
        arena_c(scene->arena, arena_print(scene->arena,
                                          "insert into presence (person_id, presence, capacity, "
                                          "seen_at, since_at) values (%lld, 'online', 3, %lld, 0)",
                                          (long long)li, (long long)scene->now)))));
    cr_expect_eq(found_by("free=1"), 1);
    cr_expect_eq(first_by(""), li, "on line goes first");
    cr_expect_eq(first_by("order=rating"), wang);
    cr_expect_gt(register_score(264, 60), register_score(10, 2));
}

Test(register_public, no_number_and_no_sign_in_name_is_public) /* (1) */
{
    struct register_profile_view view;
    struct out *out = out_open(scene->arena, 1 << 16);

    cr_assert(test_done(profile_of(wang, &view)));
    view_json(out, &register_profile_view, &view);
    cr_expect_lt(str_find(out_text(out), S("1380000")), 0);
    cr_expect_lt(str_find(out_text(out), S("login")), 0);
    cr_expect_geq(str_find(out_text(out), S("L-wang")), 0);
    cr_expect_eq(profile_of(bureau.admin_id, &view).refusal, &act_unknown, "staff are not public");
    cr_expect_eq(profile_of(bureau.applicant_id, &view).refusal, &act_unknown);
}

Test(register_public, whoever_would_rather_not_is_not_listed_but_stays_checkable) /* (2) */
{
    struct register_profile_view view;

    be_watching(WHO_CONSULTANT, wang, "");
    cr_assert(test_done(test_post(scene, &register_listed, "is_listed=0", NULL)));
    cr_expect_eq(found_by(""), 1);
    cr_expect(test_done(profile_of(wang, &view)));
    cr_assert(test_done(test_post(scene, &register_listed, "is_listed=1", NULL)));
    cr_expect_eq(found_by(""), 2);
    scene->now += 21 * day;
    cr_expect_eq(found_by(""), 1, "an expired licence is not listed");
    cr_assert(test_done(profile_of(li, &view)));
    cr_expect(str_same(view.licence_state, S("expired")));
}

static struct outcome run_rate(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    return keep_case(10, wang, bureau.team_id, 1);
}
static const struct act rate = {.name = "test.rate", .who = WHO_SYSTEM, .run = run_rate};

Test(register_public, stars_are_shown_when_ten_have_rated) /* (3) */
{
    struct register_profile_view view;

    cr_assert(test_done(profile_of(wang, &view)));
    cr_expect(view.served == 9 && view.ratings == 9 && view.stars.len == 0);
    be_system();
    cr_assert(test_done(test_act(scene, &rate, NULL, NULL)));
    be_anyone();
    cr_assert(test_done(profile_of(wang, &view)));
    cr_expect(str_same(view.stars, S("4.6")), "%.*s", STR_ARGS(view.stars));
}

static id sanction_id;
static struct outcome run_publish(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    sanction_id = scene_new_id(scene);
    return register_publish(scene,
                            &(struct register_sanction){.sanction_id = sanction_id,
                                                        .person_id = wang,
                                                        .measure = S("warning"),
                                                        .ground = S("late"),
                                                        .from_at = scene->now,
                                                        .published_until = scene->now + day});
}
static const struct act publish = {.name = "test.publish", .who = WHO_SYSTEM, .run = run_publish};

Test(register_public, a_sanction_is_shown_as_long_as_its_rule_says) /* (4) */
{
    struct register_profile_view view;

    be_system();
    cr_assert(test_done(test_act(scene, &publish, NULL, NULL)));
    cr_assert(test_done(profile_of(wang, &view)));
    cr_expect(view.sanctions_count == 1 && str_same(view.sanctions[0].ground, S("late")));
    cr_assert(test_done(profile_of(li, &view)));
    cr_expect_eq(view.sanctions_count, 0);
    scene->now += day;
    cr_assert(test_done(profile_of(wang, &view)));
    cr_expect_eq(view.sanctions_count, 0);
    scene->now -= day;
    cr_assert(test_done(register_unpublish(scene, sanction_id)));
    cr_assert(test_done(profile_of(wang, &view)));
    cr_expect_eq(view.sanctions_count, 0);
}

/* ---- licences ---- */

static int64_t rows_of(const char *sql)
{
    struct statement *statement;
    int64_t count;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}
static int64_t reminders(void)
{
    return rows_of("select count(*) from licence_reminder");
}
static int64_t notices(void)
{
    return rows_of("select count(*) from notice where template = 'licence'");
}

Test(register_public, each_reminder_is_given_once_and_only_the_most_pressing) /* licence (2) */
{
    struct clock_form form = {0};

    be_system();
    cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect(reminders() == 1 && notices() == 1, "li ends within 30 days: 60 is not told too");
    cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect_eq(reminders(), 1, "once");
    scene->now += 13 * day;
    cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect(reminders() == 2 && notices() == 2, "seven days before");
    scene->now += 7 * day;
    cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect(reminders() == 3 && notices() == 3, "the end");
    cr_expect_eq(test_journal(scene, "register.expired"), 1);
    cr_expect_eq(rows_of("select count(*) from deadline where act = 'register.sweep'"), 1);
    scene->now += 40 * day;
    cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect_eq(reminders(), 3);
}

enum { MANY = 21 };

static struct outcome run_many(struct scene *unused, const void *form, void *result)
{
    id person_id;

    (void)unused, (void)form, (void)result;
    for (int i = 0; i < MANY; i++)
        TRY(add(arena_c(scene->arena, arena_print(scene->arena, "ends%d", i)), "310101",
                bureau.team_id, 1, &person_id));
    return DONE;
}

Test(register_public, every_licence_that_ends_leaves_its_line_however_many_end) /* licence (4) */
{
    static const struct act act = {.name = "test.many", .who = WHO_SYSTEM, .run = run_many};
    struct clock_form form = {0};

    be_system();
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    scene->now += 2 * day;
    for (int i = 0; i < 4; i++) cr_assert(test_done(test_act(scene, &register_sweep, &form, NULL)));
    cr_expect_eq(test_journal(scene, "register.expired"), MANY);
    cr_expect_eq(rows_of("select count(*) from licence_reminder where days = 0"), MANY);
    cr_expect_eq(rows_of("select count(*) from licence_reminder where days = 7"), 0,
                 "who waits for the next part does not hear the milder one");
}

/* ---- teams ---- */

static size_t teams_seen(struct register_teams_view *view)
{
    cr_assert(test_done(test_show(scene, &team_pages, "/teams", "", view, NULL)));
    return view->teams_count;
}
static struct outcome open_team(id team_id, struct register_team_page_view *view)
{
    char typed[40];

    snprintf(typed, sizeof typed, "team=%lld", (long long)team_id);
    return test_show(scene, &team_pages, "/teams/{team}", typed, view, NULL);
}

Test(register_public, a_leader_sees_the_team_and_all_below_and_no_other) /* teams (1) */
{
    struct register_teams_view view;
    struct register_team_page_view page;

    be_watching(WHO_LEADER, chief, "310101");
    cr_expect_eq(teams_seen(&view), 1);
    cr_expect(view.teams[0].served == 9 && view.teams[0].members == 1);
    cr_expect_eq(open_team(bureau.far_team_id, &page).refusal, &act_unknown);
    cr_assert(test_done(people_set_team_parent(scene->store, bureau.team_id, bureau.far_team_id)));
    cr_expect_eq(teams_seen(&view), 2);
    cr_expect(view.teams[1].layer == 1 && view.teams[0].members_below == 2, "(2)");
    cr_expect(view.teams[0].served_below == 10 && view.teams[0].served == 9, "(2)");
    cr_assert(test_done(open_team(bureau.far_team_id, &page)));
    cr_expect(page.members_count == 1 && str_same(page.members[0].licence_state, S("expires")));
    be_watching(WHO_LEADER, bureau.other_id, "310101");
    cr_expect_eq(teams_seen(&view), 0);
}

Test(register_public, who_watches_a_district_sees_its_teams) /* teams (1) */
{
    struct register_teams_view view;
    struct register_team_page_view page;

    be_watching(WHO_SUPERVISOR, 5, "310104");
    cr_expect_eq(teams_seen(&view), 1);
    cr_expect_eq(open_team(bureau.team_id, &page).refusal, &act_unknown);
    be_watching(WHO_SUPERVISOR, 5, "31");
    cr_expect_eq(teams_seen(&view), 3);
    be_watching(WHO_SUPERVISOR, 5, "");
    cr_expect_eq(teams_seen(&view), 0);
    be_admin(bureau.far_admin_id, "310104");
    cr_expect_eq(teams_seen(&view), 1);
}
