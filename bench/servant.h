/* servant.h -- starts, watches and ends the server that is measured.
 *
 * The server is the built program, started as an operator would; nothing of it is linked in.
 */
#ifndef BENCH_SERVANT_H
#define BENCH_SERVANT_H

#include "bench/wire.h"

#include <sys/types.h>

struct servant {
    const char *server; /* the program */
    const char *data;   /* its data folder */
    const char *log;    /* where its words go; NULL: nowhere */
    struct wire_place place;
    pid_t pid;
};

bool servant_init(const struct servant *servant); /* `init --demo`; true when it said yes */
bool servant_start(struct servant *servant);
/* Milliseconds since `since` until /readyz said 200, or -1 after `seconds` or when it ended. */
double servant_ready(struct servant *servant, int64_t since, int seconds);
void servant_end(struct servant *servant, int signal); /* and waits for it */

/* Of /proc: resident memory in KB and open descriptors; -1 when it is not running. */
int64_t servant_memory_kb(pid_t pid);
int servant_descriptors(pid_t pid);

/* A new empty folder for one run, in TMPDIR or the usual place; ended with servant_remove. */
bool servant_folder(char *path, size_t size);
void servant_remove(const char *path);

#endif
