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
