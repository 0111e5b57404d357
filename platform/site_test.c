/* site_test.c -- a whole site over real HTTP: pages, JSON, acts, keys, and how it ends. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/log.h"
#include "platform/toy_test.h"

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"
#define ENGLISH "Accept-Language: en\r\n"
#define BOB "Authorization: Bearer bob\r\n"

static struct toy toy;
static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)64 << 20);
    toy_open(&toy, NULL);
}

static void tear_down(void)
{
    toy_may_go = true;
    toy_close(&toy);
    arena_close(&arena);
}

TestSuite(site, .init = set_up, .fini = tear_down);

static struct toy_answer ask(const char *method, const char *path, const char *headers,
                             const char *body)
{
    return toy_ask(&toy, arena, method, path, headers, str_of(body));
}

static bool holds(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

/* A browser: the cookie of its first page and the marks of the form on it. */
struct browser {
    const char *cookie;
    struct str csrf, once;
};

static struct browser open_page(const char *session)
{
    struct browser browser;
    struct toy_answer page =
        ask("GET", "/boxes/7", arena_print(arena, "Cookie: %s\r\n", session).at, "");
    struct str visitor = toy_between(page.head, "visitor=", ";");

    cr_assert_eq(page.status, 200);
    cr_assert_eq(visitor.len, 43);
    browser.cookie =
        arena_print(arena, "Cookie: visitor=%.*s; %s\r\n", STR_ARGS(visitor), session).at;
    browser.csrf = toy_between(page.body, "name=\"csrf\" value=\"", "\"");
    browser.once = toy_between(page.body, "name=\"once\" value=\"", "\"");
    return browser;
}

static struct toy_answer send_form(const struct browser *browser, const char *fields,
                                   const char *more)
{
    return ask("POST", "/boxes/7",
               arena_print(arena, FORM_TYPE ENGLISH "%s%s", browser->cookie, more).at,
               arena_print(arena, "csrf=%.*s&once=%.*s&%s", STR_ARGS(browser->csrf),
                           STR_ARGS(browser->once), fields)
                   .at);
}

Test(site, a_page_and_its_json_twin_tell_the_same)
{
    struct toy_answer made = ask("POST", "/api/v1/boxes/7", JSON_TYPE, "{\"text\":\"<b>公道\"}");
    struct toy_answer page = ask("GET", "/boxes/7", NULL, "");
    struct toy_answer json = ask("GET", "/api/v1/boxes/7", NULL, "");

    cr_expect_eq(made.status, 201);
    cr_expect(holds(made.body, "{\"seq\":1,\"box\":7,\"at\":\"20"), "%.*s", STR_ARGS(made.body));
    cr_expect_eq(page.status, 200);
    cr_expect(holds(page.head, "text/html"));
    cr_expect(holds(page.body, "<li>&lt;b&gt;公道</li>"));
    cr_expect_eq(json.status, 200);
    cr_expect(str_same(json.body, S("{\"box\":7,\"letters\":[{\"seq\":1,\"text\":\"<b>公道\"}]}")));
    cr_expect_eq(toy_header(json, "Set-Cookie").len, 0, "cookies are for browsers");
}

Test(site, a_form_of_ours_is_taken_and_leads_on)
{
    struct browser browser = open_page("language=en");
    struct toy_answer answer = send_form(&browser, "text=hello", "Sec-Fetch-Site: same-origin\r\n");

    cr_expect_eq(answer.status, 303);
    cr_expect(str_same(toy_header(answer, "Location"), S("/boxes/7?seq=1")));
    cr_expect(holds(answer.head, "toy=written; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter where text = 'hello'"), 1);
}

Test(site, whoever_signs_out_leaves_nothing_in_the_browser)
{
    struct browser browser = open_page("language=en");

    cr_expect(str_same(toy_header(send_form(&browser, "text=bye", ""), "Clear-Site-Data"),
                       S("\"storage\"")));
    browser = open_page("language=en");
    cr_expect_eq(toy_header(send_form(&browser, "text=hello", ""), "Clear-Site-Data").len, 0);
}

Test(site, under_https_cookies_are_called_so_that_no_other_host_can_give_them)
{
    struct toy_answer page, answer;
    struct str visitor, csrf, once;

    toy_close(&toy);
    toy_open_secure(&toy);
    page = ask("GET", "/boxes/7", NULL, "");
    visitor = toy_between(page.head, "__Host-visitor=", ";");
    cr_assert_eq(visitor.len, 43);
    cr_expect(holds(page.head, "; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age="));
    csrf = toy_between(page.body, "name=\"csrf\" value=\"", "\"");
    once = toy_between(page.body, "name=\"once\" value=\"", "\"");
    for (int i = 0; i < 2; i++) {
        /* Under its plain name, which another host of the domain could give, it is nothing. */
        answer = ask("POST", "/boxes/7",
                     arena_print(arena, FORM_TYPE "Cookie: %svisitor=%.*s\r\n", i ? "" : "__Host-",
                                 STR_ARGS(visitor))
                         .at,
                     arena_print(arena, "csrf=%.*s&once=%.*s&text=hello%d", STR_ARGS(csrf),
                                 STR_ARGS(once), i)
                         .at);
        cr_expect_eq(answer.status, i ? 403 : 303, "%d", answer.status);
        if (i == 0) cr_expect(holds(answer.head, "__Host-toy=written; Path=/; "));
    }
    page =
        ask("GET", "/boxes/7", "Cookie: __Host-language=en; __Host-said=letter.write\r\n", "");
    cr_expect(holds(page.body, "\">Posted."));
    page = ask("GET", "/boxes/7", "Cookie: __Host-language=en; said=letter.write\r\n", "");
    cr_expect_not(holds(page.body, "\">Posted."));
}

Test(site, what_was_done_is_said_once_in_the_words_of_its_own_page)
{
    struct browser browser = open_page("language=en");
    struct toy_answer answer = send_form(&browser, "text=hello", "");
    struct toy_answer page;

    cr_expect(holds(answer.head, "said=letter.write; "));
    page = ask("GET", "/boxes/7", "Cookie: said=letter.write\r\n", "");
    cr_expect(holds(page.body, "\">Posted."));
    cr_expect(holds(page.head, "said=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
    page = ask("GET", "/boxes/7", "Cookie: said=Give+me+your+password\r\n", "");
    cr_expect_not(holds(page.body, "Posted."));
    cr_expect_not(holds(page.body, "password"), "nobody's words but ours");
    answer = send_form(&browser, "text=closed&x=1", "");
    cr_expect_not(holds(answer.head, "said=letter"), "what was refused was not done");
}

Test(site, a_form_sent_twice_is_done_once_and_answered_alike)
{
    struct browser browser = open_page("language=en");
    struct toy_answer first = send_form(&browser, "text=hello", "");
    struct toy_answer again = send_form(&browser, "text=hello", "");

    cr_expect_eq(again.status, 303);
    cr_expect(str_same(toy_header(again, "Location"), toy_header(first, "Location")));
    cr_expect(holds(again.head, "toy=written;"), "with the cookies of the first");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 1);
}

Test(site, what_is_typed_into_a_page_gone_back_to_is_not_lost)
{
    struct browser browser = open_page("");
    struct toy_answer first = send_form(&browser, "text=one", "");
    struct toy_answer other = send_form(&browser, "text=two", "");

    cr_expect_eq(first.status, 303);
    cr_expect_eq(other.status, 303);
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 2, "the same mark, other words");
}

Test(site, a_form_with_a_mistake_comes_back_with_everything_in_it)
{
    struct browser browser = open_page("language=en");
    struct toy_answer answer =
        send_form(&browser, "text=%3Cmuch%3E+too+long&stars=9&wants__phone=123", "");

    cr_expect_eq(answer.status, 422);
    cr_expect(holds(answer.body, "<title>Problem: Box</title>"), "%.*s", STR_ARGS(answer.body));
    cr_expect(holds(answer.body, "&lt;much&gt; too long</textarea>"));
    cr_expect(holds(answer.body, "at most 10 characters fit"));
    cr_expect(holds(answer.body, "href=\"#f-stars\""));
    cr_expect(holds(answer.body, "href=\"#f-wants__phone\""));
    cr_expect(holds(answer.body, toy_between(answer.body, "name=\"once\" value=\"", "\"").at));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
}

Test(site, a_refusal_comes_back_above_the_form_and_leaves_nothing)
{
    struct browser browser = open_page("language=en");
    struct toy_answer answer = send_form(&browser, "text=closed", "");

    cr_expect_eq(answer.status, 422);
    cr_expect(holds(answer.body, "<li>Box &lt;7&gt; is closed.</li>"), "%.*s",
              STR_ARGS(answer.body));
    cr_expect(holds(answer.body, "closed</textarea>"));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
    cr_expect_eq(toy_count(&toy, "select count(*) from journal"), 0);
}

Test(site, a_refusal_about_one_field_leads_to_it)
{
    struct browser browser = open_page("language=en");
    struct toy_answer answer = send_form(&browser, "text=fool&stars=5", "");

    cr_expect_eq(answer.status, 422);
    cr_expect(holds(answer.body, "<a href=\"#f-text\">Your letter: “fool” is rude.</a>"), "%.*s",
              STR_ARGS(answer.body));
    cr_expect(!holds(answer.body, "<li>“fool”"), "said once, where it leads to");
    cr_expect(holds(answer.body, "id=\"f-text-wrong\""));
    cr_expect(holds(answer.body, "fool</textarea>"));
}

Test(site, a_form_that_is_not_ours_is_refused)
{
    struct browser browser = open_page("language=en"), other = open_page("language=en");
    struct browser signed_in = open_page("gongdao=bob");

    cr_expect_eq(ask("POST", "/boxes/7", FORM_TYPE, "text=hello").status, 403,
                 "no mark, no cookie");
    other.csrf = S("");
    cr_expect_eq(send_form(&other, "text=hello", "").status, 403, "a cookie and no mark");
    other = open_page("language=en");
    other.csrf = browser.csrf;
    cr_expect_eq(send_form(&other, "text=hello", "").status, 403, "another browser's mark");
    cr_expect_eq(send_form(&browser, "text=hello", "Sec-Fetch-Site: cross-site\r\n").status, 403);
    cr_expect_eq(send_form(&browser, "text=hello", "Sec-Fetch-Site: same-site\r\n").status, 403);
    signed_in.csrf = browser.csrf;
    cr_expect_eq(send_form(&signed_in, "text=hello", "").status, 403,
                 "a mark of before signing in");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
    cr_expect_eq(send_form(&browser, "text=hello", "").status, 303, "and ours is taken still");
}

Test(site, json_with_a_cookie_needs_the_mark_in_a_header)
{
    struct browser browser = open_page("gongdao=bob");
    const char *plain = arena_print(arena, JSON_TYPE "%s", browser.cookie).at;
    const char *marked = arena_print(arena, "%sX-CSRF: %.*s\r\n", plain, STR_ARGS(browser.csrf)).at;

    cr_expect_eq(ask("POST", "/api/v1/boxes/7", plain, "{\"text\":\"hello\"}").status, 403);
    cr_expect_eq(ask("POST", "/api/v1/boxes/7", marked, "{\"text\":\"hello\"}").status, 201);
    cr_expect_eq(ask("POST", "/api/v1/boxes/7", JSON_TYPE BOB, "{\"text\":\"hello\"}").status, 201);
}

Test(site, the_same_key_again_gives_the_first_answer)
{
    static const char key[] = JSON_TYPE BOB "Idempotency-Key: k-1\r\n";
    static const char other[] = JSON_TYPE "Authorization: Bearer alice\r\nIdempotency-Key: k-1\r\n";
    struct toy_answer first = ask("POST", "/api/v1/boxes/7", key, "{\"text\":\"one\"}");
    struct toy_answer again = ask("POST", "/api/v1/boxes/7", key, "{\"text\":\"two\"}");
    struct toy_answer else_where = ask("POST", "/api/v1/boxes/8", key, "{\"text\":\"three\"}");
    struct toy_answer else_who = ask("POST", "/api/v1/boxes/7", other, "{\"text\":\"four\"}");

    cr_expect_eq(again.status, 201);
    cr_expect(str_same(again.body, first.body));
    cr_expect_eq(else_where.status, 201);
    cr_expect_not(str_same(else_where.body, first.body));
    cr_expect_not(str_same(else_who.body, first.body));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 3);
}

Test(site, two_strangers_who_count_from_one_do_not_meet)
{
    static const char key[] = JSON_TYPE "Idempotency-Key: 1\r\n";
    struct toy_answer first = ask("POST", "/api/v1/boxes/7", key, "{\"text\":\"mine\"}");
    struct toy_answer other = ask("POST", "/api/v1/boxes/7", key, "{\"text\":\"yours\"}");
    struct toy_answer again = ask("POST", "/api/v1/boxes/7", key, "{\"text\":\"mine\"}");

    cr_expect_not(str_same(first.body, other.body));
    cr_expect(str_same(first.body, again.body));
}

/* The problem's code, and "field:code" of each error behind it. */
static const char *problem_of(struct toy_answer answer, int status)
{
    json_error_t error;
    json_t *root = json_loadb(answer.body.at, answer.body.len, JSON_REJECT_DUPLICATES, &error),
           *item;
    struct str made;
    size_t i;

    cr_assert(root, "not JSON: %.*s", STR_ARGS(answer.body));
    cr_expect_eq(answer.status, status);
    cr_expect(holds(answer.head, "application/problem+json"));
    cr_expect_eq(json_integer_value(json_object_get(root, "status")), status);
    cr_expect(json_is_string(json_object_get(root, "title")));
    cr_expect(json_is_string(json_object_get(root, "detail")));
    cr_expect(json_is_string(json_object_get(root, "type")));
    made = arena_print(arena, "%s", json_string_value(json_object_get(root, "code")));
    json_array_foreach(json_object_get(root, "errors"), i, item)
    {
        cr_expect(json_is_string(json_object_get(item, "detail")));
        made = arena_print(arena, "%.*s %s:%s", STR_ARGS(made),
                           json_string_value(json_object_get(item, "field")),
                           json_string_value(json_object_get(item, "code")));
    }
    json_decref(root);
    return made.at;
}

static const char *post_problem(const char *body, int status)
{
    return problem_of(ask("POST", "/api/v1/boxes/7", JSON_TYPE ENGLISH, body), status);
}

Test(site, json_that_is_not_the_form_is_refused_field_by_field)
{
    cr_expect_str_eq(post_problem("{\"text\":\"fool\"}", 422), "letter.rude text:letter.rude",
                     "what the act refused about one field");
    cr_expect_str_eq(post_problem("{\"text\":\"x\",\"stars\":6}", 422),
                     "request.fields text:field.too-short stars:field.too-large");
    cr_expect_str_eq(post_problem("{}", 422), "request.fields text:field.missing");
    cr_expect_str_eq(post_problem("{\"text\":null}", 422), "request.fields text:field.missing");
    cr_expect_str_eq(post_problem("{\"text\":5}", 422), "request.fields text:field.shape");
    cr_expect_str_eq(post_problem("{\"text\":[\"a\"]}", 422), "request.fields text:field.shape");
    cr_expect_str_eq(post_problem("{\"text\":\"good\",\"stars\":\"three\"}", 422),
                     "request.fields stars:field.number");
    cr_expect_str_eq(post_problem("{\"text\":\"good\",\"stars\":2.5}", 422),
                     "request.fields stars:field.shape");
    cr_expect_str_eq(post_problem("{\"text\":\"good\",\"urgent\":1}", 422),
                     "request.fields urgent:field.shape");
    cr_expect_str_eq(post_problem("{\"text\":\"good\",\"wants\":{\"marks\":[1]}}", 422),
                     "request.fields wants.marks:field.shape");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
}

Test(site, a_number_may_come_as_the_string_that_ids_are_told_as)
{
    struct toy_answer answer =
        ask("POST", "/api/v1/boxes/7", JSON_TYPE, "{\"text\":\"good\",\"stars\":\"3\"}");

    cr_expect_eq(answer.status, 201, "%.*s", STR_ARGS(answer.body));
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 1);
}

Test(site, a_program_is_told_which_parameter_of_a_query_is_wrong)
{
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/7?after=-1", NULL, ""), 422),
                     "request.fields after:field.too-small");
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/7?after=x", NULL, ""), 422),
                     "request.fields after:field.number");
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/7/stream?after=x", NULL, ""), 422),
                     "request.fields after:field.number");
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/seven?after=x", NULL, ""), 404),
                     "act.unknown");
    cr_expect_eq(ask("GET", "/boxes/7?after=x", NULL, "").status, 404);
}

Test(site, a_word_nobody_knows_behind_the_question_mark_is_refused_in_words)
{
    static const char chinese[] = "Accept-Language: zh\r\n";
    struct toy_answer page;

    cr_expect_eq(ask("GET", "/api/v1/boxes/7?order=newest", NULL, "").status, 200);
    cr_expect_eq(ask("GET", "/api/v1/boxes/7?order=", NULL, "").status, 200);
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/7?order=odd", NULL, ""), 422),
                     "query.unknown");
    page = ask("GET", "/boxes/7?order=odd", chinese, "");
    cr_expect_eq(page.status, 422);
    cr_expect(holds(page.body, "网址里写的“order=odd”，这里没有。"), "%.*s", STR_ARGS(page.body));
}

Test(site, a_problem_is_told_in_the_language_of_who_asks)
{
    static const char chinese[] = JSON_TYPE "Accept-Language: zh\r\n";
    struct toy_answer zh = ask("POST", "/api/v1/boxes/7", chinese, "{}"),
                      en = ask("POST", "/api/v1/boxes/7", JSON_TYPE ENGLISH, "{}");

    cr_expect(holds(zh.body, "\"title\":\"没有接受\""));
    cr_expect(holds(en.body, "\"title\":\"Not accepted\""));
}

Test(site, a_body_that_nothing_takes_is_not_called_too_large)
{
    static const char body[] = "{\"text\":\"good\"}";

    cr_expect_str_eq(problem_of(ask("POST", "/api/v1/nowhere", JSON_TYPE, body), 404),
                     "act.unknown");
    cr_expect_str_eq(problem_of(ask("PUT", "/api/v1/boxes/7", JSON_TYPE, body), 405),
                     "request.method");
    cr_expect_str_eq(problem_of(ask("DELETE", "/api/v1/boxes/7", JSON_TYPE, body), 405),
                     "request.method");
}

Test(site, json_with_a_member_that_is_no_field_is_refused)
{
    static const char *const bodies[] = {"{\"text\":\"good\",\"more\":1}",
                                         "{\"text\":\"good\",\"more\":{}}",
                                         "{\"text\":\"good\",\"wants\":{\"more\":1}}",
                                         "{\"text\":\"good\",\"wants\":{\"marks\":{\"a\":1}}}",
                                         "{\"text\":\"good\",\"wants\":5}",
                                         "{\"text\":\"good\",\"made\":\"inside\"}",
                                         "{\"text\":\"good\",\"\":1}"};

    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct toy_answer answer = ask("POST", "/api/v1/boxes/7", JSON_TYPE, bodies[i]);

        cr_expect_eq(answer.status, 422, "%s gives %d", bodies[i], answer.status);
    }
    cr_expect_str_eq(post_problem(bodies[0], 422), "field.unknown");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
}

Test(site, what_is_no_json_is_refused_in_json)
{
    cr_expect_str_eq(post_problem("{\"text\":\"good\",\"text\":\"twice\"}", 400), "request.json");
    cr_expect_str_eq(post_problem("[]", 400), "request.json");
    cr_expect_str_eq(post_problem("{\"text\":\"good\"", 400), "request.json");
    cr_expect_str_eq(post_problem("{\"text\":\"\xff\"}", 400), "request.json");
    cr_expect_str_eq(
        post_problem("{公公公公公公公公公公公公公公公公公公公公公公公公公公公公公公公公", 400),
        "request.json");
    cr_expect_str_eq(post_problem("{\"text\":\"\\u0000ab\"}", 400), "request.json");
    cr_expect_str_eq(
        problem_of(ask("POST", "/api/v1/boxes/7", "Content-Type: text/xml\r\n", "<a/>"), 415),
        "request.type");
}

Test(site, nested_and_listed_members_reach_their_fields)
{
    static const char body[] =
        "{\"text\":\"𠮷😀\",\"stars\":5,\"urgent\":true,"
        "\"wants\":{\"marks\":[\"a\",\"b\"],\"phone\":\"+86 138 0013 8000\"}}";
    struct toy_answer read;

    cr_expect_eq(ask("POST", "/api/v1/boxes/7", JSON_TYPE, body).status, 201);
    read = ask("GET", "/api/v1/boxes/7", NULL, "");
    cr_expect(holds(read.body, "\"text\":\"𠮷😀\""), "beyond the basic plane, as they are");
}

Test(site, twenty_thousand_words_are_refused_and_nothing_breaks)
{
    enum { WORDS = 20000 };
    char *body = arena_take(arena, 4 * WORDS + 64, 1), *end = body;

    end = stpcpy(end, "{\"text\":\"hello\",\"wants\":{\"marks\":[");
    for (int i = 0; i < WORDS; i++) end = stpcpy(end, i ? ",\"a\"" : "\"a\"");
    stpcpy(end, "]}}");
    cr_expect_str_eq(post_problem(body, 422), "request.fields wants.marks:field.shape");
}

Test(site, faults_are_apologised_for_and_leave_nothing)
{
    toy_undone = 0;
    cr_expect_str_eq(post_problem("{\"text\":\"fault\"}", 500), "act.fault");
    cr_expect_eq(toy_undone, 1, "what was prepared for it is taken back");
    cr_expect_str_eq(post_problem("{\"text\":\"closed\"}", 409), "letter.closed");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 0);
}

/* What was said to the log since `ends` was put in its place. */
static struct str heard(const int *ends)
{
    static char text[1 << 14];

    log_quiet(true);
    cr_assert(write(ends[1], "\n", 1) == 1); /* or nothing would be waited for */
    return (struct str){text, (size_t)read(ends[0], text, sizeof text)};
}

Test(site, who_may_not_is_told_or_sent_to_sign_in)
{
    struct toy_answer answer = ask("GET", "/boxes/7/file", NULL, "");
    struct str said;
    int ends[2];

    cr_assert(pipe(ends) == 0 && dup2(ends[1], STDERR_FILENO) >= 0);
    log_quiet(false);
    cr_expect_eq(answer.status, 303);
    cr_expect(str_same(toy_header(answer, "Location"), S("/my?next=%2Fboxes%2F7%2Ffile")) ||
              str_begins(toy_header(answer, "Location"), S("/session?next=%2Fboxes")));
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/7/file", NULL, ""), 401), "act.sign-in");
    cr_expect_str_eq(problem_of(ask("DELETE", "/api/v1/session", NULL, ""), 401), "act.sign-in");
    cr_expect_eq(ask("GET", "/api/v1/boxes/7/file", BOB, "").status, 200);
    /* Nobody is sent to sign in, which is no attempt; Bob tries, and his name is not told. */
    cr_expect_eq(ask("GET", "/api/v1/boxes/404", NULL, "").status, 404);
    cr_expect_eq(ask("GET", "/api/v1/boxes/404", BOB, "").status, 404);
    cr_expect_eq(ask("POST", "/boxes/7", FORM_TYPE, "text=hello").status, 403);
    said = heard(ends);
    cr_expect(holds(said, "\"refused\",\"text\":\"/boxes/{box} of person 2: act.unknown\"") &&
                  holds(said, "\"refused\",\"text\":\"/boxes/{box} of person 0: request.csrf\""),
              "%.*s", STR_ARGS(said));
    cr_expect_not(holds(said, "person 0: act") || holds(said, "404") || holds(said, "hello"));
}

Test(site, a_file_is_handed_out_harmless)
{
    struct toy_answer answer = ask("GET", "/boxes/7/file", BOB, "");

    cr_expect(str_same(answer.body, S("\xff\xd8")));
    cr_expect(str_same(toy_header(answer, "Content-Type"), S("image/jpeg")));
    cr_expect(str_same(toy_header(answer, "Content-Disposition"),
                       S("attachment; filename*=UTF-8''%E5%85%AC.jpg")));
    cr_expect(holds(toy_header(answer, "Content-Security-Policy"), "sandbox"));
}

Test(site, what_is_not_there_is_not_there_in_both_tongues)
{
    cr_expect_eq(ask("GET", "/nowhere", NULL, "").status, 404);
    cr_expect_eq(ask("GET", "/boxes/7/", NULL, "").status, 404);
    cr_expect_eq(ask("GET", "/boxes//", NULL, "").status, 404);
    cr_expect_eq(ask("GET", "/boxes/404", NULL, "").status, 404);
    cr_expect_eq(ask("GET", "/boxes/seven", NULL, "").status, 404);
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/nowhere", NULL, ""), 404), "act.unknown");
    cr_expect_str_eq(problem_of(ask("GET", "/api/v1/boxes/404", NULL, ""), 404), "act.unknown");
    cr_expect_str_eq(problem_of(ask("DELETE", "/api/v1/boxes/7", NULL, ""), 405), "request.method");
    cr_expect_eq(ask("GET", "/boxes/7/stream", NULL, "").status, 405, "streams are for programs");
    cr_expect(holds(ask("GET", "/api/v1/nowhere", ENGLISH, "").body, "There is nothing here"));
    cr_expect(holds(ask("GET", "/api/v1/nowhere", NULL, "").body, "没有内容"));
}

Test(site, too_often_is_refused_with_a_time_to_wait)
{
    static const char from[] = JSON_TYPE "X-Forwarded-For: 192.0.2.77\r\n";
    struct toy_answer answer;
    int64_t seconds = 0;

    cr_expect_eq(ask("POST", "/api/v1/often", from, "{\"box\":1,\"text\":\"one\"}").status, 200);
    cr_expect_eq(ask("POST", "/api/v1/often", from, "{\"box\":1,\"text\":\"two\"}").status, 200);
    answer = ask("POST", "/api/v1/often", from, "{\"box\":1,\"text\":\"three\"}");
    cr_expect_str_eq(problem_of(answer, 429), "act.too-often");
    cr_assert(str_to_int(toy_header(answer, "Retry-After"), &seconds));
    cr_expect(seconds > 15 && seconds <= 30, "two a minute: one each half");
    cr_expect_eq(toy_count(&toy, "select count(*) from letter"), 2);
}

Test(site, operators_are_answered)
{
    struct toy_answer metrics = ask("GET", "/metrics", NULL, ""), openapi;
    struct str figures = metrics.body;
    json_error_t error;
    json_t *root;

    cr_expect(str_same(ask("GET", "/healthz", NULL, "").body, S("ok\n")));
    cr_expect(holds(ask("GET", "/healthz", NULL, "").head, "text/plain; charset=utf-8"));
    cr_expect(holds(ask("GET", "/readyz", NULL, "").body, "\"ready\":true"));
    cr_expect(holds(ask("GET", "/version", NULL, "").body, "\"version\":\"toy\""));
    cr_expect(holds(figures, "\ntoy_rings 0\n"), "%.*s", STR_ARGS(figures));
    figures.at += str_find(figures, S("\ntoy_rings ")) + 1;
    figures.len = (size_t)(metrics.body.at + metrics.body.len - figures.at);
    cr_expect_not(holds(figures, "\ntoy_rings "), "each figure stands once");
    cr_expect(str_same(ask("GET", "/static/toy.css", NULL, "").body, S("body{}")));
    cr_expect_eq(ask("GET", "/static/none.css", NULL, "").status, 404);
    openapi = ask("GET", "/api/v1/openapi.json", NULL, "");
    root = json_loadb(openapi.body.at, openapi.body.len, JSON_REJECT_DUPLICATES, &error);
    cr_assert(root, "line %d: %s", error.line, error.text);
    cr_expect(json_object_get(
        json_object_get(json_object_get(root, "paths"), "/api/v1/boxes/{box}/typing"), "post"));
    json_decref(root);
}

/* Asked from a thread of its own, since it is answered only when the site may go on. */
static void *ask_slowly(void *mine)
{
    *(struct toy_answer *)mine = ask("POST", "/api/v1/boxes/7", JSON_TYPE, "{\"text\":\"wait\"}");
    return NULL;
}

static void *let_go(void *mine)
{
    (void)mine;
    usleep(100 * 1000); /* the site is closing by now; if it is not, the test is only weaker */
    toy_may_go = true;
    return NULL;
}

Test(site, a_request_that_was_begun_is_answered_though_the_site_is_closing)
{
    struct toy_answer answer;
    pthread_t asker, releaser;

    pthread_create(&asker, NULL, ask_slowly, &answer);
    while (!toy_entered) usleep(1000);
    pthread_create(&releaser, NULL, let_go, NULL);
    toy_close_site(&toy);
    pthread_join(asker, NULL);
    pthread_join(releaser, NULL);
    cr_expect_eq(answer.status, 201);
    cr_expect_eq(toy_count(&toy, "select count(*) from letter where text = 'wait'"), 1);
    cr_expect_eq(ask("GET", "/healthz", NULL, "").status, 0, "and nobody is let in any more");
}
