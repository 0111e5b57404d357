/* lecture_views.h -- the form and the page of talks. */
#ifndef LECTURE_VIEWS_H
#define LECTURE_VIEWS_H

#include "platform/page.h"
#include "service/lecture/lecture.h"

#define LECTURE_WISH_FORM(F)                                                                       \
    F(word, subject, REQUIRED, 2, 24, T("What should the talk be about?"), "")
FORM_STRUCT(lecture_wish, LECTURE_WISH_FORM)

#define LECTURE_SUBJECT_VIEW(V)                                                                    \
    V(api, text, subject, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, number, wishes, _)
VIEW_STRUCT(lecture_subject, LECTURE_SUBJECT_VIEW)

#define LECTURE_LIST_VIEW(V)                                                                       \
    V(api, list, subjects, lecture_subject)                                                        \
    V(page, choices, choices, _)
VIEW_STRUCT(lecture_list, LECTURE_LIST_VIEW)

extern const struct act lecture_wish;
extern const struct module lecture_module;

#endif
