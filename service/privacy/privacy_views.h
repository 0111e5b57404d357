/* privacy_views.h -- what is shown of what is held. */
#ifndef PRIVACY_VIEWS_H
#define PRIVACY_VIEWS_H

#include "gen/privacy_sql.h"
#include "platform/page.h"
#include "service/privacy/privacy_acts.h"
#include "service/privacy/privacy_erase_views.h"

#define PRIVACY_REASON_USE "privacy.reason"

#define PRIVACY_WHICH_FORM(F) F(number, copy, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(privacy_which, PRIVACY_WHICH_FORM)

/* ---- /my/data ---- */

#define PRIVACY_KIND_VIEW(V)                                                                       \
    V(api, text, title, _)                                                                         \
    V(api, text, why, _)                                                                           \
    V(api, text, until, _)                                                                         \
    V(api, number, rows, _)
VIEW_STRUCT(privacy_kind, PRIVACY_KIND_VIEW)

#define PRIVACY_PAST_VIEW(V)                                                                       \
    V(api, ident, copy, _)                                                                         \
    V(api, time, at, _)                                                                            \
    V(api, flag, is_own, _)                                                                        \
    V(api, flag, is_open, _)                                                                       \
    V(api, text, by_name, _)                                                                       \
    V(api, text, paper_name, _)
VIEW_STRUCT(privacy_past, PRIVACY_PAST_VIEW)

#define PRIVACY_MINE_VIEW(V)                                                                       \
    V(page, text, phone_masked, _)                                                                 \
    V(api, list, kinds, privacy_kind)                                                              \
    V(api, list, copies, privacy_past)
VIEW_STRUCT(privacy_mine, PRIVACY_MINE_VIEW)

/* ---- one copy ---- */

#define PRIVACY_COPY_VIEW(V)                                                                       \
    V(api, ident, copy, _)                                                                         \
    V(api, time, until_at, _)                                                                      \
    V(page, flag, is_window, _)                                                                    \
    V(api, flag, is_empty, _)                                                                      \
    V(api, list, kinds, privacy_kind)
VIEW_STRUCT(privacy_copy, PRIVACY_COPY_VIEW)

/* ---- /privacy ---- */

#define PRIVACY_CLERK_VIEW(V)                                                                      \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, login, _)                                                                         \
    V(api, time, since, _)
VIEW_STRUCT(privacy_clerk, PRIVACY_CLERK_VIEW)

#define PRIVACY_WINDOW_VIEW(V)                                                                     \
    V(api, flag, has_right, _)                                                                     \
    V(api, flag, is_admin, _)                                                                      \
    V(api, choices, papers, _)                                                                     \
    V(page, choices, erase_papers, _)                                                              \
    V(api, list, copies, privacy_past)                                                             \
    V(api, list, clerks, privacy_clerk)
VIEW_STRUCT(privacy_window, PRIVACY_WINDOW_VIEW)

/* ---- between the files of this room ---- */

/* Refuses who may not make a copy for somebody at a window. */
struct outcome privacy_need_right(struct scene *scene);
/* How much there is of each kind, of those there is anything of. */
struct outcome privacy_count(struct scene *scene, const struct held_person *person,
                             const struct privacy_kind_view **kinds, size_t *count);
/* All of it, as a page that needs nothing else, or as JSON. */
struct outcome privacy_write_page(struct scene *scene, const struct held_person *person, moment at,
                                  struct str *bytes);
struct outcome privacy_write_json(struct scene *scene, const struct held_person *person, moment at,
                                  struct str *bytes);

#endif
