/* review_wording.h -- finds wording that asks for money or offers private service.
 *
 * A pattern is words a person would write, with '#' for any digit and '*' for a few characters in
 * between ("加*微信", "1##########").  Text and pattern are brought to the same plain form first:
 * wide, circled and accented letters to plain ones, small letters, digits in words to digits, the
 * old characters that such offers are written with to the new ones, and everything that is neither
 * letter nor digit away.  So "加 薇·信" and "ＶＸ：一三八…" are seen for what they are.
 *
 *  1. A flag is a question to a person, never a verdict: nothing here punishes.
 *  2. What an allowed phrase covers ("不收费") matches nothing, and nothing matches across it.
 *  3. The work is bounded by the length of text and patterns: no backtracking beyond GAP_MAX.
 */
#ifndef BUREAU_REVIEW_WORDING_H
#define BUREAU_REVIEW_WORDING_H

#include "platform/base.h"

enum {
    REVIEW_GAP_MAX = 10, /* characters a '*' may stand for */
    REVIEW_PATTERN_POINTS_MAX = 60,
    REVIEW_PATTERNS_MAX = 400 /* read for one text */
};

enum review_wording {
    REVIEW_MONEY,
    REVIEW_CONTACT,
    REVIEW_SERVICE,
    REVIEW_ALLOWED,
    REVIEW_WORDINGS
};
struct str review_wording_word(enum review_wording kind);
bool review_wording_of(struct str word, enum review_wording *kind);
const char *review_wording_name(enum review_wording kind); /* marked with T() */

struct review_pattern {
    enum review_wording kind;
    struct str plain; /* as review_plain_pattern() made it */
};

/* Text in its plain form; "" when it is no UTF-8 or nothing of it is left. */
struct str review_plain(struct arena *arena, struct str text);
/* The same with its signs '#' and '*' kept, none of them at an end; "" when nothing is left. */
struct str review_plain_pattern(struct arena *arena, struct str pattern);

/* Which kinds are in the text: bit 1 << kind.  `first` is the number of the first pattern that
 * matched, or -1. */
unsigned review_find_wording(struct arena *arena, struct str text,
                             const struct review_pattern *patterns, size_t count, int *first);

#endif
