/* items_keep_test.c -- an administrator writes, looks, releases and withdraws. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/identity/identity_acts.h"
#include "desk/items/items_views.h"
#include "desk/laws/laws_acts.h"
#include "gen/identity_sql.h"
#include "platform/scene_test.h"

extern const struct module laws_module;
extern const char data_items[];

static struct outcome any_flow(struct arena *arena, struct str flow)
{
    (void)arena, (void)flow;
    return DONE;
}
static const struct process made_up[] = {
    {.word = "consultation", .name = "Advice", .path = "/ask"},
    {.word = "mediation", .name = "Mediation", .path = "/cases", .check = any_flow},
    {.word = "aid", .name = "Legal aid", .path = "/aid", .check = any_flow},
    {.word = "application", .name = "Applying", .path = "/items/{item}/apply", .check = any_flow},
    {.word = "notice", .name = "Notice", .path = "", .check = any_flow},
    {0}};
static const struct module service = {.name = "service", .processes = made_up};
static const struct module *const rooms[] = {&items_module, &service, NULL};
static struct scene *scene;
static struct str go;

static struct outcome begin(struct scene *s, const void *form, void *result)
{
    static const struct identity_division divisions[] = {
        {{"31", 2}, {"", 0}, {"city", 4}, {"上海市", 9}, {"Shanghai", 8}},
        {{"310104", 6}, {"31", 2}, {"district", 8}, {"徐汇区", 9}, {"Xuhui", 5}}};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, divisions, COUNT(divisions)));
    return items_first(s, str_of(data_items));
}

static void set_up(void)
{
    static const struct act fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = begin};

    items_learn(rooms);
    scene = test_scene(
        WHO_SYSTEM, (const struct module *[]){&identity_module, &laws_module, &items_module, NULL});
    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)));
    scene->actor =
        (struct actor){.person_id = 0, .is = WHO_ADMIN | WHO_ANYONE, .scopes = scopes_of(S("31"))};
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(items_keep, .init = set_up, .fini = tear_down);

static void look(const char *item, struct items_edit_view *v)
{
    memset(v, 0, sizeof *v);
    cr_assert(test_done(test_show(scene, &items_module, "/admin/items/{item}",
                                  arena_print(scene->arena, "item=%s", item).at, v, &go)));
}

#define FILL(kind, name_, must, min, max, label, hint) .name_ = v.name_,
/* The form as the page draws it, to be changed and handed in. */
static struct items_save_form written(const char *item)
{
    struct items_edit_view v;

    look(item, &v);
    return (struct items_save_form){ITEMS_ITEM_LIST(FILL).seen = v.seen};
}

static struct outcome rename_item(const char *item, const char *name)
{
    struct items_save_form form = written(item);

    form.name_zh = str_of(name);
    return test_act(scene, &items_save, &form, NULL);
}

static struct str name_now(const char *item)
{
    struct items_item said = {.name_zh = S("")};
    id version;
    bool found;

    cr_assert(test_done(items_now(scene, str_of(item), &version, &said, &found)));
    return found ? said.name_zh : S("nothing");
}

static struct outcome release_from(const char *day, int64_t *number)
{
    struct items_release_form form = {.holds_from = str_of(day), .note = S("更正")};
    struct items_released_view told = {0};
    struct outcome outcome = test_act(scene, &items_release, &form, &told);

    *number = told.release;
    return outcome;
}

static struct outcome withdraw(int64_t number)
{
    struct items_number_form form = {.release = number};

    return test_act(scene, &items_withdraw, &form, NULL);
}

static struct items_prepare_view prepared(void)
{
    struct items_prepare_view v = {0};

    cr_assert(test_done(test_show(scene, &items_module, "/admin/releases", "", &v, &go)));
    return v;
}

Test(items_keep, what_is_written_is_public_from_the_day_of_its_release)
{
    struct items_one_view preview = {0};
    int64_t number;

    cr_assert(test_done(rename_item("complaints", "投诉")));
    cr_expect(str_same(name_now("complaints"), S("公共法律服务投诉和建议")));
    cr_assert(test_done(test_show(scene, &items_module, "/admin/items/{item}/preview",
                                  "item=complaints", &preview, &go)));
    cr_expect(preview.is_preview && str_same(preview.called->zh, S("投诉")));
    cr_assert(test_done(release_from("2026-12-01", &number)));
    cr_expect_eq(number, 2);
    cr_expect(str_same(name_now("complaints"), S("公共法律服务投诉和建议")));
    scene->now = calendar_moment_of(2026, 12, 1, 0);
    cr_expect(str_same(name_now("complaints"), S("投诉")));
    cr_expect_eq(prepared().changes_count, 0);
    cr_expect_eq(test_journal(scene, "items.save"), 1);
    cr_expect_eq(test_journal(scene, "items.release"), 1);
}

/* (2) of items_edit.c */
Test(items_keep, nobody_writes_over_what_somebody_else_wrote)
{
    struct items_save_form first = written("complaints"), second = first;

    first.name_zh = S("投诉一");
    second.name_zh = S("投诉二");
    cr_assert(test_done(test_act(scene, &items_save, &first, NULL)));
    cr_expect_eq(test_act(scene, &items_save, &second, NULL).refusal, &items_changed_meanwhile);
    first = written("complaints");
    cr_expect(str_same(first.name_zh, S("投诉一")));
}

Test(items_keep, an_item_written_back_to_what_it_was_is_no_change)
{
    struct items_save_form form = written("complaints");

    cr_assert(test_done(test_act(scene, &items_save, &form, NULL)));
    cr_expect_eq(prepared().changes_count, 0);
    cr_assert(test_done(rename_item("complaints", "投诉")));
    cr_expect_eq(prepared().changes_count, 1);
    cr_assert(test_done(rename_item("complaints", "公共法律服务投诉和建议")));
    cr_expect_eq(prepared().changes_count, 0);
}

/* (1) of items_edit.c and items_release.c */
Test(items_keep, half_done_is_kept_and_not_released)
{
    struct items_add_form form = {
        .item = S("new-thing"), .name_zh = S("新事项"), .name_en = S("New thing")};
    struct items_added_view told = {S("")};
    struct items_edit_view v;
    struct outcome outcome;
    int64_t number;

    cr_assert(test_done(test_act(scene, &items_add, &form, &told)));
    cr_expect_eq(test_act(scene, &items_add, &form, &told).refusal, &items_code_taken);
    look("new-thing", &v);
    cr_expect(v.is_new && v.has_draft);
    cr_expect_geq(v.problems_count, 9, "category, department and what is never missing");
    outcome = release_from("2026-11-22", &number);
    cr_expect_eq(outcome.refusal, &items_not_ready);
    cr_expect(str_same(outcome.detail, S("新事项")));
    cr_expect(str_same(prepared().not_ready, S("新事项")));
    form.item = S("New Thing");
    cr_expect_eq(test_act(scene, &items_add, &form, &told).refusal, &items_code_wrong);
}

Test(items_keep, a_word_that_does_not_exist_keeps_an_item_from_being_released)
{
    struct items_save_form form = written("hotline-consultation");
    struct items_edit_view v;
    int64_t number;

    form.process = S("sorcery");
    form.offices = S("castle");
    cr_assert(test_done(test_act(scene, &items_save, &form, NULL)));
    look("hotline-consultation", &v);
    cr_assert_eq(v.problems_count, 2);
    cr_expect(str_same(v.problems[0].field, S("process")));
    cr_expect(str_same(v.problems[1].field, S("offices")));
    cr_expect_eq(release_from("2026-11-22", &number).refusal, &items_not_ready);
}

Test(items_keep, an_item_taken_out_is_gone_with_the_release_and_can_be_kept_after_all)
{
    struct items_which_form form = {S("complaints")};
    struct items_edit_view v;
    int64_t number;

    cr_assert(test_done(test_act(scene, &items_take_out, &form, NULL)));
    look("complaints", &v);
    cr_expect(v.is_taken_out);
    cr_assert(test_done(test_act(scene, &items_undo, &form, NULL)));
    cr_expect_eq(test_act(scene, &items_undo, &form, NULL).refusal, &items_no_draft);
    cr_expect_eq(release_from("2026-11-22", &number).refusal, &items_nothing_new);
    cr_assert(test_done(test_act(scene, &items_take_out, &form, NULL)));
    cr_assert(test_done(release_from("2026-11-22", &number)));
    cr_expect(str_same(name_now("complaints"), S("nothing")));
    cr_expect_eq(test_act(scene, &items_take_out, &form, NULL).refusal, &act_unknown);
}

/* (2) and (3) of items_release.c */
Test(items_keep, a_release_is_withdrawn_before_its_day_and_nothing_is_lost)
{
    struct items_which_form gone = {S("law-lectures")};
    struct items_prepare_view v;
    int64_t number;

    cr_assert(test_done(rename_item("complaints", "投诉")));
    cr_assert(test_done(test_act(scene, &items_take_out, &gone, NULL)));
    cr_assert(test_done(release_from("2026-12-01", &number)));
    cr_assert(test_done(rename_item("complaints", "投诉和建议")));
    cr_assert(test_done(withdraw(number)));
    cr_expect_eq(withdraw(number).refusal, &items_withdrawn);
    v = prepared();
    cr_assert_eq(v.changes_count, 2);
    cr_expect(str_same(v.changes[0].item, S("complaints")));
    cr_expect(str_same(v.changes[0].fields[0].after, S("投诉和建议")), "written on meanwhile");
    cr_expect(str_same(v.changes[1].kind, S("taken-out")));
    scene->now = calendar_moment_of(2026, 12, 2, 0);
    cr_expect(str_same(name_now("complaints"), S("公共法律服务投诉和建议")));
}

Test(items_keep, what_holds_or_is_not_the_last_cannot_be_withdrawn)
{
    int64_t first, second;

    cr_expect_eq(withdraw(1).refusal, &items_holds_already);
    cr_expect_eq(withdraw(9).refusal, &act_unknown);
    cr_assert(test_done(rename_item("complaints", "投诉")));
    cr_assert(test_done(release_from("2026-12-01", &first)));
    cr_assert(test_done(rename_item("complaints", "投诉和建议")));
    cr_expect_eq(release_from("2026-11-30", &second).refusal, &items_day_too_early);
    cr_assert(test_done(release_from("2026-12-15", &second)));
    cr_expect_eq(withdraw(first).refusal, &items_not_last);
    cr_assert(test_done(withdraw(second)));
    cr_assert(test_done(withdraw(first)));
}

Test(items_keep, an_administrator_of_a_district_reads_and_changes_nothing)
{
    struct items_which_form form = {S("complaints")};
    struct items_edit_view v;
    int64_t number;

    scene->actor.scopes = scopes_of(S("310104"));
    look("complaints", &v);
    cr_expect(!v.may_change);
    cr_expect_eq(rename_item("complaints", "投诉").refusal, &items_city_only);
    cr_expect_eq(test_act(scene, &items_take_out, &form, NULL).refusal, &items_city_only);
    cr_expect_eq(test_act(scene, &items_undo, &form, NULL).refusal, &items_city_only);
    cr_expect_eq(release_from("2026-12-01", &number).refusal, &items_city_only);
    cr_expect_eq(withdraw(1).refusal, &items_city_only);
}

static struct outcome show_release(const char *typed, struct items_release_view *v)
{
    memset(v, 0, sizeof *v);
    return test_show(scene, &items_module, "/releases/{release}", typed, v, &go);
}

/* (1) of items_differ.c */
Test(items_keep, everybody_sees_what_changed_once_it_holds)
{
    struct items_releases_view all = {0};
    struct items_release_view v;
    int64_t number;

    cr_assert(test_done(rename_item("complaints", "投诉")));
    cr_assert(test_done(release_from("2026-12-01", &number)));
    cr_assert(test_done(show_release("release=2", &v)));
    cr_expect(v.is_planned);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_expect_eq(show_release("release=2", &v).refusal, &act_unknown);
    cr_assert(test_done(test_show(scene, &items_module, "/releases", "", &all, &go)));
    cr_expect_eq(all.releases_count, 1);
    scene->now = calendar_moment_of(2026, 12, 1, 0);
    cr_assert(test_done(show_release("release=2", &v)));
    cr_assert_eq(v.changes_count, 1);
    cr_assert_eq(v.changes[0].fields_count, 1);
    cr_expect(str_same(v.changes[0].fields[0].field, S("name_zh")));
    cr_expect(str_same(v.changes[0].fields[0].before, S("公共法律服务投诉和建议")));
    cr_expect(str_same(v.changes[0].fields[0].after, S("投诉")));
    cr_assert(test_done(show_release("release=1", &v)));
    cr_expect(v.is_first && v.changes_count >= 99);
}

/* Lines end where they end in a form of a browser, and empty ones are nothing. */
Test(items_keep, lines_of_a_form_are_lines_of_the_item)
{
    struct items_save_form form = written("complaints");
    struct items_edit_view v;

    form.materials_zh = S("身份证 \r\n\r\n 合同");
    form.materials_en = S("Identity card\nContract\n");
    cr_assert(test_done(test_act(scene, &items_save, &form, NULL)));
    look("complaints", &v);
    cr_expect(str_same(v.materials_zh, S("身份证\n合同")));
    cr_expect_eq(v.problems_count, 0);
}

/* A case keeps the version it began under, so everybody can go on reading it. */
Test(items_keep, a_version_that_held_stays_readable_and_one_that_never_did_is_not)
{
    struct items_one_view one = {0};
    struct items_item said;
    id before, planned;
    int64_t number;
    bool found;

    cr_assert(test_done(items_now(scene, S("complaints"), &before, &said, &found)) && found);
    cr_assert(test_done(rename_item("complaints", "投诉")));
    planned = written("complaints").seen;
    cr_assert(test_done(release_from("2026-12-01", &number)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_expect_eq(
        test_show(scene, &items_module, "/items/{item}",
                  arena_print(scene->arena, "item=complaints&version=%lld", (long long)planned).at,
                  &one, &go)
            .refusal,
        &act_unknown);
    scene->now = calendar_moment_of(2026, 12, 1, 0);
    cr_assert(test_done(
        test_show(scene, &items_module, "/items/{item}",
                  arena_print(scene->arena, "item=complaints&version=%lld", (long long)before).at,
                  &one, &go)));
    cr_expect(one.is_former && !one.is_gone);
    cr_expect(str_same(one.called->zh, S("公共法律服务投诉和建议")));
    memset(&one, 0, sizeof one);
    cr_assert(test_done(
        test_show(scene, &items_module, "/items/{item}",
                  arena_print(scene->arena, "item=complaints&version=%lld", (long long)planned).at,
                  &one, &go)));
    cr_expect(!one.is_former, "it holds now");
    cr_expect_eq(
        test_show(scene, &items_module, "/items/{item}",
                  arena_print(scene->arena, "item=law-lectures&version=%lld", (long long)before).at,
                  &one, &go)
            .refusal,
        &act_unknown, "a version of another item");
}
