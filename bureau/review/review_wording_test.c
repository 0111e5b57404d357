/* review_wording_test.c -- cites the invariants of review_wording.h. */
#include <criterion/criterion.h>

#include "bureau/review/review_wording.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(8 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(review_wording, .init = set_up, .fini = tear_down);

static const struct {
    enum review_wording kind;
    const char *text;
} written[] = {
    {REVIEW_CONTACT, "加*微信"}, {REVIEW_CONTACT, "1##########"}, {REVIEW_CONTACT, "加*vx"},
    {REVIEW_MONEY, "收费*元"},   {REVIEW_MONEY, "转账给我"},      {REVIEW_MONEY, "pay me"},
    {REVIEW_SERVICE, "委托我"},  {REVIEW_ALLOWED, "不收费"},      {REVIEW_ALLOWED, "不收取*费用"},
};

static unsigned find(const char *text)
{
    struct review_pattern patterns[COUNT(written)];
    int first;

    for (size_t i = 0; i < COUNT(written); i++)
        patterns[i] = (struct review_pattern){written[i].kind,
                                              review_plain_pattern(arena, str_of(written[i].text))};
    return review_find_wording(arena, str_of(text), patterns, COUNT(written), &first);
}

static bool plain_is(const char *text, const char *plain)
{
    return str_same(review_plain(arena, str_of(text)), str_of(plain));
}

Test(review_wording, plain_form_undoes_simple_disguise)
{
    cr_assert(plain_is("ＶＸ：１３８", "vx138"));
    cr_assert(plain_is("v-X  ①③⑧", "vx138"));
    cr_assert(plain_is("一三八 零零零零", "1380000"));
    cr_assert(plain_is("壹叁捌〇", "1380"));
    cr_assert(plain_is("轉帳給我", "转账给我"));
    cr_assert(plain_is("薇·信", "微信"));
    cr_assert(plain_is("加\xE2\x80\x8B微\xE2\x80\x8D信", "加微信"), "marks of no width");
    cr_assert(plain_is("…!、 \n", ""));
    cr_assert(plain_is("", ""));
    cr_assert(plain_is("\xFF\xFE", ""), "no UTF-8: nothing");
}

Test(review_wording, patterns_keep_their_signs_but_not_at_an_end)
{
    cr_assert(str_same(review_plain_pattern(arena, S(" ** 加 * * 微信 *")), S("加*微信")));
    cr_assert(str_same(review_plain_pattern(arena, S("***")), S("")));
    cr_assert(str_same(review_plain_pattern(arena, S("一##")), S("1##")));
}

Test(review_wording, what_is_meant_is_found_however_it_is_written)
{
    const unsigned contact = 1u << REVIEW_CONTACT, money = 1u << REVIEW_MONEY;

    cr_assert(find("加我微信") == contact);
    cr_assert(find("请加 一 下 我 的 薇.信 吧") == contact);
    cr_assert(find("加 Ｖ Ｘ") == contact);
    cr_assert(find("一三八零零一三八零零零") == contact);
    cr_assert(find("138-0013-8000") == contact);
    cr_assert(find("1.3.8.0.0.1.3.8.0.0.0") == contact);
    cr_assert(find("收費５００元") == money);
    cr_assert(find("Please PAY  ME first") == money);
    cr_assert(find("可以委托我，加微信，收费五百元") == (contact | money | 1u << REVIEW_SERVICE));
}

Test(review_wording, ordinary_advice_is_left_alone)
{
    static const char *const plain[] = {
        "您可以先申请劳动仲裁，仲裁不收费。",
        "请保存好微信聊天记录和转账凭证。",
        "对方欠您 13800 元，加上利息共 14000 元。",
        "第一百四十三条规定，民事法律行为有效的条件有三项。",
        "诉讼费由败诉方承担，本平台不收取任何的费用。",
        "",
    };

    for (size_t i = 0; i < COUNT(plain); i++) cr_assert(find(plain[i]) == 0, "%s", plain[i]);
}

Test(review_wording, an_allowed_phrase_covers_and_parts) /* (2) */
{
    cr_assert(find("不收费") == 0);
    cr_assert(find("收费五元") == 1u << REVIEW_MONEY);
    cr_assert(find("不收费，赔偿五百元") == 0, "what is covered is no part of a match");
    cr_assert(find("不收费，但是收费五百元") == 1u << REVIEW_MONEY);
}

Test(review_wording, a_gap_is_ten_characters_at_most) /* (3) */
{
    cr_assert(find("加甲甲甲甲甲甲甲甲甲甲微信") != 0);
    cr_assert(find("加甲甲甲甲甲甲甲甲甲甲甲微信") == 0);
    cr_assert(find("加加加加加加加加加加加加加微信") != 0, "every start is tried");
}

Test(review_wording, the_first_pattern_that_matched_is_told)
{
    struct review_pattern patterns[] = {{REVIEW_MONEY, S("收费")}, {REVIEW_CONTACT, S("私聊")}};
    int first;

    cr_assert(review_find_wording(arena, S("我们私聊"), patterns, 2, &first) ==
              1u << REVIEW_CONTACT);
    cr_assert(first == 1);
    cr_assert(review_find_wording(arena, S("你好"), patterns, 2, &first) == 0);
    cr_assert(first == -1);
}

Test(review_wording, kinds_are_words)
{
    for (int i = 0; i < REVIEW_WORDINGS; i++) {
        enum review_wording kind;

        cr_assert(review_wording_of(review_wording_word((enum review_wording)i), &kind));
        cr_assert((int)kind == i);
        cr_assert(review_wording_name(kind)[0]);
    }
    cr_assert(!review_wording_of(S("none"), &(enum review_wording){0}));
}
