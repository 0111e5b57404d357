/* privacy_erase_acts.h -- asking to be erased, deciding, and what the clock then does. */
#ifndef PRIVACY_ERASE_ACTS_H
#define PRIVACY_ERASE_ACTS_H

#include "gen/privacy_sql.h"
#include "platform/page.h"
#include "service/privacy/privacy_acts.h"
#include "service/privacy/privacy_erase.h"

#define PRIVACY_WORDS_USE "privacy.words"

/* ---- forms ---- */

#define PRIVACY_ERASE_FORM(F)                                                                      \
    F(flag, sure, REQUIRED, 0, 1, T("I have read it, and I want it erased"), "")
FORM_STRUCT(privacy_erase, PRIVACY_ERASE_FORM)

#define PRIVACY_ERASE_FOR_FORM(F)                                                                  \
    F(phone, erase_phone, REQUIRED, 7, 12, T("Phone number of the person"),                        \
      T("The number the questions were asked with, or the person signs in with."))                 \
    F(word, erase_paper, REQUIRED, 1, 20, T("What the person showed you"), "")                     \
    F(text, erase_reason, REQUIRED, 2, 200, T("Reason"),                                           \
      T("For example: cannot use the site; asked for it in person."))
FORM_STRUCT(privacy_erase_for, PRIVACY_ERASE_FOR_FORM)

#define PRIVACY_ERASURE_FORM(F) F(number, erasure, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(privacy_erasure, PRIVACY_ERASURE_FORM)

#define PRIVACY_DECIDE_FORM(F)                                                                     \
    F(number, erasure, REQUIRED, 1, INT64_MAX, "", "")                                             \
    F(word, decision, REQUIRED, 1, 20, T("Your decision"), "")                                     \
    F(day, until, OPTIONAL, 10, 10, T("Kept until"),                                               \
      T("Only if a part stays: the day on which it goes by itself."))                              \
    F(lines, words, OPTIONAL, 0, 500, T("Why, and by which law"),                                  \
      T("The person reads it. Needed for a no, and if a part stays."))
FORM_STRUCT(privacy_decide, PRIVACY_DECIDE_FORM)

#define PRIVACY_ERASE_MADE_VIEW(V) V(api, ident, erasure, _)
VIEW_STRUCT(privacy_erase_made, PRIVACY_ERASE_MADE_VIEW)

/* ---- what a decision may be ---- */

enum { PRIVACY_DECISIONS = 3 };
extern const struct privacy_paper privacy_decisions[PRIVACY_DECISIONS]; /* grant, part, refuse */

/* ---- what is shown before, to whoever asks and whoever decides ---- */

#define PRIVACY_MATTER_VIEW(V)                                                                     \
    V(api, text, title, _)                                                                         \
    V(api, text, why, _)                                                                           \
    V(api, text, law, _)                                                                           \
    V(api, time, until, _)                                                                         \
    V(api, number, rows, _)
VIEW_STRUCT(privacy_matter, PRIVACY_MATTER_VIEW)

struct privacy_plan {
    const struct privacy_matter_view *rows[4]; /* by enum held_fate */
    size_t counts[4];
};
/* Everything all rooms have of the person, by what becomes of it. */
struct outcome privacy_plan_of(struct scene *scene, const struct held_person *person,
                               struct privacy_plan *plan);
/* What was granted by rule needs somebody to decide after all; inside an act of the clock. */
struct outcome privacy_erase_judge(struct scene *scene, id erasure_id);
/* All rooms, as main told them. */
const struct held *const *privacy_rooms(void);

/* ---- acts ---- */

extern const struct act privacy_erase_ask;     /* privacy.erase-ask: of oneself */
extern const struct act privacy_erase_ask_for; /* at a window; somebody decides */
extern const struct act privacy_erase_withdraw, privacy_erase_withdraw_for, privacy_erase_decide;
/* By the clock: the next piece; a word to whoever decides; what is left in the journal. */
extern const struct act privacy_erase_go, privacy_erase_remind, privacy_erase_traces;

extern const struct page privacy_erase_pages[];

struct outcome privacy_erase_health(struct scene *scene, struct out *out);

#endif
