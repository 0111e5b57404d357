/* cases_acts_test.c -- a case from the application to its end, with the list the program brings
 * along; and everybody who has no business with it. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "desk/cases/cases_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

extern const struct module laws_module;
extern const char data_items[];

/* Some of its items bring a table, and some do not. */
static struct outcome any_flow(struct arena *arena, struct str flow)
{
    (void)arena, (void)flow;
    return DONE;
}
static const struct process made_up[] = {
    {.word = "consultation", .name = "Advice", .path = "/ask"},
    {.word = "mediation", .name = "Mediation", .path = "/cases", .check = any_flow},
    {.word = "aid", .name = "Legal aid", .path = "/aid", .check = any_flow},
    {0}};
static const struct module service = {.name = "service", .processes = made_up};
static const struct module *const rooms[] = {&items_module, &cases_module, &service, NULL};

static struct scene *scene;
static id mary, john, officer_id, far_officer_id, lead_id;
static struct str reference;

static struct outcome staff(const char *login, const char *role, const char *scope, id *person_id)
{
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        person_id));
    return identity_role_add(scene, *person_id, str_of(role), str_of(scope));
}

static struct outcome begin(struct scene *s, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, divisions, COUNT(divisions)));
    TRY(identity_resident_of_phone(s, S("13900000001"), &mary));
    TRY(identity_resident_of_phone(s, S("13900000002"), &john));
    TRY(staff("officer", "leader", "310104", &officer_id));
    TRY(staff("far", "leader", "310101", &far_officer_id));
    TRY(staff("lead", "supervisor", "31", &lead_id));
    return items_first(s, str_of(data_items));
}

static void be(id person_id, unsigned is, const char *scope)
{
    scene->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}
static void be_mary(void)
{
    be(mary, WHO_RESIDENT, "");
}
static void be_officer(void)
{
    be(officer_id, WHO_LEADER, "310104");
}

static struct outcome apply(const char *more)
{
    struct cases_applied_view told = {.reference = S("")};
    struct outcome outcome = test_post(
        scene, &cases_apply,
        arena_print(scene->arena,
                    "item=people-mediation&name=王玛丽&division=310104&answer_1=neighbours&"
                    "answer_2=李四&answer_4=楼上太吵%s",
                    more)
            .at,
        &told);

    if (test_done(outcome)) reference = arena_copy(scene->arena, told.reference);
    return outcome;
}

static void set_up(void)
{
    static const struct act fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = begin};

    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &cases_module, NULL});
    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)));
    be_mary();
    cr_assert(test_done(apply("")));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(cases_acts, .init = set_up, .fini = tear_down);

static const char *with(const char *more)
{
    return arena_print(scene->arena, "reference=%.*s%s", STR_ARGS(reference), more).at;
}

static struct outcome look(void)
{
    return test_post(scene, &cases_look, with(""), NULL);
}
static struct outcome decide(const char *action, int seen, const char *more)
{
    return test_post(
        scene, &cases_decide,
        arena_print(scene->arena, "%s&action=%s&seen=%d%s", with(""), action, seen, more).at, NULL);
}
static struct outcome own(const char *action, int seen)
{
    return test_post(scene, &cases_own,
                     arena_print(scene->arena, "%s&action=%s&seen=%d", with(""), action, seen).at,
                     NULL);
}

static struct cases_find_case_row row_now(void)
{
    struct cases_find_reference_row found_row;
    struct cases_find_case_row row;
    bool found;

    cr_assert(test_done(cases_find_reference(scene->store, reference, &found_row, &found)));
    cr_assert(found);
    cr_assert(
        test_done(cases_find_case(scene->arena, scene->store, found_row.case_id, &row, &found)));
    return row;
}

static void is_now(const char *state, const char *turn, const char *outcome)
{
    struct cases_find_case_row row = row_now();

    cr_expect(str_same(row.state, str_of(state)), "%.*s, not %s", STR_ARGS(row.state), state);
    cr_expect(str_same(row.turn, str_of(turn)), "%.*s, not %s", STR_ARGS(row.turn), turn);
    cr_expect(str_same(row.outcome, str_of(outcome)), "%.*s, not %s", STR_ARGS(row.outcome),
              outcome);
}

/* A file, as if its bytes had been stored already. */
static struct outcome attach(void)
{
    struct act act = cases_attach;
    struct cases_attach_form form = {.reference = reference,
                                     .file = {.name = S("a.png"), .bytes = S("picture")},
                                     .stored_name = S("stored"),
                                     .stored_hash = S("hash"),
                                     .stored_type = S("image/png")};
    struct cases_attached_view told;

    act.prepare = NULL;
    act.undo = NULL;
    return test_act(scene, &act, &form, &told);
}

static struct outcome see(const char *path, void *view)
{
    struct str go;

    return test_show(scene, &cases_module, path, with(""), view, &go);
}

Test(cases_acts, a_case_is_accepted_paused_and_settled)
{
    struct cases_find_case_row row;

    is_now("checking", "officer", "received");
    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 1, "")));
    is_now("mediating", "officer", "accepted");
    row = row_now();
    cr_expect(row.promise_at > scene->now + 29 * SECONDS_PER_DAY, "the month began");
    cr_assert(test_done(decide("ask-more", 2, "&words=请补一张照片")));
    is_now("waiting", "applicant", "supplement_asked");
    row = row_now();
    cr_expect_eq(row.promise_at, 0, "the month stands still");
    cr_expect_eq(row.left_days, 30);
    scene->now += 4 * SECONDS_PER_DAY;
    be_mary();
    cr_assert(test_done(own("add", 3)));
    row = row_now();
    cr_expect(row.promise_at > scene->now + 29 * SECONDS_PER_DAY, "nothing of it was lost");
    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("settle", 4, "")));
    is_now("finished", "", "settled");
    cr_expect_eq(decide("settle", 5, "").refusal, &cases_not_now);
    cr_expect_eq(test_journal(scene, "cases.decide"), 3);
    cr_expect_eq(test_journal(scene, "cases.look"), 2);
}

Test(cases_acts, what_is_sent_back_is_corrected_and_what_was_written_first_is_kept)
{
    struct cases_case_view v = {0};

    be_officer();
    cr_assert(test_done(look()));
    cr_expect(decide("send-back", 1, "").refusal, "not without words");
    is_now("checking", "officer", "received");
    cr_assert(test_done(decide("send-back", 1, "&words=请写明时间")));
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect(str_same(v.words, S("请写明时间")));
    cr_expect_eq(v.questions_count, 6, "what is asked is asked again");
    cr_expect(str_same(v.questions[3].value, S("楼上太吵")), "with what was written");
    cr_expect_eq(test_post(scene, &cases_correct,
                           with("&action=correct&seen=2&answer_1=neighbours&answer_2=李四"), NULL)
                     .refusal,
                 &cases_answers_wrong);
    cr_assert(test_done(test_post(
        scene, &cases_correct,
        with("&action=correct&seen=2&answer_1=neighbours&answer_2=李四&answer_4=每晚十点"), NULL)));
    is_now("checking", "officer", "corrected");
    cr_expect_eq(test_post(scene, &cases_correct,
                           with("&action=correct&seen=2&answer_1=neighbours&answer_2=李四&"
                                "answer_4=每晚"),
                           NULL)
                     .refusal,
                 &cases_changed_meanwhile, "twice is once");
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect_eq(v.steps_count, 3);
}

Test(cases_acts, a_second_resident_and_another_district_see_and_do_nothing)
{
    struct cases_case_view v = {0};
    struct cases_desk_view d = {0};
    struct cases_office_view office = {0};

    be(john, WHO_RESIDENT, "");
    cr_expect_eq(see("/cases/{reference}", &v).refusal, &act_unknown);
    cr_expect_eq(own("withdraw", 1).refusal, &act_unknown);
    cr_expect_eq(look().refusal, &act_not_yours);
    be(far_officer_id, WHO_LEADER, "310101");
    cr_expect_eq(see("/office/cases/{reference}", &d).refusal, &act_unknown);
    cr_expect_eq(look().refusal, &act_unknown);
    cr_expect_eq(decide("accept", 1, "").refusal, &act_unknown);
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &office, NULL)));
    cr_expect_eq(office.cases_count, 0);
    cr_expect_eq(office.officer, 0);
    be(officer_id, WHO_CONSULTANT, "310104");
    cr_expect_eq(look().refusal, &act_unknown, "nobody asked this consultant to act");
    is_now("checking", "officer", "received");
}

Test(cases_acts, what_the_applicant_wrote_is_shown_after_a_look_on_record_and_not_for_long)
{
    struct cases_desk_view v = {0};

    be_officer();
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    cr_expect(!v.is_open);
    cr_expect_eq(v.name.len, 0);
    cr_expect_eq(v.answers_count, 0);
    cr_expect(decide("accept", 1, "").refusal, "not unread");
    cr_assert(test_done(look()));
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    cr_expect(str_same(v.name, S("王玛丽")));
    cr_expect(str_same(v.phone, S("13900000001")), "the office calls");
    cr_expect_eq(v.answers_count, 3);
    scene->now += CASES_LOOK_MINUTES * SECONDS_PER_MINUTE + 1;
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    cr_expect(!v.is_open);
}

Test(cases_acts, a_paper_added_while_the_office_has_the_case_is_looked_at_before_a_decision)
{
    struct cases_office_view office = {0};

    be(lead_id, WHO_SUPERVISOR, "31");
    cr_assert(test_done(look()));
    be_officer();
    cr_assert(test_done(look()));
    be_mary();
    cr_assert(test_done(attach()));
    be_officer();
    cr_expect(decide("accept", 1, "").refusal, "it is not seen yet");
    cr_expect_eq(row_now().handler_id, officer_id, "who has it still has it");
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &office, NULL)));
    cr_expect_eq(office.untouched, 1);
    be(lead_id, WHO_SUPERVISOR, "31");
    cr_expect(decide("urge", 1, "&words=请今天办").refusal, "nor by whoever supervises");
    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 1, "")));
}

Test(cases_acts, the_store_holds_nobodys_name_number_or_story_in_clear)
{
    struct cases_find_case_row row = row_now();
    const struct cases_list_answers_row *answers;
    size_t count;

    cr_expect(str_begins(row.name_sealed, S("x1.")));
    cr_expect(str_begins(row.phone_sealed, S("x1.")));
    cr_assert(test_done(cases_list_answers(scene->arena, scene->store, row.case_id, row.answers_seq,
                                           &answers, &count)));
    cr_assert_eq(count, 3);
    for (size_t i = 0; i < count; i++) cr_expect(str_begins(answers[i].answer_sealed, S("x1.")));
}

Test(cases_acts, a_case_is_handed_to_another_district_with_a_reason_and_is_gone_from_this_one)
{
    struct cases_desk_view v = {0};

    be_officer();
    cr_assert(test_done(look()));
    cr_expect(decide("hand-over", 1, "&words=不归我们管&division=310104").refusal);
    cr_assert(test_done(decide("hand-over", 1, "&words=不归我们管&division=310101")));
    cr_expect_eq(see("/office/cases/{reference}", &v).refusal, &act_unknown);
    be(far_officer_id, WHO_LEADER, "310101");
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    cr_expect(!v.is_open);
    is_now("checking", "officer", "handed_over");
}

Test(cases_acts, whoever_supervises_urges_and_takes_up_again_but_does_not_decide)
{
    struct cases_desk_view d = {0};
    struct cases_case_view v = {0};

    be(lead_id, WHO_SUPERVISOR, "31");
    cr_assert(test_done(look()));
    cr_expect_eq(decide("accept", 1, "").refusal, &cases_not_by_you);
    cr_assert(test_done(decide("urge", 1, "&words=请今天办")));
    cr_assert(test_done(see("/office/cases/{reference}", &d)));
    cr_expect_eq(d.phone.len, 0, "who only supervises calls nobody");
    is_now("checking", "officer", "received");
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect_eq(v.steps_count, 1, "what is said in the office stays there");
    cr_assert(test_done(own("withdraw", 2)));
    is_now("finished", "", "withdrawn");
    be(lead_id, WHO_SUPERVISOR, "31");
    cr_assert(test_done(decide("reopen", 3, "&words=当事人要求")));
    is_now("checking", "officer", "reopened");
}

static struct outcome clock_due(void)
{
    struct clock_form form = {.case_id = row_now().case_id, .due_at = scene->now};

    be(0, WHO_SYSTEM, "");
    return test_act(scene, &cases_due, &form, NULL);
}

Test(cases_acts, a_day_that_was_not_kept_is_one_row_and_the_applicants_ends_the_case)
{
    struct cases_count_breaches_row breaches;
    bool found;

    be_officer();
    scene->now += 10 * SECONDS_PER_DAY;
    cr_assert(test_done(clock_due()));
    cr_assert(test_done(clock_due()));
    cr_assert(test_done(cases_count_breaches(scene->store, row_now().case_id, &breaches, &found)));
    cr_expect_eq(breaches.breaches_count, 1);
    is_now("checking", "officer", "received");
    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("send-back", 1, "&words=请写明时间")));
    scene->now += 40 * SECONDS_PER_DAY;
    cr_assert(test_done(clock_due()));
    is_now("finished", "", "lapsed");
}

Test(cases_acts, a_case_to_which_a_paper_was_added_does_not_end_by_itself)
{
    struct cases_case_view v = {0};

    cr_assert(test_done(attach()));
    be_officer();
    scene->now += 60;
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 1, "")));
    cr_assert(test_done(decide("ask-more", 2, "&words=请补一张照片")));
    be_mary();
    scene->now += 60;
    cr_assert(test_done(attach()));
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect(str_same(v.go_on_label, S("已经补充")), "%.*s", STR_ARGS(v.go_on_label));
    scene->now += 40 * SECONDS_PER_DAY;
    cr_assert(test_done(clock_due()));
    is_now("mediating", "officer", "supplemented");
    be_mary();
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect(str_same(v.steps[3].by, S("clock")), "on record as nobody's press");
    cr_expect_eq(v.go_on_label.len, 0);
    be_officer();
    cr_expect(decide("settle", 4, "").refusal, "it has to be opened anew");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("ask-more", 4, "&words=再补一张")));
    scene->now += 40 * SECONDS_PER_DAY;
    cr_assert(test_done(clock_due()));
    is_now("finished", "", "lapsed");
}

Test(cases_acts, a_case_handed_over_keeps_its_days_and_correcting_pauses_them)
{
    struct cases_find_case_row row;
    moment promise_at;

    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 1, "")));
    promise_at = row_now().promise_at;
    scene->now += 5 * SECONDS_PER_DAY;
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("hand-over", 2, "&words=当事人住在黄浦&division=310101")));
    be(far_officer_id, WHO_LEADER, "310101");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("send-back", 3, "&words=请写明门牌号")));
    row = row_now();
    cr_expect_eq(row.promise_at, 0);
    cr_expect_eq(row.left_days, 25);
    be_mary();
    cr_assert(test_done(test_post(
        scene, &cases_correct,
        with("&action=correct&seen=4&answer_1=neighbours&answer_2=李四&answer_4=每晚"), NULL)));
    be(far_officer_id, WHO_LEADER, "310101");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 5, "")));
    cr_expect_eq(row_now().promise_at, promise_at, "no fresh month");
}

Test(cases_acts, a_case_of_too_many_steps_can_still_be_ended)
{
    be_officer();
    cr_assert(test_done(look()));
    for (int seen = 1; seen < CASES_STEPS_MAX; seen++)
        cr_assert(test_done(decide("note", seen, "&words=一条备注")));
    cr_expect(decide("note", CASES_STEPS_MAX, "&words=再写一条").refusal);
    cr_expect(decide("accept", CASES_STEPS_MAX, "").refusal);
    cr_assert(test_done(decide("decline", CASES_STEPS_MAX, "&words=不属于调解范围")));
    is_now("finished", "", "not_accepted");
    cr_expect(decide("reopen", CASES_STEPS_MAX, "&words=再办").refusal);
}

Test(cases_acts, what_ended_last_is_found_first)
{
    struct str first = reference;
    struct cases_office_view v = {0};

    cr_assert(test_done(apply("")));
    cr_assert(test_done(own("withdraw", 1)));
    scene->now += 60;
    reference = first;
    cr_assert(test_done(own("withdraw", 1)));
    cr_assert(test_done(apply("")));
    scene->now += 60;
    cr_assert(test_done(own("withdraw", 1)));
    be_officer();
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=over", &v, NULL)));
    cr_assert_eq(v.cases_count, 3);
    cr_expect(str_same(v.cases[0].reference, reference));
    cr_expect(str_same(v.cases[1].reference, first));
}

static struct str sought(const char *typed, struct cases_office_view *v)
{
    struct str go = S("");

    memset(v, 0, sizeof *v);
    cr_assert(test_done(test_show(scene, &cases_module, "/office",
                                  arena_print(scene->arena, "reference=%s", typed).at, v, &go)));
    return go;
}

Test(cases_acts, an_office_goes_to_a_case_by_its_reference_and_to_none_of_others)
{
    struct cases_office_view v;
    char *small = arena_take(scene->arena, reference.len + 1, 1);

    for (size_t i = 0; i < reference.len; i++) small[i] = (char)tolower(reference.at[i]);
    small[reference.len] = 0;
    be_officer();
    cr_expect(str_same(sought(small, &v),
                       arena_print(scene->arena, "/office/cases/%.*s", STR_ARGS(reference))));
    cr_expect_eq(sought("ZZZZZZZZ", &v).len, 0);
    cr_expect(v.sought_wrong.len > 0, "said in words");
    cr_expect(str_same(v.sought, S("ZZZZZZZZ")));
    cr_expect_eq(v.cases_count, 1, "the list is still there");
    be(far_officer_id, WHO_LEADER, "310101");
    cr_expect_eq(sought(small, &v).len, 0);
    cr_expect(v.sought_wrong.len > 0, "the same words as of none");
}

Test(cases_acts, the_list_of_the_day_is_empty_when_its_work_is_done)
{
    struct cases_day_view v = {0};

    be_officer();
    cr_assert(test_done(see("/office/day", &v)));
    cr_expect_eq(v.cases_count, 1);
    scene->now += 60;
    cr_assert(test_done(look()));
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/office/day", &v)));
    cr_expect_eq(v.cases_count, 0);
}

Test(cases_acts, a_wrong_answer_is_named_and_nothing_is_begun)
{
    struct outcome outcome = apply("&answer_3=call");

    cr_expect_eq(outcome.refusal, &cases_answers_wrong);
    cr_expect(str_same(outcome.detail, S("对方的电话")), "%.*s", STR_ARGS(outcome.detail));
    cr_expect_eq(test_journal(scene, "cases.apply"), 1);
}

Test(cases_acts, answers_to_the_questions_of_another_version_are_not_taken)
{
    struct cases_apply_view v = {0};

    cr_assert(test_done(
        test_show(scene, &cases_module, "/items/{item}/apply", "item=people-mediation", &v, NULL)));
    cr_expect(v.version > 0);
    cr_expect_eq(
        apply(arena_print(scene->arena, "&version=%lld", (long long)v.version + 1).at).refusal,
        &cases_item_changed);
    cr_expect_eq(test_journal(scene, "cases.apply"), 1);
    cr_assert(
        test_done(apply(arena_print(scene->arena, "&version=%lld", (long long)v.version).at)));
}

static size_t letters_now(void)
{
    const id *letters;
    size_t count;

    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    return count;
}

Test(cases_acts, that_it_was_handed_in_is_told_only_to_a_number_that_was_proven)
{
    cr_expect_eq(letters_now(), 1, "it is the number Mary signed in with");
    cr_assert(test_done(apply("&phone=13900000009")));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(apply("&phone=13900000009")));
    cr_expect_eq(letters_now(), 1, "whose number this is nobody knows");
    be_officer();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 1, "")));
    cr_expect_eq(letters_now(), 2, "what the office does is told");
}

Test(cases_acts, a_running_case_keeps_the_table_it_began_under)
{
    struct cases_find_case_row row = row_now();
    struct items_item item;
    struct cases_flow flow;
    id version_id;

    cr_assert(test_done(cases_load_item(scene, S("people-mediation"), &version_id, &item, &flow)));
    cr_expect_eq(row.version_id, version_id);
    cr_expect_eq(cases_load_item(scene, S("legal-aid-minors"), &version_id, &item, &flow).refusal,
                 &act_unknown);
}
