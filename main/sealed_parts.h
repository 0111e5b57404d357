/* sealed_parts.h -- what the files of sealed.h share; nobody else includes it. */
#ifndef MAIN_SEALED_PARTS_H
#define MAIN_SEALED_PARTS_H

#include <sodium.h>

#include "main/sealed.h"

#define SEALED_MAGIC "gongdao sealed backup 1\n"

enum {
    SEALED_MAGIC_LEN = sizeof SEALED_MAGIC - 1,
    SEALED_WRAPPED = SEALED_KEY_BYTES + crypto_box_SEALBYTES,
    SEALED_HEAD_MAX = SEALED_MAGIC_LEN + 1 + SEALED_KEYS_MAX * SEALED_WRAPPED +
                      crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    SEALED_CHUNK = 1 << 16, /* of a file in one message */
    SEALED_CLEAR_MAX = SEALED_CHUNK + 1,
    SEALED_MESSAGE_MAX = SEALED_CLEAR_MAX + crypto_secretstream_xchacha20poly1305_ABYTES,
    SEALED_HASH = 32
};

/* Names the file and what the machine said of it. */
struct outcome sealed_fault(struct arena *arena, const char *what, struct str path);
struct outcome sealed_read_secret(struct arena *arena, struct str path, unsigned char *secret);

#endif
