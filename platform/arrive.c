/* arrive.c -- a request on the loop that read it: which route, of which class, let in or not.
 *
 *  (1) Nothing here waits, and nothing asks the database.
 *  (2) Who is asking is not known yet: only whether something was brought that says so.  A class is
 *      a place in a queue and no right; the page's own check of rights comes after it.
 *  (3) Who is not let in is told before the connection is put aside for a worker: most of what it
 *      takes to refuse somebody was that.
 */
#include "platform/visit.h"

#include <string.h>

#include "platform/limits.h"
#include "platform/metrics.h"
#include "platform/operations.h"
#include "platform/rate.h"
#include "platform/secret.h"

static bool is_json_only(const struct page *page)
{
    return page->method == STREAM || page->method == WHISPER ||
           (page->method == GET && !page->html && !page->file) ||
           ((page->method == POST || page->method == DELETE) && !page->then);
}

static enum method method_of(enum http_method method)
{
    return method == HTTP_POST ? POST : method == HTTP_DELETE ? DELETE : GET;
}

/* The route for a request.  GET also finds streams, POST finds whispers. */
static const struct page *route(const struct site *site, enum method method, bool is_api,
                                struct str path, struct places *places, bool *known)
{
    enum method other = method == GET ? STREAM : method == POST ? WHISPER : method;
    const struct page *page = site_find_page(site, method, path, places, known);

    if (!page && other != method) page = site_find_page(site, other, path, places, known);
    if (page && (is_api ? page->page_only : is_json_only(page))) return NULL;
    return page;
}

static struct str without_api(struct str path, bool *is_api)
{
    *is_api = str_begins(path, S("/api/v1/"));
    if (*is_api) path.at += 7, path.len -= 7;
    return path;
}

int64_t visit_body_bytes_max(enum http_method method, struct str path, void *mine)
{
    struct places places;
    bool known, is_api;
    const struct page *page;

    /* What nothing takes is read too, so that the answer is 404 or 405 and not about its size. */
    path = without_api(path, &is_api);
    page = route(mine, method_of(method), is_api, path, &places, &known);
    if (method != HTTP_GET && (!page || page->method == GET || page->method == STREAM))
        return BODY_BYTES_MAX;
    if (!page || page->method == GET || page->method == STREAM) return 0;
    return page->body_bytes_max ? page->body_bytes_max : BODY_BYTES_MAX;
}

/* A cookie of ours, under the name it has here. */
static struct str brought(struct visit *visit, const char *name)
{
    if (visit->site->settings.secure_cookies)
        name = arena_print(visit->arena, COOKIE_MARK "%s", name).at;
    return http_request_cookie(visit->http, name);
}

void visit_token(struct visit *visit)
{
    struct str header = http_request_header(visit->http, "Authorization");

    visit->is_bearer = str_begins(header, S("Bearer "));
    if (visit->is_bearer)
        visit->token = str_trim((struct str){header.at + 7, header.len - 7});
    else
        visit->token = brought(visit, "gongdao");
}

static struct str one_of(struct str value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(value, str_of(words[i]))) return str_of(words[i]);
    }
    return str_of(words[0]);
}

void visit_face(struct visit *visit)
{
    static const char *const modes[] = {"normal", "elder"};
    static const char *const themes[] = {"auto", "light", "dark", "contrast"};
    struct http_request *http = visit->http;
    struct str language = brought(visit, "language");
    struct face *face = &visit->face;

    face->arena = visit->arena;
    if (language.len && !visit->is_api)
        face->language = str_same(language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    else
        face->language = http_request_wants_english(http) ? LANGUAGE_EN : LANGUAGE_ZH;
    visit->scene.language = face->language;
    if (visit->is_api) return;
    face->mode = one_of(brought(visit, "mode"), modes, COUNT(modes));
    face->theme = one_of(brought(visit, "theme"), themes, COUNT(themes));
    face->path = visit->path;
    face->query = http_request_query(http);
}

/* The browser's own cookie, which forms are tied to: made at the first page. */
void visit_visitor(struct visit *visit)
{
    visit->visitor = brought(visit, "visitor");
    if (visit->is_bearer) return; /* a program: no form is drawn, no cookie rides along */
    if (visit->visitor.len != TOKEN_LEN) {
        visit->visitor = visit->is_api ? S("") : secret_token(visit->arena);
        visit->new_visitor = true;
    }
    visit->face.csrf =
        secret_csrf(visit->arena, arena_print(visit->arena, "%.*s.%.*s", STR_ARGS(visit->visitor),
                                              STR_ARGS(visit->is_bearer ? S("") : visit->token)));
    if (!visit->is_api) visit->face.once = secret_token(visit->arena);
}

static bool answer_asset(struct http_request *http, struct site *site, struct str path)
{
    struct str bytes, type, encoding;
    struct http_header headers[] = {
        {"Cache-Control", S("public, max-age=31536000, immutable")},
        {"Vary", S("Accept-Encoding")},
        {"Content-Encoding", S("")},
    };

    if (!str_begins(path, S("/static/"))) return false;
    if (!site->settings.hooks.asset(path, http_request_header(http, "Accept-Encoding"), &bytes,
                                    &type, &encoding))
        return false;
    headers[2].value = encoding;
    http_answer(http, &(struct http_answer){.status = 200,
                                            .type = type,
                                            .headers = headers,
                                            .headers_count = encoding.len ? 3 : 2,
                                            .body = bytes,
                                            .lasting = true});
    return true;
}

/* A question is asked live, or left in writing; who is served first says so beside it. */
static enum admission_class class_of_asking(struct visit *visit)
{
    const struct page_instead *instead = visit->page->instead;

    if (str_same(intake_peek(visit, instead->field), str_of(instead->later))) return ADMIT_WORK;
    return str_same(intake_peek(visit, instead->first), S("1")) ? ADMIT_LIVING : ADMIT_ASKING;
}

static enum admission_class class_of(struct visit *visit)
{
    const struct page *page = visit->page;
    bool is_known = visit->token.len > 0;

    if (!page) return ADMIT_READING;
    if (page->instead) return class_of_asking(visit);
    if (page->load == LOAD_WORK) return ADMIT_WORK;
    if (is_known &&
        (page->load == LOAD_LIVING || page->method == STREAM || page->method == WHISPER))
        return ADMIT_LIVING;
    /* Whoever needs large letters is not made to begin again and again. */
    if (is_known || str_same(brought(visit, "mode"), S("elder")))
        return ADMIT_WORK;
    return ADMIT_READING;
}

static bool writes(const struct visit *visit)
{
    return visit->page && (visit->page->method == POST || visit->page->method == DELETE);
}

static const char rate_any[] = "any request";

/* (3) */
static bool is_turned_at_once(struct visit *visit)
{
    struct site *site = visit->site;
    struct str address = http_request_address(visit->http);
    int allowed = site->settings.requests_per_address;

    if (allowed && !rate_may(rate_any, address, allowed)) {
        visit_turn_away(
            visit, REFUSE_FOR(act_too_often, S(""), rate_wait_seconds(rate_any, address, allowed)));
        return true;
    }
    visit->job.class = class_of(visit);
    if ((!writes(visit) || admission_row_may(site->writing, visit->job.class, visit->began)) &&
        work_may(site->work, visit->job.class, visit->began))
        return false;
    visit_turned(&visit->job);
    return true;
}

bool visit_at_once(struct http_request *http, void *mine)
{
    struct site *site = mine;
    struct visit *visit;
    bool known = false;

    if (answer_asset(http, site, http_request_path(http))) return true;
    visit = NEW(http_request_arena(http), struct visit);
    *http_request_mine(http) = visit;
    visit->site = site;
    visit->http = http;
    visit->arena = http_request_arena(http);
    visit->began = metrics_microseconds();
    visit->job.run = visit_run;
    visit->path = without_api(http_request_path(http), &visit->is_api);
    if (operations_answer_now(visit)) return true;
    if (operations_are_asked(visit)) return false;
    visit->page = route(site, method_of(http_request_method(http)), visit->is_api, visit->path,
                        &visit->places, &known);
    if (http_request_method(http) == HTTP_PUT) visit->page = NULL;
    if (!visit->page) visit->places.count = known;
    visit_token(visit);
    return is_turned_at_once(visit);
}

void visit_begin(struct http_request *http, void *mine)
{
    struct visit *visit = *http_request_mine(http); /* of visit_at_once() */

    (void)mine;
    if (operations_answer(visit)) return;
    if (!work_post(visit->site->work, &visit->job)) visit_turned(&visit->job);
}
