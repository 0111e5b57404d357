/* shifts_views.h -- what is handed in and shown on the pages of the roster. */
#ifndef SHIFTS_VIEWS_H
#define SHIFTS_VIEWS_H

#include "bureau/shifts/shifts_duty_views.h"
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
    V(api, list, needs, shifts_need_row)                                                           \
    V(page, text, needs_about, _) /* whose need, in words */                                       \
    V(page, text, needs_division, _)                                                               \
    V(page, text, needs_profession, _)                                                             \
    V(page, number, needs_short, _) /* half hours with too few */                                  \
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
    V(page, text, day, _)                                                                          \
    V(api, flag, may_swap, _)                                                                      \
    V(api, choices, colleagues, _)                                                                 \
    V(api, choices, others, _)                                                                     \
    V(api, choices, people, _)
VIEW_STRUCT(shifts_shift, SHIFTS_SHIFT_VIEW)

/* ---- leave and swaps ---- */

#define SHIFTS_LEAVE_FORM(F)                                                                       \
    F(day, from_day, REQUIRED, 10, 10, T("First day"), "")                                         \
    F(text, from_time, OPTIONAL, 5, 5, T("From what time"),                                        \
      T("As 13:00. Leave it empty: from the morning on."))                                         \
    F(day, to_day, REQUIRED, 10, 10, T("Last day"), "")                                            \
    F(text, to_time, OPTIONAL, 5, 5, T("Until what time"),                                         \
      T("As 13:00. Leave it empty: until the end of the day."))                                    \
    F(word, kind, REQUIRED, 2, 16, T("What the leave is for"),                                     \
      T("Only whoever plans your team sees this. Illness counts at once."))                        \
    F(number, substitute, OPTIONAL, 0, INT64_MAX, T("Who could stand in"),                         \
      T("They are asked, and it counts once they say yes."))
FORM_STRUCT(shifts_leave, SHIFTS_LEAVE_FORM)

#define SHIFTS_DECIDE_FORM(F)                                                                      \
    F(number, leave, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(text, answer, OPTIONAL, 0, 200, T("A word to them"), "")
FORM_STRUCT(shifts_decide, SHIFTS_DECIDE_FORM)

#define SHIFTS_SWAP_FORM(F)                                                                        \
    F(number, shift, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(number, take, OPTIONAL, 0, INT64_MAX, T("For this shift of a colleague"), "")                \
    F(number, person, OPTIONAL, 0, INT64_MAX, T("Or: nothing in return, from"), "")
FORM_STRUCT(shifts_swap, SHIFTS_SWAP_FORM)

#define SHIFTS_WHICH_SWAP_FORM(F) F(number, swap, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(shifts_which_swap, SHIFTS_WHICH_SWAP_FORM)

#define SHIFTS_LEAVE_TOLD_VIEW(V)                                                                  \
    V(api, ident, leave, _)                                                                        \
    V(api, text, state, _)
VIEW_STRUCT(shifts_leave_told, SHIFTS_LEAVE_TOLD_VIEW)

#define SHIFTS_SWAP_TOLD_VIEW(V)                                                                   \
    V(api, ident, swap, _)                                                                         \
    V(api, text, state, _)
VIEW_STRUCT(shifts_swap_told, SHIFTS_SWAP_TOLD_VIEW)

#define SHIFTS_LEAVE_ROW_VIEW(V)                                                                   \
    V(api, ident, leave, _)                                                                        \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(page, text, team_name, _)                                                                    \
    V(api, time, starts_at, _)                                                                     \
    V(api, time, ends_at, _)                                                                       \
    V(page, text, words, _)                                                                        \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_text, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(api, maybe, substitute, _)                                                                   \
    V(api, number, shifts, _)                                                                      \
    V(api, maybe, answer, _)
VIEW_STRUCT(shifts_leave_row, SHIFTS_LEAVE_ROW_VIEW)

#define SHIFTS_LEAVES_VIEW(V)                                                                      \
    V(api, list, leaves, shifts_leave_row)                                                         \
    V(page, number, asked, _)
VIEW_STRUCT(shifts_leaves, SHIFTS_LEAVES_VIEW)

#define SHIFTS_SWAP_ROW_VIEW(V)                                                                    \
    V(api, ident, swap, _)                                                                         \
    V(api, text, state, _)                                                                         \
    V(page, text, state_text, _)                                                                   \
    V(api, flag, is_to_me, _)                                                                      \
    V(page, flag, is_asked, _)                                                                     \
    V(api, text, name, _)                                                                          \
    V(api, ident, give, _)                                                                         \
    V(page, text, give_words, _)                                                                   \
    V(api, ident, take, _)                                                                         \
    V(page, text, take_words, _)
VIEW_STRUCT(shifts_swap_row, SHIFTS_SWAP_ROW_VIEW)

/* ---- plans ---- */

#define SHIFTS_PLAN_ADD_FORM(F)                                                                    \
    F(number, team, REQUIRED, 1, INT64_MAX, T("Team"), "")                                         \
    F(word, desk, REQUIRED, 2, 16, T("Duty desk"), "")                                             \
    F(word, profession, REQUIRED, 2, 16, T("Profession"), "")                                      \
    F(text, from_time, REQUIRED, 5, 5, T("Begins at"), T("As 09:00"))                              \
    F(text, to_time, REQUIRED, 5, 5, T("Ends at"),                                                 \
      T("As 17:00. Earlier than the beginning: on the next day."))                                 \
    F(words, weekdays, REQUIRED, 3, 60, T("Worked on"), "")                                        \
    F(word, makeup, OPTIONAL, 3, 8, T("A make-up working day is like a"), "")                      \
    F(number, places, REQUIRED, 1, SHIFTS_PLACES_MAX, T("How many at a time"), "")                 \
    F(day, from_day, REQUIRED, 10, 10, T("First day"), "")                                         \
    F(day, to_day, OPTIONAL, 10, 10, T("Last day"), T("Leave it empty: until further notice."))
FORM_STRUCT(shifts_plan_add, SHIFTS_PLAN_ADD_FORM)

#define SHIFTS_WHICH_PLAN_FORM(F) F(number, plan, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(shifts_which_plan, SHIFTS_WHICH_PLAN_FORM)

#define SHIFTS_PLAN_SAVE_FORM(F)                                                                   \
    F(number, plan, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(words, weekdays, REQUIRED, 3, 60, T("Worked on"), "")                                        \
    F(word, makeup, OPTIONAL, 3, 8, T("A make-up working day is like a"), "")                      \
    F(number, places, REQUIRED, 1, SHIFTS_PLACES_MAX, T("How many at a time"), "")                 \
    F(day, to_day, OPTIONAL, 10, 10, T("Last day"), T("Leave it empty: until further notice."))
FORM_STRUCT(shifts_plan_save, SHIFTS_PLAN_SAVE_FORM)

#define SHIFTS_MEMBER_FORM(F)                                                                      \
    F(number, plan, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, person, REQUIRED, 1, INT64_MAX, T("Who"), "")                                        \
    F(words, days, OPTIONAL, 3, 60, T("Comes on"), T("Choose none: on all days of the plan."))
FORM_STRUCT(shifts_member, SHIFTS_MEMBER_FORM)

#define SHIFTS_MEMBER_END_FORM(F)                                                                  \
    F(number, plan, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(shifts_member_end, SHIFTS_MEMBER_END_FORM)

#define SHIFTS_PLAN_TOLD_VIEW(V) V(api, ident, plan, _)
VIEW_STRUCT(shifts_plan_told, SHIFTS_PLAN_TOLD_VIEW)

#define SHIFTS_PLAN_ROW_VIEW(V)                                                                    \
    V(api, ident, plan, _)                                                                         \
    V(api, ident, team, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, text, desk, _)                                                                          \
    V(page, text, desk_name, _)                                                                    \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, text, from_time, _)                                                                     \
    V(api, text, to_time, _)                                                                       \
    V(page, flag, is_next_day, _)                                                                  \
    V(api, words, weekdays, _)                                                                     \
    V(page, text, days_text, _)                                                                    \
    V(api, text, from_day, _)                                                                      \
    V(page, text, from_day_text, _)                                                                \
    V(api, maybe, to_day, _)                                                                       \
    V(page, text, to_day_text, _)                                                                  \
    V(api, number, members, _)                                                                     \
    V(api, number, places, _)                                                                      \
    V(page, number, missing, _)
VIEW_STRUCT(shifts_plan_row, SHIFTS_PLAN_ROW_VIEW)

#define SHIFTS_PLANS_VIEW(V)                                                                       \
    V(api, list, plans, shifts_plan_row)                                                           \
    V(page, flag, is_adding, _)                                                                    \
    V(page, text, today, _)                                                                        \
    V(page, choices, teams, _)                                                                     \
    V(page, choices, desks, _)                                                                     \
    V(page, choices, professions, _)                                                               \
    V(page, choices, weekday_choices, _)                                                           \
    V(page, choices, makeup_choices, _)
VIEW_STRUCT(shifts_plans, SHIFTS_PLANS_VIEW)

#define SHIFTS_MEMBER_ROW_VIEW(V)                                                                  \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(page, text, login, _)                                                                        \
    V(api, words, weekdays, _)                                                                     \
    V(page, text, days_text, _)                                                                    \
    V(api, flag, has_agreed, _)
VIEW_STRUCT(shifts_member_row, SHIFTS_MEMBER_ROW_VIEW)

#define SHIFTS_ONE_PLAN_VIEW(V)                                                                    \
    V(api, part, row, shifts_plan_row)                                                             \
    V(page, ident, number, _)                                                                      \
    V(page, text, places_text, _)                                                                  \
    V(page, text, to_day, _)                                                                       \
    V(api, list, members, shifts_member_row)                                                       \
    V(page, choices, people, _)                                                                    \
    V(page, choices, weekday_choices, _)                                                           \
    V(page, choices, makeup_choices, _)                                                            \
    V(page, choices, day_choices, _)
VIEW_STRUCT(shifts_one_plan, SHIFTS_ONE_PLAN_VIEW)

/* ---- shifts of no plan ---- */

#define SHIFTS_SINGLE_FORM(F)                                                                      \
    F(number, team, REQUIRED, 1, INT64_MAX, T("Team"), "")                                         \
    F(word, desk, REQUIRED, 2, 16, T("Duty desk"), "")                                             \
    F(word, profession, REQUIRED, 2, 16, T("Profession"), "")                                      \
    F(day, day, REQUIRED, 10, 10, T("Day"), "")                                                    \
    F(text, from_time, REQUIRED, 5, 5, T("Begins at"), T("As 09:00"))                              \
    F(text, to_time, REQUIRED, 5, 5, T("Ends at"),                                                 \
      T("As 17:00. Earlier than the beginning: on the next day."))
FORM_STRUCT(shifts_single, SHIFTS_SINGLE_FORM)

#define SHIFTS_SINGLES_VIEW(V)                                                                     \
    V(api, list, shifts, shifts_row)                                                               \
    V(page, flag, is_adding, _)                                                                    \
    V(page, text, today, _)                                                                        \
    V(page, choices, teams, _)                                                                     \
    V(page, choices, desks, _)                                                                     \
    V(page, choices, professions, _)
VIEW_STRUCT(shifts_singles, SHIFTS_SINGLES_VIEW)

/* ---- backup lists, rules, the team sheet ---- */

#define SHIFTS_BACKUPS_FORM(F) F(word, profession, OPTIONAL, 0, 16, T("Profession"), "")
FORM_STRUCT(shifts_backups, SHIFTS_BACKUPS_FORM)

#define SHIFTS_BACKUP_ADD_FORM(F)                                                                  \
    F(word, division, REQUIRED, 2, 12, T("District"), "")                                          \
    F(text, login, REQUIRED, 2, 64, T("Sign-in name"),                                             \
      T("Of a consultant; they are listed by their profession."))
FORM_STRUCT(shifts_backup_add, SHIFTS_BACKUP_ADD_FORM)

#define SHIFTS_WHICH_BACKUP_FORM(F) F(number, backup, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(shifts_which_backup, SHIFTS_WHICH_BACKUP_FORM)

#define SHIFTS_BACKUP_ROW_VIEW(V)                                                                  \
    V(api, ident, backup, _)                                                                       \
    V(api, ident, person, _)                                                                       \
    V(api, text, name, _)                                                                          \
    V(api, text, login, _)                                                                         \
    V(page, text, team_name, _)                                                                    \
    V(api, number, place, _)                                                                       \
    V(api, flag, is_callable, _)                                                                   \
    V(page, flag, may_keep, _)
VIEW_STRUCT(shifts_backup_row, SHIFTS_BACKUP_ROW_VIEW)

#define SHIFTS_BACKUP_LIST_VIEW(V)                                                                 \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, text, profession, _)                                                                    \
    V(page, text, profession_name, _)                                                              \
    V(api, list, people, shifts_backup_row)
VIEW_STRUCT(shifts_backup_list, SHIFTS_BACKUP_LIST_VIEW)

#define SHIFTS_BACKUPS_VIEW(V)                                                                     \
    V(api, list, lists, shifts_backup_list)                                                        \
    V(page, flag, is_adding, _)                                                                    \
    V(page, choices, divisions, _)                                                                 \
    V(page, choices, professions, _)
VIEW_STRUCT(shifts_backups, SHIFTS_BACKUPS_VIEW)

#define SHIFTS_BACKUP_TOLD_VIEW(V) V(api, ident, backup, _)
VIEW_STRUCT(shifts_backup_told, SHIFTS_BACKUP_TOLD_VIEW)

#define SHIFTS_RULES_FORM(F)                                                                       \
    F(number, rest_hours, REQUIRED, 1, 24, T("Hours of rest between two shifts, at least"), "")    \
    F(number, pause_minutes, REQUIRED, 0, 600, T("Minutes of a pause, at most"),                   \
      T("What lies between two shifts is a pause up to this, and a rest from the line above."))    \
    F(number, day_hours, REQUIRED, 1, 16, T("Hours a day, at most"), "")                           \
    F(number, week_hours, REQUIRED, 1, 100, T("Hours a week, at most"), "")                        \
    F(number, part_minutes, REQUIRED, 0, 480,                                                      \
      T("What a leave leaves of a shift is kept from how many minutes on"), "")                    \
    F(text, alarm_time, REQUIRED, 5, 5, T("When a gap becomes an alarm"),                          \
      T("On the last working day before it. As 15:00"))                                            \
    F(number, weeks_ahead, REQUIRED, 1, SHIFTS_WEEKS_MAX, T("Weeks ahead that shifts are made"), "")
FORM_STRUCT(shifts_rules, SHIFTS_RULES_FORM)

#define SHIFTS_RULES_VIEW(V)                                                                       \
    V(api, number, version, _)                                                                     \
    V(api, text, rest_hours, _)                                                                    \
    V(api, text, pause_minutes, _)                                                                 \
    V(api, text, day_hours, _)                                                                     \
    V(api, text, week_hours, _)                                                                    \
    V(api, text, part_minutes, _)                                                                  \
    V(api, text, alarm_time, _)                                                                    \
    V(api, text, weeks_ahead, _)                                                                   \
    V(page, flag, may_keep, _)
VIEW_STRUCT(shifts_rules, SHIFTS_RULES_VIEW)

#define SHIFTS_RULES_TOLD_VIEW(V) V(api, number, version, _)
VIEW_STRUCT(shifts_rules_told, SHIFTS_RULES_TOLD_VIEW)

#define SHIFTS_SHEET_FORM(F)                                                                       \
    F(day, day, OPTIONAL, 0, 10, T("Day"), "")                                                     \
    F(number, team, OPTIONAL, 0, INT64_MAX, T("Team"), "")
FORM_STRUCT(shifts_sheet, SHIFTS_SHEET_FORM)

#define SHIFTS_SHEET_CELL_VIEW(V)                                                                  \
    V(api, text, day, _)                                                                           \
    V(api, text, text, _)                                                                          \
    V(api, maybe, gap, _) /* why nobody is sure to be there, in words */
VIEW_STRUCT(shifts_sheet_cell, SHIFTS_SHEET_CELL_VIEW)

#define SHIFTS_SHEET_ROW_VIEW(V)                                                                   \
    V(page, ident, person, _)                                                                      \
    V(api, maybe, name, _)                                                                         \
    V(api, list, days, shifts_sheet_cell)
VIEW_STRUCT(shifts_sheet_row, SHIFTS_SHEET_ROW_VIEW)

#define SHIFTS_SHEET_TEAM_VIEW(V)                                                                  \
    V(api, ident, team, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, list, people, shifts_sheet_row)
VIEW_STRUCT(shifts_sheet_team, SHIFTS_SHEET_TEAM_VIEW)

#define SHIFTS_SHEET_VIEW(V)                                                                       \
    V(api, text, monday, _)                                                                        \
    V(page, time, from_at, _)                                                                      \
    V(page, time, to_at, _)                                                                        \
    V(page, number, team, _)                                                                       \
    V(page, text, week_before, _)                                                                  \
    V(page, text, week_after, _)                                                                   \
    V(page, time, at, _)                                                                           \
    V(page, choices, team_choices, _)                                                              \
    V(page, flag, is_cut, _)                                                                       \
    V(api, list, dates, shifts_date)                                                               \
    V(api, list, teams, shifts_sheet_team)
VIEW_STRUCT(shifts_sheet, SHIFTS_SHEET_VIEW)

/* ---- one's own ---- */

#define SHIFTS_OWN_FORM(F) F(day, day, OPTIONAL, 0, 10, "", "")
FORM_STRUCT(shifts_own, SHIFTS_OWN_FORM)

#define SHIFTS_FEED_TOLD_VIEW(V)                                                                   \
    V(api, text, path, _)                                                                          \
    V(api, time, made_at, _)
VIEW_STRUCT(shifts_feed_told, SHIFTS_FEED_TOLD_VIEW)

#define SHIFTS_FEED_FORM(F) F(word, token, REQUIRED, 43, 43, "", "")
FORM_STRUCT(shifts_feed, SHIFTS_FEED_FORM)

#define SHIFTS_MINE_VIEW(V)                                                                        \
    V(api, time, at, _)                                                                            \
    V(api, list, shifts, shifts_row)                                                               \
    V(page, list, first, shifts_row)                                                               \
    V(page, list, more, shifts_row)                                                                \
    V(api, list, swaps, shifts_swap_row)                                                           \
    V(api, list, leaves, shifts_leave_row)                                                         \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, substitutes, _)                                                               \
    V(page, text, from_day, _)                                                                     \
    V(page, text, to_day, _)                                                                       \
    V(page, flag, is_asking, _)                                                                    \
    V(api, time, feed_made_at, _)                                                                  \
    V(page, text, feed_path, _)
VIEW_STRUCT(shifts_mine, SHIFTS_MINE_VIEW)

/* ---- names and choices (shifts_lists.c) ---- */

struct shifts_choice_list {
    const struct choice *choices;
    size_t count;
};
struct str shifts_desk_name(enum language language, struct str desk);
bool shifts_is_desk(struct str desk);
struct str shifts_weekday_name(enum language language, calendar_day day);
/* "mon tue holiday" and back; bits of SHIFTS_EVERY_WEEKDAY and SHIFTS_HOLIDAYS. */
bool shifts_weekdays_read(struct str words, unsigned *bits);
struct str shifts_weekdays_words(struct arena *arena, unsigned bits);
struct str shifts_weekdays_text(struct scene *scene, unsigned bits); /* as people read it */
struct shifts_choice_list shifts_weekday_choices(struct scene *scene, unsigned offered,
                                                 unsigned chosen);
/* mon … sun, none; for make-up days. */
bool shifts_makeup_read(struct str word, int *makeup_as);
struct shifts_choice_list shifts_makeup_choices(struct scene *scene, int chosen);
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
/* A row of another list that has the roster's columns, as the roster's. */
#define SHIFTS_ROSTER_ROW(row)                                                                     \
    (&(struct shifts_list_roster_row){.shift_id = (row)->shift_id,                                 \
                                      .team_id = (row)->team_id,                                   \
                                      .desk = (row)->desk,                                         \
                                      .profession = (row)->profession,                             \
                                      .day = (row)->day,                                           \
                                      .starts_at = (row)->starts_at,                               \
                                      .ends_at = (row)->ends_at,                                   \
                                      .person_id = (row)->person_id,                               \
                                      .state = (row)->state,                                       \
                                      .cause = (row)->cause,                                       \
                                      .is_provisional = (row)->is_provisional,                     \
                                      .team_zh = (row)->team_zh,                                   \
                                      .team_en = (row)->team_en,                                   \
                                      .person_name = (row)->person_name,                           \
                                      .standing = (row)->standing,                                 \
                                      .standing__service = (row)->standing__service,               \
                                      .verified_at = (row)->verified_at,                           \
                                      .licence_until = (row)->licence_until})
struct shifts_row_view shifts_row_of_one(struct scene *scene,
                                         const struct shifts_find_shift_row *row);
/* Of a team and profession, those who may hold the shift; `but` is left out. */
struct outcome shifts_free_people(struct scene *scene, const struct shifts_find_shift_row *row,
                                  id but, struct shifts_choice_list *list);

/* Only teams the actor plans. */
struct outcome shifts_planned_teams(struct scene *scene, struct shifts_choice_list *list);

/* What a colleague could be asked for in return for `row`, as both sides' rules allow. */
struct outcome shifts_swap_choices(struct scene *scene, const struct shifts_find_shift_row *row,
                                   struct shifts_choice_list *list);
struct outcome shifts_set_swaps(struct scene *scene, struct shifts_mine_view *v);
struct outcome shifts_set_leaves(struct scene *scene, struct shifts_mine_view *v);

/* ---- pages ---- */

struct outcome shifts_show_roster(struct request *request, const void *query, void *view);

struct outcome shifts_show_mine(struct request *request, const void *query, void *view);
struct outcome shifts_show_plans(struct request *request, const void *query, void *view);
struct outcome shifts_show_plan(struct request *request, const void *query, void *view);
struct outcome shifts_show_singles(struct request *request, const void *query, void *view);
struct outcome shifts_show_backups(struct request *request, const void *query, void *view);
struct outcome shifts_show_rules(struct request *request, const void *query, void *view);
struct outcome shifts_show_sheet(struct request *request, const void *query, void *view);
struct outcome shifts_sheet_file(struct request *request, const void *query,
                                 struct file_answer *file);
struct outcome shifts_show_leaves(struct request *request, const void *query, void *view);
struct outcome shifts_show_shift(struct request *request, const void *query, void *view);

/* ---- acts ---- */

extern const struct act shifts_act_confirm, shifts_act_decline, shifts_act_take, shifts_act_name,
    shifts_act_cancel, shifts_act_restore;
extern const struct act shifts_act_plan_add, shifts_act_plan_save, shifts_act_member,
    shifts_act_member_end;
extern const struct act shifts_act_single;
extern const struct act shifts_act_backup_add, shifts_act_backup_up, shifts_act_backup_drop;
extern const struct act shifts_act_rules;
extern const struct act shifts_act_feed, shifts_act_feed_end;
struct outcome shifts_set_feed(struct request *request, struct shifts_mine_view *v);
struct outcome shifts_feed_file(struct request *request, const void *query,
                                struct file_answer *file);
extern const struct act shifts_act_leave, shifts_act_leave_withdraw, shifts_act_leave_grant,
    shifts_act_leave_refuse;
extern const struct act shifts_act_swap, shifts_act_swap_accept, shifts_act_swap_decline,
    shifts_act_swap_withdraw;

#endif
