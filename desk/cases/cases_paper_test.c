/* cases_paper_test.c -- papers on disk: what was taken back leaves it, what is kept is as it was.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>

#include "desk/cases/cases_stage_test.h"
#include "platform/files.h"
#include "platform/folder_test.h"

static char folder[FOLDER_LEN];

static void set_up(void)
{
    folder_make(folder);
    cr_assert(test_done(files_open(folder)));
    stage_open();
}
static void tear_down(void)
{
    stage_close();
    files_close();
    folder_drop(folder);
}
TestSuite(cases_paper, .init = set_up, .fini = tear_down);

static int files_on_disk(void)
{
    DIR *listing = opendir(folder);
    struct dirent *entry;
    int count = 0;

    cr_assert(listing);
    while ((entry = readdir(listing))) count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static id attach_this(struct str bytes)
{
    struct cases_attach_form form = {.reference = stage_reference,
                                     .file = {.name = S("a.pdf"), .bytes = bytes}};
    struct cases_attached_view told;

    cr_assert(test_done(cases_attach.prepare(stage, &form)));
    cr_assert(test_done(test_act(stage,
                                 &(struct act){.name = cases_attach.name,
                                               .who = cases_attach.who,
                                               .form = cases_attach.form,
                                               .result = cases_attach.result,
                                               .run = cases_attach.run},
                                 &form, &told)));
    return told.file;
}
static id attach(void)
{
    return attach_this(S("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"));
}

static int64_t checked(void)
{
    int64_t files = -1;

    cr_assert(test_done(cases_check_files(stage, &files)));
    return files;
}

static struct outcome detach(id file)
{
    return stage_post(&cases_detach, arena_print(stage->arena, "file=%lld", (long long)file).at);
}

Test(cases_paper, what_is_taken_back_is_gone_for_everybody_at_once_and_from_the_disk_a_day_later)
{
    struct cases_case_view v = {0};
    id file = attach();

    attach();
    be_officer();
    cr_assert(test_done(stage_look()));
    cr_assert(test_done(stage_decide("send-back", "words=请换一张")));
    be_mary();
    cr_assert(test_done(detach(file)));
    cr_expect_eq(detach(file).refusal, &act_unknown, "twice");
    cr_assert(test_done(stage_see("/cases/{reference}", "", &v)));
    cr_expect_eq(v.papers_count, 1);
    cr_expect_eq(files_on_disk(), 2, "a backup made meanwhile is whole");
    cr_expect_eq(checked(), 2);
    stage->now += CASES_KEEPS_SECONDS;
    cr_assert(test_done(stage_clock(&cases_sweep, file)));
    cr_expect_eq(files_on_disk(), 1);
    cr_expect_eq(checked(), 1);
    cr_expect_eq(stage_clock(&cases_sweep, file).fault, NULL, "again changes nothing");
    cr_expect_eq(files_on_disk(), 1);
}

Test(cases_paper, a_paper_that_is_missing_or_changed_is_found_by_the_check)
{
    char path[FOLDER_LEN + 300] = "";
    DIR *listing;
    struct dirent *entry;
    int64_t files;
    FILE *out;

    attach();
    cr_expect_eq(checked(), 1);
    listing = opendir(folder);
    while ((entry = readdir(listing)))
        if (entry->d_name[0] != '.') snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    closedir(listing);
    cr_assert(path[0]);
    out = fopen(path, "r+");
    cr_assert(out);
    fputc('X', out);
    fclose(out);
    cr_expect_neq(cases_check_files(stage, &files).fault, NULL, "one byte of it was changed");
    cr_assert_eq(remove(path), 0);
    cr_expect_neq(cases_check_files(stage, &files).fault, NULL, "it is gone");
}

Test(cases_paper, the_check_needs_no_more_memory_for_many_papers_than_for_one)
{
    struct arena *small = arena_open(64 * 1024), *arena = stage->arena;
    static char bytes[128 * 1024] = "%PDF-1.4\n";
    int64_t files = -1;

    for (int i = 0; i < 3; i++) attach_this((struct str){bytes, sizeof bytes});
    stage->arena = small;
    cr_expect(test_done(cases_check_files(stage, &files)));
    stage->arena = arena;
    cr_expect_eq(files, 3);
    arena_close(&small);
}
