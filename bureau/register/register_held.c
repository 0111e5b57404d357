/* register_held.c -- what the tables of this room hold about people; see platform/held.h. */
#include "gen/register_sql.h"
#include "platform/files.h"
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
    {"directory_figure", HELD_STAFF, ""},
    {0},
};

/* %1: a number of days. */
#define AFTER                                                                                      \
    T("Until %1 days after it came to nothing. One that was granted stays as an archive for ten "  \
      "years.")

static const struct held_list lists[] = {
    {.query = "register.list_held_applications",
     .title = T("Your application to serve as a volunteer"),
     .why = T("To check who wants to serve here, and to decide about it."),
     .until = HELD_NO_PERIOD,
     .kind = "application",
     .after = AFTER,
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
     .until = HELD_NO_PERIOD,
     .kind = "application",
     .after = AFTER,
     .columns = {{"reference", T("Reference")},
                 {"at", T("At")},
                 {"file_name", T("File name")},
                 {"type", T("Kind of file")},
                 {"bytes_count", T("Size in bytes")}}},
    {0},
};

static const struct held_matter matters[] = {
    {.query = "register.count_erase_over",
     .fate = HELD_GOES,
     .title = T("Applications to serve that were not handed in, were refused or withdrawn")},
    {.query = "register.count_erase_open",
     .fate = HELD_WAITS,
     .title = T("An application to serve that is not decided yet"),
     .why = T("We still need it to decide. It goes if it is refused or you withdraw it."),
     .law = T("Personal Information Protection Law, article 47, number 1")},
    {.query = "register.count_erase_held",
     .fate = HELD_WAITS,
     .title = T("Applications to serve that a lawsuit or an inquiry still needs"),
     .why = HELD_FOR_A_LAWSUIT,
     .law = HELD_LAWSUIT_LAW},
    {.query = "register.count_erase_kept",
     .fate = HELD_STAYS,
     .title = T("An application to serve that was granted"),
     .why = T("It shows that whoever advises people here may do so. It is used for nothing else."),
     .law = T("Archives Law, articles 14 and 21; Personal Information Protection Law, article 47, "
              "last paragraph"),
     .keep_days = 10 * 365 + 2},
    {0},
};

static struct outcome erase_one(struct scene *scene, id application_id)
{
    const struct register_list_erase_files_row *files;
    size_t count;

    TRY(register_list_erase_files(scene->arena, scene->store, application_id, &files, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(register_erase_file_looks(scene->store, files[i].file_id));
        TRY(files_going(scene, files[i].file));
    }
    TRY(register_erase_files(scene->store, application_id));
    return register_erase_application(scene->store, application_id);
}

static struct outcome erase(struct scene *scene, const struct held_erasing *erasing, bool *found,
                            id *case_id)
{
    struct register_find_erase_next_row row;

    *found = false;
    if (!erasing->person.person_id) return DONE;
    TRY(register_find_erase_next(scene->store, erasing->person.person_id, erasing->is_again, &row,
                                 found));
    if (!*found) return DONE;
    *case_id = row.application_id;
    return erase_one(scene, *case_id);
}

/* What each is sealed for, so that it can be sealed anew with another key. */
static const struct held_sealed sealed[] = {
    {"application", "application_id", "statement_sealed", "application.statement"},
    {"application", "application_id", "words_sealed", "application.words"},
    {"people_import", "import_id", "table_sealed", "people_import.table"},
    {"people_import", "import_id", "marks_sealed", "people_import.marks"},
    {0},
};

static struct outcome drop(struct scene *scene, moment before, struct held_gone *gone)
{
    struct register_find_kept_next_row row;
    bool found;

    TRY(register_find_kept_next(scene->store, before, &row, &found));
    gone->count = found;
    return found ? erase_one(scene, row.application_id) : DONE;
}

static const struct held_kept kept[] = {
    {"application", "volunteers' applications that came to nothing", "register.count_kept",
     "register.find_kept", drop},
    {0},
};

const struct held register_holds = {tables, lists, register_queries, matters, erase, NULL, sealed,
                                    kept};
