/* assignment_views.h -- what is handed in to assignment and shown of it. */
#ifndef ASSIGNMENT_VIEWS_H
#define ASSIGNMENT_VIEWS_H

#include "bureau/assignment/assignment_acts.h"
#include "platform/page.h"

/* ---- policy ---- */

#define ASSIGNMENT_NUMBER_FIELD(F, kind, name, usual, least, most, label, hint)                    \
    F(kind, name, REQUIRED, least, most, label, hint)
#define ASSIGNMENT_POLICY_FORM(F)                                                                  \
    ASSIGNMENT_POLICY_FIELDS(ASSIGNMENT_NUMBER_FIELD, F)                                           \
    F(number, version, REQUIRED, 0, INT64_MAX, "", "")                                             \
    F(lines, why, REQUIRED, 4, 500, T("Why is it changed?"),                                       \
      T("Kept with the version, for whoever asks later."))
FORM_STRUCT(assignment_policy, ASSIGNMENT_POLICY_FORM)

#define ASSIGNMENT_VERSION_FORM(F) F(number, version, REQUIRED, 0, INT64_MAX, "", "")
FORM_STRUCT(assignment_version, ASSIGNMENT_VERSION_FORM)

#define ASSIGNMENT_NUMBER_VIEW(V)                                                                  \
    V(api, text, name, _)                                                                          \
    V(page, text, label, _)                                                                        \
    V(page, text, hint, _)                                                                         \
    V(api, number, value, _)                                                                       \
    V(api, number, before, _) /* in the version before */                                          \
    V(api, flag, is_changed, _)                                                                    \
    V(api, number, usual, _)                                                                       \
    V(api, number, least, _)                                                                       \
    V(api, number, most, _)                                                                        \
    V(page, text, value_text, _)                                                                   \
    V(page, text, before_text, _)                                                                  \
    V(page, text, usual_text, _)                                                                   \
    V(page, text, least_text, _)                                                                   \
    V(page, text, most_text, _)
VIEW_STRUCT(assignment_number, ASSIGNMENT_NUMBER_VIEW)

#define ASSIGNMENT_VERSION_VIEW(V)                                                                 \
    V(api, number, version, _)                                                                     \
    V(api, time, made_at, _)                                                                       \
    V(api, text, by, _)                                                                            \
    V(api, text, why, _)                                                                           \
    V(api, flag, in_force, _)                                                                      \
    V(api, list, numbers, assignment_number)
VIEW_STRUCT(assignment_version, ASSIGNMENT_VERSION_VIEW)

#define ASSIGNMENT_NUMBER_TEXT(V, kind, name, usual, least, most, label, hint)                     \
    V(page, text, name, _)
#define ASSIGNMENT_POLICY_VIEW(V)                                                                  \
    V(api, number, version, _)                                                                     \
    V(api, list, numbers, assignment_number)                                                       \
    V(api, list, versions, assignment_version)                                                     \
    V(api, flag, may_change, _)                                                                    \
    V(page, flag, is_changing, _)                                                                  \
    ASSIGNMENT_POLICY_FIELDS(ASSIGNMENT_NUMBER_TEXT, V)
VIEW_STRUCT(assignment_policy, ASSIGNMENT_POLICY_VIEW)

#define ASSIGNMENT_MADE_VIEW(V) V(api, number, version, _)
VIEW_STRUCT(assignment_made, ASSIGNMENT_MADE_VIEW)

/* ---- why this person: leaders and supervisors ---- */

#define ASSIGNMENT_CASE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(assignment_case, ASSIGNMENT_CASE_FORM)

#define ASSIGNMENT_WEIGHED_VIEW(V)                                                                 \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, flag, fits, _)                                                                          \
    V(api, flag, is_chosen, _)                                                                     \
    V(api, flag, is_next, _)                                                                       \
    V(api, text, unfit, _)                                                                         \
    V(page, text, unfit_name, _)                                                                   \
    V(api, number, place, _) /* among those who fit; 0 unfit */                                    \
    V(api, number, points, _)                                                                      \
    V(api, number, field, _)                                                                       \
    V(api, number, returning, _)                                                                   \
    V(api, number, district, _)                                                                    \
    V(api, number, free, _)                                                                        \
    V(api, number, fair, _)                                                                        \
    V(api, number, idle, _)
VIEW_STRUCT(assignment_weighed, ASSIGNMENT_WEIGHED_VIEW)

#define ASSIGNMENT_DECISION_VIEW(V)                                                                \
    V(api, time, at, _)                                                                            \
    V(api, flag, is_written, _)                                                                    \
    V(api, number, policy, _)                                                                      \
    V(api, ident, chosen, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, number, points, _)                                                                      \
    V(api, ident, next, _)                                                                         \
    V(api, text, next_name, _)                                                                     \
    V(api, number, next_points, _)                                                                 \
    V(api, text, result, _)                                                                        \
    V(page, text, result_name, _)                                                                  \
    V(api, text, reason, _)                                                                        \
    V(api, number, candidates_weighed, _)                                                          \
    V(api, number, fit, _)                                                                         \
    V(api, flag, is_forgotten, _) /* too old: who else was weighed is gone */                      \
    V(page, text, number, _)                                                                       \
    V(api, list, candidates, assignment_weighed)
VIEW_STRUCT(assignment_decision, ASSIGNMENT_DECISION_VIEW)

#define ASSIGNMENT_CASE_VIEW(V)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(page, flag, is_consultation, _)                                                              \
    V(api, list, decisions, assignment_decision)
VIEW_STRUCT(assignment_case, ASSIGNMENT_CASE_VIEW)

/* ---- why me, why not me: a consultant, and nobody else's figures ---- */

#define ASSIGNMENT_MINE_FORM(F) F(number, before, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(assignment_mine, ASSIGNMENT_MINE_FORM)

#define ASSIGNMENT_PART_VIEW(V)                                                                    \
    V(api, text, part, _)                                                                          \
    V(page, text, name, _)                                                                         \
    V(api, number, points, _)                                                                      \
    V(api, number, most, _)                                                                        \
    V(page, text, value_text, _)                                                                   \
    V(page, text, before_text, _)                                                                  \
    V(page, text, usual_text, _)                                                                   \
    V(page, text, least_text, _)                                                                   \
    V(page, text, most_text, _)
VIEW_STRUCT(assignment_part, ASSIGNMENT_PART_VIEW)

#define ASSIGNMENT_OWN_VIEW(V)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, flag, is_written, _)                                                                    \
    V(api, flag, was_chosen, _)                                                                    \
    V(api, flag, fits, _)                                                                          \
    V(api, text, unfit, _)                                                                         \
    V(page, text, unfit_name, _)                                                                   \
    V(api, number, place, _)                                                                       \
    V(api, number, fit, _)                                                                         \
    V(api, number, others, _)                                                                      \
    V(api, number, points, _)                                                                      \
    V(api, number, policy, _)                                                                      \
    V(page, text, result_name, _)                                                                  \
    V(api, list, parts, assignment_part)
VIEW_STRUCT(assignment_own, ASSIGNMENT_OWN_VIEW)

#define ASSIGNMENT_MINE_VIEW(V)                                                                    \
    V(api, list, decisions, assignment_own)                                                        \
    V(api, number, chosen_count, _) /* of those listed */                                          \
    V(api, some, share, _)          /* per cent of the fair share, over the window */              \
    V(api, number, talks, _)                                                                       \
    V(page, number, hours, _)                                                                      \
    V(page, number, window_days, _)                                                                \
    V(page, flag, is_on_line, _)                                                                   \
    V(api, ident, next, _)
VIEW_STRUCT(assignment_mine, ASSIGNMENT_MINE_VIEW)

/* ---- conflicts of interest ---- */

#define ASSIGNMENT_BAR_FORM(F)                                                                     \
    F(text, party, REQUIRED, 2, 100, T("Whom can you not serve?"),                                 \
      T("A telephone number, or the full name of a person or firm, as it stands in documents."))
FORM_STRUCT(assignment_bar, ASSIGNMENT_BAR_FORM)

#define ASSIGNMENT_BAR_DROP_FORM(F) F(number, bar, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(assignment_bar_drop, ASSIGNMENT_BAR_DROP_FORM)

#define ASSIGNMENT_BARRED_VIEW(V)                                                                  \
    V(api, ident, id, _)                                                                           \
    V(api, text, party, _) /* '' after a decline */                                                \
    V(api, time, made_at, _)
VIEW_STRUCT(assignment_barred, ASSIGNMENT_BARRED_VIEW)

/* Whoever serves or watches may have such a list. */
enum { ASSIGNMENT_BARS_WHO = WHO_CONSULTANT | WHO_LEADER | WHO_SUPERVISOR };

#define ASSIGNMENT_BARS_VIEW(V)                                                                    \
    V(api, list, bars, assignment_barred)                                                          \
    V(page, flag, serves, _)                                                                       \
    V(page, flag, watches, _)
VIEW_STRUCT(assignment_bars, ASSIGNMENT_BARS_VIEW)

/* assignment_policy.c, assignment_show.c, assignment_mine.c, assignment_bar.c */
struct outcome assignment_show_policy(struct request *request, const void *query, void *view);
struct outcome assignment_show_version(struct request *request, const void *query, void *view);
struct outcome assignment_show_case(struct request *request, const void *query, void *view);
struct outcome assignment_show_mine(struct request *request, const void *query, void *view);
struct outcome assignment_show_bars(struct request *request, const void *query, void *view);

extern const struct act assignment_act_policy, assignment_act_bar, assignment_act_bar_drop;

#endif
