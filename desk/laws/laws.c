/* laws.c -- see laws.h. */
#include "desk/laws/laws.h"

#include "desk/calendar/calendar.h"

enum { NUMBER_MAX = 99999, WIDE_LEN = 3 /* bytes of a Chinese character */ };

enum laws_state laws_state(moment effective_at, moment repealed_at, moment next_at, moment now)
{
    if (effective_at > now) return LAWS_COMING;
    if (repealed_at && repealed_at <= now) return LAWS_ENDED;
    return next_at && next_at <= now ? LAWS_ENDED : LAWS_IN_FORCE;
}

const char *laws_state_word(enum laws_state state)
{
    static const char *const words[] = {"coming", "in_force", "ended"};

    return words[state];
}

/* ---- numerals ---- */

struct sign {
    const char *text;
    int64_t value;
};
static const struct sign digits[] = {
    {"零", 0}, {"〇", 0}, {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6},
    {"七", 7}, {"八", 8}, {"九", 9}, {"两", 2}, {"０", 0}, {"１", 1}, {"２", 2}, {"３", 3},
    {"４", 4}, {"５", 5}, {"６", 6}, {"７", 7}, {"８", 8}, {"９", 9}};
static const struct sign units[] = {{"十", 10}, {"百", 100}, {"千", 1000}, {"万", 10000}};

static bool sign_of(struct str text, const struct sign *signs, size_t count, int64_t *value)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_begins(text, str_of(signs[i].text))) continue;
        *value = signs[i].value;
        return true;
    }
    return false;
}

static struct str after(struct str text, size_t len)
{
    return (struct str){text.at + len, text.len - len};
}

size_t laws_numeral(struct str text, int64_t *number)
{
    /* sum of finished units, what stands below the next 万, the last digits before a unit */
    int64_t sum = 0, part = 0, last = 0, value;
    bool has_last = false, has_any = false, has_unit = false;
    size_t used = 0;

    while (used < text.len) {
        struct str rest = after(text, used);
        bool is_plain = rest.at[0] >= '0' && rest.at[0] <= '9';

        if (is_plain || sign_of(rest, digits, COUNT(digits), &value)) {
            if (is_plain) value = rest.at[0] - '0';
            /* 一千零七十九 has one digit a unit; 1079 and 一〇七九 stand in places of ten */
            last = has_last && !(has_unit && last == 0) ? last * 10 + value : value;
            has_last = true;
            used += is_plain ? 1 : WIDE_LEN;
        } else if (sign_of(rest, units, COUNT(units), &value)) {
            part += (has_last && last ? last : 1) * value;
            if (value == 10000 && sum) return 0; /* one 万 only */
            if (value == 10000) sum = part, part = 0;
            last = 0, has_last = false, has_unit = true;
            used += WIDE_LEN;
        } else {
            break;
        }
        has_any = true;
        if (sum + part + last > NUMBER_MAX) return 0;
    }
    *number = sum + part + last;
    return has_any && *number > 0 ? used : 0;
}

size_t laws_label(struct str text, struct laws_label *label)
{
    const struct str first = S("第"), article = S("条"), of = S("之");
    struct str rest;
    size_t len;

    if (!str_begins(text, first)) return 0;
    rest = after(text, first.len);
    len = laws_numeral(rest, &label->number);
    if (!len) return 0;
    rest = after(rest, len);
    label->sub = 0;
    if (!str_begins(rest, article)) return 0;
    rest = after(rest, article.len);
    if (str_begins(rest, of)) {
        len = laws_numeral(after(rest, of.len), &label->sub);
        if (len) rest = after(rest, of.len + len);
    }
    return (size_t)(rest.at - text.at);
}

/* ---- addresses ---- */

bool laws_address_read(struct str text, struct laws_label *label, int64_t *position)
{
    struct str rest, head;

    *label = (struct laws_label){0, 0};
    *position = 0;
    if (text.len > 1 && text.at[0] == 'p')
        return str_to_int(after(text, 1), position) && *position > 0 && *position <= NUMBER_MAX;
    head = str_cut(text, '-', &rest);
    if (!str_to_int(head, &label->number) || label->number < 1 || label->number > NUMBER_MAX)
        return false;
    if (head.len == text.len) return true;
    return str_to_int(rest, &label->sub) && label->sub > 0 && label->sub <= NUMBER_MAX;
}

struct str laws_address(struct arena *arena, int64_t number, int64_t sub, int64_t position)
{
    if (!number) return arena_print(arena, "p%lld", (long long)position);
    if (!sub) return arena_print(arena, "%lld", (long long)number);
    return arena_print(arena, "%lld-%lld", (long long)number, (long long)sub);
}

/* ---- names ---- */

static struct str without(struct str text, struct str start, struct str end)
{
    if (str_begins(text, start)) text = after(text, start.len);
    if (str_ends(text, end)) text.len -= end.len;
    return text;
}

struct str laws_plain_name(struct str title)
{
    static const char *const opens[] = {"（", "("}, *const closes[] = {"）", ")"};
    struct str name = str_trim(title);

    for (size_t i = 0; i < COUNT(opens); i++) {
        struct str open = str_of(opens[i]), close = str_of(closes[i]);
        size_t at = name.len;
        int64_t number;

        if (!str_ends(name, close)) continue;
        while (at > 0 && !str_begins(after(name, at), open)) at--;
        /* （2018年修正） says which version it is; （一） and （试行） belong to the name */
        if (at > 0 && at + open.len < name.len && name.at[at + open.len] >= '1' &&
            name.at[at + open.len] <= '9' && laws_numeral(after(name, at + open.len), &number) >= 4)
            name.len = at;
    }
    name = without(str_trim(name), S("《"), S("》"));
    return without(name, S("中华人民共和国"), S(""));
}

/* ---- days ---- */

static size_t day_part(struct str text, struct str mark, int64_t *number)
{
    size_t len = laws_numeral(text, number);

    return len && str_begins(after(text, len), mark) ? len + mark.len : 0;
}

size_t laws_day(struct str text, moment *at)
{
    bool is_plain = text.len >= 10 && text.at[4] == '-';
    const struct str marks[] = {is_plain ? S("-") : S("年"), is_plain ? S("-") : S("月"),
                                is_plain ? S("") : S("日")};
    int64_t parts[3];
    size_t used = 0;

    for (size_t i = 0; i < COUNT(parts); i++) {
        size_t len = day_part(after(text, used), marks[i], &parts[i]);

        if (!len) return 0;
        used += len;
    }
    if (parts[0] < 1900 || parts[0] > 2199 ||
        !calendar_date_exists((int)parts[0], (int)parts[1], (int)parts[2]))
        return 0;
    *at = calendar_moment_of((int)parts[0], (int)parts[1], (int)parts[2], 0);
    return used;
}

moment laws_effective(struct str text)
{
    static const char *const begins[] = {"起施行", "起实施", "起生效", "起执行"};
    const struct str from = S("自");

    for (int64_t at = str_find(text, from); at >= 0; at = str_find(text, from)) {
        moment day;
        size_t len;

        text = after(text, (size_t)at + from.len);
        len = laws_day(text, &day);
        for (size_t i = 0; len && i < COUNT(begins); i++)
            if (str_begins(after(text, len), str_of(begins[i]))) return day;
    }
    return 0;
}
