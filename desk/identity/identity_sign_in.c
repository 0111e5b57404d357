/* identity_sign_in.c -- staff and consultants sign in: a password, and a second step if set up.
 *
 *  (1) A password is hashed by prepare(), before the transaction, and only while the name may be
 *      tried from there; run() asks again, so guesses sent together are still counted one by one.
 *  (2) What prepare() found right is the hash itself: if the password was changed in between, it
 *      is not right any more.
 *  (3) A refusal for a wrong guess is kept, with its count and a line "session.failed".
 *  (4) Nor is a code of the second step guessed for nothing: while a name is guarded, a wrong one
 *      is counted like a wrong password.
 *  (5) In a browser the right password alone leads to the page of the second step, by a note of
 *      five minutes in a cookie; a program is told session.totp-needed and sends all at once.
 *  (6) Whoever may do nothing here does not get in: an account without a role is answered as if
 *      the password were wrong, so that nobody learns that it is right.
 */
#include "desk/identity/identity_parts.h"

#define USE_SECOND "session.second"

struct staff {
    struct identity_find_by_login_row row;
    struct identity_guess guess;
    bool found;
};

/* ---- counting ---- */

static struct outcome find_device(struct scene *scene, id person_id, struct identity_guess *guess)
{
    struct str device = scene_brought(scene, S("device"));
    struct identity_find_device_row row;
    struct str hash;
    bool known;

    if (device.len != TOKEN_LEN || person_id == 0) return DONE;
    hash = secret_token_hash(scene->arena, device);
    TRY(identity_find_device(scene->store, hash, person_id, scene->now - IDENTITY_DEVICE_SECONDS,
                             &row, &known));
    if (!known) return DONE;
    guess->device_hash = hash;
    guess->place = arena_print(scene->arena, "device:%.*s", STR_ARGS(hash));
    guess->tries.is_known_device = true;
    return DONE;
}

struct outcome identity_guess_of(struct scene *scene, struct str login, id person_id,
                                 struct identity_guess *guess)
{
    struct identity_find_failure_row row;
    struct identity_count_login_failures_row of_login;
    struct identity_count_address_failures_row of_address;
    moment hour = scene->now - SECONDS_PER_HOUR;
    bool found, counted;

    *guess =
        (struct identity_guess){.login = login,
                                .login_index = secret_index(scene->arena, "session.login", login),
                                .place = identity_place(scene->arena, scene->address)};
    TRY(find_device(scene, person_id, guess));
    TRY(identity_find_failure(scene->store, guess->login_index, guess->place, &row, &found));
    TRY(identity_count_login_failures(scene->store, guess->login_index, hour, &of_login, &counted));
    TRY(identity_count_address_failures(scene->store, guess->place, hour, &of_address, &counted));
    if (found && row.failed_at > hour) guess->tries.here = row.failures;
    if (found) guess->tries.until_at = row.until_at;
    guess->tries.of_login = of_login.failures;
    guess->tries.of_address = of_address.failures;
    return DONE;
}

struct outcome identity_count_wrong(struct scene *scene, const struct identity_guess *guess,
                                    id person_id, const struct reason *why)
{
    int64_t failures = guess->tries.here + 1, wait = identity_wait_seconds(failures);

    TRY(identity_set_failure(scene->store, guess->login_index, guess->place, failures,
                             wait ? scene->now + wait : 0, scene->now));
    scene->keep = true;
    scene->quiet = true;
    scene_tell(scene, "session.failed", 0, person_id);
    return REFUSE(*why);
}

struct outcome identity_know_device(struct scene *scene, id person_id)
{
    struct str device = scene_brought(scene, S("device"));

    if (!identity_is_browser(scene)) return DONE;
    if (device.len != TOKEN_LEN) device = secret_token(scene->arena);
    scene_cookie(scene, S("device"), device, IDENTITY_DEVICE_SECONDS);
    return identity_set_device(scene->store, secret_token_hash(scene->arena, device), person_id,
                               scene->now);
}

/* ---- the password ---- */

static bool second_right(struct scene *scene, struct str sealed, int64_t last_step, struct str code,
                         int64_t *step)
{
    struct str secret;

    code = identity_digits(scene->arena, code);
    return sealed.len && code.len && secret_unseal(scene->arena, "person.totp", sealed, &secret) &&
           secret_totp_right(secret, code, scene->now, last_step, step);
}

/* Who it would be, and what was tried before. */
static struct outcome look(struct scene *scene, const struct identity_sign_in_form *f,
                           struct staff *staff, int64_t *step)
{
    struct str login = identity_login(scene->arena, f->name);
    id person_id;

    TRY(identity_find_by_login(scene->arena, scene->store, login, &staff->row, &staff->found));
    if (!staff->found) staff->row = (struct identity_find_by_login_row){0};
    person_id = staff->row.person_id;
    TRY(identity_guess_of(scene, login, person_id, &staff->guess));
    staff->guess.tries.is_second_right =
        second_right(scene, staff->row.totp_sealed, staff->row.totp_step, f->totp, step);
    return DONE;
}

/* Inside run(): may this be tried?  See (4). */
static struct outcome may_try(struct scene *scene, const struct identity_guess *guess, id person_id,
                              struct str code)
{
    struct outcome outcome = identity_may_try(scene->arena, &guess->tries, scene->now);

    if (outcome.refusal == &identity_guarded && code.len)
        return identity_count_wrong(scene, guess, person_id, &identity_guarded);
    return outcome;
}

static struct outcome sign_in_prepare(struct scene *scene, void *form)
{
    struct identity_sign_in_form *f = form;
    struct outcome outcome;
    struct staff staff;
    int64_t step;

    f->checked = S("");
    TRY(look(scene, f, &staff, &step));
    outcome = identity_may_try(scene->arena, &staff.guess.tries, scene->now);
    if (outcome.refusal == &identity_guarded && f->totp.len) return DONE; /* run() counts it */
    TRY(outcome);
    if (!secret_may_hash()) return REFUSE(act_too_busy);
    if (secret_password_right(staff.row.password_hash, f->password))
        f->checked = staff.row.password_hash;
    return DONE;
}

static struct outcome let_in(struct scene *scene, const struct identity_guess *guess, id person_id,
                             struct str next, struct identity_signed_view *signed_in)
{
    TRY(identity_drop_failure(scene->store, guess->login_index, guess->place));
    TRY(identity_know_device(scene, person_id));
    return identity_welcome(scene, "staff", person_id, 0, next, signed_in);
}

static struct outcome ask_second(struct scene *scene, const struct staff *staff, struct str next,
                                 struct identity_signed_view *signed_in)
{
    if (!identity_is_browser(scene)) return REFUSE(identity_totp_needed);
    /* The note is tied to the password that was right. */
    identity_note_give(scene, S("second"), USE_SECOND, staff->row.person_id,
                       IDENTITY_SECOND_SECONDS,
                       secret_index(scene->arena, USE_SECOND, staff->row.password_hash));
    scene->quiet = true;
    signed_in->home = S("/session/second");
    next = identity_next(next);
    if (next.len) {
        struct out *out = out_open(scene->arena, 2048);

        OUT_LITERAL(out, "/session/second?next=");
        out_url(out, next);
        signed_in->home = out_text(out);
    }
    return DONE;
}

static struct outcome sign_in(struct scene *scene, const void *form, void *result)
{
    const struct identity_sign_in_form *f = form;
    struct staff staff;
    int64_t step = 0;
    bool right;

    TRY(look(scene, f, &staff, &step));
    TRY(may_try(scene, &staff.guess, staff.row.person_id, f->totp));
    right = staff.found && f->checked.len && secret_same(f->checked, staff.row.password_hash) &&
            str_same(staff.row.standing, S("active")) && staff.row.roles_count > 0;
    if (right && staff.row.totp_sealed.len) {
        if (f->totp.len == 0) return ask_second(scene, &staff, f->next, result);
        right = staff.guess.tries.is_second_right;
        if (right) TRY(identity_set_totp_step(scene->store, step, staff.row.person_id));
    }
    if (!right)
        return identity_count_wrong(scene, &staff.guess, staff.row.person_id, &identity_wrong);
    return let_in(scene, &staff.guess, staff.row.person_id, f->next, result);
}

#define FORM_THIS identity_sign_in_form
FORM_TABLE(identity_sign_in, IDENTITY_SIGN_IN_FORM)
#undef FORM_THIS

const struct act identity_sign_in = {.name = "session.open",
                                     .who = WHO_ANYONE,
                                     .form = &identity_sign_in_form,
                                     .result = &identity_signed_view,
                                     .prepare = sign_in_prepare,
                                     .slow = true,
                                     .run = sign_in};

/* ---- the second step, in a browser ---- */

static struct outcome second(struct scene *scene, const void *form, void *result)
{
    const struct identity_second_form *f = form;
    struct identity_find_person_row row;
    struct identity_guess guess;
    struct str mark;
    int64_t step = 0;
    id person_id;
    bool found;

    if (!identity_note_take(scene, S("second"), USE_SECOND, &person_id, &mark))
        return REFUSE(identity_start_again);
    TRY(identity_find_person(scene->arena, scene->store, person_id, &row, &found));
    if (!found || !str_same(row.standing, S("active")) || row.totp_sealed.len == 0 ||
        !secret_same(mark, secret_index(scene->arena, USE_SECOND, row.password_hash)))
        return REFUSE(identity_start_again);
    TRY(identity_guess_of(scene, row.login, person_id, &guess));
    guess.tries.is_second_right =
        second_right(scene, row.totp_sealed, row.totp_step, f->code, &step);
    TRY(may_try(scene, &guess, person_id, f->code));
    if (!guess.tries.is_second_right)
        return identity_count_wrong(scene, &guess, person_id, &identity_totp_wrong);
    TRY(identity_set_totp_step(scene->store, step, person_id));
    scene_cookie(scene, S("second"), S(""), -1);
    return let_in(scene, &guess, person_id, f->next, result);
}

#define FORM_THIS identity_second_form
FORM_TABLE(identity_second, IDENTITY_SECOND_FORM)
#undef FORM_THIS

const struct act identity_second = {.name = "session.second",
                                    .who = WHO_ANYONE,
                                    .form = &identity_second_form,
                                    .result = &identity_signed_view,
                                    .run = second};
