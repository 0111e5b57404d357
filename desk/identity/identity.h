/* identity.h -- the rules of signing in: who may try again and when, and with what.
 *
 * Staff sign in with a name, a password and, if they set one up, a code from an authenticator app;
 * residents with a code sent to their phone.  Sessions are known by the hash of their token.
 *
 *  (1) Wrong name, wrong password and suspended account look the same and cost the same.
 *  (2) Who guesses is made to wait where he guesses; nobody can be locked out from elsewhere: a
 *      browser that signed in before, and a right second factor, always may try.
 *  (3) A code counts once, for ten minutes, for five tries.
 *
 * This header and identity.c know no tables and no clock.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "platform/base.h"

enum {
    IDENTITY_STAFF_SECONDS = 12 * SECONDS_PER_HOUR, /* after the last use: a long day */
    IDENTITY_STAFF_SECONDS_MAX = SECONDS_PER_DAY,   /* after signing in, however much it is used */
    IDENTITY_SLIDE_SECONDS = 10 * SECONDS_PER_MINUTE, /* by less a session is not moved on */
    IDENTITY_RESIDENT_SECONDS = 30 * SECONDS_PER_DAY,
    IDENTITY_GUEST_SECONDS = 90 * SECONDS_PER_DAY, /* a written question and its rating */
    IDENTITY_DEVICE_SECONDS = 365 * SECONDS_PER_DAY,
    IDENTITY_SECOND_SECONDS = 5 * SECONDS_PER_MINUTE, /* from the password to the second factor */

    IDENTITY_FAILURES_FREE = 5, /* of one name at one place, before it waits */
    IDENTITY_WAIT_SECONDS_MAX = 30 * SECONDS_PER_MINUTE,
    IDENTITY_LOGIN_FAILURES_MAX = 20,    /* of one name within the hour, all places together */
    IDENTITY_ADDRESS_FAILURES_MAX = 200, /* of one place within the hour, all names together: a
                                            whole bureau may sit behind one address */

    IDENTITY_CODE_LEN = 6,
    IDENTITY_CODE_SECONDS = 10 * SECONDS_PER_MINUTE,
    IDENTITY_CODE_TRIES_MAX = 5,
    IDENTITY_CODE_PAUSE_SECONDS = 60,
    IDENTITY_CODES_AN_HOUR_MAX = 5,
    IDENTITY_CODES_A_DAY_MAX = 10, /* messages cost, and pester whoever did not ask for them */

    IDENTITY_PASSWORD_BYTES_MIN = 10,
    IDENTITY_PASSWORD_BYTES_MAX = 200,
    IDENTITY_PASSWORD_BITS_MIN = 20, /* not among the first million anybody would try */
    IDENTITY_LOGIN_BYTES_MAX = 40,
    IDENTITY_AGENT_BYTES_MAX = 200,

    IDENTITY_KEYS_MAX = 20, /* of one person at a time: more, and nobody knows what they are for */
    IDENTITY_KEY_DAYS_MAX = 366,
    IDENTITY_KEY_LEN = 4 + 43 /* the mark and a token of secret.h */
};

/* What a key begins with, so that whoever finds one in a log or a repository knows what it is. */
#define IDENTITY_KEY_MARK "gdk_"

#define IDENTITY_DEMO_PASSWORD "demo-gongdao"

extern const struct reason identity_wrong;       /* name or password or code: never said which */
extern const struct reason identity_wait;        /* %1 minutes */
extern const struct reason identity_guarded;     /* only a known browser or a second factor */
extern const struct reason identity_totp_needed; /* the password was right; now the code */
extern const struct reason identity_totp_wrong;
extern const struct reason identity_totp_set; /* there is one already */
extern const struct reason identity_start_again;
extern const struct reason identity_code_soon; /* %1 seconds */
extern const struct reason identity_code_often;
extern const struct reason identity_code_daily;
extern const struct reason identity_code_wrong; /* %1 tries left */
extern const struct reason identity_code_over;  /* too old, used, or tried too often */
extern const struct reason identity_code_phone; /* which number? */
extern const struct reason identity_no_sms;     /* a number that takes none */
extern const struct reason identity_suspended;
extern const struct reason identity_password_wrong;
extern const struct reason identity_password_short;
extern const struct reason identity_password_name;
extern const struct reason identity_password_demo;
extern const struct reason identity_password_guessed;
extern const struct reason identity_password_same;
extern const struct reason identity_login_taken;
extern const struct reason identity_login_shape;
extern const struct reason identity_role_unknown;
extern const struct reason identity_unknown_login; /* %1 the name */
extern const struct reason identity_unknown_person;
extern const struct reason identity_not_by_key; /* only a person may */

/* ---- who may try ---- */

struct identity_tries {
    int64_t here;         /* failures of this name at this place, since a quiet hour */
    moment until_at;      /* no try before this moment */
    int64_t of_login;     /* failures of this name within the hour, everywhere */
    int64_t of_address;   /* failures at this place within the hour, all names */
    bool is_known_device; /* this browser has signed in to this name before */
    bool is_second_right; /* a right code came with the password */
};
int64_t identity_wait_seconds(int64_t failures_here);
struct outcome identity_may_try(struct arena *arena, const struct identity_tries *tries,
                                moment now);

/* Where a try came from: an IPv4 address, or the /64 network of an IPv6 address, since one
 * customer has all of it. */
struct str identity_place(struct arena *arena, struct str address);

/* ---- codes to a phone ---- */

struct identity_code {
    moment made_at, expires_at; /* 0: none was sent, or it was used */
    int64_t tries, sent_count, day_count;
    moment hour_at; /* when the hour of sent_count began */
    moment day_at;  /* and the day of day_count */
};
struct outcome identity_may_send(struct arena *arena, const struct identity_code *code, moment now);
struct identity_code identity_sent(const struct identity_code *before, moment now);
struct outcome identity_may_enter(const struct identity_code *code, moment now);

/* Digits as they are typed, also by a Chinese keyboard ("１２３ ４５６"), as digits. */
struct str identity_digits(struct arena *arena, struct str typed);

/* ---- the rest ---- */

/* Until when a staff session is good that is used at `now`. */
moment identity_slides_to(moment made_at, moment now);

struct str identity_login(struct arena *arena, struct str typed); /* blanks off, lower case */
bool identity_login_is_good(struct str login);
struct outcome identity_may_have_password(struct str login, struct str password);
/* A path of this site, for going back after signing in; "" if it is anything else. */
struct str identity_next(struct str next);
/* "Chrome · Windows", from what a browser calls itself. */
struct str identity_device_name(struct arena *arena, struct str agent);

#endif
