/* supervision_ring.c -- somebody may be in danger: who is rung at once.  Decision 0063.
 *
 *  (1) Rung are those who are meant to be there now for the place, or, when nobody is, the first of
 *      the list of those who may be called in; and who watches the place, or else the city.
 *  (2) Of one place nobody is rung twice within a quarter of an hour: a flood of words is one ring,
 *      and all of them stand on the board.
 *  (3) The message says that somebody may be in danger, and nothing of who or what.
 */
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_views.h"

enum { RUNG_MAX = 6, ON_DUTY_MAX = 3, AGAIN_SECONDS = 15 * SECONDS_PER_MINUTE };

struct rung {
    id people[RUNG_MAX];
    size_t count;
};

static void add(struct rung *rung, id person_id)
{
    for (size_t i = 0; i < rung->count; i++)
        if (rung->people[i] == person_id) return;
    if (rung->count < RUNG_MAX) rung->people[rung->count++] = person_id;
}

/* (1), the first half: as good in the law as the list has. */
static struct outcome add_duty(struct scene *scene, struct str division, struct rung *rung)
{
    const struct shifts_list_callable_row *rows;
    size_t count;

    TRY(shifts_on_duty(scene, division, rung->people, ON_DUTY_MAX, &rung->count));
    if (rung->count) return DONE;
    TRY(shifts_backups(scene, S("lawyer"), division, &rows, &count));
    for (size_t i = 0; i < count && i < ON_DUTY_MAX; i++) add(rung, rows[i].person_id);
    return DONE;
}

static struct outcome add_watchers(struct scene *scene, struct str division, struct rung *rung)
{
    const struct supervision_list_supervisors_row *rows;
    size_t count = 0;

    if (division.len > 2)
        TRY(supervision_list_supervisors(scene->arena, scene->store, (struct str){division.at, 6},
                                         &rows, &count));
    if (!count)
        TRY(supervision_list_supervisors(scene->arena, scene->store, (struct str){division.at, 2},
                                         &rows, &count));
    for (size_t i = 0; i < count; i++) add(rung, rows[i].person_id);
    return DONE;
}

struct outcome supervision_ring(struct scene *scene, enum supervision_kind kind,
                                struct str division)
{
    struct supervision_count_dangers_row row;
    struct rung rung = {.count = 0};
    bool found;

    TRY(supervision_count_dangers(scene->store, scene->now - AGAIN_SECONDS, division, &row,
                                  &found));
    if (row.dangers_count) return DONE; /* (2) */
    TRY(add_duty(scene, division, &rung));
    TRY(add_watchers(scene, division, &rung));
    for (size_t i = 0; i < rung.count; i++) TRY(supervision_tell(scene, rung.people[i], kind));
    return DONE;
}
