/* identity_key.c -- keys: what a program holds instead of a person's session.
 *
 * A bureau's hotline or mini-program asks, reads and answers by program.  It must not hold
 * anybody's password, nor a session that may do everything its person may.  So a member of staff
 * makes a key for it, with some of his own rights and a day on which it ends.
 *
 *  (1) A key may do what its scopes say and its person still may: see find_actor in identity.sql.
 *  (2) A key opens no way in: it makes no keys and no people, gives no roles, changes no password
 *      and no second step, lets nobody in again.  So nothing outlives it.
 *  (3) A key does not look at its person's sessions and keys, and ends none but itself.
 *  (4) It is told once; kept are its hash and its last four characters.
 *  (5) It is taken from the Authorization header alone: what a browser sends by itself, another
 *      site can make it send.
 */
#include <pthread.h>
#include <string.h>

#include "desk/identity/identity_parts.h"

const struct reason identity_not_by_key = {
    "session.not-by-key", T("A key of a program may not do this. Please sign in yourself."), 403};
static const struct reason scope_unknown = {
    "session.key-scope", T("You can give a key only what you may do yourself."), 422};
static const struct reason keys_many = {
    "session.key-many", T("You have %1 keys already. Please end one you do not need."), 409};

struct outcome identity_by_person(const struct scene *scene)
{
    return scene->actor.is_key ? REFUSE(identity_not_by_key) : DONE;
}

bool identity_is_key(struct str token)
{
    return token.len == IDENTITY_KEY_LEN && str_begins(token, S(IDENTITY_KEY_MARK));
}

/* ---- scopes ---- */

static const struct {
    const char *word;
    unsigned who;
    const char *label;
} scopes[] = {
    {"ask", WHO_WORKER, T("Ask questions for residents, and read the answers")},
    {"consultant", WHO_CONSULTANT, T("Answer at the desk, as consultant")},
    {"leader", WHO_LEADER, T("Watch the team, as leader")},
    {"supervisor", WHO_SUPERVISOR, T("Watch the board, as supervisor")},
    {"clerk", WHO_CLERK, T("Register people and call numbers at a hall, as clerk")},
    {"admin", WHO_ADMIN, T("Keep teams, fields and hours, as administrator")},
};

static bool has_word(struct str words, struct str word)
{
    while (words.len) {
        if (str_same(str_cut(words, ' ', &words), word)) return true;
    }
    return false;
}

/* Each once, in the order above. */
static struct outcome check_scopes(struct scene *scene, struct str typed, struct str *words)
{
    size_t given = 0;

    assert(typed.len); /* the form asks for one */
    *words = S("");
    for (size_t i = 0; i < COUNT(scopes); i++) {
        struct str word = str_of(scopes[i].word);

        if (!has_word(typed, word)) continue;
        if (!scene_is(scene, scopes[i].who)) return REFUSE(scope_unknown);
        *words = arena_print(scene->arena, "%.*s%s%s", STR_ARGS(*words), given++ ? " " : "",
                             scopes[i].word);
    }
    for (struct str rest = typed; rest.len;) {
        struct str word = str_cut(rest, ' ', &rest);
        bool known = false;

        for (size_t i = 0; i < COUNT(scopes); i++) known |= str_same(word, str_of(scopes[i].word));
        if (!known) return REFUSE(scope_unknown);
    }
    return DONE;
}

static struct str labels_of(struct scene *scene, struct str words)
{
    struct out *out = out_open(scene->arena, 256);
    bool is_first = true;

    for (size_t i = 0; i < COUNT(scopes); i++) {
        if (!has_word(words, str_of(scopes[i].word))) continue;
        if (!is_first) out_raw_str(out, text_in(scene->language, T("; ")));
        out_raw_str(out, text_in(scene->language, scopes[i].label));
        is_first = false;
    }
    return out_text(out);
}

/* ---- when it was last used: kept in memory until the clock comes by each hour ---- */

enum { USED_MAX = 256 };
static struct used {
    id session_id;
    moment at;
} used[USED_MAX];
static size_t used_next;
static pthread_mutex_t used_lock = PTHREAD_MUTEX_INITIALIZER;

static moment day_of(moment at)
{
    const int64_t east = 8 * SECONDS_PER_HOUR; /* Shanghai */

    return (at + east) / SECONDS_PER_DAY * SECONDS_PER_DAY - east;
}

void identity_key_used(id session_id, moment now)
{
    size_t i = 0;

    pthread_mutex_lock(&used_lock);
    while (i < USED_MAX && used[i].session_id != session_id) i++;
    if (i == USED_MAX) i = used_next++ % USED_MAX;
    used[i] = (struct used){session_id, day_of(now)};
    pthread_mutex_unlock(&used_lock);
}

static moment used_at(id session_id)
{
    moment at = 0;

    pthread_mutex_lock(&used_lock);
    for (size_t i = 0; i < USED_MAX; i++) {
        if (used[i].session_id == session_id) at = used[i].at;
    }
    pthread_mutex_unlock(&used_lock);
    return at;
}

static struct outcome write_down(struct scene *scene, const void *form, void *result)
{
    struct used copy[USED_MAX];
    struct identity_find_live_key_row row;
    bool found;

    (void)form, (void)result;
    scene->quiet = true;
    pthread_mutex_lock(&used_lock);
    memcpy(copy, used, sizeof copy);
    pthread_mutex_unlock(&used_lock);
    for (size_t i = 0; i < USED_MAX; i++) {
        if (copy[i].session_id)
            TRY(identity_set_key_seen(scene->store, copy[i].at, copy[i].session_id));
    }
    TRY(identity_find_live_key(scene->store, scene->now, &row, &found));
    return found ? clock_set(scene, "session.seen", 0, scene->now + SECONDS_PER_HOUR) : DONE;
}

const struct act identity_seen = {.name = "session.seen", .who = WHO_SYSTEM, .run = write_down};

/* ---- making one ---- */

static struct outcome make(struct scene *scene, const void *form, void *result)
{
    const struct identity_key_form *f = form;
    struct identity_made_view *made = result;
    struct identity_count_keys_row row;
    bool found;

    TRY(identity_by_person(scene));
    TRY(check_scopes(scene, f->scopes, &made->scopes));
    TRY(identity_count_keys(scene->store, scene->actor.person_id, scene->now, &row, &found));
    if (row.keys_count >= IDENTITY_KEYS_MAX)
        return REFUSE_WITH(keys_many, arena_print(scene->arena, "%d", IDENTITY_KEYS_MAX));
    made->name = str_trim(f->name);
    TRY(identity_key_open(scene, made, f->days * SECONDS_PER_DAY));
    TRY(clock_set(scene, "session.seen", 0, scene->now + SECONDS_PER_HOUR));
    if (identity_is_browser(scene))
        identity_note_give(scene, S("key"), "session.key", scene->actor.person_id,
                           5 * SECONDS_PER_MINUTE, made->token);
    scene_about(scene, 0, scene->actor.person_id);
    scene->detail = made->scopes;
    return DONE;
}

#define FORM_THIS identity_key_form
FORM_TABLE(identity_key, IDENTITY_KEY_FORM)
#undef FORM_THIS
#define VIEW_THIS identity_made_view
VIEW_TABLE(identity_made, IDENTITY_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS identity_key_view
VIEW_TABLE(identity_key, IDENTITY_KEY_VIEW)
#undef VIEW_THIS

const struct act identity_key_make = {.name = "session.key",
                                      .who = WHO_WORKER,
                                      .form = &identity_key_form,
                                      .result = &identity_made_view,
                                      .run = make};

/* ---- showing them ---- */

static void list_choices(struct scene *scene, struct identity_sessions_view *v)
{
    struct choice *choices = NEW_MANY(scene->arena, struct choice, COUNT(scopes));

    for (size_t i = 0; i < COUNT(scopes); i++) {
        if (!scene_is(scene, scopes[i].who)) continue;
        choices[v->scopes_count++] = (struct choice){
            .value = str_of(scopes[i].word),
            .label = text_in(scene->language, scopes[i].label),
        };
    }
    v->scopes = choices;
}

struct outcome identity_show_keys(struct scene *scene, struct identity_sessions_view *v)
{
    const struct identity_list_keys_row *rows;
    struct identity_key_view *keys;
    struct str token;
    id person_id;

    list_choices(scene, v);
    TRY(identity_list_keys(scene->arena, scene->store, scene->actor.person_id, scene->now, &rows,
                           &v->keys_count));
    keys = NEW_MANY(scene->arena, struct identity_key_view, v->keys_count + 1);
    for (size_t i = 0; i < v->keys_count; i++) {
        moment seen = used_at(rows[i].session_id);

        keys[i] =
            (struct identity_key_view){.id = rows[i].session_id,
                                       .name = rows[i].key_name,
                                       .scopes = rows[i].key_scopes,
                                       .may = labels_of(scene, rows[i].key_scopes),
                                       .tail = rows[i].key_tail,
                                       .since = rows[i].made_at,
                                       .expires_at = rows[i].expires_at,
                                       .used_at = seen > rows[i].seen_at ? seen : rows[i].seen_at};
    }
    v->keys = keys;
    if (!identity_note_take(scene, S("key"), "session.key", &person_id, &token)) return DONE;
    scene_cookie(scene, S("key"), S(""), -1);
    if (person_id == scene->actor.person_id) v->new_key = token;
    return DONE;
}
