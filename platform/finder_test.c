/* finder_test.c -- what is found by which words: the invariants of finder.h. */
#include "platform/finder.h"

#include <criterion/criterion.h>

#include "platform/finder_terms.h"

static struct finder *finder;
static struct arena *arena;

static void set_up(void)
{
    finder = finder_open();
    arena = arena_open(64 << 20);
}
static void tear_down(void)
{
    finder_close(&finder);
    arena_close(&arena);
}
TestSuite(finder, .init = set_up, .fini = tear_down);

static void add(id text_id, const char *title, const char *body)
{
    finder_add(finder, &(struct finder_text){
                           .text_id = text_id, .title = str_of(title), .body = str_of(body)});
}

/* The best text of kind 0; 0: none. */
static id best(const char *query)
{
    struct finder_hit hits[4];

    return finder_ask(finder, arena, str_of(query), 1, &finder_weights, hits, COUNT(hits))
               ? hits[0].text_id
               : 0;
}

Test(finder, a_text_is_found_by_any_two_characters_in_it) /* (1) */
{
    add(1, "", "夫妻一方要求离婚的");
    add(2, "", "用人单位拖欠劳动报酬");
    cr_expect_eq(best("离婚"), 1);
    cr_expect_eq(best("老板拖欠工资"), 2);
    cr_expect_eq(best("遗产"), 0);
    cr_expect_eq(best(""), 0);
}

Test(finder, traditional_wide_and_large_signs_are_the_same) /* (1) */
{
    add(1, "", "劳动合同的解除");
    add(2, "Civil Code 2021", "");
    cr_expect_eq(best("勞動合同"), 1);
    cr_expect_eq(best("ｃｉｖｉｌ"), 2);
    cr_expect_eq(best("CIVIL code"), 2);
    cr_expect_eq(best("２０２１"), 2);
}

Test(finder, a_word_is_found_whole_and_signs_part_pairs)
{
    add(1, "", "labor contract");
    add(2, "", "甲。乙");
    add(3, "", "甲乙");
    cr_expect_eq(best("lab"), 0);
    cr_expect_eq(best("甲乙"), 3, "the pair stands in one only");
}

Test(finder, what_was_added_is_found_and_what_was_dropped_is_not) /* (2) */
{
    add(1, "", "继承");
    cr_expect_eq(best("继承"), 1);
    add(2, "", "继承 继承");
    cr_expect_eq(best("继承"), 2);
    finder_drop(finder, 0, 2);
    cr_expect_eq(best("继承"), 1);
    cr_expect_eq(finder_count(finder), 1);
    finder_drop(finder, 0, 1);
    cr_expect_eq(best("继承"), 0);
}

Test(finder, nothing_of_a_kind_that_was_not_asked_for_is_given_back) /* (3) */
{
    struct finder_hit hits[4];

    finder_add(finder,
               &(struct finder_text){.kind = 3, .text_id = 7, .title = S(""), .body = S("秘密")});
    cr_expect_eq(best("秘密"), 0);
    cr_assert_eq(finder_ask(finder, arena, S("秘密"), 1 << 3, &finder_weights, hits, 4), 1);
    cr_expect(hits[0].kind == 3 && hits[0].text_id == 7);
}

Test(finder, the_rarer_word_counts_for_more)
{
    for (id i = 1; i <= 50; i++) add(i, "", i == 7 ? "合同 定金" : "合同 合同");
    cr_expect_eq(best("合同定金"), 7);
}

Test(finder, a_group_that_is_cited_wins_between_equals)
{
    finder_add(finder, &(struct finder_text){
                           .text_id = 1, .group_id = 10, .title = S(""), .body = S("赔偿")});
    finder_add(finder, &(struct finder_text){
                           .text_id = 2, .group_id = 20, .title = S(""), .body = S("赔偿")});
    cr_expect_eq(best("赔偿"), 1, "the first of two equal ones");
    finder_cite(finder, 20, 5);
    cr_expect_eq(best("赔偿"), 2);
}

/* What is not yet added may be cited already: the groups grow, and move, while it is counted. */
Test(finder, a_group_that_is_cited_before_it_is_added_keeps_its_count)
{
    for (id group = 1; group <= 3000; group++) {
        finder_cite(finder, group, group == 2000);
        finder_answer(finder, 10000 + group, group == 1000);
    }
    for (id group = 1999; group <= 2001; group++)
        finder_add(finder, &(struct finder_text){.text_id = group,
                                                 .group_id = group,
                                                 .title = S(""),
                                                 .body = S("赔偿")});
    cr_expect_eq(best("赔偿"), 2000);
    for (id group = 1; group <= 3; group++)
        finder_add(finder, &(struct finder_text){.text_id = 10998 + group,
                                                 .group_id = 10998 + group,
                                                 .title = S(""),
                                                 .body = S("租金")});
    cr_expect_eq(best("租金"), 11000);
}

Test(finder, the_best_come_first_and_no_more_than_asked_for)
{
    struct finder_hit hits[5];
    size_t count;

    for (id i = 1; i <= 300; i++) {
        struct str body = S("租");

        for (id k = 0; k < i % 17; k++) body = arena_print(arena, "%.*s房租", STR_ARGS(body));
        add(i, "", arena_c(arena, body));
    }
    count = finder_ask(finder, arena, S("房租"), 1, &finder_weights, hits, COUNT(hits));
    cr_assert_eq(count, COUNT(hits));
    for (size_t i = 1; i < count; i++) cr_expect(hits[i - 1].score >= hits[i].score);
    cr_expect_eq(hits[0].text_id % 17, 16);
}

Test(finder, lists_that_grow_long_lose_nothing) /* (4) */
{
    static struct finder_hit hits[5000];

    for (id i = 1; i <= 4000; i++) add(i, "", i % 3 ? "证据" : "证据 时效");
    cr_expect_eq(finder_ask(finder, arena, S("时效"), 1, &finder_weights, hits, 5000), 1333);
    for (size_t i = 0; i < 1333; i++) cr_assert_eq(hits[i].text_id % 3, 0);
    cr_expect_eq(finder_ask(finder, arena, S("证据"), 1, &finder_weights, hits, 5000), 4000);
}

Test(finder, bytes_that_are_no_text_do_no_harm)
{
    static const char odd[] = "\xff\xe7\xa6\xf0\x9f\xe4\xb8";

    finder_add(finder,
               &(struct finder_text){.text_id = 1, .title = S(""), .body = {odd, sizeof odd - 1}});
    add(2, "", "离婚");
    cr_expect_eq(best("\xe7\xa6离婚\xff"), 2);
}

Test(finder, a_plain_text_is_small_narrow_and_simplified_and_no_longer)
{
    static const char *const texts[][2] = {
        {"勞動Ａ法", "劳动a法"}, {"É", "é"}, {"a\xff㎡𠮷", NULL}};

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct str made = finder_plain(arena, str_of(texts[i][0]));

        cr_expect(str_same(made, str_of(texts[i][1] ? texts[i][1] : texts[i][0])), "%s",
                  texts[i][0]);
    }
}

Test(finder, a_text_scores_itself_what_it_would_score)
{
    struct finder_weights w = {.k1 = 1.2, .b = 0.5, .sign = 0.3};
    struct finder_hit hits[1];

    add(1, "", "离婚后孩子由谁抚养");
    add(2, "", "房东不退押金怎么办");
    cr_assert_eq(finder_ask(finder, arena, S("离婚后孩子由谁抚养"), 1, &w, hits, 1), 1);
    cr_expect_float_eq(hits[0].score, finder_self(finder, arena, S("离婚后孩子由谁抚养"), &w),
                       1e-3);
    cr_expect(finder_self(finder, arena, S("离婚以后"), &w) > 0);
    cr_expect_float_eq(finder_self(finder, arena, S(""), &w), 0, 1e-9);
}

Test(finder, a_group_that_has_answered_more_wins_between_equals)
{
    for (id i = 1; i <= 2; i++)
        finder_add(finder,
                   &(struct finder_text){
                       .text_id = i, .group_id = i * 10, .title = S(""), .body = S("赔偿")});
    cr_expect_eq(best("赔偿"), 1);
    finder_answer(finder, 20, 3);
    cr_expect_eq(best("赔偿"), 2);
    finder_answer(finder, 20, -3);
    cr_expect_eq(best("赔偿"), 1);
}

Test(finder, a_share_says_how_much_of_the_words_is_there)
{
    cr_expect(finder_share(arena, S("Civil Code"), S("民法典 civil code")) > 0.99);
    cr_expect(finder_share(arena, S("Civil Code"), S("刑法 criminal code")) < 0.51);
    cr_expect(finder_share(arena, S("勞動法"), S("劳动法")) > 0.99);
    cr_expect(finder_share(arena, S(""), S("劳动法")) < 0.01);
}
