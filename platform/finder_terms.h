/* finder_terms.h -- a text as the terms it is found by; see finder.h (1). */
#ifndef PLATFORM_FINDER_TERMS_H
#define PLATFORM_FINDER_TERMS_H

#include "platform/base.h"

/* Calls `take` for every term of the text, in order, as often as it stands there.  Bytes that are
 * no UTF-8 part words and are nothing else. */
void finder_terms(struct str text, void (*take)(void *mine, uint64_t key), void *mine);

/* The next character of a text as it is compared: small, narrow, simplified; `at` moves behind it.
 * 0 for a byte that is no UTF-8. */
uint32_t finder_point(struct str text, size_t *at);
/* The whole text so. */
struct str finder_plain(struct arena *arena, struct str text);
/* How many of the phrases, with | between, stand in a text that is so already.  A phrase of letters
 * is heard only where it stands alone. */
size_t finder_cues(struct arena *arena, struct str plain, struct str phrases);

#endif
