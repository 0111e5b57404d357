/* consultation_days_test.c -- see consultation_days_test.h. */
#include "service/consultation/consultation_days_test.h"

#include <criterion/criterion.h>

#include "gen/people_sql.h"
#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_views.h"

enum { ROUNDS = 1200 };

struct days days;
static uint64_t state_of_chance = 7;

/* Beside the small bureau: a street, another district with a team of its own, a field of law nobody
 * knows. */
static struct outcome widen(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("310101002"), S("310101"), S("street"), S("南京东路街道"), S("East Nanjing Road")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    const struct str family[7] = {S("family"), S("婚姻"),   S("Family"), S(""),
                                  S(""),       S("notary"), S("")};
    struct statement *statement;
    bool row;

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, family, 2));
    days.other_team = scene_new_id(own);
    TRY(people_add_demo_team(own->store, days.other_team, S("two"), S("二队"), S("Two"),
                             S("district"), S("310104"), 0));
    TRY(statement_open(
        own->store, "update consultant set team_id = ?1, division = '310104' where person_id = ?2",
        &statement));
    statement_int(statement, 1, days.other_team);
    statement_int(statement, 2, days.bureau.lawyer[2].person_id);
    TRY(statement_step(statement, &row));
    statement_close(&statement);
    return DONE;
}

void days_open(void)
{
    static const struct act act = {.name = "test.widen", .who = WHO_SYSTEM, .run = widen};

    days.scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(days.scene, &days.bureau);
    cr_assert(test_done(test_act(days.scene, &act, NULL, NULL)));
    days.bureau.lawyer[2].team_id = days.other_team;
    days.scene->channel = S("api");
    memset(days.asked, 0, sizeof days.asked);
    days.asked_count = 0;
    state_of_chance = 7;
}

void days_close(void)
{
    test_scene_close(&days.scene);
}

static int chance(int below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((state_of_chance >> 33) % (uint64_t)below);
}

/* ---- random days ---- */

bool days_perform(const struct act *const *act)
{
    const struct platform_list_due_row *rows;
    size_t count;
    bool done = false;

    days.scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(
        platform_list_due(days.scene->arena, days.scene->store, days.scene->now, &rows, &count)));
    for (size_t k = 0; k < count; k++) {
        struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};
        const struct act *const *found = act;

        while (*found && !str_same(str_of((*found)->name), rows[k].act)) found++;
        if (!*found) continue;
        done = true;
        platform_drop_deadline(days.scene->store, rows[k].act, rows[k].case_id);
        test_act(days.scene, *found, &form, NULL);
    }
    return done;
}

void days_tick(moment by)
{
    days.scene->now += by;
    for (int i = 0; i < 20 && days_perform(consultation_clock_acts); i++) continue;
}

static void ask(bool is_live)
{
    static const char *const places[] = {"310101", "", "310101002", "310104", "310101"};
    struct consultation_ask_form form = {.field = chance(6) ? S("labour") : S("family"),
                                         .text = S("欠薪"),
                                         .district = str_of(places[chance(COUNT(places))]),
                                         .mode = is_live ? S("live") : S("message")};
    struct consultation_asked_view told = {0};
    struct days_case *one = &days.asked[days.asked_count];

    if (days.asked_count == DAYS_CASES_MAX) return;
    days.scene->channel = chance(3) ? S("api") : S("web");
    days.scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(days.scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(days.scene, told.token, &one->resident)));
    one->resident.is |= WHO_ANYONE;
    one->reference = told.reference;
    one->case_id = one->resident.case_id;
    one->is_live = is_live;
    days.asked_count++;
}

struct consultation_case days_look(const struct days_case *one)
{
    struct consultation_case c;

    cr_assert(test_done(case_of_id(days.scene, one->case_id, &c)));
    return c;
}

static void be_consultant_of(const struct days_case *one)
{
    id person_id = days_look(one).row.consultant_id;

    days.scene->actor = days.bureau.lawyer[0];
    for (size_t i = 0; i < COUNT(days.bureau.lawyer); i++) {
        if (days.bureau.lawyer[i].person_id == person_id) days.scene->actor = days.bureau.lawyer[i];
    }
}

static void go_on_line(int lawyer)
{
    struct consultation_presence_form form = {.state = S("online"), .capacity = 3};

    days.scene->actor = days.bureau.lawyer[lawyer];
    test_act(days.scene, &consultation_presence, &form, NULL);
}

/* The resident would like to talk after all, and the consultant has time. */
static void talk_again(struct days_case *one)
{
    struct consultation_reference_form form = {.reference = one->reference};
    struct consultation_presence_form here = {.state = S("online"), .capacity = 3};

    if (days_look(one).state != CONSULTATION_MESSAGE || one->again_count == DAYS_AGAIN_MAX) return;
    be_consultant_of(one);
    test_act(days.scene, &consultation_presence, &here, NULL);
    days.scene->actor = one->resident;
    test_act(days.scene, &consultation_wish_live, &form, NULL);
    be_consultant_of(one);
    test_act(days.scene, &consultation_offer_live, &form, NULL);
    if (days_look(one).state == CONSULTATION_TALKING)
        one->again_at[one->again_count++] = days.scene->now;
}

static void do_to(struct days_case *one, int what)
{
    struct consultation_reference_form form = {.reference = one->reference};
    struct consultation_say_form answer = {.reference = one->reference, .text = S("可以仲裁")};
    struct consultation_close_form end = {
        .reference = one->reference, .outcome = S("advised"), .summary = S("谈过了")};
    struct consultation_rate_form rate = {.reference = one->reference, .stars = 1 + chance(5)};

    be_consultant_of(one);
    if (what < 4) test_act(days.scene, &consultation_accept, &form, NULL);
    if (what == 4 || what == 5) test_act(days.scene, &consultation_answer, &answer, NULL);
    if (what == 6) test_act(days.scene, &consultation_close, &end, NULL);
    days.scene->actor = one->resident;
    if (what == 7) test_act(days.scene, &consultation_leave_message, &form, NULL);
    if (what == 8 && chance(3) == 0) test_act(days.scene, &consultation_close_own, &form, NULL);
    if (what == 9 || what == 10) test_act(days.scene, &consultation_rate, &rate, NULL);
    if (what == 11) talk_again(one);
}

static void live_at_random(void)
{
    for (int i = 0; i < ROUNDS; i++) {
        int what = chance(12);

        if (what < 2) ask(chance(4) != 0);
        if (what == 2) go_on_line(chance(3));
        if (what > 2 && what < 10 && days.asked_count)
            do_to(&days.asked[chance(days.asked_count)], chance(12));
        if (what >= 10) days_tick(1 + chance(40) + (chance(9) == 0 ? chance(SECONDS_PER_DAY) : 0));
    }
}

/* Nobody waits any more: there is time for what was asked live and lies in writing. */
static void have_a_quiet_hour(void)
{
    for (int i = 0; i < days.asked_count; i++) {
        enum consultation_state state = days_look(&days.asked[i]).state;
        struct consultation_reference_form form = {.reference = days.asked[i].reference};

        if (state == CONSULTATION_MESSAGE || state == CONSULTATION_ANSWERED) continue;
        days.scene->actor = days.asked[i].resident;
        test_act(days.scene, &consultation_close_own, &form, NULL);
    }
    for (int i = 0; i < days.asked_count; i++) {
        if (!days.asked[i].is_live) continue;
        talk_again(&days.asked[i]);
        days_tick(20);
        do_to(&days.asked[i], 6);
    }
}

void days_live(void)
{
    live_at_random();
    have_a_quiet_hour();
}
