/* crash_people.c -- the people of the crash test: writers that never give up, readers that come
 * back.
 *
 * 1. A message without an answer is sent again with the same Idempotency-Key until it has one.
 * 2. A stream is opened again from the last event it showed, by ?after and Last-Event-ID in turn.
 */
#include "bench/crash.h"

#include "bench/histogram.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* False when it is all over. */
static bool wait_turn(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    while (crash->held && !crash->over) {
        crash->waiting++;
        pthread_cond_broadcast(&crash->changed);
        pthread_cond_wait(&crash->changed, &crash->lock);
        crash->waiting--;
    }
    bool on = !crash->over;
    pthread_mutex_unlock(&crash->lock);
    return on;
}

static void count(struct crash *crash, int64_t *what)
{
    pthread_mutex_lock(&crash->lock);
    (*what)++;
    pthread_mutex_unlock(&crash->lock);
}

static bool is_dark(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    bool dark = crash->dark;
    pthread_mutex_unlock(&crash->lock);
    return dark;
}

static void note_back(struct writer *writer, int64_t begun)
{
    struct crash *crash = writer->crash;
    pthread_mutex_lock(&crash->lock);
    if (!writer->back_at && crash->cut_at && begun > crash->cut_at) writer->back_at = now_ns();
    pthread_mutex_unlock(&crash->lock);
}

/* One attempt at the writer's next message; true when it was acknowledged. */
static bool send_next(struct writer *writer, struct wire_link *link)
{
    struct crash *crash = writer->crash;
    int64_t number = writer->told->count + 1;
    char text[80], body[120], headers[CITY_TOKEN_MAX + 256];
    crash_text(text, sizeof text, writer->number, number);
    snprintf(body, sizeof body, "{\"text\":\"%s\"}", text);
    snprintf(headers, sizeof headers, "%sIdempotency-Key: %s-%d-%lld\r\n", writer->side.headers,
             crash->word, writer->number, (long long)number);
    int64_t begun = now_ns();
    int status = wire_ask(link, "POST", writer->side.path, headers, body);
    /* A sync that is under way while the file system is shut down may report success and lose the
     * bytes (docs/decisions/0103); with the power gone the answer would not have come. */
    if (status == 201 && is_dark(crash)) status = -1;
    if (status == 201) {
        json_t *answer = json_loadb(link->body, link->len, 0, NULL);
        json_t *seq = json_object_get(answer, "seq");
        if (json_is_integer(seq)) told_add(writer->told, json_integer_value(seq));
        bool right = json_is_integer(seq);
        json_decref(answer);
        if (right) {
            note_back(writer, begun);
            return true;
        }
    }
    if (status == -1) {
        count(crash, &crash->unanswered);
        pause_ms(5);
    } else if (status == 429 || status == 503) {
        count(crash, &crash->told_to_wait);
        pause_ms(link->retry_after > 0 ? 200 : 50);
    } else if (status == 500 && crash->may_fault) {
        count(crash, &crash->faults);
        pause_ms(200);
    } else {
        fprintf(stderr, "POST %s: %d %.300s\n", writer->side.path, status, link->body);
        pthread_mutex_lock(&crash->lock);
        crash->failed = true;
        pthread_mutex_unlock(&crash->lock);
        pause_ms(200);
    }
    return false;
}

static void *write_on(void *mine)
{
    struct writer *writer = mine;
    struct wire_link link;
    wire_link_open(&link, &writer->crash->place, 10);
    while (wait_turn(writer->crash)) {
        if (!send_next(writer, &link)) continue;
        int pace = writer->crash->pace_ms;
        if (pace > 0) {
            long us = rand_r(&writer->random) % (2 * pace * 1000);
            nanosleep(&(struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000},
                      NULL);
        }
    }
    wire_link_close(&link);
    return NULL;
}

static void event_shown(void *mine, const struct wire_event *event)
{
    struct reader *reader = mine;
    if (is_dark(reader->crash)) return;
    pthread_mutex_lock(&reader->lock);
    if (event->id && event->id <= reader->last_id) reader->backwards++;
    if (event->id > reader->last_id) reader->last_id = event->id;
    if (strcmp(event->name, "message") == 0) {
        json_t *data = json_loadb(event->data, event->len, 0, NULL);
        shown_message(&reader->shown, json_string_value(json_object_get(data, "text")), 0);
        json_decref(data);
    }
    pthread_mutex_unlock(&reader->lock);
}

static int open_stream(struct reader *reader)
{
    const struct city *city = &reader->crash->city;
    char request[1024], headers[CITY_TOKEN_MAX + 128], path[96], after[48] = "", last[64] = "";
    if (reader->talk >= 0) {
        const struct city_talk *talk = &city->talks[reader->talk];
        snprintf(path, sizeof path, "/api/v1/consultations/%s/stream", talk->reference);
        city_headers(headers, sizeof headers, talk->token);
    } else {
        snprintf(path, sizeof path, "/api/v1/desk/stream");
        city_headers(headers, sizeof headers, city->consultants[reader->consultant].token);
    }
    if (reader->turns++ % 2)
        snprintf(last, sizeof last, "Last-Event-ID: %lld\r\n", (long long)reader->last_id);
    else
        snprintf(after, sizeof after, "?after=%lld", (long long)reader->last_id);
    int len = snprintf(request, sizeof request,
                       "GET %s%s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s%s\r\n",
                       path, after, city->place.text, headers, last);
    int fd = wire_connect(&city->place, 0, true, 1);
    if (fd >= 0 && send(fd, request, (size_t)len, MSG_NOSIGNAL) == len) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static bool all_over(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    bool over = crash->over;
    pthread_mutex_unlock(&crash->lock);
    return over;
}

static void *read_on(void *mine)
{
    struct reader *reader = mine;
    char bytes[16 * 1024];
    while (!all_over(reader->crash)) {
        int fd = open_stream(reader);
        if (fd < 0) {
            pause_ms(10);
            continue;
        }
        count(reader->crash, &reader->crash->opened);
        struct wire_reader answer;
        wire_reader_start(&answer);
        struct wire_events events = {.each = event_shown, .mine = reader};
        while (!all_over(reader->crash)) {
            ssize_t got = recv(fd, bytes, sizeof bytes, 0);
            if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (got <= 0) break;
            wire_read(&answer, bytes, (size_t)got, wire_events_feed, &events);
            if (answer.state >= WIRE_WHOLE) break;
            if (answer.state > WIRE_HEAD && answer.status != 200) break;
        }
        wire_events_free(&events);
        close(fd);
        if (answer.status != 200) pause_ms(20);
    }
    return NULL;
}

static void *zeroed(int many, size_t size)
{
    void *made = calloc((size_t)(many > 0 ? many : 1), size);
    if (!made) abort();
    return made;
}

void crash_people_start(struct crash *crash)
{
    const struct city *city = &crash->city;
    crash->writers_count = city->talks_count * 2;
    crash->told = zeroed(crash->writers_count, sizeof *crash->told);
    crash->writers = zeroed(crash->writers_count, sizeof *crash->writers);
    for (int n = 0; n < crash->writers_count; n++) {
        struct writer *writer = &crash->writers[n];
        *writer = (struct writer){.crash = crash, .number = n, .told = &crash->told[n]};
        writer->random = (unsigned)n * 7919u + 1;
        city_side(city, n / 2, n % 2 == 1, &writer->side);
        pthread_create(&writer->thread, NULL, write_on, writer);
    }
    crash->readers_count = city->talks_count + city->consultants_count;
    crash->readers = zeroed(crash->readers_count, sizeof *crash->readers);
    for (int n = 0; n < crash->readers_count; n++) {
        struct reader *reader = &crash->readers[n];
        bool of_talk = n < city->talks_count;
        *reader = (struct reader){.crash = crash,
                                  .talk = of_talk ? n : -1,
                                  .consultant = of_talk ? -1 : n - city->talks_count};
        shown_open(&reader->shown, crash->told, of_talk ? 2 * n : 0,
                   of_talk ? 2 : crash->writers_count);
        reader->shown.seqs_known = false;
        pthread_mutex_init(&reader->lock, NULL);
        pthread_create(&reader->thread, NULL, read_on, reader);
    }
}

void crash_people_end(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    crash->over = true;
    pthread_cond_broadcast(&crash->changed);
    pthread_mutex_unlock(&crash->lock);
    for (int n = 0; n < crash->writers_count; n++) pthread_join(crash->writers[n].thread, NULL);
    for (int n = 0; n < crash->readers_count; n++) pthread_join(crash->readers[n].thread, NULL);
}

void crash_people_free(struct crash *crash)
{
    for (int n = 0; n < crash->readers_count; n++) shown_close(&crash->readers[n].shown);
    for (int n = 0; n < crash->writers_count; n++) free(crash->told[n].seqs);
    free(crash->told);
    free(crash->writers);
    free(crash->readers);
}

void crash_hold(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    crash->held = true;
    pthread_mutex_unlock(&crash->lock);
}

void crash_settle(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    while (crash->waiting < crash->writers_count) pthread_cond_wait(&crash->changed, &crash->lock);
    pthread_mutex_unlock(&crash->lock);
}

void crash_let_go(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    crash->held = false;
    pthread_cond_broadcast(&crash->changed);
    pthread_mutex_unlock(&crash->lock);
}

void crash_dark(struct crash *crash, bool dark)
{
    pthread_mutex_lock(&crash->lock);
    crash->dark = dark;
    pthread_mutex_unlock(&crash->lock);
}

/* What this stream lacks of the messages that the other side was told are safe. */
static int64_t missing_here(struct crash *crash, struct reader *reader)
{
    int64_t missing = 0;
    pthread_mutex_lock(&reader->lock);
    for (int talk = 0; talk < crash->city.talks_count; talk++) {
        int writer = 2 * talk + (reader->talk >= 0);
        if (reader->talk >= 0 && reader->talk != talk) continue;
        if (reader->talk < 0 && crash->city.talks[talk].consultant != reader->consultant) continue;
        missing += shown_missing(&reader->shown, writer, crash->told[writer].count);
    }
    pthread_mutex_unlock(&reader->lock);
    return missing;
}

int64_t crash_streams_missing(struct crash *crash, int seconds)
{
    int64_t end = now_ns() + (int64_t)seconds * 1000000000, missing;
    do {
        missing = 0;
        for (int n = 0; n < crash->readers_count; n++)
            missing += missing_here(crash, &crash->readers[n]);
        if (missing) pause_ms(50);
    } while (missing && now_ns() < end);
    return missing;
}

void crash_cut(struct crash *crash)
{
    pthread_mutex_lock(&crash->lock);
    crash->cut_at = now_ns();
    for (int n = 0; n < crash->writers_count; n++) crash->writers[n].back_at = 0;
    pthread_mutex_unlock(&crash->lock);
}

int crash_back(struct crash *crash, int64_t *first)
{
    int back = 0;
    *first = 0;
    pthread_mutex_lock(&crash->lock);
    for (int n = 0; n < crash->writers_count; n++) {
        int64_t at = crash->writers[n].back_at;
        if (!at) continue;
        back++;
        if (!*first || at < *first) *first = at;
    }
    pthread_mutex_unlock(&crash->lock);
    return back;
}
