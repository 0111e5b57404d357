/* refusal.c -- what is refused before anybody has looked at what was asked.
 *
 *  1. A refusal closes the connection: what follows on it cannot be trusted.
 *  2. All are made once, before the first: a refusal must cost less than what provoked it.
 *  3. A program is answered in the language it asked for.  A person, who may have chosen another
 *     one here, gets a page in both.
 */
#include "platform/http/inside.h"
#include "platform/out.h"

#include <string.h>

enum { REFUSAL_BYTES_MAX = 4096 };

static const struct {
    int status;
    const char *code, *title, *detail;
    const char *name, *value; /* one more header */
} refusals[HTTP_REFUSALS] = {
    {400, "http.unreadable", T("Bad request"), T("This request could not be read."), NULL, NULL},
    {405, "request.method", T("Method not allowed"), T("This cannot be done to this address."),
     "Allow", "GET, HEAD, POST, PUT, DELETE"},
    {413, "request.too-large", T("Too large"),
     T("What you sent is larger than fits. Please go back and choose smaller files, or fewer at a "
       "time."),
     NULL, NULL},
    {414, "http.address-long", T("Address too long"),
     T("This address is too long. Please begin again at the first page."), NULL, NULL},
    {417, "http.expectation", T("Bad request"), T("Only 100-continue can be expected here."), NULL,
     NULL},
    {431, "http.header-large", T("Too large"),
     T("Your browser sent more than fits. Please delete the cookies of this site and try again."),
     NULL, NULL},
    {500, "act.fault", T("Our fault"),
     T("Something went wrong on our side and nothing was changed. Please try again, or call "
       "12348."),
     NULL, NULL},
    {501, "http.method-unknown", T("Method not allowed"), T("This cannot be done to this address."),
     NULL, NULL},
    {503, "act.too-busy", T("Too busy"),
     T("Very many people are asking right now. Please try again in a moment; nothing was lost."),
     "Retry-After", "1"},
    {505, "http.version", T("Bad request"), T("Only HTTP/1.1 is understood here."), NULL, NULL},
};

static void put_problem(struct out *out, size_t i, enum language language)
{
    OUT_LITERAL(out, "{\"type\":\"urn:gongdao:problem:");
    out_raw_str(out, str_of(refusals[i].code));
    OUT_LITERAL(out, "\",\"title\":");
    out_json_str(out, text_in(language, refusals[i].title));
    OUT_LITERAL(out, ",\"status\":");
    out_int(out, refusals[i].status);
    OUT_LITERAL(out, ",\"detail\":");
    out_json_str(out, text_in(language, refusals[i].detail));
    OUT_LITERAL(out, ",\"code\":");
    out_json_str(out, str_of(refusals[i].code));
    OUT_LITERAL(out, ",\"errors\":[]}");
}

static void put_words(struct out *out, size_t i, enum language language)
{
    OUT_LITERAL(out, "<h1>");
    out_str(out, text_in(language, refusals[i].title));
    OUT_LITERAL(out, "</h1><p>");
    out_str(out, text_in(language, refusals[i].detail));
    OUT_LITERAL(out, "</p><p><a href=\"/\">");
    out_str(out, text_in(language, T("To the first page")));
    OUT_LITERAL(out, "</a></p>");
}

static void put_page(struct out *out, size_t i)
{
    OUT_LITERAL(out, "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width\"><title>");
    out_str(out, text_in(LANGUAGE_ZH, refusals[i].title));
    OUT_LITERAL(out, " · ");
    out_str(out, text_in(LANGUAGE_EN, refusals[i].title));
    OUT_LITERAL(out, "</title></head><body><main>");
    put_words(out, i, LANGUAGE_ZH);
    OUT_LITERAL(out, "<div lang=\"en\">");
    put_words(out, i, LANGUAGE_EN);
    OUT_LITERAL(out, "</div></main></body></html>");
}

static struct MHD_Response *make(struct out *out, size_t i, struct str type)
{
    struct http_header more = {refusals[i].name, str_of(refusals[i].value)};
    struct str text = out_text(out);

    assert(!out_full(out));
    return http_answer_dress(
        MHD_create_response_from_buffer(text.len, (void *)(size_t)text.at, MHD_RESPMEM_MUST_COPY),
        type, &more, more.name ? 1 : 0, true);
}

static bool make_one(struct arena *arena, size_t i, struct MHD_Response **three)
{
    struct out *zh = out_open(arena, REFUSAL_BYTES_MAX), *en = out_open(arena, REFUSAL_BYTES_MAX),
               *page = out_open(arena, REFUSAL_BYTES_MAX);

    put_problem(zh, i, LANGUAGE_ZH);
    put_problem(en, i, LANGUAGE_EN);
    put_page(page, i);
    three[HTTP_REFUSAL_ZH] = make(zh, i, S("application/problem+json"));
    three[HTTP_REFUSAL_EN] = make(en, i, S("application/problem+json"));
    three[HTTP_REFUSAL_PAGE] = make(page, i, S("text/html; charset=utf-8"));
    return three[HTTP_REFUSAL_ZH] && three[HTTP_REFUSAL_EN] && three[HTTP_REFUSAL_PAGE];
}

bool http_refusals_make(struct http_server *server)
{
    struct arena *arena = arena_open(1 << 20);
    bool fine = true;

    for (size_t i = 0; fine && i < COUNT(refusals); i++)
        fine = make_one(arena, i, server->refusals[i]);
    arena_close(&arena);
    return fine;
}

void http_refusals_drop(struct http_server *server)
{
    for (size_t i = 0; i < COUNT(refusals); i++) {
        for (size_t k = 0; k < HTTP_REFUSAL_FORMS; k++) {
            if (server->refusals[i][k]) MHD_destroy_response(server->refusals[i][k]);
        }
    }
}

/* A browser says that it takes pages; the paths of programs are never shown in one. */
static size_t form_of(const struct http_request *request)
{
    bool wants_page = str_find(http_request_header(request, "accept"), S("text/html")) >= 0;

    if (wants_page && !str_begins(http_request_path(request), S("/api/"))) return HTTP_REFUSAL_PAGE;
    return http_request_wants_english(request) ? HTTP_REFUSAL_EN : HTTP_REFUSAL_ZH;
}

enum MHD_Result http_refuse(struct http_request *request, int status)
{
    request->stage = STAGE_SENDING;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        if (refusals[i].status == status)
            return MHD_queue_response(request->connection, (unsigned)status,
                                      request->server->refusals[i][form_of(request)]);
    }
    return MHD_NO;
}
