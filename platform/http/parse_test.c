/* parse_test.c -- forms, files, cookies, targets and hosts as strangers may send them. */
#include "platform/http/inside.h"

#include <criterion/criterion.h>
#include <string.h>

enum { PAIRS_MAX = 4 };

#define TYPE "multipart/form-data; boundary=B"
#define LONG_BOUNDARY                                                                              \
    "multipart/form-data; boundary="                                                               \
    "12345678901234567890123456789012345678901234567890123456789012345678901"
#define PART "Content-Disposition: form-data; name=\"a\"\r\n"

static int query(struct arena *arena, const char *text, struct http_pair *pairs)
{
    return http_parse_query(arena, str_of(text), pairs, PAIRS_MAX);
}

Test(http_query, decodes_names_and_values)
{
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    cr_expect_eq(query(arena, "", pairs), 0);
    cr_expect_eq(query(arena, "a=1&b=c+d%2B%26&%E4%B8%AD=%e6%96%87&e", pairs), 4);
    cr_expect(str_same(pairs[0].name, S("a")) && str_same(pairs[0].value, S("1")));
    cr_expect(str_same(pairs[1].value, S("c d+&")));
    cr_expect(str_same(pairs[2].name, S("\xE4\xB8\xAD")));
    cr_expect(str_same(pairs[2].value, S("\xE6\x96\x87")));
    cr_expect(str_same(pairs[3].name, S("e")) && pairs[3].value.len == 0);
    cr_expect(!pairs[3].is_file);
    cr_expect_eq(query(arena, "a=b=c", pairs), 1);
    cr_expect(str_same(pairs[0].value, S("b=c")));
    cr_expect_eq(query(arena, "&&a=1&", pairs), 1);
    arena_close(&arena);
}

Test(http_query, refuses_what_is_not_of_the_form)
{
    static const char *const wrong[] = {
        "a=%",         "a=%4",   "a=%zz", "a=%-1",        "%=a",       "a=%00",         "a=%C0%AF",
        "a=%ED%A0%80", "a=\xFF", "%FF=a", "a=1&b=%E4%B8", "a&b&c&d&e", "a=%F5%80%80%80"};
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(query(arena, wrong[i], pairs), -1, "%s", wrong[i]);
    arena_close(&arena);
}

static int multipart(struct arena *arena, const char *type, const char *body,
                     struct http_pair *pairs)
{
    return http_parse_multipart(arena, str_of(type), str_of(body), pairs, PAIRS_MAX);
}

Test(http_multipart, gives_fields_and_files)
{
    static const char body[] = "--B\r\n" PART "\r\nhello\r\n"
                               "--B\r\nContent-Disposition: form-data; name=\"f\"; "
                               "filename=\"\xE4\xB8\xAD \\\"x\\\".pdf\"\r\n"
                               "Content-Type: application/pdf\r\n\r\n"
                               "%PDF\r\n--\r\n--A\r\n\r\n--B\r\n" PART "\r\n\r\n--B--\r\n";
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    cr_assert_eq(multipart(arena, TYPE, body, pairs), 3);
    cr_expect(str_same(pairs[0].name, S("a")) && str_same(pairs[0].value, S("hello")));
    cr_expect(!pairs[0].is_file);
    cr_expect(pairs[0].value.at > body && pairs[0].value.at < body + sizeof body, "a slice");
    cr_expect(pairs[1].is_file);
    cr_expect(str_same(pairs[1].file_name, S("\xE4\xB8\xAD \"x\".pdf")));
    cr_expect(str_same(pairs[1].value, S("%PDF\r\n--\r\n--A\r\n")));
    cr_expect(pairs[2].value.len == 0 && !pairs[2].is_file);
    arena_close(&arena);
}

Test(http_multipart, takes_what_browsers_and_curl_send)
{
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    cr_expect_eq(multipart(arena, "Multipart/Form-Data; charset=utf-8; boundary=\"b b\"",
                           "--b b\r\n" PART "\r\nx\r\n--b b--", pairs),
                 1);
    cr_expect_eq(multipart(arena, TYPE,
                           "--B\r\ncontent-disposition:form-data;name=a;filename=\"%22.txt\"; "
                           "filename*=UTF-8''no\r\n\r\n\xFF\x01\r\n--B--\r\n",
                           pairs),
                 1);
    cr_expect(str_same(pairs[0].file_name, S("\".txt")));
    cr_expect(str_same(pairs[0].value, S("\xFF\x01")), "files need not be text");
    cr_expect_eq(multipart(arena, TYPE,
                           "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
                           "Content-Type: application/octet-stream\r\n\r\n\r\n--B--\r\n",
                           pairs),
                 1);
    cr_expect(pairs[0].is_file && pairs[0].file_name.len == 0 && pairs[0].value.len == 0);
    arena_close(&arena);
}

Test(http_multipart, refuses_other_types_and_boundaries)
{
    static const char *const wrong[] = {"",
                                        "multipart/form-data",
                                        "multipart/form-data; boundary=",
                                        "multipart/form-data; boundary",
                                        "multipart/form-data; boundary=\"B",
                                        "multipart/form-data; boundary=B; boundary=B",
                                        "multipart/form-data; boundary=B\xFF",
                                        "multipart/form-data boundary=B",
                                        "multipart/mixed; boundary=B",
                                        "text/plain; boundary=B",
                                        LONG_BOUNDARY};
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(multipart(arena, wrong[i], "--B\r\n" PART "\r\nx\r\n--B--\r\n", pairs), -1,
                     "%s", wrong[i]);
    arena_close(&arena);
}

Test(http_multipart, refuses_malformed_bodies)
{
    static const char *const wrong[] = {
        "",
        "--B",
        "--B--x",
        "--B\r\n",
        "x\r\n--B\r\n" PART "\r\nx\r\n--B--\r\n", /* preamble */
        "--B\r\n" PART "\r\nx\r\n--B--\r\nx",     /* epilogue */
        "--B\r\n" PART "\r\nx",                   /* no end */
        "--B\r\n" PART "\r\nx\r\n--B",            /* half an end */
        "--B\r\n" PART "\r\nx\r\n--Bx\r\n",       /* another boundary */
        "--B\n" PART "\r\nx\r\n--B--\r\n",        /* bare LF */
        "--B\r\n" PART "x\r\n--B--\r\n",          /* no empty line */
        "--B\r\n\r\nx\r\n--B--\r\n",              /* no disposition */
        "--B\r\n" PART PART "\r\nx\r\n--B--\r\n", /* two */
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n",
        "--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"a\"x\r\n\r\nx\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\nx\r\n--B--\r\n",
        "--B\r\n" PART "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--B--\r\n",
        "--B\r\n" PART "no colon\r\n\r\nx\r\n--B--\r\n",
        "--B\r\n" PART " folded: x\r\n\r\nx\r\n--B--\r\n",
        "--B\r\n" PART "\r\n\xFF\r\n--B--\r\n", /* a value that is not text */
        "--B\r\n" PART "a:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n\r\nx\r\n--B--\r\n",
        "--B\r\n" PART "\r\n1\r\n--B\r\n" PART "\r\n2\r\n--B\r\n" PART "\r\n3\r\n--B\r\n" PART
        "\r\n4\r\n--B\r\n" PART "\r\n5\r\n--B--\r\n", /* one pair too many */
    };
    struct arena *arena = arena_open(1 << 20);
    struct http_pair pairs[PAIRS_MAX];

    for (size_t i = 0; i < COUNT(wrong); i++)
        cr_expect_eq(multipart(arena, TYPE, wrong[i], pairs), -1, "case %zu: %s", i, wrong[i]);
    arena_close(&arena);
}

Test(http_cookie, finds_one_value)
{
    static const struct {
        const char *field, *value;
    } cases[] = {{"b=1", "1"},
                 {"a=0; b=1; c=2", "1"},
                 {"a=0;b=1", "1"},
                 {"b=\"1\"", "1"},
                 {"b=1; b=2", "1"},
                 {"ab=1", ""},
                 {"B=1", ""},
                 {"", ""},
                 {"b", ""},
                 {"=1; b=2", "2"},
                 {"b=", ""},
                 {"b=1 2", ""},
                 {"b=1,2", ""},
                 {"b=\x01", ""},
                 {"b=1\xFF", ""},
                 {"b=a=b", "a=b"},
                 {"b=\"", ""},
                 {"b==", "="},
                 {"a=\"; b=1; c=\"", "1"}};

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str got = http_cookie_find(str_of(cases[i].field), S("b"));

        cr_expect(str_same(got, str_of(cases[i].value)), "'%s' gave '%.*s'", cases[i].field,
                  STR_ARGS(got));
    }
}

Test(http_target, decodes_once_and_only_once)
{
    char twice[] = "/a%2525?b=%2525", plain[] = "/", question[] = "/?";
    struct str path, query_text;

    cr_expect_eq(http_head_target(twice, strlen(twice), &path, &query_text), 0);
    cr_expect(str_same(path, S("/a%25")));
    cr_expect(str_same(query_text, S("b=%2525")));
    cr_expect_eq(http_head_target(plain, 1, &path, &query_text), 0);
    cr_expect(str_same(path, S("/")) && query_text.len == 0);
    cr_expect_eq(http_head_target(question, 2, &path, &query_text), 0);
    cr_expect(str_same(path, S("/")) && query_text.len == 0);
}

Test(http_target, is_bounded)
{
    char longest[HTTP_TARGET_BYTES_MAX + 1];
    struct str path, query_text;

    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    cr_expect_eq(http_head_target(longest, HTTP_TARGET_BYTES_MAX, &path, &query_text), 0);
    cr_expect_eq(http_head_target(longest, HTTP_TARGET_BYTES_MAX + 1, &path, &query_text), 414);
}
