/* store_postgres_hosts.c -- which of several servers a connection goes to.
 *
 *  1. An address may name several servers, of which one may be written to and the others follow it.
 *     A writer takes only that one.  A reader takes it too, since there it sees what was written a
 *     moment ago; while there is none it takes a copy, so that pages go on.
 *  2. Whoever finds the one that may be written to makes all readers of this process look for it
 *     that are on a copy: nobody writes here while others read what is older.  If nobody connects,
 *     one of those on a copy looks by itself now and then.
 *  3. To another machine nothing is said in clear, whatever the address allows (outward.h).
 *  4. A server that did not answer is asked last for a while, since asking it costs seconds, and
 *     by who has found a copy not at all.
 */
#include "platform/outward.h"
#include "platform/store_postgres_inside.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HOSTS_MAX = 8,  /* in one address; more are not looked at */
    DOWN_MS = 10000 /* so long one that did not answer is asked last */
};

struct hosts {
    struct hosts *next;
    char *where, *host[HOSTS_MAX], *hostaddr[HOSTS_MAX], *port[HOSTS_MAX];
    bool may_be_clear; /* it asks for TLS at most if the server likes it */
    int count;         /* 0: the address names none, and libpq knows where to go */
    int first; /* where it could be written to when that was last seen */
    int found; /* how often that was */
    int64_t copies_since; /* only copies are found; 0: one to write to was found last */
    int64_t look_at; /* when who is on a copy looks by itself, unless somebody connects before */
    int64_t down_at[HOSTS_MAX];
    atomic_llong grown; /* rows written since the start, as far as this process knows */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct hosts *all; /* one for each address; for as long as the process runs */

static int split(const char *list, char *parts[HOSTS_MAX])
{
    struct str rest = str_of(list ? list : ""), part;
    int count = 0;

    for (bool more = rest.len > 0; more && count < HOSTS_MAX; count++) {
        more = memchr(rest.at, ',', rest.len) != NULL;
        part = str_cut(rest, ',', &rest);
        if (!(parts[count] = strndup(part.len ? part.at : "", part.len))) abort();
    }
    return count;
}

static void take_option(struct hosts *hosts, const PQconninfoOption *option)
{
    int count = 0;

    if (strcmp(option->keyword, "sslmode") == 0)
        hosts->may_be_clear = !option->val || (strcmp(option->val, "require") != 0 &&
                                               strncmp(option->val, "verify-", 7) != 0);
    if (!option->val) return;
    if (strcmp(option->keyword, "host") == 0) count = split(option->val, hosts->host);
    if (strcmp(option->keyword, "hostaddr") == 0) count = split(option->val, hosts->hostaddr);
    if (strcmp(option->keyword, "port") == 0) (void)split(option->val, hosts->port);
    if (count > hosts->count) hosts->count = count;
}

static struct hosts *make(const char *where)
{
    struct hosts *made = calloc(1, sizeof *made);
    PQconninfoOption *options = PQconninfoParse(where, NULL); /* NULL: connecting will say why */

    if (!made || !(made->where = strdup(where))) abort();
    for (PQconninfoOption *option = options; option && option->keyword; option++)
        take_option(made, option);
    PQconninfoFree(options);
    return made;
}

void postgres_hosts_grew(struct hosts *hosts, int64_t rows)
{
    if (rows > 0) atomic_fetch_add_explicit(&hosts->grown, rows, memory_order_relaxed);
}

int64_t postgres_hosts_grown(const struct hosts *hosts)
{
    return atomic_load_explicit(&hosts->grown, memory_order_relaxed);
}

struct hosts *postgres_hosts(const char *where)
{
    struct hosts *hosts;

    pthread_mutex_lock(&lock);
    for (hosts = all; hosts && strcmp(hosts->where, where) != 0; hosts = hosts->next) continue;
    if (!hosts) {
        hosts = make(where);
        hosts->next = all;
        all = hosts;
    }
    pthread_mutex_unlock(&lock);
    return hosts;
}

int postgres_hosts_found(struct hosts *hosts)
{
    int found;

    pthread_mutex_lock(&lock);
    found = hosts->found;
    pthread_mutex_unlock(&lock);
    return found;
}

bool postgres_hosts_look(struct hosts *hosts)
{
    int64_t now = postgres_now_ms();
    bool mine;

    pthread_mutex_lock(&lock);
    mine = now >= hosts->look_at;
    if (mine) hosts->look_at = now + COPY_LOOK_MS;
    pthread_mutex_unlock(&lock);
    return mine;
}

int64_t postgres_hosts_copies_ms(struct hosts *hosts)
{
    int64_t since;

    pthread_mutex_lock(&lock);
    since = hosts->copies_since;
    pthread_mutex_unlock(&lock);
    return since ? postgres_now_ms() - since : 0;
}

static void note_copies(struct hosts *hosts)
{
    pthread_mutex_lock(&lock);
    if (!hosts->copies_since) hosts->copies_since = postgres_now_ms();
    pthread_mutex_unlock(&lock);
}

bool postgres_is_copy(const PGconn *conn)
{
    const char *standby = PQparameterStatus(conn, "in_hot_standby");

    return standby && strcmp(standby, "on") == 0; /* a pool in between may not say */
}

static void note(struct hosts *hosts, int place, const PGconn *conn)
{
    bool answers = PQstatus(conn) == CONNECTION_OK;

    pthread_mutex_lock(&lock);
    hosts->down_at[place] = answers ? 0 : postgres_now_ms();
    if (answers && !postgres_is_copy(conn))
        hosts->first = place, hosts->found++, hosts->copies_since = 0;
    pthread_mutex_unlock(&lock);
}

/* A connection that was cut off, and not ended by its server: a new one would fall silent too. */
void postgres_hosts_lost(struct hosts *hosts, const PGconn *conn)
{
    const char *host = PQhost(conn);

    if (!host || !strstr(PQerrorMessage(conn), strerror(ETIMEDOUT))) return;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < hosts->count; i++) {
        if (hosts->host[i] && strcmp(hosts->host[i], host) == 0)
            hosts->down_at[i] = postgres_now_ms();
    }
    pthread_mutex_unlock(&lock);
}

/* All of them: where it could be written to, then those that answer, then the others.  Returns how
 * many answer, as far as is known. */
static int put_in_order(struct hosts *hosts, int order[HOSTS_MAX])
{
    int64_t now = postgres_now_ms();
    int count = hosts->count ? hosts->count : 1, placed = 0, answer = 0;
    bool down[HOSTS_MAX];

    pthread_mutex_lock(&lock);
    hosts->look_at = now + COPY_LOOK_MS;
    for (int i = 0; i < count; i++)
        down[i] = hosts->down_at[i] && now - hosts->down_at[i] < DOWN_MS;
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < count; i++) {
            int place = (hosts->first + i) % count;

            if (down[place] == (turn == 1)) order[placed++] = place;
        }
        if (turn == 0) answer = placed;
    }
    pthread_mutex_unlock(&lock);
    return answer;
}

/* (3) */
static bool is_near(const struct hosts *hosts, int place)
{
    const char *address = hosts->hostaddr[place], *host = hosts->host[place];

    if (!hosts->count) host = getenv("PGHOSTADDR") ? getenv("PGHOSTADDR") : getenv("PGHOST");
    if (address && *address) host = address;
    /* A socket has a path, or a name that begins with @. */
    if (!host || !*host || *host == '/' || *host == '@') return true;
    return outward_host_is_near(str_of(host));
}

static PGconn *connect_to(struct hosts *hosts, int place)
{
    /* The address comes after what is usual, and what it says wins; but we choose the server. */
    static const char *const usual[][2] = {
        {"fallback_application_name", "gongdao"},
        {"client_encoding", "UTF8"},
        /* One that is cut off is noticed within these seconds, by who waits for its answer. */
        {"connect_timeout", "3"},
        {"keepalives_idle", "3"},
        {"keepalives_interval", "1"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "5000"}};
    const char *names[COUNT(usual) + 7], *values[COUNT(usual) + 7];
    const char *port = hosts->port[place] ? hosts->port[place] : hosts->port[0];
    const char *host = hosts->host[place];
    size_t count = 0;

    for (; count < COUNT(usual); count++)
        names[count] = usual[count][0], values[count] = usual[count][1];
    names[count] = "dbname", values[count++] = hosts->where;
    names[count] = "target_session_attrs", values[count++] = "any";
    if (hosts->count) { /* an empty value would leave the address's list of all */
        if (host && !*host) host = "/var/run/postgresql";
        if (!port || !*port) port = getenv("PGPORT");
        if (!port || !*port) port = "5432";
        names[count] = "host", values[count++] = host;
        names[count] = "hostaddr", values[count++] = hosts->hostaddr[place];
        names[count] = "port", values[count++] = port;
    }
    if (hosts->may_be_clear && !is_near(hosts, place))
        names[count] = "sslmode", values[count++] = "require";
    names[count] = values[count] = NULL;
    return PQconnectdbParams(names, values, 1);
}

PGconn *postgres_hosts_connect(struct hosts *hosts, enum store_use use)
{
    int order[HOSTS_MAX], count = hosts->count ? hosts->count : 1;
    int answer = put_in_order(hosts, order);
    PGconn *copy = NULL, *conn = NULL;

    for (int i = 0; i < count && !(copy && use == STORE_READ && i >= answer); i++) {
        PQfinish(conn);
        conn = connect_to(hosts, order[i]);
        note(hosts, order[i], conn);
        if (PQstatus(conn) != CONNECTION_OK) continue;
        if (!postgres_is_copy(conn)) {
            PQfinish(copy);
            return conn;
        }
        if (copy) continue;
        copy = conn;
        conn = NULL;
    }
    if (!copy) return conn; /* its message says why */
    PQfinish(conn);
    note_copies(hosts);
    if (use == STORE_READ) return copy;
    PQfinish(copy);
    return NULL;
}
