/* either.h -- SQL on a database of either engine that no server has open, for programs that end
 * when it fails; sql.h is for those that know SQLite only. */
#ifndef BENCH_EITHER_H
#define BENCH_EITHER_H

#include <stdbool.h>

struct either;
/* A file of SQLite, or postgresql://… */
struct either *either_open(const char *database);
void either_close(struct either *either);
bool either_is_postgres(const struct either *either);
/* Runs one or several statements. */
void either_run(struct either *either, const char *sql);
/* The first column of the first row; 0 if there is none. */
long long either_number(struct either *either, const char *sql);
/* Names of a table's columns, in their order, each to `each`. */
void either_columns(struct either *either, const char *table,
                    void (*each)(void *mine, const char *name), void *mine);

#endif
