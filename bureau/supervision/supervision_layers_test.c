/* supervision_layers_test.c -- a report by layers of teams, recounted from the journal.  Cites
 * supervision_layers.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

/* city -> huangpu -> bar;  city -> hotline;  and one under nobody. */
enum { CITY, HUANGPU, BAR, HOTLINE, LONE, TEAMS };
static const int above_of[TEAMS] = {-1, CITY, HUANGPU, CITY, -1};
static const int cases_of[TEAMS] = {2, 3, 4, 5, 6};
enum { OF_NO_TEAM = 7, OF_CITY = 2 + 3 + 4 + 5, OF_HUANGPU = 3 + 4, OF_ALL = 27 };

static struct scene *scene;
static id teams[TEAMS], leader_id;
static int next_case;

static struct outcome run_seed(struct scene *s, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, divisions, COUNT(divisions)));
    TRY(identity_person_add(s,
                            &(struct identity_new_person){
                                .login = S("li"), .name = S("李队长"), .phone = S("13800138000")},
                            &leader_id));
    for (int i = 0; i < TEAMS; i++) {
        struct str code = arena_print(s->arena, "t%d", i);

        teams[i] = scene_new_id(s);
        TRY(people_add_demo_team(s->store, teams[i], code, code, code, S("district"), S("310101"),
                                 i == HUANGPU ? leader_id : 0));
    }
    for (int i = 0; i < TEAMS; i++) {
        if (above_of[i] >= 0) TRY(people_set_layer(s, teams[i], teams[above_of[i]]));
    }
    return supervision_begin(s);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

/* One case of a team, yesterday; the journal says whose. */
static struct outcome run_case(struct scene *s, const void *form, void *result)
{
    const id *team = form;
    moment at = calendar_day_begins(calendar_day_of(s->now)) - SECONDS_PER_HOUR;
    struct record_case c = {.case_id = 1000 + next_case,
                            .service = S("consultation"),
                            .reference = arena_print(s->arena, "REF%05d", next_case),
                            .channel = S("web"),
                            .field = S("labour"),
                            .profession = S("lawyer"),
                            .division = S("310101"),
                            .language = S("zh"),
                            .state = S("any"),
                            .phase = RECORD_WAITING,
                            .opened_at = at,
                            .outcome = S("")};

    (void)result;
    next_case++;
    scene_about(s, c.case_id, *team);
    TRY(record_keep_at(s, &c, at));
    c.team_id = *team;
    c.phase = RECORD_TALKING;
    return record_keep_at(s, &c, at + 10);
}
static const struct act case_act = {.name = "test.case", .who = WHO_SYSTEM, .run = run_case};

static void be(unsigned who, struct str scope, id team)
{
    scene->actor = (struct actor){
        .is = who | WHO_ANYONE, .person_id = 7, .scopes = scopes_of(scope), .team_id = team};
}

static void add_cases(id team, int count)
{
    for (int i = 0; i < count; i++) cr_assert(test_done(test_act(scene, &case_act, &team, NULL)));
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &people_module,
                                       &record_module, &shifts_module, &supervision_module, NULL});
    next_case = 0;
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    for (int i = 0; i < TEAMS; i++) add_cases(teams[i], cases_of[i]);
    add_cases(0, OF_NO_TEAM);
    for (int before = -1, now = 0; before != now;) {
        struct clock_form form = {.due_at = scene->now};

        before = now;
        cr_assert(test_done(test_act(scene, &supervision_act_reports, &form, NULL)));
        now = (int)test_journal(scene, "supervision.report");
    }
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(supervision_layers, .init = set_up, .fini = tear_down);

static struct outcome read_page(const char *path, struct str typed, void *view)
{
    const struct module module = {.name = "reports", .pages = supervision_report_pages};

    return test_show(scene, &module, path, arena_c(scene->arena, typed), view, &(struct str){0});
}

static id newest(void)
{
    struct supervision_reports_view view = {0};

    cr_assert(test_done(read_page("/reports", S("period=day"), &view)));
    cr_assert(view.reports_count);
    return view.reports[0].id;
}

static struct supervision_layers_view layer(id above)
{
    struct supervision_layers_view view = {0};

    cr_assert(test_done(read_page(
        "/reports/{report}/teams",
        arena_print(scene->arena, "report=%lld&above=%lld", (long long)newest(), (long long)above),
        &view)));
    return view;
}

static int64_t opened(const struct supervision_layer_view *line)
{
    int64_t value = 0;

    cr_assert(str_same(line->figures[0].figure, S("asked")) ||
              str_same(line->figures[0].figure, S("opened")));
    cr_assert(str_to_int(line->figures[0].value, &value));
    return value;
}

/* As many as the journal has lines of this team, and of those under it. */
static int64_t in_journal(int team, bool alone)
{
    struct statement *statement;
    int64_t count;
    bool row;

    cr_assert(test_done(statement_open(
        scene->store, "select count(*) from journal where act = 'test.case' and for_id = ?",
        &statement)));
    statement_int(statement, 1, team < 0 ? 0 : teams[team]);
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    for (int i = 0; !alone && i < TEAMS; i++) {
        if (above_of[i] == team) count += in_journal(i, false);
    }
    return count;
}

static int64_t behind(const struct supervision_layer_view *line)
{
    struct supervision_behind_view view = {0};
    struct str rest, typed = line->figures[0].link;

    (void)str_cut(typed, '?', &rest);
    typed = arena_print(scene->arena, "report=%lld&%.*s", (long long)newest(), STR_ARGS(rest));
    cr_assert(test_done(read_page("/reports/{report}/cases", typed, &view)));
    cr_assert(!view.has_next);
    return (int64_t)view.cases_count;
}

static void check(id above, bool has_own)
{
    struct supervision_layers_view view = layer(above);
    int64_t together = 0;

    for (size_t i = 0; i < view.lines_count; i++) {
        int team = -1;

        for (int k = 0; k < TEAMS; k++) team = teams[k] == view.lines[i].team ? k : team;
        cr_expect_eq(opened(&view.lines[i]),
                     in_journal(team, view.lines[i].alone || !view.lines[i].team),
                     "line %zu under %lld", i, (long long)above);
        cr_expect_eq(behind(&view.lines[i]), opened(&view.lines[i]), "(1) line %zu", i);
        cr_expect_eq(view.lines[i].alone && view.lines[i].team, has_own && i == 0);
        together += opened(&view.lines[i]);
    }
    cr_expect_eq(opened(view.whole), together, "(2) under %lld", (long long)above);
    cr_expect_eq(behind(view.whole), together);
}

Test(supervision_layers, every_layer_is_what_the_journal_says_and_the_layer_above) /* (1), (2) */
{
    struct supervision_layers_view view;

    be(WHO_SUPERVISOR, S("31"), 0);
    check(0, false);
    check(teams[CITY], true);
    check(teams[HUANGPU], true);
    check(teams[BAR], true);
    view = layer(0);
    cr_assert_eq(view.lines_count, 3, "the city's, the lone one, no team");
    cr_assert_eq(opened(view.whole), OF_ALL);
    cr_assert(view.lines[0].team == teams[CITY] && opened(&view.lines[0]) == OF_CITY);
    cr_assert_eq(view.lines[0].below, 3);
    view = layer(teams[CITY]);
    cr_assert_eq(view.lines_count, 3);
    cr_assert(view.lines[1].team == teams[HUANGPU] && opened(&view.lines[1]) == OF_HUANGPU);
    cr_assert(str_same(view.lines[1].leader, S("李队长")));
}

Test(supervision_layers, a_leader_sees_what_is_below_and_nothing_beside_or_above) /* (3) */
{
    struct supervision_layers_view view;
    struct supervision_report_view report = {0};
    int64_t total;

    be(WHO_LEADER, S(""), teams[HUANGPU]);
    view = layer(0);
    cr_assert_eq(view.lines_count, 1);
    cr_assert_eq(opened(&view.lines[0]), OF_HUANGPU);
    check(teams[HUANGPU], true);
    cr_assert(test_done(read_page("/reports/{report}",
                                  arena_print(scene->arena, "report=%lld", (long long)newest()),
                                  &report)));
    cr_assert(str_to_int(report.total[0].value, &total) && total == OF_HUANGPU);
    for (int i = 0; i < TEAMS; i++) {
        struct outcome outcome = read_page("/reports/{report}/teams",
                                           arena_print(scene->arena, "report=%lld&above=%lld",
                                                       (long long)newest(), (long long)teams[i]),
                                           &view);

        cr_expect_eq(outcome.refusal, i == HUANGPU || i == BAR ? NULL : &act_unknown, "team %d", i);
    }
    be(WHO_LEADER, S(""), teams[BAR]);
    cr_assert_eq(opened(layer(0).whole), 4, "whoever leads the lowest sees that alone");
}

static struct outcome run_move(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return people_set_layer(s, teams[BAR], teams[HOTLINE]);
}
static const struct act move_act = {.name = "test.move", .who = WHO_SYSTEM, .run = run_move};

Test(supervision_layers, a_team_put_under_another_counts_there_and_no_longer_here)
{
    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(test_act(scene, &move_act, NULL, NULL)));
    be(WHO_LEADER, S(""), teams[HUANGPU]);
    cr_assert_eq(opened(layer(0).whole), 3);
    be(WHO_LEADER, S(""), teams[HOTLINE]);
    cr_assert_eq(opened(layer(0).whole), 5 + 4);
    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert_eq(opened(layer(0).whole), OF_ALL, "the whole stays what it was");
}

/* ---- all layers at once, as files have them ---- */

static size_t unfolded(const struct supervision_team_line **lines)
{
    struct supervision_report report;
    size_t count = 0;

    cr_assert(test_done(supervision_read(scene, newest(), &report)));
    cr_assert(test_done(supervision_unfold(scene, &report, lines, &count)));
    return count;
}

static int64_t asked(const struct supervision_team_line *line)
{
    return line->sum.now.of[RECORD_talk].count;
}

Test(supervision_layers, unfolded_they_stand_as_they_are_put_under_one_another) /* (1), (4) */
{
    static const struct {
        int layer;
        const char *name;
        bool alone;
        int count;
    } want[] = {{0, "t0", false, OF_CITY}, {1, "t0", true, 2},       {1, "t1", false, OF_HUANGPU},
                {2, "t1", true, 3},        {2, "t2", false, 4},      {1, "t3", false, 5},
                {0, "t4", false, 6},       {0, "", true, OF_NO_TEAM}};
    const struct supervision_team_line *lines;
    int64_t layer[4] = {0};

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert_eq(unfolded(&lines), COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        cr_expect_eq(lines[i].layer, want[i].layer, "%zu", i);
        cr_expect_eq(lines[i].alone, want[i].alone, "%zu", i);
        cr_expect_eq(asked(&lines[i]), want[i].count, "%zu", i);
        if (*want[i].name) cr_expect(str_same(lines[i].name, str_of(want[i].name)), "%zu", i);
        layer[lines[i].layer] += asked(&lines[i]);
    }
    cr_expect_eq(layer[0], OF_ALL, "the outermost layer is the whole report");
    cr_expect_eq(layer[1], OF_CITY, "and each layer the one above it");
    cr_expect_eq(layer[2], OF_HUANGPU);
}

Test(supervision_layers, unfolded_a_leader_has_the_own_tree_alone) /* (3) */
{
    const struct supervision_team_line *lines;

    be(WHO_LEADER, S(""), teams[HUANGPU]);
    cr_assert_eq(unfolded(&lines), 3u);
    cr_expect_eq(lines[0].layer, 0);
    cr_expect_eq(asked(&lines[0]), OF_HUANGPU);
    cr_expect_eq(asked(&lines[1]) + asked(&lines[2]), OF_HUANGPU);
}
