/* shifts_sheet.c -- the team sheet: a week, people by days, to print or to take along as XLSX.
 *
 *  (1) Both are made from the same rows.
 *  (2) What nobody is sure to cover says so in words: paper has no colour, and a file is read
 *      without the page. */
#include "bureau/shifts/shifts_views.h"
#include "platform/sheet.h"

enum { DAYS = 7, ROWS_MAX = 1500, NAME_WIDTH = 14, DAY_WIDTH = 15, HEAD_WIDTH = 24 };

/* The line of a person in a team: the last team's, since rows come by team. */
static struct shifts_sheet_row_view *line_of(struct scene *scene, struct shifts_sheet_view *v,
                                             struct shifts_sheet_team_view *team,
                                             const struct shifts_row_view *row)
{
    struct shifts_sheet_row_view *lines = (struct shifts_sheet_row_view *)team->people;
    struct shifts_sheet_cell_view *cells;

    for (size_t i = 0; i < team->people_count; i++) {
        if (lines[i].person == row->person) return &lines[i];
    }
    cells = NEW_MANY(scene->arena, struct shifts_sheet_cell_view, DAYS);
    for (size_t d = 0; d < DAYS; d++) cells[d].day = v->dates[d].day;
    lines[team->people_count] = (struct shifts_sheet_row_view){
        .person = row->person, .name = row->name, .days = cells, .days_count = DAYS};
    return &lines[team->people_count++];
}

static void put(struct scene *scene, struct shifts_sheet_cell_view *cell,
                const struct shifts_row_view *row)
{
    struct out *out = out_open(scene->arena, 1024);

    out_str(out, cell->text);
    if (cell->text.len) OUT_LITERAL(out, ", ");
    out_clock(out, row->starts_at);
    OUT_LITERAL(out, "–");
    out_clock(out, row->ends_at);
    cell->text = out_text(out);
    /* Of several the first, which is what the leader must see to first. */
    if (row->is_gap && !cell->gap.len) cell->gap = row->gap_text;
}

static void set_teams(struct scene *scene, struct shifts_sheet_view *v,
                      const struct shifts_list_roster_row *rows, size_t count, calendar_day monday)
{
    struct shifts_sheet_team_view *teams =
        NEW_MANY(scene->arena, struct shifts_sheet_team_view, count + 1);
    struct shifts_sheet_team_view *team = NULL;

    v->teams = teams;
    for (size_t i = 0; i < count; i++) {
        struct shifts_row_view row = shifts_row_of(scene, &rows[i]);
        calendar_day day = calendar_day_of(row.starts_at) - monday;
        struct shifts_sheet_row_view *line;

        if (day < 0 || day >= DAYS) continue;
        if (!team || team->team != row.team) {
            team = &teams[v->teams_count++];
            *team = (struct shifts_sheet_team_view){
                .team = row.team,
                .name = row.team_name,
                .people = NEW_MANY(scene->arena, struct shifts_sheet_row_view, count - i)};
        }
        line = line_of(scene, v, team, &row);
        put(scene, (struct shifts_sheet_cell_view *)&line->days[day], &row);
    }
}

static void set_dates(struct scene *scene, struct shifts_sheet_view *v,
                      const struct calendar *calendar, calendar_day monday)
{
    struct shifts_date_view *dates = NEW_MANY(scene->arena, struct shifts_date_view, DAYS);

    for (int i = 0; i < DAYS; i++) {
        const char *kind;

        dates[i].day = shifts_day_text(scene, monday + i);
        dates[i].begins_at = calendar_day_begins(monday + i);
        dates[i].weekday = shifts_weekday_name(scene->language, monday + i);
        dates[i].kind_text = shifts_kind_text(scene, calendar, monday + i, &kind);
        dates[i].kind = str_of(kind);
    }
    v->dates = dates;
    v->dates_count = DAYS;
}

static struct outcome fill(struct scene *scene, const struct shifts_sheet_form *f,
                           struct shifts_sheet_view *v)
{
    struct shifts_bounds bounds = shifts_bounds_of(scene);
    const struct shifts_list_roster_row *rows;
    const struct calendar *calendar;
    struct shifts_choice_list teams;
    calendar_day day = calendar_day_of(scene->now), monday;
    size_t count;

    if (f->day.len && !calendar_day_parse(f->day, &day)) return REFUSE(act_unknown);
    monday = shifts_monday_of(day);
    v->monday = shifts_day_text(scene, monday);
    v->from_at = calendar_day_begins(monday);
    v->to_at = calendar_day_begins(monday + DAYS - 1);
    v->week_before = shifts_day_text(scene, monday - DAYS);
    v->week_after = shifts_day_text(scene, monday + DAYS);
    v->team = f->team;
    v->at = scene->now;
    TRY(shifts_calendar(scene, &calendar));
    set_dates(scene, v, calendar, monday);
    TRY(shifts_team_choices(scene, T("All teams"), f->team, &teams));
    v->team_choices = teams.choices, v->team_choices_count = teams.count;
    TRY(shifts_list_roster(scene->arena, scene->store, v->from_at - 1,
                           calendar_day_begins(monday + DAYS), v->from_at, bounds.team,
                           bounds.scope, f->team, S(""), S(""), &rows, &count));
    v->is_cut = count == ROWS_MAX;
    set_teams(scene, v, rows, count, monday);
    return DONE;
}

struct outcome shifts_show_sheet(struct request *request, const void *query, void *view)
{
    return fill(request->scene, query, view);
}

/* ---- as a file ---- */

static struct str name_or_nobody(struct scene *scene, struct str name)
{
    return name.len ? name : text_in(scene->language, T("Nobody"));
}

/* The hours, and why they are not covered; on paper and in a file nothing else says it. */
static struct str cell_text(struct scene *scene, const struct shifts_sheet_cell_view *cell)
{
    if (!cell->gap.len) return cell->text;
    return arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(cell->text), STR_ARGS(cell->gap));
}

static void put_team(struct scene *scene, struct sheet *sheet, const struct shifts_sheet_view *v,
                     const struct shifts_sheet_team_view *team)
{
    sheet_row(sheet);
    sheet_title(sheet, text_in(scene->language, T("Team")));
    sheet_title(sheet, text_in(scene->language, T("Person on duty")));
    for (size_t d = 0; d < v->dates_count; d++)
        sheet_title(sheet, arena_print(scene->arena, "%.*s %.*s", STR_ARGS(v->dates[d].day),
                                       STR_ARGS(v->dates[d].weekday)));
    for (size_t i = 0; i < team->people_count; i++) {
        const struct shifts_sheet_row_view *line = &team->people[i];

        sheet_row(sheet);
        sheet_text(sheet, team->name);
        sheet_text(sheet, name_or_nobody(scene, line->name));
        for (size_t d = 0; d < line->days_count; d++) {
            sheet_text(sheet, cell_text(scene, &line->days[d]));
        }
    }
}

struct outcome shifts_sheet_file(struct request *request, const void *query,
                                 struct file_answer *file)
{
    static const int widths[] = {HEAD_WIDTH, NAME_WIDTH, DAY_WIDTH, DAY_WIDTH, DAY_WIDTH,
                                 DAY_WIDTH,  DAY_WIDTH,  DAY_WIDTH, DAY_WIDTH};
    struct scene *scene = request->scene;
    struct shifts_sheet_view *v = NEW(scene->arena, struct shifts_sheet_view);
    struct sheet *sheet;

    TRY(fill(scene, query, v));
    TRY(sheet_open(scene->arena, &sheet));
    sheet_page(sheet, v->monday, widths, COUNT(widths));
    for (size_t i = 0; i < v->teams_count; i++) put_team(scene, sheet, v, &v->teams[i]);
    file->type = S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    file->name = arena_print(scene->arena, "roster-%.*s.xlsx", STR_ARGS(v->monday));
    return sheet_close(&sheet, &file->bytes);
}
