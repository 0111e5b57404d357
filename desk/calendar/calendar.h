/* calendar.h -- official working time: which days are worked, when a desk is open, what is due.
 *
 * Promises to residents are counted in working days, and the State Council moves those about: a
 * Wednesday may be a holiday and the Sunday before it worked in its place.  Everything here is
 * pure: the calendar, the desk and the moment are arguments; nothing reads a clock or a file.
 *
 * The zone is Asia/Shanghai as a fixed UTC+08:00: China has kept no summer time since 1991 and
 * this calendar begins in 2018, so every day here has 86,400 seconds.
 *
 *  1. A day is a holiday, a make-up working day, or normal: worked from Monday to Friday.
 *  2. A year whose notice is not loaded has no answer: calendar_year_missing names the year.
 *     Only a calendar told to (`guess_missing_years`) goes by the weekday rule, provisionally.
 *  3. An interval is half-open, [from, to) in minutes of the day; 24:00 is 1440 and may end one.
 *  4. The day something begins does not count; the next working day is day 1 (Civil Code 201).
 *  5. A period never ends on a day that is not worked (Civil Code 203): with 0 working days it
 *     ends with the day of the moment itself, or the next working day after it.
 *  6. A due moment is the first second that is too late.  The last second in time is one
 *     earlier: show people calendar_day_of(due - 1), or they are told a day too much.
 *  7. calendar_due_at_close() lies on the same day as calendar_due(), never after it; only with
 *     0 working days, asked after closing, it goes to the next working day.
 *  8. Loops are bounded by CALENDAR_LOOK_DAYS, CALENDAR_SPAN_DAYS and CALENDAR_COUNT_MAX.
 */
#ifndef DESK_CALENDAR_H
#define DESK_CALENDAR_H

#include "platform/base.h"

enum {
    CALENDAR_INTERVALS_MAX = 6,    /* morning, afternoon, evening, and as many again */
    CALENDAR_YEARS_MAX = 64,       /* loaded at a time; a bureau needs this year and the next */
    CALENDAR_SPECIALS_MAX = 100,   /* in one year; the fullest so far has 39 */
    CALENDAR_EXCEPTIONS_MAX = 512, /* of one desk: some ten years of closed and special days */
    CALENDAR_COUNT_MAX = 1000,     /* working days in one period: four years */
    CALENDAR_LOOK_DAYS = 400,      /* how far ahead an opening is sought: a year and its holidays */
    CALENDAR_SPAN_DAYS = 4000,     /* the longest stretch whose working seconds are added up */
    CALENDAR_MINUTES = 1440        /* of a day; the 24:00 of invariant 3 */
};

/* Days are counted from 1970-01-01 on Shanghai's calendar; that day is 0, a Thursday. */
typedef int64_t calendar_day;

enum calendar_weekday {
    CALENDAR_MONDAY,
    CALENDAR_TUESDAY,
    CALENDAR_WEDNESDAY,
    CALENDAR_THURSDAY,
    CALENDAR_FRIDAY,
    CALENDAR_SATURDAY,
    CALENDAR_SUNDAY,
    CALENDAR_WEEKDAYS
};

enum calendar_kind { CALENDAR_NORMAL, CALENDAR_HOLIDAY, CALENDAR_MAKEUP };

struct calendar_date {
    int year, month, day; /* 2026, 1..12, 1..31 */
};

struct calendar_special {
    calendar_day day;
    enum calendar_kind kind; /* holiday or make-up */
    struct str name;         /* the festival it belongs to, in Chinese, as the notice has it */
};

struct calendar_year {
    int year;
    struct str notice;                      /* the State Council's numbers it follows */
    const struct calendar_special *special; /* by day, no day twice */
    size_t special_count;
};

struct calendar {
    const struct calendar_year *years; /* by year, no year twice; gaps are allowed */
    size_t year_count;
    bool guess_missing_years; /* invariant 2; whoever sets it tells people "provisional" */
};

struct calendar_interval {
    int from, to; /* minutes of the day, 0 <= from < to <= 1440 */
};

/* The opening of one day: by time, none overlapping.  None at all is a closed day. */
struct calendar_opening {
    struct calendar_interval interval[CALENDAR_INTERVALS_MAX];
    int count;
};

struct calendar_exception {
    calendar_day day;
    struct calendar_opening opening; /* empty: closed that day */
};

/* A desk's hours.  All zero is a desk that never opens. */
struct calendar_hours {
    struct calendar_opening week[CALENDAR_WEEKDAYS]; /* for normal days */
    struct calendar_opening holiday;                 /* empty unless the desk opens on holidays */
    enum calendar_weekday makeup_as; /* a make-up working day has this day's hours: Monday's */
    bool round_the_clock;            /* day and night, holidays too; only an exception closes it */
    const struct calendar_exception *exception; /* by day, no day twice; wins over all above */
    size_t exception_count;
};

/* What is open when: a calendar and the hours kept by it. */
struct calendar_desk {
    const struct calendar *calendar;
    const struct calendar_hours *hours;
};

extern const struct reason calendar_year_missing;  /* %1: the year */
extern const struct reason calendar_count_wrong;   /* %1: none */
extern const struct reason calendar_never_opens;   /* %1: none */
extern const struct reason calendar_span_too_long; /* %1: none */
extern const struct reason calendar_hours_wrong;   /* an interval is empty, backwards or outside */
extern const struct reason
    calendar_hours_overlap; /* two intervals of a day overlap or are unsorted */
extern const struct reason calendar_exception_twice;

/* ---- days and moments ---- */

calendar_day calendar_day_of(moment at);
/* The moment a day and minute begin; minute 1440 is the end of the day.  Any year from 1 on. */
moment calendar_moment_of(int year, int month, int day, int minute);
moment calendar_day_begins(calendar_day day);
calendar_day calendar_day_from(int year, int month, int day);
struct calendar_date calendar_date_of(calendar_day day);
bool calendar_date_exists(int year, int month, int day);
int calendar_minute_of(moment at); /* 0..1439 */
enum calendar_weekday calendar_weekday_of(calendar_day day);

/* Exactly YYYY-MM-DD, a day that exists, 1970 to 2199; nothing before, after or between. */
bool calendar_day_parse(struct str text, calendar_day *day);
void calendar_day_print(calendar_day day, char text[static 11]); /* with a NUL; 1970 to 9999 */
/* Exactly HH:MM, 00:00 to 24:00. */
bool calendar_minute_parse(struct str text, int *minute);

/* ---- working days ---- */

/* The holiday or make-up day of that date, or NULL; the text of "closed for 春节". */
const struct calendar_special *calendar_special_on(const struct calendar *calendar,
                                                   calendar_day day);
bool calendar_has_year(const struct calendar *calendar, int year);
struct outcome calendar_day_kind(const struct calendar *calendar, calendar_day day,
                                 enum calendar_kind *kind);
struct outcome calendar_is_working_day(const struct calendar *calendar, calendar_day day,
                                       bool *working);

/* The end (24:00) of the n-th working day after the day of `at`; n = 0: see invariant 5. */
struct outcome calendar_due(const struct calendar *calendar, moment at, int working_days,
                            moment *due);
/* The same day, at the desk's last closing time (Civil Code 203, second paragraph); 24:00 if the
 * desk has no hours on that day, so that a desk's own closing never moves what was promised. */
struct outcome calendar_due_at_close(const struct calendar_desk *desk, moment at, int working_days,
                                     moment *due);
/* By weekdays alone, for the weeks before a year's notice is loaded: provisional, to be worked
 * out again once it is, and shown as provisional until then. */
struct outcome calendar_due_by_weekday(moment at, int working_days, moment *due);

/* ---- opening hours ---- */

/* Whether hours somebody typed in are in order; the functions below rely on it. */
struct outcome calendar_hours_check(const struct calendar_hours *hours);
/* The same intervals from Monday to Friday, and so on make-up days; closed otherwise. */
void calendar_hours_of_workdays(struct calendar_hours *hours,
                                const struct calendar_opening *opening);

/* Needs the calendar of that one day only, and none at all round the clock. */
struct outcome calendar_is_open(const struct calendar_desk *desk, moment at, bool *open);
/* Also when that next changes; 0 when it does not for CALENDAR_LOOK_DAYS.  Intervals that meet
 * at midnight are one. */
struct outcome calendar_open(const struct calendar_desk *desk, moment at, bool *open,
                             moment *changes_at);
/* The first moment, `at` itself or later, when the desk is open. */
struct outcome calendar_next_opening(const struct calendar_desk *desk, moment at, moment *opens);

/* The seconds in [from, to) during which the desk is open; 0 if `to` is not after `from`. */
struct outcome calendar_working_seconds(const struct calendar_desk *desk, moment from, moment to,
                                        int64_t *seconds);
/* The first moment by which that many open seconds have gone by; `from` itself for none. */
struct outcome calendar_add_working_seconds(const struct calendar_desk *desk, moment from,
                                            int64_t seconds, moment *at);
/* When that part of the open time from `from` to `due` has gone by, for reminders at half and at
 * four fifths; `from` if no open time is left.  0 <= numerator <= denominator. */
struct outcome calendar_part_of_way(const struct calendar_desk *desk, moment from, moment due,
                                    int numerator, int denominator, moment *at);

#endif
