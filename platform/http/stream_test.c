/* stream_test.c -- event streams: order, slow readers, readers who leave, the end. */
#include "platform/http/rig_test.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GET "GET /stream HTTP/1.1\r\nHost: gongdao.example\r\nConnection: close\r\n\r\n"

enum { WRITERS = 3, EVENTS = 1000 };

struct writer {
    struct rig *rig;
    int number;
    int refused;
};

static void *write_events(void *site)
{
    struct writer *writer = site;

    for (int i = 0; i < EVENTS; i++) {
        char event[40];

        snprintf(event, sizeof event, "data: %d %d\n\n", writer->number, i);
        if (!http_stream_write(writer->rig->stream, str_of(event))) writer->refused++;
        if (i % 50 == 0) sched_yield();
    }
    return NULL;
}

/* Each writer's events in `text` are 0, 1, 2 … */
static void expect_order(struct str text)
{
    int next[WRITERS] = {0}, number, i;

    while (text.len) {
        struct str line = str_cut(text, '\n', &text);

        if (line.len == 0) continue;
        cr_assert_eq(sscanf(line.at, "data: %d %d\n", &number, &i), 2);
        cr_assert(number >= 0 && number < WRITERS);
        cr_assert_eq(next[number], i, "writer %d: %d after %d", number, i, next[number] - 1);
        next[number]++;
    }
    for (int w = 0; w < WRITERS; w++) cr_expect_eq(next[w], EVENTS);
}

Test(http_stream, three_writers_arrive_whole_and_each_in_order)
{
    struct arena *arena = arena_open(8 << 20);
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    struct str got;
    struct rig rig;
    bool whole;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S(GET));
    rig_wait_opened(&rig, 1);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){&rig, i, 0};
        pthread_create(threads + i, NULL, write_events, writers + i);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        cr_expect_eq(writers[i].refused, 0);
    }
    http_stream_end(rig.stream);
    got = client_read_all(client, arena);
    cr_expect(str_find(got, S("Content-Type: text/event-stream\r\n")) > 0);
    cr_expect(str_find(got, S("Cache-Control: no-store\r\n")) > 0);
    expect_order(client_unchunk(arena, got, &whole));
    cr_expect(whole, "the last chunk is there");
    rig_wait_closed(&rig, 1);
    close(client);
    rig_close(&rig);
    cr_expect_eq(rig.closed, 1);
    arena_close(&arena);
}

/* One at a time, so that the stream falls asleep between any two: no wake-up is lost. */
Test(http_stream, each_write_wakes_an_idle_stream)
{
    static char text[4096];
    struct rig rig;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S(GET));
    rig_wait_opened(&rig, 1);
    client_read_answer(client, text, sizeof text); /* the head */
    for (int i = 0; i < 2000; i++) {
        char event[40], chunk[80], got[80] = "";
        size_t len = 0;

        snprintf(event, sizeof event, "data: %d\n\n", i);
        snprintf(chunk, sizeof chunk, "%zx\r\n%s\r\n", strlen(event), event);
        cr_assert(http_stream_write(rig.stream, str_of(event)));
        while (len < strlen(chunk)) {
            ssize_t more = recv(client, got + len, strlen(chunk) - len, 0);

            cr_assert(more > 0);
            len += (size_t)more;
        }
        /* The length is in upper or lower case. */
        cr_assert(str_same_plain((struct str){got, len}, str_of(chunk)));
    }
    close(client);
    rig_close(&rig);
    cr_expect_eq(rig.closed, 1);
}

/* Writes until the stream says no, or is gone; true if it said no. */
static bool write_until_refused(struct rig *rig, struct str bytes)
{
    bool taken = true, is_there = true;

    while (taken && is_there) {
        pthread_mutex_lock(&rig->lock);
        is_there = rig->stream != NULL;
        if (is_there) taken = http_stream_write(rig->stream, bytes);
        pthread_mutex_unlock(&rig->lock);
        sched_yield();
    }
    return is_there && !taken;
}

Test(http_stream, a_slow_reader_is_cut_off)
{
    static char event[8192];
    struct arena *arena = arena_open(64 << 20);
    struct rig rig;
    bool whole;
    int client;

    memset(event, 'x', sizeof event);
    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S(GET));
    rig_wait_opened(&rig, 1);
    cr_expect(write_until_refused(&rig, (struct str){event, sizeof event}));
    rig_wait_closed(&rig, 1);
    client_unchunk(arena, client_read_all(client, arena), &whole);
    cr_expect(!whole, "a cut stream does not look finished");
    close(client);
    rig_close(&rig);
    cr_expect_eq(rig.closed, 1);
    arena_close(&arena);
}

Test(http_stream, a_reader_who_leaves_is_reported_once)
{
    static char text[4096];
    struct rig rig;

    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    for (int i = 1; i <= 20; i++) {
        int client = rig_connect(&rig);

        client_send(client, S(GET));
        rig_wait_opened(&rig, i);
        if (i % 2) client_read_answer(client, text, sizeof text);
        close(client);
        write_until_refused(&rig, S(": are you there?\n\n"));
        rig_wait_closed(&rig, i);
    }
    rig_close(&rig);
    cr_expect_eq(rig.closed, 20);
}

Test(http_stream, close_ends_every_stream)
{
    enum { STREAMS = 50 };
    struct arena *arena = arena_open(8 << 20);
    struct rig rig;
    int clients[STREAMS];
    bool whole;

    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    for (int i = 0; i < STREAMS; i++) {
        clients[i] = rig_connect(&rig);
        client_send(clients[i], S(GET));
    }
    rig_wait_opened(&rig, STREAMS);
    rig_close(&rig);
    cr_expect_eq(rig.closed, STREAMS);
    for (int i = 0; i < STREAMS; i++) {
        client_unchunk(arena, client_read_all(clients[i], arena), &whole);
        cr_expect(whole);
        close(clients[i]);
    }
    arena_close(&arena);
}

Test(http_stream, head_of_a_stream_closes_it_at_once)
{
    static char text[4096];
    struct rig rig;
    int client;

    rig_prepare(&rig);
    rig.serve = rig_serve_stream;
    rig_open(&rig);
    client = rig_connect(&rig);
    client_send(client, S("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n"));
    cr_expect(str_begins(client_read_answer(client, text, sizeof text), S("HTTP/1.1 200 ")));
    rig_wait_closed(&rig, 1);
    close(client);
    rig_close(&rig);
    cr_expect_eq(rig.closed, 1);
}
