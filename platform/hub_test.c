/* hub_test.c -- streams tell each durable line once, in order; and the clock keeps its deadlines.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "platform/limits.h"
#include "platform/toy_test.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define ALICE "Authorization: Bearer alice\r\n"
#define BOB "Authorization: Bearer bob\r\n"
#define GUEST "Authorization: Bearer guest\r\n"
#define STREAM_PATH "/api/v1/boxes/7/stream"

static struct toy toy;
static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)256 << 20);
    toy_open(&toy, NULL);
}

static void tear_down(void)
{
    toy_close(&toy);
    arena_close(&arena);
}

TestSuite(hub, .init = set_up, .fini = tear_down);
TestSuite(clock, .init = set_up, .fini = tear_down);

static void write_letter(const char *box, const char *text)
{
    struct toy_answer answer =
        toy_ask(&toy, arena, "POST", arena_print(arena, "/api/v1/boxes/%s", box).at, JSON_TYPE,
                arena_print(arena, "{\"text\":\"%s\"}", text));

    cr_assert_eq(answer.status, 201);
}

static size_t times_of(const char *text, const char *part)
{
    size_t times = 0;

    while ((text = strstr(text, part))) times++, text++;
    return times;
}

Test(hub, a_letter_is_told_to_who_listens_to_its_box_alone)
{
    struct toy_stream *mine = toy_stream_open(&toy, STREAM_PATH, NULL);
    struct toy_stream *other = toy_stream_open(&toy, "/api/v1/boxes/8/stream", NULL);

    cr_assert(toy_stream_says(mine, "retry: 2000\n\n"));
    cr_assert(toy_stream_says(other, "retry: 2000\n\n"));
    cr_expect(strstr(mine->raw, "text/event-stream"));
    write_letter("7", "one");
    write_letter("8", "two");
    cr_expect(
        toy_stream_says(mine, "id: 1\nevent: letter\ndata: {\"seq\":1,\"text\":\"one\"}\n\n"));
    cr_expect(toy_stream_says(other, "\"two\""));
    cr_expect_null(strstr(mine->text, "two"));
    cr_expect_null(strstr(other->text, "one"));
    toy_stream_close(mine);
    toy_stream_close(other);
}

Test(hub, what_was_missed_is_told_again_from_after)
{
    struct toy_stream *stream;

    write_letter("7", "one");
    write_letter("7", "two");
    write_letter("7", "three");
    stream = toy_stream_open(&toy, STREAM_PATH "?after=1", NULL);
    cr_expect(toy_stream_says(stream, "\"three\""));
    cr_expect_null(strstr(stream->text, "\"one\""));
    cr_expect_lt(strstr(stream->text, "\"two\""), strstr(stream->text, "\"three\""));
    write_letter("7", "four");
    cr_expect(toy_stream_says(stream, "\"four\""));
    cr_expect_eq(times_of(stream->text, "event: letter"), 3, "each once");
    toy_stream_close(stream);
}

Test(hub, a_stream_outlives_a_database_that_is_away_and_is_told_all_once)
{
    struct toy_stream *stream = toy_stream_open(&toy, STREAM_PATH, NULL);

    cr_assert(toy_stream_says(stream, "retry: 2000\n\n"));
    toy_away = 3;
    write_letter("7", "one");
    cr_expect(toy_stream_says(stream, "\"one\""));
    cr_expect_eq(toy_away, 0, "it was away");
    write_letter("7", "two");
    cr_expect(toy_stream_says(stream, "\"two\""));
    cr_expect_eq(times_of(stream->text, "event: letter"), 2, "each once");
    toy_stream_close(stream);
}

Test(hub, a_browser_that_comes_back_says_what_it_saw_last)
{
    struct toy_stream *stream;

    write_letter("7", "one");
    write_letter("7", "two");
    write_letter("7", "three");
    stream = toy_stream_open(&toy, STREAM_PATH "?after=1", "Last-Event-ID: 2\r\n");
    cr_expect(toy_stream_says(stream, "\"three\""));
    cr_expect_null(strstr(stream->text, "\"two\""), "it is newer than the address");
    toy_stream_close(stream);
    stream = toy_stream_open(&toy, STREAM_PATH "?after=2", "Last-Event-ID: nonsense\r\n");
    cr_expect(toy_stream_says(stream, "\"three\""));
    cr_expect_null(strstr(stream->text, "\"two\""));
    toy_stream_close(stream);
}

enum { COUNT_OF_MANY = 1000 };

Test(hub, more_than_one_going_is_told_to_the_last)
{
    struct toy_stream *stream;
    char text[64];

    /* More lines than are read at once, and more bytes than are told at once. */
    for (int i = 1; i <= COUNT_OF_MANY; i++) {
        snprintf(text, sizeof text, "n%d😀😀😀😀😀", i);
        write_letter("7", text);
        if (i % 50 == 0) arena_reset(arena);
    }
    stream = toy_stream_open(&toy, STREAM_PATH, NULL);
    cr_expect(toy_stream_says(stream, "\"n1000😀"));
    cr_expect_eq(times_of(stream->text, "event: letter"), COUNT_OF_MANY);
    for (int i = 1, at = 0; i <= COUNT_OF_MANY; i++) {
        const char *found;

        snprintf(text, sizeof text, "\"n%d😀", i);
        found = strstr(stream->text + at, text);
        cr_assert(found, "%d is told, and in its place", i);
        at = (int)(found - stream->text);
    }
    cr_expect_gt(strlen(stream->text), (size_t)STREAM_TELL_BYTES);
    toy_stream_close(stream);
}

Test(hub, who_waits_is_told_when_the_queue_moved)
{
    struct toy_stream *stream = toy_stream_open(&toy, STREAM_PATH, NULL);

    write_letter("8", "elsewhere");
    cr_expect(toy_stream_says(stream, "event: tick\ndata: 1\n\n"), "%s", stream->raw);
    cr_expect_null(strstr(stream->text, "elsewhere"));
    toy_stream_close(stream);
}

Test(hub, a_whisper_is_said_to_the_others_and_kept_nowhere)
{
    struct toy_stream *alice = toy_stream_open(&toy, STREAM_PATH, ALICE);
    struct toy_stream *bob = toy_stream_open(&toy, STREAM_PATH, BOB);
    struct toy_stream *guest = toy_stream_open(&toy, STREAM_PATH, GUEST);

    cr_assert(toy_stream_says(alice, "retry:") && toy_stream_says(bob, "retry:"));
    cr_assert(toy_stream_says(guest, "retry:"));
    cr_expect_eq(
        toy_ask(&toy, arena, "POST", "/api/v1/boxes/7/typing", JSON_TYPE BOB, S("{}")).status, 202);
    cr_expect(toy_stream_says(alice, "event: typing\ndata: {\"who\":2}\n\n"));
    cr_expect(toy_stream_says(guest, "event: typing\ndata: {\"who\":2}\n\n"));
    write_letter("7", "behind");
    cr_expect(toy_stream_says(bob, "behind"));
    cr_expect_null(strstr(bob->text, "typing"), "not to the speaker");
    cr_expect_eq(toy_count(&toy, "select count(*) from journal"), 1);
    toy_stream_close(alice);
    toy_stream_close(bob);
    toy_stream_close(guest);
}

Test(hub, a_whisper_needs_somebody)
{
    cr_expect_eq(toy_ask(&toy, arena, "POST", "/api/v1/boxes/7/typing", JSON_TYPE, S("{}")).status,
                 401);
    cr_expect_eq(
        toy_ask(&toy, arena, "POST", "/api/v1/boxes/seven/typing", JSON_TYPE BOB, S("{}")).status,
        404);
}

Test(hub, a_stream_ends_with_its_session_and_others_go_on)
{
    struct toy_stream *bob = toy_stream_open(&toy, STREAM_PATH, BOB);
    struct toy_stream *alice = toy_stream_open(&toy, STREAM_PATH, ALICE);

    cr_assert(toy_stream_says(bob, "retry:") && toy_stream_says(alice, "retry:"));
    cr_expect_eq(toy_ask(&toy, arena, "DELETE", "/api/v1/session", BOB, S("")).status, 200);
    cr_expect(toy_stream_ends(bob));
    write_letter("7", "after");
    cr_expect(toy_stream_says(alice, "after"));
    cr_expect_null(strstr(bob->text, "after"));
    toy_stream_close(bob);
    toy_stream_close(alice);
}

Test(hub, streams_end_when_the_site_closes)
{
    struct toy_stream *streams[20];

    for (size_t i = 0; i < COUNT(streams); i++) {
        streams[i] = toy_stream_open(&toy, STREAM_PATH, NULL);
        cr_assert(toy_stream_says(streams[i], "retry:"));
    }
    toy_close_site(&toy);
    for (size_t i = 0; i < COUNT(streams); i++) {
        cr_expect(toy_stream_ends(streams[i]), "%zu", i);
        toy_stream_close(streams[i]);
    }
}

Test(hub, a_site_is_served_over_tcp_too)
{
    struct toy other;
    char where[32];
    bool opened = false;

    toy_close(&toy);
    for (int port = 18160; port < 18180 && !opened; port++) {
        snprintf(where, sizeof where, "127.0.0.1:%d", port);
        opened = toy_can_listen(port);
    }
    cr_assert(opened);
    toy_open(&other, where);
    cr_expect_eq(toy_ask(&other, arena, "GET", "/healthz", NULL, S("")).status, 200);
    toy_close(&other);
    toy_open(&toy, NULL);
}

/* ---- the clock ---- */

static void wait_until(const char *sql, int64_t expected)
{
    for (int i = 0; i < 1000 && toy_count(&toy, sql) != expected; i++) usleep(10000);
    cr_expect_eq(toy_count(&toy, sql), expected, "%s", sql);
}

Test(clock, what_is_due_is_done_once_and_its_row_goes)
{
    toy_ring_at(&toy, 7, time(NULL) - 5);
    toy_ring_at(&toy, 8, time(NULL) + 3600);
    wait_until("select count(*) from journal where act = 'bell.ring'", 1);
    /* A later look finds nothing: proved by a second deadline that is done meanwhile. */
    toy_ring_at(&toy, 9, time(NULL) - 1);
    wait_until("select count(*) from journal where act = 'bell.ring'", 2);
    cr_expect_eq(toy_rings, 2);
    cr_expect_eq(toy_count(&toy, "select count(*) from deadline"), 1);
    cr_expect_eq(toy_count(&toy, "select case_id from deadline"), 8);
}

Test(clock, what_is_refused_is_dropped)
{
    toy_bell_refuses = true;
    toy_ring_at(&toy, 7, time(NULL) - 5);
    wait_until("select count(*) from deadline", 0);
    cr_expect_eq(toy_count(&toy, "select count(*) from journal where act = 'bell.ring'"), 0);
    cr_expect_eq(toy_rings, 1);
}

Test(clock, what_faults_is_put_off_and_never_forgotten)
{
    toy_bell_fault = 2; /* what faulted is run once more by itself, see writer.h (2) */
    toy_ring_at(&toy, 7, time(NULL) - 5);
    wait_until("select count(*) from deadline where tries = 1", 1);
    cr_expect_gt(toy_count(&toy, "select due_at from deadline"), time(NULL) + 30);
    cr_expect_eq(toy_count(&toy, "select count(*) from journal where act = 'bell.ring'"), 0);
}

Test(clock, a_deadline_is_replaced_by_the_next_of_its_case)
{
    toy_ring_at(&toy, 7, time(NULL) + 1000);
    toy_ring_at(&toy, 7, time(NULL) + 2000);
    cr_expect_eq(toy_count(&toy, "select count(*) from deadline"), 1);
    cr_expect_gt(toy_count(&toy, "select due_at from deadline"), time(NULL) + 1500);
}
