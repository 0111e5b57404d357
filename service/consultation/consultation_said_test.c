/* consultation_said_test.c -- what was drawn of a conversation is shown again only as long as
 * nothing of it has changed, and only to whom it was drawn for. */
#include <criterion/criterion.h>

#include "desk/laws/laws_acts.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_said.h"

extern const struct module laws_module;

static struct scene *scene;
static struct bureau bureau;
static struct actor resident;
static struct consultation_asked_view asked;

static void set_up(void)
{
    const struct module *const modules[] = {&notice_module,
                                            &identity_module,
                                            &laws_module,
                                            &people_module,
                                            &record_module,
                                            &shifts_module,
                                            &assignment_module,
                                            &ladder_module,
                                            &review_module,
                                            &supervision_module,
                                            &hall_module,
                                            &consultation_module,
                                            NULL};
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("the first word"), .mode = S("live")};

    scene = test_scene(WHO_SYSTEM, (const struct module **)modules);
    bureau_make(scene, &bureau);
    scene->language = LANGUAGE_EN;
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_assert(test_done(identity_identify(scene, asked.token, &resident)));
    resident.is |= WHO_ANYONE;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_said, .init = set_up, .fini = tear_down);

static void say(const char *text)
{
    struct consultation_say_form form = {.reference = asked.reference, .text = str_of(text)};

    scene->actor = resident;
    cr_assert(test_done(test_act(scene, &consultation_say, &form, NULL)));
}

/* Behind the back of the program: what was drawn before still has the old words. */
static void change_behind(const char *from, const char *to)
{
    cr_assert(test_done(store_script(
        scene->store, arena_c(scene->arena, arena_print(scene->arena,
                                                        "update message set text = '%s' "
                                                        "where text = '%s'",
                                                        to, from)))));
}

static struct str draw(bool with_internal)
{
    struct face face = {.arena = scene->arena, .language = scene->language, .mode = S("normal")};
    struct out *out = out_open(scene->arena, 1 << 20);
    struct consultation_said said;
    struct consultation_case c;

    scene->actor = resident;
    cr_assert(test_done(case_open(scene, asked.reference, &c)));
    cr_assert(test_done(consultation_said(scene, &c, 0, with_internal, false, &said)));
    cr_assert_eq(said.earlier, -1);
    said.drawing->body(out, &face, said.drawing_view);
    return out_text(out);
}

static bool has(struct str drawn, const char *text)
{
    return str_find(drawn, str_of(text)) >= 0;
}

Test(consultation_said, is_drawn_once_until_one_more_is_said)
{
    struct str first = draw(false);

    cr_expect(has(first, "the first word"));
    change_behind("the first word", "another word");
    cr_expect(str_same(draw(false), first), "drawn again");
    say("the second word");
    cr_expect(has(draw(false), "another word"));
    cr_expect(has(draw(false), "the second word"));
}

Test(consultation_said, is_never_another_language_day_or_side)
{
    cr_expect(has(draw(false), "the first word"));
    change_behind("the first word", "another word");
    scene->language = LANGUAGE_ZH;
    cr_expect(has(draw(false), "another word"), "of the other language");
    scene->language = LANGUAGE_EN;
    cr_expect(has(draw(true), "another word"), "of who sees notes");
    cr_expect(has(draw(false), "the first word"));
    scene->now += SECONDS_PER_DAY;
    cr_expect(has(draw(false), "another word"), "of the next day");
}

Test(consultation_said, of_what_could_cite_a_law_is_drawn_each_time)
{
    say("Article 38 of the Labor Contract Law");
    cr_expect(has(draw(false), "the first word"));
    change_behind("the first word", "another word");
    cr_expect(has(draw(false), "another word"));
}

Test(consultation_said, gives_the_messages_themselves_when_the_page_needs_them)
{
    struct consultation_said said;
    struct consultation_case c;

    draw(false);
    scene->actor = resident;
    cr_assert(test_done(case_open(scene, asked.reference, &c)));
    cr_assert(test_done(consultation_said(scene, &c, 0, false, true, &said)));
    cr_expect_geq(said.messages_count, 1);
    cr_expect(str_same(said.messages[0].text, S("the first word")));
}
