/* review_months_test.c -- samples, subsidies, commendation and the policy, as acts: each invariant
 * of review_sample.c, review_money.c, review_commend.c and review_policy.c. */
#include <criterion/criterion.h>

#include "bureau/review/review_court_test.h"
#include "bureau/review/review_money.h"
#include "platform/scene_test.h"

#include <stdio.h>

TestSuite(review_months, .init = court_open, .fini = court_close);

/* ---- samples ---- */

static struct outcome words(struct scene *scene, id case_id, struct review_said *said)
{
    struct review_words *all = NEW_MANY(scene->arena, struct review_words, 2);
    struct str *names = NEW(scene->arena, struct str);

    (void)case_id;
    all[0] = (struct review_words){S("resident"), S("我叫anna，电话13812345678")};
    all[1] = (struct review_words){S("consultant"), S("您好")};
    *names = S("anna");
    *said = (struct review_said){all, 2, names, 1};
    return DONE;
}

static bool show_sample(id sample_id, struct review_sample_view *view)
{
    static const struct module desk = {.name = "desk", .pages = review_desk_pages};
    struct str typed = arena_print(court.scene->arena, "sample=%lld", (long long)sample_id);
    struct str go;

    court.scene->actor = court.chen;
    return test_done(test_show(court.scene, &desk, "/desk/samples/{sample}",
                               arena_c(court.scene->arena, typed), view, &go));
}

Test(review_months, a_week_is_drawn_once_and_marked_by_another_team)
{
    const struct review_list_draws_row *draws;
    const struct review_list_samples_for_row *samples;
    struct review_sample_view view;
    size_t count;
    int64_t chens;

    review_words_hook(words);
    /* TEST_NOW is a Sunday: the week before the last Monday. */
    for (int i = 0; i < 30; i++)
        court_serve((struct court_serving){i % 2 ? &court.anna : &court.chen,
                                           court.scene->now - 9 * (int64_t)SECONDS_PER_DAY + i * 60,
                                           0});
    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_draws(court.scene->arena, court.scene->store, &draws, &count)));
    cr_assert(count == 1 && draws[0].cases_count == 30 && draws[0].drawn_count == 20);
    cr_assert(str_same(draws[0].week, S("2026-11-09")));
    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_draws(court.scene->arena, court.scene->store, &draws, &count)));
    cr_assert(count == 1, "a week is drawn once");

    cr_assert(test_done(review_list_samples_for(court.scene->arena, court.scene->store,
                                                court.chen.person_id, 0, &samples, &count)));
    cr_assert(count > 0);
    chens = (int64_t)count;
    for (size_t i = 0; i < count; i++) {
        struct review_find_sample_row row;
        bool found;

        cr_assert(test_done(review_find_sample(court.scene->arena, court.scene->store,
                                               samples[i].sample_id, &row, &found)));
        cr_assert(row.team_id != court.chen.team_id && row.consultant_id != court.chen.person_id);
    }
    cr_assert(court_post(&court.bo, &review_act_mark,
                         "sample=%lld&correctness=5&completeness=5&clarity=5&courtesy=5",
                         (long long)samples[0].sample_id) == &act_unknown);
    cr_assert(!court_post(&court.chen, &review_act_open_sample, "sample=%lld",
                          (long long)samples[0].sample_id));
    cr_assert(show_sample(samples[0].sample_id, &view));
    cr_assert(view.words_count == 2);
    cr_assert(str_same(view.words[0].text, S("我叫***，电话***")));
    cr_assert(!court_post(
        &court.chen, &review_act_mark,
        "sample=%lld&correctness=2&completeness=3&clarity=4&courtesy=5&comment=再具体些",
        (long long)samples[0].sample_id));
    cr_assert(court_post(&court.chen, &review_act_mark,
                         "sample=%lld&correctness=5&completeness=5&clarity=5&courtesy=5",
                         (long long)samples[0].sample_id) == &review_not_now);
    cr_assert(chens <= 20);
}

Test(review_months, an_answer_is_read_only_when_that_is_on_record) /* (5) */
{
    static const char *const marks =
        "sample=%lld&correctness=5&completeness=5&clarity=5&courtesy=5";
    const struct review_list_samples_for_row *samples;
    struct review_sample_view view;
    long long sample;
    size_t count;

    review_words_hook(words);
    for (int i = 0; i < 30; i++)
        court_serve((struct court_serving){
            &court.anna, court.scene->now - 9 * (int64_t)SECONDS_PER_DAY + i * 60, 0});
    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_samples_for(court.scene->arena, court.scene->store,
                                                court.chen.person_id, 0, &samples, &count)));
    cr_assert(count > 0);
    sample = samples[0].sample_id;
    cr_assert(show_sample(sample, &view));
    cr_expect_eq(view.words_count, 0U);
    cr_expect_str_eq(court_post(&court.chen, &review_act_mark, marks, sample)->key,
                     "review.sample-unread");
    cr_expect(court_post(&court.bo, &review_act_open_sample, "sample=%lld", sample) ==
              &act_unknown);
    cr_expect_eq(test_journal(court.scene, "review.open_sample"), 0);
    cr_assert(!court_post(&court.chen, &review_act_open_sample, "sample=%lld", sample));
    cr_expect_eq(test_journal(court.scene, "review.open_sample"), 1);
    cr_assert(show_sample(sample, &view));
    cr_expect_eq(view.words_count, 2U);
    court.scene->now += SECONDS_PER_HOUR;
    cr_assert(show_sample(sample, &view));
    cr_expect_eq(view.words_count, 0U, "an hour, then it is asked for again");
    cr_expect_null(court_post(&court.chen, &review_act_mark, marks, sample));
}

Test(review_months, out_of_service_a_colleague_s_conversation_is_neither_read_nor_judged) /* (4) */
{
    const struct review_list_samples_for_row *samples;
    struct review_sample_view view;
    struct str go;
    size_t count;
    long long sample;

    review_words_hook(words);
    for (int i = 0; i < 30; i++)
        court_serve((struct court_serving){
            &court.anna, court.scene->now - 9 * (int64_t)SECONDS_PER_DAY + i * 60, 0});
    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_samples_for(court.scene->arena, court.scene->store,
                                                court.chen.person_id, 0, &samples, &count)));
    cr_assert(count > 0);
    sample = samples[0].sample_id;
    cr_assert(
        test_done(store_script(court.scene->store, "update consultant set standing = 'barred'")));
    court.scene->actor = court.chen;
    cr_assert(test_show(court.scene, &(struct module){.name = "desk", .pages = review_desk_pages},
                        "/desk/samples/{sample}",
                        arena_c(court.scene->arena,
                                arena_print(court.scene->arena, "sample=%lld", sample)),
                        &view, &go)
                  .refusal == &people_barred);
    cr_assert(court_post(&court.chen, &review_act_open_sample, "sample=%lld", sample) ==
              &people_barred);
    cr_assert(court_post(&court.chen, &review_act_mark,
                         "sample=%lld&correctness=5&completeness=5&clarity=5&courtesy=5",
                         sample) == &people_barred);
}

Test(review_months, what_is_not_marked_goes_on_three_times)
{
    const struct review_list_samples_for_row *samples;
    struct review_find_sample_row row;
    size_t count;
    bool found;
    id which;

    court_serve(
        (struct court_serving){&court.anna, court.scene->now - 9 * (int64_t)SECONDS_PER_DAY, 0});
    cr_assert(!court_tick(&review_act_weekly, 0));
    cr_assert(test_done(review_list_samples_for(court.scene->arena, court.scene->store,
                                                court.chen.person_id, 0, &samples, &count)));
    cr_assert(count == 1);
    which = samples[0].sample_id;
    for (int i = 0; i < 4; i++) cr_assert(!court_tick(&review_act_sample_due, which));
    cr_assert(court_tick(&review_act_sample_due, which) == &review_not_now);
    cr_assert(
        test_done(review_find_sample(court.scene->arena, court.scene->store, which, &row, &found)));
    cr_assert(str_same(row.state, S("lapsed")) && row.turns == 4);
}

/* ---- money ---- */

/* Two talks, one answer in time and one late in October 2026, and one talk in November. */
Test(review_months, a_month_waits_for_its_last_night_shift)
{
    court_october();
    court.scene->now = calendar_moment_of(2026, 11, 1, 1);
    cr_assert(!court_month("month=2026-10").can_close);
    cr_assert(court_post(&court.admin, &review_act_month_close, "month=2026-10") != NULL);
    court.scene->now = calendar_moment_of(2026, 11, 1, 12 * 60);
    cr_assert(court_month("month=2026-10").can_close);
    cr_assert(!court_post(&court.admin, &review_act_month_close, "month=2026-10"));
}

Test(review_months, a_month_is_reckoned_from_its_records_and_kept_when_closed)
{
    struct review_subsidies_view view;

    court_october();
    view = court_month("month=2026-10");
    /* 2 talks at 15, 1 answer at 20, 1 late at 10 yuan. */
    cr_assert(view.people_count == 1 && view.total_fen == 6000, "%lld", (long long)view.total_fen);
    cr_assert(view.people[0].live == 2 && view.people[0].message == 1 &&
              view.people[0].message_late == 1);
    cr_assert(view.paid_count == 1 && view.next == -1 && !view.has_pages);
    view = court_month("month=2026-10&from=1");
    cr_assert(view.people_count == 0 && view.paid_count == 1 && view.total_fen == 6000,
              "a page behind the last is empty, and tells of all of them");
    cr_assert(view.next == -1 && view.previous == 0 && view.has_pages);
    view = court_month("month=2026-10");
    cr_assert(view.is_open && view.can_close);
    court_close_october();
    view = court_month("month=2026-10");
    cr_assert(view.is_closed && view.total_fen == 6000);
    /* What comes to be known later changes nothing. */
    court_serve((struct court_serving){&court.anna, calendar_moment_of(2026, 10, 5, 600), 0});
    cr_assert(court_month("month=2026-10").total_fen == 6000);
    cr_assert(court_post(&court.admin, &review_act_month_close, "month=2026-10") != NULL, "once");
    cr_assert(!court_post(&court.admin, &review_act_correct,
                          "month=2026-10&person=%lld&amount=15.00&reason=补记一次咨询",
                          (long long)court.anna.person_id));
    view = court_month("month=2026-10");
    cr_assert(view.total_fen == 7500 && view.people[0].correction_fen == 1500);
}

/* October of one person, to the admin. */
static struct review_subsidy_view of_one_person(const struct actor *who)
{
    struct review_subsidy_view view;
    struct str go;

    court.scene->actor = court.admin;
    cr_assert(test_done(test_show(
        court.scene, &(struct module){.name = "money", .pages = review_money_pages},
        "/admin/subsidies/{month}/people/{person}",
        arena_c(court.scene->arena, arena_print(court.scene->arena, "month=2026-10&person=%lld",
                                                (long long)who->person_id)),
        &view, &go)));
    return view;
}

/* A backup's call that ended then, with what the ladder counted for it. */
static void called(id call_id, const struct actor *who, moment ended_at, int64_t credit_minutes)
{
    cr_assert(test_done(store_script(
        court.scene->store,
        arena_c(court.scene->arena,
                arena_print(court.scene->arena,
                            "insert into ladder_call values (%lld, 1, %lld, '', %lld, 0, 3, "
                            "'coming', %lld, 0, %lld, %lld)",
                            (long long)call_id, (long long)who->person_id,
                            (long long)ended_at - 900, (long long)ended_at - 800,
                            (long long)ended_at, (long long)credit_minutes)))));
}

/* Bo was called four times in October: 30 minutes for saying yes and being sent home, 90, 75 and 0
 * on line: 195 minutes are three whole hours at 5.00 yuan, as the first table of rates has it.
 * What ended in November is November's. */
Test(review_months, hours_on_standby_are_those_the_ladder_counted_and_are_paid_by_the_rates)
{
    const int64_t minutes[] = {30, 90, 75, 0};
    struct review_subsidies_view view;
    struct review_subsidy_view shown;

    cr_assert(test_done(store_script(court.scene->store,
                                     "insert into ladder_desk values (1, 'lawyer', '310101', "
                                     "'duty', 0, 0, '', 0, 0, 0, '', 0, 0, 0)")));
    for (int i = 0; i < (int)COUNT(minutes); i++)
        called(i + 1, &court.bo, calendar_moment_of(2026, 10, 5 + i, 1200), minutes[i]);
    called(9, &court.bo, calendar_moment_of(2026, 11, 1, 0), 600);
    for (int closed = 0; closed < 2; closed++) {
        if (closed) court_close_october();
        view = court_month("month=2026-10");
        cr_assert(view.people_count == 1 && view.people[0].standby_hours == 3);
        cr_assert(view.total_fen == 1500, "%lld", (long long)view.total_fen);
        shown = of_one_person(&court.bo);
        cr_assert(shown.lines_count == 1 && shown.lines[0].count == 3);
        cr_assert(!shown.lines[0].cases_count && !shown.lines[0].is_cut, "hours have no cases");
    }
}

Test(review_months, a_month_that_is_not_over_is_not_closed)
{
    cr_assert(court_post(&court.admin, &review_act_month_close, "month=2026-11") != NULL);
    cr_assert(court_post(&court.admin, &review_act_month_close, "month=2026-13") ==
              &review_month_word);
    cr_assert(court_post(&court.admin, &review_act_correct,
                         "month=2026-10&person=%lld&amount=1&reason=不该",
                         (long long)court.anna.person_id) != NULL);
    court.admin.scopes = scopes_of(S("310101"));
    cr_assert(court_post(&court.admin, &review_act_month_close, "month=2026-10") == &act_not_yours);
}

Test(review_months, a_case_with_a_complaint_that_was_right_is_not_paid)
{
    struct review_case about = court_a_case(&court.anna);
    long long which;

    court_october();
    about.case_id =
        court_serve((struct court_serving){&court.anna, calendar_moment_of(2026, 10, 20, 600), 0});
    cr_assert(court_month("month=2026-10").total_fen == 7500);
    cr_assert(test_done(court_complain(about, "money", "")));
    which = court_complaint_of(about, "resident");
    cr_assert(!court_post(&court.supervisor, &review_act_hear, "complaint=%lld&question=是否收费",
                          which));
    cr_assert(!court_post(&court.supervisor, &review_act_decide_complaint,
                          "complaint=%lld&verdict=upheld&reply=属实", which));
    cr_assert(court_month("month=2026-10").total_fen == 6000);
}

Test(review_months, the_number_of_cases_shown_is_the_number_paid)
{
    struct review_subsidy_view view;

    court_october();
    for (int closed = 0; closed < 2; closed++) {
        int64_t fen = 0;

        if (closed) court_close_october();
        view = of_one_person(&court.anna);
        cr_assert(view.lines_count == 3);
        for (size_t i = 0; i < view.lines_count; i++) {
            cr_assert((int64_t)view.lines[i].cases_count == view.lines[i].count);
            fen += view.lines[i].amount_fen;
        }
        cr_assert(fen == view.total_fen && fen == 6000);
    }
}

Test(review_months, rates_change_from_a_month_that_is_not_closed)
{
    static const char typed[] =
        "from_month=%s&live=20&live_max=0&message=20&message_max=0&message_late=0&message_late_max="
        "0&shift_hour=0&shift_hour_max=0&standby_hour=0&standby_hour_max=0&cap=0&handle_min=1 min";
    char text[400];

    court_october();
    snprintf(text, sizeof text, typed, "2026-10");
    cr_assert(!court_post(&court.admin, &review_act_subsidy_policy, "%s", text));
    cr_assert(court_month("month=2026-10").total_fen == 6000, "2 * 20 + 20 + 0");
    cr_assert(court_month("month=2026-10").version == 2 &&
              court_month("month=2026-09").version == 1);
    court_close_october();
    cr_assert(court_post(&court.admin, &review_act_subsidy_policy, "%s", text) != NULL);
}

/* ---- commendation ---- */

Test(review_months, the_list_of_a_month_is_made_public_once)
{
    struct review_commendations_view view;
    const struct module board = {.name = "board", .pages = review_module.more_pages[0]};
    struct str go;

    for (int i = 0; i < 12; i++) {
        court_serve((struct court_serving){&court.bo, calendar_moment_of(2026, 10, 2 + i, 600), 5});
        court_serve(
            (struct court_serving){&court.anna, calendar_moment_of(2026, 10, 2 + i, 700), 2});
    }
    court.scene->actor = court.supervisor;
    cr_assert(test_done(
        test_show(court.scene, &board, "/board/commendations", "period=2026-10", &view, &go)));
    cr_assert(view.people_count == 1 && view.people[0].person == court.bo.person_id);
    cr_assert(view.can_publish && !view.published_at);
    cr_assert(court_post(&court.district, &review_act_publish, "period=2026-10") == &act_not_yours);
    cr_assert(court_post(&court.supervisor, &review_act_publish, "period=2026-11") != NULL,
              "not over yet");
    cr_assert(!court_post(&court.supervisor, &review_act_publish, "period=2026-10"));
    cr_assert(court_post(&court.supervisor, &review_act_publish, "period=2026-10") != NULL, "once");
    for (int i = 0; i < 12; i++)
        court_serve((struct court_serving){&court.bo, calendar_moment_of(2026, 10, 2 + i, 800), 1});
    court.scene->actor = court.supervisor;
    cr_assert(test_done(
        test_show(court.scene, &board, "/board/commendations", "period=2026-10", &view, &go)));
    cr_assert(view.people_count == 1 && view.published_at, "it stays as it was");
}

/* The quarter asks for three times what a month asks for: 15 rated and 30 answered. */
static void third_quarter(void)
{
    /* Ten seconds before somebody answers: so they count to the second. */
    moment first = calendar_moment_of(2026, 7, 1, 0) - 10,
           last = calendar_moment_of(2026, 10, 1, 0) - 10;
    const struct actor *const who[] = {&court.bo, &court.anna, &court.chen};
    const int counts[] = {45, 30, 29};

    for (size_t i = 0; i < COUNT(who); i++) {
        for (int k = 0; k < counts[i]; k++)
            court_serve((struct court_serving){
                who[i], k ? first + (3 * k) * (int64_t)SECONDS_PER_HOUR : last - 1, 5});
    }
    /* A rating counts when it is given: the last one of each is of October.
     * Chen's thirtieth and more are of the months beside it. */
    for (int k = 0; k < 10; k++) {
        court_serve((struct court_serving){&court.chen, first - 1 - k * 60, 5});
        court_serve((struct court_serving){&court.chen, last + k * 60, 5});
    }
}

static struct review_commendations_view commended(const char *period)
{
    const struct module board = {.name = "board", .pages = review_module.more_pages[0]};
    struct review_commendations_view view;
    char typed[40];
    struct str go;

    snprintf(typed, sizeof typed, "period=%s", period);
    court.scene->actor = court.supervisor;
    cr_assert(test_done(test_show(court.scene, &board, "/board/commendations", typed, &view, &go)));
    return view;
}

static void expect_third_quarter(const struct review_commendations_view *view)
{
    cr_assert_eq(view->people_count, 2);
    cr_expect_eq(view->people[0].person, court.bo.person_id, "as good, and more have said so");
    cr_expect_eq(view->people[1].person, court.anna.person_id);
    cr_expect(view->people[0].place == 1 && view->people[1].place == 2);
    cr_expect(view->people[0].answered == 45 && view->people[0].rated == 44);
    cr_expect(view->people[1].answered == 30 && view->people[1].rated == 29);
    cr_expect_geq(view->people[1].score_milli, 4300);
}

Test(review_months, the_list_of_a_quarter_is_its_three_months_and_asks_for_three_times_as_much)
{
    struct review_commendations_view view;

    third_quarter();
    view = commended("2026-Q3");
    expect_third_quarter(&view);
    cr_expect(view.can_publish && !view.published_at);
    cr_expect_eq(commended("2026-10").people_count, 1, "ten are enough for a month");
    cr_expect_eq(commended("2026-10").people[0].person, court.chen.person_id);
    cr_expect_eq(commended("2026-Q2").people_count, 0, "and too few for a quarter");
    cr_expect_str_eq(court_post(&court.supervisor, &review_act_publish, "period=2026-Q4")->key,
                     "review.period-open");
    cr_expect_str_eq(court_post(&court.supervisor, &review_act_publish, "period=2026-Q2")->key,
                     "review.nobody-commended");
    cr_expect_str_eq(court_post(&court.supervisor, &review_act_publish, "period=2026-Q5")->key,
                     "review.period");
    cr_assert(!court_post(&court.supervisor, &review_act_publish, "period=2026-Q3"));
    court_serve((struct court_serving){&court.chen, calendar_moment_of(2026, 8, 3, 0), 5});
    view = commended("2026-Q3");
    expect_third_quarter(&view);
    cr_expect(view.published_at && !view.can_publish, "it stays as it was");
    for (size_t i = 0; i < view.periods_count; i++) {
        if (view.periods[i].chosen) cr_expect(str_same(view.periods[i].value, S("2026-Q3")));
    }
}

/* ---- policy ---- */

Test(review_months, two_who_change_the_rules_at_once_do_not_undo_each_other)
{
    cr_assert(!court_post(&court.admin, &review_act_rule_add,
                          "seen=1&measure=warn&late_percent=10&answered_min=5"));
    cr_assert(court_post(&court.admin, &review_act_rule_add,
                         "seen=1&measure=warn&late_percent=20") != NULL);
    cr_assert(court_post(&court.admin, &review_act_rule_add,
                         "seen=2&measure=warn&answered_min=5") != NULL,
              "asks for nothing");
    cr_assert(!court_post(&court.admin, &review_act_rule_save,
                          "seen=2&rule=10&measure=warn&late_percent=30"));
    cr_assert(!court_post(&court.admin, &review_act_rule_drop, "rule=10"));
    cr_assert(court_post(&court.admin, &review_act_rule_drop, "rule=10") == &act_unknown);
    {
        const struct review_list_rules_row *rows;
        size_t count;

        cr_assert(
            test_done(review_list_rules(court.scene->arena, court.scene->store, 4, &rows, &count)));
        cr_assert(count == 9);
        cr_assert(
            test_done(review_list_rules(court.scene->arena, court.scene->store, 2, &rows, &count)));
        cr_assert(count == 10, "an old version stays as it was");
    }
}
