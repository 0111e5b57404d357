/* laws_test.c -- numerals, labels, names, days and what applies: the invariants of laws.h. */
#include "desk/laws/laws.h"

#include <criterion/criterion.h>

#include "desk/calendar/calendar.h"

static int64_t numeral(const char *text)
{
    int64_t number;

    return laws_numeral(str_of(text), &number) == str_of(text).len ? number : -1;
}

Test(laws, a_numeral_is_the_same_in_every_script) /* (3) */
{
    static const struct {
        const char *text;
        int64_t number;
    } rows[] = {
        {"1079", 1079},     {"一千零七十九", 1079}, {"一〇七九", 1079}, {"１０７９", 1079},
        {"十", 10},         {"十二", 12},           {"二十", 20},       {"一百", 100},
        {"一百零五", 105},  {"一百一十", 110},      {"三百八十", 380},  {"一千二百六十", 1260},
        {"一千零一", 1001}, {"两百", 200},          {"一百二十三", 123}};

    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect_eq(numeral(rows[i].text), rows[i].number, "%s", rows[i].text);
}

Test(laws, what_is_no_numeral_is_none)
{
    int64_t number;

    cr_expect_eq(laws_numeral(S(""), &number), 0);
    cr_expect_eq(laws_numeral(S("条"), &number), 0);
    cr_expect_eq(laws_numeral(S("零"), &number), 0);
    cr_expect_eq(laws_numeral(S("999999999999999999999"), &number), 0, "too great");
    cr_expect_eq(laws_numeral(S("九万万万万"), &number), 0, "too great in characters too");
}

Test(laws, every_number_of_the_civil_code_is_read_as_it_is_written)
{
    static const char *const signs[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    struct arena *arena = arena_open(1 << 20);

    for (int n = 1; n <= 1260; n++) {
        int thousand = n / 1000, hundred = n / 100 % 10, ten = n / 10 % 10, one = n % 10;
        struct str text =
            arena_print(arena, "第%s%s%s%s%s%s%s%s%s条", signs[thousand], thousand ? "千" : "",
                        thousand && !hundred && n % 100 ? "零" : "", signs[hundred],
                        hundred ? "百" : "", (hundred && !ten && one) ? "零" : "",
                        n >= 10 && n < 20 ? "" : signs[ten], ten ? "十" : "", signs[one]);
        struct laws_label label;

        cr_expect_eq(laws_label(text, &label), text.len, "%.*s", STR_ARGS(text));
        cr_expect_eq(label.number, n, "%.*s", STR_ARGS(text));
        cr_expect_eq(label.sub, 0);
        arena_reset(arena);
    }
    arena_close(&arena);
}

Test(laws, an_article_put_in_later_has_a_number_of_its_own)
{
    struct laws_label label;

    cr_expect_eq(laws_label(S("第一百二十条之一"), &label), S("第一百二十条之一").len);
    cr_expect(label.number == 120 && label.sub == 1);
    cr_expect_eq(laws_label(S("第三条之规定"), &label), S("第三条").len);
    cr_expect(label.number == 3 && label.sub == 0);
    cr_expect_eq(laws_label(S("第三章"), &label), 0);
}

Test(laws, an_address_leads_back_to_its_article)
{
    struct arena *arena = arena_open(4096);
    static const int64_t rows[][3] = {{1079, 0, 5}, {120, 1, 5}, {0, 0, 12}};
    struct laws_label label;
    int64_t position;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str text = laws_address(arena, rows[i][0], rows[i][1], rows[i][2]);

        cr_expect(laws_address_read(text, &label, &position));
        cr_expect(label.number == rows[i][0] && label.sub == rows[i][1]);
        cr_expect_eq(position, rows[i][0] ? 0 : rows[i][2]);
    }
    cr_expect(!laws_address_read(S(""), &label, &position));
    cr_expect(!laws_address_read(S("0"), &label, &position));
    cr_expect(!laws_address_read(S("12-"), &label, &position));
    cr_expect(!laws_address_read(S("-1"), &label, &position));
    cr_expect(!laws_address_read(S("p0"), &label, &position));
    arena_close(&arena);
}

static void expect_name(const char *title, const char *name)
{
    struct str made = laws_plain_name(str_of(title));

    cr_expect(str_same(made, str_of(name)), "%s: %.*s", title, STR_ARGS(made));
}

Test(laws, a_law_is_called_by_its_plain_name)
{
    expect_name("《中华人民共和国劳动合同法》", "劳动合同法");
    expect_name(" 中华人民共和国刑法 ", "刑法");
    expect_name("公司法（2018修正）", "公司法");
    expect_name("民事诉讼法(2023年修正)", "民事诉讼法");
    expect_name("关于审理劳动争议案件适用法律问题的解释（一）",
                "关于审理劳动争议案件适用法律问题的解释（一）");
    expect_name("管理办法（试行）", "管理办法（试行）");
    expect_name("（", "（");
}

Test(laws, the_day_a_law_says_it_applies_from_is_found)
{
    moment day = calendar_moment_of(2021, 1, 1, 0);

    cr_expect_eq(laws_effective(S("本法自2021年1月1日起施行。《婚姻法》同时废止。")), day);
    cr_expect_eq(laws_effective(S("自公布之日起三十日内办理，本法自二〇二一年一月一日起施行。")),
                 day);
    cr_expect_eq(laws_effective(S("本法自公布之日起施行。")), 0);
    cr_expect_eq(laws_effective(S("自2021年2月30日起施行")), 0, "there is no such day");
    cr_expect_eq(laws_effective(S("自2021年1月1日至今")), 0);
}

Test(laws, a_version_applies_until_the_next_one_begins) /* (1) (2) */
{
    cr_expect_eq(laws_state(100, 0, 0, 99), LAWS_COMING);
    cr_expect_eq(laws_state(100, 0, 0, 100), LAWS_IN_FORCE);
    cr_expect_eq(laws_state(100, 0, 200, 199), LAWS_IN_FORCE);
    cr_expect_eq(laws_state(100, 0, 200, 200), LAWS_ENDED);
    cr_expect_eq(laws_state(100, 150, 0, 150), LAWS_ENDED, "repealed");
    cr_expect_eq(laws_state(0, 0, 0, 1), LAWS_IN_FORCE, "a day nobody knows");
}
