/* fuzz_cookie.c -- libFuzzer: what of a head is parsed by us: cookies, targets, hosts, fields. */
#include "platform/http/inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void target(struct str text)
{
    char *copy = malloc(text.len + 1);
    struct str path, query;

    if (!copy) abort();
    memcpy(copy, text.at, text.len);
    if (http_head_target(copy, text.len, &path, &query) == 0) {
        if (path.len == 0 || path.at[0] != '/' || !str_is_utf8(path)) abort();
        if (str_find(path, S("..")) >= 0 || str_begins(path, S("//"))) abort();
    }
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct str text = {(const char *)bytes, len}, rest;
    struct str first = str_cut(text, '\n', &rest);
    struct str value = http_cookie_find(text, S("session"));

    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] <= ' ' || value.at[i] == ';' || value.at[i] == '"') abort();
    }
    target(text);
    if (http_head_host_is_plain(text) && (str_find(text, S("/")) >= 0 || len == 0)) abort();
    if (http_head_field_is_plain(first, rest) &&
        (memchr(first.at, ':', first.len) || (rest.len && memchr(rest.at, '\r', rest.len))))
        abort();
    return 0;
}
