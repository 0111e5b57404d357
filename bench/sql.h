/* sql.h -- SQL on a database that no server has open, for programs that end when it fails. */
#ifndef BENCH_SQL_H
#define BENCH_SQL_H

#include <sqlite3.h>

/* Says what failed, and why as `db` knows it (NULL: there was no memory), and ends with 2. */
_Noreturn void sql_stop(sqlite3 *db, const char *what);
/* Runs one or several statements. */
void sql_run(sqlite3 *db, const char *sql);
/* The first column of the first row; 0 if there is none. */
long long sql_number(sqlite3 *db, const char *sql);

#endif
