/* inside.h -- what the files of platform/http/ share; nobody else includes it.
 *
 * One request lives like this:
 *   target read -> head checked -> body collected -> handed to `handle`, connection suspended
 *   -> answered from any thread, connection resumed -> sent -> the library says "completed".
 *
 *  1. While a request is with `handle` its connection is suspended, so the loop does not touch the
 *     request and the answering thread does not touch what the loop owns.  Resuming passes the
 *     request back through the library's own lock; we need none.
 *  2. After the resume the answering thread never touches the request again.
 *  3. Locks are taken in this order: server->lock, stream->lock, the library's.
 */
#ifndef PLATFORM_HTTP_INSIDE_H
#define PLATFORM_HTTP_INSIDE_H

#include "platform/http.h"
#include "platform/limits.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

enum {
    /* The library's memory of one connection: head, its index and the head of the answer. */
    HTTP_POOL_BYTES = 8 * 1024,
    /* What of it a head may take, so that there is always room left to answer. */
    HTTP_HEAD_BYTES_MAX = 5 * 1024,
    /* A path and its query: a search of 200 Chinese characters is 1,800 bytes. */
    HTTP_TARGET_BYTES_MAX = 2048,
    HTTP_FIELDS_MAX = 64,
    /* A refused body is read to its end up to here, so that the refusal arrives; then cut. */
    HTTP_DISCARD_BYTES_MAX = 256 * 1024,
    /* One header of an answer: a Link or Content-Security-Policy at its longest. */
    HTTP_ANSWER_FIELD_BYTES_MAX = 2048,
    /* Arenas kept for the next requests: as many as can be with workers at a busy time. */
    HTTP_ARENAS_KEPT_MAX = 64,
    /* http_close waits this long for slow readers once everything is answered. */
    HTTP_CLOSE_SECONDS_MAX = 5,
    /* The slowest line a body or an answer is moved over, and how long a head may take. */
    HTTP_BYTES_PER_SECOND_MIN = 4 * 1024,
    HTTP_TRICKLE_SECONDS_MAX = 20,
    /* The first memory of a body or of a stream's queue; it doubles from there. */
    HTTP_BUFFER_BYTES_MIN = 1024
};

struct http_field {
    struct str name, value;
};

enum http_stage { STAGE_HEAD, STAGE_BODY, STAGE_HANDLED, STAGE_SENDING };

/* Lives as long as a connection.  When the library runs out of a connection's memory twice over one
 * request it forgets to say "completed" (0.9.75: transmit_error_response_len called again); then
 * the end of the connection is the end of the request. */
struct http_link {
    struct http_request *request;
    int descriptor;
    atomic_int_least64_t until; /* when it is too late, in seconds; 0: never */
    struct http_link *next, **before;
};

struct http_request {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct http_link *link;
    struct arena *arena; /* NULL before the head is whole, and once a stream is open */
    enum http_stage stage;
    bool in_hand; /* counted in under_way */
    bool at_once; /* the library waits for the answer and has not put the connection aside */
    enum http_method method;
    int refusal;           /* the status that awaits the end of a body we do not want */
    const char *target_at; /* where the library keeps the target: for head.c's sum only */
    struct str path, query;
    struct http_field *fields; /* values are the library's memory, which outlives the request */
    int fields_count;
    char *body;
    size_t body_len, body_size, discarded;
    int64_t body_bytes_max, body_promised; /* promised: Content-Length, or -1 */
    struct MHD_Response *response;
    unsigned status;
    int64_t answer_bytes;
    struct http_stream *stream;
    void *mine;
    char address[INET6_ADDRSTRLEN];
    size_t target_len;
    char target[]; /* path is decoded in place */
};

/* What is refused early, in each form it is made in. */
enum { HTTP_REFUSALS = 10 };
enum { HTTP_REFUSAL_ZH, HTTP_REFUSAL_EN, HTTP_REFUSAL_PAGE, HTTP_REFUSAL_FORMS };

struct http_server {
    struct http_settings settings;
    struct MHD_Daemon *daemon;
    int listening;
    bool is_accepting;
    struct sockaddr_storage bound;
    atomic_int_least64_t connections, bodies_bytes;
    atomic_int_least64_t unanswered, under_way; /* with `handle`; the same and not yet sent */
    atomic_bool closing;
    pthread_mutex_t lock; /* arenas, streams */
    pthread_cond_t quiet; /* one of the two has become 0 while closing */
    struct arena *arenas[HTTP_ARENAS_KEPT_MAX];
    int arenas_count;
    struct http_stream *streams;
    struct http_slow *slow;
    struct MHD_Response *refusals[HTTP_REFUSALS][HTTP_REFUSAL_FORMS];
};

/* listen.c */
struct outcome http_listen_open(struct str where, struct sockaddr_storage *bound, int *descriptor);
void http_listen_stop(int descriptor, const struct sockaddr_storage *bound);

/* head.c: both return 0, or the status of the refusal. */
int http_head_check(struct http_request *request, const char *method, const char *version);
bool http_head_host_is_plain(struct str host);
/* Splits and decodes a target in place. */
int http_head_target(char *target, size_t len, struct str *path, struct str *query);
bool http_head_field_is_plain(struct str name, struct str value);

/* address.c */
void http_address_read(struct http_request *request);
bool http_address_is_front(struct str fronts, struct str peer);
bool http_address_text(const struct sockaddr *peer, char *text, size_t size, bool *is_near);

/* request.c: what the library calls. */
void *http_request_begin(void *site, const char *target, struct MHD_Connection *connection);
enum MHD_Result http_request_go_on(void *site, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_len, void **request);
void http_request_completed(void *site, struct MHD_Connection *connection, void **request,
                            enum MHD_RequestTerminationCode why);
void http_request_finish(struct http_request *request);
struct str http_request_field(const struct http_request *request, const char *name, int nth);

/* answer.c */
struct MHD_Response *http_answer_dress(struct MHD_Response *response, struct str type,
                                       const struct http_header *headers, size_t count, bool last);

/* refusal.c */
bool http_refusals_make(struct http_server *server);
void http_refusals_drop(struct http_server *server);
enum MHD_Result http_refuse(struct http_request *request, int status);

/* stream.c */
void http_stream_closed(struct http_stream *stream);
void http_stream_end_all(struct http_server *server);
void http_stream_started(struct http_stream *stream, struct MHD_Connection *connection);

/* slow.c */
struct http_slow *http_slow_open(int seconds);
void http_slow_close(struct http_slow **slow);
void http_slow_enter(struct http_slow *slow, struct http_link *link, int descriptor);
void http_slow_leave(struct http_slow *slow, struct http_link *link);
/* What the connection does from now on. */
void http_slow_head(struct http_slow *slow, struct http_link *link);
void http_slow_bytes(struct http_slow *slow, struct http_link *link, int64_t bytes);
void http_slow_rest(struct http_slow *slow, struct http_link *link, int silence_seconds);
void http_slow_never(struct http_link *link);

/* cookie.c */
struct str http_cookie_find(struct str field, struct str name);

/* server.c */
struct arena *http_server_arena(struct http_server *server);
void http_server_arena_back(struct http_server *server, struct arena **arena);

#endif
