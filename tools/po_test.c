/* po_test.c -- catalogues, good and bad. */
#include <criterion/criterion.h>

#include "tools/po.h"

static struct arena *arena;
static struct problems problems;
static struct po po;

static void begin(void)
{
    arena = arena_open(16 << 20);
    problems = (struct problems){.arena = arena};
    po_open(&po, arena);
}

static void end(void)
{
    arena_close(&arena);
}

TestSuite(po, .init = begin, .fini = end);

static void expect(const char *source, const char *translation)
{
    struct str found;

    cr_expect(po_find(&po, "a.c", 1, str_of(source), &found), "%s is missing", source);
    cr_expect(str_same(found, str_of(translation)), "%s is %.*s", source, STR_ARGS(found));
}

static void expect_problem(const char *what)
{
    cr_assert_eq(problems.count, 1, "%zu problems", problems.count);
    cr_expect(str_find(problems.texts[0], str_of(what)) >= 0, "%.*s", STR_ARGS(problems.texts[0]));
}

Test(po, an_entry_may_go_over_several_lines_and_hold_escapes)
{
    po_add(&po, &problems, "a.po",
           S("msgid \"\"\nmsgstr \"\"\n\"Language: zh\\n\"\n\n# why\nmsgid \"\"\n\"one \"\n"
             "\"\\\"two\\\"\\\\\"\nmsgstr \"\"\n\"一\"\n\"二\\n\"\r\n"));
    po_sort(&po, &problems);
    cr_assert_eq(problems.count, 0);
    cr_assert_eq(po.count, 1);
    expect("one \"two\"\\", "一二\n");
}

Test(po, fuzzy_and_empty_translations_are_missing)
{
    struct str found;

    po_add(&po, &problems, "a.po",
           S("#, fuzzy\nmsgid \"a\"\nmsgstr \"甲\"\n\nmsgid \"b\"\nmsgstr \"\"\n\n"
             "msgid \"c\"\nmsgstr \"丙\"\n"));
    po_sort(&po, &problems);
    cr_expect(!po_find(&po, "a.c", 1, S("a"), &found));
    cr_expect(!po_find(&po, "a.c", 2, S("b"), &found));
    expect("c", "丙");
    cr_expect_eq(po.missing_count, 2);
}

Test(po, a_missing_text_is_remembered_once_and_not_at_all_without_a_line)
{
    struct str found;

    po_find(&po, "a.c", 1, S("a"), &found);
    po_find(&po, "b.c", 2, S("a"), &found);
    po_find(&po, "b.c", 0, S("b"), &found);
    cr_expect_eq(po.missing_count, 1);
    cr_expect(str_same(found, S("b")), "what is missing stays English");
}

Test(po, one_text_has_one_translation)
{
    po_add(&po, &problems, "a.po", S("msgid \"a\"\nmsgstr \"甲\"\n"));
    po_add(&po, &problems, "b.po", S("msgid \"a\"\nmsgstr \"甲\"\n"));
    po_sort(&po, &problems);
    cr_assert_eq(problems.count, 0);
    cr_assert_eq(po.count, 1);
    po_add(&po, &problems, "c.po", S("msgid \"a\"\nmsgstr \"乙\"\n"));
    po_sort(&po, &problems);
    expect_problem("is translated in another way");
}

Test(po, a_translation_names_the_same_places)
{
    po_add(&po, &problems, "a.po", S("msgid \"%1 of %2\"\nmsgstr \"%1\"\n"));
    expect_problem("a.po:1: the translation must name the same places");
}

Test(po, what_is_not_po_is_a_problem_with_its_line)
{
    static const struct {
        const char *text, *what;
    } cases[] = {{"\nmsgid \"a\"\n", "a.po:2: msgid without msgstr"},
                 {"msgstr \"a\"\n", "a.po:1: msgstr without msgid"},
                 {"\"a\"\n", "a.po:1: expected msgid"},
                 {"msgctxt \"a\"\n", "a.po:1: expected msgid"},
                 {"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"c\"", "a.po:2: expected msgid"},
                 {"msgid \"a\"b\"\nmsgstr \"c\"", "a.po:1: write \\\""},
                 {"msgid \"a\\tb\"\nmsgstr \"c\"", "a.po:1: only"},
                 {"msgid \"a\nmsgstr \"c\"", "a.po:1: expected msgid"},
                 {"msgid \"a\\\"\nmsgstr \"c\"", "a.po:1: only"},
                 {"\xff", "a.po: is not UTF-8"}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        problems.count = 0;
        po_add(&po, &problems, "a.po", str_of(cases[i].text));
        cr_expect_eq(problems.count, 1, "%s: %zu problems", cases[i].text, problems.count);
        if (problems.count > 0)
            cr_expect(str_begins(problems.texts[0], str_of(cases[i].what)), "%s: %.*s",
                      cases[i].text, STR_ARGS(problems.texts[0]));
    }
}

Test(po, what_nothing_uses_is_reported)
{
    po_add(&po, &problems, "a.po", S("msgid \"a\"\nmsgstr \"甲\"\n\nmsgid \"b\"\nmsgstr \"乙\"\n"));
    po_sort(&po, &problems);
    expect("a", "甲");
    po_report_unused(&po, &problems);
    expect_problem("a.po:4: nothing uses \"b\"");
}

Test(po, a_folder_that_is_not_there_is_a_problem)
{
    cr_expect(!po_read_folder(&po, &problems, "no such folder"));
    expect_problem("no such folder/zh: cannot be read");
}
