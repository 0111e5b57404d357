/* fuzz_finder.c -- libFuzzer: lines are texts, the last one is what is asked.
 *
 *  1. no more is found than was added or asked for, the best first;
 *  2. a text with a pair of characters or a word in it is found by itself;
 *  3. a share is between 0 and 1.
 */
#include <stdlib.h>

#include "platform/finder.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const struct finder_weights plain = {.k1 = 1.5, .b = 0.8, .sign = 1};
    struct str rest = {(const char *)bytes, len}, query = {(const char *)bytes, 0};
    struct finder *finder;
    struct finder_hit hits[3];
    struct arena *arena;
    id added = 0;
    size_t count;
    double share;

    if (len > 4000) return 0;
    finder = finder_open();
    arena = arena_open(16 << 20);
    while (rest.len) {
        query = str_cut(rest, '\n', &rest);
        added++;
        finder_add(finder,
                   &(struct finder_text){
                       .text_id = added, .group_id = added % 3, .title = S(""), .body = query});
        finder_cite(finder, added % 5, added);
    }
    count = finder_ask(finder, arena, query, 1, &finder_weights, hits, COUNT(hits));
    must(count <= COUNT(hits) && count <= (size_t)added);
    for (size_t i = 1; i < count; i++) must(hits[i - 1].score >= hits[i].score);
    share = finder_share(arena, query, query);
    must(share >= 0 && share <= 1);
    if (share > 0) must(finder_ask(finder, arena, query, 1, &plain, hits, COUNT(hits)) > 0);
    finder_close(&finder);
    arena_close(&arena);
    return 0;
}
