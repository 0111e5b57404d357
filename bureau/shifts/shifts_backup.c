/* shifts_backup.c -- backup lists, who is called in and in which order; and the rules of rest.
 *
 *  (1) A supervisor or administrator keeps the lists of their division; a leader that of the
 *      district their team serves, never the city's; a team of the whole city serves none.
 *  (2) The order is the order of contact; who is suspended or without a good licence stays listed
 *      and is passed over.
 *  (3) Rules are the city's: who keeps less reads them.  Each change is a new version.
 */
#include "bureau/shifts/shifts_views.h"
#include "desk/identity/identity_acts.h"

enum { CITY_CODE_LEN = 2, KEEPERS = WHO_LEADER | WHO_SUPERVISOR | WHO_ADMIN };

static const struct reason shifts_backup_person = {
    "shifts.backup-person", T("There is no consultant with this sign-in name."), .field = "login"};
static const struct reason shifts_backup_twice = {"shifts.backup-twice",
                                                  T("This person is on the list already."), 409};
static const struct reason shifts_backup_division = {
    "shifts.backup-division", T("Please choose a district from the list."), .field = "division"};
static const struct reason shifts_time = {"shifts.time", T("Please write the time as 15:00."),
                                          .field = "alarm_time"};

/* ---- who keeps what ---- */

static struct outcome scope_of(struct scene *scene, struct str *scope)
{
    struct people_find_team_row team;
    bool found;

    *scope = scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN);
    if (scope->len) return DONE;
    *scope = S("-");
    if (!scene_is(scene, WHO_LEADER) || !scene->actor.team_id) return DONE;
    TRY(people_team(scene, scene->actor.team_id, &team, &found));
    if (found && team.leader_id == scene->actor.person_id && team.division.len > CITY_CODE_LEN)
        *scope = team.division;
    return DONE;
}

static struct outcome may_keep(struct scene *scene, struct str division, bool *may)
{
    struct str scope;

    TRY(scope_of(scene, &scope));
    *may = str_begins(division, scope) &&
           (division.len > CITY_CODE_LEN || scene_is(scene, WHO_SUPERVISOR | WHO_ADMIN));
    return DONE;
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct shifts_backup_add_form *f = form;
    struct people_find_consultant_row who;
    struct shifts_find_backup_end_row end;
    id person_id, backup_id;
    bool exists, may, found;

    TRY(identity_division_exists(scene, f->division, &exists));
    TRY(may_keep(scene, f->division, &may));
    if (!exists || !may) return REFUSE(shifts_backup_division);
    TRY(identity_person_of_login(scene, identity_login(scene->arena, f->login), &person_id,
                                 &found));
    if (found) TRY(people_consultant(scene, person_id, &who, &found));
    if (!found) return REFUSE(shifts_backup_person);
    TRY(shifts_find_backup_end(scene->store, person_id, f->division, who.profession, &end, &found));
    if (end.same_count) return REFUSE(shifts_backup_twice);
    backup_id = scene_new_id(scene);
    TRY(shifts_add_backup(scene->store, backup_id, f->division, who.profession, end.position + 1,
                          person_id, scene->actor.person_id, scene->now));
    scene_about(scene, backup_id, person_id);
    *(struct shifts_backup_told_view *)result = (struct shifts_backup_told_view){backup_id};
    return DONE;
}

static struct outcome open_backup(struct scene *scene, const void *form,
                                  struct shifts_find_backup_row *row)
{
    bool found, may;

    TRY(shifts_find_backup(scene->arena, scene->store,
                           ((const struct shifts_which_backup_form *)form)->backup, row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(may_keep(scene, row->division, &may));
    scene_about(scene, row->backup_id, 0);
    return may ? DONE : REFUSE(act_unknown);
}

static struct outcome move_up(struct scene *scene, const void *form, void *result)
{
    struct shifts_find_backup_row row;
    struct shifts_find_backup_before_row before;
    bool found;

    (void)result;
    TRY(open_backup(scene, form, &row));
    TRY(shifts_find_backup_before(scene->store, row.division, row.profession, row.position, &before,
                                  &found));
    if (!found) return DONE; /* first already */
    TRY(shifts_set_backup_position(scene->store, before.position, row.backup_id));
    return shifts_set_backup_position(scene->store, row.position, before.backup_id);
}

static struct outcome drop(struct scene *scene, const void *form, void *result)
{
    struct shifts_find_backup_row row;

    (void)result;
    TRY(open_backup(scene, form, &row));
    return shifts_drop_backup(scene->store, row.backup_id);
}

const struct act shifts_act_backup_add = {.name = "shifts.backup_add",
                                          .who = KEEPERS,
                                          .form = &shifts_backup_add_form,
                                          .result = &shifts_backup_told_view,
                                          .run = add};
const struct act shifts_act_backup_up = {
    .name = "shifts.backup_up", .who = KEEPERS, .form = &shifts_which_backup_form, .run = move_up};
const struct act shifts_act_backup_drop = {
    .name = "shifts.backup_drop", .who = KEEPERS, .form = &shifts_which_backup_form, .run = drop};

/* ---- the page of lists ---- */

static struct outcome set_divisions(struct scene *scene, struct str scope,
                                    struct shifts_backups_view *v)
{
    const struct identity_division *rows;
    struct choice *made;
    struct str name;
    size_t rows_count, count = 0;

    TRY(identity_division_children(scene, scope, &rows, &rows_count));
    if (scope.len > CITY_CODE_LEN) rows_count = 0; /* a district's streets have no lists */
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    TRY(identity_division_name(scene, scope, &name));
    if (name.len && (scope.len > CITY_CODE_LEN || scene_is(scene, WHO_SUPERVISOR | WHO_ADMIN)))
        made[count++] = (struct choice){.value = scope, .label = name};
    for (size_t i = 0; i < rows_count; i++)
        made[count++] = (struct choice){.value = rows[i].division,
                                        .label = scene->language == LANGUAGE_EN ? rows[i].name_en
                                                                                : rows[i].name_zh};
    v->divisions = made;
    v->divisions_count = count;
    return DONE;
}

static bool is_callable(const struct scene *scene, const struct shifts_list_backups_row *row)
{
    return str_same(row->standing, S("active")) && str_same(row->standing__service, S("active")) &&
           people_is_qualified(row->verified_at, row->licence_until, scene->now);
}

static struct outcome set_lists(struct scene *scene, const struct shifts_list_backups_row *rows,
                                size_t count, struct shifts_backups_view *v)
{
    struct shifts_backup_row_view *lines =
        NEW_MANY(scene->arena, struct shifts_backup_row_view, count + 1);
    struct shifts_backup_list_view *lists =
        NEW_MANY(scene->arena, struct shifts_backup_list_view, count + 1);
    struct shifts_backup_list_view *list = NULL;

    v->lists = lists;
    for (size_t i = 0; i < count; i++) {
        const struct shifts_list_backups_row *row = &rows[i];

        if (!list || !str_same(list->division, row->division) ||
            !str_same(list->profession, row->profession)) {
            list = &lists[v->lists_count++];
            *list = (struct shifts_backup_list_view){
                .division = row->division,
                .division_name =
                    scene->language == LANGUAGE_EN ? row->division_en : row->division_zh,
                .profession = row->profession,
                .profession_name = people_profession_name(scene->language, row->profession),
                .people = &lines[i]};
        }
        lines[i] = (struct shifts_backup_row_view){
            .backup = row->backup_id,
            .person = row->person_id,
            .name = row->person_name,
            .login = row->login,
            .team_name = shifts_team_name(scene, row->team_zh, row->team_en),
            .place = (int64_t)++list->people_count,
            .is_callable = is_callable(scene, row)};
        TRY(may_keep(scene, row->division, &lines[i].may_keep));
    }
    return DONE;
}

struct outcome shifts_show_backups(struct request *request, const void *query, void *view)
{
    const struct shifts_backups_form *f = query;
    struct scene *scene = request->scene;
    struct shifts_backups_view *v = view;
    const struct shifts_list_backups_row *rows;
    struct shifts_choice_list list;
    struct str scope;
    size_t count;

    TRY(scope_of(scene, &scope));
    TRY(shifts_list_backups(scene->arena, scene->store, scope, f->profession, &rows, &count));
    TRY(set_lists(scene, rows, count, v));
    v->is_adding = request->face->form != NULL;
    list = shifts_profession_choices(scene, T("All professions"), f->profession);
    v->professions = list.choices, v->professions_count = list.count;
    return set_divisions(scene, scope, v);
}

/* ---- rules ---- */

static bool keeps_rules(const struct scene *scene)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR | WHO_ADMIN);

    return scope.len && scope.len <= CITY_CODE_LEN;
}

static struct outcome save_rules(struct scene *scene, const void *form, void *result)
{
    enum { HOUR = 60 };
    const struct shifts_rules_form *f = form;
    struct shifts_rules rules = {.rest_minutes = f->rest_hours * HOUR,
                                 .pause_minutes_max = f->pause_minutes,
                                 .day_minutes_max = f->day_hours * HOUR,
                                 .week_minutes_max = f->week_hours * HOUR,
                                 .part_minutes_min = f->part_minutes,
                                 .weeks_ahead = f->weeks_ahead};
    struct shifts_rules before;
    int64_t version;
    int minute;

    if (!keeps_rules(scene)) return REFUSE(act_not_yours);
    if (!calendar_minute_parse(f->alarm_time, &minute) || minute == CALENDAR_MINUTES)
        return REFUSE(shifts_time);
    rules.alarm_minute = minute;
    TRY(shifts_rules_check(&rules));
    TRY(shifts_rules_now(scene, &before, &version));
    TRY(shifts_add_rules(scene->store, &(struct shifts_add_rules_values){
                                           .rules_version = version + 1,
                                           .rest_minutes = rules.rest_minutes,
                                           .pause_minutes_max = rules.pause_minutes_max,
                                           .day_minutes_max = rules.day_minutes_max,
                                           .week_minutes_max = rules.week_minutes_max,
                                           .part_minutes_min = rules.part_minutes_min,
                                           .alarm_minute = rules.alarm_minute,
                                           .weeks_ahead = rules.weeks_ahead,
                                           .made_at = scene->now,
                                           .by_id = scene->actor.person_id}));
    *(struct shifts_rules_told_view *)result = (struct shifts_rules_told_view){version + 1};
    return shifts_wake(scene);
}

const struct act shifts_act_rules = {.name = "shifts.rules",
                                     .who = WHO_SUPERVISOR | WHO_ADMIN,
                                     .form = &shifts_rules_form,
                                     .result = &shifts_rules_told_view,
                                     .run = save_rules};

static struct str number(struct scene *scene, int64_t value)
{
    return arena_print(scene->arena, "%lld", (long long)value);
}

struct outcome shifts_show_rules(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_rules_view *v = view;
    struct shifts_rules rules;

    (void)query;
    TRY(shifts_rules_now(scene, &rules, &v->version));
    v->rest_hours = number(scene, rules.rest_minutes / 60);
    v->pause_minutes = number(scene, rules.pause_minutes_max);
    v->day_hours = number(scene, rules.day_minutes_max / 60);
    v->week_hours = number(scene, rules.week_minutes_max / 60);
    v->part_minutes = number(scene, rules.part_minutes_min);
    v->alarm_time = arena_print(scene->arena, "%02d:%02d", (int)(rules.alarm_minute / 60),
                                (int)(rules.alarm_minute % 60));
    v->weeks_ahead = number(scene, rules.weeks_ahead);
    v->may_keep = keeps_rules(scene);
    return DONE;
}
