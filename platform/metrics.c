/* metrics.c -- see metrics.h. */
#include "platform/metrics.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Upper bounds of the histogram's buckets, in microseconds. */
static const int64_t bounds[] = {1000,   2500,   5000,    10000,   25000,   50000,
                                 100000, 250000, 1000000, 2500000, 10000000};

struct histogram {
    atomic_llong buckets[COUNT(bounds)];
    atomic_llong count, sum;
};

enum { ACTS_MAX = 1024, RESULTS = 3 };

static struct histogram requests, commits;
static atomic_llong statuses[6], acts_committed, streams_open, streams_cut;
static struct {
    _Atomic(const char *) name;
    atomic_llong counts[RESULTS];
} acts[ACTS_MAX];
static const char *const results[RESULTS] = {"done", "refused", "fault"};

int64_t metrics_microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void observe(struct histogram *histogram, int64_t microseconds)
{
    size_t i = 0;

    while (i < COUNT(bounds) && microseconds > bounds[i]) i++;
    if (i < COUNT(bounds)) atomic_fetch_add(&histogram->buckets[i], 1);
    atomic_fetch_add(&histogram->count, 1);
    atomic_fetch_add(&histogram->sum, microseconds);
}

void metrics_request(int status, int64_t microseconds)
{
    int class = status / 100;

    atomic_fetch_add(&statuses[class >= 1 && class <= 5 ? class : 0], 1);
    observe(&requests, microseconds);
}

void metrics_act(const char *name, const char *result)
{
    size_t place = ((uintptr_t)name >> 3) % ACTS_MAX;
    int which = 0;

    while (which < RESULTS - 1 && strcmp(results[which], result) != 0) which++;
    for (size_t i = 0; i < ACTS_MAX; i++, place = (place + 1) % ACTS_MAX) {
        const char *empty = NULL;

        if (atomic_load(&acts[place].name) == name ||
            atomic_compare_exchange_strong(&acts[place].name, &empty, name) || empty == name) {
            atomic_fetch_add(&acts[place].counts[which], 1);
            return;
        }
    }
}

void metrics_commit(size_t count, int64_t microseconds)
{
    atomic_fetch_add(&acts_committed, (long long)count);
    observe(&commits, microseconds);
}

void metrics_stream(int change)
{
    atomic_fetch_add(&streams_open, change);
}

void metrics_stream_cut(void)
{
    atomic_fetch_add(&streams_cut, 1);
}

int64_t metrics_streams(void)
{
    return atomic_load(&streams_open);
}

static void put_head(struct out *out, const char *name, const char *kind, const char *help)
{
    OUT_LITERAL(out, "# HELP ");
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, " ");
    out_raw_str(out, str_of(help));
    OUT_LITERAL(out, "\n# TYPE ");
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, " ");
    out_raw_str(out, str_of(kind));
    OUT_LITERAL(out, "\n");
}

static void put_line(struct out *out, const char *name, const char *label, const char *value,
                     int64_t number)
{
    out_raw_str(out, str_of(name));
    if (label) {
        OUT_LITERAL(out, "{");
        out_raw_str(out, str_of(label));
        OUT_LITERAL(out, "=\"");
        out_raw_str(out, str_of(value));
        OUT_LITERAL(out, "\"}");
    }
    OUT_LITERAL(out, " ");
    out_int(out, number);
    OUT_LITERAL(out, "\n");
}

/* Prometheus wants seconds; whole microseconds are written as a decimal fraction. */
static void put_seconds(struct out *out, int64_t microseconds)
{
    char digits[6];
    int64_t part = microseconds % 1000000;

    out_int(out, microseconds / 1000000);
    OUT_LITERAL(out, ".");
    for (int i = 5; i >= 0; i--, part /= 10) digits[i] = (char)('0' + part % 10);
    out_raw(out, digits, sizeof digits);
}

static void put_histogram(struct out *out, const char *name, const char *help,
                          struct histogram *histogram)
{
    int64_t sum = 0;

    put_head(out, name, "histogram", help);
    for (size_t i = 0; i < COUNT(bounds); i++) {
        sum += atomic_load(&histogram->buckets[i]);
        out_raw_str(out, str_of(name));
        OUT_LITERAL(out, "_bucket{le=\"");
        put_seconds(out, bounds[i]);
        OUT_LITERAL(out, "\"} ");
        out_int(out, sum);
        OUT_LITERAL(out, "\n");
    }
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, "_bucket{le=\"+Inf\"} ");
    out_int(out, atomic_load(&histogram->count));
    OUT_LITERAL(out, "\n");
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, "_sum ");
    put_seconds(out, atomic_load(&histogram->sum));
    OUT_LITERAL(out, "\n");
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, "_count ");
    out_int(out, atomic_load(&histogram->count));
    OUT_LITERAL(out, "\n");
}

static void put_acts(struct out *out)
{
    put_head(out, "gongdao_acts_total", "counter", "Acts that ended, by name and result.");
    for (size_t i = 0; i < ACTS_MAX; i++) {
        const char *name = atomic_load(&acts[i].name);

        for (int k = 0; name && k < RESULTS; k++) {
            OUT_LITERAL(out, "gongdao_acts_total{act=\"");
            out_raw_str(out, str_of(name));
            OUT_LITERAL(out, "\",result=\"");
            out_raw_str(out, str_of(results[k]));
            OUT_LITERAL(out, "\"} ");
            out_int(out, atomic_load(&acts[i].counts[k]));
            OUT_LITERAL(out, "\n");
        }
    }
}

void metrics_gauge(struct out *out, const char *name, const char *help, int64_t value)
{
    put_head(out, name, "gauge", help);
    put_line(out, name, NULL, NULL, value);
}

void metrics_put(struct out *out)
{
    static const char *const classes[] = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

    put_head(out, "gongdao_requests_total", "counter", "Requests answered, by class of status.");
    for (size_t i = 0; i < COUNT(classes); i++)
        put_line(out, "gongdao_requests_total", "status", classes[i], atomic_load(&statuses[i]));
    put_histogram(out, "gongdao_request_seconds", "From a whole request to its answer.", &requests);
    put_acts(out);
    put_head(out, "gongdao_acts_committed_total", "counter", "Acts made durable.");
    put_line(out, "gongdao_acts_committed_total", NULL, NULL, atomic_load(&acts_committed));
    put_histogram(out, "gongdao_commit_seconds", "One group commit, with its fsync.", &commits);
    metrics_gauge(out, "gongdao_streams_open", "Event streams open now.", metrics_streams());
    put_head(out, "gongdao_streams_cut_total", "counter", "Streams cut off: too slow a reader.");
    put_line(out, "gongdao_streams_cut_total", NULL, NULL, atomic_load(&streams_cut));
}
