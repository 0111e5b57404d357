/* ladder_inside.h -- what the files of this room share.  Only they include it. */
#ifndef LADDER_INSIDE_H
#define LADDER_INSIDE_H

#include "bureau/ladder/ladder_acts.h"

/* ladder_policy.c: one policy as a form and as numbers; the names of the form are those kept. */
void ladder_policy_to_form(const struct ladder_policy *policy, struct ladder_policy_form *form);
struct ladder_policy ladder_policy_of_form(const struct ladder_policy_form *form);
/* Refuses administrators of less than the city, who alone change the ladder. */
struct outcome ladder_need_city(struct scene *scene);

/* ladder_acts.c: within what somebody may look at desks. */
struct outcome ladder_scope(struct scene *scene, struct str *scope);
/* The same for whoever may change it. */
struct outcome ladder_need_own_desk(struct scene *scene, id desk_id,
                                    struct ladder_find_desk_by_id_row *row);
struct ladder_state ladder_state_of(const struct ladder_find_desk_by_id_row *row);

/* ladder_call.c: who could be called, in order of contact, and why not. */
struct ladder_person {
    struct ladder_backup backup;
    struct str name;
    const char *why_not; /* marked T(), or NULL */
};
struct outcome ladder_phone(struct scene *scene, id person_id, struct str *phone);
enum { LADDER_PEOPLE_MAX = 60 };
struct outcome ladder_people(struct scene *scene, const struct ladder_policy *policy,
                             const struct ladder_find_desk_by_id_row *desk,
                             const struct ladder_person **people, size_t *count);
/* Calls whoever is wanted, and settles calls whose end has come.  `open`: some are not settled. */
struct outcome ladder_calls(struct scene *scene, const struct ladder_policy *policy,
                            const struct ladder_find_desk_by_id_row *desk, enum ladder_level level,
                            const struct ladder_load *load, bool *open);

#endif
