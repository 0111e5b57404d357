/* store.h -- the database, seen through named queries only.
 *
 * No file but store*.c and the functions generated from *.sql speaks SQL.  Those functions are
 * what the rest of the program calls; see tools/mksql.c for how a query becomes a function.
 * The dialect is the one SQLite and PostgreSQL share, and the same text runs on both.
 *
 * A store is one connection and belongs to one thread at a time.
 */
#ifndef PLATFORM_STORE_H
#define PLATFORM_STORE_H

#include "platform/base.h"

struct store;
struct statement;

enum store_use {
    STORE_READ, /* a worker's: can change nothing */
    STORE_WRITE /* the writer's: there is one per installation */
};

/* `where` is the address of a PostgreSQL database ("postgresql://…", as libpq has it), the path of
 * an SQLite file, or "" for one in memory (tests).  A commit that returned is on disk.  Faults if
 * the database cannot be opened.  A writer makes a file that is missing (its folder must exist); a
 * reader does not.
 *
 * A connection to PostgreSQL that was lost is a fault to whoever uses it, and made again, with
 * growing pauses, when it is next used outside a transaction.  Such a fault says when to come again
 * (outcome.again_seconds); of a commit it means that it may have happened.  An address may name
 * several servers: the one that may be written to is found, and while there is none readers read
 * from a copy.
 *
 * A fault's text begins with the query's name ("consultation.add_message: …") and lives as long
 * as the process, so it may be handed to another thread.  If it begins with "fatal:", what is on
 * disk is no longer known: never try again, stop the process, and let a new one read the disk. */
bool store_is_remote(struct str where); /* an address, not a path */
struct outcome store_open(struct str where, enum store_use use, struct store **store);
void store_close(struct store **store);
struct memo *store_memo(struct store *store); /* memo.h: of what was read here; goes with it */
struct outcome store_script(struct store *store, const char *sql); /* several statements */

struct outcome store_begin(struct store *store);
struct outcome store_commit(struct store *store); /* durable when it returns done */
/* A commit that a remote database does not confirm in so long is a fault: nobody knows whether it
 * happened.  Unless this is said it is waited for, as for a disk. */
void store_commit_within(struct store *store, int milliseconds);
void store_rollback(struct store *store);
/* One act inside the open transaction: keep it or undo only it. */
struct outcome store_mark(struct store *store);
struct outcome store_mark_keep(struct store *store);
void store_mark_undo(struct store *store);
/* The last fault was that others were in the way, and the same act may pass when run again. */
bool store_may_retry(const struct store *store);
/* What is committed lies in a log until it is put back into the file, which waits for the disk
 * more than once.  A writer does that itself, unless it leaves the log to a second connection of a
 * thread beside it: then that one calls store_tidy() when store_log_pages(), the length of the log
 * after the last commit, has grown by STORE_TIDY_PAGES. */
enum { STORE_TIDY_PAGES = 4000 };
void store_leave_log(struct store *store);
int64_t store_log_pages(const struct store *store);
struct outcome store_tidy(struct store *store);
/* Has PostgreSQL look at the tables that it never looked at: until then it guesses how large they
 * are and what is in them, and reads them in ways that are right for other tables. */
struct outcome store_count(struct store *store);
/* A reader's snapshot, so that several queries of one page see one state. */
struct outcome store_read_begin(struct store *store);
/* What is read follows another server, and may be a moment older: nobody can write now. */
bool store_is_copy(const struct store *store);
int64_t store_copy_seconds(const struct store *store); /* so long only copies are found; else 0 */
void store_read_end(struct store *store);

/* Between the nodes that share a database.  A commit that changed a row calls all who listen, and
 * so does store_call(), with a text of CALL_BYTES_MAX at most; the caller hears himself too.  A
 * call is no promise: who was not connected has missed it, and reads what is stored.  On an SQLite
 * file there is nobody to call. */
enum { CALL_BYTES_MAX = 4000 };
struct outcome store_call(struct store *store, struct str text);
/* Waits for a call, for something to read from the descriptor `wake` (-1: none), or so long.
 * `text` is that of the call, "" otherwise; who begins to listen, also after the connection was
 * lost, hears at once.  `hears`: false where no calls come through (a pool): ask again and again.
 */
struct outcome store_hear(struct arena *arena, struct store *store, int wake, int milliseconds,
                          struct str *text, bool *hears);

/* A copy of the whole, as it is at one moment, while others write.  It appears under `to_path`
 * only when it is complete, checked and on disk.  Not inside a transaction. */
struct outcome store_backup(struct store *store, const char *to_path);
/* Reads everything: is the database whole, does every reference lead somewhere?  The first thing
 * wrong is in the fault. */
struct outcome store_check(struct store *store);

int64_t store_changes(const struct store *store); /* rows changed by the last :exec */
/* Rows changed by all :exec so far, whatever became of them: the same number before and after an
 * act means that it changed nothing.  -1 once a fault has undone the whole transaction. */
int64_t store_rows_changed(const struct store *store);

/* A change to a module's schema, `-- migrate: N` in its .sql; a list ends in number 0. */
struct migration {
    int number;
    const char *sql;
};

/* A query as its module's list of them has it, `X_queries`: so that all can be tried on a database
 * without running one.  `takes` and `gives` have a letter for each parameter and each column, 'i'
 * a number and 't' text, `columns` their names with blanks between; a list ends in an empty one. */
struct query_text {
    const char *name, *sql, *takes, *gives, *columns;
};
/* Has the database prepare a query, and compares what it would bring with what is expected. */
struct outcome store_try(struct store *store, const struct query_text *query);

/* For generated code.  Prepared statements are kept by the address of `sql`, which must be
 * static.  Places of parameters count from 1, columns from 0. */
struct outcome statement_open(struct store *store, const char *sql, struct statement **statement);
void statement_int(struct statement *statement, int place, int64_t value);
void statement_text(struct statement *statement, int place, struct str value);
struct outcome statement_step(struct statement *statement, bool *row);
int64_t statement_get_int(struct statement *statement, int column); /* null is 0 */
struct str statement_get_text(struct arena *arena, struct statement *statement, int column);
void statement_close(struct statement **statement);
/* Room for more rows: twice as much, never more than `rows_max`; `room` is how many fit. */
void *statement_grow(struct arena *arena, void *rows, size_t size, size_t *room, size_t rows_max);

#endif
