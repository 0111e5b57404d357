/* supervision_behind.c -- what the hours of a report and the readers of an announcement were made
 * from.
 *
 *  (1) The rows add up to the number they stand behind, minute by minute and reader by reader.
 *  (2) What is not within the watcher's scope is not there, whatever is typed. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_report_views.h"

enum { LIMIT_USUAL = 50, MINUTES = 60 };

/* ---- hours of a report ---- */

static struct str hours_of(struct scene *scene, int64_t minutes)
{
    return supervision_tenths(scene, minutes, MINUTES);
}

static void add(struct supervision_hours_view *v, const struct supervision_hours_row_view *row)
{
    v->on_line += row->on_line;
    v->rostered += row->rostered;
    v->kept += row->kept;
}

static void put_hours(struct scene *scene, struct supervision_hours_row_view *row)
{
    row->on_line_hours = hours_of(scene, row->on_line);
    row->rostered_hours = hours_of(scene, row->rostered);
    row->kept_hours = hours_of(scene, row->kept);
}

static struct outcome find_days(struct scene *scene, const struct supervision_scope *scope,
                                struct supervision_days days, struct supervision_hours_view *v)
{
    const struct supervision_list_duty_days_row *rows;
    struct supervision_hours_row_view *made;

    TRY(supervision_list_duty_days(scene->arena, scene->store, days.first, days.end,
                                   scope->division, scope->team_id, v->division, &rows,
                                   &v->rows_count));
    made = NEW_MANY(scene->arena, struct supervision_hours_row_view, v->rows_count + 1);
    for (size_t i = 0; i < v->rows_count; i++) {
        char day[11];

        calendar_day_print(rows[i].duty_day, day);
        made[i] = (struct supervision_hours_row_view){.day = arena_print(scene->arena, "%s", day),
                                                      .at = calendar_day_begins(rows[i].duty_day),
                                                      .on_line = rows[i].on_line_minutes,
                                                      .rostered = rows[i].rostered_minutes,
                                                      .kept = rows[i].kept_minutes};
        put_hours(scene, &made[i]);
        add(v, &made[i]);
    }
    v->rows = made;
    return DONE;
}

static struct outcome find_teams(struct scene *scene, const struct supervision_scope *scope,
                                 calendar_day day, struct supervision_hours_view *v)
{
    const struct supervision_list_duty_teams_row *rows;
    struct supervision_hours_row_view *made;

    TRY(supervision_list_duty_teams(scene->arena, scene->store, day, scope->division,
                                    scope->team_id, v->division, &rows, &v->rows_count));
    made = NEW_MANY(scene->arena, struct supervision_hours_row_view, v->rows_count + 1);
    for (size_t i = 0; i < v->rows_count; i++) {
        made[i] = (struct supervision_hours_row_view){.team = rows[i].team_id,
                                                      .profession = rows[i].profession,
                                                      .division = rows[i].division,
                                                      .on_line = rows[i].on_line_minutes,
                                                      .rostered = rows[i].rostered_minutes,
                                                      .kept = rows[i].kept_minutes};
        TRY(supervision_team_name(scene, rows[i].team_id, &made[i].team_name));
        TRY(supervision_place_name(scene, rows[i].division, &made[i].place_name));
        made[i].profession_name = people_profession_name(scene->language, rows[i].profession);
        put_hours(scene, &made[i]);
        add(v, &made[i]);
    }
    v->rows = made;
    return DONE;
}

struct outcome supervision_show_hours(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_hours_form *f = query;
    struct supervision_hours_view *v = view;
    struct supervision_scope scope = supervision_scope_of(scene);
    struct supervision_find_report_row row;
    struct supervision_days days;
    enum supervision_period period;
    calendar_day day = 0;
    bool found;

    if (str_same(scope.division, S("-"))) return REFUSE(act_not_yours);
    TRY(supervision_find_report(scene->arena, scene->store, f->report, &row, &found));
    if (!found || !supervision_period_of(row.period, &period)) return REFUSE(act_unknown);
    days = (struct supervision_days){calendar_day_of(row.from_at), calendar_day_of(row.until_at)};
    if (f->day.len && (!calendar_day_parse(f->day, &day) || day < days.first || day >= days.end))
        return REFUSE(act_unknown);
    *v = (struct supervision_hours_view){
        .report = f->report, .division = f->division, .day = f->day};
    v->report_title = supervision_title_of(scene, period, days);
    if (f->division.len) TRY(supervision_place_name(scene, f->division, &v->place_name));
    if (f->day.len) {
        v->day_at = calendar_day_begins(day);
        TRY(find_teams(scene, &scope, day, v));
    } else {
        TRY(find_days(scene, &scope, days, v));
    }
    v->on_line_hours = hours_of(scene, v->on_line);
    v->rostered_hours = hours_of(scene, v->rostered);
    v->kept_hours = hours_of(scene, v->kept);
    return DONE;
}

/* ---- readers of an announcement ---- */

struct outcome supervision_show_readers(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct supervision_readers_form *f = query;
    struct supervision_readers_view *v = view;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    const struct supervision_list_readers_row *rows;
    struct supervision_reader_view *made;

    TRY(supervision_need_announcement(scene, f->announcement, &v->text));
    TRY(supervision_list_readers(scene->arena, scene->store, f->announcement, f->after, limit + 1,
                                 &rows, &v->readers_count));
    if ((int64_t)v->readers_count > limit) {
        v->readers_count = (size_t)limit;
        v->next = rows[limit - 1].person_id;
    }
    made = NEW_MANY(scene->arena, struct supervision_reader_view, v->readers_count + 1);
    for (size_t i = 0; i < v->readers_count; i++) {
        made[i] = (struct supervision_reader_view){.person = rows[i].person_id,
                                                   .name = rows[i].person_name,
                                                   .team = rows[i].team_id,
                                                   .at = rows[i].at};
        TRY(supervision_team_name(scene, rows[i].team_id, &made[i].team_name));
    }
    v->readers = made;
    v->announcement = f->announcement;
    v->limit = limit;
    return DONE;
}

#define FORM_THIS supervision_hours_form
FORM_TABLE(supervision_hours, SUPERVISION_HOURS_FORM)
#undef FORM_THIS
#define VIEW_THIS supervision_hours_row_view
VIEW_TABLE(supervision_hours_row, SUPERVISION_HOURS_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_hours_view
VIEW_TABLE(supervision_hours, SUPERVISION_HOURS_VIEW)
#undef VIEW_THIS
#define FORM_THIS supervision_readers_form
FORM_TABLE(supervision_readers, SUPERVISION_READERS_FORM)
#undef FORM_THIS
#define VIEW_THIS supervision_reader_view
VIEW_TABLE(supervision_reader, SUPERVISION_READER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS supervision_readers_view
VIEW_TABLE(supervision_readers, SUPERVISION_READERS_VIEW)
#undef VIEW_THIS
