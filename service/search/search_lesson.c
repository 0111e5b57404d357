/* search_lesson.c -- see search_lesson.h.
 *
 * All weights are parts of the best score, so that they mean the same for short questions and long
 * ones; docs/decisions/0024 says how they were chosen.
 */
#include "service/search/search_lesson.h"

#include <math.h>
#include <stdlib.h>

const struct finder_weights search_alike_weights = {.k1 = 1.2, .b = 0.5, .sign = 0.3};

static const double alike_least = 0.1, alike_power = 1.25;
static const double article_weight = 0.8, law_weight = 0.15;
static const double begins_with = 0.6; /* an article that did not fit by its own words */

double search_lesson_weight(double alike)
{
    return alike < alike_least ? 0 : pow(alike, alike_power);
}

/* Questions that agree say more than one of them, and never more than all there is: each takes its
 * part of the doubt the others leave. */
static double of_article(const struct search_vote *votes, size_t count, id article_id)
{
    double doubt = 1;

    for (size_t i = 0; i < count; i++)
        if (votes[i].article_id == article_id)
            doubt *= votes[i].weight < 1 ? 1 - votes[i].weight : 0;
    return 1 - doubt;
}

static double of_law(const struct search_vote *votes, size_t count, id law_id)
{
    double sum = 0;

    for (size_t i = 0; law_id && i < count; i++)
        if (votes[i].law_id == law_id) sum += votes[i].weight * votes[i].share;
    return sum;
}

bool search_lesson_brought(const struct search_vote *votes, size_t count, id article_id)
{
    return of_article(votes, count, article_id) > 0;
}

static bool has(const struct finder_hit *hits, size_t count, id article_id)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].text_id == article_id) return true;
    return false;
}

static int by_score(const void *a_, const void *b_)
{
    const struct finder_hit *a = a_, *b = b_;

    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->text_id < b->text_id ? -1 : a->text_id > b->text_id;
}

size_t search_lesson_weigh(struct finder_hit *hits, size_t count, size_t max,
                           const struct search_vote *votes, size_t votes_count)
{
    double top = count ? hits[0].score : 1;

    for (size_t i = 0; i < votes_count && count < max; i++)
        if (votes[i].weight > 0 && !has(hits, count, votes[i].article_id))
            hits[count++] = (struct finder_hit){.text_id = votes[i].article_id,
                                                .group_id = votes[i].law_id,
                                                .score = begins_with * top};
    for (size_t i = 0; i < count; i++)
        hits[i].score += top * (article_weight * of_article(votes, votes_count, hits[i].text_id) +
                                law_weight * of_law(votes, votes_count, hits[i].group_id));
    qsort(hits, count, sizeof *hits, by_score);
    return count;
}
