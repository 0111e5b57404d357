/* retention_acts.h -- what is kept goes when its period is over (decision 0047).
 *
 * Rooms declare what of theirs has an end (struct held_kept, platform/held.h); how long each kind
 * stays, and by which rule, is a table the bureau hands in.  Once a day the clock takes what is
 * over, some at a time.  A hold keeps one case, or a whole kind, whatever its period.
 */
#ifndef RETENTION_ACTS_H
#define RETENTION_ACTS_H

#include "platform/act.h"
#include "platform/held.h"

enum { RETENTION_KINDS_MAX = 32, RETENTION_PIECES_MAX = 20 /* of one act */ };

/* Once, before other threads: what the rooms declare. */
void retention_learn(const struct held *const *rooms);

/* Gives kinds without a period those of `table` (data/retention.tsv), and begins the daily run.
 * Safe to repeat. */
struct outcome retention_begin(struct scene *scene, struct str table);

struct retention_set_form {
    struct str table; /* lines of kind, days, rule, with tabulators between; # a remark */
};
extern const struct act retention_set;

struct retention_hold_form {
    struct str kind, reference; /* "" the whole kind */
    struct str reason;
};
extern const struct act retention_hold;    /* tells an id: the hold's number */
struct retention_release_form {
    id hold;
};
extern const struct act retention_release;
extern const struct act retention_run; /* the clock's: some, and again at once if there is more */
extern const struct act retention_run_now; /* a command's: some, at once; tells a bool: more */

/* A kind as it is now. */
struct retention_kind {
    const char *kind, *title;
    int64_t days;
    struct str law;
    moment run_at;
    int64_t gone;    /* ever */
    int64_t over;    /* whose period is over: what a run would take */
    bool is_held;    /* all of it */
};
struct outcome retention_list(struct scene *scene, struct retention_kind *kinds, size_t *count);
/* How many days that kind stays after it is over; 0: no period is set, or there is no such kind. */
struct outcome retention_days(struct scene *scene, const char *kind, int64_t *days);

struct retention_held {
    id hold;
    struct str kind, reason;
    id case_id;
    moment made_at;
};
struct outcome retention_holds_list(struct scene *scene, const struct retention_held **holds,
                                    size_t *count);

struct module;
extern const struct module retention_module;

#endif
