/* review_wording.c -- see review_wording.h for the invariants, which the tests cite. */
#include "bureau/review/review_wording.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { COVERED = 1 }; /* in place of a character of an allowed phrase: no pattern holds it */

static const struct {
    const char *word, *name;
} kinds[REVIEW_WORDINGS] = {
    [REVIEW_MONEY] = {"money", T("Asks for money")},
    [REVIEW_CONTACT] = {"contact", T("Leads to private contact")},
    [REVIEW_SERVICE] = {"service", T("Offers paid service")},
    [REVIEW_ALLOWED] = {"allowed", T("Allowed: never flagged")},
};

struct str review_wording_word(enum review_wording kind)
{
    return str_of(kinds[kind].word);
}

bool review_wording_of(struct str word, enum review_wording *kind)
{
    for (int i = 0; i < REVIEW_WORDINGS; i++) {
        if (!str_same(word, str_of(kinds[i].word))) continue;
        *kind = (enum review_wording)i;
        return true;
    }
    return false;
}

const char *review_wording_name(enum review_wording kind)
{
    return kinds[kind].name;
}

/* Digits in words, and characters such offers are disguised with. */
static const struct {
    UChar32 from, to;
} plain_forms[] = {
    {0x3007, '0'},
    {0x96F6, '0'},
    {0x4E00, '1'},
    {0x58F9, '1'},
    {0x5E7A, '1'},
    {0x4E8C, '2'},
    {0x8D30, '2'},
    {0x8CB3, '2'},
    {0x4E24, '2'},
    {0x5169, '2'},
    {0x4E09, '3'},
    {0x53C1, '3'},
    {0x56DB, '4'},
    {0x8086, '4'},
    {0x4E94, '5'},
    {0x4F0D, '5'},
    {0x516D, '6'},
    {0x9646, '6'},
    {0x9678, '6'},
    {0x4E03, '7'},
    {0x67D2, '7'},
    {0x516B, '8'},
    {0x634C, '8'},
    {0x4E5D, '9'},
    {0x7396, '9'},
    {0x8CBB, 0x8D39} /* 費 */,
    {0x9322, 0x94B1} /* 錢 */,
    {0x806F, 0x8054} /* 聯 */,
    {0x7E6B, 0x7CFB} /* 繫 */,
    {0x4FC2, 0x7CFB} /* 係 */,
    {0x96FB, 0x7535} /* 電 */,
    {0x8A71, 0x8BDD} /* 話 */,
    {0x7D66, 0x7ED9} /* 給 */,
    {0x8F49, 0x8F6C} /* 轉 */,
    {0x5E33, 0x8D26} /* 帳 */,
    {0x8CEC, 0x8D26} /* 賬 */,
    {0x5E10, 0x8D26} /* 帐 */,
    {0x584A, 0x5757} /* 塊 */,
    {0x865F, 0x53F7} /* 號 */,
    {0x8B49, 0x8BC1} /* 證 */,
    {0x8A17, 0x6258} /* 託 */,
    {0x8ACB, 0x8BF7} /* 請 */,
    {0x8207, 0x4E0E} /* 與 */,
    {0x8587, 0x5FAE} /* 薇 for 微 */,
    {0x5A01, 0x5FAE} /* 威 for 微 */,
    {0x5FBD, 0x5FAE} /* 徽 for 微 */,
    {0x82AF, 0x4FE1} /* 芯 for 信 */,
    {0x8F9B, 0x4FE1} /* 辛 for 信 */,
};

static UChar32 plain_of(UChar32 c)
{
    for (size_t i = 0; i < COUNT(plain_forms); i++) {
        if (plain_forms[i].from == c) return plain_forms[i].to;
    }
    return c;
}

/* Letters and digits of `text` in their plain form, and of a pattern its signs, as code points. */
static UChar32 *points_of(struct arena *arena, struct str text, bool is_pattern, size_t *count)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);
    int32_t room = (int32_t)text.len + 1, len, made_len, made_room;
    UChar *wide, *made;
    UChar32 *points;

    *count = 0;
    wide = arena_bytes(arena, (size_t)room * sizeof *wide);
    u_strFromUTF8(wide, room, &len, text.at, (int32_t)text.len, &error);
    made_room = len * 4 + 32; /* what is longer is no way people write */
    made = arena_bytes(arena, (size_t)made_room * sizeof *made);
    made_len = unorm2_normalize(normalizer, wide, len, made, made_room, &error);
    if (U_FAILURE(error)) return NULL;
    points = arena_bytes(arena, ((size_t)made_len + 1) * sizeof *points);
    u_strToUTF32(points, made_len + 1, &len, made, made_len, &error);
    if (U_FAILURE(error)) return NULL;
    for (int32_t i = 0; i < len; i++) {
        UChar32 c = points[i];

        if (is_pattern && (c == '#' || c == '*'))
            points[(*count)++] = c;
        else if (u_isalpha(c) || plain_of(c) != c)
            points[(*count)++] = plain_of(c);
        else if (u_charDigitValue(c) >= 0)
            points[(*count)++] = '0' + u_charDigitValue(c);
    }
    return points;
}

static struct str utf8_of(struct arena *arena, const UChar32 *points, size_t count)
{
    uint8_t *at = arena_bytes(arena, count * 4 + 1);
    size_t len = 0;

    for (size_t i = 0; i < count; i++) U8_APPEND_UNSAFE(at, len, (uint32_t)points[i]);
    return (struct str){(const char *)at, len};
}

struct str review_plain(struct arena *arena, struct str text)
{
    size_t count;
    UChar32 *points = str_is_utf8(text) ? points_of(arena, text, false, &count) : NULL;

    return points ? utf8_of(arena, points, count) : S("");
}

struct str review_plain_pattern(struct arena *arena, struct str pattern)
{
    size_t count, kept = 0, first = 0;
    UChar32 *points = str_is_utf8(pattern) ? points_of(arena, pattern, true, &count) : NULL;

    if (!points) return S("");
    for (size_t i = 0; i < count; i++) {
        if (points[i] == '*' && kept && points[kept - 1] == '*') continue;
        points[kept++] = points[i];
    }
    if (kept && points[kept - 1] == '*') kept--;
    if (kept && points[0] == '*') first = 1;
    if (kept <= first || kept - first > REVIEW_PATTERN_POINTS_MAX) return S("");
    return utf8_of(arena, points + first, kept - first);
}

/* A pattern cut at its gaps into parts that stand one after the other. */
struct cut {
    UChar32 points[REVIEW_PATTERN_POINTS_MAX];
    size_t count;
};

static bool cut_of(struct str plain, struct cut *cut)
{
    size_t at = 0;

    cut->count = 0;
    while (at < plain.len) {
        UChar32 c;

        if (cut->count == REVIEW_PATTERN_POINTS_MAX) return false;
        U8_NEXT((const uint8_t *)plain.at, at, plain.len, c);
        if (c < 0) return false;
        cut->points[cut->count++] = c;
    }
    return cut->count > 0;
}

static bool fits(UChar32 sign, UChar32 c)
{
    return sign == '#' ? c >= '0' && c <= '9' : sign == c;
}

/* Whether the signs from `sign` on match from `at` on; `end` is what follows them.  A bit of
 * `open` is a place, counted from `at`, where the sign may stand: all ways at once, so that no
 * pattern makes more work than its length. */
static bool matches_at(const struct cut *cut, const UChar32 *text, size_t left, size_t *end)
{
    enum { SPAN = 400 }; /* longer than any match: every other sign may be a gap */
    bool open[SPAN + 1] = {true}, next[SPAN + 1];
    size_t reach = 0;

    for (size_t i = 0; i < cut->count; i++) {
        size_t reached = 0;
        bool any = false;

        for (size_t p = 0; p <= SPAN && p <= reach + REVIEW_GAP_MAX; p++) next[p] = false;
        for (size_t p = 0; p <= reach; p++) {
            if (!open[p]) continue;
            if (cut->points[i] == '*') {
                for (size_t gap = 0; gap <= REVIEW_GAP_MAX && p + gap <= left && p + gap <= SPAN;
                     gap++) {
                    if (gap && text[p + gap - 1] == COVERED) break;
                    next[p + gap] = any = true;
                    if (p + gap > reached) reached = p + gap;
                }
            } else if (p < left && p < SPAN && fits(cut->points[i], text[p])) {
                next[p + 1] = any = true;
                if (p + 1 > reached) reached = p + 1;
            }
        }
        if (!any) return false;
        for (size_t p = 0; p <= reached; p++) open[p] = next[p];
        reach = reached;
    }
    *end = reach;
    return true;
}

static bool find_at(const struct cut *cut, const UChar32 *text, size_t count, size_t from,
                    size_t *start, size_t *end)
{
    for (size_t i = from; i < count; i++) {
        size_t len;

        if (!fits(cut->points[0], text[i])) continue;
        if (!matches_at(cut, text + i, count - i, &len)) continue;
        *start = i;
        *end = i + len;
        return true;
    }
    return false;
}

unsigned review_find_wording(struct arena *arena, struct str text,
                             const struct review_pattern *patterns, size_t count, int *first)
{
    size_t points_count, start, end;
    UChar32 *points = str_is_utf8(text) ? points_of(arena, text, false, &points_count) : NULL;
    struct cut cut;
    unsigned found = 0;

    *first = -1;
    if (!points) return 0;
    for (size_t i = 0; i < count; i++) {
        if (patterns[i].kind != REVIEW_ALLOWED || !cut_of(patterns[i].plain, &cut)) continue;
        for (size_t from = 0; find_at(&cut, points, points_count, from, &start, &end); from = end)
            for (size_t p = start; p < end; p++) points[p] = COVERED;
    }
    for (size_t i = 0; i < count; i++) {
        unsigned bit = 1u << patterns[i].kind;

        if (patterns[i].kind == REVIEW_ALLOWED || (found & bit)) continue;
        if (!cut_of(patterns[i].plain, &cut)) continue;
        if (!find_at(&cut, points, points_count, 0, &start, &end)) continue;
        found |= bit;
        if (*first < 0) *first = (int)i;
    }
    return found;
}
