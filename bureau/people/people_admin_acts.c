/* people_admin_acts.c -- what an administrator does to people.
 *
 *  (1) Every change is an act, journalled with the person it was done to; what matters later
 *      (who verified, who suspended and why) is also kept as a note with that person.
 *  (2) Nobody changes their own roles or standing: no administrator can lock everybody out.
 *  (3) What a licence says counts as checked only until it is changed.
 *  (4) A password made here is told once and kept only as a hash.
 *  (5) Nothing is done to, or given in, what is beyond the administrator's scope (people_scope.c).
 */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

enum { GIVEN_SECONDS = 5 * SECONDS_PER_MINUTE };
#define GIVEN_USE "people.given"

const struct reason people_needs_service = {
    "people.needs-service",
    T("Before somebody can be a consultant, fill in where they serve and what they answer."), 0};
const struct reason people_needs_scope = {
    "people.needs-scope", T("A supervisor or administrator needs the whole city or one district."),
    0};
const struct reason people_unknown_place = {
    "people.unknown-place",
    T("There is no street or village “%1” in what is chosen. Please look how its name is written, "
      "or type its code."),
    .field = "place"};
const struct reason people_several_places = {
    "people.several-places",
    T("Several bear this name. Please type the code of the one that is meant: %1."),
    .field = "place"};
const struct reason people_needs_licence = {
    "people.needs-licence",
    T("Write down the number of the licence first, and a last day that is not over."), 0};
const struct reason people_oneself = {
    "people.oneself",
    T("You cannot do this to your own account. Please ask another administrator."), 0};

struct outcome people_note(struct scene *scene, id person_id, const char *deed, struct str reason)
{
    scene_about(scene, 0, person_id);
    return people_add_person_note(scene->store, scene_new_id(scene), person_id, scene->now,
                                  scene->actor.person_id, str_of(deed), reason);
}

static struct outcome need_other(struct scene *scene, id person_id,
                                 struct people_find_staff_row *row)
{
    TRY(people_need_staff(scene, person_id, row));
    return person_id == scene->actor.person_id ? REFUSE(people_oneself) : DONE;
}

/* ---- passwords that are made here ---- */

/* Two groups that can be read aloud: 16 characters of an alphabet without look-alikes. */
static struct str make_password(struct arena *arena)
{
    struct str one = secret_reference(arena), two = secret_reference(arena);

    return arena_print(arena, "%.*s-%.*s", STR_ARGS(one), STR_ARGS(two));
}

static struct outcome hash_password(struct scene *scene, struct str login, struct str typed,
                                    struct str *hash, struct str *made)
{
    *made = typed.len ? S("") : make_password(scene->arena);
    if (typed.len) TRY(identity_may_have_password(login, typed));
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    *hash = secret_password_hash(scene->arena, typed.len ? typed : *made);
    return DONE;
}

/* Browsers are shown it by the next page; programs are told it at once. */
static void give(struct scene *scene, id person_id, struct str password)
{
    if (!str_same(scene->channel, S("web")) || password.len == 0) return;
    scene_cookie(
        scene, S("given"),
        secret_seal(scene->arena, GIVEN_USE,
                    arena_print(scene->arena, "%lld %lld %lld %.*s", (long long)person_id,
                                (long long)scene->actor.person_id,
                                (long long)(scene->now + GIVEN_SECONDS), STR_ARGS(password))),
        GIVEN_SECONDS);
}

struct str people_given_take(struct scene *scene, id person_id)
{
    struct str sealed = scene_brought(scene, S("given")), plain, rest = S("");
    id whose = 0, by = 0;
    int64_t until = 0;

    if (sealed.len == 0) return S("");
    scene_cookie(scene, S("given"), S(""), -1);
    if (!secret_unseal(scene->arena, GIVEN_USE, sealed, &plain)) return S("");
    if (!str_to_int(str_cut(plain, ' ', &rest), &whose) || whose != person_id) return S("");
    if (!str_to_int(str_cut(rest, ' ', &rest), &by) || by != scene->actor.person_id) return S("");
    if (!str_to_int(str_cut(rest, ' ', &rest), &until) || scene->now >= until) return S("");
    return rest;
}

/* ---- adding ---- */

static struct outcome add_prepare(struct scene *scene, void *form)
{
    struct people_add_form *f = form;

    return hash_password(scene, identity_login(scene->arena, f->login), f->password, &f->hash,
                         &f->made);
}

static struct outcome add_consultant(struct scene *scene, const struct people_add_form *f,
                                     id person_id)
{
    struct people_find_any_team_row team;

    if (!people_is_profession(f->profession)) return REFUSE(people_unknown_profession);
    TRY(people_need_open_team(scene, f->team, 0, &team));
    TRY(people_need_division(scene, f->division));
    TRY(people_set_service(scene->store,
                           &(struct people_set_service_values){.person_id = person_id,
                                                               .profession = f->profession,
                                                               .team_id = f->team,
                                                               .division = f->division,
                                                               .capacity = 3,
                                                               .written_capacity = 10,
                                                               .licence = S(""),
                                                               .standing = S("active")}));
    return people_add_known_language(scene->store, person_id, S("zh"));
}

static struct outcome add_role(struct scene *scene, const struct people_add_form *f, id person_id)
{
    struct people_find_any_team_row team;

    if (str_same(f->role, S("consultant"))) {
        TRY(add_consultant(scene, f, person_id));
        return identity_role_add(scene, person_id, f->role, f->division);
    }
    if (str_same(f->role, S("leader"))) {
        TRY(people_need_open_team(scene, f->team, 0, &team));
        TRY(people_may_move_leader(scene, team.leader_id));
        return people_set_leader(scene, &team, person_id);
    }
    if (!str_same(f->role, S("supervisor")) && !str_same(f->role, S("admin")) &&
        !str_same(f->role, S("clerk")))
        return REFUSE(identity_role_unknown);
    if (f->division.len == 0) return REFUSE(people_needs_scope);
    TRY(people_need_division(scene, f->division));
    return identity_role_add(scene, person_id, f->role, f->division);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct people_add_form *f = form;
    struct people_added_view *told = result;

    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){.login = f->login, .name = f->name, .password_hash = f->hash},
        &told->person));
    TRY(add_role(scene, f, told->person));
    told->login = identity_login(scene->arena, f->login);
    told->password = f->made;
    give(scene, told->person, f->made);
    return people_note(scene, told->person, "added", S(""));
}

/* ---- changing ---- */

static struct outcome rename_person(struct scene *scene, const void *form, void *result)
{
    const struct people_name_form *f = form;
    struct people_find_staff_row row;

    (void)result;
    TRY(people_need_staff(scene, f->person, &row));
    TRY(identity_set_name(scene, f->person, f->name));
    return people_note(scene, f->person, "renamed", S(""));
}

static const struct reason phone_missing = {
    "people.phone-missing",
    T("Please write a mobile number. Nothing was changed: a number is only taken off when you tick "
      "that."),
    .field = "phone"};
static const struct reason phone_both = {
    "people.phone-both",
    T("Please either write a new number, or tick that the number is taken off."), .field = "phone"};

/* An empty field is no wish: pages offer it empty, since the number is not shown. */
static struct outcome save_phone(struct scene *scene, const void *form, void *result)
{
    const struct people_phone_form *f = form;
    struct people_find_staff_row row;

    (void)result;
    TRY(people_need_staff(scene, f->person, &row));
    if (f->remove && f->phone.len) return REFUSE(phone_both);
    if (!f->remove && !f->phone.len) return REFUSE(phone_missing);
    TRY(identity_set_phone(scene, f->person, f->phone));
    return people_note(scene, f->person, "phone", S(""));
}

static struct outcome save_service(struct scene *scene, const void *form, void *result)
{
    const struct people_service_form *f = form;
    struct people_find_staff_row person;
    moment licence_until;

    (void)result;
    TRY(people_need_staff(scene, f->person, &person));
    if (!people_read_until(f->licence_until, &licence_until)) return REFUSE(people_needs_licence);
    TRY(people_enlist(scene, &(struct people_enlistment){.person_id = f->person,
                                                         .profession = f->profession,
                                                         .division = f->division,
                                                         .team_id = f->team,
                                                         .fields = f->fields,
                                                         .languages = f->languages,
                                                         .capacity = f->capacity,
                                                         .written_capacity = f->written_capacity,
                                                         .licence = f->licence,
                                                         .licence_until = licence_until}));
    return people_note(scene, f->person, "changed", S(""));
}

/* ---- roles ---- */

static struct outcome set_role(struct scene *scene, const struct people_roles_form *f,
                               const char *role, struct str scope)
{
    const struct people_list_staff_roles_row *rows;
    bool wanted = people_has_word(f->roles, str_of(role)), has = false, same = false;
    size_t count;

    TRY(people_list_staff_roles(scene->arena, scene->store, f->person, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_same(rows[i].role, str_of(role))) continue;
        has = true;
        same = str_same(rows[i].scope, scope);
    }
    if (wanted && !(has && same)) return identity_role_add(scene, f->person, str_of(role), scope);
    return has && !wanted ? identity_role_drop(scene, f->person, str_of(role)) : DONE;
}

static struct outcome check_roles(struct scene *scene, const struct people_roles_form *f)
{
    struct str rest = f->roles;

    while (rest.len) {
        struct str word = str_cut(rest, ' ', &rest);

        if (word.len && !str_same(word, S("consultant")) && !str_same(word, S("supervisor")) &&
            !str_same(word, S("admin")) && !str_same(word, S("clerk")))
            return REFUSE(identity_role_unknown);
    }
    if (!people_has_word(f->roles, S("supervisor")) && !people_has_word(f->roles, S("admin")) &&
        !people_has_word(f->roles, S("clerk")))
        return DONE;
    if (f->scope.len == 0) return REFUSE(people_needs_scope);
    return people_need_division(scene, f->scope);
}

/* A street or village is typed, since there are thousands: a name that several bear is not guessed
 * at, they are told with their codes. */
static struct outcome read_place(struct scene *scene, struct people_roles_form *f)
{
    const struct identity_division *rows;
    struct str told = S("");
    size_t count;

    if (f->place.len == 0) return DONE;
    TRY(identity_division_seek(scene, f->scope, f->place, &rows, &count));
    if (count == 0) return REFUSE_WITH(people_unknown_place, f->place);
    f->scope = rows[0].division;
    if (count == 1) return DONE;
    for (size_t i = 0; i < count; i++) {
        struct str above;

        TRY(identity_division_name(scene, rows[i].parent, &above));
        told = arena_print(scene->arena, "%.*s%s%.*s %.*s", STR_ARGS(told), i ? ", " : "",
                           STR_ARGS(rows[i].division), STR_ARGS(above));
    }
    return REFUSE_WITH(people_several_places, told);
}

static struct outcome save_roles(struct scene *scene, const void *form, void *result)
{
    struct people_roles_form read = *(const struct people_roles_form *)form, *f = &read;
    struct people_find_staff_row person;
    struct people_find_service_row service;
    bool serves = people_has_word(f->roles, S("consultant")), found;

    (void)result;
    TRY(need_other(scene, f->person, &person));
    TRY(read_place(scene, f));
    TRY(check_roles(scene, f));
    TRY(people_find_service(scene->arena, scene->store, f->person, &service, &found));
    if (serves && !found) return REFUSE(people_needs_service);
    TRY(set_role(scene, f, "supervisor", f->scope));
    TRY(set_role(scene, f, "admin", f->scope));
    TRY(set_role(scene, f, "clerk", f->scope));
    if (found) {
        TRY(set_role(scene, f, "consultant", service.division));
        TRY(people_set_service_standing(
            scene->store,
            serves && str_same(person.standing, S("active")) ? S("active") : S("suspended"),
            f->person));
        if (!serves) TRY(people_set_off_line(scene->store, scene->now, f->person));
    }
    return people_note(scene, f->person, "roles", f->roles);
}

/* ---- qualification ---- */

static struct outcome verify(struct scene *scene, const void *form, void *result)
{
    const struct people_whom_form *f = form;
    struct people_find_staff_row person;
    struct people_find_service_row service;
    bool found;

    (void)result;
    TRY(need_other(scene, f->person, &person));
    TRY(people_find_service(scene->arena, scene->store, f->person, &service, &found));
    if (!found) return REFUSE(act_unknown);
    if (service.licence.len == 0 || (service.licence_until && service.licence_until <= scene->now))
        return REFUSE(people_needs_licence);
    TRY(people_set_verified(scene->store, scene->now, f->person));
    return people_note(scene, f->person, "verified", service.licence);
}

/* ---- standing ---- */

static struct outcome suspend(struct scene *scene, const void *form, void *result)
{
    const struct people_reason_form *f = form;
    struct people_find_staff_row person;

    (void)result;
    TRY(need_other(scene, f->person, &person));
    TRY(identity_set_standing(scene, f->person, S("suspended")));
    TRY(people_set_service_standing(scene->store, S("suspended"), f->person));
    TRY(people_set_off_line(scene->store, scene->now, f->person));
    return people_note(scene, f->person, "suspended", f->reason);
}

/* Back to what it was: whoever had ceased to be a consultant stays so. */
static struct outcome reinstate(struct scene *scene, const void *form, void *result)
{
    const struct people_reason_form *f = form;
    struct people_find_staff_row person;
    const struct people_list_staff_roles_row *roles;
    size_t count;

    (void)result;
    TRY(need_other(scene, f->person, &person));
    TRY(identity_set_standing(scene, f->person, S("active")));
    TRY(people_list_staff_roles(scene->arena, scene->store, f->person, &roles, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_same(roles[i].role, S("consultant")))
            TRY(people_set_service_standing(scene->store, S("active"), f->person));
    }
    return people_note(scene, f->person, "reinstated", f->reason);
}

/* ---- signing in ---- */

static struct outcome password_prepare(struct scene *scene, void *form)
{
    struct people_password_form *f = form;

    return hash_password(scene, S(""), S(""), &f->hash, &f->made);
}

static struct outcome new_password(struct scene *scene, const void *form, void *result)
{
    const struct people_password_form *f = form;
    struct people_added_view *told = result;
    struct people_find_staff_row person;

    TRY(need_other(scene, f->person, &person));
    TRY(identity_set_new_password(scene, f->person, f->hash));
    TRY(identity_drop_second(scene, f->person));
    *told = (struct people_added_view){f->person, person.login, f->made};
    give(scene, f->person, f->made);
    return people_note(scene, f->person, "password", S(""));
}

static struct outcome end_sessions(struct scene *scene, const void *form, void *result)
{
    const struct people_whom_form *f = form;
    struct people_find_staff_row person;

    (void)result;
    TRY(need_other(scene, f->person, &person));
    TRY(identity_end_sessions(scene, f->person));
    return people_note(scene, f->person, "sessions", S(""));
}

const struct act people_act_add = {.name = "people.add",
                                   .who = WHO_ADMIN,
                                   .form = &people_add_form,
                                   .result = &people_added_view,
                                   .prepare = add_prepare,
                                   .slow = true,
                                   .run = add};
const struct act people_act_phone = {
    .name = "people.phone", .who = WHO_ADMIN, .form = &people_phone_form, .run = save_phone};
const struct act people_act_name = {
    .name = "people.rename", .who = WHO_ADMIN, .form = &people_name_form, .run = rename_person};
const struct act people_act_service = {
    .name = "people.service", .who = WHO_ADMIN, .form = &people_service_form, .run = save_service};
const struct act people_act_roles = {
    .name = "people.roles", .who = WHO_ADMIN, .form = &people_roles_form, .run = save_roles};
const struct act people_act_verify = {
    .name = "people.verify", .who = WHO_ADMIN, .form = &people_whom_form, .run = verify};
const struct act people_act_suspend = {
    .name = "people.suspend", .who = WHO_ADMIN, .form = &people_reason_form, .run = suspend};
const struct act people_act_reinstate = {
    .name = "people.reinstate", .who = WHO_ADMIN, .form = &people_reason_form, .run = reinstate};
const struct act people_act_password = {.name = "people.password",
                                        .who = WHO_ADMIN,
                                        .form = &people_password_form,
                                        .result = &people_added_view,
                                        .prepare = password_prepare,
                                        .slow = true,
                                        .run = new_password};
const struct act people_act_sessions = {
    .name = "people.sessions", .who = WHO_ADMIN, .form = &people_whom_form, .run = end_sessions};
