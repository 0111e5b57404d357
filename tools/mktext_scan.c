/* mktext_scan.c -- see mktext_scan.h. */
#include "tools/mktext_scan.h"

#include <stdlib.h>
#include <string.h>

struct scan {
    struct texts *texts;
    struct problems *problems;
    const char *path;
    struct str rest;
    unsigned line;
};

#define WRONG(...) problem(scan->problems, scan->path, scan->line, __VA_ARGS__)

static void skip(struct scan *scan, size_t len)
{
    for (size_t i = 0; i < len; i++) scan->line += scan->rest.at[i] == '\n';
    scan->rest = (struct str){scan->rest.at + len, scan->rest.len - len};
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool begins(const struct scan *scan, const char *start)
{
    return str_begins(scan->rest, str_of(start));
}

/* A comment, white space or a continued line; false if none is here. */
static bool skip_nothing(struct scan *scan)
{
    int64_t end;

    if (begins(scan, "/*")) {
        end = str_find((struct str){scan->rest.at + 2, scan->rest.len - 2}, S("*/"));
        skip(scan, end < 0 ? scan->rest.len : (size_t)end + 4);
    } else if (begins(scan, "//")) {
        end = str_find(scan->rest, S("\n"));
        skip(scan, end < 0 ? scan->rest.len : (size_t)end);
    } else if (begins(scan, "\\\n")) {
        skip(scan, 2);
    } else if (scan->rest.len > 0 && strchr(" \t\r\n", scan->rest.at[0])) {
        skip(scan, 1);
    } else {
        return false;
    }
    return true;
}

/* A string or character literal is passed over as C does it. */
static void skip_literal(struct scan *scan)
{
    char quote = scan->rest.at[0];
    size_t len = 1;

    while (len < scan->rest.len && scan->rest.at[len] != quote && scan->rest.at[len] != '\n')
        len += scan->rest.at[len] == '\\' && len + 1 < scan->rest.len ? 2 : 1;
    skip(scan, len < scan->rest.len ? len + 1 : scan->rest.len);
}

static size_t octal(struct str rest, char *byte)
{
    unsigned value = 0;
    size_t len = 0;

    while (len < 3 && len < rest.len && rest.at[len] >= '0' && rest.at[len] <= '7')
        value = value * 8 + (unsigned)(rest.at[len++] - '0');
    *byte = (char)value;
    return len;
}

static bool read_escape(struct scan *scan, struct buffer *text)
{
    static const char from[] = "nt\"\\'?", to[] = "\n\t\"\\'?";
    struct str after = {scan->rest.at + 1, scan->rest.len - 1};
    const char *known;
    char byte;
    size_t len;

    if (after.len == 0) return false;
    if (after.at[0] == '\n') {
        skip(scan, 2);
        return true;
    }
    known = after.at[0] ? strchr(from, after.at[0]) : NULL;
    len = known ? 1 : octal(after, &byte);
    if (len == 0) {
        WRONG("\\%c in T(): write the character itself", after.at[0]);
        return false;
    }
    if (known) byte = to[known - from];
    buffer_add(text, (struct str){&byte, 1});
    skip(scan, len + 1);
    return true;
}

static bool read_literal(struct scan *scan, struct buffer *text)
{
    skip(scan, 1);
    while (scan->rest.len > 0 && scan->rest.at[0] != '"') {
        if (scan->rest.at[0] == '\n') return false;
        if (scan->rest.at[0] == '\\') {
            if (!read_escape(scan, text)) return false;
        } else {
            buffer_add(text, (struct str){scan->rest.at, 1});
            skip(scan, 1);
        }
    }
    if (scan->rest.len == 0) return false;
    skip(scan, 1);
    return true;
}

static void add_text(struct texts *texts, struct text_found found)
{
    if (texts->count == texts->room) {
        struct text_found *items;

        texts->room = texts->room * 2 + 128;
        items = NEW_MANY(texts->arena, struct text_found, texts->room);
        if (texts->count > 0) memcpy(items, texts->items, texts->count * sizeof *items);
        texts->items = items;
    }
    texts->items[texts->count++] = found;
}

/* Behind `T(`. */
static void read_marked(struct scan *scan)
{
    struct buffer text = buffer_open(scan->texts->arena);
    unsigned line = scan->line;
    size_t before = scan->problems->count;
    bool any = false;

    for (;;) {
        while (skip_nothing(scan)) continue;
        if (scan->rest.len == 0 || scan->rest.at[0] != '"') break;
        any = true;
        if (!read_literal(scan, &text)) {
            if (before == scan->problems->count) WRONG("T() holds a literal that does not end");
            return;
        }
    }
    if (!any || scan->rest.len == 0 || scan->rest.at[0] != ')') {
        WRONG("T() takes a string literal and nothing else");
        return;
    }
    if (text.len == 0) {
        WRONG("T(\"\"): nothing to translate");
        return;
    }
    if (!str_is_utf8(buffer_text(&text)))
        WRONG("T() holds text that is not UTF-8");
    else
        add_text(scan->texts, (struct text_found){buffer_text(&text), scan->path, line});
}

static void read_word(struct scan *scan, bool *defines)
{
    size_t len = 0;
    bool is_mark, is_define;

    while (len < scan->rest.len && is_word(scan->rest.at[len])) len++;
    is_mark = len == 1 && scan->rest.at[0] == 'T';
    is_define = str_same((struct str){scan->rest.at, len}, S("define"));
    skip(scan, len);
    if (is_mark && !*defines) {
        while (skip_nothing(scan)) continue;
        if (begins(scan, "(")) {
            skip(scan, 1);
            read_marked(scan);
        }
    }
    *defines = is_define;
}

void mktext_scan(struct texts *texts, struct problems *problems, const char *path, struct str bytes)
{
    struct scan scan = {texts, problems, path, bytes, 1};
    bool defines = false; /* the word before was `define` */

    while (scan.rest.len > 0) {
        if (skip_nothing(&scan)) continue;
        if (is_word(scan.rest.at[0])) {
            read_word(&scan, &defines);
            continue;
        }
        defines = false;
        if (scan.rest.at[0] == '"' || scan.rest.at[0] == '\'')
            skip_literal(&scan);
        else
            skip(&scan, 1);
    }
}

static int order_found(const void *left, const void *right)
{
    const struct text_found *a = left, *b = right;
    size_t len = a->text.len < b->text.len ? a->text.len : b->text.len;
    int order = memcmp(a->text.at, b->text.at, len);

    if (order == 0) order = (a->text.len > b->text.len) - (a->text.len < b->text.len);
    if (order == 0) order = strcmp(a->path, b->path);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

void mktext_sort(struct texts *texts)
{
    size_t kept = 0;

    if (texts->count > 1) qsort(texts->items, texts->count, sizeof *texts->items, order_found);
    for (size_t i = 0; i < texts->count; i++) {
        if (kept == 0 || !str_same(texts->items[kept - 1].text, texts->items[i].text))
            texts->items[kept++] = texts->items[i];
    }
    texts->count = kept;
}

void mktext_write(struct buffer *out, const struct texts *texts, struct po *po)
{
    buffer_add(out,
               S("/* Made by tools/mktext.c.  Do not edit. */\n#include \"platform/text.h\"\n\n"
                 "const struct text_pair text_pairs[] = {\n"));
    for (size_t i = 0; i < texts->count; i++) {
        const struct text_found *found = &texts->items[i];
        struct str chinese;

        po_find(po, found->path, found->line, found->text, &chinese);
        buffer_add(out, S("    {"));
        buffer_literal(out, found->text, 5);
        buffer_add(out, S(", {"));
        buffer_literal(out, chinese, 6);
        buffer_print(out, ", %zu}},\n", chinese.len);
    }
    /* C has no empty arrays; the last row is behind the count. */
    buffer_print(out, "    {\"\", {\"\", 0}},\n};\nconst size_t text_pairs_count = %zu;\n",
                 texts->count);
}
