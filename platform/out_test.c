/* out_test.c -- nothing a person typed becomes markup, and moments read as people write them. */
#include "platform/out.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open((size_t)32 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(out, .init = set_up, .fini = tear_down);

static struct out *out(void)
{
    return out_open(arena, 64 * 1024);
}

#define EXPECT(to, expected)                                                                       \
    cr_expect(str_same(out_text(to), S(expected)), "got %.*s", STR_ARGS(out_text(to)))

Test(out, markup_in_a_value_is_text)
{
    struct out *to = out();

    out_put(to, S("<a href=\"x\" title='y'>&amp;</a>"));
    EXPECT(to, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

Test(out, chinese_and_controls_pass_as_they_are)
{
    struct out *to = out();

    out_str(to, S("公道\n\xf0\xa0\xae\xb7\x7f"));
    EXPECT(to, "公道\n\xf0\xa0\xae\xb7\x7f");
    out_str(to, S(""));
    out_raw_str(to, (struct str){NULL, 0});
    EXPECT(to, "公道\n\xf0\xa0\xae\xb7\x7f");
}

Test(out, every_byte_but_five_is_written_as_it_is)
{
    for (int c = 1; c < 256; c++) {
        struct out *to = out();
        char byte = (char)c;

        out_str(to, (struct str){&byte, 1});
        cr_expect_eq(out_text(to).len == 1, !strchr("<>&\"'", c), "%d", c);
    }
}

Test(out, each_of_the_five_is_escaped_wherever_it_stands)
{
    static const char five[] = "&<>\"'";
    static const char *const escaped[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

    for (size_t len = 1; len < 50; len++) {
        for (size_t at = 0; at < len; at++) {
            struct out *to = out();
            char text[50], expected[64];
            size_t which = (len + at) % 5;

            memset(text, 'x', len);
            text[at] = five[which];
            snprintf(expected, sizeof expected, "%.*s%s%.*s", (int)at, text, escaped[which],
                     (int)(len - at - 1), text + at + 1);
            out_str(to, (struct str){text, len});
            cr_assert(str_same(out_text(to), str_of(expected)), "%zu of %zu", at, len);
        }
    }
}

Test(out, values_are_written_by_their_type)
{
    struct out *to = out();

    out_put(to, (int64_t)INT64_MIN);
    OUT_LITERAL(to, " ");
    out_put(to, (int64_t)INT64_MAX);
    OUT_LITERAL(to, " ");
    out_put(to, 0);
    OUT_LITERAL(to, " ");
    out_put(to, (bool)true);
    OUT_LITERAL(to, " ");
    out_put(to, (bool)false);
    EXPECT(to, "-9223372036854775808 9223372036854775807 0 true false");
}

Test(out, an_address_holds_only_what_cannot_end_it)
{
    struct out *to = out();

    out_url(to, S("az-_.~09/?#&=+% \"<公"));
    EXPECT(to, "az-_.~09%2F%3F%23%26%3D%2B%25%20%22%3C%E5%85%AC");
}

Test(out, json_texts_are_escaped)
{
    struct out *to = out();

    out_json_str(to, S("\"\\/\n\r\t\b\x01\x1f\x7f公\xf0\x9f\x98\x80</script>"));
    EXPECT(to,
           "\"\\\"\\\\/\\n\\u000d\\u0009\\u0008\\u0001\\u001f\x7f公\xf0\x9f\x98\x80</script>\"");
    to = out();
    out_json_str(to, S(""));
    EXPECT(to, "\"\"");
}

Test(out, moments_are_those_of_shanghai_in_both_languages)
{
    const moment at = 1795309200; /* 2026-11-22 01:00 UTC */
    struct out *to = out();

    out_moment(to, LANGUAGE_ZH, at);
    OUT_LITERAL(to, "|");
    out_moment(to, LANGUAGE_EN, at);
    OUT_LITERAL(to, "|");
    out_iso(to, at);
    EXPECT(to, "2026年11月22日 09:00|22 November 2026, 09:00|2026-11-22T09:00:00+08:00");
}

Test(out, a_day_ends_at_midnight_of_shanghai)
{
    struct out *to = out();

    out_day(to, LANGUAGE_ZH, 1767196799); /* 2025-12-31 15:59:59 UTC */
    OUT_LITERAL(to, "|");
    out_day(to, LANGUAGE_EN, 1767196800);
    OUT_LITERAL(to, "|");
    out_clock(to, 1767196799);
    OUT_LITERAL(to, "|");
    out_clock(to, 1767196800);
    OUT_LITERAL(to, "|");
    out_iso(to, 0);
    EXPECT(to, "2025年12月31日|1 January 2026|23:59|00:00|1970-01-01T08:00:00+08:00");
}

Test(out, a_date_names_its_weekday_also_before_1970)
{
    struct out *to = out();

    out_date(to, LANGUAGE_ZH, 1795309200); /* 2026-11-22, a Sunday */
    OUT_LITERAL(to, "|");
    out_date(to, LANGUAGE_EN, 1795309200 + 15 * SECONDS_PER_HOUR); /* midnight there */
    OUT_LITERAL(to, "|");
    out_date(to, LANGUAGE_EN, 0);
    OUT_LITERAL(to, "|");
    out_date(to, LANGUAGE_ZH, -SECONDS_PER_DAY);
    EXPECT(to, "2026年11月22日（星期日）|Monday 23 November 2026|"
               "Thursday 1 January 1970|1969年12月31日（星期三）");
}

Test(out, it_grows_to_its_limit_and_loses_nothing)
{
    enum { MAX = 100 * 1024 };
    struct out *to = out_open(arena, MAX);

    for (int i = 0; i < MAX / 10; i++) OUT_LITERAL(to, "0123456789");
    cr_expect_not(out_full(to));
    cr_expect_eq(out_text(to).len, MAX);
    for (size_t i = 0; i < MAX; i++)
        cr_assert_eq(out_text(to).at[i], (char)('0' + i % 10), "%zu", i);
}

Test(out, past_its_limit_it_says_so_and_writes_no_more)
{
    struct out *to = out_open(arena, 10);

    OUT_LITERAL(to, "12345678");
    cr_expect_not(out_full(to));
    OUT_LITERAL(to, "abc");
    cr_expect(out_full(to));
    EXPECT(to, "12345678");
    OUT_LITERAL(to, "z"); /* would fit, but a page with a hole is worse than none */
    cr_expect(out_full(to));
}
