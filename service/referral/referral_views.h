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
    F(word, kind, REQUIRED, 2, 16, T("Where to?"), "")
FORM_STRUCT(referral_one, REFERRAL_ONE_FORM)

#define REFERRAL_REFER_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, kind, REQUIRED, 2, 16, T("Where to?"), "")                                             \
    F(lines, known, REQUIRED, 2, 1000, T("What is handed over"),                                   \
      T("What happened, in a few sentences. The resident reads it before anything goes along."))   \
    F(text, other_side, OPTIONAL, 0, 60, T("Who is the other side, if it is a dispute?"), "")
FORM_STRUCT(referral_refer, REFERRAL_REFER_FORM)

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
    V(api, text, office, _)                                                                        \
    V(api, text, phone, _)                                                                         \
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

extern const struct act referral_refer, referral_agree, referral_decline, referral_take_over;
extern const struct act referral_tidy; /* of the clock */
#endif
