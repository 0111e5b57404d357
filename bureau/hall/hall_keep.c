/* hall_keep.c -- halls, their hours, lines, windows and staff, kept by an administrator.
 *
 *  (1) Nothing is deleted: numbers of years ago name the hall, line and window they belonged to.
 *  (2) A hall is kept by whoever keeps its division; somebody else's hall looks like none.
 *  (3) A line in which people wait, and a window at which somebody sits, stay in use until then. */
#include "bureau/hall/hall_views.h"
#include "desk/identity/identity_acts.h"

struct outcome hall_need_own(struct scene *scene, id hall_id, struct hall_find_hall_row *hall)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(hall_find_hall(scene->arena, scene->store, hall_id, hall, &found));
    return found && people_is_within(&scope, hall->division) ? DONE : REFUSE(act_unknown);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct hall_add_form *f = form;
    struct hall_added_view *told = result;

    TRY(people_need_division(scene, f->division));
    told->hall = scene_new_id(scene);
    return hall_add_hall(scene->store, told->hall, f->name, f->name_en, f->address, f->address_en,
                         f->phone, f->division);
}

static struct outcome keep(struct scene *scene, const void *form, void *result)
{
    const struct hall_save_form *f = form;
    struct hall_find_hall_row hall;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(people_need_division(scene, f->division));
    if (!f->is_active) {
        const struct hall_list_open_tickets_row *rows;
        size_t count;

        TRY(hall_list_open_tickets(scene->arena, scene->store, f->hall, &rows, &count));
        if (count) return REFUSE(hall_line_waits);
        TRY(hall_empty(scene, f->hall, scene->now + 1));
    }
    return hall_save_hall(scene->store, f->name, f->name_en, f->address, f->address_en, f->phone,
                          f->division, f->is_active, f->hall);
}

/* ---- hours ---- */

static struct outcome keep_hours(struct scene *scene, const void *form, void *result)
{
    const struct hall_hours_form *f = form;
    struct hall_find_hall_row hall;
    struct people_week week = {.days = {f->monday, f->tuesday, f->wednesday, f->thursday, f->friday,
                                        f->saturday, f->sunday, f->holiday},
                               .round_the_clock = f->round_the_clock};

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    return people_keep_week(scene, hall_desk(scene->arena, f->hall), &week);
}

static struct outcome keep_special(struct scene *scene, const void *form, void *result)
{
    const struct hall_special_form *f = form;
    struct hall_find_hall_row hall;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    return people_keep_special_day(scene, hall_desk(scene->arena, f->hall),
                                   &(struct people_special_day){f->day, f->hours, f->why});
}

static struct outcome end_special(struct scene *scene, const void *form, void *result)
{
    const struct hall_day_form *f = form;
    struct hall_find_hall_row hall;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    return people_drop_special_day(scene, hall_desk(scene->arena, f->hall), f->day);
}

/* ---- lines ---- */

static struct outcome line_add(struct scene *scene, const void *form, void *result)
{
    const struct hall_line_add_form *f = form;
    const struct hall_list_lines_row *rows;
    struct hall_find_hall_row hall;
    size_t count;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    if (!hall_is_letter(f->letter)) return REFUSE(hall_letter);
    if (f->profession.len && !people_is_profession(f->profession))
        return REFUSE(people_unknown_profession);
    TRY(hall_list_lines(scene->arena, scene->store, f->hall, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_same(rows[i].letter, f->letter)) return REFUSE(hall_letter_taken);
    return hall_add_line(scene->store, scene_new_id(scene), f->hall, f->letter, f->line_name,
                         f->line_name_en, f->profession);
}

static struct outcome line_save(struct scene *scene, const void *form, void *result)
{
    const struct hall_line_save_form *f = form;
    struct hall_count_open_of_line_row open;
    struct hall_find_hall_row hall;
    struct hall_find_line_row line;
    bool found;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(hall_find_line(scene->arena, scene->store, f->line, &line, &found));
    if (!found || line.hall_id != f->hall) return REFUSE(act_unknown);
    if (f->profession.len && !people_is_profession(f->profession))
        return REFUSE(people_unknown_profession);
    TRY(hall_count_open_of_line(scene->store, f->line, &open, &found));
    if (!f->is_active && open.tickets_count) return REFUSE(hall_line_waits);
    return hall_save_line(scene->store, f->line_name, f->line_name_en, f->profession, f->is_active,
                          f->line);
}

/* ---- windows ---- */

/* The letters of `lines` become the window's lines; at least one, all of this hall. */
static struct outcome set_lines(struct scene *scene, id hall_id, id window_id, struct str letters)
{
    const struct hall_list_lines_row *rows;
    size_t count, set = 0;

    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &count));
    TRY(hall_drop_window_lines(scene->store, window_id));
    for (size_t i = 0; i < count; i++) {
        if (!people_has_word(letters, rows[i].letter)) continue;
        TRY(hall_add_window_line(scene->store, window_id, rows[i].line_id));
        set++;
    }
    return set ? DONE : REFUSE(hall_no_lines);
}

static struct outcome need_free_number(struct scene *scene, id hall_id, id window_id,
                                       int64_t number)
{
    const struct hall_list_windows_row *rows;
    size_t count;

    TRY(hall_list_windows(scene->arena, scene->store, hall_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].window_number == number && rows[i].window_id != window_id)
            return REFUSE(hall_number_taken);
    return DONE;
}

static struct outcome window_add(struct scene *scene, const void *form, void *result)
{
    const struct hall_window_add_form *f = form;
    struct hall_find_hall_row hall;
    id window_id;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(need_free_number(scene, f->hall, 0, f->number));
    window_id = scene_new_id(scene);
    TRY(hall_add_window(scene->store, window_id, f->hall, f->number));
    return set_lines(scene, f->hall, window_id, f->lines);
}

static struct outcome window_save(struct scene *scene, const void *form, void *result)
{
    const struct hall_window_save_form *f = form;
    struct hall_find_hall_row hall;
    struct hall_find_window_row window;
    bool found;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(hall_find_window(scene->store, f->window, &window, &found));
    if (!found || window.hall_id != f->hall) return REFUSE(act_unknown);
    if (!f->is_active && window.person_id) return REFUSE(hall_window_used);
    TRY(need_free_number(scene, f->hall, f->window, f->number));
    TRY(hall_save_window(scene->store, f->number, f->is_active, f->window));
    return set_lines(scene, f->hall, f->window, f->lines);
}

/* ---- staff ---- */

static struct outcome staff(struct scene *scene, const void *form, void *result)
{
    const struct hall_staff_form *f = form;
    const struct hall_list_staff_row *rows;
    struct hall_find_role_at_hall_row role = {0};
    struct hall_find_staff_row works;
    struct hall_find_hall_row hall;
    struct outcome within;
    size_t count;
    id person_id;
    bool found;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(identity_person_of_login(scene, f->login, &person_id, &found));
    if (!found) return REFUSE(hall_no_such_person);
    within = people_need_within(scene, person_id);
    if (within.refusal) return REFUSE(hall_no_such_person);
    TRY(within);
    TRY(hall_find_role_at_hall(scene->store, person_id, &role, &found));
    if (!role.roles_count) return REFUSE(hall_no_such_person);
    TRY(hall_find_staff(scene->store, person_id, &works, &found));
    if (found) return works.hall_id == f->hall ? DONE : REFUSE(hall_works_elsewhere);
    TRY(hall_list_staff(scene->arena, scene->store, f->hall, &rows, &count));
    if (count >= HALL_STAFF_MAX) return REFUSE(hall_too_many);
    scene_about(scene, 0, person_id);
    return hall_add_staff(scene->store, person_id, f->hall);
}

static struct outcome staff_end(struct scene *scene, const void *form, void *result)
{
    const struct hall_staff_end_form *f = form;
    const struct hall_list_staff_row *rows;
    struct hall_find_hall_row hall;
    size_t count, i = 0;

    (void)result;
    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(hall_list_staff(scene->arena, scene->store, f->hall, &rows, &count));
    while (i < count && rows[i].person_id != f->person) i++;
    if (i == count) return REFUSE(act_unknown);
    if (rows[i].window_number) return REFUSE(hall_window_used);
    scene_about(scene, 0, f->person);
    return hall_drop_staff(scene->store, f->person, f->hall);
}

#define KEPT(variable, word, form_of, does)                                                        \
    const struct act variable = {                                                                  \
        .name = word, .who = WHO_ADMIN, .form = &form_of##_form, .run = does};
const struct act hall_act_add = {.name = "hall.add",
                                 .who = WHO_ADMIN,
                                 .form = &hall_add_form,
                                 .result = &hall_added_view,
                                 .run = add};
KEPT(hall_act_save, "hall.save", hall_save, keep)
KEPT(hall_act_hours, "hall.hours", hall_hours, keep_hours)
KEPT(hall_act_special, "hall.special_day", hall_special, keep_special)
KEPT(hall_act_special_end, "hall.special_day_end", hall_day, end_special)
KEPT(hall_act_line_add, "hall.line_add", hall_line_add, line_add)
KEPT(hall_act_line_save, "hall.line", hall_line_save, line_save)
KEPT(hall_act_window_add, "hall.window_add", hall_window_add, window_add)
KEPT(hall_act_window_save, "hall.window", hall_window_save, window_save)
KEPT(hall_act_staff, "hall.staff", hall_staff, staff)
KEPT(hall_act_staff_end, "hall.staff_end", hall_staff_end, staff_end)
