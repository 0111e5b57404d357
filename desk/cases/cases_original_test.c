/* cases_original_test.c -- who holds an original on paper; cases beside one another, and split. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_stage_test.h"

TestSuite(cases_original, .init = stage_open, .fini = stage_close);

static struct cases_desk_view desk_now(void)
{
    struct cases_desk_view v = {0};

    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &v)));
    return v;
}
static struct cases_held_originals_view held(void)
{
    struct cases_held_originals_view v = {0};

    cr_assert(test_done(stage_see("/office/originals", "", &v)));
    return v;
}
static struct outcome of(const struct act *act, id original, const char *more)
{
    return stage_post(act,
                      arena_print(stage->arena, "original=%lld&%s", (long long)original, more).at);
}

Test(cases_original, an_original_is_held_by_who_confirmed_it_until_the_applicant_has_it_back)
{
    struct cases_case_view own = {0};
    id lease;

    be_officer();
    cr_expect(stage_post(&cases_take_original, "original_what=租赁合同&original_pages=3").refusal,
              "not before it was opened");
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_post(&cases_take_original,
                                   "original_what=租赁合同&original_pages=3&original_place=二柜")));
    lease = desk_now().originals[0].original;
    cr_expect_eq(held().held_count, 1);
    cr_expect(of(&cases_have_original, lease, "").refusal, "holds it already");
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=住在黄浦")));
    cr_expect(held().held_count == 1 && held().held[0].is_gone, "sent is not yet there");
    be_far();
    cr_expect_eq(held().held_count, 0);
    cr_assert(test_done(stage_look()));
    cr_expect_eq(of(&cases_return_original, lease, "back_to=本人").refusal, &cases_not_by_you);
    cr_assert(test_done(of(&cases_have_original, lease, "held_place=三柜")));
    cr_expect(str_same(desk_now().originals[0].holder, S("far")));
    cr_assert(test_done(stage_decide("decline", "words=不属于调解范围")));
    cr_expect(held().held[0].is_over, "the case is over, the paper is still here");
    be_mary();
    cr_assert(test_done(stage_see("/cases/{reference}", "", &own)));
    cr_assert_eq(own.originals_count, 1);
    cr_expect(str_same(own.originals[0].what, S("租赁合同")) && own.originals[0].is_held);
    cr_expect_eq(own.originals[0].place.len + own.originals[0].holder.len, 0);
    be_far();
    cr_assert(test_done(stage_look()));
    cr_expect_eq(of(&cases_return_original, lease + 1, "back_to=本人").refusal, &act_unknown);
    cr_assert(test_done(of(&cases_return_original, lease, "back_to=本人当面")));
    cr_expect(of(&cases_return_original, lease, "back_to=本人").refusal, "once");
    cr_expect_eq(held().held_count, 0);
    be_lead();
    cr_assert(test_done(stage_look()));
    cr_expect_eq(stage_post(&cases_take_original, "original_what=收据&original_pages=1").refusal,
                 &cases_not_by_you);
    be_third();
    cr_expect_eq(of(&cases_have_original, lease, "").refusal, &act_unknown);
}

static struct outcome join(struct str other)
{
    return stage_post(&cases_join,
                      arena_print(stage->arena, "other_reference=%.*s", STR_ARGS(other)).at);
}

Test(cases_original, cases_are_put_beside_one_another_by_who_sees_both)
{
    struct str first = stage_reference, other;
    struct cases_case_view own = {0};

    be_john();
    other = stage_apply();
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_expect(join(S("AAAAAAAA")).refusal);
    cr_expect(join(first).refusal, "itself");
    cr_assert(test_done(join(other)));
    cr_assert_eq(desk_now().links_count, 1);
    cr_expect(str_same(desk_now().links[0].reference, other));
    stage_reference = other;
    cr_assert(test_done(stage_look()));
    cr_expect(desk_now().links_count == 1 && str_same(desk_now().links[0].reference, first));
    be_john();
    cr_assert(test_done(stage_see("/cases/{reference}", "", &own)));
    cr_expect_eq(own.links_count, 0, "another resident's");
    cr_expect_eq(own.steps_count, 1, "between officers");
    be_officer();
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=住在黄浦")));
    be_far();
    cr_assert(test_done(stage_look()));
    cr_expect(join(first).refusal, "not theirs to see");
    be_officer();
    stage_reference = first;
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(
        stage_post(&cases_unjoin, arena_print(stage->arena, "other=%.*s", STR_ARGS(other)).at)));
    cr_expect_eq(desk_now().links_count, 0);
}

/* Whose half an hour is over while an original is typed in: what they typed is on the page. */
Test(cases_original, nothing_typed_is_lost_when_the_case_closes_meanwhile)
{
    struct form_state typed = {.form = &cases_original_form};
    struct face face = {.form = &typed};
    struct request request = {.scene = stage, .face = &face};
    const struct cases_closed_view *closed;

    typed.given[form_place(typed.form, S("original_what"))] = S("租赁合同");
    typed.given[form_place(typed.form, S("original_pages"))] = S("12");
    typed.given[form_place(typed.form, S("original_place"))] = S("三号柜");
    stage->language = LANGUAGE_ZH;
    closed = cases_show_closed(&request, stage_reference);
    cr_expect(str_same(closed->kept, S("租赁合同")));
    cr_expect(str_same(closed->kept_more, S("有几页：12\n放在哪里：三号柜")), "%.*s",
              STR_ARGS(closed->kept_more));
}

Test(cases_original, what_is_split_off_stands_where_the_case_stands_with_its_days)
{
    struct cases_typed_told_view told = {.reference = S("")};
    struct cases_desk_view before, after;
    struct cases_case_view own = {0};
    int64_t letters;

    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("accept", "")));
    before = desk_now();
    stage->now += 3 * SECONDS_PER_DAY;
    cr_assert(test_done(stage_look()));
    letters = stage_letters();
    cr_expect(stage_post(&cases_split, "split_words=押金另案办理&seen=1").refusal, "an old page");
    cr_assert(test_done(
        test_post(stage, &cases_split,
                  arena_print(stage->arena, "reference=%.*s&split_words=押金另案办理&seen=2",
                              STR_ARGS(stage_reference))
                      .at,
                  &told)));
    cr_expect_eq(stage_letters(), letters + 1, "the applicant is told");
    stage_reference = arena_copy(stage->arena, told.reference);
    after = desk_now();
    cr_expect(str_same(after.axes->state, before.axes->state));
    cr_expect_eq(after.axes->promise_at, before.axes->promise_at, "nobody waits longer");
    cr_expect_eq(after.answers_count, before.answers_count);
    cr_expect(after.links_count == 1 && str_same(after.links[0].kind, S("whole")));
    cr_assert(test_done(stage_decide("settle", "")));
    be_mary();
    cr_assert(test_done(stage_see("/cases/{reference}", "", &own)));
    cr_expect_eq(own.links_count, 1);
    cr_expect(str_find(own.steps[0].words, S("押金")) >= 0);
    stage_reference = own.links[0].reference;
    memset(&own, 0, sizeof own);
    cr_assert(test_done(stage_see("/cases/{reference}", "", &own)));
    cr_expect(str_same(own.axes->state, S("mediating")), "the other one goes on");
    be_john();
    cr_expect(stage_see("/cases/{reference}", "", &own).refusal);
}
