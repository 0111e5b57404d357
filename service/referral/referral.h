/* referral.h -- out of a talk to somebody else's service: where to, what to bring, what may happen.
 *
 *  1. Nothing is handed over before the resident has read it and said yes.
 *  2. A referral to a service of this site is over when its office has taken the case on; one on
 *     paper when whoever received the paper has said so.  Until then it is open at both ends.
 *  3. Whoever suspects a crime may report it anywhere, and the police have to take the report
 *     (Criminal Procedure Law of the PRC, article 110); money just sent can be stopped (Law against
 *     Telecom and Online Fraud, article 20).
 */
#ifndef REFERRAL_H
#define REFERRAL_H

#include "platform/base.h"

enum {
    REFERRAL_BRING_MAX = 40, /* papers to take along */
    REFERRAL_KINDS_COUNT = 2,
    REFERRAL_DAYS = 30,      /* words are kept */
    REFERRAL_A_TALK_MAX = 12 /* places one talk leads to */
};

/* Where to, beside the items of the service list: who has no account here.  Texts are marked with
 * T(). */
struct referral_kind {
    const char *kind, *name;
    const char *office, *phone, *law;      /* who receives it */
    const char *bring[REFERRAL_BRING_MAX]; /* what to take along; NULL the last */
};
extern const struct referral_kind referral_kinds[REFERRAL_KINDS_COUNT];
const struct referral_kind *referral_kind_of(struct str kind); /* NULL: there is none */

enum referral_deed {
    REFERRAL_OFFER,
    REFERRAL_AGREE,
    REFERRAL_DECLINE,
    REFERRAL_APPLY, /* to the service, on this site */
    REFERRAL_PRINT,
    REFERRAL_TAKE, /* by whoever received the paper, or by the office of the case */
    REFERRAL_END,  /* the case ended before that */
    REFERRAL_DEEDS
};
/* In the states none, offered, agreed, declined, applied, taken, ended. */
bool referral_may(bool is_on_site, struct str state, enum referral_deed deed);
const char *referral_state_name(struct str state); /* marked T() */

/* ---- answers that are known, as they are kept ---- */

/* One after the other; what is empty is left out. */
struct str referral_answers_text(struct arena *arena, const struct str *fields,
                                 const struct str *answers, size_t count);
/* The next one; false: there is none. */
bool referral_answers_next(struct str *kept, struct str *field, struct str *answer);

#endif
