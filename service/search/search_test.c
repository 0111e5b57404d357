/* search_test.c -- the one box: groups, what is hidden, what is shown of a text. */
#include "service/search/search.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "platform/known.h"
#include "platform/scene_test.h"
#include "service/search/search_field.h"
#include "service/search/search_views.h"

extern const struct module directory_module, identity_module, laws_module, people_module,
    record_module, register_module, notice_module, repository_module, classics_module,
    search_module;

static struct scene *scene;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){
                           &notice_module, &identity_module, &laws_module, &items_module,
                           &people_module, &record_module, &register_module, &directory_module,
                           &repository_module, &classics_module, &search_module, NULL});
    search_begin();
}
static void tear_down(void)
{
    search_end();
    test_scene_close(&scene);
}
TestSuite(search, .init = set_up, .fini = tear_down);

static void take(const char *table)
{
    struct laws_document documents[4];
    struct laws_take_form form = {
        .documents = documents, .source = S("test.tsv"), .names = S("民法典\tCivil Code\n")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;
    bool more = true;

    for (; form.count < COUNT(documents); form.count++) {
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(table), &at, &line, &documents[form.count])));
        if (!documents[form.count].count) break;
    }
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
    while (more) cr_assert(test_done(search_follow(scene, &more)));
}

static struct search_find_view ask(const char *q)
{
    struct search_find_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &search_module, "/search",
                                  arena_print(scene->arena, "q=%s", q).at, &v, &go)));
    return v;
}

static const char now_and_then[] = "1\t民法典\t第一条\t婚姻\t感情破裂的，准予离婚。\t2021-01-01\n"
                                   "2\t民法典\t第二条\t婚姻\t离婚后孩子由谁抚养。\t2021-01-01\n"
                                   "3\t婚姻法\t第一条\t\t旧的离婚规定。\t1980-01-01\t\t2021-01-01\n"
                                   "4\t将来法\t第一条\t\t将来的离婚规定。\t2030-01-01\n";

Test(search, only_articles_that_apply_today_are_found)
{
    struct search_find_view v;

    take(now_and_then);
    v = ask("离婚");
    cr_assert_eq(v.articles_count, 2);
    for (size_t i = 0; i < 2; i++) cr_expect(str_same(v.articles[i].name, S("民法典")));
    scene->now = 1924992000; /* 2031 */
    v = ask("离婚");
    cr_expect_eq(v.articles_count, 3, "what was to come has come, without anything being done");
}

Test(search, what_is_taken_in_is_found_at_the_next_look)
{
    take(now_and_then);
    cr_expect_eq(ask("漏水").articles_count, 0);
    take("1\t物业法\t第一条\t\t漏水的，由物业修。\n");
    cr_expect_eq(ask("漏水").articles_count, 1);
    cr_expect(search_is_ready());
}

/* (3) */
Test(search, of_one_kind_more_is_found_and_of_the_others_nothing)
{
    struct search_find_view v;
    struct outcome outcome;
    struct str go;

    take(now_and_then);
    v = ask("离婚&kind=articles");
    cr_expect(v.articles_count == 2 && !v.pages_count && !v.fields_count && !v.is_empty);
    cr_expect(v.kinds_count == 2 && v.kinds[1].is_chosen && !v.kinds[0].is_chosen);
    cr_expect(str_same(ask("离婚").kinds[1].kind, S("articles")), "only what has some");
    v = ask("离婚&kind=people");
    cr_expect(v.is_empty && !v.articles_count && !v.laws_count);
    v = ask("婚姻法&kind=laws");
    cr_expect(v.laws_count == 1 && !v.articles_count);
    outcome = test_show(scene, &search_module, "/search", "q=1&kind=secrets", &v, &go);
    cr_assert(outcome.refusal);
    cr_expect_eq(outcome.refusal, &query_unknown);
}

/* How many articles are said to cite one, and the first of them. */
static size_t citing(const char *name, int64_t number, struct str *first)
{
    struct laws_citing found[LAWS_CITING_MAX];
    struct laws_place place = {.number = number};
    size_t count;

    cr_assert(test_done(laws_find_named(scene, str_of(name), &place.law_id)));
    cr_assert(test_done(search_who_cites(scene, &place, str_of(name), found, &count)));
    if (first) *first = count ? found[0].title : S("");
    return count;
}

Test(search, an_article_tells_which_articles_that_apply_today_cite_it)
{
    struct str first;

    /* What cites is there before what is cited, and in more than one way. */
    take("1\t甲规定\t第一条\t\t依照乙法第二条、第三条处理。\t2020-01-01\n"
         "2\t丙规定\t第一条\t\t《中华人民共和国乙法》第二条第一款所称的人。\t2020-01-01\n"
         "3\t丁规定\t第一条\t\t依照乙法第二条处理。\t2030-01-01\n"
         "4\t戊规定\t第一条\t\t依照己法第二条处理，见第三条。\t2020-01-01\n");
    take("1\t乙法\t第一条\t\t违反本法第二条的，罚款。\t2020-01-01\n"
         "2\t乙法\t第二条\t\t本条所称的人。\t2020-01-01\n"
         "3\t乙法\t第三条\t\t第二条的例外。\t2020-01-01\n");
    cr_expect_eq(citing("乙法", 2, NULL), 4, "丁 is still to come, 戊 means another law");
    cr_expect_eq(citing("乙法", 3, &first), 1);
    cr_expect(str_same(first, S("甲规定 第一条")));
    cr_expect_eq(citing("乙法", 1, NULL), 0);
    take("1\t甲规定\t第一条\t\t另行处理。\t2022-01-01\n");
    cr_expect_eq(citing("乙法", 3, NULL), 0, "amended, it cites it no more");
}

Test(search, a_law_is_found_by_its_names_and_a_citation_by_its_article)
{
    struct search_find_view v;

    take(now_and_then);
    v = ask("civil code");
    cr_assert_eq(v.laws_count, 1);
    cr_expect(str_same(v.laws[0].title, S("民法典")));
    cr_expect(v.laws[0].about.len == 0);
    v = ask("婚姻法");
    cr_assert_eq(v.laws_count, 1);
    cr_expect(v.laws[0].about.len > 0, "it says that it does not apply today");
    v = ask("民法典第二条");
    cr_expect(str_ends(v.cited, S("/articles/2")));
    cr_expect(ask("民法典第九条").cited.len == 0, "there is none");
}

static const char words_file[] =
    "categories:\n  - {word: guidance, zh: 指引, en: Advice}\n"
    "needs:\n  - {word: wages, zh: 工资, en: Wages}\n"
    "offices:\n  - {word: hall, zh: 大厅, en: Hall, calendar: working}\n"
    "departments:\n  - {word: justice, zh: 司法局, en: Justice bureau}\n";
static const char item_file[] = "item: wills\nbranch: legal\ncategory: guidance\nprocess: desk\n"
                                "department: justice\nneeds: [wages]\n"
                                "name: {zh: 遗嘱库, en: Register of wills}\n"
                                "object: {zh: 大家, en: Everybody}\n"
                                "content: {zh: 存放遗嘱, en: Wills are kept}\n"
                                "method: {zh: 当面, en: Face to face}\n"
                                "provider: {zh: 律师, en: Lawyers}\n";

static void release(const char *day)
{
    static const struct process desk[] = {{"desk", "Desk", ""}, {0}};
    static const struct module room = {.name = "room", .processes = desk};
    struct items_source sources[] = {{S("words.yaml"), str_of(words_file)},
                                     {S("wills.yaml"), str_of(item_file)}};
    struct items_import_form form = {
        .sources = sources, .count = COUNT(sources), .from = str_of(day)};
    struct items_import_report report;

    items_learn((const struct module *[]){&room, NULL});
    cr_assert(test_done(test_act(scene, &items_import, &form, &report)), "%.*s",
              STR_ARGS(report.problems));
}

Test(search, services_of_the_list_in_force_are_a_group_of_their_own)
{
    struct search_find_view v;

    release("2030-01-01");
    v = ask("遗嘱");
    cr_expect(v.items_count == 0 && v.is_empty, "what is planned is not hinted at");
    scene->now = 1924992000; /* 2031 */
    v = ask("遗嘱");
    cr_assert_eq(v.items_count, 1);
    cr_expect(str_same(v.items[0].url, S("/items/wills")));
    cr_expect_eq(v.items_hold_from, calendar_moment_of(2030, 1, 1, 0));
    cr_expect(!v.is_empty);
    cr_expect_eq(ask("量子力学").items_count, 0);
}

static struct outcome load_divisions(struct scene *of, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui District")},
        {S("310104003"), S("310104"), S("street"), S("天平路街道"), S("")}};

    (void)form, (void)result;
    return identity_divisions_load(of, divisions, COUNT(divisions));
}

Test(search, a_district_or_street_is_found_by_what_people_call_it)
{
    static const struct act act = {
        .name = "test.divisions", .who = WHO_SYSTEM, .run = load_divisions};
    static const struct {
        const char *q, *url;
    } rows[] = {{"徐汇区", "/places/310104"},
                {"徐汇", "/places/310104"},
                {"xuhui", "/places/310104"},
                {"天平路", "/places/310104003"},
                {"310104003", "/places/310104003"}};

    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct search_find_view v = ask(rows[i].q);

        cr_assert_eq(v.places_count, 1, "%s", rows[i].q);
        cr_expect(str_same(v.places[0].url, str_of(rows[i].url)), "%s", rows[i].q);
        cr_expect(!v.is_empty);
    }
    cr_expect_eq(ask("上海市").places_count, 0);
    cr_expect_eq(ask("徐").places_count, 0);
}

/* All suggestions as "text/kind" with blanks between. */
static struct str suggested(const char *q)
{
    struct search_suggest_view v = {0};
    struct str made = S(""), go;

    cr_assert(test_done(test_show(scene, &search_module, "/search/suggestions",
                                  arena_print(scene->arena, "q=%s", q).at, &v, &go)));
    for (size_t i = 0; i < v.suggestions_count; i++)
        made = arena_print(scene->arena, "%.*s%s%.*s/%.*s", STR_ARGS(made), i ? " " : "",
                           STR_ARGS(v.suggestions[i].text), STR_ARGS(v.suggestions[i].kind));
    return made;
}

Test(search, names_are_suggested_while_somebody_types)
{
    take(now_and_then);
    release("");
    cr_expect(str_same(suggested("min"), S("民法典/law")));
    cr_expect(str_same(suggested("mfd"), S("民法典/law")));
    cr_expect(str_same(suggested("civil"), S("民法典/law")));
    cr_expect(str_same(suggested("遺囑"), S("遗嘱库/item")));
    cr_expect(str_same(suggested("yizhu"), S("遗嘱库/item")));
    cr_expect(str_same(suggested(""), S("")));
    cr_expect(str_same(suggested("%27%3Cb%3E"), S("")));
}

Test(search, what_may_be_misspelt_is_offered_when_nothing_is_called_so)
{
    struct search_find_view v;

    take(now_and_then);
    v = ask("民法点");
    cr_assert_eq(v.meant_count, 1);
    cr_expect(str_same(v.meant[0].text, S("民法典")));
    cr_expect_eq(ask("民法典").meant_count, 0, "it is called so");
    cr_expect_eq(ask("civil cdoe").meant_count, 1);
    cr_expect_eq(ask("婚音法").meant_count, 0, "a law that does not apply today is no hint");
    cr_expect_eq(ask("俩口子过不到一块").meant_count, 0);
}

Test(search, what_does_not_hold_today_is_not_suggested)
{
    take(now_and_then);
    release("2030-01-01");
    cr_expect(str_same(suggested("婚姻法"), S("")), "repealed");
    cr_expect(str_same(suggested("将来"), S("")), "to come");
    cr_expect(str_same(suggested("遗嘱"), S("")), "planned");
    scene->now = 1924992000; /* 2031 */
    cr_expect(str_same(suggested("将来"), S("将来法/law")));
    cr_expect(str_same(suggested("遗嘱"), S("遗嘱库/item")));
}

Test(search, services_and_laws_are_found_by_sound_and_in_traditional_characters)
{
    take(now_and_then);
    release("");
    cr_expect_eq(ask("minfadian").laws_count, 1);
    cr_expect_eq(ask("yizhu").items_count, 1);
    cr_expect_eq(ask("遺囑").items_count, 1);
    cr_assert_eq(ask("離婚").articles_count, 2);
    cr_expect(str_same(ask("離婚").articles[0].match, S("离婚")));
}

Test(search, nothing_is_found_of_nothing_and_it_says_so)
{
    take(now_and_then);
    cr_expect(ask("").articles_count == 0 && !ask("").is_empty);
    cr_expect(ask("量子力学").is_empty);
    cr_expect(ask("<script>").is_empty);
    cr_expect(ask("!_").is_empty, "no pattern of the store");
}

/* ---- fields of law ---- */

static const char field_table[] = "# a remark\n民法典\t1040\t1118\tfamily\n民法典\t\t\tcontract\n"
                                  "劳动\t\t\tlabour\n";

Test(search, an_article_belongs_to_the_field_of_the_first_line_that_fits)
{
    static const struct {
        const char *law;
        int64_t number;
        const char *field;
    } rows[] = {{"民法典", 1079, "family"},
                {"民法典", 500, "contract"},
                {"劳动合同法", 38, "labour"},
                {"民法典", 0, "contract"},
                {"刑法", 1, ""}};

    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect(
            str_same(search_field_of(str_of(field_table), str_of(rows[i].law), rows[i].number),
                     str_of(rows[i].field)),
            "%s %d", rows[i].law, (int)rows[i].number);
}

Test(search, fields_come_first_by_articles_and_by_words_people_say)
{
    struct search_field fields[] = {{S("labour"), S("工资 wage"), 0},
                                    {S("family"), S("离婚,divorce"), 0},
                                    {S("debt"), S(""), 0}};

    search_field_words(fields, COUNT(fields), S("i want a divorce"));
    search_field_vote(fields, COUNT(fields), S("debt"), 0.1);
    search_field_vote(fields, COUNT(fields), S("nothing"), 5);
    cr_assert_eq(search_field_sort(fields, COUNT(fields)), 2);
    cr_expect(str_same(fields[0].field, S("family")));
    cr_expect(str_same(fields[1].field, S("debt")));
    search_field_vote(fields, COUNT(fields), S("debt"), 0.9);
    search_field_sort(fields, COUNT(fields));
    cr_expect(str_same(fields[0].field, S("debt")));
}

static struct outcome first_fields(struct scene *s, const void *form, void *result)
{
    struct str rows[][7] = {
        {S("labour"), S("劳动"), S("Work"), S(""), S(""), S("lawyer"), S("工资 wage")},
        {S("family"), S("家庭"), S("Family"), S(""), S(""), S("lawyer"), S("离婚")}};

    (void)form, (void)result;
    for (size_t i = 0; i < COUNT(rows); i++) TRY(people_first_field(s, rows[i], (int)i));
    return DONE;
}

Test(search, a_question_brings_the_fields_of_the_articles_that_fit_it_and_apply_today)
{
    static const struct act fill = {
        .name = "installation.init", .who = WHO_SYSTEM, .run = first_fields};
    struct str fields[SEARCH_FIELDS_MAX];
    size_t count;

    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)));
    take("1\t民法典\t第一千零七十九条\t婚姻\t感情破裂的，准予分手。\t2021-01-01\n"
         "2\t劳动破产法\t第一条\t\t感情破裂的，将来受罚。\t2030-01-01\n");
    cr_assert(test_done(search_fields(scene, S("我们感情破裂了"), fields, &count)));
    cr_assert_eq(count, 1);
    cr_expect(str_same(fields[0], S("family")));
    cr_assert(test_done(search_fields(scene, S("老闆拖欠工資"), fields, &count)));
    cr_assert(count >= 1);
    cr_expect(str_same(fields[0], S("labour")), "traditional characters are the same words");
    cr_assert(test_done(search_fields(scene, S("情"), fields, &count)));
    cr_assert(test_done(search_fields(scene, S("xyzzyq"), fields, &count)));
    cr_expect_eq(count, 0);
    cr_assert(test_done(search_fields(scene, S(""), fields, &count)));
    cr_expect_eq(count, 0);
}

static void expect_snippet(const char *text, const char *query, const char *before,
                           const char *match)
{
    struct search_snippet made = search_snippet(str_of(text), str_of(query));

    cr_expect(str_same(made.before, str_of(before)), "%s: %.*s", query, STR_ARGS(made.before));
    cr_expect(str_same(made.match, str_of(match)), "%s: %.*s", query, STR_ARGS(made.match));
}

Test(search, the_longest_run_of_the_question_is_what_is_shown)
{
    expect_snippet("甲乙。夫妻共同财产的分割", "财产和共同财产怎么分", "夫妻", "共同财产");
    expect_snippet("夫妻", "房屋", "夫妻", "");
    expect_snippet("", "房屋", "", "");
    expect_snippet("a b", "", "a b", "");
}

Test(search, a_snippet_is_short_and_of_whole_characters)
{
    struct arena *arena = arena_open(1 << 20);
    struct str text = S("");
    struct search_snippet made;

    for (int i = 0; i < 300; i++) text = arena_print(arena, "%.*s字", STR_ARGS(text));
    text = arena_print(arena, "%.*s房租%.*s", STR_ARGS(text), STR_ARGS(text));
    made = search_snippet(text, S("房租"));
    cr_expect(str_is_utf8(made.before) && str_is_utf8(made.after));
    cr_expect_eq(str_points(made.before) + str_points(made.match) + str_points(made.after),
                 SEARCH_SNIPPET_POINTS);
    cr_expect(made.is_cut_before && made.is_cut_after);
    arena_close(&arena);
}
