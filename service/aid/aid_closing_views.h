/* aid_closing_views.h -- what is handed in and shown about closing files and what is paid. */
#ifndef AID_CLOSING_VIEWS_H
#define AID_CLOSING_VIEWS_H

#include "platform/limits.h"
#include "platform/page.h"
#include "service/aid/aid_closing.h"

#define AID_HAND_IN_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, kind, REQUIRED, 2, 24, T("What did you do?"), "")                                      \
    F(word, ended, REQUIRED, 2, 24, T("What came of it?"), "")                                     \
    F(flag, has_letter, OPTIONAL, 0, 1, T("Letter of appointment"), "")                            \
    F(flag, has_mandate, OPTIONAL, 0, 1, T("Power of attorney or agreement"), "")                  \
    F(flag, has_meeting, OPTIONAL, 0, 1, T("Record of the meeting with the applicant"), "")        \
    F(flag, has_filing, OPTIONAL, 0, 1, T("Complaint, application for arbitration, or reply"), "") \
    F(flag, has_evidence, OPTIONAL, 0, 1, T("Evidence"), "")                                       \
    F(flag, has_opinion, OPTIONAL, 0, 1, T("Statement to the court or the arbitration body"), "")  \
    F(flag, has_hearing, OPTIONAL, 0, 1, T("Record of the hearing or mediation"), "")              \
    F(flag, has_judgement, OPTIONAL, 0, 1, T("Judgement, award or settlement"), "")                \
    F(flag, has_report, OPTIONAL, 0, 1, T("Report on how the work went"), "")                      \
    F(flag, has_feedback, OPTIONAL, 0, 1, T("What the applicant thinks of it"), "")                \
    F(lines, without, OPTIONAL, 0, 500, T("Why a paper that must be there is not"), "")            \
    F(lines, report, REQUIRED, 10, 2000, T("How the work went"),                                   \
      T("What was done, what came of it, and what the applicant should know. Whoever checks "      \
        "the file reads it."))
FORM_STRUCT(aid_hand_in, AID_HAND_IN_FORM)

#define AID_PAPER_ADD_FORM(F)                                                                      \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, sheet, REQUIRED, 2, 24, T("What is it?"), "")                                          \
    F(file, file, REQUIRED, 1, ATTACHMENT_BYTES_MAX, T("Picture or PDF"),                          \
      T("A photograph will do. At most 10 MB."))                                                   \
    F(inside, stored_name, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_hash, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_type, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(aid_paper_add, AID_PAPER_ADD_FORM)

#define AID_PAPER_FORM(F)                                                                          \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, file, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(aid_paper, AID_PAPER_FORM)

#define AID_VERDICT_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, verdict, REQUIRED, 2, 12, T("Is the file complete?"), "")                              \
    F(lines, back_words, OPTIONAL, 0, 500, T("What is missing"),                                   \
      T("Needed when it goes back. The lawyer reads it."))
FORM_STRUCT(aid_verdict, AID_VERDICT_FORM)

#define AID_MARK_FORM(F)                                                                           \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, mark_meeting, REQUIRED, 0, AID_MARK_MAX,                                             \
      T("Met the applicant in time and explained"), T("From 0 to 20."))                            \
    F(number, mark_evidence, REQUIRED, 0, AID_MARK_MAX, T("Looked for evidence and law"),          \
      T("From 0 to 20."))                                                                          \
    F(number, mark_opinion, REQUIRED, 0, AID_MARK_MAX, T("Statements and papers"),                 \
      T("From 0 to 20."))                                                                          \
    F(number, mark_hearing, REQUIRED, 0, AID_MARK_MAX, T("Hearing or mediation"),                  \
      T("From 0 to 20."))                                                                          \
    F(number, mark_file, REQUIRED, 0, AID_MARK_MAX, T("The file itself"), T("From 0 to 20."))      \
    F(lines, mark_words, REQUIRED, 2, 1000, T("In words"), T("The lawyer reads it."))
FORM_STRUCT(aid_mark, AID_MARK_FORM)

#define AID_RATES_FORM(F)                                                                          \
    F(text, rate_arbitration, REQUIRED, 1, 12, T("Labour arbitration"), "")                        \
    F(text, rate_civil, REQUIRED, 1, 12, T("Civil lawsuit"), "")                                   \
    F(text, rate_administrative, REQUIRED, 1, 12,                                                  \
      T("Administrative lawsuit or state compensation"), "")                                       \
    F(text, rate_settlement, REQUIRED, 1, 12, T("Settled without a lawsuit"), "")                  \
    F(text, rate_investigation, REQUIRED, 1, 12, T("Defence while the police investigate"), "")    \
    F(text, rate_prosecution, REQUIRED, 1, 12, T("Defence before the procuratorate"), "")          \
    F(text, rate_trial, REQUIRED, 1, 12, T("Defence in court"), "")                                \
    F(text, rate_victim, REQUIRED, 1, 12, T("For somebody harmed by a crime"), "")                 \
    F(number, draw_every, REQUIRED, 0, 1000, T("One of how many files is marked"), T("0: none."))
FORM_STRUCT(aid_rates, AID_RATES_FORM)

#define AID_MONTH_FORM(F) F(word, month, OPTIONAL, 7, 7, T("Month"), T("As in 2026-11."))
FORM_STRUCT(aid_month, AID_MONTH_FORM)

#define AID_SHEET_VIEW(V)                                                                          \
    V(api, text, sheet, _)                                                                         \
    V(page, text, name, _)                                                                         \
    V(api, flag, must, _)                                                                          \
    V(api, flag, has, _)
VIEW_STRUCT(aid_sheet, AID_SHEET_VIEW)

#define AID_PAPER_TOLD_VIEW(V) V(api, ident, file, _)
VIEW_STRUCT(aid_paper_told, AID_PAPER_TOLD_VIEW)

#define AID_PAPER_VIEW(V)                                                                          \
    V(api, ident, file, _)                                                                         \
    V(api, text, sheet, _)                                                                         \
    V(page, text, sheet_name, _)                                                                   \
    V(api, text, name, _)                                                                          \
    V(api, time, at, _)                                                                            \
    V(page, flag, may_drop, _)
VIEW_STRUCT(aid_paper, AID_PAPER_VIEW)

#define AID_CLOSING_VIEW(V)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, text, lawyer, _)                                                                        \
    V(api, text, state, _) /* none, handed_in, returned, archived */                               \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, ended, _)                                                                         \
    V(page, text, ended_name, _)                                                                   \
    V(api, list, sheets, aid_sheet)                                                                \
    V(api, text, without, _)                                                                       \
    V(api, text, report, _)                                                                        \
    V(api, maybe, back, _)                                                                         \
    V(page, time, until, _)                                                                        \
    V(api, maybe, number, _) /* in the archive */                                                  \
    V(api, flag, is_drawn, _)                                                                      \
    V(api, maybe, quality, _)                                                                      \
    V(page, text, quality_name, _)                                                                 \
    V(api, maybe, mark_words, _)                                                                   \
    V(api, number, fen, _)                                                                         \
    V(page, text, yuan, _)                                                                         \
    V(api, time, payable_at, _)                                                                    \
    V(api, list, papers, aid_paper)                                                                \
    V(api, flag, may_add, _)                                                                       \
    V(page, choices, kinds_of_paper, _)                                                            \
    V(api, flag, may_hand_in, _)                                                                   \
    V(api, flag, may_check, _)                                                                     \
    V(api, flag, may_mark, _)                                                                      \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, ends, _)                                                                      \
    V(page, choices, verdicts, _)
VIEW_STRUCT(aid_closing, AID_CLOSING_VIEW)

#define AID_CLOSED_VIEW(V)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, lawyer, _)                                                                       \
    V(page, text, kind_name, _)                                                                    \
    V(page, time, until, _)                                                                        \
    V(page, flag, is_late, _)                                                                      \
    V(page, text, yuan, _)
VIEW_STRUCT(aid_closed, AID_CLOSED_VIEW)

#define AID_CLOSINGS_VIEW(V)                                                                       \
    V(page, flag, is_office, _)                                                                    \
    V(page, flag, is_lawyer, _)                                                                    \
    V(api, list, check, aid_closed)                                                                \
    V(api, list, mark, aid_closed)                                                                 \
    V(api, list, own, aid_closed)
VIEW_STRUCT(aid_closings, AID_CLOSINGS_VIEW)

#define AID_PAID_VIEW(V)                                                                           \
    V(api, text, number, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(page, text, quality_name, _)                                                                 \
    V(page, time, day, _)                                                                          \
    V(api, number, fen, _)                                                                         \
    V(page, text, yuan, _)
VIEW_STRUCT(aid_paid, AID_PAID_VIEW)

#define AID_RATE_VIEW(V)                                                                           \
    V(api, text, kind, _)                                                                          \
    V(page, text, name, _)                                                                         \
    V(page, text, field, _)                                                                        \
    V(api, text, yuan, _)                                                                          \
    V(page, text, wrong, _)
VIEW_STRUCT(aid_rate, AID_RATE_VIEW)

#define AID_PAYMENTS_VIEW(V)                                                                       \
    V(api, text, month, _)                                                                         \
    V(api, list, paid, aid_paid)                                                                   \
    V(page, text, total, _)                                                                        \
    V(api, list, rates, aid_rate)                                                                  \
    V(api, number, draw_every, _)                                                                  \
    V(page, text, draw_every_text, _)                                                              \
    V(page, time, since, _)
VIEW_STRUCT(aid_payments, AID_PAYMENTS_VIEW)

#endif
