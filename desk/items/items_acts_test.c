/* items_acts_test.c -- files become releases; what holds today is what is read. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "desk/items/items_views.h"
#include "desk/items/items_write.h"
#include "desk/laws/laws_acts.h"
#include "platform/folder_test.h"
#include "platform/scene_test.h"

extern const struct module laws_module;
extern const char data_items[], data_fields[];

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

static void set_up(void)
{
    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&laws_module, &items_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(items_acts, .init = set_up, .fini = tear_down);

static const char words_file[] =
    "categories:\n  - {word: guidance, zh: 指引, en: Advice}\n"
    "needs:\n  - {word: wages, zh: 工资, en: Wages}\n"
    "offices:\n  - {word: hall, zh: 大厅, en: Hall, calendar: working}\n"
    "departments:\n  - {word: justice, zh: 司法局, en: Justice bureau}\n";

static const char item_head[] = "item: %s\nbranch: legal\ncategory: guidance\nprocess: window\n"
                                "department: justice\nneeds: [wages]\noffices: [hall]\n";
static const char item_tail[] = "object: {zh: 大家, en: Everybody}\n"
                                "content:\n  zh: 问律师\n  en: Ask a lawyer\n"
                                "method: {zh: 当面, en: Face to face}\n"
                                "provider: {zh: 律师, en: Lawyers}\n"
                                "materials:\n  - {zh: 身份证, en: Identity card}\n"
                                "  - {zh: 合同, en: Contract}\n";

static struct items_source item_file(const char *code, const char *name, const char *more)
{
    struct str head = arena_print(scene->arena, item_head, code);

    return (struct items_source){arena_print(scene->arena, "%s.yaml", code),
                                 arena_print(scene->arena,
                                             "%.*sname: {zh: %s, en: In English}\n%s%s",
                                             STR_ARGS(head), name, item_tail, more)};
}

static struct items_source words_source(void)
{
    return (struct items_source){S("words.yaml"), str_of(words_file)};
}

static struct items_import_report report;

static struct outcome import(const struct items_source *sources, size_t count, const char *from)
{
    struct items_import_form form = {.sources = sources, .count = count, .from = str_of(from)};

    return test_act(scene, &items_import, &form, &report);
}

static struct str name_now(const char *code)
{
    struct items_item item = {.name_zh = S("")};
    id version;
    bool found;

    cr_assert(test_done(items_now(scene, str_of(code), &version, &item, &found)));
    return found ? item.name_zh : S("nothing");
}

static void expect_name(const char *code, const char *name)
{
    struct str now = name_now(code);

    cr_expect(str_same(now, str_of(name)), "%s is %.*s, not %s", code, STR_ARGS(now), name);
}

static struct outcome begin(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return items_first(s, str_of(data_items));
}

static void first_list(void)
{
    static const struct act fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = begin};

    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)));
    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)), "there is one already");
    scene->actor = (struct actor){.is = WHO_ANYONE};
}

Test(items_acts, the_list_the_program_brings_along_has_no_mistake)
{
    struct items_import_form form = {0};

    items_bundle_read(scene->arena, str_of(data_items), &form.sources, &form.count);
    cr_assert(test_done(items_import_look(scene, &form, &report)));
    cr_expect_eq(report.wrong, 0, "%.*s", STR_ARGS(report.problems));
    cr_expect_eq(report.added, (int64_t)form.count - 1);
    cr_assert(test_done(test_act(scene, &items_import, &form, &report)));
    cr_expect_eq(test_journal(scene, "items.import"), 1);
}

/* Asking about an item goes on in a field of law there is. */
static bool is_field(struct str field)
{
    struct str text = str_of(data_fields);

    while (text.len)
        if (str_same(str_cut(str_cut(text, '\n', &text), '\t', NULL), field)) return true;
    return false;
}

Test(items_acts, the_list_has_39_legal_items_in_five_categories_and_sixty_community_matters)
{
    const struct items_source *sources;
    struct str categories[8];
    size_t count, legal = 0, community = 0, categories_count = 0;

    items_bundle_read(scene->arena, str_of(data_items), &sources, &count);
    for (size_t i = 0; i < count; i++) {
        struct items_item item;
        size_t at = 0;

        if (items_file_is_words(sources[i].name)) continue;
        cr_assert(test_done(items_file_parse(scene->arena, &sources[i], &item)));
        cr_expect(!item.field.len || is_field(item.field), "%.*s", STR_ARGS(item.item));
        cr_expect(item.source.len, "%.*s says where its facts are from", STR_ARGS(item.item));
        if (!str_same(item.branch, S("legal"))) {
            community++;
            continue;
        }
        if (str_same(item.process, S("notice"))) continue; /* no resident asks for it */
        if (str_same(item.item, S("litigation-papers"))) continue; /* beside those of the list */
        legal++;
        while (at < categories_count && !str_same(categories[at], item.category)) at++;
        if (at == categories_count && at < COUNT(categories))
            categories[categories_count++] = item.category;
    }
    cr_expect_eq(legal, 39);
    cr_expect_eq(categories_count, 5);
    cr_expect_geq(community, 60);
}

/* Every field of every item, word for word. */
Test(items_acts, a_list_that_is_written_as_files_reads_back_the_same)
{
    const struct items_source *sources;
    struct items_import_form form = {0};
    size_t count;

    first_list();
    cr_assert(test_done(items_export(scene, &form.sources, &form.count)));
    items_bundle_read(scene->arena, str_of(data_items), &sources, &count);
    cr_expect_eq(form.count, count);
    cr_assert(test_done(items_import_look(scene, &form, &report)));
    cr_expect_eq(report.wrong, 0, "%.*s", STR_ARGS(report.problems));
    cr_expect_eq(report.same, (int64_t)count - 1, "%.*s", STR_ARGS(report.changes));
    cr_expect_eq(report.changes.len, 0);
}

Test(items_acts, signs_and_lines_survive_being_written_as_a_file)
{
    struct items_item item = {.item = S("odd"),
                              .name_zh = S("“甲”: #1 \"乙\" \\ 丙"),
                              .content_en = S("one\ntwo - three: [four]"),
                              .materials_zh = S("- 甲\n'乙'"),
                              .materials_en = S("{a}\n*b"),
                              .limit_days = S("3"),
                              .calendar = S("daily"),
                              .search_en = S("yes no null 1.0")},
                      again = {S("")};
    struct items_source source = {S("odd.yaml"), {NULL, 0}};
    enum items_field changed[ITEMS_FIELDS];

    item.branch = item.category = item.process = item.department = S("x");
    for (enum items_field f = ITEMS_AT_name_zh; f <= ITEMS_AT_provider_en; f++)
        if (!items_get(&item, f).len) *items_at(&item, f) = S("x");
    source.text = items_file_write(scene->arena, &item);
    cr_assert(test_done(items_file_parse(scene->arena, &source, &again)), "%.*s",
              STR_ARGS(source.text));
    cr_expect_eq(items_difference(&item, &again, changed), 0, "%s", items_field_name(changed[0]));
}

Test(items_acts, a_folder_becomes_a_release_and_only_what_changed_is_written_anew)
{
    struct items_source files[] = {item_file("advice", "咨询", ""), item_file("aid", "援助", ""),
                                   words_source()};
    id before, after;
    struct items_item item;
    bool found;

    cr_assert(test_done(import(files, 3, "")));
    cr_expect_eq(report.added, 2);
    expect_name("advice", "咨询");
    cr_assert(test_done(items_now(scene, S("aid"), &before, &item, &found)) && found);
    cr_expect(str_same(item.materials_zh, S("身份证\n合同")));
    files[0] = item_file("advice", "法律咨询", "");
    cr_assert(test_done(import(files, 3, "")));
    cr_expect_eq(report.changed, 1);
    cr_expect_eq(report.same, 1);
    expect_name("advice", "法律咨询");
    cr_assert(test_done(items_now(scene, S("aid"), &after, &item, &found)) && found);
    cr_expect_eq(before, after);
    cr_expect_eq(import(files, 2, "").refusal, &items_nothing_new);
}

Test(items_acts, a_release_holds_from_its_day_and_not_before)
{
    struct items_source files[] = {item_file("advice", "咨询", ""), words_source()};

    cr_assert(test_done(import(files, 2, "")));
    files[0] = item_file("advice", "新咨询", "");
    cr_assert(test_done(import(files, 2, "2026-12-01")));
    expect_name("advice", "咨询");
    scene->now = calendar_moment_of(2026, 11, 30, 1439);
    expect_name("advice", "咨询");
    scene->now = calendar_moment_of(2026, 12, 1, 0);
    expect_name("advice", "新咨询");
}

Test(items_acts, a_day_that_is_over_or_before_the_last_release_is_refused)
{
    struct items_source files[] = {item_file("advice", "咨询", ""), words_source()};

    cr_expect_eq(import(files, 2, "2026-11-21").refusal, &items_day_past);
    cr_expect_eq(import(files, 2, "1 December").refusal, &items_day_wrong);
    cr_assert(test_done(import(files, 2, "2026-12-01")));
    files[0] = item_file("advice", "新咨询", "");
    cr_expect_eq(import(files, 2, "2026-11-30").refusal, &items_day_too_early);
    cr_assert(test_done(import(files, 2, "2026-12-01")));
}

static void expect_problem(const struct items_source *sources, size_t count, const char *line)
{
    cr_expect_eq(import(sources, count, "").refusal, &items_files_wrong);
    cr_expect(str_find(report.problems, str_of(line)) >= 0, "no \"%s\" in:\n%.*s", line,
              STR_ARGS(report.problems));
    expect_name("advice", "nothing");
}

Test(items_acts, a_mistake_is_told_with_file_and_line_and_nothing_is_released)
{
    struct items_source files[] = {words_source(), item_file("aid", "援助", ""),
                                   item_file("advice", "咨询", "channels: [pigeon]\n")};
    struct str text;

    scene->language = LANGUAGE_EN;
    expect_problem(files, 3, "advice.yaml:18, Ways to reach it: There is no such word");
    files[2] = item_file("advice", "咨询", "steps:\n  - {zh: 等, en: 等}\n");
    expect_problem(files, 3, "advice.yaml:18, Step by step, in English: There is Chinese");
    files[2] = item_file("advice", "咨询", "colour: red\n");
    expect_problem(files, 3, "advice.yaml:18, ");
    files[2] = item_file("advice", "咨询", "");
    files[2].name = S("other.yaml");
    expect_problem(files, 3, "other.yaml (advice)");
    files[2] = item_file("advice", "咨询", "limit: {days: 3, calendar: lunar, zh: 起, en: From}\n");
    expect_problem(files, 3, "advice.yaml:18, Which days count: There is no such calendar: lunar");
    text = files[2].text;
    files[2] = (struct items_source){S("advice.yaml"), {text.at, text.len / 2}};
    expect_problem(files, 3, "advice.yaml");
    files[2] = (struct items_source){S("advice.yaml"), S("")};
    expect_problem(files, 3, "advice.yaml, the file is empty");
}

Test(items_acts, words_that_items_use_cannot_go)
{
    struct items_source files[] = {item_file("advice", "咨询", ""), words_source()}, fewer;

    cr_assert(test_done(import(files, 2, "")));
    fewer = (struct items_source){
        S("words.yaml"), S("categories:\n  - {word: guidance, zh: 指引, en: Advice}\n"
                           "needs:\n  - {word: other, zh: 其他, en: Other}\n"
                           "offices:\n  - {word: hall, zh: 大厅, en: Hall, calendar: working}\n"
                           "departments:\n  - {word: justice, zh: 司法局, en: Justice}\n")};
    cr_expect_eq(import(&fewer, 1, "").refusal, &items_files_wrong);
    fewer.text = S("categories:\n  - {word: guidance, zh: 指引, en: Advice}\n"
                   "needs:\n  - {word: wages, zh: 工资, en: Wages}\n"
                   "offices:\n  - {word: hall, zh: 大厅, en: Hall, calendar: lunar}\n"
                   "departments:\n  - {word: justice, zh: 司法局, en: Justice}\n");
    cr_expect_eq(import(&fewer, 1, "").refusal, &items_files_wrong);
    cr_expect(str_find(report.problems, S("words.yaml:6")) >= 0, "%.*s", STR_ARGS(report.problems));
}

Test(items_acts, what_the_folder_has_not_got_stays_unless_it_is_the_whole_list)
{
    struct items_source files[] = {item_file("advice", "咨询", ""), item_file("aid", "援助", ""),
                                   words_source()};
    struct items_import_form form = {.sources = files, .count = 1, .only_these = true};

    cr_assert(test_done(import(files, 3, "")));
    files[0] = item_file("advice", "新咨询", "");
    cr_assert(test_done(import(files, 1, "")));
    cr_expect_eq(report.kept, 1);
    expect_name("aid", "援助");
    cr_assert(test_done(test_act(scene, &items_import, &form, &report)));
    cr_expect_eq(report.taken_out, 1);
    expect_name("aid", "nothing");
    expect_name("advice", "新咨询");
}

Test(items_acts, a_folder_is_read_by_name_and_strange_files_are_told_of)
{
    char folder[FOLDER_LEN];
    const struct items_source *sources;
    const char *names[] = {"words.yaml", "aid.yaml", "notes.txt"};
    size_t count;

    folder_make(folder);
    cr_expect_eq(items_folder_read(scene->arena, folder, &sources, &count).refusal,
                 &items_folder_empty);
    for (size_t i = 0; i < COUNT(names); i++) {
        FILE *file = fopen(arena_print(scene->arena, "%s/%s", folder, names[i]).at, "w");

        cr_assert(file && fputs("a: 1\n", file) >= 0 && fclose(file) == 0);
    }
    cr_assert(test_done(items_folder_read(scene->arena, folder, &sources, &count)));
    cr_assert_eq(count, 2);
    cr_expect(str_same(sources[0].name, S("aid.yaml")));
    cr_expect(str_same(sources[1].text, S("a: 1\n")));
    fclose(fopen(arena_print(scene->arena, "%s/aid.yml", folder).at, "w"));
    cr_expect_eq(items_folder_read(scene->arena, folder, &sources, &count).refusal,
                 &items_file_misnamed);
    cr_expect_eq(folder_drop(folder), 4);
    cr_expect(items_folder_read(scene->arena, folder, &sources, &count).fault);
}

/* ---- pages ---- */

Test(items_acts, everybody_reads_what_holds_today_by_category_need_and_words)
{
    struct items_list_view list;

    first_list();
    memset(&list, 0, sizeof list);
    cr_assert(test_done(test_show(scene, &items_module, "/items", "", &list, &go)));
    cr_expect_eq(list.release, 1);
    cr_expect_eq(list.groups_count, 5, "the five categories, %zu", list.groups_count);
    memset(&list, 0, sizeof list);
    cr_assert(test_done(test_show(scene, &items_module, "/items", "need=accused", &list, &go)));
    cr_expect_geq(list.items_count, 1);
    for (size_t i = 0; i < list.items_count; i++)
        cr_expect(items_has_word(list.items[i].needs, S("accused")));
    memset(&list, 0, sizeof list);
    cr_assert(test_done(test_show(scene, &items_module, "/items", "q=老板拖欠工资", &list, &go)));
    cr_assert_geq(list.items_count, 1);
    cr_expect(str_same(list.items[0].item, S("legal-aid-labour")));
    cr_expect_eq(list.groups_count, 0);
}

Test(items_acts, items_stand_as_the_bureau_sorted_them)
{
    struct items_source files[] = {item_file("aa", "甲", "sorting: 20\n"),
                                   item_file("bb", "乙", ""), item_file("cc", "丙", "sorting: 3\n"),
                                   words_source()};
    static const char *const wanted[] = {"cc", "aa", "bb"};
    struct items_list_view list = {0};

    cr_assert(test_done(import(files, 4, "")));
    cr_assert(test_done(test_show(scene, &items_module, "/items", "", &list, &go)));
    cr_assert_eq(list.items_count, 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect(str_same(list.items[i].item, str_of(wanted[i])), "%zu is %.*s", i,
                  STR_ARGS(list.items[i].item));
}

/* What people say, and an item that must be among the first three found. */
Test(items_acts, people_find_what_they_need_by_saying_what_happened)
{
    static const struct {
        const char *said, *item;
    } sayings[] = {{"老板拖欠工资", "legal-aid-labour"},
                   {"没钱请律师", "legal-aid-civil"},
                   {"我儿子被抓了", "legal-aid-criminal"},
                   {"孩子在学校被打", "legal-aid-minors"},
                   {"邻居太吵", "people-mediation"},
                   {"物业不管", "labour-property-disputes"},
                   {"我想立遗嘱", "notary-consultation"},
                   {"学历公证出国用", "notary-one-trip"},
                   {"人在国外要公证", "notary-overseas"},
                   {"我被骗了", "anti-fraud-publicity"},
                   {"老公坐牢想探监", "prison-relatives"},
                   {"投诉律师收费", "complaints"},
                   {"医保卡丢了", "medical-card-loss"},
                   {"居住证到期了", "residence-permit-endorsement"},
                   {"无犯罪记录证明", "criminal-record-certificate"},
                   {"没工作了能领失业金吗", "unemployment-registration"},
                   {"my boss fired me", "legal-aid-labour"},
                   {"a lawyer free of charge", "legal-aid-civil"},
                   {"I lost my medical card", "medical-card-loss"},
                   {"landlord keeps the deposit", "hotline-consultation"}};

    first_list();
    for (size_t i = 0; i < COUNT(sayings); i++) {
        struct items_list_view list = {0};
        bool among = false;

        cr_assert(test_done(test_show(scene, &items_module, "/items",
                                      arena_print(scene->arena, "q=%s", sayings[i].said).at, &list,
                                      &go)));
        for (size_t k = 0; k < list.items_count && k < 3; k++)
            among |= str_same(list.items[k].item, str_of(sayings[i].item));
        cr_expect(among, "%s: %.*s", sayings[i].said,
                  STR_ARGS(list.items_count ? list.items[0].item : S("nothing")));
    }
}

Test(items_acts, an_item_that_is_not_in_the_list_is_not_there)
{
    struct items_one_view one = {0};

    first_list();
    cr_expect_eq(
        test_show(scene, &items_module, "/items/{item}", "item=nothing", &one, &go).refusal,
        &act_unknown);
    cr_assert(test_done(
        test_show(scene, &items_module, "/items/{item}", "item=legal-aid-labour", &one, &go)));
    cr_expect(str_begins(one.ask, S("/ask?")));
    cr_expect(str_ends(one.ask, S("&field=labour")), "%.*s", STR_ARGS(one.ask));
    cr_expect_eq(one.limit_days, 7);
    cr_expect_eq(one.materials_count, 1);
    cr_expect(one.fee && one.fee->zh.len && one.fee->en.len);
    cr_expect_null(one.place, "what nobody knows is not said");
    cr_assert_geq(one.basis_count, 1);
    cr_expect_eq(one.basis[0].url.len, 0, "no law was taken in");
}

static void take_in(const char *table)
{
    struct laws_document document;
    struct laws_take_form form = {
        .documents = &document, .count = 1, .source = S("test.tsv"), .names = S("")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    cr_assert(test_done(laws_read_table(scene->arena, str_of(table), &at, &line, &document)));
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
}

Test(items_acts, a_legal_basis_leads_to_the_article_of_a_law_that_is_here)
{
    struct items_one_view one = {0};

    take_in("1\t法律援助法\t第三十一条\t\t可以申请\n2\t法律援助法\t第四十二条\t\t免予核查\n");
    first_list();
    cr_assert(test_done(
        test_show(scene, &items_module, "/items/{item}", "item=legal-aid-labour", &one, &go)));
    cr_assert_geq(one.basis_count, 3);
    cr_expect(str_ends(one.basis[0].url, S("/31")), "%.*s", STR_ARGS(one.basis[0].url));
    cr_expect(str_ends(one.basis[1].url, S("/42")), "%.*s", STR_ARGS(one.basis[1].url));
    cr_expect_eq(one.basis[2].url.len, 0, "article 43 is not here");
}

Test(items_acts, an_old_address_of_a_need_shows_the_whole_list)
{
    struct items_list_view list = {0};

    first_list();
    cr_assert(test_done(test_show(scene, &items_module, "/items", "need=nonsense", &list, &go)));
    cr_expect(!list.is_found);
    cr_expect_eq(list.groups_count, 5);
}

/* Before anything was released there is no list, and no mistake either. */
Test(items_acts, without_a_release_the_list_is_empty)
{
    struct items_list_view list = {0};

    cr_assert(test_done(test_show(scene, &items_module, "/items", "", &list, &go)));
    cr_expect_eq(list.release, -1);
    cr_expect_eq(list.items_count, 0);
}

/* ---- finding, for other rooms ---- */

static size_t find(const char *q, size_t max, const struct items_found **found)
{
    moment holds_from;
    size_t count;

    cr_assert(test_done(items_find(scene, str_of(q), max, found, &count, &holds_from)));
    return count;
}

Test(items_acts, what_other_rooms_find_is_of_the_list_that_holds_today)
{
    struct items_source today[] = {words_source(), item_file("alpha", "遗嘱咨询", "")};
    struct items_source later[] = {item_file("beta", "量子咨询", "")};
    const struct items_found *found;

    cr_assert(test_done(import(today, COUNT(today), "")));
    cr_assert(test_done(import(later, COUNT(later), "2030-01-01")));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert_eq(find("遗嘱", 5, &found), 1);
    cr_expect(str_same(found[0].item, S("alpha")));
    cr_expect_eq(find("量子", 5, &found), 0, "what is planned does not hold yet");
    scene->now = 1924992000; /* 2031 */
    cr_assert_eq(find("量子", 5, &found), 1);
    cr_expect(str_same(found[0].item, S("beta")));
}

Test(items_acts, what_other_rooms_find_is_little_and_fits)
{
    const struct items_found *found;

    first_list();
    cr_expect_eq(find("公证", 2, &found), 2);
    cr_expect_eq(find("", 5, &found), 0);
    cr_expect_eq(find("量子力学和法律", 5, &found), 0, "one common word in a long text");
}
