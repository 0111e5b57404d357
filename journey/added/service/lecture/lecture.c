/* lecture.c -- see lecture.h. */
#include "service/lecture/lecture.h"

const struct lecture_subject lecture_subjects[] = {
    {"savings", T("Keeping savings from swindlers")},
    {"wills", T("Writing a will that holds")},
    {"neighbours", T("Living next door to one another")},
};
const size_t lecture_subjects_count = COUNT(lecture_subjects);

bool lecture_is_subject(struct str word)
{
    for (size_t i = 0; i < lecture_subjects_count; i++)
        if (str_same(word, str_of(lecture_subjects[i].word))) return true;
    return false;
}
