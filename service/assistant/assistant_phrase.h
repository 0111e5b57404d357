/* assistant_phrase.h -- whether a sentence said again says the same (pure).
 *
 * A language model's sentence is shown only beside the one it was made from, and only when nothing
 * here tells that it says something else.  It is no proof: so the law's own words stay beside it.
 *
 *  1. Numbers with what they count are the same: none is new, none is missing.
 *  2. Who must, who may, who must not: the same kinds of words; as many that say no; the same of
 *     "or", "except", "before", "after", "at least", "at most".
 *  3. Parties are the same, and come in the same order.
 *  4. Every part of it, between signs, has most of its words in common with the source: nothing is
 *     added.  It is neither much longer nor much shorter.
 *  5. It is plain Chinese: no letters, addresses, names of laws or signs the source has not.
 */
#ifndef ASSISTANT_PHRASE_H
#define ASSISTANT_PHRASE_H

#include "platform/base.h"

enum { ASSISTANT_PHRASE_POINTS_MAX = 600 };

bool assistant_says_the_same(struct arena *arena, struct str source, struct str plain);

#endif
