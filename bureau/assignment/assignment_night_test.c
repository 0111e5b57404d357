/* assignment_night_test.c -- what the clock does at night, a part at a time. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static id person_id;

/* A lawyer whose share somebody has got wrong, and a decision too old to keep in full. */
static struct outcome make(struct scene *scene, const void *form, void *result)
{
    const struct identity_division city[] = {{S("31"), S(""), S("city"), S("上海市"), S("City")}};
    id team_id = scene_new_id(scene);

    (void)form, (void)result;
    TRY(identity_divisions_load(scene, city, COUNT(city)));
    TRY(people_add_demo_team(scene->store, team_id, S("one"), S("一队"), S("One"), S("city"),
                             S("31"), 0));
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = S("anna"), .name = S("Anna")}, &person_id));
    TRY(people_add_demo_consultant(scene->store, person_id, S("lawyer"), team_id, S("31"), S("1"),
                                   scene->now - 1, scene->now + SECONDS_PER_DAY));
    TRY(people_set_presence_row(scene->store, person_id, S("online"), 3, scene->now, scene->now));
    TRY(assignment_noticed(scene, person_id));
    TRY(assignment_recount(scene));
    TRY(assignment_add_past_assignment(
        scene->store,
        &(struct assignment_add_past_assignment_values){.assignment_id = scene_new_id(scene),
                                                        .service = S("consultation"),
                                                        .case_id = 1,
                                                        .profession = S("lawyer"),
                                                        .field = S("labour"),
                                                        .candidates_count = 1,
                                                        .person_id = person_id,
                                                        .candidates = S("old"),
                                                        .offered_at = 1}));
    return store_script(scene->store, "update assignment_share set talks_count = 77");
}

static int64_t talks_of(struct scene *scene)
{
    struct assignment_find_own_share_row share;
    bool found;

    cr_assert(test_done(assignment_find_own_share(scene->store, person_id, &share, &found)));
    return found ? share.talks_count : 0;
}

Test(assignment_night, shares_are_counted_anew_once_when_everything_old_is_forgotten)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};
    const struct act *night = assignment_module.clock_acts[0];
    struct clock_form form = {0};
    struct scene *scene = test_scene(
        WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, &people_module,
                                              &record_module, &assignment_module, NULL});

    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    cr_assert_eq(talks_of(scene), 77);
    cr_assert(test_done(test_act(scene, night, &form, NULL)));
    cr_expect_eq(talks_of(scene), 77, "it forgot something and comes again: not counted yet");
    cr_assert(test_done(test_act(scene, night, &form, NULL)));
    cr_expect_eq(talks_of(scene), 0);
    test_scene_close(&scene);
}
