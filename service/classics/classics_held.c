/* classics_held.c -- what the tables of this room hold about people; see platform/held.h.
 *
 * A vote is kept under a hash of its round and its voter: it leads to nobody, and of two rounds it
 * is another. */
#include "gen/classics_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"classics_round", HELD_STAFF, ""},
    {"classics_nomination", HELD_STAFF, "reason"},
    {"classics_vote", HELD_NOBODY, "voter_hash"},
    {0},
};

const struct held classics_holds = {tables, NULL, classics_queries, NULL, NULL, NULL, NULL};
