/* simulate.h -- a city's day of consultations in virtual time.
 *
 * People come, wait, lose patience, are offered to consultants who accept, decline, fall silent or
 * never came; the server is killed now and then.  Who gets whom is decided by the rules the server
 * uses: nothing of them is copied here.  After every step the invariants of simulate_check.c hold,
 * or the run ends and says which did not.
 *
 *  (1) A run is a function of its plan: the same plan makes the same events, byte for byte.
 *      Nothing here asks the clock of the machine, except to stop beginning new runs.
 *  (2) The people of a run know nothing of the dispatcher; what they do is drawn from the seed.
 *  (3) What a kill leaves is what the store had committed.
 */
#ifndef MAIN_SIMULATE_H
#define MAIN_SIMULATE_H

#include <stdio.h>

#include "bureau/ladder/ladder.h"
#include "service/consultation/consultation.h"

/* ---- chance: xoshiro256** of Blackman and Vigna, seeded by splitmix64 ---- */

struct simulate_random {
    uint64_t state[4];
};
/* `stream` parts the chances of one seed, so that one kind of draw does not move another. */
struct simulate_random simulate_random_of(uint64_t seed, uint64_t stream);
uint64_t simulate_draw(struct simulate_random *random);
double simulate_fraction(struct simulate_random *random); /* [0, 1) */
int64_t simulate_below(struct simulate_random *random, int64_t bound);
int64_t simulate_between(struct simulate_random *random, int64_t low, int64_t high); /* both in */
bool simulate_happens(struct simulate_random *random, double chance);
double simulate_exponential(struct simulate_random *random, double mean);
double simulate_lognormal(struct simulate_random *random, double median, double sigma);
int64_t simulate_poisson(struct simulate_random *random, double mean);

/* ---- the plan of a run ---- */

/* Rules deliberately broken, to show that the invariants can see. */
enum simulate_break {
    SIMULATE_WHOLE,
    SIMULATE_NO_AGEING,       /* priority always goes first, however long others wait */
    SIMULATE_OFFER_TO_ABSENT, /* presence is not asked */
    SIMULATE_DOUBLE_OFFER,    /* what is offered already is offered again */
    SIMULATE_OVERFILL,        /* capacity is not asked */
    SIMULATE_LOST_ON_RESTART, /* the queue lives in memory only */
    SIMULATE_LEAKED_OFFER,    /* offers that ran out stand for ever */
    SIMULATE_DESERTED,        /* a talk whose consultant is gone is left alone */
    SIMULATE_BLAMED,          /* people are away because the server was not there */
    SIMULATE_LADDER_STUCK,    /* the ladder goes up and never down */
    SIMULATE_UNDATED,         /* a written question without a promise */
    SIMULATE_STUCK_QUEUE,     /* a freed place is not filled */
    SIMULATE_WRONG_WAIT,      /* the wait told is half of what the rule says */
    SIMULATE_LATE_ACCEPT,     /* an offer that has gone to somebody else is accepted all the same */
    SIMULATE_FAR_FIRST,       /* neighbours are not kept for their own */
    SIMULATE_KEPT_FOREVER,    /* waiting does not open neighbours */
    SIMULATE_LADDER_ASLEEP,   /* the ladder never goes up */
    SIMULATE_LADDER_FLAPS,    /* the ladder goes up and down without a pause */
    SIMULATE_CALLED_AGAIN,    /* whoever heads the list is called, however often */
    SIMULATE_PUSHED,          /* residents are put in writing though there is no need */
    SIMULATE_AGAIN_FIRST,     /* who left a message is taken live before those who wait */
    SIMULATE_DEEP_STUCK,      /* whoever stands behind 600 others is not looked at */
    SIMULATE_DEEP_LAST,       /* … is looked at the last of them first */
    SIMULATE_HANDED_FORGOTTEN,    /* what a body does not take up stays with it */
    SIMULATE_HANDED_TWICE,        /* whoever hands it over keeps it as well */
    SIMULATE_HANDED_OUTSIDE,      /* a body gives it to whoever fits, of its people or not */
    SIMULATE_HANDED_LIVE_OUTSIDE, /* … to whoever has time, when its resident wishes to talk */
    SIMULATE_BREAKS
};
extern const char *const simulate_break_names[SIMULATE_BREAKS];

struct simulate_plan {
    uint64_t seed;
    bool real; /* the real acts on a store, instead of the rules in memory */
    enum simulate_break broken;
    moment opens_at; /* 9:00 of the day */
    moment begins_at, ends_at;
    moment closes_at;         /* 17:00 */
    int64_t people;           /* on the day's roster */
    int64_t backups;          /* beside it, who may be called */
    int64_t cases;            /* expected during the day */
    int64_t capacity;         /* talks at once, of one consultant */
    int64_t districts;        /* residents and consultants live in so many, next to each other */
    double city_wide;         /* chance that a consultant serves all of them */
    int64_t bursts, restarts; /* how many */
    double burst_factor;
    double no_show, silent, vanish, decline; /* chances: of the day, an offer, an hour, an offer */
    double written, wants, returning, more;  /* chances of a case */
    double handed; /* … in writing, to be given to a team or a district */
    int64_t take_up_percent, take_up_seconds; /* as an administrator may set them */
    double again;                             /* … left in writing, to be wished live again */
    double cared_for, urgent;
    double sign;             /* … in sign language, which few speak */
    double patience_seconds; /* mean; 0: endless */
    double probes;           /* of the residents wait without end, whatever the others do */
    double handling_seconds; /* median of a talk */
    double handling_sigma;   /* of its logarithm; below 0: exponential with that median's mean */
    int64_t accept_seconds;  /* mean until an offer is accepted; 0: at once */
    bool one_profession;     /* everybody is a lawyer and every question one for them */
    bool steady;             /* arrivals at one rate all day, everybody punctual */
    bool watch_all;          /* every invariant after every step; else after every sweep */
    int64_t samples_known;   /* talks measured yesterday, which today's waits are told from */
    struct ladder_policy ladder;
};
/* `scale` 1 is the documents' city: 116 on duty, 290,000 calls and 60,000 other services in seven
 * months.  `load` multiplies questions but not people. */
struct simulate_plan simulate_plan_city(uint64_t seed, double scale, double load);
/* A small desk, whose size, load, troubles and ladder are drawn from the seed. */
struct simulate_plan simulate_plan_small(uint64_t seed, bool real);

/* ---- what came of it ---- */

enum { SIMULATE_LATE_SECONDS = 15, SIMULATE_GROUPS = 6 };

struct simulate_told { /* waits told, and how they turned out */
    int64_t told, inside, below, above, unknown, silent;
};

struct simulate_result {
    uint64_t seed;
    int64_t asked, live, written;
    int64_t talks, closed, answered, left_in_writing, gone, at_closing;
    int64_t offers, declined, expired, withdrawn, deserted, restarts, lost_acts;
    int64_t waited_count, waited_sum, waited_max, waited_late, waited_half, waited_tenth;
    int64_t queue_max, steps;
    int64_t provisional, warned;
    int64_t handed, taken_up, handed_back, handed_lapsed; /* to a team or a district */
    int64_t handed_again; /* … and taken live while a body had it */
    int64_t ladder_up, ladder_down, called, came, took_choice, taken_again;
    int64_t offers_far, offers_kept; /* to another district; made while some were kept */
    int64_t went_without;            /* of those who waited: left before a talk */
    struct simulate_told at_joining, at_looking;
    const char *broken; /* the invariant that did not hold, or NULL */
    struct str story;   /* what was wrong, in words, and the last events */
    const char *fault;  /* the simulation itself could not go on, or NULL */
};

/* Runs one plan.  `events` gets every event as a line, or is NULL.  What the result names lives in
 * the arena. */
struct simulate_result simulate_run(struct arena *arena, const struct simulate_plan *plan,
                                    FILE *events);

void simulate_report(FILE *out, const struct simulate_plan *plan,
                     const struct simulate_result *result);
void simulate_report_json(FILE *out, const struct simulate_plan *plan,
                          const struct simulate_result *result);
void simulate_add(struct simulate_result *sum, const struct simulate_result *result);

/* The command: gongdao simulate … */
int simulate_command(int argc, char **argv);

#endif
