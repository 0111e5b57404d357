/* assignment_party.c -- the same party is the same text, however it was typed; see assignment.h.
 *
 *  (1) Full-width letters and digits count as plain ones; blanks, points, brackets and dashes as
 *      nothing; capitals as small letters.
 *  (2) What has only signs of a telephone number, and as many digits as one, is one. */
#include "bureau/assignment/assignment.h"

/* The next sign of valid UTF-8; full-width forms as the plain signs they stand for. */
static uint32_t next_sign(struct str *text)
{
    static const struct {
        unsigned char from, mask;
        int more;
    } kinds[] = {{0xf0, 0x07, 3}, {0xe0, 0x0f, 2}, {0xc0, 0x1f, 1}};
    unsigned char first = (unsigned char)*text->at;
    uint32_t sign = first;

    text->at++, text->len--;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        if (first < kinds[k].from) continue;
        sign = first & kinds[k].mask;
        for (int i = 0; i < kinds[k].more && text->len; i++, text->at++, text->len--)
            sign = sign << 6 | ((unsigned char)*text->at & 0x3f);
        break;
    }
    return sign >= 0xff01 && sign <= 0xff5e ? sign - 0xff01 + '!' : sign;
}

/* Signs that tell no party from another. */
static bool is_silent(uint32_t sign)
{
    return sign <= ' ' || sign == 0x3000 || sign == 0xb7 || sign == 0x2022 || sign == 0x30fb ||
           (sign < 0x80 && !(sign >= '0' && sign <= '9') && !(sign >= 'a' && sign <= 'z') &&
            !(sign >= 'A' && sign <= 'Z'));
}

static size_t put_sign(char *at, uint32_t sign)
{
    if (sign < 0x80) {
        at[0] = (char)(sign >= 'A' && sign <= 'Z' ? sign - 'A' + 'a' : sign);
        return 1;
    }
    if (sign < 0x800) {
        at[0] = (char)(0xc0 | sign >> 6);
        at[1] = (char)(0x80 | (sign & 0x3f));
        return 2;
    }
    if (sign < 0x10000) {
        at[0] = (char)(0xe0 | sign >> 12);
        at[1] = (char)(0x80 | (sign >> 6 & 0x3f));
        at[2] = (char)(0x80 | (sign & 0x3f));
        return 3;
    }
    at[0] = (char)(0xf0 | sign >> 18);
    at[1] = (char)(0x80 | (sign >> 12 & 0x3f));
    at[2] = (char)(0x80 | (sign >> 6 & 0x3f));
    at[3] = (char)(0x80 | (sign & 0x3f));
    return 4;
}

struct str assignment_party_plain(struct arena *arena, struct str typed)
{
    char *at = arena_bytes(arena, typed.len + 1);
    size_t len = 0;

    while (typed.len) {
        uint32_t sign = next_sign(&typed);

        if (!is_silent(sign)) len += put_sign(at + len, sign);
    }
    return (struct str){at, len};
}

struct str assignment_party_phone(struct arena *arena, struct str typed)
{
    enum { DIGITS_MIN = 8, DIGITS_MAX = 12 };
    struct str plain = assignment_party_plain(arena, typed);

    for (size_t i = 0; i < plain.len; i++) {
        if (plain.at[i] < '0' || plain.at[i] > '9') return S("");
    }
    if (plain.len == DIGITS_MAX + 1 && str_begins(plain, S("86"))) plain.at += 2, plain.len -= 2;
    return plain.len >= DIGITS_MIN && plain.len <= DIGITS_MAX ? plain : S("");
}
