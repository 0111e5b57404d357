/* review_away_test.c -- whoever is in conflict with a complaint, a flag or an answer drawn by lot
 * neither handles nor sees it.  Cites review_complaint.c (3), review_flag.c (5), review_sample.c
 * (2).
 */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"
#include "platform/store.h"

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

/* ---- whom a complaint is for, by name ---- */

static int64_t told_of(long long which, id person_id)
{
    static const char sql[] = "select count(*) from journal where act = 'review.complaint' and "
                              "case_id = ? and for_id = ?";
    struct statement *statement;
    int64_t count;
    bool row;

    cr_assert(test_done(statement_open(court.scene->store, sql, &statement)));
    statement_int(statement, 1, which);
    statement_int(statement, 2, person_id);
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

Test(review_away, a_complaint_names_the_leader_where_it_may_stay_in_the_team)
{
    long long which = complain("late");

    cr_expect_eq(told_of(which, court.leader.person_id), 1);
    cr_expect_eq(told_of(which, court.supervisor.person_id), 0);
}

Test(review_away, a_complaint_the_leader_may_not_handle_names_who_may)
{
    long long which = complain("leader");

    cr_expect_eq(told_of(which, court.leader.person_id), 0);
    cr_expect_eq(told_of(which, court.supervisor.person_id), 1);
    cr_expect_eq(told_of(which, court.other_supervisor.person_id), 1);
    cr_expect_eq(told_of(which, court.district.person_id), 0, "of another district");
}

Test(review_away, a_complaint_does_not_name_a_leader_who_gave_the_case_to_somebody)
{
    long long which;

    about = court_a_case(&court.anna);
    court.scene->actor = court.leader;
    cr_assert(test_done(test_act(court.scene, &giving_acts[0], NULL, NULL)));
    cr_assert(test_done(court_complain(about, "late", "等了很久")));
    which = court_complaint_of(about, "resident");
    cr_expect_eq(told_of(which, court.leader.person_id), 0);
    cr_expect_eq(told_of(which, court.supervisor.person_id), 1);
}

/* ---- flags ---- */

static struct outcome raise_flag(void)
{
    return review_flag(court.scene, &about, court.scene->seq, S("contact|加*微信"));
}

static long long open_flag_of_case(void)
{
    struct review_find_open_flag_row row;
    bool found;

    cr_assert(test_done(review_find_open_flag(court.scene->arena, court.scene->store, about.case_id,
                                              &row, &found)));
    cr_assert(found);
    return row.flag_id;
}

static long long flag(void)
{
    about = court_a_case(&court.anna);
    as(&court.bo, raise_flag);
    return open_flag_of_case();
}

static void expect_flag_away(const struct actor *who, long long which, bool away)
{
    const struct act *const acts[] = {&review_act_flag_clear, &review_act_flag_investigate,
                                      &review_act_flag_leave};
    struct review_flags_view view;
    bool is_listed = false;

    court.scene->actor = *who;
    cr_assert(test_done(test_show(court.scene, &board, "/board/flags", "", &view, NULL)));
    for (size_t i = 0; i < view.flags_count; i++) is_listed |= view.flags[i].flag == which;
    cr_expect_eq(is_listed, !away);
    for (size_t i = 0; away && i < COUNT(acts); i++)
        cr_expect_eq(court_post(who, acts[i], "flag=%lld", which), &act_unknown, "%s",
                     acts[i]->name);
}

Test(review_away, whose_wording_was_flagged_neither_sees_nor_settles_it)
{
    struct actor both = court.anna;
    long long which = flag();

    both.is |= WHO_LEADER;
    expect_flag_away(&both, which, true);
    expect_flag_away(&court.leader, which, false);
}

Test(review_away, who_gave_the_case_to_somebody_does_not_settle_its_flag)
{
    for (size_t i = 0; i < COUNT(giving_acts); i++) {
        long long which = flag();

        expect_flag_away(&court.leader, which, false);
        court.scene->actor = court.leader;
        cr_assert(test_done(test_act(court.scene, &giving_acts[i], NULL, NULL)));
        expect_flag_away(&court.leader, which, true);
        expect_flag_away(&court.supervisor, which, false);
    }
}

Test(review_away, who_had_the_case_before_does_not_settle_its_flag)
{
    long long which = flag();

    as(&court.leader, leader_had_it);
    expect_flag_away(&court.leader, which, true);
    expect_flag_away(&court.supervisor, which, false);
}

Test(review_away, who_may_not_serve_whoever_asked_does_not_settle_the_flag)
{
    long long which = flag();

    as(&court.supervisor, name_parties);
    as(&court.supervisor, declare);
    expect_flag_away(&court.supervisor, which, true);
    expect_flag_away(&court.other_supervisor, which, false);
    cr_assert(!court_post(&court.other_supervisor, &review_act_flag_clear, "flag=%lld", which));
}

Test(review_away, a_flag_is_left_to_others_while_there_are_some)
{
    long long which = flag();

    cr_assert(!court_post(&court.leader, &review_act_flag_leave, "flag=%lld", which));
    expect_flag_away(&court.leader, which, true);
    cr_assert(!court_post(&court.supervisor, &review_act_flag_leave, "flag=%lld", which));
    expect_flag_away(&court.supervisor, which, true);
    cr_expect_str_eq(
        court_post(&court.other_supervisor, &review_act_flag_leave, "flag=%lld", which)->key,
        "review.nobody-else");
    expect_flag_away(&court.other_supervisor, which, false);
    cr_expect_eq(test_journal(court.scene, "review.leave_flag"), 2);
}

Test(review_away, who_left_a_flag_does_not_handle_the_investigation)
{
    long long which = flag(), complaint;

    cr_assert(!court_post(&court.supervisor, &review_act_flag_leave, "flag=%lld", which));
    cr_assert(!court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", which));
    complaint = court_complaint_of(about, "wording");
    expect_away(&court.supervisor, complaint, true);
    cr_expect(!may_be_handed_to(complaint, &court.supervisor));
    expect_away(&court.other_supervisor, complaint, false);
}

Test(review_away, who_left_a_second_flag_leaves_the_investigation_of_the_first)
{
    long long which = flag(), complaint;

    cr_assert(!court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", which));
    complaint = court_complaint_of(about, "wording");
    expect_away(&court.supervisor, complaint, false);
    as(&court.bo, raise_flag);
    which = open_flag_of_case();
    cr_assert(!court_post(&court.supervisor, &review_act_flag_leave, "flag=%lld", which));
    cr_assert(!court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", which));
    expect_away(&court.supervisor, complaint, true);
    expect_away(&court.other_supervisor, complaint, false);
}

/* ---- answers drawn by lot ---- */

static struct outcome chen_knows(void)
{
    TRY(assignment_parties(court.scene, about.case_id, 7, S("resident-7"), S("")));
    return assignment_bar_of(court.scene, about.case_id, court.chen.person_id);
}

/* One answer of anna's, of the week before: chen is the only one of another team. */
static long long draw(void)
{
    const struct review_list_samples_for_row *samples;
    const struct review_list_draws_row *draws;
    size_t count;

    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_draws(court.scene->arena, court.scene->store, &draws, &count)));
    cr_assert(count == 1 && draws[0].drawn_count == 1);
    cr_assert(test_done(review_list_samples_for(court.scene->arena, court.scene->store,
                                                court.chen.person_id, 0, &samples, &count)));
    return count ? samples[0].sample_id : 0;
}

static size_t to_mark(void)
{
    const struct review_list_samples_for_row *samples;
    size_t count;

    court.scene->actor = court.chen;
    cr_assert(test_done(review_samples_of_mine(court.scene, INT64_MAX, &samples, &count)));
    return count;
}

static void served_last_week(void)
{
    about = court_a_case(&court.anna);
    about.case_id = court_serve(
        (struct court_serving){&court.anna, court.scene->now - 9 * (int64_t)SECONDS_PER_DAY, 0});
}

Test(review_away, an_answer_is_not_drawn_for_whoever_is_in_conflict)
{
    served_last_week();
    as(&court.chen, chen_knows);
    cr_expect_eq(draw(), 0);
    cr_expect_eq(to_mark(), 0u);
}

Test(review_away, who_comes_to_be_in_conflict_reads_and_marks_no_more)
{
    long long sample;

    served_last_week();
    sample = draw();
    cr_assert_eq(to_mark(), 1u);
    cr_assert(!court_post(&court.chen, &review_act_open_sample, "sample=%lld", sample));
    as(&court.chen, chen_knows);
    cr_expect_eq(to_mark(), 0u);
    cr_expect_eq(court_post(&court.chen, &review_act_open_sample, "sample=%lld", sample),
                 &act_unknown);
    cr_expect_eq(court_post(&court.chen, &review_act_mark,
                            "sample=%lld&correctness=1&completeness=1&clarity=1&courtesy=1",
                            sample),
                 &act_unknown);
}
