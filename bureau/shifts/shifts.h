/* shifts.h -- the rules of the roster: who is meant to be there, when, and what may be changed.
 *
 * A plan is a weekly pattern of one desk, profession and team; with the official calendar it makes
 * dated shifts.  A shift is one person's (or nobody's) stretch of time.  Everything here is pure:
 * the calendar, the moment, a person's other shifts arrive as arguments.
 *
 *   shift   planned --confirm--> confirmed          swap    asked --accept--> done
 *      planned, confirmed --release--> open            asked --decline--> declined
 *      open --name--> planned   open --take--> confirmed   asked --withdraw--> withdrawn
 *      planned, confirmed --pass--> confirmed (a swap) asked --lapse--> lapsed  (nobody answered)
 *      all but cancelled --cancel--> cancelled         asked --void--> void     (a shift changed)
 *      cancelled --restore--> open
 *
 *   leave   asked --grant--> granted, --refuse--> refused, --withdraw--> withdrawn
 *           illness is granted as it is told; granted --withdraw--> withdrawn
 *
 *  1. A shift is [starts, ends): two of one person may meet and never overlap.
 *  2. On a normal day a plan goes by its weekday, on a public holiday by the holiday's bit, on a
 *     make-up working day by the weekday it is to be like, or not at all.
 *  3. A year without a calendar is refused by name; shifts_on_day() then goes by the weekday and
 *     says "provisional" (0007).
 *  4. A shift belongs to the day it begins on, though it may end on the next.
 *  5. Between two shifts of a person lies at least the rest, or at most a pause: what is parted by
 *     no more than a pause (or meets) is one stretch, bounded by 6.
 *  6. On no day, from midnight to midnight, and in no week from Monday more than the most; a shift
 *     across midnight counts on either day for what lies in it.
 *  7. A refusal names the other shift.
 *  8. What a leave leaves of a shift stays its person's if it is long enough to come for.
 *  9. A gap is alarmed on the last working day before the shift; the calendar missing, the day
 *     before.
 */
#ifndef SHIFTS_H
#define SHIFTS_H

#include "desk/calendar/calendar.h"

enum shifts_state {
    SHIFTS_PLANNED,   /* somebody is named and has not said yes yet */
    SHIFTS_CONFIRMED, /* and has */
    SHIFTS_OPEN,      /* nobody */
    SHIFTS_CANCELLED, /* not needed */
    SHIFTS_STATES
};
enum shifts_step {
    SHIFTS_NAME,    /* a leader names somebody */
    SHIFTS_TAKE,    /* somebody takes it unasked */
    SHIFTS_CONFIRM, /* whoever is named says yes */
    SHIFTS_RELEASE, /* whoever is named cannot */
    SHIFTS_PASS,    /* a swap both sides agreed to */
    SHIFTS_CANCEL,
    SHIFTS_RESTORE,
    SHIFTS_STEPS
};
enum shifts_swap {
    SHIFTS_SWAP_ASKED,
    SHIFTS_SWAP_DONE,
    SHIFTS_SWAP_DECLINED,
    SHIFTS_SWAP_WITHDRAWN,
    SHIFTS_SWAP_LAPSED,
    SHIFTS_SWAP_VOID,
    SHIFTS_SWAPS
};
enum shifts_leave {
    SHIFTS_LEAVE_ASKED,
    SHIFTS_LEAVE_GRANTED,
    SHIFTS_LEAVE_REFUSED,
    SHIFTS_LEAVE_WITHDRAWN,
    SHIFTS_LEAVES
};

enum {
    SHIFTS_HALF_HOURS = 48,      /* of a day */
    SHIFTS_EVERY_WEEKDAY = 0x7f, /* bit 0 Monday … bit 6 Sunday */
    SHIFTS_HOLIDAYS = 1 << 7,    /* public holidays, whatever weekday they are */
    SHIFTS_MAKEUP_NONE = 7,      /* a make-up working day is not worked */
    SHIFTS_TO_MINUTE_MAX = 2160, /* noon of the next day */
    SHIFTS_MINUTES_MIN = 30,     /* shorter is no shift */
    SHIFTS_MINUTES_MAX = 960,    /* 16 hours: longer is a mistake in typing */
    SHIFTS_PARTS_MAX = 3,        /* a leave inside a shift leaves one before and one after */
    SHIFTS_LEAVE_DAYS_MAX = 190, /* the longest leave at a time: a birth and its rest */
    SHIFTS_LEAVES_MAX = 20,  /* of one person to come, and asked in a day: a leader reads them */
    SHIFTS_SINGLES_MAX = 40, /* of a team on one day, of no plan */
    SHIFTS_PLACES_MAX = 40,  /* of one plan: a larger desk has several */
    SHIFTS_PLANS_MAX = 60,   /* of a team, not ended: each is made anew every night */
    SHIFTS_WEEKS_MAX = 8,    /* further ahead nobody knows */
    SHIFTS_SWAPS_A_DAY_MAX = 20, /* asked by one person: each is a message to a colleague */
    SHIFTS_ALARM_LOOK_DAYS = 20  /* how far back the last working day is sought */
};

extern const struct reason shifts_not_now;
extern const struct reason shifts_plan_wrong;
extern const struct reason shifts_plan_long;
extern const struct reason shifts_overlaps; /* %1: the other shift, in words */
extern const struct reason shifts_rest;     /* the same of all four */
extern const struct reason shifts_day_full;
extern const struct reason shifts_week_full;
extern const struct reason shifts_leave_wrong;
extern const struct reason shifts_leave_long;
extern const struct reason shifts_rules_wrong;

struct shifts_span {
    moment starts_at, ends_at;
};

/* What a city decided; kept with a version. */
struct shifts_rules {
    int64_t rest_minutes;      /* at least, between two shifts of one person */
    int64_t pause_minutes_max; /* no rest but a pause, as at noon: one stretch of work */
    int64_t day_minutes_max;   /* of one person on one day */
    int64_t week_minutes_max;  /* from Monday to Sunday */
    int64_t part_minutes_min;  /* what a leave leaves of a shift is kept from this length on */
    int64_t alarm_minute;      /* of the last working day before: when a gap is alarmed */
    int64_t weeks_ahead;       /* shifts are made this far ahead */
};
extern const struct shifts_rules shifts_first_rules;
struct outcome shifts_rules_check(const struct shifts_rules *rules);

/* ---- states ---- */

struct str shifts_state_word(enum shifts_state state);
enum shifts_state shifts_state_of(struct str word);
struct outcome shifts_next(enum shifts_state from, enum shifts_step step, enum shifts_state *to);
struct str shifts_swap_word(enum shifts_swap state);
enum shifts_swap shifts_swap_of(struct str word);
/* Only what was asked may become anything else. */
struct outcome shifts_swap_next(enum shifts_swap from, enum shifts_swap to);
struct str shifts_leave_word(enum shifts_leave state);
enum shifts_leave shifts_leave_of(struct str word);
struct outcome shifts_leave_next(enum shifts_leave from, enum shifts_leave to);
bool shifts_leave_is_known(struct str kind); /* ill, court, holiday, study, other */

/* ---- plans and days ---- */

struct shifts_plan {
    int from_minute, to_minute; /* of the day; past 1440 is the next morning */
    unsigned weekdays;          /* SHIFTS_EVERY_WEEKDAY and SHIFTS_HOLIDAYS, as bits */
    int makeup_as;              /* weekday a make-up working day is like, or SHIFTS_MAKEUP_NONE */
    calendar_day from_day, to_day; /* inclusive; to_day 0 has no end */
};
struct outcome shifts_plan_check(const struct shifts_rules *rules, const struct shifts_plan *plan);

struct shifts_day {
    bool is_worked, is_provisional;
};
/* Whether a plan (or one member of it, who comes on `weekdays` only) is worked on that day.
 * Refuses with calendar_year_missing naming the year. */
struct outcome shifts_works(const struct calendar *calendar, const struct shifts_plan *plan,
                            unsigned weekdays, calendar_day day, bool *worked);
/* The same without a refusal: in a missing year by the weekday, provisionally. */
struct shifts_day shifts_on_day(const struct calendar *calendar, const struct shifts_plan *plan,
                                unsigned weekdays, calendar_day day);
struct shifts_span shifts_span_on(const struct shifts_plan *plan, calendar_day day);

/* ---- overlap, rest, hours ---- */

bool shifts_overlap(struct shifts_span a, struct shifts_span b);
int64_t shifts_minutes_within(struct shifts_span span, moment from, moment to);
calendar_day shifts_monday_of(calendar_day day);

struct shifts_held {
    id shift_id;
    struct shifts_span span;
};
struct shifts_verdict {
    const struct reason *refusal;    /* NULL: may */
    const struct shifts_held *other; /* the shift that stands against it */
};
/* May somebody who holds `held` (any order; `but` is left out, 0: none) hold `span` as well? */
struct shifts_verdict shifts_may_hold(const struct shifts_rules *rules,
                                      const struct shifts_held *held, size_t count, id but,
                                      struct shifts_span span);

/* ---- leave ---- */

struct outcome shifts_leave_check(struct shifts_span leave, moment now);

struct shifts_part {
    struct shifts_span span;
    bool is_kept; /* still its person's; else nobody's */
};
/* What a leave makes of a shift: parts in order, at least one; 1 and kept: they do not meet. */
size_t shifts_split(const struct shifts_rules *rules, struct shifts_span shift,
                    struct shifts_span leave, struct shifts_part parts[static SHIFTS_PARTS_MAX]);

/* ---- gaps ---- */

enum shifts_gap {
    SHIFTS_COVERED,
    SHIFTS_NOBODY,
    SHIFTS_UNCONFIRMED,
    SHIFTS_SUSPENDED,
    SHIFTS_UNQUALIFIED, /* the licence was not checked, or ends before the shift does */
    SHIFTS_GAPS
};
struct shifts_standing {
    enum shifts_state state;
    bool is_active;
    moment verified_at, licence_until, ends_at;
};
enum shifts_gap shifts_gap_of(const struct shifts_standing *standing);
struct str shifts_gap_word(enum shifts_gap gap);

/* When a gap in a shift is alarmed. */
moment shifts_alarm_at(const struct calendar *calendar, const struct shifts_rules *rules,
                       moment starts_at);

/* ---- cover ---- */

/* Adds `people` to each half hour of the day that lies wholly within the span. */
void shifts_cover_add(int64_t cover[static SHIFTS_HALF_HOURS], calendar_day day,
                      struct shifts_span span, int64_t people);

#endif
