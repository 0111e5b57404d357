/* identity_acts.h -- what other rooms may ask of identity, and the forms of its acts. */
#ifndef IDENTITY_ACTS_H
#define IDENTITY_ACTS_H

#include "desk/identity/identity.h"
#include "platform/act.h"

/* ---- roles (identity_role.c) ---- */

unsigned identity_role_who(struct str role);      /* of enum who; 0: there is no such role */
const char *identity_role_word(unsigned who_bit); /* "leader", or NULL */
/* "consultant leader": for the API. */
struct str identity_role_words(struct arena *arena, unsigned who);
const char *identity_home(unsigned who); /* where a person begins after signing in */

/* ---- who is asking (identity_who.c) ---- */

/* The person behind a Bearer or cookie token; nobody if it is unknown, ended or suspended. */
struct outcome identity_identify(struct scene *scene, struct str token, struct actor *actor);
/* Is what identity_identify() told before still so?  Asked of open streams. */
struct outcome identity_still(struct scene *scene, const struct actor *actor, bool *good);
/* What was found is kept for a few seconds.  Call this for every journal line that became durable
 * whose act begins with "session." or "person.": nothing found before is used again. */
void identity_changed(void);
/* Refuses a program with a key: for what would go on when the key has ended. */
struct outcome identity_by_person(const struct scene *scene);

/* ---- hooks: identity sees nobody above it, main ties these ---- */

/* The team of a consultant or leader, 0 if none. */
void identity_team_hook(struct outcome (*find)(struct scene *scene, id person_id, id *team_id));
/* And what that team is called, in the scene's language; "" if there is no such team. */
void identity_organisation_hook(struct outcome (*name)(struct scene *scene, id team_id,
                                                       struct str *name));
/* Inside session.verify: what a browser asked as a guest becomes the resident's. */
void identity_merge_hook(struct outcome (*merge)(struct scene *scene, id guest_id, id person_id));
/* May the actor see this person's number in clear, for this case?  Refuses, or tells the case the
 * journal shall name.  Without a hook nobody may. */
void identity_unmask_hook(struct outcome (*may)(struct scene *scene, id person_id,
                                                struct str reference, id *case_id));

/* ---- sessions (identity_session.c); inside another act's run() ---- */

/* kind: "staff", "resident", "guest" (a browser that asked; person_id is a new number of its own)
 * or "case" (opens one consultation).  The token is told once and kept only as a hash. */
struct outcome identity_session_open(struct scene *scene, const char *kind, id person_id,
                                     id case_id, int64_t seconds, struct str *token,
                                     moment *expires_at);

/* Whose a new case is: a resident who proved a phone, the guest of this browser, or a new number; a
 * program with a key asks for many people, and each case is somebody else's. */
id identity_asker(struct scene *scene);
/* A browser without a session gets one, so that it finds its cases again; the token for this one
 * case is what a program is told. */
struct outcome identity_asker_open(struct scene *scene, id owner_id, id case_id, int64_t seconds,
                                   struct str *token);

/* Whoever held the token of this consultation holds nothing any more. */
struct outcome identity_end_case_sessions(struct scene *scene, id case_id);

/* ---- people (identity_person.c); inside another act's run() ---- */

struct identity_new_person {
    struct str login, name;
    struct str password_hash; /* of secret_password_hash(), made in prepare(); "" cannot sign in */
    struct str phone, identity_number; /* in clear; kept sealed */
    bool is_demo;
};
struct outcome identity_person_add(struct scene *scene, const struct identity_new_person *person,
                                   id *person_id);
/* Found, or made. */
struct outcome identity_resident_of_phone(struct scene *scene, struct str phone, id *person_id);
struct outcome identity_role_add(struct scene *scene, id person_id, struct str role,
                                 struct str scope);
struct outcome identity_role_drop(struct scene *scene, id person_id, struct str role);
/* "active" or "suspended": a suspended person's sessions end. */
struct outcome identity_set_standing(struct scene *scene, id person_id, struct str standing);
struct outcome identity_set_new_password(struct scene *scene, id person_id,
                                         struct str password_hash);
struct outcome identity_set_name(struct scene *scene, id person_id, struct str name);
/* Takes the second step off: who lost the password often lost the phone. */
struct outcome identity_drop_second(struct scene *scene, id person_id);
/* What the pages they sign in with are in; the second is whoever is asking. */
struct outcome identity_keep_language(struct scene *scene, id person_id, enum language language);
struct outcome identity_chose_language(struct scene *scene, enum language language);
/* Signs a person out everywhere. */
struct outcome identity_end_sessions(struct scene *scene, id person_id);

/* Whoever is signed in as this person is looked at anew; `name` begins with "person.". */
struct outcome identity_person_changed(struct scene *scene, const char *name, id person_id);
/* In the clear; kept sealed.  "" takes it off. */
struct outcome identity_set_phone(struct scene *scene, id person_id, struct str phone);

/* Only read. */
struct outcome identity_person_name(struct scene *scene, id person_id, struct str *name);
struct outcome identity_person_of_login(struct scene *scene, struct str login, id *person_id,
                                        bool *found);
/* In clear: for sending, never for showing; showing is the act person.unmask. */
struct outcome identity_phone(struct scene *scene, id person_id, struct str *digits);
/* In which language to write to this person; Chinese where nothing is known. */
struct outcome identity_language(struct scene *scene, id person_id, enum language *language);
struct outcome identity_phone_masked(struct scene *scene, id person_id, struct str *masked);
struct str identity_phone_index(struct arena *arena, struct str phone); /* actor.phone_index */
/* Accounts with the published password: never served beyond this machine. */
bool identity_has_demo(struct scene *scene);

/* ---- divisions (identity_division.c) ---- */

struct identity_division {
    struct str division, parent, level, name_zh, name_en;
};
struct outcome identity_divisions_load(struct scene *scene, const struct identity_division *rows,
                                       size_t count); /* inside run(); again is safe */
struct outcome identity_division_exists(struct scene *scene, struct str division, bool *exists);
/* In the scene's language, in Chinese where English has no name for it; "" if there is none. */
struct outcome identity_division_name(struct scene *scene, struct str division, struct str *name);
/* What somebody typed, a code or a name, in a part of a place: a few at most, in order. */
struct outcome identity_division_seek(struct scene *scene, struct str within, struct str typed,
                                      const struct identity_division **rows, size_t *count);
struct outcome identity_division_children(struct scene *scene, struct str parent,
                                          const struct identity_division **rows, size_t *count);

/* ---- forms; the page of residents' questions draws the code's ---- */

#define IDENTITY_SIGN_IN_FORM(F)                                                                   \
    F(text, name, REQUIRED, 1, 64, T("Sign-in name"), "")                                          \
    F(secret, password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, T("Password"), "")               \
    F(text, totp, OPTIONAL, 1, 20, T("Code from your authenticator app"),                          \
      T("Six digits, only if you set one up"))                                                     \
    F(text, next, OPTIONAL, 1, 2000, "", "")                                                       \
    F(inside, checked, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_sign_in, IDENTITY_SIGN_IN_FORM)

#define IDENTITY_KEY_FORM(F)                                                                       \
    F(text, name, REQUIRED, 1, 40, T("What the key is for"),                                       \
      T("The name of the program or the place that will hold it"))                                 \
    F(words, scopes, REQUIRED, 1, 60, T("What it may do"),                                         \
      T("Choose as little as the program needs."))                                                 \
    F(number, days, REQUIRED, 1, IDENTITY_KEY_DAYS_MAX, T("For how many days"),                    \
      T("From 1 to 366. Then it ends by itself."))
FORM_STRUCT(identity_key, IDENTITY_KEY_FORM)

#define IDENTITY_SECOND_FORM(F)                                                                    \
    F(text, code, REQUIRED, 1, 20, T("Code from your authenticator app"), T("Six digits"))         \
    F(text, next, OPTIONAL, 1, 2000, "", "")
FORM_STRUCT(identity_second, IDENTITY_SECOND_FORM)

#define IDENTITY_PHONE_FORM(F)                                                                     \
    F(phone, phone, REQUIRED, 7, 12, T("Your mobile number"),                                      \
      T("We send a code to it. It costs you nothing."))                                            \
    F(text, next, OPTIONAL, 1, 2000, "", "")
FORM_STRUCT(identity_phone, IDENTITY_PHONE_FORM)

#define IDENTITY_VERIFY_FORM(F)                                                                    \
    F(phone, phone, OPTIONAL, 7, 12, T("Your mobile number"), "")                                  \
    F(text, code, REQUIRED, 1, 20, T("The code in the message"), T("Six digits"))                  \
    F(text, next, OPTIONAL, 1, 2000, "", "")
FORM_STRUCT(identity_verify, IDENTITY_VERIFY_FORM)

/* For the command line: a new person of the staff with one role. */
#define IDENTITY_ADD_FORM(F)                                                                       \
    F(text, login, REQUIRED, 2, IDENTITY_LOGIN_BYTES_MAX, "", "")                                  \
    F(text, name, REQUIRED, 1, 60, "", "")                                                         \
    F(secret, password, REQUIRED, 1, IDENTITY_PASSWORD_BYTES_MAX, "", "")                          \
    F(word, role, REQUIRED, 1, 20, "", "")                                                         \
    F(word, scope, OPTIONAL, 1, 12, "", "")                                                        \
    F(inside, hash, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_add, IDENTITY_ADD_FORM)

/* And what may become of an account there: a new password (which also takes the second step off),
 * or standing "suspended" or "active". */
#define IDENTITY_RESET_FORM(F)                                                                     \
    F(text, login, REQUIRED, 2, IDENTITY_LOGIN_BYTES_MAX, "", "")                                  \
    F(secret, password, OPTIONAL, 1, IDENTITY_PASSWORD_BYTES_MAX, "", "")                          \
    F(word, standing, OPTIONAL, 1, 20, "", "")                                                     \
    F(inside, hash, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(identity_reset, IDENTITY_RESET_FORM)

/* ---- acts ---- */

extern const struct act identity_sign_in;  /* session.open */
extern const struct act identity_second;   /* session.second */
extern const struct act identity_send;     /* session.code */
extern const struct act identity_verify;   /* session.verify */
extern const struct act identity_sign_out; /* session.end */
extern const struct act identity_end_one, identity_end_others;
extern const struct act identity_key_make; /* session.key */
extern const struct act identity_add;      /* person.add, by the program itself */
extern const struct act identity_reset;    /* person.reset, by the program itself */

struct module;
extern const struct module identity_module;

#endif
