/* slow_sync.c -- a preloaded library that makes every sync to disk slower.
 *
 * LD_PRELOAD=build/bench/slow_sync.so SLOW_SYNC_MS=8 gongdao serve …: each fsync and fdatasync
 * takes that much longer, as on a replicated or spinning disk.  A server that waits for a disk
 * where it should answer people stops answering; see bench/slow_sync.sh.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int sync_call(int fd);

static void be_slow(void)
{
    const char *text = getenv("SLOW_SYNC_MS");
    long wait = text ? strtol(text, NULL, 10) : 0;
    if (wait <= 0) return;
    struct timespec left = {.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000};
    int before = errno;
    while (nanosleep(&left, &left) < 0 && errno == EINTR) {
    }
    errno = before;
}

static int slowly(int fd, const char *name)
{
    sync_call *real;
    *(void **)&real = dlsym(RTLD_NEXT, name); /* the form POSIX gives for a function */
    be_slow();
    if (real) return real(fd);
    errno = ENOSYS;
    return -1;
}

int fsync(int fd)
{
    return slowly(fd, "fsync");
}

int fdatasync(int fd)
{
    return slowly(fd, "fdatasync");
}
