/* repository_number.c -- see repository_number.h. */
#include <string.h>

#include "service/repository/repository_number.h"

enum { DIGITS_KEPT = 24, GROUPS_MAX = 24, BETWEEN_MAX = 9 };

/* Which digits, and what may stand between them. */
enum script { ARABIC, HAN, MIXED };
enum between {
    CLOSE, /* one blank or dash */
    WIDE,  /* several, and points, strokes and brackets */
    LISTED /* also commas: 1,3,8 or 一、三、八 */
};

struct number {
    char digits[DIGITS_KEPT];
    size_t count, len, runs;
    size_t ends[GROUPS_MAX], counts[GROUPS_MAX]; /* of each group of digits but the last */
    size_t check;                                /* how long the X behind it is */
};

static struct str from(struct str text, size_t at)
{
    return (struct str){text.at + at, text.len - at};
}

/* Nearly every word differs in its first byte, or its last: it is looked at before anything is
 * called. */
size_t repository_begins_with(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; text.len && i < count; i++)
        if (words[i][0] == text.at[0] && str_begins(text, str_of(words[i])))
            return strlen(words[i]);
    return 0;
}

size_t repository_ends_with(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; text.len && i < count; i++) {
        struct str word = str_of(words[i]);

        if (word.at[word.len - 1] == text.at[text.len - 1] && str_ends(text, word)) return word.len;
    }
    return 0;
}

/* ---- digits, and what stands between them ---- */

/* Full-width digits are three bytes, ０ to ９. */
size_t repository_digit(struct str text, char *value)
{
    if (text.len && text.at[0] >= '0' && text.at[0] <= '9') {
        *value = text.at[0];
        return 1;
    }
    if (text.len >= 3 && memcmp(text.at, "\xef\xbc", 2) == 0 && (unsigned char)text.at[2] >= 0x90 &&
        (unsigned char)text.at[2] <= 0x99) {
        *value = (char)('0' + ((unsigned char)text.at[2] - 0x90));
        return 3;
    }
    return 0;
}

static size_t digit(struct str text, enum script script, char *value)
{
    static const struct {
        const char *word;
        char value;
    } spoken[] = {{"〇", '0'}, {"零", '0'}, {"一", '1'}, {"幺", '1'}, {"二", '2'}, {"三", '3'},
                  {"四", '4'}, {"五", '5'}, {"六", '6'}, {"七", '7'}, {"八", '8'}, {"九", '9'}};

    if (script != HAN) {
        size_t took = repository_digit(text, value);

        if (took || script == ARABIC) return took;
    }
    if (!text.len || (unsigned char)text.at[0] < 0xe3) return 0;
    for (size_t i = 0; i < COUNT(spoken); i++)
        if (str_begins(text, str_of(spoken[i].word))) {
            *value = spoken[i].value;
            return strlen(spoken[i].word);
        }
    return 0;
}

static bool ends_with_digit(struct str text, enum script script)
{
    char value;

    return (text.len && digit(from(text, text.len - 1), script, &value)) ||
           (text.len >= 3 && digit(from(text, text.len - 3), script, &value) == 3);
}

static size_t mark(struct str text, enum between between)
{
    static const char *const close[] = {" ",
                                        "-",
                                        "\t",
                                        "\xc2\xa0",
                                        "\xe2\x80\x89",
                                        "\xe2\x80\x8b",
                                        "\xe2\x80\x90",
                                        "\xe2\x80\x91",
                                        "\xe2\x80\x92",
                                        "\xe2\x80\x93",
                                        "\xe2\x80\x94",
                                        "\xe2\x80\x95",
                                        "\xe2\x88\x92",
                                        "　",
                                        "－"};
    static const char *const wide[] = {".",  "/",  "_",  "*",           "·",  "•",
                                       "．", "(",  ")",  "（",          "）", "\xe2\x81\xa0",
                                       "／", "＿", "ー", "\xef\xbb\xbf"};
    static const char *const commas[] = {",", "，", "、", ";", "；"};
    size_t len = repository_begins_with(text, close, COUNT(close));

    if (!len && between != CLOSE) len = repository_begins_with(text, wide, COUNT(wide));
    return len || between != LISTED ? len : repository_begins_with(text, commas, COUNT(commas));
}

/* How long it is, up to the next digit; 0: no digit follows. */
static size_t gap(struct str text, enum script script, enum between between)
{
    size_t at = 0, took;
    char value;

    while (at <= BETWEEN_MAX && (took = mark(from(text, at), between))) {
        at += took;
        if (digit(from(text, at), script, &value)) return at;
        if (between == CLOSE) return 0;
    }
    return 0;
}

static size_t check_of(const struct number *n, struct str text)
{
    static const char *const checks[] = {"X", "x", "Ｘ", "ｘ"};
    size_t blank = mark(from(text, n->len), CLOSE), len;

    if (n->count != 17) return 0;
    len = repository_begins_with(from(text, n->len), checks, COUNT(checks));
    if (len || !blank) return len;
    len = repository_begins_with(from(text, n->len + blank), checks, COUNT(checks));
    return len ? blank + len : 0;
}

/* Of what is longer than any number the first digits are kept. */
static struct number number_at(struct str text, enum script script, enum between between)
{
    struct number n = {0};
    size_t at = 0, took;
    char value;

    while ((took = digit(from(text, at), script, &value))) {
        if (n.count < DIGITS_KEPT) n.digits[n.count] = value;
        n.count++;
        at += took;
        n.len = at;
        if (between != CLOSE && n.count > DIGITS_KEPT) break;
        if (!(took = gap(from(text, at), script, between))) continue;
        if (n.runs < GROUPS_MAX) {
            n.ends[n.runs] = at;
            n.counts[n.runs] = n.count;
        }
        n.runs++;
        at += took;
    }
    n.check = check_of(&n, text);
    return n;
}

/* Its first groups: a number, and something that only stands behind it. */
static struct number first_groups(const struct number *n, size_t runs, struct str text)
{
    struct number first = *n;

    first.runs = runs;
    first.count = n->counts[runs];
    first.len = n->ends[runs];
    first.check = check_of(&first, text);
    return first;
}

/* ---- what it is ---- */

/* 2021-01-01 and 2021 are days, 10000 元 is money. */
static bool is_phone(const struct number *n)
{
    const char *d = n->digits;

    if (n->count == 13 && memcmp(d, "86", 2) == 0 && d[2] == '1') return d[3] >= '3';
    if (n->count == 11 && d[0] == '1') return d[1] >= '3';
    if (d[0] == '0') return n->count >= 10 && n->count <= 12;
    if (n->count == 10 && memcmp(d, "400", 3) == 0) return true;
    return n->count == 8 && n->runs == 0 && d[0] >= '2' && memcmp(d, "20", 2) != 0;
}

static bool is_of_a_year(const struct number *n)
{
    return memcmp(n->digits, "19", 2) == 0 || memcmp(n->digits, "20", 2) == 0;
}

/* 平时, 万一, 股东, 元旦 and the end of a sentence are none. */
static bool is_unit(struct str rest)
{
    static const char *const units[] = {"元", "块", "万元", "亿", "平方", "平米", "㎡", "%", "股"};
    static const char *const no_units[] = {"元旦", "元月", "块儿", "股东", "股份", "股市", "股票"};
    char value;

    if (str_begins(rest, S("."))) return repository_digit(from(rest, 1), &value) > 0;
    return repository_begins_with(rest, units, COUNT(units)) > 0 &&
           !repository_begins_with(rest, no_units, COUNT(no_units));
}

static bool is_money(const struct number *n, struct str rest)
{
    return n->count <= 12 && !(n->count >= 10 && is_phone(n)) && is_unit(rest);
}

/* 电话：8765432, tel 6234-5678, 账号 6228 4801: the word before it says what it is. */
static bool is_told(struct str before, enum repository_kind *kind)
{
    static const char *const phones[] = {"电话", "手机", "座机", "固话",  "传真", "Tel", "tel",
                                         "TEL",  "hone", "HONE", "obile", "Fax",  "fax"};
    static const char *const accounts[] = {"账号", "帐号", "账户", "帐户",
                                           "卡号", "户号", "QQ",   "qq"};
    static const char *const between[] = {"号码", "号", "：", ":", "是", "为", " ", "."};
    size_t len = 1;

    for (int parts = 0; parts < 5 && len; parts++) {
        *kind = repository_ends_with(before, phones, COUNT(phones)) ? REPOSITORY_PHONE
                                                                    : REPOSITORY_ACCOUNT;
        if (*kind == REPOSITORY_PHONE || repository_ends_with(before, accounts, COUNT(accounts)))
            return true;
        len = repository_ends_with(before, between, COUNT(between));
        before.len -= len;
    }
    return false;
}

static size_t judge(const struct number *n, struct str text, struct str before,
                    enum repository_kind *kind)
{
    struct str rest = from(text, n->len);

    if (n->count < 7) return 0;
    if (n->check || (n->count == 18 && n->digits[0] != '0') ||
        (n->count == 15 && n->runs == 0 && n->digits[0] <= '6' && n->digits[0] >= '1')) {
        *kind = REPOSITORY_IDENTITY;
        return n->len + n->check;
    }
    if (is_money(n, rest)) return 0;
    *kind = is_phone(n) ? REPOSITORY_PHONE : REPOSITORY_ACCOUNT;
    if (*kind == REPOSITORY_PHONE || n->count >= 10) return n->len;
    return !(n->runs && is_of_a_year(n)) && is_told(before, kind) ? n->len : 0;
}

/* 138.1234.5678, 1.3.8.1.2.3.4.5.6.7.8, but not 1800.00 18000.00; (021)62345678, but not
 * 05/03/2021. */
static bool is_grouped(const struct number *n)
{
    size_t before = 0;
    bool is_long = true, is_single = true;

    for (size_t i = 0; i <= n->runs; i++) {
        size_t end = i < n->runs ? n->counts[i] : n->count;

        is_long = is_long && end - before >= 3;
        is_single = is_single && end - before == 1;
        before = end;
    }
    return is_long || is_single;
}

/* With more between its digits than a blank or a dash it must look like one in itself: tables,
 * days and sums are written so as well. */
static size_t judge_wide(const struct number *n, enum repository_kind *kind)
{
    bool is_card = n->count >= 16 && n->count <= 19 && memcmp(n->digits, "62", 2) == 0;
    bool has_day = memcmp(n->digits + 6, "19", 2) == 0 || memcmp(n->digits + 6, "20", 2) == 0;
    bool is_identity = n->check || (n->count == 18 && n->digits[0] != '0');

    if (is_identity && has_day && !is_of_a_year(n)) {
        *kind = REPOSITORY_IDENTITY;
        return n->len + n->check;
    }
    *kind = is_card ? REPOSITORY_ACCOUNT : REPOSITORY_PHONE;
    return is_grouped(n) && (is_card || (n->count >= 10 && is_phone(n))) ? n->len : 0;
}

static size_t take(struct str text, enum script script, struct str before,
                   enum repository_kind *kind)
{
    struct number n = number_at(text, script, CLOSE), first;
    size_t took = judge(&n, text, before, kind);

    for (size_t groups = n.runs; !took && groups-- > 0;) {
        first = first_groups(&n, groups, text);
        took = judge(&first, text, before, kind);
    }
    if (took) return took;
    n = number_at(text, script, WIDE);
    if (n.runs) took = judge_wide(&n, kind);
    for (size_t groups = n.runs; !took && groups-- > 1;) {
        first = first_groups(&n, groups, text);
        took = judge_wide(&first, kind);
    }
    return took;
}

/* 138，1234，5678; 一、三、八、…; 138一二三四5678.  Sums and lists are written with commas too, so
 * only a mobile number, a card or an identity number is one so: whole, or its first groups. */
static size_t take_listed(struct str text, enum script script, enum between between,
                          enum repository_kind *kind)
{
    struct number n = number_at(text, script, between), first = n;
    size_t groups = n.runs, took = 0;

    do {
        bool is_mobile = first.count == 11 && first.digits[0] == '1' && first.digits[1] >= '3';

        if (is_mobile || first.count >= 15) took = judge_wide(&first, kind);
        if (groups) first = first_groups(&n, groups - 1, text);
    } while (!took && groups-- > 0);
    return took;
}

size_t repository_take_number(const struct repository_look *look, enum repository_kind *kind)
{
    struct str text = from(look->text, look->at);
    struct str open = {look->text.at + look->done, look->at - look->done};
    struct str before = {look->text.at, look->at};
    char value;

    size_t took = 0;

    for (enum script script = ARABIC; script <= HAN && !took; script++) {
        if (!digit(text, script, &value) || ends_with_digit(open, script)) continue;
        took = take(text, script, before, kind);
        if (!took) took = take_listed(text, script, LISTED, kind);
    }
    if (!took && digit(text, MIXED, &value) && !ends_with_digit(open, MIXED))
        took = take_listed(text, MIXED, WIDE, kind);
    return took;
}
