/* sheet_test.c -- cites the invariants of sheet.h. */
#include "platform/sheet_test.h"

#include "platform/folder_test.h"
#include "platform/sheet.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(32 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(sheet, .init = set_up, .fini = tear_down);

struct str sheet_part(struct arena *room, struct str bytes, const char *part)
{
    char folder[FOLDER_LEN], name[FOLDER_LEN + 20], command[200];
    char *text = arena_take(room, 1, 1 << 20);
    FILE *out, *in;
    size_t len;

    folder_make(folder);
    snprintf(name, sizeof name, "%s/sheet.xlsx", folder);
    out = fopen(name, "wb");
    cr_assert(out && fwrite(bytes.at, 1, bytes.len, out) == bytes.len);
    fclose(out);
    snprintf(command, sizeof command, "unzip -p '%s' '%s'", name, part);
    in = popen(command, "r");
    len = fread(text, 1, (1 << 20) - 1, in);
    cr_assert(pclose(in) == 0);
    folder_drop(folder);
    return (struct str){text, len};
}

Test(sheet, what_is_written_is_in_the_file) /* (1) (2) */
{
    static const int widths[] = {10, 20};
    struct sheet *sheet;
    struct str bytes, cells, words;

    cr_assert(outcome_is_done(sheet_open(arena, &sheet)));
    sheet_page(sheet, S("2026-10: [补贴]"), widths, COUNT(widths));
    sheet_row(sheet);
    sheet_title(sheet, S("姓名"));
    sheet_title(sheet, S("元"));
    sheet_row(sheet);
    sheet_text(sheet, S("=1+1"));
    sheet_money(sheet, 123405);
    sheet_int(sheet, -7);
    cr_assert(outcome_is_done(sheet_close(&sheet, &bytes)));
    cr_assert(!sheet && bytes.len > 1000 && memcmp(bytes.at, "PK", 2) == 0);
    cells = sheet_part(arena, bytes, "xl/worksheets/sheet1.xml");
    words = sheet_part(arena, bytes, "xl/sharedStrings.xml");
    cr_assert(str_find(words, S("<t>=1+1</t>")) >= 0);
    cr_assert(str_find(words, S("姓名")) >= 0);
    cr_assert(str_find(cells, S("<f>")) < 0, "no formula");
    cr_assert(str_find(cells, S("<v>1234.05</v>")) >= 0);
    cr_assert(str_find(cells, S("<v>-7</v>")) >= 0);
    cr_assert(str_find(sheet_part(arena, bytes, "xl/workbook.xml"), S("2026-10- -补贴-")) >= 0);
}

Test(sheet, too_many_rows_are_refused) /* (3) */
{
    struct sheet *sheet;
    struct str bytes;

    cr_assert(outcome_is_done(sheet_open(arena, &sheet)));
    sheet_page(sheet, S("x"), NULL, 0);
    for (int i = 0; i <= SHEET_ROWS_MAX; i++) {
        sheet_row(sheet);
        sheet_int(sheet, i);
    }
    cr_assert(!outcome_is_done(sheet_close(&sheet, &bytes)));
}
