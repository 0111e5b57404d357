/* mediation_stage_test.h -- for tests of this room: two districts, a committee with two mediators
 * in one of them, and a quarrel between mary and john that its chief has taken on. */
#ifndef MEDIATION_STAGE_TEST_H
#define MEDIATION_STAGE_TEST_H

#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/items/items_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/mediation/mediation_views.h"

extern const struct module identity_module, notice_module, laws_module, people_module;
extern const struct module record_module, register_module;
extern const char data_items[];

static inline struct outcome any_flow(struct arena *arena, struct str flow)
{
    (void)arena, (void)flow;
    return DONE;
}
static const struct process made_up[] = {
    {.word = "consultation", .name = "Advice", .path = "/ask"},
    {.word = "aid", .name = "Legal aid", .path = "/aid", .check = any_flow},
    {0}};
static const struct module service = {.name = "service", .processes = made_up};
static const struct cases_all *const alls[] = {&mediation_all, NULL};
static const struct module *const rooms[] = {&items_module, &cases_module, &mediation_module,
                                             &service, NULL};

/* ---- the acts ---- */

static struct scene *scene;
static struct str reference, code;
static id mary, john, chief, far, ann, ben;

static inline struct outcome add(const char *login, const char *role, const char *scope,
                                 id *person_id)
{
    TRY(identity_person_add(
        scene, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        person_id));
    return identity_role_add(scene, *person_id, str_of(role), str_of(scope));
}

static inline struct outcome make_city(struct scene *s, const void *form, void *result)
{
    const struct identity_division city[] = {
        {S("31"), S(""), S("city"), S("上海"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    id team = scene_new_id(s);

    (void)form, (void)result;
    TRY(identity_divisions_load(s, city, COUNT(city)));
    TRY(identity_resident_of_phone(s, S("13900000001"), &mary));
    TRY(identity_resident_of_phone(s, S("13900000002"), &john));
    TRY(add("chief", "leader", "310104", &chief));
    TRY(add("far", "leader", "310101", &far));
    TRY(add("ann", "consultant", "310104", &ann));
    TRY(add("ben", "consultant", "310104", &ben));
    TRY(people_add_demo_team(s->store, team, S("t1"), S("一队"), S("One"), S("district"),
                             S("310104"), chief));
    TRY(people_add_demo_consultant(s->store, ann, S("mediator"), team, S("310104"), S("T-1"), 1000,
                                   0));
    TRY(people_add_demo_consultant(s->store, ben, S("mediator"), team, S("310104"), S("T-2"), 1000,
                                   0));
    return items_first(s, str_of(data_items));
}

static inline void be(id person_id, unsigned is)
{
    const char *scope = person_id == far ? "310101" : is & WHO_LEADER ? "310104" : "";

    scene->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}

static inline struct outcome post(const struct act *act, const char *more)
{
    return test_post(scene, act,
                     arena_print(scene->arena, "reference=%.*s%s", STR_ARGS(reference), more).at,
                     NULL);
}

static inline void must(const struct act *act, const char *more)
{
    struct outcome outcome = post(act, more);

    cr_assert(test_done(outcome), "%s%s: %s", act->name, more,
              outcome.refusal ? outcome.refusal->key : outcome.fault);
}

static inline void looks(id person_id, unsigned is)
{
    be(person_id, is);
    must(&cases_look, "");
}

static inline void see_desk(struct mediation_desk_view *v)
{
    struct str go;

    *v = (struct mediation_desk_view){0};
    cr_assert(test_done(
        test_show(scene, &mediation_module, "/office/cases/{reference}/mediation",
                  arena_print(scene->arena, "reference=%.*s", STR_ARGS(reference)).at, v, &go)));
}

static inline int64_t seen_now(void)
{
    struct cases_standing standing;

    cr_assert(test_done(cases_standing_of(scene, MEDIATION_PROCESS, reference, &standing)));
    return standing.seen;
}

static inline void join(id person_id)
{
    struct mediation_joined_view told = {.reference = S("")};

    be(person_id, WHO_RESIDENT);
    cr_assert(test_done(test_post(
        scene, &mediation_join,
        arena_print(scene->arena, "invitation=%.*s&code=%.*s&own_name=李建国&phone=13900000002",
                    STR_ARGS(reference), STR_ARGS(code))
            .at,
        &told)));
}

static inline void propose(id person_id)
{
    looks(chief, WHO_LEADER);
    must(&mediation_propose,
         arena_print(scene->arena, "&person=%lld&why=熟悉邻里", (long long)person_id).at);
}

static inline void set_up(void)
{
    const struct act make = {.name = "test.city", .who = WHO_SYSTEM, .run = make_city};
    struct cases_applied_view told = {.reference = S("")};
    struct mediation_desk_view v;

    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &laws_module,
                                       &items_module, &cases_module, &people_module, &record_module,
                                       &register_module, &mediation_module, NULL});
    items_learn(rooms);
    cases_officers_hook(people_serves);
    cases_all_hook(alls);
    cr_assert(test_done(test_act(scene, &make, NULL, NULL)));
    be(mary, WHO_RESIDENT);
    cr_assert(test_done(test_post(scene, &cases_apply,
                                  "item=mediation-one-thing&name=王秀英&division=310104&"
                                  "answer_1=neighbours&answer_2=李建国&answer_4=楼上很吵&"
                                  "answer_6=SECRET-A0",
                                  &told)));
    reference = arena_copy(scene->arena, told.reference);
    looks(chief, WHO_LEADER);
    cr_assert(test_done(post(&cases_decide, "&action=accept&seen=1")));
    must(&mediation_invite, "");
    see_desk(&v);
    code = arena_copy(scene->arena, v.code);
    cr_assert_eq(code.len, MEDIATION_CODE_DIGITS);
}
static inline void tear_down(void)
{
    cases_officers_hook(NULL);
    cases_all_hook(NULL);
    test_scene_close(&scene);
}
static inline void talk(void)
{
    join(john);
    propose(ann);
    be(mary, WHO_RESIDENT);
    must(&mediation_agree, "");
    be(john, WHO_RESIDENT);
    must(&mediation_agree, "");
    looks(ann, WHO_CONSULTANT);
    must(&mediation_record, "&record_side=both&record=TOGETHER");
    must(&mediation_record, "&record_side=applicant&record=SECRET-A1");
    must(&mediation_record, "&record_side=respondent&record=SECRET-R1");
    must(&mediation_plan, "&plan_side=applicant&plan_day=2026-11-24&plan_from=10:00&"
                          "plan_minutes=60&plan_place=SECRET-A2&plan_words=SECRET-A3");
    must(&mediation_plan, "&plan_side=respondent&plan_day=2026-11-24&plan_from=14:00&"
                          "plan_minutes=60&plan_place=SECRET-R2&plan_words=SECRET-R3");
}

static inline void by_clock(const struct act *act, moment at)
{
    struct cases_standing standing;
    struct clock_form due;

    cr_assert(test_done(cases_standing_of(scene, MEDIATION_PROCESS, reference, &standing)));
    due = (struct clock_form){.case_id = standing.case_id, .due_at = at};
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    scene->now = at;
    cr_assert(test_done(test_act(scene, act, &due, NULL)));
}

#endif
