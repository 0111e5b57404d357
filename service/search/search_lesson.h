/* search_lesson.h -- what answered questions teach about which articles are looked for (pure).
 *
 *  1. An article that answered a question is likelier, the more alike that question is, and more so
 *     when several did; so are the other articles of its law, a little.
 *  2. Questions that are hardly alike teach nothing.
 */
#ifndef SEARCH_LESSON_H
#define SEARCH_LESSON_H

#include "platform/finder.h"

enum {
    SEARCH_LESSONS_ASKED = 10, /* the most alike ones */
    SEARCH_LESSON_ARTICLES = 20,
    SEARCH_VOTES_MAX = SEARCH_LESSONS_ASKED * SEARCH_LESSON_ARTICLES
};

/* For finder_ask() and finder_self() over questions: how alike two are. */
extern const struct finder_weights search_alike_weights;

struct search_vote {
    id article_id, law_id;
    double weight; /* see search_lesson_weight() */
    double share;  /* of its question's articles */
};
/* `alike` is the score of an answered question as a part of what the question itself would have;
 * 0: it teaches nothing. */
double search_lesson_weight(double alike);

/* Puts the best first again, those the votes add among them: `max` at most. */
size_t search_lesson_weigh(struct finder_hit *hits, size_t count, size_t max,
                           const struct search_vote *votes, size_t votes_count);
/* Did a vote bring this article, or is it there by its own words alone? */
bool search_lesson_brought(const struct search_vote *votes, size_t count, id article_id);

#endif
