/* search.c -- see search.h. */
#include "service/search/search.h"

enum { BEFORE_POINTS = 20, RUN_POINTS_MAX = 12, RUN_POINTS_MIN = 2, QUERY_BYTES_LOOKED_AT = 600 };

static bool begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* The end of so many characters from `at` on, or the text's end. */
static size_t forward(struct str text, size_t at, size_t points)
{
    while (at < text.len && points) {
        at++;
        while (at < text.len && !begins_character(text.at[at])) at++;
        points--;
    }
    return at;
}

/* So many characters back, but not over an end of a line or of a sentence. */
static size_t back(struct str text, size_t at, size_t points)
{
    while (at > 0 && points) {
        size_t before = at - 1;

        while (before > 0 && !begins_character(text.at[before])) before--;
        if (text.at[before] == '\n' ||
            (at - before == 3 && str_begins((struct str){text.at + before, 3}, S("。"))))
            break;
        at = before;
        points--;
    }
    return at;
}

static bool is_blank(struct str run)
{
    for (size_t i = 0; i < run.len; i++)
        if (run.at[i] == ' ' || run.at[i] == '\n' || (unsigned char)run.at[i] == 0xef) return true;
    return false;
}

static int64_t find_run(struct str text, struct str query, struct str *run)
{
    if (query.len > QUERY_BYTES_LOOKED_AT) query.len = QUERY_BYTES_LOOKED_AT;
    for (size_t points = RUN_POINTS_MAX; points >= RUN_POINTS_MIN; points--) {
        for (size_t at = 0; at < query.len; at = forward(query, at, 1)) {
            size_t end = forward(query, at, points);
            int64_t found;

            if (str_points((struct str){query.at + at, end - at}) < points) break;
            *run = (struct str){query.at + at, end - at};
            if (is_blank(*run)) continue;
            found = str_find(text, *run);
            if (found >= 0) return found;
        }
    }
    return -1;
}

struct search_snippet search_snippet(struct str text, struct str query)
{
    struct search_snippet made = {.before = S(""), .match = S(""), .after = S("")};
    struct str run = S("");
    int64_t found = find_run(text, query, &run);
    size_t at = found < 0 ? 0 : (size_t)found, from, to;

    from = found < 0 ? 0 : back(text, at, BEFORE_POINTS);
    to = forward(text, from, SEARCH_SNIPPET_POINTS);
    if (found >= 0 && to >= at + run.len) {
        made.before = (struct str){text.at + from, at - from};
        made.match = (struct str){text.at + at, run.len};
        made.after = (struct str){text.at + at + run.len, to - at - run.len};
    } else {
        made.before = (struct str){text.at + from, to - from};
    }
    made.is_cut_before = from > 0;
    made.is_cut_after = to < text.len;
    return made;
}
