/* store_postgres_inside.h -- what the files of the PostgreSQL store share; nobody else includes it.
 */
#ifndef PLATFORM_STORE_POSTGRES_INSIDE_H
#define PLATFORM_STORE_POSTGRES_INSIDE_H

#include "platform/store_engine.h"

#include <libpq-fe.h>

enum {
    PLACES = 2 * STATEMENTS_MAX, /* of the hash table: half stays empty; a power of two */
    PARAMETERS_MAX = 64,         /* of one statement: the widest table has 40 columns */
    COLUMNS_MAX = 64,            /* that a statement brings back */
    RETRY_MS_MIN = 100,          /* the pause before a lost connection is made again, which … */
    RETRY_MS_MAX = 1000,         /* … doubles up to this while it fails */
    LOOK_MS = 1000,              /* so often who listens looks for a better server than a copy */
    COPY_LOOK_MS = 5000,         /* so often one of those who read a copy does */
    PLANS_ROWS = 256,            /* so many are written before plans are first made anew */
    CALL_ROWS = 64,              /* a call that somebody committed is counted as so many */
    AGAIN_SECONDS = 3,           /* after which whoever was told to wait may come again */
    LOCK_MILLISECONDS = 5000     /* another writer may hold the lock so long */
};

/* Numbers by which PostgreSQL knows its types; they never change (pg_type.dat). */
enum { OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };

struct statement {
    const struct engine *engine;
    struct store *store;
    const char *sql;
    char *text;               /* the same with $1, $2 … in place of :names */
    int count;                /* of parameters */
    char name[8];             /* on the server; made when it is first run on a connection */
    int made_on;              /* which connection that was; 0: none yet */
    bool open, kept, brought; /* brought: the first row was asked for */
    bool checked;             /* the types of what comes back were seen to be ours */
    const char *fault;
    PGresult *result;
    int row, rows;
    Oid types[PARAMETERS_MAX];
    uint64_t numbers[PARAMETERS_MAX]; /* as they travel */
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX];
};

struct store {
    struct store_head head; /* first */
    PGconn *conn;
    struct hosts *hosts;
    enum store_use use;
    bool began;     /* a transaction is open as far as the caller knows */
    bool pooled;    /* somebody stands between: what a session keeps is not ours */
    bool may_retry; /* the last fault was that others were in the way */
    bool unfit;     /* this server may not be written to any more */
    bool warned;    /* it said a warning since this was last set to false */
    int connection; /* which one this is, counted from 1: statements are prepared on one */
    int listens_on; /* the connection on which calls were asked for; 0: none */
    char channel[24];              /* of this installation's calls */
    int commit_ms;                 /* so long a commit is waited for; 0: for ever */
    int found;                     /* postgres_hosts_found() before the connection was made */
    int64_t look_at;               /* when who listens to a copy looks for a better server */
    int64_t rows_before;           /* changed in all when the transaction began */
    int64_t planned_at;            /* postgres_hosts_grown() when plans were last made anew */
    int64_t next_try_at, pause_ms; /* of a lost connection; milliseconds of a rising clock */
    int64_t changes, rows_changed; /* by the last statement; by all of them */
    struct statement *kept[PLACES];
    int kept_count;
};

/* store_postgres_hosts.c */
struct hosts;
struct hosts *postgres_hosts(const char *where);     /* those of an address; never freed */
int postgres_hosts_found(struct hosts *hosts);       /* rises: so often one was found to write to */
bool postgres_hosts_look(struct hosts *hosts); /* on a copy: it is the caller's turn to look */
int64_t postgres_hosts_copies_ms(struct hosts *hosts); /* so long only copies are found; or 0 */
void postgres_hosts_grew(struct hosts *hosts, int64_t rows); /* rows were written, by whomever */
int64_t postgres_hosts_grown(const struct hosts *hosts);     /* so many since the start */
void postgres_hosts_lost(struct hosts *hosts, const PGconn *conn); /* before it is ended */
bool postgres_is_copy(const PGconn *conn);           /* it follows another server */
/* NULL: there are only copies, and it is to be written to. */
PGconn *postgres_hosts_connect(struct hosts *hosts, enum store_use use);

/* store_postgres_connect.c */
int64_t postgres_now_ms(void); /* of a rising clock */
struct outcome postgres_open(struct str where, enum store_use use, struct store **store);
/* A connection that is there, made again if it was lost and the pause is over. */
struct outcome postgres_ready(struct store *store);
struct outcome postgres_fault_of(struct store *store, const char *sql, const PGresult *result);
/* On a copy: goes where it can be written to, if that is there; else stays. */
void postgres_leave_copy(struct store *store);
struct outcome postgres_away(const char *why); /* a fault that will pass */
bool postgres_is_lost(const struct store *store); /* the connection, or the open transaction */

/* store_postgres.c */
struct outcome postgres_run(struct store *store, const char *sql); /* may be several statements */

/* store_postgres_call.c */
struct outcome postgres_call(struct store *store, struct str text);
struct outcome postgres_hear(struct arena *arena, struct store *store, int wake, int milliseconds,
                             struct str *text, bool *hears);

/* store_postgres_words.c: what is returned is the caller's to free; NULL: no memory. */
char *postgres_schema_words(const char *sql);
/* `count` becomes the number of parameters; a name used twice is one. */
char *postgres_query_words(const char *sql, int *count);

/* store_postgres_statement.c */
void postgres_statements_free(struct store *store);
struct outcome postgres_statement_open(struct store *store, const char *sql,
                                       struct statement **statement);
void postgres_take_int(struct statement *statement, int place, int64_t value);
void postgres_take_text(struct statement *statement, int place, struct str value);
struct outcome postgres_step(struct statement *statement, bool *row);
int64_t postgres_get_int(struct statement *statement, int column);
struct str postgres_get_text(struct arena *arena, struct statement *statement, int column);
void postgres_statement_close(struct statement **statement);

/* store_postgres_rows.c */
struct outcome postgres_count(struct store *store);
struct outcome postgres_tables(struct arena *arena, struct store *store,
                               struct store_table **tables, size_t *count);
struct outcome postgres_rows(struct store *store, const struct store_table *table,
                             struct outcome (*take)(void *mine, struct str row), void *mine);
struct outcome postgres_put_begin(struct store *store, const struct store_table *table);
struct outcome postgres_put(struct store *store, const struct store_table *table, struct str row);
struct outcome postgres_put_end(struct store *store, const struct store_table *table);

/* store_postgres_check.c */
struct outcome postgres_try(struct store *store, const struct query_text *query);
struct outcome postgres_check(struct store *store);

#endif
