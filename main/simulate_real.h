/* simulate_real.h -- what the files share that play a day with the server's acts on a store. */
#ifndef MAIN_SIMULATE_REAL_H
#define MAIN_SIMULATE_REAL_H

#include "main/simulate_inside.h"
#include "platform/act.h"

struct simulate_real {
    struct arena *arena; /* of one act */
    struct store *store;
    struct scene scene;
    char folder[64], path[80];
    id seen_seq; /* of the journal: counted so far */
    id teams[SIMULATE_TEAMS], leaders[SIMULATE_TEAMS];
};

/* simulate_real.c */
bool simulate_real_perform(struct simulation *s, struct actor actor, const struct act *act,
                           void *form);
struct actor simulate_real_consultant(const struct simulation *s, int64_t person);

/* simulate_real_handed.c: a step of what is given to a team or a district; and what the store says
 * of it now (true: something else than before). */
void simulate_real_hand(struct simulation *s, enum simulate_happening what, int64_t number);
struct outcome simulate_real_read_handed(struct simulation *s, int64_t number, bool *changed);

#endif
