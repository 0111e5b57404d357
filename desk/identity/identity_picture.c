/* identity_picture.c -- the key of a second step as a picture, for the camera of a phone.
 *
 * Typing 32 letters from a screen is where people give up.  The picture holds the same address as
 * the page does in words, so whoever has no camera, or sees no pictures, misses nothing.
 *
 *  (1) Only the person an offer was made to gets its picture, as long as the offer is good; for
 *      anybody else there is none.
 *  (2) Always black on white with a quiet edge of four, whatever colours the page has: readers
 *      of such pictures need it.
 */
#include <qrencode.h>

#include "desk/identity/identity_parts.h"
#include "platform/page.h"

enum { EDGE = 4, SVG_BYTES_MAX = 256 * 1024 };

#define FORM_THIS identity_picture_form
FORM_TABLE(identity_picture, IDENTITY_PICTURE_FORM)
#undef FORM_THIS

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

struct outcome identity_send_picture(struct request *request, const void *query,
                                     struct file_answer *file)
{
    const struct identity_picture_form *f = query;
    struct scene *scene = request->scene;
    struct identity_find_person_row row;
    struct str secret, uri;
    struct out *out;
    QRcode *code;
    id person_id;
    bool found;

    TRY(identity_by_person(scene));
    TRY(identity_find_person(scene->arena, scene->store, scene->actor.person_id, &row, &found));
    if (!found || row.totp_sealed.len) return REFUSE(act_unknown);
    if (!identity_note_open(scene, "person.totp.offer", f->offer, &person_id, &secret) ||
        person_id != row.person_id)
        return REFUSE(act_unknown);
    uri = secret_totp_uri(scene->arena, secret, row.login);
    code = QRcode_encodeString8bit(arena_c(scene->arena, uri), 0, QR_ECLEVEL_M);
    if (!code) return FAULT("identity: a key's address does not fit a picture");
    out = out_open(scene->arena, SVG_BYTES_MAX);
    draw(out, code);
    QRcode_free(code);
    if (out_full(out)) return FAULT("identity: a key's picture is larger than SVG_BYTES_MAX");
    *file = (struct file_answer){.bytes = out_text(out),
                                 .type = S("image/svg+xml"),
                                 .name = S("key.svg"),
                                 .inline_safe = true};
    return DONE;
}
