/* text_test.c -- texts are found, filled, and never lost. */
#include <criterion/criterion.h>
#include <string.h>

#include "platform/out.h"
#include "platform/text.h"

static const struct text_pair pairs[] = {
    {"Ask", {"提问", 6}}, {"Ask again", {"再问", 6}}, {"Wait", {"等候", 6}}};

Test(text, each_of_a_table_is_found_and_nothing_else)
{
    for (size_t count = 0; count <= COUNT(pairs); count++) {
        for (size_t i = 0; i < COUNT(pairs); i++) {
            struct str found = text_find(pairs, count, pairs[i].english);

            cr_expect(str_same(found, i < count ? pairs[i].chinese : S("")), "%zu of %zu", i,
                      count);
        }
        cr_expect_eq(text_find(pairs, count, "As").len, 0);
        cr_expect_eq(text_find(pairs, count, "Ask a").len, 0);
        cr_expect_eq(text_find(pairs, count, "Zebra").len, 0);
        cr_expect_eq(text_find(pairs, count, "").len, 0);
    }
}

Test(text, the_table_of_the_program_is_sorted_and_complete)
{
    for (size_t i = 0; i < text_pairs_count; i++) {
        cr_expect(text_pairs[i].chinese.len > 0, "%s", text_pairs[i].english);
        cr_expect(i == 0 || strcmp(text_pairs[i - 1].english, text_pairs[i].english) < 0, "%s",
                  text_pairs[i].english);
        cr_expect(str_same(text_in(LANGUAGE_ZH, text_pairs[i].english), text_pairs[i].chinese));
        cr_expect(
            str_same(text_in(LANGUAGE_EN, text_pairs[i].english), str_of(text_pairs[i].english)));
    }
}

Test(text, english_stands_in_for_what_nobody_translated)
{
    cr_expect(str_same(text_in(LANGUAGE_ZH, "no such text at all"), S("no such text at all")));
    cr_expect_eq(text_in(LANGUAGE_ZH, "").len, 0);
    cr_expect_eq(text_in(LANGUAGE_ZH, NULL).len, 0);
}

Test(text, places_are_filled_once)
{
    struct arena *arena = arena_open(1 << 20);

    cr_expect(str_same(text_fill(arena, LANGUAGE_EN, "%2 of %1%3.", S("a%2"), S("b"), S("")),
                       S("b of a%2.")));
    cr_expect(str_same(text_fill(arena, LANGUAGE_EN, "100% %4 %", S("a"), S("b"), S("c")),
                       S("100% %4 %")));
    cr_expect_eq(text_fill(arena, LANGUAGE_EN, "", S("a"), S("b"), S("c")).len, 0);
    arena_close(&arena);
}
