/* form_amount.c -- amounts as people write them: 08:00, 3 min, 4.7.  See form.h.
 *
 * What is kept is a whole number of a small unit; what is read and shown is the unit people think
 * in.  Chinese input methods type digits and signs of full width: they are read like the others.
 *
 *  (1) form_amount_read() of what form_amount() wrote, in any language, is the same amount.
 *  (2) A length of time without its unit is refused: 3 may be minutes or seconds.  Only 0 needs
 *      none. */
#include "platform/form.h"

#include <string.h>

enum {
    TYPED_BYTES_MAX = 64,    /* longer is no amount */
    AMOUNT_MAX = 1000000000, /* before its unit: times the largest it still fits */
    PLACES = 3,              /* behind the point, of a milli */
    MINUTES_AN_HOUR = 60,
    MINUTES_A_DAY = 24 * 60
};

static const struct {
    const char *text;
    int64_t seconds;
} units[] = {
    /* The longer of two that begin alike comes first. */
    {"days", 86400}, {"day", 86400}, {"d", 86400},   {"天", 86400},   {"hours", 3600},
    {"hour", 3600},  {"h", 3600},    {"小时", 3600}, {"minutes", 60}, {"minute", 60},
    {"mins", 60},    {"min", 60},    {"分钟", 60},   {"分", 60},      {"seconds", 1},
    {"second", 1},   {"secs", 1},    {"sec", 1},     {"s", 1},        {"秒钟", 1},
    {"秒", 1},
};

bool form_is_amount(enum field_kind kind)
{
    return kind == FIELD_number || kind == FIELD_clock || kind == FIELD_span || kind == FIELD_milli;
}

/* Full width (U+FF01 to U+FF5E) and the Chinese full stop and blank as ASCII; small letters.
 * Nothing if it is too long. */
static struct str plain_of(char plain[TYPED_BYTES_MAX], struct str text)
{
    size_t len = 0;

    if (text.len > TYPED_BYTES_MAX) return S("");
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char *at = (const unsigned char *)text.at + i;
        unsigned wide = i + 2 < text.len && at[0] >= 0xE0 && at[0] <= 0xEF
                            ? (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu)
                            : 0;
        char c = text.at[i];

        if (wide >= 0xFF01 && wide <= 0xFF5E) c = (char)(wide - 0xFF00 + 0x20);
        if (wide == 0x3000) c = ' ';
        if (wide == 0x3002) c = '.';
        if (c != text.at[i]) i += 2;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        plain[len++] = c;
    }
    return str_trim((struct str){plain, len});
}

static bool is_digit(struct str text, size_t i)
{
    return i < text.len && text.at[i] >= '0' && text.at[i] <= '9';
}

/* A number with as many places behind the point or comma as it may have, and how many bytes that
 * took: 0 if there is none.  `one` is what 1 counts for. */
static size_t read_decimal(struct str text, size_t places_max, int64_t one, int64_t *amount)
{
    size_t i = 0;

    *amount = 0;
    if (!is_digit(text, 0)) return 0;
    for (; is_digit(text, i); i++) {
        *amount = *amount * 10 + (text.at[i] - '0');
        if (*amount > AMOUNT_MAX) return 0;
    }
    *amount *= one;
    if (i < text.len && (text.at[i] == '.' || text.at[i] == ',') && is_digit(text, i + 1)) {
        size_t begins = ++i;

        for (; is_digit(text, i); i++) {
            if (i - begins >= places_max || one % 10) return 0;
            one /= 10;
            *amount += (text.at[i] - '0') * one;
        }
    }
    return i;
}

static bool read_milli(struct str text, int64_t *amount)
{
    bool is_below = text.len && text.at[0] == '-';

    if (is_below) text.at++, text.len--;
    if (!text.len || read_decimal(text, PLACES, 1000, amount) != text.len) return false;
    if (is_below) *amount = -*amount;
    return true;
}

/* 8:00, 08:00 and 0800; 24:00 is the end of the day. */
static bool read_clock(struct str text, int64_t *amount)
{
    size_t hours = text.len && str_find(text, S(":")) >= 0 ? (size_t)str_find(text, S(":")) : 2;
    size_t begins = hours < text.len && text.at[hours] == ':' ? hours + 1 : hours;
    int64_t hour = 0, minute = 0;

    if (hours < 1 || hours > 2 || text.len != begins + 2) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (i >= hours && i < begins) continue;
        if (!is_digit(text, i)) return false;
        if (i < hours)
            hour = hour * 10 + (text.at[i] - '0');
        else
            minute = minute * 10 + (text.at[i] - '0');
    }
    *amount = hour * MINUTES_AN_HOUR + minute;
    return minute < MINUTES_AN_HOUR && *amount <= MINUTES_A_DAY;
}

/* Seconds of the unit `text` begins with, which is taken off; 0 if there is none. */
static int64_t take_unit(struct str *text)
{
    *text = str_trim(*text);
    for (size_t i = 0; i < COUNT(units); i++) {
        struct str unit = str_of(units[i].text);

        if (!str_begins(*text, unit)) continue;
        text->at += unit.len, text->len -= unit.len;
        *text = str_trim(*text);
        return units[i].seconds;
    }
    return 0;
}

/* 20 s, 1.5 h, 1小时30分钟: each unit smaller than the one before, and whole seconds together. */
static bool read_span(struct str text, int64_t *amount)
{
    bool is_below = text.len && text.at[0] == '-';
    int64_t before = INT64_MAX;

    *amount = 0;
    if (str_same(text, S("0"))) return true;
    if (is_below) text.at++, text.len--;
    if (!text.len) return false;
    while (text.len) {
        int64_t hundredths, seconds;
        size_t len = read_decimal(text, 2, 100, &hundredths);

        if (!len) return false;
        text.at += len, text.len -= len;
        seconds = take_unit(&text);
        if (!seconds || seconds >= before || hundredths * seconds % 100) return false;
        *amount += hundredths * seconds / 100;
        before = seconds;
    }
    if (is_below) *amount = -*amount;
    return true;
}

bool form_amount_read(enum field_kind kind, struct str text, int64_t *amount)
{
    char room[TYPED_BYTES_MAX];
    struct str plain = plain_of(room, text);

    *amount = 0;
    switch (kind) {
    case FIELD_clock: return read_clock(plain, amount);
    case FIELD_span: return read_span(plain, amount);
    case FIELD_milli: return read_milli(plain, amount);
    default: return str_to_int(plain, amount);
    }
}

static struct str milli_text(struct arena *arena, int64_t amount)
{
    const char *sign = amount < 0 ? "-" : "";
    long long whole = (long long)(amount / 1000), rest = (long long)(amount % 1000);
    struct str text;

    if (whole < 0) whole = -whole;
    if (rest < 0) rest = -rest;
    if (rest == 0) return arena_print(arena, "%s%lld", sign, whole);
    text = arena_print(arena, "%s%lld.%03lld", sign, whole, rest);
    while (text.at[text.len - 1] == '0') text.len--;
    return text;
}

static struct str span_text(struct arena *arena, enum language language, int64_t amount)
{
    static const struct {
        int64_t seconds;
        const char *word[2]; /* English, 中文: what take_unit() reads */
    } parts[] = {{3600, {" h", "小时"}}, {60, {" min", "分钟"}}, {1, {" s", "秒"}}};
    bool is_chinese = language == LANGUAGE_ZH;
    struct str text = amount < 0 ? S("-") : S("");
    int64_t rest = amount;

    for (size_t i = 0; i < COUNT(parts); i++) {
        long long count = (long long)(rest / parts[i].seconds);
        bool is_last = i + 1 == COUNT(parts);

        rest %= parts[i].seconds;
        if (count < 0) count = -count;
        if (!count && !(is_last && amount == 0)) continue;
        text =
            arena_print(arena, "%.*s%s%lld%s", STR_ARGS(text),
                        !is_chinese && text.len > 1 ? " " : "", count, parts[i].word[is_chinese]);
    }
    return text;
}

struct str form_amount(struct arena *arena, enum language language, enum field_kind kind,
                       int64_t amount)
{
    switch (kind) {
    case FIELD_clock:
        return arena_print(arena, "%02lld:%02lld", (long long)(amount / MINUTES_AN_HOUR),
                           (long long)(amount % MINUTES_AN_HOUR));
    case FIELD_span: return span_text(arena, language, amount);
    case FIELD_milli: return milli_text(arena, amount);
    default: return arena_print(arena, "%lld", (long long)amount);
    }
}

struct str form_unit(const struct field *field, enum language language)
{
    static const struct {
        const char *end, *unit;
    } ends[] = {{"_minutes", T("minutes")},
                {"_seconds", T("seconds")},
                {"_hours", T("hours")},
                {"_days", T("days")}};

    if (field->kind != FIELD_number || !field->label[0]) return S("");
    if (str_ends(str_of(field->name), S("_percent"))) return S("%");
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (str_ends(str_of(field->name), str_of(ends[i].end)))
            return text_in(language, ends[i].unit);
    }
    return S("");
}
