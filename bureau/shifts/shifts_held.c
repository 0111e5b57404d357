/* shifts_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/shifts_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"shift_rules", HELD_NOBODY, ""},
    {"shift_plan", HELD_NOBODY, ""},
    {"shift_member", HELD_STAFF, ""},
    {"shift", HELD_STAFF, ""},
    {"shift_past", HELD_STAFF, ""},
    {"shift_backup", HELD_STAFF, ""},
    {"shift_feed", HELD_STAFF, "token_hash"},
    {"shift_alarm", HELD_NOBODY, ""},
    {"shift_leave", HELD_STAFF, "kind_sealed answer_sealed"},
    {"shift_swap", HELD_STAFF, ""},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"shift_leave", "leave_id", "kind_sealed", "shifts.kind"},
    {"shift_leave", "leave_id", "answer_sealed", "shifts.answer"},
    {0},
};

const struct held shifts_holds = {tables, NULL, shifts_queries, NULL, NULL, NULL, sealed};
