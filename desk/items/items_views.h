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

#define ITEMS_PAGE_FORM(F)                                                                         \
    F(word, item, REQUIRED, 2, 40, T("Short code"), "")                                            \
    F(number, version, OPTIONAL, 0, INT64_MAX, T("Version"), "")
FORM_STRUCT(items_page, ITEMS_PAGE_FORM)

#define ITEMS_SIFT_FORM(F)                                                                         \
    F(text, q, OPTIONAL, 0, 60, T("Name or short code"), "")                                       \
    F(flag, only_changed, OPTIONAL, 0, 1, T("Only what was changed"), "")
FORM_STRUCT(items_sift, ITEMS_SIFT_FORM)

#define ITEMS_NUMBER_FORM(F) F(number, release, REQUIRED, 1, 1000000, T("Release"), "")
FORM_STRUCT(items_number, ITEMS_NUMBER_FORM)

/* ---- what an administrator hands in ---- */

#define ITEMS_SAVE_FORM(F)                                                                         \
    ITEMS_ITEM_LIST(F)                                                                             \
    F(number, seen, REQUIRED, 1, INT64_MAX, "", "") /* the version it was made from */
FORM_STRUCT(items_save, ITEMS_SAVE_FORM)

#define ITEMS_ADD_FORM(F)                                                                          \
    F(code, item, REQUIRED, 2, 40, T("Short code"), T("Small letters, digits and - only."))        \
    F(text, name_zh, REQUIRED, 1, 60, T("Name in Chinese"), "")                                    \
    F(text, name_en, REQUIRED, 1, 120, T("Name in English"), "")
FORM_STRUCT(items_add, ITEMS_ADD_FORM)

#define ITEMS_RELEASE_FORM(F)                                                                      \
    F(day, holds_from, REQUIRED, 10, 10, T("From which day does it hold?"), "")                    \
    F(lines, note, OPTIONAL, 0, 300, T("What is it for?"), T("Everybody can read it."))
FORM_STRUCT(items_release, ITEMS_RELEASE_FORM)

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
    V(page, text, content, _)
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
    V(api, maybe, url, _) /* of the article a legal basis names, if its law is here */             \
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
    V(page, text, begin, _) /* where it begins on this site; "" it begins with a question */       \
    V(page, text, ask, _)   /* the way to a question about it */                                   \
    V(page, flag, is_preview, _)                                                                   \
    V(api, flag, is_former, _) /* not what holds now */                                            \
    V(page, flag, is_gone, _)  /* nothing of this code holds now */                                \
    V(page, flag, has_where, _)
VIEW_STRUCT(items_one, ITEMS_ONE_VIEW)

/* ---- releases ---- */

#define ITEMS_CHANGED_FIELD_VIEW(V)                                                                \
    V(api, text, field, _)                                                                         \
    V(page, text, label, _)                                                                        \
    V(api, maybe, before, _)                                                                       \
    V(api, maybe, after, _)
VIEW_STRUCT(items_changed_field, ITEMS_CHANGED_FIELD_VIEW)

#define ITEMS_CHANGE_VIEW(V)                                                                       \
    V(api, text, item, _)                                                                          \
    V(api, text, kind, _)                                                                          \
    V(page, text, name, _)                                                                         \
    V(page, text, kind_name, _)                                                                    \
    V(page, text, kind_css, _)                                                                     \
    V(api, list, fields, items_changed_field)
VIEW_STRUCT(items_change, ITEMS_CHANGE_VIEW)

#define ITEMS_RELEASE_ROW_VIEW(V)                                                                  \
    V(api, number, release, _)                                                                     \
    V(api, time, holds_from, _)                                                                    \
    V(api, time, made_at, _)                                                                       \
    V(api, time, withdrawn_at, _)                                                                  \
    V(api, number, items, _)                                                                       \
    V(api, flag, holds, _)                                                                         \
    V(api, flag, is_planned, _)                                                                    \
    V(api, maybe, note, _)                                                                         \
    V(page, text, by_name, _)                                                                      \
    V(page, flag, can_withdraw, _)
VIEW_STRUCT(items_release_row, ITEMS_RELEASE_ROW_VIEW)

#define ITEMS_RELEASES_VIEW(V) V(api, list, releases, items_release_row)
VIEW_STRUCT(items_releases, ITEMS_RELEASES_VIEW)

#define ITEMS_RELEASE_VIEW(V)                                                                      \
    V(api, number, release, _)                                                                     \
    V(api, time, holds_from, _)                                                                    \
    V(api, time, withdrawn_at, _)                                                                  \
    V(api, maybe, note, _)                                                                         \
    V(api, some, before, _)                                                                        \
    V(api, list, changes, items_change)                                                            \
    V(page, flag, is_first, _)                                                                     \
    V(page, flag, is_planned, _)
VIEW_STRUCT(items_release, ITEMS_RELEASE_VIEW)

#define ITEMS_PREPARE_VIEW(V)                                                                      \
    V(api, flag, may_change, _)                                                                    \
    V(api, text, earliest, _ /* day of the next release at least */)                               \
    V(api, maybe, not_ready, _)                                                                    \
    V(api, list, changes, items_change)                                                            \
    V(api, list, releases, items_release_row)
VIEW_STRUCT(items_prepare, ITEMS_PREPARE_VIEW)

/* ---- the administrator's ---- */

#define ITEMS_ADDED_VIEW(V) V(api, text, item, _)
VIEW_STRUCT(items_added, ITEMS_ADDED_VIEW)

#define ITEMS_RELEASED_VIEW(V) V(api, number, release, _)
VIEW_STRUCT(items_released, ITEMS_RELEASED_VIEW)

#define ITEMS_ADMIN_ROW_VIEW(V)                                                                    \
    V(api, text, item, _)                                                                          \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, text, branch, _)                                                                        \
    V(api, text, category, _)                                                                      \
    V(api, text, state, _)                                                                         \
    V(api, number, problems, _)                                                                    \
    V(page, text, name, _)                                                                         \
    V(page, text, category_name, _)                                                                \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)
VIEW_STRUCT(items_admin_row, ITEMS_ADMIN_ROW_VIEW)

#define ITEMS_ADMIN_VIEW(V)                                                                        \
    V(api, some, release, _)                                                                       \
    V(api, number, drafts, _)                                                                      \
    V(api, list, items, items_admin_row)                                                           \
    V(page, text, q, _)                                                                            \
    V(page, text, only_changed, _)                                                                 \
    V(page, flag, is_adding, _)                                                                    \
    V(page, flag, may_change, _)
VIEW_STRUCT(items_admin, ITEMS_ADMIN_VIEW)

#define ITEMS_PROBLEM_VIEW(V)                                                                      \
    V(api, text, field, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(api, text, text, _)
VIEW_STRUCT(items_problem, ITEMS_PROBLEM_VIEW)

#define ITEMS_EDIT_VIEW(V)                                                                         \
    V(api, text, item, _)                                                                          \
    V(api, text, branch, _)                                                                        \
    V(api, text, category, _)                                                                      \
    V(api, text, sorting, _)                                                                       \
    V(api, text, process, _)                                                                       \
    V(api, text, department, _)                                                                    \
    V(api, text, field, _)                                                                         \
    V(api, words, needs, _)                                                                        \
    V(api, words, offices, _)                                                                      \
    V(api, words, channels, _)                                                                     \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(api, text, object_zh, _)                                                                     \
    V(api, text, object_en, _)                                                                     \
    V(api, text, content_zh, _)                                                                    \
    V(api, text, content_en, _)                                                                    \
    V(api, text, method_zh, _)                                                                     \
    V(api, text, method_en, _)                                                                     \
    V(api, text, provider_zh, _)                                                                   \
    V(api, text, provider_en, _)                                                                   \
    V(api, text, basis_zh, _)                                                                      \
    V(api, text, basis_en, _)                                                                      \
    V(api, text, materials_zh, _)                                                                  \
    V(api, text, materials_en, _)                                                                  \
    V(api, text, fee_zh, _)                                                                        \
    V(api, text, fee_en, _)                                                                        \
    V(api, text, limit_days, _)                                                                    \
    V(api, text, calendar, _)                                                                      \
    V(api, text, limit_zh, _)                                                                      \
    V(api, text, limit_en, _)                                                                      \
    V(api, text, place_zh, _)                                                                      \
    V(api, text, place_en, _)                                                                      \
    V(api, text, steps_zh, _)                                                                      \
    V(api, text, steps_en, _)                                                                      \
    V(api, text, search_zh, _)                                                                     \
    V(api, text, search_en, _)                                                                     \
    V(api, text, source, _)                                                                        \
    V(api, text, flow, _)                                                                          \
    V(api, number, seen, _)                                                                        \
    V(api, flag, has_draft, _)                                                                     \
    V(api, flag, is_new, _)                                                                        \
    V(api, flag, is_taken_out, _)                                                                  \
    V(api, flag, may_change, _)                                                                    \
    V(api, list, problems, items_problem)                                                          \
    V(page, text, name, _)                                                                         \
    V(page, choices, branches, _)                                                                  \
    V(page, choices, categories, _)                                                                \
    V(page, choices, processes, _)                                                                 \
    V(page, choices, departments, _)                                                               \
    V(page, choices, all_needs, _)                                                                 \
    V(page, choices, all_offices, _)                                                               \
    V(page, choices, all_channels, _)                                                              \
    V(page, choices, calendars, _)
VIEW_STRUCT(items_edit, ITEMS_EDIT_VIEW)

/* ---- drawing, shared ---- */

struct str items_in(const struct scene *scene, struct str zh, struct str en);
/* Fills all of the view that comes from the item itself. */
struct outcome items_draw(struct scene *scene, const struct items_item *item,
                          const struct items_words *words, struct items_one_view *v);

/* What the next release would say of an item. */
struct items_standing {
    id released_id; /* in the last release, or 0 */
    id draft_id;    /* as it is being written, or 0 */
    id now_id;      /* the draft, else what is released */
    bool has_draft, is_taken_out;
};
struct outcome items_stand(struct scene *scene, struct str item, struct items_standing *standing);
/* Refuses an item nobody knows; `said` is what it says now. */
struct outcome items_stand_known(struct scene *scene, struct str item,
                                 struct items_standing *standing, struct items_item *said);
struct outcome items_need_city(struct scene *scene); /* refused to a district's administrator */
struct outcome items_apply_drafts(struct scene *scene, struct items_roll *roll, struct str *late);
struct outcome items_compare(struct scene *scene, const struct items_roll *before,
                             const struct items_roll *after,
                             const struct items_change_view **changes, size_t *count);
struct outcome items_show_release_rows(struct scene *scene, bool is_admin,
                                       const struct items_release_row_view **rows, size_t *count);

extern const struct reason items_changed_meanwhile, items_code_taken, items_no_draft,
    items_city_only, items_not_ready, items_holds_already, items_not_last, items_withdrawn;
extern const struct act items_save, items_add, items_take_out, items_undo, items_release,
    items_withdraw;
extern const struct page items_public_pages[], items_release_pages[], items_admin_pages[];

#endif
