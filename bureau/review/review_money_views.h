/* review_money_views.h -- what is handed in and shown about subsidies and commendation. */
#ifndef REVIEW_MONEY_VIEWS_H
#define REVIEW_MONEY_VIEWS_H

#include "platform/page.h"

/* ---- money ---- */

#define REVIEW_MONTH_FORM(F)                                                                       \
    F(word, month, OPTIONAL, 7, 7, T("Month"), T("Year and month, as 2026-10."))
FORM_STRUCT(review_month, REVIEW_MONTH_FORM)

#define REVIEW_SUBSIDIES_FORM(F)                                                                   \
    REVIEW_MONTH_FORM(F)                                                                           \
    F(number, from, OPTIONAL, 0, 100000, "", "")
FORM_STRUCT(review_subsidies, REVIEW_SUBSIDIES_FORM)

#define REVIEW_EARNER_FORM(F)                                                                      \
    F(word, month, REQUIRED, 7, 7, T("Month"), "")                                                 \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_earner, REVIEW_EARNER_FORM)

#define REVIEW_CORRECT_FORM(F)                                                                     \
    F(word, month, REQUIRED, 7, 7, T("Month"), "")                                                 \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(text, amount, REQUIRED, 1, 14, T("Yuan"), T("As 12.50; with - in front it is taken off."))   \
    F(text, reason, REQUIRED, 2, 200, T("Why?"), "")
FORM_STRUCT(review_correct, REVIEW_CORRECT_FORM)

#define REVIEW_RATES_FORM(F)                                                                       \
    F(word, from_month, REQUIRED, 7, 7, T("From which month on"),                                  \
      T("Year and month, as 2026-10."))                                                            \
    F(text, live, REQUIRED, 1, 14, T("Yuan for a live conversation"), "")                          \
    F(number, live_max, REQUIRED, 0, 100000, T("At most so many conversations a month"),           \
      T("0: all."))                                                                                \
    F(text, message, REQUIRED, 1, 14, T("Yuan for a written answer in time"), "")                  \
    F(number, message_max, REQUIRED, 0, 100000, T("At most so many answers in time a month"),      \
      T("0: all."))                                                                                \
    F(text, message_late, REQUIRED, 1, 14, T("Yuan for a late written answer"), "")                \
    F(number, message_late_max, REQUIRED, 0, 100000, T("At most so many late answers a month"),    \
      T("0: all."))                                                                                \
    F(text, shift_hour, REQUIRED, 1, 14, T("Yuan for an hour on duty"), "")                        \
    F(number, shift_hour_max, REQUIRED, 0, 744, T("At most so many hours on duty a month"),        \
      T("0: all."))                                                                                \
    F(text, standby_hour, REQUIRED, 1, 14, T("Yuan for an hour on standby"), "")                   \
    F(number, standby_hour_max, REQUIRED, 0, 744, T("At most so many hours on standby a month"),   \
      T("0: all."))                                                                                \
    F(text, cap, REQUIRED, 1, 14, T("At most so many yuan for one person and month"),              \
      T("0: no limit."))                                                                           \
    F(span, handle_min, REQUIRED, 0, 3600, T("Shorter conversations are not paid"),                \
      T("Write it with its unit, such as 3 min or 20 s."))
FORM_STRUCT(review_rates, REVIEW_RATES_FORM)

#define REVIEW_EARNER_VIEW(V)                                                                      \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, login, _)                                                                         \
    V(api, text, team, _)                                                                          \
    V(api, number, live, _)                                                                        \
    V(api, number, message, _)                                                                     \
    V(api, number, message_late, _)                                                                \
    V(api, number, shift_hours, _)                                                                 \
    V(api, number, standby_hours, _)                                                               \
    V(api, number, cut_fen, _)                                                                     \
    V(api, number, correction_fen, _)                                                              \
    V(api, number, total_fen, _)                                                                   \
    V(page, text, cut, _)                                                                          \
    V(page, text, correction, _)                                                                   \
    V(page, text, total, _)
VIEW_STRUCT(review_earner, REVIEW_EARNER_VIEW)

#define REVIEW_SUBSIDIES_VIEW(V)                                                                   \
    V(api, text, month, _)                                                                         \
    V(api, text, state, _)                                                                         \
    V(api, number, version, _)                                                                     \
    V(api, list, people, review_earner) /* a page of them */                                       \
    V(api, number, paid_count, _)       /* of all of them, as the total */                         \
    V(api, number, next, _)             /* of the page behind, or -1 */                            \
    V(page, number, previous, _)                                                                   \
    V(page, flag, has_pages, _)                                                                    \
    V(api, number, total_fen, _)                                                                   \
    V(page, text, total, _)                                                                        \
    V(page, choices, months, _)                                                                    \
    V(page, flag, is_open, _)                                                                      \
    V(page, flag, is_closing, _)                                                                   \
    V(page, flag, is_closed, _)                                                                    \
    V(page, flag, can_close, _)
VIEW_STRUCT(review_subsidies, REVIEW_SUBSIDIES_VIEW)

/* Of one line of one person: as many as PAGE_BYTES_MAX has room for, and some. */
enum { REVIEW_PAID_CASES_MAX = 5000 };

#define REVIEW_PAID_CASE_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, number, minutes, _)
VIEW_STRUCT(review_paid_case, REVIEW_PAID_CASE_VIEW)

#define REVIEW_LINE_VIEW(V)                                                                        \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, number, count, _)                                                                       \
    V(api, number, paid, _)                                                                        \
    V(api, number, fen, _)                                                                         \
    V(page, text, each_yuan, _)                                                                    \
    V(api, number, amount_fen, _)                                                                  \
    V(page, text, amount, _)                                                                       \
    V(api, maybe, reason, _)                                                                       \
    V(api, list, cases, review_paid_case)                                                          \
    V(api, flag, is_cut, _) /* not all of them */
VIEW_STRUCT(review_line, REVIEW_LINE_VIEW)

#define REVIEW_SUBSIDY_VIEW(V)                                                                     \
    V(api, text, month, _)                                                                         \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(api, list, lines, review_line)                                                               \
    V(api, number, total_fen, _)                                                                   \
    V(page, text, total, _)                                                                        \
    V(page, flag, can_correct, _)
VIEW_STRUCT(review_subsidy, REVIEW_SUBSIDY_VIEW)

#define REVIEW_RATES_VERSION_VIEW(V)                                                               \
    V(api, number, version, _)                                                                     \
    V(api, text, from_month, _)                                                                    \
    V(api, time, at, _)                                                                            \
    V(api, maybe, by, _)
VIEW_STRUCT(review_rates_version, REVIEW_RATES_VERSION_VIEW)

#define REVIEW_RATES_VIEW(V)                                                                       \
    V(api, text, from_month, _)                                                                    \
    V(api, text, live, _)                                                                          \
    V(api, text, live_max, _)                                                                      \
    V(api, text, message, _)                                                                       \
    V(api, text, message_max, _)                                                                   \
    V(api, text, message_late, _)                                                                  \
    V(api, text, message_late_max, _)                                                              \
    V(api, text, shift_hour, _)                                                                    \
    V(api, text, shift_hour_max, _)                                                                \
    V(api, text, standby_hour, _)                                                                  \
    V(api, text, standby_hour_max, _)                                                              \
    V(api, text, cap, _)                                                                           \
    V(api, text, handle_min, _)                                                                    \
    V(api, list, versions, review_rates_version)
VIEW_STRUCT(review_rates, REVIEW_RATES_VIEW)

/* ---- commendation ---- */

#define REVIEW_PERIOD_FORM(F)                                                                      \
    F(word, period, OPTIONAL, 7, 7, T("Period"), T("A month as 2026-10, or a quarter as 2026-Q3."))
FORM_STRUCT(review_period, REVIEW_PERIOD_FORM)

#define REVIEW_COMMENDED_VIEW(V)                                                                   \
    V(api, number, place, _)                                                                       \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, team, _)                                                                          \
    V(api, number, score_milli, _)                                                                 \
    V(page, text, score, _)                                                                        \
    V(api, number, rated, _)                                                                       \
    V(api, number, answered, _)                                                                    \
    V(page, flag, may_trace, _) /* may see the cases behind the numbers */
VIEW_STRUCT(review_commended, REVIEW_COMMENDED_VIEW)

#define REVIEW_COMMENDATIONS_VIEW(V)                                                               \
    V(api, text, period, _)                                                                        \
    V(api, list, people, review_commended)                                                         \
    V(api, time, published_at, _)                                                                  \
    V(page, choices, periods, _)                                                                   \
    V(page, flag, can_publish, _)
VIEW_STRUCT(review_commendations, REVIEW_COMMENDATIONS_VIEW)

#endif
