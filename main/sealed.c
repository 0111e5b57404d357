/* sealed.c -- see sealed.h: making one. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "main/copy.h"
#include "main/sealed_parts.h"

struct sealed_writer {
    struct arena *arena;
    struct str path, part;
    FILE *file;
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char head_hash[SEALED_HASH];
    bool is_first;
    unsigned char clear[SEALED_CLEAR_MAX], sealed[4 + SEALED_MESSAGE_MAX];
};

struct outcome sealed_fault(struct arena *arena, const char *what, struct str path)
{
    return FAULT(arena_print(arena, "%s %.*s: %s", what, STR_ARGS(path), strerror(errno)).at);
}

/* `writer->clear` holds `len` bytes, the first of which says what they are. */
static struct outcome put_message(struct sealed_writer *writer, size_t len, unsigned char tag)
{
    unsigned long long sealed_len = 0;
    size_t hash_len = writer->is_first ? SEALED_HASH : 0;

    crypto_secretstream_xchacha20poly1305_push(&writer->state, writer->sealed + 4, &sealed_len,
                                               writer->clear, len, writer->head_hash, hash_len,
                                               tag);
    writer->is_first = false;
    for (int i = 0; i < 4; i++) writer->sealed[i] = (unsigned char)(sealed_len >> (24 - 8 * i));
    if (fwrite(writer->sealed, 1, 4 + sealed_len, writer->file) != 4 + sealed_len)
        return sealed_fault(writer->arena, "cannot write", writer->part);
    return DONE;
}

static struct outcome put_head(struct sealed_writer *writer, const struct sealed_for *keys)
{
    unsigned char head[SEALED_HEAD_MAX], key[SEALED_KEY_BYTES];
    size_t len = SEALED_MAGIC_LEN;

    crypto_secretstream_xchacha20poly1305_keygen(key);
    memcpy(head, SEALED_MAGIC, SEALED_MAGIC_LEN);
    head[len++] = (unsigned char)keys->count;
    for (size_t i = 0; i < keys->count; i++, len += SEALED_WRAPPED) {
        if (crypto_box_seal(head + len, key, sizeof key, keys->keys[i]))
            return FAULT("a key of these cannot be sealed for");
    }
    crypto_secretstream_xchacha20poly1305_init_push(&writer->state, head + len, key);
    sodium_memzero(key, sizeof key);
    len += crypto_secretstream_xchacha20poly1305_HEADERBYTES;
    crypto_generichash(writer->head_hash, sizeof writer->head_hash, head, len, NULL, 0);
    if (fwrite(head, 1, len, writer->file) != len)
        return sealed_fault(writer->arena, "cannot write", writer->part);
    return DONE;
}

struct outcome sealed_begin(struct arena *arena, struct str path, const struct sealed_for *keys,
                            struct sealed_writer **begun)
{
    struct sealed_writer *writer = NEW_MANY(arena, struct sealed_writer, 1);
    struct outcome outcome;
    int file;

    if (!keys->count) return FAULT("a backup is sealed for a key at least");
    writer->arena = arena;
    writer->path = path;
    writer->part = arena_print(arena, "%.*s.part", STR_ARGS(path));
    writer->is_first = true;
    if (access(path.at, F_OK) == 0)
        return FAULT(arena_print(arena, "%.*s is there already: a copy is never written over",
                                 STR_ARGS(path))
                         .at);
    unlink(writer->part.at);
    file = open(writer->part.at, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return sealed_fault(arena, "cannot make", writer->part);
    writer->file = fdopen(file, "wb");
    if (!writer->file) {
        outcome = sealed_fault(arena, "cannot make", writer->part);
        close(file);
        unlink(writer->part.at);
        return outcome;
    }
    outcome = put_head(writer, keys);
    if (!IS_DONE(outcome)) return sealed_end(writer, outcome);
    *begun = writer;
    return DONE;
}

struct outcome sealed_put(struct sealed_writer *writer, struct str folder, const char *name)
{
    struct str source = arena_print(writer->arena, "%.*s/%s", STR_ARGS(folder), name);
    FILE *file = fopen(source.at, "rb");
    struct outcome outcome = DONE;
    size_t got = strlen(name);

    if (!file) return sealed_fault(writer->arena, "cannot read", source);
    writer->clear[0] = 'F';
    memcpy(writer->clear + 1, name, got < SEALED_CHUNK ? got : SEALED_CHUNK);
    outcome = put_message(writer, got + 1, 0);
    writer->clear[0] = 'D';
    while (IS_DONE(outcome) && (got = fread(writer->clear + 1, 1, SEALED_CHUNK, file)) > 0)
        outcome = put_message(writer, got + 1, 0);
    if (IS_DONE(outcome) && ferror(file))
        outcome = sealed_fault(writer->arena, "cannot read", source);
    fclose(file);
    return outcome;
}

struct outcome sealed_put_folder(struct sealed_writer *writer, struct str folder, const char *name)
{
    struct str source = arena_print(writer->arena, "%.*s/%s", STR_ARGS(folder), name);
    DIR *opened = opendir(source.at);
    struct outcome outcome = DONE;
    struct dirent *entry;

    if (!opened)
        return errno == ENOENT ? DONE : sealed_fault(writer->arena, "cannot read", source);
    while (errno = 0, IS_DONE(outcome) && (entry = readdir(opened))) {
        if (entry->d_name[0] == '.') continue;
        outcome = sealed_put(writer, folder,
                             arena_print(writer->arena, "%s/%s", name, entry->d_name).at);
    }
    if (IS_DONE(outcome) && errno) outcome = sealed_fault(writer->arena, "cannot read", source);
    closedir(opened);
    return outcome;
}

static struct str folder_of(struct arena *arena, struct str path)
{
    size_t len = path.len;

    while (len && path.at[len - 1] != '/') len--;
    return len ? arena_copy(arena, (struct str){path.at, len}) : S(".");
}

struct outcome sealed_end(struct sealed_writer *writer, struct outcome outcome)
{
    writer->clear[0] = 'E';
    if (IS_DONE(outcome))
        outcome = put_message(writer, 1, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    if (IS_DONE(outcome) && (fflush(writer->file) || fsync(fileno(writer->file))))
        outcome = sealed_fault(writer->arena, "cannot write", writer->part);
    if (fclose(writer->file) && IS_DONE(outcome))
        outcome = sealed_fault(writer->arena, "cannot write", writer->part);
    if (IS_DONE(outcome) && rename(writer->part.at, writer->path.at))
        outcome = sealed_fault(writer->arena, "cannot make", writer->path);
    sodium_memzero(&writer->state, sizeof writer->state);
    sodium_memzero(writer->clear, sizeof writer->clear);
    if (IS_DONE(outcome))
        return copy_sync_folder(writer->arena, folder_of(writer->arena, writer->path));
    unlink(writer->part.at);
    return outcome;
}
