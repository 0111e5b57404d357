/* directory_bodies.c -- firms and offices: a table is taken in whole or not at all, and everybody
 * reads what stands in it.
 *
 *  (1) A row is known by kind, name and district: the same table twice changes nothing.
 *  (2) An administrator takes in what lies in their own place.
 *  (3) Each has a source and its day, which stand beside it.
 */
#include "bureau/directory/directory_views.h"
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"

static const struct reason no_columns = {
    "directory.no-columns", T("The first line does not name this column: %1."), 0};
static const struct reason too_many_rows = {
    "directory.too-many-rows", T("The table has too many rows: 2,000 at most."), 0};
static const struct reason wrong_rows = {
    "directory.wrong-rows", T("Nothing was changed. Please correct these cells: %1."), 0};

enum { WRONG_SHOWN = 20, PHONE_BYTES_MAX = 30 };

struct table {
    struct csv_table csv;
    size_t at[DIRECTORY_COLUMNS]; /* of each column + 1; 0: not there */
};

static struct outcome read_head(struct scene *scene, struct str text, struct table *table)
{
    TRY(csv_read(scene->arena, text, &table->csv));
    for (size_t i = 0; table->csv.count && i < table->csv.rows[0].count; i++) {
        enum directory_column column = directory_column_of(str_trim(table->csv.rows[0].cells[i]));

        if (column < DIRECTORY_COLUMNS) table->at[column] = i + 1;
    }
    for (int i = 0; i < DIRECTORY_COLUMNS; i++)
        if (!table->at[i] && directory_column_is_needed((enum directory_column)i))
            return REFUSE_WITH(no_columns,
                               text_in(scene->language,
                                       directory_column_name((enum directory_column)i)));
    return table->csv.count > DIRECTORY_ROWS_MAX + 1 ? REFUSE(too_many_rows) : DONE;
}

static struct str cell(const struct table *table, const struct csv_row *row,
                       enum directory_column column)
{
    size_t at = table->at[column];

    return at && at <= row->count ? str_trim(row->cells[at - 1]) : S("");
}

static struct outcome division_of(struct scene *scene, struct str typed, struct str *division)
{
    const struct identity_division *rows;
    size_t count;
    bool exists = false;

    *division = S("");
    if (!typed.len) return DONE;
    TRY(identity_division_exists(scene, typed, &exists));
    if (exists) *division = typed;
    if (exists) return DONE;
    TRY(identity_division_children(scene, S("31"), &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_same(rows[i].name_zh, typed) || str_same(rows[i].name_en, typed))
            *division = rows[i].division;
    return DONE;
}

/* As a table says it: its word, its English name or its 中文. */
static struct str kind_of(struct str typed)
{
    for (const struct directory_word *kind = directory_kinds; kind->word; kind++)
        if (str_same(typed, str_of(kind->word)) || str_same(typed, str_of(kind->name)) ||
            str_same(typed, text_in(LANGUAGE_ZH, kind->name)))
            return str_of(kind->word);
    return S("");
}

/* The first column of the row that is wrong; DIRECTORY_COLUMNS if none is. */
static struct outcome check_row(struct scene *scene, const struct table *table,
                                const struct csv_row *row, struct directory_find_body_row *body,
                                enum directory_column *wrong)
{
    struct str scope = scene_scope(scene, WHO_ADMIN), name = cell(table, row, DIRECTORY_NAME);
    calendar_day day = 0;

    *body = (struct directory_find_body_row){
        .kind = kind_of(cell(table, row, DIRECTORY_KIND)),
        .body_name = name,
        .address = cell(table, row, DIRECTORY_ADDRESS),
        .phone = cell(table, row, DIRECTORY_PHONE),
        .licence = cell(table, row, DIRECTORY_LICENCE),
        .source = cell(table, row, DIRECTORY_SOURCE),
        .source_day = cell(table, row, DIRECTORY_SOURCE_DAY),
        .is_open = !directory_is_closed(cell(table, row, DIRECTORY_STATE))};
    TRY(division_of(scene, cell(table, row, DIRECTORY_DIVISION), &body->division));
    *wrong = DIRECTORY_COLUMNS;
    if (!body->kind.len) *wrong = DIRECTORY_KIND;
    else if (str_points(name) < 2 || str_points(name) > DIRECTORY_NAME_MAX) *wrong = DIRECTORY_NAME;
    else if (!body->division.len || !str_begins(body->division, scope)) *wrong = DIRECTORY_DIVISION;
    else if (str_points(body->address) > DIRECTORY_ADDRESS_MAX) *wrong = DIRECTORY_ADDRESS;
    else if (body->phone.len > PHONE_BYTES_MAX) *wrong = DIRECTORY_PHONE;
    else if (str_points(body->licence) > DIRECTORY_SOURCE_MAX) *wrong = DIRECTORY_LICENCE;
    else if (!body->source.len || str_points(body->source) > DIRECTORY_SOURCE_MAX)
        *wrong = DIRECTORY_SOURCE;
    else if (!calendar_day_parse(body->source_day, &day) || day > calendar_day_of(scene->now))
        *wrong = DIRECTORY_SOURCE_DAY;
    return DONE;
}

static struct outcome check_all(struct scene *scene, const struct table *table)
{
    struct str wrongs = S("");
    size_t count = 0;

    for (size_t i = 1; i < table->csv.count && count < WRONG_SHOWN; i++) {
        struct directory_find_body_row body;
        enum directory_column wrong;

        TRY(check_row(scene, table, &table->csv.rows[i], &body, &wrong));
        if (wrong == DIRECTORY_COLUMNS) continue;
        wrongs = arena_print(scene->arena, "%.*s%s%lld: %.*s", STR_ARGS(wrongs),
                             count++ ? "; " : "", (long long)table->csv.rows[i].number,
                             STR_ARGS(text_in(scene->language, directory_column_name(wrong))));
    }
    return count ? REFUSE_WITH(wrong_rows, wrongs) : DONE;
}

static struct outcome prepare(struct scene *scene, void *form)
{
    struct directory_table_form *f = form;
    struct table table = {0};

    TRY(csv_text(scene->arena, f->file.bytes, &f->table));
    TRY(read_head(scene, f->table, &table));
    return check_all(scene, &table); /* what is wrong costs the writer nothing */
}

static struct outcome take(struct scene *scene, const void *form, void *result)
{
    const struct directory_table_form *f = form;
    struct directory_tabled_view *told = result;
    struct table table = {0};

    TRY(read_head(scene, f->table, &table));
    TRY(check_all(scene, &table));
    for (size_t i = 1; i < table.csv.count; i++) {
        struct directory_find_body_row body;
        struct directory_find_named_row before;
        enum directory_column wrong;
        bool found;

        TRY(check_row(scene, &table, &table.csv.rows[i], &body, &wrong));
        TRY(directory_find_named(scene->store, body.kind, body.body_name, body.division, &before,
                                 &found));
        told->added += !found;
        told->changed += found;
        TRY(directory_put_body(scene->store,
                               &(struct directory_put_body_values){
                                   .body_id = found ? before.body_id : scene_new_id(scene),
                                   .kind = body.kind,
                                   .body_name = body.body_name,
                                   .division = body.division,
                                   .address = body.address,
                                   .phone = body.phone,
                                   .licence = body.licence,
                                   .source = body.source,
                                   .source_day = body.source_day,
                                   .is_open = body.is_open,
                                   .changed_at = scene->now,
                                   .changed_by = scene->actor.person_id}));
    }
    scene->detail = arena_print(scene->arena, "%lld added, %lld seen again",
                                (long long)told->added, (long long)told->changed);
    return DONE;
}

const struct act directory_table = {.name = "directory.table",
                                    .who = WHO_ADMIN,
                                    .form = &directory_table_form,
                                    .result = &directory_tabled_view,
                                    .prepare = prepare,
                                    .slow = true,
                                    .run = take};

/* ---- for the search ---- */

struct str directory_pattern(struct scene *scene, struct str typed)
{
    char *at = arena_take(scene->arena, 1, typed.len * 2 + 3);
    size_t len = 0;

    if (!typed.len) return S("");
    at[len++] = '%';
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == '%' || typed.at[i] == '_' || typed.at[i] == '!') at[len++] = '!';
        at[len++] = typed.at[i];
    }
    at[len++] = '%';
    return (struct str){at, len};
}

struct outcome directory_find(struct scene *scene, struct str words, size_t max,
                              const struct directory_found **bodies, size_t *count)
{
    const struct directory_list_bodies_row *rows;
    struct directory_found *made;

    TRY(directory_list_bodies(scene->arena, scene->store, S(""), S("31"),
                              directory_pattern(scene, words), 0, (int64_t)max, &rows, count));
    made = NEW_MANY(scene->arena, struct directory_found, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct directory_found){
            .body_id = rows[i].body_id,
            .name = rows[i].body_name,
            .kind = text_in(scene->language, directory_name(directory_kinds, rows[i].kind)),
            .division = rows[i].division};
    *bodies = made;
    return DONE;
}
