/* store_sqlite_log.c -- writes of the write-ahead log, gathered.
 *
 * SQLite writes its log by two calls a page, a header of 24 bytes and the page, one behind the
 * other, and then one sync.  With many acts in a commit those calls cost more than the sync.  This
 * file system of SQLite's (https://www.sqlite.org/vfs.html) is its own one, but for one thing:
 * what is written to the log, each piece behind the one before it, is kept and goes to the disk in
 * one piece.
 *
 *  1. Only the log (SQLITE_OPEN_WAL) is gathered: the database and all else pass through.
 *  2. What was gathered is written before anything else is done with the file: read, synced, cut,
 *     measured, closed.  With synchronous=FULL the log is synced before the other connections are
 *     told of the commit, so nobody looks for what is not written yet.
 *  3. Nothing stays gathered when a lock is given back: what was undone would be written later,
 *     over what another process has committed at the same place meanwhile.
 *  4. A write that failed is told by the call that caused it, at the latest by the sync: the
 *     commit fails, as it would have failed before.
 */
#include "platform/store_sqlite_inside.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    GATHERED_MAX = 1024 * 1024,
    /* SQLite's own file system writes less than 128 KiB at a time, and takes a piece of just
     * that length for a full disk. */
    PIECE_MAX = 124 * 1024
};

static const char name[] = "gongdao-log";

/* A file of ours; behind it lies the real one, as large as the real file system wants it. */
struct file {
    sqlite3_file base;
    sqlite3_file *real;
    bool is_log;
    struct file *log; /* of a database: its log, while that is open */
    struct file *database;
    char *bytes; /* of the log only */
    sqlite3_int64 at;
    int len;
};

static sqlite3_vfs *real_system;

static int put_down(struct file *file)
{
    int rc = SQLITE_OK;

    for (int done = 0, piece; done < file->len && rc == SQLITE_OK; done += piece) {
        piece = file->len - done < PIECE_MAX ? file->len - done : PIECE_MAX;
        rc = file->real->pMethods->xWrite(file->real, file->bytes + done, piece, file->at + done);
    }
    file->len = 0;
    return rc;
}

static int file_close(sqlite3_file *base)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file), closed = file->real->pMethods->xClose(file->real);

    if (file->database) file->database->log = NULL;
    free(file->bytes);
    return rc == SQLITE_OK ? closed : rc;
}

static int file_read(sqlite3_file *base, void *bytes, int len, sqlite3_int64 at)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file);

    return rc == SQLITE_OK ? file->real->pMethods->xRead(file->real, bytes, len, at) : rc;
}

static int file_write(sqlite3_file *base, const void *bytes, int len, sqlite3_int64 at)
{
    struct file *file = (struct file *)base;
    bool is_behind = file->len && at == file->at + file->len;

    if (file->len && (!is_behind || file->len + len > GATHERED_MAX)) {
        int rc = put_down(file);

        if (rc != SQLITE_OK) return rc;
    }
    if (file->is_log && !file->bytes) file->bytes = malloc(GATHERED_MAX);
    if (!file->bytes || len > GATHERED_MAX)
        return file->real->pMethods->xWrite(file->real, bytes, len, at);
    if (!file->len) file->at = at;
    memcpy(file->bytes + file->len, bytes, (size_t)len);
    file->len += len;
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file);

    return rc == SQLITE_OK ? file->real->pMethods->xTruncate(file->real, size) : rc;
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file);

    return rc == SQLITE_OK ? file->real->pMethods->xSync(file->real, flags) : rc;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file);

    return rc == SQLITE_OK ? file->real->pMethods->xFileSize(file->real, size) : rc;
}

static int file_lock(sqlite3_file *base, int level)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xLock(file->real, level);
}

static int file_unlock(sqlite3_file *base, int level)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xUnlock(file->real, level);
}

static int file_is_reserved(sqlite3_file *base, int *answer)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xCheckReservedLock(file->real, answer);
}

static int file_control(sqlite3_file *base, int what, void *more)
{
    struct file *file = (struct file *)base;
    int rc = put_down(file);

    return rc == SQLITE_OK ? file->real->pMethods->xFileControl(file->real, what, more) : rc;
}

static int file_sector_size(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xSectorSize(file->real);
}

static int file_traits(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int file_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **at)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xShmMap(file->real, region, size, extend, at);
}

/* A write that fails here is of a transaction that was undone: a commit was synced before. */
static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags)
{
    struct file *file = (struct file *)base;

    if ((flags & SQLITE_SHM_UNLOCK) && file->log && file->log->len) (void)put_down(file->log);
    return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    file->real->pMethods->xShmBarrier(file->real);
}

static int file_shm_unmap(sqlite3_file *base, int delete)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xShmUnmap(file->real, delete);
}

/* Version 2: shared memory, no mapped reading (it is off, see set_up()). */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int system_open(sqlite3_vfs *system, const char *path, sqlite3_file *base, int flags,
                       int *flags_out)
{
    struct file *file = (struct file *)base;
    int rc;

    (void)system;
    *file = (struct file){.real = (sqlite3_file *)(file + 1),
                          .is_log = (flags & SQLITE_OPEN_WAL) != 0};
    rc = real_system->xOpen(real_system, path, file->real, flags, flags_out);
    /* SQLite closes a file that has methods, even one that could not be opened. */
    if (file->real->pMethods) file->base.pMethods = &methods;
    if (rc == SQLITE_OK && file->is_log) {
        file->database = (struct file *)sqlite3_database_file_object(path);
        file->database->log = file;
    }
    return rc;
}

static struct sqlite3_vfs own_system;

static void make_system(void)
{
    real_system = sqlite3_vfs_find(NULL);
    assert(real_system);
    own_system = *real_system; /* all but opening is the real one's */
    own_system.pNext = NULL;
    own_system.zName = name;
    own_system.szOsFile = (int)sizeof(struct file) + real_system->szOsFile;
    own_system.xOpen = system_open;
    sqlite3_vfs_register(&own_system, 0);
}

const char *store_log_system(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, make_system);
    return name;
}
