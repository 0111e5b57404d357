/* secret_rare_test.c -- no memory, no random numbers, and two threads that want one new key. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* RTLD_NEXT */
#endif
#include "platform/folder_test.h"
#include "platform/secret.h"

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <errno.h>
#include <liboath/oath.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the libraries, which fail when they are to ---- */

enum call { NOTHING, SODIUM_INIT, SODIUM_MALLOC, OATH_INIT, BASE32, HOTP };

static enum call failing;
static _Atomic int taken;       /* how often guarded memory was asked for */
static void (*before_it)(void); /* done by who asks for it */

/* The library's own, into a pointer to a function. */
static void next_of(const char *name, void *next)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (!found) abort();
    memcpy(next, &found, sizeof found);
}

int sodium_init(void)
{
    int (*next)(void);

    next_of("sodium_init", &next);
    return failing == SODIUM_INIT ? -1 : next();
}

void *sodium_malloc(const size_t size)
{
    void *(*next)(size_t);

    next_of("sodium_malloc", &next);
    atomic_fetch_add(&taken, 1);
    if (before_it) before_it();
    return failing == SODIUM_MALLOC ? NULL : next(size);
}

int oath_init(void)
{
    int (*next)(void);

    next_of("oath_init", &next);
    return failing == OATH_INIT ? OATH_CRYPTO_ERROR : next();
}

int oath_base32_encode(const char *in, size_t len, char **out, size_t *out_len)
{
    int (*next)(const char *, size_t, char **, size_t *);

    next_of("oath_base32_encode", &next);
    return failing == BASE32 ? OATH_MALLOC_ERROR : next(in, len, out, out_len);
}

int oath_hotp_generate(const char *secret, size_t len, uint64_t factor, unsigned digits,
                       bool checksum, size_t offset, char *otp)
{
    int (*next)(const char *, size_t, uint64_t, unsigned, bool, size_t, char *);

    next_of("oath_hotp_generate", &next);
    return failing == HOTP ? OATH_CRYPTO_ERROR
                           : next(secret, len, factor, digits, checksum, offset, otp);
}

/* ---- */

static struct arena *arena;
static char folder[FOLDER_LEN];

static bool done(struct outcome outcome)
{
    return IS_DONE(outcome); /* a macro that names its argument twice */
}

static void set_up(void)
{
    arena = arena_open((size_t)64 << 20);
    folder_make(folder);
}

static void tear_down(void)
{
    failing = NOTHING;
    secret_close();
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(secret_rare, .init = set_up, .fini = tear_down, .timeout = 60);

Test(secret_rare, a_library_that_does_not_start_is_told_and_nothing_is_open)
{
    static const struct {
        enum call call;
        const char *words;
    } rows[] = {{SODIUM_INIT, "no random numbers"},
                {OATH_INIT, "liboath does not start"},
                {SODIUM_MALLOC, "no memory for the keys"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct outcome outcome;

        failing = rows[i].call;
        outcome = secret_open(folder, true);
        cr_assert_not_null(outcome.fault, "%s", rows[i].words);
        cr_expect(strstr(outcome.fault, rows[i].words), "%s", outcome.fault);
        cr_expect_not(secret_is_open());
    }
    failing = NOTHING;
    cr_expect(done(secret_open(folder, true)));
}

Test(secret_rare, a_new_key_there_is_no_memory_for_is_not_written_with)
{
    struct str sealed, plain;
    int number = 0;

    cr_assert(done(secret_open(folder, true)));
    failing = SODIUM_MALLOC;
    cr_expect_str_eq(secret_make_key(&number).fault, "no memory for the keys");
    cr_expect_eq(number, 2, "it is in the folder");
    cr_expect_not(secret_has_key(2));
    cr_expect_str_eq(secret_write_with(2).fault, "no memory for the keys");
    cr_expect_eq(secret_writes_with(), 1);
    sealed = secret_seal(arena, "person.phone", S("13812345678"));
    failing = NOTHING;
    cr_assert(done(secret_write_with(2)), "and there when there is memory again");
    cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
}

Test(secret_rare, a_code_that_cannot_be_computed_is_not_right)
{
    struct str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    int64_t step = 7;

    secret_open_for_tests();
    failing = HOTP;
    cr_expect_not(secret_totp_right(secret, S("287082"), 59, 0, &step));
    cr_expect_eq(step, 7);
    failing = NOTHING;
    cr_expect(secret_totp_right(secret, S("287082"), 59, 0, &step));
}

/* ---- what ends the program: in a process of its own ---- */

/* With a build that counts what is taken: said before the process ends without a word. */
extern int __llvm_profile_write_file(void) __attribute__((weak));

enum { ABORTED = 77 };

static void on_abort(int signal)
{
    (void)signal;
    if (__llvm_profile_write_file) __llvm_profile_write_file();
    _exit(ABORTED);
}

static bool ends_the_program(void (*what)(void))
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        signal(SIGABRT, on_abort);
        what();
        _exit(0);
    }
    cr_assert(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == ABORTED;
}

/* The kernel has no memory for what a password is hashed in, and for nothing else that is asked. */
static void have_no_memory(void)
{
    scmp_filter_ctx calls = seccomp_init(SCMP_ACT_ALLOW);

    if (!calls ||
        seccomp_rule_add(calls, SCMP_ACT_ERRNO(ENOMEM), SCMP_SYS(mmap), 1,
                         SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_POPULATE, MAP_POPULATE)) != 0 ||
        seccomp_load(calls) != 0)
        _exit(2);
}

static void hash_a_password(void)
{
    have_no_memory();
    secret_password_hash(arena, S("one"));
}

static void try_a_password(const char *password)
{
    struct str hash = secret_password_hash(arena, S("one"));

    have_no_memory();
    secret_password_right(hash, str_of(password));
}

static void try_the_right_one(void)
{
    try_a_password("one");
}

static void try_a_wrong_one(void)
{
    try_a_password("two");
}

static void try_none(void)
{
    have_no_memory();
    secret_password_right(S(""), S("one"));
}

static void make_a_second_step(void)
{
    failing = BASE32;
    secret_totp_new(arena);
}

static void open_without_memory(void)
{
    failing = SODIUM_MALLOC;
    secret_open_for_tests();
}

static void hash_with_memory(void)
{
    if (!secret_password_right(secret_password_hash(arena, S("one")), S("one"))) abort();
}

Test(secret_rare, without_memory_for_a_new_secret_the_program_ends)
{
    secret_open_for_tests();
    cr_expect_not(ends_the_program(hash_with_memory));
    cr_expect(ends_the_program(hash_a_password));
    cr_expect(ends_the_program(make_a_second_step));
    cr_expect(ends_the_program(open_without_memory));
}

/* Else a right password would be called wrong, and count as a guess. */
Test(secret_rare, without_memory_no_password_is_called_wrong)
{
    secret_open_for_tests();
    cr_expect_not(ends_the_program(hash_with_memory));
    cr_expect(ends_the_program(try_the_right_one));
    cr_expect(ends_the_program(try_a_wrong_one));
    cr_expect(ends_the_program(try_none));
}

/* ---- two threads that read one new key ---- */

static _Atomic int other; /* the second thread, once it is about to ask */

static void *ask_for_it(void *mine)
{
    atomic_store(&other, (int)syscall(SYS_gettid));
    *(bool *)mine = secret_has_key(2);
    return NULL;
}

static bool sleeps(int thread)
{
    char path[64], line[256] = "";
    const char *state;
    FILE *file;

    snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
    file = fopen(path, "r");
    if (!file) return false;
    if (!fgets(line, sizeof line, file)) line[0] = '\0';
    fclose(file);
    state = strrchr(line, ')');
    return state && state[1] && state[2] == 'S';
}

static pthread_t second;
static bool second_has;

/* Done while the first has read the file and keeps nothing yet: until the second waits for it. */
static void let_the_second_come(void)
{
    before_it = NULL;
    cr_assert_eq(pthread_create(&second, NULL, ask_for_it, &second_has), 0);
    while (!atomic_load(&other) || !sleeps(atomic_load(&other))) sched_yield();
}

Test(secret_rare, a_new_key_is_kept_once_whoever_meets_it_first)
{
    const char *path = arena_c(arena, arena_print(arena, "%s/field2.key", folder));
    FILE *file;

    cr_assert(done(secret_open(folder, true)));
    file = fopen(path, "w"); /* by another process */
    cr_assert(file && fchmod(fileno(file), 0600) == 0);
    fputs("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=\n", file);
    fclose(file);
    taken = 0;
    before_it = let_the_second_come;
    cr_expect(secret_has_key(2));
    cr_assert_eq(pthread_join(second, NULL), 0);
    cr_expect(second_has);
    cr_expect_eq(taken, 1, "what one has read the other does not read again");
}
