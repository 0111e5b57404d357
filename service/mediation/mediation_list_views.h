/* mediation_list_views.h -- what a committee has to do with all of its mediations, and the figures
 * the bureau reports of them. */
#ifndef MEDIATION_LIST_VIEWS_H
#define MEDIATION_LIST_VIEWS_H

#include "service/mediation/mediation_parts.h"

/* ---- what is due: mediation_due.c ---- */

/* `whose`: "all" of the committee; else a mediator's own. */
#define MEDIATION_DUE_FORM(F) F(word, whose, OPTIONAL, 0, 8, T("Whose?"), "")
FORM_STRUCT(mediation_due, MEDIATION_DUE_FORM)

#define MEDIATION_ASK_VIEW(V)                                                                      \
    V(api, text, reference, _)                                                                     \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, mediator_name, _)                                                                 \
    V(api, time, effective_at, _)                                                                  \
    V(api, time, ask_at, _)                                                                        \
    V(api, flag, is_due, _)                                                                        \
    V(api, flag, is_year, _) /* it has stood for a year */                                         \
    V(api, text, performed, _)                                                                     \
    V(page, text, performed_name, _)
VIEW_STRUCT(mediation_ask, MEDIATION_ASK_VIEW)

#define MEDIATION_AT_COURT_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(page, text, division_name, _)                                                                \
    V(api, text, mediator_name, _)                                                                 \
    V(api, text, court, _)                                                                         \
    V(page, text, court_name, _)                                                                   \
    V(api, time, until, _) /* the first moment that is too late */                                 \
    V(page, time, until_day, _)                                                                    \
    V(api, flag, is_late, _)
VIEW_STRUCT(mediation_at_court, MEDIATION_AT_COURT_VIEW)

#define MEDIATION_DUE_VIEW(V)                                                                      \
    V(api, list, asks, mediation_ask)                                                              \
    V(api, list, courts, mediation_at_court)                                                       \
    V(page, flag, is_own, _)                                                                       \
    V(page, flag, is_mediator, _)                                                                  \
    V(page, flag, has_figures, _)                                                                  \
    V(page, flag, has_more, _)
VIEW_STRUCT(mediation_due, MEDIATION_DUE_VIEW)

/* ---- figures: mediation_figures.c ---- */

/* `period`: a year or a month of applications; `division`: a part of what is watched. */
#define MEDIATION_FIGURES_FORM(F)                                                                  \
    F(word, period, OPTIONAL, 4, 7, T("Applied for in"),                                           \
      T("A year as 2026, or a month as 2026-11."))
FORM_STRUCT(mediation_figures, MEDIATION_FIGURES_FORM)

#define MEDIATION_BEHIND_FORM(F)                                                                   \
    F(word, period, OPTIONAL, 4, 7, T("Applied for in"), "")                                       \
    F(word, which, OPTIONAL, 0, 10, "", "")                                                        \
    F(word, by, OPTIONAL, 0, 10, "", "")                                                           \
    F(word, of, OPTIONAL, 0, 40, "", "")
FORM_STRUCT(mediation_behind, MEDIATION_BEHIND_FORM)

/* One line: a committee, a mediator, a kind of dispute, or all.  Each number but the days leads to
 * its cases: /office/mediations/cases?which=…&by=…&of=… */
#define MEDIATION_FIGURE_VIEW(V)                                                                   \
    V(api, text, by, _)                                                                            \
    V(api, text, of, _)                                                                            \
    V(api, text, name, _)                                                                          \
    V(page, text, period, _)                                                                       \
    V(api, number, applied, _)                                                                     \
    V(api, number, declined, _)                                                                    \
    V(api, number, open, _)                                                                        \
    V(api, number, settled, _)                                                                     \
    V(api, number, ended, _)                                                                       \
    V(api, number, month, _) /* settled within thirty days */                                      \
    V(api, text, days, _)    /* from application to agreement, the mean; "" */                     \
    V(api, number, confirmed, _)                                                                   \
    V(api, number, year, _) /* agreements that have stood for a year */                            \
    V(api, number, kept, _) /* of these, asked after it: kept, not or in part */                   \
    V(api, number, broken, _)
VIEW_STRUCT(mediation_figure, MEDIATION_FIGURE_VIEW)

#define MEDIATION_FIGURES_VIEW(V)                                                                  \
    V(api, text, period, _)                                                                        \
    V(page, text, place_name, _)                                                                   \
    V(api, part, all, mediation_figure)                                                            \
    V(api, list, committees, mediation_figure)                                                     \
    V(api, list, mediators, mediation_figure)                                                      \
    V(api, list, kinds, mediation_figure)
VIEW_STRUCT(mediation_figures, MEDIATION_FIGURES_VIEW)

#define MEDIATION_COUNTED_VIEW(V)                                                                  \
    V(api, text, reference, _)                                                                     \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, mediator_name, _)                                                                 \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, time, opened_at, _)                                                                     \
    V(api, time, effective_at, _)                                                                  \
    V(api, text, performed, _)                                                                     \
    V(page, text, performed_name, _)
VIEW_STRUCT(mediation_counted, MEDIATION_COUNTED_VIEW)

#define MEDIATION_BEHIND_VIEW(V)                                                                   \
    V(api, text, period, _)                                                                        \
    V(api, text, which, _)                                                                         \
    V(page, text, which_name, _)                                                                   \
    V(page, text, of_name, _)                                                                      \
    V(api, list, cases, mediation_counted)                                                         \
    V(page, flag, has_more, _)
VIEW_STRUCT(mediation_behind, MEDIATION_BEHIND_VIEW)

#endif
