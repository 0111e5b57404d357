/* seal_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/seal_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"seal", HELD_NOBODY, ""},
    {"seal_stamp", HELD_NOBODY, ""},
    {0},
};

const struct held seal_holds = {tables, NULL, seal_queries};
