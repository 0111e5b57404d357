/* query.c -- application/x-www-form-urlencoded, in query strings and in bodies.
 *
 *  1. "+" is a blank, %XX an octet; a "%" without two hexadecimal digits is refused.
 *  2. Names and values are UTF-8 without NUL, or the whole is refused.
 *  3. More than `max` pairs is refused, not cut off: half a form must not look like a form.
 */
#include "platform/http.h"

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool decode(struct arena *arena, struct str raw, struct str *text)
{
    char *to;
    size_t len = 0;

    *text = raw.len ? raw : S("");
    if (raw.len == 0) return true;
    if (str_find(raw, S("%")) < 0 && str_find(raw, S("+")) < 0) return str_is_utf8(raw);
    to = arena_take(arena, 1, raw.len);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i] == '+' ? ' ' : raw.at[i];

        if (c == '%') {
            int high = raw.len - i > 2 ? digit(raw.at[i + 1]) : -1;
            int low = raw.len - i > 2 ? digit(raw.at[i + 2]) : -1;

            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        to[len++] = c;
    }
    *text = (struct str){to, len};
    return str_is_utf8(*text);
}

int http_parse_query(struct arena *arena, struct str text, struct http_pair *pairs, int max)
{
    int count = 0;

    while (text.len) {
        struct str value, pair = str_cut(text, '&', &text);
        struct str name = str_cut(pair, '=', &value);

        if (pair.len == 0) continue;
        if (count == max) return -1;
        pairs[count] = (struct http_pair){.file_name = S("")};
        if (!decode(arena, name, &pairs[count].name)) return -1;
        if (!decode(arena, value, &pairs[count].value)) return -1;
        count++;
    }
    return count;
}
