/* lecture_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/lecture_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"lecture_wish", HELD_NOBODY, ""},
    {0},
};

const struct held lecture_holds = {tables, NULL, lecture_queries};
