/* register_import_test.c -- tables of people, as clerks hand them in.  Cites register_plan.h,
 * register_import.c and, as "do", register_import_do.c. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/register/register_bureau_test.h"
#include "bureau/register/register_plan.h"
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"

static struct scene *scene;
static const struct module tables = {.name = "tables", .pages = register_import_pages};

static void set_up(void)
{
    bureau_open();
    scene = bureau.scene;
    be_admin(bureau.city_admin_id, "31");
}
TestSuite(register_import, .init = set_up, .fini = bureau_close);

#define HEADER "登录名,姓名,职业类别,区,团队,执业证号,有效期至,手机号,咨询领域,语言,协会\n"
#define WANG                                                                                       \
    "wang.fang,王芳,律师,黄浦区,t1,L-0001,2027年5月31日,138-0000-0001,劳动,\"普通话、英语\",bar\n"
#define LI "li.ming,李明,notary,310104,二队,L-0002,长期,,,,\n"

static struct register_plan plan_of(const char *text)
{
    struct register_plan plan;

    cr_assert(test_done(register_plan_make(scene, str_of(text), &plan)));
    return plan;
}

static id hand_in(const char *text)
{
    struct register_table_form form = {.file = {.name = S("名单.csv"), .bytes = str_of(text)}};
    struct register_tabled_view told;

    cr_assert(test_done(test_act(scene, &register_table, &form, &told)));
    return told.import;
}

static struct register_import_view look(id import_id, const char *more)
{
    struct register_import_view view;
    char typed[80];

    snprintf(typed, sizeof typed, "import=%lld%s", (long long)import_id, more);
    cr_assert(test_done(test_show(scene, &tables, "/admin/import/{import}", typed, &view, NULL)));
    return view;
}

static struct outcome run(id import_id, struct str plan, bool only_good, bool is_checked)
{
    struct register_import_form form = {
        .import = import_id, .plan = plan, .only_good = only_good, .is_checked = is_checked};

    return test_act(scene, &register_import, &form, NULL);
}

static struct outcome take_in(const char *text, bool only_good)
{
    id import_id = hand_in(text);

    return run(import_id, look(import_id, "").plan, only_good, true);
}

Test(register_import, words_in_either_language_become_codes)
{
    struct register_plan plan = plan_of(HEADER WANG LI);
    const struct register_entry *wang = &plan.rows[0].after, *li = &plan.rows[1].after;

    cr_assert_eq(plan.count, 2);
    cr_expect_eq(plan.counts[REGISTER_ADD], 2);
    cr_expect(str_same(wang->profession, S("lawyer")) && str_same(li->profession, S("notary")));
    cr_expect(str_same(wang->division, S("310101")));
    cr_expect(wang->team_id == bureau.team_id && li->team_id == bureau.far_team_id);
    cr_expect(str_same(wang->fields, S("labour")) && str_same(wang->languages, S("zh en")));
    cr_expect(str_same(wang->phone, S("13800000001")));
    cr_expect_eq(wang->licence_until, calendar_moment_of(2027, 6, 1, 0));
    cr_expect_eq(li->licence_until, 0);
    /* As clerks write what our list calls 普通话. */
    plan = plan_of(HEADER "wang.fang,王芳,律师,黄浦区,t1,L-0001,2027年5月31日,,,\"中文、沪语\",\n");
    cr_expect(str_same(plan.rows[0].after.languages, S("zh wuu")));
}

Test(register_import, handed_in_twice_changes_nothing_the_second_time) /* (1) */
{
    struct people_find_consultant_row consultant;
    id wang;
    bool found;

    cr_assert(test_done(take_in(HEADER WANG LI, false)));
    cr_assert(test_done(identity_person_of_login(scene, S("wang.fang"), &wang, &found)) && found);
    cr_assert(test_done(people_consultant(scene, wang, &consultant, &found)) && found);
    cr_expect(people_is_qualified(consultant.verified_at, consultant.licence_until, scene->now));
    cr_expect_eq(plan_of(HEADER WANG LI).counts[REGISTER_SAME], 2);
    cr_expect_eq(plan_of("姓名,执业证号\n王芳,L-0001\n").counts[REGISTER_SAME], 1, "by licence");
    cr_expect_eq(plan_of("姓名,执业证号\n王小芳,L-0001\n").counts[REGISTER_UPDATE], 1);
    cr_expect_eq(plan_of("姓名,登录名,手机号\n,wang.fang,\n").counts[REGISTER_SAME], 1, "(2)");
    cr_expect_str_eq(take_in(HEADER WANG, false).refusal->key, "register.nothing-to-do");
    cr_expect_eq(plan_of(HEADER WANG LI).counts[REGISTER_SAME], 2);
}

static struct str memberships_of(const char *login)
{
    const struct register_list_memberships_row *rows;
    struct str names = S("");
    size_t count;
    bool found;
    id person_id;

    cr_assert(test_done(identity_person_of_login(scene, str_of(login), &person_id, &found)) &&
              found);
    cr_assert(
        test_done(register_list_memberships(scene->arena, scene->store, person_id, &rows, &count)));
    for (size_t i = 0; i < count; i++)
        names = arena_print(scene->arena, "%.*s%.*s ", STR_ARGS(names), STR_ARGS(rows[i].team_zh));
    return names;
}

Test(register_import, memberships_are_taken_in_by_code_or_name_and_an_empty_cell_leaves_them)
{
    cr_assert(test_done(take_in(HEADER WANG LI, false)));
    cr_expect(str_same(memberships_of("wang.fang"), S("律协 ")));
    cr_expect(str_same(memberships_of("li.ming"), S("")));
    cr_assert(test_done(take_in("姓名,登录名,协会\n李明,li.ming,律协\n", false)));
    cr_expect(str_same(memberships_of("li.ming"), S("律协 ")), "as it is called, too");
    cr_assert(test_done(take_in("姓名,登录名,协会\n王小芳,wang.fang,\n", false)));
    cr_expect(str_same(memberships_of("wang.fang"), S("律协 ")), "(2)");
    cr_expect_eq(plan_of("姓名,登录名,协会\n王小芳,wang.fang,一队\n").counts[REGISTER_WRONG], 1,
                 "a district's team is none");
}

static void expect_problem(const char *row, enum register_column column, const char *key)
{
    char text[600];
    struct register_plan plan;

    snprintf(text, sizeof text, HEADER WANG "%s\n", row);
    plan = plan_of(text);
    cr_assert_eq(plan.counts[REGISTER_WRONG], 1, "%s", row);
    cr_expect_eq(plan.rows[1].number, 3, "(3)");
    cr_expect_eq(plan.rows[1].problems[0].column, column, "%s", row);
    cr_expect_str_eq(plan.rows[1].problems[0].why->key, key, "%s", row);
}

Test(register_import, every_problem_names_its_row_and_column) /* (3) */
{
    expect_problem("a1,甲,巫师,黄浦区,t1,L-9,,,,,", REGISTER_PROFESSION, "import.unknown");
    expect_problem("a1,甲,律师,火星,t1,L-9,,,,,", REGISTER_DIVISION, "import.unknown");
    expect_problem("a1,甲,律师,黄浦,t9,L-9,,,,,", REGISTER_TEAM, "import.unknown");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,2027-02-30,,,,", REGISTER_UNTIL, "import.day");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,2020-02-01,,,,", REGISTER_UNTIL, "import.over");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,,1.38E+10,,,", REGISTER_PHONE, "import.phone");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,,,炼金,,", REGISTER_FIELDS, "import.unknown");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,,,,火星语,", REGISTER_LANGUAGES, "import.unknown");
    expect_problem("a1,甲,律师,黄浦,t1,L-9,,,,,nobody", REGISTER_ASSOCIATIONS, "import.unknown");
    expect_problem("WANG.fang,甲,律师,黄浦,t1,L-9,,,,,", REGISTER_LOGIN, "import.twice");
    expect_problem("a1,甲,律师,黄浦,t1,L-0001,,,,,", REGISTER_LICENCE, "import.twice");
    expect_problem("1a,甲,律师,黄浦,t1,L-9,,,,,", REGISTER_LOGIN, "import.login");
    expect_problem("a1,,律师,黄浦,t1,L-9,,,,,", REGISTER_NAME, "import.needed");
    expect_problem("a1,甲,,黄浦,t1,L-9,,,,,", REGISTER_PROFESSION, "import.needed");
    expect_problem("a1,甲,律师,黄浦,,L-9,,,,,", REGISTER_TEAM, "import.needed");
    expect_problem("admin,甲,律师,黄浦,t1,L-9,,,,,", REGISTER_LOGIN, "import.not-consultant");
}

Test(register_import, a_licence_of_somebody_else_is_not_taken_over)
{
    struct register_plan plan;

    cr_assert(test_done(take_in(HEADER WANG LI, false)));
    plan = plan_of("登录名,姓名,执业证号\nli.ming,李明,L-0001\n");
    cr_expect_eq(plan.counts[REGISTER_WRONG], 1);
    cr_expect_str_eq(plan.rows[0].problems[0].why->key, "import.licence-taken");
}

Test(register_import, all_or_none_unless_the_good_rows_are_asked_for) /* import (3) */
{
    static const char mixed[] = HEADER WANG "bad,甲,巫师,黄浦,t1,L-9,,,,,\n" LI;
    id import_id = hand_in(mixed), person_id;
    struct register_import_view view = look(import_id, "");
    bool found;

    cr_expect(view.wrong == 1 && view.add == 2 && view.rows_count == 1, "mistakes come first");
    cr_expect_eq(look(import_id, "&show=add").rows_count, 2);
    cr_expect_not_null(run(import_id, view.plan, false, false).refusal);
    cr_assert(test_done(identity_person_of_login(scene, S("wang.fang"), &person_id, &found)));
    cr_expect_not(found);
    cr_assert(test_done(run(import_id, view.plan, true, false)));
    cr_assert(test_done(identity_person_of_login(scene, S("li.ming"), &person_id, &found)));
    cr_expect(found);
    cr_expect_eq(test_journal(scene, "register.import"), 1);
    cr_expect_not_null(run(import_id, view.plan, true, false).refusal, "once");
    view = look(import_id, "");
    cr_expect(view.added == 2 && view.left_out == 1 && view.done_at > 0);
}

Test(register_import, what_is_done_is_what_was_shown) /* (5), import (2) */
{
    id import_id = hand_in(HEADER WANG);
    struct register_import_view view = look(import_id, "");
    id second = hand_in("登录名,姓名,职业类别,区,团队\nwang.fang,王大芳,律师,黄浦,t1\n");

    cr_assert(test_done(run(second, look(second, "").plan, false, false)));
    cr_expect_eq(run(import_id, view.plan, false, false).refusal->status, 409);
    view = look(import_id, "");
    cr_expect_eq(view.change, 1);
    cr_expect(str_find(view.rows[0].changes, S("王大芳 → 王芳")) >= 0, "%.*s",
              STR_ARGS(view.rows[0].changes));
    cr_expect_lt(str_find(view.rows[0].changes, S("13800000001")), 0, "masked");
}

Test(register_import, an_administrator_of_a_district_reaches_only_its_people) /* (4) */
{
    struct register_plan plan;
    struct register_import_view view;
    id import_id;
    char typed[60];

    cr_assert(test_done(take_in(HEADER WANG LI, false)));
    be_admin(bureau.admin_id, "310101");
    plan = plan_of("登录名,姓名,区,团队\nli.ming,李大明,,\nwang.fang,王芳,徐汇,t2\n");
    cr_expect_eq(plan.counts[REGISTER_WRONG], 2);
    cr_expect_str_eq(plan.rows[0].problems[0].why->key, "import.beyond");
    cr_expect_eq(plan.rows[0].after.name.len, 0, "nothing of them is told");
    cr_expect_eq(plan.rows[1].problems[0].why, &people_unknown_division);
    import_id = hand_in(HEADER WANG);
    be_admin(bureau.far_admin_id, "310104");
    snprintf(typed, sizeof typed, "import=%lld", (long long)import_id);
    cr_expect_eq(test_show(scene, &tables, "/admin/import/{import}", typed, &view, NULL).refusal,
                 &act_unknown, "(import_show 2)");
}

Test(register_import, whoever_proves_the_number_sets_the_first_password) /* import (4) */
{
    struct register_volunteer_view view;

    cr_assert(test_done(take_in(HEADER WANG, false)));
    be_resident(bureau.other_id, "13800000001");
    cr_assert(test_done(test_show(scene, &register_module, "/volunteer", "", &view, NULL)));
    cr_expect(str_same(view.account, S("wang.fang")));
    cr_assert(test_done(test_post(scene, &register_account, "password=a long enough one", NULL)));
}

Test(register_import, what_is_no_table_of_people_is_refused_at_once)
{
    struct register_plan plan;

    cr_expect_eq(register_plan_make(scene, S(""), &plan).refusal, &register_import_empty);
    cr_expect_eq(register_plan_make(scene, S("姓名,登录名\n"), &plan).refusal,
                 &register_import_empty);
    cr_expect_eq(register_plan_make(scene, S("登录名\nx\n"), &plan).refusal,
                 &register_import_columns);
    cr_expect_eq(register_plan_make(scene, S("姓名,年龄\n甲,30\n"), &plan).refusal,
                 &register_import_columns);
    cr_assert(test_done(register_plan_make(scene, S("姓名,login,年龄\n甲,a1,30\n"), &plan)));
    cr_expect(str_same(plan.unused, S("年龄")));
}

/* ---- a large table, a part at a time ---- */

/* p0, p1, … in three parts, the last half full */
enum { MANY = 2 * REGISTER_IMPORT_PART_ROWS + REGISTER_IMPORT_PART_ROWS / 2 };

static const char *many_people(int count)
{
    struct out *out = out_open(scene->arena, 1 << 20);

    out_raw_str(out, S(HEADER));
    for (int i = 0; i < count; i++)
        out_raw_str(out, arena_print(scene->arena,
                                     "p%d,王芳,律师,黄浦区,t1,L-%d,2027-05-31,13%09d,劳动,zh,\n", i,
                                     i, i));
    return arena_c(scene->arena, out_text(out));
}

/* What the clock does; by nobody who is signed in. */
static struct outcome go_on(id import_id)
{
    struct clock_form form = {.case_id = import_id};
    struct actor before = scene->actor;
    struct outcome outcome;

    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    outcome = test_act(scene, &register_import_part, &form, NULL);
    scene->actor = before;
    return outcome;
}

static bool is_there(const char *login)
{
    id person_id;
    bool found;

    cr_assert(test_done(identity_person_of_login(scene, str_of(login), &person_id, &found)));
    return found;
}

Test(register_import, a_large_table_is_done_a_part_at_a_time) /* do (3) */
{
    id import_id = hand_in(many_people(MANY));
    struct register_import_view view = look(import_id, "");

    cr_assert(test_done(run(import_id, view.plan, false, true)));
    cr_expect(is_there("p49") && !is_there("p50"));
    view = look(import_id, "");
    cr_expect(view.begun_at && !view.done_at && view.rows_done == REGISTER_IMPORT_PART_ROWS &&
              view.rows_all == MANY);
    cr_expect_eq(
        run(import_id, plan_of(many_people(MANY)).fingerprint, false, true).refusal->status, 409,
        "it is told once");
    cr_assert(test_done(go_on(import_id)));
    cr_expect(is_there("p99") && !is_there("p100"));
    cr_assert(test_done(go_on(import_id)));
    view = look(import_id, "");
    cr_expect(view.done_at > 0 && view.added == MANY && view.left_out == 0 && !view.rows_left.len);
    cr_expect_not_null(go_on(import_id).refusal, "and no more");
    cr_expect_eq(plan_of(many_people(MANY)).counts[REGISTER_SAME], MANY);
    cr_expect_eq(test_journal(scene, "register.import_part"), 2);
}

Test(register_import, what_changed_before_its_turn_is_left_and_told) /* do (1) */
{
    id import_id = hand_in(many_people(MANY));
    struct register_import_view view = look(import_id, "");

    cr_assert(test_done(run(import_id, view.plan, false, true)));
    cr_assert(test_done(take_in("登录名,姓名,职业类别,区,团队\np75,李明,律师,黄浦,t1\n", false)));
    cr_assert(test_done(go_on(import_id)));
    cr_assert(test_done(go_on(import_id)));
    view = look(import_id, "");
    cr_expect(view.added == MANY - 1 && view.left_out == 1);
    cr_expect(str_same(view.rows_left, S("77")), "%.*s", STR_ARGS(view.rows_left));
    cr_expect_eq(plan_of(many_people(MANY)).counts[REGISTER_UPDATE], 1, "see why");
}

Test(register_import, a_row_that_is_refused_takes_only_itself_back)
{
    id import_id =
        hand_in("登录名,姓名,职业类别,区,团队,执业证号\n"
                "vl9,甲,律师,黄浦,t1,L1\n,乙,律师,黄浦,t1,L9\nbing,丙,律师,黄浦,t1,L3\n");
    struct register_import_view view = look(import_id, "");

    cr_assert_eq(view.add, 3, "that one sign-in name is made of a licence is not seen before");
    cr_assert(test_done(run(import_id, view.plan, false, true)));
    view = look(import_id, "");
    cr_expect(view.added == 2 && view.left_out == 1 && str_same(view.rows_left, S("3")));
    cr_expect(is_there("vl9") && is_there("bing"));
}

static struct outcome run_retire(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    return identity_role_drop(scene, bureau.city_admin_id, S("admin"));
}
static const struct act retire = {.name = "test.retire", .who = WHO_SYSTEM, .run = run_retire};

Test(register_import, nothing_more_is_done_for_who_keeps_people_no_more) /* do (4) */
{
    id import_id = hand_in(many_people(MANY));
    struct register_import_view view = look(import_id, "");

    cr_assert(test_done(run(import_id, view.plan, false, true)));
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &retire, NULL, NULL)));
    cr_assert(test_done(go_on(import_id)));
    cr_expect_not(is_there("p50"));
    be_admin(bureau.city_admin_id, "31");
    view = look(import_id, "");
    cr_expect(view.done_at && view.added == REGISTER_IMPORT_PART_ROWS);
    cr_expect_eq(view.left_out, MANY - REGISTER_IMPORT_PART_ROWS);
}

static struct outcome run_move(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    TRY(identity_role_drop(scene, bureau.city_admin_id, S("admin")));
    return identity_role_add(scene, bureau.city_admin_id, S("admin"), S("310104"));
}
static const struct act move = {.name = "test.move", .who = WHO_SYSTEM, .run = run_move};

Test(register_import, nothing_more_is_done_for_who_keeps_people_elsewhere_now) /* do (4) */
{
    id import_id = hand_in(many_people(MANY));
    struct register_import_view view = look(import_id, "");

    cr_assert(test_done(run(import_id, view.plan, false, true)));
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &move, NULL, NULL)));
    cr_assert(test_done(go_on(import_id)));
    cr_expect_not(is_there("p50"));
    be_admin(bureau.city_admin_id, "31");
    view = look(import_id, "");
    cr_expect(view.done_at && view.added == REGISTER_IMPORT_PART_ROWS);
}

Test(register_import, the_command_line_does_parts_too_and_may_be_told_again)
{
    struct register_import_file form = {.bytes = str_of(many_people(MANY)), .is_checked = true};
    struct register_import_told told = {S("")};

    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &register_import_all, &form, &told)));
    cr_expect(is_there("p49") && !is_there("p50"));
    for (form.from = 0; form.from < MANY; form.from += REGISTER_IMPORT_PART_ROWS)
        cr_assert(test_done(test_act(scene, &register_import_all, &form, &told)));
    cr_expect_eq(plan_of(many_people(MANY)).counts[REGISTER_SAME], MANY);
    cr_expect_eq(test_journal(scene, "register.import"), 3);
}

/* A number that was given, though taken back, must stand in the journal: else the next act begins
 * with the same. */
Test(register_import, a_part_leaves_a_line_when_it_did_or_numbered_anything_and_only_then)
{
    static const char *const head = "登录名,姓名,职业类别,区,团队\n";
    struct register_import_file form = {.is_checked = true};
    struct register_import_told told = {S("")};

    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    form.bytes = arena_print(scene->arena, "%sp1,甲,律师,黄浦,t1\n", head);
    cr_assert(test_done(test_act(scene, &register_import_all, &form, &told)));
    cr_expect_eq(test_journal(scene, "register.import"), 1);
    cr_assert(test_done(test_act(scene, &register_import_all, &form, &told)));
    cr_expect_eq(test_journal(scene, "register.import"), 1, "nothing was done: no line");
    /* The city is a place a table may name; here there is none, which only the doing finds out. */
    cr_assert(test_done(store_script(scene->store, "delete from division where division = '31'")));
    form.bytes = arena_print(scene->arena, "%sp2,乙,律师,31,t1\n", head);
    told = (struct register_import_told){S("")};
    cr_assert(test_done(test_act(scene, &register_import_all, &form, &told)));
    cr_assert(str_same(told.rows_left, S("2")) && !is_there("p2"), "it is refused");
    cr_expect_eq(test_journal(scene, "register.import"), 2, "but had a number");
}

/* show (3) */
Test(register_import, an_export_that_is_too_large_is_refused_as_one)
{
    enum { ROOM = 2000 };
    struct outcome outcome;
    struct str csv;

    cr_assert(test_done(take_in("登录名,姓名,职业类别,区,团队\np150,李明,律师,黄浦,t1\n", false)));
    cr_assert(test_done(register_export(scene, ROOM, &csv)));
    cr_expect(str_find(csv, S("p150")) > 0);
    cr_assert(test_done(take_in(many_people(REGISTER_IMPORT_PART_ROWS), false)));
    outcome = register_export(scene, ROOM, &csv);
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "register.export-too-large");
    cr_expect(str_find(str_of(outcome.refusal->text), S("hand it in")) < 0,
              "it goes out, not in: %s", outcome.refusal->text);
}

/* ---- more people who are signed in than an act has lines ---- */

enum { SIGNED_IN = 12 };

static const char *table_of(const char *division, const char *team)
{
    struct out *out = out_open(scene->arena, 1 << 16);

    out_raw_str(out, S("登录名,姓名,职业类别,区,团队\n"));
    for (int i = 0; i < SIGNED_IN; i++)
        out_raw_str(out,
                    arena_print(scene->arena, "p%d,王芳,律师,%s,%s\n", i + 100, division, team));
    return arena_c(scene->arena, out_text(out));
}

static struct outcome run_sign_in(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    for (int i = 0; i < SIGNED_IN; i++) {
        struct str login = arena_print(scene->arena, "p%d", i + 100), token;
        moment expires_at;
        id person_id;
        bool found;

        TRY(identity_person_of_login(scene, login, &person_id, &found));
        TRY(identity_session_open(scene, "staff", person_id, 0, SECONDS_PER_HOUR, &token,
                                  &expires_at));
    }
    return DONE;
}
static const struct act sign_in = {.name = "test.sign_in", .who = WHO_SYSTEM, .run = run_sign_in};

Test(register_import, one_line_stands_for_all_who_are_signed_in_and_changed)
{
    cr_assert(test_done(take_in(table_of("黄浦", "t1"), false)));
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &sign_in, NULL, NULL)));
    be_admin(bureau.city_admin_id, "31");
    cr_assert(test_done(take_in(table_of("徐汇", "t2"), false)));
    cr_expect_eq(test_journal(scene, "person.many"), 1);
    cr_expect_eq(plan_of(table_of("徐汇", "t2")).counts[REGISTER_SAME], SIGNED_IN);
}
