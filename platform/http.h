/* http.h -- requests in, answers and event streams out.  Nothing above includes microhttpd.h.
 *
 * Loops (one a core) read requests and write answers.  `handle` is called on a loop when a
 * request is whole: it must not wait, and usually hands the request to a worker.  The answer may
 * be given from any thread, once.  What the library lets pass and RFC 9112 forbids is refused
 * here with 400 and the connection is closed.
 */
#ifndef PLATFORM_HTTP_H
#define PLATFORM_HTTP_H

#include "platform/base.h"

struct http_server;
struct http_request;
struct http_stream;

enum http_method { HTTP_GET = 1, HTTP_POST, HTTP_DELETE, HTTP_PUT };

struct http_settings {
    struct str listen; /* "127.0.0.1:8080", "[::1]:8080" or "unix:/run/gongdao/http.sock" */
    struct str fronts; /* addresses that may say, like this machine itself, for whom they ask */
    int loops;         /* 0: one a core */
    int connections_max, connections_per_address_max;
    int header_seconds_max;  /* a slow request is dropped after this much silence */
    int trickle_seconds_max; /* and when its head is not whole by then; 0: the usual */
    int64_t bodies_bytes_max; /* of all requests together: memory */
    /* How long a body a route takes, asked when the head is whole; 0 refuses any body. */
    int64_t (*body_bytes_max)(enum http_method method, struct str path, void *site);
    /* Asked first, on the loop.  True: it was answered with http_answer() there and then, which
     * costs a fraction of an answer that comes later: the connection is not put aside and taken up
     * again.  NULL: nothing is. */
    bool (*at_once)(struct http_request *request, void *site);
    void (*handle)(struct http_request *request, void *site);
    void *site;
};

/* Addresses with a space between them; "" is none. */
bool http_fronts_are_good(struct str fronts);
struct outcome http_open(const struct http_settings *settings, struct http_server **server);
void http_stop_accepting(struct http_server *server); /* closes the listening socket */
void http_close(struct http_server **server);         /* ends streams, waits for answers, frees */
int64_t http_connections(const struct http_server *server);

/* Of a request; slices live until it is answered and sent. */
enum http_method http_request_method(const struct http_request *request);
struct str http_request_path(const struct http_request *request);  /* decoded once; no "..", NUL */
struct str http_request_query(const struct http_request *request); /* raw, after '?' */
struct str http_request_header(const struct http_request *request, const char *name); /* or "" */
/* By Accept-Language; Chinese where nothing is said. */
bool http_request_wants_english(const struct http_request *request);
struct str http_request_cookie(const struct http_request *request, const char *name); /* or "" */
struct str http_request_body(const struct http_request *request);
struct str http_request_address(const struct http_request *request); /* text; of the client, from
                                       X-Forwarded-For only behind a unix socket, a loopback peer or
                                       one of the fronts */
struct arena *http_request_arena(struct http_request *request);
/* A place for the layer above: zero at first. */
void **http_request_mine(struct http_request *request);

struct http_header {
    const char *name;
    struct str value;
};
/* Bytes are copied unless they are there until the answer is sent: `lasting` (static assets) or in
 * the request's own arena, which is kept until then. */
struct http_answer {
    int status;
    struct str type; /* Content-Type */
    const struct http_header *headers;
    size_t headers_count;
    struct str body;
    bool lasting, in_arena;
};
/* From any thread, once.  When this returns the request, its slices and its arena are gone. */
void http_answer(struct http_request *request, const struct http_answer *answer);

/* Makes the answer an event stream (text/event-stream).  `closed` is called once, from a loop,
 * when the other side or we closed it; the stream may not be used after that returns.  `closed`
 * may come before this returns.  The request, its slices and its arena are gone when it does: an
 * open stream keeps nothing of them.  A reader who left is noticed at the next writes, so write a
 * comment line now and then (STREAM_COMMENT_SECONDS). */
struct http_stream *http_stream_open(struct http_request *request,
                                     const struct http_header *headers, size_t headers_count,
                                     void (*closed)(void *mine), void *mine);
/* From any thread.  False: the reader is too slow (more than STREAM_BYTES_MAX wait) and is cut
 * off; it will come back with Last-Event-ID. */
bool http_stream_write(struct http_stream *stream, struct str bytes);
void http_stream_end(struct http_stream *stream);

/* Parsers that see a stranger's bytes; fuzzed.  Each fills at most `max` pairs and returns their
 * number, or -1 when the bytes are not of the form. */
struct http_pair {
    struct str name, value;
    struct str file_name; /* multipart only */
    bool is_file;
};
int http_parse_query(struct arena *arena, struct str text, struct http_pair *pairs, int max);
int http_parse_multipart(struct arena *arena, struct str type, struct str body,
                         struct http_pair *pairs, int max); /* values are slices of body */

#endif
