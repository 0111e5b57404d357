/* privacy_acts.h -- what main and other rooms may ask of this room. */
#ifndef PRIVACY_ACTS_H
#define PRIVACY_ACTS_H

#include "platform/act.h"
#include "platform/held.h"
#include "service/privacy/privacy.h"

/* What all rooms hold; ends with NULL.  Once, before any thread. */
void privacy_learn(const struct held *const *rooms);

/* ---- forms ---- */

#define PRIVACY_COPY_FOR_FORM(F)                                                                   \
    F(phone, phone, REQUIRED, 7, 12, T("Phone number of the person"),                              \
      T("The number the questions were asked with, or the person signs in with."))                 \
    F(word, paper, REQUIRED, 1, 20, T("What the person showed you"), "")                           \
    F(text, reason, REQUIRED, 2, 200, T("Reason"),                                                 \
      T("For example: cannot use the site; asked for it in person."))
FORM_STRUCT(privacy_copy_for, PRIVACY_COPY_FOR_FORM)

#define PRIVACY_ALLOW_FORM(F)                                                                      \
    F(text, login, REQUIRED, 1, 64, T("Sign-in name of the clerk"), T("For example: clerk001"))
FORM_STRUCT(privacy_allow, PRIVACY_ALLOW_FORM)

#define PRIVACY_CLERK_FORM(F) F(number, person, REQUIRED, 1, INT64_MAX, T("Clerk"), "")
FORM_STRUCT(privacy_clerk, PRIVACY_CLERK_FORM)

#define PRIVACY_MADE_VIEW(V) V(api, ident, copy, _)
VIEW_STRUCT(privacy_made, PRIVACY_MADE_VIEW)

/* ---- acts ---- */

extern const struct act privacy_copy;     /* privacy.copy: of oneself */
extern const struct act privacy_copy_for; /* privacy.copy-for: at a window */
extern const struct act privacy_allow, privacy_disallow;

/* ---- what was erased on request: privacy_erase_go.c ---- */

/* Of a backup that was restored: what was erased after it was made is erased again.  `line` is one
 * of `gongdao erasures`; found false: it is none. */
struct outcome privacy_erase_again(struct scene *scene, struct str line, bool *found);
/* One line for each that is done, after `after`; "" at the end. */
struct outcome privacy_erasures_told(struct scene *scene, id *after, struct str *lines);
/* For `gongdao check`: what can still be found of numbers that were erased.  `more` counts what a
 * room has of a number from before a moment, whoever's account it is. */
struct outcome privacy_check_erased(struct scene *scene,
                                    struct outcome (*more)(struct scene *scene,
                                                           struct str phone_index, moment before,
                                                           int64_t *found),
                                    int64_t *erased, int64_t *found);

struct module;
extern const struct module privacy_module;

#endif
