/* cases_compare.c -- whether words stand on a paper of ours, for whoever holds it and doubts them.
 *
 *  (1) A code that verifies says that a paper was given, not that nobody changed a sum on this one.
 *      Whoever holds it types the words as they stand there and reads whether ours says the same.
 *  (2) Nothing of the paper is shown.  Who asks has it in hand: the code stands on it and nowhere
 *      else, and is asked for so often a minute only.
 *  (3) Blanks and ends of lines do not count: people type them as they like. */
#include "desk/cases/cases_views.h"

enum { COMPARES_A_MINUTE = 20, SIGNS_MIN = 4 };

static const struct reason words_differ = {
    "cases.words-differ",
    T("These words do not stand on our paper. Please compare them sign by sign. If they stand on "
      "yours, it was changed and is not valid: please call 12348."),
    409, .field = "words"};
static const struct reason words_short = {"cases.words-short",
                                          T("Please type a whole line as it stands on the paper."),
                                          .field = "words"};

/* (3) */
static struct str without_blanks(struct arena *arena, struct str text)
{
    static const char wide[] = "\xE3\x80\x80"; /* U+3000 */
    char *made = arena_bytes(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t')
            continue;
        if (str_begins((struct str){text.at + i, text.len - i}, str_of(wide))) {
            i += sizeof wide - 2;
            continue;
        }
        made[len++] = text.at[i];
    }
    return (struct str){made, len};
}

static struct outcome compare(struct scene *scene, const void *form, void *result)
{
    const struct cases_compare_form *f = form;
    struct cases_find_sheet_row row;
    struct str words = without_blanks(scene->arena, f->words), text;

    (void)result;
    TRY(cases_sheet_of(scene, f->code, &row));
    if (words.len < SIGNS_MIN) return REFUSE(words_short);
    TRY(cases_letter_text(scene, row.case_id, row.seq, &text));
    text = arena_print(scene->arena, "%.*s%.*s", STR_ARGS(text), STR_ARGS(row.reference));
    scene_about(scene, row.case_id, 0);
    return str_find(without_blanks(scene->arena, text), words) >= 0 ? DONE : REFUSE(words_differ);
}

const struct act cases_compare = {
    .name = "cases.compare", .who = WHO_ANYONE, .form = &cases_compare_form, .run = compare};

const struct page cases_compare_pages[] = {
    {.method = POST,
     .path = "/verify",
     .who = WHO_ANYONE,
     .about = "Whether words stand on a paper of ours, for whoever holds it; shows nothing of it.",
     .act = &cases_compare,
     .then = "/verify?code={code}",
     .again = "/verify",
     .said = T("Yes: these words stand on our paper."),
     .per_minute = COMPARES_A_MINUTE},
    {0},
};

#define FORM_THIS cases_compare_form
FORM_TABLE(cases_compare, CASES_COMPARE_FORM)
#undef FORM_THIS
