/* csv_test.c -- files as people hand them in.  Cites csv.h. */
#include <criterion/criterion.h>

#include "platform/csv.h"

static struct arena *arena;
static void set_up(void)
{
    arena = arena_open(64 << 20);
}
static void tear_down(void)
{
    arena_close(&arena);
}
TestSuite(csv, .init = set_up, .fini = tear_down);

static struct csv_table read_all(struct str bytes)
{
    struct csv_table table;
    struct str text;

    cr_assert_null(csv_text(arena, bytes, &text).refusal);
    cr_assert_null(csv_read(arena, text, &table).refusal);
    return table;
}

static const struct reason *why_not(struct str bytes, struct str *detail)
{
    struct csv_table table;
    struct str text;
    struct outcome outcome = csv_text(arena, bytes, &text);

    if (!outcome.refusal) outcome = csv_read(arena, text, &table);
    *detail = outcome.detail;
    return outcome.refusal;
}

static void expect_cell(const struct csv_table *table, size_t row, size_t cell, struct str wanted)
{
    cr_assert_lt(row, table->count);
    cr_assert_lt(cell, table->rows[row].count);
    cr_expect(str_same(table->rows[row].cells[cell], wanted), "%.*s",
              STR_ARGS(table->rows[row].cells[cell]));
}

Test(csv, the_same_names_come_from_utf8_gb18030_and_utf16) /* (1) */
{
    const struct str files[] = {
        S("姓名,区\n王芳,徐汇\n"), S("\xEF\xBB\xBF姓名,区\n王芳,徐汇\n"),
        S("\xD0\xD5\xC3\xFB,\xC7\xF8\r\n\xCD\xF5\xB7\xBC,\xD0\xEC\xBB\xE3\r\n"),
        S("\xFF\xFE\xD3\x59\x0D\x54,\0\x3A\x53\n\0\x8B\x73\xB3\x82,\0\x90\x5F\x47\x6C\n\0")};

    for (size_t i = 0; i < COUNT(files); i++) {
        struct csv_table table = read_all(files[i]);

        cr_assert_eq(table.count, 2);
        expect_cell(&table, 0, 0, S("姓名"));
        expect_cell(&table, 1, 0, S("王芳"));
        expect_cell(&table, 1, 1, S("徐汇"));
    }
}

Test(csv, what_is_no_text_is_not_guessed_at) /* (1) */
{
    struct str detail;

    cr_expect_eq(why_not(S("a,b\n\xFF\xFF,c\n"), &detail), &csv_encoding);
    cr_expect_eq(why_not(S("a\0b,c\n"), &detail), &csv_encoding);
    cr_expect_eq(why_not(S("PK\x03\x04whatever"), &detail), &csv_is_workbook);
}

Test(csv, rows_are_numbered_as_on_the_sheet) /* (2) */
{
    struct csv_table table = read_all(S("a,b\r\n\r\n,\r\n\"two\r\nlines\",c\r\nlast,d"));

    cr_assert_eq(table.count, 3);
    cr_expect_eq(table.rows[0].number, 1);
    cr_expect_eq(table.rows[1].number, 4);
    cr_expect_eq(table.rows[2].number, 5);
    expect_cell(&table, 1, 0, S("two\nlines"));
    expect_cell(&table, 2, 1, S("d"));
}

Test(csv, semicolons_and_tabulators_part_cells_too)
{
    struct csv_table table = read_all(S("a;b;c\n\"1;2\";3,5;4\n"));

    expect_cell(&table, 1, 0, S("1;2"));
    expect_cell(&table, 1, 1, S("3,5"));
    table = read_all(S("a\tb\n1\t2 3\n"));
    expect_cell(&table, 1, 1, S("2 3"));
}

Test(csv, a_quotation_mark_in_the_wrong_place_names_its_row)
{
    struct str detail;

    cr_expect_eq(why_not(S("a,b\nc,d\ne\"f,g\n"), &detail), &csv_quotes);
    cr_expect(str_same(detail, S("3")));
    cr_expect_eq(why_not(S("a,b\n\"c,d\n"), &detail), &csv_quotes);
    cr_expect(str_same(detail, S("2")));
}

static struct str many(const char *cell, size_t count, const char *end)
{
    struct out *out = out_open(arena, 8 << 20);

    for (size_t i = 0; i < count; i++) out_raw_str(out, str_of(cell));
    out_raw_str(out, str_of(end));
    return out_text(out);
}

Test(csv, nothing_is_unbounded)
{
    struct str detail;

    cr_expect_eq(read_all(many("x\n", CSV_ROWS_MAX, "")).count, CSV_ROWS_MAX);
    cr_expect_eq(why_not(many("x\n", CSV_ROWS_MAX + 1, ""), &detail), &csv_too_many_rows);
    cr_expect_eq(read_all(many("x,", CSV_COLUMNS_MAX - 1, "x\n")).count, 1);
    cr_expect_eq(why_not(many("x,", CSV_COLUMNS_MAX, "x\n"), &detail), &csv_too_many_columns);
    cr_expect_eq(read_all(many("x", CSV_CELL_BYTES_MAX, "\n")).count, 1);
    cr_expect_eq(why_not(many("x", CSV_CELL_BYTES_MAX + 1, "\n"), &detail), &csv_cell_too_long);
    cr_expect_eq(why_not(many("x", CSV_BYTES_MAX + 1, ""), &detail), &csv_too_large);
    cr_expect(str_same(detail, S("2")), "it says how large it may be");
    cr_expect_eq(
        why_not(many("x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x\n", CSV_ROWS_MAX, ""), &detail),
        &csv_too_many_cells);
    cr_expect_eq(read_all(S("")).count, 0);
}

Test(csv, what_was_written_comes_back_and_is_no_formula) /* (3) (4) */
{
    const struct str cells[] = {S("plain"), S("with \"marks\""), S("a,b;c\td"), S("two\nlines"),
                                S(""),      S(" blanks "),       S("=1+1"),     S("+86 138"),
                                S("-5"),    S("@name"),          S("\tx"),      S("'=1"),
                                S("''-x"),  S("'quoted'"),       S("'"),        S("王芳"),
                                S("＝1+1"), S("＠name"),         S("|calc"),    S("%x"),
                                S("−5")};
    struct out *out = out_open(arena, 1 << 20);
    struct csv_table table;
    struct str text;

    csv_mark(out);
    for (size_t i = 0; i < COUNT(cells); i++) {
        csv_cell(out, S("first"), false);
        csv_cell(out, cells[i], true);
    }
    text = out_text(out);
    cr_expect_lt(str_find(text, S("\"=")), 0);
    cr_expect_lt(str_find(text, S(",\"-")), 0);
    cr_expect_lt(str_find(text, S(",\"＝")), 0); /* a formula in a Chinese setting */
    cr_expect_lt(str_find(text, S(",\"＠")), 0);
    cr_expect_lt(str_find(text, S(",\"|")), 0);
    table = read_all(text);
    cr_assert_eq(table.count, COUNT(cells));
    for (size_t i = 0; i < COUNT(cells); i++) expect_cell(&table, i, 1, cells[i]);
}
