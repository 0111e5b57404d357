/* supervision_figures.h -- what a report counts, over which days, and what stands out in it.
 *
 *  (1) A report is of a day, a week (from Monday) or a month of Shanghai's calendar, whole days.
 *  (2) It is made when its last day is over.
 *  (3) Every column is one figure of bureau/record, so behind every number are its cases.
 *  (4) Work is compared as questions for each hour on line, with the middle of all districts;
 *      where there are fewer than three to compare, nothing stands out.
 */
#ifndef SUPERVISION_FIGURES_H
#define SUPERVISION_FIGURES_H

#include "bureau/record/record.h"
#include "desk/calendar/calendar.h"

/* ---- periods ---- */

enum supervision_period {
    SUPERVISION_DAY,
    SUPERVISION_WEEK,
    SUPERVISION_MONTH,
    SUPERVISION_PERIODS
};

struct str supervision_period_word(enum supervision_period period);
bool supervision_period_of(struct str word, enum supervision_period *period);
const char *supervision_period_name(enum supervision_period period); /* T() */

struct supervision_days {
    calendar_day first, end; /* half-open */
};
/* The period of that kind a day lies in; the one before it. */
struct supervision_days supervision_days_of(enum supervision_period period, calendar_day day);
struct supervision_days supervision_days_before(enum supervision_period period,
                                                struct supervision_days days);

/* ---- columns ---- */

enum supervision_measure {
    SUPERVISION_COUNT,   /* cases */
    SUPERVISION_WITHIN,  /* those of them within the bound: in time, satisfied */
    SUPERVISION_SHARE,   /* within of count, in tenths of a per cent */
    SUPERVISION_MEAN,    /* seconds, or tenths of a star */
    SUPERVISION_LONGEST, /* seconds */
};

struct supervision_column {
    const char *word, *title; /* T() */
    enum record_figure figure;
    enum supervision_measure measure;
};

enum { SUPERVISION_COLUMNS = 18 };
extern const struct supervision_column supervision_columns[SUPERVISION_COLUMNS];

/* A figure as it was counted. */
struct supervision_sum {
    int64_t count, sum, max, within;
};
struct supervision_sums {
    struct supervision_sum of[RECORD_FIGURES_COUNT];
};

/* What the column says of them; -1 when there is nothing to say. */
int64_t supervision_value(const struct supervision_column *column,
                          const struct supervision_sums *sums);
/* By how much it is more or less than before, in per cent; false: cannot be said. */
bool supervision_change(int64_t now, int64_t before, int64_t *percent);

/* ---- balance ---- */

enum supervision_balance {
    SUPERVISION_USUAL,
    SUPERVISION_TOO_MUCH,
    SUPERVISION_TO_SPARE,
    SUPERVISION_NOBODY, /* questions, and not an hour on line */
    SUPERVISION_NO_WORD /* too few to compare, or neither questions nor hours */
};

struct supervision_load {
    int64_t cases, minutes; /* asked from there; on line there */
    int64_t load;           /* questions for 100 hours on line; -1: no hours */
    int64_t percent;        /* of the middle; -1: nothing to compare */
    enum supervision_balance balance;
};
enum { SUPERVISION_COMPARED_MIN = 3, SUPERVISION_LOADS_MAX = 512 };
/* Fills load, percent and balance of each; returns the middle, -1 if there is none. */
int64_t supervision_weigh(struct supervision_load *loads, size_t count, int64_t high_percent,
                          int64_t low_percent);
const char *supervision_balance_name(enum supervision_balance balance); /* T() */

#endif
