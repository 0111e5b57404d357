/* appointment_test.c -- times kept for people at a hall; invariants are those of appointment.h. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "bureau/appointment/appointment_views.h"
#include "bureau/people/people_acts.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "gen/cases_sql.h"
#include "platform/known.h"
#include "platform/scene_test.h"

extern const struct module people_module, ladder_module, hall_module, laws_module;
extern const char data_items[];

/* ---- rules ---- */

static const struct calendar_special specials[] = {
    {.day = 20782 /* Wednesday 2026-11-25 */, .kind = CALENDAR_HOLIDAY}};
static const struct calendar_year years[] = {
    {.year = 2026, .special = specials, .special_count = COUNT(specials)}};
static const struct calendar calendar = {.years = years, .year_count = COUNT(years)};

Test(appointment_rules, every_step_times_and_quota)
{
    static const char *const map[APPOINTMENT_STATES] = {
        /* book move cancel lapse off come miss undo */
        [APPOINTMENT_HELD] = "1.45....",      [APPOINTMENT_BOOKED] = ".14.623.",
        [APPOINTMENT_HERE] = ".......1",      [APPOINTMENT_ABSENT] = ".....2.1",
        [APPOINTMENT_CANCELLED] = "........", [APPOINTMENT_LAPSED] = "1.......",
        [APPOINTMENT_OFF] = ".14.....",
    };
    const struct calendar_opening open = {{{540, 690}, {810, 1020}}, 2};
    const struct appointment_taken taken[] = {{1000, 2000, 1}, {1600, 2600, 2}, {5000, 6000, 1}};
    moment starts[APPOINTMENT_SLOTS_MAX], nine = calendar_moment_of(2026, 11, 24, 540);
    calendar_day tuesday = calendar_day_of(nine);
    moment rank;

    for (int from = 0; from < APPOINTMENT_STATES; from++) {
        for (int step = 0; step < APPOINTMENT_STEPS; step++) {
            enum appointment_state to = APPOINTMENT_STATES;
            struct outcome outcome =
                appointment_next((enum appointment_state)from, (enum appointment_step)step, &to);
            char seen = outcome.refusal ? '.' : (char)('0' + to);

            cr_expect(seen == map[from][step], "state %d step %d: %c", from, step, seen);
        }
    }
    /* (6): 09:00-11:30 has three of 40 minutes, 13:30-17:00 five; nothing that has begun. */
    cr_expect_eq(appointment_slots(tuesday, &open, 40, nine - 1, starts), 8);
    cr_expect_eq(starts[3], calendar_moment_of(2026, 11, 24, 810));
    cr_expect_eq(appointment_slots(tuesday, &open, 40, nine, starts), 7);
    cr_expect(appointment_fits(tuesday, &open, nine, nine + 150 * 60));
    cr_expect_not(appointment_fits(tuesday, &open, nine, nine + 151 * 60));
    /* (1): overlapping times share places. */
    cr_expect_eq(appointment_free(taken, 3, 0, 1000, 3), 3);
    cr_expect_eq(appointment_free(taken, 3, 1500, 1700, 3), 0);
    cr_expect_eq(appointment_free(taken, 3, 2000, 2600, 3), 1);
    /* (4) */
    cr_expect_eq(appointment_waits_until(1, nine, nine + 5), 0);
    cr_expect_eq(appointment_waits_until(2, nine, nine + 5), nine + 30 * SECONDS_PER_DAY);
    cr_expect_eq(appointment_waits_until(2, nine, nine + 30 * SECONDS_PER_DAY), 0);
    /* (7) */
    cr_expect(appointment_arrival_rank(nine, nine - 1801, &rank).refusal == &appointment_early);
    cr_expect(IS_DONE(appointment_arrival_rank(nine, nine - 1800, &rank)));
    cr_expect_eq(rank, nine - SECONDS_PER_DAY);
    cr_expect(IS_DONE(appointment_arrival_rank(nine, nine + 900, &rank)));
    cr_expect_eq(rank, nine - SECONDS_PER_DAY);
    cr_expect(IS_DONE(appointment_arrival_rank(nine, nine + 901, &rank)));
    cr_expect_eq(rank, nine + 901);
    /* Of a Thursday after a holiday on Wednesday: noon of Tuesday; of a Monday: of Friday. */
    cr_expect_eq(appointment_remind_at(&calendar, calendar_moment_of(2026, 11, 26, 540), nine),
                 calendar_moment_of(2026, 11, 24, 720));
    cr_expect_eq(appointment_remind_at(&calendar, calendar_moment_of(2026, 11, 30, 540), nine),
                 calendar_moment_of(2026, 11, 27, 720));
    cr_expect_eq(appointment_remind_at(&calendar, nine, nine - 3600), 0, "it is past");
}

/* ---- a hall ---- */

static struct scene *scene;
static id hall_id, line_id, mary, john, clerk;
static moment nine; /* of Tuesday */

static struct outcome make(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    struct people_week week = {.round_the_clock = false};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(identity_resident_of_phone(own, S("13900000001"), &mary));
    TRY(identity_resident_of_phone(own, S("13900000002"), &john));
    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = S("clerk"), .name = S("何秀兰")}, &clerk));
    TRY(identity_role_add(own, clerk, S("clerk"), S("310101")));
    TRY(items_first(own, str_of(data_items)));
    hall_id = scene_new_id(own);
    line_id = scene_new_id(own);
    TRY(hall_add_hall(own->store, hall_id, S("黄浦大厅"), S("Huangpu"), S("一号"), S("1"), S(""),
                      S("310101")));
    TRY(hall_add_line(own->store, line_id, hall_id, S("B"), S("法律援助"), S("Aid"), S("")));
    TRY(hall_add_staff(own->store, clerk, hall_id));
    for (int day = CALENDAR_MONDAY; day <= CALENDAR_FRIDAY; day++)
        week.days[day] = S("09:00-10:00");
    return people_keep_week(own, hall_desk(own->arena, hall_id), &week);
}

static struct outcome any_flow(struct arena *arena, struct str flow)
{
    (void)arena, (void)flow;
    return DONE;
}

static void set_up(void)
{
    static const struct process made_up[] = {
        {.word = "consultation", .name = "Advice", .path = "/ask"},
        {.word = "mediation", .name = "Mediation", .path = "/cases", .check = any_flow},
        {.word = "aid", .name = "Legal aid", .path = "/aid", .check = any_flow},
        {0}};
    static const struct module service = {.name = "service", .processes = made_up};
    static const struct module *const learnt[] = {&items_module, &cases_module, &service, NULL};
    static const struct module *const modules[] = {
        &notice_module, &identity_module, &laws_module, &items_module,       &cases_module,
        &people_module, &ladder_module,   &hall_module, &appointment_module, NULL};
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};

    people_use_calendar(&calendar);
    items_learn(learnt);
    scene = test_scene(WHO_SYSTEM, modules);
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    nine = calendar_moment_of(2026, 11, 24, 540);
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(appointment, .init = set_up, .fini = tear_down);

static void be(id person_id, unsigned is)
{
    scene->actor =
        (struct actor){.person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(S("31"))};
}

static void publish(int minutes, int places)
{
    be(7, WHO_ADMIN);
    cr_assert(test_done(test_post(
        scene, &appointment_act_plan,
        arena_print(scene->arena,
                    "hall=%lld&line=%lld&is_published=1&slot_minutes=%d&places=%d&ahead_days=14&"
                    "items=legal-aid-civil",
                    (long long)hall_id, (long long)line_id, minutes, places)
            .at,
        NULL)));
}

static struct outcome hold_at(moment slot, struct appointment_held_view *told)
{
    return test_post(scene, &appointment_act_hold,
                     arena_print(scene->arena, "item=legal-aid-civil&line=%lld&slot=%lld",
                                 (long long)line_id, (long long)slot)
                         .at,
                     told);
}

static struct outcome say(const struct act *act, struct str reference, const char *more)
{
    return test_post(scene, act,
                     arena_print(scene->arena, "reference=%.*s&%s", STR_ARGS(reference), more).at,
                     NULL);
}

/* Kept and booked by whoever acts. */
static struct str booked(moment slot)
{
    struct appointment_held_view told = {.reference = S("")};

    cr_assert(test_done(hold_at(slot, &told)));
    cr_assert(test_done(say(&appointment_act_book, told.reference, "name=王玛丽&words=坐轮椅")));
    return arena_copy(scene->arena, told.reference);
}

static id number_of(struct str reference)
{
    struct appointment_find_reference_row row;
    bool found;

    cr_assert(test_done(appointment_find_reference(scene->store, reference, &row, &found)));
    return row.appointment_id;
}

static struct outcome at_hall(const struct act *act, struct str reference)
{
    struct appointment_which_form form = {number_of(reference)};

    return test_act(scene, act, &form, NULL);
}

static void clock_at(const struct act *act, id what)
{
    struct clock_form form = {.case_id = what, .due_at = scene->now};

    be(0, WHO_SYSTEM);
    cr_assert(test_done(test_act(scene, act, &form, NULL)));
}

static size_t messages(void)
{
    const id *letters;
    size_t count;

    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    return count;
}

static struct appointment_one_view shown(struct str reference)
{
    struct appointment_one_view v = {0};

    cr_assert(test_done(
        test_show(scene, &appointment_module, "/appointments/{reference}",
                  arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at, &v, NULL)));
    return v;
}

/* (1), (2), (3) and the constraint itself. */
Test(appointment, a_place_is_one_persons_and_free_again_when_its_minutes_are_over)
{
    struct appointment_held_view told = {0};
    struct appointment_find_row row;
    struct str first;
    bool found;

    publish(30, 1);
    be(mary, WHO_RESIDENT);
    cr_expect(hold_at(nine + 60, &told).refusal == &appointment_no_such_time, "(6)");
    cr_expect(hold_at(nine - SECONDS_PER_DAY * 2, &told).refusal == &appointment_no_such_time);
    cr_assert(test_done(hold_at(nine, &told)));
    first = arena_copy(scene->arena, told.reference);
    be(john, WHO_RESIDENT);
    cr_expect(hold_at(nine, &told).refusal == &appointment_full, "somebody has it for minutes");
    cr_expect(say(&appointment_act_book, first, "name=别人").refusal == &act_unknown, "not his");
    cr_assert(
        test_done(appointment_find(scene->arena, scene->store, number_of(first), &row, &found)));
    cr_assert(test_done(appointment_add_held(
        scene->store, &(struct appointment_add_held_values){.appointment_id = 1,
                                                            .reference = S("X"),
                                                            .line_id = line_id,
                                                            .hall_id = hall_id,
                                                            .item = S("x"),
                                                            .starts_at = nine,
                                                            .ends_at = nine + 1800,
                                                            .place_number = row.place_number,
                                                            .language = S("zh"),
                                                            .origin_index = S("")})));
    cr_expect_eq(store_changes(scene->store), 0, "the database itself gives no place twice");
    scene->now += APPOINTMENT_HOLD_SECONDS;
    cr_assert(test_done(hold_at(nine, &told)), "(2), also before the clock came");
    cr_assert(test_done(say(&appointment_act_book, told.reference, "name=约翰")));
    be(mary, WHO_RESIDENT);
    cr_expect(shown(first).is_lapsed);
    cr_expect(say(&appointment_act_book, first, "name=王玛丽").refusal == &appointment_hold_over);
    first = booked(nine + 1800);
    clock_at(&appointment_act_lapse, number_of(first));
    be(mary, WHO_RESIDENT);
    cr_expect(str_same(shown(first).state, S("booked")), "what is booked does not lapse");
    /* Longer times in the same hours: what is booked is in their way. */
    publish(60, 2);
    be(mary, WHO_RESIDENT);
    cr_expect(hold_at(nine, &told).refusal == &appointment_full);
    cr_assert(test_done(hold_at(nine + SECONDS_PER_DAY * 2, &told)));
    cr_assert(test_done(say(&appointment_act_book, told.reference, "name=王玛丽")));
    cr_assert(test_done(hold_at(nine + SECONDS_PER_DAY * 3, &told)));
    cr_expect(say(&appointment_act_book, told.reference, "name=王玛丽").refusal ==
                  &appointment_too_many,
              "(3)");
    /* A number that is only typed cannot shut its owner out, and is bound by all. */
    be(99, WHO_GUEST);
    cr_assert(test_done(hold_at(nine + SECONDS_PER_DAY * 6, &told)));
    cr_expect(say(&appointment_act_book, told.reference, "name=某人&phone=13900000001").refusal ==
              &appointment_too_many);
    cr_assert(test_done(say(&appointment_act_book, told.reference, "name=某人&phone=13900000002")));
    be(john, WHO_RESIDENT);
    booked(nine + SECONDS_PER_DAY * 2);
}

/* (4), (5); a clerk of the hall sees who comes, and no more than is needed. */
Test(appointment, the_hall_sees_who_comes_and_who_did_not)
{
    struct appointment_held_view told = {0};
    struct appointment_list_view list = {0};
    struct str one, two;

    publish(30, 2);
    be(mary, WHO_RESIDENT);
    one = booked(nine);
    two = booked(nine + 1800);
    be(clerk, WHO_CLERK);
    cr_expect(at_hall(&appointment_act_absent, one).refusal == &appointment_too_early, "(5)");
    cr_expect(at_hall(&appointment_act_here, one).refusal == &appointment_not_now, "another day");
    scene->now = nine + 1900;
    cr_assert(
        test_done(test_show(scene, &appointment_module, "/window/appointments", "", &list, NULL)));
    cr_assert_eq(list.appointments_count, 2);
    cr_expect(str_same(list.appointments[0].name, S("王**")));
    cr_expect(str_same(list.appointments[0].phone_masked, S("139****0001")));
    cr_expect_eq(list.appointments[0].words.len, 0);
    cr_assert(test_done(at_hall(&appointment_act_here, one)));
    list = (struct appointment_list_view){0};
    cr_assert(
        test_done(test_show(scene, &appointment_module, "/window/appointments", "", &list, NULL)));
    cr_expect(str_same(list.appointments[0].words, S("坐轮椅")), "after checking in, on record");
    cr_expect_eq(test_journal(scene, "appointment.here"), 1);
    cr_assert(test_done(at_hall(&appointment_act_undo, one)));
    cr_assert(test_done(at_hall(&appointment_act_absent, one)));
    cr_assert(test_done(at_hall(&appointment_act_absent, two)));
    be(mary, WHO_RESIDENT);
    cr_assert(test_done(hold_at(nine + 2 * SECONDS_PER_DAY, &told)));
    cr_expect(say(&appointment_act_book, told.reference, "name=王玛丽").refusal ==
                  &appointment_absent_too_often,
              "(4)");
    scene->now += APPOINTMENT_WAIT_DAYS * (moment)SECONDS_PER_DAY;
    cr_expect_eq(shown(one).may_move, false);
    be(john, WHO_CLERK); /* of no hall */
    cr_expect(at_hall(&appointment_act_here, one).refusal == &hall_not_here);
}

static struct outcome typed_for(const char *more, struct appointment_typed_view *told)
{
    return test_post(
        scene, &appointment_act_type_in,
        arena_print(scene->arena, "item=legal-aid-civil&line=%lld&%s", (long long)line_id, more).at,
        told);
}

static struct outcome claimed(struct str reference, struct str code)
{
    return test_post(
        scene, &appointment_act_claim,
        arena_print(scene->arena, "slip=%.*s&code=%.*s", STR_ARGS(reference), STR_ARGS(code)).at,
        &(struct appointment_typed_view){0});
}

/* (h), (i), (j) of appointment_typed.c */
Test(appointment, a_clerk_books_for_whoever_came_or_called)
{
    struct appointment_typed_view told = {.reference = S("")}, none = {.reference = S("")};
    struct appointment_slip_view slip = {0};
    struct str reference;
    char more[120];

    publish(30, 1);
    be(john, WHO_CLERK); /* of no hall */
    snprintf(more, sizeof more, "slot=%lld&name=王玛丽&phone=13900000001", (long long)nine);
    cr_expect(typed_for(more, &told).refusal == &hall_not_here);
    be(clerk, WHO_CLERK);
    cr_assert(test_done(typed_for(more, &told)));
    reference = arena_copy(scene->arena, told.reference);
    cr_expect_eq(messages(), 1, "told at once");
    cr_expect(typed_for(more, &none).refusal == &appointment_full);
    snprintf(more, sizeof more, "slot=%lld&name=无电话", (long long)nine + 1800);
    cr_assert(test_done(typed_for(more, &none)), "a number is not needed");
    none.reference = arena_copy(scene->arena, none.reference);
    cr_expect_eq(messages(), 1);
    cr_assert(test_done(test_show(
        scene, &appointment_module, "/window/appointment-slips/{reference}",
        arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at, &slip, NULL)));
    cr_expect(str_same(slip.name, S("王玛丽")) && slip.code.len == 8);
    /* Cancelled on their word, before its time; not twice, and by nobody of another hall. */
    be(john, WHO_CLERK);
    cr_expect(at_hall(&appointment_act_cancel_for, none.reference).refusal == &hall_not_here);
    be(clerk, WHO_CLERK);
    cr_assert(test_done(at_hall(&appointment_act_cancel_for, none.reference)));
    cr_expect(at_hall(&appointment_act_cancel_for, none.reference).refusal == &appointment_not_now);
    /* Nobody's on line until the number is proved and the code is typed. */
    be(john, WHO_RESIDENT);
    cr_expect(claimed(reference, slip.code).refusal == &appointment_slip_unknown);
    be(mary, WHO_RESIDENT);
    cr_expect(say(&appointment_act_cancel, reference, "").refusal == &act_unknown);
    cr_expect(claimed(reference, S("00000000")).refusal == &appointment_slip_unknown);
    cr_assert(test_done(claimed(reference, slip.code)));
    cr_assert(test_done(say(&appointment_act_cancel, reference, "")));
    be(john, WHO_CLERK);
    cr_expect(test_show(scene, &appointment_module, "/window/appointment-slips/{reference}",
                        arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at, &slip,
                        NULL)
                      .refusal == &act_unknown,
              "(i)");
}

/* Changed, cancelled, reminded, and told when the day is closed after all. */
Test(appointment, a_time_changes_is_reminded_and_is_called_off_when_the_hall_closes)
{
    struct people_special_day closed = {S("2026-11-26"), S(""), S("停电")};
    struct appointment_held_view told = {0};
    struct str one;
    char more[40];

    publish(30, 1);
    be(mary, WHO_RESIDENT);
    one = booked(nine);
    cr_expect_eq(messages(), 1);
    snprintf(more, sizeof more, "slot=%lld", (long long)(nine + 2 * SECONDS_PER_DAY));
    cr_assert(test_done(say(&appointment_act_move, one, more)));
    cr_expect_eq(messages(), 2);
    be(john, WHO_RESIDENT);
    cr_assert(test_done(hold_at(nine, &told)), "the old time is free");
    clock_at(&appointment_act_remind, number_of(one));
    cr_expect_eq(messages(), 3);
    clock_at(&appointment_act_settle, hall_id);
    cr_expect_eq(messages(), 3, "nothing is closed");
    cr_assert(test_done(people_keep_special_day(scene, hall_desk(scene->arena, hall_id), &closed)));
    clock_at(&appointment_act_settle, hall_id);
    cr_expect_eq(messages(), 4);
    clock_at(&appointment_act_settle, hall_id);
    cr_expect_eq(messages(), 4, "told once");
    clock_at(&appointment_act_remind, number_of(one));
    cr_expect_eq(messages(), 4);
    be(mary, WHO_RESIDENT);
    cr_expect(str_same(shown(one).state, S("off")) && shown(one).may_move);
    cr_expect(say(&appointment_act_move, one, more).refusal == &appointment_no_such_time);
    snprintf(more, sizeof more, "slot=%lld", (long long)(nine + 3 * SECONDS_PER_DAY));
    cr_assert(test_done(say(&appointment_act_move, one, more)));
    cr_assert(test_done(say(&appointment_act_cancel, one, "")));
    cr_expect(say(&appointment_act_cancel, one, "").refusal == &appointment_not_now);
}

/* ---- before somebody comes ---- */

static id apply_for(struct str *reference)
{
    struct cases_applied_view told = {.reference = S("")};
    id case_id;

    cr_assert(test_done(
        test_post(scene, &cases_apply,
                  "item=legal-aid-civil&name=王玛丽&division=310101&answer_1=没发工资", &told)));
    *reference = arena_copy(scene->arena, told.reference);
    cr_assert(test_done(cases_own_id(scene, *reference, &case_id)));
    return case_id;
}

static void hand_in(id case_id, const char *material)
{
    static id file_id = 900;

    cr_assert(test_done(
        cases_add_paper(scene->store, &(struct cases_add_paper_values){.file_id = ++file_id,
                                                                       .case_id = case_id,
                                                                       .material = str_of(material),
                                                                       .file_name = S("a"),
                                                                       .type = S("image/png"),
                                                                       .file = S("x"),
                                                                       .hash = S("x"),
                                                                       .at = scene->now})));
}

static struct appointment_trip_view trip(const char *more)
{
    struct appointment_trip_view v = {0};

    cr_assert(test_done(test_show(scene, &appointment_module, "/items/{item}/trip",
                                  arena_print(scene->arena, "item=legal-aid-civil%s", more).at, &v,
                                  NULL)));
    return v;
}

Test(appointment, one_way_is_enough)
{
    struct appointment_trip_view v;
    struct str earlier, now;
    const char *more;
    id case_id;

    be(mary, WHO_RESIDENT);
    case_id = apply_for(&earlier);
    hand_in(case_id, "identity");
    hand_in(case_id, "hardship");
    apply_for(&now);
    v = trip("");
    cr_assert_eq(v.needed_count, 3);
    cr_expect(str_same(v.needed[0].held, earlier), "an identity card serves again");
    cr_expect_eq(v.needed[1].held.len, 0, "a statement of another matter does not");
    cr_expect_eq(v.needed[1].get_count, 4, "and this is where to get one");
    more = arena_print(scene->arena, "&for_case=%.*s", STR_ARGS(earlier)).at;
    cr_expect(str_same(trip(more).needed[1].held, earlier), "in its own case it does");
    cr_expect(trip("&first=1").needed[1].is_spared && !trip("").needed[1].is_spared);
    /* Its line beside the case, and nobody else's papers. */
    publish(30, 1);
    be(john, WHO_RESIDENT);
    cr_expect_eq(trip("").needed[0].held.len, 0);
    cr_expect(test_show(scene, &appointment_module, "/items/{item}/trip",
                        arena_print(scene->arena, "item=legal-aid-civil%s", more).at, &v, NULL)
                  .refusal == &act_unknown);
    /* The nearest window: in the district, whether it is open or not; then the one that opens. */
    be(0, WHO_SYSTEM);
    cr_assert(test_done(hall_add_hall(scene->store, 5, S("别区大厅"), S("Far"), S("一号"), S("1"),
                                      S(""), S("310104"))));
    v = trip("&division=310101");
    cr_assert_eq(v.windows_count, 2);
    cr_expect_eq(v.windows[0].hall, hall_id);
    cr_expect_eq(v.windows[0].rings, 0);
    cr_expect_eq(v.windows[0].opens_at, calendar_moment_of(2026, 11, 23, 540), "on Monday");
    cr_expect(v.windows[0].path.len && !v.windows[1].path.len, "where a time can be chosen");
}

static struct appointment_new_view offices(const char *more)
{
    struct appointment_new_view v = {0};

    cr_assert(test_done(test_show(scene, &appointment_module, "/appointments/new",
                                  arena_print(scene->arena, "item=%s", more).at, &v, NULL)));
    return v;
}

/* As whoever comes from the directory finds it. */
Test(appointment, offices_near_a_place_come_first_and_nobody_is_left_at_a_dead_end)
{
    struct appointment_new_view v;
    struct outcome outcome;

    publish(30, 1);
    be(0, WHO_SYSTEM);
    cr_assert(test_done(hall_add_hall(scene->store, 5, S("别区大厅"), S("Far"), S("一号"), S("1"),
                                      S(""), S("310100"))));
    cr_assert(test_done(hall_add_line(scene->store, 6, 5, S("B"), S("法律援助"), S("Aid"), S(""))));
    cr_assert(test_done(appointment_set_plan(scene->store, 6, 5, 30, 1, 14, 1)));
    cr_assert(test_done(appointment_add_plan_item(scene->store, S("legal-aid-civil"), 6)));
    be(0, 0);
    v = offices("legal-aid-civil");
    cr_assert_eq(v.offices_count, 2);
    cr_expect_eq(v.offices[0].hall, 5, "by the code of the district");
    v = offices("legal-aid-civil&division=310101");
    cr_assert_eq(v.offices_count, 2);
    cr_expect_eq(v.offices[0].hall, hall_id, "the one that is near");
    cr_expect(str_find(v.offices[1].path, S("division=310101")) >= 0, "and it is kept");
    v = offices("complaints&division=310101");
    cr_expect(v.is_without && !v.offices_count && v.items_count == 1, "what can be booked instead");
    outcome = test_show(scene, &appointment_module, "/appointments/new",
                        "item=legal-aid-civil&division=310999", &v, NULL);
    cr_expect_eq(outcome.refusal, &query_unknown);
}

Test(appointment, a_case_shows_its_appointments)
{
    struct appointment_held_view told = {0};
    struct cases_beside lines[CASES_BESIDE_MAX];
    struct str reference;
    size_t count;
    id case_id;

    publish(30, 1);
    be(mary, WHO_RESIDENT);
    case_id = apply_for(&reference);
    cr_assert(test_done(test_post(
        scene, &appointment_act_hold,
        arena_print(scene->arena, "item=legal-aid-civil&line=%lld&slot=%lld&for_case=%.*s",
                    (long long)line_id, (long long)nine, STR_ARGS(reference))
            .at,
        &told)));
    cr_assert(test_done(say(&appointment_act_book, told.reference, "name=王玛丽")));
    cr_expect(str_same(shown(told.reference).for_case, reference));
    cr_assert(test_done(appointment_beside(scene, case_id, reference, S("legal-aid-civil"), false,
                                           false, lines, &count)));
    cr_assert_eq(count, 2, "and the way to a new one");
    cr_expect(str_same(lines[0].reference, told.reference) && lines[0].path.len);
    cr_assert(test_done(appointment_beside(scene, case_id, reference, S("legal-aid-civil"), true,
                                           false, lines, &count)));
    cr_expect(count == 1 && !lines[0].path.len, "an office reads it and has no page of it");
    be(john, WHO_RESIDENT);
    cr_expect(test_post(scene, &appointment_act_hold,
                        arena_print(scene->arena,
                                    "item=legal-aid-civil&line=%lld&slot=%lld&for_case=%.*s",
                                    (long long)line_id, (long long)nine + 1800, STR_ARGS(reference))
                            .at,
                        &told)
                      .refusal == &act_unknown,
              "nobody else's case");
}
