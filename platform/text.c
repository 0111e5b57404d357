/* text.c -- what people read, in their language; see out.h.
 *
 * 1. English is the source: it is returned as it was written.
 * 2. A text without a Chinese twin cannot be in a released program, since tools/mktext.c stops the
 *    build; should one reach us all the same (a text not marked with T()), English is shown rather
 *    than nothing.
 * 3. text_fill() fills each place once: what was put in is never searched for places again.
 */
#include "platform/text.h"

#include <string.h>

#include "platform/out.h"

struct str text_find(const struct text_pair *pairs, size_t count, const char *english)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(english, pairs[middle].english);

        if (order == 0) return pairs[middle].chinese;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return S("");
}

struct str text_in(enum language language, const char *text)
{
    struct str found;

    if (language != LANGUAGE_ZH || !text) return str_of(text);
    found = text_find(text_pairs, text_pairs_count, text);
    return found.len > 0 ? found : str_of(text);
}

struct str text_fill(struct arena *arena, enum language language, const char *text, struct str one,
                     struct str two, struct str three)
{
    const struct str values[] = {one, two, three};
    struct str pattern = text_in(language, text);
    size_t len = 0;
    char *at;

    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.at[i] == '%' && i + 1 < pattern.len && pattern.at[i + 1] >= '1' &&
            pattern.at[i + 1] <= '3')
            len += values[pattern.at[++i] - '1'].len;
        else
            len++;
    }
    at = arena_take(arena, 1, len + 1);
    len = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.at[i] == '%' && i + 1 < pattern.len && pattern.at[i + 1] >= '1' &&
            pattern.at[i + 1] <= '3') {
            struct str value = values[pattern.at[++i] - '1'];

            if (value.len > 0) memcpy(at + len, value.at, value.len);
            len += value.len;
        } else {
            at[len++] = pattern.at[i];
        }
    }
    return (struct str){at, len};
}
