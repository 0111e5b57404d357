/* aid_import_test.c -- a folder becomes the rules of legal aid, or nothing is changed. */
#include <criterion/criterion.h>

#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_acts.h"
#include "platform/scene_test.h"
#include "service/aid/aid_views.h"

extern const struct module cases_module, identity_module, notice_module, laws_module,
    mediation_module;
extern const char data_aid[], data_items[], data_laws[];

static const struct process made_up[] = {{"consultation", "Advice", "/ask"}, {0}};
static const struct module service = {.name = "service", .processes = made_up};
static const struct module *const rooms[] = {&items_module, &cases_module,     &aid_module,
                                             &service,      &mediation_module, NULL};
static struct scene *scene;
static struct aid_import_form form;
static struct items_source files[3];

static struct outcome make_city(struct scene *s, const void *nothing, void *result)
{
    const struct identity_division city = {S("31"), S(""), S("city"), S("上海"), S("Shanghai")};

    (void)nothing, (void)result;
    TRY(identity_divisions_load(s, &city, 1));
    return items_first(s, str_of(data_items));
}

static void take_laws(void)
{
    struct laws_document documents[40];
    struct laws_take_form laws = {.documents = documents, .source = S("laws.tsv"), .names = S("")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    for (; laws.count < COUNT(documents); laws.count++) {
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(data_laws), &at, &line, &documents[laws.count])));
        if (!documents[laws.count].count) break;
    }
    cr_assert(test_done(test_act(scene, &laws_take, &laws, &told)));
}

static void set_up(void)
{
    static const struct act city = {.name = "test.city", .who = WHO_SYSTEM, .run = make_city};
    const struct items_source *sources;

    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &aid_module, NULL});
    cr_assert(test_done(test_act(scene, &city, NULL, NULL)));
    take_laws();
    items_bundle_read(scene->arena, str_of(data_aid), &sources, &form.count);
    cr_assert_eq(form.count, COUNT(files));
    for (size_t i = 0; i < COUNT(files); i++) files[i] = sources[i];
    form.sources = files;
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(aid_import, .init = set_up, .fini = tear_down);

static struct str instead(struct str text, const char *from, const char *to)
{
    int64_t at = str_find(text, str_of(from));
    struct str rest;

    cr_assert_geq(at, 0, "%s", from);
    rest = (struct str){text.at + at + str_of(from).len, text.len - (size_t)at - str_of(from).len};
    return arena_print(scene->arena, "%.*s%s%.*s", (int)at, text.at, to, STR_ARGS(rest));
}

static struct str question(void)
{
    struct aid_rules rules;

    cr_assert(test_done(aid_rules_now(scene, &rules)));
    return aid_step_of(&rules, S("income"))->text.zh;
}

Test(aid_import, a_new_amount_holds_at_once_and_is_there_once)
{
    struct aid_import_report report;

    cr_expect(str_find(question(), S("3190元")) >= 0);
    cr_expect_eq(test_act(scene, &aid_import, &form, &report).refusal, &aid_nothing_new);
    files[1].text = instead(files[1].text, "低于3190元吗", "低于3300元吗");
    cr_assert(test_done(test_act(scene, &aid_import, &form, &report)));
    cr_expect(str_find(question(), S("3300元")) >= 0);
    cr_expect_eq(test_journal(scene, "aid.import"), 1);
    cr_expect_eq(test_act(scene, &aid_import, &form, &report).refusal, &aid_nothing_new);
}

Test(aid_import, what_is_written_out_is_what_was_taken_in)
{
    struct aid_import_report report;
    const struct items_source *out;
    size_t count;

    files[1].text = instead(files[1].text, "低于3190元吗", "低于3300元吗");
    cr_assert(test_done(test_act(scene, &aid_import, &form, &report)));
    cr_assert(test_done(aid_export(scene, &out, &count)));
    cr_assert_eq(count, 3);
    cr_expect(str_same(out[0].name, S("national.yaml")) && str_same(out[0].text, files[0].text));
    cr_expect(str_same(out[1].name, S("shanghai.yaml")) && str_same(out[1].text, files[1].text));
}

static void expect_wrong(const char *problem)
{
    struct aid_import_report report;

    cr_assert(test_done(aid_import_look(scene, &form, &report)));
    cr_expect_geq(report.wrong, 1);
    cr_expect(str_find(report.problems, str_of(problem)) >= 0, "%.*s", STR_ARGS(report.problems));
    cr_expect_eq(test_act(scene, &aid_import, &form, &report).refusal, &aid_files_wrong);
    cr_expect(str_find(question(), S("3190元")) >= 0, "what held goes on holding");
}

Test(aid_import, one_mistake_and_nothing_is_changed)
{
    struct str good = files[1].text;

    scene->language = LANGUAGE_EN;
    files[1].text =
        instead(good, "上海市法律援助若干规定 第五条", "上海市法律援助若干规定 第五十条");
    expect_wrong("shanghai.yaml, This article does not stand in the laws of this installation: "
                 "上海市法律援助若干规定 第五十条");
    files[1].text =
        instead(good, "if: [{of: body, is: [incident]}]", "if: [{of: body, is: [food]}]");
    expect_wrong("matter, accident + incident, ");
    files[1].text = instead(good, "steps:", "stops:");
    expect_wrong("shanghai.yaml:");
    files[1].text = instead(good, "place: \"31\"", "place: \"\"");
    expect_wrong("shanghai.yaml");
    files[1].text = good;
    files[0].text = instead(files[0].text, "items: [legal-aid-civil]", "items: [nonsense]");
    expect_wrong("national.yaml, There is no such item in the service list: nonsense");
}
