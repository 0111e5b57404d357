/* out.c -- see out.h. */
#include "platform/out.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ROOM_FIRST = 1024 };

/* Shanghai has kept UTC+8 without summer time since 1992. */
enum { ZONE_SECONDS = 8 * SECONDS_PER_HOUR };

struct out *out_open(struct arena *arena, size_t bytes_max)
{
    struct out *out = NEW(arena, struct out);

    out->arena = arena;
    out->bytes_max = bytes_max;
    out->room = bytes_max < ROOM_FIRST ? bytes_max : ROOM_FIRST;
    out->bytes = arena_bytes(arena, out->room);
    return out;
}

struct str out_text(const struct out *out)
{
    return (struct str){out->bytes, out->len};
}

bool out_full(const struct out *out)
{
    return out->full;
}

static bool make_room(struct out *out, size_t more)
{
    size_t room = out->room;

    if (out->full || more > out->bytes_max - out->len) {
        out->full = true;
        return false;
    }
    while (room - out->len < more) room = room * 2 > out->bytes_max ? out->bytes_max : room * 2;
    if (room == out->room) return true;
    out->bytes = arena_grow(out->arena, out->bytes, out->room, room);
    out->room = room;
    return true;
}

void out_raw_slow(struct out *out, const char *bytes, size_t len)
{
    if (make_room(out, len)) out_raw(out, bytes, len);
}

void out_raw_str(struct out *out, struct str bytes)
{
    out_raw(out, bytes.at, bytes.len);
}

static struct str escape_of(char c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    case '\'': return S("&#39;");
    default: return S("");
    }
}

/* Where the next of the five is, or the end.  Sixteen bytes are looked at together: nearly all text
 * has none of them. */
static size_t next_escaped(struct str text, size_t from)
{
    typedef unsigned char bytes __attribute__((vector_size(16)));
    typedef uint64_t halves __attribute__((vector_size(16)));

    for (bytes sixteen; text.len - from >= sizeof sixteen; from += sizeof sixteen) {
        halves found;

        memcpy(&sixteen, text.at + from, sizeof sixteen);
        found = (halves)((sixteen == '&') | (sixteen == '<') | (sixteen == '>') | (sixteen == '"') |
                         (sixteen == '\''));
        if (found[0] | found[1]) break;
    }
    /* All five are below '?'. */
    while (from < text.len &&
           ((unsigned char)text.at[from] > '>' || escape_of(text.at[from]).len == 0))
        from++;
    return from;
}

void out_str(struct out *out, struct str text)
{
    for (size_t from = 0; from < text.len;) {
        size_t next = next_escaped(text, from);

        out_raw(out, text.at + from, next - from);
        if (next < text.len) out_raw_str(out, escape_of(text.at[next++]));
        from = next;
    }
}

void out_int(struct out *out, int64_t number)
{
    char digits[24];
    int at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0) digits[--at] = '-';
    out_raw(out, digits + at, sizeof digits - (size_t)at);
}

void out_bool(struct out *out, bool truth)
{
    out_raw_str(out, truth ? S("true") : S("false"));
}

static bool is_plain_in_url(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void out_url(struct out *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0, from = 0; i < text.len; from = i) {
        while (i < text.len && is_plain_in_url(text.at[i])) i++;
        out_raw(out, text.at + from, i - from);
        for (; i < text.len && !is_plain_in_url(text.at[i]); i++) {
            unsigned char c = (unsigned char)text.at[i];

            out_raw(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        }
    }
}

struct local {
    int year, month, day, hour, minute, second; /* month from 0 */
};

/* By arithmetic: gmtime_r takes a lock of the whole process, and a page has a time on each line.
 * Days are counted from 1 March of the year 0, so that the odd day comes last; an era is the 400
 * years after which the calendar repeats (146,097 days). */
static struct local local(moment at)
{
    enum { ERA = 146097, TO_1970 = 719468 };
    int64_t shifted = at + ZONE_SECONDS;
    int64_t days = shifted / SECONDS_PER_DAY - (shifted % SECONDS_PER_DAY < 0);
    int64_t left = shifted - days * SECONDS_PER_DAY;
    int64_t since = days + TO_1970, era = (since >= 0 ? since : since - (ERA - 1)) / ERA;
    int64_t of_era = since - era * ERA;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t march = (5 * of_year + 2) / 153; /* months of 31 and 30 days in turn, from March */

    return (struct local){
        .year = (int)(year + era * 400 + (march >= 10)),
        .month = (int)(march < 10 ? march + 2 : march - 10),
        .day = (int)(of_year - (153 * march + 2) / 5 + 1),
        .hour = (int)(left / SECONDS_PER_HOUR),
        .minute = (int)(left / SECONDS_PER_MINUTE % 60),
        .second = (int)(left % 60),
    };
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

void out_day(struct out *out, enum language language, moment at)
{
    struct local day = local(at);

    if (language == LANGUAGE_ZH) {
        out_int(out, day.year);
        OUT_LITERAL(out, "年");
        out_int(out, day.month + 1);
        OUT_LITERAL(out, "月");
        out_int(out, day.day);
        OUT_LITERAL(out, "日");
        return;
    }
    out_int(out, day.day);
    OUT_LITERAL(out, " ");
    out_raw_str(out, str_of(months[day.month]));
    OUT_LITERAL(out, " ");
    out_int(out, day.year);
}

void out_date(struct out *out, enum language language, moment at)
{
    enum { SEVEN = 7, THURSDAY = 3 }; /* what 1 January 1970 was */
    static const struct {
        const char *english, *chinese;
    } names[SEVEN] = {{"Monday", "一"},  {"Tuesday", "二"}, {"Wednesday", "三"}, {"Thursday", "四"},
                      {"Friday", "五"}, {"Saturday", "六"}, {"Sunday", "日"}};
    int64_t shifted = at + ZONE_SECONDS;
    int64_t days = shifted / SECONDS_PER_DAY - (shifted % SECONDS_PER_DAY < 0);
    size_t weekday = (size_t)(((days + THURSDAY) % SEVEN + SEVEN) % SEVEN);

    if (language == LANGUAGE_ZH) {
        out_day(out, language, at);
        OUT_LITERAL(out, "（星期");
        out_raw_str(out, str_of(names[weekday].chinese));
        OUT_LITERAL(out, "）");
        return;
    }
    out_raw_str(out, str_of(names[weekday].english));
    OUT_LITERAL(out, " ");
    out_day(out, language, at);
}

static void two_digits(char *at, int number)
{
    at[0] = (char)('0' + number / 10);
    at[1] = (char)('0' + number % 10);
}

void out_clock(struct out *out, moment at)
{
    struct local tm = local(at);
    char text[] = "00:00";

    two_digits(text, tm.hour);
    two_digits(text + 3, tm.minute);
    out_raw(out, text, sizeof text - 1);
}

void out_moment(struct out *out, enum language language, moment at)
{
    out_day(out, language, at);
    out_raw_str(out, language == LANGUAGE_ZH ? S(" ") : S(", "));
    out_clock(out, at);
}

void out_iso(struct out *out, moment at)
{
    struct local tm = local(at);
    char text[] = "0000-00-00T00:00:00+08:00";
    int year = tm.year;

    assert(year >= 0 && year <= 9999);
    two_digits(text, year / 100);
    two_digits(text + 2, year % 100);
    two_digits(text + 5, tm.month + 1);
    two_digits(text + 8, tm.day);
    two_digits(text + 11, tm.hour);
    two_digits(text + 14, tm.minute);
    two_digits(text + 17, tm.second);
    out_raw(out, text, sizeof text - 1);
}

void out_json_str(struct out *out, struct str text)
{
    size_t from = 0;

    OUT_LITERAL(out, "\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        char escape[8];

        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out_raw(out, text.at + from, i - from);
        if (c == '"' || c == '\\')
            snprintf(escape, sizeof escape, "\\%c", c);
        else if (c == '\n')
            snprintf(escape, sizeof escape, "\\n");
        else
            snprintf(escape, sizeof escape, "\\u%04x", c);
        out_raw(out, escape, strlen(escape));
        from = i + 1;
    }
    if (text.len > from) out_raw(out, text.at + from, text.len - from);
    OUT_LITERAL(out, "\"");
}
