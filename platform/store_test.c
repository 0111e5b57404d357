/* store_test.c -- what store.h promises, tried on real files. */
#include "platform/folder_test.h"
#include "platform/store.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char sql_schema[] = "create table team (team_id bigint not null primary key);"
                                 "create table note (note_id bigint not null primary key,"
                                 " body text, team_id bigint references team);";
static const char sql_add[] = "/* note.add */ insert into note (note_id, body) values (?1, ?2)";
static const char sql_count[] = "/* note.count */ select count(*) from note";
static const char sql_body[] = "/* note.body */ select body, body is null from note"
                               " where note_id = ?1";
static const char sql_like[] = "/* note.like */ select count(*) from note where body like ?1";

static char folder[FOLDER_LEN], file[128];
static struct arena *arena;

static void begin(void)
{
    folder_make(folder);
    snprintf(file, sizeof file, "%s/test.db", folder);
    arena = arena_open(1 << 24);
}

static void end(void)
{
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(store, .init = begin, .fini = end);

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void faults(struct outcome outcome, const char *with)
{
    cr_assert_not_null(outcome.fault, "no fault; expected: %s", with);
    cr_assert(strstr(outcome.fault, with), "\"%s\" does not say: %s", outcome.fault, with);
}

static struct store *open_at(const char *path, enum store_use use)
{
    struct store *store;

    done(store_open(str_of(path), use, &store));
    return store;
}

static struct store *open_new(void)
{
    struct store *store = open_at(file, STORE_WRITE);

    done(store_script(store, sql_schema));
    return store;
}

static struct outcome add(struct store *store, int64_t note_id, struct str body)
{
    struct statement *statement;
    struct outcome outcome;
    bool row;

    TRY(statement_open(store, sql_add, &statement));
    statement_int(statement, 1, note_id);
    statement_text(statement, 2, body);
    outcome = statement_step(statement, &row);
    statement_close(&statement);
    return outcome;
}

static int64_t count(struct store *store)
{
    struct statement *statement;
    int64_t found;
    bool row;

    done(statement_open(store, sql_count, &statement));
    done(statement_step(statement, &row));
    cr_assert(row);
    found = statement_get_int(statement, 0);
    statement_close(&statement);
    return found;
}

static struct str body_of(struct store *store, int64_t note_id, bool *is_null)
{
    struct statement *statement;
    struct str body;
    bool row;

    done(statement_open(store, sql_body, &statement));
    statement_int(statement, 1, note_id);
    done(statement_step(statement, &row));
    cr_assert(row);
    body = statement_get_text(arena, statement, 0);
    *is_null = statement_get_int(statement, 1) != 0;
    statement_close(&statement);
    return body;
}

static void add_committed(struct store *store, int64_t note_id, struct str body)
{
    done(store_begin(store));
    done(add(store, note_id, body));
    done(store_commit(store));
}

static struct str much_text(size_t len)
{
    char *text = arena_take(arena, len, 1);

    memset(text, 'x', len);
    return (struct str){text, len};
}

/* ---- transactions ------------------------------------------------------------------------ */

Test(store, what_was_committed_outlives_a_process_that_is_killed)
{
    struct store *store = open_new();
    int status;
    pid_t child;

    store_close(&store);
    child = fork();
    if (child == 0) {
        store = open_at(file, STORE_WRITE);
        add_committed(store, 1, S("kept"));
        done(store_begin(store));
        done(add(store, 2, S("never committed")));
        kill(getpid(), SIGKILL);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status));
    store = open_at(file, STORE_WRITE);
    cr_assert_eq(count(store), 1);
    done(store_check(store));
    store_close(&store);
}

Test(store, a_mark_undone_takes_only_its_own_rows)
{
    struct store *store = open_at("", STORE_WRITE); /* in memory, as module tests have it */

    done(store_script(store, sql_schema));
    done(store_begin(store));
    done(store_mark(store));
    done(add(store, 1, S("first act")));
    done(store_mark_keep(store));
    done(store_mark(store));
    done(add(store, 2, S("second act")));
    store_mark_undo(store);
    done(store_mark(store));
    done(add(store, 3, S("third act")));
    done(store_mark(store));
    done(add(store, 4, S("inside the third")));
    store_mark_undo(store);
    done(store_mark_keep(store));
    done(store_commit(store));
    cr_assert_eq(count(store), 2);
    done(store_begin(store)); /* 2 and 4 are free again, 1 and 3 are not */
    done(add(store, 2, S("")));
    done(add(store, 4, S("")));
    faults(add(store, 1, S("")), "note.add: UNIQUE constraint failed: note.note_id");
    faults(add(store, 3, S("")), "note.add: UNIQUE constraint failed: note.note_id");
    done(store_commit(store)); /* a statement that fails leaves the rest */
    cr_assert_eq(count(store), 4);
    store_close(&store);
}

Test(store, after_a_fault_that_undoes_all_nothing_commits_by_itself)
{
    struct store *store = open_new();

    done(store_script(store, "pragma max_page_count = 8"));
    done(store_begin(store));
    done(store_mark(store));
    done(add(store, 1, S("the act before")));
    done(store_mark_keep(store));
    done(store_mark(store));
    faults(add(store, 2, much_text(1 << 16)), "full");
    store_mark_undo(store);
    faults(store_mark(store), "undone the whole transaction");
    faults(add(store, 3, S("the act after")), "undone the whole transaction");
    faults(store_commit(store), "undone the whole transaction");
    cr_assert_eq(count(store), 0);
    add_committed(store, 4, S("a full disk is not fatal"));
    cr_assert_eq(count(store), 1);
    store_close(&store);
}

Test(store, a_reader_sees_one_state_until_its_snapshot_ends)
{
    struct store *writer = open_new(), *reader = open_at(file, STORE_READ);

    add_committed(writer, 1, S("one"));
    cr_assert_eq(count(reader), 1);
    done(store_read_begin(reader));
    cr_assert_eq(count(reader), 1);
    add_committed(writer, 2, S("two"));
    cr_assert_eq(count(reader), 1);
    store_read_end(reader);
    done(store_begin(writer));
    done(add(writer, 3, S("not committed")));
    cr_assert_eq(count(reader), 2);
    store_rollback(writer);
    cr_assert_eq(count(writer), 2);
    store_close(&reader);
    store_close(&writer);
}

Test(store, a_reader_can_change_nothing)
{
    struct store *writer = open_new(), *reader = open_at(file, STORE_READ);

    faults(add(reader, 1, S("one")), "note.add: attempt to write a readonly database");
    faults(store_script(reader, "drop table note"), "readonly");
    cr_assert_eq(count(writer), 0);
    store_close(&reader);
    store_close(&writer);
}

Test(store, changes_are_those_of_the_last_statement)
{
    struct store *store = open_new();

    add_committed(store, 1, S("one"));
    add_committed(store, 2, S("two"));
    cr_assert_eq(store_changes(store), 1);
    done(store_script(store, "update note set body = 'same'"));
    cr_assert_eq(store_changes(store), 2);
    done(store_script(store, "insert into note (note_id) values (1) on conflict do nothing"));
    cr_assert_eq(store_changes(store), 0);
    store_close(&store);
}

/* ---- failing disks ----------------------------------------------------------------------- */

/* Writing beyond `bytes` of any file fails, as on a disk that breaks. */
static void break_disk(rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};

    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(store, a_commit_that_cannot_be_written_is_fatal_and_is_not_tried_again)
{
    struct store *store = open_new();
    struct outcome outcome;

    add_committed(store, 1, S("one"));
    done(store_begin(store));
    done(add(store, 2, much_text(1 << 16)));
    break_disk(1 << 15);
    outcome = store_commit(store);
    break_disk(RLIM_INFINITY);
    faults(outcome, "store.commit: disk I/O error");
    cr_assert(str_begins(str_of(outcome.fault), S("fatal:")));
    faults(store_begin(store), "fatal: store.commit");
    cr_assert_eq(count(store), 1);
    store_close(&store);
}

Test(store, a_checkpoint_that_cannot_be_written_is_fatal)
{
    struct store *store = open_new();
    struct str text = much_text(1 << 18);
    struct outcome outcome = DONE;
    int64_t added = 0;

    break_disk(6 << 20); /* the log begins again at 4 MB, the database does not */
    while (added < 100) {
        outcome = store_begin(store);
        if (!IS_DONE(outcome)) break;
        done(add(store, ++added, text));
        done(store_commit(store));
    }
    break_disk(RLIM_INFINITY);
    faults(outcome, "fatal: store.checkpoint: disk I/O error");
    cr_assert_eq(count(store), added);
    store_close(&store);
}

/* ---- opening ----------------------------------------------------------------------------- */

static void open_faults(const char *path, enum store_use use, const char *with)
{
    struct store *store = NULL;

    faults(store_open(str_of(path), use, &store), with);
    cr_assert_null(store);
}

Test(store, opening_says_what_is_wrong)
{
    char path[160];
    FILE *out;

    snprintf(path, sizeof path, "%s/none/test.db", folder);
    open_faults(path, STORE_WRITE, "/none: no such folder");
    open_faults(folder, STORE_WRITE, "is not a file");
    open_faults(file, STORE_READ, "there is no database");
    cr_assert_neq(access(file, F_OK), 0, "a reader made a database");
    out = fopen(file, "w");
    for (int i = 0; i < 500; i++) fputs("this is a letter, ", out);
    fclose(out);
    open_faults(file, STORE_WRITE, "is not a database");
    open_faults(file, STORE_READ, "is not a database");
    snprintf(path, sizeof path, "%s/x", file);
    open_faults(path, STORE_WRITE, "is not a folder");
}

Test(store, a_folder_or_file_that_cannot_be_written_is_named)
{
    struct store *store = open_new();

    store_close(&store);
    cr_assert_eq(chmod(folder, 0555), 0);
    cr_assert_eq(chmod(file, 0444), 0);
    if (geteuid() == 0) cr_assert_eq(seteuid(65534), 0); /* nothing stops root */
    open_faults(file, STORE_WRITE, "the folder cannot be written");
    if (getuid() == 0) cr_assert_eq(seteuid(0), 0);
    cr_assert_eq(chmod(folder, 0777), 0);
    if (geteuid() == 0) cr_assert_eq(seteuid(65534), 0);
    open_faults(file, STORE_WRITE, "the file cannot be written");
    if (getuid() == 0) cr_assert_eq(seteuid(0), 0);
}

Test(store, a_name_with_a_nul_or_too_long_is_no_name)
{
    struct store *store;
    struct str text = much_text(5000);

    faults(store_open(S("/tmp/a\0b"), STORE_WRITE, &store), "not a name");
    faults(store_open(text, STORE_WRITE, &store), "too long");
}

Test(store, no_name_of_a_file_means_something_else)
{
    struct store *store;
    struct stat is;

    cr_assert_eq(chdir(folder), 0);
    store = open_at(":memory:", STORE_WRITE);
    cr_assert_eq(stat("./:memory:", &is), 0);
    store_close(&store);
    unlink(":memory:");
    store = open_at("file:x?mode=memory", STORE_WRITE);
    cr_assert_eq(stat("./file:x?mode=memory", &is), 0);
    store_close(&store);
    unlink("file:x?mode=memory");
}

Test(store, a_new_database_is_read_by_nobody_else)
{
    static const char *const names[] = {"", "-wal", "-shm"};
    struct store *store = open_new();
    char path[160];
    struct stat is;

    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(path, sizeof path, "%s%s", file, names[i]);
        cr_assert_eq(stat(path, &is), 0);
        cr_assert_eq(is.st_mode & 0777, 0600, "%s", path);
    }
    store_close(&store);
}

/* ---- statements -------------------------------------------------------------------------- */

Test(store, a_statement_is_prepared_once_and_forgets_its_values)
{
    struct store *store = open_new();
    struct statement *first, *again;
    bool row, is_null;

    done(statement_open(store, sql_add, &first));
    again = first;
    statement_int(first, 1, 1);
    statement_text(first, 2, S("one"));
    done(statement_step(first, &row));
    statement_close(&first);
    cr_assert_null(first);
    done(statement_open(store, sql_add, &first));
    cr_assert_eq(first, again);
    statement_int(first, 1, 2);
    done(statement_step(first, &row));
    statement_close(&first);
    (void)body_of(store, 2, &is_null);
    cr_assert(is_null, "a value of an earlier use was kept");
    store_close(&store);
}

Test(store, a_query_may_be_asked_while_it_is_being_answered)
{
    struct store *store = open_new();
    struct statement *outer, *inner;
    struct str body;
    bool row;

    add_committed(store, 1, S("one"));
    add_committed(store, 2, S("two"));
    done(statement_open(store, sql_body, &outer));
    statement_int(outer, 1, 1);
    done(statement_step(outer, &row));
    done(statement_open(store, sql_body, &inner));
    cr_assert_neq(outer, inner);
    statement_int(inner, 1, 2);
    done(statement_step(inner, &row));
    body = statement_get_text(arena, inner, 0);
    cr_assert(str_same(body, S("two")));
    statement_close(&inner);
    body = statement_get_text(arena, outer, 0);
    cr_assert(str_same(body, S("one")));
    statement_close(&outer);
    store_close(&store);
}

Test(store, values_come_back_as_they_went_in)
{
    struct store *store = open_new();
    struct str odd = S("a\0b '; -- \xE4\xB8\xAD");
    bool is_null;

    add_committed(store, INT64_MAX, odd);
    add_committed(store, INT64_MIN, (struct str){0});
    cr_assert(str_same(body_of(store, INT64_MAX, &is_null), odd));
    cr_assert(str_same(body_of(store, INT64_MIN, &is_null), S("")));
    cr_assert_not(is_null, "the empty text became null");
    store_close(&store);
}

Test(store, like_tells_capitals_apart)
{
    struct store *store = open_new();
    struct statement *statement;
    bool row;

    add_committed(store, 1, S("Letter"));
    done(statement_open(store, sql_like, &statement));
    statement_text(statement, 1, S("letter%"));
    done(statement_step(statement, &row));
    cr_assert_eq(statement_get_int(statement, 0), 0);
    statement_close(&statement);
    store_close(&store);
}

Test(store, a_reference_must_lead_somewhere)
{
    struct store *store = open_new();

    faults(store_script(store, "insert into note (note_id, team_id) values (1, 7)"),
           "store.script: FOREIGN KEY constraint failed");
    store_close(&store);
}

Test(store, a_fault_keeps_its_text)
{
    static const char sql_wrong[] = "/* note.wrong */ select none from note";
    struct store *store = open_new();
    struct statement *statement;
    struct outcome first, same, other;

    first = statement_open(store, sql_wrong, &statement);
    cr_assert_null(statement);
    other = store_script(store, "select absent from note");
    same = statement_open(store, sql_wrong, &statement);
    store_close(&store);
    faults(first, "note.wrong: no such column: none");
    faults(other, "store.script: no such column: absent");
    cr_assert_eq(first.fault, same.fault);
}

Test(store, kinds_of_fault_are_bounded)
{
    struct store *store = open_new();
    char sql[64];
    struct outcome outcome = DONE;

    for (int i = 0; i < 300; i++) {
        snprintf(sql, sizeof sql, "select x%d from note", i);
        outcome = store_script(store, sql);
    }
    faults(outcome, "store: too many kinds of fault");
    store_close(&store);
}

Test(store, room_doubles_up_to_its_bound)
{
    size_t room = 0;
    int64_t *rows = statement_grow(arena, NULL, sizeof *rows, &room, 20);

    cr_assert_eq(room, 8);
    for (int i = 0; i < 8; i++) rows[i] = i;
    rows = statement_grow(arena, rows, sizeof *rows, &room, 20);
    cr_assert_eq(room, 16);
    rows = statement_grow(arena, rows, sizeof *rows, &room, 20);
    cr_assert_eq(room, 20);
    for (int i = 0; i < 8; i++) cr_assert_eq(rows[i], i);
}

/* ---- whole databases --------------------------------------------------------------------- */

Test(store, a_copy_is_whole_and_stands_alone)
{
    struct store *writer = open_new(), *reader = open_at(file, STORE_READ), *copy;
    char path[160];
    struct stat is;
    bool is_null;

    add_committed(writer, 1, S("one"));
    done(store_begin(writer));
    done(add(writer, 2, S("not yet")));
    snprintf(path, sizeof path, "%s.copy", file);
    done(store_backup(reader, path));
    done(store_commit(writer));
    cr_assert_eq(stat(path, &is), 0);
    cr_assert_eq(is.st_mode & 0777, 0600);
    copy = open_at(path, STORE_WRITE);
    cr_assert_eq(count(copy), 1);
    cr_assert(str_same(body_of(copy, 1, &is_null), S("one")));
    store_close(&copy);
    done(store_backup(writer, path)); /* takes the place of the older one */
    copy = open_at(path, STORE_READ);
    cr_assert_eq(count(copy), 2);
    store_close(&copy);
    snprintf(path, sizeof path, "%s.copy.part", file);
    cr_assert_neq(access(path, F_OK), 0);
    store_close(&reader);
    store_close(&writer);
}

Test(store, a_copy_that_fails_leaves_the_older_one)
{
    struct store *store = open_new(), *copy;
    char path[160];

    snprintf(path, sizeof path, "%s.copy", file);
    done(store_backup(store, path));
    add_committed(store, 1, much_text(1 << 18));
    break_disk(1 << 16);
    faults(store_backup(store, path), "store.backup: disk I/O error");
    break_disk(RLIM_INFINITY);
    copy = open_at(path, STORE_READ);
    cr_assert_eq(count(copy), 0);
    store_close(&copy);
    add_committed(store, 2, S("a failed copy stops nobody's work"));
    faults(store_backup(store, "/tmp/none/such/copy"), "cannot be made");
    store_close(&store);
}

Test(store, a_check_finds_a_reference_that_leads_nowhere)
{
    struct store *store = open_new();

    done(store_check(store));
    done(store_script(store, "pragma foreign_keys = off;"
                             "insert into note (note_id, team_id) values (5, 7);"));
    faults(store_check(store), "note row 5 names no team");
    store_close(&store);
}

Test(store, a_check_finds_damage)
{
    struct store *store = open_new();
    char junk[3 * 4096];
    int fd;

    for (int64_t i = 1; i <= 200; i++) done(add(store, i, S("one of many notes")));
    store_close(&store);
    fd = open(file, O_RDWR);
    memset(junk, 0x5A, sizeof junk);
    cr_assert_eq(pwrite(fd, junk, sizeof junk, 4096), (ssize_t)sizeof junk);
    close(fd);
    store = open_at(file, STORE_READ);
    cr_assert_not_null(store_check(store).fault);
    store_close(&store);
}
