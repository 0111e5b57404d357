/* consultation_hall.h -- a question that came to a hall: what the files of that share. */
#ifndef CONSULTATION_HALL_H
#define CONSULTATION_HALL_H

#include "bureau/hall/hall_acts.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_hall_views.h"

/* ---- consultation_hall.c, _hall_{join,arrive,talk,slip,over}.c ---- */

extern const struct act consultation_register, consultation_join;
extern const struct act consultation_arrive, consultation_arrive_self;
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

/* Given a number of this hall, in a line of that letter or in the one for its profession. */
struct outcome hall_case_take(struct scene *scene, const struct hall_find_place_row *place,
                              const struct consultation_case *c, struct str letter,
                              struct hall_ticket *ticket);
/* The same, as wished. */
struct outcome hall_case_take_as(struct scene *scene, const struct hall_wish *wish,
                                 struct hall_ticket *ticket);
struct outcome hall_case_line(struct scene *scene, id hall_id, struct str letter,
                              struct str profession, id *line_id);
bool hall_case_is_priority(struct str word);
struct outcome hall_case_tell_wait(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_registered_view *told);

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

/* Is the code that of the last slip of this case, and still good? */
struct outcome slip_is_of(struct scene *scene, id case_id, struct str code, bool *is_right);
/* Where its picture leads, "" where our own address is not known. */
struct str slip_address(struct arena *arena, struct str reference, struct str code,
                        bool is_own_way);
/* May a slip open this case at all?  Refuses what was asked elsewhere, or is proved somebody's. */
struct outcome slip_may_open(struct scene *scene, const struct consultation_case *c);
/* As it stands on a slip, whatever was typed. */
struct str slip_upper(struct arena *arena, struct str text);

extern const struct reason consultation_needs_phone, consultation_proved, consultation_own_way;
extern const struct reason consultation_unknown_priority;
extern const struct reason consultation_join_how, consultation_join_unknown,
    consultation_join_closed, consultation_join_talking, consultation_join_numbered;

#endif
