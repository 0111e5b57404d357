/* queries_test.c -- every query of every room is understood by the database, whichever it is.
 *
 * GONGDAO_TEST_DATABASE names a PostgreSQL database; without it SQLite alone is asked.
 */
#include "main/rooms.h"
#include "platform/site.h"
#include "platform/store.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A room without tables has no list. */
#define MODULE(name) extern const struct query_text name##_queries[] __attribute__((weak));
#include "main/modules.h"
#undef MODULE
extern const struct query_text platform_queries[];

static const struct query_text *const lists[] = {
    platform_queries,
#define MODULE(name) name##_queries,
#include "main/modules.h"
#undef MODULE
};

/* Each in a transaction of its own: a query that is refused says nothing of the next. */
static void try_all(struct str where, int *tried)
{
    struct store *store;
    struct outcome outcome = store_open(where, STORE_WRITE, &store);
    int refused = 0;

    cr_assert(IS_DONE(outcome), "%s", outcome.fault);
    outcome = site_schema(store, rooms, 1);
    cr_assert(IS_DONE(outcome), "%s", outcome.fault);
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (const struct query_text *query = lists[i]; query && query->name; query++) {
            outcome = store_try(store, query);
            cr_expect(IS_DONE(outcome), "%s: %s", query->name, outcome.fault);
            refused += !IS_DONE(outcome);
            ++*tried;
        }
    }
    store_close(&store);
    cr_assert_eq(refused, 0, "%d of %d queries are refused", refused, *tried);
}

Test(queries, sqlite_understands_each)
{
    int tried = 0;

    try_all(S(""), &tried);
    cr_assert_gt(tried, 500);
}

Test(queries, postgresql_understands_each, .timeout = 120)
{
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    int tried = 0;

    if (!database || !*database) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    try_all(str_of(database), &tried);
    cr_assert_gt(tried, 500);
}
