/* golden_views.h -- what the templates of the golden tests are shown. */
#ifndef GOLDEN_VIEWS_H
#define GOLDEN_VIEWS_H

#include "platform/view.h"

#define GOLDEN_LINE_VIEW(V)                                                                        \
    V(api, number, seq, _)                                                                         \
    V(api, text, body, _)                                                                          \
    V(api, time, sent_at, _)                                                                       \
    V(api, flag, is_mine, _)
VIEW_STRUCT(golden_line, GOLDEN_LINE_VIEW)

#define GOLDEN_GROUP_VIEW(V)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, list, lines, golden_line)
VIEW_STRUCT(golden_group, GOLDEN_GROUP_VIEW)

/* Every kind of tag once. */
#define GOLDEN_TALK_VIEW(V)                                                                        \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, text, field, _)                                                                         \
    V(api, text, site, _)                                                                          \
    V(api, number, place, _)                                                                       \
    V(api, flag, is_open, _)                                                                       \
    V(api, list, groups, golden_group)                                                             \
    V(api, part, last, golden_line)                                                                \
    V(page, choices, fields, _)
VIEW_STRUCT(golden_talk, GOLDEN_TALK_VIEW)

#define GOLDEN_ASK_FORM(F)                                                                         \
    F(word, field, REQUIRED, 1, 20, T("Field"), "")                                                \
    F(lines, text, REQUIRED, 1, 2000, T("Your question"), "")
FORM_STRUCT(golden_ask, GOLDEN_ASK_FORM)

#define GOLDEN_FORM_VIEW(V)                                                                        \
    V(page, text, given, _)                                                                        \
    V(page, number, which, _)                                                                      \
    V(page, choices, fields, _)
VIEW_STRUCT(golden_form, GOLDEN_FORM_VIEW)

/* A page around a page. */
struct golden_around_view {
    const struct template *page;
    const void *page_view;
};

struct golden_spaces_view {
    bool yes;
    struct str word;
};

#endif
