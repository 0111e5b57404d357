/* assistant_phrase.c -- see assistant_phrase.h. */
#include "service/assistant/assistant_phrase.h"

#include <string.h>

#include "platform/finder_terms.h"

enum { FIGURES_MAX = 40, PARTIES_MAX = 24, SHORT_PART = 3, FEW = 4 };

/* A text as it is compared: small, narrow, simplified. */
struct line {
    struct str text;
    uint32_t *points;
    size_t count;
};

static struct line line_of(struct arena *arena, struct str text)
{
    struct line line = {.text = finder_plain(arena, text),
                        .points = arena_bytes(arena, (text.len + 1) * sizeof *line.points)};

    for (size_t at = 0; at < line.text.len;)
        line.points[line.count++] = finder_point(line.text, &at);
    return line;
}

static bool is_in(uint32_t point, const char *signs)
{
    struct str all = str_of(signs);

    for (size_t at = 0; at < all.len;)
        if (finder_point(all, &at) == point) return true;
    return false;
}

/* ---- 1: numbers ---- */

struct figure {
    int64_t value;
    uint32_t unit;
};
struct figures {
    struct figure all[FIGURES_MAX];
    size_t count;
    bool is_odd; /* one too long to be read, or too many */
};

/* 0 to 9, or 10, 100, ...; -1: none. */
static int64_t digit_of(uint32_t point)
{
    static const char ones[] = "零一二三四五六七八九", tens[] = "十百千万亿";
    static const int64_t worth[] = {10, 100, 1000, 10000, 100000000};
    struct str all = str_of(ones), more = str_of(tens);

    if (point >= '0' && point <= '9') return point - '0';
    if (is_in(point, "〇")) return 0;
    if (is_in(point, "两")) return 2;
    for (size_t at = 0, i = 0; at < all.len; i++)
        if (finder_point(all, &at) == point) return (int64_t)i;
    for (size_t at = 0, i = 0; at < more.len; i++)
        if (finder_point(more, &at) == point) return worth[i];
    return -1;
}

static bool value_of(const uint32_t *points, size_t count, int64_t *value)
{
    int64_t total = 0, part = 0, number = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t digit = digit_of(points[i]);

        if (digit < 10) {
            number = number * 10 + digit;
        } else if (digit < 10000) {
            part += (number ? number : 1) * digit;
            number = 0;
        } else {
            total = (total + part + number) * digit;
            part = number = 0;
        }
        if (number > 1000000000 || part > 1000000000 || total > 1000000000000) return false;
    }
    *value = total + part + number;
    return true;
}

static uint32_t unit_behind(const struct line *line, size_t at)
{
    if (at < line->count && is_in(line->points[at], "个")) at++;
    if (at >= line->count) return 0;
    if (is_in(line->points[at], "天日")) return 'd';
    if (is_in(line->points[at], "小时")) return 'h';
    return is_in(line->points[at], "年月周岁元倍条款项次分人级期角%") ? line->points[at] : 0;
}

static struct figures figures_of(const struct line *line)
{
    struct figures found = {0};

    for (size_t i = 0; i < line->count;) {
        size_t from = i;
        struct figure one = {0};
        bool is_half = is_in(line->points[i], "半双");

        if (is_half) i++;
        while (!is_half && i < line->count && digit_of(line->points[i]) >= 0) i++;
        if (i == from) {
            i++;
            continue;
        }
        one.unit = unit_behind(line, i);
        /* In words as 统一 and 一般 it counts nothing. */
        if (!is_half && i == from + 1 && is_in(line->points[from], "一") && !one.unit &&
            !(from && is_in(line->points[from - 1], "第")))
            continue;
        if (is_half)
            one.value = -(int64_t)line->points[from];
        else if (!value_of(line->points + from, i - from, &one.value))
            found.is_odd = true;
        if (found.count == FIGURES_MAX) found.is_odd = true;
        if (!found.is_odd) found.all[found.count++] = one;
    }
    return found;
}

static bool has_all(const struct figures *a, const struct figures *of)
{
    for (size_t i = 0; i < of->count; i++) {
        bool has = false;

        for (size_t k = 0; k < a->count; k++)
            has = has || (a->all[k].value == of->all[i].value && a->all[k].unit == of->all[i].unit);
        if (!has) return false;
    }
    return true;
}

static bool same_figures(const struct line *source, const struct line *plain)
{
    struct figures a = figures_of(source), b = figures_of(plain);

    return !a.is_odd && !b.is_odd && has_all(&a, &b) && has_all(&b, &a);
}

/* ---- 2 and 3: words that decide ---- */

enum sort {
    SORT_NONE, /* has such a word in it and is none */
    SORT_MUST,
    SORT_MAY,
    SORT_FORBID,
    SORT_NEED_NOT,
    SORT_NOT,
    SORT_OR,
    SORT_EXCEPT,
    SORT_BEFORE,
    SORT_AFTER,
    SORT_AT_LEAST,
    SORT_MORE,
    SORT_AT_MOST,
    SORT_LESS,
    SORT_ONLY,
    SORT_PARTY
};

/* The longest that stands at a place is the one that stands there. */
static const struct {
    enum sort sort;
    const char *words;
} deciding[] = {
    {SORT_NONE, "要求|主要|重要|要约|必要|只要|要素|要件|纪要|摘要|供应|相应|"
                "响应|适应|反应|对应|应对|能力|可能|功能|职能|许可|认可|可靠|"
                "不可抗力|不动产|未成年|未来|没收|无论|不论|分别|区别|别人|性别|"
                "特别|级别|类别|个别|差别|非常|否则|不仅|不但|是否|免费|满意|"
                "满足|期满|届满|已满|前款|前条|前项|前述|目前|当前|前提|前者|"
                "后果|后者|先后|售后|善后|无期徒刑|解除|排除|免除|扣除|消除|废除|"
                "开除|拆除|删除|清除"},
    {SORT_MUST, "应当|应该|必须|须|应|要|需要|需|得在"},
    {SORT_MAY, "可以|能够|能|有权|可"},
    {SORT_FORBID, "不得|禁止|严禁|不准|不许|不能|不能够|不可|不可以|不应|不应当|"
                  "不应该"},
    {SORT_NEED_NOT, "无须|无需|不必|不需要|不用"},
    {SORT_NOT, "不|没有|没|未|无|非|否|免|勿|别"},
    {SORT_OR, "或者|或|还是"},
    {SORT_EXCEPT, "除|除了|但|但是|例外|另有"},
    {SORT_BEFORE, "前|之前|以前"},
    {SORT_AFTER, "后|之后|以后"},
    {SORT_AT_LEAST, "以上|至少|不少于|不低于"},
    {SORT_MORE, "超过|多于|高于"},
    {SORT_AT_MOST, "以下|以内|不超过|不多于|不高于|至多|最多|之内"},
    {SORT_LESS, "不满|未满|不足|少于|低于"},
    {SORT_ONLY, "只有|才|仅|只能"},
    {SORT_PARTY, "用人单位|单位|公司|企业|雇主|老板|劳动者|职工|员工|工人|雇员|"
                 "用工单位|劳务派遣单位|被派遣劳动者|工会|出租人|承租人|房东|"
                 "租客|出卖人|买受人|卖家|买家|贷款人|借款人|债权人|债务人|"
                 "保证人|担保人|抵押人|抵押权人|被继承人|继承人|遗嘱人|受遗赠人|"
                 "遗产管理人|父母|父亲|母亲|子女|父|母|夫妻|丈夫|妻子|配偶|男方|"
                 "女方|一方|对方|双方|无过错方|监护人|被监护人|原告|被告|申请人|"
                 "被申请人|第三人|当事人|侵权人|被侵权人|受害人|行为人|加害人|"
                 "经营者|消费者|销售者|生产者|医疗机构|患者|保险人|被保险人|"
                 "投保人|受益人|业主|物业服务人|人民法院|法院|仲裁委员会|"
                 "仲裁机构|公安机关|检察院|行政机关|登记机关|政府|街道|"
                 "居民委员会|村民委员会|机动车|驾驶人|所有权人|使用权人|本人|"
                 "近亲属|代理人|委托人|受托人|法定代理人|赠与人|受赠人"},
};

struct decided {
    unsigned sorts; /* bits */
    size_t no_count;
    struct str parties[PARTIES_MAX]; /* each once, as they come */
    size_t parties_count;
};

static struct str longest_at(struct str text, enum sort *sort)
{
    struct str best = S("");

    for (size_t i = 0; i < COUNT(deciding); i++) {
        struct str words = str_of(deciding[i].words);

        while (words.len) {
            struct str word = str_cut(words, '|', &words);

            if (word.len > best.len && str_begins(text, word))
                best = word, *sort = deciding[i].sort;
        }
    }
    return best;
}

static void add_party(struct decided *d, struct str party)
{
    for (size_t i = 0; i < d->parties_count; i++)
        if (str_same(d->parties[i], party)) return;
    if (d->parties_count < PARTIES_MAX) d->parties[d->parties_count++] = party;
}

static struct decided decided_by(const struct line *line)
{
    struct decided d = {0};

    for (size_t at = 0; at < line->text.len;) {
        struct str rest = {line->text.at + at, line->text.len - at};
        enum sort sort = SORT_NONE;
        struct str word = longest_at(rest, &sort);

        if (!word.len) {
            finder_point(line->text, &at);
            continue;
        }
        at += word.len;
        if (sort == SORT_PARTY)
            add_party(&d, word);
        else if (sort != SORT_NOT)
            d.sorts |= 1U << sort;
        d.no_count += sort == SORT_NOT || sort == SORT_FORBID || sort == SORT_NEED_NOT;
    }
    d.sorts &= ~(1U << SORT_NONE);
    return d;
}

static bool same_decided(const struct line *source, const struct line *plain)
{
    struct decided a = decided_by(source), b = decided_by(plain);

    if (a.sorts != b.sorts || a.no_count != b.no_count || a.parties_count != b.parties_count)
        return false;
    for (size_t i = 0; i < a.parties_count; i++)
        if (!str_same(a.parties[i], b.parties[i])) return false;
    return true;
}

/* ---- 4: nothing is added ---- */

static bool has_pair(const struct line *line, uint32_t one, uint32_t two)
{
    for (size_t i = 0; i + 1 < line->count; i++)
        if (line->points[i] == one && line->points[i + 1] == two) return true;
    return false;
}

/* How many of the points stand in the line in the same order. */
static size_t in_common(const struct line *line, const uint32_t *points, size_t count)
{
    uint16_t row[ASSISTANT_PHRASE_POINTS_MAX + 1] = {0};

    for (size_t i = 0; i < line->count; i++) {
        uint16_t before = 0;

        for (size_t k = 0; k < count; k++) {
            uint16_t here = row[k + 1];

            if (line->points[i] == points[k])
                row[k + 1] = (uint16_t)(before + 1);
            else if (row[k] > here)
                row[k + 1] = row[k];
            before = here;
        }
    }
    return row[count];
}

static bool part_is_covered(const struct line *source, const uint32_t *points, size_t count)
{
    size_t pairs = 0;

    if (count < SHORT_PART) return in_common(source, points, count) == count;
    for (size_t i = 0; i + 1 < count; i++) pairs += has_pair(source, points[i], points[i + 1]);
    if (count <= FEW) return in_common(source, points, count) * 4 >= count * 3;
    return pairs * 5 >= (count - 1) * 2 && in_common(source, points, count) * 5 >= count * 3;
}

static bool is_covered(const struct line *source, const struct line *plain)
{
    for (size_t from = 0, i = 0; i <= plain->count; i++) {
        if (i < plain->count && !is_in(plain->points[i], ",;:?!()。、…—")) continue;
        if (i > from && !part_is_covered(source, plain->points + from, i - from)) return false;
        from = i + 1;
    }
    return plain->count * 5 >= source->count * 2 && plain->count <= source->count * 2 + 20;
}

/* ---- 5: plain Chinese ---- */

static bool is_clean(const struct line *source, const struct line *plain)
{
    struct str text = plain->text;

    for (size_t i = 0; i < plain->count; i++) {
        uint32_t point = plain->points[i];
        bool is_han = point >= 0x4e00 && point <= 0x9fff;

        if (!is_han && !(point >= '0' && point <= '9') && !is_in(point, ",;:?!()。、…—%.《》“”〇"))
            return false;
    }
    for (int64_t at = str_find(text, S("《")); at >= 0; at = str_find(text, S("《"))) {
        int64_t end;

        text = (struct str){text.at + at, text.len - (size_t)at};
        end = str_find(text, S("》"));
        if (end < 0 || str_find(source->text, (struct str){text.at, (size_t)end}) < 0) return false;
        text = (struct str){text.at + end, text.len - (size_t)end};
    }
    return true;
}

bool assistant_says_the_same(struct arena *arena, struct str source, struct str plain)
{
    struct line a, b;

    if (!plain.len || !str_is_utf8(plain) || str_points(plain) > ASSISTANT_PHRASE_POINTS_MAX ||
        str_points(source) > ASSISTANT_PHRASE_POINTS_MAX)
        return false;
    a = line_of(arena, source);
    b = line_of(arena, plain);
    return is_clean(&a, &b) && same_figures(&a, &b) && same_decided(&a, &b) && is_covered(&a, &b);
}
