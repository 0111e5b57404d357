/* mktext_test.c -- which texts are found in C, and the table that is made of them. */
#include <criterion/criterion.h>

#include "tools/mktext_scan.h"

static struct arena *arena;
static struct problems problems;
static struct texts texts;

static void begin(void)
{
    arena = arena_open(16 << 20);
    problems = (struct problems){.arena = arena};
    texts = (struct texts){.arena = arena};
}

static void end(void)
{
    arena_close(&arena);
}

TestSuite(mktext, .init = begin, .fini = end);

static void expect_text(const char *c, const char *text)
{
    texts.count = problems.count = 0;
    mktext_scan(&texts, &problems, "a.c", str_of(c));
    cr_assert_eq(problems.count, 0, "%s: %.*s", c, STR_ARGS(problems.texts[0]));
    cr_assert_eq(texts.count, 1, "%s: %zu texts", c, texts.count);
    cr_expect(str_same(texts.items[0].text, str_of(text)), "%s: %.*s", c,
              STR_ARGS(texts.items[0].text));
}

static void expect_nothing(const char *c)
{
    texts.count = problems.count = 0;
    mktext_scan(&texts, &problems, "a.c", str_of(c));
    cr_expect_eq(texts.count + problems.count, 0, "%s: something was found", c);
}

static void expect_problem(const char *c, const char *what)
{
    texts.count = problems.count = 0;
    mktext_scan(&texts, &problems, "a.c", str_of(c));
    cr_assert_eq(problems.count, 1, "%s: %zu problems", c, problems.count);
    cr_expect_str_eq(arena_c(arena, problems.texts[0]), what);
}

Test(mktext, marked_literals_are_found_as_c_reads_them)
{
    expect_text("f(T(\"a\"));", "a");
    expect_text("T ( /* why */ \"a \" // more\n \"b\" )", "a b");
    expect_text("#define F(F) \\\n  F(x, T(\"a\" \\\n \"b\"))", "ab");
    expect_text("T(\"\\\"q\\\" \\\\ \\n \\344\\270\\255 don\\'t\\?\")", "\"q\" \\ \n 中 don't?");
    expect_text("T(\"a) b\")", "a) b");
    expect_text("x = '\"'; T(\"a\") '\\''", "a");
}

Test(mktext, what_is_not_marked_is_passed_over)
{
    expect_nothing("AT(\"a\") T_(\"a\") T [\"a\"] TT(\"a\") struct T t;");
    expect_nothing("/* T(\"a\") */ // T(\"b\")\n \"T(\\\"c\\\")\"");
    expect_nothing("#define T(literal) (\"\" literal)\n");
    expect_nothing("/* never ends T(\"a\")");
    expect_nothing("");
}

Test(mktext, only_literals_can_be_marked)
{
    expect_problem("\n T(name)", "a.c:2: T() takes a string literal and nothing else");
    expect_problem("T(\"a\" name)", "a.c:1: T() takes a string literal and nothing else");
    expect_problem("T()", "a.c:1: T() takes a string literal and nothing else");
    expect_problem("T(\"\")", "a.c:1: T(\"\"): nothing to translate");
    expect_problem("T(\"a\n", "a.c:1: T() holds a literal that does not end");
    expect_problem("T(\"\\x41\")", "a.c:1: \\x in T(): write the character itself");
    expect_problem("T(\"\\377\")", "a.c:1: T() holds text that is not UTF-8");
}

Test(mktext, the_table_is_sorted_and_has_each_text_once)
{
    struct buffer out = buffer_open(arena);
    struct po po;

    po_open(&po, arena);
    po_add(&po, &problems, "zh.po", S("msgid \"b\"\nmsgstr \"乙\"\n"));
    po_sort(&po, &problems);
    mktext_scan(&texts, &problems, "a.c", S("T(\"b\") T(\"a\") T(\"ab\") T(\"b\")"));
    mktext_sort(&texts);
    mktext_write(&out, &texts, &po);
    cr_expect_eq(texts.count, 3);
    cr_expect(str_same(texts.items[1].text, S("ab")));
    cr_expect(str_find(buffer_text(&out), S("{\"b\", {\"乙\", 3}},")) > 0, "%.*s",
              STR_ARGS(buffer_text(&out)));
    cr_expect(str_find(buffer_text(&out), S("text_pairs_count = 3;")) > 0);
    cr_expect_eq(po.missing_count, 2);
}
