/* cases_inquire_test.c -- how a case stands, by its reference: what has to go together, and what is
 * not told.  Cites cases_inquire.c. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_stage_test.h"

TestSuite(cases_inquire, .init = stage_open, .fini = stage_close);

static struct outcome asks(struct str reference, const char *more, struct cases_stands_view *told)
{
    return test_post(stage, &cases_inquire,
                     arena_print(stage->arena, "asked_for=%.*s&%s", STR_ARGS(reference), more).at,
                     told);
}

static void be_nobody(void)
{
    stage->actor = (struct actor){.is = WHO_ANYONE};
}

Test(cases_inquire, reference_and_number_go_together_and_nothing_of_anybody_is_told)
{
    struct cases_stands_view told = {0};
    struct cases_inquiry_view page = {0};
    struct cases_find_reference_row row;
    struct cases_case c;
    struct str phone, name;
    const char *by;
    bool found;

    cr_assert(test_done(cases_find_reference(stage->store, stage_reference, &row, &found)));
    cr_assert(test_done(cases_open_id(stage, row.case_id, &c)));
    cr_assert(test_done(cases_unseal(stage, CASES_USE_PHONE, c.row.phone_sealed, &phone)));
    cr_assert(test_done(cases_unseal(stage, CASES_USE_NAME, c.row.name_sealed, &name)));
    cr_assert(phone.len && name.len);
    be_nobody();
    /* (1): one answer, whatever is wrong. */
    by = arena_print(stage->arena, "asked_by=%.*s", STR_ARGS(phone)).at;
    cr_expect_str_eq(asks(stage_reference, "", &told).refusal->key, "cases.inquire-how");
    cr_expect_str_eq(asks(stage_reference, "asked_by=13999999999", &told).refusal->key,
                     "cases.inquire-unknown");
    cr_expect_str_eq(asks(S("ZZZZZZZ2"), by, &told).refusal->key, "cases.inquire-unknown");
    cr_expect_str_eq(asks(stage_reference, "asked_code=00000000", &told).refusal->key,
                     "cases.inquire-unknown", "it did not come on paper");
    cr_expect_eq(test_journal(stage, "cases.inquire"), 0);
    cr_assert(test_done(asks(stage_reference, by, &told)));
    cr_expect(str_same(told.turn, S("officer")) && !told.is_over && told.until);
    /* (2), (3) */
    cr_expect(!strstr(told.text.at, name.at) && !strstr(told.who.at, name.at));
    cr_expect(strstr(told.text.at, "12348") && strstr(told.text.at, stage_reference.at));
    cr_expect_eq(test_journal(stage, "cases.inquire"), 1);
    /* What the office asks for shows at once. */
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("send-back", "words=请写明楼层")));
    be_nobody();
    cr_assert(test_done(asks(stage_reference, by, &told)));
    cr_expect(str_same(told.turn, S("applicant")));
    cr_expect(!strstr(told.text.at, "楼层"));
    /* (4): a program that asks leaves nothing on the page. */
    cr_assert(test_done(stage_see("/cases/inquiry", "", &page)));
    cr_expect_null(page.found);
}
