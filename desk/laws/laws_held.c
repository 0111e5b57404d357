/* laws_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/laws_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"law", HELD_NOBODY, ""},
    {"law_version", HELD_NOBODY, "law_hash"},
    {"law_article", HELD_NOBODY, "words"},
    {"law_alias", HELD_NOBODY, ""},
    {"law_repeal", HELD_NOBODY, ""},
    {0},
};

const struct held laws_holds = {tables, NULL, laws_queries};
