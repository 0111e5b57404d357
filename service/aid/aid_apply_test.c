/* aid_apply_test.c -- the answers become a case, once, and nobody is sent through it in vain. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "service/aid/aid_views.h"

extern const struct module identity_module, notice_module, laws_module, calendar_module;
extern const char data_items[];

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

static struct outcome make_city(struct scene *s, const void *form, void *result)
{
    const struct identity_division city[] = {
        {S("31"), S(""), S("city"), S("上海"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};

    (void)form, (void)result;
    TRY(identity_divisions_load(s, city, COUNT(city)));
    return items_first(s, str_of(data_items));
}

static void set_up(void)
{
    static const struct act city = {.name = "test.city", .who = WHO_SYSTEM, .run = make_city};
    char visitor[TOKEN_LEN];

    items_learn(rooms);
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &items_module, &cases_module, &aid_module, NULL});
    cr_assert(test_done(test_act(scene, &city, NULL, NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    memset(visitor, 'a', sizeof visitor);
    test_bring(scene, "visitor", arena_copy(scene->arena, (struct str){visitor, TOKEN_LEN}));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(aid_apply, .init = set_up, .fini = tear_down);

static void answer(const char *text)
{
    struct aid_answer answers[AID_STEPS_MAX];
    size_t count = aid_answers_read(str_of(text), answers);
    struct aid_next_view told;

    for (size_t i = 0; i < count; i++)
        cr_assert(
            test_done(test_post(scene, &aid_answer,
                                arena_print(scene->arena, "ask=%.*s&value=%.*s",
                                            STR_ARGS(answers[i].ask), STR_ARGS(answers[i].value))
                                    .at,
                                &told)));
}

static const char likely[] = "side.civil area.work work.pay lawyer.not migrant.came urgent.usual "
                             "ease.none",
                  filled[] = "name=王小明&phone=13900001111&division=310101&what=老板不发工资";

static struct outcome apply(const char *typed, struct str *reference)
{
    struct cases_applied_view told = {.reference = S("")};
    struct outcome outcome = test_post(scene, &aid_apply, typed, &told);

    *reference = arena_copy(scene->arena, told.reference);
    return outcome;
}

/* (3) */
Test(aid_apply, whoever_is_likely_entitled_applies_once)
{
    struct str reference;

    answer(likely);
    cr_assert(test_done(apply(filled, &reference)));
    cr_expect_eq(reference.len, 8);
    cr_expect_eq(test_journal(scene, "cases.apply"), 1);
    cr_expect(apply(filled, &reference).refusal, "the answers went from here");
    cr_expect_eq(test_journal(scene, "cases.apply"), 1, "twice is once");
}

/* (1) */
Test(aid_apply, nobody_applies_in_vain)
{
    struct str reference;

    cr_expect(apply(filled, &reference).refusal, "nothing was answered");
    answer("side.civil area.work work.pay");
    cr_expect(apply(filled, &reference).refusal, "not all was answered");
    answer("side.civil area.family family.other");
    cr_expect(apply(filled, &reference).refusal, "no matter for legal aid");
    answer("side.accused accused.minor lawyer.not ease.none");
    cr_expect(apply(filled, &reference).refusal, "the authorities ask for the lawyer");
    cr_expect_eq(test_journal(scene, "cases.apply"), 0);
}

/* Article 49 of the Legal Aid Law. */
Test(aid_apply, whoever_is_refused_again_is_told_what_is_left)
{
    const char *names[] = {"legal-aid-civil", "legal-aid-criminal"};
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);

    for (size_t i = 0; i < COUNT(names); i++) {
        const struct cases_state *end;
        struct items_item said;
        id version_id;
        bool found;

        cr_assert(test_done(items_now(scene, str_of(names[i]), &version_id, &said, &found)) &&
                  found);
        cr_assert(test_done(cases_flow_read(scene->arena, said.flow, flow)));
        end = &flow->states[flow->actions[cases_action_at(flow, S("uphold"))].to];
        cr_expect_eq(end->who, CASES_NOBODY);
        cr_expect(str_find(end->zh, S("行政复议")) > 0 && str_find(end->zh, S("行政诉讼")) > 0);
        cr_expect(str_find(end->en, S("administrative reconsideration")) > 0);
    }
}

Test(aid_apply, what_was_refused_can_be_sent_again)
{
    struct str reference;

    answer(likely);
    cr_expect(apply("name=王小明&division=310101&what=老板不发工资", &reference).refusal,
              "no number");
    cr_expect(apply("name=王小明&phone=13900001111&division=310199&what=老板不发工资", &reference)
                  .refusal,
              "no such district");
    cr_expect(test_done(apply(filled, &reference)), "the answers are still there");
}
