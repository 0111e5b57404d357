/* files_test.c -- what a file that somebody sends is called from then on.  Cites files.c. */
#include <criterion/criterion.h>
#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files.h"
#include "platform/secret.h"

static void expect(struct arena *arena, struct str name, struct str plain)
{
    struct str made = files_plain_name(arena, name);

    cr_expect(str_same(made, plain), "%.*s", STR_ARGS(made));
}

Test(files, a_name_is_without_its_folders_however_deep_they_are)
{
    struct arena *arena = arena_open(1 << 20);
    char deep[400];

    memset(deep, 'd', sizeof deep);
    memcpy(deep + sizeof deep - 9, "/\xE5\x90\x88.pdf", 8);
    expect(arena, S("contract.pdf"), S("contract.pdf"));
    expect(arena, S("C:\\desk/a/contract.pdf"), S("contract.pdf"));
    expect(arena, (struct str){deep, sizeof deep - 1}, S("合.pdf"));
    expect(arena, S("folder/"), S("file"));
    arena_close(&arena);
}

Test(files, a_name_is_no_longer_than_a_header_carries_and_ends_with_a_whole_character)
{
    struct arena *arena = arena_open(1 << 20);
    char wide[] = "x\xE5\x90\x88\xE5\x90\x88\xE5\x90\x88", many[1 + 3 * 200];

    many[0] = 'x';
    for (size_t i = 1; i < sizeof many; i += 3) memcpy(many + i, wide + 1, 3);
    cr_expect_eq(files_plain_name(arena, (struct str){many, sizeof many}).len, 253);
    expect(arena, S("\xE2\x80\xAEgnp.exe"), S("gnp.exe"));
    arena_close(&arena);
}

static char folder[] = "/tmp/gongdao-files-XXXXXX";

static void open_folder(void)
{
    secret_open_for_tests();
    cr_assert_not_null(mkdtemp(folder));
    cr_assert(IS_DONE(files_open(folder)));
}

static void remove_folder(void)
{
    char command[80];

    files_close();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
    secret_close();
}

static void write_as(const char *name, struct str bytes)
{
    char path[120];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fwrite(bytes.at, 1, bytes.len, file);
    fclose(file);
}

/* (4) */
Test(files, a_name_means_one_content_and_no_other_file_has_it, .init = open_folder,
     .fini = remove_folder)
{
    struct arena *arena = arena_open(1 << 20);
    struct str one, same, hash, bytes = S("the same paper, handed in twice"), got;

    cr_assert(IS_DONE(files_put(arena, bytes, &one, &hash)));
    cr_assert(IS_DONE(files_put(arena, bytes, &same, &hash)));
    cr_expect_not(str_same(one, same));
    files_drop(one);
    cr_expect_not(files_has(one));
    cr_assert(IS_DONE(files_get(arena, same, (int64_t)bytes.len, &got)), "nobody else's went");
    cr_expect(str_same(got, bytes));
    cr_expect(IS_DONE(files_drop(one)), "it is gone already");
    cr_assert_eq(mkdir(arena_print(arena, "%s/%.*s", folder, STR_ARGS(one)).at, 0700), 0);
    cr_expect_not_null(files_drop(one).fault, "what cannot be removed is not said to be gone");
    write_as(arena_c(arena, same), S("another paper, put in its place!"));
    cr_expect_not_null(files_get(arena, same, (int64_t)bytes.len, &got).fault);
    arena_close(&arena);
}

Test(files, names_of_before_are_read_and_names_that_are_not_ours_are_not, .init = open_folder,
     .fini = remove_folder)
{
    struct arena *arena = arena_open(1 << 20);
    struct str old = secret_token(arena), got, bytes = S("kept before names had a content");

    write_as(arena_c(arena, old), bytes);
    cr_assert(IS_DONE(files_get(arena, old, (int64_t)bytes.len, &got)));
    cr_expect(str_same(got, bytes));
    write_as("plain", bytes);
    cr_expect_not_null(files_get(arena, S("plain"), (int64_t)bytes.len, &got).fault);
    cr_expect_not_null(
        files_get(arena, S("../keys/field.key................................................."), 4,
                  &got)
            .fault);
    arena_close(&arena);
}
