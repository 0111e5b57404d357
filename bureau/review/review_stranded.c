/* review_stranded.c -- what waits for somebody who may handle it, since everybody who could is in
 * conflict with it (review_handling.sql).
 *
 *  (1) Looked up and not remembered: who may handle something changes with every role that is given
 *      and every person who leaves, and nobody else would have to think of it. */
#include "bureau/review/review_inside.h"

static struct outcome complaints(struct scene *scene, id after,
                                 const struct review_stranded **found, size_t *count)
{
    const struct review_list_stranded_complaints_row *rows;
    struct review_stranded *made;

    TRY(review_list_stranded_complaints(scene->arena, scene->store, after, &rows, count));
    made = NEW_MANY(scene->arena, struct review_stranded, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct review_stranded){rows[i].complaint_id, rows[i].consultant_id,
                                           rows[i].division, rows[i].made_at};
    *found = made;
    return DONE;
}

static struct outcome flags(struct scene *scene, id after, const struct review_stranded **found,
                            size_t *count)
{
    const struct review_list_stranded_flags_row *rows;
    struct review_stranded *made;

    TRY(review_list_stranded_flags(scene->arena, scene->store, after, &rows, count));
    made = NEW_MANY(scene->arena, struct review_stranded, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct review_stranded){rows[i].flag_id, rows[i].consultant_id, rows[i].division,
                                           rows[i].at};
    *found = made;
    return DONE;
}

struct outcome review_list_stranded(struct scene *scene, enum review_stranded_kind kind, id after,
                                    const struct review_stranded **found, size_t *count)
{
    return kind == REVIEW_STRANDED_COMPLAINT ? complaints(scene, after, found, count)
                                             : flags(scene, after, found, count);
}
