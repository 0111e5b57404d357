/* request.c -- one request from its first line to its end; see inside.h for its life.
 *
 *  1. `handle` is called once, after the connection is suspended: an answer given before this
 *     returns is then no different from one given later.  To suspend and resume takes two calls of
 *     the kernel and, in the library, a walk over all connections that are suspended (open streams
 *     are); `at_once` is asked before, and what it answers is sent from the same call.
 *  2. A body takes memory as it arrives, never as it is promised, and all bodies together never
 *     more than bodies_bytes_max.
 *  3. We answer in the first call of the library only to refuse: such an answer closes.
 */
#include "platform/http/inside.h"
#include "platform/log.h"

#include <stdlib.h>
#include <string.h>

void *http_request_begin(void *site, const char *target, struct MHD_Connection *connection)
{
    size_t len = target ? strlen(target) : 0;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_link *link = info ? info->socket_context : NULL;
    struct http_request *request = link ? malloc(sizeof *request + len + 1) : NULL;
    char *query;

    if (!request) return NULL;
    memset(request, 0, sizeof *request);
    request->server = site;
    request->connection = connection;
    request->link = link;
    link->request = request;
    http_slow_head(request->server->slow, link);
    request->target_at = target;
    request->target_len = len;
    if (len) memcpy(request->target, target, len);
    request->target[len] = '\0';
    /* The library would now index every parameter of the query in the connection's memory, and
     * with many of them have no room left to answer.  It parses in place, so ending the query
     * where it begins leaves it nothing to do; query.c reads our copy. */
    if (len && (query = strchr((char *)(size_t)target, '?'))) query[1] = '\0';
    return request;
}

/* Of a body we do not want: 0 to read on and refuse at its end, or the status at once. */
static int body_unwanted(struct http_request *request, int status)
{
    bool waits = http_request_field(request, "expect", 0).at != NULL;

    if (waits || request->body_promised < 0 || request->body_promised > HTTP_DISCARD_BYTES_MAX)
        return status;
    request->refusal = status;
    return 0;
}

static int body_expect(struct http_request *request)
{
    struct http_server *server = request->server;
    const struct http_settings *settings = &server->settings;

    if (request->body_promised == 0) return 0;
    request->body_bytes_max =
        settings->body_bytes_max(request->method, request->path, settings->site);
    if (request->body_bytes_max <= 0 || request->body_promised > request->body_bytes_max)
        return body_unwanted(request, 413);
    if (atomic_load(&server->bodies_bytes) + request->body_promised > settings->bodies_bytes_max)
        return body_unwanted(request, 503);
    return 0;
}

static enum MHD_Result request_head(struct http_request *request, const char *method,
                                    const char *version)
{
    int status;

    request->arena = http_server_arena(request->server);
    status = http_head_check(request, method, version);
    if (!status) status = body_expect(request);
    if (status) return http_refuse(request, status);
    http_address_read(request);
    request->stage = STAGE_BODY;
    http_slow_bytes(request->server->slow, request->link,
                    request->body_promised > 0 ? request->body_promised : request->body_bytes_max);
    return MHD_YES;
}

static void body_drop(struct http_request *request)
{
    atomic_fetch_sub(&request->server->bodies_bytes, (int64_t)request->body_size);
    free(request->body);
    request->body = NULL;
    request->body_len = request->body_size = 0;
}

/* Room for `more`; false when all bodies together would take too much. */
static bool body_grow(struct http_request *request, size_t more)
{
    struct http_server *server = request->server;
    size_t need = request->body_len + more, size = request->body_size * 2;
    int64_t before, add;
    char *body;

    if (size < HTTP_BUFFER_BYTES_MIN) size = HTTP_BUFFER_BYTES_MIN;
    while (size < need) size *= 2;
    if (size > (size_t)request->body_bytes_max) size = (size_t)request->body_bytes_max;
    if (request->body_promised > 0 && size > (size_t)request->body_promised)
        size = (size_t)request->body_promised;
    add = (int64_t)(size - request->body_size);
    before = atomic_fetch_add(&server->bodies_bytes, add);
    body = before + add <= server->settings.bodies_bytes_max ? realloc(request->body, size) : NULL;
    if (!body) {
        atomic_fetch_sub(&server->bodies_bytes, add);
        return false;
    }
    request->body = body;
    request->body_size = size;
    return true;
}

static enum MHD_Result request_body(struct http_request *request, const char *bytes, size_t len)
{
    if (!request->refusal && len > (size_t)request->body_bytes_max - request->body_len)
        request->refusal = 413;
    if (!request->refusal && len > request->body_size - request->body_len &&
        !body_grow(request, len))
        request->refusal = 503;
    if (!request->refusal) {
        memcpy(request->body + request->body_len, bytes, len);
        request->body_len += len;
        return MHD_YES;
    }
    body_drop(request);
    request->discarded += len;
    return request->discarded > HTTP_DISCARD_BYTES_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result trailer_check(void *site, enum MHD_ValueKind kind, const char *name,
                                     size_t name_len, const char *value, size_t value_len)
{
    int *status = site;

    (void)kind;
    if (!http_head_field_is_plain((struct str){name, name_len},
                                  (struct str){value ? value : "", value ? value_len : 0}))
        *status = 400;
    return *status ? MHD_NO : MHD_YES;
}

/* http_close reads the counter after it has set `closing`, we the other way round: one of us sees
 * the other. */
static void count_down(struct http_server *server, atomic_int_least64_t *counter)
{
    if (atomic_fetch_sub(counter, 1) != 1 || !atomic_load(&server->closing)) return;
    pthread_mutex_lock(&server->lock);
    pthread_cond_broadcast(&server->quiet);
    pthread_mutex_unlock(&server->lock);
}

static enum MHD_Result request_send(struct http_request *request)
{
    enum MHD_Result result;

    request->stage = STAGE_SENDING;
    if (!request->stream)
        http_slow_bytes(request->server->slow, request->link, request->answer_bytes);
    count_down(request->server, &request->server->unanswered);
    if (!request->response) return http_refuse(request, 500);
    result = MHD_queue_response(request->connection, request->status, request->response);
    MHD_destroy_response(request->response);
    request->response = NULL;
    if (request->stream) {
        /* A stream lives for hours; what the request needed need not. */
        http_server_arena_back(request->server, &request->arena);
        request->fields_count = 0;
        body_drop(request);
        http_stream_started(request->stream, request->connection);
    }
    return result;
}

static bool is_answered_at_once(struct http_request *request)
{
    const struct http_settings *settings = &request->server->settings;
    bool is_answered;

    if (!settings->at_once) return false;
    request->at_once = true;
    is_answered = settings->at_once(request, settings->site);
    request->at_once = false;
    return is_answered;
}

static enum MHD_Result request_whole(struct http_request *request)
{
    struct http_server *server = request->server;
    int status = request->refusal;

    if (!status)
        MHD_get_connection_values_n(request->connection, MHD_FOOTER_KIND, trailer_check, &status);
    if (!status && atomic_load(&server->closing)) status = 503;
    if (status) return http_refuse(request, status);
    request->stage = STAGE_HANDLED;
    request->in_hand = true;
    http_slow_never(request->link);
    atomic_fetch_add(&server->under_way, 1);
    atomic_fetch_add(&server->unanswered, 1);
    if (is_answered_at_once(request)) return request_send(request);
    MHD_suspend_connection(request->connection);
    server->settings.handle(request, server->settings.site);
    return MHD_YES;
}

enum MHD_Result http_request_go_on(void *site, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_len, void **mine)
{
    struct http_request *request = *mine;
    size_t len = *upload_len;

    (void)site, (void)connection, (void)url;
    if (!request) return MHD_NO; /* no memory when it began */
    switch (request->stage) {
    case STAGE_HEAD: return request_head(request, method, version);
    case STAGE_BODY:
        if (!len) return request_whole(request);
        *upload_len = 0;
        return request_body(request, upload, len);
    case STAGE_HANDLED: return request_send(request);
    case STAGE_SENDING: break;
    }
    return MHD_NO;
}

void http_request_finish(struct http_request *request)
{
    struct http_server *server = request->server;

    request->link->request = NULL;
    http_slow_rest(server->slow, request->link, server->settings.header_seconds_max);
    /* The peer may have gone between answer and loop: then request_send was never called. */
    if (request->stage == STAGE_HANDLED) count_down(server, &server->unanswered);
    if (request->response) MHD_destroy_response(request->response);
    if (request->stream) http_stream_closed(request->stream);
    body_drop(request);
    if (request->arena) http_server_arena_back(server, &request->arena);
    if (request->in_hand) count_down(server, &server->under_way);
    free(request);
}

void http_request_completed(void *site, struct MHD_Connection *connection, void **mine,
                            enum MHD_RequestTerminationCode why)
{
    struct http_request *request = *mine;

    (void)site, (void)connection, (void)why;
    *mine = NULL;
    if (request) http_request_finish(request);
}

enum http_method http_request_method(const struct http_request *request)
{
    return request->method;
}

struct str http_request_path(const struct http_request *request)
{
    return request->path;
}

struct str http_request_query(const struct http_request *request)
{
    return request->query;
}

/* The nth field of that name; `at` is NULL if there is none. */
struct str http_request_field(const struct http_request *request, const char *name, int nth)
{
    struct str key = str_of(name);

    for (int i = 0; i < request->fields_count; i++) {
        if (str_same_plain(request->fields[i].name, key) && nth-- == 0)
            return request->fields[i].value;
    }
    return (struct str){0};
}

struct str http_request_header(const struct http_request *request, const char *name)
{
    struct str value = http_request_field(request, name, 0);

    return value.at ? value : S("");
}

bool http_request_wants_english(const struct http_request *request)
{
    struct str header = http_request_header(request, "accept-language");
    int64_t zh = str_find(header, S("zh")), en = str_find(header, S("en"));

    return en >= 0 && (zh < 0 || en < zh);
}

struct str http_request_cookie(const struct http_request *request, const char *name)
{
    struct str field;

    for (int i = 0; (field = http_request_field(request, "cookie", i)).at; i++) {
        struct str value = http_cookie_find(field, str_of(name));

        if (value.len) return value;
    }
    return S("");
}

struct str http_request_body(const struct http_request *request)
{
    return request->body_len ? (struct str){request->body, request->body_len} : S("");
}

struct str http_request_address(const struct http_request *request)
{
    return str_of(request->address);
}

struct arena *http_request_arena(struct http_request *request)
{
    return request->arena;
}

void **http_request_mine(struct http_request *request)
{
    return &request->mine;
}
