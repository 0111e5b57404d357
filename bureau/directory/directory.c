/* directory.c -- see directory.h. */
#include "bureau/directory/directory.h"

const struct directory_word directory_kinds[] = {
    {"law_firm", T("Law firm")},
    {"notary_office", T("Notary office")},
    {"appraisal", T("Forensic appraisal body")},
    {"arbitration", T("Arbitration commission")},
    {"mediation", T("Mediation committee")},
    {"legal_aid", T("Legal aid office")},
    {"legal_service", T("Grassroots legal service office")},
    {"office", T("Judicial office")},
    {NULL, NULL},
};
const struct directory_word directory_credits[] = {
    {"review", T("Yearly review")},
    {"award", T("Award")},
    {"penalty", T("Penalty")},
    {"dishonest", T("Entry in a list of the dishonest")},
    {NULL, NULL},
};
const struct directory_word directory_wrongs[] = {
    {"name", T("The name")},
    {"licence", T("The licence")},
    {"fields", T("Fields of law or languages")},
    {"contact", T("Address or telephone")},
    {"credit", T("What is told about credit")},
    {"gone", T("Does not work there any more, or is closed")},
    {"other", T("Something else")},
    {NULL, NULL},
};
const struct directory_word directory_states[] = {
    {"open", T("Not looked at yet")},
    {"applied", T("Corrected")},
    {"refused", T("Stays as it is")},
    {NULL, NULL},
};

static const struct {
    const char *kind, *item;
} visits[] = {
    {"notary_office", "notary-consultation"},
    {"appraisal", "forensic-consultation"},
    {"arbitration", "arbitration-consultation"},
    {"mediation", "people-mediation"},
    {"legal_aid", "legal-aid-civil"}, /* and of professions: */
    {"notary", "notary-consultation"},
    {"forensic", "forensic-consultation"},
    {"mediator", "people-mediation"},
};

struct str directory_visit(struct str kind)
{
    for (size_t i = 0; i < COUNT(visits); i++)
        if (str_same(kind, str_of(visits[i].kind))) return str_of(visits[i].item);
    return S("window-consultation");
}

static const struct {
    const char *heading, *zh, *name;
    bool is_needed;
} columns[DIRECTORY_COLUMNS] = {
    [DIRECTORY_KIND] = {"kind", "类别", T("Kind"), true},
    [DIRECTORY_NAME] = {"name", "名称", T("Name"), true},
    [DIRECTORY_DIVISION] = {"district", "区", T("District"), true},
    [DIRECTORY_ADDRESS] = {"address", "地址", T("Street and number"), false},
    [DIRECTORY_PHONE] = {"phone", "电话", T("Telephone"), false},
    [DIRECTORY_LICENCE] = {"licence", "许可证号", T("Licence number"), false},
    [DIRECTORY_SOURCE] = {"source", "来源", T("Source"), true},
    [DIRECTORY_SOURCE_DAY] = {"source_day", "来源日期", T("Day of the source"), true},
    [DIRECTORY_STATE] = {"state", "状态", T("State"), false},
};

const char *directory_name(const struct directory_word *words, struct str word)
{
    for (; words->word; words++)
        if (str_same(word, str_of(words->word))) return words->name;
    return "";
}

enum directory_column directory_column_of(struct str heading)
{
    int column = 0;

    while (column < DIRECTORY_COLUMNS && !str_same(heading, str_of(columns[column].heading)) &&
           !str_same(heading, str_of(columns[column].zh)))
        column++;
    return (enum directory_column)column;
}

bool directory_column_is_needed(enum directory_column column)
{
    return columns[column].is_needed;
}

const char *directory_column_name(enum directory_column column)
{
    return columns[column].name;
}

bool directory_is_closed(struct str typed)
{
    return str_same(typed, S("closed")) || str_same(typed, S("注销"));
}
