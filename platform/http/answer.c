/* answer.c -- answers, and the headers every one carries.
 *
 *  1. Every answer of ours carries the defaults below; a caller's header of the same name wins.
 *  2. A header that cannot be sent (a line end in it) is a fault of ours: the answer becomes 500.
 */
#include "platform/http/inside.h"
#include "platform/log.h"

#include <string.h>

static const struct {
    const char *name, *value;
} defaults[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
     "frame-ancestors 'none'"},
    {"Cache-Control", "no-store"},
};

static bool header_add(struct MHD_Response *response, const char *name, struct str value)
{
    char text[HTTP_ANSWER_FIELD_BYTES_MAX];

    if (value.len >= sizeof text || !http_head_field_is_plain(str_of(name), value)) return false;
    memcpy(text, value.at, value.len);
    text[value.len] = '\0';
    return MHD_add_response_header(response, name, text) == MHD_YES;
}

static bool is_given(const char *name, const struct http_header *headers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same_plain(str_of(name), str_of(headers[i].name))) return true;
    }
    return false;
}

struct MHD_Response *http_answer_dress(struct MHD_Response *response, struct str type,
                                       const struct http_header *headers, size_t count, bool last)
{
    bool fine = response != NULL;

    for (size_t i = 0; fine && i < count; i++)
        fine = header_add(response, headers[i].name, headers[i].value);
    if (fine && type.len && !is_given("Content-Type", headers, count))
        fine = header_add(response, "Content-Type", type);
    for (size_t i = 0; fine && i < COUNT(defaults); i++) {
        if (!is_given(defaults[i].name, headers, count))
            fine =
                MHD_add_response_header(response, defaults[i].name, defaults[i].value) == MHD_YES;
    }
    if (fine && last && !is_given("Connection", headers, count))
        fine = MHD_add_response_header(response, "Connection", "close") == MHD_YES;
    if (fine) return response;
    if (response) MHD_destroy_response(response);
    return NULL;
}

void http_answer(struct http_request *request, const struct http_answer *answer)
{
    struct http_server *server = request->server;
    enum MHD_ResponseMemoryMode mode =
        answer->lasting || answer->in_arena ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_COPY;
    struct MHD_Response *response;

    assert(request->stage == STAGE_HANDLED && !request->response);
    assert(answer->status >= 200 && answer->status <= 599);
    /* The library does not write through the pointer in either mode. */
    response =
        MHD_create_response_from_buffer(answer->body.len, (void *)(size_t)answer->body.at, mode);
    response = http_answer_dress(response, answer->type, answer->headers, answer->headers_count,
                                 atomic_load(&server->closing));
    request->status = (unsigned)answer->status;
    request->answer_bytes = (int64_t)answer->body.len;
    if (!response) log_fault("http_answer", "an answer could not be made");
    request->response = response;
    if (!request->at_once)
        MHD_resume_connection(request->connection); /* from here the request is the loop's */
}
