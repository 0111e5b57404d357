/* people_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/people_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"law_field", HELD_NOBODY, "words"},     {"team", HELD_NOBODY, ""},
    {"consultant", HELD_STAFF, ""},          {"consultant_field", HELD_STAFF, ""},
    {"consultant_language", HELD_STAFF, ""}, {"presence", HELD_STAFF, ""},
    {"desk_hours", HELD_NOBODY, ""},         {"desk_opening", HELD_NOBODY, ""},
    {"desk_exception", HELD_NOBODY, ""},     {"person_note", HELD_STAFF, "reason"},
    {"team_below", HELD_NOBODY, ""},         {0},
};

const struct held people_holds = {tables, NULL, people_queries};
