/* fuzz_repository_mask.c -- libFuzzer: any bytes as a name, a line end, and a text.
 *
 *  1. what is found lies within the text, in order, and does not overlap;
 *  2. no number stays in a masked text by which somebody is found.
 */
#include <stdlib.h>

#include "service/repository/repository_mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct repository_place places[REPOSITORY_PLACES_MAX];
    struct str rest = {(const char *)bytes, len}, name, masked;
    struct arena *arena;
    size_t count, done = 0;

    if (len > 4000) return 0;
    arena = arena_open(8 << 20);
    name = str_cut(rest, '\n', &rest);
    count = repository_find(rest, &name, 1, places, COUNT(places));
    for (size_t i = 0; i < count; i++) {
        must(places[i].at >= done && places[i].end > places[i].at && places[i].end <= rest.len);
        must(places[i].kind < REPOSITORY_KINDS);
        done = places[i].end;
    }
    masked = repository_mask(arena, rest, &name, 1);
    must(count > 0 || str_same(masked, rest));
    if (count < COUNT(places)) {
        count = repository_find(masked, NULL, 0, places, COUNT(places));
        for (size_t i = 0; i < count; i++) must(!repository_is_certain(places[i].kind));
    }
    arena_close(&arena);
    return 0;
}
