/* aid_appoint_test.c -- who is asked to act: nobody for both sides, and nobody by themselves. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"
#include "service/aid/aid_closing_inside.h"
#include "service/aid/aid_views.h"

extern const struct module identity_module, notice_module, laws_module, people_module;
extern const char data_items[], data_laws[];

static struct outcome any_flow(struct arena *arena, struct str flow)
{
    (void)arena, (void)flow;
    return DONE;
}
static const struct process made_up[] = {
    {.word = "consultation", .name = "Advice", .path = "/ask"},
    {.word = "mediation", .name = "Mediation", .path = "/cases", .check = any_flow},
    {.word = "application", .name = "Apply", .path = "/items/{item}/apply", .check = any_flow},
    {.word = "notice", .name = "Notice", .path = "", .check = any_flow},
    {0}};
static const struct module service = {.name = "service", .processes = made_up};
static const struct module *const rooms[] = {&items_module, &aid_module, &service, NULL};

static struct scene *scene;
static id mary, john, leader, ann, ben;
static struct str marys, johns;

static struct outcome add(const char *login, const char *role, id *person_id)
{
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800002222")},
                            person_id));
    return identity_role_add(scene, *person_id, str_of(role), S("310104"));
}

static struct outcome make_city(struct scene *s, const void *form, void *result)
{
    const struct identity_division city[] = {
        {S("31"), S(""), S("city"), S("上海"), S("Shanghai")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    id team = scene_new_id(s);

    (void)form, (void)result;
    TRY(identity_divisions_load(s, city, COUNT(city)));
    TRY(identity_resident_of_phone(s, S("13900000001"), &mary));
    TRY(identity_resident_of_phone(s, S("13900000002"), &john));
    TRY(add("leader", "leader", &leader));
    TRY(add("ann", "consultant", &ann));
    TRY(add("ben", "consultant", &ben));
    TRY(identity_role_add(s, ben, S("leader"), S("310104")));
    TRY(people_add_demo_team(s->store, team, S("t1"), S("一队"), S("One"), S("district"),
                             S("310104"), leader));
    TRY(people_add_demo_consultant(s->store, ann, S("lawyer"), team, S("310104"), S("L-1"), 1000,
                                   0));
    TRY(people_add_demo_consultant(s->store, ben, S("lawyer"), team, S("310104"), S("L-2"), 1000,
                                   0));
    return items_first(s, str_of(data_items));
}

static void be(id person_id, unsigned is)
{
    scene->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(S("310104"))};
}

static struct str apply(id person_id, const char *name, const char *other)
{
    struct cases_applied_view told = {.reference = S("")};

    be(person_id, WHO_RESIDENT);
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  arena_print(scene->arena,
                                              "item=legal-aid-civil&name=%s&division=310104&"
                                              "answer_1=工资&answer_2=%s",
                                              name, other)
                                      .at,
                                  &told)));
    return arena_copy(scene->arena, told.reference);
}

static const char *with(struct str reference, const char *more)
{
    return arena_print(scene->arena, "reference=%.*s%s", STR_ARGS(reference), more).at;
}

static void grant(struct str reference)
{
    cr_assert(test_done(test_post(scene, &cases_look, with(reference, ""), NULL)));
    cr_assert(
        test_done(test_post(scene, &cases_decide, with(reference, "&action=grant&seen=1"), NULL)));
}

static struct outcome ask(struct str reference, id person_id)
{
    return test_post(
        scene, &aid_appoint,
        with(reference, arena_print(scene->arena, "&seen=2&person=%lld", (long long)person_id).at),
        NULL);
}

static bool may_be_chosen(struct str reference, id person_id)
{
    struct aid_lawyers_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &aid_module, "/office/cases/{reference}/agents",
                                  with(reference, ""), &v, &go)));
    for (size_t i = 0; i < v.lawyers_count; i++)
        if (v.lawyers[i].person == person_id) return v.lawyers[i].may;
    cr_assert(false, "not in the list at all");
    return false;
}

static void set_up(void)
{
    static const struct act city = {.name = "test.city", .who = WHO_SYSTEM, .run = make_city};

    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &people_module, &cases_module,
                                                 &aid_module, NULL});
    cr_assert(test_done(test_act(scene, &city, NULL, NULL)));
    marys = apply(mary, "王玛丽", "李约翰");
    johns = apply(john, "李约翰", "王玛丽");
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(aid_appoint, .init = set_up, .fini = tear_down);

Test(aid_appoint, who_is_asked_by_one_side_cannot_be_asked_by_the_other_until_it_is_declined)
{
    be(leader, WHO_LEADER);
    grant(marys);
    grant(johns);
    cr_expect(may_be_chosen(johns, ann));
    cr_assert(test_done(ask(marys, ann)));
    cr_expect(!may_be_chosen(johns, ann), "asked, has not answered yet");
    cr_expect(str_same(str_of(ask(johns, ann).refusal->key), S("aid.other-side")));
    cr_expect(may_be_chosen(johns, ben));
    be(ann, WHO_CONSULTANT);
    cr_assert(test_done(test_post(scene, &cases_look, with(marys, ""), NULL)));
    cr_assert(test_done(
        test_post(scene, &cases_decide, with(marys, "&action=decline&seen=3&words=在外地"), NULL)));
    be(leader, WHO_LEADER);
    cr_assert(test_done(ask(johns, ann)));
}

Test(aid_appoint, nobody_grants_a_case_and_then_chooses_themselves)
{
    be(ben, WHO_LEADER | WHO_CONSULTANT);
    grant(marys);
    cr_expect(!may_be_chosen(marys, ben));
    cr_expect(str_same(str_of(ask(marys, ben).refusal->key), S("cases.not-oneself")));
    cr_assert(test_done(ask(marys, ann)));
}

Test(aid_appoint, who_was_chosen_stays_chosen_when_the_answer_is_no)
{
    struct form_state typed = {.form = &aid_appoint_form};
    struct face face = {.arena = scene->arena, .form = &typed};
    struct request request = {.scene = scene, .face = &face};
    struct aid_lawyers_form query = {0};
    struct aid_lawyers_view v = {0};
    const struct page *page = aid_lawyer_pages;
    int chosen_count = 0;

    be(leader, WHO_LEADER);
    grant(marys);
    query.reference = marys;
    typed.given[form_place(&aid_appoint_form, S("person"))] =
        arena_print(scene->arena, "%lld", (long long)ann);
    cr_assert(test_done(page->show(&request, &query, &v)));
    for (size_t i = 0; i < v.lawyers_count; i++) {
        cr_expect_eq(v.lawyers[i].is_chosen, v.lawyers[i].person == ann);
        chosen_count += v.lawyers[i].is_chosen;
    }
    cr_expect_eq(chosen_count, 1);
}

/* ---- when the lawyer is done ---- */

static struct outcome decide(struct str reference, const char *more)
{
    TRY(test_post(scene, &cases_look, with(reference, ""), NULL));
    return test_post(scene, &cases_decide, with(reference, more), NULL);
}

static size_t letters(void)
{
    const id *due;
    size_t count;

    cr_assert(test_done(notice_outbox.list_due(scene, &due, &count)));
    return count;
}

static struct outcome draw_all(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return aid_add_rates(s->store, scene_new_id(s), s->now, 0, 1);
}

Test(aid_appoint, who_acted_is_told_that_a_closing_file_came_back_was_archived_and_marked)
{
    static const struct act rates = {.name = "test.rates", .who = WHO_SYSTEM, .run = draw_all};
    const char *file =
        "&kind=civil&ended=won&report=已经拿到全部工资，双方和解。&without=没有开庭。";
    const char *marks = "&mark_meeting=20&mark_evidence=20&mark_opinion=20&mark_hearing=20&"
                        "mark_file=20&mark_words=办得细致。";
    size_t before;

    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &rates, NULL, NULL)));
    be(leader, WHO_LEADER);
    grant(marys);
    cr_assert(test_done(ask(marys, ann)));
    be(ann, WHO_CONSULTANT);
    cr_assert(test_done(decide(marys, "&action=accept&seen=3")));
    cr_assert(test_done(decide(marys, "&action=report&words=办完了&seen=4")));
    be(leader, WHO_LEADER);
    cr_assert(test_done(decide(marys, "&action=close&seen=5")));
    be(ann, WHO_CONSULTANT);
    cr_assert(test_done(test_post(scene, &cases_look, with(marys, ""), NULL)));
    cr_assert(test_done(test_post(scene, &aid_hand_in, with(marys, file), NULL)));
    be(leader, WHO_LEADER);
    cr_assert(test_done(test_post(scene, &cases_look, with(marys, ""), NULL)));
    before = letters();
    cr_expect(test_post(scene, &aid_verdict, with(marys, "&verdict=return"), NULL).refusal);
    cr_expect_eq(letters(), before, "what was refused tells nobody");
    cr_assert(test_done(
        test_post(scene, &aid_verdict, with(marys, "&verdict=return&back_words=缺报告"), NULL)));
    cr_expect_eq(letters(), before + 1, "it came back");
    be(ann, WHO_CONSULTANT);
    cr_assert(test_done(test_post(scene, &aid_hand_in, with(marys, file), NULL)));
    be(leader, WHO_LEADER);
    cr_assert(test_done(test_post(scene, &aid_verdict, with(marys, "&verdict=archive"), NULL)));
    cr_expect_eq(letters(), before + 2, "it is archived");
    be(john, WHO_SUPERVISOR);
    cr_assert(test_done(test_post(scene, &cases_look, with(marys, ""), NULL)));
    cr_assert(test_done(test_post(scene, &aid_mark, with(marys, marks), NULL)));
    cr_expect_eq(letters(), before + 3, "it was drawn and is marked");
}
