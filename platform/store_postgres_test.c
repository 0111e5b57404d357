/* store_postgres_test.c -- what store.h promises, tried on PostgreSQL.
 *
 * Passed over unless GONGDAO_TEST_DATABASE names a database (tools/cluster.sh).
 */
#include "platform/database_test.h"
#include "platform/store.h"
#include "platform/store_engine.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char sql_schema[] = "create table note (note_id bigint not null primary key,"
                                 " body text, weight integer not null default 0);";
static const char sql_add[] = "/* note.add */ insert into note (note_id, body)"
                              " values (:note_id, :body)";
static const char sql_count[] = "/* note.count */ select count(*) as notes from note";
static const char sql_body[] = "/* note.body */ select body, case when body is null then 1 else 0"
                               " end as is_null, note_id from note where note_id = :note_id";
static const char sql_pid[] = "/* note.pid */ select pg_backend_pid() as pid";
static const char sql_end[] = "/* note.end */ select case when pg_terminate_backend"
                              "(cast(:pid as integer)) then 1 else 0 end as ended";

static struct arena *arena;
static struct str where;

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void faults(struct outcome outcome, const char *with)
{
    cr_assert_not_null(outcome.fault, "no fault; expected: %s", with);
    cr_assert(strstr(outcome.fault, with), "\"%s\" does not say: %s", outcome.fault, with);
}

static struct store *open_as(enum store_use use)
{
    struct store *store;

    done(store_open(where, use, &store));
    return store;
}

static void begin(void)
{
    struct store *store;
    bool made;

    arena = arena_open(1 << 24);
    where = database_for_test(sql_schema, &made);
    if (!where.len) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    store = open_as(STORE_WRITE);
    if (!made) done(store_script(store, sql_schema));
    store_close(&store);
}

static void end(void)
{
    database_give_back();
    arena_close(&arena);
}

TestSuite(store_postgres, .init = begin, .fini = end);

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

static struct outcome ask(struct store *store, const char *sql, int64_t value, int64_t *answer)
{
    struct statement *statement;
    struct outcome outcome;
    bool row;

    *answer = -1;
    TRY(statement_open(store, sql, &statement));
    if (strchr(sql, ':')) statement_int(statement, 1, value);
    outcome = statement_step(statement, &row);
    if (IS_DONE(outcome) && row) *answer = statement_get_int(statement, 0);
    statement_close(&statement);
    return outcome;
}

static int64_t count(struct store *store)
{
    int64_t notes;

    done(ask(store, sql_count, 0, &notes));
    return notes;
}

static void cut_off(struct store *store)
{
    struct store *other = open_as(STORE_WRITE);
    int64_t pid, ended;

    done(ask(store, sql_pid, 0, &pid));
    done(ask(other, sql_end, pid, &ended));
    cr_assert_eq(ended, 1);
    store_close(&other);
    usleep(50000); /* the server has closed it; our end hears of it when it speaks next */
}

/* ---- values ------------------------------------------------------------------------------- */

Test(store_postgres, values_come_back_as_they_went_in)
{
    static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN, 1LL << 32};
    struct store *store = open_as(STORE_WRITE);
    struct statement *statement;
    bool row;

    done(store_begin(store));
    for (size_t i = 0; i < COUNT(numbers); i++)
        done(add(store, numbers[i], i % 2 ? S("公道 '\\ $1 :x ?") : S("")));
    done(store_commit(store));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        done(statement_open(store, sql_body, &statement));
        statement_int(statement, 1, numbers[i]);
        done(statement_step(statement, &row));
        cr_assert(row);
        cr_expect(str_same(statement_get_text(arena, statement, 0),
                           i % 2 ? S("公道 '\\ $1 :x ?") : S("")));
        cr_expect_eq(statement_get_int(statement, 1), 0, "the empty text is no null");
        cr_expect_eq(statement_get_int(statement, 2), numbers[i]);
        statement_close(&statement);
    }
    store_close(&store);
}

Test(store_postgres, a_column_of_whole_numbers_is_as_wide_as_sqlites)
{
    struct store *store = open_as(STORE_WRITE);
    int64_t weight;

    done(store_script(store, "insert into note (note_id, weight) values (1, 5000000000)"));
    done(ask(store, "/* note.weight */ select weight from note", 0, &weight));
    cr_expect_eq(weight, 5000000000);
    store_close(&store);
}

Test(store_postgres, a_script_of_nothing_is_done)
{
    struct store *store = open_as(STORE_WRITE);

    done(store_script(store, ""));
    store_close(&store);
}

Test(store_postgres, text_is_ordered_by_its_bytes_whatever_the_database_speaks)
{
    static const char sql[] = "/* note.list */ select body from note order by body";
    static const char *const expected[] = {"", "B", "a", "b", "é", "中", "公"};
    struct store *store = open_as(STORE_WRITE);
    struct statement *statement;
    bool row;

    for (size_t i = COUNT(expected); i-- > 0;) done(add(store, (int64_t)i, str_of(expected[i])));
    done(statement_open(store, sql, &statement));
    for (size_t i = 0; i < COUNT(expected); i++) {
        done(statement_step(statement, &row));
        cr_assert(row);
        cr_expect(str_same(statement_get_text(arena, statement, 0), str_of(expected[i])),
                  "place %zu is not \"%s\"", i, expected[i]);
    }
    statement_close(&statement);
    store_close(&store);
}

Test(store_postgres, a_result_that_is_no_number_of_ours_is_named)
{
    struct store *store = open_as(STORE_READ);
    int64_t sum;

    faults(ask(store, "/* note.sum */ select sum(note_id) as notes_sum from note", 0, &sum),
           "note.sum: notes_sum is neither a bigint nor a text");
    faults(store_try(store, &(struct query_text){"note.sum",
                                                 "select sum(note_id) as notes_sum"
                                                 " from note",
                                                 "", "i"}),
           "note.sum: notes_sum is not a whole number there");
    faults(store_try(store, &(struct query_text){"note.no", "/* note.no */ select noo from note",
                                                 "", "i"}),
           "note.no: column \"noo\" does not exist");
    store_close(&store);
}

Test(store_postgres, a_query_may_be_asked_while_it_is_being_answered)
{
    static const char sql[] = "/* note.all */ select note_id from note order by note_id";
    struct store *store = open_as(STORE_WRITE);
    struct statement *outer, *inner;
    bool row;

    done(add(store, 1, S("one")));
    done(add(store, 2, S("two")));
    done(statement_open(store, sql, &outer));
    done(statement_step(outer, &row));
    done(statement_open(store, sql, &inner));
    done(statement_step(inner, &row));
    done(statement_step(inner, &row));
    cr_expect_eq(statement_get_int(inner, 0), 2);
    statement_close(&inner);
    cr_expect_eq(statement_get_int(outer, 0), 1);
    done(statement_step(outer, &row));
    cr_expect_eq(statement_get_int(outer, 0), 2);
    done(statement_step(outer, &row));
    cr_expect_not(row);
    statement_close(&outer);
    store_close(&store);
}

/* ---- transactions ------------------------------------------------------------------------- */

Test(store_postgres, a_mark_undone_takes_only_its_own_rows_also_after_a_fault)
{
    struct store *store = open_as(STORE_WRITE);

    done(store_begin(store));
    done(store_mark(store));
    done(add(store, 1, S("kept")));
    done(store_mark_keep(store));
    done(store_mark(store));
    done(add(store, 2, S("undone")));
    faults(add(store, 1, S("twice")), "note.add: duplicate key value");
    faults(add(store, 3, S("spoilt")), "current transaction is aborted");
    store_mark_undo(store);
    done(store_mark(store));
    done(add(store, 4, S("kept")));
    done(store_mark_keep(store));
    done(store_commit(store));
    cr_expect_eq(count(store), 2);
    store_close(&store);
}

Test(store_postgres, a_spoilt_transaction_is_no_commit)
{
    struct store *store = open_as(STORE_WRITE);

    done(store_begin(store));
    done(add(store, 1, S("one")));
    faults(add(store, 1, S("again")), "duplicate key");
    faults(store_commit(store), "undone the whole transaction");
    cr_expect_eq(count(store), 0);
    done(store_begin(store));
    done(store_commit(store));
    store_close(&store);
}

Test(store_postgres, a_reader_sees_one_state_until_its_snapshot_ends_and_changes_nothing)
{
    struct store *store = open_as(STORE_WRITE), *reader = open_as(STORE_READ);

    done(store_read_begin(reader));
    cr_expect_eq(count(reader), 0);
    done(add(store, 1, S("one")));
    cr_expect_eq(count(reader), 0);
    faults(add(reader, 2, S("two")), "read-only");
    store_read_end(reader);
    cr_expect_eq(count(reader), 1);
    faults(add(reader, 2, S("two")), "read-only");
    store_close(&reader);
    store_close(&store);
}

struct second {
    struct store *store;
    struct outcome outcome;
    pthread_t thread;
    bool begun;
};

static void *begin_second(void *mine)
{
    struct second *second = mine;

    second->outcome = store_begin(second->store);
    __atomic_store_n(&second->begun, true, __ATOMIC_SEQ_CST);
    return NULL;
}

/* The number is taken from what the first has written, which a snapshot from before would miss. */
Test(store_postgres, a_second_writer_waits_for_the_first_and_sees_what_it_committed)
{
    struct store *first = open_as(STORE_WRITE);
    struct second second = {.store = open_as(STORE_WRITE)};

    done(store_begin(first));
    done(add(first, 1, S("first")));
    cr_assert_eq(pthread_create(&second.thread, NULL, begin_second, &second), 0);
    usleep(200000);
    cr_expect_not(__atomic_load_n(&second.begun, __ATOMIC_SEQ_CST));
    done(store_commit(first));
    pthread_join(second.thread, NULL);
    done(second.outcome);
    cr_expect_eq(count(second.store), 1);
    done(store_commit(second.store));
    store_close(&second.store);
    store_close(&first);
}

Test(store_postgres, who_waits_too_long_for_a_writer_is_told_and_may_begin_again, .timeout = 60)
{
    struct store *first = open_as(STORE_WRITE), *second = open_as(STORE_WRITE);

    done(store_begin(first));
    faults(store_begin(second), "lock timeout");
    done(store_commit(first));
    done(store_begin(second));
    done(store_commit(second));
    store_close(&second);
    store_close(&first);
}

static void *delete_other_way(void *mine)
{
    struct second *second = mine;

    second->outcome = store_script(second->store, "begin; update note set weight = 1"
                                                  " where note_id = 2; select pg_sleep(0.3);"
                                                  " update note set weight = 1 where note_id = 1;"
                                                  " commit");
    return NULL;
}

/* The other session does not keep to the writers' lock, as somebody's psql would not. */
Test(store_postgres, an_act_in_a_deadlock_may_be_run_again, .timeout = 60)
{
    struct store *store = open_as(STORE_WRITE);
    struct second second = {.store = open_as(STORE_WRITE)};
    struct outcome mine;

    done(add(store, 1, S("one")));
    done(add(store, 2, S("two")));
    done(store_script(store, "set deadlock_timeout = '600ms'"));
    done(store_script(second.store, "set deadlock_timeout = '20s'"));
    cr_assert_eq(pthread_create(&second.thread, NULL, delete_other_way, &second), 0);
    done(store_begin(store));
    done(store_mark(store));
    done(store_script(store, "update note set weight = 2 where note_id = 1"));
    usleep(150000);
    mine = store_script(store, "update note set weight = 2 where note_id = 2");
    faults(mine, "deadlock detected (40P01)");
    cr_expect(store_may_retry(store));
    store_mark_undo(store);
    pthread_join(second.thread, NULL);
    done(second.outcome);
    done(store_mark(store));
    done(store_script(store, "update note set weight = 3 where note_id = 2"));
    done(store_mark_keep(store));
    done(store_commit(store));
    faults(add(store, 1, S("one")), "duplicate key");
    cr_expect_not(store_may_retry(store));
    store_close(&second.store);
    store_close(&store);
}

/* ---- connections -------------------------------------------------------------------------- */

Test(store_postgres, a_lost_connection_is_made_again_outside_a_transaction)
{
    struct store *store = open_as(STORE_WRITE), *reader = open_as(STORE_READ);

    done(add(store, 1, S("one")));
    cut_off(reader);
    cr_expect_eq(count(reader), 1, "a reader's question is asked again");
    cut_off(store);
    done(store_begin(store));
    done(add(store, 2, S("two")));
    done(store_commit(store));
    cut_off(reader);
    done(store_read_begin(reader));
    cr_expect_eq(count(reader), 2);
    store_read_end(reader);
    faults(add(reader, 3, S("three")), "read-only");
    store_close(&reader);
    store_close(&store);
}

Test(store_postgres, what_a_lost_transaction_did_is_gone_and_nothing_slips_out_of_it)
{
    struct store *store = open_as(STORE_WRITE);

    done(store_begin(store));
    done(store_mark(store));
    done(add(store, 1, S("one")));
    cut_off(store);
    faults(add(store, 2, S("two")), "lost");
    store_mark_undo(store);
    faults(store_mark(store), "lost");
    faults(add(store, 3, S("three")), "lost");
    faults(store_commit(store), "lost");
    cr_expect_eq(count(store), 0);
    done(add(store, 4, S("four")));
    cr_expect_eq(count(store), 1);
    store_close(&store);
}

static int64_t rows_guessed(struct store *store)
{
    static const char sql[] = "/* note.guessed */ select cast(reltuples as bigint) as guessed"
                              " from pg_class where oid = cast('note' as regclass)";
    struct statement *statement;
    int64_t guessed;
    bool row;

    done(statement_open(store, sql, &statement));
    done(statement_step(statement, &row));
    guessed = statement_get_int(statement, 0);
    statement_close(&statement);
    return guessed;
}

/* Else the first minute of a city that was just filled, moved or restored is read as if empty. */
Test(store_postgres, tables_that_were_never_looked_at_are_and_the_others_are_left_to_their_owner)
{
    struct store *store = open_as(STORE_WRITE);

    done(store_script(store, "drop table note"));
    done(store_script(store, sql_schema));
    done(store_script(store, "alter table note set (autovacuum_enabled = off);"
                             " insert into note (note_id) select n from"
                             " generate_series(1, 300) n"));
    cr_expect_eq(rows_guessed(store), -1);
    done(store_count(store));
    cr_expect_eq(rows_guessed(store), 300);
    done(store_script(store, "insert into note (note_id) select n from"
                             " generate_series(301, 900) n"));
    done(store_count(store));
    cr_expect_eq(rows_guessed(store), 300);
    done(store_script(store, "drop table note"));
    done(store_script(store, sql_schema)); /* the database serves the next test */
    store_close(&store);
}

Test(store_postgres, opening_says_what_is_wrong)
{
    struct store *store;

    faults(store_open(S("postgresql://127.0.0.1:1/gongdao"), STORE_READ, &store), "refused");
    faults(store_open(S("postgresql://h/x?no_such_thing=1"), STORE_READ, &store), "no_such_thing");
    faults(store_open(arena_print(arena, "%.*s%%20-csynchronous_commit%%3Doff", STR_ARGS(where)),
                      STORE_WRITE, &store),
           "synchronous_commit is off");
}
