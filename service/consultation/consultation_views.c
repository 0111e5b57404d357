/* consultation_views.c -- the tables from which every page's values become JSON. */
#include "service/consultation/consultation_views.h"

#define VIEW_THIS consultation_wait_view
VIEW_TABLE(consultation_wait, CONSULTATION_WAIT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_asked_view
VIEW_TABLE(consultation_asked, CONSULTATION_ASKED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_said_view
VIEW_TABLE(consultation_said, CONSULTATION_SAID_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_state_view
VIEW_TABLE(consultation_state, CONSULTATION_STATE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_phone_view
VIEW_TABLE(consultation_phone, CONSULTATION_PHONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_attached_view
VIEW_TABLE(consultation_attached, CONSULTATION_ATTACHED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_message_view
VIEW_TABLE(consultation_message, CONSULTATION_MESSAGE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_messages_view
VIEW_TABLE(consultation_messages, CONSULTATION_MESSAGES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_consultant_view
VIEW_TABLE(consultation_consultant, CONSULTATION_CONSULTANT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_beside_view
VIEW_TABLE(consultation_beside, CONSULTATION_BESIDE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_handed_row_view
VIEW_TABLE(consultation_handed_row, CONSULTATION_HANDED_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_handed_view
VIEW_TABLE(consultation_handed, CONSULTATION_HANDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_handed_one_view
VIEW_TABLE(consultation_handed_one, CONSULTATION_HANDED_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_rated_view
VIEW_TABLE(consultation_rated, CONSULTATION_RATED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_help_view
VIEW_TABLE(consultation_help, CONSULTATION_HELP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_talk_view
VIEW_TABLE(consultation_talk, CONSULTATION_TALK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_complaint_view
VIEW_TABLE(consultation_complaint, CONSULTATION_COMPLAINT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_mine_row_view
VIEW_TABLE(consultation_mine_row, CONSULTATION_MINE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_mine_view
VIEW_TABLE(consultation_mine, CONSULTATION_MINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_step_view
VIEW_TABLE(consultation_step, CONSULTATION_STEP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ask_field_view
VIEW_TABLE(consultation_ask_field, CONSULTATION_ASK_FIELD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ask_text_view
VIEW_TABLE(consultation_ask_text, CONSULTATION_ASK_TEXT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ask_where_view
VIEW_TABLE(consultation_ask_where, CONSULTATION_ASK_WHERE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ask_contact_view
VIEW_TABLE(consultation_ask_contact, CONSULTATION_ASK_CONTACT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ask_check_view
VIEW_TABLE(consultation_ask_check, CONSULTATION_ASK_CHECK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_rating_view
VIEW_TABLE(consultation_rating, CONSULTATION_RATING_VIEW)
#undef VIEW_THIS
