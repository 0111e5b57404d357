/* people_show_places.c -- teams, fields of law and opening hours, as an administrator sees them. */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

static bool came_back(const struct request *request, const struct form *form)
{
    return request->face && request->face->form && request->face->form->form == form;
}

/* ---- teams ---- */

static struct outcome team_row(struct scene *scene, const struct people_list_all_teams_row *row,
                               struct people_team_row_view *v)
{
    *v = (struct people_team_row_view){
        .team = row->team_id,
        .code = row->team_code,
        .name_zh = row->team_zh,
        .name_en = row->team_en,
        .name = scene->language == LANGUAGE_EN ? row->team_en : row->team_zh,
        .kind = row->team_kind,
        .kind_name = people_team_kind_name(scene->language, row->team_kind),
        .division = row->division,
        .leader = row->person_name,
        .members = row->members_count,
        .is_active = row->is_active != 0};
    return people_division_name(scene, row->division, &v->division_name);
}

struct outcome people_show_teams(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct people_teams_view *v = view;
    const struct people_list_all_teams_row *rows;
    struct people_team_row_view *teams;
    struct people_choice_list list;
    struct people_scope scope;

    (void)query;
    TRY(people_scope_of(scene, &scope));
    TRY(people_list_all_teams(scene->arena, scene->store, scope.code, &rows, &v->teams_count));
    teams = NEW_MANY(scene->arena, struct people_team_row_view, v->teams_count + 1);
    for (size_t i = 0; i < v->teams_count; i++) TRY(team_row(scene, &rows[i], &teams[i]));
    v->teams = teams;
    list = people_kind_choices(scene, S("district"));
    v->kinds = list.rows, v->kinds_count = list.count;
    TRY(people_division_choices(scene, T("Please choose"), S(""), &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    v->is_adding = came_back(request, &people_team_add_form);
    return DONE;
}

static struct outcome leader_choices(struct scene *scene,
                                     const struct people_find_any_team_row *team,
                                     struct people_team_view *v, struct str *leader)
{
    const struct people_list_leaders_row *rows;
    struct people_scope scope;
    struct choice *made;
    size_t count;

    TRY(people_scope_of(scene, &scope));
    TRY(people_list_leaders(scene->arena, scene->store, team->team_id, team->leader_id, scope.code,
                            scope.is_city, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[0] = (struct choice){.label = text_in(scene->language, T("Nobody"))};
    for (size_t i = 0; i < count; i++) {
        bool is_leader = rows[i].person_id == team->leader_id;

        if (is_leader) *leader = rows[i].person_name;
        made[i + 1] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)rows[i].person_id),
            .label = arena_print(scene->arena, "%.*s (%.*s)", STR_ARGS(rows[i].person_name),
                                 STR_ARGS(rows[i].login)),
            .chosen = is_leader};
    }
    v->leaders = made;
    v->leaders_count = count + 1;
    return DONE;
}

static struct outcome parent_choices(struct scene *scene,
                                     const struct people_find_any_team_row *team,
                                     struct people_team_view *v)
{
    struct str own = arena_print(scene->arena, "%lld", (long long)team->team_id);
    struct people_choice_list list;
    struct choice *kept;
    size_t count = 0;

    TRY(people_team_choices(scene, T("No other team"), team->parent_id, &list));
    kept = NEW_MANY(scene->arena, struct choice, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        if (!str_same(list.rows[i].value, own)) kept[count++] = list.rows[i];
    }
    v->parents = kept;
    v->parents_count = count;
    return DONE;
}

struct outcome people_show_team(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct people_which_team_form *f = query;
    struct people_team_view *v = view;
    struct people_find_any_team_row team;
    struct people_count_members_row members;
    struct people_team_row_view *row = NEW(scene->arena, struct people_team_row_view);
    struct people_choice_list list;
    bool found;

    TRY(people_need_team(scene, f->team, &team));
    TRY(people_count_members(scene->store, f->team, &members, &found));
    TRY(team_row(scene,
                 &(struct people_list_all_teams_row){.team_id = team.team_id,
                                                     .team_code = team.team_code,
                                                     .team_zh = team.team_zh,
                                                     .team_en = team.team_en,
                                                     .team_kind = team.team_kind,
                                                     .division = team.division,
                                                     .is_active = team.is_active,
                                                     .members_count = members.members_count},
                 row));
    TRY(leader_choices(scene, &team, v, &row->leader));
    TRY(parent_choices(scene, &team, v));
    v->team = row;
    v->number = team.team_id;
    v->active_text = team.is_active ? S("1") : S("");
    list = people_kind_choices(scene, team.team_kind);
    v->kinds = list.rows, v->kinds_count = list.count;
    TRY(people_division_choices(scene, NULL, team.division, &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    return DONE;
}

/* ---- fields of law ---- */

static struct people_field_row_view field_row(struct scene *scene,
                                              const struct people_list_all_fields_row *row)
{
    return (struct people_field_row_view){
        .field = row->field,
        .name_zh = row->field_zh,
        .name_en = row->field_en,
        .hint_zh = row->hint_zh,
        .hint_en = row->hint_en,
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .words = row->words,
        .position = row->position,
        .is_active = row->is_active != 0};
}

struct outcome people_show_fields(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct people_fields_view *v = view;
    const struct people_list_all_fields_row *rows;
    struct people_field_row_view *fields;
    struct people_choice_list list;
    struct people_scope scope;

    (void)query;
    TRY(people_scope_of(scene, &scope));
    v->may_change = scope.is_city;
    TRY(people_list_all_fields(scene->arena, scene->store, &rows, &v->fields_count));
    fields = NEW_MANY(scene->arena, struct people_field_row_view, v->fields_count + 1);
    for (size_t i = 0; i < v->fields_count; i++) fields[i] = field_row(scene, &rows[i]);
    v->fields = fields;
    list = people_profession_choices(scene, NULL, S("lawyer"));
    v->professions = list.rows, v->professions_count = list.count;
    v->is_adding = came_back(request, &people_field_add_form);
    return DONE;
}

struct outcome people_show_field(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct people_which_field_form *f = query;
    struct people_field_view *v = view;
    struct people_find_any_field_row row;
    struct people_field_row_view *shown = NEW(scene->arena, struct people_field_row_view);
    struct people_choice_list list;
    bool found;

    TRY(people_need_city(scene));
    TRY(people_find_any_field(scene->arena, scene->store, f->field, &row, &found));
    if (!found) return REFUSE(act_unknown);
    *shown = field_row(scene, &(struct people_list_all_fields_row){
                                  row.field, row.field_zh, row.field_en, row.hint_zh, row.hint_en,
                                  row.profession, row.words, row.position, row.is_active});
    v->law_field = shown;
    v->field = row.field;
    v->position_text = arena_print(scene->arena, "%lld", (long long)row.position);
    v->active_text = row.is_active ? S("1") : S("");
    list = people_profession_choices(scene, NULL, row.profession);
    v->professions = list.rows, v->professions_count = list.count;
    return DONE;
}

/* ---- opening hours ---- */

enum { DAYS_AHEAD = 14 };

static void set_kind(struct scene *scene, const struct calendar_desk *desk, calendar_day day,
                     struct people_day_view *v)
{
    const struct calendar_special *special = calendar_special_on(desk->calendar, day);
    enum calendar_kind kind;
    enum calendar_weekday weekday = calendar_weekday_of(day);

    v->weekday_name = text_in(scene->language, people_day_name((int)weekday));
    if (!IS_DONE(calendar_day_kind(desk->calendar, day, &kind))) {
        v->kind = S("unknown");
        v->kind_name = text_in(scene->language, T("No calendar for this year"));
        v->kind_css = S("tag-late");
        v->is_unknown = true;
        return;
    }
    v->kind = kind == CALENDAR_HOLIDAY  ? S("holiday")
              : kind == CALENDAR_MAKEUP ? S("makeup")
                                        : S("normal");
    v->kind_css = kind == CALENDAR_NORMAL ? S("tag-off") : S("tag-waiting");
    if (kind == CALENDAR_HOLIDAY)
        v->kind_name = text_fill(scene->arena, scene->language, T("Holiday: %1"),
                                 special ? special->name : S(""), S(""), S(""));
    else if (kind == CALENDAR_MAKEUP)
        v->kind_name = text_fill(scene->arena, scene->language, T("Worked instead: %1"),
                                 special ? special->name : S(""), S(""), S(""));
    else
        v->kind_name = weekday < CALENDAR_SATURDAY ? text_in(scene->language, T("Working day"))
                                                   : text_in(scene->language, T("Weekend"));
}

static struct str why_on(const struct people_special_view *special, size_t count, struct str day)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(special[i].day, day)) return special[i].why;
    }
    return S("");
}

static struct str year_text(struct scene *scene, calendar_day day)
{
    return arena_print(scene->arena, "%d", calendar_date_of(day).year);
}

static struct outcome show_days(struct scene *scene, const struct calendar_desk *desk,
                                struct people_hours_view *v)
{
    struct people_day_view *days = NEW_MANY(scene->arena, struct people_day_view, DAYS_AHEAD);
    calendar_day today = calendar_day_of(scene->now);

    for (int i = 0; i < DAYS_AHEAD; i++) {
        struct calendar_opening opening;
        struct outcome outcome;
        char text[11];

        calendar_day_print(today + i, text);
        days[i].day = arena_copy(scene->arena, str_of(text));
        days[i].at = calendar_day_begins(today + i);
        days[i].why = why_on(v->special, v->special_count, days[i].day);
        set_kind(scene, desk, today + i, &days[i]);
        if (days[i].is_unknown) v->year_missing = year_text(scene, today + i);
        outcome = people_open_on(desk, today + i, &opening);
        if (outcome.fault) return outcome;
        /* Only a missing year is refused here, and the line says so already. */
        if (IS_DONE(outcome)) days[i].hours = people_write_opening(scene, &opening);
    }
    v->days = days;
    v->days_count = DAYS_AHEAD;
    return DONE;
}

static struct outcome show_special(struct scene *scene, struct people_hours_view *v)
{
    const struct people_special_day *rows;
    struct people_special_view *special;

    TRY(people_special_days(scene, S("consultation"), &rows, &v->special_count));
    special = NEW_MANY(scene->arena, struct people_special_view, v->special_count + 1);
    for (size_t i = 0; i < v->special_count; i++) {
        calendar_day day = 0;

        calendar_day_parse(rows[i].day, &day);
        special[i] = (struct people_special_view){.day = rows[i].day,
                                                  .at = calendar_day_begins(day),
                                                  .hours = rows[i].hours,
                                                  .why = rows[i].why};
    }
    v->special = special;
    return DONE;
}

/* The act refuses the whole form; which days it meant is found again from what was typed. */
static void show_week(const struct request *request, struct str *const *days,
                      struct people_hours_view *v)
{
    static const char *const fields[PEOPLE_HOURS_DAYS] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday"};
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct people_weekday_view *week =
        NEW_MANY(scene->arena, struct people_weekday_view, PEOPLE_HOURS_DAYS);

    if (state && state->form != &people_hours_form) state = NULL;
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++) {
        int place = form_place(&people_hours_form, str_of(fields[day]));
        struct str typed = state ? state->given[place] : *days[day];
        struct calendar_opening opening;
        const struct reason *why = people_read_opening(typed, &opening).refusal;

        if (state && state->wrong[place]) why = state->wrong[place];
        week[day] = (struct people_weekday_view){
            .field = str_of(fields[day]),
            .label = text_in(scene->language, people_day_name(day)),
            .value = typed,
            .is_wrong = why != NULL,
            .wrong = why ? text_fill(scene->arena, scene->language, why->text,
                                     state ? state->detail[place] : S(""), S(""), S(""))
                         : S("")};
    }
    v->week = week;
    v->week_count = PEOPLE_HOURS_DAYS;
}

struct outcome people_show_hours(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct people_hours_view *v = view;
    struct calendar_desk desk;
    struct people_scope scope;
    struct str *days[PEOPLE_HOURS_DAYS] = {&v->monday, &v->tuesday,  &v->wednesday, &v->thursday,
                                           &v->friday, &v->saturday, &v->sunday,    &v->holiday};

    (void)query;
    TRY(people_scope_of(scene, &scope));
    v->may_change = scope.is_city;
    TRY(people_desk(scene, S("consultation"), &desk));
    for (int day = 0; day < PEOPLE_HOURS_DAYS; day++)
        *days[day] = people_write_opening(scene, day < CALENDAR_WEEKDAYS ? &desk.hours->week[day]
                                                                         : &desk.hours->holiday);
    v->round_the_clock = desk.hours->round_the_clock;
    v->round_text = v->round_the_clock ? S("1") : S("");
    TRY(show_special(scene, v));
    TRY(show_days(scene, &desk, v));
    show_week(request, days, v);
    if (!IS_DONE(calendar_is_open(&desk, scene->now, &v->is_open_now))) v->is_open_now = false;
    return DONE;
}
