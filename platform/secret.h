/* secret.h -- keys, sealed fields, tokens, passwords and one-time codes.
 *
 * Cryptography is libsodium's and liboath's; here is only how this program uses it.
 *   sealed field    XChaCha20-Poly1305 (RFC 8439 with a 192-bit nonce), key outside the database
 *   keyed index     BLAKE2b-256 with a key of its own: equal values meet, nothing can be guessed
 *   password        Argon2id (RFC 9106), 19 MiB, 2 passes; OWASP's lower bound
 *   one-time code   TOTP (RFC 6238), 30 s, one step either way, a step is taken once
 */
#ifndef PLATFORM_SECRET_H
#define PLATFORM_SECRET_H

#include "platform/base.h"

enum { TOKEN_LEN = 43 /* 32 random bytes in base64url */, REFERENCE_LEN = 8 };

/* Once per process, before any other thread.  Reads the keys of an installation from the folder
 * `where` (mode 0700, one file a key, mode 0600); `make` makes those that are missing.  Faults
 * when a key is missing, of the wrong length or readable by others. */
struct outcome secret_open(const char *where, bool make);
void secret_open_for_tests(void); /* fixed keys, fast passwords */
void secret_close(void);

bool secret_is_open(void);

/* `use` names the field ("person.phone"): a value sealed for one use does not open for another.
 * Sealed text begins with the suite and key number, "x1.": keys can be turned over (below). */
struct str secret_seal(struct arena *arena, const char *use, struct str plain); /* "" stays "" */
bool secret_unseal(struct arena *arena, const char *use, struct str sealed, struct str *plain);
struct str secret_index(struct arena *arena, const char *use, struct str plain); /* "" stays "" */

/* ---- turning keys over (decision 0046) ----
 *
 * The folder may hold several keys of sealed fields; what was sealed with any of them opens.  One
 * is written with: secret_open() takes the oldest there, until it is told otherwise. */
int secret_writes_with(void);
/* Faults when it is not in the folder; one that came into it since is found.  Not two at a time. */
struct outcome secret_write_with(int number);
int secret_key_of(struct str sealed); /* 0: this is no sealed text */
bool secret_has_key(int number);
int secret_newest_key(void);
/* For commands: the next one, not written with yet; and one out of the folder, into another. */
struct outcome secret_make_key(int *number);
struct outcome secret_retire_key(int number, const char *to);

struct str secret_token(struct arena *arena);                        /* TOKEN_LEN characters */
struct str secret_token_hash(struct arena *arena, struct str token); /* what the store keeps */
struct str secret_csrf(struct arena *arena, struct str cookie);      /* tied to this browser */
struct str secret_reference(struct arena *arena); /* 8 of 23456789ABCDEFGHJKLMNPRSTUVWXY, digits in
                                                     places 3 and 6 so that no word appears */
struct str secret_digits(struct arena *arena, int count); /* a code for an SMS */
bool secret_same(struct str a, struct str b);             /* in constant time */
uint64_t secret_random(void);

/* Slow on purpose (about 25 ms, 19 MiB): only from an act's prepare(), never on a loop or in a
 * transaction.  At most two run at once; false from secret_may_hash() means "too many wait".
 * Without memory to hash in the program ends, as when an arena finds none: a password that could
 * not be tried is neither right nor wrong. */
bool secret_may_hash(void);
struct str secret_password_hash(struct arena *arena, struct str password);
bool secret_password_right(struct str hash, struct str password); /* an empty hash costs the same */

struct str secret_totp_new(struct arena *arena); /* base32, 20 bytes, for an authenticator app */
struct str secret_totp_uri(struct arena *arena, struct str secret, struct str account);
/* `last_step` is the step that was taken before: an equal or older one is refused (RFC 6238,
 * section 5.2). */
bool secret_totp_right(struct str secret, struct str code, moment now, int64_t last_step,
                       int64_t *step);

/* "138****5678", "310*************34": for screens that do not need more. */
struct str secret_mask(struct arena *arena, struct str digits);

#endif
