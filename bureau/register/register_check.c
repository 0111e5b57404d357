/* register_check.c -- what an administrator does with an application.
 *
 *  (1) Only what lies in the administrator's division is there at all (register_case.c).
 *  (2) A look at evidence is an act, in the journal with who looked at which application; it opens
 *      that file to that person for ten minutes and nothing else.
 *  (3) Approving makes the account; its first password is set by whoever proves the number that
 *      applied, so that no password passes through the bureau.
 *  (4) The applicant is told by message that there is news; what it is stands on the page. */
#include "bureau/register/register_parts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

static const struct reason not_compared = {
    "register.not-compared",
    T("Before you approve, compare the licence with the official register and tick that you did."),
    .field = "is_checked"};
static const struct reason licence_taken = {
    "register.licence-taken",
    T("This licence number is in the register already, held by %1. Please look into it first."),
    409};

static struct outcome look(struct scene *scene, const void *form, void *result)
{
    const struct register_file_form *f = form;
    struct register_find_file_row file;
    struct register_case c;
    bool found;

    (void)result;
    TRY(register_open_checked(scene, f->reference, &c));
    TRY(register_find_file(scene->arena, scene->store, f->file, c.row.application_id, &file,
                           &found));
    if (!found) return REFUSE(act_unknown);
    scene_about(scene, c.row.application_id, c.row.person_id);
    scene->detail = arena_print(scene->arena, "file %lld", (long long)f->file);
    return register_set_look(scene->store, f->file, scene->actor.person_id, scene->now);
}

static struct outcome step_with_words(struct scene *scene, const struct register_words_form *f,
                                      enum register_step step)
{
    struct register_case c;

    TRY(register_open_checked(scene, f->reference, &c));
    TRY(register_take_step(scene, &c, step, f->words));
    return register_tell(scene, &c);
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return step_with_words(scene, form, REGISTER_ASK);
}

static struct outcome refuse(struct scene *scene, const void *form, void *result)
{
    (void)result;
    return step_with_words(scene, form, REGISTER_REFUSE);
}

static struct outcome make_account(struct scene *scene, const struct register_approve_form *f,
                                   const struct register_find_application_row *row, id *account_id)
{
    struct str phone;

    TRY(identity_phone(scene, row->person_id, &phone));
    TRY(identity_person_add(
        scene,
        &(struct identity_new_person){.login = f->login, .name = row->person_name, .phone = phone},
        account_id));
    TRY(people_enlist(scene, &(struct people_enlistment){.person_id = *account_id,
                                                         .profession = row->profession,
                                                         .division = row->division,
                                                         .team_id = f->team,
                                                         .fields = row->fields,
                                                         .languages = row->languages,
                                                         .capacity = 3,
                                                         .written_capacity = 10,
                                                         .licence = row->licence,
                                                         .licence_until = row->licence_until,
                                                         .is_checked = true}));
    TRY(register_set_memberships(scene, *account_id, row->associations));
    TRY(register_invite(scene, *account_id, phone));
    return people_note(scene, *account_id, "added",
                       arena_print(scene->arena, "%.*s", STR_ARGS(row->reference)));
}

/* Somebody serves already: the new licence takes the place of the old one, checked now. */
static struct outcome renew(struct scene *scene, const struct register_find_application_row *row,
                            const struct register_find_known_row *known)
{
    TRY(people_need_within(scene, row->person_id));
    TRY(people_enlist(scene,
                      &(struct people_enlistment){.person_id = row->person_id,
                                                  .profession = row->profession,
                                                  .division = known->division,
                                                  .team_id = known->team_id,
                                                  .fields = row->fields,
                                                  .languages = row->languages,
                                                  .capacity = known->capacity,
                                                  .written_capacity = known->written_capacity,
                                                  .licence = row->licence,
                                                  .licence_until = row->licence_until,
                                                  .is_checked = true}));
    TRY(register_set_memberships(scene, row->person_id, row->associations));
    return people_note(scene, row->person_id, "verified", row->licence);
}

static struct outcome approve(struct scene *scene, const void *form, void *result)
{
    const struct register_approve_form *f = form;
    struct register_find_licence_holder_row holder;
    struct register_find_known_row known;
    struct register_case c;
    bool found, is_renewal;

    (void)result;
    TRY(register_open_checked(scene, f->reference, &c));
    if (!register_may(c.state, REGISTER_APPROVE)) return REFUSE(register_not_now);
    if (!f->is_checked) return REFUSE(not_compared);
    TRY(register_find_renewed(scene, c.row.person_id, &known, &is_renewal));
    TRY(register_find_licence_holder(scene->arena, scene->store, c.row.licence, &holder, &found));
    if (found && holder.person_id != c.row.person_id)
        return REFUSE_WITH(licence_taken, holder.person_name);
    if (is_renewal) {
        c.row.account_id = c.row.person_id;
        TRY(renew(scene, &c.row, &known));
    } else {
        TRY(make_account(scene, f, &c.row, &c.row.account_id));
    }
    TRY(register_take_step(scene, &c, REGISTER_APPROVE, S("")));
    return register_tell(scene, &c);
}

/* ---- the first password ---- */

static struct outcome find_own(struct scene *scene, struct register_find_invitation_row *row)
{
    bool found;

    if (!scene->actor.phone_index.len) return REFUSE(act_unknown);
    TRY(register_find_invitation(scene->arena, scene->store, scene->actor.phone_index, row,
                                 &found));
    return found ? DONE : REFUSE(act_unknown);
}

static struct outcome account_prepare(struct scene *scene, void *form)
{
    struct register_account_form *f = form;
    struct register_find_invitation_row row;

    TRY(find_own(scene, &row));
    TRY(identity_may_have_password(row.login, f->password));
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    f->hash = secret_password_hash(scene->arena, f->password);
    return DONE;
}

static struct outcome account(struct scene *scene, const void *form, void *result)
{
    const struct register_account_form *f = form;
    struct register_find_invitation_row row;

    (void)result;
    TRY(find_own(scene, &row));
    TRY(identity_set_new_password(scene, row.person_id, f->hash));
    scene_about(scene, 0, row.person_id);
    return register_set_invitation_taken(scene->store, scene->now, row.person_id);
}

const struct act register_look = {
    .name = "register.look", .who = WHO_ADMIN, .form = &register_file_form, .run = look};
const struct act register_ask = {
    .name = "register.ask", .who = WHO_ADMIN, .form = &register_words_form, .run = ask};
const struct act register_refuse = {
    .name = "register.refuse", .who = WHO_ADMIN, .form = &register_words_form, .run = refuse};
const struct act register_approve = {
    .name = "register.approve", .who = WHO_ADMIN, .form = &register_approve_form, .run = approve};
const struct act register_account = {.name = "register.account",
                                     .who = WHO_RESIDENT,
                                     .form = &register_account_form,
                                     .prepare = account_prepare,
                                     .slow = true,
                                     .run = account};
