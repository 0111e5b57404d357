/* supervision_files.c -- a report to take along: as a spreadsheet and as a PDF.
 *
 *  (1) They hold the numbers of the page and nothing else; both are made from the same reading.
 *  (2) Teams stand in their layers too, where there are any: a spreadsheet folds them, on paper
 * they are moved in. (3) The name of the file is made of the period's word and the day, never of
 * what was typed. */
#include <string.h>

#include "bureau/supervision/supervision_report_views.h"
#include "platform/paper.h"
#include "platform/sheet.h"

static struct str file_name(struct scene *scene, const struct supervision_report *report,
                            const char *ending)
{
    char day[11];

    calendar_day_print(report->days.first, day);
    return arena_print(scene->arena, "gongdao-%.*s-%s-%lld.%s", STR_ARGS(report->row.period), day,
                       (long long)report->row.edition, ending);
}

static struct str title_of(struct scene *scene, const struct supervision_report *report)
{
    const char *name = supervision_period_name(report->period);

    return text_fill(scene->arena, scene->language, T("%1, %2"), text_in(scene->language, name),
                     supervision_days_text(scene, report->period, report->days), S(""));
}

static struct str made_text(struct scene *scene, const struct supervision_report *report)
{
    struct out *made = out_open(scene->arena, 64);

    out_moment(made, scene->language, report->row.made_at);
    return text_fill(scene->arena, scene->language,
                     T("Made %1, edition %2. In time is: answered within %3 seconds."),
                     out_text(made),
                     arena_print(scene->arena, "%lld", (long long)report->row.edition),
                     arena_print(scene->arena, "%lld", (long long)report->row.answer_seconds));
}

static struct str words(struct scene *scene, const char *text)
{
    return text_in(scene->language, text);
}

static bool has_layers(const struct supervision_team_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lines[i].layer) return true;
    }
    return false;
}

/* "    Hotline team", the further in the deeper its layer. */
static struct str layer_name(struct scene *scene, const struct supervision_team_line *line)
{
    return line->alone && line->layer
               ? arena_print(scene->arena, "%*s%.*s · %.*s", 4 * line->layer, "",
                             STR_ARGS(line->name), STR_ARGS(text_in(scene->language, T("itself"))))
               : arena_print(scene->arena, "%*s%.*s", 4 * line->layer, "", STR_ARGS(line->name));
}

/* ---- the spreadsheet ---- */

static bool is_tenths(const struct supervision_column *column)
{
    return column->measure == SUPERVISION_SHARE ||
           (column->measure == SUPERVISION_MEAN && column->figure == RECORD_rated);
}

static void put_value(struct sheet *sheet, const struct supervision_column *column, int64_t value)
{
    if (value < 0)
        sheet_text(sheet, S(""));
    else if (is_tenths(column))
        sheet_money(sheet, value * 10); /* two places behind the point */
    else
        sheet_int(sheet, value);
}

static void put_total(struct scene *scene, struct sheet *sheet,
                      const struct supervision_report *report)
{
    static const int widths[] = {28, 14, 14};

    sheet_page(sheet, words(scene, T("All")), widths, COUNT(widths));
    sheet_row(sheet);
    sheet_title(sheet, title_of(scene, report));
    sheet_title(sheet, words(scene, T("Value")));
    sheet_title(sheet, words(scene, T("Period before")));
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        const struct supervision_column *column = &supervision_columns[i];

        sheet_row(sheet);
        sheet_text(sheet, words(scene, column->title));
        put_value(sheet, column, supervision_value(column, &report->all.now));
        put_value(sheet, column,
                  report->before_id ? supervision_value(column, &report->all.before) : -1);
    }
    sheet_row(sheet);
    sheet_text(sheet, report->place);
    sheet_row(sheet);
    sheet_text(sheet, made_text(scene, report));
}

static void put_table(struct scene *scene, struct sheet *sheet,
                      const struct supervision_table *table)
{
    int widths[SUPERVISION_COLUMNS + 1] = {28};

    for (size_t i = 1; i < COUNT(widths); i++) widths[i] = 12;
    sheet_page(sheet, words(scene, table->title), widths, COUNT(widths));
    sheet_row(sheet);
    sheet_title(sheet, words(scene, T("Name")));
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
        sheet_title(sheet, words(scene, supervision_columns[i].title));
    for (size_t k = 0; k < table->count; k++) {
        sheet_row(sheet);
        sheet_text(sheet, table->lines[k].name);
        for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
            put_value(sheet, &supervision_columns[i],
                      supervision_value(&supervision_columns[i], &table->lines[k].now));
    }
}

/* Whoever adds a column up takes one layer: hence its number beside each line. */
static struct outcome put_layers(struct scene *scene, struct sheet *sheet,
                                 const struct supervision_report *report)
{
    int widths[SUPERVISION_COLUMNS + 3] = {36, 16, 8};
    const struct supervision_team_line *lines;
    size_t count;

    TRY(supervision_unfold(scene, report, &lines, &count));
    if (!has_layers(lines, count)) return DONE;
    for (size_t i = 3; i < COUNT(widths); i++) widths[i] = 12;
    sheet_page(sheet, words(scene, T("Layers of teams")), widths, COUNT(widths));
    sheet_row(sheet);
    sheet_title(sheet, words(scene, T("Team")));
    sheet_title(sheet, words(scene, T("Leader")));
    sheet_title(sheet, words(scene, T("Layer")));
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
        sheet_title(sheet, words(scene, supervision_columns[i].title));
    for (size_t k = 0; k < count; k++) {
        sheet_row(sheet);
        sheet_fold(sheet, lines[k].layer);
        sheet_text(sheet, layer_name(scene, &lines[k]));
        sheet_text(sheet, lines[k].leader);
        sheet_int(sheet, lines[k].layer + 1);
        for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
            put_value(sheet, &supervision_columns[i],
                      supervision_value(&supervision_columns[i], &lines[k].sum.now));
    }
    return DONE;
}

static void put_loads(struct scene *scene, struct sheet *sheet,
                      const struct supervision_report *report)
{
    static const int widths[] = {20, 12, 14, 14, 16, 28};
    static const char *const heads[] = {T("District"),         T("Questions asked"),
                                        T("Hours on line"),    T("For 100 hours"),
                                        T("Of the middle, %"), T("In words")};

    sheet_page(sheet, words(scene, T("Balance")), widths, COUNT(widths));
    sheet_row(sheet);
    for (size_t i = 0; i < COUNT(heads); i++) sheet_title(sheet, words(scene, heads[i]));
    for (size_t i = 0; i < report->loads_count; i++) {
        const struct supervision_load *load = &report->loads[i];

        sheet_row(sheet);
        sheet_text(sheet, report->load_names[i]);
        sheet_int(sheet, load->cases);
        sheet_money(sheet, load->minutes * 100 / 60);
        if (load->load < 0)
            sheet_text(sheet, S(""));
        else
            sheet_int(sheet, load->load);
        if (load->percent < 0)
            sheet_text(sheet, S(""));
        else
            sheet_int(sheet, load->percent);
        sheet_text(sheet, words(scene, supervision_balance_name(load->balance)));
    }
}

struct outcome supervision_make_sheet(struct scene *scene, const struct supervision_report *report,
                                      struct file_answer *file)
{
    struct sheet *sheet;

    TRY(sheet_open(scene->arena, &sheet));
    put_total(scene, sheet, report);
    for (int by = SUPERVISION_BY_DIVISION; by < SUPERVISION_BYS; by++) {
        put_table(scene, sheet, &report->tables[by]);
        if (by == SUPERVISION_BY_TEAM) TRY(put_layers(scene, sheet, report));
    }
    if (report->loads_count) put_loads(scene, sheet, report);
    *file = (struct file_answer){
        .type = S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        .name = file_name(scene, report, "xlsx")};
    return sheet_close(&sheet, &file->bytes);
}

struct outcome supervision_send_sheet(struct request *request, const void *query,
                                      struct file_answer *file)
{
    const struct supervision_which_report_form *f = query;
    struct supervision_report report;

    TRY(supervision_read(request->scene, f->report, &report));
    return supervision_make_sheet(request->scene, &report, file);
}

/* ---- the paper ---- */

static void draw_total(struct scene *scene, struct paper *paper,
                       const struct supervision_report *report)
{
    struct str *heads = NEW_MANY(scene->arena, struct str, 3), cells[3];

    heads[0] = words(scene, T("Figure"));
    heads[1] = words(scene, T("Value"));
    heads[2] = words(scene, T("Period before"));
    paper_table(paper, heads, 3, 3);
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        const struct supervision_column *column = &supervision_columns[i];
        int64_t before = report->before_id ? supervision_value(column, &report->all.before) : -1;

        cells[0] = words(scene, column->title);
        cells[1] =
            supervision_value_text(scene, column, supervision_value(column, &report->all.now));
        cells[2] = supervision_value_text(scene, column, before);
        paper_row(paper, cells, false);
    }
}

static void begin_table(struct scene *scene, struct paper *paper, const char *title)
{
    struct str *heads = NEW_MANY(scene->arena, struct str, SUPERVISION_COLUMNS + 1);

    paper_heading(paper, words(scene, title));
    heads[0] = words(scene, T("Name"));
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
        heads[i + 1] = words(scene, supervision_columns[i].title);
    paper_table(paper, heads, SUPERVISION_COLUMNS + 1, 3);
}

static void draw_line(struct scene *scene, struct paper *paper, struct str name,
                      const struct supervision_line *line)
{
    struct str cells[SUPERVISION_COLUMNS + 1] = {name};

    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++)
        cells[i + 1] = supervision_value_text(
            scene, &supervision_columns[i], supervision_value(&supervision_columns[i], &line->now));
    paper_row(paper, cells, false);
}

static void draw_table(struct scene *scene, struct paper *paper,
                       const struct supervision_table *table)
{
    if (!table->count) return;
    begin_table(scene, paper, table->title);
    for (size_t k = 0; k < table->count; k++)
        draw_line(scene, paper, table->lines[k].name, &table->lines[k]);
}

/* In the place of the table by team: every team has its own line here as well. */
static struct outcome draw_teams(struct scene *scene, struct paper *paper,
                                 const struct supervision_report *report)
{
    const struct supervision_team_line *lines;
    size_t count;

    TRY(supervision_unfold(scene, report, &lines, &count));
    if (!has_layers(lines, count)) {
        draw_table(scene, paper, &report->tables[SUPERVISION_BY_TEAM]);
        return DONE;
    }
    begin_table(scene, paper, T("Layers of teams"));
    for (size_t k = 0; k < count; k++)
        draw_line(scene, paper, layer_name(scene, &lines[k]), &lines[k].sum);
    return DONE;
}

static void draw_loads(struct scene *scene, struct paper *paper,
                       const struct supervision_report *report)
{
    struct str *heads = NEW_MANY(scene->arena, struct str, 4), cells[4];

    paper_heading(paper, words(scene, T("Is the work spread evenly?")));
    heads[0] = words(scene, T("District"));
    heads[1] = words(scene, T("Questions asked"));
    heads[2] = words(scene, T("For 100 hours"));
    heads[3] = words(scene, T("In words"));
    paper_table(paper, heads, 4, 1);
    for (size_t i = 0; i < report->loads_count; i++) {
        const struct supervision_load *load = &report->loads[i];
        bool stands_out =
            load->balance == SUPERVISION_TOO_MUCH || load->balance == SUPERVISION_NOBODY;

        cells[0] = report->load_names[i];
        cells[1] = arena_print(scene->arena, "%lld", (long long)load->cases);
        cells[2] =
            load->load < 0 ? S("") : arena_print(scene->arena, "%lld", (long long)load->load);
        cells[3] = words(scene, supervision_balance_name(load->balance));
        paper_row(paper, cells, stands_out);
    }
}

struct outcome supervision_make_paper(struct scene *scene, const struct supervision_report *report,
                                      struct file_answer *file)
{
    struct str title = title_of(scene, report);
    struct paper *paper;

    TRY(paper_open(
        scene->arena,
        arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(title), STR_ARGS(report->place)),
        &paper));
    paper_title(paper, title);
    paper_text(paper, report->place);
    paper_text(paper, made_text(scene, report));
    draw_total(scene, paper, report);
    if (report->loads_count) draw_loads(scene, paper, report);
    for (int by = SUPERVISION_BY_DIVISION; by < SUPERVISION_BYS; by++) {
        if (by == SUPERVISION_BY_TEAM)
            TRY(draw_teams(scene, paper, report));
        else
            draw_table(scene, paper, &report->tables[by]);
    }
    *file =
        (struct file_answer){.type = S("application/pdf"), .name = file_name(scene, report, "pdf")};
    return paper_close(&paper, &file->bytes);
}

struct outcome supervision_send_paper(struct request *request, const void *query,
                                      struct file_answer *file)
{
    const struct supervision_which_report_form *f = query;
    struct supervision_report report;

    TRY(supervision_read(request->scene, f->report, &report));
    return supervision_make_paper(request->scene, &report, file);
}
