/* cases_typed_test.c -- what came on paper: whose it is on line, who reads the receipt, how long.
 * Cites cases_typed.c. */
#include <criterion/criterion.h>

#include "desk/cases/cases_stage_test.h"

TestSuite(cases_typed, .init = stage_open, .fini = stage_close);

static struct outcome type_in(const char *typed)
{
    struct cases_typed_told_view told = {.reference = S("")};
    struct outcome outcome = test_post(
        stage, &cases_type_in,
        arena_print(stage->arena, "name=王玛丽&division=310104&%s", typed).at, &told);

    if (test_done(outcome)) stage_reference = arena_copy(stage->arena, told.reference);
    return outcome;
}

/* At the office, with this number; from then on it is the reference at hand. */
static void hand_in(const char *phone)
{
    be_officer();
    cr_assert(test_done(type_in(arena_print(stage->arena,
                                            "item=people-mediation&phone=%s&answer_1=neighbours&"
                                            "answer_2=李四&answer_4=楼上太吵",
                                            phone)
                                    .at)));
}

static struct outcome read_receipt(struct cases_receipt_view *v)
{
    return stage_see("/office/typed/{reference}", "", v);
}

static struct str printed_code(void)
{
    struct cases_receipt_view v = {0};

    be_officer();
    cr_assert(test_done(read_receipt(&v)));
    cr_assert_eq(v.code.len, CASES_RECEIPT_DIGITS);
    return v.code;
}

static struct outcome claims(struct str code)
{
    return test_post(stage, &cases_claim,
                     arena_print(stage->arena, "receipt=%.*s&code=%.*s", STR_ARGS(stage_reference),
                                 STR_ARGS(code))
                         .at,
                     NULL);
}

static bool finds(void)
{
    struct cases_case_view v = {0};

    return test_done(stage_see("/cases/{reference}", "", &v));
}

Test(cases_typed, paper_is_found_on_line_with_the_number_and_the_receipt)
{
    struct str code, wrong;

    hand_in("13900000001");
    code = printed_code();
    wrong = arena_print(stage->arena, "%c%.*s", code.at[0] == '9' ? '0' : code.at[0] + 1,
                        CASES_RECEIPT_DIGITS - 1, code.at + 1);
    be_mary();
    cr_expect_not(finds(), "(2): the number alone is not enough");
    cr_expect(claims(wrong).refusal);
    cr_expect_not(finds());
    be_john();
    cr_expect(claims(code).refusal, "(2): nor is the receipt");
    cr_expect_not(finds());
    cr_expect_eq(test_journal(stage, "cases.claim"), 0);
    be_mary();
    cr_assert(test_done(claims(code)));
    cr_expect(finds());
    cr_expect_eq(test_journal(stage, "cases.claim"), 1);
}

Test(cases_typed, a_number_typed_wrongly_gives_the_case_to_nobody)
{
    struct str code;

    hand_in("13900000002"); /* John's, by mistake: the receipt is Mary's */
    code = printed_code();
    be_john();
    cr_expect_not(finds());
    be_mary();
    cr_expect(claims(code).refusal);
    cr_expect_not(finds());
}

Test(cases_typed, the_receipt_is_read_for_a_day_by_who_typed_it_in)
{
    struct cases_receipt_view v = {0};

    hand_in("13900000001");
    be_far();
    cr_expect_eq(read_receipt(&v).refusal, &act_unknown, "(3)");
    be_mary();
    cr_expect(read_receipt(&v).refusal);
    stage->now += SECONDS_PER_DAY - 1;
    be_officer();
    cr_expect(test_done(read_receipt(&v)));
    stage->now += 1;
    cr_expect_eq(read_receipt(&v).refusal, &act_unknown, "(3): for a day");
}

Test(cases_typed, what_came_with_a_notice_is_nobodys_on_line)
{
    static const char paper[] =
        "item=legal-aid-notice&phone=13900000001&answer_1=涉嫌故意伤害&answer_2=minor&"
        "answer_3=first";
    struct cases_receipt_view v = {0};

    be_officer();
    cr_expect(type_in(paper).refusal, "which authority, and its number");
    cr_assert(test_done(
        type_in(arena_print(stage->arena, "%s&notice=黄浦区人民法院88号", paper).at)));
    cr_assert(test_done(read_receipt(&v)));
    cr_expect(v.on_notice && v.code.len == 0);
    be_mary();
    cr_expect_not(finds());
    cr_expect(claims(S("00000000")).refusal);
}

/* As it is told to whoever applies on line (0092). */
Test(cases_typed, who_types_in_is_told_what_it_costs)
{
    struct cases_type_view typed = {0};
    struct cases_apply_view applied = {0};
    struct str go;

    be_officer();
    cr_assert(test_done(test_show(stage, &cases_module, "/office/typed/items/{item}",
                                  "item=people-mediation", &typed, &go)));
    be_mary();
    cr_assert(test_done(test_show(stage, &cases_module, "/items/{item}/apply",
                                  "item=people-mediation", &applied, &go)));
    cr_assert_geq(typed.fees_count, 1);
    cr_assert_eq(typed.fees_count, applied.fees_count);
    for (size_t i = 0; i < typed.fees_count; i++) {
        cr_expect_eq(typed.fees[i].yuan, applied.fees[i].yuan);
        cr_expect(str_same(typed.fees[i].law, applied.fees[i].law));
    }
}
