/* hall.h -- a hall: people come, take a number, and are called to a window.
 *
 * The rules only: what may become of a number, how numbers are written, who comes where in line
 * after missing a call, which windows a number waits for.  What the person came for is a service's
 * case and lies with the service; a number points to it.
 *
 *     waiting --call--> called --serve--> serving --finish--> served
 *        ^  ^            |  | \             |
 *        |  +--put back--+  |  +--pass------+--pass--> waiting (another line)
 *        |                  +--miss--> missed
 *        +------return-----------------/    \--day ends--> no_show
 *     any of the four --leave--> left (goes on online, in writing, or is given up)
 *
 *  (1) A number belongs to one line and one day and is given once: the day's numbers begin at 1
 *      and none is given back, whatever becomes of it.
 *  (2) Nobody is marked as missed before being called twice.
 *  (3) Whoever missed a call and comes back is called after three others, not at the end and not
 *      first.
 *  (4) Whoever is passed to another line keeps number and place: they have waited already.
 *  (5) A number that is served, left or a no-show stays so.
 */
#ifndef HALL_H
#define HALL_H

#include "platform/base.h"

enum hall_state {
    HALL_WAITING,
    HALL_CALLED,  /* to a window, and not there yet */
    HALL_SERVING, /* at the window */
    HALL_MISSED,  /* called twice and did not come; may come back the same day */
    HALL_SERVED,
    HALL_LEFT, /* goes on otherwise: online, in writing, or not at all */
    HALL_NO_SHOW,
    HALL_STATES
};

enum hall_step {
    HALL_CALL,
    HALL_CALL_AGAIN,
    HALL_PUT_BACK, /* called by mistake */
    HALL_SERVE,
    HALL_MISS,
    HALL_RETURN,
    HALL_PASS,
    HALL_FINISH,
    HALL_LEAVE,
    HALL_GIVE_UP, /* missed, and the day is over */
    HALL_STEPS
};

struct str hall_state_word(enum hall_state state);
enum hall_state hall_state_of(struct str word);
const char *hall_state_name(enum hall_state state); /* marked T() */
struct outcome hall_next(enum hall_state from, enum hall_step step, enum hall_state *to);
bool hall_is_open_state(enum hall_state state); /* one of the first four */

struct outcome hall_may_miss(int64_t calls_count);

/* "A017"; from the thousandth on with as many digits as it takes. */
struct str hall_ticket_text(struct arena *arena, struct str letter, int64_t number);
bool hall_is_letter(struct str letter); /* one of A to Z */

/* Where somebody who missed a call stands: `ranks` are those of the line's waiting numbers, the
 * next one first. */
moment hall_return_rank(const moment *ranks, size_t count, moment now);

enum {
    HALL_CALLS_MIN = 2,        /* before a number counts as missed */
    HALL_RETURN_PLACES = 3,    /* who came back is called after so many others */
    HALL_LINES_MAX = 26,       /* of a hall: a letter each */
    HALL_WINDOWS_MAX = 99,     /* of a hall */
    HALL_STAFF_MAX = 200,      /* of a hall */
    HALL_TAKEN_MAX = 2000,     /* numbers of one line a day: more is a fault of a program */
    HALL_GRACE_SECONDS = 3600, /* whoever is inside at closing is still served so long */
    HALL_TALK_SECONDS = 7200,  /* and a talk is left alone so long after closing */
    HALL_CODE_SECONDS = 30 * SECONDS_PER_DAY /* how long the code on a slip opens its question */
};

extern const struct reason hall_not_now, hall_call_once_more;
extern const struct reason hall_not_here, hall_no_window, hall_window_busy, hall_window_taken;
extern const struct reason hall_nobody_waits, hall_unknown_line, hall_unknown_window;
extern const struct reason hall_closed, hall_line_full, hall_letter, hall_letter_taken;
extern const struct reason hall_number_taken, hall_no_such_person, hall_works_elsewhere;
extern const struct reason hall_too_many, hall_line_waits, hall_window_used, hall_no_lines;
extern const struct reason hall_unknown_slip;

#endif
