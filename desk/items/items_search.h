/* items_search.h -- finds items by what people type.
 *
 * Nobody types an item's name.  People say "老板不给工资", and the item is called something else;
 * so each item holds words people say, and those count nearly as much as the name.
 *
 *  1. Chinese is compared by pairs of letters, other writing by words of three letters and more;
 *     case does not matter.
 *  2. What many items have (服务, 法律) says little: a pair counts the less the more have it.
 *  3. An item is found when it has a fair part of what the best one has.
 */
#ifndef DESK_ITEMS_SEARCH_H
#define DESK_ITEMS_SEARCH_H

#include "platform/base.h"

enum { ITEMS_FOUND_MAX = 50, ITEMS_PARTS_MAX = 60 };

/* Both languages of each: the reader may type either. */
struct items_searched {
    struct str name, words, rest;
};
struct items_hit {
    size_t at;
    int64_t points;
};
/* Best first; `hits` has room for ITEMS_FOUND_MAX. */
size_t items_search(struct arena *arena, struct str q, const struct items_searched *rows,
                    size_t rows_count, struct items_hit *hits);

#endif
