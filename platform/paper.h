/* paper.h -- headings, sentences and tables as a PDF to print, with Chinese text; made with Pango
 * and Cairo.
 *
 *  1. It is A4, lying, a letter upright and in larger type; a table goes on over the page with its
 * heads repeated, and so does a text or a row that is taller than what is left of a page: no line
 * is lost below the edge.
 *  2. Text is set as it is: nothing in it is markup.
 *  3. It is made in memory.  Rows beyond PAPER_ROWS_MAX and bytes beyond PAPER_BYTES_MAX are
 *     refused by paper_close(), not left out.
 */
#ifndef PLATFORM_PAPER_H
#define PLATFORM_PAPER_H

#include "platform/base.h"

enum {
    PAPER_ROWS_MAX = 5000, /* some 150 pages: more nobody prints */
    PAPER_COLUMNS_MAX = 24,
    PAPER_CELL_BYTES_MAX = 2000, /* longer is cut, and ends in "…" */
    PAPER_BYTES_MAX = 16 * 1024 * 1024
};

struct paper;

/* `foot` stands at the bottom of every page, before its number. */
struct outcome paper_open(struct arena *arena, struct str foot, struct paper **paper);
struct outcome paper_open_letter(struct arena *arena, struct str foot, struct paper **paper);
void paper_title(struct paper *paper, struct str text);
void paper_heading(struct paper *paper, struct str text);
void paper_text(struct paper *paper, struct str text);
/* At the right: who signs, and the day. */
void paper_signed(struct paper *paper, struct str text);
/* A picture for the camera of a phone, and what it is for. */
void paper_code(struct paper *paper, struct str text, struct str under);
/* The heads of a table; its first column is `first` parts wide where the others are one each. */
void paper_table(struct paper *paper, const struct str *heads, size_t count, int first);
void paper_row(struct paper *paper, const struct str *cells, bool is_strong);
/* What stands there by now: of all pages, and how far down the lowest line reaches of what may. */
struct paper_drawn {
    int pages, lines;
    double lowest, lowest_max;
};
struct paper_drawn paper_drawn(const struct paper *paper);
struct str paper_cut(struct arena *arena, struct str text);          /* as a cell has it */
struct outcome paper_close(struct paper **paper, struct str *bytes); /* bytes live in the arena */

#endif
