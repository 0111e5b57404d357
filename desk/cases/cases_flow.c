/* cases_flow.c -- reads the table by which the cases of an item run. */
#include "desk/cases/cases.h"
#include "platform/yaml.h"

const struct reason cases_flow_missing = {
    "cases.flow_missing", T("Whoever applies needs a table by which the case runs."), 0};
const struct reason cases_flow_malformed = {
    "cases.flow_malformed",
    T("The table is not written as expected (%1). Compare it with that of another item."), 0};

/* ---- the table as libcyaml sees it ---- */

struct file_option {
    char *option, *zh, *en;
    bool first, visit;
};
struct file_state {
    char *state, *who, *law, *zh, *en;
    unsigned days, days_first;
    bool pauses;
};
struct file_action {
    char *action, *to, *who, *outcome, *law, *zh, *en, *told_zh, *told_en;
    char **from;
    unsigned from_count, promise;
    bool asks, keeps;
};
struct file_field {
    char *field, *kind, *zh, *en, *hint_zh, *hint_en;
    bool must, party, summary;
    struct file_option *options;
    unsigned options_count;
};
struct file_material {
    char *material, *get, *zh, *en;
    bool must, spared, lasts;
};
struct file_letter {
    char *letter, *title, *by;
    char **after, **lines;
    unsigned after_count, lines_count;
};
struct file_fee {
    char *field, *option, *law, *zh, *en;
    unsigned yuan;
};
struct file_flow {
    char *calendar, *counts_from, *officers;
    bool on_notice;
    struct file_state *states;
    struct file_action *actions;
    struct file_field *fields;
    struct file_material *materials;
    struct file_letter *letters;
    struct file_fee *fees;
    unsigned states_count, actions_count, fields_count, materials_count, letters_count, fees_count;
};

enum { WORD = CYAML_FLAG_POINTER, MAYBE = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL };
#define TEXT(flags, type, name) CYAML_FIELD_STRING_PTR(#name, flags, struct type, name, 0, 300)
#define FLAG(type, name) CYAML_FIELD_BOOL(#name, CYAML_FLAG_OPTIONAL, struct type, name)
#define ROW(type, fields)                                                                          \
    {                                                                                              \
        CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct type, fields)                               \
    }
#define ROWS(flags, type, name, row, least, most)                                                  \
    CYAML_FIELD_SEQUENCE(#name, flags, struct type, name, &row, least, most)

static const cyaml_schema_value_t CODE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 60)};
static const cyaml_schema_field_t OPTION_FIELDS[] = {
    TEXT(WORD, file_option, option), TEXT(WORD, file_option, zh), TEXT(WORD, file_option, en),
    FLAG(file_option, first),        FLAG(file_option, visit),    CYAML_FIELD_END};
static const cyaml_schema_value_t OPTION = ROW(file_option, OPTION_FIELDS);
static const cyaml_schema_field_t STATE_FIELDS[] = {
    TEXT(WORD, file_state, state),
    TEXT(MAYBE, file_state, who),
    TEXT(WORD, file_state, zh),
    TEXT(WORD, file_state, en),
    CYAML_FIELD_UINT("days", CYAML_FLAG_OPTIONAL, struct file_state, days),
    CYAML_FIELD_UINT("days_first", CYAML_FLAG_OPTIONAL, struct file_state, days_first),
    FLAG(file_state, pauses),
    TEXT(MAYBE, file_state, law),
    CYAML_FIELD_END};
static const cyaml_schema_value_t STATE = ROW(file_state, STATE_FIELDS);
static const cyaml_schema_field_t ACTION_FIELDS[] = {
    TEXT(WORD, file_action, action),
    ROWS(WORD, file_action, from, CODE, 1, CASES_STATES_MAX),
    TEXT(MAYBE, file_action, to),
    TEXT(MAYBE, file_action, who),
    TEXT(WORD, file_action, outcome),
    FLAG(file_action, asks),
    FLAG(file_action, keeps),
    TEXT(MAYBE, file_action, law),
    CYAML_FIELD_UINT("promise", CYAML_FLAG_OPTIONAL, struct file_action, promise),
    TEXT(WORD, file_action, zh),
    TEXT(WORD, file_action, en),
    TEXT(MAYBE, file_action, told_zh),
    TEXT(MAYBE, file_action, told_en),
    CYAML_FIELD_END};
static const cyaml_schema_value_t ACTION = ROW(file_action, ACTION_FIELDS);
static const cyaml_schema_field_t FIELD_FIELDS[] = {
    TEXT(WORD, file_field, field),
    TEXT(WORD, file_field, kind),
    FLAG(file_field, must),
    FLAG(file_field, party),
    FLAG(file_field, summary),
    TEXT(WORD, file_field, zh),
    TEXT(WORD, file_field, en),
    TEXT(MAYBE, file_field, hint_zh),
    TEXT(MAYBE, file_field, hint_en),
    ROWS(MAYBE, file_field, options, OPTION, 0, CASES_OPTIONS_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t FIELD = ROW(file_field, FIELD_FIELDS);
static const cyaml_schema_field_t MATERIAL_FIELDS[] = {
    TEXT(WORD, file_material, material), FLAG(file_material, must),     FLAG(file_material, spared),
    FLAG(file_material, lasts),          TEXT(MAYBE, file_material, get),
    TEXT(WORD, file_material, zh),       TEXT(WORD, file_material, en), CYAML_FIELD_END};
static const cyaml_schema_value_t MATERIAL = ROW(file_material, MATERIAL_FIELDS);
static const cyaml_schema_value_t LINE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 900)};
static const cyaml_schema_field_t LETTER_FIELDS[] = {
    TEXT(WORD, file_letter, letter),
    ROWS(WORD, file_letter, after, CODE, 1, CASES_ACTIONS_MAX),
    TEXT(WORD, file_letter, title),
    TEXT(WORD, file_letter, by),
    ROWS(WORD, file_letter, lines, LINE, 1, CASES_LINES_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t LETTER = ROW(file_letter, LETTER_FIELDS);
static const cyaml_schema_field_t FEE_FIELDS[] = {
    TEXT(MAYBE, file_fee, field),
    TEXT(MAYBE, file_fee, option),
    CYAML_FIELD_UINT("yuan", CYAML_FLAG_DEFAULT, struct file_fee, yuan),
    TEXT(WORD, file_fee, law),
    TEXT(WORD, file_fee, zh),
    TEXT(WORD, file_fee, en),
    CYAML_FIELD_END};
static const cyaml_schema_value_t FEE = ROW(file_fee, FEE_FIELDS);
static const cyaml_schema_field_t FLOW_FIELDS[] = {
    TEXT(MAYBE, file_flow, calendar),
    TEXT(MAYBE, file_flow, counts_from),
    TEXT(MAYBE, file_flow, officers),
    FLAG(file_flow, on_notice),
    ROWS(WORD, file_flow, states, STATE, 1, CASES_STATES_MAX),
    ROWS(WORD, file_flow, actions, ACTION, 1, CASES_ACTIONS_MAX),
    ROWS(MAYBE, file_flow, fields, FIELD, 0, CASES_FIELDS_MAX),
    ROWS(MAYBE, file_flow, materials, MATERIAL, 0, CASES_MATERIALS_MAX),
    ROWS(MAYBE, file_flow, letters, LETTER, 0, CASES_LETTERS_MAX),
    ROWS(MAYBE, file_flow, fees, FEE, 0, CASES_FEES_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t FLOW = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct file_flow, FLOW_FIELDS)};

/* ---- as the program keeps it ---- */

static struct str text(struct arena *arena, const char *from)
{
    return arena_copy(arena, str_trim(str_of(from)));
}

static void take_states(struct arena *arena, const struct file_flow *file, struct cases_flow *flow)
{
    for (unsigned i = 0; i < file->states_count; i++) {
        const struct file_state *from = &file->states[i];

        flow->states[i] = (struct cases_state){.state = text(arena, from->state),
                                               .who = cases_who_of(str_of(from->who)),
                                               .days = from->days,
                                               .days_first = from->days_first,
                                               .pauses = from->pauses,
                                               .law = text(arena, from->law),
                                               .zh = text(arena, from->zh),
                                               .en = text(arena, from->en)};
    }
    flow->states_count = file->states_count;
}

static void take_fields(struct arena *arena, const struct file_field *from, unsigned count,
                        struct cases_flow *flow)
{
    for (unsigned i = 0; i < count; i++) {
        struct cases_option *options =
            NEW_MANY(arena, struct cases_option, from[i].options_count + 1);

        for (unsigned o = 0; o < from[i].options_count; o++)
            options[o] = (struct cases_option){text(arena, from[i].options[o].option),
                                               text(arena, from[i].options[o].zh),
                                               text(arena, from[i].options[o].en),
                                               from[i].options[o].first, from[i].options[o].visit};
        flow->fields[i] = (struct cases_field){.field = text(arena, from[i].field),
                                               .kind = text(arena, from[i].kind),
                                               .must = from[i].must,
                                               .party = from[i].party,
                                               .summary = from[i].summary,
                                               .zh = text(arena, from[i].zh),
                                               .en = text(arena, from[i].en),
                                               .hint_zh = text(arena, from[i].hint_zh),
                                               .hint_en = text(arena, from[i].hint_en),
                                               .options = options,
                                               .options_count = from[i].options_count};
    }
    flow->fields_count = count;
}

/* What an unknown word would hide is refused here, where the word still is. */
static struct outcome take_action(struct arena *arena, const struct file_action *from,
                                  const struct cases_flow *flow, struct cases_action *action)
{
    *action = (struct cases_action){.action = text(arena, from->action),
                                    .to = -1,
                                    .who = cases_who_of(str_of(from->who)),
                                    .outcome = cases_outcome_of(str_of(from->outcome)),
                                    .asks = from->asks,
                                    .keeps = from->keeps,
                                    .promise = from->promise,
                                    .law = text(arena, from->law),
                                    .zh = text(arena, from->zh),
                                    .en = text(arena, from->en),
                                    .told_zh = text(arena, from->told_zh),
                                    .told_en = text(arena, from->told_en)};
    if (action->who == CASES_NOBODY) return REFUSE_WITH(cases_flow_no_role, action->action);
    if (!action->outcome || (action->outcome->effects & CASES_OF_TASK))
        return REFUSE_WITH(cases_flow_word, text(arena, from->outcome));
    for (unsigned i = 0; i < from->from_count; i++) {
        int state = cases_state_at(flow, str_of(from->from[i]));

        if (state < 0) return REFUSE_WITH(cases_flow_word, text(arena, from->from[i]));
        action->from |= (uint32_t)1 << state;
    }
    if (!from->to) return DONE;
    action->to = cases_state_at(flow, str_of(from->to));
    return action->to < 0 ? REFUSE_WITH(cases_flow_word, text(arena, from->to)) : DONE;
}

static struct outcome take_letter(struct arena *arena, const struct file_letter *from,
                                  const struct cases_flow *flow, struct cases_letter *letter)
{
    struct str *lines = NEW_MANY(arena, struct str, from->lines_count + 1);

    *letter = (struct cases_letter){.letter = text(arena, from->letter),
                                    .title = text(arena, from->title),
                                    .by = text(arena, from->by),
                                    .lines = lines,
                                    .lines_count = from->lines_count};
    for (unsigned i = 0; i < from->lines_count; i++) lines[i] = text(arena, from->lines[i]);
    for (unsigned i = 0; i < from->after_count; i++) {
        int action = cases_action_at(flow, str_of(from->after[i]));

        if (action < 0) return REFUSE_WITH(cases_flow_word, text(arena, from->after[i]));
        letter->after |= (uint32_t)1 << action;
    }
    return DONE;
}

static void take_fees(struct arena *arena, const struct file_flow *file, struct cases_flow *flow)
{
    for (unsigned i = 0; i < file->fees_count; i++) {
        const struct file_fee *from = &file->fees[i];

        flow->fees[i] = (struct cases_fee){.field = text(arena, from->field),
                                           .option = text(arena, from->option),
                                           .yuan = from->yuan,
                                           .law = text(arena, from->law),
                                           .zh = text(arena, from->zh),
                                           .en = text(arena, from->en)};
    }
    flow->fees_count = file->fees_count;
}

static struct outcome take(struct arena *arena, const struct file_flow *file,
                           struct cases_flow *flow)
{
    struct str calendar = str_of(file->calendar);

    *flow = (struct cases_flow){.is_daily = str_same(calendar, S("daily")),
                                .says_days = calendar.len > 0};
    if (calendar.len && !flow->is_daily && !str_same(calendar, S("working")))
        return REFUSE_WITH(cases_flow_calendar, arena_copy(arena, calendar));
    flow->counts_from =
        cases_outcome_of(file->counts_from ? str_of(file->counts_from) : S("received"));
    if (!flow->counts_from) return REFUSE_WITH(cases_flow_word, text(arena, file->counts_from));
    take_states(arena, file, flow);
    for (unsigned i = 0; i < file->states_count; i++)
        if (file->states[i].who && flow->states[i].who == CASES_NOBODY)
            return REFUSE_WITH(cases_flow_word, text(arena, file->states[i].who));
    for (unsigned i = 0; i < file->actions_count; i++)
        TRY(take_action(arena, &file->actions[i], flow, &flow->actions[i]));
    flow->actions_count = file->actions_count;
    take_fields(arena, file->fields, file->fields_count, flow);
    for (unsigned i = 0; i < file->materials_count; i++)
        flow->materials[i] = (struct cases_material){
            text(arena, file->materials[i].material), file->materials[i].must,
            file->materials[i].spared, file->materials[i].lasts,
            file->materials[i].get ? text(arena, file->materials[i].get) : S(""),
            text(arena, file->materials[i].zh), text(arena, file->materials[i].en)};
    flow->materials_count = file->materials_count;
    flow->on_notice = file->on_notice;
    if (file->officers) flow->officers = text(arena, file->officers);
    if (flow->officers.len && !cases_is_officers(flow->officers))
        return REFUSE_WITH(cases_flow_word, flow->officers);
    for (unsigned i = 0; i < file->letters_count; i++)
        TRY(take_letter(arena, &file->letters[i], flow, &flow->letters[i]));
    flow->letters_count = file->letters_count;
    take_fees(arena, file, flow);
    return cases_flow_check(flow);
}

struct outcome cases_flow_read(struct arena *arena, struct str written, struct cases_flow *flow)
{
    struct yaml_trouble trouble;
    struct outcome outcome;
    void *file;

    if (!str_trim(written).len) return REFUSE(cases_flow_missing);
    if (written.len > CASES_FLOW_BYTES_MAX || !str_is_utf8(written))
        return REFUSE_WITH(cases_flow_malformed, S("UTF-8, 48 KB"));
    file = yaml_file_read(written, &FLOW, &trouble);
    if (!file)
        return REFUSE_WITH(cases_flow_malformed,
                           arena_print(arena, "%d: %s", trouble.line, trouble.words));
    outcome = take(arena, file, flow);
    yaml_file_free(&FLOW, file);
    return outcome;
}

struct outcome cases_flow_may(struct arena *arena, struct str written)
{
    static const char *const none[] = {NULL};

    return cases_flow_may_room(arena, written, none);
}

static bool knows(const char *const *places, struct str place)
{
    for (; *places; places++)
        if (str_same(place, str_of(*places))) return true;
    return false;
}

static struct outcome check_places(struct str line, const char *const *places)
{
    static const char opened[] = "{" CASES_ROOM_PLACE;
    int64_t at;

    while ((at = str_find(line, str_of(opened))) >= 0) {
        size_t begin = (size_t)at + sizeof opened - 1, end = begin;

        while (end < line.len && line.at[end] != '}') end++;
        if (!knows(places, (struct str){line.at + begin, end - begin}))
            return REFUSE_WITH(cases_flow_word, line);
        line = (struct str){line.at + end, line.len - end};
    }
    return DONE;
}

/* Rule 9. */
static bool counts_days(const struct cases_flow *flow)
{
    for (size_t i = 0; i < flow->states_count; i++)
        if (flow->states[i].days || flow->states[i].days_first) return true;
    for (size_t i = 0; i < flow->actions_count; i++)
        if (flow->actions[i].promise) return true;
    return false;
}

struct outcome cases_flow_may_room(struct arena *arena, struct str written,
                                   const char *const *places)
{
    struct cases_flow *flow = NEW(arena, struct cases_flow);

    TRY(cases_flow_read(arena, written, flow));
    /* Here alone: cases run on by tables released before this was asked. */
    if (counts_days(flow) && !flow->says_days) return REFUSE(cases_flow_days);
    for (size_t i = 0; i < flow->letters_count; i++) {
        const struct cases_letter *letter = &flow->letters[i];

        TRY(check_places(letter->by, places));
        for (size_t k = 0; k < letter->lines_count; k++)
            TRY(check_places(letter->lines[k], places));
    }
    return DONE;
}
