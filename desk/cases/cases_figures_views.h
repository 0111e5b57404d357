/* cases_figures_views.h -- what became of the cases of a month, and what is behind each number. */
#ifndef CASES_FIGURES_VIEWS_H
#define CASES_FIGURES_VIEWS_H

#include "platform/page.h"

#define CASES_FIGURES_FORM(F)                                                                      \
    F(word, period, OPTIONAL, 7, 7, T("Handed in in"), T("A month as 2026-11."))
FORM_STRUCT(cases_figures, CASES_FIGURES_FORM)

/* `which`: a number of a line; `by`: item or district, and which one; "" is all. */
#define CASES_BEHIND_FORM(F)                                                                       \
    F(word, period, OPTIONAL, 7, 7, T("Handed in in"), "")                                         \
    F(word, which, OPTIONAL, 0, 10, "", "")                                                        \
    F(word, by, OPTIONAL, 0, 10, "", "")                                                           \
    F(word, of, OPTIONAL, 0, 40, "", "")
FORM_STRUCT(cases_behind, CASES_BEHIND_FORM)

/* office + applicant + others + done + left + ended = handed_in. */
#define CASES_FIGURE_VIEW(V)                                                                       \
    V(api, text, by, _)                                                                            \
    V(api, text, of, _)                                                                            \
    V(api, text, name, _)                                                                          \
    V(page, text, period, _)                                                                       \
    V(api, number, handed_in, _)                                                                   \
    V(api, number, office, _)                                                                      \
    V(api, number, applicant, _)                                                                   \
    V(api, number, others, _)                                                                      \
    V(api, number, done, _)                                                                        \
    V(api, number, left, _)                                                                        \
    V(api, number, ended, _)                                                                       \
    V(api, number, late, _)   /* of those with the office: past their day now */                   \
    V(api, number, missed, _) /* of all: a day was not kept, whatever came later */
VIEW_STRUCT(cases_figure, CASES_FIGURE_VIEW)

#define CASES_FIGURES_VIEW(V)                                                                      \
    V(api, text, period, _)                                                                        \
    V(page, text, place_name, _)                                                                   \
    V(api, part, all, cases_figure)                                                                \
    V(api, list, items, cases_figure)                                                              \
    V(api, list, districts, cases_figure)
VIEW_STRUCT(cases_figures, CASES_FIGURES_VIEW)

#define CASES_COUNTED_VIEW(V)                                                                      \
    V(api, text, reference, _)                                                                     \
    V(api, text, item, _)                                                                          \
    V(page, text, item_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, turn, _)                                                                          \
    V(api, text, outcome, _)                                                                       \
    V(page, text, outcome_name, _)                                                                 \
    V(api, time, opened_at, _)                                                                     \
    V(api, time, closed_at, _)
VIEW_STRUCT(cases_counted, CASES_COUNTED_VIEW)

#define CASES_BEHIND_VIEW(V)                                                                       \
    V(api, text, period, _)                                                                        \
    V(api, text, which, _)                                                                         \
    V(page, text, which_name, _)                                                                   \
    V(api, list, cases, cases_counted)                                                             \
    V(page, flag, has_more, _)
VIEW_STRUCT(cases_behind, CASES_BEHIND_VIEW)

#endif
