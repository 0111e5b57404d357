/* answer.c -- how a visit ends: a page, JSON, a redirect, a problem (RFC 9457) or a file. */
#include <stdio.h>
#include <string.h>

#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/rate.h"
#include "platform/visit.h"

enum { HEADERS_MAX = 16, SLOW_MICROSECONDS = 1000000 };

static struct str cookie_text(struct visit *visit, const struct cookie *cookie)
{
    bool is_secure = visit->site->settings.secure_cookies;
    struct str age = S("");

    if (cookie->seconds > 0)
        age = arena_print(visit->arena, "; Max-Age=%lld", (long long)cookie->seconds);
    if (cookie->seconds < 0) age = S("; Max-Age=0");
    return arena_print(visit->arena, "%s%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                       is_secure ? COOKIE_MARK : "", STR_ARGS(cookie->name),
                       STR_ARGS(cookie->value), is_secure ? "; Secure" : "", STR_ARGS(age));
}

static bool ends_session(const struct scene *scene)
{
    for (size_t i = 0; i < scene->cookies_count; i++) {
        if (scene->cookies[i].seconds < 0 && str_same(scene->cookies[i].name, S("gongdao")))
            return true;
    }
    return false;
}

size_t answer_headers(struct visit *visit, struct http_header *headers, size_t max)
{
    enum { YEAR_SECONDS = 365 * SECONDS_PER_DAY };
    size_t count = 0;
    struct scene *scene = &visit->scene;

    if (visit->is_api) return 0; /* a token is in the body; cookies are for browsers */
    if (visit->new_visitor) {
        struct cookie visitor = {S("visitor"), visit->visitor, YEAR_SECONDS};

        headers[count++] = (struct http_header){"Set-Cookie", cookie_text(visit, &visitor)};
    }
    for (size_t i = 0; i < scene->cookies_count && count < max; i++)
        headers[count++] =
            (struct http_header){"Set-Cookie", cookie_text(visit, &scene->cookies[i])};
    /* Whoever signs out leaves nothing typed in the browser, in other tabs neither. */
    if (ends_session(scene) && count < max)
        headers[count++] = (struct http_header){"Clear-Site-Data", S("\"storage\"")};
    return count;
}

static void send_answer(struct visit *visit, struct http_answer *answer)
{
    int64_t took = metrics_microseconds() - visit->began;

    metrics_request(answer->status, took);
    /* The route, never the address itself: references are personal. */
    if ((answer->status >= 500 && !visit->is_turned) || took > SLOW_MICROSECONDS)
        log_warning("request", "%s answered %d after %lld ms",
                    visit->page ? visit->page->path : "(no route)", answer->status,
                    (long long)(took / 1000));
    http_answer(visit->http, answer); /* the visit may be gone after this */
}

/* What is sent lies in the visit's arena, or is a literal. */
static void send_with(struct visit *visit, int status, struct str type, struct str body,
                      const char *extra, struct str value)
{
    struct http_header headers[HEADERS_MAX];
    size_t count = answer_headers(visit, headers, HEADERS_MAX - 4);

    if (extra) headers[count++] = (struct http_header){extra, value};
    if ((status == 429 || status == 503) && visit->again_seconds > 0)
        headers[count++] = (struct http_header){
            "Retry-After", arena_print(visit->arena, "%lld", (long long)visit->again_seconds)};
    if (status == 200 && !visit->is_api && visit->page && visit->page->refresh_seconds)
        headers[count++] = (struct http_header){
            "Refresh", arena_print(visit->arena, "%d", visit->page->refresh_seconds)};
    /* Who only wanted to read need not press anything. */
    if (status == 503 && visit->is_turned && !visit->is_api && visit->again_seconds > 0 &&
        http_request_method(visit->http) == HTTP_GET)
        headers[count++] = (struct http_header){
            "Refresh", arena_print(visit->arena, "%lld", (long long)visit->again_seconds)};
    /* A front sends what comes next to another node. */
    if (visit->site->stopping) headers[count++] = (struct http_header){"Connection", S("close")};
    send_answer(visit, &(struct http_answer){.status = status,
                                             .type = type,
                                             .headers = headers,
                                             .headers_count = count,
                                             .body = body,
                                             .in_arena = true});
}

void answer_bytes(struct visit *visit, int status, struct str type, struct str body)
{
    send_with(visit, status, type, body, NULL, S(""));
}

void answer_json(struct visit *visit, int status, struct str body)
{
    answer_bytes(visit, status, S("application/json"), body);
}

void answer_view(struct visit *visit, int status, const struct view *view, const void *values)
{
    struct out *out = out_open(visit->arena, PAGE_BYTES_MAX);

    if (view)
        view_json(out, view, values);
    else
        OUT_LITERAL(out, "{}");
    if (out_full(out))
        answer_outcome(visit, FAULT("the JSON answer is larger than PAGE_BYTES_MAX"));
    else
        answer_json(visit, status, out_text(out));
}

void answer_go(struct visit *visit, struct str location)
{
    send_with(visit, 303, S("text/plain; charset=utf-8"), S(""), "Location", location);
}

struct drawn {
    const struct template *html;
    const void *view;
};

/* What is wrong is said in the title too: it is what a screen reader says first. */
static void put_title(struct out *out, const struct face *face, const void *view)
{
    const struct drawn *page = view;
    struct out *title;

    if (!face->form || !(face->form->wrong_count || face->form->refusal)) {
        page->html->title(out, face, page->view);
        return;
    }
    title = out_open(face->arena, 4096);
    page->html->title(title, face, page->view);
    out_raw_str(out, text_fill(face->arena, face->language, T("Problem: %1"), out_text(title),
                               S(""), S("")));
}

static void put_body(struct out *out, const struct face *face, const void *view)
{
    const struct drawn *page = view;

    page->html->body(out, face, page->view);
}

/* Frame and page are written in one piece, not copied into one another.  False: that was more than
 * PAGE_BYTES_MAX, and nothing was sent. */
bool answer_html(struct visit *visit, int status, const struct template *html, const void *view)
{
    struct out *out = out_open(visit->arena, PAGE_BYTES_MAX);

    visit->site->settings.hooks.layout(out, &visit->face, html, view);
    if (out_full(out)) return false;
    send_with(visit, status, S("text/html; charset=utf-8"), out_text(out), NULL, S(""));
    return true;
}

void answer_page(struct visit *visit, int status, const struct page *page, const void *view)
{
    static const struct template with_problems = {put_title, put_body};
    struct drawn drawn = {page->html, view};

    if (!answer_html(visit, status, &with_problems, &drawn))
        answer_outcome(visit, FAULT("the page is larger than PAGE_BYTES_MAX"));
}

/* As whoever sent it wrote it: wants.profession, where the form says wants__profession. */
static struct str name_sent(struct visit *visit, const char *name)
{
    struct str whole = str_of(name);
    int64_t at = str_find(whole, S("__"));

    return at < 0 ? whole : arena_print(visit->arena, "%.*s.%s", (int)at, name, name + at + 2);
}

static void put_field_problem(struct visit *visit, struct out *out, size_t i, bool *first)
{
    const struct form_state *state = &visit->state;

    if (!state->wrong[i]) return;
    if (!*first) OUT_LITERAL(out, ",");
    *first = false;
    OUT_LITERAL(out, "{\"field\":");
    out_json_str(out, name_sent(visit, state->form->fields[i].name));
    OUT_LITERAL(out, ",\"code\":");
    out_json_str(out, str_of(state->wrong[i]->key));
    OUT_LITERAL(out, ",\"detail\":");
    out_json_str(out, text_fill(visit->arena, visit->face.language, state->wrong[i]->text,
                                state->detail[i], S(""), S("")));
    OUT_LITERAL(out, "}");
}

static void send_problem(struct visit *visit, int status, const struct reason *reason,
                         struct str detail)
{
    static const struct {
        int status;
        const char *title;
    } titles[] = {{400, T("Bad request")}, {401, T("Sign in first")},      {403, T("Not allowed")},
                  {404, T("Not found")},   {405, T("Method not allowed")}, {409, T("Conflict")},
                  {413, T("Too large")},   {415, T("Unsupported type")},   {422, T("Not accepted")},
                  {429, T("Too often")},   {500, T("Our fault")},          {503, T("Too busy")}};
    struct out *out = out_open(visit->arena, PAGE_BYTES_MAX);
    const char *title = T("Problem");
    bool first = true;

    for (size_t i = 0; i < COUNT(titles); i++) {
        if (titles[i].status == status) title = titles[i].title;
    }
    OUT_LITERAL(out, "{\"type\":\"urn:gongdao:problem:");
    out_raw_str(out, str_of(reason->key));
    OUT_LITERAL(out, "\",\"title\":");
    out_json_str(out, text_in(visit->face.language, title));
    OUT_LITERAL(out, ",\"status\":");
    out_int(out, status);
    OUT_LITERAL(out, ",\"detail\":");
    out_json_str(out,
                 text_fill(visit->arena, visit->face.language, reason->text, detail, S(""), S("")));
    OUT_LITERAL(out, ",\"code\":");
    out_json_str(out, str_of(reason->key));
    OUT_LITERAL(out, ",\"errors\":[");
    for (size_t i = 0; visit->state.form && i < visit->state.form->fields_count; i++)
        put_field_problem(visit, out, i, &first);
    OUT_LITERAL(out, "]}");
    answer_bytes(visit, status, S("application/problem+json"), out_text(out));
}

static const struct reason fields_wrong = {"request.fields",
                                           T("Some of what was sent needs another look."), 422};

void answer_wrong_fields(struct visit *visit)
{
    send_problem(visit, 422, &fields_wrong, S(""));
}

struct trouble {
    struct visit *visit;
    const struct reason *reason;
    struct str detail;
};

static void put_trouble_title(struct out *out, const struct face *face, const void *view)
{
    (void)view;
    out_str(out, text_in(face->language, T("This did not work")));
}

static void put_trouble(struct out *out, const struct face *face, const void *view)
{
    const struct trouble *trouble = view;

    trouble->visit->site->settings.hooks.trouble(out, face, trouble->reason, trouble->detail);
}

static void send_trouble(struct visit *visit, int status, const struct reason *reason,
                         struct str detail)
{
    static const struct template html = {put_trouble_title, put_trouble};
    struct trouble trouble = {visit, reason, detail};
    bool sent = answer_html(visit, status, &html, &trouble);

    assert(sent); /* it is a few lines */
    (void)sent;
}

/* Somebody known tried what is not theirs (what is another's looks as if it were not there), or a
 * request tried to get round what guards: a form of another site, a body no form has, more than a
 * minute's share.  By route and person, never by address or what was typed (log.h). */
static void tell_refused(const struct visit *visit, int status, const struct reason *reason)
{
    id person = visit->scene.actor.person_id;
    bool is_told = status == 403 || status == 400 || status == 413 || status == 415 ||
                   (status == 404 && person) || reason == &act_too_often;

    if (!is_told || !visit->page || !rate_may("log.refused", S("all"), REFUSED_TOLD_PER_MINUTE_MAX))
        return;
    log_warning("refused", "%s of person %lld: %s", visit->page->path, (long long)person,
                reason->key);
}

void answer_outcome(struct visit *visit, struct outcome outcome)
{
    const struct reason *reason = outcome.refusal         ? outcome.refusal
                                  : outcome.again_seconds ? &act_away
                                                          : &act_fault;
    int status = reason->status ? reason->status : 422;

    visit->again_seconds = outcome.again_seconds ? outcome.again_seconds : reason->again_seconds;
    tell_refused(visit, status, reason);
    if (visit->is_api)
        send_problem(visit, status, reason, outcome.detail);
    else
        send_trouble(visit, status, reason, outcome.detail);
}

/* A name in a header is ASCII or percent-encoded UTF-8 (RFC 6266, RFC 8187). */
static struct str disposition(struct visit *visit, const struct file_answer *file)
{
    struct out *out = out_open(visit->arena, 4096);

    out_raw_str(out, file->inline_safe ? S("inline") : S("attachment"));
    OUT_LITERAL(out, "; filename*=UTF-8''");
    out_url(out, file->name);
    return out_text(out);
}

void answer_file(struct visit *visit, const struct file_answer *file)
{
    struct http_header headers[] = {
        {"Content-Disposition", disposition(visit, file)},
        /* Whatever the file holds, it may run nothing and reach nothing. */
        {"Content-Security-Policy", S("default-src 'none'; sandbox")},
        {"Cache-Control", S("private, no-store")},
    };

    send_answer(visit, &(struct http_answer){.status = 200,
                                             .type = file->type,
                                             .headers = headers,
                                             .headers_count = COUNT(headers),
                                             .body = file->bytes,
                                             .in_arena = true});
}
