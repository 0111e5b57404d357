/* identity_person.c -- people: added, given roles, suspended; and their numbers.
 *
 *  (1) A number is kept sealed and found by a keyed index; it is shown masked.
 *  (2) Showing one in clear is an act, in the journal with the case it was for.
 *  (3) Whoever is suspended, or loses a role, is told at once wherever he is signed in.
 *  (4) What lets people in, and a number in clear, is refused to a program with a key.
 */
#include "desk/identity/identity_parts.h"

#define USE_PHONE "person.phone"
#define USE_NUMBER "person.identity"

struct str identity_phone_index(struct arena *arena, struct str phone)
{
    return secret_index(arena, USE_PHONE, phone);
}

static struct outcome add(struct scene *scene, const char *kind,
                          const struct identity_new_person *person, id *person_id)
{
    struct arena *arena = scene->arena;

    *person_id = scene_new_id(scene);
    return identity_add_person(
        scene->store,
        &(struct identity_add_person_values){
            .person_id = *person_id,
            .kind = str_of(kind),
            .login = person->login,
            .person_name = person->name,
            .password_hash = person->password_hash,
            .phone_sealed = secret_seal(arena, USE_PHONE, person->phone),
            .phone_index = identity_phone_index(arena, person->phone),
            .identity_sealed = secret_seal(arena, USE_NUMBER, person->identity_number),
            .identity_index = secret_index(arena, USE_NUMBER, person->identity_number),
            .is_demo = person->is_demo,
            .made_at = scene->now});
}

struct outcome identity_person_add(struct scene *scene, const struct identity_new_person *person,
                                   id *person_id)
{
    struct identity_new_person made = *person;
    id other;
    bool found;

    TRY(identity_by_person(scene));
    made.login = identity_login(scene->arena, person->login);
    if (!identity_login_is_good(made.login)) return REFUSE(identity_login_shape);
    TRY(identity_person_of_login(scene, made.login, &other, &found));
    if (found) return REFUSE(identity_login_taken);
    return add(scene, "staff", &made, person_id);
}

struct outcome identity_resident_of_phone(struct scene *scene, struct str phone, id *person_id)
{
    struct identity_find_resident_row row;
    bool found;

    TRY(identity_find_resident(scene->arena, scene->store,
                               identity_phone_index(scene->arena, phone), &row, &found));
    *person_id = row.person_id;
    if (found) return DONE;
    return add(scene, "resident", &(struct identity_new_person){.phone = phone}, person_id);
}

static struct outcome need_person(struct scene *scene, id person_id,
                                  struct identity_find_person_row *row)
{
    bool found;

    TRY(identity_find_person(scene->arena, scene->store, person_id, row, &found));
    return found ? DONE : REFUSE(identity_unknown_person);
}

struct outcome identity_role_add(struct scene *scene, id person_id, struct str role,
                                 struct str scope)
{
    TRY(identity_by_person(scene));
    if (!identity_role_who(role)) return REFUSE(identity_role_unknown);
    TRY(identity_add_role(scene->store, person_id, role, scope));
    return identity_tell(scene, "person.role", person_id);
}

struct outcome identity_role_drop(struct scene *scene, id person_id, struct str role)
{
    if (!identity_role_who(role)) return REFUSE(identity_role_unknown);
    TRY(identity_drop_role(scene->store, person_id, role));
    return identity_tell(scene, "person.role", person_id);
}

struct outcome identity_set_standing(struct scene *scene, id person_id, struct str standing)
{
    struct identity_find_person_row row;

    assert(str_same(standing, S("active")) || str_same(standing, S("suspended")));
    if (str_same(standing, S("active"))) TRY(identity_by_person(scene));
    TRY(need_person(scene, person_id, &row));
    TRY(identity_set_person_standing(scene->store, standing, person_id));
    TRY(identity_tell(scene, "person.standing", person_id));
    if (str_same(standing, S("active"))) return DONE;
    return identity_end_all_others(scene, person_id, 0);
}

struct outcome identity_set_new_password(struct scene *scene, id person_id,
                                         struct str password_hash)
{
    TRY(identity_by_person(scene));
    TRY(identity_set_password(scene->store, password_hash, person_id));
    TRY(identity_tell(scene, "person.password", person_id));
    TRY(identity_drop_other_devices(scene->store, person_id, S("")));
    return identity_end_all_others(scene, person_id, 0);
}

struct outcome identity_set_name(struct scene *scene, id person_id, struct str name)
{
    TRY(identity_set_person_name(scene->store, name, person_id));
    return identity_tell(scene, "person.name", person_id);
}

struct outcome identity_drop_second(struct scene *scene, id person_id)
{
    TRY(identity_by_person(scene));
    TRY(identity_set_totp(scene->store, S(""), 0, person_id));
    return identity_tell(scene, "person.totp", person_id);
}

struct outcome identity_end_sessions(struct scene *scene, id person_id)
{
    TRY(identity_tell(scene, "person.sessions", person_id));
    return identity_end_all_others(scene, person_id, 0);
}

struct outcome identity_set_phone(struct scene *scene, id person_id, struct str phone)
{
    TRY(identity_by_person(scene));
    return identity_set_person_phone(scene->store, secret_seal(scene->arena, USE_PHONE, phone),
                                     identity_phone_index(scene->arena, phone), person_id);
}

/* ---- reading ---- */

struct outcome identity_person_name(struct scene *scene, id person_id, struct str *name)
{
    struct identity_find_person_row row;
    bool found;

    TRY(identity_find_person(scene->arena, scene->store, person_id, &row, &found));
    *name = found ? row.person_name : S("");
    return DONE;
}

struct outcome identity_person_of_login(struct scene *scene, struct str login, id *person_id,
                                        bool *found)
{
    struct identity_find_by_login_row row;

    TRY(identity_find_by_login(scene->arena, scene->store, identity_login(scene->arena, login),
                               &row, found));
    *person_id = *found ? row.person_id : 0;
    return DONE;
}

struct outcome identity_phone(struct scene *scene, id person_id, struct str *digits)
{
    struct identity_find_person_row row;
    bool found;

    *digits = S("");
    TRY(identity_find_person(scene->arena, scene->store, person_id, &row, &found));
    if (found && !secret_unseal(scene->arena, USE_PHONE, row.phone_sealed, digits))
        return FAULT("identity: a phone number cannot be unsealed: these are not its keys");
    return DONE;
}

struct outcome identity_phone_masked(struct scene *scene, id person_id, struct str *masked)
{
    struct str digits;

    TRY(identity_phone(scene, person_id, &digits));
    *masked = digits.len ? secret_mask(scene->arena, digits) : S("");
    return DONE;
}

bool identity_has_demo(struct scene *scene)
{
    struct identity_find_demo_row row;
    bool found;
    struct outcome outcome = identity_find_demo(scene->store, &row, &found);

    return !IS_DONE(outcome) || row.demo_people > 0; /* in doubt there are */
}

/* ---- a number in clear ---- */

static struct outcome unmask(struct scene *scene, const void *form, void *result)
{
    const struct identity_unmask_form *f = form;
    struct identity_unmasked_view *view = result;
    id case_id = 0;

    TRY(identity_by_person(scene));
    if (!identity_hooks.unmask) return REFUSE(act_not_yours);
    TRY(identity_hooks.unmask(scene, f->person, f->reference, &case_id));
    TRY(identity_phone(scene, f->person, &view->phone));
    if (identity_is_browser(scene))
        identity_note_give(scene, S("number"), "person.number", f->person, SECONDS_PER_MINUTE,
                           view->phone);
    scene_about(scene, case_id, f->person);
    scene->detail = S("phone");
    return DONE;
}

#define FORM_THIS identity_unmask_form
FORM_TABLE(identity_unmask, IDENTITY_UNMASK_FORM)
#undef FORM_THIS

const struct act identity_unmask = {.name = "person.unmask",
                                    .who = WHO_STAFF,
                                    .form = &identity_unmask_form,
                                    .result = &identity_unmasked_view,
                                    .run = unmask};

/* ---- the command line ---- */

static struct outcome person_add_prepare(struct scene *scene, void *form)
{
    struct identity_add_form *f = form;
    struct str login = identity_login(scene->arena, f->login);

    TRY(identity_may_have_password(login, f->password));
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    f->hash = secret_password_hash(scene->arena, f->password);
    return DONE;
}

static struct outcome person_add(struct scene *scene, const void *form, void *result)
{
    const struct identity_add_form *f = form;
    id person_id;

    (void)result;
    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){.login = f->login, .name = f->name, .password_hash = f->hash},
        &person_id));
    TRY(identity_role_add(scene, person_id, f->role, f->scope));
    scene_about(scene, 0, person_id);
    return DONE;
}

#define FORM_THIS identity_add_form
FORM_TABLE(identity_add, IDENTITY_ADD_FORM)
#undef FORM_THIS

const struct act identity_add = {.name = "person.add",
                                 .who = WHO_SYSTEM,
                                 .form = &identity_add_form,
                                 .prepare = person_add_prepare,
                                 .slow = true,
                                 .run = person_add};

static struct outcome reset_prepare(struct scene *scene, void *form)
{
    struct identity_reset_form *f = form;

    f->hash = S("");
    if (f->password.len == 0) return DONE;
    TRY(identity_may_have_password(identity_login(scene->arena, f->login), f->password));
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    f->hash = secret_password_hash(scene->arena, f->password);
    return DONE;
}

/* Also takes the second step off: who lost the password often lost the phone. */
static struct outcome reset(struct scene *scene, const void *form, void *result)
{
    const struct identity_reset_form *f = form;
    bool is_resume = str_same(f->standing, S("active"));
    id person_id;
    bool found;

    (void)result;
    TRY(identity_person_of_login(scene, f->login, &person_id, &found));
    if (!found) return REFUSE_WITH(identity_unknown_login, f->login);
    if (f->hash.len) {
        TRY(identity_set_new_password(scene, person_id, f->hash));
        TRY(identity_set_totp(scene->store, S(""), 0, person_id));
    }
    if (is_resume || str_same(f->standing, S("suspended")))
        TRY(identity_set_standing(scene, person_id, f->standing));
    scene_about(scene, 0, person_id);
    return DONE;
}

#define FORM_THIS identity_reset_form
FORM_TABLE(identity_reset, IDENTITY_RESET_FORM)
#undef FORM_THIS

const struct act identity_reset = {.name = "person.reset",
                                   .who = WHO_SYSTEM,
                                   .form = &identity_reset_form,
                                   .prepare = reset_prepare,
                                   .slow = true,
                                   .run = reset};
