/* appointment_trip.c -- what somebody has to bring, what the office has already, where the rest is
 * to be had, and the nearest window: so that one way is enough.
 *
 *  (f) Nearest is by district: in the district itself, then in one that borders on it, then
 * elsewhere; of equally near ones the one that opens first.  Nobody is asked where they live more
 * exactly. */
#include <stdlib.h>

#include "bureau/appointment/appointment_views.h"
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"

enum { WINDOWS_MAX = 5, DISTRICT_LEN = 6 };

static struct outcome items_of(struct scene *scene, struct str words,
                               const struct appointment_get_view **made, size_t *count)
{
    struct appointment_get_view *views = NEW_MANY(scene->arena, struct appointment_get_view, 16);
    struct str rest = words;

    *made = views;
    *count = 0;
    while (rest.len && *count < 16) {
        struct items_item item;
        id version_id;
        size_t len = 0;
        bool found;

        while (len < rest.len && rest.at[len] != ' ') len++;
        TRY(items_now(scene, (struct str){rest.at, len}, &version_id, &item, &found));
        if (found)
            views[(*count)++] = (struct appointment_get_view){
                item.item, hall_name(scene, item.name_zh, item.name_en)};
        rest = (struct str){rest.at + len, rest.len - len};
        while (rest.len && rest.at[0] == ' ') rest.at++, rest.len--;
    }
    return DONE;
}

/* What the table asks for; where an item has none, the lines of its page. */
static struct outcome show_needed(struct scene *scene, const struct cases_trip *trip, bool is_first,
                                  struct appointment_trip_view *v)
{
    struct appointment_need_view *made =
        NEW_MANY(scene->arena, struct appointment_need_view, trip->count + 1);

    for (size_t i = 0; i < trip->count; i++) {
        const struct cases_needed *needed = &trip->needed[i];

        made[i] = (struct appointment_need_view){.name = needed->name,
                                                 .must = needed->must,
                                                 .is_spared = is_first && needed->spared,
                                                 .held = needed->held,
                                                 .held_at = needed->held_at};
        TRY(items_of(scene, needed->get, &made[i].get, &made[i].get_count));
    }
    v->needed = made;
    v->needed_count = trip->count;
    return DONE;
}

static struct outcome show_lines(struct scene *scene, struct str item,
                                 struct appointment_trip_view *v)
{
    struct appointment_line_text_view *made;
    struct items_item said;
    struct str rest;
    id version_id;
    bool found;

    TRY(items_now(scene, item, &version_id, &said, &found));
    if (!found) return REFUSE(act_unknown);
    rest = hall_name(scene, said.materials_zh, said.materials_en);
    made = NEW_MANY(scene->arena, struct appointment_line_text_view, rest.len + 1);
    while (rest.len) {
        size_t len = 0;

        while (len < rest.len && rest.at[len] != '\n') len++;
        if (len) made[v->lines_count++].text = str_trim((struct str){rest.at, len});
        rest = (struct str){rest.at + len + (len < rest.len), rest.len - len - (len < rest.len)};
    }
    v->lines = made;
    return DONE;
}

/* ---- (f) ---- */

static struct outcome window_of(struct scene *scene, const struct appointment_list_near_row *row,
                                struct appointment_window_view *v)
{
    struct calendar_desk desk;
    struct outcome outcome;
    moment ends;

    *v = (struct appointment_window_view){.hall = row->hall_id,
                                          .name = hall_name(scene, row->hall_zh, row->hall_en),
                                          .address =
                                              hall_name(scene, row->address_zh, row->address_en),
                                          .phone = row->hall_phone,
                                          .line = row->line_id,
                                          .rings = row->rings_count};
    TRY(identity_division_name(scene, row->division, &v->division_name));
    TRY(hall_open_now(scene, row->hall_id, &v->is_open, &ends));
    TRY(people_desk(scene, hall_desk(scene->arena, row->hall_id), &desk));
    outcome = calendar_next_opening(&desk, scene->now, &v->opens_at);
    if (!IS_DONE(outcome)) v->opens_at = 0;
    return outcome.fault ? outcome : DONE;
}

static int nearer(const void *one, const void *other)
{
    const struct appointment_window_view *a = one, *b = other;

    if (a->rings != b->rings) return a->rings < b->rings ? -1 : 1;
    if (!a->opens_at != !b->opens_at) return a->opens_at ? -1 : 1;
    if (a->opens_at != b->opens_at) return a->opens_at < b->opens_at ? -1 : 1;
    return a->hall < b->hall ? -1 : a->hall > b->hall;
}

static struct outcome show_windows(struct scene *scene, struct str item, struct str division,
                                   struct appointment_trip_view *v)
{
    const struct appointment_list_near_row *rows;
    struct appointment_window_view *made;
    size_t count;

    if (division.len > DISTRICT_LEN) division.len = DISTRICT_LEN;
    TRY(appointment_list_near(scene->arena, scene->store, division, item, &rows, &count));
    made = NEW_MANY(scene->arena, struct appointment_window_view, count + 1);
    for (size_t i = 0; i < count; i++) TRY(window_of(scene, &rows[i], &made[i]));
    qsort(made, count, sizeof *made, nearer);
    v->windows = made;
    v->windows_count = count < WINDOWS_MAX ? count : WINDOWS_MAX;
    for (size_t i = 0; i < v->windows_count; i++)
        if (made[i].line)
            made[i].path = arena_print(scene->arena, "/appointments/new?item=%.*s&line=%lld",
                                       STR_ARGS(item), (long long)made[i].line);
    return DONE;
}

static struct outcome division_choices(struct scene *scene, struct str chosen,
                                       struct appointment_trip_view *v)
{
    const struct identity_division *top, *rows = NULL;
    struct choice *made;
    size_t top_count, count = 0;

    TRY(identity_division_children(scene, S(""), &top, &top_count));
    if (top_count) TRY(identity_division_children(scene, top[0].division, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[0] = (struct choice){.label = text_in(scene->language, T("Please choose"))};
    for (size_t i = 0; i < count; i++)
        made[i + 1] = (struct choice){.value = rows[i].division,
                                      .label = hall_name(scene, rows[i].name_zh, rows[i].name_en),
                                      .chosen = str_begins(chosen, rows[i].division)};
    v->divisions = made;
    v->divisions_count = count + 1;
    return DONE;
}

struct outcome appointment_show_trip(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_trip_form *f = query;
    struct cases_trip *trip = NEW(scene->arena, struct cases_trip);
    struct appointment_trip_view *v = view;
    struct appointment_line_text_view *first;

    TRY(cases_trip_of(scene, f->item, f->for_case, trip));
    v->item = f->item;
    v->for_case = f->for_case;
    v->division = f->division;
    v->is_first = f->first || trip->is_first;
    TRY(appointment_item_name(scene, f->item, &v->item_name));
    first = NEW_MANY(scene->arena, struct appointment_line_text_view, trip->first_count + 1);
    for (size_t i = 0; i < trip->first_count; i++) first[i].text = trip->first[i];
    v->first = first;
    v->first_count = trip->first_count;
    TRY(show_needed(scene, trip, v->is_first, v));
    if (!v->needed_count) TRY(show_lines(scene, f->item, v));
    TRY(division_choices(scene, f->division, v));
    return show_windows(scene, f->item, f->division, v);
}
