/* identity_parts.h -- what the files of this room share; nobody else includes it. */
#ifndef IDENTITY_PARTS_H
#define IDENTITY_PARTS_H

#include "desk/identity/identity_acts.h"
#include "desk/identity/identity_views.h"
#include "gen/identity_sql.h"
#include "platform/secret.h"

/* The hooks, or NULL. */
struct identity_hooks {
    struct outcome (*team)(struct scene *scene, id person_id, id *team_id);
    struct outcome (*organisation)(struct scene *scene, id team_id, struct str *name);
    struct outcome (*merge)(struct scene *scene, id guest_id, id person_id);
    struct outcome (*unmask)(struct scene *scene, id person_id, struct str reference, id *case_id);
};
extern struct identity_hooks identity_hooks;

/* Browsers keep what they get in cookies; programs are told it. */
static inline bool identity_is_browser(const struct scene *scene)
{
    return str_same(scene->channel, S("web"));
}

/* identity_who.c: what a session says, without the cache. */
struct outcome identity_actor_of(struct scene *scene, struct str token_hash, id session_id,
                                 struct actor *actor, moment *expires_at);

/* identity_session.c: signs a person in with everything that belongs to it. */
struct outcome identity_welcome(struct scene *scene, const char *kind, id person_id, id guest_id,
                                struct str next, struct identity_signed_view *signed_in);
struct outcome identity_show_person(struct scene *scene, const struct actor *actor,
                                    const struct identity_person_view **person);
/* The streams and caches of a person who is signed in somewhere are told at once. */
/* Stands for so many that all are looked at. */
#define IDENTITY_MANY "person.many"
struct outcome identity_tell(struct scene *scene, const char *name, id person_id);

/* identity_slide.c */
void identity_session_used(id session_id, moment made_at, moment expires_at, moment now);
struct outcome identity_set_slide(struct scene *scene);
extern const struct act identity_slide;

/* identity_picture.c: the key of a second step that is offered, for a camera. */
struct request;
struct file_answer;
struct outcome identity_send_picture(struct request *request, const void *query,
                                     struct file_answer *file);

/* identity_key.c */
bool identity_is_key(struct str token);
void identity_key_used(id session_id, moment now);
struct outcome identity_show_keys(struct scene *scene, struct identity_sessions_view *view);
extern const struct act identity_seen;
/* identity_session.c: fills id, token and expires_at for the actor's new key. */
struct outcome identity_key_open(struct scene *scene, struct identity_made_view *made,
                                 int64_t seconds);
/* And what else a person holds ends: other sessions, and keys. */
struct outcome identity_end_all_others(struct scene *scene, id person_id, id session_id);

/* identity_sign_in.c: counting. */
struct identity_guess {
    struct str login, login_index;
    struct str place, device_hash; /* device_hash: "" unless the browser is known for the person */
    struct identity_tries tries;
};
struct outcome identity_guess_of(struct scene *scene, struct str login, id person_id,
                                 struct identity_guess *guess);
/* Counts a wrong try and gives the refusal, which is kept. */
struct outcome identity_count_wrong(struct scene *scene, const struct identity_guess *guess,
                                    id person_id, const struct reason *why);
struct outcome identity_know_device(struct scene *scene, id person_id);

/* A little note sealed into a cookie: an id, a moment it ends, a text.  False: none, or too old. */
void identity_note_give(struct scene *scene, struct str cookie, const char *use, id number,
                        int64_t seconds, struct str text);
bool identity_note_take(struct scene *scene, struct str cookie, const char *use, id *number,
                        struct str *text);
struct str identity_note_seal(struct scene *scene, const char *use, id number, int64_t seconds,
                              struct str text);
bool identity_note_open(struct scene *scene, const char *use, struct str sealed, id *number,
                        struct str *text);

/* identity_factor.c, identity_person.c */
extern const struct act identity_totp_begin, identity_totp_end, identity_change_password;
extern const struct act identity_unmask, identity_tidy;

#endif
