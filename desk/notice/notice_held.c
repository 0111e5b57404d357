/* notice_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/notice_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"notice", HELD_LISTED, "to_sealed -words"},
    {0},
};

const struct held notice_holds = {tables, NULL, notice_queries};
