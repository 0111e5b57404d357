/* laws_take_test.c -- laws as files hold them, taken in and shown: laws_source.h, laws_take.c,
 * laws_pages.c. */
#include <criterion/criterion.h>

#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_views.h"
#include "platform/scene_test.h"

extern const struct module laws_module, identity_module;

static struct scene *scene;
static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&identity_module, &laws_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(laws_take, .init = set_up, .fini = tear_down);

static const char names[] = "# remark\n租房法\t房租法\tTenancy Law\n";

/* Takes a whole table in; what was told of the last part. */
static struct laws_taken take(const char *table)
{
    struct laws_document documents[4];
    struct laws_take_form form = {
        .documents = documents, .source = S("test.tsv"), .names = str_of(names)};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    for (; form.count < COUNT(documents); form.count++) {
        struct outcome outcome =
            laws_read_table(scene->arena, str_of(table), &at, &line, &documents[form.count]);

        cr_assert(IS_DONE(outcome));
        if (!documents[form.count].count) break;
    }
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
    return told;
}

static struct outcome read_bad(const char *table)
{
    struct laws_document document;
    int64_t line = 1;
    size_t at = 0;

    return laws_read_table(scene->arena, str_of(table), &at, &line, &document);
}

static const char first[] = "1\t租房法\t第一条\t第一章\t甲。 乙。\n"
                            "2\t租房法\t第二条\t第一章\t丙。\n"
                            "3\t租房法\t第二条之一\t第二章\t丁。\n"
                            "4\t租房法\t第三条\t第二章\t本法自2020年1月1日起施行。\n";
static const char second[] = "1\t租房法\t第一条\t\t新甲。\t2026-01-01\n";
static const char coming[] = "1\t租房法\t第一条\t\t将来。\t2030-01-01\n";

static id law(void)
{
    struct laws_list_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &laws_module, "/laws", "q=租房", &v, &go)));
    cr_assert_eq(v.laws_count, 1);
    return v.laws[0].law;
}

static struct outcome show_article(const char *article, id version, struct laws_article_view *v)
{
    struct str go;

    *v = (struct laws_article_view){0};
    return test_show(scene, &laws_module, "/laws/{law}/articles/{article}",
                     arena_print(scene->arena, "law=%lld&article=%s&version=%lld", (long long)law(),
                                 article, (long long)version)
                         .at,
                     v, &go);
}

Test(laws_take, a_law_is_taken_in_once_however_often_it_is_handed_in) /* take (1) */
{
    struct laws_taken told = take(first);

    cr_expect(told.added == 1 && told.articles == 4 && told.same == 0);
    told = take(first);
    cr_expect(told.added == 0 && told.articles == 0 && told.same == 1);
    cr_expect_eq(test_journal(scene, "laws.take"), 1, "what changes nothing leaves no line");
}

Test(laws_take, an_article_has_its_text_neighbours_and_day)
{
    struct laws_article_view v;

    take(first);
    cr_assert(test_done(show_article("2", 0, &v)));
    cr_expect(str_same(v.text, S("丙。")));
    cr_expect(str_same(v.before->article, S("1")) && str_same(v.after->article, S("2-1")));
    cr_expect_eq(v.version->effective_at, calendar_moment_of(2020, 1, 1, 0));
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect(str_same(v.text, S("甲。\n乙。")), "paragraphs are lines");
    cr_expect(v.before == NULL);
    cr_assert(test_done(show_article("2-1", 0, &v)));
    cr_expect(str_same(v.text, S("丁。")));
    cr_expect(show_article("4", 0, &v).refusal == &act_unknown, "no such article");
    cr_expect(show_article("1", 77, &v).refusal == &act_unknown, "no such version");
}

Test(laws_take, only_the_version_that_applies_today_is_shown_as_such)
{
    struct laws_article_view v;
    id newest;

    take(coming), take(first), take(second);
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect(str_same(v.text, S("新甲。")));
    cr_expect(str_same(v.version->state, S("in_force")));
    cr_assert_eq(v.versions_count, 3);
    cr_expect(str_same(v.versions[0].state, S("coming")));
    cr_expect(str_same(v.versions[2].state, S("ended")));
    cr_expect_eq(v.versions[2].ended_at, calendar_moment_of(2026, 1, 1, 0));
    newest = v.versions[0].version;
    cr_assert(test_done(show_article("1", newest, &v)));
    cr_expect(str_same(v.text, S("将来。")) && str_same(v.version->state, S("coming")));
    scene->now = calendar_moment_of(2025, 12, 31, 0);
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect(str_same(v.text, S("甲。\n乙。")), "as of the day before");
    cr_assert(test_done(show_article("2", 0, &v)));
    cr_expect_eq(v.versions_count, 1, "only versions in which it stands");
}

Test(laws_take, a_repealed_law_says_so)
{
    struct laws_article_view v;

    take("1\t租房法\t第一条\t\t甲。\t2001-01-01\t\t2021-01-01\n");
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect(str_same(v.version->state, S("ended")));
}

Test(laws_take, another_version_is_offered_only_when_it_applies)
{
    struct laws_article_view v;

    take(coming);
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect(!v.version->has_other, "there is none but the one that is to come");
    take("1\t租房法\t第一条\t\t甲。\t2001-01-01\n");
    take("1\t租房法\t第一条\t\t乙。\t2011-01-01\t\t2021-01-01\n");
    cr_assert(test_done(show_article("1", v.versions[0].version, &v)));
    cr_assert_eq(v.versions_count, 3);
    for (size_t i = 0; i < 3; i++) cr_expect(!v.versions[i].has_other, "the last one was repealed");
    take(second);
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_assert_eq(v.versions_count, 4);
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(v.versions[i].has_other, !str_same(v.versions[i].state, S("in_force")));
}

static struct str state_of(const char *name)
{
    struct laws_list_view list = {0};
    struct laws_law_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &laws_module, "/laws",
                                  arena_print(scene->arena, "q=%s", name).at, &list, &go)));
    cr_assert(list.laws_count > 0);
    cr_assert(test_done(
        test_show(scene, &laws_module, "/laws/{law}",
                  arena_print(scene->arena, "law=%lld", (long long)list.laws[0].law).at, &v, &go)));
    return v.version->state;
}

Test(laws_take, what_a_later_law_repeals_by_name_no_longer_applies)
{
    take("1\t租房法\t第一条\t\t甲。\t2001-01-01\n"
         "2\t关于适用《租房法》的解释\t第一条\t\t乙。\t2003-01-01\n"
         "3\t房租法\t第一条\t\t丙。\t2022-01-01\n");
    cr_expect(str_same(state_of("关于适用"), S("in_force")));
    take("1\t居住法\t第九条\t\t本法自2021年1月1日起施行。"
         "《中华人民共和国租房法》、《房租法》同时废止。《车法》另行规定。\n"
         "2\t车法\t第一条\t\t丁。\t2001-01-01\n");
    cr_expect(str_same(state_of("租房法"), S("ended")));
    cr_expect(str_same(state_of("关于适用"), S("ended")), "so does what explains it");
    cr_expect(str_same(state_of("房租法"), S("in_force")), "a law of that name made afterwards");
    cr_expect(str_same(state_of("车法"), S("in_force")), "named in another sentence");
    scene->now = calendar_moment_of(2020, 12, 31, 0);
    cr_expect(str_same(state_of("关于适用"), S("in_force")), "the day before");
}

Test(laws_take, a_day_the_source_gives_is_not_undone_by_one_read_out_of_the_text) /* take (3) */
{
    struct laws_article_view v;

    take("1\t租房法\t第一条\t\t本法自2008年1月1日起施行。\t2013-07-01\n");
    cr_expect_eq(take("1\t租房法\t第一条\t\t本法自2008年1月1日起施行。\n").same, 1);
    cr_assert(test_done(show_article("1", 0, &v)));
    cr_expect_eq(v.version->effective_at, calendar_moment_of(2013, 7, 1, 0));
    cr_expect_eq(take("1\t租房法\t第一条\t\t本法自2008年1月1日起施行。\t2013-08-01\n").changed, 1);
}

Test(laws_take, a_line_that_is_not_understood_is_named)
{
    cr_expect(read_bad("1\t租房法\t第一条\n").refusal == &laws_columns);
    cr_expect(
        str_same(read_bad("# x\n\n1\t租房法\t第一条\t\t甲\n2\t\t第二条\t\t乙\n").detail, S("4")));
    cr_expect(read_bad("1\t租房法\t第一条\t\t甲\t2021-02-30\n").refusal == &laws_bad_day);
    cr_expect(read_bad("1\ta\tb\tc\td\t\t\t\tninth\n").refusal == &laws_columns);
}

Test(laws_take, parts_that_were_joined_in_another_order_are_put_in_theirs)
{
    struct laws_article_view v;

    take("1\t租房法\t第三条\t\t丙\n2\t租房法\t第一条\t\t甲\n3\t租房法\t第二条\t\t乙\n");
    cr_assert(test_done(show_article("2", 0, &v)));
    cr_expect(str_same(v.before->article, S("1")) && str_same(v.after->article, S("3")));
}

Test(laws_take, chapters_of_one_name_in_two_parts_stay_two)
{
    struct laws_law_view v = {0};
    struct str go;

    take("1\t租房法\t第一条\t一般规定\t甲\n2\t租房法\t第二条\t合同\t乙\n3\t租房法\t第三条\t一般规定"
         "\t丙\n");
    cr_assert(
        test_done(test_show(scene, &laws_module, "/laws/{law}",
                            arena_print(scene->arena, "law=%lld", (long long)law()).at, &v, &go)));
    cr_assert_eq(v.chapters_count, 3);
    cr_expect_eq(v.chapters[2].from, 3);
}

Test(laws_take, a_markdown_file_gives_chapters_articles_and_its_day)
{
    static const char text[] =
        "# 中华人民共和国租房法\n\n2019年1月1日 通过\n根据2020年修正\n\n"
        "<!-- INFO END -->\n\n## \xe2\x80\x8b第一章　总则\n\n第一条 甲。\n\n第一款的后面。\n\n"
        "第二条规定的人不是条。\n\n### 第一节\n\n第二条　乙。\n";
    struct laws_document d;

    cr_assert(
        IS_DONE(laws_read_markdown(scene->arena, str_of(text), S("租房法(2020-05-28).md"), &d)));
    cr_expect(str_same(d.title, S("中华人民共和国租房法")));
    cr_expect(str_same(d.remark, S("2019年1月1日 通过\n根据2020年修正")));
    cr_expect_eq(d.effective_at, calendar_moment_of(2020, 5, 28, 0));
    cr_assert_eq(d.count, 2);
    cr_expect(str_same(d.pieces[0].words, S("甲。\n第一款的后面。\n第二条规定的人不是条。")));
    cr_expect(str_same(d.pieces[0].chapter, S("第一章 总则")));
    cr_expect(str_same(d.pieces[1].chapter, S("第一章 总则 第一节")));
    cr_expect_eq(d.pieces[1].number.number, 2);
}

Test(laws_take, a_text_without_articles_is_kept_in_its_own_pieces)
{
    struct laws_document d;

    cr_assert(IS_DONE(
        laws_read_markdown(scene->arena, S("# 批复\n前言\n\n一、甲\n二、乙\n"), S("批复.md"), &d)));
    cr_assert_eq(d.count, 3);
    cr_expect(str_same(d.pieces[1].label, S("一、")) && str_same(d.pieces[1].words, S("甲")));
    cr_expect(laws_read_markdown(scene->arena, S("# 空\n"), S("空.md"), &d).refusal ==
              &laws_no_text);
    cr_expect(laws_read_markdown(scene->arena, S("\xff"), S("x.md"), &d).refusal == &laws_not_utf8);
}
