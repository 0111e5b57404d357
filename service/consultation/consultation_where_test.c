/* consultation_where_test.c -- the place that is chosen already where a question asks for one. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/consultation/consultation_ask_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;

/* A browser that keeps a place of its own, on its way to a question. */
static void set_up(void)
{
    static struct bureau bureau;
    struct consultation_draft_field_form field = {.field = S("labour")};
    struct consultation_draft_text_form text = {.text = S("欠薪")};
    struct consultation_step_view next;
    char visitor[TOKEN_LEN];

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    memset(visitor, 'a', sizeof visitor);
    test_bring(scene, "visitor", arena_copy(scene->arena, (struct str){visitor, TOKEN_LEN}));
    test_bring(scene, "place", S("310101"));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_draft_field, &field, &next)));
    cr_assert(test_done(test_act(scene, &consultation_draft_text, &text, &next)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_where, .init = set_up, .fini = tear_down);

static struct str chosen(void)
{
    static const struct module pages = {.name = "ask", .pages = consultation_ask_pages};
    struct consultation_ask_where_view view = {0};

    cr_assert(test_done(test_show(scene, &pages, "/ask/where", "", &view, NULL)));
    for (size_t i = 0; i < view.districts_count; i++) {
        if (view.districts[i].chosen) return view.districts[i].value;
    }
    return S("");
}

static void answer(struct str district)
{
    struct consultation_draft_where_form form = {.district = district, .language = S("zh")};
    struct consultation_step_view next;

    cr_assert(test_done(test_act(scene, &consultation_draft_where, &form, &next)));
}

Test(consultation_where, the_place_this_browser_keeps_is_chosen_until_something_else_was)
{
    cr_expect(str_same(chosen(), S("310101")));
    answer(S("310101"));
    cr_expect(str_same(chosen(), S("310101")));
}

Test(consultation_where, who_would_rather_not_say_is_not_asked_to_say_it_again)
{
    answer(S(""));
    cr_expect(str_same(chosen(), S("")));
}
