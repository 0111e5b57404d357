/* form_draw_test.c -- what was typed is still in the field, and errors lead to it. */
#include <criterion/criterion.h>
#include <string.h>

#include "platform/form.h"

#define NOTE_FORM(F)                                                                               \
    F(text, title, REQUIRED, 1, 5, "Title", "In a few words")                                      \
    F(lines, story, OPTIONAL, 1, 100, "Story", "")                                                 \
    F(word, field, OPTIONAL, 1, 8, "Field", "")                                                    \
    F(words, marks, OPTIONAL, 1, 20, "Marks", "")                                                  \
    F(flag, agreed, OPTIONAL, 0, 1, "I agree", "")                                                 \
    F(secret, password, REQUIRED, 1, 99, "Password", "")                                           \
    F(number, share_percent, REQUIRED, 1, 99, "Share", "In all")                                   \
    F(span, wait, REQUIRED, 1, 99, "Wait", "")
FORM_STRUCT(drawn, NOTE_FORM)
#define FORM_THIS drawn_form
FORM_TABLE(drawn, NOTE_FORM)
#undef FORM_THIS
#define ASK_FORM(F) F(word, place, REQUIRED, 1, 8, "Where?", "")
FORM_STRUCT(asking, ASK_FORM)
#define FORM_THIS asking_form
FORM_TABLE(asking, ASK_FORM)
#undef FORM_THIS

static const struct reason too_bad = {"note.bad", "Not \"%1\" please.", 422};
static struct arena *arena;
static struct face face;
static struct form_state state;
static struct out *out;

static void set_up(void)
{
    arena = arena_open((size_t)8 << 20);
    out = out_open(arena, 64 * 1024);
    face = (struct face){.arena = arena, .language = LANGUAGE_EN, .csrf = S("c"), .once = S("o")};
    state = (struct form_state){.form = &drawn_form};
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(form_draw, .init = set_up, .fini = tear_down);

#define EXPECT_DRAWN(expected)                                                                     \
    cr_expect(str_same(out_text(out), S(expected)), "got\n%.*s", STR_ARGS(out_text(out)))

Test(form_draw, an_empty_field_has_label_hint_and_control_tied_together)
{
    form_field(out, &face, &drawn_form, "title");
    EXPECT_DRAWN("<div class=\"field\"><label for=\"f-title\">Title</label>"
                 "<p class=\"hint\" id=\"f-title-hint\">In a few words</p>"
                 "<input type=\"text\" id=\"f-title\" name=\"title\""
                 " aria-describedby=\"f-title-hint\" value=\"\"></div>");
}

Test(form_draw, a_wrong_field_keeps_what_was_typed_and_says_what_is_wrong)
{
    state.given[0] = S("<b>\"it's\" & more");
    state.wrong[0] = &too_bad;
    state.detail[0] = S("<b>");
    state.wrong_count = 1;
    face.form = &state;
    form_field(out, &face, &drawn_form, "title");
    EXPECT_DRAWN("<div class=\"field field-wrong\"><label for=\"f-title\">Title</label>"
                 "<p class=\"hint\" id=\"f-title-hint\">In a few words</p>"
                 "<p class=\"wrong\" id=\"f-title-wrong\"><span class=\"visually-hidden\">Problem:"
                 " </span>Not &quot;&lt;b&gt;&quot; please.</p>"
                 "<input type=\"text\" id=\"f-title\" name=\"title\""
                 " aria-describedby=\"f-title-hint f-title-wrong\" aria-invalid=\"true\""
                 " value=\"&lt;b&gt;&quot;it&#39;s&quot; &amp; more\"></div>");
}

Test(form_draw, several_lines_keep_their_first_line_break)
{
    state.given[1] = S("\n</textarea><script>");
    face.form = &state;
    form_field(out, &face, &drawn_form, "story");
    EXPECT_DRAWN("<div class=\"field\"><label for=\"f-story\">Story"
                 " <span class=\"optional\">(optional)</span></label>"
                 "<textarea rows=\"6\" id=\"f-story\" name=\"story\">\n\n"
                 "&lt;/textarea&gt;&lt;script&gt;</textarea></div>");
}

Test(form_draw, a_secret_is_never_written_back)
{
    state.given[5] = S("hunter2"); /* even if somebody had kept it */
    face.form = &state;
    form_field(out, &face, &drawn_form, "password");
    cr_expect_lt(str_find(out_text(out), S("hunter2")), 0);
    cr_expect_geq(str_find(out_text(out), S("type=\"password\"")), 0);
}

Test(form_draw, a_value_to_begin_with_gives_way_to_what_was_typed)
{
    form_field_with(out, &face, &drawn_form, "title", S("first"));
    cr_expect_geq(str_find(out_text(out), S("value=\"first\"")), 0);
    out = out_open(arena, 4096);
    state.given[0] = S("typed");
    face.form = &state;
    form_field_with(out, &face, &drawn_form, "title", S("first"));
    cr_expect_geq(str_find(out_text(out), S("value=\"typed\"")), 0);
    cr_expect_lt(str_find(out_text(out), S("first")), 0);
}

Test(form_draw, another_form_on_the_page_stays_untouched)
{
    static const struct form other = {.name = "other"};

    state = (struct form_state){.form = &other, .given = {S("not mine")}};
    face.form = &state;
    form_field(out, &face, &drawn_form, "title");
    cr_expect_lt(str_find(out_text(out), S("not mine")), 0);
}

Test(form_draw, of_several_words_each_ticked_box_stays_ticked)
{
    const struct choice choices[] = {
        {.value = S("a"), .label = S("A")},
        {.value = S("ab"), .label = S("A&B"), .hint = S("both"), .chosen = true},
        {.value = S("c"), .label = S("C")}};

    state.given[3] = S("a c");
    face.form = &state;
    form_choices(out, &face, &drawn_form, "marks", choices, COUNT(choices));
    EXPECT_DRAWN("<fieldset class=\"field\"><legend>Marks"
                 " <span class=\"optional\">(optional)</span></legend>"
                 "<div class=\"choice\"><input type=\"checkbox\" id=\"f-marks\" name=\"marks\""
                 " value=\"a\" checked><label for=\"f-marks\">A</label></div>"
                 "<div class=\"choice\"><input type=\"checkbox\" id=\"f-marks-1\" name=\"marks\""
                 " value=\"ab\"><label for=\"f-marks-1\">A&amp;B"
                 " <span class=\"choice-hint\">both</span></label></div>"
                 "<div class=\"choice\"><input type=\"checkbox\" id=\"f-marks-2\" name=\"marks\""
                 " value=\"c\" checked><label for=\"f-marks-2\">C</label></div></fieldset>");
}

Test(form_draw, one_of_a_list_is_chosen)
{
    const struct choice choices[] = {{.value = S("x"), .label = S("X")},
                                     {.value = S("y"), .label = S("Y"), .chosen = true}};

    form_select(out, &face, &drawn_form, "field", choices, COUNT(choices));
    EXPECT_DRAWN("<div class=\"field\"><label for=\"f-field\">Field"
                 " <span class=\"optional\">(optional)</span></label>"
                 "<select id=\"f-field\" name=\"field\"><option value=\"x\">X</option>"
                 "<option value=\"y\" selected>Y</option></select></div>");
    out = out_open(arena, 4096);
    form_choices(out, &face, &drawn_form, "field", choices, COUNT(choices));
    cr_expect_geq(str_find(out_text(out), S("type=\"radio\" id=\"f-field-1\" name=\"field\""
                                            " value=\"y\" checked>")),
                  0);
}

Test(form_draw, the_choice_that_says_nothing_stays_chosen_like_any_other)
{
    const struct choice choices[] = {{.label = S("None")}, {.value = S("y"), .label = S("Y")}};

    face.form = &state;
    form_choices(out, &face, &drawn_form, "field", choices, COUNT(choices));
    cr_expect_geq(str_find(out_text(out), S("value=\"\" checked><label for=\"f-field\">None")), 0);
    cr_expect_lt(str_find(out_text(out), S("value=\"y\" checked")), 0);
}

Test(form_draw, a_box_that_was_ticked_stays_so)
{
    state.given[4] = S("1");
    face.form = &state;
    form_field(out, &face, &drawn_form, "agreed");
    EXPECT_DRAWN("<div class=\"field\"><div class=\"choice\"><input type=\"checkbox\" value=\"1\""
                 " id=\"f-agreed\" name=\"agreed\" checked><label for=\"f-agreed\">I agree</label>"
                 "</div></div>");
}

Test(form_draw, the_summary_leads_to_each_field)
{
    form_errors(out, &face);
    EXPECT_DRAWN("");
    state.refusal = &too_bad;
    state.refusal_detail = S("this");
    state.wrong[0] = state.wrong[1] = &too_bad;
    state.detail[0] = S("<");
    state.wrong_count = 2;
    face.form = &state;
    form_errors(out, &face);
    EXPECT_DRAWN("<div class=\"wrong-summary\" role=\"alert\" tabindex=\"-1\""
                 " id=\"wrong-summary\"><h2>There is a problem</h2><ul>"
                 "<li>Not &quot;this&quot; please.</li>"
                 "<li><a href=\"#f-title\">Title: Not &quot;&lt;&quot; please.</a></li>"
                 "<li><a href=\"#f-story\">Story: Not &quot;&quot; please.</a></li></ul></div>");
}

Test(form_draw, the_summary_puts_nothing_behind_the_mark_of_a_question)
{
    state.form = &asking_form;
    state.wrong[0] = &too_bad;
    state.wrong_count = 1;
    face.form = &state;
    form_errors(out, &face);
    cr_expect_geq(str_find(out_text(out), S("#f-place\">Where? Not ")), 0);
}

Test(form_draw, every_form_carries_its_marks)
{
    form_csrf(out, &face);
    EXPECT_DRAWN("<input type=\"hidden\" name=\"csrf\" value=\"c\">"
                 "<input type=\"hidden\" name=\"once\" value=\"o\">");
}

Test(form_draw, a_unit_stands_beside_its_number_and_is_read_out_with_it)
{
    form_field_with(out, &face, &drawn_form, "share_percent", S("95"));
    EXPECT_DRAWN("<div class=\"field\"><label for=\"f-share_percent\">Share</label>"
                 "<p class=\"hint\" id=\"f-share_percent-hint\">In all</p>"
                 "<input type=\"text\" inputmode=\"numeric\" id=\"f-share_percent\""
                 " name=\"share_percent\""
                 " aria-describedby=\"f-share_percent-unit f-share_percent-hint\" value=\"95\">"
                 " <span class=\"unit\" id=\"f-share_percent-unit\">%</span></div>");
}

Test(form_draw, a_length_of_time_that_was_refused_stays_as_it_was_typed)
{
    int place = form_place(&drawn_form, S("wait"));

    state.given[place] = S("3");
    state.wrong[place] = &too_bad;
    state.detail[place] = S("3");
    state.wrong_count = 1;
    face.form = &state;
    form_field_with(out, &face, &drawn_form, "wait", S("3 min"));
    EXPECT_DRAWN("<div class=\"field field-wrong\"><label for=\"f-wait\">Wait</label>"
                 "<p class=\"wrong\" id=\"f-wait-wrong\">"
                 "<span class=\"visually-hidden\">Problem: </span>Not &quot;3&quot; please.</p>"
                 "<input type=\"text\" class=\"amount\" id=\"f-wait\" name=\"wait\""
                 " aria-describedby=\"f-wait-wrong\" aria-invalid=\"true\" value=\"3\"></div>");
}

#define OF_FORM(F)                                                                                 \
    F(number, which, REQUIRED, 1, 99, "", "") F(lines, story, OPTIONAL, 1, 9, "Story", "")
FORM_STRUCT(often, OF_FORM)
#define FORM_THIS often_form
FORM_TABLE(often, OF_FORM)
#undef FORM_THIS

Test(form_draw, of_many_alike_the_one_that_came_back_keeps_what_was_typed_and_the_plain_id)
{
    state = (struct form_state){.form = &often_form, .wrong_count = 1};
    state.given[0] = S("7");
    state.given[1] = S("far too long");
    state.wrong[1] = &too_bad;
    face.form = &state;
    form_field_of(out, &face, &often_form, "story", "which", 7);
    EXPECT_DRAWN("<div class=\"field field-wrong\"><label for=\"f-story\">Story"
                 " <span class=\"optional\">(optional)</span></label>"
                 "<p class=\"wrong\" id=\"f-story-wrong\"><span class=\"visually-hidden\">Problem:"
                 " </span>Not &quot;&quot; please.</p>"
                 "<textarea rows=\"6\" id=\"f-story\" name=\"story\""
                 " aria-describedby=\"f-story-wrong\" aria-invalid=\"true\">\n"
                 "far too long</textarea></div>");
}

Test(form_draw, of_many_alike_each_other_is_empty_and_has_an_id_of_its_own)
{
    state = (struct form_state){.form = &often_form};
    state.given[0] = S("7");
    state.given[1] = S("not of this one");
    face.form = &state;
    form_field_of(out, &face, &often_form, "story", "which", 8);
    EXPECT_DRAWN("<div class=\"field\"><label for=\"f-story-often-8\">Story"
                 " <span class=\"optional\">(optional)</span></label>"
                 "<textarea rows=\"6\" id=\"f-story-often-8\" name=\"story\">\n"
                 "</textarea></div>");
    cr_expect(form_is_of(&face, &often_form, "which", 7));
    cr_expect(!form_is_of(&face, &often_form, "which", 8));
    cr_expect(!form_is_of(&face, &drawn_form, "wait", 7), "of another form");
}
