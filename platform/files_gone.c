/* files_gone.c -- see files_gone.h. */
#include "platform/files_gone.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "platform/limits.h"
#include "platform/log.h"

static int folder = -1;
static struct {
    files_gone_remover *remove;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool is_on, wanted, stop;
} sweeper = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

struct outcome files_gone_open(const char *path)
{
    files_gone_close();
    if (mkdir(path, 0700) && errno != EEXIST)
        return FAULT("cannot make the folder that notes which files are to go");
    folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder < 0 ? FAULT("cannot open the folder that notes which files are to go") : DONE;
}

void files_gone_close(void)
{
    pthread_mutex_lock(&sweeper.lock);
    sweeper.stop = true;
    pthread_cond_signal(&sweeper.wake);
    pthread_mutex_unlock(&sweeper.lock);
    if (sweeper.is_on) pthread_join(sweeper.thread, NULL);
    sweeper.is_on = sweeper.stop = sweeper.wanted = false;
    if (folder >= 0) close(folder);
    folder = -1;
}

struct outcome files_gone_put(const char *name)
{
    int note = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (note < 0) return FAULT("cannot note that a file is to go from the store");
    close(note);
    return DONE;
}

struct outcome files_gone_settle(void)
{
    if (fsync(folder)) return FAULT("cannot write to disk that a file is to go from the store");
    pthread_mutex_lock(&sweeper.lock);
    sweeper.wanted = true;
    pthread_cond_signal(&sweeper.wake);
    pthread_mutex_unlock(&sweeper.lock);
    return DONE;
}

struct outcome files_gone_note(const char *name)
{
    TRY(files_gone_put(name));
    return files_gone_settle();
}

bool files_gone_has(const char *name)
{
    return faccessat(folder, name, F_OK, 0) == 0;
}

static DIR *list(void)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);

    if (!listing && copy >= 0) close(copy);
    return listing;
}

static bool is_stopping(void)
{
    bool stop;

    pthread_mutex_lock(&sweeper.lock);
    stop = sweeper.stop;
    pthread_mutex_unlock(&sweeper.lock);
    return stop;
}

struct outcome files_gone_go(files_gone_remover *remove, int64_t *left)
{
    bool goes_on = true;
    struct dirent *entry;
    DIR *listing = list();

    *left = 0;
    if (!listing) return FAULT("cannot read which files are to go from the store");
    while ((entry = readdir(listing))) {
        if (entry->d_name[0] == '.') continue;
        goes_on = goes_on && !is_stopping() && remove(entry->d_name);
        if (goes_on)
            unlinkat(folder, entry->d_name, 0);
        else
            ++*left;
    }
    closedir(listing);
    return DONE;
}

/* Woken by a note; when something is left it is tried again after a while. */
static bool wait_for_work(bool again)
{
    struct timespec until;
    bool stop;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += FILES_GONE_SECONDS;
    pthread_mutex_lock(&sweeper.lock);
    while (!sweeper.stop && !(sweeper.wanted && !again)) {
        if (!again)
            pthread_cond_wait(&sweeper.wake, &sweeper.lock);
        else if (pthread_cond_timedwait(&sweeper.wake, &sweeper.lock, &until) == ETIMEDOUT)
            break;
    }
    sweeper.wanted = false;
    stop = sweeper.stop;
    pthread_mutex_unlock(&sweeper.lock);
    return !stop;
}

static void *sweep(void *mine)
{
    (void)mine;
    prctl(PR_SET_NAME, "files");
    for (int64_t left = 0;;) {
        struct outcome outcome = files_gone_go(sweeper.remove, &left);

        if (!IS_DONE(outcome)) log_fault("files", outcome.fault);
        if (!wait_for_work(left > 0 || !IS_DONE(outcome))) return NULL;
    }
}

struct outcome files_gone_begin(files_gone_remover *remove)
{
    sweeper.remove = remove;
    if (pthread_create(&sweeper.thread, NULL, sweep, NULL))
        return FAULT("cannot start the thread that removes files from the store");
    sweeper.is_on = true;
    return DONE;
}
