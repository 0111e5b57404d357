/* directory_test.c -- a table of firms and offices, credit with its source, and corrections. */
#include "bureau/directory/directory.h"

#include <criterion/criterion.h>

#include "bureau/directory/directory_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

extern const struct module identity_module, people_module, notice_module;

static struct scene *scene;

static struct outcome load_city(struct scene *own, const void *form, void *result)
{
    static const struct identity_division rows[] = {
        {{"31", 2}, {"", 0}, {"city", 4}, {"上海", 6}, {"Shanghai", 8}},
        {{"310104", 6}, {"31", 2}, {"district", 8}, {"徐汇区", 9}, {"Xuhui", 5}},
        {{"310115", 6}, {"31", 2}, {"district", 8}, {"浦东新区", 12}, {"Pudong", 6}}};

    (void)form, (void)result;
    return identity_divisions_load(own, rows, COUNT(rows));
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = load_city};

    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module,
                                                         &people_module, &directory_module, NULL});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(directory, .init = set_up, .fini = tear_down);

static void be(unsigned is, const char *scope)
{
    scene->actor =
        (struct actor){.person_id = 5, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}

#define HEAD "类别,名称,区,地址,电话,许可证号,来源,来源日期,状态\n"

static struct outcome take(const char *scope, const char *rows, struct directory_tabled_view *told)
{
    struct directory_table_form form = {0};

    form.file.bytes = str_of(rows);
    *told = (struct directory_tabled_view){0};
    be(WHO_ADMIN, scope);
    return test_act(scene, &directory_table, &form, told);
}

static struct directory_bodies_view listed(const char *query)
{
    struct directory_bodies_view v = {0};
    struct str go;

    be(0, "");
    cr_assert(test_done(test_show(scene, &directory_module, "/bodies", query, &v, &go)));
    return v;
}

Test(directory, a_table_is_taken_in_whole_or_not_at_all_and_twice_is_once)
{
    struct directory_tabled_view told;
    struct outcome outcome = take("31",
                                  HEAD "公证处,徐汇公证处,徐汇区,路1号,021-1,31,公告,2026-01-31,\n"
                                       "旅馆,某处,徐汇区,,,,公告,2026-01-31,\n"
                                       "law_firm,某所,310115,,,,,2026-01-31,\n"
                                       "律师事务所,某所,浦东新区,,,,公告,2027-01-31,\n",
                                  &told);

    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "directory.wrong-rows");
    for (const char *const *at = (const char *const[]){"3: ", "4: ", "5: ", NULL}; *at; at++)
        cr_expect(str_find(outcome.detail, str_of(*at)) >= 0, "%s is told", *at);
    cr_expect_eq(listed("").bodies_count, 0, "nothing was changed");
    outcome = take("31", "类别,名称\n公证处,某处\n", &told);
    cr_expect_str_eq(outcome.refusal->key, "directory.no-columns");
    cr_assert(test_done(take("31",
                             HEAD "公证处,徐汇公证处,徐汇区,路1号,021-1,31,公告,2026-01-31,\n"
                                  "律师事务所,某所,310115,,,,公告,2026-01-31,\n",
                             &told)));
    cr_expect(told.added == 2 && told.changed == 0);
    cr_assert(test_done(
        take("310104", HEAD "公证处,徐汇公证处,徐汇区,路2号,,,公告,2026-02-01,\n", &told)));
    cr_expect(told.added == 0 && told.changed == 1);
    cr_expect(str_same(listed("kind=notary_office").bodies[0].address, S("路2号")));
    outcome = take("310104", HEAD "律师事务所,某所,310115,,,,公告,2026-01-31,注销\n", &told);
    cr_expect_str_eq(outcome.refusal->key, "directory.wrong-rows", "of another district");
    cr_assert(
        test_done(take("31", HEAD "律师事务所,某所,310115,,,,公告,2026-01-31,注销\n", &told)));
    cr_expect_eq(listed("").bodies_count, 1, "what is closed is not there");
    cr_expect_eq(listed("q=%25").bodies_count, 0, "a sign of a pattern is a sign");
}

/* What people come for is an item of the service list, whatever kind is added. */
Test(directory, every_kind_is_come_to_for_something)
{
    struct directory_tabled_view told;
    struct directory_body_view v = {0};
    struct str go;

    for (const struct directory_word *kind = directory_kinds; kind->word; kind++)
        cr_expect(directory_visit(str_of(kind->word)).len > 0);
    cr_expect(str_same(directory_visit(S("notary")), S("notary-consultation")));
    cr_expect(str_same(directory_visit(S("nobody knows")), S("window-consultation")));
    cr_assert(test_done(take("31", HEAD "公证处,徐汇公证处,徐汇区,,,,公告,2026-01-31,\n", &told)));
    cr_assert(test_done(test_show(
        scene, &directory_module, "/bodies/{body}",
        arena_print(scene->arena, "body=%lld", (long long)listed("").bodies[0].body).at, &v, &go)));
    cr_expect(str_same(v.visit, S("notary-consultation")) && str_same(v.division, S("310104")));
    cr_expect(str_find(v.ask_q, S("徐汇公证处")) >= 0);
}

static id some_body(void)
{
    struct directory_tabled_view told;

    cr_assert(test_done(take("31", HEAD "公证处,徐汇公证处,徐汇区,,,,公告,2026-01-31,\n", &told)));
    return listed("").bodies[0].body;
}

static struct outcome report(id body, const char *what, struct directory_reported_view *told)
{
    struct directory_report_form form = {.body = body,
                                         .what = str_of(what),
                                         .words = S("电话换了，见网页。"),
                                         .phone = S("13900001111")};

    be(0, "");
    *told = (struct directory_reported_view){0};
    return test_act(scene, &directory_report, &form, told);
}

static id first_open(const char *scope)
{
    struct directory_queue_view v = {0};
    struct str go;

    be(WHO_ADMIN, scope);
    cr_assert(test_done(test_show(scene, &directory_module, "/admin/corrections", "", &v, &go)));
    return v.corrections_count ? v.corrections[0].correction : 0;
}

static struct str words_of(const struct directory_wrong_form *form)
{
    struct directory_wrong_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(
        scene, &directory_module, "/admin/corrections/{correction}",
        arena_print(scene->arena, "correction=%lld", (long long)form->correction).at, &v, &go)));
    return v.words;
}

Test(directory, what_is_reported_is_decided_in_its_place_and_the_number_goes_with_it)
{
    struct directory_reported_view told;
    struct directory_decide_form decide = {.verdict = S("refused")};
    struct directory_code_view v = {0};
    struct directory_wrong_view wrong = {0};
    struct directory_wrong_form look = {0};
    struct directory_find_wrong_row row;
    struct clock_form due;
    struct str go;
    bool found;
    id body = some_body();

    cr_expect_str_eq(report(body, "x", &told).refusal->key, "directory.unknown-word");
    cr_expect(report(99, "contact", &told).refusal == &act_unknown);
    cr_assert(test_done(report(body, "contact", &told)));
    cr_expect_eq(first_open("310115"), 0, "of another district");
    decide.correction = due.case_id = first_open("310104");
    cr_assert(test_done(
        test_show(scene, &directory_module, "/admin/corrections/{correction}",
                  arena_print(scene->arena, "correction=%lld", (long long)decide.correction).at,
                  &wrong, &go)));
    cr_expect(!wrong.words.len && wrong.may_look && wrong.is_told, "not before it is on record");
    look.correction = decide.correction;
    cr_assert(test_done(test_act(scene, &directory_look, &look, NULL)));
    cr_expect_eq(test_journal(scene, "directory.look"), 1);
    cr_expect(str_same(words_of(&look), S("电话换了，见网页。")));
    scene->now += DIRECTORY_LOOK_SECONDS;
    cr_expect_eq(words_of(&look).len, 0, "for an hour");
    be(WHO_ADMIN, "310115");
    cr_expect(test_act(scene, &directory_decide, &decide, NULL).refusal == &act_unknown);
    cr_expect(test_act(scene, &directory_look, &look, NULL).refusal == &act_unknown);
    be(WHO_ADMIN, "310104");
    cr_expect_str_eq(test_act(scene, &directory_decide, &decide, NULL).refusal->key,
                     "directory.say-why");
    decide.reason = S("已核实，号码没有变。");
    cr_assert(test_done(test_act(scene, &directory_decide, &decide, NULL)));
    cr_expect_str_eq(test_act(scene, &directory_decide, &decide, NULL).refusal->key,
                     "directory.decided");
    cr_assert(test_done(
        directory_find_wrong(scene->arena, scene->store, decide.correction, &row, &found)));
    cr_expect_eq(row.phone_sealed.len, 0);
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &directory_forget, &due, NULL)));
    cr_assert(test_done(
        directory_find_wrong(scene->arena, scene->store, decide.correction, &row, &found)));
    cr_expect_eq(row.words_sealed.len, 0);
    be(0, "");
    cr_assert(test_done(test_show(scene, &directory_module, "/corrections/{code}",
                                  arena_print(scene->arena, "code=%.*s", STR_ARGS(told.code)).at,
                                  &v, &go)));
    cr_expect(str_same(v.state, S("refused")) && str_same(v.reason, S("已核实，号码没有变。")));
    for (int i = 0; i < 10; i++) cr_assert(test_done(report(body, "other", &told)));
    cr_expect_str_eq(report(body, "other", &told).refusal->key, "directory.enough");
}

Test(directory, credit_has_a_source_and_a_day_that_has_come)
{
    struct directory_credit_form form = {.body = some_body(),
                                         .kind = S("penalty"),
                                         .words = S("警告。"),
                                         .source = S("市司法局公告"),
                                         .source_day = S("2026-11-23")};
    struct directory_body_view v = {0};
    struct directory_withdraw_form away;
    struct str go;
    const char *path = "/bodies/{body}",
               *query = arena_print(scene->arena, "body=%lld", (long long)form.body).at;

    be(WHO_ADMIN, "310104");
    cr_expect_str_eq(test_act(scene, &directory_credit, &form, NULL).refusal->key,
                     "directory.wrong-day", "tomorrow");
    form.source_day = S("2026-11-22");
    be(WHO_ADMIN, "310115");
    cr_expect(test_act(scene, &directory_credit, &form, NULL).refusal == &act_unknown);
    be(WHO_ADMIN, "310104");
    cr_assert(test_done(test_act(scene, &directory_credit, &form, NULL)));
    cr_assert(test_done(test_show(scene, &directory_module, path, query, &v, &go)));
    cr_assert_eq(v.credits_count, 1);
    cr_expect(v.credits[0].is_bad && str_same(v.credits[0].source, S("市司法局公告")));
    away.credit = v.credits[0].credit;
    be(WHO_ADMIN, "310115");
    cr_expect(test_act(scene, &directory_withdraw, &away, NULL).refusal == &act_unknown);
    be(WHO_ADMIN, "31");
    cr_assert(test_done(test_act(scene, &directory_withdraw, &away, NULL)));
    v = (struct directory_body_view){0};
    cr_assert(test_done(test_show(scene, &directory_module, path, query, &v, &go)));
    cr_expect_eq(v.credits_count, 0);
}
