/* aid_closing.c -- closing files: kinds of work, papers, marks.  See
 * aid_closing.h. */
#include "service/aid/aid_closing.h"

const struct aid_word aid_kinds[AID_KINDS] = {
    {"arbitration", T("Labour arbitration")},
    {"civil", T("Civil lawsuit")},
    {"administrative", T("Administrative lawsuit or state compensation")},
    {"settlement", T("Settled without a lawsuit")},
    {"investigation", T("Defence while the police investigate")},
    {"prosecution", T("Defence before the procuratorate")},
    {"trial", T("Defence in court")},
    {"victim", T("For somebody harmed by a crime")}};

const struct aid_word aid_ends[AID_ENDS] = {
    {"won", T("All that was asked for")}, {"part", T("A part of it")},
    {"lost", T("Nothing of it")},         {"agreed", T("Both sides agreed")},
    {"dropped", T("It was not pursued")}, {"judged", T("Judged (criminal case)")}};

const struct aid_sheet aid_sheets[AID_SHEETS] = {
    {"letter", T("Letter of appointment"), true},
    {"mandate", T("Power of attorney or agreement"), true},
    {"meeting", T("Record of the meeting with the applicant"), true},
    {"filing", T("Complaint, application for arbitration, or reply"), false},
    {"evidence", T("Evidence"), false},
    {"opinion", T("Statement to the court or the arbitration body"), true},
    {"hearing", T("Record of the hearing or mediation"), false},
    {"judgement", T("Judgement, award or settlement"), true},
    {"report", T("Report on how the work went"), true},
    {"feedback", T("What the applicant thinks of it"), false}};

const struct aid_word aid_marks[AID_MARKS] = {
    {"meeting", T("Met the applicant in time and explained")},
    {"evidence", T("Looked for evidence and law")},
    {"opinion", T("Statements and papers")},
    {"hearing", T("Hearing or mediation")},
    {"file", T("The file itself")}};

static int place_of(const struct aid_word *words, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(word, str_of(words[i].word))) return (int)i;
    return -1;
}

int aid_kind_of(struct str word)
{
    return place_of(aid_kinds, COUNT(aid_kinds), word);
}

int aid_end_of(struct str word)
{
    return place_of(aid_ends, COUNT(aid_ends), word);
}

size_t aid_sheets_missing(uint32_t has)
{
    size_t missing = 0;

    for (size_t i = 0; i < AID_SHEETS; i++)
        if (aid_sheets[i].must && !(has & 1u << i)) missing++;
    return missing;
}

static const struct {
    int64_t from;
    const char *word, *name;
} qualities[] = {{90, "excellent", T("Excellent")},
                 {75, "good", T("Good work")},
                 {60, "fair", T("Sufficient")},
                 {0, "poor", T("Poor: not paid")}};

struct str aid_quality(int64_t total)
{
    size_t i = 0;

    while (i + 1 < COUNT(qualities) && total < qualities[i].from) i++;
    return str_of(qualities[i].word);
}

const char *aid_quality_name(struct str word)
{
    for (size_t i = 0; i < COUNT(qualities); i++)
        if (str_same(word, str_of(qualities[i].word))) return qualities[i].name;
    return "";
}

bool aid_is_drawn(uint64_t random, int64_t every)
{
    return every > 0 && random % (uint64_t)every == 0;
}

int64_t aid_pay(int64_t fen, struct str quality)
{
    return str_same(quality, S("poor")) ? 0 : fen;
}
