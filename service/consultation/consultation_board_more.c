/* consultation_board_more.c -- beside the board: the desks that are pressed, and the month so far.
 *
 *  (1) Counted within the watcher's bounds; each number is the number of rows behind its link. */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

enum { DESKS_SHOWN = 6 }; /* the most pressing; the others are a link away */

static struct outcome count_ended(struct scene *scene, const struct consultation_bounds *b,
                                  struct consultation_board_month_view *v)
{
    const struct consultation_list_board_ended_row *rows;
    size_t count;

    TRY(consultation_list_board_ended(scene->arena, scene->store, b->scope, b->district, v->from,
                                      b->team_scope, b->team, b->above, b->field, b->profession,
                                      &rows, &count));
    for (size_t i = 0; i < count; i++) {
        v->answered += rows[i].answered_count;
        v->closed += rows[i].closed_count;
    }
    return DONE;
}

struct outcome consultation_show_board_month(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_form *f = query;
    struct consultation_board_month_view *v = view;
    struct consultation_bounds b =
        consultation_bounds_of(scene, f->district, f->team, f->field, f->profession);
    const struct consultation_list_board_rated_row *rows;
    int64_t stars = 0;
    size_t count;

    v->at = scene->now;
    v->from = consultation_this_month(scene->now);
    v->district = f->district;
    v->team = f->team;
    v->field = f->field;
    v->profession = f->profession;
    TRY(count_ended(scene, &b, v));
    TRY(consultation_list_board_rated(
        scene->arena, scene->store,
        &(struct consultation_list_board_rated_values){.at__today = v->from,
                                                       .at = v->from,
                                                       .division__scope = b.scope,
                                                       .division__chosen = b.district,
                                                       .team_id__scope = b.team_scope,
                                                       .team_id__chosen = b.team,
                                                       .team_id__above = b.above,
                                                       .field__chosen = b.field,
                                                       .profession__chosen = b.profession},
        &rows, &count));
    for (size_t i = 0; i < count; i++) {
        v->rated += rows[i].rated_count;
        stars += rows[i].stars_sum;
    }
    v->mean = consultation_mean(scene, stars, v->rated);
    return consultation_bounds_words(scene, &b, &v->bounds);
}

/* Desks where more wait than can be served now, with the way to call somebody in. */
struct outcome consultation_board_ladder(struct scene *scene,
                                         const struct consultation_board_form *f,
                                         struct consultation_board_view *v)
{
    const struct ladder_desk_row_view *all;
    struct ladder_desk_row_view *shown =
        NEW_MANY(scene->arena, struct ladder_desk_row_view, DESKS_SHOWN);
    struct str district = f->district; /* a street waits at the desk of its district */
    size_t count;

    if (district.len > CONSULTATION_DISTRICT_DIGITS) district.len = CONSULTATION_DISTRICT_DIGITS;
    TRY(ladder_raised(scene, &v->ladder_raised));
    TRY(ladder_desks(scene, &all, &count));
    for (size_t i = 0; i < count && v->ladder_desks_count < DESKS_SHOWN; i++) {
        if (f->called && all[i].desk == f->called) v->called = all[i].division_name;
        if (!all[i].rung && !all[i].waiting && !all[i].called) continue;
        if (district.len && !str_same(district, all[i].division)) continue;
        if (f->profession.len && !str_same(f->profession, all[i].profession)) continue;
        shown[v->ladder_desks_count++] = all[i];
    }
    v->ladder_desks = shown;
    v->may_call = ladder_may_change(scene);
    return DONE;
}
