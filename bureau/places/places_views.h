/* places_views.h -- the pages of districts and streets, and the notices they show. */
#ifndef PLACES_VIEWS_H
#define PLACES_VIEWS_H

#include "platform/page.h"

enum { PLACES_TEXT_MAX = 300 };

#define PLACES_LIST_FORM(F) F(flag, all, OPTIONAL, 0, 1, "", "")
FORM_STRUCT(places_list, PLACES_LIST_FORM)

#define PLACES_WHICH_FORM(F) F(word, division, REQUIRED, 2, 12, T("District or street"), "")
FORM_STRUCT(places_which, PLACES_WHICH_FORM)

#define PLACES_NOTICE_FORM(F)                                                                      \
    F(word, division, REQUIRED, 2, 12, T("For whom?"),                                             \
      T("Shown in this place and everywhere within it."))                                          \
    F(lines, text_zh, REQUIRED, 2, PLACES_TEXT_MAX, T("Notice in Chinese"), "")                    \
    F(lines, text_en, REQUIRED, 2, PLACES_TEXT_MAX, T("Notice in English"), "")                    \
    F(day, from, REQUIRED, 10, 10, T("Shown from"), "")                                            \
    F(day, until, REQUIRED, 10, 10, T("Shown until"), "")
FORM_STRUCT(places_notice, PLACES_NOTICE_FORM)

#define PLACES_ONE_NOTICE_FORM(F) F(number, notice, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(places_one_notice, PLACES_ONE_NOTICE_FORM)

/* What is published or written anew is what was seen: of that version. */
#define PLACES_PUBLISH_FORM(F)                                                                     \
    PLACES_ONE_NOTICE_FORM(F)                                                                      \
    F(number, version, REQUIRED, 1, INT32_MAX, "", "")
FORM_STRUCT(places_publish, PLACES_PUBLISH_FORM)

#define PLACES_CHANGE_FORM(F) PLACES_PUBLISH_FORM(F) PLACES_NOTICE_FORM(F)
FORM_STRUCT(places_change, PLACES_CHANGE_FORM)

#define PLACES_MADE_VIEW(V) V(api, ident, notice, _)
VIEW_STRUCT(places_made, PLACES_MADE_VIEW)

#define PLACES_ROW_VIEW(V)                                                                         \
    V(api, text, division, _)                                                                      \
    V(api, text, name, _)
VIEW_STRUCT(places_row, PLACES_ROW_VIEW)

/* GET /places */
#define PLACES_LIST_VIEW(V)                                                                        \
    V(api, list, places, places_row)                                                               \
    V(page, text, chosen, _) /* what this browser keeps; "" nothing */                             \
    V(page, text, chosen_name, _)
VIEW_STRUCT(places_list, PLACES_LIST_VIEW)

#define PLACES_HALL_VIEW(V)                                                                        \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, address, _)                                                                       \
    V(api, maybe, phone, _)                                                                        \
    V(api, flag, is_open, _)                                                                       \
    V(api, maybe, hours_today, _)                                                                  \
    V(api, time, opens_at, _) /* next, when it is closed now */                                    \
    V(api, number, windows_open, _)
VIEW_STRUCT(places_hall, PLACES_HALL_VIEW)

#define PLACES_SERVING_VIEW(V)                                                                     \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, number, people, _)                                                                      \
    V(api, number, here, _) /* on line now */
VIEW_STRUCT(places_serving, PLACES_SERVING_VIEW)

#define PLACES_TOLD_VIEW(V)                                                                        \
    V(api, text, text, _)                                                                          \
    V(api, text, place_name, _)                                                                    \
    V(page, time, last_day, _)
VIEW_STRUCT(places_told, PLACES_TOLD_VIEW)

/* GET /places/{division} */
#define PLACES_ONE_VIEW(V)                                                                         \
    V(api, text, division, _)                                                                      \
    V(api, text, name, _)                                                                          \
    V(api, text, level, _)                                                                         \
    V(page, text, district, _) /* the district it lies in, or is */                                \
    V(page, text, parent, _)                                                                       \
    V(page, text, parent_name, _)                                                                  \
    V(page, flag, is_chosen, _)                                                                    \
    V(api, list, told, places_told)                                                                \
    V(api, list, halls, places_hall)                                                               \
    V(api, maybe, halls_of, _) /* there is none here: these are of this place above */             \
    V(api, list, serving, places_serving)                                                          \
    V(api, maybe, serving_of, _)                                                                   \
    V(api, list, places, places_row) /* within it */
VIEW_STRUCT(places_one, PLACES_ONE_VIEW)

#define PLACES_NOTICE_ROW_VIEW(V)                                                                  \
    V(api, ident, notice, _)                                                                       \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, text_zh, _)                                                                       \
    V(api, text, text_en, _)                                                                       \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(page, time, last_day, _)                                                                     \
    V(api, text, state, _) /* draft, shown, withdrawn */                                           \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(page, flag, is_draft, _)                                                                     \
    V(page, flag, can_withdraw, _)
VIEW_STRUCT(places_notice_row, PLACES_NOTICE_ROW_VIEW)

/* GET /admin/places */
#define PLACES_ADMIN_VIEW(V)                                                                       \
    V(api, list, notices, places_notice_row)                                                       \
    V(page, choices, divisions, _)                                                                 \
    V(page, flag, is_adding, _)
VIEW_STRUCT(places_admin, PLACES_ADMIN_VIEW)

#define PLACES_BEFORE_VIEW(V)                                                                      \
    V(api, number, version, _)                                                                     \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, text_zh, _)                                                                       \
    V(api, text, text_en, _)                                                                       \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(page, time, last_day, _)                                                                     \
    V(api, text, by, _)                                                                            \
    V(api, time, at, _)
VIEW_STRUCT(places_before, PLACES_BEFORE_VIEW)

/* GET /admin/places/{notice} */
#define PLACES_KEEP_VIEW(V)                                                                        \
    V(api, part, notice, places_notice_row)                                                        \
    V(api, number, version, _)                                                                     \
    V(api, list, before, places_before) /* what it said before, newest first */                    \
    V(page, choices, divisions, _)                                                                 \
    V(page, text, from_text, _) /* as the fields begin */                                          \
    V(page, text, until_text, _)                                                                   \
    V(page, text, lost_zh, _) /* typed to what is no draft any more */                             \
    V(page, text, lost_en, _)                                                                      \
    V(page, flag, is_changing, _)                                                                  \
    V(page, flag, has_page, _) /* the whole city has none of its own */
VIEW_STRUCT(places_keep, PLACES_KEEP_VIEW)

extern const struct act places_act_choose, places_act_ask, places_act_add, places_act_change,
    places_act_show, places_act_withdraw;
extern const struct reason places_unknown;
struct outcome places_show_admin(struct request *request, const void *query, void *view);
struct outcome places_show_keep(struct request *request, const void *query, void *view);
extern const struct module places_module;

#endif
