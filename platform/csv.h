/* csv.h -- tables as spreadsheets save them: comma-separated text in, comma-separated text out.
 *
 * Taking a file apart is libcsv's; here is what people's files need beside it.
 *
 *  (1) Text is UTF-8 with or without its mark, GB18030 (what Excel saves in China) or UTF-16 with
 *      its mark; nothing that is none of them is guessed at.
 *  (2) Rows are numbered as a spreadsheet numbers them, empty ones included; those are not given.
 *  (3) What csv_cell() wrote csv_read() gives back, byte for byte; but an end of a line within a
 *      cell is one '\n' however it was written.
 *  (4) No cell that is written is a formula: one that begins like one has a ' before it.
 */
#ifndef PLATFORM_CSV_H
#define PLATFORM_CSV_H

#include "platform/out.h"

enum {
    CSV_BYTES_MAX = 2 * 1024 * 1024, /* 10,000 people of 200 bytes */
    CSV_ROWS_MAX = 10000,            /* five times the register of a city */
    CSV_CELLS_MAX = 200000,          /* of all rows: memory */
    CSV_COLUMNS_MAX = 64,            /* more is another kind of table */
    CSV_CELL_BYTES_MAX = 4000        /* a long remark; longer is a slip of a quotation mark */
};

struct csv_row {
    int64_t number; /* 1 is the first line of the sheet */
    const struct str *cells;
    size_t count;
};
struct csv_table {
    const struct csv_row *rows;
    size_t count;
};

extern const struct reason csv_encoding;
extern const struct reason csv_is_workbook; /* .xlsx or .xls: to be saved as CSV first */
extern const struct reason csv_too_large;
extern const struct reason csv_too_many_rows;
extern const struct reason csv_too_many_cells;
extern const struct reason csv_too_many_columns; /* %1: the row */
extern const struct reason csv_cell_too_long;    /* %1: the row */
extern const struct reason csv_quotes;           /* %1: the row */

/* The file as UTF-8; then its rows.  The parting sign is the one most frequent in the first line:
 * comma, semicolon or tabulator. */
struct outcome csv_text(struct arena *arena, struct str bytes, struct str *text);
struct outcome csv_read(struct arena *arena, struct str text, struct csv_table *table);

void csv_mark(struct out *out); /* first of all: by this Excel knows UTF-8 */
void csv_cell(struct out *out, struct str value, bool is_last);

#endif
