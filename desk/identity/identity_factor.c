/* identity_factor.c -- a person's own password and second step, changed by that person.
 *
 *  (1) Changing a password, setting up the second step and removing it ask for the present
 *      password, and wrong answers count like wrong sign-ins: who finds a desk left open must not
 *      be able to keep its owner out (ASVS 7.5.1).
 *  (2) A new second step is taken only after a code of it was right; what is offered travels
 *      sealed in the form, so nothing is kept of people who turn away.
 *  (3) A new password ends every other session and every key, and forgets every other browser.
 */
#include "desk/identity/identity_parts.h"

static struct outcome me(struct scene *scene, struct identity_find_person_row *row,
                         struct identity_guess *guess)
{
    bool found;

    TRY(identity_by_person(scene));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, row, &found));
    if (!found) return REFUSE(act_not_yours);
    TRY(identity_guess_of(scene, row->login, row->person_id, guess));
    /* Signed in already, so not a stranger: waiting is enough. */
    guess->tries.is_second_right = true;
    return identity_may_try(scene->arena, &guess->tries, scene->now);
}

static struct outcome check_password(struct scene *scene, struct str password, struct str *checked,
                                     struct identity_find_person_row *row)
{
    struct identity_guess guess;

    *checked = S("");
    TRY(me(scene, row, &guess));
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    if (secret_password_right(row->password_hash, password)) *checked = row->password_hash;
    return DONE;
}

static struct outcome need_checked(struct scene *scene, struct str checked,
                                   struct identity_find_person_row *row,
                                   struct identity_guess *guess)
{
    TRY(me(scene, row, guess));
    if (checked.len && secret_same(checked, row->password_hash)) return DONE;
    return identity_count_wrong(scene, guess, row->person_id, &identity_password_wrong);
}

/* ---- the second step ---- */

static struct outcome totp_prepare(struct scene *scene, void *form)
{
    struct identity_totp_form *f = form;
    struct identity_find_person_row row;

    return check_password(scene, f->password, &f->checked, &row);
}

static struct outcome totp_begin(struct scene *scene, const void *form, void *result)
{
    const struct identity_totp_form *f = form;
    struct identity_find_person_row row;
    struct identity_guess guess;
    struct str secret, code = identity_digits(scene->arena, f->code);
    int64_t step = 0;
    id person_id;

    (void)result;
    TRY(need_checked(scene, f->checked, &row, &guess));
    if (row.totp_sealed.len) return REFUSE(identity_totp_set);
    if (!identity_note_open(scene, "person.totp.offer", f->offer, &person_id, &secret) ||
        person_id != row.person_id)
        return REFUSE(identity_start_again);
    if (code.len == 0 || !secret_totp_right(secret, code, scene->now, 0, &step))
        return REFUSE(identity_totp_wrong);
    scene_about(scene, 0, row.person_id);
    scene->detail = S("set");
    return identity_set_totp(scene->store, secret_seal(scene->arena, "person.totp", secret), step,
                             row.person_id);
}

#define FORM_THIS identity_totp_form
FORM_TABLE(identity_totp, IDENTITY_TOTP_FORM)
#undef FORM_THIS

const struct act identity_totp_begin = {.name = "person.totp",
                                        .who = WHO_WORKER,
                                        .form = &identity_totp_form,
                                        .prepare = totp_prepare,
                                        .slow = true,
                                        .run = totp_begin};

static struct outcome totp_end_prepare(struct scene *scene, void *form)
{
    struct identity_again_form *f = form;
    struct identity_find_person_row row;

    return check_password(scene, f->password, &f->checked, &row);
}

static struct outcome totp_end(struct scene *scene, const void *form, void *result)
{
    const struct identity_again_form *f = form;
    struct identity_find_person_row row;
    struct identity_guess guess;

    (void)result;
    TRY(need_checked(scene, f->checked, &row, &guess));
    scene_about(scene, 0, row.person_id);
    scene->detail = S("removed");
    return identity_set_totp(scene->store, S(""), 0, row.person_id);
}

#define FORM_THIS identity_again_form
FORM_TABLE(identity_again, IDENTITY_AGAIN_FORM)
#undef FORM_THIS

const struct act identity_totp_end = {.name = "person.totp-end",
                                      .who = WHO_WORKER,
                                      .form = &identity_again_form,
                                      .prepare = totp_end_prepare,
                                      .slow = true,
                                      .run = totp_end};

/* ---- the password ---- */

static struct outcome password_prepare(struct scene *scene, void *form)
{
    struct identity_password_form *f = form;
    struct identity_find_person_row row;

    f->hash = S("");
    TRY(check_password(scene, f->password, &f->checked, &row));
    if (f->checked.len == 0) return DONE;
    TRY(identity_may_have_password(row.login, f->new_password));
    if (str_same(f->password, f->new_password)) return REFUSE(identity_password_same);
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    f->hash = secret_password_hash(scene->arena, f->new_password);
    return DONE;
}

static struct outcome change_password(struct scene *scene, const void *form, void *result)
{
    const struct identity_password_form *f = form;
    struct identity_find_person_row row;
    struct identity_guess guess;

    (void)result;
    TRY(need_checked(scene, f->checked, &row, &guess));
    assert(f->hash.len);
    TRY(identity_set_password(scene->store, f->hash, row.person_id));
    TRY(identity_drop_other_devices(scene->store, row.person_id, guess.device_hash));
    TRY(identity_end_all_others(scene, row.person_id, scene->actor.session_id));
    scene_about(scene, 0, row.person_id);
    return DONE;
}

#define FORM_THIS identity_password_form
FORM_TABLE(identity_password, IDENTITY_PASSWORD_FORM)
#undef FORM_THIS

const struct act identity_change_password = {.name = "person.password",
                                             .who = WHO_WORKER,
                                             .form = &identity_password_form,
                                             .prepare = password_prepare,
                                             .slow = true,
                                             .run = change_password};
