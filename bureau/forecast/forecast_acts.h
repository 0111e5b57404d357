/* forecast_acts.h -- how many are needed on a day, against who will be there. */
#ifndef FORECAST_ACTS_H
#define FORECAST_ACTS_H

#include "bureau/forecast/forecast.h"
#include "platform/act.h"

/* What is to be reached; an administrator changes it. */
struct forecast_policy {
    int64_t percent, seconds; /* so many of a hundred talk within so many seconds */
    int64_t talks_at_once;    /* that one person leads */
};
extern const struct forecast_policy forecast_policy_first;
struct outcome forecast_policy_now(struct scene *scene, struct forecast_policy *policy);

struct forecast_half_hour {
    bool is_open;
    double expected, low, high;
    int64_t needed, needed_high;     /* people, for what is expected and for the high end; -1: more
                                        than can be */
    int64_t cover;                   /* people on the roster */
    struct forecast_service service; /* what is expected to come of it */
};
struct forecast_plan {
    calendar_day day;
    enum forecast_kind kind;
    struct forecast_policy policy;
    struct forecast_pace pace;
    struct forecast_curve curve;
    struct forecast_half_hour half_hours[FORECAST_HALF_HOURS];
};
/* Of one profession and the part of the city a division names ("" all).  What is known of the day
 * itself and after it is not used, so that past days show what was forecast. */
struct outcome forecast_plan_day(struct scene *scene, struct str profession, struct str division,
                                 calendar_day day, struct forecast_plan *plan);

/* Need against cover of a day, of all the actor watches, for the roster's own page. */
struct shifts_needs;
struct outcome forecast_needs(struct scene *scene, struct str profession, calendar_day day,
                              struct shifts_needs *needs, bool *knows);

/* For the command line, inside an act: ten weeks of arrivals of a city's hotline. */
struct outcome forecast_demo(struct scene *scene);

extern const struct module forecast_module;

#endif
