/* ladder_order_test.c -- which rungs a ladder has, and in which order, is data.  Cites ladder.c and
 * ladder_policy.c. */
#include <criterion/criterion.h>

#include "bureau/ladder/ladder_inside.h"
#include "bureau/ladder/ladder_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;
static id admin_id, desk_id;

static struct outcome run_seed(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    struct ladder_find_desk_row row;
    bool found;

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = S("admin"), .name = S("admin")}, &admin_id));
    TRY(identity_role_add(own, admin_id, S("admin"), S("31")));
    TRY(ladder_wake(own, S("lawyer"), S("310101")));
    TRY(ladder_find_desk(own->arena, own->store, S("lawyer"), S("310101"), &row, &found));
    desk_id = row.desk_id;
    return DONE;
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &shifts_module, &ladder_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(ladder_order, .init = set_up, .fini = tear_down);

/* ---- the rules ---- */

static struct ladder_policy ordered(int64_t neighbour, int64_t backup, int64_t choice,
                                    int64_t message)
{
    struct ladder_policy policy = ladder_policy_default;

    policy.places[LADDER_NEIGHBOUR] = neighbour;
    policy.places[LADDER_BACKUP] = backup;
    policy.places[LADDER_CHOICE] = choice;
    policy.places[LADDER_MESSAGE] = message;
    return policy;
}

static const char *refused(struct ladder_policy policy)
{
    struct outcome outcome = ladder_check(&policy);

    return outcome.refusal ? outcome.refusal->key : "";
}

Test(ladder_order, an_order_that_makes_no_sense_is_refused_with_what_is_wrong) /* (6) */
{
    cr_expect_str_eq(refused(ordered(1, 2, 3, 4)), "");
    cr_expect_str_eq(refused(ordered(2, 1, 0, 3)), "");
    cr_expect_str_eq(refused(ordered(0, 0, 0, 1)), "", "in writing alone");
    cr_expect_str_eq(refused(ordered(1, 2, 3, 0)), "ladder.last-step", "nobody gets a date");
    cr_expect_str_eq(refused(ordered(1, 2, 4, 3)), "ladder.last-step", "something stands above it");
    cr_expect_str_eq(refused(ordered(0, 0, 0, 0)), "ladder.last-step");
    cr_expect_str_eq(refused(ordered(1, 1, 2, 3)), "ladder.order");
    cr_expect_str_eq(refused(ordered(1, 2, 4, 4)), "ladder.order");
    cr_expect_str_eq(refused(ordered(-1, 2, 3, 4)), "ladder.order");
}

Test(ladder_order, an_order_is_read_from_words)
{
    struct ladder_policy policy = ladder_policy_default;

    cr_expect(ladder_order_of(S("backup,neighbour,message"), &policy));
    cr_expect(policy.places[LADDER_BACKUP] == 1 && policy.places[LADDER_NEIGHBOUR] == 2 &&
              policy.places[LADDER_CHOICE] == 0 && policy.places[LADDER_MESSAGE] == 3);
    cr_expect_not(ladder_order_of(S("message,choice"), &policy));
    cr_expect_not(ladder_order_of(S("backup,backup,message"), &policy));
    cr_expect_not(ladder_order_of(S("backup,,message"), &policy));
    cr_expect_not(ladder_order_of(S("anything,message"), &policy));
    cr_expect_not(ladder_order_of(S(""), &policy));
}

/* Up with everything too much, then down with nothing; the words of the levels on the way. */
static const char *climbed(const struct ladder_policy *policy)
{
    const struct ladder_load busy = {.waiting = 900, .longest_seconds = 90000, .places = 1};
    const struct ladder_load calm = {.places = 1};
    struct ladder_state state = {0};
    struct str way = S("");
    moment now = 1000000;

    for (int i = 0; i < 4 * LADDER_LEVELS; i++, now += policy->calm_seconds) {
        if (ladder_look(policy, i < LADDER_LEVELS ? &busy : &calm, now, &state) == LADDER_STAYS)
            continue;
        way = arena_print(scene->arena, "%.*s%.*s ", STR_ARGS(way),
                          STR_ARGS(ladder_level_word(state.level)));
    }
    cr_expect_eq(state.level, LADDER_DUTY);
    return arena_c(scene->arena, way);
}

Test(ladder_order, it_goes_up_and_down_by_the_places_and_passes_over_what_has_none)
{
    struct ladder_policy policy = ordered(3, 1, 0, 4);

    cr_expect_str_eq(climbed(&policy), "backup neighbour message neighbour backup duty ");
    ladder_close_gaps(&policy);
    cr_expect(policy.places[LADDER_NEIGHBOUR] == 2 && policy.places[LADDER_BACKUP] == 1 &&
              policy.places[LADDER_CHOICE] == 0 && policy.places[LADDER_MESSAGE] == 3);
    cr_expect_str_eq(climbed(&policy), "backup neighbour message neighbour backup duty ");
    policy = ordered(0, 0, 0, 1);
    cr_expect_str_eq(climbed(&policy), "message duty ");
    cr_expect_eq(ladder_rung(&policy, LADDER_MESSAGE), 1);
    cr_expect_eq(ladder_rung(&policy, LADDER_BACKUP), 0);
}

Test(ladder_order, a_step_does_what_those_below_it_do_and_nothing_else)
{
    const struct ladder_policy early = ordered(3, 2, 1, 4), bare = ordered(0, 0, 0, 1);
    const struct ladder_load load = {.waiting = 6, .places = 2}, idle = {.free = 1, .places = 2};

    cr_expect(ladder_offers_choice(&early, LADDER_CHOICE));
    cr_expect_eq(ladder_wanted(&early, LADDER_CHOICE, &load), 0, "calls come later");
    cr_expect(ladder_offers_choice(&early, LADDER_BACKUP), "still offered one step up");
    cr_expect_gt(ladder_wanted(&early, LADDER_BACKUP, &load), 0);
    cr_expect_gt(ladder_wanted(&early, LADDER_NEIGHBOUR, &load), 0);
    cr_expect_not(ladder_has_time(&early, LADDER_CHOICE, &idle));
    cr_expect(ladder_has_time(&early, LADDER_DUTY, &idle));
    cr_expect(ladder_offers_choice(&bare, LADDER_MESSAGE), "who waits may write as well");
    cr_expect_eq(ladder_wanted(&bare, LADDER_MESSAGE, &load), 0);
}

Test(ladder_order, neighbours_are_opened_where_they_stand_and_the_city_above_them)
{
    const struct ladder_policy late = ordered(3, 1, 2, 4), never = ordered(0, 1, 2, 3);
    struct ladder_wish wish = {.level_at = 1000, .waiting_at = 1000, .places = 3};

    wish.level = LADDER_CHOICE;
    cr_expect_eq(ladder_reach(&late, &wish, 1000), 0, "below the neighbours");
    wish.level = LADDER_NEIGHBOUR;
    cr_expect_eq(ladder_reach(&late, &wish, 1000), 1);
    wish.level = LADDER_MESSAGE;
    cr_expect_eq(ladder_reach(&late, &wish, 1000), LADDER_CITY);
    cr_expect_eq(ladder_reach(&never, &wish, 1000), 0, "no step opens them");
    cr_expect_eq(ladder_reach(&never, &wish, 1000 + never.ring_seconds), 1, "waiting does");
}

Test(ladder_order, a_step_that_is_taken_out_is_left_downwards) /* (7) */
{
    const struct ladder_policy policy = ordered(1, 0, 0, 2), bare = ordered(0, 0, 0, 1);
    const struct ladder_load busy = {.waiting = 900, .longest_seconds = 90000, .places = 1};
    struct ladder_state state = {.level = LADDER_CHOICE, .since = 500, .calm_at = 0};

    cr_expect_eq(ladder_look(&policy, &busy, 501, &state), LADDER_GONE, "at once, however busy");
    cr_expect_eq(state.level, LADDER_NEIGHBOUR);
    cr_expect_eq(state.since, 501);
    state = (struct ladder_state){.level = LADDER_BACKUP, .since = 500};
    cr_expect_eq(ladder_look(&bare, &busy, 501, &state), LADDER_GONE);
    cr_expect_eq(state.level, LADDER_DUTY);
}

/* ---- as it is kept ---- */

static void be_admin(void)
{
    scene->actor = (struct actor){
        .person_id = admin_id, .is = WHO_ANYONE | WHO_ADMIN, .scopes = scopes_of(S("31"))};
}

static struct outcome save(struct str division, struct ladder_policy policy)
{
    struct ladder_policy_form form;

    be_admin();
    ladder_policy_to_form(&policy, &form);
    form.note = S("order");
    form.division = division;
    return test_act(scene, &ladder_act_policy, &form, NULL);
}

Test(ladder_order, each_district_may_have_an_order_of_its_own) /* policy (3) (4) */
{
    struct ladder_policy policy;

    cr_assert(test_done(save(S(""), ordered(2, 1, 3, 4))));
    cr_expect_str_eq(save(S("310101"), ordered(0, 4, 0, 4)).refusal->key, "ladder.order");
    cr_assert(test_done(save(S("310101"), ordered(0, 2, 0, 4))));
    cr_assert(test_done(ladder_policy(scene, S("310101003"), &policy)));
    cr_expect(!policy.places[LADDER_NEIGHBOUR] && policy.places[LADDER_BACKUP] == 1 &&
                  !policy.places[LADDER_CHOICE] && policy.places[LADDER_MESSAGE] == 2,
              "kept without a gap");
    cr_assert(test_done(ladder_policy(scene, S("310104"), &policy)));
    cr_expect(policy.places[LADDER_BACKUP] == 1 && policy.places[LADDER_NEIGHBOUR] == 2);
    cr_expect_eq(test_journal(scene, "ladder.policy"), 2, "what was refused is not among them");
}

Test(ladder_order, what_was_kept_before_orders_were_data_has_the_usual_one)
{
    struct ladder_policy policy;

    be_admin();
    cr_assert(test_done(ladder_add_version(scene->store, 1, scene->now, 0, S("old"), S(""), 0)));
    cr_assert(test_done(ladder_add_number(scene->store, 1, S("calm_seconds"), 99)));
    cr_assert(test_done(ladder_policy(scene, S(""), &policy)));
    cr_expect_eq(policy.calm_seconds, 99);
    for (int level = LADDER_DUTY; level < LADDER_LEVELS; level++)
        cr_expect_eq(policy.places[level], level);
}

Test(ladder_order, the_ladder_of_a_past_moment_is_the_one_that_held_then)
{
    struct ladder_policy policy;
    moment before = scene->now;

    cr_assert(test_done(save(S("310101"), ordered(2, 1, 3, 4))));
    cr_assert(test_done(ladder_policy_at(scene, S("310101"), before - 1, &policy)));
    cr_expect_eq(policy.version, 0);
    cr_assert(test_done(ladder_policy_at(scene, S("310101"), before, &policy)));
    cr_expect_eq(policy.version, 1);
}

static struct ladder_load load;

static struct outcome run_look(struct scene *own, const void *form, void *result)
{
    struct ladder_find_desk_by_id_row desk;
    bool found;

    (void)form;
    TRY(ladder_desk(own, desk_id, &desk, &found));
    own->quiet = true;
    return ladder_watch(own, &desk, &load, result);
}
static const struct act look = {.name = "ladder.look", .who = WHO_SYSTEM, .run = run_look};

static enum ladder_level look_with(int64_t waiting)
{
    struct ladder_state state = {0};

    load = (struct ladder_load){.waiting = waiting, .longest_seconds = waiting * 100, .places = 1};
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    scene->now += ladder_policy_default.calm_seconds;
    cr_assert(test_done(test_act(scene, &look, NULL, &state)));
    return state.level;
}

static struct ladder_one_view shown(void)
{
    struct ladder_one_view view = {0};

    scene->actor = (struct actor){
        .person_id = admin_id, .is = WHO_ANYONE | WHO_SUPERVISOR, .scopes = scopes_of(S("310101"))};
    cr_assert(test_done(
        test_show(scene, &ladder_module, "/board/ladder/{desk}",
                  arena_c(scene->arena, arena_print(scene->arena, "desk=%lld", (long long)desk_id)),
                  &view, NULL)));
    return view;
}

Test(ladder_order, a_desk_climbs_the_ladder_of_its_district_each_step_in_the_journal)
{
    struct ladder_one_view view;

    cr_assert(test_done(save(S("310101"), ordered(3, 1, 2, 4))));
    cr_expect_eq(look_with(50), LADDER_BACKUP);
    view = shown();
    cr_expect_eq(view.desk->rung, 1);
    cr_assert_eq(view.directions_count, 2U);
    cr_expect_eq(look_with(50), LADDER_CHOICE);
    cr_expect_eq(look_with(50), LADDER_NEIGHBOUR);
    cr_expect_eq(shown().desk->rung, 3);
    cr_expect_eq(test_journal(scene, "ladder.up"), 3);
    cr_assert(test_done(save(S("310101"), ordered(0, 1, 2, 3))));
    cr_expect_eq(shown().desk->rung, 0, "until the next look");
    cr_expect_eq(look_with(50), LADDER_DUTY, "nothing that asks less is left");
    cr_expect_eq(test_journal(scene, "ladder.down"), 1);
    view = shown();
    cr_assert(view.steps_count == 4);
    cr_expect_not(view.steps[0].is_up);
    cr_expect(str_find(view.steps[0].why, text_in(scene->language, T("the ladder was changed"))) >=
              0);
    cr_expect(view.steps[1].is_up, "to the neighbours, though their word comes first in the list");
}

/* ---- the page ---- */

Test(ladder_order, the_page_shows_the_steps_from_below_and_what_is_left_out_last)
{
    struct ladder_admin_view view = {0};

    cr_assert(test_done(save(S(""), ordered(2, 1, 0, 3))));
    cr_assert(test_done(test_show(scene, &ladder_module, "/admin/ladder", "", &view, NULL)));
    cr_assert_eq(view.groups_count, 5U);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(view.groups[i].rung, (int64_t)i);
        cr_expect_not(view.groups[i].is_out);
    }
    cr_expect(str_find(view.groups[1].title,
                       text_in(scene->language, ladder_level_name(LADDER_BACKUP))) > 0);
    cr_expect(view.groups[4].is_out);
    for (size_t i = 0; i < view.numbers_count; i++) {
        const struct ladder_number_view *n = &view.numbers[i];

        cr_expect_eq(n->places_count > 0, str_ends(n->field, S("__place")), "%.*s",
                     STR_ARGS(n->field));
        for (size_t k = 0; k < n->places_count; k++)
            cr_expect_eq(n->places[k].chosen, str_same(n->places[k].value, n->entry));
        if (str_same(n->field, S("message__place")))
            cr_expect(str_same(n->places[0].value, S("1")), "it is never left out");
    }
}
