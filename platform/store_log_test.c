/* store_log_test.c -- the log is written in pieces (store_sqlite_log.c), and nobody sees a seam. */
#include "platform/folder_test.h"
#include "platform/store.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char sql_schema[] = "create table page (page_id bigint not null primary key,"
                                 " body text not null);";
static const char sql_add[] = "/* page.add */ insert into page (page_id, body) values (?1, ?2)";
static const char sql_len[] = "/* page.len */ select length(body) from page where page_id = ?1";

static char folder[FOLDER_LEN], file[128];

static void begin(void)
{
    folder_make(folder);
    snprintf(file, sizeof file, "%s/test.db", folder);
}

static void end(void)
{
    folder_drop(folder);
}

TestSuite(store_log, .init = begin, .fini = end);

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static struct store *open_as(enum store_use use)
{
    struct store *store;

    done(store_open(str_of(file), use, &store));
    return store;
}

static void add(struct store *store, int64_t page_id, struct str body)
{
    struct statement *statement;
    bool row;

    done(statement_open(store, sql_add, &statement));
    statement_int(statement, 1, page_id);
    statement_text(statement, 2, body);
    done(statement_step(statement, &row));
    statement_close(&statement);
}

static int64_t length_of(struct store *store, int64_t page_id)
{
    struct statement *statement;
    int64_t length = -1;
    bool row;

    done(statement_open(store, sql_len, &statement));
    statement_int(statement, 1, page_id);
    done(statement_step(statement, &row));
    if (row) length = statement_get_int(statement, 0);
    statement_close(&statement);
    return length;
}

static struct str text_of(struct arena *arena, size_t len)
{
    char *text = arena_bytes(arena, len);

    for (size_t i = 0; i < len; i++) text[i] = (char)('a' + i % 26);
    return (struct str){text, len};
}

Test(store_log, a_commit_of_any_size_is_seen_whole_by_others)
{
    static const size_t sizes[] = {1, 4000, 120 << 10, 124 << 10, 128 << 10, 1 << 20, 5 << 20};
    struct arena *arena = arena_open(8 << 20);
    struct store *store = open_as(STORE_WRITE), *reader;

    done(store_script(store, sql_schema));
    reader = open_as(STORE_READ);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        done(store_begin(store));
        add(store, (int64_t)i, text_of(arena, sizes[i]));
        done(store_commit(store));
        cr_expect_eq(length_of(reader, (int64_t)i), sizes[i]);
        arena_reset(arena);
    }
    store_close(&reader);
    store_close(&store);
    store = open_as(STORE_WRITE);
    for (size_t i = 0; i < COUNT(sizes); i++)
        cr_expect_eq(length_of(store, (int64_t)i), sizes[i], "after it was put back");
    done(store_check(store));
    store_close(&store);
    arena_close(&arena);
}

/* More than the cache holds goes to the log before the commit, and is read again from there. */
Test(store_log, a_transaction_larger_than_memory_reads_its_own_rows)
{
    enum { PAGES = 40, LEN = 1 << 20 };
    struct arena *arena = arena_open(2 << 20);
    struct store *store = open_as(STORE_WRITE), *reader;

    done(store_script(store, sql_schema));
    reader = open_as(STORE_READ);
    done(store_begin(store));
    for (int64_t i = 0; i < PAGES; i++) {
        add(store, i, text_of(arena, LEN));
        arena_reset(arena);
    }
    for (int64_t i = 0; i < PAGES; i++) cr_expect_eq(length_of(store, i), LEN);
    cr_expect_eq(length_of(reader, 0), -1, "nobody else sees what is not committed");
    done(store_commit(store));
    for (int64_t i = 0; i < PAGES; i++) cr_expect_eq(length_of(reader, i), LEN);
    done(store_check(store));
    store_close(&reader);
    store_close(&store);
    arena_close(&arena);
}

/* As `gongdao user add` beside a server: what the server undid must not come down on it. */
Test(store_log, what_was_undone_never_lands_on_what_another_has_committed)
{
    enum { ROWS = 60, LEN = 4000 };
    struct arena *arena = arena_open(1 << 20);
    struct store *store = open_as(STORE_WRITE), *other;

    done(store_script(store, sql_schema));
    done(store_script(store, "pragma cache_size = 4; pragma cache_spill = 4;"));
    done(store_tidy(store)); /* the log begins anew: undoing reads nothing from it */
    other = open_as(STORE_WRITE);
    done(store_begin(store));
    for (int64_t i = 0; i < ROWS; i++) add(store, i, text_of(arena, LEN));
    store_rollback(store);
    done(store_begin(other));
    for (int64_t i = 0; i < ROWS; i++) add(other, 1000 + i, text_of(arena, LEN / 2));
    done(store_commit(other));
    done(store_begin(store));
    for (int64_t i = 0; i < ROWS; i++) {
        cr_expect_eq(length_of(store, i), -1);
        cr_expect_eq(length_of(store, 1000 + i), LEN / 2);
    }
    add(store, 1, S("a"));
    done(store_commit(store));
    done(store_check(store));
    done(store_check(other));
    store_close(&other);
    store_close(&store);
    store = open_as(STORE_WRITE);
    done(store_check(store));
    cr_expect_eq(length_of(store, 1000), LEN / 2);
    store_close(&store);
    arena_close(&arena);
}
