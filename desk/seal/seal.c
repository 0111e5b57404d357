/* seal.c -- see seal.h.  Invariants, by number, each with a test:
 *
 *  (1) A leaf changes with every column of its line, also when text moves from one to the next.
 *  (2) A root changes with every leaf, with their order and with their number.
 *  (3) A head changes with the head before, with every number and with the root.
 */
#include "desk/seal/seal.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { LEAF = 0x00, NODE = 0x01, NUMBER_LEN_MAX = 21 };

static void add_text(crypto_hash_sha256_state *state, struct str text)
{
    char len[NUMBER_LEN_MAX + 1];
    int written = snprintf(len, sizeof len, "%zu:", text.len);

    crypto_hash_sha256_update(state, (const unsigned char *)len, (unsigned long long)written);
    if (text.len) crypto_hash_sha256_update(state, (const unsigned char *)text.at, text.len);
    crypto_hash_sha256_update(state, (const unsigned char *)",", 1);
}

static void add_number(crypto_hash_sha256_state *state, int64_t number)
{
    char digits[NUMBER_LEN_MAX + 1];
    int written = snprintf(digits, sizeof digits, "%lld", (long long)number);

    add_text(state, (struct str){digits, (size_t)written});
}

struct seal_hash seal_leaf(const struct seal_line *line)
{
    static const unsigned char kind = LEAF;
    crypto_hash_sha256_state state;
    struct seal_hash hash;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &kind, 1);
    add_number(&state, line->seq);
    add_number(&state, line->at);
    add_text(&state, line->act);
    add_number(&state, line->actor_id);
    add_number(&state, line->case_id);
    add_number(&state, line->for_id);
    add_text(&state, line->channel);
    add_text(&state, line->address);
    add_text(&state, line->detail);
    crypto_hash_sha256_final(&state, hash.bytes);
    return hash;
}

static struct seal_hash node(const struct seal_hash *left, const struct seal_hash *right)
{
    static const unsigned char kind = NODE;
    crypto_hash_sha256_state state;
    struct seal_hash hash;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &kind, 1);
    crypto_hash_sha256_update(&state, left->bytes, SEAL_HASH_LEN);
    crypto_hash_sha256_update(&state, right->bytes, SEAL_HASH_LEN);
    crypto_hash_sha256_final(&state, hash.bytes);
    return hash;
}

/* Pairs from the left, one that is left over goes up as it is: the same tree as that of the
 * standard, which is told from the top. */
struct seal_hash seal_root(struct seal_hash *leaves, size_t count)
{
    struct seal_hash none;

    if (count == 0) {
        crypto_hash_sha256(none.bytes, NULL, 0);
        return none;
    }
    while (count > 1) {
        size_t above = 0;

        for (size_t i = 0; i + 1 < count; i += 2)
            leaves[above++] = node(&leaves[i], &leaves[i + 1]);
        if (count % 2) leaves[above++] = leaves[count - 1];
        count = above;
    }
    return leaves[0];
}

struct str seal_hex(struct arena *arena, const struct seal_hash *hash)
{
    char hex[SEAL_HEAD_LEN + 1];

    sodium_bin2hex(hex, sizeof hex, hash->bytes, SEAL_HASH_LEN);
    return arena_copy(arena, (struct str){hex, SEAL_HEAD_LEN});
}

struct str seal_head(struct arena *arena, struct str before, const struct seal *seal)
{
    crypto_hash_sha256_state state;
    struct seal_hash hash;

    crypto_hash_sha256_init(&state);
    add_text(&state, S("gongdao journal 1")); /* should anything here ever be another way */
    add_text(&state, before);
    add_number(&state, seal->first_seq);
    add_number(&state, seal->last_seq);
    add_number(&state, seal->lines);
    add_number(&state, seal->made_at);
    add_text(&state, seal->root);
    crypto_hash_sha256_final(&state, hash.bytes);
    return seal_hex(arena, &hash);
}
