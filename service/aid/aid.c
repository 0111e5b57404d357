/* aid.c -- see aid.h. */
#include "service/aid/aid.h"

const struct aid_step *aid_step_of(const struct aid_rules *rules, struct str name)
{
    for (size_t i = 0; i < rules->steps_count; i++)
        if (str_same(rules->steps[i].name, name)) return &rules->steps[i];
    return NULL;
}

const struct aid_value *aid_value_of(const struct aid_step *step, struct str value)
{
    for (size_t i = 0; i < step->values_count; i++)
        if (str_same(step->values[i].value, value)) return &step->values[i];
    return NULL;
}

struct str aid_held(const struct aid_way *way, struct str name)
{
    for (size_t i = 0; i < way->count; i++)
        if (str_same(way->lines[i].step->name, name)) return way->lines[i].value;
    return S("");
}

bool aid_is_met(const struct aid_way *way, const struct aid_when *when)
{
    for (size_t i = 0; i < when->count; i++) {
        const struct aid_condition *c = &when->conditions[i];
        struct str value = aid_held(way, c->of);
        bool is_among = false;

        for (size_t v = 0; v < c->values_count; v++) is_among |= str_same(c->values[v], value);
        if (is_among == c->is_not) return false;
    }
    return true;
}

static const struct aid_value *answered(const struct aid_step *step,
                                        const struct aid_answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(answers[i].ask, step->name)) return aid_value_of(step, answers[i].value);
    return NULL;
}

static const struct aid_row *decided(const struct aid_way *way, const struct aid_step *table)
{
    for (size_t i = 0; i < table->rows_count; i++)
        if (aid_is_met(way, &table->rows[i].when)) return &table->rows[i];
    return NULL;
}

void aid_follow(const struct aid_rules *rules, const struct aid_answer *answers, size_t count,
                struct aid_way *way)
{
    *way = (struct aid_way){.count = 0};
    for (size_t i = 0; i < rules->steps_count && i < AID_STEPS_MAX; i++) {
        const struct aid_step *step = &rules->steps[i];
        struct aid_line line = {.step = step};

        if (!aid_is_met(way, &step->when)) continue;
        if (step->is_table) {
            line.row = decided(way, step);
            if (!line.row) continue;
            line.value = line.row->then;
            if (str_same(step->name, S("result"))) way->result = line.value;
        } else {
            line.chosen = answered(step, answers, count);
            if (!line.chosen) {
                way->next = step;
                return;
            }
            line.value = line.chosen->value;
        }
        way->lines[way->count++] = line;
    }
}

int aid_place(const struct aid_way *way, struct str ask)
{
    for (size_t i = 0; i < way->count; i++)
        if (way->lines[i].chosen && str_same(way->lines[i].step->name, ask)) return (int)i;
    return way->next && str_same(way->next->name, ask) ? (int)way->count : -1;
}

/* ---- answers as text ---- */

size_t aid_answers_read(struct str text, struct aid_answer answers[AID_STEPS_MAX])
{
    size_t count = 0;

    while (text.len) {
        struct str word = str_trim(str_cut(text, ' ', &text)), value;
        struct str ask = str_cut(word, '.', &value);

        if (ask.len && value.len) aid_answers_set(answers, &count, (struct aid_answer){ask, value});
    }
    return count;
}

struct str aid_answers_text(struct arena *arena, const struct aid_answer *answers, size_t count)
{
    struct str all = S("");

    for (size_t i = 0; i < count; i++)
        all = arena_print(arena, "%.*s%s%.*s.%.*s", STR_ARGS(all), i ? " " : "",
                          STR_ARGS(answers[i].ask), STR_ARGS(answers[i].value));
    return all;
}

bool aid_answers_set(struct aid_answer answers[AID_STEPS_MAX], size_t *count,
                     struct aid_answer answer)
{
    size_t at = 0;

    while (at < *count && !str_same(answers[at].ask, answer.ask)) at++;
    if (at == AID_STEPS_MAX) return false;
    answers[at] = answer;
    if (at == *count) ++*count;
    return true;
}
