/* fuzz_mksql.c -- feeds anything to the reading half of mksql.
 *
 *     clang -std=c17 -D_GNU_SOURCE -g -fsanitize=fuzzer,address,undefined tools/fuzz_mksql.c
 *
 *  1. Reading ends and stays within the text (invariant 2 of mksql_parts.h).
 *  2. Parts lie in the text, one behind the other; a query holds no ';' outside quotes.
 *  3. A complaint points into the text.
 */
#include "mksql_parts.h"

#include <stdlib.h>

enum { FUZZ_BYTES_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool truth)
{
    if (!truth) abort();
}

static void inside(const struct file *file, const struct mistake *mistake)
{
    must(mistake->at >= file->text && mistake->at <= file->end);
    must(mistake->what[0] != '\0');
}

static void walk(const struct part *part)
{
    struct token token = token_next(part->at, part->end);

    for (const char *at = part->at; token.kind != TOKEN_END; at = token.end) {
        token = token_next(at, part->end);
        must(token.at == at && token.end >= at && token.end <= part->end);
        must(token.kind == TOKEN_END || token.end > at);
        must(!part_is_query(part) || !token_is(token, ";"));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct part parts[PARTS_MAX];
    struct mistake mistake = {0};
    struct file file = {.path = "fuzz", .parts = parts};
    const char *behind;

    if (size > FUZZ_BYTES_MAX) return -1;
    file.text = malloc(size ? size : 1); /* exactly so long: reading beyond is seen */
    must(file.text != NULL);
    if (size) memcpy(file.text, bytes, size);
    file.end = file.text + size;
    behind = file.text;
    if (!split(&file, &mistake)) inside(&file, &mistake);
    for (int i = 0; i < file.count && mistake.what[0] == '\0'; i++) {
        struct part *part = &parts[i];
        struct mistake other = {0};

        must(part->at >= behind && part->end >= part->at && part->end <= file.end);
        behind = part->end;
        walk(part);
        if (!check_dialect(part, &other)) inside(&file, &other);
        if (part_is_query(part)) {
            if (!check_truths(part, &other)) inside(&file, &other);
            if (!check_limit(part, &other))
                inside(&file, &other);
            else
                must(part->kind != PART_MANY || part->rows_max <= ROWS_MAX);
        }
    }
    free(file.text);
    return 0;
}
