/* shifts_duty.c -- who stands behind the numbers of the roster, and need against cover of a day.
 *
 *  (1) A list has exactly as many rows as the number says (list_desks_now, list_desks_next,
 *      shifts_cover).
 *  (2) Names are for whoever may read the roster they stand on; somebody else's people are counted
 *      and not named. */
#include "bureau/shifts/shifts_views.h"

enum { LIMIT_USUAL = 50, NAMES_SHOWN = 6, HALF_HOUR_MINUTES = 30 };

static struct outcome (*ask_needs)(struct scene *, struct str, calendar_day, struct shifts_needs *,
                                   bool *);

void shifts_need_hook(struct outcome (*ask)(struct scene *scene, struct str profession,
                                            calendar_day day, struct shifts_needs *needs,
                                            bool *knows))
{
    ask_needs = ask;
}

static struct shifts_duty_view duty_of(struct scene *scene, const struct shifts_bounds *bounds,
                                       const struct shifts_list_on_duty_row *row)
{
    bool is_own = row->team_id == bounds->team || str_begins(row->division, bounds->scope);

    if (!is_own) return (struct shifts_duty_view){.withheld = true};
    return (struct shifts_duty_view){
        .shift = row->shift_id,
        .person = row->person_id,
        .name = row->person_name,
        .desk = row->desk,
        .desk_name = shifts_desk_name(scene->language, row->desk),
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .team = row->team_id,
        .team_name = shifts_team_name(scene, row->team_zh, row->team_en),
        .starts_at = row->starts_at,
        .ends_at = row->ends_at};
}

/* On now, or who begins at that moment. */
static struct outcome find_duty(struct scene *scene, struct str desk, moment begins, id after,
                                int64_t max, const struct shifts_list_on_duty_row **rows,
                                size_t *count)
{
    struct shifts_bounds bounds = shifts_bounds_of(scene);
    moment at = begins ? begins : scene->now;

    return shifts_list_on_duty(scene->arena, scene->store,
                               begins ? at - 1 : at - SHIFTS_LOOK_BACK_SECONDS, at, desk,
                               bounds.team, bounds.scope, after, max, rows, count);
}

struct outcome shifts_names_of(struct scene *scene, struct str desk, moment begins,
                               const struct shifts_duty_view **people, size_t *count)
{
    struct shifts_bounds bounds = shifts_bounds_of(scene);
    const struct shifts_list_on_duty_row *rows;
    struct shifts_duty_view *made;

    TRY(find_duty(scene, desk, begins, 0, NAMES_SHOWN, &rows, count));
    made = NEW_MANY(scene->arena, struct shifts_duty_view, *count + 1);
    for (size_t i = 0; i < *count; i++) made[i] = duty_of(scene, &bounds, &rows[i]);
    *people = made;
    return DONE;
}

/* As many as are shown; `more` leads on to the others. */
static void fill(struct scene *scene, const struct shifts_list_on_duty_row *rows, size_t count,
                 int64_t limit, struct shifts_duties_view *v)
{
    struct shifts_bounds bounds = shifts_bounds_of(scene);
    struct shifts_duty_view *made;

    if ((int64_t)count > limit) {
        count = (size_t)limit;
        v->next = rows[count - 1].shift_id;
    }
    made = NEW_MANY(scene->arena, struct shifts_duty_view, count + 1);
    for (size_t i = 0; i < count; i++) made[i] = duty_of(scene, &bounds, &rows[i]);
    v->people = made;
    v->people_count = count;
}

struct outcome shifts_show_duty(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct shifts_duty_form *f = query;
    struct shifts_duties_view *v = view;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct shifts_list_on_duty_row *rows;
    size_t count;

    TRY(find_duty(scene, f->desk, f->begins, f->after, limit + 1, &rows, &count));
    fill(scene, rows, count, limit, v);
    v->title = text_in(scene->language, f->begins ? T("Next on duty") : T("On duty now"));
    v->about = shifts_desk_name(scene->language, f->desk);
    v->at = f->begins ? f->begins : scene->now;
    v->day = shifts_day_text(scene, calendar_day_of(v->at));
    if (v->next)
        v->more = arena_print(
            scene->arena, "/roster/duty?desk=%.*s&begins=%lld&limit=%lld&after=%lld",
            STR_ARGS(f->desk), (long long)f->begins, (long long)limit, (long long)v->next);
    return DONE;
}

/* ---- need and cover ---- */

struct outcome shifts_show_cover(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct shifts_cover_form *f = query;
    struct shifts_duties_view *v = view;
    struct str scope = scene_scope(scene, WHO_LEADER | WHO_SUPERVISOR);
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct shifts_list_covering_row *rows;
    struct shifts_list_on_duty_row *plain;
    calendar_day day;
    moment from;
    size_t count;

    if (!scope.len) return REFUSE(act_not_yours);
    if (!calendar_day_parse(f->day, &day) || f->minute % HALF_HOUR_MINUTES ||
        (f->division.len && !str_begins(f->division, scope)))
        return REFUSE(act_unknown);
    from = calendar_day_begins(day) + f->minute * SECONDS_PER_MINUTE;
    if (f->division.len) scope = f->division;
    TRY(shifts_list_covering(scene->arena, scene->store,
                             calendar_day_begins(day) - SHIFTS_LOOK_BACK_SECONDS, from,
                             from + HALF_HOUR_MINUTES * SECONDS_PER_MINUTE, f->profession, scope,
                             f->after, limit + 1, &rows, &count));
    plain = NEW_MANY(scene->arena, struct shifts_list_on_duty_row, count + 1);
    for (size_t i = 0; i < count; i++)
        plain[i] = (struct shifts_list_on_duty_row){
            rows[i].shift_id, rows[i].desk,      rows[i].profession,  rows[i].team_id,
            rows[i].division, rows[i].person_id, rows[i].person_name, rows[i].starts_at,
            rows[i].ends_at,  rows[i].team_zh,   rows[i].team_en};
    fill(scene, plain, count, limit, v);
    v->title = text_in(scene->language, T("On the roster"));
    if (f->profession.len) v->about = people_profession_name(scene->language, f->profession);
    v->at = from;
    v->day = f->day;
    if (v->next)
        v->more = arena_print(
            scene->arena,
            "/roster/"
            "cover?day=%.*s&minute=%lld&profession=%.*s&division=%.*s&limit=%lld&after=%lld",
            STR_ARGS(f->day), (long long)f->minute, STR_ARGS(f->profession), STR_ARGS(f->division),
            (long long)limit, (long long)v->next);
    return DONE;
}

static bool stands_alike(const struct shifts_need *a, const struct shifts_need *b)
{
    return a->is_shown && b->is_shown && a->needed == b->needed && a->cover == b->cover &&
           str_same(a->state, b->state);
}

struct outcome shifts_set_needs(struct scene *scene, struct str profession, calendar_day day,
                                struct shifts_roster_view *v)
{
    struct shifts_needs *needs = NEW(scene->arena, struct shifts_needs);
    struct shifts_need_row_view *rows;
    bool knows = false;

    if (!profession.len) profession = S("lawyer");
    if (ask_needs) TRY(ask_needs(scene, profession, day, needs, &knows));
    if (!knows) return DONE;
    rows = NEW_MANY(scene->arena, struct shifts_need_row_view, SHIFTS_HALF_HOURS);
    for (int i = 0; i < SHIFTS_HALF_HOURS; i++) {
        const struct shifts_need *h = &needs->half_hours[i];
        moment from =
            calendar_day_begins(day) + i * (int64_t)HALF_HOUR_MINUTES * SECONDS_PER_MINUTE;

        if (!h->is_shown) continue;
        v->needs_short += h->needed < 0 || h->needed > h->cover;
        if (i && v->needs_count && stands_alike(h, &needs->half_hours[i - 1])) {
            rows[v->needs_count - 1].until += HALF_HOUR_MINUTES * SECONDS_PER_MINUTE;
            continue;
        }
        rows[v->needs_count++] = (struct shifts_need_row_view){
            .from = from,
            .until = from + HALF_HOUR_MINUTES * SECONDS_PER_MINUTE,
            .needed = h->needed,
            .needed_text =
                h->needed < 0 ? S("–") : arena_print(scene->arena, "%lld", (long long)h->needed),
            .cover = h->cover,
            .short_by = h->needed > h->cover ? h->needed - h->cover : 0,
            .state = h->state,
            .state_name = h->state_name,
            .state_css = h->state_css,
            .minute = i * HALF_HOUR_MINUTES};
    }
    v->needs = rows;
    v->needs_division = needs->division;
    v->needs_profession = profession;
    v->needs_about = arena_print(scene->arena, "%.*s · %.*s",
                                 STR_ARGS(people_profession_name(scene->language, profession)),
                                 STR_ARGS(needs->division_name));
    return DONE;
}

#define VIEW_THIS shifts_duty_view
VIEW_TABLE(shifts_duty, SHIFTS_DUTY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_need_row_view
VIEW_TABLE(shifts_need_row, SHIFTS_NEED_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_duties_view
VIEW_TABLE(shifts_duties, SHIFTS_DUTIES_VIEW)
#undef VIEW_THIS
#define FORM_THIS shifts_duty_form
FORM_TABLE(shifts_duty, SHIFTS_DUTY_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_cover_form
FORM_TABLE(shifts_cover, SHIFTS_COVER_FORM)
#undef FORM_THIS
