/* items_write.h -- an item as a file: what items_file.h reads, written.
 *
 * What was written in the browser goes back to the files of a clerk this way, so that the next
 * folder that is taken in does not undo it.
 */
#ifndef DESK_ITEMS_WRITE_H
#define DESK_ITEMS_WRITE_H

#include "desk/items/items_file.h"

/* Read again it is the same item, or the same words, word for word. */
struct str items_file_write(struct arena *arena, const struct items_item *item);
struct str items_file_write_words(struct arena *arena, const struct items_words *words);

#endif
