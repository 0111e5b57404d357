/* privacy_erase_views.h -- what is shown of a request to be erased. */
#ifndef PRIVACY_ERASE_VIEWS_H
#define PRIVACY_ERASE_VIEWS_H

#include "service/privacy/privacy_erase_acts.h"

/* What becomes of what, and where the request stands: the same for the person, for whoever asked
 * at a window and for whoever decides. */
#define PRIVACY_ERASURE_VIEW(V)                                                                    \
    V(api, ident, erasure, _)                                                                      \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, flag, is_mine, _)                                                                      \
    V(page, flag, is_plan, _)                                                                      \
    V(page, flag, is_running, _)                                                                   \
    V(page, flag, is_asked, _)                                                                     \
    V(page, flag, is_refused, _)                                                                   \
    V(page, flag, may_ask, _)                                                                      \
    V(page, flag, may_decide, _)                                                                   \
    V(page, flag, may_withdraw, _)                                                                 \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, time, done_at, _)                                                                       \
    V(api, time, keep_until, _)                                                                    \
    V(page, text, paper_name, _)                                                                   \
    V(api, text, reason, _)                                                                        \
    V(api, text, words, _)                                                                         \
    V(api, number, pieces, _)                                                                      \
    V(page, text, by_name, _)                                                                      \
    V(page, choices, decisions, _)                                                                 \
    V(api, list, goes, privacy_matter)                                                             \
    V(api, list, judged, privacy_matter)                                                           \
    V(api, list, waits, privacy_matter)                                                            \
    V(api, list, stays, privacy_matter)
VIEW_STRUCT(privacy_erasure, PRIVACY_ERASURE_VIEW)

#define PRIVACY_ERASURE_ROW_VIEW(V)                                                                \
    V(api, ident, erasure, _)                                                                      \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, paper_name, _)                                                                   \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, is_late, _)                                                                       \
    V(api, flag, is_near, _)                                                                       \
    V(api, number, pieces, _)                                                                      \
    V(api, time, done_at, _)
VIEW_STRUCT(privacy_erasure_row, PRIVACY_ERASURE_ROW_VIEW)

#define PRIVACY_ERASURES_VIEW(V)                                                                   \
    V(api, list, running, privacy_erasure_row)                                                     \
    V(api, list, over, privacy_erasure_row)
VIEW_STRUCT(privacy_erasures, PRIVACY_ERASURES_VIEW)

#endif
