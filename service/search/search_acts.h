/* search_acts.h -- the index, for main; fields of law for what somebody typed. */
#ifndef SEARCH_ACTS_H
#define SEARCH_ACTS_H

#include "platform/act.h"
#include "platform/finder.h"
#include "service/repository/repository_acts.h"

/* Makes the empty index, before anything is served; its memory stays until search_end(). */
void search_begin(void);
void search_end(void);

/* What a question may be about, likeliest first: suggestions, never a decision (see
 * search_field.h).  `fields` has room for SEARCH_FIELDS_MAX codes. */
enum { SEARCH_FIELDS_MAX = 3 };
struct outcome search_fields(struct scene *scene, struct str q, struct str *fields, size_t *count);

/* ---- what was found, best first (search_found.c) ---- */

/* Articles that apply today; `told` has room for `max`. */
struct outcome search_articles(struct scene *scene, struct str q, size_t max,
                               struct laws_told *told, size_t *count);
/* How well the best of them fits: its score in words that stand in one article alone. */
struct outcome search_fit(struct scene *scene, struct str q, double *fit);
/* Published answers, each with how alike its question is, from 0 to about 1. */
struct search_published {
    struct repository_told told;
    double alike;
};
struct outcome search_published(struct scene *scene, struct str q, size_t max,
                                struct search_published *made, size_t *count);

/* Who cites an article: published answers, and articles that apply today (search_citing.c). */
struct outcome search_who_cites(struct scene *scene, const struct laws_place *place,
                                struct str name, struct laws_citing citing[static LAWS_CITING_MAX],
                                size_t *count);

/* ---- learning from answers ---- */

/* Questions that were answered and may be used by everybody's search, each with the articles its
 * answer cites.  They are never shown. */
struct search_lesson {
    struct str question, answer;
};
enum { SEARCH_LESSONS_MAX = 50000, SEARCH_QUESTION_POINTS_MAX = 1000 };
struct search_learn_form {
    const struct search_lesson *lessons;
    size_t count;
    id import_id;    /* 0: the first part of an import */
    bool only_these; /* of the last part: what no part of this import had is forgotten */
};
enum { SEARCH_PART_LESSONS = 200 }; /* then a part is done: the writer is free again */
struct search_learned {
    id import_id;                  /* for the next part */
    int64_t added, again, without; /* without: no article that exists is cited */
};
/* By the command line. */
extern const struct act search_learn;
extern const struct reason search_too_many_lessons;

/* The next row of a table in UTF-8: question, answer, and whatever may follow, tabulators between.
 * False at its end; a row that is not one is told by its line. */
struct outcome search_read_lesson(struct arena *arena, struct str *table, int64_t *line,
                                  struct search_lesson *lesson, bool *found);

#endif
