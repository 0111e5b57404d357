/* search_citing.c -- who cites an article: other articles that apply today, and published answers.
 *
 *  (1) The index only says where to look: that a text cites the article is read out of the text
 *      again, by the names laws have now, and an answer is shown to whom it may be shown.
 *  (2) So a law taken in after the articles that name it is cited by them at once.
 */
#include "gen/search_sql.h"
#include "service/repository/repository_acts.h"
#include "service/search/search_views.h"

enum {
    ARTICLES_LOOKED_AT = 60,
    ARTICLES_NUMBERED = 600,
    ANSWERS_LOOKED_AT = 30,
    ANSWERS_SHOWN = 10
};
enum { BY_ARTICLE, BY_ANSWER };

static const struct finder_weights weights = {.k1 = 1.2, .b = 0.3};

void search_citing_article(struct arena *arena, const struct laws_told *row)
{
    struct str body = laws_cites_words(arena, row);

    if (body.len)
        finder_add(search_citing, &(struct finder_text){.kind = BY_ARTICLE,
                                                        .text_id = row->article_id,
                                                        .title = row->name,
                                                        .body = body});
}

/* One word of letters and digits, so that it is found whole. */
static struct str word_of(struct arena *arena, const struct laws_place *place)
{
    return arena_print(arena, " l%lldn%llds%lld", (long long)place->law_id,
                       (long long)place->number, (long long)place->sub);
}

void search_citing_answer(struct arena *arena, const struct repository_changed *row)
{
    struct str body = S("");

    finder_drop(search_citing, BY_ANSWER, row->entry_id);
    if (!row->is_shown || !row->cites_count) return;
    for (size_t i = 0; i < row->cites_count; i++) {
        struct str word = word_of(arena, &row->cites[i]);

        body = arena_print(arena, "%.*s%.*s", STR_ARGS(body), STR_ARGS(word));
    }
    finder_add(search_citing,
               &(struct finder_text){
                   .kind = BY_ANSWER, .text_id = row->entry_id, .title = S(""), .body = body});
}

static struct outcome add_article(struct scene *scene, id article_id,
                                  const struct laws_place *place, struct laws_citing *made,
                                  size_t *count)
{
    struct laws_told told;
    bool cites;

    TRY(laws_tell(scene, article_id, &told, &cites));
    if (!cites) return DONE; /* does not apply today */
    if (told.law_id == place->law_id && told.number == place->number && told.sub == place->sub)
        return DONE;
    TRY(laws_cites(scene, told.words, told.law_id, place, &cites));
    if (!cites) return DONE;
    made[(*count)++] = (struct laws_citing){
        .title = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(told.name), STR_ARGS(told.label)),
        .url = arena_print(
            scene->arena, "/laws/%lld/articles/%.*s", (long long)told.law_id,
            STR_ARGS(laws_address(scene->arena, told.number, told.sub, told.position)))};
    return DONE;
}

static struct outcome add_answers(struct scene *scene, const struct laws_place *place,
                                  struct laws_citing *made, size_t *count)
{
    struct str word = word_of(scene->arena, place);
    struct finder_hit hits[ANSWERS_LOOKED_AT];
    size_t found = finder_ask(search_citing, scene->arena, word, 1 << BY_ANSWER, &weights, hits,
                              ANSWERS_LOOKED_AT);

    for (size_t i = 0; i < found && *count < ANSWERS_SHOWN; i++) {
        struct repository_told told;
        bool is_public;

        TRY(repository_tell(scene, hits[i].text_id, &told, &is_public));
        if (is_public)
            made[(*count)++] = (struct laws_citing){
                .title = told.title,
                .url = arena_print(scene->arena, "/answers/%lld", (long long)hits[i].text_id),
                .is_answer = true};
    }
    return DONE;
}

static bool is_among(const struct finder_hit *hits, size_t count, id text_id)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].text_id == text_id) return true;
    return false;
}

/* Name and number order them; those without the number are not even opened. */
static struct outcome add_articles(struct scene *scene, const struct laws_place *place,
                                   struct str name, struct laws_citing *made, size_t *count)
{
    struct str word = laws_cites_word(scene->arena, place->number, place->sub);
    struct finder_hit hits[ARTICLES_LOOKED_AT];
    struct finder_hit *has = NEW_MANY(scene->arena, struct finder_hit, ARTICLES_NUMBERED);
    size_t has_count = finder_ask(search_citing, scene->arena, word, 1 << BY_ARTICLE, &weights, has,
                                  ARTICLES_NUMBERED);
    size_t found = finder_ask(search_citing, scene->arena,
                              arena_print(scene->arena, "%.*s%.*s", STR_ARGS(name), STR_ARGS(word)),
                              1 << BY_ARTICLE, &weights, hits, ARTICLES_LOOKED_AT);

    for (size_t i = 0; i < found && *count < LAWS_CITING_MAX; i++)
        if (is_among(has, has_count, hits[i].text_id))
            TRY(add_article(scene, hits[i].text_id, place, made, count));
    return DONE;
}

struct outcome search_who_cites(struct scene *scene, const struct laws_place *place,
                                struct str name, struct laws_citing citing[static LAWS_CITING_MAX],
                                size_t *count)
{
    *count = 0;
    if (!search_citing) return DONE;
    TRY(add_answers(scene, place, citing, count));
    return add_articles(scene, place, name, citing, count);
}
