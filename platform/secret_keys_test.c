/* secret_keys_test.c -- a folder of keys that is damaged, full, or filled by others meanwhile. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* AT_EMPTY_PATH */
#endif
#include "platform/folder_test.h"
#include "platform/secret.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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
    secret_open_for_tests();
}

static const char *path_of(const char *name)
{
    return arena_c(arena, arena_print(arena, "%s/%s", folder, name));
}

static void tear_down(void)
{
    static const char *const names[] = {"field.key", "index.key", "csrf.key"};

    for (size_t i = 0; i < COUNT(names); i++) unlink(path_of(names[i]));
    cr_expect_eq(folder_drop(folder), 0, "something else was left in the folder of keys");
    secret_close();
    arena_close(&arena);
}

TestSuite(secret_keys, .init = set_up, .fini = tear_down);

static void write_file(const char *name, const char *text, mode_t mode)
{
    FILE *file = fopen(path_of(name), "w");

    cr_assert(file);
    fputs(text, file);
    fclose(file);
    cr_assert_eq(chmod(path_of(name), mode), 0);
}

static void expect_refused(const char *words)
{
    struct outcome outcome = secret_open(folder, false);

    cr_assert(outcome.fault, "it was taken: %s", words);
    cr_expect(strstr(outcome.fault, words), "\"%s\" does not say \"%s\"", outcome.fault, words);
    cr_expect(strstr(outcome.fault, folder), "\"%s\" does not say where", outcome.fault);
}

#define KEY_TEXT "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

Test(secret_keys, what_is_no_folder_and_what_is_no_key_is_refused)
{
    static char far_away[3000];

    cr_assert(done(secret_open(folder, true)));
    memset(far_away, 'a', sizeof far_away - 1);
    cr_expect(strstr(secret_open(far_away, true).fault, "too long"));
    cr_expect(strstr(secret_open(path_of("field.key"), false).fault, "should be the folder"));
    unlink(path_of("field.key"));
    cr_assert_eq(mkdir(path_of("field.key"), 0700), 0);
    expect_refused("is not a plain file");
    cr_assert_eq(rmdir(path_of("field.key")), 0);
    write_file("field.key", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU\xC5=\n", 0600);
    expect_refused("damaged");
    write_file("field.key", KEY_TEXT "\r\n", 0600);
    cr_expect(done(secret_open(folder, false)), "as an editor elsewhere ends a line");
}

/* A disk that is full in the middle of a key: no half of it stays under its name or another. */
Test(secret_keys, a_key_that_cannot_be_written_is_not_there)
{
    struct rlimit before, small;
    struct outcome outcome;

    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){10, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    outcome = secret_open(folder, true);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    cr_assert_not_null(outcome.fault);
    cr_expect(strstr(outcome.fault, "field.key cannot be written"), "%s", outcome.fault);
    cr_expect_eq(rmdir(folder), 0, "nothing is left in it");
    cr_expect(!secret_is_open());
    cr_assert(done(secret_open(folder, true)));
}

Test(secret_keys, keys_that_came_later_are_found_and_one_that_is_gone_is_not_missed)
{
    static const char *const more[] = {"field2.key", "field3.key", "field4.key", "field60.key"};
    static char far_away[4200];
    struct str sealed, plain;
    int number;

    cr_assert(done(secret_open(folder, true)));
    write_file("field3.key", KEY_TEXT "\n", 0600);
    cr_assert(done(secret_open(folder, false)));
    cr_expect(secret_has_key(1) && !secret_has_key(2) && secret_has_key(3));
    cr_expect_eq(secret_writes_with(), 1, "the oldest, which all know");
    cr_assert(done(secret_write_with(3)));
    sealed = secret_seal(arena, "person.phone", S("13812345678"));
    cr_expect(str_begins(sealed, S("x3.")));

    write_file("field2.key", KEY_TEXT "\n", 0600);
    cr_expect(secret_has_key(2), "made by another process");
    write_file("field4.key", "damaged\n", 0600);
    cr_expect(!secret_has_key(4));
    cr_expect(strstr(secret_write_with(4).fault, "damaged"));
    cr_expect(!secret_unseal(arena, "person.phone",
                             arena_print(arena, "x4.%.*s", (int)sealed.len - 3, sealed.at + 3),
                             &plain));
    write_file("field60.key", KEY_TEXT "\n", 0600);
    cr_expect(strstr(secret_make_key(&number).fault, "as many keys"));

    /* A key leaves only for where it is safe. */
    memset(far_away, 'a', sizeof far_away - 1);
    cr_expect(strstr(secret_retire_key(3, far_away).fault, "too long"));
    cr_expect(strstr(secret_retire_key(3, folder).fault, "field3.key cannot be made"),
              "one that is there is not written over");
    cr_expect(strstr(secret_retire_key(3, path_of("field2.key")).fault, "should be the folder"));
    cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
    cr_assert_eq(unlink(path_of("field.key")), 0);
    unlink(path_of("field4.key"));
    unlink(path_of("field60.key"));
    cr_assert(done(secret_open(folder, false)));
    cr_expect_eq(secret_writes_with(), 2, "the oldest there is");
    cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
    for (size_t i = 0; i < COUNT(more); i++) unlink(path_of(more[i]));
}

/* ---- a machine that says no: in a process of its own, whose calls the kernel refuses ---- */

/* With a build that counts what is taken: said before the process ends without a word. */
extern int __llvm_profile_write_file(void) __attribute__((weak));

static struct outcome make_all(void)
{
    return secret_open(folder, true);
}

static struct outcome make_folder_too(void)
{
    return secret_open(path_of("new"), true);
}

static struct outcome read_all(void)
{
    return secret_open(folder, false);
}

static struct outcome take_out(void)
{
    TRY(secret_open(folder, false));
    return secret_retire_key(1, path_of("safe"));
}

static const struct no {
    struct outcome (*what)(void);
    int call, why;
    struct scmp_arg_cmp when; /* unless its op is 0 */
    const char *words;
} noes[] = {
    {make_all, SCMP_SYS(openat), EROFS, {2, SCMP_CMP_MASKED_EQ, O_EXCL, O_EXCL}, "cannot be made"},
    {make_all, SCMP_SYS(fsync), EIO, {0}, "field.key cannot be written to disk"},
    {make_all, SCMP_SYS(link), EPERM, {0}, "field.key cannot be made"},
    {make_all, SCMP_SYS(link), EEXIST, {0}, "field.key is missing"},
    {make_all, SCMP_SYS(openat), EMFILE, {2, SCMP_CMP_MASKED_EQ, O_DIRECTORY, O_DIRECTORY},
     "could not be written to disk"},
    {make_folder_too, SCMP_SYS(fsync), EIO, {0}, "could not be written to disk"},
    {take_out, SCMP_SYS(unlink), EPERM, {0}, "field.key cannot be removed"},
    {take_out, SCMP_SYS(openat), EROFS, {2, SCMP_CMP_MASKED_EQ, O_EXCL, O_EXCL}, "cannot be made"},
    {take_out, SCMP_SYS(close), EIO, {0}, "field.key cannot be written to disk"},
    {read_all, SCMP_SYS(read), EIO, {2, SCMP_CMP_EQ, 52}, "field.key cannot be read"},
    {read_all, SCMP_SYS(newfstatat), EIO,
     {3, SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH}, "field.key is not a plain file"},
};

static bool says_so(const struct no *no)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        scmp_filter_ctx calls = seccomp_init(SCMP_ACT_ALLOW);
        uint32_t action = SCMP_ACT_ERRNO((uint32_t)no->why);
        struct outcome outcome;

        if (!calls || seccomp_rule_add_array(calls, action, no->call, no->when.op ? 1 : 0,
                                             &no->when) != 0 || seccomp_load(calls) != 0)
            _exit(2);
        outcome = no->what();
        if (__llvm_profile_write_file) __llvm_profile_write_file();
        _exit(outcome.fault && strstr(outcome.fault, no->words) ? 0 : 1);
    }
    cr_assert(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Test(secret_keys, each_call_the_machine_refuses_is_told_and_no_key_is_lost)
{
    static const char *const names[] = {"field.key", "index.key", "csrf.key"};
    struct str sealed, plain;

    for (size_t i = 0; i < COUNT(noes); i++) {
        if (noes[i].what == make_all || noes[i].what == make_folder_too) {
            cr_expect(says_so(&noes[i]), "%zu: %s", i, noes[i].words);
            for (size_t j = 0; j < COUNT(names); j++) unlink(path_of(names[j]));
            rmdir(path_of("new"));
        }
    }
    cr_expect_eq(rmdir(folder), 0, "nothing but keys was left, drafts neither");
    cr_assert(done(secret_open(folder, true)));
    sealed = secret_seal(arena, "person.phone", S("13812345678"));
    for (size_t i = 0; i < COUNT(noes); i++) {
        if (noes[i].what != take_out && noes[i].what != read_all) continue;
        cr_expect(says_so(&noes[i]), "%zu: %s", i, noes[i].words);
        cr_assert(done(secret_open(folder, false)));
        cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
        unlink(path_of("safe/field.key"));
        rmdir(path_of("safe"));
    }
}

/* ---- a machine that is interrupted, and a disk that does not keep what was written ---- */

/* Stands between a process and the kernel: each call asked about is held until this says how it
 * goes on. */
struct between {
    void (*at_first)(void); /* done while the first call waits */
    int why;                /* the first one ends with it; 0: it is done */
};

static _Atomic int asked = -1; /* where the kernel asks */

static void *wait_between(void *mine)
{
    const struct between *between = mine;
    struct seccomp_notif *call;
    struct seccomp_notif_resp *answer;
    bool is_first = true;

    if (seccomp_notify_alloc(&call, &answer) != 0) return NULL;
    while (atomic_load(&asked) < 0) sched_yield();
    while (memset(call, 0, sizeof *call), seccomp_notify_receive(asked, call) == 0) {
        if (is_first && between->at_first) between->at_first();
        *answer = (struct seccomp_notif_resp){.id = call->id};
        if (is_first && between->why)
            answer->error = -between->why;
        else
            answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
        is_first = false;
        seccomp_notify_respond(asked, answer);
    }
    return NULL;
}

static void change_the_copy(void)
{
    write_file("safe/field.key", KEY_TEXT "\n", 0600);
}

/* In a process of its own; what it said is in `words`, "" when it was done. */
static void do_between(struct outcome (*what)(void), int call, struct scmp_arg_cmp when,
                       struct between between, char words[static 200])
{
    int told[2], status;
    ssize_t len;
    pid_t child;

    cr_assert_eq(pipe(told), 0);
    child = fork();
    if (child == 0) {
        scmp_filter_ctx calls = seccomp_init(SCMP_ACT_ALLOW);
        struct outcome outcome;
        pthread_t thread;

        if (!calls || seccomp_rule_add_array(calls, SCMP_ACT_NOTIFY, call, 1, &when) != 0 ||
            pthread_create(&thread, NULL, wait_between, &between) != 0 || seccomp_load(calls) != 0)
            _exit(2);
        atomic_store(&asked, seccomp_notify_fd(calls));
        outcome = what();
        if (outcome.fault && write(told[1], outcome.fault, strlen(outcome.fault)) < 0) _exit(2);
        if (__llvm_profile_write_file) __llvm_profile_write_file();
        _exit(0);
    }
    close(told[1]);
    len = read(told[0], words, 199);
    close(told[0]);
    words[len > 0 ? len : 0] = '\0';
    cr_assert(child > 0 && waitpid(child, &status, 0) == child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

Test(secret_keys, a_write_that_was_interrupted_is_done_again, .timeout = 20)
{
    const struct scmp_arg_cmp a_key = {2, SCMP_CMP_EQ, sizeof KEY_TEXT};
    char words[200];

    do_between(make_all, SCMP_SYS(write), a_key, (struct between){.why = EINTR}, words);
    cr_expect_str_eq(words, "");
    cr_expect(done(secret_open(folder, false)), "each of the keys is whole");
}

/* A key is taken out when the copy of it is read back as it was, and not before. */
Test(secret_keys, a_key_whose_copy_is_another_one_stays_where_it_is, .timeout = 20)
{
    const struct scmp_arg_cmp any = {0, SCMP_CMP_GE, 0};
    struct str sealed, plain;
    char words[200];

    cr_assert(done(secret_open(folder, true)));
    sealed = secret_seal(arena, "person.phone", S("13812345678"));
    cr_assert_eq(mkdir(path_of("safe"), 0700), 0);
    do_between(take_out, SCMP_SYS(fsync), any, (struct between){.at_first = change_the_copy},
               words);
    cr_expect(strstr(words, "safe/field.key is not what was written"), "%s", words);
    cr_assert(done(secret_open(folder, false)));
    cr_expect(secret_unseal(arena, "person.phone", sealed, &plain));
    unlink(path_of("safe/field.key"));
    rmdir(path_of("safe"));
}
