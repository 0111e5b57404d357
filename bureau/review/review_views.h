/* review_views.h -- what is handed in and shown in matters of quality. */
#ifndef REVIEW_VIEWS_H
#define REVIEW_VIEWS_H

#include "bureau/review/review_acts.h"
#include "bureau/review/review_money_views.h"
#include "platform/page.h"

enum { REVIEW_TEXT_MAX = 2000 };

/* ---- complaints and flags ---- */

#define REVIEW_LIST_FORM(F)                                                                        \
    F(word, state, OPTIONAL, 0, 16, T("State"), "")                                                \
    F(number, before, OPTIONAL, 0, INT64_MAX, "", "")
FORM_STRUCT(review_list, REVIEW_LIST_FORM)

#define REVIEW_WHICH_COMPLAINT_FORM(F) F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_complaint, REVIEW_WHICH_COMPLAINT_FORM)

#define REVIEW_NOTE_FORM(F)                                                                        \
    F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")                                           \
    F(lines, text, REQUIRED, 2, REVIEW_TEXT_MAX, T("Note"), T("Only those who handle it read it."))
FORM_STRUCT(review_note, REVIEW_NOTE_FORM)

#define REVIEW_HAND_OVER_FORM(F)                                                                   \
    F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")                                           \
    F(number, to, REQUIRED, 1, INT64_MAX, T("To whom"), "")                                        \
    F(lines, why, REQUIRED, 2, REVIEW_TEXT_MAX, T("Why?"), T("Only those who handle it read it.")) \
    F(flag, away, OPTIONAL, 0, 1, T("I am in conflict with it"),                                   \
      T("It is then kept from you, for good."))
FORM_STRUCT(review_hand_over, REVIEW_HAND_OVER_FORM)

#define REVIEW_HEAR_FORM(F)                                                                        \
    F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")                                           \
    F(lines, question, REQUIRED, 2, REVIEW_TEXT_MAX, T("What the consultant is asked"),            \
      T("In your own words. What the resident wrote is not shown to the consultant."))
FORM_STRUCT(review_hear, REVIEW_HEAR_FORM)

#define REVIEW_DECIDE_COMPLAINT_FORM(F)                                                            \
    F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")                                           \
    F(word, verdict, REQUIRED, 2, 16, T("Is the complaint right?"), "")                            \
    F(lines, reply, REQUIRED, 2, REVIEW_TEXT_MAX, T("Answer to the resident"),                     \
      T("The resident reads it on the page of the consultation."))
FORM_STRUCT(review_decide_complaint, REVIEW_DECIDE_COMPLAINT_FORM)

#define REVIEW_STATEMENT_FORM(F)                                                                   \
    F(number, complaint, REQUIRED, 1, INT64_MAX, "", "")                                           \
    F(lines, text, REQUIRED, 2, REVIEW_TEXT_MAX, T("What you say to it"), "")
FORM_STRUCT(review_statement, REVIEW_STATEMENT_FORM)

#define REVIEW_WHICH_FLAG_FORM(F) F(number, flag, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_flag, REVIEW_WHICH_FLAG_FORM)

#define REVIEW_COMPLAINT_ROW_VIEW(V)                                                               \
    V(api, ident, complaint, _)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(api, text, source, _)                                                                        \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, maybe, consultant, _)                                                                   \
    V(api, maybe, handler, _)                                                                      \
    V(api, time, made_at, _)                                                                       \
    V(api, time, decide_by, _)                                                                     \
    V(page, time, decide_day, _)                                                                   \
    V(api, flag, is_upheld, _)                                                                     \
    V(page, flag, is_late, _)
VIEW_STRUCT(review_complaint_row, REVIEW_COMPLAINT_ROW_VIEW)

#define REVIEW_COMPLAINTS_VIEW(V)                                                                  \
    V(api, list, complaints, review_complaint_row)                                                 \
    V(api, ident, next, _)                                                                         \
    V(page, flag, is_decided, _)
VIEW_STRUCT(review_complaints, REVIEW_COMPLAINTS_VIEW)

#define REVIEW_REMARK_VIEW(V)                                                                      \
    V(api, time, at, _)                                                                            \
    V(api, text, by, _)                                                                            \
    V(api, text, text, _)
VIEW_STRUCT(review_remark, REVIEW_REMARK_VIEW)

#define REVIEW_COMPLAINT_VIEW(V)                                                                   \
    V(api, ident, complaint, _)                                                                    \
    V(api, part, row, review_complaint_row)                                                        \
    V(api, ident, consultant_id, _)                                                                \
    V(api, maybe, team, _)                                                                         \
    V(api, text, text, _)                                                                          \
    V(api, time, acknowledged_at, _)                                                               \
    V(api, maybe, handler, _)                                                                      \
    V(api, time, asked_at, _)                                                                      \
    V(api, maybe, question, _)                                                                     \
    V(api, time, statement_at, _)                                                                  \
    V(api, maybe, statement, _)                                                                    \
    V(api, time, decided_at, _)                                                                    \
    V(api, maybe, reply, _)                                                                        \
    V(api, list, notes, review_remark)                                                             \
    V(page, flag, is_open, _)                                                                      \
    V(page, flag, can_acknowledge, _)                                                              \
    V(page, flag, can_hear, _)                                                                     \
    V(page, flag, is_wording, _)                                                                   \
    V(page, choices, handlers, _)                                                                  \
    V(page, choices, verdicts, _)
VIEW_STRUCT(review_complaint, REVIEW_COMPLAINT_VIEW)

#define REVIEW_FLAG_ROW_VIEW(V)                                                                    \
    V(api, ident, flag, _)                                                                         \
    V(api, text, reference, _)                                                                     \
    V(api, text, wording, _)                                                                       \
    V(page, text, wording_names, _)                                                                \
    V(api, text, pattern, _)                                                                       \
    V(api, maybe, consultant, _)                                                                   \
    V(api, time, at, _)                                                                            \
    V(api, text, state, _)                                                                         \
    V(page, flag, is_open, _)                                                                      \
    V(page, flag, is_cleared, _)                                                                   \
    V(api, time, settled_at, _)                                                                    \
    V(api, ident, complaint, _) /* the reader could open; 0: none */
VIEW_STRUCT(review_flag_row, REVIEW_FLAG_ROW_VIEW)

#define REVIEW_FLAGS_VIEW(V)                                                                       \
    V(api, list, flags, review_flag_row)                                                           \
    V(api, ident, next, _)                                                                         \
    V(page, flag, is_settled, _)
VIEW_STRUCT(review_flags, REVIEW_FLAGS_VIEW)

/* ---- figures and measures ---- */

#define REVIEW_QUALITY_FORM(F)                                                                     \
    F(word, order, OPTIONAL, 0, 16, T("First"), "")                                                \
    F(number, from, OPTIONAL, 0, 100000, "", "")
FORM_STRUCT(review_quality, REVIEW_QUALITY_FORM)

#define REVIEW_WHOM_FORM(F) F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_whom, REVIEW_WHOM_FORM)

#define REVIEW_PROPOSE_FORM(F)                                                                     \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, measure, REQUIRED, 2, 16, T("Measure"), "")                                            \
    F(lines, reason, REQUIRED, 2, REVIEW_TEXT_MAX, T("Why?"), T("For whoever decides."))
FORM_STRUCT(review_propose, REVIEW_PROPOSE_FORM)

#define REVIEW_WHICH_MEASURE_FORM(F) F(number, measure, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_measure, REVIEW_WHICH_MEASURE_FORM)

#define REVIEW_DECIDE_MEASURE_FORM(F)                                                              \
    F(number, measure, REQUIRED, 1, INT64_MAX, "", "")                                             \
    F(word, verdict, REQUIRED, 2, 16, T("What shall be done?"), "")                                \
    F(lines, notice, REQUIRED, 2, REVIEW_TEXT_MAX, T("Reasons"),                                   \
      T("If the measure is taken the consultant reads them."))                                     \
    F(text, ground, OPTIONAL, 2, 100, T("Why, in words for everybody"),                            \
      T("A warning, suspension or removal is shown on the consultant's public page. Name nobody "  \
        "else, and nothing from a case."))
FORM_STRUCT(review_decide_measure, REVIEW_DECIDE_MEASURE_FORM)

#define REVIEW_APPEAL_FORM(F)                                                                      \
    F(number, measure, REQUIRED, 1, INT64_MAX, "", "")                                             \
    F(lines, text, REQUIRED, 2, REVIEW_TEXT_MAX, T("Why is the measure wrong?"),                   \
      T("Somebody else than whoever decided reads it."))
FORM_STRUCT(review_appeal, REVIEW_APPEAL_FORM)

#define REVIEW_DECIDE_APPEAL_FORM(F)                                                               \
    F(number, measure, REQUIRED, 1, INT64_MAX, "", "")                                             \
    F(word, verdict, REQUIRED, 2, 16, T("What becomes of the measure?"), "")                       \
    F(lines, reply, REQUIRED, 2, REVIEW_TEXT_MAX, T("Answer to the appeal"),                       \
      T("The consultant reads it."))
FORM_STRUCT(review_decide_appeal, REVIEW_DECIDE_APPEAL_FORM)

#define REVIEW_PERSON_VIEW(V)                                                                      \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, team, _)                                                                          \
    V(api, text, standing, _)                                                                      \
    V(page, flag, is_barred, _)                                                                    \
    V(api, number, score_milli, _)                                                                 \
    V(page, text, score, _)                                                                        \
    V(api, number, mean_milli, _)                                                                  \
    V(page, text, mean, _)                                                                         \
    V(api, number, rated, _)                                                                       \
    V(api, number, answered, _)                                                                    \
    V(api, number, late, _)                                                                        \
    V(api, number, upheld, _)                                                                      \
    V(api, number, sampled, _)                                                                     \
    V(api, number, sampled_milli, _)                                                               \
    V(page, text, sampled_mark, _)                                                                 \
    V(api, number, warnings, _)                                                                    \
    V(page, flag, is_own, _) /* sees not which case got which stars */
VIEW_STRUCT(review_person, REVIEW_PERSON_VIEW)

/* ---- GET /board/quality/{person}/cases, /desk/record/cases: behind a number ---- */

#define REVIEW_BEHIND_FORM(F)                                                                      \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, period, OPTIONAL, 0, 8, "", "")   /* a month or quarter; else the last days */         \
    F(number, days, OPTIONAL, 0, 730, "", "") /* how many; else those of the policy */             \
    F(word, which, REQUIRED, 1, 16, "", "")                                                        \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(review_behind, REVIEW_BEHIND_FORM)

#define REVIEW_OWN_BEHIND_FORM(F)                                                                  \
    F(number, days, OPTIONAL, 0, 730, "", "")                                                      \
    F(word, which, REQUIRED, 1, 16, "", "")                                                        \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(review_own_behind, REVIEW_OWN_BEHIND_FORM)

/* A row that was counted and is not for this reader says so and no more. */
#define REVIEW_BEHIND_ROW_VIEW(V)                                                                  \
    V(api, maybe, reference, _)                                                                    \
    V(api, ident, complaint, _)                                                                    \
    V(api, ident, measure, _)                                                                      \
    V(api, maybe, kind, _) /* of the complaint; the state of the warning */                        \
    V(api, maybe, field, _)                                                                        \
    V(page, text, field_name, _)                                                                   \
    V(api, time, at, _)                                                                            \
    V(api, maybe, mark, _) /* stars, or colleagues' marks on average */                            \
    V(api, flag, late, _)                                                                          \
    V(api, flag, lapsed, _)                                                                        \
    V(api, number, cases, _) /* 0: the row is one; oneself sees how often each mark was given */   \
    V(page, text, name, _)                                                                         \
    V(page, text, link, _)                                                                         \
    V(api, flag, withheld, _)
VIEW_STRUCT(review_behind_row, REVIEW_BEHIND_ROW_VIEW)

#define REVIEW_BEHIND_VIEW(V)                                                                      \
    V(api, text, which, _)                                                                         \
    V(page, text, title, _)                                                                        \
    V(page, text, at_title, _)                                                                     \
    V(page, text, name, _)                                                                         \
    V(page, ident, person, _) /* 0: oneself */                                                     \
    V(page, number, window_days, _)                                                                \
    V(api, maybe, period, _) /* null: the last days */                                             \
    V(page, flag, has_field, _)                                                                    \
    V(page, flag, has_at, _)                                                                       \
    V(page, flag, has_mark, _)                                                                     \
    V(page, flag, is_minutes, _)                                                                   \
    V(api, list, cases, review_behind_row)                                                         \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(review_behind, REVIEW_BEHIND_VIEW)

#define REVIEW_QUALITY_VIEW(V)                                                                     \
    V(api, list, people, review_person)                                                            \
    V(api, number, window_days, _)                                                                 \
    V(api, some, next, _)                                                                          \
    V(page, text, order, _)                                                                        \
    V(page, choices, orders, _)                                                                    \
    V(page, flag, is_leader, _)
VIEW_STRUCT(review_quality, REVIEW_QUALITY_VIEW)

#define REVIEW_MARK_ROW_VIEW(V)                                                                    \
    V(api, text, which, _)                                                                         \
    V(page, text, link, _) /* to the cases; "" of none */                                          \
    V(api, text, name, _)                                                                          \
    V(api, number, count, _)                                                                       \
    V(page, text, mean, _)                                                                         \
    V(page, text, score, _)
VIEW_STRUCT(review_mark_row, REVIEW_MARK_ROW_VIEW)

#define REVIEW_RATED_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, number, stars, _)                                                                       \
    V(api, number, patience, _)                                                                    \
    V(api, number, courtesy, _)                                                                    \
    V(api, number, efficiency, _)                                                                  \
    V(api, number, correctness, _)
VIEW_STRUCT(review_rated, REVIEW_RATED_VIEW)

#define REVIEW_SAMPLED_VIEW(V)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, number, correctness, _)                                                                 \
    V(api, number, completeness, _)                                                                \
    V(api, number, clarity, _)                                                                     \
    V(api, number, courtesy, _)                                                                    \
    V(api, text, comment, _)
VIEW_STRUCT(review_sampled, REVIEW_SAMPLED_VIEW)

#define REVIEW_MEASURE_ROW_VIEW(V)                                                                 \
    V(api, ident, measure, _)                                                                      \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, maybe, team, _)                                                                         \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, time, proposed_at, _)                                                                   \
    V(api, time, decided_at, _)                                                                    \
    V(api, time, until_at, _)                                                                      \
    V(api, time, ended_at, _)                                                                      \
    V(page, flag, is_over, _)
VIEW_STRUCT(review_measure_row, REVIEW_MEASURE_ROW_VIEW)

/* One condition of a rule, and how somebody stands to it. */
#define REVIEW_HELD_VIEW(V)                                                                        \
    V(api, number, rule, _)                                                                        \
    V(api, text, measure, _)                                                                       \
    V(page, text, measure_name, _) /* "" but in the first row of a rule */                         \
    V(api, number, window_days, _)                                                                 \
    V(api, text, when_text, _)                                                                     \
    V(api, text, is_text, _)                                                                       \
    V(page, text, link, _) /* to what stands behind it; "" if nothing does */                      \
    V(api, flag, fires, _) /* the whole rule */
VIEW_STRUCT(review_held, REVIEW_HELD_VIEW)

/* One person as those who watch see them. */
#define REVIEW_WHOLE_VIEW(V)                                                                       \
    V(api, part, who, review_person)                                                               \
    V(api, number, window_days, _)                                                                 \
    V(api, list, held, review_held)                                                                \
    V(api, list, marks, review_mark_row)                                                           \
    V(api, list, ratings, review_rated)                                                            \
    V(api, list, samples, review_sampled)                                                          \
    V(api, list, measures, review_measure_row)                                                     \
    V(page, choices, kinds, _)                                                                     \
    V(page, flag, is_oneself, _)
VIEW_STRUCT(review_whole, REVIEW_WHOLE_VIEW)

#define REVIEW_MEASURES_VIEW(V)                                                                    \
    V(api, list, measures, review_measure_row)                                                     \
    V(api, ident, next, _)                                                                         \
    V(page, flag, is_watcher, _) /* who has a board */                                             \
    V(page, flag, is_settled, _)
VIEW_STRUCT(review_measures, REVIEW_MEASURES_VIEW)

#define REVIEW_MEASURE_VIEW(V)                                                                     \
    V(api, ident, measure, _)                                                                      \
    V(api, part, row, review_measure_row)                                                          \
    V(api, maybe, proposer, _)                                                                     \
    V(api, maybe, why, _)                                                                          \
    V(api, maybe, reason, _)                                                                       \
    V(api, maybe, decider, _)                                                                      \
    V(api, maybe, notice, _)                                                                       \
    V(api, time, appeal_until, _)                                                                  \
    V(page, time, appeal_day, _)                                                                   \
    V(api, time, appealed_at, _)                                                                   \
    V(api, maybe, appeal, _)                                                                       \
    V(api, time, appeal_decide_by, _)                                                              \
    V(page, time, appeal_decide_day, _)                                                            \
    V(api, time, appeal_decided_at, _)                                                             \
    V(api, maybe, reply, _)                                                                        \
    V(page, flag, can_decide, _)                                                                   \
    V(page, flag, is_public, _)                                                                    \
    V(page, flag, can_decide_appeal, _)                                                            \
    V(page, flag, must_leave_appeal, _)                                                            \
    V(page, flag, can_appeal, _)                                                                   \
    V(page, choices, verdicts, _)                                                                  \
    V(page, choices, appeal_verdicts, _)
VIEW_STRUCT(review_measure, REVIEW_MEASURE_VIEW)

/* A complaint as the consultant it is about sees it. */
#define REVIEW_HEARD_VIEW(V)                                                                       \
    V(api, ident, complaint, _)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, maybe, question, _)                                                                     \
    V(api, time, asked_at, _)                                                                      \
    V(api, maybe, statement, _)                                                                    \
    V(api, time, decided_at, _)                                                                    \
    V(api, flag, is_upheld, _)                                                                     \
    V(page, flag, can_state, _)
VIEW_STRUCT(review_heard, REVIEW_HEARD_VIEW)

#define REVIEW_RECORD_VIEW(V)                                                                      \
    V(api, part, who, review_person)                                                               \
    V(api, number, window_days, _)                                                                 \
    V(api, list, held, review_held)                                                                \
    V(api, list, marks, review_mark_row)                                                           \
    V(api, list, samples, review_sampled)                                                          \
    V(api, list, complaints, review_heard)                                                         \
    V(api, list, measures, review_measure)                                                         \
    V(api, number, to_mark, _)                                                                     \
    V(page, text, lost_text, _) /* typed to what cannot be answered any more */
VIEW_STRUCT(review_record, REVIEW_RECORD_VIEW)

/* ---- samples ---- */

#define REVIEW_WHICH_SAMPLE_FORM(F) F(number, sample, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_sample, REVIEW_WHICH_SAMPLE_FORM)

#define REVIEW_MARK_FORM(F)                                                                        \
    F(number, sample, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(number, correctness, REQUIRED, 1, 5, T("Is the answer right in law?"), "")                   \
    F(number, completeness, REQUIRED, 1, 5, T("Is everything answered that was asked?"), "")       \
    F(number, clarity, REQUIRED, 1, 5, T("Can a resident understand it?"), "")                     \
    F(number, courtesy, REQUIRED, 1, 5, T("Is it patient and polite?"), "")                        \
    F(lines, comment, OPTIONAL, 0, 1000, T("What could be better?"),                               \
      T("Whoever answered reads it, without your name."))
FORM_STRUCT(review_mark, REVIEW_MARK_FORM)

#define REVIEW_SAMPLE_ROW_VIEW(V)                                                                  \
    V(api, ident, sample, _)                                                                       \
    V(api, text, week, _)                                                                          \
    V(page, text, field_name, _)                                                                   \
    V(api, time, due_at, _)                                                                        \
    V(page, time, due_day, _)                                                                      \
    V(api, flag, is_marked, _)                                                                     \
    V(api, time, marked_at, _)
VIEW_STRUCT(review_sample_row, REVIEW_SAMPLE_ROW_VIEW)

#define REVIEW_SAMPLES_VIEW(V) V(api, list, samples, review_sample_row)
VIEW_STRUCT(review_samples, REVIEW_SAMPLES_VIEW)

#define REVIEW_WORD_VIEW(V)                                                                        \
    V(api, text, side, _)                                                                          \
    V(page, text, side_name, _)                                                                    \
    V(page, text, css, _)                                                                          \
    V(api, text, text, _)
VIEW_STRUCT(review_word, REVIEW_WORD_VIEW)

#define REVIEW_SAMPLE_VIEW(V)                                                                      \
    V(api, ident, sample, _)                                                                       \
    V(api, part, row, review_sample_row)                                                           \
    V(page, flag, was_opened, _)                                                                   \
    V(api, flag, is_open, _)                                                                       \
    V(api, list, words, review_word)                                                               \
    V(page, choices, marks, _)
VIEW_STRUCT(review_sample, REVIEW_SAMPLE_VIEW)

/* ---- policy ---- */

#define REVIEW_POLICY_FORM(F)                                                                      \
    F(number, seen, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, window_days, REQUIRED, 7, 730, T("Days that figures look back"), "")                 \
    F(milli, prior_milli, REQUIRED, 1000, 5000, T("Expected mark, of 5 stars"),                    \
      T("Such as 4.2. Used until 100 ratings show the mean of all."))                              \
    F(number, prior_weight, REQUIRED, 0, 1000, T("Ratings that the expectation is worth"),         \
      T("The more, the longer a few ratings say little."))                                         \
    F(number, acknowledge_days, REQUIRED, 1, 30, T("Working days to take up a complaint"), "")     \
    F(number, decide_days, REQUIRED, 1, 90, T("Working days to decide a complaint"), "")           \
    F(number, sample_count, REQUIRED, 0, 200, T("Answers drawn each week"), "")                    \
    F(number, sample_days, REQUIRED, 1, 30, T("Working days to mark an answer"), "")               \
    F(number, appeal_days, REQUIRED, 1, 60, T("Working days to appeal"), "")                       \
    F(number, appeal_decide_days, REQUIRED, 1, 90, T("Working days to decide an appeal"), "")      \
    F(number, suspend_days, REQUIRED, 0, 730, T("Days a suspension lasts"),                        \
      T("0: until it is lifted."))                                                                 \
    F(number, warn_days, REQUIRED, 0, 730, T("Days a warning stands"),                             \
      T("0: until it is lifted."))                                                                 \
    F(number, widen_live, REQUIRED, 0, 5, T("Wider service: conversations more at once"), "")      \
    F(number, widen_written, REQUIRED, 0, 50, T("Wider service: written questions more"), "")      \
    F(number, commend_rated_min, REQUIRED, 1, 1000, T("Commendation: ratings in a month"),         \
      T("For a quarter three times as many."))                                                     \
    F(number, commend_answered_min, REQUIRED, 1, 10000, T("Commendation: answers in a month"), "") \
    F(milli, commend_milli, REQUIRED, 1000, 5000, T("Commendation: score at least, of 5 stars"),   \
      "")                                                                                          \
    F(number, commend_count, REQUIRED, 1, 200, T("Commendation: at most so many"), "")
FORM_STRUCT(review_policy, REVIEW_POLICY_FORM)

#define REVIEW_RULE_FORM(F)                                                                        \
    F(number, seen, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, rule, OPTIONAL, 0, INT64_MAX, "", "")                                                \
    F(word, measure, REQUIRED, 2, 16, T("What is proposed"), "")                                   \
    F(word, figure, OPTIONAL, 0, 16, T("Figure"),                                                  \
      T("The measure is proposed when the figure is worse than the threshold; wider service, "     \
        "when it is as good or better."))                                                          \
    F(milli, threshold, OPTIONAL, 0, 1440000, T("Threshold"),                                      \
      T("Marks of 5, such as 3.5; complaints: how many; first answer: minutes; shares: per "       \
        "cent."))                                                                                  \
    F(number, counted_min, OPTIONAL, 0, 100000, T("Smallest number the figure is made of"),        \
      T("Ratings, answers, written questions or offers. With fewer the rule is silent."))          \
    F(number, looks_back_days, OPTIONAL, 0, 730, T("Looks back on"),                               \
      T("Empty: as far as all figures do."))                                                       \
    F(milli, score_below, OPTIONAL, 0, 5000, T("Score below, of 5 stars"),                         \
      T("Such as 3.5. Leave empty what the rule does not ask for."))                               \
    F(milli, score_from, OPTIONAL, 0, 5000, T("Score at least, of 5 stars"), "")                   \
    F(number, rated_min, OPTIONAL, 0, 100000, T("Only with so many ratings"), "")                  \
    F(number, upheld_min, OPTIONAL, 0, 1000, T("Complaints that were right, at least"), "")        \
    F(number, money_min, OPTIONAL, 0, 1000, T("Times asked for money, at least"), "")              \
    F(flag, no_upheld, OPTIONAL, 0, 1, T("Only without a complaint that was right"), "")           \
    F(number, late_percent, OPTIONAL, 0, 100, T("Answers late, at least"), "")                     \
    F(number, answered_min, OPTIONAL, 0, 100000, T("Only with so many answers"), "")               \
    F(milli, sampled_below, OPTIONAL, 0, 5000, T("Colleagues' marks below, of 5"), "")             \
    F(milli, sampled_from, OPTIONAL, 0, 5000, T("Colleagues' marks at least, of 5"), "")           \
    F(number, sampled_min, OPTIONAL, 0, 1000, T("Only with so many answers marked"), "")           \
    F(number, warnings_min, OPTIONAL, 0, 100, T("Warnings that stand, at least"), "")
FORM_STRUCT(review_rule, REVIEW_RULE_FORM)

#define REVIEW_WHICH_RULE_FORM(F) F(number, rule, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_rule, REVIEW_WHICH_RULE_FORM)

#define REVIEW_PATTERN_FORM(F)                                                                     \
    F(word, wording, REQUIRED, 2, 16, T("What it means"), "")                                      \
    F(text, text, REQUIRED, 1, 100, T("Wording"),                                                  \
      T("# is any digit, * up to ten characters. Blanks, signs and ways of writing do not "        \
        "matter."))
FORM_STRUCT(review_pattern, REVIEW_PATTERN_FORM)

#define REVIEW_WHICH_PATTERN_FORM(F) F(number, pattern, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(review_which_pattern, REVIEW_WHICH_PATTERN_FORM)

#define REVIEW_RULE_ROW_VIEW(V)                                                                    \
    V(api, number, rule, _)                                                                        \
    V(api, text, measure, _)                                                                       \
    V(page, text, measure_name, _)                                                                 \
    V(api, text, when_text, _)
VIEW_STRUCT(review_rule_row, REVIEW_RULE_ROW_VIEW)

#define REVIEW_VERSION_VIEW(V)                                                                     \
    V(api, number, version, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, maybe, by, _)
VIEW_STRUCT(review_version, REVIEW_VERSION_VIEW)

#define REVIEW_DRAW_VIEW(V)                                                                        \
    V(api, text, week, _)                                                                          \
    V(api, text, seed, _)                                                                          \
    V(api, number, cases, _)                                                                       \
    V(api, number, drawn, _)
VIEW_STRUCT(review_draw, REVIEW_DRAW_VIEW)

/* The numbers as text: what the fields begin with. */
#define REVIEW_POLICY_VIEW(V)                                                                      \
    V(api, text, seen, _)                                                                          \
    V(api, text, window_days, _)                                                                   \
    V(api, text, prior_milli, _)                                                                   \
    V(api, text, prior_weight, _)                                                                  \
    V(api, text, acknowledge_days, _)                                                              \
    V(api, text, decide_days, _)                                                                   \
    V(api, text, sample_count, _)                                                                  \
    V(api, text, sample_days, _)                                                                   \
    V(api, text, appeal_days, _)                                                                   \
    V(api, text, appeal_decide_days, _)                                                            \
    V(api, text, suspend_days, _)                                                                  \
    V(api, text, warn_days, _)                                                                     \
    V(api, text, widen_live, _)                                                                    \
    V(api, text, widen_written, _)                                                                 \
    V(api, text, commend_rated_min, _)                                                             \
    V(api, text, commend_answered_min, _)                                                          \
    V(api, text, commend_milli, _)                                                                 \
    V(api, text, commend_count, _)                                                                 \
    V(api, list, rules, review_rule_row)                                                           \
    V(api, list, versions, review_version)                                                         \
    V(api, list, draws, review_draw)                                                               \
    V(page, choices, figures, _)                                                                   \
    V(page, choices, measures, _)
VIEW_STRUCT(review_policy, REVIEW_POLICY_VIEW)

#define REVIEW_RULE_VIEW(V)                                                                        \
    V(api, number, rule, _)                                                                        \
    V(api, text, seen, _)                                                                          \
    V(api, text, measure, _)                                                                       \
    V(api, text, score_below, _)                                                                   \
    V(api, text, score_from, _)                                                                    \
    V(api, text, rated_min, _)                                                                     \
    V(api, text, upheld_min, _)                                                                    \
    V(api, text, money_min, _)                                                                     \
    V(api, flag, no_upheld, _)                                                                     \
    V(page, text, no_upheld_text, _)                                                               \
    V(api, text, late_percent, _)                                                                  \
    V(api, text, answered_min, _)                                                                  \
    V(api, text, sampled_below, _)                                                                 \
    V(api, text, sampled_from, _)                                                                  \
    V(api, text, sampled_min, _)                                                                   \
    V(api, text, warnings_min, _)                                                                  \
    V(api, maybe, figure, _)                                                                       \
    V(api, text, threshold, _)                                                                     \
    V(api, text, counted_min, _)                                                                   \
    V(api, text, window_days, _)                                                                   \
    V(page, flag, has_more, _) /* conditions beside the figure */                                  \
    V(page, choices, figures, _)                                                                   \
    V(page, choices, measures, _)
VIEW_STRUCT(review_rule, REVIEW_RULE_VIEW)

#define REVIEW_PATTERN_ROW_VIEW(V)                                                                 \
    V(api, ident, pattern, _)                                                                      \
    V(api, text, wording, _)                                                                       \
    V(page, text, wording_name, _)                                                                 \
    V(api, text, text, _)
VIEW_STRUCT(review_pattern_row, REVIEW_PATTERN_ROW_VIEW)

#define REVIEW_WORDING_VIEW(V)                                                                     \
    V(api, list, patterns, review_pattern_row)                                                     \
    V(page, choices, kinds, _)
VIEW_STRUCT(review_wording, REVIEW_WORDING_VIEW)

#endif
