/* intake_test.c -- what comes twice, over real HTTP (ASVS 15.3.7). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "platform/toy_test.h"

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"
#define ENGLISH "Accept-Language: en\r\n"

static struct toy toy;
static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)64 << 20);
    toy_open(&toy, NULL);
}

static void tear_down(void)
{
    toy_close(&toy);
    arena_close(&arena);
}

TestSuite(intake, .init = set_up, .fini = tear_down);

static int letters(void)
{
    return (int)toy_count(&toy, "select count(*) from letter");
}

/* Sends `fields` with the marks of a form that was just opened; `again`: these marks once more. */
static struct toy_answer send_form(const char *fields, const char *again)
{
    struct toy_answer page = toy_ask(&toy, arena, "GET", "/boxes/7", NULL, S(""));
    struct str visitor = toy_between(page.head, "visitor=", ";");
    struct str csrf = toy_between(page.body, "name=\"csrf\" value=\"", "\"");
    struct str once = toy_between(page.body, "name=\"once\" value=\"", "\"");
    struct str cookie =
        arena_print(arena, FORM_TYPE ENGLISH "Cookie: visitor=%.*s\r\n", STR_ARGS(visitor));
    struct str more = strcmp(again, "csrf") == 0 ? arena_print(arena, "&csrf=%.*s", STR_ARGS(csrf))
                      : strcmp(again, "once") == 0
                          ? arena_print(arena, "&once=%.*s", STR_ARGS(once))
                          : S("");

    cr_assert(visitor.len && csrf.len && once.len);
    return toy_ask(&toy, arena, "POST", "/boxes/7", cookie.at,
                   arena_print(arena, "csrf=%.*s&once=%.*s&%s%.*s", STR_ARGS(csrf), STR_ARGS(once),
                               fields, STR_ARGS(more)));
}

Test(intake, what_comes_twice_is_wrong_and_neither_counts)
{
    static const char *const same[] = {"text=first&text=second", "text=same&text=same",
                                       "text=&text=second", "text=first&text="};
    struct toy_answer answer;

    for (size_t i = 0; i < COUNT(same); i++) {
        answer = send_form(same[i], "");
        cr_expect_eq(answer.status, 422, "%s: %d", same[i], answer.status);
        cr_expect(str_find(answer.body, S("This came twice")) >= 0, "%s", same[i]);
        cr_expect(str_find(answer.body, S(">first<")) < 0, "it is asked for again");
    }
    cr_expect_eq(letters(), 0);
    cr_expect_eq(send_form("text=only", "").status, 303);
    cr_expect_eq(letters(), 1);
}

Test(intake, marks_of_a_form_that_come_twice_are_no_form_of_ours)
{
    cr_expect_eq(send_form("text=hello", "csrf").status, 400);
    cr_expect_eq(send_form("text=hello", "once").status, 400);
    cr_expect_eq(letters(), 0);
}

Test(intake, a_parameter_that_comes_twice_is_named_to_a_program)
{
    struct toy_answer answer =
        toy_ask(&toy, arena, "GET", "/api/v1/boxes/7?after=1&after=2", ENGLISH, S(""));

    cr_expect_eq(answer.status, 422, "%d", answer.status);
    cr_expect(str_find(answer.body, S("field.twice")) >= 0, "%.*s", STR_ARGS(answer.body));
}
