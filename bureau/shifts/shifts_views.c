/* shifts_views.c -- the tables of this room's forms and views. */
#include "bureau/shifts/shifts_views.h"

#define FORM_THIS shifts_roster_form
FORM_TABLE(shifts_roster, SHIFTS_ROSTER_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_which_form
FORM_TABLE(shifts_which, SHIFTS_WHICH_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_confirm_form
FORM_TABLE(shifts_confirm, SHIFTS_CONFIRM_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_name_form
FORM_TABLE(shifts_name, SHIFTS_NAME_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_leave_form
FORM_TABLE(shifts_leave, SHIFTS_LEAVE_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_decide_form
FORM_TABLE(shifts_decide, SHIFTS_DECIDE_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_swap_form
FORM_TABLE(shifts_swap, SHIFTS_SWAP_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_which_swap_form
FORM_TABLE(shifts_which_swap, SHIFTS_WHICH_SWAP_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_own_form
FORM_TABLE(shifts_own, SHIFTS_OWN_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_feed_form
FORM_TABLE(shifts_feed, SHIFTS_FEED_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_plan_add_form
FORM_TABLE(shifts_plan_add, SHIFTS_PLAN_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_which_plan_form
FORM_TABLE(shifts_which_plan, SHIFTS_WHICH_PLAN_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_plan_save_form
FORM_TABLE(shifts_plan_save, SHIFTS_PLAN_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_member_form
FORM_TABLE(shifts_member, SHIFTS_MEMBER_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_member_end_form
FORM_TABLE(shifts_member_end, SHIFTS_MEMBER_END_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_single_form
FORM_TABLE(shifts_single, SHIFTS_SINGLE_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_backups_form
FORM_TABLE(shifts_backups, SHIFTS_BACKUPS_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_backup_add_form
FORM_TABLE(shifts_backup_add, SHIFTS_BACKUP_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_which_backup_form
FORM_TABLE(shifts_which_backup, SHIFTS_WHICH_BACKUP_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_rules_form
FORM_TABLE(shifts_rules, SHIFTS_RULES_FORM)
#undef FORM_THIS
#define FORM_THIS shifts_sheet_form
FORM_TABLE(shifts_sheet, SHIFTS_SHEET_FORM)
#undef FORM_THIS

#define VIEW_THIS shifts_row_view
VIEW_TABLE(shifts_row, SHIFTS_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_group_view
VIEW_TABLE(shifts_group, SHIFTS_GROUP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_desk_view
VIEW_TABLE(shifts_desk, SHIFTS_DESK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_alarm_view
VIEW_TABLE(shifts_alarm, SHIFTS_ALARM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_cell_view
VIEW_TABLE(shifts_cell, SHIFTS_CELL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_week_row_view
VIEW_TABLE(shifts_week_row, SHIFTS_WEEK_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_date_view
VIEW_TABLE(shifts_date, SHIFTS_DATE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_roster_view
VIEW_TABLE(shifts_roster, SHIFTS_ROSTER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_told_view
VIEW_TABLE(shifts_told, SHIFTS_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_shift_view
VIEW_TABLE(shifts_shift, SHIFTS_SHIFT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_mine_view
VIEW_TABLE(shifts_mine, SHIFTS_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_leave_told_view
VIEW_TABLE(shifts_leave_told, SHIFTS_LEAVE_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_swap_told_view
VIEW_TABLE(shifts_swap_told, SHIFTS_SWAP_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_leave_row_view
VIEW_TABLE(shifts_leave_row, SHIFTS_LEAVE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_leaves_view
VIEW_TABLE(shifts_leaves, SHIFTS_LEAVES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_swap_row_view
VIEW_TABLE(shifts_swap_row, SHIFTS_SWAP_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_feed_told_view
VIEW_TABLE(shifts_feed_told, SHIFTS_FEED_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_plan_told_view
VIEW_TABLE(shifts_plan_told, SHIFTS_PLAN_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_plan_row_view
VIEW_TABLE(shifts_plan_row, SHIFTS_PLAN_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_plans_view
VIEW_TABLE(shifts_plans, SHIFTS_PLANS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_member_row_view
VIEW_TABLE(shifts_member_row, SHIFTS_MEMBER_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_one_plan_view
VIEW_TABLE(shifts_one_plan, SHIFTS_ONE_PLAN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_singles_view
VIEW_TABLE(shifts_singles, SHIFTS_SINGLES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_backup_row_view
VIEW_TABLE(shifts_backup_row, SHIFTS_BACKUP_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_backup_list_view
VIEW_TABLE(shifts_backup_list, SHIFTS_BACKUP_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_backups_view
VIEW_TABLE(shifts_backups, SHIFTS_BACKUPS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_backup_told_view
VIEW_TABLE(shifts_backup_told, SHIFTS_BACKUP_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_rules_view
VIEW_TABLE(shifts_rules, SHIFTS_RULES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_rules_told_view
VIEW_TABLE(shifts_rules_told, SHIFTS_RULES_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_sheet_cell_view
VIEW_TABLE(shifts_sheet_cell, SHIFTS_SHEET_CELL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_sheet_row_view
VIEW_TABLE(shifts_sheet_row, SHIFTS_SHEET_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_sheet_team_view
VIEW_TABLE(shifts_sheet_team, SHIFTS_SHEET_TEAM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS shifts_sheet_view
VIEW_TABLE(shifts_sheet, SHIFTS_SHEET_VIEW)
#undef VIEW_THIS
