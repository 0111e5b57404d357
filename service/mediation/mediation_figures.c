/* mediation_figures.c -- what the bureau reports of its mediations: by committee, mediator and kind
 * of dispute; settled, how fast, and kept after a year.
 *
 *  (1) A leader and whoever supervises see their own part of the tree, and nobody else anything.
 *  (2) All is of the applications of one period: what became of them.  Each number leads to as many
 *      cases as it says, found by the same conditions (mediation_figures.sql).
 *  (3) There are counts, days and the mediator's name: no name of a side, no word of anybody. */
#include "desk/identity/identity_acts.h"
#include "gen/mediation_html.h"
#include "gen/mediation_sql.h"
#include "platform/csv.h"
#include "platform/known.h"
#include "service/mediation/mediation_list_views.h"

enum { ROWS_MAX = 20000, BEHIND_MAX = 500, LINES_MAX = 4000, EVERYBODY = -1 };

static const struct reason period_wrong = {
    "mediation.period", T("Please write a year as in 2026, or a month as in 2026-11."), 0};
static const struct reason too_many = {
    "mediation.figures-too-many", T("That is more than fits on one page. Please choose a month."),
    0};

struct span {
    struct str division, end, period;
    moment from, until;
};

/* (1) */
static struct outcome span_of(struct scene *scene, struct str period, struct span *span)
{
    struct str month, year = str_cut(period, '-', &month);
    int64_t y, m = 0;

    *span = (struct span){.period = period};
    TRY(cases_oversees(scene, "mediator", &span->division, &span->end));
    if (!span->division.len) return REFUSE(act_not_yours);
    if (!period.len) {
        span->period =
            arena_print(scene->arena, "%04d", calendar_date_of(calendar_day_of(scene->now)).year);
        return span_of(scene, span->period, span);
    }
    if (year.len != 4 || !str_to_int(year, &y) || y < 2000 || y > 2199) return REFUSE(period_wrong);
    if (period.len > 4 && (month.len != 2 || !str_to_int(month, &m) || m < 1 || m > 12))
        return REFUSE(period_wrong);
    span->from = calendar_moment_of((int)y, m ? (int)m : 1, 1, 0);
    span->until = m && m < 12 ? calendar_moment_of((int)y, (int)m + 1, 1, 0)
                              : calendar_moment_of((int)y + 1, 1, 1, 0);
    return DONE;
}

static moment a_year_before(moment now)
{
    return now - MEDIATION_YEAR_DAYS * SECONDS_PER_DAY;
}

/* ---- adding up ---- */

struct line {
    struct mediation_figure_view v;
    int64_t seconds;
};

struct lines {
    struct line *of;
    size_t count;
};

static void add_to(struct line *line, const struct mediation_list_figures_row *row)
{
    line->v.applied += row->applied_count;
    line->v.declined += row->declined_count;
    line->v.open += row->open_count;
    line->v.settled += row->settled_count;
    line->v.ended += row->ended_count;
    line->v.month += row->month_count;
    line->v.confirmed += row->confirmed_count;
    line->v.year += row->year_count;
    line->v.kept += row->kept_count;
    line->v.broken += row->broken_count;
    line->seconds += row->seconds_sum;
}

/* The line of that committee, mediator or kind; a new one is made.  NULL: there are too many. */
static struct line *line_of(struct lines *lines, const char *by, struct str of)
{
    for (size_t i = lines->count; i-- > 0;)
        if (str_same(lines->of[i].v.of, of)) return &lines->of[i];
    if (lines->count == LINES_MAX) return NULL;
    lines->of[lines->count].v.by = str_of(by);
    lines->of[lines->count].v.of = of;
    return &lines->of[lines->count++];
}

/* The word itself of what is not offered any more. */
static struct outcome kind_name(struct scene *scene, struct str item, struct str kind,
                                struct str *name)
{
    if (kind.len) return cases_option_name(scene, item, S("kind"), kind, name);
    *name = text_in(scene->language, T("Not said"));
    return DONE;
}

static struct str mediator_name(struct scene *scene, struct str name)
{
    return name.len ? name : text_in(scene->language, T("Nobody yet"));
}

static void close_line(struct scene *scene, const struct span *span, struct line *line)
{
    int64_t tenths = line->v.settled ? line->seconds * 10 / SECONDS_PER_DAY / line->v.settled : 0;

    line->v.period = span->period;
    if (line->v.settled)
        line->v.days = arena_print(scene->arena, "%lld.%lld", (long long)(tenths / 10),
                                   (long long)(tenths % 10));
}

static const struct mediation_figure_view *views_of(struct scene *scene, const struct span *span,
                                                    struct lines *lines)
{
    struct mediation_figure_view *made =
        NEW_MANY(scene->arena, struct mediation_figure_view, lines->count + 1);

    for (size_t i = 0; i < lines->count; i++) {
        close_line(scene, span, &lines->of[i]);
        made[i] = lines->of[i].v;
    }
    return made;
}

static struct outcome add_row(struct scene *scene, const struct mediation_list_figures_row *row,
                              struct lines *by[3])
{
    struct line *committee = line_of(by[0], "committee", row->division);
    struct line *mediator =
        line_of(by[1], "mediator", arena_print(scene->arena, "%lld", (long long)row->mediator_id));
    struct line *kind = line_of(by[2], "kind", row->kind);

    if (!committee || !mediator || !kind) return REFUSE(too_many);
    add_to(committee, row);
    add_to(mediator, row);
    add_to(kind, row);
    if (!committee->v.name.len)
        TRY(identity_division_name(scene, row->division, &committee->v.name));
    mediator->v.name = mediator_name(scene, row->person_name);
    return kind->v.name.len ? DONE : kind_name(scene, row->item, row->kind, &kind->v.name);
}

static struct outcome add_up(struct scene *scene, const struct span *span,
                             struct mediation_figures_view *v)
{
    const struct mediation_list_figures_row *rows;
    struct lines lines[3], *by[3] = {&lines[0], &lines[1], &lines[2]};
    struct line *all = NEW(scene->arena, struct line);
    size_t count;

    TRY(mediation_list_figures(scene->arena, scene->store, a_year_before(scene->now), span->from,
                               span->until, span->division, span->end, &rows, &count));
    if (count > ROWS_MAX) return REFUSE(too_many);
    for (size_t i = 0; i < COUNT(lines); i++)
        lines[i] = (struct lines){NEW_MANY(scene->arena, struct line, LINES_MAX), 0};
    for (size_t i = 0; i < count; i++) {
        TRY(add_row(scene, &rows[i], by));
        add_to(all, &rows[i]);
    }
    all->v.name = text_in(scene->language, T("All together"));
    close_line(scene, span, all);
    v->all = &all->v;
    v->committees = views_of(scene, span, by[0]);
    v->committees_count = by[0]->count;
    v->mediators = views_of(scene, span, by[1]);
    v->mediators_count = by[1]->count;
    v->kinds = views_of(scene, span, by[2]);
    v->kinds_count = by[2]->count;
    return DONE;
}

static struct outcome show_figures(struct request *request, const void *query, void *view)
{
    struct mediation_figures_view *v = view;
    struct span span;

    TRY(span_of(request->scene, ((const struct mediation_figures_form *)query)->period, &span));
    v->period = span.period;
    TRY(identity_division_name(request->scene, span.division, &v->place_name));
    return add_up(request->scene, &span, v);
}

/* ---- as text ---- */

static void csv_lines(struct scene *scene, struct out *out, const char *title,
                      const struct mediation_figure_view *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t numbers[] = {
            lines[i].applied, lines[i].declined,  lines[i].open, lines[i].settled, lines[i].ended,
            lines[i].month,   lines[i].confirmed, lines[i].year, lines[i].kept,    lines[i].broken};

        csv_cell(out, text_in(scene->language, title), false);
        csv_cell(out, lines[i].name, false);
        for (size_t n = 0; n < COUNT(numbers); n++)
            csv_cell(out, arena_print(scene->arena, "%lld", (long long)numbers[n]), false);
        csv_cell(out, lines[i].days, true);
    }
}

static struct outcome send_csv(struct request *request, const void *query, struct file_answer *file)
{
    static const char *const titles[] = {T("Counted by"),
                                         T("Name"),
                                         T("Applications for mediation"),
                                         T("Did not fit"),
                                         T("Under way"),
                                         T("Settled"),
                                         T("Ended without agreement"),
                                         T("Settled within 30 days"),
                                         T("Confirmed by the court"),
                                         T("Stood for a year"),
                                         T("Kept after a year"),
                                         T("Not all kept after a year"),
                                         T("Days until settled, on average")};
    struct scene *scene = request->scene;
    struct out *out = out_open(scene->arena, 4 << 20);
    struct mediation_figures_view v = {0};
    struct span span;

    TRY(span_of(scene, ((const struct mediation_figures_form *)query)->period, &span));
    TRY(add_up(scene, &span, &v));
    csv_mark(out);
    for (size_t i = 0; i < COUNT(titles); i++)
        csv_cell(out, text_in(scene->language, titles[i]), i + 1 == COUNT(titles));
    csv_lines(scene, out, T("All together"), v.all, 1);
    csv_lines(scene, out, T("Committee"), v.committees, v.committees_count);
    csv_lines(scene, out, T("Mediator"), v.mediators, v.mediators_count);
    csv_lines(scene, out, T("Kind of dispute"), v.kinds, v.kinds_count);
    if (out_full(out)) return FAULT("the figures of mediation are larger than an export can be");
    file->bytes = out_text(out);
    file->type = S("text/csv; charset=utf-8");
    file->name = arena_print(scene->arena, "mediation-%.*s.csv", STR_ARGS(span.period));
    return DONE;
}

/* ---- the cases behind a number ---- */

static const struct {
    const char *which, *name;
} whiches[] = {{"applied", T("Applications for mediation")},
               {"declined", T("Did not fit")},
               {"open", T("Under way")},
               {"settled", T("Settled")},
               {"ended", T("Ended without agreement")},
               {"month", T("Settled within 30 days")},
               {"confirmed", T("Confirmed by the court")},
               {"year", T("Stood for a year")},
               {"kept", T("Kept after a year")},
               {"broken", T("Not all kept after a year")}};

struct choice_of {
    struct str division, end, kind;
    int64_t mediator_id;
};

/* Of what is watched the part that is asked for; another district is not there. */
static struct outcome narrow(struct scene *scene, const struct mediation_behind_form *f,
                             struct span *span, struct choice_of *of)
{
    *of = (struct choice_of){span->division, span->end, S("-"), EVERYBODY};
    if (f->of.len && !f->by.len) return REFUSE_WITH(query_unknown, f->of);
    if (str_same(f->by, S("mediator")) && !str_to_int(f->of, &of->mediator_id))
        return REFUSE(act_unknown);
    if (str_same(f->by, S("kind"))) of->kind = f->of;
    if (!str_same(f->by, S("committee"))) return DONE;
    if (!str_begins(f->of, span->division)) return REFUSE(act_unknown);
    of->division = f->of;
    of->end = arena_print(scene->arena, "%.*s~", STR_ARGS(f->of)); /* codes are digits */
    return DONE;
}

static struct outcome show_case(struct scene *scene, const struct mediation_list_behind_row *row,
                                struct mediation_counted_view *v)
{
    *v = (struct mediation_counted_view){
        .reference = row->reference,
        .division = row->division,
        .mediator_name = mediator_name(scene, row->person_name),
        .kind = row->kind,
        .opened_at = row->opened_at,
        .effective_at = row->effective_at,
        .performed = row->performed,
        .performed_name = text_in(scene->language, mediation_performed_name(row->performed))};
    TRY(kind_name(scene, row->item, row->kind, &v->kind_name));
    return identity_division_name(scene, row->division, &v->division_name);
}

static struct outcome show_cases(struct request *request, const void *query, void *view)
{
    const struct mediation_behind_form *f = query;
    const struct mediation_list_behind_row *rows;
    struct scene *scene = request->scene;
    struct mediation_behind_view *v = view;
    struct mediation_counted_view *made;
    struct choice_of of;
    struct span span;
    size_t count;

    TRY(span_of(scene, f->period, &span));
    TRY(narrow(scene, f, &span, &of));
    v->period = span.period;
    v->which = f->which.len ? f->which : S("applied");
    for (size_t i = 0; i < COUNT(whiches); i++)
        if (str_same(v->which, str_of(whiches[i].which)))
            v->which_name = text_in(scene->language, whiches[i].name);
    if (!v->which_name.len) return REFUSE(act_unknown);
    TRY(mediation_list_behind(scene->arena, scene->store, span.from, span.until, of.division,
                              of.end, of.mediator_id, of.kind, v->which, a_year_before(scene->now),
                              &rows, &count));
    v->has_more = count > BEHIND_MAX;
    v->cases_count = v->has_more ? BEHIND_MAX : count;
    made = NEW_MANY(scene->arena, struct mediation_counted_view, v->cases_count + 1);
    for (size_t i = 0; i < v->cases_count; i++) TRY(show_case(scene, &rows[i], &made[i]));
    v->cases = made;
    return DONE;
}

static const struct query_known behind_known[] = {
    {"which", "applied declined open settled ended month confirmed year kept broken", NULL},
    {"by", "committee mediator kind", NULL},
    {0}};
KNOWN_SHOW(show_behind, mediation_behind_form, behind_known, show_cases)

const struct page mediation_figures_pages[] = {
    {.method = GET,
     .path = "/office/mediations/figures",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about =
         "What became of the mediations applied for in a year or month: by committee, mediator "
         "and kind of dispute.",
     .query = &mediation_figures_form,
     .view = &mediation_figures_view,
     .html = &html_mediation_figures,
     .show = show_figures},
    {.method = GET,
     .path = "/office/mediations/figures/csv",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "The same figures as CSV.",
     .query = &mediation_figures_form,
     .file = send_csv},
    {.method = GET,
     .path = "/office/mediations/cases",
     .who = WHO_LEADER | WHO_SUPERVISOR,
     .about = "The cases behind one of the figures, newest first.",
     .query = &mediation_behind_form,
     .view = &mediation_behind_view,
     .html = &html_mediation_behind,
     .show = show_behind},
    {0},
};

#define FORM_THIS mediation_figures_form
FORM_TABLE(mediation_figures, MEDIATION_FIGURES_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_behind_form
FORM_TABLE(mediation_behind, MEDIATION_BEHIND_FORM)
#undef FORM_THIS
#define VIEW_THIS mediation_figure_view
VIEW_TABLE(mediation_figure, MEDIATION_FIGURE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_figures_view
VIEW_TABLE(mediation_figures, MEDIATION_FIGURES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_counted_view
VIEW_TABLE(mediation_counted, MEDIATION_COUNTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_behind_view
VIEW_TABLE(mediation_behind, MEDIATION_BEHIND_VIEW)
#undef VIEW_THIS
