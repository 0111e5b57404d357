/* memo.c -- see memo.h. */
#include "platform/memo.h"

#include <stdlib.h>
#include <string.h>

struct kept {
    struct memo_key key;
    char *bytes; /* NULL: nothing is kept here */
    size_t len;
};

struct memo {
    struct kept places[MEMO_PLACES];
};

struct memo *memo_open(void)
{
    struct memo *memo = calloc(1, sizeof *memo);

    if (!memo) abort();
    return memo;
}

void memo_close(struct memo **closing)
{
    struct memo *memo = *closing;

    if (!memo) return;
    for (size_t i = 0; i < MEMO_PLACES; i++) free(memo->places[i].bytes);
    free(memo);
    *closing = NULL;
}

/* The version has no part in it: the text of a new one takes the place of the old. */
static size_t place_of(const struct memo_key *key)
{
    uint64_t mixed = (uint64_t)key->of[0] * 0x9e3779b97f4a7c15u ^ (uint64_t)key->of[1];

    mixed ^= (uintptr_t)key->maker >> 4;
    return (size_t)((mixed * 0x9e3779b97f4a7c15u) >> 32) % MEMO_PLACES;
}

static bool is_same(const struct memo_key *one, const struct memo_key *other)
{
    return one->maker == other->maker && one->of[0] == other->of[0] && one->of[1] == other->of[1] &&
           one->version[0] == other->version[0] && one->version[1] == other->version[1];
}

bool memo_find(const struct memo *memo, const struct memo_key *key, struct str *text)
{
    const struct kept *kept = &memo->places[place_of(key)];

    if (!kept->bytes || !is_same(&kept->key, key)) return false;
    *text = (struct str){kept->bytes, kept->len};
    return true;
}

void memo_keep(struct memo *memo, const struct memo_key *key, struct str text)
{
    struct kept *kept = &memo->places[place_of(key)];
    char *bytes;

    if (text.len > MEMO_BYTES_MAX) return;
    bytes = malloc(text.len + 1); /* one more: an empty text is kept too */
    if (!bytes) return;           /* it is worked out again, that is all */
    if (text.len) memcpy(bytes, text.at, text.len);
    free(kept->bytes);
    *kept = (struct kept){*key, bytes, text.len};
}
