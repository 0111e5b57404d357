/* consultation_board_people_test.c -- behind on line and rostered on the board stand the people who
 * are: not who has just gone, nor whose shift was cancelled. */
#include <criterion/criterion.h>

#include "platform/scene_test.h"
#include "service/consultation/consultation_acts.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

static const struct module board = {.name = "board", .pages = consultation_board_pages};
static struct scene *scene;
static struct bureau bureau;

static struct outcome add_shift(struct scene *own, int lawyer, const char *state)
{
    id person_id = bureau.lawyer[lawyer].person_id;

    return shifts_add_shift(
        own->store, &(struct shifts_add_shift_values){.shift_id = scene_new_id(own),
                                                      .plan_id = person_id,
                                                      .member_id = person_id,
                                                      .team_id = bureau.team_id,
                                                      .desk = S("online"),
                                                      .profession = S("lawyer"),
                                                      .division = S("310101"),
                                                      .day = S("2026-11-22"),
                                                      .starts_at = own->now - SECONDS_PER_HOUR,
                                                      .ends_at = own->now + SECONDS_PER_HOUR,
                                                      .person_id = person_id,
                                                      .state = str_of(state),
                                                      .cause = S("")});
}

/* Anna is there as she is meant to be, Bo is meant to be and has just gone, Chen is excused. */
static struct outcome run_day(struct scene *own, const void *form, void *result)
{
    static const char *const states[] = {"confirmed", "planned", "cancelled"};
    static const char *const presence[] = {"online", "off", "off"};

    (void)form, (void)result;
    for (int i = 0; i < 3; i++) {
        TRY(add_shift(own, i, states[i]));
        TRY(people_set_presence_row(own->store, bureau.lawyer[i].person_id, str_of(presence[i]), 3,
                                    own->now, own->now - 60));
    }
    return DONE;
}
static const struct act day = {.name = "test.day", .who = WHO_SYSTEM, .run = run_day};

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &day, NULL, NULL)));
    scene->actor = bureau.supervisor;
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(board_people, .init = set_up, .fini = tear_down);

static struct consultation_board_row_view total(void)
{
    struct consultation_board_view view;

    cr_assert(test_done(test_show(scene, &board, "/board", "", &view, NULL)));
    return *view.total;
}

Test(board_people, on_line_are_those_who_are)
{
    struct consultation_board_consultants_view view = {0};

    cr_assert_eq(total().on_line, 1);
    cr_assert(test_done(test_show(scene, &board, "/board/consultants", "", &view, NULL)));
    cr_assert_eq(view.consultants_count, 1U);
    cr_expect(str_same(view.consultants[0].name, S("anna")));
}

static void ask(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = S("310101"), .mode = S("live")};
    struct consultation_asked_view asked;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
}

static struct outcome held_by(id person_id, struct consultation_board_cases_view *view)
{
    return test_show(scene, &board, "/board/cases",
                     arena_c(scene->arena, arena_print(scene->arena, "list=held&consultant=%lld",
                                                       (long long)person_id)),
                     view, NULL);
}

Test(board_people, behind_somebodys_conversations_are_those_and_no_others)
{
    struct consultation_board_consultants_view people = {0};
    struct consultation_board_cases_view cases = {0};

    ask();
    ask();
    scene->actor = bureau.supervisor;
    cr_assert(test_done(test_show(scene, &board, "/board/consultants", "", &people, NULL)));
    cr_assert_eq(people.consultants[0].talks, 2);
    cr_assert(test_done(held_by(people.consultants[0].id, &cases)));
    cr_assert_eq(cases.consultations_count, 2U);
    cr_expect(str_same(cases.consultations[0].consultant, S("anna")));
    cr_assert(test_done(held_by(bureau.lawyer[1].person_id, &cases)));
    cr_expect_eq(cases.consultations_count, 0U, "Bo has none");
    scene->actor.scopes = scopes_of(S("310104"));
    cr_assert(test_done(held_by(people.consultants[0].id, &cases)));
    cr_expect_eq(cases.consultations_count, 0U, "nothing of another district");
    scene->actor = bureau.supervisor;
    cr_expect_eq(
        test_show(scene, &board, "/board/cases", "list=held", &cases, NULL).refusal, &act_unknown);
    cr_expect_eq(
        test_show(scene, &board, "/board/cases", "list=talking&consultant=1", &cases, NULL).refusal,
        &act_unknown);
}

Test(board_people, rostered_are_those_whose_shift_stands_there_or_not)
{
    struct consultation_board_rostered_view view = {0};
    int64_t there = 0;

    cr_assert_eq(total().rostered, 2);
    cr_assert_eq(total().kept, 1);
    cr_assert(test_done(test_show(scene, &board, "/board/rostered", "", &view, NULL)));
    cr_assert_eq(view.people_count, 2U);
    for (size_t i = 0; i < view.people_count; i++) {
        cr_expect(!str_same(view.people[i].name, S("chen")), "excused");
        there += view.people[i].is_on_line;
    }
    cr_expect_eq(there, 1);
}
