/* identity_session.c -- sessions: opened, shown, ended; and the notes browsers carry for us.
 *
 *  (1) Every sign-in makes a new token; the browser's session before it ends.
 *  (2) A person ends only sessions of his own.
 *  (3) A note in a cookie is sealed, for one use and one moment: it cannot be made, changed or
 *      used for something else.
 */
#include <string.h>

#include "desk/identity/identity_parts.h"
#include "platform/journal.h"

static const struct reason session_kind_ends = {
    "session.unknown", T("This session has ended already, or it is not yours."), 404};

/* ---- notes ---- */

struct str identity_note_seal(struct scene *scene, const char *use, id number, int64_t seconds,
                              struct str text)
{
    return secret_seal(scene->arena, use,
                       arena_print(scene->arena, "%lld %lld %.*s", (long long)number,
                                   (long long)(scene->now + seconds), STR_ARGS(text)));
}

bool identity_note_open(struct scene *scene, const char *use, struct str sealed, id *number,
                        struct str *text)
{
    struct str plain, rest;
    int64_t until;

    *number = 0;
    *text = S("");
    if (sealed.len == 0 || !secret_unseal(scene->arena, use, sealed, &plain)) return false;
    if (!str_to_int(str_cut(plain, ' ', &rest), number)) return false;
    return str_to_int(str_cut(rest, ' ', text), &until) && scene->now < until;
}

void identity_note_give(struct scene *scene, struct str cookie, const char *use, id number,
                        int64_t seconds, struct str text)
{
    scene_cookie(scene, cookie, identity_note_seal(scene, use, number, seconds, text), seconds);
}

bool identity_note_take(struct scene *scene, struct str cookie, const char *use, id *number,
                        struct str *text)
{
    return identity_note_open(scene, use, scene_brought(scene, cookie), number, text);
}

/* ---- opening ---- */

/* What browsers call themselves is a stranger's text: short, and of plain letters only. */
static struct str plain_agent(struct scene *scene)
{
    size_t len =
        scene->agent.len < IDENTITY_AGENT_BYTES_MAX ? scene->agent.len : IDENTITY_AGENT_BYTES_MAX;
    char *agent = arena_take(scene->arena, 1, len + 1);

    for (size_t i = 0; i < len; i++) {
        char c = scene->agent.at[i];

        agent[i] = c >= ' ' && c <= '~' ? c : '?';
    }
    return (struct str){agent, len};
}

/* Once a day what nobody can use any more is cleared away; see identity_tidy. */
static struct outcome set_tidy(struct scene *scene)
{
    moment midnight = (scene->now / SECONDS_PER_DAY + 1) * SECONDS_PER_DAY;

    return clock_set(scene, "session.tidy", 0,
                     midnight - 4 * SECONDS_PER_HOUR > scene->now
                         ? midnight - 4 * SECONDS_PER_HOUR
                         : midnight + 20 * SECONDS_PER_HOUR);
}

/* Fills what every kind of session has. */
static struct outcome add_session(struct scene *scene, struct identity_add_session_values *values,
                                  struct str token, int64_t seconds)
{
    values->session_id = scene_new_id(scene);
    values->token_hash = secret_token_hash(scene->arena, token);
    values->made_at = scene->now;
    values->expires_at = scene->now + seconds;
    values->address = scene->address;
    values->agent = plain_agent(scene);
    TRY(set_tidy(scene));
    return identity_add_session(scene->store, values);
}

static struct outcome open_session(struct scene *scene, const char *kind, id person_id, id case_id,
                                   int64_t seconds, struct str *token, moment *expires_at,
                                   id *session_id)
{
    struct identity_add_session_values values = {.session_kind = str_of(kind),
                                                 .person_id = person_id,
                                                 .case_id = case_id,
                                                 .key_name = S(""),
                                                 .key_scopes = S(""),
                                                 .key_tail = S("")};

    *token = secret_token(scene->arena);
    TRY(add_session(scene, &values, *token, seconds));
    *expires_at = values.expires_at;
    *session_id = values.session_id;
    return DONE;
}

struct outcome identity_key_open(struct scene *scene, struct identity_made_view *made,
                                 int64_t seconds)
{
    struct identity_add_session_values values = {.session_kind = S("key"),
                                                 .person_id = scene->actor.person_id,
                                                 .key_name = made->name,
                                                 .key_scopes = made->scopes};

    made->token =
        arena_print(scene->arena, IDENTITY_KEY_MARK "%.*s", STR_ARGS(secret_token(scene->arena)));
    assert(identity_is_key(made->token));
    values.key_tail = (struct str){made->token.at + made->token.len - 4, 4};
    TRY(add_session(scene, &values, made->token, seconds));
    made->id = values.session_id;
    made->expires_at = values.expires_at;
    return DONE;
}

struct outcome identity_session_open(struct scene *scene, const char *kind, id person_id,
                                     id case_id, int64_t seconds, struct str *token,
                                     moment *expires_at)
{
    id session_id;

    return open_session(scene, kind, person_id, case_id, seconds, token, expires_at, &session_id);
}

/* Where a person serves: whoever watches a place is of that place, others of their team. */
static struct outcome show_organisation(struct scene *scene, const struct actor *actor,
                                        struct str *name)
{
    struct scene asked = *scene;
    struct str scope;

    if (actor->team_id && identity_hooks.organisation &&
        !(actor->is & (WHO_SUPERVISOR | WHO_ADMIN)))
        TRY(identity_hooks.organisation(scene, actor->team_id, name));
    asked.actor = *actor;
    scope = scene_scope(&asked, WHO_WORKER);
    if (name->len == 0 && scope.len) return identity_division_name(scene, scope, name);
    return DONE;
}

struct outcome identity_show_person(struct scene *scene, const struct actor *actor,
                                    const struct identity_person_view **person)
{
    struct identity_person_view *view = NEW(scene->arena, struct identity_person_view);

    view->id = actor->person_id;
    view->name = actor->name;
    if (actor->is & WHO_RESIDENT) /* known by a number alone */
        TRY(identity_phone_masked(scene, actor->person_id, &view->name));
    view->roles = identity_role_words(scene->arena, actor->is);
    *person = view;
    return show_organisation(scene, actor, &view->organisation);
}

struct outcome identity_welcome(struct scene *scene, const char *kind, id person_id, id guest_id,
                                struct str next, struct identity_signed_view *signed_in)
{
    bool is_staff = str_same(str_of(kind), S("staff"));
    int64_t seconds = is_staff ? IDENTITY_STAFF_SECONDS : IDENTITY_RESIDENT_SECONDS;
    struct actor actor;
    id session_id;
    moment until;

    TRY(open_session(scene, kind, person_id, 0, seconds, &signed_in->token, &signed_in->expires_at,
                     &session_id));
    TRY(identity_actor_of(scene, S(""), session_id, &actor, &until));
    TRY(identity_show_person(scene, &actor, &signed_in->person));
    if (is_staff) TRY(identity_set_slide(scene));
    signed_in->guest_id = guest_id;
    signed_in->home = identity_next(next);
    if (signed_in->home.len == 0) signed_in->home = str_of(identity_home(actor.is));
    TRY(identity_keep_language(scene, person_id, scene->language));
    if (identity_is_browser(scene)) {
        /* The browser keeps it as long as it can be good; the store knows how long it is. */
        scene_cookie(scene, S("gongdao"), signed_in->token,
                     is_staff ? IDENTITY_STAFF_SECONDS_MAX : seconds);
        if (scene->actor.session_id && scene->actor.case_id == 0 && !scene->actor.is_key)
            TRY(identity_end_session(scene->store, scene->now, scene->actor.session_id,
                                     scene->actor.person_id));
    }
    scene_about(scene, 0, person_id);
    return DONE;
}

struct outcome identity_tell(struct scene *scene, const char *name, id person_id)
{
    struct identity_count_sessions_row row;
    bool found;

    TRY(identity_count_sessions(scene->store, person_id, scene->now, &row, &found));
    if (row.sessions == 0) return DONE;
    if (scene->lines_count < SCENE_LINES_MAX) {
        scene_tell(scene, name, 0, person_id);
        return DONE;
    }
    /* An import may change hundreds: then one line stands for all, and everybody is looked at. */
    if (strncmp(scene->lines[SCENE_LINES_MAX - 1].act, "person.", 7) != 0)
        return FAULT("identity: one act changes more people who are signed in than it can tell");
    scene->lines[SCENE_LINES_MAX - 1].act = IDENTITY_MANY;
    scene->lines[SCENE_LINES_MAX - 1].for_id = 0;
    return DONE;
}

struct outcome identity_person_changed(struct scene *scene, const char *name, id person_id)
{
    return identity_tell(scene, name, person_id);
}

/* ---- ending ---- */

static struct outcome sign_out(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(identity_end_this_session(scene->store, scene->now, scene->actor.session_id));
    if (identity_is_browser(scene)) scene_cookie(scene, S("gongdao"), S(""), -1);
    scene_about(scene, 0, scene->actor.person_id);
    return DONE;
}

const struct act identity_sign_out = {.name = "session.end", .who = WHO_SIGNED_IN, .run = sign_out};

static struct outcome end_one(struct scene *scene, const void *form, void *result)
{
    const struct identity_end_form *f = form;

    (void)result;
    TRY(identity_by_person(scene));
    TRY(identity_end_session(scene->store, scene->now, f->session, scene->actor.person_id));
    if (store_changes(scene->store) == 0) return REFUSE(session_kind_ends);
    if (f->session == scene->actor.session_id && identity_is_browser(scene))
        scene_cookie(scene, S("gongdao"), S(""), -1);
    scene_about(scene, 0, scene->actor.person_id);
    return DONE;
}

#define FORM_THIS identity_end_form
FORM_TABLE(identity_end, IDENTITY_END_FORM)
#undef FORM_THIS

const struct act identity_end_one = {.name = "session.end-one",
                                     .who = WHO_RESIDENT | WHO_WORKER,
                                     .form = &identity_end_form,
                                     .run = end_one};

id identity_asker(struct scene *scene)
{
    const struct actor *actor = &scene->actor;

    if (scene_is(scene, WHO_ASKER) && !actor->case_id && !actor->is_key) return actor->person_id;
    return scene_new_id(scene);
}

struct outcome identity_asker_open(struct scene *scene, id owner_id, id case_id, int64_t seconds,
                                   struct str *token)
{
    struct str own;
    moment expires;
    bool has_own = scene_is(scene, WHO_ASKER) && !scene->actor.case_id;

    if (str_same(scene->channel, S("web")) && !has_own) {
        TRY(identity_session_open(scene, "guest", owner_id, 0, seconds, &own, &expires));
        scene_cookie(scene, S("gongdao"), own, seconds);
    }
    return identity_session_open(scene, "case", owner_id, case_id, seconds, token, &expires);
}

struct outcome identity_end_case_sessions(struct scene *scene, id case_id)
{
    assert(case_id != 0);
    TRY(identity_end_sessions_of_case(scene->store, scene->now, case_id));
    /* Of the journal, not of the case: so that what is known of sessions is renewed at once. */
    if (store_changes(scene->store)) scene_tell(scene, "session.case-end", 0, 0);
    return DONE;
}

struct outcome identity_end_all_others(struct scene *scene, id person_id, id session_id)
{
    TRY(identity_end_other_sessions(scene->store, scene->now, person_id, session_id));
    return identity_end_keys(scene->store, scene->now, person_id);
}

static struct outcome end_others(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(identity_by_person(scene));
    TRY(identity_end_other_sessions(scene->store, scene->now, scene->actor.person_id,
                                    scene->actor.session_id));
    scene_about(scene, 0, scene->actor.person_id);
    return DONE;
}

const struct act identity_end_others = {
    .name = "session.end-others", .who = WHO_RESIDENT | WHO_WORKER, .run = end_others};

/* ---- each night ---- */

enum { TIDY_ROWS = 1000 }; /* as in identity.sql */

static struct outcome tidy(struct scene *scene, const void *form, void *result)
{
    moment now = scene->now;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(identity_drop_sessions_before(scene->store, now - 30 * SECONDS_PER_DAY));
    if (store_changes(scene->store) == TIDY_ROWS) /* a portion at a time: others wait meanwhile */
        return clock_set(scene, "session.tidy", 0, now + SECONDS_PER_MINUTE);
    TRY(identity_drop_codes_before(scene->store, now - SECONDS_PER_DAY));
    TRY(identity_drop_failures_before(scene->store, now - SECONDS_PER_DAY));
    TRY(identity_drop_devices_before(scene->store, now - IDENTITY_DEVICE_SECONDS));
    return set_tidy(scene);
}

const struct act identity_tidy = {.name = "session.tidy", .who = WHO_SYSTEM, .run = tidy};
