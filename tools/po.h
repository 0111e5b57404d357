/* po.h -- the translations: every file of po/zh/, read as one catalogue.
 *
 * The format is that of gettext with msgid and msgstr only, so any translation editor opens it.
 * An entry marked `#, fuzzy` or with an empty msgstr counts as missing.  The same text may stand in
 * two files if both say the same; two different translations of one text are a problem.
 */
#ifndef TOOLS_PO_H
#define TOOLS_PO_H

#include "tools/buffer.h"

struct po_entry {
    struct str source, translation;
    const char *path;
    unsigned line;
    bool used;
};
struct po_missing {
    struct str source;
    const char *path; /* where it is used */
    unsigned line;
};

struct po {
    struct arena *arena;
    struct po_entry *entries; /* sorted by source once po_sort() was called */
    size_t count, room;
    struct po_missing *missing;
    size_t missing_count, missing_room;
};

void po_open(struct po *po, struct arena *arena);
/* Adds the entries of one file.  `path` must outlive the catalogue. */
void po_add(struct po *po, struct problems *problems, const char *path, struct str bytes);
void po_sort(struct po *po, struct problems *problems);
/* All of FOLDER/zh, in the order of their names, sorted. */
bool po_read_folder(struct po *po, struct problems *problems, const char *folder);

/* One more file, of a room that keeps its own; for files named X.po among others. */
bool po_read_file(struct po *po, struct problems *problems, const char *path);

/* The translation, or remembers that it is missing and returns false.  Marks the entry as used.
 * A translation must name the same places (%1 …) as its source; `line` 0 asks without remembering.
 */
bool po_find(struct po *po, const char *path, unsigned line, struct str source,
             struct str *translation);
/* The missing ones, each once, ready to be pasted into a .po file. */
struct str po_missing_text(struct po *po, const char *tool);
/* One problem for every entry that nothing uses. */
void po_report_unused(const struct po *po, struct problems *problems);
/* The places a text names: bit n-1 for %n. */
unsigned po_places(struct str text);

#endif
