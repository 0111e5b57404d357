/* consultation_handed.h -- a question given to a team, a district or a street as such: it waits in
 * that body's list until its leader accepts it, and comes back if nobody does.
 *
 *    (handed) --> waiting --accept--> accepted --place--> placed --(answer, close)--> ended
 *                    |  \                | ^                 ^  |
 *                    |   \               | +--nobody has it--|--+
 *                    |   +--send back----+--> returned       +-- given on within the body
 *                    +------time is up------> lapsed         (both: handed again, or given to
 *                                                             somebody: ended)
 *
 *  (1) It is then a written question, and its promised day is the one it had.
 *  (2) While it waits, or has come back, no rule gives it to anybody; accepted, the rules look at
 *      the body's own people alone.
 *  (3) The body's leader and supervisors of the place decide; the sender's layer sees where it is,
 *      may take it back while it waits, and has it again when it comes back.
 */
#ifndef CONSULTATION_HANDED_H
#define CONSULTATION_HANDED_H

#include "service/consultation/consultation_case.h"

struct handing {
    struct consultation_find_handing_row row;
    bool stands;    /* there is one */
    bool is_asleep; /* waits, or came back: nobody is given it */
    bool came_back; /* returned or lapsed */
    bool is_body;   /* the acting leader or supervisor acts for whom it was handed to */
    bool is_sender; /* … for the layer that handed it */
};
struct outcome handed_find(struct scene *scene, id case_id, struct handing *handing);
/* What stands, for the body's side or the sender's; anybody else is told there is none. */
struct outcome handed_open(struct scene *scene, struct str reference, struct consultation_case *c,
                           struct handing *handing);
/* "Xuhui District team", in that language. */
struct outcome handed_name(struct scene *scene, enum language language, id team_id,
                           struct str division, struct str *name);
/* Inside dispatch: nobody is given it, and who is responsible meanwhile. */
bool handed_sleeps(const struct handing *handing, struct consultation_case *c);
/* Marks on the floor who is none of the body's people. */
void handed_bound(const struct handing *handing, struct assignment_floor *floor);
/* Refuses to do anything past a body that has not said yes or no yet. */
struct outcome handed_need_awake(struct scene *scene, const struct consultation_case *c);
/* The layer it came back to gives it to somebody itself: nothing of the handing is left, so that
 * whoever calls must find somebody or refuse. */
struct outcome handed_take_back(struct scene *scene, const struct consultation_case *c,
                                bool *was_back);
/* May be given to this person: of the body, if one has accepted it. */
struct outcome handed_may_have(struct scene *scene, const struct consultation_case *c,
                               id person_id);
/* The case is being saved: what that ends. */
struct outcome handed_moved(struct scene *scene, const struct consultation_case *c);
/* Teams, districts, and streets of the district where the resident lives, it can be handed to; the
 * first is none. */
struct outcome handed_choices(struct scene *scene, struct str division,
                              const struct choice **choices, size_t *count);

extern const struct act consultation_hand, consultation_accept_handed, consultation_send_back,
    consultation_place;
extern const struct act consultation_handed_over; /* by the clock */

#endif
