/* cage_picture.c -- draws a picture anew, so that nothing but the picture is kept; inside the cage.
 *
 *  (1) How large it is, is read from its head before anything is unpacked.
 *  (2) It is turned upright first: the note which way it was held goes with the other notes, such
 *      as where it was taken. */
#include <gd.h>
#include <libexif/exif-data.h>
#include <string.h>

#include "platform/cage_inside.h"
#include "platform/limits.h"

enum { PNG_LEVEL = 6 };
/* The first is all that is needed where what was sent was no finer; the others are for a picture
 * that would not fit any more. */
static const int qualities[] = {92, 80, 65};

static uint32_t big(const char *at, int count)
{
    uint32_t number = 0;

    for (int i = 0; i < count; i++) number = number << 8 | (unsigned char)at[i];
    return number;
}
static uint32_t little(const char *at, int count)
{
    uint32_t number = 0;

    while (count--) number = number << 8 | (unsigned char)at[count];
    return number;
}

struct size {
    uint64_t wide, high;
};

/* The first frame's head (ITU T.81, B.2.2): markers are skipped by their length until then. */
static bool size_jpeg(struct str bytes, struct size *size)
{
    size_t at = 2;

    while (at + 9 <= bytes.len && (unsigned char)bytes.at[at] == 0xFF) {
        unsigned mark = (unsigned char)bytes.at[at + 1];

        if (mark == 0xFF) {
            at++;
            continue;
        }
        if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC) {
            *size = (struct size){big(bytes.at + at + 7, 2), big(bytes.at + at + 5, 2)};
            return true;
        }
        at += 2 + (mark == 0x01 || (mark >= 0xD0 && mark <= 0xD8) ? 0 : big(bytes.at + at + 2, 2));
    }
    return false;
}

/* The three shapes of a WebP file (developers.google.com/speed/webp/docs/riff_container). */
static bool size_webp(struct str bytes, struct size *size)
{
    struct str chunk;

    if (bytes.len < 30) return false;
    chunk = (struct str){bytes.at + 12, 4};
    if (str_same(chunk, S("VP8X")))
        *size = (struct size){little(bytes.at + 24, 3) + 1, little(bytes.at + 27, 3) + 1};
    else if (str_same(chunk, S("VP8L")))
        *size = (struct size){(little(bytes.at + 21, 4) & 0x3FFF) + 1,
                              (little(bytes.at + 21, 4) >> 14 & 0x3FFF) + 1};
    else
        *size = (struct size){little(bytes.at + 26, 2) & 0x3FFF, little(bytes.at + 28, 2) & 0x3FFF};
    return true;
}

static bool size_of(enum cage_kind kind, struct str bytes, struct size *size)
{
    switch (kind) {
    case CAGE_PNG:
        if (bytes.len < 24) return false;
        *size = (struct size){big(bytes.at + 16, 4), big(bytes.at + 20, 4)};
        return true;
    case CAGE_GIF:
        if (bytes.len < 10) return false;
        *size = (struct size){little(bytes.at + 6, 2), little(bytes.at + 8, 2)};
        return true;
    case CAGE_JPEG: return size_jpeg(bytes, size);
    case CAGE_WEBP: return size_webp(bytes, size);
    default: return false;
    }
}

static gdImagePtr unpack(enum cage_kind kind, struct str bytes)
{
    void *at = (void *)bytes.at;
    int len = (int)bytes.len;

    switch (kind) {
    case CAGE_PNG: return gdImageCreateFromPngPtr(len, at);
    case CAGE_GIF: return gdImageCreateFromGifPtr(len, at);
    case CAGE_JPEG: return gdImageCreateFromJpegPtrEx(len, at, 1);
    case CAGE_WEBP: return gdImageCreateFromWebpPtr(len, at);
    default: return NULL;
    }
}

static void *pack(enum cage_kind kind, gdImagePtr picture, int quality, int *len)
{
    switch (kind) {
    case CAGE_PNG: gdImageSaveAlpha(picture, 1); return gdImagePngPtrEx(picture, len, PNG_LEVEL);
    case CAGE_GIF: return gdImageGifPtr(picture, len);
    case CAGE_JPEG: return gdImageJpegPtr(picture, len, quality);
    case CAGE_WEBP: return gdImageWebpPtrEx(picture, len, quality);
    default: return NULL;
    }
}

/* 1 to 8 as a camera notes it (Exif 2.3, tag 0x0112); 1 is upright. */
static int way_up(struct str bytes)
{
    ExifData *notes = exif_data_new_from_data((const unsigned char *)bytes.at, (unsigned)bytes.len);
    ExifEntry *entry = notes ? exif_data_get_entry(notes, EXIF_TAG_ORIENTATION) : NULL;

    if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
    return exif_get_short(entry->data, exif_data_get_byte_order(notes));
}

static gdImagePtr turned(gdImagePtr picture, float degrees)
{
    gdImagePtr other = gdImageRotateInterpolated(picture, degrees, 0);

    gdImageDestroy(picture);
    return other;
}

static gdImagePtr upright(gdImagePtr picture, int way)
{
    switch (way) {
    case 2: gdImageFlipHorizontal(picture); return picture;
    case 3: gdImageFlipBoth(picture); return picture;
    case 4: gdImageFlipVertical(picture); return picture;
    case 5: gdImageFlipHorizontal(picture); return turned(picture, 90);
    case 6: return turned(picture, 270);
    case 7: gdImageFlipHorizontal(picture); return turned(picture, 270);
    case 8: return turned(picture, 90);
    default: return picture;
    }
}

enum cage_verdict cage_picture(enum cage_kind kind, struct str bytes, struct str *clean)
{
    struct size size;
    gdImagePtr picture;
    int len = 0;

    gdSetErrorMethod(NULL);
    if (!size_of(kind, bytes, &size) || !size.wide || !size.high) return CAGE_UNREADABLE;
    if (size.wide > CAGE_POINTS_MAX || size.wide * size.high > CAGE_POINTS_MAX)
        return CAGE_TOO_MUCH;
    picture = unpack(kind, bytes);
    if (picture && kind == CAGE_JPEG) picture = upright(picture, way_up(bytes));
    if (!picture) return CAGE_UNREADABLE;
    for (size_t i = 0; i < COUNT(qualities); i++) {
        clean->at = pack(kind, picture, qualities[i], &len);
        if (!clean->at || len <= 0) return CAGE_UNREADABLE;
        clean->len = (size_t)len;
        if (clean->len <= ATTACHMENT_BYTES_MAX) return CAGE_GOOD;
        gdFree((void *)clean->at);
    }
    return CAGE_TOO_MUCH;
}
