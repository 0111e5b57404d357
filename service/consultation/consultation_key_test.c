/* consultation_key_test.c -- a program with a key asks for many people. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

extern const struct module consultation_module;

static struct scene *scene;

static struct outcome make_bureau(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")}};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, labour, 1));
    return people_first_hours(own, true);
}

static void set_up(void)
{
    static const struct act bureau = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_bureau};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &bureau, NULL, NULL)));
    cr_assert(test_done(
        test_post(scene, &identity_add,
                  "login=boss&name=Boss&password=a quiet river&role=supervisor&scope=31", NULL)));
    identity_changed();
    scene->channel = S("api");
    scene->is_bearer = true;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_key, .init = set_up, .fini = tear_down);

static void be(struct str token)
{
    cr_assert(test_done(identity_identify(scene, token, &scene->actor)));
    cr_assert_neq(scene->actor.session_id, 0);
}

static struct consultation_asked_view ask(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message")};
    struct consultation_asked_view told = {0};

    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return told;
}

static bool opens(struct str reference)
{
    struct consultation_case c;

    return test_done(case_open_as(scene, reference, CONSULTATION_RESIDENT, &c));
}

/* Identity's views are its own: the token is found as a program finds it, by its name. */
static struct str token_of(const struct act *act, const char *typed)
{
    char *told = arena_take(scene->arena, act->result->size, 1);
    struct str token = S("");

    cr_assert(test_done(test_post(scene, act, typed, told)));
    for (size_t i = 0; i < act->result->members_count; i++) {
        const struct view_member *member = &act->result->members[i];

        if (str_same(str_of(member->name), S("token")))
            memcpy(&token, told + member->at, sizeof token);
    }
    cr_assert(token.len > 0);
    return token;
}

static struct str key_of_boss(const char *scopes)
{
    struct str typed = arena_print(scene->arena, "name=hotline&days=30&scopes=%s", scopes);

    scene->actor = (struct actor){.is = WHO_ANYONE};
    be(token_of(&identity_sign_in, "name=boss&password=a quiet river"));
    return token_of(&identity_key_make, arena_c(scene->arena, typed));
}

Test(consultation_key, each_question_is_somebody_elses_and_opens_with_its_own_token)
{
    struct str key = key_of_boss("ask");
    struct consultation_asked_view told[CONSULTATION_OPEN_MAX + 1];

    be(key);
    for (size_t i = 0; i < COUNT(told); i++) told[i] = ask();
    for (size_t i = 0; i < COUNT(told); i++) {
        be(told[i].token);
        for (size_t k = 0; k < COUNT(told); k++)
            cr_expect_eq(opens(told[k].reference), i == k, "token %zu, question %zu", i, k);
    }
    be(key);
    cr_expect(!opens(told[0].reference), "a key that is lost shows nobody's question");
}

Test(consultation_key, a_key_with_a_role_asks_for_others_too)
{
    struct consultation_asked_view one, two;

    be(key_of_boss("ask supervisor"));
    one = ask();
    two = ask();
    be(two.token);
    cr_expect(opens(two.reference));
    cr_expect(!opens(one.reference));
}
