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

#include "platform/files_store.h"
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
static struct outcome set_actor(struct visit *visit)
{
    visit->scene.actor = (struct actor){.is = WHO_ANYONE};
    visit->scene.is_bearer = visit->is_bearer;
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
    scene->marked = visit->site->settings.secure_cookies;
    visit->request =
        (struct request){.scene = scene, .face = &visit->face, .is_api = visit->is_api};
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

/* In one snapshot; but for a file that may come over the network, which no snapshot waits for: it
 * would keep the log of one database and the dead rows of the other from going. */
static struct outcome read_page(struct visit *visit, const struct page *page, void *query,
                                void **shown, struct file_answer *file)
{
    struct outcome outcome = page->is_kept ? DONE : store_read_begin(visit->scene.store);
    void *view = page->view ? arena_take(visit->arena, page->view->size, 1) : NULL;

    *shown = view;
    *file = (struct file_answer){0};
    if (IS_DONE(outcome))
        outcome = page->file ? page->file(&visit->request, query, file)
                             : page->show(&visit->request, query, view);
    if (!page->is_kept) store_read_end(visit->scene.store);
    return outcome;
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
    outcome = read_page(visit, page, query, &view, &file);
    /* The database went away meanwhile; there may be another one. */
    if (outcome.fault && outcome.again_seconds)
        outcome = read_page(visit, page, query, &view, &file);
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
        path =
            writer_location(visit->arena, visit->page->again, visit->page->act, visit->form, NULL);
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
    show_page(visit, page, visit->state.refusal == &files_away ? files_away.status : 422);
}

static void answer_refused(struct visit *visit, struct outcome outcome)
{
    bool plain =
        outcome.refusal && (!outcome.refusal->status || outcome.refusal->status == 422 ||
                            outcome.refusal->status == 409 || outcome.refusal->status == 401 ||
                            outcome.refusal->status == 429 || outcome.refusal == &files_away);

    form_refuse(&visit->state, outcome.refusal, outcome.detail);
    visit->again_seconds = outcome.again_seconds;
    if (visit->is_api || !plain || !visit->page->again)
        answer_outcome(visit, outcome);
    else
        draw_again(visit);
}

static void answer_refused_on_worker(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct outcome outcome = visit->call.outcome;

    visit->scene = visit->call.scene;
    visit->scene.store = store;
    visit->request.scene = &visit->scene;
    if (outcome.fault && outcome.again_seconds)
        visit_turn_away(visit, visit->call.unsure ? REFUSE(act_unsure) : REFUSE(act_away));
    else
        answer_refused(visit, outcome);
}

/* On the writer's thread of answers: what is cheap is answered here, pages go back to a worker. */
static void act_done(struct call *call)
{
    struct visit *visit = call->mine;
    const char *result = call->outcome.fault ? "fault" : call->outcome.refusal ? "refused" : "done";

    admission_row_leave(visit->site->writing, &visit->writing, metrics_microseconds());
    metrics_act(call->act->name, result);
    /* Not when it may have been committed all the same. */
    if (call->act->undo && (!IS_DONE(call->outcome) || call->replayed) && !call->unsure)
        call->act->undo(call->form);
    visit->scene.cookies_count = call->scene.cookies_count;
    memcpy(visit->scene.cookies, call->scene.cookies, sizeof visit->scene.cookies);
    if (!IS_DONE(call->outcome)) {
        visit->job.run = answer_refused_on_worker;
        visit->job.class = ADMIT_LIVING; /* what was let in is not made to wait twice */
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
    return secret_index(visit->arena, "once.key",
                        arena_print(visit->arena, "%s|%.*s|%.*s|%.*s", visit->page->act->name,
                                    STR_ARGS(owner), STR_ARGS(about), STR_ARGS(key)));
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
    admission_row_enter(visit->site->writing, &visit->writing, metrics_microseconds());
    if (!writer_post(visit->site->writer, &visit->call)) {
        admission_row_leave(visit->site->writing, &visit->writing, metrics_microseconds());
        if (act->undo) act->undo(visit->form);
        visit_turned(&visit->job);
    }
}

static void post_on_slow(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;

    visit->job.class = visit->came_as;
    visit->scene.store = store;
    post_act(visit, visit->form_once);
}

static void show_on_files(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;

    visit->job.class = visit->came_as;
    visit->scene.store = store;
    show_page(visit, visit->page, 200);
}

/* On threads of their own, where all are alike. */
static void post_aside(struct visit *visit, struct work *aside,
                       void (*run)(struct job *job, struct store *store))
{
    visit->job.run = run;
    visit->came_as = visit->job.class;
    visit->job.class = ADMIT_LIVING;
    if (work_post(aside, &visit->job)) return;
    visit->job.class = visit->came_as;
    visit_turned(&visit->job);
}

/* From a browser: the mark of our own form, and not sent by another site (Fetch Metadata). */
bool visit_is_own_form(struct visit *visit, struct str csrf)
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
    if (!visit_is_own_form(visit, csrf)) {
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
    if (act->slow)
        post_aside(visit, act->keeps && visit->site->files ? visit->site->files : visit->site->slow,
                   post_on_slow);
    else
        post_act(visit, once);
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
    else if (!visit_is_own_form(visit, csrf))
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

/* Of people it is counted person by person: a whole office may come from one address.  Who asked
 * without an account can be anybody any number of times, and is counted by the address. */
static bool is_too_often(struct visit *visit, struct outcome *why)
{
    const struct page *page = visit->page;
    struct str who = visit->scene.address;

    if (visit->scene.actor.person_id && !rate_is_own(who) &&
        (visit->scene.actor.is & (WHO_RESIDENT | WHO_WORKER)))
        who = arena_print(visit->arena, "person %lld", (long long)visit->scene.actor.person_id);
    if (!page->per_minute || rate_may(page->path, who, page->per_minute)) return false;
    *why = REFUSE_FOR(act_too_often, S(""), rate_wait_seconds(page->path, who, page->per_minute));
    return true;
}

void visit_run(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct outcome outcome;

    begin_on_worker(visit, store);
    visit_face(visit);
    outcome = set_actor(visit);
    visit_visitor(visit);
    if (outcome.fault) {
        log_fault("identify", outcome.fault);
        answer_outcome(visit, outcome);
    } else if (!visit->page) {
        bool known = visit->places.count > 0; /* see visit_begin() */

        answer_outcome(visit, known ? REFUSE(visit_method) : REFUSE(act_unknown));
    } else if (!(visit->page->who & visit->scene.actor.is)) {
        answer_not_allowed(visit);
    } else if (is_too_often(visit, &outcome)) {
        visit_turn_away(visit, outcome);
    } else if (visit->page->method == GET && visit->page->is_kept && visit->site->files) {
        post_aside(visit, visit->site->files, show_on_files);
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
