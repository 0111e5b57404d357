/* paper_test.c -- what is printed stands on its pages, all of it.  Cites paper.h. */
#include <criterion/criterion.h>
#include <string.h>

#include "platform/out.h"
#include "platform/paper.h"

static struct arena *arena;
static struct paper *paper;

static void set_up(void)
{
    arena = arena_open(64 << 20);
    cr_assert(outcome_is_done(paper_open(arena, S("foot"), &paper)));
}

static void tear_down(void)
{
    struct str bytes;

    cr_assert(outcome_is_done(paper_close(&paper, &bytes)));
    cr_expect(str_begins(bytes, S("%PDF")));
    arena_close(&arena);
}

TestSuite(paper, .init = set_up, .fini = tear_down);

static struct str lines(int count)
{
    struct out *out = out_open(arena, 1 << 16);

    for (int i = 0; i < count; i++) {
        if (i) OUT_LITERAL(out, "\n");
        out_int(out, i);
    }
    return out_text(out);
}

/* 1 */
Test(paper, a_row_taller_than_a_page_goes_on_with_every_line_of_it)
{
    const struct str heads[] = {S("Name"), S("Words")};
    const struct str cells[] = {S("anna"), lines(300)}, next[] = {S("bo"), S("x")};
    struct paper_drawn drawn;

    paper_table(paper, heads, 2, 1);
    paper_row(paper, cells, false);
    drawn = paper_drawn(paper);
    cr_expect(drawn.pages > 4 && drawn.pages < 12, "%d", drawn.pages);
    cr_expect_eq(drawn.lines, 300 + 1 + 2 * drawn.pages, "every line once, and heads on each page");
    cr_expect(drawn.lowest <= drawn.lowest_max, "%f of %f", drawn.lowest, drawn.lowest_max);
    paper_row(paper, next, false);
    cr_expect_eq(paper_drawn(paper).lines, drawn.lines + 2);
}

/* 1 */
Test(paper, a_text_taller_than_a_page_goes_on_too)
{
    struct paper_drawn drawn;

    paper_heading(paper, S("Heading"));
    paper_text(paper, lines(400));
    drawn = paper_drawn(paper);
    cr_expect(drawn.pages > 5 && drawn.pages < 15, "%d", drawn.pages);
    cr_expect_eq(drawn.lines, 401);
    cr_expect(drawn.lowest <= drawn.lowest_max, "%f of %f", drawn.lowest, drawn.lowest_max);
}

/* 1 */
Test(paper, a_row_that_fits_on_a_page_is_not_torn)
{
    const struct str heads[] = {S("Name")};
    const struct str half[] = {lines(30)};

    paper_table(paper, heads, 1, 1);
    paper_row(paper, half, false);
    cr_assert_eq(paper_drawn(paper).pages, 1);
    paper_row(paper, half, false);
    cr_expect_eq(paper_drawn(paper).pages, 2);
    cr_expect_eq(paper_drawn(paper).lines, 62);
}

Test(paper, heads_that_are_longer_than_a_page_leave_room_for_rows)
{
    const struct str heads[] = {lines(300)};
    const struct str cells[] = {lines(200)};
    struct paper_drawn drawn;

    paper_table(paper, heads, 1, 1);
    paper_row(paper, cells, false);
    drawn = paper_drawn(paper);
    cr_expect(drawn.pages < 12, "%d", drawn.pages);
    cr_expect(drawn.lowest <= drawn.lowest_max, "%f", drawn.lowest);
}

Test(paper, what_is_cut_says_so)
{
    char long_text[PAPER_CELL_BYTES_MAX + 3];
    struct str cut;

    for (size_t i = 0; i + 3 <= sizeof long_text; i += 3) memcpy(long_text + i, "字", 3);
    cut = paper_cut(arena, (struct str){long_text, sizeof long_text - sizeof long_text % 3});
    cr_expect(cut.len <= PAPER_CELL_BYTES_MAX);
    cr_expect(str_ends(cut, S("字…")), "between two characters");
    cr_expect(str_same(paper_cut(arena, S("short")), S("short")));
}
