/* forecast.h -- how many will ask, and how many are needed so that they are answered in time.
 *
 * Two pure halves: Erlang A (what becomes of so many questions with so many people), and the
 * forecast of live questions per half hour from those of the past.
 */
#ifndef FORECAST_H
#define FORECAST_H

#include "desk/calendar/calendar.h"

enum { FORECAST_HALF_HOURS = 48, FORECAST_PLACES_MAX = 5000 };

/* ---- Erlang A: M/M/n+M ---- */

/* Questions come at random, talks and patience are exponential. */
struct forecast_load {
    double per_hour;         /* questions */
    double handle_seconds;   /* mean length of a talk */
    double patience_seconds; /* mean time until one gives up; 0: nobody ever does (Erlang C) */
};

/* What becomes of them with `places` talks at once. */
struct forecast_service {
    double waits;        /* share that does not get a place at once */
    double within;       /* share of all that talks within the given seconds */
    double abandons;     /* share that gives up */
    double wait_seconds; /* mean wait of all, those who give up among them; INFINITY: no end */
    double occupancy;    /* share of time a place is busy */
};
struct forecast_service forecast_serve(const struct forecast_load *load, int64_t places,
                                       double within_seconds);
/* Erlang B: the share that finds all places taken when nobody waits. */
double forecast_blocked(double erlangs, int64_t places);
/* The least number of places so that `percent` of all talk within those seconds; 0 when nobody
 * comes, -1 when FORECAST_PLACES_MAX would not do. */
int64_t forecast_needed(const struct forecast_load *load, int64_t percent, double within_seconds);

/* ---- what was measured ---- */

/* Exponential with censoring: all the time anybody waited, over how many gave up; all the time
 * anybody talked, over how many talked.  With few measured what is usual weighs in:
 * one who gives up after FORECAST_PATIENCE_USUAL, ten talks of FORECAST_HANDLE_USUAL. */
enum { FORECAST_PATIENCE_USUAL = 120, FORECAST_HANDLE_USUAL = 600, FORECAST_MEASURED_MIN = 20 };
struct forecast_pace {
    double handle_seconds, patience_seconds;
    bool handle_is_measured, patience_is_measured; /* from at least FORECAST_MEASURED_MIN */
};
struct forecast_pace forecast_measure(int64_t talks, int64_t talk_seconds, int64_t gave_up,
                                      int64_t waited_seconds);

/* ---- how many will ask ---- */

/* Days are alike by what the calendar makes of them. */
enum forecast_kind {
    FORECAST_WORKING,
    FORECAST_MAKEUP, /* a Saturday or Sunday worked in place of a holiday */
    FORECAST_WEEKEND,
    FORECAST_HOLIDAY,
    FORECAST_KINDS
};
struct forecast_day {
    calendar_day day;
    enum forecast_kind kind;
    int64_t arrivals[FORECAST_HALF_HOURS];
};

/* Why a curve says little; the least of these that holds. */
enum forecast_knows {
    FORECAST_KNOWS_NOTHING, /* not FORECAST_DAYS_MIN days, or none that is alike: no curve */
    FORECAST_KNOWS_LITTLE,  /* fewer than FORECAST_ALIKE_MIN days alike: the range is wide */
    FORECAST_KNOWS_ENOUGH
};
enum { FORECAST_DAYS_MIN = 7, FORECAST_ALIKE_MIN = 8, FORECAST_DAYS_MAX = 800 };

struct forecast_curve {
    enum forecast_knows knows;
    int64_t days, days_alike; /* that it was made from */
    bool has_season;          /* more than a year is known: the time of year counts */
    double trend;             /* growth a week, as a share; 0 when none can be told from chance */
    double expected[FORECAST_HALF_HOURS], low[FORECAST_HALF_HOURS], high[FORECAST_HALF_HOURS];
};
/* `days` rise and lie before `day`; those without any record are left out.  low to high holds
 * four of five days. */
void forecast_arrivals(const struct forecast_day *days, size_t count, calendar_day day,
                       enum forecast_kind kind, struct forecast_curve *curve);

/* A day that is known: working, make-up, weekend or holiday. */
struct outcome forecast_kind_of(const struct calendar *calendar, calendar_day day,
                                enum forecast_kind *kind);
const char *forecast_kind_name(enum forecast_kind kind); /* marked T() */

#endif
