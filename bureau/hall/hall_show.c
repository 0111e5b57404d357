/* hall_show.c -- halls as anybody sees them, the display, and a supervisor's figures.
 *
 *  (1) Nobody's name, question or telephone is on a page anybody can open: numbers and windows are.
 *  (2) A hall out of use is shown to nobody but those who keep it. */
#include "bureau/hall/hall_views.h"
#include "desk/identity/identity_acts.h"

enum { DAYS_AHEAD = 7, NEW_SECONDS = 60 };

static struct hall_line_row_view line_row(struct scene *scene,
                                          const struct hall_list_lines_row *row)
{
    return (struct hall_line_row_view){
        .line = row->line_id,
        .letter = row->letter,
        .name = hall_name(scene, row->line_zh, row->line_en),
        .profession = row->profession,
        .profession_name =
            row->profession.len ? people_profession_name(scene->language, row->profession) : S(""),
        .is_active = row->is_active != 0,
        .waiting = row->waiting_count,
        .waiting_since = row->taken_at,
        .windows_open = row->windows_count};
}

struct outcome hall_show_lines(struct scene *scene, id hall_id, bool all,
                               const struct hall_line_row_view **lines, size_t *count)
{
    const struct hall_list_lines_row *rows;
    struct hall_line_row_view *made;
    size_t rows_count;

    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct hall_line_row_view, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++)
        if (all || rows[i].is_active) made[(*count)++] = line_row(scene, &rows[i]);
    *lines = made;
    return DONE;
}

static void add_line(struct scene *scene, const struct hall_list_window_lines_row *line,
                     struct hall_window_row_view *v)
{
    struct str name = hall_name(scene, line->line_zh, line->line_en);

    v->lines = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->lines), v->lines.len ? " " : "",
                           STR_ARGS(line->letter));
    v->line_names =
        arena_print(scene->arena, "%.*s%s%.*s %.*s", STR_ARGS(v->line_names),
                    v->line_names.len ? " · " : "", STR_ARGS(line->letter), STR_ARGS(name));
}

struct outcome hall_show_windows(struct scene *scene, id hall_id, bool all,
                                 const struct hall_window_row_view **windows, size_t *count)
{
    const struct hall_list_windows_row *rows;
    const struct hall_list_window_lines_row *lines;
    struct hall_window_row_view *made;
    size_t rows_count, lines_count;

    TRY(hall_list_windows(scene->arena, scene->store, hall_id, &rows, &rows_count));
    TRY(hall_list_window_lines(scene->arena, scene->store, hall_id, &lines, &lines_count));
    made = NEW_MANY(scene->arena, struct hall_window_row_view, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++) {
        struct hall_window_row_view *v = &made[*count];

        if (!all && !rows[i].is_active) continue;
        *v = (struct hall_window_row_view){.window = rows[i].window_id,
                                           .number = rows[i].window_number,
                                           .is_active = rows[i].is_active != 0,
                                           .is_open = rows[i].person_id != 0,
                                           .person = rows[i].person_name,
                                           .ticket = rows[i].ticket};
        for (size_t k = 0; k < lines_count; k++)
            if (lines[k].window_id == rows[i].window_id) add_line(scene, &lines[k], v);
        (*count)++;
    }
    *windows = made;
    return DONE;
}

/* Also of a day of which nobody can say whether it is worked: then nothing. */
static struct outcome hours_on(struct scene *scene, const struct calendar_desk *desk,
                               calendar_day day, struct str *hours)
{
    struct calendar_opening opening;
    struct outcome outcome = people_open_on(desk, day, &opening);

    *hours = IS_DONE(outcome) ? people_write_opening(scene, &opening) : S("");
    return outcome.fault ? outcome : DONE;
}

static struct outcome hall_row_of(struct scene *scene, const struct hall_list_halls_row *row,
                                  struct hall_row_view *v)
{
    const struct hall_list_lines_row *lines;
    struct hall_count_windows_row windows;
    struct calendar_desk desk;
    moment ends;
    size_t count;
    bool found;

    *v = (struct hall_row_view){.hall = row->hall_id,
                                .name = hall_name(scene, row->hall_zh, row->hall_en),
                                .address = hall_name(scene, row->address_zh, row->address_en),
                                .phone = row->hall_phone,
                                .division = row->division,
                                .is_active = true};
    TRY(identity_division_name(scene, row->division, &v->division_name));
    TRY(hall_open_now(scene, row->hall_id, &v->is_open, &ends));
    TRY(people_desk(scene, hall_desk(scene->arena, row->hall_id), &desk));
    TRY(hours_on(scene, &desk, calendar_day_of(scene->now), &v->hours_today));
    TRY(hall_list_lines(scene->arena, scene->store, row->hall_id, &lines, &count));
    for (size_t i = 0; i < count; i++) v->waiting += lines[i].waiting_count;
    TRY(hall_count_windows(scene->store, row->hall_id, &windows, &found));
    v->windows = windows.open_count;
    return DONE;
}

static struct outcome district_choices(struct scene *scene, struct str chosen,
                                       const struct choice **choices, size_t *count)
{
    const struct identity_division *top, *rows;
    struct choice *made;
    size_t top_count, rows_count = 0;

    TRY(identity_division_children(scene, S(""), &top, &top_count));
    if (top_count) TRY(identity_division_children(scene, top[0].division, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    made[0] = (struct choice){.label = text_in(scene->language, T("The whole city"))};
    for (size_t i = 0; i < rows_count; i++)
        made[i + 1] = (struct choice){.value = rows[i].division,
                                      .label = hall_name(scene, rows[i].name_zh, rows[i].name_en),
                                      .chosen = str_same(chosen, rows[i].division)};
    *choices = made;
    *count = rows_count + 1;
    return DONE;
}

struct outcome hall_show_halls(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_list_form *f = query;
    const struct hall_list_halls_row *rows;
    struct hall_halls_view *v = view;
    struct hall_row_view *made;

    TRY(hall_list_halls(scene->arena, scene->store, f->division, &rows, &v->halls_count));
    made = NEW_MANY(scene->arena, struct hall_row_view, v->halls_count + 1);
    for (size_t i = 0; i < v->halls_count; i++) TRY(hall_row_of(scene, &rows[i], &made[i]));
    v->halls = made;
    return district_choices(scene, f->division, &v->divisions, &v->divisions_count);
}

static struct outcome need_hall(struct scene *scene, id hall_id, struct hall_find_hall_row *hall)
{
    bool found;

    TRY(hall_find_hall(scene->arena, scene->store, hall_id, hall, &found));
    return found && hall->is_active ? DONE : REFUSE(act_unknown);
}

static struct str why_on(const struct people_special_day *rows, size_t count, struct str day)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(rows[i].day, day)) return rows[i].why;
    return S("");
}

static struct outcome show_days(struct scene *scene, id hall_id, struct hall_one_view *v)
{
    struct hall_day_row_view *made = NEW_MANY(scene->arena, struct hall_day_row_view, DAYS_AHEAD);
    const struct people_special_day *special;
    struct calendar_desk desk;
    size_t special_count;

    TRY(people_desk(scene, hall_desk(scene->arena, hall_id), &desk));
    TRY(people_special_days(scene, hall_desk(scene->arena, hall_id), &special, &special_count));
    for (int i = 0; i < DAYS_AHEAD; i++) {
        calendar_day day = calendar_day_of(scene->now) + i;
        char text[11];

        calendar_day_print(day, text);
        made[i].day = arena_copy(scene->arena, str_of(text));
        made[i].at = calendar_day_begins(day);
        made[i].weekday_name =
            text_in(scene->language, people_day_name((int)calendar_weekday_of(day)));
        made[i].why = why_on(special, special_count, made[i].day);
        TRY(hours_on(scene, &desk, day, &made[i].hours));
    }
    v->days = made;
    v->days_count = DAYS_AHEAD;
    return DONE;
}

struct outcome hall_show_one(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_which_form *f = query;
    struct hall_row_view *row = NEW(scene->arena, struct hall_row_view);
    struct hall_one_view *v = view;
    struct hall_find_hall_row hall;

    TRY(need_hall(scene, f->hall, &hall));
    TRY(hall_row_of(scene,
                    &(struct hall_list_halls_row){hall.hall_id, hall.hall_zh, hall.hall_en,
                                                  hall.address_zh, hall.address_en, hall.hall_phone,
                                                  hall.division},
                    row));
    v->hall = row;
    TRY(hall_show_lines(scene, f->hall, false, &v->lines, &v->lines_count));
    TRY(hall_show_windows(scene, f->hall, false, &v->windows, &v->windows_count));
    return show_days(scene, f->hall, v);
}

/* ---- the display ---- */

struct outcome hall_show_screen(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_which_form *f = query;
    const struct hall_list_called_row *rows;
    struct hall_called_view *made;
    struct hall_screen_view *v = view;
    struct hall_find_hall_row hall;
    moment ends;

    TRY(need_hall(scene, f->hall, &hall));
    v->hall = f->hall;
    v->name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->at = scene->now;
    TRY(hall_open_now(scene, f->hall, &v->is_open, &ends));
    TRY(hall_list_called(scene->arena, scene->store, f->hall, &rows, &v->called_count));
    made = NEW_MANY(scene->arena, struct hall_called_view, v->called_count + 1);
    for (size_t i = 0; i < v->called_count; i++)
        made[i] = (struct hall_called_view){
            .ticket = rows[i].ticket,
            .window = rows[i].window_number,
            .called_at = rows[i].called_at,
            .is_new = str_same(rows[i].state, hall_state_word(HALL_CALLED)) &&
                      scene->now - rows[i].called_at < NEW_SECONDS};
    v->called = made;
    return hall_show_lines(scene, f->hall, false, &v->lines, &v->lines_count);
}

/* ---- figures ---- */

static int64_t minutes_of(int64_t seconds)
{
    return (seconds + SECONDS_PER_MINUTE / 2) / SECONDS_PER_MINUTE;
}

static struct outcome figures_of(struct scene *scene, const struct hall_list_halls_row *row,
                                 moment from, struct hall_figures_view *v)
{
    struct hall_find_figures_row sums;
    struct hall_count_windows_row windows;
    bool found;

    TRY(hall_find_figures(scene->store, row->hall_id, from, from + SECONDS_PER_DAY, &sums, &found));
    TRY(hall_count_windows(scene->store, row->hall_id, &windows, &found));
    *v = (struct hall_figures_view){
        .hall = row->hall_id,
        .name = hall_name(scene, row->hall_zh, row->hall_en),
        .division = row->division,
        .windows = windows.windows_count,
        .windows_open = windows.open_count,
        .taken = sums.taken_count,
        .waiting = sums.waiting_count,
        .waiting_since = sums.taken_at,
        .at_windows = sums.now_count,
        .served = sums.served_count,
        .no_show = sums.no_show_count,
        .otherwise = sums.left_count,
        .wait_minutes =
            sums.waits_count ? minutes_of(sums.wait_seconds_sum / sums.waits_count) : -1,
        .wait_minutes_max = sums.waits_count ? minutes_of(sums.wait_seconds_max) : -1,
    };
    return identity_division_name(scene, row->division, &v->division_name);
}

struct outcome hall_show_board(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct hall_board_form *f = query;
    const struct hall_list_halls_row *rows;
    struct hall_figures_view *made;
    struct hall_board_view *v = view;
    calendar_day day = calendar_day_of(scene->now);

    if (!scene->actor.scopes.supervisor.len) return REFUSE(act_not_yours);
    v->day = hall_today(scene);
    v->is_today = !f->day.len || str_same(f->day, v->day);
    if (!v->is_today && calendar_day_parse(f->day, &day)) v->day = f->day;
    v->at = calendar_day_begins(day);
    TRY(hall_list_halls(scene->arena, scene->store, scene->actor.scopes.supervisor, &rows,
                        &v->halls_count));
    made = NEW_MANY(scene->arena, struct hall_figures_view, v->halls_count + 1);
    for (size_t i = 0; i < v->halls_count; i++) TRY(figures_of(scene, &rows[i], v->at, &made[i]));
    v->halls = made;
    return DONE;
}
