/* search_answers.c -- published answers: found by their words, and teaching which articles fit.
 *
 *  (1) What the repository publishes is in the index at the next look, what it hides is gone.
 *  (2) Whether everybody may read it is asked again when it is shown: an answer that has aged
 *      since is neither shown nor counted.
 *  (3) One that came among the ten best cases stands among those, and not twice.
 */
#include "gen/search_sql.h"
#include "service/classics/classics_acts.h"
#include "service/repository/repository_acts.h"
#include "service/search/search.h"
#include "service/search/search_views.h"

enum { ANSWERS_SHOWN = 5 };

static id last_change;

void search_answers_begin(void)
{
    last_change = 0;
}

static void follow_one(struct arena *arena, const struct repository_changed *row)
{
    int64_t times = row->is_shown ? 1 : -1;

    for (size_t i = 0; i < row->cites_count; i++)
        finder_answer(search_finder, row->cites[i].law_id, times);
    search_citing_answer(arena, row);
    finder_drop(search_answers, 0, row->entry_id);
    finder_drop(search_lessons, SEARCH_LESSON_PUBLISHED, row->entry_id);
    if (!row->is_shown) return;
    finder_add(search_answers, &(struct finder_text){.text_id = row->entry_id,
                                                     .title = row->title,
                                                     .body = row->question});
    finder_add(search_lessons, &(struct finder_text){.kind = SEARCH_LESSON_PUBLISHED,
                                                     .text_id = row->entry_id,
                                                     .title = S(""),
                                                     .body = row->question});
}

struct outcome search_follow_answers(struct scene *scene, bool *more)
{
    const struct repository_changed *rows;
    size_t count;

    TRY(repository_read_on(scene, last_change, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        follow_one(scene->arena, &rows[i]);
        last_change = rows[i].change_id;
    }
    *more = count > 0;
    return DONE;
}

static struct search_link_view link_of(struct scene *scene, const struct repository_told *told)
{
    struct search_snippet snippet = search_snippet(told->answer, S(""));

    return (struct search_link_view){
        .title = told->title,
        .about = arena_print(scene->arena, "%.*s%s", STR_ARGS(snippet.before),
                             snippet.is_cut_after ? "…" : ""),
        .url = arena_print(scene->arena, "/answers/%lld", (long long)told->entry_id)};
}

/* (3) */
struct outcome search_show_answers(struct scene *scene, struct str q, struct search_find_view *v)
{
    size_t max = search_most(v, ANSWERS_SHOWN), count;
    struct search_published *found = NEW_MANY(scene->arena, struct search_published, max);
    struct search_link_view *answers = NEW_MANY(scene->arena, struct search_link_view, max);
    struct search_link_view *cases = NEW_MANY(scene->arena, struct search_link_view, max);

    v->answers = answers;
    v->cases = cases;
    TRY(search_published(scene, q, max, found, &count));
    for (size_t i = 0; i < count; i++) {
        struct search_link_view made = link_of(scene, &found[i].told);
        struct classics_honour honour;
        bool is_best;

        TRY(classics_honour_of(scene, found[i].told.entry_id, &honour, &is_best));
        if (!is_best) {
            answers[v->answers_count++] = made;
            continue;
        }
        made.about =
            arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(honour.title), STR_ARGS(made.about));
        cases[v->cases_count++] = made;
    }
    return DONE;
}
