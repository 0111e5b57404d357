/* ladder_views.h -- what administrators, supervisors and backups see of the ladder. */
#ifndef LADDER_VIEWS_H
#define LADDER_VIEWS_H

#include "bureau/ladder/ladder_inside.h"
#include "platform/page.h"

/* ---- /admin/ladder ---- */

#define LADDER_NUMBER_VIEW(V)                                                                      \
    V(api, text, field, _)                                                                         \
    V(api, text, label, _)                                                                         \
    V(page, text, hint, _)                                                                         \
    V(api, text, entry, _)                                                                         \
    V(api, text, unit, _)       /* of the entry, where it does not name it itself */               \
    V(page, choices, places, _) /* of a place on the ladder */                                     \
    V(page, flag, is_wrong, _)                                                                     \
    V(page, text, wrong, _)
VIEW_STRUCT(ladder_number, LADDER_NUMBER_VIEW)

#define LADDER_GROUP_VIEW(V)                                                                       \
    V(page, text, title, _)                                                                        \
    V(page, number, rung, _)                                                                       \
    V(page, flag, is_out, _) /* this ladder has no such step */                                    \
    V(page, text, about, _)                                                                        \
    V(page, list, numbers, ladder_number)
VIEW_STRUCT(ladder_group, LADDER_GROUP_VIEW)

#define LADDER_VERSION_VIEW(V)                                                                     \
    V(api, number, version, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, text, by, _)                                                                            \
    V(api, flag, is_as_city, _)                                                                    \
    V(api, text, note, _)
VIEW_STRUCT(ladder_version, LADDER_VERSION_VIEW)

#define LADDER_DISTRICT_VIEW(V)                                                                    \
    V(api, text, division, _)                                                                      \
    V(api, text, name, _)                                                                          \
    V(api, text, neighbours, _)                                                                    \
    V(page, choices, others, _)
VIEW_STRUCT(ladder_district, LADDER_DISTRICT_VIEW)

/* A district with numbers of its own, or not. */
#define LADDER_OWN_VIEW(V)                                                                         \
    V(api, text, division, _)                                                                      \
    V(api, text, name, _)                                                                          \
    V(api, number, version, _) /* 0: it goes by the city's */
VIEW_STRUCT(ladder_own, LADDER_OWN_VIEW)

#define LADDER_OF_FORM(F) F(word, division, REQUIRED, 1, 12, T("District"), "")
FORM_STRUCT(ladder_of, LADDER_OF_FORM)

#define LADDER_ADMIN_VIEW(V)                                                                       \
    V(api, maybe, division, _) /* null: the city */                                                \
    V(page, text, division_name, _)                                                                \
    V(api, flag, is_as_city, _) /* of a district: the city's numbers are in use */                 \
    V(api, list, owns, ladder_own)                                                                 \
    V(api, number, version, _)                                                                     \
    V(api, list, numbers, ladder_number)                                                           \
    V(page, list, groups, ladder_group)                                                            \
    V(page, text, note, _)                                                                         \
    V(api, list, versions, ladder_version)                                                         \
    V(api, list, districts, ladder_district)                                                       \
    V(page, flag, may_change, _)
VIEW_STRUCT(ladder_admin, LADDER_ADMIN_VIEW)

/* ---- /board/ladder ---- */

#define LADDER_BOARD_FORM(F) F(flag, raised, OPTIONAL, 0, 1, "", "")
FORM_STRUCT(ladder_board, LADDER_BOARD_FORM)

#define LADDER_BOARD_VIEW(V)                                                                       \
    V(api, list, desks, ladder_desk_row)                                                           \
    V(page, flag, is_raised, _) /* only those above the ground */
VIEW_STRUCT(ladder_board, LADDER_BOARD_VIEW)

/* ---- /board/ladder/{desk} ---- */

#define LADDER_STEP_ROW_VIEW(V)                                                                    \
    V(api, time, at, _)                                                                            \
    V(api, text, level_from, _)                                                                    \
    V(api, text, level, _)                                                                         \
    V(page, text, from_name, _)                                                                    \
    V(page, text, level_name, _)                                                                   \
    V(page, flag, is_up, _)                                                                        \
    V(api, text, why, _)                                                                           \
    V(api, maybe, by, _)                                                                           \
    V(api, maybe, note, _)
VIEW_STRUCT(ladder_step_row, LADDER_STEP_ROW_VIEW)

#define LADDER_CALL_ROW_VIEW(V)                                                                    \
    V(api, text, name, _) /* of the person, or of the desk for the person's own list */            \
    V(api, time, called_at, _)                                                                     \
    V(api, maybe, answer, _)                                                                       \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(api, time, answered_at, _)                                                                   \
    V(api, time, came_at, _)                                                                       \
    V(api, time, ended_at, _)                                                                      \
    V(api, number, credit_minutes, _)
VIEW_STRUCT(ladder_call_row, LADDER_CALL_ROW_VIEW)

#define LADDER_PERSON_ROW_VIEW(V)                                                                  \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, number, calls_today, _)                                                                 \
    V(api, maybe, why_not, _)
VIEW_STRUCT(ladder_person_row, LADDER_PERSON_ROW_VIEW)

#define LADDER_ONE_VIEW(V)                                                                         \
    V(api, part, desk, ladder_desk_row)                                                            \
    V(api, list, steps, ladder_step_row)                                                           \
    V(api, list, calls, ladder_call_row)                                                           \
    V(api, list, people, ladder_person_row)                                                        \
    V(page, choices, directions, _)                                                                \
    V(page, flag, may_change, _)                                                                   \
    V(page, flag, is_street, _)
VIEW_STRUCT(ladder_one, LADDER_ONE_VIEW)

/* ---- /board/ladder/{desk}/calls: behind its numbers ---- */

#define LADDER_CALLS_FORM(F)                                                                       \
    F(number, desk, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(word, which, REQUIRED, 1, 8, "", "")                                                         \
    F(number, person, OPTIONAL, 1, INT64_MAX, "", "") /* whose calls today */                      \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(ladder_calls, LADDER_CALLS_FORM)

#define LADDER_CALLS_VIEW(V)                                                                       \
    V(api, ident, desk, _)                                                                         \
    V(api, text, which, _)                                                                         \
    V(api, ident, person, _)                                                                       \
    V(api, maybe, person_name, _)                                                                  \
    V(page, flag, is_today, _)                                                                     \
    V(page, text, title, _)                                                                        \
    V(page, text, division_name, _)                                                                \
    V(page, text, profession_name, _)                                                              \
    V(api, list, calls, ladder_call_row)                                                           \
    V(api, ident, next, _)                                                                         \
    V(page, number, limit, _)
VIEW_STRUCT(ladder_calls, LADDER_CALLS_VIEW)

/* ---- /come/{token} ---- */

#define LADDER_COME_VIEW(V)                                                                        \
    V(page, text, token, _)                                                                        \
    V(api, number, waiting, _)                                                                     \
    V(api, maybe, answer, _)                                                                       \
    V(api, flag, is_open, _)                                                                       \
    V(page, flag, is_coming, _)                                                                    \
    V(page, flag, is_spare, _)                                                                     \
    V(page, flag, is_no, _)                                                                        \
    V(api, flag, is_sent_home, _)                                                                  \
    V(api, number, credit_minutes, _)                                                              \
    V(page, flag, has_come, _)
VIEW_STRUCT(ladder_come, LADDER_COME_VIEW)

/* ---- /desk/standby ---- */

#define LADDER_STANDBY_VIEW(V)                                                                     \
    V(api, flag, stays_uncalled, _)                                                                \
    V(api, maybe, phone_masked, _)                                                                 \
    V(page, text, stays_text, _)                                                                   \
    V(api, number, credit_minutes_30_days, _)                                                      \
    V(api, list, calls, ladder_call_row)
VIEW_STRUCT(ladder_standby, LADDER_STANDBY_VIEW)

/* ladder_show.c, ladder_call.c */
struct outcome ladder_show_admin(struct request *request, const void *query, void *view);
struct outcome ladder_show_district(struct request *request, const void *query, void *view);
struct outcome ladder_show_board(struct request *request, const void *query, void *view);
struct outcome ladder_show_one(struct request *request, const void *query, void *view);
struct outcome ladder_show_calls(struct request *request, const void *query, void *view);
struct outcome ladder_show_standby(struct request *request, const void *query, void *view);
struct outcome ladder_show_come(struct request *request, const void *query, void *view);

#endif
