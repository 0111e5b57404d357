/* consultation_bureau_test.h -- a small bureau for tests: one team, three lawyers who know labour
 * law, a leader and a supervisor; open round the clock. */
#ifndef CONSULTATION_BUREAU_TEST_H
#define CONSULTATION_BUREAU_TEST_H

#include "bureau/assignment/assignment_acts.h"
#include "bureau/hall/hall_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/page.h"

extern const struct module laws_module, repository_module, consultation_module;

/* Every room whose tables consultation needs, in the order of main/modules.h; ends with NULL. */
#define CONSULTATION_MODULES                                                                       \
    (const struct module *[])                                                                      \
    {                                                                                              \
        &notice_module, &identity_module, &laws_module, &people_module, &record_module,            \
            &shifts_module, &assignment_module, &ladder_module, &review_module,                    \
            &supervision_module, &hall_module, &repository_module, &consultation_module, NULL      \
    }

struct bureau {
    struct actor lawyer[3], leader, supervisor;
    id team_id;
};

/* Everything of it, in one act of the system; the scene has consultation's modules. */
void bureau_make(struct scene *scene, struct bureau *bureau);

#endif
