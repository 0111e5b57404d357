/* mkhtml_write.h -- checked templates in, C out.
 *
 * Each template becomes one function a language, with the words for people merged into the markup
 * around them, so a page is a few large copies; and a dispatcher that asks the reader's language.
 */
#ifndef TOOLS_MKHTML_WRITE_H
#define TOOLS_MKHTML_WRITE_H

#include "tools/mkhtml_parse.h"
#include "tools/po.h"

struct mkhtml_module {
    const char *name;   /* consultation */
    const char *folder; /* service/consultation */
    const char *header_path, *source_path;
    struct template_file *files;
    size_t files_count;
};

/* Writes header and source.  Missing translations are remembered in `po`, all else that is wrong
 * in `problems`; what is written is of use only if there is neither. */
void mkhtml_write(struct arena *arena, struct problems *problems, struct po *po,
                  const struct mkhtml_module *module, struct buffer *header, struct buffer *source);
/* Parses and writes.  True if nothing is wrong and nothing missing. */
bool mkhtml_compile(struct arena *arena, struct problems *problems, struct po *po,
                    const struct mkhtml_module *module, struct buffer *header,
                    struct buffer *source);

#endif
