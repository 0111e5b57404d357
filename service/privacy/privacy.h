/* privacy.h -- the rules of what somebody may have of what is held about them.
 *
 *  (1) A copy is made for the person who proved the number, or at a window for somebody whose
 *      identity was checked, with the reason noted; never for anybody else.
 *  (2) It can be fetched for COPY_SECONDS, by who made it and nobody else.
 *
 * This header and privacy.c know no tables and no clock.
 */
#ifndef PRIVACY_H
#define PRIVACY_H

#include "platform/base.h"

enum { PRIVACY_COPY_SECONDS = 30 * SECONDS_PER_MINUTE };

/* What may be shown at a window to prove who one is. */
enum { PRIVACY_PAPERS = 4 };
struct privacy_paper {
    const char *paper, *name; /* marked with T() */
};
extern const struct privacy_paper privacy_papers[PRIVACY_PAPERS];
const char *privacy_paper_name(struct str paper); /* NULL: there is none of that word */

/* What the copies themselves are called among what is held. */
#define PRIVACY_COPIES_TITLE T("Copies made of what is held about you")

extern const struct reason privacy_paper_missing;
extern const struct reason privacy_no_right;
extern const struct reason privacy_no_clerk; /* %1: the name that was typed */
extern const struct reason privacy_is_clerk;
extern const struct reason privacy_copy_too_long;

#endif
