/* cage_inside.h -- what the two sides of the cage say to each other; for platform/cage*.c. */
#ifndef PLATFORM_CAGE_INSIDE_H
#define PLATFORM_CAGE_INSIDE_H

#include "platform/base.h"

#define CAGE_NAME "gongdao-cage" /* the process's first argument, and how it is told */

enum { CAGE_IN = 3, CAGE_OUT = 4 }; /* its only open files, beside standard error */

enum cage_kind {
    CAGE_JPEG,
    CAGE_PNG,
    CAGE_GIF,
    CAGE_WEBP,
    CAGE_PDF,
    CAGE_DOC,
    CAGE_DOCX,
    CAGE_KINDS
};
extern const char *const cage_types[CAGE_KINDS];

enum cage_verdict { CAGE_GOOD = 1, CAGE_NOT_TAKEN, CAGE_UNREADABLE, CAGE_TOO_MUCH, CAGE_ACTIVE };

/* What comes back, and `len` bytes behind it.  Whoever reads it believes none of it unchecked. */
struct cage_reply {
    uint32_t verdict, kind;
    uint64_t len;
};

/* Pictures and archives, in cage_picture.c and cage_papers.c: what may be stored, or why not. */
enum cage_verdict cage_picture(enum cage_kind kind, struct str bytes, struct str *clean);
enum cage_verdict cage_papers(enum cage_kind kind, struct str bytes);

/* The fences, in cage_fence.c, in the order they are put up; each for good. */
void cage_bound(void);       /* memory, time, open files */
bool cage_fence_files(void); /* Landlock; false: this kernel has none */
bool cage_fence_calls(void); /* seccomp; false: it could not be put up, and nothing may be read */

/* Of tests alone: a mistake in a library, planted.  Not linked into the program. */
__attribute__((weak)) enum cage_verdict cage_plant(struct str bytes, struct str *clean);
extern const char
    *cage_left_open; /* of tests: "" all fences, or which are left out: "calls" "all" */

#endif
