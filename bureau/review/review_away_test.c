/* review_away_test.c -- whoever is in conflict with a complaint neither handles nor sees it.  Cites
 * review_complaint.c (3). */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"

TestSuite(review_away, .init = court_open, .fini = court_close);

static const struct module board = {.name = "board", .pages = review_board_pages};

static struct review_case about;

static long long complain(const char *kind)
{
    about = court_a_case(&court.anna);
    cr_assert(test_done(court_complain(about, kind, "说明")));
    return court_complaint_of(about, "resident");
}

static bool is_listed(const struct actor *who, long long which)
{
    struct review_complaints_view view;
    bool is = false;

    court.scene->actor = *who;
    cr_assert(test_done(test_show(court.scene, &board, "/board/complaints", "", &view, NULL)));
    for (size_t i = 0; i < view.complaints_count; i++) is |= view.complaints[i].complaint == which;
    return is;
}

/* There is no such complaint: not in the list, not by its address, not for any act. */
static void expect_away(const struct actor *who, long long which, bool away)
{
    struct review_complaint_view view;
    const char *typed =
        arena_c(court.scene->arena, arena_print(court.scene->arena, "complaint=%lld", which));
    const struct reason *refusal;

    cr_expect_eq(is_listed(who, which), !away);
    court.scene->actor = *who;
    refusal =
        test_show(court.scene, &board, "/board/complaints/{complaint}", typed, &view, NULL).refusal;
    cr_expect_eq(refusal, away ? &act_unknown : NULL);
    if (!away) return;
    cr_expect_eq(court_post(who, &review_act_acknowledge, "complaint=%lld", which), &act_unknown);
    cr_expect_eq(court_post(who, &review_act_note, "complaint=%lld&text=记录", which),
                 &act_unknown);
    cr_expect_eq(court_post(who, &review_act_hear, "complaint=%lld&question=怎么", which),
                 &act_unknown);
    cr_expect_eq(court_post(who, &review_act_decide_complaint,
                            "complaint=%lld&verdict=rejected&reply=不对", which),
                 &act_unknown);
    cr_expect_eq(court_post(who, &review_act_hand_over, "complaint=%lld&to=%lld&why=移交", which,
                            (long long)court.other_supervisor.person_id),
                 &act_unknown);
}

static struct outcome run(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)result;
    return ((struct outcome(*)(void))(uintptr_t)form)();
}
static const struct act do_act = {.name = "test.do", .who = WHO_ANYONE, .run = run};

static void as(const struct actor *who, struct outcome (*what)(void))
{
    court.scene->actor = *who;
    cr_assert(test_done(test_act(court.scene, &do_act, (void *)(uintptr_t)what, NULL)));
}

static struct outcome name_parties(void)
{
    return assignment_parties(court.scene, about.case_id, 7, S("resident-7"), S(""));
}
static struct outcome declare(void)
{
    return assignment_bar_of(court.scene, about.case_id, court.supervisor.person_id);
}
static struct outcome leader_had_it(void)
{
    TRY(assignment_add_assignment(
        court.scene->store,
        &(struct assignment_add_assignment_values){.assignment_id = scene_new_id(court.scene),
                                                   .service = S("consultation"),
                                                   .case_id = about.case_id,
                                                   .profession = S("lawyer"),
                                                   .field = S("labour"),
                                                   .person_id = court.leader.person_id,
                                                   .is_written = true,
                                                   .candidates = S(""),
                                                   .offered_at = court.scene->now - 60}));
    return assignment_accept(court.scene, about.case_id);
}
static struct outcome gave_it(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    scene_about(court.scene, about.case_id, court.anna.person_id);
    return DONE;
}
static const struct act giving_acts[] = {
    {.name = "consultation.reassign", .who = WHO_LEADER, .run = gave_it},
    {.name = "consultation.hand", .who = WHO_LEADER, .run = gave_it},
    {.name = "consultation.place", .who = WHO_LEADER, .run = gave_it}};

static bool may_be_handed_to(long long which, const struct actor *who)
{
    const struct review_list_handlers_row *handlers;
    size_t count;
    bool may = false;

    cr_assert(test_done(review_list_handlers(court.scene->arena, court.scene->store, which,
                                             court.supervisor.person_id, &handlers, &count)));
    for (size_t i = 0; i < count; i++) may |= handlers[i].person_id == who->person_id;
    return may;
}

Test(review_away, the_one_complained_about_is_kept_away)
{
    struct actor both = court.anna;
    long long which = complain("conduct");

    both.is |= WHO_LEADER;
    expect_away(&both, which, true);
    expect_away(&court.leader, which, false);
}

Test(review_away, what_the_leader_decided_is_not_handled_in_the_team)
{
    long long which = complain("leader");

    expect_away(&court.leader, which, true);
    expect_away(&court.supervisor, which, false);
}

Test(review_away, who_gave_the_case_to_somebody_does_not_handle_what_came_of_it)
{
    for (size_t i = 0; i < COUNT(giving_acts); i++) {
        long long which = complain("late");

        expect_away(&court.leader, which, false);
        cr_expect(may_be_handed_to(which, &court.leader));
        court.scene->actor = court.leader;
        cr_assert(test_done(test_act(court.scene, &giving_acts[i], NULL, NULL)));
        expect_away(&court.leader, which, true);
        cr_expect(!may_be_handed_to(which, &court.leader), "%s", giving_acts[i].name);
        expect_away(&court.supervisor, which, false);
    }
}

Test(review_away, who_had_the_case_before_does_not_handle_it)
{
    long long which = complain("wrong");

    as(&court.leader, leader_had_it);
    expect_away(&court.leader, which, true);
}

Test(review_away, who_may_not_serve_whoever_complains_does_not_handle_it)
{
    long long which = complain("wrong");

    as(&court.supervisor, name_parties);
    expect_away(&court.supervisor, which, false);
    as(&court.supervisor, declare);
    expect_away(&court.supervisor, which, true);
    expect_away(&court.other_supervisor, which, false);
}

Test(review_away, a_complaint_is_handed_to_somebody_free_of_conflict)
{
    long long which = complain("wrong"), other = court.other_supervisor.person_id;

    as(&court.supervisor, name_parties);
    as(&court.supervisor, declare);
    cr_expect_str_eq(court_post(&court.leader, &review_act_hand_over,
                                "complaint=%lld&to=%lld&why=我认识他", which,
                                (long long)court.supervisor.person_id)
                         ->key,
                     "review.handler", "whoever is in conflict is not offered");
    cr_expect_str_eq(court_post(&court.leader, &review_act_hand_over,
                                "complaint=%lld&to=%lld&why=我认识他", which,
                                (long long)court.district.person_id)
                         ->key,
                     "review.handler", "nor is the supervisor of another district");
    cr_assert(!court_post(&court.leader, &review_act_hand_over,
                          "complaint=%lld&to=%lld&why=我认识他&away=1", which, other));
    cr_expect_eq(court_complaint(which).handler_id, other);
    cr_expect(str_same(court_complaint(which).state, S("acknowledged")));
    expect_away(&court.leader, which, true);
    expect_away(&court.other_supervisor, which, false);
    cr_assert(!court_post(&court.other_supervisor, &review_act_decide_complaint,
                          "complaint=%lld&verdict=rejected&reply=答复", which));
    cr_expect_eq(court_post(&court.other_supervisor, &review_act_hand_over,
                            "complaint=%lld&to=%lld&why=移交", which, other),
                 &review_not_now, "nothing is left to hand over");
}
