/* register_bureau_test.h -- a small bureau that the tests of this room play in. */
#ifndef REGISTER_BUREAU_TEST_H
#define REGISTER_BUREAU_TEST_H

#include "bureau/register/register_parts.h"
#include "platform/scene_test.h"

struct bureau {
    struct scene *scene;
    id applicant_id, other_id, admin_id, far_admin_id, city_admin_id;
    id team_id, far_team_id, bar_id; /* of 310101 and 310104, and an association */
};
extern struct bureau bureau;

void bureau_open(void); /* for .init and .fini of a suite */
void bureau_close(void);

void be_resident(id person_id, const char *phone);
void be_applicant(void); /* 13900000001 */
void be_admin(id person_id, const char *scope);

#endif
