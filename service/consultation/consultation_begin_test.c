/* consultation_begin_test.c -- what was said elsewhere on the site becomes a question. */
#include <criterion/criterion.h>
#include <string.h>

#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/consultation/consultation_acts.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;
static struct str what_was_said;

static struct outcome make_fields(struct scene *own, const void *form, void *result)
{
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};
    const struct str aid[7] = {S("legal_aid"), S("法律援助"), S("Legal aid"), S(""),
                               S(""),          S("lawyer"),   S("")};

    (void)form, (void)result;
    TRY(people_first_field(own, labour, 1));
    return people_first_field(own, aid, 2);
}

static void set_up(void)
{
    static const struct act fields = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_fields};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &fields, NULL, NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_begin, .init = set_up, .fini = tear_down);

static void bring_visitor(char letter)
{
    char visitor[TOKEN_LEN];

    memset(visitor, letter, sizeof visitor);
    test_bring(scene, "visitor", arena_copy(scene->arena, (struct str){visitor, TOKEN_LEN}));
}

static struct outcome begin(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return consultation_begin(own, S("legal_aid"), what_was_said);
}

static struct consultation_draft begun_with(struct str text)
{
    static const struct act act = {.name = "aid.consult", .who = WHO_ANYONE, .run = begin};
    struct consultation_draft draft;

    what_was_said = text;
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    return draft;
}

static void type(const struct act *act, const char *typed)
{
    struct consultation_step_view told;

    cr_assert(test_done(test_post(scene, act, typed, &told)));
}

Test(consultation_begin, it_is_the_first_thing_that_stands_there)
{
    struct consultation_draft draft;

    bring_visitor('a');
    draft = begun_with(S("我答过"));
    cr_expect(str_same(draft.field, S("legal_aid")));
    cr_expect(str_same(draft.text, S("我答过")));
    cr_expect(str_same(begun_with(S("我答过")).text, S("我答过")), "twice is once");
    bring_visitor('b');
    cr_assert(test_done(consultation_draft_of(scene, &draft)));
    cr_expect_eq(draft.text.len, 0, "it is in no other browser");
}

Test(consultation_begin, it_takes_nothing_away_of_what_was_typed)
{
    struct consultation_draft draft;
    char much[CONSULTATION_TEXT_MAX];

    bring_visitor('a');
    type(&consultation_draft_field, "field=labour");
    type(&consultation_draft_text, "text=老板不发工资&against=某公司");
    draft = begun_with(S("我答过"));
    cr_expect(str_same(draft.field, S("labour")));
    cr_expect(str_same(draft.text, S("老板不发工资\n\n我答过")));
    cr_expect(str_same(draft.against, S("某公司")));
    memset(much, 'x', sizeof much);
    draft = begun_with((struct str){much, sizeof much});
    cr_expect(str_same(draft.text, S("老板不发工资\n\n我答过")), "there is no room for it");
}

Test(consultation_begin, a_browser_without_cookies_is_told_so)
{
    static const struct act act = {.name = "aid.consult", .who = WHO_ANYONE, .run = begin};

    what_was_said = S("我答过");
    cr_expect_eq(test_act(scene, &act, NULL, NULL).refusal, &consultation_draft_gone);
}
