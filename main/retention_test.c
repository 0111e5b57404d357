/* retention_test.c -- what is over goes, what is held or not over stays, in the real rooms. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "desk/retention/retention_acts.h"
#include "gen/platform_sql.h"
#include "gen/retention_sql.h"
#include "main/rooms.h"
#include "platform/scene_test.h"

extern const char data_retention[];

enum { DAY = SECONDS_PER_DAY, OLD = TEST_NOW - 100 * DAY, NEW = TEST_NOW - 10 * DAY };

static struct scene *scene;

static int64_t count(const char *what)
{
    struct statement *statement;
    int64_t found;
    bool row;

    cr_assert(test_done(statement_open(
        scene->store, arena_print(scene->arena, "select count(*) from %s", what).at, &statement)));
    cr_assert(test_done(statement_step(statement, &row)));
    found = statement_get_int(statement, 0);
    statement_close(&statement);
    return found;
}

static void run(struct str sql)
{
    cr_assert(test_done(store_script(scene->store, sql.at)), "%s", sql.at);
}

static void add_question(id number, moment closed_at, const char *state)
{
    run(arena_print(
        scene->arena,
        "insert into consultation (consultation_id, reference, state, owner_id, phone_sealed, "
        "phone_index, field, profession, division, language, channel, priority, wants_id, "
        "asked_at, waiting_at, rank_at, due_at, due_provisional, consultant_id, team_id, "
        "offer_until, offers_count, talk_at, answered_at, closed_at, last_seq, last_at, "
        "last_side, messages_count, resident_read, consultant_read, warned, outcome, summary) "
        "values (%lld, 'REF%lld', '%s', 7, 'x', 'i%lld', '', '', '31', 'zh', 'web', 0, 0, 1, 1, 1, "
        "0, 0, 0, 0, 0, 0, 0, 1, %lld, 0, 0, '', 0, 0, 0, 0, '', 'words');"
        "insert into message values (%lld, 1, 1, 'resident', 7, '', 'words', 0, 0)",
        (long long)number, (long long)number, state, (long long)number, (long long)closed_at,
        (long long)number));
}

static void add_notice(id number, id case_id, moment made_at, int next_at)
{
    run(arena_print(scene->arena,
                    "insert into notice values (%lld, 'code', '', '', 'zh', %lld, 'sent', 0, 1, "
                    "%d, %lld, 1, '')",
                    (long long)number, (long long)case_id, next_at, (long long)made_at));
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, rooms);
    retention_learn(rooms_held);
    for (int i = 1; i <= 30; i++) add_question(1000 + i, OLD + i, "closed");
    add_question(2000, NEW, "closed");
    add_question(2001, OLD, "talking");
    add_notice(1, 0, OLD, 0);
    add_notice(2, 1003, OLD, 0);
    add_notice(3, 0, OLD, 1); /* not sent yet */
    add_notice(4, 0, NEW, 0);
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(retention, .init = set_up, .fini = tear_down, .timeout = 300);

static void set_periods(const char *table)
{
    struct retention_set_form form = {str_of(table)};

    cr_assert(test_done(test_act(scene, &retention_set, &form, NULL)));
}

/* As the clock does it; how many acts it took. */
static int run_day(void)
{
    struct platform_find_next_due_row due;
    int acts = 0;
    bool found;

    do {
        cr_assert(test_done(platform_drop_deadline(scene->store, S("retention.run"), 0)));
        cr_assert(test_done(test_act(scene, &retention_run, NULL, NULL)));
        cr_assert(test_done(platform_find_next_due(scene->store, &due, &found)));
        cr_assert(due.deadlines, "it would never run again");
    } while (++acts < 50 && due.due_at <= scene->now);
    return acts;
}

static int64_t over(const char *kind)
{
    struct retention_kind kinds[RETENTION_KINDS_MAX];
    size_t kinds_count;

    cr_assert(test_done(retention_list(scene, kinds, &kinds_count)));
    for (size_t i = 0; i < kinds_count; i++)
        if (strcmp(kinds[i].kind, kind) == 0) return kinds[i].over;
    cr_assert_fail("there is no %s", kind);
    return -1;
}

static id hold(const char *kind, const char *reference)
{
    struct retention_hold_form form = {str_of(kind), str_of(reference), S("（2026）沪01民终1号")};
    id number;

    cr_assert(test_done(test_act(scene, &retention_hold, &form, &number)));
    return number;
}

static const char everything[] =
    "# kind, days, rule\nquestion\t30\trule one\nnotice\t30\trule two\n";

Test(retention, what_is_over_goes_and_nothing_else)
{
    int64_t left = 0;

    set_periods(everything);
    left = count("consultation where owner_id <> -1");
    cr_expect_eq(over("question"), 30);
    cr_expect_eq(over("notice"), 2);
    cr_expect_gt(run_day(), 2, "more than one act");
    cr_expect_eq(count("consultation where owner_id <> -1"), left - 30);
    cr_expect_eq(count("message where text = 'words'"), 2, "the new one's and the open one's");
    cr_expect_eq(count("notice"), 2, "one not sent, one new");
    cr_expect_eq(over("question"), 0);
    cr_expect_geq(test_journal(scene, "retention.run"), 3);
    cr_expect_eq(count("journal where act = 'retention.run' and detail = 'question 20'"), 1);
    scene->now += 2 * DAY;
    left = test_journal(scene, "retention.run");
    run_day();
    cr_expect_eq(test_journal(scene, "retention.run"), left, "nothing went, nothing is said");
}

Test(retention, what_is_held_stays_until_it_is_released)
{
    struct retention_release_form release = {.hold = hold("question", "REF1003")};
    const struct retention_held *holds;
    size_t holds_count;
    id all;

    set_periods(everything);
    cr_expect_eq(over("question"), 29);
    all = hold("notice", "");
    cr_expect_eq(over("question"), 0, "some of the notices are of questions");
    cr_expect_eq(over("notice"), 0);
    run_day();
    cr_expect_eq(count("message where consultation_id = 1003"), 1);
    cr_expect_eq(count("consultation where consultation_id = 1003 and owner_id = 7"), 1);
    cr_expect_eq(count("notice"), 4);
    cr_assert(test_done(retention_holds_list(scene, &holds, &holds_count)));
    cr_expect_eq(holds_count, 2);
    cr_expect(str_same(holds[0].reason, S("（2026）沪01民终1号")));
    cr_expect_eq(count("retention_hold where reason_sealed like 'x1.%'"), 2, "not in clear");

    cr_assert(test_done(test_act(scene, &retention_release,
                                 &(struct retention_release_form){.hold = all}, NULL)));
    cr_expect_eq(over("notice"), 1, "the message of the held case stays");
    cr_assert(test_done(test_act(scene, &retention_release, &release, NULL)));
    cr_expect_not_null(act_run(&retention_release, scene, &release, NULL).fault, "once");
    scene->now += DAY;
    run_day();
    cr_expect_eq(count("message where consultation_id = 1003"), 0);
    cr_expect_eq(count("notice"), 2);
}

Test(retention, without_a_period_nothing_goes_and_a_bad_table_changes_nothing)
{
    static const char *const bad[] = {
        "notice\t30\trule\nquestions\t30\trule\n", "notice\t30\trule\nquestion\tten\trule\n",
        "notice\t30\trule\nquestion\t-1\trule\n", "notice\t30\trule\nquestion\t10\n"};

    cr_assert(test_done(retention_begin(scene, str_of(data_retention))));
    cr_expect_eq(over("question"), 0);
    scene->now += 3 * DAY;
    run_day();
    cr_expect_eq(count("message where text = 'words'"), 32, "no period is set as delivered");
    cr_expect_eq(count("retention_rule"), 5, "data/retention.tsv has every kind");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct retention_set_form form = {str_of(bad[i])};

        cr_expect_not_null(act_run(&retention_set, scene, &form, NULL).fault, "%s", bad[i]);
    }
    cr_expect_eq(count("retention_rule where kind = 'notice' and days = 30"), 0);
    set_periods(everything);
    cr_assert(test_done(retention_begin(scene, str_of(data_retention))));
    scene->now += SECONDS_PER_HOUR;
    cr_expect_eq(count(arena_print(scene->arena,
                                   "deadline where act = 'retention.run' and due_at < %lld",
                                   (long long)scene->now)
                           .at),
                 0, "started again within the day, it takes nothing");
    cr_expect_eq(count("retention_rule where kind = 'notice' and days = 30"), 1,
                 "a bureau's own is kept when it starts again");
}
