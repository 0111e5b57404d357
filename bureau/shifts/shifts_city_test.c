/* shifts_city_test.c -- see shifts_test.h. */
#include "bureau/shifts/shifts_test.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>

#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"

struct city city;

static struct outcome add(const char *login, const char *role, const char *scope, id *person_id)
{
    TRY(identity_person_add(city.scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800001111")},
                            person_id));
    return identity_role_add(city.scene, *person_id, str_of(role), str_of(scope));
}

static struct outcome add_consultant(const char *login, const char *division, id team,
                                     const char *profession, id *person_id)
{
    TRY(add(login, "consultant", division, person_id));
    return people_add_demo_consultant(city.scene->store, *person_id, str_of(profession), team,
                                      str_of(division), S("L-1"), 1000, 0);
}

static struct outcome run_seed(struct scene *scene, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)form, (void)result;
    city.team = scene_new_id(scene), city.other_team = scene_new_id(scene);
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_first_hours(scene, false));
    TRY(add("leader", "leader", "310101", &city.leader));
    TRY(add("other", "leader", "310104", &city.other_leader));
    TRY(add("supervisor", "supervisor", "31", &city.supervisor));
    TRY(add("local", "supervisor", "310104", &city.local));
    TRY(add("admin", "admin", "31", &city.admin));
    TRY(people_add_demo_team(scene->store, city.team, S("t1"), S("一队"), S("One"), S("district"),
                             S("310101"), city.leader));
    TRY(people_add_demo_team(scene->store, city.other_team, S("t2"), S("二队"), S("Two"),
                             S("district"), S("310104"), city.other_leader));
    TRY(add_consultant("ann", "310101", city.team, "lawyer", &city.ann));
    TRY(add_consultant("ben", "310101", city.team, "lawyer", &city.ben));
    TRY(add_consultant("cid", "310101", city.team, "lawyer", &city.cid));
    TRY(add_consultant("nell", "310101", city.team, "notary", &city.nell));
    return add_consultant("far", "310104", city.other_team, "lawyer", &city.far);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

void city_open(void)
{
    city = (struct city){0};
    city.scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module,
                                                         &people_module, &shifts_module, NULL});
    cr_assert(test_done(test_act(city.scene, &seed, NULL, NULL)));
}

void city_close(void)
{
    test_scene_close(&city.scene);
}

void city_be(id person_id)
{
    struct actor *actor = &city.scene->actor;

    *actor = (struct actor){.is = WHO_ANYONE, .person_id = person_id};
    if (!person_id) actor->is |= WHO_SYSTEM;
    if (person_id == city.leader || person_id == city.other_leader) actor->is |= WHO_LEADER;
    if (person_id == city.supervisor || person_id == city.local) actor->is |= WHO_SUPERVISOR;
    if (person_id == city.admin) actor->is |= WHO_ADMIN;
    if (actor->is == WHO_ANYONE) actor->is |= WHO_CONSULTANT;
    if (person_id == city.supervisor || person_id == city.admin) actor->scopes = scopes_of(S("31"));
    if (person_id == city.local) actor->scopes = scopes_of(S("310104"));
    if (actor->is & (WHO_CONSULTANT | WHO_LEADER))
        actor->team_id =
            person_id == city.far || person_id == city.other_leader ? city.other_team : city.team;
}

void city_watch(void)
{
    bool more = true;

    city_be(0);
    while (more) cr_assert(test_done(act_run(&shifts_watch, city.scene, NULL, &more)));
}

void city_script(const char *format, ...)
{
    char text[1000];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    cr_assert(test_done(store_script(city.scene->store, text)));
}

int64_t city_number(const char *format, ...)
{
    static struct arena *texts; /* a statement is kept by the address of its text */
    char text[1000];
    struct statement *statement;
    int64_t number;
    bool row;
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (!texts) texts = arena_open(1 << 20);
    cr_assert(
        test_done(statement_open(city.scene->store, arena_c(texts, str_of(text)), &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row, "%s", text);
    number = statement_get_int(statement, 0);
    statement_close(&statement);
    return number;
}

static id plan_id;
static struct outcome run_plan(struct scene *scene, const void *form, void *result)
{
    const struct shifts_add_plan_values *values = form;
    struct shifts_add_plan_values made = *values;

    (void)result;
    made.plan_id = plan_id = scene_new_id(scene);
    return shifts_add_plan(scene->store, &made);
}
static const struct act add_plan = {.name = "test.plan", .who = WHO_SYSTEM, .run = run_plan};

id city_plan(int from_minute, int to_minute, unsigned weekdays, int64_t places)
{
    struct shifts_add_plan_values values = {.team_id = city.team,
                                            .desk = S("consultation"),
                                            .profession = S("lawyer"),
                                            .from_minute = from_minute,
                                            .to_minute = to_minute,
                                            .weekday_bits = weekdays,
                                            .places_count = places,
                                            .from_day = S("2026-11-22"),
                                            .to_day = S("")};

    city_be(0);
    cr_assert(test_done(test_act(city.scene, &add_plan, &values, NULL)));
    return plan_id;
}

void city_member(id plan, id person_id, unsigned weekdays, bool agreed)
{
    cr_assert(test_done(shifts_set_member(city.scene->store, plan, person_id, weekdays, agreed)));
}

struct outcome city_shift(const struct act *act, id shift_id)
{
    struct shifts_confirm_form form = {.shift = shift_id}; /* begins as every form of a shift */

    return test_act(city.scene, act, &form, NULL);
}

struct outcome city_name(id shift_id, id person_id)
{
    return test_act(city.scene, &shifts_act_name,
                    &(struct shifts_name_form){.shift = shift_id, .person = person_id}, NULL);
}
