/* supervision_report_views.h -- what is shown of reports, and what the files that show them share.
 */
#ifndef SUPERVISION_REPORT_VIEWS_H
#define SUPERVISION_REPORT_VIEWS_H

#include "bureau/supervision/supervision_figures.h"
#include "bureau/supervision/supervision_views.h"

enum { SUPERVISION_REPORTS_SHOWN = 40, SUPERVISION_CASES_SHOWN = 100 };

/* ---- a report, read for one reader (supervision_read.c) ---- */

enum supervision_by {
    SUPERVISION_BY_ALL,
    SUPERVISION_BY_DIVISION,
    SUPERVISION_BY_TEAM,
    SUPERVISION_BY_CHANNEL,
    SUPERVISION_BY_PROFESSION,
    SUPERVISION_BY_FIELD,
    SUPERVISION_BYS
};
extern const char *const supervision_by_words[SUPERVISION_BYS];

struct supervision_line {
    struct str key, name;
    struct supervision_sums now, before;
};
struct supervision_table {
    const char *title; /* T() */
    struct supervision_line *lines;
    size_t count;
};
struct supervision_report {
    struct supervision_find_report_row row;
    enum supervision_period period;
    struct supervision_days days;
    id before_id; /* of the period before; 0: there is none */
    struct supervision_scope scope;
    struct str place; /* whose numbers these are, in words */
    struct supervision_line all;
    struct supervision_table tables[SUPERVISION_BYS]; /* the first is empty: it is `all` */
    /* Divisions compared; only for who watches several. */
    struct supervision_load *loads;
    struct str *load_names, *load_keys;
    size_t loads_count;
    int64_t middle; /* questions for 100 hours on line; -1: too few to compare */
    int64_t on_line_minutes, rostered_minutes, kept_minutes;
};

/* Refuses with act_unknown what there is not, and whoever watches nothing. */
struct outcome supervision_read(struct scene *scene, id report_id,
                                struct supervision_report *report);
/* "31" and 2 digits: the part of a division's code a key of "by division" is. */
int64_t supervision_key_digits(const struct supervision_scope *scope);
/* A value as people read it: "97.5", "12", "–". */
struct str supervision_value_text(struct scene *scene, const struct supervision_column *column,
                                  int64_t value);
/* "October 2026", "16 – 22 November 2026". */
struct str supervision_days_text(struct scene *scene, enum supervision_period period,
                                 struct supervision_days days);

/* ---- GET /reports ---- */

#define SUPERVISION_REPORTS_FORM(F)                                                                \
    F(word, period, OPTIONAL, 0, 8, T("Which reports"), "")                                        \
    F(number, before, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(supervision_reports, SUPERVISION_REPORTS_FORM)

#define SUPERVISION_REPORT_ROW_VIEW(V)                                                             \
    V(api, ident, id, _)                                                                           \
    V(api, text, period, _)                                                                        \
    V(page, text, period_name, _)                                                                  \
    V(page, text, days, _)                                                                         \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(api, number, edition, _)                                                                     \
    V(api, time, made_at, _)                                                                       \
    V(page, flag, is_corrected, _)
VIEW_STRUCT(supervision_report_row, SUPERVISION_REPORT_ROW_VIEW)

#define SUPERVISION_SUBSCRIBE_FORM(F)                                                              \
    F(word, period, REQUIRED, 1, 8, T("Which reports"), "")                                        \
    F(text, address, REQUIRED, 3, 200, T("Your e-mail address"),                                   \
      T("First you confirm the address by a link. The letters bring the report of what you "       \
        "watch, "                                                                                  \
        "also as a spreadsheet and a PDF: numbers, and no case."))
FORM_STRUCT(supervision_subscribe, SUPERVISION_SUBSCRIBE_FORM)

#define SUPERVISION_UNSUBSCRIBE_FORM(F) F(word, period, REQUIRED, 1, 8, "", "")
FORM_STRUCT(supervision_unsubscribe, SUPERVISION_UNSUBSCRIBE_FORM)

#define SUPERVISION_SUBSCRIPTION_VIEW(V)                                                           \
    V(api, text, period, _)                                                                        \
    V(page, text, period_name, _)                                                                  \
    V(api, text, address, _) /* masked */                                                          \
    V(api, flag, is_confirmed, _)
VIEW_STRUCT(supervision_subscription, SUPERVISION_SUBSCRIPTION_VIEW)

/* Those of the acting person.  supervision_mail.c */
struct outcome supervision_subscriptions(struct scene *scene,
                                         const struct supervision_subscription_view **rows,
                                         size_t *count);
struct outcome supervision_queue_mail(struct scene *scene, struct str period, id report_id);
extern const struct act supervision_act_subscribe, supervision_act_unsubscribe;

/* Behind the link of the letter that asks whether an address is its reader's. */
#define SUPERVISION_ADDRESS_FORM(F) F(word, token, REQUIRED, 16, 64, "", "")
FORM_STRUCT(supervision_address, SUPERVISION_ADDRESS_FORM)
#define SUPERVISION_ADDRESS_VIEW(V)                                                                \
    V(page, text, token, _)                                                                        \
    V(api, text, period, _)                                                                        \
    V(page, text, period_name, _)                                                                  \
    V(api, flag, is_confirmed, _)
VIEW_STRUCT(supervision_address, SUPERVISION_ADDRESS_VIEW)
struct outcome supervision_show_address(struct request *request, const void *query, void *view);
extern const struct act supervision_act_confirm;
extern const struct reason supervision_just_sent;

/* Its letter, carried like those with reports.  supervision_address.c */
enum { SUPERVISION_TAKEN_SECONDS = 2 * SECONDS_PER_MINUTE };
struct letter;
struct outcome supervision_take_proof(struct scene *scene, id proof_id, struct letter *letter);
struct outcome supervision_settle_proof(struct scene *scene, id proof_id, bool is_later);

#define SUPERVISION_REPORTS_VIEW(V)                                                                \
    V(api, list, reports, supervision_report_row)                                                  \
    V(api, some, next, _)                                                                          \
    V(page, text, period, _)                                                                       \
    V(page, choices, periods, _)                                                                   \
    V(page, choices, wanted, _) /* periods to subscribe to */                                      \
    V(api, list, subscriptions, supervision_subscription)                                          \
    V(page, flag, has_next, _)
VIEW_STRUCT(supervision_reports, SUPERVISION_REPORTS_VIEW)

struct outcome supervision_show_reports(struct request *request, const void *query, void *view);

/* ---- GET /reports/{report} ---- */

#define SUPERVISION_WHICH_REPORT_FORM(F) F(number, report, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(supervision_which_report, SUPERVISION_WHICH_REPORT_FORM)

#define SUPERVISION_CELL_VIEW(V)                                                                   \
    V(api, text, figure, _)                                                                        \
    V(page, text, title, _)                                                                        \
    V(api, maybe, value, _)                                                                        \
    V(api, maybe, before, _)                                                                       \
    V(page, text, change, _) /* "+12 %" */                                                         \
    V(page, text, link, _)   /* to the cases; "" of a figure that is 0 */                          \
    V(page, flag, is_alarm, _)
VIEW_STRUCT(supervision_cell, SUPERVISION_CELL_VIEW)

#define SUPERVISION_LINE_VIEW(V)                                                                   \
    V(api, text, key, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, list, figures, supervision_cell)                                                        \
    V(page, list, live, supervision_cell) /* the same in two parts, as a page has room for */      \
    V(page, list, rest, supervision_cell)
VIEW_STRUCT(supervision_line, SUPERVISION_LINE_VIEW)

#define SUPERVISION_TABLE_VIEW(V)                                                                  \
    V(api, text, by, _)                                                                            \
    V(page, text, title, _)                                                                        \
    V(page, list, live, supervision_cell) /* what stands above the columns */                      \
    V(page, list, rest, supervision_cell)                                                          \
    V(api, list, lines, supervision_line)
VIEW_STRUCT(supervision_table, SUPERVISION_TABLE_VIEW)

#define SUPERVISION_LOAD_VIEW(V)                                                                   \
    V(api, text, name, _)                                                                          \
    V(page, text, link, _) /* to the cases; "" of none */                                          \
    V(page, text, division, _)                                                                     \
    V(page, flag, has_hours, _)                                                                    \
    V(api, number, cases, _)                                                                       \
    V(api, text, hours, _)                                                                         \
    V(api, maybe, load, _) /* questions for 100 hours on line */                                   \
    V(api, some, percent, _)                                                                       \
    V(api, text, balance, _)                                                                       \
    V(page, text, css, _)                                                                          \
    V(page, flag, has_load, _)                                                                     \
    V(page, flag, has_percent, _)
VIEW_STRUCT(supervision_load, SUPERVISION_LOAD_VIEW)

#define SUPERVISION_REPORT_VIEW(V)                                                                 \
    V(api, ident, id, _)                                                                           \
    V(api, text, period, _)                                                                        \
    V(api, text, title, _)                                                                         \
    V(api, text, days, _)                                                                          \
    V(api, text, place, _)                                                                         \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(api, number, edition, _)                                                                     \
    V(api, time, made_at, _)                                                                       \
    V(api, time, replaced_at, _)                                                                   \
    V(api, ident, before, _) /* the report of the period before */                                 \
    V(api, number, answer_seconds, _)                                                              \
    V(api, list, total, supervision_cell)                                                          \
    V(api, list, tables, supervision_table)                                                        \
    V(api, list, loads, supervision_load)                                                          \
    V(api, maybe, middle, _)                                                                       \
    V(api, number, load_high, _)                                                                   \
    V(api, number, load_low, _)                                                                    \
    V(api, maybe, on_line_hours, _)                                                                \
    V(api, maybe, rostered_hours, _)                                                               \
    V(api, maybe, on_line_rate, _)                                                                 \
    V(page, text, month, _) /* 2026-11, of a month's report; "" */                                 \
    V(page, flag, is_corrected, _)                                                                 \
    V(page, flag, has_loads, _)                                                                    \
    V(api, list, editions, supervision_report_row)
VIEW_STRUCT(supervision_report, SUPERVISION_REPORT_VIEW)

struct outcome supervision_show_report(struct request *request, const void *query, void *view);
/* Bounded by platform/sheet.h and platform/paper.h. */
struct outcome supervision_make_sheet(struct scene *scene, const struct supervision_report *report,
                                      struct file_answer *file);
struct outcome supervision_make_paper(struct scene *scene, const struct supervision_report *report,
                                      struct file_answer *file);
struct outcome supervision_send_sheet(struct request *request, const void *query,
                                      struct file_answer *file);
struct outcome supervision_send_paper(struct request *request, const void *query,
                                      struct file_answer *file);

/* ---- GET /reports/{report}/teams: one layer of teams ---- */

#define SUPERVISION_LAYERS_FORM(F)                                                                 \
    F(number, report, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(number, above, OPTIONAL, 0, INT64_MAX, "", "") /* 0: the teams under no other */
FORM_STRUCT(supervision_layers, SUPERVISION_LAYERS_FORM)

#define SUPERVISION_LAYER_VIEW(V)                                                                  \
    V(api, ident, team, _) /* 0: no team */                                                        \
    V(api, text, name, _)                                                                          \
    V(api, maybe, leader, _)                                                                       \
    V(api, number, below, _) /* teams anywhere below, all of whose numbers are in these */         \
    V(page, text, link, _)   /* to the layer below; "" if there is none */                         \
    V(api, flag, alone, _)   /* only the team itself, without those below */                       \
    V(api, list, figures, supervision_cell)                                                        \
    V(page, list, live, supervision_cell)                                                          \
    V(page, list, rest, supervision_cell)
VIEW_STRUCT(supervision_layer, SUPERVISION_LAYER_VIEW)

#define SUPERVISION_ABOVE_VIEW(V)                                                                  \
    V(api, ident, team, _)                                                                         \
    V(api, text, name, _)
VIEW_STRUCT(supervision_above, SUPERVISION_ABOVE_VIEW)

#define SUPERVISION_LAYERS_VIEW(V)                                                                 \
    V(api, ident, report, _)                                                                       \
    V(page, text, report_title, _)                                                                 \
    V(page, text, place, _)                                                                        \
    V(api, ident, above, _)                                                                        \
    V(api, text, name, _) /* of the team above; "" at the top */                                   \
    V(api, list, way, supervision_above)                                                           \
    V(page, part, whole, supervision_layer) /* the sum of the lines */                             \
    V(api, list, lines, supervision_layer)
VIEW_STRUCT(supervision_layers, SUPERVISION_LAYERS_VIEW)
struct outcome supervision_show_layers(struct request *request, const void *query, void *view);
/* The same with every layer unfolded: a team with all below it, then itself alone, then each team
 * right below it in the same way. */
struct supervision_team_line {
    int layer; /* 0: under no other that the reader sees */
    bool alone;
    struct str name, leader;
    struct supervision_line sum;
};
struct outcome supervision_unfold(struct scene *scene, const struct supervision_report *report,
                                  const struct supervision_team_line **lines, size_t *count);
/* The cells of a line, each with the way to its cases; `by` and `key` say which. */
const struct supervision_cell_view *supervision_cells(struct scene *scene,
                                                      const struct supervision_report *report,
                                                      const char *by,
                                                      const struct supervision_line *line);
enum { SUPERVISION_LIVE_COLUMNS = 9 }; /* the first columns tell of live questions */

/* ---- GET /reports/{report}/cases ---- */

#define SUPERVISION_BEHIND_FORM(F)                                                                 \
    F(number, report, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, figure, REQUIRED, 1, 20, "", "")                                                       \
    F(word, by, OPTIONAL, 0, 12, "", "")                                                           \
    F(word, key, OPTIONAL, 0, 32, "", "")                                                          \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(supervision_behind, SUPERVISION_BEHIND_FORM)

#define SUPERVISION_BEHIND_ROW_VIEW(V)                                                             \
    V(api, text, reference, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, number, amount, _)                                                                      \
    V(api, text, channel, _)                                                                       \
    V(page, text, field_name, _)                                                                   \
    V(api, text, field, _)                                                                         \
    V(page, text, profession_name, _)                                                              \
    V(api, text, profession, _)                                                                    \
    V(page, text, place_name, _)                                                                   \
    V(api, text, division, _)                                                                      \
    V(page, text, team_name, _)                                                                    \
    V(api, ident, team, _)
VIEW_STRUCT(supervision_behind_row, SUPERVISION_BEHIND_ROW_VIEW)

#define SUPERVISION_BEHIND_VIEW(V)                                                                 \
    V(api, ident, report, _)                                                                       \
    V(page, text, report_title, _)                                                                 \
    V(api, text, title, _)                                                                         \
    V(page, text, line_name, _)                                                                    \
    V(page, text, figure, _)                                                                       \
    V(page, text, by, _)                                                                           \
    V(page, text, key, _)                                                                          \
    V(page, flag, has_amount, _)                                                                   \
    V(page, text, amount_title, _)                                                                 \
    V(api, list, cases, supervision_behind_row)                                                    \
    V(api, some, next, _)                                                                          \
    V(page, flag, has_next, _)
VIEW_STRUCT(supervision_behind, SUPERVISION_BEHIND_VIEW)

struct outcome supervision_show_behind(struct request *request, const void *query, void *view);

/* ---- GET /reports/{report}/hours ---- */

#define SUPERVISION_HOURS_FORM(F)                                                                  \
    F(number, report, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")                                          \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")
FORM_STRUCT(supervision_hours, SUPERVISION_HOURS_FORM)

/* In minutes; the hours are for people. */
#define SUPERVISION_HOURS_ROW_VIEW(V)                                                              \
    V(api, maybe, day, _) /* null: of the day asked for, by team and profession */                 \
    V(page, time, at, _)                                                                           \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, maybe, profession, _)                                                                   \
    V(page, text, profession_name, _)                                                              \
    V(api, maybe, division, _)                                                                     \
    V(page, text, place_name, _)                                                                   \
    V(api, number, on_line, _)                                                                     \
    V(api, number, rostered, _)                                                                    \
    V(api, number, kept, _)                                                                        \
    V(page, text, on_line_hours, _)                                                                \
    V(page, text, rostered_hours, _)                                                               \
    V(page, text, kept_hours, _)
VIEW_STRUCT(supervision_hours_row, SUPERVISION_HOURS_ROW_VIEW)

#define SUPERVISION_HOURS_VIEW(V)                                                                  \
    V(api, ident, report, _)                                                                       \
    V(page, text, report_title, _)                                                                 \
    V(api, maybe, division, _)                                                                     \
    V(page, text, place_name, _)                                                                   \
    V(api, maybe, day, _)                                                                          \
    V(page, time, day_at, _)                                                                       \
    V(api, number, on_line, _)                                                                     \
    V(api, number, rostered, _)                                                                    \
    V(api, number, kept, _)                                                                        \
    V(page, text, on_line_hours, _)                                                                \
    V(page, text, rostered_hours, _)                                                               \
    V(page, text, kept_hours, _)                                                                   \
    V(api, list, rows, supervision_hours_row)
VIEW_STRUCT(supervision_hours, SUPERVISION_HOURS_VIEW)

struct outcome supervision_show_hours(struct request *request, const void *query, void *view);
/* supervision_report_show.c */
struct str supervision_tenths(struct scene *scene, int64_t number, int64_t part);
struct str supervision_title_of(struct scene *scene, enum supervision_period period,
                                struct supervision_days days);

/* "Huangpu", "Lawyer", "Labour", by what it is a key of. */
struct outcome supervision_key_name(struct scene *scene, enum supervision_by by, struct str key,
                                    struct str *name);

extern const struct act supervision_act_reports, supervision_act_recheck;
extern const struct page supervision_report_pages[];

#endif
