/* privacy_erase.h -- the rules of being erased (pure).
 *
 *  1. Whoever asks is told first what goes, what waits, what stays and by which law
 *     (Personal Information Protection Law, articles 47 and 50).
 *  2. What can be decided by rule is; where a reason in law may speak against it somebody decides,
 *     within PRIVACY_DECIDE_DAYS working days, and tells the reason of a no (article 50).
 *  3. asked -> granted | refused | withdrawn; granted -> erasing -> waiting -> erasing -> done.
 *     What was granted by rule is asked once more when something came up that somebody decides:
 *     a complaint that was under way is decided now.
 *
 * Knows no tables and no clock.
 */
#ifndef PRIVACY_ERASE_H
#define PRIVACY_ERASE_H

#include "platform/base.h"

enum {
    PRIVACY_DECIDE_DAYS = 15, /* working days, as GB/T 35273 has 30 days at most */
    PRIVACY_REMIND_DAYS = 10,
    PRIVACY_KEEP_DAYS_MAX = 3 * 366, /* how long what was judged may stay before it is looked at */
    /* Network logs are kept for six months at least (Cybersecurity Law, article 21, number 3). */
    PRIVACY_LOG_SECONDS = 184 * SECONDS_PER_DAY
};

enum privacy_erasure {
    PRIVACY_ASKED,
    PRIVACY_GRANTED,
    PRIVACY_ERASING,
    PRIVACY_WAITING,
    PRIVACY_DONE,
    PRIVACY_REFUSED,
    PRIVACY_WITHDRAWN,
    PRIVACY_ERASURES
};

struct str privacy_erasure_word(enum privacy_erasure state);
enum privacy_erasure privacy_erasure_of(struct str word);     /* PRIVACY_ERASURES: no such word */
const char *privacy_erasure_name(enum privacy_erasure state); /* marked with T() */
bool privacy_erasure_is_over(enum privacy_erasure state);
/* Does the clock go on with it? */
bool privacy_erasure_runs(enum privacy_erasure state);

extern const struct reason privacy_erase_unsure;  /* the box was not ticked */
extern const struct reason privacy_erase_running; /* asked already */
extern const struct reason privacy_erase_nothing; /* nothing is held of this number */
extern const struct reason privacy_erase_decided; /* it is decided already */
extern const struct reason privacy_erase_none;    /* there is nothing to take back */
extern const struct reason privacy_erase_words;   /* a no, or a part that stays, without why */
extern const struct reason privacy_erase_until;   /* no day, or one that cannot be */
extern const struct reason privacy_erase_own;     /* whoever asked for somebody decides it */

#endif
