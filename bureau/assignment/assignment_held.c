/* assignment_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/assignment_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"assignment", HELD_STAFF, "reason"},
    {"assignment_spell", HELD_STAFF, ""},
    {"assignment_share", HELD_STAFF, ""},
    {"assignment_bar", HELD_STAFF, "party_hash party_sealed"},
    {"assignment_party", HELD_LISTED, "party_hash"},
    {"assignment_policy", HELD_NOBODY, ""},
    {"assignment_wish", HELD_LISTED, ""},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"assignment_bar", "bar_id", "party_sealed", "assignment.party"},
    {0},
};

const struct held assignment_holds = {tables, NULL, assignment_queries, NULL, NULL, NULL, sealed};
