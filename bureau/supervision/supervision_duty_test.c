/* supervision_duty_test.c -- what a minute of the watch counts: who is on line, who is meant to be
 * there, and who is both.  Cites add_duty in supervision.sql. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/supervision_sql.h"
#include "platform/scene_test.h"

enum { SEEN_SECONDS = 60, SHIFT_SECONDS = 8 * SECONDS_PER_HOUR, DAY_BACK = SECONDS_PER_DAY };

static struct scene *scene;
static id team, there, late, extra, away, barred;

static struct outcome add(const char *login, id *made)
{
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800000009")},
                            made));
    return people_add_demo_consultant(scene->store, *made, S("lawyer"), team, S("310104"), S("1"),
                                      1, 0);
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)unused, (void)form, (void)result;
    team = scene_new_id(scene);
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(people_add_demo_team(scene->store, team, S("t"), S("队"), S("Team"), S("district"),
                             S("310104"), 0));
    TRY(add("there", &there));
    TRY(add("late", &late));
    TRY(add("extra", &extra));
    TRY(add("away", &away));
    return add("barred", &barred);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void script(const char *format, id person_id, int64_t one, int64_t two)
{
    cr_assert(test_done(store_script(
        scene->store, arena_c(scene->arena, arena_print(scene->arena, format, (long long)person_id,
                                                        (long long)one, (long long)two)))));
}

static void is_rostered(id person_id, moment from, moment until)
{
    cr_assert(test_done(
        shifts_add_shift(scene->store, &(struct shifts_add_shift_values){.shift_id = person_id,
                                                                         .plan_id = person_id,
                                                                         .member_id = person_id,
                                                                         .team_id = team,
                                                                         .desk = S("consultation"),
                                                                         .profession = S("lawyer"),
                                                                         .division = S("310104"),
                                                                         .day = S("2026-11-22"),
                                                                         .starts_at = from,
                                                                         .ends_at = until,
                                                                         .person_id = person_id,
                                                                         .state = S("confirmed"),
                                                                         .cause = S("")})));
}

static void is_on_line(id person_id, moment seen_at)
{
    script("insert into presence (person_id, presence, capacity, seen_at, since_at) values "
           "(%lld, 'online', 3, %lld, %lld)",
           person_id, seen_at, seen_at);
}

static void minute(void)
{
    cr_assert(test_done(supervision_add_duty(scene->store, calendar_day_of(scene->now),
                                             scene->now - SEEN_SECONDS, scene->now,
                                             scene->now - DAY_BACK)));
    scene->now += SECONDS_PER_MINUTE;
}

static struct supervision_list_duty_row counted(void)
{
    const struct supervision_list_duty_row *rows;
    calendar_day today = calendar_day_of(scene->now);
    size_t count;

    cr_assert(test_done(supervision_list_duty(scene->arena, scene->store, today, today + 1, S("31"),
                                              0, &rows, &count)));
    cr_assert_eq(count, 1);
    return rows[0];
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &shifts_module, &supervision_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(supervision_duty, .init = set_up, .fini = tear_down);

/* ---- who is rung (supervision_ring.c) ---- */

static int64_t rows_of(const char *sql)
{
    struct statement *statement;
    int64_t count;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

static struct outcome run_danger(struct scene *own, const void *form, void *result)
{
    const struct supervision_alarm *alarm = form;

    (void)result;
    return supervision_alarm(own, alarm);
}
static const struct act danger = {.name = "test.danger", .who = WHO_SYSTEM, .run = run_danger};

static void is_in_danger(const char *reference, const char *division)
{
    struct supervision_alarm alarm = {.kind = SUPERVISION_DANGER_CASE,
                                      .key = str_of(reference),
                                      .division = str_of(division),
                                      .words = {str_of(reference), S("")}};

    cr_assert(test_done(test_act(scene, &danger, &alarm, NULL)));
}

static void may_be_called(id person_id, int64_t position)
{
    script("insert into shift_backup (backup_id, division, profession, position, person_id, by_id, "
           "made_at) values (%lld, '310104', 'lawyer', %lld, %lld, 0, 0)",
           person_id, position, person_id);
}

Test(supervision_duty, whoever_is_there_or_may_be_called_is_rung_once_for_a_flood)
{
    may_be_called(extra, 1);
    may_be_called(barred, 2);
    script("update consultant set standing = 'barred' where person_id = %lld", barred, 0, 0);
    is_in_danger("ABCD2345", "310104"); /* (1): at night nobody is there */
    cr_assert_eq(test_journal(scene, "supervision.pass_on"), 1);
    is_in_danger("ABCD2346", "310104");
    is_in_danger("ABCD2347", "310104");
    cr_assert_eq(test_journal(scene, "supervision.alarm"), 3);
    cr_assert_eq(test_journal(scene, "supervision.pass_on"), 1, "(2)");
    scene->now += 16 * 60;
    is_rostered(there, scene->now - 60, scene->now + SHIFT_SECONDS);
    is_rostered(late, scene->now - 60, scene->now + SHIFT_SECONDS);
    is_rostered(away, scene->now + 60, scene->now + SHIFT_SECONDS); /* not yet */
    is_in_danger("ABCD2348", "310104");
    cr_assert_eq(test_journal(scene, "supervision.pass_on"), 3, "(1): those who are there");
    is_in_danger("ABCD2349", "310101"); /* another place: nobody is there or watches */
    cr_assert_eq(test_journal(scene, "supervision.pass_on"), 3);
    cr_assert_eq(rows_of("select count(*) from notice where template = 'danger'"), 3);
}

Test(supervision_duty, a_minute_counts_who_is_on_line_who_is_rostered_and_who_is_both)
{
    moment now = scene->now;

    is_rostered(there, now - 60, now + SHIFT_SECONDS);
    is_on_line(there, now);
    is_rostered(late, now - 60, now + SHIFT_SECONDS); /* and has not come */
    is_on_line(extra, now);                           /* and nobody asked */
    is_on_line(away, now - 2 * SEEN_SECONDS);         /* heard of too long ago */
    is_rostered(barred, now - 60, now + SHIFT_SECONDS);
    is_on_line(barred, now);
    script("update consultant set standing = 'barred' where person_id = %lld", barred, 0, 0);
    minute();
    cr_assert_eq(counted().on_line_minutes, 2);
    cr_assert_eq(counted().rostered_minutes, 2);
    cr_assert_eq(counted().kept_minutes, 1);
}

Test(supervision_duty, minutes_add_up_over_a_shift_and_not_beyond_it)
{
    moment now = scene->now;

    is_rostered(there, now + 2 * 60, now + 5 * 60); /* three minutes, the end not among them */
    for (int i = 0; i < 8; i++) {
        script("delete from presence where person_id = %lld", there, 0, 0);
        if (i >= 3) is_on_line(there, scene->now);
        minute();
    }
    cr_assert_eq(counted().rostered_minutes, 3);
    cr_assert_eq(counted().kept_minutes, 2);
    cr_assert_eq(counted().on_line_minutes, 5);
}
