/* register_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/register_sql.h"
#include "platform/held.h"

static const struct held_table tables[] = {
    {"application", HELD_LISTED, "person_name statement_sealed words_sealed"},
    {"application_file", HELD_LISTED, "file_name -file -hash"},
    {"application_look", HELD_STAFF, ""},
    {"invitation", HELD_STAFF, "phone_index"},
    {"membership", HELD_STAFF, ""},
    {"people_import", HELD_STAFF, "file_name table_sealed marks_sealed"},
    {"licence_reminder", HELD_STAFF, ""},
    {"sanction", HELD_STAFF, ""},
    {"unlisted", HELD_STAFF, ""},
    {0},
};

static const struct held_list lists[] = {
    {.query = "register.list_held_applications",
     .title = T("Your application to serve as a volunteer"),
     .why = T("To check who wants to serve here, and to decide about it."),
     .until = T("Until the bureau erases it. No day is set yet."),
     .columns = {{"reference", T("Reference")},
                 {"state", T("State")},
                 {"made_at", T("Made at")},
                 {"handed_in_at", T("Handed in at")},
                 {"decided_at", T("Decided at")},
                 {"person_name", T("Name")},
                 {"profession", T("Profession")},
                 {"division", T("District (code)")},
                 {"licence", T("Licence number")},
                 {"statement_sealed", T("What you wrote about yourself"), "application.statement"},
                 {"words_sealed", T("What was said"), "application.words"}}},
    {.query = "register.list_held_application_files",
     .title = T("Files you handed in as a volunteer"),
     .why = T("To check who wants to serve here, and to decide about it."),
     .until = T("Until the bureau erases it. No day is set yet."),
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"file_name", T("File name")},
                 {"type", T("Kind of file")},
                 {"bytes_count", T("Size in bytes")}}},
    {0},
};

const struct held register_holds = {tables, lists, register_queries};
