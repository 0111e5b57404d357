/* store_postgres_hosts_test.c -- several servers at one address, commits nobody confirms.
 *
 * A copy is made of the one server there is: a relay in between, which says of it that it follows
 * another.  Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh).
 */
#include "platform/database_test.h"
#include "platform/store.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAIRS_MAX = 16, SOCKET_LEN = 108 };

static const char sql_schema[] = "create table heap (heap_id bigint not null primary key);";
static const char sql_add[] = "/* heap.add */ insert into heap (heap_id) values (:heap_id)";
static const char sql_count[] = "/* heap.count */ select count(*) as heaps from heap";

/* Listens in a folder of its own and passes on to the server there is. */
struct relay {
    char folder[48], path[SOCKET_LEN];
    bool is_copy;
    int listens, stop[2], pairs[PAIRS_MAX][2], pairs_count;
    pthread_t thread;
};

static struct arena *arena;
static struct str where;
static char server[SOCKET_LEN];

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void passes(struct outcome outcome, const char *with)
{
    cr_assert_not_null(outcome.fault, "no fault; expected: %s", with);
    cr_assert(strstr(outcome.fault, with), "\"%s\" does not say: %s", outcome.fault, with);
    cr_assert_gt(outcome.again_seconds, 0, "\"%s\" does not pass by itself", outcome.fault);
}

static void begin(void)
{
    struct store *store;
    const char *host;
    bool made;

    arena = arena_open(1 << 24);
    where = database_for_test(sql_schema, &made);
    if (!where.len) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    host = strstr(where.at, "host=");
    cr_assert_not_null(host);
    snprintf(server, sizeof server, "%.*s", (int)strcspn(host + 5, "&"), host + 5);
    done(store_open(where, STORE_WRITE, &store));
    if (!made) done(store_script(store, sql_schema));
    store_close(&store);
}

static void end(void)
{
    database_give_back();
    arena_close(&arena);
}

TestSuite(store_postgres_hosts, .init = begin, .fini = end, .timeout = 120);

static int open_socket(const char *folder, struct sockaddr_un *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    *at = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(at->sun_path, sizeof at->sun_path, "%s/.s.PGSQL.5432", folder);
    cr_assert_geq(fd, 0);
    return fd;
}

/* The server says once, as it greets, that it does not follow another. */
static size_t say_copy(char *bytes, size_t len)
{
    static const char off[] = "S\0\0\0\x17in_hot_standby\0off",
                      on[] = "S\0\0\0\x16in_hot_standby\0on";
    char *at = memmem(bytes, len, off, sizeof off);

    if (!at) return len;
    memcpy(at, on, sizeof on);
    memmove(at + sizeof on, at + sizeof off, len - (size_t)(at - bytes) - sizeof off);
    return len - 1;
}

static void take_one(struct relay *relay)
{
    struct sockaddr_un at;
    int client = accept(relay->listens, NULL, NULL), to = open_socket(server, &at);

    cr_assert_lt(relay->pairs_count, PAIRS_MAX);
    cr_assert_eq(connect(to, (struct sockaddr *)&at, sizeof at), 0);
    relay->pairs[relay->pairs_count][0] = client;
    relay->pairs[relay->pairs_count++][1] = to;
}

static void pass_on(const struct relay *relay, int *pair, int from)
{
    char bytes[16384];
    ssize_t got = read(pair[from], bytes, sizeof bytes);
    size_t len = got > 0 ? (size_t)got : 0;

    if (relay->is_copy && from == 1) len = say_copy(bytes, len);
    if (got > 0 && write(pair[1 - from], bytes, len) == (ssize_t)len) return;
    close(pair[0]);
    close(pair[1]);
    pair[0] = pair[1] = -1;
}

static void *relay_main(void *mine)
{
    struct relay *relay = mine;
    struct pollfd on[2 + 2 * PAIRS_MAX];

    for (;;) {
        int count = relay->pairs_count;

        on[0] = (struct pollfd){.fd = relay->stop[0], .events = POLLIN};
        on[1] = (struct pollfd){.fd = relay->listens, .events = POLLIN};
        for (int i = 0; i < 2 * count; i++)
            on[2 + i] = (struct pollfd){.fd = relay->pairs[i / 2][i % 2], .events = POLLIN};
        poll(on, 2 + 2 * (nfds_t)count, -1);
        if (on[0].revents) return NULL;
        for (int i = 0; i < 2 * count; i++)
            if (on[2 + i].revents && relay->pairs[i / 2][i % 2] >= 0)
                pass_on(relay, relay->pairs[i / 2], i % 2);
        if (on[1].revents) take_one(relay);
    }
}

/* A place where a server may come to be. */
static struct relay *relay_make(bool is_copy)
{
    struct relay *relay = calloc(1, sizeof *relay);

    cr_assert_not_null(relay);
    relay->is_copy = is_copy;
    snprintf(relay->folder, sizeof relay->folder, "/tmp/gongdao-relay-XXXXXX");
    cr_assert_not_null(mkdtemp(relay->folder));
    cr_assert_eq(pipe(relay->stop), 0);
    return relay;
}

static struct relay *relay_start(struct relay *relay)
{
    struct sockaddr_un at;

    relay->listens = open_socket(relay->folder, &at);
    snprintf(relay->path, sizeof relay->path, "%s", at.sun_path);
    cr_assert_eq(bind(relay->listens, (struct sockaddr *)&at, sizeof at), 0);
    cr_assert_eq(listen(relay->listens, 16), 0);
    cr_assert_eq(pthread_create(&relay->thread, NULL, relay_main, relay), 0);
    return relay;
}

static void relay_end(struct relay *relay)
{
    cr_assert_eq(write(relay->stop[1], "", 1), 1);
    pthread_join(relay->thread, NULL);
    for (int i = 0; i < 2 * relay->pairs_count; i++)
        if (relay->pairs[i / 2][i % 2] >= 0) close(relay->pairs[i / 2][i % 2]);
    close(relay->listens);
    close(relay->stop[0]);
    close(relay->stop[1]);
    unlink(relay->path);
    rmdir(relay->folder);
    free(relay);
}

/* The address of the test's database, at these folders instead. */
static struct str at_folders(const char *first, const char *second)
{
    const char *host = strstr(where.at, "host=") + 5;

    return arena_print(arena, "%.*s%s,%s%s", (int)(host - where.at), where.at, first, second,
                       host + strcspn(host, "&"));
}

static struct outcome add(struct store *store, int64_t heap_id)
{
    struct statement *statement;
    struct outcome outcome;
    bool row;

    TRY(statement_open(store, sql_add, &statement));
    statement_int(statement, 1, heap_id);
    outcome = statement_step(statement, &row);
    statement_close(&statement);
    return outcome;
}

static int64_t number(struct store *store, const char *sql)
{
    struct statement *statement;
    int64_t found = -1;
    bool row;

    done(statement_open(store, sql, &statement));
    done(statement_step(statement, &row));
    if (row) found = statement_get_int(statement, 0);
    statement_close(&statement);
    return found;
}

static int64_t count(struct store *store)
{
    return number(store, sql_count);
}

Test(store_postgres_hosts, the_server_that_is_there_is_found_among_several)
{
    struct str address = at_folders("/nonexistent", server);
    struct store *writer, *reader;

    done(store_open(address, STORE_WRITE, &writer));
    done(store_open(address, STORE_READ, &reader));
    done(store_begin(writer));
    done(add(writer, 1));
    done(store_commit(writer));
    cr_expect_eq(count(reader), 1);
    store_close(&reader);
    store_close(&writer);
}

Test(store_postgres_hosts, nobody_reads_a_copy_while_there_is_a_server_to_write_to)
{
    struct relay *copy = relay_start(relay_make(true));
    struct str address = at_folders(copy->folder, server);
    struct store *writer, *reader;

    done(store_open(address, STORE_WRITE, &writer));
    cr_expect_not(store_is_copy(writer));
    done(store_open(address, STORE_READ, &reader));
    cr_expect_not(store_is_copy(reader));
    store_close(&reader);
    store_close(&writer);
    relay_end(copy);
}

Test(store_postgres_hosts, with_copies_alone_pages_go_on_and_who_writes_is_told_to_come_again)
{
    struct relay *copy = relay_start(relay_make(true));
    struct str address = at_folders(copy->folder, "/nonexistent");
    struct store *writer, *reader;

    passes(store_open(address, STORE_WRITE, &writer),
           "no server of the database can be written to");
    done(store_open(address, STORE_READ, &reader));
    cr_expect(store_is_copy(reader));
    done(store_read_begin(reader));
    cr_expect_eq(count(reader), 0);
    store_read_end(reader);
    store_close(&reader);
    relay_end(copy);
}

Test(store_postgres_hosts, who_reads_a_copy_leaves_it_when_another_has_found_a_server_to_write_to)
{
    struct relay *copy = relay_start(relay_make(true)), *late = relay_make(false);
    struct str address = at_folders(copy->folder, late->folder);
    struct store *writer, *reader;

    done(store_open(address, STORE_READ, &reader));
    cr_expect_eq(count(reader), 0);
    cr_expect(store_is_copy(reader), "nobody has found another");
    relay_start(late);
    cr_expect_eq(count(reader), 0);
    cr_expect(store_is_copy(reader), "nor looked for one yet");
    done(store_open(address, STORE_WRITE, &writer));
    done(store_begin(writer));
    done(add(writer, 1));
    done(store_commit(writer));
    cr_expect_eq(count(reader), 1);
    cr_expect_not(store_is_copy(reader));
    store_close(&reader);
    store_close(&writer);
    relay_end(late);
    relay_end(copy);
}

/* The writer holds its connection, so nothing is found anew: the reader has to look by itself. */
Test(store_postgres_hosts, who_failed_to_connect_once_comes_back_though_nobody_else_connects)
{
    struct relay *copy = relay_start(relay_make(true)), *main = relay_start(relay_make(false));
    struct str address = at_folders(copy->folder, main->folder);
    char aside[SOCKET_LEN + 8];
    struct store *writer, *reader;
    int64_t seconds = 0;

    done(store_open(address, STORE_WRITE, &writer));
    snprintf(aside, sizeof aside, "%s.aside", main->path);
    cr_assert_eq(rename(main->path, aside), 0);
    done(store_open(address, STORE_READ, &reader));
    cr_assert(store_is_copy(reader));
    cr_assert_eq(rename(aside, main->path), 0);
    done(store_begin(writer));
    done(add(writer, 1));
    done(store_commit(writer));
    for (int tries = 0; store_is_copy(reader) && tries < 400; tries++) {
        usleep(100000);
        seconds = store_copy_seconds(reader);
        cr_expect_eq(count(reader), 1);
    }
    cr_expect_not(store_is_copy(reader), "it reads what is older for good");
    cr_expect_gt(seconds, 0);
    cr_expect_eq(store_copy_seconds(reader), 0);
    store_close(&reader);
    store_close(&writer);
    relay_end(main);
    relay_end(copy);
}

Test(store_postgres_hosts, who_listens_finds_the_server_to_write_to_by_itself)
{
    struct relay *copy = relay_start(relay_make(true)), *late = relay_make(false);
    struct store *reader;
    struct str text;
    bool hears = true;

    done(store_open(at_folders(copy->folder, late->folder), STORE_READ, &reader));
    done(store_hear(arena, reader, -1, 1, &text, &hears));
    cr_expect_not(hears, "of a copy nothing is heard");
    relay_start(late);
    for (int tries = 0; !hears && tries < 1000; tries++)
        done(store_hear(arena, reader, -1, 20, &text, &hears));
    cr_expect(hears);
    cr_expect_not(store_is_copy(reader));
    store_close(&reader);
    relay_end(late);
    relay_end(copy);
}

/* ---- commits ------------------------------------------------------------------------------ */

static const char sql_late[] =
    "create or replace function late() returns trigger language plpgsql as $$ begin %s;"
    " return null; end $$; drop trigger if exists late on heap;"
    " create constraint trigger late after insert on heap deferrable initially deferred"
    " for each row execute function late()";

static struct store *open_with(const char *at_commit)
{
    struct store *store;

    done(store_open(where, STORE_WRITE, &store));
    done(store_script(store, arena_print(arena, sql_late, at_commit).at));
    return store;
}

/* As a standby says behind a pool: there it is not known what it is before it is written to. */
Test(store_postgres_hosts, who_may_not_even_begin_to_write_connects_anew)
{
    static const char pid[] = "/* heap.pid */ select cast(pg_backend_pid() as bigint)",
                      refuse[] = "do $$ begin raise exception 'cannot set transaction read-write"
                                 " mode during recovery' using errcode = '0A000'; end $$";
    struct store *store;
    int64_t before, inside;

    done(store_open(where, STORE_WRITE, &store));
    before = number(store, pid);
    passes(store_script(store, refuse), "during recovery");
    done(store_begin(store));
    inside = number(store, pid);
    cr_expect_neq(inside, before, "it stays where it may not write");
    cr_expect_eq(store_script(store, refuse).again_seconds, 0,
                 "begun, it is the words that are bad");
    store_rollback(store);
    done(store_begin(store));
    cr_expect_eq(number(store, pid), inside);
    done(store_commit(store));
    store_close(&store);
}

/* As a commit is that the copies have not confirmed, because somebody stopped waiting for them. */
Test(store_postgres_hosts, a_commit_the_server_warns_of_is_none)
{
    struct store *store = open_with("raise warning 'canceling wait'");

    done(store_begin(store));
    done(add(store, 1));
    passes(store_commit(store), "not confirmed by the server's copies");
    done(store_script(store, "drop trigger late on heap"));
    done(store_begin(store));
    done(add(store, 2));
    done(store_commit(store));
    store_close(&store);
}

Test(store_postgres_hosts, a_commit_nobody_confirms_is_given_up_and_the_next_goes_on)
{
    struct store *store = open_with("if new.heap_id = 1 then perform pg_sleep(3); end if");

    store_commit_within(store, 200);
    done(store_begin(store));
    done(add(store, 1));
    passes(store_commit(store), "has not confirmed a commit in time");
    store_commit_within(store, 0);
    done(store_begin(store));
    cr_expect_eq(count(store), 1, "its server did it all the same, and held the lock meanwhile");
    done(add(store, 2));
    done(store_commit(store));
    done(store_script(store, "drop trigger late on heap"));
    store_close(&store);
}
