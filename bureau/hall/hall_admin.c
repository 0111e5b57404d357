/* hall_admin.c -- halls as their administrator sees them. */
#include "bureau/hall/hall_views.h"
#include "desk/identity/identity_acts.h"

static const struct form_state *typed(const struct request *request, const struct form *form)
{
    const struct form_state *state = request->face ? request->face->form : NULL;

    return state && state->form == form ? state : NULL;
}

struct outcome hall_show_admin(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_list_all_halls_row *rows;
    struct people_choice_list list;
    struct people_scope scope;
    struct hall_admin_view *v = view;
    struct hall_row_view *made;

    (void)query;
    TRY(people_scope_of(scene, &scope));
    TRY(hall_list_all_halls(scene->arena, scene->store, scope.code, &rows, &v->halls_count));
    made = NEW_MANY(scene->arena, struct hall_row_view, v->halls_count + 1);
    for (size_t i = 0; i < v->halls_count; i++) {
        made[i] = (struct hall_row_view){
            .hall = rows[i].hall_id,
            .name = hall_name(scene, rows[i].hall_zh, rows[i].hall_en),
            .address = hall_name(scene, rows[i].address_zh, rows[i].address_en),
            .phone = rows[i].hall_phone,
            .division = rows[i].division,
            .is_active = rows[i].is_active != 0,
            .windows = rows[i].windows_count,
            .staff = rows[i].staff_count};
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->halls = made;
    v->is_adding = typed(request, &hall_add_form) != NULL;
    TRY(people_division_choices(scene, T("Please choose"), S(""), &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    return DONE;
}

static struct outcome line_choices(struct scene *scene, const struct hall_line_row_view *lines,
                                   size_t count, struct str chosen, const struct choice **choices)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, count + 1);

    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = lines[i].letter,
                                  .label = arena_print(scene->arena, "%.*s %.*s",
                                                       STR_ARGS(lines[i].letter),
                                                       STR_ARGS(lines[i].name)),
                                  .chosen = people_has_word(chosen, lines[i].letter)};
    *choices = made;
    return DONE;
}

/* The act refuses the whole form; which days it meant is found again from what was typed. */
static struct outcome show_week(const struct request *request, id hall_id, struct hall_keep_view *v)
{
    static const char *const fields[PEOPLE_HOURS_DAYS] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday"};
    struct scene *scene = request->scene;
    const struct form_state *state = typed(request, &hall_hours_form);
    struct hall_weekday_view *made =
        NEW_MANY(scene->arena, struct hall_weekday_view, PEOPLE_HOURS_DAYS);
    struct people_week week;

    TRY(people_week_of(scene, hall_desk(scene->arena, hall_id), &week));
    v->round_text = week.round_the_clock ? S("1") : S("");
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++) {
        int place = form_place(&hall_hours_form, str_of(fields[day]));
        struct str value = state ? state->given[place] : week.days[day];
        struct calendar_opening opening;
        const struct reason *why = people_read_opening(value, &opening).refusal;

        made[day] =
            (struct hall_weekday_view){.field = str_of(fields[day]),
                                       .label = text_in(scene->language, people_day_name(day)),
                                       .value = value,
                                       .is_wrong = why != NULL,
                                       .wrong = why ? text_in(scene->language, why->text) : S("")};
    }
    v->week = made;
    v->week_count = PEOPLE_HOURS_DAYS;
    return DONE;
}

static struct outcome show_special(struct scene *scene, id hall_id, struct hall_keep_view *v)
{
    const struct people_special_day *rows;
    struct hall_day_row_view *made;

    TRY(people_special_days(scene, hall_desk(scene->arena, hall_id), &rows, &v->special_count));
    made = NEW_MANY(scene->arena, struct hall_day_row_view, v->special_count + 1);
    for (size_t i = 0; i < v->special_count; i++) {
        calendar_day day = 0;

        calendar_day_parse(rows[i].day, &day);
        made[i] = (struct hall_day_row_view){.day = rows[i].day,
                                             .at = calendar_day_begins(day),
                                             .hours = rows[i].hours,
                                             .why = rows[i].why};
    }
    v->special = made;
    return DONE;
}

static struct outcome show_staff(struct scene *scene, id hall_id, struct hall_keep_view *v)
{
    const struct hall_list_staff_row *rows;
    struct hall_staff_row_view *made;

    TRY(hall_list_staff(scene->arena, scene->store, hall_id, &rows, &v->staff_count));
    made = NEW_MANY(scene->arena, struct hall_staff_row_view, v->staff_count + 1);
    for (size_t i = 0; i < v->staff_count; i++)
        made[i] = (struct hall_staff_row_view){rows[i].person_id, rows[i].person_name,
                                               rows[i].login, rows[i].window_number};
    v->staff = made;
    return DONE;
}

struct outcome hall_show_keep(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_which_form *f = query;
    struct hall_row_view *row = NEW(scene->arena, struct hall_row_view);
    struct hall_keep_view *v = view;
    struct people_choice_list list;
    struct hall_find_hall_row hall;

    TRY(hall_need_own(scene, f->hall, &hall));
    *row = (struct hall_row_view){.hall = hall.hall_id,
                                  .name = hall_name(scene, hall.hall_zh, hall.hall_en),
                                  .address = hall_name(scene, hall.address_zh, hall.address_en),
                                  .phone = hall.hall_phone,
                                  .division = hall.division,
                                  .is_active = hall.is_active != 0};
    v->hall = row;
    v->number = f->hall;
    v->name_zh = hall.hall_zh, v->name_en = hall.hall_en;
    v->address_zh = hall.address_zh, v->address_en = hall.address_en;
    v->active_text = hall.is_active ? S("1") : S("");
    TRY(people_division_choices(scene, NULL, hall.division, &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    list = people_profession_choices(scene, T("Any question"), S(""));
    v->professions = list.rows, v->professions_count = list.count;
    TRY(show_week(request, f->hall, v));
    TRY(show_special(scene, f->hall, v));
    TRY(show_staff(scene, f->hall, v));
    TRY(hall_show_lines(scene, f->hall, true, &v->lines, &v->lines_count));
    v->line_choices_count = v->lines_count;
    TRY(line_choices(scene, v->lines, v->lines_count, S(""), &v->line_choices));
    v->is_adding_line = typed(request, &hall_line_add_form) != NULL;
    v->is_adding_window = typed(request, &hall_window_add_form) != NULL;
    return hall_show_windows(scene, f->hall, true, &v->windows, &v->windows_count);
}

struct outcome hall_show_line(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_which_line_form *f = query;
    const struct hall_line_row_view *rows;
    struct hall_line_view *v = view;
    struct people_choice_list list;
    struct hall_find_hall_row hall;
    struct hall_find_line_row line;
    size_t count, i = 0;
    bool found;

    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(hall_find_line(scene->arena, scene->store, f->line, &line, &found));
    if (!found || line.hall_id != f->hall) return REFUSE(act_unknown);
    TRY(hall_show_lines(scene, f->hall, true, &rows, &count));
    while (i < count && rows[i].line != f->line) i++;
    if (i == count) return REFUSE(act_unknown);
    v->line = &rows[i];
    v->hall = f->hall, v->number = f->line;
    v->hall_name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->name_zh = line.line_zh, v->name_en = line.line_en;
    v->active_text = line.is_active ? S("1") : S("");
    list = people_profession_choices(scene, T("Any question"), line.profession);
    v->professions = list.rows, v->professions_count = list.count;
    return DONE;
}

struct outcome hall_show_window(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_which_window_form *f = query;
    const struct hall_window_row_view *rows;
    const struct hall_line_row_view *lines;
    struct hall_window_view *v = view;
    struct hall_find_hall_row hall;
    size_t count, i = 0;

    TRY(hall_need_own(scene, f->hall, &hall));
    TRY(hall_show_windows(scene, f->hall, true, &rows, &count));
    while (i < count && rows[i].window != f->window) i++;
    if (i == count) return REFUSE(act_unknown);
    v->window = &rows[i];
    v->hall = f->hall, v->number = f->window;
    v->hall_name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->number_text = arena_print(scene->arena, "%lld", (long long)rows[i].number);
    v->active_text = rows[i].is_active ? S("1") : S("");
    TRY(hall_show_lines(scene, f->hall, true, &lines, &v->line_choices_count));
    return line_choices(scene, lines, v->line_choices_count, rows[i].lines, &v->line_choices);
}
