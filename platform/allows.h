/* allows.h -- whether something would be let through, for who offers it and does not do it yet.
 *
 * A refusal is a no.  A fault is no answer: it goes on, so that a page is not shown with less than
 * somebody may do because the database failed for a moment.
 */
#ifndef PLATFORM_ALLOWS_H
#define PLATFORM_ALLOWS_H

#include "platform/base.h"

static inline struct outcome outcome_allows(struct outcome outcome, bool *allows)
{
    *allows = IS_DONE(outcome);
    return outcome.fault ? outcome : DONE;
}

#endif
