/* files_test.c -- what a file that somebody sends is called from then on.  Cites files.c. */
#include <criterion/criterion.h>
#include <string.h>

#include "platform/files.h"

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
