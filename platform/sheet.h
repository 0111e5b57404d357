/* sheet.h -- a table as a file for spreadsheet programs (XLSX), made with libxlsxwriter.
 *
 *  1. Text is text: nothing in a cell is ever taken for a formula.
 *  2. It is made in memory; nothing is left on the disk.
 *  3. Rows beyond SHEET_ROWS_MAX are refused by sheet_close(), not left out.
 */
#ifndef PLATFORM_SHEET_H
#define PLATFORM_SHEET_H

#include "platform/base.h"

enum {
    SHEET_ROWS_MAX = 100000, /* of all pages; more is for a database, not for a person */
    SHEET_COLUMNS_MAX = 60,
    SHEET_CELL_BYTES_MAX = 8000 /* a cell holds 32,767 characters; longer is cut */
};

struct sheet;

struct outcome sheet_open(struct arena *arena, struct sheet **sheet);
/* A page; its name is cut and cleaned as the programs ask for.  `widths` are characters. */
void sheet_page(struct sheet *sheet, struct str name, const int *widths, size_t columns_count);
/* The next row: then its cells from the left. */
void sheet_row(struct sheet *sheet);
/* The row just begun can be folded away under the one above it of a smaller layer; 0: it cannot.
 * Programs fold seven layers deep; what lies deeper folds with the seventh. */
void sheet_fold(struct sheet *sheet, int layer);
void sheet_title(struct sheet *sheet, struct str text); /* a bold cell; the first row stays put */
void sheet_text(struct sheet *sheet, struct str text);
void sheet_int(struct sheet *sheet, int64_t number);
/* `hundredths` as a number with two places: money that programs can add up. */
void sheet_money(struct sheet *sheet, int64_t hundredths);
struct outcome sheet_close(struct sheet **sheet, struct str *bytes); /* bytes live in the arena */

#endif
