/* finder.h -- finds texts by words of any language: an index in memory over characters and pairs of
 * characters (BM25).
 *
 *  1. Chinese has no blanks between words: a text is its characters, and each two beside each
 *     other.  What has letters or digits is a word.  Large and small, wide and narrow, traditional
 *     and simplified are the same.
 *  2. What was added is found by the next question; what was dropped is not.
 *  3. Who may see what is not known here: whoever asks names the kinds, and nothing of another
 *     kind is counted or given back.  What not everybody may see does not belong here.
 *  4. Memory grows with what was added alone.  A question takes time by what stands here and by
 *     its own length, which is bounded.
 */
#ifndef PLATFORM_FINDER_H
#define PLATFORM_FINDER_H

#include "platform/base.h"

struct finder;

enum {
    FINDER_QUERY_BYTES_MAX = 3000, /* a whole question of a thousand characters */
    FINDER_KINDS_MAX = 32
};

struct finder_text {
    unsigned kind;    /* below FINDER_KINDS_MAX */
    id text_id;       /* of that kind: given back */
    id group_id;      /* texts that belong together, as articles of one law; 0: alone */
    struct str title; /* counts as the body does */
    struct str body;
};
struct finder_hit {
    unsigned kind;
    id text_id, group_id;
    double score;
    uint32_t place; /* the order in which it was added */
};
/* What weighs how much; zeroes beside k1 and b are BM25 over characters and pairs. */
struct finder_weights {
    double k1, b;
    double sign;  /* of a single character, beside 1 for a pair or a word */
    double group; /* of the three best texts of the same group, for each of it */
    double cited; /* of log(1 + how often the group is cited), as a part of the best score */
    double answered; /* likewise of how often it has answered a question */
};
extern const struct finder_weights finder_weights; /* measured: docs/decisions/0024 */

struct finder *finder_open(void);
void finder_close(struct finder **finder);

void finder_add(struct finder *finder, const struct finder_text *text);
void finder_drop(struct finder *finder, unsigned kind, id text_id);
/* A group is cited somewhere, so many times more: it is likelier to be wanted. */
void finder_cite(struct finder *finder, id group_id, int64_t times);
/* It has answered so many questions more; less, when negative. */
void finder_answer(struct finder *finder, id group_id, int64_t times);

/* What a text would score that is the question itself: for how alike others are. */
double finder_self(struct finder *finder, struct arena *arena, struct str query,
                   const struct finder_weights *weights);

/* How much of the question stands in the text, from 0 to 1, by its pairs and words. */
double finder_share(struct arena *arena, struct str query, struct str text);

/* The best of the kinds in the set `kinds` (1 << kind), best first; how many. */
size_t finder_ask(struct finder *finder, struct arena *arena, struct str query, unsigned kinds,
                  const struct finder_weights *weights, struct finder_hit *hits, size_t max);

size_t finder_count(struct finder *finder);
size_t finder_bytes(struct finder *finder); /* memory taken */

#endif
