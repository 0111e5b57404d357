/* cases_apply_views.h -- what whoever applies is asked, and told of what it costs. */
#ifndef CASES_APPLY_VIEWS_H
#define CASES_APPLY_VIEWS_H

#include "desk/cases/cases_parts.h"

/* ---- what is asked ---- */

#define CASES_OPTION_VIEW(V)                                                                       \
    V(page, text, slot, _)                                                                         \
    V(api, text, value, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(cases_option, CASES_OPTION_VIEW)

#define CASES_QUESTION_VIEW(V)                                                                     \
    V(api, text, slot, _) /* "answer_1": where the answer travels */                               \
    V(api, text, field, _)                                                                         \
    V(api, text, kind, _)                                                                          \
    V(api, flag, must, _)                                                                          \
    V(api, text, label, _)                                                                         \
    V(api, text, hint, _)                                                                          \
    V(api, list, options, cases_option)                                                            \
    V(page, text, value, _)                                                                        \
    V(page, text, wrong, _)
VIEW_STRUCT(cases_question, CASES_QUESTION_VIEW)

/* ---- what it costs ---- */

/* Before the answers are known every row of the table; of a case the one that is its own. */
#define CASES_FEE_VIEW(V)                                                                          \
    V(api, text, option, _) /* whom it is for; "": everybody */                                    \
    V(page, text, option_name, _)                                                                  \
    V(api, number, yuan, _)                                                                        \
    V(api, text, law, _)                                                                           \
    V(api, text, words, _)                                                                         \
    V(page, flag, is_free, _)
VIEW_STRUCT(cases_fee, CASES_FEE_VIEW)

void cases_show_fees(struct scene *scene, const struct cases_flow *flow,
                     const struct cases_fee_view **made, size_t *count);
struct outcome cases_show_fee(struct scene *scene, const struct cases_case *c,
                              const struct cases_fee_view **made, size_t *count);

#endif
