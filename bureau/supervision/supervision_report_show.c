/* supervision_report_show.c -- the list of reports, one report, and the cases behind a number.
 *
 *  (1) A number's link has the bounds the number was counted with; behind it are as many cases.
 *  (2) Nobody is shown a number, or a case behind one, from beyond their scope. */
#include "bureau/supervision/supervision_report_views.h"

/* The first of the columns tell of live questions, the others of written ones and of what residents
 * thought: two tables, for no page is as wide as both. */
enum { LIVE_COLUMNS = SUPERVISION_LIVE_COLUMNS };

/* ---- the list ---- */

static struct supervision_report_row_view row_of(struct scene *scene, id report_id, struct str word,
                                                 moment from, moment until, int64_t edition,
                                                 moment made_at)
{
    struct supervision_days days = {calendar_day_of(from), calendar_day_of(until)};
    enum supervision_period period = SUPERVISION_DAY;

    (void)supervision_period_of(word, &period);
    return (struct supervision_report_row_view){
        .id = report_id,
        .period = word,
        .period_name = text_in(scene->language, supervision_period_name(period)),
        .days = supervision_days_text(scene, period, days),
        .from = from,
        .until = until,
        .edition = edition,
        .made_at = made_at,
        .is_corrected = edition > 1,
    };
}

static const struct choice *period_choices(struct scene *scene, struct str chosen, size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, SUPERVISION_PERIODS + 1);

    made[0].label = text_in(scene->language, T("All"));
    for (int i = 0; i < SUPERVISION_PERIODS; i++) {
        struct str word = supervision_period_word((enum supervision_period)i);

        made[i + 1] = (struct choice){
            .value = word,
            .label = text_in(scene->language, supervision_period_name((enum supervision_period)i)),
            .chosen = str_same(word, chosen)};
    }
    *count = SUPERVISION_PERIODS + 1;
    return made;
}

struct outcome supervision_show_reports(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_reports_form *f = query;
    struct supervision_reports_view *v = view;
    const struct supervision_list_reports_row *rows;
    struct supervision_report_row_view *made;
    size_t count;

    if (str_same(supervision_scope_of(scene).division, S("-"))) return REFUSE(act_not_yours);
    TRY(supervision_list_reports(scene->arena, scene->store, f->period,
                                 f->before ? f->before : INT64_MAX, SUPERVISION_REPORTS_SHOWN + 1,
                                 &rows, &count));
    v->next = -1;
    if (count > SUPERVISION_REPORTS_SHOWN) {
        count = SUPERVISION_REPORTS_SHOWN;
        v->next = rows[count - 1].from_at;
        v->has_next = true;
    }
    made = NEW_MANY(scene->arena, struct supervision_report_row_view, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = row_of(scene, rows[i].report_id, rows[i].period, rows[i].from_at,
                         rows[i].until_at, rows[i].edition, rows[i].made_at);
    v->reports = made;
    v->reports_count = count;
    v->period = f->period;
    v->periods = period_choices(scene, f->period, &v->periods_count);
    v->wanted = v->periods + 1; /* all but "all" */
    v->wanted_count = v->periods_count - 1;
    return supervision_subscriptions(scene, &v->subscriptions, &v->subscriptions_count);
}

/* ---- one report ---- */

static struct str link_of(struct scene *scene, const struct supervision_report *report,
                          const struct supervision_column *column, const char *by, struct str key)
{
    return arena_print(scene->arena, "/reports/%lld/cases?figure=%s&by=%s&key=%.*s",
                       (long long)report->row.report_id, column->word, by, STR_ARGS(key));
}

static struct supervision_cell_view cell_of(struct scene *scene,
                                            const struct supervision_report *report,
                                            const struct supervision_column *column, const char *by,
                                            const struct supervision_line *line)
{
    int64_t value = supervision_value(column, &line->now), percent;
    int64_t before = report->before_id ? supervision_value(column, &line->before) : -1;
    struct supervision_cell_view cell = {
        .figure = str_of(column->word),
        .title = text_in(scene->language, column->title),
        .value = supervision_value_text(scene, column, value),
        .before = supervision_value_text(scene, column, before),
        .is_alarm = column->figure == RECORD_late && value > 0,
    };

    if (supervision_change(value, before, &percent))
        cell.change =
            percent ? arena_print(scene->arena, "%+lld %%", (long long)percent) : S("±0 %");
    if (value > 0) cell.link = link_of(scene, report, column, by, line->key);
    return cell;
}

const struct supervision_cell_view *supervision_cells(struct scene *scene,
                                                      const struct supervision_report *report,
                                                      const char *by,
                                                      const struct supervision_line *line)
{
    struct supervision_cell_view *cells =
        NEW_MANY(scene->arena, struct supervision_cell_view, SUPERVISION_COLUMNS);

    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
        cells[i] = cell_of(scene, report, &supervision_columns[i], by, line);
    return cells;
}

static void show_tables(struct scene *scene, const struct supervision_report *report,
                        struct supervision_report_view *v)
{
    struct supervision_table_view *tables =
        NEW_MANY(scene->arena, struct supervision_table_view, SUPERVISION_BYS);

    for (int by = SUPERVISION_BY_DIVISION; by < SUPERVISION_BYS; by++) {
        const struct supervision_table *from = &report->tables[by];
        struct supervision_table_view *table = &tables[v->tables_count++];
        struct supervision_line_view *lines =
            NEW_MANY(scene->arena, struct supervision_line_view, from->count + 1);

        for (size_t i = 0; i < from->count; i++) {
            const struct supervision_cell_view *cells =
                supervision_cells(scene, report, supervision_by_words[by], &from->lines[i]);

            lines[i] =
                (struct supervision_line_view){.key = from->lines[i].key,
                                               .name = from->lines[i].name,
                                               .figures = cells,
                                               .figures_count = SUPERVISION_COLUMNS,
                                               .live = cells,
                                               .live_count = LIVE_COLUMNS,
                                               .rest = cells + LIVE_COLUMNS,
                                               .rest_count = SUPERVISION_COLUMNS - LIVE_COLUMNS};
        }
        *table = (struct supervision_table_view){.by = str_of(supervision_by_words[by]),
                                                 .title = text_in(scene->language, from->title),
                                                 .live = v->total,
                                                 .live_count = LIVE_COLUMNS,
                                                 .rest = v->total + LIVE_COLUMNS,
                                                 .rest_count = SUPERVISION_COLUMNS - LIVE_COLUMNS,
                                                 .lines = lines,
                                                 .lines_count = from->count};
    }
    v->tables = tables;
}

struct str supervision_tenths(struct scene *scene, int64_t number, int64_t part)
{
    int64_t value = (number * 20 + part) / (part * 2);

    return arena_print(scene->arena, "%lld.%lld", (long long)(value / 10), (long long)(value % 10));
}

static void show_loads(struct scene *scene, const struct supervision_report *report,
                       struct supervision_report_view *v)
{
    static const char *const css[] = {
        [SUPERVISION_USUAL] = "tag-done",       [SUPERVISION_TOO_MUCH] = "tag-late",
        [SUPERVISION_TO_SPARE] = "tag-message", [SUPERVISION_NOBODY] = "tag-late",
        [SUPERVISION_NO_WORD] = "tag-off",
    };
    struct supervision_load_view *loads =
        NEW_MANY(scene->arena, struct supervision_load_view, report->loads_count + 1);

    for (size_t i = 0; i < report->loads_count; i++) {
        const struct supervision_load *load = &report->loads[i];

        loads[i] = (struct supervision_load_view){
            .name = report->load_names[i],
            .cases = load->cases,
            .link = load->cases ? link_of(scene, report, &supervision_columns[0],
                                          supervision_by_words[SUPERVISION_BY_DIVISION],
                                          report->load_keys[i])
                                : S(""),
            .division = report->load_keys[i],
            .has_hours = load->minutes > 0,
            .hours = supervision_tenths(scene, load->minutes, 60),
            .load =
                load->load < 0 ? S("") : arena_print(scene->arena, "%lld", (long long)load->load),
            .percent = load->percent,
            .balance = text_in(scene->language, supervision_balance_name(load->balance)),
            .css = str_of(css[load->balance]),
            .has_load = load->load >= 0,
            .has_percent = load->percent >= 0};
    }
    v->loads = loads;
    v->loads_count = report->loads_count;
    v->has_loads = report->loads_count > 0;
    if (report->middle >= 0)
        v->middle = arena_print(scene->arena, "%lld", (long long)report->middle);
    if (report->on_line_minutes)
        v->on_line_hours = supervision_tenths(scene, report->on_line_minutes, 60);
    if (!report->rostered_minutes) return;
    v->rostered_hours = supervision_tenths(scene, report->rostered_minutes, 60);
    v->on_line_rate =
        supervision_tenths(scene, report->kept_minutes * 100, report->rostered_minutes);
}

static struct outcome show_editions(struct scene *scene, const struct supervision_report *report,
                                    struct supervision_report_view *v)
{
    const struct supervision_list_editions_row *rows;
    struct supervision_report_row_view *made;

    TRY(supervision_list_editions(scene->arena, scene->store, report->row.period,
                                  report->row.from_at, &rows, &v->editions_count));
    made = NEW_MANY(scene->arena, struct supervision_report_row_view, v->editions_count + 1);
    for (size_t i = 0; i < v->editions_count; i++)
        made[i] = row_of(scene, rows[i].report_id, report->row.period, report->row.from_at,
                         report->row.until_at, rows[i].edition, rows[i].made_at);
    v->editions = made;
    return DONE;
}

struct outcome supervision_show_report(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_which_report_form *f = query;
    struct supervision_report_view *v = view;
    struct supervision_report report;
    struct supervision_limits limits;

    TRY(supervision_read(scene, f->report, &report));
    TRY(supervision_limits(scene, &limits));
    *v = (struct supervision_report_view){
        .id = report.row.report_id,
        .period = report.row.period,
        .title = text_in(scene->language, supervision_period_name(report.period)),
        .days = supervision_days_text(scene, report.period, report.days),
        .place = report.place,
        .from = report.row.from_at,
        .until = report.row.until_at,
        .edition = report.row.edition,
        .made_at = report.row.made_at,
        .replaced_at = report.row.replaced_at,
        .before = report.before_id,
        .answer_seconds = report.row.answer_seconds,
        .load_high = limits.value[SUPERVISION_LOAD_HIGH],
        .load_low = limits.value[SUPERVISION_LOAD_LOW],
        .is_corrected = report.row.edition > 1,
    };
    if (report.period == SUPERVISION_MONTH) {
        struct calendar_date first = calendar_date_of(calendar_day_of(report.row.from_at));

        v->month = arena_print(scene->arena, "%04d-%02d", first.year, first.month);
    }
    v->total = supervision_cells(scene, &report, "", &report.all);
    v->total_count = SUPERVISION_COLUMNS;
    show_tables(scene, &report, v);
    show_loads(scene, &report, v);
    return show_editions(scene, &report, v);
}

/* ---- behind a number ---- */

static const struct supervision_column *column_of(struct str word)
{
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        if (str_same(word, str_of(supervision_columns[i].word))) return &supervision_columns[i];
    }
    return NULL;
}

/* "tree" is a team with all teams below it. */
static bool by_of(struct str word, enum supervision_by *by)
{
    *by = SUPERVISION_BY_TEAM;
    if (str_same(word, S("tree"))) return true;
    for (int i = 0; i < SUPERVISION_BYS; i++) {
        if (!str_same(word, str_of(supervision_by_words[i]))) continue;
        *by = (enum supervision_by)i;
        return true;
    }
    return false;
}

static struct outcome show_case(struct scene *scene, const struct supervision_list_behind_row *row,
                                struct supervision_behind_row_view *v)
{
    *v = (struct supervision_behind_row_view){.reference = row->reference,
                                              .at = row->figure_at,
                                              .amount = row->report_amount,
                                              .channel = row->channel,
                                              .field = row->field,
                                              .profession = row->profession,
                                              .division = row->division,
                                              .team = row->team_id};
    TRY(supervision_key_name(scene, SUPERVISION_BY_FIELD, row->field, &v->field_name));
    TRY(supervision_key_name(scene, SUPERVISION_BY_PROFESSION, row->profession,
                             &v->profession_name));
    TRY(supervision_place_name(scene, row->division, &v->place_name));
    return supervision_team_name(scene, row->team_id, &v->team_name);
}

struct str supervision_title_of(struct scene *scene, enum supervision_period period,
                                struct supervision_days days)
{
    return arena_print(scene->arena, "%.*s · %.*s",
                       STR_ARGS(text_in(scene->language, supervision_period_name(period))),
                       STR_ARGS(supervision_days_text(scene, period, days)));
}

/* What the amount of a case is, in words; NULL: nothing worth a column. */
static const char *amount_title(enum record_figure figure)
{
    switch (figure) {
    case RECORD_talk:
    case RECORD_abandoned:
    case RECORD_to_message: return T("Waited, s");
    case RECORD_handled: return T("Talked, s");
    case RECORD_answered: return T("Answered after, s");
    case RECORD_rated: return T("Stars");
    default: return NULL;
    }
}

static struct outcome find_behind(struct scene *scene, const struct supervision_behind_form *f,
                                  const struct supervision_column *column,
                                  struct supervision_behind_view *v)
{
    struct supervision_scope scope = supervision_scope_of(scene);
    bool is_within = column->measure == SUPERVISION_WITHIN || column->measure == SUPERVISION_SHARE;
    const struct supervision_list_behind_row *rows;
    struct supervision_behind_row_view *cases;
    size_t count;

    TRY(supervision_list_behind(scene->arena, scene->store,
                                &(struct supervision_list_behind_values){
                                    .report_id = f->report,
                                    .report_figure = record_figure_word(column->figure),
                                    .is_within = is_within,
                                    .division__scope = scope.division,
                                    .team_id__scope = scope.team_id,
                                    .sum_by = f->by,
                                    .sum_key = f->key,
                                    .sum_count__digits = supervision_key_digits(&scope),
                                    .case_id = f->after,
                                    .max_rows = SUPERVISION_CASES_SHOWN + 1},
                                &rows, &count));
    v->next = -1;
    if (count > SUPERVISION_CASES_SHOWN) {
        count = SUPERVISION_CASES_SHOWN;
        v->next = rows[count - 1].case_id;
        v->has_next = true;
    }
    cases = NEW_MANY(scene->arena, struct supervision_behind_row_view, count + 1);
    for (size_t i = 0; i < count; i++) TRY(show_case(scene, &rows[i], &cases[i]));
    v->cases = cases;
    v->cases_count = count;
    return DONE;
}

struct outcome supervision_show_behind(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_behind_form *f = query;
    struct supervision_behind_view *v = view;
    const struct supervision_column *column = column_of(f->figure);
    const char *amount = column ? amount_title(column->figure) : NULL;
    struct supervision_find_report_row row;
    enum supervision_period period;
    enum supervision_by by;
    bool found;

    if (str_same(supervision_scope_of(scene).division, S("-"))) return REFUSE(act_not_yours);
    TRY(supervision_find_report(scene->arena, scene->store, f->report, &row, &found));
    if (!found || !column || !by_of(f->by, &by) || !supervision_period_of(row.period, &period))
        return REFUSE(act_unknown);
    v->report = row.report_id;
    v->report_title = supervision_title_of(
        scene, period,
        (struct supervision_days){calendar_day_of(row.from_at), calendar_day_of(row.until_at)});
    v->title = text_in(scene->language, column->title);
    v->figure = f->figure;
    v->by = f->by;
    v->key = f->key;
    v->has_amount = amount != NULL;
    if (amount) v->amount_title = text_in(scene->language, amount);
    if (by != SUPERVISION_BY_ALL) TRY(supervision_key_name(scene, by, f->key, &v->line_name));
    if (str_same(f->by, S("tree")))
        v->line_name = text_fill(scene->arena, scene->language, T("%1 and the teams below"),
                                 v->line_name, S(""), S(""));
    return find_behind(scene, f, column, v);
}

#define FORM_THIS supervision_reports_form
FORM_TABLE(supervision_reports, SUPERVISION_REPORTS_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_which_report_form
FORM_TABLE(supervision_which_report, SUPERVISION_WHICH_REPORT_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_layers_form
FORM_TABLE(supervision_layers, SUPERVISION_LAYERS_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_behind_form
FORM_TABLE(supervision_behind, SUPERVISION_BEHIND_FORM)
