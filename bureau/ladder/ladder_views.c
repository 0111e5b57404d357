/* ladder_views.c -- the tables behind ladder_views.h. */
#include "bureau/ladder/ladder_views.h"

#define VIEW_THIS ladder_number_view
VIEW_TABLE(ladder_number, LADDER_NUMBER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_group_view
VIEW_TABLE(ladder_group, LADDER_GROUP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_version_view
VIEW_TABLE(ladder_version, LADDER_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_district_view
VIEW_TABLE(ladder_district, LADDER_DISTRICT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_own_view
VIEW_TABLE(ladder_own, LADDER_OWN_VIEW)
#undef VIEW_THIS
#define FORM_THIS ladder_of_form
FORM_TABLE(ladder_of, LADDER_OF_FORM)
#undef FORM_THIS
#define VIEW_THIS ladder_admin_view
VIEW_TABLE(ladder_admin, LADDER_ADMIN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_desk_row_view
VIEW_TABLE(ladder_desk_row, LADDER_DESK_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_board_view
VIEW_TABLE(ladder_board, LADDER_BOARD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_step_row_view
VIEW_TABLE(ladder_step_row, LADDER_STEP_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_call_row_view
VIEW_TABLE(ladder_call_row, LADDER_CALL_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_person_row_view
VIEW_TABLE(ladder_person_row, LADDER_PERSON_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_one_view
VIEW_TABLE(ladder_one, LADDER_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_come_view
VIEW_TABLE(ladder_come, LADDER_COME_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_standby_view
VIEW_TABLE(ladder_standby, LADDER_STANDBY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS ladder_calls_view
VIEW_TABLE(ladder_calls, LADDER_CALLS_VIEW)
#undef VIEW_THIS
#define FORM_THIS ladder_board_form
FORM_TABLE(ladder_board, LADDER_BOARD_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_calls_form
FORM_TABLE(ladder_calls, LADDER_CALLS_FORM)
