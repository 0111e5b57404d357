/* review_crowd_test.c -- thousands of people, and of cases of one person: nobody is left out
 * because a query gives some at a time. */
#include <criterion/criterion.h>

#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"

TestSuite(review_crowd, .init = court_open, .fini = court_close);

/* So many lawyers more, behind everybody in the order of numbers. */
enum { CROWD = 5100 };
#define CROWD_FIRST 4000000000000000000
#define CROWD_NUMBER "4000000000000000000 + a.d * 512 + b.d * 64 + c.d * 8 + d.d"
#define CROWD_EIGHT                                                                                \
    "(select 0 as d union all select 1 union all select 2 union all select 3 union all select 4 "  \
    "union all select 5 union all select 6 union all select 7 union all select 8 "                 \
    "union all select 9)"
#define CROWD_FROM                                                                                 \
    " from " CROWD_EIGHT " a, " CROWD_EIGHT " b, " CROWD_EIGHT " c, " CROWD_EIGHT " d "            \
    "where b.d < 8 and c.d < 8 and d.d < 8 and a.d * 512 + b.d * 64 + c.d * 8 + d.d < 5100"

static struct actor crowd(void)
{
    struct actor last = court.anna;

    cr_assert(test_done(store_script(court.scene->store,
                                     "insert into person select " CROWD_NUMBER
                                     ", 'staff', 'x' || (" CROWD_NUMBER "), 'x', '', "
                                     "'', 0, '', '', '', '', 'active', 1, 0" CROWD_FROM)));
    cr_assert(test_done(store_script(
        court.scene->store,
        arena_c(court.scene->arena,
                arena_print(court.scene->arena,
                            "insert into consultant select " CROWD_NUMBER ", 'lawyer', %lld, "
                            "'310101', 1, 1, '', 1, 0, 'active', 0" CROWD_FROM,
                            (long long)court.anna.team_id)))));
    last.person_id = CROWD_FIRST + CROWD - 1;
    return last;
}

Test(review_crowd, whoever_comes_last_of_thousands_is_in_the_month_and_its_total)
{
    struct actor last = crowd();
    struct review_subsidies_view view;

    court_october();
    court_serve((struct court_serving){&last, calendar_moment_of(2026, 10, 3, 600), 0});
    view = court_month("month=2026-10");
    cr_assert(view.paid_count == 2 && view.total_fen == 7500, "%lld", (long long)view.total_fen);
    cr_assert(view.people[1].person == last.person_id);
    court_close_october();
    view = court_month("month=2026-10");
    cr_assert(view.is_closed && view.paid_count == 2 && view.total_fen == 7500);
}

Test(review_crowd, a_closed_month_of_many_lines_is_shown_whole)
{
    static const char *const items[] = {"live", "message", "correction"};
    struct review_subsidies_view view;

    crowd();
    court_close_october();
    for (size_t i = 0; i < COUNT(items); i++)
        cr_assert(test_done(store_script(
            court.scene->store,
            arena_c(court.scene->arena,
                    arena_print(court.scene->arena,
                                "insert into subsidy_line select " CROWD_NUMBER
                                " + %d, '2026-10', " CROWD_NUMBER ", '%s', 1, 1, 100, 100, '', 0, "
                                "0" CROWD_FROM,
                                (int)i * CROWD, items[i])))));
    view = court_month("month=2026-10");
    cr_assert(view.is_closed && view.paid_count == CROWD, "%lld", (long long)view.paid_count);
    cr_assert(view.total_fen == (int64_t)COUNT(items) * 100 * CROWD);
    cr_assert(view.people[0].live == 1 && view.people[0].message == 1 &&
              view.people[0].correction_fen == 100);
}

Test(review_crowd, whoever_comes_last_of_thousands_is_among_the_figures)
{
    struct actor last = crowd();
    struct review_person *people;
    size_t count;

    court_serve((struct court_serving){&last, court.scene->now - SECONDS_PER_DAY, 5});
    cr_assert(test_done(review_people(court.scene, &(struct review_scope){S(""), 0},
                                      court.scene->now - 30 * (int64_t)SECONDS_PER_DAY,
                                      court.scene->now, 0, INT64_MAX, &people, &count)));
    cr_assert_gt(count, (size_t)CROWD, "%zu", count);
    cr_assert_eq(people[count - 1].candidate.person_id, last.person_id);
    cr_assert_eq(people[count - 1].candidate.figures.rated_count, 1);
    cr_assert_eq(people[count - 1].candidate.figures.answered_count, 1);
}

/* Cases kept behind the number of a closed month. */
static void keep_more_cases(id of_id, int count)
{
    cr_assert(test_done(
        store_script(court.scene->store,
                     arena_c(court.scene->arena,
                             arena_print(court.scene->arena,
                                         "update subsidy_line set item_count = item_count + %d"
                                         " where person_id = %lld and item = 'live'",
                                         count, (long long)of_id)))));
    for (int i = 0; i < count; i++) {
        id case_id =
            court_serve((struct court_serving){&court.anna, calendar_moment_of(2026, 9, 1, 0), 0});

        cr_assert(test_done(store_script(
            court.scene->store,
            arena_c(court.scene->arena,
                    arena_print(court.scene->arena,
                                "insert into subsidy_case (month, person_id, item, case_id) values "
                                "('2026-10', %lld, 'live', %lld)",
                                (long long)of_id, (long long)case_id)))));
    }
}

static struct review_line_view live_line_of_anna(void)
{
    struct review_subsidy_view view;
    struct str go;

    court.scene->actor = court.admin;
    cr_assert(test_done(test_show(
        court.scene, &(struct module){.name = "money", .pages = review_money_pages},
        "/admin/subsidies/{month}/people/{person}",
        arena_c(court.scene->arena, arena_print(court.scene->arena, "month=2026-10&person=%lld",
                                                (long long)court.anna.person_id)),
        &view, &go)));
    cr_assert(str_same(view.lines[0].item, S("live")));
    return view.lines[0];
}

Test(review_crowd, a_person_of_many_cases_has_all_of_them_listed_or_is_told_that_not)
{
    struct review_line_view line;

    court_october();
    court_close_october();
    keep_more_cases(court.anna.person_id, 1100);
    line = live_line_of_anna();
    cr_assert_eq((int64_t)line.cases_count, line.count);
    cr_assert_eq(line.count, 1102);
    cr_assert(!line.is_cut);
    keep_more_cases(court.anna.person_id, REVIEW_PAID_CASES_MAX - 1000);
    line = live_line_of_anna();
    cr_assert(line.is_cut && line.cases_count >= REVIEW_PAID_CASES_MAX);
    cr_assert_gt(line.count, (int64_t)line.cases_count);
}
