/* drill_test.c -- a drill tells a copy that could be served from, from one that could not. */
#include "main/drill.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/backup.h"
#include "main/install.h"
#include "main/rooms.h"
#include "platform/folder_test.h"

static struct arena *arena;
static char folder[FOLDER_LEN];
static struct settings installation, drill;

/* An installation, a copy of it without keys, and a place to restore into. */
static void set_up(void)
{
    struct store *store;

    arena = arena_open(64 << 20);
    folder_make(folder);
    installation = (struct settings){.data = install_path(arena, str_of(folder), "data"),
                                     .to = install_path(arena, str_of(folder), "copy")};
    cr_assert_eq(install_init(arena, &installation, rooms), 0);
    cr_assert(IS_DONE(install_store(arena, &installation, STORE_WRITE, &store)));
    cr_assert(IS_DONE(install_keys(arena, store, false))); /* it was served once */
    store_close(&store);
    cr_assert_eq(backup_command(arena, &installation, rooms), 0);
    drill = (struct settings){.data = installation.data,
                              .from = installation.to,
                              .to = install_path(arena, str_of(folder), "place")};
    cr_assert_eq(mkdir(drill.to.at, 0700), 0);
}

static void tear_down(void)
{
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(drill, .init = set_up, .fini = tear_down);

/* Only an empty folder can be removed. */
static bool left_nothing(void)
{
    return rmdir(drill.to.at) == 0;
}

Test(drill, a_good_copy_with_the_keys_of_its_installation_is_good)
{
    cr_expect_eq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
}

Test(drill, a_copy_an_older_program_made_is_good)
{
    struct store *store;

    cr_assert(IS_DONE(install_store(arena, &installation, STORE_WRITE, &store)));
    cr_assert(IS_DONE(store_script(store, "drop table seal_stamp; delete from migration where "
                                          "module = 'seal' and number = 1")));
    store_close(&store);
    installation.to = drill.from = install_path(arena, str_of(folder), "older");
    cr_assert_eq(backup_command(arena, &installation, rooms), 0);
    cr_expect_eq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
}

Test(drill, a_copy_without_keys_cannot_be_served_from)
{
    drill.data = S("");
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
}

Test(drill, keys_of_another_installation_do_not_pass)
{
    struct settings other = {.data = install_path(arena, str_of(folder), "other")};

    cr_assert_eq(install_init(arena, &other, rooms), 0);
    drill.data = other.data;
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
}

Test(drill, a_copy_with_one_byte_changed_is_not_good)
{
    int file = open(install_path(arena, drill.from, "gongdao.db").at, O_RDWR | O_CLOEXEC);

    cr_assert_geq(file, 0);
    cr_assert_eq(pwrite(file, "x", 1, 5000), 1);
    close(file);
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
}

Test(drill, what_is_no_copy_is_refused_in_words)
{
    drill.from = S("/nonexistent");
    cr_expect_neq(drill_command(arena, &drill), 0);
    drill.from = S("");
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(left_nothing());
    drill.to = S("/nonexistent");
    drill.from = installation.to;
    cr_expect_neq(drill_command(arena, &drill), 0);
}
