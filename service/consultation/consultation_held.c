/* consultation_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "bureau/review/review_acts.h"
#include "gen/consultation_sql.h"
#include "platform/held.h"
#include "service/consultation/consultation_acts.h"

static struct str state_name(enum language language, struct str word)
{
    return text_in(language, consultation_state_name(consultation_state_of(word)));
}
static struct str outcome_name(enum language language, struct str word)
{
    return text_in(language, consultation_outcome_name(word));
}

static struct str consent_name(enum language language, struct str word)
{
    return text_in(language, str_same(word, S("yes")) ? T("You agreed") : T("You did not agree"));
}

static struct str side_name(enum language language, struct str word)
{
    if (str_same(word, S("resident"))) return text_in(language, T("You"));
    return str_same(word, S("consultant")) ? text_in(language, T("Consultant")) : word;
}

static struct str kind_name(enum language language, struct str word)
{
    const char *name = review_kind_name(word);

    return *name ? text_in(language, name) : word;
}

static const struct held_table tables[] = {
    {"consultation", HELD_LISTED, "owner_id phone_sealed phone_index summary"},
    {"exchange", HELD_NOBODY, ""},
    {"message", HELD_LISTED, "author_name text"},
    {"attachment", HELD_LISTED, "attachment_name -file -hash"},
    {"rating", HELD_LISTED, "text"},
    {"canned", HELD_NOBODY, "owner_id text"},
    {"draft", HELD_PASSING, "visitor_hash text_sealed against_sealed phone_sealed"},
    {"pace", HELD_NOBODY, ""},
    {"look_in", HELD_STAFF, ""},
    {"live_again", HELD_LISTED, ""},
    {"ready_version", HELD_NOBODY, "owner_id text"},
    {"handing", HELD_STAFF, "reason"},
    {"said_left", HELD_NOBODY, ""},
    {0},
};

static const struct held_list lists[] = {
    {.query = "consultation.list_held_questions",
     .title = T("Questions you asked"),
     .why = T("To answer what you ask, and to show later who advised you and how."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"state", T("State"), .say = state_name},
                 {"asked_at", T("Asked at")},
                 {"answered_at", T("Answered at")},
                 {"closed_at", T("Closed at")},
                 {"field", T("About")},
                 {"division", T("District (code)")},
                 {"language", T("Language")},
                 {"channel", T("Way it came")},
                 {"priority", T("Priority")},
                 {"phone_sealed", T("Phone number"), "consultation.phone"},
                 {"outcome", T("How it ended"), .say = outcome_name},
                 {"summary", T("Summary")}}},
    {.query = "consultation.list_held_messages",
     .title = T("What was written in them"),
     .why = T("To answer what you ask, and to show later who advised you and how."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"side", T("Written by"), .say = side_name},
                 {"author_name", T("Name shown")},
                 {"text", T("Text")}}},
    {.query = "consultation.list_held_attachments",
     .title = T("Files in them"),
     .why = T("To answer what you ask, and to show later who advised you and how."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"attachment_name", T("File name")},
                 {"type", T("Kind of file")},
                 {"bytes_count", T("Size in bytes")}}},
    {.query = "consultation.list_held_ratings",
     .title = T("Your ratings"),
     .why = T("To see how good our advice is."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"stars", T("Stars")},
                 {"patience", T("Patience")},
                 {"courtesy", T("Courtesy")},
                 {"efficiency", T("Efficiency")},
                 {"correctness", T("Correctness")},
                 {"text", T("Text")}}},
    {.query = "consultation.list_held_consents",
     .title = T("Whether others may read your answer, without your name"),
     .why = T("To keep it from others if you say no."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"answer", T("You were asked whether others may read it"), .say = consent_name},
                 {"at", T("At")},
                 {"published_at", T("Published at")}}},
    {.query = "consultation.list_held_complaints",
     .title = T("Your complaints"),
     .why = T("To look into them and to answer you."),
     .until = HELD_NO_PERIOD,
     .kind = "question",
     .columns = {{"reference", T("Reference")},
                 {"kind", T("Kind"), .say = kind_name},
                 {"state", T("State")},
                 {"made_at", T("Made at")},
                 {"decided_at", T("Decided at")},
                 {"text_sealed", T("Text"), "review.text"},
                 {"phone_sealed", T("Phone number"), "review.phone"},
                 {"reply_sealed", T("Our reply"), "review.text"}}},
    {.query = "consultation.list_held_tickets",
     .title = T("Numbers you drew at a hall"),
     .why = T("To call you when it is your turn."),
     .until = HELD_NO_PERIOD,
     .kind = "ticket",
     .columns = {{"reference", T("Reference")},
                 {"ticket", T("Number drawn")},
                 {"taken_at", T("Taken at")},
                 {"served_at", T("Served at")},
                 {"ended_at", T("Ended at")},
                 {"name_sealed", T("Name"), "hall.name"}}},
    {.query = "consultation.list_held_notices",
     .title = T("Messages sent to you about your questions"),
     .why = T("To tell you when there is news."),
     .until = HELD_NO_PERIOD,
     .kind = "notice",
     .columns = {{"reference", T("Reference")},
                 {"template", T("Message")},
                 {"made_at", T("Made at")},
                 {"sent_at", T("Sent at")},
                 {"to_sealed", T("Sent to"), "notice.to"}}},
    {.query = "consultation.list_held_lines",
     .title = T("What was done with your questions"),
     .why = T("So that nobody can do or read something unseen."),
     .until = T("As long as the journal is kept."),
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"act", T("What was done")},
                 {"address", T("Your network address"), .say = held_from}}},
    {0},
};

static const struct held_matter matters[] = {
    {.query = "consultation.count_erase_over",
     .fate = HELD_GOES,
     .title = T("Questions that are closed, with all that was written and sent in them")},
    {.query = "consultation.count_erase_judged",
     .fate = HELD_JUDGED,
     .title = T("Questions about which a complaint was decided"),
     .why = T("Somebody looks whether a lawsuit or a measure still needs them as evidence."),
     .law = T("Personal Information Protection Law, article 47")},
    {.query = "consultation.count_erase_open",
     .fate = HELD_WAITS,
     .title = T("Questions that are not closed yet"),
     .why = T("We still need them to answer you. They go when they are closed. You can close them "
              "yourself."),
     .law = T("Personal Information Protection Law, article 47, number 1")},
    {.query = "consultation.count_erase_held",
     .fate = HELD_WAITS,
     .title = T("Questions that a lawsuit or an inquiry still needs"),
     .why = HELD_FOR_A_LAWSUIT,
     .law = HELD_LAWSUIT_LAW},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"consultation", "consultation_id", "phone_sealed", "consultation.phone"},
    {"draft", "visitor_hash", "text_sealed", "draft.text", true},
    {"draft", "visitor_hash", "against_sealed", "draft.against", true},
    {"draft", "visitor_hash", "phone_sealed", "draft.phone", true},
    {0},
};

static const struct held_kept kept[] = {
    {"question", "questions that are closed, with all that was written and sent in them",
     "consultation.count_kept", "consultation.find_kept", consultation_drop_kept},
    {0},
};

const struct held consultation_holds = {
    tables, lists, consultation_queries, matters, consultation_erase, NULL, sealed, kept};
