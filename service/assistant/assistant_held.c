/* assistant_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/assistant_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"assistant_talk", HELD_PASSING, "visitor_hash talk_sealed"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"assistant_talk", "visitor_hash", "talk_sealed", "assistant.talk", true},
    {0},
};

const struct held assistant_holds = {tables, NULL, assistant_queries, NULL, NULL, NULL, sealed};
