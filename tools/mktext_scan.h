/* mktext_scan.h -- finds the texts for people in C sources: every T("…"). */
#ifndef TOOLS_MKTEXT_SCAN_H
#define TOOLS_MKTEXT_SCAN_H

#include "tools/buffer.h"
#include "tools/po.h"

struct text_found {
    struct str text;
    const char *path;
    unsigned line;
};
struct texts {
    struct arena *arena;
    struct text_found *items;
    size_t count, room;
};

/* Adds what `bytes` of `path` marks.  Adjacent literals are one text; comments, strings and the
 * definition of T itself are passed over; anything in T() that is not a literal is a problem. */
void mktext_scan(struct texts *texts, struct problems *problems, const char *path,
                 struct str bytes);
/* Sorts, each text once. */
void mktext_sort(struct texts *texts);
/* The table of platform/text.h.  Missing translations are remembered in `po`. */
void mktext_write(struct buffer *out, const struct texts *texts, struct po *po);

#endif
