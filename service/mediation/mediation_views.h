/* mediation_views.h -- the forms of a mediation, and how it looks to its sides and the committee.
 */
#ifndef MEDIATION_VIEWS_H
#define MEDIATION_VIEWS_H

#include "service/mediation/mediation_acts.h"
#include "service/mediation/mediation_list_views.h"
#include "service/mediation/mediation_parts.h"

/* ---- forms ---- */

#define MEDIATION_REFERENCE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(mediation_reference, MEDIATION_REFERENCE_FORM)

/* `invitation`: the reference on the letter. */
#define MEDIATION_JOIN_FORM(F)                                                                     \
    F(word, invitation, REQUIRED, 8, 8, T("Reference in the invitation"),                          \
      T("Eight letters and digits."))                                                              \
    F(word, code, REQUIRED, MEDIATION_CODE_DIGITS, MEDIATION_CODE_DIGITS,                          \
      T("Code in the invitation"), T("Eight digits."))                                             \
    F(text, own_name, REQUIRED, 2, 40, T("Your full name"), "")                                    \
    F(phone, phone, OPTIONAL, 7, 12, T("Your phone number"),                                       \
      T("We send a message when there is news. The other side does not see it."))
FORM_STRUCT(mediation_join, MEDIATION_JOIN_FORM)

#define MEDIATION_OBJECT_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, objection, REQUIRED, 2, 500, T("Why somebody else?"),                                 \
      T("Only the committee reads it."))
FORM_STRUCT(mediation_object, MEDIATION_OBJECT_FORM)

#define MEDIATION_SIGN_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, version, REQUIRED, 1, MEDIATION_VERSIONS_MAX, "", "")
FORM_STRUCT(mediation_sign, MEDIATION_SIGN_FORM)

#define MEDIATION_PROPOSE_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Mediator"), "")                                   \
    F(lines, why, REQUIRED, 2, 500, T("Why this mediator?"), T("Both sides read it."))
FORM_STRUCT(mediation_propose, MEDIATION_PROPOSE_FORM)

#define MEDIATION_CHOOSE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Which mediator?"), "")                            \
    F(lines, choice_words, OPTIONAL, 0, 300, T("Why this mediator? You may leave it empty."),      \
      T("Both sides read it."))
FORM_STRUCT(mediation_choose, MEDIATION_CHOOSE_FORM)

#define MEDIATION_RECUSE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, recusal, REQUIRED, 2, 500, T("Why do you step back?"),                                \
      T("For example a relative of one side. Only the committee reads it."))
FORM_STRUCT(mediation_recuse, MEDIATION_RECUSE_FORM)

#define MEDIATION_PLAN_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, plan_side, REQUIRED, 4, 10, T("With whom?"), "")                                       \
    F(day, plan_day, REQUIRED, 10, 10, T("On which day"), "")                                      \
    F(clock, plan_from, REQUIRED, 0, 1440, T("It begins at"), T("For example 09:30"))              \
    F(number, plan_minutes, REQUIRED, 15, 240, T("For how many minutes"), T("From 15 to 240."))    \
    F(text, plan_place, REQUIRED, 2, 120, T("Where"),                                              \
      T("A room, or the home of whoever can hardly go out."))                                      \
    F(lines, plan_words, OPTIONAL, 0, 300, T("What those who come should know"), "")
FORM_STRUCT(mediation_plan, MEDIATION_PLAN_FORM)

/* `session`: a planned one, with its result; left out: one that was not planned, with `side`. */
#define MEDIATION_RECORD_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, session, OPTIONAL, 1, INT64_MAX, T("Which session?"), "")                            \
    F(word, session_result, OPTIONAL, 0, 8, T("What came of the session?"), "")                    \
    F(word, record_side, OPTIONAL, 0, 10, T("Who was there, if it was not planned?"),              \
      T("What one side said apart is shown to that side and to you alone."))                       \
    F(lines, record, REQUIRED, 2, MEDIATION_RECORD_MAX, T("Record"),                               \
      T("What was said and what comes next. Whoever was there reads it."))
FORM_STRUCT(mediation_record, MEDIATION_RECORD_FORM)

#define MEDIATION_DRAW_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, form, REQUIRED, 4, 8, T("Is it written or spoken?"),                                   \
      T("Spoken, it holds from now on; written, when both sides have signed."))                    \
    F(lines, facts, REQUIRED, 2, 2000, T("What the dispute is about"), "")                         \
    F(lines, terms, REQUIRED, 2, 4000, T("What both sides agree on"),                              \
      T("Who does what, how, and until when."))                                                    \
    F(day, perform_day, OPTIONAL, 0, 10, T("By which day everything is done"), "")                 \
    F(flag, is_status, OPTIONAL, 0, 1,                                                             \
      T("It is about marriage, parentage or adoption: a court cannot confirm that"), "")
FORM_STRUCT(mediation_draw, MEDIATION_DRAW_FORM)

#define MEDIATION_PAPER_FORM(F)                                                                    \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, version, REQUIRED, 1, MEDIATION_VERSIONS_MAX, "", "")                                \
    F(word, paper_side, REQUIRED, 2, 10, T("Who has signed on paper?"), "")
FORM_STRUCT(mediation_paper, MEDIATION_PAPER_FORM)

#define MEDIATION_COURT_FORM(F)                                                                    \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, court, REQUIRED, 2, 12, T("How does it stand with the court?"), "")
FORM_STRUCT(mediation_court, MEDIATION_COURT_FORM)

#define MEDIATION_FOLLOW_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, performed, REQUIRED, 2, 8, T("Is the agreement kept?"), "")                            \
    F(lines, follow_words, OPTIONAL, 0, 500, T("What both sides say"),                             \
      T("Only the committee reads it."))
FORM_STRUCT(mediation_follow, MEDIATION_FOLLOW_FORM)

/* ---- views ---- */

#define MEDIATION_JOINED_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, token, _)
VIEW_STRUCT(mediation_joined, MEDIATION_JOINED_VIEW)

/* A case somebody takes part in as the other side. */
#define MEDIATION_MINE_VIEW(V)                                                                     \
    V(api, text, reference, _)                                                                     \
    V(api, text, item_name, _)                                                                     \
    V(api, time, opened_at, _)                                                                     \
    V(api, flag, is_over, _)
VIEW_STRUCT(mediation_mine, MEDIATION_MINE_VIEW)

#define MEDIATION_START_VIEW(V) V(api, list, mine, mediation_mine)
VIEW_STRUCT(mediation_start, MEDIATION_START_VIEW)

#define MEDIATION_EVENT_VIEW(V)                                                                    \
    V(api, time, at, _)                                                                            \
    V(api, text, event, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, flag, is_apart, _)
VIEW_STRUCT(mediation_event, MEDIATION_EVENT_VIEW)

#define MEDIATION_SESSION_VIEW(V)                                                                  \
    V(api, ident, session, _)                                                                      \
    V(api, text, side, _) /* '' both */                                                            \
    V(api, text, state, _)                                                                         \
    V(page, text, side_name, _)                                                                    \
    V(page, text, state_name, _)                                                                   \
    V(api, time, starts_at, _)                                                                     \
    V(page, text, hours, _)                                                                        \
    V(api, text, place, _)                                                                         \
    V(api, text, words, _)                                                                         \
    V(api, text, record, _)                                                                        \
    V(page, flag, is_planned, _)
VIEW_STRUCT(mediation_session, MEDIATION_SESSION_VIEW)

#define MEDIATION_AGREEMENT_VIEW(V)                                                                \
    V(api, number, version, _)                                                                     \
    V(api, text, form, _)                                                                          \
    V(page, flag, is_oral, _)                                                                      \
    V(api, text, facts, _)                                                                         \
    V(api, text, terms, _)                                                                         \
    V(api, text, perform_day, _)                                                                   \
    V(api, flag, is_status, _)                                                                     \
    V(api, time, applicant_at, _)                                                                  \
    V(api, time, respondent_at, _)                                                                 \
    V(api, time, effective_at, _)                                                                  \
    V(api, time, confirm_until, _)                                                                 \
    V(page, time, confirm_day, _)                                                                  \
    V(api, maybe, paper, _) /* where it is as a PDF, once it stands */
VIEW_STRUCT(mediation_agreement, MEDIATION_AGREEMENT_VIEW)

#define MEDIATION_TOLD_VIEW(V)                                                                     \
    V(api, text, label, _)                                                                         \
    V(api, text, text, _)
VIEW_STRUCT(mediation_told, MEDIATION_TOLD_VIEW)

#define MEDIATION_SIDE_VIEW(V)                                                                     \
    V(api, text, reference, _)                                                                     \
    V(api, text, side, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(page, text, item_name, _)                                                                    \
    V(page, text, division_name, _)                                                                \
    V(page, flag, is_applicant, _)                                                                 \
    V(page, flag, is_over, _)                                                                      \
    V(api, text, other_name, _)                                                                    \
    V(page, flag, has_joined, _)       /* the other side takes part on line */                     \
    V(api, list, told, mediation_told) /* what the applicant wrote for both */                     \
    V(api, maybe, mediator_name, _)                                                                \
    V(api, maybe, why, _)                                                                          \
    V(api, time, object_until, _)                                                                  \
    V(page, time, object_day, _)                                                                   \
    V(api, flag, have_agreed, _)                                                                   \
    V(api, flag, may_agree, _)                                                                     \
    V(api, flag, may_object, _)                                                                    \
    V(api, flag, may_choose, _)                                                                    \
    V(api, flag, may_sign, _)                                                                      \
    V(api, flag, may_stop, _)                                                                      \
    V(api, flag, may_confirm, _)                                                                   \
    V(api, flag, have_asked, _)                                                                    \
    V(api, text, court, _)                                                                         \
    V(page, text, court_name, _)                                                                   \
    V(api, part, agreement, mediation_agreement)                                                   \
    V(api, list, sessions, mediation_session)                                                      \
    V(api, list, events, mediation_event)
VIEW_STRUCT(mediation_side, MEDIATION_SIDE_VIEW)

/* Whom a side can choose. */
#define MEDIATION_LISTED_VIEW(V)                                                                   \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, committee, _)                                                                     \
    V(api, text, fields, _)                                                                        \
    V(api, text, languages, _)                                                                     \
    V(api, number, under_way, _)                                                                   \
    V(api, flag, is_free, _)                                                                       \
    V(api, maybe, unfit, _) /* why not */
VIEW_STRUCT(mediation_listed, MEDIATION_LISTED_VIEW)

#define MEDIATION_CHOOSE_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, flag, may_choose, _)                                                                    \
    V(api, list, mediators, mediation_listed)
VIEW_STRUCT(mediation_choose, MEDIATION_CHOOSE_VIEW)

#define MEDIATION_PROPOSAL_VIEW(V)                                                                 \
    V(api, text, mediator_name, _)                                                                 \
    V(api, time, at, _)                                                                            \
    V(api, text, words, _)                                                                         \
    V(api, text, ended_side, _)                                                                    \
    V(page, text, ended_name, _)                                                                   \
    V(api, text, end_words, _)
VIEW_STRUCT(mediation_proposal, MEDIATION_PROPOSAL_VIEW)

#define MEDIATION_CANDIDATE_VIEW(V)                                                                \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, why, _)                                                                           \
    V(api, flag, may, _)                                                                           \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(mediation_candidate, MEDIATION_CANDIDATE_VIEW)

#define MEDIATION_FOLLOW_UP_VIEW(V)                                                                \
    V(api, time, at, _)                                                                            \
    V(api, text, performed, _)                                                                     \
    V(page, text, performed_name, _)                                                               \
    V(api, text, words, _)                                                                         \
    V(api, text, by, _)
VIEW_STRUCT(mediation_follow_up, MEDIATION_FOLLOW_UP_VIEW)

#define MEDIATION_DESK_VIEW(V)                                                                     \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(api, text, applicant_name, _)                                                                \
    V(api, maybe, respondent_name, _)                                                              \
    V(api, maybe, respondent_phone, _)                                                             \
    V(api, flag, has_joined, _)                                                                    \
    V(api, maybe, code, _) /* of the invitation, until it is used */                               \
    V(api, maybe, mediator_name, _)                                                                \
    V(api, flag, is_mediator, _)                                                                   \
    V(page, time, object_day, _)                                                                   \
    V(api, flag, applicant_agreed, _)                                                              \
    V(api, flag, respondent_agreed, _)                                                             \
    V(page, flag, may_invite, _)                                                                   \
    V(page, flag, may_propose, _)                                                                  \
    V(page, flag, may_begin, _)                                                                    \
    V(page, flag, may_recuse, _)                                                                   \
    V(page, flag, may_plan, _)                                                                     \
    V(page, flag, may_record, _)                                                                   \
    V(page, flag, may_draw, _)                                                                     \
    V(page, flag, may_sign, _)                                                                     \
    V(page, flag, may_follow, _)                                                                   \
    V(page, flag, may_court, _)                                                                    \
    V(api, flag, applicant_asked, _)                                                               \
    V(api, flag, respondent_asked, _)                                                              \
    V(api, text, court, _)                                                                         \
    V(api, time, court_until,                                                                      \
      _) /* the first moment that is too late for it; 0: nothing awaited */                        \
    V(page, text, court_name, _)                                                                   \
    V(page, time, court_day, _)                                                                    \
    V(page, time, longest_day, _)                                                                  \
    V(api, text, performed, _)                                                                     \
    V(api, list, follows, mediation_follow_up)                                                     \
    V(page, choices, courts, _)                                                                    \
    V(page, choices, performeds, _)                                                                \
    V(page, text, wrong, _) /* nobody was chosen */                                                \
    V(page, choices, plan_sides, _)                                                                \
    V(page, choices, record_sides, _)                                                              \
    V(page, choices, forms, _)                                                                     \
    V(page, choices, paper_sides, _)                                                               \
    V(page, choices, results, _)                                                                   \
    V(page, choices, planned, _)                                                                   \
    V(api, part, agreement, mediation_agreement)                                                   \
    V(api, list, candidates, mediation_candidate)                                                  \
    V(api, list, proposals, mediation_proposal)                                                    \
    V(api, list, sessions, mediation_session)                                                      \
    V(api, list, events, mediation_event)
VIEW_STRUCT(mediation_desk, MEDIATION_DESK_VIEW)

/* Why this person cannot mediate here; NULL: can. */
struct outcome mediation_fitting(struct scene *scene, const struct mediation_case *m,
                                 const struct mediation_list_mediators_row *row,
                                 const struct reason **why);
/* Proposed by the committee or chosen by a side, who thereby agrees. */
struct outcome mediation_put_forward(struct scene *scene, struct mediation_case *m, id person_id,
                                     struct str words, const char *event);

/* What both pages draw alike (mediation_show.c).  `side`: whose eyes; 0: the mediator's, and
 * MEDIATION_OFFICER the rest of the committee's, who read of sessions those for both. */
struct outcome mediation_show_sessions(struct scene *scene, const struct mediation_case *m,
                                       unsigned side, const struct mediation_session_view **made,
                                       size_t *count);
struct outcome mediation_show_events(struct scene *scene, const struct mediation_case *m,
                                     unsigned side, const struct mediation_event_view **made,
                                     size_t *count);
/* NULL: there is none yet. */
struct outcome mediation_show_agreement(struct scene *scene, const struct mediation_case *m,
                                        const struct mediation_agreement_view **agreement);
/* When to ask first whether it is kept: after the day everything should be done. */
moment mediation_first_ask(moment now, struct str perform_day);
/* What the clock has to do once the agreement stands (mediation_after.c). */
struct outcome mediation_set_clocks(struct scene *scene, const struct mediation_case *m,
                                    struct str perform_day);
/* The agreement on paper (mediation_paper.c). */
extern const char *const mediation_places[];
struct outcome mediation_place(struct scene *scene, id case_id, moment at, struct str name,
                               struct str *value);
struct outcome mediation_flow_may(struct arena *arena, struct str flow);
struct outcome mediation_send_own(struct request *request, const void *query,
                                  struct file_answer *file);
struct outcome mediation_send_office(struct request *request, const void *query,
                                     struct file_answer *file);
/* What comes after it, as the committee sees it. */
struct outcome mediation_show_after(struct scene *scene, const struct mediation_case *m,
                                    struct mediation_desk_view *v);
struct str mediation_court_name(struct scene *scene, struct str court);
struct outcome mediation_merge(struct scene *scene, id guest_id, id person_id);

extern const struct act mediation_invite, mediation_join, mediation_stop;
extern const struct act mediation_propose, mediation_recuse, mediation_begin;
extern const struct act mediation_agree, mediation_object, mediation_choose;
extern const struct act mediation_plan, mediation_record;
extern const struct act mediation_draw, mediation_sign, mediation_sign_paper;
extern const struct act mediation_confirm, mediation_court, mediation_follow;
extern const struct act mediation_confirm_soon, mediation_follow_due; /* of the clock */
extern const struct act mediation_year_due, mediation_court_due;      /* of the clock */
extern const struct act mediation_perform_soon;                       /* of the clock */
/* For struct cases_all: how much is due for whoever asks (mediation_due.c). */
struct outcome mediation_due(struct scene *scene, int64_t *count);
extern const struct page mediation_desk_pages[], mediation_choose_pages[], mediation_due_pages[],
    mediation_figures_pages[];
extern const struct module mediation_module;

#endif
