/* people_views.c -- the tables of this room's forms and views. */
#include "bureau/people/people_views.h"

#define FORM_THIS people_search_form
FORM_TABLE(people_search, PEOPLE_SEARCH_FORM)
#undef FORM_THIS
#define FORM_THIS people_add_form
FORM_TABLE(people_add, PEOPLE_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS people_whom_form
FORM_TABLE(people_whom, PEOPLE_WHOM_FORM)
#undef FORM_THIS
#define FORM_THIS people_name_form
FORM_TABLE(people_name, PEOPLE_NAME_FORM)
#undef FORM_THIS
#define FORM_THIS people_phone_form
FORM_TABLE(people_phone, PEOPLE_PHONE_FORM)
#undef FORM_THIS
#define FORM_THIS people_service_form
FORM_TABLE(people_service, PEOPLE_SERVICE_FORM)
#undef FORM_THIS
#define FORM_THIS people_roles_form
FORM_TABLE(people_roles, PEOPLE_ROLES_FORM)
#undef FORM_THIS
#define FORM_THIS people_reason_form
FORM_TABLE(people_reason, PEOPLE_REASON_FORM)
#undef FORM_THIS
#define FORM_THIS people_password_form
FORM_TABLE(people_password, PEOPLE_PASSWORD_FORM)
#undef FORM_THIS
#define FORM_THIS people_team_add_form
FORM_TABLE(people_team_add, PEOPLE_TEAM_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS people_which_team_form
FORM_TABLE(people_which_team, PEOPLE_WHICH_TEAM_FORM)
#undef FORM_THIS
#define FORM_THIS people_team_save_form
FORM_TABLE(people_team_save, PEOPLE_TEAM_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS people_field_add_form
FORM_TABLE(people_field_add, PEOPLE_FIELD_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS people_which_field_form
FORM_TABLE(people_which_field, PEOPLE_WHICH_FIELD_FORM)
#undef FORM_THIS
#define FORM_THIS people_field_save_form
FORM_TABLE(people_field_save, PEOPLE_FIELD_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS people_hours_form
FORM_TABLE(people_hours, PEOPLE_HOURS_FORM)
#undef FORM_THIS
#define FORM_THIS people_exception_form
FORM_TABLE(people_exception, PEOPLE_EXCEPTION_FORM)
#undef FORM_THIS
#define FORM_THIS people_day_form
FORM_TABLE(people_day, PEOPLE_DAY_FORM)
#undef FORM_THIS

#define VIEW_THIS people_added_view
VIEW_TABLE(people_added, PEOPLE_ADDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_team_added_view
VIEW_TABLE(people_team_added, PEOPLE_TEAM_ADDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_row_view
VIEW_TABLE(people_row, PEOPLE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_people_view
VIEW_TABLE(people_people, PEOPLE_PEOPLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_note_view
VIEW_TABLE(people_note, PEOPLE_NOTE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_person_view
VIEW_TABLE(people_person, PEOPLE_PERSON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_team_row_view
VIEW_TABLE(people_team_row, PEOPLE_TEAM_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_teams_view
VIEW_TABLE(people_teams, PEOPLE_TEAMS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_team_view
VIEW_TABLE(people_team, PEOPLE_TEAM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_field_row_view
VIEW_TABLE(people_field_row, PEOPLE_FIELD_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_fields_view
VIEW_TABLE(people_fields, PEOPLE_FIELDS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_field_view
VIEW_TABLE(people_field, PEOPLE_FIELD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_day_view
VIEW_TABLE(people_day, PEOPLE_DAY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_special_view
VIEW_TABLE(people_special, PEOPLE_SPECIAL_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_weekday_view
VIEW_TABLE(people_weekday, PEOPLE_WEEKDAY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS people_hours_view
VIEW_TABLE(people_hours, PEOPLE_HOURS_VIEW)
#undef VIEW_THIS
