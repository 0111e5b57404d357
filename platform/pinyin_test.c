/* pinyin_test.c -- what is typed, and the names it stands for: pinyin.h and names.h. */
#include <criterion/criterion.h>

#include "platform/names.h"

static enum pinyin_fit fit(const char *text, const char *name)
{
    struct pinyin_typed typed;

    return pinyin_typed(str_of(text), &typed) ? pinyin_fits(&typed, str_of(name)) : PINYIN_NONE;
}

Test(pinyin, a_name_is_typed_by_its_sounds_whole_or_begun) /* (1) */
{
    static const char *const ways[] = {"laodonghetong", "ldht",  "laodht", "LDHT",       "lao dong",
                                       "lao'dong",      "ldhtf", "劳dong", "laodong合同"};

    for (size_t i = 0; i < COUNT(ways); i++)
        cr_expect_eq(fit(ways[i], "劳动合同法"), PINYIN_SOUND_FIRST, "%s", ways[i]);
    cr_expect_eq(fit("hetong", "劳动合同法"), PINYIN_SOUND_WITHIN);
    cr_expect_eq(fit("ldxt", "劳动合同法"), PINYIN_NONE);
    cr_expect_eq(fit("aodong", "劳动合同法"), PINYIN_NONE, "the end of a sound is none");
    cr_expect_eq(fit("ldhtfx", "劳动合同法"), PINYIN_NONE, "all of it must be used up"); /* (3) */
}

/* (4) */
Test(pinyin, what_is_misspelt_fits_by_its_sounds_or_with_a_slip)
{
    static const struct {
        const char *text, *name;
        bool fits;
    } rows[] = {{"劳动和同法", "劳动合同法", true},
                {"劳动和同", "中华人民共和国劳动合同法", true},
                {"公正", "公证法", true}, /* two characters: by sound */
                {"工正", "公证法", true},
                {"公司", "公证法", false},
                {"民事讼法", "民事诉讼法", false}, /* four: none may be missing */
                {"刑事诉诉法", "刑事诉讼法", true},
                {"民事诉讼讼法", "民事诉讼法", true},
                {"labuor contract", "Labour Contract Law", true},
                {"labour contarct law", "Labour Contract Law", true},
                {"lawer", "Lawyers Law", true},
                {"bourc", "Labour Contract Law", false}, /* the middle of a word */
                {"lego brick", "Legal Aid Law", false}};
    struct pinyin_typed typed;

    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_assert(pinyin_misspelt(str_of(rows[i].text), &typed));
        cr_expect_eq(pinyin_fits(&typed, str_of(rows[i].name)) != PINYIN_NONE, rows[i].fits,
                     "%s: %s", rows[i].text, rows[i].name);
    }
    cr_expect_not(pinyin_misspelt(S("law"), &typed), "too short to say");
    cr_expect_not(pinyin_misspelt(S("老板拖欠工资三个月了我该怎么办去哪里告他呢请问大家"), &typed));
}

Test(pinyin, u_with_two_dots_is_v_or_u) /* (1) */
{
    cr_expect_eq(fit("lvshi", "律师法"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("lushi", "律师法"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("lvxing", "履行"), PINYIN_SOUND_FIRST);
}

Test(pinyin, a_character_with_two_sounds_is_found_by_both)
{
    cr_expect_eq(fit("yinhang", "银行业监督管理法"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("xingzheng", "行政处罚法"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("tiaojie", "调解"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("diaocha", "调查"), PINYIN_SOUND_FIRST);
    cr_expect_eq(fit("kuaiji", "会计法"), PINYIN_SOUND_FIRST);
}

Test(pinyin, signs_are_found_traditional_simplified_and_wide)
{
    cr_expect_eq(fit("勞動", "劳动合同法"), PINYIN_SIGNS_FIRST);
    cr_expect_eq(fit("合同", "劳动合同法"), PINYIN_SIGNS_WITHIN);
    cr_expect_eq(fit("法", "劳动合同法"), PINYIN_SIGNS_WITHIN);
    cr_expect_eq(fit("ｃｉｖｉｌ", "民法典 civil code"), PINYIN_SIGNS_WITHIN);
}

Test(pinyin, letters_are_typed_from_the_beginning_of_a_word) /* (2) */
{
    cr_expect_eq(fit("co", "Civil Code"), PINYIN_SIGNS_WITHIN);
    cr_expect_eq(fit("civil co", "Civil Code"), PINYIN_SIGNS_FIRST);
    cr_expect_eq(fit("ode", "Civil Code"), PINYIN_NONE);
}

Test(pinyin, too_little_too_much_and_what_is_no_text_fit_nothing)
{
    static const char *const ways[] = {"",
                                       " ",
                                       "l",
                                       "\xff",
                                       "\xe5\x8a",
                                       "''",
                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

    for (size_t i = 0; i < COUNT(ways); i++)
        cr_expect_eq(fit(ways[i], "劳动合同法"), PINYIN_NONE, "%s", ways[i]);
    cr_expect_eq(fit("ld", ""), PINYIN_NONE);
    cr_expect_eq(fit("ld", "\xe5\x8a"), PINYIN_NONE);
}

Test(names, the_best_come_first_and_what_was_put_last_holds)
{
    struct names *names = names_open();
    struct names_hit hits[2];
    struct pinyin_typed typed;

    names_put(names, 30, S("劳动争议调解仲裁法 labor dispute law"));
    names_put(names, 10, S("关于劳动的规定"));
    names_put(names, 20, S("劳动法 labor law"));
    cr_assert(pinyin_typed(S("laodong"), &typed));
    cr_assert_eq(names_ask(names, &typed, hits, 2), 2);
    cr_expect(hits[0].name_id == 20 && hits[1].name_id == 30);
    names_put(names, 20, S("刑法"));
    cr_assert_eq(names_ask(names, &typed, hits, 2), 2);
    cr_expect(hits[0].name_id == 30 && hits[1].name_id == 10);
    names_close(&names);
}
