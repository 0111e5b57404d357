/* mkhtml_test.c -- what builds, what does not, and what is said about it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tools/mkhtml_write.h"

struct compiled {
    struct arena *arena;
    struct problems problems;
    struct po po;
    struct buffer header, source;
    bool done;
};

static void compile(struct compiled *compiled, const char *html)
{
    struct template_file file = {.path = "room/page.html", .bytes = str_of(html)};
    struct mkhtml_module module = {"room", "service/room", "room_html.h", "room_html.c", &file, 1};

    *compiled = (struct compiled){.arena = arena_open(64 << 20)};
    compiled->problems.arena = compiled->arena;
    compiled->header = buffer_open(compiled->arena);
    compiled->source = buffer_open(compiled->arena);
    po_open(&compiled->po, compiled->arena);
    po_add(&compiled->po, &compiled->problems, "zh.po",
           S("msgid \"Hello\"\nmsgstr \"您好\"\n\nmsgid \"%1 of %2\"\nmsgstr \"%2 中的 %1\"\n"));
    po_sort(&compiled->po, &compiled->problems);
    compiled->done = mkhtml_compile(compiled->arena, &compiled->problems, &compiled->po, &module,
                                    &compiled->header, &compiled->source);
}

Test(mkhtml, a_file_has_a_name_that_c_can_have)
{
    static const char *const paths[] = {"room/My-page.html", "room/1.html", "room/.html"};

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct arena *arena = arena_open(16 << 20);
        struct problems problems = {.arena = arena};
        struct template_file file = {.path = paths[i]};

        mkhtml_parse(arena, &problems, &file);
        cr_expect_eq(problems.count, 1, "%s", paths[i]);
        arena_close(&arena);
    }
}

static bool says(const struct compiled *compiled, const char *what)
{
    for (size_t i = 0; i < compiled->problems.count; i++) {
        if (str_find(compiled->problems.texts[i], str_of(what)) >= 0) return true;
    }
    return false;
}

static void builds(const char *html)
{
    struct compiled compiled;

    compile(&compiled, html);
    cr_expect(compiled.done, "%s does not build: %.*s", html, STR_ARGS(compiled.problems.texts[0]));
    arena_close(&compiled.arena);
}

static void is_refused(const char *html, const char *what)
{
    struct compiled compiled;

    compile(&compiled, html);
    cr_expect(!compiled.done, "%s builds", html);
    cr_expect(says(&compiled, what), "%s: expected \"%s\", not \"%.*s\"", html, what,
              STR_ARGS(compiled.problems.texts[0]));
    arena_close(&compiled.arena);
}

static void writes(const char *html, const char *code)
{
    struct compiled compiled;

    compile(&compiled, html);
    cr_expect(compiled.done, "%s does not build", html);
    cr_expect(str_find(buffer_text(&compiled.source), str_of(code)) >= 0, "%s: no %s in\n%.*s",
              html, code, STR_ARGS(buffer_text(&compiled.source)));
    arena_close(&compiled.arena);
}

Test(mkhtml, an_empty_file_builds)
{
    builds("");
    builds("<!-- nothing -->");
}

Test(mkhtml, values_are_refused_where_they_could_become_code_or_names)
{
    is_refused("<p class={{x}}>a</p>", "without quotes");
    is_refused("<p class=a{{x}}>a</p>", "without quotes");
    is_refused("<p class='{{x}}'>a</p>", "write \"…\"");
    is_refused("<p {{x}}>a</p>", "in the name");
    is_refused("<p data-{{x}}=\"1\">a</p>", "in the name");
    is_refused("<h{{x}}>a</h1>", "in the name");
    is_refused("<{{x}}>a</p>", "in the name");
    is_refused("<p></{{x}}>", "in the name");
    is_refused("<!doctype {{x}}>", "inside <!");
    is_refused("<script src=\"/a.js\">{{x}}</script>", "inside <script>");
    is_refused("<script src=\"/a.js\">{{if x}}{{end}}</script>", "inside <script>");
    is_refused("<style>{{x}}</style>", "<style> is not used");
    is_refused("<p style=\"width:{{x}}\">a</p>", "style= is refused");
    is_refused("<p onclick=\"go({{x}})\">a</p>", "inline handlers");
    is_refused("<img srcset=\"{{x}}\">", "written out");
    is_refused("<input type=\"{{x}}\">", "written out");
    is_refused("<meta http-equiv=\"refresh\" content=\"{{x}}\">", "content");
    is_refused("<meta content=\"{{x}}\" http-equiv=\"refresh\">", "content");
    builds("<meta name=\"csrf\" content=\"{{face.csrf}}\">");
}

Test(mkhtml, inline_code_is_refused_even_when_it_is_written_out)
{
    is_refused("<p style=\"width:1px\">a</p>", "style= is refused");
    is_refused("<p ONCLICK=\"go()\">a</p>", "inline handlers");
    is_refused("<a href=\"/a\" onfocus>a</a>", "inline handlers");
    is_refused("<p data-hx-on:click=\"go()\">a</p>", "inline handlers");
    is_refused("<script>go()</script>", "script without src");
    is_refused("<script></script>", "script without src");
    is_refused("<script src=\"/a.js\">go()</script>", "text inside <script>");
    is_refused("<style>p { color: red }</style>", "<style> is not used");
    is_refused("<a href=\"javascript:go()\">a</a>", "begins with javascript:");
    is_refused("<a href=\"JavaScript:go()\">a</a>", "begins with javascript:");
    is_refused("<img alt=\"\" src=\"data:image/png;base64,\">", "begins with data:");
    is_refused("<base href=\"/\">", "<base> is not used");
    builds("<script src=\"/a.js\" defer></script>");
}

Test(mkhtml, an_address_begins_with_a_literal_that_settles_where_it_leads)
{
    is_refused("<a href=\"{{x}}\">a</a>", "must begin with");
    is_refused("<a href=\"{{url x}}\">a</a>", "must begin with");
    is_refused("<a href=\"/{{url x}}\">a</a>", "must begin with");
    is_refused("<a href=\"//{{url x}}\">a</a>", "begins with //");
    is_refused("<a href=\"/\\{{url x}}\">a</a>", "begins with /\\");
    is_refused("<a href=\"https://{{url x}}\">a</a>", "must begin with");
    is_refused("<a href=\"javascript:{{x}}\">a</a>", "begins with javascript:");
    is_refused("<a href=\" {{link x}}\">a</a>", "alone");
    is_refused("<a href=\"/a{{link x}}\">a</a>", "alone");
    is_refused("<a href=\"{{link x}}/b\">a</a>", "nothing may follow");
    is_refused("<a href=\"{{link x}}{{link y}}\">a</a>", "alone");
    is_refused("<a href=\"/a/{{\"Hello\"}}\">a</a>", "words for people");
    is_refused("<a href=\"/a?from={{iso x}}\">a</a>", "words for people");
    is_refused("<a title=\"{{link x}}\">a</a>", "no address");
    is_refused("<p>{{link x}}</p>", "into an address");
    is_refused("<a href=\"{{if x}}/b{{end}}{{url y}}\">a</a>", "branches that differ");
    is_refused("<a href=\"{{if x}}javascript:a{{else}}/b{{end}}\">a</a>", "javascript:");
    is_refused("<button formaction=\"{{x}}\">a</button>", "must begin with");
    is_refused("<div data-stream=\"{{x}}\"></div>", "must begin with");
    is_refused("<div data-hx-get=\"{{x}}\"></div>", "must begin with");
    builds("<a href=\"{{if x}}/a{{else}}/b{{end}}\">a</a>");
    builds("<a href=\"{{if x}}{{link x}}{{else}}/b{{end}}\">a</a>");
    builds("<a href=\"/a{{if x}}?after={{url x}}{{end}}\">a</a>");
}

Test(mkhtml, an_address_takes_numbers_and_encoded_text)
{
    writes("<a href=\"/a/{{x}}\">a</a>", "html_put_number(out, v->x);");
    writes("<a href=\"?a={{x}}\">a</a>", "html_put_number(out, v->x);");
    writes("<a href=\"/a/{{url x}}\">a</a>", "out_url(out, v->x);");
    writes("<a href=\"/a#m{{x}}\">a</a>", "out_put(out, v->x);");
    writes("<a href=\"/a/long/enough/to/leave#m{{x}}\">a</a>", "out_put(out, v->x);");
    writes("<a href=\"tel:{{x}}\">a</a>", "out_put(out, v->x);");
    writes("<a href=\"{{link x}}\">a</a>", "html_link(out, v->x);");
}

Test(mkhtml, elements_nest_and_close)
{
    is_refused("<p>a", "<p> is never closed");
    is_refused("a</p>", "</p> closes nothing");
    is_refused("<p><b>a</p></b>", "</p> while <b> of line 1 is open");
    is_refused("<br></br>", "<br> has no end tag");
    is_refused("<div/>", "does not close itself");
    is_refused("<p><div>a</div></p>", "<p> cannot hold <div>");
    is_refused("<a href=\"/a\"><a href=\"/b\">a</a></a>", "<a> inside another");
    is_refused("<textarea><b>a</b></textarea>", "<textarea> cannot hold <b>");
    is_refused("<p", "ends inside of a tag");
    is_refused("a < b", "write &lt;");
    is_refused("<p class=\"a\"id=\"b\">a</p>", "a blank is missing");
    is_refused("<p \"a\">a</p>", "a stray '\"'");
    is_refused("{{if x}}<p>{{end}}a</p>", "<p> of line 1 is still open");
    is_refused("<p>{{if x}}</p>{{end}}", "opened outside");
    is_refused("<p{{if x}}>a</p>{{end}}", "end in different places");
    is_refused("<p {{if x}}class=\"{{else}}id=\"{{end}}a\">b</p>", "different places");
    is_refused("<br{{if x}}><img alt=\"\"{{end}}>", "different places");
    builds("<svg><path d=\"M0 0\"/></svg><br><br/><input disabled>");
    builds("<P>a</p>");
    is_refused("<p>a</p/>", "a stray '/' in an end tag");
    is_refused("<p/ >a</p>", "a stray '/' in <p>");
    is_refused("<p class=a\"b>c</p>", "needs quotes");
    is_refused("<p class=a{{if x}}b{{end}}>c</p>", "in the middle");
    is_refused("a<!-- b", "<!-- without -->");
    is_refused("<title>a", "<title> without </title>");
}

static const char *repeat(const char *part, int count, const char *rest)
{
    static char text[8192];
    size_t len = 0;

    for (int i = 0; i < count; i++) len += (size_t)snprintf(text + len, sizeof text - len, part, i);
    memcpy(text + len, rest, strlen(rest) + 1);
    return text;
}

Test(mkhtml, everything_has_a_limit)
{
    is_refused(repeat("{{if x%d}}", 33, "a"), "nested deeper than 32");
    is_refused(repeat("{{each c%d in x}}", 9, "a"), "nested deeper than 8");
    is_refused(repeat("<i>", 65, "a"), "nest deeper than 64");
    is_refused(repeat("{{if x and a and b and c and d and e and f and g and h}}", 1, "a{{end}}"),
               "more than 8 conditions");
    is_refused("{{\"a\", a, b, c, d, e, f, g, h, i, j}}", "more than 9 values");
}

Test(mkhtml, blocks_match)
{
    is_refused("{{if x}}a", "room/page.html:1: {{if}} without {{end}}");
    is_refused("{{each c in x}}a", "{{each}} without {{end}}");
    is_refused("a\n{{end}}", "room/page.html:2: {{end}} without");
    is_refused("{{else}}", "{{else}} without");
    is_refused("{{each c in x}}a{{else}}b{{end}}", "{{else}} in {{each}}");
    is_refused("{{if x}}a{{else}}b{{else}}c{{end}}", "had its {{else}}");
    is_refused("{{if x}}a{{else}}b{{else if y}}c{{end}}", "had its {{else}}");
    is_refused("{{each c in x}}{{each c in y}}a{{end}}{{end}}", "outer {{each}}");
    is_refused("{{each face in x}}a{{end}}", "`face` is taken");
    is_refused("{{each c of x}}a{{end}}", "expected {{each NAME in LIST}}");
    is_refused("{{if}}a{{end}}", "{{if …}}: expected a name");
    is_refused("{{if x and y or z}}a{{end}}", "beside");
    is_refused("{{if x or y and z}}a{{end}}", "beside");
}

Test(mkhtml, whether_a_list_has_rows_is_asked_by_its_count)
{
    is_refused("{{if x}}{{each c in x}}a{{end}}{{end}}",
               "room/page.html:1: {{if LIST}}: a list is there without rows too");
    is_refused("{{each c in x}}a{{end}}\n{{if y or not x}}b{{end}}",
               "room/page.html:2: {{if LIST}}");
    is_refused("{{each c in x}}{{if c.y}}{{each d in c.y}}a{{end}}{{end}}{{end}}", "{{if LIST}}");
    builds("{{if x_count}}{{each c in x}}a{{end}}{{else}}b{{end}}");
    builds("{{if y}}{{each c in x}}{{if c.x}}a{{end}}{{end}}{{end}}");
}

Test(mkhtml, unknown_tags_are_refused)
{
    is_refused("{{}}", "expected a name");
    is_refused("{{x y}}", "is not a tag");
    is_refused("{{x|raw}}", "is not a tag");
    is_refused("{{X}}", "expected a name");
    is_refused("{{x", "{{ without }}");
    is_refused("{{\"a}}", "{{ without }}");
    is_refused("{{x.}}", "is not a tag");
    is_refused("{{face}}", "face.what?");
    is_refused("{{field a}}", "the name of a field");
    is_refused("{{choices a b}}", "expected `from LIST`");
    is_refused("{{part nowhere x}}", "there is no nowhere.html");
    is_refused("{{if x is y}}a{{end}}", "expected \"word\" or a number");
    is_refused("<p title=\"{{csrf}}\">a</p>", "elements inside of an attribute");
    is_refused("<textarea>{{field a b}}</textarea>", "holds text only");
    is_refused("<title><b>a</b></title>", "<title> cannot hold <b>");
    is_refused("\xff", "is not UTF-8");
}

Test(mkhtml, words_name_each_of_their_values)
{
    is_refused("{{\"\"}}", "nothing to translate");
    is_refused("{{\"%1 of %2\", a}}", "has 1 values");
    is_refused("{{\"%1 of %2\"}}", "has 0 values");
    is_refused("{{\"Hello\", a}}", "has 1 values");
    is_refused("{{\"%1 of %2\", a, url b}}", "do not belong among words");
    builds("{{\"%1 of %2\", a, clock b}}");
}

Test(mkhtml, every_missing_translation_is_listed_once_and_ready_to_paste)
{
    struct compiled compiled;
    struct str text;

    compile(&compiled,
            "<p>{{\"Hello\"}}</p>\n<p>{{\"One\"}} {{\"Say \\\"two\\\"\"}}</p>{{\"One\"}}");
    cr_assert(!compiled.done);
    cr_assert_eq(compiled.problems.count, 0);
    text = po_missing_text(&compiled.po, "mkhtml");
    cr_assert(str_same(text, S("mkhtml: 2 without a translation; fill in and add to po/zh/*.po:\n"
                               "\n#: room/page.html:2\nmsgid \"One\"\nmsgstr \"\"\n"
                               "\n#: room/page.html:2\nmsgid \"Say \\\"two\\\"\"\nmsgstr \"\"\n")),
              "%.*s", STR_ARGS(text));
    arena_close(&compiled.arena);
}

Test(mkhtml, conditions_ask_what_they_say)
{
    writes("{{if x}}a{{end}}", "if (html_true(v->x)) {");
    writes("{{if not x}}a{{end}}", "if (!html_true(v->x)) {");
    writes("{{if x is \"w\"}}a{{end}}", "if (str_same(v->x, S(\"w\"))) {");
    writes("{{if x is not \"w\"}}a{{end}}", "if (!str_same(v->x, S(\"w\"))) {");
    writes("{{if x is -1}}a{{end}}", "if (v->x == -1) {");
    writes("{{if x is not 3}}a{{end}}", "if (v->x != 3) {");
    writes("{{if x and not y.z}}a{{end}}", "if (html_true(v->x) && !html_true(v->y->z)) {");
    writes("{{if x}}a{{else if y or z}}b{{end}}", "} else if (html_true(v->y) || html_true(v->z))");
}

Test(mkhtml, what_the_compiler_says_points_at_the_template)
{
    writes("<p>\n\n{{x}}</p>", "#line 3 \"room/page.html\"\n    out_put(out, v->x);");
}

Test(mkhtml, a_long_text_is_several_literals_that_c_promises_to_take)
{
    struct compiled compiled;
    struct str rest;
    size_t total = 0, longest = 0;
    char html[20001];

    for (size_t i = 0; i + 1 < sizeof html; i++) html[i] = "中"[i % 3];
    html[19998] = '\0'; /* 6666 whole characters */
    compile(&compiled, html);
    cr_assert(compiled.done);
    rest = buffer_text(&compiled.source);
    for (int64_t at; (at = str_find(rest, S("\", "))) >= 0;) {
        size_t len = 0;

        rest = (struct str){rest.at + at + 3, rest.len - (size_t)at - 3};
        for (size_t i = 0; rest.at[i] >= '0' && rest.at[i] <= '9'; i++)
            len = len * 10 + (size_t)(rest.at[i] - '0');
        total += len;
        if (len > longest) longest = len;
    }
    cr_expect_eq(total, 2 * 19998); /* in both languages */
    cr_expect_leq(longest, 4095);
    cr_expect(longest % 3 == 0, "a character is cut in two");
    arena_close(&compiled.arena);
}
