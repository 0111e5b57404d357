/* database_test.c -- see database_test.h. */
#include "platform/database_test.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/platform_sql.h"
#include "platform/page.h"
#include "platform/store.h"

enum { SLOTS_MAX = 64, ADDRESS_LEN = 512 };

static struct store *lease; /* holds the place until it is given back or the process ends */
static char address[ADDRESS_LEN];

static void must(struct outcome outcome)
{
    cr_assert(IS_DONE(outcome), "%s", outcome.fault ? outcome.fault : "refused");
}

static uint32_t mix(const char *text)
{
    uint32_t mixed = 2166136261u;

    for (; *text; text++) mixed = (mixed ^ (unsigned char)*text) * 16777619u;
    return mixed;
}

static bool is_mine(int32_t mixed, int slot)
{
    static const char sql[] = "/* test.lease */ select case when pg_try_advisory_lock"
                              "(cast(:a as integer), cast(:b as integer)) then 1 else 0 end as got";
    struct statement *statement;
    bool row;
    int64_t got;

    must(statement_open(lease, sql, &statement));
    statement_int(statement, 1, mixed);
    statement_int(statement, 2, slot);
    must(statement_step(statement, &row));
    got = statement_get_int(statement, 0);
    statement_close(&statement);
    return got == 1;
}

static bool has_tables(struct store *store)
{
    static const char sql[] = "/* test.tables */ select count(*) as tables from pg_tables"
                              " where schemaname = current_schema()";
    struct statement *statement;
    bool row;
    int64_t tables;

    must(statement_open(store, sql, &statement));
    must(statement_step(statement, &row));
    tables = statement_get_int(statement, 0);
    statement_close(&statement);
    return tables > 0;
}

static bool make_empty(const char *schema)
{
    static const char empty[] =
        "set session_replication_role = replica;"
        "do $$ declare one text; begin"
        " for one in select tablename from pg_tables where schemaname = current_schema() loop"
        " execute 'delete from ' || quote_ident(one); end loop; end $$;";
    struct store *store;
    char words[128];
    bool made;

    snprintf(words, sizeof words, "create schema if not exists %s", schema);
    must(store_script(lease, words));
    must(store_open(str_of(address), STORE_WRITE, &store));
    made = has_tables(store);
    if (made) must(store_script(store, empty));
    store_close(&store);
    return made;
}

struct str database_for_test(const char *tables, bool *made)
{
    const char *database = getenv("GONGDAO_TEST_DATABASE");
    int32_t mixed = (int32_t)mix(tables);
    char schema[64];
    int slot = 0;

    *made = false;
    if (!database || !*database) return S("");
    cr_assert_null(lease, "one test has one place");
    must(store_open(str_of(database), STORE_WRITE, &lease));
    while (!is_mine(mixed, slot)) cr_assert_lt(++slot, SLOTS_MAX, "no place is free");
    snprintf(schema, sizeof schema, "test_%08x_%d", (unsigned)mixed, slot);
    snprintf(address, sizeof address, "%s%coptions=-csearch_path%%3D%s", database,
             strchr(database, '?') ? '&' : '?', schema);
    *made = make_empty(schema);
    return str_of(address);
}

void database_give_back(void)
{
    store_close(&lease);
}

char *database_tables(const struct module *const *modules)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    cr_assert_not_null(out);
    fputs(platform_schema, out);
    for (const struct migration *m = platform_migrations; m->number; m++) fputs(m->sql, out);
    for (size_t i = 0; modules[i]; i++) {
        fputs(modules[i]->schema ? modules[i]->schema : "", out);
        for (const struct migration *m = modules[i]->migrations; m && m->number; m++)
            fputs(m->sql, out);
    }
    fclose(out);
    return text;
}

void database_make_tables(struct store *store, const struct module *const *modules)
{
    must(store_script(store, platform_schema));
    for (const struct migration *m = platform_migrations; m->number; m++)
        must(store_script(store, m->sql));
    for (size_t i = 0; modules[i]; i++) {
        if (modules[i]->schema) must(store_script(store, modules[i]->schema));
    }
    for (size_t i = 0; modules[i]; i++) {
        for (const struct migration *m = modules[i]->migrations; m && m->number; m++)
            must(store_script(store, m->sql));
    }
}
