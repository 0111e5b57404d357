/* consultation_desk_seen.c -- the acts of a conversation as they are done at the desk.
 *
 *  (1) Here only the consultant of a case acts on it, although a person may be a resident too.
 *  (2) Whoever writes, reads or answers is present: without scripts there is no heartbeat.
 *  (3) A page that was sent has shown everything up to then: a browser's post marks it read.
 *  (4) A resident's number is shown once, in the page that follows the act; what carries it there
 *      is sealed, is for one person and one case, and lasts a minute. */
#include "bureau/people/people_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_desk_read.h"

enum { PHONE_SECONDS = 60 };
static const char phone_use[] = "consultation.phone-shown";

static struct outcome be_here(struct scene *scene, struct str reference)
{
    struct consultation_case c;
    bool changed;

    TRY(case_open_as(scene, reference, CONSULTATION_CONSULTANT, &c));
    TRY(people_set_presence(scene, S(""), 0, &changed));
    if (!str_same(scene->channel, S("web"))) return DONE;
    return consultation_set_consultant_read(scene->store, c.row.last_seq, c.row.consultation_id);
}

static struct outcome say(struct scene *scene, const void *form, void *result)
{
    TRY(be_here(scene, ((const struct consultation_say_form *)form)->reference));
    return consultation_say.run(scene, form, result);
}

const struct act consultation_desk_say = {.name = "consultation.say",
                                          .who = WHO_CONSULTANT,
                                          .form = &consultation_say_form,
                                          .result = &consultation_said_view,
                                          .prepare = case_check_words,
                                          .run = say};

static struct outcome answer(struct scene *scene, const void *form, void *result)
{
    TRY(be_here(scene, ((const struct consultation_say_form *)form)->reference));
    return consultation_answer.run(scene, form, result);
}

const struct act consultation_desk_answer = {.name = "consultation.answer",
                                             .who = WHO_CONSULTANT,
                                             .form = &consultation_say_form,
                                             .result = &consultation_said_view,
                                             .prepare = case_check_words,
                                             .run = answer};

static struct outcome store_file(struct scene *scene, void *form)
{
    struct consultation_case c;

    TRY(case_open_as(scene, ((struct consultation_attach_form *)form)->reference,
                     CONSULTATION_CONSULTANT, &c));
    return consultation_attach.prepare(scene, form);
}

static void drop_file(const void *form)
{
    consultation_attach.undo(form);
}

static struct outcome attach(struct scene *scene, const void *form, void *result)
{
    TRY(be_here(scene, ((const struct consultation_attach_form *)form)->reference));
    return consultation_attach.run(scene, form, result);
}

const struct act consultation_desk_attach = {.name = "consultation.attach",
                                             .who = WHO_CONSULTANT,
                                             .form = &consultation_attach_form,
                                             .result = &consultation_said_view,
                                             .prepare = store_file,
                                             .run = attach,
                                             .undo = drop_file};

static struct outcome mark_read(struct scene *scene, const void *form, void *result)
{
    struct consultation_case c;
    bool changed;

    TRY(case_open_as(scene, ((const struct consultation_read_form *)form)->reference,
                     CONSULTATION_CONSULTANT, &c));
    TRY(people_set_presence(scene, S(""), 0, &changed));
    return consultation_read.run(scene, form, result);
}

const struct act consultation_desk_read = {.name = "consultation.read",
                                           .who = WHO_CONSULTANT,
                                           .form = &consultation_read_form,
                                           .run = mark_read};

/* ---- the number that is shown once ---- */

static struct outcome show_phone(struct scene *scene, const void *form, void *result)
{
    const struct consultation_phone_view *told = result;

    TRY(consultation_phone.run(scene, form, result));
    if (!str_same(scene->channel, S("web"))) return DONE;
    scene_cookie(
        scene, S("shown"),
        secret_seal(scene->arena, phone_use,
                    arena_print(scene->arena, "%lld %.*s %lld %.*s",
                                (long long)scene->actor.person_id, STR_ARGS(told->reference),
                                (long long)(scene->now + PHONE_SECONDS), STR_ARGS(told->phone))),
        PHONE_SECONDS);
    return DONE;
}

const struct act consultation_desk_phone = {.name = "consultation.phone",
                                            .who = WHO_CONSULTANT,
                                            .form = &consultation_reference_form,
                                            .result = &consultation_phone_view,
                                            .run = show_phone};

struct str consultation_phone_shown(struct scene *scene, struct str reference)
{
    struct str sealed = scene_brought(scene, S("shown")), rest;
    id person_id;
    int64_t until;

    if (!sealed.len || !secret_unseal(scene->arena, phone_use, sealed, &rest)) return S("");
    scene_cookie(scene, S("shown"), S(""), -1);
    if (!str_to_int(str_cut(rest, ' ', &rest), &person_id)) return S("");
    if (person_id != scene->actor.person_id) return S("");
    if (!str_same(str_cut(rest, ' ', &rest), reference)) return S("");
    if (!str_to_int(str_cut(rest, ' ', &rest), &until) || until < scene->now) return S("");
    return rest;
}
