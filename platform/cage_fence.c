/* cage_fence.c -- what the process that reads files cannot do any more; see cage.h (3). */
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform/cage_inside.h"
#include "platform/limits.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { IS_SANITISED = 1 }; /* its shadow takes more address space than any bound would leave */
#else
enum { IS_SANITISED = 0 };
#endif

static void bound(__rlimit_resource_t what, rlim_t most)
{
    setrlimit(what, &(struct rlimit){most, most});
}

void cage_bound(void)
{
    prctl(PR_SET_DUMPABLE, 0); /* no other process of this user looks into it */
    bound(RLIMIT_CORE, 0);
    bound(RLIMIT_CPU, CAGE_CPU_SECONDS);
    bound(RLIMIT_FSIZE, 0); /* pipes are no files */
    bound(RLIMIT_NPROC, 0);
    if (!IS_SANITISED) bound(RLIMIT_AS, CAGE_MEMORY_BYTES);
    bound(RLIMIT_NOFILE, CAGE_OUT + 2); /* one more, for Landlock's own */
}

/* Newer than the headers of Debian 12, which is what this is built with: Landlock's version 4 knows
 * the network, 6 signals and abstract sockets (linux/landlock.h of those kernels). */
struct ruleset {
    uint64_t files, net, scoped;
};
enum { NET_ALL = 3, SCOPED_ALL = 3 };
enum { TRUNCATE_SINCE = 3, NET_SINCE = 4, DEVICE_SINCE = 5, SCOPED_SINCE = 6 };

bool cage_fence_files(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct ruleset rules = {.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    size_t size = sizeof rules.files;
    long ruleset;

    if (version < 1) return false;
    if (version >= 2) rules.files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= TRUNCATE_SINCE) rules.files |= LANDLOCK_ACCESS_FS_REFER << 1;
    if (version >= DEVICE_SINCE) rules.files |= LANDLOCK_ACCESS_FS_REFER << 2;
    if (version >= NET_SINCE) {
        rules.net = NET_ALL;
        size = offsetof(struct ruleset, scoped);
    }
    if (version >= SCOPED_SINCE) {
        rules.scoped = SCOPED_ALL;
        size = sizeof rules;
    }
    /* All of it is handled and nothing allowed: no rule follows. */
    ruleset = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0) return false;
    if (syscall(SYS_landlock_restrict_self, (int)ruleset, 0)) return false;
    close((int)ruleset);
    return true;
}

bool cage_fence_calls(void)
{
    static const int allowed[] = {
        SCMP_SYS(read),         SCMP_SYS(write),
        SCMP_SYS(close),        SCMP_SYS(lseek),
        SCMP_SYS(brk),          SCMP_SYS(munmap),
        SCMP_SYS(mremap),       SCMP_SYS(madvise),
        SCMP_SYS(exit),         SCMP_SYS(exit_group),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(futex),        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday), SCMP_SYS(restart_syscall),
        SCMP_SYS(getrandom),    SCMP_SYS(sched_yield),
        SCMP_SYS(getpid),       SCMP_SYS(gettid),
        SCMP_SYS(sigaltstack),
    };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int bad = !filter;

    for (size_t i = 0; !bad && i < COUNT(allowed); i++)
        bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    /* Memory, but never memory that can be run. */
    bad = bad || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    bad = bad || seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    bad = bad || seccomp_load(filter);
    if (filter) seccomp_release(filter);
    return !bad;
}
