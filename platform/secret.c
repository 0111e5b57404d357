/* secret.c -- keys, sealed fields, tokens, passwords and one-time codes.
 *
 * A stolen database must be of no use without the folder of keys, and a stolen session table of
 * no use at all: what is kept is sealed, keyed or hashed, and what is random comes from the
 * kernel.  Invariants, by number, each with a test:
 *
 *  (1) What was sealed for one use opens for that use and no other, and not with one bit changed.
 *  (2) The same value sealed twice gives two texts; the same value indexed twice gives one.
 *  (3) A key that others can read, that is missing or of the wrong length is never used.
 *  (4) A key that exists is never written again.
 *  (5) A one-time code is taken once, and none that is older than one taken before.
 *  (6) An empty secret is the same as nothing, not even as another empty one.
 *  (7) At most HASHING_MAX passwords are hashed at once.
 *  (8) Whatever key it was sealed with, a value opens while that key is in the folder; what is
 *      sealed from now on is sealed with one.
 */
#include "platform/secret.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/secret_keys.h"

enum {
    HASH_LEN = 32, /* 256 bits: no two values will ever meet by chance */
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    PASSWORD_MEMORY = 19456 * 1024, /* OWASP's lower bound for Argon2id, with two passes */
    PASSWORD_PASSES = 2,
    UNPADDED = sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
    PASSWORD_MEMORY_MAX = 64 * 1024 * 1024, /* of a hash that is read */
    HASHING_MAX = 2,  /* 40 MiB, and a login flood leaves the other cores to the service */
    WAITING_MAX = 16, /* 8 turns of 25 ms: nobody who waits has left yet */
    TOTP_SECONDS = 30,
    TOTP_DIGITS = 6,
    TOTP_SECRET_LEN = 20,
};
struct keys {
    unsigned char index[KEY_LEN], csrf[KEY_LEN];
};

static struct keys *keys; /* locked in memory, read-only once filled */
/* Of sealed fields, by number: likewise, and never taken away before secret_close().  One that came
 * into the folder later is read when it is first met. */
static unsigned char *_Atomic fields[KEYS_MAX + 1];
static _Atomic int writes_with;
static char folder[KEY_PATH_MAX / 2 + 1]; /* "" in tests */
static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;
static struct hashed {
    unsigned long long passes;
    size_t memory; /* bytes */
    unsigned char salt[crypto_pwhash_SALTBYTES], sum[HASH_LEN];
} nobody; /* what a name without a password is tried on; new hashes cost as much */

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_freed = PTHREAD_COND_INITIALIZER;
static int gate_hashing, gate_waiting;

/* libsodium reads '-' and '_' with the high bit set as themselves: it must see ASCII only. */
static bool unbase64(struct str text, int variant, unsigned char *bytes, size_t max, size_t *len)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0x80) return false;
    }
    return sodium_base642bin(bytes, max, text.at, text.len, NULL, len, NULL, variant) == 0;
}

/* ---- start ---- */

/* A hash that no password has, at the price of a real one. */
static void make_nobody(size_t memory, unsigned long long passes)
{
    nobody.passes = passes;
    nobody.memory = memory;
    randombytes_buf(nobody.salt, sizeof nobody.salt);
    randombytes_buf(nobody.sum, sizeof nobody.sum);
}

static struct outcome start(size_t memory, unsigned long long passes)
{
    secret_close();
    if (sodium_init() < 0) return FAULT("the machine gives no random numbers");
    if (oath_init() != OATH_OK) return FAULT("liboath does not start");
    keys = sodium_malloc(sizeof *keys);
    if (!keys) return FAULT("no memory for the keys");
    make_nobody(memory, passes);
    return DONE;
}

static struct outcome keep_field(int number, const unsigned char *bytes)
{
    unsigned char *key = sodium_malloc(KEY_LEN);

    if (!key) return FAULT("no memory for the keys");
    memcpy(key, bytes, KEY_LEN);
    sodium_mprotect_readonly(key);
    atomic_store(&fields[number], key);
    return DONE;
}

static struct outcome read_field(int number, bool make)
{
    unsigned char bytes[KEY_LEN];
    char name[KEY_NAME_LEN];
    struct outcome outcome = DONE;

    pthread_mutex_lock(&reading);
    if (!atomic_load(&fields[number])) {
        outcome = key_read(folder, key_name(number, name), make, bytes);
        if (IS_DONE(outcome)) outcome = keep_field(number, bytes);
        sodium_memzero(bytes, sizeof bytes);
    }
    pthread_mutex_unlock(&reading);
    return outcome;
}

/* NULL: there is no such key, here or in the folder. */
static const unsigned char *field_key(int number)
{
    if (number < 1 || number > KEYS_MAX) return NULL;
    if (!atomic_load(&fields[number]) && *folder && key_is_there(folder, number) &&
        !IS_DONE(read_field(number, false)))
        return NULL;
    return atomic_load(&fields[number]);
}

/* Until it is said which is written with, it is the oldest there: that one is always known to all
 * who serve.  A folder without any is a new one, or lost its keys. */
static struct outcome read_fields(bool make)
{
    int first = 1, newest = key_newest(folder);

    while (first < newest && !key_is_there(folder, first)) first++;
    for (int number = first; number <= newest || number == first; number++)
        if (number == first || key_is_there(folder, number)) TRY(read_field(number, make));
    atomic_store(&writes_with, first);
    return DONE;
}

struct outcome secret_open(const char *where, bool make)
{
    struct outcome outcome;

    if (strlen(where) > KEY_PATH_MAX / 2)
        return FAULT("the path of the folder of keys is too long");
    TRY(start(PASSWORD_MEMORY, PASSWORD_PASSES));
    snprintf(folder, sizeof folder, "%s", where);
    outcome = key_folder(where, make);
    if (IS_DONE(outcome)) outcome = read_fields(make);
    if (IS_DONE(outcome)) outcome = key_read(where, "index.key", make, keys->index);
    if (IS_DONE(outcome)) outcome = key_read(where, "csrf.key", make, keys->csrf);
    if (!IS_DONE(outcome)) {
        secret_close();
        return outcome;
    }
    sodium_mprotect_readonly(keys);
    return DONE;
}

void secret_open_for_tests(void)
{
    struct outcome outcome = start(crypto_pwhash_MEMLIMIT_MIN, crypto_pwhash_OPSLIMIT_MIN);
    unsigned char bytes[KEY_LEN];

    memset(bytes, 'f', KEY_LEN);
    if (IS_DONE(outcome)) outcome = keep_field(1, bytes);
    if (!IS_DONE(outcome)) abort();
    atomic_store(&writes_with, 1);
    memset(keys->index, 'i', KEY_LEN);
    memset(keys->csrf, 'c', KEY_LEN);
    sodium_mprotect_readonly(keys);
}

void secret_close(void)
{
    if (!keys) return;
    sodium_free(keys);
    keys = NULL;
    for (int number = 1; number <= KEYS_MAX; number++) {
        sodium_free(atomic_load(&fields[number]));
        atomic_store(&fields[number], NULL);
    }
    *folder = 0;
    oath_done();
}

bool secret_is_open(void)
{
    return keys != NULL;
}

/* ---- turning keys over ---- */

int secret_writes_with(void)
{
    return atomic_load(&writes_with);
}

bool secret_has_key(int number)
{
    return field_key(number) != NULL;
}

struct outcome secret_write_with(int number)
{
    if (number < 1 || number > KEYS_MAX) return FAULT("there is no key of that number");
    if (!atomic_load(&fields[number])) TRY(read_field(number, false));
    atomic_store(&writes_with, number);
    return DONE;
}

int secret_newest_key(void)
{
    return key_newest(folder);
}

struct outcome secret_make_key(int *number)
{
    *number = key_newest(folder) + 1;
    if (*number > KEYS_MAX) return FAULT("there are as many keys as this program can tell apart");
    return read_field(*number, true);
}

struct outcome secret_retire_key(int number, const char *to)
{
    return key_take_out(folder, number, to);
}

/* ---- sealed fields and what is found by them ---- */

static struct str base64(struct arena *arena, struct str before, const unsigned char *bytes,
                         size_t len)
{
    size_t room = sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_take(arena, 1, before.len + room);

    memcpy(text, before.at, before.len);
    sodium_bin2base64(text + before.len, room, bytes, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){text, before.len + room - 1};
}

/* "x2.", before what the second key sealed: x is the suite. */
int secret_key_of(struct str sealed)
{
    size_t i = 1;
    int number = 0;

    if (sealed.len < 3 || sealed.at[0] != 'x' || sealed.at[1] == '0') return 0;
    for (; i < sealed.len && i <= 2 && sealed.at[i] >= '0' && sealed.at[i] <= '9'; i++)
        number = 10 * number + (sealed.at[i] - '0');
    return i < sealed.len && sealed.at[i] == '.' && number <= KEYS_MAX ? number : 0;
}

static struct str mark_of(struct arena *arena, int number)
{
    return arena_print(arena, "x%d.", number);
}

/* The mark is part of what is bound: a value cannot be passed off as another suite's or key's. */
static struct str bound_to(struct arena *arena, struct str mark, const char *use)
{
    return arena_print(arena, "%.*s%s", STR_ARGS(mark), use);
}

struct str secret_seal(struct arena *arena, const char *use, struct str plain)
{
    int number = atomic_load(&writes_with);
    struct str mark, bound;
    unsigned char *box;

    assert(keys);
    if (plain.len == 0) return S("");
    mark = mark_of(arena, number);
    bound = bound_to(arena, mark, use);
    box = arena_take(arena, 1, NONCE_LEN + plain.len + TAG_LEN);
    randombytes_buf(box, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        box + NONCE_LEN, NULL, (const unsigned char *)plain.at, plain.len,
        (const unsigned char *)bound.at, bound.len, NULL, box, atomic_load(&fields[number]));
    return base64(arena, mark, box, NONCE_LEN + plain.len + TAG_LEN);
}

bool secret_unseal(struct arena *arena, const char *use, struct str sealed, struct str *plain)
{
    int number = secret_key_of(sealed);
    const unsigned char *key;
    unsigned char *box, *opened;
    struct str text, mark, bound;
    size_t box_len = 0;

    assert(keys);
    *plain = S("");
    if (sealed.len == 0) return true;
    key = field_key(number);
    if (!key) return false;
    mark = mark_of(arena, number);
    bound = bound_to(arena, mark, use);
    text = (struct str){sealed.at + mark.len, sealed.len - mark.len};
    box = arena_take(arena, 1, text.len + 1);
    if (!unbase64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, box, text.len, &box_len))
        return false;
    if (box_len < NONCE_LEN + TAG_LEN) return false;
    opened = arena_take(arena, 1, box_len);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            opened, NULL, NULL, box + NONCE_LEN, box_len - NONCE_LEN,
            (const unsigned char *)bound.at, bound.len, box, key) != 0)
        return false;
    *plain = (struct str){(const char *)opened, box_len - NONCE_LEN - TAG_LEN};
    return true;
}

/* `use` ends with its NUL, so that no use and value run into another use and value. */
static struct str keyed_hash(struct arena *arena, const unsigned char *key, const char *use,
                             struct str value)
{
    unsigned char hash[HASH_LEN];
    crypto_generichash_state state;

    assert(value.len > 0); /* (6) */
    crypto_generichash_init(&state, key, key ? KEY_LEN : 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)use, strlen(use) + 1);
    crypto_generichash_update(&state, (const unsigned char *)value.at, value.len);
    crypto_generichash_final(&state, hash, sizeof hash);
    return base64(arena, S(""), hash, sizeof hash);
}

struct str secret_index(struct arena *arena, const char *use, struct str plain)
{
    assert(keys);
    return plain.len == 0 ? S("") : keyed_hash(arena, keys->index, use, plain);
}

/* ---- tokens, references, codes ---- */

/* A page takes two tokens; the kernel is asked for sixteen at a time, and what was given out is
 * wiped from the store.  A process that forks after the first must not go on to make tokens. */
static void random_bytes(unsigned char *bytes, size_t len)
{
    static _Thread_local struct {
        unsigned char bytes[512];
        size_t left;
    } store;

    assert(len <= sizeof store.bytes);
    if (store.left < len) {
        randombytes_buf(store.bytes, sizeof store.bytes);
        store.left = sizeof store.bytes;
    }
    store.left -= len;
    memcpy(bytes, store.bytes + store.left, len);
    sodium_memzero(store.bytes + store.left, len);
}

struct str secret_token(struct arena *arena)
{
    unsigned char bytes[32];

    random_bytes(bytes, sizeof bytes);
    return base64(arena, S(""), bytes, sizeof bytes);
}

/* No key and no salt are needed: nobody guesses 256 random bits. */
struct str secret_token_hash(struct arena *arena, struct str token)
{
    return token.len == 0 ? S("") : keyed_hash(arena, NULL, "token", token);
}

/* Without a cookie there is nothing to tie to, and an empty text is the same as nothing (6). */
struct str secret_csrf(struct arena *arena, struct str cookie)
{
    assert(keys);
    return cookie.len == 0 ? S("") : keyed_hash(arena, keys->csrf, "csrf", cookie);
}

struct str secret_reference(struct arena *arena)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPRSTUVWXY"; /* the digits first */
    enum { DIGITS = 8, ALL = sizeof alphabet - 1 };
    char *text = arena_take(arena, 1, REFERENCE_LEN);

    for (int i = 0; i < REFERENCE_LEN; i++)
        text[i] = alphabet[randombytes_uniform(i == 2 || i == 5 ? DIGITS : ALL)];
    return (struct str){text, REFERENCE_LEN};
}

struct str secret_digits(struct arena *arena, int count)
{
    char *text = arena_take(arena, 1, (size_t)count);

    assert(count > 0);
    for (int i = 0; i < count; i++) text[i] = (char)('0' + (int)randombytes_uniform(10));
    return (struct str){text, (size_t)count};
}

bool secret_same(struct str a, struct str b)
{
    return a.len > 0 && a.len == b.len && sodium_memcmp(a.at, b.at, a.len) == 0;
}

uint64_t secret_random(void)
{
    uint64_t number;

    randombytes_buf(&number, sizeof number);
    return number;
}

/* ---- passwords ---- */

bool secret_may_hash(void)
{
    bool may;

    pthread_mutex_lock(&gate);
    may = gate_waiting < WAITING_MAX;
    pthread_mutex_unlock(&gate);
    return may;
}

static void gate_enter(void)
{
    pthread_mutex_lock(&gate);
    gate_waiting++;
    while (gate_hashing >= HASHING_MAX) pthread_cond_wait(&gate_freed, &gate);
    gate_waiting--;
    gate_hashing++;
    pthread_mutex_unlock(&gate);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate);
    gate_hashing--;
    assert(gate_hashing >= 0);
    pthread_cond_signal(&gate_freed);
    pthread_mutex_unlock(&gate);
}

struct str secret_password_hash(struct arena *arena, struct str password)
{
    char *hash = arena_take(arena, 1, crypto_pwhash_STRBYTES);
    int failed;

    assert(keys);
    gate_enter();
    failed =
        crypto_pwhash_argon2id_str(hash, password.at, password.len, nobody.passes, nobody.memory);
    gate_leave();
    if (failed) abort(); /* no 19 MiB: as when an arena finds none */
    return str_of(hash);
}

/* As secret_password_hash() writes it, and not so dear that a row made by hand ends the program. */
static bool read_hash(struct str hash, struct hashed *made)
{
    char text[crypto_pwhash_STRBYTES] = {0}, salt[23], sum[44];
    unsigned kib, passes;
    int end = 0;
    size_t len;

    if (hash.len >= sizeof text) return false;
    if (hash.len) memcpy(text, hash.at, hash.len);
    if (sscanf(text, "$argon2id$v=19$m=%7u,t=%1u,p=1$%22[^$]$%43[^$]%n", &kib, &passes, salt, sum,
               &end) != 4 ||
        (size_t)end != hash.len || kib < crypto_pwhash_MEMLIMIT_MIN / 1024 ||
        kib > PASSWORD_MEMORY_MAX / 1024 || !passes)
        return false;
    made->memory = (size_t)kib * 1024;
    made->passes = passes;
    return unbase64(str_of(salt), UNPADDED, made->salt, sizeof made->salt, &len) &&
           len == sizeof made->salt &&
           unbase64(str_of(sum), UNPADDED, made->sum, sizeof made->sum, &len) &&
           len == sizeof made->sum;
}

/* Not by libsodium's own comparison: it calls a password wrong that it had no memory to try. */
bool secret_password_right(struct str hash, struct str password)
{
    unsigned char sum[HASH_LEN];
    struct hashed made;
    bool known = read_hash(hash, &made), failed;

    assert(keys);
    if (!known) made = nobody;
    gate_enter();
    failed =
        crypto_pwhash_argon2id(sum, sizeof sum, password.at, password.len, made.salt, made.passes,
                               made.memory, crypto_pwhash_argon2id_ALG_ARGON2ID13);
    gate_leave();
    if (failed) abort(); /* no memory: as in secret_password_hash() */
    return known && sodium_memcmp(sum, made.sum, sizeof sum) == 0;
}

/* ---- one-time codes ---- */

struct str secret_totp_new(struct arena *arena)
{
    unsigned char bytes[TOTP_SECRET_LEN];
    char *made = NULL;
    struct str secret;

    randombytes_buf(bytes, sizeof bytes);
    if (oath_base32_encode((const char *)bytes, sizeof bytes, &made, NULL) != OATH_OK) abort();
    secret = arena_copy(arena, str_of(made));
    sodium_memzero(made, secret.len);
    free(made);
    sodium_memzero(bytes, sizeof bytes);
    return secret;
}

struct str secret_totp_uri(struct arena *arena, struct str secret, struct str account)
{
    static const char hex[] = "0123456789ABCDEF";
    char *text = arena_take(arena, 3, account.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < account.len; i++) {
        unsigned char byte = (unsigned char)account.at[i];

        if ((byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z')) {
            text[len++] = (char)byte;
        } else {
            text[len++] = '%';
            text[len++] = hex[byte >> 4];
            text[len++] = hex[byte & 15];
        }
    }
    return arena_print(arena,
                       "otpauth://totp/Gongdao:%.*s?secret=%.*s&issuer=Gongdao"
                       "&algorithm=SHA1&digits=6&period=30",
                       (int)len, text, STR_ARGS(secret));
}

bool secret_totp_right(struct str secret, struct str code, moment now, int64_t last_step,
                       int64_t *step)
{
    char text[64], expected[TOTP_DIGITS + 1], *key = NULL;
    size_t key_len = 0;
    bool right = false;

    assert(now >= 0);
    if (code.len != TOTP_DIGITS || secret.len == 0 || secret.len >= sizeof text) return false;
    memcpy(text, secret.at, secret.len);
    if (oath_base32_decode(text, secret.len, &key, &key_len) != OATH_OK) return false;
    /* All three are tried, oldest first: should two steps share a code, the newer one is spent,
     * or the same six digits would be taken a second time. */
    for (int64_t try = now / TOTP_SECONDS - 1; try <= now / TOTP_SECONDS + 1; try++) {
        if (try < 0 || try <= last_step) continue;
        if (oath_hotp_generate(key, key_len, (uint64_t)try, TOTP_DIGITS, false,
                               OATH_HOTP_DYNAMIC_TRUNCATION, expected) != OATH_OK)
            continue;
        if (secret_same(code, (struct str){expected, TOTP_DIGITS})) {
            right = true;
            *step = try;
        }
    }
    sodium_memzero(text, sizeof text);
    sodium_memzero(key, key_len);
    free(key);
    return right;
}

/* ---- masks ---- */

static bool begins_point(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* How much stays, by length in characters: never so much that the rest can be guessed. */
static void mask_ends(size_t points, size_t *first, size_t *last)
{
    *first = points >= 11 ? 3 : points >= 8 ? 2 : 0;
    *last = points >= 15 ? 2 : points >= 11 ? 4 : points >= 5 ? 2 : 0;
}

struct str secret_mask(struct arena *arena, struct str digits)
{
    char *text = arena_take(arena, 1, digits.len + 1);
    size_t points = 0, first, last, len = 0, point = 0;

    for (size_t i = 0; i < digits.len; i++) points += begins_point(digits.at[i]);
    mask_ends(points, &first, &last);
    for (size_t i = 0; i < digits.len; i++) {
        if (begins_point(digits.at[i])) point++;
        if (point <= first || point > points - last)
            text[len++] = digits.at[i];
        else if (begins_point(digits.at[i]))
            text[len++] = '*';
    }
    return (struct str){text, len};
}
