/* cases_agent_test.c -- somebody acts for an applicant, by the table of legal aid the program
 * brings along: asked, declined, asked again, taken on; what is on paper, and who sees none of it.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

extern const struct module laws_module;
extern const char data_items[];

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
static id mary, john, leader_id, aider_id, far_aider_id, city_aider_id, lead_id, ann, ben;
static struct str reference;
static const char *profession; /* of whoever acts, as a later room says */

static struct outcome serves(struct scene *s, struct str *what, struct str *division)
{
    *what = str_of(profession);
    *division = s->actor.person_id == far_aider_id    ? S("310101")
                : s->actor.person_id == city_aider_id ? S("31")
                                                      : S("310104");
    return DONE;
}

static struct outcome staff(const char *login, const char *role, const char *scope, id *person_id)
{
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800001111")},
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
    TRY(staff("leader", "leader", "310104", &leader_id));
    TRY(staff("aider", "consultant", "310104", &aider_id));
    TRY(staff("far", "consultant", "310101", &far_aider_id));
    TRY(staff("city", "consultant", "31", &city_aider_id));
    TRY(staff("lead", "supervisor", "31", &lead_id));
    TRY(staff("ann", "consultant", "310104", &ann));
    TRY(staff("ben", "consultant", "310104", &ben));
    return items_first(s, str_of(data_items));
}

static void be(id person_id, unsigned is, const char *scope)
{
    bool is_aider =
        person_id == aider_id || person_id == far_aider_id || person_id == city_aider_id;

    profession = is_aider ? "legal_aid" : "lawyer";
    scene->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}
static void be_mary(void)
{
    be(mary, WHO_RESIDENT, "");
}
static void be_aider(void)
{
    be(aider_id, WHO_CONSULTANT, "");
}

static void set_up(void)
{
    static const struct act fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = begin};
    struct cases_applied_view told = {.reference = S("")};

    items_learn(rooms);
    cases_officers_hook(serves);
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &cases_module, NULL});
    cr_assert(test_done(test_act(scene, &fill, NULL, NULL)));
    be_mary();
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=legal-aid-civil&name=王玛丽&division=310104&"
                                  "answer_1=没有发工资&answer_2=某某 公司&answer_3=yes&"
                                  "answer_4=家里没有收入",
                                  &told)));
    reference = arena_copy(scene->arena, told.reference);
}
static void tear_down(void)
{
    cases_officers_hook(NULL);
    test_scene_close(&scene);
}
TestSuite(cases_agent, .init = set_up, .fini = tear_down);

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
static struct outcome see(const char *path, void *view)
{
    struct str go;

    return test_show(scene, &cases_module, path, with(""), view, &go);
}

struct asked {
    id agent_id;
    int64_t seen;
};
static struct outcome ask_run(struct scene *s, const void *form, void *result)
{
    const struct asked *asked = form;

    (void)result;
    return cases_appoint(s, reference, asked->seen, asked->agent_id, S(""));
}
static struct outcome ask(id agent_id, int64_t seen)
{
    static const struct act act = {
        .name = "test.ask", .who = WHO_LEADER | WHO_CONSULTANT | WHO_SUPERVISOR, .run = ask_run};
    struct asked asked = {agent_id, seen};

    return test_act(scene, &act, &asked, NULL);
}

static struct cases_find_case_row row_now(void)
{
    struct cases_find_reference_row found_row;
    struct cases_find_case_row row;
    bool found;

    cr_assert(test_done(cases_find_reference(scene->store, reference, &found_row, &found)));
    cr_assert(
        test_done(cases_find_case(scene->arena, scene->store, found_row.case_id, &row, &found)));
    return row;
}

static void grant_and_ask(id agent_id)
{
    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("grant", 1, "")));
    cr_assert(test_done(ask(agent_id, 2)));
}

Test(cases_agent, an_officer_by_profession_acts_in_the_own_district_and_in_no_other)
{
    struct cases_office_view v = {0};

    be_aider();
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &v, NULL)));
    cr_expect_eq(v.cases_count, 1);
    cr_expect_eq(v.untouched, 1);
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("grant", 1, "")));
    be(far_aider_id, WHO_CONSULTANT, "");
    memset(&v, 0, sizeof v);
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &v, NULL)));
    cr_expect_eq(v.cases_count, 0);
    cr_expect_eq(look().refusal, &act_unknown);
    be(ann, WHO_CONSULTANT, "");
    cr_expect_eq(look().refusal, &act_unknown, "a lawyer nobody asked");
    cr_expect_eq(ask(ann, 2).refusal, &act_unknown);
}

Test(cases_agent, an_officer_by_profession_of_a_city_finds_no_cases_of_other_professions)
{
    struct cases_applied_view told = {.reference = S("")};
    struct cases_office_view v = {0};

    be_mary();
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=people-mediation&name=王玛丽&division=310104&"
                                  "answer_1=neighbours&answer_2=李四&answer_4=楼上太吵",
                                  &told)));
    be(city_aider_id, WHO_CONSULTANT, "");
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &v, NULL)));
    cr_assert_eq(v.cases_count, 1);
    cr_expect(str_same(v.cases[0].item, S("legal-aid-civil")));
}

Test(cases_agent, who_is_asked_sees_the_case_and_who_declined_sees_it_no_more)
{
    struct cases_office_view list = {0};
    struct cases_desk_view v = {0};

    grant_and_ask(ann);
    be(ben, WHO_CONSULTANT, "");
    cr_expect_eq(look().refusal, &act_unknown);
    be(ann, WHO_CONSULTANT, "");
    cr_expect_eq(decide("accept", 3, "").refusal->status, 409, "not unread");
    cr_assert(test_done(look()));
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    cr_expect(str_same(v.name, S("王玛丽")), "else nobody knows whether there is a conflict");
    cr_expect_eq(v.phone.len, 0, "who is only asked calls nobody");
    cr_expect_eq(v.fees_count, 0, "and what it costs tells an answer");
    cr_expect(decide("decline", 3, "").refusal, "not without words");
    cr_assert(test_done(decide("decline", 3, "&words=下周在外地开庭")));
    cr_expect_eq(look().refusal, &act_unknown);
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=mine", &list, NULL)));
    cr_expect_eq(list.cases_count, 0);
    cr_expect_eq(row_now().agent_id, 0);
}

Test(cases_agent, who_took_on_one_side_cannot_take_on_the_other)
{
    struct cases_applied_view told = {.reference = S("")};
    struct str marys = reference;

    grant_and_ask(ann);
    be(john, WHO_RESIDENT, "");
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=legal-aid-civil&name=某某公司&division=310104&"
                                  "answer_1=不欠工资&answer_2=王玛丽",
                                  &told)));
    reference = arena_copy(scene->arena, told.reference);
    grant_and_ask(ann);
    be(ann, WHO_CONSULTANT, "");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 3, "")), "nobody is on the other side yet");
    reference = marys;
    cr_assert(test_done(look()));
    cr_expect(str_same(str_of(decide("accept", 3, "").refusal->key), S("cases.other-side")));
    cr_expect_eq(row_now().agent_at, 0);
    cr_assert(test_done(decide("decline", 3, "&words=我是对方的律师")));
}

Test(cases_agent, who_acts_in_a_case_decides_nothing_in_it_also_as_its_officer)
{
    grant_and_ask(leader_id);
    be(leader_id, WHO_LEADER | WHO_CONSULTANT, "310104");
    cr_assert(test_done(look()));
    cr_expect_eq(decide("recall", 3, "&words=x").refusal, &cases_not_by_you);
    cr_assert(test_done(decide("accept", 3, "")));
    cr_assert(test_done(decide("report", 4, "&words=拿到了工资")));
    cr_expect_eq(decide("close", 5, "").refusal, &cases_not_by_you, "nobody checks themselves");
    be(leader_id, WHO_LEADER, "310104");
    cr_expect_eq(look().refusal, &act_unknown, "also not by leaving a role at home");
    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("close", 5, "")));
    be(leader_id, WHO_LEADER | WHO_CONSULTANT, "310104");
    cr_expect_eq(ask(leader_id, 6).refusal, &act_unknown);
}

Test(cases_agent, who_takes_it_on_is_named_to_the_applicant_and_works_until_the_office_closes_it)
{
    struct cases_case_view v = {0};
    struct cases_desk_view d = {0};
    struct cases_office_view list = {0};

    grant_and_ask(ann);
    cr_expect(row_now().promise_at > scene->now + 2 * SECONDS_PER_DAY, "three days, by law");
    cr_expect(row_now().promise_at <= scene->now + 4 * SECONDS_PER_DAY);
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect_eq(v.agent_name.len, 0, "not before it is taken on");
    be(ann, WHO_CONSULTANT, "");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 3, "")));
    cr_expect_eq(row_now().promise_at, 0, "the promise is kept");
    cr_assert(test_done(see("/office/cases/{reference}", &d)));
    cr_expect(str_same(d.phone, S("13900000001")));
    cr_assert(test_done(test_show(scene, &cases_module, "/office", "turn=", &list, NULL)));
    cr_expect_eq(list.cases_count, 1);
    cr_assert(test_done(decide("met", 4, "&words=见过面了")));
    cr_expect_eq(decide("close", 5, "").refusal, &cases_not_now);
    cr_assert(test_done(decide("report", 5, "&words=拿到了工资")));
    cr_expect_eq(decide("close", 6, "").refusal, &cases_not_by_you, "the office does");
    be_mary();
    memset(&v, 0, sizeof v);
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_expect(str_same(v.agent_name, S("ann")));
    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("close", 6, "")));
    cr_expect(str_same(row_now().outcome, S("completed")));
}

Test(cases_agent, who_does_not_answer_in_time_is_asked_no_more_and_the_day_is_on_record)
{
    struct clock_form due = {.case_id = row_now().case_id};
    struct cases_count_breaches_row breaches;
    bool found;

    grant_and_ask(ann);
    scene->now = row_now().due_at;
    due.due_at = scene->now;
    be(0, WHO_SYSTEM, "");
    cr_assert(test_done(test_act(scene, &cases_due, &due, NULL)));
    cr_expect(str_same(row_now().state, S("appointing")));
    cr_expect_eq(row_now().agent_id, 0);
    cr_assert(test_done(cases_count_breaches(scene->store, due.case_id, &breaches, &found)));
    cr_expect_eq(breaches.breaches_count, 1);
    be(ann, WHO_CONSULTANT, "");
    cr_expect_eq(look().refusal, &act_unknown);
}

Test(cases_agent, nobody_is_asked_through_the_form_of_other_steps_or_by_a_page_that_is_old)
{
    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("grant", 1, "")));
    cr_expect(decide("appoint", 2, "").refusal);
    cr_expect_eq(ask(ann, 1).refusal, &cases_changed_meanwhile);
    cr_expect_eq(row_now().agent_id, 0);
    be(lead_id, WHO_SUPERVISOR, "31");
    cr_assert(test_done(look()));
    cr_expect_eq(ask(ann, 2).refusal, &cases_not_now, "who supervises does not do the work");
}

static struct outcome letter(const char *which, const char *letter_no, struct file_answer *file)
{
    struct request request = {.scene = scene};
    struct cases_letter_form form = {.reference = reference};

    if (!str_to_int(str_of(letter_no), &form.letter)) return FAULT("no number");
    for (const struct page *page = cases_letter_pages; page->path; page++)
        if (page->file && strcmp(page->path, which) == 0) return page->file(&request, &form, file);
    return FAULT("no such page");
}

Test(cases_agent, a_decision_is_a_pdf_for_the_applicant_once_read_and_for_nobody_else)
{
    const char *own = "/cases/{reference}/letters/{letter}";
    const char *office = "/office/cases/{reference}/letters/{letter}";
    struct cases_case_view v = {0};
    struct file_answer file;
    const char *number, *form;

    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("refuse", 1, "&words=收入超过标准")));
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &v)));
    cr_assert_eq(v.letters_count, 1);
    cr_expect(str_same(v.letters[0].name, S("不予法律援助决定书")));
    number = arena_print(scene->arena, "%lld", (long long)v.letters[0].letter).at;
    form = arena_print(scene->arena, "%s&letter=%s", with(""), number).at;
    cr_expect_eq(letter(own, number, &file).refusal, &act_unknown, "not before it is said");
    be(john, WHO_RESIDENT, "");
    cr_expect_eq(test_post(scene, &cases_read_letter, form, NULL).refusal, &act_unknown);
    be_mary();
    cr_assert(test_done(test_post(scene, &cases_read_letter, form, NULL)));
    cr_expect_eq(test_journal(scene, "cases.read"), 1);
    cr_assert(test_done(letter(own, number, &file)));
    cr_expect(str_begins(file.bytes, S("%PDF-")));
    be(john, WHO_RESIDENT, "");
    cr_expect_eq(letter(own, number, &file).refusal, &act_unknown);
    be(far_aider_id, WHO_CONSULTANT, "");
    cr_expect_eq(letter(office, number, &file).refusal, &act_unknown);
    be(leader_id, WHO_LEADER, "310104");
    cr_expect_eq(letter(office, number, &file).refusal->status, 409, "not unopened");
    cr_assert(test_done(look()));
    cr_assert(test_done(letter(office, number, &file)));
}

Test(cases_agent, names_of_parties_meet_as_indexes_whatever_blanks_stand_in_them)
{
    struct cases_appointing a;

    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("grant", 1, "")));
    cr_assert(test_done(cases_appointing_of(scene, reference, &a)));
    cr_expect(str_same(a.applicant_index, cases_party_index(scene->arena, S("王 玛丽"))));
    cr_expect(str_same(a.other_index, cases_party_index(scene->arena, S("某某　公司"))));
    cr_expect(!str_same(a.other_index, a.applicant_index));
    cr_expect_lt(str_find(a.other_index, S("公司")), 0);
}

static void attach(void)
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
    cr_assert(test_done(test_act(scene, &act, &form, &told)));
}

static struct outcome paper(id file_id)
{
    const char *path = "/office/cases/{reference}/files/{file}";
    struct request request = {.scene = scene};
    struct cases_file_form form = {reference, file_id};
    struct file_answer file;

    for (const struct page *page = cases_office_pages; page->path; page++)
        if (page->file && strcmp(page->path, path) == 0) return page->file(&request, &form, &file);
    return FAULT("no such page");
}

static struct cases_desk_view desk(void)
{
    struct cases_desk_view v = {0};

    cr_assert(test_done(look()));
    cr_assert(test_done(see("/office/cases/{reference}", &v)));
    return v;
}

static bool has_words(const struct cases_desk_view *v, const char *words)
{
    for (size_t i = 0; i < v->steps_count; i++)
        if (str_same(v->steps[i].words, str_of(words))) return true;
    return false;
}

Test(cases_agent, papers_are_for_who_took_it_on_and_only_until_it_is_over)
{
    const char *pdf = "/office/cases/{reference}/letters/{letter}";
    struct cases_desk_view v;
    struct cases_case_view own = {0};
    struct file_answer file;
    const char *number;
    id file_id;

    be_mary();
    attach();
    be_aider();
    v = desk();
    file_id = v.papers[0].file;
    cr_assert(test_done(decide("grant", 1, "&words=属于低保家庭")));
    v = desk();
    number = arena_print(scene->arena, "%lld", (long long)v.letters[0].letter).at;
    cr_assert(test_done(ask(ann, 2)));
    be(ann, WHO_CONSULTANT, "");
    v = desk();
    cr_expect_eq(v.papers_count + v.letters_count + v.phone.len, 0);
    cr_assert_eq(v.answers_count, 2, "what happened, and who is on the other side");
    cr_expect(str_same(v.answers[0].answer, S("没有发工资")));
    cr_expect(str_same(v.answers[1].answer, S("某某 公司")));
    cr_expect(!has_words(&v, "属于低保家庭"));
    cr_expect_eq(paper(file_id).refusal, &act_unknown);
    cr_expect_eq(letter(pdf, number, &file).refusal, &act_unknown);
    cr_assert(test_done(decide("accept", 3, "")));
    v = desk();
    cr_expect_eq(v.papers_count, 1);
    cr_expect_eq(v.letters_count, 2);
    cr_expect_eq(v.answers_count, 4);
    cr_expect(has_words(&v, "属于低保家庭"));
    cr_expect_neq(paper(file_id).refusal, &act_unknown);
    cr_assert(test_done(letter(pdf, number, &file)));
    cr_assert(test_done(decide("report", 4, "&words=拿到了工资")));
    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("close", 5, "")));
    be(ann, WHO_CONSULTANT, "");
    v = desk();
    cr_expect_eq(v.papers_count + v.letters_count + v.phone.len + v.answers_count, 0);
    cr_expect_eq(paper(file_id).refusal, &act_unknown);
    cr_expect_eq(letter(pdf, number, &file).refusal, &act_unknown);
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &own)));
    cr_expect_eq(own.agent_name.len, 0, "nobody acts any more");
}

Test(cases_agent, who_acts_reads_why_a_report_came_back_and_the_applicant_does_not)
{
    struct cases_case_view own = {0};
    struct cases_desk_view v;

    grant_and_ask(ann);
    be(ann, WHO_CONSULTANT, "");
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("accept", 3, "")));
    cr_assert(test_done(decide("report", 4, "&words=拿到了工资")));
    be_aider();
    v = desk();
    for (size_t i = 0; i < v.actions_count; i++)
        cr_expect_eq(str_find(v.actions[i].label, S("申请人看不到")) >= 0,
                     str_same(v.actions[i].value, S("complete-it")) ||
                         str_same(v.actions[i].value, S("note")),
                     "%.*s", STR_ARGS(v.actions[i].label));
    cr_assert(test_done(decide("note", 5, "&words=只给办公室")));
    cr_assert(test_done(decide("complete-it", 6, "&words=缺调解书")));
    be(ann, WHO_CONSULTANT, "");
    v = desk();
    cr_expect(has_words(&v, "缺调解书"));
    cr_expect(!has_words(&v, "只给办公室"));
    be_mary();
    cr_assert(test_done(see("/cases/{reference}", &own)));
    cr_expect_eq(own.steps_count, 5, "neither of the two");
    cr_expect(str_same(own.steps[4].by_name, S("承办律师")), "not the office: %.*s",
              STR_ARGS(own.steps[4].by_name));
}

Test(cases_agent, who_is_asked_is_told_by_message)
{
    const id *letters;
    size_t before, count;

    be_aider();
    cr_assert(test_done(look()));
    cr_assert(test_done(decide("grant", 1, "")));
    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &before)));
    cr_assert(test_done(ask(ann, 2)));
    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    cr_expect_eq(count, before + 1, "the applicant is told when it is taken on");
}

Test(cases_agent, who_applies_and_withdraws_again_and_again_is_told_three_times_a_day)
{
    const id *letters;
    size_t count;

    be_mary();
    for (int i = 0; i < 5; i++)
        cr_assert(test_done(test_post(scene, &cases_apply,
                                      "item=legal-aid-civil&name=王玛丽&division=310104&"
                                      "answer_1=没有发工资",
                                      &(struct cases_applied_view){.reference = S("")})));
    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    cr_expect_eq(count, CASES_TOLD_A_DAY);
    scene->now += SECONDS_PER_DAY + 1;
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=legal-aid-civil&name=王玛丽&division=310104&"
                                  "answer_1=没有发工资",
                                  &(struct cases_applied_view){.reference = S("")})));
    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    cr_expect_eq(count, CASES_TOLD_A_DAY + 1);
}
