/* files.c -- see files.h. */
#include "platform/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/files_gone.h"
#include "platform/files_store.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"

enum { SALT_BYTES = 16, SUM_BYTES = 16, NAME_LEN = 2 * (SALT_BYTES + SUM_BYTES) };
enum { CHECK_BYTES_MAX = 1 << 20 };

static int folder = -1;
static atomic_llong read_here, read_far;

struct outcome files_open(const char *path)
{
    files_close();
    if (mkdir(path, 0700) && errno != EEXIST) return FAULT("cannot make the folder for files");
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return FAULT("cannot open the folder for files");
    return DONE;
}

void files_close(void)
{
    if (folder >= 0) close(folder);
    folder = -1;
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

bool files_are_far(void)
{
    return files_store_is_open();
}

/* (4) */
static void name_of(struct str bytes, const unsigned char *salt, char *name)
{
    unsigned char made[SALT_BYTES + SUM_BYTES];

    memcpy(made, salt, SALT_BYTES);
    crypto_generichash(made + SALT_BYTES, SUM_BYTES, (const unsigned char *)bytes.at, bytes.len,
                       salt, SALT_BYTES);
    sodium_bin2hex(name, NAME_LEN + 1, made, sizeof made);
}

static bool is_what_its_name_says(struct str name, struct str bytes)
{
    unsigned char salt[SALT_BYTES];
    char expected[NAME_LEN + 1];

    if (name.len == TOKEN_LEN) return true; /* random only */
    if (sodium_hex2bin(salt, sizeof salt, name.at, 2 * sizeof salt, NULL, NULL, NULL)) return false;
    name_of(bytes, salt, expected);
    return str_same(name, str_of(expected));
}

static struct outcome write_here(const char *name, struct str bytes)
{
    int file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good;

    if (file < 0) return FAULT("cannot make a file for an attachment");
    good = write_all(file, bytes) && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (good && fsync(folder) == 0) return DONE;
    unlinkat(folder, name, 0);
    return FAULT("cannot write an attachment to disk");
}

/* What was refused belongs to nobody, wherever it came to lie. */
static struct outcome put_far(const char *name, struct str bytes)
{
    bool may_be_there;
    struct outcome outcome = files_store_put(name, bytes, &may_be_there), dropped = DONE;

    if (!IS_DONE(outcome) && may_be_there) dropped = files_store_drop(name);
    if (!IS_DONE(dropped)) log_fault("files", dropped.fault);
    return outcome;
}

struct outcome files_put(struct arena *arena, struct str bytes, struct str *name, struct str *hash)
{
    unsigned char salt[SALT_BYTES];
    char made[NAME_LEN + 1];

    randombytes_buf(salt, sizeof salt);
    name_of(bytes, salt, made);
    *name = arena_copy(arena, str_of(made));
    TRY(files_are_far() ? put_far(made, bytes) : write_here(made, bytes));
    *hash = files_hash(arena, bytes);
    return DONE;
}

/* Names are ours; a row that holds anything else was not written by us. */
static bool is_our_name(struct str name)
{
    for (size_t i = 0; name.len == NAME_LEN && i < NAME_LEN; i++) {
        if (!name.at[i] || !strchr("0123456789abcdef", name.at[i])) return false;
    }
    if (name.len == NAME_LEN) return true;
    return name.len == TOKEN_LEN && !memchr(name.at, '/', name.len) &&
           !memchr(name.at, '.', name.len) && !memchr(name.at, 0, name.len);
}

static struct outcome read_open(struct arena *arena, int file, int64_t bytes_count,
                                struct str *bytes)
{
    char *at = arena_take(arena, 1, (size_t)bytes_count + 1);
    size_t len = 0;

    while (len < (size_t)bytes_count) {
        ssize_t got = read(file, at + len, (size_t)bytes_count - len);

        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        len += (size_t)got;
    }
    if (len != (size_t)bytes_count) return FAULT("an attachment's file is shorter than it was");
    *bytes = (struct str){at, len};
    return DONE;
}

struct outcome files_get(struct arena *arena, struct str name, int64_t bytes_count,
                         struct str *bytes)
{
    const char *path = arena_c(arena, name);
    struct outcome outcome;
    int file;

    if (!is_our_name(name) || bytes_count < 0 || bytes_count > ATTACHMENT_BYTES_MAX)
        return FAULT("an attachment's row is not as we write it");
    file = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && !files_are_far()) return FAULT("an attachment's file is missing");
    if (file < 0) {
        outcome = files_store_get(arena, path, (size_t)bytes_count, bytes);
    } else {
        outcome = read_open(arena, file, bytes_count, bytes);
        close(file);
    }
    TRY(outcome);
    if (!is_what_its_name_says(name, *bytes))
        return FAULT("an attachment's file is not what its name says");
    atomic_fetch_add(file < 0 ? &read_far : &read_here, 1);
    return DONE;
}

void files_count_read(int64_t *from_folder, int64_t *from_store)
{
    *from_folder = atomic_load(&read_here);
    *from_store = atomic_load(&read_far);
}

bool files_has(struct str name)
{
    char path[NAME_LEN + 1] = "";
    bool has;

    if (!is_our_name(name)) return false;
    memcpy(path, name.at, name.len);
    if (faccessat(folder, path, R_OK, 0) == 0) return true;
    if (!files_are_far() || files_gone_has(path)) return false;
    return !IS_DONE(files_store_has(path, &has)) || has;
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

struct outcome files_drop_many(const struct str *names, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        char path[NAME_LEN + 1] = "";

        if (!is_our_name(names[i])) continue;
        memcpy(path, names[i].at, names[i].len);
        if (unlinkat(folder, path, 0) == 0)
            any = true;
        else if (errno != ENOENT)
            return FAULT("cannot remove an attachment's file");
        if (files_are_far()) TRY(files_gone_put(path));
    }
    if (any && fsync(folder))
        return FAULT("cannot write to disk that an attachment's file is removed");
    return count && files_are_far() ? files_gone_settle() : DONE;
}

struct outcome files_check_rows(struct store *store, files_check_some *some, int64_t *files)
{
    struct arena *arena = arena_open(CHECK_BYTES_MAX); /* they are more than fit into any */
    struct outcome outcome;
    size_t count = 0;
    id after = 0;

    *files = 0;
    do {
        outcome = some(arena, store, &after, &count, files);
        arena_reset(arena);
    } while (IS_DONE(outcome) && count);
    arena_close(&arena);
    return outcome;
}

struct outcome files_drop(struct str name)
{
    return files_drop_many(&name, 1);
}

/* ---- from the folder into the store ---- */

static struct outcome carry(struct arena *arena, const char *name)
{
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct str bytes, back;
    struct outcome outcome;
    struct stat found;
    bool may_be_there;

    if (file < 0) return DONE; /* taken back meanwhile */
    outcome = fstat(file, &found) || found.st_size > ATTACHMENT_BYTES_MAX
                  ? FAULT("a file in the folder is larger than any that was taken")
                  : read_open(arena, file, found.st_size, &bytes);
    close(file);
    TRY(outcome);
    TRY(files_store_put(name, bytes, &may_be_there));
    TRY(files_store_get(arena, name, bytes.len, &back));
    if (!str_same(bytes, back)) return FAULT("a file came back from the store as another");
    if (unlinkat(folder, name, 0) && errno == ENOENT) return files_store_drop(name);
    return DONE;
}

struct outcome files_carry(int64_t *carried, int64_t *left)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct outcome outcome = DONE;
    struct dirent *entry;

    *carried = *left = 0;
    if (!listing) return FAULT("cannot read the folder of files");
    while (IS_DONE(outcome) && (entry = readdir(listing))) {
        struct arena *arena;

        if (!is_our_name(str_of(entry->d_name))) {
            *left += entry->d_name[0] != '.';
            continue;
        }
        arena = arena_open(4 * (size_t)ATTACHMENT_BYTES_MAX);
        outcome = carry(arena, entry->d_name);
        arena_close(&arena);
        *carried += IS_DONE(outcome);
    }
    closedir(listing);
    if (IS_DONE(outcome) && fsync(folder)) return FAULT("cannot write the folder of files to disk");
    return outcome;
}
