/* search_acts.h -- the index, for main; fields of law for what somebody typed. */
#ifndef SEARCH_ACTS_H
#define SEARCH_ACTS_H

#include "platform/act.h"
#include "platform/finder.h"

/* Makes the empty index, before anything is served; its memory stays until search_end(). */
void search_begin(void);
void search_end(void);

/* What a question may be about, likeliest first: suggestions, never a decision (see
 * search_field.h).  `fields` has room for SEARCH_FIELDS_MAX codes. */
enum { SEARCH_FIELDS_MAX = 3 };
struct outcome search_fields(struct scene *scene, struct str q, struct str *fields, size_t *count);

#endif
