/* consultation_handed_place_test.c -- questions given to a district or a street as such: who takes
 * them up, who sees them from above, and whom the clock warns. */
#include <criterion/criterion.h>

#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"
#include "gen/supervision_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_views.h"

static struct scene *scene;
static struct bureau bureau;
/* Supervisors of Huangpu, of Xuhui, of a street of Xuhui and of the one beside it. */
static struct actor huangpu, xuhui, street, beside;
/* Leaders of Xuhui's own team and of the one above it; somebody of the district, of the street. */
static struct actor dispatcher, top, dora, eva;

static struct outcome make_person(struct scene *own, const char *login, const char *role,
                                  const char *scope, unsigned is, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(own, person_id, str_of(role), str_of(scope)));
    *actor = (struct actor){.person_id = person_id,
                            .is = is | WHO_ANYONE,
                            .scopes = scopes_of(str_of(scope)),
                            .name = str_of(login)};
    return DONE;
}

static struct outcome make_lawyer(struct scene *own, const char *login, const char *division,
                                  struct actor *actor)
{
    TRY(make_person(own, login, "consultant", "31", WHO_CONSULTANT, actor));
    actor->team_id = dispatcher.team_id;
    TRY(people_add_demo_consultant(own->store, actor->person_id, S("lawyer"), actor->team_id,
                                   str_of(division), S("9"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, actor->person_id, S("labour")));
    return people_add_demo_language(own->store, actor->person_id, S("zh"));
}

static struct outcome make_more(struct scene *own, const void *form, void *result)
{
    const struct identity_division places[] = {
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310104003"), S("310104"), S("street"), S("天平路街道"), S("")},
        {S("310104004"), S("310104"), S("street"), S("湖南路街道"), S("")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, places, COUNT(places)));
    TRY(make_person(own, "huangpu", "supervisor", "310101", WHO_SUPERVISOR, &huangpu));
    TRY(make_person(own, "xuhui", "supervisor", "310104", WHO_SUPERVISOR, &xuhui));
    TRY(make_person(own, "street", "supervisor", "310104003", WHO_SUPERVISOR, &street));
    TRY(make_person(own, "beside", "supervisor", "310104004", WHO_SUPERVISOR, &beside));
    TRY(make_person(own, "dispatcher", "leader", "31", WHO_LEADER, &dispatcher));
    TRY(make_person(own, "top", "leader", "31", WHO_LEADER, &top));
    top.team_id = scene_new_id(own);
    TRY(people_add_demo_team(own->store, top.team_id, S("top"), S("总队"), S("Top"),
                             S("association"), S("31"), top.person_id));
    dispatcher.team_id = scene_new_id(own);
    TRY(people_add_demo_team(own->store, dispatcher.team_id, S("two"), S("二队"), S("Two"),
                             S("district"), S("310104"), dispatcher.person_id));
    TRY(people_set_layer(own, dispatcher.team_id, top.team_id));
    TRY(make_lawyer(own, "dora", "310104", &dora));
    return make_lawyer(own, "eva", "310104003", &eva);
}

static void set_up(void)
{
    static const struct act more = {.name = "test.more", .who = WHO_SYSTEM, .run = make_more};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    cr_assert(test_done(test_act(scene, &more, NULL, NULL)));
    scene->channel = S("api");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_handed_place, .init = set_up, .fini = tear_down);

/* ---- what people do ---- */

static struct str ask(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = S("310101"), .mode = S("message")};
    struct consultation_asked_view told = {0};

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return told.reference;
}

static struct consultation_case look(struct str reference)
{
    struct consultation_find_reference_row row;
    struct consultation_case c;
    bool found;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(consultation_find_reference(scene->store, reference, &row, &found)));
    cr_assert(found);
    cr_assert(test_done(case_of_id(scene, row.consultation_id, &c)));
    return c;
}

static const char *refused(struct outcome outcome)
{
    return outcome.refusal ? outcome.refusal->key : "";
}

static const char *hand(struct actor by, struct str reference, const char *to)
{
    struct consultation_hand_form form = {
        .reference = reference, .to = str_of(to), .why = S("Theirs by place.")};
    struct consultation_state_view told;

    scene->actor = by;
    return refused(test_act(scene, &consultation_hand, &form, &told));
}

static const char *accept(struct actor by, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};
    struct consultation_state_view told;

    scene->actor = by;
    return refused(test_act(scene, &consultation_accept_handed, &form, &told));
}

static const char *place(struct actor by, struct str reference, id person_id)
{
    struct consultation_place_form form = {.reference = reference};
    struct consultation_state_view told;

    if (person_id) form.consultant = arena_print(scene->arena, "%lld", (long long)person_id);
    scene->actor = by;
    return refused(test_act(scene, &consultation_place, &form, &told));
}

static void send_back(struct actor by, struct str reference)
{
    struct consultation_send_back_form form = {.reference = reference, .reason = S("Not ours.")};
    struct consultation_state_view told;

    scene->actor = by;
    cr_assert(test_done(test_act(scene, &consultation_send_back, &form, &told)));
}

/* What the clock does with what is due until then, of one kind. */
static void clock_does(const char *act_name, struct str reference)
{
    struct clock_form form = {.case_id = look(reference).row.consultation_id, .due_at = scene->now};
    const struct act *const *act = consultation_clock_acts;

    while (*act && !str_same(str_of((*act)->name), str_of(act_name))) act++;
    cr_assert(*act);
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, *act, &form, NULL)), "%s", act_name);
}

/* Open warnings of that kind which the reader sees. */
static size_t warned(struct actor of, enum supervision_kind kind)
{
    struct supervision_standing standing;
    size_t count = 0;

    scene->actor = of;
    cr_assert(test_done(supervision_open_alarms(scene, S(""), 20, &standing)));
    for (size_t i = 0; i < standing.count; i++)
        count += str_same(standing.alarms[i].kind, supervision_kind_word(kind));
    return count;
}

/* ---- a street ---- */

Test(consultation_handed_place, a_street_takes_it_up_and_gives_it_to_one_of_its_people)
{
    struct str reference = ask();
    moment due_at = look(reference).row.due_at;

    cr_assert_str_eq(hand(bureau.supervisor, reference, "310104003"), "");
    cr_expect_str_eq(accept(beside, reference), act_unknown.key, "no other street");
    cr_expect_str_eq(accept(huangpu, reference), act_unknown.key, "nor where the resident lives");
    cr_assert_str_eq(accept(street, reference), "");
    cr_expect_str_eq(place(street, reference, dora.person_id), "consultation.not-of-body");
    cr_assert_str_eq(place(street, reference, 0), "");
    cr_expect_eq(look(reference).row.consultant_id, eva.person_id);
    cr_expect_eq(look(reference).row.due_at, due_at, "the promised day stays");
}

Test(consultation_handed_place, whoever_watches_its_district_acts_for_a_street_too)
{
    struct str reference = ask();

    cr_assert_str_eq(hand(bureau.supervisor, reference, "310104003"), "");
    cr_assert_str_eq(accept(xuhui, reference), "");
    cr_assert_str_eq(place(xuhui, reference, eva.person_id), "");
    cr_expect_eq(look(reference).row.consultant_id, eva.person_id);
}

Test(consultation_handed_place, a_district_has_the_people_of_its_streets)
{
    struct str reference = ask();

    cr_assert_str_eq(hand(bureau.supervisor, reference, "310104"), "");
    cr_assert_str_eq(accept(xuhui, reference), "");
    cr_assert_str_eq(place(xuhui, reference, eva.person_id), "");
    cr_expect_eq(look(reference).row.consultant_id, eva.person_id);
}

Test(consultation_handed_place, a_place_that_is_none_is_refused_and_its_streets_can_be_chosen)
{
    static const char *const none[] = {"310104999", "3101040", "31", "319999"};
    const struct choice *choices;
    size_t count, streets = 0;
    struct str reference = ask();

    for (size_t i = 0; i < COUNT(none); i++)
        cr_expect_str_eq(hand(bureau.supervisor, reference, none[i]), "consultation.unknown-body");
    cr_assert(test_done(handed_choices(scene, S("310104004001"), &choices, &count)));
    for (size_t i = 0; i < count; i++) streets += choices[i].value.len == 9;
    cr_expect_eq(streets, 2u);
    cr_assert(test_done(handed_choices(scene, S("31"), &choices, &count)));
    for (size_t i = 0; i < count; i++) cr_expect(choices[i].value.len != 9);
}

/* ---- from above ---- */

Test(consultation_handed_place, who_leads_above_a_districts_team_sees_what_the_district_was_given)
{
    struct consultation_reference_form form = {.reference = ask()};
    struct consultation_board_cases_view list;

    cr_assert_str_eq(hand(bureau.supervisor, form.reference, "310104"), "");
    cr_expect_eq(look(form.reference).row.team_id, dispatcher.team_id);
    scene->actor = top;
    cr_assert(test_done(
        test_show(scene, &consultation_module, "/board/cases", "list=message", &list, NULL)));
    cr_assert_eq(list.consultations_count, 1u);
    cr_expect(str_same(list.consultations[0].reference, form.reference));
    cr_expect(test_done(test_act(scene, &consultation_look_in, &form, NULL)), "and looks in");
    cr_expect_str_eq(accept(top, form.reference), act_unknown.key, "to decide is the district's");
    cr_assert_str_eq(accept(dispatcher, form.reference), "");
    cr_assert_str_eq(place(dispatcher, form.reference, 0), "");
}

/* ---- warnings ---- */

Test(consultation_handed_place, what_is_at_risk_or_overdue_warns_the_place_that_holds_it)
{
    struct str reference = ask();

    cr_assert_str_eq(hand(bureau.supervisor, reference, "310104"), "");
    clock_does("consultation.warn_late", reference);
    cr_expect_eq(warned(xuhui, SUPERVISION_WRITTEN_LATE), 1u);
    cr_expect_eq(warned(dispatcher, SUPERVISION_WRITTEN_LATE), 1u, "the district team's leader");
    cr_expect_eq(warned(huangpu, SUPERVISION_WRITTEN_LATE), 0u, "where the resident lives");
    cr_assert_str_eq(accept(xuhui, reference), "");
    scene->now = look(reference).row.due_at + 1;
    clock_does("consultation.warn_over", reference);
    cr_expect_eq(warned(xuhui, SUPERVISION_WRITTEN_OVER), 1u);
    cr_expect_eq(warned(huangpu, SUPERVISION_WRITTEN_OVER), 0u);
    cr_expect_eq(warned(bureau.supervisor, SUPERVISION_WRITTEN_OVER), 1u, "the city sees it all");
}

Test(consultation_handed_place, a_warning_that_stands_goes_where_the_question_goes)
{
    struct str reference = ask();

    cr_assert_str_eq(hand(bureau.leader, reference, "310104"), "");
    clock_does("consultation.warn_late", reference);
    cr_expect_eq(warned(xuhui, SUPERVISION_WRITTEN_LATE), 1u);
    send_back(xuhui, reference);
    cr_expect_eq(warned(xuhui, SUPERVISION_WRITTEN_LATE), 0u);
    cr_expect_eq(warned(huangpu, SUPERVISION_WRITTEN_LATE), 1u, "with the sender's layer again");
    cr_assert_str_eq(hand(bureau.leader, reference, "310104003"), "");
    cr_expect_eq(warned(street, SUPERVISION_WRITTEN_LATE), 1u);
    cr_expect_eq(warned(huangpu, SUPERVISION_WRITTEN_LATE), 0u);
}

/* ---- thresholds ---- */

static struct outcome set_thresholds(struct scene *own, const void *form, void *result)
{
    const int64_t *value = form;

    (void)result;
    for (int i = 0; i < 3; i++)
        TRY(supervision_set_threshold(own->store,
                                      supervision_threshold_word((enum supervision_threshold)(
                                          SUPERVISION_TAKE_UP_PERCENT + i)),
                                      value[i], own->now));
    return DONE;
}

/* From so long before the promised day, or at once: how long there is to take it up. */
static int64_t handed_for(int64_t percent, int64_t minutes, int64_t left)
{
    static const struct act act = {
        .name = "test.thresholds", .who = WHO_SYSTEM, .run = set_thresholds};
    int64_t value[] = {percent, minutes, 7};
    struct str reference = ask();
    struct handing handing;

    if (left) scene->now = look(reference).row.due_at - left;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, value, NULL)));
    cr_assert_str_eq(hand(bureau.supervisor, reference, "310104"), "");
    cr_assert(test_done(handed_find(scene, look(reference).row.consultation_id, &handing)));
    return handing.row.accept_by - scene->now;
}

Test(consultation_handed_place, how_long_a_body_has_is_for_an_administrator_to_say)
{
    int64_t five = handed_for(5, 10, 0), fifty = handed_for(50, 10, 0);

    cr_expect_lt(five, fifty);
    cr_expect_eq(handed_for(5, 10, SECONDS_PER_HOUR), 10 * SECONDS_PER_MINUTE, "never less");
    cr_expect_eq(handed_for(5, 45, SECONDS_PER_HOUR), 45 * SECONDS_PER_MINUTE);
}

Test(consultation_handed_place, and_how_long_looking_in_lasts)
{
    struct consultation_reference_form form = {.reference = ask()};
    struct consultation_board_case_view view;
    const char *query = arena_c(
        scene->arena, arena_print(scene->arena, "reference=%.*s", STR_ARGS(form.reference)));

    (void)handed_for(25, 30, 0);
    scene->actor = bureau.supervisor;
    cr_assert(test_done(test_act(scene, &consultation_look_in, &form, NULL)));
    for (int i = 0; i < 2; i++) {
        cr_assert(test_done(test_show(scene, &consultation_module,
                                      "/board/consultations/{reference}", query, &view, NULL)));
        cr_expect_eq(view.has_leave, i == 0, "seven minutes, and no longer");
        scene->now += 7 * SECONDS_PER_MINUTE + 1;
    }
}
