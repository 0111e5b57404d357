/* servant.c -- starts, watches and ends the server that is measured.
 *
 * 1. The server dies with the measurement: none is left behind by a test that failed.
 * 2. Only processes started here are ended, by their number.
 */
#include "bench/servant.h"

#include "bench/histogram.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t start(const char *program, char *const argv[], const char *log)
{
    pid_t parent = getpid(), pid = fork();
    if (pid) return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    int to = open(log ? log : "/dev/null", O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (to >= 0) {
        dup2(to, STDOUT_FILENO);
        dup2(to, STDERR_FILENO);
    }
    execv(program, argv);
    perror(program);
    _exit(127);
}

bool servant_init(const struct servant *servant)
{
    char *argv[] = {(char *)servant->server, "init",   "--data",
                    (char *)servant->data,   "--demo", NULL};
    pid_t pid = start(servant->server, argv, servant->log);
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "%s init did not succeed\n", servant->server);
        return false;
    }
    return true;
}

bool servant_start(struct servant *servant)
{
    char *argv[] = {(char *)servant->server, "serve", "--data", (char *)servant->data, "--listen",
                    servant->place.text,     NULL};
    servant->pid = start(servant->server, argv, servant->log);
    return servant->pid > 0;
}

double servant_ready(struct servant *servant, int64_t since, int seconds)
{
    struct wire_link link;
    wire_link_open(&link, &servant->place, seconds);
    double ready = -1;
    int64_t end = now_ns() + (int64_t)seconds * 1000000000;
    while (ready < 0 && now_ns() < end) {
        if (wire_ask(&link, "GET", "/readyz", "", NULL) == 200)
            ready = (double)(now_ns() - since) / 1e6;
        else
            nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        int status;
        if (ready < 0 && waitpid(servant->pid, &status, WNOHANG) == servant->pid) {
            fprintf(stderr, "the server ended before it was ready (status %d)\n", status);
            servant->pid = 0;
            break;
        }
    }
    wire_link_close(&link);
    return ready;
}

void servant_end(struct servant *servant, int signal)
{
    if (servant->pid <= 0) return;
    kill(servant->pid, signal);
    int status = 0;
    waitpid(servant->pid, &status, 0);
    servant->pid = 0;
}

int64_t servant_memory_kb(pid_t pid)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    int64_t size = -1;
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmRSS:", 6) == 0) size = strtoll(line + 6, NULL, 10);
    if (file) fclose(file);
    return size;
}

int servant_descriptors(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    int count = -1;
    for (struct dirent *entry; folder && (entry = readdir(folder));) count++;
    if (folder) closedir(folder);
    return count < 0 ? -1 : count - 1;
}

bool servant_folder(char *path, size_t size)
{
    const char *where = getenv("TMPDIR");
    if (!where || !*where) where = P_tmpdir;
    snprintf(path, size, "%s/gongdao-bench-XXXXXX", where);
    if (mkdtemp(path)) return true;
    perror(path);
    return false;
}

static int drop_entry(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat, (void)type, (void)ftw;
    return remove(path);
}

void servant_remove(const char *path)
{
    nftw(path, drop_entry, 16, FTW_DEPTH | FTW_PHYS);
}
