/* directory.h -- firms and offices, credit, and what people report as wrong (pure).
 *
 *  1. What the directory says of somebody's credit has a source and a day, or is not there.
 *  2. What was reported is decided once, with a reason if it is refused.
 *  3. Its words are opened by a look that is in the journal, for whoever looked and for an hour. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include "platform/base.h"

enum {
    DIRECTORY_NAME_MAX = 80,
    DIRECTORY_ADDRESS_MAX = 120,
    DIRECTORY_SOURCE_MAX = 80,
    DIRECTORY_WORDS_MAX = 400,
    DIRECTORY_ROWS_MAX = 2000,                /* of one table: every firm and office of a city */
    DIRECTORY_KEPT_DAYS = 90,                 /* what was reported, after it was decided */
    DIRECTORY_LOOK_SECONDS = SECONDS_PER_HOUR /* its words stay open after a look on record */
};

struct directory_word {
    const char *word, *name; /* the name is marked with T() */
};
/* Each ends with an empty one. */
extern const struct directory_word directory_kinds[];   /* of firms and offices */
extern const struct directory_word directory_credits[]; /* of what is told about credit */
extern const struct directory_word directory_wrongs[];  /* of what may be wrong */
extern const struct directory_word directory_states[];  /* of what was reported */

/* What people come for to one of a kind, or to somebody of a profession: an item of the service
 * list; advice at the window if nothing else. */
struct str directory_visit(struct str kind);

/* "" if it is none of them. */
const char *directory_name(const struct directory_word *words, struct str word);

/* ---- a table of firms and offices ---- */

enum directory_column {
    DIRECTORY_KIND,
    DIRECTORY_NAME,
    DIRECTORY_DIVISION,
    DIRECTORY_ADDRESS,
    DIRECTORY_PHONE,
    DIRECTORY_LICENCE,
    DIRECTORY_SOURCE,
    DIRECTORY_SOURCE_DAY,
    DIRECTORY_STATE, /* empty or open: it is shown; closed: not any more */
    DIRECTORY_COLUMNS
};
/* Which column a heading names, in Chinese or English; DIRECTORY_COLUMNS if none. */
enum directory_column directory_column_of(struct str heading);
bool directory_column_is_needed(enum directory_column column);
const char *directory_column_name(enum directory_column column); /* marked with T() */
bool directory_is_closed(struct str typed);

#endif
