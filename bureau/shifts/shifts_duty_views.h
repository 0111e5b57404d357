/* shifts_duty_views.h -- who is on duty now and next, and need against cover, as they are shown. */
#ifndef SHIFTS_DUTY_VIEWS_H
#define SHIFTS_DUTY_VIEWS_H

#include "bureau/shifts/shifts_parts.h"

/* Somebody on duty; beyond what the reader may look at: counted and not named. */
#define SHIFTS_DUTY_VIEW(V)                                                                        \
    V(api, ident, shift, _)                                                                        \
    V(api, ident, person, _)                                                                       \
    V(api, maybe, name, _)                                                                         \
    V(api, maybe, desk, _)                                                                         \
    V(page, text, desk_name, _)                                                                    \
    V(api, maybe, profession, _)                                                                   \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(api, flag, withheld, _)
VIEW_STRUCT(shifts_duty, SHIFTS_DUTY_VIEW)

#define SHIFTS_DESK_VIEW(V)                                                                        \
    V(api, text, desk, _)                                                                          \
    V(page, text, name, _)                                                                         \
    V(api, number, people_now, _)                                                                  \
    V(api, time, until_at, _)                                                                      \
    V(api, number, people_next, _)                                                                 \
    V(api, time, next_at, _)                                                                       \
    V(page, number, next_number, _)                                                                \
    V(api, list, on_now, shifts_duty) /* the first of them */                                      \
    V(api, list, on_next, shifts_duty)                                                             \
    V(page, flag, has_more_now, _)                                                                 \
    V(page, flag, has_more_next, _)
VIEW_STRUCT(shifts_desk, SHIFTS_DESK_VIEW)

/* Half hours one after the other that stand alike. */
#define SHIFTS_NEED_ROW_VIEW(V)                                                                    \
    V(api, time, from, _)                                                                          \
    V(api, time, until, _)                                                                         \
    V(api, some, needed, _) /* null: more than can be */                                           \
    V(page, text, needed_text, _)                                                                  \
    V(api, number, cover, _)                                                                       \
    V(api, number, short_by, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(page, text, state_css, _)                                                                    \
    V(page, number, minute, _) /* of the day, where it begins */
VIEW_STRUCT(shifts_need_row, SHIFTS_NEED_ROW_VIEW)

/* ---- GET /roster/duty, /roster/cover ---- */

#define SHIFTS_DUTY_FORM(F)                                                                        \
    F(word, desk, REQUIRED, 1, 16, T("Duty desk"), "")                                             \
    F(number, begins, OPTIONAL, 0, INT64_MAX, "", "") /* 0: now; else who begins at this moment */ \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(shifts_duty, SHIFTS_DUTY_FORM)

#define SHIFTS_COVER_FORM(F)                                                                       \
    F(day, day, REQUIRED, 10, 10, T("Day"), "")                                                    \
    F(number, minute, REQUIRED, 0, 1410, "", "") /* of the day: where the half hour begins */      \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")                                      \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")                                          \
    F(number, after, OPTIONAL, 0, INT64_MAX, "", "") F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(shifts_cover, SHIFTS_COVER_FORM)

#define SHIFTS_DUTIES_VIEW(V)                                                                      \
    V(page, text, title, _)                                                                        \
    V(page, text, about, _)                                                                        \
    V(api, time, at, _)                                                                            \
    V(page, text, day, _)                                                                          \
    V(api, list, people, shifts_duty)                                                              \
    V(api, ident, next, _)                                                                         \
    V(page, text, more, _) /* "" at the end */
VIEW_STRUCT(shifts_duties, SHIFTS_DUTIES_VIEW)

struct outcome shifts_show_duty(struct request *request, const void *query, void *view);
struct outcome shifts_show_cover(struct request *request, const void *query, void *view);

/* The first few names of a desk; `begins` 0: who is on now. */
struct outcome shifts_names_of(struct scene *scene, struct str desk, moment begins,
                               const struct shifts_duty_view **people, size_t *count);
/* Need against cover of one day, for whoever plans. */
struct shifts_roster_view;
struct outcome shifts_set_needs(struct scene *scene, struct str profession, calendar_day day,
                                struct shifts_roster_view *v);

#endif
