/* form_test.c -- each kind of field takes what is good, at its edges too, and refuses the rest. */
#include "platform/form.h"

#include <criterion/criterion.h>
#include <string.h>

#define EVERY_FORM(F)                                                                              \
    F(text, title, REQUIRED, 2, 5, "Title", "")                                                    \
    F(lines, story, OPTIONAL, 2, 10, "Story", "")                                                  \
    F(word, code, OPTIONAL, 2, 8, "Code", "")                                                      \
    F(words, marks, OPTIONAL, 1, 12, "Marks", "")                                                  \
    F(number, stars, OPTIONAL, 1, 5, "Stars", "")                                                  \
    F(flag, agreed, OPTIONAL, 0, 1, "Agreed", "")                                                  \
    F(phone, phone, OPTIONAL, 8, 20, "Phone", "")                                                  \
    F(secret, password, OPTIONAL, 8, 16, "Password", "")                                           \
    F(day, born, OPTIONAL, 10, 10, "Born", "")                                                     \
    F(file, paper, OPTIONAL, 1, 2097152, "Paper", "")                                              \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(every, EVERY_FORM)
#define FORM_THIS every_form
FORM_TABLE(every, EVERY_FORM)
#undef FORM_THIS

#define MUST_FORM(F)                                                                               \
    F(text, title, REQUIRED, 1, 5, "", "")                                                         \
    F(word, code, REQUIRED, 1, 8, "", "")                                                          \
    F(number, stars, REQUIRED, 1, 5, "", "")                                                       \
    F(phone, phone, REQUIRED, 8, 20, "", "")                                                       \
    F(secret, password, REQUIRED, 8, 16, "", "")                                                   \
    F(day, born, REQUIRED, 10, 10, "", "")                                                         \
    F(file, paper, REQUIRED, 1, 10, "", "")                                                        \
    F(word, reference, REQUIRED, 8, 8, "", "")                                                     \
    F(code, letter, REQUIRED, 1, 1, "", "")                                                        \
    F(number, row, REQUIRED, 1, INT64_MAX, "", "")                                                 \
    F(number, days, REQUIRED, 1, 30, "", "")
FORM_STRUCT(must, MUST_FORM)
#define FORM_THIS must_form
FORM_TABLE(must, MUST_FORM)
#undef FORM_THIS

static struct arena *arena;
static struct form_state state;
static struct every_form values;

static void set_up(void)
{
    arena = arena_open((size_t)32 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(form, .init = set_up, .fini = tear_down);

/* What is wrong with `name` when it is given as `text` beside a good title: a key, or "". */
static const char *wrong_with(const char *name, struct str text)
{
    int at = form_place(&every_form, str_of(name));

    cr_assert(at >= 0, "%s", name);
    state = (struct form_state){.form = &every_form};
    values = (struct every_form){0};
    state.given[0] = S("Title");
    state.given[at] = text;
    form_check(arena, &state, &values);
    cr_assert_eq(state.wrong_count, state.wrong[at] ? 1 : 0);
    return state.wrong[at] ? state.wrong[at]->key : "";
}

#define EXPECT_GOOD(name, text, expected)                                                          \
    do {                                                                                           \
        const char *wrong_ = wrong_with(#name, S(text));                                           \
        cr_expect_str_eq(wrong_, "", "%s is wrong: %s", text, wrong_);                             \
        cr_expect(str_same(values.name, S(expected)), "got %.*s", STR_ARGS(values.name));          \
    } while (0)
#define EXPECT_WRONG(name, text, key)                                                              \
    do {                                                                                           \
        const char *wrong_ = wrong_with(#name, S(text));                                           \
        cr_expect_str_eq(wrong_, key, "%s gives %s", text, wrong_);                                \
        cr_expect_eq(values.name.len, 0, "a refused value is not handed on");                      \
    } while (0)

Test(form, limits_of_texts_count_characters)
{
    EXPECT_WRONG(title, "", "field.missing");
    EXPECT_WRONG(title, "  \t ", "field.missing");
    EXPECT_WRONG(title, "公", "field.too-short");
    cr_expect(str_same(state.detail[0], S("2")), "the limit is told");
    EXPECT_GOOD(title, "公道", "公道");
    EXPECT_GOOD(title, "一二三四五", "一二三四五");
    EXPECT_WRONG(title, "一二三四五六", "field.too-long");
    cr_expect(str_same(state.detail[0], S("5")));
    EXPECT_GOOD(title, "𠮷𠮷𠮷𠮷😀", "𠮷𠮷𠮷𠮷😀");
    EXPECT_WRONG(title, "𠮷𠮷𠮷𠮷𠮷😀", "field.too-long");
    EXPECT_WRONG(title, "𠮷", "field.too-short");
}

Test(form, what_was_typed_is_kept_to_be_shown_again)
{
    EXPECT_WRONG(title, " 一二三四五六 ", "field.too-long");
    cr_expect(str_same(state.given[0], S(" 一二三四五六 ")));
}

Test(form, one_line_stays_one_line)
{
    EXPECT_GOOD(title, " a\r\nb ", "a b");
    EXPECT_GOOD(title, "a\nb\tc", "a b c");
    EXPECT_GOOD(title, "a\x7f\x01z", "a z");
}

Test(form, line_ends_become_one_character_each)
{
    EXPECT_GOOD(story, "a\r\nb", "a\nb");
    EXPECT_GOOD(story, "a\rb\nc", "a\nb\nc");
    EXPECT_GOOD(story, "a\r\n\r\nb\r\n", "a\n\nb");
    EXPECT_GOOD(story, "一\r\n二\r\n三\r\n四\r\n五六", "一\n二\n三\n四\n五六");
    EXPECT_WRONG(story, "一\r\n二\r\n三\r\n四\r\n五六七", "field.too-long");
    EXPECT_GOOD(story, "", "");
}

Test(form, letters_are_composed_before_they_are_counted)
{
    EXPECT_GOOD(title, "e\xcc\x81te\xcc\x81s", "\xc3\xa9t\xc3\xa9s"); /* an accent apart */
    EXPECT_GOOD(title, "\xe1\x84\x80\xe1\x85\xa1z", "\xea\xb0\x80z"); /* Hangul jamo */
}

Test(form, what_is_not_utf8_is_refused_and_not_shown_again)
{
    EXPECT_WRONG(title, "ab\xff", "field.encoding");
    cr_expect_eq(state.given[0].len, 0);
    EXPECT_WRONG(story, "\xed\xa0\xbd\xed\xb8\x80", "field.encoding");
    EXPECT_WRONG(password, "longenough\xc0\x80", "field.encoding");
    cr_expect_str_eq(wrong_with("title", S("a\0b")), "field.encoding");
}

Test(form, a_word_has_letters_digits_and_three_marks)
{
    EXPECT_GOOD(code, " AZaz09-. ", "AZaz09-.");
    EXPECT_GOOD(code, "_a", "_a");
    EXPECT_GOOD(code, "12345678", "12345678");
    EXPECT_WRONG(code, "123456789", "field.too-long");
    EXPECT_WRONG(code, "1", "field.too-short");
    EXPECT_WRONG(code, "a b", "field.letters");
    EXPECT_WRONG(code, "../x", "field.letters");
    EXPECT_WRONG(code, "a/b", "field.letters");
    EXPECT_WRONG(code, "公道", "field.letters");
    EXPECT_WRONG(code, "a\nb", "field.letters");
    EXPECT_WRONG(code, "a%00", "field.letters");
}

Test(form, words_are_parted_by_blanks)
{
    EXPECT_GOOD(marks, "a b c", "a b c");
    EXPECT_GOOD(marks, "abcdef ghijk", "abcdef ghijk");
    EXPECT_WRONG(marks, "abcdef ghijkl", "field.too-long");
    EXPECT_WRONG(marks, "a,b", "field.letters");
    EXPECT_GOOD(marks, "", "");
}

Test(form, a_number_is_whole_and_within_its_bounds)
{
    static const struct {
        const char *text, *key;
        int64_t value;
    } cases[] = {
        {"1", "", 1},
        {" 5 ", "", 5},
        {"0", "field.too-small", 0},
        {"-1", "field.too-small", 0},
        {"6", "field.too-large", 0},
        {"999999999999999999", "field.too-large", 0},
        {"9999999999999999999999", "field.number", 0},
        {"2.5", "field.number", 0},
        {"two", "field.number", 0},
        {"1 2", "field.number", 0},
        {"0x2", "field.number", 0},
        {"", "", 0},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        cr_expect_str_eq(wrong_with("stars", str_of(cases[i].text)), cases[i].key, "%s",
                         cases[i].text);
        cr_expect_eq(values.stars, cases[i].value, "%s", cases[i].text);
    }
}

Test(form, a_flag_is_on_when_it_is_sent_and_not_sent_as_off)
{
    static const struct {
        const char *text;
        bool value;
    } cases[] = {{"1", true}, {"on", true}, {"true", true},
                 {"", false}, {"0", false}, {"false", false}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        cr_expect_str_eq(wrong_with("agreed", str_of(cases[i].text)), "");
        cr_expect_eq(values.agreed, cases[i].value, "%s", cases[i].text);
    }
    cr_expect_str_eq(wrong_with("agreed", S("perhaps")), "field.flag");
}

Test(form, a_phone_number_is_kept_as_digits)
{
    EXPECT_GOOD(phone, "13800138000", "13800138000");
    EXPECT_GOOD(phone, " 138-0013-8000 ", "13800138000");
    EXPECT_GOOD(phone, "+86 138 0013 8000", "13800138000");
    EXPECT_GOOD(phone, "8613800138000", "13800138000");
    EXPECT_GOOD(phone, "１３８００１３８０００", "13800138000");
    EXPECT_GOOD(phone, "(021) 1234 5678", "02112345678");
    EXPECT_GOOD(phone, "010-1234567", "0101234567");
    EXPECT_GOOD(phone, "0755-12345678", "075512345678");
    EXPECT_GOOD(phone, "", "");
}

Test(form, what_is_no_phone_number_is_refused)
{
    static const char *const bad[] = {
        "12345678901",       "1380013800", "138001380000",         "23800138000", "+1 202 555 0100",
        "138 0013 8000 ext", "call me",    "13800138OOO",          "110",         "0211234",
        "+86138001380001",   "一三八",     "１３８００１３８００", "138;drop",    "+++"};

    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_str_eq(wrong_with("phone", str_of(bad[i])), "field.phone", "%s", bad[i]);
        cr_expect_eq(values.phone.len, 0);
    }
}

Test(form, a_secret_is_taken_as_it_is_and_never_kept)
{
    EXPECT_GOOD(password, " pass word\t", " pass word\t");
    cr_expect_eq(state.given[form_place(&every_form, S("password"))].len, 0);
    EXPECT_WRONG(password, "short", "field.too-short");
    cr_expect_eq(state.given[form_place(&every_form, S("password"))].len, 0);
    EXPECT_GOOD(password, "一二三四五", "一二三四五");
    EXPECT_WRONG(password, "一二三四五六", "field.too-long");
    cr_expect_eq(state.given[form_place(&every_form, S("password"))].len, 0);
}

Test(form, a_day_is_one_of_the_calendar)
{
    static const char *const bad[] = {"2026-13-01", "2026-00-10", "2026-11-31", "2026-02-29",
                                      "1900-02-29", "2026-11-00", "1899-12-31", "2026/11/22",
                                      "22-11-2026", "2026-1-1",   "2026-11-2x", "2026-11-222",
                                      "２０２６"};

    EXPECT_GOOD(born, "1900-01-01", "1900-01-01");
    EXPECT_GOOD(born, " 2024-02-29 ", "2024-02-29");
    EXPECT_GOOD(born, "2000-02-29", "2000-02-29");
    EXPECT_GOOD(born, "2026-12-31", "2026-12-31");
    for (size_t i = 0; i < COUNT(bad); i++)
        cr_expect_str_eq(wrong_with("born", str_of(bad[i])), "field.day", "%s", bad[i]);
}

Test(form, a_file_is_measured_and_its_bytes_are_not_judged)
{
    char *large = arena_take(arena, 2097153, 1);

    cr_expect_str_eq(wrong_with("paper", S("\xff\0\xd8")), "");
    cr_expect(str_same(values.paper.bytes, S("\xff\0\xd8")));
    cr_expect_str_eq(wrong_with("paper", (struct str){large, 2097152}), "");
    cr_expect_str_eq(wrong_with("paper", (struct str){large, 2097153}), "file.too-large");
    cr_expect(str_same(state.detail[form_place(&every_form, S("paper"))], S("2")), "in MB");
}

Test(form, what_is_missing_is_named_field_by_field)
{
    static const char *const keys[] = {"field.missing", "field.choose",  "field.choose",
                                       "field.missing", "field.missing", "field.missing",
                                       "file.missing",  "field.missing", "field.missing",
                                       "field.choose",  "field.missing"};
    struct must_form must = {0};

    state = (struct form_state){.form = &must_form};
    cr_expect_eq(form_check(arena, &state, &must), COUNT(keys));
    for (size_t i = 0; i < COUNT(keys); i++) {
        cr_assert_not_null(state.wrong[i], "%zu", i);
        cr_expect_str_eq(state.wrong[i]->key, keys[i], "%zu", i);
    }
}

Test(form, a_second_look_forgets_the_first)
{
    cr_expect_str_neq(wrong_with("code", S("?")), "");
    state.given[form_place(&every_form, S("code"))] = S("fine");
    cr_expect_eq(form_check(arena, &state, &values), 0);
    cr_expect(str_same(values.code, S("fine")));
}

Test(form, what_is_made_inside_is_not_taken_from_outside)
{
    cr_expect_str_eq(wrong_with("made", S("by a stranger")), "");
    cr_expect_eq(values.made.len, 0);
}

Test(form, a_field_is_found_by_its_whole_name)
{
    cr_expect_eq(form_place(&every_form, S("title")), 0);
    cr_expect_eq(form_place(&every_form, S("titl")), -1);
    cr_expect_eq(form_place(&every_form, S("titles")), -1);
    cr_expect_eq(form_place(&every_form, S("")), -1);
}
