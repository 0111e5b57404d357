/* stream.c -- server-sent events: any thread writes, the loop sends.
 *
 *  1. "The queue is empty" and "suspend" happen under one hold of the stream's lock, as do "append"
 *     and "resume": a write is either seen by the sender or wakes it.
 *  2. A queue has memory only while something waits in it: an idle stream is a connection.
 *  3. `closed` is called once, when the library has let go of the connection; until it returns the
 *     stream may be written to, after it the stream is gone.
 *  4. More than STREAM_BYTES_MAX waiting: the socket is shut down at once, because its sender is
 *     stuck in it and would not look at the queue.
 *  5. A reader who leaves while nothing is written is noticed at the next writes: the layer above
 *     writes a comment line every STREAM_COMMENT_SECONDS.
 */
#include "platform/http/inside.h"
#include "platform/log.h"

#include <stdlib.h>
#include <string.h>

struct http_stream {
    pthread_mutex_t lock;
    struct http_server *server;
    struct MHD_Connection *connection;
    int descriptor; /* -1 before the library has the answer and after it let go */
    bool is_asleep, is_ended, is_cut;
    char *bytes;
    size_t start, len, size; /* what waits: bytes[start .. start + len) */
    void (*closed)(void *mine);
    void *mine;
    struct http_stream *next, **before;
};

/* The lock is held. */
static void wake(struct http_stream *stream)
{
    if (!stream->is_asleep) return;
    stream->is_asleep = false;
    MHD_resume_connection(stream->connection);
}

static void queue_drop(struct http_stream *stream)
{
    free(stream->bytes);
    stream->bytes = NULL;
    stream->start = stream->len = stream->size = 0;
}

static ssize_t queue_take(struct http_stream *stream, char *to, size_t max)
{
    size_t len = stream->len < max ? stream->len : max;

    memcpy(to, stream->bytes + stream->start, len);
    stream->start += len;
    stream->len -= len;
    if (stream->len == 0) queue_drop(stream);
    return (ssize_t)len;
}

static bool queue_add(struct http_stream *stream, struct str bytes)
{
    size_t need = stream->len + bytes.len, size = stream->size;
    char *grown;

    if (stream->start + need > size) {
        if (stream->start) memmove(stream->bytes, stream->bytes + stream->start, stream->len);
        stream->start = 0;
        while (size < need) size = size ? size * 2 : HTTP_BUFFER_BYTES_MIN;
        grown = size == stream->size ? stream->bytes : realloc(stream->bytes, size);
        if (!grown) return false;
        stream->bytes = grown;
        stream->size = size;
    }
    memcpy(stream->bytes + stream->start + stream->len, bytes.at, bytes.len);
    stream->len = need;
    return true;
}

static ssize_t stream_send(void *mine, uint64_t position, char *to, size_t max)
{
    struct http_stream *stream = mine;
    ssize_t sent = 0;

    (void)position;
    pthread_mutex_lock(&stream->lock);
    if (stream->is_cut) {
        sent = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (stream->len) {
        sent = queue_take(stream, to, max);
    } else if (stream->is_ended) {
        sent = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        stream->is_asleep = true;
        MHD_suspend_connection(stream->connection);
    }
    pthread_mutex_unlock(&stream->lock);
    return sent;
}

static struct http_stream *stream_make(struct http_request *request, void (*closed)(void *mine),
                                       void *mine)
{
    struct http_server *server = request->server;
    struct http_stream *stream = calloc(1, sizeof *stream);

    if (!stream) abort(); /* as in arena_open */
    pthread_mutex_init(&stream->lock, NULL);
    stream->server = server;
    stream->connection = request->connection;
    stream->descriptor = -1;
    stream->closed = closed;
    stream->mine = mine;
    pthread_mutex_lock(&server->lock);
    /* http_close ends every stream it finds here; one that comes later ends itself. */
    stream->is_ended = atomic_load(&server->closing);
    stream->next = server->streams;
    stream->before = &server->streams;
    if (stream->next) stream->next->before = &stream->next;
    server->streams = stream;
    pthread_mutex_unlock(&server->lock);
    return stream;
}

struct http_stream *http_stream_open(struct http_request *request,
                                     const struct http_header *headers, size_t headers_count,
                                     void (*closed)(void *mine), void *mine)
{
    struct http_stream *stream;
    struct MHD_Response *response;

    assert(request->stage == STAGE_HANDLED && !request->response);
    stream = stream_make(request, closed, mine);
    /* Small: with HTTP/1.1 the library fills its own buffer and never touches this block. */
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, HTTP_BUFFER_BYTES_MIN,
                                                 stream_send, stream, NULL);
    response = http_answer_dress(response, S("text/event-stream"), headers, headers_count, false);
    /* Or a front would hold events back until its buffer is full. */
    if (response) MHD_add_response_header(response, "X-Accel-Buffering", "no");
    if (!response) log_fault("http_stream_open", "an answer could not be made");
    request->stream = stream;
    request->status = MHD_HTTP_OK;
    request->response = response;
    MHD_resume_connection(request->connection); /* from here the request is the loop's */
    return stream;
}

void http_stream_started(struct http_stream *stream, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    pthread_mutex_lock(&stream->lock);
    if (info) stream->descriptor = info->connect_fd;
    if (stream->is_cut && stream->descriptor >= 0) shutdown(stream->descriptor, SHUT_RDWR);
    pthread_mutex_unlock(&stream->lock);
}

bool http_stream_write(struct http_stream *stream, struct str bytes)
{
    bool taken = false;

    pthread_mutex_lock(&stream->lock);
    if (!stream->is_ended && !stream->is_cut) {
        taken = stream->len + bytes.len <= STREAM_BYTES_MAX &&
                (bytes.len == 0 || queue_add(stream, bytes));
        if (!taken) {
            stream->is_cut = true;
            queue_drop(stream);
            if (stream->descriptor >= 0) shutdown(stream->descriptor, SHUT_RDWR);
        }
        if (bytes.len) wake(stream);
    }
    pthread_mutex_unlock(&stream->lock);
    return taken;
}

void http_stream_end(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->is_ended = true;
    wake(stream);
    pthread_mutex_unlock(&stream->lock);
}

void http_stream_end_all(struct http_server *server)
{
    pthread_mutex_lock(&server->lock);
    for (struct http_stream *stream = server->streams; stream; stream = stream->next)
        http_stream_end(stream);
    pthread_mutex_unlock(&server->lock);
}

void http_stream_closed(struct http_stream *stream)
{
    struct http_server *server = stream->server;

    pthread_mutex_lock(&stream->lock);
    stream->descriptor = -1; /* the library closes it next; the number may be another's then */
    stream->is_ended = true;
    stream->is_asleep = false;
    pthread_mutex_unlock(&stream->lock);
    pthread_mutex_lock(&server->lock);
    *stream->before = stream->next;
    if (stream->next) stream->next->before = stream->before;
    pthread_mutex_unlock(&server->lock);
    stream->closed(stream->mine);
    queue_drop(stream);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
}
