/* directory_held.c -- what the tables of this room hold about people; see platform/held.h.
 *
 * What somebody reports leads to no person: a telephone number, if they gave one, goes when it is
 * decided, and the words some weeks afterwards. */
#include "gen/directory_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"directory_body", HELD_NOBODY, "body_name address phone"},
    {"directory_credit", HELD_STAFF, "words"},
    {"directory_wrong", HELD_PASSING, "words_sealed phone_sealed reason"},
    {0},
};

static const struct held_sealed sealed[] = {
    {"directory_wrong", "wrong_id", "words_sealed", "directory.wrong", false},
    {"directory_wrong", "wrong_id", "phone_sealed", "directory.wrong", false},
    {0},
};

const struct held directory_holds = {tables, NULL, directory_queries, NULL, NULL, NULL, sealed};
