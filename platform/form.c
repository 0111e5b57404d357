/* form.c -- the rules of fields.  See form.h; drawing is in form_draw.c. */
#include "platform/form.h"

#include <stdio.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static const struct reason field_missing = {"field.missing", T("Please fill this in.")};
static const struct reason field_choose = {"field.choose", T("Please choose one.")};
static const struct reason field_short = {"field.too-short",
                                          T("Please write a little more: at least %1 characters.")};
static const struct reason field_long = {"field.too-long",
                                         T("That is too long: at most %1 characters fit.")};
static const struct reason field_letters = {"field.letters",
                                            T("Only letters, digits and - _ . are possible here.")};
static const struct reason field_number = {"field.number", T("Please write a whole number.")};
static const struct reason field_small = {"field.too-small", T("The smallest possible is %1.")};
static const struct reason field_large = {"field.too-large", T("The largest possible is %1.")};
static const struct reason field_flag = {"field.flag", T("Please write 1 for yes or 0 for no.")};
static const struct reason field_clock = {"field.clock",
                                          T("Please write the time as hours and minutes: 08:00.")};
static const struct reason field_span = {
    "field.span", T("Please write how long together with its unit, such as 3 min or 20 s.")};
static const struct reason field_decimal = {
    "field.decimal", T("Please write a number such as 4.7, with at most three places.")};
/* A length of time is told in the largest unit that needs no second one. */
static const struct reason span_small[] = {
    {"field.too-small", T("The shortest possible is %1 hours.")},
    {"field.too-small", T("The shortest possible is %1 minutes.")},
    {"field.too-small", T("The shortest possible is %1 seconds.")}};
static const struct reason span_large[] = {
    {"field.too-large", T("The longest possible is %1 hours.")},
    {"field.too-large", T("The longest possible is %1 minutes.")},
    {"field.too-large", T("The longest possible is %1 seconds.")}};
static const struct reason field_phone = {
    "field.phone", T("That is not a phone number we can reach. A mobile number has 11 digits.")};
static const struct reason field_day = {"field.day",
                                        T("Please write the day as year-month-day: 2026-11-22.")};
static const struct reason field_encoding = {
    "field.encoding", T("Some of these characters cannot be read. Please type them again.")};
/* Parts on the way may read the first of two, others the last (ASVS 15.3.7). */
static const struct reason field_twice = {
    "field.twice", T("This came twice, and only one can count. Please fill it in once more.")};
static const struct reason file_missing = {"file.missing", T("Please choose a file.")};
static const struct reason file_large = {"file.too-large",
                                         T("The file is too large: at most %1 MB.")};

int form_place(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->fields_count; i++) {
        if (str_same(str_of(form->fields[i].name), name)) return (int)i;
    }
    return -1;
}

static void wrong(struct form_state *state, size_t i, const struct reason *reason,
                  struct str detail)
{
    state->wrong[i] = reason;
    state->detail[i] = detail;
    state->wrong_count++;
}

static int refusal_place(const struct form_state *state)
{
    const char *field = state->refusal ? state->refusal->field : NULL;

    return field && state->form ? form_place(state->form, str_of(field)) : -1;
}

void form_refuse(struct form_state *state, const struct reason *refusal, struct str detail)
{
    int place;

    state->refusal = refusal;
    state->refusal_detail = detail;
    place = refusal_place(state);
    if (place >= 0 && !state->wrong[place]) wrong(state, (size_t)place, refusal, detail);
}

bool form_refusal_placed(const struct form_state *state)
{
    int place = refusal_place(state);

    return place >= 0 && state->wrong[place] == state->refusal;
}

/* NFC (UAX #15), so that what is typed on one device is found from another. */
static struct str normalise(struct arena *arena, struct str text)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    int32_t room = (int32_t)text.len * 3 + 8, len = 0, made = 0;
    UChar *wide, *normal;
    char *back;
    bool plain = true;

    for (size_t i = 0; i < text.len && plain; i++) plain = (unsigned char)text.at[i] < 0x80;
    if (plain) return text;
    wide = arena_take(arena, sizeof(UChar), (size_t)room);
    u_strFromUTF8(wide, room, &len, text.at, (int32_t)text.len, &error);
    if (unorm2_isNormalized(nfc, wide, len, &error) || U_FAILURE(error)) return text;
    normal = arena_take(arena, sizeof(UChar), (size_t)room);
    made = unorm2_normalize(nfc, wide, len, normal, room, &error);
    back = arena_take(arena, 1, (size_t)room * 3);
    u_strToUTF8(back, room * 3, &len, normal, made, &error);
    return U_FAILURE(error) ? text : (struct str){back, (size_t)len};
}

/* Browsers send line ends as CR LF; one line end is one character everywhere else. */
static struct str plain_lines(struct arena *arena, struct str text, bool several)
{
    char *at = arena_take(arena, text.len + 1, 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c == '\r') {
            if (i + 1 < text.len && text.at[i + 1] == '\n') continue;
            c = '\n';
        }
        if (c == '\n' && !several) c = ' ';
        if ((unsigned char)c < 0x20 && c != '\n') c = ' ';
        if (c == 0x7F) continue;
        at[len++] = c;
    }
    return str_trim((struct str){at, len});
}

static void check_text(struct arena *arena, struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct str text = state->given[i];
    int64_t points;

    if (field->kind != FIELD_secret) {
        text = normalise(arena, plain_lines(arena, text, field->kind == FIELD_lines));
        points = (int64_t)str_points(text);
    } else {
        points = (int64_t)text.len;
    }
    if (text.len == 0) {
        if (field->must == REQUIRED) wrong(state, i, &field_missing, S(""));
        return;
    }
    if (points < field->min)
        wrong(state, i, &field_short, arena_print(arena, "%lld", (long long)field->min));
    else if (points > field->max)
        wrong(state, i, &field_long, arena_print(arena, "%lld", (long long)field->max));
    else
        *(struct str *)((char *)values + field->at) = text;
}

static bool is_word(struct str text, bool blanks)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_' || c == '.' || (blanks && c == ' ');

        if (!good) return false;
    }
    return true;
}

static void check_word(struct arena *arena, struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct str text = str_trim(state->given[i]);
    /* What has one length is typed from paper; words one chooses among differ in theirs. */
    bool is_typed = field->kind == FIELD_code || (field->min == field->max && field->max > 1);

    if (text.len == 0) {
        if (field->must == REQUIRED)
            wrong(state, i, is_typed ? &field_missing : &field_choose, S(""));
        return;
    }
    if (!is_word(text, field->kind == FIELD_words))
        wrong(state, i, &field_letters, S(""));
    else if ((int64_t)text.len < field->min)
        wrong(state, i, &field_short, arena_print(arena, "%lld", (long long)field->min));
    else if ((int64_t)text.len > field->max)
        wrong(state, i, &field_long, arena_print(arena, "%lld", (long long)field->max));
    else
        *(struct str *)((char *)values + field->at) = text;
}

static void wrong_limit(struct arena *arena, struct form_state *state, size_t i, bool is_small)
{
    static const int64_t sizes[] = {3600, 60, 1};
    const struct field *field = &state->form->fields[i];
    int64_t limit = is_small ? field->min : field->max;
    size_t unit = 0;

    if (field->kind != FIELD_span) {
        wrong(state, i, is_small ? &field_small : &field_large,
              form_amount(arena, LANGUAGE_EN, field->kind, limit));
        return;
    }
    while (limit % sizes[unit] || limit == 0) {
        if (++unit + 1 == COUNT(sizes)) break;
    }
    wrong(state, i, is_small ? &span_small[unit] : &span_large[unit],
          arena_print(arena, "%lld", (long long)(limit / sizes[unit])));
}

/* Rows of a list and marks from one to five are chosen; other numbers are typed. */
static bool is_chosen(const struct field *field)
{
    enum { MARK_MAX = 5 };

    return field->kind == FIELD_number &&
           (field->max == INT64_MAX || (field->min == 1 && field->max == MARK_MAX));
}

static void check_amount(struct arena *arena, struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct str text = str_trim(state->given[i]);
    int64_t amount;

    if (text.len == 0) {
        if (field->must == REQUIRED)
            wrong(state, i, is_chosen(field) ? &field_choose : &field_missing, S(""));
        return;
    }
    if (!form_amount_read(field->kind, text, &amount))
        wrong(state, i,
              field->kind == FIELD_clock   ? &field_clock
              : field->kind == FIELD_span  ? &field_span
              : field->kind == FIELD_milli ? &field_decimal
                                           : &field_number,
              S(""));
    else if (amount < field->min || amount > field->max)
        wrong_limit(arena, state, i, amount < field->min);
    else
        *(int64_t *)((char *)values + field->at) = amount;
}

/* Keeps digits; takes blanks, dashes, brackets, full-width digits and a leading +86 away. */
static void check_phone(struct arena *arena, struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct str text = str_trim(state->given[i]), digits;
    char *at = arena_take(arena, text.len + 1, 1);
    size_t len = 0;

    if (text.len == 0) {
        if (field->must == REQUIRED) wrong(state, i, &field_missing, S(""));
        return;
    }
    for (size_t k = 0; k < text.len; k++) {
        unsigned char c = (unsigned char)text.at[k];

        if (c == 0xEF && k + 2 < text.len && (unsigned char)text.at[k + 1] == 0xBC &&
            (unsigned char)text.at[k + 2] >= 0x90 && (unsigned char)text.at[k + 2] <= 0x99) {
            at[len++] = (char)('0' + ((unsigned char)text.at[k + 2] - 0x90));
            k += 2;
        } else if (c >= '0' && c <= '9') {
            at[len++] = (char)c;
        } else if (!strchr(" -()+", c)) {
            len = 0;
            break;
        }
    }
    digits = (struct str){at, len};
    if (digits.len == 13 && str_begins(digits, S("86"))) digits.at += 2, digits.len -= 2;
    if (digits.len == 11 && digits.at[0] == '1' && digits.at[1] >= '3')
        *(struct str *)((char *)values + field->at) = digits;
    else if (digits.len >= 10 && digits.len <= 12 && digits.at[0] == '0')
        *(struct str *)((char *)values + field->at) = digits; /* a fixed line with area code */
    else
        wrong(state, i, &field_phone, S(""));
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static void check_day(struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct str text = str_trim(state->given[i]);
    int year = 0, month = 0, day = 0;
    bool good = text.len == 10 && text.at[4] == '-' && text.at[7] == '-';

    if (text.len == 0) {
        if (field->must == REQUIRED) wrong(state, i, &field_missing, S(""));
        return;
    }
    for (size_t k = 0; good && k < 10; k++) {
        int digit = text.at[k] - '0';

        if (k == 4 || k == 7) continue;
        good = digit >= 0 && digit <= 9;
        if (k < 4) year = year * 10 + digit;
        if (k == 5 || k == 6) month = month * 10 + digit;
        if (k > 7) day = day * 10 + digit;
    }
    if (good && year >= 1900 && month >= 1 && month <= 12 && day >= 1 &&
        day <= days_of(year, month))
        *(struct str *)((char *)values + field->at) = text;
    else
        wrong(state, i, &field_day, S(""));
}

/* A box that is not ticked is not sent; a program may write ?all=false. */
static void check_flag(struct form_state *state, size_t i, void *values)
{
    static const char *const words[2][3] = {{"", "0", "false"}, {"1", "true", "on"}};
    const struct field *field = &state->form->fields[i];

    for (size_t is_on = 0; is_on < 2; is_on++) {
        for (size_t w = 0; w < COUNT(words[is_on]); w++) {
            if (!str_same(state->given[i], str_of(words[is_on][w]))) continue;
            *(bool *)((char *)values + field->at) = is_on;
            return;
        }
    }
    wrong(state, i, &field_flag, S(""));
}

static void check_file(struct arena *arena, struct form_state *state, size_t i, void *values)
{
    const struct field *field = &state->form->fields[i];
    struct upload *upload = (struct upload *)((char *)values + field->at);

    upload->bytes = state->given[i];
    if (upload->bytes.len == 0) {
        if (field->must == REQUIRED) wrong(state, i, &file_missing, S(""));
    } else if ((int64_t)upload->bytes.len > field->max) {
        wrong(state, i, &file_large, arena_print(arena, "%lld", (long long)(field->max >> 20)));
    }
    state->given[i] = S("");
}

size_t form_check(struct arena *arena, struct form_state *state, void *values)
{
    state->wrong_count = 0;
    for (size_t i = 0; i < state->form->fields_count; i++) {
        const struct field *field = &state->form->fields[i];

        state->wrong[i] = NULL;
        if (field->kind != FIELD_file && !str_is_utf8(state->given[i])) {
            wrong(state, i, &field_encoding, S(""));
            state->given[i] = S("");
            continue;
        }
        if (state->twice >> i & 1) {
            wrong(state, i, &field_twice, S(""));
            state->given[i] = S("");
            continue;
        }
        switch (field->kind) {
        case FIELD_text:
        case FIELD_lines:
        case FIELD_secret: check_text(arena, state, i, values); break;
        case FIELD_word:
        case FIELD_code:
        case FIELD_words: check_word(arena, state, i, values); break;
        case FIELD_number:
        case FIELD_clock:
        case FIELD_span:
        case FIELD_milli: check_amount(arena, state, i, values); break;
        case FIELD_flag: check_flag(state, i, values); break;
        case FIELD_phone: check_phone(arena, state, i, values); break;
        case FIELD_day: check_day(state, i, values); break;
        case FIELD_file: check_file(arena, state, i, values); break;
        case FIELD_inside: break;
        }
        if (field->kind == FIELD_secret) state->given[i] = S("");
    }
    return state->wrong_count;
}
