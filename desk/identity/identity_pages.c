/* identity_pages.c -- the pages and routes of signing in and out. */
#include "desk/identity/identity_parts.h"
#include "gen/identity_html.h"
#include "platform/page.h"

#define VIEW_THIS identity_person_view
VIEW_TABLE(identity_person, IDENTITY_PERSON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_signed_view
VIEW_TABLE(identity_signed, IDENTITY_SIGNED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_sent_view
VIEW_TABLE(identity_sent, IDENTITY_SENT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_sign_in_view
VIEW_TABLE(identity_sign_in, IDENTITY_SIGN_IN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_second_view
VIEW_TABLE(identity_second, IDENTITY_SECOND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_code_view
VIEW_TABLE(identity_code, IDENTITY_CODE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_session_view
VIEW_TABLE(identity_session, IDENTITY_SESSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_sessions_view
VIEW_TABLE(identity_sessions, IDENTITY_SESSIONS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_totp_view
VIEW_TABLE(identity_totp, IDENTITY_TOTP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_password_view
VIEW_TABLE(identity_password, IDENTITY_PASSWORD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_unmasked_view
VIEW_TABLE(identity_unmasked, IDENTITY_UNMASKED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_number_view
VIEW_TABLE(identity_number, IDENTITY_NUMBER_VIEW)
#undef VIEW_THIS

#define IDENTITY_NEXT_FORM(F)                                                                      \
    F(text, next, OPTIONAL, 1, 2000, "", "") F(flag, again, OPTIONAL, 0, 1, "", "")
FORM_STRUCT(identity_next, IDENTITY_NEXT_FORM)
#define FORM_THIS identity_next_form
FORM_TABLE(identity_next, IDENTITY_NEXT_FORM)
#undef FORM_THIS

#define IDENTITY_WHOSE_FORM(F)                                                                     \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(word, reference, OPTIONAL, 8, 8, "", "")
FORM_STRUCT(identity_whose, IDENTITY_WHOSE_FORM)
#define FORM_THIS identity_whose_form
FORM_TABLE(identity_whose, IDENTITY_WHOSE_FORM)
#undef FORM_THIS

/* What stood in a hidden field of a form that came back. */
static struct str typed(const struct request *request, const char *name)
{
    const struct form_state *state = request->face ? request->face->form : NULL;
    int place = state ? form_place(state->form, str_of(name)) : -1;

    return place < 0 ? S("") : state->given[place];
}

static struct str next_of(const struct request *request, const struct identity_next_form *f)
{
    struct str next = identity_next(f->next);

    return next.len ? next : identity_next(typed(request, "next"));
}

static struct outcome show_sign_in(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct identity_sign_in_view *v = view;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct actor actor;

    if (request->is_api && !scene_is(scene, WHO_SIGNED_IN)) return REFUSE(act_sign_in);
    v->next = next_of(request, query);
    v->is_staff = scene_is(scene, WHO_WORKER);
    v->wants_second = state && (state->refusal == &identity_guarded || typed(request, "totp").len);
    v->home = v->next.len ? v->next : str_of(identity_home(scene->actor.is));
    if (!request->is_api && !scene_is(scene, WHO_WORKER | WHO_RESIDENT)) return DONE;
    TRY(identity_show_person(scene, &scene->actor, &v->person));
    return identity_actor_of(scene, S(""), scene->actor.session_id, &actor, &v->expires_at);
}

static struct outcome show_second(struct request *request, const void *query, void *view)
{
    struct identity_second_view *v = view;

    v->next = next_of(request, query);
    if (scene_brought(request->scene, S("second")).len == 0) request->go = S("/session");
    return DONE;
}

static struct outcome show_code(struct request *request, const void *query, void *view)
{
    const struct identity_next_form *f = query;
    struct identity_code_view *v = view;
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct str phone;
    id unused;

    v->next = next_of(request, f);
    if (f->again || !identity_note_take(scene, S("code"), "session.phone", &unused, &phone))
        return DONE;
    /* Another number was typed and is what is wrong: then that is the question to show again. */
    if (state && state->form == &identity_phone_form && !str_same(typed(request, "phone"), phone))
        return DONE;
    v->phone = phone;
    v->phone_masked = secret_mask(scene->arena, v->phone);
    return DONE;
}

static struct outcome show_sessions(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct identity_sessions_view *v = view;
    const struct identity_list_sessions_row *rows;
    struct identity_find_person_row person;
    struct identity_session_view *sessions;
    bool found;

    (void)query;
    TRY(identity_by_person(scene));
    v->is_staff = scene_is(scene, WHO_WORKER);
    if (v->is_staff) TRY(identity_show_keys(scene, v));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, &person, &found));
    v->has_second = found && person.totp_sealed.len > 0;
    TRY(identity_list_sessions(scene->arena, scene->store, scene->actor.person_id,
                               v->is_staff ? S("staff") : S("resident"), scene->now, &rows,
                               &v->sessions_count));
    sessions = NEW_MANY(scene->arena, struct identity_session_view, v->sessions_count + 1);
    for (size_t i = 0; i < v->sessions_count; i++)
        sessions[i] = (struct identity_session_view){
            .id = rows[i].session_id,
            .device = identity_device_name(scene->arena, rows[i].agent),
            .address = rows[i].address,
            .since = rows[i].made_at,
            .expires_at = rows[i].expires_at,
            .is_this = rows[i].session_id == scene->actor.session_id};
    v->sessions = sessions;
    v->has_others = v->sessions_count > 1;
    return DONE;
}

/* "ABCD EFGH …": easier to type from. */
static struct str apart(struct arena *arena, struct str secret)
{
    struct str text = S("");

    for (size_t i = 0; i < secret.len; i += 4) {
        int len = secret.len - i < 4 ? (int)(secret.len - i) : 4;

        text = arena_print(arena, "%.*s%s%.*s", STR_ARGS(text), i ? " " : "", len, secret.at + i);
    }
    return text;
}

static struct outcome show_totp(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct identity_totp_view *v = view;
    struct identity_find_person_row row;
    id person_id;
    bool found;

    (void)query;
    TRY(identity_by_person(scene));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, &row, &found));
    if (!found) return REFUSE(act_unknown);
    v->is_set = row.totp_sealed.len > 0;
    if (v->is_set) return DONE;
    v->offer = typed(request, "offer");
    if (!identity_note_open(scene, "person.totp.offer", v->offer, &person_id, &v->secret) ||
        person_id != row.person_id) {
        v->secret = secret_totp_new(scene->arena);
        v->offer = identity_note_seal(scene, "person.totp.offer", row.person_id,
                                      30 * SECONDS_PER_MINUTE, v->secret);
    }
    v->uri = secret_totp_uri(scene->arena, v->secret, row.login);
    v->secret_apart = apart(scene->arena, v->secret);
    return DONE;
}

static struct outcome show_password(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct identity_find_person_row row;
    bool found;

    (void)query;
    TRY(identity_by_person(scene));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, &row, &found));
    if (!found) return REFUSE(act_unknown);
    ((struct identity_password_view *)view)->login = row.login;
    return DONE;
}

static struct outcome show_number(struct request *request, const void *query, void *view)
{
    const struct identity_whose_form *f = query;
    struct identity_number_view *v = view;
    struct scene *scene = request->scene;
    struct str phone;
    id person_id, case_id;

    v->person = f->person;
    v->reference = f->reference.len ? f->reference : typed(request, "reference");
    if (!identity_hooks.unmask) return REFUSE(act_unknown);
    if (!IS_DONE(identity_hooks.unmask(scene, f->person, v->reference, &case_id)))
        return REFUSE(act_unknown);
    TRY(identity_person_name(scene, f->person, &v->name));
    TRY(identity_phone_masked(scene, f->person, &v->phone_masked));
    if (!identity_note_take(scene, S("number"), "person.number", &person_id, &phone)) return DONE;
    scene_cookie(scene, S("number"), S(""), -1);
    if (person_id == f->person) v->phone = phone;
    return DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/session",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Who am I; in a browser, the page to sign in.",
     .query = &identity_next_form,
     .view = &identity_sign_in_view,
     .html = &html_identity_sign_in,
     .show = show_sign_in},
    {.method = POST,
     .path = "/session",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Sign in with a name and a password, and a code if a second step is set up.",
     .act = &identity_sign_in,
     .then = "{home}",
     .again = "/session",
     .status = 201,
     .per_minute = 60},
    {.method = DELETE,
     .path = "/session",
     .who = WHO_SIGNED_IN,
     .about = "Sign out.",
     .act = &identity_sign_out},
    {.method = POST,
     .path = "/session/end",
     .who = WHO_SIGNED_IN,
     .about = "Sign out.",
     .act = &identity_sign_out,
     .then = "/"},
    {.method = GET,
     .path = "/session/second",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Asks for the code of the second step.",
     .query = &identity_next_form,
     .view = &identity_second_view,
     .html = &html_identity_second,
     .show = show_second,
     .page_only = true},
    {.method = POST,
     .path = "/session/second",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "The code of the second step.",
     .act = &identity_second,
     .then = "{home}",
     .again = "/session/second",
     .status = 201,
     .page_only = true,
     .per_minute = 60},
    {.method = GET,
     .path = "/session/code",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Asks for a phone number, then for the code that was sent to it.",
     .query = &identity_next_form,
     .view = &identity_code_view,
     .html = &html_identity_code,
     .show = show_code,
     .page_only = true},
    {.method = POST,
     .path = "/session/code",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Send a code to a mobile number. The answer never tells whether it is known.",
     .act = &identity_send,
     .then = "{home}",
     .again = "/session/code",
     .status = 202,
     .per_minute = 20},
    {.method = POST,
     .path = "/session/code/verify",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .about = "Sign in with the code that was sent.",
     .act = &identity_verify,
     .then = "{home}",
     .again = "/session/code",
     .status = 201,
     .per_minute = 60},
    {.method = GET,
     .path = "/sessions",
     .who = WHO_RESIDENT | WHO_WORKER,
     .about = "Where I am signed in, and what keys of mine programs hold.",
     .view = &identity_sessions_view,
     .html = &html_identity_sessions,
     .show = show_sessions},
    {.method = POST,
     .path = "/sessions/{session}/end",
     .who = WHO_RESIDENT | WHO_WORKER,
     .about = "End one of my sessions or keys.",
     .act = &identity_end_one,
     .then = "/sessions",
     .again = "/sessions"},
    {.method = POST,
     .path = "/sessions/keys",
     .who = WHO_WORKER,
     .about = "Make a key for a program, with some of my own rights. It is told this once.",
     .act = &identity_key_make,
     .then = "/sessions",
     .again = "/sessions",
     .status = 201,
     .per_minute = 20},
    {.method = POST,
     .path = "/sessions/end-others",
     .who = WHO_RESIDENT | WHO_WORKER,
     .about = "End all my sessions but this one.",
     .act = &identity_end_others,
     .then = "/sessions"},
    {.method = GET,
     .path = "/session/totp",
     .who = WHO_WORKER,
     .about = "Is a second step set up? If not, a key for one.",
     .view = &identity_totp_view,
     .html = &html_identity_totp,
     .show = show_totp},
    {.method = GET,
     .path = "/session/totp/picture",
     .who = WHO_WORKER,
     .about = "The key that was offered, as a picture (SVG) for the camera of a phone.",
     .query = &identity_picture_form,
     .file = identity_send_picture},
    {.method = POST,
     .path = "/session/totp",
     .who = WHO_WORKER,
     .about = "Set up the second step, with the offer that was shown and a code made from it.",
     .act = &identity_totp_begin,
     .then = "/session/totp",
     .again = "/session/totp"},
    {.method = POST,
     .path = "/session/totp/end",
     .who = WHO_WORKER,
     .about = "Remove the second step.",
     .act = &identity_totp_end,
     .then = "/session/totp",
     .again = "/session/totp"},
    {.method = GET,
     .path = "/session/password",
     .who = WHO_WORKER,
     .about = "Asks for a new password.",
     .view = &identity_password_view,
     .html = &html_identity_password,
     .show = show_password,
     .page_only = true},
    {.method = POST,
     .path = "/session/password",
     .who = WHO_WORKER,
     .about = "Change my password; every other session of mine ends.",
     .act = &identity_change_password,
     .then = "/sessions",
     .said = T("Your password is changed."),
     .again = "/session/password"},
    {.method = GET,
     .path = "/people/{person}/phone",
     .who = WHO_STAFF,
     .about = "A person's phone number, masked.",
     .query = &identity_whose_form,
     .view = &identity_number_view,
     .html = &html_identity_number,
     .show = show_number},
    {.method = POST,
     .path = "/people/{person}/phone",
     .who = WHO_STAFF,
     .about = "A person's phone number in clear, for one consultation. It is put on record.",
     .act = &identity_unmask,
     .then = "/people/{person}/phone?reference={reference}",
     .again = "/people/{person}/phone"},
    {0},
};

static const struct act *const clock_acts[] = {&identity_tidy, &identity_seen, &identity_slide,
                                               NULL};
static const struct act *const noting_acts[] = {&identity_seen, &identity_slide, NULL};

const struct module identity_module = {.name = "identity",
                                       .schema = identity_schema,
                                       .migrations = identity_migrations,
                                       .pages = pages,
                                       .clock_acts = clock_acts,
                                       .noting_acts = noting_acts};
