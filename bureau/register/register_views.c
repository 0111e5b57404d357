/* register_views.c -- the tables behind register_views.h and the forms of register_acts.h. */
#include "bureau/register/register_views.h"

#define FORM_THIS register_reference_form
FORM_TABLE(register_reference, REGISTER_REFERENCE_FORM)
#undef FORM_THIS
#define FORM_THIS register_apply_form
FORM_TABLE(register_apply, REGISTER_APPLY_FORM)
#undef FORM_THIS
#define FORM_THIS register_attach_form
FORM_TABLE(register_attach, REGISTER_ATTACH_FORM)
#undef FORM_THIS
#define FORM_THIS register_file_form
FORM_TABLE(register_file, REGISTER_FILE_FORM)
#undef FORM_THIS
#define FORM_THIS register_words_form
FORM_TABLE(register_words, REGISTER_WORDS_FORM)
#undef FORM_THIS
#define FORM_THIS register_approve_form
FORM_TABLE(register_approve, REGISTER_APPROVE_FORM)
#undef FORM_THIS
#define FORM_THIS register_account_form
FORM_TABLE(register_account, REGISTER_ACCOUNT_FORM)
#undef FORM_THIS
#define FORM_THIS register_sift_form
FORM_TABLE(register_sift, REGISTER_SIFT_FORM)
#undef FORM_THIS

#define VIEW_THIS register_applied_view
VIEW_TABLE(register_applied, REGISTER_APPLIED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_attached_view
VIEW_TABLE(register_attached, REGISTER_ATTACHED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_evidence_view
VIEW_TABLE(register_evidence, REGISTER_EVIDENCE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_application_view
VIEW_TABLE(register_application, REGISTER_APPLICATION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_application_row_view
VIEW_TABLE(register_application_row, REGISTER_APPLICATION_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_volunteer_view
VIEW_TABLE(register_volunteer, REGISTER_VOLUNTEER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_form_view
VIEW_TABLE(register_form, REGISTER_FORM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_mine_view
VIEW_TABLE(register_mine, REGISTER_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_applications_view
VIEW_TABLE(register_applications, REGISTER_APPLICATIONS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_check_view
VIEW_TABLE(register_check, REGISTER_CHECK_VIEW)
#undef VIEW_THIS
#define FORM_THIS register_table_form
FORM_TABLE(register_table, REGISTER_TABLE_FORM)
#undef FORM_THIS
#define FORM_THIS register_import_form
FORM_TABLE(register_import, REGISTER_IMPORT_FORM)
#undef FORM_THIS
#define FORM_THIS register_import_page_form
FORM_TABLE(register_import_page, REGISTER_IMPORT_PAGE_FORM)
#undef FORM_THIS
#define VIEW_THIS register_tabled_view
VIEW_TABLE(register_tabled, REGISTER_TABLED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_import_row_view
VIEW_TABLE(register_import_row, REGISTER_IMPORT_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_imports_view
VIEW_TABLE(register_imports, REGISTER_IMPORTS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_problem_view
VIEW_TABLE(register_problem, REGISTER_PROBLEM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_planned_view
VIEW_TABLE(register_planned, REGISTER_PLANNED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_import_view
VIEW_TABLE(register_import, REGISTER_IMPORT_VIEW)
#undef VIEW_THIS
#define FORM_THIS register_directory_form
FORM_TABLE(register_directory, REGISTER_DIRECTORY_FORM)
#undef FORM_THIS
#define FORM_THIS register_who_form
FORM_TABLE(register_who, REGISTER_WHO_FORM)
#undef FORM_THIS
#define FORM_THIS register_listed_form
FORM_TABLE(register_listed, REGISTER_LISTED_FORM)
#undef FORM_THIS
#define FORM_THIS register_which_team_form
FORM_TABLE(register_which_team, REGISTER_WHICH_TEAM_FORM)
#undef FORM_THIS
#define VIEW_THIS register_listing_view
VIEW_TABLE(register_listing, REGISTER_LISTING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_directory_view
VIEW_TABLE(register_directory, REGISTER_DIRECTORY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_sanction_view
VIEW_TABLE(register_sanction, REGISTER_SANCTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_profile_view
VIEW_TABLE(register_profile, REGISTER_PROFILE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_own_view
VIEW_TABLE(register_own, REGISTER_OWN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_view
VIEW_TABLE(register_team, REGISTER_TEAM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_table_view
VIEW_TABLE(register_team_table, REGISTER_TEAM_TABLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_teams_view
VIEW_TABLE(register_teams, REGISTER_TEAMS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_member_view
VIEW_TABLE(register_member, REGISTER_MEMBER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_page_view
VIEW_TABLE(register_team_page, REGISTER_TEAM_PAGE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_person_view
VIEW_TABLE(register_team_person, REGISTER_TEAM_PERSON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_people_view
VIEW_TABLE(register_team_people, REGISTER_TEAM_PEOPLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_case_view
VIEW_TABLE(register_team_case, REGISTER_TEAM_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS register_team_cases_view
VIEW_TABLE(register_team_cases, REGISTER_TEAM_CASES_VIEW)
#undef VIEW_THIS
#define FORM_THIS register_team_people_form
FORM_TABLE(register_team_people, REGISTER_TEAM_PEOPLE_FORM)
#undef FORM_THIS
#define FORM_THIS register_team_cases_form
FORM_TABLE(register_team_cases, REGISTER_TEAM_CASES_FORM)
#undef FORM_THIS
#define FORM_THIS register_members_form
FORM_TABLE(register_members, REGISTER_MEMBERS_FORM)
#undef FORM_THIS
#define VIEW_THIS register_members_view
VIEW_TABLE(register_members, REGISTER_MEMBERS_VIEW)
#undef VIEW_THIS
