/* search.h -- which part of a text is shown among what was found (pure).
 *
 *  1. It lies within the text, on whole characters, and is at most SEARCH_SNIPPET_POINTS long. */
#ifndef SEARCH_H
#define SEARCH_H

#include "platform/base.h"

enum { SEARCH_SNIPPET_POINTS = 90 };

/* The longest run of the question that stands in the text decides what is shown: what comes before
 * it, the run itself, what follows.  Without one the text from its beginning. */
struct search_snippet {
    struct str before, match, after;
    bool is_cut_before, is_cut_after;
};
struct search_snippet search_snippet(struct str text, struct str query);

#endif
