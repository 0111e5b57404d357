/* consultation_hall.h -- a question that came to a hall: what the files of that share. */
#ifndef CONSULTATION_HALL_H
#define CONSULTATION_HALL_H

#include "bureau/hall/hall_acts.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_hall_views.h"

/* ---- consultation_hall.c, _hall_talk.c, _hall_slip.c, _hall_over.c ---- */

extern const struct act consultation_register;
extern const struct act consultation_sit, consultation_stand_up;
extern const struct act consultation_call, consultation_call_again, consultation_put_back,
    consultation_miss, consultation_come_back, consultation_pass;
extern const struct act consultation_serve, consultation_window_close, consultation_window_online;
extern const struct act consultation_wait_online; /* the resident's */
extern const struct act consultation_slip_new, consultation_slip_open;
extern const struct act consultation_hall_over; /* the clock's */

/* Who works at windows. */
enum { WHO_AT_HALL = WHO_CLERK | WHO_CONSULTANT };

/* The number and its case, of the hall where the acting person works. */
struct outcome hall_case_open(struct scene *scene, id ticket_id, struct hall_ticket *ticket,
                              struct consultation_case *c);
/* The same, and refuses unless it is called to, or served at, the acting person's window. */
struct outcome hall_case_at_window(struct scene *scene, id ticket_id, struct hall_ticket *ticket,
                                   struct consultation_case *c);
void hall_case_tell(const struct hall_ticket *ticket, const struct consultation_case *c,
                    struct consultation_numbered_view *told);

/* Where it stands, with an honest range or none; `shown` NULL: it never had a number. */
struct hall_case_wait {
    struct hall_ticket ticket;
    bool found;
    int64_t ahead, low_seconds, high_seconds; /* low < 0: nothing is said */
};
struct outcome hall_case_wait(struct scene *scene, const struct consultation_case *c,
                              struct hall_case_wait *wait);
struct outcome hall_case_show(struct scene *scene, const struct hall_case_wait *wait,
                              const struct consultation_at_hall_view **shown);

/* What a slip says once travels to the page after the act in a sealed cookie, for whoever made it;
 * `code` is "" for a question taken in writing.  False: it was not theirs, or is some time ago. */
void slip_send(struct scene *scene, struct str reference, struct str code);
bool slip_shown(struct scene *scene, struct str reference, struct str *code);

extern const struct reason consultation_needs_phone, consultation_proved;

#endif
