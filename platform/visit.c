/* visit.c -- one request, from the loop that read it to its answer.
 *
 *  (1) On the loop: find the route, hand the request to a worker; nothing that waits.
 *  (2) On a worker: who is asking, may they, what did they send; pages are shown at once.
 *  (3) An act is prepared on the worker, run and committed by the writer, answered afterwards.
 *  (4) Nothing is done for a browser without the mark of its own form (CSRF), and nothing twice
 *      for one mark of a form or one Idempotency-Key.
 */
#include "platform/visit.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "platform/hub.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/operations.h"
#include "platform/rate.h"
#include "platform/secret.h"

static const struct reason visit_csrf = {
    "request.csrf",
    T("For your safety this form is only taken from the page it was made for. Please open the page "
      "again and send it once more."),
    403};
static const struct reason visit_method = {"request.method",
                                           T("This cannot be done to this address."), 405};
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

static struct str one_of(struct str value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(value, str_of(words[i]))) return str_of(words[i]);
    }
    return str_of(words[0]);
}

static void set_face(struct visit *visit)
{
    static const char *const modes[] = {"normal", "elder"};
    static const char *const themes[] = {"auto", "light", "dark", "contrast"};
    struct http_request *http = visit->http;
    struct str language = http_request_cookie(http, "language");
    struct face *face = &visit->face;

    face->arena = visit->arena;
    if (language.len && !visit->is_api)
        face->language = str_same(language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    else
        face->language = http_request_wants_english(http) ? LANGUAGE_EN : LANGUAGE_ZH;
    visit->scene.language = face->language;
    if (visit->is_api) return;
    face->mode = one_of(http_request_cookie(http, "mode"), modes, COUNT(modes));
    face->theme = one_of(http_request_cookie(http, "theme"), themes, COUNT(themes));
    face->path = visit->path;
    face->query = http_request_query(http);
}

/* The browser's own cookie, which forms are tied to: made at the first page. */
static void set_visitor(struct visit *visit)
{
    visit->visitor = http_request_cookie(visit->http, "visitor");
    if (visit->is_bearer) return; /* a program: no form is drawn, no cookie rides along */
    if (visit->visitor.len != TOKEN_LEN) {
        visit->visitor = visit->is_api ? S("") : secret_token(visit->arena);
        visit->new_visitor = true;
    }
    visit->face.csrf = secret_csrf(
        visit->arena, arena_print(visit->arena, "%.*s.%.*s", STR_ARGS(visit->visitor),
                                  STR_ARGS(visit->is_bearer ? S("") : visit->token)));
    if (!visit->is_api) visit->face.once = secret_token(visit->arena);
}

static struct outcome set_actor(struct visit *visit)
{
    struct str header = http_request_header(visit->http, "Authorization");

    visit->scene.actor = (struct actor){.is = WHO_ANYONE};
    if (str_begins(header, S("Bearer "))) {
        visit->token = str_trim((struct str){header.at + 7, header.len - 7});
        visit->is_bearer = visit->scene.is_bearer = true;
    } else {
        visit->token = http_request_cookie(visit->http, "gongdao");
    }
    if (visit->token.len == 0) return DONE;
    TRY(visit->site->settings.hooks.identify(&visit->scene, visit->token, &visit->scene.actor));
    visit->scene.actor.is |= WHO_ANYONE;
    visit->face.who = visit->scene.actor.is;
    visit->face.person_name = visit->scene.actor.name;
    return DONE;
}

static void begin_on_worker(struct visit *visit, struct store *store)
{
    struct scene *scene = &visit->scene;

    scene->arena = visit->arena;
    scene->store = store;
    scene->now = time(NULL);
    scene->channel = visit->is_api ? S("api") : S("web");
    scene->address = http_request_address(visit->http);
    scene->agent = http_request_header(visit->http, "User-Agent");
    if (!visit->is_api) scene->brought = http_request_header(visit->http, "Cookie");
    visit->request = (struct request){
        .scene = scene, .face = &visit->face, .is_api = visit->is_api};
}

/* Not allowed: nobody is sent to sign in and comes back here; somebody is told plainly. */
static void answer_not_allowed(struct visit *visit)
{
    bool is_somebody = (visit->scene.actor.is & WHO_SIGNED_IN) != 0;
    unsigned who = visit->page->who & WHO_SIGNED_IN;
    bool is_residents = (who & WHO_ASKER) && who != WHO_SIGNED_IN; /* though staff may read it */
    struct out *out;

    if (is_somebody || visit->is_api || visit->page->method != GET) {
        answer_outcome(visit, is_somebody ? REFUSE(act_not_yours) : REFUSE(act_sign_in));
        return;
    }
    out = out_open(visit->arena, 4096);
    out_raw_str(out, is_residents ? S("/my?next=") : S("/session?next="));
    out_url(out, visit->path);
    answer_go(visit, out_text(out));
}

static bool take_query(struct visit *visit, const struct page *page, void **query,
                       struct form_state *state)
{
    *state = (struct form_state){0};
    *query = page->query ? arena_take(visit->arena, page->query->size, 1) : NULL;
    if (!page->query) return true;
    return intake_query(visit, page->query, state) && form_check(visit->arena, state, *query) == 0;
}

/* A place that cannot be is an address where nothing is; so is, in a browser, a wrong query: its
 * address was not made by us.  A program is told which of its parameters is wrong. */
static void answer_wrong_query(struct visit *visit, const struct form_state *state)
{
    bool is_place = state->wrong_count == 0;

    for (size_t i = 0; i < visit->places.count; i++) {
        int place = form_place(state->form, visit->places.names[i]);

        if (place >= 0 && state->wrong[place]) is_place = true;
    }
    if (is_place || !visit->is_api) {
        answer_outcome(visit, REFUSE(act_unknown));
        return;
    }
    visit->state = *state;
    answer_wrong_fields(visit);
}

/* Shows a GET page; `status` is 200, or 422 when a form comes back with what is wrong. */
static void show_page(struct visit *visit, const struct page *page, int status)
{
    void *query, *view;
    struct outcome outcome;
    struct file_answer file = {0};
    struct form_state state;

    if (!take_query(visit, page, &query, &state)) {
        answer_wrong_query(visit, &state);
        return;
    }
    outcome = store_read_begin(visit->scene.store);
    view = page->view ? arena_take(visit->arena, page->view->size, 1) : NULL;
    if (IS_DONE(outcome))
        outcome = page->file ? page->file(&visit->request, query, &file)
                             : page->show(&visit->request, query, view);
    store_read_end(visit->scene.store);
    if (outcome.fault) log_fault(page->path, outcome.fault);
    if (!IS_DONE(outcome))
        answer_outcome(visit, outcome);
    else if (page->file)
        answer_file(visit, &file);
    else if (visit->request.go.len && !visit->is_api)
        answer_go(visit, visit->request.go);
    else if (visit->is_api)
        answer_view(visit, status, page->view, view);
    else {
        said_take(visit);
        answer_page(visit, status, page, view);
    }
}

static void open_stream(struct visit *visit)
{
    struct seat seat = {.actor = visit->scene.actor, .language = visit->scene.language};
    struct str last = http_request_header(visit->http, "Last-Event-ID");
    void *query;
    struct outcome outcome = DONE;
    struct form_state state;
    int64_t after;

    if (!take_query(visit, visit->page, &query, &state)) {
        answer_wrong_query(visit, &state);
        return;
    }
    outcome = visit->page->stream->sit(&visit->scene, query, &seat);
    if (IS_DONE(outcome) && last.len && str_to_int(last, &after) && after >= 0) seat.after = after;
    if (IS_DONE(outcome) && metrics_streams() >= STREAMS_MAX) outcome = REFUSE(act_too_busy);
    if (IS_DONE(outcome) && !rate_is_own(visit->scene.address) &&
        hub_open_of(seat.actor.session_id) >= STREAMS_PER_SESSION_MAX)
        outcome = REFUSE(act_too_often);
    if (!IS_DONE(outcome)) {
        answer_outcome(visit, outcome);
        return;
    }
    metrics_request(200, metrics_microseconds() - visit->began);
    hub_open(visit->site->hub, visit->http, visit->page->stream, &seat);
}

/* Drawn again with everything that was typed still in it. */
static void draw_again(struct visit *visit)
{
    bool known;
    struct places places;
    const struct page *page = NULL;
    struct str path = visit->path;

    if (visit->page->again) {
        path = writer_location(visit->arena, visit->page->again, visit->page->act, visit->form,
                               NULL);
        page = site_find_page(visit->site, GET, path, &places, &known);
    }
    visit->face.form = &visit->state;
    if (!page || !page->html || !(page->who & visit->scene.actor.is)) {
        answer_outcome(visit, visit->state.refusal
                                  ? REFUSE_FOR(*visit->state.refusal, visit->state.refusal_detail,
                                               visit->again_seconds)
                                  : REFUSE(act_unknown));
        return;
    }
    visit->places = places;
    visit->face.path = path;
    show_page(visit, page, 422);
}

static void answer_refused(struct visit *visit, struct outcome outcome)
{
    bool plain = outcome.refusal && (!outcome.refusal->status || outcome.refusal->status == 422 ||
                                     outcome.refusal->status == 409 ||
                                     outcome.refusal->status == 401 ||
                                     outcome.refusal->status == 429);

    visit->state.refusal = outcome.refusal;
    visit->state.refusal_detail = outcome.detail;
    visit->again_seconds = outcome.again_seconds;
    if (visit->is_api || !plain || !visit->page->again)
        answer_outcome(visit, outcome);
    else
        draw_again(visit);
}

static void answer_refused_on_worker(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;

    visit->scene = visit->call.scene;
    visit->scene.store = store;
    visit->request.scene = &visit->scene;
    answer_refused(visit, visit->call.outcome);
}

/* On the writer's thread of answers: what is cheap is answered here, pages go back to a worker. */
static void act_done(struct call *call)
{
    struct visit *visit = call->mine;
    const char *result = call->outcome.fault     ? "fault"
                         : call->outcome.refusal ? "refused"
                                                 : "done";

    metrics_act(call->act->name, result);
    if (call->act->undo && (call->outcome.refusal || call->replayed)) call->act->undo(call->form);
    visit->scene.cookies_count = call->scene.cookies_count;
    memcpy(visit->scene.cookies, call->scene.cookies, sizeof visit->scene.cookies);
    if (!IS_DONE(call->outcome)) {
        visit->job.run = answer_refused_on_worker;
        work_post_always(visit->site->work, &visit->job);
    } else if (!visit->is_api) {
        said_leave(visit);
        answer_go(visit, call->location);
    } else if (call->replayed) {
        answer_json(visit, call->status, call->replay);
    } else {
        answer_view(visit, call->status, call->act->result, call->result);
    }
}

/* Everything that was typed, so that a page the browser kept for its Back button, with the mark of
 * a form sent before, still sends what was typed into it since.  Not the body: the same file sent
 * twice comes between other boundaries. */
static struct str typed_of(struct visit *visit)
{
    struct str typed = visit->path;

    for (size_t i = 0; i < visit->state.form->fields_count; i++) {
        const struct field *field = &visit->state.form->fields[i];
        struct str value = visit->state.given[i];

        if (field->kind == FIELD_file)
            value = ((struct upload *)((char *)visit->form + field->at))->bytes;
        value = secret_index(visit->arena, "once.typed", value);
        typed = arena_print(visit->arena, "%.*s|%.*s", STR_ARGS(typed), STR_ARGS(value));
    }
    return typed;
}

/* RFC 9110 does not know Idempotency-Key; the draft's rule is: same key, same first answer.
 * Keys are per token and per act, so that nobody meets another's answer.  Who has no token yet is
 * known by what was sent: a phone that changes its network in between keeps its answer, and
 * somebody else who counts keys from 1 as well does not get it. */
static struct str once_of(struct visit *visit, struct str form_once)
{
    struct str key = http_request_header(visit->http, "Idempotency-Key");
    struct str owner = visit->is_api ? visit->token : visit->visitor, about = visit->path;

    if (!visit->is_api) key = form_once, about = typed_of(visit);
    if (key.len == 0 || key.len > 255) return S("");
    if (owner.len == 0)
        owner = secret_index(visit->arena, "once.body", http_request_body(visit->http));
    return secret_index(
        visit->arena, "once.key",
        arena_print(visit->arena, "%s|%.*s|%.*s|%.*s", visit->page->act->name, STR_ARGS(owner),
                    STR_ARGS(about), STR_ARGS(key)));
}

/* Only a browser is sent on. */
static const char *page_then(const struct visit *visit)
{
    return visit->page->then && !visit->is_api ? visit->page->then : "";
}

static void post_act(struct visit *visit, struct str form_once)
{
    const struct act *act = visit->page->act;
    struct outcome outcome = DONE;

    if (act->prepare) outcome = act->prepare(&visit->scene, visit->form);
    if (!IS_DONE(outcome)) {
        if (outcome.fault) log_fault(act->name, outcome.fault);
        answer_refused(visit, outcome);
        return;
    }
    visit->call = (struct call){.act = act,
                                .scene = visit->scene,
                                .form = visit->form,
                                .result = visit->result,
                                .once = once_of(visit, form_once),
                                .then = page_then(visit),
                                .status = visit->page->status ? visit->page->status : 200,
                                .done = act_done,
                                .mine = visit};
    if (!writer_post(visit->site->writer, &visit->call))
        answer_outcome(visit, REFUSE(act_too_busy));
}

static void post_on_slow(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;

    visit->scene.store = store;
    post_act(visit, visit->form_once);
}

/* From a browser: the mark of our own form, and not sent by another site (Fetch Metadata). */
static bool is_own_form(struct visit *visit, struct str csrf)
{
    struct str from = http_request_header(visit->http, "Sec-Fetch-Site");

    if (visit->is_bearer) return true;
    if (visit->is_api && visit->token.len == 0) return true; /* no cookie is being ridden */
    if (from.len && !str_same(from, S("same-origin")) && !str_same(from, S("none"))) return false;
    if (visit->is_api) csrf = http_request_header(visit->http, "X-CSRF");
    return !visit->new_visitor && secret_same(csrf, visit->face.csrf);
}

static void do_act(struct visit *visit)
{
    const struct act *act = visit->page->act;
    const struct reason *why = NULL;
    struct str csrf = S(""), once = S("");

    visit->form = arena_take(visit->arena, act->form ? act->form->size : 1, 1);
    visit->result = arena_take(visit->arena, act->result ? act->result->size : 1, 1);
    if (!intake_body(visit, act->form, &visit->state, &why, &csrf, &once)) {
        answer_outcome(visit, REFUSE_WITH(*why, visit->state.refusal_detail));
        return;
    }
    if (!is_own_form(visit, csrf)) {
        answer_outcome(visit, REFUSE(visit_csrf));
        return;
    }
    if (visit->state.wrong_count || form_check(visit->arena, &visit->state, visit->form)) {
        if (visit->is_api)
            answer_wrong_fields(visit);
        else
            draw_again(visit);
        return;
    }
    visit->form_once = once;
    if (!act->slow) {
        post_act(visit, once);
        return;
    }
    visit->job.run = post_on_slow;
    if (!work_post(visit->site->slow, &visit->job)) answer_outcome(visit, REFUSE(act_too_busy));
}

static void say_whisper(struct visit *visit)
{
    struct whisper whisper = {0};
    struct form_state *state = &visit->state;
    const struct reason *why = NULL;
    struct str csrf = S(""), once = S("");
    struct outcome outcome = DONE;

    visit->form = arena_take(visit->arena, visit->page->query ? visit->page->query->size : 1, 1);
    if (!intake_body(visit, visit->page->query, state, &why, &csrf, &once))
        outcome = REFUSE_WITH(*why, state->refusal_detail);
    else if (!is_own_form(visit, csrf))
        outcome = REFUSE(visit_csrf);
    else if (state->wrong_count || form_check(visit->arena, state, visit->form))
        outcome = REFUSE(act_unknown);
    if (IS_DONE(outcome)) outcome = visit->page->say(&visit->scene, visit->form, &whisper);
    if (!IS_DONE(outcome)) {
        answer_outcome(visit, outcome);
        return;
    }
    if (whisper.event) site_whisper(visit->site, &visit->scene, &whisper);
    answer_json(visit, 202, S("{}"));
}

static void run_visit(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct outcome outcome;

    begin_on_worker(visit, store);
    set_face(visit);
    outcome = set_actor(visit);
    set_visitor(visit);
    if (outcome.fault) {
        log_fault("identify", outcome.fault);
        answer_outcome(visit, outcome);
    } else if (!visit->page) {
        bool known = visit->places.count > 0; /* see visit_begin() */

        answer_outcome(visit, known ? REFUSE(visit_method) : REFUSE(act_unknown));
    } else if (!(visit->page->who & visit->scene.actor.is)) {
        answer_not_allowed(visit);
    } else if (visit->page->per_minute &&
               !rate_may(visit->page->path, visit->scene.address, visit->page->per_minute)) {
        answer_outcome(visit, REFUSE_FOR(act_too_often, S(""),
                                         rate_wait_seconds(visit->page->path, visit->scene.address,
                                                           visit->page->per_minute)));
    } else if (visit->page->method == GET) {
        show_page(visit, visit->page, 200);
    } else if (visit->page->method == STREAM) {
        open_stream(visit);
    } else if (visit->page->method == WHISPER) {
        say_whisper(visit);
    } else {
        do_act(visit);
    }
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

void visit_begin(struct http_request *http, void *mine)
{
    struct http_header busy[] = {{"Retry-After", S("2")}};
    struct site *site = mine;
    struct visit *visit;
    bool known = false;

    if (answer_asset(http, site, http_request_path(http))) return;
    visit = NEW(http_request_arena(http), struct visit);
    visit->site = site;
    visit->http = http;
    visit->arena = http_request_arena(http);
    visit->began = metrics_microseconds();
    visit->job.run = run_visit;
    visit->path = without_api(http_request_path(http), &visit->is_api);
    if (operations_answer(visit)) return;
    visit->page = route(site, method_of(http_request_method(http)), visit->is_api, visit->path,
                        &visit->places, &known);
    if (http_request_method(http) == HTTP_PUT) visit->page = NULL;
    if (!visit->page) visit->places.count = known;
    if (!work_post(site->work, &visit->job)) {
        metrics_request(503, 0);
        http_answer(http, &(struct http_answer){.status = 503,
                                                .type = S("text/plain; charset=utf-8"),
                                                .headers = busy,
                                                .headers_count = COUNT(busy),
                                                .body = S("人太多了，请稍后再试。 "
                                                          "Too busy, please try again.\n")});
    }
}
