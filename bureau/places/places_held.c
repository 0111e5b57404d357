/* places_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/places_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"place_notice", HELD_NOBODY, ""},
    {"place_notice_before", HELD_NOBODY, ""},
    {0},
};

const struct held places_holds = {tables, NULL, places_queries};
