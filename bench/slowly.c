/* slowly.c -- thousands who are slow on purpose, and one who is not.
 *
 * A third send a head a few bytes at a time, a third a body, a third ask for a page and do not read
 * the answer.  Whoever the server lets go comes back at once.  Meanwhile an honest person asks for
 * a page, and a message is posted: how long that takes is told, beside how long it took before.
 */
#include "bench/city.h"
#include "bench/histogram.h"
#include "bench/servant.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "Usage: slowly [options]\n"
    "Starts the server on a fresh demo city and holds slow connections against it: heads, bodies\n"
    "and answers that nobody reads.  Tells what honest requests took before and meanwhile.\n\n"
    "  --server PATH    the program (build/gongdao)\n"
    "  --listen A:P     where it serves (127.0.0.1:18346)\n"
    "  --slow N         how many at a time (15000)\n"
    "  --seconds N      for how long (30)\n"
    "  --p99-ms N       what 99 of 100 honest requests may take (100)\n\n"
    "Exits 1 if an honest request is unanswered, fewer than nine in ten are held, or it takes "
    "longer.\n";

enum {
    KINDS = 3,
    ADDRESSES = 3000,
    PACE_MS = 10,
    CONNECT_MS_MAX = 1000,
    MISSED_MAX = 5 /* not let in, one after the other */
};

static struct {
    struct wire_place place;
    struct servant servant;
    struct city city;
    struct city_side side;
    int slow, seconds;
    int *fds;
    char head[2048];
    atomic_bool over;
    int64_t returned;
} test;

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void begin_one(int i)
{
    static const char page[] = "GET /items HTTP/1.1\r\nHost: x\r\n\r\n";
    int fd = wire_connect(&test.place, wire_address(i, ADDRESSES), false, 1), small = 2048;
    struct pollfd way = {.fd = fd, .events = POLLOUT};
    test.fds[i] = fd;
    if (fd < 0) return;
    if (poll(&way, 1, CONNECT_MS_MAX) <= 0) { /* a queue that is full says nothing */
        close(fd);
        test.fds[i] = -1;
        return;
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    const char *first = i % KINDS == 0 ? "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " : NULL;
    if (i % KINDS == 1) first = test.head;
    if (i % KINDS == 2) first = page;
    send(fd, first, strlen(first), MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* One more byte, or the end is noticed: then another comes in its place. */
static void go_on(int i)
{
    char byte;
    if (test.fds[i] < 0) {
        begin_one(i);
        return;
    }
    ssize_t got = i % KINDS == 2 ? recv(test.fds[i], &byte, 1, MSG_DONTWAIT | MSG_PEEK)
                                 : recv(test.fds[i], &byte, 1, MSG_DONTWAIT);
    bool is_gone =
        got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != ENOTCONN);
    if (i % KINDS != 2 && !is_gone)
        is_gone = send(test.fds[i], "a", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN &&
                  errno != ENOTCONN;
    if (!is_gone) return;
    close(test.fds[i]);
    test.returned++;
    begin_one(i);
}

static int held(void)
{
    int count = 0;
    for (int i = 0; i < test.slow; i++) {
        char byte;
        if (test.fds[i] < 0) continue;
        ssize_t got = recv(test.fds[i], &byte, 1, MSG_DONTWAIT | MSG_PEEK);
        count += got > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    }
    return count;
}

/* ---- the honest ---- */

struct honest {
    struct histogram took;
    int asked, unanswered;
};

static void *ask(void *mine)
{
    struct honest *honest = mine;
    struct wire_link link;
    wire_link_open(&link, &test.place, 10);
    link.from = wire_address(ADDRESSES + 1, ADDRESSES + 10);
    while (!atomic_load(&test.over)) {
        int64_t begin = now_ns();
        int status = honest->asked % 5 ? wire_ask(&link, "GET", "/", "", NULL)
                                       : wire_ask(&link, "POST", test.side.path, test.side.headers,
                                                  "{\"text\":\"an honest word\"}");
        histogram_add(&honest->took, now_ns() - begin);
        honest->asked++;
        if (status != 200 && status != 201) {
            honest->unanswered++;
            fprintf(stderr, "an honest request: %d\n", status);
        }
        pause_ms(PACE_MS);
    }
    wire_link_close(&link);
    return NULL;
}

static double p99_ms(const struct honest *honest)
{
    return histogram_ms(&honest->took, 0.99);
}

/* What the honest one takes for so long; with slow ones beside when `beside`. */
static void measure(struct honest *honest, int seconds, bool beside)
{
    pthread_t thread;
    atomic_store(&test.over, false);
    pthread_create(&thread, NULL, ask, honest);
    int64_t end = now_ns() + (int64_t)seconds * 1000000000;
    for (int i = 0; now_ns() < end; i = (i + 1) % test.slow) {
        if (beside) go_on(i);
        if (!beside || i % 50 == 0) pause_ms(10); /* each once in three seconds or so */
    }
    atomic_store(&test.over, true);
    pthread_join(thread, NULL);
}

static int run(double p99_max)
{
    static struct honest before, meanwhile;
    if (!servant_init(&test.servant) || !servant_start(&test.servant)) return 2;
    if (servant_ready(&test.servant, now_ns(), 60) < 0) return 2;
    struct city_plan plan = {.field = "labour", .talks = 1, .per_consultant = 1, .seconds_max = 60};
    if (!city_make(&test.city, &test.place, &plan)) return 2;
    city_side(&test.city, 0, false, &test.side);
    snprintf(test.head, sizeof test.head,
             "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Type: application/json\r\n"
             "Content-Length: 4000\r\n\r\n{\"text\":\"",
             test.side.path, test.side.headers);
    measure(&before, 5, false);
    for (int i = 0, missed = 0; i < test.slow && missed < MISSED_MAX; i++) {
        begin_one(i);
        missed = test.fds[i] < 0 ? missed + 1 : 0;
        if (i % 100 == 99) pause_ms(5);
    }
    pause_ms(500);
    int first = held();
    measure(&meanwhile, test.seconds, true);
    int last = held();
    printf("held: %d of %d at first, %d at the end; let go and back again: %lld; the server has "
           "%lld MB\n",
           first, test.slow, last, (long long)test.returned,
           (long long)servant_memory_kb(test.servant.pid) / 1024);
    printf("honest: before %d requests, p99 %.1f ms; meanwhile %d requests, p99 %.1f ms, %d "
           "unanswered\n",
           before.asked, p99_ms(&before), meanwhile.asked, p99_ms(&meanwhile),
           meanwhile.unanswered);
    bool good = meanwhile.asked > 20 && !meanwhile.unanswered && first >= test.slow * 9 / 10 &&
                p99_ms(&meanwhile) <= p99_max;
    puts(good ? "ok" : "not ok");
    return good ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"server", 1, 0, 's'},
                                            {"listen", 1, 0, 'l'},
                                            {"slow", 1, 0, 'n'},
                                            {"seconds", 1, 0, 't'},
                                            {"p99-ms", 1, 0, 'p'},
                                            {"help", 0, 0, 'h'},
                                            {0}};
    const char *listen = "127.0.0.1:18346";
    char folder[4096], data[4160], log[4160];
    double p99_max = 100;
    int option;
    test.servant.server = "build/gongdao";
    test.slow = 15000;
    test.seconds = 30;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 's': test.servant.server = optarg; break;
        case 'l': listen = optarg; break;
        case 'n': test.slow = atoi(optarg); break;
        case 't': test.seconds = atoi(optarg); break;
        case 'p': p99_max = atof(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!wire_place_of(listen, &test.place) || test.slow < KINDS || test.seconds < 1) {
        fputs(help, stderr);
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    test.fds = malloc((size_t)test.slow * sizeof *test.fds);
    if (!test.fds || !servant_folder(folder, sizeof folder)) return 2;
    memset(test.fds, 0xff, (size_t)test.slow * sizeof *test.fds);
    snprintf(data, sizeof data, "%s/data", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    test.servant.data = data;
    test.servant.log = log;
    test.servant.place = test.place;
    int status = run(p99_max);
    servant_end(&test.servant, SIGKILL);
    city_free(&test.city);
    free(test.fds);
    if (status)
        fprintf(stderr, "what is left is in %s\n", folder);
    else
        servant_remove(folder);
    return status;
}
