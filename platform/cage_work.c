/* cage_work.c -- what runs inside the cage: finds out what a file is, and has it made clean.
 *
 * It is this program, begun anew under another name (see cage.c), and never comes to main():
 * nothing of a server is set up, and there is no second program to install.  What libraries need
 * from the disk is read before the fences are put up, the stranger's bytes after. */
#include <errno.h>
#include <magic.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "platform/cage_inside.h"
#include "platform/limits.h"

const char *const cage_types[CAGE_KINDS] = {
    [CAGE_JPEG] = "image/jpeg",
    [CAGE_PNG] = "image/png",
    [CAGE_GIF] = "image/gif",
    [CAGE_WEBP] = "image/webp",
    [CAGE_PDF] = "application/pdf",
    [CAGE_DOC] = "application/msword",
    [CAGE_DOCX] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

static bool put_all(const void *bytes, size_t len)
{
    for (const char *at = bytes; len;) {
        ssize_t put = write(CAGE_OUT, at, len);

        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        at += put;
        len -= (size_t)put;
    }
    return true;
}

_Noreturn static void reply(enum cage_verdict verdict, int kind, struct str clean)
{
    struct cage_reply head = {verdict, (uint32_t)kind, verdict == CAGE_GOOD ? clean.len : 0};

    /* Nothing is tidied up: whoever is inside may have spoilt what tidies. */
    _exit(put_all(&head, sizeof head) && put_all(clean.at, (size_t)head.len) ? 0 : 1);
}

static int kind_of(magic_t magic, struct str bytes)
{
    const char *type = magic_buffer(magic, bytes.at, bytes.len);

    for (int i = 0; type && i < CAGE_KINDS; i++) {
        if (strcmp(cage_types[i], type) == 0) return i;
    }
    return CAGE_KINDS;
}

/* All of it, from a file in memory the server has made. */
static struct str take_in(char *room)
{
    size_t len = 0;
    ssize_t got;

    while (len < ATTACHMENT_BYTES_MAX &&
           (got = read(CAGE_IN, room + len, ATTACHMENT_BYTES_MAX - len)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) _exit(1);
        len += (size_t)got;
    }
    return (struct str){room, len};
}

_Noreturn static void work(const char *left_open)
{
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR);
    char *room = malloc(ATTACHMENT_BYTES_MAX);
    enum cage_verdict verdict = CAGE_GOOD;
    struct str bytes, clean;
    int kind;

    if (!room || !magic || magic_load(magic, NULL)) _exit(1);
    tzset(); /* an archive's parts have dates; the zone is not looked for again */
    if (syscall(SYS_close_range, CAGE_OUT + 1, ~0U, 0)) _exit(1);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL)) _exit(1);
    if (!cage_plant) left_open = "";
    if (strcmp(left_open, "all") != 0) {
        cage_bound();
        (void)cage_fence_files();
    }
    if (!*left_open && !cage_fence_calls()) _exit(1);
    bytes = take_in(room);
    clean = bytes;
    if (cage_plant && (verdict = cage_plant(bytes, &clean))) reply(verdict, CAGE_PDF, clean);
    kind = kind_of(magic, bytes);
    if (kind == CAGE_KINDS) reply(CAGE_NOT_TAKEN, 0, bytes);
    if (kind <= CAGE_WEBP)
        verdict = cage_picture((enum cage_kind)kind, bytes, &clean);
    else
        verdict = cage_papers((enum cage_kind)kind, bytes);
    reply(verdict, kind, clean);
}

/* glibc hands a constructor what main() gets. */
__attribute__((constructor)) static void begin(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[0], CAGE_NAME) == 0) work(argv[1]);
}
