/* form_amount_test.c -- amounts are read as people write them, and come back as they were. */
#include "platform/form.h"

#include <criterion/criterion.h>
#include <string.h>

#define AMOUNT_FORM(F)                                                                             \
    F(clock, opens, OPTIONAL, 60, 1439, "Opens", "")                                               \
    F(clock, closes, OPTIONAL, 0, 1440, "Closes", "")                                              \
    F(span, waits, OPTIONAL, 20, 7200, "Waits", "")                                                \
    F(span, rests, OPTIONAL, 0, 90, "Rests", "")                                                   \
    F(milli, score, OPTIONAL, 1000, 5000, "Score", "")                                             \
    F(milli, change, OPTIONAL, -1500, 1500, "Change", "")                                          \
    F(number, share_percent, OPTIONAL, 0, 100, "Share", "")                                        \
    F(milli, must, REQUIRED, 0, 5000, "Must", "")
FORM_STRUCT(amount, AMOUNT_FORM)
#define FORM_THIS amount_form
FORM_TABLE(amount, AMOUNT_FORM)
#undef FORM_THIS

static struct arena *arena;
static struct form_state state;
static struct amount_form values;

static void set_up(void)
{
    arena = arena_open((size_t)8 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(form_amount, .init = set_up, .fini = tear_down);

enum { UNTOUCHED = -77777 };

static const char *wrong_with(const char *name, struct str text, int64_t *value)
{
    int at = form_place(&amount_form, str_of(name));

    cr_assert(at >= 0, "%s", name);
    state = (struct form_state){.form = &amount_form};
    state.given[form_place(&amount_form, S("must"))] = S("1");
    state.given[at] = text;
    *(int64_t *)((char *)&values + amount_form.fields[at].at) = UNTOUCHED;
    form_check(arena, &state, &values);
    *value = *(int64_t *)((char *)&values + amount_form.fields[at].at);
    cr_expect(str_same(state.given[at], text), "what was typed is kept");
    return state.wrong[at] ? state.wrong[at]->key : "";
}

#define EXPECT_AMOUNT(name, text, expected)                                                        \
    do {                                                                                           \
        int64_t value_;                                                                            \
        const char *wrong_ = wrong_with(#name, S(text), &value_);                                  \
        cr_expect_str_eq(wrong_, "", "%s is wrong: %s", text, wrong_);                             \
        cr_expect_eq(value_, expected, "%s gives %lld", text, (long long)value_);                  \
    } while (0)
#define EXPECT_NO_AMOUNT(name, text, key)                                                          \
    do {                                                                                           \
        int64_t value_;                                                                            \
        const char *wrong_ = wrong_with(#name, S(text), &value_);                                  \
        cr_expect_str_eq(wrong_, key, "%s gives %s", text, wrong_);                                \
        cr_expect_eq(value_, UNTOUCHED, "a refused value is not handed on");                       \
    } while (0)

Test(form_amount, a_time_of_day_is_kept_in_minutes)
{
    EXPECT_AMOUNT(opens, "08:00", 480);
    EXPECT_AMOUNT(opens, "8:00", 480);
    EXPECT_AMOUNT(opens, "0800", 480);
    EXPECT_AMOUNT(opens, " 23:59 ", 1439);
    EXPECT_AMOUNT(opens, "01:00", 60);
    EXPECT_AMOUNT(closes, "00:00", 0);
    EXPECT_AMOUNT(closes, "24:00", 1440);
}

Test(form_amount, full_width_signs_of_chinese_input_are_read)
{
    EXPECT_AMOUNT(opens, "８：００", 480);
    EXPECT_AMOUNT(opens, "０８００", 480);
    EXPECT_AMOUNT(opens, "　08：30　", 510);
    EXPECT_AMOUNT(score, "４．７", 4700);
    EXPECT_AMOUNT(score, "4。7", 4700);
    EXPECT_AMOUNT(score, "４，７", 4700);
    EXPECT_AMOUNT(waits, "３分钟", 180);
    EXPECT_AMOUNT(waits, "２０ Ｓ", 20);
    EXPECT_AMOUNT(share_percent, "９５", 95);
}

Test(form_amount, what_is_no_time_of_day_is_refused)
{
    EXPECT_NO_AMOUNT(opens, "480", "field.clock");
    EXPECT_NO_AMOUNT(opens, "8", "field.clock");
    EXPECT_NO_AMOUNT(opens, "8:0", "field.clock");
    EXPECT_NO_AMOUNT(opens, "8:000", "field.clock");
    EXPECT_NO_AMOUNT(opens, "08:60", "field.clock");
    EXPECT_NO_AMOUNT(opens, "24:01", "field.clock");
    EXPECT_NO_AMOUNT(opens, "25:00", "field.clock");
    EXPECT_NO_AMOUNT(opens, ":00", "field.clock");
    EXPECT_NO_AMOUNT(opens, "08:", "field.clock");
    EXPECT_NO_AMOUNT(opens, "008:00", "field.clock");
    EXPECT_NO_AMOUNT(opens, "-1", "field.clock");
    EXPECT_NO_AMOUNT(opens, "-1:00", "field.clock");
    EXPECT_NO_AMOUNT(opens, "08:00:00", "field.clock");
    EXPECT_NO_AMOUNT(opens, "八点", "field.clock");
}

Test(form_amount, limits_are_told_as_people_write_them)
{
    EXPECT_NO_AMOUNT(opens, "24:00", "field.too-large");
    cr_expect(str_same(state.detail[0], S("23:59")));
    EXPECT_NO_AMOUNT(opens, "0:59", "field.too-small");
    cr_expect(str_same(state.detail[0], S("01:00")));
    EXPECT_NO_AMOUNT(score, "47", "field.too-large");
    cr_expect(str_same(state.detail[4], S("5")));
    EXPECT_NO_AMOUNT(change, "-1.501", "field.too-small");
    cr_expect(str_same(state.detail[5], S("-1.5")));
    EXPECT_NO_AMOUNT(waits, "19 s", "field.too-small");
    cr_expect(str_same(state.detail[2], S("20")));
    cr_expect_str_eq(state.wrong[2]->text, "The shortest possible is %1 seconds.");
    EXPECT_NO_AMOUNT(waits, "121 min", "field.too-large");
    cr_expect(str_same(state.detail[2], S("2")));
    cr_expect_str_eq(state.wrong[2]->text, "The longest possible is %1 hours.");
    EXPECT_NO_AMOUNT(rests, "91 s", "field.too-large");
    cr_expect(str_same(state.detail[3], S("90")));
    EXPECT_NO_AMOUNT(rests, "-1 s", "field.too-small");
}

Test(form_amount, a_decimal_is_kept_in_thousandths)
{
    EXPECT_AMOUNT(score, "4.7", 4700);
    EXPECT_AMOUNT(score, "4,7", 4700);
    EXPECT_AMOUNT(score, "4.70", 4700);
    EXPECT_AMOUNT(score, "4.705", 4705);
    EXPECT_AMOUNT(score, "5", 5000);
    EXPECT_AMOUNT(score, "1.000", 1000);
    EXPECT_AMOUNT(change, "-1", -1000);
    EXPECT_AMOUNT(change, "-0.25", -250);
    EXPECT_NO_AMOUNT(score, "-1", "field.too-small");
    EXPECT_NO_AMOUNT(score, "5.001", "field.too-large");
    EXPECT_NO_AMOUNT(score, "4700", "field.too-large");
    EXPECT_NO_AMOUNT(score, "4.7000", "field.decimal");
    EXPECT_NO_AMOUNT(score, "4.", "field.decimal");
    EXPECT_NO_AMOUNT(score, ".5", "field.decimal");
    EXPECT_NO_AMOUNT(score, "4.7.0", "field.decimal");
    EXPECT_NO_AMOUNT(score, "--4", "field.decimal");
    EXPECT_NO_AMOUNT(score, "-", "field.decimal");
    EXPECT_NO_AMOUNT(score, "4 7", "field.decimal");
    EXPECT_NO_AMOUNT(score, "9999999999999999999999", "field.decimal");
    EXPECT_NO_AMOUNT(score, "4.7分", "field.decimal");
}

Test(form_amount, a_length_of_time_needs_its_unit)
{
    EXPECT_AMOUNT(waits, "3 min", 180);
    EXPECT_AMOUNT(waits, "3min", 180);
    EXPECT_AMOUNT(waits, "3 Minutes", 180);
    EXPECT_AMOUNT(waits, "1.5 min", 90);
    EXPECT_AMOUNT(waits, "1 h 30 min", 5400);
    EXPECT_AMOUNT(waits, "1小时30分钟", 5400);
    EXPECT_AMOUNT(waits, "1 小时 30 分 5 秒", 5405);
    EXPECT_AMOUNT(waits, "7200秒", 7200);
    EXPECT_AMOUNT(rests, "0", 0);
    EXPECT_AMOUNT(rests, "0秒", 0);
    EXPECT_NO_AMOUNT(waits, "3", "field.span");
    EXPECT_NO_AMOUNT(waits, "180", "field.span");
    EXPECT_NO_AMOUNT(waits, "min", "field.span");
    EXPECT_NO_AMOUNT(waits, "1:30", "field.span");
    EXPECT_NO_AMOUNT(waits, "3 min 3", "field.span");
    EXPECT_NO_AMOUNT(waits, "30 s 1 min", "field.span");
    EXPECT_NO_AMOUNT(waits, "1 min 1 min", "field.span");
    EXPECT_NO_AMOUNT(waits, "20.5 s", "field.span");
    EXPECT_NO_AMOUNT(waits, "3 stones", "field.span");
    EXPECT_NO_AMOUNT(waits, "9999999999 h", "field.span");
}

Test(form_amount, nothing_is_nothing_unless_it_must_be_there)
{
    int64_t value;

    EXPECT_NO_AMOUNT(opens, "", "");
    EXPECT_NO_AMOUNT(waits, "  ", "");
    cr_expect_str_eq(wrong_with("must", S(""), &value), "field.missing");
    cr_expect_str_eq(wrong_with("must", S("　"), &value), "field.decimal");
}

Test(form_amount, what_is_written_is_read_as_the_same_amount)
{
    static const enum field_kind kinds[] = {FIELD_number, FIELD_clock, FIELD_span, FIELD_milli};

    for (size_t k = 0; k < COUNT(kinds); k++) {
        for (int64_t amount = kinds[k] == FIELD_clock ? 0 : -1300; amount <= 1440; amount++) {
            for (int language = 0; language < LANGUAGES; language++) {
                struct str text = form_amount(arena, (enum language)language, kinds[k], amount);
                int64_t back;

                cr_assert(form_amount_read(kinds[k], text, &back), "%.*s", STR_ARGS(text));
                cr_assert_eq(back, amount, "%.*s is %lld", STR_ARGS(text), (long long)back);
            }
        }
    }
}

#define EXPECT_SAID(language, kind, amount, expected)                                              \
    do {                                                                                           \
        struct str said_ = form_amount(arena, language, kind, amount);                             \
        cr_expect(str_same(said_, S(expected)), "got %.*s", STR_ARGS(said_));                      \
    } while (0)

Test(form_amount, amounts_are_said_in_the_units_of_people)
{
    EXPECT_SAID(LANGUAGE_ZH, FIELD_clock, 485, "08:05");
    EXPECT_SAID(LANGUAGE_EN, FIELD_milli, 4700, "4.7");
    EXPECT_SAID(LANGUAGE_EN, FIELD_milli, 4000, "4");
    EXPECT_SAID(LANGUAGE_EN, FIELD_milli, -50, "-0.05");
    EXPECT_SAID(LANGUAGE_EN, FIELD_span, 5405, "1 h 30 min 5 s");
    EXPECT_SAID(LANGUAGE_ZH, FIELD_span, 5405, "1小时30分钟5秒");
    EXPECT_SAID(LANGUAGE_EN, FIELD_span, 180, "3 min");
    EXPECT_SAID(LANGUAGE_ZH, FIELD_span, 0, "0秒");
}

Test(form_amount, a_number_named_by_its_unit_shows_it)
{
    const struct field *share = &amount_form.fields[form_place(&amount_form, S("share_percent"))];
    struct field rest = *share;

    cr_expect(str_same(form_unit(share, LANGUAGE_ZH), S("%")));
    rest.name = "rest_minutes";
    cr_expect(str_same(form_unit(&rest, LANGUAGE_ZH), S("分钟")));
    cr_expect(str_same(form_unit(&rest, LANGUAGE_EN), S("minutes")));
    rest.name = "places";
    cr_expect_eq(form_unit(&rest, LANGUAGE_EN).len, 0);
    cr_expect_eq(form_unit(&amount_form.fields[0], LANGUAGE_EN).len, 0);
}
