/* picture.h -- a text as a picture for the camera of a phone (a QR code).
 *
 *  (1) Always black on white with a quiet edge of four, whatever colours the page has: readers of
 *      such pictures need it. */
#ifndef PLATFORM_PICTURE_H
#define PLATFORM_PICTURE_H

#include "platform/page.h"

enum { PICTURE_TEXT_BYTES_MAX = 512 }; /* more makes squares a phone does not tell apart on paper */

/* An SVG that a page may show; `name` is what it is saved as. */
struct outcome picture_answer(struct arena *arena, struct str text, const char *name,
                              struct file_answer *file);

#endif
