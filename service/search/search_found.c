/* search_found.c -- the articles and published answers that fit a question best, for the page of
 * results and for the assistant.
 *
 *  (1) Only what applies today and everybody may read.
 *  (2) How well it fits is told beside it, so that whoever asks can say "I do not know".
 */
#include <math.h>

#include "desk/laws/laws_acts.h"
#include "platform/finder_terms.h"
#include "service/search/search_views.h"

enum { LOOKED_AT = 60, /* some belong to versions that do not apply */ ANSWERS_LOOKED_AT = 20 };

/* Without what the group adds: the same for a short law and a long one. */
static const struct finder_weights fit_weights = {.k1 = 1.2, .b = 0.75, .sign = 0.3};
static const struct finder_weights answer_weights = {.k1 = 1.2, .b = 0.75, .sign = 0.3};

static bool shares(struct scene *scene, struct str q, const struct laws_told *told)
{
    struct str text = arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(told->name),
                                  STR_ARGS(told->chapter), STR_ARGS(told->words));

    return finder_share(scene->arena, q, text) > 0;
}

struct outcome search_articles(struct scene *scene, struct str q, size_t max,
                               struct laws_told *told, size_t *count)
{
    size_t room = LOOKED_AT + SEARCH_VOTES_MAX, votes_count, found;
    struct finder_hit *hits = NEW_MANY(scene->arena, struct finder_hit, room);
    struct search_vote *votes = NEW_MANY(scene->arena, struct search_vote, SEARCH_VOTES_MAX);

    *count = 0;
    if (!search_finder) return DONE;
    found = finder_ask(search_finder, scene->arena, q, 1 << SEARCH_ARTICLE, &finder_weights, hits,
                       LOOKED_AT);
    TRY(search_votes(scene, q, votes, &votes_count));
    found = search_lesson_weigh(hits, found, room, votes, votes_count);
    for (size_t i = 0; i < found && *count < max; i++) {
        bool applies;

        TRY(laws_tell(scene, hits[i].text_id, &told[*count], &applies));
        /* a single character in common is no hit, unless that was all that was asked */
        *count += applies && (search_lesson_brought(votes, votes_count, hits[i].text_id) ||
                              shares(scene, q, &told[*count]));
    }
    return DONE;
}

struct outcome search_fit(struct scene *scene, struct str q, double *fit)
{
    struct finder_hit hits[LOOKED_AT];
    size_t found;

    *fit = 0;
    if (!search_finder) return DONE;
    found = finder_ask(search_finder, scene->arena, q, 1 << SEARCH_ARTICLE, &fit_weights, hits,
                       COUNT(hits));
    for (size_t i = 0; i < found; i++) {
        struct laws_told told;
        bool applies;

        TRY(laws_tell(scene, hits[i].text_id, &told, &applies));
        if (!applies) continue;
        *fit = hits[i].score / log(1 + (double)finder_count(search_finder));
        return DONE;
    }
    return DONE;
}

struct outcome search_published(struct scene *scene, struct str q, size_t max,
                                struct search_published *made, size_t *count)
{
    struct finder_hit hits[ANSWERS_LOOKED_AT];
    size_t found;
    double self;

    *count = 0;
    if (!search_answers) return DONE;
    found = finder_ask(search_answers, scene->arena, q, 1, &answer_weights, hits, COUNT(hits));
    self = found ? finder_self(search_answers, scene->arena, q, &answer_weights) : 1;
    for (size_t i = 0; i < found && *count < max; i++) {
        struct repository_told *told = &made[*count].told;
        bool is_public;

        if (hits[i].score * 3 < hits[0].score) break;
        TRY(repository_tell(scene, hits[i].text_id, told, &is_public));
        if (!is_public ||
            finder_share(scene->arena, q,
                         arena_print(scene->arena, "%.*s %.*s", STR_ARGS(told->title),
                                     STR_ARGS(told->question))) <= 0)
            continue;
        made[(*count)++].alike = self > 0 ? hits[i].score / self : 0;
    }
    return DONE;
}
