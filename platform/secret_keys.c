/* secret_keys.c -- see secret_keys.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mkostemp */
#endif
#include "platform/secret_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_TEXT_LEN = 44 /* of KEY_LEN in base64, with its '=' */ };

static char problem[KEY_PATH_MAX + 300]; /* keys are read before any thread, or by one at a time */

static struct outcome trouble(const char *format, const char *path, const char *more)
{
    /* A path that does not fit is cut: the rest of the sentence is what matters. */
    int len = snprintf(problem, sizeof problem, format, path, more);

    assert(len >= 0);
    return FAULT(problem);
}

static struct outcome sync_folder(const char *where)
{
    int folder = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && fsync(folder) == 0;
    int why = errno;

    if (folder >= 0) close(folder);
    if (synced) return DONE;
    return trouble("the folder %s could not be written to disk: %s", where, strerror(why));
}

struct outcome key_folder(const char *where, bool make)
{
    struct stat found;

    if (make && mkdir(where, 0700) == 0) {
        char parent[KEY_PATH_MAX + 8];

        snprintf(parent, sizeof parent, "%s/..", where);
        TRY(sync_folder(parent));
    }
    if (stat(where, &found) != 0)
        return trouble("the folder of keys %s cannot be opened: %s", where, strerror(errno));
    if (!S_ISDIR(found.st_mode)) return trouble("%s should be the folder of keys%s", where, "");
    if (found.st_mode & 077)
        return trouble("the folder of keys %s is open to other users; run: chmod 700 %s", where,
                       where);
    return DONE;
}

static struct outcome write_all(int file, const char *text, size_t len, const char *path)
{
    while (len > 0) {
        ssize_t written = write(file, text, len);

        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return trouble("the key %s cannot be written: %s", path, strerror(errno));
        text += written;
        len -= (size_t)written;
    }
    if (fsync(file) != 0)
        return trouble("the key %s cannot be written to disk: %s", path, strerror(errno));
    return DONE;
}

/* Written under another name and then linked: a power cut leaves a whole key or none, and a key
 * that is there already stays, whoever made it (4). */
static struct outcome make_key(const char *where, const char *path)
{
    unsigned char key[KEY_LEN];
    char text[KEY_TEXT_LEN + 2], draft[KEY_PATH_MAX + 16];
    struct outcome outcome;
    int file;

    snprintf(draft, sizeof draft, "%s.XXXXXX", path);
    file = mkostemp(draft, O_CLOEXEC); /* O_EXCL, mode 0600 */
    if (file < 0) return trouble("the key %s cannot be made: %s", path, strerror(errno));
    randombytes_buf(key, sizeof key);
    sodium_bin2base64(text, sizeof text, key, sizeof key, sodium_base64_VARIANT_ORIGINAL);
    text[KEY_TEXT_LEN] = '\n';
    outcome = write_all(file, text, KEY_TEXT_LEN + 1, path);
    sodium_memzero(key, sizeof key);
    sodium_memzero(text, sizeof text);
    close(file);
    if (IS_DONE(outcome) && link(draft, path) != 0 && errno != EEXIST)
        outcome = trouble("the key %s cannot be made: %s", path, strerror(errno));
    unlink(draft);
    TRY(outcome);
    return sync_folder(where);
}

/* libsodium reads '-' and '_' with the high bit set as themselves: it must see ASCII only. */
static bool unbase64(const char *text, size_t len, unsigned char *key, size_t *key_len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) return false;
    }
    return sodium_base642bin(key, KEY_LEN, text, len, NULL, key_len, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0;
}

static struct outcome take_key(int file, const char *path, unsigned char *key)
{
    char text[KEY_TEXT_LEN + 8];
    struct stat found;
    ssize_t len;
    size_t key_len = 0;
    bool good;

    if (fstat(file, &found) != 0 || !S_ISREG(found.st_mode))
        return trouble("the key %s is not a plain file%s", path, "");
    if (found.st_mode & 077)
        return trouble("the key %s can be read by other users; run: chmod 600 %s", path, path);
    len = read(file, text, sizeof text);
    if (len < 0) return trouble("the key %s cannot be read: %s", path, strerror(errno));
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r')) len--;
    good = unbase64(text, (size_t)len, key, &key_len);
    sodium_memzero(text, sizeof text);
    if (!good || key_len != KEY_LEN)
        return trouble("the key %s is damaged: it should hold 32 bytes in base64; restore it from"
                       " your copy of the keys%s",
                       path, "");
    return DONE;
}

struct outcome key_read(const char *where, const char *name, bool make, unsigned char *key)
{
    char path[KEY_PATH_MAX];
    struct outcome outcome;
    int file, len;

    len = snprintf(path, sizeof path, "%s/%s", where, name);
    assert(len < (int)sizeof path);
    file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && errno == ENOENT && make) {
        TRY(make_key(where, path));
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
    if (file < 0 && errno == ENOENT)
        return trouble("the key %s is missing; without it what was stored cannot be read: restore"
                       " it from your copy of the keys%s",
                       path, "");
    if (file < 0) return trouble("the key %s cannot be opened: %s", path, strerror(errno));
    outcome = take_key(file, path, key);
    close(file);
    return outcome;
}

const char *key_name(int number, char name[static KEY_NAME_LEN])
{
    if (number == 1)
        snprintf(name, KEY_NAME_LEN, "field.key");
    else
        snprintf(name, KEY_NAME_LEN, "field%d.key", number);
    return name;
}

bool key_is_there(const char *where, int number)
{
    char path[KEY_PATH_MAX], name[KEY_NAME_LEN];

    snprintf(path, sizeof path, "%s/%s", where, key_name(number, name));
    return access(path, F_OK) == 0;
}

int key_newest(const char *where)
{
    for (int number = KEYS_MAX; number > 0; number--)
        if (key_is_there(where, number)) return number;
    return 0;
}

static struct outcome write_copy(const char *to, const char *path, const unsigned char *key)
{
    char text[KEY_TEXT_LEN + 2];
    struct outcome outcome;
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

    if (file < 0)
        return trouble("the key %s cannot be made: %s", path, strerror(errno));
    sodium_bin2base64(text, sizeof text, key, KEY_LEN, sodium_base64_VARIANT_ORIGINAL);
    text[KEY_TEXT_LEN] = '\n';
    outcome = write_all(file, text, KEY_TEXT_LEN + 1, path);
    sodium_memzero(text, sizeof text);
    if (close(file) && IS_DONE(outcome))
        outcome = trouble("the key %s cannot be written to disk: %s", path, strerror(errno));
    return IS_DONE(outcome) ? sync_folder(to) : outcome;
}

/* The copy is read back before the key goes: a key that is nowhere is worse than one too many. */
struct outcome key_take_out(const char *where, int number, const char *to)
{
    unsigned char key[KEY_LEN], again[KEY_LEN];
    char path[KEY_PATH_MAX], from[KEY_PATH_MAX], name[KEY_NAME_LEN];
    struct outcome outcome;

    key_name(number, name);
    if (strlen(to) > KEY_PATH_MAX / 2)
        return trouble("the path of the key %s is too long%s", name, "");
    snprintf(path, sizeof path, "%s/%s", to, name);
    snprintf(from, sizeof from, "%s/%s", where, name);
    TRY(key_folder(to, true));
    TRY(key_read(where, name, false, key));
    outcome = write_copy(to, path, key);
    if (IS_DONE(outcome)) outcome = key_read(to, name, false, again);
    if (IS_DONE(outcome) && sodium_memcmp(key, again, KEY_LEN) != 0)
        outcome = trouble("the copy %s is not what was written%s", path, "");
    sodium_memzero(key, sizeof key);
    sodium_memzero(again, sizeof again);
    TRY(outcome);
    if (unlink(from) != 0)
        return trouble("the key %s cannot be removed: %s", from, strerror(errno));
    return sync_folder(where);
}
