/* items_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/items_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"item_word", HELD_NOBODY, ""},    {"item_release", HELD_NOBODY, ""},
    {"item_version", HELD_NOBODY, ""}, {"item_listed", HELD_NOBODY, ""},
    {"item_draft", HELD_NOBODY, ""},   {0},
};

const struct held items_holds = {tables, NULL, items_queries};
