/* consultation_test.c -- the rules, exhaustively; numbers are those of consultation.c. */
#include "service/consultation/consultation.h"

#include <criterion/criterion.h>

/* (1) One row per state, one column per step; '.' is a refusal, a digit the state it leads to. */
Test(consultation, every_step_from_every_state)
{
    static const char *const map[CONSULTATION_STATES] = {
        /*                         offer back accept leave hand-on answer more close */
        [CONSULTATION_WAITING] = "1..3...5",  [CONSULTATION_OFFERED] = ".023...5",
        [CONSULTATION_TALKING] = "...30..5",  [CONSULTATION_MESSAGE] = ".....4.5",
        [CONSULTATION_ANSWERED] = ".....435", [CONSULTATION_CLOSED] = "........",
    };

    for (int from = 0; from < CONSULTATION_STATES; from++) {
        for (int step = 0; step < CONSULTATION_STEPS; step++) {
            enum consultation_state to = CONSULTATION_STATES;
            struct outcome outcome =
                consultation_next((enum consultation_state)from, (enum consultation_step)step, &to);
            char seen = outcome.refusal ? '.' : (char)('0' + to);

            cr_expect(seen == map[from][step], "state %d step %d: %c, expected %c", from, step,
                      seen, map[from][step]);
        }
    }
}

Test(consultation, a_closed_case_says_that_it_is_closed)
{
    enum consultation_state to;

    cr_expect(consultation_next(CONSULTATION_CLOSED, CONSULTATION_CLOSE, &to).refusal ==
              &consultation_over);
    cr_expect(consultation_next(CONSULTATION_WAITING, CONSULTATION_ANSWER, &to).refusal ==
              &consultation_not_now);
}

/* (2) */
Test(consultation, whoever_waits_can_leave_the_question_in_writing)
{
    enum consultation_state live[] = {CONSULTATION_WAITING, CONSULTATION_OFFERED,
                                      CONSULTATION_TALKING};

    for (size_t i = 0; i < COUNT(live); i++) {
        enum consultation_state to;
        struct outcome outcome = consultation_next(live[i], CONSULTATION_LEAVE_MESSAGE, &to);

        cr_expect(outcome_is_done(outcome) && to == CONSULTATION_MESSAGE);
    }
}

Test(consultation, words_and_states_are_each_others_inverse)
{
    for (int state = 0; state < CONSULTATION_STATES; state++) {
        struct str word = consultation_state_word((enum consultation_state)state);

        cr_expect(word.len > 0);
        cr_expect((int)consultation_state_of(word) == state);
    }
}

static struct consultation_candidate somebody(id person_id)
{
    return (struct consultation_candidate){.person_id = person_id,
                                           .verified = true,
                                           .present = true,
                                           .knows_field = true,
                                           .knows_language = true,
                                           .same_division = true,
                                           .talks = 1,
                                           .capacity = 3,
                                           .last_offer_at = 1000};
}

static const struct consultation_request request = {.now = 4000};

/* (3) Each shortcoming alone is enough. */
Test(consultation, nobody_unfit_is_offered_a_case)
{
    struct consultation_request wants = {.now = 4000, .wants_id = 9};
    struct consultation_candidate c = somebody(1);

    cr_expect(consultation_unfit(&request, &c) == NULL);
    cr_expect(consultation_unfit(&wants, &c) != NULL);
    c.verified = false;
    cr_expect(consultation_unfit(&request, &c) != NULL);
    c = somebody(1), c.present = false;
    cr_expect(consultation_unfit(&request, &c) != NULL);
    c = somebody(1), c.knows_language = false;
    cr_expect(consultation_unfit(&request, &c) != NULL);
    c = somebody(1), c.had_it_already = true;
    cr_expect(consultation_unfit(&request, &c) != NULL);
    c = somebody(1), c.talks = c.capacity;
    cr_expect(consultation_unfit(&request, &c) != NULL);
}

/* (4) */
Test(consultation, field_counts_more_than_everything_else_together_but_the_returning_resident)
{
    struct consultation_candidate knows = somebody(1), near = somebody(2);

    knows.same_division = false, knows.talks = 2;
    near.knows_field = false, near.talks = 0;
    cr_expect(consultation_points(&request, &knows) > consultation_points(&request, &near));
}

Test(consultation, the_best_is_chosen_and_the_next_is_named)
{
    struct consultation_candidate all[] = {somebody(1), somebody(2), somebody(3)};
    struct consultation_choice choice;

    all[0].talks = 2, all[1].talks = 0, all[2].talks = 1;
    choice = consultation_choose(&request, all, COUNT(all));
    cr_expect(choice.chosen == 1 && choice.next == 2);
    cr_expect(choice.points > choice.next_points);
}

Test(consultation, ties_go_to_whoever_waited_longest_then_to_the_smaller_number_in_any_order)
{
    struct consultation_candidate a = somebody(5), b = somebody(4), c = somebody(3);
    struct consultation_candidate all[] = {a, b, c};

    /* Both have been idle for more than the hour that counts. */
    all[0].last_offer_at = -9000, all[1].last_offer_at = -8000, all[2].last_offer_at = -8000;
    cr_expect(all[consultation_choose(&request, all, 3).chosen].person_id == 5);
    cr_expect(all[consultation_choose(&request, all, 3).next].person_id == 3);
    all[0] = c, all[2] = a;
    all[0].last_offer_at = -8000, all[1].last_offer_at = -8000, all[2].last_offer_at = -9000;
    cr_expect(all[consultation_choose(&request, all, 3).chosen].person_id == 5);
    cr_expect(all[consultation_choose(&request, all, 3).next].person_id == 3);
}

Test(consultation, without_anybody_it_is_said_what_was_missing)
{
    struct consultation_candidate away = somebody(1);
    struct consultation_choice choice = consultation_choose(&request, NULL, 0);

    cr_expect(choice.chosen == SIZE_MAX && choice.why_not != NULL);
    away.present = false;
    choice = consultation_choose(&request, &away, 1);
    cr_expect(choice.chosen == SIZE_MAX);
    cr_expect(str_same(str_of(choice.why_not), str_of(consultation_unfit(&request, &away))));
}

/* (5) */
Test(consultation, a_head_start_is_worn_off_by_waiting)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    moment normal = consultation_rank(policy, 10000, 0);
    moment cared_soon = consultation_rank(policy, 10000 + policy->head_start_seconds - 1, 1);
    moment cared_late = consultation_rank(policy, 10000 + policy->head_start_seconds + 1, 1);

    cr_expect(cared_soon < normal);
    cr_expect(normal < cared_late);
}

/* (6) */
Test(consultation, of_a_wait_nothing_is_said_without_enough_talks_or_people)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_pace few = {300, 600, policy->samples_min - 1};
    struct consultation_pace enough = {300, 600, policy->samples_min};
    int64_t low, high;

    cr_expect(!consultation_wait(policy, &few, 3, 0, &low, &high));
    cr_expect(!consultation_wait(policy, &enough, 0, 0, &low, &high));
    cr_expect(consultation_wait(policy, &enough, 3, 0, &low, &high));
    cr_expect(low == 0 && high == 200);
    cr_expect(consultation_wait(policy, &enough, 3, 6, &low, &high));
    cr_expect(low == 600 && high == 1400);
}

Test(consultation, the_pace_is_the_middle_half_of_what_was_measured)
{
    int64_t seconds[] = {10, 20, 30, 40, 50, 60, 70, 80};
    struct consultation_pace pace = consultation_pace_of(seconds, COUNT(seconds));

    cr_expect(pace.low_seconds == 30 && pace.high_seconds == 70 && pace.samples == 8);
    cr_expect(consultation_pace_of(seconds, 0).samples == 0);
}

Test(consultation, who_may_say_what_and_when)
{
    for (int state = 0; state < CONSULTATION_STATES; state++) {
        enum consultation_state s = (enum consultation_state)state;
        bool resident = outcome_is_done(consultation_may_say(s, CONSULTATION_RESIDENT, false));
        bool consultant = outcome_is_done(consultation_may_say(s, CONSULTATION_CONSULTANT, false));
        bool note = outcome_is_done(consultation_may_say(s, CONSULTATION_CONSULTANT, true));
        bool nobody = outcome_is_done(consultation_may_say(s, CONSULTATION_NOBODY, false));

        cr_expect(resident == (s != CONSULTATION_CLOSED));
        cr_expect(consultant == (s == CONSULTATION_TALKING));
        cr_expect(note);
        cr_expect(!nobody);
    }
}

Test(consultation, it_can_be_rated_when_answered_or_for_thirty_days_after_closing)
{
    moment closed = 1000000;
    int64_t days30 = 30 * (int64_t)SECONDS_PER_DAY;

    cr_expect(outcome_is_done(consultation_may_rate(CONSULTATION_ANSWERED, 0, closed)));
    cr_expect(outcome_is_done(consultation_may_rate(CONSULTATION_CLOSED, closed, closed + days30)));
    cr_expect(consultation_may_rate(CONSULTATION_CLOSED, closed, closed + days30 + 1).refusal ==
              &consultation_rate_too_late);
    cr_expect(consultation_may_rate(CONSULTATION_TALKING, 0, closed).refusal ==
              &consultation_rate_later);
}

Test(consultation, languages_and_channels_are_known_words)
{
    static const char *const languages[] = {"zh", "en", "wuu", "yue", "sign"};
    static const char *const channels[] = {"web", "api",     "wechat", "miniprogram", "app",
                                           "sms", "hotline", "window", "kiosk",       "point"};
    static const char *const neither[] = {"", "ZH", "zh-CN", "fr", "system", "command", "we"};

    for (size_t i = 0; i < COUNT(languages); i++)
        cr_expect(consultation_is_language(str_of(languages[i])), "%s", languages[i]);
    for (size_t i = 0; i < COUNT(channels); i++)
        cr_expect(consultation_is_channel(str_of(channels[i])), "%s", channels[i]);
    for (size_t i = 0; i < COUNT(neither); i++) {
        cr_expect(!consultation_is_language(str_of(neither[i])), "%s", neither[i]);
        cr_expect(!consultation_is_channel(str_of(neither[i])), "%s", neither[i]);
    }
}
