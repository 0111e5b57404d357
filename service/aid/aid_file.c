/* aid_file.c -- reads rules of legal aid from YAML, and puts a place's on top of the nation's.
 *
 *  1. Unknown, repeated or mistyped keys are refused with their line.
 *  2. A step is a question or a table, never both.
 *  3. A place changes what the nation has, and adds no step: the questions stay the same ones.
 */
#include "service/aid/aid_file.h"

#include "platform/yaml.h"

const struct reason aid_file_malformed = {
    "aid.file_malformed",
    T("A file of the rules of legal aid is not written as expected (file, line and problem: %1). "
      "Compare it with national.yaml."),
    0};
const struct reason aid_file_many = {"aid.file_many", T("There are more than 40 files."), 0};
const struct reason aid_file_step_wrong = {
    "aid.file_step_wrong",
    T("A step is either a question (ask) or a table; a file of a place names steps of "
      "national.yaml only (file and step: %1)."),
    0};
const struct reason aid_file_no_national = {
    "aid.file_no_national",
    T("The file with the rules of the whole country is missing: its place "
      "is \"\"."),
    0};
const struct reason aid_file_place_twice = {"aid.file_place_twice",
                                            T("Two files are of the same place: %1."), 0};

/* ---- the file as libcyaml sees it ---- */

struct file_text {
    char *zh, *en;
};
struct file_condition {
    char *of, **is, **not_;
    unsigned is_count, not_count;
};
struct file_value {
    char *value, *zh, *en, *hint_zh, *hint_en;
};
struct file_row {
    char *row, *then, *zh, *en, **items;
    struct file_condition *when;
    struct file_text *law, *document, *bring;
    unsigned when_count, law_count, document_count, bring_count, items_count;
};
struct file_step {
    char *ask, *table, *zh, *en, **gives;
    struct file_text *why;
    struct file_condition *when;
    struct file_value *values;
    struct file_row *rows;
    unsigned when_count, values_count, gives_count, rows_count;
};
struct file_rules {
    char *place;
    struct file_text *name;
    struct file_step *steps;
    unsigned steps_count;
};

enum { MUST = CYAML_FLAG_POINTER, MAY = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL };
#define WORD(key, flags, type, name) CYAML_FIELD_STRING_PTR(key, flags, type, name, 0, 2000)
#define LIST(key, type, name, of, max) CYAML_FIELD_SEQUENCE(key, MAY, type, name, of, 0, max)

static const cyaml_schema_value_t CODE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 60)};
static const cyaml_schema_field_t TEXT_FIELDS[] = {
    WORD("zh", MAY, struct file_text, zh), WORD("en", MAY, struct file_text, en), CYAML_FIELD_END};
static const cyaml_schema_value_t TEXT = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_text, TEXT_FIELDS)};
static const cyaml_schema_field_t CONDITION_FIELDS[] = {
    WORD("of", MUST, struct file_condition, of),
    LIST("is", struct file_condition, is, &CODE, AID_VALUES_MAX),
    CYAML_FIELD_SEQUENCE_COUNT("not", MAY, struct file_condition, not_, not_count, &CODE, 0,
                               AID_VALUES_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t CONDITION = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_condition, CONDITION_FIELDS)};
#define WHEN(type)                                                                                 \
    CYAML_FIELD_SEQUENCE_COUNT("if", MAY, type, when, when_count, &CONDITION, 0, AID_CONDITIONS_MAX)
static const cyaml_schema_field_t VALUE_FIELDS[] = {
    WORD("value", MUST, struct file_value, value),
    WORD("zh", MAY, struct file_value, zh),
    WORD("en", MAY, struct file_value, en),
    WORD("hint_zh", MAY, struct file_value, hint_zh),
    WORD("hint_en", MAY, struct file_value, hint_en),
    CYAML_FIELD_END};
static const cyaml_schema_value_t VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_value, VALUE_FIELDS)};
static const cyaml_schema_field_t ROW_FIELDS[] = {
    WORD("row", MUST, struct file_row, row),
    WHEN(struct file_row),
    WORD("then", MUST, struct file_row, then),
    WORD("zh", MAY, struct file_row, zh),
    WORD("en", MAY, struct file_row, en),
    LIST("law", struct file_row, law, &TEXT, AID_SOURCES_MAX),
    LIST("document", struct file_row, document, &TEXT, AID_SOURCES_MAX),
    LIST("bring", struct file_row, bring, &TEXT, AID_LINES_MAX),
    LIST("items", struct file_row, items, &CODE, AID_LINES_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t ROW = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_row, ROW_FIELDS)};
static const cyaml_schema_field_t STEP_FIELDS[] = {
    WORD("ask", MAY, struct file_step, ask),
    WORD("table", MAY, struct file_step, table),
    WHEN(struct file_step),
    WORD("zh", MAY, struct file_step, zh),
    WORD("en", MAY, struct file_step, en),
    CYAML_FIELD_MAPPING_PTR("why", MAY, struct file_step, why, TEXT_FIELDS),
    LIST("values", struct file_step, values, &VALUE, AID_VALUES_MAX),
    LIST("gives", struct file_step, gives, &CODE, AID_VALUES_MAX),
    LIST("rows", struct file_step, rows, &ROW, AID_ROWS_MAX),
    CYAML_FIELD_END};
static const cyaml_schema_value_t STEP = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct file_step, STEP_FIELDS)};
static const cyaml_schema_field_t RULES_FIELDS[] = {
    WORD("place", MUST, struct file_rules, place),
    CYAML_FIELD_MAPPING_PTR("name", MUST, struct file_rules, name, TEXT_FIELDS),
    LIST("steps", struct file_rules, steps, &STEP, AID_STEPS_MAX), CYAML_FIELD_END};
static const cyaml_schema_value_t RULES = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct file_rules, RULES_FIELDS)};

/* ---- as the program keeps it ---- */

static struct str word(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, str_trim(str_of(text))) : S("");
}

static struct aid_text pair(struct arena *arena, const char *zh, const char *en)
{
    return (struct aid_text){word(arena, zh), word(arena, en)};
}

static const struct str *words(struct arena *arena, char *const *from, unsigned count)
{
    struct str *made = NEW_MANY(arena, struct str, count + 1);

    for (unsigned i = 0; i < count; i++) made[i] = word(arena, from[i]);
    return made;
}

static const struct aid_text *pairs(struct arena *arena, const struct file_text *from,
                                    unsigned count)
{
    struct aid_text *made = NEW_MANY(arena, struct aid_text, count + 1);

    for (unsigned i = 0; i < count; i++) made[i] = pair(arena, from[i].zh, from[i].en);
    return made;
}

static struct aid_when conditions(struct arena *arena, const struct file_condition *from,
                                  unsigned count)
{
    struct aid_condition *made = NEW_MANY(arena, struct aid_condition, count + 1);

    for (unsigned i = 0; i < count; i++) {
        bool is_not = from[i].not_count > 0;

        made[i] =
            (struct aid_condition){.of = word(arena, from[i].of),
                                   .is_not = is_not,
                                   .values = is_not ? words(arena, from[i].not_, from[i].not_count)
                                                    : words(arena, from[i].is, from[i].is_count),
                                   .values_count = is_not ? from[i].not_count : from[i].is_count};
    }
    return (struct aid_when){made, count};
}

static struct aid_row take_row(struct arena *arena, const struct file_row *from)
{
    size_t count = from->law_count + from->document_count;
    struct aid_source *sources = NEW_MANY(arena, struct aid_source, count + 1);

    for (unsigned i = 0; i < from->law_count; i++)
        sources[i] =
            (struct aid_source){pair(arena, from->law[i].zh, from->law[i].en), .is_law = true};
    for (unsigned i = 0; i < from->document_count; i++)
        sources[from->law_count + i] =
            (struct aid_source){pair(arena, from->document[i].zh, from->document[i].en), false};
    return (struct aid_row){.row = word(arena, from->row),
                            .then = word(arena, from->then),
                            .when = conditions(arena, from->when, from->when_count),
                            .because = pair(arena, from->zh, from->en),
                            .sources = sources,
                            .sources_count = count,
                            .bring = pairs(arena, from->bring, from->bring_count),
                            .bring_count = from->bring_count,
                            .items = words(arena, from->items, from->items_count),
                            .items_count = from->items_count};
}

static struct aid_step take_step(struct arena *arena, const struct file_step *from)
{
    struct aid_value *values = NEW_MANY(arena, struct aid_value, from->values_count + 1);
    struct aid_row *rows = NEW_MANY(arena, struct aid_row, from->rows_count + 1);

    for (unsigned i = 0; i < from->values_count; i++)
        values[i] = (struct aid_value){
            word(arena, from->values[i].value), pair(arena, from->values[i].zh, from->values[i].en),
            pair(arena, from->values[i].hint_zh, from->values[i].hint_en)};
    for (unsigned i = 0; i < from->rows_count; i++) rows[i] = take_row(arena, &from->rows[i]);
    return (struct aid_step){.name = word(arena, from->table ? from->table : from->ask),
                             .is_table = from->table != NULL,
                             .when = conditions(arena, from->when, from->when_count),
                             .text = pair(arena, from->zh, from->en),
                             .why = from->why ? pair(arena, from->why->zh, from->why->en)
                                              : (struct aid_text){S(""), S("")},
                             .values = values,
                             .values_count = from->values_count,
                             .gives = words(arena, from->gives, from->gives_count),
                             .gives_count = from->gives_count,
                             .rows = rows,
                             .rows_count = from->rows_count};
}

static struct outcome step_wrong(struct arena *arena, const struct items_source *file,
                                 struct str step)
{
    return REFUSE_WITH(aid_file_step_wrong,
                       arena_print(arena, "%.*s, %.*s", STR_ARGS(file->name), STR_ARGS(step)));
}

/* (2) */
static struct outcome take_rules(struct arena *arena, const struct items_source *file,
                                 const struct file_rules *from, struct aid_rules *rules)
{
    *rules = (struct aid_rules){.place = word(arena, from->place),
                                .name = pair(arena, from->name->zh, from->name->en),
                                .steps = NEW_MANY(arena, struct aid_step, from->steps_count + 1),
                                .steps_count = from->steps_count};
    for (unsigned i = 0; i < from->steps_count; i++) {
        const struct file_step *step = &from->steps[i];

        rules->steps[i] = take_step(arena, step);
        if (!step->ask == !step->table || (step->ask && (step->rows || step->gives)) ||
            (step->table && step->values))
            return step_wrong(arena, file, word(arena, step->ask ? step->ask : step->table));
    }
    return DONE;
}

struct outcome aid_file_parse(struct arena *arena, const struct items_source *file,
                              struct aid_rules *rules)
{
    struct yaml_trouble trouble;
    struct file_rules *from;
    struct outcome outcome;

    if (file->text.len > ITEMS_FILE_BYTES_MAX)
        return REFUSE_WITH(items_file_too_large, arena_copy(arena, file->name));
    if (!str_is_utf8(file->text))
        return REFUSE_WITH(aid_file_malformed,
                           arena_print(arena, "%.*s, not UTF-8", STR_ARGS(file->name)));
    from = yaml_file_read(file->text, &RULES, &trouble);
    if (!from)
        return REFUSE_WITH(
            aid_file_malformed,
            arena_print(arena, "%.*s:%d, %s", STR_ARGS(file->name), trouble.line, trouble.words));
    outcome = take_rules(arena, file, from, rules);
    yaml_file_free(&RULES, from);
    return outcome;
}

/* ---- a place on top of the nation ---- */

/* A value of the same name is replaced; a new one stands before the last, which is "none". */
static void join_values(struct arena *arena, struct aid_step *step, const struct aid_step *place)
{
    struct aid_value *made =
        NEW_MANY(arena, struct aid_value, step->values_count + place->values_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < step->values_count; i++) {
        const struct aid_value *changed = aid_value_of(place, step->values[i].value);

        for (size_t k = 0; i + 1 == step->values_count && k < place->values_count; k++)
            if (!aid_value_of(step, place->values[k].value)) made[count++] = place->values[k];
        made[count++] = changed ? *changed : step->values[i];
    }
    step->values = made;
    step->values_count = count;
}

static const struct aid_row *row_of(const struct aid_step *step, struct str row)
{
    for (size_t i = 0; i < step->rows_count; i++)
        if (str_same(step->rows[i].row, row)) return &step->rows[i];
    return NULL;
}

static void join_rows(struct arena *arena, struct aid_step *step, const struct aid_step *place)
{
    struct aid_row *made =
        NEW_MANY(arena, struct aid_row, step->rows_count + place->rows_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < step->rows_count; i++) {
        const struct aid_row *changed = row_of(place, step->rows[i].row);

        made[count++] = changed ? *changed : step->rows[i];
    }
    for (size_t i = 0; i < place->rows_count; i++)
        if (!row_of(step, place->rows[i].row)) made[count++] = place->rows[i];
    step->rows = made;
    step->rows_count = count;
}

struct outcome aid_file_join(struct arena *arena, const struct aid_rules *national,
                             const struct items_source *file, const struct aid_rules *place,
                             struct aid_rules *joined)
{
    *joined = *national;
    joined->place = place->place;
    joined->name = place->name;
    joined->steps = NEW_MANY(arena, struct aid_step, national->steps_count + 1);
    for (size_t i = 0; i < national->steps_count; i++) joined->steps[i] = national->steps[i];
    for (size_t i = 0; i < place->steps_count; i++) {
        const struct aid_step *from = &place->steps[i];
        const struct aid_step *found = aid_step_of(joined, from->name);
        struct aid_step *step;

        if (!found || found->is_table != from->is_table) return step_wrong(arena, file, from->name);
        step = &joined->steps[found - joined->steps];
        if (from->text.zh.len) step->text = from->text;
        if (from->why.zh.len) step->why = from->why;
        if (from->when.count) step->when = from->when;
        if (step->is_table)
            join_rows(arena, step, from);
        else
            join_values(arena, step, from);
        if (step->rows_count > AID_ROWS_MAX || step->values_count > AID_VALUES_MAX)
            return step_wrong(arena, file, from->name);
    }
    return DONE;
}

struct outcome aid_file_rules(struct arena *arena, const struct items_source *files, size_t count,
                              struct str division, struct aid_rules *rules)
{
    struct aid_rules *all = NEW_MANY(arena, struct aid_rules, count + 1);
    const struct aid_rules *national = NULL, *best = NULL;

    if (count > AID_FILES_MAX) return REFUSE(aid_file_many);
    for (size_t i = 0; i < count; i++) {
        TRY(aid_file_parse(arena, &files[i], &all[i]));
        for (size_t k = 0; k < i; k++)
            if (str_same(all[k].place, all[i].place))
                return REFUSE_WITH(aid_file_place_twice, arena_copy(arena, files[i].name));
        if (!all[i].place.len)
            national = &all[i];
        else if (str_begins(division, all[i].place) &&
                 (!best || best->place.len < all[i].place.len))
            best = &all[i];
    }
    if (!national) return REFUSE(aid_file_no_national);
    *rules = *national;
    return best ? aid_file_join(arena, national, &files[best - all], best, rules) : DONE;
}
