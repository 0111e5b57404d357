/* load.c -- a load generator: pages fetched or messages posted, closed or open loop.
 *
 * Why our own: the open loop counts from the moment a request should have been sent, so a stall
 * is seen by all requests it held up; and messages go to many conversations with their own tokens.
 */
#include "bench/city.h"
#include "bench/histogram.h"
#include "bench/pool.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: load --connect ADDRESS:PORT (--get PATH … | --people FILE) [options]\n"
    "Puts load on a server over kept connections and prints one line of results.\n\n"
    "  --connect A:P       the server\n"
    "  --get PATH          fetch this; may be given up to 16 times, fetched in turn\n"
    "  --header 'N: V'     sent with each; may be given up to 16 times\n"
    "  --body TEXT         send this to those paths (POST); --type is what it is "
    "(application/json)\n"
    "  --people FILE       post messages into the conversations of this file (see prepare)\n"
    "  --side WHO          who posts: resident, consultant or both (both)\n"
    "  --text N            bytes of text of a message (80)\n"
    "  --keys WORD         send Idempotency-Key: WORD and a number with each message\n"
    "  --told FILE         adds a line to it for each message that was acknowledged, which "
    "bench/told\n"
    "                      reads back; messages begin with the label then\n"
    "  --connections N     kept connections (64)\n"
    "  --addresses N       loopback addresses to come from (16); 0: the kernel's choice\n"
    "  --seconds N         how long, decimals allowed (5)\n"
    "  --count N           stop after so many requests\n"
    "  --rate N            open loop: N requests a second, latency from the intended moment;\n"
    "                      without it each connection sends when it has its answer\n"
    "  --warm N            seconds at the start that are not counted (0.5)\n"
    "  --expect STATUS     what a good answer is (200, or 201 for messages)\n"
    "  --refused STATUS    how many were answered so and how soon is told beside the rest\n"
    "  --label WORD        the first word of the line (load)\n\n"
    "With --refused also: refused N refused-p50 T refused-p99 T refused-max T.\n"
    "Prints: LABEL requests N seconds S rate R errors E bytes B p50 … max, times in ms.\n"
    "Exit status 1 when an answer was not as expected.\n";

enum { PATHS_MAX = 16, STATUS_MAX = 600 };

struct load {
    struct wire_place place;
    const char *paths[PATHS_MAX];
    int paths_count;
    char headers[2048];
    struct city city;
    struct city_side *sides;
    int sides_count;
    const char *keys, *label, *body, *type;
    int text, connections, addresses, expect, refused;
    double seconds, rate, warm;
    int64_t count;

    FILE *told;
    int64_t begin, end, sent;
    uint64_t statuses[STATUS_MAX];
    uint64_t bytes, counted, wrong;
    struct histogram times, refused_times;
    uint64_t refused_counted;
    char wrong_body[400];
};

static size_t write_get(struct load *load, char *request)
{
    const char *path = load->paths[load->sent % load->paths_count];
    return (size_t)snprintf(request, POOL_REQUEST_MAX, "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n",
                            path, load->place.text, load->headers);
}

static size_t write_body(struct load *load, char *request)
{
    const char *path = load->paths[load->sent % load->paths_count];
    int len =
        snprintf(request, POOL_REQUEST_MAX,
                 "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: %s\r\n"
                 "Content-Length: %zu\r\n\r\n%s",
                 path, load->place.text, load->headers, load->type, strlen(load->body), load->body);
    return len > 0 && len < POOL_REQUEST_MAX ? (size_t)len : 0;
}

static size_t write_post(struct load *load, char *request)
{
    const struct city_side *side = &load->sides[load->sent % load->sides_count];
    char body[2200], key[96] = "";
    int len = snprintf(body, sizeof body, "{\"text\":\"%s %09lld ",
                       load->told ? load->label : "Message", (long long)load->sent);
    static const char fill[] = "about wages that were not paid in full since the spring. ";
    while (len - 9 < load->text && len < 2100) {
        int part = load->text - (len - 9);
        len += snprintf(body + len, 2101 - (size_t)len, "%.*s", part, fill);
    }
    len += snprintf(body + len, sizeof body - (size_t)len, "\"}");
    if (load->keys)
        snprintf(key, sizeof key, "Idempotency-Key: %s-%lld\r\n", load->keys,
                 (long long)load->sent);
    return (size_t)snprintf(request, POOL_REQUEST_MAX,
                            "POST %s HTTP/1.1\r\nHost: %s\r\n%s%s%sContent-Type: application/json"
                            "\r\nContent-Length: %d\r\n\r\n%s",
                            side->path, load->place.text, side->headers, load->headers, key, len,
                            body);
}

static size_t next(void *mine, char *request, int64_t now, int64_t *due, uint64_t *tag)
{
    struct load *load = mine;
    if (load->count && load->sent >= load->count) return 0;
    *due = now;
    if (load->rate > 0) *due = load->begin + (int64_t)((double)load->sent / load->rate * 1e9);
    if (*due > now || *due >= load->end || now >= load->end) return 0;
    size_t len = load->sides_count ? write_post(load, request)
                 : load->body      ? write_body(load, request)
                                   : write_get(load, request);
    *tag = (uint64_t)load->sent++;
    return len;
}

/* What `told` looks for: "REFERENCE SEQ TEXT". */
static void note(struct load *load, uint64_t tag, const char *body)
{
    const char *path = load->sides[tag % (uint64_t)load->sides_count].path;
    const char *seq = body ? strstr(body, "\"seq\":") : NULL, *end = strrchr(path, '/');
    const char *reference = end;
    while (reference > path && reference[-1] != '/') reference--;
    if (end)
        fprintf(load->told, "%.*s %lld %s %09llu\n", (int)(end - reference), reference,
                seq ? strtoll(seq + 6, NULL, 10) : 0LL, load->label, (unsigned long long)tag);
}

static void done(void *mine, uint64_t tag, int status, int64_t due, const char *body, size_t len)
{
    struct load *load = mine;
    if (load->told && status == load->expect) note(load, tag, body);
    load->statuses[status > 0 && status < STATUS_MAX ? status : 0]++;
    if (load->refused && status == load->refused &&
        due >= load->begin + (int64_t)(load->warm * 1e9)) {
        load->refused_counted++;
        histogram_add(&load->refused_times, now_ns() - due);
    }
    if (status != load->expect) {
        if (!load->wrong++ && body)
            snprintf(load->wrong_body, sizeof load->wrong_body, "%s", len ? body : "");
        return;
    }
    if (due < load->begin + (int64_t)(load->warm * 1e9)) return;
    load->counted++;
    load->bytes += len;
    histogram_add(&load->times, now_ns() - due);
}

static void make_sides(struct load *load, const char *which)
{
    int count = load->city.talks_count;
    bool resident = strcmp(which, "consultant") != 0, consultant = strcmp(which, "resident") != 0;
    load->sides = calloc((size_t)count * 2, sizeof *load->sides);
    if (!load->sides) abort();
    for (int n = 0; resident && n < count; n++)
        city_side(&load->city, n, false, &load->sides[load->sides_count++]);
    for (int n = 0; consultant && n < count; n++)
        if (load->city.talks[n].consultant >= 0)
            city_side(&load->city, n, true, &load->sides[load->sides_count++]);
}

static bool load_people(struct load *load, const char *path, const char *side)
{
    if (!city_load(&load->city, &load->place, path)) return false;
    make_sides(load, side);
    if (!load->sides_count) fprintf(stderr, "nobody to post as\n");
    return load->sides_count > 0;
}

static void run(struct load *load)
{
    struct pool_settings settings = {.loop = loop_open(),
                                     .place = load->place,
                                     .connections = load->connections,
                                     .addresses = load->addresses,
                                     .next = next,
                                     .done = done,
                                     .mine = load,
                                     .body_max = 400};
    struct pool *pool = pool_open(&settings);
    load->begin = now_ns();
    load->end = load->begin + (int64_t)((load->seconds + load->warm) * 1e9);
    int64_t last = load->end + 10000000000; /* answers that are late are still waited for */
    for (;;) {
        pool_pump(pool);
        int64_t now = now_ns();
        bool over = now >= load->end || (load->count && load->sent >= load->count);
        if ((over && !pool_busy(pool)) || now >= last) break;
        int64_t wait = 1000000;
        if (load->rate > 0 && !over) {
            int64_t due = load->begin + (int64_t)((double)load->sent / load->rate * 1e9);
            wait = due - now < wait ? due - now : wait;
        }
        loop_turn(settings.loop, wait);
    }
    load->wrong += (uint64_t)pool_busy(pool);
    load->end = now_ns() < load->end ? now_ns() : load->end;
    pool_close(pool);
}

static int report(struct load *load)
{
    double seconds = (double)(load->end - load->begin) / 1e9 - load->warm;
    printf("%s requests %llu seconds %.2f rate %.1f errors %llu bytes %llu ", load->label,
           (unsigned long long)load->counted, seconds,
           seconds > 0 ? (double)load->counted / seconds : 0, (unsigned long long)load->wrong,
           (unsigned long long)load->bytes);
    histogram_print(&load->times, stdout);
    if (load->refused)
        printf(" refused %llu refused-p50 %.2f refused-p99 %.2f refused-max %.2f",
               (unsigned long long)load->refused_counted, histogram_ms(&load->refused_times, 0.5),
               histogram_ms(&load->refused_times, 0.99), histogram_ms(&load->refused_times, 1));
    putchar('\n');
    if (!load->wrong) return load->counted ? 0 : 1;
    fprintf(stderr, "answers that were not %d:", load->expect);
    for (int i = 0; i < STATUS_MAX; i++)
        if (load->statuses[i] && i != load->expect)
            fprintf(stderr, " %s%d x %llu", i ? "" : "none ", i,
                    (unsigned long long)load->statuses[i]);
    fprintf(stderr, "\n%s\n", load->wrong_body);
    return 1;
}

static void add_header(struct load *load, const char *line)
{
    size_t have = strlen(load->headers);
    snprintf(load->headers + have, sizeof load->headers - have, "%s\r\n", line);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"connect", 1, 0, 'c'}, {"get", 1, 0, 'g'},         {"header", 1, 0, 'H'},
        {"people", 1, 0, 'p'},  {"side", 1, 0, 'S'},        {"text", 1, 0, 't'},
        {"keys", 1, 0, 'k'},    {"connections", 1, 0, 'n'}, {"addresses", 1, 0, 'a'},
        {"seconds", 1, 0, 's'}, {"count", 1, 0, 'N'},       {"rate", 1, 0, 'r'},
        {"warm", 1, 0, 'w'},    {"expect", 1, 0, 'e'},      {"refused", 1, 0, 'R'},
        {"label", 1, 0, 'l'},   {"body", 1, 0, 'b'},        {"type", 1, 0, 'T'},
        {"told", 1, 0, 'o'},    {"help", 0, 0, 'h'},        {0}};
    static struct load load = {.text = 80,
                               .connections = 64,
                               .addresses = 16,
                               .seconds = 5,
                               .warm = 0.5,
                               .label = "load",
                               .type = "application/json"};
    const char *connect = NULL, *people = NULL, *side = "both", *told = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 'g':
            if (load.paths_count < PATHS_MAX) load.paths[load.paths_count++] = optarg;
            break;
        case 'H': add_header(&load, optarg); break;
        case 'p': people = optarg; break;
        case 'S': side = optarg; break;
        case 't': load.text = atoi(optarg); break;
        case 'k': load.keys = optarg; break;
        case 'n': load.connections = atoi(optarg); break;
        case 'a': load.addresses = atoi(optarg); break;
        case 's': load.seconds = atof(optarg); break;
        case 'N': load.count = atoll(optarg); break;
        case 'r': load.rate = atof(optarg); break;
        case 'w': load.warm = atof(optarg); break;
        case 'e': load.expect = atoi(optarg); break;
        case 'R': load.refused = atoi(optarg); break;
        case 'l': load.label = optarg; break;
        case 'b': load.body = optarg; break;
        case 'T': load.type = optarg; break;
        case 'o': told = optarg; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    bool posts = people != NULL;
    if (!connect || !wire_place_of(connect, &load.place) || load.connections < 1 ||
        posts == (load.paths_count > 0)) {
        fputs(help, stderr);
        return 2;
    }
    if (!load.expect) load.expect = posts ? 201 : 200;
    if (posts && !load_people(&load, people, side)) return 2;
    if (told && posts && !(load.told = fopen(told, "a"))) {
        perror(told);
        return 2;
    }
    run(&load);
    int status = report(&load);
    if (load.told && fclose(load.told) != 0) status = 1;
    free(load.sides);
    city_free(&load.city);
    return status;
}
