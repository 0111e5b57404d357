/* buffer.c -- see buffer.h. */
#include "tools/buffer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FILE_BYTES_MAX = 4 << 20 }; /* a source file larger than this is not one */

struct buffer buffer_open(struct arena *arena)
{
    return (struct buffer){.arena = arena, .line = 1};
}

void buffer_add(struct buffer *buffer, struct str bytes)
{
    if (bytes.len == 0) return;
    if (buffer->room - buffer->len < bytes.len) {
        size_t room = (buffer->room + bytes.len) * 2 + 256;
        char *at = arena_take(buffer->arena, 1, room);

        if (buffer->len > 0) memcpy(at, buffer->at, buffer->len);
        buffer->at = at;
        buffer->room = room;
    }
    memcpy(buffer->at + buffer->len, bytes.at, bytes.len);
    buffer->len += bytes.len;
    for (size_t i = 0; i < bytes.len; i++) buffer->line += bytes.at[i] == '\n';
}

static struct str print_list(struct arena *arena, const char *format, va_list list)
{
    va_list again;
    char *at;
    int len;

    va_copy(again, list);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(len >= 0);
    at = arena_take(arena, 1, (size_t)len + 1);
    vsnprintf(at, (size_t)len + 1, format, list);
    return (struct str){at, (size_t)len};
}

void buffer_print_list(struct buffer *buffer, const char *format, va_list list)
{
    buffer_add(buffer, print_list(buffer->arena, format, list));
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    buffer_add(buffer, print_list(buffer->arena, format, list));
    va_end(list);
}

void buffer_literal(struct buffer *buffer, struct str bytes, unsigned indent)
{
    buffer_add(buffer, S("\""));
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.at[i];

        if (byte == '\n' && i + 1 < bytes.len)
            buffer_print(buffer, "\\n\"\n%*s\"", (int)indent, "");
        else if (byte == '\n')
            buffer_add(buffer, S("\\n"));
        else if (byte == '"' || byte == '\\' || byte == '?')
            buffer_print(buffer, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            buffer_print(buffer, "\\%03o", (unsigned)byte);
        else
            buffer_add(buffer, (struct str){bytes.at + i, 1});
    }
    buffer_add(buffer, S("\""));
}

struct str buffer_text(const struct buffer *buffer)
{
    return (struct str){buffer->len > 0 ? buffer->at : "", buffer->len};
}

void problem(struct problems *problems, const char *path, unsigned line, const char *format, ...)
{
    struct str what;
    va_list list;

    if (problems->count == PROBLEMS_MAX) return;
    va_start(list, format);
    what = print_list(problems->arena, format, list);
    va_end(list);
    problems->texts[problems->count++] =
        line > 0 ? arena_print(problems->arena, "%s:%u: %.*s", path, line, STR_ARGS(what))
                 : arena_print(problems->arena, "%s: %.*s", path, STR_ARGS(what));
}

bool file_read(struct arena *arena, struct problems *problems, const char *path, struct str *bytes)
{
    struct buffer buffer = buffer_open(arena);
    FILE *file = fopen(path, "rb");
    char piece[16384];
    size_t len;
    bool whole;

    *bytes = S("");
    if (!file) {
        problem(problems, path, 0, "cannot be read: %s", strerror(errno));
        return false;
    }
    while ((len = fread(piece, 1, sizeof piece, file)) > 0 && buffer.len <= FILE_BYTES_MAX)
        buffer_add(&buffer, (struct str){piece, len});
    whole = !ferror(file) && buffer.len <= FILE_BYTES_MAX;
    fclose(file);
    if (!whole) problem(problems, path, 0, "cannot be read, or is too long");
    *bytes = buffer_text(&buffer);
    return whole;
}

bool file_write(struct problems *problems, const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    bool whole;

    if (!file) {
        problem(problems, path, 0, "cannot be written: %s", strerror(errno));
        return false;
    }
    whole = fwrite(bytes.at, 1, bytes.len, file) == bytes.len;
    whole = fclose(file) == 0 && whole;
    if (!whole) problem(problems, path, 0, "cannot be written: %s", strerror(errno));
    return whole;
}

bool file_change(struct problems *problems, const char *path, struct str bytes)
{
    FILE *file = fopen(path, "rb");
    char *old = arena_bytes(problems->arena, bytes.len + 1);
    bool is_same = file && fread(old, 1, bytes.len + 1, file) == bytes.len &&
                   memcmp(old, bytes.at, bytes.len) == 0;

    if (file) fclose(file);
    return is_same || file_write(problems, path, bytes);
}
