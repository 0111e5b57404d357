/* items_file.h -- an item as a clerk writes it: data/items/NAME.yaml, and words.yaml beside them.
 *
 * Used for the list the program brings along, and for a folder handed in on the command line.
 */
#ifndef DESK_ITEMS_FILE_H
#define DESK_ITEMS_FILE_H

#include "desk/items/items.h"

enum { ITEMS_FILE_BYTES_MAX = 64 * 1024 }; /* an item has some 2 KB; the words have 12 */

/* A file of the folder: its name without the folder, and what is in it. */
struct items_source {
    struct str name, text;
};

/* %1 is the file, the line and what is wrong. */
extern const struct reason items_file_malformed;
extern const struct reason items_file_misnamed;
extern const struct reason items_file_too_large;
extern const struct reason items_folder_empty; /* %1: the folder */

bool items_file_is_words(struct str name); /* words.yaml */
/* Only how it is written is looked at; what it says is items_check()'s business. */
struct outcome items_file_parse(struct arena *arena, const struct items_source *source,
                                struct items_item *item);
struct outcome items_file_words(struct arena *arena, const struct items_source *source,
                                struct items_words *words);
/* The line a field stands on, the line of its key when it has none of its own; 0: nowhere. */
int items_file_line(struct str text, enum items_field field);
/* The line of the n-th word of words.yaml; 0: not found. */
int items_file_word_line(struct str text, struct str word);

/* All .yaml files of a folder by name; at most ITEMS_MAX + 1. */
struct outcome items_folder_read(struct arena *arena, const char *folder,
                                 const struct items_source **sources, size_t *count);
/* The same of files put one behind the other, each headed by \001, its name and an end of line. */
void items_bundle_read(struct arena *arena, struct str bundle, const struct items_source **sources,
                       size_t *count);

#endif
