/* fuzz_review_wording.c -- libFuzzer: any bytes as text and as patterns, parted by line ends.
 *
 *  1. a plain form is UTF-8;
 *  2. a pattern without signs is found in a text exactly if its plain form is in the text's;
 *  3. with everything allowed nothing is found.
 */
#include <stdlib.h>

#include "bureau/review/review_wording.h"

enum { PATTERNS = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena;
    struct str rest = {(const char *)bytes, len}, text, plain;
    struct review_pattern patterns[PATTERNS + 1];
    size_t count = 0;
    int first;

    if (len > 4000) return 0;
    arena = arena_open(32 << 20);
    text = str_cut(rest, '\n', &rest);
    plain = review_plain(arena, text);
    must(str_is_utf8(plain) || plain.len == 0);
    while (rest.len && count < PATTERNS) {
        struct str line = str_cut(rest, '\n', &rest);
        struct str pattern = review_plain_pattern(arena, line);
        bool has_signs = str_find(pattern, S("#")) >= 0 || str_find(pattern, S("*")) >= 0;

        must(pattern.len == 0 || str_is_utf8(pattern));
        patterns[0] = (struct review_pattern){REVIEW_MONEY, pattern};
        if (pattern.len && !has_signs)
            must((review_find_wording(arena, text, patterns, 1, &first) != 0) ==
                 (str_find(plain, pattern) >= 0));
        count++;
        patterns[count] =
            (struct review_pattern){(enum review_wording)(count % REVIEW_WORDINGS), pattern};
    }
    review_find_wording(arena, text, patterns + (count ? 1 : 0), count, &first);
    must(first >= -1 && first < (int)count);
    for (size_t i = 0; i <= count && count; i++) patterns[i].kind = REVIEW_ALLOWED;
    must(review_find_wording(arena, text, patterns, count, &first) == 0);
    arena_close(&arena);
    return 0;
}
