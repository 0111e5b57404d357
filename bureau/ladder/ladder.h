/* ladder.h -- when more ask than those on duty can serve: rungs, up and down by themselves.
 *
 * The rules only: when the ladder of a desk moves and why, who may be offered a case of which
 * district at each rung, which backup volunteers are called, and what standing by is worth.  Load,
 * time and policy arrive as arguments.
 *
 * Source: S2 (Shanghai 12348 platform): when load passes what the roster can carry, backups are
 * called in and the queue offers to wait or to leave a message; automatic both ways.
 */
#ifndef LADDER_H
#define LADDER_H

#include "platform/base.h"

/* Where the ladder of one desk stands.  A desk is one profession for the residents of one
 * district (see README, "Decided").  Which of these rungs there are, and in which order, says the
 * policy; on a rung whatever the rungs below it do is done as well. */
enum ladder_level {
    LADDER_DUTY,      /* those on duty: the district's own and the city's */
    LADDER_NEIGHBOUR, /* neighbouring districts help, ring by ring; above it the whole city */
    LADDER_BACKUP,    /* backup volunteers are called */
    LADDER_CHOICE,    /* residents are offered: wait, or leave a message */
    LADDER_MESSAGE,   /* new questions are taken in writing unless one would rather wait */
    LADDER_LEVELS
};

/* Levels and reasons are kept in the store as words. */
struct str ladder_level_word(enum ladder_level level);
enum ladder_level ladder_level_of(struct str word);     /* an unknown word is LADDER_DUTY */
const char *ladder_level_name(enum ladder_level level); /* for people, marked T() */

/* ---- policy: data an administrator keeps ---- */

/* Up to a level when at least `waiting_min` wait and either bound is reached; down from it when
 * both are below the lower bounds for a while. */
struct ladder_rule {
    int64_t waiting_min;
    int64_t up_percent;   /* of those waiting in 100 places of those on duty */
    int64_t up_seconds;   /* the longest wait */
    int64_t down_percent; /* less than up_percent */
    int64_t down_seconds; /* less than up_seconds */
};

enum { LADDER_CALLS_MAX = 5 /* each is a line of the journal of one act */ };

struct ladder_policy {
    int64_t version;
    struct ladder_rule rules[LADDER_LEVELS]; /* of LADDER_DUTY: not used */
    int64_t places[LADDER_LEVELS];           /* on the ladder, from 1 up; 0: it has no such rung */
    int64_t rise_seconds;                    /* on a level at least, before going up */
    int64_t calm_seconds; /* on a level, and calm, at least, before going down; >= rise_seconds */
    /* neighbours */
    int64_t depth;        /* rings of neighbours before the whole city */
    int64_t ring_seconds; /* from one ring to the next; 0: the whole city from the beginning */
    int64_t priority_min; /* whom the level opens neighbours to; others by their own wait */
    /* backups */
    int64_t call_count;     /* called at a time, LADDER_CALLS_MAX at most; 0: nobody is called */
    int64_t call_seconds;   /* to answer, before the next are called */
    int64_t per_person;     /* who wait for each one called */
    int64_t coming_max;     /* enough for one call-out, whatever the load */
    int64_t coming_seconds; /* to come on line after saying yes; later it does not count */
    int64_t day_max;        /* calls to one person a day */
    int64_t from_minute, to_minute; /* of the day, in which people may be called */
    int64_t credit_minutes;         /* for whoever said "I'm coming" and came, at least */
};
extern const struct ladder_policy ladder_policy_default;

/* Refuses numbers that would make the ladder flap, skip or never come down, and an order whose end
 * gives nobody a date. */
struct outcome ladder_check(const struct ladder_policy *policy);
/* An order in words, from below: "backup,neighbour,message".  False: none that makes sense. */
bool ladder_order_of(struct str words, struct ladder_policy *policy);
/* The same order, counted 1, 2, 3 without a gap. */
void ladder_close_gaps(struct ladder_policy *policy);

/* ---- the order ---- */

/* How many rungs up a level is; 0: the ground, or none of this ladder. */
int64_t ladder_rung(const struct ladder_policy *policy, enum ladder_level level);
/* The next rung up (+1) or down (-1); LADDER_LEVELS: there is none. */
enum ladder_level ladder_next(const struct ladder_policy *policy, enum ladder_level level,
                              int direction);
/* Is what `rung` does done, where the ladder stands at `level`? */
bool ladder_does(const struct ladder_policy *policy, enum ladder_level level,
                 enum ladder_level rung);

/* ---- the ladder ---- */

struct ladder_load {
    int64_t waiting;         /* live questions of this desk that nobody has been offered */
    int64_t longest_seconds; /* how long the first of them has waited */
    int64_t places;          /* conversations that those on duty for this desk can lead at once */
    int64_t free;            /* of these, how many more they could begin now */
};

struct ladder_state {
    enum ladder_level level;
    moment since;   /* of this level; 0: always */
    moment calm_at; /* since when the load is below what the level needs; 0: it is not */
};

enum ladder_why {
    LADDER_STAYS,  /* no step */
    LADDER_QUEUE,  /* so many wait for so many places */
    LADDER_WAIT,   /* somebody waits so long */
    LADDER_NOBODY, /* people wait and nobody is on duty */
    LADDER_CALM,   /* the load has been low for long enough */
    LADDER_HAND,   /* a supervisor's word */
    LADDER_GONE,   /* the rung it stood on was taken out of the ladder */
    LADDER_WHYS
};
struct str ladder_why_word(enum ladder_why why);
enum ladder_why ladder_why_of(struct str word); /* an unknown word is LADDER_STAYS */
/* For people, marked T(): %1 how many wait or seconds, %2 places. */
const char *ladder_why_text(enum ladder_why why);

/* One look: at most one step, and `state` as it is afterwards.  LADDER_STAYS when none. */
enum ladder_why ladder_look(const struct ladder_policy *policy, const struct ladder_load *load,
                            moment now, struct ladder_state *state);
/* By hand: one step up (+1) or down (-1), at any time; the next step by itself waits its time. */
struct outcome ladder_push(const struct ladder_policy *policy, int direction, moment now,
                           struct ladder_state *state);

/* Those who wait in a hundred places; with nobody on duty, LADDER_PERCENT_MAX. */
enum { LADDER_PERCENT_MAX = 1000000 };
int64_t ladder_percent(const struct ladder_load *load);

bool ladder_offers_choice(const struct ladder_policy *policy, enum ladder_level level);
/* New questions: in writing unless insisted. */
bool ladder_writes_first(const struct ladder_policy *policy, enum ladder_level level);
/* May somebody who left a message be taken live again?  Only what would otherwise lie idle. */
bool ladder_has_time(const struct ladder_policy *policy, enum ladder_level level,
                     const struct ladder_load *load);

/* ---- whose consultants ---- */

/* Distances between districts in steps over their borders. */
struct ladder_border {
    struct str division, neighbour; /* in either order */
};
enum { LADDER_CITY = 99, LADDER_BORDERS_MAX = 300, LADDER_DIVISIONS_MAX = 200 };

/* 0: the resident's own district, or somebody who serves the whole city, or a resident of no
 * district; n: n borders away; LADDER_CITY: further than any border tells. */
int64_t ladder_ring(const struct ladder_border *borders, size_t count, struct str resident,
                    struct str consultant);

struct ladder_wish {
    enum ladder_level level;
    moment level_at;   /* since when the desk stands there */
    moment waiting_at; /* since when this resident waits */
    int64_t priority;
    int64_t places; /* of those on duty for the desk: 0 keeps nobody from anybody */
};
/* The furthest ring that may be offered this case now: never falls while one waits on the same
 * level, and is LADDER_CITY after (depth + 1) * ring_seconds of waiting whatever the level. */
int64_t ladder_reach(const struct ladder_policy *policy, const struct ladder_wish *wish,
                     moment now);
/* When the reach grows by itself; 0: it does not. */
moment ladder_reach_at(const struct ladder_policy *policy, const struct ladder_wish *wish,
                       moment now);
extern const char *const ladder_kept; /* why a candidate beyond the reach is unfit, marked T() */

/* ---- backup volunteers ---- */

struct ladder_backup {
    id person_id;
    int64_t calls_today;
    bool opted_out; /* does not want to be called */
    bool on_line;   /* is here already */
    bool called;    /* in this call-out */
    bool reachable; /* there is a number */
};
/* What speaks against calling this person now, or NULL.  For people, marked T(). */
const char *ladder_uncallable(const struct ladder_policy *policy,
                              const struct ladder_backup *backup, int64_t minute);

struct ladder_callout {
    int64_t coming;     /* said yes and are on their way */
    int64_t came;       /* are on line since */
    int64_t unanswered; /* called, and silent so far */
    moment last_call_at;
};
/* How many should be on their way for this load: one for each per_person who wait; nobody where
 * the ladder calls nobody. */
int64_t ladder_wanted(const struct ladder_policy *policy, enum ladder_level level,
                      const struct ladder_load *load);
/* How many to call now: never more than call_count, and none while enough are coming or the last
 * ones may still answer. */
int64_t ladder_call_count(const struct ladder_policy *policy, const struct ladder_callout *callout,
                          int64_t wanted, moment now);
/* Is one more "I'm coming" still of use? */
bool ladder_may_come(const struct ladder_policy *policy, const struct ladder_callout *callout);

/* What a call is worth, in minutes: nothing for silence or no; the time on duty for whoever came,
 * at least credit_minutes; credit_minutes for whoever said yes and was sent home on the way. */
int64_t ladder_credit(const struct ladder_policy *policy, bool said_yes, bool was_released,
                      moment came_at, moment left_at);

extern const struct reason ladder_at_end;

#endif
