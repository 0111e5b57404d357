/* sealed.h -- a backup as one file, sealed for keys whose other half is kept elsewhere.
 *
 * The machine that makes backups knows the public half alone: what it has made it cannot read
 * again, nor can who takes the file (decision 0090).  All of it is libsodium's:
 *
 *   "gongdao sealed backup 1\n"
 *   one byte       for how many keys
 *   80 bytes each  the file's own key, crypto_box_seal() for one of them
 *   24 bytes       header of crypto_secretstream_xchacha20poly1305
 *   messages       4 bytes length (the highest first), then so many of crypto_secretstream; the
 *                  first bears BLAKE2b-256 of all before it as additional data
 *
 * Opened, a message is 'F' and a path (gongdao.db; files/NAME …), 'D' and what comes next of that
 * file, or 'E', which is tagged final and has nothing behind it: a file that was cut short, or
 * changed anywhere, does not open.  Who sealed it is not proven: everybody may have a public half.
 * The seals of the journal prove whose rows they are.
 */
#ifndef MAIN_SEALED_H
#define MAIN_SEALED_H

#include "platform/base.h"

enum {
    SEALED_KEYS_MAX = 8, /* two offices, a safe, and some to come */
    SEALED_KEY_BYTES = 32
};

struct sealed_for {
    unsigned char keys[SEALED_KEYS_MAX][SEALED_KEY_BYTES];
    size_t count;
};

/* Public halves as sealed_make_key() tells them, with a space between.  Faults in words at one
 * that is mistyped: each has a sum of its own. */
struct outcome sealed_read_keys(struct arena *arena, struct str text, struct sealed_for *keys);
/* A new pair: the secret half into a new file at `path`, mode 0600; the public half is told. */
struct outcome sealed_make_key(struct arena *arena, struct str path, struct str *told);

/* Of a new file at `path`: under its name it is whole or not there. */
struct sealed_writer;
struct outcome sealed_begin(struct arena *arena, struct str path, const struct sealed_for *keys,
                            struct sealed_writer **writer);
struct outcome sealed_put(struct sealed_writer *writer, struct str folder, const char *name);
/* The files directly in FOLDER/name; a folder that does not exist is none. */
struct outcome sealed_put_folder(struct sealed_writer *writer, struct str folder, const char *name);
/* `outcome` is that of what was put; unless it is done nothing is left. */
struct outcome sealed_end(struct sealed_writer *writer, struct outcome outcome);

bool sealed_is(struct str path); /* is this a file that begins like one? */
/* Opens it with the secret half in the file `key` into the folder `into`, which is there and empty.
 * Faults say whether it is the key or the backup that is wrong; then what is in it is not whole. */
struct outcome sealed_open(struct arena *arena, struct str path, struct str key, struct str into);

#endif
