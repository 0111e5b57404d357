/* identity_code.c -- residents sign in with a code sent to their phone.
 *
 *  (1) Every number is answered alike, whether we have met it or not.
 *  (2) Only the newest code counts, once, for ten minutes and five tries.
 *  (3) A browser carries the number in a sealed cookie: it is in no address and no log.
 *  (4) A number gets at most five codes an hour and ten a day, whoever asks for them.
 *  (5) What a browser asked as a guest becomes the resident's, in the same act.
 */
#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"

#define USE_PHONE "session.phone"

static struct outcome load_code(struct scene *scene, struct str phone_index,
                                struct identity_code *code, struct str *hash)
{
    struct identity_find_phone_code_row row;
    bool found;

    *code = (struct identity_code){0};
    *hash = S("");
    TRY(identity_find_phone_code(scene->arena, scene->store, phone_index, &row, &found));
    if (!found) return DONE;
    *hash = row.code_hash;
    *code = (struct identity_code){.made_at = row.made_at,
                                   .expires_at = row.expires_at,
                                   .tries = row.tries,
                                   .sent_count = row.sent_count,
                                   .hour_at = row.hour_at,
                                   .day_count = row.day_count,
                                   .day_at = row.day_at};
    return DONE;
}

/* Tied to its number: a code cannot be tried on another. */
static struct str code_hash(struct scene *scene, struct str phone_index, struct str code)
{
    return secret_index(
        scene->arena, "session.code",
        arena_print(scene->arena, "%.*s %.*s", STR_ARGS(phone_index), STR_ARGS(code)));
}

static struct str code_page(struct scene *scene, struct str next)
{
    struct out *out = out_open(scene->arena, 2048);

    OUT_LITERAL(out, "/session/code");
    if (identity_next(next).len) {
        OUT_LITERAL(out, "?next=");
        out_url(out, next);
    }
    return out_text(out);
}

static struct outcome send(struct scene *scene, const void *form, void *result)
{
    const struct identity_phone_form *f = form;
    struct identity_sent_view *view = result;
    struct str index = identity_phone_index(scene->arena, f->phone);
    struct str digits = secret_digits(scene->arena, IDENTITY_CODE_LEN), hash;
    struct identity_code code;

    if (!notice_is_mobile(f->phone)) return REFUSE(identity_no_sms);
    TRY(load_code(scene, index, &code, &hash));
    TRY(identity_may_send(scene->arena, &code, scene->now));
    code = identity_sent(&code, scene->now);
    TRY(identity_set_phone_code(scene->store, index, code_hash(scene, index, digits), code.made_at,
                                code.expires_at, code.sent_count, code.hour_at, code.day_count,
                                code.day_at));
    TRY(notice_add(scene, &(struct notice){.which = NOTICE_LOGIN_CODE,
                                           .language = scene->language,
                                           .to = f->phone,
                                           .words = {digits, S("10")}}));
    view->seconds = IDENTITY_CODE_SECONDS;
    view->home = code_page(scene, f->next);
    if (identity_is_browser(scene))
        identity_note_give(scene, S("code"), USE_PHONE, 1, 2 * IDENTITY_CODE_SECONDS, f->phone);
    return DONE;
}

#define FORM_THIS identity_phone_form
FORM_TABLE(identity_phone, IDENTITY_PHONE_FORM)
#undef FORM_THIS

const struct act identity_send = {.name = "session.code",
                                  .who = WHO_ANYONE,
                                  .form = &identity_phone_form,
                                  .result = &identity_sent_view,
                                  .run = send};

/* ---- the code comes back ---- */

static struct outcome verify_prepare(struct scene *scene, void *form)
{
    struct identity_verify_form *f = form;
    id unused;

    f->code = identity_digits(scene->arena, f->code);
    if (f->phone.len) return DONE;
    if (!identity_note_take(scene, S("code"), USE_PHONE, &unused, &f->phone))
        return REFUSE(identity_code_phone);
    return DONE;
}

static struct outcome count_wrong(struct scene *scene, struct str index,
                                  const struct identity_code *code)
{
    int64_t left = IDENTITY_CODE_TRIES_MAX - code->tries - 1;

    TRY(identity_set_phone_code_tried(scene->store, index));
    scene->keep = true;
    scene->quiet = true;
    scene_tell(scene, "session.failed", 0, 0);
    if (left == 0) return REFUSE(identity_code_over);
    return REFUSE_WITH(identity_code_wrong, arena_print(scene->arena, "%lld", (long long)left));
}

static id guest_of(const struct scene *scene)
{
    return scene_is(scene, WHO_GUEST) && scene->actor.case_id == 0 ? scene->actor.person_id : 0;
}

static struct outcome verify(struct scene *scene, const void *form, void *result)
{
    const struct identity_verify_form *f = form;
    struct str index = identity_phone_index(scene->arena, f->phone), hash;
    struct identity_find_person_row person;
    struct identity_code code;
    id person_id, guest_id = guest_of(scene);
    bool found;

    TRY(load_code(scene, index, &code, &hash));
    TRY(identity_may_enter(&code, scene->now));
    if (!secret_same(hash, code_hash(scene, index, f->code)))
        return count_wrong(scene, index, &code);
    TRY(identity_set_phone_code_used(scene->store, index));
    TRY(identity_resident_of_phone(scene, f->phone, &person_id));
    TRY(identity_find_person(scene->arena, scene->store, person_id, &person, &found));
    if (!str_same(person.standing, S("active"))) {
        scene->keep = true; /* the code is used up all the same */
        return REFUSE(identity_suspended);
    }
    if (guest_id && identity_hooks.merge) TRY(identity_hooks.merge(scene, guest_id, person_id));
    if (identity_is_browser(scene)) scene_cookie(scene, S("code"), S(""), -1);
    return identity_welcome(scene, "resident", person_id, guest_id, f->next, result);
}

#define FORM_THIS identity_verify_form
FORM_TABLE(identity_verify, IDENTITY_VERIFY_FORM)
#undef FORM_THIS

const struct act identity_verify = {.name = "session.verify",
                                    .who = WHO_ANYONE,
                                    .form = &identity_verify_form,
                                    .result = &identity_signed_view,
                                    .prepare = verify_prepare,
                                    .run = verify};
