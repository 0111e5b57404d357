/* record_acts.h -- how services keep records, and how others count them. */
#ifndef RECORD_ACTS_H
#define RECORD_ACTS_H

#include "bureau/record/record.h"
#include "gen/record_sql.h"
#include "platform/act.h"

/* One case as its service sees it now.  Moments are the act's own: scene->now. */
struct record_case {
    id case_id;
    struct str service, reference, channel, field, profession, division, language;
    int64_t priority;
    struct str state; /* the service's word */
    enum record_phase phase;
    moment opened_at, due_at;
    id consultant_id, team_id; /* who serves it; 0 while it is only offered */
    int64_t offers_count;
    struct str outcome;
};
/* Inside the act that changed the case: adds its record or brings it up to date. */
struct outcome record_keep(struct scene *scene, const struct record_case *c);
/* The same as of another moment: history that is made or brought in. */
struct outcome record_keep_at(struct scene *scene, const struct record_case *c, moment at);

struct record_rating {
    id case_id;
    int64_t stars, patience, courtesy, efficiency, correctness; /* 0: not given */
    moment at;
};
struct outcome record_rate(struct scene *scene, const struct record_rating *rating);

struct outcome record_find(struct scene *scene, id case_id, struct record_find_record_row *row,
                           bool *found);

/* What somebody may see: a supervisor's division, a leader's team, a consultant's own cases.
 * Refuses whoever watches nothing. */
struct outcome record_scope_of(const struct scene *scene, struct record_scope *scope);

/* A figure of a period and scope. */
struct record_figure_sum {
    int64_t count, sum, max; /* cases, and their amounts: see record.h */
    int64_t within;          /* cases whose amount is at most what was asked for */
};
struct record_figures {
    struct record_figure_sum of[RECORD_FIGURES_COUNT];
};
/* Everything that happened in [from, until); `within` are seconds, as the 15 of a service level. */
struct outcome record_sum(struct scene *scene, const struct record_scope *scope, moment from,
                          moment until, int64_t within, struct record_figures *sums);

/* The same in groups: by "service", "channel", "field", "profession", "division" (six digits),
 * "team", "consultant" or "day" (a calendar_day).  Groups come in order of their key. */
struct record_group {
    struct str key;
    struct record_figures figures;
};
enum { RECORD_GROUPS_MAX = 4000 };
struct outcome record_group_by(struct scene *scene, const struct record_scope *scope, moment from,
                               moment until, int64_t within, const char *by,
                               const struct record_group **groups, size_t *count);

/* The cases behind a figure whose amount is within [least, most] (INT64_MIN, INT64_MAX: all),
 * by number, after `after`; at most `rows_max`, which is 101 at most. */
enum { RECORD_BEHIND_MAX = 101 };
struct record_behind {
    enum record_figure figure;
    moment from, until;
    int64_t least, most;
    id after;
    int64_t rows_max;
};
struct outcome record_list_cases(struct scene *scene, const struct record_scope *scope,
                                 const struct record_behind *behind,
                                 const struct record_list_behind_row **rows, size_t *count);

/* Live arrivals; half_hour counts from 1970 in Shanghai: day * 48 + half hour of the day. */
struct outcome record_arrivals(struct scene *scene, struct str service, struct str profession,
                               struct str division, moment from, moment until,
                               const struct record_list_arrivals_row **rows, size_t *count);
/* Sums to measure handling time and patience from; only cases whose wait and talk are over. */
struct outcome record_pace(struct scene *scene, struct str service, struct str profession,
                           struct str division, moment from, moment until,
                           struct record_find_pace_row *pace);

extern const struct module record_module;

#endif
