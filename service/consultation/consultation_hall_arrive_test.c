/* consultation_hall_arrive_test.c -- somebody with an appointment draws a number.  Cites
 * consultation_hall_arrive.c and appointment.h. */
#include <criterion/criterion.h>

#include "bureau/appointment/appointment_acts.h"
#include "bureau/people/people_acts.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "gen/appointment_sql.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

enum { OWNER = 4711 };

static struct scene *scene;
static struct bureau bureau;
static struct actor clerk, far_clerk;
static id hall_id, far_id, line_id;
static moment at; /* of the appointment */

static struct outcome add_clerk(const char *login, id hall, struct actor *actor)
{
    struct identity_new_person person = {.login = str_of(login), .name = str_of(login)};
    id person_id;

    TRY(identity_person_add(scene, &person, &person_id));
    TRY(identity_role_add(scene, person_id, S("clerk"), S("310101")));
    *actor = (struct actor){.person_id = person_id, .is = WHO_CLERK | WHO_ANYONE};
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

static struct outcome add_appointment(id appointment_id, const char *reference, moment starts_at)
{
    return appointment_add_booked(
        scene->store,
        &(struct appointment_add_booked_values){
            .appointment_id = appointment_id,
            .reference = str_of(reference),
            .line_id = line_id,
            .hall_id = hall_id,
            .item = S("legal-aid-civil"),
            .starts_at = starts_at,
            .ends_at = starts_at + 1800,
            .owner_id = OWNER,
            .name_sealed = secret_seal(scene->arena, "appointment.name", S("王玛丽")),
            .phone_sealed = secret_seal(scene->arena, "appointment.phone", S("13900000001")),
            .phone_index = S("x"),
            .words_sealed = secret_seal(scene->arena, "appointment.words", S("坐轮椅")),
            .language = S("zh")});
}

static struct outcome make(struct scene *unused, const void *form, void *result)
{
    id window_id = scene_new_id(scene);

    (void)unused, (void)form, (void)result;
    TRY(add_hall(&hall_id));
    TRY(add_hall(&far_id));
    line_id = scene_new_id(scene);
    TRY(hall_add_line(scene->store, line_id, hall_id, S("A"), S("线"), S("Line"), S("")));
    TRY(hall_add_window(scene->store, window_id, hall_id, 1));
    TRY(hall_add_window_line(scene->store, window_id, line_id));
    TRY(add_clerk("c1", hall_id, &clerk));
    TRY(add_clerk("far", far_id, &far_clerk));
    TRY(add_appointment(901, "AAAAAAA2", at));
    TRY(add_appointment(902, "BBBBBBB2", at - 1800));
    TRY(add_appointment(903, "CCCCCCC2", at + SECONDS_PER_DAY));
    return add_appointment(904, "DDDDDDD2", at + 1800);
}
static const struct act make_hall = {.name = "test.hall", .who = WHO_SYSTEM, .run = make};

static void set_up(void)
{
    static const struct module *const modules[] = {&notice_module,
                                                   &identity_module,
                                                   &laws_module,
                                                   &items_module,
                                                   &cases_module,
                                                   &people_module,
                                                   &record_module,
                                                   &shifts_module,
                                                   &assignment_module,
                                                   &ladder_module,
                                                   &review_module,
                                                   &supervision_module,
                                                   &hall_module,
                                                   &appointment_module,
                                                   &repository_module,
                                                   &consultation_module,
                                                   NULL};

    scene = test_scene(WHO_SYSTEM, modules);
    bureau_make(scene, &bureau);
    at = calendar_day_begins(calendar_day_of(scene->now)) + SECONDS_PER_DAY / 2;
    cr_assert(test_done(test_act(scene, &make_hall, NULL, NULL)));
    scene->channel = S("api");
    scene->now = at;
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(consultation_arrive, .init = set_up, .fini = tear_down);

static struct outcome walk_in(struct consultation_registered_view *told)
{
    struct consultation_register_form form = {.field = S("labour"), .text = S("欠薪")};

    scene->actor = clerk;
    return test_act(scene, &consultation_register, &form, told);
}

static struct outcome by_clerk(struct actor who, id appointment,
                               struct consultation_registered_view *told)
{
    struct consultation_arrive_form form = {.appointment = appointment};

    scene->actor = who;
    return test_act(scene, &consultation_arrive, &form, told);
}

static struct outcome by_self(id hall, const char *reference,
                              struct consultation_arrived_told_view *told)
{
    scene->actor = (struct actor){.is = WHO_ANYONE};
    return test_post(
        scene, &consultation_arrive_self,
        arena_print(scene->arena, "hall=%lld&reference=%s", (long long)hall, reference).at, told);
}

static struct consultation_numbered_view called(void)
{
    struct consultation_numbered_view told = {0};
    struct consultation_number_form number;

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_call, NULL, &told)));
    number.number = told.number;
    told.ticket = arena_copy(scene->arena, told.ticket);
    for (int i = 0; i < 2; i++)
        cr_assert(test_done(test_act(scene, i ? &consultation_miss : &consultation_call_again,
                                     &number, &(struct consultation_numbered_view){0})));
    return told;
}

Test(consultation_arrive, a_number_stands_before_those_without_an_appointment)
{
    struct consultation_registered_view first = {0}, told = {0};
    struct consultation_arrived_told_view own = {.ticket = S("")};
    struct consultation_arrived_view page = {0};
    struct consultation_sit_form sit = {.window = 1};
    struct consultation_find_reference_row row;
    struct consultation_case c;
    bool found;

    cr_assert(test_done(walk_in(&first)));
    /* Early, of another hall, of another day, of nobody: a refusal and no number. */
    scene->now = at - APPOINTMENT_EARLY_SECONDS - 1;
    cr_expect(by_clerk(clerk, 901, &told).refusal == &appointment_early);
    scene->now = at;
    cr_expect(by_clerk(far_clerk, 901, &told).refusal == &act_unknown);
    cr_expect(by_clerk(clerk, 903, &told).refusal == &appointment_not_now);
    cr_expect(by_clerk(bureau.lawyer[0], 901, &told).refusal == &hall_not_here);
    cr_expect(by_self(far_id, "AAAAAAA2", &own).refusal == &appointment_no_such_here, "(g)");
    cr_expect(by_self(hall_id, "CCCCCCC2", &own).refusal == &appointment_no_such_here);
    cr_expect(by_self(hall_id, "ZZZZZZZ2", &own).refusal == &appointment_no_such_here);
    cr_expect_eq(test_journal(scene, "consultation.arrive"), 0);

    /* A002 by the clerk; A003 by themselves, typed small, for a time long past: like anybody. */
    cr_assert(test_done(by_clerk(clerk, 901, &told)));
    cr_expect(str_same(told.ticket, S("A002")) && told.code.len, "with a slip");
    cr_expect_eq(told.ahead, 0, "before whoever waited already");
    cr_assert(test_done(consultation_find_reference(scene->store, told.reference, &row, &found)));
    cr_assert(test_done(case_of_id(scene, row.consultation_id, &c)));
    cr_expect_eq(c.row.owner_id, OWNER, "(3)");
    cr_expect(by_clerk(clerk, 901, &told).refusal == &appointment_has_number, "(1)");
    scene->now++;
    cr_assert(test_done(by_self(hall_id, "bbbbbbb2", &own)));
    cr_expect(str_same(own.ticket, S("A003")));
    cr_assert(test_done(by_self(hall_id, "DDDDDDD2", &own)), "half an hour before");

    /* (4) */
    cr_assert(test_done(
        test_show(scene, &(struct module){.name = "arrive", .pages = consultation_arrive_pages},
                  "/halls/{hall}/arrive/{reference}",
                  arena_print(scene->arena, "hall=%lld&reference=DDDDDDD2", (long long)hall_id).at,
                  &page, NULL)));
    cr_expect(page.at_hall && str_same(page.at_hall->ticket, S("A004")) &&
              page.at_hall->ahead == 1);

    scene->actor = clerk;
    cr_assert(test_done(test_act(scene, &consultation_sit, &sit, NULL)));
    cr_expect(str_same(called().ticket, S("A002")), "(2): on time, before all");
    cr_expect(str_same(called().ticket, S("A004")), "then the next time");
    cr_expect(str_same(called().ticket, first.ticket), "then who came first");
    cr_expect(str_same(called().ticket, S("A003")), "then who came too late for theirs");
}
