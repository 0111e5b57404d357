/* consultation_ask_views.h -- the way to a question, one thing asked a page; and the way back.
 *
 * What each page asks is a form of its own, so that an error is told where it was made. */
#ifndef CONSULTATION_ASK_VIEWS_H
#define CONSULTATION_ASK_VIEWS_H

#include "platform/view.h"
#include "service/consultation/consultation_views.h"

/* ---- forms ---- */

/* Behind '?' of every page on the way: `back` is "check" when only one answer is changed. */
#define CONSULTATION_WAY_FORM(F)                                                                   \
    F(text, q, OPTIONAL, 0, 200, "", "")                                                           \
    F(word, field, OPTIONAL, 0, 32, "", "")                                                        \
    F(number, wants, OPTIONAL, 0, INT64_MAX, "", "") /* somebody chosen in the directory */        \
    F(word, back, OPTIONAL, 0, 8, "", "")
FORM_STRUCT(consultation_way, CONSULTATION_WAY_FORM)

#define CONSULTATION_DRAFT_FIELD_FORM(F)                                                           \
    F(word, field, REQUIRED, 1, 32, T("Choose what fits best"),                                    \
      T("If you are not sure, take what comes closest. You are helped all the same."))             \
    F(text, q, OPTIONAL, 0, 200, "", "")                                                           \
    F(number, wants, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(word, back, OPTIONAL, 0, 8, "", "")
FORM_STRUCT(consultation_draft_field, CONSULTATION_DRAFT_FIELD_FORM)

#define CONSULTATION_DRAFT_TEXT_FORM(F)                                                            \
    F(lines, text, REQUIRED, 2, CONSULTATION_TEXT_MAX, T("Your question"),                         \
      T("Please do not write identity-card or bank-card numbers. Nobody here needs them."))        \
    F(text, against, OPTIONAL, 0, 100, T("Who is on the other side?"),                             \
      T("A name or a phone number; you may leave it empty. Nobody reads it: it only keeps "        \
        "somebody who works for them from answering you."))                                        \
    F(word, back, OPTIONAL, 0, 8, "", "")
FORM_STRUCT(consultation_draft_text, CONSULTATION_DRAFT_TEXT_FORM)

#define CONSULTATION_DRAFT_WHERE_FORM(F)                                                           \
    F(word, district, OPTIONAL, 0, 12, T("District"),                                              \
      T("So that somebody who knows the place can answer."))                                       \
    F(word, language, OPTIONAL, 0, 8, T("Language"), "")                                           \
    F(flag, cared_for, OPTIONAL, 0, 1, T("I am over 70, or I have a disability"),                  \
      T("You are then served first."))                                                             \
    F(word, back, OPTIONAL, 0, 8, "", "")
FORM_STRUCT(consultation_draft_where, CONSULTATION_DRAFT_WHERE_FORM)

#define CONSULTATION_DRAFT_CONTACT_FORM(F)                                                         \
    F(phone, phone, OPTIONAL, 8, 20, T("Your phone number"),                                       \
      T("You may leave this empty. Then you find your question again on this phone or computer "   \
        "only."))                                                                                  \
    F(word, back, OPTIONAL, 0, 8, "", "")
FORM_STRUCT(consultation_draft_contact, CONSULTATION_DRAFT_CONTACT_FORM)

#define CONSULTATION_SEND_FORM(F)                                                                  \
    F(word, mode, REQUIRED, 4, 8, T("How would you like to be answered?"), "")                     \
    F(flag, anybody, OPTIONAL, 0, 1, T("Anybody who fits may answer instead"), "")
FORM_STRUCT(consultation_send, CONSULTATION_SEND_FORM)

/* Finding a question again: the number proves who is asking, the reference leads straight to it. */
#define CONSULTATION_FIND_FORM(F)                                                                  \
    F(phone, phone, REQUIRED, 8, 20, T("The phone number you gave"),                               \
      T("We send a code to it. It costs you nothing."))                                            \
    F(text, reference, OPTIONAL, 1, 20, T("Reference"),                                            \
      T("The 8 letters and digits we gave you. Without it you see everything you asked."))
FORM_STRUCT(consultation_find, CONSULTATION_FIND_FORM)

#define CONSULTATION_MINE_FORM(F)                                                                  \
    F(text, next, OPTIONAL, 0, 2000, "", "")                                                       \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_mine, CONSULTATION_MINE_FORM)

#define CONSULTATION_TALK_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, before, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(consultation_talk, CONSULTATION_TALK_FORM)

#define CONSULTATION_LIST_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "")                                               \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(consultation_list, CONSULTATION_LIST_FORM)

#define CONSULTATION_FILE_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, attachment, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_file, CONSULTATION_FILE_FORM)

/* ---- views ---- */

/* Told by each step: the page that comes next. */
#define CONSULTATION_STEP_VIEW(V) V(page, text, next, _)
VIEW_STRUCT(consultation_step, CONSULTATION_STEP_VIEW)

#define CONSULTATION_ASK_FIELD_VIEW(V)                                                             \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_suggested, _) /* the first ones, from what was typed */                       \
    V(page, text, q, _)                                                                            \
    V(page, number, wants, _)                                                                      \
    V(page, text, wanted, _) /* their name */                                                      \
    V(page, text, back, _)
VIEW_STRUCT(consultation_ask_field, CONSULTATION_ASK_FIELD_VIEW)

#define CONSULTATION_ASK_TEXT_VIEW(V)                                                              \
    V(page, text, text, _)                                                                         \
    V(page, text, against, _)                                                                      \
    V(page, text, field_name, _)                                                                   \
    V(page, text, back, _)                                                                         \
    V(page, flag, is_family, _) /* somebody at home may be looking: offer a quick way out */
VIEW_STRUCT(consultation_ask_text, CONSULTATION_ASK_TEXT_VIEW)

#define CONSULTATION_ASK_WHERE_VIEW(V)                                                             \
    V(page, choices, districts, _)                                                                 \
    V(page, choices, languages, _)                                                                 \
    V(page, text, cared_for, _) /* "1" or "" */                                                    \
    V(page, text, back, _)                                                                         \
    V(page, flag, is_family, _)
VIEW_STRUCT(consultation_ask_where, CONSULTATION_ASK_WHERE_VIEW)

#define CONSULTATION_ASK_CONTACT_VIEW(V)                                                           \
    V(page, text, phone, _)                                                                        \
    V(page, text, back, _)                                                                         \
    V(page, flag, is_resident, _) /* signed in: that number is used unless another is given */     \
    V(page, flag, is_family, _)
VIEW_STRUCT(consultation_ask_contact, CONSULTATION_ASK_CONTACT_VIEW)

#define CONSULTATION_ASK_CHECK_VIEW(V)                                                             \
    V(page, part, help, consultation_help)                                                         \
    V(page, text, field_name, _)                                                                   \
    V(page, text, text, _)                                                                         \
    V(page, text, against, _)                                                                      \
    V(page, text, place_name, _)                                                                   \
    V(page, text, language_name, _)                                                                \
    V(page, text, phone, _)                                                                        \
    V(page, text, profession_name, _)                                                              \
    V(page, text, wanted, _) /* the name of whoever is asked first */                              \
    V(page, flag, cared_for, _)                                                                    \
    V(page, flag, is_resident, _)                                                                  \
    V(page, flag, is_family, _)                                                                    \
    V(page, flag, is_open, _)                                                                      \
    V(page, number, people, _) /* on line, of this profession */                                   \
    V(page, number, ahead, _)                                                                      \
    V(page, flag, is_crowded, _)   /* so many wait that leaving it in writing is offered */        \
    V(page, flag, writes_first, _) /* and so many more that it is what we suggest */               \
    V(page, part, wait, consultation_wait)                                                         \
    V(page, time, opens_at, _)                                                                     \
    V(page, time, due_day, _)                                                                      \
    V(page, flag, due_provisional, _)
VIEW_STRUCT(consultation_ask_check, CONSULTATION_ASK_CHECK_VIEW)

#define CONSULTATION_RATING_VIEW(V)                                                                \
    V(api, text, reference, _)                                                                     \
    V(api, flag, can_rate, _)                                                                      \
    V(api, part, rating, consultation_rated)                                                       \
    V(page, text, consultant_name, _)                                                              \
    V(page, choices, stars, _)                                                                     \
    V(page, choices, marks, _)
VIEW_STRUCT(consultation_rating, CONSULTATION_RATING_VIEW)

#endif
