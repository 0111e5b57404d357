/* mediation_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/mediation_sql.h"
#include "platform/held.h"
#include "service/mediation/mediation.h"

static struct str event_name(enum language language, struct str word)
{
    return text_in(language, mediation_event_name(word));
}

static struct str performed_name(enum language language, struct str word)
{
    return text_in(language, mediation_performed_name(word));
}

static const struct held_table tables[] = {
    {"mediation_now", HELD_LISTED, "name_sealed phone_sealed -code_sealed -respondent_id"},
    {"mediation_proposal", HELD_LISTED, "words_sealed end_sealed"},
    {"mediation_session", HELD_LISTED, "place_sealed words_sealed record_sealed"},
    {"mediation_agreement", HELD_LISTED, "facts_sealed terms_sealed"},
    {"mediation_event", HELD_LISTED, ""},
    {"mediation_follow", HELD_LISTED, "-words_sealed"}, /* both sides speak in it */
    {0},
};

#define WHY T("To settle the dispute, and to show later what was agreed.")
#define UNTIL T("As an archive: 30 years after it is over.")

static const struct held_list lists[] = {
    {.query = "mediation.list_held_parts",
     .title = T("Mediations you take part in as the other side"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"joined_at", T("At")},
                 {"name_sealed", T("Name"), "mediation.name"},
                 {"phone_sealed", T("Phone number"), "mediation.phone"}}},
    {.query = "mediation.list_held_sessions",
     .title = T("Sessions you took part in"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"starts_at", T("At")},
                 {"state", T("State")},
                 {"place_sealed", T("Where to"), "mediation.record"},
                 {"words_sealed", T("What was said"), "mediation.record"},
                 {"record_sealed", T("Record"), "mediation.record"}}},
    {.query = "mediation.list_held_agreements",
     .title = T("Agreements of your mediations"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"version", T("Version")},
                 {"at", T("At")},
                 {"facts_sealed", T("What the dispute is about"), "mediation.terms"},
                 {"terms_sealed", T("What both sides agree on"), "mediation.terms"},
                 {"perform_day", T("By which day everything is done")}}},
    {.query = "mediation.list_held_proposals",
     .title = T("Who was proposed as mediator"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"words_sealed", T("What was said"), "mediation.words"},
                 {"end_sealed", T("What you objected"), "mediation.words"}}},
    {.query = "mediation.list_held_events",
     .title = T("What happened in your mediations"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"event", T("What was done"), .say = event_name}}},
    {.query = "mediation.list_held_follows",
     .title = T("Whether your agreements are kept"),
     .why = WHY,
     .until = UNTIL,
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"performed", T("Is the agreement kept?"), .say = performed_name}}},
    {0},
};

/* As of every case: see desk/cases/cases_held.c. */
enum { ARCHIVED_DAYS = 30 * 365 + 7 };

static const struct held_matter matters[] = {
    {.query = "mediation.count_erase_under_way",
     .fate = HELD_WAITS,
     .title = T("Mediations you take part in that are under way"),
     .why = T("The other person needs them, too. You can stop the mediation. What came of it is "
              "then kept as an archive."),
     .law = T("Personal Information Protection Law, article 47, number 1")},
    {.query = "mediation.count_erase_kept",
     .fate = HELD_STAYS,
     .title = T("Mediations you took part in that are over"),
     .why = T("They are archives: nobody may destroy one before its time. They are used for "
              "nothing else. Their reference still opens them at a window."),
     .law = T("Archives Law, articles 14 and 21; Personal Information Protection Law, article 47, "
              "last paragraph"),
     .keep_days = ARCHIVED_DAYS},
    {0},
};

static const struct held_sealed sealed[] = {
    {"mediation_now", "case_id", "name_sealed", "mediation.name", false},
    {"mediation_now", "case_id", "phone_sealed", "mediation.phone", false},
    {"mediation_now", "case_id", "code_sealed", "mediation.code", false},
    {"mediation_follow", "case_id", "words_sealed", "mediation.words", false},
    {"mediation_proposal", "case_id", "words_sealed", "mediation.words", false},
    {"mediation_proposal", "case_id", "end_sealed", "mediation.words", false},
    {"mediation_session", "session_id", "place_sealed", "mediation.record", false},
    {"mediation_session", "session_id", "words_sealed", "mediation.record", false},
    {"mediation_session", "session_id", "record_sealed", "mediation.record", false},
    {"mediation_agreement", "case_id", "facts_sealed", "mediation.terms", false},
    {"mediation_agreement", "case_id", "terms_sealed", "mediation.terms", false},
    {0},
};

const struct held mediation_holds = {tables, lists, mediation_queries, matters, NULL, NULL, sealed};
