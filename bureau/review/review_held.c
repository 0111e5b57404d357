/* review_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/review_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"review_policy", HELD_NOBODY, ""},
    {"review_rule", HELD_NOBODY, ""},
    {"complaint", HELD_LISTED,
     "text_sealed phone_sealed -question_sealed -statement_sealed reply_sealed"},
    {"complaint_note", HELD_STAFF, "text_sealed"},
    {"wording_pattern", HELD_NOBODY, ""},
    {"wording_flag", HELD_STAFF, ""},
    {"flag_away", HELD_STAFF, ""},
    {"sample_draw", HELD_NOBODY, ""},
    {"sample", HELD_STAFF, "comment_sealed"},
    {"measure", HELD_STAFF, "reason_sealed notice_sealed appeal_sealed reply_sealed"},
    {"complaint_away", HELD_STAFF, ""},
    {"subsidy_policy", HELD_NOBODY, ""},
    {"subsidy_rate", HELD_NOBODY, ""},
    {"subsidy_month", HELD_NOBODY, ""},
    {"subsidy_line", HELD_STAFF, "reason"},
    {"subsidy_case", HELD_STAFF, ""},
    {"commendation", HELD_STAFF, ""},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"complaint", "complaint_id", "text_sealed", "review.text"},
    {"complaint", "complaint_id", "phone_sealed", "review.phone"},
    {"complaint", "complaint_id", "question_sealed", "review.text"},
    {"complaint", "complaint_id", "statement_sealed", "review.text"},
    {"complaint", "complaint_id", "reply_sealed", "review.text"},
    {"complaint_note", "note_id", "text_sealed", "review.text"},
    {"sample", "sample_id", "comment_sealed", "review.text"},
    {"measure", "measure_id", "reason_sealed", "review.text"},
    {"measure", "measure_id", "notice_sealed", "review.text"},
    {"measure", "measure_id", "appeal_sealed", "review.text"},
    {"measure", "measure_id", "reply_sealed", "review.text"},
    {0},
};

const struct held review_holds = {tables, NULL, review_queries, NULL, NULL, NULL, sealed};
