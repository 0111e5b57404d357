/* consultation_hall_views.h -- the forms and views of a hall's windows and slips. */
#ifndef CONSULTATION_HALL_VIEWS_H
#define CONSULTATION_HALL_VIEWS_H

#include "bureau/hall/hall.h"
#include "platform/limits.h"
#include "service/consultation/consultation_views.h"

/* ---- forms ---- */

#define CONSULTATION_REGISTER_FORM(F)                                                              \
    F(word, field, REQUIRED, 1, 32, T("What is it about?"), "")                                    \
    F(lines, text, REQUIRED, 2, CONSULTATION_TEXT_MAX, T("The question, in a few words"),          \
      T("As the person says it. Leave out identity-card and bank-card numbers."))                  \
    F(word, line, OPTIONAL, 1, 1, T("Line"), "")                                                   \
    F(word, priority, OPTIONAL, 0, 16, T("To be served first?"),                                   \
      T("Only that somebody goes first is kept, never why."))                                      \
    F(text, name, OPTIONAL, 0, 40, T("Name"),                                                      \
      T("May stay empty. Only whoever serves the number sees it."))                                \
    F(phone, phone, OPTIONAL, 8, 20, T("Telephone number"),                                        \
      T("May stay empty. With it the question can be found again under “My questions”."))          \
    F(word, language, OPTIONAL, 2, 8, T("Language"), "")                                           \
    F(word, district, OPTIONAL, 2, 12, T("Where do they live?"), "")                               \
    F(word, mode, OPTIONAL, 4, 8, T("How would they like to be answered?"), "")
FORM_STRUCT(consultation_register, CONSULTATION_REGISTER_FORM)

#define CONSULTATION_JOIN_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"),                                             \
      T("Eight letters and digits: on the slip, in the message, or on the page of the question.")) \
    F(phone, phone, OPTIONAL, 8, 20, T("Telephone number"),                                        \
      T("The one the question was asked with."))                                                   \
    F(word, code, OPTIONAL, 8, 8, T("Or the code on an earlier slip"), "")                         \
    F(word, priority, OPTIONAL, 0, 16, T("To be served first?"),                                   \
      T("Only that somebody goes first is kept, never why."))                                      \
    F(word, line, OPTIONAL, 1, 1, T("Line"), "")
FORM_STRUCT(consultation_join, CONSULTATION_JOIN_FORM)

#define CONSULTATION_SIT_FORM(F) F(number, window, REQUIRED, 1, HALL_WINDOWS_MAX, T("Window"), "")
FORM_STRUCT(consultation_sit, CONSULTATION_SIT_FORM)

#define CONSULTATION_NUMBER_FORM(F) F(number, number, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_number, CONSULTATION_NUMBER_FORM)

/* Behind '?' of a number: what was said before that message. */
#define CONSULTATION_WINDOW_NUMBER_FORM(F)                                                         \
    CONSULTATION_NUMBER_FORM(F)                                                                    \
    F(number, before, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_window_number, CONSULTATION_WINDOW_NUMBER_FORM)

#define CONSULTATION_PASS_FORM(F)                                                                  \
    F(number, number, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, line, REQUIRED, 1, 1, T("To which line?"),                                             \
      T("The number and its place stay as they are."))
FORM_STRUCT(consultation_pass, CONSULTATION_PASS_FORM)

#define CONSULTATION_FINISH_FORM(F)                                                                \
    F(number, number, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(lines, answer, OPTIONAL, 1, CONSULTATION_TEXT_MAX, T("What you advised"),                    \
      T("The resident can read it at home. May stay empty."))                                      \
    F(word, outcome, REQUIRED, 2, 16, T("How did it end?"), "")                                    \
    F(lines, summary, REQUIRED, 2, 1000, T("Summary"),                                             \
      T("What was asked and what was advised, for whoever helps next."))                           \
    F(inside, flagged, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(consultation_finish, CONSULTATION_FINISH_FORM)

#define CONSULTATION_ONLINE_FORM(F)                                                                \
    F(number, number, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, mode, REQUIRED, 4, 8, T("How does it go on?"), "")
FORM_STRUCT(consultation_online, CONSULTATION_ONLINE_FORM)

#define CONSULTATION_SLIP_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), T("Eight letters and digits on the slip.")) \
    F(word, code, REQUIRED, 8, 8, T("Code on the slip"), T("Eight letters and digits below it."))
FORM_STRUCT(consultation_slip, CONSULTATION_SLIP_FORM)

#define CONSULTATION_SLIP_QUERY_FORM(F) F(word, reference, OPTIONAL, 8, 8, "", "")
FORM_STRUCT(consultation_slip_query, CONSULTATION_SLIP_QUERY_FORM)

#define CONSULTATION_ARRIVE_FORM(F) F(number, appointment, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_arrive, CONSULTATION_ARRIVE_FORM)

#define CONSULTATION_ARRIVE_SELF_FORM(F)                                                           \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(word, reference, REQUIRED, 8, 8, T("Reference of the appointment"),                          \
      T("Eight letters and digits."))
FORM_STRUCT(consultation_arrive_self, CONSULTATION_ARRIVE_SELF_FORM)

#define CONSULTATION_HALL_ONE_FORM(F) F(number, hall, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_hall_one, CONSULTATION_HALL_ONE_FORM)

/* ---- what acts tell back ---- */

#define CONSULTATION_ARRIVED_TOLD_VIEW(V)                                                          \
    V(api, ident, hall, _)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, text, ticket, _)
VIEW_STRUCT(consultation_arrived_told, CONSULTATION_ARRIVED_TOLD_VIEW)


#define CONSULTATION_REGISTERED_VIEW(V)                                                            \
    V(api, text, reference, _)                                                                     \
    V(api, maybe, code, _) /* of the slip; told once */                                            \
    V(api, ident, number, _)                                                                       \
    V(api, maybe, ticket, _) /* "A017"; null: taken in writing */                                  \
    V(api, text, state, _)                                                                         \
    V(api, some, ahead, _)                                                                         \
    V(api, part, wait_seconds, consultation_wait)                                                  \
    V(api, time, due_at, _)
VIEW_STRUCT(consultation_registered, CONSULTATION_REGISTERED_VIEW)

#define CONSULTATION_NUMBERED_VIEW(V)                                                              \
    V(api, ident, number, _)                                                                       \
    V(api, text, ticket, _)                                                                        \
    V(api, text, ticket_state, _)                                                                  \
    V(api, number, window, _)                                                                      \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _) /* of the question */
VIEW_STRUCT(consultation_numbered, CONSULTATION_NUMBERED_VIEW)

#define CONSULTATION_SLIPPED_VIEW(V)                                                               \
    V(api, text, reference, _)                                                                     \
    V(api, maybe, token, _) /* opens this question and nothing else */                             \
    V(api, text, state, _)
VIEW_STRUCT(consultation_slipped, CONSULTATION_SLIPPED_VIEW)

/* ---- pages ---- */

/* One number as those who work in its hall see it: never who it is or what was asked. */
#define CONSULTATION_NUMBER_ROW_VIEW(V)                                                            \
    V(api, ident, number, _)                                                                       \
    V(api, text, ticket, _)                                                                        \
    V(api, text, ticket_state, _)                                                                  \
    V(page, text, state_name, _)                                                                   \
    V(api, text, letter, _)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(api, text, field, _)                                                                         \
    V(page, text, field_name, _)                                                                   \
    V(api, text, language, _)                                                                      \
    V(page, text, language_name, _) /* unless it is Mandarin */                                    \
    V(api, flag, is_first, _)       /* to be served first */                                       \
    V(api, time, taken_at, _)                                                                      \
    V(api, number, waited_minutes, _)                                                              \
    V(api, time, called_at, _)                                                                     \
    V(api, number, calls, _)                                                                       \
    V(api, number, window, _)
VIEW_STRUCT(consultation_number_row, CONSULTATION_NUMBER_ROW_VIEW)

#define CONSULTATION_LINE_ROW_VIEW(V)                                                              \
    V(api, text, letter, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, number, waiting, _)                                                                     \
    V(api, number, windows_open, _)
VIEW_STRUCT(consultation_line_row, CONSULTATION_LINE_ROW_VIEW)

#define CONSULTATION_WINDOW_VIEW(V)                                                                \
    V(api, ident, hall, _)                                                                         \
    V(api, text, hall_name, _)                                                                     \
    V(api, flag, is_open, _)                                                                       \
    V(api, number, window, _) /* 0: at none */                                                     \
    V(api, part, current, consultation_number_row)                                                 \
    V(page, flag, is_called, _) /* the current one: called, not there yet */                       \
    V(page, flag, may_miss, _)                                                                     \
    V(page, choices, windows, _) /* those nobody sits at */                                        \
    V(api, list, lines, consultation_line_row)                                                     \
    V(api, list, waiting, consultation_number_row)                                                 \
    V(api, list, missed, consultation_number_row)                                                  \
    V(api, list, others, consultation_number_row) /* at other windows */
VIEW_STRUCT(consultation_window, CONSULTATION_WINDOW_VIEW)

#define CONSULTATION_WINDOW_REGISTER_VIEW(V)                                                       \
    V(page, text, hall_name, _)                                                                    \
    V(page, flag, is_open, _)                                                                      \
    V(page, choices, fields, _)                                                                    \
    V(page, choices, lines, _)                                                                     \
    V(page, choices, priorities, _)                                                                \
    V(page, choices, languages, _)                                                                 \
    V(page, choices, districts, _)                                                                 \
    V(page, choices, modes, _)
VIEW_STRUCT(consultation_window_register, CONSULTATION_WINDOW_REGISTER_VIEW)

#define CONSULTATION_WINDOW_JOIN_VIEW(V)                                                           \
    V(page, text, hall_name, _)                                                                    \
    V(page, flag, is_open, _)                                                                      \
    V(page, choices, lines, _)                                                                     \
    V(page, choices, priorities, _)
VIEW_STRUCT(consultation_window_join, CONSULTATION_WINDOW_JOIN_VIEW)

#define CONSULTATION_WINDOW_NUMBER_VIEW(V)                                                         \
    V(api, part, number, consultation_number_row)                                                  \
    V(page, number, number_id, _)                                                                  \
    V(api, text, state, _)                                                                         \
    V(api, flag, is_mine, _) /* at my window, being served by me: then what follows is there */    \
    V(api, maybe, name, _)                                                                         \
    V(page, flag, is_called_here, _)                                                               \
    V(page, flag, may_miss, _)                                                                     \
    V(page, flag, is_waiting, _)                                                                   \
    V(page, flag, is_missed, _)                                                                    \
    V(page, flag, is_consultant, _)                                                                \
    V(page, flag, has_slip, _) /* a slip with a code opens it */                                   \
    V(page, choices, outcomes, _)                                                                  \
    V(page, choices, lines, _)                                                                     \
    V(page, choices, modes, _)                                                                     \
    V(page, some, earlier_before, _) /* a link to messages before this number, or -1 */            \
    V(page, flag, is_earlier, _)     /* shows such earlier messages, not the newest */             \
    V(page, list, messages, consultation_message)
VIEW_STRUCT(consultation_window_number, CONSULTATION_WINDOW_NUMBER_VIEW)

#define CONSULTATION_WINDOW_SLIP_VIEW(V)                                                           \
    V(api, text, reference, _)                                                                     \
    V(page, text, code, _) /* only right after it was made */                                      \
    V(page, number, number, _)                                                                     \
    V(page, text, hall_name, _)                                                                    \
    V(api, part, at_hall, consultation_at_hall)                                                    \
    V(api, part, wait_seconds, consultation_wait)                                                  \
    V(page, flag, has_phone, _)                                                                    \
    V(page, flag, has_picture, _)                                                                  \
    V(page, flag, is_own_way, _) /* asked elsewhere, or proved: opened without a slip */           \
    V(page, time, due_day, _)
VIEW_STRUCT(consultation_window_slip, CONSULTATION_WINDOW_SLIP_VIEW)

#define CONSULTATION_ARRIVE_VIEW(V)                                                                \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, address, _)                                                                       \
    V(api, flag, is_open, _)
VIEW_STRUCT(consultation_arrive, CONSULTATION_ARRIVE_VIEW)

#define CONSULTATION_ARRIVED_VIEW(V)                                                               \
    V(api, ident, hall, _)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, part, at_hall, consultation_at_hall)                                                    \
    V(api, part, wait_seconds, consultation_wait)
VIEW_STRUCT(consultation_arrived, CONSULTATION_ARRIVED_VIEW)

#define CONSULTATION_SLIP_PAGE_VIEW(V) V(page, text, reference, _)
VIEW_STRUCT(consultation_slip, CONSULTATION_SLIP_PAGE_VIEW)

#endif
