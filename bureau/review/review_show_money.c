/* review_show_money.c -- a month of subsidies: everybody, one person with the cases, the export.
 *
 *  (1) Page, CSV and XLSX are filled from the same rows, so their totals are equal.
 *  (2) The cases behind a number are counted by the same conditions as the number. */
#include "bureau/review/review_money.h"
#include "bureau/review/review_show.h"
#include "platform/csv.h"
#include "platform/sheet.h"

/* ---- a month ---- */

static struct review_earner *earner_of(struct review_earner *earners, size_t *count,
                                       const struct review_list_lines_row *row)
{
    if (*count && earners[*count - 1].person_id == row->person_id) return &earners[*count - 1];
    earners[*count] = (struct review_earner){
        .person_id = row->person_id, .name = row->person_name, .login = row->login};
    return &earners[(*count)++];
}

static void add_kept(struct scene *scene, const struct review_list_lines_row *row,
                     struct review_earner *earner)
{
    enum review_item item;

    earner->team_name = review_team_name(scene, row->team_zh, row->team_en);
    earner->pay.total_fen += row->amount_fen;
    if (review_item_of(row->item, &item)) {
        earner->counts[item] = row->item_count;
        earner->pay.paid_count[item] = row->paid_count;
        earner->pay.fen[item] = row->amount_fen;
    } else if (str_same(row->item, S("cap"))) {
        earner->pay.cut_fen = -row->amount_fen;
    } else {
        earner->correction_fen += row->amount_fen;
        earner->reasons = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(earner->reasons),
                                      earner->reasons.len ? "; " : "", STR_ARGS(row->reason));
    }
}

/* As it was closed, with what was corrected since. */
static struct outcome kept_earners(struct scene *scene, struct str month, struct str division,
                                   struct review_earner **earners, size_t *count)
{
    const struct review_list_lines_row *rows;
    size_t rows_count;
    id person_id = 0, line_id = 0;

    *earners = NULL;
    *count = 0;
    do {
        TRY(review_list_lines(scene->arena, scene->store, month, 0, person_id, line_id, division,
                              &rows, &rows_count));
        *earners = review_earners_grow(scene->arena, *earners, *count, rows_count + 1);
        for (size_t i = 0; i < rows_count; i++)
            add_kept(scene, &rows[i], earner_of(*earners, count, &rows[i]));
        if (rows_count) {
            person_id = rows[rows_count - 1].person_id;
            line_id = rows[rows_count - 1].line_id;
        }
    } while (rows_count); /* the query gives some thousand at a time */
    return DONE;
}

struct outcome review_month_earners(struct scene *scene, const struct review_terms *terms,
                                    struct str division, struct review_earner **earners,
                                    size_t *count, struct str *state)
{
    struct review_find_month_row month;
    bool found;

    TRY(review_find_month(scene->arena, scene->store, terms->month, &month, &found));
    *state = found ? month.state : S("open");
    if (found && str_same(month.state, S("closed")))
        return kept_earners(scene, terms->month, division, earners, count);
    return review_earners(scene, terms, division, 0, INT64_MAX, earners, count);
}

/* The month that was asked for, or the one before this: what is to be paid next. */
static struct outcome terms_asked(struct scene *scene, struct str month, struct review_terms *terms)
{
    if (!month.len) {
        struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));

        month =
            review_month_at(scene->arena, calendar_moment_of(today.year, today.month, 1, 0) - 1);
    }
    return review_terms_of(scene, month, terms);
}

static struct outcome month_choices(struct scene *scene, struct str chosen,
                                    const struct choice **choices, size_t *count)
{
    enum { SHOWN = 13 };
    struct choice *made = NEW_MANY(scene->arena, struct choice, SHOWN);
    moment at = scene->now;

    for (*count = 0; *count < SHOWN; (*count)++) {
        struct calendar_date date = calendar_date_of(calendar_day_of(at));
        struct str month = review_month_at(scene->arena, at);

        made[*count] =
            (struct choice){.value = month, .label = month, .chosen = str_same(month, chosen)};
        at = calendar_moment_of(date.year, date.month, 1, 0) - 1;
    }
    *choices = made;
    return DONE;
}

static struct review_earner_view earner_view(struct scene *scene, const struct review_earner *e)
{
    return (struct review_earner_view){
        .person = e->person_id,
        .name = e->name,
        .login = e->login,
        .team = e->team_name,
        .live = e->counts[REVIEW_LIVE],
        .message = e->counts[REVIEW_MESSAGE],
        .message_late = e->counts[REVIEW_MESSAGE_LATE],
        .shift_hours = e->counts[REVIEW_SHIFT_HOUR],
        .standby_hours = e->counts[REVIEW_STANDBY_HOUR],
        .cut_fen = e->pay.cut_fen,
        .correction_fen = e->correction_fen,
        .total_fen = e->pay.total_fen,
        .cut = e->pay.cut_fen ? review_yuan(scene->arena, e->pay.cut_fen) : S(""),
        .correction = e->correction_fen ? review_yuan(scene->arena, e->correction_fen) : S(""),
        .total = review_yuan(scene->arena, e->pay.total_fen),
    };
}

/* The rows from `from` on; what all of them come to is told with every page. */
static void show_earners(struct scene *scene, const struct review_earner *earners, size_t count,
                         size_t from, struct review_subsidies_view *v)
{
    enum { ROWS = 50 };
    struct review_earner_view *shown = NEW_MANY(scene->arena, struct review_earner_view, ROWS);
    size_t until;

    if (from > count) from = count;
    until = from + ROWS < count ? from + ROWS : count;
    for (size_t i = from; i < until; i++) shown[i - from] = earner_view(scene, &earners[i]);
    for (size_t i = 0; i < count; i++) v->total_fen += earners[i].pay.total_fen;
    v->people = shown;
    v->people_count = until - from;
    v->paid_count = (int64_t)count;
    v->next = until < count ? (int64_t)until : -1;
    v->previous = from == 0 ? -1 : from > ROWS ? (int64_t)(from - ROWS) : 0;
    v->has_pages = v->next >= 0 || v->previous >= 0;
}

struct outcome review_show_subsidies(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_subsidies_form *f = query;
    struct review_subsidies_view *v = view;
    struct review_terms terms;
    struct review_earner *earners;
    size_t count;

    TRY(review_need_city(scene));
    TRY(terms_asked(scene, f->month, &terms));
    TRY(review_month_earners(scene, &terms, S(""), &earners, &count, &v->state));
    show_earners(scene, earners, count, (size_t)f->from, v);
    v->month = terms.month;
    v->version = terms.version;
    v->total = review_yuan(scene->arena, v->total_fen);
    v->is_open = str_same(v->state, S("open"));
    v->is_closing = str_same(v->state, S("closing"));
    v->is_closed = str_same(v->state, S("closed"));
    v->can_close = v->is_open && review_closable_at(&terms) <= scene->now;
    return month_choices(scene, terms.month, &v->months, &v->months_count);
}

/* ---- one person ---- */

struct reckoning {
    const struct review_terms *terms;
    id person_id;
    bool is_closed;
};

/* The next cases of the line, and the last of them; 0: there are no more. */
static struct outcome add_cases(struct scene *scene, const struct reckoning *r, struct str item,
                                struct review_line_view *line, id *after)
{
    const struct review_list_done_cases_row *open = NULL;
    const struct review_list_kept_cases_row *kept = NULL;
    struct review_paid_case_view *cases;
    size_t count, first = line->cases_count;

    if (r->is_closed)
        TRY(review_list_kept_cases(scene->arena, scene->store, r->terms->month, r->person_id, item,
                                   *after, &kept, &count));
    else
        TRY(review_list_done_cases(scene->arena, scene->store, r->person_id, *after, item,
                                   r->terms->from, r->terms->until, r->terms->handle_min, &open,
                                   &count));
    cases = NEW_MANY(scene->arena, struct review_paid_case_view, first + count + 1);
    for (size_t i = 0; i < first; i++) cases[i] = line->cases[i];
    for (size_t i = 0; i < count; i++) {
        bool is_live = str_same(item, S("live"));
        moment ended = kept ? kept[i].ended_at : open[i].ended_at;
        moment answered = kept ? kept[i].answered_at : open[i].answered_at;
        int64_t seconds = kept ? kept[i].handle_seconds : open[i].handle_seconds;

        cases[first + i] = (struct review_paid_case_view){
            .reference = kept ? kept[i].reference : open[i].reference,
            .at = is_live ? ended : answered,
            .minutes = is_live ? (seconds + 30) / SECONDS_PER_MINUTE : 0};
    }
    line->cases = cases;
    line->cases_count = first + count;
    *after = !count ? 0 : kept ? kept[count - 1].case_id : open[count - 1].case_id;
    return DONE;
}

/* All of them, up to what a page can hold; then the line says that it shows the first alone. */
static struct outcome show_cases(struct scene *scene, const struct reckoning *r, struct str item,
                                 struct review_line_view *line)
{
    id after = 0;

    line->cases_count = 0;
    do TRY(add_cases(scene, r, item, line, &after));
    while (after && line->cases_count < REVIEW_PAID_CASES_MAX);
    line->is_cut = after && (int64_t)line->cases_count < line->count; /* hours have no cases */
    return DONE;
}

static struct outcome open_lines(struct scene *scene, const struct reckoning *r,
                                 struct review_subsidy_view *v)
{
    struct review_earner *earners;
    struct review_line_view *lines = NEW_MANY(scene->arena, struct review_line_view, 8);
    size_t count;

    v->lines = lines;
    TRY(review_earners(scene, r->terms, S(""), r->person_id - 1, r->person_id, &earners, &count));
    if (!count) return DONE;
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        struct review_line_view *line = &lines[v->lines_count];

        if (!earners[0].counts[i]) continue;
        *line = (struct review_line_view){
            .item = review_item_word((enum review_item)i),
            .name = text_in(scene->language, review_item_name((enum review_item)i)),
            .count = earners[0].counts[i],
            .paid = earners[0].pay.paid_count[i],
            .fen = r->terms->rates[i].fen,
            .each_yuan = review_yuan(scene->arena, r->terms->rates[i].fen),
            .amount_fen = earners[0].pay.fen[i],
            .amount = review_yuan(scene->arena, earners[0].pay.fen[i])};
        TRY(show_cases(scene, r, line->item, line));
        v->lines_count++;
    }
    if (earners[0].pay.cut_fen)
        lines[v->lines_count++] = (struct review_line_view){
            .item = S("cap"),
            .name = text_in(scene->language, T("Above what one person is paid in a month")),
            .amount_fen = -earners[0].pay.cut_fen,
            .amount = review_yuan(scene->arena, -earners[0].pay.cut_fen)};
    v->total_fen = earners[0].pay.total_fen;
    return DONE;
}

static struct outcome kept_lines(struct scene *scene, const struct reckoning *r,
                                 struct review_subsidy_view *v)
{
    const struct review_list_lines_row *rows;
    struct review_line_view *lines;

    TRY(review_list_lines(scene->arena, scene->store, r->terms->month, r->person_id, 0, 0, S(""),
                          &rows, &v->lines_count));
    lines = NEW_MANY(scene->arena, struct review_line_view, v->lines_count + 1);
    for (size_t i = 0; i < v->lines_count; i++) {
        enum review_item item;
        bool is_item = review_item_of(rows[i].item, &item);
        const char *name = is_item ? review_item_name(item)
                           : str_same(rows[i].item, S("cap"))
                               ? T("Above what one person is paid in a month")
                               : T("Correction");

        lines[i] = (struct review_line_view){
            .item = rows[i].item,
            .name = text_in(scene->language, name),
            .count = rows[i].item_count,
            .paid = rows[i].paid_count,
            .fen = rows[i].fen,
            .each_yuan = is_item ? review_yuan(scene->arena, rows[i].fen) : S(""),
            .amount_fen = rows[i].amount_fen,
            .amount = review_yuan(scene->arena, rows[i].amount_fen),
            .reason = rows[i].reason};
        if (is_item) TRY(show_cases(scene, r, rows[i].item, &lines[i]));
        v->total_fen += rows[i].amount_fen;
    }
    v->lines = lines;
    return DONE;
}

struct outcome review_show_subsidy(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_earner_form *f = query;
    struct review_subsidy_view *v = view;
    struct people_find_consultant_row person;
    struct review_find_month_row month;
    struct review_terms terms;
    struct reckoning r;
    bool found;

    TRY(review_need_city(scene));
    TRY(review_terms_of(scene, f->month, &terms));
    TRY(people_consultant(scene, f->person, &person, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(review_find_month(scene->arena, scene->store, f->month, &month, &found));
    r = (struct reckoning){&terms, f->person, found && str_same(month.state, S("closed"))};
    *v = (struct review_subsidy_view){.month = terms.month,
                                      .person = f->person,
                                      .name = person.person_name,
                                      .state = found ? month.state : S("open"),
                                      .can_correct =
                                          r.is_closed && f->person != scene->actor.person_id};
    TRY(r.is_closed ? kept_lines(scene, &r, v) : open_lines(scene, &r, v));
    v->total = review_yuan(scene->arena, v->total_fen);
    return DONE;
}

/* ---- the export ---- */

static const char *const titles[] = {T("Sign-in name"),
                                     T("Full name"),
                                     T("Team"),
                                     T("Live conversations"),
                                     T("Written answers, in time"),
                                     T("Written answers, late"),
                                     T("Hours on duty"),
                                     T("Hours on standby"),
                                     T("Cut to the limit"),
                                     T("Corrections"),
                                     T("Yuan"),
                                     T("Reasons of corrections")};

static struct outcome export_of(struct scene *scene, const void *query, struct review_terms *terms,
                                struct review_earner **earners, size_t *count)
{
    const struct review_month_form *f = query;
    struct str state;

    TRY(review_need_city(scene));
    TRY(terms_asked(scene, f->month, terms));
    return review_month_earners(scene, terms, S(""), earners, count, &state);
}

struct outcome review_send_csv(struct request *request, const void *query, struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct review_terms terms;
    struct review_earner *earners;
    struct out *out = out_open(scene->arena, 4 << 20);
    size_t count;

    TRY(export_of(scene, query, &terms, &earners, &count));
    csv_mark(out);
    for (size_t i = 0; i < COUNT(titles); i++)
        csv_cell(out, text_in(scene->language, titles[i]), i + 1 == COUNT(titles));
    for (size_t i = 0; i < count; i++) {
        const struct review_earner *e = &earners[i];

        csv_cell(out, e->login, false);
        csv_cell(out, e->name, false);
        csv_cell(out, e->team_name, false);
        for (int item = 0; item < REVIEW_ITEMS; item++) {
            out_int(out, e->counts[item]);
            OUT_LITERAL(out, ",");
        }
        out_raw_str(out, review_yuan(scene->arena, e->pay.cut_fen));
        OUT_LITERAL(out, ",");
        out_raw_str(out, review_yuan(scene->arena, e->correction_fen));
        OUT_LITERAL(out, ",");
        out_raw_str(out, review_yuan(scene->arena, e->pay.total_fen));
        OUT_LITERAL(out, ",");
        csv_cell(out, e->reasons, true);
    }
    if (out_full(out)) return FAULT("a month of subsidies is larger than an export can be");
    file->bytes = out_text(out);
    file->type = S("text/csv; charset=utf-8");
    file->name = arena_print(scene->arena, "subsidies-%.*s.csv", STR_ARGS(terms.month));
    return DONE;
}

struct outcome review_send_xlsx(struct request *request, const void *query,
                                struct file_answer *file)
{
    static const int widths[] = {16, 12, 24, 10, 10, 10, 10, 10, 10, 10, 12, 30};
    struct scene *scene = request->scene;
    struct review_terms terms;
    struct review_earner *earners;
    struct sheet *sheet;
    size_t count;

    TRY(export_of(scene, query, &terms, &earners, &count));
    TRY(sheet_open(scene->arena, &sheet));
    sheet_page(sheet, terms.month, widths, COUNT(widths));
    sheet_row(sheet);
    for (size_t i = 0; i < COUNT(titles); i++)
        sheet_title(sheet, text_in(scene->language, titles[i]));
    for (size_t i = 0; i < count; i++) {
        const struct review_earner *e = &earners[i];

        sheet_row(sheet);
        sheet_text(sheet, e->login);
        sheet_text(sheet, e->name);
        sheet_text(sheet, e->team_name);
        for (int item = 0; item < REVIEW_ITEMS; item++) sheet_int(sheet, e->counts[item]);
        sheet_money(sheet, e->pay.cut_fen);
        sheet_money(sheet, e->correction_fen);
        sheet_money(sheet, e->pay.total_fen);
        sheet_text(sheet, e->reasons);
    }
    TRY(sheet_close(&sheet, &file->bytes));
    file->type = S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    file->name = arena_print(scene->arena, "subsidies-%.*s.xlsx", STR_ARGS(terms.month));
    return DONE;
}

/* ---- rates ---- */

struct outcome review_show_rates(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct review_rates_view *v = view;
    const struct review_list_subsidy_policies_row *rows;
    struct review_rates_version_view *versions;
    struct review_terms terms;
    struct str *yuan[] = {&v->live, &v->message, &v->message_late, &v->shift_hour,
                          &v->standby_hour},
               *max[] = {&v->live_max, &v->message_max, &v->message_late_max, &v->shift_hour_max,
                         &v->standby_hour_max};

    (void)query;
    TRY(review_need_city(scene));
    v->from_month = review_month_at(scene->arena, scene->now);
    TRY(review_terms_of(scene, v->from_month, &terms));
    for (int i = 0; i < REVIEW_ITEMS; i++) {
        *yuan[i] = review_yuan(scene->arena, terms.rates[i].fen);
        *max[i] = review_number(scene, terms.rates[i].count_max);
    }
    v->cap = review_yuan(scene->arena, terms.cap_fen);
    v->handle_min = form_amount(scene->arena, scene->language, FIELD_span, terms.handle_min);
    TRY(review_list_subsidy_policies(scene->arena, scene->store, &rows, &v->versions_count));
    versions = NEW_MANY(scene->arena, struct review_rates_version_view, v->versions_count + 1);
    for (size_t i = 0; i < v->versions_count; i++)
        versions[i] = (struct review_rates_version_view){
            rows[i].subsidy_version, rows[i].from_month, rows[i].made_at, rows[i].person_name};
    v->versions = versions;
    return DONE;
}
