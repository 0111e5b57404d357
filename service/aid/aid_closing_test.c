/* aid_closing_test.c -- the rules of closing files: papers, marks, draws, pay. */
#include <criterion/criterion.h>

#include "service/aid/aid_closing.h"
#include "service/aid/aid_closing_views.h"

extern const struct form aid_hand_in_form, aid_rates_form;

TestSuite(aid_closing);

Test(aid_closing, papers_marks_and_pay)
{
    uint32_t all = (1u << AID_SHEETS) - 1, must = 0;

    for (size_t i = 0; i < AID_SHEETS; i++)
        if (aid_sheets[i].must) must |= 1u << i;
    cr_expect_eq(aid_sheets_missing(all), 0);
    cr_expect_eq(aid_sheets_missing(must), 0);
    cr_expect_eq(aid_sheets_missing(0), 6);
    cr_expect_eq(aid_sheets_missing(must & ~1u), 1);
    cr_expect(str_same(aid_quality(100), S("excellent")));
    cr_expect(str_same(aid_quality(90), S("excellent")));
    cr_expect(str_same(aid_quality(89), S("good")));
    cr_expect(str_same(aid_quality(74), S("fair")));
    cr_expect(str_same(aid_quality(60), S("fair")));
    cr_expect(str_same(aid_quality(59), S("poor")));
    cr_expect_eq(aid_pay(150000, S("poor")), 0);
    cr_expect_eq(aid_pay(150000, S("fair")), 150000);
    cr_expect_eq(aid_pay(150000, S("")), 150000, "what was not drawn");
    cr_expect(aid_is_drawn(20, 10));
    cr_expect_not(aid_is_drawn(21, 10));
    cr_expect(aid_is_drawn(21, 1));
    cr_expect_not(aid_is_drawn(0, 0), "none is drawn");
}

/* Each kind has its rate, each paper its box: a word without a field would be lost. */
Test(aid_closing, every_word_has_its_field)
{
    struct arena *arena = arena_open(1 << 20);

    for (size_t i = 0; i < AID_KINDS; i++)
        cr_expect_geq(form_place(&aid_rates_form, arena_print(arena, "rate_%s", aid_kinds[i].word)),
                      0, "%s", aid_kinds[i].word);
    for (size_t i = 0; i < AID_SHEETS; i++)
        cr_expect_geq(
            form_place(&aid_hand_in_form, arena_print(arena, "has_%s", aid_sheets[i].word)), 0,
            "%s", aid_sheets[i].word);
    arena_close(&arena);
}
