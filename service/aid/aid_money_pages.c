/* aid_money_pages.c -- what is paid for cases of legal aid in a month, and by which rates. */
#include "bureau/review/review.h"
#include "desk/calendar/calendar.h"
#include "gen/aid_html.h"
#include "platform/csv.h"
#include "service/aid/aid_closing_inside.h"
#include "service/aid/aid_views.h"

static const struct reason month_wrong = {"aid.month", T("Please write the month as in 2026-11."),
                                          0};

struct str aid_yuan(struct arena *arena, int64_t fen)
{
    return review_yuan(arena, fen);
}

static bool span_of(struct str text, moment *from, moment *until)
{
    struct str month, year = str_cut(text, '-', &month);
    int64_t y, m;

    if (text.len != 7 || year.len != 4 || month.len != 2 || !str_to_int(year, &y) ||
        !str_to_int(month, &m) || y < 2018 || y > 2199 || m < 1 || m > 12)
        return false;
    *from = calendar_moment_of((int)y, (int)m, 1, 0);
    *until = m == 12 ? calendar_moment_of((int)y + 1, 1, 1, 0)
                     : calendar_moment_of((int)y, (int)m + 1, 1, 0);
    return true;
}

static struct outcome paid_in(struct scene *scene, struct str *month,
                              const struct aid_list_payments_row **rows, size_t *count)
{
    moment from, until;

    TRY(aid_need_city(scene));
    if (!month->len) {
        struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));

        *month = arena_print(scene->arena, "%04d-%02d", today.year, today.month);
    }
    if (!span_of(*month, &from, &until)) return REFUSE(month_wrong);
    return aid_list_payments(scene->arena, scene->store, from, until, rows, count);
}

static struct str kind_in(const struct scene *scene, struct str word)
{
    int kind = aid_kind_of(word);

    return kind < 0 ? word : text_in(scene->language, aid_kinds[kind].name);
}

static struct outcome show_rates(struct request *request, struct aid_payments_view *v)
{
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct aid_rate_view *made = NEW_MANY(scene->arena, struct aid_rate_view, AID_KINDS);
    struct aid_rates_now rates;

    TRY(aid_rates_at(scene, scene->now, &rates));
    v->since = rates.at;
    v->draw_every = rates.draw_every;
    v->draw_every_text = arena_print(scene->arena, "%lld", (long long)rates.draw_every);
    for (size_t i = 0; i < AID_KINDS; i++) {
        struct str field = arena_print(scene->arena, "rate_%s", aid_kinds[i].word);
        struct str yuan = review_yuan(scene->arena, rates.fen[i]);

        if (state && state->form == &aid_rates_form)
            yuan = state->given[form_place(&aid_rates_form, field)];
        made[i] = (struct aid_rate_view){.kind = str_of(aid_kinds[i].word),
                                         .name = text_in(scene->language, aid_kinds[i].name),
                                         .field = field,
                                         .yuan = yuan};
    }
    v->rates = made;
    v->rates_count = AID_KINDS;
    return DONE;
}

static struct outcome show_payments(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct aid_payments_view *v = view;
    const struct aid_list_payments_row *rows;
    struct aid_paid_view *made;
    int64_t total = 0;

    v->month = ((const struct aid_month_form *)query)->month;
    TRY(paid_in(scene, &v->month, &rows, &v->paid_count));
    made = NEW_MANY(scene->arena, struct aid_paid_view, v->paid_count + 1);
    for (size_t i = 0; i < v->paid_count; i++) {
        total += rows[i].fen;
        made[i] = (struct aid_paid_view){
            .number = rows[i].archive_number,
            .name = rows[i].person_name,
            .kind_name = kind_in(scene, rows[i].kind),
            .quality_name = rows[i].quality.len
                                ? text_in(scene->language, aid_quality_name(rows[i].quality))
                                : S(""),
            .day = rows[i].payable_at,
            .fen = rows[i].fen,
            .yuan = review_yuan(scene->arena, rows[i].fen)};
    }
    v->paid = made;
    v->total = review_yuan(scene->arena, total);
    return show_rates(request, v);
}

static struct outcome send_csv(struct request *request, const void *query, struct file_answer *file)
{
    static const char *const titles[] = {T("Sign-in name"),          T("Full name"),
                                         T("Number in the archive"), T("Kind of work"),
                                         T("Quality of the work"),   T("Yuan")};
    struct scene *scene = request->scene;
    struct str month = ((const struct aid_month_form *)query)->month;
    const struct aid_list_payments_row *rows;
    struct out *out = out_open(scene->arena, 4 << 20);
    size_t count;

    TRY(paid_in(scene, &month, &rows, &count));
    csv_mark(out);
    for (size_t i = 0; i < COUNT(titles); i++)
        csv_cell(out, text_in(scene->language, titles[i]), i + 1 == COUNT(titles));
    for (size_t i = 0; i < count; i++) {
        csv_cell(out, rows[i].login, false);
        csv_cell(out, rows[i].person_name, false);
        csv_cell(out, rows[i].archive_number, false);
        csv_cell(out, kind_in(scene, rows[i].kind), false);
        csv_cell(out,
                 rows[i].quality.len ? text_in(scene->language, aid_quality_name(rows[i].quality))
                                     : S(""),
                 false);
        csv_cell(out, review_yuan(scene->arena, rows[i].fen), true);
    }
    if (out_full(out)) return FAULT("a month of payments is larger than an export can be");
    file->bytes = out_text(out);
    file->type = S("text/csv; charset=utf-8");
    file->name = arena_print(scene->arena, "legal-aid-%.*s.csv", STR_ARGS(month));
    return DONE;
}

const struct page aid_money_pages[] = {
    {.method = GET,
     .path = "/admin/aid/payments",
     .who = WHO_ADMIN,
     .about = "What is paid for cases of legal aid in a month, and the rates that hold.",
     .query = &aid_month_form,
     .view = &aid_payments_view,
     .html = &html_aid_payments,
     .show = show_payments},
    {.method = GET,
     .path = "/admin/aid/payments/csv",
     .who = WHO_ADMIN,
     .about = "The payments of a month for the treasury, as CSV.",
     .query = &aid_month_form,
     .file = send_csv},
    {.method = POST,
     .path = "/admin/aid/rates",
     .who = WHO_ADMIN,
     .about = "New rates, from now on; what was archived before keeps its own.",
     .act = &aid_set_rates,
     .then = "/admin/aid/payments",
     .again = "/admin/aid/payments",
     .said = T("The new rates hold from now on.")},
    {0},
};

#define FORM_THIS aid_month_form
FORM_TABLE(aid_month, AID_MONTH_FORM)
#undef FORM_THIS
#define VIEW_THIS aid_paid_view
VIEW_TABLE(aid_paid, AID_PAID_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_rate_view
VIEW_TABLE(aid_rate, AID_RATE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_payments_view
VIEW_TABLE(aid_payments, AID_PAYMENTS_VIEW)
#undef VIEW_THIS
