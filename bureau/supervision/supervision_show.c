/* supervision_show.c -- warnings as people read them, on the board and on a page of their own. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"

struct outcome supervision_place_name(struct scene *scene, struct str division, struct str *name)
{
    if (division.len <= 2) {
        *name = text_in(scene->language, T("Whole city, or not said"));
        return DONE;
    }
    TRY(identity_division_name(scene, division, name));
    if (!name->len) *name = division;
    return DONE;
}

struct outcome supervision_area_name(struct scene *scene, struct str division, struct str *name)
{
    if (division.len > 2) return supervision_place_name(scene, division, name);
    *name = text_in(scene->language, T("Whole city"));
    return DONE;
}

struct outcome supervision_team_name(struct scene *scene, id team_id, struct str *name)
{
    struct people_find_team_row row;
    bool found = false;

    *name = S("");
    if (team_id) TRY(people_team(scene, team_id, &row, &found));
    if (found) *name = scene->language == LANGUAGE_EN ? row.team_en : row.team_zh;
    return DONE;
}

static struct outcome place_of(struct scene *scene, const struct supervision_list_alarms_row *row,
                               struct str *place)
{
    struct str team;

    TRY(supervision_area_name(scene, row->division, place));
    TRY(supervision_team_name(scene, row->team_id, &team));
    if (team.len)
        *place = arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(*place), STR_ARGS(team));
    return DONE;
}

static const char *const level_words[] = {"note", "serious", "urgent"};
static const char *const level_css[] = {"tag-off", "tag-waiting", "tag-late"};

static bool is_about_profession(enum supervision_kind kind)
{
    return kind == SUPERVISION_WAIT_LONG || kind == SUPERVISION_NOBODY_ON_LINE ||
           kind == SUPERVISION_ON_LINE_LOW || kind == SUPERVISION_UNCOVERED;
}

static bool is_about_complaint(enum supervision_kind kind)
{
    return kind == SUPERVISION_COMPLAINT_WAITS || kind == SUPERVISION_COMPLAINT_LATE ||
           kind == SUPERVISION_COMPLAINT_OVER;
}

/* A day or a moment as its reader writes it; anything else as it was kept. */
static struct str second_word(struct scene *scene, enum supervision_kind kind, struct str kept)
{
    struct out *out = out_open(scene->arena, 64);
    moment at;

    if (!(is_about_complaint(kind) || kind == SUPERVISION_UNCOVERED) || !str_to_int(kept, &at))
        return kept;
    if (kind == SUPERVISION_UNCOVERED)
        out_moment(out, scene->language, at);
    else
        out_day(out, scene->language, at);
    return out_text(out);
}

static struct outcome show_alarm(struct scene *scene, const struct supervision_list_alarms_row *row,
                                 struct supervision_alarm_view *v)
{
    enum supervision_kind kind;
    enum supervision_level level;
    struct str one = row->words_one;

    if (!supervision_kind_of(row->alarm_kind, &kind)) return FAULT("an alarm of no kind");
    level = supervision_level_of(kind);
    if (is_about_profession(kind)) one = people_profession_name(scene->language, one);
    *v = (struct supervision_alarm_view){
        .id = row->alarm_id,
        .kind = row->alarm_kind,
        .level = str_of(level_words[level]),
        .level_name = text_in(scene->language, supervision_level_name(level)),
        .css = str_of(level_css[level]),
        .text = text_fill(scene->arena, scene->language, supervision_kind_text(kind), one,
                          second_word(scene, kind, row->words_two), S("")),
        .division = row->division,
        .team = row->team_id,
        .reference = row->case_id ? row->words_one : S(""),
        .complaint = is_about_complaint(kind) ? row->case_id : 0,
        .raised_at = row->raised_at,
        .cleared_at = row->cleared_at,
        .rung_name =
            text_in(scene->language, supervision_rung_name((enum supervision_rung)row->rung)),
        .goes_on_at = row->acknowledged_at ? 0 : row->escalate_at,
        .seen_at = row->acknowledged_at,
        .seen_by = row->person_name,
        .note = row->alarm_note,
        .is_open = !row->cleared_at,
        .is_unseen = !row->cleared_at && !row->acknowledged_at,
    };
    return place_of(scene, row, &v->place_name);
}

/* Those that are open, and those over since then; the open ones come first. */
static struct outcome find_alarms(struct scene *scene, struct str district, moment over_since,
                                  int64_t max_rows, struct supervision_alarm_view **alarms,
                                  size_t *count)
{
    struct supervision_scope scope = supervision_scope_of(scene);
    const struct supervision_list_alarms_row *rows;

    TRY(supervision_list_alarms(scene->arena, scene->store, over_since, scope.division,
                                scope.team_id, scene->actor.person_id, district, max_rows, &rows,
                                count));
    *alarms = NEW_MANY(scene->arena, struct supervision_alarm_view, *count + 1);
    for (size_t i = 0; i < *count; i++) TRY(show_alarm(scene, &rows[i], &(*alarms)[i]));
    return DONE;
}

struct outcome supervision_open_alarms(struct scene *scene, struct str district,
                                       const struct supervision_alarm_view **alarms, size_t *count,
                                       int64_t *unseen)
{
    struct supervision_alarm_view *made;

    TRY(find_alarms(scene, district, INT64_MAX, SUPERVISION_ALARMS_MAX, &made, count));
    *unseen = 0;
    for (size_t i = 0; i < *count; i++) *unseen += made[i].is_unseen;
    *alarms = made;
    return DONE;
}

struct outcome supervision_show_alarms(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct supervision_alarms_view *v = view;
    struct supervision_alarm_view *made;
    struct supervision_limits limits;
    size_t count, open = 0;

    (void)query;
    TRY(find_alarms(scene, S(""), scene->now - SUPERVISION_HISTORY_SECONDS, 200, &made, &count));
    while (open < count && made[open].is_open) v->unseen += made[open++].is_unseen;
    v->open = made;
    v->open_count = open;
    v->over = made + open;
    v->over_count = count - open;
    TRY(supervision_limits(scene, &limits));
    v->minutes = limits.value[SUPERVISION_SEEN_MINUTES];
    return DONE;
}

#define VIEW_THIS supervision_alarm_view
VIEW_TABLE(supervision_alarm, SUPERVISION_ALARM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_alarms_view
VIEW_TABLE(supervision_alarms, SUPERVISION_ALARMS_VIEW)
