/* cases_sheet_test.c -- the sheet that goes along with a case, and what a code tells whom. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_stage_test.h"

static void set_up(void)
{
    stage_open();
    cases_use_site(S("https://12348.example.org"));
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("hand-over", "division=310101&words=当事人住在黄浦区")));
}
static void tear_down(void)
{
    cases_use_site(S(""));
    stage_close();
}
TestSuite(cases_sheet, .init = set_up, .fini = tear_down);

static struct cases_sheets_view sheets(void)
{
    struct cases_sheets_view v = {0};

    cr_assert(test_done(stage_see("/office/sheets", "", &v)));
    return v;
}

static struct outcome print(struct str code)
{
    return test_post(stage, &cases_print_sheet,
                     arena_print(stage->arena, "code=%.*s", STR_ARGS(code)).at, NULL);
}

static struct outcome send(struct str code, struct file_answer *file)
{
    struct cases_code_form query = {.code = code};
    struct request request = {.scene = stage};
    const struct page *page = cases_sheet_pages;

    while (strcmp(page->path, "/office/sheets/{code}")) page++;
    return page->file(&request, &query, file);
}

static struct cases_verify_view verify(const char *code)
{
    struct cases_verify_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(stage, &cases_module, "/verify",
                                  arena_print(stage->arena, "code=%s", code).at, &v, &go)));
    return v;
}

Test(cases_sheet, both_offices_print_the_sheet_on_record_and_nobody_else_does)
{
    struct file_answer file = {0};
    struct str code;

    cr_assert_eq(sheets().given_count, 1);
    cr_expect_eq(sheets().taken_count, 0);
    code = arena_copy(stage->arena, sheets().given[0].code);
    stage->now += CASES_LOOK_MINUTES * SECONDS_PER_MINUTE; /* since the case was opened */
    cr_expect_eq(send(code, &file).refusal, &act_unknown, "not before it is on record");
    cr_assert(test_done(print(code)));
    cr_expect_eq(test_journal(stage, "cases.print_sheet"), 1);
    cr_assert(test_done(send(code, &file)));
    cr_expect(str_begins(file.bytes, S("%PDF-")));
    stage->now += CASES_LOOK_MINUTES * SECONDS_PER_MINUTE;
    cr_expect_eq(send(code, &file).refusal, &act_unknown, "half an hour later");
    be_far();
    cr_expect(sheets().taken_count == 1 && sheets().given_count == 0);
    cr_assert(test_done(print(code)));
    cr_assert(test_done(send(code, &file)));
    be_john();
    cr_expect(print(code).refusal);
    cr_expect(send(code, &file).refusal);
    be_mary();
    cr_expect(print(code).refusal, "it is between offices");
}

Test(cases_sheet, a_code_says_what_the_paper_is_about_and_nobodys_name)
{
    struct str code = arena_copy(stage->arena, sheets().given[0].code);
    struct cases_verify_view v;
    char *small;

    stage->actor = (struct actor){.is = WHO_ANYONE};
    v = verify(arena_print(stage->arena, "%.*s", STR_ARGS(code)).at);
    cr_assert(v.is_found && v.is_sheet);
    cr_expect(str_same(v.reference, stage_reference));
    cr_expect(str_same(v.title, S("案件移送单")));
    cr_expect(str_same(v.from_name, S("徐汇区")) && str_same(v.to_name, S("黄浦区")));
    small = arena_bytes(stage->arena, code.len + 1);
    for (size_t i = 0; i < code.len; i++)
        small[i] = code.at[i] >= 'A' && code.at[i] <= 'Z' ? (char)(code.at[i] + 32) : code.at[i];
    cr_expect(verify(small).is_found, "as people type it");
    small[0] = small[0] == '2' ? '3' : '2';
    v = verify(small);
    cr_expect(!v.is_found && v.wrong.len && !v.reference.len);
    cr_expect(!verify("2").is_found);
    cr_expect(!verify("22222222222222222222222222").is_found);
}
