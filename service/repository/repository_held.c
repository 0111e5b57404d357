/* repository_held.c -- what the tables of this room hold about people; see platform/held.h.
 *
 * Entries are answers with what would tell the asker masked and looked at by a person; that they
 * were made of somebody's question, and whether that was agreed to, the room consultation lists. */
#include "gen/repository_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"repository_consent", HELD_LISTED, ""},
    {"repository_entry", HELD_LISTED, "-reason_sealed"},
    {"repository_version", HELD_NOBODY, "title_sealed question_sealed answer_sealed"},
    {"repository_cite", HELD_NOBODY, "words_hash"},
    {"repository_change", HELD_NOBODY, ""},
    {"repository_vote", HELD_NOBODY, "voter_hash address_hash"},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"repository_entry", "entry_id", "reason_sealed", "repository.text"},
    {"repository_version", "entry_id", "title_sealed", "repository.text"},
    {"repository_version", "entry_id", "question_sealed", "repository.text"},
    {"repository_version", "entry_id", "answer_sealed", "repository.text"},
    {0},
};

const struct held repository_holds = {tables, NULL, repository_queries, NULL, NULL, NULL, sealed};
