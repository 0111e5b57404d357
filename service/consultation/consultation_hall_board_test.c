/* consultation_hall_board_test.c -- a hall seen from the board: behind each of its figures stand as
 * many numbers, for whoever watches it.  Cites consultation_board_hall.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/identity/identity_acts.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;
static struct bureau bureau;
static struct actor clerk;
static id hall_id;

/* One hall with line A and window 1, and a clerk; and a district elsewhere. */
static struct outcome make(struct scene *unused, const void *form, void *result)
{
    const struct identity_division elsewhere = {S("310104"), S("31"), S("district"), S("徐汇区"),
                                                S("Xuhui")};
    struct people_week week = {.round_the_clock = true};
    id line_id = scene_new_id(scene), window_id = scene_new_id(scene);

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, &elsewhere, 1));
    hall_id = scene_new_id(scene);
    TRY(hall_add_hall(scene->store, hall_id, S("大厅"), S("Hall"), S("路"), S("Road"), S(""),
                      S("310101")));
    TRY(people_keep_week(scene, hall_desk(scene->arena, hall_id), &week));
    TRY(hall_add_line(scene->store, line_id, hall_id, S("A"), S("线"), S("Line"), S("")));
    TRY(hall_add_window(scene->store, window_id, hall_id, 1));
    TRY(hall_add_window_line(scene->store, window_id, line_id));
    clerk = (struct actor){.is = WHO_CLERK | WHO_ANYONE, .name = S("clerk")};
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = S("clerk"), .name = S("clerk")},
                            &clerk.person_id));
    TRY(identity_role_add(scene, clerk.person_id, S("clerk"), S("310101")));
    return hall_add_staff(scene->store, clerk.person_id, hall_id);
}
static const struct act make_hall = {.name = "test.hall", .who = WHO_SYSTEM, .run = make};

static void sit(void)
{
    struct consultation_sit_form form = {.window = 1};

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_sit, &form, NULL)));
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &make_hall, NULL, NULL)));
    scene->channel = S("api");
    sit();
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_hall_board, .init = set_up, .fini = tear_down);

/* ---- what goes on in the hall ---- */

static struct consultation_registered_view came(const char *district)
{
    struct consultation_register_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = str_of(district)};
    struct consultation_registered_view told = {0};

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &told)));
    scene->now += 60;
    return told;
}

static id called(void)
{
    struct consultation_numbered_view told;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_call, NULL, &told)));
    return told.number;
}

static void with(const struct act *act, id number)
{
    struct consultation_number_form form = {.number = number};
    struct consultation_numbered_view told;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, act, &form, &told)), "%s", act->name);
}

static void finished(id number)
{
    struct consultation_finish_form form = {.number = number,
                                            .answer = S("可以申请仲裁"),
                                            .outcome = S("advised"),
                                            .summary = S("欠薪，仲裁")};
    struct consultation_numbered_view told;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_window_close, &form, &told)));
}

static void goes_on_in_writing(id number)
{
    struct consultation_online_form form = {.number = number, .mode = S("message")};
    struct consultation_numbered_view told;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_window_online, &form, &told)));
}

/* One served, one who did not come, one sent on in writing, one at the window, two who wait. */
static void a_day(void)
{
    id number;

    for (int i = 0; i < 5; i++) came("");
    came("310104");
    number = called();
    with(&consultation_serve, number);
    finished(number);
    number = called();
    with(&consultation_call_again, number);
    with(&consultation_miss, number);
    number = called();
    with(&consultation_serve, number);
    goes_on_in_writing(number);
    called();
}

/* ---- seen from the board ---- */

static struct outcome numbers(unsigned who, const char *scope, const char *which, const char *more,
                              struct consultation_board_hall_view *seen)
{
    struct str typed =
        arena_print(scene->arena, "hall=%lld&which=%s%s", (long long)hall_id, which, more);

    scene->actor =
        (struct actor){.is = who | WHO_ANYONE, .person_id = 77, .scopes = scopes_of(str_of(scope))};
    return test_show(scene, &consultation_module, "/board/halls/{hall}/numbers",
                     arena_c(scene->arena, typed), seen, NULL);
}

static size_t behind(const char *which, const char *more)
{
    struct consultation_board_hall_view seen;

    cr_assert(test_done(numbers(WHO_SUPERVISOR, "310101", which, more, &seen)), "%s", which);
    return seen.numbers_count;
}

/* As the board's page reads them. */
static struct hall_find_figures_row figures(moment from)
{
    struct hall_find_figures_row sums;
    bool found;

    cr_assert(test_done(
        hall_find_figures(scene->store, hall_id, from, from + SECONDS_PER_DAY, &sums, &found)));
    return sums;
}

static void agree(moment from, const char *more)
{
    struct hall_find_figures_row f = figures(from);

    cr_expect_eq(behind("taken", more), (size_t)f.taken_count);
    cr_expect_eq(behind("waiting", more), (size_t)f.waiting_count);
    cr_expect_eq(behind("", more), (size_t)f.waiting_count, "who waits, if nothing else is said");
    cr_expect_eq(behind("now", more), (size_t)f.now_count);
    cr_expect_eq(behind("served", more), (size_t)f.served_count);
    cr_expect_eq(behind("missed", more), (size_t)f.no_show_count);
    cr_expect_eq(behind("left", more), (size_t)f.left_count);
    cr_expect_eq(behind("waited", more), (size_t)f.waits_count);
}

/* (1) */
Test(consultation_hall_board, behind_every_figure_are_as_many_numbers_today_and_of_another_day)
{
    moment today = calendar_day_begins(calendar_day_of(scene->now));
    struct hall_find_figures_row f;
    char day[11];
    struct str more;

    a_day();
    f = figures(today);
    cr_expect_eq(f.taken_count, 6);
    cr_expect(f.waiting_count == 2 && f.now_count == 1 && f.served_count == 1 &&
                  f.left_count == 1 && f.no_show_count == 1 && f.waits_count == 2,
              "%lld wait, %lld at windows, %lld served, %lld left, %lld missed",
              (long long)f.waiting_count, (long long)f.now_count, (long long)f.served_count,
              (long long)f.left_count, (long long)f.no_show_count);
    agree(today, "");
    calendar_day_print(calendar_day_of(scene->now), day);
    more = arena_print(scene->arena, "&day=%s", day);
    scene->now += SECONDS_PER_DAY;
    cr_expect_eq(behind("taken", ""), 0u, "today there is none yet");
    cr_expect_eq(behind("taken", arena_c(scene->arena, more)), 6u);
    agree(today, arena_c(scene->arena, more));
}

/* The mean and the longest wait are of those served at a window, whatever became of them. */
Test(consultation_hall_board, behind_a_wait_stand_those_it_was_counted_from)
{
    moment today = calendar_day_begins(calendar_day_of(scene->now));
    struct consultation_board_hall_view seen;
    int64_t sum = 0, longest = 0;
    struct hall_find_figures_row f;

    a_day();
    f = figures(today);
    cr_assert(test_done(numbers(WHO_SUPERVISOR, "310101", "waited", "", &seen)));
    for (size_t i = 0; i < seen.numbers_count; i++) {
        int64_t waited = seen.numbers[i].question->waited_seconds;

        sum += waited;
        if (waited > longest) longest = waited;
    }
    cr_expect_eq(sum, f.wait_seconds_sum);
    cr_expect_eq(longest, f.wait_seconds_max);
    scene->now += 3600;
    cr_assert(test_done(numbers(WHO_SUPERVISOR, "310101", "waited", "", &seen)));
    cr_expect_eq(seen.numbers[0].question->waited_seconds +
                     seen.numbers[1].question->waited_seconds,
                 sum, "a wait that is over grows no longer");
}

/* (2) */
Test(consultation_hall_board, whoever_watches_a_hall_sees_its_numbers_and_nobody_elses_question)
{
    struct consultation_board_hall_view seen;
    struct consultation_registered_view own = came("");

    came("310104");
    cr_assert(test_done(numbers(WHO_SUPERVISOR, "310101", "taken", "", &seen)));
    cr_assert_eq(seen.numbers_count, 2u);
    cr_expect(str_same(seen.numbers[0].question->reference, own.reference));
    cr_expect(str_same(seen.numbers[1].ticket, S("A002")));
    cr_expect(seen.numbers[1].question->withheld, "whoever asks lives where somebody else watches");
    cr_expect_eq(seen.numbers[1].question->reference.len, 0u);
    cr_expect(numbers(WHO_SUPERVISOR, "310104", "taken", "", &seen).refusal == &act_unknown);
    cr_expect(numbers(WHO_SUPERVISOR, "", "taken", "", &seen).refusal == &act_unknown);
    cr_expect(numbers(WHO_LEADER, "310101", "taken", "", &seen).refusal == &act_unknown);
    cr_expect(numbers(WHO_CLERK, "310101", "taken", "", &seen).refusal == &act_not_yours);
    cr_expect(numbers(WHO_SUPERVISOR, "310101", "nonsense", "", &seen).refusal == &act_unknown);
}

Test(consultation_hall_board, a_long_list_comes_a_page_at_a_time)
{
    struct consultation_board_hall_view seen;
    size_t count = 0;
    int64_t after = 0;

    for (int i = 0; i < 5; i++) came("");
    do {
        struct str more = arena_print(scene->arena, "&limit=2&after=%lld", (long long)after);

        cr_assert(test_done(
            numbers(WHO_SUPERVISOR, "310101", "taken", arena_c(scene->arena, more), &seen)));
        count += seen.numbers_count;
        after = seen.next;
        if (after) cr_expect(str_find(seen.more, S("which=taken")) >= 0);
    } while (after);
    cr_expect_eq(count, 5u);
}
