/* consultation_hall_test.c -- a hall from door to end of day, act by act.  Cites hall.h,
 * hall_ticket.c, consultation_hall*.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

static struct scene *scene;
static struct bureau bureau;
static struct actor clerk[2], far_clerk;
static id hall_id, far_id, lines[2];

static struct outcome add_clerk(const char *login, id hall, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(scene, person_id, S("clerk"), S("310101")));
    *actor =
        (struct actor){.person_id = person_id, .is = WHO_CLERK | WHO_ANYONE, .name = str_of(login)};
    return hall_add_staff(scene->store, person_id, hall);
}

static struct outcome add_hall(id *made)
{
    struct people_week week = {.round_the_clock = true};

    *made = scene_new_id(scene);
    TRY(hall_add_hall(scene->store, *made, S("大厅"), S("Hall"), S("路"), S("Road"), S(""),
                      S("310101")));
    return people_keep_week(scene, hall_desk(scene->arena, *made), &week);
}

/* Lines A and B; window 1 serves A, window 2 both. */
static struct outcome make(struct scene *unused, const void *form, void *result)
{
    const struct identity_division elsewhere = {S("310104"), S("31"), S("district"), S("徐汇区"),
                                                S("Xuhui")};
    id windows[2];

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, &elsewhere, 1));
    TRY(add_hall(&hall_id));
    TRY(add_hall(&far_id));
    for (int i = 0; i < 2; i++) {
        lines[i] = scene_new_id(scene);
        TRY(hall_add_line(scene->store, lines[i], hall_id, i ? S("B") : S("A"), S("线"), S("Line"),
                          S("")));
        windows[i] = scene_new_id(scene);
        TRY(hall_add_window(scene->store, windows[i], hall_id, i + 1));
    }
    TRY(hall_add_window_line(scene->store, windows[0], lines[0]));
    TRY(hall_add_window_line(scene->store, windows[1], lines[0]));
    TRY(hall_add_window_line(scene->store, windows[1], lines[1]));
    TRY(add_clerk("c1", hall_id, &clerk[0]));
    TRY(add_clerk("c2", hall_id, &clerk[1]));
    TRY(hall_add_staff(scene->store, bureau.lawyer[0].person_id, hall_id));
    return add_clerk("far", far_id, &far_clerk);
}
static const struct act make_hall = {.name = "test.hall", .who = WHO_SYSTEM, .run = make};

static struct outcome add_resident(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form;
    return identity_resident_of_phone(scene, S("13800000001"), result);
}
static const struct act make_resident = {
    .name = "test.resident", .who = WHO_SYSTEM, .run = add_resident};

static void be(struct actor actor)
{
    scene->actor = actor;
}

static struct outcome sit(struct actor who, int64_t window)
{
    struct consultation_sit_form form = {.window = window};

    be(who);
    return test_act(scene, &consultation_sit, &form, NULL);
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &make_hall, NULL, NULL)));
    scene->channel = S("api");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_hall, .init = set_up, .fini = tear_down);

/* ---- small steps ---- */

static struct consultation_registered_view came(const char *line, const char *priority)
{
    struct consultation_register_form form = {.field = S("labour"),
                                              .text = S("欠薪"),
                                              .line = str_of(line),
                                              .priority = str_of(priority)};
    struct consultation_registered_view told = {0};

    be(clerk[0]);
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &told)));
    scene->now++;
    return told;
}

static struct outcome with_number(const struct act *act, struct actor who, id number,
                                  struct consultation_numbered_view *told)
{
    struct consultation_number_form form = {.number = number};
    struct consultation_numbered_view unused;

    be(who);
    return test_act(scene, act, &form, told ? told : &unused);
}

static struct outcome call(struct actor who, struct consultation_numbered_view *told)
{
    be(who);
    return test_act(scene, &consultation_call, NULL, told);
}

static struct consultation_case look(struct str reference)
{
    struct consultation_find_reference_row row;
    struct consultation_case c;
    bool found;

    cr_assert(test_done(consultation_find_reference(scene->store, reference, &row, &found)));
    cr_assert(found);
    cr_assert(test_done(case_of_id(scene, row.consultation_id, &c)));
    return c;
}

static enum hall_state ticket_state(id number)
{
    struct hall_ticket ticket;

    cr_assert(test_done(hall_ticket_by_id(scene, number, &ticket)));
    return ticket.state;
}

static struct consultation_numbered_view served(struct actor who)
{
    struct consultation_numbered_view told;

    cr_assert(test_done(call(who, &told)));
    cr_assert(test_done(with_number(&consultation_serve, who, told.number, &told)));
    return told;
}

static struct outcome finish(struct actor who, id number)
{
    struct consultation_finish_form form = {.number = number,
                                            .answer = S("可以申请仲裁"),
                                            .outcome = S("advised"),
                                            .summary = S("欠薪，仲裁")};
    struct consultation_numbered_view told;

    be(who);
    return test_act(scene, &consultation_window_close, &form, &told);
}

static void day_ends(void)
{
    struct clock_form form = {.case_id = hall_id, .due_at = scene->now};

    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &consultation_hall_over, &form, NULL)));
}

static void next_day(void)
{
    scene->now = calendar_day_begins(calendar_day_of(scene->now) + 1) + 1;
}

/* ---- numbers ---- */

Test(consultation_hall, one_act_makes_the_question_and_its_number)
{
    struct consultation_registered_view told = came("", "");
    struct consultation_case c = look(told.reference);

    cr_expect(str_same(told.ticket, S("A001")));
    cr_expect_eq(told.code.len, 8);
    cr_expect(c.state == CONSULTATION_HALL);
    cr_expect(str_same(c.row.channel, S("window")));
    cr_expect(str_same(c.row.division, S("310101")), "the hall's, where nothing else was said");
    cr_expect_eq(told.ahead, 0);
    cr_expect_null(told.wait_seconds, "of a wait nothing is said before anything was measured");
}

/* hall.h (1) */
Test(consultation_hall, numbers_count_up_by_line_and_begin_anew_the_next_day)
{
    cr_expect(str_same(came("A", "").ticket, S("A001")));
    cr_expect(str_same(came("B", "").ticket, S("B001")));
    cr_expect(str_same(came("A", "").ticket, S("A002")));
    next_day();
    cr_expect(str_same(came("A", "").ticket, S("A001")));
}

Test(consultation_hall, a_refused_registration_gives_no_number_away)
{
    struct consultation_register_form form = {
        .field = S("labour"), .text = S("欠薪"), .line = S("Q")};
    struct consultation_registered_view told;

    be(clerk[0]);
    cr_expect(test_act(scene, &consultation_register, &form, &told).refusal == &hall_unknown_line);
    cr_expect(str_same(came("A", "").ticket, S("A001")));
}

Test(consultation_hall, who_goes_first_is_called_before_those_who_came_earlier)
{
    struct consultation_registered_view plain = came("A", ""), old = came("A", "elderly");
    struct consultation_numbered_view told;

    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(call(clerk[0], &told)));
    cr_expect_eq(told.number, old.number);
    cr_expect(str_same(told.ticket, old.ticket));
    (void)plain;
}

/* hall_ticket.c (2) */
Test(consultation_hall, two_windows_never_call_the_same_number)
{
    struct consultation_numbered_view first, second, third;

    came("A", ""), came("A", "");
    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(sit(clerk[1], 2)));
    cr_assert(test_done(call(clerk[0], &first)));
    cr_assert(test_done(call(clerk[1], &second)));
    cr_expect_neq(first.number, second.number);
    cr_expect(call(clerk[0], &third).refusal == &hall_window_busy);
}

Test(consultation_hall, a_window_calls_only_its_own_lines)
{
    struct consultation_registered_view b = came("B", "");
    struct consultation_numbered_view told;

    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(sit(clerk[1], 2)));
    cr_expect(call(clerk[0], &told).refusal == &hall_nobody_waits);
    cr_assert(test_done(call(clerk[1], &told)));
    cr_expect_eq(told.number, b.number);
}

Test(consultation_hall, nobody_takes_a_window_at_which_somebody_sits)
{
    cr_assert(test_done(sit(clerk[0], 1)));
    cr_expect(sit(clerk[1], 1).refusal == &hall_window_taken);
}

Test(consultation_hall, somebody_of_another_hall_finds_no_such_number)
{
    struct consultation_registered_view told = came("A", "");

    cr_expect(with_number(&consultation_serve, far_clerk, told.number, NULL).refusal ==
              &act_unknown);
    cr_expect(with_number(&consultation_come_back, far_clerk, told.number, NULL).refusal ==
              &act_unknown);
    cr_expect(sit(bureau.lawyer[1], 1).refusal == &hall_not_here, "a consultant of no hall");
    cr_expect_eq(ticket_state(told.number), HALL_WAITING);
}

Test(consultation_hall, who_missed_two_calls_comes_back_behind_three)
{
    struct consultation_registered_view first = came("A", "");
    struct consultation_numbered_view told;

    for (int i = 0; i < 4; i++) came("A", "");
    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(call(clerk[0], &told)));
    cr_expect(with_number(&consultation_miss, clerk[0], told.number, NULL).refusal ==
              &hall_call_once_more);
    cr_assert(test_done(with_number(&consultation_call_again, clerk[0], told.number, NULL)));
    cr_assert(test_done(with_number(&consultation_miss, clerk[0], told.number, NULL)));
    cr_assert(test_done(with_number(&consultation_come_back, clerk[1], told.number, NULL)));
    for (int i = 0; i < 4; i++) {
        told = served(clerk[0]);
        cr_expect_eq(told.number == first.number, i == 3, "called as number %d after it", i + 1);
        if (i < 3) cr_assert(test_done(finish(clerk[0], told.number)));
    }
}

/* hall.h (4) */
Test(consultation_hall, who_is_passed_on_keeps_number_and_place)
{
    struct consultation_registered_view first = came("A", "");
    struct consultation_numbered_view told;
    struct consultation_pass_form form = {.number = first.number, .line = S("B")};

    came("B", "");
    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(sit(clerk[1], 2)));
    served(clerk[0]);
    be(clerk[0]);
    cr_assert(test_done(test_act(scene, &consultation_pass, &form, &told)));
    cr_expect(look(first.reference).state == CONSULTATION_HALL);
    cr_assert(test_done(call(clerk[1], &told)));
    cr_expect_eq(told.number, first.number, "before whoever came to that line later");
    cr_expect(str_same(told.ticket, S("A001")));
}

/* ---- the talk ---- */

Test(consultation_hall, a_talk_at_a_window_is_closed_recorded_and_rated_like_any_other)
{
    struct consultation_registered_view told = came("A", "");
    struct record_find_record_row record;
    struct consultation_case c;
    bool found;

    cr_assert(test_done(sit(bureau.lawyer[0], 1)));
    scene->now += 300;
    served(bureau.lawyer[0]);
    scene->now += 600;
    cr_assert(test_done(finish(bureau.lawyer[0], told.number)));
    c = look(told.reference);
    cr_expect(c.state == CONSULTATION_CLOSED);
    cr_expect_eq(c.row.consultant_id, bureau.lawyer[0].person_id);
    cr_expect_eq(c.row.team_id, bureau.team_id);
    cr_expect_eq(ticket_state(told.number), HALL_SERVED);
    cr_assert(test_done(record_find(scene, c.row.consultation_id, &record, &found)));
    cr_expect(found && str_same(record.channel, S("window")) && str_same(record.mode, S("window")));
    cr_expect_eq(record.wait_seconds, 301);
    cr_expect_eq(record.handle_seconds, 600);
}

Test(consultation_hall, who_sits_at_a_window_is_offered_nothing_online)
{
    struct consultation_presence_form on = {.state = S("online"), .capacity = 3};
    struct people_find_consultant_row row;
    bool found;

    be(bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_presence, &on, NULL)));
    cr_assert(test_done(sit(bureau.lawyer[0], 1)));
    cr_assert(test_done(people_consultant(scene, bureau.lawyer[0].person_id, &row, &found)));
    cr_expect(str_same(row.presence, S("away")));
}

Test(consultation_hall, a_talk_at_a_window_is_not_taken_for_deserted)
{
    struct consultation_registered_view told = came("A", "");
    struct consultation_presence_form on = {.state = S("online"), .capacity = 3};

    be(bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_presence, &on, NULL)));
    cr_assert(test_done(sit(bureau.lawyer[0], 1)));
    served(bureau.lawyer[0]);
    scene->now += 3600;
    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &consultation_sweep, NULL, NULL)));
    cr_expect(look(told.reference).state == CONSULTATION_TALKING);
}

Test(consultation_hall, only_who_serves_a_number_ends_its_talk)
{
    struct consultation_registered_view told = came("A", "");

    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(sit(clerk[1], 2)));
    served(clerk[0]);
    cr_expect(finish(clerk[1], told.number).refusal == &hall_not_now);
    cr_expect(look(told.reference).state == CONSULTATION_TALKING);
}

/* ---- going on without the hall ---- */

static struct outcome open_slip(struct str reference, struct str code,
                                struct consultation_slipped_view *told)
{
    struct consultation_slip_form form = {.reference = reference, .code = code};

    be((struct actor){.is = WHO_ANYONE});
    return test_act(scene, &consultation_slip_open, &form, told);
}

Test(consultation_hall, the_slip_opens_the_question_and_a_new_slip_replaces_it)
{
    struct consultation_registered_view told = came("A", ""), again = {0};
    struct consultation_slipped_view slipped;
    struct consultation_number_form form = {.number = told.number};
    struct actor resident;

    cr_expect(open_slip(told.reference, S("22222222"), &slipped).refusal == &hall_unknown_slip);
    cr_assert(test_done(open_slip(told.reference, told.code, &slipped)));
    cr_assert(test_done(identity_identify(scene, slipped.token, &resident)));
    be(resident);
    cr_expect(look(told.reference).side == CONSULTATION_RESIDENT);
    be(clerk[0]);
    cr_assert(test_done(test_act(scene, &consultation_slip_new, &form, &again)));
    cr_expect(open_slip(told.reference, told.code, &slipped).refusal == &hall_unknown_slip);
    cr_expect(test_done(open_slip(told.reference, again.code, &slipped)));
}

/* In a browser: who it is there afterwards. */
static struct actor open_in_browser(struct actor who, const struct consultation_registered_view *at)
{
    struct consultation_slip_form form = {.reference = at->reference, .code = at->code};
    struct consultation_slipped_view told;
    struct actor now = who;

    be(who);
    scene->channel = S("web");
    cr_assert(test_done(test_act(scene, &consultation_slip_open, &form, &told)));
    scene->channel = S("api");
    if (test_cookie(scene, "gongdao").len)
        cr_assert(test_done(identity_identify(scene, test_cookie(scene, "gongdao"), &now)));
    return now;
}

/* consultation_hall_slip.c (2) */
Test(consultation_hall, a_slip_opens_no_other_question_of_whoever_had_it_before)
{
    struct consultation_registered_view slip = came("A", "");
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("别的事"), .mode = S("message")};
    struct actor holder = open_in_browser((struct actor){.is = WHO_ANYONE}, &slip), finder;
    struct consultation_asked_view other;

    be(holder);
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &other)));
    cr_assert(look(other.reference).side == CONSULTATION_RESIDENT);
    finder = open_in_browser((struct actor){.is = WHO_ANYONE}, &slip);
    be(finder);
    cr_expect(look(slip.reference).side == CONSULTATION_RESIDENT);
    cr_expect(look(other.reference).side == CONSULTATION_NOBODY, "what was asked beside it is not");
}

/* consultation_hall_slip.c (3) */
Test(consultation_hall, no_slip_is_made_for_a_question_somebody_proved_to_be_theirs)
{
    struct consultation_registered_view slip = came("A", ""), again;
    struct consultation_number_form form = {.number = slip.number};
    struct consultation_slipped_view slipped;
    struct actor resident = {.is = WHO_RESIDENT | WHO_ANYONE};

    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &make_resident, NULL, &resident.person_id)));
    open_in_browser(resident, &slip);
    cr_expect(open_slip(slip.reference, slip.code, &slipped).refusal == &hall_unknown_slip);
    be(clerk[0]);
    cr_expect(test_act(scene, &consultation_slip_new, &form, &again).refusal ==
              &consultation_proved);
}

Test(consultation_hall, whoever_goes_on_online_gives_the_number_up_and_keeps_the_question)
{
    struct consultation_registered_view told = came("A", "");
    struct consultation_reference_form form = {.reference = told.reference};
    struct consultation_slipped_view slipped;
    struct consultation_state_view state;
    struct actor resident;

    cr_assert(test_done(open_slip(told.reference, told.code, &slipped)));
    cr_assert(test_done(identity_identify(scene, slipped.token, &resident)));
    be(resident);
    cr_assert(test_done(test_act(scene, &consultation_wait_online, &form, &state)));
    cr_expect(look(told.reference).state == CONSULTATION_WAITING);
    cr_expect_eq(ticket_state(told.number), HALL_LEFT);
}

Test(consultation_hall, a_window_sends_a_talk_on_in_writing_with_a_promised_day)
{
    struct consultation_registered_view told = came("A", "");
    struct consultation_online_form form = {.number = told.number, .mode = S("message")};
    struct consultation_numbered_view after;

    cr_assert(test_done(sit(clerk[0], 1)));
    served(clerk[0]);
    be(clerk[0]);
    cr_assert(test_done(test_act(scene, &consultation_window_online, &form, &after)));
    cr_expect(look(told.reference).state == CONSULTATION_MESSAGE);
    cr_expect(look(told.reference).row.due_at > scene->now);
    cr_expect_eq(ticket_state(told.number), HALL_LEFT);
    cr_expect(test_done(call(clerk[0], &after)) ||
              call(clerk[0], &after).refusal == &hall_nobody_waits);
}

Test(consultation_hall, an_answer_in_writing_needs_a_number_to_tell_it_to)
{
    struct consultation_register_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message")};
    struct consultation_registered_view told;

    be(clerk[0]);
    cr_expect(test_act(scene, &consultation_register, &form, &told).refusal ==
              &consultation_needs_phone);
    form.phone = S("13800000000");
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &told)));
    cr_expect(look(told.reference).state == CONSULTATION_MESSAGE);
}

Test(consultation_hall, a_question_taken_in_writing_has_a_slip_for_whoever_took_it_down)
{
    struct consultation_register_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message"), .phone = S("13800000000")};
    struct consultation_registered_view told;
    struct consultation_window_slip_view slip;
    const char *typed;
    struct str go;

    be(clerk[0]);
    scene->channel = S("web");
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &told)));
    test_bring(scene, "slip", test_cookie(scene, "slip"));
    typed = arena_print(scene->arena, "reference=%.*s", STR_ARGS(told.reference)).at;
    cr_assert(test_done(
        test_show(scene, &consultation_module, "/window/slips/{reference}", typed, &slip, &go)));
    cr_expect(str_same(slip.reference, told.reference) && slip.due_day && !slip.at_hall);
    be(clerk[1]);
    cr_expect(test_show(scene, &consultation_module, "/window/slips/{reference}", typed, &slip, &go)
                      .refusal == &act_unknown,
              "it is not shown to somebody else who works there");
}

/* ---- the day ends: consultation_hall_over.c ---- */

Test(consultation_hall, what_is_open_when_the_day_ends_is_promised_or_told)
{
    struct consultation_registered_view gone = came("A", ""), waits = came("A", ""),
                                        talks = came("A", "");
    struct consultation_numbered_view told;

    cr_assert(test_done(sit(clerk[0], 1)));
    cr_assert(test_done(sit(clerk[1], 2)));
    cr_assert(test_done(call(clerk[0], &told)));
    cr_assert(test_done(with_number(&consultation_call_again, clerk[0], gone.number, NULL)));
    cr_assert(test_done(with_number(&consultation_miss, clerk[0], gone.number, NULL)));
    told = served(clerk[1]);
    cr_assert_eq(told.number, waits.number);
    day_ends();
    cr_expect_eq(ticket_state(talks.number), HALL_WAITING, "not before the day is over");
    next_day();
    for (int i = 0; i < 3; i++) day_ends();
    cr_expect(look(gone.reference).state == CONSULTATION_CLOSED);
    cr_expect(str_same(look(gone.reference).row.outcome, S("no_show")));
    cr_expect_eq(ticket_state(gone.number), HALL_NO_SHOW);
    cr_expect(look(talks.reference).state == CONSULTATION_MESSAGE);
    cr_expect(look(talks.reference).row.due_at > scene->now);
    cr_expect_eq(look(waits.reference).state, CONSULTATION_MESSAGE, "a forgotten talk too: %d",
                 (int)look(waits.reference).state);
    cr_expect(test_done(sit(clerk[1], 1)), "windows are empty in the morning");
}
