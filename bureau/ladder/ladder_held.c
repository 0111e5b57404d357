/* ladder_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/ladder_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"ladder_version", HELD_NOBODY, "note"},
    {"ladder_number", HELD_NOBODY, ""},
    {"ladder_border", HELD_NOBODY, ""},
    {"ladder_desk", HELD_NOBODY, "note"},
    {"ladder_step", HELD_NOBODY, "note"},
    {"ladder_call", HELD_STAFF, "token_hash"},
    {"ladder_contact", HELD_STAFF, "phone_sealed"},
    {"ladder_opt_out", HELD_STAFF, ""},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"ladder_contact", "person_id", "phone_sealed", "ladder.phone"},
    {0},
};

const struct held ladder_holds = {tables, NULL, ladder_queries, NULL, NULL, NULL, sealed};
