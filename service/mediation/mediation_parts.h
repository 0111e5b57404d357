/* mediation_parts.h -- what the files of this room share. */
#ifndef MEDIATION_PARTS_H
#define MEDIATION_PARTS_H

#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/mediation_sql.h"
#include "platform/page.h"
#include "service/mediation/mediation.h"

#define MEDIATION_USE_NAME "mediation.name"
#define MEDIATION_USE_PHONE "mediation.phone"
#define MEDIATION_USE_CODE "mediation.code"
#define MEDIATION_USE_WORDS "mediation.words"
#define MEDIATION_USE_RECORD "mediation.record"
#define MEDIATION_USE_TERMS "mediation.terms"

#define MEDIATION_WHO_DESK (WHO_LEADER | WHO_SUPERVISOR | WHO_CONSULTANT)

struct mediation_case {
    struct cases_standing at; /* what the engine knows */
    struct mediation_find_now_row now;
    bool has_now; /* there is a row yet */
    unsigned is;  /* of enum mediation_is */
};

/* The case for one of its sides; act_unknown to everybody else. */
struct outcome mediation_open_side(struct scene *scene, struct str reference,
                                   struct mediation_case *m);
/* The case for the committee that has it, whoever supervises it, and its mediator, once they have
 * opened it on record; act_unknown to everybody else. */
struct outcome mediation_open_desk(struct scene *scene, struct str reference,
                                   struct mediation_case *m);
/* For whoever holds an invitation: no question of who is asking. */
struct outcome mediation_open_any(struct scene *scene, struct str reference,
                                  struct mediation_case *m);

/* Told by the engine: a case was applied for, or its answers given anew. */
struct outcome mediation_counted(struct scene *scene, id case_id, moment opened_at,
                                 struct str chosen);
/* Inside acts: what was changed in the row is kept, the event told (side "" both) and the step of
 * the engine taken ("": none). */
struct outcome mediation_keep(struct scene *scene, struct mediation_case *m, const char *event,
                              unsigned side, const char *step);
/* By message to the other side, which left a number. */
struct outcome mediation_notify_respondent(struct scene *scene, const struct mediation_case *m);

struct outcome mediation_unseal(struct scene *scene, const char *use, struct str sealed,
                                struct str *plain);

extern const struct reason mediation_open_first;

#endif
