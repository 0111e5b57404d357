/* install_test.c -- the data folder: what an operator puts into it finds its place. */
#include "main/install.h"

#include <criterion/criterion.h>
#include <sys/stat.h>

#include "main/rooms.h"
#include "platform/folder_test.h"

static bool is_private_folder(struct arena *arena, struct str data, const char *name)
{
    struct stat found;

    return stat(install_path(arena, data, name).at, &found) == 0 && S_ISDIR(found.st_mode) &&
           (found.st_mode & 077) == 0;
}

Test(install, what_is_restored_has_the_folders_its_keys_and_new_years_are_put_into)
{
    struct arena *arena = arena_open(64 << 20);
    char folder[FOLDER_LEN];
    struct settings settings = {0}, spare = {0};

    folder_make(folder);
    settings.data = install_path(arena, str_of(folder), "data");
    settings.to = install_path(arena, str_of(folder), "copy");
    cr_assert_eq(install_init(arena, &settings, rooms), 0);
    cr_expect(is_private_folder(arena, settings.data, "calendar"));
    cr_assert_eq(install_backup(arena, &settings, rooms), 0);
    spare.data = install_path(arena, str_of(folder), "spare");
    spare.from = settings.to;
    cr_assert_eq(install_restore(arena, &spare), 0);
    cr_expect(is_private_folder(arena, spare.data, "keys"));
    cr_expect(is_private_folder(arena, spare.data, "calendar"));
    cr_expect_neq(install_check(arena, &spare), 0, "it is not whole before the keys are there");
    folder_drop(folder);
    arena_close(&arena);
}
