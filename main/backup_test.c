/* backup_test.c -- a sealed backup: read by who has the key alone, and whole or not at all. */
#include "main/backup.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/keys/keys_acts.h"
#include "main/drill.h"
#include "main/install.h"
#include "main/keys.h"
#include "main/rooms.h"
#include "main/sealed.h"
#include "platform/folder_test.h"
#include "platform/page.h"

#define PLANTED "310101199003074514"

static struct arena *arena;
static char folder[FOLDER_LEN];
static struct settings data;
static struct str recipient;
static int spoken = -1;

static struct str at(const char *name)
{
    return install_path(arena, str_of(folder), name);
}

static void write_file(const char *name, const char *bytes, size_t len)
{
    FILE *file = fopen(at(name).at, "wb");

    cr_assert(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
}

static struct str read_file(struct str path)
{
    static char bytes[8 << 20];
    FILE *file = fopen(path.at, "rb");
    size_t len;

    cr_assert_not_null(file, "%s", path.at);
    len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return (struct str){bytes, len};
}

static bool holds(struct str bytes, const char *text)
{
    return memmem(bytes.at, bytes.len, text, strlen(text)) != NULL;
}

/* What was said on standard error since the last time. */
static bool said(const char *words)
{
    static char text[4096];
    ssize_t len;

    fflush(stderr);
    len = pread(spoken, text, sizeof text - 1, 0);
    text[len > 0 ? len : 0] = '\0';
    cr_assert(ftruncate(spoken, 0) == 0 && lseek(spoken, 0, SEEK_SET) == 0);
    return strstr(text, words) != NULL;
}

static struct str make_key(const char *name)
{
    struct str told;
    struct outcome outcome = sealed_make_key(arena, at(name), &told);

    cr_assert(IS_DONE(outcome), "%s", outcome.fault);
    return told;
}

/* An installation with a number that somebody wrote of their own accord, two attached files, one
 * longer than a message, one of nothing, and a key. */
static void set_up(void)
{
    static char large[200000];
    struct store *store;

    arena = arena_open(64 << 20);
    folder_make(folder);
    data = (struct settings){.data = at("data"), .to = at("sealed")};
    cr_assert_eq(install_init(arena, &data, rooms), 0);
    cr_assert(IS_DONE(install_store(arena, &data, STORE_WRITE, &store)));
    cr_assert(IS_DONE(install_keys(arena, store, false)));
    cr_assert(IS_DONE(store_script(store, "insert into mark (name, value) values ('planted', "
                                          "'" PLANTED "')")));
    store_close(&store);
    mkdir(at("data/files").at, 0700);
    memset(large, 'x', sizeof large);
    memcpy(large + 150000, PLANTED, strlen(PLANTED));
    write_file("data/files/large", large, sizeof large);
    write_file("data/files/empty", "", 0);
    recipient = make_key("key");
    spoken = memfd_create("spoken", MFD_CLOEXEC);
    cr_assert(spoken >= 0 && dup2(spoken, STDERR_FILENO) >= 0);
}

static void tear_down(void)
{
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(backup, .init = set_up, .fini = tear_down);

static struct settings restoring(const char *into, const char *key)
{
    return (struct settings){
        .data = at(into), .from = at("sealed"), .key_file = key ? at(key) : S("")};
}

Test(backup, what_is_sealed_is_read_by_who_has_the_key_alone)
{
    struct settings back = restoring("back", "key2"), clear = data;
    struct str other;

    clear.to = at("clear"), clear.unsealed = true, clear.backup_recipients = recipient;
    cr_assert_eq(backup_command(arena, &clear, rooms), 0);
    cr_expect(holds(read_file(at("clear/gongdao.db")), PLANTED), "or nothing would be found");
    cr_expect(holds(read_file(at("clear/files/large")), PLANTED));
    other = make_key("key2");
    data.backup_recipients =
        arena_print(arena, "%.*s  %.*s", STR_ARGS(recipient), STR_ARGS(other));
    cr_assert_eq(backup_command(arena, &data, rooms), 0);
    cr_expect(!holds(read_file(data.to), PLANTED));
    cr_expect(!holds(read_file(data.to), "SQLite format"));
    cr_expect(!holds(read_file(data.to), "files/large"), "nor are names of files");
    cr_expect_neq(access(at("data/backup.part").at, F_OK), 0, "nothing is left in clear");
    cr_expect_neq(backup_command(arena, &data, rooms), 0);
    cr_expect(said("never written over"));
    cr_expect_eq(restore_command(arena, &back), 0);
    cr_expect_eq(read_file(at("back/files/large")).len, 200000);
    cr_expect(holds(read_file(at("back/files/large")), PLANTED));
    cr_expect_eq(read_file(at("back/files/empty")).len, 0);
    cr_expect(holds(read_file(at("back/gongdao.db")), PLANTED));
    cr_expect_neq(access(at("back/restore.part").at, F_OK), 0);
    cr_expect_neq(access(at("back/keys/field.key").at, F_OK), 0, "keys stay apart");
}

Test(backup, a_drill_with_the_key_proves_the_copy_and_another_key_says_so)
{
    struct settings drill = {.from = data.to, .to = at("place"), .key_file = at("key")};

    cr_assert_eq(mkdir(drill.to.at, 0700), 0);
    data.backup_recipients = recipient, data.with_keys = true;
    cr_assert_eq(backup_command(arena, &data, rooms), 0);
    write_file("data/files/large", "", 0);
    unlink(at("data/files/large").at), unlink(at("data/files/empty").at);
    cr_expect_eq(drill_command(arena, &drill), 0);
    drill.key_file = S("");
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(said("this backup is sealed: say with --key FILE"));
    make_key("other");
    drill.key_file = at("other");
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(said("this is not a key of this backup"));
    drill.key_file = data.to;
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(said("does not hold the secret half"));
    drill.key_file = at("nowhere");
    cr_expect_neq(drill_command(arena, &drill), 0);
    cr_expect(said("cannot read the key"));
    cr_expect_eq(rmdir(drill.to.at), 0, "nothing is left");
}

/* Cut at every kind of place, one bit turned at every kind of place, a bit too much: refused in
 * words, and nothing is put into place. */
Test(backup, what_was_changed_or_cut_short_is_refused_whole)
{
    static char bytes[8 << 20], spoilt[8 << 20];
    struct str whole;
    size_t len, head = 24 + 1 + 80 + 24, places[9];

    data.backup_recipients = recipient;
    cr_assert_eq(backup_command(arena, &data, rooms), 0);
    whole = read_file(data.to);
    len = whole.len;
    cr_assert_lt(len, sizeof bytes - 1);
    memcpy(bytes, whole.at, len);
    memcpy(places, (size_t[]){25, 30, 110, head + 1, head + 10, len / 3, len / 2, len - 30,
                              len - 1},
           sizeof places);
    for (size_t i = 0; i < 2 * COUNT(places) + 2; i++) {
        struct settings back = restoring("back", "key");
        bool is_cut = i % 2 == 0;
        size_t spoilt_len = is_cut ? places[i / 2 % COUNT(places)] : len;

        memcpy(spoilt, bytes, len);
        if (i >= 2 * COUNT(places)) spoilt_len = len + 1, spoilt[len] = 0;
        else if (!is_cut) spoilt[places[i / 2]] ^= 1;
        if (i == 2 * COUNT(places) + 1) spoilt_len = len - 22; /* all but the last message */
        write_file("sealed", spoilt, spoilt_len);
        cr_expect_neq(restore_command(arena, &back), 0, "%zu", i);
        cr_expect(said("restore: this "), "%zu: in words", i);
        cr_expect_neq(access(at("back/gongdao.db").at, F_OK), 0, "%zu", i);
        cr_expect_neq(access(at("back/restore.part").at, F_OK), 0, "%zu", i);
        cr_expect_neq(access(at("back/files").at, F_OK), 0, "%zu", i);
    }
    write_file("sealed", bytes, len);
    cr_expect_eq(restore_command(arena, &(struct settings){.data = at("back"),
                                                           .from = data.to,
                                                           .key_file = at("key")}),
                 0, "as it was it is good");
}

/* Everybody may have the public half, and so make a backup for us. */
Test(backup, who_seals_one_for_us_does_not_choose_where_it_goes)
{
    static const char *const names[] = {"files/../../out", "../out", "files/.out", "other/out",
                                        "gongdao.db/out"};

    for (size_t i = 0; i < COUNT(names); i++) {
        struct sealed_writer *writer;
        struct sealed_for keys;
        struct str source;
        struct settings back = restoring("back", "key");

        cr_assert(IS_DONE(sealed_read_keys(arena, recipient, &keys)));
        source = install_path(arena, at("make"), names[i]);
        mkdir(at("make").at, 0700), mkdir(at("make/files").at, 0700);
        mkdir(at("make/other").at, 0700), mkdir(at("make/gongdao.db").at, 0700);
        fclose(fopen(source.at, "w"));
        cr_assert(IS_DONE(sealed_begin(arena, data.to, &keys, &writer)));
        cr_assert(IS_DONE(sealed_end(writer, sealed_put(writer, at("make"), names[i]))));
        cr_expect_neq(restore_command(arena, &back), 0, "%s", names[i]);
        cr_expect(said("holds a file that no backup has"), "%s", names[i]);
        unlink(data.to.at);
    }
}

Test(backup, a_mistyped_key_is_refused_and_a_key_is_never_written_over)
{
    struct sealed_for keys;
    struct settings making = {.keys_verb = S("backup"), .to = at("key")};
    char typed[128];

    for (size_t i = 0; i < recipient.len; i++) {
        snprintf(typed, sizeof typed, "%.*s", STR_ARGS(recipient));
        typed[i] = typed[i] == 'A' ? 'B' : 'A';
        cr_expect_not_null(sealed_read_keys(arena, str_of(typed), &keys).fault, "%s", typed);
    }
    data.backup_recipients = str_of(typed);
    cr_expect_neq(backup_command(arena, &data, rooms), 0);
    cr_expect(said("or a letter of it is wrong"));
    cr_expect_neq(access(data.to.at, F_OK), 0);
    cr_expect_null(sealed_read_keys(arena, recipient, &keys).fault);
    cr_expect_eq(keys.count, 1);
    cr_expect_neq(keys_command(arena, &making), 0);
    cr_expect(said("File exists"));
    making.to = S("");
    cr_expect_neq(keys_command(arena, &making), 0);
    making.to = at("new");
    cr_expect_eq(keys_command(arena, &making), 0);
    cr_expect(keys_is_alone("keys", &making) && !keys_is_alone("drill", &making));
    cr_expect(holds(read_file(at("new")), "gongdao-backup-secret-1:"));
}

static bool warns(void)
{
    struct scene scene = {.arena = arena};
    struct out *out = out_open(arena, 4096);

    cr_assert(IS_DONE(install_store(arena, &data, STORE_READ, &scene.store)));
    cr_assert(IS_DONE(keys_module.health(&scene, out)));
    store_close(&scene.store);
    return str_find(out_text(out), S("Backups are not sealed")) >= 0;
}

static void start(struct str recipients)
{
    struct settings serving = {.data = data.data, .backup_recipients = recipients};
    struct store *store;

    cr_assert(IS_DONE(install_store(arena, &data, STORE_WRITE, &store)));
    cr_assert(IS_DONE(backup_remember(arena, store, &serving)));
    store_close(&store);
}

Test(backup, a_command_that_was_not_told_for_whom_knows_what_the_server_was_told)
{
    start(S(""));
    cr_expect(warns());
    start(S("none"));
    cr_expect(!warns(), "it is meant");
    start(recipient);
    cr_expect(!warns());
    cr_expect_eq(backup_command(arena, &data, rooms), 0);
    cr_expect(sealed_is(data.to));
    data.to = at("clear"), data.unsealed = true;
    cr_expect_eq(backup_command(arena, &data, rooms), 0);
    cr_expect(!sealed_is(data.to), "unless it is said");
    start(S(""));
    data.to = at("again"), data.unsealed = false;
    cr_expect_eq(backup_command(arena, &data, rooms), 0);
    cr_expect(!sealed_is(data.to));
}

/* The disk is full from that byte of a file on, or (killed) the process is gone at it, as with
 * kill -9.  How it ended: 0 done, 1 refused in words, -1 killed. */
static int broken_at(rlim_t bytes, bool killed, int (*command)(void))
{
    struct rlimit limit = {bytes, bytes}, no_core = {0, 0};
    int status;
    pid_t child = fork();

    cr_assert_geq(child, 0);
    if (child == 0) {
        signal(SIGXFSZ, killed ? SIG_DFL : SIG_IGN);
        setrlimit(RLIMIT_CORE, &no_core);
        _exit(setrlimit(RLIMIT_FSIZE, &limit) ? 9 : command());
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGXFSZ ? -1 : WTERMSIG(status);
    return WEXITSTATUS(status);
}

static int make_backup(void)
{
    return backup_command(arena, &data, rooms);
}

static bool is_clear; /* what is brought back */

static int bring_back(void)
{
    struct settings back = restoring("back", is_clear ? NULL : "key");

    back.from = data.to;
    return restore_command(arena, &back);
}

static bool is_there(const char *name)
{
    return access(at(name).at, F_OK) == 0;
}

/* Each place is a byte of the longest file of its way: of the rows in clear, then of the sealed. */
Test(backup, one_broken_off_anywhere_is_not_taken_for_whole_and_leaves_nothing_in_clear)
{
    rlim_t rows, places[5];
    int ended[2] = {0, 0};

    data.backup_recipients = recipient;
    cr_assert_eq(make_backup(), 0);
    rows = read_file(at("data/gongdao.db")).len;
    unlink(data.to.at);
    memcpy(places, (rlim_t[]){1, 4096, rows / 2, rows, rows + 100000}, sizeof places);
    for (size_t i = 0; i < 2 * COUNT(places); i++) {
        bool killed = i % 2;
        int how = broken_at(places[i / 2], killed, make_backup);

        cr_expect_eq(how, killed ? -1 : 1, "%zu: %d", i, how);
        ended[killed] += is_there("data/backup.part/gongdao.db") ||
                         is_there("data/backup.part/gongdao.db.part");
        cr_expect(!is_there("sealed"), "%zu: under its name it is whole or not there", i);
        start(recipient);
        cr_expect(!is_there("data/backup.part"), "%zu: a start leaves nothing in clear", i);
    }
    cr_expect(!ended[0], "what was refused left nothing by itself");
    cr_expect(ended[1], "or no kill was in the middle");
    cr_assert_eq(make_backup(), 0);
    cr_expect_eq(bring_back(), 0, "the original is as it was");
}

Test(backup, a_start_leaves_the_backup_that_is_being_made_alone)
{
    int held;

    mkdir(at("data/backup.part").at, 0700);
    write_file("data/backup.part/gongdao.db", PLANTED, strlen(PLANTED));
    held = open(at("data/backup.part").at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    cr_assert_eq(flock(held, LOCK_EX), 0);
    start(recipient);
    cr_expect(is_there("data/backup.part/gongdao.db"));
    close(held);
    start(recipient);
    cr_expect(!is_there("data/backup.part"));
}

static void break_off_restores(void)
{
    rlim_t rows, places[4];
    bool left = false;

    data.with_keys = true;
    cr_assert_eq(make_backup(), 0);
    rows = read_file(at("data/gongdao.db")).len;
    memcpy(places, (rlim_t[]){1, 100000, rows / 2, rows - 1}, sizeof places);
    for (size_t i = 0; i < 2 * COUNT(places); i++) {
        bool killed = i % 2;
        int how = broken_at(places[i / 2], killed, bring_back);

        cr_expect_eq(how, killed ? -1 : 1, "%zu: %d", i, how);
        cr_expect(!is_there("back/gongdao.db"), "%zu: half of one is none", i);
        if (killed) left |= is_there("back/restore.part");
        else cr_expect(!is_there("back/restore.part"), "%zu", i);
    }
    cr_expect(left, "or no kill was in the middle");
    cr_expect_eq(bring_back(), 0);
    cr_expect(holds(read_file(at("back/gongdao.db")), PLANTED));
    cr_expect(!is_there("back/restore.part"));
}

Test(backup, a_restore_broken_off_anywhere_is_no_installation_and_is_done_again)
{
    data.backup_recipients = recipient;
    break_off_restores();
}

Test(backup, a_restore_in_clear_broken_off_anywhere_is_done_again_as_well)
{
    is_clear = data.unsealed = true;
    break_off_restores();
    cr_expect_eq(read_file(at("back/files/large")).len, 200000);
    cr_expect_eq(read_file(at("back/files/empty")).len, 0);
    cr_expect_eq(read_file(at("back/keys/field.key")).len, 45);
}

/* Between its last file and the database: what is in place already is what would be put there.  A
 * key that is another one is not written over, whatever the backup holds. */
Test(backup, what_a_restore_put_into_place_before_it_was_broken_off_is_taken_and_no_key_is_lost)
{
    struct str own;

    is_clear = data.unsealed = data.with_keys = true;
    cr_assert_eq(make_backup(), 0);
    cr_assert_eq(bring_back(), 0);
    own = arena_copy(arena, read_file(at("back/keys/field.key")));
    unlink(at("back/gongdao.db").at);
    cr_expect_eq(bring_back(), 0);
    unlink(at("back/gongdao.db").at);
    write_file("back/keys/field.key", "another", 7);
    cr_expect_neq(bring_back(), 0);
    cr_expect(said("keys/field.key: File exists"));
    cr_expect(holds(read_file(at("back/keys/field.key")), "another"));
    cr_expect(!is_there("back/gongdao.db") && !is_there("back/restore.part"));
    write_file("back/keys/field.key", own.at, own.len);
    cr_expect_eq(bring_back(), 0);
}
