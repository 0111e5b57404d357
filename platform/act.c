/* act.c -- see act.h. */
#include "platform/act.h"

#include "gen/platform_sql.h"
#include "platform/journal.h"
#include "platform/secret.h"

const struct reason act_not_yours = {
    "act.not-yours",
    T("Your account may not do this. If you think it should, ask your administrator."), 403};
const struct reason act_unknown = {
    "act.unknown", T("There is nothing here under this address, or it is not yours to open."), 404};
const struct reason act_sign_in = {"act.sign-in", T("Please sign in to continue."), 401};
const struct reason act_too_busy = {
    "act.too-busy",
    T("Very many people are asking right now. Please try again in a moment; nothing was lost."),
    503, 5};
const struct reason act_too_often = {
    "act.too-often", T("That was too often in a short time. Please wait a minute and try again."),
    429, 60};
const struct reason act_fault = {
    "act.fault",
    T("Something went wrong on our side and nothing was changed. Please try again, or call 12348."),
    500};
const struct reason act_away = {
    "act.away",
    T("Our records cannot be reached for a moment, and nothing was changed. Please try again in a "
      "few seconds; if it is urgent, call 12348."),
    503, 3};
const struct reason act_unsure = {
    "act.unsure",
    T("We could not make sure that this was saved. Please send it once more in a few seconds: what "
      "is sent again from the same page is not done twice."),
    503, 3};

id scene_new_id(struct scene *scene)
{
    /* The number of the act and a count within it: unique, and rising with time. */
    assert(scene->seq > 0 && scene->ids_count < SCENE_IDS_MAX);
    return scene->seq * SCENE_IDS_MAX + scene->ids_count++;
}

void scene_about(struct scene *scene, id case_id, id for_id)
{
    scene->case_id = case_id;
    scene->for_id = for_id;
}

void scene_tell(struct scene *scene, const char *name, id case_id, id for_id)
{
    if (!scene->lines) scene->lines = NEW_MANY(scene->arena, struct line, SCENE_LINES_MAX);
    assert(scene->lines_count < SCENE_LINES_MAX);
    scene->lines[scene->lines_count++] = (struct line){
        .act = name, .actor_id = scene->actor.person_id, .case_id = case_id, .for_id = for_id};
}

void scene_cookie(struct scene *scene, struct str name, struct str value, int64_t seconds)
{
    assert(scene->cookies_count < SCENE_COOKIES_MAX);
    scene->cookies[scene->cookies_count++] = (struct cookie){name, value, seconds};
}

struct str scene_brought(const struct scene *scene, struct str name)
{
    struct str rest = scene->brought, value, mark = scene->marked ? S(COOKIE_MARK) : S("");

    while (rest.len) {
        struct str called = str_trim(str_cut(str_cut(rest, ';', &rest), '=', &value));

        if (str_begins(called, mark) &&
            str_same((struct str){called.at + mark.len, called.len - mark.len}, name))
            return str_trim(value);
    }
    return S("");
}

bool scene_is(const struct scene *scene, unsigned who)
{
    return (scene->actor.is & who) != 0;
}

static struct str wider(struct str a, struct str b)
{
    if (!a.len) return b;
    return b.len && b.len < a.len ? b : a;
}

struct str scene_scope(const struct scene *scene, unsigned who)
{
    const struct actor *actor = &scene->actor;
    unsigned is = actor->is & who;
    struct str scope = S("");

    if (is & WHO_SUPERVISOR) scope = actor->scopes.supervisor;
    if (is & WHO_ADMIN) scope = wider(scope, actor->scopes.admin);
    if (is & WHO_LEADER) scope = wider(scope, actor->scopes.leader);
    return scope;
}

struct scopes scopes_of(struct str division)
{
    return (struct scopes){division, division, division};
}

struct outcome clock_set(struct scene *scene, const char *act_name, id case_id, moment due_at)
{
    return platform_set_deadline(scene->store, str_of(act_name), case_id, due_at,
                                 scene->now);
}

struct outcome clock_drop(struct scene *scene, const char *act_name, id case_id)
{
    return platform_drop_deadline(scene->store, str_of(act_name), case_id);
}

struct outcome journal_last(struct store *store, id *seq)
{
    struct platform_find_last_seq_row row;
    bool found;

    TRY(platform_find_last_seq(store, &row, &found));
    *seq = row.seq;
    return DONE;
}

struct outcome journal_backward(struct store *store, int64_t *places)
{
    struct platform_count_backward_row row;
    bool found;

    TRY(platform_count_backward(store, &row, &found));
    *places = row.backward_count;
    return DONE;
}

struct outcome journal_check(struct store *store)
{
    int64_t places;

    TRY(journal_backward(store, &places));
    return places ? FAULT("the journal's times do not rise with its numbers") : DONE;
}

enum { SALT_LEN = 22 }; /* of 128 random bits, in base64 */

static struct str hash_of(struct arena *arena, struct str origin)
{
    struct str hash = secret_token_hash(arena, origin);

    return arena_print(arena, "#%.*s", STR_ARGS(hash));
}

void journal_commit(struct arena *arena, struct str from, struct str *address, struct str *origin)
{
    struct str salt;

    *address = *origin = S("");
    if (!from.len) return;
    salt = secret_token(arena);
    *origin = arena_print(arena, "%.*s %.*s", SALT_LEN, salt.at, STR_ARGS(from));
    *address = hash_of(arena, *origin);
}

bool journal_matches(struct arena *arena, struct str address, struct str origin)
{
    return !origin.len || str_same(hash_of(arena, origin), address);
}

void journal_prepare(struct scene *scene)
{
    journal_commit(scene->arena, scene->address, &scene->hash, &scene->origin);
}

static struct outcome write_line(const struct scene *scene, id seq, const struct line *line,
                                 struct str detail, bool is_said)
{
    struct str address = scene->hash, origin = scene->origin;

    /* Each further line has a salt of its own. */
    if (!address.len || seq != scene->seq)
        journal_commit(scene->arena, scene->address, &address, &origin);
    return platform_add_line(scene->store,
                             &(struct platform_add_line_values){.seq = seq,
                                                                .at = scene->now,
                                                                .act = str_of(line->act),
                                                                .actor_id = line->actor_id,
                                                                .case_id = line->case_id,
                                                                .for_id = line->for_id,
                                                                .channel = scene->channel,
                                                                .address = address,
                                                                .origin = origin,
                                                                .detail = detail,
                                                                .said = is_said});
}

struct outcome journal_write(struct scene *scene, const char *act_name, id *next)
{
    struct line own = {.act = act_name,
                       .actor_id = scene->actor.person_id,
                       .case_id = scene->case_id,
                       .for_id = scene->for_id};

    /* A quiet act uses no number: ids made from it would be given to the next act again.  It is
     * undone, and logged as what it is, rather than ending the server with all who are on it. */
    if (scene->quiet && !scene->lines_count && scene->ids_count)
        return FAULT("an act took ids and left no line");
    *next = scene->seq;
    if (!scene->quiet)
        TRY(write_line(scene, (*next)++, &own, scene->detail, scene->said));
    for (size_t i = 0; i < scene->lines_count; i++) {
        struct line *line = &scene->lines[i];

        line->seq = *next;
        line->at = scene->now;
        TRY(write_line(scene, (*next)++, line, S(""), false));
    }
    return DONE;
}

struct outcome act_run(const struct act *act, struct scene *scene, void *form, void *result)
{
    struct outcome outcome;
    id next;

    if (!(act->who & scene->actor.is)) return REFUSE(act_not_yours);
    scene->keep = scene->quiet = scene->said = false;
    scene->lines_count = 0;
    scene->ids_count = 0;
    scene->case_id = scene->for_id = 0;
    scene->detail = S("");
    if (act->prepare) TRY(act->prepare(scene, form));
    TRY(store_begin(scene->store));
    outcome = journal_last(scene->store, &scene->seq);
    scene->seq++;
    if (IS_DONE(outcome)) outcome = act->run(scene, form, result);
    if (IS_DONE(outcome) || (outcome.refusal && scene->keep)) {
        struct outcome written = journal_write(scene, act->name, &next);

        if (IS_DONE(written)) written = store_commit(scene->store);
        if (!IS_DONE(written)) outcome = written;
    }
    if (outcome.fault || (outcome.refusal && !scene->keep)) store_rollback(scene->store);
    if (outcome.refusal && act->undo) act->undo(form);
    return outcome;
}
