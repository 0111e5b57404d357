/* register.h -- the rules of the register: who applies, whose licence is good, what is public.
 *
 *     draft --hand in--> submitted --approve--> approved
 *       ^                  |  ^  \---refuse---> refused
 *       |             ask  |  | hand in
 *       |                  v  |
 *       +--- changed ---- missing          withdrawn <-- from draft, submitted, missing
 *
 *  (1) A step that is not in the picture is refused; approved, refused and withdrawn are ends.
 *  (2) Only the applicant changes an application, and only while it lies with the applicant.
 *  (3) A licence is good up to its last day and only when it was checked; suspended beats all.
 *  (4) Of each of 60, 30, 7 days before the end and the end itself somebody is reminded once.
 *  (5) A rating is public only when made by enough people that none of them stands out.
 *
 * This header and register.c know no tables and no clock.
 */
#ifndef REGISTER_H
#define REGISTER_H

#include "platform/base.h"

enum {
    REGISTER_WORKING_DAYS = 10, /* to decide on an application */
    REGISTER_FILES_MAX = 10,    /* of one application */
    REGISTER_RATINGS_MIN = 10,  /* before stars are shown to everybody */
    REGISTER_SOON_DAYS = 60     /* a licence that ends within these is said to expire */
};

enum register_state {
    REGISTER_DRAFT,
    REGISTER_SUBMITTED,
    REGISTER_MISSING,
    REGISTER_APPROVED,
    REGISTER_REFUSED,
    REGISTER_WITHDRAWN,
    REGISTER_STATES
};
enum register_step {
    REGISTER_CHANGE, /* the form or the files */
    REGISTER_HAND_IN,
    REGISTER_ASK,
    REGISTER_APPROVE,
    REGISTER_REFUSE,
    REGISTER_WITHDRAW,
    REGISTER_STEPS
};
enum register_licence {
    REGISTER_UNCHECKED,
    REGISTER_VALID,
    REGISTER_EXPIRES,
    REGISTER_EXPIRED,
    REGISTER_SUSPENDED,
    REGISTER_LICENCES
};

extern const struct reason register_not_now;

/* Kept as words, so that the store can be read without this file. */
struct str register_state_word(enum register_state state);
enum register_state register_state_of(struct str word);
const char *register_state_name(enum register_state state); /* marked T() */
const char *register_state_css(enum register_state state);
struct str register_licence_word(enum register_licence licence);
const char *register_licence_name(enum register_licence licence); /* marked T() */
const char *register_licence_css(enum register_licence licence);

struct outcome register_next(enum register_state from, enum register_step step,
                             enum register_state *to);
bool register_is_open(enum register_state state); /* nothing is decided yet */
bool register_may(enum register_state state, enum register_step step);

/* `until` is the first moment on which it is over; 0 if it does not run out. */
enum register_licence register_licence_of(moment verified_at, moment until, bool is_active,
                                          moment now);

/* The reminders, most urgent first: days before the end; 0 is the end. */
enum { REGISTER_REMINDERS = 4 };
extern const int register_reminders[REGISTER_REMINDERS];

/* Tenths of a star, or -1 when there are too few to say. */
int64_t register_rating_tenths(int64_t stars_sum, int64_t count);

/* The mark in thousandths by which the directory is put in order: as if so many more had rated,
 * each with so much.  So a few good ratings lead nobody past many. */
enum { REGISTER_SCORE_MORE = 10, REGISTER_SCORE_EACH = 3500 };
int64_t register_score(int64_t stars_sum, int64_t count);

#endif
