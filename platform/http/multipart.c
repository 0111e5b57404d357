/* multipart.c -- multipart/form-data (RFC 7578), the whole body at once.
 *
 *  1. A body is --B crlf part (crlf --B crlf part)* crlf --B-- [crlf]: no preamble, no epilogue.
 *  2. A part has at most PART_FIELDS_MAX headers in PART_HEAD_BYTES_MAX bytes, among them exactly
 *     one Content-Disposition: form-data with a name.
 *  3. Names, file names and values that are not files are UTF-8 without NUL.
 *  4. Values are slices of the body; names too unless something in them is quoted.
 *  5. filename* is ignored, as RFC 7578 section 4.2 wants.
 */
#include "platform/http.h"

#include <string.h>

enum { BOUNDARY_LEN_MAX = 70, PART_FIELDS_MAX = 8, PART_HEAD_BYTES_MAX = 2048 };

static bool is_boundary(struct str text)
{
    static const char marks[] = "'()+_,-./:=? ";

    if (text.len == 0 || text.len > BOUNDARY_LEN_MAX || text.at[text.len - 1] == ' ') return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              (c && strchr(marks, c))))
            return false;
    }
    return true;
}

static struct str after(struct str text, size_t len)
{
    return (struct str){text.at + len, text.len - len};
}

/* The next "; name=value" of a header's parameters; false at the end or, with `bad`, when it is
 * none.  A quoted value keeps its quoting in `value`; `quoted` says so. */
static bool parameter_next(struct str *rest, struct str *name, struct str *value, bool *quoted,
                           bool *bad)
{
    struct str text = str_trim(*rest);
    size_t len = 0;

    *quoted = false;
    if (text.len == 0) return false;
    *bad = true;
    if (text.at[0] != ';') return false;
    text = str_trim(after(text, 1));
    while (len < text.len && text.at[len] != '=' && text.at[len] != ';') len++;
    if (len == 0 || len == text.len || text.at[len] != '=') return false;
    *name = str_trim((struct str){text.at, len});
    text = after(text, len + 1);
    len = 0;
    if (text.len && text.at[0] == '"') {
        *quoted = true;
        text = after(text, 1);
        while (len < text.len && text.at[len] != '"') {
            bool is_pair = text.at[len] == '\\' && len + 1 < text.len &&
                           (text.at[len + 1] == '"' || text.at[len + 1] == '\\');

            len += is_pair ? 2 : 1;
        }
        if (len >= text.len) return false;
        *value = (struct str){text.at, len};
        *rest = after(text, len + 1);
    } else {
        while (len < text.len && text.at[len] != ';') len++;
        *value = str_trim((struct str){text.at, len});
        *rest = after(text, len);
    }
    *bad = false;
    return true;
}

static bool boundary_find(struct str type, struct str *boundary)
{
    struct str rest, name, value;
    bool quoted, bad = false;
    int found = 0;

    rest = type;
    if (!str_same_plain(str_trim(str_cut(type, ';', NULL)), S("multipart/form-data"))) return false;
    while (rest.len && rest.at[0] != ';') rest = after(rest, 1);
    while (parameter_next(&rest, &name, &value, &quoted, &bad)) {
        if (!str_same_plain(name, S("boundary"))) continue;
        *boundary = value;
        found++;
    }
    return !bad && found == 1 && is_boundary(*boundary);
}

/* Undoes \" and \\ (RFC 7578) and %22 (what browsers send for a quote). */
static struct str unquote(struct arena *arena, struct str raw)
{
    char *to;
    size_t len = 0;

    if (str_find(raw, S("\\")) < 0 && str_find(raw, S("%22")) < 0) return raw;
    to = arena_take(arena, 1, raw.len);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];

        if (c == '\\' && i + 1 < raw.len && (raw.at[i + 1] == '"' || raw.at[i + 1] == '\\')) {
            c = raw.at[++i];
        } else if (str_begins(after(raw, i), S("%22"))) {
            c = '"';
            i += 2;
        }
        to[len++] = c;
    }
    return (struct str){to, len};
}

static bool disposition_read(struct arena *arena, struct str text, struct http_pair *pair)
{
    struct str rest = text, name, value;
    bool quoted, bad = false, has_name = false;

    if (!str_same_plain(str_trim(str_cut(text, ';', NULL)), S("form-data"))) return false;
    while (rest.len && rest.at[0] != ';') rest = after(rest, 1);
    while (parameter_next(&rest, &name, &value, &quoted, &bad)) {
        if (quoted) value = unquote(arena, value);
        if (str_same_plain(name, S("name"))) {
            if (has_name) return false;
            has_name = true;
            pair->name = value;
        } else if (str_same_plain(name, S("filename"))) {
            if (pair->is_file) return false;
            pair->is_file = true;
            pair->file_name = value;
        }
    }
    return !bad && has_name && str_is_utf8(pair->name) && str_is_utf8(pair->file_name);
}

/* One header of a part; counts what may be there once. */
static bool part_field(struct arena *arena, struct str line, struct http_pair *pair, int *named)
{
    struct str value, name = str_cut(line, ':', &value);

    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.at[i];

        if ((c < ' ' && c != '\t') || c == 0x7F) return false;
    }
    if (name.len == 0 || name.len == line.len || str_trim(name).len != name.len) return false;
    value = str_trim(value);
    if (str_same_plain(name, S("content-disposition")))
        return ++*named == 1 && disposition_read(arena, value, pair);
    if (str_same_plain(name, S("content-transfer-encoding")))
        return str_same_plain(value, S("binary")) || str_same_plain(value, S("8bit")) ||
               str_same_plain(value, S("7bit"));
    return true;
}

/* Reads a part's headers and the empty line after them. */
static bool part_head(struct arena *arena, struct str *rest, struct http_pair *pair)
{
    struct str head = *rest;
    int named = 0;

    if (head.len > PART_HEAD_BYTES_MAX) head.len = PART_HEAD_BYTES_MAX;
    for (int i = 0; i <= PART_FIELDS_MAX; i++) {
        int64_t end = str_find(head, S("\r\n"));
        struct str line = {head.at, end < 0 ? 0 : (size_t)end};

        if (end < 0) return false;
        head = after(head, line.len + 2);
        if (line.len == 0) {
            *rest = (struct str){head.at, rest->len - (size_t)(head.at - rest->at)};
            return named == 1;
        }
        if (!part_field(arena, line, pair, &named)) return false;
    }
    return false;
}

int http_parse_multipart(struct arena *arena, struct str type, struct str body,
                         struct http_pair *pairs, int max)
{
    char text[BOUNDARY_LEN_MAX + 4] = "\r\n--";
    struct str boundary = {0}, mark, rest;
    int count = 0;

    if (!boundary_find(type, &boundary)) return -1;
    memcpy(text + 4, boundary.at, boundary.len);
    mark = (struct str){text, boundary.len + 4};
    /* The first delimiter has no line end before it. */
    if (!str_begins(body, after(mark, 2))) return -1;
    rest = after(body, mark.len - 2);
    while (str_begins(rest, S("\r\n"))) {
        struct http_pair *pair = pairs + count;
        int64_t end;

        if (count == max) return -1;
        *pair = (struct http_pair){.file_name = S("")};
        rest = after(rest, 2);
        if (!part_head(arena, &rest, pair)) return -1;
        /* An empty value is followed by its delimiter at once. */
        end = str_find(rest, mark);
        if (end < 0) return -1;
        pair->value = end ? (struct str){rest.at, (size_t)end} : S("");
        if (!pair->is_file && !str_is_utf8(pair->value)) return -1;
        rest = after(rest, (size_t)end + mark.len);
        count++;
    }
    return str_same(rest, S("--")) || str_same(rest, S("--\r\n")) ? count : -1;
}
