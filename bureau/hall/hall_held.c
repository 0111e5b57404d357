/* hall_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/hall_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"hall", HELD_NOBODY, ""},
    {"hall_line", HELD_NOBODY, ""},
    {"hall_window", HELD_STAFF, ""},
    {"hall_window_line", HELD_NOBODY, ""},
    {"hall_staff", HELD_STAFF, ""},
    {"hall_count", HELD_NOBODY, ""},
    {"hall_ticket", HELD_LISTED, "name_sealed code_hash"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"hall_ticket", "ticket_id", "name_sealed", "hall.name"},
    {0},
};

static struct outcome drop(struct scene *scene, moment before, struct held_gone *gone)
{
    TRY(hall_drop_kept(scene->store, before));
    gone->count = store_changes(scene->store);
    return DONE;
}

static const struct held_kept kept[] = {
    {"ticket", "names of people who drew a number at a hall", "hall.count_kept", NULL, drop},
    {0},
};

const struct held hall_holds = {tables, NULL, hall_queries, NULL, NULL, NULL, sealed, kept};
