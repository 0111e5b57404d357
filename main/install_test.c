/* install_test.c -- the data folder: what an operator puts into it finds its place. */
#include "main/install.h"

#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/backup.h"
#include "main/move.h"
#include "main/rooms.h"
#include "platform/folder_test.h"
#include "platform/secret.h"
#include "platform/site.h"

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
    cr_assert_eq(backup_command(arena, &settings, rooms), 0);
    spare.data = install_path(arena, str_of(folder), "spare");
    spare.from = settings.to;
    cr_assert_eq(restore_command(arena, &spare), 0);
    cr_expect(is_private_folder(arena, spare.data, "keys"));
    cr_expect(is_private_folder(arena, spare.data, "calendar"));
    cr_expect_neq(install_check(arena, &spare), 0, "it is not whole before the keys are there");
    /* What cannot be read is no folder without files: such a copy is no copy. */
    settings.to = install_path(arena, str_of(folder), "second");
    cr_assert_eq(rmdir(install_path(arena, settings.data, "calendar").at), 0);
    cr_assert_eq(mknod(install_path(arena, settings.data, "calendar").at, S_IFREG | 0600, 0), 0);
    cr_expect_neq(backup_command(arena, &settings, rooms), 0);
    spare.data = install_path(arena, str_of(folder), "third");
    spare.from = settings.to;
    cr_expect_neq(restore_command(arena, &spare), 0);
    folder_drop(folder);
    arena_close(&arena);
}

static struct store *open_file(struct arena *arena, const char *folder, const char *name)
{
    struct store *store;
    struct str path = install_path(arena, str_of(folder), name);

    cr_assert(IS_DONE(store_open(path, STORE_WRITE, &store)));
    cr_assert(IS_DONE(site_schema(store, rooms, 1000)));
    return store;
}

/* Each time it starts: with the same keys nothing happens, with others it must not serve. */
Test(install, a_database_is_served_with_the_keys_it_was_served_with_first)
{
    struct arena *arena = arena_open(64 << 20);
    char folder[FOLDER_LEN];
    struct store *store;
    struct outcome outcome;

    folder_make(folder);
    store = open_file(arena, folder, "test.db");
    cr_assert(IS_DONE(secret_open(install_path(arena, str_of(folder), "keys").at, true)));
    cr_expect(IS_DONE(install_keys(arena, store, false)));
    cr_expect(IS_DONE(install_keys(arena, store, false)));
    cr_assert(IS_DONE(secret_open(install_path(arena, str_of(folder), "others").at, true)));
    outcome = install_keys(arena, store, false);
    cr_assert_not_null(outcome.fault);
    cr_expect(strstr(outcome.fault, "every node needs the same"));
    cr_expect(IS_DONE(install_keys(arena, store, true)), "they were lost");
    cr_expect(IS_DONE(install_keys(arena, store, false)));
    cr_assert(IS_DONE(secret_open(install_path(arena, str_of(folder), "keys").at, false)));
    cr_expect_not_null(install_keys(arena, store, false).fault);
    secret_close();
    store_close(&store);
    folder_drop(folder);
    arena_close(&arena);
}

Test(install, rows_of_an_older_version_are_not_copied_into_newer_tables)
{
    struct arena *arena = arena_open(64 << 20);
    char folder[FOLDER_LEN];
    struct store *store;
    struct outcome outcome;

    folder_make(folder);
    store = open_file(arena, folder, "test.db");
    outcome = move_to_file(arena, store, install_path(arena, str_of(folder), "good.db"), rooms);
    cr_expect(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
    cr_assert(IS_DONE(store_script(store, "delete from migration where number = 1")));
    outcome = move_to_file(arena, store, install_path(arena, str_of(folder), "old.db"), rooms);
    cr_assert_not_null(outcome.fault);
    cr_expect(strstr(outcome.fault, "older version"));
    store_close(&store);
    folder_drop(folder);
    arena_close(&arena);
}
