/* forecast_show.c -- need against cover, as a table and as a picture of it. */
#include <math.h>

#include "bureau/forecast/forecast_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/forecast_sql.h"
#include "platform/allows.h"
#include "platform/text.h"

const struct reason forecast_too_far = {
    "forecast.too-far", T("Please choose a day within three months before or after today."), 0};
const struct reason forecast_unknown_profession = {"forecast.unknown-profession",
                                                   T("Please choose a profession from the list."),
                                                   .field = "profession"};

enum { WATCHERS = WHO_LEADER | WHO_SUPERVISOR };
/* Inside the picture: each half hour so wide, the highest number so high. */
enum { BAR_WIDTH = 40, PICTURE_HEIGHT = 200, HALF_HOURS_DRAWN_MIN = 16, HALF_HOURS_LONG = 24 };

static struct str decimal(struct scene *scene, double number)
{
    return arena_print(scene->arena, number < 9.95 ? "%.1f" : "%.0f", number);
}

static struct str day_text(struct scene *scene, calendar_day day)
{
    char text[11];

    calendar_day_print(day, text);
    return arena_print(scene->arena, "%s", text);
}

static struct outcome choose_day(struct scene *scene, struct str text, calendar_day *day)
{
    calendar_day today = calendar_day_of(scene->now);

    *day = today + 1;
    if (text.len && !calendar_day_parse(text, day)) return REFUSE(forecast_too_far);
    return *day < today - FORECAST_SPAN_DAYS || *day > today + FORECAST_SPAN_DAYS
               ? REFUSE(forecast_too_far)
               : DONE;
}

/* What somebody may look at: their own division, or a part of it. */
static struct outcome choose_division(struct scene *scene, struct str asked, struct str *division)
{
    struct str scope = scene_scope(scene, WATCHERS);
    bool exists;

    if (!scope.len) return REFUSE(act_not_yours);
    *division = asked.len ? asked : scope;
    if (!str_begins(*division, scope)) return REFUSE(act_not_yours);
    TRY(identity_division_exists(scene, *division, &exists));
    return exists ? DONE : REFUSE(act_unknown);
}

static const char *state_of(const struct forecast_half_hour *h)
{
    if (!h->is_open) return "closed";
    if (h->needed < 0 || h->cover < h->needed) return "short";
    if (h->needed == 0) return "quiet";
    return h->needed_high < 0 || h->cover < h->needed_high ? "tight" : "enough";
}

static const char *state_name(struct str state)
{
    if (str_same(state, S("closed"))) return T("Closed");
    if (str_same(state, S("short"))) return T("Too few");
    if (str_same(state, S("tight"))) return T("Just enough");
    return str_same(state, S("quiet")) ? T("Nobody expected") : T("Enough");
}

static const char *state_css(struct str state)
{
    if (str_same(state, S("short"))) return "tag-late";
    if (str_same(state, S("tight"))) return "tag-waiting";
    return str_same(state, S("enough")) ? "tag-done" : "tag-off";
}

/* -1 is more than can be: nobody has that many. */
static struct str people(struct scene *scene, int64_t count)
{
    return count < 0 ? arena_print(scene->arena, ">%d", FORECAST_PLACES_MAX)
                     : arena_print(scene->arena, "%lld", (long long)count);
}

static struct forecast_row_view row_of(struct scene *scene, const struct forecast_plan *plan,
                                       int at)
{
    const struct forecast_half_hour *h = &plan->half_hours[at];
    struct str state = str_of(state_of(h));
    int64_t missing = h->needed > h->cover ? h->needed - h->cover : 0;

    return (struct forecast_row_view){
        .at = calendar_day_begins(plan->day) + at * 30 * (int64_t)SECONDS_PER_MINUTE,
        .state = state,
        .state_name = text_in(scene->language, state_name(state)),
        .expected = decimal(scene, h->expected),
        .low = (int64_t)floor(h->low),
        .high = (int64_t)ceil(h->high),
        .needed_text = people(scene, h->needed),
        .high_text = people(scene, h->needed_high),
        .draws_need = h->needed > 0,
        .needed = h->needed,
        .needed_high = h->needed_high,
        .cover = h->cover,
        .short_by = missing,
        .within_percent = h->is_open ? (int64_t)(h->service.within * 100) : 0,
        .is_shown = h->needed != 0 || h->cover > 0,
        .says_service = h->is_open && h->needed != 0,
        .hour = at / 2,
        .minute = at * 30,
    };
}

/* Cover as a bar, what is missing on top of it, need as a line. */
static void draw(struct forecast_row_view *row, int at, int64_t highest)
{
    int64_t cover = row->cover * PICTURE_HEIGHT / highest;
    int64_t need = (row->needed > 0 ? row->needed : 0) * PICTURE_HEIGHT / highest;

    row->x = at * BAR_WIDTH + 2;
    row->label_x = at * BAR_WIDTH;
    row->cover_height = cover;
    row->cover_y = PICTURE_HEIGHT - cover;
    row->need_y = PICTURE_HEIGHT - need;
    row->missing_height = row->short_by ? need - cover : 0;
    row->missing_y = PICTURE_HEIGHT - need;
}

/* The picture begins with the first half hour that is shown and ends with the last. */
static void frame(struct forecast_look_view *v, struct forecast_row_view *rows)
{
    int first = FORECAST_HALF_HOURS, last = 0;

    for (int at = 0; at < FORECAST_HALF_HOURS; at++) {
        if (!rows[at].is_shown) continue;
        if (at < first) first = at;
        last = at;
    }
    if (last - first + 1 < HALF_HOURS_DRAWN_MIN) last = first + HALF_HOURS_DRAWN_MIN - 1;
    v->picture_x = first * BAR_WIDTH;
    v->picture_width = (last - first + 1) * (int64_t)BAR_WIDTH;
    v->is_long = last - first + 1 > HALF_HOURS_LONG;
    for (int at = 0; at < FORECAST_HALF_HOURS; at++)
        rows[at].has_hour = at % (v->is_long ? 6 : 2) == 0;
}

static void fill_rows(struct scene *scene, const struct forecast_plan *plan,
                      struct forecast_look_view *v)
{
    struct forecast_row_view *rows =
        NEW_MANY(scene->arena, struct forecast_row_view, FORECAST_HALF_HOURS);
    double expected = 0;

    v->highest = 1;
    for (int at = 0; at < FORECAST_HALF_HOURS; at++) {
        rows[at] = row_of(scene, plan, at);
        expected += plan->half_hours[at].expected;
        v->half_hours_short += rows[at].short_by > 0;
        v->is_open |= plan->half_hours[at].is_open;
        v->is_shown |= rows[at].is_shown;
        v->is_needed |= rows[at].needed != 0;
        if (rows[at].cover > v->highest) v->highest = rows[at].cover;
        if (rows[at].needed > v->highest) v->highest = rows[at].needed;
    }
    for (int at = 0; at < FORECAST_HALF_HOURS; at++) draw(&rows[at], at, v->highest);
    v->half_hours = rows;
    v->half_hours_count = FORECAST_HALF_HOURS;
    frame(v, rows);
    v->expected = decimal(scene, expected);
}

static struct str minutes(struct scene *scene, double seconds)
{
    return arena_print(scene->arena, seconds < 120 ? "%.1f" : "%.0f", seconds / SECONDS_PER_MINUTE);
}

static void fill_plan(struct scene *scene, const struct forecast_plan *plan,
                      struct forecast_look_view *v)
{
    static const char *const kinds[] = {"working", "makeup", "weekend", "holiday"};
    static const char *const knows[] = {"nothing", "little", "enough"};

    v->at = calendar_day_begins(plan->day);
    v->day = day_text(scene, plan->day);
    v->day_before = day_text(scene, plan->day - 1);
    v->day_after = day_text(scene, plan->day + 1);
    v->kind = str_of(kinds[plan->kind]);
    v->kind_name = text_in(scene->language, forecast_kind_name(plan->kind));
    v->knows = str_of(knows[plan->curve.knows]);
    v->days = plan->curve.days;
    v->days_alike = plan->curve.days_alike;
    v->trend_percent = arena_print(scene->arena, "%+.1f", plan->curve.trend * 100);
    v->has_trend = fabs(plan->curve.trend) >= 0.001;
    v->has_season = plan->curve.has_season;
    v->service_percent = plan->policy.percent;
    v->service_seconds = plan->policy.seconds;
    v->talks_at_once = plan->policy.talks_at_once;
    v->handle_seconds = (int64_t)plan->pace.handle_seconds;
    v->handle_is_measured = plan->pace.handle_is_measured;
    v->handle_text = minutes(scene, plan->pace.handle_seconds);
    v->patience_seconds = (int64_t)plan->pace.patience_seconds;
    v->patience_is_measured = plan->pace.patience_is_measured;
    v->patience_text = minutes(scene, plan->pace.patience_seconds);
}

static void fill_professions(struct scene *scene, struct forecast_look_view *v)
{
    struct choice *choices = NEW_MANY(scene->arena, struct choice, FORECAST_PROFESSIONS);

    for (size_t i = 0; i < FORECAST_PROFESSIONS; i++) {
        struct str word = str_of(forecast_professions[i]);

        choices[i] =
            (struct choice){.value = word,
                            .label = text_in(scene->language, forecast_profession_name(word)),
                            .chosen = str_same(word, v->profession)};
    }
    v->professions = choices;
    v->professions_count = FORECAST_PROFESSIONS;
}

/* The watcher's own division and, of a city, its districts. */
static struct outcome fill_divisions(struct scene *scene, struct forecast_look_view *v)
{
    const struct identity_division *rows;
    struct str scope = scene_scope(scene, WATCHERS);
    struct choice *choices;
    size_t count;

    TRY(identity_division_name(scene, v->division, &v->division_name));
    TRY(identity_division_children(scene, scope, &rows, &count));
    if (scope.len >= 6) count = 0; /* streets have no roster of their own */
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    choices[0] = (struct choice){.value = scope, .chosen = str_same(scope, v->division)};
    TRY(identity_division_name(scene, scope, &choices[0].label));
    for (size_t i = 0; i < count; i++)
        choices[i + 1] = (struct choice){.value = rows[i].division,
                                         .label = scene->language == LANGUAGE_EN ? rows[i].name_en
                                                                                 : rows[i].name_zh,
                                         .chosen = str_same(rows[i].division, v->division)};
    v->divisions = choices;
    v->divisions_count = count + 1;
    return DONE;
}

struct outcome forecast_show_look(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct forecast_look_form *f = query;
    struct forecast_look_view *v = view;
    struct forecast_plan *plan = NEW(scene->arena, struct forecast_plan);
    calendar_day day;

    v->profession = f->profession.len ? f->profession : S("lawyer");
    if (!forecast_profession_name(v->profession)[0]) return REFUSE(forecast_unknown_profession);
    TRY(choose_day(scene, f->day, &day));
    TRY(choose_division(scene, f->division, &v->division));
    TRY(forecast_plan_day(scene, v->profession, v->division, day, plan));
    fill_plan(scene, plan, v);
    fill_rows(scene, plan, v);
    v->profession_name = text_in(scene->language, forecast_profession_name(v->profession));
    fill_professions(scene, v);
    return fill_divisions(scene, v);
}

/* ---- the same on the roster of the day ---- */

struct outcome forecast_needs(struct scene *scene, struct str profession, calendar_day day,
                              struct shifts_needs *needs, bool *knows)
{
    struct forecast_plan *plan = NEW(scene->arena, struct forecast_plan);
    calendar_day today = calendar_day_of(scene->now);

    *knows = false;
    needs->division = scene_scope(scene, WATCHERS);
    if (!needs->division.len || !forecast_profession_name(profession)[0]) return DONE;
    if (day < today - FORECAST_SPAN_DAYS || day > today + FORECAST_SPAN_DAYS) return DONE;
    TRY(forecast_plan_day(scene, profession, needs->division, day, plan));
    for (int at = 0; at < FORECAST_HALF_HOURS; at++) {
        struct forecast_row_view row = row_of(scene, plan, at);

        needs->half_hours[at] = (struct shifts_need){.needed = row.needed,
                                                     .cover = row.cover,
                                                     .is_shown = row.is_shown,
                                                     .state = row.state,
                                                     .state_name = row.state_name,
                                                     .state_css = str_of(state_css(row.state))};
        *knows |= row.is_shown && plan->curve.knows != FORECAST_KNOWS_NOTHING;
    }
    return identity_division_name(scene, needs->division, &needs->division_name);
}

/* ---- administration ---- */

struct outcome forecast_show_admin(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct forecast_admin_view *v = view;
    const struct forecast_list_imports_row *rows;
    struct forecast_find_import_going_row going = {0};
    struct forecast_count_busy_row busy;
    struct forecast_brought_view *imports;
    struct forecast_policy policy;
    bool found;

    (void)query;
    TRY(outcome_allows(people_need_city(scene), &v->may_change));
    TRY(forecast_policy_now(scene, &policy));
    v->service_percent = policy.percent;
    v->service_seconds = policy.seconds;
    v->talks_at_once = policy.talks_at_once;
    v->percent_text = arena_print(scene->arena, "%lld", (long long)policy.percent);
    v->seconds_text = form_amount(scene->arena, scene->language, FIELD_span, policy.seconds);
    v->talks_text = arena_print(scene->arena, "%lld", (long long)policy.talks_at_once);
    TRY(forecast_list_imports(scene->arena, scene->store, &rows, &v->imports_count));
    imports = NEW_MANY(scene->arena, struct forecast_brought_view, v->imports_count + 1);
    for (size_t i = 0; i < v->imports_count; i++)
        imports[i] = (struct forecast_brought_view){
            .profession = rows[i].profession,
            .profession_name =
                text_in(scene->language, forecast_profession_name(rows[i].profession)),
            .from = calendar_day_begins(rows[i].first_half_hour / FORECAST_HALF_HOURS),
            .until = calendar_day_begins(rows[i].last_half_hour / FORECAST_HALF_HOURS),
            .arrivals = rows[i].arrivals_sum};
    v->imports = imports;
    TRY(forecast_find_import_going(scene->store, &going, &v->is_going));
    v->rows_done = going.rows_done;
    v->rows_count = going.rows_count;
    TRY(forecast_count_busy(scene->store, &busy, &found));
    v->is_removing = busy.busy_count > v->is_going;
    return DONE;
}
