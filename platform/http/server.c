/* server.c -- starting and ending; the loops are the library's.
 *
 *  1. http_close returns when every request that reached `handle` was answered and sent (slow
 *     readers have HTTP_CLOSE_SECONDS_MAX), every stream has had `closed`, and no loop runs.
 *  2. The library must not be stopped while a connection is suspended; (1) implies it.
 */
#include "platform/http/inside.h"
#include "platform/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct arena *http_server_arena(struct http_server *server)
{
    struct arena *arena = NULL;

    pthread_mutex_lock(&server->lock);
    if (server->arenas_count) arena = server->arenas[--server->arenas_count];
    pthread_mutex_unlock(&server->lock);
    return arena ? arena : arena_open(ARENA_BYTES_MAX);
}

void http_server_arena_back(struct http_server *server, struct arena **arena)
{
    arena_reset(*arena);
    pthread_mutex_lock(&server->lock);
    if (server->arenas_count < HTTP_ARENAS_KEPT_MAX) {
        server->arenas[server->arenas_count++] = *arena;
        *arena = NULL;
    }
    pthread_mutex_unlock(&server->lock);
    arena_close(arena);
}

/* The library tells of every malformed request here: noise a stranger can make at will. */
__attribute__((format(printf, 2, 0))) static void library_says(void *site, const char *format,
                                                               va_list values)
{
    (void)site, (void)format, (void)values;
}

static void connection_noticed(void *site, struct MHD_Connection *connection, void **mine,
                               enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = site;
    struct http_link *link = *mine;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

        atomic_fetch_add(&server->connections, 1);
        *mine = link = calloc(1, sizeof *link); /* or its requests are refused */
        if (link) http_slow_enter(server->slow, link, info ? info->connect_fd : -1);
        return;
    }
    if (link) http_slow_leave(server->slow, link);
    if (link && link->request) http_request_finish(link->request);
    free(link);
    *mine = NULL;
    atomic_fetch_sub(&server->connections, 1);
}

/* Paths are decoded in head.c, strictly; the library's way is lenient. */
static size_t leave_escaped(void *site, struct MHD_Connection *connection, char *text)
{
    (void)site, (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *daemon_start(struct http_server *server)
{
    const struct http_settings *settings = &server->settings;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int loops = settings->loops ? settings->loops : cores > 0 ? (int)cores : 1;
    struct MHD_OptionItem pool[] = {
        {loops > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, loops, NULL},
        {MHD_OPTION_END, 0, NULL}};

    /* Not strict: a head that it would refuse by itself, in English, reaches head.c, which
     * refuses it. */
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        http_request_go_on, server, /* the logger first, or start-up speaks to stderr */
        MHD_OPTION_EXTERNAL_LOGGER, library_says, NULL, MHD_OPTION_LISTEN_SOCKET, server->listening,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HTTP_POOL_BYTES, MHD_OPTION_CONNECTION_LIMIT, (unsigned)settings->connections_max,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)settings->connections_per_address_max,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)settings->header_seconds_max,
        MHD_OPTION_URI_LOG_CALLBACK, http_request_begin, server, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, http_request_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, connection_noticed, server, MHD_OPTION_ARRAY, pool,
        MHD_OPTION_END);
}

static void server_free(struct http_server *server)
{
    http_slow_close(&server->slow);
    http_refusals_drop(server);
    while (server->arenas_count) arena_close(&server->arenas[--server->arenas_count]);
    pthread_cond_destroy(&server->quiet);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

struct outcome http_open(const struct http_settings *settings, struct http_server **server)
{
    struct http_server *made = calloc(1, sizeof *made);
    pthread_condattr_t rising; /* a clock that is set holds up no closing */
    struct outcome outcome;

    *server = NULL;
    if (!made) return FAULT("http: no memory");
    made->settings = *settings;
    made->slow = http_slow_open(settings->trickle_seconds_max ? settings->trickle_seconds_max
                                                              : HTTP_TRICKLE_SECONDS_MAX);
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&made->quiet, &rising);
    pthread_condattr_destroy(&rising);
    outcome = http_listen_open(settings->listen, &made->bound, &made->listening);
    if (IS_DONE(outcome)) {
        if (!made->slow || !http_refusals_make(made) || !(made->daemon = daemon_start(made))) {
            http_listen_stop(made->listening, &made->bound);
            close(made->listening);
            outcome = FAULT("http: the loops cannot be started");
        }
    }
    made->is_accepting = IS_DONE(outcome);
    if (made->is_accepting)
        *server = made;
    else
        server_free(made);
    return outcome;
}

void http_stop_accepting(struct http_server *server)
{
    if (!server->is_accepting) return;
    server->is_accepting = false;
    MHD_quiesce_daemon(server->daemon);
    http_listen_stop(server->listening, &server->bound);
}

/* Waits for answers without a bound (the layer above owes them), for slow readers with one. */
static void wait_quiet(struct http_server *server)
{
    struct timespec until;

    pthread_mutex_lock(&server->lock);
    while (atomic_load(&server->unanswered) > 0) pthread_cond_wait(&server->quiet, &server->lock);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += HTTP_CLOSE_SECONDS_MAX;
    while (atomic_load(&server->under_way) > 0 &&
           pthread_cond_timedwait(&server->quiet, &server->lock, &until) != ETIMEDOUT)
        continue;
    pthread_mutex_unlock(&server->lock);
}

void http_close(struct http_server **server)
{
    struct http_server *closing = *server;

    if (!closing) return;
    *server = NULL;
    http_stop_accepting(closing);
    atomic_store(&closing->closing, true);
    http_stream_end_all(closing);
    wait_quiet(closing);
    MHD_stop_daemon(closing->daemon);
    close(closing->listening);
    server_free(closing);
}

int64_t http_connections(const struct http_server *server)
{
    return atomic_load(&((struct http_server *)(size_t)server)->connections);
}
