/* review_views.c -- the tables of this room's forms and views. */
#include "bureau/review/review_views.h"

#include "bureau/review/review_money_views.h"

#define FORM_THIS review_list_form
FORM_TABLE(review_list, REVIEW_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_complaint_form
FORM_TABLE(review_which_complaint, REVIEW_WHICH_COMPLAINT_FORM)
#undef FORM_THIS
#define FORM_THIS review_note_form
FORM_TABLE(review_note, REVIEW_NOTE_FORM)
#undef FORM_THIS
#define FORM_THIS review_hand_over_form
FORM_TABLE(review_hand_over, REVIEW_HAND_OVER_FORM)
#undef FORM_THIS
#define FORM_THIS review_hear_form
FORM_TABLE(review_hear, REVIEW_HEAR_FORM)
#undef FORM_THIS
#define FORM_THIS review_decide_complaint_form
FORM_TABLE(review_decide_complaint, REVIEW_DECIDE_COMPLAINT_FORM)
#undef FORM_THIS
#define FORM_THIS review_statement_form
FORM_TABLE(review_statement, REVIEW_STATEMENT_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_flag_form
FORM_TABLE(review_which_flag, REVIEW_WHICH_FLAG_FORM)
#undef FORM_THIS
#define FORM_THIS review_quality_form
FORM_TABLE(review_quality, REVIEW_QUALITY_FORM)
#undef FORM_THIS
#define FORM_THIS review_whom_form
FORM_TABLE(review_whom, REVIEW_WHOM_FORM)
#undef FORM_THIS
#define FORM_THIS review_behind_form
FORM_TABLE(review_behind, REVIEW_BEHIND_FORM)
#undef FORM_THIS
#define FORM_THIS review_own_behind_form
FORM_TABLE(review_own_behind, REVIEW_OWN_BEHIND_FORM)
#undef FORM_THIS
#define FORM_THIS review_propose_form
FORM_TABLE(review_propose, REVIEW_PROPOSE_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_measure_form
FORM_TABLE(review_which_measure, REVIEW_WHICH_MEASURE_FORM)
#undef FORM_THIS
#define FORM_THIS review_decide_measure_form
FORM_TABLE(review_decide_measure, REVIEW_DECIDE_MEASURE_FORM)
#undef FORM_THIS
#define FORM_THIS review_appeal_form
FORM_TABLE(review_appeal, REVIEW_APPEAL_FORM)
#undef FORM_THIS
#define FORM_THIS review_decide_appeal_form
FORM_TABLE(review_decide_appeal, REVIEW_DECIDE_APPEAL_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_sample_form
FORM_TABLE(review_which_sample, REVIEW_WHICH_SAMPLE_FORM)
#undef FORM_THIS
#define FORM_THIS review_mark_form
FORM_TABLE(review_mark, REVIEW_MARK_FORM)
#undef FORM_THIS
#define FORM_THIS review_policy_form
FORM_TABLE(review_policy, REVIEW_POLICY_FORM)
#undef FORM_THIS
#define FORM_THIS review_rule_form
FORM_TABLE(review_rule, REVIEW_RULE_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_rule_form
FORM_TABLE(review_which_rule, REVIEW_WHICH_RULE_FORM)
#undef FORM_THIS
#define FORM_THIS review_pattern_form
FORM_TABLE(review_pattern, REVIEW_PATTERN_FORM)
#undef FORM_THIS
#define FORM_THIS review_which_pattern_form
FORM_TABLE(review_which_pattern, REVIEW_WHICH_PATTERN_FORM)
#undef FORM_THIS
#define FORM_THIS review_subsidies_form
FORM_TABLE(review_subsidies, REVIEW_SUBSIDIES_FORM)
#undef FORM_THIS
#define FORM_THIS review_month_form
FORM_TABLE(review_month, REVIEW_MONTH_FORM)
#undef FORM_THIS
#define FORM_THIS review_earner_form
FORM_TABLE(review_earner, REVIEW_EARNER_FORM)
#undef FORM_THIS
#define FORM_THIS review_correct_form
FORM_TABLE(review_correct, REVIEW_CORRECT_FORM)
#undef FORM_THIS
#define FORM_THIS review_rates_form
FORM_TABLE(review_rates, REVIEW_RATES_FORM)
#undef FORM_THIS
#define FORM_THIS review_period_form
FORM_TABLE(review_period, REVIEW_PERIOD_FORM)
#undef FORM_THIS

#define VIEW_THIS review_complaint_row_view
VIEW_TABLE(review_complaint_row, REVIEW_COMPLAINT_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_complaints_view
VIEW_TABLE(review_complaints, REVIEW_COMPLAINTS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_remark_view
VIEW_TABLE(review_remark, REVIEW_REMARK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_complaint_view
VIEW_TABLE(review_complaint, REVIEW_COMPLAINT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_flag_row_view
VIEW_TABLE(review_flag_row, REVIEW_FLAG_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_flags_view
VIEW_TABLE(review_flags, REVIEW_FLAGS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_person_view
VIEW_TABLE(review_person, REVIEW_PERSON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_behind_row_view
VIEW_TABLE(review_behind_row, REVIEW_BEHIND_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_behind_view
VIEW_TABLE(review_behind, REVIEW_BEHIND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_quality_view
VIEW_TABLE(review_quality, REVIEW_QUALITY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_mark_row_view
VIEW_TABLE(review_mark_row, REVIEW_MARK_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_rated_view
VIEW_TABLE(review_rated, REVIEW_RATED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_sampled_view
VIEW_TABLE(review_sampled, REVIEW_SAMPLED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_measure_row_view
VIEW_TABLE(review_measure_row, REVIEW_MEASURE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_held_view
VIEW_TABLE(review_held, REVIEW_HELD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_whole_view
VIEW_TABLE(review_whole, REVIEW_WHOLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_measures_view
VIEW_TABLE(review_measures, REVIEW_MEASURES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_measure_view
VIEW_TABLE(review_measure, REVIEW_MEASURE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_heard_view
VIEW_TABLE(review_heard, REVIEW_HEARD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_record_view
VIEW_TABLE(review_record, REVIEW_RECORD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_sample_row_view
VIEW_TABLE(review_sample_row, REVIEW_SAMPLE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_samples_view
VIEW_TABLE(review_samples, REVIEW_SAMPLES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_word_view
VIEW_TABLE(review_word, REVIEW_WORD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_sample_view
VIEW_TABLE(review_sample, REVIEW_SAMPLE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_rule_row_view
VIEW_TABLE(review_rule_row, REVIEW_RULE_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_version_view
VIEW_TABLE(review_version, REVIEW_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_draw_view
VIEW_TABLE(review_draw, REVIEW_DRAW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_policy_view
VIEW_TABLE(review_policy, REVIEW_POLICY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_rule_view
VIEW_TABLE(review_rule, REVIEW_RULE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_pattern_row_view
VIEW_TABLE(review_pattern_row, REVIEW_PATTERN_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_wording_view
VIEW_TABLE(review_wording, REVIEW_WORDING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_earner_view
VIEW_TABLE(review_earner, REVIEW_EARNER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_subsidies_view
VIEW_TABLE(review_subsidies, REVIEW_SUBSIDIES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_paid_case_view
VIEW_TABLE(review_paid_case, REVIEW_PAID_CASE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_line_view
VIEW_TABLE(review_line, REVIEW_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_subsidy_view
VIEW_TABLE(review_subsidy, REVIEW_SUBSIDY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_rates_version_view
VIEW_TABLE(review_rates_version, REVIEW_RATES_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_rates_view
VIEW_TABLE(review_rates, REVIEW_RATES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_commended_view
VIEW_TABLE(review_commended, REVIEW_COMMENDED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS review_commendations_view
VIEW_TABLE(review_commendations, REVIEW_COMMENDATIONS_VIEW)
#undef VIEW_THIS
