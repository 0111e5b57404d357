/* shifts_mine.c -- a consultant's own page: next shifts, leave, swaps, the calendar link. */
#include "bureau/shifts/shifts_views.h"

enum { FIRST_SHOWN = 10 };

static struct outcome set_shifts(struct scene *scene, struct shifts_mine_view *v)
{
    const struct shifts_list_mine_row *rows;
    struct shifts_row_view *lines;
    size_t count;

    TRY(shifts_list_mine(scene->arena, scene->store, scene->actor.person_id, scene->now, &rows,
                         &count));
    lines = NEW_MANY(scene->arena, struct shifts_row_view, count + 1);
    for (size_t i = 0; i < count; i++) lines[i] = shifts_row_of(scene, SHIFTS_ROSTER_ROW(&rows[i]));
    v->shifts = lines;
    v->shifts_count = count;
    v->first = lines;
    v->first_count = count < FIRST_SHOWN ? count : FIRST_SHOWN;
    if (count > FIRST_SHOWN) v->more = lines + FIRST_SHOWN, v->more_count = count - FIRST_SHOWN;
    return DONE;
}

struct outcome shifts_show_mine(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_mine_view *v = view;
    const struct shifts_own_form *f = query;

    v->at = scene->now;
    v->from_day = v->to_day = f->day;
    v->is_asking =
        f->day.len || (request->face->form && request->face->form->form == &shifts_leave_form);
    TRY(set_shifts(scene, v));
    TRY(shifts_set_swaps(scene, v));
    TRY(shifts_set_leaves(scene, v));
    return shifts_set_feed(request, v);
}
