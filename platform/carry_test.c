/* carry_test.c -- every row arrives, and one that did not would be noticed.
 *
 * From SQLite to SQLite, or to PostgreSQL and back when GONGDAO_TEST_DATABASE names a database.
 */
#include "platform/carry.h"
#include "platform/database_test.h"

#include <criterion/criterion.h>
#include <string.h>

static const char sql_schema[] =
    "create table migration (module text not null, number integer not null,"
    " primary key (module, number));"
    "create table team (team_id bigint not null primary key, above_id bigint references team,"
    " name text);"
    "create table note (team_id bigint not null references team, at bigint not null,"
    " body text not null, primary key (team_id, at));";
static const char sql_rows[] =
    "insert into migration (module, number) values ('note', 0), ('note', 1);"
    "insert into team (team_id, above_id, name) values (3, null, null);"
    "insert into team (team_id, above_id, name) values (1, 3, '公道'), (2, 1, '');"
    "insert into note (team_id, at, body) values (1, -9223372036854775807, 'a''b'),"
    " (1, 2, '$1 \\ \n\t'), (2, 1, '');";

static struct arena *arena;
static struct store *here, *there;

static void done(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static void faults(struct outcome outcome, const char *with)
{
    cr_assert_not_null(outcome.fault, "no fault; expected: %s", with);
    cr_assert(strstr(outcome.fault, with), "\"%s\" does not say: %s", outcome.fault, with);
}

static void begin(void)
{
    bool made;

    arena = arena_open(1 << 26) /* a list of tables has room for every column */;
    done(store_open(S(""), STORE_WRITE, &here));
    done(store_open(database_for_test(sql_schema, &made), STORE_WRITE, &there));
    done(store_script(here, sql_schema));
    if (!made) done(store_script(there, sql_schema));
    done(store_script(here, sql_rows));
    /* What making the tables would leave; it gives way to what was carried. */
    done(store_script(there, "insert into migration (module, number) values ('note', 0)"));
}

static void end(void)
{
    store_close(&there);
    store_close(&here);
    database_give_back();
    arena_close(&arena);
}

TestSuite(carry, .init = begin, .fini = end);

static struct outcome carried(struct store *from, struct store *to, struct carry_told *told)
{
    struct outcome outcome;

    done(store_begin(from));
    done(store_begin(to));
    outcome = carry_all(arena, from, to, told);
    if (IS_DONE(outcome))
        outcome = store_commit(to);
    else
        store_rollback(to);
    store_rollback(from);
    return outcome;
}

static struct outcome compared(struct carry_told *told)
{
    struct outcome outcome;

    done(store_begin(here));
    done(store_begin(there));
    outcome = carry_compare(arena, here, there, told);
    store_rollback(there);
    store_rollback(here);
    return outcome;
}

Test(carry, every_row_arrives_and_comes_back_the_same)
{
    struct carry_told told, back;
    struct store *third;

    done(carried(here, there, &told));
    cr_expect_eq(told.tables, 3);
    cr_expect_eq(told.rows, 8);
    done(compared(&back));
    cr_expect(memcmp(&told, &back, sizeof told) == 0);

    done(store_open(S(""), STORE_WRITE, &third));
    done(store_script(third, sql_schema));
    done(carried(there, third, &back));
    cr_expect(memcmp(&told, &back, sizeof told) == 0);
    done(store_check(third));
    store_close(&third);
}

Test(carry, a_row_that_differs_is_noticed_whatever_is_wrong_with_it)
{
    static const struct {
        const char *harm, *heal, *said;
    } all[] = {
        {"update note set body = 'a''c' where team_id = 1 and at < 0",
         "update note set body = 'a''b' where team_id = 1 and at < 0",
         "the rows of note are not the same"},
        {"update note set at = 7 where team_id = 2", "update note set at = 1 where team_id = 2",
         "the rows of note are not the same"},
        {"update team set name = '' where team_id = 3",
         "update team set name = null where team_id = 3", "the rows of team are not the same"},
        {"delete from note where team_id = 2", "insert into note values (2, 1, '')",
         "note has 3 rows here and 2 there"},
        {"insert into note values (2, 9, '')", "delete from note where at = 9",
         "note has 3 rows here and 4 there"},
        {"update note set team_id = 1, at = 1 where team_id = 2",
         "update note set team_id = 2 where team_id = 1 and at = 1", "are not the same"},
    };
    struct carry_told told;

    done(carried(here, there, &told));
    for (size_t i = 0; i < COUNT(all); i++) {
        done(store_script(there, all[i].harm));
        faults(compared(&told), all[i].said);
        done(store_script(there, all[i].heal));
        done(compared(&told));
    }
}

Test(carry, what_is_there_already_is_not_carried_twice)
{
    struct carry_told told;

    done(carried(here, there, &told));
    faults(carried(here, there, &told), "store.put");
    done(compared(&told));
}

Test(carry, a_value_that_is_not_as_its_column_says_is_named)
{
    struct carry_told told;

    done(store_script(here, "insert into note values (3, 'soon', '')"));
    faults(carried(here, there, &told), "note.at holds something that is not a whole number");
    done(store_script(here, "delete from note where team_id = 3"));
    done(carried(here, there, &told));
}
