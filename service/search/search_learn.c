/* search_learn.c -- answered questions teach which articles are looked for.
 *
 *  (1) What the command line hands in is learned, and what the repository publishes
 *      (search_answers.c): approved for everybody, without anything personal.  No question is shown
 *      from here; only the order of articles changes by it.
 *  (2) Which article a citation means is looked up when it is asked for: of a law that has changed
 *      it is the article that applies today, of one that was repealed none.
 *  (3) A question stands here once, however often it is handed in.
 */
#include "desk/laws/laws_acts.h"
#include "gen/search_sql.h"
#include "platform/files.h"
#include "service/repository/repository_acts.h"
#include "service/search/search_views.h"

const struct reason search_too_many_lessons = {
    "search.too-many", T("These are more answered questions than can be learned from: %1 at most."),
    0};
static const struct reason lesson_columns = {
    "search.columns",
    T("Line %1 is not a question and an answer with a tabulator between, or the question is longer "
      "than 1,000 characters."),
    0};

static id last_lesson;

/* ---- taking in ---- */

struct outcome search_read_lesson(struct arena *arena, struct str *table, int64_t *line,
                                  struct search_lesson *lesson, bool *found)
{
    *found = false;
    while (table->len && !*found) {
        struct str row = str_cut(*table, '\n', table);

        ++*line;
        if (!str_trim(row).len || row.at[0] == '#') continue;
        lesson->question = str_trim(str_cut(row, '\t', &row));
        lesson->answer = str_trim(str_cut(row, '\t', &row));
        if (!lesson->question.len || !lesson->answer.len ||
            str_points(lesson->question) > SEARCH_QUESTION_POINTS_MAX)
            return REFUSE_WITH(lesson_columns, arena_print(arena, "%lld", (long long)*line));
        *found = true;
    }
    return DONE;
}

static struct outcome learn_one(struct scene *scene, const struct search_lesson *lesson,
                                id import_id, struct search_learned *told)
{
    struct laws_place places[SEARCH_LESSON_ARTICLES];
    struct str hash = files_hash(scene->arena, lesson->question);
    struct search_find_lesson_row row;
    size_t count;
    bool found;

    TRY(laws_cited_places(scene, lesson->answer, places, COUNT(places), &count));
    told->without += count == 0;
    if (!count) return DONE;
    TRY(search_find_lesson(scene->store, hash, &row, &found));
    if (!found) {
        row.lesson_id = scene_new_id(scene);
        TRY(search_add_lesson(scene->store, row.lesson_id, hash, lesson->question, import_id));
    } else {
        TRY(search_set_lesson_import(scene->store, import_id, row.lesson_id));
        TRY(search_drop_lesson_articles(scene->store, row.lesson_id));
    }
    told->added += !found;
    told->again += found;
    for (size_t i = 0; i < count; i++)
        TRY(search_add_lesson_article(scene->store, row.lesson_id, places[i].law_id,
                                      places[i].number, places[i].sub));
    return DONE;
}

static struct outcome learn(struct scene *scene, const void *form, void *result)
{
    const struct search_learn_form *f = form;
    struct search_learned *told = result;
    struct search_count_lessons_row row;
    id import_id = f->import_id ? f->import_id : scene_new_id(scene);
    bool found;

    *told = (struct search_learned){.import_id = import_id};
    for (size_t i = 0; i < f->count; i++) TRY(learn_one(scene, &f->lessons[i], import_id, told));
    if (f->only_these) {
        TRY(search_drop_articles_of_others(scene->store, import_id));
        TRY(search_drop_others(scene->store, import_id));
    }
    TRY(search_count_lessons(scene->store, &row, &found));
    if (row.lessons_count > SEARCH_LESSONS_MAX)
        return REFUSE_WITH(search_too_many_lessons,
                           arena_print(scene->arena, "%d", SEARCH_LESSONS_MAX));
    return DONE;
}

const struct act search_learn = {.name = "search.learn", .who = WHO_SYSTEM, .run = learn};

/* ---- reading on ---- */

void search_lessons_begin(void)
{
    last_lesson = 0;
}

struct outcome search_follow_lessons(struct scene *scene, bool *more)
{
    const struct search_list_lessons_after_row *rows;
    size_t count;

    TRY(search_list_lessons_after(scene->arena, scene->store, last_lesson, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        const struct search_list_lesson_articles_row *articles;
        size_t articles_count;

        TRY(search_list_lesson_articles(scene->arena, scene->store, rows[i].lesson_id, &articles,
                                        &articles_count));
        for (size_t k = 0; k < articles_count; k++)
            finder_answer(search_finder, articles[k].law_id, 1);
        finder_add(search_lessons, &(struct finder_text){.text_id = rows[i].lesson_id,
                                                         .title = S(""),
                                                         .body = rows[i].question});
        last_lesson = rows[i].lesson_id;
    }
    *more = count > 0;
    return DONE;
}

/* ---- asking ---- */

static struct outcome places_of(struct scene *scene, const struct finder_hit *hit,
                                struct laws_place *places, size_t *count)
{
    const struct search_list_lesson_articles_row *rows;

    if (hit->kind == SEARCH_LESSON_PUBLISHED)
        return repository_cited(scene, hit->text_id, places, count);
    TRY(search_list_lesson_articles(scene->arena, scene->store, hit->text_id, &rows, count));
    for (size_t i = 0; i < *count; i++)
        places[i] = (struct laws_place){rows[i].law_id, rows[i].number, rows[i].number_sub};
    return DONE;
}

static struct outcome votes_of(struct scene *scene, const struct finder_hit *hit, double weight,
                               struct search_vote *votes, size_t *count)
{
    struct laws_place places[SEARCH_LESSON_ARTICLES];
    size_t places_count;

    TRY(places_of(scene, hit, places, &places_count));
    for (size_t i = 0; i < places_count; i++) {
        id article_id;
        bool found;

        TRY(laws_article_now(scene, &places[i], &article_id, &found));
        if (found)
            votes[(*count)++] = (struct search_vote){article_id, places[i].law_id, weight,
                                                     1.0 / (double)places_count};
    }
    return DONE;
}

struct outcome search_votes(struct scene *scene, struct str q, struct search_vote *votes,
                            size_t *count)
{
    struct finder_hit alike[SEARCH_LESSONS_ASKED];
    size_t found = finder_ask(search_lessons, scene->arena, q, (1 << SEARCH_LESSON_KINDS) - 1,
                              &search_alike_weights, alike, SEARCH_LESSONS_ASKED);
    double self = found ? finder_self(search_lessons, scene->arena, q, &search_alike_weights) : 0;

    *count = 0;
    for (size_t i = 0; i < found; i++) {
        double weight = search_lesson_weight(alike[i].score / self);

        if (weight > 0) TRY(votes_of(scene, &alike[i], weight, votes, count));
    }
    return DONE;
}
