/* privacy_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/privacy_sql.h"
#include "platform/held.h"
#include "service/privacy/privacy.h"

static struct str paper_name(enum language language, struct str word)
{
    const char *name = privacy_paper_name(word);

    return name ? text_in(language, name) : word;
}

static const struct held_table tables[] = {
    {"data_copy", HELD_LISTED, "phone_index reason_sealed"},
    {"data_clerk", HELD_STAFF, ""},
    {"journal", HELD_LISTED, "address -detail"},
    {"deadline", HELD_NOBODY, ""},
    {"once", HELD_PASSING, "once_hash body"},
    {"migration", HELD_NOBODY, ""},
    {"mark", HELD_NOBODY, "name value"},
    {0},
};

static const struct held_list lists[] = {
    {.query = "privacy.list_held_copies",
     .title = PRIVACY_COPIES_TITLE,
     .why = T("To show who has had a copy, and why."),
     .until = T("Until the bureau erases it. No day is set yet."),
     .columns = {{"at", T("At")},
                 {"until_at", T("Good until")},
                 {"paper", T("What was shown"), .say = paper_name},
                 {"reason_sealed", T("Reason"), "privacy.reason"}}},
    {.query = "privacy.list_held_account_lines",
     .title = T("What was done with your account"),
     .why = T("So that nobody can do or read something unseen."),
     .until = T("As long as the journal is kept."),
     .columns = {{"at", T("At")},
                 {"act", T("What was done")},
                 {"address", T("Your network address")}}},
    {0},
};

const struct held privacy_holds = {tables, lists, privacy_queries};
