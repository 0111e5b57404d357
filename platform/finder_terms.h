/* finder_terms.h -- a text as the terms it is found by; see finder.h (1). */
#ifndef PLATFORM_FINDER_TERMS_H
#define PLATFORM_FINDER_TERMS_H

#include "platform/base.h"

/* Calls `take` for every term of the text, in order, as often as it stands there.  Bytes that are
 * no UTF-8 part words and are nothing else. */
void finder_terms(struct str text, void (*take)(void *mine, uint64_t key), void *mine);

#endif
