/* privacy_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/privacy_sql.h"
#include "platform/held.h"
#include "service/privacy/privacy_erase_acts.h"
#include "service/privacy/privacy_views.h"

static struct str paper_name(enum language language, struct str word)
{
    const char *name = privacy_paper_name(word);

    return name ? text_in(language, name) : word;
}

static struct str erasure_name(enum language language, struct str word)
{
    enum privacy_erasure state = privacy_erasure_of(word);

    return state < PRIVACY_ERASURES ? text_in(language, privacy_erasure_name(state)) : word;
}

static const struct held_table tables[] = {
    {"data_copy", HELD_LISTED, "phone_index reason_sealed"},
    {"data_clerk", HELD_STAFF, ""},
    {"erasure", HELD_LISTED, "phone_index reason_sealed words_sealed"},
    {"erasure_case", HELD_NOBODY, ""},
    {"journal", HELD_LISTED, "address -origin -detail"},
    {"file_going", HELD_PASSING, "file"},
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
     .until = T("Until you have it erased."),
     .columns = {{"at", T("At")},
                 {"until_at", T("Good until")},
                 {"paper", T("What was shown"), .say = paper_name},
                 {"reason_sealed", T("Reason"), "privacy.reason"}}},
    {.query = "privacy.list_held_erasures",
     .title = T("That you asked to be erased"),
     .why = T("To show that it was done, and to do it again if a backup must be restored."),
     .until = T("It stays, without your name and number, so that an old backup can be "
                "erased again."),
     .columns = {{"asked_at", T("Asked at")},
                 {"state", T("State"), .say = erasure_name},
                 {"paper", T("What was shown"), .say = paper_name},
                 {"due_at", T("To be decided by")},
                 {"decided_at", T("Decided at")},
                 {"reason_sealed", T("Reason"), PRIVACY_REASON_USE},
                 {"words_sealed", T("What was said"), PRIVACY_WORDS_USE}}},
    {.query = "privacy.list_held_account_lines",
     .title = T("What was done with your account"),
     .why = T("So that nobody can do or read something unseen."),
     .until = T("As long as the journal is kept."),
     .columns = {{"at", T("At")},
                 {"act", T("What was done")},
                 {"address", T("Your network address"), .say = held_from}}},
    {0},
};

static const struct held_matter matters[] = {
    {.query = "privacy.count_erase_copies", .fate = HELD_GOES, .title = PRIVACY_COPIES_TITLE},
    {.query = "privacy.count_erase_lines",
     .fate = HELD_STAYS,
     .title = T("Lines of the journal: that something was done, and when"),
     .why = T("Network logs are kept for six months; then your network address goes from them. "
              "Without it they lead to nobody. The lines themselves stay, so that nobody can do "
              "something unseen."),
     .law = T("Cybersecurity Law, article 21")},
    {0},
};

static struct outcome erase_last(struct scene *scene, const struct held_erasing *erasing)
{
    return privacy_erase_copies(scene->store, erasing->person.person_id,
                                erasing->person.phone_index);
}

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"data_copy", "copy_id", "reason_sealed", "privacy.reason"},
    {"erasure", "erasure_id", "reason_sealed", "privacy.reason"},
    {"erasure", "erasure_id", "words_sealed", "privacy.words"},
    {"once", "once_hash", "body", "once.body", true},
    {"mark", "name", "value", "installation.keys", true},
    {0},
};

const struct held privacy_holds = {
    tables, lists, privacy_queries, matters, NULL, erase_last, sealed};
