/* consultation_layers_test.c -- what leaders of teams above a case's own may do with it: look in,
 * and nothing that changes it.  Cites consultation_lead.c. */
#include <criterion/criterion.h>

#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_handed_views.h"
#include "service/consultation/consultation_views.h"

/* top -> middle -> the bureau's team, and a sibling of it. */
enum led { TOP, MIDDLE, SIBLING, OWN, LEADERS };
static const char *const codes[] = {"top", "middle", "sibling"};

static struct scene *scene;
static struct bureau bureau;
static struct actor leaders[LEADERS];
static struct str reference; /* a talk of the bureau's first lawyer */

static struct outcome make_layers(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    for (int i = TOP; i < OWN; i++) {
        struct str code = str_of(codes[i]);
        struct actor *actor = &leaders[i];
        id person_id;

        TRY(identity_person_add(own, &(struct identity_new_person){.login = code, .name = code},
                                &person_id));
        TRY(identity_role_add(own, person_id, S("leader"), S("31")));
        *actor = bureau.leader;
        actor->person_id = person_id;
        actor->team_id = scene_new_id(own);
        TRY(people_add_demo_team(own->store, actor->team_id, code, code, code, S("association"),
                                 S("31"), person_id));
    }
    leaders[OWN] = bureau.leader;
    TRY(people_set_layer(own, leaders[MIDDLE].team_id, leaders[TOP].team_id));
    TRY(people_set_layer(own, leaders[SIBLING].team_id, leaders[MIDDLE].team_id));
    return people_set_layer(own, leaders[OWN].team_id, leaders[MIDDLE].team_id);
}

static struct str ask(struct str mode)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = S("310101"), .mode = mode};
    struct consultation_asked_view told = {0};

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return told.reference;
}

static void set_up(void)
{
    static const struct act layers = {.name = "test.layers", .who = WHO_SYSTEM, .run = make_layers};
    struct consultation_presence_form here = {.state = S("online"), .capacity = 3};
    struct consultation_reference_form form;

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &layers, NULL, NULL)));
    scene->channel = S("api");
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_presence, &here, NULL)));
    form.reference = reference = ask(S("live"));
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_accept, &form, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_layers, .init = set_up, .fini = tear_down);

/* ---- what leaders do ---- */

static const char *refused(struct outcome outcome)
{
    return outcome.refusal ? outcome.refusal->key : "";
}

static const char *look_in(enum led who, struct str to)
{
    struct consultation_reference_form form = {.reference = to};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_look_in, &form, NULL));
}

static const char *whisper(enum led who)
{
    struct consultation_whisper_form form = {.reference = reference, .text = S("问问有没有合同")};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_whisper, &form, NULL));
}

static const char *reassign(enum led who, struct str to)
{
    struct consultation_reassign_form form = {.reference = to, .reason = S("换一位")};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_reassign, &form, NULL));
}

/* As one of the team's lawyers who leads that team beside. */
static const char *take_over(enum led who)
{
    struct consultation_take_over_form form = {.reference = reference};

    scene->actor = bureau.lawyer[1];
    scene->actor.is |= WHO_LEADER;
    scene->actor.team_id = leaders[who].team_id;
    return refused(test_act(scene, &consultation_take_over, &form, NULL));
}

static const char *hand(enum led who, struct str given, enum led to)
{
    struct consultation_hand_form form = {
        .reference = given,
        .to = arena_print(scene->arena, "team-%lld", (long long)leaders[to].team_id),
        .why = S("归他们办")};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_hand, &form, NULL));
}

static const char *accept(enum led who, struct str given)
{
    struct consultation_reference_form form = {.reference = given};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_accept_handed, &form, NULL));
}

static const char *place(enum led who, struct str given)
{
    struct consultation_place_form form = {.reference = given};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_place, &form, NULL));
}

static const char *send_back(enum led who, struct str given)
{
    struct consultation_send_back_form form = {.reference = given, .reason = S("不归我们办")};

    scene->actor = leaders[who];
    return refused(test_act(scene, &consultation_send_back, &form, NULL));
}

static struct outcome show(enum led who, struct str of, struct consultation_board_case_view *view)
{
    scene->actor = leaders[who];
    return test_show(
        scene, &consultation_module, "/board/consultations/{reference}",
        arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s", STR_ARGS(of))), view,
        NULL);
}

static void expect_only_looking_in(enum led who)
{
    static const char why[] = "consultation.from-above";
    struct consultation_board_case_view view;

    cr_expect_str_eq(look_in(who, reference), "");
    cr_expect_str_eq(whisper(who), why);
    cr_expect_str_eq(reassign(who, reference), why);
    cr_expect_str_eq(take_over(who), why);
    cr_expect_str_eq(hand(who, reference, SIBLING), why);
    cr_assert(test_done(show(who, reference, &view)));
    cr_expect(view.has_leave, "and reads");
    cr_expect(!view.can_whisper && !view.can_reassign && !view.can_take_over && !view.can_hand);
    scene->actor = leaders[who];
    scene->actor.is |= WHO_CONSULTANT;
    cr_assert(test_done(test_show(
        scene, &consultation_module, "/board/consultations/{reference}",
        arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference))),
        &view, NULL)));
    cr_expect(!view.can_take_over, "nor as a consultant");
}

/* ---- a case that somebody has ---- */

Test(consultation_layers, the_parents_leader_looks_in_and_changes_nothing) /* (3) */
{
    expect_only_looking_in(MIDDLE);
    cr_expect_eq(test_journal(scene, "consultation.look_in"), 1, "on record");
    cr_expect_eq(test_journal(scene, "consultation.whisper"), 0);
}

Test(consultation_layers, nor_does_the_leader_of_the_parents_parent) /* (3) */
{
    expect_only_looking_in(TOP);
    cr_expect_eq(test_journal(scene, "consultation.look_in"), 1, "on record");
}

Test(consultation_layers, for_the_leader_of_a_sibling_there_is_none) /* (3) */
{
    struct consultation_board_case_view view;

    cr_expect_str_eq(look_in(SIBLING, reference), act_unknown.key);
    cr_expect_str_eq(whisper(SIBLING), act_unknown.key);
    cr_expect_str_eq(reassign(SIBLING, reference), act_unknown.key);
    cr_expect_str_eq(take_over(SIBLING), act_unknown.key);
    cr_expect_str_eq(hand(SIBLING, reference, TOP), act_unknown.key);
    cr_expect_eq(show(SIBLING, reference, &view).refusal, &act_unknown);
}

Test(consultation_layers, the_teams_own_leader_does_all_of_it) /* (3) */
{
    struct consultation_board_case_view view;

    cr_expect_str_eq(look_in(OWN, reference), "");
    cr_expect_str_eq(whisper(OWN), "");
    cr_assert(test_done(show(OWN, reference, &view)));
    cr_expect(view.can_whisper && view.can_reassign && view.can_hand);
    cr_expect_str_eq(take_over(OWN), "");
    cr_expect_str_eq(hand(OWN, reference, SIBLING), "");
}

/* ---- a case given to a team as such ---- */

Test(consultation_layers, what_is_handed_to_a_team_is_its_own_leaders_to_take_up) /* (3) */
{
    struct str given = ask(S("message"));
    struct consultation_handed_view list;

    cr_assert_str_eq(hand(OWN, given, SIBLING), "");
    cr_expect_str_eq(look_in(MIDDLE, given), "", "who is above looks in");
    cr_expect_str_eq(reassign(MIDDLE, given), "consultation.from-above");
    for (int who = TOP; who <= MIDDLE; who++) {
        cr_expect_str_eq(accept((enum led)who, given), act_unknown.key);
        cr_expect_str_eq(send_back((enum led)who, given), act_unknown.key);
        cr_assert(test_done(test_show(scene, &consultation_module, "/handed", "", &list, NULL)));
        cr_expect_eq(list.here_count + list.away_count, 0, "nothing is theirs to decide");
    }
    cr_assert_str_eq(accept(SIBLING, given), "");
    cr_expect_str_eq(place(MIDDLE, given), act_unknown.key);
    cr_expect_str_eq(send_back(SIBLING, given), "");
    cr_expect_str_eq(reassign(MIDDLE, given), "consultation.from-above", "nor what came back");
    cr_expect_str_eq(reassign(OWN, given), "");
}

Test(consultation_layers, handed_down_it_may_be_taken_back_while_it_waits) /* (3) */
{
    struct str given = ask(S("message"));

    cr_assert_str_eq(hand(OWN, given, MIDDLE), "");
    cr_assert_str_eq(accept(MIDDLE, given), "");
    cr_assert_str_eq(hand(MIDDLE, given, SIBLING), "", "its own while it is here");
    cr_assert_str_eq(send_back(MIDDLE, given), "");
    cr_expect_str_eq(hand(MIDDLE, given, OWN), "", "and its own again");
}
