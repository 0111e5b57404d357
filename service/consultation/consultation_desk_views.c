/* consultation_desk_views.c -- the tables of the desk's forms and views. */
#include "service/consultation/consultation_desk_views.h"

#define FORM_THIS consultation_desk_case_form
FORM_TABLE(consultation_desk_case, CONSULTATION_DESK_CASE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_desk_messages_form
FORM_TABLE(consultation_desk_messages, CONSULTATION_DESK_MESSAGES_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_canned_query_form
FORM_TABLE(consultation_canned_query, CONSULTATION_CANNED_QUERY_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_canned_add_form
FORM_TABLE(consultation_canned_add, CONSULTATION_CANNED_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_canned_drop_form
FORM_TABLE(consultation_canned_drop, CONSULTATION_CANNED_DROP_FORM)
#undef FORM_THIS

#define VIEW_THIS consultation_offer_view
VIEW_TABLE(consultation_offer, CONSULTATION_OFFER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_talk_view
VIEW_TABLE(consultation_desk_talk, CONSULTATION_DESK_TALK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_written_view
VIEW_TABLE(consultation_desk_written, CONSULTATION_DESK_WRITTEN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_done_view
VIEW_TABLE(consultation_desk_done, CONSULTATION_DESK_DONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_list_view
VIEW_TABLE(consultation_desk_list, CONSULTATION_DESK_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_view
VIEW_TABLE(consultation_desk, CONSULTATION_DESK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_canned_row_view
VIEW_TABLE(consultation_canned_row, CONSULTATION_CANNED_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_history_view
VIEW_TABLE(consultation_history, CONSULTATION_HISTORY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_text_view
VIEW_TABLE(consultation_desk_text, CONSULTATION_DESK_TEXT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_desk_case_view
VIEW_TABLE(consultation_desk_case, CONSULTATION_DESK_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_canned_view
VIEW_TABLE(consultation_canned, CONSULTATION_CANNED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_canned_added_view
VIEW_TABLE(consultation_canned_added, CONSULTATION_CANNED_ADDED_VIEW)
#undef VIEW_THIS
