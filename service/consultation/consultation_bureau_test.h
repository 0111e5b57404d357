/* consultation_bureau_test.h -- a small bureau for tests: one team, three lawyers who know labour
 * law, a leader and a supervisor; open round the clock. */
#ifndef CONSULTATION_BUREAU_TEST_H
#define CONSULTATION_BUREAU_TEST_H

#include "platform/act.h"

struct bureau {
    struct actor lawyer[3], leader, supervisor;
    id team_id;
};

/* Everything of it, in one act of the system; the scene has consultation's modules. */
void bureau_make(struct scene *scene, struct bureau *bureau);

#endif
