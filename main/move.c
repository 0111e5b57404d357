/* move.c -- see move.h. */
#include "main/move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "main/install.h"
#include "platform/carry.h"
#include "platform/site.h"

static int fail(struct str why)
{
    fprintf(stderr, "gongdao: move: %.*s\n", STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct outcome carry(struct arena *arena, struct store *from, struct store *to,
                            const struct module *const *modules, struct carry_told *told)
{
    TRY(site_tables(to, modules, time(NULL)));
    return carry_all(arena, from, to, told);
}

/* Inside a transaction of both: nobody adds a row to either meanwhile. */
static struct outcome carry_or_compare(struct arena *arena, struct store *from, struct store *to,
                                       const struct module *const *modules, struct carry_told *told,
                                       bool *was_there)
{
    struct store_table *tables;
    size_t count;
    struct outcome outcome;

    TRY(store_tables(arena, to, &tables, &count));
    *was_there = count > 0;
    if (!count) return carry(arena, from, to, modules, told);
    outcome = carry_compare(arena, from, to, told);
    if (IS_DONE(outcome)) return DONE;
    return FAULT(arena_print(arena,
                             "the database has %zu tables already, and they are not this "
                             "installation (%s); a move needs an empty one",
                             count, outcome.fault)
                     .at);
}

static struct outcome move_between(struct arena *arena, struct store *from, struct store *to,
                                   const struct module *const *modules, struct carry_told *told,
                                   bool *was_there)
{
    struct outcome outcome;

    /* The file is brought up to date and looked over before anything is promised of it. */
    TRY(site_schema(from, modules, time(NULL)));
    TRY(store_check(from));
    TRY(store_begin(from));
    outcome = store_begin(to);
    if (IS_DONE(outcome)) {
        outcome = carry_or_compare(arena, from, to, modules, told, was_there);
        if (IS_DONE(outcome))
            outcome = store_commit(to);
        else
            store_rollback(to);
    }
    store_rollback(from);
    if (IS_DONE(outcome) && !*was_there) outcome = store_script(to, "analyze");
    return outcome;
}

/* Both stores are closed: what lay in the log beside the file is in it. */
static struct outcome put_aside(struct arena *arena, const struct settings *settings)
{
    struct str file = install_path(arena, settings->data, "gongdao.db");
    struct str aside = install_path(arena, settings->data, INSTALL_MOVED);

    if (rename(file.at, aside.at))
        return FAULT(arena_print(arena, "every row is there, but %s cannot be renamed to %s: %s",
                                 file.at, INSTALL_MOVED, strerror(errno))
                         .at);
    unlink(install_path(arena, settings->data, "gongdao.db-wal").at);
    unlink(install_path(arena, settings->data, "gongdao.db-shm").at);
    return DONE;
}

static struct outcome move(struct arena *arena, const struct settings *settings,
                           const struct module *const *modules, struct carry_told *told,
                           bool *was_there)
{
    struct settings source = *settings;
    struct store *from = NULL, *to = NULL;
    struct outcome outcome;

    source.database = S(""); /* the configuration file may name the new one already */
    if (!store_is_remote(settings->to))
        return FAULT("say where to: gongdao move --data DIR --to postgresql://USER@HOST/NAME");
    TRY(install_open(arena, &source, false));
    if (!IS_DONE(install_lock(arena, settings->data, false)))
        return FAULT("a server is running on this data folder; stop it first");
    TRY(install_store(arena, &source, STORE_WRITE, &from));
    outcome = store_open(settings->to, STORE_WRITE, &to);
    if (IS_DONE(outcome)) outcome = move_between(arena, from, to, modules, told, was_there);
    store_close(&to);
    store_close(&from);
    return IS_DONE(outcome) ? put_aside(arena, settings) : outcome;
}

int move_command(struct arena *arena, const struct settings *settings,
                 const struct module *const *modules)
{
    struct carry_told told;
    bool was_there = false;
    struct outcome outcome = move(arena, settings, modules, &told, &was_there);

    if (!IS_DONE(outcome))
        return fail(outcome.fault ? str_of(outcome.fault) : S("the rules of the service say no"));
    printf("%s %lld rows in %lld tables; every row was read back and is the same (digest "
           "%016llx%016llx).\n",
           was_there ? "They were there already:" : "Moved", (long long)told.rows,
           (long long)told.tables, (unsigned long long)told.digest.high,
           (unsigned long long)told.digest.low);
    printf("The file is now %.*s/" INSTALL_MOVED "; keep it until you trust the new place.\n"
           "Next: put the address into the configuration file (database = …) or give it to every "
           "command with --database.\nKeys, attached files and the calendar stay in %.*s.\n",
           STR_ARGS(settings->data), STR_ARGS(settings->data));
    return EXIT_SUCCESS;
}

/* ---- a backup ---- */

/* The copy's tables are made as this program knows them, and the rows say which changes were made:
 * a copy of older rows would be changed a second time where it is restored. */
static struct outcome need_current(struct store *from, const struct module *const *modules)
{
    bool is_current;

    TRY(site_is_current(from, modules, &is_current));
    if (is_current) return DONE;
    return FAULT(
        "the database is of an older version than this program: serve it once, which brings "
        "it up to date, or make the copy with the program it is served by");
}

static struct outcome fill_file(struct arena *arena, struct store *from, struct store *to,
                                const struct module *const *modules)
{
    struct carry_told told;
    struct outcome outcome;

    TRY(store_begin(to));
    outcome = carry(arena, from, to, modules, &told);
    if (!IS_DONE(outcome)) {
        store_rollback(to);
        return outcome;
    }
    TRY(store_commit(to));
    return store_check(to);
}

struct outcome move_to_file(struct arena *arena, struct store *from, struct str path,
                            const struct module *const *modules)
{
    struct store *to;
    struct outcome outcome;

    TRY(store_open(path, STORE_WRITE, &to));
    outcome = store_read_begin(from);
    if (IS_DONE(outcome)) {
        outcome = need_current(from, modules);
        if (IS_DONE(outcome)) outcome = fill_file(arena, from, to, modules);
        store_read_end(from);
    }
    store_close(&to);
    if (!IS_DONE(outcome)) unlink(path.at);
    return outcome;
}
