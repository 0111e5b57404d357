/* consultation_wait.c -- where a waiting resident stands and how long it may take. */
#include <stdlib.h>

#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_hall.h"

/* In the hall it waits for a window, not for the live desk. */
static struct outcome at_hall(struct scene *scene, const struct consultation_case *c,
                              struct waiting_view_values *wait)
{
    struct hall_case_wait hall;

    TRY(hall_case_wait(scene, c, &hall));
    if (hall.ahead < 0) return DONE; /* called, or called and not come */
    wait->ahead = hall.ahead;
    wait->place = hall.ahead + 1;
    wait->low_seconds = hall.low_seconds;
    wait->high_seconds = hall.high_seconds;
    return DONE;
}

struct outcome wait_of(struct scene *scene, const struct consultation_case *c,
                       struct waiting_view_values *wait)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_count_ahead_row ahead;
    struct consultation_find_pace_row row = {0};
    struct consultation_pace pace;
    struct overflow_stand stand;
    int64_t places, people;
    moment since;
    bool found;

    *wait = (struct waiting_view_values){.low_seconds = -1, .high_seconds = -1};
    if (c->state == CONSULTATION_OFFERED) wait->place = 1;
    if (c->state == CONSULTATION_HALL) return at_hall(scene, c, wait);
    if (c->state != CONSULTATION_WAITING) return DONE;
    TRY(consultation_count_ahead(scene->store, c->row.profession, c->row.rank_at,
                                 c->row.consultation_id, &ahead, &found));
    TRY(consultation_find_pace(scene->store, c->row.profession, &row, &found));
    TRY(assignment_seen_since(scene, &since));
    TRY(people_places(scene, c->row.profession, since, &places, &people));
    TRY(overflow_stand(scene, c->row.profession, c->row.division, &stand));
    wait->is_crowded = ladder_offers_choice(&stand.policy, stand.level);
    wait->ahead = ahead.ahead_count;
    wait->place = ahead.ahead_count + 1;
    pace = (struct consultation_pace){row.low_seconds, row.high_seconds, row.samples};
    if (!consultation_tells_wait(c->row.language, c->row.wants_id != 0, c->row.offers_count) ||
        !consultation_wait(policy, &pace, places, wait->ahead, &wait->low_seconds,
                           &wait->high_seconds))
        wait->low_seconds = wait->high_seconds = -1;
    return DONE;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

struct outcome wait_measure(struct scene *scene, struct str profession)
{
    const struct consultation_list_handling_row *rows;
    struct consultation_pace pace;
    int64_t *seconds;
    size_t count;

    TRY(consultation_list_handling(scene->arena, scene->store, profession, &rows, &count));
    seconds = NEW_MANY(scene->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) seconds[i] = rows[i].seconds;
    qsort(seconds, count, sizeof *seconds, by_size);
    pace = consultation_pace_of(seconds, count);
    return consultation_set_pace(scene->store, profession, pace.low_seconds, pace.high_seconds,
                                 pace.samples, scene->now);
}
