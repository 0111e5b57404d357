/* ladder_acts_test.c -- proof of the acts: policy, steps, calls, the link, who may not.
 * Cites ladder_acts.c, ladder_call.c, ladder_policy.c. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/ladder/ladder_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "platform/secret.h"

enum { PEOPLE = 6 };

static struct scene *scene;
static id people[PEOPLE], admin_id, district_admin_id, desk_id;

static struct outcome add_person(const char *login, const char *role, const char *scope, id *made)
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
    static const char *const logins[PEOPLE] = {"anna", "bert", "carl", "dora", "emil", "fred"};
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    id team_id = scene_new_id(scene);

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_add_demo_team(scene->store, team_id, S("t"), S("队"), S("Team"), S("district"),
                             S("310101"), 0));
    for (size_t i = 0; i < PEOPLE; i++) {
        TRY(add_person(logins[i], "consultant", "310101", &people[i]));
        TRY(people_add_demo_consultant(scene->store, people[i], S("lawyer"), team_id, S("310101"),
                                       S("1"), 1, 0));
    }
    TRY(add_person("admin", "admin", "31", &admin_id));
    TRY(add_person("local", "admin", "310101", &district_admin_id));
    return ladder_wake(scene, S("lawyer"), S("310101002"));
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be(unsigned who, id person_id, const char *scope)
{
    scene->actor = (struct actor){
        .person_id = person_id, .is = WHO_ANYONE | who, .scopes = scopes_of(str_of(scope))};
}

static void set_up(void)
{
    struct ladder_find_desk_row row;
    bool found;

    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &shifts_module, &ladder_module, NULL});
    scene->now += 4 * SECONDS_PER_HOUR; /* noon: people may be called */
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    cr_assert(IS_DONE(
        ladder_find_desk(scene->arena, scene->store, S("lawyer"), S("310101"), &row, &found)));
    cr_assert(found, "the street's desk is its district's");
    desk_id = row.desk_id;
    ladder_use_site(S("https://12348.example/"));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(ladder_acts, .init = set_up, .fini = tear_down);

/* ---- a look, as a service would have it done ---- */

static struct ladder_load load;
static struct ladder_state state;

static struct outcome run_look(struct scene *unused, const void *form, void *result)
{
    struct ladder_find_desk_by_id_row desk;
    bool found;

    (void)unused, (void)form, (void)result;
    TRY(ladder_desk(scene, desk_id, &desk, &found));
    scene->quiet = true;
    return ladder_watch(scene, &desk, &load, &state);
}
static const struct act look = {.name = "ladder.look", .who = WHO_SYSTEM, .run = run_look};

static enum ladder_level look_with(int64_t waiting, int64_t longest)
{
    load = (struct ladder_load){.waiting = waiting, .longest_seconds = longest, .places = 3};
    be(WHO_SYSTEM, 0, "");
    cr_assert(test_done(test_act(scene, &look, NULL, NULL)));
    return state.level;
}

static void rise_to(enum ladder_level level)
{
    while (look_with(30, 2000) < level) scene->now += ladder_policy_default.rise_seconds;
}

static size_t open_calls(const struct ladder_list_open_calls_row **rows)
{
    size_t count;

    cr_assert(IS_DONE(ladder_list_open_calls(scene->arena, scene->store, desk_id, rows, &count)));
    return count;
}

static struct outcome set_presence(const char *word)
{
    return people_set_presence_row(scene->store, people[0], str_of(word), 3, scene->now,
                                   scene->now);
}

Test(ladder_acts, steps_are_rows_and_lines_with_their_reason)
{
    const struct ladder_list_steps_row *steps;
    size_t count;

    rise_to(LADDER_NEIGHBOUR);
    cr_assert_eq(test_journal(scene, "ladder.up"), 1);
    scene->now += ladder_policy_default.calm_seconds;
    look_with(0, 0);
    scene->now += ladder_policy_default.calm_seconds;
    cr_assert_eq(look_with(0, 0), LADDER_DUTY);
    cr_assert_eq(test_journal(scene, "ladder.down"), 1);
    cr_assert(IS_DONE(ladder_list_steps(scene->arena, scene->store, desk_id, &steps, &count)));
    cr_assert_eq(count, 2);
    cr_assert(str_same(steps[0].why_word, S("calm")));
    cr_assert(str_same(steps[1].why_word, S("queue")));
    cr_assert_eq(steps[1].amount, 30);
}

Test(ladder_acts, backups_are_called_in_grades_and_settled)
{
    const struct ladder_list_open_calls_row *rows;
    const struct ladder_list_calls_of_desk_row *calls;
    size_t count;

    rise_to(LADDER_BACKUP);
    cr_assert_eq(open_calls(&rows), 3);
    cr_assert_eq(test_journal(scene, "ladder.call"), 3);
    look_with(30, 0);
    cr_assert_eq(open_calls(&rows), 3, "the first may still answer");
    scene->now += ladder_policy_default.call_seconds;
    look_with(30, 0);
    cr_assert_eq(open_calls(&rows), 6);
    cr_assert(IS_DONE(set_presence("online")));
    scene->now += 600;
    look_with(30, 0);
    cr_assert_eq(test_journal(scene, "ladder.came"), 1, "who comes without the link came too");
    scene->now += 45 * 60;
    cr_assert(IS_DONE(set_presence("off")));
    look_with(0, 0);
    cr_assert(
        IS_DONE(ladder_list_calls_of_desk(scene->arena, scene->store, desk_id, &calls, &count)));
    for (size_t i = 0; i < count; i++)
        cr_assert_eq(calls[i].credit_minutes, calls[i].person_id == people[0] ? 55 : 0);
}

/* ---- the link ---- */

/* What a message says behind /come/; the text is sealed, so the letter is taken as a sender does.
 */
static struct str token_of_first_letter(void)
{
    const id *letters;
    size_t count;
    struct letter letter;
    int64_t at;

    be(WHO_SYSTEM, 0, "");
    cr_assert(IS_DONE(notice_outbox.list_due(scene, &letters, &count)));
    cr_assert_gt(count, 0);
    cr_assert(test_done(
        test_act(scene, notice_outbox.take, &(struct outbox_take_form){letters[0]}, &letter)));
    at = str_find(letter.text, S("https://12348.example/come/"));
    cr_assert_geq(at, 0, "%.*s", STR_ARGS(letter.text));
    letter.text.at += at + 27;
    letter.text.len = 16;
    return letter.text;
}

/* How many messages of that kind were written in that language. */
static int64_t letters(const char *template_word, const char *language)
{
    static const char sql[] =
        "select count(*) from notice where template = :template and language = :language";
    struct statement *statement;
    bool row;
    int64_t count;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    statement_text(statement, 1, str_of(template_word));
    statement_text(statement, 2, str_of(language));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

static struct outcome answer(struct str token, const char *word)
{
    be(0, 0, "");
    return test_act(scene, &ladder_act_come,
                    &(struct ladder_come_form){.token = token, .answer = str_of(word)}, NULL);
}

static struct ladder_come_view show(struct str token)
{
    struct ladder_come_view view;

    be(0, 0, "");
    cr_assert(test_done(
        test_show(scene, &ladder_module, "/come/{token}",
                  arena_c(scene->arena, arena_print(scene->arena, "token=%.*s", STR_ARGS(token))),
                  &view, NULL)));
    return view;
}

Test(ladder_acts, looking_at_the_link_answers_nothing_and_pressing_counts_once)
{
    const struct ladder_list_open_calls_row *rows;
    struct str token;

    rise_to(LADDER_BACKUP);
    token = token_of_first_letter();
    cr_assert(show(token).is_open);
    cr_assert(show(token).is_open, "a second look as well");
    cr_assert(test_done(answer(token, "coming")));
    cr_assert(show(token).is_coming);
    cr_assert_eq(answer(token, "no").refusal, &ladder_call_over);
    cr_assert_eq(answer(S("AAAAAAAAAAAAAAAA"), "coming").refusal, &act_unknown);
    cr_assert_eq(open_calls(&rows), 3);
}

Test(ladder_acts, nobody_waits_for_whoever_was_taken_out_of_service)
{
    const struct ladder_list_open_calls_row *rows;
    struct str token;

    rise_to(LADDER_BACKUP);
    token = token_of_first_letter();
    cr_assert_eq(open_calls(&rows), 3);
    cr_assert(test_done(store_script(scene->store, "update consultant set standing = 'barred'")));
    cr_assert_eq(answer(token, "coming").refusal, &ladder_call_over);
    cr_assert_eq(open_calls(&rows), 3);
    for (size_t i = 0; i < 3; i++) cr_assert_eq(rows[i].call_answer.len, 0);
    cr_assert(test_done(answer(token, "no")));
}

Test(ladder_acts, a_key_does_not_say_where_links_are_sent)
{
    be(WHO_CONSULTANT, people[0], "");
    scene->actor.is_key = true;
    cr_assert_eq(test_post(scene, &ladder_act_standby, "phone=13900000002", NULL).refusal,
                 &identity_not_by_key);
    cr_assert(test_done(test_post(scene, &ladder_act_standby, "stays_uncalled=1", NULL)));
}

Test(ladder_acts, who_said_yes_and_is_sent_home_is_credited)
{
    const struct ladder_list_calls_of_desk_row *calls;
    struct ladder_come_view shown;
    struct str token;
    int64_t credit = 0;
    size_t count;

    rise_to(LADDER_BACKUP);
    token = token_of_first_letter();
    cr_assert(test_done(answer(token, "coming")));
    for (int i = 0; i < 3; i++) {
        scene->now += ladder_policy_default.calm_seconds;
        look_with(0, 0);
    }
    cr_assert(
        IS_DONE(ladder_list_calls_of_desk(scene->arena, scene->store, desk_id, &calls, &count)));
    for (size_t i = 0; i < count; i++) {
        cr_assert_gt(calls[i].ended_at, 0);
        credit += calls[i].credit_minutes;
    }
    cr_assert_eq(credit, ladder_policy_default.credit_minutes);
    shown = show(token);
    cr_assert(shown.is_sent_home && !shown.is_coming);
    cr_assert_eq(shown.credit_minutes, credit);
}

Test(ladder_acts, who_may_be_on_the_way_is_told_in_their_language_that_nobody_waits_any_more)
{
    const struct ladder_list_open_calls_row *rows;
    struct str token;

    rise_to(LADDER_BACKUP);
    token = token_of_first_letter();
    cr_assert_eq(open_calls(&rows), 3);
    cr_assert(test_done(store_script(
        scene->store,
        arena_c(scene->arena,
                arena_print(scene->arena, "insert into person_language values (%lld, 'en')",
                            (long long)rows[1].person_id)))));
    cr_assert(test_done(answer(token, "no"))); /* the first, who needs no word */
    for (int i = 0; i < 3; i++) {
        scene->now += ladder_policy_default.calm_seconds;
        look_with(0, 0);
    }
    cr_assert_eq(letters("stand-down", "zh") + letters("stand-down", "en"), 2);
    cr_assert_eq(letters("stand-down", "en"), 1);
    look_with(0, 0);
    cr_assert_eq(letters("stand-down", "zh"), 1, "told once");
}

Test(ladder_acts, whoever_asks_not_to_be_called_is_not)
{
    struct ladder_find_opt_out_row row;
    bool opted_out;
    const struct ladder_list_open_calls_row *rows;

    for (size_t i = 0; i < PEOPLE; i++) {
        be(WHO_CONSULTANT, people[i], "");
        cr_assert(test_done(test_post(scene, &ladder_act_standby, "stays_uncalled=1", NULL)));
    }
    rise_to(LADDER_BACKUP);
    cr_assert_eq(open_calls(&rows), 0);
    be(WHO_CONSULTANT, people[2], "");
    cr_assert(test_done(test_post(scene, &ladder_act_standby, "", NULL)));
    look_with(30, 0);
    cr_assert_eq(open_calls(&rows), 1);
    cr_assert_eq(rows[0].person_id, people[2]);
    cr_assert(test_done(answer(token_of_first_letter(), "never")));
    cr_assert(IS_DONE(ladder_find_opt_out(scene->store, people[2], &row, &opted_out)));
    cr_assert(opted_out);
}

Test(ladder_acts, nobody_is_called_at_night)
{
    const struct ladder_list_open_calls_row *rows;

    scene->now += 11 * SECONDS_PER_HOUR;
    rise_to(LADDER_BACKUP);
    cr_assert_eq(open_calls(&rows), 0);
}

/* ---- by hand, and who may not ---- */

static struct outcome push(const char *direction)
{
    return test_act(scene, &ladder_act_push,
                    &(struct ladder_push_form){
                        .desk = desk_id, .direction = str_of(direction), .reason = S("fair")},
                    NULL);
}

Test(ladder_acts, a_supervisor_of_elsewhere_sees_and_moves_nothing)
{
    struct ladder_board_view board;
    struct ladder_find_desk_by_id_row desk;
    bool found;

    rise_to(LADDER_NEIGHBOUR);
    be(WHO_SUPERVISOR, admin_id, "310104");
    cr_assert_eq(push("up").refusal, &act_unknown);
    cr_assert(test_done(test_show(scene, &ladder_module, "/board/ladder", "", &board, NULL)));
    cr_assert_eq(board.desks_count, 0);
    be(WHO_SUPERVISOR, admin_id, "310101");
    cr_assert(test_done(push("up")));
    cr_assert_eq(push("sideways").refusal, &ladder_direction);
    cr_assert(test_done(test_show(scene, &ladder_module, "/board/ladder", "", &board, NULL)));
    cr_assert_eq(board.desks_count, 1);
    cr_assert(IS_DONE(ladder_desk(scene, desk_id, &desk, &found)));
    cr_assert(str_same(desk.level, S("backup")));
    cr_assert(str_same(desk.why_word, S("hand")) && str_same(desk.note, S("fair")));
}

Test(ladder_acts, a_call_by_hand_keeps_to_the_rules)
{
    struct ladder_call_form form = {.desk = desk_id, .person = people[3]};

    be(WHO_SUPERVISOR, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_call, &form, NULL)));
    cr_assert_eq(test_act(scene, &ladder_act_call, &form, NULL).refusal, &ladder_not_callable);
    form.person = admin_id;
    cr_assert_eq(test_act(scene, &ladder_act_call, &form, NULL).refusal, &act_unknown);
}

Test(ladder_acts, the_next_is_called_in_the_order_of_the_list_until_nobody_is_left)
{
    struct ladder_which_form form = {.desk = desk_id};
    const struct ladder_list_open_calls_row *rows;
    struct ladder_one_view view;
    const char *typed =
        arena_c(scene->arena, arena_print(scene->arena, "desk=%lld", (long long)desk_id));

    be(WHO_SUPERVISOR, admin_id, "310101");
    cr_assert(
        test_done(test_show(scene, &ladder_module, "/board/ladder/{desk}", typed, &view, NULL)));
    cr_assert_eq(view.people_count, PEOPLE);
    cr_assert(test_done(test_act(scene, &ladder_act_call_next, &form, NULL)));
    cr_assert_eq(open_calls(&rows), 1);
    cr_assert_eq(rows[0].person_id, view.people[0].person);
    for (int i = 1; i < PEOPLE; i++)
        cr_assert(test_done(test_act(scene, &ladder_act_call_next, &form, NULL)));
    cr_assert_eq(open_calls(&rows), PEOPLE);
    cr_assert_eq(test_act(scene, &ladder_act_call_next, &form, NULL).refusal, &ladder_nobody_left);
    cr_assert_eq(test_journal(scene, "ladder.call_next"), PEOPLE);
}

Test(ladder_acts, who_was_called_by_hand_is_not_sent_home_by_a_short_queue)
{
    struct ladder_which_form form = {.desk = desk_id};
    const struct ladder_list_open_calls_row *rows;

    be(WHO_SUPERVISOR, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_call_next, &form, NULL)));
    look_with(0, 0);
    cr_assert_eq(open_calls(&rows), 1, "still called");
    scene->now += ladder_policy_default.coming_seconds;
    look_with(0, 0);
    cr_assert_eq(open_calls(&rows), 0, "but not for ever");
}

Test(ladder_acts, a_street_sees_the_desk_of_its_district_and_changes_nothing)
{
    struct ladder_call_form form = {.desk = desk_id, .person = people[3]};
    struct ladder_which_form next = {.desk = desk_id};
    struct ladder_board_view list;
    struct ladder_one_view view;
    const char *typed =
        arena_c(scene->arena, arena_print(scene->arena, "desk=%lld", (long long)desk_id));

    rise_to(LADDER_BACKUP);
    be(WHO_SUPERVISOR, admin_id, "310101002");
    cr_assert(test_done(test_show(scene, &ladder_module, "/board/ladder", "", &list, NULL)));
    cr_assert_eq(list.desks_count, 1);
    cr_assert(
        test_done(test_show(scene, &ladder_module, "/board/ladder/{desk}", typed, &view, NULL)));
    cr_assert(view.is_street && !view.may_change && view.steps_count > 0);
    cr_assert_eq(view.people_count + view.calls_count, 0, "no name of the district's people");
    cr_assert_eq(push("up").refusal, &act_not_yours);
    cr_assert_eq(test_act(scene, &ladder_act_call, &form, NULL).refusal, &act_not_yours);
    cr_assert_eq(test_act(scene, &ladder_act_call_next, &next, NULL).refusal, &act_not_yours);
    be(WHO_SUPERVISOR, admin_id, "310104003");
    cr_assert_eq(
        test_show(scene, &ladder_module, "/board/ladder/{desk}", typed, &view, NULL).refusal,
        &act_unknown);
}

/* ---- policy ---- */

Test(ladder_acts, policy_is_the_citys_versioned_and_sane)
{
    struct ladder_policy_form form;
    struct ladder_policy policy;

    ladder_policy_to_form(&ladder_policy_default, &form);
    form.note = S("try");
    form.calm_seconds = 77;
    be(WHO_ADMIN, district_admin_id, "310101");
    cr_assert_eq(test_act(scene, &ladder_act_policy, &form, NULL).refusal, &act_not_yours);
    be(WHO_ADMIN, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_policy, &form, NULL)));
    cr_assert(IS_DONE(ladder_policy(scene, S("310101"), &policy)));
    cr_assert_eq(policy.version, 1);
    cr_assert_eq(policy.calm_seconds, 77);
    policy.version = 0;
    policy.calm_seconds = ladder_policy_default.calm_seconds;
    cr_assert_eq(memcmp(&policy, &ladder_policy_default, sizeof policy), 0, "all else as it was");
    form.rise_seconds = 78;
    cr_assert_not_null(test_act(scene, &ladder_act_policy, &form, NULL).refusal);
}

Test(ladder_acts, a_district_goes_by_its_own_numbers_until_it_is_set_back) /* policy (3) */
{
    struct ladder_policy_form form;
    struct ladder_policy policy;

    ladder_policy_to_form(&ladder_policy_default, &form);
    form.note = S("city");
    form.calm_seconds = 77;
    be(WHO_ADMIN, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_policy, &form, NULL)));
    form.division = S("310101");
    form.note = S("busy");
    form.neighbour__up_seconds = 14;
    form.calm_seconds = 99;
    be(WHO_ADMIN, district_admin_id, "310101");
    cr_assert_eq(test_act(scene, &ladder_act_policy, &form, NULL).refusal, &act_not_yours);
    be(WHO_ADMIN, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_policy, &form, NULL)));
    cr_assert_eq(test_journal(scene, "ladder.policy"), 2);
    cr_assert(test_done(ladder_policy(scene, S("310101"), &policy)));
    cr_expect(policy.version == 2 && policy.calm_seconds == 99);
    cr_expect_eq(policy.rules[LADDER_NEIGHBOUR].up_seconds, 14);
    cr_assert(test_done(ladder_policy(scene, S("310101003"), &policy)));
    cr_expect_eq(policy.version, 2, "a street's is its district's");
    cr_assert(test_done(ladder_policy(scene, S("310104"), &policy)));
    cr_expect(policy.version == 1 && policy.calm_seconds == 77);
    cr_assert(test_done(ladder_policy(scene, S("31"), &policy)));
    cr_expect_eq(policy.version, 1);
    form.division = S("319999");
    cr_expect_eq(test_act(scene, &ladder_act_policy, &form, NULL).refusal,
                 &ladder_unknown_division);
    cr_assert(test_done(test_post(scene, &ladder_act_as_city, "division=310101&note=calm", NULL)));
    cr_assert_eq(test_journal(scene, "ladder.as_city"), 1);
    cr_assert(test_done(ladder_policy(scene, S("310101"), &policy)));
    cr_expect_eq(policy.version, 1);
}

Test(ladder_acts, a_desk_steps_by_the_numbers_of_its_district)
{
    struct ladder_policy_form form;

    cr_assert_eq(look_with(1, 14), LADDER_NEIGHBOUR, "one for three places is 33 in a hundred");
    scene->now += ladder_policy_default.calm_seconds;
    look_with(0, 0);
    scene->now += ladder_policy_default.calm_seconds;
    cr_assert_eq(look_with(0, 0), LADDER_DUTY);
    ladder_policy_to_form(&ladder_policy_default, &form);
    form.note = S("a desk that is used to more");
    form.division = S("310101");
    form.neighbour__waiting_min = 5;
    be(WHO_ADMIN, admin_id, "31");
    cr_assert(test_done(test_act(scene, &ladder_act_policy, &form, NULL)));
    scene->now += ladder_policy_default.calm_seconds;
    cr_expect_eq(look_with(4, 14), LADDER_DUTY);
    cr_expect_eq(look_with(5, 14), LADDER_NEIGHBOUR);
}

Test(ladder_acts, borders_are_kept_once_and_replaced)
{
    const struct ladder_border *borders;
    size_t count;

    be(WHO_ADMIN, admin_id, "31");
    cr_assert(
        test_done(test_post(scene, &ladder_act_border, "division=310104&neighbours=310101", NULL)));
    cr_assert(
        test_done(test_post(scene, &ladder_act_border, "division=310101&neighbours=310104", NULL)));
    cr_assert(IS_DONE(ladder_borders(scene, &borders, &count)));
    cr_assert_eq(count, 1);
    cr_assert_eq(ladder_ring(borders, count, S("310104"), S("310101")), 1);
    cr_assert(test_done(test_post(scene, &ladder_act_border, "division=310101", NULL)));
    cr_assert(IS_DONE(ladder_borders(scene, &borders, &count)));
    cr_assert_eq(count, 0);
}

/* One call a page. */
static int64_t calls_behind(const char *which)
{
    struct ladder_calls_view view = {0};
    int64_t count = 0;

    do {
        const char *typed =
            arena_c(scene->arena, arena_print(scene->arena, "desk=%lld&which=%s&limit=1&after=%lld",
                                              (long long)desk_id, which, (long long)view.next));

        cr_assert(test_done(
            test_show(scene, &ladder_module, "/board/ladder/{desk}/calls", typed, &view, NULL)));
        cr_assert(view.calls_count <= 1);
        count += (int64_t)view.calls_count;
    } while (view.next);
    return count;
}

Test(ladder_acts, as_many_calls_stand_behind_each_number_of_a_desk)
{
    const struct ladder_list_open_calls_row *rows;
    const struct ladder_desk_row_view *desks;
    const char *typed = arena_c(
        scene->arena, arena_print(scene->arena, "desk=%lld&which=called", (long long)desk_id));
    size_t count;

    rise_to(LADDER_BACKUP);
    cr_assert(open_calls(&rows) == 3);
    cr_assert(
        test_done(ladder_answer_call(scene->store, S("coming"), scene->now, rows[0].call_id)));
    cr_assert(test_done(ladder_set_came(scene->store, scene->now, rows[1].call_id)));
    be(WHO_SUPERVISOR, 0, "310101");
    cr_assert(test_done(ladder_desks(scene, &desks, &count)));
    cr_assert(count == 1 && desks[0].called == 3 && desks[0].coming == 1 && desks[0].came == 1);
    cr_expect_eq(calls_behind("called"), desks[0].called);
    cr_expect_eq(calls_behind("coming"), desks[0].coming);
    cr_expect_eq(calls_behind("came"), desks[0].came);
    be(WHO_SUPERVISOR, 0, "310101001");
    cr_expect_eq(test_show(scene, &ladder_module, "/board/ladder/{desk}/calls", typed,
                           &(struct ladder_calls_view){0}, NULL)
                     .refusal,
                 &act_unknown, "whom the district calls is the district's");
}
