/* forecast_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/forecast_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"forecast_policy", HELD_NOBODY, ""}, {"forecast_arrival", HELD_NOBODY, ""},
    {"forecast_import", HELD_NOBODY, ""}, {"forecast_import_piece", HELD_NOBODY, ""},
    {"forecast_forget", HELD_NOBODY, ""}, {0},
};

const struct held forecast_holds = {tables, NULL, forecast_queries};
