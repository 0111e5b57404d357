/* shifts_test.h -- a small city for the tests of the roster's acts. */
#ifndef SHIFTS_TEST_H
#define SHIFTS_TEST_H

#include "bureau/shifts/shifts_views.h"
#include "desk/calendar/calendar_load.h"
#include "platform/scene_test.h"

/* Team one (Huangpu): leader, Ann, Ben, Cid (lawyers), Nell (notary).  Team two (Xuhui): another
 * leader, Far.  A supervisor of the city, one of Xuhui, an administrator. */
struct city {
    struct scene *scene;
    id leader, ann, ben, cid, nell, other_leader, far, supervisor, local, admin;
    id team, other_team;
};
extern struct city city;

void city_open(void);
void city_close(void);
void city_be(id person_id); /* 0: the system */
void city_watch(void);      /* as the system; then nobody is anybody */
__attribute__((format(printf, 1, 2))) void city_script(const char *format, ...);
__attribute__((format(printf, 1, 2))) int64_t city_number(const char *format, ...);
id city_plan(int from_minute, int to_minute, unsigned weekdays, int64_t places);
void city_member(id plan, id person_id, unsigned weekdays, bool agreed);
struct outcome city_shift(const struct act *act, id shift_id);
struct outcome city_name(id shift_id, id person_id);

#endif
