/* buffer.h -- what a generator writes, and what it has to complain about.
 *
 * Generators collect everything that is wrong and say it at once, so that ten missing translations
 * are one build and not ten; nothing below main() exits.
 */
#ifndef TOOLS_BUFFER_H
#define TOOLS_BUFFER_H

#include <stdarg.h>

#include "platform/base.h"

struct buffer {
    struct arena *arena;
    char *at;
    size_t len, room;
    unsigned line; /* the line that is being written, from 1: for #line */
};

struct buffer buffer_open(struct arena *arena);
void buffer_add(struct buffer *buffer, struct str bytes);
__attribute__((format(printf, 2, 3))) void buffer_print(struct buffer *buffer, const char *format,
                                                        ...);
__attribute__((format(printf, 2, 0))) void buffer_print_list(struct buffer *buffer,
                                                             const char *format, va_list list);
/* `bytes` as adjacent C literals, one for each line of theirs, with nothing left for trigraphs. */
void buffer_literal(struct buffer *buffer, struct str bytes, unsigned indent);
struct str buffer_text(const struct buffer *buffer);

enum { PROBLEMS_MAX = 200 }; /* after these the rest is more of the same */

struct problems {
    struct arena *arena;
    struct str texts[PROBLEMS_MAX]; /* "path:line: what" */
    size_t count;
};

__attribute__((format(printf, 4, 5))) void problem(struct problems *problems, const char *path,
                                                   unsigned line, const char *format, ...);

/* The bytes of a file, or a problem and false. */
bool file_read(struct arena *arena, struct problems *problems, const char *path, struct str *bytes);
/* Writes the whole file, or a problem and false. */
bool file_write(struct problems *problems, const char *path, struct str bytes);
/* The same, unless it says just that already: what was made from a header stays as it is. */
bool file_change(struct problems *problems, const char *path, struct str bytes);

#endif
