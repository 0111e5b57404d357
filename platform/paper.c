/* paper.c -- see paper.h. */
#include "platform/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>

#define FONTS "WenQuanYi Zen Hei, Noto Sans CJK SC, sans-serif"

/* Points, 72 an inch. */
static const double LONG_SIDE = 841.89, SHORT_SIDE = 595.28, FOOT = 24, GAP = 3, CODE_SIDE = 84;
static const double HEADS_HEIGHT_MAX = 120, ROW_HEIGHT_MAX = 370, ROW_BEGINS_HEIGHT = 60;

enum {
    TITLE_SIZE = 16,
    HEADING_SIZE = 11,
    TEXT_SIZE = 9,
    TABLE_SIZE = 7,
    LETTER_TITLE_SIZE = 20,
    LETTER_SIZE = 13,
    PAGES_MAX = 1000
};

struct paper {
    struct arena *arena;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoFontMap *fonts; /* of this paper alone: nothing of it outlives it */
    PangoContext *context;
    PangoLayout *layout;
    struct str foot;
    bool is_letter; /* upright, set for reading */
    double width, height, margin;
    double y, lowest; /* lowest: of all lines but the foot */
    int pages, rows, lines;
    const struct str *heads;
    size_t columns;
    int first;
    char *bytes;
    size_t len, room;
    bool broken;
};

/* Fontconfig reads its files once a process and loses a few of the bytes it read them with; they
 * are no leak of ours, which a sanitized program asks here. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

static cairo_status_t keep(void *mine, const unsigned char *bytes, unsigned int len)
{
    struct paper *paper = mine;

    if (paper->len + len > PAPER_BYTES_MAX) {
        paper->broken = true;
        return CAIRO_STATUS_WRITE_ERROR;
    }
    if (paper->len + len > paper->room) {
        size_t room = (paper->len + len) * 2;

        paper->bytes = arena_grow(paper->arena, paper->bytes, paper->room, room);
        paper->room = room;
    }
    memcpy(paper->bytes + paper->len, bytes, len);
    paper->len += len;
    return CAIRO_STATUS_SUCCESS;
}

struct str paper_cut(struct arena *arena, struct str text)
{
    static const char dots[] = "…";
    size_t len = PAPER_CELL_BYTES_MAX - (sizeof dots - 1);

    if (text.len <= PAPER_CELL_BYTES_MAX) return text;
    while (len && ((unsigned char)text.at[len] & 0xC0) == 0x80) len--;
    return arena_print(arena, "%.*s%s", (int)len, text.at, dots);
}

static double points(int pango_units)
{
    return (double)pango_units / PANGO_SCALE;
}

/* Sets text into the layout; returns its height. */
static double set(struct paper *paper, struct str text, int size, bool is_bold, double width)
{
    PangoFontDescription *font = pango_font_description_from_string(FONTS);
    struct str shown = paper_cut(paper->arena, text);
    int height;

    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(paper->layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(paper->layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(paper->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(paper->layout, PANGO_ALIGN_LEFT);
    pango_layout_set_text(paper->layout, shown.len ? shown.at : "", (int)shown.len);
    pango_layout_get_size(paper->layout, NULL, &height);
    return points(height);
}

/* Draws the lines of the layout from line `from` on that fit into `height`, at least one; gives how
 * tall they are together and which line comes next, or false: there is none. */
static bool draw_lines(struct paper *paper, double x, double y, double height, int *from,
                       double *used)
{
    PangoLayoutIter *lines = pango_layout_get_iter(paper->layout);
    double top = 0;
    bool is_over = false;
    int line = 0;

    do {
        PangoRectangle box;
        double bottom;

        if (line++ < *from) continue;
        pango_layout_iter_get_line_extents(lines, NULL, &box);
        if (line == *from + 1) top = points(box.y);
        bottom = points(box.y + box.height) - top;
        is_over = bottom > height && line > *from + 1;
        if (is_over) break;
        cairo_move_to(paper->cairo, x + points(box.x),
                      y + points(pango_layout_iter_get_baseline(lines)) - top);
        pango_cairo_show_layout_line(paper->cairo, pango_layout_iter_get_line_readonly(lines));
        paper->lines++;
        if (y + bottom > paper->lowest) paper->lowest = y + bottom;
        *used = bottom;
    } while (pango_layout_iter_next_line(lines));
    pango_layout_iter_free(lines);
    *from = is_over ? line - 1 : line;
    return is_over;
}

static void end_page(struct paper *paper)
{
    struct str foot = arena_print(paper->arena, "%.*s · %d", STR_ARGS(paper->foot), paper->pages);

    set(paper, foot, TABLE_SIZE, false, paper->width - 2 * paper->margin);
    cairo_move_to(paper->cairo, paper->margin, paper->height - paper->margin);
    pango_cairo_show_layout(paper->cairo, paper->layout);
    cairo_show_page(paper->cairo);
}

static void begin_page(struct paper *paper)
{
    if (++paper->pages > PAGES_MAX) paper->broken = true;
    paper->y = paper->margin;
}

/* A new page unless so much fits on this one; says whether there is one. */
static bool need(struct paper *paper, double height)
{
    if (paper->broken || paper->y + height <= paper->height - paper->margin - FOOT ||
        paper->y <= paper->margin)
        return false;
    end_page(paper);
    begin_page(paper);
    return true;
}

static struct outcome begin(struct arena *arena, struct str foot, bool is_letter,
                            struct paper **opened)
{
    struct paper *paper = NEW(arena, struct paper);

    paper->arena = arena;
    paper->is_letter = is_letter;
    paper->width = is_letter ? SHORT_SIDE : LONG_SIDE;
    paper->height = is_letter ? LONG_SIDE : SHORT_SIDE;
    paper->margin = is_letter ? 64 : 36;
    paper->foot = foot;
    paper->room = 64 * 1024;
    paper->bytes = arena_bytes(arena, paper->room);
    paper->surface = cairo_pdf_surface_create_for_stream(keep, paper, paper->width, paper->height);
    paper->cairo = cairo_create(paper->surface);
    paper->fonts = pango_cairo_font_map_new();
    paper->context = pango_font_map_create_context(paper->fonts);
    pango_cairo_update_context(paper->cairo, paper->context);
    paper->layout = pango_layout_new(paper->context);
    if (cairo_status(paper->cairo) != CAIRO_STATUS_SUCCESS) paper->broken = true;
    begin_page(paper);
    *opened = paper;
    return DONE;
}

struct outcome paper_open(struct arena *arena, struct str foot, struct paper **opened)
{
    return begin(arena, foot, false, opened);
}

struct outcome paper_open_letter(struct arena *arena, struct str foot, struct paper **opened)
{
    return begin(arena, foot, true, opened);
}

static double left(const struct paper *paper)
{
    return paper->height - paper->margin - FOOT - paper->y;
}

static void block(struct paper *paper, struct str text, int size, bool is_bold, double before,
                  PangoAlignment alignment)
{
    double width = paper->width - 2 * paper->margin, used = 0;
    double height = set(paper, text, size, is_bold, width);
    int line = 0;

    /* A heading does not stay behind alone: the first rows of what follows fit under it. */
    need(paper, before + height + (is_bold ? 60 : 0));
    if (paper->y > paper->margin) paper->y += before;
    set(paper, text, size, is_bold, width);
    pango_layout_set_alignment(paper->layout, alignment);
    while (!paper->broken &&
           draw_lines(paper, paper->margin, paper->y, left(paper), &line, &used)) {
        end_page(paper);
        begin_page(paper);
        set(paper, text, size, is_bold, width);
        pango_layout_set_alignment(paper->layout, alignment);
    }
    paper->y += used + GAP;
}

void paper_title(struct paper *paper, struct str text)
{
    if (paper->is_letter)
        block(paper, text, LETTER_TITLE_SIZE, true, 0, PANGO_ALIGN_CENTER);
    else
        block(paper, text, TITLE_SIZE, true, 0, PANGO_ALIGN_LEFT);
}

void paper_heading(struct paper *paper, struct str text)
{
    block(paper, text, HEADING_SIZE, true, 12, PANGO_ALIGN_LEFT);
}

void paper_text(struct paper *paper, struct str text)
{
    if (paper->is_letter)
        block(paper, text, LETTER_SIZE, false, 12, PANGO_ALIGN_LEFT);
    else
        block(paper, text, TEXT_SIZE, false, 0, PANGO_ALIGN_LEFT);
}

void paper_signed(struct paper *paper, struct str text)
{
    block(paper, text, LETTER_SIZE, false, 12, PANGO_ALIGN_RIGHT);
}

void paper_code(struct paper *paper, struct str text, struct str under)
{
    QRcode *code = QRcode_encodeString8bit(arena_c(paper->arena, text), 0, QR_ECLEVEL_M);
    double one;

    if (!code) {
        paper->broken = true;
        return;
    }
    need(paper, CODE_SIDE + 60);
    paper->y += 24;
    one = CODE_SIDE / code->width;
    for (int at = 0; at < code->width * code->width; at++)
        if (code->data[at] & 1)
            cairo_rectangle(paper->cairo, paper->margin + at % code->width * one,
                            paper->y + at / code->width * one, one, one);
    cairo_fill(paper->cairo);
    paper->y += CODE_SIDE;
    QRcode_free(code);
    block(paper, under, TEXT_SIZE, false, 6, PANGO_ALIGN_LEFT);
}

/* ---- tables ---- */

static double column_width(const struct paper *paper, size_t column)
{
    double part = (paper->width - 2 * paper->margin) / ((double)paper->columns - 1 + paper->first);

    return column ? part : part * paper->first;
}

static double row_height(struct paper *paper, const struct str *cells, bool is_bold)
{
    double most = 0;

    for (size_t i = 0; i < paper->columns; i++) {
        double height = set(paper, cells[i], TABLE_SIZE, is_bold, column_width(paper, i) - 2 * GAP);

        if (height > most) most = height;
    }
    return most + 2 * GAP;
}

/* As much of a row as fits into `height`, from line next[column] on; says whether more is left. */
static bool draw_row(struct paper *paper, const struct str *cells, bool is_bold, double height,
                     int *next)
{
    double x = paper->margin, most = 0;
    bool is_more = false;

    for (size_t i = 0; i < paper->columns; i++) {
        double width = column_width(paper, i), used = 0;

        set(paper, cells[i], TABLE_SIZE, is_bold, width - 2 * GAP);
        if (i) pango_layout_set_alignment(paper->layout, PANGO_ALIGN_RIGHT);
        if (next[i] < pango_layout_get_line_count(paper->layout) &&
            draw_lines(paper, x + GAP, paper->y + GAP, height - 2 * GAP, &next[i], &used))
            is_more = true;
        if (used > most) most = used;
        x += width;
    }
    paper->y += most + 2 * GAP;
    cairo_set_line_width(paper->cairo, 0.4);
    cairo_move_to(paper->cairo, paper->margin, paper->y);
    cairo_line_to(paper->cairo, paper->width - paper->margin, paper->y);
    cairo_stroke(paper->cairo);
    return is_more;
}

/* Heads leave room for a table under them: of longer ones the first lines are shown. */
static void draw_heads(struct paper *paper)
{
    int next[PAPER_COLUMNS_MAX] = {0};

    draw_row(paper, paper->heads, true, HEADS_HEIGHT_MAX, next);
}

void paper_table(struct paper *paper, const struct str *heads, size_t count, int first)
{
    double height;

    assert(count > 0 && count <= PAPER_COLUMNS_MAX && first > 0);
    paper->heads = heads;
    paper->columns = count;
    paper->first = first;
    height = row_height(paper, heads, true);
    need(paper, height * 2 < HEADS_HEIGHT_MAX ? height * 2 : HEADS_HEIGHT_MAX);
    draw_heads(paper);
}

void paper_row(struct paper *paper, const struct str *cells, bool is_strong)
{
    int next[PAPER_COLUMNS_MAX] = {0};
    double height;

    if (++paper->rows > PAPER_ROWS_MAX) paper->broken = true;
    if (paper->broken) return;
    height = row_height(paper, cells, is_strong);
    /* A row that fits on a page is not torn; of a taller one a few lines at least begin here. */
    if (height > ROW_HEIGHT_MAX) height = ROW_BEGINS_HEIGHT;
    if (need(paper, height)) draw_heads(paper);
    while (draw_row(paper, cells, is_strong, left(paper), next)) {
        end_page(paper);
        begin_page(paper);
        if (paper->broken) return;
        draw_heads(paper);
    }
}

struct paper_drawn paper_drawn(const struct paper *paper)
{
    return (struct paper_drawn){paper->pages, paper->lines, paper->lowest,
                                paper->height - paper->margin - FOOT};
}

struct outcome paper_close(struct paper **closing, struct str *bytes)
{
    struct paper *paper = *closing;
    bool good;

    end_page(paper);
    cairo_surface_finish(paper->surface);
    good = cairo_surface_status(paper->surface) == CAIRO_STATUS_SUCCESS && !paper->broken;
    g_object_unref(paper->layout);
    g_object_unref(paper->context);
    g_object_unref(paper->fonts);
    cairo_destroy(paper->cairo);
    cairo_surface_destroy(paper->surface);
    *closing = NULL;
    *bytes = (struct str){paper->bytes, paper->len};
    return good ? DONE : FAULT("a PDF cannot be finished");
}
