/* cases.c -- see cases.h. */
#include "desk/cases/cases.h"

const struct reason cases_not_now = {
    "cases.not-now", T("This cannot be done at this stage. Please look at the page again."), 409};
const struct reason cases_not_by_you = {"cases.not-by-you", T("This is for somebody else to do."),
                                        403};
const struct reason cases_answer_missing = {"cases.answer-missing", T("Please fill this in."), 0};
const struct reason cases_answer_long = {"cases.answer-long",
                                         T("Please write less: at most 1000 letters fit here."), 0};
const struct reason cases_answer_day = {"cases.answer-day",
                                        T("Please write the day like this: 2026-03-05."), 0};
const struct reason cases_answer_phone = {"cases.answer-phone",
                                          T("Please write a telephone number, digits only."), 0};
const struct reason cases_answer_choice = {"cases.answer-choice",
                                           T("Please choose one of the answers."), 0};

const struct reason cases_task_day = {
    "cases.task-day", T("Please choose a day from tomorrow on, at most half a year away."), 0};

const struct reason cases_visit_day = {
    "cases.visit-day", T("Please choose a day from today on, at most sixty days away."),
    .field = "visit_day"};
const struct reason cases_visit_hour = {
    "cases.visit-hour", T("Please choose a time that has not passed, between 7:00 and 21:00."),
    .field = "visit_from"};

/* ---- outcomes ---- */

const struct cases_outcome cases_outcomes[] = {
    {"received", T("We have the application"), CASES_TELLS},
    {"accepted", T("We take it on"), CASES_TELLS},
    {"sent_back", T("Something has to be corrected"), CASES_TELLS | CASES_REASONS},
    {"corrected", T("The applicant has corrected it"), 0},
    {"supplement_asked", T("We need something more"), CASES_TELLS | CASES_REASONS},
    {"supplemented", T("The applicant has added it"), 0},
    {"went_on", T("The next step was taken"), CASES_TELLS},
    {"granted", T("The application is granted"), CASES_ENDS | CASES_TELLS},
    {"answered", T("We have answered, with the reasons"), CASES_ENDS | CASES_TELLS | CASES_REASONS},
    {"settled", T("Settled: both sides agree"), CASES_ENDS | CASES_TELLS},
    {"not_settled", T("Ended without agreement"), CASES_ENDS | CASES_TELLS | CASES_REASONS},
    {"refused", T("The application is not granted"), CASES_ENDS | CASES_TELLS | CASES_REASONS},
    {"not_accepted", T("We cannot take it on"), CASES_ENDS | CASES_TELLS | CASES_REASONS},
    {"withdrawn", T("Withdrawn by the applicant"), CASES_ENDS},
    {"lapsed", T("Ended because nothing came in time"), CASES_ENDS | CASES_TELLS},
    {"handed_over", T("Another office has it now"), CASES_MOVES | CASES_TELLS | CASES_REASONS},
    {"urged", T("The office was told to hurry"), CASES_INSIDE | CASES_REASONS | CASES_PASSES},
    {"noted", T("The office wrote a note"), CASES_INSIDE | CASES_REASONS | CASES_PASSES},
    {"approved", T("The application is granted"), CASES_TELLS},
    {"appointed", T("Somebody was asked to act for the applicant"), CASES_APPOINTS},
    {"engaged", T("Somebody acts for the applicant now"), CASES_ENGAGES | CASES_TELLS},
    {"declined", T("Who was asked to act does not take it on"),
     CASES_INSIDE | CASES_REASONS | CASES_RELEASES},
    {"unanswered", T("Who was asked to act did not answer in time"), CASES_INSIDE | CASES_RELEASES},
    {"recalled", T("The office asks somebody else to act"),
     CASES_INSIDE | CASES_REASONS | CASES_RELEASES},
    {"replaced", T("Somebody else will act for the applicant"),
     CASES_TELLS | CASES_REASONS | CASES_RELEASES},
    {"reported", T("Who acts for the applicant reported"), CASES_REASONS},
    {"closing", T("Who acts for the applicant has finished the work"), CASES_REASONS},
    {"returned", T("The report has to be completed"),
     CASES_INSIDE | CASES_REASONS | CASES_TO_AGENT},
    {"completed", T("The work is done"), CASES_ENDS | CASES_TELLS},
    {"stopped", T("Ended before its aim"),
     CASES_ENDS | CASES_TELLS | CASES_REASONS | CASES_RELEASES},
    {"reopened", T("Taken up again"), CASES_REOPENS | CASES_TELLS | CASES_REASONS},
    {"ordered", T("Put under supervision"), CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"order_answered", T("The office answered whoever supervises it"),
     CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"order_ended", T("Taken from supervision"), CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"part_asked", T("Another office was asked to contribute"),
     CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"part_given", T("The other office contributed"), CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"part_ended", T("The contribution is settled"), CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"visit_planned", T("Somebody comes to the applicant"), CASES_PASSES | CASES_OF_TASK},
    {"visit_done", T("Somebody was with the applicant"), CASES_PASSES | CASES_OF_TASK},
    {"visit_off", T("The visit was called off"), CASES_PASSES | CASES_OF_TASK},
    {"original_taken", T("We took an original in"), CASES_PASSES | CASES_OF_TASK},
    {"original_moved", T("Somebody else of us holds an original"), CASES_PASSES | CASES_OF_TASK},
    {"original_given", T("An original was given back"), CASES_PASSES | CASES_OF_TASK},
    {"joined", T("Put beside another case"), CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"parted", T("Another case does not belong to it"),
     CASES_INSIDE | CASES_PASSES | CASES_OF_TASK},
    {"split_off", T("A part of it goes on as a case of its own"), CASES_PASSES | CASES_OF_TASK},
    {"split_from", T("It was split off another case"), CASES_PASSES | CASES_OF_TASK},
    {"objected", T("The applicant objects"), CASES_REOPENS | CASES_REASONS},
};
const size_t cases_outcomes_count = COUNT(cases_outcomes);

/* An end at which the office has worked on it, even where no step of its own said that it began. */
enum cases_went cases_went_of(const struct cases_outcome *outcome)
{
    static const char *const taken[] = {"accepted", "approved",  "granted",
                                        "settled",  "completed", "answered"};

    for (size_t i = 0; i < COUNT(taken); i++)
        if (str_same(str_of(outcome->word), str_of(taken[i]))) return CASES_WENT_TAKEN;
    return outcome->effects & CASES_ENDS ? CASES_WENT_ENDED : CASES_WENT_ON;
}

const struct cases_outcome *cases_outcome_of(struct str word)
{
    for (size_t i = 0; i < COUNT(cases_outcomes); i++)
        if (str_same(str_of(cases_outcomes[i].word), word)) return &cases_outcomes[i];
    return NULL;
}

/* ---- who, and which step ---- */

static const char *const whos[CASES_WHOS] = {"",      "applicant", "officer", "lead",
                                             "clock", "agent",     "room"};

struct str cases_who_word(enum cases_who who)
{
    return str_of(whos[who]);
}

enum cases_who cases_who_of(struct str word)
{
    for (int i = 1; i < CASES_WHOS; i++)
        if (str_same(str_of(whos[i]), word)) return (enum cases_who)i;
    return CASES_NOBODY;
}

int cases_state_at(const struct cases_flow *flow, struct str state)
{
    for (size_t i = 0; i < flow->states_count; i++)
        if (str_same(flow->states[i].state, state)) return (int)i;
    return -1;
}

int cases_action_at(const struct cases_flow *flow, struct str action)
{
    for (size_t i = 0; i < flow->actions_count; i++)
        if (str_same(flow->actions[i].action, action)) return (int)i;
    return -1;
}

bool cases_is_over(const struct cases_flow *flow, int state)
{
    return flow->states[state].who == CASES_NOBODY;
}

struct outcome cases_next(const struct cases_flow *flow, int state, unsigned is, int action,
                          int *to)
{
    const struct cases_action *line = &flow->actions[action];

    if (!(line->from & (uint32_t)1 << state)) return REFUSE(cases_not_now);
    if (!(is & 1u << line->who)) return REFUSE(cases_not_by_you);
    *to = line->to < 0 ? state : line->to;
    return DONE;
}

bool cases_may(const struct cases_flow *flow, int state, unsigned is, int action)
{
    int to;

    return IS_DONE(cases_next(flow, state, is, action, &to));
}

struct cases_care cases_care_of(const struct cases_flow *flow, const struct str *answers)
{
    struct cases_care care = {false, false};

    for (size_t i = 0; i < flow->fields_count; i++)
        for (size_t o = 0; o < flow->fields[i].options_count; o++) {
            const struct cases_option *option = &flow->fields[i].options[o];

            if (!str_same(option->option, answers[i])) continue;
            care.is_first |= option->first;
            care.wants_visit |= option->visit;
        }
    return care;
}

const struct cases_fee *cases_fee_of(const struct cases_flow *flow, const struct str *answers)
{
    for (size_t i = 0; i < flow->fees_count; i++) {
        const struct cases_fee *fee = &flow->fees[i];

        if (!fee->field.len) return fee;
        for (size_t f = 0; f < flow->fields_count; f++)
            if (str_same(flow->fields[f].field, fee->field) && str_same(answers[f], fee->option))
                return fee;
    }
    return NULL;
}

const char *const cases_offices[] = {"legal_aid", "mediator",   "notary",
                                     "forensic",  "correction", NULL};

bool cases_is_officers(struct str profession)
{
    for (const char *const *word = cases_offices; *word; word++)
        if (str_same(profession, str_of(*word))) return true;
    return false;
}

const struct cases_letter *cases_letter_after(const struct cases_flow *flow, int action)
{
    for (size_t i = 0; i < flow->letters_count; i++)
        if (flow->letters[i].after & (uint32_t)1 << action) return &flow->letters[i];
    return NULL;
}

const struct cases_letter *cases_letter_of(const struct cases_flow *flow, struct str letter)
{
    for (size_t i = 0; i < flow->letters_count; i++)
        if (str_same(flow->letters[i].letter, letter)) return &flow->letters[i];
    return NULL;
}

int cases_supplement(const struct cases_flow *flow, int state)
{
    for (size_t i = 0; i < flow->actions_count; i++) {
        const struct cases_action *line = &flow->actions[i];

        if (line->to >= 0 && flow->states[line->to].who == CASES_OFFICER &&
            flow->states[state].who == CASES_APPLICANT &&
            cases_may(flow, state, 1u << CASES_APPLICANT, (int)i))
            return (int)i;
    }
    return -1;
}

/* ---- answers ---- */

static bool is_phone(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c >= '0' && c <= '9')
            digits++;
        else if (c != ' ' && c != '-' && c != '+')
            return false;
    }
    return digits >= 7 && digits <= 15;
}

struct outcome cases_answer_check(const struct cases_field *field, struct str answer)
{
    calendar_day day;

    if (!answer.len) return field->must ? REFUSE(cases_answer_missing) : DONE;
    if (str_points(answer) > CASES_ANSWER_MAX) return REFUSE(cases_answer_long);
    if (str_same(field->kind, S("day")) && !calendar_day_parse(answer, &day))
        return REFUSE(cases_answer_day);
    if (str_same(field->kind, S("phone")) && !is_phone(answer)) return REFUSE(cases_answer_phone);
    if (!str_same(field->kind, S("choice"))) return DONE;
    for (size_t i = 0; i < field->options_count; i++)
        if (str_same(field->options[i].option, answer)) return DONE;
    return REFUSE(cases_answer_choice);
}

/* ---- by when ---- */

/* A year whose holidays are not published is counted by weekdays until it is. */
static struct outcome days_after(const struct calendar *calendar, moment now, int64_t days,
                                 bool is_daily, moment *due)
{
    struct outcome outcome;

    if (is_daily) {
        *due = calendar_day_begins(calendar_day_of(now) + days + 1);
        return DONE;
    }
    outcome = calendar_due(calendar, now, (int)days, due);
    if (outcome.refusal == &calendar_year_missing)
        return calendar_due_by_weekday(now, (int)days, due);
    return outcome;
}

static bool is_worked(const struct calendar *calendar, calendar_day day)
{
    bool working;

    if (IS_DONE(calendar_is_working_day(calendar, day, &working))) return working;
    return calendar_weekday_of(day) < CALENDAR_SATURDAY;
}

struct outcome cases_back_at(const struct calendar *calendar, moment now, moment *back_at)
{
    TRY(days_after(calendar, now, 1, false, back_at));
    *back_at -= SECONDS_PER_DAY;
    return DONE;
}

/* The day it is now does not count: it is over before the pause is. */
static int64_t days_left(const struct calendar *calendar, moment now, moment due, bool is_daily)
{
    calendar_day last = calendar_day_of(due - 1);
    int64_t left = 0;

    for (calendar_day day = calendar_day_of(now) + 1; day <= last; day++)
        left += is_daily || is_worked(calendar, day);
    return left;
}

struct outcome cases_enter(const struct calendar *calendar, const struct cases_flow *flow,
                           const struct cases_limit *limit, int state,
                           const struct cases_outcome *outcome, moment now,
                           struct cases_times *times)
{
    const struct cases_state *into = &flow->states[state];

    int64_t days = limit->is_first && into->days_first ? into->days_first : into->days;

    times->due_at = 0;
    if (days) TRY(days_after(calendar, now, days, flow->is_daily, &times->due_at));
    if (cases_is_over(flow, state)) {
        times->promise_at = 0, times->left_days = -1;
        return DONE;
    }
    if (limit->days && outcome == flow->counts_from && !times->promise_at && times->left_days < 0) {
        TRY(days_after(calendar, now, limit->days, limit->is_daily, &times->promise_at));
    }
    if (into->pauses && times->promise_at) {
        times->left_days = days_left(calendar, now, times->promise_at, limit->is_daily);
        times->promise_at = 0;
    } else if (!into->pauses && times->left_days >= 0) {
        TRY(days_after(calendar, now, times->left_days, limit->is_daily, &times->promise_at));
        times->left_days = -1;
    }
    return DONE;
}

struct outcome cases_promise(const struct calendar *calendar, const struct cases_flow *flow,
                             const struct cases_action *action, moment now,
                             struct cases_times *times)
{
    if (action->keeps || action->promise) times->promise_at = 0, times->left_days = -1;
    if (!action->promise) return DONE;
    return days_after(calendar, now, action->promise, flow->is_daily, &times->promise_at);
}

moment cases_by_when(const struct cases_times *times)
{
    if (!times->due_at || !times->promise_at)
        return times->due_at ? times->due_at : times->promise_at;
    return times->due_at < times->promise_at ? times->due_at : times->promise_at;
}

static const struct {
    const char *name, *css;
} shown_as[] = {
    [CASES_SHOWN_OVER] = {T("Finished"), "tag-off"},
    [CASES_SHOWN_YOURS] = {T("Waiting for the applicant"), "tag-waiting"},
    [CASES_SHOWN_THEIRS] = {T("With whoever acts for the applicant"), "tag-talking"},
    [CASES_SHOWN_NEW] = {T("Not opened yet"), "tag-message"},
    [CASES_SHOWN_OURS] = {T("The office is working on it"), "tag-talking"},
    [CASES_SHOWN_SOON] = {T("Due within a day"), "tag-message"},
    [CASES_SHOWN_LATE] = {T("Past its day"), "tag-late"},
};

enum cases_shown cases_shown_of(enum cases_who who, moment by_when, bool is_touched, moment now)
{
    if (who == CASES_NOBODY) return CASES_SHOWN_OVER;
    if (by_when && by_when <= now) return CASES_SHOWN_LATE;
    if (who == CASES_APPLICANT) return CASES_SHOWN_YOURS;
    if (who == CASES_AGENT) return CASES_SHOWN_THEIRS;
    if (!is_touched) return CASES_SHOWN_NEW;
    if (by_when && by_when - now <= CASES_SOON_SECONDS) return CASES_SHOWN_SOON;
    return CASES_SHOWN_OURS;
}

const char *cases_shown_name(enum cases_shown shown)
{
    return shown_as[shown].name;
}

const char *cases_shown_css(enum cases_shown shown)
{
    return shown_as[shown].css;
}

/* ---- what is asked of an office by a day ---- */

struct outcome cases_task_may(struct str kind, struct str state, unsigned is,
                              enum cases_task_step step)
{
    bool is_order = str_same(kind, S("order")), is_open = str_same(state, S("open"));
    unsigned asks = is_order ? 1u << CASES_LEAD : 1u << CASES_OFFICER;
    unsigned answers = is_order ? 1u << CASES_OFFICER : (unsigned)CASES_IS_HELPER;

    if (!(is & (step == CASES_TASK_ANSWER ? answers : asks))) return REFUSE(cases_not_by_you);
    switch (step) {
    case CASES_TASK_ASK: return state.len ? REFUSE(cases_not_now) : DONE;
    case CASES_TASK_ANSWER: return is_open ? DONE : REFUSE(cases_not_now);
    default: return is_open || str_same(state, S("answered")) ? DONE : REFUSE(cases_not_now);
    }
}

struct outcome cases_task_until(struct str day, moment now, moment *due_at)
{
    calendar_day last, today = calendar_day_of(now);

    if (!calendar_day_parse(day, &last) || last <= today || last > today + CASES_TASK_DAYS_MAX)
        return REFUSE(cases_task_day);
    *due_at = calendar_day_begins(last + 1);
    return DONE;
}

struct outcome cases_visit_time(struct str day, int64_t from_minute, int64_t minutes, moment now,
                                moment *starts_at, moment *ends_at)
{
    enum { FIRST_MINUTE = 7 * 60, LAST_MINUTE = 21 * 60 };
    calendar_day on, today = calendar_day_of(now);

    if (!calendar_day_parse(day, &on) || on < today || on > today + CASES_VISIT_DAYS_MAX)
        return REFUSE(cases_visit_day);
    *starts_at = calendar_day_begins(on) + from_minute * SECONDS_PER_MINUTE;
    *ends_at = *starts_at + minutes * SECONDS_PER_MINUTE;
    if (from_minute < FIRST_MINUTE || from_minute + minutes > LAST_MINUTE || *starts_at <= now)
        return REFUSE(cases_visit_hour);
    return DONE;
}

moment cases_task_warn_at(moment due_at)
{
    return due_at - CASES_SOON_SECONDS - 12 * SECONDS_PER_HOUR;
}
