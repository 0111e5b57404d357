/* shifts_show.c -- the roster of a day or a week, within the reader's bounds.
 *
 *  (1) Who is on now and next is counted from the same rows as the day.
 *  (2) A gap is said in a word; the colour only repeats it. */
#include "bureau/shifts/shifts_views.h"

struct showing {
    struct scene *scene;
    const struct shifts_roster_form *f;
    struct shifts_bounds bounds;
    const struct calendar *calendar;
    calendar_day day;
    struct shifts_roster_view *v;
};

/* ---- on now and next ---- */

static struct shifts_desk_view *desk_row(struct showing *s, struct shifts_desk_view *rows,
                                         struct str desk)
{
    size_t *count = &s->v->desks_count;

    for (size_t i = 0; i < *count; i++) {
        if (str_same(rows[i].desk, desk)) return &rows[i];
    }
    rows[*count] =
        (struct shifts_desk_view){.desk = desk, .name = shifts_desk_name(s->scene->language, desk)};
    return &rows[(*count)++];
}

static struct outcome set_desks(struct showing *s)
{
    struct scene *scene = s->scene;
    const struct shifts_list_desks_now_row *now;
    const struct shifts_list_desks_next_row *next;
    struct shifts_desk_view *rows;
    size_t now_count, next_count;

    TRY(shifts_list_desks_now(scene->arena, scene->store, scene->now - SHIFTS_LOOK_BACK_SECONDS,
                              scene->now, scene->now, scene->now, s->bounds.team, s->bounds.scope,
                              &now, &now_count));
    TRY(shifts_list_desks_next(scene->arena, scene->store, scene->now,
                               scene->now + SHIFTS_WEEK_SECONDS, s->bounds.team, s->bounds.scope,
                               &next, &next_count));
    rows = NEW_MANY(scene->arena, struct shifts_desk_view, now_count + next_count + 1);
    s->v->desks = rows;
    for (size_t i = 0; i < now_count; i++) {
        struct shifts_desk_view *row = desk_row(s, rows, now[i].desk);

        row->people_now = now[i].people_count;
        row->until_at = now[i].ends_at;
        s->v->people_now += now[i].people_count;
    }
    for (size_t i = 0; i < next_count; i++) {
        struct shifts_desk_view *row = desk_row(s, rows, next[i].desk);

        if (row->next_at) continue; /* rows come by time: the first is the next */
        row->next_at = next[i].starts_at;
        row->next_number = next[i].starts_at;
        row->people_next = next[i].people_count;
    }
    for (size_t i = 0; i < s->v->desks_count; i++) {
        struct shifts_desk_view *row = &rows[i];

        if (row->people_now)
            TRY(shifts_names_of(scene, row->desk, 0, &row->on_now, &row->on_now_count));
        if (row->next_at)
            TRY(shifts_names_of(scene, row->desk, row->next_at, &row->on_next,
                                &row->on_next_count));
        row->has_more_now = row->people_now > (int64_t)row->on_now_count;
        row->has_more_next = row->people_next > (int64_t)row->on_next_count;
    }
    return DONE;
}

/* ---- alarms ---- */

static struct outcome set_alarms(struct showing *s)
{
    struct scene *scene = s->scene;
    const struct shifts_list_alarms_row *rows;
    struct shifts_alarm_view *made;
    size_t count;

    TRY(shifts_list_alarms(scene->arena, scene->store, scene->now, s->bounds.team, s->bounds.scope,
                           &rows, &count));
    made = NEW_MANY(scene->arena, struct shifts_alarm_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        int gap = SHIFTS_NOBODY;

        while (gap < SHIFTS_UNQUALIFIED &&
               !str_same(shifts_gap_word((enum shifts_gap)gap), rows[i].cause))
            gap++;
        made[i] = (struct shifts_alarm_view){
            .shift = rows[i].shift_id,
            .cause = rows[i].cause,
            .cause_text = shifts_gap_text(scene->language, (enum shifts_gap)gap),
            .raised_at = rows[i].raised_at,
            .starts_at = rows[i].starts_at,
            .ends_at = rows[i].ends_at,
            .name = rows[i].person_name,
            .team_name = shifts_team_name(scene, rows[i].team_zh, rows[i].team_en),
            .desk_name = shifts_desk_name(scene->language, rows[i].desk),
            .profession_name = people_profession_name(scene->language, rows[i].profession)};
    }
    s->v->alarms = made;
    s->v->alarms_count = count;
    return DONE;
}

/* ---- a day ---- */

static void set_groups(struct showing *s, const struct shifts_list_roster_row *rows, size_t count)
{
    struct scene *scene = s->scene;
    struct shifts_row_view *lines = NEW_MANY(scene->arena, struct shifts_row_view, count + 1);
    struct shifts_group_view *groups = NEW_MANY(scene->arena, struct shifts_group_view, count + 1);
    struct shifts_group_view *group = NULL;

    s->v->groups = groups;
    for (size_t i = 0; i < count; i++) {
        lines[i] = shifts_row_of(scene, &rows[i]);
        if (!group || group->team != rows[i].team_id) {
            group = &groups[s->v->groups_count++];
            *group = (struct shifts_group_view){
                .team = rows[i].team_id, .name = lines[i].team_name, .shifts = &lines[i]};
        }
        group->shifts_count++;
        group->people += rows[i].person_id != 0;
        group->gaps += lines[i].is_gap;
        s->v->people += rows[i].person_id != 0;
        s->v->gaps += lines[i].is_gap;
    }
}

static struct outcome set_day(struct showing *s)
{
    struct scene *scene = s->scene;
    moment begins = calendar_day_begins(s->day);
    const struct shifts_list_roster_row *rows;
    size_t count;

    /* A shift belongs to the day it begins on. */
    TRY(shifts_list_roster(scene->arena, scene->store, begins - 1, begins + SECONDS_PER_DAY, begins,
                           s->bounds.team, s->bounds.scope, s->f->team, s->f->desk,
                           s->f->profession, &rows, &count));
    set_groups(s, rows, count);
    return s->v->may_plan ? shifts_set_needs(scene, s->f->profession, s->day, s->v) : DONE;
}

/* ---- a week ---- */

static void set_dates(struct showing *s, calendar_day monday)
{
    struct shifts_date_view *dates = NEW_MANY(s->scene->arena, struct shifts_date_view, 7);

    for (int i = 0; i < 7; i++) {
        const char *kind;

        dates[i].day = shifts_day_text(s->scene, monday + i);
        dates[i].begins_at = calendar_day_begins(monday + i);
        dates[i].weekday = shifts_weekday_name(s->scene->language, monday + i);
        dates[i].kind_text = shifts_kind_text(s->scene, s->calendar, monday + i, &kind);
        dates[i].kind = str_of(kind);
    }
    s->v->dates = dates;
    s->v->dates_count = 7;
}

static void set_weeks(struct showing *s, const struct shifts_list_week_row *rows, size_t count)
{
    struct scene *scene = s->scene;
    struct shifts_week_row_view *weeks =
        NEW_MANY(scene->arena, struct shifts_week_row_view, count + 1);
    struct shifts_cell_view *cells = NULL;

    s->v->weeks = weeks;
    for (size_t i = 0; i < count; i++) {
        if (!s->v->weeks_count || weeks[s->v->weeks_count - 1].team != rows[i].team_id) {
            cells = NEW_MANY(scene->arena, struct shifts_cell_view, 7);
            for (int d = 0; d < 7; d++) cells[d].day = s->v->dates[d].day;
            weeks[s->v->weeks_count++] = (struct shifts_week_row_view){
                .team = rows[i].team_id,
                .name = shifts_team_name(scene, rows[i].team_zh, rows[i].team_en),
                .days = cells,
                .days_count = 7};
        }
        for (int d = 0; d < 7; d++) {
            if (!str_same(cells[d].day, rows[i].day)) continue;
            cells[d].people = rows[i].shifts_count;
            cells[d].gaps = rows[i].gaps_count;
            s->v->gaps += rows[i].gaps_count;
            s->v->people += rows[i].shifts_count;
        }
    }
}

static struct outcome set_week(struct showing *s)
{
    struct scene *scene = s->scene;
    calendar_day monday = shifts_monday_of(s->day);
    const struct shifts_list_week_row *rows;
    size_t count;

    set_dates(s, monday);
    TRY(shifts_list_week(scene->arena, scene->store, calendar_day_begins(monday) - 1,
                         calendar_day_begins(monday + 7), s->bounds.team, s->bounds.scope,
                         s->f->team, s->f->desk, s->f->profession, &rows, &count));
    set_weeks(s, rows, count);
    return DONE;
}

/* ---- the page ---- */

/* Only who plans has any to decide. */
static struct outcome set_leaves(struct showing *s)
{
    struct shifts_bounds bounds = shifts_plan_bounds_of(s->scene);
    struct shifts_count_leaves_asked_row row;
    bool found;

    TRY(shifts_count_leaves_asked(s->scene->store, s->scene->now, bounds.team, bounds.scope, &row,
                                  &found));
    s->v->leaves_asked = row.leaves_count;
    return DONE;
}

static struct outcome set_frame(struct showing *s)
{
    struct scene *scene = s->scene;
    struct shifts_roster_view *v = s->v;
    struct shifts_choice_list teams, desks, professions;
    const char *kind;
    int step = v->is_week ? 7 : 1;

    v->at = scene->now;
    v->day = shifts_day_text(scene, s->day);
    v->begins_at = calendar_day_begins(s->day);
    v->weekday = shifts_weekday_name(scene->language, s->day);
    v->kind_text = shifts_kind_text(scene, s->calendar, s->day, &kind);
    v->day_before = shifts_day_text(scene, s->day - step);
    v->day_after = shifts_day_text(scene, s->day + step);
    v->is_today = s->day == calendar_day_of(scene->now);
    v->span = v->is_week ? S("week") : S("day");
    v->team = s->f->team;
    v->desk = s->f->desk;
    v->profession = s->f->profession;
    v->is_bounded = v->team || v->desk.len || v->profession.len;
    v->may_plan = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR);
    v->may_keep_backups = scene_is(scene, WHO_LEADER | WHO_SUPERVISOR | WHO_ADMIN);
    v->may_keep_rules = scene_is(scene, WHO_SUPERVISOR | WHO_ADMIN);
    v->is_consultant = scene_is(scene, WHO_CONSULTANT);
    TRY(shifts_team_choices(scene, T("All teams"), v->team, &teams));
    desks = shifts_desk_choices(scene, T("All desks"), v->desk);
    professions = shifts_profession_choices(scene, T("All professions"), v->profession);
    v->team_choices = teams.choices, v->team_choices_count = teams.count;
    v->desk_choices = desks.choices, v->desk_choices_count = desks.count;
    v->profession_choices = professions.choices, v->profession_choices_count = professions.count;
    return DONE;
}

struct outcome shifts_show_roster(struct request *request, const void *query, void *view)
{
    struct showing s = {.scene = request->scene, .f = query, .v = view};

    s.bounds = shifts_bounds_of(s.scene);
    s.day = calendar_day_of(s.scene->now);
    if (s.f->day.len && !calendar_day_parse(s.f->day, &s.day)) return REFUSE(act_unknown);
    s.v->is_week = str_same(s.f->span, S("week"));
    TRY(shifts_calendar(s.scene, &s.calendar));
    TRY(set_frame(&s));
    TRY(set_leaves(&s));
    TRY(set_desks(&s));
    TRY(set_alarms(&s));
    return s.v->is_week ? set_week(&s) : set_day(&s);
}
