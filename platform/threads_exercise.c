/* threads_exercise.c -- many clients play against a small site while a sanitizer watches.
 *
 *     make tsan        (or: threads_exercise SECONDS)
 *
 * Writers, readers, listeners, whisperers and those who come and go, all at once; then the site is
 * closed under them.  What was answered "done" is counted against the database:
 *  (1) every 201 is a row, and every key was done once;
 *  (2) a listener that stayed was told each letter of its box once, in order.
 * Criterion does not start under the thread sanitizer, so this has a main() of its own.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "platform/toy_test.h"

enum { WRITERS = 4, READERS = 2, LISTENERS = 3, COMERS = 2, LETTERS_MAX = 1500 };

#define JSON_TYPE "Content-Type: application/json\r\n"

static struct toy toy;
static atomic_bool over;
static atomic_int written, problems;

static void complain(const char *what, int number)
{
    fprintf(stderr, "threads_exercise: %s (%d)\n", what, number);
    problems++;
}

/* Each letter is sent twice under one key; every fourth is refused or faults on the way. */
static void *play_writer(void *mine)
{
    static const char *const texts[] = {"hello", "closed", "hello", "fault"};
    struct arena *arena = arena_open((size_t)64 << 20);
    int who = *(int *)mine;

    for (int i = 0; !over && written < LETTERS_MAX; i++) {
        const char *text = texts[i % (int)COUNT(texts)];
        const char *headers =
            arena_print(arena,
                        JSON_TYPE "Authorization: Bearer alice\r\nIdempotency-Key: %d-%d\r\n", who,
                        i)
                .at;
        struct str body = arena_print(arena, "{\"text\":\"%s\"}", text);
        struct toy_answer first = toy_ask(&toy, arena, "POST", "/api/v1/boxes/7", headers, body);
        struct toy_answer again = toy_ask(&toy, arena, "POST", "/api/v1/boxes/7", headers, body);

        if (first.status == 201) written++;
        if (first.status != again.status) complain("a key was answered in two ways", again.status);
        if (first.status == 201 && !str_same(first.body, again.body))
            complain("a key was done twice", i);
        if (text[0] == 'h' && first.status != 201 && !over)
            complain("a letter was not taken", first.status);
        arena_reset(arena);
    }
    arena_close(&arena);
    return NULL;
}

static void *play_reader(void *mine)
{
    static const char *const paths[] = {
        "/boxes/7", "/api/v1/boxes/7?after=5", "/metrics",        "/readyz",
        "/nowhere", "/boxes/7/file",           "/static/toy.css", "/api/v1/openapi.json"};
    struct arena *arena = arena_open((size_t)64 << 20);

    for (int i = *(int *)mine; !over; i++) {
        struct toy_answer answer =
            toy_ask(&toy, arena, "GET", paths[i % (int)COUNT(paths)], NULL, S(""));

        if (answer.status >= 500 || answer.status == 0) complain("a page failed", answer.status);
        arena_reset(arena);
    }
    arena_close(&arena);
    return NULL;
}

/* Comes, listens a little, types, and goes without a word. */
static void *play_comer(void *mine)
{
    struct arena *arena = arena_open((size_t)64 << 20);

    for (int i = *(int *)mine; !over; i++) {
        struct toy_stream *stream = toy_stream_open(&toy, "/api/v1/boxes/7/stream?after=1",
                                                    "Authorization: Bearer alice\r\n");

        if (!toy_stream_says(stream, "retry:")) complain("a stream did not begin", i);
        toy_ask(&toy, arena, "POST", "/api/v1/boxes/7/typing",
                JSON_TYPE "Authorization: Bearer alice\r\n", S("{}"));
        toy_stream_close(stream);
        arena_reset(arena);
    }
    arena_close(&arena);
    return NULL;
}

/* Numbers of the events "letter" rise, and none of box 7 is left out. */
static void *play_listener(void *mine)
{
    struct toy_stream *stream = toy_stream_open(&toy, "/api/v1/boxes/7/stream", NULL);
    struct toy_stream **kept = mine;

    toy_stream_ends(stream);
    *kept = stream;
    return NULL;
}

static void judge_listener(const struct toy_stream *stream)
{
    long last = 0, count = 0;

    for (const char *at = stream->text; (at = strstr(at, "{\"seq\":")); at++) {
        long seq = strtol(at + 7, NULL, 10);

        if (seq <= last) complain("a letter was told out of order", (int)seq);
        last = seq;
        count++;
    }
    if (stream->raw_len < sizeof stream->raw - 1 && count != written)
        complain("a listener was not told all letters", (int)count);
}

static void *play_clock(void *mine)
{
    (void)mine;
    for (int64_t case_id = 1; !over; case_id++) {
        toy_bell_fault = case_id % 5 == 0;
        toy_bell_refuses = case_id % 3 == 0;
        toy_ring_at(&toy, case_id, time(NULL) - 1);
        usleep(20000);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 10;
    pthread_t writers[WRITERS], readers[READERS], comers[COMERS], listeners[LISTENERS], clock;
    int numbers[] = {0, 1, 2, 3};
    struct toy_stream *kept[LISTENERS];

    toy_open(&toy, NULL);
    for (int i = 0; i < LISTENERS; i++)
        pthread_create(&listeners[i], NULL, play_listener, &kept[i]);
    for (int i = 0; i < WRITERS; i++) pthread_create(&writers[i], NULL, play_writer, &numbers[i]);
    for (int i = 0; i < READERS; i++) pthread_create(&readers[i], NULL, play_reader, &numbers[i]);
    for (int i = 0; i < COMERS; i++) pthread_create(&comers[i], NULL, play_comer, &numbers[i]);
    pthread_create(&clock, NULL, play_clock, NULL);
    sleep((unsigned)seconds);
    over = true;
    for (int i = 0; i < WRITERS; i++) pthread_join(writers[i], NULL);
    for (int i = 0; i < READERS; i++) pthread_join(readers[i], NULL);
    for (int i = 0; i < COMERS; i++) pthread_join(comers[i], NULL);
    pthread_join(clock, NULL);
    sleep(2); /* queues are told once a second */
    toy_close_site(&toy);
    for (int i = 0; i < LISTENERS; i++) {
        pthread_join(listeners[i], NULL);
        judge_listener(kept[i]);
        toy_stream_close(kept[i]);
    }
    if (toy_count(&toy, "select count(*) from letter") != written)
        complain("letters answered and letters on disk differ", written);
    if (written == 0) complain("nothing was written", 0);
    printf("threads: %d letters, %d rings, %d problems\n", written, toy_rings, problems);
    toy_close(&toy);
    return problems ? EXIT_FAILURE : EXIT_SUCCESS;
}
