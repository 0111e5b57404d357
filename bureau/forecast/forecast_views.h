/* forecast_views.h -- the pages of need and cover: what is handed in and shown. */
#ifndef FORECAST_VIEWS_H
#define FORECAST_VIEWS_H

#include "bureau/forecast/forecast_acts.h"
#include "platform/limits.h"
#include "platform/page.h"

enum { FORECAST_FILE_BYTES_MAX = 8 << 20, FORECAST_SPAN_DAYS = 92 };

#define FORECAST_LOOK_FORM(F)                                                                      \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")                                                    \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")                                      \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")
FORM_STRUCT(forecast_look, FORECAST_LOOK_FORM)

#define FORECAST_POLICY_FORM(F)                                                                    \
    F(number, service_percent, REQUIRED, 50, 99, T("So many are to be answered in time"),          \
      T("Between 50 and 99. The last few percent cost the most people."))                          \
    F(span, service_seconds, REQUIRED, 1, 600, T("Answered in time is within"),                    \
      T("Write it with its unit, such as 3 min or 20 s."))                                         \
    F(number, talks_at_once, REQUIRED, 1, 20, T("Conversations one person leads at once"),         \
      T("1 for telephone calls. More for written talks, if answers do not suffer."))
FORM_STRUCT(forecast_policy, FORECAST_POLICY_FORM)

#define FORECAST_IMPORT_FORM(F)                                                                    \
    F(file, file, REQUIRED, 1, FORECAST_FILE_BYTES_MAX, T("Table of past arrivals (CSV)"),         \
      T("One row for each half hour: day, time, profession, number of people, and if you like "    \
        "the "                                                                                     \
        "code of the district. For example: 2026-03-02,09:00,lawyer,12"))                          \
    F(inside, plain, OPTIONAL, 0, 0, "", "")                                                       \
    F(inside, rows, OPTIONAL, 0, 0, "", "")                                                        \
    F(inside, arrivals, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(forecast_import, FORECAST_IMPORT_FORM)

#define FORECAST_FORGET_FORM(F) F(word, profession, REQUIRED, 2, 16, T("Profession"), "")
FORM_STRUCT(forecast_forget, FORECAST_FORGET_FORM)

#define FORECAST_IMPORTED_VIEW(V)                                                                  \
    V(api, ident, import, _)                                                                       \
    V(api, number, rows, _)                                                                        \
    V(api, number, arrivals, _)                                                                    \
    V(api, flag, is_going, _) /* the rest of a large table follows by itself */
VIEW_STRUCT(forecast_imported, FORECAST_IMPORTED_VIEW)

/* ---- GET /roster/forecast ---- */

/* state: closed, quiet (nobody is expected), short, tight (not enough for the high end), enough */
#define FORECAST_ROW_VIEW(V)                                                                       \
    V(api, time, at, _)                                                                            \
    V(api, text, state, _)                                                                         \
    V(api, text, expected, _)                                                                      \
    V(api, number, low, _)                                                                         \
    V(api, number, high, _)                                                                        \
    V(api, some, needed, _)                                                                        \
    V(api, some, needed_high, _)                                                                   \
    V(api, number, cover, _)                                                                       \
    V(api, number, short_by, _)                                                                    \
    V(api, number, within_percent, _)                                                              \
    V(page, flag, is_shown, _)                                                                     \
    V(page, flag, says_service, _)                                                                 \
    V(page, text, state_name, _)                                                                   \
    V(page, text, needed_text, _)                                                                  \
    V(page, text, high_text, _)                                                                    \
    V(page, flag, draws_need, _)                                                                   \
    V(page, flag, has_hour, _)                                                                     \
    V(page, number, x, _)                                                                          \
    V(page, number, label_x, _)                                                                    \
    V(page, number, cover_y, _)                                                                    \
    V(page, number, cover_height, _)                                                               \
    V(page, number, need_y, _)                                                                     \
    V(page, number, missing_y, _)                                                                  \
    V(page, number, missing_height, _)                                                             \
    V(page, number, hour, _)                                                                       \
    V(page, number, minute, _) /* of the day */
VIEW_STRUCT(forecast_row, FORECAST_ROW_VIEW)

#define FORECAST_LOOK_VIEW(V)                                                                      \
    V(api, text, day, _)                                                                           \
    V(api, text, kind, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(api, text, knows, _) /* nothing, little, enough */                                           \
    V(api, number, days, _)                                                                        \
    V(api, number, days_alike, _)                                                                  \
    V(api, text, trend_percent, _)                                                                 \
    V(api, flag, has_season, _)                                                                    \
    V(api, number, service_percent, _)                                                             \
    V(api, number, service_seconds, _)                                                             \
    V(api, number, talks_at_once, _)                                                               \
    V(api, number, handle_seconds, _)                                                              \
    V(api, flag, handle_is_measured, _)                                                            \
    V(api, number, patience_seconds, _)                                                            \
    V(api, flag, patience_is_measured, _)                                                          \
    V(api, text, expected, _)                                                                      \
    V(api, number, half_hours_short, _)                                                            \
    V(api, list, half_hours, forecast_row)                                                         \
    V(page, time, at, _)                                                                           \
    V(page, text, kind_name, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(page, text, division_name, _)                                                                \
    V(page, text, handle_text, _)                                                                  \
    V(page, text, patience_text, _)                                                                \
    V(page, flag, has_trend, _)                                                                    \
    V(page, flag, is_open, _)                                                                      \
    V(page, flag, is_shown, _)  /* there are rows */                                               \
    V(page, flag, is_needed, _) /* anybody */                                                      \
    V(page, text, day_before, _)                                                                   \
    V(page, text, day_after, _)                                                                    \
    V(page, number, highest, _)                                                                    \
    V(page, flag, is_long, _)                                                                      \
    V(page, number, picture_x, _)                                                                  \
    V(page, number, picture_width, _)                                                              \
    V(page, choices, professions, _)                                                               \
    V(page, choices, divisions, _)
VIEW_STRUCT(forecast_look, FORECAST_LOOK_VIEW)

/* ---- GET /admin/forecast ---- */

#define FORECAST_BROUGHT_VIEW(V)                                                                   \
    V(api, text, profession, _)                                                                    \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(api, number, arrivals, _)                                                                    \
    V(page, text, profession_name, _)
VIEW_STRUCT(forecast_brought, FORECAST_BROUGHT_VIEW)

#define FORECAST_ADMIN_VIEW(V)                                                                     \
    V(api, number, service_percent, _)                                                             \
    V(api, number, service_seconds, _)                                                             \
    V(api, number, talks_at_once, _)                                                               \
    V(api, list, imports, forecast_brought)                                                        \
    V(api, flag, is_going, _)                                                                      \
    V(api, number, rows_done, _)                                                                   \
    V(api, number, rows_count, _)                                                                  \
    V(api, flag, is_removing, _)                                                                   \
    V(page, flag, may_change, _)                                                                   \
    V(page, text, percent_text, _)                                                                 \
    V(page, text, seconds_text, _)                                                                 \
    V(page, text, talks_text, _)
VIEW_STRUCT(forecast_admin, FORECAST_ADMIN_VIEW)

/* lawyer, notary, …: marked T(); "" is no profession. */
enum { FORECAST_PROFESSIONS = 6 };
extern const char *const forecast_professions[FORECAST_PROFESSIONS];
const char *forecast_profession_name(struct str profession);

extern const struct act forecast_act_policy, forecast_act_import, forecast_act_import_part,
    forecast_act_forget, forecast_act_forget_part;
struct outcome forecast_show_look(struct request *request, const void *query, void *view);
struct outcome forecast_show_admin(struct request *request, const void *query, void *view);

#endif
