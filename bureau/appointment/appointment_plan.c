/* appointment_plan.c -- which times a line of a hall publishes, kept by the hall's administrator.
 *
 * A change is about times chosen from then on: what is booked stays as it was booked. */
#include "bureau/appointment/appointment_views.h"
#include "bureau/people/people_acts.h"
#include "desk/items/items_acts.h"

enum { MINUTES_FIRST = 30, PLACES_FIRST = 1, AHEAD_FIRST = 14 };

static struct outcome need_line(struct scene *scene, id hall_id, id line_id,
                                struct hall_find_hall_row *hall, struct hall_find_line_row *line)
{
    bool found;

    TRY(hall_need_own(scene, hall_id, hall));
    TRY(hall_find_line(scene->arena, scene->store, line_id, line, &found));
    return found && line->hall_id == hall_id ? DONE : REFUSE(act_unknown);
}

static struct outcome keep_items(struct scene *scene, const struct appointment_plan_form *f)
{
    const struct items_name *names;
    size_t count, kept = 0;

    TRY(items_names(scene, &names, &count));
    TRY(appointment_drop_plan_items(scene->store, f->line));
    for (size_t i = 0; i < count; i++) {
        if (!people_has_word(f->items, names[i].item)) continue;
        TRY(appointment_add_plan_item(scene->store, names[i].item, f->line));
        kept++;
    }
    return kept && kept <= APPOINTMENT_ITEMS_MAX ? DONE : REFUSE(appointment_no_items);
}

static struct outcome plan(struct scene *scene, const void *form, void *result)
{
    const struct appointment_plan_form *f = form;
    struct hall_find_hall_row hall;
    struct hall_find_line_row line;

    (void)result;
    TRY(need_line(scene, f->hall, f->line, &hall, &line));
    TRY(appointment_set_plan(scene->store, f->line, f->hall, f->slot_minutes, f->places,
                             f->ahead_days, f->is_published));
    TRY(keep_items(scene, f));
    return clock_set(scene, "appointment.settle", f->hall, scene->now);
}

const struct act appointment_act_plan = {
    .name = "appointment.plan", .who = WHO_ADMIN, .form = &appointment_plan_form, .run = plan};

/* ---- pages ---- */

struct outcome appointment_show_plans(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_hall_form *f = query;
    const struct appointment_list_plans_of_hall_row *plans;
    const struct hall_list_lines_row *lines;
    struct appointment_plans_view *v = view;
    struct appointment_plan_row_view *made;
    struct hall_find_hall_row hall;
    size_t plans_count;

    TRY(hall_need_own(scene, f->hall, &hall));
    v->hall = f->hall;
    v->name = hall_name(scene, hall.hall_zh, hall.hall_en);
    TRY(hall_list_lines(scene->arena, scene->store, f->hall, &lines, &v->lines_count));
    TRY(appointment_list_plans_of_hall(scene->arena, scene->store, f->hall, &plans, &plans_count));
    made = NEW_MANY(scene->arena, struct appointment_plan_row_view, v->lines_count + 1);
    for (size_t i = 0; i < v->lines_count; i++) {
        made[i] = (struct appointment_plan_row_view){
            .line = lines[i].line_id,
            .hall = f->hall,
            .letter = lines[i].letter,
            .name = hall_name(scene, lines[i].line_zh, lines[i].line_en)};
        for (size_t p = 0; p < plans_count; p++) {
            if (plans[p].line_id != lines[i].line_id) continue;
            made[i].is_published = plans[p].is_published && lines[i].is_active;
            made[i].slot_minutes = plans[p].slot_minutes;
            made[i].places = plans[p].places_count;
            made[i].ahead_days = plans[p].ahead_days;
        }
    }
    v->lines = made;
    return DONE;
}

static struct outcome item_choices(struct scene *scene, id line_id, struct appointment_plan_view *v)
{
    const struct appointment_list_plan_items_row *rows;
    const struct items_name *names;
    struct choice *made;
    size_t count;

    TRY(items_names(scene, &names, &v->items_count));
    TRY(appointment_list_plan_items(scene->arena, scene->store, line_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, v->items_count + 1);
    for (size_t i = 0; i < v->items_count; i++) {
        made[i] = (struct choice){.value = names[i].item,
                                  .label = hall_name(scene, names[i].zh, names[i].en)};
        for (size_t k = 0; k < count; k++) made[i].chosen |= str_same(rows[k].item, names[i].item);
    }
    v->items = made;
    return DONE;
}

static struct str number_text(struct scene *scene, int64_t number)
{
    return arena_print(scene->arena, "%lld", (long long)number);
}

struct outcome appointment_show_plan(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_line_form *f = query;
    struct appointment_plan_view *v = view;
    struct appointment_find_plan_row row;
    struct hall_find_hall_row hall;
    struct hall_find_line_row line;
    bool found;

    TRY(need_line(scene, f->hall, f->line, &hall, &line));
    TRY(appointment_find_plan(scene->arena, scene->store, f->line, &row, &found));
    v->hall = f->hall;
    v->line = f->line;
    v->hall_name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->line_name = hall_name(scene, line.line_zh, line.line_en);
    v->is_published = found && row.is_published;
    v->slot_minutes = found ? row.slot_minutes : MINUTES_FIRST;
    v->places = found ? row.places_count : PLACES_FIRST;
    v->ahead_days = found ? row.ahead_days : AHEAD_FIRST;
    v->published_text = !found || row.is_published ? S("1") : S("");
    v->minutes_text = number_text(scene, v->slot_minutes);
    v->places_text = number_text(scene, v->places);
    v->ahead_text = number_text(scene, v->ahead_days);
    return item_choices(scene, f->line, v);
}
