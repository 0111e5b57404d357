/* consultation_views.h -- what pages and answers of consultation show. */
#ifndef CONSULTATION_VIEWS_H
#define CONSULTATION_VIEWS_H

#include "desk/danger/danger_acts.h"
#include "desk/laws/laws_acts.h"
#include "platform/view.h"
#include "service/consultation/consultation_acts.h"

/* ---- told back by acts ---- */

#define CONSULTATION_WAIT_VIEW(V)                                                                  \
    V(api, number, low, _)                                                                         \
    V(api, number, high, _)                                                                        \
    V(page, number, low_minutes, _)                                                                \
    V(page, number, high_minutes, _)
VIEW_STRUCT(consultation_wait, CONSULTATION_WAIT_VIEW)

#define CONSULTATION_ASKED_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, text, token, _)                                                                         \
    V(api, text, state, _)                                                                         \
    V(api, number, place, _)                                                                       \
    V(api, number, ahead, _)                                                                       \
    V(api, part, wait_seconds, consultation_wait)                                                  \
    V(api, time, due_at, _)
VIEW_STRUCT(consultation_asked, CONSULTATION_ASKED_VIEW)

#define CONSULTATION_SAID_VIEW(V)                                                                  \
    V(api, number, seq, _)                                                                         \
    V(api, time, at, _)                                                                            \
    V(api, ident, attachment_id, _)
VIEW_STRUCT(consultation_said, CONSULTATION_SAID_VIEW)

#define CONSULTATION_STATE_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, time, due_at, _)
VIEW_STRUCT(consultation_state, CONSULTATION_STATE_VIEW)

#define CONSULTATION_PHONE_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, maybe, phone, _)
VIEW_STRUCT(consultation_phone, CONSULTATION_PHONE_VIEW)

/* ---- the conversation, for both sides ---- */

#define CONSULTATION_ATTACHED_VIEW(V)                                                              \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, text, type, _)                                                                          \
    V(api, number, bytes, _)                                                                       \
    V(api, text, url, _)                                                                           \
    V(page, flag, is_image, _)                                                                     \
    V(page, number, kilobytes, _)
VIEW_STRUCT(consultation_attached, CONSULTATION_ATTACHED_VIEW)

/* from: resident, consultant or system */
#define CONSULTATION_MESSAGE_VIEW(V)                                                               \
    V(api, number, seq, _)                                                                         \
    V(api, time, at, _)                                                                            \
    V(api, text, from, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, text, _)                                                                          \
    V(api, list, pieces, laws_snippet) /* of the text, when it cites an article */                 \
    V(api, flag, internal, _)                                                                      \
    V(api, part, attachment, consultation_attached)                                                \
    V(page, flag, is_today, _)                                                                     \
    V(page, text, css, _) /* message-mine, message-theirs, message-system */
VIEW_STRUCT(consultation_message, CONSULTATION_MESSAGE_VIEW)

#define CONSULTATION_MESSAGES_VIEW(V)                                                              \
    V(api, list, messages, consultation_message)                                                   \
    V(api, some, next, _)
VIEW_STRUCT(consultation_messages, CONSULTATION_MESSAGES_VIEW)

#define CONSULTATION_CONSULTANT_VIEW(V)                                                            \
    V(api, ident, id, _)                                                                           \
    V(api, text, name, _)                                                                          \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(page, text, team_name, _)
VIEW_STRUCT(consultation_consultant, CONSULTATION_CONSULTANT_VIEW)

#define CONSULTATION_RATED_VIEW(V)                                                                 \
    V(api, number, stars, _)                                                                       \
    V(api, text, text, _)
VIEW_STRUCT(consultation_rated, CONSULTATION_RATED_VIEW)

/* How a question stands at its hall: on the resident's page and on the slip. */
#define CONSULTATION_AT_HALL_VIEW(V)                                                               \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, address, _)                                                                       \
    V(api, text, ticket, _)                                                                        \
    V(api, text, ticket_state, _)                                                                  \
    V(api, text, line, _)                                                                          \
    V(api, some, ahead, _)                                                                         \
    V(api, number, window, _)                                                                      \
    V(api, time, taken_at, _)                                                                      \
    V(page, flag, is_waiting, _)                                                                   \
    V(page, flag, is_called, _)                                                                    \
    V(page, flag, is_missed, _)                                                                    \
    V(page, flag, is_open, _)
VIEW_STRUCT(consultation_at_hall, CONSULTATION_AT_HALL_VIEW)

/* What a later room makes of a talk: see consultation_beside.c. */
#define CONSULTATION_BESIDE_VIEW(V)                                                                \
    V(api, text, text, _)                                                                          \
    V(api, text, path, _)                                                                          \
    V(page, text, label, _)
VIEW_STRUCT(consultation_beside, CONSULTATION_BESIDE_VIEW)

/* GET /consultations/{reference}: the resident's page, in every state. */
/* What is shown first to whoever may be in danger. */
#define CONSULTATION_HELP_VIEW(V)                                                                  \
    V(page, flag, is_life, _)                                                                      \
    V(page, list, numbers, danger_number)
VIEW_STRUCT(consultation_help, CONSULTATION_HELP_VIEW)

#define CONSULTATION_TALK_VIEW(V)                                                                  \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(page, part, help, consultation_help) /* until somebody answers */                      \
    V(api, text, mode, _)                                                                          \
    V(api, time, asked_at, _)                                                                      \
    V(api, number, place, _)                                                                       \
    V(api, number, ahead, _)                                                                       \
    V(api, part, wait_seconds, consultation_wait)                                                  \
    V(api, maybe, announcement, _) /* what the bureau says to those who wait */                    \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _) /* a moment within the last day on which the answer is in time */    \
    V(api, flag, due_provisional, _)                                                               \
    V(api, maybe, handed_to, _) /* lies with this team or district, which looks for somebody */    \
    V(page, flag, is_handed_waiting, _) /* … and has not taken it up yet */                      \
    V(api, time, answered_at, _)                                                                   \
    V(api, time, closed_at, _)                                                                     \
    V(api, part, consultant, consultation_consultant)                                              \
    V(api, number, last_seq, _)                                                                    \
    V(api, number, read_by_consultant, _)                                                          \
    V(api, flag, can_say, _)                                                                       \
    V(api, flag, can_rate, _)                                                                      \
    V(api, flag, by_number_only, _) /* to be claimed before it can be written in */                \
    V(api, part, rating, consultation_rated)                                                       \
    V(api, list, beside, consultation_beside)                                                      \
    V(page, flag, can_complain, _)                                                                 \
    V(page, flag, may_share, _)                                                                    \
    V(page, flag, shares, _)                                                                       \
    V(page, flag, shares_not, _)                                                                   \
    V(page, flag, has_complained, _)                                                               \
    V(page, flag, is_waiting, _) /* waiting or offered */                                          \
    V(page, flag, is_talking, _)                                                                   \
    V(page, flag, is_message, _)                                                                   \
    V(page, flag, is_answered, _)                                                                  \
    V(page, flag, is_closed, _)                                                                    \
    V(api, part, hall, consultation_at_hall) /* a number at a hall, while it is open */            \
    V(page, flag, is_hall, _)                                                                      \
    V(api, flag, is_crowded, _)    /* so many wait that leaving it in writing is offered */        \
    V(api, flag, may_wish_live, _) /* left in writing, and the desk is open */                     \
    V(api, flag, is_wished_live, _)                                                                \
    V(api, flag, is_offered_live, _) /* the consultant can talk now */                             \
    V(page, flag, nobody_on_line, _)                                                               \
    V(page, text, demo_login, _)                                                                   \
    V(page, flag, has_phone, _)                                                                    \
    V(page, text, token, _) /* shown once, right after asking without a phone: how to come back */ \
    V(page, number, now, _)                                                                        \
    V(page, number, stream_after, _)                                                               \
    V(page, some, earlier_before, _)            /* a link to messages before this number, or -1 */ \
    V(page, flag, is_earlier, _)                /* shows such earlier messages, not the newest */  \
    V(page, part, answer, consultation_message) /* the newest word of a consultant */              \
    V(page, text, one, _)                       /* "%1" and so on: for scripts to fill in */       \
    V(page, text, two, _)                                                                          \
    V(page, text, three, _)                                                                        \
    V(page, drawing, said, _)
VIEW_STRUCT(consultation_talk, CONSULTATION_TALK_VIEW)

/* GET /consultations/{reference}/complaint: to make one, or what became of it. */
#define CONSULTATION_COMPLAINT_VIEW(V)                                                             \
    V(api, text, reference, _)                                                                     \
    V(api, flag, is_made, _)                                                                       \
    V(api, maybe, about, _)                                                                        \
    V(api, maybe, text, _)                                                                         \
    V(api, time, made_at, _)                                                                       \
    V(api, flag, is_acknowledged, _)                                                               \
    V(api, time, decide_by, _)                                                                     \
    V(page, time, decide_day, _)                                                                   \
    V(api, flag, is_decided, _)                                                                    \
    V(api, flag, is_upheld, _)                                                                     \
    V(api, time, decided_at, _)                                                                    \
    V(api, maybe, reply, _)                                                                        \
    V(page, choices, kinds, _)
VIEW_STRUCT(consultation_complaint, CONSULTATION_COMPLAINT_VIEW)

/* GET /my: what this resident has asked. */
#define CONSULTATION_MINE_ROW_VIEW(V)                                                              \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _) /* tag-waiting … */                                              \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, text, text, _)   /* how the question begins */                                          \
    V(api, flag, is_new, _) /* somebody answered and the resident has not read it */
VIEW_STRUCT(consultation_mine_row, CONSULTATION_MINE_ROW_VIEW)

#define CONSULTATION_MINE_VIEW(V)                                                                  \
    V(api, list, consultations, consultation_mine_row)                                             \
    V(api, maybe, next, _)                                                                         \
    V(page, flag, is_resident, _) /* a phone was proved */                                         \
    V(page, flag, is_guest, _)    /* asked from this browser, without a proved number */           \
    V(page, text, reference, _)   /* where somebody was on the way to */
VIEW_STRUCT(consultation_mine, CONSULTATION_MINE_VIEW)

#include "service/consultation/consultation_ask_views.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_desk_views.h"
#include "service/consultation/consultation_hall_views.h"
#include "service/consultation/consultation_handed_views.h"
#include "service/consultation/consultation_ready_views.h"

#endif
