/* operations.c -- see operations.h.
 *
 * /healthz and /version are answered on the loop: they must work when everything else waits. */
#include "platform/operations.h"

#include <sys/statvfs.h>
#include <time.h>

#include "platform/cage.h"
#include "platform/files_store.h"
#include "platform/limits.h"
#include "platform/metrics.h"
#include "platform/scan.h"

enum {
    COPY_SECONDS_MAX = 60, /* then whoever can find no other server than a copy is not ready */
    DISK_MEGABYTES_MIN = 256 /* a night of a city's questions and files, until somebody looks */
};

/* What this program may still write on the disk of its data; -1: not known. */
static int64_t disk_free(const struct site *site)
{
    struct statvfs disk;

    if (!site->settings.data.len || statvfs(site->settings.data.at, &disk)) return -1;
    return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

static void tell_disk(struct out *sentences, struct arena *arena, const struct site *site)
{
    int64_t left = disk_free(site) / (1024 * 1024);

    if (disk_free(site) < 0 || left >= DISK_MEGABYTES_MIN) return;
    out_raw_str(sentences,
                arena_print(arena,
                            "The disk of the data is nearly full, %lld MB are left: when it is "
                            "full, pages can be read and nothing can be sent.\n",
                            (long long)left));
}

static void put_queues(struct out *out, struct site *site)
{
    int64_t now = metrics_microseconds();

    admission_put(out);
    cage_metrics(out);
    scan_metrics(out);
    metrics_gauge(out, "gongdao_work_age_microseconds", "How long the oldest waits for a worker.",
                  work_age(site->work, now));
    metrics_gauge(out, "gongdao_writer_age_microseconds", "How long the oldest act is under way.",
                  admission_row_age(site->writing, now));
    metrics_gauge(out, "gongdao_work_waiting", "Requests waiting for a worker.",
                  (int64_t)work_waiting(site->work));
    metrics_gauge(out, "gongdao_writer_waiting", "Acts waiting for the writer.",
                  (int64_t)writer_waiting(site->writer));
    metrics_gauge(out, "gongdao_disk_free_bytes", "Left on the disk of the data, -1 not known.",
                  disk_free(site));
    metrics_gauge(out, "gongdao_connections", "Connections open now.",
                  http_connections(site->http));
}

static void answer_metrics(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct out *out = out_open(visit->arena, PAGE_BYTES_MAX);
    const struct module *const *modules = visit->site->settings.modules;

    visit->scene.store = store;
    visit->scene.arena = visit->arena;
    visit->scene.now = time(NULL);
    metrics_put(out);
    files_store_put_metrics(out);
    put_queues(out, visit->site);
    for (size_t i = 0; modules[i]; i++) {
        if (modules[i]->metrics && !IS_DONE(modules[i]->metrics(&visit->scene, out)))
            OUT_LITERAL(out, "# a module's figures could not be read\n");
    }
    answer_bytes(visit, 200, S("text/plain; version=0.0.4; charset=utf-8"), out_text(out));
}

/* Ready: the database answers and no module knows a reason against.  What an operator should
 * know is said in sentences either way. */
static void answer_ready(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct out *out = out_open(visit->arena, BODY_BYTES_MAX), *sentences;
    const struct module *const *modules = visit->site->settings.modules;
    id seq;
    bool ready;
    struct str rest;
    int64_t turned;

    visit->scene.store = store;
    visit->scene.arena = visit->arena;
    visit->scene.now = time(NULL);
    sentences = out_open(visit->arena, BODY_BYTES_MAX);
    ready = !visit->site->stopping;
    if (!ready)
        OUT_LITERAL(sentences, "This node is leaving: send nobody here any more.\n");
    else if (!(ready = IS_DONE(journal_last(store, &seq))))
        OUT_LITERAL(sentences, "The database does not answer.\n");
    if (ready && store_is_copy(store))
        OUT_LITERAL(sentences,
                    "The database cannot be written to: pages are read from a copy, and who sends "
                    "something is asked to send it again.\n");
    if (ready && (turned = admission_turned_lately()))
        out_raw_str(sentences,
                    arena_print(visit->arena,
                                "More is asked than can be served: %lld requests were turned away "
                                "since this began; see gongdao_turned_away_total in /metrics.\n",
                                (long long)turned));
    tell_disk(sentences, visit->arena, visit->site);
    files_store_tell(sentences);
    for (size_t i = 0; ready && modules[i]; i++) {
        if (modules[i]->health && !IS_DONE(modules[i]->health(&visit->scene, sentences)))
            ready = false;
    }
    /* A copy that was cut off falls behind for as long as it is, and another node may not be. */
    if (store_copy_seconds(store) >= COPY_SECONDS_MAX) ready = false;
    OUT_LITERAL(out, "{\"ready\":");
    out_bool(out, ready);
    OUT_LITERAL(out, ",\"issues\":[");
    rest = str_trim(out_text(sentences));
    for (bool first = true; rest.len; first = false) {
        if (!first) OUT_LITERAL(out, ",");
        out_json_str(out, str_cut(rest, '\n', &rest));
    }
    OUT_LITERAL(out, "]}\n");
    answer_bytes(visit, ready ? 200 : 503, S("application/json"), out_text(out));
}

static void answer_openapi(struct job *job, struct store *store)
{
    struct visit *visit = (struct visit *)job;
    struct out *out = out_open(visit->arena, PAGE_BYTES_MAX);

    (void)store;
    openapi_put(out, visit->site);
    answer_json(visit, 200, out_text(out));
}

/* Whoever asks how we are is told also when nobody else is let in: a front that is told nothing
 * sends everybody to the other nodes, which then have too many. */
static void hand_over(struct visit *visit, void (*run)(struct job *job, struct store *store))
{
    visit->job.run = run;
    work_post_always(visit->site->work, &visit->job);
}

bool operations_answer_now(struct visit *visit)
{
    struct str path = http_request_path(visit->http);

    if (http_request_method(visit->http) != HTTP_GET) return false;
    if (str_same(path, S("/healthz")))
        answer_bytes(visit, 200, S("text/plain; charset=utf-8"), S("ok\n"));
    else if (str_same(path, S("/version")))
        answer_bytes(visit, 200, S("application/json"),
                     arena_print(visit->arena, "{\"name\":\"gongdao\",\"version\":\"%.*s\"}\n",
                                 STR_ARGS(visit->site->settings.version)));
    else
        return false;
    return true;
}

bool operations_are_asked(const struct visit *visit)
{
    struct str path = http_request_path(visit->http);

    return http_request_method(visit->http) == HTTP_GET &&
           (str_same(path, S("/readyz")) || str_same(path, S("/metrics")));
}

bool operations_answer(struct visit *visit)
{
    struct str path = http_request_path(visit->http);

    if (operations_are_asked(visit)) {
        hand_over(visit, str_same(path, S("/readyz")) ? answer_ready : answer_metrics);
        return true;
    }
    if (http_request_method(visit->http) == HTTP_GET && str_same(path, S("/api/v1/openapi.json")))
        visit->job.run = answer_openapi; /* like any page: whoever asks too often is told so */
    return false;
}
