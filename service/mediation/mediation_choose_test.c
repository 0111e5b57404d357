/* mediation_choose_test.c -- a side chooses from the list; a case goes to another committee. */
#include "gen/people_sql.h"
#include "service/mediation/mediation_stage_test.h"

TestSuite(mediation_choose, .init = set_up, .fini = tear_down);

static struct mediation_choose_view list(id person_id)
{
    struct mediation_choose_view v = {0};
    struct str go;

    be(person_id, WHO_RESIDENT);
    cr_assert(test_done(
        test_show(scene, &mediation_module, "/mediation/{reference}/mediators",
                  arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at, &v, &go)));
    return v;
}

static const char *chosen(id person_id)
{
    return arena_print(scene->arena, "&person=%lld&choice_words=听说很公道", (long long)person_id)
        .at;
}

/* 2: whoever chooses has agreed; who has a conflict is refused with the reason. */
Test(mediation_choose, a_side_chooses_and_a_conflict_is_refused_in_words)
{
    struct cases_applied_view told = {.reference = S("")};
    struct mediation_choose_view v = list(mary);
    struct mediation_desk_view desk;

    cr_expect_eq(v.mediators_count, 2);
    cr_expect(v.may_choose && v.mediators[0].is_free && !v.mediators[0].unfit.len);
    be(ben, WHO_RESIDENT);
    cr_expect_eq(post(&mediation_choose, chosen(ann)).refusal, &act_unknown, "a stranger");
    be(mary, WHO_RESIDENT);
    cr_expect_not(test_done(post(&mediation_choose, chosen(chief))), "no mediator");
    must(&mediation_choose, chosen(ann));
    cr_expect_not(test_done(post(&mediation_choose, chosen(ben))), "somebody is proposed");
    looks(chief, WHO_LEADER);
    see_desk(&desk);
    cr_expect(str_same(desk.state, S("proposed")) && desk.applicant_agreed &&
              !desk.respondent_agreed);
    join(john);
    must(&mediation_object, "&objection=不认识");
    v = list(john);
    for (size_t i = 0; i < v.mediators_count; i++)
        cr_expect_eq(v.mediators[i].unfit.len > 0, v.mediators[i].person == ann);
    cr_expect_str_eq(post(&mediation_choose, chosen(ann)).refusal->key, "mediation.was-before");
    must(&mediation_choose, chosen(ben));
    be(mary, WHO_RESIDENT);
    must(&mediation_agree, "");
    looks(ben, WHO_CONSULTANT);
    see_desk(&desk);
    cr_expect(str_same(desk.state, S("mediating")), "both want ben");

    /* Somebody called as the other side is nobody to choose: who it is can be told by no name. */
    be(mary, WHO_RESIDENT);
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=mediation-one-thing&name=王秀英&division=310104&"
                                  "answer_1=family&answer_2=ben&answer_4=吵",
                                  &told)));
    reference = arena_copy(scene->arena, told.reference);
    looks(chief, WHO_LEADER);
    cr_assert(test_done(post(&cases_decide, "&action=accept&seen=1")));
    be(mary, WHO_RESIDENT);
    cr_expect_str_eq(post(&mediation_choose, chosen(ben)).refusal->key, "mediation.namesake");
    looks(chief, WHO_LEADER);
    cr_expect_str_eq(post(&mediation_propose,
                          arena_print(scene->arena, "&person=%lld&why=很好", (long long)ben).at)
                         .refusal->key,
                     "mediation.namesake", "nor by the committee");
}

/* To another committee with reasons; what was said apart does not go to its people with it. */
Test(mediation_choose, a_case_goes_to_another_committee)
{
    struct mediation_desk_view desk;
    struct mediation_choose_view v;

    talk();
    be(john, WHO_RESIDENT);
    must(&mediation_object, "&objection=不合适");
    looks(chief, WHO_LEADER);
    cr_expect_not(test_done(post(&cases_decide, arena_print(scene->arena,
                                                            "&action=hand-over&words=转&"
                                                            "division=310104&seen=%lld",
                                                            (long long)seen_now())
                                                    .at)),
                  "to itself");
    cr_assert(test_done(post(&cases_decide, arena_print(scene->arena,
                                                        "&action=hand-over&words=住在黄浦&"
                                                        "division=310101&seen=%lld",
                                                        (long long)seen_now())
                                                .at)));
    be(ann, WHO_CONSULTANT);
    cr_expect_eq(post(&mediation_recuse, "&recusal=亲戚").refusal, &act_unknown, "no more of it");
    be(chief, WHO_LEADER);
    cr_expect_eq(post(&mediation_invite, "").refusal, &act_unknown);
    looks(far, WHO_LEADER);
    see_desk(&desk);
    cr_expect(str_same(desk.state, S("checking")));
    cr_expect_eq(desk.sessions_count, 1, "those for both");
    cr_assert(test_done(
        post(&cases_decide,
             arena_print(scene->arena, "&action=accept&seen=%lld", (long long)seen_now()).at)));
    v = list(john);
    cr_expect_eq(v.mediators_count, 0, "Huangpu has none here");
    be(mary, WHO_RESIDENT);
    must(&mediation_stop, "");
}
