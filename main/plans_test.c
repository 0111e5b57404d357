/* plans_test.c -- on PostgreSQL, each query can be answered by an index, but those listed here.
 *
 * The server is told to prefer any index to reading a whole table, so that what it still reads
 * whole has no index that could serve.  Tables an administrator fills, and those with a row for
 * each desk or rule, may be read whole.  Passed over unless GONGDAO_TEST_DATABASE names a database.
 */
#include "main/rooms.h"
#include "platform/site.h"
#include "platform/store.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Short, however large the city. */
static const char *const small[] = {
    "team",
    "team_below",
    "law_field",
    "division",
    "review_rule",
    "ladder_step",
    "ladder_desk",
    "ladder_border",
    "pace",
    "subsidy_policy",
    "subsidy_rate",
    "review_policy",
    "desk_hours",
    "desk_opening",
    "desk_exception",
    "forecast_policy",
    "measure",
    "threshold",
    "forecast_import",
    "forecast_forget",
    "assignment_policy",
    "shift_rules",
    "shift_feed",
    "shift_plan",
    "shift_past",
    "migration",
    "report",
    "alarm",
    "announcement",
    "canned",
    "item_release",
    "ladder_version",
    "ladder_number",
    "wording_pattern",
    "people_import",
    "invitation",
    "subscription",
    "shift_backup",
    "ready_version",
    "law",
    "referral_office", /* one a kind and district */
    "item_listed",
    "deadline",
    "presence",
    "membership",
    "assignment_share",
    "ladder_contact",
    "application",
    "report_mail",
    "unlisted",
    "law_alias",
    "aid_rules",
    "law_version",
    "item_word",
    "application_file",
    "application_look",
    "forecast_import_piece",
};

/* Read whole on purpose, and why that is right. */
static const char *const whole[] = {
    "platform.count_backward",     /* `gongdao check` looks at every line of the journal */
    "forecast.list_imports",       /* a page of administrators; a row a half hour taken in */
    "identity.find_demo",          /* once, when a server starts */
    "search.drop_others",          /* once an import of all answered questions */
    "review.sum_ratings",          /* a mean of half a year: most of the table, by one pass */
    "supervision.list_complaints", /* the clock's watch; complaints are few */
    "supervision.count_gone",      /* while a report is made */
    "supervision.add_demo_duty",   /* once, for a demo city */
    "appointment.list_near",       /* a hall or two a street: each is weighed by how near it is */
};

static bool is_in(const char *name, size_t len, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == len && memcmp(list[i], name, len) == 0) return true;
    }
    return false;
}

static struct outcome ask(struct store *store, const char *sql, const struct query_text *query,
                          struct statement **statement)
{
    TRY(statement_open(store, sql, statement));
    for (int i = 0; query->takes[i]; i++) {
        if (query->takes[i] == 't')
            statement_text(*statement, i + 1, S("x"));
        else
            statement_int(*statement, i + 1, 1);
    }
    return DONE;
}

/* How many large tables the query would read whole. */
static int look(struct arena *arena, struct store *store, const struct query_text *query)
{
    const char *sql = arena_print(arena, "/* plan.%s */ explain %s", query->name, query->sql).at;
    struct statement *statement;
    struct outcome outcome = ask(store, sql, query, &statement);
    bool row = false, listed = is_in(query->name, strlen(query->name), whole, COUNT(whole));
    int found = 0;

    if (IS_DONE(outcome)) outcome = statement_step(statement, &row);
    cr_assert(IS_DONE(outcome), "%s: %s", query->name, outcome.fault);
    for (; row; (void)statement_step(statement, &row)) {
        struct str line = statement_get_text(arena, statement, 0);
        int64_t at = str_find(line, S("Seq Scan on "));
        struct str table =
            at < 0 ? S("") : (struct str){line.at + at + 12, line.len - (size_t)at - 12};

        if (!table.len) continue;
        table = str_cut(table, ' ', &line);
        if (is_in(table.at, table.len, small, COUNT(small))) continue;
        found++;
        cr_expect(listed, "%s reads the whole of %.*s", query->name, STR_ARGS(table));
    }
    statement_close(&statement);
    return found;
}

Test(plans, no_large_table_is_read_whole_but_by_those_that_are_listed, .timeout = 120)
{
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    struct arena *arena = arena_open(64 << 20);
    struct store *store;
    struct outcome outcome;
    int found = 0;

    if (!database || !*database) cr_skip_test("GONGDAO_TEST_DATABASE names no database");
    outcome = store_open(str_of(database), STORE_WRITE, &store);
    cr_assert(IS_DONE(outcome), "%s", outcome.fault);
    outcome = site_schema(store, rooms, 1);
    if (IS_DONE(outcome))
        outcome = store_script(store, "set enable_seqscan = off; set plan_cache_mode ="
                                      " force_custom_plan");
    cr_assert(IS_DONE(outcome), "%s", outcome.fault);
    for (size_t i = 0; i < COUNT(lists); i++) {
        for (const struct query_text *query = lists[i]; query && query->name; query++)
            found += look(arena, store, query);
    }
    cr_assert_geq(found, (int)COUNT(whole), "the list names what is read no longer");
    store_close(&store);
    arena_close(&arena);
}
