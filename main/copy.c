/* copy.c -- see copy.h. */
#include "main/copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1 << 16, HASH_BYTES = 32, HEX_LEN = 2 * HASH_BYTES };

static struct outcome fault_of(struct arena *arena, const char *what, struct str path)
{
    return FAULT(arena_print(arena, "%s %.*s: %s", what, STR_ARGS(path), strerror(errno)).at);
}

static struct str join(struct arena *arena, struct str folder, const char *name)
{
    return arena_print(arena, "%.*s/%s", STR_ARGS(folder), name);
}

static bool pump(int from, int to)
{
    char bytes[CHUNK_BYTES];
    ssize_t got;

    while ((got = read(from, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < got;) {
            ssize_t wrote = write(to, bytes + at, (size_t)(got - at));

            if (wrote < 0 && errno == EINTR) continue;
            if (wrote <= 0) return false;
            at += wrote;
        }
    }
    return got == 0 && fsync(to) == 0;
}

struct outcome copy_file(struct arena *arena, struct str from, struct str to, const char *name)
{
    struct str source = join(arena, from, name), target = join(arena, to, name);
    struct str part = arena_print(arena, "%.*s.part", STR_ARGS(target));
    int in = open(source.at, O_RDONLY | O_CLOEXEC), out;
    struct outcome outcome = DONE;
    bool good;

    if (in < 0) return fault_of(arena, "cannot read", source);
    unlink(part.at);
    out = access(target.at, F_OK) == 0
              ? (errno = EEXIST, -1)
              : open(part.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0) {
        outcome = fault_of(arena, "cannot make", target);
        close(in);
        return outcome;
    }
    good = pump(in, out);
    if (close(out) || !good || rename(part.at, target.at)) {
        outcome = fault_of(arena, "cannot copy", source);
        unlink(part.at);
    }
    close(in);
    return outcome;
}

struct outcome copy_sync_folder(struct arena *arena, struct str path)
{
    int folder = open(path.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && fsync(folder) == 0;
    struct outcome outcome = good ? DONE : fault_of(arena, "cannot write to disk", path);

    if (folder >= 0) close(folder);
    return outcome;
}

/* At the end errno is 0; else the rest could not be read. */
static struct dirent *next_of(DIR *folder)
{
    errno = 0;
    return readdir(folder);
}

typedef struct outcome bring_one(struct arena *arena, struct str from, struct str to,
                                 const char *name);

static struct outcome hash_file(struct arena *arena, struct str path, char hex[HEX_LEN + 1])
{
    crypto_generichash_state state;
    unsigned char bytes[CHUNK_BYTES], sum[HASH_BYTES];
    size_t got;
    bool good;
    FILE *file = fopen(path.at, "rb");

    if (!file) return fault_of(arena, "cannot read", path);
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        crypto_generichash_update(&state, bytes, got);
    good = !ferror(file);
    fclose(file);
    if (!good) return fault_of(arena, "cannot read", path);
    crypto_generichash_final(&state, sum, sizeof sum);
    sodium_bin2hex(hex, HEX_LEN + 1, sum, sizeof sum);
    return DONE;
}

static bool is_same(struct arena *arena, struct str one, struct str other)
{
    char hex[HEX_LEN + 1], other_hex[HEX_LEN + 1];
    struct outcome outcome = hash_file(arena, one, hex);

    if (IS_DONE(outcome)) outcome = hash_file(arena, other, other_hex);
    return IS_DONE(outcome) && memcmp(hex, other_hex, HEX_LEN) == 0;
}

static struct outcome move_file(struct arena *arena, struct str from, struct str to,
                                const char *name)
{
    struct str source = join(arena, from, name), target = join(arena, to, name);

    if (access(target.at, F_OK) == 0 && !is_same(arena, source, target)) {
        errno = EEXIST;
        return fault_of(arena, "cannot make", target);
    }
    return rename(source.at, target.at) ? fault_of(arena, "cannot make", target) : DONE;
}

static struct outcome bring_folder(struct arena *arena, struct str from, struct str to,
                                   const char *name, bring_one *bring)
{
    struct str source = join(arena, from, name), target = join(arena, to, name);
    DIR *folder = opendir(source.at);
    struct outcome outcome = DONE;
    struct dirent *entry;

    if (!folder) return errno == ENOENT ? DONE : fault_of(arena, "cannot read", source);
    if (mkdir(target.at, 0700) && errno != EEXIST) outcome = fault_of(arena, "cannot make", target);
    while (IS_DONE(outcome) && (entry = next_of(folder))) {
        if (entry->d_name[0] == '.') continue;
        outcome = bring(arena, source, target, entry->d_name);
    }
    if (IS_DONE(outcome) && errno) outcome = fault_of(arena, "cannot read", source);
    closedir(folder);
    return IS_DONE(outcome) ? copy_sync_folder(arena, target) : outcome;
}

struct outcome copy_folder(struct arena *arena, struct str from, struct str to, const char *name)
{
    return bring_folder(arena, from, to, name, copy_file);
}

struct outcome copy_carry(struct arena *arena, struct str from, struct str to, const char *name)
{
    return bring_folder(arena, from, to, name, move_file);
}

static int remove_one(const char *path, const struct stat *is, int kind, struct FTW *place)
{
    (void)is, (void)kind, (void)place;
    return remove(path);
}

bool copy_remove(struct str folder)
{
    enum { OPEN_MAX = 8 };

    return nftw(folder.at, remove_one, OPEN_MAX, FTW_DEPTH | FTW_PHYS) == 0 ||
           access(folder.at, F_OK) != 0;
}

static struct outcome list_folder(struct arena *arena, struct str root, const char *name,
                                  FILE *list)
{
    struct str path = name[0] ? join(arena, root, name) : root;
    DIR *folder = opendir(path.at);
    struct dirent *entry;
    struct outcome outcome = DONE;
    char hex[HEX_LEN + 1];

    if (!folder) return errno == ENOENT ? DONE : fault_of(arena, "cannot read", path);
    while (IS_DONE(outcome) && (entry = next_of(folder))) {
        struct stat found;
        struct str one = join(arena, path, entry->d_name);

        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "MANIFEST") == 0) continue;
        if (stat(one.at, &found)) outcome = fault_of(arena, "cannot read", one);
        if (!IS_DONE(outcome) || !S_ISREG(found.st_mode)) continue;
        outcome = hash_file(arena, one, hex);
        if (IS_DONE(outcome))
            fprintf(list, "%s  %s%s%s\n", hex, name, name[0] ? "/" : "", entry->d_name);
    }
    if (IS_DONE(outcome) && errno) outcome = fault_of(arena, "cannot read", path);
    closedir(folder);
    return outcome;
}

struct outcome copy_write_list(struct arena *arena, struct str folder)
{
    static const char *const folders[] = {"", "files", "calendar", "keys"};
    struct str path = join(arena, folder, "MANIFEST"), part = join(arena, folder, ".MANIFEST");
    FILE *list = fopen(part.at, "w");
    struct outcome outcome = DONE;

    if (!list) return fault_of(arena, "cannot make", path);
    for (size_t i = 0; i < COUNT(folders) && IS_DONE(outcome); i++)
        outcome = list_folder(arena, folder, folders[i], list);
    /* What was written on the way and could not be is known to ferror() alone. */
    if (fflush(list) || ferror(list) || fsync(fileno(list)))
        outcome = fault_of(arena, "cannot write", path);
    fclose(list);
    if (IS_DONE(outcome) && rename(part.at, path.at))
        outcome = fault_of(arena, "cannot make", path);
    if (!IS_DONE(outcome)) unlink(part.at);
    return IS_DONE(outcome) ? copy_sync_folder(arena, folder) : outcome;
}

struct outcome copy_check_list(struct arena *arena, struct str folder)
{
    struct str path = join(arena, folder, "MANIFEST");
    FILE *list = fopen(path.at, "r");
    char line[1024], hex[HEX_LEN + 1];
    struct outcome outcome = DONE;

    if (!list) return fault_of(arena, "this is no copy of an installation: cannot read", path);
    while (IS_DONE(outcome) && fgets(line, sizeof line, list)) {
        struct str text = str_trim(str_of(line)), name;

        if (text.len < HEX_LEN + 3) continue;
        name = (struct str){text.at + HEX_LEN + 2, text.len - HEX_LEN - 2};
        outcome = hash_file(arena, join(arena, folder, arena_c(arena, name)), hex);
        if (IS_DONE(outcome) && memcmp(hex, text.at, HEX_LEN) != 0)
            outcome = FAULT(arena_print(arena, "%.*s is not as it was copied", STR_ARGS(name)).at);
    }
    if (IS_DONE(outcome) && ferror(list)) outcome = fault_of(arena, "cannot read", path);
    fclose(list);
    return outcome;
}
