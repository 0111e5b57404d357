/* cases_stage_test.c -- see cases_stage_test.h. */
#include "desk/cases/cases_stage_test.h"

#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "desk/laws/laws_acts.h"
#include "desk/notice/notice_acts.h"

extern const struct module laws_module;
extern const char data_items[];

struct scene *stage;
struct str stage_reference;
static id mary, john, officer_id, far_id, third_id, lead_id, near_lead_id;

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

static struct outcome staff(struct scene *s, const char *login, const char *role, const char *scope,
                            id *person_id)
{
    TRY(identity_person_add(s,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800001111")},
                            person_id));
    return identity_role_add(s, *person_id, str_of(role), str_of(scope));
}

static struct outcome begin(struct scene *s, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310105"), S("31"), S("district"), S("长宁区"), S("Changning")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, divisions, COUNT(divisions)));
    TRY(identity_resident_of_phone(s, S("13900000001"), &mary));
    TRY(identity_resident_of_phone(s, S("13900000002"), &john));
    TRY(staff(s, "officer", "leader", "310104", &officer_id));
    TRY(staff(s, "far", "leader", "310101", &far_id));
    TRY(staff(s, "third", "leader", "310105", &third_id));
    TRY(staff(s, "lead", "supervisor", "31", &lead_id));
    TRY(staff(s, "near", "supervisor", "310101", &near_lead_id));
    return items_first(s, str_of(data_items));
}

static void be(id person_id, unsigned is, const char *scope)
{
    stage->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}
void be_mary(void)
{
    be(mary, WHO_RESIDENT, "");
}
void be_john(void)
{
    be(john, WHO_RESIDENT, "");
}
void be_officer(void)
{
    be(officer_id, WHO_LEADER, "310104");
}
void be_far(void)
{
    be(far_id, WHO_LEADER, "310101");
}
void be_third(void)
{
    be(third_id, WHO_LEADER, "310105");
}
void be_lead(void)
{
    be(lead_id, WHO_SUPERVISOR, "31");
}
void be_near_lead(void)
{
    be(near_lead_id, WHO_SUPERVISOR, "310101");
}

struct str stage_apply(void)
{
    struct cases_applied_view told = {.reference = S("")};

    cr_assert(test_done(test_post(stage, &cases_apply,
                                  "item=people-mediation&name=王玛丽&division=310104&"
                                  "answer_1=neighbours&answer_2=李四&answer_4=楼上太吵",
                                  &told)));
    return arena_copy(stage->arena, told.reference);
}

void stage_open(void)
{
    static const struct act fill = {.name = "installation.init", .who = WHO_SYSTEM, .run = begin};

    items_learn(rooms);
    stage = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &cases_module, NULL});
    cr_assert(test_done(test_act(stage, &fill, NULL, NULL)));
    be_mary();
    stage_reference = stage_apply();
}

void stage_close(void)
{
    test_scene_close(&stage);
}

static const char *with(const char *more)
{
    return arena_print(stage->arena, "reference=%.*s&%s", STR_ARGS(stage_reference), more).at;
}

static struct cases_find_case_row row_now(void)
{
    struct cases_find_reference_row found_row;
    struct cases_find_case_row row;
    bool found;

    cr_assert(test_done(cases_find_reference(stage->store, stage_reference, &found_row, &found)));
    cr_assert(found);
    cr_assert(
        test_done(cases_find_case(stage->arena, stage->store, found_row.case_id, &row, &found)));
    return row;
}

id stage_case(void)
{
    return row_now().case_id;
}

struct outcome stage_post(const struct act *act, const char *typed)
{
    return test_post(stage, act, with(typed), NULL);
}

struct outcome stage_look(void)
{
    return stage_post(&cases_look, "");
}

struct outcome stage_decide(const char *action, const char *more)
{
    return stage_post(&cases_decide, arena_print(stage->arena, "action=%s&seen=%lld&%s", action,
                                                 (long long)row_now().steps_count, more)
                                         .at);
}

struct outcome stage_see(const char *path, const char *more, void *view)
{
    struct str go;

    return test_show(stage, &cases_module, path, with(more), view, &go);
}

struct outcome stage_clock(const struct act *act, id what)
{
    struct clock_form form = {.case_id = what, .due_at = stage->now};

    be(0, WHO_SYSTEM, "");
    return test_act(stage, act, &form, NULL);
}

int64_t stage_letters(void)
{
    const id *letters;
    size_t count;

    cr_assert(test_done(notice_outbox.list_due(stage, &letters, &count)));
    return (int64_t)count;
}
