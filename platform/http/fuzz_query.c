/* fuzz_query.c -- libFuzzer: query strings and urlencoded bodies. */
#include "platform/http.h"

#include <stdlib.h>

enum { PAIRS_MAX = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena = arena_open(4 << 20);
    struct http_pair pairs[PAIRS_MAX];
    int count = http_parse_query(arena, (struct str){(const char *)bytes, len}, pairs, PAIRS_MAX);

    if (count < -1 || count > PAIRS_MAX) abort();
    for (int i = 0; i < count; i++) {
        if (!str_is_utf8(pairs[i].name) || !str_is_utf8(pairs[i].value)) abort();
        if (pairs[i].is_file || pairs[i].file_name.len) abort();
    }
    arena_close(&arena);
    return 0;
}
