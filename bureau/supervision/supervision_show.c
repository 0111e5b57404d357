/* supervision_show.c -- warnings as people read them, on the board and on a page of their own. */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"

#include <assert.h>
#include <string.h>

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

static struct outcome place_of(struct scene *scene,
                               const struct supervision_list_open_alarms_row *row,
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

/* A day or a moment as its reader writes it; anything else as it was kept. */
static struct str second_word(struct scene *scene, enum supervision_kind kind, struct str kept)
{
    struct out *out = out_open(scene->arena, 64);
    moment at;

    if (!(supervision_is_about_complaint(kind) || supervision_is_for_administrators(kind) ||
          kind == SUPERVISION_UNCOVERED) ||
        !str_to_int(kept, &at))
        return kept;
    if (kind == SUPERVISION_UNCOVERED)
        out_moment(out, scene->language, at);
    else
        out_day(out, scene->language, at);
    return out_text(out);
}

static struct outcome show_alarm(struct scene *scene,
                                 const struct supervision_list_open_alarms_row *row,
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
        .complaint = supervision_is_about_complaint(kind) ? row->case_id : 0,
        .raised_at = row->raised_at,
        .cleared_at = row->cleared_at,
        .rung_name =
            text_in(scene->language, supervision_rung_name((enum supervision_rung)row->rung)),
        .goes_on_at = row->acknowledged_at ? 0 : row->escalate_at,
        .seen_at = row->acknowledged_at,
        .seen_by = row->person_name,
        .note = row->alarm_note,
        .needs_person = supervision_is_for_administrators(kind),
        .is_open = !row->cleared_at,
        .is_unseen = !row->cleared_at && !row->acknowledged_at,
    };
    return place_of(scene, row, &v->place_name);
}

static struct outcome show_all(struct scene *scene,
                               const struct supervision_list_open_alarms_row *rows, size_t count,
                               const struct supervision_alarm_view **alarms)
{
    struct supervision_alarm_view *made =
        NEW_MANY(scene->arena, struct supervision_alarm_view, count + 1);

    for (size_t i = 0; i < count; i++) TRY(show_alarm(scene, &rows[i], &made[i]));
    *alarms = made;
    return DONE;
}

/* Whose warnings are read: those of a scope, without the complaints the reader must not know of. */
struct reading {
    struct supervision_scope scope;
    struct str administered, hidden; /* supervision_alarm.sql */
};

/* Of those that are open, or over since a moment. */
static struct outcome begin_reading(struct scene *scene, moment since, struct reading *r)
{
    const struct supervision_list_warned_complaints_row *rows;
    size_t count;
    id after = 0;

    *r = (struct reading){supervision_scope_of(scene), supervision_administered(scene), S(",")};
    do {
        TRY(supervision_list_warned_complaints(scene->arena, scene->store, since, r->scope.division,
                                               r->scope.team_id, after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            bool is_free;

            after = rows[i].case_id;
            TRY(review_is_free_of_conflict(scene, after, scene->actor.person_id, &is_free));
            if (!is_free)
                r->hidden =
                    arena_print(scene->arena, "%.*s%lld,", STR_ARGS(r->hidden), (long long)after);
        }
    } while (count);
    return DONE;
}

/* Where a page of warnings begins: behind this one, which the reader has seen; 0: at the top. */
static struct outcome find_place(struct scene *scene, id after,
                                 struct supervision_find_alarm_row *row)
{
    bool may;

    *row = (struct supervision_find_alarm_row){.acknowledged_at = -1, .raised_at = INT64_MAX};
    if (!after) return DONE;
    TRY(supervision_find_alarm(scene->arena, scene->store, after, row, &may));
    if (may) TRY(supervision_may_see(scene, row, &may));
    return may ? DONE : REFUSE(act_unknown);
}

static struct outcome find_open(struct scene *scene, const struct reading *r, struct str district,
                                id after, int64_t max,
                                const struct supervision_list_open_alarms_row **rows, size_t *count)
{
    struct supervision_find_alarm_row at;

    TRY(find_place(scene, after, &at));
    return supervision_list_open_alarms(
        scene->arena, scene->store,
        &(struct supervision_list_open_alarms_values){.division__scope = r->scope.division,
                                                      .team_id__scope = r->scope.team_id,
                                                      .division__administered = r->administered,
                                                      .hidden_from = scene->actor.person_id,
                                                      .alarm_key__hidden = r->hidden,
                                                      .division__chosen = district,
                                                      .acknowledged_at__after =
                                                          after ? at.acknowledged_at > 0 : -1,
                                                      .alarm_level__after = -at.alarm_level,
                                                      .raised_at__after = -at.raised_at,
                                                      .alarm_id__after = -after,
                                                      .max_rows = max},
        rows, count);
}

static struct outcome count_open(struct scene *scene, const struct reading *r, struct str district,
                                 int64_t *standing, int64_t *unseen)
{
    struct supervision_count_open_alarms_row row;
    bool found;

    TRY(supervision_count_open_alarms(scene->store, r->scope.division, r->scope.team_id,
                                      r->administered, scene->actor.person_id, r->hidden, district,
                                      &row, &found));
    *standing = row.open_count;
    *unseen = row.unseen_count;
    return DONE;
}

struct outcome supervision_open_alarms(struct scene *scene, struct str district, int64_t max,
                                       struct supervision_standing *standing)
{
    const struct supervision_list_open_alarms_row *rows;
    struct reading r;

    TRY(begin_reading(scene, INT64_MAX, &r));
    TRY(find_open(scene, &r, district, 0, max, &rows, &standing->count));
    TRY(show_all(scene, rows, standing->count, &standing->alarms));
    return count_open(scene, &r, district, &standing->standing, &standing->unseen);
}

/* ---- the page ---- */

static struct outcome page_open(struct scene *scene, const struct reading *r, id after,
                                struct supervision_alarms_view *v)
{
    const struct supervision_list_open_alarms_row *rows;

    TRY(find_open(scene, r, S(""), after, v->limit + 1, &rows, &v->open_count));
    if ((int64_t)v->open_count > v->limit) {
        v->open_count = (size_t)v->limit;
        v->next = rows[v->open_count - 1].alarm_id;
    }
    v->has_open = true;
    return show_all(scene, rows, v->open_count, &v->open);
}

static struct outcome page_over(struct scene *scene, const struct reading *r, id after,
                                struct supervision_alarms_view *v)
{
    const struct supervision_list_over_alarms_row *rows;
    struct supervision_list_open_alarms_row *plain;
    struct supervision_find_alarm_row at;

    TRY(find_place(scene, after, &at));
    TRY(supervision_list_over_alarms(scene->arena, scene->store,
                                     &(struct supervision_list_over_alarms_values){
                                         .cleared_at = scene->now - SUPERVISION_HISTORY_SECONDS,
                                         .division__scope = r->scope.division,
                                         .team_id__scope = r->scope.team_id,
                                         .division__administered = r->administered,
                                         .hidden_from = scene->actor.person_id,
                                         .alarm_key__hidden = r->hidden,
                                         .raised_at__after = at.raised_at,
                                         .alarm_id__after = after,
                                         .max_rows = v->limit + 1},
                                     &rows, &v->over_count));
    if ((int64_t)v->over_count > v->limit) {
        v->over_count = (size_t)v->limit;
        v->over_next = rows[v->over_count - 1].alarm_id;
    }
    plain = NEW_MANY(scene->arena, struct supervision_list_open_alarms_row, v->over_count + 1);
    static_assert(sizeof *plain == sizeof *rows, "the same columns");
    if (v->over_count) memcpy(plain, rows, v->over_count * sizeof *plain);
    v->has_over = true;
    return show_all(scene, plain, v->over_count, &v->over);
}

/* Somebody was quicker, or it is over: there is no field any more to hold what was typed. */
static struct str lost_note(const struct face *face, const struct supervision_alarms_view *v)
{
    if (!face || !face->form || face->form->form != &supervision_seen_form) return S("");
    for (size_t i = 0; i < v->open_count; i++) {
        if (v->open[i].is_unseen &&
            form_is_of(face, &supervision_seen_form, "alarm", v->open[i].id))
            return S("");
    }
    return face->form->given[form_place(&supervision_seen_form, S("note"))];
}

struct outcome supervision_show_alarms(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_alarms_form *f = query;
    struct supervision_alarms_view *v = view;
    struct supervision_limits limits;
    struct reading r;
    bool is_over = str_same(f->list, S("over")), is_open = str_same(f->list, S("open"));

    if (f->list.len && !is_over && !is_open) return REFUSE(act_unknown);
    v->limit = f->limit ? f->limit : SUPERVISION_ALARMS_SHOWN;
    TRY(begin_reading(scene, scene->now - SUPERVISION_HISTORY_SECONDS, &r));
    if (!is_over) TRY(page_open(scene, &r, f->after, v));
    if (is_over || (!is_open && !f->after)) TRY(page_over(scene, &r, is_over ? f->after : 0, v));
    TRY(count_open(scene, &r, S(""), &v->standing, &v->unseen));
    TRY(supervision_limits(scene, &limits));
    v->is_watcher = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR);
    v->minutes = limits.value[SUPERVISION_SEEN_MINUTES];
    v->lost_note = lost_note(request->face, v);
    return DONE;
}

#define FORM_THIS supervision_alarms_form
FORM_TABLE(supervision_alarms, SUPERVISION_ALARMS_FORM)
#undef FORM_THIS
#define VIEW_THIS supervision_alarm_view
VIEW_TABLE(supervision_alarm, SUPERVISION_ALARM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_alarms_view
VIEW_TABLE(supervision_alarms, SUPERVISION_ALARMS_VIEW)
