/* items_views.c -- the tables of this room's forms and views. */
#include "desk/items/items_views.h"

#define FORM_THIS items_find_form
FORM_TABLE(items_find, ITEMS_FIND_FORM)
#undef FORM_THIS
#define FORM_THIS items_which_form
FORM_TABLE(items_which, ITEMS_WHICH_FORM)
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
