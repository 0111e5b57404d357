/* people_show.c -- the list of people and one person, as an administrator sees them. */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

#include <string.h>

enum { LIMIT_USUAL = 50 };

/* ---- one line ---- */

/* What the list and the page of one person both show. */
static void set_licence(struct scene *scene, struct people_row_view *v, moment licence_until)
{
    v->licence_until = licence_until;
    v->licence_day = licence_until ? licence_until - 1 : 0;
    if (!v->is_consultant || !licence_until) return;
    v->licence_over = licence_until <= scene->now;
    v->licence_soon = !v->licence_over && licence_until <= scene->now + PEOPLE_LICENCE_SOON_SECONDS;
}

static void add_role(struct scene *scene, struct people_row_view *v, bool has, const char *word,
                     const char *name)
{
    if (!has) return;
    v->roles =
        arena_print(scene->arena, "%.*s%s%s", STR_ARGS(v->roles), v->roles.len ? " " : "", word);
    v->role_names =
        arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->role_names),
                    v->role_names.len ? " · " : "", STR_ARGS(text_in(scene->language, name)));
}

static struct people_row_view row_of(struct scene *scene, const struct people_list_staff_row *row)
{
    struct people_row_view v = {
        .person = row->person_id,
        .login = row->login,
        .name = row->person_name,
        .profession = row->profession,
        .team = row->team_id,
        .team_name = scene->language == LANGUAGE_EN ? row->team_en : row->team_zh,
        .standing = row->standing,
        .is_suspended = !str_same(row->standing, S("active")),
        .is_on_line = str_same(row->presence, S("online")),
        .is_consultant = row->consultant_count > 0,
        .is_verified = row->verified_at > 0,
    };

    if (row->profession.len)
        v.profession_name = people_profession_name(scene->language, row->profession);
    add_role(scene, &v, row->consultant_count > 0, "consultant", T("Consultant"));
    add_role(scene, &v, row->leader_count > 0, "leader", T("Leader"));
    add_role(scene, &v, row->supervisor_count > 0, "supervisor", T("Supervisor"));
    add_role(scene, &v, row->admin_count > 0, "admin", T("Administrator"));
    add_role(scene, &v, row->clerk_count > 0, "clerk", T("Window clerk"));
    set_licence(scene, &v, row->licence_until);
    return v;
}

/* ---- the list ---- */

/* A pattern for LIKE: what was typed anywhere, in lower case, its own signs kept plain. */
static struct str pattern_of(struct scene *scene, struct str typed)
{
    char *at = arena_take(scene->arena, 1, typed.len * 2 + 3);
    size_t len = 0;

    at[len++] = '%';
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];

        if (c == '%' || c == '_' || c == '!') at[len++] = '!';
        at[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (typed.len) at[len++] = '%';
    return (struct str){at, len};
}

static struct people_choice_list role_choices(struct scene *scene, const char *first,
                                              struct str chosen)
{
    static const struct {
        const char *word, *name, *hint;
    } roles[] = {
        {"consultant", T("Consultant"), T("answers residents")},
        {"leader", T("Leader"), T("leads a team and sees its cases on the board")},
        {"supervisor", T("Supervisor"), T("watches the city or a district")},
        {"admin", T("Administrator"), T("keeps people, teams, fields of law and hours")},
        {"clerk", T("Window clerk"), T("receives people at a hall and calls their numbers")},
    };
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(roles) + 1);
    size_t count = 0;

    if (first) made[count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < COUNT(roles); i++)
        made[count++] =
            (struct choice){.value = str_of(roles[i].word),
                            .label = text_in(scene->language, roles[i].name),
                            .hint = first ? S("") : text_in(scene->language, roles[i].hint),
                            .chosen = people_has_word(chosen, str_of(roles[i].word))};
    return (struct people_choice_list){made, count};
}

static struct people_choice_list heed_choices(struct scene *scene, struct str chosen)
{
    static const struct {
        const char *word, *name;
    } kinds[] = {{"", T("Everybody")},
                 {"licence", T("Licence runs out within 30 days, or has")},
                 {"unverified", T("Qualification not checked")}};
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(kinds));

    for (size_t i = 0; i < COUNT(kinds); i++)
        made[i] = (struct choice){.value = str_of(kinds[i].word),
                                  .label = text_in(scene->language, kinds[i].name),
                                  .chosen = str_same(chosen, str_of(kinds[i].word))};
    return (struct people_choice_list){made, COUNT(kinds)};
}

static bool came_back(const struct request *request, const struct form *form)
{
    return request->face && request->face->form && request->face->form->form == form;
}

static struct outcome show_list_choices(struct request *request, const struct people_search_form *f,
                                        struct people_people_view *v)
{
    struct scene *scene = request->scene;
    struct people_choice_list list;

    TRY(people_team_choices(scene, T("All"), f->team_id, &list));
    v->team_choices = list.rows, v->team_choices_count = list.count;
    list = role_choices(scene, T("All"), f->has_role);
    v->role_choices = list.rows, v->role_choices_count = list.count;
    list = heed_choices(scene, f->heed);
    v->heed_choices = list.rows, v->heed_choices_count = list.count;
    list = role_choices(scene, NULL, S("consultant"));
    v->new_roles = list.rows, v->new_roles_count = list.count;
    TRY(people_team_choices(scene, T("Please choose"), 0, &list));
    v->new_teams = list.rows, v->new_teams_count = list.count;
    TRY(people_division_choices(scene, T("Please choose"), S(""), &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    list = people_profession_choices(scene, T("Please choose"), S(""));
    v->professions = list.rows, v->professions_count = list.count;
    v->is_adding = came_back(request, &people_add_form);
    return DONE;
}

struct outcome people_show_people(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct people_search_form *f = query;
    struct people_people_view *v = view;
    const struct people_list_staff_row *rows;
    struct people_row_view *people;
    struct people_scope scope;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    size_t count;

    TRY(people_scope_of(scene, &scope));
    TRY(people_list_staff(scene->arena, scene->store,
                          &(struct people_list_staff_values){
                              .person_id = f->after,
                              .scope = scope.code,
                              .is_active__city = scope.is_city,
                              .login__like = pattern_of(scene, f->q),
                              .team_id = f->team_id,
                              .role = f->has_role,
                              .licence_until = str_same(f->heed, S("licence"))
                                                   ? scene->now + PEOPLE_LICENCE_SOON_SECONDS
                                                   : 0,
                              .verified_at = str_same(f->heed, S("unverified")),
                              .max_rows = limit + 1},
                          &rows, &count));
    if ((int64_t)count > limit) {
        count = (size_t)limit;
        v->next = arena_print(scene->arena, "%lld", (long long)rows[limit - 1].person_id);
    }
    people = NEW_MANY(scene->arena, struct people_row_view, count + 1);
    for (size_t i = 0; i < count; i++) people[i] = row_of(scene, &rows[i]);
    v->people = people;
    v->people_count = count;
    v->q = f->q;
    v->team = f->team_id ? arena_print(scene->arena, "%lld", (long long)f->team_id) : S("");
    v->role = f->has_role;
    v->heed = f->heed;
    v->is_bounded = f->q.len || f->team_id || f->has_role.len || f->heed.len;
    return request->is_api ? DONE : show_list_choices(request, f, v);
}

/* ---- one person ---- */

static const char *deed_name(struct str deed)
{
    static const struct {
        const char *word, *name;
    } names[] = {{"added", T("Added")},
                 {"renamed", T("Name changed")},
                 {"phone", T("Phone number changed")},
                 {"changed", T("Service changed")},
                 {"imported", T("Taken from a table")},
                 {"roles", T("Roles changed")},
                 {"verified", T("Qualification checked")},
                 {"associations", T("Associations changed")},
                 {"suspended", T("Suspended")},
                 {"reinstated", T("Reinstated")},
                 {"barred", T("Taken out of service by a measure")},
                 {"unbarred", T("Back in service")},
                 {"widened", T("Wider service")},
                 {"password", T("New password")},
                 {"sessions", T("Signed out everywhere")}};

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_same(deed, str_of(names[i].word))) return names[i].name;
    }
    return "";
}

static struct outcome show_notes(struct scene *scene, id person_id, struct people_person_view *v)
{
    const struct people_list_person_notes_row *rows;
    struct people_note_view *notes;

    TRY(people_list_person_notes(scene->arena, scene->store, person_id, &rows, &v->notes_count));
    notes = NEW_MANY(scene->arena, struct people_note_view, v->notes_count + 1);
    for (size_t i = 0; i < v->notes_count; i++)
        notes[i] = (struct people_note_view){.at = rows[i].at,
                                             .deed = rows[i].deed,
                                             .deed_name =
                                                 text_in(scene->language, deed_name(rows[i].deed)),
                                             .by = rows[i].person_name,
                                             .reason = rows[i].reason};
    v->notes = notes;
    return DONE;
}

static struct str number_text(struct scene *scene, int64_t number)
{
    return arena_print(scene->arena, "%lld", (long long)number);
}

static struct outcome show_service(struct scene *scene, id person_id, struct people_person_view *v,
                                   struct people_row_view *row)
{
    struct people_find_service_row service;
    char day[11];
    bool found;

    v->capacity_text = S("3");
    v->written_capacity_text = S("10");
    TRY(people_find_service(scene->arena, scene->store, person_id, &service, &found));
    if (!found) return DONE;
    v->licence = service.licence;
    v->verified_at = service.verified_at;
    v->capacity = service.capacity;
    v->written_capacity = service.written_capacity;
    v->capacity_text = number_text(scene, service.capacity);
    v->written_capacity_text = number_text(scene, service.written_capacity);
    v->division = service.division;
    row->profession = service.profession;
    row->profession_name = people_profession_name(scene->language, service.profession);
    row->team = service.team_id;
    row->is_verified = service.verified_at > 0;
    set_licence(scene, row, service.licence_until);
    v->may_verify = !v->is_oneself && service.licence.len && !row->licence_over;
    if (!service.licence_until) return DONE;
    calendar_day_print(calendar_day_of(service.licence_until - 1), day);
    v->licence_until_text = arena_copy(scene->arena, str_of(day));
    return DONE;
}

static struct outcome show_known(struct scene *scene, id person_id, struct people_person_view *v)
{
    const struct people_list_known_fields_row *fields;
    const struct people_list_known_languages_row *languages;
    size_t count;

    TRY(people_list_known_fields(scene->arena, scene->store, person_id, &fields, &count));
    for (size_t i = 0; i < count; i++)
        v->fields = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->fields), i ? " " : "",
                                STR_ARGS(fields[i].field));
    TRY(people_list_known_languages(scene->arena, scene->store, person_id, &languages, &count));
    for (size_t i = 0; i < count; i++)
        v->languages = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->languages), i ? " " : "",
                                   STR_ARGS(languages[i].language));
    return DONE;
}

static struct outcome show_roles(struct scene *scene, id person_id, struct people_person_view *v,
                                 struct people_row_view *row)
{
    const struct people_list_staff_roles_row *roles;
    size_t count;
    unsigned is = 0;

    TRY(people_list_staff_roles(scene->arena, scene->store, person_id, &roles, &count));
    for (size_t i = 0; i < count; i++) {
        is |= identity_role_who(roles[i].role);
        if (identity_role_who(roles[i].role) & (WHO_SUPERVISOR | WHO_ADMIN | WHO_CLERK))
            v->scope = roles[i].scope;
    }
    row->is_consultant = (is & WHO_CONSULTANT) != 0;
    add_role(scene, row, (is & WHO_CONSULTANT) != 0, "consultant", T("Consultant"));
    add_role(scene, row, (is & WHO_LEADER) != 0, "leader", T("Leader"));
    add_role(scene, row, (is & WHO_SUPERVISOR) != 0, "supervisor", T("Supervisor"));
    add_role(scene, row, (is & WHO_ADMIN) != 0, "admin", T("Administrator"));
    add_role(scene, row, (is & WHO_CLERK) != 0, "clerk", T("Window clerk"));
    return v->scope.len ? people_division_name(scene, v->scope, &v->scope_name) : DONE;
}

/* A street or village is not among the choices: what it lies in is chosen, and its name typed, or
 * its code where others bear that name. */
static struct outcome show_place(struct scene *scene, struct people_choice_list *list,
                                 struct people_person_view *v)
{
    struct choice *rows = NEW_MANY(scene->arena, struct choice, list->count), *nearest = NULL;
    const struct identity_division *alike;
    size_t count;

    for (size_t i = 0; i < list->count; i++) {
        rows[i] = list->rows[i];
        if (rows[i].chosen) return DONE;
        if (rows[i].value.len && str_begins(v->scope, rows[i].value) &&
            (!nearest || rows[i].value.len > nearest->value.len))
            nearest = &rows[i];
    }
    if (!nearest) return DONE;
    nearest->chosen = true;
    list->rows = rows;
    TRY(identity_division_seek(scene, nearest->value, v->scope_name, &alike, &count));
    v->scope_place = count == 1 ? v->scope_name : v->scope;
    return DONE;
}

static struct outcome show_person_choices(struct scene *scene, struct people_person_view *v)
{
    const struct people_row_view *row = v->who;
    struct people_choice_list list = people_profession_choices(
        scene, row->profession.len ? NULL : T("Please choose"), row->profession);
    struct choice *roles;
    size_t kept = 0;

    v->professions = list.rows, v->professions_count = list.count;
    TRY(people_team_choices(scene, row->team ? NULL : T("Please choose"), row->team, &list));
    v->teams = list.rows, v->teams_count = list.count;
    TRY(people_division_choices(scene, v->division.len ? NULL : T("Please choose"), v->division,
                                &list));
    v->divisions = list.rows, v->divisions_count = list.count;
    TRY(people_field_choices(scene, v->fields, &list));
    v->field_choices = list.rows, v->field_choices_count = list.count;
    list = people_language_choices(scene, v->languages.len ? v->languages : S("zh"));
    v->language_choices = list.rows, v->language_choices_count = list.count;
    TRY(people_division_choices(scene, T("Nothing"), v->scope, &list));
    TRY(show_place(scene, &list, v));
    v->scopes = list.rows, v->scopes_count = list.count;
    list = role_choices(scene, NULL, row->roles);
    roles = NEW_MANY(scene->arena, struct choice, list.count);
    for (size_t i = 0; i < list.count; i++) {
        /* Leading comes with the team and is given there. */
        if (!str_same(list.rows[i].value, S("leader"))) roles[kept++] = list.rows[i];
    }
    v->role_choices = roles, v->role_choices_count = kept;
    return DONE;
}

struct outcome people_show_person(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct people_whom_form *f = query;
    struct people_person_view *v = view;
    struct people_row_view *row = NEW(scene->arena, struct people_row_view);
    struct people_find_staff_row person;
    struct people_find_team_row team;
    struct people_count_staff_sessions_row sessions;
    bool found;

    TRY(people_need_staff(scene, f->person, &person));
    *row = (struct people_row_view){.person = person.person_id,
                                    .login = person.login,
                                    .name = person.person_name,
                                    .standing = person.standing,
                                    .is_suspended = !str_same(person.standing, S("active"))};
    v->who = row;
    v->person = person.person_id;
    v->is_oneself = person.person_id == scene->actor.person_id;
    TRY(show_roles(scene, person.person_id, v, row));
    TRY(show_service(scene, person.person_id, v, row));
    TRY(identity_phone_masked(scene, person.person_id, &v->phone_masked));
    if (!row->team) TRY(people_find_team_of(scene, person.person_id, &row->team));
    if (row->team) {
        TRY(people_team(scene, row->team, &team, &found));
        if (found) row->team_name = scene->language == LANGUAGE_EN ? team.team_en : team.team_zh;
    }
    TRY(show_known(scene, person.person_id, v));
    TRY(people_count_staff_sessions(scene->store, person.person_id, scene->now, &sessions, &found));
    v->sessions = sessions.sessions_count;
    TRY(show_notes(scene, person.person_id, v));
    if (request->is_api) return DONE;
    v->given = people_given_take(scene, person.person_id);
    return show_person_choices(scene, v);
}
