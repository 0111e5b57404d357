/* cases_views.c -- the tables of cases_views.h. */
#include "desk/cases/cases_views.h"

#define VIEW_THIS cases_applied_view
VIEW_TABLE(cases_applied, CASES_APPLIED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_attached_view
VIEW_TABLE(cases_attached, CASES_ATTACHED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_room_view
VIEW_TABLE(cases_room, CASES_ROOM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_option_view
VIEW_TABLE(cases_option, CASES_OPTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_question_view
VIEW_TABLE(cases_question, CASES_QUESTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_fee_view
VIEW_TABLE(cases_fee, CASES_FEE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_apply_view
VIEW_TABLE(cases_apply, CASES_APPLY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_answer_view
VIEW_TABLE(cases_answer, CASES_ANSWER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_step_view
VIEW_TABLE(cases_step, CASES_STEP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_paper_view
VIEW_TABLE(cases_paper, CASES_PAPER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_letter_view
VIEW_TABLE(cases_letter, CASES_LETTER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_action_view
VIEW_TABLE(cases_action, CASES_ACTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_task_view
VIEW_TABLE(cases_task, CASES_TASK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_asked_view
VIEW_TABLE(cases_asked, CASES_ASKED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_axes_view
VIEW_TABLE(cases_axes, CASES_AXES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_case_view
VIEW_TABLE(cases_case, CASES_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_mine_view
VIEW_TABLE(cases_mine, CASES_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_office_view
VIEW_TABLE(cases_office, CASES_OFFICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_day_view
VIEW_TABLE(cases_day, CASES_DAY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_closed_view
VIEW_TABLE(cases_closed, CASES_CLOSED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_desk_view
VIEW_TABLE(cases_desk, CASES_DESK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_link_view
VIEW_TABLE(cases_link, CASES_LINK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_visit_view
VIEW_TABLE(cases_visit, CASES_VISIT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_spared_view
VIEW_TABLE(cases_spared, CASES_SPARED_VIEW)
#undef VIEW_THIS
