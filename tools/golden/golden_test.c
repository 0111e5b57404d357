/* golden_test.c -- templates as they reach a browser: compiled, built, and drawn with out.c. */
#include <criterion/criterion.h>

#include "golden_html.h"

#define VIEW_THIS golden_line_view
VIEW_TABLE(golden_line, GOLDEN_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS golden_group_view
VIEW_TABLE(golden_group, GOLDEN_GROUP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS golden_talk_view
VIEW_TABLE(golden_talk, GOLDEN_TALK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS golden_form_view
VIEW_TABLE(golden_form, GOLDEN_FORM_VIEW)
#undef VIEW_THIS
#define FORM_THIS golden_ask_form
FORM_TABLE(golden_ask, GOLDEN_ASK_FORM)

enum { PAGE_BYTES_MAX = 1 << 16 };

static struct arena *arena;
static struct face face;

static void begin(void)
{
    arena = arena_open(1 << 22);
    face = (struct face){.language = LANGUAGE_EN,
                         .mode = S("normal"),
                         .csrf = S("0123"),
                         .path = S("/"),
                         .arena = arena};
}

static void end(void)
{
    arena_close(&arena);
}

TestSuite(golden, .init = begin, .fini = end);

static struct str body(const struct template *page, const void *view)
{
    struct out *out = out_open(arena, PAGE_BYTES_MAX);

    page->body(out, &face, view);
    cr_assert(!out_full(out));
    return out_text(out);
}

static struct str title(const struct template *page, const void *view)
{
    struct out *out = out_open(arena, PAGE_BYTES_MAX);

    page->title(out, &face, view);
    return out_text(out);
}

static void expect(struct str got, const char *want)
{
    cr_expect(str_same(got, str_of(want)), "got:\n%.*s\nwanted:\n%s", STR_ARGS(got), want);
}

/* 22 November 2026, 09:00 in Shanghai. */
enum { AT = 1795309200 };

static const struct golden_line_view lines[] = {
    {.seq = 1, .body = {"<b>&\"'", 6}, .sent_at = AT},
    {.seq = 2, .body = {"中", 3}, .sent_at = AT + 60, .is_mine = true}};
static const struct golden_group_view groups[] = {
    {.name = {"\"one\"", 5}, .lines = lines, .lines_count = 2}, {.name = {"two", 3}}};
static const struct choice fields[] = {{.value = {"a", 1}, .label = {"A", 1}},
                                       {.value = {"b", 1}, .label = {"B", 1}, .chosen = true}};

static struct golden_talk_view talk(void)
{
    return (struct golden_talk_view){.reference = S("a/b c"),
                                     .state = S("waiting"),
                                     .field = S("labour"),
                                     .site = S("https://a.cn/?x=1&y=2"),
                                     .place = 3,
                                     .groups = groups,
                                     .groups_count = 2,
                                     .last = &lines[1],
                                     .fields = fields,
                                     .fields_count = 2};
}

Test(golden, every_kind_of_tag_in_english)
{
    struct golden_talk_view view = talk();

    expect(title(&html_golden_talk, &view), "Consultation a/b c");
    expect(body(&html_golden_talk, &view),
           "<h1>Consultation a/b c</h1>\n"
           "<p>You are number 3; 2 are waiting.</p>\n"
           "<section aria-label=\"&quot;one&quot;\">\n<h2>&quot;one&quot;</h2>\n<ol>\n"
           "<li id=\"m1\">\n&lt;b&gt;&amp;&quot;&#39; "
           "<time datetime=\"2026-11-22T09:00:00+08:00\">09:00</time>\n</li>\n"
           "<li id=\"m2\" class=\"mine\">\n中 "
           "<time datetime=\"2026-11-22T09:01:00+08:00\">09:01</time>\n</li>\n"
           "</ol>\n</section>\n"
           "<section aria-label=\"two\">\n<h2>two</h2>\n<ol>\n</ol>\n</section>\n"
           "<p>中 on 22 November 2026, 22 November 2026, 09:01</p>\n"
           "\n<p>\n<a href=\"/talks/a%2Fb%20c?after=3#m3\">a/b c</a>\n"
           "<a href=\"https://a.cn/?x=1&amp;y=2\" lang=\"en\">Their site</a>\n</p>\n"
           "<select name=\"f\">\n<option value=\"a\">A</option>\n"
           "<option value=\"b\" selected>B</option>\n</select>\n"
           "<b>labour</b>\n");
}

Test(golden, words_and_moments_follow_the_reader)
{
    struct golden_talk_view view = talk();
    struct str page;

    face.language = LANGUAGE_ZH;
    view.last = NULL;
    view.place = 4;
    page = body(&html_golden_talk, &view);
    expect(title(&html_golden_talk, &view), "咨询 a/b c");
    cr_expect(str_find(page, S("<p>共有 2 人等候，您是第 4 位。</p>")) >= 0);
    cr_expect(str_find(page, S("lang=\"zh-CN\">网站</a>")) >= 0);
    cr_expect(str_find(page, S("<p>-</p>")) >= 0);
    cr_expect(str_find(page, S("<b>")) < 0);
    view.last = &lines[0];
    page = body(&html_golden_talk, &view);
    cr_expect(str_find(page, S(" 于 2026年11月22日, 2026年11月22日 09:00</p>")) >= 0);
}

Test(golden, one_branch_is_taken)
{
    struct golden_talk_view view = talk();

    view.state = S("open");
    view.is_open = true;
    cr_expect(str_find(body(&html_golden_talk, &view), S("<p>You&#39;re talking.</p>")) >= 0);
    view.state = S("closed");
    cr_expect(str_find(body(&html_golden_talk, &view), S("<p>This is over.</p>")) >= 0);
    face.language = LANGUAGE_ZH;
    cr_expect(str_find(body(&html_golden_talk, &view), S("<p>已结束 &amp; &quot;完&quot;。</p>")) >=
              0);
}

Test(golden, an_address_from_data_is_checked)
{
    static const char *const bad[] = {"",
                                      "javascript:alert(1)",
                                      "//evil.cn",
                                      "/\\evil.cn",
                                      "java\nscript:a",
                                      "data:text/html,a",
                                      "evil",
                                      "HTTPS:/a",
                                      "/\t/evil.cn"};
    static const char *const good[] = {
        "/", "/a", "#a", "?a", "tel:12348", "mailto:a@b.cn", "http://a.cn/"};
    struct golden_talk_view view = talk();

    for (size_t i = 0; i < COUNT(bad); i++) {
        view.site = str_of(bad[i]);
        cr_expect(str_find(body(&html_golden_talk, &view), S("<a href=\"#\" lang")) >= 0, "%s",
                  bad[i]);
    }
    for (size_t i = 0; i < COUNT(good); i++) {
        view.site = str_of(good[i]);
        cr_expect(str_find(body(&html_golden_talk, &view),
                           arena_print(arena, "<a href=\"%s\" lang", good[i])) >= 0,
                  "%s", good[i]);
    }
}

Test(golden, forms_are_drawn_by_the_form)
{
    struct golden_form_view view = {
        .given = S("given"), .which = 7, .fields = fields, .fields_count = COUNT(fields)};
    struct out *out = out_open(arena, PAGE_BYTES_MAX);

    form_errors(out, &face);
    OUT_LITERAL(out, "<form method=\"post\" action=\"/ask\" data-mode=\"normal\">\n");
    form_csrf(out, &face);
    form_choices(out, &face, &golden_ask_form, "field", fields, COUNT(fields));
    form_select(out, &face, &golden_ask_form, "field", fields, COUNT(fields));
    form_field(out, &face, &golden_ask_form, "text");
    form_field_with(out, &face, &golden_ask_form, "text", S("given"));
    form_field_of(out, &face, &golden_ask_form, "text", "field", 7);
    OUT_LITERAL(out, "<input type=hidden name=\"who\" value=\"\" disabled>\n"
                     "<button>Ask</button>\n</form>\n");
    expect(body(&html_golden_form, &view), arena_c(arena, out_text(out)));
}

Test(golden, a_page_stands_inside_a_page)
{
    struct golden_spaces_view inner = {.word = S("w")};
    struct golden_around_view view = {&html_golden_spaces, &inner};
    struct golden_talk_view talk_view = talk();
    struct str page = body(&html_golden_around, &view);

    cr_expect(str_begins(page, S("<!doctype html>\n<html lang=\"en\">\n<head>\n"
                                 "<title> · Justice</title>\n")));
    cr_expect(str_find(page, S("<main><p>one\n")) > 0);
    view = (struct golden_around_view){&html_golden_talk, &talk_view};
    page = body(&html_golden_around, &view);
    cr_expect(str_find(page, S("<title>Consultation a/b c · Justice</title>")) > 0);
    expect(title(&html_golden_around, &view), "");
}

Test(golden, white_space_goes_where_it_does_not_matter)
{
    struct golden_spaces_view view = {.yes = true, .word = S("w")};

    expect(body(&html_golden_spaces, &view), "<p>one\ntwo\nw\nthree</p>\nword\ninside\n after\n"
                                             "<pre>\n  kept   as\n    it is\n</pre>\n"
                                             "<img alt=\"a  b\" src='/x.png' class=\"on w\" >\n"
                                             "what?\?= \"quoted\" back\\slash 中文\n");
    view.yes = false;
    cr_expect(str_find(body(&html_golden_spaces, &view), S("\nword after\n")) > 0);
    cr_expect(str_find(body(&html_golden_spaces, &view), S("class=\"off w\"")) > 0);
}
