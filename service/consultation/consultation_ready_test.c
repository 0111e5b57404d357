/* consultation_ready_test.c -- ready answers that many share: who keeps them, who gets them, and
 * that no version is lost. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "gen/consultation_sql.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_desk_read.h"
#include "service/consultation/consultation_ready_views.h"

static struct scene *scene;
static struct bureau bureau;
static struct actor city, district, elsewhere; /* administrators */
static id other_team;

static struct outcome add_team(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    other_team = scene_new_id(own);
    return people_add_demo_team(own->store, other_team, S("two"), S("二队"), S("Two"),
                                S("district"), S("310104"), 0);
}

static struct actor admin_of(const char *scope)
{
    return (struct actor){.person_id = bureau.supervisor.person_id,
                          .is = WHO_ADMIN | WHO_ANYONE,
                          .scopes = scopes_of(str_of(scope)),
                          .name = S("Keeper")};
}

static void set_up(void)
{
    static const struct act team = {.name = "test.team", .who = WHO_SYSTEM, .run = add_team};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &team, NULL, NULL)));
    city = admin_of("31");
    district = admin_of("310101");
    elsewhere = admin_of("310104");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_ready, .init = set_up, .fini = tear_down);

static struct outcome add_as(struct actor who, id team_id, const char *title, id *answer)
{
    struct consultation_ready_add_form form = {
        .title = str_of(title), .text = S("Keep the contract."), .team = team_id};
    struct consultation_ready_saved_view told = {0};
    struct outcome outcome;

    scene->actor = who;
    outcome = test_act(scene, &consultation_ready_add, &form, &told);
    if (answer) *answer = told.id;
    return outcome;
}

static struct outcome save_as(struct actor who, id answer, int64_t version, const char *text,
                              id team_id)
{
    struct consultation_ready_save_form form = {.answer = answer,
                                                .version = version,
                                                .title = S("Contract"),
                                                .text = str_of(text),
                                                .team = team_id};
    struct consultation_ready_saved_view told;

    scene->actor = who;
    return test_act(scene, &consultation_ready_save, &form, &told);
}

static struct outcome retire_as(struct actor who, id answer)
{
    struct consultation_ready_one_form form = {.answer = answer};

    scene->actor = who;
    return test_act(scene, &consultation_ready_retire, &form, NULL);
}

/* How many ready answers the first lawyer has for a conversation about labour. */
static size_t at_hand(void)
{
    const struct consultation_canned_row_view *rows;
    size_t count;

    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(consultation_read_canned(scene, S("labour"), &rows, &count)));
    return count;
}

static size_t versions_of(id answer)
{
    const struct consultation_list_ready_versions_row *rows;
    size_t count;

    cr_assert(test_done(
        consultation_list_ready_versions(scene->arena, scene->store, answer, &rows, &count)));
    return count;
}

Test(consultation_ready, everybodys_answers_are_the_citys_to_keep)
{
    id answer;

    cr_expect_eq(add_as(district, 0, "No", NULL).refusal, &act_not_yours);
    cr_expect_eq(add_as(bureau.leader, 0, "No", NULL).refusal, &act_not_yours);
    cr_expect_eq(add_as(bureau.lawyer[0], 0, "No", NULL).refusal, &act_not_yours);
    cr_expect_eq(at_hand(), 0U);
    cr_assert(test_done(add_as(city, 0, "Contract", &answer)));
    cr_expect_eq(at_hand(), 1U);
    cr_expect_eq(save_as(district, answer, 1, "Mine now.", 0).refusal, &act_not_yours);
    cr_expect_eq(retire_as(bureau.leader, answer).refusal, &act_not_yours);
    cr_expect_eq(at_hand(), 1U);
}

Test(consultation_ready, a_teams_answers_are_kept_by_its_leader_and_its_places_administrator)
{
    cr_assert(test_done(add_as(bureau.leader, bureau.team_id, "One", NULL)));
    cr_assert(test_done(add_as(district, bureau.team_id, "Two", NULL)));
    cr_assert(test_done(add_as(city, bureau.team_id, "Three", NULL)));
    cr_expect_eq(add_as(elsewhere, bureau.team_id, "No", NULL).refusal, &act_unknown);
    cr_expect_eq(add_as(bureau.leader, other_team, "No", NULL).refusal, &act_unknown);
    cr_expect_eq(add_as(city, 77, "No", NULL).refusal, &act_unknown, "no such team");
    cr_expect_eq(at_hand(), 3U);
    cr_assert(test_done(add_as(city, other_team, "Theirs", NULL)));
    cr_expect_eq(at_hand(), 3U, "another team's answers are not this team's");
}

Test(consultation_ready, an_answer_is_moved_only_to_where_one_may_keep_it)
{
    id answer;

    cr_assert(test_done(add_as(bureau.leader, bureau.team_id, "One", &answer)));
    cr_expect_eq(save_as(bureau.leader, answer, 1, "For all!", 0).refusal, &act_not_yours);
    cr_expect_eq(save_as(bureau.leader, answer, 1, "Yours!", other_team).refusal, &act_unknown);
    cr_assert(test_done(save_as(city, answer, 1, "For all.", 0)));
}

Test(consultation_ready, a_change_is_a_further_version_and_the_one_before_stays)
{
    const struct consultation_list_ready_versions_row *rows;
    size_t count;
    id answer;

    cr_assert(test_done(add_as(city, 0, "Contract", &answer)));
    cr_assert(test_done(save_as(city, answer, 1, "Keep the wage slips too.", 0)));
    cr_assert(test_done(
        consultation_list_ready_versions(scene->arena, scene->store, answer, &rows, &count)));
    cr_assert_eq(count, 2U);
    cr_expect(str_same(rows[0].text, S("Keep the wage slips too.")));
    cr_expect(str_same(rows[1].text, S("Keep the contract.")));
    cr_expect(str_same(rows[0].person_name, S("supervisor")));
    cr_expect_eq(test_journal(scene, "consultation.ready_add"), 1);
    cr_expect_eq(test_journal(scene, "consultation.ready_save"), 1);
    cr_expect_eq(at_hand(), 1U);
}

Test(consultation_ready, nobody_overwrites_a_version_they_have_not_seen)
{
    id answer;

    cr_assert(test_done(add_as(city, 0, "Contract", &answer)));
    cr_assert(test_done(save_as(city, answer, 1, "First.", 0)));
    cr_expect_eq(save_as(city, answer, 1, "Second.", 0).refusal->status, 409);
    cr_expect_eq(versions_of(answer), 2U);
}

Test(consultation_ready, what_is_put_out_of_use_is_gone_from_the_desk_and_can_come_back)
{
    id answer;

    cr_assert(test_done(add_as(city, 0, "Contract", &answer)));
    cr_assert(test_done(retire_as(city, answer)));
    cr_expect_eq(at_hand(), 0U);
    cr_expect_eq(retire_as(city, answer).refusal->status, 409);
    cr_expect_eq(versions_of(answer), 2U);
    cr_assert(test_done(save_as(city, answer, 2, "Again.", 0)));
    cr_expect_eq(at_hand(), 1U);
}

static struct outcome add_old(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return consultation_add_canned(own->store, 4711, 0, S(""), S("zh"), S("请稍等"), S("请稍等。"));
}

Test(consultation_ready, the_first_change_of_one_that_came_with_the_installation_keeps_it)
{
    static const struct act old = {.name = "test.old", .who = WHO_SYSTEM, .run = add_old};

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &old, NULL, NULL)));
    cr_assert(test_done(save_as(city, 4711, 1, "请您稍等。", 0)));
    cr_expect_eq(versions_of(4711), 2U);
}

Test(consultation_ready, a_consultants_own_answer_is_nobody_elses_to_keep)
{
    struct consultation_canned_add_form form = {.title = S("Mine"), .text = S("My words.")};
    struct consultation_canned_added_view told;

    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_canned_add, &form, &told)));
    cr_expect_eq(save_as(city, told.id, 1, "Ours.", 0).refusal, &act_unknown);
    cr_expect_eq(retire_as(city, told.id).refusal, &act_unknown);
    cr_expect_eq(at_hand(), 1U);
}

Test(consultation_ready, a_hundred_are_enough_for_everybody)
{
    for (int i = 0; i < 100; i++) cr_assert(test_done(add_as(city, 0, "Contract", NULL)));
    cr_expect_eq(add_as(city, 0, "Contract", NULL).refusal->status, 409);
    cr_expect(test_done(add_as(city, bureau.team_id, "Contract", NULL)), "a team has its own");
}
