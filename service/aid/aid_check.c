/* aid_check.c -- what is wrong with rules: every way through the questions is gone.
 *
 * There are few answers to few questions, so nothing is estimated: each table is decided as each
 * resident could come to it.  Then a row that is missing, two that apply at once, and one that
 * never does are facts, with the answers that show it.
 */
#include <stdio.h>

#include "service/aid/aid.h"

const struct reason aid_missing = {"aid.missing", T("Something is missing: %1."), 0};
const struct reason aid_one_language = {"aid.one_language",
                                        T("This must be said in Chinese and in English: %1."), 0};
const struct reason aid_twice = {"aid.twice", T("This name stands there twice: %1."), 0};
const struct reason aid_name_wrong = {
    "aid.name_wrong",
    T("A name has small letters, digits and - only, at most 24 of them; this one is not so: %1."),
    0};
const struct reason aid_not_above = {
    "aid.not_above",
    T("A condition can only name a question or table that stands above it; this one does not: %1."),
    0};
const struct reason aid_value_unknown = {
    "aid.value_unknown", T("The question or table named has no such answer: %1."), 0};
const struct reason aid_no_source = {"aid.no_source",
                                     T("A row needs the law or document it comes from: %1."), 0};
const struct reason aid_incomplete = {
    "aid.incomplete",
    T("A table has no row for somebody who answers like this (table, answers): %1. Add one."), 0};
const struct reason aid_overlap = {
    "aid.overlap",
    T("Two rows of a table apply to somebody who answers like this (table, rows, answers): %1. "
      "Let only one apply."),
    0};
const struct reason aid_never = {
    "aid.never", T("This never applies, whatever is answered: %1. Correct it or take it away."), 0};
const struct reason aid_endless = {"aid.endless",
                                   T("Somebody who answers like this gets no result: %1."), 0};
const struct reason aid_too_many_ways = {
    "aid.too_many_ways",
    T("There are more ways through the questions than can be tried. Put fewer questions."), 0};

struct check {
    struct arena *arena;
    const struct aid_rules *rules;
    struct aid_problem *problems;
    size_t count;
    struct aid_way way;
    bool is_met[AID_STEPS_MAX];                /* on some way */
    bool applied[AID_STEPS_MAX][AID_ROWS_MAX]; /* on some way */
    size_t ways;
};

static void tell(struct check *check, const struct reason *why, struct str detail)
{
    for (size_t i = 0; i < check->count; i++)
        if (check->problems[i].why == why && str_same(check->problems[i].detail, detail)) return;
    if (check->count < AID_PROBLEMS_MAX)
        check->problems[check->count++] = (struct aid_problem){why, detail};
}

/* "matter wages" */
static struct str place(struct check *check, struct str step, struct str part)
{
    if (!part.len) return step;
    return arena_print(check->arena, "%.*s %.*s", STR_ARGS(step), STR_ARGS(part));
}

/* ---- what stands there ---- */

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') return false;
    }
    return name.len > 0 && name.len <= 24;
}

/* A letter of Chinese is three bytes of which the first is 0xE4 to 0xE9. */
static bool has_chinese(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0xE4 && (unsigned char)text.at[i] <= 0xE9) return true;
    return false;
}

static void check_text(struct check *check, const struct aid_text *text, bool is_needed,
                       struct str where)
{
    if (!text->zh.len && !text->en.len) {
        if (is_needed) tell(check, &aid_missing, where);
        return;
    }
    if (!text->en.len || has_chinese(text->en) || !text->zh.len || !has_chinese(text->zh))
        tell(check, &aid_one_language, where);
}

static bool has_value(const struct aid_step *step, struct str value)
{
    if (!step->is_table) return aid_value_of(step, value) != NULL;
    for (size_t i = 0; i < step->gives_count; i++)
        if (str_same(step->gives[i], value)) return true;
    return false;
}

/* (1) */
static void check_when(struct check *check, const struct aid_when *when, size_t at,
                       struct str where)
{
    for (size_t i = 0; i < when->count; i++) {
        const struct aid_condition *c = &when->conditions[i];
        const struct aid_step *step = aid_step_of(check->rules, c->of);

        if (!step || step >= &check->rules->steps[at]) {
            tell(check, &aid_not_above, place(check, where, c->of));
            continue;
        }
        if (!c->values_count) tell(check, &aid_missing, place(check, where, c->of));
        for (size_t v = 0; v < c->values_count; v++)
            if (!has_value(step, c->values[v]))
                tell(check, &aid_value_unknown,
                     place(check, place(check, where, c->of), c->values[v]));
    }
}

static void check_row(struct check *check, size_t at, const struct aid_row *row)
{
    const struct aid_step *table = &check->rules->steps[at];
    struct str where = place(check, table->name, row->row);

    if (!is_name(row->row)) tell(check, &aid_name_wrong, where);
    if (!has_value(table, row->then))
        tell(check, &aid_value_unknown, place(check, where, row->then));
    check_text(check, &row->because, true, where);
    check_when(check, &row->when, at, where);
    if (!row->sources_count) tell(check, &aid_no_source, where);
    for (size_t i = 0; i < row->sources_count; i++)
        check_text(check, &row->sources[i].text, true, where);
    for (size_t i = 0; i < row->bring_count; i++) check_text(check, &row->bring[i], true, where);
    for (const struct aid_row *other = table->rows; other < row; other++)
        if (str_same(other->row, row->row)) tell(check, &aid_twice, where);
}

static void check_step(struct check *check, size_t at)
{
    const struct aid_step *step = &check->rules->steps[at];

    if (!is_name(step->name)) tell(check, &aid_name_wrong, step->name);
    if (aid_step_of(check->rules, step->name) != step) tell(check, &aid_twice, step->name);
    check_text(check, &step->text, true, step->name);
    check_text(check, &step->why, !step->is_table, step->name);
    check_when(check, &step->when, at, step->name);
    if (step->is_table && (!step->rows_count || !step->gives_count))
        tell(check, &aid_missing, step->name);
    if (!step->is_table && step->values_count < 2) tell(check, &aid_missing, step->name);
    for (size_t i = 0; i < step->rows_count; i++) check_row(check, at, &step->rows[i]);
    for (size_t i = 0; i < step->values_count; i++) {
        const struct aid_value *value = &step->values[i];
        struct str where = place(check, step->name, value->value);

        if (!is_name(value->value)) tell(check, &aid_name_wrong, where);
        if (aid_value_of(step, value->value) != value) tell(check, &aid_twice, where);
        check_text(check, &value->label, true, where);
        check_text(check, &value->hint, false, where);
    }
}

/* The program knows what to say of three results, and no fourth. */
static void check_result(struct check *check)
{
    static const char *const known[] = {"likely", "look", "no"};
    const struct aid_step *result = aid_step_of(check->rules, S("result"));

    if (!result || !result->is_table || !check->rules->steps_count) {
        tell(check, &aid_missing, S("result"));
        return;
    }
    for (size_t i = 0; i < result->gives_count; i++) {
        bool is_known = false;

        for (size_t k = 0; k < COUNT(known); k++)
            is_known |= str_same(result->gives[i], str_of(known[k]));
        if (!is_known) tell(check, &aid_value_unknown, place(check, S("result"), result->gives[i]));
    }
}

/* ---- every way ---- */

static struct str answers_of(struct check *check)
{
    struct str all = S("");

    for (size_t i = 0; i < check->way.count; i++) {
        const struct aid_line *line = &check->way.lines[i];

        if (line->chosen)
            all = arena_print(check->arena, "%.*s%s%.*s.%.*s", STR_ARGS(all), all.len ? " " : "",
                              STR_ARGS(line->step->name), STR_ARGS(line->value));
    }
    return all;
}

/* The same table or rows are told of once, with the first answers that show it. */
static void tell_once(struct check *check, const struct reason *why, struct str what)
{
    for (size_t i = 0; i < check->count; i++)
        if (check->problems[i].why == why && str_begins(check->problems[i].detail, what)) return;
    tell(check, why,
         arena_print(check->arena, "%.*s%.*s", STR_ARGS(what), STR_ARGS(answers_of(check))));
}

/* (2) */
static const struct aid_row *decide(struct check *check, size_t at)
{
    const struct aid_step *table = &check->rules->steps[at];
    const struct aid_row *found = NULL;
    char what[128]; /* names have at most 24 letters */

    for (size_t i = 0; i < table->rows_count && i < AID_ROWS_MAX; i++) {
        const struct aid_row *row = &table->rows[i];

        if (!aid_is_met(&check->way, &row->when)) continue;
        check->applied[at][i] = true;
        if (!found) {
            found = row;
            continue;
        }
        snprintf(what, sizeof what, "%.*s, %.*s + %.*s, ", STR_ARGS(table->name),
                 STR_ARGS(found->row), STR_ARGS(row->row));
        tell_once(check, &aid_overlap, str_of(what));
    }
    snprintf(what, sizeof what, "%.*s, ", STR_ARGS(table->name));
    if (!found) tell_once(check, &aid_incomplete, str_of(what));
    return found;
}

/* Goes on from a step, for each answer; as deep as there are steps. */
static void go(struct check *check, size_t at)
{
    const struct aid_step *step;
    struct aid_way *way = &check->way;

    if (check->count == AID_PROBLEMS_MAX || check->ways > AID_WAYS_MAX) return;
    while (at < check->rules->steps_count && !aid_is_met(way, &check->rules->steps[at].when)) at++;
    if (at == check->rules->steps_count) {
        check->ways++;
        if (!aid_held(way, S("result")).len) tell_once(check, &aid_endless, S(""));
        return;
    }
    step = &check->rules->steps[at];
    check->is_met[at] = true;
    if (step->is_table) {
        const struct aid_row *row = decide(check, at);

        if (!row) { /* told; what follows from it would be told in vain */
            check->ways++;
            return;
        }
        way->lines[way->count++] = (struct aid_line){step, row->then, NULL, row};
        go(check, at + 1);
        way->count--;
        return;
    }
    for (size_t i = 0; i < step->values_count; i++) {
        way->lines[way->count++] =
            (struct aid_line){step, step->values[i].value, &step->values[i], NULL};
        go(check, at + 1);
        way->count--;
    }
}

/* (4) */
static void check_never(struct check *check)
{
    for (size_t s = 0; s < check->rules->steps_count; s++) {
        const struct aid_step *step = &check->rules->steps[s];

        if (!check->is_met[s]) tell(check, &aid_never, step->name);
        for (size_t r = 0; check->is_met[s] && r < step->rows_count && r < AID_ROWS_MAX; r++)
            if (!check->applied[s][r])
                tell(check, &aid_never, place(check, step->name, step->rows[r].row));
    }
}

size_t aid_check(struct arena *arena, const struct aid_rules *rules, struct aid_problem *problems)
{
    struct check *check = NEW(arena, struct check);

    *check = (struct check){.arena = arena, .rules = rules, .problems = problems};
    check_text(check, &rules->name, true, S("name"));
    for (size_t i = 0; i < rules->steps_count; i++) check_step(check, i);
    check_result(check);
    if (check->count) return check->count; /* ways through a broken table prove nothing */
    go(check, 0);
    if (check->ways > AID_WAYS_MAX) tell(check, &aid_too_many_ways, S(""));
    if (!check->count) check_never(check);
    return check->count;
}
