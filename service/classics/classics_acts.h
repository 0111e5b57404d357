/* classics_acts.h -- what is done in a round of the ten best cases, and what search asks of it. */
#ifndef CLASSICS_ACTS_H
#define CLASSICS_ACTS_H

#include "platform/act.h"
#include "service/classics/classics.h"

/* ---- what is handed in ---- */

#define CLASSICS_VOTE_FORM(F)                                                                      \
    F(number, round, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, entry, REQUIRED, 1, INT64_MAX, T("The case you choose"), "")
FORM_STRUCT(classics_vote, CLASSICS_VOTE_FORM)

#define CLASSICS_PLAN_FIELDS(F)                                                                    \
    F(text, title, REQUIRED, 4, CLASSICS_TITLE_MAX, T("What it is called"),                        \
      T("For example: the ten best cases of 2026."))                                               \
    F(day, vote_from, REQUIRED, 10, 10, T("First day of the vote"),                                \
      T("Cases are collected and screened until the day before."))                                 \
    F(day, vote_until, REQUIRED, 10, 10, T("Last day of the vote"), "")
#define CLASSICS_OPEN_FORM(F) CLASSICS_PLAN_FIELDS(F)
FORM_STRUCT(classics_open, CLASSICS_OPEN_FORM)

#define CLASSICS_PLAN_FORM(F)                                                                      \
    F(number, round, REQUIRED, 1, INT64_MAX, "", "")                                               \
    CLASSICS_PLAN_FIELDS(F)
FORM_STRUCT(classics_plan, CLASSICS_PLAN_FORM)

#define CLASSICS_NOMINATE_FORM(F)                                                                  \
    F(number, round, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, entry, REQUIRED, 1, INT64_MAX, T("Answered question"), "")                           \
    F(lines, why, REQUIRED, 4, CLASSICS_WHY_MAX, T("Why others should read it"),                   \
      T("For whoever screens it. No names."))
FORM_STRUCT(classics_nominate, CLASSICS_NOMINATE_FORM)

#define CLASSICS_SCREEN_FORM(F)                                                                    \
    F(number, round, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, entry, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(word, verdict, REQUIRED, 1, 8, T("What you decide"), "")                                     \
    F(text, reason, OPTIONAL, 0, CLASSICS_WHY_MAX, T("Reason"),                                    \
      T("Needed if it is not taken. Whoever nominated it reads it."))
FORM_STRUCT(classics_screen, CLASSICS_SCREEN_FORM)

#define CLASSICS_MADE_VIEW(V) V(api, ident, round, _)
VIEW_STRUCT(classics_made, CLASSICS_MADE_VIEW)

/* ---- acts ---- */

extern const struct act classics_open, classics_plan, classics_nominate, classics_screen,
    classics_vote, classics_count;

/* ---- what search asks ---- */

struct classics_honour {
    id round_id;
    int64_t place;
    struct str title; /* of the round */
};
/* Whether a published answer came among the ten best of a round whose result stands. */
struct outcome classics_honour_of(struct scene *scene, id entry_id, struct classics_honour *honour,
                                  bool *found);

struct module;
extern const struct module classics_module;

#endif
