/* backup.c -- see backup.h.
 *
 *  (1) In clear a copy is a folder with a list of hashes; sealed it is one file.
 *  (2) What lies in clear on the way to a sealed one lies in DATA/backup.part, for this user only,
 *      where the rows lie in clear anyhow; what a kill leaves there, or in DATA/restore.part, is
 *      removed when a server starts, and by the next backup or restore.
 *  (3) Of a backup nothing is put into place before all of it was found whole: a restore that was
 *      broken off is done again.
 */
#include "main/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk/identity/identity_acts.h"
#include "desk/keys/keys_acts.h"
#include "gen/platform_sql.h"
#include "main/copy.h"
#include "main/install.h"
#include "main/move.h"
#include "main/sealed.h"
#include "platform/secret_keys.h"
#include "platform/store.h"

static const char mark_name[] = "backup_recipients";
static const char *const folders[] = {"files", "calendar", "keys"};

static int fail(const char *what, struct arena *arena, struct outcome outcome)
{
    struct str why = outcome.fault ? str_of(outcome.fault)
                                   : text_fill(arena, LANGUAGE_EN, outcome.refusal->text,
                                               outcome.detail, S(""), S(""));

    fprintf(stderr, "gongdao: %s: %.*s\n", what, STR_ARGS(why));
    return EXIT_FAILURE;
}

/* ---- for whom ---- */

static bool is_none(struct str recipients)
{
    return !recipients.len || str_same(recipients, S("none"));
}

static struct outcome set_recipients(struct scene *scene, const void *form, void *result)
{
    (void)result;
    scene->quiet = true;
    return platform_set_mark(scene->store, str_of(mark_name), *(const struct str *)form);
}

static struct outcome remembered(struct arena *arena, struct store *store, struct str *recipients)
{
    struct platform_find_mark_row row;
    bool found;

    *recipients = S("");
    TRY(platform_find_mark(arena, store, str_of(mark_name), &row, &found));
    if (found) *recipients = row.value;
    return DONE;
}

/* (2): of a backup that is being made its own is left alone. */
static struct outcome sweep(struct arena *arena, struct str data)
{
    struct str part = install_path(arena, data, "backup.part");
    int held = open(part.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = copy_remove(install_path(arena, data, "restore.part"));

    if (held >= 0 && flock(held, LOCK_EX | LOCK_NB) == 0) good = copy_remove(part) && good;
    if (held >= 0) close(held);
    return good ? DONE : FAULT("cannot remove what a backup or restore that was broken off left in "
                               "the data folder: backup.part, restore.part");
}

struct outcome backup_remember(struct arena *arena, struct store *store,
                               const struct settings *settings)
{
    static const struct act act = {
        .name = "installation.backups", .who = WHO_SYSTEM, .run = set_recipients};
    struct scene scene = install_scene(arena, store);
    struct str wanted = settings->backup_recipients, before;
    struct sealed_for keys;

    TRY(sweep(arena, settings->data));
    /* Who wrote "none" has decided; a demo has nothing to lose; a database has its own copies. */
    keys_backups_in_clear(!wanted.len && !settings->database.len && !identity_has_demo(&scene));
    if (!is_none(wanted)) TRY(sealed_read_keys(arena, wanted, &keys));
    TRY(remembered(arena, store, &before));
    return str_same(before, wanted) ? DONE : act_run(&act, &scene, &wanted, NULL);
}

static struct outcome find_keys(struct arena *arena, const struct settings *settings,
                                struct store *store, struct sealed_for *keys)
{
    struct str recipients = settings->backup_recipients;

    *keys = (struct sealed_for){.count = 0};
    if (settings->unsealed) return DONE;
    if (!recipients.len) TRY(remembered(arena, store, &recipients));
    return is_none(recipients) ? DONE : sealed_read_keys(arena, recipients, keys);
}

/* ---- backup ---- */

/* Of PostgreSQL too the copy is one SQLite file: restored on any machine, and carried back from
 * there. */
static struct outcome backup_rows(struct arena *arena, const struct settings *settings,
                                  struct store *store, struct str to,
                                  const struct module *const *modules)
{
    struct str path = install_path(arena, to, "gongdao.db");

    return settings->database.len ? move_to_file(arena, store, path, modules)
                                  : store_backup(store, path.at);
}

static struct outcome backup_clear(struct arena *arena, const struct settings *settings,
                                   struct store *store, const struct module *const *modules)
{
    if (mkdir(settings->to.at, 0700))
        return FAULT("cannot make the folder for the copy: it must "
                     "not exist yet");
    TRY(backup_rows(arena, settings, store, settings->to, modules));
    /* After the database: every file a row names is there, since files come before their rows. */
    for (size_t i = 0; i < COUNT(folders) - !settings->with_keys; i++)
        TRY(copy_folder(arena, settings->data, settings->to, folders[i]));
    return copy_write_list(arena, settings->to);
}

static struct outcome put_all(struct arena *arena, const struct settings *settings,
                              struct str part, struct sealed_writer *writer)
{
    TRY(sealed_put(writer, part, "gongdao.db"));
    /* It is sealed: in clear it is not needed any more. */
    unlink(install_path(arena, part, "gongdao.db").at);
    for (size_t i = 0; i < COUNT(folders) - !settings->with_keys; i++)
        TRY(sealed_put_folder(writer, settings->data, folders[i]));
    return DONE;
}

/* (2): held until it is closed; one backup at a time. */
static struct outcome open_part(struct arena *arena, struct str part, int *held)
{
    if (mkdir(part.at, 0700) && errno != EEXIST)
        return FAULT(arena_print(arena, "cannot make the folder %.*s: %s", STR_ARGS(part),
                                 strerror(errno))
                         .at);
    *held = open(part.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*held >= 0 && flock(*held, LOCK_EX | LOCK_NB) == 0) {
        unlink(install_path(arena, part, "gongdao.db").at);
        unlink(install_path(arena, part, "gongdao.db.part").at);
        return DONE;
    }
    if (*held >= 0) close(*held);
    return FAULT("another backup is being made");
}

static struct outcome backup_sealed(struct arena *arena, const struct settings *settings,
                                    struct store *store, const struct module *const *modules,
                                    const struct sealed_for *keys)
{
    struct str part = install_path(arena, settings->data, "backup.part");
    struct sealed_writer *writer;
    struct outcome outcome;
    int held = -1;

    TRY(open_part(arena, part, &held));
    outcome = sealed_begin(arena, settings->to, keys, &writer);
    if (IS_DONE(outcome)) {
        outcome = backup_rows(arena, settings, store, part, modules);
        if (IS_DONE(outcome)) outcome = put_all(arena, settings, part, writer);
        outcome = sealed_end(writer, outcome);
    }
    copy_remove(part);
    close(held);
    return outcome;
}

static void tell_backup(const struct settings *settings, const struct sealed_for *keys)
{
    if (keys->count)
        printf("Sealed into %.*s; keys that open it: %zu. Prove it where one of them is: gongdao "
               "drill --from FILE --key KEYFILE\n",
               STR_ARGS(settings->to), keys->count);
    else
        printf("Copied to %.*s, in clear: whoever has it reads what people wrote. To have it "
               "sealed: gongdao keys backup, and --recipient.\n",
               STR_ARGS(settings->to));
    if (settings->files_endpoint.len)
        printf("Attached files in the store (%.*s) are not in it: see docs/operations, \"Attached "
               "files in a store\".\n",
               STR_ARGS(settings->files_endpoint));
    if (!settings->with_keys)
        printf("The keys are not in it: keep a copy of %.*s/keys in another place. Without them "
               "phone numbers cannot be read.\n",
               STR_ARGS(settings->data));
}

int backup_command(struct arena *arena, const struct settings *settings,
                   const struct module *const *modules)
{
    struct outcome outcome = DONE;
    struct sealed_for keys;
    struct store *store = NULL;

    if (!settings->to.len)
        return fail("backup", arena, FAULT("--to is needed: where the copy goes"));
    outcome = install_store(arena, settings, STORE_READ, &store);
    if (IS_DONE(outcome)) outcome = find_keys(arena, settings, store, &keys);
    if (IS_DONE(outcome))
        outcome = keys.count ? backup_sealed(arena, settings, store, modules, &keys)
                             : backup_clear(arena, settings, store, modules);
    store_close(&store);
    if (!IS_DONE(outcome)) return fail("backup", arena, outcome);
    tell_backup(settings, &keys);
    return EXIT_SUCCESS;
}

/* ---- restore ---- */

static struct outcome bring_clear(struct arena *arena, struct str from, struct str to)
{
    for (size_t i = 0; i < COUNT(folders); i++) TRY(copy_folder(arena, from, to, folders[i]));
    return copy_file(arena, from, to, "gongdao.db");
}

/* (3) */
static struct outcome bring(struct arena *arena, const struct settings *settings)
{
    struct str part = install_path(arena, settings->data, "restore.part");
    struct outcome outcome;

    copy_remove(part);
    if (mkdir(part.at, 0700))
        return FAULT(arena_print(arena, "cannot make the folder %.*s: %s", STR_ARGS(part),
                                 strerror(errno))
                         .at);
    outcome = sealed_is(settings->from)
                  ? sealed_open(arena, settings->from, settings->key_file, part)
                  : bring_clear(arena, settings->from, part);
    for (size_t i = 0; i < COUNT(folders) && IS_DONE(outcome); i++)
        outcome = copy_carry(arena, part, settings->data, folders[i]);
    if (IS_DONE(outcome) && rename(install_path(arena, part, "gongdao.db").at,
                                   install_path(arena, settings->data, "gongdao.db").at))
        outcome = FAULT("this backup holds no database");
    copy_remove(part);
    return outcome;
}

static struct outcome restore(struct arena *arena, const struct settings *settings)
{
    bool is_sealed = sealed_is(settings->from);
    struct store *store;
    struct outcome outcome;

    if (settings->database.len)
        return FAULT("a backup is restored into a data folder; restore it without --database, then "
                     "carry it over with: gongdao move");
    if (is_sealed && !settings->key_file.len)
        return FAULT("this backup is sealed: say with --key FILE where the secret half of its key "
                     "is");
    if (!is_sealed) TRY(copy_check_list(arena, settings->from));
    if (mkdir(settings->data.at, 0700) && errno != EEXIST)
        return FAULT("cannot make the data folder");
    if (access(install_path(arena, settings->data, "gongdao.db").at, F_OK) == 0)
        return FAULT("there is an installation in this folder already; restore into an empty one");
    TRY(bring(arena, settings));
    TRY(install_folder(arena, settings->data, "calendar"));
    TRY(install_folder(arena, settings->data, "keys"));
    TRY(copy_sync_folder(arena, settings->data));
    TRY(store_open(install_path(arena, settings->data, "gongdao.db"), STORE_WRITE, &store));
    outcome = store_check(store);
    store_close(&store);
    return outcome;
}

int restore_command(struct arena *arena, const struct settings *settings)
{
    struct outcome outcome;

    if (!settings->from.len)
        return fail("restore", arena, FAULT("--from is needed: what gongdao backup made"));
    outcome = restore(arena, settings);
    if (!IS_DONE(outcome)) return fail("restore", arena, outcome);
    printf("Restored into %.*s; the database is sound.\n", STR_ARGS(settings->data));
    if (!key_newest(install_path(arena, settings->data, "keys").at))
        printf("Now put the keys into %.*s/keys before serving.\n", STR_ARGS(settings->data));
    return EXIT_SUCCESS;
}
