/* referral_held.c -- what the table of this room holds about people; see platform/held.h. */
#include "gen/referral_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"referral_office", HELD_STAFF, ""},
    {"referral_now", HELD_PASSING,
     "known_sealed other_sealed answers_sealed visitor_hash receipt_sealed"},
    {0},
};

static const struct held_sealed sealed[] = {
    {"referral_now", "consultation_id", "known_sealed", "referral.words", false},
    {"referral_now", "consultation_id", "other_sealed", "referral.words", false},
    {"referral_now", "consultation_id", "answers_sealed", "referral.words", false},
    {"referral_now", "consultation_id", "receipt_sealed", "referral.words", false},
    {0},
};

const struct held referral_holds = {tables, NULL, referral_queries, NULL, NULL, NULL, sealed};
