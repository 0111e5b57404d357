/* sealed_key.c -- see sealed.h: the two halves of a key as people copy them. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "main/sealed_parts.h"

#define PUBLIC_MARK "gongdao-backup-1:"
#define SECRET_MARK "gongdao-backup-secret-1:"

enum {
    SUM_BYTES = 4,
    WHOLE_BYTES = SEALED_KEY_BYTES + SUM_BYTES,
    TEXT_LEN = 48,
    FILE_BYTES = 1024
};

/* So that a mistyped key is refused, and not sealed for: nobody could ever open it. */
static void sum_of(const char *mark, const unsigned char *key, unsigned char sum[SUM_BYTES])
{
    unsigned char hash[32];
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)mark, strlen(mark));
    crypto_generichash_update(&state, key, SEALED_KEY_BYTES);
    crypto_generichash_final(&state, hash, sizeof hash);
    memcpy(sum, hash, SUM_BYTES);
}

static struct str print_key(struct arena *arena, const char *mark, const unsigned char *key)
{
    unsigned char whole[WHOLE_BYTES];
    char text[TEXT_LEN + 1];
    struct str made;

    memcpy(whole, key, SEALED_KEY_BYTES);
    sum_of(mark, key, whole + SEALED_KEY_BYTES);
    sodium_bin2base64(text, sizeof text, whole, sizeof whole,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    made = arena_print(arena, "%s%s", mark, text);
    sodium_memzero(whole, sizeof whole);
    sodium_memzero(text, sizeof text);
    return made;
}

static bool read_key(const char *mark, struct str text, unsigned char *key)
{
    unsigned char whole[WHOLE_BYTES], sum[SUM_BYTES];
    size_t len = 0, mark_len = strlen(mark);
    bool good = text.len == mark_len + TEXT_LEN && str_begins(text, str_of(mark)) &&
                sodium_base642bin(whole, sizeof whole, text.at + mark_len, TEXT_LEN, NULL, &len,
                                  NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                len == sizeof whole;

    if (good) {
        sum_of(mark, whole, sum);
        good = sodium_memcmp(sum, whole + SEALED_KEY_BYTES, SUM_BYTES) == 0;
    }
    if (good) memcpy(key, whole, SEALED_KEY_BYTES);
    sodium_memzero(whole, sizeof whole);
    return good;
}

struct outcome sealed_read_keys(struct arena *arena, struct str text, struct sealed_for *keys)
{
    *keys = (struct sealed_for){.count = 0};
    if (sodium_init() < 0) return FAULT("the library of cryptography does not start");
    while (text.len) {
        struct str one = str_cut(text, ' ', &text);

        if (!one.len) continue;
        if (keys->count == SEALED_KEYS_MAX)
            return FAULT("a backup is sealed for 8 keys at most");
        if (!read_key(PUBLIC_MARK, one, keys->keys[keys->count++]))
            return FAULT(arena_print(arena,
                                     "%.*s is not the public half of a key for backups, or a "
                                     "letter of it is wrong: it begins with " PUBLIC_MARK
                                     " and is told by: gongdao keys backup --to FILE",
                                     STR_ARGS(one))
                             .at);
    }
    return DONE;
}

struct outcome sealed_make_key(struct arena *arena, struct str path, struct str *told)
{
    unsigned char public[SEALED_KEY_BYTES], secret[SEALED_KEY_BYTES];
    struct outcome outcome = DONE;
    struct str text;
    int file;

    if (sodium_init() < 0) return FAULT("the library of cryptography does not start");
    file = open(path.at, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return sealed_fault(arena, "cannot make", path);
    crypto_box_keypair(public, secret);
    *told = print_key(arena, PUBLIC_MARK, public);
    text = arena_print(arena,
                       "# The secret half of a key for backups of Gongdao. Its public half:\n# "
                       "%.*s\n%.*s\n",
                       STR_ARGS(*told), STR_ARGS(print_key(arena, SECRET_MARK, secret)));
    sodium_memzero(secret, sizeof secret);
    if (write(file, text.at, text.len) != (ssize_t)text.len || fsync(file))
        outcome = sealed_fault(arena, "cannot write", path);
    if (close(file) && IS_DONE(outcome)) outcome = sealed_fault(arena, "cannot write", path);
    if (!IS_DONE(outcome)) unlink(path.at);
    return outcome;
}

struct outcome sealed_read_secret(struct arena *arena, struct str path, unsigned char *secret)
{
    char bytes[FILE_BYTES];
    FILE *file = fopen(path.at, "r");
    struct str text;
    bool found = false;

    if (!file) return sealed_fault(arena, "cannot read the key", path);
    text = (struct str){bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    while (text.len && !found)
        found = read_key(SECRET_MARK, str_trim(str_cut(text, '\n', &text)), secret);
    sodium_memzero(bytes, sizeof bytes);
    if (found) return DONE;
    return FAULT(arena_print(arena,
                             "%.*s does not hold the secret half of a key for backups, or a letter "
                             "of it is wrong",
                             STR_ARGS(path))
                     .at);
}
