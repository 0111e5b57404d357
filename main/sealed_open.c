/* sealed_open.c -- see sealed.h: opening one.
 *
 *  (1) A path is one of those a backup has: who seals one for us may not choose where it goes.
 *  (2) What is put down was found whole, message by message; that the last one came is known at the
 *      end alone, so the caller uses nothing before that.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/copy.h"
#include "main/sealed_parts.h"

struct reader {
    struct arena *arena;
    struct str path, into;
    FILE *file, *out; /* out: the file that is being put down, or NULL */
    struct str out_path;
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char head_hash[SEALED_HASH];
    bool is_first, is_over;
    unsigned char clear[SEALED_CLEAR_MAX], sealed[SEALED_MESSAGE_MAX];
};

static const char damaged[] = "this backup is not as it was made: it was changed or cut short; "
                              "use another copy of it";

bool sealed_is(struct str path)
{
    char begin[SEALED_MAGIC_LEN];
    FILE *file = fopen(path.at, "rb");
    bool is_one = file && fread(begin, 1, sizeof begin, file) == sizeof begin &&
                  memcmp(begin, SEALED_MAGIC, sizeof begin) == 0;

    if (file) fclose(file);
    return is_one;
}

static bool may_be_path(struct str path)
{
    static const char *const folders[] = {"files/", "calendar/", "keys/"};

    if (str_same(path, S("gongdao.db"))) return true;
    for (size_t i = 0; i < COUNT(folders); i++) {
        size_t len = strlen(folders[i]);

        if (str_begins(path, str_of(folders[i])))
            return path.len > len && path.at[len] != '.' &&
                   !memchr(path.at + len, '/', path.len - len) &&
                   !memchr(path.at, '\0', path.len);
    }
    return false;
}

static struct outcome finish_file(struct reader *reader)
{
    FILE *out = reader->out;
    bool good;

    reader->out = NULL;
    if (!out) return DONE;
    good = fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (fclose(out)) good = false;
    return good ? DONE : sealed_fault(reader->arena, "cannot write", reader->out_path);
}

static struct outcome begin_file(struct reader *reader, struct str path)
{
    struct str name = arena_copy(reader->arena, path), folder;
    int file;

    TRY(finish_file(reader));
    if (!may_be_path(path)) return FAULT("this backup holds a file that no backup has");
    folder = arena_print(reader->arena, "%.*s/%.*s", STR_ARGS(reader->into),
                         (int)(strcspn(name.at, "/")), name.at);
    if (strchr(name.at, '/') && mkdir(folder.at, 0700) && errno != EEXIST)
        return sealed_fault(reader->arena, "cannot make", folder);
    reader->out_path = arena_print(reader->arena, "%.*s/%s", STR_ARGS(reader->into), name.at);
    file = open(reader->out_path.at, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    reader->out = file < 0 ? NULL : fdopen(file, "wb");
    if (file >= 0 && !reader->out) close(file);
    return reader->out ? DONE : sealed_fault(reader->arena, "cannot make", reader->out_path);
}

static struct outcome take_message(struct reader *reader)
{
    unsigned char length[4], tag;
    unsigned long long len;
    size_t sealed_len = 0;

    if (fread(length, 1, sizeof length, reader->file) != sizeof length) return FAULT(damaged);
    for (int i = 0; i < 4; i++) sealed_len = sealed_len << 8 | length[i];
    if (sealed_len <= crypto_secretstream_xchacha20poly1305_ABYTES ||
        sealed_len > SEALED_MESSAGE_MAX ||
        fread(reader->sealed, 1, sealed_len, reader->file) != sealed_len ||
        crypto_secretstream_xchacha20poly1305_pull(&reader->state, reader->clear, &len, &tag,
                                                   reader->sealed, sealed_len, reader->head_hash,
                                                   reader->is_first ? SEALED_HASH : 0))
        return FAULT(damaged);
    reader->is_first = false;
    if (reader->clear[0] == 'F')
        return begin_file(reader, (struct str){(const char *)reader->clear + 1, len - 1});
    if (reader->clear[0] == 'D' && reader->out) {
        if (fwrite(reader->clear + 1, 1, len - 1, reader->out) == len - 1) return DONE;
        return sealed_fault(reader->arena, "cannot write", reader->out_path);
    }
    if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL || fgetc(reader->file) != EOF)
        return FAULT(damaged);
    reader->is_over = true;
    return finish_file(reader);
}

/* Which of its keys ours opens is not written: each is tried. */
static struct outcome take_head(struct reader *reader, const unsigned char *secret)
{
    unsigned char head[SEALED_HEAD_MAX], key[SEALED_KEY_BYTES], public[SEALED_KEY_BYTES];
    size_t count, len = SEALED_MAGIC_LEN + 1, rest;
    bool found = false;

    if (fread(head, 1, len, reader->file) != len ||
        memcmp(head, SEALED_MAGIC, SEALED_MAGIC_LEN) != 0)
        return FAULT("this is no sealed backup");
    count = head[SEALED_MAGIC_LEN];
    rest = count * SEALED_WRAPPED + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
    if (count < 1 || count > SEALED_KEYS_MAX || fread(head + len, 1, rest, reader->file) != rest)
        return FAULT(damaged);
    crypto_scalarmult_base(public, secret);
    for (size_t i = 0; i < count && !found; i++, len += SEALED_WRAPPED)
        found = crypto_box_seal_open(key, head + len, SEALED_WRAPPED, public, secret) == 0;
    if (!found)
        return FAULT("this is not a key of this backup: it was sealed for another one, or its "
                     "beginning is damaged");
    len = SEALED_MAGIC_LEN + 1 + rest;
    crypto_generichash(reader->head_hash, sizeof reader->head_hash, head, len, NULL, 0);
    len -= crypto_secretstream_xchacha20poly1305_HEADERBYTES;
    rest = (size_t)crypto_secretstream_xchacha20poly1305_init_pull(&reader->state, head + len, key);
    sodium_memzero(key, sizeof key);
    return rest ? FAULT(damaged) : DONE;
}

struct outcome sealed_open(struct arena *arena, struct str path, struct str key, struct str into)
{
    struct reader *reader = NEW_MANY(arena, struct reader, 1);
    unsigned char secret[SEALED_KEY_BYTES];
    struct outcome outcome;

    if (sodium_init() < 0) return FAULT("the library of cryptography does not start");
    TRY(sealed_read_secret(arena, key, secret));
    reader->arena = arena;
    reader->path = path;
    reader->into = into;
    reader->is_first = true;
    reader->file = fopen(path.at, "rb");
    outcome = reader->file ? take_head(reader, secret) : sealed_fault(arena, "cannot read", path);
    sodium_memzero(secret, sizeof secret);
    while (IS_DONE(outcome) && !reader->is_over) outcome = take_message(reader);
    if (reader->out) fclose(reader->out);
    if (reader->file) fclose(reader->file);
    sodium_memzero(reader, sizeof *reader);
    return outcome;
}
