/* fuzz_csv.c -- libFuzzer: any bytes as a table somebody hands in.
 *
 * Beside what the sanitizers see:
 *  1. what is handed on is UTF-8 and within its limits;
 *  2. row numbers rise;
 *  3. what was read, written and read again is the same, and no cell of it is a formula.
 */
#include <stdlib.h>

#include "platform/csv.h"

static void must(bool truth)
{
    if (!truth) abort();
}

static void judge(const struct csv_table *table)
{
    int64_t number = 0;

    must(table->count <= CSV_ROWS_MAX);
    for (size_t i = 0; i < table->count; i++) {
        const struct csv_row *row = &table->rows[i];

        must(row->number > number);
        number = row->number;
        must(row->count >= 1 && row->count <= CSV_COLUMNS_MAX);
        for (size_t k = 0; k < row->count; k++) {
            must(str_is_utf8(row->cells[k]));
            must(row->cells[k].len <= CSV_CELL_BYTES_MAX);
        }
    }
}

static struct str write_all(struct arena *arena, const struct csv_table *table)
{
    struct out *out = out_open(arena, (size_t)8 << 20);

    csv_mark(out);
    for (size_t i = 0; i < table->count; i++) {
        for (size_t k = 0; k < table->rows[i].count; k++)
            csv_cell(out, table->rows[i].cells[k], k + 1 == table->rows[i].count);
    }
    must(!out_full(out));
    return out_text(out);
}

static void compare(const struct csv_table *a, const struct csv_table *b)
{
    must(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        must(a->rows[i].count == b->rows[i].count);
        for (size_t k = 0; k < a->rows[i].count; k++)
            must(str_same(a->rows[i].cells[k], b->rows[i].cells[k]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena;
    struct csv_table table, again;
    struct str text;

    if (size > 64 * 1024) return 0;
    arena = arena_open((size_t)64 << 20);
    if (!IS_DONE(csv_text(arena, (struct str){(const char *)bytes, size}, &text))) goto end;
    must(str_is_utf8(text));
    if (!IS_DONE(csv_read(arena, text, &table))) goto end;
    judge(&table);
    must(IS_DONE(csv_text(arena, write_all(arena, &table), &text)));
    must(IS_DONE(csv_read(arena, text, &again)));
    compare(&table, &again);
end:
    arena_close(&arena);
    return 0;
}
