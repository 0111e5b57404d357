/* stream.c -- event streams held open: how fast a message is seen, how much a stream costs.
 *
 * `stream latency` posts at a fixed rate from both sides and takes the time from the moment a
 * message should have been sent until the other side's open stream showed it.  `stream hold`
 * opens many streams and keeps them, for the memory of the server to be read, and checks that
 * every one of them still shows what is posted.
 */
#include "bench/city.h"
#include "bench/histogram.h"
#include "bench/pool.h"
#include "bench/servant.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static const char help[] =
    "Usage: stream latency|hold --connect ADDRESS:PORT --people FILE [options]\n"
    "latency: posts messages at a fixed rate from both sides and prints how long until the other\n"
    "         side's open stream shows them (from the moment each should have been sent).\n"
    "hold:    opens streams, prints what each costs in the server's resident memory, posts a\n"
    "         message into some conversations and waits until all their streams have shown it.\n\n"
    "  --connect A:P      the server\n"
    "  --people FILE      conversations, made by prepare\n"
    "  --rate N           latency: messages a second (500)\n"
    "  --seconds N        latency: how long (20)\n"
    "  --connections N    latency: connections that post (64)\n"
    "  --watch A:P        latency: streams are opened here and not where is posted; may be given\n"
    "                     up to 4 times, for servers on one database, taken in turn\n"
    "  --streams N        hold: streams to open (5000)\n"
    "  --server-pid PID   hold: whose memory to read\n"
    "  --posts N          hold: conversations to post into while all are open (20)\n"
    "  --within N         hold: seconds in which every stream has to show what was posted (5)\n"
    "  --addresses N      loopback addresses to come from (100)\n"
    "  --first-address N  leave out the first so many (0)\n"
    "  --go               hold: when all are open print 'open', then wait for a line on standard\n"
    "                     input before posting, and for another before closing\n";

enum { PATH_MAX_HERE = 128, TEXT_MARK = 12, WATCHED_MAX = 4 };

struct stream {
    struct watch watch; /* first */
    struct run *run;
    int fd, talk; /* talk -1: a consultant's desk, where all their talks are seen */
    bool of_consultant, open;
    struct wire_reader reader;
    struct wire_events events;
};

struct post {
    int64_t due;
    int talk;
    bool by_consultant, accepted;
    int seen; /* on the other side's stream */
};

struct run {
    struct wire_place place, watched[WATCHED_MAX];
    int watched_count;
    struct city city;
    char mark[TEXT_MARK * 2]; /* what its messages begin with; nobody else's do */
    int loop, addresses, first_address, within;
    struct stream *streams;
    int streams_count, open, lost;
    struct post *posts;
    int64_t posts_max, sent, accepted, refused, seen, twice, strange;
    double rate;
    int64_t begin, end;
    struct histogram times;
};

/* The number of one of our own messages, or -1.  A stream that is opened tells what was said
 * before, by an earlier run too. */
static int64_t number_in(const struct run *run, const struct wire_event *event)
{
    const char *at = memmem(event->data, event->len, run->mark, strlen(run->mark));
    return at ? strtoll(at + strlen(run->mark), NULL, 10) : -1;
}

static void event_seen(void *mine, const struct wire_event *event)
{
    struct stream *stream = mine;
    struct run *run = stream->run;
    if (strcmp(event->name, "message") != 0) return;
    int64_t number = number_in(run, event);
    if (number < 0 || number >= run->sent) return;
    struct post *post = &run->posts[number];
    if (post->by_consultant == stream->of_consultant) return; /* one's own words come back too */
    if (!stream->of_consultant && stream->talk != post->talk) {
        run->strange++;
        return;
    }
    if (post->seen++) {
        run->twice++;
        return;
    }
    run->seen++;
    histogram_add(&run->times, now_ns() - post->due);
}

static void stream_ready(struct watch *watch, unsigned events)
{
    struct stream *stream = (struct stream *)watch;
    (void)events;
    if (stream->fd < 0) return;
    ssize_t got = recv(stream->fd, loop_bytes, sizeof loop_bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got > 0)
        wire_read(&stream->reader, loop_bytes, (size_t)got, wire_events_feed, &stream->events);
    if (!stream->open && stream->reader.state > WIRE_HEAD && stream->reader.status == 200) {
        stream->open = true;
        stream->run->open++;
    }
    if (got > 0 && stream->reader.state < WIRE_WHOLE) return;
    if (!stream->run->lost++) fprintf(stderr, "a stream ended: status %d\n", stream->reader.status);
    if (stream->open) stream->run->open--;
    close(stream->fd);
    stream->fd = -1;
}

/* Where a stream is opened: where is posted, unless other places were given to watch. */
static const struct wire_place *watched_place(const struct run *run, int number)
{
    return run->watched_count ? &run->watched[number % run->watched_count] : &run->place;
}

static void stream_request(const struct stream *stream, const struct wire_place *place,
                           char *request, size_t size)
{
    const struct city *city = &stream->run->city;
    char path[PATH_MAX_HERE], headers[CITY_TOKEN_MAX + 96];
    if (stream->of_consultant) {
        snprintf(path, sizeof path, "/api/v1/desk/stream");
        city_headers(headers, sizeof headers, city->consultants[stream->talk].token);
    } else {
        const struct city_talk *talk = &city->talks[stream->talk];
        snprintf(path, sizeof path, "/api/v1/consultations/%s/stream", talk->reference);
        city_headers(headers, sizeof headers, talk->token);
    }
    snprintf(request, size, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n",
             path, place->text, headers);
}

static bool open_stream(struct run *run, int number, int talk, bool of_consultant)
{
    struct stream *stream = &run->streams[number];
    *stream = (struct stream){
        .watch = {stream_ready}, .run = run, .talk = talk, .of_consultant = of_consultant};
    stream->events.each = event_seen;
    stream->events.mine = stream;
    wire_reader_start(&stream->reader);
    int address = run->first_address + number % run->addresses;
    const struct wire_place *place = watched_place(run, number);
    stream->fd = wire_connect(place, wire_address(address, address + 1), true, 20);
    char request[1024];
    stream_request(stream, place, request, sizeof request);
    if (stream->fd < 0 || send(stream->fd, request, strlen(request), MSG_NOSIGNAL) < 0) {
        fprintf(stderr, "stream %d: %s\n", number, strerror(errno));
        return false;
    }
    loop_add(run->loop, stream->fd, &stream->watch, EPOLLIN);
    /* Some at a time, as people come: the backlog of a listening socket is bounded. */
    while (number + 1 - run->open > 64 && !run->lost) loop_turn(run->loop, 1000000);
    return !run->lost;
}

static bool wait_open(struct run *run, int wanted)
{
    int64_t end = now_ns() + 20000000000;
    while (run->open < wanted && !run->lost && now_ns() < end) loop_turn(run->loop, 1000000);
    if (run->open < wanted)
        fprintf(stderr, "%d of %d streams are open, %d ended\n", run->open, wanted, run->lost);
    return run->open == wanted;
}

static size_t next_post(void *mine, char *request, int64_t now, int64_t *due, uint64_t *tag)
{
    struct run *run = mine;
    if (run->sent >= run->posts_max) return 0;
    *due = run->begin + (int64_t)((double)run->sent / run->rate * 1e9);
    if (*due > now || *due >= run->end) return 0;
    struct post *post = &run->posts[run->sent];
    int talks = run->city.talks_count;
    post->due = *due;
    post->talk = (int)(run->sent / 2 % talks);
    post->by_consultant = run->sent % 2 == 1 && run->city.talks[post->talk].consultant >= 0;
    struct city_side side;
    city_side(&run->city, post->talk, post->by_consultant, &side);
    char body[160];
    int len = snprintf(body, sizeof body,
                       "{\"text\":\"%s%lld: the wages of May and June are still owed\"}", run->mark,
                       (long long)run->sent);
    *tag = (uint64_t)run->sent++;
    return (size_t)snprintf(request, POOL_REQUEST_MAX,
                            "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\n"
                            "Content-Length: %d\r\n\r\n%s",
                            side.path, run->place.text, side.headers, len, body);
}

static void post_done(void *mine, uint64_t tag, int status, int64_t due, const char *body,
                      size_t len)
{
    struct run *run = mine;
    (void)due;
    run->posts[tag].accepted = status == 201;
    if (status == 201) {
        run->accepted++;
    } else if (!run->refused++) {
        fprintf(stderr, "POST: %d %s\n", status, len && body ? body : "");
    }
}

/* Posts until run->end, then waits until all that was accepted has been seen, or 5 s. */
static void post_all(struct run *run, int connections)
{
    struct pool_settings settings = {.loop = run->loop,
                                     .place = run->place,
                                     .connections = connections,
                                     .addresses = run->addresses,
                                     .next = next_post,
                                     .done = post_done,
                                     .mine = run,
                                     .body_max = 300};
    struct pool *pool = pool_open(&settings);
    int64_t last = run->end + 5000000000;
    for (;;) {
        pool_pump(pool);
        int64_t now = now_ns();
        bool over = now >= run->end || run->sent >= run->posts_max;
        if ((over && !pool_busy(pool) && run->seen >= run->accepted) || now >= last) break;
        int64_t due = run->begin + (int64_t)((double)run->sent / run->rate * 1e9);
        loop_turn(run->loop, over || due - now > 1000000 ? 1000000 : due - now);
    }
    pool_close(pool);
}

static void *zeroed(int64_t count, size_t size)
{
    void *made = calloc((size_t)(count > 0 ? count : 1), size);
    if (!made) abort();
    return made;
}

static int latency(struct run *run, double seconds, int connections)
{
    const struct city *city = &run->city;
    int count = city->talks_count + city->consultants_count, opened = 0;
    run->streams = zeroed(count, sizeof *run->streams);
    run->streams_count = count;
    for (int n = 0; n < city->talks_count; n++)
        if (!open_stream(run, opened++, n, false)) return 1;
    for (int n = 0; n < city->consultants_count; n++)
        if (!open_stream(run, opened++, n, true)) return 1;
    if (!wait_open(run, count)) return 1;
    run->posts_max = (int64_t)(run->rate * seconds);
    run->posts = zeroed(run->posts_max, sizeof *run->posts);
    run->begin = now_ns();
    run->end = run->begin + (int64_t)(seconds * 1e9);
    post_all(run, connections);
    printf("stream-latency posted %lld refused %lld seen %lld missing %lld twice %lld strange %lld "
           "streams %d conversations %d ",
           (long long)run->sent, (long long)run->refused, (long long)run->seen,
           (long long)(run->accepted - run->seen), (long long)run->twice, (long long)run->strange,
           count, city->talks_count);
    histogram_print(&run->times, stdout);
    putchar('\n');
    bool right = !run->refused && run->seen == run->accepted && run->accepted == run->sent &&
                 !run->twice && !run->strange && !run->lost;
    return right ? 0 : 1;
}

static void wait_line(void)
{
    char line[16];
    if (!fgets(line, sizeof line, stdin)) clearerr(stdin);
}

/* Resident streams only: each conversation's are opened in turn until there are enough. */
static int hold(struct run *run, int posts, pid_t server, bool go)
{
    int count = run->streams_count, talks = run->city.talks_count;
    run->streams = zeroed(count, sizeof *run->streams);
    int64_t before = server ? servant_memory_kb(server) : 0, begin = now_ns();
    for (int n = 0; n < count; n++)
        if (!open_stream(run, n, n % talks, false)) return 1;
    if (!wait_open(run, count)) return 1;
    double took = (double)(now_ns() - begin) / 1e9;
    int64_t after = server ? servant_memory_kb(server) : 0;
    printf("open %d seconds %.2f memory-kb %.2f\n", count, took, (double)(after - before) / count);
    fflush(stdout);
    if (go) wait_line();
    /* A consultant speaks: every stream of that conversation has to show it. */
    posts = posts < talks ? posts : talks;
    struct wire_link link;
    wire_link_open(&link, &run->place, 10);
    int wanted = 0, seen = 0;
    run->posts = zeroed(1, sizeof *run->posts);
    for (int n = 0; n < posts; n++) {
        struct city_side side;
        bool by_consultant = run->city.talks[n].consultant >= 0;
        city_side(&run->city, n, by_consultant, &side);
        run->posts[0] = (struct post){.due = now_ns(), .talk = n, .by_consultant = true};
        run->sent = 1;
        run->twice = run->seen = 0;
        char body[96];
        snprintf(body, sizeof body, "{\"text\":\"%s0: still here?\"}", run->mark);
        int status = wire_ask(&link, "POST", side.path, side.headers, body);
        if (status != 201) fprintf(stderr, "POST: %d\n", status);
        int open_here = count / talks + (n < count % talks);
        int64_t end = now_ns() + (int64_t)run->within * 1000000000;
        while (run->seen + run->twice < open_here && now_ns() < end) loop_turn(run->loop, 1000000);
        wanted += open_here;
        seen += (int)(run->seen + run->twice);
    }
    wire_link_close(&link);
    printf("posted %d wanted %d seen %d ended %d first-seen ", posts, wanted, seen, run->lost);
    histogram_print(&run->times, stdout);
    putchar('\n');
    fflush(stdout);
    if (go) wait_line();
    return wanted == seen && !run->lost ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"connect", 1, 0, 'c'},     {"people", 1, 0, 'p'},
        {"rate", 1, 0, 'r'},        {"seconds", 1, 0, 's'},
        {"connections", 1, 0, 'n'}, {"streams", 1, 0, 'S'},
        {"posts", 1, 0, 'P'},       {"server-pid", 1, 0, 'i'},
        {"addresses", 1, 0, 'a'},   {"first-address", 1, 0, 'f'},
        {"watch", 1, 0, 'w'},       {"go", 0, 0, 'g'},
        {"within", 1, 0, 'W'},      {"help", 0, 0, 'h'},
        {0}};
    static struct run run = {
        .rate = 500, .addresses = 100, .streams_count = 5000, .within = 5};
    const char *connect = NULL, *people = NULL;
    double seconds = 20;
    int connections = 64, posts = 20, option;
    pid_t server = 0;
    bool go = false;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 'p': people = optarg; break;
        case 'r': run.rate = atof(optarg); break;
        case 's': seconds = atof(optarg); break;
        case 'n': connections = atoi(optarg); break;
        case 'S': run.streams_count = atoi(optarg); break;
        case 'P': posts = atoi(optarg); break;
        case 'i': server = (pid_t)atoi(optarg); break;
        case 'a': run.addresses = atoi(optarg); break;
        case 'f': run.first_address = atoi(optarg); break;
        case 'g': go = true; break;
        case 'W': run.within = atoi(optarg); break;
        case 'w':
            if (run.watched_count == WATCHED_MAX ||
                !wire_place_of(optarg, &run.watched[run.watched_count++])) {
                fputs(help, stderr);
                return 2;
            }
            break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    const char *what = optind < argc ? argv[optind] : "";
    bool is_latency = strcmp(what, "latency") == 0;
    if ((!is_latency && strcmp(what, "hold") != 0) || !connect || !people ||
        !wire_place_of(connect, &run.place) || run.addresses < 1 || run.rate <= 0) {
        fputs(help, stderr);
        return 2;
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    if (!city_load(&run.city, &run.place, people)) return 2;
    snprintf(run.mark, sizeof run.mark, "bench %d-", (int)getpid());
    run.loop = loop_open();
    return is_latency ? latency(&run, seconds, connections) : hold(&run, posts, server, go);
}
