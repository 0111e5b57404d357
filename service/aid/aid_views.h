/* aid_views.h -- the questions on the way to legal aid, and what they lead to. */
#ifndef AID_VIEWS_H
#define AID_VIEWS_H

#include "platform/page.h"
#include "service/aid/aid_acts.h"
#include "service/aid/aid_closing_views.h"

/* ---- forms ---- */

#define AID_QUESTION_FORM(F) F(word, ask, REQUIRED, 1, 24, "", "")
FORM_STRUCT(aid_question, AID_QUESTION_FORM)

#define AID_ANSWER_FORM(F)                                                                         \
    F(word, ask, REQUIRED, 1, 24, "", "")                                                          \
    F(word, value, REQUIRED, 1, 24, T("Choose what fits best"),                                    \
      T("If you are not sure, take what comes closest. You can change it later."))                 \
    F(inside, next, OPTIONAL, 0, 0, "", "") /* the question that follows */
FORM_STRUCT(aid_answer, AID_ANSWER_FORM)

/* Who could act in a case: of which field ("": any), and beyond the district. */
#define AID_LAWYERS_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, field, OPTIONAL, 0, 20, T("Who knows about"), "")                                      \
    F(flag, far, OPTIONAL, 0, 1, T("Also from other districts"), "")
FORM_STRUCT(aid_lawyers, AID_LAWYERS_FORM)

#define AID_APPOINT_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Lawyer"), "")                                     \
    F(number, seen, REQUIRED, 0, INT64_MAX, "", "")                                                \
    F(lines, words, OPTIONAL, 0, 500, T("For the lawyer to know"),                                 \
      T("For example until when something has to be handed in. The applicant reads it too."))
FORM_STRUCT(aid_appoint, AID_APPOINT_FORM)

/* A consultant suggests legal aid: one more answer (`more`), or all of it to the resident. */
#define AID_REFERRAL_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(aid_referral, AID_REFERRAL_FORM)

#define AID_REFER_FORM(F)                                                                          \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, ask, OPTIONAL, 1, 24, "", "")                                                          \
    F(word, value, OPTIONAL, 1, 24, T("What the resident told you"), "")                           \
    F(lines, what, OPTIONAL, 2, 1000, T("What happened"),                                          \
      T("In a few sentences, as the legal aid office should read it. The resident can change it " \
        "before it is sent."))                                                                     \
    F(word, drop, OPTIONAL, 1, 24, "", "")                                                         \
    F(flag, more, OPTIONAL, 0, 1, "", "")
FORM_STRUCT(aid_refer, AID_REFER_FORM)

#define AID_LAWYER_VIEW(V)                                                                         \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, team, _)                                                                          \
    V(page, text, division_name, _)                                                                \
    V(api, number, open_cases, _)                                                                  \
    V(api, text, why, _)                                                                           \
    V(api, flag, may, _)                                                                           \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(aid_lawyer, AID_LAWYER_VIEW)

#define AID_LAWYERS_VIEW(V)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(page, text, item_name, _)                                                                    \
    V(page, text, division_name, _)                                                                \
    V(api, number, seen, _)                                                                        \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_far, _)                                                                       \
    V(page, flag, has_many, _)                                                                     \
    V(page, text, wrong, _) /* nobody was chosen */                                                \
    V(api, list, lawyers, aid_lawyer)
VIEW_STRUCT(aid_lawyers, AID_LAWYERS_VIEW)

#define AID_CONSULT_FORM(F) F(inside, text, OPTIONAL, 0, 0, "", "") /* what the answers say */
FORM_STRUCT(aid_consult, AID_CONSULT_FORM)

/* Programs bring the answers along: side.civil area.work … */
#define AID_RESULT_FORM(F) F(words, answers, OPTIONAL, 0, AID_ANSWERS_BYTES, T("Your answers"), "")
FORM_STRUCT(aid_result, AID_RESULT_FORM)

#define AID_APPLY_FORM(F)                                                                          \
    F(text, name, REQUIRED, 2, 40, T("Your full name"), "")                                        \
    F(phone, phone, OPTIONAL, 7, 12, T("Your phone number"),                                       \
      T("We send a message when there is news, and call if something is not clear."))              \
    F(word, division, REQUIRED, 2, 12,                                                             \
      T("In which district is it dealt with, where the court, the arbitration body or the police " \
        "station is?"),                                                                            \
      T("If nothing has begun yet, choose the district where it happened. The legal aid office "   \
        "there takes care of it."))                                                                \
    F(lines, what, REQUIRED, 2, 1000, T("What happened?"),                                         \
      T("In your own words. Your answers to the questions go along by themselves."))               \
    F(text, other, OPTIONAL, 0, 100, T("Who is on the other side?"),                               \
      T("A name or an organisation; you may leave it empty."))                                     \
    F(flag, visit, OPTIONAL, 0, 1, T("I can hardly go out: please come to me"), "")                \
    F(word, care, OPTIONAL, 0, 24, T("Does one of these apply to you?"),                           \
      T("Then your application is looked at before others, and you show fewer papers."))           \
    F(inside, item, OPTIONAL, 0, 0, "", "")                                                        \
    F(inside, answers, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(aid_apply, AID_APPLY_FORM)

/* ---- views ---- */

#define AID_NEXT_VIEW(V) V(api, text, next, _)
VIEW_STRUCT(aid_next, AID_NEXT_VIEW)

#define AID_START_VIEW(V)                                                                          \
    V(api, text, place, _)                                                                         \
    V(page, text, next, _) /* the question to go on with; "" at the end */                         \
    V(page, flag, has_draft, _)
VIEW_STRUCT(aid_start, AID_START_VIEW)

#define AID_SOURCE_VIEW(V)                                                                         \
    V(api, text, zh, _)                                                                            \
    V(api, text, en, _)                                                                            \
    V(api, maybe, url, _)                                                                          \
    V(page, text, text, _)
VIEW_STRUCT(aid_source, AID_SOURCE_VIEW)

/* A row that applied. */
#define AID_REASON_VIEW(V)                                                                         \
    V(api, text, table, _)                                                                         \
    V(api, text, row, _)                                                                           \
    V(api, text, then, _)                                                                          \
    V(api, text, text, _)                                                                          \
    V(api, list, sources, aid_source)
VIEW_STRUCT(aid_reason, AID_REASON_VIEW)

#define AID_CHOICE_VIEW(V)                                                                         \
    V(api, text, value, _)                                                                         \
    V(api, text, label, _)
VIEW_STRUCT(aid_choice, AID_CHOICE_VIEW)

#define AID_PUT_VIEW(V)                                                                            \
    V(api, text, ask, _)                                                                           \
    V(api, text, question, _)                                                                      \
    V(api, text, why, _)                                                                           \
    V(api, list, values, aid_choice)
VIEW_STRUCT(aid_put, AID_PUT_VIEW)

#define AID_QUESTION_VIEW(V)                                                                       \
    V(page, text, ask, _)                                                                          \
    V(page, text, question, _)                                                                     \
    V(page, text, why, _)                                                                          \
    V(page, text, back, _) /* the question before; "" is the beginning */                          \
    V(page, number, place, _)                                                                      \
    V(page, choices, values, _)                                                                    \
    V(page, list, effects, aid_reason) /* of the answer before */                                  \
    V(page, flag, is_danger, _)
VIEW_STRUCT(aid_question, AID_QUESTION_VIEW)

#define AID_ANSWERED_VIEW(V)                                                                       \
    V(api, text, ask, _)                                                                           \
    V(api, text, value, _)                                                                         \
    V(page, text, question, _)                                                                     \
    V(page, text, label, _)
VIEW_STRUCT(aid_answered, AID_ANSWERED_VIEW)

#define AID_LINE_VIEW(V) V(api, text, text, _)
VIEW_STRUCT(aid_line, AID_LINE_VIEW)

#define AID_ITEM_VIEW(V)                                                                           \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(page, text, content, _)
VIEW_STRUCT(aid_item, AID_ITEM_VIEW)

#define AID_RESULT_VIEW(V)                                                                         \
    V(api, text, place, _)                                                                         \
    V(api, maybe, result, _)    /* likely, look, no; null: more is asked */                        \
    V(api, part, next, aid_put) /* the question to answer next */                                  \
    V(api, list, reasons, aid_reason)                                                              \
    V(api, list, steps, aid_reason) /* what happens next */                                        \
    V(api, list, bring, aid_line)                                                                  \
    V(api, list, items, aid_item)                                                                  \
    V(api, list, answers, aid_answered)                                                            \
    V(page, flag, can_apply, _)                                                                    \
    V(page, part, verdict, aid_reason)                                                             \
    V(page, text, back, _)                                                                         \
    V(page, flag, is_danger, _)
VIEW_STRUCT(aid_result, AID_RESULT_VIEW)

/* What a consultant suggested, for both sides of the talk. */
#define AID_REFER_VIEW(V)                                                                          \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _) /* none, draft, offered, agreed, declined, applied */                   \
    V(api, maybe, what, _)                                                                         \
    V(api, list, answers, aid_answered)                                                            \
    V(api, part, next, aid_put)                                                                    \
    V(page, choices, values, _)                                                                    \
    V(page, text, what_typed, _)                                                                   \
    V(api, maybe, case_reference, _)                                                               \
    V(page, flag, is_open, _) /* may still be suggested */
VIEW_STRUCT(aid_refer, AID_REFER_VIEW)

#define AID_REFERRED_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _) /* offered, agreed, declined, applied */                                \
    V(api, text, by_name, _)                                                                       \
    V(api, maybe, what, _)                                                                         \
    V(api, list, answers, aid_answered)                                                            \
    V(api, maybe, case_reference, _)                                                               \
    V(page, flag, is_open, _) /* may be agreed to */
VIEW_STRUCT(aid_referred, AID_REFERRED_VIEW)

#define AID_APPLY_VIEW(V)                                                                          \
    V(page, text, item_name, _)                                                                    \
    V(page, choices, divisions, _)                                                                 \
    V(page, text, visit, _) /* "1" or "" */                                                        \
    V(page, choices, cares, _) /* who is served first, as the item says */                         \
    V(page, text, phone_masked, _)                                                                 \
    V(page, text, phone, _) /* as typed, of who has proved none */                                 \
    V(page, text, phone_wrong, _)                                                                  \
    V(page, text, what, _) /* as a consultant wrote it down */                                     \
    V(page, text, referred, _) /* from which talk, if a consultant suggested it */                 \
    V(page, flag, is_resident, _)
VIEW_STRUCT(aid_apply, AID_APPLY_VIEW)

/* ---- what the files of this room share ---- */

enum { AID_KEPT_SECONDS = 30 * SECONDS_PER_DAY }; /* what was answered or suggested, not used */

struct aid_draft {
    struct aid_answer answers[AID_STEPS_MAX];
    size_t count;
};
/* What this browser has answered so far; nothing if it has not. */
struct outcome aid_draft_of(struct scene *scene, struct aid_draft *draft);

/* The answers as a text for an office or a consultant; `language` is the reader's. */
struct str aid_told(struct arena *arena, enum language language, const struct aid_way *way);
struct outcome aid_drop(struct scene *scene);
/* The item that can be applied for with these answers (aid_apply.c); "": none. */
struct outcome aid_item_of(struct scene *scene, const struct aid_way *way, struct str *item,
                           struct str *name);
struct outcome aid_show_apply(struct request *request, const void *query, void *view);
extern const struct act aid_apply;

extern const struct reason aid_no_such_answer, aid_no_browser;
extern const struct act aid_answer, aid_forget, aid_consult, aid_tidy;
extern const struct module aid_module;

/* aid_refer.c */
bool aid_visitor_hash(struct scene *scene, struct str *hash);
struct outcome aid_set_tidy(struct scene *scene);
struct outcome aid_save_draft(struct scene *scene, const struct aid_draft *draft);
const struct aid_put_view *aid_put_of(struct scene *scene, const struct aid_step *step);
void aid_answers_view(struct scene *scene, const struct aid_way *way,
                      const struct aid_answered_view **answers, size_t *count);
/* What this browser agreed to; `found` is false without. */
struct aid_referred {
    id consultation_id;
    struct str reference, what;
};
struct outcome aid_referred_of(struct scene *scene, struct aid_referred *referred, bool *found);
/* In the act that applies: the case and the talk know of each other. */
struct outcome aid_referred_apply(struct scene *scene, struct str reference);
extern const struct page aid_refer_pages[];

extern const struct page aid_lawyer_pages[]; /* aid_appoint.c */
extern const struct act aid_appoint;

#endif
