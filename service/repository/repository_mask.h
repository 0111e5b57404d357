/* repository_mask.h -- finds in a text what tells who somebody is (pure).
 *
 *     我叫王建华，电话138 1234 5678，住漕溪北路12弄3号601室，车牌沪A·12345
 *
 *  1. The text is any bytes; what is found lies within it, in order, and does not overlap.
 *  2. Numbers are certain: of identity cards, phones, plates, accounts, and addresses of mail.
 *     Names, firms and streets are guesses by what stands beside them; a person looks.
 *  3. What a place is replaced with is not found again. */
#ifndef REPOSITORY_MASK_H
#define REPOSITORY_MASK_H

#include "platform/base.h"

enum repository_kind {
    REPOSITORY_NAME,
    REPOSITORY_FIRM,
    REPOSITORY_STREET,
    REPOSITORY_IDENTITY,
    REPOSITORY_PHONE,
    REPOSITORY_PLATE,
    REPOSITORY_ACCOUNT,
    REPOSITORY_MAIL,
    REPOSITORY_KINDS
};
enum { REPOSITORY_PLACES_MAX = 200 };

struct repository_place {
    size_t at, end;
    enum repository_kind kind;
};

/* `names` are known beforehand: of those who spoke.  At most `max` are found. */
size_t repository_find(struct str text, const struct str *names, size_t names_count,
                       struct repository_place *places, size_t max);
/* The first place that is certain: there is no maximum, and no guess hides it. */
bool repository_find_certain(struct str text, struct repository_place *place);
struct str repository_mask(struct arena *arena, struct str text, const struct str *names,
                           size_t names_count);
bool repository_is_certain(enum repository_kind kind);
const char *repository_kind_name(enum repository_kind kind); /* marked with T() */

#endif
