/* consultation_test.c -- the rules, exhaustively; numbers are those of consultation.c. */
#include "service/consultation/consultation.h"

#include <criterion/criterion.h>

/* (1) One row per state, one column per step; '.' is a refusal, a digit the state it leads to. */
Test(consultation, every_step_from_every_state)
{
    static const char *const map[CONSULTATION_STATES] = {
        /* offer back accept leave hand-on answer more again close serve to-line go-online
         * come-in */
        [CONSULTATION_WAITING] = "1..3....5...6",  [CONSULTATION_OFFERED] = ".023....5...6",
        [CONSULTATION_TALKING] = "...30...5.6..",  [CONSULTATION_MESSAGE] = "1....4.25...6",
        [CONSULTATION_ANSWERED] = ".....43.5...6", [CONSULTATION_CLOSED] = ".............",
        [CONSULTATION_HALL] = "...3....52.0.",
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
                                      CONSULTATION_TALKING, CONSULTATION_HALL};

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

/* (3) */
Test(consultation, of_a_wait_nothing_is_said_without_enough_talks_or_people)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_pace few = {300, 600, policy->samples_min - 1};
    struct consultation_pace enough = {300, 600, policy->samples_min};
    int64_t low, high;

    cr_expect(!consultation_wait(policy, &few, 3, 0, &low, &high));
    cr_expect(!consultation_wait(policy, &enough, 0, 0, &low, &high));
    cr_expect(consultation_wait(policy, &enough, 3, 0, &low, &high));
}

Test(consultation, a_wait_is_told_in_minutes_and_grows_with_those_ahead)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_pace pace = {300, 600, policy->samples_min};
    int64_t low, high, low_before = 0, high_before = 0;

    for (int64_t ahead = 0; ahead < 30; ahead++) {
        cr_assert(consultation_wait(policy, &pace, 6, ahead, &low, &high));
        cr_expect(low % SECONDS_PER_MINUTE == 0 && high % SECONDS_PER_MINUTE == 0);
        cr_expect(low >= low_before && high >= high_before && low < high);
        low_before = low, high_before = high;
    }
    /* 30 talks of about 8 minutes at 6 places: some 40 minutes. */
    cr_expect(low_before < 2400 && high_before > 2400);
    cr_assert(consultation_wait(policy, &pace, 100, 0, &low, &high));
    cr_expect(low == 0 && high == SECONDS_PER_MINUTE);
}

Test(consultation, of_a_wait_too_long_to_know_nothing_is_said)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_pace pace = {300, 600, policy->samples_min};
    struct consultation_pace same = {300, 300, policy->samples_min};
    struct consultation_pace none = {0, 0, policy->samples_min};
    int64_t low, high;

    cr_expect(!consultation_wait(policy, &pace, 1, 40, &low, &high));
    cr_expect(!consultation_wait(policy, &pace, 3, 100000, &low, &high));
    cr_expect(consultation_wait(policy, &same, 1, 0, &low, &high) && high > 300);
    cr_expect(consultation_wait(policy, &none, 1, 0, &low, &high) && high > 0);
}

Test(consultation, of_a_wait_that_the_queue_does_not_decide_nothing_is_said)
{
    cr_expect(consultation_tells_wait(S("zh"), false, 0));
    cr_expect(!consultation_tells_wait(S("zh"), true, 0));
    cr_expect(!consultation_tells_wait(S("zh"), false, 1));
    cr_expect(!consultation_tells_wait(S("sign"), false, 0));
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
