/* consultation_repository_test.c -- which talks are handed to the repository, and to whom. */
#include <criterion/criterion.h>

#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"
#include "service/repository/repository_acts.h"

static struct scene *scene;
static struct bureau bureau;
static struct consultation_asked_view asked;
static struct actor asker, answerer, other;

static void set_up(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("老板欠薪"), .mode = S("message"), .district = S("310101")};
    struct consultation_case c;

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    scene->channel = S("api");
    identity_changed();
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_assert(test_done(identity_identify(scene, asked.token, &asker)));
    cr_assert(test_done(case_of_id(scene, asker.case_id, &c)));
    for (size_t i = 0; i < COUNT(bureau.lawyer); i++) {
        if (bureau.lawyer[i].person_id == c.row.consultant_id)
            answerer = bureau.lawyer[i];
        else
            other = bureau.lawyer[i];
    }
    cr_assert(answerer.person_id, "somebody has it");
    repository_case_hook(consultation_open_ended);
}

static void tear_down(void)
{
    repository_case_hook(NULL);
    test_scene_close(&scene);
}

TestSuite(consultation_repository, .init = set_up, .fini = tear_down);

static void answer(void)
{
    struct consultation_say_form say = {.reference = asked.reference, .text = S("可以仲裁")};
    struct consultation_said_view said;

    scene->actor = answerer;
    cr_assert(test_done(test_act(scene, &consultation_answer, &say, &said)));
}

static void finish(void)
{
    struct consultation_close_form form = {
        .reference = asked.reference, .outcome = S("advised"), .summary = S("告知仲裁")};
    struct consultation_state_view told;

    scene->actor = answerer;
    cr_assert(test_done(test_act(scene, &consultation_close, &form, &told)));
}

static struct outcome open_as(struct actor who, struct repository_case *found)
{
    *found = (struct repository_case){0};
    scene->actor = who;
    return consultation_open_ended(scene, asked.reference, found);
}

static struct outcome share_as(struct actor who, const char *word)
{
    struct consultation_share_form form = {asked.reference, str_of(word)};

    scene->actor = who;
    return test_act(scene, &consultation_share, &form, NULL);
}

Test(consultation_repository, who_answered_opens_a_talk_that_ended_and_nobody_else_does)
{
    struct consultation_reference_form look = {.reference = asked.reference};
    struct repository_case found;

    answer();
    cr_expect_str_eq(open_as(answerer, &found).refusal->key, "consultation.not-ended");
    finish();
    cr_assert(test_done(open_as(answerer, &found)));
    cr_expect(str_same(found.question, S("老板欠薪")));
    cr_expect(str_same(found.answer, S("可以仲裁")));
    cr_expect(str_same(found.division, S("310101")));
    cr_expect(open_as(other, &found).refusal == &act_unknown);
    cr_expect(open_as(asker, &found).refusal == &act_unknown);
    cr_expect(open_as(bureau.leader, &found).refusal == &act_not_yours);
    cr_expect(open_as(bureau.supervisor, &found).refusal == &act_not_yours);
    cr_expect_eq(found.question.len, 0, "whoever is refused is handed nothing");
    cr_assert(test_done(test_act(scene, &consultation_look_in, &look, NULL)));
    cr_expect(test_done(open_as(bureau.supervisor, &found)), "on record");
}

Test(consultation_repository, the_names_of_those_who_spoke_are_told)
{
    struct repository_case opened, told;

    answer();
    finish();
    cr_assert(test_done(open_as(answerer, &opened)));
    cr_assert(test_done(consultation_names_of(scene, opened.case_id, &told)));
    cr_expect(told.names_count > 0);
    cr_expect_eq(told.names_count, opened.names_count);
    cr_expect_eq(told.question.len + told.answer.len, 0u);
}

Test(consultation_repository, only_its_resident_says_whether_others_may_read_it)
{
    struct str consent;

    answer();
    cr_expect_str_eq(share_as(asker, "yes").refusal->key, "consultation.not-ended");
    finish();
    cr_expect(share_as(answerer, "yes").refusal);
    cr_expect(share_as(asker, "perhaps").refusal);
    cr_assert(test_done(share_as(asker, "yes")));
    cr_assert(test_done(repository_consent(scene, asker.case_id, &consent)));
    cr_expect(str_same(consent, S("yes")));
    cr_assert(test_done(share_as(asker, "no")));
    cr_assert(test_done(repository_consent(scene, asker.case_id, &consent)));
    cr_expect(str_same(consent, S("no")));
}
