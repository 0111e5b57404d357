/* turned_test.c -- more is asked than can be served, over real HTTP: the three workers of the toy
 * are kept busy until the test lets them go. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <unistd.h>

#include "platform/admission.h"
#include "platform/limits.h"
#include "platform/metrics.h"
#include "platform/toy_test.h"
#include "platform/writer.h"

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"
#define ENGLISH "Accept-Language: en\r\n"
#define BOB "Authorization: Bearer bob\r\n"

enum { BUSY = 3, OTHERS_MAX = 8 };

/* One request on a thread of its own, for its answer comes late. */
struct other {
    pthread_t thread;
    struct arena *arena;
    const char *method, *path, *headers, *body;
    struct toy_answer answer;
};

static struct toy toy;
static struct arena *arena;
static struct other others[OTHERS_MAX];
static int others_count, others_joined;
static struct str visitor, csrf, once; /* of a page opened while all was quiet */

static struct toy_answer ask(const char *method, const char *path, const char *headers,
                             const char *body)
{
    return toy_ask(&toy, arena, method, path, headers, str_of(body));
}

static bool holds(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

static void *other_main(void *mine)
{
    struct other *other = mine;

    other->answer = toy_ask(&toy, other->arena, other->method, other->path, other->headers,
                            str_of(other->body));
    return NULL;
}

static struct other *ask_beside(const char *method, const char *path, const char *headers,
                                const char *body)
{
    struct other *other = &others[others_count++];

    cr_assert_leq(others_count, OTHERS_MAX);
    *other = (struct other){.arena = arena_open((size_t)16 << 20),
                            .method = method,
                            .path = path,
                            .headers = headers,
                            .body = body};
    pthread_create(&other->thread, NULL, other_main, other);
    return other;
}

static void let_go(void)
{
    toy_may_go = true;
    for (; others_joined < others_count; others_joined++)
        pthread_join(others[others_joined].thread, NULL);
}

static int64_t waiting(void)
{
    return (int64_t)work_waiting(toy.site->work);
}

/* Every worker has something, and a page has waited long enough for others to be turned away. */
static void overload(void)
{
    for (int i = 0; i < BUSY; i++)
        ask_beside("POST", "/api/v1/boxes/7", JSON_TYPE, "{\"text\":\"wait\"}");
    while (toy_entered < BUSY) usleep(2000);
    ask_beside("GET", "/boxes/7", BOB, "");
    while (waiting() < 1) usleep(2000);
    while (work_age(toy.site->work, metrics_microseconds()) < WORKER_WAIT_MS * 1000) usleep(2000);
    ask_beside("GET", "/boxes/7", BOB, ""); /* from now on it is known that all wait long */
    while (waiting() < 2) usleep(2000);
    usleep(ADMISSION_INTERVAL + 10000);
}

static void set_up(void)
{
    struct toy_answer page;

    arena = arena_open((size_t)64 << 20);
    others_count = others_joined = 0;
    toy_open(&toy, NULL);
    page = ask("GET", "/boxes/7", "Cookie: language=en\r\n", "");
    visitor = toy_between(page.head, "visitor=", ";");
    csrf = toy_between(page.body, "name=\"csrf\" value=\"", "\"");
    once = toy_between(page.body, "name=\"once\" value=\"", "\"");
    cr_assert_eq(visitor.len, 43);
}

static void tear_down(void)
{
    let_go();
    for (int i = 0; i < others_count; i++) arena_close(&others[i].arena);
    toy_close(&toy);
    arena_close(&arena);
}

TestSuite(turned, .init = set_up, .fini = tear_down);

static struct toy_answer send_form(const char *path, const char *fields)
{
    return ask(
        "POST", path,
        arena_print(arena, FORM_TYPE "Cookie: language=en; visitor=%.*s\r\n", STR_ARGS(visitor)).at,
        arena_print(arena, "csrf=%.*s&once=%.*s&%s", STR_ARGS(csrf), STR_ARGS(once), fields).at);
}

Test(turned, who_only_reads_is_told_to_come_again_and_a_program_in_its_own_form)
{
    struct toy_answer page, problem;

    overload();
    ask("GET", "/boxes/7", ENGLISH, "");
    page = ask("GET", "/boxes/7", ENGLISH, "");
    problem = ask("GET", "/api/v1/boxes/7", ENGLISH, "");
    cr_expect_eq(page.status, 503);
    cr_expect(holds(page.head, "text/html"));
    cr_expect(holds(page.body, "try again in a moment"), "%.*s", STR_ARGS(page.body));
    cr_expect_gt(toy_header(page, "Retry-After").len, 0);
    cr_expect(str_same(toy_header(page, "Refresh"), toy_header(page, "Retry-After")));
    cr_expect_eq(problem.status, 503);
    cr_expect(holds(problem.head, "application/problem+json"));
    cr_expect(holds(problem.body, "\"code\":\"act.too-busy\""));
    cr_expect_gt(toy_header(problem, "Retry-After").len, 0);
    cr_expect(holds(ask("GET", "/boxes/7", NULL, "").body, "<p>现在咨询的人很多"));
}

Test(turned, who_writes_while_the_database_is_away_keeps_what_was_typed_and_is_told_when_to_come)
{
    struct toy_answer page = send_form("/boxes/7", "text=away"), problem;

    cr_expect_eq(page.status, 503);
    cr_expect(str_same(toy_header(page, "Retry-After"), S("3")));
    cr_expect(holds(page.body, "Our records cannot be reached"), "%.*s", STR_ARGS(page.body));
    cr_expect(holds(page.body, "<title>One moment, please"));
    cr_expect(holds(page.body, "away</textarea>"), "%.*s", STR_ARGS(page.body));
    cr_expect(holds(page.body, arena_print(arena, "value=\"%.*s\"", STR_ARGS(once)).at),
              "sent again it is the same");
    problem = ask("POST", "/api/v1/boxes/7", JSON_TYPE ENGLISH, "{\"text\":\"away\"}");
    cr_expect_eq(problem.status, 503);
    cr_expect(holds(problem.body, "\"code\":\"act.away\""), "%.*s", STR_ARGS(problem.body));
    cr_expect(str_same(toy_header(problem, "Retry-After"), S("3")));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
}

Test(turned, a_conversation_goes_on_while_others_are_turned_away)
{
    struct other *reply;

    overload();
    ask("GET", "/boxes/7", ENGLISH, "");
    cr_expect_eq(ask("GET", "/boxes/7", ENGLISH, "").status, 503);
    reply = ask_beside("POST", "/api/v1/boxes/7/replies", BOB JSON_TYPE, "{\"text\":\"hello\"}");
    while (waiting() < 3) usleep(2000);
    cr_expect_eq(ask("GET", "/boxes/7", ENGLISH, "").status, 503);
    let_go();
    cr_expect_eq(reply->answer.status, 201);
    cr_expect_eq(toy_count(&toy, "select count(*) from letter where text = 'hello'"), 1);
    cr_expect_eq(ask("GET", "/boxes/7", ENGLISH, "").status, 200, "and then all is as before");
}

Test(turned, what_was_typed_is_still_there_and_sent_again_it_is_sent_once)
{
    struct toy_answer answer;

    overload();
    send_form("/boxes/7", "text=quiet");
    answer = send_form("/boxes/7", "text=%3Cb%3E+hi&stars=4&wants__phone=13800000000");
    cr_expect_eq(answer.status, 503);
    cr_expect(holds(answer.body, "&lt;b&gt; hi</textarea>"), "%.*s", STR_ARGS(answer.body));
    cr_expect(holds(answer.body, "name=\"stars\" value=\"4\""));
    cr_expect(holds(answer.body, "13800000000"));
    cr_expect(str_same(toy_between(answer.body, "name=\"once\" value=\"", "\""), once));
    cr_expect(str_same(toy_between(answer.body, "name=\"csrf\" value=\"", "\""), csrf));
    let_go();
    cr_expect_eq(send_form("/boxes/7", "text=%3Cb%3E+hi").status, 303);
    cr_expect_eq(send_form("/boxes/7", "text=%3Cb%3E+hi").status, 303);
    cr_expect_eq(toy_count(&toy, "select count(*) from letter where text = '<b> hi'"), 1);
}

Test(turned, nothing_is_written_back_to_who_did_not_send_a_form_of_ours)
{
    struct toy_answer answer;

    csrf = S("nobody's");
    overload();
    ask("GET", "/boxes/7", ENGLISH, "");
    answer = send_form("/boxes/7", "text=click+here");
    cr_expect_eq(answer.status, 503);
    cr_expect_not(holds(answer.body, "click here"));
}

Test(turned, what_is_wanted_now_is_offered_later_and_who_comes_first_is_let_in)
{
    struct toy_answer answer;
    struct other *urgent;

    overload();
    send_form("/boxes/7/asks", "text=one&wants__marks=now");
    answer = send_form("/boxes/7/asks", "text=two&wants__marks=now");
    cr_expect_eq(answer.status, 503);
    cr_expect(holds(answer.body, "name=\"wants__marks\" value=\"later\">Rather later</button>"),
              "%.*s", STR_ARGS(answer.body));
    cr_expect(holds(answer.body, "name=\"wants__marks\" value=\"now\">"));
    cr_expect(holds(ask("POST", "/api/v1/boxes/7/asks", ENGLISH JSON_TYPE, "{\"text\":\"x\"}").body,
                    "act.too-busy-live"));
    urgent = ask_beside("POST", "/api/v1/boxes/7/asks", JSON_TYPE,
                        "{\"text\":\"first\",\"urgent\":true}");
    while (waiting() < 3) usleep(2000);
    let_go();
    cr_expect_eq(urgent->answer.status, 201);
}

Test(turned, who_comes_first_stays_so_when_it_is_sent_again)
{
    struct toy_answer first, other;

    overload();
    send_form("/boxes/7/calls", "text=one&wants__marks=later");
    first = send_form("/boxes/7/calls", "text=two&wants__marks=later&cared_for=1");
    other = send_form("/boxes/7/calls", "text=two&wants__marks=later");
    cr_expect_eq(first.status, 503);
    cr_expect(holds(first.body, "<input type=\"hidden\" name=\"cared_for\" value=\"1\">"), "%.*s",
              STR_ARGS(first.body));
    cr_expect_eq(other.status, 503);
    cr_expect_not(holds(other.body, "cared_for"));
}

Test(turned, what_is_not_there_any_more_is_asked_for_and_too_often_is_called_that)
{
    static const char form[] =
        FORM_TYPE "X-Forwarded-For: 192.0.2.78\r\nCookie: language=%s; visitor=%.*s\r\n";
    const char *english = arena_print(arena, form, "en", STR_ARGS(visitor)).at;
    const char *chinese = arena_print(arena, form, "zh", STR_ARGS(visitor)).at;
    const char *typed =
        arena_print(arena, "csrf=%.*s&once=%.*s&password=river", STR_ARGS(csrf), STR_ARGS(once)).at;
    struct toy_answer answer;

    cr_expect_eq(ask("POST", "/boxes/7/signatures", english, typed).status, 422);
    answer = ask("POST", "/boxes/7/signatures", english, typed);
    cr_expect_eq(answer.status, 429);
    cr_expect(holds(answer.body, "<title>Too often</title>"));
    cr_expect(holds(answer.body, "<h1>Too often</h1>"), "%.*s", STR_ARGS(answer.body));
    cr_expect(holds(answer.body, "Please choose the file once more."));
    cr_expect(holds(answer.body, "Please type the password once more."));
    cr_expect_not(holds(answer.body, "river"));
    answer = ask("POST", "/boxes/7/signatures", chinese, typed);
    cr_expect(holds(answer.body, "请重新选择文件。"));
    cr_expect(holds(answer.body, "请再输入一次密码。"));
    overload();
    send_form("/boxes/7", "text=quiet");
    answer = send_form("/boxes/7", "text=hello");
    cr_expect(holds(answer.body, "<h1>Too many people at once</h1>"));
    cr_expect_not(holds(answer.body, "once more"), "of this form nothing is gone");
}

/* ---- further in: threads for what is slow, and the writer ---- */

static void wait_on_slow(struct job *job, struct store *store)
{
    (void)job, (void)store;
    while (!toy_may_go) usleep(2000);
}

static struct outcome wait_in_writer(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    toy_entered++;
    while (!toy_may_go) usleep(2000);
    return DONE;
}

static void nothing(struct call *call)
{
    (void)call;
}

static void fill_writer(void)
{
    static const struct act wait = {.name = "wait", .who = WHO_SYSTEM, .run = wait_in_writer};
    enum { CALLS_MAX = WRITER_WAITING_MAX + WRITER_BATCH_MAX + 1 };
    struct call *calls = NEW_MANY(arena, struct call, CALLS_MAX);
    int i = 0;

    do {
        cr_assert_lt(i, CALLS_MAX);
        calls[i] = (struct call){.act = &wait,
                                 .scene = {.arena = arena, .actor = {.is = WHO_SYSTEM}},
                                 .then = "",
                                 .done = nothing};
        if (i == 1) {
            while (!toy_entered) usleep(2000);
        }
    } while (writer_post(toy.site->writer, &calls[i++]));
}

/* What was read by nobody in particular is told a reader's seconds, and counted as one. */
static void expect_a_reader(struct toy_answer answer)
{
    int64_t seconds = 0;

    cr_expect_eq(answer.status, 503);
    cr_expect(str_to_int(toy_header(answer, "Retry-After"), &seconds));
    cr_expect_geq(seconds, 5, "%lld", (long long)seconds);
    answer = ask("GET", "/metrics", NULL, "");
    cr_expect(holds(answer.body, "gongdao_turned_away_total{class=\"reading\"} 1\n"));
    cr_expect(holds(answer.body, "gongdao_turned_away_total{class=\"living\"} 0\n"));
}

Test(turned, who_finds_no_place_among_the_slow_is_told_as_what_they_came)
{
    enum { JOBS_MAX = SLOW_THREADS + SLOW_WAITING_MAX + 1 };
    struct job jobs[JOBS_MAX] = {0};
    int i = 0;

    do {
        cr_assert_lt(i, JOBS_MAX);
        jobs[i].run = wait_on_slow;
        jobs[i].class = ADMIT_LIVING;
        if (i == SLOW_THREADS) usleep(100000); /* they have taken theirs */
    } while (work_post(toy.site->slow, &jobs[i++]));
    expect_a_reader(ask("POST", "/api/v1/boxes/7/carvings", JSON_TYPE, "{\"text\":\"hello\"}"));
    toy_may_go = true;
    while (work_waiting(toy.site->slow)) usleep(2000);
}

Test(turned, what_was_prepared_is_taken_back_when_the_writer_takes_no_more)
{
    fill_writer();
    expect_a_reader(ask("POST", "/api/v1/boxes/7/carvings", JSON_TYPE, "{\"text\":\"hello\"}"));
    cr_expect_eq(toy_undone, 1);
    toy_may_go = true;
}

Test(turned, the_operator_is_told)
{
    struct toy_answer metrics;

    overload();
    ask("GET", "/boxes/7", ENGLISH, "");
    ask("GET", "/boxes/7", ENGLISH, "");
    let_go();
    metrics = ask("GET", "/metrics", NULL, "");
    cr_expect(holds(metrics.body, "gongdao_turned_away_total{class=\"reading\"} "));
    cr_expect_not(holds(metrics.body, "gongdao_turned_away_total{class=\"reading\"} 0\n"));
    cr_expect(holds(metrics.body, "gongdao_turned_away_total{class=\"living\"} 0\n"));
    cr_expect(holds(ask("GET", "/readyz", NULL, "").body, "More is asked than can be served: "));
}
