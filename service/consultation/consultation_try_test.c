/* consultation_try_test.c -- who tries a demo city out is told how to go on, where nobody is on
 * line; who waits in a real one is never told of accounts. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "gen/people_sql.h"
#include "platform/page.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;
static struct bureau bureau;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_changed();
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_try, .init = set_up, .fini = tear_down);

/* The sign-in name the page of a new question tells its asker; `drawn`: the whole page. */
static struct str told_to(struct str *drawn)
{
    const struct page *page = consultation_resident_pages;
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("live")};
    struct consultation_asked_view asked;
    struct face face = {
        .arena = scene->arena, .language = LANGUAGE_EN, .mode = S("normal"), .who = WHO_GUEST};
    struct request request = {.scene = scene, .face = &face};
    struct consultation_talk_form query = {0};
    struct consultation_talk_view view = {0};
    struct out *out = out_open(scene->arena, 1 << 20);

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    query.reference = asked.reference;
    while (page->method != GET || strcmp(page->path, "/consultations/{reference}") != 0) page++;
    cr_assert(test_done(identity_identify(scene, asked.token, &scene->actor)));
    cr_assert(test_done(page->show(&request, &query, &view)));
    page->html->body(out, &face, &view);
    *drawn = out_text(out);
    return view.demo_login;
}

static struct outcome add_played(struct scene *own, const void *form, void *result)
{
    id person_id;

    (void)form, (void)result;
    TRY(identity_person_add(
        own,
        &(struct identity_new_person){.login = S("played"), .name = S("Played"), .is_demo = true},
        &person_id));
    TRY(people_add_demo_consultant(own->store, person_id, S("lawyer"), bureau.team_id, S("310101"),
                                   S("2"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    return people_add_demo_field(own->store, person_id, S("labour"));
}

static void open_demo(void)
{
    static const struct act demo = {.name = "test.demo", .who = WHO_SYSTEM, .run = add_played};

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &demo, NULL, NULL)));
}

Test(consultation_try, a_visitor_of_a_demo_city_is_told_whom_to_play)
{
    struct str drawn;

    open_demo();
    cr_expect(str_same(told_to(&drawn), S("played")));
    cr_expect(str_find(drawn, S("Sign in as played with the password")) >= 0);
}

Test(consultation_try, nobody_is_told_of_accounts_in_a_real_installation)
{
    struct str drawn;

    cr_expect_eq(told_to(&drawn).len, 0U);
    cr_expect(str_find(drawn, S("Nobody who can answer this is on line")) >= 0);
    cr_expect(str_find(drawn, S("demo")) < 0);
}

Test(consultation_try, who_need_not_wait_is_told_nothing)
{
    struct consultation_presence_form here = {.state = S("online"), .capacity = 3};
    struct str drawn;

    open_demo();
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_presence, &here, NULL)));
    cr_expect_eq(told_to(&drawn).len, 0U);
}
