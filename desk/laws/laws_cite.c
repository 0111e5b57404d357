/* laws_cite.c -- see laws_cite.h. */
#include "desk/laws/laws_cite.h"

#include <string.h>

enum { WIDE_LEN = 3 };

/* Is `what` in the text?  `rare` is a place in it whose byte is seldom in Chinese and English: the
 * library looks for one byte many times faster than for several. */
static bool has(struct str text, struct str what, size_t rare)
{
    const char *at = text.at, *end = text.at + text.len;

    while (at < end && (at = memchr(at, what.at[rare], (size_t)(end - at)))) {
        if ((size_t)(at - text.at) >= rare && (size_t)(end - at) >= what.len - rare &&
            memcmp(at - rare, what.at, what.len) == 0)
            return true;
        at++;
    }
    return false;
}

bool laws_may_cite(struct str text)
{
    if (!text.len) return false; /* it may be at NULL */
    return has(text, S("条"), 1) || has(text, S("rticle "), 3) || has(text, S("rt. "), 2);
}

static struct str from(struct str text, size_t at)
{
    return (struct str){text.at + at, text.len - at};
}

static bool ends_with(struct str text, size_t end, const char *what)
{
    size_t len = strlen(what);

    return end >= len && memcmp(text.at + end - len, what, len) == 0;
}

/* ---- backwards from 条 ---- */

static size_t skip_blanks_back(struct str text, size_t end, size_t least)
{
    while (end > least) {
        if (text.at[end - 1] == ' ')
            end--;
        else if (end >= least + WIDE_LEN && ends_with(text, end, "　"))
            end -= WIDE_LEN;
        else
            break;
    }
    return end;
}

static bool is_numeral_sign(struct str text, size_t end, size_t *len)
{
    static const char signs[] = "零〇一二三四五六七八九两十百千万０１２３４５６７８９";
    unsigned char last = (unsigned char)text.at[end - 1];

    *len = 1;
    if (last >= '0' && last <= '9') return true;
    if (end < WIDE_LEN) return false;
    *len = WIDE_LEN;
    for (size_t i = 0; i + 1 < sizeof signs; i += WIDE_LEN)
        if (memcmp(text.at + end - WIDE_LEN, signs + i, WIDE_LEN) == 0) return true;
    return false;
}

static bool is_stop(struct str text, size_t end, size_t *len)
{
    static const char stops[] = "，。；：！？、（）“”‘’【】《》〈〉…—　·";
    unsigned char last = (unsigned char)text.at[end - 1];

    *len = 1;
    if (last < 0x80) /* a blank, a sign; letters and digits may stand in a name */
        return !((last >= '0' && last <= '9') || (last >= 'A' && last <= 'Z') ||
                 (last >= 'a' && last <= 'z'));
    *len = end >= WIDE_LEN ? WIDE_LEN : end;
    for (size_t i = 0; i + WIDE_LEN < sizeof stops && end >= WIDE_LEN;) {
        size_t sign_len = (unsigned char)stops[i] >= 0xe0 ? 3 : 2;

        if (ends_with(text, end, "·") ||
            (sign_len == 3 && memcmp(text.at + end - 3, stops + i, 3) == 0))
            return true;
        i += sign_len;
    }
    return false;
}

/* Where the last character before `end` begins. */
static size_t character_back(struct str text, size_t end, size_t least)
{
    size_t at = end - 1;

    while (at > least && end - at < 4 && ((unsigned char)text.at[at] & 0xc0) == 0x80) at--;
    return at;
}

/* The name stands before `end`: in 《》, or as the end of an unbroken run. */
static void find_name(struct str text, size_t end, size_t least, struct laws_citation *c)
{
    size_t at = skip_blanks_back(text, end, least), len;

    c->before_end = at;
    c->before = S("");
    if (at >= least + WIDE_LEN && ends_with(text, at, "》")) {
        size_t close = at - WIDE_LEN, open = close;

        while (open > least && close - open < 2 * LAWS_RUN_BYTES_MAX &&
               !ends_with(text, open, "《"))
            open = character_back(text, open, least);
        if (open < least + WIDE_LEN || !ends_with(text, open, "《")) return;
        c->before = (struct str){text.at + open, close - open};
        c->is_quoted = true;
        return;
    }
    for (end = at; at > least && end - at < LAWS_RUN_BYTES_MAX;) {
        if (is_stop(text, at, &len)) break;
        at = character_back(text, at, least);
    }
    c->before = (struct str){text.at + at, end - at};
}

/* 、 和 and blanks alone: the number belongs to the law named before. */
static bool only_joins(struct str text, size_t at, size_t end)
{
    static const char *const joins[] = {"、", "和", "及", "与", "或", "至",
                                        "到", "，", " ",  "以", "者"};

    while (at < end) {
        size_t before = at;

        for (size_t i = 0; i < COUNT(joins) && at == before; i++)
            if (str_begins((struct str){text.at + at, end - at}, str_of(joins[i])))
                at += strlen(joins[i]);
        if (at == before) return false;
    }
    return true;
}

/* 之一, 第二款, 第（三）项: what may follow 条 and belongs to the citation. */
static size_t take_tail(struct str text, size_t at, struct laws_label *label)
{
    static const char *const units[] = {"款", "项", "目"};
    struct str rest = from(text, at);
    int64_t number;
    size_t len;

    label->sub = 0;
    if (str_begins(rest, S("之")) && (len = laws_numeral(from(rest, WIDE_LEN), &number)) > 0 &&
        !str_begins(from(rest, WIDE_LEN + len), S("般"))) { /* 之一般规定 */
        label->sub = number;
        at += WIDE_LEN + len;
    }
    for (size_t i = 0; i < COUNT(units); i++) {
        size_t used = 0;

        rest = from(text, at);
        if (!str_begins(rest, S("第"))) break;
        used = WIDE_LEN;
        if (str_begins(from(rest, used), S("（"))) used += WIDE_LEN;
        len = laws_numeral(from(rest, used), &number);
        if (!len) continue;
        used += len;
        if (str_begins(from(rest, used), S("）"))) used += WIDE_LEN;
        if (str_begins(from(rest, used), str_of(units[i]))) at += used + WIDE_LEN;
    }
    return at;
}

/* The citation whose 条 begins at `mark`; false if there is no number before it. */
static bool take_chinese(struct str text, size_t mark, size_t least, struct laws_citation *c)
{
    size_t end = skip_blanks_back(text, mark, least), at = end, len;

    *c = (struct laws_citation){.after = S("")};
    while (at > least && end - at < 40 && is_numeral_sign(text, at, &len) && at >= least + len)
        at -= len;
    if (at == end ||
        laws_numeral((struct str){text.at + at, end - at}, &c->label.number) != end - at)
        return false;
    at = skip_blanks_back(text, at, least);
    if (at >= least + WIDE_LEN && ends_with(text, at, "第")) {
        c->has_ordinal = true;
        at -= WIDE_LEN;
    } else {
        while (text.at[at] == ' ') at++; /* a blank before the number is not the number's */
        while (str_begins(from(text, at), S("　"))) at += WIDE_LEN;
    }
    c->at = at;
    c->end = take_tail(text, mark + WIDE_LEN, &c->label);
    find_name(text, at, least, c);
    return true;
}

/* ---- English ---- */

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '\'' ||
           byte == '-' || byte == ' ';
}

/* "Article" or "Art." at `at`, and a number; where that ends, or 0. */
static size_t take_article(struct str text, size_t at, int64_t *number)
{
    static const char *const words[] = {"Article ", "article ", "Art. ", "art. "};
    bool begins_word = at == 0 || !is_word_byte(text.at[at - 1]) || text.at[at - 1] == ' ';

    for (size_t i = 0; i < COUNT(words) && begins_word; i++) {
        size_t len;

        if (!str_begins(from(text, at), str_of(words[i]))) continue;
        at += strlen(words[i]);
        if (at >= text.len || text.at[at] < '0' || text.at[at] > '9') return 0;
        len = laws_numeral(from(text, at), number);
        return len ? at + len : 0;
    }
    return 0;
}

static bool take_english(struct str text, size_t at, size_t least, struct laws_citation *c)
{
    size_t end, name, start;

    *c = (struct laws_citation){.at = at, .after = S(""), .before = S(""), .has_ordinal = true};
    end = take_article(text, at, &c->label.number);
    if (!end) return false;
    c->end = end;
    name = end;
    if (str_begins(from(text, name), S(" of the ")))
        name += 8;
    else if (str_begins(from(text, name), S(" of ")))
        name += 4;
    for (start = name; start > end && name < text.len && name - start < LAWS_RUN_BYTES_MAX;) {
        if (!is_word_byte(text.at[name])) break;
        name++;
    }
    c->after = (struct str){text.at + start, name - start};
    for (end = at; end > least && (text.at[end - 1] == ' ' || text.at[end - 1] == ',');) end--;
    for (start = end; start > least && end - start < LAWS_RUN_BYTES_MAX;) {
        if (!is_word_byte(text.at[start - 1])) break;
        start--;
    }
    c->before = (struct str){text.at + start, end - start};
    c->before_end = end;
    return true;
}

/* ---- both ---- */

size_t laws_citations(struct str text, struct laws_citation *found, size_t max)
{
    const struct str mark = S("条");
    size_t count = 0, least = 0;

    for (size_t at = 0; at < text.len && count < max; at++) {
        struct laws_citation c;
        bool is_one = false;

        if (text.at[at] == mark.at[0] && str_begins(from(text, at), mark))
            is_one = take_chinese(text, at, least, &c);
        else if (text.at[at] == 'A' || text.at[at] == 'a')
            is_one = take_english(text, at, least, &c);
        if (!is_one) continue;
        c.follows = count > 0 && only_joins(text, least, c.at);
        found[count++] = c;
        least = c.end;
        at = c.end - 1;
    }
    return count;
}
