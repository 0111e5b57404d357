/* consultation_handed_test.c -- a question given to a team or a district as such. */
#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"
#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_views.h"

static struct scene *scene;
static struct bureau bureau;
/* A second team in another district, with one lawyer; and supervisors of either district. */
static struct actor dispatcher, dora, near, far;
static id team_id;

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

static struct outcome make_more(struct scene *own, const void *form, void *result)
{
    const struct identity_division xuhui = {S("310104"), S("31"), S("district"), S("徐汇区"),
                                            S("Xuhui")};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, &xuhui, 1));
    TRY(make_person(own, "dispatcher", "leader", "31", WHO_LEADER, &dispatcher));
    TRY(make_person(own, "near", "supervisor", "310101", WHO_SUPERVISOR, &near));
    TRY(make_person(own, "far", "supervisor", "310104", WHO_SUPERVISOR, &far));
    TRY(make_person(own, "dora", "consultant", "31", WHO_CONSULTANT, &dora));
    dora.team_id = dispatcher.team_id = team_id = scene_new_id(own);
    TRY(people_add_demo_team(own->store, team_id, S("two"), S("二队"), S("Two"), S("district"),
                             S("310104"), dispatcher.person_id));
    TRY(people_add_demo_consultant(own->store, dora.person_id, S("lawyer"), team_id, S("310104"),
                                   S("9"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, dora.person_id, S("labour")));
    return people_add_demo_language(own->store, dora.person_id, S("zh"));
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

TestSuite(consultation_handed, .init = set_up, .fini = tear_down);

static bool test_refused(struct outcome outcome, const struct reason *why)
{
    return outcome.refusal == why;
}

/* ---- what people do ---- */

static struct str ask(const char *mode)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .district = S("310101"), .mode = str_of(mode)};
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

static struct handing stands(struct str reference)
{
    struct consultation_case c = look(reference);
    struct handing handing;

    cr_assert(test_done(handed_find(scene, c.row.consultation_id, &handing)));
    return handing;
}

static bool is(struct str reference, const char *state)
{
    struct handing handing = stands(reference);

    return handing.stands && str_same(handing.row.state, str_of(state));
}

static struct outcome hand(struct actor by, struct str reference, struct str to)
{
    struct consultation_hand_form form = {
        .reference = reference, .to = to, .why = S("Theirs by place.")};
    struct consultation_state_view told;

    scene->actor = by;
    return test_act(scene, &consultation_hand, &form, &told);
}

static struct str two(void)
{
    return arena_print(scene->arena, "team-%lld", (long long)team_id);
}

static struct outcome accept(struct actor by, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};
    struct consultation_state_view told;

    scene->actor = by;
    return test_act(scene, &consultation_accept_handed, &form, &told);
}

static struct outcome place(struct actor by, struct str reference, id person_id)
{
    struct consultation_place_form form = {.reference = reference};
    struct consultation_state_view told;

    if (person_id) form.consultant = arena_print(scene->arena, "%lld", (long long)person_id);
    scene->actor = by;
    return test_act(scene, &consultation_place, &form, &told);
}

static struct outcome send_back(struct actor by, struct str reference)
{
    struct consultation_send_back_form form = {.reference = reference, .reason = S("Not ours.")};
    struct consultation_state_view told;

    scene->actor = by;
    return test_act(scene, &consultation_send_back, &form, &told);
}

static struct outcome reassign(struct actor by, struct str reference, id person_id)
{
    struct consultation_reassign_form form = {.reference = reference, .reason = S("Better so.")};
    struct consultation_state_view told;

    if (person_id) form.consultant = arena_print(scene->arena, "%lld", (long long)person_id);
    scene->actor = by;
    return test_act(scene, &consultation_reassign, &form, &told);
}

/* What the clock does with what is due until then. */
static void clock_looks(moment now)
{
    const struct platform_list_due_row *rows;
    size_t count;

    scene->now = now;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, now, &rows, &count)));
    for (size_t k = 0; k < count; k++) {
        const struct act *const *act = consultation_clock_acts;
        struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};

        while (*act && !str_same(str_of((*act)->name), rows[k].act)) act++;
        if (!*act) continue;
        scene->actor = (struct actor){.is = WHO_SYSTEM};
        platform_drop_deadline_done(scene->store, rows[k].act, rows[k].case_id, rows[k].due_at);
        test_act(scene, *act, &form, NULL);
    }
}

static int64_t warnings(struct actor of)
{
    struct supervision_standing standing;

    scene->actor = of;
    cr_assert(test_done(supervision_open_alarms(scene, S(""), 20, &standing)));
    return standing.standing;
}

static struct outcome leave_service(struct scene *own, const void *form, void *result)
{
    (void)result;
    return people_set_service_standing(own->store, S("suspended"), *(const id *)form);
}

static void stand_down(id person_id)
{
    static const struct act act = {.name = "test.leave", .who = WHO_SYSTEM, .run = leave_service};

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, &person_id, NULL)));
}

static size_t told(struct str reference, const char *part)
{
    struct consultation_case c = look(reference);
    const struct consultation_list_messages_row *rows;
    size_t count, found = 0;

    cr_assert(test_done(consultation_list_messages(
        scene->arena, scene->store, c.row.consultation_id, 0, 0, 100, &rows, &count)));
    for (size_t i = 0; i < count; i++)
        found += str_same(rows[i].side, S("system")) && str_find(rows[i].text, str_of(part)) >= 0;
    return found;
}

/* ---- the way through ---- */

Test(consultation_handed, the_body_takes_it_up_and_gives_it_to_one_of_its_people)
{
    struct str reference = ask("message");
    moment due_at = look(reference).row.due_at;

    cr_assert(due_at > 0);
    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    cr_expect(is(reference, "waiting"));
    cr_expect(look(reference).row.consultant_id == 0);
    cr_expect(look(reference).row.team_id == team_id);
    cr_expect(told(reference, "二队") == 1);
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_expect(is(reference, "accepted"));
    cr_assert(test_done(place(dispatcher, reference, 0)));
    cr_expect(is(reference, "placed"));
    cr_expect(look(reference).row.consultant_id == dora.person_id);
    cr_expect(look(reference).row.due_at == due_at, "the promised day stays");
}

Test(consultation_handed, a_consultant_hands_over_a_talk_and_it_becomes_a_promise_in_writing)
{
    struct consultation_presence_form here = {.state = S("online")};
    struct consultation_reference_form form;
    struct consultation_state_view ignored;
    struct str reference;

    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_presence, &here, NULL)));
    form.reference = reference = ask("live");
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_accept, &form, &ignored)));
    cr_assert(test_done(hand(bureau.lawyer[0], reference, S("310104"))));
    cr_expect(look(reference).state == CONSULTATION_MESSAGE);
    cr_expect(look(reference).row.due_at > scene->now);
    cr_expect(look(reference).row.consultant_id == 0, "no rule gives it to anybody meanwhile");
    cr_expect(test_refused(accept(bureau.leader, reference), &act_unknown) ||
              test_refused(accept(bureau.leader, reference), &act_not_yours));
    cr_assert(test_done(accept(far, reference)), "its district's supervisor");
    cr_assert(test_done(place(far, reference, dora.person_id)));
    cr_expect(look(reference).row.consultant_id == dora.person_id);
}

Test(consultation_handed, a_district_as_such_is_its_district_teams_leaders)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(near, reference, S("310104"))));
    cr_expect(test_done(accept(dispatcher, reference)));
}

/* ---- nobody takes it up ---- */

Test(consultation_handed, not_taken_up_in_time_it_comes_back_with_a_warning)
{
    struct str reference = ask("message");
    moment due_at = look(reference).row.due_at, until;

    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    until = stands(reference).row.accept_by;
    cr_expect(until > scene->now && until < due_at);
    clock_looks(until - 1);
    cr_expect(is(reference, "waiting"));
    cr_expect(warnings(bureau.supervisor) == 0);
    clock_looks(until);
    cr_expect(is(reference, "lapsed"));
    cr_expect(look(reference).row.consultant_id == 0 && look(reference).row.team_id == 0);
    cr_expect(look(reference).row.due_at == due_at);
    cr_expect(warnings(bureau.supervisor) == 1);
    cr_expect(told(reference, "二队") == 2);
    cr_expect(!test_done(accept(dispatcher, reference)), "too late");
    cr_assert(test_done(reassign(bureau.supervisor, reference, bureau.lawyer[1].person_id)));
    cr_expect(look(reference).row.consultant_id == bureau.lawyer[1].person_id);
    cr_expect(!stands(reference).stands);
    cr_expect(warnings(bureau.supervisor) == 0, "somebody has it");
}

static struct outcome keep_hours(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return people_set_hours(own->store, S("consultation"), 0, own->now);
}

Test(consultation_handed, after_hours_it_waits_for_the_morning)
{
    static const struct act act = {.name = "test.hours", .who = WHO_SYSTEM, .run = keep_hours};
    const moment evening = TEST_NOW + 3 * (int64_t)SECONDS_PER_DAY + 605 * SECONDS_PER_MINUTE;
    struct str reference;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    reference = ask("message");
    scene->now = evening; /* 18:05 of the last day, a Wednesday; open from 9 to 17 */
    cr_assert_gt(look(reference).row.due_at, evening);
    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    cr_expect_eq(stands(reference).row.accept_by,
                 TEST_NOW + 4 * (int64_t)SECONDS_PER_DAY + 90 * SECONDS_PER_MINUTE,
                 "half past nine on Thursday");
}

Test(consultation_handed, sent_back_with_a_reason_it_is_its_senders_again)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.leader, reference, two())));
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_assert(test_done(send_back(dispatcher, reference)));
    cr_expect(is(reference, "returned"));
    cr_expect(str_same(stands(reference).row.answer, S("Not ours.")));
    cr_expect(told(reference, "没有接收") == 1);
    cr_expect(look(reference).row.team_id == bureau.team_id);
    cr_expect(warnings(bureau.leader) == 1);
    cr_expect(!test_done(place(dispatcher, reference, 0)), "it is not theirs any more");
    cr_assert(test_done(hand(bureau.leader, reference, S("310104"))), "on to somebody else");
    cr_expect(warnings(bureau.leader) == 0);
}

Test(consultation_handed, whoever_sent_it_may_take_it_back_while_it_waits)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.leader, reference, two())));
    cr_expect(!test_done(reassign(bureau.supervisor, reference, 0)), "not past those who have it");
    cr_assert(test_done(send_back(bureau.leader, reference)));
    cr_expect(is(reference, "returned"));
    cr_expect(told(reference, "不再由二队处理") == 1);
    cr_expect(told(reference, "没有接收") == 0, "they were not given the time to");
    cr_expect(test_done(reassign(bureau.leader, reference, 0)));
}

Test(consultation_handed, what_came_back_stays_with_its_sender_until_somebody_has_it)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.leader, reference, two())));
    cr_assert(test_done(send_back(dispatcher, reference)));
    for (int i = 0; i < 3; i++) stand_down(bureau.lawyer[i].person_id);
    stand_down(dora.person_id);
    cr_expect(reassign(bureau.leader, reference, 0).refusal != NULL, "nobody fits");
    cr_expect(is(reference, "returned"));
    cr_expect(look(reference).row.team_id == bureau.team_id);
    cr_expect(warnings(bureau.leader) == 1, "the warning stands");
}

Test(consultation_handed, once_taken_up_its_sender_cannot_take_it_back)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.leader, reference, two())));
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_expect(!test_done(send_back(bureau.leader, reference)));
    cr_expect(is(reference, "accepted"));
}

/* Of a profession, or to somebody by name. */
static struct outcome transfer(struct actor by, struct str reference, id person_id)
{
    struct consultation_transfer_form form = {.reference = reference, .reason = S("Too much.")};
    struct consultation_state_view told;

    if (person_id)
        form.consultant = arena_print(scene->arena, "%lld", (long long)person_id);
    else
        form.profession = S("lawyer");
    scene->actor = by;
    return test_act(scene, &consultation_transfer, &form, &told);
}

Test(consultation_handed, whom_nobody_answers_any_more_the_body_has_again)
{
    struct str reference = ask("message");
    const struct consultation_list_handed_to_row *rows;
    size_t count;

    cr_assert(test_done(hand(bureau.leader, reference, two())));
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_assert(test_done(place(dispatcher, reference, 0)));
    cr_assert(test_done(transfer(dora, reference, 0)));
    cr_expect(look(reference).row.consultant_id == 0);
    cr_expect(is(reference, "accepted"));
    cr_assert(test_done(
        consultation_list_handed_to(scene->arena, scene->store, S("-"), team_id, &rows, &count)));
    cr_expect(count == 1 && str_same(rows[0].state, S("accepted")));
    cr_expect(!test_done(place(dispatcher, reference, dora.person_id)), "passed it on before");
    cr_expect(test_done(send_back(dispatcher, reference)));
}

/* ---- only within the body ---- */

Test(consultation_handed, nobody_outside_is_given_it_by_name_or_by_rule)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_expect(!test_done(place(dispatcher, reference, bureau.lawyer[0].person_id)));
    cr_expect(look(reference).row.consultant_id == 0);
    cr_expect(!test_done(reassign(bureau.supervisor, reference, bureau.lawyer[0].person_id)));
    cr_assert(test_done(reassign(bureau.supervisor, reference, 0)));
    cr_expect(look(reference).row.consultant_id == dora.person_id);
    cr_expect(is(reference, "placed"));
}

Test(consultation_handed, nor_by_whoever_has_it_and_gives_it_on)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_assert(test_done(place(dispatcher, reference, 0)));
    cr_expect(!test_done(transfer(dora, reference, bureau.lawyer[0].person_id)));
    cr_expect(look(reference).row.consultant_id == dora.person_id, "it stays where it is");
    cr_expect(is(reference, "placed"));
}

Test(consultation_handed, others_do_not_learn_that_there_is_one)
{
    struct str reference = ask("message");

    cr_expect(test_refused(hand(dispatcher, reference, two()), &act_unknown));
    cr_expect(test_refused(hand(far, reference, two()), &act_unknown));
    cr_expect(test_refused(hand(dora, reference, two()), &act_unknown));
    cr_assert(test_done(hand(bureau.leader, reference, S("310104"))));
    cr_expect(test_refused(accept(near, reference), &act_unknown) ||
              test_refused(accept(near, reference), &act_not_yours));
    cr_expect(!test_done(accept(dora, reference)));
    cr_expect(is(reference, "waiting"));
}

Test(consultation_handed, what_is_no_team_and_no_district_is_refused)
{
    struct str reference = ask("message");

    cr_expect(!test_done(hand(bureau.supervisor, reference, S("team-1"))));
    cr_expect(!test_done(hand(bureau.supervisor, reference, S("team-"))));
    cr_expect(!test_done(hand(bureau.supervisor, reference, S("319999"))));
    cr_expect(!test_done(hand(bureau.supervisor, reference, S("31"))));
    cr_expect(!stands(reference).stands);
}

Test(consultation_handed, two_cannot_take_it_up_twice)
{
    struct str reference = ask("message");

    cr_assert(test_done(hand(bureau.supervisor, reference, two())));
    cr_expect(!test_done(hand(bureau.supervisor, reference, S("310104"))), "it waits already");
    cr_assert(test_done(accept(dispatcher, reference)));
    cr_expect(test_refused(accept(far, reference), &consultation_not_now));
}
