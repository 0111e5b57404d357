/* consultation_hall_join_test.c -- somebody comes to a hall with a question they asked already; by
 * whom it is found, and by whom not; and the picture on a slip.  Cites consultation_hall_join.c. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

#define PHONE "13812345678"

static struct scene *scene;
static struct bureau bureau;
static struct actor clerk;
static id hall_id;

/* One hall with line A and window 1, and a clerk. */
static struct outcome make(struct scene *unused, const void *form, void *result)
{
    struct people_week week = {.round_the_clock = true};
    id line_id = scene_new_id(scene), window_id = scene_new_id(scene);

    (void)unused, (void)form, (void)result;
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
TestSuite(consultation_hall_join, .init = set_up, .fini = tear_down);

/* ---- small steps ---- */

static struct str ask(const char *mode)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪三个月"), .mode = str_of(mode), .phone = S(PHONE)};
    struct consultation_asked_view asked;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    scene->now += 600;
    return asked.reference;
}

static const struct reason *join(struct str reference, const char *phone, struct str code,
                                 struct consultation_registered_view *told)
{
    struct consultation_join_form form = {
        .reference = reference, .phone = str_of(phone), .code = code};
    struct consultation_registered_view unused;
    struct outcome outcome;

    scene->actor = clerk;
    outcome = test_act(scene, &consultation_join, &form, told ? told : &unused);
    cr_assert_null(outcome.fault, "%s", outcome.fault);
    return outcome.refusal;
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

static struct consultation_numbered_view at_window(const struct act *act, const void *form)
{
    struct consultation_numbered_view told = {0};
    char copy[512] = {0};

    memcpy(copy, form, act->form->size);
    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, act, copy, &told)), "%s", act->name);
    return told;
}

static void sit(void)
{
    struct consultation_sit_form form = {.window = 1};

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_sit, &form, NULL)));
}

static struct consultation_numbered_view called(void)
{
    struct consultation_numbered_view told;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_call, NULL, &told)));
    return told;
}

static void day_ends(void)
{
    struct clock_form form = {.case_id = hall_id, .due_at = scene->now};

    scene->now = calendar_day_begins(calendar_day_of(scene->now) + 1) + 1;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &consultation_hall_over, &form, NULL)));
}

/* ---- one question on every channel ---- */

Test(consultation_hall_join,
     a_question_asked_in_writing_is_served_at_a_window_and_keeps_its_promise)
{
    struct str reference = ask("message");
    struct consultation_finish_form finish = {
        .outcome = S("advised"), .answer = S("可以仲裁"), .summary = S("欠薪")};
    struct consultation_number_form number;
    struct consultation_registered_view told;
    struct record_find_record_row record;
    moment due_at = look(reference).row.due_at;
    struct consultation_case c;
    bool found;

    cr_assert_null(join(reference, PHONE, S(""), &told));
    cr_expect(str_same(told.reference, reference), "it is the same case");
    cr_expect(str_same(told.ticket, S("A001")));
    cr_expect_eq(told.code.len, 0U, "it is opened as before, by no slip");
    cr_expect(look(reference).state == CONSULTATION_HALL);
    cr_expect_eq(look(reference).row.due_at, due_at, "the promised day stands");
    cr_expect_eq(look(reference).row.consultant_id, 0);
    sit();
    number.number = finish.number = called().number;
    at_window(&consultation_serve, &number);
    scene->now += 300;
    at_window(&consultation_window_close, &finish);
    c = look(reference);
    cr_expect(c.state == CONSULTATION_CLOSED && c.row.answered_at == scene->now);
    cr_assert(test_done(record_find(scene, c.row.consultation_id, &record, &found)));
    cr_expect(found && str_same(record.mode, S("written")) && !record.is_late);
}

Test(consultation_hall_join, whoever_waits_live_leaves_that_queue_and_waits_in_the_hall)
{
    struct str reference = ask("live");
    struct record_find_record_row record;
    struct consultation_number_form number;
    bool found;

    cr_assert(look(reference).state == CONSULTATION_WAITING);
    cr_assert_null(join(reference, PHONE, S(""), NULL));
    cr_expect(look(reference).state == CONSULTATION_HALL);
    scene->now += 3600;
    sit();
    number.number = called().number;
    at_window(&consultation_serve, &number);
    cr_assert(test_done(record_find(scene, look(reference).row.consultation_id, &record, &found)));
    cr_expect_eq(record.wait_seconds, 600, "in the hall nobody waits for the live desk");
}

static struct consultation_window_number_view read_before(id number, int64_t before)
{
    const struct module hall = {.name = "hall", .pages = consultation_hall_pages};
    struct consultation_window_number_view view;
    char typed[80];

    snprintf(typed, sizeof typed, "number=%lld&before=%lld", (long long)number, (long long)before);
    scene->actor = clerk;
    cr_assert(test_done(test_show(scene, &hall, "/window/numbers/{number}", typed, &view, NULL)));
    return view;
}

Test(consultation_hall_join, a_clerk_reads_all_that_was_said_a_page_at_a_time)
{
    enum { SAID = 2 * CONSULTATION_PAGE_MESSAGES + 5 };
    struct str reference = ask("message");
    struct actor resident = {.is = WHO_GUEST | WHO_ANYONE,
                             .person_id = look(reference).row.owner_id};
    struct consultation_window_number_view view;
    struct consultation_number_form number;
    size_t read = 0, pages = 0;

    for (int i = 0; i < SAID; i++) {
        struct consultation_say_form form = {.reference = reference, .text = S("还有一件事")};
        struct consultation_said_view said;

        scene->actor = resident;
        cr_assert(test_done(test_act(scene, &consultation_say, &form, &said)));
    }
    cr_assert_null(join(reference, PHONE, S(""), NULL));
    sit();
    number.number = called().number;
    view = read_before(number.number, 1 << 20);
    cr_expect(!view.is_mine && !view.messages_count, "not before one serves it");
    at_window(&consultation_serve, &number);
    for (int64_t before = 0; before >= 0; before = view.earlier_before) {
        view = read_before(number.number, before);
        cr_assert_leq(view.messages_count, (size_t)CONSULTATION_PAGE_MESSAGES);
        cr_expect_eq(view.is_earlier, before > 0);
        read += view.messages_count;
        cr_assert_lt(pages++, 4);
    }
    cr_expect(str_same(view.messages[0].text, S("欠薪三个月")), "to what was asked first");
    cr_expect(pages == 3 && read > SAID, "%zu in %zu", read, pages);
}

/* (3) */
Test(consultation_hall_join, whoever_asked_days_ago_waits_behind_whoever_came_before)
{
    struct str reference = ask("message");
    struct consultation_register_form form = {.field = S("labour"), .text = S("别人")};
    struct consultation_registered_view first;

    scene->now += SECONDS_PER_DAY;
    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &first)));
    scene->now++;
    cr_assert_null(join(reference, PHONE, S(""), NULL));
    sit();
    cr_expect_eq(called().number, first.number);
}

Test(consultation_hall_join, a_question_still_owed_an_answer_is_not_lost_by_missing_the_call)
{
    struct str reference = ask("message");
    moment due_at = look(reference).row.due_at;
    struct consultation_number_form number;

    cr_assert_null(join(reference, PHONE, S(""), NULL));
    sit();
    number.number = called().number;
    at_window(&consultation_call_again, &number);
    at_window(&consultation_miss, &number);
    day_ends();
    cr_expect(look(reference).state == CONSULTATION_MESSAGE);
    cr_expect_eq(look(reference).row.due_at, due_at);
}

/* ---- whose it is ---- */

/* (1) */
Test(consultation_hall_join, nobody_learns_which_part_was_wrong_or_whether_there_is_such_a_question)
{
    struct str reference = ask("message");

    cr_expect_eq(join(reference, "13900000000", S(""), NULL), &consultation_join_unknown);
    cr_expect_eq(join(S("22222222"), PHONE, S(""), NULL), &consultation_join_unknown);
    cr_expect_eq(join(reference, "", S("22222222"), NULL), &consultation_join_unknown);
    cr_expect_eq(join(reference, "", S(""), NULL), &consultation_join_how);
    cr_expect(look(reference).state == CONSULTATION_MESSAGE);
    scene->actor = bureau.lawyer[0];
    cr_expect(test_act(scene, &consultation_join,
                       &(struct consultation_join_form){.reference = reference, .phone = S(PHONE)},
                       &(struct consultation_registered_view){0})
                      .refusal == &hall_not_here,
              "a consultant of no hall");
}

Test(consultation_hall_join, a_question_without_a_number_of_its_own_is_not_everybodys)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪三个月"), .mode = S("message")};
    struct consultation_asked_view asked;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_expect_eq(join(asked.reference, PHONE, S(""), NULL), &consultation_join_unknown);
    cr_expect_eq(join(asked.reference, "", S(""), NULL), &consultation_join_how);
}

/* (4) */
Test(consultation_hall_join, nobody_at_the_hall_can_make_a_slip_that_opens_it)
{
    struct str reference = ask("message");
    struct consultation_registered_view told, slip;
    struct consultation_number_form form;

    cr_assert_null(join(reference, PHONE, S(""), &told));
    form.number = told.number;
    scene->actor = clerk;
    cr_expect(test_act(scene, &consultation_slip_new, &form, &slip).refusal ==
              &consultation_own_way);
}

Test(consultation_hall_join, the_slip_of_an_earlier_day_brings_its_question_back_with_a_new_code)
{
    struct consultation_register_form form = {.field = S("labour"), .text = S("欠薪三个月")};
    struct consultation_registered_view first, again;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &first)));
    day_ends();
    cr_assert(look(first.reference).state == CONSULTATION_MESSAGE);
    cr_assert_null(join(first.reference, "", first.code, &again));
    cr_expect(str_same(again.reference, first.reference));
    cr_expect_eq(again.code.len, 8U);
    cr_expect(look(first.reference).state == CONSULTATION_HALL);
}

/* ---- when it cannot be ---- */

Test(consultation_hall_join, a_question_has_one_number_at_a_time)
{
    struct str reference = ask("message");

    cr_assert_null(join(reference, PHONE, S(""), NULL));
    cr_expect_eq(join(reference, PHONE, S(""), NULL), &consultation_join_numbered);
    cr_expect_eq(join(reference, "13900000000", S(""), NULL), &consultation_join_unknown,
                 "and only whoever has it is told so");
}

Test(consultation_hall_join, a_closed_question_stays_closed)
{
    struct str reference = ask("message");
    struct consultation_case c = look(reference);
    struct consultation_reference_form form = {.reference = reference};
    struct consultation_state_view state;

    scene->actor = (struct actor){.is = WHO_GUEST | WHO_ANYONE, .person_id = c.row.owner_id};
    cr_assert(test_done(test_act(scene, &consultation_close_own, &form, &state)));
    cr_expect_eq(join(reference, PHONE, S(""), NULL), &consultation_join_closed);
}

/* ---- the picture on a slip ---- */

static struct outcome picture_for(struct actor who, struct str reference, struct file_answer *file)
{
    struct face face = {.arena = scene->arena};
    struct request request = {.scene = scene, .face = &face};
    struct consultation_reference_form form = {.reference = reference};

    scene->actor = who;
    for (const struct page *page = consultation_hall_pages; page->path; page++)
        if (strcmp(page->path, "/window/slips/{reference}/picture") == 0)
            return page->file(&request, &form, file);
    return FAULT("no such page");
}

Test(consultation_hall_join, the_picture_of_a_slip_is_for_whoever_made_it)
{
    struct consultation_register_form form = {.field = S("labour"), .text = S("欠薪三个月")};
    struct consultation_registered_view told;
    struct file_answer file = {0};

    consultation_use_site(S("https://12348.example/"));
    scene->channel = S("web");
    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_register, &form, &told)));
    cr_expect(picture_for(clerk, told.reference, &file).refusal == &act_unknown,
              "in a browser that was not told the code there is none");
    test_bring(scene, "slip", test_cookie(scene, "slip"));
    cr_assert(test_done(picture_for(clerk, told.reference, &file)));
    cr_expect(str_begins(file.bytes, S("<svg ")) && str_ends(file.bytes, S("</svg>")));
    cr_expect(picture_for(bureau.lawyer[0], told.reference, &file).refusal == &hall_not_here);
    cr_expect(picture_for(clerk, S("22222222"), &file).refusal == &act_unknown);
    consultation_use_site(S(""));
    cr_expect(picture_for(clerk, told.reference, &file).refusal == &act_unknown,
              "without an address of our own it would lead nowhere");
}

Test(consultation_hall_join,
     the_code_stands_where_no_log_sees_it_and_only_if_a_slip_opens_the_question)
{
    consultation_use_site(S("https://12348.example/"));
    cr_expect(str_same(slip_address(scene->arena, S("7G3K2M9P"), S("AB2C3D4E"), false),
                       S("https://12348.example/slip?reference=7G3K2M9P#AB2C3D4E")));
    cr_expect(str_same(slip_address(scene->arena, S("7G3K2M9P"), S(""), true),
                       S("https://12348.example/consultations/7G3K2M9P")));
    consultation_use_site(S(""));
}

/* ---- who may not serve it, and whose it stays ---- */

/* Whoever of the lawyers has it answers. */
static id answered(struct str reference)
{
    struct consultation_say_form form = {.reference = reference, .text = S("可以仲裁")};
    id by = look(reference).row.consultant_id;

    for (size_t i = 0; i < COUNT(bureau.lawyer); i++) {
        if (bureau.lawyer[i].person_id == by) scene->actor = bureau.lawyer[i];
    }
    cr_assert(test_done(test_act(scene, &consultation_answer, &form, NULL)));
    return by;
}

Test(consultation_hall_join, an_answered_question_stays_whose_answer_it_was_when_the_call_is_missed)
{
    struct str reference = ask("message");
    struct consultation_number_form number;
    struct record_find_record_row record;
    struct consultation_case c;
    id by = answered(reference);
    bool found;

    cr_assert(look(reference).state == CONSULTATION_ANSWERED);
    cr_assert_null(join(reference, PHONE, S(""), NULL));
    cr_expect_eq(look(reference).row.consultant_id, 0, "anybody may serve it");
    sit();
    number.number = called().number;
    at_window(&consultation_call_again, &number);
    at_window(&consultation_miss, &number);
    day_ends();
    c = look(reference);
    cr_expect(c.state == CONSULTATION_CLOSED);
    cr_expect_eq(c.row.consultant_id, by);
    cr_expect_not(str_same(c.row.outcome, S("no_show")), "it was answered");
    cr_assert(test_done(record_find(scene, c.row.consultation_id, &record, &found)));
    cr_expect(found && record.consultant_id == by);
}

Test(consultation_hall_join, nobody_at_a_window_serves_whom_they_have_a_conflict_with)
{
    struct str reference = ask("message");
    struct consultation_number_form number;

    cr_assert_null(join(reference, PHONE, S(""), NULL));
    sit();
    number.number = called().number;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(
        test_done(assignment_bar_of(scene, look(reference).row.consultation_id, clerk.person_id)));
    scene->actor = clerk;
    cr_expect_str_eq(test_act(scene, &consultation_serve, &number, NULL).refusal->key,
                     "hall.conflict");
    cr_expect(look(reference).state == CONSULTATION_HALL, "the number is still to be served");
}
