/* consultation_hall_views.c -- the tables behind consultation_hall_views.h. */
#include "service/consultation/consultation_hall_views.h"

#define FORM_THIS consultation_register_form
FORM_TABLE(consultation_register, CONSULTATION_REGISTER_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_join_form
FORM_TABLE(consultation_join, CONSULTATION_JOIN_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_sit_form
FORM_TABLE(consultation_sit, CONSULTATION_SIT_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_number_form
FORM_TABLE(consultation_number, CONSULTATION_NUMBER_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_window_number_form
FORM_TABLE(consultation_window_number, CONSULTATION_WINDOW_NUMBER_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_pass_form
FORM_TABLE(consultation_pass, CONSULTATION_PASS_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_finish_form
FORM_TABLE(consultation_finish, CONSULTATION_FINISH_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_online_form
FORM_TABLE(consultation_online, CONSULTATION_ONLINE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_slip_form
FORM_TABLE(consultation_slip, CONSULTATION_SLIP_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_slip_query_form
FORM_TABLE(consultation_slip_query, CONSULTATION_SLIP_QUERY_FORM)
#undef FORM_THIS
#define VIEW_THIS consultation_at_hall_view
VIEW_TABLE(consultation_at_hall, CONSULTATION_AT_HALL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_registered_view
VIEW_TABLE(consultation_registered, CONSULTATION_REGISTERED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_numbered_view
VIEW_TABLE(consultation_numbered, CONSULTATION_NUMBERED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_slipped_view
VIEW_TABLE(consultation_slipped, CONSULTATION_SLIPPED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_number_row_view
VIEW_TABLE(consultation_number_row, CONSULTATION_NUMBER_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_line_row_view
VIEW_TABLE(consultation_line_row, CONSULTATION_LINE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_window_view
VIEW_TABLE(consultation_window, CONSULTATION_WINDOW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_window_register_view
VIEW_TABLE(consultation_window_register, CONSULTATION_WINDOW_REGISTER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_window_join_view
VIEW_TABLE(consultation_window_join, CONSULTATION_WINDOW_JOIN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_window_number_view
VIEW_TABLE(consultation_window_number, CONSULTATION_WINDOW_NUMBER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_window_slip_view
VIEW_TABLE(consultation_window_slip, CONSULTATION_WINDOW_SLIP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_slip_view
VIEW_TABLE(consultation_slip, CONSULTATION_SLIP_PAGE_VIEW)
#undef VIEW_THIS
