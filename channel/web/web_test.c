/* web_test.c -- the frame of every page, and what a browser remembers. */
#include <criterion/criterion.h>
#include <string.h>

#include "channel/web/asset.h"
#include "channel/web/web_views.h"

static struct arena *arena;
static struct face face;

static void begin(void)
{
    arena = arena_open(1 << 22);
    face = (struct face){.language = LANGUAGE_EN,
                         .mode = S("normal"),
                         .theme = S("auto"),
                         .csrf = S("mark-of-the-form"),
                         .path = S("/my"),
                         .who = WHO_ANYONE,
                         .arena = arena};
}

static void end(void)
{
    arena_close(&arena);
}

TestSuite(web, .init = begin, .fini = end);

static void put_title(struct out *out, const struct face *shown, const void *view)
{
    (void)shown, (void)view;
    out_raw_str(out, S("A &amp; B"));
}

static void put_body(struct out *out, const struct face *shown, const void *view)
{
    (void)shown;
    out_raw_str(out, str_of(view));
}

static struct str layout(void)
{
    static const struct template page = {put_title, put_body};
    struct out *out = out_open(arena, 1 << 16);

    web_layout(out, &face, &page, "<p>The body.</p>");
    cr_assert(!out_full(out));
    return out_text(out);
}

static bool has(struct str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

Test(web, the_frame_holds_title_and_body_as_they_were_drawn)
{
    struct str page = layout();

    cr_expect(str_begins(page, S("<!doctype html>")));
    cr_expect(has(page, "<title>A &amp; B · "));
    cr_expect(has(page, "<p>The body.</p>"));
    cr_expect(has(page, "<meta name=\"csrf\" content=\"mark-of-the-form\">"));
}

Test(web, every_page_leads_to_a_person)
{
    cr_expect(has(layout(), "href=\"tel:12348\""));
    face.who = WHO_ANYONE | WHO_ADMIN;
    cr_expect(has(layout(), "href=\"tel:12348\""));
}

Test(web, the_menu_shows_only_what_the_reader_may_open)
{
    static const struct {
        unsigned who;
        const char *shown, *hidden;
    } rows[] = {{WHO_ANYONE, "href=\"/ask\"", "href=\"/desk\""},
                {WHO_GUEST, "href=\"/my\"", "href=\"/sessions\""},
                {WHO_RESIDENT, "href=\"/sessions\"", "href=\"/board\""},
                {WHO_CONSULTANT, "href=\"/desk\"", "href=\"/board\""},
                {WHO_LEADER, "href=\"/board\"", "href=\"/admin/people\""},
                {WHO_SUPERVISOR, "href=\"/board\"", "href=\"/admin/people\""},
                {WHO_ADMIN, "href=\"/admin/people\"", "href=\"/board\""}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str page;

        face.who = WHO_ANYONE | rows[i].who;
        page = layout();
        cr_expect(has(page, rows[i].shown), "%u sees %s", rows[i].who, rows[i].shown);
        cr_expect(!has(page, rows[i].hidden), "%u does not see %s", rows[i].who, rows[i].hidden);
    }
}

Test(web, only_somebody_signed_in_can_sign_out)
{
    cr_expect(!has(layout(), "action=\"/session/end\""));
    face.who |= WHO_CONSULTANT;
    face.person_name = S("Li <Mei>");
    cr_expect(has(layout(), "action=\"/session/end\""));
    cr_expect(has(layout(), ">Li &lt;Mei&gt;</a>"));
}

Test(web, the_menu_says_where_one_is)
{
    cr_expect(has(layout(), "<a href=\"/my\" aria-current=\"page\">"));
    face.path = S("/ask/field");
    cr_expect(has(layout(), "<a href=\"/ask\" aria-current=\"true\">"));
    face.path = S("/asking");
    cr_expect(!has(layout(), "aria-current"));
}

Test(web, the_menu_marks_what_a_page_was_reached_from)
{
    static const struct {
        unsigned who;
        const char *path, *entry;
    } rows[] = {{WHO_SUPERVISOR, "/board/complaints/7", "/board/quality"},
                {WHO_SUPERVISOR, "/alarms", "/board"},
                {WHO_CONSULTANT, "/desk/samples", "/desk/record"},
                {WHO_ADMIN, "/admin/subsidies/rates", "/admin/quality"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str marked = arena_print(arena, "href=\"%s\" aria-current=\"true\"", rows[i].entry);
        struct str page, rest;
        int64_t at;

        face.who = WHO_ANYONE | rows[i].who;
        face.path = str_of(rows[i].path);
        page = layout();
        at = str_find(page, S("aria-current"));
        cr_expect(str_find(page, marked) >= 0, "%s", rows[i].path);
        cr_assert(at >= 0);
        rest = (struct str){page.at + at + 1, page.len - (size_t)at - 1};
        cr_expect(!has(rest, "aria-current"), "%s: one is marked", rows[i].path);
    }
}

Test(web, switches_come_back_to_the_page_and_its_query)
{
    cr_expect(has(layout(), "name=\"back\" value=\"/my\""));
    face.query = S("after=3&limit=\"");
    cr_expect(has(layout(), "name=\"back\" value=\"/my?after=3&amp;limit=&quot;\""));
}

Test(web, a_switch_that_is_on_switches_off)
{
    cr_expect(has(layout(), "name=\"mode\" value=\"elder\" aria-pressed=\"false\""));
    face.mode = S("elder"), face.theme = S("contrast");
    cr_expect(has(layout(), "name=\"mode\" value=\"normal\" aria-pressed=\"true\""));
    cr_expect(has(layout(), "name=\"theme\" value=\"auto\" aria-pressed=\"true\""));
    cr_expect(has(layout(), "data-mode=\"elder\" data-theme=\"contrast\""));
}

Test(web, back_is_never_another_site)
{
    static const char *const bad[] = {"",   "//evil.example", "/\\evil.example", "https://x",
                                      "my", "/a b",           "/a\nSet-Cookie:", "/\xe4\xb8\xad"};

    for (size_t i = 0; i < COUNT(bad); i++)
        cr_expect(str_same(web_back(str_of(bad[i]), S("/")), S("/")), "%s", bad[i]);
    cr_expect(str_same(web_back(S("/my?a=1"), S("/")), S("/my?a=1")));
    cr_expect(str_same(web_back(S("/"), S("/other")), S("/")));
}

/* The act needs no store: it only answers with cookies. */
static struct outcome choose(struct scene *scene, struct web_preferences_form form, struct str *to)
{
    struct web_chosen_view result = {S("")};
    struct outcome outcome;

    *scene = (struct scene){.arena = arena, .actor = {.is = WHO_ANYONE}};
    outcome = web_preferences.run(scene, &form, &result);
    *to = result.to;
    return outcome;
}

Test(web, choosing_one_thing_leaves_the_others_alone)
{
    struct scene scene;
    struct str to;

    cr_expect(IS_DONE(
        choose(&scene, (struct web_preferences_form){.mode = S("elder"), .back = S("/my")}, &to)));
    cr_assert_eq(scene.cookies_count, 1);
    cr_expect(str_same(scene.cookies[0].name, S("mode")));
    cr_expect(str_same(scene.cookies[0].value, S("elder")));
    cr_expect_eq(scene.cookies[0].seconds, 365 * SECONDS_PER_DAY);
    cr_expect(scene.quiet);
    cr_expect(str_same(to, S("/my")));
}

Test(web, all_three_may_be_chosen_at_once)
{
    struct scene scene;
    struct str to;
    struct web_preferences_form form = {
        .language = S("en"), .mode = S("normal"), .theme = S("dark"), .back = S("//evil.example")};

    cr_expect(IS_DONE(choose(&scene, form, &to)));
    cr_expect_eq(scene.cookies_count, 3);
    cr_expect(str_same(to, S("/")));
}

Test(web, what_is_no_choice_is_refused_and_nothing_is_kept)
{
    struct scene scene;
    struct str to;
    struct web_preferences_form forms[] = {
        {.language = S("fr")}, {.mode = S("older")}, {.language = S("en"), .theme = S("pink")}};

    for (size_t i = 0; i < COUNT(forms); i++) {
        cr_expect_eq(choose(&scene, forms[i], &to).refusal, &web_preference_unknown);
        cr_expect_eq(scene.cookies_count, 0);
    }
}

Test(web, trouble_says_what_happened_and_what_to_do_next)
{
    static const struct reason reason = {"test.gone", "No letter %1 here.", 404};
    struct out *out = out_open(arena, 1 << 16);
    struct str page;

    web_trouble(out, &face, &reason, S("<7>"));
    page = out_text(out);
    cr_expect(has(page, "No letter &lt;7&gt; here."));
    cr_expect(has(page, "href=\"/my\""));
    cr_expect(has(page, "href=\"tel:12348\""));
}

Test(web, trouble_leads_the_staff_back_to_their_work)
{
    static const struct reason reason = {"test.gone", "No such page.", 404};
    static const struct {
        unsigned who;
        const char *link;
    } rows[] = {{WHO_CONSULTANT | WHO_LEADER, "href=\"/desk\""},
                {WHO_SUPERVISOR, "href=\"/board\""},
                {WHO_ADMIN, "href=\"/admin\""}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct out *out = out_open(arena, 1 << 16);

        face.who = WHO_ANYONE | rows[i].who;
        web_trouble(out, &face, &reason, S(""));
        cr_expect(has(out_text(out), rows[i].link), "%s", rows[i].link);
        cr_expect_not(has(out_text(out), "href=\"/\""), "%s", rows[i].link);
    }
}

Test(web, only_the_present_version_of_a_file_is_found)
{
    struct str bytes, type, encoding;

    cr_expect(web_asset(asset_url(S("app.css")), S(""), &bytes, &type, &encoding));
    cr_expect(bytes.len > 0);
    cr_expect(str_begins(type, S("text/css")));
    cr_expect(!web_asset(S("/static/app.00000000.css"), S(""), &bytes, &type, &encoding));
    cr_expect(!web_asset(S("/static/../passwd"), S(""), &bytes, &type, &encoding));
}

Test(web, every_page_of_this_channel_may_be_opened_by_anyone)
{
    for (const struct page *page = web_module.pages; page->path; page++) {
        cr_expect_eq(page->who ? page->who : page->act->who, WHO_ANYONE, "%s", page->path);
        cr_expect(page->page_only, "%s", page->path);
    }
}
