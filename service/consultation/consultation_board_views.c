/* consultation_board_views.c -- the tables from which the board's values become JSON. */
#include "service/consultation/consultation_board_views.h"

#define VIEW_THIS consultation_board_row_view
VIEW_TABLE(consultation_board_row, CONSULTATION_BOARD_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_table_view
VIEW_TABLE(consultation_board_table, CONSULTATION_BOARD_TABLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_view
VIEW_TABLE(consultation_board, CONSULTATION_BOARD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_case_row_view
VIEW_TABLE(consultation_board_case_row, CONSULTATION_BOARD_CASE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_cases_view
VIEW_TABLE(consultation_board_cases, CONSULTATION_BOARD_CASES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_person_view
VIEW_TABLE(consultation_board_person, CONSULTATION_BOARD_PERSON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_consultants_view
VIEW_TABLE(consultation_board_consultants, CONSULTATION_BOARD_CONSULTANTS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_history_view
VIEW_TABLE(consultation_board_history, CONSULTATION_BOARD_HISTORY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_board_case_view
VIEW_TABLE(consultation_board_case, CONSULTATION_BOARD_CASE_VIEW)
#undef VIEW_THIS

#define FORM_THIS consultation_board_form
FORM_TABLE(consultation_board, CONSULTATION_BOARD_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_board_cases_form
FORM_TABLE(consultation_board_cases, CONSULTATION_BOARD_CASES_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_follow_board_form
FORM_TABLE(consultation_follow_board, CONSULTATION_FOLLOW_BOARD_FORM)
