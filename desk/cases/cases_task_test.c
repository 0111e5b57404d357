/* cases_task_test.c -- what offices ask of one another: orders (督办) and parts (协办), by the day,
 * on the log, in the lists of both sides; and who sees none of it. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_stage_test.h"

TestSuite(cases_task, .init = stage_open, .fini = stage_close);

static const char *until_in(int days, const char *field)
{
    char day[11];

    calendar_day_print(calendar_day_of(stage->now) + days, day);
    return arena_print(stage->arena, "%s=%s", field, day).at;
}

static struct outcome order(int days)
{
    return stage_post(
        &cases_order,
        arena_print(stage->arena, "order_words=请说明进展&%s", until_in(days, "order_until")).at);
}
static struct outcome ask(const char *division, int days)
{
    return stage_post(&cases_ask_part,
                      arena_print(stage->arena, "part_words=请核实住址&part_division=%s&%s",
                                  division, until_in(days, "part_until"))
                          .at);
}

static const struct cases_task_view *only_task(void)
{
    static struct cases_desk_view v;

    memset(&v, 0, sizeof v);
    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &v)));
    cr_assert_eq(v.tasks_count, 1, "%zu", v.tasks_count);
    return v.tasks;
}
static struct outcome answer(id task)
{
    return stage_post(
        &cases_answer_task,
        arena_print(stage->arena, "task=%lld&answer_words=已经核实", (long long)task).at);
}
static struct outcome end(id task, const char *words)
{
    return stage_post(
        &cases_end_task,
        arena_print(stage->arena, "task=%lld&end_words=%s", (long long)task, words).at);
}
static struct cases_between_view between(void)
{
    struct cases_between_view v = {0};

    cr_assert(test_done(stage_see("/office/tasks", "", &v)));
    return v;
}
static bool has_step(const char *outcome, const char *words)
{
    struct cases_desk_view v = {0};

    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &v)));
    for (size_t i = 0; i < v.steps_count; i++)
        if (str_same(v.steps[i].outcome, str_of(outcome)) &&
            str_find(v.steps[i].words, str_of(words)) >= 0)
            return true;
    return false;
}

Test(cases_task, a_task_goes_from_asked_to_answered_to_settled_and_never_back)
{
    static const struct {
        const char *kind, *state;
        unsigned is;
        enum cases_task_step step;
        bool may;
    } rows[] = {
        {"order", "", 1u << CASES_LEAD, CASES_TASK_ASK, true},
        {"order", "", 1u << CASES_OFFICER, CASES_TASK_ASK, false},
        {"order", "open", 1u << CASES_OFFICER, CASES_TASK_ANSWER, true},
        {"order", "open", 1u << CASES_LEAD, CASES_TASK_ANSWER, false},
        {"order", "open", CASES_IS_HELPER, CASES_TASK_ANSWER, false},
        {"order", "answered", 1u << CASES_OFFICER, CASES_TASK_ANSWER, false},
        {"order", "open", 1u << CASES_LEAD, CASES_TASK_END, true},
        {"order", "answered", 1u << CASES_LEAD, CASES_TASK_END, true},
        {"order", "answered", 1u << CASES_OFFICER, CASES_TASK_END, false},
        {"order", "ended", 1u << CASES_LEAD, CASES_TASK_END, false},
        {"part", "", 1u << CASES_OFFICER, CASES_TASK_ASK, true},
        {"part", "", 1u << CASES_LEAD, CASES_TASK_ASK, false},
        {"part", "", CASES_IS_HELPER, CASES_TASK_ASK, false},
        {"part", "open", CASES_IS_HELPER, CASES_TASK_ANSWER, true},
        {"part", "open", 1u << CASES_OFFICER, CASES_TASK_ANSWER, false},
        {"part", "answered", CASES_IS_HELPER, CASES_TASK_ANSWER, false},
        {"part", "open", 1u << CASES_OFFICER, CASES_TASK_END, true},
        {"part", "open", CASES_IS_HELPER, CASES_TASK_END, false},
        {"part", "ended", 1u << CASES_OFFICER, CASES_TASK_END, false},
        {"part", "open", 1u << CASES_AGENT, CASES_TASK_ANSWER, false},
        {"part", "open", 1u << CASES_APPLICANT, CASES_TASK_END, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect_eq(test_done(cases_task_may(str_of(rows[i].kind), str_of(rows[i].state),
                                              rows[i].is, rows[i].step)),
                     rows[i].may, "row %zu", i);
}

Test(cases_task, a_day_to_answer_is_after_today_and_within_half_a_year)
{
    moment due_at = 0, now = calendar_moment_of(2026, 11, 23, 9 * 60);

    cr_expect_eq(cases_task_until(S("2026-11-23"), now, &due_at).refusal, &cases_task_day);
    cr_expect_eq(cases_task_until(S("2027-06-01"), now, &due_at).refusal, &cases_task_day);
    cr_expect_eq(cases_task_until(S("26-11-24"), now, &due_at).refusal, &cases_task_day);
    cr_assert(test_done(cases_task_until(S("2026-11-24"), now, &due_at)));
    cr_expect_eq(due_at, calendar_moment_of(2026, 11, 25, 0), "that whole day is in time");
    cr_expect_eq(cases_task_warn_at(due_at), calendar_moment_of(2026, 11, 23, 12 * 60));
}

Test(cases_task, an_order_from_above_is_answered_by_the_office_and_settled_from_above)
{
    struct cases_between_view v;
    id task;

    be_lead();
    cr_expect(order(3).refusal, "not before it was opened");
    cr_assert(test_done(stage_look()));
    cr_expect_eq(order(0).refusal, &cases_order_day, "told at the field of the day");
    cr_expect_str_eq(cases_order_day.field, "order_until");
    cr_assert(test_done(order(3)));
    task = only_task()->task;
    cr_expect(only_task()->may_end && !only_task()->may_answer);
    v = between();
    cr_expect(v.is_watch && v.asked_count == 1 && v.answered_count == 0);
    be_officer();
    v = between();
    cr_expect(!v.is_watch && v.asked_count == 1 && v.waiting_count == 0);
    cr_expect(v.asked[0].may_open && str_same(v.asked[0].kind, S("order")));
    cr_assert(test_done(stage_look()));
    cr_expect(has_step("ordered", "请说明进展"));
    cr_expect(end(task, "不想办").refusal == &cases_not_by_you, "nobody ends it over themselves");
    cr_assert(test_done(answer(task)));
    cr_expect_eq(answer(task).refusal, &cases_not_now, "once");
    cr_expect_eq(between().asked_count, 0);
    be_lead();
    v = between();
    cr_expect(v.asked_count == 0 && v.answered_count == 1);
    cr_assert(test_done(end(task, "")));
    cr_expect_eq(between().answered_count, 0);
    cr_expect(has_step("order_answered", "已经核实"));
    cr_expect(has_step("order_ended", ""));
}

Test(cases_task, an_order_without_an_answer_ends_only_with_words_why)
{
    id task;

    be_lead();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(order(3)));
    task = only_task()->task;
    cr_expect(end(task, "").refusal);
    cr_assert(test_done(end(task, "已经电话说明")));
    cr_expect(str_same(only_task()->state, S("ended")));
}

Test(cases_task, who_has_to_answer_is_warned_before_the_day_and_who_asked_after_it)
{
    struct cases_day_view day = {0};
    int64_t before;
    id task;

    be_officer();
    cr_assert(test_done(stage_look()));
    be_lead();
    cr_assert(test_done(stage_look()));
    before = stage_letters();
    cr_assert(test_done(order(3)));
    cr_expect_eq(stage_letters(), before + 1, "who has the case hears of it");
    task = only_task()->task;
    stage->now += 2 * SECONDS_PER_DAY;
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_warn, task)));
    cr_expect_eq(stage_letters(), before + 1);
    stage->now += 2 * SECONDS_PER_DAY;
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_task_due, task)));
    cr_assert(test_done(stage_clock(&cases_task_due, task)));
    cr_expect_eq(stage_letters(), before + 1, "and once");
    be_officer();
    cr_assert(test_done(stage_see("/office/day", "", &day)));
    cr_expect_eq(day.tasks_count, 1);
    cr_expect(day.tasks[0].is_late);
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(answer(task)));
    cr_expect(only_task()->is_late, "that it was not in time stays");
    memset(&day, 0, sizeof day);
    cr_assert(test_done(stage_see("/office/day", "", &day)));
    cr_expect_eq(day.tasks_count, 0);
    cr_expect_eq(stage_clock(&cases_warn, task).fault, NULL, "an old deadline does nothing");
}

Test(cases_task, an_order_goes_along_with_a_case_that_is_handed_over)
{
    be_lead();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(order(5)));
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=住在黄浦")));
    cr_expect_eq(between().asked_count, 0);
    be_far();
    cr_expect_eq(between().asked_count, 1);
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(answer(only_task()->task)));
}

Test(cases_task, an_order_of_a_district_ends_when_the_case_leaves_it)
{
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=住在黄浦")));
    be_near_lead(); /* of Huangpu alone */
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(order(5)));
    be_far();
    cr_expect_eq(between().asked_count, 1);
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("hand-over", "division=310104&words=还是徐汇办")));
    be_officer();
    cr_expect_eq(between().asked_count, 0, "of whom it would be answered they are none");
    cr_assert(test_done(stage_look()));
    cr_expect(str_same(only_task()->state, S("ended")));
}

Test(cases_task, who_watches_one_office_and_leads_another_contributes_and_calls_nobody)
{
    struct cases_desk_view desk = {0};

    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(ask("310101", 3)));
    cr_assert(test_done(ask("310105", 3)));
    be_far();
    stage->actor.is |= WHO_SUPERVISOR;
    stage->actor.scopes.supervisor = S("31");
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &desk)));
    cr_expect_eq(desk.phone.len, 0, "who supervises and helps calls nobody");
    cr_assert_eq(desk.tasks_count, 2);
    cr_expect(desk.tasks[0].may_answer && !desk.tasks[1].may_answer);
    cr_expect_eq(answer(desk.tasks[1].task).refusal, &act_not_yours, "another office's");
    cr_assert(test_done(answer(desk.tasks[0].task)));
}

Test(cases_task, a_part_goes_along_with_a_case_that_is_handed_over_and_is_told_to_who_has_it)
{
    int64_t before;
    id task;

    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(ask("310101", 3)));
    task = only_task()->task;
    cr_assert(test_done(stage_decide("hand-over", "division=310105&words=住在长宁")));
    cr_expect_eq(between().waiting_count, 0, "that office has nothing to wait for any more");
    before = stage_letters();
    cr_assert(test_done(stage_clock(&cases_warn, task)));
    cr_expect_eq(stage_letters(), before, "who gave the case away cannot open it");
    be_third();
    cr_expect_eq(between().waiting_count, 1);
    cr_assert(test_done(stage_look()));
    before = stage_letters();
    stage->now += 4 * SECONDS_PER_DAY;
    cr_assert(test_done(stage_clock(&cases_task_due, task)));
    cr_expect_eq(stage_letters(), before + 1, "who has it now is told that there is no answer");
    be_far();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(answer(task)));
    be_third();
    cr_expect(between().waiting_count == 0 && between().answered_count == 1);
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(end(task, "")));
}

Test(cases_task, what_was_asked_is_answered_and_settled_in_a_case_of_too_many_steps)
{
    struct cases_desk_view desk = {0};
    id task;

    be_lead();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(order(3)));
    be_officer();
    cr_assert(test_done(stage_look()));
    task = only_task()->task;
    for (int steps = 2; steps < CASES_STEPS_MAX; steps++)
        cr_assert(test_done(stage_decide("note", "words=一条备注")));
    cr_expect_eq(ask("310101", 3).refusal, &cases_too_long, "no more is asked");
    cr_assert(test_done(answer(task)));
    be_lead();
    cr_expect_eq(order(3).refusal, &cases_too_long);
    cr_assert(test_done(end(task, "")));
    be_officer();
    cr_assert(test_done(stage_decide("decline", "words=不属于调解范围")));
    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &desk)));
    cr_expect_eq(desk.steps_count, CASES_STEPS_MAX + 3, "%zu", desk.steps_count);
}

/* The page after `form` was refused, with `words` typed into its field. */
static struct outcome see_again(const char *path, const struct form *form, const char *field,
                                id task, void *view)
{
    struct cases_task_place_form place = {stage_reference, task};
    struct cases_reference_form reference = {stage_reference};
    struct form_state typed = {.form = form};
    struct face face = {.arena = stage->arena, .form = &typed};
    struct request request = {.scene = stage, .face = &face};
    const struct page *page = strstr(path, "/tasks") ? cases_task_pages : cases_office_pages;

    typed.given[form_place(form, str_of(field))] = S("写了很久的话");
    while (page->method != GET || strcmp(page->path, path)) page++;
    return page->show(&request, task ? (const void *)&place : &reference, view);
}

Test(cases_task, what_was_typed_while_the_half_hour_ran_out_is_shown_to_be_copied)
{
    static const char one[] = "/office/cases/{reference}",
                      all[] = "/office/cases/{reference}/tasks";
    static const char reply[] = "/office/cases/{reference}/tasks/{task}";
    const struct cases_closed_view *closed;
    struct cases_tasks_view tasks = {0};
    struct cases_reply_view v = {0};
    struct cases_desk_view desk = {0};
    id task;

    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(ask("310101", 3)));
    task = only_task()->task;
    stage->now += CASES_LOOK_MINUTES * SECONDS_PER_MINUTE;
    cr_expect(stage_see(all, "", &tasks).refusal, "who typed nothing opens it first");
    cr_assert(test_done(see_again(all, &cases_part_form, "part_words", 0, &tasks)));
    cr_assert(tasks.closed && !tasks.tasks_count);
    cr_expect(str_same(tasks.closed->kept, S("写了很久的话")));
    cr_assert(test_done(see_again(all, &cases_order_form, "order_words", 0, &tasks)));
    cr_expect(str_same(tasks.closed->kept, S("写了很久的话")));
    cr_assert(test_done(see_again(reply, &cases_task_answer_form, "answer_words", task, &v)));
    cr_assert(v.closed && !v.task);
    cr_expect(str_same(v.closed->kept, S("写了很久的话")));
    cr_assert(test_done(see_again(reply, &cases_task_end_form, "end_words", task, &v)));
    cr_expect(str_same(v.closed->kept, S("写了很久的话")));
    cr_assert(test_done(see_again(one, &cases_decide_form, "despite", 0, &desk)));
    closed = desk.closed;
    cr_assert(closed);
    cr_expect(str_same(closed->kept_despite, S("写了很久的话")) && !closed->kept.len);
    be_john();
    cr_expect(see_again(all, &cases_part_form, "part_words", 0, &tasks).refusal);
}

Test(cases_task, another_office_contributes_sees_the_case_until_then_and_decides_nothing)
{
    struct cases_desk_view desk = {0};
    id task;

    be_far();
    cr_expect_eq(stage_look().refusal, &act_unknown);
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_expect(ask("310104", 3).refusal, "itself");
    cr_expect(ask("319999", 3).refusal, "nowhere");
    cr_assert(test_done(ask("310101", 3)));
    cr_expect(ask("310101", 4).refusal, "twice at a time");
    task = only_task()->task;
    cr_expect_eq(between().waiting_count, 1);
    be_far();
    cr_expect(between().asked_count == 1 && between().asked[0].may_open);
    cr_expect(answer(task).refusal, "not before it was opened");
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_see("/office/cases/{reference}", "", &desk)));
    cr_expect(desk.is_helping && desk.name.len && desk.answers_count);
    cr_expect_eq(desk.phone.len, 0);
    cr_expect_eq(desk.actions_count, 0);
    cr_expect(stage_decide("accept", "").refusal, "nothing of the table is its");
    cr_expect(end(task, "不办了").refusal);
    cr_assert(test_done(answer(task)));
    cr_expect_eq(stage_look().refusal, &act_unknown, "the case is nobody's business any more");
    be_officer();
    cr_expect(stage_decide("accept", "").refusal, "what came in has to be read first");
    cr_assert(test_done(stage_look()));
    cr_expect(str_same(only_task()->answer, S("已经核实")));
    cr_expect(has_step("part_given", "已经核实"));
    cr_assert(test_done(end(task, "")));
}

Test(cases_task, a_case_with_an_open_part_does_not_end_unless_somebody_says_why)
{
    struct outcome outcome;

    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(ask("310101", 3)));
    outcome = stage_decide("decline", "words=不属于调解范围");
    cr_assert(outcome.refusal && str_same(str_of(outcome.refusal->key), S("cases.part-open")));
    cr_expect(str_same(only_task()->state, S("open")));
    cr_assert(test_done(stage_decide("decline", "words=不属于调解范围&despite=已经电话问清")));
    cr_expect(str_same(only_task()->state, S("ended")));
    cr_expect(str_same(only_task()->end_words, S("已经电话问清")));
    be_far();
    cr_expect_eq(between().asked_count, 0);
}

Test(cases_task, an_applicant_withdraws_whatever_other_offices_still_do)
{
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(ask("310101", 3)));
    be_mary();
    cr_assert(test_done(stage_post(&cases_own, "action=withdraw&seen=2")));
    be_far();
    cr_expect_eq(stage_look().refusal, &act_unknown);
}

Test(cases_task, strangers_the_applicant_and_supervisors_elsewhere_see_no_order_and_no_part)
{
    struct cases_case_view own = {0};
    struct cases_between_view v = {0};
    id task;

    be_lead();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(order(3)));
    task = only_task()->task;
    be_far();
    cr_expect_eq(between().asked_count, 0);
    cr_expect_eq(stage_post(&cases_look, "").refusal, &act_unknown);
    cr_expect_eq(answer(task).refusal, &act_unknown);
    be_near_lead();
    cr_expect_eq(between().asked_count, 0);
    cr_expect_eq(order(3).refusal, &act_unknown);
    cr_expect_eq(end(task, "别人的事").refusal, &act_unknown);
    be_john();
    cr_expect_neq(stage_see("/office/tasks", "", &v).refusal, NULL);
    be_mary();
    cr_assert(test_done(stage_see("/cases/{reference}", "", &own)));
    cr_expect_eq(own.steps_count, 1, "that it is supervised is between officers");
}

Test(cases_task, no_table_takes_an_outcome_of_tasks)
{
    struct cases_flow flow;
    struct outcome outcome = cases_flow_read(
        stage->arena,
        S("states:\n- {state: a, who: officer, zh: 审, en: A}\n- {state: b, zh: 完, en: B}\n"
          "actions:\n- {action: go, from: [a], to: b, who: officer, outcome: granted, zh: 准, en: "
          "G}\n- {action: no, from: [a], who: officer, outcome: ordered, zh: 督, en: O}\n"),
        &flow);

    cr_expect_eq(outcome.refusal, &cases_flow_word);
}
