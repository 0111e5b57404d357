/* files.c -- see files.h. */
#include "platform/files.h"

#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/limits.h"
#include "platform/secret.h"

static int folder = -1;
static magic_t magic;
static pthread_mutex_t magic_lock = PTHREAD_MUTEX_INITIALIZER;

static const struct {
    const char *type;
    bool is_image;
} types[] = {
    {"image/jpeg", true},
    {"image/png", true},
    {"image/gif", true},
    {"image/webp", true},
    {"application/pdf", false},
    {"application/msword", false},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
};

struct outcome files_open(const char *path)
{
    files_close();
    if (mkdir(path, 0700) && errno != EEXIST) return FAULT("cannot make the folder for files");
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return FAULT("cannot open the folder for files");
    magic = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR);
    if (!magic || magic_load(magic, NULL)) {
        files_close();
        return FAULT("cannot load the data of libmagic, which tells types of files");
    }
    return DONE;
}

void files_close(void)
{
    if (folder >= 0) close(folder);
    if (magic) magic_close(magic);
    folder = -1;
    magic = NULL;
}

struct str files_type(struct str bytes)
{
    struct str found = S("");
    const char *type;

    pthread_mutex_lock(&magic_lock);
    type = magic_buffer(magic, bytes.at, bytes.len);
    for (size_t i = 0; type && i < COUNT(types); i++) {
        if (strcmp(types[i].type, type) == 0) found = str_of(types[i].type);
    }
    pthread_mutex_unlock(&magic_lock);
    return found;
}

bool files_is_image(struct str type)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        if (str_same(str_of(types[i].type), type)) return types[i].is_image;
    }
    return false;
}

enum { NAME_BYTES_MAX = 255 }; /* what a header and a file system can carry */

/* Marks that turn the direction of writing round: U+200E, U+200F, U+202A to U+202E, U+2066 to
 * U+2069.  With them "gnp.exe" can look like "exe.png". */
static bool turns_round(struct str rest)
{
    unsigned char last = rest.len >= 3 ? (unsigned char)rest.at[2] : 0;

    if (str_begins(rest, S("\xE2\x80")))
        return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
    return str_begins(rest, S("\xE2\x81")) && last >= 0xA6 && last <= 0xA9;
}

/* What a file is shown and handed out as: without its folders, and no longer than a header can
 * carry. */
struct str files_plain_name(struct arena *arena, struct str name)
{
    char *at = arena_take(arena, 1, name.len + 1);
    size_t len = 0, from = name.len;

    while (from && name.at[from - 1] != '/' && name.at[from - 1] != '\\') from--;
    for (size_t i = from; i < name.len && len < NAME_BYTES_MAX; i++) {
        if (turns_round((struct str){name.at + i, name.len - i}))
            i += 2;
        else
            at[len++] = name.at[i];
    }
    while (len && !str_is_utf8((struct str){at, len})) len--; /* no half character */
    name = str_trim((struct str){at, len});
    return name.len ? name : S("file");
}

static bool write_all(int file, struct str bytes)
{
    while (bytes.len) {
        ssize_t wrote = write(file, bytes.at, bytes.len);

        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes.at += wrote;
        bytes.len -= (size_t)wrote;
    }
    return true;
}

struct str files_hash(struct arena *arena, struct str bytes)
{
    unsigned char sum[32];
    char hex[65];

    crypto_generichash(sum, sizeof sum, (const unsigned char *)bytes.at, bytes.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    return arena_copy(arena, str_of(hex));
}

struct outcome files_put(struct arena *arena, struct str bytes, struct str *name, struct str *hash)
{
    int file;
    bool good;

    *name = secret_token(arena);
    file = openat(folder, name->at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return FAULT("cannot make a file for an attachment");
    good = write_all(file, bytes) && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (!good || fsync(folder)) {
        unlinkat(folder, name->at, 0);
        return FAULT("cannot write an attachment to disk");
    }
    *hash = files_hash(arena, bytes);
    return DONE;
}

/* Names are ours; a row that holds anything else was not written by us. */
static bool is_our_name(struct str name)
{
    return name.len == TOKEN_LEN && !memchr(name.at, '/', name.len) &&
           !memchr(name.at, '.', name.len);
}

struct outcome files_get(struct arena *arena, struct str name, int64_t bytes_count,
                         struct str *bytes)
{
    const char *path = arena_c(arena, name);
    size_t len = 0;
    char *at;
    int file;

    if (!is_our_name(name) || bytes_count < 0 || bytes_count > ATTACHMENT_BYTES_MAX)
        return FAULT("an attachment's row is not as we write it");
    file = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return FAULT("an attachment's file is missing");
    at = arena_take(arena, 1, (size_t)bytes_count + 1);
    while (len < (size_t)bytes_count) {
        ssize_t got = read(file, at + len, (size_t)bytes_count - len);

        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        len += (size_t)got;
    }
    close(file);
    if (len != (size_t)bytes_count) return FAULT("an attachment's file is shorter than it was");
    *bytes = (struct str){at, len};
    return DONE;
}

bool files_has(struct str name)
{
    char path[TOKEN_LEN + 1] = "";

    if (!is_our_name(name)) return false;
    memcpy(path, name.at, name.len);
    return faccessat(folder, path, R_OK, 0) == 0;
}

struct outcome files_check(struct str name, int64_t bytes_count, struct str hash, bool *is_same)
{
    struct arena *arena = arena_open(2 * (size_t)ATTACHMENT_BYTES_MAX);
    struct str bytes;
    struct outcome outcome = files_get(arena, name, bytes_count, &bytes);

    *is_same = IS_DONE(outcome) && str_same(files_hash(arena, bytes), hash);
    arena_close(&arena);
    return outcome;
}

void files_drop(struct str name)
{
    if (is_our_name(name)) unlinkat(folder, name.at, 0);
}
