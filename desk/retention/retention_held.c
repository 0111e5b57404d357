/* retention_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/retention_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"retention_rule", HELD_NOBODY, ""},
    {"retention_hold", HELD_STAFF, "reason_sealed"},
    {0},
};

static const struct held_sealed sealed[] = {
    {"retention_hold", "hold_id", "reason_sealed", "retention.reason"},
    {0},
};

const struct held retention_holds = {tables, NULL, retention_queries, NULL, NULL, NULL, sealed};
