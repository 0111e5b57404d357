/* repository_number.h -- finds the number that begins at a place of a text (pure).
 *
 *     138-1234-5678   １３８ １２３４ ５６７８   138.1234.5678   一三八一二三四五六七八
 *
 *  1. Digits are ASCII, full width, or 〇 to 九; what may stand between them is what people write.
 *  2. A sum of money is no number by which somebody is found: but what looks like a phone number is
 *     one, whatever stands behind it. */
#ifndef REPOSITORY_NUMBER_H
#define REPOSITORY_NUMBER_H

#include "service/repository/repository_mask.h"

/* Where one looks, and how much before it was taken already. */
struct repository_look {
    struct str text;
    size_t at, done;
};

/* How long the first of the words is with which a text begins, or ends; 0: none.  No word is empty.
 */
size_t repository_begins_with(struct str text, const char *const *words, size_t count);
size_t repository_ends_with(struct str text, const char *const *words, size_t count);

/* One digit, ASCII or full width: how many bytes; 0: none. */
size_t repository_digit(struct str text, char *value);

/* How many bytes of it are a number of an identity card, a phone or an account; 0: none. */
size_t repository_take_number(const struct repository_look *look, enum repository_kind *kind);

#endif
