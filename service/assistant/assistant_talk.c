/* assistant_talk.c -- a visitor says something, is answered, begins anew.
 *
 *  (1) A talk belongs to a browser, known by the hash of its own cookie, or to a program, by that
 *      of the token it was given; nobody else reads it.
 *  (2) It is sealed, and goes after seven days without a word, or when the visitor says so.
 *  (3) Words that mean danger are told those who watch the desk, without a word of what was said.
 *      That warning is over after two hours without another such word.
 *  (4) What a person said always fits the first message of a question: a talk that would grow
 *      longer is handed over or begun anew first.  Words of danger are never refused for that: the
 *      oldest turns go in their place.
 */
#include <string.h>

#include "bureau/supervision/supervision_acts.h"
#include "gen/assistant_sql.h"
#include "platform/secret.h"
#include "service/assistant/assistant_views.h"
#include "service/consultation/consultation_acts.h"

#define USE_TALK "assistant.talk"

enum { KEPT_SECONDS = 7 * SECONDS_PER_DAY, CALM_SECONDS = 2 * SECONDS_PER_HOUR };

const struct reason assistant_too_long = {
    "assistant.too-long",
    T("This talk is long by now. Hand it over to a person, or begin anew."), 409};
const struct reason assistant_no_browser = {
    "assistant.no-browser",
    T("There is no talk here to go on with: perhaps this browser keeps no cookies, or it was too "
      "long ago. Please say again what happened, or call 12348."),
    409};
const struct reason assistant_not_asked = {
    "assistant.not-asked",
    T("Please answer the question that stands last, or say in your own words what you would like "
      "to know."),
    0};

static struct str hash_of(struct scene *scene, struct str token)
{
    if (token.len != TOKEN_LEN) token = scene_brought(scene, S("visitor"));
    return token.len == TOKEN_LEN ? secret_token_hash(scene->arena, token) : S("");
}

struct outcome assistant_open(struct scene *scene, struct str token, struct str *hash,
                              struct assistant_talk *talk)
{
    struct assistant_find_talk_row row;
    struct str text;
    bool found;

    talk->count = 0;
    *hash = hash_of(scene, token);
    if (!hash->len) return DONE;
    TRY(assistant_find_talk(scene->arena, scene->store, *hash, scene->now - KEPT_SECONDS, &row,
                            &found));
    /* Sealed with a key that is gone: the talk begins anew. */
    if (found && secret_unseal(scene->arena, USE_TALK, row.talk_sealed, &text))
        assistant_read(scene->arena, text, talk);
    return DONE;
}

/* Once a day, when Shanghai sleeps: at the next such moment, never one that has passed. */
static struct outcome set_tidy(struct scene *scene)
{
    moment night = scene->now / SECONDS_PER_DAY * SECONDS_PER_DAY + 20 * SECONDS_PER_HOUR;

    return clock_set(scene, "assistant.tidy", 0,
                     night > scene->now ? night : night + SECONDS_PER_DAY);
}

/* One warning for all who write so within the same hours: a flood of words is one warning. */
static struct outcome warn(struct scene *scene, const struct assistant_talk *made)
{
    const struct assistant_line *danger = assistant_last(made, ASSISTANT_DANGER);
    bool is_life = danger && str_same(danger->cells[0], S("life"));

    if (!danger) return DONE;
    TRY(supervision_alarm(
        scene, &(struct supervision_alarm){.kind = is_life ? SUPERVISION_DANGER_LIFE
                                                           : SUPERVISION_DANGER_VIOLENCE,
                                           .key = S("assistant"),
                                           .words = {S(""), S("")}}));
    return clock_set(scene, "assistant.calm", 0, scene->now + CALM_SECONDS);
}

/* (4) */
static bool is_too_long(struct scene *scene, const struct assistant_talk *talk)
{
    return talk->count == ASSISTANT_LINES_MAX ||
           str_points(assistant_transcript(scene, talk, 0)) > CONSULTATION_TEXT_MAX ||
           assistant_write(scene->arena, talk).len > ASSISTANT_TALK_BYTES_MAX;
}

static void drop_first_turn(struct assistant_talk *talk)
{
    size_t next = 1;

    while (next < talk->count && talk->lines[next].mark != ASSISTANT_SAID) next++;
    talk->count -= next;
    memmove(talk->lines, talk->lines + next, talk->count * sizeof talk->lines[0]);
}

/* What was made, behind what was said before. */
static struct outcome go_on(struct scene *scene, const struct assistant_talk *made,
                            struct assistant_talk *talk)
{
    struct assistant_talk *both = NEW(scene->arena, struct assistant_talk);

    while (talk->count) {
        *both = *talk;
        for (size_t i = 0; i < made->count; i++) {
            const struct str *c = made->lines[i].cells;

            assistant_add(both, (enum assistant_mark)made->lines[i].mark, c[0], c[1], c[2], c[3]);
        }
        if (!is_too_long(scene, both)) {
            *talk = *both;
            return DONE;
        }
        if (!assistant_last(made, ASSISTANT_DANGER)) return REFUSE(assistant_too_long);
        drop_first_turn(talk);
    }
    *talk = *made;
    return DONE;
}

static struct outcome keep(struct scene *scene, struct str token, struct str made_text,
                           struct assistant_talk_view *told)
{
    struct assistant_talk *talk = NEW(scene->arena, struct assistant_talk);
    struct assistant_talk *made = NEW(scene->arena, struct assistant_talk);
    struct str hash, text;

    assistant_read(scene->arena, made_text, made);
    scene->quiet = !assistant_last(made, ASSISTANT_DANGER); /* nothing was handed in */
    TRY(assistant_open(scene, token, &hash, talk));
    if (!hash.len) {
        token = secret_token(scene->arena);
        hash = secret_token_hash(scene->arena, token);
    }
    TRY(go_on(scene, made, talk));
    text = assistant_write(scene->arena, talk);
    TRY(assistant_set_talk(scene->store, hash, secret_seal(scene->arena, USE_TALK, text),
                           scene->now));
    TRY(warn(scene, made));
    TRY(set_tidy(scene));
    told->talk = token;
    return assistant_show(scene, talk, told);
}

/* What is found is read here, beside the writer. */
static struct outcome prepare_ask(struct scene *scene, void *form)
{
    struct assistant_ask_form *f = form;
    struct assistant_talk *made = NEW(scene->arena, struct assistant_talk);

    TRY(assistant_answer(scene, str_trim(f->text), made));
    assistant_put_plainly(scene, made);
    f->made = assistant_write(scene->arena, made);
    return DONE;
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    const struct assistant_ask_form *f = form;

    return keep(scene, f->talk, f->made, result);
}

static struct outcome prepare_tell(struct scene *scene, void *form)
{
    struct assistant_tell_form *f = form;
    struct assistant_talk *before = NEW(scene->arena, struct assistant_talk);
    struct assistant_talk *made = NEW(scene->arena, struct assistant_talk);
    struct str hash;

    TRY(assistant_open(scene, f->talk, &hash, before));
    if (!before->count) return REFUSE(assistant_no_browser);
    TRY(assistant_go_on(scene, f, before, made));
    f->made = assistant_write(scene->arena, made);
    return DONE;
}

static struct outcome tell(struct scene *scene, const void *form, void *result)
{
    const struct assistant_tell_form *f = form;

    return keep(scene, f->talk, f->made, result);
}

static struct outcome forget(struct scene *scene, const void *form, void *result)
{
    struct str hash = hash_of(scene, S(""));

    (void)form, (void)result;
    scene->quiet = true;
    return hash.len ? assistant_drop_talk(scene->store, hash) : DONE;
}

static struct outcome tidy(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    TRY(assistant_drop_talks_before(scene->store, scene->now - KEPT_SECONDS));
    return set_tidy(scene);
}

static struct outcome calm(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(supervision_clear(scene, SUPERVISION_DANGER_LIFE, S("assistant")));
    return supervision_clear(scene, SUPERVISION_DANGER_VIOLENCE, S("assistant"));
}

const struct act assistant_ask = {.name = "assistant.ask",
                                  .who = WHO_ANYONE,
                                  .form = &assistant_ask_form,
                                  .result = &assistant_talk_view,
                                  .prepare = prepare_ask,
                                  .run = ask};
const struct act assistant_tell = {.name = "assistant.tell",
                                   .who = WHO_ANYONE,
                                   .form = &assistant_tell_form,
                                   .result = &assistant_talk_view,
                                   .prepare = prepare_tell,
                                   .run = tell};
const struct act assistant_forget = {.name = "assistant.forget", .who = WHO_ANYONE, .run = forget};
const struct act assistant_tidy = {.name = "assistant.tidy", .who = WHO_SYSTEM, .run = tidy};
const struct act assistant_calm = {.name = "assistant.calm", .who = WHO_SYSTEM, .run = calm};
