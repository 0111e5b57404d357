/* store_sqlite_copy.c -- a whole database: is it sound, and a copy of it while others write. */
#include "platform/store_sqlite_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct outcome sqlite_check(struct store *store)
{
    static const char references[] =
        "select \"table\" || ' row ' || coalesce(rowid, 0) || ' names no ' || parent"
        " from pragma_foreign_key_check limit 1";
    char answer[FAULT_LEN_MAX / 2];

    TRY(sqlite_ask_text(store, "pragma integrity_check(1)", answer, sizeof answer));
    if (strcmp(answer, "ok") != 0)
        return sqlite_fault_open("check", "the database is damaged", answer);
    TRY(sqlite_ask_text(store, references, answer, sizeof answer));
    return *answer ? sqlite_fault_open("check", "a reference leads nowhere", answer) : DONE;
}

static struct outcome copy_into(struct store *store, const char *path)
{
    struct store copy = {.use = STORE_READ}; /* nothing wrong with a copy is fatal to us */
    struct outcome outcome = DONE;
    char answer[32];
    sqlite3_backup *backup = NULL;

    if (sqlite3_open_v2(path, &copy.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        outcome = sqlite_fault_of(&copy, "/* store.backup */", sqlite3_errcode(copy.db));
    /* Synced once, by us, when all is there. */
    if (IS_DONE(outcome))
        outcome = sqlite_script(&copy, "pragma synchronous = off; pragma journal_mode = off;");
    if (IS_DONE(outcome)) {
        backup = sqlite3_backup_init(copy.db, "main", store->db, "main");
        if (backup) (void)sqlite3_backup_step(backup, -1);
        if (!backup || sqlite3_backup_finish(backup) != SQLITE_OK)
            outcome = sqlite_fault_of(&copy, "/* store.backup */", sqlite3_errcode(copy.db));
    }
    sqlite3_close(copy.db);
    if (!IS_DONE(outcome)) return outcome;

    copy.db = NULL;
    if (sqlite3_open_v2(path, &copy.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        outcome = sqlite_fault_of(&copy, "/* store.backup */", sqlite3_errcode(copy.db));
    /* One file, without a log beside it, so that it can be carried away. */
    if (IS_DONE(outcome))
        outcome = sqlite_ask_text(&copy, "pragma journal_mode = delete", answer, sizeof answer);
    if (IS_DONE(outcome)) outcome = sqlite_check(&copy);
    sqlite3_close(copy.db);
    return outcome;
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) close(fd);
    return good;
}

struct outcome sqlite_backup(struct store *store, const char *to_path)
{
    char part[PATH_LEN_MAX + 8], folder[PATH_LEN_MAX], path[PATH_LEN_MAX];
    struct outcome outcome;
    int fd;

    assert(!store->began);
    if (strlen(to_path) + 8 > sizeof path) return FAULT("store: the name of the copy is too long");
    snprintf(path, sizeof path, "%s%s", *to_path == '/' ? "" : "./", to_path);
    snprintf(part, sizeof part, "%s.part", path);
    sqlite_folder_of(path, folder);
    unlink(part);
    fd = open(part, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return sqlite_fault_open(part, "cannot be made", strerror(errno));
    close(fd);
    outcome = copy_into(store, part);
    if (IS_DONE(outcome) && (!sync_path(part, O_RDWR) || rename(part, path) != 0 ||
                             !sync_path(folder, O_RDONLY | O_DIRECTORY)))
        outcome = sqlite_fault_open(path, "the copy cannot be kept", strerror(errno));
    if (!IS_DONE(outcome)) unlink(part);
    return outcome;
}
