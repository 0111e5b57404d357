/* identity_slide_test.c -- a session that is used goes on, within its bound. */
#include <criterion/criterion.h>

#include "desk/identity/identity_parts.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"

enum { HOUR = SECONDS_PER_HOUR };

static struct scene *scene;
static struct identity_signed_view in;
static moment began;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&identity_module, NULL});
    cr_assert(test_done(test_post(
        scene, &identity_add,
        "login=liwei&name=李伟&password=" PASSWORD "&role=consultant&scope=310104", NULL)));
    identity_team_hook(NULL);
    identity_merge_hook(NULL);
    identity_unmask_hook(NULL);
    identity_changed();
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_post(scene, &identity_sign_in, "name=liwei&password=" PASSWORD, &in)));
    began = scene->now;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity_slide, .init = set_up, .fini = tear_down);

/* One request, as many hours after signing in, and the clock's next round. */
static bool is_in_after(int64_t seconds)
{
    struct clock_form form = {0};
    struct actor actor;

    scene->now = began + seconds;
    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(act_run(&identity_slide, scene, &form, NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_changed();
    return actor.person_id != 0;
}

Test(identity_slide, who_works_on_is_not_thrown_out_after_twelve_hours)
{
    for (int64_t hour = 1; hour <= 23; hour++)
        cr_expect(is_in_after(hour * HOUR), "after %lld h", (long long)hour);
}

Test(identity_slide, who_does_nothing_for_twelve_hours_signs_in_again)
{
    cr_expect(is_in_after(6 * HOUR));
    cr_expect(is_in_after(18 * HOUR - 1));
    cr_expect_not(is_in_after(24 * HOUR));
}

Test(identity_slide, no_use_carries_a_session_beyond_a_day)
{
    for (int64_t hour = 1; hour <= 23; hour++) is_in_after(hour * HOUR);
    cr_expect(is_in_after(24 * HOUR - 1));
    cr_expect_not(is_in_after(24 * HOUR));
}

Test(identity_slide, a_session_that_was_ended_is_not_brought_back)
{
    struct actor actor;
    struct clock_form form = {0};

    scene->now = began + 2 * HOUR;
    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    scene->actor = actor;
    cr_assert(test_done(test_post(scene, &identity_sign_out, "", NULL)));
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(act_run(&identity_slide, scene, &form, NULL)));
    identity_changed();
    cr_expect_not(is_in_after(3 * HOUR));
}

/* Among acts of which one must be undone, all are run again. */
Test(identity_slide, a_round_that_was_undone_and_run_again_loses_no_use)
{
    struct clock_form form = {0};
    struct actor actor;

    scene->now = began + 6 * HOUR;
    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(store_begin(scene->store)));
    cr_assert(test_done(identity_slide.run(scene, &form, NULL)));
    store_rollback(scene->store);
    cr_assert(test_done(act_run(&identity_slide, scene, &form, NULL)));
    identity_changed();
    cr_expect(is_in_after(17 * HOUR));
}

Test(identity_slide, the_rule_is_the_earlier_of_use_and_bound)
{
    cr_expect_eq(identity_slides_to(1000, 1000), 1000 + 12 * HOUR);
    cr_expect_eq(identity_slides_to(1000, 1000 + 11 * HOUR), 1000 + 23 * HOUR);
    cr_expect_eq(identity_slides_to(1000, 1000 + 13 * HOUR), 1000 + 24 * HOUR);
}

/* A page that is left open asks whether it may go on: nobody is there. */
Test(identity_slide, an_open_stream_is_nobody_at_work)
{
    struct actor actor;
    bool good;

    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    scene->now = began + 6 * HOUR;
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_assert(good);
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(act_run(&identity_slide, scene, &(struct clock_form){0}, NULL)));
    scene->now = began + 12 * HOUR;
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(!good);
}
