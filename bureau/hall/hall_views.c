/* hall_views.c -- the tables behind hall_views.h and the forms of hall_acts.h. */
#include "bureau/hall/hall_views.h"

#define FORM_THIS hall_add_form
FORM_TABLE(hall_add, HALL_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS hall_save_form
FORM_TABLE(hall_save, HALL_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS hall_which_form
FORM_TABLE(hall_which, HALL_WHICH_FORM)
#undef FORM_THIS
#define FORM_THIS hall_hours_form
FORM_TABLE(hall_hours, HALL_HOURS_FORM)
#undef FORM_THIS
#define FORM_THIS hall_special_form
FORM_TABLE(hall_special, HALL_SPECIAL_FORM)
#undef FORM_THIS
#define FORM_THIS hall_day_form
FORM_TABLE(hall_day, HALL_DAY_FORM)
#undef FORM_THIS
#define FORM_THIS hall_line_add_form
FORM_TABLE(hall_line_add, HALL_LINE_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS hall_line_save_form
FORM_TABLE(hall_line_save, HALL_LINE_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS hall_which_line_form
FORM_TABLE(hall_which_line, HALL_WHICH_LINE_FORM)
#undef FORM_THIS
#define FORM_THIS hall_window_add_form
FORM_TABLE(hall_window_add, HALL_WINDOW_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS hall_window_save_form
FORM_TABLE(hall_window_save, HALL_WINDOW_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS hall_which_window_form
FORM_TABLE(hall_which_window, HALL_WHICH_WINDOW_FORM)
#undef FORM_THIS
#define FORM_THIS hall_staff_form
FORM_TABLE(hall_staff, HALL_STAFF_FORM)
#undef FORM_THIS
#define FORM_THIS hall_staff_end_form
FORM_TABLE(hall_staff_end, HALL_STAFF_END_FORM)
#undef FORM_THIS
#define FORM_THIS hall_list_form
FORM_TABLE(hall_list, HALL_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS hall_board_form
FORM_TABLE(hall_board, HALL_BOARD_FORM)
#undef FORM_THIS
#define VIEW_THIS hall_added_view
VIEW_TABLE(hall_added, HALL_ADDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_line_row_view
VIEW_TABLE(hall_line_row, HALL_LINE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_window_row_view
VIEW_TABLE(hall_window_row, HALL_WINDOW_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_row_view
VIEW_TABLE(hall_row, HALL_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_halls_view
VIEW_TABLE(hall_halls, HALL_HALLS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_day_row_view
VIEW_TABLE(hall_day_row, HALL_DAY_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_one_view
VIEW_TABLE(hall_one, HALL_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_called_view
VIEW_TABLE(hall_called, HALL_CALLED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_screen_view
VIEW_TABLE(hall_screen, HALL_SCREEN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_admin_view
VIEW_TABLE(hall_admin, HALL_ADMIN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_staff_row_view
VIEW_TABLE(hall_staff_row, HALL_STAFF_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_weekday_view
VIEW_TABLE(hall_weekday, HALL_WEEKDAY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_keep_view
VIEW_TABLE(hall_keep, HALL_KEEP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_line_view
VIEW_TABLE(hall_line, HALL_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_window_view
VIEW_TABLE(hall_window, HALL_WINDOW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_figures_view
VIEW_TABLE(hall_figures, HALL_FIGURES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS hall_board_view
VIEW_TABLE(hall_board, HALL_BOARD_VIEW)
#undef VIEW_THIS
