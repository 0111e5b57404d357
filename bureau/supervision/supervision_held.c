/* supervision_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/supervision_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"alarm", HELD_STAFF, ""},
    {"threshold", HELD_NOBODY, ""},
    {"report", HELD_NOBODY, ""},
    {"report_part", HELD_NOBODY, ""},
    {"report_fact", HELD_LISTED, ""},
    {"report_sum", HELD_NOBODY, ""},
    {"duty", HELD_NOBODY, ""},
    {"announcement", HELD_NOBODY, ""},
    {"announcement_read", HELD_STAFF, ""},
    {"subscription", HELD_STAFF, "address_sealed proof_hash"},
    {"report_mail", HELD_STAFF, "address_sealed"},
    {"subscription_letter", HELD_STAFF, "address_index"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"subscription", "person_id", "address_sealed", "supervision.mail"},
    {"report_mail", "mail_id", "address_sealed", "supervision.mail"},
    {0},
};

const struct held supervision_holds = {tables, NULL, supervision_queries, NULL, NULL, NULL, sealed};
