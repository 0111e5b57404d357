/* cases_inquire_views.h -- what is asked and told about a case by its reference. */
#ifndef CASES_INQUIRE_VIEWS_H
#define CASES_INQUIRE_VIEWS_H

#include "desk/cases/cases_figures_views.h"
#include "platform/page.h"

#define CASES_INQUIRE_FORM(F)                                                                      \
    F(word, asked_for, REQUIRED, 8, 8, T("Reference of the case"),                                 \
      T("Eight letters and digits: in the message, on the page of the case, or on the receipt."))  \
    F(phone, asked_by, OPTIONAL, 7, 12, T("Phone number it was handed in with"), "")               \
    F(word, asked_code, OPTIONAL, 8, 8, T("Or the code on the receipt"), T("Eight digits."))
FORM_STRUCT(cases_inquire, CASES_INQUIRE_FORM)

/* Where it is, and nothing of what was handed in: no name, no answer, no paper. */
#define CASES_STANDS_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(api, text, item_name, _)                                                                     \
    V(api, text, turn, _) /* who must act: applicant, officer, agent, ""; "" is over */            \
    V(api, text, who, _)  /* the same, as people read it */                                        \
    V(api, text, stage, _)                                                                         \
    V(api, text, outcome_name, _) /* of the last step */                                           \
    V(api, time, until, _)                                                                         \
    V(api, flag, is_late, _)                                                                       \
    V(api, flag, is_paused, _)                                                                     \
    V(api, flag, is_over, _)                                                                       \
    V(api, time, opened_at, _)                                                                     \
    V(api, time, since_at, _)                                                                      \
    V(api, text, call, _) /* whom to call */                                                       \
    V(api, text, text, _) /* all of it in one message */                                           \
    V(page, text, css, _)
VIEW_STRUCT(cases_stands, CASES_STANDS_VIEW)

#define CASES_INQUIRY_VIEW(V)                                                                      \
    V(api, part, found, cases_stands)                                                              \
    V(page, flag, is_staff, _)
VIEW_STRUCT(cases_inquiry, CASES_INQUIRY_VIEW)

extern const struct page cases_inquire_pages[], cases_figures_pages[];

#endif
