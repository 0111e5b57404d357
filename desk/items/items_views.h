/* items_views.h -- what the service list shows, and what is asked of it. */
#ifndef ITEMS_VIEWS_H
#define ITEMS_VIEWS_H

#include "desk/items/items_parts.h"
#include "platform/page.h"

/* ---- what may stand in an address ---- */

#define ITEMS_FIND_FORM(F)                                                                         \
    F(text, q, OPTIONAL, 0, 100, T("What do you need?"), "")                                       \
    F(word, need, OPTIONAL, 0, 40, T("What is it about?"), "")                                     \
    F(word, branch, OPTIONAL, 0, 16, T("Part of the list"), "")
FORM_STRUCT(items_find, ITEMS_FIND_FORM)

#define ITEMS_WHICH_FORM(F) F(word, item, REQUIRED, 2, 40, T("Short code"), "")
FORM_STRUCT(items_which, ITEMS_WHICH_FORM)

/* ---- the list ---- */

#define ITEMS_NEED_VIEW(V)                                                                         \
    V(api, text, need, _)                                                                          \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, number, items, _)                                                                       \
    V(page, text, name, _)                                                                         \
    V(page, flag, is_here, _)
VIEW_STRUCT(items_need, ITEMS_NEED_VIEW)

#define ITEMS_ROW_VIEW(V)                                                                          \
    V(api, text, item, _)                                                                          \
    V(api, text, branch, _)                                                                        \
    V(api, text, category, _)                                                                      \
    V(api, text, department, _)                                                                    \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, text, object_zh, _)                                                                     \
    V(api, text, object_en, _)                                                                     \
    V(api, words, needs, _)                                                                        \
    V(page, text, name, _)                                                                         \
    V(page, text, object, _)
VIEW_STRUCT(items_row, ITEMS_ROW_VIEW)

#define ITEMS_GROUP_VIEW(V)                                                                        \
    V(page, text, word, _)                                                                         \
    V(page, text, name, _)                                                                         \
    V(page, text, hint, _)                                                                         \
    V(page, list, rows, items_row)
VIEW_STRUCT(items_group, ITEMS_GROUP_VIEW)

#define ITEMS_LIST_VIEW(V)                                                                         \
    V(api, some, release, _)                                                                       \
    V(api, time, holds_from, _)                                                                    \
    V(api, list, needs, items_need)                                                                \
    V(api, list, items, items_row) /* all, or those found, best first */                           \
    V(page, list, groups, items_group)                                                             \
    V(page, text, q, _)                                                                            \
    V(page, text, need, _)                                                                         \
    V(page, text, need_name, _)                                                                    \
    V(page, flag, is_found, _) /* something was looked for */                                      \
    V(page, flag, is_community, _)                                                                 \
    V(page, number, legal, _)                                                                      \
    V(page, number, community, _)
VIEW_STRUCT(items_list, ITEMS_LIST_VIEW)

/* ---- one item ---- */

#define ITEMS_LINE_VIEW(V)                                                                         \
    V(api, text, zh, _)                                                                            \
    V(api, text, en, _)                                                                            \
    V(page, text, text, _)
VIEW_STRUCT(items_line, ITEMS_LINE_VIEW)

#define ITEMS_OFFICE_VIEW(V)                                                                       \
    V(api, text, office, _)                                                                        \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, text, calendar, _)                                                                      \
    V(page, text, name, _)                                                                         \
    V(page, text, hint, _)                                                                         \
    V(page, text, days, _) /* "open on working days" */
VIEW_STRUCT(items_office, ITEMS_OFFICE_VIEW)

#define ITEMS_ONE_VIEW(V)                                                                          \
    V(api, text, item, _)                                                                          \
    V(api, ident, version, _)                                                                      \
    V(api, some, release, _)                                                                       \
    V(api, time, holds_from, _)                                                                    \
    V(api, text, branch, _)                                                                        \
    V(api, text, category, _)                                                                      \
    V(api, text, department, _)                                                                    \
    V(api, text, process, _)                                                                       \
    V(api, maybe, field, _)                                                                        \
    V(api, words, needs, _)                                                                        \
    V(api, words, channels, _)                                                                     \
    V(api, part, called, items_line)                                                               \
    V(api, part, object, items_line)                                                               \
    V(api, part, content, items_line)                                                              \
    V(api, part, method, items_line)                                                               \
    V(api, part, provider, items_line)                                                             \
    V(api, list, basis, items_line)                                                                \
    V(api, list, materials, items_line)                                                            \
    V(api, part, fee, items_line)                                                                  \
    V(api, some, limit_days, _)                                                                    \
    V(api, maybe, limit_calendar, _)                                                               \
    V(api, part, limit, items_line)                                                                \
    V(api, list, offices, items_office)                                                            \
    V(api, part, place, items_line)                                                                \
    V(api, list, steps, items_line)                                                                \
    V(api, maybe, source, _)                                                                       \
    V(page, text, name, _)                                                                         \
    V(page, text, category_name, _)                                                                \
    V(page, text, department_name, _)                                                              \
    V(page, text, days, _) /* "7 working days" */                                                  \
    V(page, text, ways, _)                                                                         \
    V(page, list, about, items_need)                                                               \
    V(page, text, process_name, _)                                                                 \
    V(page, text, begin, _) /* where the button leads */                                           \
    V(page, flag, is_ask, _)                                                                       \
    V(page, flag, has_where, _)
VIEW_STRUCT(items_one, ITEMS_ONE_VIEW)

/* ---- drawing, shared ---- */

struct str items_in(const struct scene *scene, struct str zh, struct str en);
/* Fills all of the view that comes from the item itself. */
void items_draw(struct scene *scene, const struct items_item *item, const struct items_words *words,
                struct items_one_view *v);

extern const struct page items_public_pages[];

#endif
