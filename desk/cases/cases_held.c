/* cases_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "desk/cases/cases.h"
#include "gen/cases_sql.h"
#include "platform/held.h"

static struct str outcome_name(enum language language, struct str word)
{
    const struct cases_outcome *outcome = cases_outcome_of(word);

    return outcome ? text_in(language, outcome->name) : word;
}

static const struct held_table tables[] = {
    {"case_now", HELD_LISTED, "name_sealed phone_sealed owner_id"},
    {"case_step", HELD_LISTED, "words_sealed"},
    {"case_answer", HELD_LISTED, "answer_sealed"},
    {"case_paper", HELD_LISTED, "file_name -file -hash"},
    {"case_look", HELD_STAFF, ""},
    {"case_breach", HELD_STAFF, ""},
    {"case_party", HELD_LISTED, "name_index"},
    {"case_agent", HELD_STAFF, ""},
    {"case_letter", HELD_LISTED, ""},
    /* What offices ask of each other; the papers drawn of a case, which its page shows. */
    {"case_task", HELD_STAFF, "words_sealed answer_sealed end_sealed"},
    {"case_sheet", HELD_LISTED, ""},
    {"case_link", HELD_LISTED, ""},
    {"case_original", HELD_LISTED, "what_sealed place_sealed"},
    {"case_visit", HELD_LISTED, "place_sealed words_sealed end_sealed"},
    /* Which authority asked, and who typed it in: of the case itself all is listed. */
    {"case_typed", HELD_STAFF, "notice_sealed"},
    {0},
};

static const struct held_list lists[] = {
    {.query = "cases.list_held_cases",
     .title = T("What you applied for"),
     .why = T("To decide on what you applied for, and to show later how it was decided."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"item", T("Item")},
                 {"state", T("State")},
                 {"outcome", T("How it ended"), .say = outcome_name},
                 {"opened_at", T("Handed in at")},
                 {"closed_at", T("Closed at")},
                 {"division", T("District (code)")},
                 {"channel", T("Way it came")},
                 {"name_sealed", T("Name"), "case.name"},
                 {"phone_sealed", T("Phone number"), "case.phone"}}},
    {.query = "cases.list_held_answers",
     .title = T("What you answered when you applied"),
     .why = T("To decide on what you applied for, and to show later how it was decided."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"field", T("About")},
                 {"answer_sealed", T("Answer"), "case.answer"}}},
    {.query = "cases.list_held_steps",
     .title = T("The steps of your applications"),
     .why = T("To decide on what you applied for, and to show later how it was decided."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"outcome", T("How it ended"), .say = outcome_name},
                 {"words_sealed", T("What was said"), "case.words"}}},
    {.query = "cases.list_held_papers",
     .title = T("Papers you handed in"),
     .why = T("To decide on what you applied for, and to show later how it was decided."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"file_name", T("File name")},
                 {"type", T("Kind of file")},
                 {"bytes_count", T("Size in bytes")}}},
    {.query = "cases.list_held_visits",
     .title = T("Visits to you"),
     .why = T("To come to you when you can hardly go out."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"starts_at", T("At")},
                 {"state", T("State")},
                 {"place_sealed", T("Where to"), "case.words"},
                 {"words_sealed", T("What was said"), "case.words"},
                 {"end_sealed", T("What came of it"), "case.words"}}},
    {.query = "cases.list_held_originals",
     .title = T("Originals of yours we took in"),
     .why = T("To give each paper back to you."),
     .until = T("As an archive: 30 years after it is over."),
     .columns = {{"reference", T("Reference")},
                 {"taken_at", T("At")},
                 {"given_at", T("Given back at")},
                 {"what_sealed", T("What paper"), "case.words"},
                 {"pages_count", T("Number of pages")}}},
    {.query = "cases.list_held_case_notices",
     .title = T("Messages sent to you about your applications"),
     .why = T("To tell you when there is news."),
     .until = HELD_NO_PERIOD,
     .kind = "notice",
     .columns = {{"reference", T("Reference")},
                 {"template", T("Message")},
                 {"made_at", T("Made at")},
                 {"sent_at", T("Sent at")},
                 {"to_sealed", T("Sent to"), "notice.to"}}},
    {.query = "cases.list_held_case_lines",
     .title = T("What was done with your applications"),
     .why = T("So that nobody can do or read something unseen."),
     .until = T("As long as the journal is kept."),
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"act", T("What was done")},
                 {"address", T("Your network address"), .say = held_from}}},
    {0},
};

/* The periods are those of the State Archives Administration's order 8: 30 years for what a bureau
 * decided about somebody, counted from the end. */
enum { ARCHIVED_DAYS = 30 * 365 + 7 };

static const struct held_matter matters[] = {
    {.query = "cases.count_erase_under_way",
     .fate = HELD_WAITS,
     .title = T("Applications that are under way"),
     .why = T("We still need them to decide. You can withdraw them. What is decided is then kept "
              "as an archive."),
     .law = T("Personal Information Protection Law, article 47, number 1")},
    {.query = "cases.count_erase_kept",
     .fate = HELD_STAYS,
     .title = T("Applications that were decided, and their papers"),
     .why = T("They are archives: nobody may destroy one before its time. They are used for "
              "nothing else. Their reference still opens them at a window."),
     .law = T("Archives Law, articles 14 and 21; Personal Information Protection Law, article 47, "
              "last paragraph"),
     .keep_days = ARCHIVED_DAYS},
    {0},
};

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"case_now", "case_id", "name_sealed", "case.name"},
    {"case_now", "case_id", "phone_sealed", "case.phone"},
    {"case_step", "case_id", "words_sealed", "case.words"},
    {"case_answer", "case_id", "answer_sealed", "case.answer"},
    {"case_task", "task_id", "words_sealed", "case.words"},
    {"case_task", "task_id", "answer_sealed", "case.words"},
    {"case_task", "task_id", "end_sealed", "case.words"},
    {"case_typed", "case_id", "notice_sealed", "case.words"},
    {"case_original", "original_id", "what_sealed", "case.words"},
    {"case_original", "original_id", "place_sealed", "case.words"},
    {"case_visit", "visit_id", "place_sealed", "case.words"},
    {"case_visit", "visit_id", "words_sealed", "case.words"},
    {"case_visit", "visit_id", "end_sealed", "case.words"},
    {0},
};

const struct held cases_holds = {tables, lists, cases_queries, matters, NULL, NULL, sealed};
