/* lecture.h -- which talks about the law can be wished for.
 *
 *  1. A subject is one of the list; what is wished for is never a text somebody typed.
 */
#ifndef LECTURE_H
#define LECTURE_H

#include "platform/base.h"

struct lecture_subject {
    const char *word, *name; /* marked with T() */
};
extern const struct lecture_subject lecture_subjects[];
extern const size_t lecture_subjects_count;
bool lecture_is_subject(struct str word);

#endif
