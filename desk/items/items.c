/* items.c -- see items.h. */
#include "desk/items/items.h"

#include <string.h>

const struct reason items_missing = {"items.missing", T("This is missing."), 0};
const struct reason items_one_language = {
    "items.one_language", T("This is said in one language only. Please write both, or neither."),
    0};
const struct reason items_lines_differ = {
    "items.lines_differ", T("The Chinese and the English text must have the same number of lines."),
    0};
const struct reason items_lines_too_many = {
    "items.lines_too_many", T("There are too many lines. At most 40 can be shown."), 0};
const struct reason items_code_wrong = {
    "items.code_wrong",
    T("A short code has small letters, digits and - only, 2 to 40 of them, such as legal-aid."),
    .field = "item"};
const struct reason items_word_unknown = {"items.word_unknown",
                                          T("There is no such word in the list of words: %1."), 0};
const struct reason items_process_unknown = {
    "items.process_unknown", T("No service of this installation can begin this: %1."), 0};
const struct reason items_calendar_unknown = {
    "items.calendar_unknown",
    T("There is no such calendar: %1. Known are working, daily and always."), 0};
const struct reason items_days_wrong = {
    "items.days_wrong", T("A time limit is a whole number of days from 1 to 730."), 0};
const struct reason items_sorting_wrong = {
    "items.sorting_wrong", T("A place in the list is a whole number, such as 410."), 0};
const struct reason items_limit_half = {
    "items.limit_half",
    T("A time limit needs all three: how many days, which days count, and what it is for."), 0};
const struct reason items_not_chinese = {"items.not_chinese",
                                         T("There is no Chinese in the Chinese text."), 0};
const struct reason items_not_english = {"items.not_english",
                                         T("There is Chinese in the English text."), 0};
const struct reason items_too_long = {"items.too_long", T("This is too long. Please shorten it."),
                                      0};
const struct reason items_no_flow = {
    "items.no_flow", T("What begins this way runs by no table. Please leave this empty."), 0};
const struct reason items_word_twice = {"items.word_twice",
                                        T("This word stands in the list twice: %1."), 0};
const struct reason items_word_kind = {
    "items.word_kind", T("A word needs a short code and a name in both languages (%1)."), 0};

/* ---- fields ---- */

#define FIELD_ROW(kind, name, must, min, max, label, hint)                                         \
    {#name, label, offsetof(struct items_item, name), max},
static const struct {
    const char *name, *label;
    size_t at;
    size_t points_max;
} fields[ITEMS_FIELDS] = {ITEMS_ITEM_LIST(FIELD_ROW)};

struct str *items_at(struct items_item *item, enum items_field field)
{
    return (struct str *)(void *)((char *)item + fields[field].at);
}

struct str items_get(const struct items_item *item, enum items_field field)
{
    return *(const struct str *)(const void *)((const char *)item + fields[field].at);
}

const char *items_field_name(enum items_field field)
{
    return fields[field].name;
}

const char *items_field_label(enum items_field field)
{
    return fields[field].label;
}

/* ---- words ---- */

#define WORD(word)                                                                                 \
    {                                                                                              \
        "" word, sizeof(word) - 1                                                                  \
    } /* S() is no constant for a table */
const struct items_known items_branches[] = {{WORD("legal"), T("Public legal service")},
                                             {WORD("community"), T("Community affairs")}};
const size_t items_branches_count = COUNT(items_branches);
const struct items_known items_channels[] = {
    {WORD("web"), T("This website")},
    {WORD("hotline"), T("Telephone 12348")},
    {WORD("window"), T("A window near you")},
    {WORD("wechat"), T("WeChat")},
    {WORD("app"), T("The city's app Suishenban")},
    {WORD("kiosk"), T("A self-service machine")},
    {WORD("neighbourhood"), T("Your neighbourhood committee")},
    {WORD("home"), T("At your home")},
    {WORD("post"), T("By post")}};
const size_t items_channels_count = COUNT(items_channels);
const struct items_known items_calendars[] = {{WORD("working"), T("working days")},
                                              {WORD("daily"), T("days, weekends included")},
                                              {WORD("always"), T("day and night")}};
const size_t items_calendars_count = COUNT(items_calendars);

const char *items_known_label(const struct items_known *known, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(word, known[i].word)) return known[i].label;
    return "";
}

const struct items_word *items_word_of(const struct items_words *words, struct str kind,
                                       struct str word)
{
    for (size_t i = 0; i < words->count; i++) {
        if (str_same(words->rows[i].word, word) && str_same(words->rows[i].kind, kind))
            return &words->rows[i];
    }
    return NULL;
}

static bool is_among(const struct items_known *known, size_t count, struct str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_same(known[i].word, word)) return true;
    return false;
}

/* ---- text ---- */

size_t items_lines(struct str text, struct str *lines)
{
    size_t count = 0;

    while (text.len && count < ITEMS_LINES_MAX) {
        struct str line = str_trim(str_cut(text, '\n', &text));

        if (line.len) lines[count++] = line;
    }
    return count;
}

size_t items_split(struct str text, struct str *words, size_t words_max)
{
    size_t count = 0;

    while (text.len && count < words_max) {
        struct str word = str_trim(str_cut(text, ' ', &text));

        if (word.len) words[count++] = word;
    }
    return count;
}

bool items_has_word(struct str text, struct str word)
{
    while (text.len) {
        if (str_same(str_cut(text, ' ', &text), word)) return true;
    }
    return false;
}

bool items_is_code(struct str code)
{
    if (code.len < 2 || code.len > 40) return false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];

        if (c == '-' && (i == 0 || i + 1 == code.len || code.at[i - 1] == '-')) return false;
        if (c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) return false;
    }
    return true;
}

/* A letter from U+3400 to U+9FFF: three bytes, of which the first is 0xE3 (from 0x90) to 0xE9. */
static bool has_chinese(struct str text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        unsigned char one = (unsigned char)text.at[i], two = (unsigned char)text.at[i + 1];

        if ((one >= 0xE4 && one <= 0xE9) || (one == 0xE3 && two >= 0x90)) return true;
    }
    return false;
}

/* ---- one item ---- */

struct check {
    const struct items_item *item;
    const struct items_words *words;
    struct items_problem *problems;
    size_t count;
};

static void tell(struct check *check, enum items_field field, const struct reason *why,
                 struct str detail)
{
    for (size_t i = 0; i < check->count; i++)
        if (check->problems[i].field == field) return; /* one thing at a time of each field */
    if (check->count < ITEMS_PROBLEMS_MAX)
        check->problems[check->count++] = (struct items_problem){field, why, detail};
}

static const struct {
    enum items_field zh, en;
    bool is_needed, is_list;
} pairs[] = {{ITEMS_AT_name_zh, ITEMS_AT_name_en, true, false},
             {ITEMS_AT_object_zh, ITEMS_AT_object_en, true, false},
             {ITEMS_AT_content_zh, ITEMS_AT_content_en, true, false},
             {ITEMS_AT_method_zh, ITEMS_AT_method_en, true, false},
             {ITEMS_AT_provider_zh, ITEMS_AT_provider_en, true, false},
             {ITEMS_AT_basis_zh, ITEMS_AT_basis_en, false, true},
             {ITEMS_AT_materials_zh, ITEMS_AT_materials_en, false, true},
             {ITEMS_AT_fee_zh, ITEMS_AT_fee_en, false, false},
             {ITEMS_AT_limit_zh, ITEMS_AT_limit_en, false, false},
             {ITEMS_AT_place_zh, ITEMS_AT_place_en, false, false},
             {ITEMS_AT_steps_zh, ITEMS_AT_steps_en, false, true},
             {ITEMS_AT_search_zh, ITEMS_AT_search_en, false, false}};

static size_t count_lines(struct str text)
{
    size_t count = 0;

    while (text.len) count += str_trim(str_cut(text, '\n', &text)).len > 0;
    return count;
}

/* Rules 1, 2 and 5. */
static void check_pair(struct check *check, enum items_field zh, enum items_field en,
                       bool is_needed, bool is_list)
{
    struct str chinese = str_trim(items_get(check->item, zh)),
               english = str_trim(items_get(check->item, en));

    if (is_needed && !chinese.len) tell(check, zh, &items_missing, S(""));
    if (is_needed && !english.len) tell(check, en, &items_missing, S(""));
    if (chinese.len && !english.len) tell(check, en, &items_one_language, S(""));
    if (english.len && !chinese.len) tell(check, zh, &items_one_language, S(""));
    if (chinese.len && !has_chinese(chinese)) tell(check, zh, &items_not_chinese, S(""));
    if (has_chinese(english)) tell(check, en, &items_not_english, S(""));
    if (!is_list) return;
    if (count_lines(chinese) > ITEMS_LINES_MAX) tell(check, zh, &items_lines_too_many, S(""));
    if (count_lines(english) > ITEMS_LINES_MAX) tell(check, en, &items_lines_too_many, S(""));
    if (chinese.len && english.len && count_lines(chinese) != count_lines(english))
        tell(check, en, &items_lines_differ, S(""));
}

/* Rule 3. */
static void check_words(struct check *check, enum items_field field, struct str kind,
                        bool is_needed)
{
    struct str left = str_trim(items_get(check->item, field));

    if (is_needed && !left.len) tell(check, field, &items_missing, S(""));
    while (left.len) {
        struct str word = str_cut(left, ' ', &left);

        if (word.len && !items_word_of(check->words, kind, word))
            tell(check, field, &items_word_unknown, word);
    }
}

static void check_known(struct check *check, enum items_field field,
                        const struct items_known *known, size_t count, const struct reason *why,
                        bool is_needed)
{
    struct str left = str_trim(items_get(check->item, field));

    if (is_needed && !left.len) tell(check, field, &items_missing, S(""));
    while (left.len) {
        struct str word = str_cut(left, ' ', &left);

        if (word.len && !is_among(known, count, word)) tell(check, field, why, word);
    }
}

/* Rule 4. */
static void check_limit(struct check *check)
{
    const struct items_item *item = check->item;
    bool has_days = item->limit_days.len > 0, has_calendar = item->calendar.len > 0,
         has_words = str_trim(item->limit_zh).len > 0;
    int64_t days = 0;

    if (has_days &&
        (!str_to_int(item->limit_days, &days) || days < 1 || days > ITEMS_LIMIT_DAYS_MAX))
        tell(check, ITEMS_AT_limit_days, &items_days_wrong, S(""));
    if (has_calendar && !is_among(items_calendars, items_calendars_count, item->calendar))
        tell(check, ITEMS_AT_calendar, &items_calendar_unknown, item->calendar);
    if (str_same(item->calendar, S("always")))
        tell(check, ITEMS_AT_calendar, &items_calendar_unknown, item->calendar);
    if (has_days != has_calendar)
        tell(check, has_days ? ITEMS_AT_calendar : ITEMS_AT_limit_days, &items_limit_half, S(""));
    if (has_days && !has_words) tell(check, ITEMS_AT_limit_zh, &items_limit_half, S(""));
}

/* Rule 6. */
static void check_flow(struct check *check)
{
    const struct items_words *words = check->words;
    struct outcome outcome;

    if (!words->check_flow) return;
    outcome = words->check_flow(words->arena, check->item->process, check->item->flow);
    if (outcome.refusal) tell(check, ITEMS_AT_flow, outcome.refusal, outcome.detail);
}

static void check_sizes(struct check *check)
{
    for (enum items_field f = 0; f < ITEMS_FIELDS; f++) {
        struct str text = items_get(check->item, f);

        if (text.len > fields[f].points_max && str_points(text) > fields[f].points_max)
            tell(check, f, &items_too_long, S(""));
    }
}

size_t items_check(const struct items_item *item, const struct items_words *words,
                   struct items_problem *problems)
{
    struct check check = {item, words, problems, 0};
    int64_t sorting;

    if (!items_is_code(item->item)) tell(&check, ITEMS_AT_item, &items_code_wrong, S(""));
    if (item->sorting.len && !str_to_int(item->sorting, &sorting))
        tell(&check, ITEMS_AT_sorting, &items_sorting_wrong, S(""));
    check_sizes(&check);
    check_known(&check, ITEMS_AT_branch, items_branches, items_branches_count, &items_word_unknown,
                true);
    check_words(&check, ITEMS_AT_category, ITEMS_CATEGORY, true);
    check_known(&check, ITEMS_AT_process, words->processes, words->processes_count,
                &items_process_unknown, true);
    check_words(&check, ITEMS_AT_department, ITEMS_DEPARTMENT, true);
    check_words(&check, ITEMS_AT_needs, ITEMS_NEED, false);
    check_words(&check, ITEMS_AT_offices, ITEMS_OFFICE, false);
    check_known(&check, ITEMS_AT_channels, items_channels, items_channels_count,
                &items_word_unknown, false);
    for (size_t i = 0; i < COUNT(pairs); i++)
        check_pair(&check, pairs[i].zh, pairs[i].en, pairs[i].is_needed, pairs[i].is_list);
    check_limit(&check);
    check_flow(&check);
    return check.count;
}

static void tell_word(struct items_word_problem *problems, size_t *count, size_t at,
                      const struct reason *why, struct str detail)
{
    if (*count < ITEMS_PROBLEMS_MAX)
        problems[(*count)++] = (struct items_word_problem){at, why, detail};
}

size_t items_check_words(const struct items_words *words, struct items_word_problem *problems)
{
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++) {
        const struct items_word *word = &words->rows[i];

        if (!items_is_code(word->word) || !has_chinese(word->zh) || !word->en.len ||
            has_chinese(word->en))
            tell_word(problems, &count, i, &items_word_kind, word->word);
        if (items_word_of(words, word->kind, word->word) != word)
            tell_word(problems, &count, i, &items_word_twice, word->word);
        if (str_same(word->kind, ITEMS_OFFICE) &&
            !is_among(items_calendars, items_calendars_count, word->calendar))
            tell_word(problems, &count, i, &items_calendar_unknown, word->calendar);
    }
    return count;
}

size_t items_difference(const struct items_item *before, const struct items_item *after,
                        enum items_field *changed)
{
    size_t count = 0;

    for (enum items_field f = 0; f < ITEMS_FIELDS; f++) {
        if (!str_same(items_get(before, f), items_get(after, f))) changed[count++] = f;
    }
    return count;
}
