/* register_import_show.c -- the pages of importing: hand a table in, see what it would change.
 *
 *  (1) The plan is made anew at every look, so what is shown is so now (register_plan.h).
 *  (2) A table is its importer's alone: it holds numbers of phones.
 *  (3) The register goes out as a table without numbers of phones, and no cell is a formula. */
#include "bureau/register/register_plan.h"
#include "bureau/register/register_views.h"
#include "gen/register_html.h"
#include "platform/known.h"
#include "platform/secret.h"

enum { MEGABYTE = 1024 * 1024 };
enum {
    ROWS_A_PAGE = 100,
    TABLES_A_MINUTE = 20,
    TABLE_BODY_MAX = CSV_BYTES_MAX + 64 * 1024,
    EXPORT_BYTES_MAX = 12 * MEGABYTE /* some 60,000 people: more than any bureau has */
};
_Static_assert(CSV_BYTES_MAX == 2 * MEGABYTE, "the hint of the file's field says 2 MB");

static const struct reason export_too_large = {
    "register.export-too-large",
    T("This table would be larger than %1 MB, more than is given out here. Please ask whoever runs "
      "the installation."),
    409};

static struct outcome show_imports(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_imports_view *v = view;
    const struct register_list_imports_row *rows;
    struct register_import_row_view *made;

    (void)query;
    TRY(register_list_imports(scene->arena, scene->store, scene->actor.person_id, &rows,
                              &v->imports_count));
    made = NEW_MANY(scene->arena, struct register_import_row_view, v->imports_count + 1);
    for (size_t i = 0; i < v->imports_count; i++)
        made[i] = (struct register_import_row_view){.import = rows[i].import_id,
                                                    .file_name = rows[i].file_name,
                                                    .at = rows[i].at,
                                                    .begun_at = rows[i].begun_at,
                                                    .done_at = rows[i].done_at,
                                                    .added = rows[i].added_count,
                                                    .changed = rows[i].changed_count,
                                                    .left_out = rows[i].left_count};
    v->imports = made;
    v->example = S("登录名,姓名,职业类别,区,团队,执业证号,有效期至,手机号,咨询领域,语言,协会\n"
                   "wang.fang,王芳,律师,徐汇区,310104,13101201812345678,2027-05-31,13800000000,"
                   "劳动、家事,普通话,bar");
    return DONE;
}

/* ---- what would change ---- */

static const struct {
    enum register_verdict verdict;
    const char *name, *css;
} verdicts[] = {
    {REGISTER_WRONG, T("With mistakes"), "tag-late"},
    {REGISTER_ADD, T("To be added"), "tag-done"},
    {REGISTER_UPDATE, T("To be changed"), "tag-waiting"},
    {REGISTER_SAME, T("As they are"), "tag-off"},
};

static size_t place_of(struct str show, const struct register_plan *plan)
{
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        if (str_same(show, register_verdict_word(verdicts[i].verdict))) return i;
    }
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        if (plan->counts[verdicts[i].verdict]) return i;
    }
    return 0;
}

static void show_row(struct scene *scene, const struct register_lexicon *lexicon, size_t place,
                     const struct register_planned *row, struct register_planned_view *v)
{
    struct register_problem_view *problems =
        NEW_MANY(scene->arena, struct register_problem_view, REGISTER_PROBLEMS_MAX);

    for (size_t i = 0; i < row->problems_count; i++)
        problems[i] = (struct register_problem_view){
            .column = text_in(scene->language, register_column_label(row->problems[i].column)),
            .text = text_fill(scene->arena, scene->language, row->problems[i].why->text,
                              row->problems[i].detail, S(""), S(""))};
    *v = (struct register_planned_view){
        .row = row->number,
        .verdict = register_verdict_word(row->verdict),
        .verdict_name = text_in(scene->language, verdicts[place].name),
        .verdict_css = str_of(verdicts[place].css),
        .login = row->after.login,
        .name = row->after.name,
        .changes = row->verdict == REGISTER_ADD || row->verdict == REGISTER_UPDATE
                       ? register_changes(scene, lexicon, row)
                       : S(""),
        .problems = problems,
        .problems_count = row->problems_count};
}

static struct outcome show_plan(struct scene *scene, const struct register_import_page_form *f,
                                const struct register_plan *plan, struct register_import_view *v)
{
    struct register_planned_view *rows =
        NEW_MANY(scene->arena, struct register_planned_view, ROWS_A_PAGE);
    struct choice *shows = NEW_MANY(scene->arena, struct choice, COUNT(verdicts));
    size_t place = place_of(f->show, plan), count = 0;
    struct register_lexicon lexicon;

    TRY(register_lexicon_make(scene, &lexicon));
    for (size_t i = 0; i < plan->count && !v->next.len; i++) {
        const struct register_planned *row = &plan->rows[i];

        if (row->verdict != verdicts[place].verdict || row->number <= f->after) continue;
        if (count == ROWS_A_PAGE)
            v->next = arena_print(scene->arena, "%lld", (long long)rows[count - 1].row);
        else
            show_row(scene, &lexicon, place, row, &rows[count++]);
    }
    for (size_t i = 0; i < COUNT(verdicts); i++)
        shows[i] = (struct choice){
            .value = register_verdict_word(verdicts[i].verdict),
            .label = arena_print(scene->arena, "%.*s (%zu)",
                                 STR_ARGS(text_in(scene->language, verdicts[i].name)),
                                 plan->counts[verdicts[i].verdict]),
            .chosen = i == place};
    v->rows = rows, v->rows_count = count, v->has_rows = count > 0;
    v->shows = shows, v->shows_count = COUNT(verdicts);
    v->show = register_verdict_word(verdicts[place].verdict);
    v->add = (int64_t)plan->counts[REGISTER_ADD];
    v->change = (int64_t)plan->counts[REGISTER_UPDATE];
    v->same = (int64_t)plan->counts[REGISTER_SAME];
    v->wrong = (int64_t)plan->counts[REGISTER_WRONG];
    v->unused = plan->unused;
    v->plan = plan->fingerprint;
    v->may_import = v->add + v->change > 0;
    return DONE;
}

static struct outcome show_import(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct register_import_page_form *f = query;
    struct register_import_view *v = view;
    struct register_find_import_row row;
    struct register_plan plan;
    struct str text;

    TRY(register_import_open(scene, f->import, &row, &text));
    v->import = v->number = row.import_id;
    v->file_name = row.file_name;
    v->begun_at = row.begun_at;
    v->rows_all = row.rows_count;
    v->rows_done = row.rows_done;
    v->rows_left = row.rows_left;
    v->done_at = row.done_at;
    v->added = row.added_count;
    v->changed = row.changed_count;
    v->left_out = row.left_count;
    if (!text.len || row.begun_at) return DONE;
    TRY(register_plan_make(scene, text, &plan));
    return show_plan(scene, f, &plan, v);
}

/* ---- the register as a table ---- */

static void write_header(struct out *out)
{
    static const char *const titles[] = {"login",         "name",   "profession",
                                         "district",      "team",   "licence",
                                         "licence_until", "fields", "languages"};

    csv_mark(out);
    for (size_t i = 0; i < COUNT(titles); i++)
        csv_cell(out, str_of(titles[i]), i + 1 == COUNT(titles));
}

static struct outcome write_row(struct scene *scene, const struct register_list_register_row *row,
                                struct out *out)
{
    const struct register_list_fields_of_row *fields;
    const struct register_list_languages_of_row *languages;
    struct str words = S("");
    char day[11] = "";
    size_t count;

    if (row->licence_until) calendar_day_print(calendar_day_of(row->licence_until - 1), day);
    csv_cell(out, row->login, false);
    csv_cell(out, row->person_name, false);
    csv_cell(out, row->profession, false);
    csv_cell(out, row->division, false);
    csv_cell(out, row->team_code, false);
    csv_cell(out, row->licence, false);
    csv_cell(out, str_of(day), false);
    TRY(register_list_fields_of(scene->arena, scene->store, row->person_id, &fields, &count));
    for (size_t i = 0; i < count; i++)
        words = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(words), i ? " " : "",
                            STR_ARGS(fields[i].field));
    csv_cell(out, words, false);
    words = S("");
    TRY(register_list_languages_of(scene->arena, scene->store, row->person_id, &languages, &count));
    for (size_t i = 0; i < count; i++)
        words = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(words), i ? " " : "",
                            STR_ARGS(languages[i].language));
    csv_cell(out, words, true);
    return DONE;
}

struct outcome register_export(struct scene *scene, size_t bytes_max, struct str *csv)
{
    struct out *out = out_open(scene->arena, bytes_max);
    const struct register_list_register_row *rows;
    struct people_scope scope;
    id after = 0;
    size_t count;

    TRY(people_scope_of(scene, &scope));
    write_header(out);
    do {
        TRY(register_list_register(scene->arena, scene->store, scope.code, after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(write_row(scene, &rows[i], out));
            after = rows[i].person_id;
        }
    } while (count && !out_full(out));
    *csv = out_text(out);
    return out_full(out) ? REFUSE_WITH(export_too_large,
                                       arena_print(scene->arena, "%zu", bytes_max / MEGABYTE))
                         : DONE;
}

static struct outcome send_register(struct request *request, const void *query,
                                    struct file_answer *file)
{
    (void)query;
    *file = (struct file_answer){.type = S("text/csv; charset=utf-8"), .name = S("people.csv")};
    return register_export(request->scene, EXPORT_BYTES_MAX, &file->bytes);
}

static const struct query_known import_known[] = {{"show", "wrong add change same", NULL}, {0}};

KNOWN_SHOW(show_known_admin_import_import, register_import_page_form, import_known, show_import)

const struct page register_import_pages[] = {
    {.method = GET,
     .path = "/admin/import",
     .who = WHO_ADMIN,
     .about = "Hand in a table of people; one's own tables of late.",
     .view = &register_imports_view,
     .html = &html_register_imports,
     .show = show_imports},
    {.method = POST,
     .path = "/admin/import",
     .who = WHO_ADMIN,
     .about = "Hand in a table of people as CSV. Nothing is changed: see what it would change.",
     .act = &register_table,
     .then = "/admin/import/{import}",
     .again = "/admin/import",
     .status = 201,
     .body_bytes_max = TABLE_BODY_MAX,
     .per_minute = TABLES_A_MINUTE},
    {.method = GET,
     .path = "/admin/import/people.csv",
     .who = WHO_ADMIN,
     .about = "All consultants of one's scope as a table, without numbers of phones.",
     .file = send_register},
    {.method = GET,
     .path = "/admin/import/{import}",
     .who = WHO_ADMIN,
     .about = "What a table would change, row by row; or what it did.",
     .query = &register_import_page_form,
     .view = &register_import_view,
     .html = &html_register_import,
     .show = show_known_admin_import_import},
    {.method = POST,
     .path = "/admin/import/{import}",
     .who = WHO_ADMIN,
     .about = "Do what was shown: all rows, or with only_good those without mistakes.",
     .act = &register_import,
     .then = "/admin/import/{import}",
     .again = "/admin/import/{import}"},
    {0},
};
