/* csv.c -- see csv.h. */
#include "platform/csv.h"

#include <csv.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

const struct reason csv_encoding = {
    "csv.encoding", T("This file is not text we can read. Save it as CSV, in UTF-8 or in GB18030."),
    0};
const struct reason csv_is_workbook = {
    "csv.is-workbook",
    T("This is a workbook of a spreadsheet program. Open it there and save it as CSV first."), 0};
const struct reason csv_too_large = {
    "csv.too-large", T("This file is larger than %1 MB. Please hand it in in parts."), 0};
const struct reason csv_too_many_rows = {
    "csv.too-many-rows", T("This file has more than 10,000 rows. Please hand it in in parts."), 0};
const struct reason csv_too_many_cells = {
    "csv.too-many-cells",
    T("This file has more than 200,000 cells. Please hand it in in parts, or without columns that "
      "are not needed."),
    0};
const struct reason csv_too_many_columns = {
    "csv.too-many-columns", T("Row %1 has more than 64 columns. Is this the right file?"), 0};
const struct reason csv_cell_too_long = {
    "csv.cell-too-long",
    T("Row %1 has a cell of more than 4,000 bytes. Is a quotation mark missing there?"), 0};
const struct reason csv_quotes = {
    "csv.quotes", T("The quotation marks in row %1 do not fit together. Please mend that row."), 0};

/* ---- the file as text ---- */

static struct outcome convert(struct arena *arena, const char *name, struct str bytes,
                              struct str *text)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    int32_t room = (int32_t)bytes.len + 1, units = 0, len = 0;
    UChar *wide = NEW_MANY(arena, UChar, (size_t)room);
    char *made = arena_take(arena, 3, (size_t)room);

    if (U_FAILURE(error)) return FAULT("csv: ICU does not know an encoding it should know");
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    units = ucnv_toUChars(converter, wide, room, bytes.at, (int32_t)bytes.len, &error);
    ucnv_close(converter);
    if (U_SUCCESS(error)) u_strToUTF8(made, room * 3, &len, wide, units, &error);
    *text = (struct str){made, (size_t)len};
    return U_SUCCESS(error) && str_is_utf8(*text) ? DONE : REFUSE(csv_encoding);
}

static struct outcome too_large(struct arena *arena)
{
    return REFUSE_WITH(csv_too_large, arena_print(arena, "%d", CSV_BYTES_MAX / (1024 * 1024)));
}

struct outcome csv_text(struct arena *arena, struct str bytes, struct str *text)
{
    *text = S("");
    if (bytes.len > CSV_BYTES_MAX) return too_large(arena);
    if (str_begins(bytes, S("PK\x03\x04")) || str_begins(bytes, S("\xD0\xCF\x11\xE0")))
        return REFUSE(csv_is_workbook);
    if (str_begins(bytes, S("\xFF\xFE")) || str_begins(bytes, S("\xFE\xFF")))
        return convert(arena, "UTF-16", bytes, text);
    if (str_begins(bytes, S("\xEF\xBB\xBF"))) bytes = (struct str){bytes.at + 3, bytes.len - 3};
    *text = bytes;
    return str_is_utf8(bytes) ? DONE : convert(arena, "gb18030", bytes, text);
}

/* ---- rows ---- */

struct reading {
    struct arena *arena;
    struct csv_row *rows;
    size_t rows_count, rows_room;
    struct str *cells; /* of all rows, one after another */
    size_t cells_count, row_begins;
    int64_t number;
    const struct reason *wrong;
    int64_t wrong_at;
};

static void wrong(struct reading *reading, const struct reason *why)
{
    if (reading->wrong) return;
    reading->wrong = why;
    reading->wrong_at = reading->number;
}

/* What programs take for the beginning of a formula, or of a command to another program; in a
 * Chinese or Japanese setting the full-width signs as well. */
static bool begins_formula(struct str cell)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};

    if (cell.len && memchr("=+-@|%\t\r\n", cell.at[0], 9)) return true;
    for (size_t i = 0; i < COUNT(wide); i++) {
        if (str_begins(cell, str_of(wide[i]))) return true;
    }
    return false;
}

/* A cell that would be a formula, behind any number of '. */
static bool needs_guard(struct str cell)
{
    while (cell.len && cell.at[0] == '\'') cell.at++, cell.len--;
    return begins_formula(cell);
}

static void take_cell(void *at, size_t len, void *mine)
{
    struct reading *reading = mine;
    struct str cell = {at, len};

    if (reading->wrong) return;
    if (reading->cells_count == CSV_CELLS_MAX) {
        wrong(reading, &csv_too_many_cells);
        return;
    }
    if (reading->cells_count - reading->row_begins == CSV_COLUMNS_MAX) {
        wrong(reading, &csv_too_many_columns);
        return;
    }
    if (len > CSV_CELL_BYTES_MAX) {
        wrong(reading, &csv_cell_too_long);
        return;
    }
    if (len && cell.at[0] == '\'' && needs_guard(cell)) cell.at++, cell.len--;
    reading->cells[reading->cells_count++] = arena_copy(reading->arena, cell);
}

static void take_row(int end, void *mine)
{
    struct reading *reading = mine;
    size_t begins = reading->row_begins, count = reading->cells_count - begins;
    bool is_empty = true;

    (void)end;
    reading->row_begins = reading->cells_count;
    for (size_t i = 0; i < count; i++) is_empty = is_empty && !reading->cells[begins + i].len;
    if (!is_empty && !reading->wrong) {
        if (reading->rows_count == reading->rows_room)
            wrong(reading, &csv_too_many_rows);
        else
            reading->rows[reading->rows_count++] =
                (struct csv_row){reading->number, reading->cells + begins, count};
    }
    reading->number++;
}

/* Every end of a line becomes one '\n', or libcsv would count two rows for CR LF. */
static struct str plain_lines(struct arena *arena, struct str text)
{
    char *made = arena_take(arena, 1, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n') continue;
        made[len++] = text.at[i] == '\r' ? '\n' : text.at[i];
    }
    return (struct str){made, len};
}

static char parting_sign(struct str text)
{
    static const char signs[] = {',', ';', '\t'};
    size_t counts[COUNT(signs)] = {0}, best = 0;
    bool quoted = false, is_first = true;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        quoted = quoted != (c == '"');
        for (size_t s = 0; s < COUNT(signs); s++) counts[s] += is_first && !quoted && c == signs[s];
        is_first = is_first && (quoted || c != '\n' || i == 0);
    }
    for (size_t s = 1; s < COUNT(signs); s++) {
        if (counts[s] > counts[best]) best = s;
    }
    return signs[best];
}

struct outcome csv_read(struct arena *arena, struct str text, struct csv_table *table)
{
    struct reading reading = {.arena = arena, .number = 1, .rows_room = CSV_ROWS_MAX};
    struct str lines = plain_lines(arena, text);
    struct csv_parser parser;
    char sign = parting_sign(lines);
    bool good;

    *table = (struct csv_table){0};
    if (text.len > 2 * CSV_BYTES_MAX) return too_large(arena); /* GB18030 grew by half */
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL)) return FAULT("csv: init");
    csv_set_delim(&parser, (unsigned char)sign);
    reading.cells = arena_bytes(arena, CSV_CELLS_MAX * sizeof(struct str));
    reading.rows = arena_bytes(arena, CSV_ROWS_MAX * sizeof(struct csv_row));
    good = csv_parse(&parser, lines.at, lines.len, take_cell, take_row, &reading) == lines.len &&
           csv_fini(&parser, take_cell, take_row, &reading) == 0;
    csv_free(&parser);
    if (!good) wrong(&reading, &csv_quotes);
    if (reading.wrong)
        return REFUSE_WITH(*reading.wrong, arena_print(arena, "%lld", (long long)reading.wrong_at));
    *table = (struct csv_table){reading.rows, reading.rows_count};
    return DONE;
}

/* ---- writing ---- */

void csv_mark(struct out *out)
{
    OUT_LITERAL(out, "\xEF\xBB\xBF");
}

void csv_cell(struct out *out, struct str value, bool is_last)
{
    OUT_LITERAL(out, "\"");
    if (needs_guard(value)) OUT_LITERAL(out, "'");
    while (value.len) {
        int64_t quote = str_find(value, S("\""));
        size_t len = quote < 0 ? value.len : (size_t)quote + 1;

        out_raw(out, value.at, len);
        if (quote >= 0) OUT_LITERAL(out, "\"");
        value = (struct str){value.at + len, value.len - len};
    }
    if (is_last)
        OUT_LITERAL(out, "\"\r\n");
    else
        OUT_LITERAL(out, "\",");
}
