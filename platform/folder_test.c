/* folder_test.c -- see folder_test.h.  Without Criterion: the threads' exercise has none. */
#include "platform/folder_test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TMPDIR_LEN_MAX = 40, OPEN_MAX = 8 };

void folder_make(char folder[static FOLDER_LEN])
{
    const char *under = getenv("TMPDIR");

    if (!under || !*under || strlen(under) > TMPDIR_LEN_MAX) under = "/tmp";
    snprintf(folder, FOLDER_LEN, "%s/gongdao-test-XXXXXX", under);
    if (mkdtemp(folder)) return;
    perror(folder);
    abort();
}

static _Thread_local int dropped;

static int drop_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind;
    dropped += place->level > 0;
    return remove(path);
}

int folder_drop(const char *folder)
{
    dropped = 0;
    if (nftw(folder, drop_one, OPEN_MAX, FTW_DEPTH | FTW_PHYS) != 0) perror(folder);
    return dropped;
}
