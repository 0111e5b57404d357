/* base_test.c -- texts are cut where they should be, and what is not UTF-8 is told apart. */
#include "platform/base.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

#define BYTES(literal) ((struct str){literal, sizeof(literal) - 1})

Test(base, well_formed_utf8_is_taken)
{
    const struct str good[] = {
        BYTES(""),
        BYTES("plain"),
        BYTES("\x7f"),
        BYTES("\xc2\x80"),         /* U+0080, the first of two bytes */
        BYTES("\xdf\xbf"),         /* U+07FF */
        BYTES("\xe0\xa0\x80"),     /* U+0800, the first of three */
        BYTES("\xed\x9f\xbf"),     /* U+D7FF, the last before the surrogates */
        BYTES("\xee\x80\x80"),     /* U+E000, the first behind them */
        BYTES("\xef\xbf\xbf"),     /* U+FFFF */
        BYTES("\xf0\x90\x80\x80"), /* U+10000, the first of four */
        BYTES("\xf4\x8f\xbf\xbf"), /* U+10FFFF, the last of all */
        BYTES("公道\xf0\xa0\xae\xb7 a"),
    };

    for (size_t i = 0; i < COUNT(good); i++) cr_expect(str_is_utf8(good[i]), "%zu", i);
}

Test(base, what_is_not_utf8_is_refused)
{
    const struct str bad[] = {
        BYTES("\0"), /* NUL is a character nobody types */
        BYTES("a\0b"),
        BYTES("\x80"), /* a continuation alone */
        BYTES("\xbf"),
        BYTES("\xc0\x80"), /* overlong NUL */
        BYTES("\xc0\xaf"), /* overlong '/' */
        BYTES("\xc1\xbf"),
        BYTES("\xe0\x80\xaf"), /* overlong, three bytes */
        BYTES("\xe0\x9f\xbf"),
        BYTES("\xf0\x80\x80\xaf"), /* overlong, four bytes */
        BYTES("\xf0\x8f\xbf\xbf"),
        BYTES("\xed\xa0\x80"), /* the first surrogate, U+D800 */
        BYTES("\xed\xaf\xbf"),
        BYTES("\xed\xb0\x80"),
        BYTES("\xed\xbf\xbf"),             /* the last, U+DFFF */
        BYTES("\xed\xa0\xbd\xed\xb8\x80"), /* a pair of them: CESU-8 */
        BYTES("\xf4\x90\x80\x80"),         /* U+110000 */
        BYTES("\xf5\x80\x80\x80"),
        BYTES("\xf8\x88\x80\x80\x80"),
        BYTES("\xfe"),
        BYTES("\xff"),
        BYTES("\xc2"), /* cut off */
        BYTES("\xe5\x85"),
        BYTES("\xf0\x90\x80"),
        BYTES("\xc2"
              "a"), /* the second byte is none */
        BYTES("\xe5\x85"
              "a"),
        BYTES("\xf0\x90\x80"
              "a"),
        BYTES("good \xe5\x85\xac bad \xe5\x85"),
    };

    for (size_t i = 0; i < COUNT(bad); i++) cr_expect_not(str_is_utf8(bad[i]), "%zu", i);
}

Test(base, a_text_cut_inside_a_character_is_not_read_past_its_end)
{
    /* The rest of the character lies right behind the slice. */
    static const char text[] = "\xf0\xa0\xae\xb7";

    for (size_t len = 1; len < 4; len++)
        cr_expect_not(str_is_utf8((struct str){text, len}), "%zu", len);
    cr_expect(str_is_utf8((struct str){text, 4}));
}

Test(base, points_are_characters_not_bytes)
{
    cr_expect_eq(str_points(S("")), 0);
    cr_expect_eq(str_points(S("abc")), 3);
    cr_expect_eq(str_points(S("公道")), 2);
    cr_expect_eq(str_points(S("\xf0\xa0\xae\xb7\xf0\x9f\x98\x80")), 2);
}

Test(base, a_text_is_cut_at_the_first_mark)
{
    struct str rest;

    cr_expect(str_same(str_cut(S("a=b=c"), '=', &rest), S("a")));
    cr_expect(str_same(rest, S("b=c")));
    cr_expect(str_same(str_cut(S("=b"), '=', &rest), S("")));
    cr_expect(str_same(rest, S("b")));
    cr_expect(str_same(str_cut(S("a="), '=', &rest), S("a")));
    cr_expect_eq(rest.len, 0);
    cr_expect(str_same(str_cut(S("none"), '=', &rest), S("none")));
    cr_expect_eq(rest.len, 0);
    cr_expect(rest.at != NULL);
    cr_expect(str_same(str_cut((struct str){NULL, 0}, '=', &rest), S("")));
    cr_expect(str_same(str_cut(S("a b"), ' ', NULL), S("a")));
    rest = S("x;y;z");
    cr_expect(str_same(str_cut(rest, ';', &rest), S("x")), "a text may be its own rest");
    cr_expect(str_same(rest, S("y;z")));
}

Test(base, a_part_is_found_where_it_first_stands)
{
    cr_expect_eq(str_find(S("abcabc"), S("abc")), 0);
    cr_expect_eq(str_find(S("xabcabc"), S("abc")), 1);
    cr_expect_eq(str_find(S("xab"), S("abc")), -1);
    cr_expect_eq(str_find(S("ab"), S("abc")), -1);
    cr_expect_eq(str_find(S("anything"), S("")), 0);
    cr_expect_eq(str_find(S(""), S("")), 0);
    cr_expect_eq(str_find(S(""), S("a")), -1);
    cr_expect_eq(str_find(BYTES("a\0b"), S("b")), 2, "NUL is a byte like others");
    cr_expect_eq(str_find((struct str){"abc", 2}, S("c")), -1, "nothing behind the slice counts");
}

Test(base, texts_are_compared_whole)
{
    cr_expect(str_same(S(""), (struct str){NULL, 0}));
    cr_expect_not(str_same(S("a"), S("ab")));
    cr_expect_not(str_same(S("ab"), S("ac")));
    cr_expect(str_same_plain(S("Content-Type"), S("cONTENT-tYPE")));
    cr_expect_not(str_same_plain(S("Content-Type"), S("Content_Type")));
    cr_expect_not(str_same_plain(S("@"), S("`")), "only letters have two forms");
    cr_expect_not(str_same_plain(S("["), S("{")));
    cr_expect(str_begins(S("abc"), S("ab")) && str_begins(S("abc"), S("")));
    cr_expect_not(str_begins(S("a"), S("ab")));
    cr_expect(str_ends(S("abc"), S("bc")) && str_ends(S("abc"), S("")));
    cr_expect_not(str_ends(S("c"), S("bc")));
    cr_expect(str_same(str_of(NULL), S("")));
}

Test(base, only_ascii_blanks_are_trimmed)
{
    cr_expect(str_same(str_trim(S(" \t\r\n a b \n")), S("a b")));
    cr_expect_eq(str_trim(S(" \t\r\n")).len, 0);
    cr_expect(str_same(str_trim(S("　a")), S("　a")), "the wide blank is a character");
}

Test(base, numbers_are_whole_and_fit)
{
    static const char *const bad[] = {"",    "-",   "+1",  " 1", "1 ",  "1.5",
                                      "0x1", "--1", "1e3", "１", "1-2", "9999999999999999999"};
    int64_t number = 77;

    for (size_t i = 0; i < COUNT(bad); i++)
        cr_expect_not(str_to_int(str_of(bad[i]), &number), "%s", bad[i]);
    cr_expect_eq(number, 77, "a refused text leaves the number alone");
    cr_expect(str_to_int(S("-0"), &number) && number == 0);
    cr_expect(str_to_int(S("007"), &number) && number == 7);
    cr_expect(str_to_int(S("999999999999999999"), &number) && number == 999999999999999999);
    cr_expect(str_to_int(S("-999999999999999999"), &number) && number == -999999999999999999);
}

Test(base, an_arena_gives_zeroed_memory_again_and_again)
{
    struct arena *arena = arena_open(1 << 20);

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 200; i++) {
            unsigned char *at = arena_take(arena, 1, 333);

            for (int k = 0; k < 333; k++) cr_assert_eq(at[k], 0, "%d of %d", k, i);
            cr_assert_eq((uintptr_t)at % _Alignof(max_align_t), 0);
            memset(at, 0xAA, 333);
        }
        arena_reset(arena);
    }
    arena_close(&arena);
    cr_expect_null(arena);
    arena_close(&arena);
}

Test(base, an_arena_gives_up_to_its_limit_and_again_after_a_reset)
{
    struct arena *arena = arena_open(64 * 1024);

    for (int round = 0; round < 4; round++) {
        cr_expect_not_null(arena_take(arena, 1024, 64));
        arena_reset(arena);
    }
    arena_close(&arena);
}

Test(base, an_arena_that_is_asked_for_more_ends_the_program, .signal = SIGABRT)
{
    struct arena *arena = arena_open(64 * 1024);

    arena_take(arena, 1024, 64);
    arena_take(arena, 1, 1);
}

Test(base, sizes_that_overflow_end_the_program, .signal = SIGABRT)
{
    arena_take(arena_open(64 * 1024), SIZE_MAX / 2, 4);
}

Test(base, what_is_printed_is_whole_whatever_its_length)
{
    struct arena *arena = arena_open(1 << 20);
    char text[1000];

    for (size_t len = 250; len < 260; len++) {
        struct str made;

        memset(text, 'x', len);
        made = arena_print(arena, "%.*s|", (int)len, text);
        cr_assert_eq(made.len, len + 1);
        cr_assert_eq(made.at[len], '|');
        cr_assert_eq(made.at[len + 1], '\0');
    }
    cr_expect_str_eq(arena_c(arena, (struct str){"abcdef", 3}), "abc");
    cr_expect_eq(arena_copy(arena, (struct str){NULL, 0}).len, 0);
    arena_close(&arena);
}
