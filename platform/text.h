/* text.h -- the table behind text_in(), made by tools/mktext.c from every T("…") and po/zh.
 *
 * text_pairs is sorted by the bytes of `english`, each once: text_in() halves it.
 */
#ifndef PLATFORM_TEXT_H
#define PLATFORM_TEXT_H

#include "platform/base.h"

struct text_pair {
    const char *english;
    struct str chinese;
};

extern const struct text_pair text_pairs[];
extern const size_t text_pairs_count;

/* The same search in any such table; "" if `english` is not in it. */
struct str text_find(const struct text_pair *pairs, size_t count, const char *english);

#endif
