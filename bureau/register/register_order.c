/* register_order.c -- what the directory is put in order by is counted once a day.
 *
 *  (1) A few people at a time, so that nobody waits for it; begun by the daily look at licences.
 *  (2) Of few ratings little is believed: register_score().
 */
#include "bureau/register/register_parts.h"

enum { AT_ONCE = 20 /* as list_next_figures says */, MORE_SECONDS = 1 };

static struct outcome count_one(struct scene *scene, id person_id)
{
    struct register_sum_service_of_row row;
    bool found;

    TRY(register_sum_service_of(scene->store, person_id, &row, &found));
    return register_set_directory_figure(
        scene->store, person_id, row.cases_count, row.ratings_count, row.stars_sum,
        register_score(row.stars_sum, row.ratings_count), scene->now);
}

static struct outcome count_next(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    const struct register_list_next_figures_row *rows;
    size_t count;

    (void)result;
    scene->quiet = true;
    TRY(register_list_next_figures(scene->arena, scene->store, f->case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) TRY(count_one(scene, rows[i].person_id));
    if (count < AT_ONCE) return DONE;
    return clock_set(scene, "register.count", rows[count - 1].person_id, scene->now + MORE_SECONDS);
}

const struct act register_count = {.name = "register.count", .who = WHO_SYSTEM, .run = count_next};
