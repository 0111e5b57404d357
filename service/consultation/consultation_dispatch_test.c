/* consultation_dispatch_test.c -- the queue and who gets what, through the acts themselves.  Cites
 * consultation_dispatch.c; the choice itself is tested in bureau/assignment. */
#include <criterion/criterion.h>

#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

static struct scene *scene;
static struct bureau bureau;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    scene->channel = S("api");
    bureau_make(scene, &bureau);
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_dispatch, .init = set_up, .fini = tear_down);

static struct outcome presence(int lawyer, const char *word, int64_t capacity)
{
    struct consultation_presence_form form = {.state = str_of(word), .capacity = capacity};

    scene->actor = bureau.lawyer[lawyer];
    return test_act(scene, &consultation_presence, &form, NULL);
}

static struct str ask(const char *language, const char *phone, id wants, bool cared_for)
{
    struct consultation_ask_form form = {.field = S("labour"),
                                         .text = S("欠薪"),
                                         .district = S("310101"),
                                         .mode = S("live"),
                                         .language = str_of(language),
                                         .phone = str_of(phone),
                                         .cared_for = cared_for};
    struct consultation_asked_view told;

    if (wants) form.wants__consultant = arena_print(scene->arena, "%lld", (long long)wants);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return arena_copy(scene->arena, told.reference);
}

static struct consultation_find_case_row row_of(struct str reference)
{
    struct consultation_find_reference_row about;
    struct consultation_find_case_row row;
    bool found;

    cr_assert(test_done(consultation_find_reference(scene->store, reference, &about, &found)));
    cr_assert(found);
    cr_assert(test_done(
        consultation_find_case(scene->arena, scene->store, about.consultation_id, &row, &found)));
    return row;
}

static bool is_offered_to(struct str reference, int lawyer)
{
    struct consultation_find_case_row row = row_of(reference);

    return str_same(row.state, S("offered")) &&
           row.consultant_id == bureau.lawyer[lawyer].person_id;
}

/* What the clock would do now: one look, as it has each second; of one act, or of all (NULL). */
static void tick(const char *only)
{
    const struct platform_list_due_row *rows;
    size_t count;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, scene->now, &rows, &count)));
    for (size_t i = 0; i < count; i++) {
        const struct act *const *act = consultation_clock_acts;
        struct clock_form form = {.case_id = rows[i].case_id, .due_at = rows[i].due_at};

        while (*act && !str_same(str_of((*act)->name), rows[i].act)) act++;
        if (!*act || (only && !str_same(str_of(only), rows[i].act))) continue;
        platform_drop_deadline(scene->store, rows[i].act, rows[i].case_id);
        test_act(scene, *act, &form, NULL);
    }
}

/* (1) More places than one act may tell of: the clock goes on at once, in the same order. */
Test(consultation_dispatch, many_places_that_come_free_at_once_are_filled_within_seconds)
{
    enum { CASES = 12 };
    struct str asked[CASES];
    int offered = 0;

    for (int i = 0; i < CASES; i++) asked[i] = ask("zh", "", 0, false);
    cr_assert(test_done(presence(0, "online", 10)));
    for (int i = 0; i < CASES; i++) offered += is_offered_to(asked[i], 0);
    cr_expect(offered >= 5, "%d in the act itself", offered);
    for (int i = 0; i < offered; i++) cr_expect(is_offered_to(asked[i], 0), "the first come first");
    scene->now++;
    tick("consultation.drain"); /* and not the sweep, which comes every ten seconds only */
    for (int i = 0; i < 10; i++) cr_expect(is_offered_to(asked[i], 0), "case %d", i);
    cr_expect(str_same(row_of(asked[10]).state, S("waiting")), "no place beyond the tenth");
    cr_expect(str_same(row_of(asked[11]).state, S("waiting")));
}

/* (3) */
Test(consultation_dispatch, a_language_nobody_speaks_holds_up_nobody)
{
    struct str foreign[25], plain;

    for (size_t i = 0; i < COUNT(foreign); i++) {
        foreign[i] = ask("yue", "", 0, true);
        scene->now++;
    }
    plain = ask("zh", "", 0, false);
    cr_assert(test_done(presence(0, "online", 1)));
    cr_expect(is_offered_to(plain, 0), "25 come before it whom nobody here understands");
    cr_expect(str_same(row_of(foreign[0]).state, S("waiting")));
}

Test(consultation_dispatch, cases_that_all_have_declined_hold_up_nobody)
{
    enum { CASES = 22 };
    struct consultation_decline_form form = {.reason = S("不在我的领域")};
    struct consultation_state_view told;
    struct str asked[CASES], last;

    cr_assert(test_done(presence(0, "online", 1)));
    for (int i = 0; i < CASES; i++) {
        asked[i] = ask("zh", "", 0, false);
        cr_assert(is_offered_to(asked[i], 0), "case %d", i);
        form.reference = asked[i];
        scene->actor = bureau.lawyer[0];
        cr_assert(test_done(test_act(scene, &consultation_decline, &form, &told)));
        scene->now++;
        cr_assert(test_done(presence(0, "", 0)));
    }
    last = ask("zh", "", 0, false);
    cr_expect(is_offered_to(last, 0));
    cr_expect(str_same(row_of(asked[0]).state, S("waiting")));
}

Test(consultation_dispatch, whoever_was_asked_for_and_cannot_is_not_waited_for)
{
    struct consultation_decline_form form = {.reason = S("利益冲突"), .conflict = true};
    struct consultation_state_view told;
    struct str asked;

    cr_assert(test_done(presence(0, "online", 1)));
    cr_assert(test_done(presence(1, "online", 1)));
    asked = ask("zh", "13800000001", bureau.lawyer[0].person_id, false);
    cr_assert(is_offered_to(asked, 0));
    form.reference = asked;
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_decline, &form, &told)));
    cr_expect(is_offered_to(asked, 1), "at once, and to somebody who can");
    /* For good: not the next case of the same number either, even by name. */
    cr_assert(test_done(presence(1, "away", 0)));
    asked = ask("zh", "13800000001", bureau.lawyer[0].person_id, false);
    cr_expect(str_same(row_of(asked).state, S("waiting")));
    asked = ask("zh", "13800000002", 0, false);
    cr_expect(is_offered_to(asked, 0), "of that resident only");
}

Test(consultation_dispatch, full_is_waited_for_by_whoever_asked_by_name)
{
    struct str first, wish;

    cr_assert(test_done(presence(0, "online", 1)));
    cr_assert(test_done(presence(1, "online", 1)));
    first = ask("zh", "", bureau.lawyer[0].person_id, false);
    cr_assert(is_offered_to(first, 0));
    wish = ask("zh", "", bureau.lawyer[0].person_id, false);
    cr_expect(str_same(row_of(wish).state, S("waiting")));
    cr_assert(test_done(presence(0, "", 2)));
    cr_expect(is_offered_to(wish, 0));
}

static struct outcome quicker(struct scene *own, const void *form, void *result)
{
    struct assignment_policy policy = assignment_policy_default;

    (void)form, (void)result;
    policy.offer_seconds = 12;
    policy.head_start_seconds = 0;
    return assignment_add_policy(own->store, 1, own->now, 1, S("夜里"),
                                 assignment_policy_text(own->arena, &policy));
}

Test(consultation_dispatch, the_version_in_force_says_how_long_an_offer_stands_and_who_is_first)
{
    static const struct act act = {.name = "test.policy", .who = WHO_SYSTEM, .run = quicker};
    const struct assignment_list_assignments_row *rows;
    struct str plain, cared;
    size_t count;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    plain = ask("zh", "", 0, false);
    scene->now++;
    cared = ask("zh", "", 0, true);
    cr_assert(test_done(presence(0, "online", 1)));
    cr_expect(is_offered_to(plain, 0), "without a head start as they come");
    cr_expect_eq(row_of(plain).offer_until, scene->now + 12);
    cr_assert(test_done(assignment_history(scene, row_of(plain).consultation_id, &rows, &count)));
    cr_expect(count == 1 && rows[0].policy_version == 1);
    scene->now += 12;
    tick(NULL);
    cr_expect(!is_offered_to(plain, 0) && !is_offered_to(cared, 0), "missed: away");
}

Test(consultation_dispatch, an_offer_a_resident_walks_away_from_was_accepted_by_nobody)
{
    const struct assignment_list_assignments_row *rows;
    struct consultation_reference_form form;
    struct consultation_state_view told;
    struct consultation_find_case_row row;
    size_t count;

    cr_assert(test_done(presence(0, "online", 1)));
    form.reference = ask("zh", "", 0, false);
    row = row_of(form.reference);
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_GUEST, .person_id = row.owner_id};
    cr_assert(test_done(test_act(scene, &consultation_close_own, &form, &told)));
    cr_assert(test_done(assignment_history(scene, row.consultation_id, &rows, &count)));
    cr_expect(count == 1 && str_same(rows[0].result, S("withdrawn")) && rows[0].taken_at == 0);
}

/* ---- a licence that holds ---- */

static void licence(int lawyer, moment verified_at, moment until)
{
    cr_assert(test_done(store_script(
        scene->store,
        arena_c(scene->arena,
                arena_print(scene->arena,
                            "update consultant set verified_at = %lld, licence_until = %lld"
                            " where person_id = %lld",
                            (long long)verified_at, (long long)until,
                            (long long)bureau.lawyer[lawyer].person_id)))));
}

static struct str leave(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message"), .language = S("zh")};
    struct consultation_asked_view told;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return arena_copy(scene->arena, told.reference);
}

static struct outcome hand_to(struct str reference, int lawyer)
{
    struct consultation_reassign_form form = {
        .reference = reference,
        .consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[lawyer].person_id),
        .reason = S("专长")};
    struct consultation_state_view told;

    scene->actor = bureau.supervisor;
    return test_act(scene, &consultation_reassign, &form, &told);
}

Test(consultation_dispatch, offers_end_with_the_licence_to_the_second)
{
    const moment end = scene->now + SECONDS_PER_DAY;
    struct str before, after;

    licence(0, scene->now - 1, end);
    scene->now = end - 1;
    cr_assert(test_done(presence(0, "online", 3)));
    before = ask("zh", "", 0, false);
    cr_expect(is_offered_to(before, 0), "in its last second");
    scene->now = end;
    cr_assert(test_done(presence(0, "", 0))); /* still there, as the page tells every few seconds */
    after = ask("zh", "", 0, false);
    cr_expect(str_same(row_of(after).state, S("waiting")));
    tick(NULL);
    cr_expect(str_same(row_of(after).state, S("waiting")), "nor by the clock");
    cr_expect_eq(test_journal(scene, "consultation.offer"), 1);
    after = ask("zh", "13800000001", bureau.lawyer[0].person_id, false);
    cr_expect(str_same(row_of(after).state, S("waiting")), "nor by name");
    licence(0, scene->now, end + SECONDS_PER_DAY); /* a new one was checked */
    cr_assert(test_done(presence(0, "away", 0)));
    cr_assert(test_done(presence(0, "online", 0)));
    cr_expect_gt(test_journal(scene, "consultation.offer"), 1, "and they begin again");
}

Test(consultation_dispatch, an_offer_that_outlives_the_licence_goes_to_a_colleague)
{
    const moment end = scene->now + 1;
    struct consultation_reference_form form;
    struct consultation_state_view told;

    licence(0, scene->now - 1, end);
    cr_assert(test_done(presence(0, "online", 1)));
    form.reference = ask("zh", "", 0, false);
    cr_assert(is_offered_to(form.reference, 0));
    scene->now = end;
    scene->actor = bureau.lawyer[0];
    cr_expect_eq(test_act(scene, &consultation_accept, &form, &told).refusal,
                 &consultation_not_qualified);
    cr_assert(test_done(presence(1, "online", 1)));
    scene->now += assignment_policy_default.offer_seconds;
    cr_assert(test_done(presence(1, "", 0)));
    tick(NULL);
    cr_expect(is_offered_to(form.reference, 1));
}

Test(consultation_dispatch, whoever_was_not_checked_is_offered_nothing)
{
    struct str asked;

    licence(0, 0, 0);
    cr_assert(test_done(presence(0, "online", 3)));
    asked = ask("zh", "", 0, false);
    cr_expect(str_same(row_of(asked).state, S("waiting")));
    scene->now += 10;
    cr_assert(test_done(presence(0, "", 0)));
    tick(NULL);
    cr_expect(str_same(row_of(asked).state, S("waiting")));
    cr_expect_eq(test_journal(scene, "consultation.offer"), 0);
    licence(0, scene->now, 0);
    scene->now += 10;
    cr_assert(test_done(presence(0, "", 0)));
    tick(NULL);
    cr_expect(is_offered_to(asked, 0), "checked: at the next look");
}

Test(consultation_dispatch, what_is_left_in_writing_goes_to_a_licence_that_holds)
{
    struct str asked;

    licence(0, scene->now - 1, scene->now);
    licence(1, 0, 0);
    for (int i = 0; i < 6; i++)
        cr_expect_eq(row_of(leave()).consultant_id, bureau.lawyer[2].person_id);
    licence(2, scene->now - 1, scene->now);
    asked = leave();
    cr_expect_eq(row_of(asked).consultant_id, 0, "nobody's rather than theirs");
    cr_expect_gt(row_of(asked).due_at, scene->now, "and promised all the same");
    for (int lawyer = 0; lawyer < 3; lawyer++)
        cr_expect_eq(hand_to(asked, lawyer).refusal, &consultation_unknown_consultant);
    licence(1, scene->now, scene->now + SECONDS_PER_DAY);
    cr_expect(test_done(hand_to(asked, 1)));
    cr_expect_eq(row_of(asked).consultant_id, bureau.lawyer[1].person_id);
}
