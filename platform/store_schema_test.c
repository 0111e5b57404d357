/* store_schema_test.c -- tables are kept in the order of their keys, whatever the key is made of.
 */
#include "platform/store.h"

#include <criterion/criterion.h>

static struct store *store;

static void begin(void)
{
    cr_assert(IS_DONE(store_open(S(""), STORE_WRITE, &store)));
}

static void end(void)
{
    store_close(&store);
}

TestSuite(store_schema, .init = begin, .fini = end);

static int64_t count_of(const char *sql)
{
    struct statement *statement;
    int64_t count = -1;
    bool row;

    cr_assert(IS_DONE(statement_open(store, sql, &statement)));
    cr_assert(IS_DONE(statement_step(statement, &row)));
    if (row) count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

Test(store_schema, a_number_that_is_the_key_is_the_number_of_the_row)
{
    cr_assert(IS_DONE(store_script(store, "create table one (one_id bigint not\n"
                                          "  null primary key, text text not null);"
                                          "insert into one values (7, 'seven');")));
    cr_expect_eq(count_of("/* t.a */ select rowid from one where one_id = 7"), 7);
}

Test(store_schema, a_key_of_several_columns_orders_its_table_and_no_other)
{
    cr_assert(IS_DONE(store_script(store, "create table one (a bigint not null,\n"
                                          "  b bigint not null, primary  key (a, b)\n);\n"
                                          "create table two (c text not null primary key);\n"
                                          "create index two_of on two (c);"
                                          "insert into one values (1, 2);"
                                          "insert into two values ('x');")));
    cr_expect_eq(count_of("/* t.b */ select count(*) from sqlite_master"
                          " where name = 'one' and sql like '%) without rowid'"),
                 1);
    cr_expect_eq(count_of("/* t.c */ select count(*) from sqlite_master"
                          " where sql like '%without rowid%'"),
                 1);
    cr_expect_eq(count_of("/* t.d */ select count(*) from one where a = 1 and b = 2"), 1);
    cr_expect_eq(count_of("/* t.e */ select rowid from two"), 1);
}
