/* cookie.c -- one value out of a Cookie header (RFC 6265 section 4.2).
 *
 *  1. A name is matched exactly; the first pair of that name counts.
 *  2. A value with an octet the RFC does not allow is as if it were not there.
 */
#include "platform/http/inside.h"

static bool is_cookie_octet(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

struct str http_cookie_find(struct str field, struct str name)
{
    while (field.len) {
        struct str value, pair = str_cut(field, ';', &field);
        struct str key = str_trim(str_cut(pair, '=', &value));

        if (key.len == 0 || !str_same(key, name)) continue;
        value = str_trim(value);
        if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
            value = (struct str){value.at + 1, value.len - 2};
        for (size_t i = 0; i < value.len; i++) {
            if (!is_cookie_octet((unsigned char)value.at[i])) return S("");
        }
        return value;
    }
    return S("");
}
