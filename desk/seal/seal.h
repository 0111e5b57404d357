/* seal.h -- how lines of the journal are sealed, so that a later change shows (pure).
 *
 * Whoever can write to the database can also change what was written there.  Once a minute the
 * lines since the last time are hashed into one root, the root is tied to the seal before, and the
 * seal is marked with a key that is not in the database.
 *
 *   leaf of a line   SHA-256 of 0x00 and its nine columns, each as a netstring ("3:web,")
 *   root             the Merkle tree hash of the leaves (RFC 9162, section 2.1.1: inner nodes begin
 *                    with 0x01, the left part is the largest power of two below the count)
 *   head             SHA-256 of the head before, the numbers, the moment and the root
 *   mark             BLAKE2b of the head with the key of the installation (secret_index)
 *
 * A head written down elsewhere -- on paper, in the log, at another office -- proves all lines
 * before it, also to somebody who does not trust those who hold the key.
 */
#ifndef SEAL_H
#define SEAL_H

#include "platform/base.h"

enum {
    SEAL_LINES_MAX = 1000, /* of one seal; a minute with more has several */
    SEAL_HASH_LEN = 32,
    SEAL_HEAD_LEN = 2 * SEAL_HASH_LEN, /* a head is told in hexadecimal, lower case */
    SEAL_SHORT_LEN = 16                /* of each line's hash, kept to name the line that differs */
};

struct seal_hash {
    unsigned char bytes[SEAL_HASH_LEN];
};

/* A line of the journal as it is hashed; see platform.sql for the columns. */
struct seal_line {
    id seq;
    moment at;
    struct str act;
    id actor_id, case_id, for_id;
    struct str channel, address, detail;
};

struct seal {
    id first_seq, last_seq;
    int64_t lines;
    moment made_at;
    struct str root; /* hexadecimal */
};

struct seal_hash seal_leaf(const struct seal_line *line);
/* `leaves` is used up as working room.  No leaves: the hash of nothing. */
struct seal_hash seal_root(struct seal_hash *leaves, size_t count);
struct str seal_hex(struct arena *arena, const struct seal_hash *hash); /* SEAL_HEAD_LEN long */
/* `before` is the head of the seal before, "" for the first. */
struct str seal_head(struct arena *arena, struct str before, const struct seal *seal);

#endif
