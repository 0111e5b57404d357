/* referral_views.h -- the forms of a referral, and how it looks to both sides of a talk and to
 * whoever receives the paper. */
#ifndef REFERRAL_VIEWS_H
#define REFERRAL_VIEWS_H

#include "gen/referral_sql.h"
#include "platform/page.h"
#include "service/referral/referral_acts.h"

#define REFERRAL_USE "referral.words"
enum { REFERRAL_CODE_LEN = 17, REFERRAL_DEEDS_A_MINUTE = 30 };

/* ---- forms ---- */

#define REFERRAL_TALK_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(referral_talk, REFERRAL_TALK_FORM)

#define REFERRAL_ONE_FORM(F)                                                                       \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, kind, REQUIRED, 2, 40, T("Where to?"), "")
FORM_STRUCT(referral_one, REFERRAL_ONE_FORM)

#define REFERRAL_REFER_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, kind, REQUIRED, 2, 16, T("Where to?"), "")                                             \
    F(lines, known, REQUIRED, 2, 1000, T("What is handed over"),                                   \
      T("What happened, in a few sentences. The resident reads it before anything goes along."))
FORM_STRUCT(referral_refer, REFERRAL_REFER_FORM)

/* GET …/services: what of the service list fits; without words, what was asked in the talk. */
#define REFERRAL_FIND_FORM(F)                                                                      \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, q, OPTIONAL, 0, 200, T("Which service?"),                                              \
      T("In the words of the resident, or by its name."))
FORM_STRUCT(referral_find, REFERRAL_FIND_FORM)

#define REFERRAL_ITEM_FORM(F)                                                                      \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, item, REQUIRED, 1, 40, T("Which service?"), "")
FORM_STRUCT(referral_item, REFERRAL_ITEM_FORM)

/* The answers are known ones, in the order of the item's table; `known` is for a paper. */
#define REFERRAL_SERVICE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, item, REQUIRED, 1, 40, T("Which service?"), "")                                        \
    F(lines, known, OPTIONAL, 0, 1000, T("What is handed over"),                                   \
      T("What happened, in a few sentences. The resident reads it before anything goes along."))   \
    CASES_ANSWERS(F)
FORM_STRUCT(referral_service, REFERRAL_SERVICE_FORM)

#define REFERRAL_CODE_FORM(F)                                                                      \
    F(word, code, REQUIRED, REFERRAL_CODE_LEN, REFERRAL_CODE_LEN, T("Code on the paper"), "")
FORM_STRUCT(referral_code, REFERRAL_CODE_FORM)

#define REFERRAL_TAKE_FORM(F)                                                                      \
    F(word, code, REQUIRED, REFERRAL_CODE_LEN, REFERRAL_CODE_LEN, T("Code on the paper"), "")      \
    F(text, receiver, REQUIRED, 2, 80, T("Your office, and your name"), "")                        \
    F(text, receipt, OPTIONAL, 0, 60, T("Your number of it"), "")
FORM_STRUCT(referral_take, REFERRAL_TAKE_FORM)

#define REFERRAL_OFFICE_FORM(F)                                                                    \
    F(word, kind, REQUIRED, 2, 16, T("What kind of office?"), "")                                  \
    F(word, division, REQUIRED, 2, 12, T("For which district or street?"),                         \
      T("Whoever lives there is sent to it."))                                                     \
    F(text, office_name, REQUIRED, 2, 80, T("Name of the office, in Chinese"), "")                 \
    F(text, office_address, REQUIRED, 2, 120, T("Address, in Chinese"),                            \
      T("Street and number, as on a letter."))                                                     \
    F(text, office_phone, REQUIRED, 3, 40, T("Telephone"), "")                                     \
    F(text, office_hours, OPTIONAL, 0, 60, T("When it is open, in Chinese"), "")                   \
    F(text, office_source, REQUIRED, 2, 120, T("Where is this known from?"),                       \
      T("For example: the site of the district, and the day."))
FORM_STRUCT(referral_office, REFERRAL_OFFICE_FORM)

#define REFERRAL_OFFICE_PLACE_FORM(F)                                                              \
    F(word, kind, REQUIRED, 2, 16, T("What kind of office?"), "")                                  \
    F(word, division, REQUIRED, 2, 12, T("For which district or street?"), "")
FORM_STRUCT(referral_office_place, REFERRAL_OFFICE_PLACE_FORM)

/* ---- views ---- */

#define REFERRAL_WHERE_VIEW(V)                                                                     \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, name, _)                                                                          \
    V(api, text, address, _)                                                                       \
    V(api, text, phone, _)                                                                         \
    V(api, text, hours, _)                                                                         \
    V(api, text, source, _)                                                                        \
    V(page, flag, is_own, _) /* written by an administrator: can be taken out */
VIEW_STRUCT(referral_where, REFERRAL_WHERE_VIEW)

#define REFERRAL_OFFICES_VIEW(V)                                                                   \
    V(api, list, offices, referral_where)                                                          \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, divisions, _)                                                                 \
    V(page, flag, is_adding, _)
VIEW_STRUCT(referral_offices, REFERRAL_OFFICES_VIEW)

#define REFERRAL_BRING_VIEW(V) V(api, text, text, _)
VIEW_STRUCT(referral_bring, REFERRAL_BRING_VIEW)

#define REFERRAL_ANSWER_VIEW(V)                                                                    \
    V(api, text, field, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(api, text, text, _)
VIEW_STRUCT(referral_answer, REFERRAL_ANSWER_VIEW)

#define REFERRAL_ONE_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(api, text, kind, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(api, text, by, _)                                                                            \
    V(api, time, moved_at, _)                                                                      \
    V(api, maybe, known, _)                                                                        \
    V(api, maybe, other_side, _)                                                                   \
    V(api, list, answers, referral_answer)                                                         \
    V(api, text, office, _)                                                                        \
    V(api, text, phone, _)                                                                         \
    V(api, maybe, place, _)                                                                        \
    V(api, part, nearest, referral_where) /* NULL: no address is known */                          \
    V(api, text, law, _)                                                                           \
    V(api, list, bring, referral_bring)                                                            \
    V(api, maybe, case_reference, _)                                                               \
    V(api, maybe, case_state, _) /* where the office has it */                                     \
    V(api, maybe, receipt, _)                                                                      \
    V(api, maybe, code, _) /* on the paper */                                                      \
    V(page, text, item, _) /* to apply for, when agreed to */                                      \
    V(page, flag, may_agree, _)                                                                    \
    V(page, flag, may_decline, _)                                                                  \
    V(page, flag, may_print, _)
VIEW_STRUCT(referral_one, REFERRAL_ONE_VIEW)

#define REFERRAL_REFER_VIEW(V)                                                                     \
    V(api, text, reference, _)                                                                     \
    V(api, list, referrals, referral_one)                                                          \
    V(page, choices, kinds, _)                                                                     \
    V(page, flag, is_open, _) /* the talk goes on */
VIEW_STRUCT(referral_refer, REFERRAL_REFER_VIEW)

/* One that fits: where it is suggested, how it begins. */
#define REFERRAL_FITS_VIEW(V)                                                                      \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, content, _)                                                                       \
    V(api, text, way, _) /* "site", "paper", "aid" */                                              \
    V(page, text, path, _)                                                                         \
    V(page, text, way_name, _)
VIEW_STRUCT(referral_fits, REFERRAL_FITS_VIEW)

#define REFERRAL_FIND_VIEW(V)                                                                      \
    V(api, text, reference, _)                                                                     \
    V(page, text, q, _)                                                                            \
    V(api, list, services, referral_fits)                                                          \
    V(api, list, others, referral_fits) /* what else is applied for on this site */
VIEW_STRUCT(referral_find, REFERRAL_FIND_VIEW)

#define REFERRAL_OPTION_VIEW(V)                                                                    \
    V(page, text, slot, _)                                                                         \
    V(api, text, value, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(referral_option, REFERRAL_OPTION_VIEW)

#define REFERRAL_QUESTION_VIEW(V)                                                                  \
    V(api, text, slot, _) /* "answer_1": where the answer travels */                               \
    V(api, text, field, _)                                                                         \
    V(api, text, kind, _)                                                                          \
    V(api, text, label, _)                                                                         \
    V(api, text, hint, _)                                                                          \
    V(api, list, options, referral_option)                                                         \
    V(page, text, value, _)                                                                        \
    V(page, text, wrong, _)
VIEW_STRUCT(referral_question, REFERRAL_QUESTION_VIEW)

#define REFERRAL_SERVICE_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, office, _)                                                                        \
    V(api, text, state_name, _)                                                                    \
    V(api, list, questions, referral_question)                                                     \
    V(page, flag, is_on_site, _)                                                                   \
    V(page, text, known, _)                                                                        \
    V(page, flag, is_open, _)
VIEW_STRUCT(referral_service, REFERRAL_SERVICE_VIEW)

#define REFERRAL_OWN_VIEW(V)                                                                       \
    V(api, text, reference, _)                                                                     \
    V(api, list, referrals, referral_one)
VIEW_STRUCT(referral_own, REFERRAL_OWN_VIEW)

#define REFERRAL_CODE_VIEW(V)                                                                      \
    V(api, text, code, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, text, division_name, _)                                                                 \
    V(api, time, agreed_at, _)                                                                     \
    V(page, flag, may_take, _)
VIEW_STRUCT(referral_code, REFERRAL_CODE_VIEW)

/* ---- inside ---- */

typedef struct referral_list_of_talk_row referral_row;

/* Where a referral leads, in the language of the scene (referral_to.c).  `found` false: there is
 * no such service any more, or nothing can be handed over to it. */
enum referral_way { REFERRAL_NOWHERE, REFERRAL_SITE, REFERRAL_PAPER, REFERRAL_AID };
struct referral_to {
    struct str kind, name, office, phone, law, place;
    struct str bring[REFERRAL_BRING_MAX];
    size_t bring_count;
    bool is_item; /* of the service list */
    enum referral_way way;
    const char *process;
};
struct outcome referral_to_of(struct scene *scene, struct str kind, struct referral_to *to);
/* One kind of a talk's; `found` false: never suggested. */
struct outcome referral_find(struct scene *scene, id consultation_id, struct str kind,
                             referral_row *row, bool *found);
struct outcome referral_unseal(struct scene *scene, struct str sealed, struct str *plain);
struct outcome referral_draw(struct scene *scene, const referral_row *row,
                             struct file_answer *file);

/* The nearest office of a kind for whoever is there (referral_offices.c); NULL: none is known. */
struct outcome referral_nearest(struct scene *scene, struct str kind, struct str division,
                                const struct referral_where_view **nearest);
extern const struct act referral_set_office_act, referral_drop_office_act;
extern const struct page referral_office_pages[];

/* Suggests it, or anew: who may and how it is told is the same wherever to (referral_refer.c). */
struct outcome referral_suggest(struct scene *scene, const struct consultation_party *party,
                                const struct referral_to *to, struct str known, struct str answers);
/* Beside a talk that goes on: for its consultant; with what was suggested to that service. */
extern const struct page referral_service_pages[];
extern const struct act referral_refer_service;

extern const struct act referral_refer, referral_agree, referral_decline, referral_take_over;
extern const struct act referral_tidy; /* of the clock */
#endif
