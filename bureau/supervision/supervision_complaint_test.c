/* supervision_complaint_test.c -- who is warned about the days of a complaint, and who is not.
 * Cites supervision_complaint.c. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/register/register_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/review_sql.h"
#include "platform/scene_test.h"

extern const struct module review_module;

static struct scene *scene;
static id leader, lawyer, supervisor, admin, team;
static struct review_case about;

static struct outcome add(const char *login, const char *role, const char *scope, id *made)
{
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800000001")},
                            made));
    return identity_role_add(scene, *made, str_of(role), str_of(scope));
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_first_hours(scene, true));
    team = scene_new_id(scene);
    TRY(add("leader", "leader", "31", &leader));
    TRY(add("lawyer", "consultant", "31", &lawyer));
    TRY(add("supervisor", "supervisor", "310104", &supervisor));
    TRY(add("admin", "admin", "31", &admin));
    TRY(people_add_demo_team(scene->store, team, S("one"), S("一队"), S("One"), S("district"),
                             S("310104"), leader));
    TRY(people_add_demo_consultant(scene->store, lawyer, S("lawyer"), team, S("310104"), S("1"),
                                   scene->now - 1, 0));
    return review_first(scene);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be_system(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &record_module, &register_module, &shifts_module,
                                                 &assignment_module, &review_module,
                                                 &supervision_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    about = (struct review_case){.case_id = 4711,
                                 .service = S("consultation"),
                                 .reference = S("AB3CD6EF"),
                                 .consultant_id = lawyer,
                                 .team_id = team,
                                 .division = S("310104003"),
                                 .language = S("zh")};
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(supervision_complaint, .init = set_up, .fini = tear_down);

static const char *kind;
static struct outcome run_complain(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return review_complain(s, &about, str_of(kind), S("说明"), S(""));
}
static struct outcome run_watch(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    s->quiet = true;
    return supervision_watch_complaints(s);
}
static const struct act complain = {
    .name = "test.complain", .who = WHO_SYSTEM, .run = run_complain};
static const struct act watch = {.name = "test.watch", .who = WHO_SYSTEM, .run = run_watch};

/* A complaint as it stands now. */
static struct review_find_complaint_row complaint_now(void)
{
    struct review_find_complaint_of_case_row which;
    struct review_find_complaint_row row;
    bool found;

    cr_assert(test_done(
        review_find_complaint_of_case(scene->store, about.case_id, S("resident"), &which, &found)));
    cr_assert(found);
    cr_assert(test_done(
        review_find_complaint(scene->arena, scene->store, which.complaint_id, &row, &found)));
    return row;
}

static struct review_find_complaint_row complain_about(const char *what)
{
    kind = what;
    be_system();
    cr_assert(test_done(test_act(scene, &complain, NULL, NULL)));
    return complaint_now();
}

static void watch_at(moment at)
{
    scene->now = at;
    be_system();
    cr_assert(test_done(test_act(scene, &watch, NULL, NULL)));
}

/* The open warnings of somebody, by the words of their kinds: "complaint_waits complaint_late". */
static const char *seen_by(unsigned is, id person_id, id team_id, const char *scope)
{
    struct supervision_alarms_view view = {0};
    struct str words = S("");

    scene->actor = (struct actor){.is = is | WHO_ANYONE,
                                  .person_id = person_id,
                                  .team_id = team_id,
                                  .scopes = scopes_of(str_of(scope))};
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    for (size_t i = 0; i < view.open_count; i++) {
        cr_expect_eq(view.open[i].complaint, complaint_now().complaint_id);
        words = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(words), words.len ? " " : "",
                            STR_ARGS(view.open[i].kind));
    }
    return arena_c(scene->arena, words);
}
static const char *seen_by_leader(void)
{
    return seen_by(WHO_LEADER, leader, team, "");
}
static const char *seen_by_district(void)
{
    return seen_by(WHO_SUPERVISOR, supervisor, 0, "310104");
}

static id about_case;
static struct outcome run_whisper(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    scene_about(s, about_case, lawyer);
    return DONE;
}
static const struct act whisper = {
    .name = "consultation.whisper", .who = WHO_LEADER | WHO_SUPERVISOR, .run = run_whisper};

/* Whoever read the warnings last helped in the case, and is in conflict from now on. */
static void whisper_as_reader(void)
{
    about_case = about.case_id;
    cr_assert(test_done(test_act(scene, &whisper, NULL, NULL)));
}

/* (1) */
Test(supervision_complaint, each_day_near_and_past_is_a_warning_until_it_is_no_longer_so)
{
    struct review_find_complaint_row row = complain_about("conduct");

    watch_at(row.acknowledge_by - 1);
    cr_expect_str_eq(seen_by_leader(), "");
    watch_at(row.acknowledge_by);
    cr_expect_str_eq(seen_by_leader(), "complaint_waits");
    watch_at(row.decide_by - (row.decide_by - row.made_at) / 5 + 5);
    cr_expect_str_eq(seen_by_leader(), "complaint_late complaint_waits");
    watch_at(row.decide_by);
    cr_expect_str_eq(seen_by_leader(), "complaint_over complaint_waits");
    cr_expect_str_eq(seen_by_district(), "complaint_over complaint_waits");
    cr_expect_str_eq(seen_by(WHO_SUPERVISOR, supervisor, 0, "310101"), "");
    cr_expect_str_eq(seen_by(WHO_LEADER, leader + 1, team + 1, ""), "");

    row.state = S("decided");
    row.decided_at = row.acknowledged_at = scene->now;
    cr_assert(test_done(review_save_complaint(
        scene->store, &(struct review_save_complaint_values){.state = row.state,
                                                             .acknowledged_at = scene->now,
                                                             .question_sealed = S(""),
                                                             .statement_sealed = S(""),
                                                             .decided_at = scene->now,
                                                             .reply_sealed = S(""),
                                                             .complaint_id = row.complaint_id})));
    watch_at(scene->now + 60);
    cr_expect_str_eq(seen_by_leader(), "");
    cr_expect_str_eq(seen_by_district(), "");
    cr_expect_eq(test_journal(scene, "supervision.clear"), 3);
}

Test(supervision_complaint, each_reader_is_told_the_day_in_their_own_language)
{
    struct review_find_complaint_row row = complain_about("conduct");
    struct supervision_alarms_view view = {0};
    struct out *zh = out_open(scene->arena, 64), *en = out_open(scene->arena, 64);

    out_day(zh, LANGUAGE_ZH, row.decide_by - 1);
    out_day(en, LANGUAGE_EN, row.decide_by - 1);
    watch_at(row.decide_by);
    (void)seen_by_leader();
    for (int in_english = 0; in_english < 2; in_english++) {
        scene->language = in_english ? LANGUAGE_EN : LANGUAGE_ZH;
        cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
        cr_expect(str_find(view.open[0].text, out_text(in_english ? en : zh)) >= 0, "%.*s",
                  STR_ARGS(view.open[0].text));
    }
}

/* (2): the secrecy of bureau/review, kept by whoever warns. */
Test(supervision_complaint, about_money_the_own_team_is_not_warned_and_the_district_is)
{
    struct review_find_complaint_row row = complain_about("money");

    watch_at(row.decide_by);
    cr_expect_str_eq(seen_by_leader(), "");
    cr_expect_str_eq(seen_by_district(), "complaint_over complaint_waits");
    cr_expect_str_eq(seen_by(WHO_SUPERVISOR, supervisor, 0, "31"),
                     "complaint_over complaint_waits");
    /* Nor by its number: there is no such warning to look after. */
    scene->actor = (struct actor){.is = WHO_SUPERVISOR | WHO_ANYONE, .scopes = scopes_of(S("31"))};
    {
        struct supervision_alarms_view view = {0};
        struct supervision_seen_form form;

        cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
        form = (struct supervision_seen_form){.alarm = view.open[0].id, .note = S("")};
        scene->actor =
            (struct actor){.is = WHO_LEADER | WHO_ANYONE, .person_id = leader, .team_id = team};
        cr_expect_eq(test_act(scene, &supervision_act_seen, &form, NULL).refusal, &act_unknown);
    }
}

Test(supervision_complaint, a_leader_is_not_warned_about_a_complaint_against_themselves)
{
    struct review_find_complaint_row row;

    about.consultant_id = leader;
    row = complain_about("conduct");
    watch_at(row.decide_by);
    cr_expect_str_eq(seen_by_leader(), "");
    cr_expect_str_eq(seen_by_district(), "complaint_over complaint_waits");
    /* Who supervises and serves as well is told of everybody's but their own. */
    cr_expect_str_eq(seen_by(WHO_SUPERVISOR | WHO_CONSULTANT, leader, 0, "310104"), "");
}

/* How many open warnings the one who acts is told there are, on the page and on the board. */
static int64_t told_count(void)
{
    struct supervision_alarms_view view = {0};
    struct supervision_standing standing;

    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_assert(test_done(supervision_open_alarms(scene, S(""), 20, &standing)));
    cr_expect_eq(view.standing, (int64_t)view.open_count);
    cr_expect_eq(standing.standing, view.standing);
    cr_expect_eq(standing.count, view.open_count);
    cr_expect_eq(standing.unseen, view.unseen);
    return view.standing;
}

Test(supervision_complaint, whoever_is_in_conflict_sees_no_warning_and_silences_none)
{
    struct review_find_complaint_row row = complain_about("conduct");
    struct supervision_alarms_view view = {0};
    struct supervision_seen_form form;

    watch_at(row.decide_by);
    cr_expect_str_eq(seen_by_district(), "complaint_over complaint_waits");
    cr_expect_eq(told_count(), 2);
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    form = (struct supervision_seen_form){.alarm = view.open[0].id, .note = S("")};
    whisper_as_reader();
    cr_expect_str_eq(seen_by_district(), "");
    cr_expect_eq(told_count(), 0);
    cr_expect_eq(test_act(scene, &supervision_act_seen, &form, NULL).refusal, &act_unknown);
    /* Nor once they are over. */
    scene->now += 60;
    cr_assert(test_done(store_script(scene->store, "update alarm set cleared_at = raised_at + 1")));
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_expect_eq(view.over_count, 0u);
    (void)seen_by_leader();
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_expect_eq(view.over_count, 2u);
}

Test(supervision_complaint, what_a_leader_is_in_conflict_with_begins_with_the_district)
{
    struct review_find_complaint_row row = complain_about("conduct");
    struct supervision_alarms_view view = {0};

    (void)seen_by_leader();
    whisper_as_reader();
    watch_at(row.decide_by);
    cr_expect_str_eq(seen_by_leader(), "");
    cr_expect_eq(told_count(), 0);
    cr_expect_str_eq(seen_by_district(), "complaint_over complaint_waits");
    cr_expect_eq(told_count(), 2);
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_expect_eq(view.open[0].team, 0, "of no team");
    cr_expect(str_same(view.open[0].rung_name,
                       text_in(scene->language, supervision_rung_name(SUPERVISION_DISTRICT))));
}

Test(supervision_complaint, whoever_is_in_conflict_is_not_told_when_a_warning_goes_on)
{
    struct review_find_complaint_row row = complain_about("conduct");
    struct supervision_alarms_view view = {0};
    struct clock_form form;
    int64_t told;

    watch_at(row.acknowledge_by);
    (void)seen_by_district();
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    form = (struct clock_form){.case_id = view.open[0].id};
    whisper_as_reader();
    told = test_journal(scene, "supervision.pass_on");
    be_system();
    cr_assert(test_done(test_act(scene, &supervision_act_escalate, &form, NULL)));
    cr_expect_eq(test_journal(scene, "supervision.pass_on"), told);
}

/* ---- (3) ---- */

static id colleague;
static struct outcome run_appoint(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(add("colleague", "supervisor", "310104", &colleague));
    return people_note(s, colleague, "added", S(""));
}
static const struct act appoint = {.name = "test.appoint", .who = WHO_SYSTEM, .run = run_appoint};

static const char *seen_by_admin(const char *scope)
{
    struct supervision_alarms_view view = {0};
    struct str words = S("");

    scene->actor = (struct actor){
        .is = WHO_ADMIN | WHO_ANYONE, .person_id = admin, .scopes = scopes_of(str_of(scope))};
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    for (size_t i = 0; i < view.open_count; i++) {
        cr_expect_eq(view.open[i].complaint, 0, "nothing leads to it");
        cr_expect(!view.open[i].reference.len, "nor is the case named");
        cr_expect(view.open[i].needs_person);
        words = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(words), words.len ? " " : "",
                            STR_ARGS(view.open[i].kind));
    }
    return arena_c(scene->arena, words);
}

/* About money: the leader may not, and the only supervisor had a part in the case. */
static void strand(void)
{
    struct review_find_complaint_row row = complain_about("money");

    (void)seen_by_district();
    whisper_as_reader();
    watch_at(row.made_at + 60);
}

Test(supervision_complaint, where_nobody_is_left_the_administrators_are_warned_until_somebody_may)
{
    int64_t told;

    complain_about("money");
    watch_at(complaint_now().made_at + 30);
    cr_expect_str_eq(seen_by_admin("31"), "", "somebody may handle it");
    told = test_journal(scene, "supervision.pass_on");
    (void)seen_by_district();
    whisper_as_reader();
    watch_at(complaint_now().made_at + 60);
    watch_at(complaint_now().made_at + 120);
    cr_expect_str_eq(seen_by_admin("31"), "complaint_nobody");
    cr_expect_eq(test_journal(scene, "supervision.pass_on"), told + 1, "by message, once");
    be_system();
    cr_assert(test_done(test_act(scene, &appoint, NULL, NULL)));
    watch_at(complaint_now().made_at + 180);
    cr_expect_str_eq(seen_by_admin("31"), "");
}

Test(supervision_complaint, that_nobody_is_left_only_administrators_of_the_place_are_told)
{
    strand();
    cr_expect_str_eq(seen_by_admin("310104"), "complaint_nobody");
    cr_expect_str_eq(seen_by_admin("310101"), "", "another district's");
    cr_expect_str_eq(seen_by_district(), "");
    cr_expect_str_eq(seen_by_leader(), "");
    cr_expect_str_eq(seen_by(WHO_SUPERVISOR, leader, 0, "31"), "", "nor others who watch");
}

Test(supervision_complaint, an_administrator_says_that_they_look_after_it_and_of_nothing_else)
{
    struct supervision_alarms_view view = {0};
    struct supervision_seen_form form;

    strand();
    (void)seen_by_admin("31");
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_assert_eq(view.open_count, 1u);
    form = (struct supervision_seen_form){.alarm = view.open[0].id, .note = S("")};
    (void)seen_by_district();
    cr_expect_eq(test_act(scene, &supervision_act_seen, &form, NULL).refusal, &act_unknown);
    (void)seen_by_admin("310101");
    cr_expect_eq(test_act(scene, &supervision_act_seen, &form, NULL).refusal, &act_unknown);
    (void)seen_by_admin("31");
    cr_expect(test_done(test_act(scene, &supervision_act_seen, &form, NULL)));
    /* A warning of the watchers is none of theirs. */
    watch_at(complaint_now().decide_by);
    (void)seen_by(WHO_SUPERVISOR, leader, 0, "31");
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    cr_assert_gt(view.open_count, 0u);
    form.alarm = view.open[0].id;
    cr_expect_str_eq(seen_by_admin("31"), "complaint_nobody");
    cr_expect_eq(test_act(scene, &supervision_act_seen, &form, NULL).refusal, &act_unknown);
}

static struct outcome run_flag(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return review_flag(s, &about, 1, S("contact|加*微信"));
}
static const struct act flag = {.name = "test.flag", .who = WHO_SYSTEM, .run = run_flag};

Test(supervision_complaint, flagged_wording_nobody_may_look_at_is_warned_about_as_well)
{
    moment at = scene->now;

    be_system();
    cr_assert(test_done(test_act(scene, &flag, NULL, NULL)));
    scene->actor = (struct actor){.is = WHO_SUPERVISOR | WHO_ANYONE, .person_id = supervisor};
    whisper_as_reader();
    watch_at(at + 60);
    cr_expect_str_eq(seen_by_admin("31"), "", "the leader may");
    scene->actor = (struct actor){.is = WHO_LEADER | WHO_ANYONE, .person_id = leader};
    whisper_as_reader();
    watch_at(at + 120);
    cr_expect_str_eq(seen_by_admin("31"), "wording_nobody");
    be_system();
    cr_assert(test_done(test_act(scene, &appoint, NULL, NULL)));
    watch_at(at + 180);
    cr_expect_str_eq(seen_by_admin("31"), "");
}

static size_t warned_of(void)
{
    struct supervision_alarms_view view = {0};

    (void)seen_by_admin("31");
    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, NULL)));
    return view.open_count;
}

/* An act leaves so many lines and no more: with the only supervisor many are stranded at once. */
Test(supervision_complaint, of_many_nobody_is_left_for_a_few_are_told_at_a_time)
{
    enum { MANY = 10 };
    moment at = scene->now;

    for (int i = 0; i < MANY; i++) {
        about.case_id++;
        complain_about("money");
    }
    cr_assert(test_done(store_script(scene->store, "delete from role where role = 'supervisor'")));
    for (int i = 1; i <= MANY; i++) watch_at(at + (moment)i * 60);
    cr_expect_eq(warned_of(), (size_t)MANY);
    be_system();
    cr_assert(test_done(test_act(scene, &appoint, NULL, NULL)));
    for (int i = 1; i <= MANY; i++) watch_at(at + (moment)(MANY + i) * 60);
    cr_expect_eq(warned_of(), 0u);
}
