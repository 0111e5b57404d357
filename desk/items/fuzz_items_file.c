/* fuzz_items_file.c -- libFuzzer: any bytes as a file of the service list, and as what is typed.
 *
 *  1. what was read is UTF-8;
 *  2. a field's line is a line of the file;
 *  3. what is looked for is found in the order of its points.
 */
#include <stdlib.h>

#include "desk/items/items_file.h"
#include "desk/items/items_search.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

static void look(struct str text, const struct items_item *item)
{
    static const struct items_words none = {0};
    struct items_problem problems[ITEMS_PROBLEMS_MAX];
    int lines = 1;

    for (size_t i = 0; i < text.len; i++) lines += text.at[i] == '\n';
    for (enum items_field f = 0; f < ITEMS_FIELDS; f++) {
        struct str said = items_get(item, f);
        int line = items_file_line(text, f);

        must(said.len == 0 || str_is_utf8(said));
        must(line >= 0 && line <= lines);
    }
    must(items_check(item, &none, problems) > 0); /* no word exists */
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena *arena;
    struct items_source source = {S("legal-aid.yaml"), {(const char *)bytes, len}};
    struct items_hit hits[ITEMS_FOUND_MAX];
    struct items_searched rows[2] = {{source.text, S("wages"), S("")}, {S("法律"), S(""), S("a")}};
    struct items_words words = {0};
    struct items_item item;
    struct outcome outcome;
    size_t count;

    if (len > 8000) return 0;
    arena = arena_open(32 << 20);
    outcome = items_file_parse(arena, &source, &item);
    must(!outcome.fault);
    if (IS_DONE(outcome)) look(source.text, &item);
    outcome = items_file_words(arena, &source, &words);
    must(!outcome.fault && (outcome.refusal || words.count > 0));
    count = items_search(arena, source.text, rows, COUNT(rows), hits);
    for (size_t i = 1; i < count; i++) must(hits[i].points <= hits[i - 1].points);
    arena_close(&arena);
    return 0;
}
