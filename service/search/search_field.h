/* search_field.h -- which fields of law a question may be about (pure).
 *
 *  1. A field has what articles bring that fit the question, and what words people say bring.
 *  2. What comes out are suggestions: nobody is led anywhere by one.
 */
#ifndef SEARCH_FIELD_H
#define SEARCH_FIELD_H

#include "platform/base.h"

enum { SEARCH_FIELD_ARTICLES = 30 }; /* the best ones, that are asked */

struct search_field {
    struct str field;
    struct str words; /* people say, with blanks between; plain: see finder_plain() */
    double points;
};

/* The field an article belongs to by a table as data/field_laws.tsv; "" if by none of its lines. */
struct str search_field_of(struct str table, struct str law_name, int64_t number);

/* An article of a field fits the question so well, as a part of what all of them do. */
void search_field_vote(struct search_field *fields, size_t count, struct str field, double part);
/* Words of a field stand in the question, which is plain text. */
void search_field_words(struct search_field *fields, size_t count, struct str question);
/* Best first, equals in their order; how many have anything at all. */
size_t search_field_sort(struct search_field *fields, size_t count);

#endif
