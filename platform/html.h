/* html.h -- what compiled templates use beside out.h and form.h; nothing else includes it.
 *
 * Templates are compiled by tools/mkhtml.c.  The questions here are asked of whatever type a view
 * member has, so a template need not know it.
 */
#ifndef PLATFORM_HTML_H
#define PLATFORM_HTML_H

#include "platform/form.h"
#include "platform/view.h"

static inline bool html_true_str(struct str text)
{
    return text.len > 0;
}
static inline bool html_true_int(int64_t number)
{
    return number != 0;
}
static inline bool html_true_size(size_t size)
{
    return size != 0;
}
static inline bool html_true_at(const void *at)
{
    return at != NULL;
}
/* {{if x}}: text that is not empty, a number that is not 0, a pointer that is not NULL. */
/* clang-format off: it does not know _Generic */
#define html_true(value)                                                                           \
    _Generic((value), struct str                                                                   \
             : html_true_str, int64_t                                                              \
             : html_true_int, int                                                                  \
             : html_true_int, bool                                                                 \
             : html_true_int, unsigned                                                             \
             : html_true_size, size_t                                                              \
             : html_true_size, default                                                             \
             : html_true_at)(value)
/* clang-format on */

/* In an address a number stands as it is; a text needs {{url x}}, so it does not compile here. */
#define html_put_number(out, value)                                                                \
    _Generic((value), int64_t : out_int, int : out_int)((out), (value))

/* A whole address that came from data.  Anything but a place on this site, a telephone, a letter or
 * the web is written as "#": `javascript:` and `//elsewhere` are not places. */
static inline bool html_link_is_safe(struct str link)
{
    if (link.len == 0) return false;
    for (size_t i = 0; i < link.len; i++) { /* browsers drop these while they read an address */
        unsigned char byte = (unsigned char)link.at[i];

        if (byte < 0x20 || byte == 0x7f || byte == '\\') return false;
    }
    if (link.at[0] == '/') return link.len == 1 || link.at[1] != '/';
    return link.at[0] == '#' || link.at[0] == '?' || str_begins(link, S("tel:")) ||
           str_begins(link, S("mailto:")) || str_begins(link, S("https://")) ||
           str_begins(link, S("http://"));
}
static inline void html_link(struct out *out, struct str link)
{
    out_str(out, html_link_is_safe(link) ? link : S("#"));
}

#endif
