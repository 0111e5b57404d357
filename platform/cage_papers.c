/* cage_papers.c -- what is looked at in a document before it is kept; inside the cage.
 *
 * Documents are kept as they came, since they may be evidence, and are handed out for saving only.
 * What is refused: what unpacks to very much, names that leave the folder they are unpacked into,
 * and programs (macros). */
#include <string.h>
#include <zip.h>

#include "platform/cage_inside.h"
#include "platform/limits.h"

static bool leaves_folder(struct str name)
{
    struct str rest = name;

    if (!name.len || name.at[0] == '/' || memchr(name.at, '\\', name.len) ||
        memchr(name.at, ':', name.len))
        return true;
    while (rest.len) {
        if (str_same(str_cut(rest, '/', &rest), S(".."))) return true;
    }
    return false;
}

static enum cage_verdict look(zip_t *archive)
{
    zip_int64_t count = zip_get_num_entries(archive, 0);
    uint64_t unpacked = 0;

    if (count <= 0) return CAGE_UNREADABLE;
    if (count > CAGE_PARTS_MAX) return CAGE_TOO_MUCH;
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t part;

        if (zip_stat_index(archive, (zip_uint64_t)i, 0, &part) || !(part.valid & ZIP_STAT_NAME) ||
            !(part.valid & ZIP_STAT_SIZE))
            return CAGE_UNREADABLE;
        if (leaves_folder(str_of(part.name))) return CAGE_UNREADABLE;
        if (str_ends(str_of(part.name), S("vbaProject.bin"))) return CAGE_ACTIVE;
        if (part.size > CAGE_UNPACKED_BYTES_MAX ||
            (unpacked += part.size) > CAGE_UNPACKED_BYTES_MAX)
            return CAGE_TOO_MUCH;
    }
    return CAGE_GOOD;
}

enum cage_verdict cage_papers(enum cage_kind kind, struct str bytes)
{
    zip_source_t *source;
    zip_t *archive;

    if (kind != CAGE_DOCX) return CAGE_GOOD;
    source = zip_source_buffer_create(bytes.at, bytes.len, 0, NULL);
    archive = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    return archive ? look(archive) : CAGE_UNREADABLE;
}
