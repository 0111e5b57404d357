/* hall_views.h -- what residents, clerks, administrators and supervisors see of halls. */
#ifndef HALL_VIEWS_H
#define HALL_VIEWS_H

#include "bureau/hall/hall_acts.h"
#include "bureau/people/people_acts.h"
#include "platform/page.h"

#define HALL_ADDED_VIEW(V) V(api, ident, hall, _)
VIEW_STRUCT(hall_added, HALL_ADDED_VIEW)

#define HALL_LINE_ROW_VIEW(V)                                                                      \
    V(api, ident, line, _)                                                                         \
    V(api, text, letter, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, maybe, profession, _)                                                                   \
    V(page, text, profession_name, _)                                                              \
    V(api, flag, is_active, _)                                                                     \
    V(api, number, waiting, _)                                                                     \
    V(api, time, waiting_since, _) /* of whoever has waited longest */                             \
    V(api, number, windows_open, _)
VIEW_STRUCT(hall_line_row, HALL_LINE_ROW_VIEW)

#define HALL_WINDOW_ROW_VIEW(V)                                                                    \
    V(api, ident, window, _)                                                                       \
    V(api, number, number, _)                                                                      \
    V(api, text, lines, _) /* "A B" */                                                             \
    V(page, text, line_names, _)                                                                   \
    V(api, flag, is_active, _)                                                                     \
    V(api, flag, is_open, _) /* somebody sits there */                                             \
    V(page, text, person, _) /* for those who work there */                                        \
    V(api, maybe, ticket, _)
VIEW_STRUCT(hall_window_row, HALL_WINDOW_ROW_VIEW)

/* ---- /halls ---- */

#define HALL_LIST_FORM(F) F(word, division, OPTIONAL, 2, 12, T("District"), "")
FORM_STRUCT(hall_list, HALL_LIST_FORM)

#define HALL_ROW_VIEW(V)                                                                           \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, address, _)                                                                       \
    V(api, maybe, phone, _)                                                                        \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, flag, is_active, _)                                                                     \
    V(api, flag, is_open, _)                                                                       \
    V(api, maybe, hours_today, _) /* "09:00-12:00, 13:30-17:00"; null: closed today */             \
    V(api, number, waiting, _)                                                                     \
    V(api, number, windows, _)                                                                     \
    V(api, number, staff, _)
VIEW_STRUCT(hall_row, HALL_ROW_VIEW)

#define HALL_HALLS_VIEW(V)                                                                         \
    V(page, choices, divisions, _)                                                                 \
    V(api, list, halls, hall_row)
VIEW_STRUCT(hall_halls, HALL_HALLS_VIEW)

#define HALL_DAY_ROW_VIEW(V)                                                                       \
    V(api, text, day, _)                                                                           \
    V(page, time, at, _)                                                                           \
    V(page, text, weekday_name, _)                                                                 \
    V(api, maybe, hours, _)                                                                        \
    V(api, maybe, why, _)
VIEW_STRUCT(hall_day_row, HALL_DAY_ROW_VIEW)

#define HALL_ONE_VIEW(V)                                                                           \
    V(api, part, hall, hall_row)                                                                   \
    V(api, list, lines, hall_line_row)                                                             \
    V(api, list, windows, hall_window_row)                                                         \
    V(api, list, days, hall_day_row)
VIEW_STRUCT(hall_one, HALL_ONE_VIEW)

/* ---- /halls/{hall}/screen ---- */

#define HALL_CALLED_VIEW(V)                                                                        \
    V(api, text, ticket, _)                                                                        \
    V(api, number, window, _)                                                                      \
    V(api, time, called_at, _)                                                                     \
    V(api, flag, is_new, _) /* called in the last minute, and not there yet */
VIEW_STRUCT(hall_called, HALL_CALLED_VIEW)

#define HALL_SCREEN_VIEW(V)                                                                        \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, time, at, _)                                                                            \
    V(api, flag, is_open, _)                                                                       \
    V(api, list, called, hall_called)                                                              \
    V(api, list, lines, hall_line_row)
VIEW_STRUCT(hall_screen, HALL_SCREEN_VIEW)

/* ---- /admin/halls ---- */

#define HALL_ADMIN_VIEW(V)                                                                         \
    V(page, choices, divisions, _)                                                                 \
    V(page, flag, is_adding, _)                                                                    \
    V(api, list, halls, hall_row)
VIEW_STRUCT(hall_admin, HALL_ADMIN_VIEW)

#define HALL_STAFF_ROW_VIEW(V)                                                                     \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, login, _)                                                                         \
    V(api, number, window, _)
VIEW_STRUCT(hall_staff_row, HALL_STAFF_ROW_VIEW)

#define HALL_WEEKDAY_VIEW(V)                                                                       \
    V(page, text, field, _)                                                                        \
    V(page, text, label, _)                                                                        \
    V(page, text, value, _)                                                                        \
    V(page, flag, is_wrong, _)                                                                     \
    V(page, text, wrong, _)
VIEW_STRUCT(hall_weekday, HALL_WEEKDAY_VIEW)

#define HALL_KEEP_VIEW(V)                                                                          \
    V(api, part, hall, hall_row)                                                                   \
    V(page, number, number, _)                                                                     \
    V(page, text, name_zh, _)                                                                      \
    V(page, text, name_en, _)                                                                      \
    V(page, text, address_zh, _)                                                                   \
    V(page, text, address_en, _)                                                                   \
    V(page, text, active_text, _)                                                                  \
    V(page, text, round_text, _)                                                                   \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, professions, _)                                                               \
    V(page, choices, line_choices, _)                                                              \
    V(page, flag, is_adding_line, _)                                                               \
    V(page, flag, is_adding_window, _)                                                             \
    V(page, list, week, hall_weekday)                                                              \
    V(api, list, special, hall_day_row)                                                            \
    V(api, list, lines, hall_line_row)                                                             \
    V(api, list, windows, hall_window_row)                                                         \
    V(api, list, staff, hall_staff_row)
VIEW_STRUCT(hall_keep, HALL_KEEP_VIEW)

#define HALL_LINE_VIEW(V)                                                                          \
    V(page, number, hall, _)                                                                       \
    V(page, number, number, _)                                                                     \
    V(page, text, hall_name, _)                                                                    \
    V(api, part, line, hall_line_row)                                                              \
    V(api, text, name_zh, _)                                                                       \
    V(api, text, name_en, _)                                                                       \
    V(page, text, active_text, _)                                                                  \
    V(page, choices, professions, _)
VIEW_STRUCT(hall_line, HALL_LINE_VIEW)

#define HALL_WINDOW_VIEW(V)                                                                        \
    V(page, number, hall, _)                                                                       \
    V(page, number, number, _)                                                                     \
    V(page, text, hall_name, _)                                                                    \
    V(api, part, window, hall_window_row)                                                          \
    V(page, text, number_text, _)                                                                  \
    V(page, text, active_text, _)                                                                  \
    V(page, choices, line_choices, _)
VIEW_STRUCT(hall_window, HALL_WINDOW_VIEW)

/* ---- /board/halls ---- */

#define HALL_BOARD_FORM(F) F(day, day, OPTIONAL, 10, 10, T("Day"), "")
FORM_STRUCT(hall_board, HALL_BOARD_FORM)

#define HALL_FIGURES_VIEW(V)                                                                       \
    V(api, ident, hall, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, number, windows, _)                                                                     \
    V(api, number, windows_open, _)                                                                \
    V(api, number, taken, _)                                                                       \
    V(api, number, waiting, _)                                                                     \
    V(api, time, waiting_since, _)                                                                 \
    V(api, number, at_windows, _)                                                                  \
    V(api, number, served, _)                                                                      \
    V(api, number, no_show, _)                                                                     \
    V(api, number, otherwise, _)  /* went on online or in writing */                               \
    V(api, some, wait_minutes, _) /* of those served, in the mean; none: nobody was */             \
    V(api, some, wait_minutes_max, _)
VIEW_STRUCT(hall_figures, HALL_FIGURES_VIEW)

#define HALL_BOARD_VIEW(V)                                                                         \
    V(api, text, day, _)                                                                           \
    V(page, time, at, _)                                                                           \
    V(page, flag, is_today, _)                                                                     \
    V(api, list, halls, hall_figures)
VIEW_STRUCT(hall_board, HALL_BOARD_VIEW)

/* hall_show.c */
struct outcome hall_show_lines(struct scene *scene, id hall_id, bool all,
                               const struct hall_line_row_view **lines, size_t *count);
struct outcome hall_show_windows(struct scene *scene, id hall_id, bool all,
                                 const struct hall_window_row_view **windows, size_t *count);
struct outcome hall_show_halls(struct request *request, const void *query, void *view);
struct outcome hall_show_one(struct request *request, const void *query, void *view);
struct outcome hall_show_screen(struct request *request, const void *query, void *view);
struct outcome hall_show_board(struct request *request, const void *query, void *view);
/* hall_admin.c */
struct outcome hall_show_admin(struct request *request, const void *query, void *view);
struct outcome hall_show_keep(struct request *request, const void *query, void *view);
struct outcome hall_show_line(struct request *request, const void *query, void *view);
struct outcome hall_show_window(struct request *request, const void *query, void *view);

#endif
