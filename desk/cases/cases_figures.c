/* cases_figures.c -- what the bureau reports of its cases: by item and by district, in which state,
 * how they ended, and where a day was not kept.
 *
 *  (1) A leader and whoever supervises see their own part of the tree, and of it what the office is
 *      theirs for; nobody else anything.
 *  (2) All is of what was handed in in one month: what became of it, as it is now.  The six states
 *      add up to what was handed in.
 *  (3) Each number leads to as many cases as it says, by the same conditions (cases_figures.sql).
 *  (4) There are counts and references: no name, no word of anybody. */
#include "desk/cases/cases_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/cases_html.h"
#include "platform/csv.h"
#include "platform/known.h"

enum { ROWS_MAX = 5000, BEHIND_MAX = 500, LINES_MAX = 1000, EXPORT_BYTES_MAX = 2 << 20 };

static const struct reason period_wrong = {"cases.period", T("Please write a month as in 2026-11."),
                                           0};
static const struct reason too_many = {
    "cases.figures-too-many", T("That is more than fits on one page. Ask for a smaller part."), 0};

struct span {
    struct str division, end, officers, period;
    moment from, until;
};

static struct outcome month_of(struct scene *scene, struct str period, struct span *span)
{
    struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));
    struct str month, year = str_cut(period, '-', &month);
    int64_t y = today.year, m = today.month;

    if (period.len && (year.len != 4 || month.len != 2 || !str_to_int(year, &y) ||
                       !str_to_int(month, &m) || y < 2000 || y > 2199 || m < 1 || m > 12))
        return REFUSE(period_wrong);
    span->period = arena_print(scene->arena, "%04d-%02d", (int)y, (int)m);
    span->from = calendar_moment_of((int)y, (int)m, 1, 0);
    span->until = m < 12 ? calendar_moment_of((int)y, (int)m + 1, 1, 0)
                         : calendar_moment_of((int)y + 1, 1, 1, 0);
    return DONE;
}

/* (1) */
static struct outcome span_of(struct scene *scene, struct str period, struct span *span)
{
    struct cases_office office;

    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    *span =
        (struct span){.division = office.division, .end = office.end, .officers = office.officers};
    return month_of(scene, period, span);
}

/* ---- adding up ---- */

struct lines {
    struct cases_figure_view *of;
    size_t count;
};

static void add_to(struct cases_figure_view *line, const struct cases_list_figures_row *row)
{
    line->handed_in += row->handed_in_count;
    line->office += row->office_count;
    line->applicant += row->applicant_count;
    line->others += row->others_count;
    line->done += row->done_count;
    line->left += row->left_count;
    line->ended += row->ended_count;
    line->late += row->late_count;
    line->missed += row->missed_count;
}

/* NULL: there are too many. */
static struct cases_figure_view *line_of(struct lines *lines, const char *by, struct str of,
                                         struct str period)
{
    for (size_t i = lines->count; i-- > 0;)
        if (str_same(lines->of[i].of, of)) return &lines->of[i];
    if (lines->count == LINES_MAX) return NULL;
    lines->of[lines->count] =
        (struct cases_figure_view){.by = str_of(by), .of = of, .period = period};
    return &lines->of[lines->count++];
}

/* Also of an item that left the list since: then its short code. */
static struct outcome item_name(struct scene *scene, struct str item, struct str *name)
{
    struct items_item said;
    id version_id;
    bool found;

    TRY(items_now(scene, item, &version_id, &said, &found));
    *name = found ? cases_in(scene, said.name_zh, said.name_en) : item;
    return DONE;
}

static struct outcome add_up(struct scene *scene, const struct span *span,
                             struct cases_figures_view *v)
{
    struct cases_figure_view *all = NEW(scene->arena, struct cases_figure_view);
    const struct cases_list_figures_row *rows;
    struct lines items, districts;
    size_t count;

    TRY(cases_list_figures(scene->arena, scene->store, scene->now, span->from, span->until,
                           span->division, span->end, span->officers, &rows, &count));
    if (count > ROWS_MAX) return REFUSE(too_many);
    items = (struct lines){NEW_MANY(scene->arena, struct cases_figure_view, LINES_MAX), 0};
    districts = (struct lines){NEW_MANY(scene->arena, struct cases_figure_view, LINES_MAX), 0};
    *all = (struct cases_figure_view){.name = text_in(scene->language, T("All together")),
                                      .period = span->period};
    for (size_t i = 0; i < count; i++) {
        struct cases_figure_view *item = line_of(&items, "item", rows[i].item, span->period);
        struct cases_figure_view *district =
            line_of(&districts, "district", rows[i].division, span->period);

        if (!item || !district) return REFUSE(too_many);
        add_to(all, &rows[i]);
        add_to(item, &rows[i]);
        add_to(district, &rows[i]);
    }
    for (size_t i = 0; i < items.count; i++)
        TRY(item_name(scene, items.of[i].of, &items.of[i].name));
    for (size_t i = 0; i < districts.count; i++)
        TRY(identity_division_name(scene, districts.of[i].of, &districts.of[i].name));
    v->all = all;
    v->items = items.of, v->items_count = items.count;
    v->districts = districts.of, v->districts_count = districts.count;
    return DONE;
}

static struct outcome show_figures(struct request *request, const void *query, void *view)
{
    struct cases_figures_view *v = view;
    struct span span;

    TRY(span_of(request->scene, ((const struct cases_figures_form *)query)->period, &span));
    v->period = span.period;
    TRY(identity_division_name(request->scene, span.division, &v->place_name));
    return add_up(request->scene, &span, v);
}

/* ---- as text ---- */

static const struct {
    const char *which, *name;
} whiches[] = {{"handed_in", T("Cases handed in")},
               {"office", T("With the office")},
               {"applicant", T("Waiting for the applicant")},
               {"others", T("With who acts or takes part")},
               {"done", T("Granted or done")},
               {"left", T("Withdrawn or lapsed")},
               {"ended", T("Not granted, or ended otherwise")},
               {"late", T("Past their day now")},
               {"missed", T("A day was not kept")}};

static void csv_lines(struct scene *scene, struct out *out, const char *title,
                      const struct cases_figure_view *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t numbers[COUNT(whiches)] = {
            lines[i].handed_in, lines[i].office, lines[i].applicant, lines[i].others, lines[i].done,
            lines[i].left,      lines[i].ended,  lines[i].late,      lines[i].missed};

        csv_cell(out, text_in(scene->language, title), false);
        csv_cell(out, lines[i].name, false);
        for (size_t n = 0; n < COUNT(numbers); n++)
            csv_cell(out, arena_print(scene->arena, "%lld", (long long)numbers[n]),
                     n + 1 == COUNT(numbers));
    }
}

static struct outcome send_csv(struct request *request, const void *query, struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct out *out = out_open(scene->arena, EXPORT_BYTES_MAX);
    struct cases_figures_view v = {0};
    struct span span;

    TRY(span_of(scene, ((const struct cases_figures_form *)query)->period, &span));
    TRY(add_up(scene, &span, &v));
    csv_mark(out);
    csv_cell(out, text_in(scene->language, T("Counted by")), false);
    csv_cell(out, text_in(scene->language, T("Name")), false);
    for (size_t i = 0; i < COUNT(whiches); i++)
        csv_cell(out, text_in(scene->language, whiches[i].name), i + 1 == COUNT(whiches));
    csv_lines(scene, out, T("All together"), v.all, 1);
    csv_lines(scene, out, T("Item"), v.items, v.items_count);
    csv_lines(scene, out, T("District"), v.districts, v.districts_count);
    if (out_full(out)) return FAULT("the figures of cases are larger than an export can be");
    file->bytes = out_text(out);
    file->type = S("text/csv; charset=utf-8");
    file->name = arena_print(scene->arena, "cases-%.*s.csv", STR_ARGS(span.period));
    return DONE;
}

/* ---- the cases behind a number ---- */

/* Of what is watched the part that is asked for; another district is not there. */
static struct outcome narrow(struct scene *scene, const struct cases_behind_form *f,
                             struct span *span, struct str *item)
{
    *item = S("");
    if (f->of.len && !f->by.len) return REFUSE_WITH(query_unknown, f->of);
    if (str_same(f->by, S("item"))) *item = f->of;
    if (!str_same(f->by, S("district"))) return DONE;
    if (!str_begins(f->of, span->division)) return REFUSE(act_unknown);
    span->division = f->of;
    span->end = arena_print(scene->arena, "%.*s~", STR_ARGS(f->of)); /* codes are digits */
    return DONE;
}

static struct outcome show_case(struct scene *scene, const struct cases_list_behind_row *row,
                                struct cases_counted_view *v)
{
    const struct cases_outcome *outcome = cases_outcome_of(row->outcome);

    *v = (struct cases_counted_view){.reference = row->reference,
                                     .item = row->item,
                                     .division = row->division,
                                     .turn = row->turn,
                                     .outcome = row->outcome,
                                     .outcome_name =
                                         outcome ? text_in(scene->language, outcome->name) : S(""),
                                     .opened_at = row->opened_at,
                                     .closed_at = row->under_way ? 0 : row->closed_at};
    TRY(item_name(scene, row->item, &v->item_name));
    return identity_division_name(scene, row->division, &v->division_name);
}

static struct outcome show_cases(struct request *request, const void *query, void *view)
{
    const struct cases_behind_form *f = query;
    const struct cases_list_behind_row *rows;
    struct scene *scene = request->scene;
    struct cases_behind_view *v = view;
    struct cases_counted_view *made;
    struct str item;
    struct span span;
    size_t count;

    TRY(span_of(scene, f->period, &span));
    TRY(narrow(scene, f, &span, &item));
    v->period = span.period;
    v->which = f->which.len ? f->which : S("handed_in");
    for (size_t i = 0; i < COUNT(whiches); i++)
        if (str_same(v->which, str_of(whiches[i].which)))
            v->which_name = text_in(scene->language, whiches[i].name);
    if (!v->which_name.len) return REFUSE(act_unknown);
    TRY(cases_list_behind(scene->arena, scene->store, span.from, span.until, span.division,
                          span.end, span.officers, item, v->which, scene->now, &rows, &count));
    v->has_more = count > BEHIND_MAX;
    v->cases_count = v->has_more ? BEHIND_MAX : count;
    made = NEW_MANY(scene->arena, struct cases_counted_view, v->cases_count + 1);
    for (size_t i = 0; i < v->cases_count; i++) TRY(show_case(scene, &rows[i], &made[i]));
    v->cases = made;
    return DONE;
}

static const struct query_known behind_known[] = {
    {"which", "handed_in office applicant others done left ended late missed", NULL},
    {"by", "item district", NULL},
    {0}};
KNOWN_SHOW(show_behind, cases_behind_form, behind_known, show_cases)

const struct page cases_figures_pages[] = {
    {.method = GET,
     .path = "/office/figures",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "What became of the cases handed in in a month: by item and district.",
     .query = &cases_figures_form,
     .view = &cases_figures_view,
     .html = &html_cases_figures,
     .show = show_figures},
    {.method = GET,
     .path = "/office/figures/csv",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "The same figures as CSV.",
     .query = &cases_figures_form,
     .file = send_csv},
    {.method = GET,
     .path = "/office/figures/cases",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "The cases behind one of the figures, newest first.",
     .query = &cases_behind_form,
     .view = &cases_behind_view,
     .html = &html_cases_behind,
     .show = show_behind},
    {0},
};

#define FORM_THIS cases_figures_form
FORM_TABLE(cases_figures, CASES_FIGURES_FORM)
#undef FORM_THIS
#define FORM_THIS cases_behind_form
FORM_TABLE(cases_behind, CASES_BEHIND_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_figure_view
VIEW_TABLE(cases_figure, CASES_FIGURE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_figures_view
VIEW_TABLE(cases_figures, CASES_FIGURES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_counted_view
VIEW_TABLE(cases_counted, CASES_COUNTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_behind_view
VIEW_TABLE(cases_behind, CASES_BEHIND_VIEW)
#undef VIEW_THIS
