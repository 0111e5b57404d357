/* search_learn_test.c -- what answered questions teach: search_lesson.h and search_learn.c. */
#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "platform/scene_test.h"
#include "service/search/search_views.h"

extern const struct module directory_module, identity_module, laws_module, people_module,
    record_module, register_module, notice_module, repository_module, classics_module,
    search_module;

static struct scene *scene;

static const char laws[] = "1\t民法典\t第一条\t\t夫妻感情破裂的，准予离婚。\t2021-01-01\n"
                           "2\t民法典\t第二条\t\t子女由有利的一方抚养。\t2021-01-01\n"
                           "3\t婚姻法\t第一条\t\t旧的离婚规定。\t1980-01-01\t\t2021-01-01\n"
                           "4\t劳动法\t第一条\t\t用人单位支付劳动报酬。\t1995-01-01\n";

static void take(const char *table)
{
    struct laws_document documents[4];
    struct laws_take_form form = {.documents = documents, .source = S("test.tsv"), .names = S("")};
    struct laws_taken told;
    int64_t line = 1;
    size_t at = 0;

    for (; form.count < COUNT(documents); form.count++) {
        cr_assert(IS_DONE(
            laws_read_table(scene->arena, str_of(table), &at, &line, &documents[form.count])));
        if (!documents[form.count].count) break;
    }
    cr_assert(test_done(test_act(scene, &laws_take, &form, &told)));
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){
                           &notice_module, &identity_module, &laws_module, &items_module,
                           &people_module, &record_module, &register_module, &directory_module,
                           &repository_module, &classics_module, &search_module, NULL});
    search_begin();
    take(laws);
}
static void tear_down(void)
{
    search_end();
    test_scene_close(&scene);
}
TestSuite(search_learn, .init = set_up, .fini = tear_down);

static void read_on(void)
{
    bool more = true;

    while (more) cr_assert(test_done(search_follow(scene, &more)));
}

static struct search_learned learn(const char *table, bool only_these)
{
    struct search_lesson lessons[4];
    struct search_learn_form form = {.lessons = lessons, .only_these = only_these};
    struct search_learned told;
    struct str rest = str_of(table);
    int64_t line = 0;
    bool found = true;

    while (found) {
        cr_assert(test_done(
            search_read_lesson(scene->arena, &rest, &line, &lessons[form.count], &found)));
        form.count += found;
    }
    cr_assert(test_done(test_act(scene, &search_learn, &form, &told)));
    read_on();
    return told;
}

static struct search_find_view ask(const char *q)
{
    struct search_find_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &search_module, "/search",
                                  arena_print(scene->arena, "q=%s", q).at, &v, &go)));
    return v;
}

static const char lesson[] =
    "# a remark\n两口子过不下去了想分开怎么办\t您好，依民法典第一条可以。\t3\n";

Test(search_learn, an_article_is_found_by_a_question_it_has_answered)
{
    struct search_find_view v;

    read_on();
    cr_expect_eq(ask("过不下去想分开").articles_count, 0);
    learn(lesson, false);
    v = ask("过不下去想分开");
    cr_assert_eq(v.articles_count, 1);
    cr_expect(str_same(v.articles[0].name, S("民法典")) && str_same(v.articles[0].article, S("1")));
    cr_expect_eq(ask("量子力学").articles_count, 0, "what is not alike teaches nothing");
}

Test(search_learn, of_a_law_that_has_changed_the_article_of_today_is_found) /* (2) */
{
    learn(lesson, false);
    take("1\t民法典\t第一条\t\t新的第一条。\t2025-01-01\n");
    read_on();
    cr_assert_eq(ask("过不下去想分开").articles_count, 1);
    cr_expect(str_same(ask("过不下去想分开").articles[0].text, S("新的第一条。")));
    learn("老王的旧账怎么算\t婚姻法第一条\n", false);
    cr_expect_eq(ask("老王的旧账").articles_count, 0, "repealed");
}

Test(search_learn, a_question_is_learned_once_and_forgotten_when_it_is_left_out) /* (3) */
{
    struct search_learned told = learn(lesson, false);

    cr_expect(told.added == 1 && told.again == 0 && told.without == 0);
    told = learn(lesson, false);
    cr_expect(told.added == 0 && told.again == 1);
    told = learn("没有引用的问题\t不知道。\n没有的条文\t民法典第九百条\n", false);
    cr_expect(told.added == 0 && told.without == 2);
    cr_expect_eq(ask("过不下去想分开").articles_count, 1);
    learn("老板不给钱\t劳动法第一条\n", true);
    cr_expect_eq(ask("过不下去想分开").articles_count, 0);
    cr_expect_eq(ask("老板不给钱").articles_count, 1);
}

Test(search_learn, no_question_is_shown_to_anybody) /* (1) */
{
    struct search_find_view v;
    struct search_suggest_view suggested = {0};
    struct str go;

    learn("甲路一号的张三欠我钱\t民法典第二条\n", false);
    v = ask("甲路一号的张三");
    cr_assert_eq(v.articles_count, 1);
    cr_expect(str_find(v.articles[0].text, S("张三")) < 0);
    cr_expect_eq(v.laws_count + v.fields_count + v.people_count + v.items_count + v.pages_count, 0);
    cr_assert(test_done(
        test_show(scene, &search_module, "/search/suggestions", "q=甲路", &suggested, &go)));
    cr_expect_eq(suggested.suggestions_count, 0);
}

Test(search_learn, a_row_that_is_none_is_told_by_its_line)
{
    static const char *const tables[] = {"# one\n\n问题\n", "\n\n\t解答\n", "\n\n问题\t\n"};

    for (size_t i = 0; i < COUNT(tables); i++) {
        struct str rest = str_of(tables[i]);
        struct search_lesson read;
        struct outcome outcome;
        int64_t line = 0;
        bool found;

        outcome = search_read_lesson(scene->arena, &rest, &line, &read, &found);
        cr_assert(outcome.refusal != NULL);
        cr_expect(str_same(outcome.detail, S("3")), "%s: %.*s", tables[i],
                  STR_ARGS(outcome.detail));
    }
}

static const struct search_vote votes[] = {{7, 70, 0.5, 0.5}, {8, 80, 0.2, 0.5}};

Test(search_lesson, an_article_that_answered_comes_first_and_its_law_rises) /* (1) */
{
    struct finder_hit hits[6] = {{.text_id = 1, .group_id = 10, .score = 10},
                                 {.text_id = 2, .group_id = 10, .score = 9},
                                 {.text_id = 3, .group_id = 70, .score = 8.9},
                                 {.text_id = 7, .group_id = 70, .score = 8}};
    size_t count = search_lesson_weigh(hits, 4, COUNT(hits), votes, COUNT(votes));

    cr_assert_eq(count, 5);
    cr_expect_eq(hits[0].text_id, 7);
    cr_expect_eq(hits[1].text_id, 1);
    cr_expect_eq(hits[2].text_id, 3, "of the law that answered, before one that was better");
    cr_expect_eq(hits[4].text_id, 8, "brought, and behind those that fit by their own words");
    cr_expect(search_lesson_brought(votes, COUNT(votes), 8));
    cr_expect(!search_lesson_brought(votes, COUNT(votes), 3));
}

Test(search_lesson, several_questions_that_agree_say_more_than_the_most_alike_of_them) /* (1) */
{
    static const struct search_vote agree[] = {
        {7, 0, 0.4, 1}, {8, 0, 0.3, 1}, {8, 0, 0.3, 1}, {9, 0, 1, 1}, {9, 0, 1, 1}};
    struct finder_hit hits[4] = {
        {.text_id = 7, .score = 10}, {.text_id = 8, .score = 10}, {.text_id = 9, .score = 10}};

    cr_assert_eq(search_lesson_weigh(hits, 3, COUNT(hits), agree, COUNT(agree)), 3);
    cr_expect(hits[0].text_id == 9 && hits[1].text_id == 8 && hits[2].text_id == 7);
    cr_expect_lt(hits[0].score, 20, "never more than all there is");
}

Test(search_lesson, no_more_than_there_is_room_for_and_nothing_of_nothing)
{
    struct finder_hit hits[1] = {{.text_id = 1, .score = 1}};

    cr_expect_eq(search_lesson_weigh(hits, 1, 1, votes, COUNT(votes)), 1);
    cr_expect_eq(search_lesson_weigh(hits, 0, 1, votes, 0), 0);
    cr_expect_float_eq(search_lesson_weight(0.05), 0, 1e-9); /* (2) */
    cr_expect(search_lesson_weight(1) > search_lesson_weight(0.5));
}
