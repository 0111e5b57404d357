/* assistant_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/assistant_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"assistant_talk", HELD_PASSING, "visitor_hash talk_sealed"},
    {0},
};

const struct held assistant_holds = {tables, NULL, assistant_queries};
