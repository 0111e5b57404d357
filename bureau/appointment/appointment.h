/* appointment.h -- a time kept for somebody at a hall.
 *
 * A line of a hall publishes times: so long each, so many people at once, so many days ahead,
 * inside the hall's opening hours.  A person chooses one; it is kept for some minutes while they
 * fill in, and is theirs once they have.
 *
 *     held --book--> booked --come--> here --undo--> booked
 *      |              |  ^  |
 *      |              |  |  +--miss--> absent --undo--> booked
 *      |              |  +--move--(another time)
 *      |              +--call off--> off --move--> booked
 *      |              +--cancel--> cancelled     (held and off, too)
 *      +--lapse--> lapsed --book--> booked, if the place is still free
 *
 *  (1) A time has as many places as the line says, each a row nobody else can have: times of
 *      different lengths that overlap share them.
 *  (2) A held place is free again after APPOINTMENT_HOLD_SECONDS.
 *  (3) One telephone number has at most APPOINTMENT_OPEN_MAX appointments to come.
 *  (4) Who did not come APPOINTMENT_ABSENT_MAX times in APPOINTMENT_ABSENT_DAYS days chooses no
 *      time on line for APPOINTMENT_WAIT_DAYS days after the last; the rest stays open to them.
 *  (5) Nobody is marked absent before their time has begun.
 *  (6) Times lie inside the opening hours, whole, and begin in the future.
 *  (7) Whoever arrives from APPOINTMENT_EARLY_SECONDS before their time until
 *      APPOINTMENT_LATE_SECONDS after it draws a number that is called before those of everybody
 *      without an appointment, and in the order of the times; later it is like anybody's who comes
 *      now.  One number for one appointment.
 */
#ifndef APPOINTMENT_H
#define APPOINTMENT_H

#include "desk/calendar/calendar.h"

enum {
    APPOINTMENT_HOLD_SECONDS = 10 * SECONDS_PER_MINUTE, /* an old person types four fields */
    APPOINTMENT_OPEN_MAX = 2,
    APPOINTMENT_ABSENT_MAX = 2,
    APPOINTMENT_ABSENT_DAYS = 90,
    APPOINTMENT_WAIT_DAYS = 30,
    APPOINTMENT_MOVES_MAX = 3,  /* then it is cancelled and chosen anew, behind the quota */
    APPOINTMENT_HOLDS_MAX = 10, /* at once from one address: a family, a reading room */
    APPOINTMENT_MINUTES_MIN = 10,
    APPOINTMENT_MINUTES_MAX = 180,
    APPOINTMENT_PLACES_MAX = 50, /* at once */
    APPOINTMENT_AHEAD_MAX = 60,  /* days */
    APPOINTMENT_SLOTS_MAX = 144, /* of a day: the shortest, round the clock */
    APPOINTMENT_ITEMS_MAX = 60,  /* of a line */
    APPOINTMENT_REMIND_MINUTE = 12 * 60,
    APPOINTMENT_EARLY_SECONDS = 30 * SECONDS_PER_MINUTE, /* who is earlier would only stand about */
    APPOINTMENT_LATE_SECONDS = 15 * SECONDS_PER_MINUTE   /* a bus missed, not a morning */
};

enum appointment_state {
    APPOINTMENT_HELD,
    APPOINTMENT_BOOKED,
    APPOINTMENT_HERE,
    APPOINTMENT_ABSENT,
    APPOINTMENT_CANCELLED,
    APPOINTMENT_LAPSED,
    APPOINTMENT_OFF, /* the hall is closed then */
    APPOINTMENT_STATES
};
enum appointment_step {
    APPOINTMENT_BOOK,
    APPOINTMENT_MOVE,
    APPOINTMENT_CANCEL,
    APPOINTMENT_LAPSE,
    APPOINTMENT_CALL_OFF,
    APPOINTMENT_COME,
    APPOINTMENT_MISS,
    APPOINTMENT_UNDO,
    APPOINTMENT_STEPS
};

struct str appointment_state_word(enum appointment_state state);
enum appointment_state appointment_state_of(struct str word);
const char *appointment_state_name(enum appointment_state state); /* marked T() */
struct outcome appointment_next(enum appointment_state from, enum appointment_step step,
                                enum appointment_state *to);
bool appointment_takes(enum appointment_state state); /* its place is nobody else's */

/* (6): the beginnings of the times of one day, by time; how many. */
size_t appointment_slots(calendar_day day, const struct calendar_opening *opening, int64_t minutes,
                         moment now, moment starts[static APPOINTMENT_SLOTS_MAX]);
/* (6): whether that time lies inside the hours. */
bool appointment_fits(calendar_day day, const struct calendar_opening *opening, moment starts_at,
                      moment ends_at);

/* Taken places, by beginning: so many people at the same time. */
struct appointment_taken {
    moment starts_at, ends_at;
    int64_t count;
};
/* (1): how many places of that time are free. */
int64_t appointment_free(const struct appointment_taken *taken, size_t count, moment starts_at,
                         moment ends_at, int64_t places);

/* (4): until when this person chooses no time; 0: they may. */
moment appointment_waits_until(int64_t absent_count, moment last_absent_at, moment now);

/* Noon of the working day before; of the day before where the calendar has no answer; 0: past. */
moment appointment_remind_at(const struct calendar *calendar, moment starts_at, moment now);

/* (7): refuses who is too early.  `rank_at`: where the number stands in its line, the smallest is
 * called first; that of whoever comes now without an appointment is about `now`. */
struct outcome appointment_arrival_rank(moment starts_at, moment now, moment *rank_at);

extern const struct reason appointment_not_now, appointment_full, appointment_no_such_time;
extern const struct reason appointment_too_many;         /* %1 how many */
extern const struct reason appointment_absent_too_often; /* %1 the day */
extern const struct reason appointment_too_early, appointment_moved_too_often;
extern const struct reason appointment_hold_over, appointment_holds_too_many;
extern const struct reason appointment_phone_missing, appointment_same_time;
extern const struct reason appointment_unknown_item, appointment_no_items;
extern const struct reason appointment_early;      /* %1 from when on */
extern const struct reason appointment_has_number; /* %1 which */
extern const struct reason appointment_no_such_here, appointment_slip_unknown;

#endif
