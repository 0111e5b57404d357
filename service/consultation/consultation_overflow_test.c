/* consultation_overflow_test.c -- neighbours are kept for a while, the last step writes first, and
 * a question left in writing is taken live again only if both want.
 * Cites consultation_overflow.c and consultation_again.c. */
#include <criterion/criterion.h>

#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_pages.h"
#include "service/consultation/consultation_views.h"

static struct scene *scene;
static struct bureau bureau;
static id desk_id;

static struct outcome run_more(struct scene *own, const void *form, void *result)
{
    const struct identity_division xuhui = {S("310104"), S("31"), S("district"), S("徐汇区"),
                                            S("Xuhui")};
    struct ladder_find_desk_row row;
    bool found;

    (void)form, (void)result;
    TRY(identity_divisions_load(own, &xuhui, 1));
    TRY(ladder_wake(own, S("lawyer"), S("310101")));
    TRY(ladder_find_desk(own->arena, own->store, S("lawyer"), S("310101"), &row, &found));
    desk_id = row.desk_id;
    return store_script(own->store,
                        arena_print(own->arena,
                                    "update consultant set division = '310104' where person_id = "
                                    "%lld",
                                    (long long)bureau.lawyer[1].person_id)
                            .at);
}
static const struct act more = {.name = "test.more", .who = WHO_SYSTEM, .run = run_more};

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    scene->channel = S("api");
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &more, NULL, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_overflow, .init = set_up, .fini = tear_down);

static void be(const struct actor *actor)
{
    scene->actor = *actor;
}

static void come(int lawyer, const char *word, int64_t capacity)
{
    struct consultation_presence_form form = {.state = str_of(word), .capacity = capacity};

    be(&bureau.lawyer[lawyer]);
    cr_assert(test_done(test_act(scene, &consultation_presence, &form, NULL)));
}

static struct consultation_asked_view ask_as(id person_id, const char *mode)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = S("310101"), .mode = str_of(mode)};
    struct consultation_asked_view asked;

    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_RESIDENT, .person_id = person_id};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    return asked;
}

static struct consultation_find_case_row row_of(struct str reference)
{
    struct consultation_find_reference_row about;
    struct consultation_find_case_row row;
    bool found;

    cr_assert(IS_DONE(consultation_find_reference(scene->store, reference, &about, &found)));
    cr_assert(found);
    cr_assert(IS_DONE(
        consultation_find_case(scene->arena, scene->store, about.consultation_id, &row, &found)));
    return row;
}

static bool is_in(struct str reference, const char *state)
{
    return str_same(row_of(reference).state, str_of(state));
}

static void look(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(
        test_act(scene, &consultation_look, &(struct clock_form){desk_id, scene->now}, NULL)));
}

static struct outcome at_desk(int lawyer, const struct act *act, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};

    be(&bureau.lawyer[lawyer]);
    return test_act(scene, act, &form, NEW(scene->arena, struct consultation_state_view));
}

static struct outcome as_resident(id person_id, const struct act *act, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};

    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_RESIDENT, .person_id = person_id};
    return test_act(scene, act, &form, NEW(scene->arena, struct consultation_state_view));
}

/* ---- whose consultants ---- */

Test(consultation_overflow, a_neighbour_is_kept_for_their_own_and_then_helps)
{
    struct str first, second;
    moment city = ladder_policy_default.ring_seconds * (ladder_policy_default.depth + 1);

    come(0, "online", 1);
    come(1, "online", 1);
    first = ask_as(1, "live").reference;
    cr_assert_eq(row_of(first).consultant_id, bureau.lawyer[0].person_id, "the own district's");
    second = ask_as(2, "live").reference;
    cr_assert(is_in(second, "waiting"), "the neighbour is kept");
    scene->now += city - 1;
    look();
    cr_assert(is_in(second, "waiting"));
    scene->now++;
    look();
    cr_assert(is_in(second, "offered"), "nobody waits longer than the data says");
    cr_assert_eq(row_of(second).consultant_id, bureau.lawyer[1].person_id);
}

Test(consultation_overflow, where_nobody_is_on_duty_the_city_helps_at_once)
{
    come(1, "online", 1);
    cr_assert(is_in(ask_as(1, "live").reference, "offered"));
}

/* ---- the ladder ---- */

static void push(const char *direction)
{
    struct ladder_push_form form = {
        .desk = desk_id, .direction = str_of(direction), .reason = S("test")};

    be(&bureau.supervisor);
    cr_assert(test_done(test_act(scene, &ladder_act_push, &form, NULL)));
}

static enum ladder_level level(void)
{
    enum ladder_level now;

    cr_assert(IS_DONE(overflow_level(scene, S("lawyer"), S("310101"), &now)));
    return now;
}

Test(consultation_overflow, a_queue_raises_it_and_an_empty_one_lowers_it)
{
    struct str waiting[4];

    for (int i = 0; i < 4; i++) waiting[i] = ask_as(i + 1, "live").reference;
    scene->now += ladder_policy_default.rise_seconds;
    look();
    cr_assert_eq(level(), LADDER_NEIGHBOUR, "people wait and nobody is on duty");
    scene->now += ladder_policy_default.rise_seconds;
    look();
    cr_assert_eq(level(), LADDER_BACKUP);
    for (int i = 0; i < 4; i++)
        cr_assert(test_done(as_resident(i + 1, &consultation_close_own, waiting[i])));
    for (int i = 0; i < 4; i++) {
        look();
        scene->now += ladder_policy_default.calm_seconds;
    }
    cr_assert_eq(level(), LADDER_DUTY);
    cr_assert_eq(test_journal(scene, "ladder.up"), 2);
    cr_assert_eq(test_journal(scene, "ladder.down"), 2);
}

Test(consultation_overflow, at_the_last_step_questions_are_written_unless_one_insists)
{
    for (int i = LADDER_DUTY; i < LADDER_MESSAGE; i++) push("up");
    cr_assert(is_in(ask_as(1, "").reference, "message"));
    cr_assert(is_in(ask_as(2, "live").reference, "waiting"), "whoever would rather wait may");
    push("down");
    cr_assert(is_in(ask_as(3, "").reference, "waiting"));
}

static struct outcome keep_order(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(ladder_add_version(own->store, 1, own->now, 0, S("test"), S("310101"), 0));
    TRY(ladder_add_number(own->store, 1, S("neighbour__place"), 2));
    TRY(ladder_add_number(own->store, 1, S("backup__place"), 0));
    TRY(ladder_add_number(own->store, 1, S("choice__place"), 1));
    return ladder_add_number(own->store, 1, S("message__place"), 3);
}

static bool is_crowded(struct str reference)
{
    struct waiting_view_values wait;
    struct consultation_case c;

    be(&bureau.supervisor);
    cr_assert(test_done(case_open(scene, reference, &c)));
    cr_assert(test_done(wait_of(scene, &c, &wait)));
    return wait.is_crowded;
}

/* A district that calls nobody in, and offers to write before it asks its neighbours. */
Test(consultation_overflow, a_step_does_what_its_own_ladder_says)
{
    static const struct act keep = {.name = "test.order", .who = WHO_SYSTEM, .run = keep_order};
    const struct ladder_desk_row_view *desks;
    struct consultation_asked_view one;
    size_t count;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &keep, NULL, NULL)));
    push("up");
    cr_assert_eq(level(), LADDER_CHOICE, "the first step of this district");
    one = ask_as(1, "");
    cr_expect(is_in(one.reference, "waiting"));
    cr_expect(is_crowded(one.reference));
    push("up");
    cr_assert_eq(level(), LADDER_NEIGHBOUR);
    cr_expect(is_crowded(one.reference), "offered still, as on the step below");
    push("up");
    cr_assert_eq(level(), LADDER_MESSAGE);
    cr_expect(is_in(ask_as(2, "").reference, "message"), "written first at the last step");
    be(&bureau.supervisor);
    cr_assert(test_done(ladder_desks(scene, &desks, &count)));
    cr_assert_eq(count, 1U);
    cr_expect_eq(desks[0].rung, 3);
}

/* ---- live again: both must want, the promise stands ---- */

static struct str written(id person_id, moment *due_at)
{
    struct consultation_asked_view asked = ask_as(person_id, "message");

    *due_at = asked.due_at;
    cr_assert_gt(*due_at, 0);
    return asked.reference;
}

static int writer_of(struct str reference)
{
    int i = 0;

    while (i < 3 && bureau.lawyer[i].person_id != row_of(reference).consultant_id) i++;
    cr_assert_lt(i, 3);
    return i;
}

Test(consultation_overflow, a_wish_alone_or_an_offer_alone_changes_nothing)
{
    moment due_at;
    struct str one = written(1, &due_at), other = written(2, &due_at);
    int writer = writer_of(other);

    cr_assert(test_done(as_resident(1, &consultation_wish_live, one)));
    look();
    cr_assert(is_in(one, "message"), "nobody is on line");
    come(writer, "online", 3);
    cr_assert(test_done(at_desk(writer, &consultation_offer_live, other)));
    cr_assert(is_in(other, "message"));
    cr_assert_eq(as_resident(3, &consultation_wish_live, other).refusal, &act_unknown,
                 "a stranger");
}

Test(consultation_overflow, when_both_want_they_talk_and_the_day_stays)
{
    moment due_at;
    struct str reference = written(1, &due_at);
    int writer = writer_of(reference);

    come(writer, "online", 3);
    scene->now += 60;
    come(writer, "online", 3);
    cr_assert(test_done(at_desk(writer, &consultation_offer_live, reference)));
    cr_assert(test_done(as_resident(1, &consultation_wish_live, reference)));
    cr_assert(is_in(reference, "talking"));
    cr_assert_eq(row_of(reference).due_at, due_at);
    cr_assert(test_done(as_resident(1, &consultation_leave_message, reference)));
    cr_assert_eq(row_of(reference).due_at, due_at, "back in writing: the same day");
}

Test(consultation_overflow, who_wishes_is_offered_to_whoever_is_idle_and_falls_back_on_the_promise)
{
    struct consultation_decline_form decline = {.reason = S("no")};
    moment due_at;
    struct str reference = written(1, &due_at);

    come(0, "online", 3);
    cr_assert(test_done(as_resident(1, &consultation_wish_live, reference)));
    look();
    cr_assert(is_in(reference, "offered"));
    cr_assert_eq(row_of(reference).due_at, due_at);
    decline.reference = reference;
    be(&bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_decline, &decline,
                                 NEW(scene->arena, struct consultation_state_view))));
    cr_assert(is_in(reference, "message"));
    cr_assert_eq(row_of(reference).due_at, due_at);
    cr_assert_neq(row_of(reference).consultant_id, 0, "somebody answers it in writing");
    look();
    cr_assert(is_in(reference, "message"), "a wish is used up once");
}

Test(consultation_overflow, nobody_who_waits_is_passed_over_for_it)
{
    moment due_at;
    struct str reference = written(1, &due_at);
    int writer = writer_of(reference);

    come(writer, "online", 1);
    ask_as(2, "live");
    ask_as(3, "live");
    cr_assert(test_done(as_resident(1, &consultation_wish_live, reference)));
    look();
    cr_assert(is_in(reference, "message"));
    cr_assert_not_null(at_desk(writer, &consultation_offer_live, reference).refusal);
}

Test(consultation_overflow, a_wish_of_long_ago_counts_no_more)
{
    moment due_at;
    struct str reference = written(1, &due_at);
    int writer = writer_of(reference);

    cr_assert(test_done(as_resident(1, &consultation_wish_live, reference)));
    scene->now += CONSULTATION_WISH_SECONDS + 1;
    come(writer, "online", 3);
    look();
    cr_assert(is_in(reference, "message"));
    cr_assert(test_done(at_desk(writer, &consultation_offer_live, reference)));
    cr_assert(is_in(reference, "message"));
}

/* ---- behind the numbers of the ladder ---- */

static const struct module board_module = {.name = "board", .pages = consultation_board_pages};

static void watch(const char *scope, id team_id)
{
    scene->actor = (struct actor){.is = WHO_ANYONE | (team_id ? WHO_LEADER : WHO_SUPERVISOR),
                                  .person_id = 77,
                                  .team_id = team_id,
                                  .scopes = scopes_of(str_of(scope))};
}

/* As many as wait, two to a page; how many of them are not named. */
static int64_t queued(int64_t *withheld)
{
    struct consultation_board_queue_view view = {0};
    int64_t count = 0;

    *withheld = 0;
    do {
        const char *typed =
            arena_c(scene->arena, arena_print(scene->arena, "desk=%lld&limit=2&after=%lld",
                                              (long long)desk_id, (long long)view.next));

        cr_assert(test_done(
            test_show(scene, &board_module, "/board/ladder/{desk}/waiting", typed, &view, NULL)));
        cr_assert(view.consultations_count <= 2);
        count += (int64_t)view.consultations_count;
        for (size_t i = 0; i < view.consultations_count; i++)
            *withheld += view.consultations[i].withheld;
    } while (view.next);
    return count;
}

Test(consultation_overflow, as_many_wait_as_the_ladder_says_and_a_stranger_is_not_named)
{
    const struct ladder_desk_row_view *desks;
    int64_t withheld;
    size_t count;

    for (id i = 1; i <= 5; i++) ask_as(i, "live");
    look();
    ask_as(6, "live"); /* since the last look */
    ladder_queue_hook(consultation_desk_queues);
    watch("31", 0);
    cr_assert(test_done(ladder_desks(scene, &desks, &count)));
    cr_assert_eq(count, 1u);
    cr_expect_eq(desks[0].waiting, 6);
    cr_expect_eq(queued(&withheld), 6);
    cr_expect_eq(withheld, 0);
    watch("", bureau.lawyer[0].team_id);
    cr_expect_eq(queued(&withheld), 6, "a leader's desk is the district's");
    cr_expect_eq(withheld, 6, "nobody of the team has them yet");
    watch("310104", 0);
    cr_expect_eq(
        test_show(scene, &board_module, "/board/ladder/{desk}/waiting",
                  arena_c(scene->arena, arena_print(scene->arena, "desk=%lld", (long long)desk_id)),
                  &(struct consultation_board_queue_view){0}, NULL)
            .refusal,
        &act_unknown);
    ladder_queue_hook(NULL);
}
