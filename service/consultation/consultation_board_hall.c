/* consultation_board_hall.c -- the numbers behind each figure of a hall: who was given one, who
 * waits, is at a window, was served, did not come or went on otherwise.
 *
 *  (1) As many rows as the figure says: both are counted by the same states between the same two
 *      moments.
 *  (2) Whoever watches the hall sees its numbers; of a question from elsewhere, only the number. */
#include "bureau/hall/hall_acts.h"
#include "service/consultation/consultation_board_count.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

enum { LIMIT_USUAL = 50, SERVED_FROM = 1 };

/* The same states as hall.find_figures; "waits" and the mean are of whoever was served. */
static const struct figure {
    const char *which, *title, *state, *or_state;
    moment served_at; /* 0: served or not */
} figures[] = {
    {"waiting", T("Waiting"), "waiting", "waiting", 0},
    {"taken", T("Numbers given"), "", "", 0},
    {"now", T("At windows"), "called", "serving", 0},
    {"served", T("Served at a window"), "served", "served", 0},
    {"missed", T("Did not come"), "missed", "no_show", 0},
    {"left", T("Online or in writing"), "left", "left", 0},
    {"waited", T("How long those waited who came to a window"), "", "", SERVED_FROM},
};

static const struct figure *figure_of(struct str which)
{
    if (!which.len) return &figures[0];
    for (size_t i = 0; i < COUNT(figures); i++)
        if (str_same(which, str_of(figures[i].which))) return &figures[i];
    return NULL;
}

static struct outcome show_number(struct scene *scene, const struct consultation_bounds *b,
                                  const struct consultation_list_hall_cases_row *row,
                                  struct consultation_board_numbered_view *v)
{
    struct consultation_board_queued_view *question =
        NEW(scene->arena, struct consultation_board_queued_view);
    moment until = row->served_at ? row->served_at : row->ended_at ? row->ended_at : scene->now;

    *v = (struct consultation_board_numbered_view){
        .ticket = row->ticket,
        .state = row->state,
        .state_name = text_in(scene->language, hall_state_name(hall_state_of(row->state))),
        .question = question};
    return consultation_board_show_queued(
        scene, b,
        &(struct consultation_list_desk_cases_row){.reference = row->reference,
                                                   .field = row->field,
                                                   .division = row->division,
                                                   .team_id = row->team_id,
                                                   .waiting_at = row->taken_at},
        until, question);
}

static struct outcome need_hall(struct scene *scene, id hall_id, struct hall_find_hall_row *hall)
{
    struct str watched = scene_scope(scene, WHO_SUPERVISOR);
    bool found;

    TRY(hall_find_hall(scene->arena, scene->store, hall_id, hall, &found));
    /* A leader watches a team, and no hall is a team's. */
    if (!found || !hall->is_active || !watched.len || !str_begins(hall->division, watched))
        return REFUSE(act_unknown);
    return DONE;
}

/* Which day is asked for; today when none, or none there is, was typed. */
static moment day_of(struct scene *scene, struct str typed, struct str *day)
{
    calendar_day number = calendar_day_of(scene->now);

    *day = hall_today(scene);
    if (typed.len && calendar_day_parse(typed, &number)) *day = typed;
    return calendar_day_begins(number);
}

struct outcome consultation_show_board_hall(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_board_hall_form *f = query;
    struct consultation_board_hall_view *v = view;
    struct consultation_bounds b = consultation_bounds_of(scene, S(""), S(""), S(""), S(""));
    const struct figure *figure = figure_of(f->which);
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct consultation_list_hall_cases_row *rows;
    struct consultation_board_numbered_view *made;
    struct hall_find_hall_row hall;
    size_t count;

    if (!figure) return REFUSE(act_unknown);
    TRY(need_hall(scene, f->hall, &hall));
    v->at = day_of(scene, f->day, &v->day);
    TRY(consultation_list_hall_cases(
        scene->arena, scene->store, f->hall, v->at, v->at + SECONDS_PER_DAY, str_of(figure->state),
        str_of(figure->or_state), figure->served_at, f->after, limit + 1, &rows, &count));
    if ((int64_t)count > limit) {
        count = (size_t)limit;
        v->next = rows[count - 1].ticket_id;
        v->more = arena_print(scene->arena,
                              "/board/halls/%lld/numbers?which=%s&day=%.*s&limit=%lld&after=%lld",
                              (long long)f->hall, figure->which, STR_ARGS(v->day), (long long)limit,
                              (long long)v->next);
    }
    made = NEW_MANY(scene->arena, struct consultation_board_numbered_view, count + 1);
    for (size_t i = 0; i < count; i++) TRY(show_number(scene, &b, &rows[i], &made[i]));
    v->numbers = made;
    v->numbers_count = count;
    v->hall = f->hall;
    v->hall_name = hall_name(scene, hall.hall_zh, hall.hall_en);
    v->title = text_in(scene->language, figure->title);
    v->is_waiting = figure == &figures[0];
    return DONE;
}
