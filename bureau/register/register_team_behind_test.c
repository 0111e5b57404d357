/* register_team_behind_test.c -- behind every figure of a team stand as many people or cases. Cites
 * register_team_behind.c. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/record/record_acts.h"
#include "bureau/register/register_bureau_test.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"

enum { PEOPLE = 7, CASES = 30 };

static const struct module pages = {.name = "teams", .pages = register_team_pages};
static struct scene *scene;
static id people[PEOPLE], chief;

static struct outcome on_duty_by_number(struct scene *unused, id person_id, moment at, bool *is)
{
    (void)unused, (void)at;
    *is = person_id % 3 == 0;
    return DONE;
}

static struct outcome add_person(int i)
{
    struct str login = arena_print(scene->arena, "member%d", i);

    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){.login = login, .name = login, .phone = S("13800000009")},
        &people[i]));
    TRY(people_enlist(
        scene, &(struct people_enlistment){
                   .person_id = people[i],
                   .profession = S("lawyer"),
                   .division = i % 2 ? S("310104") : S("310101"),
                   .team_id = i % 2 ? bureau.far_team_id : bureau.team_id,
                   .fields = S("labour"),
                   .languages = S("zh"),
                   .capacity = 3,
                   .written_capacity = 9,
                   .licence = S("L-1"),
                   .licence_until = scene->now + (i % 3 ? 400 : 20) * (int64_t)SECONDS_PER_DAY,
                   .is_checked = true}));
    if (i % 4 == 3) return DONE;
    return people_set_presence_row(scene->store, people[i], S("online"), 3, scene->now, scene->now);
}

/* Some before this month, some of another place, every third rated. */
static struct outcome add_case(int i)
{
    int who = i % PEOPLE;
    moment at = i % 5 ? scene->now : scene->now - 60 * (int64_t)SECONDS_PER_DAY;
    struct record_case c = {.case_id = 100 + i,
                            .service = S("consultation"),
                            .reference = arena_print(scene->arena, "REF%05d", i),
                            .channel = S("web"),
                            .field = S("labour"),
                            .profession = S("lawyer"),
                            .division = i % 6 ? S("310101") : S("310104"),
                            .language = S("zh"),
                            .state = S("waiting"),
                            .phase = RECORD_WAITING,
                            .opened_at = at,
                            .outcome = S("")};

    TRY(record_keep_at(scene, &c, at));
    c.consultant_id = people[who];
    c.team_id = who % 2 ? bureau.far_team_id : bureau.team_id;
    c.phase = RECORD_TALKING;
    TRY(record_keep_at(scene, &c, at));
    if (i % 3) return DONE;
    return record_rate(scene,
                       &(struct record_rating){.case_id = c.case_id, .stars = 1 + i % 5, .at = at});
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    for (int i = 0; i < PEOPLE; i++) TRY(add_person(i));
    for (int i = 0; i < CASES; i++) TRY(add_case(i));
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = S("chief"), .name = S("Chief")}, &chief));
    TRY(people_save_team(scene->store, S("一队"), S("One"), S("district"), S("310101"), chief, 1,
                         bureau.team_id));
    return people_set_team_parent(scene->store, bureau.team_id, bureau.far_team_id);
}

static void be(unsigned who, const char *scope, id team_id)
{
    scene->actor = (struct actor){.is = who | WHO_ANYONE,
                                  .person_id = who == WHO_LEADER ? chief : 5,
                                  .scopes = scopes_of(str_of(scope)),
                                  .team_id = team_id};
}

static void set_up(void)
{
    static const struct act act = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

    bureau_open();
    scene = bureau.scene;
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    register_roster_hook(on_duty_by_number);
}
static void tear_down(void)
{
    register_roster_hook(NULL);
    bureau_close();
}
TestSuite(register_behind, .init = set_up, .fini = tear_down);

/* Two rows a page; `withheld` of them say nothing. */
static int64_t cases_of(id team_id, const char *more, int64_t *withheld)
{
    struct register_team_cases_view view = {0};
    int64_t count = 0;

    *withheld = 0;
    do {
        char typed[120];

        snprintf(typed, sizeof typed, "team=%lld&limit=2&after=%lld&%s", (long long)team_id,
                 (long long)view.next, more);
        cr_assert(test_done(test_show(scene, &pages, "/teams/{team}/cases", typed, &view, NULL)),
                  "%s", more);
        cr_assert(view.cases_count <= 2);
        for (size_t i = 0; i < view.cases_count; i++) *withheld += view.cases[i].withheld;
        count += (int64_t)view.cases_count;
    } while (view.next && count < 1000);
    return count;
}

static int64_t people_of(id team_id, const char *more)
{
    struct register_team_people_view view = {0};
    int64_t count = 0;

    do {
        char typed[120];

        snprintf(typed, sizeof typed, "team=%lld&limit=2&after=%lld&%s", (long long)team_id,
                 (long long)view.next, more);
        cr_assert(test_done(test_show(scene, &pages, "/teams/{team}/people", typed, &view, NULL)),
                  "%s", more);
        cr_assert(view.people_count <= 2);
        count += (int64_t)view.people_count;
    } while (view.next && count < 1000);
    return count;
}

static void compare(const struct register_team_view *t)
{
    int64_t withheld;

    cr_expect_eq(people_of(t->team, "which=members"), t->members);
    cr_expect_eq(people_of(t->team, "which=members&below=1"), t->members_below);
    cr_expect_eq(people_of(t->team, "which=on_line"), t->on_line);
    cr_expect_eq(people_of(t->team, "which=on_line&below=1"), t->on_line_below);
    cr_expect_eq(people_of(t->team, "which=on_duty"), t->rostered);
    cr_expect_eq(people_of(t->team, "which=expiring"), t->expiring);
    cr_expect_eq(cases_of(t->team, "which=served", &withheld), t->served);
    cr_expect_eq(cases_of(t->team, "which=served&below=1", &withheld), t->served_below);
}

Test(register_behind, each_figure_of_a_team_is_the_number_of_rows_behind_it) /* (1) */
{
    struct register_teams_view all;
    int64_t sum = 0;

    be(WHO_SUPERVISOR, "31", 0);
    cr_assert(test_done(test_show(scene, &pages, "/teams", "", &all, NULL)));
    cr_assert(all.teams_count >= 2);
    for (size_t i = 0; i < all.teams_count; i++) {
        compare(&all.teams[i]);
        sum += all.teams[i].served + all.teams[i].expiring + all.teams[i].rostered;
        cr_expect(all.teams[i].has_below == (all.teams[i].served_below > all.teams[i].served));
    }
    cr_assert(sum > 0);
}

Test(register_behind, each_figure_of_a_member_is_the_number_of_rows_behind_it) /* (1) */
{
    struct register_team_page_view page;
    char typed[60];
    int64_t withheld;

    be(WHO_SUPERVISOR, "31", 0);
    snprintf(typed, sizeof typed, "team=%lld", (long long)bureau.team_id);
    cr_assert(test_done(test_show(scene, &pages, "/teams/{team}", typed, &page, NULL)));
    cr_assert(page.members_count > 1);
    for (size_t i = 0; i < page.members_count; i++) {
        snprintf(typed, sizeof typed, "which=served&person=%lld",
                 (long long)page.members[i].person);
        cr_expect_eq(cases_of(bureau.team_id, typed, &withheld), page.members[i].served);
    }
    snprintf(typed, sizeof typed, "which=served&person=%lld", (long long)people[1]);
    cr_expect_eq(test_show(scene, &pages, "/teams/{team}/cases",
                           arena_c(scene->arena, arena_print(scene->arena, "team=%lld&%s",
                                                             (long long)bureau.team_id, typed)),
                           &(struct register_team_cases_view){0}, NULL)
                     .refusal,
                 &act_unknown, "a member of another team");
}

Test(register_behind, a_team_that_is_not_ones_own_is_unknown) /* (2) */
{
    struct register_team_people_view of_people;
    struct register_team_cases_view of_cases;
    char typed[60];

    be(WHO_SUPERVISOR, "310104", 0);
    snprintf(typed, sizeof typed, "team=%lld&which=served", (long long)bureau.team_id);
    cr_expect_eq(test_show(scene, &pages, "/teams/{team}/cases", typed, &of_cases, NULL).refusal,
                 &act_unknown);
    snprintf(typed, sizeof typed, "team=%lld&which=members", (long long)bureau.team_id);
    cr_expect_eq(test_show(scene, &pages, "/teams/{team}/people", typed, &of_people, NULL).refusal,
                 &act_unknown);
    be(WHO_SUPERVISOR, "31", 0);
    cr_expect(test_done(test_show(scene, &pages, "/teams/{team}/people", typed, &of_people, NULL)));
}

Test(register_behind, a_case_of_another_place_is_counted_and_not_named) /* (3) */
{
    int64_t city, district, withheld;

    be(WHO_SUPERVISOR, "31", 0);
    city = cases_of(bureau.far_team_id, "which=served", &withheld);
    cr_expect_eq(withheld, 0);
    be(WHO_SUPERVISOR, "310104", 0);
    district = cases_of(bureau.far_team_id, "which=served", &withheld);
    cr_expect_eq(district, city);
    cr_expect(withheld > 0 && withheld < city);
    be(WHO_LEADER, "310101", bureau.team_id);
    cr_expect(cases_of(bureau.far_team_id, "which=served", &withheld) == city && !withheld,
              "a team below");
    scene->actor.is |= WHO_ADMIN;
    scene->actor.team_id = 0;
    scene->actor.person_id = 5;
    cr_expect(cases_of(bureau.far_team_id, "which=served", &withheld) == city && withheld == city,
              "an administrator who leads another team");
}

static struct outcome set_layer(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return people_set_layer(own, bureau.far_team_id, bureau.team_id);
}

Test(register_behind, a_case_of_a_team_below_is_opened_by_who_watches_it) /* (3) */
{
    static const struct act act = {.name = "test.layer", .who = WHO_SYSTEM, .run = set_layer};
    struct register_team_cases_view view = {0};
    char typed[60];

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    be(WHO_LEADER, "310101", bureau.team_id);
    snprintf(typed, sizeof typed, "team=%lld&which=served", (long long)bureau.far_team_id);
    cr_assert(test_done(test_show(scene, &pages, "/teams/{team}/cases", typed, &view, NULL)));
    cr_assert_gt(view.cases_count, 0);
    for (size_t i = 0; i < view.cases_count; i++) cr_expect(view.cases[i].is_open);
}
