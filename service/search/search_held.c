/* search_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/search_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"search_lesson", HELD_NOBODY, "question question_hash"},
    {"search_lesson_article", HELD_NOBODY, ""},
    {0},
};

const struct held search_holds = {tables, NULL, search_queries};
