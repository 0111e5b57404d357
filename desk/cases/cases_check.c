/* cases_check.c -- by which tables no case could run: they are refused before anybody applies. */
#include "desk/cases/cases.h"

const struct reason cases_flow_word = {
    "cases.flow_word", T("This word of the table is not known, or stands twice: %1."), 0};
const struct reason cases_flow_unreachable = {"cases.flow_unreachable",
                                              T("No action leads to this state: %1."), 0};
const struct reason cases_flow_dead_end = {
    "cases.flow_dead_end",
    T("A case would never get out of this state: %1. It needs an action of whoever must act, and a "
      "way to an end."),
    0};
const struct reason cases_flow_no_role = {
    "cases.flow_no_role",
    T("Nobody may take this action: %1. Name one: applicant, officer, agent, lead, clock or "
      "room."),
    0};
const struct reason cases_flow_calendar = {
    "cases.flow_calendar", T("There is no such calendar: %1. Known are working and daily."), 0};
const struct reason cases_flow_days = {
    "cases.flow_days",
    T("The table counts days and does not say which. Write calendar: daily, as the days of a law "
      "are, or calendar: working where it says working days."),
    0};
const struct reason cases_flow_fee = {
    "cases.flow_fee",
    T("The table of fees needs exactly one row for every case that can be (%1): one for everybody, "
      "or one for each choice of one question that must be answered."),
    0};
const struct reason cases_flow_end = {
    "cases.flow_end",
    T("This action (%1) does not fit its outcome. What ends a case leads to a state where nobody "
      "must act, what takes it up again begins there, and nothing else does either."),
    0};
const struct reason cases_flow_pause = {
    "cases.flow_pause", T("Only what waits for the applicant may pause the days: %1."), 0};
const struct reason cases_flow_clock = {
    "cases.flow_clock", T("What the clock does (%1) needs states that have days."), 0};
const struct reason cases_flow_moves = {
    "cases.flow_moves",
    T("Only an officer or a lead can hand a case to another office, since only they are asked "
      "which: %1."),
    0};
const struct reason cases_flow_words = {
    "cases.flow_words",
    T("The applicant could never take this action: %1. Its outcome needs words why, and where the "
      "questions are asked again or the case ends there is no field for them."),
    0};
const struct reason cases_flow_labels = {"cases.flow_labels",
                                         T("A name in Chinese and in English is missing: %1."), 0};

const struct reason cases_flow_agent = {
    "cases.flow_agent",
    T("This action (%1) needs somebody who acts for the applicant, and nobody was appointed "
      "before. "
      "Only an officer or a lead appoints, into a state where the appointed must act."),
    0};

static const char *const kinds[] = {"text", "lines", "day", "phone", "choice"};

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];

        if (c != '-' && c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) return false;
    }
    return code.len > 0 && code.len <= 40;
}

static struct outcome check_name(struct str code, struct str zh, struct str en)
{
    if (!is_code(code)) return REFUSE_WITH(cases_flow_word, code);
    return zh.len && en.len ? DONE : REFUSE_WITH(cases_flow_labels, code);
}

static struct outcome check_state(const struct cases_flow *flow, size_t i)
{
    const struct cases_state *state = &flow->states[i];

    TRY(check_name(state->state, state->zh, state->en));
    if (cases_state_at(flow, state->state) != (int)i)
        return REFUSE_WITH(cases_flow_word, state->state);
    if (state->who == CASES_LEAD || state->who == CASES_CLOCK || state->who == CASES_ROOM)
        return REFUSE_WITH(cases_flow_word, cases_who_word(state->who));
    if (state->pauses && state->who != CASES_APPLICANT)
        return REFUSE_WITH(cases_flow_pause, state->state);
    return state->days >= 0 && state->days <= CASES_DAYS_MAX
               ? DONE
               : REFUSE_WITH(cases_flow_word, state->state);
}

/* Rule 6. */
static struct outcome check_needs(const struct cases_action *action)
{
    unsigned effects = action->outcome->effects;

    if ((effects & CASES_MOVES) && action->who != CASES_OFFICER && action->who != CASES_LEAD)
        return REFUSE_WITH(cases_flow_moves, action->action);
    if ((effects & CASES_REASONS) && action->who == CASES_APPLICANT &&
        (action->asks || (effects & CASES_ENDS)))
        return REFUSE_WITH(cases_flow_words, action->action);
    return DONE;
}

static bool is_agents(const struct cases_flow *flow, const struct cases_action *action)
{
    return action->who == CASES_AGENT ||
           (action->to >= 0 && flow->states[action->to].who == CASES_AGENT);
}

/* Rule 7: the states a case can be in with nobody appointed; none of them leads to one where
 * whoever is appointed must act. */
static struct outcome check_agent(const struct cases_flow *flow)
{
    uint32_t without = 1;

    for (size_t round = 0; round < flow->states_count; round++) {
        for (size_t a = 0; a < flow->actions_count; a++) {
            const struct cases_action *action = &flow->actions[a];
            unsigned effects = action->outcome->effects;
            bool is_left = (action->from & without) && !(effects & CASES_APPOINTS);

            if (action->to >= 0 && (is_left || (effects & CASES_RELEASES)))
                without |= (uint32_t)1 << action->to;
        }
    }
    for (size_t a = 0; a < flow->actions_count; a++) {
        const struct cases_action *action = &flow->actions[a];
        bool appoints = (action->outcome->effects & CASES_APPOINTS) != 0;

        if (appoints && (action->to < 0 || flow->states[action->to].who != CASES_AGENT ||
                         (action->who != CASES_OFFICER && action->who != CASES_LEAD)))
            return REFUSE_WITH(cases_flow_agent, action->action);
        if (!appoints && is_agents(flow, action) && (action->from & without))
            return REFUSE_WITH(cases_flow_agent, action->action);
    }
    return DONE;
}

/* Rule 3. */
static struct outcome check_action(const struct cases_flow *flow, size_t i)
{
    const struct cases_action *action = &flow->actions[i];
    unsigned effects = action->outcome->effects;
    bool ends = action->to >= 0 && cases_is_over(flow, action->to);

    TRY(check_name(action->action, action->zh, action->en));
    if (cases_action_at(flow, action->action) != (int)i)
        return REFUSE_WITH(cases_flow_word, action->action);
    if (ends != !!(effects & CASES_ENDS)) return REFUSE_WITH(cases_flow_end, action->action);
    for (size_t s = 0; s < flow->states_count; s++) {
        if (!(action->from & (uint32_t)1 << s)) continue;
        if (cases_is_over(flow, (int)s) != !!(effects & CASES_REOPENS))
            return REFUSE_WITH(cases_flow_end, action->action);
        if (action->who == CASES_CLOCK && !flow->states[s].days)
            return REFUSE_WITH(cases_flow_clock, action->action);
    }
    if ((effects & CASES_REOPENS) && action->to < 0)
        return REFUSE_WITH(cases_flow_end, action->action);
    return check_needs(action);
}

/* States reached from `from` along the actions; with `back`, those that reach it. */
static uint32_t spread(const struct cases_flow *flow, uint32_t from, bool back)
{
    for (size_t round = 0; round < flow->states_count; round++) {
        for (size_t a = 0; a < flow->actions_count; a++) {
            const struct cases_action *action = &flow->actions[a];
            uint32_t to = action->to < 0 ? 0 : (uint32_t)1 << action->to;

            if (back && (to & from)) from |= action->from;
            if (!back && (action->from & from)) from |= to;
        }
    }
    return from;
}

static bool has_way_out(const struct cases_flow *flow, size_t state)
{
    for (size_t a = 0; a < flow->actions_count; a++) {
        const struct cases_action *action = &flow->actions[a];

        if ((action->from & (uint32_t)1 << state) &&
            (action->who == flow->states[state].who || action->who == CASES_ROOM) &&
            action->to >= 0 && action->to != (int)state)
            return true;
    }
    return false;
}

/* Rules 2 and 8. */
static struct outcome check_ways(const struct cases_flow *flow)
{
    uint32_t ends = 0, reached = spread(flow, 1, false);

    for (size_t s = 0; s < flow->states_count; s++)
        if (cases_is_over(flow, (int)s)) ends |= (uint32_t)1 << s;
    ends = spread(flow, ends, true);
    for (size_t s = 0; s < flow->states_count; s++) {
        uint32_t bit = (uint32_t)1 << s;

        if (!(reached & bit)) return REFUSE_WITH(cases_flow_unreachable, flow->states[s].state);
        if (cases_is_over(flow, (int)s)) continue;
        if (!(ends & bit) || !has_way_out(flow, s))
            return REFUSE_WITH(cases_flow_dead_end, flow->states[s].state);
    }
    return cases_is_over(flow, 0) ? REFUSE_WITH(cases_flow_dead_end, flow->states[0].state) : DONE;
}

static struct outcome check_field(const struct cases_flow *flow, size_t i)
{
    const struct cases_field *field = &flow->fields[i];
    bool known = false;

    TRY(check_name(field->field, field->zh, field->en));
    for (size_t k = 0; k < COUNT(kinds); k++) known |= str_same(field->kind, str_of(kinds[k]));
    if (!known) return REFUSE_WITH(cases_flow_word, field->kind);
    for (size_t k = 0; k < i; k++)
        if (str_same(flow->fields[k].field, field->field))
            return REFUSE_WITH(cases_flow_word, field->field);
    if (str_same(field->kind, S("choice")) != (field->options_count > 0))
        return REFUSE_WITH(cases_flow_word, field->field);
    for (size_t o = 0; o < field->options_count; o++)
        TRY(check_name(field->options[o].option, field->options[o].zh, field->options[o].en));
    return DONE;
}

static bool is_place(struct str place)
{
    static const char *const places[] = {"name", "reference", "item",  "district",
                                         "day",  "received",  "words", "agent"};

    for (size_t i = 0; i < COUNT(places); i++)
        if (str_same(place, str_of(places[i]))) return true;
    return str_begins(place, S(CASES_ROOM_PLACE)); /* which, the room's own check says */
}

/* What stands in braces is known, and every brace is closed. */
static struct outcome check_line(struct str line)
{
    for (size_t at = 0; at < line.len; at++) {
        size_t end = at + 1;

        if (line.at[at] != '{') continue;
        while (end < line.len && line.at[end] != '}') end++;
        if (end >= line.len || !is_place((struct str){line.at + at + 1, end - at - 1}))
            return REFUSE_WITH(cases_flow_word, line);
        at = end;
    }
    return DONE;
}

static struct outcome check_letter(const struct cases_flow *flow, size_t i)
{
    const struct cases_letter *letter = &flow->letters[i];

    TRY(check_name(letter->letter, letter->title, letter->title));
    for (size_t k = 0; k < i; k++)
        if (str_same(flow->letters[k].letter, letter->letter) ||
            (flow->letters[k].after & letter->after))
            return REFUSE_WITH(cases_flow_word, letter->letter);
    TRY(check_line(letter->by));
    for (size_t k = 0; k < letter->lines_count; k++) TRY(check_line(letter->lines[k]));
    return DONE;
}

/* Rule 10, of the row at `i`. */
static struct outcome check_fee(const struct cases_flow *flow, size_t i)
{
    const struct cases_fee *fee = &flow->fees[i];
    const struct cases_field *field = NULL;
    bool known = false;

    if (!fee->law.len || !fee->zh.len || !fee->en.len)
        return REFUSE_WITH(cases_flow_labels, fee->zh.len ? fee->zh : S("fees"));
    if (fee->yuan > CASES_FEE_YUAN_MAX) return REFUSE_WITH(cases_flow_fee, fee->zh);
    if (!fee->field.len)
        return fee->option.len || flow->fees_count > 1 ? REFUSE_WITH(cases_flow_fee, fee->zh)
                                                       : DONE;
    for (size_t f = 0; f < flow->fields_count; f++)
        if (str_same(flow->fields[f].field, fee->field)) field = &flow->fields[f];
    if (!field) return REFUSE_WITH(cases_flow_word, fee->field);
    for (size_t o = 0; o < field->options_count; o++)
        known |= str_same(field->options[o].option, fee->option);
    if (!known) return REFUSE_WITH(cases_flow_word, fee->option);
    for (size_t k = 0; k < i; k++)
        if (str_same(flow->fees[k].option, fee->option))
            return REFUSE_WITH(cases_flow_fee, fee->option);
    return str_same(fee->field, flow->fees[0].field) && field->must &&
                   field->options_count == flow->fees_count
               ? DONE
               : REFUSE_WITH(cases_flow_fee, fee->field);
}

struct outcome cases_flow_check(const struct cases_flow *flow)
{
    for (size_t i = 0; i < flow->states_count; i++) TRY(check_state(flow, i));
    for (size_t i = 0; i < flow->actions_count; i++) TRY(check_action(flow, i));
    TRY(check_agent(flow));
    for (size_t i = 0; i < flow->fields_count; i++) TRY(check_field(flow, i));
    for (size_t i = 0; i < flow->letters_count; i++) TRY(check_letter(flow, i));
    for (size_t i = 0; i < flow->fees_count; i++) TRY(check_fee(flow, i));
    for (size_t i = 0; i < flow->materials_count; i++) {
        const struct cases_material *material = &flow->materials[i];

        TRY(check_name(material->material, material->zh, material->en));
        for (size_t k = 0; k < i; k++)
            if (str_same(flow->materials[k].material, material->material))
                return REFUSE_WITH(cases_flow_word, material->material);
    }
    return check_ways(flow);
}
