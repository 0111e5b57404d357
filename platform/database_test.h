/* database_test.h -- where a test keeps its rows: SQLite, or a schema of its own on PostgreSQL.
 *
 * GONGDAO_TEST_DATABASE, an address of a database one may make schemas in, chooses PostgreSQL
 * (tools/cluster.sh sets it).  Schemas are used again, emptied, by tests that need the same tables;
 * two tests never have the same one at once.
 */
#ifndef PLATFORM_DATABASE_TEST_H
#define PLATFORM_DATABASE_TEST_H

#include "platform/base.h"

struct module;
struct store;

/* The address of an empty place of the test's own, or "" if the test is to use SQLite.  `tables`
 * tells schemas that may be used again for one another: what will be made in them.  `made` is
 * whether the tables are there already. */
struct str database_for_test(const char *tables, bool *made);
void database_give_back(void);

/* The platform's tables and those of the modules, made in an empty place. */
void database_make_tables(struct store *store, const struct module *const *modules);
/* All that would be made, as text. */
char *database_tables(const struct module *const *modules);

#endif
