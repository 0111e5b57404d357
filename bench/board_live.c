/* board_live.c -- how old the supervisor's board is while the city is busy.
 *
 * Each watcher does as the browser does: an event stream says that something moved, the page is
 * fetched anew, at most once in a gap.  A probe asks questions in writing, each of which makes one
 * number of the board one higher; the time runs from the moment the question was due until each
 * watcher's page shows that number.  Who else is busy is another program's (load).
 */
#include "bench/histogram.h"
#include "bench/wire.h"

#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "Usage: board_live --connect ADDRESS:PORT --session TOKEN [options]\n"
    "Keeps boards open as browsers do, asks questions that change a number of them, and prints "
    "how\n"
    "long until every board showed it.\n\n"
    "  --connect A:P    the server\n"
    "  --session TOKEN  of a supervisor of the city\n"
    "  --watchers N     boards that are open (5)\n"
    "  --gap N          ms between two fetches of one board, as the page has it (500)\n"
    "  --rate N         questions a second (4)\n"
    "  --seconds N      how long (20)\n";

enum { WATCHERS_MAX = 64, PROBES_MAX = 4000, LATE_SECONDS = 10 };

static struct wire_place place;
static char cookie[300];
static int gap_ms = 500;
static int64_t due[PROBES_MAX]; /* written before `asked` says so */
static _Atomic int asked;
static _Atomic bool over;
static int64_t written_before;

struct watcher {
    pthread_t thread;
    int seen; /* questions its page has shown */
    int64_t fetches;
    bool failed;
    struct histogram times, fetch_times;
};
static struct watcher watchers[WATCHERS_MAX];

static void pause_ns(int64_t ns)
{
    struct timespec time = {ns / 1000000000, ns % 1000000000};
    if (ns > 0) nanosleep(&time, NULL);
}

/* "Written questions, open": the number that stands in the first link to that list; -1: no board.
 */
static int64_t written_on(const char *page)
{
    const char *at = strstr(page, "list=message&amp;");
    at = at ? strstr(at, "figure-number\">") : NULL;
    return at ? strtoll(at + 15, NULL, 10) : -1;
}

static int64_t fetch_board(struct wire_link *link)
{
    int status = wire_ask(link, "GET", "/board", cookie, NULL);
    if (status != 200) fprintf(stderr, "GET /board: %d\n", status);
    return status == 200 ? written_on(link->body) : -1;
}

/* ---- a watcher ---- */

static void event_seen(void *mine, const struct wire_event *event)
{
    if (strcmp(event->name, "board") == 0) *(bool *)mine = true;
}

static int open_stream(void)
{
    char request[600];
    int fd = wire_connect(&place, 0, true, 1);
    snprintf(request, sizeof request,
             "GET /api/v1/board/stream HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n",
             place.text, cookie);
    if (fd >= 0 && send(fd, request, strlen(request), MSG_NOSIGNAL) < 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Reads what the stream has; waits for the first byte if `waits`.  False: the stream has ended. */
static bool read_stream(int fd, struct wire_reader *reader, struct wire_events *events, bool waits)
{
    static _Thread_local char bytes[16 * 1024];
    ssize_t got;
    do {
        got = recv(fd, bytes, sizeof bytes, waits ? 0 : MSG_DONTWAIT);
        if (got > 0) wire_read(reader, bytes, (size_t)got, wire_events_feed, events);
        waits = false;
    } while (got > 0);
    return got < 0 && (errno == EAGAIN || errno == EINTR) && reader->state < WIRE_WHOLE;
}

static void look(struct watcher *watcher, struct wire_link *link)
{
    int64_t begin = now_ns(), written = fetch_board(link), now = now_ns();
    if (written < 0) watcher->failed = true;
    watcher->fetches++;
    histogram_add(&watcher->fetch_times, now - begin);
    while (watcher->seen < asked && written_before + watcher->seen < written)
        histogram_add(&watcher->times, now - due[watcher->seen++]);
}

static void *watch(void *mine)
{
    struct watcher *watcher = mine;
    struct wire_reader reader;
    bool moved = true;
    struct wire_events events = {.each = event_seen, .mine = &moved};
    struct wire_link link;
    int fd = open_stream();
    wire_link_open(&link, &place, 10);
    wire_reader_start(&reader);
    watcher->failed = fd < 0;
    while (!over && !watcher->failed) {
        if (!read_stream(fd, &reader, &events, !moved)) {
            fprintf(stderr, "the stream of the board ended: status %d\n", reader.status);
            watcher->failed = true;
        }
        if (!moved) continue;
        moved = false;
        pause_ns(60000000); /* as the page: a burst of events is one fetch */
        look(watcher, &link);
        pause_ns(gap_ms * (int64_t)1000000);
    }
    if (fd >= 0) close(fd);
    wire_events_free(&events);
    wire_link_close(&link);
    return NULL;
}

/* ---- the probe ---- */

static bool ask_all(double rate, double seconds)
{
    static const char body[] = "{\"field\":\"labour\",\"mode\":\"message\",\"text\":\"The wages of "
                               "May have not been paid. What can I do?\"}";
    int64_t begin = now_ns();
    struct wire_link link;
    bool right = true;
    wire_link_open(&link, &place, 10);
    for (int n = 0; right && n < PROBES_MAX; n++) {
        int64_t at = begin + (int64_t)(n / rate * 1e9);
        if (at >= begin + (int64_t)(seconds * 1e9)) break;
        pause_ns(at - now_ns());
        due[n] = at;
        asked = n + 1;
        right = wire_ask(&link, "POST", "/api/v1/consultations", "", body) == 201;
        if (!right) fprintf(stderr, "a question was refused: %.200s\n", link.body ? link.body : "");
    }
    wire_link_close(&link);
    return right;
}

static bool all_seen(int count)
{
    for (int i = 0; i < count; i++)
        if (watchers[i].seen < asked && !watchers[i].failed) return false;
    return true;
}

static int report(int count)
{
    static struct histogram times, fetch_times;
    int64_t fetches = 0, missing = 0;
    bool failed = false;
    for (int i = 0; i < count; i++) {
        failed = failed || watchers[i].failed;
        fetches += watchers[i].fetches;
        missing += asked - watchers[i].seen;
        for (int k = 0; k < HISTOGRAM_BUCKETS; k++) {
            times.buckets[k] += watchers[i].times.buckets[k];
            fetch_times.buckets[k] += watchers[i].fetch_times.buckets[k];
        }
        times.count += watchers[i].times.count;
        fetch_times.count += watchers[i].fetch_times.count;
        if (watchers[i].times.max > times.max) times.max = watchers[i].times.max;
        if (watchers[i].fetch_times.max > fetch_times.max)
            fetch_times.max = watchers[i].fetch_times.max;
    }
    printf("board-live boards %d asked %d missing %lld fetches %lld fetch-p50 %.1f fetch-p99 %.1f ",
           count, (int)asked, (long long)missing, (long long)fetches,
           histogram_ms(&fetch_times, 0.5), histogram_ms(&fetch_times, 0.99));
    histogram_print(&times, stdout);
    putchar('\n');
    return failed || missing || !asked;
}

static int run(int count, double rate, double seconds)
{
    struct wire_link link;
    wire_link_open(&link, &place, 10);
    written_before = fetch_board(&link);
    wire_link_close(&link);
    if (written_before < 0) return 1;
    for (int i = 0; i < count; i++)
        if (pthread_create(&watchers[i].thread, NULL, watch, &watchers[i])) abort();
    pause_ns(1000000000);
    bool right = ask_all(rate, seconds);
    int64_t end = now_ns() + LATE_SECONDS * (int64_t)1000000000;
    while (!all_seen(count) && now_ns() < end) pause_ns(20000000);
    over = true;
    for (int i = 0; i < count; i++) pthread_join(watchers[i].thread, NULL);
    return report(count) || !right;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"connect", 1, 0, 'c'}, {"session", 1, 0, 's'}, {"watchers", 1, 0, 'w'}, {"gap", 1, 0, 'g'},
        {"rate", 1, 0, 'r'},    {"seconds", 1, 0, 'S'}, {"help", 0, 0, 'h'},     {0}};
    const char *connect = NULL, *session = NULL;
    double rate = 4, seconds = 20;
    int count = 5, option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 's': session = optarg; break;
        case 'w': count = atoi(optarg); break;
        case 'g': gap_ms = atoi(optarg); break;
        case 'r': rate = atof(optarg); break;
        case 'S': seconds = atof(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!connect || !session || !wire_place_of(connect, &place) || rate <= 0 || count < 1 ||
        count > WATCHERS_MAX) {
        fputs(help, stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    snprintf(cookie, sizeof cookie, "Cookie: gongdao=%s\r\n", session);
    return run(count, rate, seconds);
}
