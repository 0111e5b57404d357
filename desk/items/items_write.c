/* items_write.c -- see items_write.h.
 *
 *  1. Every text is in double quotes with JSON's escapes, which YAML reads the same way: nothing a
 *     text holds can be taken for a key, a comment or a number.
 *  2. A field that says nothing is left out.
 */
#include "desk/items/items_write.h"
#include "platform/out.h"

static void key(struct out *out, const char *name)
{
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, ": ");
}

static void word(struct out *out, const char *name, struct str value)
{
    if (!value.len) return;
    key(out, name);
    out_raw_str(out, value);
    OUT_LITERAL(out, "\n");
}

static void text(struct out *out, const char *before, const char *name, struct str value)
{
    out_raw_str(out, str_of(before));
    key(out, name);
    out_json_str(out, value);
    OUT_LITERAL(out, "\n");
}

static void codes(struct out *out, const char *name, struct str value)
{
    struct str words[ITEMS_LINES_MAX];
    size_t count = items_split(value, words, ITEMS_LINES_MAX);

    if (!count) return;
    key(out, name);
    for (size_t i = 0; i < count; i++) {
        out_raw_str(out, i ? S(", ") : S("["));
        out_raw_str(out, words[i]);
    }
    OUT_LITERAL(out, "]\n");
}

static void pair(struct out *out, const char *name, struct str zh, struct str en)
{
    if (!zh.len && !en.len) return;
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, ":\n");
    if (zh.len) text(out, "  ", "zh", zh);
    if (en.len) text(out, "  ", "en", en);
}

static void list(struct out *out, const char *name, struct str zh, struct str en)
{
    struct str chinese[ITEMS_LINES_MAX], english[ITEMS_LINES_MAX];
    size_t zh_count = items_lines(zh, chinese), en_count = items_lines(en, english);

    if (!zh_count && !en_count) return;
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, ":\n");
    for (size_t i = 0; i < zh_count || i < en_count; i++) {
        const char *before = "  - ";

        if (i < zh_count) text(out, before, "zh", chinese[i]), before = "    ";
        if (i < en_count) text(out, before, "en", english[i]);
    }
}

/* As it is, a line a line: people read it. */
static void block(struct out *out, const char *name, struct str value)
{
    if (!value.len) return;
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, ": |\n");
    while (value.len) {
        struct str line = str_cut(value, '\n', &value);

        OUT_LITERAL(out, "  ");
        out_raw_str(out, line);
        OUT_LITERAL(out, "\n");
    }
}

static void limit(struct out *out, const struct items_item *item)
{
    if (!item->limit_days.len) return;
    OUT_LITERAL(out, "limit:\n  ");
    word(out, "days", item->limit_days);
    OUT_LITERAL(out, "  ");
    word(out, "calendar", item->calendar.len ? item->calendar : S("daily"));
    if (item->limit_zh.len) text(out, "  ", "zh", item->limit_zh);
    if (item->limit_en.len) text(out, "  ", "en", item->limit_en);
}

struct str items_file_write(struct arena *arena, const struct items_item *item)
{
    struct out *out = out_open(arena, ITEMS_FILE_BYTES_MAX);

    word(out, "item", item->item);
    word(out, "branch", item->branch);
    word(out, "category", item->category);
    word(out, "sorting", item->sorting);
    word(out, "process", item->process);
    word(out, "department", item->department);
    word(out, "field", item->field);
    codes(out, "needs", item->needs);
    codes(out, "offices", item->offices);
    codes(out, "channels", item->channels);
    pair(out, "name", item->name_zh, item->name_en);
    pair(out, "object", item->object_zh, item->object_en);
    pair(out, "content", item->content_zh, item->content_en);
    pair(out, "method", item->method_zh, item->method_en);
    pair(out, "provider", item->provider_zh, item->provider_en);
    list(out, "basis", item->basis_zh, item->basis_en);
    list(out, "materials", item->materials_zh, item->materials_en);
    pair(out, "fee", item->fee_zh, item->fee_en);
    limit(out, item);
    pair(out, "place", item->place_zh, item->place_en);
    list(out, "steps", item->steps_zh, item->steps_en);
    pair(out, "search", item->search_zh, item->search_en);
    if (item->source.len) text(out, "", "source", item->source);
    block(out, "flow", item->flow);
    return out_text(out);
}

static void words_of(struct out *out, const char *name, struct str kind,
                     const struct items_words *words)
{
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, ":\n");
    for (size_t i = 0; i < words->count; i++) {
        const struct items_word *w = &words->rows[i];

        if (!str_same(w->kind, kind)) continue;
        OUT_LITERAL(out, "  - ");
        word(out, "word", w->word);
        text(out, "    ", "zh", w->zh);
        text(out, "    ", "en", w->en);
        if (w->hint_zh.len) text(out, "    ", "hint_zh", w->hint_zh);
        if (w->hint_en.len) text(out, "    ", "hint_en", w->hint_en);
        if (w->calendar.len) text(out, "    ", "calendar", w->calendar);
    }
}

struct str items_file_write_words(struct arena *arena, const struct items_words *words)
{
    struct out *out = out_open(arena, 2 * ITEMS_FILE_BYTES_MAX);

    words_of(out, "categories", ITEMS_CATEGORY, words);
    words_of(out, "needs", ITEMS_NEED, words);
    words_of(out, "offices", ITEMS_OFFICE, words);
    words_of(out, "departments", ITEMS_DEPARTMENT, words);
    return out_text(out);
}
