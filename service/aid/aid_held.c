/* aid_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/aid_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"aid_referral", HELD_PASSING, "answers_sealed what_sealed visitor_hash"},
    /* What a lawyer reported about the work; of the case itself everything is listed there. */
    {"aid_closing", HELD_STAFF, "without_sealed report_sealed back_sealed mark_sealed"},
    {"aid_paper", HELD_STAFF, "file_name -file -hash"},
    {"aid_rates", HELD_NOBODY, ""},
    {"aid_rate", HELD_NOBODY, ""},
    {"aid_draft", HELD_PASSING, "visitor_hash answers_sealed"},
    {"aid_rules", HELD_NOBODY, ""},
    {"aid_rules_file", HELD_NOBODY, "file_name"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"aid_draft", "visitor_hash", "answers_sealed", "aid.answers", true},
    {"aid_referral", "consultation_id", "answers_sealed", "aid.referral.answers", false},
    {"aid_referral", "consultation_id", "what_sealed", "aid.referral.what", false},
    {"aid_closing", "case_id", "without_sealed", "aid.closing", false},
    {"aid_closing", "case_id", "report_sealed", "aid.closing", false},
    {"aid_closing", "case_id", "back_sealed", "aid.closing", false},
    {"aid_closing", "case_id", "mark_sealed", "aid.closing", false},
    {0},
};

const struct held aid_holds = {tables, NULL, aid_queries, NULL, NULL, NULL, sealed};
