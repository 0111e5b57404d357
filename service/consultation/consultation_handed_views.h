/* consultation_handed_views.h -- what leaders and supervisors see of work given to a team or a
 * district as such. */
#ifndef CONSULTATION_HANDED_VIEWS_H
#define CONSULTATION_HANDED_VIEWS_H

#include "platform/view.h"

#define CONSULTATION_HANDED_ROW_VIEW(V)                                                            \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _) /* waiting, accepted, placed, returned, lapsed */                       \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, to, _) /* as it is chosen: team-7, or a district's code */                        \
    V(page, text, to_name, _)                                                                      \
    V(page, text, from_name, _)                                                                    \
    V(api, text, reason, _)                                                                        \
    V(api, maybe, answer, _) /* why it was sent back */                                            \
    V(api, time, at, _)                                                                            \
    V(api, time, accept_by, _)                                                                     \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(page, flag, is_waiting, _)                                                                   \
    V(page, flag, is_soon, _) /* less than half an hour is left to take it up */
VIEW_STRUCT(consultation_handed_row, CONSULTATION_HANDED_ROW_VIEW)

/* GET /handed */
#define CONSULTATION_HANDED_VIEW(V)                                                                \
    V(api, list, here, consultation_handed_row) /* for the reader's team or district to decide */  \
    V(api, list, away, consultation_handed_row) /* from the reader's layer: under way, or back */
VIEW_STRUCT(consultation_handed, CONSULTATION_HANDED_VIEW)

/* GET /handed/{reference} */
#define CONSULTATION_HANDED_ONE_VIEW(V)                                                            \
    V(api, part, handed, consultation_handed_row)                                                  \
    V(api, text, by, _)                                                                            \
    V(api, flag, can_accept, _)                                                                    \
    V(api, flag, can_place, _)                                                                     \
    V(api, flag, can_send_back, _)                                                                 \
    V(api, flag, can_take_back, _)                                                                 \
    V(page, flag, can_watch, _) /* the case itself is this reader's to look into */                \
    V(page, flag, came_back, _)                                                                    \
    V(page, choices, people, _)                                                                    \
    V(page, flag, has_people, _)
VIEW_STRUCT(consultation_handed_one, CONSULTATION_HANDED_ONE_VIEW)

#endif
