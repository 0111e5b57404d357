/* sheet.c -- see sheet.h. */
#include "platform/sheet.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { PAGE_NAME_POINTS_MAX = 31 };

struct sheet {
    struct arena *arena;
    int memory; /* a file without a name */
    lxw_workbook *book;
    lxw_worksheet *page;
    lxw_format *bold, *money, *wrap;
    int64_t rows_count;
    lxw_row_t row;
    lxw_col_t column;
    bool broken;
};

struct outcome sheet_open(struct arena *arena, struct sheet **sheet)
{
    struct sheet *s = NEW(arena, struct sheet);
    char path[64];

    s->arena = arena;
    s->memory = memfd_create("sheet", MFD_CLOEXEC);
    if (s->memory < 0) return FAULT("no memory for a sheet");
    snprintf(path, sizeof path, "/proc/self/fd/%d", s->memory);
    s->book = workbook_new(path);
    if (!s->book) {
        close(s->memory);
        return FAULT("a sheet cannot be begun");
    }
    s->bold = workbook_add_format(s->book);
    format_set_bold(s->bold);
    s->money = workbook_add_format(s->book);
    format_set_num_format(s->money, "0.00");
    *sheet = s;
    return DONE;
}

/* Programs refuse these in the name of a page, and an apostrophe at an end. */
static const char *page_name(struct arena *arena, struct str name)
{
    char *at = arena_take(arena, 1, name.len + 1);
    size_t len = 0, points = 0;

    for (size_t i = 0; i < name.len; i++) {
        bool begins = ((unsigned char)name.at[i] & 0xC0) != 0x80;

        if (begins && points == PAGE_NAME_POINTS_MAX) break;
        points += begins;
        at[len++] = strchr("[]:*?/\\'", name.at[i]) ? '-' : name.at[i];
    }
    return len ? at : "-";
}

void sheet_page(struct sheet *s, struct str name, const int *widths, size_t columns_count)
{
    assert(columns_count <= SHEET_COLUMNS_MAX);
    s->page = workbook_add_worksheet(s->book, page_name(s->arena, name));
    s->row = s->column = 0;
    if (!s->page) {
        s->broken = true;
        return;
    }
    for (size_t i = 0; i < columns_count; i++)
        worksheet_set_column(s->page, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
    worksheet_freeze_panes(s->page, 1, 0);
}

void sheet_row(struct sheet *s)
{
    if (s->column) s->row++;
    s->column = 0;
    if (++s->rows_count > SHEET_ROWS_MAX) s->broken = true;
}

void sheet_fold(struct sheet *s, int layer)
{
    enum { LAYERS_FOLDED = 7 }; /* what the file's format knows */
    lxw_row_col_options options = {.level =
                                       (uint8_t)(layer < LAYERS_FOLDED ? layer : LAYERS_FOLDED)};

    if (s->broken || layer <= 0) return;
    worksheet_outline_settings(s->page, LXW_TRUE, LXW_FALSE, LXW_FALSE, LXW_FALSE);
    s->broken =
        worksheet_set_row_opt(s->page, s->row, LXW_DEF_ROW_HEIGHT, NULL, &options) != LXW_NO_ERROR;
}

static const char *cell_text(struct sheet *s, struct str text)
{
    size_t len = text.len < SHEET_CELL_BYTES_MAX ? text.len : SHEET_CELL_BYTES_MAX;

    while (len && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80) len--;
    return arena_c(s->arena, (struct str){text.at, len});
}

static void put(struct sheet *s, struct str text, lxw_format *format)
{
    if (s->broken || s->column >= SHEET_COLUMNS_MAX) return;
    s->broken = worksheet_write_string(s->page, s->row, s->column++, cell_text(s, text), format) !=
                LXW_NO_ERROR;
}

void sheet_title(struct sheet *s, struct str text)
{
    put(s, text, s->bold);
}

void sheet_text(struct sheet *s, struct str text)
{
    put(s, text, NULL);
}

void sheet_int(struct sheet *s, int64_t number)
{
    if (s->broken || s->column >= SHEET_COLUMNS_MAX) return;
    s->broken =
        worksheet_write_number(s->page, s->row, s->column++, (double)number, NULL) != LXW_NO_ERROR;
}

void sheet_money(struct sheet *s, int64_t hundredths)
{
    if (s->broken || s->column >= SHEET_COLUMNS_MAX) return;
    s->broken = worksheet_write_number(s->page, s->row, s->column++, (double)hundredths / 100,
                                       s->money) != LXW_NO_ERROR;
}

static struct outcome read_all(struct sheet *s, struct str *bytes)
{
    struct stat stat;
    char *at;
    size_t len = 0;

    if (fstat(s->memory, &stat) || stat.st_size <= 0) return FAULT("a sheet has no size");
    at = arena_bytes(s->arena, (size_t)stat.st_size);
    while (len < (size_t)stat.st_size) {
        ssize_t more = pread(s->memory, at + len, (size_t)stat.st_size - len, (off_t)len);

        if (more <= 0) return FAULT("a sheet cannot be read back");
        len += (size_t)more;
    }
    *bytes = (struct str){at, len};
    return DONE;
}

struct outcome sheet_close(struct sheet **sheet, struct str *bytes)
{
    struct sheet *s = *sheet;
    bool good = workbook_close(s->book) == LXW_NO_ERROR && !s->broken;
    struct outcome outcome = good ? read_all(s, bytes) : FAULT("a sheet cannot be finished");

    close(s->memory);
    *sheet = NULL;
    return outcome;
}
