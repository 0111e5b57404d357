/* search_guess.c -- fields of law for what somebody typed: the articles that fit are asked.
 *
 *  (1) Only articles that apply today and have more than a character in common are asked.
 *  (2) Nothing of the question is kept.
 */
#include "bureau/people/people_acts.h"
#include "desk/laws/laws_acts.h"
#include "platform/finder_terms.h"
#include "service/search/search_field.h"
#include "service/search/search_views.h"

extern const char data_field_laws[];

static bool fits(struct scene *scene, struct str q, const struct laws_told *told)
{
    return finder_share(scene->arena, q,
                        arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(told->name),
                                    STR_ARGS(told->chapter), STR_ARGS(told->words))) > 0;
}

static struct outcome ask_articles(struct scene *scene, struct str q, struct search_field *fields,
                                   size_t count)
{
    struct finder_hit hits[SEARCH_FIELD_ARTICLES];
    size_t found;
    double all = 0;

    if (!search_finder) return DONE;
    found = finder_ask(search_finder, scene->arena, q, 1 << SEARCH_ARTICLE, &finder_weights, hits,
                       COUNT(hits));
    for (size_t i = 0; i < found; i++) all += hits[i].score;
    for (size_t i = 0; i < found; i++) {
        struct laws_told told;
        bool applies;

        TRY(laws_tell(scene, hits[i].text_id, &told, &applies));
        if (!applies || !fits(scene, q, &told)) continue;
        search_field_vote(fields, count,
                          search_field_of(str_of(data_field_laws), told.name, told.number),
                          hits[i].score / all);
    }
    return DONE;
}

struct outcome search_fields(struct scene *scene, struct str q, struct str *fields, size_t *count)
{
    const struct people_list_fields_row *rows;
    struct search_field *made;
    size_t rows_count;

    *count = 0;
    if (!q.len) return DONE;
    TRY(people_fields(scene, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct search_field, rows_count + 1);
    for (size_t i = 0; i < rows_count; i++)
        made[i] = (struct search_field){.field = rows[i].field,
                                        .words = finder_plain(scene->arena, rows[i].words)};
    TRY(ask_articles(scene, q, made, rows_count));
    search_field_words(made, rows_count, finder_plain(scene->arena, q));
    *count = search_field_sort(made, rows_count);
    if (*count > SEARCH_FIELDS_MAX) *count = SEARCH_FIELDS_MAX;
    for (size_t i = 0; i < *count; i++) fields[i] = made[i].field;
    return DONE;
}
