/* items_search.c -- see items_search.h. */
#include "desk/items/items_search.h"

enum {
    NAME_POINTS = 12,
    WORDS_POINTS = 9,
    REST_POINTS = 2,
    WEIGHT = 64,
    PLAIN_MIN = 3, /* "me" begins half of all words */
    FAIR_PART = 3  /* of the best item's points, a third */
};

static struct str lower(struct arena *arena, struct str text)
{
    char *made = arena_take(arena, 1, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        made[i] = text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
    return (struct str){made, text.len};
}

static size_t point_len(unsigned char first)
{
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* U+3000 to U+303F and U+FF00 to U+FF65: Chinese stops and brackets. */
static bool is_stop(struct str point)
{
    unsigned char one = (unsigned char)point.at[0], two;

    if (point.len != 3) return point.len < 3;
    two = (unsigned char)point.at[1];
    return (one == 0xE3 && two == 0x80) || (one == 0xEF && two >= 0xBC) || one == 0xE2;
}

/* Pairs of neighbouring letters, words of plain letters; a lone letter stands for itself. */
static size_t parts_of(struct str q, struct str *parts)
{
    struct str last = {0};
    bool last_paired = true;
    size_t count = 0;

    for (size_t at = 0; at < q.len && count + 1 < ITEMS_PARTS_MAX;) {
        size_t from = at, len = point_len((unsigned char)q.at[at]);
        struct str point = {q.at + at, at + len <= q.len ? len : q.len - at};

        if (is_plain(q.at[at]) || is_stop(point)) {
            if (last.len && !last_paired) parts[count++] = last;
            last = (struct str){0};
            last_paired = true;
            while (at < q.len && is_plain(q.at[at])) at++;
            if (at - from >= PLAIN_MIN) parts[count++] = (struct str){q.at + from, at - from};
            if (at == from) at += point.len;
            continue;
        }
        if (last.len) {
            parts[count++] = (struct str){last.at, last.len + point.len};
            last_paired = true;
        } else {
            last_paired = false;
        }
        last = point;
        at += point.len;
    }
    if (last.len && !last_paired) parts[count++] = last;
    return count;
}

/* A plain word is found at the beginning of a word only: "art" is not in "apartment". */
static bool has_part(struct str text, struct str part)
{
    bool plain = is_plain(part.at[0]);

    for (int64_t at; (at = str_find(text, part)) >= 0;) {
        if (!plain || at == 0 || !is_plain(text.at[at - 1])) return true;
        text.at += at + 1;
        text.len -= (size_t)at + 1;
    }
    return false;
}

static int64_t points_in(const struct items_searched *row, struct str part)
{
    if (has_part(row->name, part)) return NAME_POINTS;
    if (has_part(row->words, part)) return WORDS_POINTS;
    return has_part(row->rest, part) ? REST_POINTS : 0;
}

static void put(struct items_hit *hits, size_t *count, struct items_hit hit)
{
    size_t at = *count;

    if (at == ITEMS_FOUND_MAX && hits[at - 1].points >= hit.points) return;
    if (at == ITEMS_FOUND_MAX) at--;
    *count = at + 1;
    for (; at > 0 && hits[at - 1].points < hit.points; at--) hits[at] = hits[at - 1];
    hits[at] = hit;
}

size_t items_search(struct arena *arena, struct str q, const struct items_searched *rows,
                    size_t rows_count, struct items_hit *hits)
{
    struct items_searched *low = NEW_MANY(arena, struct items_searched, rows_count + 1);
    int64_t *points = NEW_MANY(arena, int64_t, rows_count + 1),
            *now = NEW_MANY(arena, int64_t, rows_count + 1);
    struct str parts[ITEMS_PARTS_MAX];
    size_t parts_count = parts_of(lower(arena, q), parts), count = 0;

    for (size_t i = 0; i < rows_count; i++)
        low[i] = (struct items_searched){lower(arena, rows[i].name), lower(arena, rows[i].words),
                                         lower(arena, rows[i].rest)};
    for (size_t p = 0; p < parts_count; p++) {
        int64_t have = 0;

        for (size_t i = 0; i < rows_count; i++) have += (now[i] = points_in(&low[i], parts[p])) > 0;
        for (size_t i = 0; i < rows_count; i++) points[i] += now[i] * WEIGHT / (8 + have);
    }
    for (size_t i = 0; i < rows_count; i++)
        if (points[i] > 0) put(hits, &count, (struct items_hit){i, points[i]});
    while (count > 1 && hits[count - 1].points * FAIR_PART < hits[0].points) count--;
    return count;
}
