/* cases_test.c -- the rules: which tables are refused, which step from which state by whom, and
 * what becomes of the days. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "desk/calendar/calendar_load.h"
#include "desk/cases/cases.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(8 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(cases, .init = set_up, .fini = tear_down);

#define STATES                                                                                     \
    "states:\n"                                                                                    \
    "- {state: checking, who: officer, days: 3, zh: 审核, en: Checked}\n"                        \
    "- {state: waiting, who: applicant, days: 10, pauses: true, zh: 等您, en: Yours}\n"          \
    "- {state: done, zh: 结束, en: Over}\n"
#define ACTIONS                                                                                    \
    "actions:\n"                                                                                   \
    "- {action: ask, from: [checking], to: waiting, who: officer, outcome: sent_back, zh: 退, "   \
    "en: Ask}\n"                                                                                   \
    "- {action: add, from: [waiting], to: checking, who: applicant, outcome: corrected, zh: 补, " \
    "en: Add}\n"                                                                                   \
    "- {action: grant, from: [checking], to: done, who: officer, outcome: granted, zh: 准, "      \
    "en: Grant}\n"
#define URGE                                                                                       \
    "- {action: urge, from: [checking], who: lead, outcome: urged, zh: 督, en: Urge}\n"           \
    "- {action: reopen, from: [done], to: checking, who: lead, outcome: reopened, zh: 重, "       \
    "en: Again}\n"                                                                                 \
    "- {action: lapse, from: [waiting], to: done, who: clock, outcome: lapsed, zh: 逾, en: "      \
    "Over}\n"

static struct outcome read_flow(const char *text, struct cases_flow *flow)
{
    return cases_flow_read(arena, str_of(text), flow);
}

static void refused(const char *text, const struct reason *why, const char *what)
{
    struct cases_flow flow;
    struct outcome outcome = read_flow(text, &flow);

    cr_expect_eq(outcome.refusal, why, "%s for %s", outcome.refusal ? outcome.refusal->key : "none",
                 text);
    if (what[0])
        cr_expect(str_same(outcome.detail, str_of(what)), "%.*s, not %s", STR_ARGS(outcome.detail),
                  what);
}

Test(cases, a_table_that_runs_is_taken)
{
    struct cases_flow flow;

    cr_assert(IS_DONE(read_flow(STATES ACTIONS URGE, &flow)));
    cr_expect_eq(flow.states_count, 3);
    cr_expect_eq(flow.actions_count, 6);
    cr_expect(flow.states[1].pauses);
    cr_expect(!flow.is_daily);
}

Test(cases, a_table_that_counts_days_must_say_which)
{
    struct cases_flow flow;

    cr_expect_eq(cases_flow_may(arena, S(STATES ACTIONS URGE)).refusal, &cases_flow_days);
    cr_expect(IS_DONE(cases_flow_may(arena, S("calendar: working\n" STATES ACTIONS URGE))));
    cr_assert(IS_DONE(read_flow("calendar: daily\n" STATES ACTIONS URGE, &flow)));
    cr_expect(flow.is_daily && flow.says_days);
}

#define FIELDS                                                                                     \
    "fields:\n"                                                                                    \
    "- {field: use, kind: choice, must: true, zh: 用途, en: Use, options: [{option: home, zh: "  \
    "国内, en: Here}, {option: abroad, zh: 国外, en: Abroad}]}\n"                              \
    "- {field: why, kind: choice, zh: 事由, en: Why, options: [{option: study, zh: 学, en: "    \
    "Study}, {option: work, zh: 工, en: Work}]}\n"                                                \
    "- {field: say, kind: text, zh: 说, en: Say}\n"
#define HOME "- {field: use, option: home, yuan: 80, law: 某法 第一条, zh: 八十, en: Eighty}\n"
#define ABROAD "- {field: use, option: abroad, yuan: 0, law: 某法 第二条, zh: 免, en: None}\n"
#define ALL "- {yuan: 5, law: 某法 第一条, zh: 五元, en: Five}\n"

Test(cases, what_it_costs_follows_from_the_answers)
{
    struct cases_flow flow;
    struct str answers[CASES_FIELDS_MAX] = {S("abroad"), S("study"), S("home")};

    cr_assert(IS_DONE(read_flow(STATES ACTIONS URGE FIELDS, &flow)));
    cr_expect_null(cases_fee_of(&flow, answers), "a table of before says nothing");
    cr_assert(IS_DONE(read_flow(STATES ACTIONS URGE FIELDS "fees:\n" HOME ABROAD, &flow)));
    cr_expect_eq(cases_fee_of(&flow, answers)->yuan, 0);
    answers[0] = S("home");
    cr_expect_eq(cases_fee_of(&flow, answers)->yuan, 80);
    cr_expect(str_same(cases_fee_of(&flow, answers)->law, S("某法 第一条")));
    answers[0] = S("");
    cr_expect_null(cases_fee_of(&flow, answers), "who has not answered is told nothing wrong");
    cr_assert(IS_DONE(read_flow(STATES ACTIONS URGE FIELDS "fees:\n" ALL, &flow)));
    cr_expect_eq(cases_fee_of(&flow, answers)->yuan, 5);
}

Test(cases, a_table_of_fees_has_one_row_for_every_case_that_can_be)
{
    refused(STATES ACTIONS URGE FIELDS "fees:\n" HOME, &cases_flow_fee, "use");
    refused(STATES ACTIONS URGE FIELDS "fees:\n" HOME HOME, &cases_flow_fee, "home");
    refused(STATES ACTIONS URGE FIELDS "fees:\n" ALL ALL, &cases_flow_fee, "五元");
    refused(STATES ACTIONS URGE FIELDS "fees:\n" HOME ALL, &cases_flow_fee, "五元");
    refused(STATES ACTIONS URGE FIELDS
            "fees:\n" HOME "- {field: why, option: work, yuan: 1, law: 甲, zh: 一, en: One}\n",
            &cases_flow_fee, "why");
    refused(STATES ACTIONS URGE FIELDS
            "fees:\n"
            "- {field: why, option: study, yuan: 1, law: 甲, zh: 一, en: One}\n"
            "- {field: why, option: work, yuan: 2, law: 甲, zh: 二, en: Two}\n",
            &cases_flow_fee, "why"); /* it need not be answered */
    refused(STATES ACTIONS URGE FIELDS
            "fees:\n- {option: home, yuan: 1, law: 甲, zh: 一, en: One}\n",
            &cases_flow_fee, "一");
    refused(STATES ACTIONS URGE FIELDS
            "fees:\n- {field: gone, option: home, yuan: 1, law: 甲, zh: 一, en: One}\n",
            &cases_flow_word, "gone");
    refused(STATES ACTIONS URGE FIELDS
            "fees:\n- {field: use, option: mars, yuan: 1, law: 甲, zh: 一, en: One}\n",
            &cases_flow_word, "mars");
    refused(STATES ACTIONS URGE FIELDS "fees:\n- {yuan: 1, law: '', zh: 一, en: One}\n",
            &cases_flow_labels, "一");
    refused(STATES ACTIONS URGE FIELDS "fees:\n- {yuan: 2000000, law: 甲, zh: 一, en: One}\n",
            &cases_flow_fee, "一");
    refused(STATES ACTIONS URGE FIELDS "fees:\n- {law: 甲, zh: 一, en: One}\n",
            &cases_flow_malformed, "");
}

Test(cases, a_table_by_which_no_case_could_run_is_refused_and_says_where)
{
    refused("", &cases_flow_missing, "");
    refused("states: 5\n", &cases_flow_malformed, "");
    refused(STATES "- {state: lost, who: officer, zh: 失, en: Lost}\n" ACTIONS,
            &cases_flow_unreachable, "lost");
    refused(STATES ACTIONS "- {action: x, from: [checking], to: gone, who: officer, outcome: "
                           "went_on, zh: 某, en: X}\n",
            &cases_flow_word, "gone");
    refused(STATES ACTIONS "- {action: x, from: [checking], outcome: urged, zh: 某, en: X}\n",
            &cases_flow_no_role, "x");
    refused(STATES ACTIONS "- {action: x, from: [checking], who: king, outcome: urged, zh: 某, en: "
                           "X}\n",
            &cases_flow_no_role, "x");
    refused(STATES ACTIONS "- {action: x, from: [checking], who: lead, outcome: cheered, zh: 某, "
                           "en: X}\n",
            &cases_flow_word, "cheered");
    refused("calendar: lunar\n" STATES ACTIONS, &cases_flow_calendar, "lunar");
}

/* A state somebody must act in, with no action of theirs, keeps a case for ever. */
Test(cases, a_dead_end_is_refused)
{
    refused(STATES "actions:\n"
                   "- {action: ask, from: [checking], to: waiting, who: officer, outcome: "
                   "sent_back, zh: 退, en: Ask}\n"
                   "- {action: grant, from: [checking], to: done, who: officer, outcome: granted, "
                   "zh: 准, en: Grant}\n",
            &cases_flow_dead_end, "waiting");
    refused("states:\n"
            "- {state: a, who: officer, zh: 甲, en: A}\n"
            "- {state: b, who: officer, zh: 乙, en: B}\n"
            "actions:\n"
            "- {action: x, from: [a], to: b, who: officer, outcome: went_on, zh: 去, en: X}\n"
            "- {action: y, from: [b], to: a, who: officer, outcome: went_on, zh: 回, en: Y}\n",
            &cases_flow_dead_end, "a");
}

Test(cases, an_outcome_that_ends_and_an_end_belong_together)
{
    refused(STATES ACTIONS "- {action: x, from: [checking], to: done, who: officer, outcome: "
                           "went_on, zh: 某, en: X}\n",
            &cases_flow_end, "x");
    refused(STATES ACTIONS "- {action: x, from: [checking], to: waiting, who: officer, outcome: "
                           "refused, zh: 某, en: X}\n",
            &cases_flow_end, "x");
    refused(STATES ACTIONS "- {action: x, from: [done], to: checking, who: lead, outcome: "
                           "went_on, zh: 某, en: X}\n",
            &cases_flow_end, "x");
    refused(STATES ACTIONS "- {action: x, from: [checking], to: waiting, who: lead, outcome: "
                           "reopened, zh: 某, en: X}\n",
            &cases_flow_end, "x");
}

Test(cases, what_an_outcome_needs_can_be_written_where_the_action_is_taken)
{
    struct cases_flow flow;

    refused(STATES ACTIONS "- {action: x, from: [waiting], to: checking, who: applicant, outcome: "
                           "handed_over, zh: 某, en: X}\n",
            &cases_flow_moves, "x");
    refused(STATES ACTIONS "- {action: x, from: [waiting], to: checking, who: clock, outcome: "
                           "handed_over, zh: 某, en: X}\n",
            &cases_flow_moves, "x");
    refused(STATES ACTIONS "- {action: x, from: [waiting], to: done, who: applicant, outcome: "
                           "refused, zh: 某, en: X}\n",
            &cases_flow_words, "x");
    refused(STATES ACTIONS "- {action: x, from: [done], to: checking, who: applicant, outcome: "
                           "reopened, asks: true, zh: 某, en: X}\n",
            &cases_flow_words, "x");
    cr_expect(IS_DONE(read_flow(STATES ACTIONS
                                "- {action: x, from: [done], to: checking, who: applicant, "
                                "outcome: reopened, zh: 某, en: X}\n"
                                "- {action: y, from: [checking], to: checking, who: lead, "
                                "outcome: handed_over, zh: 某, en: Y}\n",
                                &flow)));
}

Test(cases, only_the_applicant_pauses_and_the_clock_needs_days)
{
    refused("states:\n"
            "- {state: a, who: officer, pauses: true, zh: 甲, en: A}\n"
            "- {state: b, zh: 乙, en: B}\n"
            "actions:\n"
            "- {action: x, from: [a], to: b, who: officer, outcome: granted, zh: 准, en: X}\n",
            &cases_flow_pause, "a");
    refused("states:\n"
            "- {state: a, who: officer, zh: 甲, en: A}\n"
            "- {state: b, zh: 乙, en: B}\n"
            "actions:\n"
            "- {action: x, from: [a], to: b, who: officer, outcome: granted, zh: 准, en: X}\n"
            "- {action: y, from: [a], to: b, who: clock, outcome: lapsed, zh: 逾, en: Y}\n",
            &cases_flow_clock, "y");
}

/* The whole map: every state, every action, everybody. */
Test(cases, an_action_is_taken_from_its_states_by_whom_it_names_and_nobody_else)
{
    static const struct {
        const char *action, *from;
        enum cases_who who;
        const char *to;
    } may[] = {{"ask", "checking", CASES_OFFICER, "waiting"},
               {"add", "waiting", CASES_APPLICANT, "checking"},
               {"grant", "checking", CASES_OFFICER, "done"},
               {"urge", "checking", CASES_LEAD, "checking"},
               {"reopen", "done", CASES_LEAD, "checking"},
               {"lapse", "waiting", CASES_CLOCK, "done"}};
    struct cases_flow flow;
    int to;

    cr_assert(IS_DONE(read_flow(STATES ACTIONS URGE, &flow)));
    for (size_t a = 0; a < flow.actions_count; a++) {
        for (size_t s = 0; s < flow.states_count; s++) {
            for (int who = 0; who < CASES_WHOS; who++) {
                bool right =
                    who == (int)may[a].who && str_same(flow.states[s].state, str_of(may[a].from));
                struct outcome outcome = cases_next(&flow, (int)s, 1u << who, (int)a, &to);

                cr_expect_eq(IS_DONE(outcome), right, "%s from %zu by %d", may[a].action, s, who);
                if (right) cr_expect(str_same(flow.states[to].state, str_of(may[a].to)));
            }
        }
    }
}

/* Whoever sent a case here learns that it was taken over, or that it ended, and of nothing else. */
Test(cases, an_outcome_says_that_it_was_taken_over_or_ended)
{
    static const struct {
        const char *outcome;
        enum cases_went went;
    } all[] = {{"accepted", CASES_WENT_TAKEN},  {"approved", CASES_WENT_TAKEN},
               {"granted", CASES_WENT_TAKEN},   {"settled", CASES_WENT_TAKEN},
               {"completed", CASES_WENT_TAKEN}, {"answered", CASES_WENT_TAKEN},
               {"refused", CASES_WENT_ENDED},   {"not_accepted", CASES_WENT_ENDED},
               {"lapsed", CASES_WENT_ENDED},    {"withdrawn", CASES_WENT_ENDED},
               {"stopped", CASES_WENT_ENDED},   {"not_settled", CASES_WENT_ENDED}};

    for (size_t i = 0; i < cases_outcomes_count; i++) {
        enum cases_went expected = CASES_WENT_ON;

        for (size_t k = 0; k < COUNT(all); k++)
            if (str_same(str_of(all[k].outcome), str_of(cases_outcomes[i].word)))
                expected = all[k].went;
        cr_expect_eq(cases_went_of(&cases_outcomes[i]), expected, "%s", cases_outcomes[i].word);
    }
}

/* ---- answers ---- */

Test(cases, an_answer_fits_its_question)
{
    static const struct cases_option options[] = {{{"yes", 3}, {"是", 3}, {"Yes", 3}}};
    struct cases_field field = {.must = true, .options = options};

    field.kind = S("text");
    cr_expect_eq(cases_answer_check(&field, S("")).refusal, &cases_answer_missing);
    cr_expect(IS_DONE(cases_answer_check(&field, S("张三"))));
    field.kind = S("day");
    cr_expect_eq(cases_answer_check(&field, S("2026-02-30")).refusal, &cases_answer_day);
    cr_expect(IS_DONE(cases_answer_check(&field, S("2026-02-28"))));
    field.kind = S("phone");
    cr_expect_eq(cases_answer_check(&field, S("call me")).refusal, &cases_answer_phone);
    cr_expect(IS_DONE(cases_answer_check(&field, S("021-12345678"))));
    field.kind = S("choice");
    field.options_count = 1;
    cr_expect_eq(cases_answer_check(&field, S("no")).refusal, &cases_answer_choice);
    cr_expect(IS_DONE(cases_answer_check(&field, S("yes"))));
    field.must = false;
    cr_expect(IS_DONE(cases_answer_check(&field, S(""))));
}

/* ---- days ---- */

static moment at(const char *day, int hour)
{
    calendar_day number;

    cr_assert(calendar_day_parse(str_of(day), &number));
    return calendar_day_begins(number) + hour * SECONDS_PER_HOUR;
}

static const struct cases_limit ten_days = {10, false};

static void enter(const struct cases_flow *flow, int state, const char *outcome, moment now,
                  struct cases_times *times)
{
    cr_assert(IS_DONE(cases_enter(&calendar_built_in, flow, &ten_days, state,
                                  cases_outcome_of(str_of(outcome)), now, times)));
}

/* 2026-03-02 is a Monday; March has no holidays. */
Test(cases, what_was_promised_stands_still_while_the_applicant_has_it)
{
    struct cases_times times = {0, 0, -1};
    struct cases_flow flow;

    cr_assert(IS_DONE(read_flow(STATES ACTIONS, &flow)));
    enter(&flow, 0, "received", at("2026-03-02", 9), &times);
    cr_expect_eq(times.due_at, at("2026-03-06", 0), "three working days");
    cr_expect_eq(times.promise_at, at("2026-03-17", 0), "ten working days");
    cr_expect_eq(cases_by_when(&times), times.due_at);
    enter(&flow, 1, "sent_back", at("2026-03-04", 15), &times);
    cr_expect_eq(times.promise_at, 0);
    cr_expect_eq(times.left_days, 8, "two of ten were used");
    enter(&flow, 0, "corrected", at("2026-03-11", 20), &times);
    cr_expect_eq(times.left_days, -1);
    cr_expect_eq(times.promise_at, at("2026-03-24", 0), "eight more, from the day after");
    enter(&flow, 2, "granted", at("2026-03-12", 9), &times);
    cr_expect_eq(cases_by_when(&times), 0, "what is over waits for nobody");
}

/* Handed over, then taken on by the next office. */
Test(cases, what_was_promised_is_promised_once)
{
    struct cases_times times = {0, 0, -1};
    struct cases_flow flow;

    cr_assert(IS_DONE(read_flow("counts_from: accepted\n" STATES ACTIONS, &flow)));
    enter(&flow, 0, "received", at("2026-03-02", 9), &times);
    cr_expect_eq(times.promise_at, 0);
    enter(&flow, 0, "accepted", at("2026-03-02", 9), &times);
    cr_expect_eq(times.promise_at, at("2026-03-17", 0));
    enter(&flow, 0, "handed_over", at("2026-03-18", 9), &times);
    enter(&flow, 0, "accepted", at("2026-03-19", 9), &times);
    cr_expect_eq(times.promise_at, at("2026-03-17", 0), "what is late stays late");
    enter(&flow, 2, "granted", at("2026-03-20", 9), &times);
    enter(&flow, 0, "reopened", at("2026-03-23", 9), &times);
    enter(&flow, 0, "accepted", at("2026-03-23", 9), &times);
    cr_expect_eq(times.promise_at, at("2026-04-08", 0), "taken up again it is promised anew");
}

Test(cases, what_was_late_before_the_pause_is_due_at_once_after_it)
{
    struct cases_times times = {0, at("2026-03-03", 0), -1};
    struct cases_flow flow;

    cr_assert(IS_DONE(read_flow(STATES ACTIONS, &flow)));
    enter(&flow, 1, "sent_back", at("2026-03-10", 9), &times);
    cr_expect_eq(times.left_days, 0);
    enter(&flow, 0, "corrected", at("2026-03-12", 9), &times);
    cr_expect_eq(times.promise_at, at("2026-03-13", 0));
}

Test(cases, the_shown_word_follows_from_who_and_when)
{
    cr_expect_eq(cases_shown_of(CASES_NOBODY, 0, true, 1000), CASES_SHOWN_OVER);
    cr_expect_eq(cases_shown_of(CASES_APPLICANT, 2000000, true, 1000), CASES_SHOWN_YOURS);
    cr_expect_eq(cases_shown_of(CASES_APPLICANT, 1000, true, 1000), CASES_SHOWN_LATE);
    cr_expect_eq(cases_shown_of(CASES_OFFICER, 2000000, false, 1000), CASES_SHOWN_NEW);
    cr_expect_eq(cases_shown_of(CASES_OFFICER, 2000000, true, 1000), CASES_SHOWN_OURS);
    cr_expect_eq(cases_shown_of(CASES_OFFICER, 80000, true, 1000), CASES_SHOWN_SOON);
    cr_expect_eq(cases_shown_of(CASES_OFFICER, 999, true, 1000), CASES_SHOWN_LATE);
}

/* ---- somebody acts for the applicant, and what is on paper ---- */

static struct outcome read_with(const char *actions, const char *rest)
{
    struct cases_flow flow;

    return cases_flow_read(arena,
                           arena_print(arena,
                                       "states:\n"
                                       "- {state: new, who: officer, zh: 新, en: New}\n"
                                       "- {state: asked, who: agent, days: 1, zh: 问, en: Asked}\n"
                                       "- {state: done, zh: 完, en: Done}\n"
                                       "actions:\n"
                                       "- {action: end, from: [asked], to: done, who: agent, "
                                       "outcome: completed, zh: 完, en: End}\n%s%s",
                                       actions, rest),
                           &flow);
}

#define ASK                                                                                        \
    "- {action: ask, from: [new], to: asked, who: officer, outcome: appointed, zh: 问, en: Ask}\n"

Test(cases, nobody_waits_for_somebody_who_was_never_appointed)
{
    cr_expect(IS_DONE(read_with(ASK, "")));
    cr_expect_eq(read_with("- {action: ask, from: [new], to: asked, who: officer, "
                           "outcome: went_on, zh: 问, en: Ask}\n",
                           "")
                     .refusal,
                 &cases_flow_agent);
    cr_expect_eq(read_with("- {action: ask, from: [new], to: asked, who: applicant, "
                           "outcome: appointed, zh: 问, en: Ask}\n",
                           "")
                     .refusal,
                 &cases_flow_agent, "an applicant appoints nobody");
    cr_expect_eq(read_with(ASK "- {action: drop, from: [asked], who: agent, to: asked, "
                               "outcome: declined, zh: 不, en: No}\n",
                           "")
                     .refusal,
                 &cases_flow_agent, "who declined is asked no more");
}

#define LETTER(after, line)                                                                        \
    "letters:\n- {letter: a, after: [" after "], title: 通知, by: 局, lines: [\"" line "\"]}\n"

Test(cases, a_letter_of_unknown_words_or_after_no_action_is_refused)
{
    cr_expect(IS_DONE(read_with(ASK, LETTER("ask", "{name}："))));
    cr_expect_eq(read_with(ASK, LETTER("go", "您好")).refusal, &cases_flow_word);
    cr_expect_eq(read_with(ASK, LETTER("ask", "{nobody}")).refusal, &cases_flow_word);
    cr_expect_eq(read_with(ASK, LETTER("ask", "{name")).refusal, &cases_flow_word);
}

Test(cases, an_office_by_a_profession_that_is_none_is_refused)
{
    cr_expect(IS_DONE(read_with(ASK, "officers: legal_aid\n")));
    cr_expect_eq(read_with(ASK, "officers: baker\n").refusal, &cases_flow_word);
}

Test(cases, on_a_friday_the_next_day_begins_on_monday)
{
    static const struct {
        const char *now, *back;
    } rows[] = {{"2026-03-05", "2026-03-06"},
                {"2026-03-06", "2026-03-09"},
                {"2026-03-07", "2026-03-09"},
                {"2026-09-30", "2026-10-08"},  /* the seven days of the National Day */
                {"2031-03-07", "2031-03-10"}}; /* a year whose holidays nobody knows yet */
    moment back_at;

    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_assert(IS_DONE(cases_back_at(&calendar_built_in, at(rows[i].now, 17), &back_at)));
        cr_expect_eq(back_at, at(rows[i].back, 0), "%s", rows[i].now);
    }
}
