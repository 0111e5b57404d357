/* act.h -- an act is one thing one person does to one case, all of it or none of it.
 *
 * Every change to the data of the service is an act.  The platform checks who is asking, runs the
 * act inside the writer's transaction, writes the journal line that live pages, supervision and
 * reports are made from, and commits many acts with one fsync -- or undoes this one alone.  So an
 * act's own code is only the act.
 *
 * An act that is refused leaves nothing behind, unless it set scene->keep (a failed sign-in is
 * counted although it is refused).
 */
#ifndef PLATFORM_ACT_H
#define PLATFORM_ACT_H

#include "platform/form.h"
#include "platform/store.h"
#include "platform/view.h"

/* Who may.  Zero is nobody, so a table line that forgets to say is a line that refuses. */
enum who {
    WHO_NOBODY = 0,
    WHO_ANYONE = 1 << 0,     /* also without a session */
    WHO_GUEST = 1 << 1,      /* holds the token of a consultation or of a browser that asked one */
    WHO_RESIDENT = 1 << 2,   /* has proved a phone number */
    WHO_CONSULTANT = 1 << 3, /* answers: lawyer, notary, … */
    WHO_LEADER = 1 << 4,     /* leads a team */
    WHO_SUPERVISOR = 1 << 5, /* watches a city or a district */
    WHO_ADMIN = 1 << 6,      /* keeps people, teams, fields and hours */
    WHO_SYSTEM = 1 << 7,     /* the clock and the command line */
    WHO_CLERK = 1 << 8,      /* receives people at a hall */
    WHO_ASKER = WHO_GUEST | WHO_RESIDENT,
    WHO_STAFF = WHO_CONSULTANT | WHO_LEADER | WHO_SUPERVISOR | WHO_ADMIN,
    /* Whoever has an account here.  A clerk belongs to a hall and is not meant by WHO_STAFF: what
     * the bureau's own people may see of each other is none of a clerk's. */
    WHO_WORKER = WHO_STAFF | WHO_CLERK,
    WHO_SIGNED_IN = WHO_ASKER | WHO_WORKER
};

/* How far each role of somebody reaches: a division code, "31" the city, "310104" one district, ""
 * nothing.  Ask scene_scope(): who watches the city and keeps the people of one district keeps no
 * others. */
struct scopes {
    struct str supervisor, admin, leader;
};

/* Who is asking, as desk/identity found out from the session. */
struct actor {
    id person_id;
    unsigned is; /* of enum who; WHO_ANYONE is always set */
    id session_id;
    id case_id;  /* a token for one consultation: nothing else may be opened; else 0 */
    bool is_key; /* a program with a key: what only a person may do is refused */
    id team_id;  /* of a consultant or leader */
    struct scopes scopes;
    struct str phone_index; /* keyed index of a proved phone number, or "" */
    struct str name;
};

struct cookie {
    struct str name, value;
    int64_t seconds; /* how long; 0 until the browser closes, -1 forget now */
};

struct line; /* a line of the journal, see journal.h */

/* What a browser takes over TLS from this host alone, for all of it (RFC 6265bis, 4.1.3.2): another
 * host of the same domain cannot put a cookie of this name. */
#define COOKIE_MARK "__Host-"

enum { SCENE_COOKIES_MAX = 4, SCENE_LINES_MAX = 8, SCENE_IDS_MAX = 65536 };

/* All an act or a page may know about the world. */
struct scene {
    struct arena *arena;
    struct store *store;
    moment now;
    id seq; /* of the journal line this act will leave; messages are numbered by it */
    struct actor actor;
    enum language language;
    struct str channel; /* "web", "api", "sms", "system", … */
    struct str address; /* where the request came from */
    struct str hash, origin; /* of it, for the act's line (journal.h); "" until it is prepared */
    struct str agent;   /* what the browser calls itself */
    struct str brought; /* its Cookie header, read by scene_brought(); "" from programs */
    bool marked;        /* cookies are called by COOKIE_MARK and their name: under https */
    bool is_bearer;     /* the token came in Authorization, where no other site can put it */
    bool keep;          /* commit although refused */
    bool quiet;         /* leave no journal line: nothing happened but time (a heartbeat) */
    bool said;          /* its own line is found by the message of that number, see said in
                         * platform.sql: of run() alone, and gone with whatever it did */
    id case_id, for_id; /* what the journal line is about, and whom it concerns beside the actor */
    struct str detail;  /* of the journal line: never personal data */
    struct line *lines; /* further lines, see scene_tell() */
    size_t lines_count;
    int ids_count;
    struct cookie cookies[SCENE_COOKIES_MAX];
    size_t cookies_count;
};

struct act {
    const char *name; /* "consultation.ask": the word in the journal, the reports and the API */
    unsigned who;
    const struct form *form;   /* what is handed in, or NULL for a form of the caller's own */
    const struct view *result; /* what is told back, or NULL for nothing */
    /* Runs before the transaction on a worker with a reader: what is slow (Argon2, a file's
     * fsync) or outside.  May fill `inside` fields. */
    struct outcome (*prepare)(struct scene *scene, void *form);
    /* prepare() takes long (Argon2): it runs on threads of its own with a short queue, so that a
     * flood of sign-ins leaves the pages alone. */
    bool slow;
    bool keeps; /* slow since prepare() keeps a file (files.h): it may wait for a store */
    struct outcome (*run)(struct scene *scene, const void *form, void *result);
    /* Takes back what prepare() left outside the database, when the act was refused after it, was
     * answered as before or found no place with the writer.  Not when it may have been kept all
     * the same: then it is not known what is on disk. */
    void (*undo)(const void *form);
};

extern const struct reason act_not_yours; /* 403 */
extern const struct reason act_unknown;   /* 404: there is no such thing, or it is not yours */
extern const struct reason act_sign_in;   /* 401 */
extern const struct reason act_too_busy;  /* 503, with Retry-After */
extern const struct reason act_too_often; /* 429, with Retry-After */
extern const struct reason act_fault;     /* 500, what people are told about a fault */
extern const struct reason act_away;      /* 503: … about one that passes by itself */
extern const struct reason act_unsure;    /* 503: … when it may have been done all the same */

/* For acts. */
id scene_new_id(struct scene *scene); /* unique; only inside a run() that leaves a line */
void scene_about(struct scene *scene, id case_id, id for_id);
/* One more journal line with a name of its own, for someone else concerned.  At most
 * SCENE_LINES_MAX an act. */
void scene_tell(struct scene *scene, const char *name, id case_id, id for_id);
void scene_cookie(struct scene *scene, struct str name, struct str value, int64_t seconds);
struct str scene_brought(const struct scene *scene, struct str name); /* a cookie's value, or "" */
bool scene_is(const struct scene *scene, unsigned who);
/* How far the actor reaches as one of these roles, which is what the act or page lets in: of
 * several that the actor has, the widest, and of as wide ones the first of struct scopes's order
 * supervisor, admin, leader; "" as none of them. */
struct str scene_scope(const struct scene *scene, unsigned who);
struct scopes scopes_of(struct str division); /* each role reaches as far */

/* Deadlines are rows: at `due_at` or soon after, the clock performs the act of that name as
 * WHO_SYSTEM with a struct clock_form.  One deadline for each act and case: set replaces. */
struct clock_form {
    id case_id;
    moment due_at;
};
struct outcome clock_set(struct scene *scene, const char *act_name, id case_id, moment due_at);
struct outcome clock_drop(struct scene *scene, const char *act_name, id case_id);

/* Runs one act now in `scene` on a store of its own transaction.  Tests and the command line;
 * the server goes through writer.h. */
struct outcome act_run(const struct act *act, struct scene *scene, void *form, void *result);

#endif
