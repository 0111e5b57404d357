/* admission.h -- who is let in when more come than can be served.
 *
 * What is asked is of a class; a class waits behind those before it.  A queue is too long when the
 * oldest in it has waited longer than its class may, for a while: not how many wait counts, but
 * how long (as CoDel does it, RFC 8289).  Then a lower class is told at once to come again, and
 * what is let in is served as fast as on any other day.
 *
 *  (1) A short pause of the machine turns nobody away: ADMISSION_INTERVAL of waiting comes first.
 *  (2) From then on who would come behind somebody who has waited half as long as that is turned
 *      away at once, so that who is let in is served before it is too late; until the waits have
 *      been shorter for ADMISSION_CALM.
 *  (3) A class is never turned away for what waits behind it.
 *
 * The rules are pure; moments are microseconds of a clock that only rises.
 */
#ifndef PLATFORM_ADMISSION_H
#define PLATFORM_ADMISSION_H

#include "platform/out.h"

enum admission_class {
    ADMIT_LIVING,  /* conversations under way, and who is served first */
    ADMIT_WORK,    /* of somebody signed in, and questions left in writing */
    ADMIT_READING, /* pages for everybody */
    ADMIT_ASKING,  /* new questions to be answered live */
    ADMIT_CLASSES
};

enum {
    ADMISSION_INTERVAL = 100 * 1000,
    ADMISSION_CALM = 2 * 1000 * 1000,
    ADMISSION_OVER = 10 * 1000 * 1000 /* nobody was turned away for so long: it is over */
};

/* How long each class may wait in a queue. */
struct admission_patience {
    int64_t longest[ADMIT_CLASSES];
};
/* `lower_ms` is of ADMIT_WORK; reading and asking have a part of it. */
struct admission_patience admission_patience_of(int64_t lower_ms, int64_t living_ms);

/* What is remembered of one class in one queue; zeros at first. */
struct admission {
    int64_t long_since, strict_until;
};
/* It was seen at `now` that the class waits so long: none waits, or the oldest, or one just taken.
 */
void admission_note(struct admission *admission, int64_t longest, int64_t wait, int64_t now);
/* Is somebody who would wait behind that turned away? */
bool admission_refuses(const struct admission *admission, int64_t longest, int64_t wait,
                       int64_t now);

/* Is one that was let in turned away after all? */
bool admission_is_late(const struct admission *admission, int64_t longest, int64_t wait,
                       int64_t now);

/* Things under way in the order they came, kept by somebody else: how old is the oldest? */
struct admission_place {
    struct admission_place *next, **before;
    int64_t at;
};
struct admission_row;
struct admission_row *admission_row_open(const struct admission_patience *patience);
void admission_row_close(struct admission_row **row);
void admission_row_enter(struct admission_row *row, struct admission_place *place, int64_t now);
void admission_row_leave(struct admission_row *row, struct admission_place *place, int64_t now);
bool admission_row_may(struct admission_row *row, enum admission_class class, int64_t now);
int64_t admission_row_age(struct admission_row *row, int64_t now);

/* Counts one that was turned away, and raises the alarm in the log when it is the first. */
void admission_turned(enum admission_class class, int64_t now);
/* Now and then: says in the log that it is over. */
void admission_look(int64_t now);
/* How many were turned away since this began; 0: nobody is. */
int64_t admission_turned_lately(void);
void admission_put(struct out *out); /* for metrics_put() */

#endif
