/* review_show.h -- what the files that fill the pages of this room share. */
#ifndef REVIEW_SHOW_H
#define REVIEW_SHOW_H

#include "bureau/review/review_inside.h"

/* For whoever watches; `is_own`: for themself. */
struct review_person_view review_show_one(struct scene *scene, const struct review_person *person,
                                          bool is_own);
/* Where the cases behind a number are, up to the word that says which; 0: one's own. */
struct str review_behind_path(struct arena *arena, id person_id);
struct review_measure_row_view review_show_measure_row(struct scene *scene, struct str measure,
                                                       struct str state, moment ended_at);
/* A measure whole, as whoever decides or is measured sees it. */
struct outcome review_show_whole_measure(struct scene *scene,
                                         const struct review_find_measure_row *row,
                                         struct review_measure_view *v);
struct outcome review_show_marks(struct scene *scene, id person_id, bool is_own, moment from,
                                 moment until, const struct review_mark_row_view **marks,
                                 size_t *count);
struct outcome review_show_sampled(struct scene *scene, id person_id, moment from,
                                   const struct review_sampled_view **samples, size_t *count);
/* How somebody stands to each rule; the caller has asked whether the reader may know. */
struct outcome review_show_held(struct scene *scene, id person_id, bool is_own,
                                const struct review_find_policy_row *policy,
                                const struct review_held_view **rows, size_t *count);
struct str review_number(struct scene *scene, int64_t number);
/* Words and their names, with one chosen; the first is "please choose" if `ask`. */
struct review_named {
    const char *word, *name;
};
const struct choice *review_choices(struct scene *scene, const struct review_named *names,
                                    size_t names_count, struct str chosen);

#endif
