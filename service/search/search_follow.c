/* search_follow.c -- the index is read in from the store, and goes on with what is new.
 *
 *  (1) Everything in it is public.  What not everybody may see is never put into it.
 *  (2) All versions of a law stand in it; which applies is asked of the store when an article
 *      is shown, so that nothing has to be done at midnight.
 *  (3) Only the follower's thread writes here.
 */
#include <stdatomic.h>

#include "desk/laws/laws_acts.h"
#include "service/search/search_views.h"

struct finder *search_finder;
struct names *search_names;
struct finder *search_lessons;
struct finder *search_answers;
struct finder *search_citing;

static id last_article, last_law;
static atomic_bool is_ready;

void search_begin(void)
{
    search_end();
    search_finder = finder_open();
    search_names = names_open();
    search_lessons = finder_open();
    search_answers = finder_open();
    search_citing = finder_open();
}

void search_end(void)
{
    finder_close(&search_finder);
    names_close(&search_names);
    finder_close(&search_lessons);
    finder_close(&search_answers);
    finder_close(&search_citing);
    last_article = last_law = 0;
    search_lessons_begin();
    search_answers_begin();
    is_ready = false;
}

bool search_is_ready(void)
{
    return is_ready;
}

static struct outcome add_law(struct scene *scene, id law_id)
{
    struct finder_text text = {.kind = SEARCH_LAW, .text_id = law_id, .body = S("")};
    struct str name;

    TRY(laws_names(scene, law_id, &name, &text.title));
    finder_drop(search_finder, SEARCH_LAW, law_id);
    finder_add(search_finder, &text);
    names_put(search_names, law_id, text.title);
    return DONE;
}

/* Laws that others name are likelier to be what is looked for. */
static struct outcome count_named(struct scene *scene, struct str words)
{
    for (;;) {
        id law_id;

        TRY(laws_next_named(scene, &words, &law_id));
        if (!law_id) return DONE;
        finder_cite(search_finder, law_id, 1);
    }
}

struct outcome search_follow(struct scene *scene, bool *more)
{
    const struct laws_told *rows;
    size_t count;

    TRY(laws_read_on(scene, last_article, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct laws_told *row = &rows[i];

        if (row->law_id != last_law) TRY(add_law(scene, row->law_id));
        last_law = row->law_id;
        finder_add(search_finder,
                   &(struct finder_text){
                       .kind = SEARCH_ARTICLE,
                       .text_id = row->article_id,
                       .group_id = row->law_id,
                       .title = arena_print(scene->arena, "%.*s %.*s %.*s", STR_ARGS(row->name),
                                            STR_ARGS(row->label), STR_ARGS(row->chapter)),
                       .body = row->words});
        last_article = row->article_id;
        search_citing_article(scene->arena, row);
        TRY(count_named(scene, row->words));
    }
    *more = count > 0;
    if (count) return DONE;
    is_ready = true;
    TRY(search_follow_lessons(scene, more));
    return *more ? DONE : search_follow_answers(scene, more);
}
