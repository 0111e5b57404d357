/* faults.c -- a preloaded library that lets one call fail: the n-th, or the first of a place.
 *
 * LD_PRELOAD=build/bench/faults.so FAULTS_FILE=F gongdao …: F is a board of FAULTS_BYTES that the
 * proof and the program share.  The proof says which calls are counted and which of them fails,
 * with what; the program goes on counting and says which it was.  See journey/faults.mjs, which
 * writes and reads the board by the places of its members.
 *
 *  1. Only files are counted, not sockets, pipes and the log.  Calls that go past the C library
 *     (io_uring) would not be seen: the program has none for files.
 *  2. `lasting`: from then on all fail, as on a full or dead disk, until the proof clears the board.
 *  3. For memory an n-th call says little, there are too many: the first call of a place fails, a
 *     place being the calls that led there.  Where it lies in its file, not in memory: it is the
 *     same place after a restart.
 *  4. Once a call was let fail the board counts no more.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PLACES = 65536, DEPTH = 14, FAULTS_BYTES = 256 + PLACES * 8 };

enum kind { WRITE = 1, SYNC = 2, RENAME = 4, OPEN = 8, CUT = 16, MEMORY = 32 };

struct board {
    _Atomic uint32_t kinds; /* 0: nothing is counted */
    uint32_t error;         /* errno; 0, for a write: half of it is written */
    _Atomic uint64_t at;    /* 0: the first call of a place that did not fail yet */
    _Atomic uint64_t seen;
    _Atomic uint32_t failed; /* how many calls */
    uint32_t lasting;
    char what[192]; /* which call it was */
    uint64_t stride; /* 0: every place; else one of so many */
    uint64_t rest[3];
    _Atomic uint64_t places[PLACES];
};

static struct board *board;
static __thread bool is_inside __attribute__((tls_model("initial-exec")));

__attribute__((constructor)) static void begin(void)
{
    const char *name = getenv("FAULTS_FILE");
    void *warm[2], *at;
    int file;

    is_inside = true;
    backtrace(warm, 2); /* loads what it needs now */
    file = name ? open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file >= 0) {
        at = mmap(NULL, sizeof(struct board), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (at != MAP_FAILED) board = at;
        close(file);
    }
    is_inside = false;
}

/* (3) */
static uint64_t place_of(void)
{
    void *calls[DEPTH];
    uint64_t mixed = 1469598103934665603u;
    int count = backtrace(calls, DEPTH);

    for (int i = 2; i < count; i++) {
        struct dl_find_object object;
        uint64_t at = (uint64_t)(uintptr_t)calls[i];

        if (_dl_find_object(calls[i], &object) == 0)
            at -= (uint64_t)(uintptr_t)object.dlfo_map_start;
        mixed = (mixed ^ at) * 1099511628211u;
    }
    return mixed | 1;
}

static bool is_new(uint64_t place)
{
    for (size_t tries = 0; tries < PLACES / 2; tries++) {
        _Atomic uint64_t *at = &board->places[(place + tries) % PLACES];
        uint64_t empty = 0;

        if (atomic_compare_exchange_strong(at, &empty, place)) return true;
        if (empty == place) return false;
    }
    return false;
}

static void note(const char *call, int file)
{
    char link[48];
    size_t len = strlen(call);
    ssize_t got = 0;

    memcpy(board->what, call, len);
    board->what[len] = ' ';
    if (file >= 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        got = readlink(link, board->what + len + 1, sizeof board->what - len - 2);
    }
    board->what[len + 1 + (size_t)(got > 0 ? got : 0)] = '\0';
}

/* Is it this call that fails? */
static bool fails(enum kind kind, const char *call, int file)
{
    uint64_t at, seen;

    if (!board || is_inside || !(atomic_load(&board->kinds) & kind)) return false;
    if (kind != MEMORY && file >= 0) {
        struct stat is;

        if (fstat(file, &is) || (!S_ISREG(is.st_mode) && !S_ISDIR(is.st_mode)) || file <= 2)
            return false; /* (1) */
    }
    if (atomic_load(&board->failed) && !board->lasting) return false; /* (4) */
    at = atomic_load(&board->at);
    seen = atomic_fetch_add(&board->seen, 1) + 1;
    if (at ? (board->lasting ? seen < at : seen != at) : false) return false;
    is_inside = true;
    if (!at) {
        uint64_t place = place_of();

        if (!is_new(place) || (board->stride && (place >> 20) % board->stride)) {
            is_inside = false;
            return false;
        }
    }
    if (atomic_fetch_add(&board->failed, 1) == 0) {
        note(call, file);
        if (!at && getenv("FAULTS_TELL")) {
            void *calls[DEPTH];
            backtrace_symbols_fd(calls, backtrace(calls, DEPTH), 2);
        }
    } else if (!board->lasting) {
        is_inside = false; /* another thread was quicker */
        return false;
    }
    is_inside = false;
    errno = kind == MEMORY ? ENOMEM : (int)board->error;
    return true;
}

#define REAL(name)                                                                                 \
    static __typeof__(name) *real;                                                                 \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

/* ---- files ---- */

static ssize_t half(ssize_t len)
{
    return len / 2 > 0 ? len / 2 : len;
}

#define WRITES(name, parameters, with, with_half, len)                                             \
    ssize_t name parameters                                                                        \
    {                                                                                              \
        REAL(name);                                                                                \
        if (!fails(WRITE, #name, fd)) return real with;                                            \
        if (!board->error) return real with_half;                                                  \
        return -1;                                                                                 \
    }

WRITES(write, (int fd, const void *at, size_t len), (fd, at, len),
       (fd, at, (size_t)half((ssize_t)len)), len)
WRITES(pwrite, (int fd, const void *at, size_t len, off_t to), (fd, at, len, to),
       (fd, at, (size_t)half((ssize_t)len), to), len)
WRITES(pwrite64, (int fd, const void *at, size_t len, off64_t to), (fd, at, len, to),
       (fd, at, (size_t)half((ssize_t)len), to), len)

ssize_t writev(int fd, const struct iovec *at, int count)
{
    REAL(writev);
    if (!fails(WRITE, "writev", fd)) return real(fd, at, count);
    return -1;
}

#define FAILS_OR(kind, name, parameters, with, file)                                               \
    int name parameters                                                                            \
    {                                                                                              \
        REAL(name);                                                                                \
        return fails(kind, #name, file) ? -1 : real with;                                          \
    }

FAILS_OR(SYNC, fsync, (int fd), (fd), fd)
FAILS_OR(SYNC, fdatasync, (int fd), (fd), fd)
FAILS_OR(CUT, ftruncate, (int fd, off_t to), (fd, to), fd)
FAILS_OR(CUT, ftruncate64, (int fd, off64_t to), (fd, to), fd)
FAILS_OR(CUT, posix_fallocate, (int fd, off_t from, off_t len), (fd, from, len), fd)
FAILS_OR(RENAME, rename, (const char *from, const char *to), (from, to), -1)
FAILS_OR(RENAME, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), -1)
FAILS_OR(RENAME, unlink, (const char *path), (path), -1)
FAILS_OR(RENAME, unlinkat, (int at, const char *path, int how), (at, path, how), -1)
FAILS_OR(RENAME, link, (const char *from, const char *to), (from, to), -1)
FAILS_OR(RENAME, mkdir, (const char *path, mode_t mode), (path, mode), -1)

/* Files of tests may lie in memory, under /dev/shm: they count as if they lay on a disk. */
static bool is_of_disk(const char *path)
{
    return strncmp(path, "/dev/shm/", 9) == 0 ||
           (strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0);
}

/* Only what is opened for writing: what cannot be read is another proof. */
#define OPENS(name, parameters, last, with)                                                        \
    int name parameters                                                                            \
    {                                                                                              \
        mode_t mode = 0;                                                                           \
        va_list list;                                                                              \
        REAL(name);                                                                                \
        va_start(list, last);                                                                      \
        if (how & (O_CREAT | __O_TMPFILE)) mode = (mode_t)va_arg(list, int);                       \
        va_end(list);                                                                              \
        if ((how & O_ACCMODE) != O_RDONLY && !is_inside && is_of_disk(path) &&                     \
            fails(OPEN, #name, -1))                                                                \
            return -1;                                                                             \
        return real with;                                                                          \
    }

OPENS(open, (const char *path, int how, ...), how, (path, how, mode))
OPENS(open64, (const char *path, int how, ...), how, (path, how, mode))
OPENS(openat, (int at, const char *path, int how, ...), how, (at, path, how, mode))
OPENS(openat64, (int at, const char *path, int how, ...), how, (at, path, how, mode))

/* ---- memory ---- */

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t size)
{
    return fails(MEMORY, "malloc", -1) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(MEMORY, "calloc", -1) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *at, size_t size)
{
    return fails(MEMORY, "realloc", -1) ? NULL : __libc_realloc(at, size);
}

int posix_memalign(void **at, size_t align, size_t size)
{
    if (fails(MEMORY, "posix_memalign", -1)) return ENOMEM;
    *at = __libc_memalign(align, size);
    return *at ? 0 : ENOMEM;
}

void *aligned_alloc(size_t align, size_t size)
{
    return fails(MEMORY, "aligned_alloc", -1) ? NULL : __libc_memalign(align, size);
}
