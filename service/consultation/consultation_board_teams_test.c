/* consultation_board_teams_test.c -- the board by layers of teams.  Cites
 * consultation_board_teams.c; that each number is the number of rows behind it stands in
 * consultation_board_test.c and, for a layer, here. */
#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

/* Two roots; of the first, two branches, and of one of these a leaf that is put away. */
enum team { ROOT, LEFT, RIGHT, LEAF, OTHER, TEAMS };
static const char *const names[TEAMS] = {"root", "left", "right", "leaf", "other"};
static const int above[TEAMS] = {-1, ROOT, ROOT, LEFT, -1};
static const char *const places[TEAMS] = {"31", "310101", "310104", "310101", "310104"};
static const int waiting[TEAMS] = {1, 2, 4, 8, 16}; /* each sum says which teams are in it */
enum { NO_TEAM = 32 };

static const struct module board = {.name = "board", .pages = consultation_board_pages};
static struct scene *scene;
static id teams[TEAMS];

static struct outcome add_cases(id team_id, const char *division, int count)
{
    for (int i = 0; i < count; i++) {
        id case_id = scene_new_id(scene);
        struct consultation_add_case_values made = {
            .consultation_id = case_id,
            .reference = arena_print(scene->arena, "T%lld", (long long)case_id),
            .state = S("waiting"),
            .field = S("labour"),
            .profession = S("lawyer"),
            .division = str_of(division),
            .language = S("zh"),
            .channel = S("web"),
            .asked_at = scene->now - team_id % 100 - i,
            .waiting_at = scene->now - team_id % 100 - i};

        TRY(consultation_add_case(scene->store, &made));
        TRY(consultation_add_exchange(scene->store, case_id));
        TRY(consultation_save_case(
            scene->store, &(struct consultation_save_case_values){.consultation_id = case_id,
                                                                  .state = made.state,
                                                                  .profession = made.profession,
                                                                  .waiting_at = made.waiting_at,
                                                                  .team_id = team_id,
                                                                  .outcome = S(""),
                                                                  .summary = S("")}));
    }
    return DONE;
}

static struct outcome add_team(int i)
{
    struct str name = str_of(names[i]), division = str_of(places[i]);
    id leader_id, lawyer_id;

    TRY(identity_person_add(scene, &(struct identity_new_person){.login = name, .name = name},
                            &leader_id));
    teams[i] = scene_new_id(scene);
    TRY(people_add_demo_team(scene->store, teams[i], name, name, name, S("association"), division,
                             leader_id));
    if (above[i] >= 0) TRY(people_set_layer(scene, teams[i], teams[above[i]]));
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){
                                .login = arena_print(scene->arena, "%s-1", names[i]), .name = name},
                            &lawyer_id));
    TRY(people_add_demo_consultant(scene->store, lawyer_id, S("lawyer"), teams[i], division, S("1"),
                                   scene->now - 1, 0));
    TRY(people_set_presence_row(scene->store, lawyer_id, S("online"), 3, scene->now, scene->now));
    return add_cases(teams[i], i == ROOT ? "310101" : places[i], waiting[i]);
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_add_first_field(scene->store, S("labour"), S("labour"), S("labour"), S("labour"),
                               S("labour"), S("lawyer"), S("labour"), 0));
    for (int i = 0; i < TEAMS; i++) TRY(add_team(i));
    return add_cases(0, "310101", NO_TEAM);
}

static void be(unsigned who, const char *scope, id team_id)
{
    scene->actor = (struct actor){.is = who | WHO_ANYONE,
                                  .person_id = 77,
                                  .scopes = scopes_of(str_of(scope)),
                                  .team_id = team_id,
                                  .name = S("somebody")};
}

static void set_up(void)
{
    static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    be(WHO_SUPERVISOR, "31", 0);
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(board_teams, .init = set_up, .fini = tear_down);

/* ---- what is seen ---- */

static struct consultation_board_view show(struct str typed)
{
    struct consultation_board_view view;

    cr_assert(
        test_done(test_show(scene, &board, "/board", arena_c(scene->arena, typed), &view, NULL)));
    return view;
}

static struct str chosen(enum team team)
{
    return arena_print(scene->arena, "team=%lld", (long long)teams[team]);
}

static struct str alone(enum team team)
{
    return arena_print(scene->arena, "team=own-%lld", (long long)teams[team]);
}

static int64_t cases_behind(const struct consultation_board_row_view *row)
{
    struct consultation_board_cases_view view;

    cr_assert(test_done(test_show(
        scene, &board, "/board/cases",
        arena_c(scene->arena,
                arena_print(scene->arena, "list=waiting&limit=100&team=%.*s&district=%.*s",
                            STR_ARGS(row->team), STR_ARGS(row->district))),
        &view, NULL)));
    return (int64_t)view.consultations_count;
}

static int64_t people_behind(const struct consultation_board_row_view *row)
{
    struct consultation_board_consultants_view view;

    cr_assert(test_done(test_show(
        scene, &board, "/board/consultants",
        arena_c(scene->arena, arena_print(scene->arena, "limit=100&team=%.*s&district=%.*s",
                                          STR_ARGS(row->team), STR_ARGS(row->district))),
        &view, NULL)));
    return (int64_t)view.consultants_count;
}

/* The line of that name, with its number and those behind it; -1: there is none. */
static int64_t line(const struct consultation_board_view *view, const char *name, bool is_alone)
{
    for (size_t i = 0; i < view->teams_count; i++) {
        const struct consultation_board_row_view *row = &view->teams[i];

        if (!str_same(row->name, str_of(name)) || row->is_alone != is_alone) continue;
        cr_expect_eq(cases_behind(row), row->waiting, "of %s", name);
        cr_expect_eq(people_behind(row), row->on_line, "on line of %s", name);
        return row->waiting;
    }
    return -1;
}

/* (2) */
static void expect_whole(const struct consultation_board_view *view)
{
    int64_t sum = 0, on_line = 0, longest = 0;

    for (size_t i = 0; i < view->teams_count; i++) {
        const struct consultation_board_row_view *row = &view->teams[i];

        sum += row->waiting;
        on_line += row->on_line;
        if (row->longest_wait_seconds > longest) longest = row->longest_wait_seconds;
    }
    cr_expect_eq(sum, view->total->waiting);
    cr_expect_eq(on_line, view->total->on_line);
    cr_expect_eq(longest, view->total->longest_wait_seconds);
}

/* ---- the city ---- */

Test(board_teams, a_teams_line_is_itself_and_everything_below_each_once) /* (1) (2) */
{
    struct consultation_board_view view = show(S(""));

    cr_expect_eq(view.teams_count, 3u);
    cr_expect_eq(line(&view, "root", false), 1 + 2 + 4 + 8);
    cr_expect_eq(line(&view, "other", false), 16);
    cr_assert_str_eq(arena_c(scene->arena, view.teams[2].code), "0");
    cr_expect_eq(view.teams[2].waiting, NO_TEAM, "of no team");
    cr_expect_eq(cases_behind(&view.teams[2]), NO_TEAM);
    cr_expect_eq(view.teams[0].below + view.teams[1].below + view.teams[2].below, 3);
    cr_expect_eq(view.above_count, 0u);
    expect_whole(&view);
}

Test(board_teams, an_unfolded_team_is_itself_and_the_teams_right_below) /* (1) (2) */
{
    struct consultation_board_view view = show(chosen(ROOT));

    cr_expect_eq(view.total->waiting, 15, "the figures are of all of them");
    cr_expect_eq(view.teams_count, 3u);
    cr_expect_eq(line(&view, "root", true), 1);
    cr_expect_eq(line(&view, "left", false), 2 + 8);
    cr_expect_eq(line(&view, "right", false), 4);
    expect_whole(&view);
    cr_assert_eq(view.above_count, 1u);
    cr_expect_eq(view.above[0].team, teams[ROOT]);
}

Test(board_teams, it_is_folded_layer_by_layer_down_to_a_single_team)
{
    struct consultation_board_view view = show(chosen(LEFT));

    cr_expect_eq(line(&view, "left", true), 2);
    cr_expect_eq(line(&view, "leaf", false), 8);
    expect_whole(&view);
    cr_assert_eq(view.above_count, 2u);
    cr_expect_eq(view.above[0].team, teams[ROOT]);
    cr_expect(!view.above[0].is_here && view.above[1].is_here);
    view = show(chosen(LEAF));
    cr_expect_eq(view.teams_count, 1u);
    cr_expect_eq(line(&view, "leaf", false), 8);
    view = show(alone(LEFT));
    cr_expect_eq(view.total->waiting, 2, "a team by itself");
    cr_expect_eq(line(&view, "left", true), 2);
    cr_expect_eq(view.teams_count, 1u);
    expect_whole(&view);
}

Test(board_teams, a_team_put_elsewhere_is_counted_there_from_then_on)
{
    struct consultation_board_view view;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(people_set_layer(scene, teams[LEFT], teams[OTHER])));
    be(WHO_SUPERVISOR, "31", 0);
    view = show(S(""));
    cr_expect_eq(line(&view, "root", false), 1 + 4);
    cr_expect_eq(line(&view, "other", false), 16 + 2 + 8);
    expect_whole(&view);
}

Test(board_teams, what_can_be_chosen_stands_in_its_layers)
{
    struct consultation_board_view view = show(chosen(LEFT));
    size_t found = 0;

    for (size_t i = 0; i < view.team_choices_count; i++) {
        if (!str_ends(view.team_choices[i].label, S("leaf"))) continue;
        cr_expect(str_begins(view.team_choices[i].label, S("– – leaf")));
        found++;
    }
    cr_expect_eq(found, 1u);
    for (size_t i = 0; i < view.team_choices_count; i++)
        cr_expect_eq(view.team_choices[i].chosen, str_ends(view.team_choices[i].label, S("left")));
}

/* ---- others ---- */

Test(board_teams, a_leader_begins_with_the_own_layer_and_finds_no_way_up) /* (3) */
{
    struct consultation_board_view view;

    be(WHO_LEADER, "310101", teams[LEFT]);
    view = show(S(""));
    cr_expect_eq(view.total->waiting, 2 + 8);
    cr_expect_eq(line(&view, "left", true), 2);
    cr_expect_eq(line(&view, "leaf", false), 8);
    cr_expect_eq(view.teams_count, 2u);
    cr_expect_eq(view.above_count, 0u);
    view = show(chosen(LEAF));
    cr_assert_eq(view.above_count, 2u);
    cr_expect_eq(view.above[0].team, teams[LEFT], "and not the one above");
    view = show(chosen(ROOT));
    cr_expect_eq(view.total->waiting, 2 + 8, "of a team above only what is the reader's own");
    cr_expect_eq(line(&view, "left", true), 2);
    cr_expect_eq(line(&view, "root", true), -1);
    cr_expect_eq(line(&view, "right", false), -1);
    cr_expect_eq(view.above_count, 1u, "nor is there a way up to it");
    view = show(alone(ROOT));
    cr_expect_eq(view.total->waiting + (int64_t)view.teams_count, 0);
    view = show(chosen(OTHER));
    cr_expect_eq(view.total->waiting + (int64_t)view.teams_count + (int64_t)view.above_count, 0);
}

Test(board_teams, a_district_sees_its_own_part_of_a_layer_and_no_other_team) /* (4) */
{
    struct consultation_board_view view;

    be(WHO_SUPERVISOR, "310104", 0);
    view = show(S(""));
    cr_expect_eq(line(&view, "root", false), 4, "what of it lies in the district");
    cr_expect_eq(line(&view, "other", false), 16);
    cr_expect_eq(view.teams_count, 2u);
    expect_whole(&view);
    view = show(chosen(ROOT));
    cr_expect_eq(line(&view, "right", false), 4);
    cr_expect_eq(line(&view, "left", false), -1);
    expect_whole(&view);
}

Test(board_teams, what_is_no_team_is_refused_in_words)
{
    static const char *const typed[] = {"team=own-", "team=own-x", "team=own--1",
                                        "team=-1",   "team=x",     "team=999999"};

    for (size_t i = 0; i < COUNT(typed); i++) {
        struct consultation_board_view view;

        cr_expect_eq(test_show(scene, &board, "/board", typed[i], &view, NULL).refusal,
                     &query_unknown, "%s", typed[i]);
    }
}
