/* hostile.c -- oversized, truncated, slow and repeated requests against a running server.
 *
 * While strangers do their worst, an honest person keeps asking: every one of their requests must
 * be answered.  Afterwards the server has given back what it was made to hold: memory is bounded,
 * descriptors are closed, a message that was cut short is nowhere.
 *
 * 1. Strangers come from many addresses of their own, so a limit for one address is not what
 *    saves the server, and the honest one is not punished with them.
 * 2. "In time" is five seconds: this is a test of whether, not of how fast.
 */
#include "bench/city.h"
#include "bench/histogram.h"
#include "bench/servant.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "Usage: hostile [options]\n"
    "Starts the server on a fresh demo city, sends it oversized, truncated, slow and repeated\n"
    "requests, and checks that honest requests are answered throughout, that memory stays bounded\n"
    "and that nothing half sent was kept.  Takes about a minute.\n\n"
    "  --server PATH      the program (build/gongdao)\n"
    "  --listen A:P       where it serves (127.0.0.1:18345)\n"
    "  --memory-mb N      how much it may grow (96; more for a build with sanitizers)\n"
    "  --half-open N      connections that say nothing or half a request (1000)\n\n"
    "Prints a line for each attack, \"ok\" or \"not ok\", and exits 1 if any is not.\n";

enum { PATIENCE_SECONDS = 5, GIVEN_BACK_SECONDS_MAX = 45, STRANGERS = 40, SLOW_HEADS = 150, SLOW_BODIES = 100 };

static struct {
    struct wire_place place;
    struct servant servant;
    struct city city;
    struct city_side side; /* the resident of the first conversation */
    int strangers, bad, half_open;
    atomic_bool over;
    atomic_int asked, unanswered;
    _Atomic int64_t slowest_ns;
    unsigned random;
} test;

static void tell(bool good, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void tell(bool good, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs(good ? "ok " : "not ok ", stdout);
    vprintf(format, values);
    putchar('\n');
    fflush(stdout);
    va_end(values);
    test.bad += !good;
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* ---- strangers ---- */

static int stranger(void)
{
    return wire_connect(&test.place, wire_address(1000 + test.strangers++ % STRANGERS, 2000), true,
                        PATIENCE_SECONDS);
}

static bool put(int fd, const char *at, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

static bool put_text(int fd, const char *text)
{
    return put(fd, text, strlen(text));
}

/* The status of the answer; 0: closed without one; -1: silence. */
static int answer_of(int fd)
{
    struct wire_reader reader;
    wire_reader_start(&reader);
    char bytes[8192];
    while (reader.state == WIRE_HEAD) {
        ssize_t got = recv(fd, bytes, sizeof bytes, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return -1;
        if (got <= 0) return 0;
        wire_read(&reader, bytes, (size_t)got, NULL, NULL);
    }
    return reader.status;
}

static void refused(const char *what, int fd)
{
    int status = answer_of(fd);
    close(fd);
    tell(status == 0 || (status >= 400 && status != 500), "%s: %d", what, status);
}

static void fill(int fd, const char *begin, const char *piece, int times, const char *end)
{
    bool on = put_text(fd, begin);
    for (int i = 0; on && i < times; i++) on = put_text(fd, piece);
    if (on) put_text(fd, end);
}

static char *head_of_post(char *text, size_t size, const char *length)
{
    snprintf(text, size,
             "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\n%s\r\n\r\n",
             test.side.path, test.place.text, test.side.headers, length);
    return text;
}

static void oversized(void)
{
    static char piece[10001];
    char head[2048], begin[2200];
    memset(piece, 'a', sizeof piece - 1);
    int fd = stranger();
    fill(fd, "GET /", piece, 20, " HTTP/1.1\r\nHost: x\r\n\r\n");
    refused("a request line of 200 KB", fd);
    fd = stranger();
    fill(fd, "GET / HTTP/1.1\r\nHost: x\r\nCookie: ", piece, 100, "\r\n\r\n");
    refused("a cookie of 1 MB", fd);
    fd = stranger();
    fill(fd, "GET / HTTP/1.1\r\nHost: x\r\n", "X: y\r\n", 5000, "\r\n");
    refused("5,000 header fields", fd);
    fd = stranger();
    put_text(fd, head_of_post(head, sizeof head, "Content-Length: 1000000000000"));
    refused("a body that is promised to be 1 TB", fd);
    fd = stranger();
    snprintf(begin, sizeof begin, "%s{\"text\":\"",
             head_of_post(head, sizeof head, "Content-Length: 5000012"));
    fill(fd, begin, piece, 500, "\"}");
    refused("a message of 5 MB", fd);
    fd = stranger();
    snprintf(begin, sizeof begin, "%s{\"text\":\"",
             head_of_post(head, sizeof head, "Content-Length: 100011"));
    fill(fd, begin, piece, 10, "\"}");
    refused("a message of 100,000 characters", fd);
    memset(piece, '[', sizeof piece - 1);
    fd = stranger();
    fill(fd, head_of_post(head, sizeof head, "Content-Length: 100000"), piece, 10, "");
    refused("JSON 100,000 deep", fd);
    fd = stranger();
    snprintf(begin, sizeof begin, "%s2710\r\n",
             head_of_post(head, sizeof head, "Transfer-Encoding: chunked"));
    memset(piece, 'a', sizeof piece - 1);
    bool on = put_text(fd, begin);
    for (int i = 0; on && i < 1000; i++) on = put_text(fd, piece) && put_text(fd, "\r\n2710\r\n");
    refused("chunks without an end", fd);
    fd = stranger();
    fill(fd, head_of_post(head, sizeof head, "Transfer-Encoding: chunked"),
         "FFFFFFFFFFFFFFFFF\r\naaaa", 1, "");
    refused("a chunk larger than a number", fd);
}

/* Requests that end anywhere: some connections are closed, some torn down. */
static void truncated(void)
{
    char length[64], whole[2200];
    static const char body[] = "{\"text\":\"this was cut short\"}";
    snprintf(length, sizeof length, "Content-Length: %zu", sizeof body - 1);
    char head[2048];
    int len = snprintf(whole, sizeof whole, "%s%s", head_of_post(head, sizeof head, length), body);
    int sent = 0;
    for (int i = 0; i < 400; i++) {
        int fd = stranger();
        if (fd < 0) continue;
        sent += put(fd, whole, (size_t)(rand_r(&test.random) % (len - 1)) + 1);
        struct linger tear = {.l_onoff = 1};
        if (i % 2) setsockopt(fd, SOL_SOCKET, SO_LINGER, &tear, sizeof tear);
        close(fd);
    }
    tell(sent > 300, "%d requests cut short", sent);
}

/* Connections held open that never become a request. */
static int *open_half(int count)
{
    int *held = calloc((size_t)count, sizeof *held), open = 0;
    if (!held) abort();
    for (int i = 0; i < count; i++) {
        held[i] = stranger();
        if (held[i] < 0) continue;
        open++;
        if (i % 2) put_text(held[i], "GET /healthz HTTP/1.1\r\nHost: localh");
    }
    tell(open == count, "%d connections held half open", open);
    return held;
}

static void close_half(int *held, int count)
{
    int dropped = 0;
    for (int i = 0; i < count; i++) {
        char byte;
        if (held[i] < 0) continue;
        ssize_t got = recv(held[i], &byte, 1, MSG_DONTWAIT);
        dropped += got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
        close(held[i]);
    }
    printf("   the server had let go of %d of them\n", dropped);
    free(held);
}

/* Heads and bodies that come a byte at a time. */
static void slow(int rounds)
{
    static int fds[SLOW_HEADS + SLOW_BODIES];
    char head[2048];
    head_of_post(head, sizeof head, "Content-Length: 1000");
    for (int i = 0; i < SLOW_HEADS + SLOW_BODIES; i++) {
        fds[i] = stranger();
        put_text(fds[i], i < SLOW_HEADS ? "GET / HTTP/1.1\r\nHost: x\r\n" : head);
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < SLOW_HEADS + SLOW_BODIES; i++)
            if (fds[i] >= 0) put(fds[i], i < SLOW_HEADS ? "X" : " ", 1);
        pause_ms(50);
    }
    for (int i = 0; i < SLOW_HEADS + SLOW_BODIES; i++)
        if (fds[i] >= 0) close(fds[i]);
    tell(true, "%d heads and %d bodies a byte at a time", SLOW_HEADS, SLOW_BODIES);
}

/* Streams that nobody reads while much is said; requests whose answers nobody fetches. */
static void never_read(int seconds)
{
    int streams[20], greedy[50], posted = 0, status = 0;
    char request[1024], body[1700], many[16 * 1024] = "";
    struct city_side side;
    city_side(&test.city, 1, true, &side);
    struct city_side reader;
    city_side(&test.city, 1, false, &reader);
    snprintf(request, sizeof request,
             "GET /api/v1/consultations/%s/stream HTTP/1.1\r\nHost: %s\r\n%s\r\n",
             test.city.talks[1].reference, test.place.text, reader.headers);
    int small = 2048;
    for (int i = 0; i < 20; i++) {
        streams[i] = stranger();
        setsockopt(streams[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        put_text(streams[i], request);
    }
    for (int i = 0; i < 20; i++) strncat(many, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 100);
    for (int i = 0; i < 50; i++) {
        greedy[i] = stranger();
        setsockopt(greedy[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        fcntl(greedy[i], F_SETFL, O_NONBLOCK);
        for (int n = 0; n < 50; n++) put_text(greedy[i], many);
    }
    memset(body, 'w', sizeof body);
    memcpy(body, "{\"text\":\"", 9);
    memcpy(body + 1600, "\"}", 3);
    struct wire_link link;
    wire_link_open(&link, &test.place, PATIENCE_SECONDS);
    int64_t end = now_ns() + (int64_t)seconds * 1000000000;
    while (now_ns() < end && posted < 3000) {
        status = wire_ask(&link, "POST", side.path, side.headers, body);
        if (status == 201) posted++;
        if (status != 201 && status != 429 && status != 503) break;
        if (status != 201) pause_ms(50);
    }
    wire_link_close(&link);
    tell(posted > 0 && status >= 201 && status != 500,
         "%d long messages beside 20 unread streams and 50 unread connections", posted);
    for (int i = 0; i < 20; i++) close(streams[i]);
    for (int i = 0; i < 50; i++) close(greedy[i]);
}

static void churn(void)
{
    int made = 0;
    for (int i = 0; i < 3000; i++) {
        int fd = stranger();
        if (fd < 0) continue;
        made++;
        struct linger tear = {.l_onoff = 1};
        if (i % 2) setsockopt(fd, SOL_SOCKET, SO_LINGER, &tear, sizeof tear);
        close(fd);
    }
    tell(made == 3000, "%d connections opened and closed at once", made);
}

/* The same message with the same key from fifty connections at the same time. */
static void repeated(void)
{
    enum { TIMES = 50 };
    int fds[TIMES], created = 0, other = 0;
    char head[2048], request[2200], length[128];
    static const char body[] = "{\"text\":\"said fifty times\"}";
    snprintf(length, sizeof length, "Idempotency-Key: hostile-%ld\r\nContent-Length: %zu",
             (long)getpid(), sizeof body - 1);
    int len =
        snprintf(request, sizeof request, "%s%s", head_of_post(head, sizeof head, length), body);
    for (int i = 0; i < TIMES; i++) fds[i] = stranger();
    for (int i = 0; i < TIMES; i++) put(fds[i], request, (size_t)len);
    for (int i = 0; i < TIMES; i++) {
        int status = answer_of(fds[i]);
        created += status == 201;
        other += status != 201 && status != 409;
        close(fds[i]);
    }
    tell(created > 0 && !other, "one message with one key %d times: %d times 201", TIMES, created);
}

/* ---- the honest ---- */

static void *ask_on(void *mine)
{
    (void)mine;
    struct wire_link link;
    wire_link_open(&link, &test.place, PATIENCE_SECONDS);
    char path[96];
    snprintf(path, sizeof path, "/api/v1/consultations/%s", test.city.talks[0].reference);
    for (int n = 0; !atomic_load(&test.over); n++) {
        int64_t begin = now_ns();
        int status = n % 4 ? wire_ask(&link, "GET", "/healthz", "", NULL)
                           : wire_ask(&link, "GET", path, test.side.headers, NULL);
        int64_t took = now_ns() - begin;
        atomic_fetch_add(&test.asked, 1);
        if (status != 200) atomic_fetch_add(&test.unanswered, 1);
        if (took > atomic_load(&test.slowest_ns)) atomic_store(&test.slowest_ns, took);
        pause_ms(20);
    }
    wire_link_close(&link);
    return NULL;
}

/* How often a text is among the messages of the first conversation; -1: no answer. */
static int times_said(const char *text)
{
    struct wire_link link;
    wire_link_open(&link, &test.place, PATIENCE_SECONDS);
    char path[160];
    snprintf(path, sizeof path, "/api/v1/consultations/%s/messages?limit=100",
             test.city.talks[0].reference);
    int status = wire_ask(&link, "GET", path, test.side.headers, NULL), times = 0;
    json_t *answer = status == 200 ? json_loadb(link.body, link.len, 0, NULL) : NULL, *message;
    size_t i;
    json_array_foreach(json_object_get(answer, "messages"), i, message)
    {
        const char *said = json_string_value(json_object_get(message, "text"));
        times += said && strcmp(said, text) == 0;
    }
    if (!answer) times = -1;
    json_decref(answer);
    wire_link_close(&link);
    return times;
}

static void honest_round(void)
{
    struct wire_link link;
    wire_link_open(&link, &test.place, PATIENCE_SECONDS);
    int status =
        wire_ask(&link, "POST", test.side.path, test.side.headers, "{\"text\":\"an honest word\"}");
    wire_link_close(&link);
    tell(status == 201 && times_said("an honest word") == 1, "an honest message is taken: %d",
         status);
    tell(times_said("said fifty times") == 1,
         "what was said fifty times with one key is there %d time", times_said("said fifty times"));
    tell(times_said("this was cut short") == 0, "what was cut short is not there");
}

static void given_back(int64_t memory_before, int descriptors_before, int memory_mb)
{
    int descriptors = 0;
    /* The library sees some ends of silent connections only when their time is over. */
    for (int tries = 0; tries < GIVEN_BACK_SECONDS_MAX * 10; tries++) {
        descriptors = servant_descriptors(test.servant.pid);
        if (descriptors_before < 0 || descriptors <= descriptors_before + 20) break;
        pause_ms(100);
    }
    int64_t grown = (servant_memory_kb(test.servant.pid) - memory_before) / 1024;
    /* The server lets nobody of its own account look in: root can, and counts. */
    bool is_seen = descriptors_before >= 0;
    tell(!is_seen || (descriptors >= 0 && descriptors <= descriptors_before + 20),
         "descriptors before %d, after %d", descriptors_before, descriptors);
    tell(grown < memory_mb, "memory grew by %lld MB, %d are allowed", (long long)grown, memory_mb);
}

static void attack(int memory_mb)
{
    int64_t memory = servant_memory_kb(test.servant.pid);
    int descriptors = servant_descriptors(test.servant.pid);
    pthread_t honest;
    pthread_create(&honest, NULL, ask_on, NULL);
    int *held = open_half(test.half_open);
    oversized();
    truncated();
    slow(60);
    never_read(4);
    churn();
    repeated();
    close_half(held, test.half_open);
    atomic_store(&test.over, true);
    pthread_join(honest, NULL);
    tell(!atomic_load(&test.unanswered) && atomic_load(&test.asked) > 50,
         "%d honest requests meanwhile, %d unanswered, the slowest took %.0f ms",
         atomic_load(&test.asked), atomic_load(&test.unanswered),
         (double)atomic_load(&test.slowest_ns) / 1e6);
    honest_round();
    given_back(memory, descriptors, memory_mb);
}

static bool begin(void)
{
    if (!servant_init(&test.servant) || !servant_start(&test.servant)) return false;
    if (servant_ready(&test.servant, now_ns(), 60) < 0) return false;
    struct city_plan plan = {.field = "labour", .talks = 2, .per_consultant = 2, .seconds_max = 60};
    if (!city_make(&test.city, &test.place, &plan)) return false;
    city_side(&test.city, 0, false, &test.side);
    return true;
}

static int run(int memory_mb)
{
    if (!begin()) {
        servant_end(&test.servant, SIGKILL);
        return 1;
    }
    attack(memory_mb);
    int status = -1;
    kill(test.servant.pid, SIGTERM);
    for (int tries = 0; tries < 100; tries++) {
        if (waitpid(test.servant.pid, &status, WNOHANG) == test.servant.pid) break;
        pause_ms(100);
        if (tries == 99) servant_end(&test.servant, SIGKILL);
    }
    tell(status == 0, "the server stops when told to: status %d", status);
    city_free(&test.city);
    return test.bad ? 1 : 0;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"server", 1, 0, 's'},    {"listen", 1, 0, 'l'},
                                            {"memory-mb", 1, 0, 'm'}, {"half-open", 1, 0, 'o'},
                                            {"help", 0, 0, 'h'},      {0}};
    const char *listen = "127.0.0.1:18345";
    char folder[4096], data[4160], log[4160];
    int memory_mb = 96, option;
    test.servant.server = "build/gongdao";
    test.half_open = 1000;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 's': test.servant.server = optarg; break;
        case 'l': listen = optarg; break;
        case 'm': memory_mb = atoi(optarg); break;
        case 'o': test.half_open = atoi(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!wire_place_of(listen, &test.place) || test.half_open < 1) {
        fputs(help, stderr);
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    if (!servant_folder(folder, sizeof folder)) return 2;
    snprintf(data, sizeof data, "%s/data", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    test.servant.data = data;
    test.servant.log = log;
    test.servant.place = test.place;
    int status = run(memory_mb);
    if (status)
        fprintf(stderr, "what is left is in %s\n", folder);
    else
        servant_remove(folder);
    return status;
}
