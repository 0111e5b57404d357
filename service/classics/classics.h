/* classics.h -- the ten best cases: phases of a round, and who comes among the ten (pure).
 *
 *  1. A round collects until its vote begins, is voted on until its last day is over, and is then
 *     counted once.  The days alone say which: nothing has to be done at midnight.
 *  2. Whoever nominated a case does not screen it.
 *  3. What nobody voted for is not among the ten. */
#ifndef CLASSICS_H
#define CLASSICS_H

#include "platform/base.h"

enum {
    CLASSICS_BEST = 10,
    CLASSICS_NOMINATED_MAX = 100, /* of a round: as many as somebody can read through */
    CLASSICS_TITLE_MAX = 60,
    CLASSICS_WHY_MAX = 300,
    CLASSICS_DAYS_MAX = 366 /* from today until the last day of a vote */
};

enum classics_phase { CLASSICS_COLLECTING, CLASSICS_VOTING, CLASSICS_COUNTING, CLASSICS_OVER };

enum classics_phase classics_phase_at(moment vote_from, moment vote_until, moment counted_at,
                                      moment now);
const char *classics_phase_word(enum classics_phase phase);
const char *classics_phase_name(enum classics_phase phase); /* marked with T() */
const char *classics_phase_css(enum classics_phase phase);

/* Of a nomination: nominated, accepted, refused. */
const char *classics_state_name(struct str state);

struct classics_tally {
    id entry_id;
    int64_t votes;
};
/* Puts those with most votes first, of equal ones what was published first (numbers grow with
 * time); how many of them are among the ten. */
size_t classics_rank(struct classics_tally *tallies, size_t count);

#endif
