/* laws_source.c -- see laws_source.h. */
#include "desk/laws/laws_source.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MIN = 5, COLUMNS_MAX = 8, HEADINGS_MAX = 6 };

const struct reason laws_not_utf8 = {
    "laws.encoding", T("This is not text in UTF-8. Please save it as UTF-8 and try again."), 0};
const struct reason laws_columns = {
    "laws.columns",
    T("Line %1 does not have five to eight columns with tabulators between: number, law, article, "
      "chapter, text, and if known the day it applies from, the division, the day it was repealed. "
      "Law and text may not be empty or too long."),
    0};
const struct reason laws_bad_day = {
    "laws.day", T("Line %1 has a day that does not exist. Days are written as 2021-01-01."), 0};
const struct reason laws_too_long = {
    "laws.too-long", T("This law has too many articles, or one of them is too long: %1"), 0};
const struct reason laws_no_text = {"laws.no-text", T("There is no law in this file: %1"), 0};

/* ---- a table ---- */

static struct str next_line(struct str bytes, size_t *at)
{
    struct str rest = {bytes.at + *at, bytes.len - *at}, after;
    struct str line = str_cut(rest, '\n', &after);

    *at += line.len + (line.len < rest.len);
    if (line.len && line.at[line.len - 1] == '\r') line.len--;
    return line;
}

static size_t split(struct str line, struct str cells[static COLUMNS_MAX])
{
    size_t count = 0;
    bool more = true;

    while (more && count < COLUMNS_MAX) {
        size_t before = line.len;

        cells[count] = str_cut(line, '\t', &line);
        more = cells[count++].len < before;
    }
    return more ? 0 : count; /* a ninth column is a mistake */
}

/* The blank that stands between two paragraphs becomes the end of a line again. */
static struct str paragraphs(struct arena *arena, struct str text)
{
    static const char *const ends[] = {"。", "；", "：", "）", "！", "？", "”"};
    char *made = NULL;

    for (size_t i = 3; i + 1 < text.len; i++) {
        bool is_end = false;

        if (text.at[i] != ' ' || (text.at[i + 1] & 0x80) == 0) continue;
        for (size_t k = 0; k < COUNT(ends) && !is_end; k++)
            is_end = memcmp(text.at + i - 3, ends[k], 3) == 0;
        if (!is_end) continue;
        if (!made) {
            made = arena_bytes(arena, text.len);
            memcpy(made, text.at, text.len);
        }
        made[i] = '\n';
    }
    return made ? (struct str){made, text.len} : text;
}

static struct outcome read_day(struct arena *arena, struct str text, int64_t line, moment *at)
{
    *at = 0;
    if (text.len == 0 || laws_day(text, at) == text.len) return DONE;
    return REFUSE_WITH(laws_bad_day, arena_print(arena, "%lld", (long long)line));
}

static struct outcome read_row(struct arena *arena, struct str text, int64_t line,
                               struct str cells[static COLUMNS_MAX])
{
    for (size_t i = 0; i < COLUMNS_MAX; i++) cells[i] = S("");
    if (split(text, cells) < COLUMNS_MIN || !cells[1].len || cells[1].len > LAWS_NAME_BYTES_MAX ||
        !cells[4].len || cells[4].len > LAWS_WORDS_BYTES_MAX ||
        cells[3].len > LAWS_NAME_BYTES_MAX || cells[2].len > LAWS_NAME_BYTES_MAX)
        return REFUSE_WITH(laws_columns, arena_print(arena, "%lld", (long long)line));
    return DONE;
}

/* Only the end of a law says since when it applies; the beginning may name other laws' days. */
static moment said_at_end(const struct laws_piece *pieces, size_t count)
{
    for (size_t i = count; i > 0 && i + 3 > count; i--) {
        moment at = laws_effective(pieces[i - 1].words);

        if (at) return at;
    }
    return 0;
}

static int by_number(const void *a_, const void *b_)
{
    const struct laws_piece *a = a_, *b = b_;

    if (a->number.number != b->number.number) return a->number.number < b->number.number ? -1 : 1;
    return a->number.sub < b->number.sub ? -1 : a->number.sub > b->number.sub;
}

/* Collections keep the parts of a long law apart and join them in any order: where every article
 * has a number and each number stands once, their order is that of the numbers. */
static void put_in_order(struct arena *arena, struct laws_piece *pieces, size_t count)
{
    struct laws_piece *sorted = NEW_MANY(arena, struct laws_piece, count);

    for (size_t i = 0; i < count; i++) {
        if (!pieces[i].number.number) return;
        sorted[i] = pieces[i];
    }
    qsort(sorted, count, sizeof *sorted, by_number);
    for (size_t i = 1; i < count; i++)
        if (by_number(&sorted[i - 1], &sorted[i]) == 0) return;
    memcpy(pieces, sorted, count * sizeof *sorted);
}

struct outcome laws_read_table(struct arena *arena, struct str bytes, size_t *at, int64_t *line,
                               struct laws_document *document)
{
    struct laws_piece *pieces = NEW_MANY(arena, struct laws_piece, LAWS_ARTICLES_MAX);
    struct str first[COLUMNS_MAX], cells[COLUMNS_MAX];

    *document = (struct laws_document){.pieces = pieces};
    while (*at < bytes.len) {
        size_t next = *at;
        struct str text = next_line(bytes, &next);
        size_t count = document->count;

        if (text.len && text.at[0] != '#') {
            TRY(read_row(arena, text, *line, cells));
            if (!count) memcpy(first, cells, sizeof first);
            if (!str_same(first[1], cells[1]) || !str_same(first[5], cells[5])) break;
            if (count == LAWS_ARTICLES_MAX) return REFUSE_WITH(laws_too_long, cells[1]);
            pieces[count] = (struct laws_piece){
                .label = cells[2], .chapter = cells[3], .words = paragraphs(arena, cells[4])};
            laws_label(cells[2], &pieces[count].number);
            document->count++;
            if (!count) {
                TRY(read_day(arena, cells[5], *line, &document->effective_at));
                TRY(read_day(arena, cells[7], *line, &document->repealed_at));
            }
        }
        *at = next;
        ++*line;
    }
    if (!document->count) return DONE;
    put_in_order(arena, pieces, document->count);
    document->title = first[1];
    document->remark = S("");
    document->jurisdiction = first[6];
    document->is_day_given = document->effective_at != 0;
    if (!document->effective_at) document->effective_at = said_at_end(pieces, document->count);
    return DONE;
}

/* ---- Markdown ---- */

struct reading {
    struct arena *arena;
    struct laws_piece *pieces;
    size_t count;
    struct str headings[HEADINGS_MAX + 1], title, remark;
    bool has_numbers, is_past_remark;
};

/* What cannot be seen has no business in a law: U+200B, U+FEFF; U+3000 is a blank. */
static struct str clean(struct arena *arena, struct str text)
{
    char *made = arena_bytes(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len;) {
        struct str rest = {text.at + i, text.len - i};

        if (str_begins(rest, S("\xe2\x80\x8b")) || str_begins(rest, S("\xef\xbb\xbf"))) {
            i += 3;
        } else if (str_begins(rest, S("\xe3\x80\x80"))) {
            made[len++] = ' ';
            i += 3;
        } else {
            made[len++] = text.at[i++];
        }
    }
    return str_trim((struct str){made, len});
}

static struct str chapter_of(struct reading *r)
{
    struct str made = S("");

    for (size_t i = 2; i <= HEADINGS_MAX; i++) {
        if (!r->headings[i].len) continue;
        made = made.len
                   ? arena_print(r->arena, "%.*s %.*s", STR_ARGS(made), STR_ARGS(r->headings[i]))
                   : r->headings[i];
    }
    return made.len > LAWS_NAME_BYTES_MAX ? S("") : made;
}

static void take_heading(struct reading *r, struct str line)
{
    size_t level = 0;

    while (level < line.len && line.at[level] == '#') level++;
    if (level > HEADINGS_MAX) level = HEADINGS_MAX;
    line = str_trim((struct str){line.at + level, line.len - level});
    if (level == 1 && !r->title.len) {
        r->title = line;
        return;
    }
    r->is_past_remark = true;
    for (size_t i = level; i <= HEADINGS_MAX; i++) r->headings[i] = S("");
    r->headings[level < 2 ? 2 : level] = line;
}

static bool is_listed(struct str line) /* 一、 */
{
    int64_t number;
    size_t len = laws_numeral(line, &number);

    return len && str_begins((struct str){line.at + len, line.len - len}, S("、"));
}

static struct outcome begin_piece(struct reading *r, struct str line, size_t label_len)
{
    struct laws_piece *piece = &r->pieces[r->count];

    if (r->count == LAWS_ARTICLES_MAX) return REFUSE_WITH(laws_too_long, r->title);
    piece->label = (struct str){line.at, label_len};
    laws_label(piece->label, &piece->number);
    piece->chapter = chapter_of(r);
    piece->words = str_trim((struct str){line.at + label_len, line.len - label_len});
    r->count++;
    return DONE;
}

static struct outcome take_line(struct reading *r, struct str line)
{
    struct laws_label label;
    size_t len = laws_label(line, &label);
    struct laws_piece *last = r->count ? &r->pieces[r->count - 1] : NULL;

    /* "第三条规定的 …" at the start of a line is a sentence, not a label */
    if (len && len < line.len && line.at[len] != ' ') len = 0;
    if (len) r->has_numbers = true;
    if (len) return begin_piece(r, line, len);
    if (!r->has_numbers && is_listed(line))
        return begin_piece(r, line, (size_t)str_find(line, S("、")) + 3);
    if (!last) return begin_piece(r, line, 0);
    if (last->words.len + line.len > LAWS_WORDS_BYTES_MAX)
        return REFUSE_WITH(laws_too_long, r->title);
    last->words = last->words.len
                      ? arena_print(r->arena, "%.*s\n%.*s", STR_ARGS(last->words), STR_ARGS(line))
                      : line;
    return DONE;
}

static void take_remark(struct reading *r, struct str line)
{
    if (r->remark.len + line.len > 4 * LAWS_NAME_BYTES_MAX) return;
    r->remark = r->remark.len
                    ? arena_print(r->arena, "%.*s\n%.*s", STR_ARGS(r->remark), STR_ARGS(line))
                    : line;
}

/* The day in 劳动合同法(2012-12-28).md: when this version was made known; 0: it has none. */
static moment day_of_name(struct str name)
{
    for (size_t i = 0; i + 10 <= name.len; i++) {
        moment at;

        if (name.at[i] == '2' || name.at[i] == '1')
            if (laws_day((struct str){name.at + i, 10}, &at) == 10) return at;
    }
    return 0;
}

static struct str title_of_name(struct str name)
{
    int64_t dot = str_find(name, S(".md"));
    int64_t open = str_find(name, S("("));

    if (dot > 0) name.len = (size_t)dot;
    if (open > 0 && day_of_name(name)) name.len = (size_t)open;
    return name;
}

struct outcome laws_read_markdown(struct arena *arena, struct str bytes, struct str name,
                                  struct laws_document *document)
{
    struct reading r = {.arena = arena,
                        .pieces = NEW_MANY(arena, struct laws_piece, LAWS_ARTICLES_MAX)};
    moment known = day_of_name(name), said;

    if (!str_is_utf8(bytes)) return REFUSE(laws_not_utf8);
    r.is_past_remark = str_find(bytes, S("<!-- INFO END -->")) < 0;
    for (size_t at = 0; at < bytes.len;) {
        struct str line = clean(arena, next_line(bytes, &at));

        if (!line.len) continue;
        if (str_begins(line, S("<!--")))
            r.is_past_remark = true;
        else if (line.at[0] == '#')
            take_heading(&r, line);
        else if (!r.is_past_remark)
            take_remark(&r, line);
        else
            TRY(take_line(&r, line));
    }
    while (r.count && !r.pieces[r.count - 1].words.len) r.count--;
    for (size_t i = 0; i < r.count; i++)
        if (!r.pieces[i].words.len) r.pieces[i].words = r.pieces[i].label;
    if (!r.count) return REFUSE_WITH(laws_no_text, name);
    said = said_at_end(r.pieces, r.count);
    *document = (struct laws_document){.title = r.title.len ? r.title : title_of_name(name),
                                       .remark = r.remark.len ? r.remark : S(""),
                                       .jurisdiction = S(""),
                                       .effective_at = said > known ? said : known,
                                       .is_day_given = known != 0,
                                       .pieces = r.pieces,
                                       .count = r.count};
    if (document->title.len > LAWS_NAME_BYTES_MAX) return REFUSE_WITH(laws_too_long, name);
    return DONE;
}
