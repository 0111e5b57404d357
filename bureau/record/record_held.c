/* record_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/record_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"service_record", HELD_LISTED, ""},
    {0},
};

const struct held record_holds = {tables, NULL, record_queries};
