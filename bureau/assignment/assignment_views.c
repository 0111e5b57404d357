/* assignment_views.c -- the tables behind assignment_views.h. */
#include "bureau/assignment/assignment_views.h"

#define VIEW_THIS assignment_number_view
VIEW_TABLE(assignment_number, ASSIGNMENT_NUMBER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_version_view
VIEW_TABLE(assignment_version, ASSIGNMENT_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_policy_view
VIEW_TABLE(assignment_policy, ASSIGNMENT_POLICY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_made_view
VIEW_TABLE(assignment_made, ASSIGNMENT_MADE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_weighed_view
VIEW_TABLE(assignment_weighed, ASSIGNMENT_WEIGHED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_decision_view
VIEW_TABLE(assignment_decision, ASSIGNMENT_DECISION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_case_view
VIEW_TABLE(assignment_case, ASSIGNMENT_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_part_view
VIEW_TABLE(assignment_part, ASSIGNMENT_PART_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_own_view
VIEW_TABLE(assignment_own, ASSIGNMENT_OWN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_mine_view
VIEW_TABLE(assignment_mine, ASSIGNMENT_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_barred_view
VIEW_TABLE(assignment_barred, ASSIGNMENT_BARRED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assignment_bars_view
VIEW_TABLE(assignment_bars, ASSIGNMENT_BARS_VIEW)

#define FORM_THIS assignment_policy_form
FORM_TABLE(assignment_policy, ASSIGNMENT_POLICY_FORM)
#undef FORM_THIS
#define FORM_THIS assignment_version_form
FORM_TABLE(assignment_version, ASSIGNMENT_VERSION_FORM)
#undef FORM_THIS
#define FORM_THIS assignment_case_form
FORM_TABLE(assignment_case, ASSIGNMENT_CASE_FORM)
#undef FORM_THIS
#define FORM_THIS assignment_mine_form
FORM_TABLE(assignment_mine, ASSIGNMENT_MINE_FORM)
#undef FORM_THIS
#define FORM_THIS assignment_bar_form
FORM_TABLE(assignment_bar, ASSIGNMENT_BAR_FORM)
#undef FORM_THIS
#define FORM_THIS assignment_bar_drop_form
FORM_TABLE(assignment_bar_drop, ASSIGNMENT_BAR_DROP_FORM)
