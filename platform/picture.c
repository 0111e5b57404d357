/* picture.c -- see picture.h. */
#include "platform/picture.h"

#include <qrencode.h>

enum { EDGE = 4, SVG_BYTES_MAX = 256 * 1024 };

/* One path; each run of dark squares in a line is a bar of height one. */
static void draw(struct out *out, const QRcode *code)
{
    int width = code->width, all = width + 2 * EDGE;

    OUT_LITERAL(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    out_int(out, all);
    OUT_LITERAL(out, " ");
    out_int(out, all);
    OUT_LITERAL(out, "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h");
    out_int(out, all);
    OUT_LITERAL(out, "v");
    out_int(out, all);
    OUT_LITERAL(out, "H0z\"/><path fill=\"#000\" d=\"");
    for (int y = 0; y < width; y++) {
        const unsigned char *line = code->data + (size_t)y * (size_t)width;

        for (int x = 0, run; x < width; x += run) {
            bool dark = line[x] & 1;

            for (run = 1; x + run < width && (line[x + run] & 1) == dark; run++) {
            }
            if (!dark) continue;
            OUT_LITERAL(out, "M");
            out_int(out, x + EDGE);
            OUT_LITERAL(out, " ");
            out_int(out, y + EDGE);
            OUT_LITERAL(out, "h");
            out_int(out, run);
            OUT_LITERAL(out, "v1h-");
            out_int(out, run);
            OUT_LITERAL(out, "z");
        }
    }
    OUT_LITERAL(out, "\"/></svg>");
}

struct outcome picture_answer(struct arena *arena, struct str text, const char *name,
                              struct file_answer *file)
{
    struct out *out = out_open(arena, SVG_BYTES_MAX);
    QRcode *code = NULL;

    if (text.len <= PICTURE_TEXT_BYTES_MAX)
        code = QRcode_encodeString8bit(arena_c(arena, text), 0, QR_ECLEVEL_M);
    if (!code) return FAULT("a text does not fit a picture");
    draw(out, code);
    QRcode_free(code);
    if (out_full(out)) return FAULT("a picture is larger than SVG_BYTES_MAX");
    *file = (struct file_answer){.bytes = out_text(out),
                                 .type = S("image/svg+xml"),
                                 .name = str_of(name),
                                 .inline_safe = true};
    return DONE;
}
