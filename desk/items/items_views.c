/* items_views.c -- the tables of this room's forms and views. */
#include "desk/items/items_views.h"

#define FORM_THIS items_find_form
FORM_TABLE(items_find, ITEMS_FIND_FORM)
#undef FORM_THIS
#define FORM_THIS items_which_form
FORM_TABLE(items_which, ITEMS_WHICH_FORM)
#undef FORM_THIS
#define FORM_THIS items_page_form
FORM_TABLE(items_page, ITEMS_PAGE_FORM)
#undef FORM_THIS
#define FORM_THIS items_sift_form
FORM_TABLE(items_sift, ITEMS_SIFT_FORM)
#undef FORM_THIS
#define FORM_THIS items_number_form
FORM_TABLE(items_number, ITEMS_NUMBER_FORM)
#undef FORM_THIS
#define FORM_THIS items_save_form
FORM_TABLE(items_save, ITEMS_SAVE_FORM)
#undef FORM_THIS
#define FORM_THIS items_add_form
FORM_TABLE(items_add, ITEMS_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS items_release_form
FORM_TABLE(items_release, ITEMS_RELEASE_FORM)
#undef FORM_THIS

#define VIEW_THIS items_need_view
VIEW_TABLE(items_need, ITEMS_NEED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_row_view
VIEW_TABLE(items_row, ITEMS_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_group_view
VIEW_TABLE(items_group, ITEMS_GROUP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_list_view
VIEW_TABLE(items_list, ITEMS_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_line_view
VIEW_TABLE(items_line, ITEMS_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_office_view
VIEW_TABLE(items_office, ITEMS_OFFICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_one_view
VIEW_TABLE(items_one, ITEMS_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_changed_field_view
VIEW_TABLE(items_changed_field, ITEMS_CHANGED_FIELD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_change_view
VIEW_TABLE(items_change, ITEMS_CHANGE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_release_row_view
VIEW_TABLE(items_release_row, ITEMS_RELEASE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_releases_view
VIEW_TABLE(items_releases, ITEMS_RELEASES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_release_view
VIEW_TABLE(items_release, ITEMS_RELEASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_prepare_view
VIEW_TABLE(items_prepare, ITEMS_PREPARE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_added_view
VIEW_TABLE(items_added, ITEMS_ADDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_released_view
VIEW_TABLE(items_released, ITEMS_RELEASED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_admin_row_view
VIEW_TABLE(items_admin_row, ITEMS_ADMIN_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_admin_view
VIEW_TABLE(items_admin, ITEMS_ADMIN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_problem_view
VIEW_TABLE(items_problem, ITEMS_PROBLEM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS items_edit_view
VIEW_TABLE(items_edit, ITEMS_EDIT_VIEW)
#undef VIEW_THIS
