/* consultation_desk_views.h -- what a consultant sees: the list of all work, and one conversation
 * beside it. */
#ifndef CONSULTATION_DESK_VIEWS_H
#define CONSULTATION_DESK_VIEWS_H

#include "bureau/supervision/supervision_acts.h"
#include "platform/view.h"
#include "service/consultation/consultation_views.h"

/* ---- forms ---- */

/* Behind '?' of a conversation: earlier messages, or a ready answer to begin with. */
#define CONSULTATION_DESK_CASE_FORM(F)                                                             \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, before, OPTIONAL, 0, INT64_MAX, "", "")                                              \
    F(number, canned, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_desk_case, CONSULTATION_DESK_CASE_FORM)

#define CONSULTATION_DESK_MESSAGES_FORM(F)                                                         \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(number, before, OPTIONAL, 1, INT64_MAX, "", "")                                              \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_desk_messages, CONSULTATION_DESK_MESSAGES_FORM)

#define CONSULTATION_CANNED_QUERY_FORM(F) F(word, reference, OPTIONAL, 8, 8, "", "")
FORM_STRUCT(consultation_canned_query, CONSULTATION_CANNED_QUERY_FORM)

#define CONSULTATION_CANNED_ADD_FORM(F)                                                            \
    F(text, title, REQUIRED, 1, 60, T("Short name"), T("By which you find it again."))             \
    F(lines, text, REQUIRED, 1, CONSULTATION_TEXT_MAX, T("The answer"), "")                        \
    F(word, field, OPTIONAL, 1, 32, T("For which field of law?"), "")
FORM_STRUCT(consultation_canned_add, CONSULTATION_CANNED_ADD_FORM)

#define CONSULTATION_CANNED_DROP_FORM(F) F(word, canned, REQUIRED, 1, 20, "", "")
FORM_STRUCT(consultation_canned_drop, CONSULTATION_CANNED_DROP_FORM)

enum { CONSULTATION_CANNED_MAX = 100 }; /* of one consultant: more cannot be looked through */

/* ---- the list of all work ---- */

#define CONSULTATION_OFFER_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, language, _)                                                                      \
    V(page, text, language_name, _)                                                                \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, until, _)                                                                         \
    V(api, text, text, _) /* the beginning of the question */                                      \
    V(page, number, waited_minutes, _)                                                             \
    V(page, number, left_seconds, _)                                                               \
    V(page, text, why, _)        /* why me: in words */                                            \
    V(page, text, reason_id, _)  /* of the field for the reason, once a page */                    \
    V(page, flag, is_refused, _) /* its reason came back with something wrong */                   \
    V(page, text, reason_given, _)
VIEW_STRUCT(consultation_offer, CONSULTATION_OFFER_VIEW)

#define CONSULTATION_DESK_TALK_VIEW(V)                                                             \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, time, since, _)                                                                         \
    V(api, number, unread, _)                                                                      \
    V(api, text, last_from, _)                                                                     \
    V(page, text, preview, _)                                                                      \
    V(page, flag, is_open_now, _) /* the conversation shown beside the list */
VIEW_STRUCT(consultation_desk_talk, CONSULTATION_DESK_TALK_VIEW)

#define CONSULTATION_DESK_WRITTEN_VIEW(V)                                                          \
    V(api, text, reference, _)                                                                     \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, number, unread, _)                                                                      \
    V(api, text, urgency, _) /* calm, half, late, over */                                          \
    V(page, text, urgency_name, _)                                                                 \
    V(page, text, urgency_css, _)                                                                  \
    V(page, text, preview, _)                                                                      \
    V(page, flag, is_open_now, _)
VIEW_STRUCT(consultation_desk_written, CONSULTATION_DESK_WRITTEN_VIEW)

#define CONSULTATION_DESK_DONE_VIEW(V)                                                             \
    V(page, text, reference, _)                                                                    \
    V(page, text, field_name, _)                                                                   \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(page, flag, is_open_now, _)
VIEW_STRUCT(consultation_desk_done, CONSULTATION_DESK_DONE_VIEW)

/* desk_list.html: on the desk and beside every conversation. */
#define CONSULTATION_DESK_LIST_VIEW(V)                                                             \
    V(page, list, announcements, supervision_announcement)                                         \
    V(page, text, presence, _)                                                                     \
    V(page, text, presence_name, _)                                                                \
    V(page, text, presence_css, _)                                                                 \
    V(page, number, capacity, _)                                                                   \
    V(page, list, offers, consultation_offer)                                                      \
    V(page, list, talks, consultation_desk_talk)                                                   \
    V(page, list, written, consultation_desk_written)                                              \
    V(page, list, lately, consultation_desk_done)                                                  \
    V(page, flag, is_online, _)                                                                    \
    V(page, flag, is_away, _)                                                                      \
    V(page, flag, is_off, _)                                                                       \
    V(page, flag, is_barred, _) /* out of service by a measure */                                  \
    V(page, flag, is_qualified, _)                                                                 \
    V(page, number, waiting_count, _) /* people waiting for this profession */                     \
    V(page, text, profession_name, _)                                                              \
    V(page, choices, capacities, _)                                                                \
    V(page, number, stream_after, _)                                                               \
    V(page, text, one, _) /* "%1": for scripts to fill in */                                       \
    V(page, time, now, _)
VIEW_STRUCT(consultation_desk_list, CONSULTATION_DESK_LIST_VIEW)

/* GET /desk */
#define CONSULTATION_DESK_VIEW(V)                                                                  \
    V(api, text, presence, _)                                                                      \
    V(api, number, capacity, _)                                                                    \
    V(api, list, offers, consultation_offer)                                                       \
    V(api, list, talks, consultation_desk_talk)                                                    \
    V(api, list, written, consultation_desk_written)                                               \
    V(page, number, offer_seconds, _)                                                              \
    V(page, number, absent_seconds, _)                                                             \
    V(api, list, announcements, supervision_announcement)                                          \
    V(page, part, list, consultation_desk_list)
VIEW_STRUCT(consultation_desk, CONSULTATION_DESK_VIEW)

/* ---- one conversation ---- */

#define CONSULTATION_CANNED_ROW_VIEW(V)                                                            \
    V(api, ident, id, _)                                                                           \
    V(api, text, title, _)                                                                         \
    V(api, text, text, _)                                                                          \
    V(api, maybe, field, _)                                                                        \
    V(page, text, field_name, _)                                                                   \
    V(api, flag, is_mine, _)                                                                       \
    V(page, flag, is_of_team, _)
VIEW_STRUCT(consultation_canned_row, CONSULTATION_CANNED_ROW_VIEW)

#define CONSULTATION_HISTORY_VIEW(V)                                                               \
    V(api, time, at, _)                                                                            \
    V(api, text, name, _)                                                                          \
    V(api, text, result, _)                                                                        \
    V(page, text, result_name, _)                                                                  \
    V(api, text, reason, _)                                                                        \
    V(api, text, why, _)                                                                           \
    V(page, text, why_words, _)                                                                    \
    V(api, number, candidates, _)
VIEW_STRUCT(consultation_history, CONSULTATION_HISTORY_VIEW)

/* desk_text.html: where a consultant writes. */
#define CONSULTATION_DESK_TEXT_VIEW(V)                                                             \
    V(page, text, label, _)                                                                        \
    V(page, text, text, _) /* what came back, or a ready answer */                                 \
    V(page, text, wrong, _)                                                                        \
    V(page, number, rows, _)
VIEW_STRUCT(consultation_desk_text, CONSULTATION_DESK_TEXT_VIEW)

/* GET /desk/consultations/{reference}: one conversation beside the list of all. */
#define CONSULTATION_DESK_CASE_VIEW(V)                                                             \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, language, _)                                                                      \
    V(page, text, language_name, _)                                                                \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, time, asked_at, _)                                                                      \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(page, text, urgency_name, _)                                                                 \
    V(page, text, urgency_css, _)                                                                  \
    V(api, text, phone_masked, _)                                                                  \
    V(page, text, phone, _) /* in clear: once, after asking for it */                              \
    V(page, flag, is_cared_for, _)                                                                 \
    V(api, number, last_seq, _)                                                                    \
    V(api, number, unread, _)                                                                      \
    V(api, number, read_by_resident, _)                                                            \
    V(page, flag, is_offered, _)                                                                   \
    V(api, flag, can_say, _)    /* a talk */                                                       \
    V(api, flag, can_answer, _) /* a written question, or an addition to its answer */             \
    V(page, flag, is_addition, _)                                                                  \
    V(page, flag, can_note, _)                                                                     \
    V(page, flag, can_transfer, _)                                                                 \
    V(api, flag, can_offer_live, _) /* left in writing */                                          \
    V(api, flag, is_wished_live, _) /* by the resident */                                          \
    V(page, flag, is_offered_live, _)                                                              \
    V(page, flag, can_propose, _)                                                                  \
    V(api, flag, can_close, _)                                                                     \
    V(api, text, outcome, _)                                                                       \
    V(page, text, outcome_name, _)                                                                 \
    V(api, text, summary, _)                                                                       \
    V(api, list, messages, consultation_message)                                                   \
    V(page, some, earlier_before, _)                                                               \
    V(page, flag, is_earlier, _)                                                                   \
    V(api, list, history, consultation_history)                                                    \
    V(api, list, beside, consultation_beside)                                                      \
    V(page, list, canned, consultation_canned_row)                                                 \
    V(page, part, box, consultation_desk_text)                                                     \
    V(page, flag, is_internal, _) /* what came back was meant to be a note */                      \
    V(page, choices, outcomes, _)                                                                  \
    V(page, choices, professions, _)                                                               \
    V(page, choices, colleagues, _)                                                                \
    V(page, choices, bodies, _) /* teams and districts it can be handed to as such */              \
    V(page, flag, has_colleagues, _)                                                               \
    V(page, flag, opens_hand, _)                                                                   \
    V(page, flag, opens_transfer, _) /* a form came back with something wrong: unfolded */         \
    V(page, flag, opens_close, _)                                                                  \
    V(page, flag, opens_attach, _)                                                                 \
    V(page, flag, is_watching, _) /* a leader or supervisor looking in */                          \
    V(page, text, my_name, _)                                                                      \
    V(page, number, stream_after, _)                                                               \
    V(page, text, one, _) /* "%1" and so on: for scripts to fill in */                             \
    V(page, text, two, _)                                                                          \
    V(page, text, three, _)                                                                        \
    V(page, part, desk, consultation_desk_list)
VIEW_STRUCT(consultation_desk_case, CONSULTATION_DESK_CASE_VIEW)

/* GET /desk/canned */
#define CONSULTATION_CANNED_VIEW(V)                                                                \
    V(api, list, canned, consultation_canned_row)                                                  \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, may_share, _)                                                                    \
    V(page, text, reference, _) /* of the conversation one came from, or "" */
VIEW_STRUCT(consultation_canned, CONSULTATION_CANNED_VIEW)

#define CONSULTATION_CANNED_ADDED_VIEW(V) V(api, ident, id, _)
VIEW_STRUCT(consultation_canned_added, CONSULTATION_CANNED_ADDED_VIEW)

#endif
