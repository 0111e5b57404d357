/* shifts_views.h -- what is handed in and shown on the pages of the roster. */
#ifndef SHIFTS_VIEWS_H
#define SHIFTS_VIEWS_H

#include "bureau/shifts/shifts_parts.h"

/* ---- the roster ---- */

#define SHIFTS_ROSTER_FORM(F)                                                                      \
    F(day, day, OPTIONAL, 0, 10, T("Day"), "")                                                     \
    F(word, span, OPTIONAL, 0, 8, "", "")                                                          \
    F(number, team, OPTIONAL, 0, INT64_MAX, T("Team"), "")                                         \
    F(word, desk, OPTIONAL, 0, 16, T("Duty desk"), "")                                             \
    F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")
FORM_STRUCT(shifts_roster, SHIFTS_ROSTER_FORM)

/* One shift, as it stands in any list. */
#define SHIFTS_ROW_VIEW(V)                                                                         \
    V(api, ident, shift, _)                                                                        \
    V(api, text, desk, _)                                                                          \
    V(page, text, desk_name, _)                                                                    \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, ident, person, _)                                                                       \
    V(api, maybe, name, _)                                                                         \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(page, text, weekday, _)                                                                      \
    V(page, flag, is_next_day, _)                                                                  \
    V(api, text, state, _)                                                                         \
    V(api, text, gap, _)                                                                           \
    V(page, text, gap_text, _)                                                                     \
    V(page, flag, is_gap, _)                                                                       \
    V(page, flag, is_cancelled, _)                                                                 \
    V(api, flag, is_provisional, _)                                                                \
    V(page, flag, is_now, _)                                                                       \
    V(page, flag, is_mine, _)
VIEW_STRUCT(shifts_row, SHIFTS_ROW_VIEW)

#define SHIFTS_GROUP_VIEW(V)                                                                       \
    V(api, ident, team, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, number, people, _)                                                                      \
    V(api, number, gaps, _)                                                                        \
    V(api, list, shifts, shifts_row)
VIEW_STRUCT(shifts_group, SHIFTS_GROUP_VIEW)

#define SHIFTS_DESK_VIEW(V)                                                                        \
    V(api, text, desk, _)                                                                          \
    V(page, text, name, _)                                                                         \
    V(api, number, people_now, _)                                                                  \
    V(api, time, until_at, _)                                                                      \
    V(api, number, people_next, _)                                                                 \
    V(api, time, next_at, _)
VIEW_STRUCT(shifts_desk, SHIFTS_DESK_VIEW)

#define SHIFTS_ALARM_VIEW(V)                                                                       \
    V(api, ident, shift, _)                                                                        \
    V(api, text, cause, _)                                                                         \
    V(page, text, cause_text, _)                                                                   \
    V(api, time, raised_at, _)                                                                     \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(api, maybe, name, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(page, text, desk_name, _)                                                                    \
    V(page, text, profession_name, _)
VIEW_STRUCT(shifts_alarm, SHIFTS_ALARM_VIEW)

#define SHIFTS_CELL_VIEW(V)                                                                        \
    V(api, text, day, _)                                                                           \
    V(api, number, people, _)                                                                      \
    V(api, number, gaps, _)
VIEW_STRUCT(shifts_cell, SHIFTS_CELL_VIEW)

#define SHIFTS_WEEK_ROW_VIEW(V)                                                                    \
    V(api, ident, team, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, list, days, shifts_cell)
VIEW_STRUCT(shifts_week_row, SHIFTS_WEEK_ROW_VIEW)

#define SHIFTS_DATE_VIEW(V)                                                                        \
    V(api, text, day, _)                                                                           \
    V(page, time, begins_at, _)                                                                    \
    V(page, text, weekday, _)                                                                      \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_text, _)
VIEW_STRUCT(shifts_date, SHIFTS_DATE_VIEW)

#define SHIFTS_ROSTER_VIEW(V)                                                                      \
    V(api, text, day, _)                                                                           \
    V(page, time, begins_at, _)                                                                    \
    V(page, text, weekday, _)                                                                      \
    V(page, text, kind_text, _)                                                                    \
    V(page, text, day_before, _)                                                                   \
    V(page, text, day_after, _)                                                                    \
    V(page, flag, is_today, _)                                                                     \
    V(page, flag, is_week, _)                                                                      \
    V(page, text, span, _)                                                                         \
    V(page, number, team, _)                                                                       \
    V(page, text, desk, _)                                                                         \
    V(page, text, profession, _)                                                                   \
    V(page, flag, is_bounded, _)                                                                   \
    V(page, flag, may_plan, _)                                                                     \
    V(page, flag, may_keep_backups, _)                                                             \
    V(page, flag, may_keep_rules, _)                                                               \
    V(page, flag, is_consultant, _)                                                                \
    V(api, time, at, _)                                                                            \
    V(api, number, people_now, _)                                                                  \
    V(api, number, people, _)                                                                      \
    V(api, number, gaps, _)                                                                        \
    V(api, number, leaves_asked, _)                                                                \
    V(api, list, desks, shifts_desk)                                                               \
    V(api, list, alarms, shifts_alarm)                                                             \
    V(api, list, groups, shifts_group)                                                             \
    V(api, list, dates, shifts_date)                                                               \
    V(api, list, weeks, shifts_week_row)                                                           \
    V(page, choices, team_choices, _)                                                              \
    V(page, choices, desk_choices, _)                                                              \
    V(page, choices, profession_choices, _)
VIEW_STRUCT(shifts_roster, SHIFTS_ROSTER_VIEW)

/* ---- one shift ---- */

#define SHIFTS_WHICH_FORM(F) F(number, shift, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(shifts_which, SHIFTS_WHICH_FORM)

#define SHIFTS_CONFIRM_FORM(F)                                                                     \
    F(number, shift, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(flag, all, OPTIONAL, 0, 1, T("Yes to all my further shifts of this plan"), "")
FORM_STRUCT(shifts_confirm, SHIFTS_CONFIRM_FORM)

#define SHIFTS_NAME_FORM(F)                                                                        \
    F(number, shift, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Who stands in"),                                  \
      T("Only those whom overlap, rest and hours allow."))
FORM_STRUCT(shifts_name, SHIFTS_NAME_FORM)

#define SHIFTS_TOLD_VIEW(V)                                                                        \
    V(api, ident, shift, _)                                                                        \
    V(api, text, state, _)
VIEW_STRUCT(shifts_told, SHIFTS_TOLD_VIEW)

#define SHIFTS_SHIFT_VIEW(V)                                                                       \
    V(api, part, row, shifts_row)                                                                  \
    V(page, text, cause_text, _)                                                                   \
    V(page, text, kind_text, _)                                                                    \
    V(page, text, weekday, _)                                                                      \
    V(page, ident, plan, _)                                                                        \
    V(page, flag, is_planner, _)                                                                   \
    V(page, flag, is_over, _)                                                                      \
    V(page, flag, may_confirm, _)                                                                  \
    V(page, flag, may_take, _)                                                                     \
    V(page, flag, may_name, _)                                                                     \
    V(page, flag, may_cancel, _)                                                                   \
    V(page, flag, may_restore, _)                                                                  \
    V(page, flag, may_leave, _)                                                                    \
    V(page, flag, has_all, _)                                                                      \
    V(api, choices, people, _)
VIEW_STRUCT(shifts_shift, SHIFTS_SHIFT_VIEW)

/* ---- one's own ---- */

#define SHIFTS_MINE_VIEW(V)                                                                        \
    V(api, time, at, _)                                                                            \
    V(api, list, shifts, shifts_row)                                                               \
    V(page, list, first, shifts_row)                                                               \
    V(page, list, more, shifts_row)
VIEW_STRUCT(shifts_mine, SHIFTS_MINE_VIEW)

/* ---- names and choices (shifts_lists.c) ---- */

struct shifts_choice_list {
    const struct choice *choices;
    size_t count;
};
struct str shifts_desk_name(enum language language, struct str desk);
bool shifts_is_desk(struct str desk);
struct str shifts_weekday_name(enum language language, calendar_day day);
struct str shifts_gap_text(enum language language, enum shifts_gap gap);
struct shifts_choice_list shifts_desk_choices(struct scene *scene, const char *first,
                                              struct str chosen);
struct shifts_choice_list shifts_profession_choices(struct scene *scene, const char *first,
                                                    struct str chosen);
struct outcome shifts_team_choices(struct scene *scene, const char *first, id chosen,
                                   struct shifts_choice_list *list);
/* "Make-up working day", "Spring Festival (春节)", or "" on a normal day. */
struct str shifts_kind_text(struct scene *scene, const struct calendar *calendar, calendar_day day,
                            const char **kind);
struct str shifts_team_name(const struct scene *scene, struct str zh, struct str en);
/* Fills what a row of any list shows. */
struct shifts_row_view shifts_row_of(struct scene *scene, const struct shifts_list_roster_row *row);
struct shifts_row_view shifts_row_of_one(struct scene *scene,
                                         const struct shifts_find_shift_row *row);
/* Of a team and profession, those who may hold the shift; `but` is left out. */
struct outcome shifts_free_people(struct scene *scene, const struct shifts_find_shift_row *row,
                                  id but, struct shifts_choice_list *list);

/* ---- pages ---- */

struct outcome shifts_show_roster(struct request *request, const void *query, void *view);

struct outcome shifts_show_mine(struct request *request, const void *query, void *view);
struct outcome shifts_show_shift(struct request *request, const void *query, void *view);

/* ---- acts ---- */

extern const struct act shifts_act_confirm, shifts_act_decline, shifts_act_take, shifts_act_name,
    shifts_act_cancel, shifts_act_restore;

#endif
