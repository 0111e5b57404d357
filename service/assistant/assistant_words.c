/* assistant_words.c -- see assistant_words.h. */
#include "service/assistant/assistant_words.h"

#include "platform/finder.h"
#include "platform/finder_terms.h"

enum { CELLS = 14 };

/* ---- sentences ---- */

/* Up to and with the first of these marks; the whole rest without one. */
static struct str until(struct str *text, struct str mark)
{
    int64_t end = str_find(*text, mark);
    size_t len = end < 0 ? text->len : (size_t)end + mark.len;
    struct str part = {text->at, len};

    text->at += len, text->len -= len;
    return str_trim(part);
}

static struct str best_of(struct arena *arena, struct str text, struct str mark,
                          struct str question)
{
    struct str best = S(""), all = text;
    double most = -1;

    while (all.len) {
        struct str part = until(&all, mark);
        double share = finder_share(arena, question, part);

        if (part.len && share > most) best = part, most = share;
    }
    return best;
}

struct str assistant_paragraph(struct str text, int64_t number)
{
    struct str part = S("");

    for (int64_t i = 0; i < number; i++) {
        if (!text.len) return S("");
        part = str_cut(text, '\n', &text);
    }
    return str_trim(part);
}

struct str assistant_sentence(struct arena *arena, struct str text, struct str question)
{
    struct str best = best_of(arena, text, S("。"), question);

    if (str_points(best) > ASSISTANT_SENTENCE_POINTS_MAX)
        best = best_of(arena, best, S("；"), question);
    if (str_points(best) > ASSISTANT_SENTENCE_POINTS_MAX)
        best = best_of(arena, best, S("\n"), question);
    if (str_points(best) > ASSISTANT_SENTENCE_POINTS_MAX)
        best = best_of(arena, best, S("，"), question);
    return best;
}

/* ---- the table ---- */

/* The next row of that sort; its cells, those that are missing empty. */
static bool next_row(struct str *table, struct str sort, struct str cells[CELLS])
{
    while (table->len) {
        struct str line = str_cut(*table, '\n', table);

        for (size_t i = 0; i < CELLS; i++) cells[i] = str_cut(line, '\t', &line);
        if (str_same(cells[0], sort)) return true;
    }
    return false;
}

bool assistant_is_about(struct arena *arena, struct str table, const char *kind, struct str text)
{
    struct str cells[CELLS], plain = finder_plain(arena, text);

    while (next_row(&table, S("words"), cells))
        if (str_same(cells[1], str_of(kind)) && finder_cues(arena, plain, cells[2])) return true;
    return false;
}

size_t assistant_everyday(struct arena *arena, struct str table, struct str text, struct str *rows,
                          size_t max)
{
    struct str cells[CELLS], plain = finder_plain(arena, text);
    size_t count = 0;

    while (count < max && next_row(&table, S("law"), cells))
        if (finder_cues(arena, plain, cells[1]) &&
            (!cells[2].len || finder_cues(arena, plain, cells[2])))
            rows[count++] = cells[3];
    return count;
}

static bool limit_from(const struct str cells[CELLS], struct assistant_limit *limit)
{
    *limit = (struct assistant_limit){.code = cells[1],
                                      .is_years = str_same(cells[4], S("year")),
                                      .zh = cells[5],
                                      .en = cells[6],
                                      .from_zh = cells[7],
                                      .from_en = cells[8],
                                      .article = cells[9],
                                      .others = cells[10],
                                      .ask_zh = cells[11],
                                      .ask_en = cells[12]};
    if (cells[13].len && !str_to_int(cells[13], &limit->paragraph)) return false;
    return str_to_int(cells[3], &limit->amount);
}

bool assistant_limit_for(struct arena *arena, struct str table, struct str text,
                         struct assistant_limit *limit)
{
    struct str cells[CELLS], plain = finder_plain(arena, text);
    size_t most = 0;

    while (next_row(&table, S("limit"), cells)) {
        size_t count = finder_cues(arena, plain, cells[2]);

        if (count > most && limit_from(cells, limit)) most = count;
    }
    return most > 0;
}

bool assistant_limit_of(struct str table, struct str code, struct assistant_limit *limit)
{
    struct str cells[CELLS];

    while (next_row(&table, S("limit"), cells))
        if (str_same(cells[1], code)) return limit_from(cells, limit);
    return false;
}
