/* cage.c -- see cage.h; the server's side. */
#include "platform/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/cage_inside.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/scan.h"
#include "platform/metrics.h"

const struct reason cage_unreadable = {
    "file.unreadable",
    T("This file could not be read; it may be damaged. Please save it again, or take a photograph "
      "of it, and send that."),
    422};
const struct reason cage_too_much = {
    "file.too-much",
    T("This file unpacks to more than can be taken. Please make the picture smaller, or send the "
      "document as a PDF."),
    413};
static const struct reason cage_active = {
    "file.active",
    T("This file holds a program (macros), which is not taken. Please save it as a PDF and send "
      "that."),
    415};

const char *cage_left_open = "";
static atomic_llong taken, refused, stopped;

enum { ABOVE = 10 }; /* our ends are opened with numbers above those the process has them under */

struct cage {
    pid_t process;
    int in, out, far_out; /* far_out is the process's end */
    int64_t until;        /* by metrics_microseconds() */
};

static int lift(int file)
{
    int lifted = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, ABOVE);

    if (file >= 0) close(file);
    return lifted;
}

static bool fill(int file, struct str bytes)
{
    while (bytes.len) {
        ssize_t put = write(file, bytes.at, bytes.len);

        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        bytes.at += put;
        bytes.len -= (size_t)put;
    }
    return lseek(file, 0, SEEK_SET) == 0;
}

/* Nothing of ours goes along: no environment but what the sanitizers of a test are told, and the
 * two ends. */
static bool begin(struct cage *cage)
{
    char *const words[] = {(char *)CAGE_NAME, (char *)cage_left_open, NULL};
    char *around[] = {(char *)"LC_ALL=C.UTF-8", (char *)"TZ=UTC0",
                      (char *)"ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=0:exitcode=99",
                      (char *)"UBSAN_OPTIONS=halt_on_error=1:exitcode=99", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    int bad;

    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigmask(&attributes, &none);
    bad = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
          posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ||
          posix_spawn_file_actions_adddup2(&actions, cage->in, CAGE_IN) ||
          posix_spawn_file_actions_adddup2(&actions, cage->far_out, CAGE_OUT) ||
          posix_spawn(&cage->process, "/proc/self/exe", &actions, &attributes, words, around);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return !bad;
}

static bool set_up(struct cage *cage, struct str bytes)
{
    int ends[2];

    *cage = (struct cage){.process = -1,
                          .in = lift(memfd_create("gongdao", MFD_CLOEXEC)),
                          .out = -1,
                          .far_out = -1,
                          .until = metrics_microseconds() + CAGE_WAIT_MS * INT64_C(1000)};
    if (cage->in < 0 || !fill(cage->in, bytes) || pipe2(ends, O_CLOEXEC)) return false;
    cage->out = lift(ends[0]);
    cage->far_out = lift(ends[1]);
    return cage->out >= 0 && cage->far_out >= 0 && begin(cage);
}

/* Exactly `len` bytes, or false: it ended, was stopped, or takes too long. */
static bool hear(const struct cage *cage, void *to, size_t len)
{
    for (char *at = to; len;) {
        int64_t left = cage->until - metrics_microseconds();
        struct pollfd ready = {.fd = cage->out, .events = POLLIN};
        ssize_t got;

        if (left <= 0) return false;
        if (poll(&ready, 1, (int)(left / 1000 + 1)) <= 0) continue;
        got = read(cage->out, at, len);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

static void put_away(struct cage *cage)
{
    if (cage->in >= 0) close(cage->in);
    if (cage->out >= 0) close(cage->out);
    if (cage->far_out >= 0) close(cage->far_out);
    if (cage->process > 0) {
        kill(cage->process, SIGKILL);
        while (waitpid(cage->process, NULL, 0) < 0 && errno == EINTR) {
        }
    }
}

static struct outcome refusal_of(uint32_t verdict)
{
    atomic_fetch_add(&refused, 1);
    switch (verdict) {
    case CAGE_TOO_MUCH: return REFUSE(cage_too_much);
    case CAGE_ACTIVE: return REFUSE(cage_active);
    default: return REFUSE(cage_unreadable);
    }
}

/* The process is not believed: what it says is only used where it can be nothing worse than a
 * file somebody could have sent anyhow. */
static struct outcome hear_reply(struct arena *arena, const struct cage *cage, struct str *type,
                                 struct str *clean)
{
    struct cage_reply reply;

    if (!hear(cage, &reply, sizeof reply)) return FAULT("stopped");
    if (reply.verdict == CAGE_NOT_TAKEN) {
        atomic_fetch_add(&refused, 1);
        return DONE;
    }
    if (reply.verdict != CAGE_GOOD) return refusal_of(reply.verdict);
    if (reply.kind >= CAGE_KINDS || !reply.len || reply.len > ATTACHMENT_BYTES_MAX)
        return FAULT("makes no sense");
    clean->at = arena_bytes(arena, (size_t)reply.len);
    clean->len = (size_t)reply.len;
    if (!hear(cage, (char *)clean->at, clean->len)) return FAULT("stopped");
    *type = str_of(cage_types[reply.kind]);
    atomic_fetch_add(&taken, 1);
    return DONE;
}

struct outcome cage_read(struct arena *arena, struct str bytes, struct str *type, struct str *clean)
{
    struct outcome outcome;
    struct cage cage;

    *type = *clean = S("");
    if (!bytes.len) return DONE;
    if (bytes.len > ATTACHMENT_BYTES_MAX) return refusal_of(CAGE_TOO_MUCH);
    TRY(scan_bytes(bytes));
    if (!set_up(&cage, bytes)) {
        put_away(&cage);
        return FAULT("the process that reads what was sent could not be started");
    }
    close(cage.far_out); /* so that its end is heard */
    cage.far_out = -1;
    outcome = hear_reply(arena, &cage, type, clean);
    put_away(&cage);
    if (!outcome.fault) return outcome;
    /* Not a fault of ours: the file did this. */
    atomic_fetch_add(&stopped, 1);
    log_warning("cage", "a file of %zu bytes was not read: the process that reads it %s", bytes.len,
                strcmp(outcome.fault, "stopped") == 0 ? "was stopped" : outcome.fault);
    *type = *clean = S("");
    return REFUSE(cage_unreadable);
}

bool cage_is_image(struct str type)
{
    for (int i = CAGE_JPEG; i <= CAGE_WEBP; i++) {
        if (str_same(str_of(cage_types[i]), type)) return true;
    }
    return false;
}

void cage_metrics(struct out *out)
{
    OUT_LITERAL(out, "# HELP gongdao_uploads_total Files that were sent, by what came of them.\n"
                     "# TYPE gongdao_uploads_total counter\n"
                     "gongdao_uploads_total{result=\"taken\"} ");
    out_int(out, atomic_load(&taken));
    OUT_LITERAL(out, "\ngongdao_uploads_total{result=\"refused\"} ");
    out_int(out, atomic_load(&refused));
    OUT_LITERAL(out, "\ngongdao_uploads_total{result=\"stopped\"} ");
    out_int(out, atomic_load(&stopped));
    OUT_LITERAL(out, "\n");
}
