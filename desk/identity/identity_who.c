/* identity_who.c -- who is asking: asked at every request and of every open stream.
 *
 *  (1) A token that is unknown, ended, out of date or of a suspended person is nobody's.
 *  (2) What was found is used again for CACHE_SECONDS at most, and never after a change of
 *      sessions or people became durable: the count of changes is read before the store is asked,
 *      so an answer from before a change carries an old count.
 *  (3) Nothing is remembered of tokens that are nobody's: strangers cannot push anyone out.
 *  (4) A key is taken from the Authorization header alone, and is its person with the key's scopes;
 *      with "ask" alone it is a guest under a number of its own, that of its session.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "desk/identity/identity_parts.h"

enum {
    SHARDS = 64,
    PLACES = 64, /* of one shard: 4,096 sessions together */
    CACHE_SECONDS = 5,
    HASH_LEN = TOKEN_LEN, /* it is made as a token is, of 32 bytes */
    SCOPES = 3,           /* of struct scopes */
    SCOPE_MAX = 16,
    INDEX_MAX = 48,
    NAME_MAX_BYTES = 128
};

struct kept {
    char hash[HASH_LEN];
    uint64_t changes;
    moment found_at, expires_at;
    struct actor actor; /* its texts are below */
    char scopes[SCOPES][SCOPE_MAX], phone_index[INDEX_MAX], name[NAME_MAX_BYTES];
};

static struct shard {
    pthread_mutex_t lock;
    struct kept kept[PLACES];
} shards[SHARDS];
static pthread_once_t shards_once = PTHREAD_ONCE_INIT;
static _Atomic(uint64_t) changes = 1; /* no place is ever as old as 0 */

struct identity_hooks identity_hooks;

void identity_changed(void)
{
    atomic_fetch_add(&changes, 1);
}

void identity_team_hook(struct outcome (*find)(struct scene *scene, id person_id, id *team_id))
{
    identity_hooks.team = find;
}

void identity_organisation_hook(struct outcome (*name)(struct scene *scene, id team_id,
                                                       struct str *name))
{
    identity_hooks.organisation = name;
}

void identity_merge_hook(struct outcome (*merge)(struct scene *scene, id guest_id, id person_id))
{
    identity_hooks.merge = merge;
}

void identity_unmask_hook(struct outcome (*may)(struct scene *scene, id person_id,
                                                struct str reference, id *case_id))
{
    identity_hooks.unmask = may;
}

/* ---- the cache ---- */

/* The hash is base64url of something random: its first characters spread well. */
static uint64_t spread(struct str hash)
{
    uint64_t number = 1469598103934665603U;

    for (size_t i = 0; i < hash.len; i++)
        number = (number ^ (unsigned char)hash.at[i]) * 1099511628211U;
    return number ^ (number >> 29);
}

static void make_locks(void)
{
    for (size_t i = 0; i < SHARDS; i++) pthread_mutex_init(&shards[i].lock, NULL);
}

static struct kept *place_of(struct str hash, struct shard **shard)
{
    uint64_t number = spread(hash);

    assert(hash.len == HASH_LEN);
    pthread_once(&shards_once, make_locks);
    *shard = &shards[number % SHARDS];
    return &(*shard)->kept[number / SHARDS % PLACES];
}

static struct str *scope_at(struct scopes *scopes, size_t i)
{
    struct str *each[SCOPES] = {&scopes->supervisor, &scopes->admin, &scopes->leader};

    return each[i];
}

static bool look_up(struct scene *scene, struct str hash, uint64_t seen, struct actor *actor)
{
    struct shard *shard;
    struct kept *kept = place_of(hash, &shard), copy = {0};
    bool found;

    pthread_mutex_lock(&shard->lock);
    found = kept->changes == seen && memcmp(kept->hash, hash.at, HASH_LEN) == 0 &&
            kept->found_at <= scene->now && scene->now - kept->found_at < CACHE_SECONDS &&
            scene->now < kept->expires_at;
    if (found) copy = *kept;
    pthread_mutex_unlock(&shard->lock);
    if (!found) return false;
    *actor = copy.actor;
    for (size_t i = 0; i < SCOPES; i++) {
        struct str *scope = scope_at(&actor->scopes, i);

        *scope = arena_copy(scene->arena, (struct str){copy.scopes[i], scope->len});
    }
    actor->name = arena_copy(scene->arena, (struct str){copy.name, copy.actor.name.len});
    actor->phone_index =
        arena_copy(scene->arena, (struct str){copy.phone_index, copy.actor.phone_index.len});
    return true;
}

static void put_in(char *at, struct str text)
{
    if (text.len) memcpy(at, text.at, text.len);
}

static void remember(const struct scene *scene, struct str hash, uint64_t seen,
                     const struct actor *actor, moment expires_at)
{
    struct kept kept = {
        .changes = seen, .found_at = scene->now, .expires_at = expires_at, .actor = *actor};
    struct shard *shard;
    struct kept *place = place_of(hash, &shard);

    if (actor->phone_index.len > INDEX_MAX || actor->name.len > NAME_MAX_BYTES) return;
    for (size_t i = 0; i < SCOPES; i++) {
        struct str *scope = scope_at(&kept.actor.scopes, i);

        if (scope->len > SCOPE_MAX) return;
        put_in(kept.scopes[i], *scope);
        scope->at = NULL;
    }
    put_in(kept.hash, hash);
    put_in(kept.phone_index, actor->phone_index);
    put_in(kept.name, actor->name);
    kept.actor.phone_index.at = kept.actor.name.at = NULL;
    pthread_mutex_lock(&shard->lock);
    *place = kept;
    pthread_mutex_unlock(&shard->lock);
}

/* ---- what the store says ---- */

static bool is_key(const struct identity_find_actor_row *row)
{
    return str_same(row->session_kind, S("key"));
}

static unsigned bits_of(const struct identity_find_actor_row *row)
{
    unsigned is = 0;

    if (str_same(row->session_kind, S("resident"))) return WHO_RESIDENT;
    if (!str_same(row->session_kind, S("staff")) && !is_key(row)) return WHO_GUEST;
    if (row->is_consultant) is |= WHO_CONSULTANT;
    if (row->is_leader) is |= WHO_LEADER;
    if (row->is_supervisor) is |= WHO_SUPERVISOR;
    if (row->is_admin) is |= WHO_ADMIN;
    if (row->is_clerk) is |= WHO_CLERK;
    if (is_key(row) && !is && row->roles_count && str_begins(row->key_scopes, S("ask")))
        is = WHO_GUEST; /* of somebody who is on the staff still */
    return is;
}

static bool is_good(const struct identity_find_actor_row *row, moment now)
{
    bool is_person = str_same(row->session_kind, S("staff")) ||
                     str_same(row->session_kind, S("resident")) || is_key(row);

    if (row->ended_at != 0 || row->expires_at <= now) return false;
    if (is_key(row) && !bits_of(row)) return false;
    return !is_person || str_same(row->standing, S("active"));
}

struct outcome identity_actor_of(struct scene *scene, struct str token_hash, id session_id,
                                 struct actor *actor, moment *expires_at)
{
    struct identity_find_actor_row row;
    bool found;

    *actor = (struct actor){.is = WHO_ANYONE};
    TRY(identity_find_actor(scene->arena, scene->store, token_hash, session_id, &row, &found));
    if (!found || !is_good(&row, scene->now)) return DONE;
    *expires_at = row.expires_at;
    if (token_hash.len && str_same(row.session_kind, S("staff"))) /* a request: somebody is there */
        identity_session_used(row.session_id, row.made_at, row.expires_at, scene->now);
    actor->is |= bits_of(&row);
    actor->session_id = row.session_id;
    actor->is_key = is_key(&row);
    actor->person_id = actor->is_key && (actor->is & WHO_GUEST) ? row.session_id : row.person_id;
    actor->case_id = str_same(row.session_kind, S("case")) ? row.case_id : 0;
    if (actor->is & WHO_WORKER)
        actor->scopes = (struct scopes){.supervisor = row.supervisor_scope,
                                        .admin = row.admin_scope,
                                        .leader = row.leader_scope};
    if (actor->is & WHO_RESIDENT) actor->phone_index = row.phone_index;
    if (actor->is & (WHO_WORKER | WHO_RESIDENT)) actor->name = row.person_name;
    if (identity_hooks.team && (actor->is & (WHO_CONSULTANT | WHO_LEADER)))
        TRY(identity_hooks.team(scene, row.person_id, &actor->team_id));
    return DONE;
}

struct outcome identity_identify(struct scene *scene, struct str token, struct actor *actor)
{
    uint64_t seen = atomic_load(&changes);
    moment expires_at;
    struct str hash;

    *actor = (struct actor){.is = WHO_ANYONE};
    if (token.len != TOKEN_LEN && !(identity_is_key(token) && scene->is_bearer)) return DONE;
    hash = secret_token_hash(scene->arena, token);
    if (look_up(scene, hash, seen, actor)) return DONE;
    TRY(identity_actor_of(scene, hash, 0, actor, &expires_at));
    if (actor->is_key) identity_key_used(actor->session_id, scene->now);
    if (actor->session_id) remember(scene, hash, seen, actor, expires_at);
    return DONE;
}

struct outcome identity_still(struct scene *scene, const struct actor *actor, bool *good)
{
    struct actor now_is;
    moment expires_at;

    *good = actor->session_id == 0;
    if (*good) return DONE;
    TRY(identity_actor_of(scene, S(""), actor->session_id, &now_is, &expires_at));
    *good = now_is.session_id == actor->session_id && (actor->is & ~now_is.is) == 0 &&
            now_is.team_id == actor->team_id;
    for (size_t i = 0; i < SCOPES; i++) {
        struct scopes was = actor->scopes;

        *good = *good && str_same(*scope_at(&now_is.scopes, i), *scope_at(&was, i));
    }
    return DONE;
}
