/* wipe_test.c -- what was erased is in no byte of the file or its log, and before it was. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/folder_test.h"
#include "platform/store.h"
#include "platform/wipe.h"

static char folder[FOLDER_LEN], path[FOLDER_LEN + 8];
static struct store *store;

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void set_up(void)
{
    folder_make(folder);
    snprintf(path, sizeof path, "%s/db", folder);
    done(store_open(str_of(path), STORE_WRITE, &store));
    done(store_script(store, "create table letter (words text not null);"));
}
static void tear_down(void)
{
    store_close(&store);
    folder_drop(folder);
}
TestSuite(wipe, .init = set_up, .fini = tear_down);

static void commit(const char *sql)
{
    done(store_begin(store));
    done(store_script(store, sql));
    done(store_commit(store));
}

static bool is_in(const char *end, const char *words)
{
    char name[FOLDER_LEN + 16], *bytes = malloc(1 << 22);
    FILE *file;
    bool found = false;
    size_t len;

    snprintf(name, sizeof name, "%s%s", path, end);
    file = fopen(name, "rb");
    len = file ? fread(bytes, 1, 1 << 22, file) : 0;
    if (file) fclose(file);
    for (size_t i = 0; !found && i + strlen(words) <= len; i++)
        found = memcmp(bytes + i, words, strlen(words)) == 0;
    free(bytes);
    return found;
}

static bool ask(void)
{
    bool wiped;

    done(store_begin(store));
    wiped = store_wipe(store);
    done(store_commit(store));
    return wiped;
}

Test(wipe, no_byte_of_what_was_erased_is_left)
{
    commit("insert into letter (words) values ('canary-of-the-mine');");
    done(store_tidy(store));
    commit("delete from letter;");
    cr_assert(is_in("", "canary-of-the-mine") && is_in("-wal", "canary-of-the-mine"),
              "the row is gone and its bytes are there");
    cr_expect(!ask(), "asked for");
    cr_expect(!is_in("", "canary-of-the-mine") && !is_in("-wal", "canary-of-the-mine"));
    cr_expect(ask(), "and known to be done");
    cr_expect(!ask(), "each asks for its own");
}

Test(wipe, a_reader_in_the_way_puts_it_off)
{
    struct statement *statement;
    struct store *reader;
    bool row;

    commit("insert into letter (words) values ('canary-of-the-mine');");
    done(store_open(str_of(path), STORE_READ, &reader));
    done(store_read_begin(reader));
    done(statement_open(reader, "select words from letter", &statement));
    done(statement_step(statement, &row));
    statement_close(&statement);
    commit("delete from letter;");
    cr_expect(!ask());
    cr_expect(!ask(), "it is not done");
    cr_expect(is_in("-wal", "canary-of-the-mine"));
    store_read_end(reader);
    cr_expect(!ask(), "now");
    cr_expect(ask());
    cr_expect(!is_in("", "canary-of-the-mine") && !is_in("-wal", "canary-of-the-mine"));
    store_close(&reader);
}
