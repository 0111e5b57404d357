/* items.h -- the service list: what an item says, and what is wrong with one.
 *
 * A bureau promises what stands in its list.  So an item is checked before anybody reads it, by the
 * same rules whether it came from a file or from the browser.
 *
 *  1. Five things are never missing, in both languages: name, object, content, method, provider.
 *  2. What is said in one language is said in the other, and lists have as many lines in both.
 *  3. Category, department, needs, offices and process are words that exist; so are calendars.
 *  4. A time limit says how many days, of which calendar, and counted from what.
 *  5. A Chinese text has Chinese letters, an English text has none.
 *  6. The table a case runs by is as the room wants it in which the case begins.
 */
#ifndef DESK_ITEMS_H
#define DESK_ITEMS_H

#include "platform/base.h"

enum {
    ITEMS_MAX = 1000,        /* in one release; a city's list has some 250 */
    ITEMS_WORDS_MAX = 400,   /* categories, needs, offices and departments together */
    ITEMS_PROBLEMS_MAX = 24, /* told of one item at a time */
    ITEMS_LINES_MAX = 40,    /* of one field: more materials than that nobody brings */
    ITEMS_LIMIT_DAYS_MAX = 730
};

/* Every field of an item: kind, name, must, least, most, label, hint (platform/form.h).  Nothing is
 * REQUIRED here: an item that is being written may be kept half done, and is not released so. */
#define ITEMS_ITEM_LIST(F)                                                                         \
    F(word, item, OPTIONAL, 0, 40, T("Short code"), T("Small letters, digits and - only."))        \
    F(word, branch, OPTIONAL, 0, 16, T("Part of the list"), "")                                    \
    F(word, category, OPTIONAL, 0, 24, T("Category"),                                              \
      T("May wait, but is needed before it is released."))                                         \
    F(word, sorting, OPTIONAL, 0, 6, T("Place in the list"), "")                                   \
    F(word, process, OPTIONAL, 0, 24, T("How it begins"),                                          \
      T("May wait, but is needed before it is released."))                                         \
    F(word, department, OPTIONAL, 0, 24, T("Department"),                                          \
      T("May wait, but is needed before it is released."))                                         \
    F(word, field, OPTIONAL, 0, 32, T("Field of law"),                                             \
      T("The short code of a field of law: who asks about this item is asked no more."))           \
    F(words, needs, OPTIONAL, 0, 200, T("Needs"), "")                                              \
    F(words, offices, OPTIONAL, 0, 200, T("Offices"), "")                                          \
    F(words, channels, OPTIONAL, 0, 100, T("Ways to reach it"), "")                                \
    F(text, name_zh, OPTIONAL, 0, 60, T("Name in Chinese"),                                        \
      T("May wait, but is needed before it is released."))                                         \
    F(text, name_en, OPTIONAL, 0, 120, T("Name in English"),                                       \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, object_zh, OPTIONAL, 0, 400, T("For whom, in Chinese"),                               \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, object_en, OPTIONAL, 0, 800, T("For whom, in English"),                               \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, content_zh, OPTIONAL, 0, 1000, T("What it is, in Chinese"),                           \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, content_en, OPTIONAL, 0, 2000, T("What it is, in English"),                           \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, method_zh, OPTIONAL, 0, 600, T("How it is done, in Chinese"),                         \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, method_en, OPTIONAL, 0, 1200, T("How it is done, in English"),                        \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, provider_zh, OPTIONAL, 0, 300, T("Who provides it, in Chinese"),                      \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, provider_en, OPTIONAL, 0, 600, T("Who provides it, in English"),                      \
      T("May wait, but is needed before it is released."))                                         \
    F(lines, basis_zh, OPTIONAL, 0, 600, T("Legal basis, in Chinese"),                             \
      T("Law and article, one a line."))                                                           \
    F(lines, basis_en, OPTIONAL, 0, 1200, T("Legal basis, in English"),                            \
      T("As many lines as in Chinese."))                                                           \
    F(lines, materials_zh, OPTIONAL, 0, 1000, T("What to bring, in Chinese"), T("One a line."))    \
    F(lines, materials_en, OPTIONAL, 0, 2000, T("What to bring, in English"),                      \
      T("As many lines as in Chinese."))                                                           \
    F(lines, fee_zh, OPTIONAL, 0, 400, T("What it costs, in Chinese"), "")                         \
    F(lines, fee_en, OPTIONAL, 0, 800, T("What it costs, in English"), "")                         \
    F(word, limit_days, OPTIONAL, 0, 4, T("Time limit in days"), "")                               \
    F(word, calendar, OPTIONAL, 0, 16, T("Which days count"), "")                                  \
    F(lines, limit_zh, OPTIONAL, 0, 300, T("What the time limit is for, in Chinese"), "")          \
    F(lines, limit_en, OPTIONAL, 0, 600, T("What the time limit is for, in English"), "")          \
    F(lines, place_zh, OPTIONAL, 0, 400, T("Where, in Chinese"), "")                               \
    F(lines, place_en, OPTIONAL, 0, 800, T("Where, in English"), "")                               \
    F(lines, steps_zh, OPTIONAL, 0, 1000, T("Step by step, in Chinese"), T("One a line."))         \
    F(lines, steps_en, OPTIONAL, 0, 2000, T("Step by step, in English"),                           \
      T("As many lines as in Chinese."))                                                           \
    F(text, search_zh, OPTIONAL, 0, 200, T("Words people say, in Chinese"), "")                    \
    F(text, search_en, OPTIONAL, 0, 400, T("Words people say, in English"), "")                    \
    F(text, source, OPTIONAL, 0, 200, T("Source"), T("Where these facts were published."))         \
    F(lines, flow, OPTIONAL, 0, 16000, T("How a case runs"),                                       \
      T("The table of its states and actions. What has begun goes on as it began."))

#define ITEMS_MEMBER(kind, name, must, min, max, label, hint) struct str name;
struct items_item {
    ITEMS_ITEM_LIST(ITEMS_MEMBER)
};

#define ITEMS_PLACE(kind, name, must, min, max, label, hint) ITEMS_AT_##name,
enum items_field { ITEMS_ITEM_LIST(ITEMS_PLACE) ITEMS_FIELDS };

struct str *items_at(struct items_item *item, enum items_field field);
struct str items_get(const struct items_item *item, enum items_field field);
const char *items_field_name(enum items_field field);  /* "name_zh" */
const char *items_field_label(enum items_field field); /* marked with T() */

/* ---- the words an item may use ---- */

#define ITEMS_CATEGORY S("category")
#define ITEMS_NEED S("need")
#define ITEMS_OFFICE S("office")
#define ITEMS_DEPARTMENT S("department")

struct items_word {
    struct str kind, word, zh, en, hint_zh, hint_en;
    struct str calendar; /* of an office: which days it is open */
};
/* A word the program itself knows. */
struct items_known {
    struct str word;
    const char *label; /* marked with T() */
};
struct items_words {
    const struct items_word *rows; /* in the order they are shown */
    size_t count;
    const struct items_known *processes; /* of the rooms there are */
    size_t processes_count;
    /* What the room of that process says of the table a case runs by; NULL: nobody is asked. */
    struct outcome (*check_flow)(struct arena *arena, struct str process, struct str flow);
    struct arena *arena; /* for what it says */
};
/* NULL: there is no such word of this kind. */
const struct items_word *items_word_of(const struct items_words *words, struct str kind,
                                       struct str word);
extern const struct items_known items_branches[], items_channels[], items_calendars[];
extern const size_t items_branches_count, items_channels_count, items_calendars_count;
const char *items_known_label(const struct items_known *known, size_t count, struct str word);

/* ---- what is wrong ---- */

struct items_problem {
    enum items_field field;
    const struct reason *why;
    struct str detail; /* %1 */
};
extern const struct reason items_missing;
extern const struct reason items_one_language;
extern const struct reason items_lines_differ;
extern const struct reason items_lines_too_many;
extern const struct reason items_code_wrong;
extern const struct reason items_word_unknown;
extern const struct reason items_process_unknown;
extern const struct reason items_calendar_unknown;
extern const struct reason items_days_wrong;
extern const struct reason items_sorting_wrong;
extern const struct reason items_limit_half;
extern const struct reason items_not_chinese;
extern const struct reason items_not_english;
extern const struct reason items_no_flow; /* this process runs by no table */
extern const struct reason items_too_long;

/* All that is wrong with an item, at most ITEMS_PROBLEMS_MAX; returns how many. */
size_t items_check(const struct items_item *item, const struct items_words *words,
                   struct items_problem *problems);
/* What is wrong with the words themselves: an office whose calendar does not exist, a word twice.
 * `at` is the place of the word in `words`. */
struct items_word_problem {
    size_t at;
    const struct reason *why;
    struct str detail;
};
extern const struct reason items_word_twice;
extern const struct reason items_word_kind;
size_t items_check_words(const struct items_words *words, struct items_word_problem *problems);

/* ---- one release and the next ---- */

/* The fields in which two items differ; `changed` has room for ITEMS_FIELDS. */
size_t items_difference(const struct items_item *before, const struct items_item *after,
                        enum items_field *changed);

/* The lines of a text, without empty ones; at most ITEMS_LINES_MAX. */
size_t items_lines(struct str text, struct str *lines);
/* The words of a text parted by blanks. */
size_t items_split(struct str text, struct str *words, size_t words_max);
bool items_has_word(struct str text, struct str word);
/* Small letters, digits and single hyphens, 2 to 40. */
bool items_is_code(struct str code);

#endif
