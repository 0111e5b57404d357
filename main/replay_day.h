/* replay_day.h -- a past day once more in virtual time, by any policy. */
#ifndef MAIN_REPLAY_DAY_H
#define MAIN_REPLAY_DAY_H

#include "bureau/assignment/assignment.h"
#include "bureau/ladder/ladder.h"

struct replay_result {
    int64_t waited; /* -1: not served live */
    id served_by;
    int64_t offers;
    bool is_waiting_on; /* was still waiting when the day was over */
};

/* The overflow ladder: the city's, and of districts with their own parallel to `districts`, or NULL
 * where all go by the city's.  `rings` is a square over `districts`, as ladder.h has it. */
struct replay_ladder {
    struct ladder_policy policy;
    const struct ladder_policy *own;
    const int32_t *districts, *rings;
    size_t districts_count;
};
struct replay_steps { /* what the ladder did */
    int64_t up, down, rung; /* the highest */
    enum ladder_level top;  /* what is done there */
};

/* `results` are parallel to the arrivals.  Without a ladder (NULL) nobody is kept for anybody. */
struct replay_steps replay_day(struct arena *arena, const struct assignment_day *day,
                               const struct assignment_policy *policy,
                               const struct replay_ladder *ladder, struct replay_result *results);

#endif
