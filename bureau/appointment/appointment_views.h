/* appointment_views.h -- how times and appointments look. */
#ifndef APPOINTMENT_VIEWS_H
#define APPOINTMENT_VIEWS_H

#include "bureau/appointment/appointment_parts.h"

#define APPOINTMENT_HELD_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, token, _)                                                                         \
    V(api, time, hold_until, _)
VIEW_STRUCT(appointment_held, APPOINTMENT_HELD_VIEW)

#define APPOINTMENT_ITEM_VIEW(V)                                                                   \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, number, offices, _)                                                                     \
    V(page, text, path, _)
VIEW_STRUCT(appointment_item, APPOINTMENT_ITEM_VIEW)

#define APPOINTMENT_OFFICE_VIEW(V)                                                                 \
    V(api, number, line, _)                                                                        \
    V(api, number, hall, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, text, line_name, _)                                                                     \
    V(api, text, address, _)                                                                       \
    V(api, text, phone, _)                                                                         \
    V(api, text, division, _)                                                                      \
    V(api, text, division_name, _)                                                                 \
    V(api, time, first_at, _)                                                                      \
    V(page, text, path, _)
VIEW_STRUCT(appointment_office, APPOINTMENT_OFFICE_VIEW)

#define APPOINTMENT_DAY_ROW_VIEW(V)                                                                \
    V(api, text, day, _)                                                                           \
    V(api, number, free, _)                                                                        \
    V(page, time, at, _)                                                                           \
    V(page, text, path, _)                                                                         \
    V(page, flag, is_chosen, _)
VIEW_STRUCT(appointment_day_row, APPOINTMENT_DAY_ROW_VIEW)

#define APPOINTMENT_SLOT_VIEW(V)                                                                   \
    V(api, number, slot, _)                                                                        \
    V(api, time, at, _)                                                                            \
    V(api, number, free, _)
VIEW_STRUCT(appointment_slot, APPOINTMENT_SLOT_VIEW)

#define APPOINTMENT_TIMES_VIEW(V)                                                                  \
    V(api, list, days, appointment_day_row)                                                        \
    V(api, maybe, day, _)                                                                          \
    V(api, list, slots, appointment_slot)                                                          \
    V(page, time, at, _)                                                                           \
    V(page, choices, choices, _)                                                                   \
    V(page, flag, is_none, _)
VIEW_STRUCT(appointment_times, APPOINTMENT_TIMES_VIEW)

#define APPOINTMENT_NEW_VIEW(V)                                                                    \
    V(api, list, items, appointment_item)                                                          \
    V(api, maybe, item, _)                                                                         \
    V(api, maybe, item_name, _)                                                                    \
    V(api, maybe, for_case, _)                                                                     \
    V(api, maybe, division, _) /* offices near it come first */                                    \
    V(page, text, division_name, _)                                                                \
    V(api, list, offices, appointment_office)                                                      \
    V(api, part, office, appointment_office)                                                       \
    V(api, part, times, appointment_times)                                                         \
    V(page, flag, is_without, _)                                                                   \
    V(page, flag, at_window, _) /* chosen for somebody, by whoever works at a hall */              \
    V(page, text, back, _)
VIEW_STRUCT(appointment_new, APPOINTMENT_NEW_VIEW)

#define APPOINTMENT_ROW_VIEW(V)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(api, text, item, _)                                                                          \
    V(api, text, item_name, _)                                                                     \
    V(api, text, hall_name, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(page, text, hours, _)                                                                        \
    V(page, text, css, _)
VIEW_STRUCT(appointment_row, APPOINTMENT_ROW_VIEW)

#define APPOINTMENT_OWN_VIEW(V)                                                                    \
    V(api, list, appointments, appointment_row)                                                    \
    V(page, flag, is_resident, _)
VIEW_STRUCT(appointment_own, APPOINTMENT_OWN_VIEW)

#define APPOINTMENT_ONE_VIEW(V)                                                                    \
    V(api, text, reference, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(api, text, item, _)                                                                          \
    V(api, text, item_name, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(api, part, office, appointment_office)                                                       \
    V(api, time, hold_until, _)                                                                    \
    V(api, maybe, for_case, _)                                                                     \
    V(api, maybe, name, _)                                                                         \
    V(api, maybe, phone_masked, _)                                                                 \
    V(api, maybe, words, _)                                                                        \
    V(api, flag, may_book, _)                                                                      \
    V(api, flag, may_move, _)                                                                      \
    V(api, flag, may_cancel, _)                                                                    \
    V(page, text, hours, _)                                                                        \
    V(page, text, css, _)                                                                          \
    V(page, flag, is_resident, _)                                                                  \
    V(page, flag, is_lapsed, _)                                                                    \
    V(page, text, own_phone, _)                                                                    \
    V(page, text, typed_phone, _)                                                                  \
    V(page, text, phone_wrong, _)
VIEW_STRUCT(appointment_one, APPOINTMENT_ONE_VIEW)

#define APPOINTMENT_CHANGE_VIEW(V)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, text, item_name, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, part, office, appointment_office)                                                       \
    V(api, part, times, appointment_times)                                                         \
    V(page, text, hours, _)
VIEW_STRUCT(appointment_change, APPOINTMENT_CHANGE_VIEW)

#define APPOINTMENT_COMING_VIEW(V)                                                                 \
    V(api, number, appointment, _)                                                                 \
    V(api, text, reference, _)                                                                     \
    V(api, text, item_name, _)                                                                     \
    V(api, text, letter, _)                                                                        \
    V(api, text, line_name, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, text, state, _)                                                                         \
    V(api, text, state_name, _)                                                                    \
    V(api, text, name, _)                                                                          \
    V(api, text, phone_masked, _)                                                                  \
    V(api, maybe, words, _)                                                                        \
    V(api, maybe, for_case, _)                                                                     \
    V(api, flag, may_come, _)                                                                      \
    V(api, flag, may_miss, _)                                                                      \
    V(api, flag, may_undo, _)                                                                      \
    V(api, flag, may_number, _)                                                                    \
    V(api, flag, may_cancel, _)                                                                    \
    V(api, maybe, ticket, _)                                                                       \
    V(page, text, hours, _)                                                                        \
    V(page, text, css, _)
VIEW_STRUCT(appointment_coming, APPOINTMENT_COMING_VIEW)

#define APPOINTMENT_LIST_VIEW(V)                                                                   \
    V(api, text, hall_name, _)                                                                     \
    V(api, text, day, _)                                                                           \
    V(api, list, appointments, appointment_coming)                                                 \
    V(page, time, at, _)                                                                           \
    V(page, text, before, _)                                                                       \
    V(page, text, after, _)                                                                        \
    V(page, flag, is_today, _)
VIEW_STRUCT(appointment_list, APPOINTMENT_LIST_VIEW)

/* For whoever typed it in, to print. */
#define APPOINTMENT_SLIP_VIEW(V)                                                                   \
    V(api, text, reference, _)                                                                     \
    V(api, text, code, _)                                                                          \
    V(api, text, state, _)                                                                         \
    V(api, text, item, _)                                                                          \
    V(api, text, item_name, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, maybe, phone_masked, _)                                                                 \
    V(api, part, office, appointment_office)                                                       \
    V(page, text, hours, _)
VIEW_STRUCT(appointment_slip, APPOINTMENT_SLIP_VIEW)

#define APPOINTMENT_TYPED_VIEW(V) V(api, text, reference, _)
VIEW_STRUCT(appointment_typed, APPOINTMENT_TYPED_VIEW)

#define APPOINTMENT_PLAN_ROW_VIEW(V)                                                               \
    V(api, number, line, _)                                                                        \
    V(api, text, letter, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, flag, is_published, _)                                                                  \
    V(api, number, slot_minutes, _)                                                                \
    V(api, number, places, _)                                                                      \
    V(api, number, ahead_days, _)                                                                  \
    V(page, number, hall, _)
VIEW_STRUCT(appointment_plan_row, APPOINTMENT_PLAN_ROW_VIEW)

#define APPOINTMENT_PLANS_VIEW(V)                                                                  \
    V(api, number, hall, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, list, lines, appointment_plan_row)
VIEW_STRUCT(appointment_plans, APPOINTMENT_PLANS_VIEW)

#define APPOINTMENT_PLAN_VIEW(V)                                                                   \
    V(api, number, hall, _)                                                                        \
    V(api, number, line, _)                                                                        \
    V(api, text, hall_name, _)                                                                     \
    V(api, text, line_name, _)                                                                     \
    V(api, flag, is_published, _)                                                                  \
    V(api, number, slot_minutes, _)                                                                \
    V(api, number, places, _)                                                                      \
    V(api, number, ahead_days, _)                                                                  \
    V(api, choices, items, _)                                                                      \
    V(page, text, published_text, _)                                                               \
    V(page, text, minutes_text, _)                                                                 \
    V(page, text, places_text, _)                                                                  \
    V(page, text, ahead_text, _)
VIEW_STRUCT(appointment_plan, APPOINTMENT_PLAN_VIEW)

#define APPOINTMENT_GET_VIEW(V)                                                                    \
    V(api, text, item, _)                                                                          \
    V(api, text, name, _)
VIEW_STRUCT(appointment_get, APPOINTMENT_GET_VIEW)

#define APPOINTMENT_NEED_VIEW(V)                                                                   \
    V(api, text, name, _)                                                                          \
    V(api, flag, must, _)                                                                          \
    V(api, flag, is_spared, _)                                                                     \
    V(api, maybe, held, _) /* the case it was handed in with */                                    \
    V(api, time, held_at, _)                                                                       \
    V(api, list, get, appointment_get)
VIEW_STRUCT(appointment_need, APPOINTMENT_NEED_VIEW)

#define APPOINTMENT_LINE_TEXT_VIEW(V) V(api, text, text, _)
VIEW_STRUCT(appointment_line_text, APPOINTMENT_LINE_TEXT_VIEW)

#define APPOINTMENT_WINDOW_VIEW(V)                                                                 \
    V(api, number, hall, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, text, division_name, _)                                                                 \
    V(api, text, address, _)                                                                       \
    V(api, text, phone, _)                                                                         \
    V(api, number, rings, _) /* 0 in the district, 1 beside it, 2 elsewhere */                     \
    V(api, flag, is_open, _)                                                                       \
    V(api, time, opens_at, _)                                                                      \
    V(page, number, line, _)                                                                       \
    V(page, text, path, _)
VIEW_STRUCT(appointment_window, APPOINTMENT_WINDOW_VIEW)

#define APPOINTMENT_TRIP_VIEW(V)                                                                   \
    V(api, text, item, _)                                                                          \
    V(api, text, item_name, _)                                                                     \
    V(api, maybe, for_case, _)                                                                     \
    V(api, maybe, division, _)                                                                     \
    V(api, flag, is_first, _)                                                                      \
    V(api, list, first, appointment_line_text)                                                     \
    V(api, list, needed, appointment_need)                                                         \
    V(api, list, lines, appointment_line_text)                                                     \
    V(api, list, windows, appointment_window)                                                      \
    V(page, choices, divisions, _)
VIEW_STRUCT(appointment_trip, APPOINTMENT_TRIP_VIEW)

/* appointment_trip.c */
struct outcome appointment_show_trip(struct request *request, const void *query, void *view);
/* appointment_show.c */
struct outcome appointment_show_new(struct request *request, const void *query, void *view);
struct outcome appointment_show_own(struct request *request, const void *query, void *view);
struct outcome appointment_show_one(struct request *request, const void *query, void *view);
struct outcome appointment_show_times(struct request *request, const void *query, void *view);
struct outcome appointment_show_new_at_window(struct request *request, const void *query,
                                              void *view);
struct outcome appointment_office_of(struct scene *scene,
                                     const struct appointment_find_plan_row *plan,
                                     const struct appointment_office_view **office);
/* appointment_typed.c */
struct outcome appointment_show_slip(struct request *request, const void *query, void *view);
/* appointment_hall.c */
struct outcome appointment_show_list(struct request *request, const void *query, void *view);
/* appointment_plan.c */
struct outcome appointment_show_plans(struct request *request, const void *query, void *view);
struct outcome appointment_show_plan(struct request *request, const void *query, void *view);

struct str appointment_hours(struct scene *scene, moment starts_at, moment ends_at);
struct outcome appointment_item_name(struct scene *scene, struct str item, struct str *name);
struct str appointment_css(enum appointment_state state);

#endif
