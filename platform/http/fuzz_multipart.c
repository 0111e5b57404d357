/* fuzz_multipart.c -- libFuzzer: the first line is the Content-Type, the rest the body. */
#include "platform/http.h"

#include <stdlib.h>

enum { PAIRS_MAX = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena = arena_open(4 << 20);
    struct http_pair pairs[PAIRS_MAX];
    struct str body, type = str_cut((struct str){(const char *)bytes, len}, '\n', &body);
    int count = http_parse_multipart(arena, type, body, pairs, PAIRS_MAX);

    if (count < -1 || count > PAIRS_MAX) abort();
    for (int i = 0; i < count; i++) {
        struct str value = pairs[i].value;

        if (!str_is_utf8(pairs[i].name) || !str_is_utf8(pairs[i].file_name)) abort();
        if (!pairs[i].is_file && !str_is_utf8(value)) abort();
        if (value.len && (value.at < body.at || value.at + value.len > body.at + body.len)) abort();
    }
    arena_close(&arena);
    return 0;
}
